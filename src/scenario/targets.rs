//! Published figures as data: the neighbourhoods that together are the population, and what was found there.

mod built_in;
mod filters;
mod protocols;

use std::path::{Path, PathBuf};

pub use protocols::{OutcomeInfo, Protocol, Unit};

use super::check::check_as;
use super::document::{Entry, Table, Value};
use super::fault::{Fault, Faults};
use super::keys::TARGETS;
use super::load::{Loaded, Loader};
use super::words::{list, nearest};
use super::{Input, Overrides, Scenario, build, trusted};
use crate::observation::RESIDENT_COLUMNS;

/// Weeks after the burn-in at whose end residents are asked, when a file does not say.
pub(super) const SURVEY_WEEKS: i64 = 52;

/// A file of targets, ready to hold a model against.
#[derive(Debug, Clone, PartialEq)]
pub struct Targets {
    /// Weeks after the burn-in at whose end residents are asked.
    pub weeks: u32,
    /// Populations that are grown.
    pub replications: u32,
    /// Seed of all chance.
    pub seed: u64,
    /// Neighbourhoods that together are the population; their shares add up to one.
    pub neighbourhoods: Vec<PopulationPart>,
    /// What was published, in the order of the file.
    pub targets: Vec<Target>,
    /// The files read, that of the targets first.
    pub inputs: Vec<Input>,
}

/// A neighbourhood that stands for a part of the population.
#[derive(Debug, Clone, PartialEq)]
pub struct PopulationPart {
    /// Name in the file.
    pub key: String,
    /// Part of the population that lives in such a neighbourhood.
    pub share: f64,
    /// The neighbourhood.
    pub scenario: Scenario,
}

/// A pattern that was published.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Name in the file.
    pub key: String,
    /// What it is about: Dutch, English.
    pub title: [String; 2],
    /// Who published it.
    pub source: String,
    /// How it was looked up: `V1/V2`.
    pub code: String,
    /// Whom it is about.
    pub population: String,
    /// Year or years.
    pub year: String,
    /// Why the tolerances are as wide as they are.
    pub tolerance_reason: String,
    /// Whether the world is told it, and need only keep to it.
    pub input: bool,
    /// Its figures, at least one.
    pub parts: Vec<Part>,
}

/// One figure of a target.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Name in the file.
    pub key: String,
    /// Which figure: Dutch, English.
    pub name: [String; 2],
    /// How it comes out of a world.
    pub asked: Asked,
    /// What was published.
    pub value: f64,
    /// How far the model may be off.
    pub tolerance: f64,
}

/// How a figure comes out of a world.
#[derive(Debug, Clone, PartialEq)]
pub enum Asked {
    /// From what residents answer.
    Residents(Question),
    /// From a protocol: the place of the outcome among [`Protocol::outcomes`].
    Protocol(Protocol, usize),
}

/// A question to residents.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Place of the column in [`RESIDENT_COLUMNS`].
    pub column: usize,
    /// The share whose value is at least this; without it the mean.
    pub at_least: Option<f64>,
    /// Who is asked.
    pub of: Group,
    /// The ratio to the same among these.
    pub relative_to: Option<Group>,
}

/// Residents, by what stands in their columns; all of the conditions hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    /// Places of the neighbourhoods; none: all.
    pub neighbourhoods: Vec<usize>,
    /// Conditions.
    pub filters: Vec<Filter>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// Place of the column in [`RESIDENT_COLUMNS`].
    pub column: usize,
    /// What must stand there.
    pub wanted: Wanted,
}

/// What must stand in a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Wanted {
    /// One of these words.
    Words(Vec<String>),
    /// One of these numbers.
    Numbers(Vec<f64>),
    /// This number or more.
    From(f64),
    /// Less than this number.
    Below(f64),
}

impl Part {
    /// What its figure counts.
    #[must_use]
    pub fn unit(&self) -> Unit {
        match &self.asked {
            Asked::Protocol(protocol, outcome) => protocol.outcomes()[*outcome].unit,
            Asked::Residents(Question { relative_to: Some(_), .. }) => Unit::Ratio,
            Asked::Residents(Question { at_least: Some(_), .. }) => Unit::Share,
            Asked::Residents(Question { column, .. }) => match RESIDENT_COLUMNS[*column].unit {
                "yes or no" => Unit::Share,
                _ => Unit::Plain,
            },
        }
    }
}

/// Reads a file of targets, or that which comes with the program, and the neighbourhoods that it names.
///
/// `sets` are `key=value` from `--set`, laid over every neighbourhood; of `overrides` those of weeks are not heeded.
///
/// # Errors
/// Every fault of every file at once.
pub fn read_targets(file: Option<&Path>, sets: &[String], overrides: &Overrides) -> Result<Targets, Faults> {
    let mut loader = Loader::new();
    let path = if let Some(file) = file {
        file.to_path_buf()
    } else {
        for (name, text) in built_in::FILES {
            loader.know(Path::new(built_in::FOLDER).join(name), text);
        }
        Path::new(built_in::FOLDER).join(built_in::TARGETS)
    };
    let targets = loader.load(&path).and_then(|loaded| read(&mut loader, &path, loaded, sets, overrides));
    match targets {
        Some(targets) if loader.faults.is_empty() => Ok(targets),
        _ => Err(Faults::new(loader.sources, loader.faults)),
    }
}

fn read(
    loader: &mut Loader,
    path: &Path,
    mut loaded: Loaded,
    sets: &[String],
    overrides: &Overrides,
) -> Option<Targets> {
    let faults = check_as(&mut loaded.document, TARGETS, loaded.own);
    loader.faults.extend(faults);
    let neighbourhoods = neighbourhoods(loader, path, &loaded.document, sets, overrides);
    let names: Vec<String> = loaded.document.table("neighbourhoods").map(names).unwrap_or_default();
    let mut targets = Vec::new();
    for (entry, table) in loaded.document.table("targets").into_iter().flat_map(Table::elements) {
        targets.extend(target(entry, table, &names, &mut loader.faults));
    }
    let survey = loaded.document.table("survey")?;
    let count = |key: &str| survey.whole(key).and_then(|number| u32::try_from(number).ok());
    let inputs = loaded.inputs.iter().chain(neighbourhoods.iter().flat_map(|part| &part.scenario.inputs));
    Some(Targets {
        weeks: count("weeks")?,
        replications: overrides.replications.or_else(|| count("replications"))?,
        seed: overrides.seed.or_else(|| survey.whole("seed").and_then(|seed| u64::try_from(seed).ok()))?,
        targets,
        inputs: inputs.cloned().collect(),
        neighbourhoods,
    })
}

fn names(table: &Table) -> Vec<String> {
    table.elements().map(|(entry, _)| entry.key.clone()).collect()
}

fn neighbourhoods(
    loader: &mut Loader,
    path: &Path,
    document: &Table,
    sets: &[String],
    overrides: &Overrides,
) -> Vec<PopulationPart> {
    let Some(section) = document.entry("neighbourhoods") else { return Vec::new() };
    let Value::Table(table) = &section.node.value else { return Vec::new() };
    let shares: Option<Vec<f64>> = table.elements().map(|(_, table)| table.number("population_share")).collect();
    let sum: f64 = shares.iter().flatten().sum();
    if shares.is_some() && (sum - 1.0).abs() > 0.005 {
        let title = format!("the neighbourhoods are {} of the population, not all of it", (sum * 1e4).round() / 1e4);
        let at = table.elements().next().map_or(section.key_at, |(entry, _)| entry.key_at);
        loader.faults.push(
            Fault::new(at, title, "each has a `population_share`").help("change them so that together they are 1"),
        );
    }
    let mut loaded = Vec::new();
    let mut parts = Vec::new();
    for (entry, table) in table.elements() {
        let Some(Entry { node, .. }) = table.entry("file") else { continue };
        let Value::Text(file) = &node.value else { continue };
        let file = path.parent().map_or_else(|| PathBuf::from(file), |folder| folder.join(file));
        if let Some(one) = loader.load_named(&file, node.at) {
            loaded.push(one);
            parts.push((entry.key.clone(), table.number("population_share").unwrap_or(0.0) / sum));
        }
    }
    for set in sets {
        loader.set(set, &mut loaded);
    }
    loader.flags(&Overrides { burn_in: overrides.burn_in, ..Overrides::default() }, &mut loaded);
    let mut neighbourhoods = Vec::new();
    for (one, (key, share)) in loaded.into_iter().zip(parts) {
        // One at a time: they are no study, and each may have a burn-in of its own.
        let (scenarios, _) = trusted(loader, vec![one]);
        neighbourhoods.extend(scenarios.into_iter().map(|scenario| PopulationPart {
            key: key.clone(),
            share,
            scenario,
        }));
    }
    neighbourhoods
}

fn target(entry: &Entry, table: &Table, neighbourhoods: &[String], faults: &mut Vec<Fault>) -> Option<Target> {
    let mut parts = Vec::new();
    for (entry, table) in table.table("parts").into_iter().flat_map(Table::elements) {
        parts.extend(part(entry, table, neighbourhoods, faults));
    }
    let text = |key: &str| table.text(key).map(str::to_owned);
    Some(Target {
        key: entry.key.clone(),
        title: build::pair(table.table("title"))?,
        source: text("source")?,
        code: build::listed(table, "codes").collect::<Vec<_>>().join("/"),
        population: text("population")?,
        year: text("year")?,
        tolerance_reason: text("tolerance_reason")?,
        input: table.flag("input")?,
        parts,
    })
}

fn part(entry: &Entry, table: &Table, neighbourhoods: &[String], faults: &mut Vec<Fault>) -> Option<Part> {
    Some(Part {
        key: entry.key.clone(),
        asked: asked(entry, table, neighbourhoods, faults)?,
        name: build::pair(table.table("name"))?,
        value: table.number("value")?,
        tolerance: table.number("tolerance")?,
    })
}

fn asked(entry: &Entry, table: &Table, neighbourhoods: &[String], faults: &mut Vec<Fault>) -> Option<Asked> {
    let both = (table.entry("of"), table.entry("protocol"));
    let (only_with, belongs): (&[&str], &str) = match both {
        (Some(_), None) => (&["outcome"], "protocol"),
        (None, Some(_)) => (&["at_least", "where", "relative_to"], "of"),
        _ => {
            let what = if both.0.is_some() { "both `of` and `protocol`" } else { "neither `of` nor `protocol`" };
            let title = format!("the part `{}` has {what}", entry.key);
            faults
                .push(Fault::new(entry.key_at, title, "wants one of the two").help(
                    "`of` names a column of the resident table, `protocol` a small experiment with an `outcome`",
                ));
            return None;
        }
    };
    for key in only_with {
        if let Some(entry) = table.entry(key) {
            let title = format!("`{key}` says nothing without `{belongs}`");
            faults.push(Fault::new(entry.key_at, title, "leave it out"));
        }
    }
    if let Some(name) = table.text("protocol") {
        let protocol = Protocol::ALL.into_iter().find(|protocol| protocol.key() == name)?;
        return Some(Asked::Protocol(protocol, outcome(entry, table, protocol, faults)?));
    }
    let name = table.text("of")?;
    let column = RESIDENT_COLUMNS.iter().position(|column| column.name == name)?;
    if RESIDENT_COLUMNS[column].unit == "word" {
        let at = table.entry("of").map_or(entry.key_at, |of| of.node.at);
        let fault = Fault::new(at, format!("`{name}` is a column of words, which have no mean"), "wants numbers");
        faults.push(fault.help("ask another column `where` this one has a certain word"));
    }
    let mut group = |key: &str| table.table(key).map(|table| filters::group(table, neighbourhoods, faults));
    let (of, relative_to) = (group("where").unwrap_or_default(), group("relative_to"));
    Some(Asked::Residents(Question { column, at_least: table.number("at_least"), of, relative_to }))
}

fn outcome(entry: &Entry, table: &Table, protocol: Protocol, faults: &mut Vec<Fault>) -> Option<usize> {
    let known = || protocol.outcomes().iter().map(|outcome| outcome.key);
    let help = format!("outcomes of `{}`: {}", protocol.key(), list(known()));
    let Some(written) = table.entry("outcome") else {
        let title = format!("the part `{}` names no outcome of its protocol", entry.key);
        faults.push(Fault::new(entry.key_at, title, "needs `outcome`").help(help));
        return None;
    };
    let Value::Text(name) = &written.node.value else { return None };
    let place = known().position(|key| key == name);
    if place.is_none() {
        let title = format!("\"{name}\" is no outcome of `{}`", protocol.key());
        let mut fault = Fault::new(written.node.at, title, "unknown");
        if let Some(near) = nearest(name, known()) {
            fault = fault.help(format!("did you mean \"{near}\"?"));
        }
        faults.push(fault.help(help));
    }
    place
}
