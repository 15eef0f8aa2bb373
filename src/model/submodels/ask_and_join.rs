//! 10. People are asked; they start or stop volunteering; initiatives are carried, founded, and end.
//!
//! * **What** starting is can times wants times is asked. A personal ask by a tie works many times better than a leaflet;
//!   examples inspire; load above what a person can carry drains energy until the person stops. An initiative grows
//!   with its hands, and without organiser or hands it dies.
//! * **Equation** chance to say yes `= personal * sqrt(strength) * can * wants`, `wants = 2 * motive * (0.5 + capability)`.
//! * **Reads and changes** volunteering, initiatives; adds to `gains`.
//! * **Draws** `Asking` per asker, `Campaign` per campaign and ask, `Joining`, `Leaving`, `Founding` per resident.
//! * **Source** Bijker et al. 2019; UvH, LSA and Movisie on pullers; M24, M33-M36, M39, M40, M44.

mod campaigns;
mod initiatives;

use super::enact_policies::Rules;
use crate::model::chance::{Process, Stream, WeekChance, mix};
use crate::model::desk::Desk;
use crate::model::neighbourhood::resident::{Setting, State};
use crate::model::neighbourhood::{NONE, Neighbourhood};
use campaigns::run_campaign;
use initiatives::{carry, found};

/// Volunteers may be up to this much more than are needed.
const ROOM_FOR_MORE: f32 = 1.5;
/// From this age people volunteer.
const VOLUNTEERS_FROM_AGE: i32 = 16;

/// Lets people ask, join, carry on, stop, and found.
pub fn ask_and_join(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    carry(n, week, desk);
    desk.asks.clear();
    if rules.mechanisms.asking {
        ask_ties(n, rules, draws, desk);
        for campaign in &rules.campaigns {
            run_campaign(n, campaign, draws, week, desk);
        }
    }
    // In order of the asked and the asker, so that it does not matter who asked first.
    desk.asks.sort_unstable_by_key(|ask| (ask.0, ask.1, ask.2));
    let mut next = 0;
    for slot in 0..n.slots() {
        let asks = desk.asks[next..].partition_point(|ask| ask.0 as usize <= slot);
        let mine = next..next + asks;
        next += asks;
        if !n.traits[slot].is_somebody() || n.traits[slot].age(week) < VOLUNTEERS_FROM_AGE {
            continue;
        }
        if n.state[slot].volunteers_here() {
            carry_on_or_stop(n, rules, draws, slot, desk);
        } else {
            perhaps_join(n, rules, draws, week, slot, mine, desk);
        }
        elsewhere(n, rules, draws, week, slot);
        if n.traits[slot].is_adult(week) {
            found(n, rules, draws, week, slot);
        }
    }
}

/// Volunteers of initiatives that want hands ask one of their ties.
fn ask_ties(n: &Neighbourhood, rules: &Rules, draws: WeekChance, desk: &mut Desk) {
    let known = rules.parameters.ties.known;
    for (number, slot) in &desk.volunteers {
        let (initiative, state) = (&n.initiatives[*number as usize], &n.state[*slot as usize]);
        let mut chance = draws.of(Process::Asking, n.traits[*slot as usize].person);
        let often = rules.parameters.asking.asks_per_volunteer * if state.organises { 3.0 } else { 1.0 };
        let asks = chance.happens(often * state.energy);
        let row = n.network.of(*slot as usize);
        if asks && initiative.is_short() && !row.is_empty() {
            let tie = &row[chance.below(row.len() as u32) as usize];
            if tie.strength >= known {
                desk.asks.push((tie.other, *slot, *number, tie.strength));
            }
        }
    }
}

/// An initiative that wants hands: one this person knows, else any.
fn short_initiative(n: &Neighbourhood, slot: usize, chance: &mut Stream) -> Option<usize> {
    let wants_hands = |number: &usize| {
        let initiative = &n.initiatives[*number];
        initiative.is_alive() && initiative.hours + initiative.paid_hours < ROOM_FOR_MORE * initiative.hours_needed
    };
    let known =
        n.state[slot].habits.iter().filter_map(|habit| habit.setting.initiative()).find(|number| wants_hands(number));
    let open = (0..n.initiatives.len()).filter(wants_hands).count() as u32;
    let pick = chance.below(open) as usize;
    known.or_else(|| (0..n.initiatives.len()).filter(wants_hands).nth(pick))
}

/// Whether somebody can: time, energy, health, and no rule in the way.
fn can(n: &Neighbourhood, rules: &Rules, slot: usize) -> f32 {
    let (traits, state) = (&n.traits[slot], &n.state[slot]);
    let time = ((traits.free_hours - 2.0) / 8.0).clamp(0.0, 1.0);
    let health = if traits.health_limited { 0.6 } else { 1.0 };
    let rule = if traits.on_benefit { 1.0 - rules.parameters.asking.benefit_barrier } else { 1.0 };
    time * health * rule * state.energy
}

/// Whether somebody wants: motive, which goes with education, and daring to.
fn wants(n: &Neighbourhood, slot: usize) -> f32 {
    let (traits, state) = (&n.traits[slot], &n.state[slot]);
    2.0 * traits.motive * (0.5 + state.capability)
}

fn perhaps_join(
    n: &mut Neighbourhood,
    rules: &Rules,
    draws: WeekChance,
    week: i32,
    slot: usize,
    asks: std::ops::Range<usize>,
    desk: &mut Desk,
) {
    let p = &rules.parameters.asking;
    let person = n.traits[slot].person;
    let willing = can(n, rules, slot) * wants(n, slot);
    for ask in asks {
        let (_, asker, number, strength) = desk.asks[ask];
        let in_person = asker != NONE;
        if in_person && rules.mechanisms.being_seen {
            let gains = &mut desk.gains[slot];
            gains.belonging += p.seen * (1.0 - n.state[slot].belonging);
            gains.capability += 0.5 * p.seen * (1.0 - n.state[slot].capability);
        }
        // Somebody asked in person by a stranger answers as to somebody recognised.
        let chance_of_yes = if in_person { p.personal * libm::sqrtf(strength.max(0.04)) } else { p.general } * willing;
        let asker_key = if in_person { n.traits[asker as usize].person.0 } else { u64::MAX };
        let mut chance = draws.stream(Process::Joining, mix(person.0, asker_key));
        if chance.happens(chance_of_yes) {
            join(n, rules, slot, number as usize, week);
            return;
        }
    }
    let mut chance = draws.of(Process::Joining, person);
    let (unasked, inspired) = (chance.uniform(), chance.uniform());
    if n.traits[slot].promised_hours > 0.0 {
        // A promise is kept with an initiative that wants hands; until there is one, by helping on request.
        if let Some(number) = short_initiative(n, slot, &mut chance).filter(|number| n.initiatives[*number].is_short())
        {
            join(n, rules, slot, number, week);
        }
        return;
    }
    let mut hazard = p.spontaneous * willing;
    let mut example = None;
    if rules.mechanisms.imitation && p.imitation > 0.0 {
        let mut seen = 0.0;
        for tie in n.network.of(slot) {
            if desk.active[tie.other as usize] && !tie.is_household() {
                seen += libm::sqrtf(tie.strength);
                example = example.or(Some(tie.other as usize));
            }
        }
        hazard += p.imitation * seen * willing;
        if inspired >= p.imitation * seen * willing {
            example = None;
        }
    }
    if unasked < hazard {
        let with =
            example.map(|slot| n.state[slot].volunteers_with).filter(|with| *with != NONE).map(|with| with as usize);
        let with = with.filter(|number| n.initiatives[*number].is_alive());
        if let Some(number) = with.or_else(|| short_initiative(n, slot, &mut chance)) {
            join(n, rules, slot, number, week);
        }
    }
}

fn join(n: &mut Neighbourhood, rules: &Rules, slot: usize, number: usize, week: i32) {
    let initiative = &mut n.initiatives[number];
    if !initiative.is_alive() || initiative.hours + initiative.paid_hours >= ROOM_FOR_MORE * initiative.hours_needed {
        return;
    }
    let (traits, state) = (&n.traits[slot], &mut n.state[slot]);
    let promised = traits.promised_hours * 12.0 / 52.0;
    let hours = if promised > 0.0 { promised } else { rules.parameters.asking.hours * (0.5 + traits.motive) };
    state.volunteers_with = number as u32;
    state.volunteer_hours = hours.min(traits.free_hours);
    state.organises = initiative.organisers == 0 && traits.motive > 0.5;
    state.last_volunteered = week;
    state.learn(Setting::activity(number), 0.6);
    initiative.hours += state.volunteer_hours;
    initiative.volunteers += 1;
    initiative.organisers += u32::from(state.organises);
}

fn stop(state: &mut State) {
    state.volunteers_with = NONE;
    state.volunteer_hours = 0.0;
    state.organises = false;
}

/// What a week of volunteering gives and takes, and whether it was the last.
fn carry_on_or_stop(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance, slot: usize, desk: &mut Desk) {
    let p = &rules.parameters.asking;
    let mut chance = draws.of(Process::Leaving, n.traits[slot].person);
    let (leaves, steps_up) = (chance.uniform(), chance.uniform());
    let number = n.state[slot].volunteers_with as usize;
    let initiative = &n.initiatives[number];
    // When hands are short everybody does more, and the organisers most.
    let stretch = (initiative.hours_needed / (initiative.hours + initiative.paid_hours + 0.1)).clamp(1.0, 2.0);
    let mut load = n.state[slot].volunteer_hours * stretch;
    let decided_elsewhere = 1.0 - initiative.residents_lead;
    if n.state[slot].organises {
        // Those who pull it do the arranging, and the paperwork that volunteers have to do, as far as no institution does.
        let own = 1.0 - p.institution_arranges * decided_elsewhere;
        load = (1.0 + 0.5 * own) * load + own * initiative.paperwork / initiative.organisers.max(1) as f32;
    }
    let nobody_leads = initiative.organisers == 0;
    let (traits, state, gains) = (&n.traits[slot], &mut n.state[slot], &mut desk.gains[slot]);
    // What others decide is less one's own, and those who pull it have to wait, ask and give way.
    let meaning = p.meaning * (1.0 - p.control_meaning * decided_elsewhere);
    gains.belonging += meaning * (1.0 - state.belonging);
    gains.capability += meaning * (1.0 - state.capability);
    if state.organises {
        gains.energy -= p.control_drain * decided_elsewhere;
    }
    let carries = 0.25 * traits.free_hours + 0.5;
    if rules.mechanisms.overload {
        gains.energy -= p.energy_per_hour * (load - carries).max(0.0);
    }
    let tired = 1.0 - state.energy;
    let hazard = p.leave * if traits.promised_hours > 0.0 { 0.2 } else { 1.0 } + p.overload_leave * tired * tired;
    if leaves < hazard {
        stop(state);
    } else if nobody_leads && steps_up < 0.1 * traits.motive * state.capability * state.energy {
        state.organises = true;
    }
}

/// Volunteering outside the neighbourhood's own initiatives: at school, club or church in town.
fn elsewhere(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, slot: usize) {
    let p = &rules.parameters.asking;
    let willing = can(n, rules, slot) * wants(n, slot);
    let mut chance = draws.stream(Process::Leaving, mix(n.traits[slot].person.0, 1));
    let state = &mut n.state[slot];
    let turn = chance.uniform();
    if state.volunteers_elsewhere {
        state.last_volunteered = week;
        state.volunteers_elsewhere = turn >= 3.0 * p.leave;
    } else if turn < p.elsewhere * willing {
        state.volunteers_elsewhere = true;
        state.last_volunteered = week;
    }
}
