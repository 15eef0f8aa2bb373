//! 3. Moving, birth, ageing, death.
//!
//! * **What** people die, households leave, grown children leave home, children are born, vacant homes get a household;
//!   who lives in a building that goes is rehoused as far as homes stand empty.
//! * **Equation** chance a year to leave = rate x age x neighbourhood x building x (1 - share x mean belonging) x
//!   (1 - share x image); chance of dying doubles every seven years of age.
//! * **Reads and changes** reads ages, partners, belonging; changes homes, slots, rows of the network, ties with
//!   professionals. Who leaves gives no warning: an initiative finds out when it counts its people.
//! * **Draws** `LifeEvents` by person, `Moving` and `Sorting` by the first member of a household, `Policies` by home,
//!   `Rehousing` by household; newcomers are drawn without a week ([`people`](crate::model::initialization::people)).
//! * **Source** CBS on moving, births and deaths; M6 (more living alone, ageing at home, sorting), M43 (allocation), M45 (mixed
//!   living), M46 (staying), M47 (sudden arrivals), M57 (image).

mod arriving;
mod crossing;
mod leaving;
mod rehousing;

pub use crossing::KEEPS_TIES_FROM_AGE;

use crate::model::chance::{Chance, Process, key_of, mix, unit};
use crate::model::initialization::first_ties::OwnedTie;
use crate::model::initialization::traits::{come_of_age, retire, severe_limitation};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::HalfTie;
use crate::model::neighbourhood::resident::{Traits, YEAR};
use crate::model::parameters::Living;
use crate::model::quantities::Tenure;
use crate::model::submodels::enact_policies::Rules;

/// Chance a year that a child of age leaves the parental home (assumed; CBS: half have left by 23 to 24).
pub const GROWN_LEAVE: f32 = 0.12;
/// The same from the age of 25 on.
pub const LATE_LEAVE: f32 = 0.3;
/// New health limitations a year under 45, 45-64, 65-74, 75 and over, where a quarter of the adults has one (assumed,
/// such that the shares by age stay about level).
const NEW_LIMITATION: [f32; 4] = [0.004, 0.007, 0.016, 0.03];

/// What a week of moving brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moves {
    /// People who died.
    pub died: u32,
    /// People who left the neighbourhood.
    pub left: u32,
    /// Children born.
    pub born: u32,
    /// People who came to live here.
    pub arrived: u32,
}

/// How moving depends on age, against the age of 45.
#[must_use]
pub fn moving_by_age(living: &Living, age: f32) -> f32 {
    if age < 45.0 {
        let young = ((45.0 - age) / 20.0).min(1.0);
        1.0 + young * (living.moving_young - 1.0)
    } else {
        let old = ((age - 45.0) / 25.0).min(1.0);
        1.0 + old * (living.moving_old - 1.0)
    }
}

/// How moving depends on who may call the home theirs, against the mean.
#[must_use]
pub fn moving_by_tenure(living: &Living, tenure: Tenure) -> f32 {
    match tenure {
        Tenure::SocialRent => living.moving_social,
        Tenure::PrivateRent => living.moving_private,
        Tenure::Owned => living.moving_owned,
    }
}

/// Chance of dying in a year at an age: it doubles every seven years.
#[must_use]
pub fn death_by_age(living: &Living, age: f32) -> f32 {
    (living.death_at_70 * libm::exp2f((age - 70.0) / 7.0)).min(1.0)
}

/// Moves households, lets people be born and die.
pub fn move_households(n: &mut Neighbourhood, rules: &Rules, chance: Chance, week: i32) -> Moves {
    let mut moves = Moves::default();
    let lives_change = rules.mechanisms.life_course;
    // Who only comes here from elsewhere in the town comes and goes all the same.
    if !lives_change && !n.crossing.open {
        return moves;
    }
    let mut ties = Vec::new();
    let mut life = Vec::with_capacity(n.slots());
    if lives_change {
        chance.in_week(week).fours(Process::LifeEvents, n.people(), &mut life);
        have_birthdays(n, (chance, &life), week);
        rehousing::rehouse(n, chance, week);
    }
    let gone = leaving::leave(n, rules, (chance, &life), week, &mut moves);
    if lives_change {
        arriving::be_born(n, rules, (chance, &life), week, &mut moves, &mut ties);
        arriving::fill_homes(n, rules, chance, week, &mut moves, &mut ties);
    }
    crossing::seat_visitors(n, chance, week, &mut ties);
    let visitors = !n.crossing.seated.is_empty() || n.crossing.open && gone.contains(&true);
    if moves != Moves::default() || visitors {
        n.network.grow_to(n.slots());
        ties.sort_by_key(|(owner, tie)| (*owner, tie.other));
        n.network.drop_slots(&gone, &ties);
    }
    moves
}

/// The `nth` draw of a person's life events in a week, from its key.
fn draw(key: u64, nth: u64) -> f32 {
    unit((mix(key, nth) >> 32) as u32)
}

/// Adds a tie at both ends.
fn tie_both(ties: &mut Vec<OwnedTie>, owner: u32, tie: HalfTie) {
    ties.push((owner, tie));
    ties.push((tie.other, HalfTie { other: owner, ..tie }));
}

/// School starts at 4, adult life at 18, the pension at 67; health limitations come with the years.
fn have_birthdays(n: &mut Neighbourhood, (chance, life): (Chance, &[[u32; 4]]), week: i32) {
    let limitations = n.composition.health_limited.get() / 0.25;
    let has_birthday = |member: &Traits| (week - member.born) % YEAR == 0 && member.lives_here();
    for (member, words) in n.traits.iter_mut().zip(life).filter(|(member, _)| has_birthday(member)) {
        let age = member.age(week);
        match age {
            4 => member.occupied = true,
            18 if member.child => come_of_age(member, &mut chance.always().of(Process::LifeEvents, member.person)),
            67 => retire(member),
            _ => {}
        }
        let yearly = match age {
            ..18 => 0.0,
            18..45 => NEW_LIMITATION[0],
            45..65 => NEW_LIMITATION[1],
            65..75 => NEW_LIMITATION[2],
            75.. => NEW_LIMITATION[3],
        };
        let key = key_of(*words);
        if draw(key, 3) < yearly * limitations && !member.health_limited {
            member.health_limited = true;
            member.severely_limited = draw(key, 4) < severe_limitation(age);
        }
    }
}

#[cfg(test)]
mod tests;
