//! How each fault in a scenario file is told: the line, the reason, the way out; and that no input makes the reader panic.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must fail")]

use std::path::{Path, PathBuf};

use noaber::scenario::{Overrides, Study, read_study};
use proptest::prelude::*;
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
    let study = read_study(&[folder.to_path_buf()], &sets, &Overrides::default());
    study.map_err(|faults| faults.to_string().replace(&format!("{}/", folder.display()), ""))
}

/// An alternative that extends the baseline and says this, from its line 5 on.
fn alternative(text: &str) -> String {
    format!("extends = \"baseline.toml\"\n[title]\nnl = \"a\"\nen = \"a\"\n{text}")
}

/// An alternative that says this is refused with exactly one fault, which holds all these words.
fn refused(text: &str, words: &[&str]) {
    let folder = folder(&[("a.toml", &alternative(text))]);
    told(&read(folder.path(), &[]).unwrap_err(), 1, words);
}

fn told(faults: &str, count: usize, words: &[&str]) {
    for word in words {
        assert!(faults.contains(word), "`{word}` is not told in\n{faults}");
    }
    let last = faults.lines().last().unwrap();
    assert!(last.starts_with(&format!("{count} fault")), "{count} expected\n{faults}");
}

/// The baseline with one piece replaced is refused with exactly one fault, which holds all these words.
fn baseline_refused(from: &str, to: &str, words: &[&str]) {
    assert!(BASELINE.contains(from), "{from}");
    let folder = folder(&[("baseline.toml", &BASELINE.replacen(from, to, 1))]);
    told(&read(folder.path(), &[]).unwrap_err(), 1, words);
}

#[test]
fn an_unknown_key_is_refused_with_the_nearest_one_and_those_allowed() {
    refused(
        "[time]\nwekes = 3\n",
        &["unknown key `wekes` in `[time]`", "a.toml:6:1", "^^^^^", "did you mean `weeks`?", "`burn_in_weeks`"],
    );
    refused("[polices.x]\nkind = 1\n", &["unknown key `polices`", "a.toml:5:2", "did you mean `policies`?"]);
    refused("[parameters.bonding]\norigin_wieght = 0.1\n", &["did you mean `origin_weight`?"]);
    refused("[places.park]\nenable = false\n", &["did you mean `enabled`?"]);
    refused("[mechanisms]\nimitations = false\n", &["did you mean `imitation`?"]);
}

#[test]
fn another_provider_needs_a_week_and_an_organisation_that_is_there() {
    refused(
        "[policies.tender]\nkind = \"change-provider\"\norganisation = \"welfare\"\n",
        &["`policies.tender` does not say when", "needs `from_week`"],
    );
    refused(
        "[policies.tender]\nkind = \"change-provider\"\norganisation = \"welfair\"\nfrom_week = 0\n",
        &["names the organisation \"welfair\", which is not there", "did you mean \"welfare\"?"],
    );
}

#[test]
fn who_decides_is_said_of_an_initiative_that_is_there() {
    refused(
        "[policies.back]\nkind = \"hand-over\"\ninitiative = \"nothing-like-it\"\nresidents_lead_share = 0.5\n",
        &["names the initiative \"nothing-like-it\", which is not there"],
    );
}

#[test]
fn more_places_than_can_be_numbered_are_refused() {
    use std::fmt::Write;
    let mut places = String::new();
    for number in 0..10_001 {
        write!(places, "[places.p{number}]\nkind = \"park\"\nx_metres = 0\ny_metres = 0\n").unwrap();
    }
    refused(&places, &["places are more than can be simulated", "at most 10000 places"]);
}

#[test]
fn a_key_in_another_unit_is_refused_with_the_unit_that_is_expected() {
    let text = ALLOCATION.replace("over_weeks", "over_months");
    refused(&text, &["another unit than expected", "a.toml:9:1", "the unit here is `over_weeks`"]);
    baseline_refused("vacant_share", "vacant_percent", &["the unit here is `vacant_share`"]);
}

#[test]
fn a_value_of_the_wrong_type_is_refused_with_the_type_wanted() {
    refused(
        "[time]\nweeks = \"ten\"\n",
        &["`time.weeks` is the text \"ten\"", "a.toml:6:9", "a whole number from 1 to 5200"],
    );
    refused("[places.park]\nindoor = 1\n", &["`places.park.indoor` is the whole number 1", "true or false"]);
    refused("[places]\npark = 3\n", &["`places.park` is the whole number 3", "[places.park]"]);
    refused("[time]\nseed = 1979-05-27\n", &["a date or time"]);
    refused("[time]\nseed = 99999999999999999999\n", &["a whole number too large to hold"]);
}

#[test]
fn a_value_out_of_range_is_refused_with_the_range() {
    refused("[time]\nweeks = 0\n", &["`time.weeks` is 0, out of range", "a.toml:6:9", "between 1 and 5200"]);
    refused("[time]\nweeks = 1000000000\n", &["`time.weeks` is 1000000000", "5200"]);
    refused("[neighbourhood]\nkin_nearby_share = 30\n", &["between 0 and 1", "30 % is 0.3"]);
    refused("[neighbourhood]\nkin_nearby_share = nan\n", &["is NaN"]);
    refused("[parameters.ties]\nfriend = 1.5\n", &["`parameters.ties.friend` is 1.5", "between 0 and 1"]);
    refused(
        "[policies.x]\nkind = \"adjust\"\nparameter = \"ties.friend\"\ntimes = 10\n",
        &["makes `ties.friend` 3.2", "between 0 and 1"],
    );
}

#[test]
fn a_word_that_is_not_allowed_is_refused_with_the_nearest_and_all() {
    refused(
        "[places.park]\nkind = \"prak\"\n",
        &["\"prak\", which is not one of the allowed words", "a.toml:6:8", "did you mean \"park\"?", "`thrift-shop`"],
    );
    refused("[policies.x]\nkind = \"allocate\"\n", &["`policies.x.kind` is \"allocate\"", "`allocate-homes`"]);
    refused(
        "[report]\nheadline = [\"lonely\", \"trusts\"]\n",
        &["\"trusts\"", "did you mean \"trust\"?", "a.toml:6:23"],
    );
}

#[test]
fn a_reference_to_what_is_not_there_is_refused_with_the_nearest_name() {
    refused(
        "[initiatives.meal]\nplace = \"center\"\n",
        &["names the place \"center\", which is not there", "a.toml:6:9", "did you mean \"centre\"?", "`supermarket`"],
    );
    refused("[places.park]\nenabled = false\n", &["\"park\", which is not there", "baseline.toml:122", "switched off"]);
}

#[test]
fn shares_that_do_not_add_up_are_refused_where_they_were_changed() {
    refused(
        "[composition.origins]\neurope_share = 0.3\n",
        &["`[composition.origins]` add up to 1.2, not to 1", "a.toml:6:16", "outside_europe_share 0.18"],
    );
    baseline_refused("low_share = 0.27", "low_share = 0.2", &["add up to 0.93", "baseline.toml:56:"]);
}

#[test]
fn a_misspelt_share_is_one_fault_and_not_also_a_wrong_sum() {
    baseline_refused("low_share = 0.27", "lwo_share = 0.27", &["did you mean `low_share`?"]);
}

#[test]
fn an_initiative_that_begins_before_its_place_is_there_is_refused() {
    let text = "[places.centre]\nfrom_week = 10\n[initiatives.meal]\nfrom_week = 4\n";
    refused(
        text,
        &["`initiatives.meal` begins before its place `places.centre` is there", "a.toml:8:13", "in week 10"],
    );
    refused("[places.centre]\nfrom_week = 10\n", &["begins before its place", "a.toml:6:13"]);
}

#[test]
fn organisers_who_leave_in_no_week_are_refused() {
    let text = "[policies.gone]\nkind = \"organisers-leave\"\ninitiative = \"meal\"\n";
    refused(text, &["`policies.gone` does not say when the organisers stop", "a.toml:6:8", "needs `from_week`"]);
    refused("[policies.open]\nkind = \"open-to-all\"\ninitiative = \"meel\"\n", &["did you mean \"meal\"?"]);
}

#[test]
fn a_negative_share_is_refused() {
    refused(
        "[composition.origins]\neurope_share = -0.1\n",
        &["`composition.origins.europe_share` is -0.1", "a.toml:6:16"],
    );
}

#[test]
fn a_required_key_that_is_missing_is_named_with_its_meaning() {
    refused(
        "[places.pond]\nkind = \"park\"\nx_metres = 1\n",
        &["`[places.pond]` has no `y_metres`", "a.toml:5:9", "add `y_metres = a number"],
    );
    refused("[policies.x]\nfrom_week = 3\n", &["`[policies.x]` has no `kind`", "`allocate-homes`"]);
    baseline_refused("floors = 4\n", "", &["`[buildings.flat]` has no `floors`"]);
    baseline_refused(
        "[title]\nnl = \"Zoals het is\"\nen = \"As it is\"",
        "",
        &["`title` is missing", "baseline.toml:1:1"],
    );
}

#[test]
fn an_alternative_does_not_inherit_the_title_of_the_baseline() {
    let folder = folder(&[("a.toml", "extends = \"baseline.toml\"\n")]);
    told(&read(folder.path(), &[]).unwrap_err(), 1, &["`title` is missing", "a.toml:1:1"]);
}

#[test]
fn extending_in_a_circle_is_refused_with_the_circle() {
    let folder = folder(&[("a.toml", "extends = \"b.toml\"\n"), ("b.toml", "extends = \"a.toml\"\n")]);
    let faults = read(folder.path(), &[]).unwrap_err();
    told(&faults, 2, &["goes round in a circle", "a.toml -> b.toml -> a.toml", "b.toml:1:11"]);
}

#[test]
fn extending_what_is_not_there_or_elsewhere_is_refused() {
    let folder = folder(&[
        ("a.toml", "extends = \"baselin.toml\"\n"),
        ("b.toml", "extends = \"../x.toml\"\n"),
        ("c.toml", "extends = 3\n"),
    ]);
    let words = [
        "there is no such file",
        "a.toml:1:11",
        "did you mean `baseline.toml`?",
        "points outside the folder",
        "b.toml:1:11",
        "`extends` is the whole number 3",
    ];
    told(&read(folder.path(), &[]).unwrap_err(), 3, &words);
}

#[test]
fn a_baseline_that_extends_an_alternative_is_refused() {
    let folder = folder(&[("a.toml", &alternative("")), ("baseline.toml", "extends = \"a.toml\"\n")]);
    told(
        &read(folder.path(), &[]).unwrap_err(),
        1,
        &[
            "the baseline extends \"a.toml\"",
            "baseline.toml:1:11",
            "turn it round",
            "it may extend \"neighbourhood.toml\"",
        ],
    );
}

#[test]
fn a_baseline_may_rest_on_a_neighbourhood_which_is_then_no_alternative() {
    let folder = folder(&[("a.toml", &alternative(""))]);
    let path = |name: &str| folder.path().join(name);
    std::fs::rename(path("baseline.toml"), path("neighbourhood.toml")).unwrap();
    std::fs::write(path("baseline.toml"), alternative("").replace("baseline.toml", "neighbourhood.toml")).unwrap();
    let study = read(folder.path(), &[]).unwrap();
    let keys: Vec<&str> = study.scenarios.iter().map(|scenario| scenario.key.as_str()).collect();
    assert_eq!(keys, ["baseline", "a"]);
}

#[test]
fn a_missing_file_and_a_folder_without_a_baseline_are_refused() {
    let folder = folder(&[]);
    let paths = [folder.path().join("baseline.toml"), folder.path().join("baselin.toml")];
    let faults = read_study(&paths, &[], &Overrides::default()).unwrap_err().to_string();
    told(&faults, 1, &["baselin.toml` cannot be read: there is no such file", "did you mean `baseline.toml`?"]);
    std::fs::remove_file(folder.path().join("baseline.toml")).unwrap();
    told(&read(folder.path(), &[]).unwrap_err(), 1, &["has no `baseline.toml`"]);
    told(&read_study(&[], &[], &Overrides::default()).unwrap_err().to_string(), 1, &["no scenario was given"]);
}

#[test]
fn a_file_given_twice_or_two_of_one_name_are_refused() {
    let (one, two) = (folder(&[]), folder(&[]));
    let [one, two] = [one.path(), two.path()].map(|folder| folder.join("baseline.toml"));
    let twice = read_study(&[one.clone(), one.clone()], &[], &Overrides::default()).unwrap_err().to_string();
    told(&twice, 1, &["is given twice"]);
    let twins = read_study(&[one, two], &[], &Overrides::default()).unwrap_err().to_string();
    told(&twins, 1, &["have the same name"]);
}

#[test]
fn a_syntax_fault_is_told_and_the_other_files_are_still_checked() {
    let folder = folder(&[
        ("a.toml", "extends = \"baseline.toml\"\n[time\nweeks = 3\n"),
        ("b.toml", &alternative("[time]\nwekes = 3\n")),
    ]);
    let faults = read(folder.path(), &[]).unwrap_err();
    told(&faults, 2, &["this is not TOML", "a.toml:2:", "unknown key `wekes`", "b.toml:6:1"]);
}

#[test]
fn a_key_given_twice_is_refused() {
    refused("[time]\nweeks = 3\nweeks = 4\n", &["a key is given twice", "a.toml:7:1"]);
}

#[test]
fn a_file_that_is_not_text_is_refused() {
    let folder = folder(&[]);
    std::fs::write(folder.path().join("a.toml"), b"extends = \"\xff\"").unwrap();
    told(&read(folder.path(), &[]).unwrap_err(), 1, &["byte 12 is not UTF-8 text"]);
}

#[test]
fn a_neighbourhood_where_nobody_lives_is_refused() {
    refused("[neighbourhood]\nvacant_share = 1\n", &["nobody lives here", "a.toml:6:16"]);
    refused(
        "[buildings.flat]\nenabled = false\n[buildings.houses]\nenabled = false\n",
        &["nobody lives here: there is no building"],
    );
    refused("[buildings.flat]\nhomes = 0\n", &["`buildings.flat.homes` is 0", "a.toml:6:9"]);
    refused("[neighbourhood]\ncopies = 100000\n[buildings.flat]\nhomes = 10000\n", &["more than can be simulated"]);
}

#[test]
fn an_initiative_that_its_grant_may_not_pay_is_refused() {
    refused(
        "[grants.neighbourhood-fund]\npays = [\"choir\"]\n",
        &["`initiatives.meal` is paid by `grants.neighbourhood-fund`, which may not pay its activity"],
    );
    refused("[grants.neighbourhood-fund]\npays = [\"singing\"]\n", &["singing"]);
}

#[test]
fn a_priority_without_districts_is_refused() {
    refused("[neighbourhood]\npriority_to_need_share = 0.5\n", &["no districts to give priority to", "a.toml:6:26"]);
    let one = "[districts.east]\n[policies.p]\nkind = \"priority\"\nto_need_share = 1\n";
    let folder = folder(&[("baseline.toml", &format!("{BASELINE}{one}"))]);
    let faults = read(folder.path(), &[]).unwrap_err();
    told(&faults, 1, &["no districts to give priority to", "wants two districts or more"]);
}

#[test]
fn children_without_adults_are_refused() {
    refused(
        "[composition.households]\ncouple_with_children_share = 0\nsingle_parent_share = 0\none_person_share = 0.72\n",
        &["no household with children"],
    );
}

#[test]
fn a_home_without_a_door_and_a_floor_without_a_home_are_refused() {
    refused("[buildings.flat]\nentrances = 0\n", &["`buildings.flat.entrances` is 0", "a.toml:6:13"]);
    refused(
        "[buildings.flat]\nfloors = 40\n",
        &["floors or entrances without a home", "a.toml:6:10", "need 240 homes, there are 120"],
    );
    refused("[buildings.houses]\nfloors = 2\n", &["the houses of `buildings.houses` have 2 floors"]);
}

#[test]
fn a_place_that_nobody_can_reach_is_refused() {
    refused(
        "[places.park]\nx_metres = 20000\n",
        &["nobody can reach `places.park`", "a.toml:6:12", "at most 5000 metres"],
    );
    refused("[places.park]\nhours_per_week = 0\n", &["it never opens", "a.toml:6:18"]);
    refused(
        "[places.park.welcome_times]\nnetherlands = 0\neurope = 0\noutside_europe = 0\n",
        &["nobody is welcome in `places.park`"],
    );
}

#[test]
fn a_policy_that_gives_more_homes_than_there_are_is_refused() {
    refused(&ALLOCATION.replace("35", "121"), &["gives 121 homes, but `buildings.flat` has 120", "a.toml:8:9"]);
}

#[test]
fn a_policy_that_brings_more_households_than_its_building_has_homes_is_refused() {
    let text = "[policies.p]\nkind = \"arrivals\"\nbuilding = \"flat\"\nhouseholds = 121\norigin = \"europe\"\n";
    refused(text, &["brings 121 households, but `buildings.flat` has 120 homes", "a.toml:8:14"]);
}

#[test]
fn motivated_tenants_promise_hours_and_vulnerable_ones_need_not() {
    let silent = ALLOCATION.replace("hours_per_month = 10\n", "");
    refused(&silent, &["`[policies.p]` has no `hours_per_month`", "motivated tenants always do"]);
    let folder = folder(&[("a.toml", &alternative(&format!("{silent}who = \"vulnerable\"\n")))]);
    assert!(read(folder.path(), &[]).is_ok());
}

#[test]
fn a_building_that_comes_later_is_refused_where_it_has_no_number() {
    let block =
        "[buildings.block]\nform = \"gallery\"\nhomes = 10\nfloors = 1\nentrances = 1\ntenure = \"social-rent\"\n";
    let later = format!("{block}from_week = 10\n");
    refused(&format!("{later}[neighbourhood]\ncopies = 2\n"), &["`buildings.block` comes later", "2 copies"]);
    refused(&format!("{later}until_week = 10\n"), &["`buildings.block` ends in week 10, before it begins in week 10"]);
    refused(&format!("{block}from_week = -1\n"), &["`buildings.block.from_week` is -1, out of range"]);
    let folder = folder(&[("a.toml", &alternative(&later))]);
    assert!(read(folder.path(), &[]).is_ok());
}

#[test]
fn what_ends_before_it_begins_is_refused() {
    refused(
        &format!("{ALLOCATION}from_week = 5\nuntil_week = 5\n"),
        &["`policies.p` ends in week 5, before it begins in week 5"],
    );
}

/// A campaign with this rule is refused with one fault that holds all these words.
fn rule_refused(weeks: &str, when: &str, words: &[&str]) {
    let campaign = "[policies.p]\nkind = \"ask-campaign\"\nway = \"personal\"\nasks_per_week = 4\n";
    refused(&format!("{campaign}{weeks}[policies.p.when]\n{when}"), words);
}

#[test]
fn a_rule_that_makes_no_sense_is_refused() {
    let lonely = "measure = \"lonely\"\n";
    rule_refused("", "measure = \"lonly\"\nabove = 0.4\n", &["did you mean \"lonely\"?", "a.toml:10:11"]);
    rule_refused("", &format!("{lonely}group = \"age=66+\"\nabove = 0.4\n"), &["did you mean \"age=65+\"?"]);
    rule_refused("", "above = 0.4\n", &["`[policies.p.when]` has no `measure`"]);
    rule_refused("", lonely, &["`policies.p.when` has no line", "a.toml:9:"]);
    rule_refused("", &format!("{lonely}above = 0.4\nbelow = 0.2\n"), &["`above` and `below`", "one of the two"]);
    rule_refused("", &format!("{lonely}above = 40\n"), &["a.toml:11:9", "must lie between 0 and 1", "40 % is 0.4"]);
    rule_refused("", "measure = \"cohesion\"\nbelow = -1\n", &["must lie between 0 and 10", "score 0-10"]);
    let isolates = "measure = \"isolates\"\ngroup = \"age=65+\"\nabove = 0.4\n";
    rule_refused("", isolates, &["`isolates` of \"age=65+\"", "only for \"all\"", "a.toml:11:9"]);
    rule_refused("from_week = -4\n", &format!("{lonely}above = 0.4\n"), &["rules act from week 0 on", "a.toml:9:13"]);
    rule_refused("until_week = 0\n", &format!("{lonely}above = 0.4\n"), &["rules act from week 0 on"]);
    rule_refused("", &format!("{lonely}above = 0.4\ncheck_every_weeks = 0\n"), &["must lie between 1 and"]);
}

#[test]
fn a_name_that_cannot_be_used_in_tables_is_refused() {
    refused(
        "[places.\"a b\"]\nkind = \"park\"\nx_metres = 1\ny_metres = 1\n",
        &["\"a b\" is no name", "letters a-z, digits, - and _"],
    );
}

#[test]
fn scenarios_of_one_study_have_one_time() {
    refused("[time]\nweeks = 50\n", &["`time.weeks` is 50 here and 104 in the baseline", "a.toml:6:9"]);
}

#[test]
fn a_fault_on_the_command_line_points_at_its_words() {
    let folder = folder(&[("a.toml", &alternative(""))]);
    let case = |set: &str, words: &[&str]| told(&read(folder.path(), &[set]).unwrap_err(), 1, words);
    case("time.weeks=0", &["--> --set:1:12", "`time.weeks` is 0"]);
    case("time.wekes=3", &["--> --set:1:1", "did you mean `weeks`?"]);
    case("time.weeks", &["has no `=`"]);
    case("places.prak.rooms=3", &["no scenario has `prak` under `places`", "did you mean `places.park`?"]);
    case("places.park.romos=3", &["--set:1:1", "did you mean `rooms`?"]);
    case("time..weeks=2", &["is no key"]);
    case("report.headline=[1", &["this is not TOML"]);
    case("extends=b.toml", &["cannot be set on the command line"]);
    case("buildings.flat.tenure=rented", &["\"rented\"", "`social-rent`"]);
    let overrides = Overrides { weeks: Some(0), seed: Some(u64::MAX), ..Overrides::default() };
    let faults = read_study(&[folder.path().to_path_buf()], &[], &overrides).unwrap_err().to_string();
    told(&faults, 2, &["--weeks 0", "`time.weeks` is 0", "too large to hold"]);
}

#[test]
fn all_faults_of_all_files_are_told_once_and_at_once() {
    let broken = BASELINE.replacen("tenure = \"owned\"", "tenure = \"lent\"", 1);
    let folder = folder(&[
        ("baseline.toml", &broken),
        ("a.toml", &alternative("[time]\nwekes = 1\n")),
        ("b.toml", &alternative("[neighbourhood]\ncopies = 0\n[places.x]\nkind = \"park\"\n")),
    ]);
    let words = ["\"lent\"", "unknown key `wekes`", "`neighbourhood.copies` is 0", "no `x_metres`", "no `y_metres`"];
    told(&read(folder.path(), &[]).unwrap_err(), 5, &words);
}

#[test]
fn faults_have_colours_when_asked_and_none_otherwise() {
    let folder = folder(&[("a.toml", &alternative("[time]\nweeks = 0\n"))]);
    let faults = read_study(&[folder.path().to_path_buf()], &[], &Overrides::default()).unwrap_err();
    assert!(faults.render(true).contains("\u{1b}["));
    assert!(!faults.render(false).contains('\u{1b}'));
    assert_eq!(faults.len(), 1);
    assert!(!faults.is_empty());
}

#[test]
fn a_fault_is_shown_with_its_line_a_caret_and_a_way_out() {
    let folder = folder(&[("a.toml", &alternative("[time]\nwekes = 3\n"))]);
    insta::assert_snapshot!(read(folder.path(), &[]).unwrap_err(), @r"
    error: unknown key `wekes` in `[time]`
     --> a.toml:6:1
      |
    6 | wekes = 3
      | ^^^^^ unknown key
      |
      = help: did you mean `weeks`?
      = help: allowed: `weeks`, `burn_in_weeks`, `replications`, `seed`

    1 fault
    ");
}

fn never_panics(bytes: &[u8], set: &str) {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("baseline.toml"), bytes).unwrap();
    std::fs::write(folder.path().join("a.toml"), alternative("[places.park]\nrooms = 2\n")).unwrap();
    if let Err(faults) = read_study(&[folder.path().to_path_buf()], &[set.to_owned()], &Overrides::default()) {
        assert!(!faults.render(true).is_empty());
        assert!(!faults.is_empty());
    }
}

/// The shipped baselines, to be damaged.
fn shipped() -> Vec<Vec<u8>> {
    ["l-flat", "moerwijk"]
        .iter()
        .map(|name| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name).join("baseline.toml"))
        .map(|path| std::fs::read(path).unwrap())
        .chain([BASELINE.as_bytes().to_vec()])
        .collect()
}

#[test]
fn nonsense_that_nests_without_end_never_panics() {
    let long = "a.".repeat(50_000);
    for text in [
        format!("a = {}", "[".repeat(100_000)),
        format!("a = {}", "{a=".repeat(100_000)),
        format!("{long}a = 1"),
        format!("[{long}a]\nb = 1"),
        format!("[[{long}a]]\nb = 1"),
    ] {
        never_panics(text.as_bytes(), &format!("{long}a=1"));
    }
    never_panics(BASELINE.as_bytes(), &format!("a={}", "[".repeat(100_000)));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), set in ".{0,20}") {
        never_panics(&bytes, &set);
    }

    #[test]
    fn random_text_never_panics(text in "([\\[\\]{}=\"'.,#a-c0-9 \t\r\n\u{e9}\u{1f600}-]|title|homes|nan){0,80}", set in "[a-c.]{0,5}=.{0,9}") {
        never_panics(text.as_bytes(), &set);
    }

    #[test]
    fn damaged_files_never_panic(
        which in 0usize..3,
        damage in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..12, "(-|[0-9]{1,12}|\"|\\[|\n|true|\u{e9}|= ){0,3}"), 1..6),
    ) {
        let mut bytes = shipped().swap_remove(which);
        for (place, length, text) in damage {
            let start = place.index(bytes.len());
            let end = (start + length).min(bytes.len());
            bytes.splice(start..end, text.into_bytes());
        }
        never_panics(&bytes, "time.weeks=3");
    }
}
