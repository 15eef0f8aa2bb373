//! Appointments of ties, in what time the visits leave.

use pulp::{Arch, Simd};

use crate::model::chance::{Process, WeekChance, pair_bits, unit};
use crate::model::desk::{Desk, Gains};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::{HalfTie, lowest_bits};
use crate::model::submodels::enact_policies::Rules;

/// The whole of what is wished, in the parts in which it is counted how much of it fits.
const WHOLE: u32 = 256;
/// Residents whose ties are drawn at once, so that what is drawn by stays near.
const AT_ONCE: usize = 64;

/// With whom an appointment is: with anybody, kin, a friend, somebody who lives near.
const MET: u8 = 1;
const KIN: u8 = 2;
const FRIEND: u8 = 4;
const NEAR: u8 = 8;
/// One appointment with kin, a friend, a neighbour, as they are counted in one number: a week has no room for a thousand.
const ONE_KIN: u32 = 1;
const ONE_FRIEND: u32 = 1 << 11;
const ONE_NEAR: u32 = 1 << 22;
/// One appointment with each kind, above its minutes.
const COUNTED: [u64; 256] = {
    let mut counted = [0; 256];
    let mut met = 0;
    while met < 256 {
        let kin = if met & KIN as usize != 0 { ONE_KIN } else { 0 };
        let friend = if met & FRIEND as usize != 0 { ONE_FRIEND } else { 0 };
        let near = if met & NEAR as usize != 0 { ONE_NEAR } else { 0 };
        counted[met] = ((kin + friend + near) as u64) << 32;
        met += 1;
    }
    counted
};

/// Ties make appointments of their own, within the time both have left.
pub(super) fn make_appointments(n: &Neighbourhood, rules: &Rules, draws: WeekChance, desk: &mut Desk) {
    let half_ties = n.network.half_ties().len();
    desk.appointments.resize(half_ties, 0);
    desk.met.resize(half_ties, 0);
    if !rules.mechanisms.encounters {
        desk.appointments.fill(0);
        desk.met.fill(0);
        return;
    }
    wish(n, rules, draws, desk);
    cut(n, desk);
}

/// Lists the minutes that each tie would make an appointment for this week, notes with whom, and how much of it fits. Both
/// ends draw the same.
fn wish(n: &Neighbourhood, rules: &Rules, draws: WeekChance, desk: &mut Desk) {
    let Desk { marks, pairs, appointments, met, places, ranks, wishes, fits, gains, .. } = desk;
    let key = draws.key(Process::Appointments, 0);
    let p = &rules.parameters;
    let rule = Rule {
        keys: [key as u32, (key >> 32) as u32],
        often: p.meeting.appointment,
        usual: p.meeting.appointment_minutes,
        known: p.ties.known,
        friend: p.ties.friend,
        apart: 1.0 - 0.7 * rules.lockdown,
    };
    let ties = n.network.half_ties();
    appointments.fill(0);
    fits.clear();
    for first in (0..n.slots()).step_by(AT_ONCE) {
        let slots = first..(first + AT_ONCE).min(n.slots());
        let rows = n.network.note_marks(slots.clone(), marks, pairs);
        let (strengths, flags) = (&ties.strengths()[rows.clone()], &ties.flags()[rows.clone()]);
        let (minutes, met) = (&mut appointments[rows.clone()], &mut met[rows.clone()]);
        draw(met, strengths, flags, pairs, &rule);
        list_coming(met, places, ranks);
        note_appointments(places, (minutes, met), (strengths, flags), pairs, &rule, wishes);
        // What all rows up to the end of one come to, less what came before it, is that row: no loop over each, whose
        // length nobody can foresee.
        let mut before = 0;
        for (slot, gains) in slots.clone().zip(&mut gains[slots]) {
            let all = wishes[rank(ranks, n.network.row(slot).end - rows.start)];
            let [wished, whom] = in_halves(all.wrapping_sub(before));
            before = all;
            note_whom(gains, whom);
            let left = u32::from(gains.minutes_left);
            fits.push(if wished <= left { WHOLE } else { left * WHOLE / wished });
        }
    }
}

/// Lists the places of the half-ties that make an appointment, a few of all; and of each 64 half-ties which these are, and
/// how many are before.
fn list_coming(comes: &[u8], places: &mut Vec<u32>, ranks: &mut Vec<(u64, u32)>) {
    places.clear();
    ranks.clear();
    // One more than are full, where the last row ends.
    let (whole, rest) = comes.as_chunks();
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    for (first, some) in (0..).step_by(64).zip(whole.iter().chain([&last])) {
        let mut left = lowest_bits(some);
        ranks.push((left, places.len() as u32));
        places.extend((0..left.count_ones()).map(|_| {
            let place = first + left.trailing_zeros();
            left &= left - 1;
            place
        }));
    }
}

/// How many of those listed stand before a place.
#[inline]
fn rank(ranks: &[(u64, u32)], place: usize) -> usize {
    let (bits, before) = ranks[place / 64];
    before as usize + (bits & !(u64::MAX << (place % 64))).count_ones() as usize
}

/// Notes how long the appointments of these half-ties last and with whom they are, and adds up what is wished with the first
/// of them, the first two, and so on.
fn note_appointments(
    places: &[u32],
    (minutes, met): (&mut [u16], &mut [u8]),
    (strengths, flags): (&[f32], &[u8]),
    [mine, theirs]: &[Vec<u32>; 2],
    rule: &Rule,
    sums: &mut Vec<u64>,
) {
    let mut sum = 0_u64;
    sums.clear();
    sums.push(0);
    sums.extend(places.iter().map(|place| *place as usize).map(|place| {
        let length = unit(pair_bits(rule.keys[1], mine[place], theirs[place]));
        minutes[place] = (rule.usual * (0.5 + length)) as u16;
        let (is_kin, is_near) = (flags[place] & HalfTie::KIN != 0, flags[place] & HalfTie::NEAR != 0);
        let friend = if !is_kin & (strengths[place] >= rule.friend) { FRIEND } else { 0 };
        let whom = MET | if is_kin { KIN } else { 0 } | friend | if is_near { NEAR } else { 0 };
        met[place] = if minutes[place] > 0 { whom } else { 0 };
        sum = sum.wrapping_add(u64::from(minutes[place]) + COUNTED[usize::from(met[place])]);
        sum
    }));
}

/// The minutes of appointments, and with whom they are.
fn in_halves(wishes: u64) -> [u32; 2] {
    [wishes as u32, (wishes >> 32) as u32]
}

/// Notes whom a resident meets by appointment.
fn note_whom(gains: &mut Gains, whom: u32) {
    gains.family = whom & (ONE_FRIEND - ONE_KIN) != 0;
    gains.friend = whom & (ONE_NEAR - ONE_FRIEND) != 0;
    // A neighbour whom one visits is a neighbour one has words with.
    gains.neighbour = (whom / ONE_NEAR).min(255) as u8;
}

/// What decides on an appointment, beside the tie.
struct Rule {
    keys: [u32; 2],
    often: f32,
    usual: f32,
    known: f32,
    friend: f32,
    apart: f32,
}

/// Draws for each half-tie whether it makes an appointment, of as many at a time as the processor can: without a branch.
#[pulp::with_simd(draw = Arch::new())]
#[inline(always)]
fn draw_wide<'a, S: Simd>(
    _: S,
    comes: &'a mut [u8],
    strengths: &'a [f32],
    flags: &'a [u8],
    [mine, theirs]: &'a [Vec<u32>; 2],
    rule: &'a Rule,
) {
    let ties = strengths.iter().zip(flags).zip(mine.iter().zip(theirs));
    for (comes, ((strength, flags), (mine, theirs))) in comes.iter_mut().zip(ties) {
        let kin_pull = if flags & HalfTie::KIN != 0 { 0.25 } else { 0.0 };
        let chance = (rule.often * strength + kin_pull).min(1.0) * rule.apart;
        let draw = unit(pair_bits(rule.keys[0], *mine, *theirs));
        *comes = u8::from((draw < chance) & (flags & HalfTie::HOUSEHOLD == 0) & (*strength >= rule.known));
    }
}

/// Cuts the appointments of those who wish too much, at both ends: to what fits the one who has least time for them.
fn cut(n: &Neighbourhood, desk: &mut Desk) {
    let Desk { appointments, met, fits, gains, .. } = desk;
    let others = n.network.half_ties().others();
    for slot in (0..n.slots()).filter(|slot| fits[*slot] < WHOLE) {
        for place in n.network.row(slot) {
            let other = others[place] as usize;
            // Where both wish too much the lower one sees to it.
            if appointments[place] == 0 || fits[other] < WHOLE && other < slot {
                continue;
            }
            let minutes = (u32::from(appointments[place]) * fits[slot].min(fits[other]) / WHOLE) as u16;
            let back = n.network.place_between(other, slot as u32).map(|place| place as usize);
            for (slot, place) in back.map(|back| (other, back)).into_iter().chain([(slot, place)]) {
                appointments[place] = minutes;
                if minutes == 0 {
                    met[place] = 0;
                    let row = met[n.network.row(slot)].iter();
                    let [_, whom] = in_halves(row.map(|met| COUNTED[usize::from(*met)]).sum());
                    note_whom(&mut gains[slot], whom);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        COUNTED, Gains, MET, ONE_FRIEND, ONE_KIN, ONE_NEAR, Rule, draw, draw_wide, in_halves, list_coming,
        note_appointments, note_whom, rank,
    };

    #[test]
    fn ties_drawn_several_at_a_time_are_drawn_as_one_by_one() {
        let rule = Rule { keys: [3, 5], often: 0.9, usual: 90.0, known: 0.05, friend: 0.4, apart: 0.8 };
        for length in [0, 1, 7, 16, 33, 100] {
            let strengths: Vec<f32> = (0..length).map(|place| (place * 37 % 100) as f32 / 100.0).collect();
            let flags: Vec<u8> = (0..length).map(|place| (place % 8) as u8).collect();
            let pairs = [7_u32, 11].map(|step| (0..length as u32).map(|place| place * step).collect::<Vec<_>>());
            let (mut comes, mut one_by_one) = (vec![9; length], vec![9; length]);
            draw(&mut comes, &strengths, &flags, &pairs, &rule);
            draw_wide(pulp::Scalar, &mut one_by_one, &strengths, &flags, &pairs, &rule);
            assert_eq!(comes, one_by_one);
            assert!(length < 100 || comes.contains(&0) && comes.contains(&1));
        }
    }

    #[test]
    fn what_is_wished_in_a_row_is_what_all_up_to_its_end_come_to_less_what_came_before() {
        let rule = Rule { keys: [3, 5], often: 0.9, usual: 90.0, known: 0.05, friend: 0.4, apart: 0.8 };
        let (mut places, mut ranks, mut sums) = (vec![7], vec![(7, 7)], vec![7]);
        for length in [0, 5, 64, 150] {
            let comes: Vec<u8> = (0..length).map(|place| u8::from(place % 5 == 2 || place % 7 == 0)).collect();
            list_coming(&comes, &mut places, &mut ranks);
            assert!(places.iter().copied().eq((0..).zip(&comes).filter(|(_, comes)| **comes > 0).map(|(at, _)| at)));
            let (strengths, flags) = (vec![0.5; comes.len()], (0..length).map(|at| at as u8 % 8).collect::<Vec<_>>());
            let pairs = [7_u32, 11].map(|step| (0..length as u32).map(|place| place * step).collect::<Vec<_>>());
            let (mut minutes, mut met) = (vec![0; comes.len()], comes.clone());
            note_appointments(&places, (&mut minutes, &mut met), (&strengths, &flags), &pairs, &rule, &mut sums);
            for place in 0..comes.len() {
                assert_eq!((minutes[place] > 0, met[place] & MET), (comes[place] > 0, comes[place]));
            }
            for (from, to) in [(0, 0), (0, length), (length / 3, length / 2), (length / 2, length)] {
                let wished: u32 = minutes[from..to].iter().copied().map(u32::from).sum();
                let whom: u64 = met[from..to].iter().map(|met| COUNTED[usize::from(*met)]).sum();
                let counted = sums[rank(&ranks, to)].wrapping_sub(sums[rank(&ranks, from)]);
                assert_eq!(in_halves(counted), [wished, (whom >> 32) as u32], "{length}: {from} to {to}");
            }
        }
    }

    #[test]
    fn whom_one_meets_is_told_apart() {
        let told = |whom: u32| {
            let mut gains = Gains::default();
            note_whom(&mut gains, whom);
            (gains.family, gains.friend, gains.neighbour)
        };
        assert_eq!(told(0), (false, false, 0));
        assert_eq!(told(3 * ONE_KIN), (true, false, 0));
        assert_eq!(told(7 * ONE_FRIEND), (false, true, 0));
        assert_eq!(told(3 * ONE_NEAR + ONE_KIN), (true, false, 3));
        assert_eq!(told(300 * ONE_NEAR), (false, false, 255));
    }
}
