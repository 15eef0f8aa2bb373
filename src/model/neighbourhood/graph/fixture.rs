//! Small neighbourhoods for tests of the graph and of what is observed: one gallery flat, people and ties made by chance.

use crate::model::blueprint::{Composition, KeyFigures, Period};
use crate::model::chance::{Chance, Process};
use crate::model::neighbourhood::crossing::Crossing;
use crate::model::neighbourhood::home::{Building, Home};
use crate::model::neighbourhood::ledger::Ledger;
use crate::model::neighbourhood::network::{HalfTie, Network, TieOrigin};
use crate::model::neighbourhood::relations::Relations;
use crate::model::neighbourhood::repute::Repute;
use crate::model::neighbourhood::resident::{State, Traits, YEAR};
use crate::model::neighbourhood::{NONE, Neighbourhood};
use crate::model::quantities::{BuildingForm, Education, Origin, Person, Share, Tenure};

const DOORS: u32 = 10;

/// A neighbourhood of `people` adults, each in an own home, with these ties: one slot, other slot, strength.
pub(crate) fn hamlet(people: u32, ties: &[(u32, u32, f32)]) -> Neighbourhood {
    let homes = people.max(1);
    let mut hamlet = Neighbourhood {
        number: 0,
        first_home: 0,
        composition: Composition {
            ages: [Share::NONE; 5],
            women: Share::NONE,
            households: [Share::NONE; 4],
            household_size: None,
            origins: [Share::NONE; 3],
            education: [Share::NONE; 3],
            income_difficulty: Share::NONE,
            health_limited: Share::NONE,
            language_barrier: Share::NONE,
            employed: Share::NONE,
            vacant: Share::NONE,
            kin_nearby: Share::NONE,
            moving: 1.0,
            undocumented: Share::NONE,
            key_figures: KeyFigures::NONE,
        },
        buildings: vec![Building {
            form: BuildingForm::Gallery,
            first: 0,
            homes,
            floors: homes.div_ceil(DOORS),
            entrances: 1,
            tenure: Tenure::SocialRent,
            period: Period::default(),
            encounters: 1.0,
            leaving: 1.0,
        }],
        homes: Vec::new(),
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
        public_space: 0.5,
        addresses: 2000.0,
        repute: Repute::NEUTRAL,
        given_homes: Vec::new(),
        arrived: Vec::new(),
        crossing: Crossing::default(),
    };
    for home in 0..people {
        hamlet.homes.push(Home {
            building: 0,
            floor: (home / DOORS) as u16,
            entrance: 0,
            door: (home % DOORS) as u16,
            generation: 0,
            first: home,
            vacant_since: 0,
            members_so_far: 1,
            x: 0.0,
            y: 0.0,
        });
        let traits =
            Traits { person: Person::new(home, 0, false, 0), home, born: -40 * YEAR, moved_in: -YEAR, ..Traits::EMPTY };
        hamlet.traits.push(traits);
        hamlet.state.push(State::newcomer(&traits));
    }
    let ties = ties.iter().map(|(a, b, strength)| (*a, HalfTie::new(*b, *strength, 0, TieOrigin::DOORSTEP, 0)));
    hamlet.network = Network::from_ties(people as usize, ties);
    hamlet
}

/// Takes somebody out of a slot; the home falls vacant. The slot must have no ties.
pub(crate) fn empty_slot(neighbourhood: &mut Neighbourhood, slot: usize) {
    let home = neighbourhood.traits[slot].home as usize;
    neighbourhood.homes[home].first = NONE;
    neighbourhood.traits[slot] = Traits::EMPTY;
    neighbourhood.free_slots.push(slot as u32);
}

/// A neighbourhood of `people` of all ages and groups, some sharing a home, with about twelve ties each.
pub(crate) fn village(seed: u64, number: u32, people: u32) -> Neighbourhood {
    let chance = Chance::new(seed).always();
    let mut village = hamlet(people, &[]);
    village.number = number;
    village.first_home = number * people;
    let mut ties = Vec::new();
    for slot in 0..people {
        let mut draw = chance.stream(Process::Traits, u64::from(number * people + slot));
        let policy = draw.happens(0.05);
        let traits = &mut village.traits[slot as usize];
        traits.person = Person::new(number * people + slot, 0, policy, 0);
        traits.moved_in = if policy || slot % 7 == 0 { 2 } else { -YEAR };
        traits.born = -(draw.below(90) as i32) * YEAR - 1;
        traits.origin = Origin::ALL[draw.below(3) as usize];
        traits.education = Education::ALL[draw.below(3) as usize];
        traits.income_difficulty = draw.happens(0.3);
        traits.health_limited = draw.happens(0.3);
        let state = &mut village.state[slot as usize];
        state.social_deficit = draw.normal() - 0.35;
        state.emotional_deficit = draw.normal() - 0.85;
        state.belonging = draw.uniform();
        state.trust = draw.uniform();
        state.neighbour_weeks = draw.uniform();
        state.family_weeks = draw.uniform();
        state.friend_weeks = draw.uniform();
        state.visits = draw.uniform();
        state.helped = draw.uniform();
        state.needs = 10.0 * draw.uniform();
        state.needs_informal = state.needs * 0.4;
        state.needs_formal = state.needs * 0.2;
        // The second of each five shares the home of the first.
        if slot % 5 == 1 {
            village.homes[slot as usize].first = NONE;
            village.traits[slot as usize].home = slot - 1;
            village.traits[slot as usize - 1].next_in_home = slot;
            let shared = HalfTie::KIN | HalfTie::HOUSEHOLD | HalfTie::NEAR;
            ties.push((slot, HalfTie::new(slot - 1, 1.0, 0, TieOrigin::HOUSEHOLD, shared)));
        }
        for _ in 0..6 {
            let other = draw.below(people);
            ties.push((slot, HalfTie::new(other, draw.uniform().powi(2), 3, TieOrigin::DOORSTEP, HalfTie::NEAR)));
        }
    }
    for (slot, tie) in &mut ties {
        if village.traits[*slot as usize].origin != village.traits[tie.other as usize].origin {
            tie.flags |= HalfTie::ACROSS;
        }
    }
    village.network = Network::from_ties(people as usize, ties);
    village
}
