//! Runs a study: replications and scenarios in parallel, results in order, the same for any number of threads.

use std::io;

use rayon::prelude::*;

use super::record::{Course, Record, Replication};
use crate::model::blueprint::Blueprint;
use crate::model::world::World;
use crate::observation::{Detail, observe};
use crate::scenario::Study;

/// Weeks between two observations of every group.
pub const FULL_EVERY: i32 = 13;

/// Where a world is when its tables may be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Right after the burn-in.
    Start,
    /// After the last week.
    End,
}

/// Who follows a run. All methods may be called from several threads at once.
pub trait Watch: Sync {
    /// Part of the work is done, in the unit of [`work`].
    fn worked(&self, resident_weeks: u64) {
        let _ = resident_weeks;
    }

    /// Whether to stop as soon as possible; asked every week of every world.
    fn stop(&self) -> bool {
        false
    }

    /// A chance to take tables from a world, at its start and its end.
    ///
    /// # Errors
    /// Whatever goes wrong with keeping them; the run then stops.
    fn look(&self, replication: u32, scenario: usize, moment: Moment, world: &World) -> io::Result<()> {
        let _ = (replication, scenario, moment, world);
        Ok(())
    }

    /// A replication is complete: all its scenarios lived to their ends.
    ///
    /// # Errors
    /// Whatever goes wrong with keeping it; the run then stops.
    fn completed(&self, replication: &Replication) -> io::Result<()> {
        let _ = replication;
        Ok(())
    }
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended {
    /// The replications that are complete, in order of number.
    pub replications: Vec<Replication>,
    /// Whether it was stopped before all were complete.
    pub interrupted: bool,
}

/// The key of all chance in one replication: `seed` and `replication` mixed well (two rounds of SplitMix64), so that
/// neighbouring seeds and numbers share nothing.
#[must_use]
pub fn replication_key(seed: u64, replication: u32) -> u64 {
    mix(mix(seed ^ 0x6e6f_6162_6572_2d31).wrapping_add(u64::from(replication)))
}

/// One step of SplitMix64 (Steele, Lea and Flood 2014).
pub(super) fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Scenarios that share a burn-in, by their places in the study.
struct SharedBurnIn {
    blueprint: Blueprint,
    weeks: u32,
    scenarios: Vec<usize>,
}

fn share_burn_ins(study: &Study) -> Vec<SharedBurnIn> {
    let mut shared: Vec<SharedBurnIn> = Vec::new();
    for (place, scenario) in study.scenarios.iter().enumerate() {
        let early = scenario.blueprint.for_burn_in();
        let weeks = scenario.design.burn_in;
        match shared.iter_mut().find(|known| known.weeks == weeks && known.blueprint == early) {
            Some(known) => known.scenarios.push(place),
            None => shared.push(SharedBurnIn { blueprint: early, weeks, scenarios: vec![place] }),
        }
    }
    shared
}

/// The weight of one week of a world: its homes, since the number of residents goes with them.
fn weight(blueprint: &Blueprint) -> u64 {
    u64::from(blueprint.homes()) * u64::from(blueprint.copies)
}

/// All work of one replication, in home-weeks: what the sum of [`Watch::worked`] comes to for each.
#[must_use]
pub fn work(study: &Study) -> u64 {
    let burn_ins: u64 =
        share_burn_ins(study).iter().map(|shared| weight(&shared.blueprint) * u64::from(shared.weeks)).sum();
    let lives: u64 =
        study.scenarios.iter().map(|scenario| weight(&scenario.blueprint) * u64::from(scenario.design.weeks)).sum();
    burn_ins + lives
}

/// Runs the replications `wanted` of a study in the current rayon pool.
///
/// Seed and replications are the baseline's. At most one world per burn-in and replication in hand, and one per thread,
/// are in memory at a time; only observations are kept.
///
/// # Errors
/// The first error of the watch. What was complete before has been given to [`Watch::completed`].
pub fn run(study: &Study, wanted: &[u32], watch: &impl Watch) -> io::Result<Ended> {
    let shared = share_burn_ins(study);
    let seed = study.scenarios.first().map_or(0, |baseline| baseline.design.seed);
    let mut replications = Vec::with_capacity(wanted.len());
    for batch in wanted.chunks(rayon::current_num_threads().max(1)) {
        for complete in run_batch(study, &shared, seed, batch, watch)? {
            watch.completed(&complete)?;
            replications.push(complete);
        }
        if watch.stop() {
            break;
        }
    }
    let interrupted = replications.len() < wanted.len();
    Ok(Ended { replications, interrupted })
}

/// Runs a few replications side by side; those that were stopped are left out.
fn run_batch(
    study: &Study,
    shared: &[SharedBurnIn],
    seed: u64,
    batch: &[u32],
    watch: &impl Watch,
) -> io::Result<Vec<Replication>> {
    let grown: Vec<Option<World>> = batch
        .par_iter()
        .flat_map_iter(|&number| shared.iter().map(move |group| (number, group)))
        .map(|(number, group)| live_burn_in(group, replication_key(seed, number), watch))
        .collect();

    let lives: Vec<(usize, usize, usize)> = (0..batch.len())
        .flat_map(|nth| {
            shared
                .iter()
                .enumerate()
                .flat_map(move |(group, burn_in)| burn_in.scenarios.iter().map(move |&scenario| (nth, group, scenario)))
        })
        .collect();
    let lived: Vec<Option<Course>> = lives
        .par_iter()
        .map(|&(nth, group, scenario)| match &grown[nth * shared.len() + group] {
            Some(world) => live_scenario(study, scenario, batch[nth], world.clone(), watch),
            None => Ok(None),
        })
        .collect::<io::Result<_>>()?;

    let mut courses: Vec<Vec<Option<Course>>> = vec![vec![None; study.scenarios.len()]; batch.len()];
    for ((nth, _, scenario), course) in lives.into_iter().zip(lived) {
        courses[nth][scenario] = course;
    }
    Ok(batch
        .iter()
        .zip(courses)
        .filter_map(|(&number, courses)| {
            Some(Replication { number, courses: courses.into_iter().collect::<Option<_>>()? })
        })
        .collect())
}

fn live_burn_in(group: &SharedBurnIn, key: u64, watch: &impl Watch) -> Option<World> {
    if watch.stop() {
        return None;
    }
    let weight = weight(&group.blueprint);
    let mut world = World::grow(&group.blueprint, key, group.weeks);
    for _ in 0..group.weeks {
        if watch.stop() {
            return None;
        }
        world.live_one_week();
        watch.worked(weight);
    }
    Some(world)
}

fn live_scenario(
    study: &Study,
    place: usize,
    replication: u32,
    mut world: World,
    watch: &impl Watch,
) -> io::Result<Option<Course>> {
    let scenario = &study.scenarios[place];
    let weight = weight(&scenario.blueprint);
    let end = scenario.design.weeks as i32;
    if watch.stop() {
        return Ok(None);
    }
    world.adopt(&scenario.blueprint);
    watch.look(replication, place, Moment::Start, &world)?;
    let mut records = Vec::with_capacity(scenario.design.weeks as usize + 1);
    records.push(Record::keep(&observe(&world, Detail::Full), Detail::Full));
    for week in 1..=end {
        if watch.stop() {
            return Ok(None);
        }
        world.live_one_week();
        let detail = if week % FULL_EVERY == 0 || week == end { Detail::Full } else { Detail::Quick };
        records.push(Record::keep(&observe(&world, detail), detail));
        watch.worked(weight);
    }
    watch.look(replication, place, Moment::End, &world)?;
    Ok(Some(Course { records }))
}
