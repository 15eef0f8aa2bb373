//! Pairs of worlds with the same people and the same luck, and what differs between them.

use std::sync::LazyLock;

use noaber::model::blueprint::Blueprint;
use noaber::model::world::World;
use rayon::prelude::*;

use crate::common;

/// Pairs of worlds in each test, each pair with a seed of its own.
pub const REPLICATIONS: u64 = 16;
/// A pattern is there when the mean of the differences is more than so many standard errors above zero. By Student's
/// distribution with 15 degrees of freedom chance alone does that once in 2,500 tests, and goes beyond it on either side
/// once in 1,300: that is also how often chance alone breaks a test that wants no pattern.
pub const LIMIT: f64 = 4.2;
/// Weeks of burn-in.
const BURN_IN: u32 = 40;
/// Weeks between two looks at a world; a measure is the mean of the looks in the second half.
const EVERY: u32 = 4;

/// The neighbourhood of the tests.
pub static CORNER: LazyLock<Blueprint> = LazyLock::new(|| common::blueprint("corner.toml"));

/// Its worlds after their burn-in.
static STARTS: LazyLock<Vec<World>> = LazyLock::new(|| grown(&CORNER));

/// Differences of a measure between two worlds, by replication.
#[derive(Debug)]
pub struct Contrast(pub Vec<f64>);

impl Contrast {
    /// Mean difference.
    pub fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len() as f64
    }

    /// Mean difference in standard errors.
    pub fn t(&self) -> f64 {
        let (mean, n) = (self.mean(), self.0.len() as f64);
        let variance = self.0.iter().map(|difference| (difference - mean).powi(2)).sum::<f64>() / (n - 1.0);
        if variance == 0.0 { mean / f64::MIN_POSITIVE } else { mean / (variance / n).sqrt() }
    }

    /// This contrast beyond another, replication by replication.
    pub fn beyond(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(one, other)| one - other).collect())
    }

    /// Holds that the second world has more.
    #[track_caller]
    pub fn is_up(&self, what: &str) {
        println!("{what}: {:+.5}, t = {:.1}", self.mean(), self.t());
        assert!(self.t() > LIMIT, "{what} does not rise: {:+.5}, t = {:.2}", self.mean(), self.t());
    }

    /// Holds that the second world has less.
    #[track_caller]
    pub fn is_down(&self, what: &str) {
        println!("{what}: {:+.5}, t = {:.1}", self.mean(), self.t());
        assert!(self.t() < -LIMIT, "{what} does not fall: {:+.5}, t = {:.2}", self.mean(), self.t());
    }

    /// Holds that chance explains the difference.
    #[track_caller]
    pub fn is_level(&self, what: &str) {
        println!("{what}: {:+.5}, t = {:.1}", self.mean(), self.t());
        assert!(self.t().abs() < LIMIT, "{what} moves: {:+.5}, t = {:.2}", self.mean(), self.t());
    }

    /// Holds that there is no difference in any replication, to the bit.
    #[track_caller]
    pub fn is_nothing(&self, what: &str) {
        println!("{what}: exactly nothing");
        assert!(self.0.iter().all(|difference| *difference == 0.0), "{what} differs: {:?}", self.0);
    }
}

/// The blueprint with changes.
pub fn with(plan: &Blueprint, change: impl FnOnce(&mut Blueprint)) -> Blueprint {
    let mut plan = plan.clone();
    change(&mut plan);
    plan
}

/// Worlds that lived their burn-in under a blueprint.
pub fn grown(plan: &Blueprint) -> Vec<World> {
    grown_times(plan, REPLICATIONS)
}

/// So many worlds that lived their burn-in under a blueprint.
pub fn grown_times(plan: &Blueprint, replications: u64) -> Vec<World> {
    (0..replications).into_par_iter().map(|seed| common::grown(plan, 1000 + seed, BURN_IN)).collect()
}

/// What measures come to in each replication when [`CORNER`] goes on under this blueprint from week 0.
///
/// Rules, constants, mechanisms, and all that comes later may differ from [`CORNER`]; what was there before may not.
pub fn goes_on<const N: usize>(
    plan: &Blueprint,
    weeks: u32,
    measure: impl Fn(&World) -> [f64; N] + Sync,
) -> [Vec<f64>; N] {
    let before = |plan: &Blueprint| {
        with(&plan.for_burn_in(), |plan| {
            (plan.parameters, plan.mechanisms) = (CORNER.parameters, CORNER.mechanisms);
        })
    };
    assert!(before(plan) == before(&CORNER), "what was there before week 0 must be as in the file");
    lived(&STARTS, plan, weeks, measure)
}

/// What measures come to in each replication when worlds go on under this blueprint.
pub fn lived<const N: usize>(
    starts: &[World],
    plan: &Blueprint,
    weeks: u32,
    measure: impl Fn(&World) -> [f64; N] + Sync,
) -> [Vec<f64>; N] {
    let live = |start: &World| {
        let mut world = start.clone();
        world.adopt(plan);
        let (mut sums, mut looks) = ([0.0; N], 0.0);
        for week in 1..=weeks {
            world.live_one_week();
            if week > weeks / 2 && (weeks - week).is_multiple_of(EVERY) {
                measure(&world).iter().zip(&mut sums).for_each(|(value, sum)| *sum += value);
                looks += 1.0;
            }
        }
        sums.map(|sum| sum / looks)
    };
    let values: Vec<[f64; N]> = starts.par_iter().map(live).collect();
    std::array::from_fn(|measure| values.iter().map(|values| values[measure]).collect())
}

/// The second blueprint against the first, both from week 0 of [`CORNER`].
pub fn contrasts<const N: usize>(
    one: &Blueprint,
    other: &Blueprint,
    weeks: u32,
    measure: impl Fn(&World) -> [f64; N] + Sync,
) -> [Contrast; N] {
    differences(&goes_on(one, weeks, &measure), &goes_on(other, weeks, &measure))
}

/// The same for one measure.
pub fn contrast(one: &Blueprint, other: &Blueprint, weeks: u32, measure: impl Fn(&World) -> f64 + Sync) -> Contrast {
    let [contrast] = contrasts(one, other, weeks, |world| [measure(world)]);
    contrast
}

/// The second blueprint against the first, each with a burn-in of its own.
pub fn contrasts_of_origins<const N: usize>(
    one: &Blueprint,
    other: &Blueprint,
    weeks: u32,
    measure: impl Fn(&World) -> [f64; N] + Sync,
) -> [Contrast; N] {
    differences(&lived(&grown(one), one, weeks, &measure), &lived(&grown(other), other, weeks, &measure))
}

/// The same for one measure.
pub fn contrast_of_origins(
    one: &Blueprint,
    other: &Blueprint,
    weeks: u32,
    measure: impl Fn(&World) -> f64 + Sync,
) -> Contrast {
    let [contrast] = contrasts_of_origins(one, other, weeks, |world| [measure(world)]);
    contrast
}

/// The second against the first, replication by replication, for each measure.
pub fn differences<const N: usize>(one: &[Vec<f64>; N], other: &[Vec<f64>; N]) -> [Contrast; N] {
    std::array::from_fn(|measure| difference(&one[measure], &other[measure]))
}

/// The second against the first, replication by replication.
pub fn difference(one: &[f64], other: &[f64]) -> Contrast {
    Contrast(one.iter().zip(other).map(|(one, other)| other - one).collect())
}
