//! The five outcomes on the first page (M55): what changes in each, in which sphere and for whom; and what goes along (M56).

use super::tables::Table;
use crate::model::quantities::Sphere;
use crate::observation::dictionary::{ASSOCIATIONS, Better, GROUPS, MEASURES, Measure, Outcome, measure_index};
use crate::report::data::{Effect, Results, mean, speaking_for};
use crate::report::numbers::{show, signed};
use crate::report::verdict::{Verdict, judge};
use crate::report::words::Words;
use crate::results::manifest::ScenarioNote;

/// What comes before the table.
pub fn intro(results: &Results, words: &Words) -> String {
    let baseline = words.pick(&results.baseline().title);
    if results.alternatives().is_empty() {
        return words.fill("outcomes_alone", &[("scenario", baseline)]);
    }
    words.fill_for(results.manifest.replications, "outcomes_intro", &[("baseline", baseline)])
}

/// Alternatives beside each other in one table, so that it fits a sheet of paper.
const MOST_COLUMNS: usize = 4;

/// The columns of each table: alternatives, as even as can be; no alternative when there is nothing to compare.
fn columns(results: &Results) -> Vec<Vec<&ScenarioNote>> {
    let alternatives = results.alternatives();
    let tables = alternatives.len().div_ceil(MOST_COLUMNS).max(1);
    let size = alternatives.len().div_ceil(tables).max(1);
    if alternatives.is_empty() { vec![Vec::new()] } else { alternatives.chunks(size).map(<[_]>::to_vec).collect() }
}

/// The five outcomes: a row for each measure that speaks for one, a column for every alternative.
pub fn tables(results: &Results, words: &Words) -> Vec<Table> {
    columns(results).iter().map(|columns| table(results, columns, words)).collect()
}

fn table(results: &Results, columns: &[&ScenarioNote], words: &Words) -> Table {
    let rows =
        Outcome::ALL.into_iter().flat_map(|outcome| speaking_for(outcome).map(move |measure| (outcome, measure)));
    let names = ["outcome", "measured_by"].map(|key| words.get(key));
    let heads = names.into_iter().chain(heads(columns, words));
    let mut table = Table::new(words.get("outcomes_caption"), 2, heads);
    for (outcome, measure) in rows {
        let sphere = words.get(match measure.sphere {
            Sphere::Personal => "sphere_personal",
            Sphere::Communal => "sphere_communal",
            Sphere::Institutional => "sphere_institutional",
        });
        let names = [words.pick(&outcome.title()).to_owned(), format!("{}\n{sphere}", with_unit(measure, words))];
        table.rows.push(names.into_iter().chain(cells(results, columns, measure, words)).collect());
    }
    table
}

/// What comes before the table of health.
pub fn health_intro(results: &Results, words: &Words) -> String {
    let band = format!("{:.0}", 100.0 * results.manifest.study.association_band);
    let mut text = words.get("health_intro").to_owned();
    if !results.alternatives().is_empty() {
        text.push(' ');
        text.push_str(&words.fill("health_band", &[("band", &band)]));
    }
    text
}

/// What goes along with the outcomes: health and staying at home.
pub fn health(results: &Results, words: &Words) -> Vec<Table> {
    let one = |columns: &Vec<&ScenarioNote>| {
        let heads = std::iter::once(words.get("measure")).chain(heads(columns, words));
        let mut table = Table::new(words.get("health_caption"), 1, heads);
        for measure in ASSOCIATIONS.iter().filter_map(|key| measure_index(key)).map(|place| &MEASURES[place]) {
            let name = std::iter::once(with_unit(measure, words));
            table.rows.push(name.chain(cells(results, columns, measure, words)).collect());
        }
        table
    };
    columns(results).iter().map(one).collect()
}

fn with_unit(measure: &Measure, words: &Words) -> String {
    let direction =
        if measure.better == Better::Lower { format!("; {}", words.get("less_is_better")) } else { String::new() };
    format!("{} ({}{direction})", words.pick(&measure.title), words.get(show(measure).unit))
}

/// The alternatives; start and end when there is nothing to compare.
fn heads<'a>(columns: &[&'a ScenarioNote], words: &'a Words) -> Vec<&'a str> {
    if columns.is_empty() {
        return vec![words.get("at_start"), words.get("at_end")];
    }
    columns.iter().map(|scenario| words.pick(&scenario.title)).collect()
}

/// What may be said of each alternative; the levels when there is nothing to compare.
fn cells(results: &Results, columns: &[&ScenarioNote], measure: &Measure, words: &Words) -> Vec<String> {
    if columns.is_empty() {
        let series = results.level(&results.baseline().key, measure.key);
        let said =
            |values: Option<&Vec<f64>>| values.map_or("–".to_owned(), |values| words.level(mean(values), measure));
        return vec![
            said(series.and_then(|series| series.values().next())),
            said(series.and_then(|series| series.values().next_back())),
        ];
    }
    let cell = |effect: Option<&Effect>| {
        effect.map_or(words.get("no_data").to_owned(), |effect| {
            format!("{}\n{}", words.verdict(effect, measure), words.difference(effect, measure))
        })
    };
    columns.iter().map(|scenario| cell(results.effect(&scenario.key, measure.key, 0))).collect()
}

/// The first measure of each outcome: the one that is shown by group.
fn first_measures() -> impl Iterator<Item = (Outcome, &'static Measure)> {
    Outcome::ALL.into_iter().filter_map(|outcome| Some((outcome, speaking_for(outcome).next()?)))
}

/// Who gains the most from each alternative in each outcome, and who loses.
pub fn for_whom(results: &Results, words: &Words) -> Table {
    let heads: Vec<String> = first_measures()
        .map(|(outcome, measure)| format!("{}: {}", words.pick(&outcome.title()), words.pick(&measure.title)))
        .collect();
    let head = std::iter::once(words.get("alternative")).chain(heads.iter().map(String::as_str));
    let mut table = Table::new(words.get("outcomes_whom_caption"), 1, head);
    for scenario in results.alternatives() {
        let name = std::iter::once(words.pick(&scenario.title).to_owned());
        table
            .rows
            .push(name.chain(first_measures().map(|(_, m)| most_and_least(results, scenario, m, words))).collect());
    }
    table
}

fn most_and_least(results: &Results, scenario: &ScenarioNote, measure: &Measure, words: &Words) -> String {
    let found: Vec<(usize, &Effect)> = results
        .groups_measured(measure.key)
        .into_iter()
        .filter_map(|group| Some((group, results.effect(&scenario.key, measure.key, group)?)))
        .collect();
    let extreme = |wanted: Verdict| {
        let clear = found.iter().filter(|(_, effect)| judge(effect, measure.better) == wanted);
        clear.max_by(|a, b| (a.1.difference.abs()).total_cmp(&b.1.difference.abs())).copied()
    };
    let said = |key: &str, (group, effect): (usize, &Effect)| {
        let how = show(measure);
        let size = signed(effect.difference * how.factor, how.decimals, words.language);
        words.fill(key, &[("group", words.pick(&GROUPS[group].title)), ("difference", &size)])
    };
    let most = extreme(Verdict::Better).map(|found| said("whom_most", found));
    let least = extreme(Verdict::Worse).map(|found| said("whom_worse", found));
    match (most, least) {
        (None, None) => words.get("whom_no_group").to_owned(),
        (most, least) => most.into_iter().chain(least).collect::<Vec<_>>().join("\n"),
    }
}

/// The first measure of each outcome by group, for one alternative.
pub fn by_group(results: &Results, scenario: &ScenarioNote, words: &Words) -> Table {
    let caption = words.fill("outcomes_groups_caption", &[("scenario", words.pick(&scenario.title))]);
    let heads: Vec<String> = first_measures()
        .map(|(outcome, measure)| format!("{}: {}", words.pick(&outcome.title()), with_unit(measure, words)))
        .collect();
    let head = std::iter::once(words.get("group")).chain(heads.iter().map(String::as_str));
    let mut table = Table::new(caption, 1, head);
    for group in (0..GROUPS.len()).filter(|group| GROUPS[*group].compares_like_with_like()) {
        let cell = |measure: &Measure| {
            results
                .effect(&scenario.key, measure.key, group)
                .map_or_else(|| words.get("nobody").to_owned(), |effect| words.difference(effect, measure))
        };
        let name = std::iter::once(words.pick(&GROUPS[group].title).to_owned());
        table.rows.push(name.chain(first_measures().map(|(_, measure)| cell(measure))).collect());
    }
    table
}
