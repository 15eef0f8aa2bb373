//! The doors that residents pass around their homes.

use std::ops::Range;

use pulp::{Arch, Simd};

use super::{AT_ONCE, Encounters, Passer, ROOM};
use crate::model::chance::{below, unit};
use crate::model::neighbourhood::home::Building;
use crate::model::neighbourhood::network::TieOrigin;
use crate::model::parameters::Encounters as Parameters;
use crate::model::quantities::BuildingForm;

/// Cumulative chances by number of doors away.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Kernel {
    reach: usize,
    /// Endless beyond the reach.
    cumulative: [f32; Kernel::MOST],
}

impl Kernel {
    /// The longest reach; a multiple of four, for they are compared by four.
    const MOST: usize = 60;

    pub(super) fn new(reach: usize, exponent: f32) -> Self {
        let mut cumulative = [f32::INFINITY; Self::MOST];
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

    /// For each of these numbers how many of the first `most` cumulative chances are not over it: each is compared with all,
    /// which takes equally long for every draw. Left to itself the compiler would compare several chances with one number,
    /// and spend more on adding up.
    #[inline(always)]
    fn passed<S: Simd>(&self, simd: S, most: u32, numbers: &[f32; AT_ONCE]) -> [u32; AT_ONCE] {
        let chances = &self.cumulative.as_chunks::<4>().0[..self.reach.min(most as usize).div_ceil(4)];
        let mut passed = [0; AT_ONCE];
        let (none, one) = (simd.splat_u32s(0), simd.splat_u32s(1));
        for (passed, numbers) in S::as_mut_simd_u32s(&mut passed).0.iter_mut().zip(S::as_simd_f32s(numbers).0) {
            let mut count = none;
            for chances in chances {
                for chance in chances {
                    let is_passed = simd.less_than_or_equal_f32s(simd.splat_f32s(*chance), *numbers);
                    count = simd.add_u32s(count, simd.select_u32s(is_passed, one, none));
                }
            }
            *passed = count;
        }
        for passed in &mut passed {
            *passed = (*passed).min(most);
        }
        passed
    }

    /// The number of doors that can be reached where there are so many, at least one, and the chance to stay within.
    fn within(&self, doors: u32) -> (u32, f32) {
        let doors = (doors as usize).clamp(1, self.reach);
        (doors as u32, self.cumulative[doors - 1])
    }
}

/// The doors around a home, as its residents pass them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Doors {
    home: u32,
    form: BuildingForm,
    /// Those of the gallery, hall or street.
    row: Range<u32>,
    /// How far one goes along it, and the chance to stay within.
    reach: u32,
    within: f32,
    /// The building's first home, those on a floor, its floors, and the first home behind it.
    first: u32,
    on_floor: u32,
    floors: u32,
    end: u32,
    /// The doors of the own entrance on each floor: the first, their number, and how many of them there are here.
    block: u32,
    width: u32,
    here: u32,
    /// Part of the encounters that are in the shared entrance.
    shared: f32,
    /// The chance to stay within the doors of a gallery's entrance.
    within_entrance: f32,
}

impl Doors {
    pub(super) fn around(building: &Building, e: &Parameters, kernels: &[Kernel; 2], home: u32) -> Self {
        let form = building.form;
        let (on_floor, end) = (building.doors_per_floor().max(1), building.first + building.homes);
        let door = (home - building.first) % on_floor;
        let width = on_floor.div_ceil(building.entrances.max(1)).max(1);
        let block = door / width * width;
        let here = width.min(on_floor - block);
        // As far as the floor or street goes, so that on a short one people run into each other the oftener.
        let (reach, within) = kernels[usize::from(form == BuildingForm::Houses)].within(on_floor - 1);
        Self {
            home,
            form,
            row: home - door..(home - door + on_floor).min(end),
            reach,
            within,
            first: building.first,
            on_floor,
            floors: building.floors,
            end,
            block,
            width,
            here,
            shared: match form {
                BuildingForm::Houses => 0.0,
                BuildingForm::Gallery => e.shared_entrance_share,
                BuildingForm::Stairwell => e.staircase_share,
            },
            within_entrance: kernels[0].within(here).1,
        }
    }

    /// The homes behind whose doors somebody is run into along gallery, hall or street; `nobody` beyond its ends.
    #[inline(always)]
    fn along<S: Simd>(
        &self,
        simd: S,
        kernel: &Kernel,
        draws: &[f32; AT_ONCE],
        sides: &[u32; AT_ONCE],
        nobody: u32,
    ) -> [u32; AT_ONCE] {
        let mut within = [0.0; AT_ONCE];
        for (within, draw) in within.iter_mut().zip(draws) {
            *within = draw * self.within;
        }
        let mut homes = kernel.passed(simd, self.reach - 1, &within);
        let is_in_row = |home: u32| (self.row.start <= home) & (home < self.row.end);
        for (home, side) in homes.iter_mut().zip(sides) {
            let doors = *home + 1;
            let step = if side & 1 == 0 { doors } else { doors.wrapping_neg() };
            let (there, back) = (self.home.wrapping_add(step), self.home.wrapping_sub(step));
            // At the end of the hall or street one turns round.
            let at = if is_in_row(there) { there } else { back };
            *home = if is_in_row(at) { at } else { nobody };
        }
        homes
    }

    /// The doors on a floor at which somebody of the same entrance is run into: they stand side by side.
    #[inline(always)]
    fn in_entrance<S: Simd>(&self, simd: S, kernel: &Kernel, draws: &[f32; AT_ONCE]) -> [u32; AT_ONCE] {
        let mut doors = [0; AT_ONCE];
        if self.form == BuildingForm::Gallery {
            // All who live above and below pass the doors nearest to the stairs, which stand at the ends of the building or, in
            // between, where the doors of an entrance begin. Squared, for few come by the doors further on.
            let mut within = [0.0; AT_ONCE];
            for (within, draw) in within.iter_mut().zip(draws) {
                *within = draw * draw * self.within_entrance;
            }
            doors = kernel.passed(simd, self.here - 1, &within);
            let is_last = (self.block > 0) & (self.block + self.here >= self.on_floor);
            for steps in &mut doors {
                *steps = if is_last { self.on_floor - 1 - *steps } else { self.block + *steps };
            }
        } else {
            for (door, draw) in doors.iter_mut().zip(draws) {
                *door = self.block + (draw * self.width as f32) as u32;
            }
        }
        doors
    }

    /// The homes behind whose doors somebody is run into or `nobody` lives, and where that is.
    #[inline(always)]
    fn homes<S: Simd>(
        &self,
        simd: S,
        kernels: &[Kernel; 2],
        nobody: u32,
        [shares, far, sides]: [&[u32; AT_ONCE]; 3],
    ) -> ([u32; AT_ONCE], [TieOrigin; AT_ONCE]) {
        let mut draws = [0.0; AT_ONCE];
        for (draw, far) in draws.iter_mut().zip(far) {
            *draw = unit(*far);
        }
        if self.form == BuildingForm::Houses {
            return (self.along(simd, &kernels[1], &draws, sides, nobody), [TieOrigin::STREET; AT_ONCE]);
        }
        // Where somebody is met cannot be foreseen, so that both are worked out.
        let (mut homes, mut origins) =
            (self.along(simd, &kernels[0], &draws, sides, nobody), [TieOrigin::DOORSTEP; AT_ONCE]);
        let doors = self.in_entrance(simd, &kernels[0], &draws);
        for lane in 0..AT_ONCE {
            // On any floor.
            let floor = below(sides[lane], self.floors);
            let home = self.first + floor * self.on_floor + doors[lane].min(self.on_floor - 1);
            let shared = if home < self.end { home } else { nobody };
            let is_shared = unit(shares[lane]) < self.shared;
            homes[lane] = if is_shared { shared } else { homes[lane] };
            origins[lane] = if is_shared { TieOrigin::ENTRANCE } else { TieOrigin::DOORSTEP };
        }
        (homes, origins)
    }
}

/// Notes by which door each encounter is: those of a resident at once.
#[pulp::with_simd(pass_doors = Arch::new())]
#[inline(always)]
pub(super) fn pass_doors_wide<'a, S: Simd>(simd: S, list: &'a mut Encounters, kernels: &'a [Kernel; 2], nobody: u32) {
    let Encounters { passers, words: [shares, far, sides, ..], homes, origins, .. } = list;
    for Passer { own, doors, .. } in passers {
        for first in own.clone().step_by(AT_ONCE) {
            let (at, places) =
                doors.homes(simd, kernels, nobody, [some(shares, first), some(far, first), some(sides, first)]);
            homes[first..first + AT_ONCE].copy_from_slice(&at);
            origins[first..first + AT_ONCE].copy_from_slice(&places);
        }
    }
}

/// Words of those encounters that are worked out at once.
#[inline(always)]
fn some(words: &[u32; ROOM], first: usize) -> &[u32; AT_ONCE] {
    words[first..].first_chunk().expect("there is room for as many as are worked out at once")
}

#[cfg(test)]
mod tests {
    use super::super::REACH;
    use super::*;
    use crate::model::blueprint::BuildingPlan;
    use crate::model::fixture::building;
    use crate::model::initialization::homes::build;
    use crate::model::neighbourhood::NONE;
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
                let passed = own.partition_point(|chance| *chance <= within) as u32;
                for most in [0, 5, 100] {
                    assert_eq!(
                        kernel.passed(pulp::Scalar, most, &[within; AT_ONCE]),
                        [passed.min(most); AT_ONCE],
                        "{within}"
                    );
                }
            }
        }
    }

    #[test]
    fn doors_passed_several_at_a_time_are_those_passed_one_by_one() {
        let (kernels, e) = (kernels(), Parameters::default().encounters);
        let plan = |form| BuildingPlan { floors: 4, entrances: 3, ..building(form, 101) };
        let forms = [BuildingForm::Gallery, BuildingForm::Stairwell, BuildingForm::Houses];
        let (buildings, _) = build(&forms.map(plan), 0);
        let mut list = Encounters::default();
        for (nth, word) in list.words.as_flattened_mut().iter_mut().enumerate() {
            *word = (nth as u32).wrapping_mul(0x9e37_79b9);
        }
        for nth in 0..9 {
            let building = &buildings[nth % 3];
            let doors = Doors::around(building, &e, &kernels, building.first + 11 * nth as u32);
            list.passers.push(Passer { slot: 0, person: 0, own: 24 * nth..24 * nth + nth * 24 / 8, doors });
        }
        let mut twin = list.clone();
        pass_doors(&mut list, &kernels, NONE);
        pass_doors_wide(pulp::Scalar, &mut twin, &kernels, NONE);
        assert!(list == twin && list.homes.iter().any(|home| *home > 0));
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
                        let (far, side) = (nth * (u32::MAX / 50), nth.wrapping_mul(0x9e37_79b9));
                        let words = [0, u32::MAX].map(|shares| [[shares; AT_ONCE], [far; AT_ONCE], [side; AT_ONCE]]);
                        for [shares, far, sides] in &words {
                            let (at, places) = around.homes(pulp::Scalar, &kernels, NONE, [shares, far, sides]);
                            let Some(there) = homes.get(at[0] as usize) else { continue };
                            let width = doors.div_ceil(3) as u16;
                            assert!(there.building == 1);
                            if places[0] == TieOrigin::ENTRANCE {
                                assert!(there.door / width == here.door / width);
                                in_entrance += 1;
                            } else {
                                let row = |home: &Home| {
                                    if form == BuildingForm::Houses { home.entrance } else { home.floor }
                                };
                                assert!(row(there) == row(here) && there.door != here.door);
                                along += 1;
                            }
                        }
                    }
                }
                assert!(
                    (along > 0) == (doors > 1) && (in_entrance > 0) == (form != BuildingForm::Houses),
                    "{form:?} {number}"
                );
            }
        }
    }
}
