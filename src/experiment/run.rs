//! Runs a study: replications and scenarios in parallel, results in order, the same for any number of threads.

use std::borrow::Cow;
use std::io;

use rayon::prelude::*;

use super::record::{Course, InForce, Record, Replication};
use crate::model::blueprint::Blueprint;
use crate::model::world::World;
use crate::observation::{Detail, live_and_observe, observe};
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

    /// Whether to stop as soon as possible; asked every week of every world, or every few weeks of one that takes them at
    /// once.
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

/// The key of all chance in one replication: `seed` and `replication` mixed well (two rounds of `SplitMix64`), so that
/// neighbouring seeds and numbers share nothing.
#[must_use]
pub fn replication_key(seed: u64, replication: u32) -> u64 {
    mix(mix(seed ^ 0x6e6f_6162_6572_2d31).wrapping_add(u64::from(replication)))
}

/// One step of `SplitMix64` (Steele, Lea and Flood 2014).
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
        // Scenarios that keep other parameters than their replication draws live another burn-in.
        let kept = |place: usize| study.drawn.as_ref().and_then(|drawn| drawn.kept.get(place));
        let alike = |known: &&mut SharedBurnIn| {
            known.weeks == weeks && known.blueprint == early && kept(known.scenarios[0]) == kept(place)
        };
        match shared.iter_mut().find(alike) {
            Some(known) => known.scenarios.push(place),
            None => shared.push(SharedBurnIn { blueprint: early, weeks, scenarios: vec![place] }),
        }
    }
    shared
}

/// The weight of one week of a world: its homes, since the number of residents goes with them.
pub(super) fn weight(blueprint: &Blueprint) -> u64 {
    blueprint.all_homes()
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
        .map(|(number, group)| {
            let blueprint = in_replication(study, &group.blueprint, group.scenarios[0], number);
            live_burn_in(&blueprint, group.weeks, replication_key(seed, number), watch)
        })
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

/// A blueprint with the parameters that a replication draws, if any.
pub(super) fn in_replication<'a>(
    study: &Study,
    blueprint: &'a Blueprint,
    scenario: usize,
    replication: u32,
) -> Cow<'a, Blueprint> {
    match &study.drawn {
        Some(drawn) => Cow::Owned(drawn.applied(blueprint, scenario, replication)),
        None => Cow::Borrowed(blueprint),
    }
}

fn live_burn_in(blueprint: &Blueprint, weeks: u32, key: u64, watch: &impl Watch) -> Option<World> {
    if watch.stop() {
        return None;
    }
    let weight = weight(blueprint);
    let mut world = World::grow(blueprint, key, weeks);
    let mut left = weeks;
    while left > 0 {
        if watch.stop() {
            return None;
        }
        let at_once = left.min(world.weeks_at_once());
        world.live_weeks(at_once, |_, _| ());
        watch.worked(weight * u64::from(at_once));
        left -= at_once;
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
    world.adopt(&in_replication(study, &scenario.blueprint, place, replication));
    watch.look(replication, place, Moment::Start, &world)?;
    let mut records = Vec::with_capacity(scenario.design.weeks as usize + 1);
    records.push(Record::keep(&observe(&world, Detail::Full), Detail::Full));
    while world.week() < end {
        if watch.stop() {
            return Ok(None);
        }
        // Every group is observed at the end of a quarter and of the run; everybody together in the weeks before it.
        let full = ((world.week() / FULL_EVERY + 1) * FULL_EVERY).min(end);
        let quick = (full - world.week() - 1) as u32;
        let at_once = quick.min(world.weeks_at_once()).max(1);
        if quick > 0 {
            let observed = live_and_observe(&mut world, at_once);
            records.extend(observed.iter().map(|(_, observed)| Record::keep(observed, Detail::Quick)));
        } else {
            world.live_one_week();
            records.push(Record::keep(&observe(&world, Detail::Full), Detail::Full));
        }
        watch.worked(weight * u64::from(at_once));
    }
    watch.look(replication, place, Moment::End, &world)?;
    let rules = InForce::in_world(&world, &scenario.blueprint);
    Ok(Some(Course { records, rules }))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::experiment::bench::synthetic;
    use crate::model::blueprint::Period;
    use crate::model::policy::{Policy, PolicyMeasure};
    use crate::scenario::{Design, Scenario, UnitCosts};

    fn closing(from: i32) -> Policy {
        let period = Period { from: Some(from), until: None };
        Policy::new("closing", period, PolicyMeasure::ClosePlace { place: 0 })
    }

    fn scenario(key: &str, policies: Vec<Policy>) -> Scenario {
        let words = [key.to_owned(), key.to_owned()];
        Scenario {
            key: key.to_owned(),
            title: words.clone(),
            description: words,
            design: Design { weeks: 14, burn_in: 3, replications: 3, seed: 7 },
            blueprint: Blueprint { policies, ..synthetic(40, 2_000) },
            district_titles: std::collections::BTreeMap::new(),
            headline: Vec::new(),
            worthwhile: Vec::new(),
            unit_costs: UnitCosts::default(),
            resolved: String::new(),
            inputs: Vec::new(),
        }
    }

    fn study() -> Study {
        Study {
            key: "study".to_owned(),
            title: Default::default(),
            question: Default::default(),
            drawn: None,
            scenarios: vec![
                scenario("baseline", Vec::new()),
                scenario("later", vec![closing(2)]),
                scenario("long-ago", vec![closing(-2)]),
            ],
        }
    }

    #[derive(Default)]
    struct Count {
        worked: AtomicU64,
        looks: AtomicU64,
        stop_after: Option<u64>,
    }

    impl Watch for Count {
        fn worked(&self, resident_weeks: u64) {
            self.worked.fetch_add(resident_weeks, Ordering::Relaxed);
        }

        fn look(&self, _: u32, _: usize, _: Moment, _: &World) -> io::Result<()> {
            self.looks.fetch_add(1, Ordering::Relaxed);
            Ok(())
        }

        fn stop(&self) -> bool {
            self.stop_after.is_some_and(|enough| self.worked.load(Ordering::Relaxed) >= enough)
        }
    }

    fn run_on(threads: usize, wanted: &[u32], watch: &Count) -> Ended {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| run(&study(), wanted, watch)).expect("nothing is written")
    }

    #[test]
    fn scenarios_share_a_burn_in_unless_they_differ_in_it() {
        let shared: Vec<Vec<usize>> = share_burn_ins(&study()).into_iter().map(|group| group.scenarios).collect();
        assert_eq!(shared, [vec![0, 1], vec![2]]);
    }

    #[test]
    fn the_outcome_is_the_same_for_any_number_of_threads() {
        let one = run_on(1, &[0, 1, 2], &Count::default());
        assert!(!one.interrupted);
        for threads in [2, 8] {
            assert_eq!(run_on(threads, &[0, 1, 2], &Count::default()), one, "{threads} threads");
        }
    }

    #[test]
    fn a_replication_does_not_depend_on_which_others_are_run() {
        let all = run_on(2, &[0, 1, 2], &Count::default());
        let some = run_on(2, &[2], &Count::default());
        assert_eq!(some.replications[..], all.replications[2..]);
    }

    #[test]
    fn the_work_is_what_was_announced() {
        let count = Count::default();
        run_on(2, &[0, 1, 2], &count);
        assert_eq!(count.worked.into_inner(), 3 * work(&study()));
        assert_eq!(count.looks.into_inner(), 3 * 3 * 2);
    }

    #[test]
    fn every_group_is_observed_at_the_start_each_quarter_and_the_end() {
        let ended = run_on(1, &[0], &Count::default());
        let records = &ended.replications[0].courses[0].records;
        let weeks: Vec<i32> = records.iter().map(|record| record.week).collect();
        assert_eq!(weeks, (0..=14).collect::<Vec<_>>());
        let full: Vec<i32> = records.iter().filter(|record| record.is_full()).map(|record| record.week).collect();
        assert_eq!(full, [0, 13, 14]);
    }

    #[test]
    fn a_stopped_run_gives_only_whole_replications() {
        let enough = work(&study()) + 1;
        let ended = run_on(1, &[0, 1, 2], &Count { stop_after: Some(enough), ..Count::default() });
        assert!(ended.interrupted);
        assert_eq!(ended.replications, run_on(1, &[0], &Count::default()).replications);
    }

    #[test]
    fn neighbouring_seeds_and_replications_have_keys_of_their_own() {
        let mut keys: Vec<u64> =
            (0..50).flat_map(|seed| (0..50).map(move |number| replication_key(seed, number))).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 2_500);
    }
}
