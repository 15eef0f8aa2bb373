//! `targets.csv`: every figure of every target beside what the model gives.

use crate::experiment::validate::{PartVerdict, TargetVerdict};
use crate::scenario::targets::{Part, Target, Targets};

/// Columns of `targets.csv`.
pub const COLUMNS: [&str; 17] = [
    "target",
    "part",
    "title",
    "name",
    "simulated",
    "low",
    "high",
    "populations",
    "published",
    "tolerance",
    "distance",
    "met",
    "target_met",
    "input",
    "source",
    "year",
    "code",
];

/// The table as text; what is not defined is empty.
#[must_use]
pub fn csv(targets: &Targets, judged: &[TargetVerdict]) -> String {
    let mut text = format!("{}\n", COLUMNS.join(","));
    for (target, verdict) in targets.targets.iter().zip(judged) {
        for (part, found) in target.parts.iter().zip(&verdict.parts) {
            let cells = row(target, part, found, verdict.is_met());
            text.push_str(&cells.map(|cell| quoted(&cell)).join(","));
            text.push('\n');
        }
    }
    text
}

fn row(target: &Target, part: &Part, found: &PartVerdict, all: bool) -> [String; 17] {
    let number = |value: f64| {
        // Six digits behind the comma say more than any survey.
        if value.is_finite() { ((value * 1e6).round() / 1e6 + 0.0).to_string() } else { String::new() }
    };
    let flag = |yes: bool| u8::from(yes).to_string();
    [
        target.key.clone(),
        part.key.clone(),
        target.title[1].clone(),
        part.name[1].clone(),
        number(found.simulated),
        number(found.interval.low),
        number(found.interval.high),
        found.populations.to_string(),
        number(part.value),
        number(part.tolerance),
        number(found.distance()),
        if found.is_known() { flag(found.is_met()) } else { String::new() },
        flag(all),
        flag(target.input),
        target.source.clone(),
        target.year.clone(),
        target.code.clone(),
    ]
}

/// As CSV wants it where a text holds a comma, a quote or a line's end.
fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
