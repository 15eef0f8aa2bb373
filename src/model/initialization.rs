//! ODD 5 (Initialization): from a blueprint and chance to a neighbourhood, in the order of setting up.
//!
//! Homes; households and their members, within the margins of the composition; places, posts, initiatives and accounts;
//! states and first habits; volunteers; ties. Every draw is keyed by the home or the person it is for.

pub mod adopt;
pub mod circle;
pub mod dwelling;
mod family;
pub mod first_ties;
pub mod homes;
pub mod people;
pub mod places;
pub mod start_state;
pub mod structure;
pub mod traits;

use super::blueprint::Blueprint;
use super::chance::{Chance, Process};
use super::neighbourhood::crossing::Crossing;
use super::neighbourhood::ledger::Ledger;
use super::neighbourhood::network::Network;
use super::neighbourhood::relations::Relations;
use super::neighbourhood::repute::Repute;
use super::neighbourhood::resident::{Traits, YEAR};
use super::neighbourhood::{NONE, Neighbourhood};
use super::parameters::Living;
use super::quantities::Person;
use super::submodels::move_households::{moving_by_age, moving_by_tenure};
use dwelling::Dwellings;
use people::{Arrival, Household, Quotas, Source};
use structure::Structure;

/// Settings known at the start, from and to, and how attached people are to them (assumed).
const KNOWN_AT_START: (usize, usize) = (3, 5);
const ATTACHED_AT_START: (f32, f32) = (0.1, 0.6);
/// The same for newcomers.
const KNOWN_ON_ARRIVAL: (usize, usize) = (1, 2);
const ATTACHED_ON_ARRIVAL: (f32, f32) = (0.05, 0.2);

/// Grows neighbourhood `number` of the world at `week`, the first week of the burn-in.
#[must_use]
pub fn set_up(blueprint: &Blueprint, chance: Chance, number: u32, week: i32) -> Neighbourhood {
    let first_home = blueprint.homes_before(number);
    let blueprint = blueprint.of(number);
    let (buildings, homes) = homes::build(&blueprint.buildings, week);
    let mut n = Neighbourhood {
        number,
        first_home,
        composition: blueprint.composition,
        buildings,
        homes,
        traits: Vec::new(),
        state: Vec::new(),
        free_slots: Vec::new(),
        network: Network::default(),
        places: Vec::new(),
        initiatives: Vec::new(),
        professionals: Vec::new(),
        organisations: Vec::new(),
        relations: Relations::default(),
        ledger: Ledger::default(),
        public_space: blueprint.public_space.get(),
        addresses: blueprint.addresses,
        repute: Repute::NEUTRAL,
        given_homes: vec![0; blueprint.policies.len()],
        arrived: vec![0; blueprint.policies.len()],
        crossing: Crossing::default(),
    };
    places::furnish(&mut n, blueprint, chance, week);
    let households = sitting_households(&n, blueprint, chance, week);
    for (home, members) in households.into_iter().enumerate() {
        settle_in(&mut n, home as u32, &members);
    }
    for slot in 0..n.slots() {
        let person = n.traits[slot].person;
        let mut stream = chance.always().stream(Process::Traits, person.0 | 1 << 62);
        let state = start_state::sitting(&n.traits[slot], &blueprint.parameters, week, &mut stream);
        n.state.push(state);
        get_about(&mut n, slot, chance, week, false);
    }
    places::people_initiatives(&mut n, blueprint, chance, week);
    let ties = first_ties::first_ties(&n, &blueprint.parameters.encounters, chance, week);
    n.network = Network::from_ties(n.slots(), ties);
    n
}

/// Draws the households that sit here, by home; vacant homes get an empty list.
///
/// They are drawn in an order shuffled by chance, so that quotas do not run along the galleries.
fn sitting_households(n: &Neighbourhood, blueprint: &Blueprint, chance: Chance, week: i32) -> Vec<Vec<Traits>> {
    let composition = &n.composition;
    let is_there = |home: &u32| n.buildings[n.homes[*home as usize].building as usize].period.holds(week);
    let mut order: Vec<(u64, u32)> = (0..n.homes.len() as u32)
        .filter(is_there)
        .map(|home| (chance.always().key(Process::Homes, u64::from(n.first_home + home)), home))
        .collect();
    order.sort_unstable();
    let vacant = (order.len() as f32 * composition.vacant.get() + 0.5) as usize;
    let structure = Structure::sitting(composition);
    let dwellings = Dwellings::sitting(&n.buildings, structure.types, week);
    let mut quotas = Quotas::kept(composition, &structure, &dwellings);
    let mut households = vec![Vec::new(); n.homes.len()];
    for (_, home) in &order[vacant.min(order.len())..] {
        let building = &n.buildings[n.homes[*home as usize].building as usize];
        let source = Source {
            composition,
            parameters: &blueprint.parameters,
            chance,
            week,
            profile: Arrival::Sitting,
            pull: 0.0,
            first: Person::new(n.first_home + home, 0, false, 0),
            like: None,
            dwelling: dwellings.of_home(building),
        };
        let mut members = people::draw(&source, &structure, &mut quotas);
        let mut stream = chance.always().stream(Process::Moving, u64::from(n.first_home + home));
        let living = &blueprint.parameters.living;
        let often = composition.moving * moving_by_tenure(living, building.tenure);
        let since = moved_in(&members[0], often, living, week, stream.uniform());
        for member in &mut members {
            member.moved_in = since.max(member.born).min(week);
        }
        households[*home as usize] = members.into_vec();
    }
    households
}

/// When a sitting household moved in: the waiting time of its yearly chance to move, since its first member was 20.
fn moved_in(first: &Traits, moving: f32, living: &Living, week: i32, draw: f32) -> i32 {
    let age = first.age(week) as f32;
    // Over a life the chance was higher than it is now.
    let rate = living.moving * moving * moving_by_age(living, (age - 5.0).max(20.0)) * 0.75;
    let years = (-libm::logf(1.0 - draw) / rate.max(1e-3)).min((age - 18.0).max(0.0)).min(45.0);
    week - (years * YEAR as f32) as i32
}

/// Gives the members of a household slots and binds them to their home; returns the slots.
///
/// Places in the household, as [`people::new_household`] gives them, become slots. States are not made here.
pub fn settle_in(n: &mut Neighbourhood, home: u32, members: &[Traits]) -> Household<u32> {
    let slots: Household<u32> = members
        .iter()
        .map(|_| {
            n.free_slots.pop().unwrap_or_else(|| {
                n.traits.push(Traits::EMPTY);
                n.traits.len() as u32 - 1
            })
        })
        .collect();
    let number = members.len();
    for (nth, member) in members.iter().enumerate() {
        let mut member = *member;
        member.home = home;
        member.next_in_home = if nth + 1 < number { slots[nth + 1] } else { NONE };
        member.partner = if member.partner == NONE { NONE } else { slots[member.partner as usize] };
        n.traits[slots[nth] as usize] = member;
    }
    let place = &mut n.homes[home as usize];
    place.first = slots.first().copied().unwrap_or(NONE);
    place.members_so_far = number as u8;
    slots
}

/// First settings of somebody, near home.
pub fn get_about(n: &mut Neighbourhood, slot: usize, chance: Chance, week: i32, newcomer: bool) {
    let key = chance.always().key(Process::Learn, n.traits[slot].person.0);
    let (known, attached) =
        if newcomer { (KNOWN_ON_ARRIVAL, ATTACHED_ON_ARRIVAL) } else { (KNOWN_AT_START, ATTACHED_AT_START) };
    let number = start_state::settings_known(key, known.0, known.1);
    places::learn_nearby(n, slot, number, attached, key, week);
}

#[cfg(test)]
mod tests;
