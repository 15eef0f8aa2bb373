//! Surveys of small worlds, held against the resident tables of the same worlds and against what must be.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::*;
use crate::experiment::bench::synthetic;
use crate::model::blueprint::ProfessionalPlan;
use crate::model::world::World;
use crate::observation::{RESIDENT_COLUMNS, residents};
use crate::scenario::{Overrides, read_targets};

const WEEKS: u32 = 6;
const HEAD: &str = "title = { nl = \"t\", en = \"t\" }\nsource = \"s\"\ncodes = [\"V1\"]\npopulation = \"p\"\nyear = \"y\"\n\
    tolerance_reason = \"r\"\n";
const NAME: &str = "name = { nl = \"n\", en = \"n\" }\nvalue = 1\ntolerance = 1\n";

/// Targets in a folder of their own: neighbourhoods `a` (a quarter of the population) and `b`, one target with these parts.
fn targets(parts: &[&str], burn_in: u32) -> Targets {
    let folder = tempfile::tempdir().expect("a folder");
    let file: PathBuf = folder.path().join("targets.toml");
    let mut text = format!("[survey]\nweeks = {WEEKS}\nreplications = 3\nseed = 5\n");
    for (name, share) in [("a", 0.25), ("b", 0.75)] {
        let neighbourhood = include_str!("../../scenario/new_study/baseline.toml");
        std::fs::write(folder.path().join(format!("{name}.toml")), neighbourhood).expect("a file");
        write!(text, "[neighbourhoods.{name}]\nfile = \"{name}.toml\"\npopulation_share = {share}\n").expect("text");
    }
    write!(text, "[targets.T]\n{HEAD}").expect("text");
    for (number, part) in parts.iter().enumerate() {
        write!(text, "[targets.T.parts.p{number}]\n{NAME}{part}\n").expect("text");
    }
    std::fs::write(&file, text).expect("a file");
    let overrides = Overrides { burn_in: Some(burn_in), ..Overrides::default() };
    read_targets(Some(&file), &[], &overrides).unwrap_or_else(|faults| panic!("{faults}"))
}

fn cell<'a>(row: &'a [String], name: &str) -> &'a str {
    let place = RESIDENT_COLUMNS.iter().position(|column| column.name == name).expect("a column");
    &row[place]
}

/// The residents of both neighbourhoods as the table writes them, from worlds grown here.
fn tables(targets: &Targets, key: u64, burn_in: u32) -> Vec<Vec<Vec<String>>> {
    let table = |(place, part): (usize, &crate::scenario::targets::PopulationPart)| {
        let key = mix(key.wrapping_add(place as u64));
        let mut world = World::grow(&part.scenario.blueprint, key, burn_in);
        for _ in 0..burn_in + WEEKS {
            world.live_one_week();
        }
        residents(&world).into_iter().map(|row| row.0).collect()
    };
    targets.neighbourhoods.iter().enumerate().map(table).collect()
}

/// The mean over those who answer, each neighbourhood weighing as its part of the population.
fn by_hand(
    tables: &[Vec<Vec<String>>],
    who: impl Fn(usize, &[String]) -> bool,
    value: impl Fn(&[String]) -> Option<f64>,
) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    for (place, (table, share)) in tables.iter().zip([0.25, 0.75]).enumerate() {
        let weight = share / table.len() as f64;
        for value in table.iter().filter(|row| who(place, row)).filter_map(|row| value(row)) {
            sum += weight * value;
            count += weight;
        }
    }
    sum / count
}

#[test]
fn a_survey_says_what_the_resident_tables_say() {
    let targets = targets(
        &[
            "of = \"cohesion\"",
            "of = \"loneliness\"\nat_least = 3",
            "of = \"weekly_contact_neighbours\"\nwhere = { age_from = 15, age_below = 35 }",
            "of = \"trust\"\nwhere = { education = [\"low\", \"middle\"], neighbourhood = \"b\" }",
            "of = \"loneliness\"\nat_least = 9\nwhere = { lives_alone = 1 }\nrelative_to = {}",
            "of = \"belonging\"\nwhere = { sex = \"man\" }\nrelative_to = { sex = \"woman\" }",
        ],
        3,
    );
    let found = survey(&Validation::new(targets.clone(), Depth::Full), &as_they_are, 77);
    let tables = tables(&targets, 77, 3);
    let number = |row: &[String], name: &str| cell(row, name).parse::<f64>().ok();
    let at_least =
        |row: &[String], least: f64| number(row, "loneliness").map(|score| if score >= least { 1.0 } else { 0.0 });
    let age = |row: &[String]| number(row, "age").expect("an age");
    let strongly = |row: &[String]| at_least(row, 9.0);
    let belonging = |row: &[String]| number(row, "belonging");
    let wanted = [
        by_hand(&tables, |_, _| true, |row| number(row, "cohesion")),
        by_hand(&tables, |_, _| true, |row| at_least(row, 3.0)),
        by_hand(&tables, |_, row| (15.0..35.0).contains(&age(row)), |row| number(row, "weekly_contact_neighbours")),
        by_hand(&tables, |place, row| place == 1 && cell(row, "education") != "high", |row| number(row, "trust")),
        by_hand(&tables, |_, row| cell(row, "lives_alone") == "1", strongly) / by_hand(&tables, |_, _| true, strongly),
        by_hand(&tables, |_, row| cell(row, "sex") == "man", belonging)
            / by_hand(&tables, |_, row| cell(row, "sex") == "woman", belonging),
    ];
    assert_eq!(found.len(), wanted.len());
    for (part, (found, wanted)) in found.iter().zip(wanted).enumerate() {
        // The table rounds to four decimals.
        assert!((found - wanted).abs() < 2e-4, "part {part}: {found} and {wanted}");
    }
}

#[test]
fn neighbourhoods_of_one_population_share_no_luck() {
    let targets = targets(
        &["of = \"age\"\nwhere = { neighbourhood = \"a\" }", "of = \"age\"\nwhere = { neighbourhood = \"b\" }"],
        1,
    );
    let found = survey(&Validation::new(targets, Depth::Full), &as_they_are, 1);
    assert_ne!(found[0], found[1], "the two are alike on paper");
}

#[test]
fn constants_may_be_changed_for_a_survey() {
    let validation = Validation::new(targets(&["of = \"weekly_contact_neighbours\""], 30), Depth::Quick);
    let none = survey(&validation, &|parameters| parameters.encounters.per_week = 0.0, 3)[0];
    let many = survey(&validation, &|parameters| parameters.encounters.per_week = 20.0, 3)[0];
    assert!(many > none + 0.1, "{none} without encounters, {many} with many");
}

#[test]
fn households_are_those_of_the_resident_table() {
    let outcomes = ["one-person", "with-children", "mean-size"];
    let parts = outcomes.map(|outcome| format!("protocol = \"households\"\noutcome = \"{outcome}\""));
    let targets = targets(&parts.each_ref().map(String::as_str), 2);
    let found = survey(&Validation::new(targets.clone(), Depth::Quick), &as_they_are, 9);
    let (mut sums, mut count) = ([0.0; 3], 0.0);
    for (table, share) in tables(&targets, 9, 2).iter().zip([0.25, 0.75]) {
        let mut homes: std::collections::BTreeMap<&str, Vec<&Vec<String>>> = std::collections::BTreeMap::new();
        for row in table {
            homes.entry(cell(row, "home")).or_default().push(row);
        }
        let weight = share / table.len() as f64;
        for members in homes.values() {
            let couple = members.iter().any(|row| cell(row, "partner") == "1");
            let children = members.len() > if couple { 2 } else { 1 };
            sums[0] += weight * if members.len() == 1 { 1.0 } else { 0.0 };
            sums[1] += weight * if children { 1.0 } else { 0.0 };
            sums[2] += weight * members.len() as f64;
            count += weight;
        }
    }
    for (found, sum) in found.iter().zip(sums) {
        assert!((found - sum / count).abs() < 1e-9, "{found} and {}", sum / count);
    }
}

#[test]
fn nobody_moves_or_changes_jobs_where_nobody_may() {
    let parts = [
        "protocol = \"moving\"\noutcome = \"at-25\"",
        "protocol = \"moving\"\noutcome = \"people\"",
        "protocol = \"moving\"\noutcome = \"social-rent-homes\"",
        "protocol = \"job-change\"\noutcome = \"leave\"",
    ];
    let mut targets = targets(&parts, 20);
    for part in &mut targets.neighbourhoods {
        // Posts that no contract pays, so that nobody leaves for want of money.
        let synthetic = synthetic(100, 100);
        let posts = synthetic.professionals.into_iter().map(|post| ProfessionalPlan { grant: None, ..post });
        part.scenario.blueprint.professionals = posts.collect();
        part.scenario.blueprint.organisations = synthetic.organisations;
    }
    let validation = Validation::new(targets, Depth::Quick);
    let [mut still, busy] = [0.0, 1.0].map(|rate| {
        let adjust = move |parameters: &mut Parameters| {
            parameters.living.moving = rate;
            parameters.funding.job_change_per_year = rate;
        };
        survey(&validation, &adjust, 4)
    });
    assert_eq!(still.len(), 4);
    // Grown children leave home all the same, and deaths are taken off as expected and not as they came.
    assert!(still.remove(1).abs() < 0.08 && still[0] < 0.2, "{still:?}");
    assert_eq!(still[2], 0.0, "nobody leaves a job");
    let [at_25, people, homes, jobs] = busy[..] else { panic!("four values") };
    assert!(at_25 > 0.5 && people > 0.3 && homes > 0.3 && jobs > 0.3, "{at_25} {people} {homes} {jobs}");
}

#[test]
fn the_nearer_people_live_the_more_they_are_chosen_unless_doors_do_not_matter() {
    let outcomes = ["next-door", "two-doors", "end-of-hall"];
    let parts = outcomes.map(|outcome| format!("protocol = \"proximity\"\noutcome = \"{outcome}\""));
    let validation = Validation::new(targets(&parts.each_ref().map(String::as_str), 1), Depth::Full);
    let found =
        |exponent: f32| survey(&validation, &move |parameters| parameters.encounters.gallery_exponent = exponent, 6);
    let near = found(2.0);
    assert!(near[0] > near[1] + 0.05 && near[1] >= near[2], "{near:?}");
    let flat = found(0.3);
    assert!(near[0] - near[1] > flat[0] - flat[1], "{near:?} and {flat:?}");
    let quick = survey(&Validation::new(validation.targets().clone(), Depth::Quick), &as_they_are, 6);
    assert!(quick.len() == 3 && quick.iter().all(|value| value.is_nan()), "left out: {quick:?}");
}

#[test]
fn ties_are_lost_in_seven_years_and_friends_take_the_hours_that_the_scale_asks() {
    let kept = ["kept", "same-role", "network-size"]
        .map(|outcome| format!("protocol = \"ties-kept-seven-years\"\noutcome = \"{outcome}\""));
    let hours = ["casual-friend", "friend"]
        .map(|outcome| format!("protocol = \"hours-to-friendship\"\noutcome = \"{outcome}\""));
    let parts: Vec<&str> = kept.iter().chain(&hours).map(String::as_str).collect();
    let validation = Validation::new(targets(&parts, 10), Depth::Full);
    let without_bonus = |parameters: &mut Parameters| parameters.bonding.hours_bonus = 0.0;
    let found = survey(&validation, &without_bonus, 8);
    assert!(found[0] > 0.05 && found[0] < 0.95 && found[1] <= found[0] && found[2] > 0.3, "{found:?}");
    // Without a bonus 50 hours make a casual friend, less the hour that recognising is worth; fading only adds to it.
    let least = f64::from(-130.0 * libm::logf(1.0 - Parameters::default().ties.friend)) - 1.5;
    assert!(found[3] >= least && (found[4].is_nan() || found[4] > found[3]), "{least} and {found:?}");
    let forgetful = |parameters: &mut Parameters| {
        parameters.ties.fade_weak = 0.2;
        parameters.ties.fade_strong = 0.1;
    };
    assert!(survey(&validation, &forgetful, 8)[0] < found[0]);
}

#[test]
fn a_validation_is_the_same_for_any_number_of_threads_and_its_work_is_what_was_announced() {
    use std::sync::atomic::{AtomicU64, Ordering};
    #[derive(Default)]
    struct Count(AtomicU64);
    impl Watch for Count {
        fn worked(&self, weeks: u64) {
            self.0.fetch_add(weeks, Ordering::Relaxed);
        }
    }
    let parts = ["of = \"loneliness\"", "protocol = \"proximity\"\noutcome = \"next-door\""];
    let validation = Validation::new(targets(&parts, 2), Depth::Full);
    let on = |threads: usize| {
        let count = Count::default();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let found = pool.install(|| validate(&validation, None, &count)).expect("not stopped");
        let bits: Vec<Vec<u64>> = found.iter().map(|values| values.iter().map(|v| v.to_bits()).collect()).collect();
        (bits, count.0.into_inner())
    };
    let one = on(1);
    assert_eq!((one.0.len(), one.1), (3, 3 * validation.work()));
    assert_ne!(one.0[0], one.0[1], "populations share no luck");
    for threads in [2, 8] {
        assert_eq!(on(threads), one, "{threads} threads");
    }
}
