//! Every claim has its lever, its source, its test and its study, and the table of them in the documentation is up to date.
//!
//! `NOABER_RENEW=1 cargo test --test claims` writes the table again.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use noaber::model::claims::CLAIMS;
use noaber::scenario::json_schema;
use serde_json::Value;

const TABLE: &str = "src/model/claims.md";

/// Knock-out tests by row: those whose doc comment is the row and nothing else.
fn tests() -> BTreeMap<u32, Vec<String>> {
    let mut tests: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let mut files: Vec<PathBuf> = fs::read_dir("tests/mechanisms")
        .expect("the folder of knock-out tests")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .collect();
    files.sort();
    for file in files {
        let text = fs::read_to_string(&file).expect("a test file");
        let lines: Vec<&str> = text.lines().collect();
        let room = file.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        for three in lines.windows(3).filter(|three| three[1] == "#[test]") {
            let row = three[0].strip_prefix("/// M").and_then(|row| row.strip_suffix('.')?.parse().ok());
            let name = three[2].strip_prefix("fn ").and_then(|line| line.split('(').next());
            if let (Some(row), Some(name)) = (row, name) {
                tests.entry(row).or_default().push(format!("{room}::{name}"));
            }
        }
    }
    tests
}

/// Whether the schema of a scenario file knows a key such as `places.cost_euros_per_visit`, `policies.lockdown` (a kind) or
/// `parameters.asking`.
fn is_key(schema: &Value, key: &str) -> bool {
    let mut here = schema;
    for (depth, word) in key.split('.').enumerate() {
        let inside = here.get("additionalProperties").filter(|element| element.is_object()).unwrap_or(here);
        let kinds = &inside["properties"]["kind"]["enum"];
        let Some(next) = inside["properties"].get(word) else {
            let is_kind = |kinds: &Value| kinds.as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == word));
            return depth == 1 && key.starts_with("policies.") && is_kind(kinds);
        };
        here = next;
    }
    true
}

#[test]
fn no_row_lacks_lever_source_test_or_study() {
    let (schema, tests) = (json_schema(), tests());
    let mut lacking = Vec::new();
    for (place, claim) in CLAIMS.iter().enumerate() {
        assert_eq!(claim.row as usize, place + 1, "the rows are in order");
        let name = format!("M{}", claim.row);
        let mut lacks = |what: String| lacking.push(format!("{name}: {what}"));
        for lever in claim.levers.iter().filter(|lever| !is_key(&schema, lever)) {
            lacks(format!("there is no key `{lever}`"));
        }
        for source in claim.sources {
            match fs::read_to_string(format!("src/{source}.rs")) {
                Ok(text) if names(&text, claim.row) => {}
                Ok(_) => lacks(format!("src/{source}.rs does not name it")),
                Err(_) => lacks(format!("there is no src/{source}.rs")),
            }
        }
        if !tests.contains_key(&claim.row) {
            lacks("no test".to_owned());
        }
        for study in claim.studies {
            let readme = fs::read_to_string(format!("scenarios/{study}/README.md")).unwrap_or_default();
            if !names(&readme, claim.row) {
                lacks(format!("scenarios/{study}/README.md does not name it"));
            }
        }
    }
    assert_eq!(CLAIMS.len(), 57);
    assert!(lacking.is_empty(), "{lacking:#?}");
    assert!(tests.keys().all(|row| (1..=57).contains(row)), "{tests:?}");
}

/// Whether a text names a row, alone or within M27-M29.
fn names(text: &str, row: u32) -> bool {
    let number = |word: &str| word.strip_prefix('M').and_then(|digits| digits.parse::<u32>().ok());
    text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').any(|word| match word.split_once('-') {
        Some((from, to)) => number(from).zip(number(to)).is_some_and(|(from, to)| (from..=to).contains(&row)),
        None => number(word) == Some(row),
    })
}

#[test]
fn the_studies_are_those_of_the_table() {
    let named: Vec<&str> = CLAIMS.iter().flat_map(|claim| claim.studies).copied().collect();
    for entry in fs::read_dir("scenarios").expect("the shipped studies") {
        let path = entry.expect("an entry").path();
        let study = path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        assert!(
            !path.join("baseline.toml").is_file() || named.contains(&study.as_str()),
            "no claim is studied in {}",
            path.display()
        );
    }
}

#[test]
fn the_table_of_claims_is_up_to_date() {
    let tests = tests();
    let code = |words: &[&str]| words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let mut text = String::from(
        "<!-- Made from the code by `NOABER_RENEW=1 cargo test --test claims`; changes made here are lost. -->\n\n\
         | row | claim | lever | source | test | study |\n|---|---|---|---|---|---|\n",
    );
    for claim in CLAIMS {
        let sources: Vec<&str> =
            claim.sources.iter().map(|source| source.rsplit('/').next().unwrap_or(source)).collect();
        let own: Vec<&str> = tests.get(&claim.row).into_iter().flatten().map(String::as_str).collect();
        let (levers, sources) = (code(claim.levers), code(&sources));
        let (own, studies) = (code(&own), code(claim.studies));
        writeln!(text, "| M{} | {} | {levers} | {sources} | {own} | {studies} |", claim.row, claim.claim)
            .expect("text can be written");
    }
    if std::env::var_os("NOABER_RENEW").is_some() {
        fs::write(TABLE, &text).expect("the sources can be written");
    }
    let there = fs::read_to_string(Path::new(TABLE)).unwrap_or_default();
    assert!(there == text, "{TABLE} is not up to date; renew it with: NOABER_RENEW=1 cargo test --test claims");
}
