//! 18. Loneliness is the gap between the ties a person wants and has.
//!
//! * **What** the social deficit comes from good ties, inside and outside the neighbourhood, against the own standard; the
//!   emotional deficit from having no partner or confidant, and from loss. Both carry a personal trait, rise with worries
//!   about money and health, and adjust slowly.
//! * **Equation** social `= level + shortfall * exp(-1.6 * good / standard) + trait - variety - belonging + stress`; emotional
//!   `= level + alone * [no partner] + confidant * (1 - confidants / (confidants + 1)) + loss * grief + trait + stress`.
//! * **Reads and changes** deficits, weeks with family and friends, grief.
//! * **Draws** `Outside` per resident: ties outside the neighbourhood.
//! * **Source** De Jong Gierveld and Van Tilburg 2007; CBS gradients; GGD Kennemerland 2020; M51.

use super::enact_policies::Rules;
use crate::model::chance::{Process, WeekChance, unit};
use crate::model::desk::Desk;
use crate::model::neighbourhood::resident::{State, Traits};
use crate::model::neighbourhood::{NONE, Neighbourhood, network::HalfTie};
use crate::model::parameters::Parameters;
use crate::model::quantities::Civil;

/// Weeks over which "recent" is meant.
const RECENT_WEEKS: f32 = 12.0;
/// Part of a grief that wears off in a week.
const GRIEF_WEARS_OFF: f32 = 0.012;

/// What a resident's ties amount to.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Support {
    /// Good ties, close ones counted whole and acquaintances in part.
    good: f32,
    /// Kinds of ties: kin, friends, neighbours; 0 to 3.
    kinds: f32,
    /// People to confide in.
    confidants: f32,
}

/// Lets deficits follow the ties.
pub fn feel_lonely(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    let p = &rules.parameters;
    draws.fours(Process::Outside, n.people(), &mut desk.words);
    let Neighbourhood { network, traits: people, state, .. } = n;
    for slot in 0..people.len() {
        let (traits, state, gains) = (&people[slot], &mut state[slot], &desk.gains[slot]);
        if !traits.lives_here() || !traits.is_from(12, week) {
            continue;
        }
        meet_outside(traits, state, p, gains.family, gains.friend, rules.lockdown, desk.words[slot]);
        let support = support(network.of(slot), people, traits, state, p, week);
        let step = p.loneliness.adjustment;
        state.social_deficit += step * (social_target(traits, state, &support, p, week) - state.social_deficit);
        state.emotional_deficit += step * (emotional_target(traits, state, &support, p) - state.emotional_deficit);
        state.grief *= 1.0 - GRIEF_WEARS_OFF;
    }
}

/// Whether family and friends outside the neighbourhood were met, beside those inside.
fn meet_outside(
    traits: &Traits,
    state: &mut State,
    p: &Parameters,
    family: bool,
    friend: bool,
    lockdown: f32,
    [meets_family, meets_friends, ..]: [u32; 4],
) {
    // Somebody outgoing keeps in touch more often than somebody who wants few ties.
    let outgoing = (0.4 + 0.6 * traits.standard / 4.2) * (1.0 - 0.4 * lockdown);
    let rhythm = |often: f32| (often * outgoing).min(0.95);
    // Family visits who cannot come; friends are gone to.
    let goes = if traits.health_limited { 1.0 - p.ties.outside_health } else { 1.0 };
    let none_of = |people: u8, rhythm: f32| (0..people).fold(1.0, |none, _| none * (1.0 - rhythm));
    let visits = p.ties.outside_weekly * rally(traits, p);
    let family = family | (unit(meets_family) < 1.0 - none_of(state.kin_elsewhere(), rhythm(visits)));
    let friend =
        friend | (unit(meets_friends) < 1.0 - none_of(state.friends_elsewhere(), rhythm(p.ties.friends_weekly * goes)));
    let recent = 1.0 / RECENT_WEEKS;
    state.family_weeks += recent * (f32::from(u8::from(family)) - state.family_weeks);
    state.friend_weeks += recent * (f32::from(u8::from(friend)) - state.friend_weeks);
}

/// How much more kin see of somebody whose partner died.
#[must_use]
pub fn rally(traits: &Traits, p: &Parameters) -> f32 {
    if traits.civil == Civil::Widowed && traits.partner == NONE { 1.0 + p.ties.kin_rally } else { 1.0 }
}

/// Adds up a row of ties and the ties outside.
fn support(row: &[HalfTie], people: &[Traits], own: &Traits, state: &State, p: &Parameters, week: i32) -> Support {
    let mut support = Support::default();
    let (mut kin, mut friends, mut neighbours) = (0.0_f32, 0.0_f32, 0.0_f32);
    // Most ties are faces, which are worth nothing; with layers in another order than theirs none is passed over.
    let faces_below = if p.ties.known < p.ties.close { p.ties.known } else { 0.0 };
    for tie in row {
        if tie.strength < faces_below && !tie.is_household() {
            continue;
        }
        // From an acquaintance on a tie begins to count; a close one counts whole.
        let worth = ((tie.strength - p.ties.known) / (p.ties.close - p.ties.known)).clamp(0.0, 1.0);
        if tie.is_household() {
            // The partner is reckoned with below; other grown housemates are kin at hand.
            kin += if people[tie.other as usize].is_adult(week) { 0.5 } else { 0.0 };
            continue;
        }
        if tie.is_kin() {
            kin += worth;
        } else if tie.strength >= p.ties.friend {
            friends += worth;
        } else if tie.is_near() {
            neighbours += worth;
        } else {
            friends += 0.5 * worth;
        }
        if tie.strength >= p.ties.close {
            support.confidants += 0.7;
        }
    }
    // Ties outside count by how often they are met.
    kin += f32::from(state.kin_elsewhere()) * 0.3 * state.family_weeks;
    friends += f32::from(state.friends_elsewhere()) * 0.5 * state.friend_weeks;
    support.confidants += 0.2 * f32::from(state.friends_elsewhere()) * state.friend_weeks
        + 0.12 * rally(own, p) * f32::from(state.kin_elsewhere());
    support.good = kin.min(3.0) + friends + neighbours;
    support.kinds = kin.min(1.0) + friends.min(1.0) + (3.0 * neighbours).min(1.0);
    support
}

/// What worries about money and limits of health add to both deficits.
#[must_use]
pub fn stress(traits: &Traits, state: &State, p: &Parameters) -> f32 {
    let w = &p.loneliness;
    let times = |severe: bool| if severe { w.severe } else { 1.0 };
    let money = if state.is_short_of_money(traits) { w.money_stress * times(traits.great_difficulty) } else { 0.0 };
    let health = if traits.health_limited { w.health_stress * times(traits.severely_limited) } else { 0.0 };
    money + health
}

fn social_target(traits: &Traits, state: &State, support: &Support, p: &Parameters, week: i32) -> f32 {
    let w = &p.loneliness;
    let older = ((traits.age(week) - 50) as f32 / 30.0).clamp(0.0, 1.2);
    // Something is always wished for.
    let standard = traits.standard * (1.0 - w.standard_by_age * older).max(0.05);
    w.social_level
        + w.social_shortfall * libm::expf(-1.6 * support.good / standard)
        + w.social_trait * traits.lonely_trait
        - w.social_variety * (support.kinds - 2.0)
        - w.belonging_relief * (state.belonging - 0.5)
        + stress(traits, state, p)
}

fn emotional_target(traits: &Traits, state: &State, support: &Support, p: &Parameters) -> f32 {
    let w = &p.loneliness;
    let alone = if traits.partner == NONE { w.emotional_alone } else { 0.0 };
    let no_confidant = 1.0 / (support.confidants + 1.0);
    w.emotional_level
        + alone
        + w.emotional_confidant * no_confidant
        + w.emotional_loss * state.grief
        + w.emotional_trait * traits.lonely_trait
        + stress(traits, state, p)
}
