//! What a figure says, computed from the data: the sentence that stands above it.

use super::tiles;
use crate::observation::dictionary::{Better, GROUPS, Measure};
use crate::report::data::{Effect, Results};
use crate::report::verdict::{Verdict, judge};
use crate::report::words::Words;
use crate::results::manifest::{DistrictNote, ScenarioNote};

/// The alternative that changes one of these measures the most, counted in smallest worthwhile differences, and is sure to
/// change it by more than is worth having. Ties go to the first in the study.
pub fn largest_clear<'a>(
    results: &'a Results,
    measures: &[&'static Measure],
) -> Option<(&'a ScenarioNote, &'static Measure, &'a Effect)> {
    let mut largest: Option<(f64, (&ScenarioNote, &'static Measure, &Effect))> = None;
    for &measure in measures {
        for scenario in results.alternatives() {
            let Some(effect) = results.effect(&scenario.key, measure.key, 0) else { continue };
            // Where nothing is stated as worth having, the size cannot be compared and any change counts as enormous.
            let size = effect.difference.abs() / effect.worthwhile.max(f64::MIN_POSITIVE);
            if judge(effect, measure.better).is_clear() && largest.is_none_or(|(most, _)| size > most) {
                largest = Some((size, (scenario, measure, effect)));
            }
        }
    }
    largest.map(|(_, found)| found)
}

/// The message of the differences, and of the whole report.
pub fn of_effects(results: &Results, measures: &[&'static Measure], words: &Words) -> String {
    match largest_clear(results, measures) {
        Some((scenario, measure, effect)) => words.fill(
            match (judge(effect, measure.better), measure.better) {
                (_, Better::Neither) => "message_changes",
                (Verdict::Better, _) => "message_helps",
                _ => "message_harms",
            },
            &[
                ("scenario", words.pick(&scenario.title)),
                ("measure", words.pick(&measure.title)),
                ("difference", &size_in_words(effect, measure, words)),
            ],
        ),
        None => match measures {
            [measure] => words.fill_for(
                results.manifest.replications,
                "message_none_of",
                &[("measure", words.pick(&measure.title))],
            ),
            _ => words.fill_for(results.manifest.replications, "message_none", &[]),
        },
    }
}

/// The message of one measure over time.
pub fn over_time(results: &Results, measure: &'static Measure, words: &Words) -> String {
    let name = words.pick(&measure.title);
    if results.alternatives().is_empty() {
        return words.fill("message_alone", &[("measure", name)]);
    }
    match largest_clear(results, &[measure]) {
        Some((scenario, _, effect)) => words.fill(
            "message_over_time",
            &[
                ("scenario", words.pick(&scenario.title)),
                ("measure", name),
                ("difference", &size_in_words(effect, measure, words)),
            ],
        ),
        None => words.fill_for(results.manifest.replications, "message_over_time_none", &[("measure", name)]),
    }
}

/// The message of one measure by group: the group and alternative with the largest sure difference.
pub fn for_whom(results: &Results, measure: &'static Measure, groups: &[usize], words: &Words) -> String {
    let name = words.pick(&measure.title);
    let mut largest: Option<(&ScenarioNote, usize, &Effect)> = None;
    for scenario in results.alternatives() {
        for &group in groups {
            let Some(effect) = results.effect(&scenario.key, measure.key, group) else { continue };
            if judge(effect, measure.better).is_clear()
                && largest.is_none_or(|(_, _, most)| effect.difference.abs() > most.difference.abs())
            {
                largest = Some((scenario, group, effect));
            }
        }
    }
    match largest {
        Some((scenario, group, effect)) => words.fill(
            "message_for_whom",
            &[
                ("scenario", words.pick(&scenario.title)),
                ("measure", name),
                ("group", words.pick(&GROUPS[group].title)),
                ("difference", &size_in_words(effect, measure, words)),
            ],
        ),
        None => words.fill_for(results.manifest.replications, "message_for_whom_none", &[("measure", name)]),
    }
}

/// The message of the levels by district: the lowest and the highest.
pub fn of_districts(results: &Results, measure: &'static Measure, words: &Words) -> String {
    let level = |district: &DistrictNote| results.district_level(&district.key, measure.key);
    let names = tiles::names(results.districts(), words);
    let large_enough = results.districts().iter().zip(&names).filter(|(one, _)| !results.is_small(&one.key));
    let mut known: Vec<(f64, &str)> =
        large_enough.filter_map(|(one, name)| Some((level(one)?, name.as_str()))).collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (Some(least), Some(most)) = (known.first(), known.last()) else { return words.get("no_data").to_owned() };
    let values = [
        ("measure", words.pick(&measure.title).to_owned()),
        ("low", words.level(least.0, measure)),
        ("least", least.1.to_owned()),
        ("high", words.level(most.0, measure)),
        ("most", most.1.to_owned()),
    ];
    words.fill("message_districts", &values.each_ref().map(|(key, value)| (*key, value.as_str())))
}

/// The message of the differences by district: the largest that is sure to be worth having, or to be a loss of that size.
pub fn of_district_changes(
    results: &Results,
    measure: &'static Measure,
    alternatives: &[&ScenarioNote],
    words: &Words,
) -> String {
    let name = words.pick(&measure.title);
    let worthwhile = results.worthwhile(measure);
    let names = tiles::names(results.districts(), words);
    let mut largest: Option<(&ScenarioNote, &str, f64)> = None;
    for scenario in alternatives {
        for (district, name) in results.districts().iter().zip(&names) {
            let Some(effect) = results.district_effect(&scenario.key, &district.key, measure.key) else { continue };
            let more = largest.is_none_or(|(_, _, most)| effect.difference.abs() > most.abs());
            if !results.is_small(&district.key) && effect.is_beyond(worthwhile) && more {
                largest = Some((scenario, name, effect.difference));
            }
        }
    }
    let Some((scenario, district, difference)) = largest else {
        return words.fill_for(results.manifest.replications, "message_district_changes_none", &[("measure", name)]);
    };
    let size = words.bare_difference(difference, measure);
    let values =
        [("measure", name), ("scenario", words.pick(&scenario.title)), ("district", district), ("difference", &size)];
    words.fill("message_district_changes", &values)
}

/// `−3,1 procentpunt`, without the interval.
pub fn size_in_words(effect: &Effect, measure: &Measure, words: &Words) -> String {
    let text = words.difference_in_words(effect, measure);
    text.split_once(" (").map_or(text.clone(), |(size, _)| size.to_owned())
}
