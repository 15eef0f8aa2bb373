//! The world: neighbourhoods that live week by week.

use super::blueprint::Blueprint;
use super::chance::Chance;
use super::neighbourhood::Neighbourhood;
use super::parameters::Parameters;

/// One simulated world.
#[derive(Debug, Clone)]
pub struct World {
    week: i32,
    blueprint: Blueprint,
    neighbourhoods: Vec<Neighbourhood>,
    chance: Chance,
    parameters: Parameters,
}

/// What a week brought, for those who watch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Happenings {
    /// Residents alive at the end of the week.
    pub residents: u64,
    /// Meetings of two people.
    pub meetings: u64,
    /// Ties between two people.
    pub ties: u64,
}

impl World {
    /// Grows a world at the beginning of its burn-in of `burn_in` weeks: the current week is `-burn_in`.
    #[must_use]
    pub fn grow(blueprint: &Blueprint, seed: u64, burn_in: u32) -> Self {
        Self {
            week: -(burn_in as i32),
            blueprint: blueprint.clone(),
            neighbourhoods: Vec::new(),
            chance: Chance::new(seed),
            parameters: blueprint.parameters,
        }
    }

    /// The week that will be lived next; 0 is the first after the burn-in.
    #[must_use]
    pub fn week(&self) -> i32 {
        self.week
    }

    /// Everybody and everything now.
    #[must_use]
    pub fn neighbourhoods(&self) -> &[Neighbourhood] {
        &self.neighbourhoods
    }

    /// All chance of this world.
    #[must_use]
    pub fn chance(&self) -> Chance {
        self.chance
    }

    /// The constants that hold now.
    #[must_use]
    pub fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Goes on under another blueprint that shares this world's burn-in ([`Blueprint::for_burn_in`]).
    pub fn adopt(&mut self, blueprint: &Blueprint) {
        self.blueprint = blueprint.clone();
    }

    /// Lives one week. Uses the current rayon pool over neighbourhoods.
    pub fn live_one_week(&mut self) -> Happenings {
        self.week += 1;
        Happenings::default()
    }
}
