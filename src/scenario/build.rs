//! From a completed document without faults to the trusted blueprint.
//!
//! Nothing can fail here: what was refused never arrives, so a value that is not there has no meaning and is 0.

mod policies;
mod rules;

use super::districts::District;
use super::document::{Table, Value};
use super::keys::{AGES, EDUCATION, Field, HOUSEHOLDS, ORIGINS, Section, WELCOME, WELCOME_AGES};
use super::{Design, Scenario, UnitCosts};
use crate::model::blueprint::{
    Blueprint, BuildingPlan, Composition, DistrictPlan, GrantPlan, InitiativePlan, KeyFigures, OrganisationPlan,
    Period, PlacePlan, ProfessionalPlan, Trends,
};
use crate::model::parameters::{Mechanisms, Parameters};
use crate::model::policy::Policy;
use crate::model::quantities::{
    ActivityKind, BuildingForm, Cents, OrganisationKind, Origin, PlaceKind, Role, Share, Sphere, Support, Target,
    Tenure,
};
use crate::observation::dictionary::{MEASURES, measure_index};
use policies::{cost, measure, regime};
use rules::rule;

/// Everything a scenario says but its key, inputs and resolved copy, which the caller adds. In a town what is the same
/// everywhere is read from the first district.
pub(super) fn scenario(document: &Table, town: &[District]) -> Option<Scenario> {
    let first = town.first().map_or(document, |district| &district.document);
    let mut blueprint = blueprint(first)?;
    blueprint.districts = town.iter().filter_map(district).collect();
    let words = |table: Option<&Table>| pair(table).unwrap_or_default();
    Some(Scenario {
        key: String::new(),
        title: words(document.table("title")),
        description: words(document.table("description")),
        design: design(document.table("time")?),
        blueprint,
        district_titles: town.iter().filter_map(|one| Some((one.key.clone(), one.title.clone()?))).collect(),
        headline: headline(document.table("report")),
        worthwhile: worthwhile(document.table("report")),
        unit_costs: UnitCosts {
            volunteer_per_hour: document.table("unit_costs").and_then(|table| table.number("volunteer_euros_per_hour")),
        },
        resolved: String::new(),
        inputs: Vec::new(),
    })
}

/// The Dutch and the English words of a table.
pub(super) fn pair(table: Option<&Table>) -> Option<[String; 2]> {
    let table = table?;
    Some([table.text("nl")?.to_owned(), table.text("en")?.to_owned()])
}

fn design(time: &Table) -> Design {
    let count = |key| time.whole(key).and_then(|number| u32::try_from(number).ok()).unwrap_or(0);
    Design {
        weeks: count("weeks"),
        burn_in: count("burn_in_weeks"),
        replications: count("replications"),
        seed: time.whole("seed").and_then(|number| u64::try_from(number).ok()).unwrap_or(0),
    }
}

/// What the first page shows when a study does not choose.
const HEADLINE: &[&str] = &["lonely", "belonging", "participates", "needed", "needs_unmet", "rested", "has_say"];

fn headline(report: Option<&Table>) -> Vec<usize> {
    match report.and_then(|report| report.value("headline")) {
        Some(Value::List(items)) if !items.is_empty() => items
            .iter()
            .filter_map(|item| match &item.value {
                Value::Text(key) => measure_index(key),
                _ => None,
            })
            .collect(),
        _ => HEADLINE.iter().filter_map(|key| measure_index(key)).collect(),
    }
}

fn worthwhile(report: Option<&Table>) -> Vec<f64> {
    let own = report.and_then(|report| report.table("worthwhile"));
    let of = |key| own.and_then(|table| table.number(key));
    MEASURES.iter().map(|measure| of(measure.key).unwrap_or(measure.worthwhile)).collect()
}

fn district(district: &District) -> Option<DistrictPlan> {
    let at = district.at.map(|at| at.map(|metres| metres as f32));
    Some(DistrictPlan { key: district.key.clone(), at, blueprint: blueprint(&district.document)? })
}

fn blueprint(document: &Table) -> Option<Blueprint> {
    let neighbourhood = document.table("neighbourhood")?;
    let index = |section: Section, name: &str| {
        document.table(section.key())?.elements().position(|(entry, _)| entry.key == name)
    };
    let grants: Vec<GrantPlan> = each(document, "grants", |key, table| {
        Some(GrantPlan {
            key,
            sphere: Sphere::from_key(table.text("sphere")?)?,
            per_year: Cents::from_euros(number(table, "euros_per_year")),
            regime: regime(table, None),
        })
    });
    let policies = each(document, "policies", |key, table| {
        let (cost, when) = (cost(table), rule(table));
        Some(Policy { cost, when, ..Policy::new(&key, period(table), measure(table, &index, &grants)?) })
    });
    Some(Blueprint {
        copies: count(neighbourhood, "copies"),
        composition: composition(document.table("composition")?, neighbourhood),
        trends: document.table("trends").map(trends).unwrap_or_default(),
        districts: Vec::new(),
        priority_to_need: share(neighbourhood, "priority_to_need_share"),
        buildings: each(document, "buildings", |key, table| {
            Some(BuildingPlan {
                key,
                form: BuildingForm::from_key(table.text("form")?)?,
                homes: count(table, "homes"),
                floors: count(table, "floors"),
                entrances: count(table, "entrances"),
                x: small(table, "x_metres"),
                y: small(table, "y_metres"),
                tenure: Tenure::from_key(table.text("tenure")?)?,
                period: period(table),
            })
        }),
        public_space: share(neighbourhood, "public_space_share"),
        addresses: number(neighbourhood, "addresses_per_square_kilometre") as f32,
        healthy_food: share(neighbourhood, "healthy_food_share"),
        places: each(document, "places", place),
        organisations: each(document, "organisations", |key, table| {
            Some(OrganisationPlan {
                key,
                kind: OrganisationKind::from_key(table.text("kind")?)?,
                knows_others: share(table, "knows_others_share"),
            })
        }),
        professionals: each(document, "professionals", |key, table| {
            Some(ProfessionalPlan {
                key,
                role: Role::from_key(table.text("role")?)?,
                employer: index(Section::Organisations, table.text("employer")?)?,
                grant: table.text("grant").and_then(|name| index(Section::Grants, name)),
                hours: small(table, "hours_per_week"),
                outreach: share(table, "outreach_share"),
                place: table.text("place").and_then(|name| index(Section::Places, name)),
                replaced_every: table.whole("replaced_every_weeks").and_then(|weeks| u32::try_from(weeks).ok()),
                may_leave: table.flag("may_leave")?,
                period: period(table),
            })
        }),
        initiatives: each(document, "initiatives", |key, table| {
            Some(InitiativePlan {
                key,
                activity: ActivityKind::from_key(table.text("activity")?)?,
                target: Target::from_key(table.text("target")?)?,
                place: index(Section::Places, table.text("place")?)?,
                organisers: count(table, "organisers"),
                residents_lead: share(table, "residents_lead_share"),
                hours_needed: small(table, "volunteer_hours_per_week"),
                sessions: small(table, "sessions_per_week"),
                capacity: small(table, "capacity_people"),
                formality: share(table, "formality_share"),
                grant: table.text("grant").and_then(|name| index(Section::Grants, name)),
                per_year: Cents::from_euros(number(table, "euros_per_year")),
                paid_hours: small(table, "paid_hours_per_week"),
                period: period(table),
            })
        }),
        grants,
        policies,
        parameters: parameters(document),
        mechanisms: mechanisms(document),
    })
}

fn each<T>(document: &Table, section: &str, make: impl Fn(String, &Table) -> Option<T>) -> Vec<T> {
    let elements = document.table(section).into_iter().flat_map(Table::elements);
    elements.filter_map(|(entry, table)| make(entry.key.clone(), table)).collect()
}

fn number(table: &Table, key: &str) -> f64 {
    table.number(key).unwrap_or(0.0)
}

fn small(table: &Table, key: &str) -> f32 {
    number(table, key) as f32
}

fn count(table: &Table, key: &str) -> u32 {
    table.whole(key).and_then(|number| u32::try_from(number).ok()).unwrap_or(0)
}

/// The words of a list.
pub(super) fn listed<'a>(table: &'a Table, key: &str) -> impl Iterator<Item = &'a str> {
    let items = match table.value(key) {
        Some(Value::List(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter().filter_map(|item| if let Value::Text(word) = &item.value { Some(word.as_str()) } else { None })
}

fn share(table: &Table, key: &str) -> Share {
    Share::new(number(table, key)).unwrap_or(Share::NONE)
}

fn period(table: &Table) -> Period {
    let week = |key| table.whole(key).and_then(|week| i32::try_from(week).ok());
    Period { from: week("from_week"), until: week("until_week") }
}

/// Shares as written may be off by a rounding error; in the model they add up to one.
fn shares<const N: usize>(table: Option<&Table>, fields: &[Field]) -> [Share; N] {
    let mut values = [0.0; N];
    for (value, field) in values.iter_mut().zip(fields) {
        *value = table.map_or(0.0, |table| number(table, field.name));
    }
    let sum: f64 = values.iter().sum();
    values.map(|value| Share::new(value / sum).unwrap_or(Share::NONE))
}

fn composition(table: &Table, neighbourhood: &Table) -> Composition {
    Composition {
        ages: shares(table.table("ages"), AGES),
        women: share(table, "women_share"),
        households: shares(table.table("households"), HOUSEHOLDS),
        household_size: table.number("people_per_household").map(|people| people as f32),
        origins: shares(table.table("origins"), ORIGINS),
        education: shares(table.table("education"), EDUCATION),
        income_difficulty: share(table, "income_difficulty_share"),
        health_limited: share(table, "health_limited_share"),
        language_barrier: share(table, "language_barrier_share"),
        employed: share(table, "employed_share"),
        vacant: share(neighbourhood, "vacant_share"),
        kin_nearby: share(neighbourhood, "kin_nearby_share"),
        moving: small(neighbourhood, "moving_times_national"),
        undocumented: share(table, "undocumented_share"),
        key_figures: KeyFigures {
            share: share(table, "key_figures_share"),
            of: table.text("key_figures_of").and_then(Origin::from_key),
        },
    }
}

fn trends(table: &Table) -> Trends {
    Trends {
        living_alone: small(table, "living_alone_per_year"),
        ageing_at_home: small(table, "ageing_at_home_per_year"),
        sorting: small(table, "sorting_per_year"),
        polarisation: small(table, "polarisation_per_year"),
    }
}

fn times<const N: usize>(table: Option<&Table>, fields: &[Field]) -> [f32; N] {
    let mut values = [1.0; N];
    for (value, field) in values.iter_mut().zip(fields) {
        *value = table.and_then(|table| table.number(field.name)).unwrap_or(1.0) as f32;
    }
    values
}

fn place(key: String, table: &Table) -> Option<PlacePlan> {
    Some(PlacePlan {
        key,
        kind: PlaceKind::from_key(table.text("kind")?)?,
        x: small(table, "x_metres"),
        y: small(table, "y_metres"),
        capacity: small(table, "capacity_people"),
        hours: small(table, "hours_per_week"),
        cost: small(table, "cost_euros_per_visit"),
        rooms: count(table, "rooms"),
        formality: share(table, "formality_share"),
        intensity: small(table, "intensity_times"),
        threshold: share(table, "threshold_share"),
        indoor: table.flag("indoor")?,
        commercial: table.flag("commercial")?,
        offers: listed(table, "offers").filter_map(Support::from_key).collect(),
        welcome: times(table.table("welcome_times"), WELCOME),
        ages: times(table.table("ages_times"), WELCOME_AGES),
        period: period(table),
    })
}

/// The keys of `[unit_costs]` that are the price of something the model pays for, with their parameters.
const PRICES: [(&str, &str); 2] = [
    ("professional_euros_per_hour", "funding.euros_per_hour"),
    ("paid_care_euros_per_hour", "help.care_euros_per_hour"),
];

fn parameters(document: &Table) -> Parameters {
    let mut parameters = Parameters::default();
    for info in Parameters::TABLE {
        let priced = PRICES.iter().find(|(_, parameter)| *parameter == info.key());
        let price = priced.and_then(|(key, _)| document.table("unit_costs")?.number(key));
        let own = document.table("parameters").and_then(|groups| groups.table(info.group)?.number(info.name));
        let own = price.or(own);
        if let Some(value) = own {
            // The range was checked in decimals; the nearest f32 may stick out of it by a hair.
            let inside = value.clamp(f64::from(info.low), f64::from(info.high));
            // It is inside and the parameter exists, so this cannot be refused.
            let _ = parameters.set(&info.key(), inside);
        }
    }
    parameters
}

fn mechanisms(document: &Table) -> Mechanisms {
    let mut mechanisms = Mechanisms::default();
    for info in Mechanisms::TABLE {
        if let Some(on) = document.table("mechanisms").and_then(|table| table.flag(info.name)) {
            mechanisms.set(info.name, on);
        }
    }
    mechanisms
}
