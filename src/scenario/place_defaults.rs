//! What each kind of place is like when a scenario says no more than its kind. All values are assumed.

use super::document::{Entry, Node, Table, Value};
use super::fault::At;
use super::keys::{Field, WELCOME, WELCOME_AGES};
use crate::model::quantities::{PlaceKind, Support};

/// An ordinary place of its kind.
struct Ordinary {
    kind: PlaceKind,
    capacity: f64,
    hours: f64,
    cost: f64,
    rooms: i64,
    formality: f64,
    intensity: f64,
    threshold: f64,
    indoor: bool,
    commercial: bool,
    /// What its own people help with, as a visitor would find it.
    offers: &'static [Support],
    /// Netherlands, Europe, outside Europe.
    welcome: [f64; 3],
    /// Under 15, 15-24, 25-44, 45-64, 65 and over.
    ages: [f64; 5],
}

const ALL_ORIGINS: [f64; 3] = [1.0; 3];
const ALL_AGES: [f64; 5] = [1.0; 5];

/// An indoor place without a price, from which the kinds differ.
const PLAIN: Ordinary = Ordinary {
    kind: PlaceKind::CommunityCentre,
    capacity: 60.0,
    hours: 40.0,
    cost: 0.0,
    rooms: 1,
    formality: 0.3,
    intensity: 1.0,
    threshold: 0.0,
    indoor: true,
    commercial: false,
    offers: &[],
    welcome: ALL_ORIGINS,
    ages: ALL_AGES,
};

/// Assumed, all of it: capacities and hours of middling Dutch examples; open air is open by day (98 hours a week).
const KINDS: &[Ordinary] = &[
    Ordinary {
        kind: PlaceKind::Park,
        capacity: 300.0,
        hours: 98.0,
        formality: 0.0,
        intensity: 0.5,
        indoor: false,
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::Square,
        capacity: 150.0,
        hours: 98.0,
        formality: 0.0,
        intensity: 0.6,
        indoor: false,
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::Playground,
        capacity: 60.0,
        hours: 70.0,
        formality: 0.0,
        intensity: 0.9,
        indoor: false,
        ages: [2.0, 0.5, 1.4, 0.4, 0.4],
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::SchoolGate,
        capacity: 200.0,
        hours: 8.0,
        formality: 0.1,
        intensity: 0.8,
        indoor: false,
        ages: [2.0, 0.2, 1.6, 0.4, 0.2],
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::SupermarketCorner,
        capacity: 40.0,
        hours: 80.0,
        formality: 0.1,
        intensity: 0.4,
        commercial: true,
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::SnackBar,
        capacity: 25.0,
        hours: 70.0,
        cost: 5.0,
        formality: 0.1,
        intensity: 0.7,
        commercial: true,
        ages: [0.6, 1.5, 1.2, 1.0, 0.6],
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::ThriftShop,
        capacity: 40.0,
        hours: 36.0,
        formality: 0.1,
        intensity: 1.0,
        ages: [0.4, 0.6, 1.0, 1.3, 1.3],
        offers: &[Support::Company, Support::Material],
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::FoodBank,
        capacity: 60.0,
        hours: 6.0,
        formality: 0.5,
        intensity: 0.7,
        threshold: 0.6,
        ages: [0.2, 0.6, 1.2, 1.2, 0.8],
        offers: &[Support::Papers, Support::Material],
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::Library,
        capacity: 80.0,
        hours: 45.0,
        rooms: 3,
        formality: 0.4,
        intensity: 0.5,
        threshold: 0.05,
        ages: [1.4, 1.0, 0.9, 0.9, 1.2],
        offers: &[Support::Papers, Support::Homework],
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::CommunityCentre,
        capacity: 100.0,
        hours: 50.0,
        rooms: 4,
        formality: 0.4,
        offers: &[Support::Company],
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::LivingRoom,
        capacity: 30.0,
        hours: 30.0,
        formality: 0.1,
        intensity: 1.3,
        ages: [0.8, 0.6, 1.0, 1.2, 1.3],
        offers: &[Support::Company],
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::Church,
        capacity: 150.0,
        hours: 12.0,
        rooms: 2,
        formality: 0.4,
        intensity: 1.1,
        ages: [0.8, 0.6, 0.9, 1.1, 1.5],
        offers: &[Support::Company, Support::Papers, Support::Material, Support::Counselling],
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::Mosque,
        capacity: 200.0,
        hours: 35.0,
        rooms: 2,
        formality: 0.4,
        intensity: 1.1,
        welcome: [0.2, 0.5, 1.5],
        offers: &[Support::Company, Support::Papers, Support::Material, Support::Homework, Support::Counselling],
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::SportsClub,
        capacity: 80.0,
        hours: 30.0,
        cost: 4.0,
        rooms: 2,
        formality: 0.4,
        intensity: 1.2,
        threshold: 0.15,
        ages: [1.6, 1.4, 1.0, 0.8, 0.5],
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::Court,
        capacity: 25.0,
        hours: 70.0,
        formality: 0.0,
        intensity: 1.1,
        indoor: false,
        ages: [1.6, 1.8, 0.7, 0.3, 0.1],
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::Garden,
        capacity: 30.0,
        hours: 50.0,
        formality: 0.1,
        intensity: 1.1,
        indoor: false,
        ages: [0.8, 0.4, 1.0, 1.3, 1.4],
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::CareStop,
        capacity: 20.0,
        hours: 30.0,
        formality: 0.6,
        intensity: 0.8,
        threshold: 0.3,
        ages: [0.2, 0.5, 0.8, 1.2, 1.6],
        offers: &[Support::Company],
        ..PLAIN
    },
    Ordinary {
        kind: PlaceKind::YouthCentre,
        capacity: 50.0,
        hours: 25.0,
        rooms: 2,
        formality: 0.3,
        intensity: 1.2,
        ages: [1.2, 2.0, 0.2, 0.1, 0.1],
        ..PLAIN
    },
];

/// The table of a place of this kind that says no more than its kind.
pub(super) fn ordinary(kind: PlaceKind) -> Option<Table> {
    let plan = KINDS.iter().find(|plan| plan.kind == kind)?;
    let times = |fields: &[Field], values: &[f64]| {
        let entry = |(field, value): (&Field, &f64)| default(field.name, Value::Number(*value));
        Value::Table(Table(fields.iter().zip(values).map(entry).collect()))
    };
    let word = |support: &Support| Node { at: At::DEFAULT, value: Value::Text(support.key().to_owned()) };
    Some(Table(vec![
        default("capacity_people", Value::Number(plan.capacity)),
        default("hours_per_week", Value::Number(plan.hours)),
        default("cost_euros_per_visit", Value::Number(plan.cost)),
        default("rooms", Value::Whole(plan.rooms)),
        default("formality_share", Value::Number(plan.formality)),
        default("intensity_times", Value::Number(plan.intensity)),
        default("threshold_share", Value::Number(plan.threshold)),
        default("indoor", Value::Flag(plan.indoor)),
        default("commercial", Value::Flag(plan.commercial)),
        default("offers", Value::List(plan.offers.iter().map(word).collect())),
        default("welcome_times", times(WELCOME, &plan.welcome)),
        default("ages_times", times(WELCOME_AGES, &plan.ages)),
    ]))
}

/// An entry that nobody wrote.
pub(super) fn default(key: &str, value: Value) -> Entry {
    Entry { key: key.to_owned(), key_at: At::DEFAULT, node: Node { at: At::DEFAULT, value } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_place_has_an_ordinary_form() {
        for kind in PlaceKind::ALL {
            assert!(ordinary(*kind).is_some(), "{}", kind.key());
        }
    }
}
