//! 1. Which rules hold this week.
//!
//! * **What** policies and shocks set rules, open and close places, change regimes and posts.
//! * **Equation** a parameter's value is its default times every adjustment that holds.
//! * **Reads and changes** reads the blueprint; changes places, buildings, posts and regimes.
//! * **Draws** none.
//! * **Source** M1, M2, M7, M18, M27-M32, M34, M43, M47.

use crate::model::parameters::{Mechanisms, Parameters};
use crate::model::policy::{AskWay, Spread};
use crate::model::quantities::Origin;

/// The rules of one week: all that a submodel needs to know of policies.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Constants, adjusted.
    pub parameters: Parameters,
    /// Switches.
    pub mechanisms: Mechanisms,
    /// How strictly people must keep apart, `0..=1`.
    pub lockdown: f32,
    /// Campaigns that ask people.
    pub campaigns: Vec<Campaign>,
    /// Homes to allocate.
    pub allocations: Vec<Allocation>,
    /// Households that arrive at once.
    pub arrivals: Vec<Arrivals>,
}

/// A campaign that asks people to join.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Campaign {
    /// Number of the policy, for its draws.
    pub policy: usize,
    /// How people are asked.
    pub way: AskWay,
    /// Asks a week.
    pub asks_per_week: f32,
    /// Share of the asks for people who visit nothing.
    pub to_unreached: f32,
}

/// Vacant homes for motivated newcomers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Allocation {
    /// Number of the policy, index in `given_homes`.
    pub policy: usize,
    /// Building, or anywhere.
    pub building: Option<usize>,
    /// Homes that should have been given by the end of this week.
    pub due: u32,
    /// Hours a month that each promises.
    pub hours_per_month: f32,
    /// Motive of those selected.
    pub motive: f32,
    /// Where.
    pub spread: Spread,
}

/// Households that arrive at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrivals {
    /// Number of the policy, index in `arrived`.
    pub policy: usize,
    /// How many households in all.
    pub households: u32,
    /// Their origin.
    pub origin: Origin,
}
