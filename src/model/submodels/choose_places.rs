//! 4. Each resident spends the week's free hours over settings it knows or is asked to, and over its ties.
//!
//! * **What** each known, open setting is visited or not by its utility; what time is left goes to appointments with ties.
//!   People learn of settings from ties, from walking past and from a social map; who is not reached does not come.
//! * **Equation** `P(visit) = logistic(base + attachment + interest + support + food + asked + own group + welcome - others in
//!   an activity for the own group - formality - cost - distance - health - language - threshold - crowding - large
//!   gathering - dominance)`, while time lasts. A threshold weighs more for who is not registered; support is the number of
//!   offers that the person lacks. Appointments of a tie of strength s: chance `appointment * s`, cut in proportion when
//!   somebody wants more time than is left.
//! * **Reads and changes** reads the neighbourhood; fills `visits`, `appointments`, `learnt` on the desk.
//! * **Draws** `Choose` per resident and setting, `Learn` per resident, `Appointments` per pair, `SocialMap` per map and
//!   person told.
//! * **Source** M2, M7-M9, M12, M15, M16, M18, M19, M21, M37, M47, M49, M53; weights assumed.

pub mod appeal;
mod appointments;
pub(super) mod social_map;

use super::enact_policies::Rules;
use crate::model::chance::{Process, WeekChance, below, key_of, mark, mix, unit};
use crate::model::desk::{Desk, Gains, Visit};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::crossing::Presence;
use crate::model::neighbourhood::home::Home;
use crate::model::neighbourhood::resident::{Habit, Setting, State, Traits};
use crate::model::quantities::{ActivityKind, Offers, PlaceKind, Support, metres_between};
use appeal::{Appeal, note_appeals, place_of};
use appointments::make_appointments;

/// Within this distance people walk past a place, metres.
const WALKING_PAST_METRES: f32 = 500.0;
/// From this age people go out on their own.
const GOES_OUT_FROM_AGE: i32 = 8;
/// Ages at which people have homework.
pub(super) const SCHOOL_AGE: std::ops::Range<i32> = 8..18;
/// Attachment with which a place is first known.
const FIRST_ATTACHMENT: f32 = 0.08;

/// Fills the desk with the week's visits and appointments.
pub fn choose_places(n: &Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    desk.visits.clear();
    desk.learnt.clear();
    desk.gains.clear();
    desk.gains.resize(n.slots(), Gains::default());
    desk.marks.clear();
    // Professionals and social maps tell of settings too.
    if rules.mechanisms.places || rules.mechanisms.linking || !rules.social_maps.is_empty() {
        note_children(n, week, desk);
        note_near(n, desk);
        note_appeals(n, rules, desk);
    }
    if rules.mechanisms.places {
        draws.fours(Process::Choose, n.people(), &mut desk.words);
        draws.fours(Process::Learn, n.people(), &mut desk.more_words);
    }
    for slot in 0..n.slots() {
        let traits = &n.traits[slot];
        desk.marks.push(mark(traits.person));
        if !traits.is_somebody() {
            continue;
        }
        let promised = if n.state[slot].volunteers_here() { 0.0 } else { traits.promised_hours * 12.0 / 52.0 };
        let given = n.state[slot].volunteer_hours + promised;
        let mut left = ((traits.free_hours * time_here(traits, rules) - given) * 60.0).clamp(0.0, 60_000.0) as u16;
        if traits.is_from(GOES_OUT_FROM_AGE, week) && rules.mechanisms.places {
            let (choose, hear) = (desk.words[slot], desk.more_words[slot]);
            visit(n, rules, key_of(choose), week, slot, &mut left, desk);
            learn(n, rules, hear, slot, desk);
        }
        desk.gains[slot].minutes_left = left;
    }
    social_map::tell(n, rules, draws, week, desk);
    make_appointments(n, rules, draws, desk);
}

/// Part of the free hours that is spent in this neighbourhood.
fn time_here(traits: &Traits, rules: &Rules) -> f32 {
    match traits.presence {
        Presence::Here => 1.0,
        Presence::Elsewhere => 1.0 - rules.parameters.town.away,
        Presence::Visitor => rules.parameters.town.away,
    }
}

fn note_children(n: &Neighbourhood, week: i32, desk: &mut Desk) {
    desk.homes_with_children.clear();
    desk.homes_with_children.resize(n.homes.len(), false);
    for traits in n.traits.iter().filter(|traits| traits.lives_here() && !traits.is_from(13, week)) {
        desk.homes_with_children[traits.home as usize] = true;
    }
}

/// Lists the open settings near each building, as seen from its middle home.
fn note_near(n: &Neighbourhood, desk: &mut Desk) {
    // Never shortened: the lists of a larger neighbourhood before this one are used again by the next.
    if desk.near.len() < n.buildings.len() {
        desk.near.resize(n.buildings.len(), Vec::new());
    }
    for (near, building) in desk.near.iter_mut().zip(&n.buildings) {
        near.clear();
        let middle = &n.homes[(building.first + building.homes / 2) as usize];
        let reach = WALKING_PAST_METRES + building.doors_per_floor() as f32 * 3.0;
        let places = (0..n.places.len()).map(Setting::place);
        let activities = (0..n.initiatives.len()).map(Setting::activity);
        near.extend(
            places
                .chain(activities)
                .filter(|setting| n.is_open(*setting) && metres(middle, &n.places[n.place_of(*setting)].plan) < reach),
        );
    }
}

fn metres(home: &Home, plan: &crate::model::blueprint::PlacePlan) -> f32 {
    metres_between([home.x, home.y], [plan.x, plan.y])
}

/// Decides on each known setting by itself, so that another setting more or less moves no other decision.
fn visit(n: &Neighbourhood, rules: &Rules, key: u64, week: i32, slot: usize, left: &mut u16, desk: &mut Desk) {
    let (traits, state) = (&n.traits[slot], &n.state[slot]);
    let length = rules.parameters.choosing.visit_minutes as u16;
    let asked = asked_along(n, rules, key, slot);
    let own =
        if state.volunteers_here() { Setting::activity(state.volunteers_with as usize) } else { Setting::NOWHERE };
    // Volunteers are there in their volunteer hours.
    if state.volunteers_here() && n.is_open(own) {
        add_visit(n, rules, key, own, slot, desk);
    }
    let invited = asked.filter(|setting| !state.knows(*setting)).map(|setting| Habit { setting, attachment: 0 });
    let home = &n.homes[traits.home as usize];
    let who = Decider {
        traits,
        state,
        week,
        band: traits.age_band(week),
        with_children: !traits.is_from(15, week)
            || traits.presence != Presence::Visitor && desk.homes_with_children[traits.home as usize],
        short_of_money: state.is_short_of_money(traits),
        at: [home.x, home.y],
    };
    for habit in state.habits.iter().chain(&invited) {
        if habit.setting == Setting::NOWHERE || habit.setting == own || *left < length {
            continue;
        }
        let Some(appeal) = desk.appeals.get(place_of(n, habit.setting)).filter(|appeal| appeal.open) else { continue };
        let pull = utility(n, rules, &who, *habit, asked == Some(habit.setting), appeal);
        if comes(unit(mix(key, u64::from(habit.setting.0)) as u32), appeal.most, pull) {
            *left -= length;
            add_visit(n, rules, key, habit.setting, slot, desk);
            if habit.attachment == 0 {
                desk.learnt.push((slot as u32, habit.setting, FIRST_ATTACHMENT));
            }
        }
    }
}

fn add_visit(n: &Neighbourhood, rules: &Rules, key: u64, setting: Setting, slot: usize, desk: &mut Desk) {
    let with = n.state[slot].volunteers_with as usize;
    let as_host = setting.initiative().is_some_and(|number| number == with);
    let at = |setting: Setting, in_passing| {
        let order = (mix(key, u64::from(setting.0)) >> 32) as u32;
        Visit { setting, circle: 0, order, resident: slot as u32, in_passing, as_host }
    };
    desk.visits.push(at(setting, false));
    desk.gains[slot].visits += 1;
    desk.gains[slot].active |= is_sport_or_play(n, setting);
    // Several rooms: people who come for one activity pass others in the hall (M12).
    if setting.initiative().is_some() {
        let place = n.place_of(setting);
        if n.places[place].plan.rooms > 1 && rules.parameters.meeting.passing > 0.0 {
            desk.visits.push(at(Setting::place(place), true));
        }
    }
}

/// Whether people go there to move and play (M49).
fn is_sport_or_play(n: &Neighbourhood, setting: Setting) -> bool {
    match setting.initiative() {
        Some(number) => {
            matches!(n.initiatives[number].activity, ActivityKind::Sport | ActivityKind::ChildrensAfternoon)
        }
        None => matches!(
            n.places[setting.place_index()].plan.kind,
            PlaceKind::Playground | PlaceKind::Court | PlaceKind::SportsClub | PlaceKind::YouthCentre
        ),
    }
}

/// A setting to which one of the ties asks this person along, if any: the closer the tie, the more likely.
fn asked_along(n: &Neighbourhood, rules: &Rules, key: u64, slot: usize) -> Option<Setting> {
    let row = n.network.of(slot);
    if row.is_empty() {
        return None;
    }
    let bits = mix(key, u64::MAX - 1);
    let place = ((bits & 0xffff) as usize * row.len()) >> 16;
    let strength = row.strengths()[place];
    let close_enough = strength > rules.parameters.ties.known && unit((bits >> 32) as u32) < strength;
    if !close_enough {
        return None;
    }
    let habits = &n.state[row.others()[place] as usize].habits;
    let habit = habits[(bits >> 16) as usize % habits.len()];
    (habit.setting != Setting::NOWHERE && habit.attached() > 0.2 && n.is_open(habit.setting)).then_some(habit.setting)
}

/// What a resident brings to each decision of the week.
struct Decider<'a> {
    traits: &'a Traits,
    state: &'a State,
    week: i32,
    band: usize,
    /// A child, or with children in the home.
    with_children: bool,
    short_of_money: bool,
    at: [f32; 2],
}

fn utility(n: &Neighbourhood, rules: &Rules, who: &Decider<'_>, habit: Habit, asked: bool, appeal: &Appeal) -> f32 {
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
        pull += w.interest * (f32::from(u8::from(traits.likes(initiative.activity))) * 2.0 - 1.0);
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
        pull += w.food * rules.healthy_food * fed(appeal.kind, traits, week);
    }
    pull += w.asked * f32::from(u8::from(asked));
    pull += appeal.own_group[origin];
    pull += appeal.welcome[origin][who.band];
    if rules.mechanisms.formality {
        pull -= appeal.formality * (1.0 - 0.5 * state.way_finding);
    }
    pull -= appeal.cost * if who.short_of_money { 1.0 } else { 0.2 };
    pull -= w.distance * metres_between(who.at, appeal.at) / 500.0;
    if traits.health_limited {
        pull -= w.health;
    }
    if !traits.shares_language {
        pull -= appeal.language;
    }
    pull -= appeal.threshold * (1.0 - state.way_finding);
    if traits.undocumented {
        pull -= appeal.unregistered;
    }
    pull -= appeal.crowding;
    pull - appeal.shut_out[origin]
}

/// How many of the kinds of support that a place offers this person lacks.
fn wanted(offers: Offers, traits: &Traits, short_of_money: bool, week: i32) -> f32 {
    let wants = |support: Support, lacks: bool| f32::from(u8::from(offers.has(support) && lacks));
    let shows_the_way = offers.has(Support::Papers) || offers.has(Support::Counselling);
    wants(Support::Material, short_of_money)
        + wants(Support::Homework, traits.is_of(SCHOOL_AGE, week))
        + f32::from(u8::from(shows_the_way && traits.undocumented))
}

/// Whether healthy food makes people linger in a place, or takes them away from it.
fn fed(kind: PlaceKind, traits: &Traits, week: i32) -> f32 {
    match kind {
        PlaceKind::SchoolGate | PlaceKind::Playground | PlaceKind::Court | PlaceKind::SportsClub => 1.0,
        PlaceKind::SnackBar if !traits.is_from(SCHOOL_AGE.end, week) => -1.0,
        _ => 0.0,
    }
}

/// Whether somebody comes who drew this number: with the logistic chance of the pull, as far as sessions are held and
/// rules allow, which is `most`.
fn comes(draw: f32, most: f32, pull: f32) -> bool {
    // Most do not, and most of these are seen without an exponential, which is at least the start of its series; the
    // margin is far more than what rounding can do.
    if pull < 0.0 && draw * (2.0 - pull * (1.0 - pull * (0.5 - pull * (1.0 / 6.0)))) > 1.0001 * most {
        return false;
    }
    pull != f32::NEG_INFINITY && draw < most / (1.0 + libm::expf(-pull))
}

/// Hears of a setting from a tie that goes there, or notices one near home.
fn learn(n: &Neighbourhood, rules: &Rules, [hears, notices, pick, whom]: [u32; 4], slot: usize, desk: &mut Desk) {
    let w = &rules.parameters.choosing;
    let (hears, notices) =
        (unit(hears) < w.learn_from_tie, unit(notices) < w.learn_walking_past * n.public_space * 2.0);
    let row = n.network.of(slot);
    if hears && !row.is_empty() {
        let other = row.others()[below(whom, row.len() as u32) as usize];
        let habits = &n.state[other as usize].habits;
        let habit = habits[pick as usize % habits.len()];
        if habit.setting != Setting::NOWHERE && habit.attached() > 0.2 {
            desk.learnt.push((slot as u32, habit.setting, FIRST_ATTACHMENT));
        }
    }
    let near = &desk.near[n.homes[n.traits[slot].home as usize].building as usize];
    if notices && !near.is_empty() {
        let setting = near[below(pick, near.len() as u32) as usize];
        desk.learnt.push((slot as u32, setting, FIRST_ATTACHMENT));
    }
}

#[cfg(test)]
mod tests {
    use super::comes;

    #[test]
    fn what_is_seen_without_an_exponential_is_what_the_exponential_says() {
        for pull in (-2_000..500).map(|pull| pull as f32 / 100.0).chain([f32::NEG_INFINITY, -1e30]) {
            for most in [0.0, 0.01, 0.4, 1.0] {
                let chance: f32 = if pull == f32::NEG_INFINITY { 0.0 } else { most / (1.0 + libm::expf(-pull)) };
                let around = [chance.next_down(), chance, chance.next_up(), 0.999 * chance, 1.001 * chance];
                for draw in (0..100).map(|draw| draw as f32 / 100.0).chain(around).filter(|draw| *draw >= 0.0) {
                    assert_eq!(comes(draw, most, pull), draw < chance, "draw {draw}, most {most}, pull {pull}");
                }
            }
        }
    }
}
