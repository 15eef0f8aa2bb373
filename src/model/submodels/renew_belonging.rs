//! 16. Belonging follows knowing and being greeted, years lived here, ties, and having been needed; pride and image follow.
//!
//! * **Equation** supported level `= 0.18 + contact * (words with neighbours, familiar faces) + tenure * min(1, years / 10) +
//!   ties * acquaintances / (acquaintances + 4) + 0.2 * trust`; `b' = b + gains + belonging_return * (level - b)`.
//!   Pride and image: see [`pride`].
//! * **Reads and changes** belonging, weeks with neighbours, visits, weeks with sport or play, attachment to settings, known
//!   settings, who came where, nuisance, image.
//! * **Draws** none.
//! * **Source** Movisie; Völker; Sandstrom and Dunn 2014; M15-M17, M35, M46, M57.

pub mod acquaintances;
pub mod pride;

use pulp::{Arch, Simd};

use super::enact_policies::Rules;
use crate::model::desk::{Desk, Visit};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::{HABITS, State, YEAR};
use crate::model::quantities::{Target, whole};
use acquaintances::outside_and_known;

/// Weeks over which "recent" is meant.
const RECENT_WEEKS: f32 = 12.0;

/// Residents whose attachment pales at once.
const AT_ONCE: usize = 8;

/// Applies the week to belonging, to what people are attached to, and to pride and image.
pub fn renew_belonging(n: &mut Neighbourhood, rules: &Rules, week: i32, desk: &mut Desk) {
    if !rules.mechanisms.attitudes {
        return;
    }
    attach(n, rules, desk);
    note_visitors(n, rules, week, desk);
    pride::note_activity(n, desk);
    let (p, t) = (&rules.parameters.attitudes, &rules.parameters.ties);
    let (image, activity) = (&rules.parameters.image, n.repute.activity);
    let (mut prides, mut adults) = (0.0, 0.0_f32);
    let Neighbourhood { network, traits, state, .. } = n;
    desk.acquaintances.count(network, t.known);
    let mut before = 0;
    for (slot, ((traits, state), gains)) in traits.iter().zip(state).zip(&desk.gains).enumerate() {
        let upto = desk.acquaintances.before(network.row(slot).end);
        let (all, known) = outside_and_known(upto - before);
        before = upto;
        if !traits.is_somebody() {
            continue;
        }
        let recent = 1.0 / RECENT_WEEKS;
        state.neighbour_weeks += recent * (f32::from(u8::from(gains.neighbour > 0)) - state.neighbour_weeks);
        state.neighbour_words += recent * (f32::from(gains.neighbour) - state.neighbour_words);
        state.visits += recent * (f32::from(gains.visits) - state.visits);
        state.active_weeks += recent * (f32::from(u8::from(gains.active)) - state.active_weeks);
        let (faces, known) = (f32::from(all - known), f32::from(known));
        let contact = 0.6 * state.neighbour_weeks + 0.4 * (faces + known) / (faces + known + 8.0);
        let years = (week - traits.moved_in) as f32 / YEAR as f32;
        let supported = 0.18
            + p.belonging_contact * contact
            + p.belonging_tenure * (years / 10.0).min(1.0)
            + p.belonging_ties * known / (known + 4.0)
            + 0.2 * state.trust
            - if state.is_short_of_money(traits) { p.belonging_stress } else { 0.0 };
        state.belonging =
            (state.belonging + gains.belonging + p.belonging_return * (supported - state.belonging)).clamp(0.0, 1.0);
        // Energy comes back by itself.
        let lost = 1.0 - state.energy;
        state.energy = (state.energy + gains.energy + rules.parameters.asking.energy_recovery * lost).clamp(0.0, 1.0);
        state.nuisance = state.nuisance * (1.0 - 1.0 / YEAR as f32) + gains.nuisance;
        if traits.lives_here() && traits.is_adult(week) {
            prides += pride::pride(state, activity, image);
            adults += 1.0;
        }
    }
    pride::renew_image(n, rules, prides / adults.max(1.0));
}

/// Visits make people attached, the more so when a meeting was pleasant; what is not visited pales.
fn attach(n: &mut Neighbourhood, rules: &Rules, desk: &Desk) {
    let p = &rules.parameters.choosing;
    pale(&mut n.state, 1.0 - p.attachment_loss);
    let steps = [0.4, 1.0].map(|part| p.attachment_gain * part);
    for visit in desk.visits.iter().filter(|visit| !visit.in_passing) {
        let pleasant = desk.gains[visit.resident as usize].pleasant > 0;
        let step = steps[usize::from(pleasant)];
        let habits = &mut n.state[visit.resident as usize].habits;
        // All are looked at, for which of them it is cannot be foreseen.
        let same = habits.iter().rev().fold(0_u32, |bits, habit| bits << 1 | u32::from(habit.setting == visit.setting));
        if let Some(habit) = habits.get_mut(same.trailing_zeros() as usize) {
            let attached = habit.attached();
            habit.attach(attached + (step + p.attachment_loss) * (1.0 - attached));
        }
    }
    for (slot, setting, attachment) in &desk.learnt {
        if n.traits[*slot as usize].is_somebody() {
            n.state[*slot as usize].learn(*setting, *attachment);
        }
    }
}

/// Lets all attachment pale, as much at a time as the processor can.
#[pulp::with_simd(pale = Arch::new())]
#[inline(always)]
fn pale_wide<S: Simd>(_: S, states: &mut [State], stays: f32) {
    let mut parts = [0_i32; HABITS * AT_ONCE];
    for some in states.chunks_mut(AT_ONCE) {
        for (state, parts) in some.iter().zip(parts.as_chunks_mut::<HABITS>().0) {
            *parts = state.habits.map(|habit| i32::from(habit.attachment));
        }
        // What `Habit::attached` tells and `Habit::attach` sets: where no setting is kept in mind 0, and it stays so.
        for parts in &mut parts {
            let attachment = *parts as f32 / 65_535.0 * stays;
            *parts = i32::from(whole(attachment.clamp(0.0, 1.0) * 65_535.0));
        }
        for (state, parts) in some.iter_mut().zip(parts.as_chunks::<HABITS>().0) {
            for (habit, parts) in state.habits.iter_mut().zip(parts) {
                habit.attachment = *parts as u16;
            }
        }
    }
}

/// Who came where: what the next week's visitors find.
fn note_visitors(n: &mut Neighbourhood, rules: &Rules, week: i32, desk: &Desk) {
    for place in &mut n.places {
        place.visits = 0;
    }
    let mut from = 0;
    while from < desk.visits.len() {
        let setting = desk.visits[from].setting;
        let to = from + desk.visits[from..].iter().take_while(|visit| visit.setting == setting).count();
        let number = n.place_of(setting);
        let mut by_origin = [0.0_f32; 3];
        let mut visits = 0;
        for visit in desk.visits[from..to].iter().filter(|visit| !visit.in_passing) {
            by_origin[n.traits[visit.resident as usize].origin as usize] += 1.0;
            visits += 1;
        }
        if let Some(initiative) = setting.initiative() {
            note_own_group(n, initiative, &desk.visits[from..to], week);
        }
        if visits > 0 {
            let largest = (0..3).max_by(|a, b| by_origin[*a].total_cmp(&by_origin[*b])).unwrap_or(0);
            let closed = closedness(n, rules, &desk.visits[from..to], largest);
            let place = &mut n.places[number];
            place.visits += visits;
            let weight = weight_of(visits as f32);
            for (share, count) in place.origin_shares.iter_mut().zip(by_origin) {
                *share += weight * (count / visits as f32 - *share);
            }
            place.closedness += weight * (closed - place.closedness);
        }
        from = to;
    }
}

/// How far those whom an activity is for were among their own: what they find next time (M15).
fn note_own_group(n: &mut Neighbourhood, number: usize, visits: &[Visit], week: i32) {
    let target = n.initiatives[number].target;
    if target == Target::Open {
        return;
    }
    let (mut own, mut all) = (0.0_f32, 0.0_f32);
    // Volunteers are hosts, whoever they are.
    for visit in visits.iter().filter(|visit| !visit.as_host) {
        all += 1.0;
        own += f32::from(u8::from(n.traits[visit.resident as usize].belongs_to(target, week)));
    }
    if all > 0.0 {
        let initiative = &mut n.initiatives[number];
        initiative.own_share += weight_of(all) * (own / all - initiative.own_share);
    }
}

/// The more who came, the more they say of the place.
fn weight_of(visits: f32) -> f32 {
    0.1 * (visits / 8.0).min(1.0)
}

/// How closely the visitors of one group know each other: how far those next to each other are acquainted, in the mean.
fn closedness(n: &Neighbourhood, rules: &Rules, visits: &[Visit], origin: usize) -> f32 {
    let mut group = visits.iter().filter(|visit| n.traits[visit.resident as usize].origin as usize == origin);
    let Some(mut before) = group.next() else { return 0.0 };
    let known = rules.parameters.ties.known.max(f32::MIN_POSITIVE);
    let (mut sum, mut pairs) = (0.0, 0.0);
    for visit in group {
        if visit.resident != before.resident {
            let strength = n.network.strength_between(before.resident as usize, visit.resident);
            sum += strength / (strength + known);
            pairs += 1.0;
        }
        before = visit;
    }
    if pairs > 0.0 { sum / pairs } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::{pale, pale_wide};
    use crate::model::neighbourhood::resident::{Setting, State, Traits};

    #[test]
    fn attachment_that_pales_at_once_pales_as_one_by_one() {
        let mut states = vec![State::newcomer(&Traits::EMPTY); 700];
        for (nth, state) in states.iter_mut().enumerate() {
            for (place, habit) in state.habits.iter_mut().enumerate().skip(nth % 3) {
                (habit.setting, habit.attachment) = (Setting::place(place), (nth * 94 + place) as u16);
            }
        }
        states[0].habits[3].attachment = u16::MAX;
        let (mut wide, mut one_by_one) = (states.clone(), states.clone());
        for habit in states.iter_mut().flat_map(|state| &mut state.habits) {
            habit.attach(habit.attached() * 0.987);
        }
        pale(&mut wide, 0.987);
        pale_wide(pulp::Scalar, &mut one_by_one, 0.987);
        assert!(wide == states && one_by_one == states);
    }
}
