//! What changes about residents, near where the burn-in will bring it, so that the burn-in can be short.

use crate::model::chance::{Stream, mix, unit};
use crate::model::neighbourhood::NONE;
use crate::model::neighbourhood::resident::{State, Traits};
use crate::model::parameters::Parameters;
use crate::model::submodels::ask_and_join::elsewhere::{starts_elsewhere, stops_elsewhere};
use crate::model::submodels::feel_lonely::stress;

/// Part of those who volunteered in the past year who still do (assumed: about a fifth stops in a year).
const STILL: f32 = 0.7;

/// The state of somebody who lives here at the start.
#[must_use]
pub fn sitting(traits: &Traits, parameters: &Parameters, week: i32, stream: &mut Stream) -> State {
    let mut state = newcomer(traits, parameters, week, stream);
    let years = traits.age(week);
    // CBS 2022: contact with neighbours at least weekly 41, 59 and 69 % by age.
    let neighbours = match years {
        ..35 => 0.41,
        35..65 => 0.59,
        65.. => 0.69,
    };
    state.neighbour_weeks = (neighbours + 0.2 * stream.normal()).clamp(0.0, 1.0);
    state.belonging = (0.52 + 0.1 * stream.normal() + 0.15 * (state.neighbour_weeks - 0.5)).clamp(0.05, 0.95);
    state.visits = 0.4 + 1.2 * stream.uniform();
    state.helped = 4.0 + 6.0 * stream.uniform();
    state.energy = 0.9;
    // What happened at the own door and two to either side, of which neighbours addressed about half.
    let safety = &parameters.safety;
    state.nuisance = 5.0 * safety.nuisance * (0.5 + 0.5 * safety.addressed) * 2.0 * stream.uniform();
    state
}

/// The state of somebody who just came: own levels, ties outside, no ties here.
#[must_use]
pub fn newcomer(traits: &Traits, parameters: &Parameters, week: i32, stream: &mut Stream) -> State {
    let mut state = State::newcomer(traits);
    state.institutional_trust = (0.5 + 0.12 * stream.normal()).clamp(0.05, 0.95);
    state.attitude = (0.6 + 0.12 * stream.normal()).clamp(0.05, 0.95);
    // CBS 2018-2022: 83 % sees or speaks family weekly, about 76 % friends.
    let weekly = |ties: u8, often: f32| 1.0 - libm::powf(1.0 - often.min(0.99), f32::from(ties));
    state.family_weeks = weekly(state.kin_outside, parameters.ties.outside_weekly);
    state.friend_weeks = weekly(state.friends_outside, parameters.ties.friends_weekly);
    expect_needs(&mut state, traits, parameters);
    deficits(&mut state, traits, parameters);
    volunteering(&mut state, traits, parameters, week, stream);
    state
}

/// Needs a year as the rates say; most are met informally, a few formally (assumed).
fn expect_needs(state: &mut State, traits: &Traits, parameters: &Parameters) {
    let help = &parameters.help;
    let care = help.care * if traits.health_limited { 1.0 } else { 0.1 };
    let papers = help.money_and_papers * if traits.income_difficulty { 1.0 } else { 0.25 };
    let material = help.material * if traits.income_difficulty { 1.0 } else { 0.1 };
    state.needs = help.small_job + help.watch_house + help.company + care + papers + material;
    state.needs_informal = 0.6 * state.needs;
    state.needs_formal = 0.4 * (care + papers) * 0.5;
}

/// Deficits as the trait, the partner and stress make them, with an ordinary number of ties.
fn deficits(state: &mut State, traits: &Traits, parameters: &Parameters) {
    let weights = &parameters.loneliness;
    let when = |so: bool, weight: f32| if so { weight } else { 0.0 };
    let stress = stress(traits, state, parameters);
    let ties = f32::from(state.kin_outside) * 0.4 + f32::from(state.friends_outside) * 0.6;
    let shortfall = (1.0 - ties / traits.standard).clamp(0.0, 1.0);
    state.social_deficit = weights.social_level
        + weights.social_shortfall * shortfall
        + weights.social_trait * traits.lonely_trait
        + stress
        - 0.5 * weights.belonging_relief;
    state.emotional_deficit = weights.emotional_level
        + when(traits.partner == NONE, weights.emotional_alone)
        + 0.4 * weights.emotional_confidant
        + weights.emotional_trait * traits.lonely_trait
        + stress;
}

/// Volunteering outside the neighbourhood's own initiatives, now or before.
fn volunteering(state: &mut State, traits: &Traits, parameters: &Parameters, week: i32, stream: &mut Stream) {
    let (this_year, still, ago) = (stream.uniform(), stream.uniform(), stream.uniform());
    if !traits.is_adult(week) {
        return;
    }
    // As many as starting and stopping keep up, and half of those who start or stop within a year.
    let starts = starts_elsewhere(traits, state, parameters);
    let stops = stops_elsewhere(&parameters.asking);
    let volunteers = starts / (starts + stops);
    if this_year < volunteers + (1.0 - volunteers) * (1.0 - libm::expf(-30.0 * starts)) {
        state.volunteers_elsewhere = still < STILL;
        let weeks_ago = if state.volunteers_elsewhere { 0 } else { 1 + (ago * 51.0) as i32 };
        state.last_volunteered = week - weeks_ago;
    } else if still < 0.5 {
        state.last_volunteered = week - 53 - (ago * 500.0) as i32;
    }
}

/// How many settings somebody knows at the start, from `least` to `most`.
#[must_use]
pub fn settings_known(key: u64, least: usize, most: usize) -> usize {
    least + (unit(mix(key, u64::MAX) as u32) * (most - least + 1) as f32) as usize
}
