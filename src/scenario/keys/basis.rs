//! Keys of the social base: places, organisations, grants, professionals, initiatives.

use super::Kind::{Choice, Choices, Flag, Number, Reference, Table, Whole};
use super::Presence::{ByKind, Default, Optional, Required};
use super::{
    CONTRACT_WEEKS, ENABLED, EUROS, FROM, Field, GAP_WEEKS, HOURS, HOURS_PER_1000_EUROS, METRES, SHARE, Scalar,
    Section, TIMES, UNTIL, WEEK_HOURS, WEEKS, field, words,
};
use crate::model::quantities::{ActivityKind, OrganisationKind, PlaceKind, Role, Sphere, Support, Target};

pub(in crate::scenario) const PLACE: &[Field] = &[
    ENABLED,
    field(
        "kind",
        Choice(|| words(PlaceKind::ALL, PlaceKind::key)),
        Required,
        "What sort of place; brings defaults along",
    ),
    field("x_metres", METRES, Required, "Place on the map, to the east"),
    field("y_metres", METRES, Required, "Place on the map, to the north"),
    field("capacity_people", Number(1.0, 100_000.0), ByKind, "People who fit at one time"),
    field("hours_per_week", WEEK_HOURS, ByKind, "Opening hours"),
    field("cost_euros_per_visit", Number(0.0, 1000.0), ByKind, "Price of a visit"),
    field("rooms", Whole(1, 100), ByKind, "Rooms, so activities that can go on at one time"),
    field("formality_share", SHARE, ByKind, "From 0, wholly informal, to 1, wholly formal"),
    field("intensity_times", TIMES, ByKind, "Meetings a visit, against an ordinary place"),
    field("threshold_share", SHARE, ByKind, "What stands between a person and the door: referral, registration"),
    field("indoor", Flag, ByKind, "Under a roof"),
    field("commercial", Flag, ByKind, "Run as a business"),
    field("offers", Choices(|| words(Support::ALL, Support::key)), ByKind, "Support that its own people offer"),
    FROM,
    UNTIL,
    field("welcome_times", Table(WELCOME), ByKind, "How much each origin group feels at home; 1 is ordinary"),
    field("ages_times", Table(WELCOME_AGES), ByKind, "How much each age feels at home; 1 is ordinary"),
];

/// Welcome by origin, in the order of the blueprint.
pub(in crate::scenario) const WELCOME: &[Field] = &[
    field("netherlands", TIMES, ByKind, "Origin Netherlands"),
    field("europe", TIMES, ByKind, "Origin elsewhere in Europe"),
    field("outside_europe", TIMES, ByKind, "Origin outside Europe"),
];

/// Welcome by age, in the order of the blueprint.
pub(in crate::scenario) const WELCOME_AGES: &[Field] = &[
    field("under_15", TIMES, ByKind, "Under 15"),
    field("age_15_to_24", TIMES, ByKind, "15 to 24"),
    field("age_25_to_44", TIMES, ByKind, "25 to 44"),
    field("age_45_to_64", TIMES, ByKind, "45 to 64"),
    field("age_65_and_over", TIMES, ByKind, "65 and over"),
];

pub(in crate::scenario) const ORGANISATION: &[Field] = &[
    ENABLED,
    field(
        "kind",
        Choice(|| words(OrganisationKind::ALL, OrganisationKind::key)),
        Required,
        "What sort of organisation",
    ),
    field(
        "knows_others_share",
        SHARE,
        Default(Scalar::Number(0.5)),
        "How well it knows the other organisations, so that a referral arrives",
    ),
];

pub(in crate::scenario) const GRANT: &[Field] = &[
    ENABLED,
    field("sphere", Choice(|| words(Sphere::ALL, Sphere::key)), Required, "Under which sphere it is reported"),
    field("euros_per_year", EUROS, Required, "What it has to give in a year"),
    field("contract_weeks", CONTRACT_WEEKS, Required, "Length of a contract"),
    field(
        "gap_weeks",
        GAP_WEEKS,
        Default(Scalar::Whole(8)),
        "Weeks without money when a contract is not renewed in time",
    ),
    field("renewal_share", SHARE, Default(Scalar::Number(0.7)), "Chance that the next contract follows without a gap"),
    field("application_hours", HOURS, Default(Scalar::Number(40.0)), "Hours that an application takes"),
    field("accounting_hours_per_week", WEEK_HOURS, Default(Scalar::Number(1.0)), "Hours of accounting, per recipient"),
    field(
        "accounting_hours_per_1000_euros",
        HOURS_PER_1000_EUROS,
        Default(Scalar::Number(0.0)),
        "Hours of accounting for each 1,000 euros paid, on top of those a week",
    ),
    field("formality_share", SHARE, Default(Scalar::Number(0.4)), "How formal the money makes what it pays"),
    field(
        "pays",
        Choices(|| words(ActivityKind::ALL, ActivityKind::key)),
        Optional,
        "Activities of initiatives that it may pay; absent: any. Initiatives without money apply for what is left",
    ),
];

pub(in crate::scenario) const PROFESSIONAL: &[Field] = &[
    ENABLED,
    field("role", Choice(|| words(Role::ALL, Role::key)), Required, "The work"),
    field("employer", Reference(Section::Organisations), Required, "Organisation that employs"),
    field("grant", Reference(Section::Grants), Optional, "Grant that pays; absent: the employer itself"),
    field("hours_per_week", WEEK_HOURS, Required, "Working hours in this neighbourhood"),
    field("outreach_share", SHARE, Default(Scalar::Number(0.3)), "Part of the hours spent on looking people up"),
    field(
        "place",
        Reference(Section::Places),
        Optional,
        "Place where the other hours with residents are spent; absent: all over the neighbourhood",
    ),
    field("replaced_every_weeks", WEEKS, Optional, "Fixed term after which another takes the post; absent: none"),
    field("may_leave", Flag, Default(Scalar::Flag(true)), "Whether the person leaves by the ordinary job changes"),
    FROM,
    UNTIL,
];

pub(in crate::scenario) const INITIATIVE: &[Field] = &[
    ENABLED,
    field("activity", Choice(|| words(ActivityKind::ALL, ActivityKind::key)), Required, "What people do together"),
    field("target", Choice(|| words(Target::ALL, Target::key)), Default(Scalar::Text("open")), "For whom"),
    field("place", Reference(Section::Places), Required, "Where"),
    field("organisers", Whole(0, 1000), Default(Scalar::Whole(2)), "Residents who pull it"),
    field(
        "residents_lead_share",
        SHARE,
        Default(Scalar::Number(1.0)),
        "Part of the decisions that residents take themselves; the rest an institution takes, which arranges part of it",
    ),
    field("volunteer_hours_per_week", HOURS, Required, "Hours of volunteers that it needs"),
    field("sessions_per_week", Number(0.01, 100.0), Default(Scalar::Number(1.0)), "Sessions"),
    field("capacity_people", Number(1.0, 100_000.0), Default(Scalar::Number(20.0)), "People a session has room for"),
    field("formality_share", SHARE, Default(Scalar::Number(0.2)), "From 0, wholly informal, to 1, wholly formal"),
    field("grant", Reference(Section::Grants), Optional, "Grant that pays; absent: none"),
    field("euros_per_year", EUROS, Default(Scalar::Number(0.0)), "What it costs"),
    field("paid_hours_per_week", HOURS, Default(Scalar::Number(0.0)), "Paid hours that do what volunteers else would"),
    FROM,
    UNTIL,
];
