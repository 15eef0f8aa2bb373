//! `--parameters`: which parameter sets the replications of a study draw, and what is said about them.

use std::collections::BTreeMap;
use std::path::Path;

use super::screen::note;
use super::{Failure, RunFlags};
use crate::experiment::fingerprint::fingerprint;
use crate::results::manifest::ParametersNote;
use crate::scenario::parameter_sets::{Parameters, WORLDS_PER_SET};
use crate::scenario::{ParameterSets, Study};

/// The word that stands for the table that comes with the program.
const SHIPPED: &str = "plausible";

/// The parameter sets that were asked for. Those that come with the program are refused when another model made them;
/// who brings a table of their own is told.
pub fn asked(flags: &RunFlags) -> Result<Option<Parameters>, Failure> {
    Ok(table(flags.parameters.as_deref(), flags.quiet)?.map(Parameters::Table))
}

/// The table of parameter sets by this name, if one is wanted.
pub fn table(wanted: Option<&Path>, quiet: bool) -> Result<Option<ParameterSets>, Failure> {
    let Some(wanted) = wanted else { return Ok(None) };
    let shipped = wanted == Path::new(SHIPPED);
    let sets = if shipped { ParameterSets::shipped() } else { ParameterSets::read(wanted) };
    let sets = sets.map_err(|faults| Failure::faults(&faults))?;
    if let Some(line) = judged(&sets, shipped)?.filter(|_| !quiet) {
        note(&line);
    }
    Ok(Some(sets))
}

/// Refuses sets that come with the program and are not of this model; gives what is to be said of others.
fn judged(sets: &ParameterSets, shipped: bool) -> Result<Option<String>, Failure> {
    if sets.sets.is_empty() {
        return Err(refused("there are no plausible parameter sets in this version of noaber yet"));
    }
    match matches(sets)? {
        Match::Same => Ok(None),
        _ if shipped => Err(refused(
            "the plausible parameter sets that come with this program were found with another version of the model, \
                 so they say nothing about this one",
        )),
        Match::Other => Ok(Some(format!(
            "Note: the parameter sets in `{}` were found with another version of the model.",
            sets.origin
        ))),
        Match::Unknown => Ok(None),
    }
}

fn refused(what: &str) -> Failure {
    Failure::Invalid(format!(
        "error: {what}\n\nhelp: make them with `noaber calibrate`, and give the table that it writes: --parameters FILE\n"
    ))
}

/// Whether a table was made by this model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Match {
    Same,
    Other,
    Unknown,
}

fn matches(sets: &ParameterSets) -> Result<Match, Failure> {
    let (Some(known), Some(first)) = (&sets.fingerprint, sets.sets.first()) else { return Ok(Match::Unknown) };
    let free: Vec<(&str, f64)> = sets.keys.iter().map(String::as_str).zip(first.values.iter().copied()).collect();
    let here = fingerprint(&free).map_err(|error| Failure::Invalid(format!("error: {error}\n")))?;
    Ok(if here == *known { Match::Same } else { Match::Other })
}

/// What to say before the run.
pub fn said(study: &Study) -> Vec<String> {
    let Some(drawn) = &study.drawn else { return Vec::new() };
    let mut lines = vec![format!(
        "{} parameters are drawn from `{}`, the same for each {WORLDS_PER_SET} replications: {} sets",
        drawn.keys.len(),
        drawn.origin,
        drawn.draws.len()
    )];
    for (scenario, kept) in study.scenarios.iter().zip(&drawn.kept).filter(|(_, kept)| !kept.is_empty()) {
        lines.push(format!("Not drawn in `{}`, since they are set there: {}", scenario.key, kept.join(", ")));
    }
    lines
}

/// What the manifest says of it.
pub fn noted(study: &Study) -> Option<ParametersNote> {
    let drawn = study.drawn.as_ref()?;
    let kept: BTreeMap<String, Vec<String>> = study
        .scenarios
        .iter()
        .zip(&drawn.kept)
        .filter(|(_, kept)| !kept.is_empty())
        .map(|(scenario, kept)| (scenario.key.clone(), kept.clone()))
        .collect();
    Some(ParametersNote {
        origin: drawn.origin.clone(),
        draws: drawn.draws.len() as u32,
        drawn: drawn.keys.clone(),
        kept,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::parameter_sets::ParameterSet;

    fn sets(mark: &str) -> ParameterSets {
        ParameterSets {
            origin: "sets.csv".to_owned(),
            hash: String::new(),
            fingerprint: Some(mark.to_owned()),
            keys: vec!["encounters.per_week".to_owned()],
            sets: vec![ParameterSet { weight: 1.0, values: vec![4.0] }],
        }
    }

    #[test]
    fn sets_of_another_model_are_refused_when_they_come_with_the_program_and_told_of_when_brought_along() {
        let here = fingerprint(&[("encounters.per_week", 4.0)]).expect("a known parameter");
        assert_eq!(judged(&sets(&here), true).expect("of this model"), None);
        let other = sets("0000000000000000");
        let refused = judged(&other, true).expect_err("of another model");
        assert_eq!(refused.exit_code(), 3);
        let text = refused.to_string();
        for words in ["another version of the model", "noaber calibrate", "--parameters FILE"] {
            assert!(text.contains(words), "{words} is missing in {text}");
        }
        assert!(judged(&other, false).expect("allowed").is_some_and(|line| line.contains("sets.csv")));
    }
}
