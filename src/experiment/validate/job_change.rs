//! Protocol `job-change`: how many professionals leave, for each year that somebody is in the post.
//!
//! Posts are few, so the burn-in counts too; those with a fixed term, or whose people stay, do not.

use super::sums::Sum;
use crate::model::neighbourhood::professional::Professional;
use crate::model::neighbourhood::resident::YEAR;
use crate::model::world::World;

pub(super) struct JobChange {
    before: f64,
    /// Weeks that posts were filled.
    weeks: f64,
}

fn posts(world: &World) -> impl Iterator<Item = &Professional> {
    let all = world.neighbourhoods().iter().flat_map(|n| &n.professionals);
    all.filter(|post| post.may_leave && post.replaced_every.is_none())
}

fn departures(world: &World) -> f64 {
    posts(world).map(|post| f64::from(post.predecessors)).sum()
}

impl JobChange {
    pub(super) fn begin(world: &World) -> Self {
        Self { before: departures(world), weeks: 0.0 }
    }

    pub(super) fn note(&mut self, world: &World) {
        let week = world.week();
        self.weeks += posts(world).filter(|post| post.period.holds(week) && post.since <= week).count() as f64;
    }

    pub(super) fn end(&self, world: &World) -> Vec<Sum> {
        vec![Sum::of(departures(world) - self.before, self.weeks / f64::from(YEAR))]
    }
}
