//! Scenarios as data: from files to a trusted study, or to a list of every fault in them.
//!
//! ODD 6 (Input data). In the order of reading: `load` (files, `extends`, `--set`), `check` (against the table of
//! `keys`, and completion with all defaults), `plausible` (keys seen together), `build` (the trusted type), `resolved`.

mod build;
mod check;
mod districts;
mod document;
mod fault;
mod import;
mod keys;
mod load;
mod new_study;
pub mod parameter_sets;
mod place_defaults;
mod plausible;
mod resolved;
mod schema;
pub mod targets;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use fault::Faults;
pub use import::{
    ACCOUNT_FILE, ImportWords, Imported, ImportedTown, NEIGHBOURHOOD_FILE, NEIGHBOURHOODS_FOLDER, import_cbs,
    import_cbs_town,
};
pub use new_study::{NewStudyError, new_study};
pub use parameter_sets::{Draw, Drawn, ParameterSets};
pub use schema::json_schema;
pub use targets::{Targets, read_targets};

use crate::model::blueprint::Blueprint;
use fault::Fault;
use load::{Loaded, Loader};
use parameter_sets::Parameters;

/// A question: a baseline and its alternatives.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// Name of the folder.
    pub key: String,
    /// Dutch, English.
    pub title: [String; 2],
    /// The question it answers: Dutch, English.
    pub question: [String; 2],
    /// The baseline first, then the alternatives in alphabetical order of their files.
    pub scenarios: Vec<Scenario>,
    /// Parameter sets that replications draw; none when all live under the scenarios' own.
    pub drawn: Option<Drawn>,
}

/// One scenario, ready to live.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// File name without ending; the name in tables.
    pub key: String,
    /// Dutch, English.
    pub title: [String; 2],
    /// Dutch, English.
    pub description: [String; 2],
    /// How long, how often, by which seed.
    pub design: Design,
    /// What lives.
    pub blueprint: Blueprint,
    /// What districts are called, Dutch and English, by their key; of those with a title.
    pub district_titles: BTreeMap<String, [String; 2]>,
    /// Measures that the short table and the first page show, by their place in the dictionary.
    pub headline: Vec<usize>,
    /// Smallest difference worth having, for each measure of the dictionary, in its unit.
    pub worthwhile: Vec<f64>,
    /// What things cost that nobody pays for.
    pub unit_costs: UnitCosts,
    /// Every value in force with where it came from, as TOML with comments.
    pub resolved: String,
    /// The files read, with the BLAKE3 hash of each.
    pub inputs: Vec<Input>,
}

/// What things cost that nobody pays for; whoever is paid has a price among the parameters.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct UnitCosts {
    /// Euros for an hour of a volunteer; `None` does not count it.
    pub volunteer_per_hour: Option<f64>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// As given or found.
    pub path: String,
    /// BLAKE3, hexadecimal.
    pub hash: String,
}

/// The design of the experiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Design {
    /// Weeks after the burn-in.
    pub weeks: u32,
    /// Weeks of burn-in.
    pub burn_in: u32,
    /// Replications.
    pub replications: u32,
    /// Seed of all chance; replication r uses its own key made from it.
    pub seed: u64,
}

/// What the flags of the command line say about the design; they win over files and `--set`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overrides {
    /// `--weeks`.
    pub weeks: Option<u32>,
    /// `--burn-in`.
    pub burn_in: Option<u32>,
    /// `--replications`.
    pub replications: Option<u32>,
    /// `--seed`.
    pub seed: Option<u64>,
}

/// Reads a study: one folder (its `baseline.toml`, then its other TOML files by name) or files, the first the baseline.
///
/// `sets` are `key=value` from `--set`, laid over every scenario after `extends`; a key of a named element that only some
/// scenarios have is laid over those. `overrides` come last.
///
/// # Errors
/// Every fault of every file at once.
pub fn read_study(paths: &[PathBuf], sets: &[String], overrides: &Overrides) -> Result<Study, Faults> {
    read_study_with(paths, sets, overrides, None)
}

/// Reads a study whose replications draw parameter sets. What a file or `--set` gives a value itself keeps it.
///
/// # Errors
/// Every fault of every file at once.
pub fn read_study_with(
    paths: &[PathBuf],
    sets: &[String],
    overrides: &Overrides,
    parameters: Option<Parameters>,
) -> Result<Study, Faults> {
    let mut loader = Loader::new();
    let files = loader.files(paths);
    let key = study_key(paths, &files);
    let mut loaded: Vec<Loaded> = files.iter().filter_map(|file| loader.load(file)).collect();
    for set in sets {
        loader.set(set, &mut loaded);
    }
    loader.flags(overrides, &mut loaded);
    let (mut scenarios, mut documents) = trusted(&mut loader, loaded);
    if !loader.faults.is_empty() || scenarios.is_empty() {
        return Err(Faults::new(loader.sources, loader.faults));
    }
    let study = documents.first().and_then(|document| document.table("study"));
    let words = |name| build::pair(study.and_then(|study| study.table(name)));
    let (title, question) = (words("title"), words("question").unwrap_or_default());
    let drawn = parameters.map(|parameters| {
        let keys = parameters.keys().to_vec();
        let mut kept = Vec::with_capacity(scenarios.len());
        for (scenario, document) in scenarios.iter_mut().zip(&mut documents) {
            let own = parameter_sets::own_keys(document, &keys);
            parameter_sets::mark(document, &keys, &own);
            scenario.resolved = resolved::write(document, &loader.sources);
            kept.push(own);
        }
        let design = scenarios.first().map(|baseline| baseline.design);
        let (seed, replications) = design.map_or((0, 0), |design| (design.seed, design.replications));
        parameters.drawn(seed, replications, kept)
    });
    Ok(Study { title: title.unwrap_or_else(|| [key.clone(), key.clone()]), question, key, scenarios, drawn })
}

/// Reads one scenario.
///
/// # Errors
/// Every fault of the file and of those it extends at once.
pub fn read_scenario(path: &Path, sets: &[String], overrides: &Overrides) -> Result<Study, Faults> {
    read_study(&[path.to_path_buf()], sets, overrides)
}

/// Reads without running: files and folders of any number of studies, each folder's files as one study.
///
/// Gives how many scenarios are sound.
///
/// # Errors
/// Every fault of every file at once.
pub fn check_files(paths: &[PathBuf]) -> Result<usize, Faults> {
    let mut loader = Loader::new();
    let mut studies: Vec<(PathBuf, Vec<PathBuf>)> = Vec::new();
    for path in paths {
        for file in loader.files(std::slice::from_ref(path)) {
            let folder = file.parent().map(Path::to_path_buf).unwrap_or_default();
            let known = studies.iter().position(|(known, _)| *known == folder);
            let at = known.unwrap_or_else(|| {
                studies.push((folder, Vec::new()));
                studies.len() - 1
            });
            if let Some((_, files)) = studies.get_mut(at)
                && !files.contains(&file)
            {
                files.push(file);
            }
        }
    }
    let mut sound = 0;
    for (_, mut files) in studies {
        // The other files are compared with the baseline, wherever it was named.
        files.sort_by_key(|file| file.file_name().is_none_or(|name| name != "baseline.toml"));
        let loaded = files.iter().filter_map(|file| loader.load(file)).collect();
        sound += trusted(&mut loader, loaded).0.len();
    }
    if loader.faults.is_empty() { Ok(sound) } else { Err(Faults::new(loader.sources, loader.faults)) }
}

/// Checks what was loaded for one study; the sound scenarios, and all documents in the same order.
fn trusted(loader: &mut Loader, loaded: Vec<Loaded>) -> (Vec<Scenario>, Vec<document::Table>) {
    let mut scenarios = Vec::with_capacity(loaded.len());
    let mut documents = Vec::with_capacity(loaded.len());
    // As they were written: what is at fault within a district does not take it away.
    let named: Vec<_> = loaded.iter().map(|one| districts::names(&one.document)).collect();
    for mut one in loaded {
        let mut faults = Vec::new();
        let town = districts::check(&mut one.document, one.own, &mut faults);
        if town.is_empty() {
            faults.extend(check::check(&mut one.document, one.own));
            faults.extend(plausible::check(&one.document));
        }
        let sound = faults.is_empty();
        loader.faults.extend(faults);
        if let Some(scenario) = sound.then(|| build::scenario(&one.document, &town)).flatten() {
            let resolved = resolved::write(&one.document, &loader.sources);
            scenarios.push(Scenario { key: one.key, resolved, inputs: one.inputs, ..scenario });
        }
        documents.push(one.document);
    }
    loader.faults.extend(districts::unlike(&named));
    loader.faults.extend(unlike_designs(&documents));
    (scenarios, documents)
}

/// Scenarios are compared week by week and replication by replication, so they share one design.
fn unlike_designs(documents: &[document::Table]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let Some((baseline, others)) = documents.split_first() else { return faults };
    let time = |document: &document::Table, key: &str| document.table("time").and_then(|time| time.whole(key));
    for document in others {
        for key in ["weeks", "burn_in_weeks", "replications", "seed"] {
            let (Some(here), Some(there)) = (time(document, key), time(baseline, key)) else { continue };
            if here == there {
                continue;
            }
            let entry = document.table("time").and_then(|table| table.entry(key));
            let title = format!("`time.{key}` is {here} here and {there} in the baseline");
            let label = "must be the same in all scenarios of a study";
            let fault = entry
                .map_or_else(|| Fault::nowhere(title.clone()), |entry| Fault::new(entry.node.at, title.clone(), label));
            faults.push(
                fault.help("scenarios are compared week by week with the same luck; set the time in the baseline only"),
            );
        }
    }
    faults
}

/// The name of the study's folder.
fn study_key(paths: &[PathBuf], files: &[PathBuf]) -> String {
    let folder = match paths {
        [folder] if folder.is_dir() => Some(folder.clone()),
        _ => files.first().and_then(|file| file.parent()).map(Path::to_path_buf),
    };
    let folder = folder.map(|folder| if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder });
    let whole = folder.and_then(|folder| folder.canonicalize().ok());
    whole
        .and_then(|whole| Some(whole.file_name()?.to_string_lossy().into_owned()))
        .unwrap_or_else(|| "study".to_owned())
}
