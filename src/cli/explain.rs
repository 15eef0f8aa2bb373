//! `noaber explain`: which mechanisms carry the effect of a scenario.

use std::fmt::Write as _;

use super::follow::{Progress, interrupted, listen_for_interruption};
use super::screen::{note, say};
use super::summary::{difference, points};
use super::{ExplainArgs, Failure, pool};
use crate::experiment::explain::{Estimate, Explained, LEVEL, Without, explain as take_apart, work};
use crate::observation::{MEASURES, measure_index};
use crate::report::words::Words;
use crate::results::{atomic::write_whole, error::reason};
use crate::scenario::{Study, read_study};

/// The columns of the table that `--out` writes.
const COLUMNS: [&str; 14] = [
    "scenario",
    "measure",
    "mechanism",
    "effect",
    "effect_low",
    "effect_high",
    "without",
    "without_low",
    "without_high",
    "gone",
    "gone_low",
    "gone_high",
    "share_gone",
    "replications",
];

/// Lives baseline and scenario with each mechanism off in turn, and shows what becomes of the effect.
pub fn explain(asked: &ExplainArgs) -> Result<(), Failure> {
    let study = read_study(&asked.study, &asked.design.sets, &asked.design.overrides())
        .map_err(|faults| Failure::faults(&faults))?;
    let scenario = scenario(&study, &asked.scenario)?;
    let measures = measures(&study, &asked.measures)?;
    let words = Words::of(asked.lang.into())?;
    let replications = study.scenarios.first().map_or(0, |baseline| baseline.design.replications);
    listen_for_interruption()?;
    if !asked.quiet {
        note(&format!(
            "{replications} replications of `{}` and its baseline, with each mechanism off in turn.",
            asked.scenario
        ));
    }
    let progress = Progress::new(work(&study, scenario) * u64::from(replications), asked.quiet);
    let found = pool(asked.threads)?.install(|| take_apart(&study, scenario, &measures, &progress));
    progress.finish();
    let Some(found) = found.filter(|_| !interrupted()) else {
        return Err(Failure::Interrupted("Interrupted: nothing is kept of it.".to_owned()));
    };
    if let Some(path) = &asked.out {
        let table = csv(&asked.scenario, &found);
        write_whole(path, table.as_bytes())
            .map_err(|error| Failure::running(format!("`{}` cannot be written: {}", path.display(), reason(&error))))?;
    }
    let mut text: String = found.iter().map(|one| shown(one, &words)).collect();
    text.push_str(words.get("explain_how"));
    text.push('\n');
    if let Some(path) = &asked.out {
        let _ = writeln!(text, "\n{}", path.display());
    }
    say(&text)
}

fn scenario(study: &Study, key: &str) -> Result<usize, Failure> {
    match study.scenarios.iter().position(|scenario| scenario.key == key) {
        Some(place) if place > 0 => Ok(place),
        found => {
            let names: Vec<&str> = study.scenarios.iter().skip(1).map(|scenario| scenario.key.as_str()).collect();
            let what = if found.is_some() { "is the baseline" } else { "is no scenario of this study" };
            Err(Failure::Invalid(format!("error: `{key}` {what}; the alternatives are: {}\n", names.join(", "))))
        }
    }
}

fn measures(study: &Study, wanted: &[String]) -> Result<Vec<usize>, Failure> {
    if wanted.is_empty() {
        return Ok(study.scenarios.first().map(|baseline| baseline.headline.clone()).unwrap_or_default());
    }
    let known = |key: &String| {
        measure_index(key).ok_or_else(|| {
            let names: Vec<&str> = MEASURES.iter().map(|measure| measure.key).collect();
            Failure::Invalid(format!("error: there is no measure `{key}`; there are: {}\n", names.join(", ")))
        })
    };
    wanted.iter().map(known).collect()
}

/// The table of one measure.
fn shown(explained: &Explained, words: &Words) -> String {
    let measure = &MEASURES[explained.measure];
    let cell = |estimate: &Estimate| difference(measure, estimate.mean, words.language);
    let interval = |estimate: &Estimate| {
        if !estimate.interval.exists() {
            return "-".to_owned();
        }
        let number = |value: f64| difference(measure, value, words.language);
        format!("{} {} {}", number(estimate.interval.low), words.get("to"), number(estimate.interval.high))
    };
    let mut lines = vec![
        ["explain_without", "explain_effect", "explain_interval", "explain_gone"].map(|key| words.get(key).to_owned()),
    ];
    lines.push([
        words.get("explain_all_on").to_owned(),
        cell(&explained.whole),
        interval(&explained.whole),
        String::new(),
    ]);
    for Without { mechanism, effect, share, .. } in &explained.without {
        let share = share.map_or_else(|| "-".to_owned(), |share| format!("{:.0} %", share * 100.0 + 0.0));
        let share = if share == "-0 %" { "0 %".to_owned() } else { share };
        lines.push([mechanism.name.to_owned(), cell(effect), interval(effect), share]);
    }
    let widths: [usize; 4] =
        std::array::from_fn(|column| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0));
    let level = format!("{:.0}", LEVEL * 100.0);
    let unit = points(measure, words.language);
    let mut text = words.fill(
        "explain_title",
        &[
            ("measure", words.pick(&measure.title)),
            ("unit", &unit),
            ("level", &level),
            ("n", &explained.replications.to_string()),
        ],
    );
    text.push('\n');
    for line in &lines {
        let cells: Vec<String> = line.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        let _ = writeln!(text, "  {}", cells.join("  ").trim_end());
    }
    if !explained.whole.is_clear() {
        text.push_str(words.get("explain_unclear"));
        text.push('\n');
    }
    text.push('\n');
    text
}

/// The whole table as CSV; what cannot be given is empty.
fn csv(scenario: &str, found: &[Explained]) -> String {
    let number = |value: f64| if value.is_finite() { (value + 0.0).to_string() } else { String::new() };
    let three = |one: &Estimate| [one.mean, one.interval.low, one.interval.high].map(number);
    let mut text = format!("{}\n", COLUMNS.join(","));
    for explained in found {
        for without in &explained.without {
            let mut cells = vec![
                scenario.to_owned(),
                MEASURES[explained.measure].key.to_owned(),
                without.mechanism.name.to_owned(),
            ];
            for estimate in [&explained.whole, &without.effect, &without.gone] {
                cells.extend(three(estimate));
            }
            cells.push(without.share.map(number).unwrap_or_default());
            cells.push(explained.replications.to_string());
            text.push_str(&cells.join(","));
            text.push('\n');
        }
    }
    text
}
