//! The utility of a setting to a resident, and the chance that it gives.

use super::SCHOOL_AGE;
use super::appeal::Appeal;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::{Habit, State, Traits};
use crate::model::quantities::{Offers, Support, metres_between};
use crate::model::submodels::enact_policies::Rules;

/// What a resident brings to each decision of the week.
pub(super) struct Decider<'a> {
    pub traits: &'a Traits,
    pub state: &'a State,
    pub week: i32,
    pub band: usize,
    /// A child, or with children in the home.
    pub with_children: bool,
    pub short_of_money: bool,
    pub at: [f32; 2],
}

/// The log-odds to go to a setting. What a fact about a person adds or takes away is counted without asking first, as
/// often as the fact is true: once or not at all.
#[inline(always)]
pub(super) fn utility(
    n: &Neighbourhood,
    rules: &Rules,
    who: &Decider<'_>,
    habit: Habit,
    asked: bool,
    appeal: &Appeal,
) -> f32 {
    let w = &rules.parameters.choosing;
    let Decider { traits, state, week, .. } = *who;
    if appeal.for_families && !who.with_children {
        return f32::NEG_INFINITY;
    }
    let origin = traits.origin as usize;
    let mut pull = w.base + w.attachment * habit.attached();
    if let Some(number) = habit.setting.initiative() {
        let initiative = &n.initiatives[number];
        if !initiative.admits(traits, week) {
            return f32::NEG_INFINITY;
        }
        pull += w.interest * (once(traits.likes(initiative.activity)) * 2.0 - 1.0);
        pull += appeal.reputation;
        if rules.mechanisms.own_space && traits.belongs_to(initiative.target, week) {
            // The group feels at ease as far as it is among its own (M15).
            pull -= appeal.others;
        }
        pull -= appeal.gathering * (1.0 - state.capability);
    } else {
        if rules.mechanisms.place_help {
            pull += w.support * wanted(appeal.offers, traits, who.short_of_money, week);
        }
        pull += appeal.food[usize::from(traits.is_from(SCHOOL_AGE.end, week))];
    }
    pull += w.asked * once(asked);
    pull += appeal.own_group[origin];
    pull += appeal.welcome[origin][who.band];
    if rules.mechanisms.formality {
        pull -= appeal.formality * (1.0 - 0.5 * state.way_finding);
    }
    pull -= appeal.cost * if who.short_of_money { 1.0 } else { 0.2 };
    pull -= w.distance * metres_between(who.at, appeal.at) / 500.0;
    pull -= w.health * once(traits.health_limited);
    pull -= appeal.language * once(!traits.shares_language);
    pull -= appeal.threshold * (1.0 - state.way_finding);
    pull -= appeal.unregistered * once(traits.undocumented);
    pull -= appeal.crowding;
    pull - appeal.shut_out[origin]
}

/// One if it is so, else 0.
#[inline]
fn once(is_so: bool) -> f32 {
    f32::from(u8::from(is_so))
}

/// Which kinds of support that somebody may lack a place offers: material help, homework, showing the way.
fn support(offers: Offers) -> [bool; 3] {
    let shows_the_way = offers.has(Support::Papers) | offers.has(Support::Counselling);
    [offers.has(Support::Material), offers.has(Support::Homework), shows_the_way]
}

/// How many of the kinds of support that a place offers this person lacks.
fn wanted(offers: Offers, traits: &Traits, short_of_money: bool, week: i32) -> f32 {
    let [material, homework, shows_the_way] = support(offers);
    once(material & short_of_money)
        + once(homework & traits.is_of(SCHOOL_AGE, week))
        + once(shows_the_way & traits.undocumented)
}

/// How many of these kinds a place offers: more nobody can lack.
pub(super) fn wanted_at_most(offers: Offers) -> f32 {
    support(offers).map(once).iter().sum()
}
