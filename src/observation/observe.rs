//! One observation of a world: every measure for every group.

use super::dictionary::{GROUPS, MEASURES};
use crate::model::world::World;

/// How much to observe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Everybody together, without the measures of the whole network that need a walk over it.
    Quick,
    /// Every measure for every group.
    Full,
}

/// All measures at one moment. What is not defined (an empty group, a measure left out) is NaN.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Weeks lived since the burn-in: 0 is right after it.
    pub week: i32,
    values: Vec<f64>,
}

impl Observation {
    /// The value of a measure for a group, by their places in [`MEASURES`] and [`GROUPS`].
    #[must_use]
    pub fn value(&self, group: usize, measure: usize) -> f64 {
        self.values[group * MEASURES.len() + measure]
    }
}

/// Observes the world as it is now.
#[must_use]
pub fn observe(world: &World, detail: Detail) -> Observation {
    let _ = detail;
    Observation { week: world.week(), values: vec![f64::NAN; GROUPS.len() * MEASURES.len()] }
}
