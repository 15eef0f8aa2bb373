//! Encounters around the home: along gallery, landing, entrance and street.
//!
//! Those of some dozens of residents are gone through together, step by step in flat lists: how many there are of each
//! resident, at which door, and whether somebody is behind it cannot be foreseen, and in lists the processor need not.

mod doors;
mod words;

use std::ops::Range;

use pulp::{Arch, Simd};

use self::doors::{Doors, Kernel, pass_doors};
use self::words::{Words, exchange, look_up_ties};
use crate::model::chance::{Process, WeekChance, about, below, mix, unit};
use crate::model::desk::{Desk, Meeting};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::TieOrigin;
use crate::model::neighbourhood::resident::{Setting, Traits};
use crate::model::submodels::enact_policies::Rules;

/// Doors within which people run into each other: on a gallery, on a street.
const REACH: [usize; 2] = [16, 60];
/// Encounters around the home in a week, at most.
const MOST_ENCOUNTERS: u32 = 24;
/// From this age people count as met around the home.
const MET_FROM_AGE: i32 = 8;
/// Ages at which children play outside and are walked to school.
const PLAYS_OUTSIDE: Range<i32> = 3..13;
/// A nod, in minutes.
const NOD: u16 = 1;
/// Encounters that are gone through together: as many as a byte can number.
const ROOM: usize = 256;
/// Encounters worked out at once; what is written beyond those of a resident, the next one's are written over.
const AT_ONCE: usize = 16;
/// Lists of the words that each encounter draws.
const WORDS: usize = 8;

/// Encounters of some residents.
#[derive(Debug, Clone, PartialEq)]
pub struct Encounters {
    /// Those who have them, in order.
    passers: Vec<Passer>,
    /// How many there are of them together.
    number: usize,
    /// Whose each is.
    slots: [u32; ROOM],
    /// What each draws by, and its words.
    who: [u64; ROOM],
    words: [[u32; ROOM]; WORDS],
    /// The home behind whose door somebody is run into, and where that is.
    homes: [u32; ROOM],
    origins: [TieOrigin; ROOM],
    /// Who that is.
    others: [u32; ROOM],
    /// What is asked of the two: tastes for contact multiplied, whether one is a key figure, and their marks.
    outgoing: [f32; ROOM],
    key_figures: [u32; ROOM],
    marks: [[u32; ROOM]; 2],
    /// Places of their ties in the network and one, or 0 without one, and how strong these are.
    ties: [u32; ROOM],
    strengths: [f32; ROOM],
    /// Whether there are words, how long it lasts, and whether they will know each other again.
    spoken: [u8; ROOM],
    minutes: [u16; ROOM],
    recognised: [u8; ROOM],
    /// At which of these encounters somebody is met, and beyond these what is left over.
    found: [u8; ROOM],
}

/// Somebody who passes doors.
#[derive(Debug, Clone, PartialEq)]
struct Passer {
    slot: u32,
    person: u64,
    /// Own encounters.
    own: Range<usize>,
    doors: Doors,
}

impl Default for Encounters {
    /// None.
    fn default() -> Self {
        Self {
            passers: Vec::new(),
            number: 0,
            slots: [0; ROOM],
            who: [0; ROOM],
            words: [[0; ROOM]; WORDS],
            homes: [0; ROOM],
            origins: [TieOrigin::DOORSTEP; ROOM],
            others: [0; ROOM],
            outgoing: [0.0; ROOM],
            key_figures: [0; ROOM],
            marks: [[0; ROOM]; 2],
            ties: [0; ROOM],
            strengths: [0.0; ROOM],
            spoken: [0; ROOM],
            minutes: [0; ROOM],
            recognised: [0; ROOM],
            found: [0; ROOM],
        }
    }
}

impl Encounters {
    /// Whether there is room for those of another resident, and for as many as are written at once.
    fn has_room(&self) -> bool {
        self.number + (MOST_ENCOUNTERS as usize).next_multiple_of(AT_ONCE) <= ROOM
    }
}

/// Adds the week's encounters around the home to the meetings.
pub(super) fn run_into_each_other(n: &Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    let e = &rules.parameters.encounters;
    let kernels = [Kernel::new(REACH[0], e.gallery_exponent), Kernel::new(REACH[1], e.street_exponent)];
    note_households(n, week, desk);
    draws.fours(Process::Encounters, n.people(), &mut desk.words);
    let (often, words) = (Often::new(n, rules), Words::new(rules, draws.key(Process::Meeting, 0) as u32));
    let mut list = std::mem::take(&mut desk.encounters);
    let mut slots = 0..n.slots();
    while !slots.is_empty() {
        list.passers.clear();
        list.number = 0;
        while list.has_room()
            && let Some(slot) = slots.next()
        {
            let traits = &n.traits[slot];
            if traits.lives_here() && traits.is_from(MET_FROM_AGE, week) {
                let [draw, ..] = desk.words[slot];
                let times = about(draw, often.of(n, slot, week, desk)).min(MOST_ENCOUNTERS) as usize;
                let own = list.number..list.number + times;
                list.number = own.end;
                let building = &n.buildings[n.homes[traits.home as usize].building as usize];
                let doors = Doors::around(building, e, &kernels, traits.home);
                list.passers.push(Passer { slot: slot as u32, person: traits.person.0, own, doors });
            }
        }
        let list = &mut *list;
        name(list);
        draws.eights(Process::Encounters, &list.who, &mut list.words);
        pass_doors(list, &kernels, desk.homes_at_play.len() as u32);
        let number = find(desk, list);
        look_up_ties(list, &n.network, number);
        exchange(list, &words);
        write_down(list, number, &mut desk.meetings);
    }
    desk.encounters = list;
}

/// How often people who live here run into others in a week.
struct Often<'r> {
    rules: &'r Rules,
    inviting: f32,
    of_here: f32,
}

impl<'r> Often<'r> {
    fn new(n: &Neighbourhood, rules: &'r Rules) -> Self {
        let e = &rules.parameters.encounters;
        let inviting = 1.0 - e.public_space_weight + e.public_space_weight * n.public_space * 2.0;
        // In dense places many of those whom one runs into live elsewhere, and are not met again.
        let of_here = e.strangers_half / (e.strangers_half + n.addresses);
        Self { rules, inviting, of_here }
    }

    /// How often somebody does.
    fn of(&self, n: &Neighbourhood, slot: usize, week: i32, desk: &Desk) -> f32 {
        let (e, traits) = (&self.rules.parameters.encounters, &n.traits[slot]);
        let building = &n.buildings[n.homes[traits.home as usize].building as usize];
        e.per_week
            * desk.faces[slot].presence
            * self.inviting
            * building.encounters
            * self.of_here
            * if brings_a_child(traits, week, desk) { 1.0 + e.children_bring } else { 1.0 }
            * (1.0 - 0.7 * self.rules.lockdown)
    }
}

/// Whether a grown-up has a child in the home with whom one plays outside and walks to school.
fn brings_a_child(traits: &Traits, week: i32, desk: &Desk) -> bool {
    desk.homes_at_play[traits.home as usize] & traits.is_adult(week)
}

/// Lists once a week who is met around each home, and where children play.
fn note_households(n: &Neighbourhood, week: i32, desk: &mut Desk) {
    let Desk { at_home, at_home_starts: starts, homes_at_play, .. } = desk;
    at_home.clear();
    starts.clear();
    homes_at_play.clear();
    for home in 0..n.homes.len() {
        starts.push(at_home.len() as u32);
        let mut plays = false;
        for slot in n.members(home as u32) {
            let traits = &n.traits[slot];
            plays |= traits.is_of(PLAYS_OUTSIDE, week);
            if traits.is_from(MET_FROM_AGE, week) {
                at_home.push(slot as u32);
            }
        }
        homes_at_play.push(plays);
    }
    // Behind the last home stands one in which nobody lives, for doors that are not there.
    starts.extend([at_home.len() as u32; 2]);
    at_home.push(0);
}

/// Notes whose each encounter is, and what it draws by: each has a stream of its own, so that one more or less does not move
/// the others.
#[pulp::with_simd(name = Arch::new())]
#[inline(always)]
fn name_wide<S: Simd>(_: S, list: &mut Encounters) {
    for passer in &list.passers {
        for first in passer.own.clone().step_by(AT_ONCE) {
            let slots = &mut list.slots[first..first + AT_ONCE];
            let who = &mut list.who[first..first + AT_ONCE];
            for (lane, (slot, who)) in (1..).zip(slots.iter_mut().zip(who)) {
                *slot = passer.slot;
                *who = mix(passer.person, (first - passer.own.start) as u64 + lane);
            }
        }
    }
}

/// Lists whom residents run into: nobody at a vacant or missing door, nor who is not around. Says how many these are.
fn find(desk: &Desk, list: &mut Encounters) -> usize {
    let [.., who, is_there, _, _, _] = &list.words;
    let mut number = 0;
    for lane in 0..list.number.min(ROOM) {
        let home = list.homes[lane] as usize;
        let start = desk.at_home_starts[home];
        let people = desk.at_home_starts[home + 1] - start;
        let (slot, other) = (list.slots[lane], desk.at_home[(start + below(who[lane], people)) as usize]);
        let [me, them] = [slot, other].map(|slot| &desk.faces[slot as usize]);
        list.others[lane] = other;
        list.outgoing[lane] = me.neighbourly * them.neighbourly;
        list.key_figures[lane] = u32::from(me.key_figure | them.key_figure);
        (list.marks[0][lane], list.marks[1][lane]) = (me.mark, them.mark);
        // Written first and then kept or not: that cannot be foreseen.
        let is_around = unit(is_there[lane]) < them.presence;
        list.found[number] = lane as u8;
        number += usize::from((people > 0) & (other != slot) & is_around);
    }
    number
}

/// Adds the encounters at which somebody is met to the meetings.
fn write_down(list: &Encounters, number: usize, meetings: &mut Vec<Meeting>) {
    meetings.extend(list.found[..number].iter().map(|lane| {
        let lane = usize::from(*lane);
        Meeting {
            a: list.slots[lane],
            b: list.others[lane],
            setting: Setting::NOWHERE,
            minutes: list.minutes[lane],
            closeness: list.minutes[lane],
            tie: list.ties[lane].checked_sub(1),
            origin: list.origins[lane],
            words: list.spoken[lane] != 0,
            recognised: list.recognised[lane] != 0,
            similarity: 0.0,
        }
    }));
}
