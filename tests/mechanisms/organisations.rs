//! Organisations that know each other, and those that stay: M23, M24, M30, M32, M53.

use noaber::model::blueprint::{Blueprint, InitiativePlan, Period, ProfessionalPlan, Regime};
use noaber::model::policy::{AskWay, Policy, PolicyMeasure};
use noaber::model::quantities::{Cents, Role, Share};
use noaber::model::world::World;
use rayon::prelude::*;

use crate::asking::wants_hands;
use crate::common::{at, measured, policy, share};
use crate::measures::{here, mean, trust_in, volunteers};
use crate::paired::{CORNER, Contrast, contrasts, contrasts_of_origins, difference, grown, with};

/// What a measure comes to in each of these weeks, by replication, when worlds go on under this blueprint.
fn in_weeks<const N: usize>(
    starts: &[World],
    plan: &Blueprint,
    weeks: [u32; N],
    measure: impl Fn(&World) -> f64 + Sync,
) -> [Vec<f64>; N] {
    let live = |start: &World| {
        let mut world = start.clone();
        world.adopt(plan);
        let mut lived = 0;
        weeks.map(|week| {
            for _ in lived..week {
                world.live_one_week();
            }
            lived = week;
            measure(&world)
        })
    };
    let values: Vec<[f64; N]> = starts.par_iter().map(live).collect();
    std::array::from_fn(|week| values.iter().map(|values| values[week]).collect())
}

/// The second blueprint against the first in each of these weeks.
fn contrasts_in<const N: usize>(
    starts: &[World],
    one: &Blueprint,
    other: &Blueprint,
    weeks: [u32; N],
    measure: impl Fn(&World) -> f64 + Sync,
) -> [Contrast; N] {
    let (one, other) = (in_weeks(starts, one, weeks, &measure), in_weeks(starts, other, weeks, &measure));
    std::array::from_fn(|week| difference(&one[week], &other[week]))
}

fn unrelated(plan: &mut Blueprint) {
    plan.mechanisms.relations = false;
}

fn unlinked(plan: &mut Blueprint) {
    plan.mechanisms.linking = false;
}

/// Organisations that know each other so well.
fn know(of: f64) -> impl Fn(&mut Blueprint) {
    move |plan| plan.organisations.iter_mut().for_each(|organisation| organisation.knows_others = share(of))
}

/// Professionals and initiatives who meet so many hours a month to get to know each other.
fn introductions(hours_per_month: f32) -> impl Fn(&mut Blueprint) {
    move |plan| plan.policies.push(policy("introductions", 0, PolicyMeasure::Introductions { hours_per_month }))
}

/// M23.
#[test]
fn where_organisations_know_each_other_referrals_arrive_and_money_comes_sooner() {
    // Most needs are for papers, which are the work of the social worker alone; the caretaker, whom many know, refers.
    let papers = with(&CORNER, |plan| {
        let help = &mut plan.parameters.help;
        (help.small_job, help.watch_house, help.company, help.care) = (0.0, 0.0, 0.0, 0.0);
        help.money_and_papers = 10.0;
        let caretaker = at(&plan.professionals, "caretaker", |post| &post.key);
        plan.professionals[caretaker].hours = 32.0;
        for grant in &mut plan.grants {
            grant.regime = Regime { contract_weeks: 26, gap_weeks: 10, renewal: share(0.3), ..grant.regime };
        }
    });
    let (strangers, partners) = (with(&papers, know(0.1)), with(&papers, know(0.9)));
    let all = |world: &World| {
        let n = here(world);
        let paid = n.initiatives.iter().filter(|funded| funded.per_year > Cents(0) && funded.paid).count();
        let vacant = n.professionals.iter().filter(|post| !post.is_at_work(world.week())).count();
        [measured(world, "needs_met_formal"), vacant as f64, paid as f64, f64::from(n.relations.between(0, 1))]
    };
    let [met, vacant, _, _] = contrasts_of_origins(&strangers, &partners, 104, all);
    met.is_up("M23 share of needs for papers that professionals meet, partners against strangers");
    vacant.is_down("M23 posts without money or somebody in them");
    let [met, vacant, _, _] = contrasts_of_origins(&with(&strangers, unrelated), &with(&partners, unrelated), 26, all);
    met.is_nothing("M23 needs met where relations do nothing");
    vacant.is_nothing("M23 vacant posts where relations do nothing");

    let met = with(&strangers, introductions(6.0));
    let [needs, vacant, paid, relation] = contrasts_of_origins(&strangers, &met, 104, all);
    relation.is_up("M23 relation between municipality and welfare, by introductions");
    paid.is_up("M23 funded initiatives that are paid, by introductions");
    println!("M23 needs met, introductions: {:+.5}, t = {:.1}", needs.mean(), needs.t());
    println!("M23 vacant posts, introductions: {:+.5}, t = {:.1}", vacant.mean(), vacant.t());
}

/// M24.
#[test]
fn initiatives_that_residents_lead_live_longer() {
    // Each initiative four times, so that the luck of one does not decide.
    let many = with(&CORNER, |plan| {
        let there = plan.initiatives.clone();
        for copy in 2..=4 {
            let again = |old: &InitiativePlan| InitiativePlan { key: format!("{}-{copy}", old.key), ..old.clone() };
            plan.initiatives.extend(there.iter().map(again));
        }
        plan.grants.iter_mut().for_each(|grant| grant.per_year = Cents(4 * grant.per_year.0));
    });
    let led = |of: f64| {
        move |plan: &mut Blueprint| {
            let measure = PolicyMeasure::HandOver { initiative: None, residents_lead: share(of) };
            plan.policies.push(policy("hand-over", 0, measure));
        }
    };
    let starts = grown(&many);
    for of in [0.0, 0.5] {
        let (theirs, others) = (with(&many, led(1.0)), with(&many, led(of)));
        let all = |world: &World| {
            let n = here(world);
            let pullers: Vec<f64> = n
                .state
                .iter()
                .filter(|state| state.volunteers_here() && state.organises)
                .map(|state| f64::from(state.energy))
                .collect();
            [
                pullers.iter().sum::<f64>() / pullers.len().max(1) as f64,
                pullers.len() as f64,
                n.initiatives.iter().filter(|one| one.is_alive() && one.key != "founded").count() as f64,
                volunteers(world),
                measured(world, "capability"),
            ]
        };
        let one = crate::paired::lived(&starts, &theirs, 208, all);
        let other = crate::paired::lived(&starts, &others, 208, all);
        for (k, name) in ["energy", "pullers", "alive", "volunteers", "capability"].iter().enumerate() {
            let c = difference(&other[k], &one[k]);
            println!("M24 {of} {name}: {:+.5} t={:.1}", c.mean(), c.t());
        }
    }
}

/// M30.
#[test]
fn another_provider_costs_trust_that_takes_years_to_come_back() {
    let organisation = at(&CORNER.organisations, "welfare", |organisation| &organisation.key);
    let calm = |plan: &mut Blueprint| plan.mechanisms.turnover = false;
    let stays = with(&CORNER, calm);
    let changes = with(&stays, |plan| {
        plan.policies.push(policy("provider", 4, PolicyMeasure::ChangeProvider { organisation }));
    });
    let starts = grown(&CORNER);
    let trust = |world: &World| trust_in(world, "social-worker");
    for m in ["linking_ties", "needs_met_formal", "way_finding"] {
        for c in contrasts_in(&starts, &stays, &changes, [6, 14, 26, 52, 104, 156], |w| measured(w, m)) {
            println!("M30 {m} {:+.5} {:.1}", c.mean(), c.t());
        }
    }
    for c in contrasts_in(&starts, &stays, &changes, [6, 14, 26, 52, 104, 156], trust) {
        println!("M30 trust {:+.5} {:.1}", c.mean(), c.t());
    }
    for c in contrasts_in(&starts, &stays, &changes, [6, 14, 26, 52, 104, 156], |w| mean(w, |s| s.institutional_trust))
    {
        println!("M30 inst {:+.5} {:.1}", c.mean(), c.t());
    }
}

fn for_weeks(hours: f32, weeks: i32) -> impl Fn(&mut Blueprint) {
    move |plan| {
        plan.professionals.push(ProfessionalPlan {
            key: "builder".to_owned(),
            role: Role::CommunityBuilder,
            employer: at(&plan.organisations, "welfare", |organisation| &organisation.key),
            grant: None,
            hours,
            outreach: share(0.3),
            replaced_every: None,
            may_leave: false,
            period: Period { from: Some(0), until: Some(weeks) },
        });
    }
}

/// M32.
#[test]
fn what_a_campaign_brings_passes() {
    let starts = grown(&CORNER);
    let (slow, fast) = (with(&CORNER, for_weeks(9.0, 104)), with(&CORNER, for_weeks(36.0, 26)));
    for m in ["linking_ties", "way_finding", "participates", "volunteers_here", "cohesion", "needs_unmet"] {
        for (name, p) in [("slow", &slow), ("fast", &fast)] {
            for (w, c) in [26, 104, 130, 156]
                .iter()
                .zip(contrasts_in(&starts, &CORNER, p, [26, 104, 130, 156], |w| measured(w, m)))
            {
                println!("M32 {name} {m} {w}: {:+.5} {:.1}", c.mean(), c.t());
            }
        }
    }
    for (name, p) in [("slow", &slow), ("fast", &fast)] {
        for (w, c) in [26, 104, 130, 156]
            .iter()
            .zip(contrasts_in(&starts, &CORNER, p, [26, 104, 130, 156], |w| mean(w, |s| s.institutional_trust)))
        {
            println!("M32 {name} inst {w}: {:+.5} {:.1}", c.mean(), c.t());
        }
    }
    let hands = with(&CORNER, wants_hands);
    let ask = |asks_per_week: f32, weeks: i32| {
        with(&hands, |plan| {
            let measure =
                PolicyMeasure::AskCampaign { way: AskWay::Personal, asks_per_week, to_unreached: Share::NONE };
            plan.policies.push(Policy::new("ask", Period { from: Some(0), until: Some(weeks) }, measure));
        })
    };
    for (name, p) in [("slow", ask(2.0, 104)), ("fast", ask(8.0, 26))] {
        for (w, c) in [26, 104, 130, 156].iter().zip(contrasts_in(&starts, &hands, &p, [26, 104, 130, 156], volunteers))
        {
            println!("M32 ask {name} {w}: {:+.5} {:.1}", c.mean(), c.t());
        }
    }
}

/// M53.
#[test]
fn who_knows_what_there_is_uses_it() {
    let map = |residents_per_week: f32, professionals_too: bool| {
        move |plan: &mut Blueprint| {
            let measure = PolicyMeasure::SocialMap { residents_per_week, professionals_too, per_year: Cents(0) };
            plan.policies.push(policy("map", 0, measure));
        }
    };
    let visits = |world: &World| {
        [
            mean(world, |state| state.visits),
            measured(world, "participates"),
            here(world).initiatives.iter().map(|i| f64::from(i.visits)).sum(),
        ]
    };
    for (r, p) in [(10.0, false), (10.0, true), (0.0, true)] {
        for c in contrasts(&CORNER, &with(&CORNER, map(r, p)), 52, visits) {
            println!("M53 {r} {p}: {:+.5} {:.1}", c.mean(), c.t());
        }
    }
}
