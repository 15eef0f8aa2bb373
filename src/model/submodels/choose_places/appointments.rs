//! Appointments of ties, in what time the visits leave.

use pulp::{Arch, Simd};

use crate::model::chance::{Process, WeekChance, pair_bits, unit};
use crate::model::desk::{Desk, Gains};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::HalfTie;
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
    let Desk { marks, pairs, appointments, met, fits, gains, .. } = desk;
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
    fits.clear();
    for first in (0..n.slots()).step_by(AT_ONCE) {
        let slots = first..(first + AT_ONCE).min(n.slots());
        let rows = n.network.note_marks(slots.clone(), marks, pairs);
        let (strengths, flags) = (&ties.strengths()[rows.clone()], &ties.flags()[rows.clone()]);
        draw(&mut appointments[rows.clone()], &mut met[rows], strengths, flags, pairs, &rule);
        for (slot, gains) in slots.clone().zip(&mut gains[slots]) {
            note_whom(gains, &met[n.network.row(slot)]);
            let wished = total(&appointments[n.network.row(slot)]);
            let left = u32::from(gains.minutes_left);
            fits.push(if wished <= left { WHOLE } else { left * WHOLE / wished });
        }
    }
}

/// Adds up minutes, four at a time in one number: rows are too short for vectors.
fn total(minutes: &[u16]) -> u32 {
    const EVERY_SECOND: u64 = 0x0000_ffff_0000_ffff;
    let (fours, rest) = minutes.as_chunks::<4>();
    let pairs = fours.iter().map(|[a, b, c, d]| {
        let four = u64::from(*a) | u64::from(*b) << 16 | u64::from(*c) << 32 | u64::from(*d) << 48;
        (four & EVERY_SECOND) + (four >> 16 & EVERY_SECOND)
    });
    let pairs: u64 = pairs.sum();
    pairs as u32 + (pairs >> 32) as u32 + rest.iter().copied().map(u32::from).sum::<u32>()
}

/// Notes whom a resident meets by appointment: eight ties at a time, for most have more.
fn note_whom(gains: &mut Gains, met: &[u8]) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let (eights, rest) = met.as_chunks::<8>();
    let (mut whom, mut neighbours) = (0_u8, 0_u32);
    for eight in eights {
        let eight = u64::from_le_bytes(*eight);
        whom |= [32, 16, 8].iter().fold(eight, |whom, bits| whom | whom >> bits) as u8;
        neighbours += (((eight / u64::from(NEAR)) & EACH).wrapping_mul(EACH) >> 56) as u32;
    }
    for met in rest {
        whom |= met;
        neighbours += u32::from(met / NEAR);
    }
    gains.family = whom & KIN != 0;
    gains.friend = whom & FRIEND != 0;
    // A neighbour whom one visits is a neighbour one has words with.
    gains.neighbour = neighbours.min(255) as u8;
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

/// Draws for each half-tie, of as many at a time as the processor can: without a branch.
#[pulp::with_simd(draw = Arch::new())]
#[inline(always)]
fn draw_wide<'a, S: Simd>(
    _: S,
    appointments: &'a mut [u16],
    met: &'a mut [u8],
    strengths: &'a [f32],
    flags: &'a [u8],
    [mine, theirs]: &'a [Vec<u32>; 2],
    rule: &'a Rule,
) {
    let ties = strengths.iter().zip(flags).zip(mine.iter().zip(theirs));
    for ((minutes, met), ((strength, flags), (mine, theirs))) in appointments.iter_mut().zip(met).zip(ties) {
        let (is_kin, is_near) = (flags & HalfTie::KIN != 0, flags & HalfTie::NEAR != 0);
        let kin_pull = if is_kin { 0.25 } else { 0.0 };
        let chance = (rule.often * strength + kin_pull).min(1.0) * rule.apart;
        let [comes, length] = rule.keys.map(|key| unit(pair_bits(key, *mine, *theirs)));
        let length = whole(rule.usual * (0.5 + length));
        let comes = (comes < chance) & (flags & HalfTie::HOUSEHOLD == 0) & (*strength >= rule.known);
        *minutes = if comes { length } else { 0 };
        let friend = if !is_kin & (*strength >= rule.friend) { FRIEND } else { 0 };
        let whom = MET | if is_kin { KIN } else { 0 } | friend | if is_near { NEAR } else { 0 };
        *met = if *minutes > 0 { whom } else { 0 };
    }
}

/// The whole part of a number from 0 to 65,535: what `as u16` gives, which the compiler does not do several at a time.
#[inline]
fn whole(number: f32) -> u16 {
    // From here on a number has no room for parts, so that it is rounded; to the nearest, which may be the next.
    const NO_PARTS: f32 = 8_388_608.0;
    let rounded = number + NO_PARTS;
    let too_far = u32::from(rounded - NO_PARTS > number);
    (rounded.to_bits() - too_far) as u16
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
                    note_whom(&mut gains[slot], &met[n.network.row(slot)]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Rule, draw, draw_wide, total, whole};

    #[test]
    fn ties_drawn_several_at_a_time_are_drawn_as_one_by_one() {
        let rule = Rule { keys: [3, 5], often: 0.9, usual: 90.0, known: 0.05, friend: 0.4, apart: 0.8 };
        for length in [0, 1, 7, 16, 33, 100] {
            let strengths: Vec<f32> = (0..length).map(|place| (place * 37 % 100) as f32 / 100.0).collect();
            let flags: Vec<u8> = (0..length).map(|place| (place % 8) as u8).collect();
            let pairs = [7_u32, 11].map(|step| (0..length as u32).map(|place| place * step).collect::<Vec<_>>());
            let lists = || (vec![9; length], vec![9; length]);
            let ((mut minutes, mut met), (mut minutes_too, mut met_too)) = (lists(), lists());
            draw(&mut minutes, &mut met, &strengths, &flags, &pairs, &rule);
            draw_wide(pulp::Scalar, &mut minutes_too, &mut met_too, &strengths, &flags, &pairs, &rule);
            assert_eq!((&minutes, &met), (&minutes_too, &met_too));
            assert!(length < 100 || met.contains(&0) && met.iter().any(|met| *met > 0));
        }
    }

    #[test]
    fn whole_parts_are_those_of_the_language() {
        for number in (0..=65_535_u32).map(|number| number as f32) {
            for near in [number, number.next_down().max(0.0), number.next_up(), number + 0.5, number + 0.25] {
                if near < 65_536.0 {
                    assert_eq!(whole(near), near as u16, "{near}");
                }
            }
        }
    }

    #[test]
    fn minutes_add_up_for_rows_of_any_length() {
        let minutes: Vec<u16> = (0..11).map(|place| u16::MAX - place * 5_001).collect();
        for length in 0..=minutes.len() {
            let sum: u32 = minutes[..length].iter().copied().map(u32::from).sum();
            assert_eq!(total(&minutes[..length]), sum);
        }
    }
}
