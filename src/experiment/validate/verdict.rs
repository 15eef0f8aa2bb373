//! How far the model is from each target: the mean over populations, its interval, and the distance in tolerances.

use crate::experiment::statistics::{Interval, mean, t_interval, t_quantile};
use crate::scenario::Targets;

/// Level of the intervals.
pub const LEVEL: f64 = 0.9;

/// What is to be said of one figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartVerdict {
    /// Mean over the populations in which it is defined; NaN where it is in none.
    pub simulated: f64,
    /// Interval of that mean at [`LEVEL`], by Student's t.
    pub interval: Interval,
    /// Populations in which it is defined.
    pub populations: usize,
    /// From the published value, in tolerances, with its sign.
    pub off: f64,
}

impl PartVerdict {
    /// From the published value, in tolerances.
    #[must_use]
    pub fn distance(&self) -> f64 {
        self.off.abs()
    }

    /// Whether it lies within its tolerance.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.distance() <= 1.0
    }

    /// Whether there is anything to judge.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.simulated.is_finite()
    }
}

/// What is to be said of one target.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetVerdict {
    /// Its figures, in order.
    pub parts: Vec<PartVerdict>,
}

impl TargetVerdict {
    /// The largest distance of its figures; NaN when one of them is not known.
    #[must_use]
    pub fn distance(&self) -> f64 {
        let larger = |most: f64, part: &PartVerdict| {
            if most.is_nan() || part.off.is_nan() { f64::NAN } else { most.max(part.distance()) }
        };
        self.parts.iter().fold(0.0, larger)
    }

    /// Whether all its figures lie within their tolerances.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.parts.iter().all(PartVerdict::is_met)
    }

    /// Whether all its figures are known.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.parts.iter().all(PartVerdict::is_known)
    }
}

/// Judges what populations were found to be, each one value for each part of each target.
#[must_use]
pub fn verdicts(targets: &Targets, populations: &[Vec<f64>]) -> Vec<TargetVerdict> {
    let mut place = 0;
    let mut part_verdict = |part: &crate::scenario::targets::Part| {
        let values: Vec<f64> =
            populations.iter().filter_map(|values| values.get(place).copied()).filter(|v| v.is_finite()).collect();
        place += 1;
        let simulated = if values.is_empty() { f64::NAN } else { mean(&values) };
        PartVerdict {
            simulated,
            interval: t_interval(&values, t_quantile(values.len(), LEVEL)),
            populations: values.len(),
            off: (simulated - part.value) / part.tolerance,
        }
    };
    let of = |target: &crate::scenario::targets::Target| TargetVerdict {
        parts: target.parts.iter().map(&mut part_verdict).collect(),
    };
    targets.targets.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::targets::{Asked, Part, Protocol, Target};

    fn targets(parts: &[&[(f64, f64)]]) -> Targets {
        let part = |(value, tolerance): &(f64, f64)| Part {
            key: String::new(),
            name: Default::default(),
            asked: Asked::Protocol(Protocol::Households, 0),
            value: *value,
            tolerance: *tolerance,
        };
        let target = |parts: &&[(f64, f64)]| Target {
            key: String::new(),
            title: Default::default(),
            source: String::new(),
            code: String::new(),
            population: String::new(),
            year: String::new(),
            tolerance_reason: String::new(),
            input: false,
            parts: parts.iter().map(part).collect(),
        };
        Targets {
            weeks: 1,
            replications: 1,
            seed: 1,
            neighbourhoods: Vec::new(),
            targets: parts.iter().map(target).collect(),
            inputs: Vec::new(),
        }
    }

    #[test]
    fn a_target_is_met_when_all_its_parts_are_and_is_as_far_off_as_the_furthest() {
        let targets = targets(&[&[(0.5, 0.1), (10.0, 2.0)], &[(1.0, 0.25)]]);
        let judged = verdicts(&targets, &[vec![0.40, 13.0, 1.25], vec![0.50, 11.0, 1.25]]);
        // Means 0.45, 12 and 1.25: half a tolerance below, one above, one above.
        let off: Vec<f64> = judged.iter().flat_map(|one| one.parts.iter().map(|part| part.off)).collect();
        for (found, wanted) in off.iter().zip([-0.5, 1.0, 1.0]) {
            assert!((found - wanted).abs() < 1e-12, "{off:?}");
        }
        assert!(judged.iter().all(|one| one.is_met() && one.is_known()));
        assert_eq!(judged[0].distance(), 1.0);
        let missed = verdicts(&targets, &[vec![0.45, 12.1, 1.25]]);
        assert!(!missed[0].is_met() && missed[0].parts[0].is_met() && missed[1].is_met());
        assert!((missed[0].distance() - 1.05).abs() < 1e-12);
    }

    #[test]
    fn the_interval_is_that_of_student_over_populations() {
        let judged = verdicts(&targets(&[&[(0.0, 1.0)]]), &[vec![1.0], vec![2.0], vec![3.0]]);
        // t with two degrees of freedom leaves 5 % above 2.920; the standard error is one over the root of three.
        let half = 2.919_986 / 3.0_f64.sqrt();
        let interval = judged[0].parts[0].interval;
        assert!((interval.low - (2.0 - half)).abs() < 1e-5 && (interval.high - (2.0 + half)).abs() < 1e-5);
    }

    #[test]
    fn a_figure_that_is_not_known_is_neither_met_nor_left_out() {
        let targets = targets(&[&[(0.5, 0.1), (1.0, 0.1)]]);
        let judged = verdicts(&targets, &[vec![0.5, f64::NAN], vec![0.5, f64::NAN]]);
        assert!(!judged[0].is_met() && !judged[0].is_known() && judged[0].distance().is_nan());
        let half = verdicts(&targets, &[vec![0.5, f64::NAN], vec![0.5, 1.0]]);
        assert!(half[0].is_met());
        assert_eq!(half[0].parts[1].populations, 1);
    }
}
