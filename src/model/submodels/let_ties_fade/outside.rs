//! Friends and kin outside the neighbourhood: made where people come together, lost by drifting apart and by death.
//!
//! * **What** school, study and work bring friends, outgoing people and those who share the language make more of them, worries
//!   about money and bad health leave fewer; each friend may be lost, the oftener the older people are. Kin come by birth and
//!   marriage as often as they go. Who moves away from a friend or kin here becomes one outside
//!   ([`move_households`](crate::model::submodels::move_households)).
//! * **Equation** chance a week of a friend more `= friend_made * stage * standard / 4.2 * circumstances`; of one fewer `= friends *
//!   (friend_lost + mortality)`.
//! * **Reads and changes** numbers of friends and kin outside.
//! * **Draws** one of `Circle` per resident.
//! * **Source** Mollenhorst (48 % of named ties survive seven years); Roberts and Dunbar 2011 (kin last); sizes assumed.

use crate::model::chance::{Process, WeekChance, mix, unit};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::{Traits, YEAR};
use crate::model::parameters::{Parameters, Ties};
use crate::model::submodels::enact_policies::Rules;
use crate::model::submodels::move_households::death_by_age;

/// Friends made at school and study, at work, and without either, against work (assumed).
const STAGES: [f32; 3] = [2.0, 1.0, 0.65];
/// Age to which work is new and colleagues are many (assumed).
const YOUNG: i32 = 26;
/// Age from which mortality of people of one's age matters to a circle of friends.
const MORTAL: i32 = 50;
/// Kin outside the neighbourhood of an ordinary adult.
pub const KIN: f32 = 6.2;

/// Chance a week that somebody of this age makes a friend outside the neighbourhood.
#[must_use]
pub fn friends_made(traits: &Traits, age: i32, short_of_money: bool, parameters: &Parameters) -> f32 {
    made(factors(circumstances(traits, age, short_of_money), &parameters.ties), traits)
}

/// What making friends depends on, as bits: school, study or work; young; the language; money; health.
fn circumstances(traits: &Traits, age: i32, short_of_money: bool) -> usize {
    usize::from(traits.occupied)
        | usize::from(age < YOUNG) << 1
        | usize::from(traits.shares_language) << 2
        | usize::from(short_of_money) << 3
        | usize::from(traits.health_limited) << 4
}

/// Friends made in these circumstances, and what language, money and health leave of them.
fn factors(circumstances: usize, t: &Ties) -> [f32; 4] {
    let [occupied, young, shares_language, short_of_money, health_limited] =
        [0, 1, 2, 3, 4].map(|bit| circumstances >> bit & 1 != 0);
    let stage = match (occupied, young) {
        (true, true) => STAGES[0],
        (true, false) => STAGES[1],
        (false, _) => STAGES[2],
    };
    let language = if shares_language { 1.0 } else { 0.7 };
    let money = if short_of_money { 1.0 - t.friends_cost } else { 1.0 };
    let health = if health_limited { 1.0 - t.friends_health } else { 1.0 };
    [t.friend_made * stage, language, money, health]
}

#[inline]
fn made([stage, language, money, health]: [f32; 4], traits: &Traits) -> f32 {
    stage * traits.standard / 4.2 * language * money * health
}

/// Chance a week that somebody of this age loses a friend outside the neighbourhood, for each.
#[must_use]
pub fn friend_lost(age: i32, parameters: &Parameters) -> f32 {
    let death = if age < MORTAL { 0.0 } else { death_by_age(&parameters.living, age as f32) / YEAR as f32 };
    parameters.ties.friend_lost + death
}

/// Lets circles outside the neighbourhood change.
pub fn change_circles(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance, week: i32) {
    let key = draws.key(Process::Circle, 0);
    let p = &rules.parameters;
    // Looked up, for what people are like cannot be foreseen.
    let by_circumstances: [_; 32] = std::array::from_fn(|circumstances| factors(circumstances, &p.ties));
    let lost: [f32; 121] = std::array::from_fn(|age| friend_lost(age as i32, p));
    for (traits, state) in n.traits.iter().zip(&mut n.state) {
        if !traits.lives_here() {
            continue;
        }
        let age = traits.age(week);
        // One number between 0 and 1 decides: a friend more, a friend fewer, kin more, kin fewer, or none of these.
        let mut left = unit((mix(key, traits.person.0) >> 32) as u32);
        let mut is = |chance: f32| {
            left -= chance;
            left < 0.0
        };
        let short_of_money = traits.income_difficulty & !state.cheap_home;
        let circumstances = circumstances(traits, age, short_of_money);
        let made = made(by_circumstances[circumstances], traits) * (1.0 - rules.lockdown);
        if is(made) {
            state.friends_outside = state.friends_outside.saturating_add(1);
        } else if is(f32::from(state.friends_outside) * lost[age.clamp(0, 120) as usize]) {
            state.friends_outside -= 1;
        } else if is(p.ties.kin_lost * f32::from(traits.kin_outside)) {
            state.kin_outside = state.kin_outside.saturating_add(1);
        } else if is(f32::from(state.kin_outside) * p.ties.kin_lost) {
            state.kin_outside -= 1;
        }
    }
}
