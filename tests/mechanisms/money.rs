//! Money: M26, M31, M50, M52.
//!
//! M50 disagrees with what is often claimed, that care shifts to people's own network, costs fall and nothing is lost.
//! Costs fall; a part of the needs is met by kin and friends, who tire; the rest is met by nobody.
//!
//! M52 brings professionals and trust in them to where need is most, and takes them from where it is least. The gap in
//! loneliness hardly moves by that: it hangs on incomes and health, which no post changes.

use noaber::model::blueprint::{Blueprint, Composition, Regime};
use noaber::model::policy::PolicyMeasure;
use noaber::model::quantities::{Activities, ActivityKind, Cents};
use noaber::model::world::World;

use crate::common::{at, grown, measured, policy, share};
use crate::measures::{here, mean, trust_in};
use crate::paired::{CORNER, contrasts, contrasts_of_origins, differences, lived, with};

/// Other rules for a grant from week 0 on.
fn regime(key: &'static str, change: impl Fn(&mut Regime)) -> impl Fn(&mut Blueprint) {
    move |plan| {
        let grant = at(&plan.grants, key, |grant| &grant.key);
        let mut regime = plan.grants[grant].regime;
        change(&mut regime);
        plan.policies.push(policy(&format!("rules-of-{key}"), 0, PolicyMeasure::ChangeGrant { grant, regime }));
    }
}

/// So many hours of accounting for each 1,000 euros of every grant.
fn burden(hours: f32) -> Blueprint {
    with(&CORNER, |plan| {
        for key in ["activities", "welfare-work"] {
            regime(key, |regime| regime.accounting_per_1000 = hours)(plan);
        }
    })
}

/// M26.
#[test]
fn accounts_by_the_euro_take_hours_from_residents() {
    let (trusting, specifying) = (burden(0.0), burden(8.0));
    let held = |world: &World| -> f64 {
        let funded = here(world).initiatives.iter().filter(|funded| funded.planned && funded.per_year > Cents(0));
        funded.filter(|funded| funded.is_alive()).map(|funded| f64::from(funded.reputation)).sum()
    };
    let [lost, hours, trust, held] = contrasts(&trusting, &specifying, 78, |world| {
        let [lost, hours] = ["hours_lost", "worker_hours"].map(|key| measured(world, key));
        [lost, hours, trust_in(world, "social-worker"), held(world)]
    });
    lost.is_up("M26 hours lost a week, 8 hours of accounts for each 1,000 euros");
    hours.is_down("M26 hours of professionals with residents");
    trust.is_down("M26 trust in the social worker");
    println!("M26 sessions that funded initiatives hold: {:+.3}, t = {:.1}", held.mean(), held.t());
    // Rules that ask for nothing by the euro are as the file has them.
    let marks = |plan: &Blueprint| lived(&[grown(&CORNER, 5, 20)], plan, 30, |world| [measured(world, "hours_lost")]);
    assert_eq!(marks(&CORNER), marks(&trusting), "no hours by the euro");
}

/// A neighbourhood where residents found much, and a fund with room that may pay only these activities.
fn fund(euros: f32, pays: Activities) -> Blueprint {
    with(&CORNER, |plan| {
        plan.parameters.asking.founding *= 120.0;
        plan.parameters.asking.founding_euros = euros;
        for key in ["activities", "welfare-work"] {
            regime(key, |regime| regime.pays = pays)(plan);
        }
        let grant = at(&plan.grants, "activities", |grant| &grant.key);
        plan.grants[grant].per_year = Cents::from_euros(30_000.0);
    })
}

/// M31.
#[test]
fn money_without_silos_pays_what_residents_found() {
    let silo = Activities::of([ActivityKind::Meal, ActivityKind::Homework]);
    let both = |world: &World| {
        let founded = here(world).initiatives.iter().filter(|founded| !founded.planned && founded.is_alive());
        let (paid, unpaid): (Vec<_>, Vec<_>) = founded.partition(|founded| founded.paid);
        [paid.len() as f64, unpaid.len() as f64, measured(world, "interests_served"), measured(world, "participates")]
    };
    let [paid, unpaid, served, takes_part] =
        contrasts_of_origins(&fund(600.0, silo), &fund(600.0, Activities::ALL), 104, both);
    paid.is_up("M31 founded initiatives that are paid, any activity against two");
    unpaid.is_down("M31 founded initiatives that go on unpaid");
    served.is_up("M31 share for whom something of interest is paid");
    println!("M31 share who take part: {:+.4}, t = {:.1}", takes_part.mean(), takes_part.t());
    // What costs nothing needs no grant.
    let without = contrasts_of_origins(&fund(0.0, silo), &fund(0.0, Activities::ALL), 40, both);
    for without in &without {
        without.is_nothing("M31 the same where founding costs nothing");
    }
}

/// Care needs enough to be seen, and part of the paid care closed.
fn shifted(closed: f64) -> Blueprint {
    with(&CORNER, |plan| {
        plan.parameters.help.care = 20.0;
        plan.policies.push(policy("shift", 0, PolicyMeasure::ShiftCare { share: share(closed) }));
    })
}

/// M50.
#[test]
fn closing_paid_care_saves_money_and_leaves_needs_unmet() {
    let keys = ["spent_care", "needs_met_formal", "needs_met_informal", "needs_unmet"];
    let all = |world: &World| {
        let [euros, formal, informal, unmet] = keys.map(|key| measured(world, key));
        [euros, formal, informal, unmet, mean(world, |state| state.energy)]
    };
    let [euros, formal, informal, unmet, energy] = contrasts(&shifted(0.0), &shifted(0.8), 104, all);
    euros.is_down("M50 euros a year for paid care, four fifths of it closed");
    formal.is_down("M50 share of needs met by professionals and paid care");
    informal.is_up("M50 share of needs met by people");
    unmet.is_up("M50 share of needs that nobody meets");
    energy.is_down("M50 energy of residents");
    println!("M50 of what paid care leaves, people take up {:.2}", informal.mean() / -formal.mean());
    let without = contrasts(&with(&shifted(0.0), no_paid_care), &with(&shifted(0.8), no_paid_care), 26, all);
    for without in &without {
        without.is_nothing("M50 where there is no paid care to close");
    }
    // What care costs is booked, and nobody behaves otherwise for it.
    let free = with(&CORNER, |plan| plan.parameters.help.care_euros_per_hour = 0.0);
    let [_, formal, informal, unmet, energy] = contrasts(&free, &CORNER, 26, all);
    for same in [formal, informal, unmet, energy] {
        same.is_nothing("M50 the price of paid care");
    }
}

fn no_paid_care(plan: &mut Blueprint) {
    plan.parameters.help.paid_care_reach = 0.0;
}

/// Three districts of one town, equal on paper but for who lives there.
fn town(priority: f64) -> Blueprint {
    let ruled = with(&CORNER, |plan| {
        plan.policies.push(policy("priority", 0, PolicyMeasure::Priority { share: share(priority) }));
    });
    ruled.in_districts([("west", 0.1), ("middle", 0.3), ("east", 0.6)].map(|(key, need)| {
        let (income_difficulty, health_limited) = (share(need), share(0.6 * need + 0.1));
        (key.to_owned(), Composition { income_difficulty, health_limited, ..CORNER.composition })
    }))
}

/// M52.
#[test]
fn money_by_need_goes_where_need_is() {
    let starts: Vec<World> = crate::paired::grown(&town(0.0));
    let all = |world: &World| {
        let hours = |number: usize| f64::from(world.neighbourhoods()[number].ledger.hours_a_week()[0]);
        let trusted = |number: usize| {
            let n = &world.neighbourhoods()[number];
            let ties = n.professionals.iter().flat_map(|post| &post.ties);
            ties.map(|tie| f64::from(tie.trust)).sum::<f64>() / n.residents().count() as f64
        };
        let spent: f64 = ["spent_communal", "spent_institutional"].iter().map(|key| measured(world, key)).sum();
        let gaps = ["gap_lonely", "gap_unmet"].map(|key| measured(world, key));
        [hours(0), hours(2), trusted(0), trusted(2), gaps[0], gaps[1], spent]
    };
    let by = |priority| lived(&starts, &town(priority), 104, all);
    let by_head = by(0.0);
    let [hours_west, hours_east, trust_west, trust_east, lonely, unmet, spent] = differences(&by_head, &by(1.0));
    hours_east.is_up("M52 hours of professionals where need is most, by need against by head");
    hours_west.is_down("M52 hours of professionals where need is least");
    trust_east.is_up("M52 trust in professionals where need is most");
    trust_west.is_down("M52 trust in professionals where need is least");
    lonely.is_level("M52 gap in loneliness");
    println!("M52 gap in needs that nobody meets: {:+.4}, t = {:.1}", unmet.mean(), unmet.t());
    let whole = by_head[6].iter().sum::<f64>() / by_head[6].len() as f64;
    assert!(spent.mean().abs() < 0.05 * whole, "the same money but for {} of {whole} euros", spent.mean());

    let unruled = with(&town(0.0), |plan| plan.everywhere(|part| part.policies.clear()));
    for same in &differences(&lived(&starts, &unruled, 20, all), &lived(&starts, &town(0.0), 20, all)) {
        same.is_nothing("M52 no priority");
    }
    // Where all are in the same need there is nothing to give priority to.
    let alike = |priority| with(&town(priority), |plan| plan.everywhere(|part| part.composition = CORNER.composition));
    let starts = crate::paired::grown(&alike(0.0));
    for same in &differences(&lived(&starts, &alike(0.0), 20, all), &lived(&starts, &alike(1.0), 20, all)) {
        same.is_nothing("M52 priority among alike");
    }
}
