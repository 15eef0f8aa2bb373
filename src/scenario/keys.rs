//! The table of keys: every key of a scenario file, with its type, range, default and meaning.
//!
//! Validation, the resolved copy and the JSON Schema all read this one table, so they cannot drift apart.

use std::sync::LazyLock;

use crate::model::parameters::{Mechanisms, Parameters};
use crate::model::quantities::{
    ActivityKind, BuildingForm, OrganisationKind, Origin, PlaceKind, Role, Sphere, Target, Tenure,
};
use crate::observation::dictionary::MEASURES;

/// A default.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Scalar {
    Text(&'static str),
    Whole(i64),
    Number(f64),
    Flag(bool),
}

/// What holds when a key is absent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Presence {
    /// A fault.
    Required,
    /// Nothing: absence has a meaning of its own, which the key's meaning tells.
    Optional,
    /// This value.
    Default(Scalar),
    /// What the kind of the element brings along; a fault only if that brings nothing.
    ByKind,
}

/// A table of named elements that others may refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Buildings,
    Places,
    Organisations,
    Grants,
    Professionals,
}

impl Section {
    /// Name of the table.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Buildings => "buildings",
            Self::Places => "places",
            Self::Organisations => "organisations",
            Self::Grants => "grants",
            Self::Professionals => "professionals",
        }
    }

    /// One of them, in words.
    pub(super) const fn one(self) -> &'static str {
        match self {
            Self::Buildings => "building",
            Self::Places => "place",
            Self::Organisations => "organisation",
            Self::Grants => "grant",
            Self::Professionals => "professional",
        }
    }
}

/// What a key holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Text,
    Flag,
    Whole(i64, i64),
    Number(f64, f64),
    /// One of these words.
    Choice(fn() -> Vec<&'static str>),
    /// A list of these words.
    Choices(fn() -> Vec<&'static str>),
    /// The name of an element.
    Reference(Section),
    /// A table with these keys.
    Table(&'static [Field]),
    /// A table of shares that add up to 1.
    Shares(&'static [Field]),
    /// Named tables with these keys.
    Elements(&'static [Field]),
    /// Named tables whose keys depend on their `kind`.
    Policies,
}

/// One key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub presence: Presence,
    pub meaning: &'static str,
}

const fn field(name: &'static str, kind: Kind, presence: Presence, meaning: &'static str) -> Field {
    Field { name, kind, presence, meaning }
}

use Kind::{Choice, Choices, Elements, Flag, Number, Policies, Reference, Shares, Table, Text, Whole};
use Presence::{ByKind, Default, Optional, Required};

/// A part of a whole.
const SHARE: Kind = Number(0.0, 1.0);
/// Hours in a week.
const WEEK_HOURS: Kind = Number(0.0, 168.0);
/// A hundred years.
pub(super) const MOST_WEEKS: i64 = 5200;
const WEEKS: Kind = Whole(1, MOST_WEEKS);
const SOME_WEEK: Kind = Whole(-MOST_WEEKS, MOST_WEEKS);
const METRES: Kind = Number(-100_000.0, 100_000.0);
const EUROS: Kind = Number(0.0, 1e9);
/// How much more or less than ordinary.
const TIMES: Kind = Number(0.0, 20.0);

const FROM: Field = field(
    "from_week",
    SOME_WEEK,
    Optional,
    "First week that it is there; week 0 is the first after the burn-in. Absent: it was always there",
);
const UNTIL: Field =
    field("until_week", SOME_WEEK, Optional, "First week that it is no longer there. Absent: it stays for good");

/// The whole file.
pub(super) fn root() -> &'static [Field] {
    static ALL: LazyLock<Vec<Field>> = LazyLock::new(|| {
        let mut fields = ROOT.to_vec();
        fields.push(field("parameters", Table(parameter_groups()), Optional, "Constants of the model, by group"));
        fields.push(field("mechanisms", Table(mechanisms()), Optional, "Switches of the mechanisms"));
        let mut report = REPORT.to_vec();
        let worthwhile = "Smallest difference worth having, in the measure's unit";
        report.push(field("worthwhile", Table(worthwhile_fields()), Optional, worthwhile));
        fields.push(field(
            "report",
            Table(forever(report)),
            Optional,
            "What the report shows first; read from the baseline",
        ));
        fields
    });
    &ALL
}

const ROOT: &[Field] = &[
    field(
        "extends",
        Text,
        Optional,
        "Another file of the same folder that this one changes: tables merge, values replace",
    ),
    field("study", Table(STUDY), Optional, "The question; read from the baseline"),
    field("title", Table(WORDS), Required, "Short name of this scenario, not inherited"),
    field("description", Table(WORDS), Optional, "What this scenario is, not inherited"),
    field("time", Table(TIME), Optional, "How long, how often; the same in all scenarios of a study"),
    field("neighbourhood", Table(NEIGHBOURHOOD), Optional, "The neighbourhood as a whole"),
    field("composition", Table(COMPOSITION), Required, "Who lives here"),
    field("buildings", Elements(BUILDING), Required, "Where people live"),
    field("places", Elements(PLACE), Optional, "Meeting places"),
    field("organisations", Elements(ORGANISATION), Optional, "Who employs, hosts and funds"),
    field("grants", Elements(GRANT), Optional, "Budgets with their rules"),
    field("professionals", Elements(PROFESSIONAL), Optional, "Professionals' posts"),
    field("initiatives", Elements(INITIATIVE), Optional, "Initiatives of residents"),
    field("policies", Policies, Optional, "Policies and shocks"),
];

const WORDS: &[Field] = &[field("nl", Text, Required, "In Dutch"), field("en", Text, Required, "In English")];

const STUDY: &[Field] = &[
    field("title", Table(WORDS), Optional, "Title of the study; absent: the name of the folder"),
    field("question", Table(WORDS), Optional, "The question that the study answers"),
];

const TIME: &[Field] = &[
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

const NEIGHBOURHOOD: &[Field] = &[
    field(
        "copies",
        Whole(1, 100_000),
        Default(Scalar::Whole(1)),
        "Neighbourhoods alike on paper, grown apart by chance",
    ),
    field("public_space_share", SHARE, Default(Scalar::Number(0.5)), "How inviting streets, squares and entrances are"),
    field("moving_times_national", TIMES, Default(Scalar::Number(1.0)), "Moving, times the national rate"),
    field("vacant_share", SHARE, Default(Scalar::Number(0.02)), "Homes that stand empty at the start"),
    field(
        "kin_nearby_share",
        SHARE,
        Default(Scalar::Number(0.2)),
        "Households with kin elsewhere in the neighbourhood",
    ),
];

const COMPOSITION: &[Field] = &[
    field("income_difficulty_share", SHARE, Required, "Households that find it (very) difficult to make ends meet"),
    field("health_limited_share", SHARE, Required, "Adults limited by their health"),
    field(
        "language_barrier_share",
        SHARE,
        Required,
        "Adults from outside the Netherlands who do not share the language",
    ),
    field("employed_share", SHARE, Required, "Adults of 20-66 with paid work"),
    field("ages", Shares(AGES), Required, "People by age"),
    field("households", Shares(HOUSEHOLDS), Required, "Households by sort"),
    field("origins", Shares(ORIGINS), Required, "Households by origin"),
    field("education", Shares(EDUCATION), Required, "Adults by highest completed education"),
];

/// Ages, in the order of the blueprint.
pub(super) const AGES: &[Field] = &[
    field("under_15_share", SHARE, Required, "People under 15"),
    field("age_15_to_24_share", SHARE, Required, "People of 15 to 24"),
    field("age_25_to_44_share", SHARE, Required, "People of 25 to 44"),
    field("age_45_to_64_share", SHARE, Required, "People of 45 to 64"),
    field("age_65_and_over_share", SHARE, Required, "People of 65 and over"),
];

/// Households, in the order of the blueprint.
pub(super) const HOUSEHOLDS: &[Field] = &[
    field("one_person_share", SHARE, Required, "Households of one person"),
    field("couple_share", SHARE, Required, "Couples without children"),
    field("couple_with_children_share", SHARE, Required, "Couples with children"),
    field("single_parent_share", SHARE, Required, "Single parents"),
];

/// Origins, in the order of the blueprint.
pub(super) const ORIGINS: &[Field] = &[
    field("netherlands_share", SHARE, Required, "Born in the Netherlands of parents born there"),
    field("europe_share", SHARE, Required, "Born, or a parent born, elsewhere in Europe"),
    field("outside_europe_share", SHARE, Required, "Born, or a parent born, outside Europe"),
];

/// Education, in the order of the blueprint.
pub(super) const EDUCATION: &[Field] = &[
    field("low_share", SHARE, Required, "Primary, VMBO, MBO 1"),
    field("middle_share", SHARE, Required, "HAVO, VWO, MBO 2-4"),
    field("high_share", SHARE, Required, "HBO, university"),
];

const BUILDING: &[Field] = &[
    field(
        "form",
        Choice(|| words(BuildingForm::ALL, super::super::model::quantities::BuildingForm::key)),
        Required,
        "How homes are put together",
    ),
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
    field(
        "tenure",
        Choice(|| words(Tenure::ALL, super::super::model::quantities::Tenure::key)),
        Required,
        "Who may call the homes theirs",
    ),
];

const PLACE: &[Field] = &[
    field(
        "kind",
        Choice(|| words(PlaceKind::ALL, super::super::model::quantities::PlaceKind::key)),
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
    FROM,
    UNTIL,
    field("welcome_times", Table(WELCOME), ByKind, "How much each origin group feels at home; 1 is ordinary"),
    field("ages_times", Table(WELCOME_AGES), ByKind, "How much each age feels at home; 1 is ordinary"),
];

/// Welcome by origin, in the order of the blueprint.
pub(super) const WELCOME: &[Field] = &[
    field("netherlands", TIMES, ByKind, "Origin Netherlands"),
    field("europe", TIMES, ByKind, "Origin elsewhere in Europe"),
    field("outside_europe", TIMES, ByKind, "Origin outside Europe"),
];

/// Welcome by age, in the order of the blueprint.
pub(super) const WELCOME_AGES: &[Field] = &[
    field("under_15", TIMES, ByKind, "Under 15"),
    field("age_15_to_24", TIMES, ByKind, "15 to 24"),
    field("age_25_to_44", TIMES, ByKind, "25 to 44"),
    field("age_45_to_64", TIMES, ByKind, "45 to 64"),
    field("age_65_and_over", TIMES, ByKind, "65 and over"),
];

const ORGANISATION: &[Field] = &[
    field(
        "kind",
        Choice(|| words(OrganisationKind::ALL, super::super::model::quantities::OrganisationKind::key)),
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

const CONTRACT_WEEKS: Kind = WEEKS;
const GAP_WEEKS: Kind = Whole(0, 520);
const HOURS: Kind = Number(0.0, 10_000.0);

const GRANT: &[Field] = &[
    field(
        "sphere",
        Choice(|| words(Sphere::ALL, super::super::model::quantities::Sphere::key)),
        Required,
        "Under which sphere it is reported",
    ),
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
    field("formality_share", SHARE, Default(Scalar::Number(0.4)), "How formal the money makes what it pays"),
];

const PROFESSIONAL: &[Field] = &[
    field("role", Choice(|| words(Role::ALL, super::super::model::quantities::Role::key)), Required, "The work"),
    field("employer", Reference(Section::Organisations), Required, "Organisation that employs"),
    field("grant", Reference(Section::Grants), Optional, "Grant that pays; absent: the employer itself"),
    field("hours_per_week", WEEK_HOURS, Required, "Working hours in this neighbourhood"),
    field("outreach_share", SHARE, Default(Scalar::Number(0.3)), "Part of the hours spent on looking people up"),
    field("replaced_every_weeks", WEEKS, Optional, "Fixed term after which another takes the post; absent: none"),
    field("may_leave", Flag, Default(Scalar::Flag(true)), "Whether the person leaves by the ordinary job changes"),
    FROM,
    UNTIL,
];

const INITIATIVE: &[Field] = &[
    field(
        "activity",
        Choice(|| words(ActivityKind::ALL, super::super::model::quantities::ActivityKind::key)),
        Required,
        "What people do together",
    ),
    field(
        "target",
        Choice(|| words(Target::ALL, super::super::model::quantities::Target::key)),
        Default(Scalar::Text("open")),
        "For whom",
    ),
    field("place", Reference(Section::Places), Required, "Where"),
    field("organisers", Whole(0, 1000), Default(Scalar::Whole(2)), "Residents who pull it"),
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

const REPORT: &[Field] = &[field(
    "headline",
    Choices(measure_keys),
    Optional,
    "Measures that the first page shows; absent: six of the main ones",
)];

/// What each kind of policy wants beside `kind`, `from_week` and `until_week`.
pub(super) const POLICIES: &[(&str, &str, &[Field])] = &[
    (
        "allocate-homes",
        "Vacant homes go to motivated newcomers who promise hours",
        &[
            field("building", Reference(Section::Buildings), Optional, "Building; absent: anywhere"),
            field("homes", Whole(1, 1_000_000), Required, "Homes in all"),
            field("over_weeks", WEEKS, Required, "Weeks within which they are given, as evenly as vacancies allow"),
            field("hours_per_month", Number(0.0, 700.0), Required, "Hours that each promises"),
            field("motive_share", SHARE, Default(Scalar::Number(0.9)), "How motivated those selected are"),
            field(
                "spread",
                Choice(|| vec!["anywhere", "together", "apart"]),
                Default(Scalar::Text("anywhere")),
                "Where in the building",
            ),
        ],
    ),
    (
        "change-grant",
        "Other rules for a grant, the same money",
        &[
            field("grant", Reference(Section::Grants), Required, "The grant"),
            field("contract_weeks", CONTRACT_WEEKS, Optional, "Length of a contract; absent: as it was"),
            field("gap_weeks", GAP_WEEKS, Optional, "Weeks without money; absent: as it was"),
            field("renewal_share", SHARE, Optional, "Chance of renewal without a gap; absent: as it was"),
            field("application_hours", HOURS, Optional, "Hours that an application takes; absent: as it was"),
            field("accounting_hours_per_week", WEEK_HOURS, Optional, "Hours of accounting; absent: as it was"),
            field("formality_share", SHARE, Optional, "How formal the money makes what it pays; absent: as it was"),
        ],
    ),
    (
        "ask-campaign",
        "People are asked to join in",
        &[
            field("way", Choice(|| vec!["personal", "key-figures", "leaflet"]), Required, "How they are asked"),
            field("asks_per_week", Number(0.0, 1_000_000.0), Required, "Asks"),
            field(
                "to_unreached_share",
                SHARE,
                Default(Scalar::Number(0.0)),
                "Part that goes to people who visit nothing",
            ),
        ],
    ),
    (
        "rebuild",
        "A building is unsafe, under renovation, or made more inviting",
        &[
            field("building", Reference(Section::Buildings), Required, "The building"),
            field("encounters_times", TIMES, Default(Scalar::Number(1.0)), "Encounters around its homes"),
            field("leaving_times", TIMES, Default(Scalar::Number(1.0)), "Leaving of its households"),
        ],
    ),
    (
        "lockdown",
        "Indoor places close and people keep their distance",
        &[field("strength_share", SHARE, Default(Scalar::Number(1.0)), "How strict; 1 closes everything")],
    ),
    (
        "arrivals",
        "Households arrive at once, as homes fall vacant and before the ordinary queue",
        &[
            field("households", Whole(1, 1_000_000), Required, "How many"),
            field(
                "origin",
                Choice(|| words(Origin::ALL, super::super::model::quantities::Origin::key)),
                Required,
                "Their origin",
            ),
        ],
    ),
    ("close-place", "A place closes", &[field("place", Reference(Section::Places), Required, "The place")]),
    (
        "worker-tenure",
        "A professional's post gets another person every so many weeks, or keeps the same one",
        &[
            field("professional", Reference(Section::Professionals), Required, "The post"),
            field("replaced_every_weeks", WEEKS, Optional, "Term after which another takes it; absent: never"),
            field("may_leave", Flag, Default(Scalar::Flag(false)), "Whether the ordinary job changes hold"),
        ],
    ),
    (
        "adjust",
        "A parameter has another value",
        &[
            field("parameter", Choice(parameter_keys), Required, "`group.name` of the parameter"),
            field("times", Number(0.0, 1000.0), Required, "Multiplied by this"),
        ],
    ),
];

/// Names of the kinds of policy.
pub(super) fn policy_kinds() -> Vec<&'static str> {
    POLICIES.iter().map(|(kind, _, _)| *kind).collect()
}

/// Every key that a policy of this kind may have.
pub(super) fn policy_fields(kind: &str) -> Option<Vec<Field>> {
    let (_, _, own) = POLICIES.iter().find(|(name, _, _)| *name == kind)?;
    let mut fields = vec![field("kind", Choice(policy_kinds), Required, "What the policy does"), FROM, UNTIL];
    fields.extend_from_slice(own);
    Some(fields)
}

fn words<T: Copy>(all: &[T], key: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().copied().map(key).collect()
}

fn measure_keys() -> Vec<&'static str> {
    MEASURES.iter().map(|measure| measure.key).collect()
}

static PARAMETER_KEYS: LazyLock<Vec<String>> =
    LazyLock::new(|| Parameters::TABLE.iter().map(super::super::model::parameters::ParameterInfo::key).collect());

/// `group.name` of every parameter.
pub(super) fn parameter_keys() -> Vec<&'static str> {
    PARAMETER_KEYS.iter().map(String::as_str).collect()
}

/// The shortest decimal that means this number: 0.54 and not 0.540000021.
pub(super) fn decimal(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(f64::from(number))
}

/// Fields made from a table of the model live as long as the program, like the other fields.
fn forever(fields: Vec<Field>) -> &'static [Field] {
    Box::leak(fields.into_boxed_slice())
}

/// The groups of parameters with their fields, in the order of the model's table.
fn parameter_groups() -> &'static [Field] {
    let mut names: Vec<&'static str> = Parameters::TABLE.iter().map(|info| info.group).collect();
    names.dedup();
    let group = |name: &'static str| {
        let own = Parameters::TABLE.iter().filter(|info| info.group == name);
        let fields = own.map(|info| {
            let kind = Number(decimal(info.low), decimal(info.high));
            field(info.name, kind, Default(Scalar::Number(decimal(info.default))), info.meaning)
        });
        field(name, Table(forever(fields.collect())), Optional, "A group of parameters")
    };
    forever(names.into_iter().map(group).collect())
}

fn mechanisms() -> &'static [Field] {
    let switch = |info: &crate::model::parameters::MechanismInfo| {
        field(info.name, Flag, Default(Scalar::Flag(true)), info.meaning)
    };
    forever(Mechanisms::TABLE.iter().map(switch).collect())
}

fn worthwhile_fields() -> &'static [Field] {
    let own = |measure: &'static crate::observation::dictionary::Measure| {
        field(measure.key, Number(0.0, 1e12), Default(Scalar::Number(measure.worthwhile)), measure.meaning[1])
    };
    forever(MEASURES.iter().map(own).collect())
}
