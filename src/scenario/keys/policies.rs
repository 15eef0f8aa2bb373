//! Keys of policies, by kind.

use super::Kind::{Choice, Flag, Number, Reference, Whole};
use super::Presence::{Default, Optional, Required};
use super::model::parameter_keys;
use super::{
    CONTRACT_WEEKS, ENABLED, EUROS, FROM, Field, GAP_WEEKS, HOURS, SHARE, Scalar, Section, TIMES, UNTIL, WEEK_HOURS,
    WEEKS, field, words,
};
use crate::model::quantities::Origin;

/// What each kind of policy wants beside `kind`, `from_week` and `until_week`.
pub(in crate::scenario) const POLICIES: &[(&str, &str, &[Field])] = &[
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
            field("origin", Choice(|| words(Origin::ALL, Origin::key)), Required, "Their origin"),
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
            field(
                "euros_per_year",
                EUROS,
                Default(Scalar::Number(0.0)),
                "What making and spreading it costs; institutions pay it from their own means",
            ),
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
pub(in crate::scenario) fn policy_kinds() -> Vec<&'static str> {
    POLICIES.iter().map(|(kind, _, _)| *kind).collect()
}

/// Every key that a policy of this kind may have.
pub(in crate::scenario) fn policy_fields(kind: &str) -> Option<Vec<Field>> {
    let (_, _, own) = POLICIES.iter().find(|(name, _, _)| *name == kind)?;
    let mut fields = vec![field("kind", Choice(policy_kinds), Required, "What the policy does"), ENABLED, FROM, UNTIL];
    fields.extend_from_slice(own);
    Some(fields)
}
