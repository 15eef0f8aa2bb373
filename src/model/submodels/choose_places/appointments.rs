//! Appointments of ties, in what time the visits leave.

use pulp::{Arch, Simd};

use crate::model::chance::{Process, WeekChance, pair_bits, unit};
use crate::model::desk::{Desk, Gains};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::HalfTie;
use crate::model::quantities::whole;
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
    let Desk { marks, pairs, appointments, met, wishes, fits, gains, .. } = desk;
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
        wishes.resize(rows.len(), 0);
        let (minutes, met) = (&mut appointments[rows.clone()], &mut met[rows.clone()]);
        draw(minutes, met, strengths, flags, pairs, &rule);
        add_up(minutes, met, wishes);
        // What all rows up to the end of one come to, less what came before it, is that row: no loop over each, whose
        // length nobody can foresee.
        let mut before = 0;
        for (slot, gains) in slots.clone().zip(&mut gains[slots]) {
            let until = n.network.row(slot).end - rows.start;
            let all = until.checked_sub(1).map_or(0, |last| wishes[last]);
            let [wished, whom] = in_halves(all.wrapping_sub(before));
            before = all;
            note_whom(gains, whom);
            let left = u32::from(gains.minutes_left);
            fits.push(if wished <= left { WHOLE } else { left * WHOLE / wished });
        }
    }
}

/// Adds up what is wished with each, and with all before it: by eight, which is faster than one by one.
fn add_up(minutes: &[u16], met: &[u8], sums: &mut [u64]) {
    let mut sum = 0_u64;
    let mut add = |minutes: u16, met: u8| {
        sum = sum.wrapping_add(u64::from(minutes) + COUNTED[usize::from(met)]);
        sum
    };
    let ((minutes, minutes_left), (met, met_left)) = (minutes.as_chunks::<8>(), met.as_chunks::<8>());
    let (sums, sums_left) = sums.as_chunks_mut::<8>();
    for ((minutes, met), sums) in minutes.iter().zip(met).zip(sums) {
        for which in 0..8 {
            sums[which] = add(minutes[which], met[which]);
        }
    }
    for ((minutes, met), so_far) in minutes_left.iter().zip(met_left).zip(sums_left) {
        *so_far = add(*minutes, *met);
    }
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
        FRIEND, Gains, KIN, NEAR, ONE_FRIEND, ONE_KIN, ONE_NEAR, Rule, add_up, draw, draw_wide, in_halves, note_whom,
    };

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
    fn what_is_wished_in_a_row_is_what_all_up_to_its_end_come_to_less_what_came_before() {
        let minutes: Vec<u16> = (0..40).map(|place| u16::MAX - place * 1_001).collect();
        let met: Vec<u8> = (0..40_u32).map(|place| (place * 7 % 16) as u8).collect();
        let mut sums = vec![9; 40];
        add_up(&minutes, &met, &mut sums);
        for (from, to) in [(0, 0), (0, 1), (3, 17), (17, 40), (39, 39)] {
            let until = |place: usize| if place == 0 { 0 } else { sums[place - 1] };
            let wished: u32 = minutes[from..to].iter().copied().map(u32::from).sum();
            let [kin, friend, near] =
                [KIN, FRIEND, NEAR].map(|with| met[from..to].iter().filter(|met| **met & with != 0).count() as u32);
            let whom = kin * ONE_KIN + friend * ONE_FRIEND + near * ONE_NEAR;
            assert_eq!(in_halves(until(to).wrapping_sub(until(from))), [wished, whom]);
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
