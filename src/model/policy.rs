//! What a policy may change: opportunities, rules, money, people, places. Never an outcome.

use super::blueprint::Period;
use super::quantities::{Cents, Origin, Share};

/// One policy or shock, and when it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Name in the scenario file.
    pub key: String,
    /// When it holds.
    pub period: Period,
    /// What it does.
    pub measure: PolicyMeasure,
}

impl Policy {
    /// A policy that does this whenever its period holds.
    #[must_use]
    pub fn new(key: &str, period: Period, measure: PolicyMeasure) -> Self {
        Self { key: key.to_owned(), period, measure }
    }
}

/// What a policy does. Indexes point into the blueprint.
#[derive(Debug, Clone, PartialEq)]
pub enum PolicyMeasure {
    /// Vacant homes go to motivated newcomers who promise hours (M43).
    AllocateHomes {
        /// Building, or anywhere.
        building: Option<usize>,
        /// Homes in all.
        homes: u32,
        /// Weeks from the start within which they are given, as evenly as vacancies allow.
        over_weeks: u32,
        /// Hours a month that each promises.
        hours_per_month: f32,
        /// How motivated those selected are, on the scale of the motive to volunteer.
        motive: Share,
        /// Where in the building.
        spread: Spread,
    },
    /// Another regime for a grant; what is `None` stays as it was (M27, M28).
    ChangeGrant {
        /// The grant.
        grant: usize,
        /// The new rules.
        regime: super::blueprint::Regime,
    },
    /// People are asked to join in (M34).
    AskCampaign {
        /// How they are asked.
        way: AskWay,
        /// Asks a week.
        asks_per_week: f32,
        /// Share of the asks that go to people who visit nothing (M37).
        to_unreached: Share,
    },
    /// A building is unsafe, under renovation, or made more inviting (M11, M47).
    Rebuild {
        /// The building.
        building: usize,
        /// Encounters around its homes, times the ordinary number.
        encounters: f32,
        /// Extra leaving of households, times the ordinary rate.
        leaving: f32,
    },
    /// Indoor places and activities close and people keep their distance (M47).
    Lockdown {
        /// How strict: 1 closes everything.
        strength: Share,
    },
    /// Households arrive at once, in homes as they fall vacant and then before the ordinary queue (M47).
    Arrivals {
        /// How many households.
        households: u32,
        /// Their origin.
        origin: Origin,
    },
    /// A place closes.
    ClosePlace {
        /// The place.
        place: usize,
    },
    /// A professional's post gets another person every so many weeks, or keeps the same one (M29).
    WorkerTenure {
        /// The post.
        professional: usize,
        /// Weeks, or never.
        replaced_every: Option<u32>,
        /// Whether the ordinary job changes of the field hold.
        may_leave: bool,
    },
    /// Another organisation takes over: in the first week of the policy all professionals are replaced at once (M30).
    ChangeProvider {
        /// The organisation that loses the contract.
        organisation: usize,
    },
    /// Organisations, professionals and initiatives meet to get to know each other (M23).
    Introductions {
        /// Hours a month of each professional.
        hours_per_month: f32,
    },
    /// Who decides in initiatives (M24).
    HandOver {
        /// The initiative, or every one.
        initiative: Option<usize>,
        /// Part of the decisions that residents take themselves.
        residents_lead: Share,
    },
    /// Residents are told what there is already that fits them (M53).
    SocialMap {
        /// Residents a week who are told of one setting.
        residents_per_week: f32,
        /// Whether professionals use the map as well.
        professionals_too: bool,
        /// What it costs in a year, from institutions' own means.
        per_year: Cents,
    },
    /// A parameter has another value.
    Adjust {
        /// `group.name`.
        parameter: &'static str,
        /// Multiplied by this.
        times: f32,
    },
}

/// Where in a building allocated homes lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// Wherever a home falls vacant.
    Anywhere,
    /// As close together as vacancies allow.
    Together,
    /// As far apart as vacancies allow.
    Apart,
}

/// How people are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AskWay {
    /// In person, by somebody who knows them.
    Personal,
    /// In person, by residents with many and varied ties.
    KeyFigures,
    /// Leaflets and posters.
    Leaflet,
}
