//! Keys of policies, by kind.

use super::Kind::{Choice, Choices, Flag, Number, Reference, Table, Whole};
use super::Presence::{Default, Optional, Required};
use super::model::{group_keys, measure_keys, parameter_keys};
use super::{
    CONTRACT_WEEKS, ENABLED, EUROS, FROM, Field, GAP_WEEKS, HOURS, HOURS_PER_1000_EUROS, Kind, MOST_WEEKS, SHARE,
    Scalar, Section, TIMES, UNTIL, WEEK_HOURS, WEEKS, field, words,
};
use crate::model::quantities::{ActivityKind, Origin, Sphere};

/// What each kind of policy wants beside `kind`, `from_week` and `until_week`.
pub(in crate::scenario) const POLICIES: &[(&str, &str, &[Field])] = &[
    (
        "allocate-homes",
        "Vacant homes go to motivated newcomers who promise hours, or to people who need others",
        &[
            field(
                "who",
                Choice(|| vec!["motivated", "vulnerable"]),
                Default(Scalar::Text("motivated")),
                "motivated: carrying tenants; vulnerable: asking tenants, who are alone, short of money, limited by their health, with little own direction",
            ),
            field("building", Reference(Section::Buildings), Optional, "Building; absent: anywhere"),
            field("homes", Whole(0, 1_000_000), Required, "Homes in all"),
            field("over_weeks", WEEKS, Required, "Weeks within which they are given, as evenly as vacancies allow"),
            field(
                "hours_per_month",
                Number(0.0, 700.0),
                Optional,
                "Hours that each promises; motivated tenants always do, vulnerable ones promise none when it is absent",
            ),
            field("motive_share", SHARE, Default(Scalar::Number(0.9)), "How motivated those selected for it are"),
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
            field(
                "accounting_hours_per_1000_euros",
                HOURS_PER_1000_EUROS,
                Optional,
                "Hours of accounting for each 1,000 euros paid; absent: as it was",
            ),
            field("formality_share", SHARE, Optional, "How formal the money makes what it pays; absent: as it was"),
            field(
                "pays",
                Choices(|| words(ActivityKind::ALL, ActivityKind::key)),
                Optional,
                "Activities of initiatives that it may pay; absent: as it was",
            ),
        ],
    ),
    (
        "unsilo-grant",
        "A grant may pay whatever initiatives do, under the same rules",
        &[field("grant", Reference(Section::Grants), Required, "The grant")],
    ),
    (
        "shift-care",
        "Part of the paid care closes, and people are sent to their own network first",
        &[field("closed_share", SHARE, Required, "The part that closes")],
    ),
    (
        "priority",
        "Budgets, posts and paid initiatives go to districts by need",
        &[field("to_need_share", SHARE, Required, "From 0, to all alike, to 1, in proportion to need")],
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
            field(
                "words",
                Choice(|| vec!["plain", "client", "talents"]),
                Default(Scalar::Text("plain")),
                "In what words: as neighbours do, as a client of what one lacks, or for what one is good at",
            ),
        ],
    ),
    (
        "care-for-volunteers",
        "Community builders train, thank and match volunteers, in hours that others then do not get",
        &[
            field("training_share", SHARE, Default(Scalar::Number(0.0)), "Volunteers who are trained"),
            field("recognition_share", SHARE, Default(Scalar::Number(0.0)), "Volunteers who are thanked and noticed"),
            field(
                "matching_share",
                SHARE,
                Default(Scalar::Number(0.0)),
                "Those who join who are matched to a task of their interest nearby, for hours they can carry",
            ),
            field(
                "hours_per_volunteer_per_year",
                Number(0.0, 1000.0),
                Default(Scalar::Number(6.0)),
                "Hours of community builders when all three shares are 1, less in proportion; what is not there is not given",
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
        "improve-homes",
        "Homes become comfortable and cheap to heat, so that households have money left",
        &[
            field("building", Reference(Section::Buildings), Optional, "Building; absent: all"),
            field(
                "households_share",
                SHARE,
                Required,
                "Part of the households for whom this ends the difficulty to make ends meet, if they had it",
            ),
        ],
    ),
    (
        "public-space",
        "Streets, squares and entrances are made more, or less, inviting",
        &[field("public_space_share", SHARE, Required, "How inviting they are while it holds")],
    ),
    (
        "course",
        "Lessons for residents who find it hard to find their way",
        &[
            field("places_per_week", Whole(0, 100_000), Required, "People in the class, who get a lesson a week"),
            field("weeks", WEEKS, Required, "Weeks that a class lasts, after which another begins"),
        ],
    ),
    (
        "lockdown",
        "Indoor places close and people keep their distance",
        &[field("strength_share", SHARE, Default(Scalar::Number(1.0)), "How strict; 1 closes everything")],
    ),
    (
        "arrivals",
        "Households arrive at once: in a building of their own, or as homes fall vacant and before the ordinary queue",
        &[
            field(
                "building",
                Reference(Section::Buildings),
                Optional,
                "Building that is for them from its first week on; absent: homes anywhere, as they fall vacant",
            ),
            field("households", Whole(0, 1_000_000), Required, "How many"),
            field("origin", Choice(|| words(Origin::ALL, Origin::key)), Required, "Their origin"),
        ],
    ),
    (
        "healthy-food",
        "Other food on offer around school and sport",
        &[field("healthy_food_share", SHARE, Required, "Part of it that is healthy")],
    ),
    (
        "tell-stories",
        "Stories of what happens in the neighbourhood are told outside it",
        &[field(
            "strength_share",
            SHARE,
            Default(Scalar::Number(1.0)),
            "How widely; 1 reaches everybody who might come to live here, 0 nobody",
        )],
    ),
    ("close-place", "A place closes", &[field("place", Reference(Section::Places), Required, "The place")]),
    (
        "organisers-leave",
        "Organisers stop with an initiative, in the first week of the policy, which needs a from_week",
        &[
            field("initiative", Reference(Section::Initiatives), Required, "The initiative"),
            field("organisers_share", SHARE, Default(Scalar::Number(1.0)), "Part of its organisers who stop"),
        ],
    ),
    (
        "open-to-all",
        "Activities that are for one group admit everybody",
        &[field("initiative", Reference(Section::Initiatives), Optional, "The initiative; absent: all of them")],
    ),
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
        "change-provider",
        "Another organisation takes over the work of one: in `from_week` all its professionals are replaced at once",
        &[field(
            "organisation",
            Reference(Section::Organisations),
            Required,
            "The organisation that loses the contract",
        )],
    ),
    (
        "introductions",
        "Organisations, their professionals and initiatives meet to get to know each other",
        &[field(
            "hours_per_month",
            Number(0.0, 160.0),
            Required,
            "Hours that each professional spends on it, taken off the hours with residents",
        )],
    ),
    (
        "hand-over",
        "Who decides in an initiative: residents, or an institution",
        &[
            field("initiative", Reference(Section::Initiatives), Optional, "The initiative; absent: every one"),
            field("residents_lead_share", SHARE, Required, "Part of the decisions that residents take themselves"),
        ],
    ),
    (
        "social-map",
        "People are told what there is already that fits them",
        &[
            field("residents_per_week", Number(0.0, 1_000_000.0), Required, "Residents who are told of one setting"),
            field(
                "professionals_too",
                Flag,
                Default(Scalar::Flag(false)),
                "Whether professionals use the map: what they show people then fits them",
            ),
        ],
    ),
    (
        "adjust",
        "A parameter has another value",
        &[
            field("parameter", Choice(parameter_keys), Required, "`group.name` of the parameter"),
            field("times", Number(0.0, 1000.0), Default(Scalar::Number(1.0)), "Multiplied by this"),
            field(
                "times_per_year",
                Number(0.0, 10.0),
                Default(Scalar::Number(1.0)),
                "And by this again for each year since from_week, or since week 0",
            ),
        ],
    ),
];

/// What must be seen for a policy to hold; any kind may have it.
const WHEN: Field = field(
    "when",
    Table(&[
        field("measure", Choice(measure_keys), Required, "What is looked at: a measure of the dictionary"),
        field("group", Choice(group_keys), Default(Scalar::Text("all")), "For whom"),
        field("above", ANY_NUMBER, Optional, "The policy holds while the measure is above this, in the measure's unit"),
        field("below", ANY_NUMBER, Optional, "The policy holds while the measure is below this, in the measure's unit"),
        field(
            "check_every_weeks",
            WEEKS,
            Default(Scalar::Whole(13)),
            "Weeks between two looks; the first is in from_week, or in week 0",
        ),
        field(
            "for_weeks",
            Whole(0, MOST_WEEKS),
            Default(Scalar::Whole(0)),
            "Weeks that it holds at least; after that it ends at a look that finds the line no longer passed",
        ),
    ]),
    Optional,
    "A rule: the policy holds only while a measure lies beyond a line, within its weeks and from week 0 on",
);
/// The range of a line is that of its measure, which only shows when both are seen.
const ANY_NUMBER: Kind = Number(-1e12, 1e12);
/// What any policy may cost, in each neighbourhood.
const COST: [Field; 3] = [
    field(
        "cost_euros_once",
        EUROS,
        Default(Scalar::Number(0.0)),
        "What it costs in its first week, in each neighbourhood, out of own means",
    ),
    field(
        "cost_euros_per_year",
        EUROS,
        Default(Scalar::Number(0.0)),
        "What it costs while it holds, in each neighbourhood, out of own means",
    ),
    field(
        "cost_sphere",
        Choice(|| words(Sphere::ALL, Sphere::key)),
        Default(Scalar::Text("institutional")),
        "Under which sphere that is reported",
    ),
];

/// Names of the kinds of policy.
pub(in crate::scenario) fn policy_kinds() -> Vec<&'static str> {
    POLICIES.iter().map(|(kind, _, _)| *kind).collect()
}

/// Every key that a policy of this kind may have.
pub(in crate::scenario) fn policy_fields(kind: &str) -> Option<Vec<Field>> {
    let (_, _, own) = POLICIES.iter().find(|(name, _, _)| *name == kind)?;
    let mut fields =
        vec![field("kind", Choice(policy_kinds), Required, "What the policy does"), ENABLED, FROM, UNTIL, WHEN];
    fields.extend_from_slice(own);
    fields.extend_from_slice(&COST);
    Some(fields)
}
