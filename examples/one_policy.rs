//! Two worlds by hand: the same people and the same luck, once as it is and once with a policy.
//!
//! Reads a study, lives its burn-in once, lets two copies go on under different blueprints, and prints a small table. With
//! several replications and intervals, [`noaber::experiment::run()`] and [`noaber::experiment::effects()`] do the same.
//!
//! ```sh
//! cargo run --release --example one_policy
//! cargo run --release --example one_policy -- scenarios/moerwijk four-year-funding 52
//! ```

use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;

use noaber::experiment::run::replication_key;
use noaber::model::blueprint::Blueprint;
use noaber::model::world::World;
use noaber::observation::{Detail, MEASURES, Observation, measure_index, observe};
use noaber::scenario::{Overrides, read_study};

/// What the table shows, by key; `columns.csv` and the documentation of `observation::dictionary` list all.
const SHOWN: [&str; 5] = ["lonely", "cohesion", "weekly_neighbours", "volunteers_here", "needs_unmet"];

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let word = |nth: usize, otherwise: &str| args.get(nth).map_or(otherwise, String::as_str).to_owned();
    let weeks = word(2, "52").parse()?;
    let table = compare(&word(0, "scenarios/l-flat"), &word(1, "targeted-allocation"), &Overrides::default(), weeks)?;
    print!("{table}");
    Ok(())
}

/// Lives the baseline of a study and one alternative for so many weeks, and tells the difference.
///
/// # Errors
/// Every fault of the study's files, or an alternative that the study does not have.
pub fn compare(study: &str, alternative: &str, overrides: &Overrides, weeks: i32) -> Result<String, Box<dyn Error>> {
    let study = read_study(&[PathBuf::from(study)], &[], overrides).map_err(|faults| faults.to_string())?;
    let (baseline, others) = study.scenarios.split_first().ok_or("the study has no scenarios")?;
    let alternative =
        others.iter().find(|other| other.key == alternative).ok_or(format!("the study has no `{alternative}`"))?;

    // The burn-in knows neither policy, so one life of it serves both worlds.
    let mut shared = World::grow(
        &baseline.blueprint.for_burn_in(),
        replication_key(baseline.design.seed, 0),
        baseline.design.burn_in,
    );
    while shared.week() < 0 {
        shared.live_one_week();
    }
    let [before, after] =
        [&baseline.blueprint, &alternative.blueprint].map(|blueprint| live(&shared, blueprint, weeks));

    let mut table = format!("{:<32} {:>10} {:>10} {:>11}\n", "after the last week", "baseline", "policy", "difference");
    for key in SHOWN {
        let place = measure_index(key).ok_or(format!("no measure is called `{key}`"))?;
        // Group 0 is everybody.
        let (a, b) = (before.value(0, place), after.value(0, place));
        writeln!(table, "{:<32} {a:>10.3} {b:>10.3} {:>+11.3}", MEASURES[place].title[1], b - a)?;
    }
    Ok(table)
}

/// A copy of a world goes on under a blueprint of its own.
fn live(start: &World, blueprint: &Blueprint, weeks: i32) -> Observation {
    let mut world = start.clone();
    world.adopt(blueprint);
    while world.week() < weeks {
        world.live_one_week();
    }
    observe(&world, Detail::Full)
}
