//! The sentences of the page, computed from the data; whatever is claimed is claimed of this model.

use crate::observation::dictionary::{Better, GROUPS, MEASURES, Measure};
use crate::report::data::{EFFORT, Effect, Ignorance, Results, mean, quantile};
use crate::report::figures::Figures;
use crate::report::numbers::{number, show, signed};
use crate::report::verdict::{Verdict, judge};
use crate::report::words::Words;
use crate::results::manifest::ScenarioNote;

/// What comes before the answers.
pub fn intro(results: &Results, words: &Words) -> String {
    let baseline = words.pick(&results.baseline().title);
    if results.alternatives().is_empty() {
        return words.fill("answer_alone", &[("scenario", baseline)]);
    }
    words.fill("answer_intro", &[("baseline", baseline), ("weeks", &results.last_week().to_string())])
}

/// A sentence or two for every headline measure.
pub fn answers(results: &Results, words: &Words) -> Vec<String> {
    if results.alternatives().is_empty() {
        return results.headline.iter().filter_map(|measure| level_of(results, measure, words)).collect();
    }
    results.headline.iter().filter_map(|measure| answer(results, measure, words)).collect()
}

fn level_of(results: &Results, measure: &Measure, words: &Words) -> Option<String> {
    let series = results.level(&results.baseline().key, measure.key)?;
    let said = |values: &Vec<f64>| words.level(mean(values), measure);
    let (before, after) = (series.values().next().map(said)?, series.values().next_back().map(said)?);
    Some(words.fill("answer_level", &[("measure", words.pick(&measure.title)), ("level", &after), ("before", &before)]))
}

/// The alternatives that were measured, the best first: by verdict, then by size.
fn ranked<'a>(results: &'a Results, measure: &Measure) -> Vec<(&'a ScenarioNote, &'a Effect, Verdict)> {
    let sign = if measure.better == Better::Lower { -1.0 } else { 1.0 };
    let mut found: Vec<_> = results
        .alternatives()
        .into_iter()
        .filter_map(|scenario| {
            results
                .effect(&scenario.key, measure.key, 0)
                .map(|effect| (scenario, effect, judge(effect, measure.better)))
        })
        .collect();
    found.sort_by(|a, b| b.2.cmp(&a.2).then((b.1.difference * sign).total_cmp(&(a.1.difference * sign))));
    found
}

fn answer(results: &Results, measure: &Measure, words: &Words) -> Option<String> {
    let found = ranked(results, measure);
    let name = words.pick(&measure.title);
    let worth = words.worthwhile(results.worthwhile(measure), measure);
    if measure.better == Better::Neither {
        let (scenario, effect, _) =
            found.iter().max_by(|a, b| a.1.difference.abs().total_cmp(&b.1.difference.abs()))?;
        let difference = words.difference_in_words(effect, measure);
        let values = [
            ("measure", name),
            ("scenario", words.pick(&scenario.title)),
            ("difference", &difference),
            ("verdict", words.verdict(effect, measure)),
        ];
        return Some(words.fill("answer_neutral", &values));
    }
    let &(best, effect, verdict) = found.first()?;
    let titles = |wanted: &dyn Fn(Verdict) -> bool, skip: usize| {
        let names: Vec<_> =
            found.iter().skip(skip).filter(|(_, _, v)| wanted(*v)).map(|(s, _, _)| words.pick(&s.title)).collect();
        words.list(&names)
    };
    let is_small = |verdict: Verdict| matches!(verdict, Verdict::TooSmall | Verdict::NoDifference);
    let key = match verdict {
        _ if found.iter().all(|(_, _, verdict)| is_small(*verdict)) => "answer_all_too_small",
        Verdict::Better => "answer_better",
        Verdict::ProbablyBetter => "answer_probably_better",
        Verdict::LeansBetter => "answer_leans_better",
        Verdict::TooSmall | Verdict::NoDifference => "answer_too_small",
        _ => "answer_unclear",
    };
    let small = titles(&is_small, 0);
    let difference = words.difference_in_words(effect, measure);
    let values = [
        ("measure", name),
        ("scenario", words.pick(&best.title)),
        ("difference", difference.as_str()),
        ("worth", &worth),
        ("scenarios", &small),
    ];
    let mut sentences = vec![words.fill(key, &values)];
    let also = titles(&|v| v == Verdict::Better, 1);
    if !also.is_empty() {
        sentences.push(words.fill("answer_also", &[("scenarios", &also)]));
    }
    let worse = titles(&|v| matches!(v, Verdict::Worse | Verdict::ProbablyWorse), 0);
    if !worse.is_empty() {
        sentences.push(words.fill("answer_worse", &[("scenarios", &worse)]));
    }
    Some(sentences.join(" "))
}

/// How sure it all is.
pub fn sure(results: &Results, words: &Words) -> Vec<String> {
    let simulations = results.manifest.replications;
    if results.alternatives().is_empty() {
        return vec![words.fill_for(simulations, "sure_alone", &[])];
    }
    let verdicts: Vec<Verdict> =
        results.headline.iter().flat_map(|m| ranked(results, m)).map(|(_, _, verdict)| verdict).collect();
    let clear = verdicts.iter().filter(|verdict| verdict.is_clear()).count();
    let small = verdicts.iter().filter(|verdict| matches!(verdict, Verdict::TooSmall | Verdict::NoDifference)).count();
    let count = |n: usize| n.to_string();
    let counts = [
        ("all", count(verdicts.len())),
        ("clear", count(clear)),
        ("small", count(small)),
        ("rest", count(verdicts.len() - clear - small)),
    ];
    let counts: Vec<(&str, &str)> = counts.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let drawn = results.manifest.parameters.is_some();
    let mut sentences = vec![
        words.fill_for(simulations, "sure_chance", &[("baseline", words.pick(&results.baseline().title))]),
        words.fill_for(simulations, if drawn { "sure_interval_drawn" } else { "sure_interval" }, &[]),
    ];
    sentences.extend(ignorance(results, words));
    sentences.extend([words.get("sure_size").to_owned(), words.fill("sure_counts", &counts)]);
    sentences
}

/// How much of the spread is not knowing the parameters, and where each alternative's largest effect lies with that
/// counted; nothing when no parameters were drawn.
fn ignorance(results: &Results, words: &Words) -> Vec<String> {
    let Some(parameters) = &results.manifest.parameters else { return Vec::new() };
    let alternatives = results.alternatives();
    let known: Vec<(&ScenarioNote, &'static Measure, &Ignorance)> = alternatives
        .iter()
        .flat_map(|scenario| results.headline.iter().map(move |measure| (*scenario, *measure)))
        .filter_map(|(scenario, measure)| Some((scenario, measure, results.ignorance(&scenario.key, measure.key)?)))
        .collect();
    let shares: Vec<f64> = known.iter().map(|(.., ignorance)| ignorance.share).filter(|s| s.is_finite()).collect();
    let sets = parameters.draws.to_string();
    if shares.is_empty() {
        return vec![words.fill("ignorance_unknown", &[("sets", &sets)])];
    }
    let share = number(quantile(&shares, 0.5) * 100.0, 0, words.language);
    let mut sentences = vec![words.fill("ignorance_share", &[("sets", &sets), ("share", &share)])];
    let size = |scenario: &ScenarioNote, measure: &Measure| {
        let effect = results.effect(&scenario.key, measure.key, 0)?;
        Some(effect.difference.abs() / effect.worthwhile.max(f64::MIN_POSITIVE))
    };
    for scenario in alternatives {
        let own = known.iter().filter(|(of, _, ignorance)| of.key == scenario.key && ignorance.ends.low.is_finite());
        let sized = own.filter_map(|(_, measure, ignorance)| Some((size(scenario, measure)?, measure, ignorance)));
        let Some((_, measure, ignorance)) = sized.max_by(|a, b| a.0.total_cmp(&b.0)) else { continue };
        let how = show(measure);
        let end = |value: f64| signed(value * how.factor, how.decimals, words.language);
        let values = [
            ("scenario", words.pick(&scenario.title)),
            ("measure", words.pick(&measure.title)),
            ("low", &end(ignorance.ends.low)),
            ("high", &end(ignorance.ends.high)),
            ("unit", words.get(how.unit)),
        ];
        sentences.push(words.fill("ignorance_ends", &values));
    }
    sentences
}

/// For every headline measure and alternative that falls clearly behind in some week: by how much, and until when.
pub fn dips(results: &Results, words: &Words) -> Vec<String> {
    let sentence = |measure: &Measure, scenario: &ScenarioNote| {
        let dip = results.dip(&scenario.key, measure.key)?;
        if measure.better == Better::Neither || !dip.is_clear(measure.better, results.worthwhile(measure)) {
            return None;
        }
        let (week, weeks) = (dip.week.to_string(), dip.recovered.map(|recovered| (recovered - dip.week).to_string()));
        let difference = words.bare_difference(dip.difference, measure);
        let values = [
            ("measure", words.pick(&measure.title)),
            ("scenario", words.pick(&scenario.title)),
            ("difference", difference.as_str()),
            ("week", week.as_str()),
            ("weeks", weeks.as_deref().unwrap_or_default()),
        ];
        Some(words.fill(if weeks.is_some() { "dip_over" } else { "dip_stays" }, &values))
    };
    let alternatives = results.alternatives();
    let each = |measure: &&'static Measure| {
        alternatives.iter().filter_map(|scenario| sentence(measure, scenario)).collect::<Vec<_>>()
    };
    results.headline.iter().flat_map(each).collect()
}

/// For every measure with a figure by group: who sees no difference worth having, with any alternative.
pub fn reached(results: &Results, figures: &Figures, words: &Words) -> Vec<String> {
    let sentence = |measure: &Measure| {
        let groups = results.groups_measured(measure.key);
        let without: Vec<&str> = groups
            .iter()
            .copied()
            .filter(|&group| {
                let effects =
                    results.alternatives().into_iter().filter_map(|a| results.effect(&a.key, measure.key, group));
                !effects.into_iter().any(|effect| judge(effect, measure.better).is_clear())
            })
            .map(|group| words.pick(&GROUPS[group].title))
            .collect();
        let name = words.pick(&measure.title);
        if without.len() == groups.len() {
            words.fill("whom_none_reached", &[("measure", name)])
        } else if without.is_empty() {
            words.fill("whom_all_reached", &[("measure", name)])
        } else {
            words.fill("whom_not_reached", &[("measure", name), ("groups", &words.list(&without))])
        }
    };
    figures.for_whom.iter().map(|(measure, _)| sentence(measure)).collect()
}

/// What a reader should know that the numbers do not say.
pub fn unknowns(results: &Results, words: &Words) -> Vec<String> {
    let drawn = results.manifest.parameters.is_some();
    let ignorance = if drawn { "unknown_ignorance_drawn" } else { "unknown_ignorance" };
    let mut sentences = vec![words.get("unknown_model").to_owned(), words.get(ignorance).to_owned()];
    if !results.alternatives().is_empty() {
        sentences.extend([words.get("unknown_many").to_owned(), words.get("unknown_worth").to_owned()]);
        let unclear: Vec<String> = results
            .headline
            .iter()
            .filter_map(|measure| {
                let found = ranked(results, measure);
                let names: Vec<_> = found
                    .iter()
                    .filter(|(_, _, v)| *v == Verdict::Unclear)
                    .map(|(s, _, _)| words.pick(&s.title))
                    .collect();
                (!names.is_empty()).then(|| format!("‘{}’ ({})", words.pick(&measure.title), words.list(&names)))
            })
            .collect();
        if !unclear.is_empty() {
            sentences.push(words.fill("unknown_unclear", &[("items", &unclear.join("; "))]));
        }
    }
    sentences.push(words.fill("unknown_after", &[("weeks", &results.last_week().to_string())]));
    sentences
}

/// What comes before the table of hours and money.
pub fn effort_intro(results: &Results, words: &Words) -> String {
    if EFFORT.iter().all(|key| results.level(&results.baseline().key, key).is_none()) {
        return words.get("effort_none").to_owned();
    }
    if results.alternatives().is_empty() {
        return words.get("effort_alone").to_owned();
    }
    words.fill_for(
        results.manifest.replications,
        "effort_intro",
        &[("baseline", words.pick(&results.baseline().title))],
    )
}

/// What the rules of policies did: a sentence for each.
pub fn rules(results: &Results, words: &Words) -> Vec<String> {
    let mut sentences = Vec::new();
    for scenario in &results.manifest.study.scenarios {
        for rule in &scenario.rules {
            let measure = MEASURES.iter().find(|measure| measure.key == rule.measure);
            let group = GROUPS.iter().find(|group| group.key == rule.group);
            let (Some(measure), Some(group)) = (measure, group) else { continue };
            let weeks = results.weeks_in_force(&scenario.key, &rule.policy);
            let all = results.manifest.replications.max(1);
            let average = weeks.iter().sum::<f64>() / f64::from(all);
            let key = if rule.side == "above" { "rule_above" } else { "rule_below" };
            let values = [
                ("scenario", words.pick(&scenario.title)),
                ("policy", &rule.policy),
                ("measure", words.pick(&measure.title)),
                ("group", words.pick(&group.title)),
                ("line", &words.level(rule.line, measure)),
                ("every", &rule.check_every_weeks.to_string()),
                ("n", &weeks.len().to_string()),
                ("all", &all.to_string()),
                ("weeks", &number(average, 1, words.language)),
                ("length", &results.manifest.weeks.to_string()),
            ];
            sentences.push(words.fill(key, &values));
        }
    }
    sentences
}

/// How it was calculated.
pub fn method(results: &Results, words: &Words) -> Vec<String> {
    let mut sentences = vec![words.get("method_text").to_owned()];
    if !results.alternatives().is_empty() {
        sentences.push(words.fill("method_paired", &[("baseline", words.pick(&results.baseline().title))]));
    }
    sentences
}
