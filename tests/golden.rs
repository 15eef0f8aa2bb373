//! Golden runs: two tiny studies through the whole chain, from files to tables, against numbers kept in `tests/golden/`.
//!
//! They tell that results changed, not that they are wrong. When they should change, renew them with
//! `NOABER_RENEW=1 cargo test --test golden` and look at the difference before committing it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use noaber::experiment::{Replication, Watch, run};
use noaber::results::tables;
use noaber::scenario::{Overrides, Study, read_study};

/// Values may differ by so much of themselves: room for the last bits of another machine's arithmetic.
const TOLERANCE: f64 = 1e-9;
const RENEW: &str = "NOABER_RENEW=1 cargo test --test golden";

struct Nobody;

impl Watch for Nobody {}

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)
}

/// A study of a world and an alternative that extends it, run as the command line would.
fn lived(files: &[&str], overrides: &Overrides) -> (Study, Vec<Replication>) {
    let files: Vec<PathBuf> = files.iter().map(|file| here("worlds").join(file)).collect();
    let study = read_study(&files, &[], overrides).unwrap_or_else(|faults| panic!("{faults}"));
    let wanted: Vec<u32> = (0..study.scenarios[0].design.replications).collect();
    let ended = run(&study, &wanted, &Nobody).expect("nobody stops it");
    (study, ended.replications)
}

/// The last week of `weekly.csv` for everybody: one line for each scenario, replication and measure.
fn last_week(study: &Study, replications: &[Replication]) -> String {
    let mut table = Vec::new();
    tables::weekly(&mut table, study, replications).expect("memory takes all");
    let last = study.scenarios[0].design.weeks.to_string();
    let mut rows = csv::Reader::from_reader(table.as_slice());
    let mut kept = String::new();
    for row in rows.records().map(|row| row.expect("a row")) {
        if row[2] == last && &row[3] == "all" {
            writeln!(kept, "{},{},{},{}", &row[0], &row[1], &row[4], &row[5]).expect("a string takes all");
        }
    }
    kept
}

/// The effects at the last week on the first page's measures.
fn last_effects(study: &Study, replications: &[Replication]) -> String {
    let mut table = Vec::new();
    tables::effects(&mut table, study, replications).expect("memory takes all");
    let last = study.scenarios[0].design.weeks.to_string();
    let mut rows = csv::Reader::from_reader(table.as_slice());
    let mut kept = String::new();
    for row in rows.records().map(|row| row.expect("a row")) {
        if row[3] == last && &row[2] == "all" && &row[7] == "0.9" {
            let (low, high) = (&row[5], &row[6]);
            writeln!(kept, "{},{},{},{low},{high}", &row[0], &row[1], &row[4]).expect("a string takes all");
        }
    }
    kept
}

/// Lines by what they name, with the numbers behind it.
fn numbers(text: &str) -> BTreeMap<String, Vec<Option<f64>>> {
    let is_number = |cell: &&str| cell.is_empty() || cell.parse::<f64>().is_ok();
    text.lines()
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let values = cells.iter().rev().take_while(|cell| is_number(cell)).count();
            let (name, values) = cells.split_at(cells.len() - values);
            (name.join(","), values.iter().map(|value| value.parse().ok()).collect())
        })
        .collect()
}

fn is_near(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() <= TOLERANCE * one.abs().max(other.abs()).max(1e-3),
        (one, other) => one == other,
    }
}

/// Holds `found` against the golden file, or writes it there when asked to.
fn compare(file: &str, found: &str) {
    let path = here("golden").join(file);
    if std::env::var_os("NOABER_RENEW").is_some() {
        std::fs::write(&path, found).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return;
    }
    let golden = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}; make it with: {RENEW}", path.display()));
    let (golden, found) = (numbers(&golden), numbers(found));
    let names: Vec<&String> = golden.keys().chain(found.keys().filter(|name| !golden.contains_key(*name))).collect();
    let mut changes = String::new();
    for name in names {
        let same = match (golden.get(name), found.get(name)) {
            (Some(was), Some(is)) => was.len() == is.len() && was.iter().zip(is).all(|(was, is)| is_near(*was, *is)),
            _ => false,
        };
        if !same {
            writeln!(changes, "{name}: was {:?}, is {:?}", golden.get(name), found.get(name)).expect("a string");
        }
    }
    assert!(changes.is_empty(), "{file} has changed. If that is meant, renew it with: {RENEW}\n{changes}");
}

#[test]
fn the_last_week_of_a_corner_with_and_without_allocation_is_what_it_was() {
    let overrides = Overrides { weeks: Some(26), burn_in: Some(10), replications: Some(2), ..Overrides::default() };
    let (study, replications) = lived(&["corner.toml", "corner-with-allocation.toml"], &overrides);
    assert_eq!(study.scenarios.len(), 2);
    compare("corner.csv", &last_week(&study, &replications));
}

#[test]
fn the_effects_in_six_corners_with_more_workers_are_what_they_were() {
    let overrides = Overrides { weeks: Some(26), burn_in: Some(6), replications: Some(4), ..Overrides::default() };
    let (study, replications) = lived(&["six-corners.toml", "six-corners-with-worker.toml"], &overrides);
    compare("six-corners-effects.csv", &last_effects(&study, &replications));
}
