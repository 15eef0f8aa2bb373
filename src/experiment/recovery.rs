//! Dips and recovery: how far an alternative falls behind the baseline at its worst, and when that is over.

use super::record::Replication;
use super::statistics::{Interval, mean, t_interval, t_quantile};
use crate::observation::{Better, MEASURES};

/// The level of the interval of the worst difference.
const LEVEL: f64 = 0.9;

/// The worst of one scenario for one measure of everybody, against the baseline, and what came after.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Recovery {
    /// Place of the scenario in the study; never 0, the baseline.
    pub scenario: usize,
    /// Place of the measure in the dictionary.
    pub measure: usize,
    /// Worst mean difference of all weeks: the lowest, for a measure that should be low the highest.
    pub difference: f64,
    /// Its 90 % interval by Student's t, as if the week had been chosen beforehand.
    pub interval: Interval,
    /// The first week of that difference.
    pub week: i32,
    /// First week, from that one on, after which no mean difference is worse any more by what is worth having.
    pub recovered: Option<i32>,
}

/// The worst week of every scenario and measure that is defined, in order of scenario and measure.
///
/// `worthwhile` is the smallest difference worth having of each measure.
#[must_use]
pub fn recoveries(replications: &[Replication], worthwhile: &[f64]) -> Vec<Recovery> {
    let scenarios = replications.first().map_or(0, |first| first.courses.len());
    (1..scenarios)
        .flat_map(|scenario| (0..MEASURES.len()).map(move |measure| (scenario, measure)))
        .filter_map(|(scenario, measure)| {
            let worth = worthwhile.get(measure).copied().unwrap_or(MEASURES[measure].worthwhile);
            recovery(replications, scenario, measure, worth)
        })
        .collect()
}

/// The scenario minus the baseline, by replication, at one place in their courses; none where it is not defined.
fn differences(replications: &[Replication], scenario: usize, measure: usize, place: usize) -> Option<(i32, Vec<f64>)> {
    let week = replications.first()?.courses.first()?.records.get(place)?.week;
    let pair = |replication: &Replication| {
        let value = |course: usize| Some(replication.courses.get(course)?.records.get(place)?.value(0, measure));
        Some(value(scenario)? - value(0)?)
    };
    let differences: Vec<f64> = replications.iter().filter_map(pair).filter(|value| value.is_finite()).collect();
    (!differences.is_empty()).then_some((week, differences))
}

fn recovery(replications: &[Replication], scenario: usize, measure: usize, worth: f64) -> Option<Recovery> {
    let weeks = replications.first()?.courses.first()?.records.len();
    let course: Vec<(i32, Vec<f64>)> =
        (0..weeks).filter_map(|place| differences(replications, scenario, measure, place)).collect();
    // Turned so that up is good; a measure without a good side falls when it gets less.
    let sign = if MEASURES[measure].better == Better::Lower { -1.0 } else { 1.0 };
    let turned: Vec<f64> = course.iter().map(|(_, differences)| sign * mean(differences)).collect();
    let lowest = (0..turned.len()).min_by(|a, b| turned[*a].total_cmp(&turned[*b]))?;
    // Without a difference worth having there was nothing to recover from.
    let last_bad = turned[lowest..].iter().rposition(|difference| *difference < 0.0 && *difference <= -worth);
    let recovered = course.get(last_bad.map_or(lowest, |last| lowest + last + 1)).map(|(week, _)| *week);
    let (week, differences) = &course[lowest];
    let interval = t_interval(differences, t_quantile(differences.len(), LEVEL));
    Some(Recovery { scenario, measure, difference: mean(differences), interval, week: *week, recovered })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Course, Record};
    use crate::observation::measure_index;

    /// One replication in which `key` of everybody runs like this in the baseline and in the alternative.
    fn lived(key: &str, before: &[f64], after: &[f64]) -> Replication {
        let place = measure_index(key).expect("in the dictionary");
        let course = |values: &[f64]| {
            let record = |(week, value): (usize, &f64)| {
                let mut all = vec![f64::NAN; MEASURES.len()];
                all[place] = *value;
                Record::from_values(week as i32, all).expect("one group")
            };
            Course { records: values.iter().enumerate().map(record).collect(), rules: Vec::new() }
        };
        Replication { number: 0, courses: vec![course(before), course(after)] }
    }

    fn found(key: &str, worth: f64, before: &[f64], after: &[f64]) -> Vec<Recovery> {
        let place = measure_index(key).expect("in the dictionary");
        let mut worthwhile = vec![1.0; MEASURES.len()];
        worthwhile[place] = worth;
        recoveries(&[lived(key, before, after)], &worthwhile)
    }

    #[test]
    fn a_dip_ends_in_the_week_from_which_it_stays_small() {
        let after = [5.0, 4.0, 3.0, 4.9, 4.0, 4.8, 5.2];
        let [dip] = found("cohesion", 0.5, &[5.0; 7], &after)[..] else { panic!("one measure") };
        assert_eq!((dip.week, dip.difference, dip.recovered), (2, -2.0, Some(5)));
        assert!(!dip.interval.exists(), "one pair has no interval");
    }

    #[test]
    fn of_loneliness_the_highest_difference_is_the_worst_and_it_may_last() {
        let [dip] = found("lonely", 0.02, &[0.4; 4], &[0.4, 0.3, 0.5, 0.45])[..] else { panic!("one measure") };
        assert_eq!((dip.week, dip.recovered), (2, None));
        assert!((dip.difference - 0.1).abs() < 1e-12);
    }

    #[test]
    fn what_never_fell_by_what_is_worth_having_has_recovered_at_once() {
        let [dip] = found("cohesion", 0.5, &[5.0; 3], &[5.0, 4.9, 6.0])[..] else { panic!("one measure") };
        assert_eq!((dip.week, dip.recovered), (1, Some(1)));
    }

    #[test]
    fn nothing_run_has_no_dips() {
        assert!(recoveries(&[], &[]).is_empty());
    }
}
