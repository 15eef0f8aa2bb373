//! Meetings in places and activities: circles, in which those next to each other meet.

use std::hint::select_unpredictable as one_of;

use crate::model::chance::{Process, WeekChance, key_of, mix, pair_bits, unit};
use crate::model::desk::{Desk, Meeting, Visit};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::TieOrigin;
use crate::model::neighbourhood::resident::Setting;
use crate::model::parameters::Meeting as Parameters;
use crate::model::submodels::enact_policies::Rules;

/// Adds the week's meetings in settings, and leaves the visits in order of setting, circle, order and resident.
pub(super) fn meet_in_settings(n: &Neighbourhood, rules: &Rules, draws: WeekChance, desk: &mut Desk) {
    let mut seats = std::mem::take(&mut desk.seats);
    seats.clear();
    seats.extend(desk.visits.iter().map(|visit| Seat::new(u32::from(visit.setting.0), visit)));
    seats.sort_unstable_by_key(|seat| seat.in_order());
    let people = seats.iter().map(|seat| n.traits[seat.resident() as usize].person);
    draws.fours(Process::Circles, people, &mut desk.words);
    let mut before = 0;
    for present in seats.chunk_by_mut(|a, b| a.setting() == b.setting()) {
        let rounds = rounds(n, rules, draws, present[0].setting());
        seat(n, &rules.parameters.meeting, &desk.words[before..], present);
        before += present.len();
        sit_together(n, rules, draws, rounds, present, desk);
    }
    desk.visits.clear();
    desk.visits.extend(seats.iter().map(|seat| seat.visit()));
    desk.seats = seats;
}

/// A visit as one number, so that two are compared at once: from the top down what stands first in order, which is the setting
/// and then the circle, the order within, who, and, which says nothing of the order, where and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat(u128);

impl Seat {
    const IN_PASSING: u32 = 1;
    const AS_HOST: u32 = 2;

    fn new(first: u32, visit: &Visit) -> Self {
        let how = (u32::from(visit.in_passing) * Self::IN_PASSING) | (u32::from(visit.as_host) * Self::AS_HOST);
        Self::of(first, visit.order, visit.resident, u32::from(visit.setting.0) << 16 | how)
    }

    #[inline]
    fn of(first: u32, order: u32, resident: u32, rest: u32) -> Self {
        let [high, low] = [(first, order), (resident, rest)].map(|(high, low)| u64::from(high) << 32 | u64::from(low));
        Self(u128::from(high) << 64 | u128::from(low))
    }

    /// What decides on the order: who is in a setting really and passes through its hall too is there twice alike.
    #[inline]
    fn in_order(self) -> u128 {
        self.0 & !u128::from(u32::MAX)
    }

    #[inline]
    fn circle(self) -> u32 {
        (self.0 >> 96) as u32
    }

    #[inline]
    fn order(self) -> u32 {
        (self.0 >> 64) as u32
    }

    #[inline]
    fn resident(self) -> u32 {
        (self.0 >> 32) as u32
    }

    #[inline]
    fn setting(self) -> Setting {
        Setting((self.0 >> 16) as u16)
    }

    #[inline]
    fn is_in_passing(self) -> bool {
        self.0 as u32 & Self::IN_PASSING != 0
    }

    /// The same seat in this circle, with this order.
    #[inline]
    fn moved(self, circle: u32, order: u32) -> Self {
        Self::of(circle, order, self.resident(), self.0 as u32)
    }

    fn visit(self) -> Visit {
        Visit {
            setting: self.setting(),
            circle: self.circle(),
            order: self.order(),
            resident: self.resident(),
            in_passing: self.is_in_passing(),
            as_host: self.0 as u32 & Self::AS_HOST != 0,
        }
    }
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
    present: &mut [Seat],
    desk: &mut Desk,
) {
    let (p, knows_all) = (&rules.parameters.meeting, rules.parameters.encounters.key_figure);
    let pair_key = draws.key(Process::Meeting, 1) as u32;
    let setting = present[0].setting();
    let origin = match setting.initiative() {
        Some(number) => TieOrigin::activity(n.initiatives[number].activity),
        None => TieOrigin::place(n.places[setting.place_index()].plan.kind),
    };
    let (recognise, minutes) = ([p.recognise, p.recognise.max(knows_all)], [p.minutes, p.minutes * p.passing]);
    let Desk { meetings, places, marks, faces, .. } = desk;
    for round in 0..rounds {
        if round > 0 {
            for seat in &mut *present {
                *seat = seat.moved(seat.circle(), mix(u64::from(seat.order()), u64::from(round)) as u32);
            }
        }
        present.sort_unstable_by_key(|seat| seat.in_order());
        list_pairs(present, round == 0, places);
        let first = meetings.len();
        meetings.extend(places.iter().map(|place| {
            let pair = [present[*place as usize], present[*place as usize + 1]];
            let [a, b] = pair.map(Seat::resident);
            let passing = pair[0].is_in_passing() | pair[1].is_in_passing();
            let bits = pair_bits(pair_key, marks[a as usize], marks[b as usize]);
            let key_figure = faces[a as usize].key_figure | faces[b as usize].key_figure;
            let minutes = minutes[usize::from(passing)] as u16;
            Meeting {
                a,
                b,
                setting,
                minutes,
                closeness: minutes,
                tie: None,
                origin,
                words: true,
                recognised: unit(bits) < recognise[usize::from(key_figure)],
                similarity: 0.0,
            }
        }));
        find_ties(n, &mut meetings[first..]);
    }
}

/// Finds the ties of those who meet.
fn find_ties(n: &Neighbourhood, meetings: &mut [Meeting]) {
    let (several, rest) = meetings.as_chunks_mut::<8>();
    for meetings in several {
        let pairs = meetings.each_ref().map(|meeting| [meeting.a, meeting.b]);
        for (meeting, tie) in meetings.iter_mut().zip(n.network.places_between(pairs)) {
            meeting.tie = tie;
        }
    }
    for meeting in rest {
        meeting.tie = n.network.place_between(meeting.a as usize, meeting.b);
    }
}

/// Lists who meets whoever sits next, by the place of the first: two by two in each circle.
///
/// Each is written, and kept where the next is written behind it: whether it is nobody can foresee.
fn list_pairs(present: &[Seat], is_first_round: bool, places: &mut Vec<u32>) {
    places.clear();
    places.resize(present.len(), 0);
    let (mut kept, mut is_taken) = (0, false);
    for (place, pair) in (0..).zip(present.windows(2)) {
        let are_two = (pair[0].circle() == pair[1].circle()) & !is_taken;
        is_taken = are_two;
        // In the hall one meeting in the first round is all there is time for.
        let passing = pair[0].is_in_passing() | pair[1].is_in_passing();
        let meet = are_two & (pair[0].resident() != pair[1].resident()) & (is_first_round | !passing);
        places[kept] = place;
        kept += usize::from(meet);
    }
    places.truncate(kept);
}

/// Gives everybody present a circle: one among all, or one where the own origin group sits. `words` are what each draws.
///
/// The number of circles is a power of two, so that one visitor more or less moves few others.
fn seat(n: &Neighbourhood, p: &Parameters, words: &[[u32; 4]], present: &mut [Seat]) {
    let circles = ((present.len() as f32 / p.circle).ceil() as u32).next_power_of_two();
    // Each group has its own quarter of the circles.
    let quarter = (circles / 4).max(1);
    for (seat, words) in present.iter_mut().zip(words) {
        let traits = &n.traits[seat.resident() as usize];
        let setting = u64::from(seat.setting().0);
        let bits = mix(key_of(*words), setting);
        // The usual table is the same every week; it is drawn from the person and the setting alone.
        let usual = unit((bits >> 8) as u32) < p.usual_table;
        let table = one_of(usual, mix(traits.person.0, setting), bits) as u32;
        let mixes = unit((bits >> 32) as u32) < p.mixing;
        let among_own = traits.origin as u32 * quarter + (table & (quarter - 1));
        *seat = seat.moved(one_of(mixes | (circles < 4), table & (circles - 1), among_own), seat.order());
    }
}

#[cfg(test)]
mod tests {
    use super::{Seat, Setting, Visit, list_pairs};

    fn visit(resident: u32, in_passing: bool) -> Visit {
        let setting = Setting::activity(resident as usize % 7);
        Visit { setting, circle: 3, order: 5 * resident, resident, in_passing, as_host: resident.is_multiple_of(3) }
    }

    #[test]
    fn a_seat_holds_a_visit_and_sorts_as_it_does() {
        let visits: Vec<_> = (0..50).map(|nth| visit(nth * 7 % 50, nth % 2 == 0)).collect();
        let mut seats: Vec<_> = visits.iter().map(|visit| Seat::new(visit.circle, visit)).collect();
        assert!(seats.iter().map(|seat| seat.visit()).eq(visits));
        seats.sort_unstable_by_key(|seat| seat.in_order());
        assert!(seats.iter().map(|seat| seat.resident()).eq(0..50));
        let (really, in_passing) = (Seat::new(3, &visit(1, false)), Seat::new(3, &visit(1, true)));
        assert!(really != in_passing && really.in_order() == in_passing.in_order());
    }

    #[test]
    fn those_next_to_each_other_meet_two_by_two_and_nobody_themselves() {
        let seats = |of: &[(u32, u32, bool)]| -> Vec<Seat> {
            let seat = |(circle, resident, in_passing): &(u32, u32, bool)| {
                Seat::new(9, &visit(*resident, *in_passing)).moved(*circle, 0)
            };
            of.iter().map(seat).collect()
        };
        let present = seats(&[
            (0, 1, false),
            (0, 2, false),
            (0, 3, false),
            (1, 4, true),
            (1, 5, false),
            (2, 6, false),
            (2, 6, true),
        ]);
        let mut places = vec![7];
        list_pairs(&present, true, &mut places);
        assert_eq!(places, [0, 3]);
        list_pairs(&present, false, &mut places);
        assert_eq!(places, [0]);
        list_pairs(&[], true, &mut places);
        assert!(places.is_empty());
    }
}
