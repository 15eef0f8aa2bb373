//! `noaber import cbs`: a neighbourhood from the statistics, or a town of them, with what was missing said on the screen.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use super::screen::say;
use super::{Failure, ImportArgs, Lang};
use crate::results::atomic::{write_all_or_none, write_whole};
use crate::results::error::reason;
use crate::scenario::{
    ACCOUNT_FILE, ImportWords, Imported, NEIGHBOURHOOD_FILE, NEIGHBOURHOODS_FOLDER, import_cbs, import_cbs_town,
};

const BASELINE_FILE: &str = "baseline.toml";

/// Writes a folder for each code, or one for all; reads everything before it writes anything.
pub fn cbs(asked: &ImportArgs) -> Result<(), Failure> {
    let words = ImportWords { dutch: asked.lang == Lang::Nl };
    if asked.by_neighbourhood {
        return town(asked, words);
    }
    let made = import_cbs(&asked.file, &asked.codes, words).map_err(|faults| Failure::faults(&faults))?;
    let folders: Vec<PathBuf> = made.iter().map(|one| folder(asked, one, made.len())).collect();
    if !asked.force {
        let there = folders.iter().flat_map(|folder| [folder.join(NEIGHBOURHOOD_FILE), folder.join(BASELINE_FILE)]);
        if let Some(there) = there.into_iter().find(|path| path.exists()) {
            return Err(is_there(&there));
        }
    }
    for (one, folder) in made.iter().zip(&folders) {
        written(one, folder).map_err(|(path, error)| {
            Failure::running(format!("`{}` cannot be written: {}", path.display(), reason(&error)))
        })?;
        if !asked.quiet {
            say(&told(one, folder, words))?;
        }
    }
    Ok(())
}

fn is_there(path: &Path) -> Failure {
    Failure::running(format!(
        "`{}` is there already; choose another --out, or replace the figures with --force, which keeps the baseline",
        path.display()
    ))
}

/// Where one neighbourhood goes: the folder that was named if it is the only one, else a folder of its own within.
fn folder(asked: &ImportArgs, one: &Imported, all: usize) -> PathBuf {
    let own = one.code.to_lowercase();
    match &asked.out {
        Some(out) if all == 1 => out.clone(),
        Some(out) => out.join(own),
        None => PathBuf::from(own),
    }
}

/// Writes the two files; a baseline that is there stays, for it is the user's.
fn written(one: &Imported, folder: &Path) -> Result<(), (PathBuf, std::io::Error)> {
    std::fs::create_dir_all(folder).map_err(|error| (folder.to_path_buf(), error))?;
    let path = folder.join(NEIGHBOURHOOD_FILE);
    write_whole(&path, one.neighbourhood.as_bytes()).map_err(|error| (path, error))?;
    let path = folder.join(BASELINE_FILE);
    if path.exists() {
        return Ok(());
    }
    write_whole(&path, one.baseline.as_bytes()).map_err(|error| (path, error))
}

fn told(one: &Imported, folder: &Path, words: ImportWords) -> String {
    let [replaced, files] = if words.dutch {
        ["Niet in het bestand voor dit gebied, met wat ervoor in de plaats staat:", "Draai het met"]
    } else {
        ["Not in the file for this area, with what stands in its place:", "Run it with"]
    };
    let mut text = format!("{}\n", one.made);
    for remark in &one.remarks {
        let _ = writeln!(text, "  {remark}");
    }
    if !one.replaced.is_empty() {
        let _ = writeln!(text, "  {replaced}");
    }
    for line in &one.replaced {
        let _ = writeln!(text, "    {line}");
    }
    let (neighbourhood, baseline) = (folder.join(NEIGHBOURHOOD_FILE), folder.join(BASELINE_FILE));
    let _ = write!(text, "  {}\n  {}\n", neighbourhood.display(), baseline.display());
    let _ = write!(text, "  {files}: noaber run {}\n\n", baseline.display());
    text
}

/// Codes in the name of a folder.
const MOST_IN_NAME: usize = 3;

/// Writes one study of many neighbourhoods.
fn town(asked: &ImportArgs, words: ImportWords) -> Result<(), Failure> {
    let made = import_cbs_town(&asked.file, &asked.codes, asked.positions.as_deref(), words)
        .map_err(|faults| Failure::faults(&faults))?;
    let name =
        || PathBuf::from(made.codes.iter().take(MOST_IN_NAME).cloned().collect::<Vec<_>>().join("-").to_lowercase());
    let folder = asked.out.clone().unwrap_or_else(name);
    let baseline = folder.join(BASELINE_FILE);
    let known = [NEIGHBOURHOODS_FOLDER, BASELINE_FILE, ACCOUNT_FILE].map(|name| folder.join(name));
    if let Some(there) = known.iter().find(|path| !asked.force && path.exists()) {
        return Err(is_there(there));
    }
    let kept = if baseline.exists() { Some(std::fs::read_to_string(&baseline).unwrap_or_default()) } else { None };
    let mut files: Vec<(PathBuf, &[u8])> =
        made.neighbourhoods.iter().map(|(path, text)| (path.into(), text.as_bytes())).collect();
    files.push((ACCOUNT_FILE.into(), made.account.as_bytes()));
    if kept.is_none() {
        files.push((BASELINE_FILE.into(), made.baseline.as_bytes()));
    }
    write_all_or_none(&folder, &files).map_err(|(path, error)| {
        Failure::running(format!("`{}` cannot be written: {}", path.display(), reason(&error)))
    })?;
    if asked.quiet {
        return Ok(());
    }
    let mut text = format!("{}\n", made.page);
    if let Some(kept) = kept {
        let unknown = made.neighbourhoods.iter().filter(|(path, _)| !kept.contains(path.as_str())).count();
        let _ = writeln!(text, "  {}\n", words.kept(unknown));
    }
    for path in [folder.join(NEIGHBOURHOODS_FOLDER), folder.join(ACCOUNT_FILE), baseline.clone()] {
        let _ = writeln!(text, "  {}", path.display());
    }
    let run = if words.dutch { "Draai het met" } else { "Run it with" };
    let _ = write!(text, "  {run}: noaber run {}\n\n", baseline.display());
    say(&text)
}
