//! 12. People are asked; they start or stop volunteering; initiatives are carried, founded, and end.
//!
//! * **What** starting is can times wants times is asked. A personal ask by a tie works many times better than a leaflet;
//!   examples inspire; load above what a person can carry drains energy until the person stops. An initiative grows
//!   with its hands, and without organiser or hands it dies, unless a volunteer steps up.
//!   Key figures ask too, across groups when they know somebody there. Asked as a client, who has little capability dares
//!   less; asked for talents, more. Volunteers who are recognised and whose interest it is stay longer.
//! * **Equation** chance to say yes `= personal * sqrt(strength) * can * wants`, `wants = 2 * motive * (0.5 + capability)`;
//!   `can` falls by rules about benefits and by paperwork. Chance to stop `= leave * (1 +- misfit / 2) * (1 - recognition)
//!   + overload_leave * (1 - energy)^2`.
//! * **Reads and changes** volunteering, initiatives; adds to `gains`.
//! * **Draws** `Asking` per asker, `KeyFigures` per key figure, `Campaign` per campaign and ask, `Joining`, `Leaving`,
//!   `Founding` and `Departures` per resident.
//! * **Source** Bijker et al. 2019; UvH, LSA and Movisie on pullers; M10, M24, M33-M36, M38-M42, M44.

mod campaigns;
mod care;
mod departures;
pub mod elsewhere;
pub(super) mod initiatives;
mod key_figures;

use super::enact_policies::Rules;
use crate::model::chance::{Process, Stream, WeekChance, mix, unit};
use crate::model::desk::{Ask, Desk};
use crate::model::neighbourhood::network::HalfTie;
use crate::model::neighbourhood::resident::{Setting, State, Traits, YEAR};
use crate::model::neighbourhood::{NONE, Neighbourhood};
use crate::model::parameters::Asking;
use crate::model::policy::AskWords;
use campaigns::run_campaign;
pub use care::set_hours_aside;
use care::{fitting_hours, fitting_initiative};
use departures::organisers_leave;
use elsewhere::{elsewhere, turns};
use initiatives::{carry, found, may_found};
use key_figures::ask_as_key_figures;

/// Volunteers may be up to this much more than are needed.
const ROOM_FOR_MORE: f32 = 1.5;
/// From this age people volunteer.
const VOLUNTEERS_FROM_AGE: i32 = 16;

/// Lets people ask, join, carry on, stop, and found.
pub fn ask_and_join(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    desk.asks.clear();
    if !rules.mechanisms.volunteering {
        return;
    }
    organisers_leave(n, rules, draws);
    carry(n, week, desk);
    if rules.mechanisms.asking {
        ask_ties(n, rules, draws, desk);
        ask_as_key_figures(n, rules, draws, week, desk);
        for campaign in &rules.campaigns {
            run_campaign(n, campaign, draws, week, desk);
        }
    }
    // In order of the asked and the asker, so that it does not matter who asked first.
    desk.asks.sort_unstable_by_key(|ask| (ask.asked, ask.asker, ask.initiative, ask.words));
    draws.fours(Process::Joining, n.people(), &mut desk.words);
    note_examples(n, rules, desk);
    let (turns, by) = turns(n);
    draws.fours(turns, by, &mut desk.more_words);
    let mut next = 0;
    for slot in 0..n.slots() {
        let asks = desk.asks[next..].iter().take_while(|ask| ask.asked as usize <= slot).count();
        let mine = next..next + asks;
        next += asks;
        note_asks(n, slot, &desk.asks[mine.clone()]);
        if !n.traits[slot].lives_here() || !n.traits[slot].is_from(VOLUNTEERS_FROM_AGE, week) {
            continue;
        }
        let (joins, turn) = (desk.words[slot], desk.more_words[slot]);
        let (can, wants) = (can(n, rules, slot), wants(n, slot));
        if n.state[slot].volunteers_here() {
            carry_on_or_stop(n, rules, draws, slot, desk);
        } else if rules.mechanisms.encounters {
            perhaps_join(n, rules, (draws, joins), (week, can * wants), slot, mine, desk);
        }
        elsewhere(n, rules, turn, (can, wants), week, slot);
        let founds = may_found(&n.traits[slot], &n.state[slot], week) && n.traits[slot].is_adult(week);
        if founds && rules.mechanisms.encounters {
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
            let tie = row.at(chance.below(row.len() as u32) as usize);
            if tie.strength >= known {
                let (asked, strength) = (tie.other, tie.strength);
                let words = AskWords::Plain;
                desk.asks.push(Ask { asked, asker: *slot, initiative: *number, strength, words });
            }
        }
    }
}

/// Keeps a running count of how often somebody is asked in person, and by whom.
fn note_asks(n: &mut Neighbourhood, slot: usize, asks: &[Ask]) {
    let origin = n.traits[slot].origin;
    let (mut asked, mut across) = (0.0, 0.0);
    for ask in asks.iter().filter(|ask| ask.asker != NONE) {
        asked += 1.0;
        across += f32::from(u8::from(n.traits[ask.asker as usize].origin != origin));
    }
    let state = &mut n.state[slot];
    let fade = 1.0 - 1.0 / YEAR as f32;
    state.asked = state.asked * fade + asked;
    state.asked_across = state.asked_across * fade + across;
}

/// Notes the examples that residents have in those outside their household who make an effort.
///
/// These are few, so it is they who are gone through, in order of slot as they stand in each row.
fn note_examples(n: &Neighbourhood, rules: &Rules, desk: &mut Desk) {
    desk.examples.clear();
    desk.examples.resize(n.slots(), (0.0, NONE));
    if !rules.mechanisms.imitation {
        return;
    }
    for slot in (0..n.slots()).filter(|slot| desk.active[*slot]) {
        let row = n.network.of(slot);
        for (other, (strength, flags)) in row.others().iter().zip(row.strengths().iter().zip(row.flags())) {
            if flags & HalfTie::HOUSEHOLD == 0 {
                let (seen, first) = &mut desk.examples[*other as usize];
                *seen += libm::sqrtf(*strength);
                *first = (*first).min(slot as u32);
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
    able(&n.traits[slot], &n.state[slot], &rules.parameters.asking)
}

/// The same of one resident.
fn able(traits: &Traits, state: &State, p: &Asking) -> f32 {
    let time = ((traits.free_hours - 2.0) / 8.0).clamp(0.0, 1.0);
    // Looked up, for what people are like cannot be foreseen.
    let health = [1.0, 0.6][usize::from(traits.health_limited)];
    let rule = [1.0, 1.0 - p.benefit_barrier][usize::from(traits.on_benefit)];
    time * health * rule * (1.0 - p.paperwork_barrier) * state.energy
}

/// Whether somebody wants: motive, and daring to.
fn wants(n: &Neighbourhood, slot: usize) -> f32 {
    dares(&n.traits[slot], n.state[slot].capability)
}

/// The same with the capability that somebody feels.
fn dares(traits: &Traits, capability: f32) -> f32 {
    2.0 * traits.motive * (0.5 + capability)
}

/// How willing the words of an ask make somebody, against what they would be unasked.
fn willing_by_words(n: &Neighbourhood, rules: &Rules, slot: usize, words: AskWords) -> f32 {
    let (p, capability) = (&rules.parameters.asking, n.state[slot].capability);
    let can = can(n, rules, slot);
    match words {
        AskWords::Plain => can * wants(n, slot),
        AskWords::Client => can * wants(n, slot) * (1.0 - p.words_client * (1.0 - capability)),
        AskWords::Talents => can * dares(&n.traits[slot], capability + p.words_talents * (1.0 - capability)),
    }
}

/// What being asked in person does to somebody (M35, M36).
fn be_seen(n: &Neighbourhood, rules: &Rules, slot: usize, words: AskWords, desk: &mut Desk) {
    let (p, state, gains) = (&rules.parameters.asking, &n.state[slot], &mut desk.gains[slot]);
    // Who is asked as a client is seen less, and hears what they cannot do.
    let (seen, taken) = match words {
        AskWords::Plain => (p.seen, 0.0),
        AskWords::Client => (p.seen * (1.0 - p.words_client), 0.25 * p.seen * p.words_client),
        AskWords::Talents => (p.seen * (1.0 + p.words_talents), 0.0),
    };
    gains.belonging += seen * (1.0 - state.belonging);
    gains.capability += 0.5 * seen * (1.0 - state.capability) - taken * state.capability;
}

fn perhaps_join(
    n: &mut Neighbourhood,
    rules: &Rules,
    (draws, first): (WeekChance, [u32; 4]),
    (week, willing): (i32, f32),
    slot: usize,
    asks: std::ops::Range<usize>,
    desk: &mut Desk,
) {
    let p = &rules.parameters.asking;
    let person = n.traits[slot].person;
    for ask in asks {
        let Ask { asker, initiative, strength, words, .. } = desk.asks[ask];
        let in_person = asker != NONE;
        if in_person && rules.mechanisms.being_seen {
            be_seen(n, rules, slot, words, desk);
        }
        let willing = willing_by_words(n, rules, slot, words);
        // Somebody asked in person by a stranger answers as to somebody recognised.
        let chance_of_yes = if in_person { p.personal * libm::sqrtf(strength.max(0.04)) } else { p.general } * willing;
        let asker_key = if in_person { n.traits[asker as usize].person.0 } else { u64::MAX };
        let mut chance = draws.stream(Process::Joining, mix(person.0, asker_key));
        if chance.happens(chance_of_yes) {
            take_on(n, rules, draws, slot, initiative as usize, week, desk.cared_for);
            return;
        }
    }
    let [unasked, inspired] = [first[0], first[1]].map(unit);
    // Nearly everybody draws no more than these two.
    let go_on = || {
        let mut chance = draws.of(Process::Joining, person).begun(first);
        chance.word();
        chance.word();
        chance
    };
    if n.traits[slot].promised_hours > 0.0 {
        // A promise is kept with an initiative that wants hands; until there is one, by helping on request.
        if let Some(number) = short_initiative(n, slot, &mut go_on()).filter(|number| n.initiatives[*number].is_short())
        {
            take_on(n, rules, draws, slot, number, week, desk.cared_for);
        }
        return;
    }
    let mut hazard = p.spontaneous * willing;
    let mut example = None;
    if rules.mechanisms.imitation && p.imitation > 0.0 {
        let (seen, first) = desk.examples[slot];
        example = Some(first as usize).filter(|_| first != NONE);
        hazard += p.imitation * seen * willing;
        if inspired >= p.imitation * seen * willing {
            example = None;
        }
    }
    if unasked < hazard {
        let with =
            example.map(|slot| n.state[slot].volunteers_with).filter(|with| *with != NONE).map(|with| with as usize);
        let with = with.filter(|number| n.initiatives[*number].is_alive());
        if let Some(number) = with.or_else(|| short_initiative(n, slot, &mut go_on())) {
            take_on(n, rules, draws, slot, number, week, desk.cared_for);
        }
    }
}

/// Joins, by way of whoever matches people to tasks that fit them, if that is done.
fn take_on(
    n: &mut Neighbourhood,
    rules: &Rules,
    draws: WeekChance,
    slot: usize,
    number: usize,
    week: i32,
    cared_for: f32,
) {
    let matching = rules.care.matching * cared_for;
    let mut chance = draws.stream(Process::Joining, mix(n.traits[slot].person.0, u64::MAX - 1));
    if matching > 0.0 && chance.happens(matching) {
        let number = fitting_initiative(n, slot).unwrap_or(number);
        join(n, rules, slot, number, week);
        if n.state[slot].volunteers_with == number as u32 {
            let hours = fitting_hours(&n.traits[slot]).min(n.state[slot].volunteer_hours);
            n.initiatives[number].hours -= n.state[slot].volunteer_hours - hours;
            n.state[slot].volunteer_hours = hours;
        }
    } else {
        join(n, rules, slot, number, week);
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
    state.organises = initiative.organisers == 0 && traits.motive > 0.5 && rules.parameters.asking.steps_up > 0.0;
    state.volunteering_since = week;
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
    let misfit = 1.0 + p.misfit * if n.traits[slot].likes(initiative.activity) { -0.5 } else { 0.5 };
    let (trained, recognised) = (rules.care.training * desk.cared_for, rules.care.recognition * desk.cared_for);
    let (traits, state, gains) = (&n.traits[slot], &mut n.state[slot], &mut desk.gains[slot]);
    // What others decide is less one's own, and those who pull it have to wait, ask and give way.
    let meaning = p.meaning * (1.0 - p.control_meaning * decided_elsewhere);
    gains.belonging += meaning * (1.0 - state.belonging);
    gains.capability += meaning * (1.0 - state.capability);
    if state.organises {
        gains.energy -= p.control_drain * decided_elsewhere;
    }
    if rules.mechanisms.overload {
        let too_much = (load - fitting_hours(traits)).max(0.0);
        gains.energy -= p.energy_per_hour * (1.0 - p.training * trained) * too_much;
    }
    let tired = 1.0 - state.energy;
    let promise = if traits.promised_hours > 0.0 { 0.2 } else { 1.0 };
    let stays = if state.organises { p.organisers_leave } else { 1.0 };
    let ordinary = p.leave * promise * stays;
    let hazard = ordinary * misfit * (1.0 - p.recognition * recognised) + p.overload_leave * tired * tired;
    if leaves < hazard {
        stop(state);
    } else if nobody_leads && steps_up < p.steps_up * traits.motive * state.capability * state.energy {
        state.organises = true;
    }
}
