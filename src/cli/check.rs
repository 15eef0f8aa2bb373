//! `noaber check`: reads and validates, and runs nothing.

use super::screen::say;
use super::{CheckArgs, Failure};
use crate::scenario::{Overrides, read_study};

/// Says which scenarios are sound, or lists every fault.
pub fn check(asked: &CheckArgs) -> Result<(), Failure> {
    let study =
        read_study(&asked.files, &asked.sets, &Overrides::default()).map_err(|faults| Failure::faults(&faults))?;
    if asked.quiet {
        return Ok(());
    }
    let names: Vec<&str> = study.scenarios.iter().map(|scenario| scenario.key.as_str()).collect();
    match names.as_slice() {
        [only] => say(&format!("Sound: {only}.\n")),
        all => say(&format!("Sound: {} scenarios ({}).\n", all.len(), all.join(", "))),
    }
}
