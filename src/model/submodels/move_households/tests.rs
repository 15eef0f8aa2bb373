//! Tests of moving: people are conserved, rows stay sound, ages stay level, newcomers are the same in two worlds.

use super::*;
use crate::model::blueprint::{Blueprint, BuildingPlan, Period, Portion, Trends};
use crate::model::fixture::{building, share, small_blueprint};
use crate::model::initialization::people::{Arrival, new_household};
use crate::model::initialization::set_up;
use crate::model::neighbourhood::NONE;
use crate::model::neighbourhood::home::Home;
use crate::model::neighbourhood::network::{Network, TieOrigin};
use crate::model::neighbourhood::professional::LinkingTie;
use crate::model::neighbourhood::resident::Traits;
use crate::model::policy::{Spread, Tenants};
use crate::model::quantities::{BuildingForm, Cents, Origin, Tenure};
use crate::model::submodels::enact_policies::{Allocation, Arrivals, Care};

fn rules(blueprint: &Blueprint) -> Rules {
    Rules {
        parameters: blueprint.parameters,
        mechanisms: blueprint.mechanisms,
        lockdown: 0.0,
        healthy_food: 0.0,
        campaigns: Vec::new(),
        stories: 0.0,
        allocations: Vec::new(),
        arrivals: Vec::new(),
        departures: Vec::new(),
        care_shifted: 0.0,
        portion: Portion::EVEN,
        policy_costs: [Cents(0); 3],
        care: Care::default(),
        trends: Trends::default(),
        courses: Vec::new(),
        new_providers: Vec::new(),
        introductions: 0.0,
        social_maps: Vec::new(),
    }
}

fn live(n: &mut Neighbourhood, rules: &Rules, seed: u64, weeks: std::ops::Range<i32>) -> Moves {
    weeks.fold(Moves::default(), |sum, week| {
        let moves = move_households(n, rules, Chance::new(seed), week);
        Moves {
            died: sum.died + moves.died,
            left: sum.left + moves.left,
            born: sum.born + moves.born,
            arrived: sum.arrived + moves.arrived,
        }
    })
}

fn assert_sound(n: &Neighbourhood) {
    assert_eq!((n.traits.len(), n.traits.len()), (n.state.len(), n.network.slots()));
    let mut homeless = n.residents().count();
    for home in 0..n.homes.len() as u32 {
        for slot in n.members(home) {
            assert_eq!(n.traits[slot].home, home);
            let partner = n.traits[slot].partner;
            assert!(partner == NONE || n.traits[partner as usize].partner == slot as u32);
            homeless -= 1;
        }
    }
    assert_eq!(homeless, 0);
    let mut free = n.free_slots.clone();
    free.sort_unstable();
    free.dedup();
    assert_eq!(free.len(), n.free_slots.len());
    assert_eq!(free.len() + n.residents().count(), n.slots());
    for slot in 0..n.slots() {
        let row = n.network.of(slot);
        assert!(row.others().is_sorted_by(|one, next| one < next), "row {slot} is not in order");
        assert!(row.is_empty() || n.traits[slot].is_somebody(), "ties of an empty slot");
        for tie in row.iter() {
            assert!(n.traits[tie.other as usize].is_somebody(), "a tie to an empty slot");
            let back = n.network.between(tie.other as usize, slot as u32).expect("every tie has two ends");
            assert_eq!(HalfTie { other: slot as u32, ..tie }, back);
            let together = n.traits[slot].home == n.traits[tie.other as usize].home;
            assert_eq!(tie.is_household(), together);
        }
    }
}

#[test]
fn people_are_conserved_and_nobody_keeps_a_tie_to_somebody_who_went() {
    let blueprint = small_blueprint();
    let mut n = set_up(&blueprint, Chance::new(1), 0, 0);
    let rules = rules(&blueprint);
    let mut total = n.residents().count() as i64;
    for year in 0..4 {
        let known: Vec<LinkingTie> =
            n.residents().step_by(3).map(|slot| LinkingTie { resident: slot as u32, trust: 0.5 }).collect();
        n.professionals[0].ties = known;
        let moves = live(&mut n, &rules, 1, year * 50..(year + 1) * 50);
        total += i64::from(moves.born) + i64::from(moves.arrived) - i64::from(moves.died) - i64::from(moves.left);
        assert_eq!(n.residents().count() as i64, total);
        assert!(moves.arrived > 0 && moves.left > 0);
        assert_sound(&n);
    }
    assert!(n.homes.iter().any(|home| home.generation > 0));
}

#[test]
fn ties_of_trust_go_with_the_resident() {
    let blueprint = small_blueprint();
    let mut n = set_up(&blueprint, Chance::new(2), 0, 0);
    n.professionals[0].ties = n.residents().map(|slot| LinkingTie { resident: slot as u32, trust: 0.5 }).collect();
    let before: Vec<_> = n.traits.iter().map(|them| them.person).collect();
    live(&mut n, &rules(&blueprint), 2, 0..100);
    for tie in &n.professionals[0].ties {
        assert_eq!(n.traits[tie.resident as usize].person, before[tie.resident as usize]);
    }
    assert!(n.professionals[0].ties.len() < before.len());
}

#[test]
fn the_ages_of_the_neighbourhood_stay_about_level_over_ten_years() {
    let mut blueprint = small_blueprint();
    blueprint.buildings = vec![BuildingPlan { floors: 20, ..building(BuildingForm::Gallery, 1_500) }];
    let ordinary = blueprint.composition;
    // Much like a suburb of families, and like a quarter of older people.
    let mut families = ordinary;
    families.ages = [0.22, 0.12, 0.30, 0.24, 0.12].map(share);
    families.households = [0.25, 0.25, 0.40, 0.10].map(share);
    let mut older = ordinary;
    older.ages = [0.11, 0.09, 0.22, 0.29, 0.29].map(share);
    older.households = [0.45, 0.33, 0.16, 0.06].map(share);
    for (seed, moving, composition) in [
        (1, 1.0, ordinary),
        (2, 1.0, ordinary),
        (3, 0.7, ordinary),
        (4, 1.5, ordinary),
        (5, 1.0, families),
        (6, 1.0, older),
    ] {
        blueprint.composition = composition;
        blueprint.composition.moving = moving;
        let mut n = set_up(&blueprint, Chance::new(seed), 0, 0);
        let bands = |n: &Neighbourhood, week: i32| {
            let mut shares = [0.0_f32; 5];
            n.residents().for_each(|slot| shares[n.traits[slot].age_band(week)] += 1.0);
            shares.map(|number| 100.0 * number / n.residents().count() as f32)
        };
        let (before, people) = (bands(&n, 0), n.residents().count());
        let moves = live(&mut n, &rules(&blueprint), seed, 0..520);
        let after = bands(&n, 520);
        for band in 0..5 {
            // Where few move, families grow older together, as in any suburb.
            assert!((before[band] - after[band]).abs() < 6.0, "{before:?} became {after:?} at {moving}");
        }
        assert!(n.residents().count().abs_diff(people) < people / 10, "{people} became {}", n.residents().count());
        let rate = (moves.left as f32) / 10.0 / people as f32;
        assert!((0.045..0.16).contains(&rate), "{rate} of the people move in a year");
    }
}

#[test]
fn families_live_in_houses_at_the_start_and_still_do_after_ten_years() {
    let mut blueprint = small_blueprint();
    blueprint.buildings = vec![
        BuildingPlan { floors: 10, ..building(BuildingForm::Gallery, 800) },
        BuildingPlan { tenure: Tenure::Owned, ..building(BuildingForm::Houses, 800) },
    ];
    let mut n = set_up(&blueprint, Chance::new(1), 0, 0);
    let shares = |n: &Neighbourhood| {
        [0, 1].map(|number| {
            let building = &n.buildings[number];
            let homes = building.first..building.first + building.homes;
            let lived_in = homes.clone().filter(|home| !n.homes[*home as usize].is_vacant()).count();
            let families = homes.filter(|home| n.members(*home).any(|slot| n.traits[slot].child)).count();
            families as f32 / lived_in as f32
        })
    };
    let [flats, houses] = shares(&n);
    assert!(houses > 2.0 * flats, "{flats} of the flats and {houses} of the houses have children");
    live(&mut n, &rules(&blueprint), 1, 0..520);
    let [flats_then, houses_then] = shares(&n);
    // Less than at the start: children are born in flats, and leave houses to their parents.
    assert!(houses_then > 1.5 * flats_then, "{flats_then} and {houses_then} after ten years");
    assert!((flats_then + houses_then - flats - houses).abs() < 0.15, "{flats} {houses} {flats_then} {houses_then}");
}

#[test]
fn the_same_newcomers_come_whatever_happened_before() {
    let blueprint = small_blueprint();
    let come = |week, profile| {
        new_household(&blueprint.composition, &blueprint.parameters, Chance::new(9), 17, 3, week, profile)
    };
    let timeless = |members: Vec<Traits>, week: i32| -> Vec<Traits> {
        members
            .into_iter()
            .map(|member| Traits { born: member.born - week, moved_in: member.moved_in - week, ..member })
            .collect()
    };
    assert_eq!(timeless(come(5, Arrival::Newcomer), 5), timeless(come(80, Arrival::Newcomer), 80));
    let chosen = come(5, Arrival::Chosen { motive: 0.9, hours: 10.0 });
    assert!(chosen[0].person.chosen_by_policy() && chosen[0].motive == 0.9 && chosen[0].promised_hours == 10.0);
    let sudden = come(5, Arrival::Sudden { origin: Origin::Europe });
    assert!(sudden.iter().all(|member| member.origin == Origin::Europe));
}

#[test]
fn an_event_in_one_home_moves_no_draw_in_another() {
    let blueprint = small_blueprint();
    let mut one = set_up(&blueprint, Chance::new(4), 0, 0);
    let mut two = one.clone();
    two.buildings[1].leaving = 8.0;
    live(&mut one, &rules(&blueprint), 4, 0..60);
    live(&mut two, &rules(&blueprint), 4, 0..60);
    let in_block = |n: &Neighbourhood| -> Vec<_> {
        (0..80)
            .map(|home| n.members(home).map(|slot| (n.traits[slot].person, n.traits[slot].born)).collect::<Vec<_>>())
            .collect()
    };
    assert_eq!(in_block(&one), in_block(&two));
    let gone = |n: &Neighbourhood| n.homes[80..].iter().filter(|home| home.generation > 0 || home.is_vacant()).count();
    assert!(gone(&two) > gone(&one));
}

#[test]
fn allocations_come_before_the_queue_and_no_faster_than_homes_fall_vacant() {
    let blueprint = small_blueprint();
    let given = |spread: Spread, building: Option<usize>, due: u32| {
        let mut n = set_up(&blueprint, Chance::new(5), 0, 0);
        let mut rules = rules(&blueprint);
        rules.allocations = vec![Allocation {
            who: Tenants::Motivated,
            policy: 2,
            building,
            due,
            hours_per_month: 10.0,
            motive: 0.85,
            spread,
        }];
        live(&mut n, &rules, 5, 0..104);
        assert_eq!(n.given_homes[2], due);
        assert_sound(&n);
        n.homes
            .iter()
            .filter(|home| !home.is_vacant() && n.traits[home.first as usize].promised_hours > 0.0)
            .copied()
            .collect::<Vec<_>>()
    };
    assert!(given(Spread::Anywhere, Some(1), 2).iter().all(|home| home.building == 1));
    let width = |homes: &[Home]| {
        let far = |pick: fn(&Home) -> f32| {
            homes.iter().map(pick).fold(f32::MIN, f32::max) - homes.iter().map(pick).fold(f32::MAX, f32::min)
        };
        far(|home| home.x) + far(|home| f32::from(home.floor) * 9.0)
    };
    let (together, apart) = (given(Spread::Together, Some(0), 8), given(Spread::Apart, Some(0), 8));
    assert!(width(&together) <= width(&apart), "{} {}", width(&together), width(&apart));
}

#[test]
fn sudden_arrivals_come_first_and_only_as_many_as_said() {
    let blueprint = small_blueprint();
    let mut n = set_up(&blueprint, Chance::new(6), 0, 0);
    let mut rules = rules(&blueprint);
    rules.arrivals = vec![Arrivals { building: None, policy: 0, households: 5, origin: Origin::OutsideEurope }];
    live(&mut n, &rules, 6, 0..104);
    assert_eq!(n.arrived[0], 5);
    let by_policy =
        n.homes.iter().filter(|home| !home.is_vacant() && n.traits[home.first as usize].person.chosen_by_policy());
    assert!((1..=5).contains(&by_policy.count()));
}

/// The small neighbourhood with a block of ten homes for some weeks, put up behind the others.
fn with_a_temporary_block(until: i32) -> Blueprint {
    let mut blueprint = small_blueprint();
    let period = Period { from: Some(10), until: Some(until) };
    blueprint.buildings.push(BuildingPlan { key: "block-b".to_owned(), period, ..building(BuildingForm::Gallery, 10) });
    blueprint
}

#[test]
fn a_temporary_building_is_for_those_whom_a_policy_brings() {
    let blueprint = with_a_temporary_block(500);
    let mut n = set_up(&blueprint, Chance::new(6), 0, 0);
    let mut rules = rules(&blueprint);
    let inside = |n: &Neighbourhood| n.homes[120..].iter().filter(|home| !home.is_vacant()).count();
    assert_eq!(inside(&n), 0);
    live(&mut n, &rules, 6, 0..60);
    assert_eq!(inside(&n), 0);
    rules.arrivals = vec![Arrivals { building: Some(2), policy: 0, households: 8, origin: Origin::OutsideEurope }];
    live(&mut n, &rules, 6, 60..61);
    assert_eq!((inside(&n), n.arrived[0]), (8, 8));
    assert_sound(&n);
}

#[test]
fn who_lives_in_a_building_that_goes_is_rehoused_as_far_as_homes_stand_empty() {
    let blueprint = with_a_temporary_block(100);
    let mut n = set_up(&blueprint, Chance::new(6), 0, 0);
    let mut rules = rules(&blueprint);
    rules.parameters.living.moving = 0.0;
    rules.parameters.living.death_at_70 = 0.0;
    rules.parameters.living.births = 0.0;
    // Of the homes that stand empty at the start two are kept so.
    rules.parameters.living.vacancy_weeks = 104.0;
    rules.arrivals = vec![Arrivals { building: Some(2), policy: 0, households: 10, origin: Origin::OutsideEurope }];
    live(&mut n, &rules, 6, 0..100);
    let empty: Vec<u32> = (0..120).filter(|home| n.homes[*home as usize].is_vacant()).collect();
    assert!((1..10).contains(&empty.len()), "{empty:?}");
    let before: Vec<_> = n.traits.iter().map(|them| them.person).collect();
    let moves = live(&mut n, &rules, 6, 100..101);
    assert!(moves.left > 0 && n.homes[120..].iter().all(Home::is_vacant));
    for home in empty {
        let first = n.members(home).next().expect("somebody was rehoused");
        assert!(n.traits[first].person.chosen_by_policy() && n.traits[first].person == before[first]);
    }
    assert_sound(&n);
    // They have children and neighbours in the new home as anybody has.
    rules.parameters.living.births = 1.0;
    live(&mut n, &rules, 6, 101..160);
    assert_sound(&n);
}

#[test]
fn whoever_loses_a_partner_grieves_and_children_are_not_left_alone() {
    let mut blueprint = small_blueprint();
    blueprint.parameters.living.death_at_70 = 0.3;
    blueprint.parameters.living.moving = 0.0;
    blueprint.parameters.living.vacancy_weeks = 100.0;
    let mut n = set_up(&blueprint, Chance::new(7), 0, 0);
    let couples = n.residents().filter(|slot| n.traits[*slot].partner != NONE).count();
    let moves = live(&mut n, &rules(&blueprint), 7, 0..40);
    assert!(moves.died > 5);
    assert!(n.residents().filter(|slot| n.traits[*slot].partner != NONE).count() < couples);
    assert!(n.residents().any(|slot| n.state[slot].grief > 0.0 && n.traits[slot].partner == NONE));
    for home in 0..n.homes.len() as u32 {
        assert!(n.homes[home as usize].is_vacant() || n.members(home).any(|slot| n.traits[slot].is_adult(40)));
    }
}

#[test]
fn work_ends_at_67_and_adult_life_begins_at_18() {
    let blueprint = small_blueprint();
    let mut n = set_up(&blueprint, Chance::new(8), 0, 0);
    live(&mut n, &rules(&blueprint), 8, 0..260);
    for slot in n.residents() {
        let them = &n.traits[slot];
        assert!(!them.occupied || (4..67).contains(&them.age(259)), "occupied at {}", them.age(259));
    }
}

#[test]
fn the_smallest_worlds_live_for_years() {
    for (homes, form) in [(1, BuildingForm::Gallery), (1, BuildingForm::Houses), (6, BuildingForm::Stairwell)] {
        let mut blueprint = small_blueprint();
        blueprint.buildings = vec![building(form, homes)];
        blueprint.composition.moving = 8.0;
        let mut n = set_up(&blueprint, Chance::new(1), 0, 0);
        live(&mut n, &rules(&blueprint), 1, 0..300);
        assert_sound(&n);
    }
    let mut singles = small_blueprint();
    singles.composition.households = [1.0, 0.0, 0.0, 0.0].map(share);
    let mut n = set_up(&singles, Chance::new(1), 0, 0);
    live(&mut n, &rules(&singles), 1, 0..300);
    assert!(n.residents().all(|slot| n.traits[slot].is_adult(300)));
    assert_sound(&n);
}

#[test]
fn a_slot_taken_again_keeps_the_new_ties_alone() {
    let tie = |other, strength| HalfTie::new(other, strength, 0, TieOrigin::STREET, 0);
    let mut network = Network::from_ties(3, [(0, tie(1, 0.1)), (0, tie(2, 0.2)), (1, tie(2, 0.3))]);
    network.grow_to(4);
    // Somebody new in slot 1 comes with somebody in slot 3 and knows slot 0.
    let added = [(0, tie(1, 0.9)), (1, tie(0, 0.9)), (1, tie(3, 1.0)), (3, tie(1, 1.0))];
    network.drop_slots(&[false, true, false], &added);
    let row = |slot: usize| network.of(slot).iter().map(|tie| (tie.other, tie.strength)).collect::<Vec<_>>();
    assert_eq!(row(0), [(1, 0.9), (2, 0.2)]);
    assert_eq!(row(1), [(0, 0.9), (3, 1.0)]);
    assert_eq!(row(2), [(0, 0.2)]);
    assert_eq!(row(3), [(1, 1.0)]);
}
