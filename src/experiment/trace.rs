//! One replication lived again, to follow one resident and the twin in another scenario.

use super::run::{in_replication, replication_key};
use crate::model::blueprint::Blueprint;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::quantities::Person;
use crate::model::world::World;
use crate::observation::diary::{Diary, DiaryWeek, Doing, doing, everybody_doing};
use crate::scenario::Study;

/// The worlds of some scenarios (by their places in the study) in one replication, right after the burn-in.
///
/// They are those of [`run`](super::run()), week for week. Uses the current rayon pool.
#[must_use]
pub fn worlds(study: &Study, places: &[usize], replication: u32) -> Vec<World> {
    let seed = study.scenarios.first().map_or(0, |baseline| baseline.design.seed);
    let mut grown: Vec<(Blueprint, u32, World)> = Vec::new();
    let mut worlds = Vec::with_capacity(places.len());
    for (place, scenario) in places.iter().filter_map(|place| Some((*place, study.scenarios.get(*place)?))) {
        let blueprint = in_replication(study, &scenario.blueprint, place, replication);
        let (early, weeks) = (blueprint.for_burn_in(), scenario.design.burn_in);
        let known = grown.iter().find(|(blueprint, lived, _)| *lived == weeks && *blueprint == early);
        let mut world = if let Some((_, _, world)) = known {
            world.clone()
        } else {
            let mut world = World::grow(&early, replication_key(seed, replication), weeks);
            for _ in 0..weeks {
                world.live_one_week();
            }
            grown.push((early, weeks, world.clone()));
            world
        };
        world.adopt(&blueprint);
        worlds.push(world);
    }
    worlds
}

/// What a resident lived through in one world.
#[derive(Debug, Clone, PartialEq)]
pub struct Lived {
    /// How the resident was doing when first seen; none for somebody who never lived here.
    pub first_seen: Option<Doing>,
    /// Week by week.
    pub weeks: Vec<DiaryWeek>,
}

/// The diary of a resident in a world, from now on for so many weeks.
#[must_use]
pub fn diary(mut world: World, person: Person, weeks: u32) -> Lived {
    let mut lived = Lived { first_seen: None, weeks: Vec::with_capacity(weeks as usize) };
    let Some(number) = neighbourhood_of(&world, person) else { return lived };
    let (chance, parameters) = (world.chance(), *world.parameters());
    let mut before = world.neighbourhoods()[number].clone();
    let mut diary = Diary::begin(person, &before, &parameters.ties);
    for _ in 0..weeks {
        if lived.first_seen.is_none() {
            lived.first_seen = doing(&world, person);
        }
        let week = world.week();
        world.live_one_week_and_look(|after, desk| {
            if after.number == before.number {
                lived.weeks.push(diary.note((&before, after), desk, week, chance, &parameters));
            }
        });
        before.clone_from(&world.neighbourhoods()[number]);
    }
    lived
}

/// Which neighbourhood the first home of a resident belongs to: the number of a person begins with it.
fn neighbourhood_of(world: &World, person: Person) -> Option<usize> {
    let home = u32::try_from(person.0 >> 24).ok()?;
    let holds = |n: &Neighbourhood| (n.first_home..n.first_home + n.homes.len() as u32).contains(&home);
    world.neighbourhoods().iter().position(holds)
}

/// Somebody who is doing differently in two worlds: in the first, in the other.
pub type Twins = (Doing, Doing);

/// Of the adults who live in both worlds those whose loneliness, and then ties, differ most after so many weeks.
#[must_use]
pub fn who_differ_most(mut worlds: Vec<World>, weeks: u32, most: usize) -> Vec<Twins> {
    for world in &mut worlds {
        for _ in 0..weeks {
            world.live_one_week();
        }
    }
    let ends: Vec<Vec<Doing>> = worlds.iter().map(everybody_doing).collect();
    let (Some(first), Some(other)) = (ends.first(), ends.last()) else { return Vec::new() };
    let twin = |one: &Doing| {
        let place = other.binary_search_by_key(&one.person, |other| other.person).ok()?;
        Some((*one, other[place]))
    };
    let mut twins: Vec<Twins> = first.iter().filter_map(twin).collect();
    twins.sort_by_key(|(one, other)| {
        let (lonely, ties) = (one.loneliness.abs_diff(other.loneliness), one.ties.abs_diff(other.ties));
        (std::cmp::Reverse((lonely, ties)), one.person)
    });
    twins.truncate(most);
    twins
}
