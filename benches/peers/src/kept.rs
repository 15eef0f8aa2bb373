//! Runs that are done are kept, so that a comparison that was broken off goes on where it was, and sizes may be measured one
//! by one. Runs of another build, or of other Python programs, do not count.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::kernel::Outcome;

/// Changing one of them makes this program anew, and with it another file of runs.
const PROGRAMS: [&str; 6] = [
    include_str!("../python/kernel.py"),
    include_str!("../python/with_mesa.py"),
    include_str!("../python/with_mesa_frames.py"),
    include_str!("../python/with_numpy.py"),
    include_str!("../python/with_repast4py.py"),
    include_str!("../python/with_starsim.py"),
];

/// The file of runs.
pub struct Kept {
    file: PathBuf,
}

impl Kept {
    /// That of this build.
    pub fn of_this_build(beside: &Path) -> Result<Self, String> {
        let program = std::env::current_exe().and_then(|program| program.metadata());
        let built =
            program.and_then(|program| program.modified()).map_err(|why| format!("this program is gone: {why}"))?;
        let built = built.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let length: usize = PROGRAMS.iter().map(|text| text.len()).sum();
        Ok(Self { file: beside.with_file_name(format!("runs-{built}-{length}.txt")) })
    }

    /// All runs so far: of whom, with how many residents, what came of it.
    pub fn runs(&self) -> Vec<(String, u64, Outcome)> {
        let text = fs::read_to_string(&self.file).unwrap_or_default();
        let run = |line: &str| {
            let mut parts = line.splitn(3, ' ');
            let (key, residents) = (parts.next()?.to_owned(), parts.next()?.parse().ok()?);
            Some((key, residents, Outcome::read(parts.next()?)?))
        };
        text.lines().filter_map(run).collect()
    }

    /// One run more.
    pub fn add(&self, key: &str, residents: u64, outcome: Outcome) -> Result<(), String> {
        let file = OpenOptions::new().create(true).append(true).open(&self.file);
        let written = file.and_then(|mut file| writeln!(file, "{key} {residents} {outcome}"));
        written.map_err(|why| format!("{} cannot be written: {why}", self.file.display()))
    }

    /// Forgets them.
    pub fn forget(&self) -> Result<(), String> {
        match fs::remove_file(&self.file) {
            Err(why) if self.file.exists() => Err(format!("{} cannot be removed: {why}", self.file.display())),
            _ => Ok(()),
        }
    }
}
