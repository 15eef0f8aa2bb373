//! `noaber calibrate`, and studies that draw the parameter sets that it found.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use noaber::experiment::fingerprint::fingerprint;
use noaber::model::parameters::priors::PRIORS;
use noaber::scenario::ParameterSets;
use tempfile::TempDir;

const TARGETS: &str = r#"[survey]
weeks = 3
replications = 1
[neighbourhoods.street]
file = "street.toml"
population_share = 1
[targets.T1]
title = { nl = "Contact met buren", en = "Contact with neighbours" }
source = "Survey"
codes = ["V1"]
population = "adults"
year = "2022"
tolerance_reason = "one year"
[targets.T1.parts.weekly]
name = { nl = "elke week", en = "weekly" }
of = "weekly_contact_neighbours"
value = 0.5
tolerance = 0.1
[targets.T2]
title = { nl = "Eenzaam", en = "Lonely" }
source = "Survey"
codes = ["V1"]
population = "adults"
year = "2022"
tolerance_reason = "one year"
[targets.T2.parts.lonely]
name = { nl = "eenzaam", en = "lonely" }
of = "loneliness"
at_least = 3
value = 0.43
tolerance = 0.1
"#;
const SMALL: [&str; 12] =
    ["--waves", "2", "--first", "12", "--next", "6", "--sets", "8", "--burn-in", "2", "--quiet", "--out"];
/// Two sets that differ in how often people run into each other.
const SETS: &str = "weight,encounters.per_week,ties.fade_weak\n1,2,0.012\n1,9,0.012\n";

fn noaber(folder: &TempDir, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_noaber")).args(args).current_dir(folder.path()).output().unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("street.toml"), include_str!("../src/scenario/new_study/baseline.toml")).unwrap();
    fs::write(folder.path().join("targets.toml"), TARGETS).unwrap();
    fs::write(folder.path().join("sets.csv"), SETS).unwrap();
    assert!(noaber(&folder, &["new", "demo"]).status.success());
    folder
}

fn calibrate(folder: &TempDir, out: &str, more: &[&str]) -> Output {
    noaber(folder, &[&["calibrate", "targets.toml"], &SMALL[..], &[out], more].concat())
}

/// All tables of a folder with their content.
fn tables(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut tables: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    tables.sort();
    tables
}

#[test]
fn a_calibration_writes_sets_that_a_comparison_takes() {
    let folder = folder();
    let made = calibrate(&folder, "found", &["--lang", "nl"]);
    assert!(made.status.success(), "{}", stderr(&made));
    assert!(made.stderr.is_empty(), "quiet is quiet");
    assert!(String::from_utf8_lossy(&made.stdout).contains("encounters.per_week"));
    let found = folder.path().join("found");
    let names: Vec<String> = tables(&found).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["fit.csv", "learnt.csv", "plausible.csv", "trade-offs.csv", "waves.csv"]);
    assert!(fs::read(found.join("learnt.nl.png")).unwrap().starts_with(b"\x89PNG"));
    let sets = ParameterSets::read(&found.join("plausible.csv")).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(sets.keys, PRIORS.iter().map(|prior| prior.key).collect::<Vec<_>>());
    let compared = noaber(
        &folder,
        &[
            "compare",
            "demo",
            "--parameters",
            "found/plausible.csv",
            "--replications",
            "2",
            "--weeks",
            "2",
            "--burn-in",
            "1",
            "--no-report",
        ],
    );
    assert!(compared.status.success(), "{}", stderr(&compared));
    assert!(!stderr(&compared).contains("another version"), "the sets carry the fingerprint of this model");
}

#[test]
fn the_same_sets_come_out_for_any_number_of_threads_and_after_an_interruption() {
    let folder = folder();
    let found = |out: &str, more: &[&str]| {
        let made = calibrate(&folder, out, more);
        assert!(made.status.success(), "{}", stderr(&made));
        tables(&folder.path().join(out))
    };
    let one = found("one", &["--threads", "1"]);
    assert!(one == found("two", &["--threads", "2"]) && one == found("eight", &["--threads", "8"]));
    assert!(one != found("other", &["--seed", "9"]));
    // As if it had been killed in the middle: half of the journal, the last line broken, and no tables.
    let journal = folder.path().join("one/simulations.journal");
    let text = fs::read_to_string(&journal).unwrap();
    fs::remove_dir_all(folder.path().join("one")).unwrap();
    fs::create_dir(folder.path().join("one")).unwrap();
    fs::write(&journal, &text[..text.len() / 2]).unwrap();
    assert!(one == found("one", &["--resume"]));
}

#[test]
fn nothing_is_resumed_or_replaced_that_is_another_calibration() {
    let folder = folder();
    assert!(calibrate(&folder, "found", &[]).status.success());
    let other = |more: &[&str]| calibrate(&folder, "found", &[&["--set", "parameters.ties.known=0.05"], more].concat());
    assert_eq!(other(&["--resume"]).status.code(), Some(1));
    assert_eq!(other(&[]).status.code(), Some(1));
    assert!(other(&["--force"]).status.success());
}

#[test]
fn known_truths_are_tried() {
    let folder = folder();
    let tried = calibrate(&folder, "truths", &["--truth", "2"]);
    assert!(tried.status.success(), "{}", stderr(&tried));
    let table = fs::read_to_string(folder.path().join("truths/coverage.csv")).unwrap();
    assert_eq!(table.lines().count(), 1 + PRIORS.len() + 2);
}

/// Compares the demo with these sets in few weeks.
fn compare(folder: &TempDir, out: &str, more: &[&str]) -> Output {
    let args = ["compare", "demo", "--weeks", "3", "--burn-in", "2", "--replications", "5", "--out", out];
    noaber(folder, &[&args[..], more].concat())
}

fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

#[test]
fn a_comparison_draws_sets_for_pairs_of_replications_and_tells_chance_and_ignorance_apart() {
    let folder = folder();
    let made = compare(&folder, "r", &["--parameters", "sets.csv", "--seed", "3"]);
    assert!(made.status.success(), "{}", stderr(&made));
    let parameters = read(&folder, "r/parameters.csv");
    let rows: Vec<Vec<&str>> = parameters.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 5 * 2);
    let set = |replication: &str| rows.iter().find(|row| row[0] == replication).unwrap()[1];
    assert_eq!((set("0"), set("2")), (set("1"), set("3")));
    let uncertainty = read(&folder, "r/uncertainty.csv");
    assert!(
        uncertainty.starts_with("scenario,measure,group,difference,low,high,sd_chance,sd_ignorance,share_ignorance\n")
    );
    assert!(uncertainty.lines().any(|line| line.starts_with("community-builder,lonely,all,")));
    assert!(read(&folder, "r/columns.csv").contains("uncertainty.csv,sd_ignorance"));
    let manifest: serde_json::Value = serde_json::from_str(&read(&folder, "r/manifest.json")).unwrap();
    assert_eq!(manifest["parameters"]["origin"], "sets.csv");
    assert_eq!(manifest["parameters"]["draws"], 3);
    let resolved = read(&folder, "r/scenarios/baseline.resolved.toml");
    assert!(resolved.contains("# per_week is drawn for each replication: see parameters.csv"));
    for (file, words) in
        [("r/report.nl.html", "verschillende stellen getallen"), ("r/report.en.html", "different sets of them")]
    {
        assert!(read(&folder, file).contains(words), "{file}");
    }
    // The kept copies and the table of parameters live the same replications once more.
    let traced = noaber(&folder, &["trace", "r", "--replication", "2"]);
    assert!(traced.status.success(), "{}", stderr(&traced));
}

#[test]
fn the_drawn_parameters_are_lived_and_what_a_study_sets_itself_is_kept() {
    let folder = folder();
    let table = |out: &str, more: &[&str]| {
        let made = compare(&folder, out, &[&["--no-report"], more].concat());
        assert!(made.status.success(), "{}", stderr(&made));
        (read(&folder, &format!("{out}/weekly.csv")), stderr(&made))
    };
    fs::write(folder.path().join("nine.csv"), "weight,encounters.per_week\n1,9\n").unwrap();
    let (drawn, _) = table("drawn", &["--parameters", "nine.csv"]);
    let (set, _) = table("set", &["--set", "parameters.encounters.per_week=9"]);
    let (plain, _) = table("plain", &[]);
    assert!(drawn == set, "one set is as good as --set");
    assert!(drawn != plain);
    let (kept, said) = table("kept", &["--parameters", "sets.csv", "--set", "parameters.encounters.per_week=9"]);
    assert!(kept == set, "--set keeps precedence, and the other parameter of the sets has its default");
    assert!(said.contains("Not drawn in `baseline`, since they are set there: encounters.per_week"), "{said}");
    assert!(
        !folder.path().join("plain/parameters.csv").exists() && !folder.path().join("plain/uncertainty.csv").exists()
    );
}

#[test]
fn faults_of_a_table_end_with_3_and_the_shipped_sets_are_used_or_refused_with_a_remedy() {
    let folder = folder();
    fs::write(folder.path().join("wrong.csv"), "weight,encounters.per_wek\n1,x\n").unwrap();
    for (table, words) in [("wrong.csv", "did you mean `encounters.per_week`?"), ("nowhere.csv", "cannot be read")] {
        let refused = compare(&folder, "r", &["--parameters", table]);
        assert_eq!(refused.status.code(), Some(3));
        assert!(stderr(&refused).contains(words), "{}", stderr(&refused));
    }
    let asked = compare(&folder, "r", &["--parameters", "plausible", "--no-report"]);
    if ParameterSets::shipped().unwrap_or_else(|faults| panic!("{faults}")).sets.is_empty() {
        assert_eq!(asked.status.code(), Some(3));
        assert!(stderr(&asked).contains("noaber calibrate"), "{}", stderr(&asked));
    } else {
        assert!(asked.status.success(), "{}", stderr(&asked));
    }
}

#[test]
fn the_shipped_sets_were_found_with_this_model() {
    let shipped = ParameterSets::shipped().unwrap_or_else(|faults| panic!("{faults}"));
    // Without sets there is no fingerprint either, and nothing that could be of another model.
    let marks: BTreeSet<String> = shipped.fingerprint.into_iter().collect();
    let free =
        |values: &[f64]| -> Vec<(String, f64)> { shipped.keys.iter().cloned().zip(values.iter().copied()).collect() };
    let here: BTreeSet<String> = shipped
        .sets
        .first()
        .map(|first| free(&first.values))
        .iter()
        .map(|free| fingerprint(&free.iter().map(|(key, value)| (key.as_str(), *value)).collect::<Vec<_>>()).unwrap())
        .collect();
    assert_eq!(
        here, marks,
        "the model has changed since the shipped parameter sets were found; renew them with: cargo run --release -- \
         calibrate --out results/calibration && cp results/calibration/plausible.csv src/scenario/parameter_sets/"
    );
}
