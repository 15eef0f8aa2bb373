//! `noaber validate`: the model against published figures.

use std::fmt::Write as _;
use std::path::Path;

use super::follow::{Progress, interrupted, listen_for_interruption};
use super::screen::{note, say};
use super::{Failure, ValidateArgs, parameters, pool};
use crate::experiment::validate::{Depth, PartVerdict, TargetVerdict, Validation, validate as hold, verdicts};
use crate::report::numbers::number;
use crate::report::validation::{draw, is_met, level};
use crate::report::words::Words;
use crate::results::{atomic::write_whole, error::reason, targets};
use crate::scenario::targets::{Target, Targets};
use crate::scenario::{Overrides, read_targets};

/// Grows populations, asks them what surveys asked, and shows how far the answers are from what was published.
pub fn validate(asked: &ValidateArgs) -> Result<(), Failure> {
    let overrides = Overrides {
        replications: asked.replications,
        burn_in: asked.burn_in,
        seed: asked.seed,
        ..Overrides::default()
    };
    let targets =
        read_targets(asked.targets.as_deref(), &asked.sets, &overrides).map_err(|faults| Failure::faults(&faults))?;
    let words = Words::of(asked.lang.into())?;
    // What is set by hand stays.
    let kept = asked.sets.iter().filter_map(|set| set.split_once('=')?.0.trim().strip_prefix("parameters."));
    let kept = kept.map(str::to_owned).collect();
    let drawn = parameters::table(asked.parameters.as_deref(), asked.quiet)?
        .map(|sets| sets.for_replications(targets.seed, targets.replications, kept));
    if let Some(out) = &asked.out {
        std::fs::create_dir_all(out).map_err(|error| cannot_write(out, &error))?;
    }
    let validation = Validation::new(targets, if asked.quick { Depth::Quick } else { Depth::Full });
    let targets = validation.targets();
    listen_for_interruption()?;
    if !asked.quiet {
        note(&begin_line(targets));
    }
    let progress = Progress::new(validation.work() * u64::from(targets.replications), asked.quiet);
    let found = pool(asked.threads)?.install(|| hold(&validation, drawn.as_ref(), &progress));
    progress.finish();
    let Some(found) = found.filter(|_| !interrupted()) else {
        return Err(Failure::Interrupted("Interrupted: nothing is kept of it.".to_owned()));
    };
    let judged = verdicts(targets, &found);
    let mut text = shown(targets, &judged, drawn.is_some(), &words);
    if let Some(out) = &asked.out {
        let _ = writeln!(text, "\n{}", out.display());
        write(out, targets, &judged, &words)?;
    }
    say(&text)
}

fn begin_line(targets: &Targets) -> String {
    let parts: usize = targets.targets.iter().map(|target| target.parts.len()).sum();
    format!(
        "{} figures of {} targets, {} populations of {} neighbourhoods.",
        parts,
        targets.targets.len(),
        targets.replications,
        targets.neighbourhoods.len()
    )
}

fn cannot_write(path: &Path, error: &std::io::Error) -> Failure {
    Failure::running(format!("`{}` cannot be written: {}", path.display(), reason(error)))
}

/// The table and the figure in a folder.
fn write(out: &Path, targets: &Targets, judged: &[TargetVerdict], words: &Words) -> Result<(), Failure> {
    let figure = draw(targets, judged, words)?;
    let png = figure.png().map_err(Failure::running)?;
    let name = |ending: &str| out.join(format!("{}.{}.{ending}", figure.key, words.language.key()));
    let files = [
        (out.join("targets.csv"), targets::csv(targets, judged).into_bytes()),
        (name("svg"), figure.svg.clone().into_bytes()),
        (name("png"), png),
    ];
    for (path, content) in files {
        write_whole(&path, &content).map_err(|error| cannot_write(&path, &error))?;
    }
    Ok(())
}

/// The table on the screen: a line for each figure, under each target what is said of it.
fn shown(targets: &Targets, judged: &[TargetVerdict], drawn: bool, words: &Words) -> String {
    let head = ["figure_column", "simulated", "interval", "published", "tolerance", "distance"];
    let mut lines = vec![head.map(|key| words.get(&format!("targets_{key}")).to_owned())];
    for (target, verdict) in targets.targets.iter().zip(judged) {
        for (part, found) in target.parts.iter().zip(&verdict.parts) {
            let value = |value: f64| level(value, part, words.language);
            lines.push([
                format!("  {}", words.pick(&part.name)),
                value(found.simulated),
                interval(found, &value, words),
                value(part.value),
                value(part.tolerance),
                distance(found.off, words),
            ]);
        }
    }
    let widths: [usize; 6] =
        std::array::from_fn(|column| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0));
    let written = |line: &[String; 6]| {
        let cells = line.iter().zip(widths).enumerate().map(|(column, (cell, width))| {
            if column == 0 { format!("{cell:width$}") } else { format!("{cell:>width$}") }
        });
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    let mut rest = lines.iter();
    let mut text = rest.next().map(&written).unwrap_or_default();
    for (target, verdict) in targets.targets.iter().zip(judged) {
        let _ = writeln!(text, "{}", about(target, verdict, words));
        text.extend(rest.by_ref().take(target.parts.len()).map(&written));
    }
    let met = judged.iter().filter(|verdict| verdict.is_met()).count();
    let counts = [("met", met.to_string()), ("all", judged.len().to_string())];
    let counts = counts.each_ref().map(|(key, count)| (*key, count.as_str()));
    let how =
        words.fill("targets_how", &[("what", words.get(if drawn { "targets_of_both" } else { "targets_of_chance" }))]);
    let _ = writeln!(text, "\n{}. {}", words.fill("targets_title", &counts), how);
    text
}

/// `T5 Weekly contact with neighbours: met (CBS 2022; V1)`.
fn about(target: &Target, verdict: &TargetVerdict, words: &Words) -> String {
    format!(
        "{} {}: {} ({}, {}; {})",
        target.key,
        words.pick(&target.title),
        words.get(is_met(verdict)),
        target.source,
        target.year,
        target.code
    )
}

fn interval(found: &PartVerdict, value: &impl Fn(f64) -> String, words: &Words) -> String {
    if !found.interval.exists() {
        return "-".to_owned();
    }
    format!("{} {} {}", value(found.interval.low), words.get("to"), value(found.interval.high))
}

fn distance(off: f64, words: &Words) -> String {
    if off.is_finite() { number(off.abs(), 1, words.language) } else { "-".to_owned() }
}
