//! Paired statistics: the mean of differences, its interval by Student's t and by the bootstrap, and how often it was better.
//!
//! The bootstrap is the bias-corrected and accelerated one of Efron (1987), with as acceleration the jackknife's; the
//! form is that of `scipy.stats.bootstrap(method="BCa")`, linear interpolation between resamples included. Its draws
//! come from `SplitMix64` with a fixed key for each sample size: the same data give the same interval, always.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use super::run::mix;

/// Resamples of the bootstrap.
pub const RESAMPLES: usize = 2_000;

/// Two ends of an interval; both NaN where none can be given.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// No interval: there is nothing to base it on.
    pub const NONE: Self = Self { low: f64::NAN, high: f64::NAN };

    /// Whether there is an interval at all.
    #[must_use]
    pub fn exists(self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }
}

/// The mean, or NaN of nothing.
#[must_use]
pub fn mean(sample: &[f64]) -> f64 {
    sample.iter().sum::<f64>() / sample.len() as f64
}

/// The quantile of Student's t with `n - 1` degrees of freedom that leaves half of `1 - level` above it.
///
/// NaN when `n` is under 2 or `level` is not between 0 and 1.
#[must_use]
pub fn t_quantile(n: usize, level: f64) -> f64 {
    if n < 2 || !(level > 0.0 && level < 1.0) {
        return f64::NAN;
    }
    StudentsT::new(0.0, 1.0, (n - 1) as f64).map_or(f64::NAN, |t| t.inverse_cdf(f64::midpoint(1.0, level)))
}

/// The interval of the mean by Student's t, given [`t_quantile`] for this sample size; none for fewer than 2 values.
///
/// Equal values give an interval of no width: the sample shows no spread.
#[must_use]
pub fn t_interval(sample: &[f64], quantile: f64) -> Interval {
    let n = sample.len() as f64;
    if sample.len() < 2 {
        return Interval::NONE;
    }
    let mean = mean(sample);
    let variance = sample.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0);
    let half = quantile * (variance / n).sqrt();
    Interval { low: mean - half, high: mean + half }
}

/// The resamples for one sample size: which values each draws, with replacement.
#[derive(Debug, Clone)]
pub struct Bootstrap {
    n: usize,
    draws: Vec<u32>,
    normal: Normal,
}

impl Bootstrap {
    /// Draws the resamples for samples of `n` values.
    #[must_use]
    pub fn new(n: usize) -> Self {
        let key = mix(0x0062_6f6f_7473_7472 ^ n as u64);
        let draws = (0..RESAMPLES * n)
            .map(|draw| {
                let random = mix(key.wrapping_add((draw as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
                // The high half of the product is uniform below n (Lemire 2019), but for a bias of n / 2^64.
                ((u128::from(random) * n as u128) >> 64) as u32
            })
            .collect();
        Self { n, draws, normal: Normal::standard() }
    }

    /// The `BCa` intervals of the mean of `sample`, one for each of `levels`.
    ///
    /// None for fewer than 2 values or another number than the resamples are for; an interval of no width if all values
    /// are equal.
    #[must_use]
    pub fn intervals<const LEVELS: usize>(&self, sample: &[f64], levels: [f64; LEVELS]) -> [Interval; LEVELS] {
        if sample.len() < 2 || sample.len() != self.n {
            return [Interval::NONE; LEVELS];
        }
        if sample.iter().all(|value| *value == sample[0]) {
            return [Interval { low: sample[0], high: sample[0] }; LEVELS];
        }
        let n = sample.len() as f64;
        let estimate = mean(sample);
        let mut means: Vec<f64> = self
            .draws
            .chunks_exact(sample.len())
            .map(|draws| draws.iter().map(|&draw| sample[draw as usize]).sum::<f64>() / n)
            .collect();
        means.sort_unstable_by(f64::total_cmp);

        let below = means.partition_point(|mean| *mean < estimate);
        let not_above = means.partition_point(|mean| *mean <= estimate);
        let share = (below + not_above) as f64 / (2 * means.len()) as f64;
        let bias = self.normal.inverse_cdf(share);
        let acceleration = acceleration(sample);
        levels.map(|level| {
            let tail = (1.0 - level) / 2.0;
            let end = |probability: f64| {
                let z = bias + self.normal.inverse_cdf(probability);
                quantile(&means, self.normal.cdf(bias + z / (1.0 - acceleration * z)))
            };
            Interval { low: end(tail), high: end(1.0 - tail) }
        })
    }
}

/// The acceleration of the mean by the jackknife: a sixth of the skewness of its influence values.
fn acceleration(sample: &[f64]) -> f64 {
    let n = sample.len() as f64;
    let total: f64 = sample.iter().sum();
    let left_out: Vec<f64> = sample.iter().map(|value| (total - value) / (n - 1.0)).collect();
    let centre = mean(&left_out);
    let (mut squares, mut cubes) = (0.0, 0.0);
    for value in left_out {
        let influence = (n - 1.0) * (centre - value);
        squares += influence * influence;
        cubes += influence * influence * influence;
    }
    if squares > 0.0 { cubes / (6.0 * squares * squares.sqrt()) } else { 0.0 }
}

/// The quantile of sorted values with linear interpolation, the usual one of R (type 7) and `NumPy`; NaN of NaN.
fn quantile(sorted: &[f64], probability: f64) -> f64 {
    if !probability.is_finite() || sorted.is_empty() {
        return f64::NAN;
    }
    let place = probability.clamp(0.0, 1.0) * (sorted.len() - 1) as f64;
    let (low, part) = (place.floor() as usize, place.fract());
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + part * (sorted[high] - sorted[low])
}

/// The share of `differences` for which `is_better` holds; NaN of nothing. No difference is not better.
#[must_use]
pub fn share_better(differences: &[f64], is_better: impl Fn(f64) -> bool) -> f64 {
    differences.iter().filter(|difference| is_better(**difference)).count() as f64 / differences.len() as f64
}
