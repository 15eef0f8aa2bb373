//! Kin and friends outside the neighbourhood: how many somebody has by the time we meet them.
//!
//! The same chances that make and end such ties from week to week ([`outside`](crate::model::submodels::let_ties_fade::outside))
//! are followed from school age on, so that a circle is about as large at the start as the model keeps it.

use crate::model::chance::Stream;
use crate::model::initialization::traits::WORKING_AGE;
use crate::model::neighbourhood::resident::Traits;
use crate::model::parameters::Parameters;
use crate::model::submodels::let_ties_fade::outside::{friend_lost, friends_made};

/// Age from which friends are counted, and how many there are then (assumed).
const FIRST_FRIENDS: (i32, f32) = (12, 4.0);
/// Age to which people study or go to school (assumed).
const STUDIES_UNTIL: i32 = 22;

/// Friends outside the neighbourhood that somebody of this age is expected to have, living as now since school.
#[must_use]
pub fn expected_friends(traits: &Traits, week: i32, parameters: &Parameters) -> f32 {
    let (from, mut friends) = FIRST_FRIENDS;
    for age in from..traits.age(week) {
        // Who is past working age now worked before, as most did.
        let occupied = match age {
            ..STUDIES_UNTIL => true,
            _ if age >= WORKING_AGE.end => false,
            _ => traits.occupied || traits.age(week) >= WORKING_AGE.end,
        };
        let then = Traits { occupied, ..*traits };
        let made = friends_made(&then, age, traits.income_difficulty, parameters);
        friends += 52.0 * (made - friends * friend_lost(age, parameters));
        friends = friends.max(0.0);
    }
    friends
}

/// A number around a mean, as independent beginnings and endings give it (Poisson).
pub fn number(mean: f32, stream: &mut Stream) -> u8 {
    let mut left = stream.uniform();
    let mut part = libm::expf(-mean);
    let mut number = 0_u8;
    while left >= part && number < 40 {
        left -= part;
        number += 1;
        part *= mean / f32::from(number);
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::chance::{Chance, Process};
    use crate::model::neighbourhood::resident::YEAR;

    fn friends(age: i32, occupied: bool) -> f32 {
        let somebody = Traits { born: -age * YEAR, occupied, ..Traits::EMPTY };
        expected_friends(&somebody, 0, &Parameters::default())
    }

    #[test]
    fn the_young_have_most_friends_and_the_old_fewest() {
        assert!(friends(24, true) > friends(50, true) && friends(50, true) > friends(80, false));
        assert!(friends(45, true) > friends(45, false));
    }

    #[test]
    fn numbers_have_the_mean_and_spread_of_independent_events() {
        let chance = Chance::new(4).always();
        let draws: Vec<f32> =
            (0..20_000).map(|who| f32::from(number(4.6, &mut chance.stream(Process::Traits, who)))).collect();
        let mean = draws.iter().sum::<f32>() / 20_000.0;
        let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f32>() / 20_000.0;
        assert!((mean - 4.6).abs() < 0.1 && (variance - 4.6).abs() < 0.25, "{mean} {variance}");
    }
}
