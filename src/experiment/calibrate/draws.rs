//! Chance of the calibration itself: a stream of numbers for each purpose, and well-spread first points.

use statrs::distribution::{ContinuousCDF, Normal};

use super::super::run::mix;

/// A stream of draws that depends on nothing but its key: `SplitMix64` (Steele, Lea and Flood 2014).
#[derive(Debug, Clone, Copy)]
pub struct Draws(u64);

impl Draws {
    /// The stream for a purpose: a seed, and up to three numbers that say which purpose.
    #[must_use]
    pub fn of(seed: u64, purpose: [u64; 3]) -> Self {
        Self(purpose.iter().fold(mix(seed), |state, part| mix(state ^ mix(*part))))
    }

    fn next(&mut self) -> u64 {
        let drawn = mix(self.0);
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        drawn
    }

    /// Between 0 and 1, both left out.
    pub fn share(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A whole number below `n`, which is not 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.next()) * n as u128) >> 64) as usize
    }

    /// From the standard normal distribution.
    pub fn normal(&mut self) -> f64 {
        Normal::standard().inverse_cdf(self.share())
    }
}

/// A Latin hypercube (McKay et al. 1979): of `points` points in as many equal slices of each direction each slice has one.
#[must_use]
pub fn latin_hypercube(points: usize, directions: usize, draws: &mut Draws) -> Vec<Vec<f64>> {
    let mut all = vec![vec![0.0; directions]; points];
    for direction in 0..directions {
        let mut slices: Vec<usize> = (0..points).collect();
        for last in (1..points).rev() {
            slices.swap(last, draws.below(last + 1));
        }
        for (point, slice) in all.iter_mut().zip(slices) {
            point[direction] = (slice as f64 + draws.share()) / points as f64;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_latin_hypercube_has_one_point_in_each_slice_of_each_direction() {
        let points = latin_hypercube(20, 3, &mut Draws::of(1, [0; 3]));
        for direction in 0..3 {
            let mut slices: Vec<usize> = points.iter().map(|point| (point[direction] * 20.0) as usize).collect();
            slices.sort_unstable();
            assert_eq!(slices, (0..20).collect::<Vec<_>>());
        }
    }

    #[test]
    fn streams_of_other_purposes_have_other_draws_and_normal_draws_have_mean_0_and_sd_1() {
        assert_ne!(Draws::of(1, [0, 0, 1]).share(), Draws::of(1, [0, 1, 0]).share());
        let mut draws = Draws::of(5, [1, 2, 3]);
        let sample: Vec<f64> = (0..4_000).map(|_| draws.normal()).collect();
        let mean = sample.iter().sum::<f64>() / 4_000.0;
        let square = sample.iter().map(|value| value * value).sum::<f64>() / 4_000.0;
        assert!(mean.abs() < 0.06 && (square - 1.0).abs() < 0.09, "mean {mean}, mean square {square}");
    }
}
