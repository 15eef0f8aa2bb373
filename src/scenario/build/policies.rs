//! Policies and grant rules, from a completed document.

use super::{count, number, share, small};
use crate::model::blueprint::{GrantPlan, Regime};
use crate::model::policy::{AskWay, PolicyMeasure, Spread};
use crate::model::quantities::{Cents, Origin, Share};
use crate::scenario::document::Table;
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
        formality: part("formality_share", was.map(|was| was.formality)),
    }
}

pub(super) fn measure(
    table: &Table,
    index: &impl Fn(Section, &str) -> Option<usize>,
    grants: &[GrantPlan],
) -> Option<PolicyMeasure> {
    Some(match table.text("kind")? {
        "allocate-homes" => PolicyMeasure::AllocateHomes {
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
        "ask-campaign" => PolicyMeasure::AskCampaign {
            way: match table.text("way")? {
                "personal" => AskWay::Personal,
                "key-figures" => AskWay::KeyFigures,
                _ => AskWay::Leaflet,
            },
            asks_per_week: small(table, "asks_per_week"),
            to_unreached: share(table, "to_unreached_share"),
        },
        "rebuild" => PolicyMeasure::Rebuild {
            building: index(Section::Buildings, table.text("building")?)?,
            encounters: small(table, "encounters_times"),
            leaving: small(table, "leaving_times"),
        },
        "lockdown" => PolicyMeasure::Lockdown { strength: share(table, "strength_share") },
        "arrivals" => PolicyMeasure::Arrivals {
            households: count(table, "households"),
            origin: Origin::from_key(table.text("origin")?)?,
        },
        "close-place" => PolicyMeasure::ClosePlace { place: index(Section::Places, table.text("place")?)? },
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
            per_year: Cents::from_euros(number(table, "euros_per_year")),
        },
        "adjust" => {
            let wanted = table.text("parameter")?;
            PolicyMeasure::Adjust {
                parameter: parameter_keys().into_iter().find(|key| *key == wanted)?,
                times: small(table, "times"),
            }
        }
        _ => return None,
    })
}
