//! Files of published targets: how their faults are told, what comes with the program, and what `noaber validate` does.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must fail")]

use std::fs;
use std::process::{Command, Output};

use noaber::observation::RESIDENT_COLUMNS;
use noaber::scenario::targets::{Asked, Protocol, Unit};
use noaber::scenario::{Overrides, Targets, read_targets};
use tempfile::TempDir;

const NEIGHBOURHOOD: &str = include_str!("../src/scenario/new_study/baseline.toml");
const TARGETS: &str = r#"[survey]
weeks = 3
replications = 2
[neighbourhoods.street]
file = "street.toml"
population_share = 1
[targets.T1]
title = { nl = "Contact met buren", en = "Contact with neighbours" }
source = "Survey, with a comma"
codes = ["V1", "V2"]
population = "15 and over"
year = "2022"
tolerance_reason = "one year"
[targets.T1.parts.weekly]
name = { nl = "elke week", en = "weekly" }
of = "weekly_contact_neighbours"
where = { age_from = 15 }
value = 0.5
tolerance = 0.6
[targets.T2]
title = { nl = "Huishoudens", en = "Households" }
source = "Count"
codes = ["M"]
population = "households"
year = "2024"
tolerance_reason = "none needed"
input = true
[targets.T2.parts.size]
name = { nl = "grootte", en = "size" }
protocol = "households"
outcome = "mean-size"
value = 40
tolerance = 1
"#;

/// A folder with a neighbourhood and this file of targets.
fn folder(targets: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("street.toml"), NEIGHBOURHOOD).unwrap();
    fs::write(folder.path().join("targets.toml"), targets).unwrap();
    folder
}

fn read(targets: &str) -> Result<Targets, String> {
    let folder = folder(targets);
    let read = read_targets(Some(&folder.path().join("targets.toml")), &[], &Overrides::default());
    read.map_err(|faults| faults.to_string())
}

/// The file with one piece replaced is refused with exactly one fault, which holds all these words.
fn refused(from: &str, to: &str, words: &[&str]) {
    assert!(TARGETS.contains(from), "{from}");
    let faults = read(&TARGETS.replacen(from, to, 1)).unwrap_err();
    for word in words {
        assert!(faults.contains(word), "`{word}` is not told in\n{faults}");
    }
    assert!(faults.trim_end().ends_with("1 fault"), "{faults}");
}

fn noaber(folder: &TempDir, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_noaber")).args(args).current_dir(folder.path()).output().unwrap()
}

#[test]
fn each_fault_names_its_line_and_a_way_out() {
    refused("age_from = 15", "aeg_from = 15", &["`aeg_from` is no column", "targets.toml:17", "did you mean `age`?"]);
    refused("age_from = 15", "sex = \"boy\"", &["`sex` is the text \"boy\"", "woman, man"]);
    refused("age_from = 15", "sex_from = 1", &["`sex_from` is", "a bound wants a number"]);
    refused("age_from = 15", "neighbourhood = \"lane\"", &["no neighbourhood \"lane\"", "`street`"]);
    refused("weekly_contact_neighbours", "weekly_contact_neighbors", &["did you mean \"weekly_contact_neighbours\"?"]);
    refused("weekly_contact_neighbours", "sex", &["a column of words"]);
    refused("mean-size", "mean_size", &["no outcome of `households`", "did you mean \"mean-size\"?"]);
    refused("outcome = \"mean-size\"\n", "", &["names no outcome", "`one-person`"]);
    refused("protocol = \"households\"\noutcome = \"mean-size\"\n", "", &["neither `of` nor `protocol`"]);
    refused(
        "outcome = \"mean-size\"\n",
        "outcome = \"mean-size\"\nat_least = 1\n",
        &["`at_least` says nothing without `of`"],
    );
    refused("tolerance = 0.6", "tolerance = 0", &["`targets.T1.parts.weekly.tolerance` is 0, out of range"]);
    refused("population_share = 1", "population_share = 0.9", &["are 0.9 of the population, not all of it"]);
    refused(
        "file = \"street.toml\"",
        "file = \"streat.toml\"",
        &["cannot be read", "did you mean `street.toml`?", "targets.toml:5"],
    );
    refused("codes = [\"M\"]", "codes = [\"V9\"]", &["\"V9\"", "`V1`"]);
}

#[test]
fn all_faults_of_all_files_are_told_at_once() {
    let folder = folder(&TARGETS.replacen("value = 0.5", "valeu = 0.5", 1).replacen("input = true", "input = 1", 1));
    let broken = NEIGHBOURHOOD.replacen("vacant_share = 0.02", "vacant_share = 2", 1);
    fs::write(folder.path().join("street.toml"), broken).unwrap();
    let output = noaber(&folder, &["validate", "targets.toml", "--set", "time.nonsense=1"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(3), "{told}");
    for word in ["valeu", "`targets.T2.input` is", "vacant_share", "nonsense", "4 faults"] {
        assert!(told.contains(word), "{word}\n{told}");
    }
    assert!(output.stdout.is_empty());
}

#[test]
fn the_targets_that_come_with_the_program_read_without_a_folder() {
    let targets = read_targets(None, &[], &Overrides::default()).unwrap_or_else(|faults| panic!("{faults}"));
    let keys: Vec<String> = targets.targets.iter().map(|target| target.key.clone()).collect();
    assert_eq!(keys, (1..=16).map(|number| format!("T{number}")).collect::<Vec<_>>());
    let shares: f64 = targets.neighbourhoods.iter().map(|part| part.share).sum();
    assert!((shares - 1.0).abs() < 1e-9, "{shares}");
    let parts = || targets.targets.iter().flat_map(|target| &target.parts);
    assert!(parts().all(|part| part.tolerance > 0.0 && part.value > 0.0));
    assert!(parts().filter(|part| part.unit() == Unit::Share).all(|part| part.value < 1.0), "a share is a part of 1");
    for protocol in Protocol::ALL {
        assert!(parts().any(|part| matches!(part.asked, Asked::Protocol(own, _) if own == protocol)), "{protocol:?}");
    }
    assert!(targets.targets.iter().all(|target| !target.tolerance_reason.is_empty() && !target.code.is_empty()));
}

#[test]
fn every_outcome_and_word_column_has_names_that_tell_them_apart() {
    for protocol in Protocol::ALL {
        let mut keys: Vec<&str> = protocol.outcomes().iter().map(|outcome| outcome.key).collect();
        let count = keys.len();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), count, "{protocol:?}");
    }
    // Filters on a column of words read the allowed words from its range.
    for column in RESIDENT_COLUMNS.iter().filter(|column| column.unit == "word") {
        assert!(column.range.split(", ").count() > 1, "{}", column.name);
    }
}

#[test]
fn validate_writes_a_table_and_a_figure_and_ends_well_whatever_the_verdict() {
    let folder = folder(TARGETS);
    let args = ["validate", "targets.toml", "--burn-in", "2", "--quiet", "--lang", "nl", "--out", "out/held"];
    let output = noaber(&folder, &args);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "quiet is quiet");
    let text = String::from_utf8(output.stdout).unwrap();
    for words in ["1 van de 2", "T1 Contact met buren: gehaald", "T2 Huishoudens: niet gehaald", "V1/V2"] {
        assert!(text.contains(words), "{words}\n{text}");
    }
    let out = folder.path().join("out/held");
    let png = fs::read(out.join("targets.nl.png")).unwrap();
    assert!(png.starts_with(b"\x89PNG"));
    assert!(fs::read_to_string(out.join("targets.nl.svg")).unwrap().contains("1 van de 2"));
    let mut table = csv::Reader::from_path(out.join("targets.csv")).unwrap();
    let head = table.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.unwrap()).collect();
    let cell = |row: usize, name: &str| rows[row][head.iter().position(|column| column == name).unwrap()].to_owned();
    assert_eq!((rows.len(), cell(0, "source").as_str()), (2, "Survey, with a comma"));
    assert_eq!((cell(0, "met"), cell(1, "met"), cell(1, "input")), ("1".into(), "0".into(), "1".into()));
    let number = |row: usize, name: &str| cell(row, name).parse::<f64>().unwrap();
    let off = (number(1, "simulated") - 40.0).abs();
    assert!((number(1, "distance") - off).abs() < 1e-5 && number(1, "low") <= number(1, "simulated"));
}

#[test]
fn the_same_table_comes_out_for_any_number_of_threads_and_another_for_another_seed() {
    let folder = folder(TARGETS);
    let table = |out: &str, more: &[&str]| {
        let args = [&["validate", "targets.toml", "--burn-in", "2", "--quiet", "--out", out], more].concat();
        assert!(noaber(&folder, &args).status.success());
        fs::read(folder.path().join(out).join("targets.csv")).unwrap()
    };
    let one = table("one", &["--threads", "1"]);
    assert!(one == table("two", &["--threads", "2"]) && one == table("eight", &["--threads", "8"]));
    assert!(one != table("other", &["--seed", "9"]));
}
