//! Protocol `proximity`: whom people in a new building name, by how far they live (Festinger, Schachter and Back 1950).
//!
//! Westgate West had buildings of two floors with five doors each, stairs at both ends, and young couples alike in age and
//! work who all moved in at one time. Here they do in week 0; a year later each household names three.

use super::life::answered;
use super::sums::{Sum, Sums};
use super::{Adjust, Validation};
use crate::experiment::bench::synthetic;
use crate::experiment::run::Watch;
use crate::model::blueprint::{Blueprint, BuildingPlan, Composition, Period};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::quantities::{BuildingForm, PlaceKind, Share, Tenure};
use crate::model::world::World;
use crate::scenario::targets::Protocol;

/// Buildings of ten homes; Westgate West had seventeen, and a few times as many make luck smaller.
const BUILDINGS: u32 = 34;
const DOORS: u16 = 5;
const WEEKS: u32 = 52;
const GROUNDS: [PlaceKind; 3] = [PlaceKind::Park, PlaceKind::Court, PlaceKind::Playground];
/// Whom each names.
const CLOSEST: usize = 3;

/// In the unit of [`Watch::worked`].
pub(super) fn work() -> u64 {
    u64::from(BUILDINGS) * 2 * u64::from(DOORS) * u64::from(WEEKS)
}

/// Nothing but homes, people and the grounds: all else that a blueprint holds is as ordinary as can be.
fn blueprint() -> Blueprint {
    let (all, none) = (Share::ALL, Share::NONE);
    let half = Share::new(0.5).unwrap_or(none);
    let ordinary = synthetic(1, 1);
    let composition = Composition {
        ages: [none, none, all, none, none],
        households: [none, half, half, none],
        origins: [all, none, none],
        education: [none, none, all],
        income_difficulty: none,
        health_limited: none,
        language_barrier: none,
        employed: half,
        vacant: none,
        kin_nearby: none,
        ..ordinary.composition
    };
    let building = |number: u32| BuildingPlan {
        key: format!("building-{number}"),
        form: BuildingForm::Gallery,
        homes: 2 * u32::from(DOORS),
        floors: 2,
        entrances: 2,
        x: (number % 6) as f32 * 60.0,
        y: (number / 6) as f32 * 40.0,
        tenure: Tenure::PrivateRent,
        period: Period { from: Some(0), until: None },
    };
    Blueprint {
        composition,
        // At the edge of the grounds, where nobody else had to be.
        addresses: 250.0,
        buildings: (0..BUILDINGS).map(building).collect(),
        // Greens and a playground between the buildings, where people of other buildings are met.
        places: ordinary.places.into_iter().filter(|place| GROUNDS.contains(&place.kind)).collect(),
        organisations: Vec::new(),
        grants: Vec::new(),
        professionals: Vec::new(),
        initiatives: Vec::new(),
        ..ordinary
    }
}

/// Builds it, lives a year in it, and asks.
pub(super) fn live(validation: &Validation, adjust: &Adjust<'_>, key: u64, watch: &impl Watch) -> Option<Sums> {
    let mut blueprint = blueprint();
    // The constants of the population, so that a value laid over it holds here too.
    if let Some(part) = validation.targets.neighbourhoods.first() {
        blueprint.parameters = part.scenario.blueprint.parameters;
    }
    adjust(&mut blueprint.parameters);
    // Everybody moves in at one time.
    blueprint.parameters.living.vacancy_weeks = 0.0;
    let mut world = World::grow(&blueprint, key, 0);
    for _ in 0..WEEKS {
        if watch.stop() {
            return None;
        }
        world.live_one_week();
        watch.worked(work() / u64::from(WEEKS));
    }
    let known = world.parameters().ties.known;
    let mut counts = Counts::default();
    for n in world.neighbourhoods() {
        counts.count(n, known);
    }
    let mut parts = vec![None; validation.targets.targets.iter().map(|target| target.parts.len()).sum()];
    answered(validation, &[(Protocol::Proximity, counts.sums())], &mut parts);
    Some(Sums { weight: 1.0, parts })
}

/// Pairs of households in one building, and how often the first names the other.
#[derive(Default)]
struct Counts {
    /// On one floor, by doors between them.
    by_doors: [[f64; 2]; DOORS as usize],
    /// From upstairs to downstairs: to those at the stairs and to those in between.
    down: [[f64; 2]; 2],
}

impl Counts {
    fn count(&mut self, n: &Neighbourhood, known: f32) {
        for (number, home) in n.homes.iter().enumerate().filter(|(_, home)| !home.is_vacant()) {
            let named = closest(n, number as u32, known);
            let building = &n.buildings[home.building as usize];
            for other in building.first..building.first + building.homes {
                let there = &n.homes[other as usize];
                if other == number as u32 || there.is_vacant() {
                    continue;
                }
                let pair = [f64::from(u8::from(named.contains(&other))), 1.0];
                let add = |to: &mut [f64; 2]| *to = [to[0] + pair[0], to[1] + pair[1]];
                if home.floor == there.floor {
                    add(&mut self.by_doors[usize::from(home.door.abs_diff(there.door))]);
                } else if home.floor > there.floor {
                    add(&mut self.down[usize::from(there.door != 0 && there.door != DOORS - 1)]);
                }
            }
        }
    }

    /// In the order of the protocol's outcomes.
    fn sums(&self) -> Vec<Sum> {
        let of = |doors: usize| Sum::of(self.by_doors[doors][0], self.by_doors[doors][1]);
        let [stairs, between] = self.down;
        let stairs = Sum { total: stairs[0], count: stairs[1], against: Some((between[0], between[1])) };
        vec![of(1), of(2), of(usize::from(DOORS) - 1), stairs]
    }
}

/// The homes of those whom a household has most to do with, the strongest ties first.
fn closest(n: &Neighbourhood, home: u32, known: f32) -> Vec<u32> {
    let mut ties: Vec<(f32, u32)> = n
        .members(home)
        .flat_map(|slot| n.network.of(slot).iter())
        .filter(|tie| !tie.is_household() && tie.strength >= known)
        .map(|tie| (tie.strength, n.traits[tie.other as usize].home))
        .collect();
    ties.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut homes: Vec<u32> = Vec::with_capacity(CLOSEST);
    for (_, other) in ties {
        if !homes.contains(&other) && homes.len() < CLOSEST {
            homes.push(other);
        }
    }
    homes
}
