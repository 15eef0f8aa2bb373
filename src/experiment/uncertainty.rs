//! Chance and ignorance apart: how much of an effect's spread is luck, and how much is not knowing the parameters.
//!
//! Replications come in pairs that share a parameter set and differ in luck. What differs within pairs is luck alone;
//! what differs between pairs beyond that is ignorance (one-way analysis of variance with random effects; Searle et al.
//! 1992). The interval here is that of the effect in the one world whose parameters nobody knows, with luck averaged out:
//! unlike that of a mean, it does not shrink to nothing with more replications.

use super::record::{Course, Record, Replication};
use super::statistics::{Interval, mean, t_quantile};
use crate::observation::{ByDistrict, GROUPS, MEASURES};
use crate::scenario::{Drawn, Study};

/// Level of the intervals.
pub const LEVEL: f64 = 0.9;

/// The uncertainty about one effect at the end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Uncertainty {
    /// Place of the scenario in the study; never 0, the baseline.
    pub scenario: usize,
    /// Place of the measure in the dictionary.
    pub measure: usize,
    /// Place of the group in the dictionary.
    pub group: usize,
    /// How the spread falls apart.
    pub spread: Spread,
}

/// A mean and what is unsure about it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Mean over parameter sets.
    pub mean: f64,
    /// Where the effect lies under an unknown plausible set, at [`LEVEL`].
    pub interval: Interval,
    /// Standard deviation between worlds with the same parameters.
    pub by_chance: f64,
    /// Standard deviation between parameter sets, luck averaged out.
    pub by_ignorance: f64,
    /// Part of one replication's variance that ignorance has; NaN when nothing varies.
    pub share_ignorance: f64,
}

/// Takes differences apart, given in groups that share a parameter set. What cannot be told is NaN: without two sets, or
/// without a set that has two.
#[must_use]
pub fn spread(groups: &[Vec<f64>]) -> Spread {
    let groups: Vec<&Vec<f64>> = groups.iter().filter(|group| !group.is_empty()).collect();
    let sets = groups.len() as f64;
    let all: f64 = groups.iter().map(|group| group.len() as f64).sum();
    let means: Vec<f64> = groups.iter().map(|group| mean(group)).collect();
    let middle = mean(&means);
    if groups.len() < 2 || all <= sets {
        let nothing = f64::NAN;
        return Spread {
            mean: middle,
            interval: Interval::NONE,
            by_chance: nothing,
            by_ignorance: nothing,
            share_ignorance: nothing,
        };
    }
    let squares = |values: &[f64], around: f64| values.iter().map(|value| (value - around).powi(2)).sum::<f64>();
    let within = groups.iter().zip(&means).map(|(group, mean)| squares(group, *mean)).sum::<f64>() / (all - sets);
    let grand = groups.iter().flat_map(|group| group.iter()).sum::<f64>() / all;
    let between =
        groups.iter().zip(&means).map(|(group, mean)| group.len() as f64 * (mean - grand).powi(2)).sum::<f64>()
            / (sets - 1.0);
    let in_a_set = (all - groups.iter().map(|group| (group.len() as f64).powi(2)).sum::<f64>() / all) / (sets - 1.0);
    let ignorance = ((between - within) / in_a_set).max(0.0);
    let error_of_mean = squares(&means, middle) / (sets - 1.0) / sets;
    let half = t_quantile(groups.len(), LEVEL) * (ignorance + error_of_mean).sqrt();
    Spread {
        mean: middle,
        interval: Interval { low: middle - half, high: middle + half },
        by_chance: within.sqrt(),
        by_ignorance: ignorance.sqrt(),
        share_ignorance: if ignorance + within > 0.0 { ignorance / (ignorance + within) } else { f64::NAN },
    }
}

/// The uncertainty about every effect in the last week: of each measure for everybody, and of the headline measures for
/// each group. Nothing for a study whose replications draw no parameters.
#[must_use]
pub fn uncertainties(study: &Study, replications: &[Replication]) -> Vec<Uncertainty> {
    let (Some(_), Some(baseline)) = (&study.drawn, study.scenarios.first()) else { return Vec::new() };
    let groups_of = |measure: usize| if baseline.headline.contains(&measure) { GROUPS.len() } else { 1 };
    let mut all = Vec::new();
    for scenario in 1..study.scenarios.len() {
        for measure in 0..MEASURES.len() {
            for group in 0..groups_of(measure) {
                let value = |course: &Course| course.records.last().map_or(f64::NAN, |last| last.value(group, measure));
                let difference = |replication: &Replication| {
                    Some(value(replication.courses.get(scenario)?) - value(replication.courses.first()?))
                };
                let groups: Vec<Vec<f64>> = in_sets(replications)
                    .map(|set| set.iter().filter_map(difference).filter(|difference| difference.is_finite()).collect())
                    .collect();
                let spread = spread(&groups);
                if spread.mean.is_finite() {
                    all.push(Uncertainty { scenario, measure, group, spread });
                }
            }
        }
    }
    all
}

/// Neighbouring replications that share a parameter set.
fn in_sets(replications: &[Replication]) -> impl Iterator<Item = &[Replication]> {
    replications.chunk_by(|a, b| Drawn::number(a.number) == Drawn::number(b.number))
}

/// One replication for each parameter set: the means of those that share it. Two worlds with the same parameters are not
/// two independent cases, so intervals of a mean count them as one.
#[must_use]
pub fn one_for_each_set(replications: &[Replication]) -> Vec<Replication> {
    let average = |set: &[Replication], course: usize| {
        let first = set.first()?.courses.get(course)?;
        let record = |place: usize| {
            let record = first.records.get(place)?;
            let mean_of = |of: &dyn Fn(&Record) -> Option<f64>| {
                let known =
                    set.iter().filter_map(|replication| of(replication.courses.get(course)?.records.get(place)?));
                mean(&known.filter(|value| value.is_finite()).collect::<Vec<f64>>())
            };
            let value = |at: usize| mean_of(&|record| record.values().get(at).copied());
            let number = |at: usize| mean_of(&|record| record.by_district().numbers().get(at).copied().map(f64::from));
            let districts = (0..record.by_district().numbers().len()).map(|at| number(at) as f32).collect();
            let whole = Record::from_values(record.week, (0..record.values().len()).map(value).collect())?;
            Some(whole.with_districts(ByDistrict::from_numbers(districts)?))
        };
        let records = (0..first.records.len()).map(record).collect::<Option<_>>()?;
        Some(Course { records, rules: first.rules.clone() })
    };
    let whole = |set: &[Replication]| {
        let first = set.first()?;
        let courses = (0..first.courses.len()).map(|course| average(set, course)).collect::<Option<_>>()?;
        Some(Replication { number: first.number, courses })
    };
    in_sets(replications).filter_map(whole).collect()
}

#[cfg(test)]
mod tests {
    use super::super::calibrate::draws::Draws;
    use super::*;

    fn pairs(sets: usize, ignorance: f64, luck: f64, seed: u64) -> Vec<Vec<f64>> {
        let mut draws = Draws::of(seed, [0; 3]);
        (0..sets)
            .map(|_| {
                let middle = 1.0 + ignorance * draws.normal();
                (0..2).map(|_| middle + luck * draws.normal()).collect()
            })
            .collect()
    }

    #[test]
    fn by_hand() {
        let found = spread(&[vec![1.0, 3.0], vec![5.0, 7.0]]);
        // Within: (1 + 1 + 1 + 1) / 2 = 2. Between: 2 (4 + 4) / 1 = 16. Ignorance: (16 - 2) / 2 = 7.
        assert_eq!(found.mean, 4.0);
        assert!((found.by_chance - 2.0_f64.sqrt()).abs() < 1e-12);
        assert!((found.by_ignorance - 7.0_f64.sqrt()).abs() < 1e-12);
        assert!((found.share_ignorance - 7.0 / 9.0).abs() < 1e-12);
        // Half of it: t with 1 degree of freedom is 6.314, times the root of 7 + 8 / 2.
        assert!((found.interval.high - 4.0 - 6.3138 * 11.0_f64.sqrt()).abs() < 1e-2, "{found:?}");
    }

    #[test]
    fn chance_and_ignorance_are_found_again() {
        for (ignorance, luck) in [(0.5, 0.2), (0.2, 0.5), (0.0, 0.5)] {
            let found = spread(&pairs(4_000, ignorance, luck, 1));
            assert!((found.by_chance - luck).abs() < 0.03, "{found:?}");
            assert!((found.by_ignorance - ignorance).abs() < 0.09, "{found:?}");
        }
    }

    #[test]
    fn the_interval_holds_the_effect_under_a_set_nobody_knows_in_nine_of_ten_cases() {
        let held = (0..2_000).filter(|seed| {
            let found = spread(&pairs(12, 0.5, 0.3, *seed)).interval;
            let unknown = 1.0 + 0.5 * Draws::of(*seed, [1, 1, 1]).normal();
            found.low <= unknown && unknown <= found.high
        });
        let share = held.count() as f64 / 2_000.0;
        assert!((0.86..=0.94).contains(&share), "{share}");
    }

    #[test]
    fn one_set_or_one_world_a_set_tell_nothing_apart() {
        for groups in [vec![vec![1.0, 2.0]], vec![vec![1.0], vec![2.0]]] {
            let found = spread(&groups);
            assert_eq!(found.mean, 1.5);
            assert!(!found.interval.exists() && found.by_chance.is_nan() && found.by_ignorance.is_nan());
        }
    }

    #[test]
    fn an_odd_world_out_counts_as_a_set() {
        let replication = |number, value: f64| {
            let records = vec![Record::from_values(0, vec![value; MEASURES.len()]).expect("one group")];
            Replication { number, courses: vec![Course { records, rules: Vec::new() }] }
        };
        let pooled = one_for_each_set(&[replication(0, 1.0), replication(1, 2.0), replication(2, 9.0)]);
        let values: Vec<f64> = pooled.iter().map(|set| set.courses[0].records[0].value(0, 0)).collect();
        assert_eq!(values, [1.5, 9.0]);
    }
}
