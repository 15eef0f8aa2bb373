//! ODD 5 (Initialization): from a blueprint and chance to a neighbourhood, in the order of setting up.
//!
//! Homes; households and their members, within the margins of the composition; places, posts, initiatives and accounts;
//! states and first habits; volunteers; ties. Every draw is keyed by the home or the person it is for.

pub mod adopt;
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
use super::neighbourhood::ledger::Ledger;
use super::neighbourhood::network::Network;
use super::neighbourhood::resident::{Traits, YEAR};
use super::neighbourhood::{NONE, Neighbourhood};
use super::parameters::Living;
use super::quantities::Person;
use super::submodels::move_households::moving_by_age;
use people::{Arrival, Quotas, Source};
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
    let (buildings, homes) = homes::build(&blueprint.buildings, week);
    let mut n = Neighbourhood {
        number,
        first_home: number * blueprint.homes(),
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
        ledger: Ledger::default(),
        public_space: blueprint.public_space.get(),
        given_homes: vec![0; blueprint.policies.len()],
        arrived: vec![0; blueprint.policies.len()],
    };
    places::furnish(&mut n, blueprint, chance, week);
    let households = sitting_households(&n, blueprint, chance, week);
    for (home, members) in households.into_iter().enumerate() {
        settle_in(&mut n, home as u32, members);
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
    let composition = &blueprint.composition;
    let mut order: Vec<(u64, u32)> = (0..n.homes.len() as u32)
        .map(|home| (chance.always().key(Process::Homes, u64::from(n.first_home + home)), home))
        .collect();
    order.sort_unstable();
    let vacant = (n.homes.len() as f32 * composition.vacant.get() + 0.5) as usize;
    let structure = Structure::sitting(composition);
    let mut quotas = Quotas::kept(composition, &structure);
    let mut households = vec![Vec::new(); n.homes.len()];
    for (_, home) in &order[vacant.min(order.len())..] {
        let source = Source {
            composition,
            parameters: &blueprint.parameters,
            chance,
            week,
            profile: Arrival::Sitting,
            first: Person::new(n.first_home + home, 0, false, 0),
        };
        let mut members = people::draw(&source, &structure, &mut quotas);
        let mut stream = chance.always().stream(Process::Moving, u64::from(n.first_home + home));
        let since = moved_in(&members[0], composition.moving, &blueprint.parameters.living, week, stream.uniform());
        for member in &mut members {
            member.moved_in = since.max(member.born).min(week);
        }
        households[*home as usize] = members;
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
pub fn settle_in(n: &mut Neighbourhood, home: u32, members: Vec<Traits>) -> Vec<u32> {
    let slots: Vec<u32> = members
        .iter()
        .map(|_| {
            n.free_slots.pop().unwrap_or_else(|| {
                n.traits.push(Traits::EMPTY);
                n.traits.len() as u32 - 1
            })
        })
        .collect();
    let number = members.len();
    for (nth, mut member) in members.into_iter().enumerate() {
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
mod tests {
    use super::*;
    use crate::model::blueprint::BuildingPlan;
    use crate::model::fixture::{building, share, small_blueprint};
    use crate::model::neighbourhood::network::TieOrigin;
    use crate::model::quantities::BuildingForm;

    const WEEK: i32 = -104;

    fn large() -> Blueprint {
        let mut blueprint = small_blueprint();
        blueprint.buildings = vec![
            BuildingPlan { floors: 10, ..building(BuildingForm::Gallery, 700) },
            building(BuildingForm::Houses, 300),
        ];
        blueprint
    }

    fn share_of(n: &Neighbourhood, who: impl Fn(&Traits) -> bool, what: impl Fn(&Traits) -> bool) -> f32 {
        let all = n.traits.iter().filter(|them| who(them)).count();
        n.traits.iter().filter(|them| who(them) && what(them)).count() as f32 / all.max(1) as f32
    }

    fn assert_about(found: f32, wanted: f32, within: f32, what: &str) {
        assert!((found - wanted).abs() <= within, "{what}: {found} and not about {wanted}");
    }

    #[test]
    fn everything_has_one_length_and_slots_stand_in_order_of_homes() {
        let blueprint = small_blueprint();
        let n = set_up(&blueprint, Chance::new(1), 2, WEEK);
        assert_eq!(n.first_home, 240);
        assert_eq!((n.traits.len(), n.traits.len()), (n.state.len(), n.network.slots()));
        assert!(n.free_slots.is_empty());
        assert!(n.traits.windows(2).all(|pair| pair[0].home <= pair[1].home));
        for home in 0..n.homes.len() as u32 {
            for (nth, slot) in n.members(home).enumerate() {
                assert_eq!(n.traits[slot].person, Person::new(240 + home, 0, false, nth as u8));
                assert_eq!(n.traits[slot].home, home);
                let partner = n.traits[slot].partner;
                assert!(partner == NONE || n.traits[partner as usize].partner == slot as u32);
            }
        }
        assert_eq!(n.homes.iter().filter(|home| home.is_vacant()).count(), 2);
    }

    #[test]
    fn the_margins_of_the_composition_come_out() {
        let blueprint = large();
        let composition = &blueprint.composition;
        let n = set_up(&blueprint, Chance::new(5), 0, WEEK);
        let adult = |them: &Traits| !them.child;
        for band in 0..5 {
            let found = share_of(&n, |_| true, |them| them.age_band(WEEK) == band);
            assert_about(found, composition.ages[band].get(), 0.02, "age");
        }
        for place in 0..3 {
            let origins = share_of(&n, |_| true, |them| them.origin as usize == place);
            assert_about(origins, composition.origins[place].get(), 0.02, "origin");
            let education = share_of(&n, adult, |them| them.education as usize == place);
            assert_about(education, composition.education[place].get(), 0.02, "education");
        }
        let first = |them: &Traits| them.person.0 & 0xff == 0;
        assert_about(share_of(&n, first, |them| them.income_difficulty), 0.20, 0.01, "income");
        assert_about(share_of(&n, adult, |them| them.health_limited), 0.25, 0.02, "health");
        let foreign = |them: &Traits| adult(them) && them.origin != crate::model::quantities::Origin::Netherlands;
        assert_about(share_of(&n, foreign, |them| !them.shares_language), 0.20, 0.02, "language");
        let workers = |them: &Traits| adult(them) && (20..67).contains(&them.age(WEEK));
        assert_about(share_of(&n, workers, |them| them.occupied), 0.70, 0.02, "work");
        let singles = n.homes.iter().filter(|home| !home.is_vacant() && home.members_so_far == 1).count();
        assert_about(singles as f32 / 980.0, 0.40, 0.02, "single");
        assert_about(share_of(&n, adult, |them| them.sex == crate::model::quantities::Sex::Woman), 0.51, 0.03, "women");
    }

    #[test]
    fn parents_are_of_an_age_to_be_parents_and_health_falls_with_age() {
        let n = set_up(&large(), Chance::new(6), 0, WEEK);
        for home in 0..n.homes.len() as u32 {
            let members: Vec<&Traits> = n.members(home).map(|slot| &n.traits[slot]).collect();
            for child in members.iter().filter(|them| them.child) {
                assert!(child.age(WEEK) <= people::OLDEST_CHILD);
                for parent in members.iter().filter(|them| !them.child) {
                    let years = parent.age(WEEK) - child.age(WEEK);
                    assert!((19..=43).contains(&years), "{years} years between parent and child");
                }
            }
            assert!(members.is_empty() || members.iter().any(|them| them.age(WEEK) >= 18));
        }
        let limited = |from: i32, to: i32| {
            share_of(&n, |them| !them.child && (from..to).contains(&them.age(WEEK)), |them| them.health_limited)
        };
        assert!(limited(70, 120) > 1.5 * limited(18, 45), "{} {}", limited(70, 120), limited(18, 45));
    }

    #[test]
    fn people_start_with_about_twelve_ties_of_every_sort() {
        let n = set_up(&large(), Chance::new(7), 0, WEEK);
        let mean = 2.0 * n.network.ties() as f32 / n.slots() as f32;
        assert_about(mean, 12.0, 1.5, "ties a resident");
        let half = n.network.half_ties();
        for origin in [
            TieOrigin::HOUSEHOLD,
            TieOrigin::KIN,
            TieOrigin::DOORSTEP,
            TieOrigin::ENTRANCE,
            TieOrigin::STREET,
            TieOrigin::BEFORE,
        ] {
            assert!(half.iter().any(|tie| tie.origin == origin), "no tie from {}", origin.key());
        }
        let across = half.iter().filter(|tie| tie.is_across() && tie.origin == TieOrigin::BEFORE).count() as f32;
        let before = half.iter().filter(|tie| tie.origin == TieOrigin::BEFORE).count() as f32;
        // By chance 54 % of pairs would cross.
        assert!(across / before < 0.45, "{}", across / before);
        assert!(half.iter().all(|tie| i32::from(tie.since) <= WEEK && i32::from(tie.last_contact) <= WEEK));
    }

    #[test]
    fn about_half_volunteered_in_the_past_year_the_higher_educated_more() {
        let n = set_up(&large(), Chance::new(8), 0, WEEK);
        let adults: Vec<usize> = n.residents().filter(|slot| n.traits[*slot].is_adult(WEEK)).collect();
        let share = |education: Option<usize>| {
            let group: Vec<_> = adults
                .iter()
                .filter(|slot| education.is_none_or(|place| n.traits[**slot].education as usize == place))
                .collect();
            group.iter().filter(|slot| n.state[***slot].last_volunteered > WEEK - 52).count() as f32
                / group.len() as f32
        };
        assert_about(share(None), 0.48, 0.04, "volunteered");
        assert!(share(Some(0)) + 0.1 < share(Some(2)), "{} {}", share(Some(0)), share(Some(2)));
    }

    #[test]
    fn initiatives_have_their_people_and_accounts_add_up() {
        let n = set_up(&small_blueprint(), Chance::new(9), 0, WEEK);
        for (number, initiative) in n.initiatives.iter().enumerate() {
            assert!(initiative.is_alive() && initiative.founded <= WEEK);
            let with: Vec<usize> =
                n.residents().filter(|slot| n.state[*slot].volunteers_with == number as u32).collect();
            assert_eq!(with.len() as u32, initiative.volunteers);
            assert_eq!(with.iter().filter(|slot| n.state[**slot].organises).count() as u32, initiative.organisers);
            assert!(initiative.organisers >= 1 && initiative.volunteers >= 3);
            assert!(with.iter().all(|slot| n.traits[*slot].is_adult(WEEK)
                && n.state[*slot].knows(crate::model::neighbourhood::resident::Setting::activity(number))));
        }
        for account in &n.ledger.accounts {
            assert_eq!(account.received, account.balance + account.spent);
        }
        let contract = n.professionals[0].contract.expect("a grant pays the builder");
        assert!(contract.from <= WEEK && WEEK < contract.until && contract.until <= WEEK + 52);
        assert!(n.professionals[1].contract.is_none());
    }

    #[test]
    fn the_smallest_worlds_work() {
        for (homes, form) in [(1, BuildingForm::Gallery), (1, BuildingForm::Houses), (6, BuildingForm::Stairwell)] {
            let mut blueprint = small_blueprint();
            blueprint.buildings = vec![building(form, homes)];
            for seed in 0..20 {
                let n = set_up(&blueprint, Chance::new(seed), 0, WEEK);
                assert_eq!(n.homes.len() as u32, homes);
                assert!(n.slots() >= homes as usize);
            }
        }
    }

    #[test]
    fn a_composition_of_single_households_houses_adults_alone() {
        let mut blueprint = small_blueprint();
        blueprint.composition.households = [1.0, 0.0, 0.0, 0.0].map(share);
        let n = set_up(&blueprint, Chance::new(1), 0, WEEK);
        assert!(n.homes.iter().all(|home| home.members_so_far <= 1));
        assert!(n.traits.iter().all(|them| them.is_adult(WEEK) && them.partner == NONE));
        blueprint.composition.households = [0.0, 0.0, 1.0, 0.0].map(share);
        blueprint.composition.ages = [0.0, 0.0, 0.0, 0.0, 1.0].map(share);
        assert!(set_up(&blueprint, Chance::new(1), 0, WEEK).slots() > 0);
    }

    #[test]
    fn the_same_seed_gives_the_same_neighbourhood_and_another_copy_other_people() {
        let blueprint = small_blueprint();
        let grow = |seed, number| set_up(&blueprint, Chance::new(seed), number, WEEK);
        assert!(grow(1, 0) == grow(1, 0));
        assert!(grow(1, 0).traits != grow(2, 0).traits);
        let interests = |n: Neighbourhood| n.traits.iter().map(|them| them.interests).collect::<Vec<_>>();
        assert_ne!(interests(grow(1, 0)), interests(grow(1, 1)));
    }
}

/// x
pub fn adopt(_n: &mut Neighbourhood, _old: &Blueprint, _new: &Blueprint, _chance: Chance, _week: i32) {}
mod tests;
