//! ODD 2 (Entities, state variables, scales): everything that is true of a neighbourhood at one instant.
//!
//! Residents stand in slots. A slot may be used again after its resident has left; a [`Person`] never is. All other
//! state refers to slots and indexes within the same neighbourhood, so that a neighbourhood lives its week alone, in cache,
//! on one thread.

pub mod crossing;
pub mod graph;
pub mod home;
pub mod initiative;
pub mod ledger;
pub mod network;
pub mod place;
pub mod professional;
pub mod repute;
pub mod relations;
pub mod resident;

use super::blueprint::{Composition, OrganisationPlan};
use crossing::Crossing;
use home::{Building, Home};
use initiative::Initiative;
use ledger::Ledger;
use network::Network;
use place::Place;
use professional::Professional;
use relations::Relations;
use repute::Repute;
use resident::{Setting, State, Traits};

use super::quantities::Person;

/// No slot, no home, no initiative.
pub const NONE: u32 = u32::MAX;

/// All state at one instant.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbourhood {
    /// Its number in the world.
    pub number: u32,
    /// Number of its first home in the world; a [`Person`] is made from world-wide home numbers.
    pub first_home: u32,
    /// Who comes to live here.
    pub composition: Composition,
    /// Buildings.
    pub buildings: Vec<Building>,
    /// Homes, building by building, floor by floor, door by door.
    pub homes: Vec<Home>,
    /// What hardly changes about each resident; an empty slot has [`Person::NOBODY`].
    pub traits: Vec<Traits>,
    /// What changes about each resident.
    pub state: Vec<State>,
    /// Empty slots, the last is used first.
    pub free_slots: Vec<u32>,
    /// The social network: one row of ties for each slot.
    pub network: Network,
    /// Meeting places.
    pub places: Vec<Place>,
    /// Initiatives, dead ones included; never reused.
    pub initiatives: Vec<Initiative>,
    /// Professionals' posts.
    pub professionals: Vec<Professional>,
    /// Organisations.
    pub organisations: Vec<OrganisationPlan>,
    /// How well organisations know each other.
    pub relations: Relations,
    /// Money.
    pub ledger: Ledger,
    /// How inviting streets and entrances are, `0..=1`.
    pub public_space: f32,
    /// Addresses in a square kilometre around.
    pub addresses: f32,
    /// How it is known.
    pub repute: Repute,
    /// Allocation policies' progress: homes given so far, by index of the policy.
    pub given_homes: Vec<u32>,
    /// Households that arrived at once so far, by index of the policy.
    pub arrived: Vec<u32>,
    /// What passes between it and other neighbourhoods of its town.
    pub crossing: Crossing,
}

impl Neighbourhood {
    /// Number of slots, empty ones included.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.traits.len()
    }

    /// Who is in each slot, [`Person::NOBODY`] included.
    pub fn people(&self) -> impl Iterator<Item = Person> + '_ {
        self.traits.iter().map(|traits| traits.person)
    }

    /// Slots with somebody in them who lives here, in order.
    pub fn residents(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.traits.len()).filter(|slot| self.traits[*slot].lives_here())
    }

    /// Slots with somebody in them, in order: residents, and regulars from elsewhere in the town.
    pub fn everybody(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.traits.len()).filter(|slot| self.traits[*slot].is_somebody())
    }

    /// Members of a home, in order of arrival.
    pub fn members(&self, home: u32) -> impl Iterator<Item = usize> + '_ {
        let first = self.homes[home as usize].first;
        std::iter::successors((first != NONE).then_some(first as usize), |slot| {
            let next = self.traits[*slot].next_in_home;
            (next != NONE).then_some(next as usize)
        })
    }

    /// The slot of a person, if here.
    #[must_use]
    pub fn slot_of(&self, person: Person) -> Option<usize> {
        self.residents().find(|slot| self.traits[*slot].person == person)
    }

    /// Whether a setting can be visited: a place that is open, an initiative that is alive.
    #[must_use]
    pub fn is_open(&self, setting: Setting) -> bool {
        match setting.initiative() {
            Some(number) => self.initiatives.get(number).is_some_and(initiative::Initiative::is_alive),
            None => self.places.get(setting.place_index()).is_some_and(|place| place.open),
        }
    }

    /// The place of a setting: itself, or where the initiative meets.
    #[must_use]
    pub fn place_of(&self, setting: Setting) -> usize {
        match setting.initiative() {
            Some(number) => self.initiatives[number].place,
            None => setting.place_index(),
        }
    }
}
