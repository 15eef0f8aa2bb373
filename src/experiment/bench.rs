//! A synthetic neighbourhood with everything in it, for measuring speed and memory.

use crate::model::blueprint::{
    Blueprint, BuildingPlan, Composition, GrantPlan, InitiativePlan, KeyFigures, OrganisationPlan, Period, PlacePlan,
    ProfessionalPlan, Regime, Trends,
};
use crate::model::parameters::{Mechanisms, Parameters};
use crate::model::quantities::{
    Activities, ActivityKind, BuildingForm, Cents, Offers, OrganisationKind, PlaceKind, Role, Share, Sphere, Support,
    Target, Tenure,
};

/// Residents in a home, on average, with the composition below.
const RESIDENTS_PER_HOME: f64 = 1.96;

fn share(value: f64) -> Share {
    // Every caller writes a constant between 0 and 1.
    Share::new(value).unwrap_or(Share::NONE)
}

/// A blueprint of about `residents` residents, in alike neighbourhoods of about `neighbourhood_size`: galleries,
/// stairwells and houses; every kind of place, organisation and activity; grants, professionals and initiatives.
///
/// Nothing of the model is switched off.
#[must_use]
pub fn synthetic(residents: u64, neighbourhood_size: u32) -> Blueprint {
    let residents = residents.max(1);
    let copies = residents.div_ceil(u64::from(neighbourhood_size.max(1))).max(1);
    let homes = (residents as f64 / copies as f64 / RESIDENTS_PER_HOME).round().max(4.0) as u32;
    Blueprint {
        copies: copies.min(u64::from(u32::MAX)) as u32,
        composition: composition(),
        districts: Vec::new(),
        priority_to_need: Share::NONE,
        trends: Trends::default(),
        buildings: buildings(homes),
        public_space: share(0.5),
        addresses: 2000.0,
        healthy_food: share(0.0),
        places: places(),
        organisations: organisations(),
        grants: grants(),
        professionals: professionals(),
        initiatives: initiatives(),
        policies: Vec::new(),
        parameters: Parameters::default(),
        mechanisms: Mechanisms::default(),
    }
}

fn composition() -> Composition {
    Composition {
        ages: [0.16, 0.12, 0.28, 0.26, 0.18].map(share),
        women: share(0.5),
        households: [0.40, 0.27, 0.25, 0.08].map(share),
        household_size: None,
        origins: [0.60, 0.12, 0.28].map(share),
        education: [0.30, 0.40, 0.30].map(share),
        income_difficulty: share(0.2),
        health_limited: share(0.3),
        language_barrier: share(0.2),
        employed: share(0.7),
        vacant: share(0.02),
        kin_nearby: share(0.1),
        moving: 1.0,
        undocumented: share(0.0),
        key_figures: KeyFigures::NONE,
    }
}

/// Buildings of at most 60 homes in a grid of streets, a third of each form.
fn buildings(homes: u32) -> Vec<BuildingPlan> {
    let count = homes.div_ceil(60).max(3).min(homes);
    (0..count)
        .map(|nth| {
            // The homes that a division leaves over go to the first buildings.
            let homes = homes / count + u32::from(nth < homes % count);
            let form = BuildingForm::ALL[nth as usize % BuildingForm::ALL.len()];
            let (floors, entrances) = match form {
                BuildingForm::Gallery => (homes.min(6), 1),
                BuildingForm::Stairwell => (homes.min(4), homes.div_ceil(8).max(1)),
                BuildingForm::Houses => (1, homes.div_ceil(20).max(1)),
            };
            BuildingPlan {
                key: format!("building-{nth}"),
                form,
                homes,
                floors,
                entrances,
                x: (nth % 6) as f32 * 110.0,
                y: (nth / 6) as f32 * 90.0,
                tenure: Tenure::ALL[nth as usize % Tenure::ALL.len()],
                period: Period::default(),
            }
        })
        .collect()
}

fn places() -> Vec<PlacePlan> {
    PlaceKind::ALL
        .iter()
        .enumerate()
        .map(|(nth, &kind)| {
            let outdoor = matches!(
                kind,
                PlaceKind::Park | PlaceKind::Square | PlaceKind::Playground | PlaceKind::Court | PlaceKind::Garden
            );
            let commercial = matches!(kind, PlaceKind::SupermarketCorner | PlaceKind::SnackBar);
            let referral = matches!(kind, PlaceKind::FoodBank);
            PlacePlan {
                key: kind.key().to_owned(),
                kind,
                x: (nth % 5) as f32 * 130.0,
                y: (nth / 5) as f32 * 120.0,
                capacity: if outdoor { 200.0 } else { 40.0 },
                hours: if outdoor || commercial { 70.0 } else { 24.0 },
                cost: if commercial { 3.0 } else { 0.0 },
                rooms: 1 + (nth % 3) as u32,
                formality: share(0.1 * (nth % 6) as f64),
                intensity: 1.0,
                threshold: share(if referral { 0.5 } else { 0.0 }),
                indoor: !outdoor,
                commercial,
                offers: match kind {
                    PlaceKind::ThriftShop | PlaceKind::FoodBank => [Support::Material].into_iter().collect(),
                    PlaceKind::Church | PlaceKind::Mosque => Support::ALL.iter().copied().collect(),
                    _ => Offers::NOTHING,
                },
                welcome: match kind {
                    PlaceKind::Mosque => [0.4, 0.7, 1.5],
                    PlaceKind::Church => [1.2, 1.0, 0.8],
                    _ => [1.0; 3],
                },
                ages: match kind {
                    PlaceKind::Playground | PlaceKind::SchoolGate => [2.0, 0.5, 1.5, 0.6, 0.4],
                    PlaceKind::YouthCentre => [1.0, 2.0, 0.3, 0.2, 0.1],
                    _ => [1.0; 5],
                },
                period: Period::default(),
            }
        })
        .collect()
}

fn organisations() -> Vec<OrganisationPlan> {
    OrganisationKind::ALL
        .iter()
        .map(|&kind| OrganisationPlan { key: kind.key().to_owned(), kind, knows_others: share(0.5) })
        .collect()
}

fn grants() -> Vec<GrantPlan> {
    [("neighbourhood-fund", Sphere::Communal, 60_000.0), ("social-work", Sphere::Institutional, 250_000.0)]
        .into_iter()
        .map(|(key, sphere, euros)| GrantPlan {
            key: key.to_owned(),
            sphere,
            per_year: Cents::from_euros(euros),
            regime: Regime {
                contract_weeks: 52,
                gap_weeks: 8,
                renewal: share(0.7),
                application_hours: 40.0,
                accounting_hours: 1.0,
                accounting_per_1000: 0.0,
                formality: share(0.3),
                pays: Activities::ALL,
            },
        })
        .collect()
}

fn professionals() -> Vec<ProfessionalPlan> {
    Role::ALL
        .iter()
        .enumerate()
        .map(|(nth, &role)| ProfessionalPlan {
            key: role.key().to_owned(),
            role,
            employer: nth % OrganisationKind::ALL.len(),
            grant: (nth % 2 == 0).then_some(1),
            hours: 24.0,
            outreach: share(0.3),
            place: None,
            replaced_every: None,
            may_leave: true,
            period: Period::default(),
        })
        .collect()
}

fn initiatives() -> Vec<InitiativePlan> {
    let indoor = PlaceKind::ALL.iter().position(|&kind| kind == PlaceKind::CommunityCentre).unwrap_or(0);
    let outdoor = PlaceKind::ALL.iter().position(|&kind| kind == PlaceKind::Square).unwrap_or(0);
    ActivityKind::ALL
        .iter()
        .enumerate()
        .map(|(nth, &activity)| InitiativePlan {
            key: activity.key().to_owned(),
            activity,
            target: Target::ALL[nth % Target::ALL.len()],
            place: if matches!(activity, ActivityKind::LitterPicking | ActivityKind::Walking | ActivityKind::FeastDay) {
                outdoor
            } else {
                indoor
            },
            organisers: 1 + (nth % 3) as u32,
            residents_lead: Share::ALL,
            hours_needed: 8.0,
            sessions: 1.0,
            capacity: 20.0,
            formality: share(0.2),
            grant: (nth % 2 == 0).then_some(0),
            per_year: Cents::from_euros(2_000.0),
            paid_hours: 0.0,
            period: Period::default(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn homes_go_with_residents_whatever_the_number() {
        for (residents, size) in [(1, 2_000), (12, 2_000), (2_000, 2_000), (100_000, 2_000), (5_000, 1)] {
            let blueprint = synthetic(residents, size);
            assert!(blueprint.buildings.iter().all(|plan| plan.homes >= 1 && plan.floors >= 1 && plan.entrances >= 1));
            assert!(blueprint.initiatives.iter().all(|plan| plan.place < blueprint.places.len()));
            let about = f64::from(blueprint.copies) * f64::from(blueprint.homes()) * RESIDENTS_PER_HOME;
            assert!(
                size < 100 || residents < 100 || (about / residents as f64 - 1.0).abs() < 0.02,
                "{about} for {residents}"
            );
        }
    }

    #[test]
    fn shares_of_the_composition_add_up_to_one() {
        let composition = composition();
        for shares in [&composition.ages[..], &composition.households, &composition.origins, &composition.education] {
            let sum: f32 = shares.iter().map(|share| share.get()).sum();
            assert!((sum - 1.0).abs() < 1e-6);
        }
    }
}
