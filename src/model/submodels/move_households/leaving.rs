//! Who dies and who leaves, and how their slots are emptied.

use super::{GROWN_LEAVE, LATE_LEAVE, Moves, crossing, death_by_age, draw, moving_by_age, moving_by_tenure};
use crate::model::chance::{Chance, Process, key_of, unit};
use crate::model::initialization::people::Household;
use crate::model::neighbourhood::crossing::Presence;
use crate::model::neighbourhood::home::Home;
use crate::model::neighbourhood::resident::{State, Traits, YEAR};
use crate::model::neighbourhood::{NONE, Neighbourhood};
use crate::model::quantities::Civil;
use crate::model::submodels::enact_policies::Rules;

/// Age from which people stay in their homes longer, where that is the trend.
const OLD: f32 = 65.0;

/// Lets people die and leave; returns for each slot whether somebody went from it. `life` decides on each one's life events.
pub(super) fn leave(
    n: &mut Neighbourhood,
    rules: &Rules,
    (chance, life): (Chance, &[[u32; 4]]),
    week: i32,
    moves: &mut Moves,
) -> Vec<bool> {
    let mut gone = vec![false; n.slots()];
    let mut homes = Vec::new();
    let (mut died, mut in_town) = (Vec::new(), Vec::new());
    if rules.mechanisms.life_course {
        died = die(n, rules, life, week, &mut gone, &mut homes, moves);
        let mut words = Vec::with_capacity(n.homes.len() + 1);
        chance.in_week(week).fours(Process::Moving, lived_in(n).map(|(_, _, first)| first.person), &mut words);
        in_town = move_out(n, rules, (chance, &words), week, &mut gone, &mut homes, moves);
    }
    homes.sort_unstable();
    homes.dedup();
    let mut keep_ties = Vec::new();
    if n.crossing.open {
        crossing::let_visitors_go(n, &mut gone, &mut died);
        keep_ties = crossing::depart(n, rules, &in_town, &gone, &died, week);
    }
    keep_in_touch(n, rules, &gone, &died, &keep_ties);
    for home in &homes {
        close_ranks(n, *home, week, &mut gone, moves);
    }
    if n.crossing.open {
        crossing::clear_visitors(n, &gone);
    }
    // The last in the list is used first: the lowest slot.
    let empty = (0..gone.len()).rev().filter(|slot| gone[*slot]);
    n.free_slots.extend(empty.map(|slot| slot as u32));
    if !homes.is_empty() {
        for professional in &mut n.professionals {
            professional.ties.retain(|tie| !gone[tie.resident as usize]);
        }
    }
    gone
}

/// Deaths of adults, and grown children who leave home; returns who died.
fn die(
    n: &mut Neighbourhood,
    rules: &Rules,
    words: &[[u32; 4]],
    week: i32,
    gone: &mut [bool],
    homes: &mut Vec<u32>,
    moves: &mut Moves,
) -> Vec<usize> {
    let living = &rules.parameters.living;
    let mut died = Vec::new();
    // Within a year of age the chance of dying is under that at its end; nobody is too old to die.
    let mut within: [f32; 121] = std::array::from_fn(|age| death_by_age(living, age as f32 + 1.0) / YEAR as f32);
    within[120] = f32::INFINITY;
    for (slot, is_gone) in gone.iter_mut().enumerate() {
        let member = &n.traits[slot];
        if !member.lives_here() || !member.is_adult(week) {
            continue;
        }
        let key = key_of(words[slot]);
        let age = (week - member.born) as f32 / YEAR as f32;
        let dies =
            draw(key, 0) < within[(age as usize).min(120)] && draw(key, 0) < death_by_age(living, age) / YEAR as f32;
        let grown = if age < 25.0 { GROWN_LEAVE } else { LATE_LEAVE };
        let flies = member.child && draw(key, 1) < grown / YEAR as f32 && has_parent(n, member, week);
        if !dies && !flies {
            continue;
        }
        let member = *member;
        if dies {
            moves.died += 1;
            died.push(slot);
            if member.presence == Presence::Elsewhere {
                n.crossing.died.push(member.person);
            }
            if member.partner != NONE {
                n.traits[member.partner as usize].partner = NONE;
                if member.civil == Civil::Married {
                    n.traits[member.partner as usize].civil = Civil::Widowed;
                }
                n.state[member.partner as usize].grief = 1.0;
            }
        } else {
            moves.left += 1;
        }
        *is_gone = true;
        homes.push(member.home);
    }
    died
}

/// Friends and kin of those who moved away are friends and kin outside from now on, but for those who keep their ties.
fn keep_in_touch(n: &mut Neighbourhood, rules: &Rules, gone: &[bool], died: &[usize], keep_ties: &[usize]) {
    let lost =
        |slot: &usize| gone[*slot] && died.binary_search(slot).is_err() && keep_ties.binary_search(slot).is_err();
    for slot in (0..gone.len()).filter(lost) {
        for tie in n.network.of(slot).iter().filter(|tie| !gone[tie.other as usize]) {
            let state = &mut n.state[tie.other as usize];
            if tie.is_kin() {
                state.kin_outside = state.kin_outside.saturating_add(1);
            } else if tie.strength >= rules.parameters.ties.friend {
                state.friends_outside = state.friends_outside.saturating_add(1);
            }
        }
    }
}

/// Whether somebody of another generation lives in the home: a grown child alone keeps the home as any adult.
fn has_parent(n: &Neighbourhood, member: &Traits, week: i32) -> bool {
    n.members(member.home).any(|slot| !n.traits[slot].child && n.traits[slot].is_adult(week))
}

/// The homes in which somebody lives, with their numbers and the first member of each household.
fn lived_in(n: &Neighbourhood) -> impl Iterator<Item = (usize, &Home, &Traits)> {
    let homes = n.homes.iter().enumerate().filter(|(_, home)| !home.is_vacant());
    homes.map(|(number, home)| (number, home, &n.traits[home.first as usize]))
}

/// Households that leave; returns the homes of those that look for another in the town.
fn move_out(
    n: &Neighbourhood,
    rules: &Rules,
    (chance, words): (Chance, &[[u32; 4]]),
    week: i32,
    gone: &mut [bool],
    homes: &mut Vec<u32>,
    moves: &mut Moves,
) -> Vec<u32> {
    let living = &rules.parameters.living;
    let mut in_town = Vec::new();
    let by_image = if rules.mechanisms.image { 1.0 - rules.parameters.image.leaving * n.repute.pull() } else { 1.0 };
    for ((number, home, first), [draw, ..]) in lived_in(n).zip(words) {
        let age = (week - first.born) as f32 / YEAR as f32;
        let building = &n.buildings[home.building as usize];
        let rate = |stays: f32| {
            living.moving
                * moving_by_age(living, age)
                * n.composition.moving
                * building.leaving
                * moving_by_tenure(living, building.tenure)
                * stays
                * if age >= OLD { 1.0 - rules.trends.ageing_at_home } else { 1.0 }
                * by_image
                / YEAR as f32
        };
        let by_belonging = |belonging: f32| 1.0 - living.belonging_stays * belonging;
        // Most would stay however little they belonged, so that nobody has to ask how much they do: rounding keeps order.
        let most = rate(by_belonging(0.0).max(by_belonging(1.0)));
        let leaves = unit(*draw) < most && unit(*draw) < rate(by_belonging(belonging(n, number as u32, week)));
        // Nobody stays in a building that is gone.
        let must = !building.period.holds(week);
        if must || leaves {
            for slot in n.members(number as u32) {
                if !gone[slot] {
                    gone[slot] = true;
                    moves.left += 1;
                }
            }
            homes.push(number as u32);
            if crossing::stays_in_town(n, rules, first, chance, week) {
                in_town.push(number as u32);
            }
        }
    }
    in_town
}

/// Mean belonging of the adults of a home.
fn belonging(n: &Neighbourhood, home: u32, week: i32) -> f32 {
    let (sum, adults) = n
        .members(home)
        .filter(|slot| n.traits[*slot].is_adult(week))
        .fold((0.0, 0.0), |(sum, adults), slot| (sum + n.state[slot].belonging, adults + 1.0_f32));
    if adults > 0.0 { sum / adults } else { 0.0 }
}

/// Empties the slots of those who went from a home and links those who stay; children left alone go too.
fn close_ranks(n: &mut Neighbourhood, home: u32, week: i32, gone: &mut [bool], moves: &mut Moves) {
    let members: Household<usize> = n.members(home).collect();
    if !members.iter().any(|slot| !gone[*slot] && n.traits[*slot].is_adult(week)) {
        for slot in &members {
            if !gone[*slot] {
                gone[*slot] = true;
                moves.left += 1;
            }
        }
    }
    n.homes[home as usize].first = NONE;
    let mut last: Option<usize> = None;
    for slot in members {
        if gone[slot] {
            n.traits[slot] = Traits::EMPTY;
            n.state[slot] = State::newcomer(&Traits::EMPTY);
            continue;
        }
        match last {
            None => n.homes[home as usize].first = slot as u32,
            Some(before) => n.traits[before].next_in_home = slot as u32,
        }
        n.traits[slot].next_in_home = NONE;
        last = Some(slot);
    }
    if last.is_none() {
        n.homes[home as usize].vacant_since = week;
    }
}
