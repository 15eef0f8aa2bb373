//! Protocol `moving`: who leaves a home in the year before the survey.
//!
//! Those who are gone from one week to the next have moved or died; the deaths that were to be expected are taken off.

use std::collections::BTreeMap;

use super::sums::Sum;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::YEAR;
use crate::model::quantities::{Person, Tenure};
use crate::model::submodels::move_households::death_by_age;
use crate::model::world::World;

/// Ages that stand for 25: one year alone has too few people.
const ABOUT_25: std::ops::RangeInclusive<i32> = 24..=26;

/// What is counted on the way.
pub(super) struct Moving {
    /// Residents of each neighbourhood last week, slot by slot.
    before: Vec<Vec<(Person, i32)>>,
    /// Moves and weeks of residents: everybody, those about 25.
    moves: [f64; 2],
    weeks: [f64; 2],
    /// Households that homes of social rent had had at the beginning, by home.
    generations: BTreeMap<(u32, usize), u16>,
    lasted: f64,
}

fn residents(world: &World) -> Vec<Vec<(Person, i32)>> {
    let of = |n: &Neighbourhood| n.traits.iter().map(|traits| (traits.person, traits.born)).collect();
    world.neighbourhoods().iter().map(of).collect()
}

fn social_rent(world: &World) -> BTreeMap<(u32, usize), u16> {
    let is_social = |n: &Neighbourhood, building: u32| n.buildings[building as usize].tenure == Tenure::SocialRent;
    let homes = world.neighbourhoods().iter().flat_map(|n| n.homes.iter().enumerate().map(move |home| (n, home)));
    homes
        .filter(|(n, (_, home))| is_social(n, home.building))
        .map(|(n, (number, home))| ((n.number, number), home.generation))
        .collect()
}

impl Moving {
    pub(super) fn begin(world: &World) -> Self {
        Self {
            before: residents(world),
            moves: [0.0; 2],
            weeks: [0.0; 2],
            generations: social_rent(world),
            lasted: 0.0,
        }
    }

    pub(super) fn note(&mut self, world: &World) {
        let living = &world.parameters().living;
        let now = residents(world);
        self.lasted += 1.0;
        for (before, now) in self.before.iter().zip(&now) {
            for (slot, (person, born)) in before.iter().enumerate().filter(|(_, (person, _))| *person != Person::NOBODY)
            {
                let weeks = world.week() - 1 - born;
                let age = weeks as f32 / YEAR as f32;
                let dies = if age >= 18.0 { f64::from(death_by_age(living, age)) / f64::from(YEAR) } else { 0.0 };
                let gone = now.get(slot).is_none_or(|(there, _)| there != person);
                let moved = f64::from(u8::from(gone)) - dies;
                self.moves[0] += moved;
                self.weeks[0] += 1.0;
                if ABOUT_25.contains(&weeks.div_euclid(YEAR)) {
                    self.moves[1] += moved;
                    self.weeks[1] += 1.0;
                }
            }
        }
        self.before = now;
    }

    /// In the order of the protocol's outcomes.
    pub(super) fn end(&self, world: &World) -> Vec<Sum> {
        let years = self.lasted / f64::from(YEAR);
        let rate = |group: usize| Sum::of(self.moves[group], self.weeks[group] / f64::from(YEAR));
        let now = social_rent(world);
        let changes: f64 = self
            .generations
            .iter()
            .filter_map(|(home, before)| now.get(home).map(|now| f64::from(now.wrapping_sub(*before) & 0x7fff)))
            .sum();
        vec![rate(0), rate(1), Sum::of(changes, self.generations.len() as f64 * years)]
    }
}
