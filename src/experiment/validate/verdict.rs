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
