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

use pulp::{Arch, Simd};

use super::enact_policies::Rules;
use crate::model::chance::{Process, WeekChance, unit};
use crate::model::desk::Desk;
use crate::model::neighbourhood::network::{HalfTie, Row, list_places, places_before};
use crate::model::neighbourhood::resident::{State, Traits};
use crate::model::neighbourhood::{NONE, Neighbourhood};
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
    if !rules.mechanisms.loneliness {
        return;
    }
    let p = &rules.parameters;
    draws.fours(Process::Outside, n.people(), &mut desk.words);
    let Neighbourhood { network, traits: people, state, .. } = n;
    let ties = network.half_ties();
    // Most ties are faces, which are worth nothing; with layers in another order than theirs none is passed over.
    let faces_below = if p.ties.known < p.ties.close { p.ties.known } else { 0.0 };
    desk.kept.resize(ties.len(), 0);
    see_who_counts(&mut desk.kept, ties, faces_below);
    list_places(&desk.kept, &mut desk.places);
    let mut from = 0;
    for slot in 0..people.len() {
        let (traits, state, gains) = (&people[slot], &mut state[slot], &desk.gains[slot]);
        let counting = places_before(network.row(slot).end, &desk.places, &mut from);
        if !traits.lives_here() || !traits.is_from(12, week) {
            continue;
        }
        meet_outside(traits, state, p, gains.family, gains.friend, rules.lockdown, desk.words[slot]);
        let support = support(ties, people, traits, state, p, week, counting);
        let step = p.loneliness.adjustment;
        state.social_deficit += step * (social_target(traits, state, &support, p, week) - state.social_deficit);
        state.emotional_deficit += step * (emotional_target(traits, state, &support, p) - state.emotional_deficit);
        state.grief *= 1.0 - GRIEF_WEARS_OFF;
    }
}

/// Notes which ties may be worth something, of as many at a time as the processor can.
#[pulp::with_simd(see_who_counts = Arch::new())]
#[inline(always)]
fn see_who_counts_wide<'a, S: Simd>(_: S, counts: &'a mut [u8], ties: Row<'a>, faces_below: f32) {
    for (counts, (strength, flags)) in counts.iter_mut().zip(ties.strengths().iter().zip(ties.flags())) {
        *counts = u8::from((*strength >= faces_below) | (flags & HalfTie::HOUSEHOLD != 0));
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

/// Adds up ties, and the ties outside. `counting` are the places of those among all that may be worth something.
fn support(
    ties: Row<'_>,
    people: &[Traits],
    own: &Traits,
    state: &State,
    p: &Parameters,
    week: i32,
    counting: &[u32],
) -> Support {
    let mut support = Support::default();
    let (mut kin, mut friends, mut neighbours) = (0.0_f32, 0.0_f32, 0.0_f32);
    for place in counting {
        let place = *place as usize;
        let (strength, flags) = (ties.strengths()[place], ties.flags()[place]);
        if flags & HalfTie::HOUSEHOLD != 0 {
            // The partner is reckoned with below; other grown housemates are kin at hand.
            kin += if people[ties.others()[place] as usize].is_adult(week) { 0.5 } else { 0.0 };
            continue;
        }
        // From an acquaintance on a tie begins to count; a close one counts whole.
        let worth = ((strength - p.ties.known) / (p.ties.close - p.ties.known)).clamp(0.0, 1.0);
        let is_kin = flags & HalfTie::KIN != 0;
        let is_friend = !is_kin & (strength >= p.ties.friend);
        let is_neighbour = !is_kin & !is_friend & (flags & HalfTie::NEAR != 0);
        let of_friends = if is_friend { worth } else { 0.5 * worth };
        kin += if is_kin { worth } else { 0.0 };
        neighbours += if is_neighbour { worth } else { 0.0 };
        friends += if is_kin | is_neighbour { 0.0 } else { of_friends };
        support.confidants += if strength >= p.ties.close { 0.7 } else { 0.0 };
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
