//! 5. Those who are present in a setting are paired at random, with its intensity and mixing rule.
//!
//! * **What** encounters around the home along gallery, landing, entrance and street; circles in places and activities, in
//!   which neighbours in the circle's order meet, for as many rounds as the intensity says.
//! * **Equation** chance of d doors along a gallery or street `~ d^-exponent`; rounds `= rounds * intensity *
//!   (1 - formal_loss * formality)`; chance of words rises from stranger to full tie as `s / (s + familiar)`.
//! * **Reads and changes** reads the neighbourhood and the visits; fills `meetings`.
//! * **Draws** `Encounters` per resident, `Circles` per resident and setting, `Meeting` per pair.
//! * **Source** Festinger et al. 1950; Illenberger et al.; M11, M12, M17, M18, M19, M42.

use super::enact_policies::Rules;
use crate::model::chance::{Process, WeekChance, about, below, mix, pair_bits, unit};
use crate::model::desk::{Desk, Face, Meeting};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::TieOrigin;
use crate::model::neighbourhood::resident::{Setting, Traits};
use crate::model::parameters::Parameters;
use crate::model::quantities::BuildingForm;

/// Doors within which people run into each other: on a gallery, on a street.
const REACH: [usize; 2] = [16, 60];
/// Encounters around the home in a week, at most.
const MOST_ENCOUNTERS: u32 = 24;
/// From this age people count as met around the home.
const MET_FROM_AGE: i32 = 8;
/// Ages at which children play outside and are walked to school.
const PLAYS_OUTSIDE: std::ops::Range<i32> = 3..13;
/// A nod, in minutes.
const NOD: u16 = 1;
/// Residents whose encounters are drawn at once.
const AT_ONCE: usize = 64;

/// Fills the desk with the week's meetings.
pub fn meet(n: &Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    desk.meetings.clear();
    if !rules.mechanisms.doorstep && desk.visits.is_empty() {
        return;
    }
    note_faces(n, rules, desk);
    if rules.mechanisms.doorstep {
        run_into_each_other(n, rules, draws, week, desk);
    }
    meet_in_settings(n, rules, draws, desk);
}

fn run_into_each_other(n: &Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    let e = &rules.parameters.encounters;
    fill_kernels(&mut desk.door_kernels, &rules.parameters);
    let inviting = 1.0 - e.public_space_weight + e.public_space_weight * n.public_space * 2.0;
    // In dense places many of those whom one runs into live elsewhere, and are not met again.
    let of_here = e.strangers_half / (e.strangers_half + n.addresses);
    let pair_key = draws.key(Process::Meeting, 0) as u32;
    note_households(n, week, desk);
    draws.fours(Process::Encounters, n.people(), &mut desk.words);
    let mut meetings = std::mem::take(&mut desk.meetings);
    let strengths = n.network.half_ties().strengths();
    let mut encounters = std::mem::take(&mut desk.encounters);
    for first in (0..n.slots()).step_by(AT_ONCE) {
        let slots = first..(first + AT_ONCE).min(n.slots());
        // Each encounter has a stream of its own, so that one more or less does not move the others. All of some residents are
        // drawn before the first is looked at: the processor draws several at a time, and waits for none.
        encounters.who.clear();
        let mut ends = [0; AT_ONCE];
        for (slot, end) in slots.clone().zip(&mut ends) {
            let traits = &n.traits[slot];
            if traits.lives_here() && traits.is_from(MET_FROM_AGE, week) {
                let building = &n.buildings[n.homes[traits.home as usize].building as usize];
                let often = e.per_week
                    * desk.faces[slot].presence
                    * inviting
                    * building.encounters
                    * of_here
                    * if brings_a_child(traits, week, desk) { 1.0 + e.children_bring } else { 1.0 }
                    * (1.0 - 0.7 * rules.lockdown);
                let [draw, ..] = desk.words[slot];
                let times = about(draw, often).min(MOST_ENCOUNTERS);
                encounters.who.extend((0..times).map(|nth| mix(traits.person.0, u64::from(nth) + 1)));
            }
            *end = encounters.who.len();
        }
        draws.eights(Process::Encounters, &encounters.who, &mut encounters.words);
        let [whom, what] = &encounters.words;
        let mut start = 0;
        for (slot, end) in slots.zip(ends) {
            let (own, home) = (start..end, n.traits[slot].home);
            start = end;
            for (whom, [is_there, speaks, for_long, _]) in
                whom[own.clone()].iter().copied().zip(what[own].iter().copied())
            {
                let Some((other, origin)) = somebody_around(n, e, desk, home, whom) else { continue };
                let face = &desk.faces[slot];
                let them = &desk.faces[other];
                if other == slot || unit(is_there) >= them.presence {
                    continue;
                }
                let tie = n.network.place_between(slot, other as u32);
                let strength = tie.map_or(0.0, |place| strengths[place as usize]);
                let outgoing = (face.neighbourly * them.neighbourly).sqrt();
                let key_figure = face.key_figure || them.key_figure;
                let stranger = if key_figure { e.chat_with_stranger.max(e.key_figure) } else { e.chat_with_stranger };
                let words = stranger + (e.chat_with_known - stranger) * strength / (strength + e.familiar);
                let words = unit(speaks) < words * outgoing;
                let length = e.minutes * (0.5 + unit(for_long)) * (1.0 + 3.0 * strength);
                let bits = pair_bits(pair_key, desk.marks[slot], desk.marks[other]);
                let minutes = if words { length as u16 + 1 } else { NOD };
                let recognise = rules.parameters.meeting.recognise * if words { 1.0 } else { 0.25 };
                let recognise = if key_figure && words { recognise.max(e.key_figure) } else { recognise };
                meetings.push(Meeting {
                    a: slot as u32,
                    b: other as u32,
                    setting: Setting::NOWHERE,
                    minutes,
                    closeness: minutes,
                    tie,
                    origin,
                    words,
                    recognised: unit(bits) < recognise,
                    similarity: 0.0,
                });
            }
        }
    }
    desk.encounters = encounters;
    desk.meetings = meetings;
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
    starts.push(at_home.len() as u32);
}

/// Notes how others run into everybody.
fn note_faces(n: &Neighbourhood, rules: &Rules, desk: &mut Desk) {
    desk.faces.clear();
    desk.faces.extend(n.traits.iter().map(|traits| Face {
        presence: presence(traits, &rules.parameters),
        neighbourly: traits.neighbourly,
        key_figure: traits.key_figure,
    }));
}

/// Whether a grown-up has a child in the home with whom one plays outside and walks to school.
fn brings_a_child(traits: &Traits, week: i32, desk: &Desk) -> bool {
    desk.homes_at_play[traits.home as usize] && traits.is_adult(week)
}

/// Part of the week that somebody is around the home.
fn presence(traits: &Traits, p: &Parameters) -> f32 {
    let away = if traits.occupied { 1.0 - p.encounters.away_by_work } else { 1.0 };
    away * if traits.health_limited { 1.0 - p.encounters.health } else { 1.0 }
}

fn fill_kernels(kernels: &mut [Vec<f32>; 2], p: &Parameters) {
    let mut fill = |which: usize, weight: &dyn Fn(f32) -> f32| {
        let kernel = &mut kernels[which];
        kernel.clear();
        let mut sum = 0.0;
        kernel.extend((1..=REACH[which]).map(|doors| {
            sum += weight(doors as f32);
            sum
        }));
        for cumulative in kernel.iter_mut() {
            *cumulative /= sum;
        }
    };
    fill(0, &|doors| libm::powf(doors, -p.encounters.gallery_exponent));
    fill(1, &|doors| libm::powf(doors, -p.encounters.street_exponent));
}

/// Somebody around a home, and how one runs into them; nobody at a vacant or missing door.
fn somebody_around(
    n: &Neighbourhood,
    e: &crate::model::parameters::Encounters,
    desk: &Desk,
    home: u32,
    [shares, far, side, who]: [u32; 4],
) -> Option<(usize, TieOrigin)> {
    let here = &n.homes[home as usize];
    let building = &n.buildings[here.building as usize];
    let kernels = &desk.door_kernels;
    let in_flat = building.form != BuildingForm::Houses;
    let share = if building.form == BuildingForm::Stairwell { e.staircase_share } else { e.shared_entrance_share };
    let (shared, draw) = (unit(shares) < share, unit(far));
    let (home, origin) = if in_flat && shared {
        // Somebody of the same entrance, on any floor: doors of one entrance stand side by side.
        let doors = building.doors_per_floor();
        let width = doors.div_ceil(building.entrances.max(1)).max(1);
        let floor = below(side, building.floors);
        let block = u32::from(here.door) / width * width;
        let door = if building.form == BuildingForm::Gallery {
            // All who live above and below pass the doors nearest to the stairs, which stand at the ends of the building or, in
            // between, where the doors of an entrance begin. Squared, for few come by the doors further on.
            let own = width.min(doors - block);
            let reach = &kernels[0][..(own as usize).min(REACH[0])];
            let within = draw * draw * reach.last().copied().unwrap_or(1.0);
            let steps = (reach.partition_point(|cumulative| *cumulative <= within) as u32).min(own - 1);
            if block > 0 && block + own >= doors { doors - 1 - steps } else { block + steps }
        } else {
            block + (draw * width as f32) as u32
        };
        (building.first + floor * doors + door.min(doors - 1), TieOrigin::ENTRANCE)
    } else {
        // As far as the floor or street goes, so that on a short one people run into each other the oftener.
        let kernel = &kernels[usize::from(!in_flat)];
        let others = (building.doors_per_floor() as usize).saturating_sub(1).clamp(1, kernel.len());
        let within = draw * kernel[others - 1];
        let doors = kernel[..others].partition_point(|cumulative| *cumulative <= within).min(others - 1) as i64 + 1;
        let step = if side & 1 == 0 { doors } else { -doors };
        let at = i64::from(home) + step;
        // At the end of the hall or street one turns round.
        let same_row = |at: i64| {
            at >= 0
                && n.homes.get(at as usize).is_some_and(|there| {
                    there.building == here.building
                        && if in_flat { there.floor == here.floor } else { there.entrance == here.entrance }
                })
        };
        let at = if same_row(at) { at } else { i64::from(home) - step };
        if !same_row(at) {
            return None;
        }
        (at as u32, if in_flat { TieOrigin::DOORSTEP } else { TieOrigin::STREET })
    };
    n.homes.get(home as usize).filter(|there| there.building == here.building)?;
    let starts = &desk.at_home_starts;
    let people = &desk.at_home[starts[home as usize] as usize..starts[home as usize + 1] as usize];
    people.get(below(who, people.len() as u32) as usize).map(|slot| (*slot as usize, origin))
}

fn meet_in_settings(n: &Neighbourhood, rules: &Rules, draws: WeekChance, desk: &mut Desk) {
    let (p, knows_all) = (&rules.parameters.meeting, rules.parameters.encounters.key_figure);
    desk.visits.sort_unstable_by_key(|visit| (in_order(u32::from(visit.setting.0), visit.order), visit.resident));
    let mut visits = std::mem::take(&mut desk.visits);
    let pair_key = draws.key(Process::Meeting, 1) as u32;
    for present in visits.chunk_by_mut(|a, b| a.setting == b.setting) {
        let setting = present[0].setting;
        let place = &n.places[n.place_of(setting)];
        let (formality, origin) = match setting.initiative() {
            Some(number) => {
                let initiative = &n.initiatives[number];
                (place.plan.formality.get().max(initiative.formality), TieOrigin::activity(initiative.activity))
            }
            None => (place.plan.formality.get(), TieOrigin::place(place.plan.kind)),
        };
        let unplanned = if rules.mechanisms.formality { 1.0 - p.formal_loss * formality } else { 1.0 };
        let mut chance = draws.stream(Process::Circles, (u64::from(n.first_home) << 16) | u64::from(setting.0));
        let most = (rules.parameters.choosing.visit_minutes / p.minutes.max(1.0)) as u32;
        let rounds = chance.about(p.rounds * place.plan.intensity * unplanned).min(most);
        seat(n, p, draws, setting, present);
        for round in 0..rounds {
            if round > 0 {
                for visit in present.iter_mut() {
                    visit.order = mix(u64::from(visit.order), u64::from(round)) as u32;
                }
            }
            present.sort_unstable_by_key(|visit| (in_order(visit.circle, visit.order), visit.resident));
            for circle in present.chunk_by(|a, b| a.circle == b.circle) {
                for pair in circle.chunks_exact(2) {
                    let (a, b) = (pair[0].resident, pair[1].resident);
                    // In the hall one meeting in the first round is all there is time for.
                    let passing = pair[0].in_passing || pair[1].in_passing;
                    if a == b || (passing && round > 0) {
                        continue;
                    }
                    let bits = pair_bits(pair_key, desk.marks[a as usize], desk.marks[b as usize]);
                    let key_figure = desk.faces[a as usize].key_figure || desk.faces[b as usize].key_figure;
                    let recognise = if key_figure { p.recognise.max(knows_all) } else { p.recognise };
                    let minutes = if passing { p.minutes * p.passing } else { p.minutes } as u16;
                    desk.meetings.push(Meeting {
                        a,
                        b,
                        setting,
                        minutes,
                        closeness: minutes,
                        tie: n.network.place_between(a as usize, b),
                        origin,
                        words: true,
                        recognised: unit(bits) < recognise,
                        similarity: 0.0,
                    });
                }
            }
        }
    }
    desk.visits = visits;
}

/// One number that sorts by the first of two and then by the second: compared at once.
fn in_order(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// Gives everybody present a circle: one among all, or one where the own origin group sits.
///
/// The number of circles is a power of two, so that one visitor more or less moves few others.
fn seat(
    n: &Neighbourhood,
    p: &crate::model::parameters::Meeting,
    draws: WeekChance,
    setting: Setting,
    present: &mut [crate::model::desk::Visit],
) {
    let circles = ((present.len() as f32 / p.circle).ceil() as u32).next_power_of_two();
    for visit in present {
        let traits = &n.traits[visit.resident as usize];
        let bits = mix(draws.key(Process::Circles, traits.person.0), u64::from(setting.0));
        // The usual table is the same every week; it is drawn from the person and the setting alone.
        let usual = unit((bits >> 8) as u32) < p.usual_table;
        let table = if usual { mix(traits.person.0, u64::from(setting.0)) } else { bits };
        let anywhere = (table as u32) & (circles - 1);
        let mixes = unit((bits >> 32) as u32) < p.mixing;
        visit.circle = if mixes || circles < 4 {
            anywhere
        } else {
            // Each group has its own quarter of the circles.
            let quarter = circles / 4;
            traits.origin as u32 * quarter + anywhere % quarter
        };
    }
}
