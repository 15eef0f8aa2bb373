//! The tables of the documentation that are made from the code: parameters, mechanisms, measures, groups, columns.
//!
//! `NOABER_RENEW=1 cargo test --test tables` writes them again; without it the test holds them up to date.

use std::fmt::Write as _;
use std::fs;

use noaber::experiment::calibrate::diagnose::ENDS;
use noaber::experiment::calibrate::weigh::quantile;
use noaber::model::parameters::priors::{four_digits, prior};
use noaber::model::parameters::{Mechanisms, Parameters};
use noaber::observation::{Better, GROUPS, MEASURES};
use noaber::scenario::ParameterSets;

const MADE: &str =
    "<!-- Made from the code by `NOABER_RENEW=1 cargo test --test tables`; changes made here are lost. -->\n";

/// A Markdown table.
fn table<const N: usize>(head: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    // A bar would end the cell, and a word in angle or square brackets would be read as a tag or a link.
    let cell = |text: &str| text.replace('|', "\\|").replace('<', "\\<").replace('[', "\\[").replace('\n', " ");
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut text = line(&head.map(str::to_owned));
    text += "|";
    text += &"---|".repeat(N);
    text += "\n";
    for row in rows {
        text += &line(&row.map(|text| cell(&text)));
    }
    text
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn range(low: f64, high: f64) -> String {
    if high.is_finite() { format!("{low} to {high}") } else { format!("{low} and up") }
}

/// The file as it should be against the file as it is.
fn held(path: &str, wanted: &str) {
    if std::env::var_os("NOABER_RENEW").is_some() {
        fs::write(path, wanted).expect("the sources can be written");
    }
    let there = fs::read_to_string(path).unwrap_or_default();
    assert!(there == wanted, "{path} is not up to date; renew it with: NOABER_RENEW=1 cargo test --test tables");
}

/// Where the middle 90 % of the weight lies; nothing for a parameter that is not free, or before any calibration.
fn plausible_range(shipped: &ParameterSets, key: &str) -> String {
    let Some(column) = shipped.keys.iter().position(|known| known == key) else { return String::new() };
    let values: Vec<f64> = shipped.sets.iter().map(|set| set.values[column]).collect();
    let weights: Vec<f64> = shipped.sets.iter().map(|set| set.weight).collect();
    let [low, high] = ENDS.map(|end| four_digits(quantile(&values, &weights, end)));
    format!("{low} to {high}")
}

#[test]
fn the_table_of_parameters_is_up_to_date() {
    let assumed = Parameters::TABLE.iter().filter(|info| info.source.starts_with("assumed")).count();
    let shipped = ParameterSets::shipped().unwrap_or_else(|faults| panic!("{faults}"));
    let mut text = format!(
        "{MADE}\n## Parameters\n\n{} parameters, of which {assumed} are assumed. A scenario sets one under \
         `[parameters.<group>]`, `--set` as `parameters.<group>.<name>=value`. Those with a prior are free: `noaber \
         calibrate` looks for the values that agree with published figures. Of these {}\n\n",
        Parameters::TABLE.len(),
        if shipped.sets.is_empty() {
            "no plausible range is known yet."
        } else {
            "the plausible range holds the middle 90 %."
        },
    );
    text += &table(
        ["parameter", "default", "unit", "range", "meaning", "source", "prior", "plausible range"],
        Parameters::TABLE.iter().map(|info| {
            let range = format!("{} to {}", info.low, info.high);
            [
                code(&info.key()),
                info.default.to_string(),
                info.unit.into(),
                range,
                info.meaning.into(),
                info.source.into(),
                prior(&info.key()).map_or_else(String::new, |prior| {
                    format!("{} to {}, {}: {}", prior.low, prior.high, prior.scale.key(), prior.reason)
                }),
                plausible_range(&shipped, &info.key()),
            ]
        }),
    );
    text += "\n## Mechanisms\n\nEach is on unless a scenario says `name = false` under `[mechanisms]`.\n\n";
    text += &table(
        ["switch", "what stops when it is off"],
        Mechanisms::TABLE.iter().map(|info| [code(info.name), info.meaning.into()]),
    );
    held("src/model/parameters.md", &text);
}

#[test]
fn the_table_of_measures_is_up_to_date() {
    let mut text = format!(
        "{MADE}\n## Measures\n\nThe smallest difference worth having is assumed, and a study may set its own.\n\n"
    );
    text += &table(
        ["measure", "unit", "range", "better", "sphere", "meaning", "source", "worthwhile"],
        MEASURES.iter().map(|measure| {
            let better = match measure.better {
                Better::Higher => "higher",
                Better::Lower => "lower",
                Better::Neither => "",
            };
            [
                code(measure.key),
                measure.unit.into(),
                range(measure.low, measure.high),
                better.into(),
                measure.sphere.key().into(),
                measure.meaning[1].into(),
                measure.source.into(),
                measure.worthwhile.to_string(),
            ]
        }),
    );
    text += "\n## Groups\n\n";
    text += &table(["group", "who"], GROUPS.iter().map(|group| [code(group.key), group.title[1].into()]));
    held("src/observation/measures.md", &text);
}

#[test]
fn the_table_of_columns_is_up_to_date() {
    let mut bytes = Vec::new();
    noaber::results::columns::write(&mut bytes).expect("memory can be written");
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    let mut text = MADE.to_owned();
    for file in [
        "weekly.csv",
        "effects.csv",
        "costs.csv",
        "cost_per_outcome.csv",
        "recovery.csv",
        "districts.csv",
        "district_effects.csv",
        "parameters.csv",
        "uncertainty.csv",
        "settings.csv",
        "rules.csv",
        "residents.csv",
        "ties.csv",
    ] {
        write!(text, "\n## `{file}`\n\n").expect("text can be written");
        // Rows such as `measure=lonely` explain a word within a column; the tables of measures and groups have those.
        let columns = rows.iter().filter(|row| &row[0] == file && !row[1].contains('='));
        text += &table(
            ["column", "unit", "range", "meaning", "source"],
            columns.map(|row| [code(&row[1]), row[2].into(), row[3].into(), row[4].into(), row[5].into()]),
        );
    }
    held("src/results/columns.md", &text);
}
