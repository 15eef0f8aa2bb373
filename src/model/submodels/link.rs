//! 8. Linking: what meeting a professional does.
//!
//! * **What** professionals speak residents: those who look for them, those who visit places, and, in their outreach hours,
//!   those who visit nothing. A professional who is in one place speaks who comes there. Trust in that person, trust in
//!   institutions and way-finding skill grow with contact. They make a setting near known, and with a social map one that
//!   fits. Hours in which community builders care for volunteers come first.
//! * **Equation** contacts `= contacts_per_hour * hours with residents`; trust `+= trust_gain * (1 - trust)`; way-finding
//!   `+= way_finding * trust * (1 - way-finding)`; without contact trust falls by `trust_fade` a week.
//! * **Reads and changes** the professionals' ties; adds to `gains` and `learnt`.
//! * **Draws** `Linking` per post, person in it, and contact.
//! * **Source** M16, M22, M25, M29, M32, M37, M38, M53; sizes assumed.

use super::ask_and_join::set_hours_aside;
use super::choose_places::social_map::fitting;
use super::enact_policies::Rules;
use crate::model::chance::{Process, Stream, WeekChance, mix};
use crate::model::desk::{Desk, Visit};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::professional::{LinkingTie, Professional};

/// Trust under which a professional is forgotten.
const FORGOTTEN: f32 = 0.02;
/// Contact starts from this age.
const SPOKEN_FROM_AGE: i32 = 12;

/// Lets professionals speak residents.
pub fn link(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    let p = &rules.parameters.linking;
    set_hours_aside(n, rules, desk);
    desk.worker_hours.clear();
    for number in 0..n.professionals.len() {
        let hours = n.professionals[number].hours_with_residents;
        desk.worker_hours.push(hours);
        let mut ties = std::mem::take(&mut n.professionals[number].ties);
        for tie in &mut ties {
            tie.trust *= 1.0 - p.trust_fade;
        }
        ties.retain(|tie| tie.trust > FORGOTTEN);
        if rules.mechanisms.linking && hours > 0.0 {
            note_present(n, number, desk);
            let post = &n.professionals[number];
            let who = (u64::from(n.first_home) << 20) | ((number as u64) << 12) | u64::from(post.predecessors & 0xfff);
            let apart = 1.0 - 0.6 * rules.lockdown;
            let contacts = draws.stream(Process::Linking, mix(who, 0)).about(hours * p.contacts_per_hour * apart);
            for contact in 0..contacts {
                let mut chance = draws.stream(Process::Linking, mix(who, u64::from(contact) + 1));
                if let Some(slot) = somebody_to_speak(n, desk, &ties, post, week, &mut chance) {
                    speak(n, rules, week, slot, &mut ties, &mut chance, desk);
                }
            }
        }
        n.professionals[number].ties = ties;
    }
}

/// The place where a professional can be found, if it is one place and it is open.
fn found_in(n: &Neighbourhood, post: &Professional) -> Option<usize> {
    post.place.filter(|place| n.places.get(*place).is_some_and(|place| place.open))
}

/// Lists the visits to the place where a professional is.
fn note_present(n: &Neighbourhood, number: usize, desk: &mut Desk) {
    desk.present.clear();
    let Some(place) = found_in(n, &n.professionals[number]) else { return };
    let there = |visit: &&Visit| !visit.in_passing && n.place_of(visit.setting) == place;
    desk.present.extend(desk.visits.iter().filter(there).map(|visit| visit.resident));
}

/// Whom a professional speaks: somebody looked up, somebody known, or somebody who visits.
fn somebody_to_speak(
    n: &Neighbourhood,
    desk: &Desk,
    ties: &[LinkingTie],
    post: &Professional,
    week: i32,
    chance: &mut Stream,
) -> Option<usize> {
    let (looks_up, known) = (chance.happens(post.outreach), chance.happens(0.5));
    let (first, second) = (chance.word(), chance.word());
    let at = |word: u32, length: usize| ((u64::from(word) * length as u64) >> 32) as usize;
    let slot = if looks_up {
        // Of two at random, the one who comes to fewer places.
        let (a, b) = (at(first, n.slots()), at(second, n.slots()));
        if n.traits[b].lives_here() && n.state[b].visits < n.state[a].visits { b } else { a }
    } else if found_in(n, post).is_some() {
        *desk.present.get(at(first, desk.present.len()))? as usize
    } else if known && !ties.is_empty() {
        // A caseload: of three who are known, the one who trusts most comes again.
        let candidates = [first, second, first.rotate_left(16) ^ second].map(|word| ties[at(word, ties.len())]);
        let most = candidates.iter().max_by(|a, b| a.trust.total_cmp(&b.trust).then(b.resident.cmp(&a.resident)));
        most.map_or(0, |tie| tie.resident as usize)
    } else if desk.visits.is_empty() {
        at(first, n.slots())
    } else {
        desk.visits[at(first, desk.visits.len())].resident as usize
    };
    (n.traits[slot].lives_here() && n.traits[slot].age(week) >= SPOKEN_FROM_AGE).then_some(slot)
}

fn speak(
    n: &Neighbourhood,
    rules: &Rules,
    week: i32,
    slot: usize,
    ties: &mut Vec<LinkingTie>,
    chance: &mut Stream,
    desk: &mut Desk,
) {
    let p = &rules.parameters.linking;
    let place = match ties.binary_search_by_key(&(slot as u32), |tie| tie.resident) {
        Ok(place) => place,
        Err(place) => {
            ties.insert(place, LinkingTie { resident: slot as u32, trust: 0.0 });
            place
        }
    };
    let tie = &mut ties[place];
    // Who trusts institutions trusts their worker sooner.
    tie.trust += (p.trust_gain * (0.5 + n.state[slot].institutional_trust)).min(1.0) * (1.0 - tie.trust);
    let gains = &mut desk.gains[slot];
    gains.institutional_trust += p.institutional_gain * (1.0 - n.state[slot].institutional_trust);
    gains.way_finding += p.way_finding * tie.trust * (1.0 - n.state[slot].way_finding);
    let near = &desk.near[n.homes[n.traits[slot].home as usize].building as usize];
    if chance.happens(p.show_place) && !near.is_empty() {
        let setting = if rules.social_maps.iter().any(|map| map.professionals_too) {
            fitting(n, slot, week, near.iter().copied(), desk, chance)
        } else {
            Some(near[chance.below(near.len() as u32) as usize])
        };
        desk.learnt.extend(setting.map(|setting| (slot as u32, setting, 0.15)));
    }
}
