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
pub mod decisions;
mod hear;
pub mod hopes;
pub(super) mod social_map;
mod utility;

use super::enact_policies::Rules;
use crate::model::chance::{Process, WeekChance, key_of, mark, mix, unit};
use crate::model::desk::{Desk, Gains, Visit};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::crossing::Presence;
use crate::model::neighbourhood::resident::{Habit, Setting, State};
use appeal::{Appeal, note_appeals, place_of};
use appointments::make_appointments;
use hear::{hear, note_near};
use hopes::{AT_ONCE, Goer, Hopes, INVITED, OWN};
use utility::{Decider, utility};

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
    note_residents(n, rules, week, desk);
    // Professionals and social maps tell of settings too.
    if rules.mechanisms.places || rules.mechanisms.linking || !rules.social_maps.is_empty() {
        note_appeals(n, rules, desk);
        note_near(n, desk);
    }
    if rules.mechanisms.places {
        draws.fours(Process::Choose, n.people(), &mut desk.words);
        draws.fours(Process::Learn, n.people(), &mut desk.more_words);
        desk.hopes.note(n, rules, &desk.appeals);
        for first in (0..n.slots()).step_by(AT_ONCE) {
            go_out(n, rules, week, first..(first + AT_ONCE).min(n.slots()), desk);
        }
    }
    social_map::tell(n, rules, draws, week, desk);
    make_appointments(n, rules, draws, desk);
}

/// Notes of each resident the mark, the minutes of free time here this week, and in whose home there are children.
fn note_residents(n: &Neighbourhood, rules: &Rules, week: i32, desk: &mut Desk) {
    let Desk { gains, marks, homes_with_children, .. } = desk;
    gains.resize(n.slots(), Gains::default());
    marks.resize(n.slots(), 0);
    homes_with_children.clear();
    homes_with_children.resize(n.homes.len(), false);
    let here = time_here(rules);
    for ((traits, state), (gains, own_mark)) in n.traits.iter().zip(&n.state).zip(gains.iter_mut().zip(marks)) {
        *own_mark = mark(traits.person);
        *gains = Gains::default();
        if !traits.is_somebody() {
            continue;
        }
        let keeps_promise = (traits.promised_hours > 0.0) & !state.volunteers_here();
        let promised = if keeps_promise { traits.promised_hours * 12.0 / 52.0 } else { 0.0 };
        let given = state.volunteer_hours + promised;
        let minutes = (traits.free_hours * here[traits.presence as usize] - given) * 60.0;
        gains.minutes_left = minutes.clamp(0.0, 60_000.0) as u16;
        homes_with_children[traits.home as usize] |= traits.lives_here() & !traits.is_from(13, week);
    }
}

/// Part of the free hours that is spent in this neighbourhood, by presence.
fn time_here(rules: &Rules) -> [f32; 3] {
    let away = rules.parameters.town.away;
    [Presence::Here, Presence::Elsewhere, Presence::Visitor].map(|presence| match presence {
        Presence::Here => 1.0,
        Presence::Elsewhere => 1.0 - away,
        Presence::Visitor => away,
    })
}

/// Decides for some residents which of the settings they know they go to, and tells them of others.
fn go_out(n: &Neighbourhood, rules: &Rules, week: i32, slots: std::ops::Range<usize>, desk: &mut Desk) {
    desk.hopes.begin();
    for slot in slots {
        let traits = &n.traits[slot];
        if traits.is_somebody() && traits.is_from(GOES_OUT_FROM_AGE, week) {
            let key = key_of(desk.words[slot]);
            desk.hopes.add(n, week, slot, key, asks(n, rules, key, slot));
        }
    }
    desk.hopes.ask_along(|goer, place| asked_along(n, goer, place));
    // All are decided on before the first goes: what each wants does not depend on what another does.
    let chosen = desk.hopes.choose(n);
    desk.decisions.begin();
    for place in 0..chosen {
        let (who, which) = desk.hopes.chosen(place);
        decide(n, rules, week, who, which, desk);
    }
    desk.decisions.judge();
    let going = desk.hopes.keep(chosen, &desk.decisions);
    for place in 0..going {
        let (who, which) = desk.hopes.chosen(place);
        visit(n, rules, who, which, desk);
    }
    let Desk { hopes, more_words, near, learnt, .. } = desk;
    for goer in hopes.goers() {
        hear(n, rules, more_words[goer.slot], goer.slot, near, learnt);
    }
}

/// The setting that may be gone to, with the attachment to it.
#[inline]
fn habit_at(goer: &Goer, who: usize, which: u16, own: Setting, hopes: &Hopes) -> Habit {
    match which {
        OWN => Habit { setting: own, attachment: 0 },
        INVITED => Habit { setting: goer.asked, attachment: 0 },
        known => hopes.known(who, known),
    }
}

/// The setting in which somebody volunteers, or nowhere.
#[inline]
fn own(state: &State) -> Setting {
    if state.volunteers_here() { Setting::activity(state.volunteers_with as usize) } else { Setting::NOWHERE }
}

/// Decides on each known setting by itself, so that another setting more or less moves no other decision: whether somebody
/// goes there who has the time.
#[inline]
fn decide(n: &Neighbourhood, rules: &Rules, week: i32, who: usize, which: u16, desk: &mut Desk) {
    let Desk { hopes, appeals, homes_with_children, decisions, .. } = desk;
    let goer = &hopes.goers()[who];
    let (traits, state) = (&n.traits[goer.slot], &n.state[goer.slot]);
    let own = own(state);
    let habit = habit_at(goer, who, which, own, hopes);
    let open = appeals.get(place_of(n, habit.setting)).filter(|appeal| appeal.open);
    let is_known_too = which == INVITED && state.knows(goer.asked);
    let Some(appeal) = open.filter(|_| which != OWN && habit.setting != own && !is_known_too) else {
        return decisions.add_taken(which == OWN && open.is_some());
    };
    let home = &n.homes[traits.home as usize];
    let lives_with_children = (traits.presence != Presence::Visitor) & homes_with_children[traits.home as usize];
    let decider = Decider {
        traits,
        state,
        week,
        band: traits.age_band(week),
        with_children: !traits.is_from(15, week) | lives_with_children,
        short_of_money: state.is_short_of_money(traits),
        at: [home.x, home.y],
    };
    let pull = utility(n, rules, &decider, habit, goer.asked == habit.setting, appeal);
    decisions.add(unit(mix(goer.key, u64::from(habit.setting.0)) as u32), appeal.most, pull);
}

/// Lets somebody go where they want to, as long as there is time.
fn visit(n: &Neighbourhood, rules: &Rules, who: usize, which: u16, desk: &mut Desk) {
    let Desk { hopes, appeals, visits, gains, learnt, .. } = desk;
    let goer = &hopes.goers()[who];
    let habit = habit_at(goer, who, which, own(&n.state[goer.slot]), hopes);
    let (appeal, gains) = (&appeals[place_of(n, habit.setting)], &mut gains[goer.slot]);
    let going = Visit {
        setting: habit.setting,
        circle: 0,
        order: order(goer.key, habit.setting),
        resident: goer.slot as u32,
        in_passing: false,
        as_host: which == OWN,
    };
    let length = rules.parameters.choosing.visit_minutes as u16;
    if going.as_host {
        // Volunteers are there in their volunteer hours.
        add_visit(going, goer.key, appeal, visits, gains);
    } else if gains.minutes_left >= length {
        gains.minutes_left -= length;
        add_visit(going, goer.key, appeal, visits, gains);
        if habit.attachment == 0 {
            learnt.push((going.resident, habit.setting, FIRST_ATTACHMENT));
        }
    }
}

/// Where somebody stands among the visitors of a setting.
fn order(key: u64, setting: Setting) -> u32 {
    (mix(key, u64::from(setting.0)) >> 32) as u32
}

#[inline]
fn add_visit(visit: Visit, key: u64, appeal: &Appeal, visits: &mut Vec<Visit>, gains: &mut Gains) {
    visits.push(visit);
    gains.visits += 1;
    gains.active |= appeal.sport_or_play;
    // Several rooms: people who come for one activity pass others in the hall (M12).
    if appeal.hall != Setting::NOWHERE {
        visits.push(Visit { setting: appeal.hall, order: order(key, appeal.hall), in_passing: true, ..visit });
    }
}

/// What somebody draws about being asked along.
#[inline]
fn asking(key: u64) -> u64 {
    mix(key, u64::MAX - 1)
}

/// A tie that may ask this person along, by its place in the row, and whether it does: the closer, the more likely.
#[inline]
fn asks(n: &Neighbourhood, rules: &Rules, key: u64, slot: usize) -> (usize, bool) {
    let (row, bits) = (n.network.of(slot), asking(key));
    let place = ((bits & 0xffff) as usize * row.len()) >> 16;
    let strength = row.strengths().get(place).copied().unwrap_or(0.0);
    // One question in place of two, of which nobody can foresee either.
    let chance = strength * f32::from(u8::from(strength > rules.parameters.ties.known));
    (place, unit((bits >> 32) as u32) < chance)
}

/// The setting to which this tie asks somebody along, if it knows one.
fn asked_along(n: &Neighbourhood, goer: &Goer, place: usize) -> Option<Setting> {
    let habits = &n.state[n.network.of(goer.slot).others()[place] as usize].habits;
    let habit = habits[(asking(goer.key) >> 16) as usize % habits.len()];
    (habit.setting != Setting::NOWHERE && habit.attached() > 0.2 && n.is_open(habit.setting)).then_some(habit.setting)
}
