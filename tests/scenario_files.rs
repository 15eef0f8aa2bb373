//! Scenario files: what is accepted, merged and kept, and how every fault is told.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must fail")]

use std::path::{Path, PathBuf};

use noaber::model::policy::{PolicyCost, PolicyMeasure};
use noaber::model::quantities::{ActivityKind, Cents, Sphere};
use noaber::model::rule::Line;
use noaber::scenario::{Overrides, Study, check_files, json_schema, new_study, read_scenario, read_study};
use tempfile::TempDir;

const BASELINE: &str = include_str!("../src/scenario/new_study/baseline.toml");

const ALLOCATION: &str =
    "[policies.p]\nkind = \"allocate-homes\"\nbuilding = \"flat\"\nhomes = 35\nover_weeks = 91\nhours_per_month = 10\n";

/// A folder with the baseline that `noaber new` writes, and these files beside or instead of it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("baseline.toml"), BASELINE).unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn read(folder: &Path, sets: &[&str]) -> Result<Study, String> {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    read_study(&[folder.to_path_buf()], &sets, &Overrides::default()).map_err(|faults| faults.to_string())
}

/// An alternative that extends the baseline and says this.
fn alternative(text: &str) -> String {
    format!("extends = \"baseline.toml\"\n[title]\nnl = \"a\"\nen = \"a\"\n{text}")
}

#[test]
fn a_new_study_is_sound() {
    let folder = TempDir::new().unwrap();
    let written = new_study(folder.path(), "my-street").unwrap();
    assert_eq!(written.len(), 3);
    let study = read(&folder.path().join("my-street"), &[]).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(study.key, "my-street");
    assert_eq!(study.scenarios.len(), 2);
    assert_eq!(study.scenarios[1].key, "community-builder");
    assert_eq!(study.scenarios[1].blueprint.professionals.len(), 1);
}

fn shipped(name: &str) -> Study {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    read(&folder, &[]).unwrap_or_else(|faults| panic!("{faults}"))
}

const SHIPPED: &[(&str, usize)] = &[("l-flat", 6), ("moerwijk", 7)];

#[test]
fn the_shipped_studies_are_sound() {
    for (name, scenarios) in SHIPPED {
        let study = shipped(name);
        assert_eq!(study.scenarios.len(), *scenarios);
        assert_eq!(study.scenarios[0].key, "baseline");
        let kinds: std::collections::BTreeSet<_> =
            study.scenarios[0].blueprint.places.iter().map(|place| place.kind).collect();
        assert!(kinds.len() >= 12, "{name} has {} kinds of place", kinds.len());
        for scenario in &study.scenarios {
            assert!(scenario.title.iter().chain(&scenario.description).all(|words| !words.is_empty()));
        }
    }
}

#[test]
fn only_what_an_alternative_names_differs_from_the_baseline_and_its_burn_in_is_shared() {
    for (name, _) in SHIPPED {
        let study = shipped(name);
        let baseline = study.scenarios[0].blueprint.for_burn_in();
        for scenario in &study.scenarios[1..] {
            assert_ne!(scenario.blueprint, study.scenarios[0].blueprint, "{}", scenario.key);
            assert_eq!(scenario.blueprint.for_burn_in(), baseline, "{}", scenario.key);
        }
    }
}

#[test]
fn the_two_allocations_of_the_flat_are_the_same() {
    let study = shipped("l-flat");
    let policy = |key: &str| {
        let scenario = study.scenarios.iter().find(|scenario| scenario.key == key).unwrap();
        scenario.blueprint.policies.iter().find(|policy| policy.key == "motivated-newcomers").unwrap().clone()
    };
    assert_eq!(policy("targeted-allocation"), policy("renovation-with-allocation"));
}

#[test]
fn money_is_read_as_it_is_written() {
    let text = alternative(
        "[unit_costs]\nprofessional_euros_per_hour = 75\nvolunteer_euros_per_hour = 15\n\
         [grants.neighbourhood-fund]\naccounting_hours_per_1000_euros = 3\npays = [\"meal\"]\n\
         [policies.p]\nkind = \"shift-care\"\nclosed_share = 0.3\ncost_euros_once = 10.5\ncost_sphere = \"communal\"\n",
    );
    let study = read(folder(&[("a.toml", &text)]).path(), &[]).unwrap_or_else(|faults| panic!("{faults}"));
    let [baseline, scenario] = &study.scenarios[..] else { panic!("two scenarios") };
    assert_eq!(baseline.unit_costs.volunteer_per_hour, None);
    assert_eq!(scenario.unit_costs.volunteer_per_hour, Some(15.0));
    let plan = &scenario.blueprint;
    assert_eq!(plan.parameters.funding.euros_per_hour, 75.0);
    let regime = plan.grants[0].regime;
    assert!(regime.accounting_per_1000 == 3.0 && regime.pays.has(ActivityKind::Meal));
    assert!(!regime.pays.has(ActivityKind::Choir) && baseline.blueprint.grants[0].regime.pays.has(ActivityKind::Choir));
    let cost = PolicyCost { once: Cents(1050), per_year: Cents(0), sphere: Sphere::Communal };
    assert_eq!(plan.policies[0].cost, Some(cost));
}

#[test]
fn a_resolved_copy_read_again_gives_the_same_scenario() {
    for (name, _) in SHIPPED {
        for scenario in shipped(name).scenarios {
            let folder = TempDir::new().unwrap();
            let path = folder.path().join(format!("{}.resolved.toml", scenario.key));
            std::fs::write(&path, &scenario.resolved).unwrap();
            let again = read_scenario(&path, &[], &Overrides::default()).unwrap_or_else(|faults| panic!("{faults}"));
            let again = &again.scenarios[0];
            assert_eq!(again.blueprint, scenario.blueprint, "{name}/{}", scenario.key);
            assert_eq!(again.design, scenario.design);
            assert_eq!(again.title, scenario.title);
            assert_eq!(again.description, scenario.description);
            assert_eq!(again.headline, scenario.headline);
            assert_eq!(again.worthwhile, scenario.worthwhile);
        }
    }
}

#[test]
fn a_resolved_copy_tells_where_each_value_came_from() {
    let folder = folder(&[("a.toml", &alternative("[places.park]\nhours_per_week = 50\n"))]);
    let overrides = Overrides { weeks: Some(9), ..Overrides::default() };
    let sets = ["neighbourhood.kin_nearby_share=0.3".to_owned()];
    let study = read_study(&[folder.path().to_path_buf()], &sets, &overrides).unwrap();
    let resolved = &study.scenarios[1].resolved;
    for line in [
        "hours_per_week = 50 # a.toml:6",
        "kin_nearby_share = 0.3 # --set",
        "weeks = 9 # --weeks",
        "seed = 1 # baseline.toml:23",
        "copies = 1 # default",
        "gallery_exponent = 1.0 # default",
    ] {
        assert!(resolved.lines().any(|found| found == line), "no line `{line}` in\n{resolved}");
    }
}

#[test]
fn tables_merge_and_values_replace() {
    let folder = folder(&[(
        "a.toml",
        &alternative(
            "[places.park]\nhours_per_week = 50\n[places.new]\nkind = \"court\"\nx_metres = 1\ny_metres = 2\nages_times.age_15_to_24 = 3\n",
        ),
    )]);
    let study = read(folder.path(), &[]).unwrap();
    let (baseline, changed) = (&study.scenarios[0].blueprint, &study.scenarios[1].blueprint);
    assert_eq!(changed.places[0].hours, 50.0);
    assert_eq!(changed.places[0].x, baseline.places[0].x);
    assert_eq!(changed.places.len(), baseline.places.len() + 1);
    let court = changed.places.last().unwrap();
    assert_eq!((court.ages[1], court.ages[0], court.indoor), (3.0, 1.6, false));
    assert_eq!(changed.places[1..4], baseline.places[1..]);
    assert_eq!(study.scenarios[1].title[0], "a");
    assert_eq!(study.scenarios[1].inputs.len(), 2);
}

#[test]
fn an_element_that_is_not_enabled_is_left_out() {
    let folder = folder(&[("a.toml", &alternative("[places.supermarket]\nenabled = false\n"))]);
    let study = read(folder.path(), &[]).unwrap();
    assert!(study.scenarios[1].blueprint.places.iter().all(|place| place.key != "supermarket"));
}

#[test]
fn a_setting_on_the_command_line_wins_over_files_and_a_flag_over_that() {
    let folder = folder(&[]);
    let sets = ["time.weeks=10", "time.replications=3", "buildings.flat.tenure=owned"].map(str::to_owned);
    let overrides = Overrides { weeks: Some(20), ..Overrides::default() };
    let study = read_study(&[folder.path().to_path_buf()], &sets, &overrides).unwrap();
    assert_eq!(study.scenarios[0].design.weeks, 20);
    assert_eq!(study.scenarios[0].design.replications, 3);
    assert_eq!(study.scenarios[0].blueprint.buildings[0].tenure.key(), "owned");
}

#[test]
fn a_setting_for_an_element_that_only_one_scenario_has_is_for_that_one() {
    let folder = folder(&[("a.toml", &alternative(ALLOCATION))]);
    let study = read(folder.path(), &["policies.p.homes=7"]).unwrap();
    assert!(study.scenarios[0].blueprint.policies.is_empty());
    let measure = &study.scenarios[1].blueprint.policies[0].measure;
    let fade =
        |study: &Study| study.scenarios.iter().map(|one| one.blueprint.parameters.ties.fade_kin).collect::<Vec<_>>();
    assert_eq!(fade(&read(folder.path(), &["parameters.ties.fade_kin=0.5"]).unwrap()), [0.5, 0.5]);
    assert!(matches!(measure, PolicyMeasure::AllocateHomes { homes: 7, building: Some(0), .. }), "{measure:?}");
}

#[test]
fn a_policy_on_a_grant_keeps_what_it_does_not_name() {
    let text = "[policies.long]\nkind = \"change-grant\"\ngrant = \"neighbourhood-fund\"\ncontract_weeks = 208\n";
    let folder = folder(&[("a.toml", &alternative(text))]);
    let study = read(folder.path(), &[]).unwrap();
    let blueprint = &study.scenarios[1].blueprint;
    let PolicyMeasure::ChangeGrant { grant: 0, regime } = blueprint.policies[0].measure else {
        panic!("another policy")
    };
    assert_eq!(regime.contract_weeks, 208);
    assert_eq!(regime.application_hours, 20.0);
    assert_eq!(regime.gap_weeks, blueprint.grants[0].regime.gap_weeks);
}

#[test]
fn shares_that_are_off_by_a_rounding_error_add_up_to_one_in_the_model() {
    let folder = folder(&[("a.toml", &alternative("[composition.education]\nhigh_share = 0.333\n"))]);
    let study = read(folder.path(), &[]).unwrap();
    let sum: f32 = study.scenarios[1].blueprint.composition.education.iter().map(|share| share.get()).sum();
    assert!((sum - 1.0).abs() < 1e-6, "{sum}");
}

#[test]
fn every_value_of_every_table_can_be_set() {
    let text = "[parameters.encounters]\ngallery_exponent = 0.5\n[mechanisms]\nimitation = false\n[report]\nheadline = [\"trust\"]\nworthwhile.trust = 0.5\n";
    let folder = folder(&[("a.toml", &alternative(text))]);
    let study = read(folder.path(), &[]).unwrap();
    let scenario = &study.scenarios[1];
    assert_eq!(scenario.blueprint.parameters.encounters.gallery_exponent, 0.5);
    assert!(!scenario.blueprint.mechanisms.imitation);
    let trust = noaber::observation::dictionary::measure_index("trust").unwrap();
    assert_eq!(scenario.headline, [trust]);
    assert_eq!(scenario.worthwhile[trust], 0.5);
}

#[test]
fn the_schema_knows_every_key_of_the_shipped_files() {
    let schema = json_schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    for (name, _) in SHIPPED {
        for scenario in shipped(name).scenarios {
            let document: toml::Value = toml::from_str(&scenario.resolved).unwrap();
            known(&document, &schema, &scenario.key);
        }
    }
}

fn known(value: &toml::Value, schema: &serde_json::Value, path: &str) {
    let toml::Value::Table(table) = value else { return };
    for (key, value) in table {
        let own = schema.get("properties").and_then(|properties| properties.get(key));
        let any = schema.get("additionalProperties").filter(|any| any.is_object());
        let inner = own.or(any).unwrap_or_else(|| panic!("the schema does not know {path}.{key}"));
        assert!(own.is_none() || inner["description"].as_str().is_some_and(|words| !words.is_empty()), "{path}.{key}");
        known(value, inner, &format!("{path}.{key}"));
    }
}

#[test]
fn a_new_study_does_not_overwrite_and_wants_a_plain_name() {
    let folder = TempDir::new().unwrap();
    new_study(folder.path(), "street").unwrap();
    assert!(new_study(folder.path(), "street").unwrap_err().to_string().contains("is there already"));
    for name in ["", "..", "a/b", "-x", "a b", "\u{e9}"] {
        assert!(new_study(folder.path(), name).unwrap_err().to_string().contains("no name for a study"), "{name}");
    }
}

#[test]
fn files_of_several_studies_are_checked_together() {
    let scenarios = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let (flat, moerwijk) = (scenarios.join("l-flat"), scenarios.join("moerwijk"));
    assert_eq!(
        check_files(&[flat.clone(), moerwijk.join("leaflets.toml"), moerwijk.join("baseline.toml")]).unwrap(),
        8
    );
    assert!(check_files(&[flat, scenarios.join("nowhere.toml")]).unwrap_err().to_string().contains("no such file"));
}

#[test]
fn a_rule_is_read_with_its_defaults_and_leaves_the_burn_in_shared() {
    let campaign = "[policies.p]\nkind = \"ask-campaign\"\nway = \"personal\"\nasks_per_week = 4\n";
    let text = alternative(&format!("{campaign}[policies.p.when]\nmeasure = \"lonely\"\nabove = 0.4\n"));
    let folder = folder(&[("a.toml", &text)]);
    let rule = |study: &Study| study.scenarios[1].blueprint.policies[0].when.expect("a rule");
    let study = read(folder.path(), &[]).unwrap();
    let read_rule = rule(&study);
    assert_eq!((read_rule.gauge.measure, read_rule.gauge.group), ("lonely", "all"));
    assert_eq!((read_rule.line, read_rule.check_every, read_rule.for_weeks), (Line::Above(0.4), 13, 0));
    let [baseline, alternative, ..] = &study.scenarios[..] else { panic!("two scenarios") };
    assert!(baseline.blueprint.for_burn_in() == alternative.blueprint.for_burn_in());
    assert!(alternative.resolved.contains("check_every_weeks = 13 # default"), "{}", alternative.resolved);

    let set = read(folder.path(), &["policies.p.when.above=0.5", "policies.p.when.group=age=65+"]).unwrap();
    assert_eq!((rule(&set).line, rule(&set).gauge.group), (Line::Above(0.5), "age=65+"));
    assert!(set.scenarios[1].blueprint != study.scenarios[1].blueprint);
    let schema = json_schema();
    let when = &schema["properties"]["policies"]["additionalProperties"]["properties"]["when"];
    assert!(when["properties"]["above"].is_object() && when["properties"]["measure"]["enum"].is_array());
}

#[test]
fn an_element_can_be_switched_off_and_on_again() {
    let off = alternative("[initiatives.meal]\nenabled = false\n");
    let on = off.replace("baseline.toml", "a.toml").replace("false", "true");
    let folder = folder(&[("a.toml", &off), ("b.toml", &on)]);
    let study = read(folder.path(), &[]).unwrap();
    let initiatives: Vec<usize> = study.scenarios.iter().map(|one| one.blueprint.initiatives.len()).collect();
    assert_eq!(initiatives, [2, 1, 2]);
}

#[test]
fn the_shipped_studies_have_the_size_of_their_models() {
    assert_eq!(shipped("l-flat").scenarios[0].blueprint.homes(), 728);
    let moerwijk = &shipped("moerwijk").scenarios[0].blueprint;
    let households = f64::from(moerwijk.homes()) * (1.0 - f64::from(moerwijk.composition.vacant.get()));
    assert!((households - 10_890.0).abs() < 5.0, "{households} households");
    assert!(moerwijk.initiatives.len() >= 12);
}

#[test]
fn paid_workers_give_the_hours_that_the_allocation_gives() {
    let study = shipped("l-flat");
    let of = |key: &str| &study.scenarios.iter().find(|scenario| scenario.key == key).unwrap().blueprint;
    let PolicyMeasure::AllocateHomes { homes, hours_per_month, .. } = of("targeted-allocation").policies[0].measure
    else {
        panic!("another policy")
    };
    let promised = homes as f32 * hours_per_month * 12.0 / 52.0;
    let paid: f32 = of("paid-workers").professionals.iter().map(|one| one.hours).sum::<f32>()
        - of("baseline").professionals.iter().map(|one| one.hours).sum::<f32>();
    assert!((promised - paid).abs() < 0.5, "{promised} promised, {paid} paid");
}
