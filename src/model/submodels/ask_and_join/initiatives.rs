//! What initiatives can do with the hands they have, when they end, and how new ones are founded.

use super::{join, stop, wants};
use crate::model::blueprint::Period;
use crate::model::chance::{Process, WeekChance};
use crate::model::desk::Desk;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::initiative::Initiative;
use crate::model::neighbourhood::resident::{State, Traits, YEAR};
use crate::model::quantities::{ActivityKind, Cents, Target, metres_between};
use crate::model::submodels::enact_policies::Rules;
use crate::model::submodels::settle_funding::ORDINARY_RELATION;

/// An initiative without organiser, without its money, or with under a third of its hands, ends after so many weeks, of
/// which good weeks make up for as many bad ones (assumed).
const PATIENCE_WEEKS: u32 = 20;
/// Hands, of those needed, from which an initiative does more and under which it does less; by how much in a week; the
/// part of the seats that must be taken; and the sessions a week between which it stays (assumed).
const GROWS_FROM: f32 = 1.2;
const SHRINKS_UNDER: f32 = 0.7;
const GROWS_BY: f32 = 1.02;
const FULL_FROM: f32 = 0.7;
const MOST_SESSIONS: f32 = 5.0;
const LEAST_SESSIONS: f32 = 0.25;
/// How formal residents make what they found (assumed).
pub(in crate::model::submodels) const FOUNDED_FORMALITY: f32 = 0.2;

/// Counts hands and hours, decides what each initiative can do, and ends those that nobody carries.
pub(super) fn carry(n: &mut Neighbourhood, week: i32, desk: &mut Desk) {
    for initiative in &mut n.initiatives {
        (initiative.organisers, initiative.volunteers, initiative.hours, initiative.visits) = (0, 0, 0.0, 0);
    }
    desk.active.clear();
    desk.active.resize(n.slots(), false);
    // Those who volunteered when needs arose; an organiser may have left since.
    for (_, slot) in &desk.volunteers {
        let slot = *slot as usize;
        let state = &mut n.state[slot];
        desk.active[slot] = n.traits[slot].promised_hours > 0.0;
        if state.volunteers_here() {
            let initiative = &mut n.initiatives[state.volunteers_with as usize];
            if initiative.is_alive() {
                initiative.volunteers += 1;
                initiative.organisers += u32::from(state.organises);
                initiative.hours += state.volunteer_hours;
                state.last_volunteered = week;
                desk.active[slot] = true;
            } else {
                stop(state);
            }
        }
    }
    for (slot, _) in &desk.on_request {
        desk.active[*slot as usize] = true;
    }
    for visit in &desk.visits {
        if let Some(number) = visit.setting.initiative() {
            n.initiatives[number].visits += 1;
        }
    }
    for initiative in n.initiatives.iter_mut().filter(|initiative| initiative.is_alive()) {
        initiative.hours = (initiative.hours - initiative.paperwork).max(0.0);
        let hands = (initiative.hours + initiative.paid_hours) / initiative.hours_needed.max(0.1);
        // Without its money an initiative goes on with what people bring from home.
        initiative.strength = hands.min(1.0) * if initiative.paid { 1.0 } else { 0.4 };
        initiative.reputation += 0.05 * (initiative.strength - initiative.reputation);
        let led = initiative.organisers > 0 || initiative.paid_hours >= 0.5 * initiative.hours_needed;
        // Whoever planned on money cannot do without for long; whoever never had any can.
        let short = !led || hands < 1.0 / 3.0 || (initiative.planned && !initiative.paid);
        initiative.weeks_short =
            if short { initiative.weeks_short + 1 } else { initiative.weeks_short.saturating_sub(1) };
        if initiative.weeks_short > PATIENCE_WEEKS {
            initiative.ended = Some(week);
        }
        // With hands to spare and sessions well visited there is more to do and more often; without hands, less.
        let well_visited = initiative.visits as f32 > FULL_FROM * initiative.capacity * initiative.sessions;
        let factor = if hands > GROWS_FROM && well_visited && initiative.sessions < MOST_SESSIONS {
            GROWS_BY
        } else if hands < SHRINKS_UNDER && initiative.sessions > LEAST_SESSIONS {
            1.0 / GROWS_BY
        } else {
            1.0
        };
        initiative.sessions *= factor;
        initiative.hours_needed *= factor;
    }
}

/// Whether somebody may start something: a volunteer, or a newcomer who settled in with promised hours.
#[inline]
pub(super) fn may_found(traits: &Traits, state: &State, week: i32) -> bool {
    state.volunteers_here() || traits.promised_hours > 0.0 && week - traits.moved_in > YEAR / 2
}

/// A capable volunteer, or a newcomer who settled in with promised hours, starts something of their own.
pub(super) fn found(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, slot: usize) {
    let (traits, state) = (&n.traits[slot], &n.state[slot]);
    let settled = !state.volunteers_here();
    let mut chance = draws.of(Process::Founding, traits.person);
    let hazard = rules.parameters.asking.founding
        * if settled { 100.0 } else { 1.0 }
        * state.capability
        * state.energy
        * wants(n, slot);
    let (starts, pick) = (chance.happens(hazard), chance.below(traits.interests.count_ones()));
    if !starts {
        return;
    }
    let Some(activity) = ActivityKind::ALL.iter().copied().filter(|kind| traits.likes(*kind)).nth(pick as usize) else {
        return;
    };
    let home = &n.homes[traits.home as usize];
    // The nearest roof with a room left; a room takes some ten activities a week.
    let nearest = (0..n.places.len())
        .filter(|place| {
            let (plan, open) = (&n.places[*place].plan, n.places[*place].open);
            let busy = n.initiatives.iter().filter(|other| other.is_alive() && other.place == *place).count();
            open && plan.indoor && busy < 10 * plan.rooms.max(1) as usize
        })
        .min_by(|a, b| {
            let far = |place: usize| {
                let plan = &n.places[place].plan;
                metres_between([home.x, home.y], [plan.x, plan.y])
            };
            far(*a).total_cmp(&far(*b)).then(a.cmp(b))
        });
    let Some(place) = nearest else { return };
    let number = n.initiatives.len();
    if number >= 0x7ffe {
        return;
    }
    let per_year = Cents::from_euros(f64::from(rules.parameters.asking.founding_euros));
    n.initiatives.push(Initiative {
        key: "founded".to_owned(),
        activity,
        target: Target::Open,
        open_to_all: false,
        own_share: 1.0,
        place,
        hours_needed: 4.0,
        sessions: 1.0,
        capacity: 20.0,
        formality: FOUNDED_FORMALITY,
        per_year,
        planned: false,
        scale: 1.0,
        paid_hours: 0.0,
        pullers: 1,
        residents_lead: 1.0,
        relation: ORDINARY_RELATION,
        period: Period::default(),
        contract: None,
        founded: week,
        ended: None,
        started: true,
        paid: per_year == Cents(0),
        paperwork: 0.0,
        organisers: 0,
        volunteers: 0,
        hours: 0.0,
        weeks_short: 0,
        visits: 0,
        strength: 0.5,
        reputation: 0.5,
    });
    let since = n.state[slot].volunteers_here().then_some(n.state[slot].volunteering_since);
    stop(&mut n.state[slot]);
    join(n, rules, slot, number, week);
    n.state[slot].organises = true;
    n.state[slot].volunteering_since = since.unwrap_or(week);
}
