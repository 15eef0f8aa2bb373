//! What a calibration taught: how much of each parameter, how near to each target, and which targets pull apart.

use super::weigh::{correlation, mean, quantile};
use super::{Calibration, Goal};
use crate::model::parameters::priors::Prior;

/// The ends of the ranges that are given: 90 % of the weight lies between.
pub const ENDS: [f64; 2] = [0.05, 0.95];

/// What is known of a parameter afterwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learnt {
    /// What was known before.
    pub prior: Prior,
    /// Half of the weight lies below.
    pub median: f64,
    /// 90 % of the weight lies between.
    pub range: [f64; 2],
    /// One minus the width of that range over that of the prior, both as parts of the prior: 1 is all, 0 nothing.
    pub learnt: f64,
}

/// What was learnt of each parameter, in the order of the priors.
#[must_use]
pub fn learnt(priors: &[Prior], calibration: &Calibration) -> Vec<Learnt> {
    let weights = weights(calibration);
    let of = |(nth, prior): (usize, &Prior)| {
        let values: Vec<f64> = calibration.sets.iter().map(|set| set.parameters[nth]).collect();
        let range = ENDS.map(|end| quantile(&values, &weights, end));
        let width = prior.part(range[1]) - prior.part(range[0]);
        Learnt {
            prior: *prior,
            median: quantile(&values, &weights, 0.5),
            range,
            learnt: 1.0 - width / (ENDS[1] - ENDS[0]),
        }
    };
    priors.iter().enumerate().map(of).collect()
}

/// How near the plausible sets come to one goal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Met {
    /// The goal.
    pub goal: Goal,
    /// Weighted mean of what was simulated.
    pub mean: f64,
    /// 90 % of the weight lies between.
    pub range: [f64; 2],
    /// How far the mean lies above the published value, in tolerances.
    pub distance: f64,
}

/// How near the plausible sets come to each goal.
#[must_use]
pub fn met(goals: &[Goal], calibration: &Calibration) -> Vec<Met> {
    let weights = weights(calibration);
    let of = |(nth, goal): (usize, &Goal)| {
        let values = outputs(calibration, nth);
        let middle = mean(&values, &weights);
        Met {
            goal: *goal,
            mean: middle,
            range: ENDS.map(|end| quantile(&values, &weights, end)),
            distance: (middle - goal.value) / goal.tolerance,
        }
    };
    goals.iter().enumerate().map(of).collect()
}

/// Two goals over the plausible sets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TradeOff {
    /// Places of the two among the goals.
    pub goals: [usize; 2],
    /// How they go together over the plausible sets.
    pub correlation: f64,
    /// How much coming nearer to one leads away from the other, -1 to 1: the correlation with the sign that follows from
    /// the sides on which the two are missed, and 0 where either is met to half of its tolerance.
    pub pull: f64,
}

/// Every pair of goals of different targets, those that pull apart the most first.
#[must_use]
pub fn trade_offs(goals: &[Goal], calibration: &Calibration) -> Vec<TradeOff> {
    let weights = weights(calibration);
    let met = met(goals, calibration);
    let values: Vec<Vec<f64>> = (0..goals.len()).map(|nth| outputs(calibration, nth)).collect();
    let mut all = Vec::new();
    for first in 0..goals.len() {
        for second in first + 1..goals.len() {
            if goals[first].target == goals[second].target {
                continue;
            }
            let correlation = correlation(&values[first], &values[second], &weights);
            let missed = [first, second].map(|nth| met[nth].distance);
            // Missed on the same side, both come nearer together when they go together.
            let apart = if missed.iter().any(|distance| distance.abs() < 0.5) {
                0.0
            } else {
                -missed[0].signum() * missed[1].signum()
            };
            all.push(TradeOff { goals: [first, second], correlation, pull: apart * correlation });
        }
    }
    all.sort_by(|a, b| b.pull.total_cmp(&a.pull));
    all
}

fn weights(calibration: &Calibration) -> Vec<f64> {
    calibration.sets.iter().map(|set| set.weight).collect()
}

fn outputs(calibration: &Calibration, nth: usize) -> Vec<f64> {
    calibration.sets.iter().map(|set| set.outputs[nth]).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Plausible;
    use super::*;
    use crate::model::parameters::priors::Scale;

    fn calibration(outputs: &[[f64; 2]]) -> Calibration {
        let n = outputs.len() as f64;
        let set = |(nth, outputs): (usize, &[f64; 2])| Plausible {
            parameters: vec![(nth as f64 + 0.5) / n / 4.0],
            weight: 1.0 / n,
            distance: 0.0,
            outputs: outputs.to_vec(),
        };
        let sets = outputs.iter().enumerate().map(set).collect();
        Calibration { waves: Vec::new(), sets, effective: n, raw_effective: n, steepness: 1.0, luck: vec![0.0; 2] }
    }

    #[test]
    fn a_quarter_of_the_prior_left_is_three_quarters_learnt() {
        let prior = Prior { key: "a.b", low: 0.0, high: 1.0, scale: Scale::Uniform, reason: "" };
        let outputs: Vec<[f64; 2]> = (0..100).map(|_| [0.0; 2]).collect();
        let found = learnt(&[prior], &calibration(&outputs))[0];
        assert!((found.learnt - 0.75).abs() < 0.01, "{found:?}");
        assert!((found.median - 0.125).abs() < 0.01 && found.range[0] < 0.02 && found.range[1] > 0.23);
    }

    #[test]
    fn targets_missed_on_the_same_side_pull_apart_when_one_rises_as_the_other_falls() {
        let goal = |value, target| Goal { value, tolerance: 0.1, target };
        let rising: Vec<[f64; 2]> =
            (0..20).map(|nth| [0.5 + 0.01 * f64::from(nth), 0.9 - 0.01 * f64::from(nth)]).collect();
        let pull = |goals: [Goal; 2]| trade_offs(&goals, &calibration(&rising))[0].pull;
        assert!(
            (pull([goal(0.0, 0), goal(0.0, 1)]) - 1.0).abs() < 1e-9,
            "both too high, and one rises as the other falls"
        );
        assert!((pull([goal(0.0, 0), goal(2.0, 1)]) + 1.0).abs() < 1e-9, "one step brings both nearer");
        assert_eq!(pull([goal(0.6, 0), goal(0.0, 1)]), 0.0, "one is met");
        assert!(trade_offs(&[goal(0.0, 0), goal(0.0, 0)], &calibration(&rising)).is_empty(), "parts of one target");
    }
}
