//! What a world is grown from: composition of the population, buildings, places, initiatives, organisations, money.
//!
//! A blueprint is trusted: shares add up to one, references point at something, numbers lie in range. The scenario
//! layer makes it from a file and refuses everything else; the model never checks again.

mod districts;
mod order;

use super::parameters::{Mechanisms, Parameters};
use super::policy::Policy;
use super::quantities::{
    Activities, ActivityKind, BuildingForm, Cents, Offers, OrganisationKind, Origin, PlaceKind, Role, Share, Sphere,
    Target, Tenure,
};

pub use districts::Portion;

/// Everything the model needs to grow and live one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Blueprint {
    /// Neighbourhoods that are alike on paper and grown apart by chance: 1 for a study, more for benchmarks. Of each
    /// district, if there are any.
    pub copies: u32,
    /// Who lives here.
    pub composition: Composition,
    /// Neighbourhoods that differ, each on a paper of its own; none: all are alike and as this says. With districts, what
    /// stands here beside policies, constants and switches says nothing of any of them.
    pub districts: Vec<DistrictPlan>,
    /// How far budgets, posts and paid initiatives follow the need of a neighbourhood: from alike to in proportion (M52).
    pub priority_to_need: Share,
    /// How that drifts from year to year, whatever the policy.
    pub trends: Trends,
    /// Where they live, at least one building.
    pub buildings: Vec<BuildingPlan>,
    /// How inviting streets, squares and shared entrances are.
    pub public_space: Share,
    /// Addresses in a square kilometre around: how many strangers pass by.
    pub addresses: f32,
    /// Part of the food on offer around school and sport that is healthy (M49).
    pub healthy_food: Share,
    /// Meeting places.
    pub places: Vec<PlacePlan>,
    /// Organisations that employ, host and fund.
    pub organisations: Vec<OrganisationPlan>,
    /// Grants, each with its regime.
    pub grants: Vec<GrantPlan>,
    /// Professionals.
    pub professionals: Vec<ProfessionalPlan>,
    /// Initiatives that exist, or will.
    pub initiatives: Vec<InitiativePlan>,
    /// What policies do, and when.
    pub policies: Vec<Policy>,
    /// Every constant.
    pub parameters: Parameters,
    /// Every switch.
    pub mechanisms: Mechanisms,
}

/// When something is there, in weeks; week 0 is the first after the burn-in, which has negative weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// First week, or always been there.
    pub from: Option<i32>,
    /// First week that it is no longer there, or for good.
    pub until: Option<i32>,
}

impl Period {
    /// Whether `week` falls inside.
    #[must_use]
    pub fn holds(self, week: i32) -> bool {
        self.from.is_none_or(|from| week >= from) && self.until.is_none_or(|until| week < until)
    }

    /// Whether it lies wholly after the burn-in, so that the burn-in need not know of it.
    #[must_use]
    pub fn starts_later(self) -> bool {
        self.from.is_some_and(|from| from >= 0)
    }
}

/// The make-up of the population; each list of shares adds up to one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Composition {
    /// People under 15, 15-24, 25-44, 45-64, 65 and over.
    pub ages: [Share; 5],
    /// People who are women.
    pub women: Share,
    /// Households of one person, couples without children, couples with children, single parents.
    pub households: [Share; 4],
    /// People in a household on average, if more is asked than follows from ages and types.
    pub household_size: Option<f32>,
    /// Origin of households: Netherlands, Europe, outside Europe.
    pub origins: [Share; 3],
    /// Education of adults: low, middle, high.
    pub education: [Share; 3],
    /// Households that find it (very) difficult to make ends meet.
    pub income_difficulty: Share,
    /// Adults limited by their health.
    pub health_limited: Share,
    /// Adults from outside the Netherlands who do not share the language.
    pub language_barrier: Share,
    /// Adults of 20-66 with paid work.
    pub employed: Share,
    /// Homes that stand empty at the start.
    pub vacant: Share,
    /// Households with kin elsewhere in the neighbourhood.
    pub kin_nearby: Share,
    /// Times the national rate of moving.
    pub moving: f32,
    /// Households from outside Europe that are not registered (M9).
    pub undocumented: Share,
    /// Adults whom everybody knows.
    pub key_figures: KeyFigures,
}

/// A neighbourhood of a town: who lives there, in what, with which places, people and money.
#[derive(Debug, Clone, PartialEq)]
pub struct DistrictPlan {
    /// Name in the scenario file.
    pub key: String,
    /// Where its middle lies in the town: metres to the east and to the north. Those without a place on the map have
    /// nothing to do with each other: nobody moves between them or visits.
    pub at: Option<[f32; 2]>,
    /// All that is said of it. Its constants, switches and trends are those of the whole, its policies have the same names.
    pub blueprint: Blueprint,
}

/// Adults who have a word with everybody and ask people to join, also across groups (M42).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KeyFigures {
    /// As a share of all adults.
    pub share: Share,
    /// The one group that they come from, if they do.
    pub of: Option<Origin>,
}

impl KeyFigures {
    /// There are none.
    pub const NONE: Self = Self { share: Share::NONE, of: None };
}

/// What goes on everywhere from week 0 on (M6); each is a change in a year, and all are 0 by default.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Trends {
    /// Share of newcomers' households that becomes a household of one person.
    pub living_alone: f32,
    /// Part of the moving of older people that no longer happens.
    pub ageing_at_home: f32,
    /// Share of newcomers' households that resemble in origin those on their floor or street.
    pub sorting: f32,
    /// Fall of everybody's own attitude to other groups.
    pub polarisation: f32,
}

impl Trends {
    /// How far they have gone in a week; nowhere before week 0.
    #[must_use]
    pub fn until(self, week: i32) -> Self {
        let years = week.max(0) as f32 / 52.0;
        Self {
            living_alone: (self.living_alone * years).min(1.0),
            ageing_at_home: (self.ageing_at_home * years).min(1.0),
            sorting: (self.sorting * years).min(1.0),
            polarisation: (self.polarisation * years).min(1.0),
        }
    }
}

/// A building, or a row of houses.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildingPlan {
    /// Name in the scenario file.
    pub key: String,
    /// How its homes are put together.
    pub form: BuildingForm,
    /// Number of homes, at least 1.
    pub homes: u32,
    /// Floors with homes, at least 1; for houses 1.
    pub floors: u32,
    /// Shared entrances, at least 1; for houses the number of streets.
    pub entrances: u32,
    /// Place on the map, metres.
    pub x: f32,
    /// Place on the map, metres.
    pub y: f32,
    /// Who may call the homes theirs.
    pub tenure: Tenure,
    /// When it is there; nobody lives there before or after.
    pub period: Period,
}

/// A meeting place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacePlan {
    /// Name in the scenario file.
    pub key: String,
    /// What sort.
    pub kind: PlaceKind,
    /// Metres.
    pub x: f32,
    /// Metres.
    pub y: f32,
    /// People who fit at one time.
    pub capacity: f32,
    /// Opening hours a week; 0 is closed.
    pub hours: f32,
    /// Euros a visit.
    pub cost: f32,
    /// Rooms, so activities that can go on at one time.
    pub rooms: u32,
    /// From wholly informal to wholly formal.
    pub formality: Share,
    /// Meetings a visit, against an ordinary place.
    pub intensity: f32,
    /// What stands between a person and the door: referral, registration.
    pub threshold: Share,
    /// Under a roof.
    pub indoor: bool,
    /// Run as a business.
    pub commercial: bool,
    /// Support that its own people offer.
    pub offers: Offers,
    /// How much each origin group feels at home: Netherlands, Europe, outside Europe; 1 is ordinary.
    pub welcome: [f32; 3],
    /// How much each age feels at home: under 15, 15-24, 25-44, 45-64, 65 and over; 1 is ordinary.
    pub ages: [f32; 5],
    /// When it is there.
    pub period: Period,
}

/// An organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct OrganisationPlan {
    /// Name in the scenario file.
    pub key: String,
    /// What sort.
    pub kind: OrganisationKind,
    /// How well it knows the other organisations, so that a referral arrives.
    pub knows_others: Share,
}

/// A budget with its rules.
#[derive(Debug, Clone, PartialEq)]
pub struct GrantPlan {
    /// Name in the scenario file.
    pub key: String,
    /// Under which sphere it is reported.
    pub sphere: Sphere,
    /// What it has to give in a year.
    pub per_year: Cents,
    /// The rules under which it gives.
    pub regime: Regime,
}

/// The rules of a grant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Regime {
    /// Length of a contract, weeks.
    pub contract_weeks: u32,
    /// Weeks without money between a contract that was not renewed in time and the next.
    pub gap_weeks: u32,
    /// Chance that the next contract follows without a gap.
    pub renewal: Share,
    /// Hours that an application takes.
    pub application_hours: f32,
    /// Hours of accounting a week, per recipient.
    pub accounting_hours: f32,
    /// Hours of accounting for each 1,000 euros paid, on top of that (M26).
    pub accounting_per_1000: f32,
    /// How formal the money makes what it pays.
    pub formality: Share,
    /// Which activities of initiatives it may pay; posts it pays in any case (M31).
    pub pays: Activities,
}

/// A professional's post.
#[derive(Debug, Clone, PartialEq)]
pub struct ProfessionalPlan {
    /// Name in the scenario file.
    pub key: String,
    /// The work.
    pub role: Role,
    /// Index of the employer among the organisations.
    pub employer: usize,
    /// Index of the grant that pays, if not the employer itself.
    pub grant: Option<usize>,
    /// Working hours a week in this neighbourhood.
    pub hours: f32,
    /// Part of the hours spent on looking people up who do not come by themselves.
    pub outreach: Share,
    /// Index of the place where the other hours with residents are spent, if it is one place.
    pub place: Option<usize>,
    /// A fixed term after which another person takes the post, if any: weeks.
    pub replaced_every: Option<u32>,
    /// Whether the person leaves by the ordinary job changes of the field.
    pub may_leave: bool,
    /// When the post is there.
    pub period: Period,
}

/// An initiative of residents.
#[derive(Debug, Clone, PartialEq)]
pub struct InitiativePlan {
    /// Name in the scenario file.
    pub key: String,
    /// What people do together.
    pub activity: ActivityKind,
    /// For whom.
    pub target: Target,
    /// Index of the place among the places.
    pub place: usize,
    /// Residents who pull it.
    pub organisers: u32,
    /// Part of the decisions that residents take themselves; the rest an institution takes.
    pub residents_lead: Share,
    /// Hours of volunteers that it needs in a week.
    pub hours_needed: f32,
    /// Sessions a week.
    pub sessions: f32,
    /// People a session has room for.
    pub capacity: f32,
    /// From wholly informal to wholly formal.
    pub formality: Share,
    /// Index of the grant that pays, if any.
    pub grant: Option<usize>,
    /// What it costs in a year.
    pub per_year: Cents,
    /// Paid hours a week that do what volunteers else would.
    pub paid_hours: f32,
    /// When it is there.
    pub period: Period,
}

impl Blueprint {
    /// Homes in one copy of the neighbourhood.
    #[must_use]
    pub fn homes(&self) -> u32 {
        self.buildings.iter().map(|building| building.homes).sum()
    }
}
