//! Homes and time: M43, M44, M46, M47.

use noaber::model::blueprint::Blueprint;
use noaber::model::policy::{PolicyMeasure, Spread};
use noaber::model::world::World;

use crate::asking::wants_hands;
use crate::common::{allocation, measured, policy, share};
use crate::measures::{here, mean, per_resident};
use crate::paired::{CORNER, contrast, goes_on, with};

/// Twelve homes in the flat for motivated newcomers.
fn allocated(plan: &mut Blueprint) {
    plan.policies.push(policy("allocation", 0, allocation(12, 26, Spread::Anywhere)));
}

/// Share of adults at this distance along the gallery who have a tie with a motivated newcomer.
fn know_them(from: u16, to: u16) -> impl Fn(&World) -> f64 {
    move |world| {
        let n = here(world);
        let (mut ties, mut pairs) = (0.0, 0.0);
        for chosen in n.residents().filter(|slot| n.traits[*slot].promised_hours > 0.0) {
            let home = &n.homes[n.traits[chosen].home as usize];
            for other in n.residents().filter(|slot| n.traits[*slot].is_adult(world.week())) {
                let there = &n.homes[n.traits[other].home as usize];
                let doors = home.door.abs_diff(there.door);
                if there.building == home.building && there.floor == home.floor && (from..=to).contains(&doors) {
                    pairs += 1.0;
                    ties += f64::from(u8::from(n.network.between(chosen, other as u32).is_some()));
                }
            }
        }
        ties / f64::max(pairs, 1.0)
    }
}

/// M43.
#[test]
fn contact_with_motivated_newcomers_falls_with_each_door() {
    let plan = with(&CORNER, allocated);
    let gradient = |plan: &Blueprint| {
        crate::paired::difference(&goes_on(plan, 130, know_them(5, 12)), &goes_on(plan, 130, know_them(1, 2)))
    };
    gradient(&plan).is_up("M43 ties with newcomers at one or two doors beyond those at five to twelve");
    gradient(&with(&plan, |plan| plan.mechanisms.encounters = false)).is_level("M43 the same without encounters");
    let chosen = goes_on(&plan, 130, |world| {
        let n = here(world);
        n.residents().filter(|slot| n.traits[*slot].promised_hours > 0.0).count() as f64
    });
    println!("M43 chosen {chosen:?}");
    assert!(goes_on(&CORNER, 52, know_them(0, 20)).iter().all(|share| *share == 0.0));
}

/// Volunteers among those whom the policy did not choose.
fn sitting_volunteers(world: &World) -> f64 {
    let n = here(world);
    let sitting = n.residents().filter(|slot| !n.traits[*slot].person.chosen_by_policy());
    sitting.filter(|slot| n.state[*slot].volunteers_here()).count() as f64
}

/// M44.
#[test]
fn the_example_of_active_neighbours_is_followed() {
    let base = with(&CORNER, |plan| {
        wants_hands(plan);
        plan.parameters.asking.imitation *= 4.0;
    });
    let alone = |plan: &mut Blueprint| plan.mechanisms.imitation = false;
    contrast(&with(&base, alone), &base, 104, volunteers_all).is_up("M44 volunteers by imitation");
    let with_example = contrast(&base, &with(&base, allocated), 130, sitting_volunteers);
    let without = contrast(&with(&base, alone), &with(&with(&base, allocated), alone), 130, sitting_volunteers);
    println!("M44 allocation with imitation {:+.3}, t = {:.1}", with_example.mean(), with_example.t());
    println!("M44 allocation without imitation {:+.3}, t = {:.1}", without.mean(), without.t());
    let beyond = with_example.beyond(&without);
    println!("M44 beyond {:+.3}, t = {:.1}", beyond.mean(), beyond.t());
    let nothing = with(&base, |plan| plan.parameters.asking.imitation = 0.0);
    contrast(&with(&nothing, alone), &nothing, 104, volunteers_all).is_nothing("M44 imitation at rate zero");
}

fn volunteers_all(world: &World) -> f64 {
    crate::measures::volunteers(world)
}

/// M46.
#[test]
fn where_people_stay_they_belong_and_ties_grow_old() {
    let moving = |times: f32| {
        move |plan: &mut Blueprint| {
            plan.policies.push(policy("moving", 0, PolicyMeasure::Adjust { parameter: "living.moving", times }));
        }
    };
    let (restless, settled) = (with(&CORNER, moving(4.0)), with(&CORNER, moving(0.25)));
    let belonging = |world: &World| mean(world, |state| state.belonging);
    let tie_age = |world: &World| {
        let week = world.week();
        let n = here(world);
        let ages = n.network.half_ties().iter().filter(|tie| !tie.is_household() && tie.strength >= 0.03);
        let ages: Vec<f64> = ages.map(|tie| f64::from(week - i32::from(tie.since))).collect();
        ages.iter().sum::<f64>() / ages.len().max(1) as f64
    };
    contrast(&restless, &settled, 104, belonging).is_up("M46 belonging where people stay");
    contrast(&restless, &settled, 104, tie_age).is_up("M46 age of ties where people stay");
    let unchanged = with(&CORNER, moving(1.0));
    contrast(&CORNER, &unchanged, 52, belonging).is_nothing("M46 moving as it was");
}

/// M47.
#[test]
fn a_lockdown_is_a_dip_from_which_people_recover() {
    let shut = |strength: f64| {
        move |plan: &mut Blueprint| {
            let mut lockdown = policy("lockdown", 0, PolicyMeasure::Lockdown { strength: share(strength) });
            lockdown.period.until = Some(26);
            plan.policies.push(lockdown);
        }
    };
    let locked = with(&CORNER, shut(0.9));
    let visits = |world: &World| mean(world, |state| state.visits);
    let acquaintances = |world: &World| per_resident(world, |tie| f32::from(u8::from(tie.strength >= 0.03)));
    let during = contrast(&CORNER, &locked, 26, visits);
    during.is_down("M47 visits during the lockdown");
    let after = contrast(&CORNER, &locked, 104, visits);
    println!("M47 visits after {:+.3}, t = {:.1}", after.mean(), after.t());
    after.beyond(&during).is_up("M47 recovery of visits");
    contrast(&CORNER, &locked, 26, acquaintances).is_down("M47 acquaintances during the lockdown");
    let remains = contrast(&CORNER, &locked, 104, acquaintances);
    println!("M47 acquaintances after {:+.3}, t = {:.1}", remains.mean(), remains.t());
    contrast(&CORNER, &with(&CORNER, shut(0.0)), 52, acquaintances).is_nothing("M47 a lockdown of strength zero");

    let rebuilt = with(&CORNER, |plan| {
        let mut works = policy("works", 0, PolicyMeasure::Rebuild { building: 0, encounters: 0.3, leaving: 3.0 });
        works.period.until = Some(26);
        plan.policies.push(works);
    });
    let neighbours = |world: &World| mean(world, |state| state.neighbour_weeks);
    let during = contrast(&CORNER, &rebuilt, 26, neighbours);
    during.is_down("M47 contact with neighbours during works");
    contrast(&CORNER, &rebuilt, 130, neighbours).beyond(&during).is_up("M47 recovery after works");
    let arrivals = with(&CORNER, |plan| {
        let origin = noaber::model::quantities::Origin::OutsideEurope;
        plan.policies.push(policy("arrivals", 0, PolicyMeasure::Arrivals { households: 12, origin }));
    });
    let unmet = contrast(&CORNER, &arrivals, 78, |world| measured(world, "needs_unmet"));
    println!("M47 arrivals, unmet {:+.4}, t = {:.1}", unmet.mean(), unmet.t());
}
