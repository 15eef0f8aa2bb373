//! Volunteers: M33, M34, M35, M39.

use noaber::model::blueprint::{Blueprint, InitiativePlan};
use noaber::model::policy::{AskWay, AskWords, PolicyMeasure};
use noaber::model::quantities::{ActivityKind, Share};
use noaber::model::world::World;

use crate::common::policy;
use crate::measures::{here, mean, volunteers};
use crate::paired::{CORNER, contrast, contrasts, difference, goes_on, with};
use crate::workers::activity;

/// An initiative from week 0 on that wants far more hands than it has; paid hands keep it from dying of that.
pub fn wants_hands(plan: &mut Blueprint) {
    let few = activity(plan, ActivityKind::Repair, 200.0);
    plan.initiatives.push(InitiativePlan { hours_needed: 400.0, ..few });
}

fn unasked(plan: &mut Blueprint) {
    plan.mechanisms.asking = false;
}

/// Of the adults who match, the mean of a value.
fn mean_where(world: &World, matches: impl Fn(usize) -> bool, value: impl Fn(usize) -> f32) -> f64 {
    let n = here(world);
    let adults = n.residents().filter(|slot| n.traits[*slot].is_adult(world.week()) && matches(*slot));
    let values: Vec<f64> = adults.map(|slot| f64::from(value(slot))).collect();
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// M33.
#[test]
fn people_start_when_they_can_want_and_are_asked() {
    let plan = with(&CORNER, wants_hands);
    let often = with(&plan, |plan| plan.parameters.asking.asks_per_volunteer *= 20.0);
    contrast(&plan, &often, 52, volunteers).is_up("M33 volunteers, asked twenty times as often");
    contrast(&with(&plan, unasked), &with(&often, unasked), 52, volunteers).is_nothing("M33 the same without asking");

    // Can: the rules about benefits keep people from starting.
    let on_benefit = |world: &World| {
        let n = here(world);
        n.residents().filter(|slot| n.traits[*slot].on_benefit && n.state[*slot].volunteers_here()).count() as f64
    };
    let barrier = |of: f32| with(&often, |plan| plan.parameters.asking.benefit_barrier = of);
    contrast(&barrier(1.0), &barrier(0.0), 78, on_benefit)
        .is_up("M33 volunteers on a benefit, no barrier against a full one");
    // Want: those who volunteer have more motive than those who do not.
    let [active, others] = goes_on(&often, 52, |world| {
        let n = here(world);
        [true, false].map(|active| {
            mean_where(world, |slot| n.state[slot].volunteers_here() == active, |slot| n.traits[slot].motive)
        })
    });
    difference(&others, &active).is_up("M33 motive of volunteers against others");
}

/// Twelve asks a week.
fn campaign(way: AskWay) -> impl Fn(&mut Blueprint) {
    move |plan| {
        let measure =
            PolicyMeasure::AskCampaign { way, asks_per_week: 12.0, to_unreached: Share::NONE, words: AskWords::Plain };
        plan.policies.push(policy("campaign", 0, measure));
    }
}

/// M34.
#[test]
fn a_personal_ask_works_and_a_leaflet_hardly_does() {
    let plan = with(&CORNER, wants_hands);
    let (personal, leaflet) = (with(&plan, campaign(AskWay::Personal)), with(&plan, campaign(AskWay::Leaflet)));
    let by_ask = contrast(&plan, &personal, 52, volunteers);
    by_ask.is_up("M34 volunteers by personal asks");
    let by_leaflet = contrast(&plan, &leaflet, 52, volunteers);
    println!("M34 volunteers by leaflets: {:+.3}, t = {:.1}", by_leaflet.mean(), by_leaflet.t());
    by_ask.beyond(&by_leaflet).is_up("M34 more than by leaflets");
    assert!(by_ask.mean() > 3.0 * by_leaflet.mean(), "{} against {}", by_ask.mean(), by_leaflet.mean());
    contrast(&with(&plan, unasked), &with(&personal, unasked), 52, volunteers)
        .is_nothing("M34 the same where asking does nothing");
}

/// M35.
#[test]
fn whoever_is_asked_feels_seen() {
    let asked = with(&with(&CORNER, wants_hands), campaign(AskWay::Personal));
    let unseen = with(&asked, |plan| plan.mechanisms.being_seen = false);
    let both = |world: &World| [mean(world, |state| state.belonging), mean(world, |state| state.capability)];
    let [belonging, capability] = contrasts(&unseen, &asked, 52, both);
    belonging.is_up("M35 belonging by being asked");
    capability.is_up("M35 capability by being asked");
    let without = contrasts(&with(&unseen, unasked), &with(&asked, unasked), 52, both);
    for without in &without {
        without.is_nothing("M35 where nobody is asked");
    }
}

/// M39.
#[test]
fn more_than_people_can_carry_tires_them_until_they_stop() {
    let heavy = with(&CORNER, |plan| {
        wants_hands(plan);
        plan.parameters.asking.energy_per_hour *= 3.0;
    });
    let light = with(&heavy, |plan| plan.mechanisms.overload = false);
    let both = |world: &World| {
        let n = here(world);
        let energy = mean_where(world, |slot| n.state[slot].volunteers_here(), |slot| n.state[slot].energy);
        [energy, volunteers(world)]
    };
    let [energy, hands] = contrasts(&light, &heavy, 104, both);
    energy.is_down("M39 energy of volunteers");
    hands.is_down("M39 volunteers");
    let nothing = |plan: &mut Blueprint| plan.parameters.asking.energy_per_hour = 0.0;
    let without = contrasts(&with(&light, nothing), &with(&heavy, nothing), 52, both);
    for without in &without {
        without.is_nothing("M39 load that costs nothing");
    }
}
