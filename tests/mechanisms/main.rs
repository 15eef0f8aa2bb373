//! Knock-out tests: with a mechanism the pattern that the field describes appears, without it the pattern goes away.
//!
//! Each test compares worlds with the same people and the same luck over [`paired::REPLICATIONS`] seeds. "Without" is the
//! mechanism's switch, its constant at zero, or the lever left alone; where the model then makes both worlds the same to
//! the bit, that is what is asked. Rows M1, M2... are those of the ODD's submodels.

#[path = "../common/mod.rs"]
mod common;

mod asking;
mod feedback;
mod groups;
mod homes;
mod measures;
mod money;
mod offers;
mod organisations;
mod outcomes;
mod paired;
mod places;
mod quiet;
mod safety;
mod switches;
mod ties;
mod trends;
mod volunteers;
mod workers;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// All Rust files in a folder and those below it.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            files.extend(sources(&entry));
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            files.push(entry);
        }
    }
    files.sort();
    files
}

/// Rows named in a text, such as M17 and M27-M29.
fn rows_named(text: &str) -> BTreeSet<u32> {
    let number = |word: &str| word.strip_prefix('M').and_then(|digits| digits.parse::<u32>().ok());
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-');
    words
        .flat_map(|word| match word.split_once('-').map(|(from, to)| (number(from), number(to))) {
            Some((Some(from), Some(to))) => from..to + 1,
            _ => number(word).map_or(0..0, |row| row..row + 1),
        })
        .collect()
}

#[test]
fn the_sources_name_every_row_that_is_tested() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut tested = Vec::new();
    for file in sources(&root.join("tests/mechanisms")) {
        let text = std::fs::read_to_string(file).expect("a test file");
        let lines: Vec<&str> = text.lines().collect();
        let opens = lines.windows(2).filter(|two| two[1] == "#[test]").filter_map(|two| two[0].strip_prefix("/// M"));
        tested.extend(opens.map(|row| row.trim_end_matches('.').parse::<u32>().expect("a row")));
    }
    let model: String =
        sources(&root.join("src")).iter().map(|file| std::fs::read_to_string(file).expect("a source file")).collect();
    let named = rows_named(&model);
    let unnamed: Vec<u32> = tested.into_iter().filter(|row| !named.contains(row)).collect();
    assert!(unnamed.is_empty(), "no submodel names rows {unnamed:?}");
}
