//! 6. Bonding: what meeting people like oneself does.
//!
//! * **What** similar people grow close faster and strengthen each other; an activity that a vulnerable group chose for
//!   itself does so most, as far as it is among its own.
//! * **Equation** similarity `= sum of weights * [same origin], closeness of age, [same education], shared interests`;
//!   closeness in minutes `= minutes * (1 + hours_bonus * (similarity - similar_from))`: an hour is an hour between
//!   people as alike as friends mostly are.
//! * **Reads and changes** reads the neighbourhood; sets similarity and closeness of meetings, adds to `gains`.
//! * **Draws** none.
//! * **Source** McPherson et al. 2001 for the order of homophily; M14, M15.

use super::enact_policies::Rules;
use crate::model::desk::Desk;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::{Traits, YEAR};
use crate::model::parameters::Bonding;
use crate::model::quantities::Target;

/// How alike two people are, `0..=1`; the same from both sides.
#[inline]
#[must_use]
pub fn similarity(a: &Traits, b: &Traits, weights: &Bonding) -> f32 {
    let years = (a.born - b.born).abs() as f32 / YEAR as f32;
    let shared = (a.interests & b.interests).count_ones() as f32;
    let either = (a.interests | b.interests).count_ones().max(1) as f32;
    // Without a branch: who meets whom cannot be foreseen.
    let same = |same: bool| f32::from(u8::from(same));
    let mut alike = weights.age_weight * (1.0 - years / 30.0).max(0.0);
    alike += weights.origin_weight * same(a.origin == b.origin);
    alike += weights.education_weight * same(a.education == b.education);
    alike += weights.interest_weight * (0.5 * shared / either + 0.5 * same(a.sex == b.sex));
    let whole = weights.origin_weight + weights.age_weight + weights.education_weight + weights.interest_weight;
    if whole > 0.0 { alike / whole } else { 0.0 }
}

/// Minutes as they count for closeness between people who are this alike.
#[inline]
#[must_use]
pub fn as_close(minutes: u16, similarity: f32, p: &Bonding) -> u16 {
    (f32::from(minutes) * (1.0 + p.hours_bonus * (similarity - p.similar_from)).max(0.1)) as u16
}

/// Works out what meetings of similar people bring.
pub fn bond(n: &Neighbourhood, rules: &Rules, week: i32, desk: &mut Desk) {
    let p = &rules.parameters.bonding;
    for meeting in &mut desk.meetings {
        let (a, b) = (&n.traits[meeting.a as usize], &n.traits[meeting.b as usize]);
        meeting.similarity = similarity(a, b, p);
        if !rules.mechanisms.bonding {
            continue;
        }
        meeting.closeness = as_close(meeting.minutes, meeting.similarity, p);
        if !meeting.words || meeting.similarity < p.similar_from {
            continue;
        }
        let (target, own_share) = meeting.setting.initiative().map_or((Target::Open, 0.0), |number| {
            let initiative = &n.initiatives[number];
            (initiative.target, initiative.own_share)
        });
        let own_space = target != Target::Open && a.belongs_to(target, week) && b.belongs_to(target, week);
        // As far as the group is among its own.
        let more = if own_space && rules.mechanisms.own_space { p.own_space * own_share } else { 0.0 };
        let gain = p.capability * (1.0 + more);
        for slot in [meeting.a, meeting.b] {
            let gains = &mut desk.gains[slot as usize];
            gains.capability += gain * (1.0 - n.state[slot as usize].capability);
            gains.pleasant += 1;
        }
    }
}
