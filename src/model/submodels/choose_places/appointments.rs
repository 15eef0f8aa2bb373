//! Appointments of ties, in what time the visits leave.

use pulp::{Arch, Simd};

use crate::model::chance::{Process, WeekChance, pair_bits, unit};
use crate::model::desk::Desk;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::HalfTie;
use crate::model::submodels::enact_policies::Rules;

/// The whole of what is wished, in the parts in which it is counted how much of it fits.
const WHOLE: u32 = 256;
/// Residents whose ties are drawn at once, so that what is drawn by stays near.
const AT_ONCE: usize = 64;

/// An appointment.
pub const MEETS: u8 = 1;
/// With kin.
const KIN: u8 = 2;
/// With a friend.
const FRIEND: u8 = 4;
/// With somebody who lives near.
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
    if see_what_fits(n, desk) {
        cut(n, desk);
    }
    for (slot, gains) in desk.gains.iter_mut().enumerate() {
        let (mut whom, mut neighbours) = (0, 0_u32);
        for met in &desk.met[n.network.row(slot)] {
            whom |= met;
            neighbours += u32::from(met & NEAR != 0);
        }
        gains.family |= whom & KIN != 0;
        gains.friend |= whom & FRIEND != 0;
        // A neighbour whom one visits is a neighbour one has words with.
        gains.neighbour = gains.neighbour.saturating_add(neighbours.min(255) as u8);
    }
}

/// Lists the minutes that each tie would make an appointment for this week, and with whom. Both ends draw the same.
fn wish(n: &Neighbourhood, rules: &Rules, draws: WeekChance, desk: &mut Desk) {
    let Desk { marks, pairs: [mine, theirs], appointments, met, .. } = desk;
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
    for first in (0..n.slots()).step_by(AT_ONCE) {
        let slots = first..(first + AT_ONCE).min(n.slots());
        let start = n.network.row(first).start;
        mine.clear();
        for slot in slots.clone() {
            mine.resize(n.network.row(slot).end - start, marks[slot]);
        }
        let rows = start..start + mine.len();
        theirs.clear();
        theirs.extend(ties.others()[rows.clone()].iter().map(|other| marks[*other as usize]));
        let (strengths, flags) = (&ties.strengths()[rows.clone()], &ties.flags()[rows.clone()]);
        draw(&mut appointments[rows.clone()], &mut met[rows], strengths, flags, mine, theirs, &rule);
    }
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
#[expect(clippy::inline_always, reason = "compiled anew for each width of vectors")]
#[expect(clippy::too_many_arguments, reason = "a list for each field")]
#[inline(always)]
fn draw_wide<'a, S: Simd>(
    _: S,
    appointments: &'a mut [u16],
    met: &'a mut [u8],
    strengths: &'a [f32],
    flags: &'a [u8],
    mine: &'a [u32],
    theirs: &'a [u32],
    rule: &'a Rule,
) {
    let ties = strengths.iter().zip(flags).zip(mine.iter().zip(theirs));
    for ((minutes, met), ((strength, flags), (mine, theirs))) in appointments.iter_mut().zip(met).zip(ties) {
        let is_kin = flags & HalfTie::KIN != 0;
        let kin_pull = if is_kin { 0.25 } else { 0.0 };
        let chance = (rule.often * strength + kin_pull).min(1.0) * rule.apart;
        let [comes, length] = rule.keys.map(|key| unit(pair_bits(key, *mine, *theirs)));
        let length = (rule.usual * (0.5 + length)) as u16;
        let comes = (comes < chance) & (flags & HalfTie::HOUSEHOLD == 0) & (*strength >= rule.known);
        *minutes = if comes { length } else { 0 };
        let whom = MEETS
            | if is_kin { KIN } else { 0 }
            | if !is_kin & (*strength >= rule.friend) { FRIEND } else { 0 }
            | if flags & HalfTie::NEAR != 0 { NEAR } else { 0 };
        *met = if *minutes > 0 { whom } else { 0 };
    }
}

/// Works out how much of what each resident wishes fits; returns whether somebody wishes too much.
fn see_what_fits(n: &Neighbourhood, desk: &mut Desk) -> bool {
    let Desk { appointments, fits, gains, .. } = desk;
    let mut too_much = false;
    fits.clear();
    fits.extend(gains.iter().enumerate().map(|(slot, gains)| {
        let wished: u32 = appointments[n.network.row(slot)].iter().copied().map(u32::from).sum();
        let left = u32::from(gains.minutes_left);
        let fits = if wished <= left { WHOLE } else { left * WHOLE / wished };
        too_much |= wished > left;
        fits
    }));
    too_much
}

/// Cuts the appointments of those who wish too much, at both ends: to what fits the one who has least time for them.
fn cut(n: &Neighbourhood, desk: &mut Desk) {
    let Desk { appointments, met, fits, .. } = desk;
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
            for place in back.into_iter().chain([place]) {
                appointments[place] = minutes;
                met[place] = if minutes > 0 { met[place] } else { 0 };
            }
        }
    }
}
