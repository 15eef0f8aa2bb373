//! 10. Nuisance happens around the home, and neighbours who know each other do something about it.
//!
//! * **What** noise, litter, loitering and quarrels come and go around buildings. Whoever is around may address it: the
//!   sooner the more people near they know and the more they trust people. A caretaker may too. What nobody addresses costs
//!   those around belonging and trust; of what somebody addresses little is left.
//! * **Equation** incidents a week `= nuisance * homes / 52 * (1 + public_space * (1 - 2 * inviting))`; chance that one is
//!   addressed `= 1 - (1 - caretaker) * product over adults around of (1 - addressing * trust * k / (k + known_near))`, with
//!   k acquaintances near.
//! * **Reads and changes** reads homes, near ties, trust, caretakers' hours; adds to `gains`; running yearly counts.
//! * **Draws** `Nuisance` per building and per incident.
//! * **Source** Sampson et al. 1997 on collective efficacy, for the direction; M48; sizes assumed.

use super::enact_policies::Rules;
use crate::model::chance::{Process, WeekChance, mix};
use crate::model::desk::Desk;
use crate::model::initialization::homes::are_near;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::home::Home;
use crate::model::neighbourhood::resident::YEAR;
use crate::model::parameters::Safety;
use crate::model::quantities::Role;

/// Doors to either side from which an incident is noticed (assumed).
const NOTICED_DOORS: u32 = 2;

/// Addresses in a square kilometre at which the rate of nuisance is the parameter's: about the Dutch mean.
pub const ORDINARY_ADDRESSES: f32 = 2000.0;

/// Lets nuisance happen and be addressed.
pub fn keep_order(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    let p = &rules.parameters.safety;
    let fade = 1.0 - 1.0 / YEAR as f32;
    n.repute.incidents *= fade;
    n.repute.addressed *= fade;
    // The more people pass, the more goes wrong: with the square root, as most of it is of neighbours.
    let by_density = libm::sqrtf(n.addresses / ORDINARY_ADDRESSES);
    let by_space = by_density * (1.0 + p.public_space * (1.0 - 2.0 * n.public_space));
    let by_caretaker = caretakers(n, p, week);
    for building in 0..n.buildings.len() {
        if !n.buildings[building].period.holds(week) {
            continue;
        }
        let (first, homes) = (n.buildings[building].first, n.buildings[building].homes);
        let who = u64::from(n.first_home + first);
        let often = p.nuisance * homes as f32 / YEAR as f32 * by_space;
        for nth in 0..draws.stream(Process::Nuisance, who).about(often) {
            // Each incident has a stream of its own, so that one more or less does not move the others.
            let mut chance = draws.stream(Process::Nuisance, mix(who, u64::from(nth) + 1));
            let (home, draw) = (first + chance.below(homes), chance.uniform());
            let mut left_alone = 1.0 - by_caretaker;
            let mut anybody = false;
            for slot in around(n, home).flat_map(|home| n.members(home)) {
                anybody |= n.traits[slot].is_adult(week);
                if rules.mechanisms.informal_control && n.traits[slot].is_adult(week) {
                    left_alone *= 1.0 - dares(n, slot, rules);
                }
            }
            if anybody {
                let addressed = draw >= left_alone;
                n.repute.incidents += 1.0;
                n.repute.addressed += f32::from(u8::from(addressed));
                suffer(n, p, home, week, if addressed { p.addressed } else { 1.0 }, desk);
            }
        }
    }
}

/// Homes from which an incident at this home is noticed, itself included: doors of the same floor or street.
fn around(n: &Neighbourhood, home: u32) -> impl Iterator<Item = u32> + '_ {
    let here = &n.homes[home as usize];
    let building = &n.buildings[here.building as usize];
    let last = (building.first + building.homes - 1).min(home.saturating_add(NOTICED_DOORS));
    (home.saturating_sub(NOTICED_DOORS).max(building.first)..=last).filter(|at| {
        let there = &n.homes[*at as usize];
        there.floor == here.floor && are_near(&n.buildings, here, there)
    })
}

/// The chance that somebody around does something about it.
fn dares(n: &Neighbourhood, slot: usize, rules: &Rules) -> f32 {
    let p = &rules.parameters.safety;
    let known = rules.parameters.ties.known;
    let near = n.network.of(slot).iter();
    let near = near.filter(|tie| tie.is_near() && !tie.is_household() && tie.strength >= known).count() as f32;
    p.addressing * n.state[slot].trust * near / (near + p.known_near)
}

/// The chance that a caretaker addresses an incident.
///
/// Homes that are gone or to come take no time, nor do homes kept for people whom a policy has yet to bring.
fn caretakers(n: &Neighbourhood, p: &Safety, week: i32) -> f32 {
    let hours =
        n.professionals.iter().filter(|post| post.role == Role::Caretaker).map(|post| post.hours_with_residents);
    let hours = hours.sum::<f32>() * 100.0;
    if hours == 0.0 {
        return 0.0;
    }
    let takes_time = |home: &&Home| {
        let building = &n.buildings[home.building as usize];
        building.period.holds(week) && !(building.is_temporary() && home.is_vacant())
    };
    let hours = hours / n.homes.iter().filter(takes_time).count().max(1) as f32;
    1.0 - libm::expf(-p.caretaker * hours)
}

/// What an incident, or what is left of it, does to those around.
fn suffer(n: &Neighbourhood, p: &Safety, home: u32, week: i32, part: f32, desk: &mut Desk) {
    for slot in around(n, home).flat_map(|home| n.members(home)).filter(|slot| n.traits[*slot].is_adult(week)) {
        let (state, gains) = (&n.state[slot], &mut desk.gains[slot]);
        gains.nuisance += part;
        gains.belonging -= part * p.belonging * state.belonging;
        gains.trust -= part * p.trust * state.trust;
    }
}
