//! Effects: what an alternative does against the baseline, paired by replication.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::record::Replication;
use super::statistics::{Bootstrap, Interval, mean, share_better, t_interval, t_quantile};
use crate::observation::{Better, GROUPS, MEASURES};

/// Levels at which intervals are given.
pub const LEVELS: [f64; 3] = [0.5, 0.9, 0.95];

/// What one scenario does to one measure of one group at one moment, against the baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Place of the scenario in the study; never 0, the baseline.
    pub scenario: usize,
    /// Place of the measure in the dictionary.
    pub measure: usize,
    /// Place of the group in the dictionary.
    pub group: usize,
    /// Weeks since the burn-in.
    pub week: i32,
    /// Mean over replications of the scenario minus the baseline, in the measure's unit.
    pub difference: f64,
    /// Mean of the baseline over the same replications.
    pub baseline: f64,
    /// Replications in which the measure is defined in both.
    pub replications: usize,
    /// Share of those in which the scenario is better; for a measure without a good side, higher.
    pub share_better: f64,
    /// Student's t, at each of [`LEVELS`].
    pub by_t: [Interval; LEVELS.len()],
    /// Bootstrap (`BCa`), at each of [`LEVELS`].
    pub by_bootstrap: [Interval; LEVELS.len()],
}

/// Every effect that is defined, in order of scenario, measure, group and week.
///
/// Only moments at which every group was observed in both scenarios are compared.
#[must_use]
pub fn effects(replications: &[Replication]) -> Vec<Effect> {
    let Some(first) = replications.first() else { return Vec::new() };
    let weeks: Vec<i32> = first.courses.first().map_or(Vec::new(), |baseline| {
        baseline.records.iter().filter(|record| record.is_full()).map(|record| record.week).collect()
    });
    // Resamples depend on nothing but the number of values: drawn once for each number that can occur.
    let prepared: BTreeMap<usize, Prepared> =
        (1..=replications.len()).map(|n| (n, Prepared::new(n, n + 2 > replications.len()))).collect();
    let cells: Vec<(usize, usize, usize)> = (1..first.courses.len())
        .flat_map(|scenario| {
            (0..MEASURES.len()).flat_map(move |measure| (0..GROUPS.len()).map(move |group| (scenario, measure, group)))
        })
        .collect();
    cells
        .par_iter()
        .flat_map_iter(|&(scenario, measure, group)| {
            let prepared = &prepared;
            weeks.iter().filter_map(move |&week| effect(replications, prepared, scenario, measure, group, week))
        })
        .collect()
}

/// What is the same for all samples of one size.
struct Prepared {
    quantiles: [f64; LEVELS.len()],
    /// Kept for the usual sizes; rarer ones, of measures that are not always defined, are drawn when needed.
    bootstrap: Option<Bootstrap>,
}

impl Prepared {
    fn new(n: usize, usual: bool) -> Self {
        Self { quantiles: LEVELS.map(|level| t_quantile(n, level)), bootstrap: usual.then(|| Bootstrap::new(n)) }
    }
}

fn effect(
    replications: &[Replication],
    prepared: &BTreeMap<usize, Prepared>,
    scenario: usize,
    measure: usize,
    group: usize,
    week: i32,
) -> Option<Effect> {
    let pairs: Vec<(f64, f64)> = replications
        .iter()
        .filter_map(|replication| {
            let value = |place: usize| Some(replication.courses.get(place)?.full_at(week)?.value(group, measure));
            Some((value(0)?, value(scenario)?))
        })
        .filter(|(before, after)| before.is_finite() && after.is_finite())
        .collect();
    let known = prepared.get(&pairs.len())?;
    let differences: Vec<f64> = pairs.iter().map(|(before, after)| after - before).collect();
    let baselines: Vec<f64> = pairs.iter().map(|(before, _)| *before).collect();
    let is_better = |difference: f64| match MEASURES[measure].better {
        Better::Lower => difference < 0.0,
        Better::Higher | Better::Neither => difference > 0.0,
    };
    Some(Effect {
        scenario,
        measure,
        group,
        week,
        difference: mean(&differences),
        baseline: mean(&baselines),
        replications: pairs.len(),
        share_better: share_better(&differences, is_better),
        by_t: known.quantiles.map(|quantile| t_interval(&differences, quantile)),
        by_bootstrap: match &known.bootstrap {
            Some(bootstrap) => bootstrap.intervals(&differences, LEVELS),
            None => Bootstrap::new(pairs.len()).intervals(&differences, LEVELS),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Course, Record};
    use crate::observation::measure_index;

    /// A course with one full observation at week 4, in which `lonely` of everybody is `value` and the rest undefined.
    fn course(value: f64) -> Course {
        let lonely = measure_index("lonely").expect("in the dictionary");
        let mut values = vec![f64::NAN; MEASURES.len() * GROUPS.len()];
        values[lonely] = value;
        let quick = Record::from_values(3, vec![0.9; MEASURES.len()]).expect("one group");
        let records = vec![quick, Record::from_values(4, values).expect("all groups")];
        Course { records, rules: Vec::new() }
    }

    fn replications(pairs: &[(f64, f64)]) -> Vec<Replication> {
        let replication = |(number, &(before, after)): (usize, &(f64, f64))| Replication {
            number: number as u32,
            courses: vec![course(before), course(after)],
        };
        pairs.iter().enumerate().map(replication).collect()
    }

    #[test]
    fn differences_are_paired_and_less_loneliness_is_better() {
        let found = effects(&replications(&[(0.4, 0.3), (0.6, 0.55), (0.5, 0.5), (0.2, 0.25)]));
        assert_eq!(found.len(), 1, "only where both are observed in full and defined");
        let effect = &found[0];
        assert_eq!((effect.scenario, effect.group, effect.week, effect.replications), (1, 0, 4, 4));
        assert!((effect.difference + 0.025).abs() < 1e-12);
        assert!((effect.baseline - 0.425).abs() < 1e-12);
        assert_eq!(effect.share_better, 0.5);
        assert!(effect.by_t[0].low < effect.difference && effect.difference < effect.by_t[0].high);
    }

    #[test]
    fn a_pair_with_an_undefined_half_is_left_out() {
        let found = effects(&replications(&[(0.4, 0.3), (f64::NAN, 0.3), (0.4, f64::NAN), (0.5, 0.4), (0.6, 0.5)]));
        assert_eq!(found[0].replications, 3);
        assert!((found[0].difference + 0.1).abs() < 1e-12);
    }

    #[test]
    fn one_pair_has_a_difference_and_no_interval() {
        let found = effects(&replications(&[(0.4, 0.3)]));
        assert_eq!(found[0].share_better, 1.0);
        assert!(found[0].by_t.iter().chain(&found[0].by_bootstrap).all(|interval| !interval.exists()));
    }

    #[test]
    fn nothing_run_has_no_effects() {
        assert!(effects(&[]).is_empty());
        assert!(effects(&replications(&[(f64::NAN, f64::NAN)])).is_empty());
    }
}
