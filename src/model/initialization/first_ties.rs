//! Ties of those who live here at the start: household, kin nearby, known faces, acquaintances and friends from before.
//!
//! Each resident reaches out to a few others, so the work grows with the number of residents and not with that of pairs.

use super::homes::are_near;
use crate::model::chance::{Chance, Process, mix, unit};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::{HalfTie, TieOrigin};
use crate::model::neighbourhood::resident::{Traits, YEAR};
use crate::model::parameters::Encounters;
use crate::model::quantities::BuildingForm;

/// Faces and acquaintances around the home to whom each adult reaches out; each tie counts for two (assumed).
const AROUND_HOME: f32 = 17.0;
/// The same, elsewhere in the neighbourhood.
const ELSEWHERE: f32 = 4.0;
/// Friends elsewhere in the neighbourhood to whom each adult reaches out.
const FRIENDS: f32 = 0.45;
/// Playmates to whom each child of four and over reaches out.
const PLAYMATES: f32 = 1.0;
/// Power of a uniform number that makes most of these ties faces, and about one in eight an acquaintance.
const MOSTLY_FACES: f32 = 10.0;
/// Doors along a gallery within which neighbours are known at the start.
const DOORS_ALONG: f32 = 17.0;
/// People looked at before one is chosen as a friend.
const LOOKED_AT: usize = 8;

/// A tie seen from one end: (owner, half-tie to the other).
pub type OwnedTie = (u32, HalfTie);

/// The flags of a tie between two residents who are no kin.
#[must_use]
pub fn flags_between(n: &Neighbourhood, a: &Traits, b: &Traits) -> u8 {
    let near = are_near(&n.buildings, &n.homes[a.home as usize], &n.homes[b.home as usize]);
    let across = a.origin != b.origin;
    (if near { HalfTie::NEAR } else { 0 }) | (if across { HalfTie::ACROSS } else { 0 })
}

/// The ties within the household of a home, each once.
pub fn household_ties(n: &Neighbourhood, home: u32, week: i32) -> impl Iterator<Item = OwnedTie> {
    let pairs =
        n.members(home).enumerate().flat_map(move |(place, a)| n.members(home).skip(place + 1).map(move |b| (a, b)));
    pairs.map(move |(a, b)| (a as u32, household_tie(n, a, b, week)))
}

/// The tie of one member of a household with another; they met this week.
#[must_use]
pub fn household_tie(n: &Neighbourhood, owner: usize, other: usize, week: i32) -> HalfTie {
    let (a, b) = (&n.traits[owner], &n.traits[other]);
    let since = a.born.max(b.born).max(a.moved_in.min(b.moved_in));
    let flags = flags_between(n, a, b) | HalfTie::KIN | HalfTie::HOUSEHOLD;
    let tie = HalfTie::new(other as u32, 1.0, earliest(since), TieOrigin::HOUSEHOLD, flags);
    HalfTie { last_contact: week as i16, ..tie }
}

/// All ties at the start.
pub(super) fn first_ties(n: &Neighbourhood, encounters: &Encounters, chance: Chance, week: i32) -> Vec<OwnedTie> {
    let mut ties = Vec::with_capacity(n.slots() * 7);
    let homes: Vec<u32> = (0..n.homes.len() as u32).filter(|home| !n.homes[*home as usize].is_vacant()).collect();
    for home in &homes {
        ties.extend(household_ties(n, *home, week));
    }
    kin_nearby(n, &homes, chance, week, &mut ties);
    for slot in 0..n.slots() {
        let age = n.traits[slot].age(week);
        if age >= 18 {
            around_home(n, slot, encounters, chance, week, &mut ties);
            known_elsewhere(n, slot, &homes, chance, week, &mut ties);
        } else if age >= 4 {
            playmates(n, slot, &homes, chance, week, &mut ties);
        }
    }
    ties
}

/// Weeks are kept in sixteen bits.
fn earliest(week: i32) -> i32 {
    week.max(i32::from(i16::MIN))
}

/// A tie that came to be at some time while both lived here, with the last contact in recent weeks.
fn tie_from_before(
    n: &Neighbourhood,
    a: usize,
    b: usize,
    strength: f32,
    bits: u64,
    week: i32,
    origin: TieOrigin,
) -> OwnedTie {
    let (one, other) = (&n.traits[a], &n.traits[b]);
    let both = earliest(one.moved_in.max(other.moved_in)).min(week);
    let since = week - ((week - both) as f32 * unit(bits as u32)) as i32;
    let mut tie = HalfTie::new(b as u32, strength, since, origin, flags_between(n, one, other));
    let silence = (unit((bits >> 32) as u32) * 12.0 * (1.2 - strength)) as i32;
    tie.last_contact = (week - 1 - silence).max(since).max(i32::from(i16::MIN)) as i16;
    (a as u32, tie)
}

/// Kin in another household: a share of the households is linked to one other of the same origin.
fn kin_nearby(n: &Neighbourhood, homes: &[u32], chance: Chance, week: i32, ties: &mut Vec<OwnedTie>) {
    let always = chance.always();
    let first = |home: &u32| &n.traits[n.homes[*home as usize].first as usize];
    let share = n.composition.kin_nearby.get();
    for origin in crate::model::quantities::Origin::ALL {
        let mut group: Vec<(u64, u32)> = homes
            .iter()
            .filter(|home| first(home).origin == *origin)
            .map(|home| (always.key(Process::FirstTies, first(home).person.0), *home))
            .collect();
        group.sort_unstable();
        let linked = (group.len() as f32 * share + 0.5) as usize;
        for pair in group[..linked.min(group.len())].chunks_exact(2) {
            let key = pair[0].0;
            for a in n.members(pair[0].1).filter(|slot| n.traits[*slot].is_adult(week)) {
                for b in n.members(pair[1].1).filter(|slot| n.traits[*slot].is_adult(week)) {
                    let bits = mix(mix(key, n.traits[a].person.0), n.traits[b].person.0);
                    let strength = 0.6 + 0.3 * unit(mix(bits, 1) as u32);
                    let (owner, mut tie) = tie_from_before(n, a, b, strength, bits, week, TieOrigin::KIN);
                    tie.flags |= HalfTie::KIN;
                    ties.push((owner, tie));
                }
            }
        }
    }
}

/// Faces and acquaintances around the home, by door.
fn around_home(
    n: &Neighbourhood,
    slot: usize,
    encounters: &Encounters,
    chance: Chance,
    week: i32,
    ties: &mut Vec<OwnedTie>,
) {
    let me = &n.traits[slot];
    let home = &n.homes[me.home as usize];
    let building = &n.buildings[home.building as usize];
    let doors = building.doors_per_floor() as i32;
    let mut stream = chance.always().of(Process::FirstTies, me.person);
    // The longer here, the more faces are known.
    let settled = 0.6 + 0.5 * ((week - me.moved_in) as f32 / (8.0 * YEAR as f32)).min(1.0);
    for _ in 0..stream.about(AROUND_HOME * settled) {
        let (upstairs, side, far) = (stream.uniform(), stream.word() & 1 == 0, stream.uniform());
        let (who, warmth) = (stream.word(), stream.uniform());
        let bits = u64::from(stream.word()) | (u64::from(stream.word()) << 32);
        let distance = match building.form {
            // A street: a power law, by its inverse.
            BuildingForm::Houses => libm::powf(1.0 - far, -1.0 / (encounters.street_exponent - 0.6).max(0.2)).min(60.0),
            _ => doors_along(far, encounters.gallery_exponent),
        } as i32;
        let same_row = building.form == BuildingForm::Houses || upstairs > encounters.shared_entrance_share;
        let (row, door) = if same_row {
            let row = if building.form == BuildingForm::Houses { home.entrance } else { home.floor };
            (i32::from(row), i32::from(home.door) + if side { distance } else { -distance })
        } else {
            // In the entrance: another floor, a door that shares it.
            let block = (doors / building.entrances as i32).max(1);
            let door = i32::from(home.entrance) * block + (far * block as f32) as i32;
            ((upstairs / encounters.shared_entrance_share.max(1e-6) * building.floors as f32) as i32, door)
        };
        let nth = row * doors + door;
        if !(0..doors).contains(&door) || !(0..building.homes as i32).contains(&nth) {
            continue;
        }
        let Some(other) = member_of(n, building.first + nth as u32, who, |them| them.is_adult(week)) else { continue };
        if n.traits[other].home == me.home {
            continue;
        }
        let falling = 1.0 / (1.0 + 0.35 * (distance - 1).max(0) as f32);
        let strength =
            0.01 + 0.02 * warmth + 0.12 * libm::powf(warmth, MOSTLY_FACES) * if same_row { falling } else { 0.4 };
        let origin = match (building.form, same_row) {
            (BuildingForm::Houses, _) => TieOrigin::STREET,
            (_, true) => TieOrigin::DOORSTEP,
            (_, false) => TieOrigin::ENTRANCE,
        };
        ties.push(tie_from_before(n, slot, other, strength, bits, week, origin));
    }
}

/// Doors along a gallery by a power law, for a part `far` of all choices: the inverse of its sum, as if doors had no width.
fn doors_along(far: f32, exponent: f32) -> f32 {
    let rest = 1.0 - exponent;
    if rest.abs() < 0.01 {
        libm::powf(DOORS_ALONG, far)
    } else {
        libm::powf(1.0 + far * (libm::powf(DOORS_ALONG, rest) - 1.0), 1.0 / rest)
    }
}

/// A member of a home by chance, among those who suit.
fn member_of(n: &Neighbourhood, home: u32, word: u32, suits: impl Fn(&Traits) -> bool) -> Option<usize> {
    let suiting = || n.members(home).filter(|slot| suits(&n.traits[*slot]));
    let number = suiting().count() as u64;
    suiting().nth(((u64::from(word) * number) >> 32) as usize)
}

/// Somebody from all over the neighbourhood, out of a few looked at, by likeness.
fn somebody_alike(
    n: &Neighbourhood,
    slot: usize,
    homes: &[u32],
    stream: &mut crate::model::chance::Stream,
    likeness: impl Fn(&Traits, &Traits) -> f32,
    suits: impl Fn(&Traits) -> bool,
) -> Option<usize> {
    let me = &n.traits[slot];
    let mut found = [slot; LOOKED_AT];
    let mut weights = [0.0; LOOKED_AT];
    for place in 0..LOOKED_AT {
        let home = homes[stream.below(homes.len() as u32) as usize];
        let word = stream.word();
        if let Some(other) = member_of(n, home, word, &suits).filter(|other| n.traits[*other].home != me.home) {
            found[place] = other;
            weights[place] = likeness(me, &n.traits[other]);
        }
    }
    let picked = stream.pick(&weights);
    (weights[picked] > 0.0).then_some(found[picked])
}

/// Acquaintances and friends elsewhere: alike in origin, then age, then education (after `McPherson` et al. 2001).
fn known_elsewhere(n: &Neighbourhood, slot: usize, homes: &[u32], chance: Chance, week: i32, ties: &mut Vec<OwnedTie>) {
    let me = &n.traits[slot];
    // A stream of its own, so that a neighbour more does not move a friend.
    let mut stream = chance.always().stream(Process::FirstTies, me.person.0 | 1 << 60);
    let alike = |me: &Traits, them: &Traits| {
        let years = ((me.born - them.born) as f32 / YEAR as f32).abs();
        let origin = if me.origin == them.origin { 3.0 } else { 1.0 };
        let education = if me.education == them.education { 1.6 } else { 1.0 };
        origin * education * libm::expf(-years / 15.0)
    };
    let settled = 0.5 + 0.6 * ((week - me.moved_in) as f32 / (8.0 * YEAR as f32)).min(1.0);
    let (friends, faces) = (stream.about(FRIENDS * settled), stream.about(ELSEWHERE * settled));
    for nth in 0..friends + faces {
        let bits = u64::from(stream.word()) | (u64::from(stream.word()) << 32);
        let warmth = stream.uniform();
        if let Some(other) = somebody_alike(n, slot, homes, &mut stream, alike, |them| them.is_adult(week)) {
            let strength = if nth < friends {
                0.35 + 0.6 * warmth
            } else {
                0.01 + 0.02 * warmth + 0.2 * libm::powf(warmth, MOSTLY_FACES)
            };
            ties.push(tie_from_before(n, slot, other, strength, bits, week, TieOrigin::BEFORE));
        }
    }
}

/// Children play with children of about their age.
fn playmates(n: &Neighbourhood, slot: usize, homes: &[u32], chance: Chance, week: i32, ties: &mut Vec<OwnedTie>) {
    let me = &n.traits[slot];
    let mut stream = chance.always().of(Process::FirstTies, me.person);
    let of_an_age = |me: &Traits, them: &Traits| {
        let years = ((me.born - them.born) as f32 / YEAR as f32).abs();
        libm::expf(-years / 1.5) * if me.origin == them.origin { 1.5 } else { 1.0 }
    };
    for _ in 0..stream.about(PLAYMATES) {
        let bits = u64::from(stream.word()) | (u64::from(stream.word()) << 32);
        let warmth = stream.uniform();
        let suits = |them: &Traits| (4..18).contains(&them.age(week));
        if let Some(other) = somebody_alike(n, slot, homes, &mut stream, of_an_age, suits) {
            let strength = 0.1 + 0.5 * warmth;
            ties.push(tie_from_before(n, slot, other, strength, bits, week, TieOrigin::BEFORE));
        }
    }
}
