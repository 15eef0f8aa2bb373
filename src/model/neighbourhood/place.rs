//! A meeting place, and who comes there.

use crate::model::blueprint::PlacePlan;

/// A meeting place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// What it is on paper.
    pub plan: PlacePlan,
    /// Whether it is open this week.
    pub open: bool,
    /// Visits last week.
    pub visits: u32,
    /// Part of recent visits by each origin group; adds up to one once somebody came.
    pub origin_shares: [f32; 3],
    /// How far recent visitors of the largest group are acquainted with each other: how closed it is, `0..=1`.
    pub closedness: f32,
    /// Part of the opening hours that a professional is there this week, `0..=1`.
    pub presence: f32,
}

impl Place {
    /// A place nobody has visited yet.
    #[must_use]
    pub fn new(plan: PlacePlan) -> Self {
        Self { plan, open: false, visits: 0, origin_shares: [1.0 / 3.0; 3], closedness: 0.0, presence: 0.0 }
    }

    /// Visits a week for which there is room: people at one time, times visits of two hours that fit in the opening hours.
    #[must_use]
    pub fn room(&self) -> f32 {
        self.plan.capacity * (self.plan.hours / 2.0).max(1.0)
    }
}
