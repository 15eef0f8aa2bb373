//! What goes on whatever the policy: M6.
//!
//! Sorting is slow: only homes that fall vacant sort, and those who stayed keep their ties.

use noaber::model::blueprint::{Blueprint, Trends};
use noaber::model::world::World;
use noaber::observation::{Detail, measure_index, observe};

use crate::measures::{here, mean};
use crate::paired::{CORNER, contrast, contrasts, differences, grown, lived, with};

fn trends(trends: Trends) -> Blueprint {
    with(&CORNER, |plan| plan.trends = trends)
}

/// Share of the adults of 65 and over.
fn older(world: &World) -> f64 {
    let n = here(world);
    let ages: Vec<f64> = n
        .residents()
        .filter(|slot| n.traits[*slot].is_adult(world.week()))
        .map(|slot| f64::from(u8::from(n.traits[slot].age(world.week()) >= 65)))
        .collect();
    ages.iter().sum::<f64>() / ages.len() as f64
}

/// Share of the homes lived in where one person lives.
fn alone(world: &World) -> f64 {
    let n = here(world);
    let taken: Vec<usize> =
        (0..n.homes.len() as u32).map(|home| n.members(home).count()).filter(|members| *members > 0).collect();
    taken.iter().filter(|members| **members == 1).count() as f64 / taken.len() as f64
}

/// Share of the ties with people who live near that are between origin groups, and assortativity of all ties.
fn mixed_and_sorted(world: &World) -> [f64; 2] {
    let near = || here(world).network.half_ties().iter().filter(|tie| tie.is_near() && !tie.is_household());
    let mixed = near().filter(|tie| tie.is_across()).count() as f64 / near().count() as f64;
    [mixed, observe(world, Detail::Full).value(0, measure_index("assortativity").expect("a measure"))]
}

fn attitude(world: &World) -> f64 {
    mean(world, |state| state.attitude)
}

/// M6.
#[test]
fn the_baseline_moves_without_any_policy() {
    let nothing = Trends::default();
    let weeks = 312;
    let one = |drift: Trends, measure: fn(&World) -> f64| contrast(&CORNER, &trends(drift), weeks, measure);
    // Sorting shows where people move: three times as often as in the file.
    let restless = with(&CORNER, |plan| plan.composition.moving *= 3.0);
    let sorting = with(&restless, |plan| plan.trends = Trends { sorting: 0.5, ..nothing });
    let starts = grown(&restless);
    let [mixed, sorted] = differences(
        &lived(&starts, &restless, weeks, mixed_and_sorted),
        &lived(&starts, &sorting, weeks, mixed_and_sorted),
    );
    mixed.is_down("M6 share of ties with neighbours that are between groups");
    sorted.is_up("M6 assortativity of all ties by origin");
    one(Trends { living_alone: 0.05, ..nothing }, alone).is_up("M6 homes of one person");
    one(Trends { ageing_at_home: 0.5, ..nothing }, older).is_up("M6 adults of 65 and over");
    one(Trends { polarisation: 0.02, ..nothing }, attitude).is_down("M6 attitude to other groups");
    let off = |plan: &Blueprint| with(plan, |plan| plan.mechanisms.trends = false);
    let all = Trends { living_alone: 0.05, ageing_at_home: 0.2, sorting: 0.2, polarisation: 0.02 };
    for without in
        contrasts(&off(&CORNER), &off(&trends(all)), 52, |world| [alone(world), older(world), attitude(world)])
    {
        without.is_nothing("M6 without trends");
    }
}
