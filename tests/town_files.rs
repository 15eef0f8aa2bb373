//! Towns: districts that are whole neighbourhoods, each laid over what is said of all.
#![expect(clippy::unwrap_used, reason = "a test that cannot set itself up must fail")]

use std::path::Path;

use noaber::scenario::{Overrides, Study, json_schema, read_study};
use tempfile::TempDir;

const NEIGHBOURHOOD: &str = include_str!("../src/scenario/new_study/baseline.toml");

/// What a town says of all: the new study without who lives there and in what.
fn common() -> String {
    let without = |text: String, from: &str, to: &str| {
        let (a, b) = (text.find(from).unwrap(), text.find(to).unwrap());
        format!("{}{}", &text[..a], &text[b..])
    };
    let text = without(NEIGHBOURHOOD.to_owned(), "[composition]", "[buildings.");
    without(text, "[buildings.", "[places.")
}

/// The file of one neighbourhood: who lives there and in what, with so many homes in the flat.
fn neighbourhood(homes: u32) -> String {
    let (from, to) = (NEIGHBOURHOOD.find("[composition]").unwrap(), NEIGHBOURHOOD.find("[places.").unwrap());
    let flat = NEIGHBOURHOOD.find("[buildings.flat]").unwrap();
    let was = NEIGHBOURHOOD[flat..].lines().find(|line| line.starts_with("homes = ")).unwrap();
    NEIGHBOURHOOD[from..to].replacen(was, &format!("homes = {homes}"), 1)
}

const EAST: &str = "[districts.east]\nextends = \"parts/east.toml\"\nx_metres = 0\ny_metres = 0\n";
const WEST: &str = "[districts.west]\nextends = \"parts/west.toml\"\nx_metres = 900\ny_metres = 0\n";

fn town(districts: &str, files: &[(&str, String)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("baseline.toml", &format!("{}\n{districts}", common()));
    write("parts/east.toml", &neighbourhood(60));
    write("parts/west.toml", &neighbourhood(90));
    for (name, text) in files {
        write(name, text);
    }
    folder
}

fn read(folder: &Path, sets: &[&str]) -> Result<Study, String> {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    read_study(&[folder.to_path_buf()], &sets, &Overrides::default()).map_err(|faults| faults.to_string())
}

fn sound(folder: &TempDir, sets: &[&str]) -> Study {
    read(folder.path(), sets).unwrap_or_else(|faults| panic!("{faults}"))
}

/// An alternative that says this.
fn alternative(text: &str) -> String {
    format!("extends = \"baseline.toml\"\n[title]\nnl = \"a\"\nen = \"a\"\n{text}")
}

#[test]
fn each_district_has_its_own_homes_and_what_is_said_of_all() {
    let study = sound(&town(&format!("{EAST}{WEST}"), &[]), &[]);
    let plan = &study.scenarios[0].blueprint;
    let [east, west] = &plan.districts[..] else { panic!("two districts") };
    assert_eq!((east.key.as_str(), east.at, west.at), ("east", Some([0.0, 0.0]), Some([900.0, 0.0])));
    assert_eq!(west.blueprint.homes(), east.blueprint.homes() + 30);
    assert_eq!(plan.all_homes(), u64::from(west.blueprint.homes() + east.blueprint.homes()));
    assert_eq!(east.blueprint.places, west.blueprint.places);
    assert!(!east.blueprint.places.is_empty());
    let inputs: Vec<bool> =
        study.scenarios[0].inputs.iter().map(|input| input.path.ends_with("parts/east.toml")).collect();
    assert_eq!(inputs.iter().filter(|is_east| **is_east).count(), 1);
}

#[test]
fn what_is_said_later_of_all_holds_in_every_district() {
    let own = "[districts.east.neighbourhood]\npublic_space_share = 0.2\n";
    let folder = town(
        &format!("{EAST}{WEST}{own}"),
        &[
            ("all.toml", alternative("[neighbourhood]\npublic_space_share = 0.9\n")),
            (
                "one.toml",
                alternative("[districts.west.places.cafe]\nkind = \"snack-bar\"\nx_metres = 5\ny_metres = 5\n"),
            ),
        ],
    );
    let of = |study: &Study, scenario: usize| -> Vec<f32> {
        let districts = &study.scenarios[scenario].blueprint.districts;
        districts.iter().map(|district| district.blueprint.public_space.get()).collect()
    };
    let study = sound(&folder, &[]);
    assert_eq!(of(&study, 0)[0], 0.2);
    assert_eq!(of(&study, 1), [0.9, 0.9]);
    assert_eq!(of(&sound(&folder, &["neighbourhood.public_space_share=0.7"]), 0), [0.7, 0.7]);
    assert_eq!(of(&sound(&folder, &["districts.west.neighbourhood.public_space_share=0.7"]), 0), [0.2, 0.7]);
    let places: Vec<usize> =
        study.scenarios[2].blueprint.districts.iter().map(|district| district.blueprint.places.len()).collect();
    assert_eq!(places[1], places[0] + 1);
}

#[test]
fn a_resolved_town_read_again_is_the_same() {
    let own = "[districts.east.composition]\nincome_difficulty_share = 0.44\n";
    let study = sound(&town(&format!("{EAST}{WEST}{own}"), &[]), &[]);
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("baseline.toml"), &study.scenarios[0].resolved).unwrap();
    assert_eq!(sound(&folder, &[]).scenarios[0].blueprint, study.scenarios[0].blueprint);
}

#[test]
fn faults_of_a_district_are_told_where_they_were_written() {
    let refused = |districts: &str, files: &[(&str, String)], words: &[&str]| {
        let folder = town(districts, files);
        let faults = read(folder.path(), &[]).expect_err(districts);
        for word in words {
            assert!(faults.contains(word), "`{word}` is not told in\n{faults}");
        }
        assert!(faults.trim_end().ends_with("\n1 fault"), "{faults}");
    };
    let both = format!("{EAST}{WEST}");
    let broken = neighbourhood(60).replacen("homes = 60", "homes = -60", 1);
    refused(&both, &[("parts/east.toml", broken)], &["`buildings.flat.homes` is -60", "parts/east.toml:"]);
    let none = neighbourhood(60).replacen("[buildings.flat]", "[building.flat]", 1);
    refused(&both, &[("parts/west.toml", none)], &["unknown key `building`", "did you mean `buildings`?"]);
    refused(&EAST.replace("east.toml", "eest.toml"), &[], &["eest.toml` cannot be read", "did you mean `east.toml`?"]);
    refused(&EAST.replace("parts/", "../"), &[], &["points outside the folder", "baseline.toml:"]);
    refused(&EAST.replace("y_metres = 0\n", ""), &[], &["`districts.east` is only half on the map"]);
    let unplaced = WEST.replace("x_metres = 900\ny_metres = 0\n", "");
    refused(&format!("{EAST}{unplaced}"), &[], &["`districts.west` is not on the map and others are"]);
    let ages = format!("{EAST}[districts.east.composition]\nages = 1\n");
    refused(&ages, &[], &["`composition.ages` is the whole number 1"]);
    refused(&format!("{both}[districts.east.policies.p]\n"), &[], &["unknown key `policies` in `[districts.east]`"]);
    refused(
        &both,
        &[("a.toml", alternative("[districts.south]\nx_metres = 1\ny_metres = 1\nextends = \"parts/west.toml\"\n"))],
        &["`districts.south` is not in the baseline"],
    );
    refused(
        &both,
        &[("a.toml", alternative("[districts.west]\nenabled = false\n"))],
        &["`districts.west` is in the baseline and not here"],
    );
    refused(
        &both,
        &[("a.toml", alternative("[policies.asking]\nkind = \"ask-campaign\"\nway = \"personal\"\n"))],
        &["`[policies.asking]` has no `asks_per_week`", "a.toml:"],
    );
    refused(&both, &[("a.toml", alternative("[districts]\nwest = 1\n"))], &["`districts.west` is the whole number 1"]);
}

#[test]
fn the_schema_knows_districts() {
    let district = &json_schema()["properties"]["districts"]["additionalProperties"]["properties"];
    for key in ["extends", "x_metres", "buildings", "composition"] {
        assert!(district.get(key).is_some(), "{key}");
    }
}
