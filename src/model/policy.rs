//! What a policy may change: opportunities, rules, money, people, places. Never an outcome.

use super::blueprint::Period;
use super::quantities::{Cents, Origin, Share, Sphere};
use super::rule::Rule;

/// One policy or shock, and when it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    /// Name in the scenario file.
    pub key: String,
    /// When it holds.
    pub period: Period,
    /// What it does.
    pub measure: PolicyMeasure,
    /// What it costs, in each neighbourhood, if anything.
    pub cost: Option<PolicyCost>,
    /// What must be seen for it to hold, if anything (M54).
    pub when: Option<Rule>,
}

/// What a policy costs, out of the means of who carries it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyCost {
    /// In its first week; a policy that was always there paid it long ago.
    pub once: Cents,
    /// In a year, as long as it holds.
    pub per_year: Cents,
    /// Under which sphere it is reported.
    pub sphere: Sphere,
}

impl Policy {
    /// Whether the burn-in need not know of it.
    #[must_use]
    pub fn starts_later(&self) -> bool {
        self.period.starts_later() || self.when.is_some()
    }

    /// A policy that does this whenever its period holds.
    #[must_use]
    pub fn new(key: &str, period: Period, measure: PolicyMeasure) -> Self {
        Self { key: key.to_owned(), period, measure, cost: None, when: None }
    }
}

/// What a policy does. Indexes point into the blueprint.
#[derive(Debug, Clone, PartialEq)]
pub enum PolicyMeasure {
    /// Vacant homes go to motivated newcomers who promise hours (M43), or to people who need others (M45).
    AllocateHomes {
        /// To whom.
        who: Tenants,
        /// Building, or anywhere.
        building: Option<usize>,
        /// Homes in all.
        homes: u32,
        /// Weeks from the start within which they are given, as evenly as vacancies allow.
        over_weeks: u32,
        /// Hours a month that each promises.
        hours_per_month: f32,
        /// Of motivated tenants: how motivated those selected are, on the scale of the motive to volunteer.
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
    /// Part of the paid care closes; who would have got it is sent to the own network first (M50).
    ShiftCare {
        /// The part that closes.
        share: Share,
    },
    /// Budgets, posts and paid initiatives go to neighbourhoods by need instead of alike (M52).
    Priority {
        /// From 0, alike, to 1, in proportion to need.
        share: Share,
    },
    /// People are asked to join in (M34).
    AskCampaign {
        /// How they are asked.
        way: AskWay,
        /// Asks a week.
        asks_per_week: f32,
        /// Share of the asks that go to people who visit nothing (M37).
        to_unreached: Share,
        /// In what words (M36).
        words: AskWords,
    },
    /// Community builders care for volunteers, in hours that they then do not have for others (M38).
    CareForVolunteers {
        /// Share of the volunteers who are trained.
        training: Share,
        /// Share of the volunteers who are thanked and noticed.
        recognition: Share,
        /// Share of those who join who are matched to a task that fits their interests, walk and time.
        matching: Share,
        /// Hours of community builders for each volunteer in a year when all three are in full.
        hours_per_year: f32,
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
    /// Homes become comfortable and cheap to heat, so that households have money left (M5).
    ImproveHomes {
        /// Building, or all.
        building: Option<usize>,
        /// Part of the households for whom this ends the difficulty to make ends meet, if they had it.
        households: Share,
    },
    /// Streets, squares and entrances are this inviting (M5, M11, M48).
    PublicSpace {
        /// How inviting.
        inviting: Share,
    },
    /// Lessons for residents who find it hard to find their way (M5, M22).
    Course {
        /// People in the class.
        places: u32,
        /// Weeks that a class lasts, after which another begins.
        weeks: u32,
    },
    /// Indoor places and activities close and people keep their distance (M47).
    Lockdown {
        /// How strict: 1 closes everything.
        strength: Share,
    },
    /// Households arrive at once: in a building of their own, or in homes as they fall vacant and then before the
    /// ordinary queue (M47).
    Arrivals {
        /// Building that is for them, or anywhere.
        building: Option<usize>,
        /// How many households.
        households: u32,
        /// Their origin.
        origin: Origin,
    },
    /// Another part of the food on offer around school and sport is healthy (M49).
    HealthyFood {
        /// The part.
        share: Share,
    },
    /// Stories of the neighbourhood are told outside (M57).
    TellStories {
        /// How widely: 1 reaches everybody who might come to live here.
        strength: Share,
    },
    /// A place closes.
    ClosePlace {
        /// The place.
        place: usize,
    },
    /// Organisers stop with an initiative in the first week of the policy (M10).
    OrganisersLeave {
        /// The initiative.
        initiative: usize,
        /// Which part of them.
        share: Share,
    },
    /// Activities for one group admit everybody (M15).
    OpenToAll {
        /// The initiative, or all of them.
        initiative: Option<usize>,
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
    },
    /// A parameter has another value.
    Adjust {
        /// `group.name`.
        parameter: &'static str,
        /// Multiplied by this.
        times: f32,
        /// And by this again for each year since the policy began.
        times_per_year: f32,
    },
}

/// Who is given a home.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tenants {
    /// Carrying tenants: motivated, and with hours promised.
    Motivated,
    /// Asking tenants: alone, short of money, limited by their health, with little own direction.
    Vulnerable,
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

/// In what words people are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AskWords {
    /// As neighbours ask each other.
    Plain,
    /// As a client, of what somebody lacks.
    Client,
    /// For what somebody is good at.
    Talents,
}
