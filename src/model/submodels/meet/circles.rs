//! Meetings in places and activities: circles, in which those next to each other meet.

use crate::model::chance::{Process, WeekChance, key_of, mix, pair_bits, unit};
use crate::model::desk::{Desk, Meeting, Visit};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::TieOrigin;
use crate::model::neighbourhood::resident::Setting;
use crate::model::parameters::Meeting as Parameters;
use crate::model::submodels::enact_policies::Rules;

/// Adds the week's meetings in settings, and leaves the visits in order of setting, circle, order and resident.
pub(super) fn meet_in_settings(n: &Neighbourhood, rules: &Rules, draws: WeekChance, desk: &mut Desk) {
    let mut visits = std::mem::take(&mut desk.visits);
    visits.sort_unstable_by_key(|visit| (in_order(u32::from(visit.setting.0), visit.order), visit.resident));
    let people = visits.iter().map(|visit| n.traits[visit.resident as usize].person);
    draws.fours(Process::Circles, people, &mut desk.words);
    let mut before = 0;
    for present in visits.chunk_by_mut(|a, b| a.setting == b.setting) {
        let rounds = rounds(n, rules, draws, present[0].setting);
        seat(n, &rules.parameters.meeting, &desk.words[before..], present);
        before += present.len();
        sit_together(n, rules, draws, rounds, present, desk);
    }
    desk.visits = visits;
}

/// One number that sorts by the first of two and then by the second: compared at once.
fn in_order(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// How often those in a setting change places.
fn rounds(n: &Neighbourhood, rules: &Rules, draws: WeekChance, setting: Setting) -> u32 {
    let p = &rules.parameters.meeting;
    let plan = &n.places[n.place_of(setting)].plan;
    let formality = plan.formality.get();
    let formality = setting.initiative().map_or(formality, |number| formality.max(n.initiatives[number].formality));
    let unplanned = if rules.mechanisms.formality { 1.0 - p.formal_loss * formality } else { 1.0 };
    let mut chance = draws.stream(Process::Circles, (u64::from(n.first_home) << 16) | u64::from(setting.0));
    let most = (rules.parameters.choosing.visit_minutes / p.minutes.max(1.0)) as u32;
    chance.about(p.rounds * plan.intensity * unplanned).min(most)
}

/// Lets those next to each other in a circle meet, in each round others.
fn sit_together(
    n: &Neighbourhood,
    rules: &Rules,
    draws: WeekChance,
    rounds: u32,
    present: &mut [Visit],
    desk: &mut Desk,
) {
    let (p, knows_all) = (&rules.parameters.meeting, rules.parameters.encounters.key_figure);
    let pair_key = draws.key(Process::Meeting, 1) as u32;
    let setting = present[0].setting;
    let origin = match setting.initiative() {
        Some(number) => TieOrigin::activity(n.initiatives[number].activity),
        None => TieOrigin::place(n.places[setting.place_index()].plan.kind),
    };
    for round in 0..rounds {
        if round > 0 {
            for visit in &mut *present {
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

/// Gives everybody present a circle: one among all, or one where the own origin group sits. `words` are what each draws.
///
/// The number of circles is a power of two, so that one visitor more or less moves few others.
fn seat(n: &Neighbourhood, p: &Parameters, words: &[[u32; 4]], present: &mut [Visit]) {
    let circles = ((present.len() as f32 / p.circle).ceil() as u32).next_power_of_two();
    for (visit, words) in present.iter_mut().zip(words) {
        let traits = &n.traits[visit.resident as usize];
        let setting = u64::from(visit.setting.0);
        let bits = mix(key_of(*words), setting);
        // The usual table is the same every week; it is drawn from the person and the setting alone.
        let usual = unit((bits >> 8) as u32) < p.usual_table;
        let table = if usual { mix(traits.person.0, setting) } else { bits };
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
