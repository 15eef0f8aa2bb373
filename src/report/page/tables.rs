//! The tables of the page: beside every figure, and for the effort, the design and the words.

use serde::Serialize;

use crate::observation::dictionary::{Better, GROUPS, MEASURES, Measure, measure_index};
use crate::observation::profile::SCORES;
use crate::report::data::{EFFORT, Effect, Results, SettingProfile, mean, quantile};
use crate::report::numbers::{level, number, show, signed};
use crate::report::words::Words;
use crate::results::manifest::ScenarioNote;

/// A table as the template takes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table {
    caption: String,
    head: Vec<String>,
    /// How many cells at the start of a row are headers of that row.
    names: usize,
    pub(super) rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(
        caption: impl Into<String>,
        names: usize,
        head: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self { caption: caption.into(), names, head: head.into_iter().map(Into::into).collect(), rows: Vec::new() }
    }
}

fn titles<'a>(results: &'a Results, words: &'a Words) -> impl Iterator<Item = &'a str> {
    results.alternatives().into_iter().map(|scenario| words.pick(&scenario.title))
}

/// The interval alone: `−4,9 tot −1,2`.
fn interval(low: f64, high: f64, measure: &Measure, words: &Words) -> String {
    let how = show(measure);
    let text = |value: f64| number(value * how.factor, how.decimals, words.language);
    if !(low.is_finite() && high.is_finite()) {
        return "–".to_owned();
    }
    format!("{}\u{a0}{}\u{a0}{}", text(low), words.get("to"), text(high))
}

/// Verdicts: a row for every alternative, a column for every headline measure.
pub fn summary(results: &Results, words: &Words) -> Table {
    let head = std::iter::once(words.get("alternative")).chain(results.headline.iter().map(|m| words.pick(&m.title)));
    let mut table = Table::new(words.get("summary_caption"), 1, head);
    for scenario in results.alternatives() {
        let verdict = |m: &&'static Measure| {
            results.effect(&scenario.key, m.key, 0).map_or(words.get("no_data"), |e| words.verdict(e, m)).to_owned()
        };
        table.rows.push(
            std::iter::once(words.pick(&scenario.title).to_owned())
                .chain(results.headline.iter().map(verdict))
                .collect(),
        );
    }
    table
}

/// What the words of the verdicts mean.
pub fn vocabulary(words: &Words) -> Table {
    let mut table = Table::new(words.get("words_caption"), 1, [words.get("word"), words.get("meaning")]);
    for (verdicts, meaning) in [
        (["verdict_better", "verdict_worse"], "mean_clear"),
        (["verdict_probably_better", "verdict_probably_worse"], "mean_probably"),
        (["verdict_leans_better", "verdict_leans_worse"], "mean_leans"),
        (["verdict_unclear", ""], "mean_unclear"),
        (["verdict_too_small", ""], "mean_too_small"),
        (["verdict_no_difference", ""], "mean_no_difference"),
    ] {
        let names: Vec<&str> = verdicts.iter().filter(|key| !key.is_empty()).map(|key| words.get(key)).collect();
        table.rows.push(vec![names.join(" / "), words.get(meaning).to_owned()]);
    }
    table
}

/// The numbers of one of the figures of differences; `measures` are those that it shows.
pub fn effects(results: &Results, measures: &[&'static Measure], words: &Words) -> Table {
    let names: Vec<&str> = measures.iter().map(|measure| words.pick(&measure.title)).collect();
    let caption = words.fill_for(
        results.manifest.replications,
        "caption_effects",
        &[("baseline", words.pick(&results.baseline().title)), ("measures", &words.list(&names))],
    );
    let head =
        ["measure", "alternative", "difference", "half_interval", "runs_better", "verdict"].map(|key| words.get(key));
    let mut table = Table::new(caption, 2, head);
    for measure in measures {
        for scenario in results.alternatives() {
            let mut row = vec![words.pick(&measure.title).to_owned(), words.pick(&scenario.title).to_owned()];
            match results.effect(&scenario.key, measure.key, 0) {
                Some(effect) => row.extend([
                    words.difference_in_words(effect, measure),
                    interval(effect.half.low, effect.half.high, measure, words),
                    words.share_better(effect, measure).unwrap_or_else(|| effect.replications.to_string()),
                    words.verdict(effect, measure).to_owned(),
                ]),
                None => row.extend([words.get("no_data"), "–", "–", "–"].map(str::to_owned)),
            }
            table.rows.push(row);
        }
    }
    table
}

/// Levels at the start, the end and three moments between.
pub fn over_time(results: &Results, measure: &Measure, words: &Words) -> Table {
    let caption =
        words.fill_for(results.manifest.replications, "caption_time", &[("measure", words.pick(&measure.title))]);
    let scenarios: Vec<_> = std::iter::once(results.baseline()).chain(results.alternatives()).collect();
    let mut weeks: Vec<i32> =
        scenarios.iter().filter_map(|s| results.level(&s.key, measure.key)).flat_map(|s| s.keys().copied()).collect();
    weeks.sort_unstable();
    weeks.dedup();
    let last = weeks.len().saturating_sub(1);
    let mut kept: Vec<i32> = (0..=4).filter_map(|quarter| weeks.get(last * quarter / 4).copied()).collect();
    kept.dedup();
    let head =
        std::iter::once(words.get("week").to_owned()).chain(scenarios.iter().map(|s| words.pick(&s.title).to_owned()));
    let mut table = Table::new(caption, 1, head);
    for week in kept {
        let cell = |values: &Vec<f64>| {
            let said = |value: f64| level(value, measure, words.language);
            if values.len() == 1 {
                return said(mean(values));
            }
            format!(
                "{} ({} {} {})",
                said(mean(values)),
                said(quantile(values, 0.05)),
                words.get("to"),
                said(quantile(values, 0.95))
            )
        };
        let cells = scenarios.iter().map(|s| {
            results.level(&s.key, measure.key).and_then(|series| series.get(&week)).map_or("–".to_owned(), cell)
        });
        table.rows.push(std::iter::once(week.to_string()).chain(cells).collect());
    }
    table
}

/// Differences by group.
pub fn for_whom(results: &Results, measure: &Measure, words: &Words) -> Table {
    let names = [("measure", words.pick(&measure.title)), ("baseline", words.pick(&results.baseline().title))];
    let caption = format!(
        "{} ({})",
        words.fill_for(results.manifest.replications, "caption_whom", &names),
        words.get(show(measure).unit)
    );
    let mut table = Table::new(caption, 1, std::iter::once(words.get("group")).chain(titles(results, words)));
    for group in std::iter::once(0).chain(results.groups_measured(measure.key)) {
        let cell = |effect: Option<&Effect>| {
            effect.map_or_else(|| words.get("nobody").to_owned(), |e| words.difference(e, measure))
        };
        let cells = results.alternatives().into_iter().map(|a| cell(results.effect(&a.key, measure.key, group)));
        table.rows.push(std::iter::once(words.pick(&GROUPS[group].title).to_owned()).chain(cells).collect());
    }
    table
}

/// Hours and money: the level of the baseline, the difference of every alternative. Nothing if nothing was measured.
pub fn effort(results: &Results, words: &Words) -> Option<Table> {
    let alone = results.alternatives().is_empty();
    let first = if alone { words.get("at_end") } else { words.pick(&results.baseline().title) };
    let head = [words.get("measure"), first].into_iter().chain(titles(results, words));
    let mut table = Table::new(words.get("effort_caption"), 1, head);
    for measure in EFFORT.iter().filter_map(|key| measure_index(key)).map(|place| &MEASURES[place]) {
        let Some(last) =
            results.level(&results.baseline().key, measure.key).and_then(|series| series.values().next_back())
        else {
            continue;
        };
        let name = format!("{} ({})", words.pick(&measure.title), words.get(show(measure).unit));
        let cell = |effect: Option<&Effect>| effect.map_or("–".to_owned(), |e| words.difference(e, measure));
        let cells = results.alternatives().into_iter().map(|a| cell(results.effect(&a.key, measure.key, 0)));
        table.rows.push([name, level(mean(last), measure, words.language)].into_iter().chain(cells).collect());
    }
    (!table.rows.is_empty()).then_some(table)
}

/// What the smallest difference worth having costs in a year, for each alternative and headline measure. Nothing if that
/// was not calculated.
pub fn outcome_costs(results: &Results, words: &Words) -> Option<Table> {
    let good = |measure: &&&'static Measure| measure.better != Better::Neither;
    let measures: Vec<&Measure> = results.headline.iter().filter(good).copied().collect();
    let title = |measure: &&Measure| {
        format!("{} ({})", words.pick(&measure.title), words.worthwhile(results.worthwhile(measure), measure))
    };
    let euros = |value: f64| format!("€\u{a0}{}", number(value, 0, words.language));
    let first = [words.get("alternative").to_owned(), words.get("cost_extra").to_owned()];
    let head = first.into_iter().chain(measures.iter().map(title));
    let mut table = Table::new(words.get("cost_caption"), 1, head);
    for scenario in results.alternatives() {
        let cost = |measure: &&Measure| results.outcome_cost(&scenario.key, measure.key);
        let Some(extra) = measures.iter().find_map(cost).map(|cost| cost.extra) else { continue };
        let cell = |measure: &&Measure| match cost(measure).map(|cost| cost.per_unit) {
            Some(per_unit) if per_unit > 0.0 => euros(per_unit * results.worthwhile(measure)),
            Some(per_unit) if per_unit.is_finite() => words.get("cost_no_more").to_owned(),
            _ => words.get("cost_unclear").to_owned(),
        };
        let cells = measures.iter().map(cell);
        table.rows.push([words.pick(&scenario.title).to_owned(), euros(extra)].into_iter().chain(cells).collect());
    }
    (!table.rows.is_empty()).then_some(table)
}

/// The social-base profile of every setting: a table for each scenario, with how the mean of an alternative differs.
pub fn profiles(results: &Results, words: &Words) -> Vec<Table> {
    let baseline = results.baseline();
    let scenarios = std::iter::once(baseline).chain(results.alternatives());
    let said = |value: f64| number(value, 2, words.language);
    let scores: Vec<String> = SCORES.iter().map(|score| format!("profile_{score}")).collect();
    let table = |scenario: &ScenarioNote| {
        let caption = words.fill("profile_caption", &[("scenario", words.pick(&scenario.title))]);
        let head = [words.get("profile_setting"), words.get("profile_kind")];
        let heads = scores.iter().map(|key| words.get(key)).chain([words.get("profile_mean")]);
        let mut table = Table::new(caption, 2, head.into_iter().chain(heads));
        for profile in results.profiles(&scenario.key) {
            let mut row = vec![profile.setting.clone(), profile.kind.clone()];
            row.extend(profile.scores.map(said));
            let same = |other: &&SettingProfile| other.setting == profile.setting && other.kind == profile.kind;
            let before = results.profiles(&baseline.key).iter().find(same);
            if let (true, Some(before), Some(mean)) = (scenario.key != baseline.key, before, row.last_mut()) {
                let difference = profile.scores[SCORES.len()] - before.scores[SCORES.len()];
                if difference.is_finite() {
                    *mean = format!("{mean} ({})", signed(difference, 2, words.language));
                }
            }
            table.rows.push(row);
        }
        table
    };
    scenarios.map(table).filter(|table| !table.rows.is_empty()).collect()
}

/// The design of the experiment.
pub fn design(results: &Results, words: &Words) -> Table {
    let manifest = &results.manifest;
    let mut table = Table::new(words.get("design_caption"), 1, [words.get("item"), words.get("value")]);
    for (key, value) in [
        ("replications", manifest.replications.to_string()),
        ("weeks", manifest.weeks.to_string()),
        ("burn_in", manifest.burn_in.to_string()),
        ("seed", manifest.seed.to_string()),
    ] {
        table.rows.push(vec![words.get(key).to_owned(), value]);
    }
    table
}

/// The scenarios with their descriptions.
pub fn scenarios(results: &Results, words: &Words) -> Table {
    let mut table = Table::new(words.get("scenarios_caption"), 1, [words.get("scenario"), words.get("description")]);
    let alternatives = results.alternatives();
    let baseline = results.baseline();
    let mark = if alternatives.is_empty() { String::new() } else { format!(" ({})", words.get("baseline_mark")) };
    table
        .rows
        .push(vec![format!("{}{mark}", words.pick(&baseline.title)), words.pick(&baseline.description).to_owned()]);
    table.rows.extend(
        alternatives.iter().map(|s| vec![words.pick(&s.title).to_owned(), words.pick(&s.description).to_owned()]),
    );
    table
}

/// The headline measures: what each says, where it comes from and what is worth having.
pub fn measures(results: &Results, words: &Words) -> Table {
    let head = ["measure", "meaning", "source", "worth_least"].map(|key| words.get(key));
    let mut table = Table::new(words.get("measures_caption"), 1, head);
    for measure in &results.headline {
        let cells = [words.pick(&measure.title), words.pick(&measure.meaning), measure.source].map(str::to_owned);
        table.rows.push(cells.into_iter().chain([words.worthwhile(results.worthwhile(measure), measure)]).collect());
    }
    table
}
