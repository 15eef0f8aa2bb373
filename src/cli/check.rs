//! `noaber check`: reads and validates, and runs nothing.

use std::fmt::Write as _;

use super::screen::say;
use super::{CheckArgs, Failure};
use crate::model::world::World;
use crate::observation::margins::{Unit, household_size, margins};
use crate::scenario::{Overrides, Scenario, read_study};

/// Says which scenarios are sound, or lists every fault.
pub fn check(asked: &CheckArgs) -> Result<(), Failure> {
    let study =
        read_study(&asked.files, &asked.sets, &Overrides::default()).map_err(|faults| Failure::faults(&faults))?;
    if asked.population {
        for scenario in &study.scenarios {
            say(&population(scenario))?;
        }
    }
    if asked.quiet {
        return Ok(());
    }
    let names: Vec<&str> = study.scenarios.iter().map(|scenario| scenario.key.as_str()).collect();
    match names.as_slice() {
        [only] => say(&format!("Sound: {only}.\n")),
        all => say(&format!("Sound: {} scenarios ({}).\n", all.len(), all.join(", "))),
    }
}

/// The residents that the first replication starts with, against the composition.
fn population(scenario: &Scenario) -> String {
    let world = World::grow(&scenario.blueprint.for_burn_in(), scenario.design.seed, scenario.design.burn_in);
    let [wanted, there] = household_size(world.neighbourhoods());
    let mut text = format!("{}: {there:.2} people in a household, wanted {wanted:.2}\n", scenario.key);
    for margin in margins(world.neighbourhoods(), world.week()) {
        let unit = match margin.unit {
            Unit::People => "people",
            Unit::Households => "households",
        };
        let (key, whole) = (margin.key, margin.whole());
        let (misplaced, misfit) = (margin.misplaced(), 100.0 * margin.misfit());
        let _ = writeln!(text, "  {key:<18} {misplaced:7.1} of {whole:6} {unit:<10} in another class ({misfit:.2} %)");
        for (class, wanted, there) in margin.classes {
            let _ = writeln!(text, "    {class:<22} wanted {wanted:8.1}, there {there:6}");
        }
    }
    text
}
