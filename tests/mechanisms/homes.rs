//! Homes and time: M43, M44, M46, M47.

use noaber::model::blueprint::Blueprint;
use noaber::model::policy::{PolicyMeasure, Spread, Tenants};
use noaber::model::world::World;

use crate::asking::wants_hands;
use crate::common::{allocation, policy, share};
use crate::measures::{here, mean, per_resident};
use crate::paired::{CORNER, contrast, contrasts, difference, goes_on, grown, lived, with};

/// Two dozen homes in the flat for motivated newcomers.
fn allocated(plan: &mut Blueprint) {
    plan.policies.push(policy("allocation", 0, allocation(24, 26, Spread::Anywhere)));
}

/// Share of the adults so many doors along the gallery to whom a motivated newcomer is more than a face.
fn know_them(world: &World, doors: std::ops::RangeInclusive<u16>) -> f64 {
    let n = here(world);
    let (mut ties, mut pairs) = (0.0, 0.0);
    for chosen in n.residents().filter(|slot| n.traits[*slot].promised_hours > 0.0) {
        let home = &n.homes[n.traits[chosen].home as usize];
        for other in n.residents().filter(|slot| n.traits[*slot].is_adult(world.week())) {
            let there = &n.homes[n.traits[other].home as usize];
            let same_floor = there.building == home.building && there.floor == home.floor;
            if same_floor && doors.contains(&home.door.abs_diff(there.door)) {
                pairs += 1.0;
                let known = n.network.between(chosen, other as u32);
                ties += f64::from(u8::from(known.is_some_and(|tie| tie.strength >= world.parameters().ties.known)));
            }
        }
    }
    ties / f64::max(pairs, 1.0)
}

/// M43.
#[test]
fn contact_with_motivated_newcomers_falls_with_each_door() {
    let plan = with(&CORNER, allocated);
    let near_against_far = |plan: &Blueprint| {
        let [far, near] = goes_on(plan, 208, |world| [know_them(world, 5..=12), know_them(world, 1..=2)]);
        difference(&far, &near)
    };
    near_against_far(&plan).is_up("M43 share who know them, one or two doors away against five to twelve");
    near_against_far(&with(&plan, |plan| plan.mechanisms.doorstep = false)).is_level("M43 without encounters");
    let nobody = goes_on(&CORNER, 26, |world| [know_them(world, 0..=20)]);
    difference(&nobody[0], &[0.0; 12]).is_nothing("M43 without allocation");
}

/// M44.
#[test]
fn the_example_of_active_neighbours_is_followed() {
    // Nobody else is active and nobody starts unasked: who starts, follows the motivated newcomers or their followers.
    let plan = with(&CORNER, |plan| {
        plan.initiatives.clear();
        plan.mechanisms.asking = false;
        // Eight times the default, and four years: at the default the pattern drowns in chance in so small a world.
        let asking = &mut plan.parameters.asking;
        (asking.spontaneous, asking.founding, asking.imitation) = (0.0, 0.0, 8.0 * asking.imitation);
        asking.leave *= 0.5;
        wants_hands(plan);
        // Paid hands do all that is needed, so that it begins without volunteers; there is room for them.
        plan.initiatives.iter_mut().for_each(|open| {
            (open.organisers, open.paid_hours) = (0, open.hours_needed);
        });
        let anywhere = PolicyMeasure::AllocateHomes {
            who: Tenants::Motivated,
            building: None,
            homes: 30,
            over_weeks: 52,
            hours_per_month: 10.0,
            motive: share(0.95),
            spread: Spread::Anywhere,
        };
        plan.policies.push(policy("allocation", 0, anywhere));
    });
    let starts = grown(&plan);
    let followers = |plan: &Blueprint| {
        lived(&starts, plan, 208, |world| {
            let n = here(world);
            let (mut who_know, mut others) = ((0.0, 0.0), (0.0, 0.0));
            for slot in n.residents().filter(|slot| !n.traits[*slot].person.chosen_by_policy()) {
                let row = n.network.of(slot);
                let knows = row.iter().any(|tie| n.traits[tie.other as usize].promised_hours > 0.0);
                let group = if knows { &mut who_know } else { &mut others };
                group.0 += f64::from(u8::from(n.state[slot].volunteers_here()));
                group.1 += 1.0;
            }
            [who_know.0 / f64::max(who_know.1, 1.0), others.0 / f64::max(others.1, 1.0), who_know.0 + others.0]
        })
    };
    let [who_know, others, _] = followers(&plan);
    difference(&others, &who_know).is_up("M44 share of volunteers, who know a motivated newcomer against others");
    let nothing = followers(&with(&plan, |plan| plan.mechanisms.imitation = false));
    difference(&nothing[2], &[0.0; 12]).is_nothing("M44 followers without imitation");
    let nothing = followers(&with(&plan, |plan| plan.policies.clear()));
    difference(&nothing[2], &[0.0; 12]).is_nothing("M44 followers without allocation");
}

/// M46.
#[test]
fn where_people_stay_they_belong_and_ties_grow_old() {
    let moving = |times: f32| {
        with(&CORNER, |plan| {
            let measure = PolicyMeasure::Adjust { parameter: "living.moving", times, times_per_year: 1.0 };
            plan.policies.push(policy("moving", 0, measure));
        })
    };
    let both = |world: &World| {
        let old_friend = |since: i16| world.week() - i32::from(since) >= 104;
        let lasting = per_resident(world, |tie| {
            f32::from(u8::from(!tie.is_kin() && tie.strength >= 0.03 && old_friend(tie.since)))
        });
        [mean(world, |state| state.belonging), lasting]
    };
    let [belonging, lasting] = contrasts(&moving(4.0), &moving(0.25), 104, both);
    belonging.is_up("M46 belonging, a quarter of the moving against four times");
    lasting.is_up("M46 acquaintances of two years and longer, for each resident");
    let without = contrasts(&CORNER, &moving(1.0), 26, both);
    for without in &without {
        without.is_nothing("M46 moving as it was");
    }
}

/// For half a year.
fn for_half_a_year(measure: PolicyMeasure) -> Blueprint {
    with(&CORNER, |plan| {
        let mut shock = policy("shock", 0, measure);
        shock.period.until = Some(26);
        plan.policies.push(shock);
    })
}

/// M47.
#[test]
fn a_lockdown_is_a_dip_from_which_people_recover_and_something_remains() {
    let locked = |strength: f64| for_half_a_year(PolicyMeasure::Lockdown { strength: share(strength) });
    let both = |world: &World| {
        [mean(world, |state| state.visits), per_resident(world, |tie| f32::from(u8::from(tie.strength >= 0.03)))]
    };
    let [visits, known] = contrasts(&CORNER, &locked(0.9), 26, both);
    visits.is_down("M47 visits a week during the lockdown");
    known.is_down("M47 acquaintances during the lockdown");
    let [later, remains] = contrasts(&CORNER, &locked(0.9), 130, both);
    later.beyond(&visits).is_up("M47 recovery of visits, in the second and third year");
    remains.is_down("M47 acquaintances, in the second and third year");
    let without = contrasts(&CORNER, &locked(0.0), 52, both);
    for without in &without {
        without.is_nothing("M47 a lockdown of strength zero");
    }
}

/// M47.
#[test]
fn works_in_a_building_keep_neighbours_apart_for_as_long_as_they_last() {
    let works =
        |encounters: f32, leaving: f32| for_half_a_year(PolicyMeasure::Rebuild { building: 0, encounters, leaving });
    let neighbours = |world: &World| mean(world, |state| state.neighbour_weeks);
    let during = contrast(&CORNER, &works(0.3, 3.0), 26, neighbours);
    during.is_down("M47 weeks with words with a neighbour, during works");
    contrast(&CORNER, &works(0.3, 3.0), 104, neighbours).beyond(&during).is_up("M47 recovery after works");
    contrast(&CORNER, &works(1.0, 1.0), 52, neighbours).is_nothing("M47 works that nobody notices");
}
