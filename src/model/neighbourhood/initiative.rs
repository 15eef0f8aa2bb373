//! An initiative of residents: what it does, who carries it, who pays.

use super::ledger::Contract;
use super::resident::Traits;
use crate::model::blueprint::Period;
use crate::model::quantities::{ActivityKind, Cents, Target};

/// An initiative.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact about an initiative, in any combination")]
#[derive(Debug, Clone, PartialEq)]
pub struct Initiative {
    /// Name in the scenario file, or "founded" for those founded on the way.
    pub key: String,
    /// What people do together.
    pub activity: ActivityKind,
    /// For whom.
    pub target: Target,
    /// Whether a policy has it admit everybody this week.
    pub open_to_all: bool,
    /// Part of recent visitors who belong to the group it is for, volunteers left out; stays 1 while only they come.
    pub own_share: f32,
    /// Index of its place.
    pub place: usize,
    /// Hours of volunteers it needs in a week.
    pub hours_needed: f32,
    /// Sessions a week.
    pub sessions: f32,
    /// People a session has room for.
    pub capacity: f32,
    /// From wholly informal to wholly formal, its grant's included.
    pub formality: f32,
    /// What it costs in a year, on paper.
    pub per_year: Cents,
    /// Whether it was set up with its money; one that residents found has to apply for it and can go on without.
    pub planned: bool,
    /// Its size against that on paper, for one that is paid in a place with priority (M52).
    pub scale: f32,
    /// Paid hours a week that do what volunteers else would.
    pub paid_hours: f32,
    /// Residents who pull it when it starts.
    pub pullers: u32,
    /// Part of the decisions that residents take themselves, `0..=1`; the rest an institution takes.
    pub residents_lead: f32,
    /// How well its people and the municipality know each other, `0..=1`.
    pub relation: f32,
    /// When it may exist.
    pub period: Period,
    /// The contract that pays it, if any.
    pub contract: Option<Contract>,
    /// Week of its founding.
    pub founded: i32,
    /// Week of its end, or `None` while it lives.
    pub ended: Option<i32>,
    /// Whether its time has come.
    pub started: bool,
    /// Whether this week's money came in, or none is needed.
    pub paid: bool,
    /// Hours of volunteers that went into paperwork this week.
    pub paperwork: f32,
    /// Residents who organise it now.
    pub organisers: u32,
    /// Volunteers now, organisers included.
    pub volunteers: u32,
    /// Volunteer hours given last week, paperwork taken off.
    pub hours: f32,
    /// Weeks running in which it had no organiser, or under a third of the hours needed.
    pub weeks_short: u32,
    /// Visitors last week.
    pub visits: u32,
    /// Part of the sessions that can be held with the hours there are, `0..=1`.
    pub strength: f32,
    /// What people say of it, `0..=1`.
    pub reputation: f32,
}

impl Initiative {
    /// Whether it can be visited and joined.
    #[inline]
    #[must_use]
    pub fn is_alive(&self) -> bool {
        self.started && self.ended.is_none()
    }

    /// Whether it lets somebody in as a visitor.
    #[inline]
    #[must_use]
    pub fn admits(&self, traits: &Traits, week: i32) -> bool {
        self.open_to_all || traits.belongs_to(self.target, week)
    }

    /// People at one session, as of last week.
    #[inline]
    #[must_use]
    pub fn gathering(&self) -> f32 {
        self.visits as f32 / self.sessions.max(0.01)
    }

    /// Whether it wants more hands.
    #[inline]
    #[must_use]
    pub fn is_short(&self) -> bool {
        self.is_alive() && self.hours + self.paid_hours < self.hours_needed
    }
}
