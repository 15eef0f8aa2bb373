//! A professional's post, the person who fills it, and the trust of residents in that person.

use super::ledger::Contract;
use crate::model::blueprint::Period;
use crate::model::quantities::Role;

/// A post.
#[derive(Debug, Clone, PartialEq)]
pub struct Professional {
    /// Name in the scenario file.
    pub key: String,
    /// The work.
    pub role: Role,
    /// Index of the employer.
    pub employer: usize,
    /// The contract that pays the post, or `None` when the employer does.
    pub contract: Option<Contract>,
    /// Working hours a week here.
    pub hours: f32,
    /// Part of the hours for looking people up.
    pub outreach: f32,
    /// Index of the place where the other hours with residents are spent, if it is one place.
    pub place: Option<usize>,
    /// A fixed term after which another person takes over, weeks.
    pub replaced_every: Option<u32>,
    /// Whether the ordinary job changes hold.
    pub may_leave: bool,
    /// When the post is there.
    pub period: Period,
    /// How many people filled the post before.
    pub predecessors: u32,
    /// Week in which this person started; in the future while the post is vacant.
    pub since: i32,
    /// Hours worked with residents last week.
    pub hours_with_residents: f32,
    /// Residents who know this person, in order of slot.
    pub ties: Vec<LinkingTie>,
}

/// A resident's tie of trust with a professional.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LinkingTie {
    /// Slot of the resident.
    pub resident: u32,
    /// Trust in this professional, `0..=1`.
    pub trust: f32,
}

impl Professional {
    /// Whether somebody does the work this week.
    #[must_use]
    pub fn is_at_work(&self, week: i32) -> bool {
        self.period.holds(week) && self.since <= week && self.contract.is_none_or(|contract| contract.is_paid(week))
    }

    /// A resident's trust in this professional; 0 for strangers.
    #[must_use]
    pub fn trust_of(&self, resident: u32) -> f32 {
        self.ties.binary_search_by_key(&resident, |tie| tie.resident).map_or(0.0, |place| self.ties[place].trust)
    }
}
