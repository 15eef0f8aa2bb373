//! What the tests of the model share: worlds from files, worlds that live on, and a mark of all a world's state.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hasher};
use std::path::PathBuf;

use noaber::model::blueprint::{Blueprint, Period};
use noaber::model::policy::{Policy, PolicyMeasure, Spread, Tenants};
use noaber::model::quantities::Share;
use noaber::model::world::World;
use noaber::observation::{Detail, Observation, measure_index, observe};
use noaber::scenario::{Overrides, read_scenario};

/// The blueprint of a file in `tests/worlds/`, as the scenario layer reads it.
pub fn blueprint(file: &str) -> Blueprint {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/worlds").join(file);
    let study = read_scenario(&path, &[], &Overrides::default());
    study.unwrap_or_else(|faults| panic!("{faults}")).scenarios.swap_remove(0).blueprint
}

/// A world that has lived its burn-in under a blueprint.
pub fn grown(blueprint: &Blueprint, seed: u64, burn_in: u32) -> World {
    let mut world = World::grow(&blueprint.for_burn_in(), seed, burn_in);
    live(&mut world, burn_in);
    world
}

/// This world some weeks on under another blueprint with the same burn-in.
pub fn continued(world: &World, blueprint: &Blueprint, weeks: u32) -> World {
    let mut world = world.clone();
    world.adopt(blueprint);
    live(&mut world, weeks);
    world
}

/// Lets a world live so many weeks.
pub fn live(world: &mut World, weeks: u32) {
    for _ in 0..weeks {
        world.live_one_week();
    }
}

/// Runs in a pool of so many threads.
pub fn on_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool of threads");
    pool.install(work)
}

/// A value of the last observation for everybody.
pub fn measured(world: &World, measure: &str) -> f64 {
    let place = measure_index(measure).unwrap_or_else(|| panic!("there is no measure `{measure}`"));
    observe(world, Detail::Quick).value(0, place)
}

/// Writes into a hash.
struct Marker(DefaultHasher);

impl std::fmt::Write for Marker {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.0.write(text.as_bytes());
        Ok(())
    }
}

/// A mark of everything that is true of a world: the printed form names every field and tells every float apart.
pub fn mark(world: &World) -> u64 {
    let mut marker = Marker(DefaultHasher::new());
    write!(marker, "{} {:?}", world.week(), world.neighbourhoods()).expect("a hash takes all");
    marker.0.finish()
}

/// All values of an observation, bit by bit, so that "not defined" is equal to itself.
pub fn bits(observation: &Observation) -> Vec<u64> {
    let groups = noaber::observation::GROUPS.len();
    let measures = noaber::observation::MEASURES.len();
    (0..groups)
        .flat_map(|group| (0..measures).map(move |measure| (group, measure)))
        .map(|(group, measure)| observation.value(group, measure).to_bits())
        .collect()
}

/// A policy under this name from a week on.
pub fn policy(key: &str, from: i32, measure: PolicyMeasure) -> Policy {
    Policy::new(key, Period { from: Some(from), until: None }, measure)
}

/// The blueprint with one policy more.
pub fn with_policy(blueprint: &Blueprint, from: i32, measure: PolicyMeasure) -> Blueprint {
    let mut more = blueprint.clone();
    more.policies.push(policy("policy", from, measure));
    more
}

/// Homes for motivated newcomers, in the first building.
pub fn allocation(homes: u32, over_weeks: u32, spread: Spread) -> PolicyMeasure {
    PolicyMeasure::AllocateHomes {
        who: Tenants::Motivated,
        building: Some(0),
        homes,
        over_weeks,
        hours_per_month: 10.0,
        motive: share(0.95),
        spread,
    }
}

/// A share.
pub fn share(value: f64) -> Share {
    Share::new(value).unwrap_or_else(|error| panic!("{error}"))
}

/// The place of an element in a list, by its key.
pub fn at<T>(list: &[T], key: &str, key_of: impl Fn(&T) -> &str) -> usize {
    list.iter().position(|element| key_of(element) == key).unwrap_or_else(|| panic!("there is no `{key}`"))
}
