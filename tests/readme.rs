//! What the README says can be typed, works; where it points, something is; and the names it reads from tables exist.
//!
//! Its Rust is compiled as a doctest of the crate. Its commands run here in the order of the page, in a folder of their own,
//! with few replications and weeks.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use noaber::observation::{GROUPS, MEASURES};
use noaber::results::tables::{EFFECTS, WEEKLY};
use noaber::scenario::{Overrides, read_study};

/// Every page that is held to its links.
const PAGES: [&str; 6] = [
    "README.md",
    "CHANGELOG.md",
    "results/README.md",
    "benches/README.md",
    "scenarios/README.md",
    "scenarios/neighbourhood.md",
];

/// Pages whose commands are run.
const TYPED: [&str; 4] = ["README.md", "benches/README.md", "results/README.md", "scenarios/neighbourhood.md"];

fn page(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The fenced blocks of a page: the word after the fence, and what stands between.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        match line.trim_start().strip_prefix("```") {
            Some(_) if inside => inside = false,
            Some(language) => {
                inside = true;
                found.push((language.trim().to_owned(), String::new()));
            }
            None if inside => {
                let (_, block) = found.last_mut().expect("a block is open");
                *block += line;
                *block += "\n";
            }
            None => {}
        }
    }
    assert!(!inside, "a block is not closed");
    found
}

/// Every command line for a shell, from blocks and from the first cell of tables.
fn command_lines(text: &str) -> Vec<String> {
    let shell = |language: &str| ["sh", "console"].contains(&language);
    let mut lines: Vec<String> = blocks(text)
        .into_iter()
        .filter(|(language, _)| shell(language))
        .flat_map(|(_, block)| block.lines().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let cells = text.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |"));
    let is_command = |cell: &str| ["cargo ", "noaber ", "bash "].iter().any(|start| cell.starts_with(start));
    lines.extend(cells.map(|(cell, _)| cell.to_owned()).filter(|cell| is_command(cell)));
    lines.iter().map(|line| line.trim_start_matches("$ ").trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// The arguments of a line that runs noaber, or none for another program.
fn noaber_arguments(line: &str) -> Option<Vec<String>> {
    let rest = line.strip_prefix("cargo run --release -- ").or_else(|| line.strip_prefix("noaber "))?;
    Some(rest.split_whitespace().map(str::to_owned).collect())
}

/// The same arguments with so little to do that a test can wait for it.
fn made_small(mut arguments: Vec<String>) -> Vec<String> {
    let small: &[(&str, &str)] = match arguments[0].as_str() {
        "compare" | "run" | "explain" => &[("--replications", "2"), ("--weeks", "13"), ("--burn-in", "13")],
        "calibrate" => {
            &[("--waves", "1"), ("--first", "8"), ("--sets", "4"), ("--burn-in", "2"), ("--out", "results/calibration")]
        }
        "validate" => &[("--replications", "1"), ("--burn-in", "4")],
        "bench" => &[("--residents", "500"), ("--weeks", "2")],
        _ => &[],
    };
    for (flag, value) in small {
        if let Some(at) = arguments.iter().position(|argument| argument == flag) {
            arguments.drain(at..at + 2);
        }
        arguments.extend([(*flag).to_owned(), (*value).to_owned()]);
    }
    arguments
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder can be made");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let copy = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy_folder(&path, &copy);
        } else {
            fs::copy(&path, &copy).expect("a file can be copied");
        }
    }
}

/// Whether this machine has Python with pandas. The names in the blocks are checked without it.
fn has_pandas() -> bool {
    Command::new("python3").args(["-c", "import pandas"]).output().is_ok_and(|output| output.status.success())
}

#[test]
fn every_command_of_the_pages_works() {
    let folder = tempfile::tempdir().expect("a folder");
    copy_folder(Path::new("scenarios"), &folder.path().join("scenarios"));
    copy_folder(Path::new("tests/data"), &folder.path().join("tests/data"));
    let mut ran = 0;
    for line in TYPED.iter().flat_map(|path| command_lines(&page(path))) {
        if let Some(arguments) = noaber_arguments(&line) {
            let output = Command::new(env!("CARGO_BIN_EXE_noaber"))
                .args(made_small(arguments))
                .current_dir(folder.path())
                .output()
                .expect("the program starts");
            assert!(output.status.success(), "`{line}` failed:\n{}", String::from_utf8_lossy(&output.stderr));
            ran += 1;
        } else if let Some(script) = line.strip_prefix("bash ") {
            assert!(Path::new(script).is_file(), "`{line}`: there is no such script");
        } else if let Some(bench) = line.strip_prefix("cargo bench --bench ") {
            assert!(Path::new("benches").join(format!("{bench}.rs")).is_file(), "`{line}`: there is no such bench");
        } else {
            assert!(line == "cargo bench", "a command that this test does not know: `{line}`");
        }
    }
    assert!(ran >= 8, "only {ran} commands were found");
    assert!(folder.path().join("results/l-flat/report.en.html").is_file(), "the report is where the README says");

    if !has_pandas() {
        println!("the blocks of Python were not run: there is no python3 with pandas here");
        return;
    }
    for (_, block) in blocks(&page("README.md")).into_iter().filter(|(language, _)| language == "python") {
        let output =
            Command::new("python3").args(["-c", &block]).current_dir(folder.path()).output().expect("it starts");
        assert!(output.status.success(), "{block}\n{}", String::from_utf8_lossy(&output.stderr));
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(printed.lines().count() > 3 && !printed.contains("Empty"), "{block}\nprints:\n{printed}");
    }
}

/// What stands between quotes, the inner ones of a query included.
fn quoted_words(block: &str) -> BTreeSet<String> {
    let odd_parts =
        |text: &str, quote: char| -> Vec<String> { text.split(quote).skip(1).step_by(2).map(str::to_owned).collect() };
    let outer = block.lines().flat_map(|line| odd_parts(line, '"')).collect::<Vec<_>>();
    let inner = outer.iter().flat_map(|text| odd_parts(text, '\'')).collect::<Vec<_>>();
    outer.into_iter().filter(|text| !text.contains('\'')).chain(inner).collect()
}

#[test]
fn names_that_are_read_from_tables_exist() {
    let known: BTreeSet<&str> = (WEEKLY.iter().copied())
        .chain(EFFECTS)
        .chain(MEASURES.iter().map(|measure| measure.key))
        .chain(GROUPS.iter().map(|group| group.key))
        .collect();
    let mut checked = 0;
    for (language, block) in blocks(&page("README.md")) {
        if language != "python" && language != "r" {
            continue;
        }
        for word in quoted_words(&block) {
            let file = word.rsplit_once('/').map(|(_, file)| file);
            let is_table = file.is_some_and(|file| ["weekly.csv", "effects.csv"].contains(&file));
            assert!(is_table || known.contains(word.as_str()), "`{word}` is no column, measure, group or table");
            checked += 1;
        }
    }
    assert!(checked > 10, "only {checked} words were found");
}

#[test]
fn the_page_names_the_targets_that_are_not_met() {
    let mut table = csv::Reader::from_path("results/reference/targets.csv").expect("what validate gave");
    let header = table.headers().expect("a header").clone();
    let column = |name: &str| header.iter().position(|own| own == name).expect("a column of targets.csv");
    let (key, met) = (column("target"), column("target_met"));
    let verdicts: BTreeMap<String, bool> =
        table.records().map(|row| row.expect("a row")).map(|row| (row[key].to_owned(), &row[met] == "1")).collect();
    let missed: Vec<&str> = verdicts.iter().filter(|(_, met)| !**met).map(|(key, _)| key.as_str()).collect();
    let names = if missed.is_empty() { "none".to_owned() } else { missed.join(", ") };
    let words = format!("Targets met: {} of {}. Not met: {names}.", verdicts.len() - missed.len(), verdicts.len());
    assert!(page("README.md").contains(&words), "README.md does not say `{words}`");
}

#[test]
fn every_relative_link_leads_somewhere() {
    let mut followed = 0;
    let studies = fs::read_dir("scenarios").expect("the studies").map(|entry| entry.expect("an entry").path());
    let studies = studies.filter(|path| path.is_dir()).map(|path| format!("{}/README.md", path.display()));
    for path in PAGES.iter().map(|path| (*path).to_owned()).chain(studies) {
        let path = path.as_str();
        let folder = Path::new(path).parent().expect("a page stands in a folder");
        for link in page(path).split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.contains("://") || link.starts_with('#') {
                continue;
            }
            let file = link.split('#').next().unwrap_or(link);
            assert!(folder.join(file).exists(), "{path} points at {link}, which is not there");
            followed += 1;
        }
    }
    assert!(followed > 10, "only {followed} links were found");
}

#[test]
fn the_first_command_asks_what_the_study_itself_asks() {
    let text = page("README.md");
    let line = command_lines(&text).into_iter().find(|line| line.contains("-- compare")).expect("the main job");
    let study = read_study(&["scenarios/l-flat".into()], &[], &Overrides::default()).expect("a sound study");
    let design = study.scenarios[0].design;
    let wanted = format!("--replications {} --weeks {}", design.replications, design.weeks);
    assert!(line.ends_with(&wanted), "`{line}` should end with `{wanted}`, as the reference results do");
}

#[test]
fn the_page_stays_short() {
    let lines = page("README.md").lines().count();
    assert!(lines < 200, "{lines} lines");
}
