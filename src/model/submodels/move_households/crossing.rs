//! Who moves to another neighbourhood of the town, who comes from one, and who comes as a regular without living here.

use super::arriving::is_for_anybody;
use super::tie_both;
use super::{Moves, draw};
use crate::model::chance::{Chance, Process, mix};
use crate::model::initialization::dwelling::{Dwellings, Sort};
use crate::model::initialization::first_ties::{OwnedTie, household_ties};
use crate::model::initialization::structure::type_of;
use crate::model::initialization::{get_about, settle_in};
use crate::model::neighbourhood::crossing::{Movers, Presence, Traveller};
use crate::model::neighbourhood::network::HalfTie;
use crate::model::neighbourhood::resident::{HABITS, Habit, Setting, State, Traits};
use crate::model::neighbourhood::{NONE, Neighbourhood};
use crate::model::submodels::enact_policies::Rules;

/// From this age somebody who moves keeps ties of their own with who stays behind.
pub const KEEPS_TIES_FROM_AGE: i32 = 12;

/// Lets regulars who no longer come go; who died is added to `died`.
pub(super) fn let_visitors_go(n: &mut Neighbourhood, gone: &mut [bool], died: &mut Vec<usize>) {
    for (slot, is_dead) in std::mem::take(&mut n.crossing.visitors_going) {
        let slot = slot as usize;
        if n.traits[slot].presence != Presence::Visitor {
            continue;
        }
        gone[slot] = true;
        if is_dead {
            died.push(slot);
        }
    }
    died.sort_unstable();
}

/// Empties the slots of regulars who went.
pub(super) fn clear_visitors(n: &mut Neighbourhood, gone: &[bool]) {
    for slot in (0..gone.len()).filter(|slot| gone[*slot]) {
        if n.traits[slot].presence == Presence::Visitor {
            n.traits[slot] = Traits::EMPTY;
            n.state[slot] = State::newcomer(&Traits::EMPTY);
        }
    }
}

/// Whether a household that leaves looks for a home in the town.
pub(super) fn stays_in_town(n: &Neighbourhood, rules: &Rules, first: &Traits, chance: Chance, week: i32) -> bool {
    let key = chance.in_week(week).key(Process::Town, first.person.0);
    n.crossing.open && draw(key, 0) < rules.parameters.town.stays
}

/// Takes down households that look for another home in the town; gives the slots whose ties they keep.
pub(super) fn depart(
    n: &mut Neighbourhood,
    rules: &Rules,
    homes: &[u32],
    gone: &[bool],
    died: &[usize],
    week: i32,
) -> Vec<usize> {
    let mut keep = Vec::new();
    for home in homes {
        let here: Vec<usize> = n.members(*home).filter(|slot| died.binary_search(slot).is_err()).collect();
        if !here.iter().any(|slot| n.traits[*slot].is_adult(week)) {
            continue;
        }
        let traveller = |slot: &usize| {
            let mut traits = n.traits[*slot];
            let partner = here.iter().position(|other| *other == traits.partner as usize);
            traits.partner = partner.map_or(NONE, |place| place as u32);
            (traits.presence, traits.promised_hours, traits.moved_in) = (Presence::Here, 0.0, week);
            let kept = |tie: &HalfTie| {
                !gone[tie.other as usize] && (tie.is_kin() || tie.strength >= rules.parameters.ties.friend)
            };
            let has_own = traits.age(week) >= KEEPS_TIES_FROM_AGE;
            let ties = n.network.of(*slot).iter().filter(kept).filter(|_| has_own);
            let ties = ties.map(|tie| (n.traits[tie.other as usize].person, tie)).collect();
            Traveller { traits, state: moved(n.state[*slot]), ties }
        };
        let members: Vec<Traveller> = here.iter().map(traveller).collect();
        keep.extend(here.iter().zip(&members).filter(|(_, member)| !member.ties.is_empty()).map(|(slot, _)| *slot));
        let members_so_far = n.homes[*home as usize].members_so_far;
        n.crossing.departed.push(Movers { members, members_so_far });
    }
    keep.sort_unstable();
    keep
}

/// How somebody is who leaves a neighbourhood: what was of it stays behind, but for the settings that they know there.
fn moved(state: State) -> State {
    let fresh = State::newcomer(&Traits::EMPTY);
    State {
        belonging: fresh.belonging,
        volunteers_with: NONE,
        volunteer_hours: 0.0,
        organises: false,
        cheap_home: false,
        neighbour_weeks: 0.0,
        neighbour_words: 0.0,
        nuisance: 0.0,
        friends_across: 0,
        kin_across: 0,
        ..state
    }
}

/// Households from elsewhere in the town move in, as far as homes stand empty; takes the homes from `vacant`.
///
/// Each draws a time for every home, with the rate at which such households live in such homes, and takes the first.
pub(super) fn move_in(
    n: &mut Neighbourhood,
    dwellings: &Dwellings,
    vacant: &mut Vec<u32>,
    chance: Chance,
    week: i32,
    moves: &mut Moves,
    ties: &mut Vec<OwnedTie>,
) {
    for movers in std::mem::take(&mut n.crossing.coming) {
        let key = chance.always().key(Process::Town, movers.members[0].traits.person.0);
        let children = movers.members.iter().filter(|member| member.traits.child).count();
        let kind = type_of(movers.members.len() - children, children);
        let time = |home: u32| {
            let rate = dwellings.types(Sort::of(&n.buildings[n.homes[home as usize].building as usize]))[kind];
            -libm::logf(1.0 - draw(key, u64::from(home))) / rate
        };
        let free = vacant.iter().enumerate().filter(|(_, home)| is_for_anybody(n, **home));
        let times = free.map(|(place, home)| (place, *home, time(*home)));
        let Some((place, home, _)) = times.min_by(|a, b| a.2.total_cmp(&b.2)) else { continue };
        vacant.remove(place);
        let members: Vec<Traits> = movers.members.iter().map(|member| member.traits).collect();
        moves.arrived += members.len() as u32;
        let slots = settle_in(n, home, &members);
        n.homes[home as usize].members_so_far = movers.members_so_far;
        for (slot, member) in slots.into_iter().zip(movers.members) {
            wake(n, slot as usize, State { habits: [Habit::EMPTY; HABITS], ..member.state });
            get_about(n, slot as usize, chance, week, true);
            n.crossing.settled.push((member.traits.person, slot));
        }
        for (owner, tie) in household_ties(n, home, week) {
            tie_both(ties, owner, tie);
        }
    }
}

/// Gives people from elsewhere who come here regularly a slot, their ties here and settings to go to.
pub(super) fn seat_visitors(n: &mut Neighbourhood, chance: Chance, week: i32, ties: &mut Vec<OwnedTie>) {
    for visitor in std::mem::take(&mut n.crossing.visitors_coming) {
        let person = visitor.traits.person;
        // They come past some door or other; nobody lives behind it with them.
        let door = mix(chance.always().key(Process::Town, person.0), u64::from(n.number)) % n.homes.len().max(1) as u64;
        let traits = Traits {
            home: door as u32,
            next_in_home: NONE,
            partner: NONE,
            moved_in: week,
            presence: Presence::Visitor,
            promised_hours: 0.0,
            ..visitor.traits
        };
        let slot = n.free_slots.pop().unwrap_or_else(|| {
            n.traits.push(Traits::EMPTY);
            n.traits.len() as u32 - 1
        });
        n.traits[slot as usize] = traits;
        wake(n, slot as usize, visitor.state);
        if visitor.state.habits.iter().all(|habit| habit.setting == Setting::NOWHERE) {
            get_about(n, slot as usize, chance, week, false);
        }
        for (other, tie) in visitor.ties {
            if n.traits[tie.other as usize].person == other {
                let flags = tie.flags & !(HalfTie::NEAR | HalfTie::HOUSEHOLD);
                tie_both(ties, slot, HalfTie { flags, ..tie });
            }
        }
        n.crossing.seated.push((person, slot));
    }
}

fn wake(n: &mut Neighbourhood, slot: usize, state: State) {
    if slot == n.state.len() {
        n.state.push(state);
    } else {
        n.state[slot] = state;
    }
}
