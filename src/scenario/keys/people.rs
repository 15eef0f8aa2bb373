//! Keys of the study, the time, the neighbourhood, who lives there and in what.

use super::Kind::{Choice, Number, Open, Shares, Table, Text, Whole};
use super::Presence::{ByKind, Default, Optional, Required};
use super::{ENABLED, Field, METRES, MOST_WEEKS, SHARE, Scalar, TIMES, WEEKS, field, words};
use crate::model::quantities::{BuildingForm, Origin, Tenure};

pub(in crate::scenario) const WORDS: &[Field] =
    &[field("nl", Text, Required, "In Dutch"), field("en", Text, Required, "In English")];

pub(in crate::scenario) const STUDY: &[Field] = &[
    field("title", Table(WORDS), Optional, "Title of the study; absent: the name of the folder"),
    field("question", Table(WORDS), Optional, "The question that the study answers"),
];

pub(in crate::scenario) const TIME: &[Field] = &[
    field("weeks", WEEKS, Default(Scalar::Whole(104)), "Weeks after the burn-in"),
    field(
        "burn_in_weeks",
        Whole(0, MOST_WEEKS),
        Default(Scalar::Whole(104)),
        "Weeks lived before week 0, so that ties are old enough",
    ),
    field("replications", Whole(1, 100_000), Default(Scalar::Whole(20)), "How often, each time with other luck"),
    field("seed", Whole(0, i64::MAX), Default(Scalar::Whole(1)), "Seed of all chance"),
];

/// Prices; those of who is paid have the range of their parameter.
pub(in crate::scenario) const UNIT_COSTS: &[Field] = &[
    field(
        "professional_euros_per_hour",
        Number(1.0, 300.0),
        Optional,
        "An hour of a professional; absent: the parameter funding.euros_per_hour",
    ),
    field(
        "paid_care_euros_per_hour",
        Number(0.0, 300.0),
        Optional,
        "An hour of paid care; absent: the parameter help.care_euros_per_hour",
    ),
    field(
        "volunteer_euros_per_hour",
        Number(0.0, 300.0),
        Optional,
        "What an hour of a volunteer is worth, read from the baseline; absent: not counted among the costs",
    ),
];

pub(in crate::scenario) const NEIGHBOURHOOD: &[Field] = &[
    field(
        "copies",
        Whole(1, 100_000),
        Default(Scalar::Whole(1)),
        "Neighbourhoods alike on paper, grown apart by chance; of each district, if there are any",
    ),
    field(
        "priority_to_need_share",
        SHARE,
        Default(Scalar::Number(0.0)),
        "How far budgets, posts and paid initiatives follow the need of a district: 0 is alike, 1 in proportion to \
         households with income difficulty and adults limited by their health",
    ),
    field("public_space_share", SHARE, Default(Scalar::Number(0.5)), "How inviting streets, squares and entrances are"),
    field(
        "addresses_per_square_kilometre",
        Number(0.0, 100_000.0),
        Default(Scalar::Number(2000.0)),
        "Addresses within a kilometre or so, by which strangers pass and nuisance comes; absent: about the Dutch mean",
    ),
    field(
        "healthy_food_share",
        SHARE,
        Default(Scalar::Number(0.0)),
        "Part of the food on offer around school and sport that is healthy",
    ),
    field("moving_times_national", TIMES, Default(Scalar::Number(1.0)), "Moving, times the national rate"),
    field("vacant_share", SHARE, Default(Scalar::Number(0.02)), "Homes that stand empty at the start"),
    field(
        "kin_nearby_share",
        SHARE,
        Default(Scalar::Number(0.2)),
        "Households with kin elsewhere in the neighbourhood",
    ),
];

pub(in crate::scenario) const COMPOSITION: &[Field] = &[
    field("income_difficulty_share", SHARE, Required, "Households that find it (very) difficult to make ends meet"),
    field("health_limited_share", SHARE, Required, "Adults limited by their health"),
    field(
        "language_barrier_share",
        SHARE,
        Required,
        "Adults from outside the Netherlands who do not share the language",
    ),
    field("employed_share", SHARE, Required, "Adults of 20-66 with paid work"),
    field(
        "people_per_household",
        Number(1.0, 8.0),
        Optional,
        "Mean size of a household; grown children live with their parents longer or shorter to come near it; absent: what \
         follows from ages and sorts of household",
    ),
    field("women_share", SHARE, Default(Scalar::Number(0.5)), "People who are women"),
    field(
        "undocumented_share",
        SHARE,
        Default(Scalar::Number(0.0)),
        "Households from outside Europe that are not registered; they find it hard to make ends meet",
    ),
    field(
        "key_figures_share",
        SHARE,
        Default(Scalar::Number(0.0)),
        "Adults who have a word with everybody and ask people to join, also across groups",
    ),
    field(
        "key_figures_of",
        Choice(|| words(Origin::ALL, Origin::key)),
        Optional,
        "The one origin group that all key figures come from; absent: any",
    ),
    field("ages", Shares(AGES), Required, "People by age"),
    field("households", Shares(HOUSEHOLDS), Required, "Households by sort"),
    field("origins", Shares(ORIGINS), Required, "Households by origin"),
    field("education", Shares(EDUCATION), Required, "Adults by highest completed education"),
];

/// What a district may say of itself: a position, and any section of a neighbourhood, whose keys are checked where they are
/// laid over what is said of all.
pub(in crate::scenario) const DISTRICT: &[Field] = &[
    ENABLED,
    field("title", Table(WORDS), Optional, "Name of the neighbourhood"),
    field("description", Table(WORDS), Optional, "What it is"),
    field(
        "extends",
        Text,
        Optional,
        "A neighbourhood file in this folder or in one below it, over which the rest is laid, such as \
         \"neighbourhoods/BU01234567.toml\"",
    ),
    field("x_metres", METRES, Optional, "Place of its middle in the town, to the east; absent: it lies apart"),
    field("y_metres", METRES, Optional, "Place of its middle in the town, to the north"),
    field("neighbourhood", Open, Optional, "As for a neighbourhood"),
    field("composition", Open, Optional, "As for a neighbourhood"),
    field("buildings", Open, Optional, "As for a neighbourhood"),
    field("places", Open, Optional, "As for a neighbourhood"),
    field("organisations", Open, Optional, "As for a neighbourhood"),
    field("grants", Open, Optional, "As for a neighbourhood"),
    field("professionals", Open, Optional, "As for a neighbourhood"),
    field("initiatives", Open, Optional, "As for a neighbourhood"),
];

pub(in crate::scenario) const TRENDS: &[Field] = &[
    field(
        "living_alone_per_year",
        SHARE,
        Default(Scalar::Number(0.0)),
        "Share of newcomers' households that becomes a household of one person, more each year",
    ),
    field(
        "ageing_at_home_per_year",
        SHARE,
        Default(Scalar::Number(0.0)),
        "Part of the moving of people of 65 and over that no longer happens, more each year",
    ),
    field(
        "sorting_per_year",
        SHARE,
        Default(Scalar::Number(0.0)),
        "Share of newcomers' households that resemble in origin those on their floor or street, more each year",
    ),
    field(
        "polarisation_per_year",
        SHARE,
        Default(Scalar::Number(0.0)),
        "Fall of everybody's own attitude to other groups on its scale of 0 to 1, more each year",
    ),
];

/// Ages, in the order of the blueprint.
pub(in crate::scenario) const AGES: &[Field] = &[
    field("under_15_share", SHARE, Required, "People under 15"),
    field("age_15_to_24_share", SHARE, Required, "People of 15 to 24"),
    field("age_25_to_44_share", SHARE, Required, "People of 25 to 44"),
    field("age_45_to_64_share", SHARE, Required, "People of 45 to 64"),
    field("age_65_and_over_share", SHARE, Required, "People of 65 and over"),
];

/// Households, in the order of the blueprint.
pub(in crate::scenario) const HOUSEHOLDS: &[Field] = &[
    field("one_person_share", SHARE, Required, "Households of one person"),
    field("couple_share", SHARE, Required, "Couples without children"),
    field("couple_with_children_share", SHARE, Required, "Couples with children"),
    field("single_parent_share", SHARE, Required, "Single parents"),
];

/// Origins, in the order of the blueprint.
pub(in crate::scenario) const ORIGINS: &[Field] = &[
    field("netherlands_share", SHARE, Required, "Born in the Netherlands of parents born there"),
    field("europe_share", SHARE, Required, "Born, or a parent born, elsewhere in Europe"),
    field("outside_europe_share", SHARE, Required, "Born, or a parent born, outside Europe"),
];

/// Education, in the order of the blueprint.
pub(in crate::scenario) const EDUCATION: &[Field] = &[
    field("low_share", SHARE, Required, "Primary, VMBO, MBO 1"),
    field("middle_share", SHARE, Required, "HAVO, VWO, MBO 2-4"),
    field("high_share", SHARE, Required, "HBO, university"),
];

pub(in crate::scenario) const BUILDING: &[Field] = &[
    ENABLED,
    field("form", Choice(|| words(BuildingForm::ALL, BuildingForm::key)), Required, "How homes are put together"),
    field("homes", Whole(1, 1_000_000), Required, "Number of homes"),
    field("floors", Whole(1, 200), ByKind, "Floors with homes; houses have 1"),
    field(
        "entrances",
        Whole(1, 100_000),
        Required,
        "Shared entrances, at least one, for a home without a door lodges nobody; for houses the number of streets",
    ),
    field("x_metres", METRES, Default(Scalar::Number(0.0)), "Place on the map, to the east"),
    field("y_metres", METRES, Default(Scalar::Number(0.0)), "Place on the map, to the north"),
    field("tenure", Choice(|| words(Tenure::ALL, Tenure::key)), Required, "Who may call the homes theirs"),
    field(
        "from_week",
        Whole(0, MOST_WEEKS),
        Optional,
        "First week that it is there. Absent: it was always there. With until_week too it is temporary: only policies bring tenants",
    ),
    field(
        "until_week",
        Whole(1, MOST_WEEKS),
        Optional,
        "First week that it is gone: who lives there is rehoused as far as homes stand empty, and else leaves. Absent: it stays for good",
    ),
];
