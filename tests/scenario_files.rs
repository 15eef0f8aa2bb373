//! Scenario files: what is accepted, merged and kept, and how every fault is told.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must fail")]

use std::path::{Path, PathBuf};

use noaber::model::policy::PolicyMeasure;
use noaber::scenario::{Overrides, Study, json_schema, new_study, read_scenario, read_study};
use tempfile::TempDir;

const BASELINE: &str = include_str!("../src/scenario/new_study/baseline.toml");

/// A folder with the baseline that `noaber new` writes, and these files beside or instead of it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("baseline.toml"), BASELINE).unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn read(folder: &Path, sets: &[&str]) -> Result<Study, String> {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    read_study(&[folder.to_path_buf()], &sets, &Overrides::default()).map_err(|faults| faults.to_string())
}

/// An alternative that extends the baseline and says this.
fn alternative(text: &str) -> String {
    format!("extends = \"baseline.toml\"\n[title]\nnl = \"a\"\nen = \"a\"\n{text}")
}

/// The rendered faults of a study whose alternative says this, without the folder's name.
fn faults_of(text: &str) -> String {
    let folder = folder(&[("a.toml", &alternative(text))]);
    let faults = read(folder.path(), &[]).unwrap_err();
    faults.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn a_new_study_is_sound() {
    let folder = TempDir::new().unwrap();
    let written = new_study(folder.path(), "my-street").unwrap();
    assert_eq!(written.len(), 3);
    let study = read(&folder.path().join("my-street"), &[]).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(study.key, "my-street");
    assert_eq!(study.scenarios.len(), 2);
    assert_eq!(study.scenarios[1].key, "community-builder");
    assert_eq!(study.scenarios[1].blueprint.professionals.len(), 1);
    println!("{}", study.scenarios[1].resolved);
}

#[test]
fn show() {
    println!("{}", faults_of("[composition.ages]\nunder_15_share = 0.9\n[policies.x]\nkind = \"allocate-homes\"\nhomes = 1000\nover_weeks = 0\nhours_per_week = 4\nbuilding = \"flta\"\n[places.park]\nkindd = \"x\"\nx_metres = 90000"));
}

fn shipped(name: &str) -> Study {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    read(&folder, &[]).unwrap_or_else(|faults| panic!("{faults}"))
}

#[test]
fn the_shipped_studies_are_sound() {
    let flat = shipped("l-flat");
    assert_eq!(flat.scenarios.len(), 6);
    let moerwijk = shipped("moerwijk");
    assert_eq!(moerwijk.scenarios.len(), 7);
}
