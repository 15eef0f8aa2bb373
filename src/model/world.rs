//! The world: neighbourhoods that live week by week, in parallel.

use std::cell::RefCell;

use rayon::prelude::*;

use super::blueprint::Blueprint;
use super::chance::Chance;
use super::desk::Desk;
use super::initialization::{adopt::adopt, set_up};
use super::neighbourhood::Neighbourhood;
use super::parameters::Parameters;
pub use super::schedule::Happenings;
use super::schedule::live_one_week;

thread_local! {
    /// Each thread has one desk and keeps it, so that a week needs no memory of its own.
    static DESK: RefCell<Desk> = RefCell::default();
}

/// One simulated world.
#[derive(Debug, Clone)]
pub struct World {
    week: i32,
    chance: Chance,
    blueprint: Blueprint,
    neighbourhoods: Vec<Neighbourhood>,
}

impl World {
    /// Grows a world at the beginning of its burn-in of `burn_in` weeks: the current week is `-burn_in`.
    ///
    /// Uses the current rayon pool over neighbourhoods.
    #[must_use]
    pub fn grow(blueprint: &Blueprint, seed: u64, burn_in: u32) -> Self {
        let week = -(burn_in as i32);
        let chance = Chance::new(seed);
        let neighbourhoods = (0..blueprint.neighbourhoods())
            .into_par_iter()
            .map(|number| set_up(blueprint, chance, number, week))
            .collect();
        Self { week, chance, blueprint: blueprint.clone(), neighbourhoods }
    }

    /// The week that will be lived next; 0 is the first after the burn-in.
    #[must_use]
    pub fn week(&self) -> i32 {
        self.week
    }

    /// All chance of this world.
    #[must_use]
    pub fn chance(&self) -> Chance {
        self.chance
    }

    /// Constants before adjustments.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.blueprint.parameters
    }

    /// What the world lives by.
    #[must_use]
    pub fn blueprint(&self) -> &Blueprint {
        &self.blueprint
    }

    /// The neighbourhoods, in order of number.
    #[must_use]
    pub fn neighbourhoods(&self) -> &[Neighbourhood] {
        &self.neighbourhoods
    }

    /// Goes on under another blueprint that shares this world's burn-in ([`Blueprint::for_burn_in`]).
    pub fn adopt(&mut self, blueprint: &Blueprint) {
        let blueprint = blueprint.in_the_order_of(&self.blueprint);
        for n in &mut self.neighbourhoods {
            adopt(n, &self.blueprint, &blueprint, self.chance, self.week);
        }
        self.blueprint = blueprint;
    }

    /// Lives one week. Uses the current rayon pool over neighbourhoods.
    pub fn live_one_week(&mut self) -> Happenings {
        let (blueprint, chance, week) = (&self.blueprint, self.chance, self.week);
        self.week += 1;
        let live = |n: &mut Neighbourhood| DESK.with_borrow_mut(|desk| live_one_week(n, blueprint, chance, week, desk));
        if let [only] = self.neighbourhoods.as_mut_slice() {
            return live(only);
        }
        // Counts are whole numbers, so the order of adding does not matter.
        self.neighbourhoods.par_iter_mut().map(live).reduce(Happenings::default, |mut sum, more| {
            sum += more;
            sum
        })
    }
}
