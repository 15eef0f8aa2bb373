//! A folder of a calibration: a journal of finished simulations, from which an interrupted one goes on, and its tables.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::ResultsError;
use super::tables::number;
use crate::experiment::calibrate::diagnose::{Learnt, Met, TradeOff};
use crate::experiment::calibrate::{Calibration, Wave};
use crate::model::parameters::priors::{Prior, four_digits};

/// The journal's file.
const JOURNAL: &str = "simulations.journal";
/// The plausible sets, as `--parameters` reads them.
pub const SETS: &str = "plausible.csv";

/// The simulations of a calibration that are done, by what they were given. A line is flushed as soon as it is whole;
/// one that is not, or does not add up, counts as not there.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    known: BTreeMap<String, Vec<f64>>,
    file: Mutex<File>,
}

impl Journal {
    /// Begins the journal in a folder, or goes on with it. `identity` says what is simulated: program, worlds, targets.
    ///
    /// # Errors
    /// When the folder holds something else, or cannot be written; when there is nothing to go on with.
    pub fn open(folder: &Path, identity: &str, resume: bool, force: bool) -> Result<Self, ResultsError> {
        let path = folder.join(JOURNAL);
        let begins = format!("noaber calibration 1 {identity}\n");
        let there = fs::read_to_string(&path).ok();
        let mine = there.as_ref().is_some_and(|text| text.starts_with(&begins));
        if resume && !mine {
            return Err(ResultsError::NothingToResume(folder.to_path_buf()));
        }
        let nothing_here = fs::read_dir(folder).map_or(true, |mut entries| entries.next().is_none());
        if there.is_none() && !nothing_here && !folder.join(SETS).exists() {
            return Err(ResultsError::NotResults(folder.to_path_buf()));
        }
        if !nothing_here && !mine && !force {
            return Err(ResultsError::OtherResults(folder.to_path_buf()));
        }
        fs::create_dir_all(folder).map_err(ResultsError::write(folder))?;
        let known = there.filter(|_| resume).map(|text| understand(&text)).unwrap_or_default();
        let mut file = if resume {
            OpenOptions::new().append(true).open(&path).map_err(ResultsError::write(&path))?
        } else {
            File::create(&path).map_err(ResultsError::write(&path))?
        };
        if matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)) {
            return Err(ResultsError::Busy(folder.to_path_buf()));
        }
        // What a crash left of a last line ends here.
        let opening = if resume { "\n" } else { &begins };
        file.write_all(opening.as_bytes()).map_err(ResultsError::write(&path))?;
        Ok(Self { path, known, file: Mutex::new(file) })
    }

    /// How many simulations it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// What a simulation gave, if it was done before.
    #[must_use]
    pub fn known(&self, parameters: &[f64], key: u64) -> Option<&Vec<f64>> {
        self.known.get(&name(parameters, key))
    }

    /// Keeps what a simulation gave.
    ///
    /// # Errors
    /// Whatever the system says.
    pub fn keep(&self, parameters: &[f64], key: u64, outputs: &[f64]) -> io::Result<()> {
        let mut line = name(parameters, key);
        for output in outputs {
            let _ = write!(line, " {:016x}", output.to_bits());
        }
        let whole = format!("{line} {}\n", check(&line));
        // A thread that panicked while writing leaves at worst half a line, which counts as not there.
        let mut file = self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        file.write_all(whole.as_bytes()).and_then(|()| file.flush())
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

fn name(parameters: &[f64], key: u64) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&key.to_le_bytes());
    for value in parameters {
        hasher.update(&value.to_bits().to_le_bytes());
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

fn check(line: &str) -> String {
    blake3::hash(line.as_bytes()).to_hex()[..8].to_owned()
}

fn understand(text: &str) -> BTreeMap<String, Vec<f64>> {
    let understood = |line: &str| {
        let (rest, sum) = line.rsplit_once(' ')?;
        let mut words = rest.split(' ');
        let name = words.next().filter(|_| check(rest) == sum)?;
        let number = |word: &str| Some(f64::from_bits(u64::from_str_radix(word, 16).ok()?));
        Some((name.to_owned(), words.map(number).collect::<Option<Vec<f64>>>()?))
    };
    text.lines().skip(1).filter_map(understood).collect()
}

/// The table of plausible sets: `header` lines as comments, then a line for each set, numbers to four digits. A set whose
/// weight is less than a ten-thousandth of the heaviest is left out.
#[must_use]
pub fn sets(header: &[String], priors: &[Prior], calibration: &Calibration) -> String {
    let mut text = String::new();
    for line in header {
        let _ = writeln!(text, "# {line}");
    }
    let keys: Vec<&str> = priors.iter().map(|prior| prior.key).collect();
    let _ = writeln!(text, "weight,distance,{}", keys.join(","));
    let heaviest = calibration.sets.first().map_or(0.0, |set| set.weight);
    for set in calibration.sets.iter().filter(|set| set.weight >= heaviest * 1e-4) {
        let values = [set.weight, set.distance].into_iter().chain(set.parameters.iter().copied());
        let cells: Vec<String> = values.map(|value| number(four_digits(value))).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// What was learnt of each parameter.
#[must_use]
pub fn learnt(found: &[Learnt]) -> String {
    let mut text = "parameter,prior_low,prior_high,prior_scale,median,low,high,learnt,reason\n".to_owned();
    for Learnt { prior, median, range, learnt } in found {
        let values = [*median, range[0], range[1], *learnt].map(|value| number(four_digits(value))).join(",");
        let (low, high, scale) = (number(prior.low), number(prior.high), prior.scale.key());
        let reason = prior.reason.replace('"', "\"\"");
        let _ = writeln!(text, "{},{low},{high},{scale},{values},\"{reason}\"", prior.key);
    }
    text
}

/// How near the sets come to each goal, named `target` and `part`.
#[must_use]
pub fn fit(names: &[[String; 2]], found: &[Met]) -> String {
    let mut text = "target,part,published,tolerance,simulated,low,high,distance\n".to_owned();
    for ([target, part], met) in names.iter().zip(found) {
        let values = [met.goal.value, met.goal.tolerance, met.mean, met.range[0], met.range[1], met.distance];
        let _ = writeln!(text, "{target},{part},{}", values.map(|value| number(four_digits(value))).join(","));
    }
    text
}

/// Which targets pull apart.
#[must_use]
pub fn trade_offs(names: &[[String; 2]], found: &[TradeOff]) -> String {
    let mut text = "target,part,other_target,other_part,correlation,pull\n".to_owned();
    for TradeOff { goals, correlation, pull } in found {
        let [[one, one_part], [other, other_part]] = goals.map(|goal| &names[goal]);
        let values = [*correlation, *pull].map(|value| number(four_digits(value))).join(",");
        let _ = writeln!(text, "{one},{one_part},{other},{other_part},{values}");
    }
    text
}

/// What each wave did.
#[must_use]
pub fn waves(found: &[Wave]) -> String {
    let mut text = "wave,simulated,undefined,volume_left,out_of_reach,mildness,explained\n".to_owned();
    for (nth, wave) in found.iter().enumerate() {
        let values = [wave.volume, wave.out_of_reach as f64, wave.mildness, wave.explained];
        let values = values.map(|value| number(four_digits(value))).join(",");
        let _ = writeln!(text, "{},{},{},{values}", nth + 1, wave.simulated, wave.undefined);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_simulated_comes_back_bit_for_bit_also_after_a_crash_in_the_middle_of_a_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let outputs = [0.1 + 0.2, f64::NAN, -1e-300];
        let journal = Journal::open(folder.path(), "abc", false, false).expect("opens");
        journal.keep(&[1.0, 2.0], 7, &outputs).expect("kept");
        journal.keep(&[1.0, 2.0], 8, &outputs).expect("kept");
        let path = journal.path().to_path_buf();
        drop(journal);
        let text = fs::read_to_string(&path).expect("readable");
        fs::write(&path, &text[..text.len() - 5]).expect("writable");
        let journal = Journal::open(folder.path(), "abc", true, false).expect("opens");
        let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
        assert_eq!(journal.known(&[1.0, 2.0], 7).map(|known| bits(known)), Some(bits(&outputs)));
        assert_eq!(journal.known(&[1.0, 2.0], 8), None, "half a line counts as not there");
        journal.keep(&[1.0, 2.0], 8, &outputs).expect("kept");
        drop(journal);
        assert_eq!(Journal::open(folder.path(), "abc", true, false).expect("opens").len(), 2);
    }

    #[test]
    fn another_calibration_is_not_gone_on_with_nor_replaced_unasked() {
        let folder = tempfile::tempdir().expect("a folder");
        drop(Journal::open(folder.path(), "abc", false, false).expect("opens"));
        let open = |identity: &str, resume, force| Journal::open(folder.path(), identity, resume, force).map(|_| ());
        assert!(matches!(open("abd", true, false), Err(ResultsError::NothingToResume(_))));
        assert!(matches!(open("abd", false, false), Err(ResultsError::OtherResults(_))));
        assert!(open("abd", false, true).is_ok());
        let other = tempfile::tempdir().expect("a folder");
        fs::write(other.path().join("letter.txt"), "dear").expect("writable");
        assert!(matches!(Journal::open(other.path(), "abc", false, true), Err(ResultsError::NotResults(_))));
    }
}
