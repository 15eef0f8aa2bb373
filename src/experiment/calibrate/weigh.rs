//! Weights of simulated parameter sets by their distance to the targets, and what is said of weighted sets.

use super::Goal;

/// The sum of squared distances in standard deviations. A target has one part of the sum, however many parts it has
/// itself: they come from one survey and share its error. What is not defined is not counted.
#[must_use]
pub fn misfit(goals: &[Goal], outputs: &[f64], variances: &[f64]) -> f64 {
    let parts = |target: usize| goals.iter().filter(|goal| goal.target == target).count() as f64;
    goals
        .iter()
        .zip(outputs)
        .zip(variances)
        .filter(|((_, output), _)| output.is_finite())
        .map(|((goal, output), variance)| (output - goal.value).powi(2) / variance / parts(goal.target))
        .sum()
}

/// How many sets of equal weight would be worth as much (Kish).
#[must_use]
pub fn effective(weights: &[f64]) -> f64 {
    let squares: f64 = weights.iter().map(|weight| weight * weight).sum();
    if squares > 0.0 { weights.iter().sum::<f64>().powi(2) / squares } else { 0.0 }
}

/// Weights that add up to 1, from their logarithms; what has no weight is minus infinity.
#[must_use]
pub fn normalized(logarithms: &[f64]) -> Vec<f64> {
    let most = logarithms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if !most.is_finite() {
        return vec![0.0; logarithms.len()];
    }
    let weights: Vec<f64> = logarithms.iter().map(|logarithm| (logarithm - most).exp()).collect();
    let total: f64 = weights.iter().sum();
    weights.into_iter().map(|weight| weight / total).collect()
}

/// Weights from their logarithms, flattened no more than is needed to be worth `least` sets of equal weight; and how much
/// of the differences between logarithms is left, 1 when nothing had to be flattened.
///
/// Ranges of a handful of sets are far too narrow. Flat weights are those of the emulators alone, which allow for their
/// own error and so err on the side of caution.
#[must_use]
pub fn flattened(logarithms: &[f64], least: f64) -> (Vec<f64>, f64) {
    let weights = |left: f64| normalized(&logarithms.iter().map(|logarithm| logarithm * left).collect::<Vec<_>>());
    let enough = |left: f64| effective(&weights(left)) >= least;
    if enough(1.0) {
        return (weights(1.0), 1.0);
    }
    let (mut flat, mut steep) = (0.0, 1.0);
    for _ in 0..40 {
        let middle = f64::midpoint(flat, steep);
        if enough(middle) {
            flat = middle;
        } else {
            steep = middle;
        }
    }
    // With less than that, minus infinity times nothing would be no number.
    let left = f64::max(flat, 1e-9);
    (weights(left), left)
}

/// The value below which a share `part` of the weight lies, straight between the middles of neighbouring weights.
#[must_use]
pub fn quantile(values: &[f64], weights: &[f64], part: f64) -> f64 {
    let mut pairs: Vec<(f64, f64)> =
        values.iter().copied().zip(weights.iter().copied()).filter(|(_, weight)| *weight > 0.0).collect();
    pairs.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    let total: f64 = pairs.iter().map(|(_, weight)| weight).sum();
    let mut passed = 0.0;
    let mut before: Option<(f64, f64)> = None;
    for (value, weight) in pairs {
        let middle = (passed + weight / 2.0) / total;
        if middle >= part {
            return before.map_or(value, |(from, at)| from + (value - from) * (part - at) / (middle - at));
        }
        before = Some((value, middle));
        passed += weight;
    }
    before.map_or(f64::NAN, |(value, _)| value)
}

/// The weighted mean.
#[must_use]
pub fn mean(values: &[f64], weights: &[f64]) -> f64 {
    values.iter().zip(weights).map(|(value, weight)| value * weight).sum::<f64>() / weights.iter().sum::<f64>()
}

/// The weighted correlation; 0 of what does not vary.
#[must_use]
pub fn correlation(a: &[f64], b: &[f64], weights: &[f64]) -> f64 {
    let (mean_a, mean_b) = (mean(a, weights), mean(b, weights));
    let product = |x: &[f64], mx: f64, y: &[f64], my: f64| {
        x.iter().zip(y).zip(weights).map(|((x, y), weight)| weight * (x - mx) * (y - my)).sum::<f64>()
    };
    let spread = (product(a, mean_a, a, mean_a) * product(b, mean_b, b, mean_b)).sqrt();
    if spread > 1e-300 { product(a, mean_a, b, mean_b) / spread } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_target_share_its_one_part_of_the_sum() {
        let goal = |value, target| Goal { value, tolerance: 1.0, target };
        let goals = [goal(0.0, 0), goal(0.0, 0), goal(1.0, 7)];
        // Two parts 2 and 4 away make (4 + 16) / 2; the other target, 6 away with variance 4, makes 9.
        assert_eq!(misfit(&goals, &[2.0, 4.0, 7.0], &[1.0, 1.0, 4.0]), 10.0 + 9.0);
    }

    #[test]
    fn equal_weights_are_worth_their_number_and_one_heavy_one_is_worth_one() {
        assert_eq!(effective(&[0.25; 4]), 4.0);
        assert!(effective(&[1.0, 1e-9, 1e-9]) < 1.001);
        assert_eq!(effective(&[]), 0.0);
    }

    #[test]
    fn weights_add_up_to_one_and_survive_numbers_too_small_for_exp() {
        let weights = normalized(&[-2_000.0, -2_000.0 - 3.0_f64.ln(), f64::NEG_INFINITY]);
        assert!((weights[0] - 0.75).abs() < 1e-12 && (weights[1] - 0.25).abs() < 1e-12 && weights[2] == 0.0);
    }

    #[test]
    fn weights_are_flattened_only_as_far_as_is_needed() {
        let logarithms: Vec<f64> = (0..40).map(|nth| -f64::from(nth)).collect();
        let (weights, left) = flattened(&logarithms, 10.0);
        assert!((effective(&weights) - 10.0).abs() < 1e-3 && (0.05..0.5).contains(&left), "{left}");
        assert!(weights.windows(2).all(|pair| pair[0] > pair[1]), "the order stays");
        assert_eq!(flattened(&logarithms, 1.5), (normalized(&logarithms), 1.0));
        let (weights, _) = flattened(&[0.0, f64::NEG_INFINITY, -1.0], 3.0);
        assert!(weights[1] == 0.0 && (weights[0] - weights[2]).abs() < 1e-6, "{weights:?}");
    }

    #[test]
    fn a_weighted_quantile_lies_where_the_weight_lies() {
        let values = [3.0, 1.0, 2.0];
        assert_eq!(quantile(&values, &[1.0; 3], 0.5), 2.0);
        assert_eq!(quantile(&values, &[0.0, 1.0, 0.0], 0.9), 1.0);
        assert!(quantile(&values, &[8.0, 1.0, 1.0], 0.5) > 2.7);
        assert!(quantile(&[], &[], 0.5).is_nan());
    }

    #[test]
    fn weight_decides_how_things_go_together() {
        let (a, b) = ([0.0, 1.0, 0.0, 1.0], [0.0, 1.0, 1.0, 0.0]);
        assert!((correlation(&a, &b, &[1.0, 1.0, 0.0, 0.0]) - 1.0).abs() < 1e-12);
        assert!(correlation(&a, &b, &[1.0; 4]).abs() < 1e-12);
        assert_eq!(correlation(&a, &[2.0; 4], &[1.0; 4]), 0.0);
    }
}
