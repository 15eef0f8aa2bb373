//! Volunteers: M33, M34, M35, M39.

use noaber::model::blueprint::{Blueprint, InitiativePlan, Period};
use noaber::model::policy::{AskWay, PolicyMeasure};
use noaber::model::quantities::{ActivityKind, Cents, Share, Target};
use noaber::model::world::World;

use crate::common::{at, policy};
use crate::measures::{here, mean, volunteers};
use crate::paired::{CORNER, contrast, goes_on, with};

/// An initiative from week 0 on that wants far more hands than it has.
pub fn wants_hands(plan: &mut Blueprint) {
    plan.initiatives.push(InitiativePlan {
        key: "wants-hands".to_owned(),
        activity: ActivityKind::Repair,
        target: Target::Open,
        place: at(&plan.places, "centre", |place| &place.key),
        organisers: 2,
        hours_needed: 120.0,
        sessions: 3.0,
        capacity: 40.0,
        formality: Share::NONE,
        grant: None,
        per_year: Cents(0),
        // Paid hands lead it, so that it does not die of its want.
        paid_hours: 60.0,
        period: Period { from: Some(0), until: None },
    });
}

fn unasked(plan: &mut Blueprint) {
    plan.mechanisms.asking = false;
}

/// M33.
#[test]
fn people_start_when_they_can_want_and_are_asked() {
    let plan = with(&CORNER, wants_hands);
    let often = with(&plan, |plan| plan.parameters.asking.asks_per_volunteer *= 6.0);
    contrast(&plan, &often, 52, volunteers).is_up("M33 volunteers, asked more often");
    contrast(&with(&plan, unasked), &with(&often, unasked), 52, volunteers).is_nothing("M33 the same without asking");
    contrast(&with(&often, unasked), &often, 52, volunteers).is_up("M33 volunteers by asking");

    // Can: nobody without time starts, however often asked.
    let without_time = |world: &World| {
        let n = here(world);
        let busy = n.residents().filter(|slot| n.traits[*slot].free_hours <= 2.0 && n.traits[*slot].is_adult(0));
        busy.filter(|slot| n.state[*slot].last_volunteered > 0 && n.state[*slot].volunteer_hours > 2.0).count() as f64
    };
    println!("without time {:?}", goes_on(&often, 52, without_time));
    // Rules keep people on a benefit from starting.
    let on_benefit = |world: &World| {
        let n = here(world);
        n.residents().filter(|slot| n.traits[*slot].on_benefit && n.state[*slot].volunteers_here()).count() as f64
    };
    let (barred, free) = (
        with(&often, |plan| plan.parameters.asking.benefit_barrier = 1.0),
        with(&often, |plan| plan.parameters.asking.benefit_barrier = 0.0),
    );
    contrast(&barred, &free, 78, on_benefit).is_up("M33 volunteers on a benefit, no barrier");
    // Want: those who start have more motive than those who do not.
    let motive = |starts: bool| {
        move |world: &World| {
            let n = here(world);
            let values: Vec<f64> = n
                .residents()
                .filter(|slot| n.traits[*slot].is_adult(0) && n.state[*slot].volunteers_here() == starts)
                .map(|slot| f64::from(n.traits[slot].motive))
                .collect();
            values.iter().sum::<f64>() / values.len().max(1) as f64
        }
    };
    let started = goes_on(&often, 52, motive(true));
    crate::paired::difference(&goes_on(&often, 52, motive(false)), &started).is_up("M33 motive of volunteers");
}

/// Twelve asks a week.
fn campaign(way: AskWay) -> impl Fn(&mut Blueprint) {
    move |plan| {
        let measure = PolicyMeasure::AskCampaign { way, asks_per_week: 12.0, to_unreached: Share::NONE };
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
    println!("M34 by leaflet {:+.3}, t = {:.1}", by_leaflet.mean(), by_leaflet.t());
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
    let belonging = |world: &World| mean(world, |state| state.belonging);
    contrast(&unseen, &asked, 52, belonging).is_up("M35 belonging by being asked");
    contrast(&unseen, &asked, 52, |world| mean(world, |state| state.capability)).is_up("M35 capability by being asked");
    contrast(&with(&unseen, unasked), &with(&asked, unasked), 52, belonging).is_nothing("M35 where nobody is asked");
}

/// M39.
#[test]
fn more_than_people_can_carry_tires_them_until_they_stop() {
    let heavy = with(&CORNER, wants_hands);
    let light = with(&heavy, |plan| plan.mechanisms.overload = false);
    let energy = |world: &World| {
        let n = here(world);
        let active: Vec<f64> =
            n.state.iter().filter(|state| state.volunteers_here()).map(|state| f64::from(state.energy)).collect();
        active.iter().sum::<f64>() / active.len().max(1) as f64
    };
    contrast(&light, &heavy, 104, energy).is_down("M39 energy of volunteers");
    let left = contrast(&light, &heavy, 104, volunteers);
    println!("M39 volunteers {:+.3}, t = {:.1}", left.mean(), left.t());
    let heavier = with(&heavy, |plan| plan.parameters.asking.energy_per_hour *= 4.0);
    let left = contrast(&light, &heavier, 104, volunteers);
    println!("M39 volunteers, four times the cost {:+.3}, t = {:.1}", left.mean(), left.t());
    let nothing = |plan: &mut Blueprint| plan.parameters.asking.energy_per_hour = 0.0;
    contrast(&with(&light, nothing), &with(&heavy, nothing), 104, energy).is_nothing("M39 load that costs nothing");
}
