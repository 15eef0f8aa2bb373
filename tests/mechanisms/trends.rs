//! What goes on whatever the policy: M6.
//!
//! Sorting is slow: only homes that fall vacant sort, and those who stayed keep their ties.

use noaber::model::blueprint::{Blueprint, Trends};
use noaber::model::neighbourhood::network::HalfTie;
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
    let mixed = near().filter(HalfTie::is_across).count() as f64 / near().count() as f64;
    [mixed, observe(world, Detail::Full).value(0, measure_index("assortativity").expect("a measure"))]
}

fn attitude(world: &World) -> f64 {
    mean(world, |state| state.attitude)
}

/// Trends in who lives here show where homes change hands: people move six times as often as in the file, or in six years
/// too few homes fall vacant to tell by. Of ties with neighbours 0.07 fewer are between groups (t = -7), assortativity
/// rises by 0.07 (t = 9), homes of one person by 0.10 (t = 24), adults of 65 and over by 0.09 (t = 17).
///
/// M6.
#[test]
fn the_baseline_moves_without_any_policy() {
    let nothing = Trends::default();
    let weeks = 312;
    let restless = with(&CORNER, |plan| plan.composition.moving *= 6.0);
    let starts = grown(&restless);
    let all = |world: &World| {
        let [mixed, sorted] = mixed_and_sorted(world);
        [mixed, sorted, alone(world), older(world)]
    };
    let still = lived(&starts, &restless, weeks, all);
    let drifted = |trends: Trends| {
        differences(&still, &lived(&starts, &with(&restless, |plan| plan.trends = trends), weeks, all))
    };
    let [mixed, sorted, ..] = drifted(Trends { sorting: 0.5, ..nothing });
    mixed.is_down("M6 share of ties with neighbours that are between groups");
    sorted.is_up("M6 assortativity of all ties by origin");
    let [_, _, one_person, _] = drifted(Trends { living_alone: 0.05, ..nothing });
    one_person.is_up("M6 homes of one person");
    let [_, _, _, of_age] = drifted(Trends { ageing_at_home: 0.5, ..nothing });
    of_age.is_up("M6 adults of 65 and over");
    contrast(&CORNER, &trends(Trends { polarisation: 0.02, ..nothing }), weeks, attitude)
        .is_down("M6 attitude to other groups");
    let off = |plan: &Blueprint| with(plan, |plan| plan.mechanisms.trends = false);
    let all = Trends { living_alone: 0.05, ageing_at_home: 0.2, sorting: 0.2, polarisation: 0.02 };
    for without in
        contrasts(&off(&CORNER), &off(&trends(all)), 52, |world| [alone(world), older(world), attitude(world)])
    {
        without.is_nothing("M6 without trends");
    }
}
