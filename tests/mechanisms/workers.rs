//! Professionals and money: M1, M22, M25, M27, M28, M29, M37.

use std::collections::BTreeSet;

use noaber::model::blueprint::{Blueprint, GrantPlan, InitiativePlan, Period, ProfessionalPlan, Regime};
use noaber::model::policy::PolicyMeasure;
use noaber::model::quantities::{Activities, ActivityKind, Cents, Person, Role, Share, Sphere, Target};
use noaber::model::world::World;

use crate::common::{at, measured, policy, share};
use crate::measures::{here, mean, trust_in};
use crate::paired::{CORNER, Contrast, contrast, contrasts, contrasts_of_origins, difference, grown, lived, with};

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
            place: None,
            replaced_every: None,
            may_leave: false,
            period: LATER,
        });
    }
}

fn unlinked(plan: &mut Blueprint) {
    plan.mechanisms.linking = false;
}

/// An activity in the centre from week 0 on, for all, carried by paid hands alone if need be.
pub fn activity(plan: &Blueprint, kind: ActivityKind, hours: f32) -> InitiativePlan {
    InitiativePlan {
        key: format!("later-{}", kind.key()),
        activity: kind,
        target: Target::Open,
        place: at(&plan.places, "centre", |place| &place.key),
        organisers: 1,
        residents_lead: Share::ALL,
        hours_needed: hours,
        sessions: 2.0,
        capacity: 60.0,
        formality: Share::NONE,
        grant: None,
        per_year: Cents(0),
        paid_hours: hours,
        period: LATER,
    }
}

/// Money that never stops and asks for nothing.
const STEADY: Regime = Regime {
    contract_weeks: 520,
    gap_weeks: 0,
    renewal: Share::ALL,
    application_hours: 0.0,
    accounting_hours: 0.0,
    accounting_per_1000: 0.0,
    formality: Share::NONE,
    pays: Activities::ALL,
};

/// What the budget line of M1 has in a year: ten hours a week of a professional.
const LINE_EUROS: f64 = 31_200.0;

/// The same yearly amount for a professional, or for two activities.
fn budget_line(sphere: Sphere) -> impl Fn(&mut Blueprint) {
    move |plan| {
        let grant = plan.grants.len();
        let per_year = Cents::from_euros(LINE_EUROS);
        plan.grants.push(GrantPlan { key: "line".to_owned(), sphere, per_year, regime: STEADY });
        if sphere == Sphere::Institutional {
            adviser(10.0, 0.3)(plan);
            plan.professionals.last_mut().expect("the adviser").grant = Some(grant);
            return;
        }
        for kind in [ActivityKind::Talk, ActivityKind::Meal] {
            let per_year = Cents::from_euros(LINE_EUROS / 2.0);
            plan.initiatives.push(InitiativePlan { grant: Some(grant), per_year, ..activity(plan, kind, 5.0) });
        }
    }
}

/// M1.
#[test]
fn the_same_euro_does_something_else_in_another_sphere() {
    let institutional = with(&CORNER, budget_line(Sphere::Institutional));
    let communal = with(&CORNER, budget_line(Sphere::Communal));
    let keys = ["spent_communal", "spent_institutional", "linking_ties"];
    let [in_communal, in_institutional, trusted, visits] = contrasts(&institutional, &communal, 104, |world| {
        let [one, two, three] = keys.map(|key| measured(world, key));
        [one, two, three, mean(world, |state| state.visits)]
    });
    in_communal.is_up("M1 euros spent in the communal sphere");
    in_institutional.is_down("M1 euros spent in the institutional sphere");
    let more = in_communal.mean() + in_institutional.mean();
    assert!(more.abs() < 0.05 * LINE_EUROS, "the same money, but for {more} euros");
    visits.is_up("M1 visits a week, communal against institutional");
    trusted.is_down("M1 trusted professionals, communal against institutional");

    // Neither does anything where nobody goes out and professionals speak nobody.
    let off = |plan: &mut Blueprint| (plan.mechanisms.places, plan.mechanisms.linking) = (false, false);
    let (institutional, communal) = (with(&institutional, off), with(&communal, off));
    let [came, trusted] = contrasts_of_origins(&institutional, &communal, 52, |world| {
        let visits: u32 = here(world).initiatives.iter().map(|initiative| initiative.visits).sum();
        [f64::from(visits), measured(world, "linking_ties")]
    });
    came.is_nothing("M1 visits to activities, places and linking off");
    trusted.is_nothing("M1 trusted professionals, places and linking off");
}

/// M22.
#[test]
fn workers_teach_people_to_find_their_way_and_meet_needs_for_papers() {
    // No need but that of money and papers, and enough of those to outweigh what is remembered of other needs.
    let papers = with(&CORNER, |plan| {
        let help = &mut plan.parameters.help;
        (help.small_job, help.watch_house, help.company, help.care) = (0.0, 0.0, 0.0, 0.0);
        help.money_and_papers = 10.0;
    });
    let more = with(&papers, adviser(32.0, 0.3));
    let both = |world: &World| [mean(world, |state| state.way_finding), measured(world, "needs_met_formal")];
    let [skill, met] = contrasts(&papers, &more, 104, both);
    skill.is_up("M22 way-finding skill");
    met.is_up("M22 share of needs for money and papers that professionals meet");
    let [skill, met] = contrasts(&with(&papers, unlinked), &with(&more, unlinked), 52, both);
    skill.is_nothing("M22 way-finding without linking");
    met.is_nothing("M22 needs met without linking");
}

/// M25.
#[test]
fn trust_in_institutions_grows_with_the_hours_that_a_worker_is_there() {
    let (seldom, often) = (with(&CORNER, adviser(4.0, 0.3)), with(&CORNER, adviser(36.0, 0.3)));
    let trust = |world: &World| mean(world, |state| state.institutional_trust);
    contrast(&seldom, &often, 78, trust).is_up("M25 trust in institutions, 36 hours a week against 4");
    contrast(&with(&seldom, unlinked), &with(&often, unlinked), 52, trust).is_nothing("M25 the same without linking");
}

/// Both grants under other rules from the start, with the same money.
fn rules(plan: &Blueprint, contract_weeks: u32, regime: Regime) -> Blueprint {
    with(plan, |plan| {
        for grant in &mut plan.grants {
            grant.regime = Regime { contract_weeks, formality: grant.regime.formality, ..regime };
        }
    })
}

/// Money that has to be asked for anew after each contract, and comes after a gap.
const INSECURE: Regime =
    Regime { gap_weeks: 10, renewal: Share::NONE, application_hours: 40.0, accounting_hours: 1.0, ..STEADY };

fn no_job_changes(plan: &mut Blueprint) {
    plan.mechanisms.turnover = false;
}

const FOUR_POSTS: [&str; 4] = ["north", "east", "south", "west"];

/// M27.
#[test]
fn short_contracts_cost_trusted_professionals_and_hours() {
    // Four small posts of one grant, so that the luck of one does not decide.
    let plan = with(&CORNER, |plan| {
        let grant = at(&plan.grants, "welfare-work", |grant| &grant.key);
        plan.grants[grant].per_year = Cents::from_euros(110_000.0);
        let post = at(&plan.professionals, "social-worker", |post| &post.key);
        let post = ProfessionalPlan { hours: 8.0, ..plan.professionals.remove(post) };
        plan.professionals.extend(FOUR_POSTS.map(|key| ProfessionalPlan { key: key.to_owned(), ..post.clone() }));
    });
    let (short, long) = (rules(&plan, 26, INSECURE), rules(&plan, 208, INSECURE));
    let all = |world: &World| {
        [
            FOUR_POSTS.iter().map(|post| trust_in(world, post)).sum(),
            measured(world, "linking_ties"),
            f64::from(here(world).ledger.hours_a_week()[1]),
            measured(world, "needs_met_formal"),
        ]
    };
    let [trust, linking, lost, needs] = contrasts_of_origins(&long, &short, 78, all);
    trust.is_down("M27 trust in the worker");
    linking.is_down("M27 trusted professionals");
    lost.is_up("M27 hours lost a week");
    println!("M27 needs met by professionals: {:+.5}, t = {:.1}", needs.mean(), needs.t());

    // Where contracts are always renewed, nobody applies and nobody leaves, their length does nothing.
    let calm = with(&plan, no_job_changes);
    let without = contrasts_of_origins(&rules(&calm, 208, STEADY), &rules(&calm, 26, STEADY), 26, all);
    for without in &without {
        without.is_nothing("M27 short contracts without insecurity");
    }
}

/// M28.
#[test]
fn structural_money_makes_an_initiative_a_stable_factor() {
    let all = |world: &World| {
        let funded: Vec<_> = here(world).initiatives.iter().filter(|funded| funded.per_year > Cents(0)).collect();
        // Reputation is the recent mean of the sessions held, so that one week's gap does not decide.
        let held = funded.iter().filter(|funded| funded.is_alive()).map(|funded| f64::from(funded.reputation)).sum();
        [held, funded.iter().filter(|funded| funded.is_alive()).count() as f64]
    };
    // Each funded initiative four times, so that the luck of one does not decide.
    let plan = with(&CORNER, |plan| {
        let funded: Vec<_> = plan.initiatives.iter().filter(|funded| funded.per_year > Cents(0)).cloned().collect();
        for copy in 2..=4 {
            let again =
                |funded: &InitiativePlan| InitiativePlan { key: format!("{}-{copy}", funded.key), ..funded.clone() };
            plan.initiatives.extend(funded.iter().map(again));
        }
        plan.grants.iter_mut().for_each(|grant| grant.per_year = Cents(4 * grant.per_year.0));
    });
    let (short, long) = (rules(&plan, 26, INSECURE), rules(&plan, 208, INSECURE));
    let [held, _] = contrasts_of_origins(&short, &long, 104, all);
    held.is_up("M28 sessions that funded initiatives hold, long contracts against short");
    // A gap that outlasts people's patience ends initiatives; a shorter one hardly does.
    let half_a_year = Regime { gap_weeks: 26, ..INSECURE };
    let [_, alive] = contrasts_of_origins(&rules(&plan, 26, half_a_year), &rules(&plan, 208, half_a_year), 104, all);
    alive.is_up("M28 funded initiatives alive, gaps of half a year");
    let calm = with(&plan, no_job_changes);
    let without = contrasts_of_origins(&rules(&calm, 26, STEADY), &rules(&calm, 208, STEADY), 26, all);
    for without in &without {
        without.is_nothing("M28 the same without gaps and forms");
    }
}

/// M29.
#[test]
fn trust_in_a_worker_accumulates_only_while_the_worker_stays() {
    let professional = at(&CORNER.professionals, "social-worker", |post| &post.key);
    let tenure = |replaced_every| {
        move |plan: &mut Blueprint| {
            let measure = PolicyMeasure::WorkerTenure { professional, replaced_every, may_leave: false };
            plan.policies.push(policy("tenure", 0, measure));
        }
    };
    let (passing, staying) = (with(&CORNER, tenure(Some(26))), with(&CORNER, tenure(None)));
    let both = |world: &World| [trust_in(world, "social-worker"), mean(world, |state| state.institutional_trust)];
    let [trust, institutions] = contrasts(&passing, &staying, 104, both);
    trust.is_up("M29 trust in the worker who stays");
    institutions.is_up("M29 trust in institutions where the worker stays");
    let [trust, institutions] = contrasts_of_origins(&with(&passing, unlinked), &with(&staying, unlinked), 52, both);
    trust.is_nothing("M29 trust in the worker without linking");
    institutions.is_nothing("M29 trust in institutions without linking");
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
                let [reached] = lived(std::slice::from_ref(start), plan, 26, |world| {
                    let n = here(world);
                    let post = n.professionals.iter().find(|post| post.key == "adviser").expect("the adviser");
                    let ties = post.ties.iter();
                    [ties.filter(|tie| isolated.contains(&n.traits[tie.resident as usize].person)).count() as f64]
                });
                reached
            })
            .collect()
    };
    let (waits, goes) = (with(&CORNER, adviser(20.0, 0.0)), with(&CORNER, adviser(20.0, 0.8)));
    let contrast = |one: &Blueprint, other: &Blueprint| -> Contrast { difference(&reached(one), &reached(other)) };
    contrast(&waits, &goes).is_up("M37 isolated residents who know the worker");
    contrast(&with(&waits, unlinked), &with(&goes, unlinked)).is_nothing("M37 the same without linking");
}
