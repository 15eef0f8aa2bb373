//! Encounters around the home: along gallery, landing, entrance and street.

use std::hint::select_unpredictable as one_of;
use std::ops::Range;

use crate::model::chance::{Process, WeekChance, about, below, mix, pair_bits, unit};
use crate::model::desk::{Desk, Face, Found, Meeting};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::home::Building;
use crate::model::neighbourhood::network::TieOrigin;
use crate::model::neighbourhood::resident::{Setting, Traits};
use crate::model::parameters::Encounters;
use crate::model::quantities::BuildingForm;
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
/// Residents whose encounters are drawn at once.
const AT_ONCE: usize = 64;

/// Adds the week's encounters around the home to the meetings.
pub(super) fn run_into_each_other(n: &Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    let e = &rules.parameters.encounters;
    let kernels = [Kernel::new(REACH[0], e.gallery_exponent), Kernel::new(REACH[1], e.street_exponent)];
    note_households(n, week, desk);
    draws.fours(Process::Encounters, n.people(), &mut desk.words);
    let words = Words::new(rules, draws.key(Process::Meeting, 0) as u32);
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
                let [draw, ..] = desk.words[slot];
                let times = about(draw, often(n, rules, slot, week, desk)).min(MOST_ENCOUNTERS);
                encounters.who.extend((0..times).map(|nth| mix(traits.person.0, u64::from(nth) + 1)));
            }
            *end = encounters.who.len();
        }
        draws.eights(Process::Encounters, &encounters.who, &mut encounters.words);
        let [whom, what] = &encounters.words;
        let found = &mut encounters.found;
        let mut start = 0;
        for (slot, end) in slots.zip(ends) {
            let own = start..end;
            start = end;
            if !own.is_empty() {
                let home = n.traits[slot].home;
                let building = &n.buildings[n.homes[home as usize].building as usize];
                let doors = Doors::around(building, e, &kernels, home);
                find(desk, &doors, slot, &whom[own.clone()], &what[own.clone()], found);
                let Desk { meetings, faces, marks, .. } = &mut *desk;
                meetings.extend(found.iter().map(|found| {
                    words.exchanged(n, faces, marks, slot as u32, *found, what[own.start + found.nth as usize])
                }));
            }
        }
    }
    desk.encounters = encounters;
}

/// How often somebody who lives here runs into others in a week.
fn often(n: &Neighbourhood, rules: &Rules, slot: usize, week: i32, desk: &Desk) -> f32 {
    let (e, traits) = (&rules.parameters.encounters, &n.traits[slot]);
    let inviting = 1.0 - e.public_space_weight + e.public_space_weight * n.public_space * 2.0;
    // In dense places many of those whom one runs into live elsewhere, and are not met again.
    let of_here = e.strangers_half / (e.strangers_half + n.addresses);
    let building = &n.buildings[n.homes[traits.home as usize].building as usize];
    e.per_week
        * desk.faces[slot].presence
        * inviting
        * building.encounters
        * of_here
        * if brings_a_child(traits, week, desk) { 1.0 + e.children_bring } else { 1.0 }
        * (1.0 - 0.7 * rules.lockdown)
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

/// Cumulative chances by number of doors away.
#[derive(Debug, Clone, PartialEq)]
struct Kernel {
    reach: usize,
    /// Endless beyond the reach.
    cumulative: [f32; Kernel::ROOM],
}

impl Kernel {
    /// A power of two over the longest reach.
    const ROOM: usize = 64;

    fn new(reach: usize, exponent: f32) -> Self {
        let mut cumulative = [f32::INFINITY; Self::ROOM];
        let mut sum = 0.0;
        for (doors, cumulative) in cumulative[..reach].iter_mut().enumerate() {
            sum += libm::powf((doors + 1) as f32, -exponent);
            *cumulative = sum;
        }
        for cumulative in &mut cumulative[..reach] {
            *cumulative /= sum;
        }
        Self { reach, cumulative }
    }

    /// How many of the cumulative chances are not over this one: by halves, which takes equally long for every draw.
    #[inline]
    fn passed(&self, within: f32) -> u32 {
        let mut passed = 0;
        for half in [32, 16, 8, 4, 2, 1] {
            passed += one_of(self.cumulative[passed + half - 1] <= within, half, 0);
        }
        passed as u32
    }

    /// The number of doors that can be reached where there are so many, at least one, and the chance to stay within.
    fn within(&self, doors: u32) -> (u32, f32) {
        let doors = (doors as usize).clamp(1, self.reach);
        (doors as u32, self.cumulative[doors - 1])
    }
}

/// The doors around a home, as its residents pass them.
#[derive(Debug)]
struct Doors<'k> {
    home: u32,
    /// Those of the gallery, hall or street.
    row: Range<u32>,
    /// How far one goes along it, and the chance to stay within.
    along: (&'k Kernel, u32, f32),
    /// The building's first home, those on a floor, its floors, and the first home behind it.
    first: u32,
    on_floor: u32,
    floors: u32,
    end: u32,
    /// The doors of the own entrance on each floor: the first, their number, and how many of them there are here.
    entrance: (u32, u32, u32),
    /// Part of the encounters that are in the shared entrance.
    shared: f32,
    /// How far people come by the doors of a gallery's entrance, and the chance to stay within them.
    gallery: &'k Kernel,
    within: f32,
    form: BuildingForm,
}

impl<'k> Doors<'k> {
    fn around(building: &Building, e: &Encounters, kernels: &'k [Kernel; 2], home: u32) -> Self {
        let (form, in_flat) = (building.form, building.form != BuildingForm::Houses);
        let (on_floor, end) = (building.doors_per_floor().max(1), building.first + building.homes);
        let door = (home - building.first) % on_floor;
        let width = on_floor.div_ceil(building.entrances.max(1)).max(1);
        let block = door / width * width;
        let here = width.min(on_floor - block);
        let kernel = &kernels[usize::from(!in_flat)];
        // As far as the floor or street goes, so that on a short one people run into each other the oftener.
        let (reach, within) = kernel.within(on_floor - 1);
        Self {
            home,
            row: home - door..(home - door + on_floor).min(end),
            along: (kernel, reach, within),
            first: building.first,
            on_floor,
            floors: building.floors,
            end,
            entrance: (block, width, here),
            shared: match form {
                BuildingForm::Houses => 0.0,
                BuildingForm::Gallery => e.shared_entrance_share,
                BuildingForm::Stairwell => e.staircase_share,
            },
            gallery: &kernels[0],
            within: kernels[0].within(here).1,
            form,
        }
    }

    /// The home behind whose door somebody is run into along gallery, hall or street; none beyond its ends.
    #[inline]
    fn along(&self, draw: f32, side: u32) -> Option<u32> {
        let (kernel, reach, within) = self.along;
        let doors = kernel.passed(draw * within).min(reach - 1) + 1;
        let step = one_of(side & 1 == 0, doors, doors.wrapping_neg());
        let is_in_row = |home: u32| (self.row.start <= home) & (home < self.row.end);
        let (there, back) = (self.home.wrapping_add(step), self.home.wrapping_sub(step));
        // At the end of the hall or street one turns round.
        let at = one_of(is_in_row(there), there, back);
        is_in_row(at).then_some(at)
    }

    /// The home of somebody of the same entrance, on any floor: doors of one entrance stand side by side.
    #[inline]
    fn in_entrance(&self, draw: f32, side: u32) -> Option<u32> {
        let (block, width, here) = self.entrance;
        let door = if self.form == BuildingForm::Gallery {
            // All who live above and below pass the doors nearest to the stairs, which stand at the ends of the building or, in
            // between, where the doors of an entrance begin. Squared, for few come by the doors further on.
            let steps = self.gallery.passed(draw * draw * self.within).min(here - 1);
            let is_last = (block > 0) & (block + here >= self.on_floor);
            if is_last { self.on_floor - 1 - steps } else { block + steps }
        } else {
            block + (draw * width as f32) as u32
        };
        let home = self.first + below(side, self.floors) * self.on_floor + door.min(self.on_floor - 1);
        (home < self.end).then_some(home)
    }
}

/// Lists the others whom somebody runs into: nobody at a vacant or missing door, nor who is not around.
fn find(desk: &Desk, doors: &Doors<'_>, slot: usize, whom: &[[u32; 4]], what: &[[u32; 4]], found: &mut Vec<Found>) {
    let along = if doors.form == BuildingForm::Houses { TieOrigin::STREET } else { TieOrigin::DOORSTEP };
    let nobody = desk.homes_at_play.len() as u32;
    found.clear();
    found.resize(whom.len(), Found { other: 0, nth: 0, origin: along });
    let mut number = 0;
    for (nth, ([shares, far, side, who], [is_there, ..])) in (0..).zip(whom.iter().zip(what)) {
        let draw = unit(*far);
        let mut home = doors.along(draw, *side).unwrap_or(nobody);
        let mut origin = along;
        if doors.form != BuildingForm::Houses {
            // Where somebody is met cannot be foreseen, so that both are worked out.
            let shared = doors.in_entrance(draw, *side).unwrap_or(nobody);
            let is_shared = unit(*shares) < doors.shared;
            home = one_of(is_shared, shared, home);
            origin = one_of(is_shared, TieOrigin::ENTRANCE, origin);
        }
        let start = desk.at_home_starts[home as usize];
        let people = desk.at_home_starts[home as usize + 1] - start;
        let other = desk.at_home[(start + below(*who, people)) as usize];
        found[number] = Found { other, nth, origin };
        // Written first and then kept or not: that cannot be foreseen either.
        let is_around = unit(*is_there) < desk.faces[other as usize].presence;
        number += usize::from((people > 0) & (other as usize != slot) & is_around);
    }
    found.truncate(number);
}

/// What decides on the words that two exchange.
struct Words<'p> {
    e: &'p Encounters,
    recognise: [f32; 2],
    key: u32,
}

impl<'p> Words<'p> {
    fn new(rules: &'p Rules, key: u32) -> Self {
        let recognise = rules.parameters.meeting.recognise;
        Self { e: &rules.parameters.encounters, recognise: [recognise * 0.25, recognise * 1.0], key }
    }

    /// The meeting of two who run into each other.
    #[inline]
    fn exchanged(
        &self,
        n: &Neighbourhood,
        faces: &[Face],
        marks: &[u32],
        slot: u32,
        Found { other, origin, .. }: Found,
        [_, speaks, for_long, _]: [u32; 4],
    ) -> Meeting {
        let e = self.e;
        let (face, them) = (&faces[slot as usize], &faces[other as usize]);
        let tie = n.network.place_between(slot as usize, other);
        let strength = tie.map_or(0.0, |place| n.network.half_ties().strengths()[place as usize]);
        let outgoing = (face.neighbourly * them.neighbourly).sqrt();
        let key_figure = face.key_figure | them.key_figure;
        let stranger = if key_figure { e.chat_with_stranger.max(e.key_figure) } else { e.chat_with_stranger };
        let words = stranger + (e.chat_with_known - stranger) * strength / (strength + e.familiar);
        let words = unit(speaks) < words * outgoing;
        let length = e.minutes * (0.5 + unit(for_long)) * (1.0 + 3.0 * strength);
        let minutes = one_of(words, (length as u16).saturating_add(1), NOD);
        let bits = pair_bits(self.key, marks[slot as usize], marks[other as usize]);
        let recognise = self.recognise[usize::from(words)];
        let recognise = if key_figure & words { recognise.max(e.key_figure) } else { recognise };
        Meeting {
            a: slot,
            b: other,
            setting: Setting::NOWHERE,
            minutes,
            closeness: minutes,
            tie,
            origin,
            words,
            recognised: unit(bits) < recognise,
            similarity: 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::blueprint::BuildingPlan;
    use crate::model::fixture::building;
    use crate::model::initialization::homes::build;
    use crate::model::neighbourhood::home::Home;
    use crate::model::parameters::Parameters;

    fn kernels() -> [Kernel; 2] {
        let e = Parameters::default().encounters;
        [Kernel::new(REACH[0], e.gallery_exponent), Kernel::new(REACH[1], e.street_exponent)]
    }

    #[test]
    fn doors_passed_are_those_whose_chance_is_not_over_the_draw() {
        for kernel in kernels() {
            let own = &kernel.cumulative[..kernel.reach];
            assert!(own.is_sorted() && (own[kernel.reach - 1] - 1.0).abs() < 1e-5);
            let around = own.iter().flat_map(|chance| [chance.next_down(), *chance, chance.next_up()]);
            for within in around.chain((0..1000).map(|nth| nth as f32 / 1000.0)) {
                assert_eq!(kernel.passed(within) as usize, own.partition_point(|chance| *chance <= within), "{within}");
            }
        }
    }

    #[test]
    fn people_are_met_on_the_own_floor_or_street_or_in_the_own_entrance() {
        let (kernels, e) = (kernels(), Parameters::default().encounters);
        for form in [BuildingForm::Gallery, BuildingForm::Stairwell, BuildingForm::Houses] {
            for number in [1, 2, 7, 23, 101] {
                let plan = BuildingPlan { floors: 4, entrances: 3, ..building(form, number) };
                let (buildings, homes) = build(&[plan.clone(), plan.clone(), plan], 0);
                let doors = buildings[1].doors_per_floor();
                let (mut along, mut in_entrance) = (0, 0);
                for home in number..2 * number {
                    let here = &homes[home as usize];
                    let around = Doors::around(&buildings[1], &e, &kernels, home);
                    for nth in 0..50_u32 {
                        let (draw, side) = (nth as f32 / 50.0, nth.wrapping_mul(0x9e37_79b9));
                        if let Some(there) = around.along(draw, side) {
                            let there = &homes[there as usize];
                            let row = |home: &Home| {
                                if form == BuildingForm::Houses { home.entrance } else { home.floor }
                            };
                            assert!(there.building == 1 && row(there) == row(here) && there.door != here.door);
                            along += 1;
                        }
                        if let Some(there) = around.in_entrance(draw, side) {
                            let (there, width) = (&homes[there as usize], doors.div_ceil(3) as u16);
                            assert!(there.building == 1 && there.door / width == here.door / width);
                            in_entrance += 1;
                        }
                    }
                }
                assert!((along > 0) == (doors > 1) && in_entrance > 0, "{form:?} {number}");
            }
        }
    }
}
