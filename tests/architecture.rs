//! Rules of the architecture, as tests: layers, the one list of the schedule, files that say what they are for.

use std::fs;
use std::path::{Path, PathBuf};

/// From the most basic layer to the outermost; a layer may use those before it.
const LAYERS: [(&str, &[&str]); 7] = [
    ("model", &[]),
    ("observation", &["model"]),
    ("scenario", &["model", "observation"]),
    ("experiment", &["model", "observation", "scenario"]),
    ("results", &["model", "observation", "scenario", "experiment"]),
    ("report", &["model", "observation", "scenario", "experiment", "results"]),
    ("cli", &["model", "observation", "scenario", "experiment", "results", "report"]),
];

/// What the model must not know: files, clocks, terminals, plots.
const NOT_IN_THE_MODEL: [&str; 9] =
    ["std::fs", "std::io", "std::time", "std::env", "println!", "plotters", "HashMap", "rand::rng(", "thread_rng"];

fn source_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else { continue };
        for path in entries.map(|entry| entry.expect("a readable folder").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn files_of_layer(layer: &str) -> Vec<PathBuf> {
    let mut files = source_files(&Path::new("src").join(layer));
    files.push(Path::new("src").join(format!("{layer}.rs")));
    files
}

#[test]
fn a_layer_uses_only_the_layers_below_it() {
    let mut wrong = Vec::new();
    for (layer, allowed) in LAYERS {
        for file in files_of_layer(layer) {
            let text = fs::read_to_string(&file).expect("every layer has its file");
            for (other, _) in LAYERS.iter().filter(|(other, _)| *other != layer && !allowed.contains(other)) {
                let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
                if code.clone().any(|line| {
                    line.contains(&format!("crate::{other}::")) || line.contains(&format!("crate::{{{other}"))
                }) {
                    wrong.push(format!("{} uses {other}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_model_knows_no_file_clock_terminal_or_plot() {
    let mut wrong = Vec::new();
    for file in files_of_layer("model") {
        let text = fs::read_to_string(&file).expect("a readable file");
        for word in NOT_IN_THE_MODEL {
            if text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(word)) {
                wrong.push(format!("{} uses {word}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn schedule_files_and_odd_are_one_list() {
    let schedule = fs::read_to_string("src/model/schedule.rs").expect("the schedule");
    let body = schedule.split("pub fn live_one_week").nth(1).expect("the week");
    let contents = fs::read_to_string("src/model/submodels.rs").expect("the contents page");
    let listed: Vec<&str> =
        contents.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    let called: Vec<&str> = body
        .lines()
        .map(|line| line.trim().trim_start_matches("let rules = "))
        .filter_map(|line| line.split_once('(').map(|(name, _)| name))
        .filter(|name| listed.contains(name))
        .collect();
    let odd = fs::read_to_string("src/model/odd.md").expect("the ODD");
    let section = odd.split("## 3.").nth(1).and_then(|rest| rest.split("## 4.").next()).expect("section 3");
    let described: Vec<&str> =
        section.lines().filter_map(|line| line.split("](submodels::").nth(1)?.split(')').next()).collect();
    assert_eq!(listed, called, "src/model/submodels.rs against the calls in the week");
    assert_eq!(listed, described, "src/model/submodels.rs against section 3 of the ODD");
    for name in listed {
        assert!(Path::new(&format!("src/model/submodels/{name}.rs")).exists(), "{name} has no file");
    }
}

#[test]
fn every_submodel_opens_with_its_equation_reads_draws_and_source() {
    // A submodel that needs more than one file opens in the first.
    let first = |file: &PathBuf| file.parent() == Some(Path::new("src/model/submodels"));
    for file in source_files(Path::new("src/model/submodels")).into_iter().filter(first) {
        let text = fs::read_to_string(&file).expect("a readable file");
        for word in ["**Reads and changes**", "**Draws**", "//! * **"] {
            assert!(text.contains(word), "{} does not say {word}", file.display());
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for folder in ["src", "tests", "benches", "examples"] {
        for file in source_files(Path::new(folder)) {
            let text = fs::read_to_string(&file).expect("a readable file");
            let says = text.starts_with("//!") || text.starts_with("#![doc");
            assert!(says, "{} does not open with what it is for", file.display());
        }
    }
}

#[test]
fn only_one_room_draws_with_plotters() {
    let outside: Vec<PathBuf> = source_files(Path::new("src"))
        .into_iter()
        .filter(|file| !file.starts_with("src/report/plot") && !file.ends_with("src/report/plot.rs"))
        .filter(|file| fs::read_to_string(file).expect("a readable file").contains("plotters::"))
        .collect();
    assert!(outside.is_empty(), "{outside:?}");
}

#[test]
fn the_main_file_stays_small() {
    let lines = fs::read_to_string("src/main.rs").expect("main").lines().count();
    assert!(lines <= 25, "src/main.rs has {lines} lines");
}
