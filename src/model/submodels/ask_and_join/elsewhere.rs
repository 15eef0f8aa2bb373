//! Volunteering outside the neighbourhood's own initiatives: at school, club or church in town.
//!
//! * **What** who can and wants starts when asked; those are asked who are known by many, and who find their way in what an
//!   association wants: rules, forms, meetings. Nobody starts because of a degree.
//! * **Equation** chance a week `= elsewhere * can * wants * asked * skill`, `asked = 0.4 + 0.6 * friends outside / 4.6`, `skill = 1 + skill *
//!   (way-finding / 0.54 - 1)`; to stop `= 3 * leave`.
//! * **Source** Bijker et al. 2019 on asking; weights assumed; M33.

use super::{able, dares};
use crate::model::chance::{Process, mix, unit};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::{State, Traits};
use crate::model::parameters::{Asking, Parameters};
use crate::model::quantities::Person;
use crate::model::submodels::enact_policies::Rules;

/// Friends and way-finding skill of an ordinary adult.
const ORDINARY: (f32, f32) = (4.6, 0.54);

/// Chance a week that somebody starts.
#[must_use]
pub fn starts_elsewhere(traits: &Traits, state: &State, parameters: &Parameters) -> f32 {
    let p = &parameters.asking;
    starts((able(traits, state, p), dares(traits, state.capability)), state, p)
}

/// The same of somebody who can and wants so much.
#[inline]
fn starts((can, wants): (f32, f32), state: &State, p: &Asking) -> f32 {
    let asked = 0.4 + 0.6 * (f32::from(state.friends_outside) / ORDINARY.0).min(2.0);
    let skill = (1.0 + p.skill * (state.way_finding / ORDINARY.1 - 1.0)).max(0.05);
    p.elsewhere * can * wants * asked * skill
}

/// Chance a week that somebody stops (assumed: associations are left as often as three initiatives here).
#[must_use]
pub fn stops_elsewhere(p: &Asking) -> f32 {
    (3.0 * p.leave).min(1.0)
}

/// Hours a week that somebody gives there: what fits beside work.
#[must_use]
pub fn hours_elsewhere(traits: &Traits, p: &Asking) -> f32 {
    p.hours_share * traits.free_hours
}

/// What decides whether each resident starts or stops.
pub(super) fn turns(n: &Neighbourhood) -> (Process, impl Iterator<Item = Person>) {
    (Process::Leaving, n.people().map(|person| Person(mix(person.0, 1))))
}

/// Lets somebody who can and wants so much start, go on or stop, by the first word of that draw.
#[inline]
pub(super) fn elsewhere(
    n: &mut Neighbourhood,
    rules: &Rules,
    [turn, ..]: [u32; 4],
    willing: (f32, f32),
    week: i32,
    slot: usize,
) {
    let state = &mut n.state[slot];
    let turn = unit(turn);
    if state.volunteers_elsewhere {
        state.last_volunteered = week;
        state.volunteers_elsewhere = turn >= stops_elsewhere(&rules.parameters.asking);
    } else if turn < starts(willing, state, &rules.parameters.asking) {
        state.volunteers_elsewhere = true;
        state.last_volunteered = week;
    }
}
