//! The part of the space of parameters that is not implausible, and points spread over it.
//!
//! A point is implausible when the emulators of any wave say that an output lies further from its published value than
//! three times what tolerance, emulator and luck together allow (Craig et al. 1997; Vernon et al. 2010). What is left of
//! some twenty directions may be a millionth of the whole, so points are led there in steps, each of which keeps a tenth
//! (subset simulation, Au and Beck 2001), and moved within by differences of other points (ter Braak 2006).

use rayon::prelude::*;

use super::Goal;
use super::draws::Draws;
use super::emulator::Emulator;

/// Distance, in standard deviations, from which a point is implausible.
pub const CUT: f64 = 3.0;
/// Share of the points that a step keeps.
const KEPT: f64 = 0.1;
/// Most steps of one wave: by then no more than 1 in 10^15 would be left.
const MOST_STEPS: usize = 15;
/// Room above the nearest that any point comes to a target that is out of reach.
const SLACK: f64 = 1.0;
/// Moves that are tried with each point after a step.
const MOVES: usize = 24;

/// What one wave learnt: emulators, and how far an output may lie from its goal.
#[derive(Debug, Clone, PartialEq)]
pub struct Judge {
    emulator: Emulator,
    goals: Vec<Goal>,
    /// Variance of an output around its goal, by tolerance, emulator and luck.
    variances: Vec<f64>,
    /// The same, as many times as its target has parts.
    shared: Vec<f64>,
    /// The distance of each output from which a point is implausible, in standard deviations: [`CUT`], or more where the
    /// goal is out of reach.
    pub cuts: Vec<f64>,
    /// From which share of these distances this judge refuses: 1, or more when goals are out of reach together.
    pub mildness: f64,
}

impl Judge {
    /// Judges by these emulators; `luck` is the variance of each simulated output by chance.
    #[must_use]
    pub fn new(emulator: Emulator, goals: &[Goal], luck: &[f64]) -> Self {
        let variance =
            |(output, goal): (usize, &Goal)| goal.tolerance.powi(2) + emulator.variance(output) + luck[output];
        let variances: Vec<f64> = goals.iter().enumerate().map(variance).collect();
        let parts = |goal: &Goal| goals.iter().filter(|other| other.target == goal.target).count() as f64;
        let shared = goals.iter().zip(&variances).map(|(goal, variance)| variance * parts(goal)).collect();
        Self { emulator, goals: goals.to_vec(), variances, shared, cuts: vec![CUT; goals.len()], mildness: 1.0 }
    }

    /// The distance of each output from its goal, in standard deviations.
    fn distances(&self, point: &[f64]) -> impl Iterator<Item = f64> {
        let predicted = self.emulator.predict(point).into_iter().zip(&self.goals).zip(&self.variances);
        predicted.map(|((value, goal), variance)| (value - goal.value).abs() / variance.sqrt())
    }

    /// The largest distance of any output from its goal, as a share of the distance that is allowed.
    #[must_use]
    pub fn implausibility(&self, point: &[f64]) -> f64 {
        self.distances(point).zip(&self.cuts).map(|(distance, cut)| distance / cut).fold(0.0, f64::max)
    }

    /// Allows each output that none of these points brings near its goal as far away as the nearest, and one standard
    /// deviation more: a target that no parameters reach must not hide what the others say.
    fn allow_for_reach(&mut self, points: &[Vec<f64>]) {
        let all: Vec<Vec<f64>> = points.par_iter().map(|point| self.distances(point).collect()).collect();
        for (output, cut) in self.cuts.iter_mut().enumerate() {
            let nearest = all.iter().map(|distances| distances[output]).fold(f64::INFINITY, f64::min);
            *cut = CUT.max(nearest + SLACK);
        }
    }

    /// The sum of squared distances, in standard deviations, of which each target has one.
    #[must_use]
    pub fn misfit(&self, point: &[f64]) -> f64 {
        let predicted = self.emulator.predict(point).into_iter().zip(&self.goals).zip(&self.shared);
        predicted.map(|((value, goal), shared)| (value - goal.value).powi(2) / shared).sum()
    }

    /// Goals that nothing reaches.
    #[must_use]
    pub fn out_of_reach(&self) -> usize {
        self.cuts.iter().filter(|cut| **cut > CUT + SLACK).count()
    }

    fn allows(&self, point: &[f64]) -> bool {
        self.implausibility(point) <= self.mildness
    }
}

/// What no wave so far refuses.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    /// One judge for each wave.
    pub judges: Vec<Judge>,
    /// Points spread evenly over the region.
    pub points: Vec<Vec<f64>>,
    /// Its share of the prior.
    pub volume: f64,
}

impl Region {
    /// The whole prior.
    #[must_use]
    pub fn whole(directions: usize, points: usize, seed: u64) -> Self {
        let points = super::draws::latin_hypercube(points, directions, &mut Draws::of(seed, [1, 0, 0]));
        Self { judges: Vec::new(), points, volume: 1.0 }
    }

    /// Whether no judge refuses a point; the last is the strictest, so it is asked first.
    #[must_use]
    pub fn holds(&self, point: &[f64]) -> bool {
        self.judges.iter().rev().all(|judge| judge.allows(point))
    }

    /// Leaves out what one more judge refuses.
    ///
    /// When that is everything, since goals are out of reach together, the judge is made milder, until it allows what
    /// comes nearest and a third more.
    pub fn narrow(&mut self, mut judge: Judge, seed: u64) {
        let wave = self.judges.len() as u64 + 2;
        let many = self.points.len();
        let mut points = std::mem::take(&mut self.points);
        judge.allow_for_reach(&points);
        let (mut before, mut volume) = (f64::INFINITY, self.volume);
        for step in 0..MOST_STEPS {
            let scores: Vec<f64> = points.par_iter().map(|point| judge.implausibility(point)).collect();
            let mut sorted = scores.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let level = sorted[(many as f64 * KEPT) as usize];
            // Points that no longer come nearer show that a target is out of reach.
            let stuck = step + 1 == MOST_STEPS || before - level < 0.02 * level;
            if level > 1.0 && stuck {
                judge.mildness = (sorted[0] * 4.0 / 3.0).max(1.0);
            }
            let last = level <= judge.mildness || stuck;
            let cut = if last { judge.mildness } else { level };
            let kept: Vec<&Vec<f64>> =
                points.iter().zip(&scores).filter(|(_, score)| **score <= cut).map(|(p, _)| p).collect();
            volume *= kept.len() as f64 / many as f64;
            let mut draws = Draws::of(seed, [wave, step as u64, u64::MAX]);
            let starts: Vec<Vec<f64>> = (0..many).map(|_| kept[draws.below(kept.len())].clone()).collect();
            let inside = |point: &[f64]| judge.implausibility(point) <= cut && self.holds(point);
            points = spread(&starts, MOVES, |nth| Draws::of(seed, [wave, step as u64, nth]), |_, new, _| inside(new));
            before = level;
            if last {
                break;
            }
        }
        (self.points, self.volume) = (points, volume);
        self.judges.push(judge);
    }

    /// Points that are likely by the last judge, rather than only allowed: the region's points, led in steps from evenly
    /// spread to in proportion to exp(-misfit / 2). The points as they are when there is no judge.
    #[must_use]
    pub fn likely(&self, seed: u64) -> Vec<Vec<f64>> {
        let Some(judge) = self.judges.last() else { return self.points.clone() };
        let many = self.points.len();
        let mut points = self.points.clone();
        let mut heat = 0.0;
        let mut step = 0;
        while heat < 1.0 {
            let misfits: Vec<f64> = points.par_iter().map(|point| judge.misfit(point)).collect();
            let least = misfits.iter().copied().fold(f64::INFINITY, f64::min);
            let weights =
                |more: f64| misfits.iter().map(|misfit| (-0.5 * more * (misfit - least)).exp()).collect::<Vec<_>>();
            // The largest step that leaves the worth of half of the points.
            let mut more: f64 = 1.0 - heat;
            for _ in 0..40 {
                if super::weigh::effective(&weights(more)) >= 0.5 * many as f64 {
                    break;
                }
                more *= 0.7;
            }
            heat = (heat + more).min(1.0);
            let starts = resample(&points, &weights(more), many, &mut Draws::of(seed, [9, step, u64::MAX]));
            let accept = |old: &[f64], new: &[f64], draws: &mut Draws| {
                self.holds(new) && draws.share().ln() < 0.5 * heat * (judge.misfit(old) - judge.misfit(new))
            };
            points = spread(&starts, MOVES, |nth| Draws::of(seed, [9, step, nth]), accept);
            step += 1;
        }
        points
    }
}

/// Draws points in proportion to their weights, evenly (systematic resampling).
fn resample(points: &[Vec<f64>], weights: &[f64], many: usize, draws: &mut Draws) -> Vec<Vec<f64>> {
    let total: f64 = weights.iter().sum();
    let offset = draws.share();
    let (mut place, mut passed) = (0, weights[0]);
    (0..many)
        .map(|nth| {
            let wanted = (nth as f64 + offset) / many as f64 * total;
            while passed < wanted && place + 1 < points.len() {
                place += 1;
                passed += weights[place];
            }
            points[place].clone()
        })
        .collect()
}

/// Moves each point about: a few directions at a time, along the difference of two others, now and then one direction
/// afresh. Both are as likely back as forth, so points that were spread well stay so.
fn spread(
    starts: &[Vec<f64>],
    moves: usize,
    draws_of: impl Fn(u64) -> Draws + Sync,
    accept: impl Fn(&[f64], &[f64], &mut Draws) -> bool + Sync,
) -> Vec<Vec<f64>> {
    let walk = |(nth, start): (usize, &Vec<f64>)| {
        let mut draws = draws_of(nth as u64);
        let mut at = start.clone();
        for _ in 0..moves {
            let mut new = at.clone();
            if draws.share() < 0.2 {
                new[draws.below(at.len())] = draws.share();
            } else {
                let (one, other) = (&starts[draws.below(starts.len())], &starts[draws.below(starts.len())]);
                let touched = 1 + draws.below(at.len().min(6));
                // Mostly the step that suits a round cloud of so many directions, sometimes a small one.
                let reach = if draws.share() < 0.3 { 0.3 } else { 1.68 / (touched as f64).sqrt() };
                for _ in 0..touched {
                    let direction = draws.below(at.len());
                    new[direction] =
                        at[direction] + reach * (one[direction] - other[direction]) + 0.002 * (draws.share() - 0.5);
                }
            }
            if new.iter().all(|part| (0.0..=1.0).contains(part)) && accept(&at, &new, &mut draws) {
                at = new;
            }
        }
        at
    };
    starts.par_iter().enumerate().map(walk).collect()
}

#[cfg(test)]
mod tests {
    use super::super::draws::latin_hypercube;
    use super::*;

    /// A judge of outputs that are the parameters themselves.
    fn judge(goals: &[(f64, f64)], directions: usize) -> Judge {
        let points = latin_hypercube(60, directions, &mut Draws::of(1, [0; 3]));
        let rows: Vec<&[f64]> = points.iter().map(Vec::as_slice).collect();
        let outputs: Vec<&[f64]> = rows.iter().map(|row| &row[..goals.len()]).collect();
        let goals: Vec<Goal> =
            goals.iter().enumerate().map(|(target, &(value, tolerance))| Goal { value, tolerance, target }).collect();
        Judge::new(Emulator::learn(&rows, &outputs).expect("enough"), &goals, &vec![0.0; goals.len()])
    }

    #[test]
    fn what_is_left_has_the_volume_that_a_ruler_gives() {
        let mut region = Region::whole(6, 2_000, 1);
        // Three directions are left a tenth each, the others whole.
        region.narrow(judge(&[(0.5, 1.0 / 60.0); 3], 6), 1);
        assert!((region.volume / 0.001 - 1.0).abs() < 0.35, "{}", region.volume);
        assert!(region.points.iter().all(|point| region.holds(point)));
        for direction in 0..6 {
            let mean = region.points.iter().map(|point| point[direction]).sum::<f64>() / 2_000.0;
            let (low, high) = if direction < 3 { (0.45, 0.55) } else { (0.0, 1.0) };
            let low_seen = region.points.iter().map(|point| point[direction]).fold(1.0, f64::min);
            let high_seen = region.points.iter().map(|point| point[direction]).fold(0.0, f64::max);
            let width = high - low;
            assert!((mean - 0.5).abs() < 0.06 * width, "direction {direction} has its middle at {mean}");
            assert!(low_seen - low < 0.05 * width && high - high_seen < 0.05 * width, "the ends are reached");
        }
    }

    #[test]
    fn likely_points_have_the_spread_of_the_tolerance() {
        let mut region = Region::whole(3, 2_000, 2);
        region.narrow(judge(&[(0.4, 0.05), (0.6, 0.1)], 3), 2);
        let likely = region.likely(2);
        for (direction, middle, sd) in [(0, 0.4, 0.05), (1, 0.6, 0.1), (2, 0.5, (1.0_f64 / 12.0).sqrt())] {
            let values = || likely.iter().map(|point| point[direction]);
            let mean = values().sum::<f64>() / 2_000.0;
            let spread = (values().map(|value| (value - mean).powi(2)).sum::<f64>() / 2_000.0).sqrt();
            assert!((mean - middle).abs() < 0.12 * sd, "direction {direction}: mean {mean}");
            assert!((spread / sd - 1.0).abs() < 0.12, "direction {direction}: spread {spread} for {sd}");
        }
    }

    #[test]
    fn a_target_out_of_reach_makes_the_judge_milder_and_leaves_what_comes_nearest() {
        let mut region = Region::whole(2, 1_000, 3);
        region.narrow(judge(&[(2.0, 0.1)], 2), 3);
        let cut = region.judges[0].cuts[0];
        assert!((11.0..11.3).contains(&cut), "the nearest is 10 away, the cut is {cut}");
        assert!(region.points.iter().all(|point| point[0] > 0.85));
    }

    #[test]
    fn a_target_out_of_reach_does_not_hide_what_another_says() {
        let mut region = Region::whole(2, 1_000, 4);
        region.narrow(judge(&[(9.0, 0.1), (0.5, 0.02)], 2), 4);
        assert!(region.points.iter().all(|point| (point[1] - 0.5).abs() < 0.07));
    }

    #[test]
    fn targets_out_of_reach_together_leave_what_lies_between() {
        let mut region = Region::whole(1, 1_000, 5);
        let points = latin_hypercube(30, 1, &mut Draws::of(1, [0; 3]));
        let rows: Vec<&[f64]> = points.iter().map(Vec::as_slice).collect();
        let outputs: Vec<[f64; 2]> = points.iter().map(|point| [point[0]; 2]).collect();
        let outputs: Vec<&[f64]> = outputs.iter().map(<[f64; 2]>::as_slice).collect();
        let goals = [0.1, 0.9].map(|value| Goal { value, tolerance: 0.02, target: (value * 10.0) as usize });
        region.narrow(Judge::new(Emulator::learn(&rows, &outputs).expect("enough"), &goals, &[0.0; 2]), 5);
        assert!(region.judges[0].mildness > 6.0, "each alone is reached, not both");
        assert!(region.points.iter().all(|point| (point[0] - 0.5).abs() < 0.2));
    }
}
