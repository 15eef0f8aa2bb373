//! Calibration held against itself: parameters that are known, targets made by the simulator, and how often the ranges
//! that come out hold what went in.
//!
//! A target made here errs as a published one may: the parts of each are moved together by one normal error, of the size
//! of their tolerances. Ranges of 90 % of a right method then hold the truth in about 90 % of the cases; more is cautious,
//! less is false certainty.

use std::io;

use super::diagnose::{ENDS, learnt};
use super::draws::Draws;
use super::{FirstWave, Goal, Simulator, Sizes, simulate_all};
use crate::experiment::run::replication_key;
use crate::model::parameters::priors::Prior;

/// What came of calibrating on known truths.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// Truths that were tried.
    pub truths: usize,
    /// For each parameter, the share of truths that its 90 % range held.
    pub by_parameter: Vec<f64>,
    /// The same over all parameters.
    pub overall: f64,
    /// The share that ranges of half the width would have held: what false certainty looks like on this simulator.
    pub by_half: f64,
    /// Mean over truths of how many sets of equal weight each calibration was worth before its weights were flattened.
    pub effective: f64,
    /// Mean over truths and parameters of how much was learnt.
    pub learnt: f64,
}

/// Calibrates on `truths` parameter sets drawn from the priors; none when it was stopped. The tolerances are those of
/// `goals`, whose values are not looked at. The first wave is shared.
///
/// # Errors
/// The first error of the simulator.
pub fn coverage(
    priors: &[Prior],
    goals: &[Goal],
    sizes: Sizes,
    seed: u64,
    truths: usize,
    simulator: &impl Simulator,
) -> io::Result<Option<Coverage>> {
    let Some(first) = FirstWave::live(priors, sizes, seed, simulator)? else { return Ok(None) };
    let mut draws = Draws::of(seed, [77, 0, 0]);
    let points: Vec<Vec<f64>> = (0..truths).map(|_| priors.iter().map(|_| draws.share()).collect()).collect();
    // The truth lives in other worlds than those that it is sought in.
    let keys: Vec<u64> = (0..sizes.worlds).map(|world| replication_key(!seed, 1_000 + world)).collect();
    let Some(known) = simulate_all(priors, points, &keys, simulator)? else { return Ok(None) };

    let (mut held, mut held_by_half) = (vec![0.0; priors.len()], 0.0);
    let (mut effective, mut taught, mut tried) = (0.0, 0.0, 0);
    for (nth, truth) in known.iter().enumerate() {
        let made = goals_around(goals, &truth.outputs, &first.luck, &mut Draws::of(seed, [78, nth as u64, 0]));
        let Some(found) = first.calibrate(priors, &made, nth as u64 + 1, simulator)? else { return Ok(None) };
        tried += 1;
        effective += found.raw_effective;
        for (learnt, (value, held)) in learnt(priors, &found).iter().zip(truth.parameters.iter().zip(&mut held)) {
            let [low, high] = learnt.range;
            let inside = |[low, high]: [f64; 2]| f64::from(u8::from(low <= *value && *value <= high));
            *held += inside([low, high]);
            let (middle, quarter) = (f64::midpoint(low, high), (high - low) / 4.0);
            held_by_half += inside([middle - quarter, middle + quarter]);
            taught += learnt.learnt;
        }
    }
    let all = tried as f64 * priors.len() as f64;
    Ok(Some(Coverage {
        truths: tried,
        overall: held.iter().sum::<f64>() / all,
        by_parameter: held.iter().map(|held| held / tried as f64).collect(),
        by_half: held_by_half / all,
        effective: effective / tried as f64,
        learnt: taught / all,
    }))
}

/// Goals as a survey would publish them of a world that simulates `outputs`.
fn goals_around(goals: &[Goal], outputs: &[f64], luck: &[f64], draws: &mut Draws) -> Vec<Goal> {
    let targets = goals.iter().map(|goal| goal.target + 1).max().unwrap_or(0);
    let errors: Vec<f64> = (0..targets).map(|_| draws.normal()).collect();
    goals
        .iter()
        .zip(outputs)
        .zip(luck)
        .map(|((goal, output), luck)| Goal {
            // What the truth does not define cannot be a target; a wide tolerance lets it say nothing.
            value: if output.is_finite() { *output } else { goal.value } + errors[goal.target] * goal.tolerance,
            // The worlds of the truth had luck of their own.
            tolerance: if output.is_finite() { (goal.tolerance.powi(2) + luck).sqrt() } else { 1e6 },
            target: goal.target,
        })
        .collect()
}

/// The share of its cases that a range must hold.
pub const NOMINAL: f64 = ENDS[1] - ENDS[0];

#[cfg(test)]
mod tests {
    use super::super::{Calibration, calibrate};
    use super::*;
    use crate::model::parameters::priors::Scale;

    const PRIORS: [Prior; 3] = [
        Prior { key: "a.level", low: -1.0, high: 2.0, scale: Scale::Uniform, reason: "" },
        Prior { key: "a.slope", low: 0.1, high: 10.0, scale: Scale::LogUniform, reason: "" },
        Prior { key: "a.bend", low: 0.0, high: 1.0, scale: Scale::Uniform, reason: "" },
    ];
    const SIZES: Sizes = Sizes { waves: 2, first: 50, next: 40, sets: 120, worlds: 2, cloud: 300 };

    /// Curved, with interactions, in worlds that differ a little.
    fn toy(parameters: &[f64], key: u64) -> Vec<f64> {
        let [level, slope, bend] = [parameters[0], parameters[1].ln(), parameters[2]];
        let mut luck = Draws::of(key, [level.to_bits(), slope.to_bits(), bend.to_bits()]);
        let mut noise = || 0.02 * luck.normal();
        vec![
            level + 0.4 * slope + noise(),
            1.0 / (1.0 + (-slope - level * bend).exp()) + noise(),
            (2.0 * bend).sin() + 0.2 * level * level + noise(),
            slope * bend + level + noise(),
        ]
    }

    fn goals(tolerance: f64) -> Vec<Goal> {
        (0..4).map(|target| Goal { value: 0.0, tolerance, target }).collect()
    }

    fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool").install(work)
    }

    #[test]
    fn ranges_hold_the_truth_about_as_often_as_they_say() {
        let found = coverage(&PRIORS, &goals(0.1), SIZES, 11, 60, &toy).expect("no error").expect("not stopped");
        assert!((0.84..=0.965).contains(&found.overall), "{found:?}");
        assert!(found.by_parameter.iter().all(|share| *share > 0.78), "{found:?}");
        // The same bounds refuse ranges of half the width.
        assert!(found.by_half < 0.78, "{found:?}");
        assert!(found.effective > 20.0, "worth {}", found.effective);
        assert!(found.learnt > 0.4, "the ranges are narrower than the priors: {found:?}");
    }

    #[test]
    fn ranges_are_cautious_and_not_narrow_when_few_sets_agree() {
        // Tight tolerances, few simulations: nearly all weight would be on two or three sets.
        let sizes = Sizes { waves: 1, first: 24, sets: 24, ..SIZES };
        let found = coverage(&PRIORS, &goals(0.01), sizes, 5, 60, &toy).expect("no error").expect("not stopped");
        assert!(found.effective < 8.0, "a hard case: {found:?}");
        assert!(found.overall > 0.8, "{found:?}");
    }

    fn once(threads: usize) -> Calibration {
        let truth = toy(&[0.5, 2.0, 0.3], 1);
        let goals: Vec<Goal> =
            truth.iter().enumerate().map(|(target, &value)| Goal { value, tolerance: 0.05, target }).collect();
        on_threads(threads, || calibrate(&PRIORS, &goals, SIZES, 3, &toy)).expect("no error").expect("not stopped")
    }

    #[test]
    fn the_result_is_the_same_for_any_number_of_threads() {
        let one = once(1);
        assert_eq!(once(2), one);
        assert_eq!(once(8), one);
    }

    #[test]
    fn waves_narrow_the_region_and_sets_come_near_the_targets() {
        let found = once(2);
        assert_eq!(found.waves.len(), 2);
        assert!(found.waves[1].volume < found.waves[0].volume && found.waves[0].volume < 0.5, "{:?}", found.waves);
        assert!((found.sets.iter().map(|set| set.weight).sum::<f64>() - 1.0).abs() < 1e-9);
        assert!(found.effective > 20.0, "worth {}", found.effective);
        let near: f64 = found.sets.iter().map(|set| set.weight * set.distance).sum();
        assert!(near < 1.3, "the weighted distance is {near} tolerances");
    }
}
