//! Claiming a folder before a long run, keeping what is done, and putting the finished tables in place.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::atomic::{Pending, UNFINISHED, sync_folder, write_whole};
use super::journal;
use super::manifest::Manifest;
use super::{ResultsError, columns, read, tables};
use crate::experiment::uncertainty::one_for_each_set;
use crate::experiment::{Moment, Replication, has_districts};
use crate::model::world::World;
use crate::observation::profile::{Profile, profiles};
use crate::observation::{residents, ties};
use crate::scenario::Study;

/// Bytes that must fit on the disk before a run begins.
const PROBE_BYTES: usize = 256 * 1024;

/// Values of each district.
pub const DISTRICTS: &str = "districts.csv";
/// Differences from the baseline in each district.
pub const DISTRICT_EFFECTS: &str = "district_effects.csv";
/// The parameter set of each replication.
pub const PARAMETERS: &str = "parameters.csv";
/// Chance and ignorance apart.
pub const UNCERTAINTY: &str = "uncertainty.csv";

/// What a run is, as far as going on with it is concerned: `journal/run.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// See [`Manifest::hash`].
    pub hash: String,
    /// Whether the resident table is wanted.
    pub residents: bool,
    /// Whether the tie table is wanted.
    pub ties: bool,
}

/// What came of claiming a folder.
#[derive(Debug)]
pub enum Claim {
    /// The run can begin, or go on.
    Ready {
        /// The folder.
        folder: Folder,
        /// Replications that are done already; empty unless resumed.
        done: Vec<Replication>,
        /// Replications of an interrupted run that were thrown away, because going on was not asked.
        dropped: usize,
    },
    /// To be resumed, but finished before.
    Finished,
}

/// A folder that this run alone writes in.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    journal: PathBuf,
    settings: Settings,
    // Locked as long as this run lives.
    _lock: File,
}

/// What decides the outcome of a study, as one hash: program, design, seed and blueprints, but no words.
#[must_use]
pub fn hash(study: &Study, version: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(version.as_bytes());
    for scenario in &study.scenarios {
        // The derived text of a blueprint holds every field, numbers in full.
        let all = format!(
            "\0{}\0{:?}\0{:?}\0{:?}\0{:?}\0{:?}",
            scenario.key,
            scenario.design,
            scenario.blueprint,
            scenario.headline,
            scenario.worthwhile,
            scenario.unit_costs
        );
        hasher.update(all.as_bytes());
    }
    if let Some(drawn) = &study.drawn {
        hasher.update(format!("\0{:?}\0{:?}\0{:?}", drawn.keys, drawn.draws, drawn.kept).as_bytes());
    }
    hasher.finalize().to_hex().to_string()
}

impl Folder {
    /// Claims a folder for a run: made if absent, refused if it holds anything but results of the same run, and tried
    /// by writing, so that a folder that cannot be used is found before the long work and not after.
    ///
    /// # Errors
    /// When the folder cannot be used; it is then as it was.
    pub fn claim(
        path: &Path,
        settings: Settings,
        study: &Study,
        resume: bool,
        force: bool,
    ) -> Result<Claim, ResultsError> {
        let journal = path.join("journal");
        let run_file = journal.join("run.json");
        let begun = fs::read(&run_file).ok().map(|bytes| serde_json::from_slice::<Settings>(&bytes).ok());
        let manifest = path.join("manifest.json").exists().then(|| read::manifest(path).ok());

        if begun.is_none() && manifest.is_none() && !empty_or_absent(path)? {
            return Err(ResultsError::NotResults(path.to_path_buf()));
        }
        let mine = |settings_found: &Settings| settings_found.hash == settings.hash;
        if resume {
            match begun.iter().flatten().find(|begun| mine(begun)) {
                Some(begun) if *begun != settings => {
                    let with = |wanted| if wanted { "with" } else { "without" };
                    let flags = format!("{} --residents and {} --ties", with(begun.residents), with(begun.ties));
                    return Err(ResultsError::OtherTables { path: path.to_path_buf(), flags });
                }
                Some(_) => {}
                None => {
                    let finished = manifest.iter().flatten().any(|manifest| manifest.hash == settings.hash);
                    return if finished {
                        Ok(Claim::Finished)
                    } else {
                        Err(ResultsError::NothingToResume(path.to_path_buf()))
                    };
                }
            }
        } else if !force {
            // What cannot be understood is not known to be the same, so it is not replaced either.
            let other_run = begun.is_some_and(|begun| !begun.is_some_and(|begun| mine(&begun)));
            let other_results =
                manifest.is_some_and(|manifest| manifest.is_none_or(|manifest| manifest.hash != settings.hash));
            if other_run || other_results {
                return Err(ResultsError::OtherResults(path.to_path_buf()));
            }
        }

        let made = make_folders(&journal)?;
        match Self::begin(path, &journal, &run_file, settings, study, resume) {
            Ok(claim) => Ok(claim),
            Err(error) => {
                for folder in made.iter().rev() {
                    // Only what this claim made; leaving it behind would be a lesser evil than a second error.
                    let _ = fs::remove_dir_all(folder);
                }
                Err(error)
            }
        }
    }

    fn begin(
        path: &Path,
        journal: &Path,
        run_file: &Path,
        settings: Settings,
        study: &Study,
        resume: bool,
    ) -> Result<Claim, ResultsError> {
        if run_file.exists() {
            lock(run_file, path)?;
        }
        Pending::write(path, |out| out.write_all(&vec![0; PROBE_BYTES])).map_err(ResultsError::write(path))?;
        let replications = study.scenarios.first().map_or(0, |baseline| baseline.design.replications);
        let kept = journal::kept(journal, &settings.hash, replications, study.scenarios.len());
        let (done, dropped) = if resume { (kept, 0) } else { (Vec::new(), kept.len()) };
        if !resume {
            empty(journal).map_err(ResultsError::write(journal))?;
            let text = serde_json::to_vec_pretty(&settings).map_err(|e| ResultsError::write(run_file)(e.into()))?;
            write_whole(run_file, &text).map_err(ResultsError::write(run_file))?;
        }
        let lock = lock(run_file, path)?;
        clear_unfinished(path).map_err(ResultsError::write(path))?;
        let folder = Self { path: path.to_path_buf(), journal: journal.to_path_buf(), settings, _lock: lock };
        Ok(Claim::Ready { folder, done, dropped })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps a complete replication.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn keep(&self, replication: &Replication) -> io::Result<()> {
        journal::keep(&self.journal, &self.settings.hash, replication)
    }

    /// Keeps the rows of a world's settings, and of its residents and ties as far as they are wanted.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn keep_rows(
        &self,
        study: &Study,
        replication: u32,
        scenario: usize,
        moment: Moment,
        world: &World,
    ) -> io::Result<()> {
        let key = &study.scenarios[scenario].key;
        let keep = |table: &str, rows: Vec<Vec<String>>| {
            let path = journal::rows_path(&self.journal, table, replication, scenario, moment);
            let pending =
                Pending::write(&self.journal, |out| tables::rows(out, key, replication, world.week(), &rows))?;
            pending.place(&path)
        };
        keep("settings", profiles(world).iter().map(Profile::cells).collect())?;
        if self.settings.residents {
            keep("residents", residents(world).into_iter().map(|row| row.0).collect())?;
        }
        if self.settings.ties {
            keep("ties", ties(world).into_iter().map(|row| row.0).collect())?;
        }
        Ok(())
    }

    /// Writes all tables of these replications, then puts them in place, the manifest last. The journal goes when the
    /// manifest says that the run is finished.
    ///
    /// # Errors
    /// When a file cannot be written: earlier results, if any, then stay as they were, or lack their manifest.
    pub fn write(&self, study: &Study, replications: &[Replication], manifest: &Manifest) -> Result<(), ResultsError> {
        let scenarios = self.path.join("scenarios");
        fs::create_dir_all(&scenarios).map_err(ResultsError::write(&scenarios))?;
        let mut pending: Vec<(PathBuf, Pending)> = Vec::new();
        let mut add = |name: &str, content: &mut dyn FnMut(&mut dyn io::Write) -> io::Result<()>| {
            let path = self.path.join(name);
            let written = Pending::write(&self.path, |out| content(out)).map_err(ResultsError::write(&path))?;
            pending.push((path, written));
            Ok(())
        };
        // Worlds that share a parameter set are one case where a mean gets an interval.
        let pooled = study.drawn.as_ref().map(|_| one_for_each_set(replications));
        let cases = pooled.as_deref().unwrap_or(replications);
        add("weekly.csv", &mut |out| tables::weekly(out, study, replications))?;
        add("effects.csv", &mut |out| tables::effects(out, study, cases))?;
        add("summary.csv", &mut |out| tables::summary(out, study, cases))?;
        add("costs.csv", &mut |out| tables::costs(out, study, cases))?;
        add("cost_per_outcome.csv", &mut |out| tables::cost_per_outcome(out, study, cases))?;
        if study.drawn.is_some() {
            add(PARAMETERS, &mut |out| tables::parameters(out, study))?;
            add(UNCERTAINTY, &mut |out| tables::uncertainty(out, study, replications))?;
        }
        if tables::has_rules(study) {
            add("rules.csv", &mut |out| tables::rules(out, study, replications))?;
        }
        if has_districts(study) {
            add(DISTRICTS, &mut |out| tables::districts(out, study, replications))?;
            add(DISTRICT_EFFECTS, &mut |out| tables::district_effects(out, study, cases))?;
        }
        add("recovery.csv", &mut |out| tables::recovery(out, study, cases))?;
        add("columns.csv", &mut |out| columns::write(out))?;
        let tables = [("settings", true), ("residents", self.settings.residents), ("ties", self.settings.ties)];
        for (table, wanted) in tables {
            if wanted {
                let parts = self.parts(study, replications, table);
                add(&format!("{table}.csv"), &mut |out| tables::joined(out, table, &parts))?;
            }
        }
        for scenario in &study.scenarios {
            let name = format!("scenarios/{}.resolved.toml", scenario.key);
            add(&name, &mut |out| out.write_all(scenario.resolved.as_bytes()))?;
        }
        let manifest_path = self.path.join("manifest.json");
        let text = serde_json::to_string_pretty(manifest).map_err(|e| ResultsError::write(&manifest_path)(e.into()))?;
        let last =
            Pending::write(&self.path, |out| writeln!(out, "{text}")).map_err(ResultsError::write(&manifest_path))?;

        self.clear(&pending).map_err(ResultsError::write(&self.path))?;
        for (path, written) in pending {
            written.place(&path).map_err(ResultsError::write(&path))?;
        }
        sync_folder(&scenarios).map_err(ResultsError::write(&scenarios))?;
        sync_folder(&self.path).map_err(ResultsError::write(&self.path))?;
        last.place(&manifest_path).map_err(ResultsError::write(&manifest_path))?;
        sync_folder(&self.path).map_err(ResultsError::write(&self.path))?;
        if manifest.status == "finished" {
            fs::remove_dir_all(&self.journal).map_err(ResultsError::write(&self.journal))?;
        }
        Ok(())
    }

    /// The kept rows of a table, in the order of the other tables: by scenario, replication and week.
    fn parts(&self, study: &Study, replications: &[Replication], table: &str) -> Vec<PathBuf> {
        let mut parts = Vec::new();
        for scenario in 0..study.scenarios.len() {
            for replication in replications {
                for moment in [Moment::Start, Moment::End] {
                    parts.push(journal::rows_path(&self.journal, table, replication.number, scenario, moment));
                }
            }
        }
        parts
    }

    /// Takes away the manifest, and then all that would not belong to the new tables.
    fn clear(&self, renewed: &[(PathBuf, Pending)]) -> io::Result<()> {
        remove_if_there(&self.path.join("manifest.json"))?;
        let only_sometimes =
            ["residents.csv", "ties.csv", "rules.csv", DISTRICTS, DISTRICT_EFFECTS, PARAMETERS, UNCERTAINTY];
        for name in only_sometimes.into_iter().chain(["report.nl.html", "report.en.html"]) {
            remove_if_there(&self.path.join(name))?;
        }
        let figures = self.path.join("figures");
        if figures.is_dir() {
            fs::remove_dir_all(figures)?;
        }
        for entry in fs::read_dir(self.path.join("scenarios"))? {
            let path = entry?.path();
            let ours = path.to_string_lossy().ends_with(".resolved.toml");
            if ours && !renewed.iter().any(|(kept, _)| *kept == path) {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}

/// Locks the run file for as long as the file is held.
fn lock(run_file: &Path, path: &Path) -> Result<File, ResultsError> {
    let file = File::open(run_file).map_err(ResultsError::write(run_file))?;
    match file.try_lock() {
        Err(fs::TryLockError::WouldBlock) => Err(ResultsError::Busy(path.to_path_buf())),
        // A file system without locks is no reason not to run.
        Ok(()) | Err(fs::TryLockError::Error(_)) => Ok(file),
    }
}

fn empty_or_absent(path: &Path) -> Result<bool, ResultsError> {
    match fs::read_dir(path) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(false),
        Err(error) => Err(ResultsError::Read { path: path.to_path_buf(), what: error.to_string() }),
    }
}

/// Makes a folder and its parents; gives back those that were not there, outermost first.
fn make_folders(folder: &Path) -> Result<Vec<PathBuf>, ResultsError> {
    let mut absent: Vec<PathBuf> = folder
        .ancestors()
        .filter(|path| !path.as_os_str().is_empty())
        .take_while(|path| !path.exists())
        .map(Path::to_path_buf)
        .collect();
    absent.reverse();
    for (nth, path) in absent.iter().enumerate() {
        if let Err(error) = fs::create_dir(path) {
            for made in absent[..nth].iter().rev() {
                let _ = fs::remove_dir(made);
            }
            return Err(ResultsError::write(path)(error));
        }
    }
    Ok(absent)
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Takes away what a crash left half-written; called with the lock in hand, so nobody is still writing it.
fn clear_unfinished(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Takes away the files in a folder.
fn empty(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        fs::remove_file(entry?.path())?;
    }
    Ok(())
}
