//! The shipped studies: each asks its question, runs, and has its reference results.
//!
//! They run here for a few weeks with one replication, so that a study that breaks is found at once; `results/renew` runs
//! them whole.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use noaber::experiment::{Watch, run};
use noaber::observation::MEASURES;
use noaber::scenario::{Overrides, Study, read_study};
use serde_json::Value;

/// At least so many studies are shipped.
const STUDIES: usize = 16;
const WEEKS: u32 = 6;

struct Nobody;

impl Watch for Nobody {}

/// The studies under `scenarios`, by name.
fn folders() -> Vec<PathBuf> {
    let entries = fs::read_dir("scenarios").expect("the shipped studies").map(|entry| entry.expect("an entry").path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.join("baseline.toml").is_file()).collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> String {
    folder.file_name().expect("a name").to_string_lossy().into_owned()
}

fn read(folder: &Path, overrides: &Overrides) -> Study {
    read_study(&[folder.to_path_buf()], &[], overrides).unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn every_study_says_what_it_asks_and_how_to_run_it() {
    let folders = folders();
    assert!(folders.len() >= STUDIES, "{} studies", folders.len());
    for folder in folders {
        let study = read(&folder, &Overrides::default());
        assert!(study.scenarios.len() >= 3, "{} compares {} scenarios", folder.display(), study.scenarios.len());
        assert!(
            study.question.iter().all(|words| words.ends_with('?')),
            "{} asks {:?}",
            folder.display(),
            study.question
        );
        let readme = fs::read_to_string(folder.join("README.md")).expect("every study has its README");
        let command = format!("compare scenarios/{}", name(&folder));
        assert!(readme.contains(&command), "{} does not say `noaber {command}`", folder.display());
        for scenario in &study.scenarios {
            assert!(scenario.description.iter().all(|words| !words.is_empty()), "{} has no description", scenario.key);
        }
    }
}

#[test]
fn every_study_runs_and_measures_what_it_shows_first() {
    let small = Overrides { weeks: Some(WEEKS), burn_in: Some(4), replications: Some(1), seed: None };
    for folder in folders() {
        let study = read(&folder, &small);
        let ended = run(&study, &[0], &Nobody).expect("nobody stops it");
        assert_eq!(ended.replications[0].courses.len(), study.scenarios.len());
        for (scenario, course) in study.scenarios.iter().zip(&ended.replications[0].courses) {
            let last = course.records.last().expect("every scenario is observed");
            assert_eq!(last.week, WEEKS as i32);
            for measure in &study.scenarios[0].headline {
                let value = last.value(0, *measure);
                let (low, high) = (MEASURES[*measure].low, MEASURES[*measure].high);
                assert!(
                    (low..=high).contains(&value),
                    "{} of {} in {} is {value}",
                    MEASURES[*measure].key,
                    scenario.key,
                    folder.display()
                );
            }
        }
    }
}

#[test]
fn every_study_has_reference_results_of_its_scenarios_and_says_which_revision_made_them() {
    for folder in folders() {
        let study = read(&folder, &Overrides::default());
        let file = |ending: &str| format!("results/reference/{}.{ending}", name(&folder));
        let table = fs::read_to_string(file("csv")).expect("renew the reference results with: bash results/renew");
        for scenario in &study.scenarios[1..] {
            let shown = table.lines().any(|line| line.starts_with(&format!("{},", scenario.key)));
            assert!(shown, "{} does not show {}", file("csv"), scenario.key);
        }
        let manifest = fs::read_to_string(file("json")).expect("a manifest beside the table");
        let manifest: Value = serde_json::from_str(&manifest).expect("the manifest is JSON");
        let revision = manifest["revision"].as_str().expect("a revision");
        let is_revision = revision.len() >= 7 && revision.chars().all(|letter| letter.is_ascii_hexdigit());
        assert!(is_revision, "{} was made by revision `{revision}`", file("csv"));
        assert_eq!(manifest["status"], "finished");
        assert_eq!(manifest["replications"], study.scenarios[0].design.replications);
        assert_eq!(manifest["weeks"], study.scenarios[0].design.weeks);
    }
}

#[test]
fn the_list_of_studies_is_up_to_date() {
    let mut text = String::from(
        "# Studies\n\n\
         <!-- Made from the files by `NOABER_RENEW=1 cargo test --test studies`; changes made here are lost. -->\n\n\
         Each is a folder with a baseline, alternatives and a README that says what is known and what is assumed. Run one with\n\
         `noaber compare scenarios/<study>`; what came out is in [`results/reference`](../results/README.md).\n\n\
         | study | question | alternatives |\n|---|---|---|\n",
    );
    for folder in folders() {
        let (name, study) = (name(&folder), read(&folder, &Overrides::default()));
        let alternatives: Vec<&str> = study.scenarios[1..].iter().map(|scenario| scenario.title[1].as_str()).collect();
        writeln!(text, "| [{name}]({name}/README.md) | {} | {} |", study.question[1], alternatives.join("; "))
            .expect("text can be written");
    }
    let path = "scenarios/README.md";
    if std::env::var_os("NOABER_RENEW").is_some() {
        fs::write(path, &text).expect("the sources can be written");
    }
    let there = fs::read_to_string(path).unwrap_or_default();
    assert!(there == text, "{path} is not up to date; renew it with: NOABER_RENEW=1 cargo test --test studies");
}
