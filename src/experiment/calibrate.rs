//! Calibration: which values of the free parameters agree with the published targets, and how sure that is.
//!
//! History matching in waves. A wave simulates well-spread parameter sets, learns an [`emulator`] of each output, and
//! leaves out the part of the space that is implausible ([`region`]). After the last wave, sets that are likely by the
//! emulators are simulated themselves and weighted by their real distance to the targets, with the tolerance as standard
//! deviation ([`weigh`]); the weight makes up for how the sets were chosen, so what the emulators got wrong drops out. Where so few sets carry the
//! weight that no range could be told from them, weights are flattened towards what the emulators say.
//!
//! All sets live in the same few worlds, so that luck does not pass for an effect of parameters. The result is a function
//! of the seed and the simulator, for any number of threads.

pub mod diagnose;
pub mod draws;
pub mod emulator;
pub mod region;
pub mod truth;
pub mod weigh;

use std::io;

use rayon::prelude::*;

use super::run::replication_key;
use crate::model::parameters::priors::Prior;
use draws::{Draws, latin_hypercube};
use emulator::Emulator;
use region::{Judge, Region};

/// What a simulator must come near.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Goal {
    /// Published value.
    pub value: f64,
    /// How far the truth may be from it, as a standard deviation; more than 0.
    pub tolerance: f64,
    /// Which target it is a part of.
    pub target: usize,
}

/// How much work a calibration is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// Waves of history matching, at least 1.
    pub waves: usize,
    /// Parameter sets of the first wave.
    pub first: usize,
    /// Parameter sets of each later wave.
    pub next: usize,
    /// Plausible parameter sets, simulated after the last wave.
    pub sets: usize,
    /// Worlds in which each set lives.
    pub worlds: u32,
    /// Points by which the region that is left is known; at least as many as sets of a wave.
    pub cloud: usize,
}

impl Sizes {
    /// Simulations in all.
    #[must_use]
    pub fn simulations(&self) -> usize {
        let lives = (self.first + self.next * self.waves.saturating_sub(1) + self.sets) * self.worlds as usize;
        lives + if self.worlds > 1 { 0 } else { LUCK_WORLDS as usize }
    }

    /// The same for `truths` calibrations on known truths.
    #[must_use]
    pub fn simulations_of_truths(&self, truths: usize) -> usize {
        let first = self.first * self.worlds as usize + if self.worlds > 1 { 0 } else { LUCK_WORLDS as usize };
        first + truths * (self.simulations() - first + self.worlds as usize)
    }
}

/// Sets of equal weight that the plausible sets must be worth, or half of them when they are fewer than twice as many;
/// otherwise their weights are flattened.
const LEAST_EFFECTIVE: f64 = 50.0;

/// Worlds in which the middle of the priors lives to show what luck does, when each set lives in one world only.
const LUCK_WORLDS: u32 = 12;

/// What is calibrated: values of the free parameters and the key of a world in, outputs out, one for each goal.
pub trait Simulator: Sync {
    /// The outputs, NaN where one is not defined; `None` when the work was stopped.
    ///
    /// # Errors
    /// Whatever goes wrong with keeping them.
    fn simulate(&self, parameters: &[f64], key: u64) -> io::Result<Option<Vec<f64>>>;
}

impl<F: Fn(&[f64], u64) -> Vec<f64> + Sync> Simulator for F {
    fn simulate(&self, parameters: &[f64], key: u64) -> io::Result<Option<Vec<f64>>> {
        Ok(Some(self(parameters, key)))
    }
}

/// A parameter set that was simulated.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// As parts of the priors.
    pub point: Vec<f64>,
    /// In the units of the parameters.
    pub parameters: Vec<f64>,
    /// Mean over worlds.
    pub outputs: Vec<f64>,
    /// Variance between worlds of each output; NaN with one world.
    variances: Vec<f64>,
}

impl Simulated {
    fn is_defined(&self) -> bool {
        self.outputs.iter().all(|output| output.is_finite())
    }
}

/// One wave of history matching.
#[derive(Debug, Clone, PartialEq)]
pub struct Wave {
    /// Parameter sets that it simulated.
    pub simulated: usize,
    /// Of these, how many had an output that is not defined, such as the answers of a group with nobody in it.
    pub undefined: usize,
    /// Share of the prior that is left after it.
    pub volume: f64,
    /// Goals that no parameters reach, as the emulators have it.
    pub out_of_reach: usize,
    /// How many times as far as three standard deviations it had to allow; above 1 when goals exclude each other.
    pub mildness: f64,
    /// Median over outputs of the share of variance that the emulators explain.
    pub explained: f64,
}

/// A plausible parameter set.
#[derive(Debug, Clone, PartialEq)]
pub struct Plausible {
    /// Values of the free parameters, in the order of the priors.
    pub parameters: Vec<f64>,
    /// Its weight; all add up to 1.
    pub weight: f64,
    /// Root of the mean over targets of its squared distance, in tolerances.
    pub distance: f64,
    /// What it simulated.
    pub outputs: Vec<f64>,
}

/// What came of a calibration.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// The waves in order.
    pub waves: Vec<Wave>,
    /// The plausible sets, heaviest first.
    pub sets: Vec<Plausible>,
    /// How many sets of equal weight they are worth.
    pub effective: f64,
    /// The same of the weights before they were flattened.
    pub raw_effective: f64,
    /// How much of the differences between the weights' logarithms is left; 1 when they did not have to be flattened.
    pub steepness: f64,
    /// Variance by chance of each output's mean over worlds.
    pub luck: Vec<f64>,
}

/// The keys of the worlds in which all sets live.
#[must_use]
pub fn world_keys(seed: u64, worlds: u32) -> Vec<u64> {
    (0..worlds).map(|world| replication_key(seed, world)).collect()
}

/// A calibration whose first wave is done: what does not depend on the targets.
#[derive(Debug, Clone)]
pub struct FirstWave {
    sizes: Sizes,
    seed: u64,
    done: Vec<Simulated>,
    luck: Vec<f64>,
    emulator: Option<Emulator>,
}

/// Simulates points side by side, each in all worlds; none when it was stopped.
fn simulate_all(
    priors: &[Prior],
    points: Vec<Vec<f64>>,
    keys: &[u64],
    simulator: &impl Simulator,
) -> io::Result<Option<Vec<Simulated>>> {
    let values: Vec<Vec<f64>> =
        points.iter().map(|point| point.iter().zip(priors).map(|(part, prior)| prior.value(*part)).collect()).collect();
    let jobs: Vec<(usize, u64)> = (0..points.len()).flat_map(|nth| keys.iter().map(move |key| (nth, *key))).collect();
    let lives: Vec<Option<Vec<f64>>> =
        jobs.par_iter().map(|(nth, key)| simulator.simulate(&values[*nth], *key)).collect::<io::Result<_>>()?;
    let Some(lives) = lives.into_iter().collect::<Option<Vec<Vec<f64>>>>() else { return Ok(None) };
    let worlds = keys.len() as f64;
    let simulated = points.into_iter().zip(values).zip(lives.chunks(keys.len())).map(|((point, parameters), lives)| {
        let outputs: Vec<f64> =
            (0..lives[0].len()).map(|output| lives.iter().map(|life| life[output]).sum::<f64>() / worlds).collect();
        let around = |(output, mean): (usize, &f64)| {
            lives.iter().map(|life| (life[output] - mean).powi(2)).sum::<f64>() / (worlds - 1.0)
        };
        let variances = outputs.iter().enumerate().map(around).collect();
        Simulated { point, parameters, outputs, variances }
    });
    Ok(Some(simulated.collect()))
}

impl FirstWave {
    /// Simulates the first wave; none when it was stopped.
    ///
    /// # Errors
    /// The first error of the simulator.
    pub fn live(priors: &[Prior], sizes: Sizes, seed: u64, simulator: &impl Simulator) -> io::Result<Option<Self>> {
        let points = latin_hypercube(sizes.first, priors.len(), &mut Draws::of(seed, [0, 0, 0]));
        let keys = world_keys(seed, sizes.worlds);
        let Some(done) = simulate_all(priors, points, &keys, simulator)? else { return Ok(None) };
        let luck = if sizes.worlds > 1 {
            luck(&done, sizes.worlds)
        } else {
            let keys = world_keys(!seed, LUCK_WORLDS);
            let Some(middle) = simulate_all(priors, vec![vec![0.5; priors.len()]], &keys, simulator)? else {
                return Ok(None);
            };
            luck(&middle, 1)
        };
        let emulator = learn(done.iter());
        Ok(Some(Self { sizes, seed, done, luck, emulator }))
    }

    /// Goes on with these goals to the plausible sets; none when it was stopped.
    ///
    /// `purpose` keeps the choices of several calibrations apart that share a first wave.
    ///
    /// # Errors
    /// The first error of the simulator.
    pub fn calibrate(
        &self,
        priors: &[Prior],
        goals: &[Goal],
        purpose: u64,
        simulator: &impl Simulator,
    ) -> io::Result<Option<Calibration>> {
        let Self { sizes, luck, .. } = self;
        let seed = if purpose == 0 { self.seed } else { replication_key(self.seed, purpose as u32) };
        let keys = world_keys(self.seed, sizes.worlds);
        let mut region = Region::whole(priors.len(), sizes.cloud.max(sizes.next).max(sizes.sets), seed);
        let mut waves = Vec::new();
        let mut done = self.done.clone();
        let mut new = done.len();
        let mut emulator = self.emulator.clone();
        for wave in 1..=sizes.waves.max(1) {
            if wave > 1 {
                let points = evenly(&region.points, sizes.next);
                let Some(more) = simulate_all(priors, points, &keys, simulator)? else { return Ok(None) };
                new = more.len();
                done.extend(more);
                // What lies outside the region teaches little about it.
                emulator = learn(done.iter().filter(|simulated| region.holds(&simulated.point)));
            }
            let undefined = done[done.len() - new..].iter().filter(|simulated| !simulated.is_defined()).count();
            let Some(learnt) = emulator.take() else { break };
            let mut explained = learnt.explained.clone();
            explained.sort_unstable_by(f64::total_cmp);
            region.narrow(Judge::new(learnt, goals, luck), seed);
            waves.push(Wave {
                simulated: new,
                undefined,
                volume: region.volume,
                out_of_reach: region.judges.last().map_or(0, Judge::out_of_reach),
                mildness: region.judges.last().map_or(f64::NAN, |judge| judge.mildness),
                explained: explained[explained.len() / 2],
            });
        }
        let likely = evenly(&region.likely(seed), sizes.sets);
        let Some(last) = simulate_all(priors, likely, &keys, simulator)? else { return Ok(None) };
        Ok(Some(weighed(goals, luck, waves, &region, last)))
    }

    /// What the sets of the first wave simulated.
    #[must_use]
    pub fn simulated(&self) -> &[Simulated] {
        &self.done
    }
}

/// Calibrates: the parameters of `priors` so that the simulator comes near `goals`; none when it was stopped.
///
/// Uses the current rayon pool.
///
/// # Errors
/// The first error of the simulator.
pub fn calibrate(
    priors: &[Prior],
    goals: &[Goal],
    sizes: Sizes,
    seed: u64,
    simulator: &impl Simulator,
) -> io::Result<Option<Calibration>> {
    let Some(first) = FirstWave::live(priors, sizes, seed, simulator)? else { return Ok(None) };
    first.calibrate(priors, goals, 0, simulator)
}

/// So many of the points, evenly from the first to the last: points that stand together may have come from one.
fn evenly(points: &[Vec<f64>], wanted: usize) -> Vec<Vec<f64>> {
    let wanted = wanted.min(points.len());
    (0..wanted).map(|nth| points[nth * points.len() / wanted].clone()).collect()
}

/// The variance by chance of the mean over so many worlds, as these sets show it on average.
fn luck(done: &[Simulated], worlds: u32) -> Vec<f64> {
    let outputs = done.first().map_or(0, |first| first.outputs.len());
    let of = |output: usize| {
        let known: Vec<f64> =
            done.iter().map(|simulated| simulated.variances[output]).filter(|variance| variance.is_finite()).collect();
        if known.is_empty() { 0.0 } else { known.iter().sum::<f64>() / known.len() as f64 / f64::from(worlds) }
    };
    (0..outputs).map(of).collect()
}

/// Learns from all that was simulated. In the place of what is not defined stands the mean of what is: it teaches nothing.
fn learn<'a>(simulated: impl Iterator<Item = &'a Simulated>) -> Option<Emulator> {
    let known: Vec<&Simulated> = simulated.collect();
    let points: Vec<&[f64]> = known.iter().map(|simulated| simulated.point.as_slice()).collect();
    let mut outputs: Vec<Vec<f64>> = known.iter().map(|simulated| simulated.outputs.clone()).collect();
    for output in 0..outputs.first()?.len() {
        let defined: Vec<f64> = outputs.iter().map(|row| row[output]).filter(|value| value.is_finite()).collect();
        let middle = if defined.is_empty() { 0.0 } else { defined.iter().sum::<f64>() / defined.len() as f64 };
        for row in outputs.iter_mut().filter(|row| !row[output].is_finite()) {
            row[output] = middle;
        }
    }
    let rows: Vec<&[f64]> = outputs.iter().map(Vec::as_slice).collect();
    Emulator::learn(&points, &rows)
}

/// Weighs the last sets by what they really simulated.
fn weighed(goals: &[Goal], luck: &[f64], waves: Vec<Wave>, region: &Region, last: Vec<Simulated>) -> Calibration {
    let variances: Vec<f64> = goals.iter().zip(luck).map(|(goal, luck)| goal.tolerance.powi(2) + luck).collect();
    let tolerances: Vec<f64> = goals.iter().map(|goal| goal.tolerance.powi(2)).collect();
    let chosen_by = |point: &[f64]| region.judges.last().map_or(0.0, |judge| judge.misfit(point));
    let logarithm = |simulated: &Simulated| {
        if simulated.outputs.iter().any(|output| output.is_finite()) {
            0.5 * (chosen_by(&simulated.point) - weigh::misfit(goals, &simulated.outputs, &variances))
        } else {
            f64::NEG_INFINITY
        }
    };
    let logarithms: Vec<f64> = last.iter().map(logarithm).collect();
    let raw = weigh::effective(&weigh::normalized(&logarithms));
    let half = last.len() as f64 / 2.0;
    let (weights, steepness) = weigh::flattened(&logarithms, LEAST_EFFECTIVE.min(half));
    let targets = goals.iter().map(|goal| goal.target).collect::<std::collections::BTreeSet<_>>().len() as f64;
    let effective = weigh::effective(&weights);
    let mut sets: Vec<Plausible> = last
        .into_iter()
        .zip(weights)
        .filter(|(_, weight)| *weight > 0.0)
        .map(|(Simulated { parameters, outputs, .. }, weight)| {
            let distance = (weigh::misfit(goals, &outputs, &tolerances) / targets).sqrt();
            Plausible { parameters, weight, distance, outputs }
        })
        .collect();
    sets.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    Calibration { waves, sets, effective, raw_effective: raw, steepness, luck: luck.to_vec() }
}
