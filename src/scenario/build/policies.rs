//! Policies and grant rules, from a completed document.

use super::{count, number, share, small};
use crate::model::blueprint::{GrantPlan, Regime};
use crate::model::policy::{AskWay, AskWords, PolicyCost, PolicyMeasure, Spread, Tenants};
use crate::model::quantities::{Activities, ActivityKind, Cents, Origin, Share, Sphere};
use crate::scenario::document::{Table, Value};
use crate::scenario::keys::{Section, parameter_keys};

/// The rules of a grant; what a policy does not say stays as it was.
pub(super) fn regime(table: &Table, was: Option<Regime>) -> Regime {
    let whole =
        |key: &str, was: Option<u32>| if table.entry(key).is_some() { count(table, key) } else { was.unwrap_or(0) };
    let real =
        |key: &str, was: Option<f32>| if table.entry(key).is_some() { small(table, key) } else { was.unwrap_or(0.0) };
    let part = |key: &str, was: Option<Share>| {
        if table.entry(key).is_some() { share(table, key) } else { was.unwrap_or(Share::NONE) }
    };
    Regime {
        contract_weeks: whole("contract_weeks", was.map(|was| was.contract_weeks)),
        gap_weeks: whole("gap_weeks", was.map(|was| was.gap_weeks)),
        renewal: part("renewal_share", was.map(|was| was.renewal)),
        application_hours: real("application_hours", was.map(|was| was.application_hours)),
        accounting_hours: real("accounting_hours_per_week", was.map(|was| was.accounting_hours)),
        accounting_per_1000: real("accounting_hours_per_1000_euros", was.map(|was| was.accounting_per_1000)),
        formality: part("formality_share", was.map(|was| was.formality)),
        pays: activities(table).unwrap_or_else(|| was.map_or(Activities::ALL, |was| was.pays)),
    }
}

/// The activities that a grant may pay, if it says so.
fn activities(table: &Table) -> Option<Activities> {
    let Some(Value::List(items)) = table.value("pays") else { return None };
    Some(Activities::of(items.iter().filter_map(|item| match &item.value {
        Value::Text(key) => ActivityKind::from_key(key),
        _ => None,
    })))
}

/// What a policy costs, if anything.
pub(super) fn cost(table: &Table) -> Option<PolicyCost> {
    let euros = |key| Cents::from_euros(number(table, key));
    let (once, per_year) = (euros("cost_euros_once"), euros("cost_euros_per_year"));
    let sphere = table.text("cost_sphere").and_then(Sphere::from_key)?;
    (once != Cents(0) || per_year != Cents(0)).then_some(PolicyCost { once, per_year, sphere })
}

pub(super) fn measure(
    table: &Table,
    index: &impl Fn(Section, &str) -> Option<usize>,
    grants: &[GrantPlan],
) -> Option<PolicyMeasure> {
    Some(match table.text("kind")? {
        "allocate-homes" => PolicyMeasure::AllocateHomes {
            who: match table.text("who")? {
                "vulnerable" => Tenants::Vulnerable,
                _ => Tenants::Motivated,
            },
            building: table.text("building").and_then(|name| index(Section::Buildings, name)),
            homes: count(table, "homes"),
            over_weeks: count(table, "over_weeks"),
            hours_per_month: small(table, "hours_per_month"),
            motive: share(table, "motive_share"),
            spread: match table.text("spread")? {
                "together" => Spread::Together,
                "apart" => Spread::Apart,
                _ => Spread::Anywhere,
            },
        },
        "change-grant" => {
            let grant = index(Section::Grants, table.text("grant")?)?;
            PolicyMeasure::ChangeGrant { grant, regime: regime(table, Some(grants.get(grant)?.regime)) }
        }
        "unsilo-grant" => {
            let grant = index(Section::Grants, table.text("grant")?)?;
            let regime = Regime { pays: Activities::ALL, ..grants.get(grant)?.regime };
            PolicyMeasure::ChangeGrant { grant, regime }
        }
        "shift-care" => PolicyMeasure::ShiftCare { share: share(table, "closed_share") },
        "priority" => PolicyMeasure::Priority { share: share(table, "to_need_share") },
        "ask-campaign" => PolicyMeasure::AskCampaign {
            way: match table.text("way")? {
                "personal" => AskWay::Personal,
                "key-figures" => AskWay::KeyFigures,
                _ => AskWay::Leaflet,
            },
            asks_per_week: small(table, "asks_per_week"),
            to_unreached: share(table, "to_unreached_share"),
            words: match table.text("words")? {
                "client" => AskWords::Client,
                "talents" => AskWords::Talents,
                _ => AskWords::Plain,
            },
        },
        "care-for-volunteers" => PolicyMeasure::CareForVolunteers {
            training: share(table, "training_share"),
            recognition: share(table, "recognition_share"),
            matching: share(table, "matching_share"),
            hours_per_year: small(table, "hours_per_volunteer_per_year"),
        },
        "rebuild" => PolicyMeasure::Rebuild {
            building: index(Section::Buildings, table.text("building")?)?,
            encounters: small(table, "encounters_times"),
            leaving: small(table, "leaving_times"),
        },
        "improve-homes" => PolicyMeasure::ImproveHomes {
            building: table.text("building").and_then(|name| index(Section::Buildings, name)),
            households: share(table, "households_share"),
        },
        "public-space" => PolicyMeasure::PublicSpace { inviting: share(table, "public_space_share") },
        "course" => PolicyMeasure::Course { places: count(table, "places_per_week"), weeks: count(table, "weeks") },
        "lockdown" => PolicyMeasure::Lockdown { strength: share(table, "strength_share") },
        "arrivals" => PolicyMeasure::Arrivals {
            building: table.text("building").and_then(|name| index(Section::Buildings, name)),
            households: count(table, "households"),
            origin: Origin::from_key(table.text("origin")?)?,
        },
        "healthy-food" => PolicyMeasure::HealthyFood { share: share(table, "healthy_food_share") },
        "tell-stories" => PolicyMeasure::TellStories { strength: share(table, "strength_share") },
        "close-place" => PolicyMeasure::ClosePlace { place: index(Section::Places, table.text("place")?)? },
        "organisers-leave" => PolicyMeasure::OrganisersLeave {
            initiative: index(Section::Initiatives, table.text("initiative")?)?,
            share: share(table, "organisers_share"),
        },
        "open-to-all" => PolicyMeasure::OpenToAll {
            initiative: table.text("initiative").and_then(|name| index(Section::Initiatives, name)),
        },
        "worker-tenure" => PolicyMeasure::WorkerTenure {
            professional: index(Section::Professionals, table.text("professional")?)?,
            replaced_every: table.whole("replaced_every_weeks").and_then(|weeks| u32::try_from(weeks).ok()),
            may_leave: table.flag("may_leave")?,
        },
        "change-provider" => {
            PolicyMeasure::ChangeProvider { organisation: index(Section::Organisations, table.text("organisation")?)? }
        }
        "introductions" => PolicyMeasure::Introductions { hours_per_month: small(table, "hours_per_month") },
        "hand-over" => PolicyMeasure::HandOver {
            initiative: table.text("initiative").and_then(|name| index(Section::Initiatives, name)),
            residents_lead: share(table, "residents_lead_share"),
        },
        "social-map" => PolicyMeasure::SocialMap {
            residents_per_week: small(table, "residents_per_week"),
            professionals_too: table.flag("professionals_too")?,
        },
        "adjust" => {
            let wanted = table.text("parameter")?;
            PolicyMeasure::Adjust {
                parameter: parameter_keys().into_iter().find(|key| *key == wanted)?,
                times: small(table, "times"),
                times_per_year: small(table, "times_per_year"),
            }
        }
        _ => return None,
    })
}
