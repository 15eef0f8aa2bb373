//! Professionals and money: M1, M22, M25, M27, M28, M29, M37.

use std::collections::BTreeSet;

use noaber::model::blueprint::{Blueprint, GrantPlan, InitiativePlan, Period, ProfessionalPlan, Regime};
use noaber::model::policy::PolicyMeasure;
use noaber::model::quantities::{ActivityKind, Cents, Person, Role, Share, Sphere, Target};
use noaber::model::world::World;

use crate::common::{at, measured, policy, share};
use crate::measures::{here, mean, mean_of, trust_in};
use crate::paired::{CORNER, Contrast, contrast, contrast_of_origins, grown, lived, with};

const LATER: Period = Period { from: Some(0), until: None };

/// Another social worker from week 0 on, whom the welfare organisation pays.
fn adviser(hours: f32, outreach: f64) -> impl Fn(&mut Blueprint) {
    move |plan| {
        plan.professionals.push(ProfessionalPlan {
            key: "adviser".to_owned(),
            role: Role::SocialWorker,
            employer: at(&plan.organisations, "welfare", |organisation| &organisation.key),
            grant: None,
            hours,
            outreach: share(outreach),
            replaced_every: None,
            may_leave: false,
            period: LATER,
        });
    }
}

fn unlinked(plan: &mut Blueprint) {
    plan.mechanisms.linking = false;
}

/// Easy money for a new budget line: it never stops.
const STEADY: Regime = Regime {
    contract_weeks: 520,
    gap_weeks: 0,
    renewal: Share::ALL,
    application_hours: 0.0,
    accounting_hours: 0.0,
    formality: Share::NONE,
};

/// The same yearly amount for a professional, or for two activities.
fn budget_line(sphere: Sphere) -> impl Fn(&mut Blueprint) {
    move |plan| {
        let grant = plan.grants.len();
        let per_year = Cents::from_euros(31_200.0);
        plan.grants.push(GrantPlan { key: "line".to_owned(), sphere, per_year, regime: STEADY });
        if sphere == Sphere::Institutional {
            adviser(10.0, 0.3)(plan);
            plan.professionals.last_mut().expect("the adviser").grant = Some(grant);
            return;
        }
        let place = at(&plan.places, "centre", |place| &place.key);
        for activity in [ActivityKind::Talk, ActivityKind::Meal] {
            plan.initiatives.push(InitiativePlan {
                key: format!("line-{}", activity.key()),
                activity,
                target: Target::Open,
                place,
                organisers: 1,
                hours_needed: 5.0,
                sessions: 2.0,
                capacity: 60.0,
                formality: Share::NONE,
                grant: Some(grant),
                per_year: Cents::from_euros(15_600.0),
                paid_hours: 5.0,
                period: LATER,
            });
        }
    }
}

/// M1.
#[test]
fn the_same_euro_does_something_else_in_another_sphere() {
    let institutional = with(&CORNER, budget_line(Sphere::Institutional));
    let communal = with(&CORNER, budget_line(Sphere::Communal));
    let spent = |key: &'static str| move |world: &World| measured(world, key);
    let moved = contrast(&institutional, &communal, 104, spent("spent_communal"));
    moved.is_up("M1 euros in the communal sphere");
    let back = contrast(&institutional, &communal, 104, spent("spent_institutional"));
    back.is_down("M1 euros in the institutional sphere");
    let sum = moved.mean() + back.mean();
    assert!(sum.abs() < 0.05 * 31_200.0, "the same money, but for {sum} euros");
    contrast(&institutional, &communal, 104, spent("participates")).is_up("M1 taking part");
    contrast(&institutional, &communal, 104, spent("linking_ties")).is_down("M1 trusted professionals");

    // Neither does anything where nobody goes out and professionals speak nobody.
    let off = |plan: &mut Blueprint| (plan.mechanisms.places, plan.mechanisms.linking) = (false, false);
    let (institutional, communal) = (with(&institutional, off), with(&communal, off));
    contrast(&institutional, &communal, 104, |world| {
        let visits: u32 = here(world).initiatives.iter().map(|initiative| initiative.visits).sum();
        f64::from(visits)
    })
    .is_nothing("M1 visits to activities, places off");
    contrast_of_origins(&institutional, &communal, 52, spent("linking_ties")).is_nothing("M1 professionals, linking off");
}

/// M22.
#[test]
fn workers_teach_people_to_find_their_way_and_needs_are_met() {
    let more = with(&CORNER, adviser(32.0, 0.3));
    let skill = |world: &World| mean(world, |state| state.way_finding);
    let met = |world: &World| {
        mean_of(world, |traits| traits.income_difficulty, |state| state.needs_formal / state.needs.max(0.01))
    };
    contrast(&CORNER, &more, 104, skill).is_up("M22 way-finding");
    contrast(&CORNER, &more, 104, met).is_up("M22 share of needs met by professionals, hard to make ends meet");
    contrast(&with(&CORNER, unlinked), &with(&more, unlinked), 52, skill).is_nothing("M22 way-finding, no linking");
    contrast(&with(&CORNER, unlinked), &with(&more, unlinked), 52, met).is_nothing("M22 needs met, no linking");
}

/// M25.
#[test]
fn trust_in_institutions_grows_with_the_hours_that_a_worker_is_there() {
    let (seldom, often) = (with(&CORNER, adviser(4.0, 0.3)), with(&CORNER, adviser(36.0, 0.3)));
    let trust = |world: &World| mean(world, |state| state.institutional_trust);
    contrast(&seldom, &often, 78, trust).is_up("M25 trust in institutions");
    contrast(&with(&seldom, unlinked), &with(&often, unlinked), 52, trust).is_nothing("M25 the same without linking");
}

/// Both grants under other rules, with the same money.
fn regime(contract_weeks: u32, regime: Regime) -> impl Fn(&mut Blueprint) {
    move |plan| {
        for grant in 0..plan.grants.len() {
            let regime = Regime { contract_weeks, formality: plan.grants[grant].regime.formality, ..regime };
            plan.policies.push(policy(&format!("rules-{grant}"), 0, PolicyMeasure::ChangeGrant { grant, regime }));
        }
    }
}

const INSECURE: Regime = Regime {
    contract_weeks: 26,
    gap_weeks: 10,
    renewal: Share::NONE,
    application_hours: 40.0,
    accounting_hours: 1.0,
    formality: Share::NONE,
};

/// M27.
#[test]
fn short_contracts_cost_trust_hours_and_help() {
    let short = with(&CORNER, regime(26, Regime { renewal: share(0.5), ..INSECURE }));
    let long = with(&CORNER, regime(208, Regime { renewal: share(0.5), ..INSECURE }));
    contrast(&long, &short, 156, |world| trust_in(world, "social-worker")).is_down("M27 trust in the worker");
    contrast(&long, &short, 156, |world| f64::from(here(world).ledger.hours_lost)).is_up("M27 hours lost");
    contrast(&long, &short, 156, |world| measured(world, "linking_ties")).is_down("M27 linking ties");
    let needs = contrast(&long, &short, 156, |world| measured(world, "needs_met_formal"));
    println!("M27 needs met formally: {:+.5}, t = {:.1}", needs.mean(), needs.t());

    // Where contracts are always renewed, nobody applies and nobody leaves, their length does nothing.
    let steady = |plan: &mut Blueprint| plan.mechanisms.turnover = false;
    let calm = Regime { accounting_hours: 1.0, ..STEADY };
    let (short, long) = (with(&CORNER, regime(26, calm)), with(&CORNER, regime(208, calm)));
    contrast(&with(&long, steady), &with(&short, steady), 156, |world| trust_in(world, "social-worker"))
        .is_nothing("M27 trust, contracts without insecurity");
}

/// M28.
#[test]
fn structural_money_makes_an_initiative_a_stable_factor() {
    let held = |world: &World| {
        let funded = here(world).initiatives.iter().filter(|initiative| initiative.per_year > Cents(0));
        funded.map(|initiative| if initiative.is_alive() { f64::from(initiative.strength) } else { 0.0 }).sum()
    };
    let (short, long) = (with(&CORNER, regime(26, INSECURE)), with(&CORNER, regime(208, INSECURE)));
    contrast(&short, &long, 156, held).is_up("M28 sessions held by funded initiatives");
    let alive = |world: &World| {
        here(world).initiatives.iter().filter(|i| i.per_year > Cents(0) && i.is_alive()).count() as f64
    };
    let alive = contrast(&short, &long, 156, alive);
    println!("M28 alive: {:+.5}, t = {:.1}", alive.mean(), alive.t());
    let calm = |plan: &mut Blueprint| plan.mechanisms.turnover = false;
    let (short, long) = (with(&CORNER, regime(26, STEADY)), with(&CORNER, regime(208, STEADY)));
    contrast(&with(&short, calm), &with(&long, calm), 156, held).is_nothing("M28 the same without gaps and forms");
}

/// M29.
#[test]
fn trust_in_a_worker_accumulates_only_while_the_worker_stays() {
    let professional = at(&CORNER.professionals, "social-worker", |post| &post.key);
    let tenure = |replaced_every| {
        move |plan: &mut Blueprint| {
            plan.policies.push(policy(
                "tenure",
                0,
                PolicyMeasure::WorkerTenure { professional, replaced_every, may_leave: false },
            ));
        }
    };
    let (passing, staying) = (with(&CORNER, tenure(Some(26))), with(&CORNER, tenure(None)));
    let trust = |world: &World| trust_in(world, "social-worker");
    contrast(&passing, &staying, 104, trust).is_up("M29 trust in the worker");
    contrast(&passing, &staying, 104, |world| mean(world, |state| state.institutional_trust))
        .is_up("M29 trust in institutions");
    let (passing, staying) = (with(&passing, unlinked), with(&staying, unlinked));
    contrast_of_origins(&passing, &staying, 52, trust).is_nothing("M29 trust, no linking");
}

/// M37.
#[test]
fn those_who_come_nowhere_are_reached_by_going_to_them() {
    let starts = grown(&CORNER);
    let isolated: Vec<BTreeSet<Person>> = starts
        .iter()
        .map(|world| {
            let n = here(world);
            n.residents().filter(|slot| n.state[*slot].visits < 0.1).map(|slot| n.traits[slot].person).collect()
        })
        .collect();
    let reached = |plan: &Blueprint| -> Vec<f64> {
        starts
            .iter()
            .zip(&isolated)
            .flat_map(|(start, isolated)| {
                lived(std::slice::from_ref(start), plan, 26, |world| {
                    let n = here(world);
                    let post = n.professionals.iter().find(|post| post.key == "adviser").expect("the adviser");
                    let ties = post.ties.iter();
                    ties.filter(|tie| isolated.contains(&n.traits[tie.resident as usize].person)).count() as f64
                })
            })
            .collect()
    };
    let (waits, goes) = (with(&CORNER, adviser(20.0, 0.0)), with(&CORNER, adviser(20.0, 0.8)));
    let contrast = |one: &Blueprint, other: &Blueprint| {
        Contrast(reached(one).iter().zip(reached(other)).map(|(one, other)| other - one).collect())
    };
    contrast(&waits, &goes).is_up("M37 isolated residents who know the worker");
    contrast(&with(&waits, unlinked), &with(&goes, unlinked)).is_nothing("M37 the same without linking");
}
