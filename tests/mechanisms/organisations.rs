//! Organisations that know each other, and those that stay: M23, M24, M30, M32, M53.
//!
//! Where the model says less than the claim: another provider costs trust and skill, but hardly a need is met less for it,
//! because what professionals meet here goes for the most part to people without much trust in one of them (M30). And a
//! worker who was there for two years leaves no more behind than a campaign of the same hours half a year after: the longer the
//! relation, the more goes when it ends; asks spread over two years leave hardly more volunteers than as many asks at once
//! (M32). Introductions bring money sooner, but meet no more needs: they take hours of those who would have helped (M23).

use noaber::model::blueprint::{Blueprint, InitiativePlan, Period, ProfessionalPlan, Regime};
use noaber::model::policy::{AskWay, AskWords, Policy, PolicyMeasure};
use noaber::model::quantities::{Cents, Role, Share};
use noaber::model::world::World;
use rayon::prelude::*;

use crate::asking::wants_hands;
use crate::common::{at, measured, policy, share};
use crate::measures::{here, mean, trust_in, volunteers};
use crate::paired::{
    CORNER, Contrast, REPLICATIONS, contrasts, contrasts_of_origins, difference, differences, grown, grown_times,
    lived, with,
};

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

/// Four small posts of one grant for one, so that the luck of one does not decide.
fn four_social_workers(plan: &mut Blueprint) {
    let post = at(&plan.professionals, "social-worker", |post| &post.key);
    let post = ProfessionalPlan { hours: 8.0, ..plan.professionals.remove(post) };
    let again = |key: &str| ProfessionalPlan { key: key.to_owned(), ..post.clone() };
    plan.professionals.extend(FOUR_POSTS.map(again));
    plan.grants.iter_mut().for_each(|grant| grant.per_year = Cents(2 * grant.per_year.0));
}

const FOUR_POSTS: [&str; 4] = ["north", "east", "south", "west"];

/// Each initiative four times, with the money, for the same reason.
fn four_times(plan: &mut Blueprint) {
    let there = plan.initiatives.clone();
    for copy in 2..=4 {
        let again = |old: &InitiativePlan| InitiativePlan { key: format!("{}-{copy}", old.key), ..old.clone() };
        plan.initiatives.extend(there.iter().map(again));
    }
    plan.grants.iter_mut().for_each(|grant| grant.per_year = Cents(4 * grant.per_year.0));
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
    // All needs are for papers, the work of social workers and of nobody else; the caretaker, whom many know, refers.
    let plan = with(&CORNER, |plan| {
        let help = &mut plan.parameters.help;
        (help.small_job, help.watch_house, help.company, help.care) = (0.0, 0.0, 0.0, 0.0);
        (help.money_and_papers, help.paid_care_reach) = (10.0, 0.0);
        (plan.mechanisms.turnover, plan.mechanisms.helping) = (false, false);
        let caretaker = at(&plan.professionals, "caretaker", |post| &post.key);
        plan.professionals[caretaker].hours = 32.0;
        four_social_workers(plan);
        four_times(plan);
        for grant in &mut plan.grants {
            grant.regime = Regime { contract_weeks: 13, gap_weeks: 10, renewal: share(0.3), ..grant.regime };
        }
    });
    let (strangers, partners) = (with(&plan, know(0.1)), with(&plan, know(0.9)));
    let all = |world: &World| {
        let n = here(world);
        let paid = n.initiatives.iter().filter(|funded| funded.per_year > Cents(0) && funded.paid).count();
        let filled = n.professionals.iter().filter(|post| post.is_at_work(world.week() - 1)).count();
        let relation = n.relations.between(0, 1);
        [measured(world, "needs_met_formal"), filled as f64, paid as f64, f64::from(relation)]
    };
    let [met, filled, ..] = contrasts_of_origins(&strangers, &partners, 104, all);
    met.is_up("M23 share of needs for papers that professionals meet, partners against strangers");
    filled.is_up("M23 posts with money and somebody in them");
    // Where contracts bring no gap, what is left is referrals.
    let steady = |plan: &mut Blueprint| plan.grants.iter_mut().for_each(|grant| grant.regime.contract_weeks = 520);
    let [met, ..] = contrasts_of_origins(&with(&strangers, steady), &with(&partners, steady), 104, all);
    met.is_up("M23 the same where no contract ends: by referrals");
    let without = contrasts_of_origins(&with(&strangers, unrelated), &with(&partners, unrelated), 26, all);
    without[0].is_nothing("M23 needs met where relations do nothing");
    without[1].is_nothing("M23 posts filled where relations do nothing");

    // Contracts end by chance, in few initiatives: it takes more worlds to see money come sooner.
    let starts = grown_times(&strangers, 2 * REPLICATIONS);
    let introduced =
        |plan: &Blueprint| differences(&lived(&starts, &strangers, 104, all), &lived(&starts, plan, 104, all));
    let [met, filled, paid, relation] = introduced(&with(&strangers, introductions(6.0)));
    relation.is_up("M23 relation between municipality and welfare, by introductions");
    paid.is_up("M23 funded initiatives that are paid, by introductions");
    // Introductions take hours of those who could have helped.
    println!("M23 needs met, by introductions: {:+.5}, t = {:.1}", met.mean(), met.t());
    println!("M23 posts filled, by introductions: {:+.5}, t = {:.1}", filled.mean(), filled.t());
    for nothing in introduced(&with(&strangers, introductions(0.0))) {
        nothing.is_nothing("M23 introductions without hours");
    }
}

/// Who decides in all initiatives, from a week on.
fn hand_over(key: &str, residents_lead: f64, from: i32) -> Policy {
    policy(key, from, PolicyMeasure::HandOver { initiative: None, residents_lead: share(residents_lead) })
}

/// M24.
#[test]
fn initiatives_that_residents_lead_live_longer() {
    // What it costs to give way, doubled, so that two hundred weeks show it in the number of initiatives as well.
    let plan = with(&CORNER, |plan| {
        four_times(plan);
        plan.parameters.asking.control_drain *= 2.0;
    });
    let starts = grown(&plan);
    let all = |world: &World| {
        let n = here(world);
        let pullers = || n.state.iter().filter(|state| state.volunteers_here() && state.organises);
        let energy = pullers().map(|state| f64::from(state.energy)).sum::<f64>() / pullers().count().max(1) as f64;
        let alive = n.initiatives.iter().filter(|one| one.is_alive() && one.key != "founded").count();
        [energy, alive as f64]
    };
    let led = |of: f64| with(&plan, |plan| plan.policies.push(hand_over("led", of, 0)));
    let [mine, theirs] = [led(1.0), led(0.0)].map(|plan| lived(&starts, &plan, 208, all));
    let [energy, alive] = differences(&theirs, &mine);
    energy.is_up("M24 energy of those who pull initiatives, residents decide against an institution");
    alive.is_up("M24 initiatives alive");
    // An institution that steps back after a year gives the energy back.
    let back = with(&led(0.0), |plan| plan.policies.push(hand_over("steps-back", 1.0, 52)));
    let [energy, alive] = differences(&theirs, &lived(&starts, &back, 208, all));
    energy.is_up("M24 energy, the institution steps back after a year");
    println!("M24 initiatives alive, the institution steps back: {:+.3}, t = {:.1}", alive.mean(), alive.t());

    let free = |plan: &mut Blueprint| {
        let p = &mut plan.parameters.asking;
        (p.control_drain, p.control_meaning, p.institution_arranges) = (0.0, 0.0, 0.0);
    };
    let [mine, theirs] = [led(1.0), led(0.0)].map(|plan| lived(&starts, &with(&plan, free), 52, all));
    for without in differences(&theirs, &mine) {
        without.is_nothing("M24 where it does not matter who decides");
    }
}

/// M30.
#[test]
fn another_provider_costs_trust_that_takes_years_to_come_back() {
    let organisation = at(&CORNER.organisations, "welfare", |organisation| &organisation.key);
    let stays = with(&CORNER, |plan| {
        four_social_workers(plan);
        plan.mechanisms.turnover = false;
        // Contracts do not end either.
        plan.grants.iter_mut().for_each(|grant| grant.regime.renewal = Share::ALL);
    });
    let changes = with(&stays, |plan| {
        plan.policies.push(policy("provider", 4, PolicyMeasure::ChangeProvider { organisation }));
    });
    let starts = grown(&stays);
    let trust = |world: &World| FOUR_POSTS.iter().map(|post| trust_in(world, post)).sum();
    let [soon, later, at_last] = contrasts_in(&starts, &stays, &changes, [14, 52, 156], trust);
    soon.is_down("M30 trust in social workers, ten weeks after another provider came");
    later.is_down("M30 the same, after a year");
    at_last.beyond(&soon).is_up("M30 what has come back after three years");
    println!("M30 what is then still missing: {:+.5}, t = {:.1}", at_last.mean(), at_last.t());
    let [soon] = contrasts_in(&starts, &stays, &changes, [14], |world| measured(world, "linking_ties"));
    soon.is_down("M30 trusted professionals");
    let [soon] = contrasts_in(&starts, &stays, &changes, [14], |world| mean(world, |state| state.institutional_trust));
    soon.is_down("M30 trust in institutions");
    let [needs] = contrasts_in(&starts, &stays, &changes, [52], |world| measured(world, "needs_met_formal"));
    println!("M30 needs met by professionals, after a year: {:+.5}, t = {:.1}", needs.mean(), needs.t());

    let (stays, changes) = (with(&stays, unlinked), with(&changes, unlinked));
    let starts = grown(&stays);
    let [soon] = contrasts_in(&starts, &stays, &changes, [14], trust);
    soon.is_nothing("M30 trust in social workers without linking");
}

/// A community builder for so many hours a week, for so many weeks.
fn builder(hours: f32, weeks: i32) -> impl Fn(&mut Blueprint) {
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
            place: None,
            period: Period { from: Some(0), until: Some(weeks) },
        });
    }
}

/// So many personal asks a week, for so many weeks.
fn asks(asks_per_week: f32, weeks: i32) -> impl Fn(&mut Blueprint) {
    move |plan| {
        let measure = PolicyMeasure::AskCampaign {
            way: AskWay::Personal,
            asks_per_week,
            to_unreached: Share::NONE,
            words: AskWords::Plain,
        };
        plan.policies.push(Policy::new("asks", Period { from: Some(0), until: Some(weeks) }, measure));
    }
}

/// M32.
#[test]
fn what_slow_work_brings_is_there_when_a_campaign_has_passed() {
    let starts = grown(&CORNER);
    let (slow, campaign) = (with(&CORNER, builder(9.0, 104)), with(&CORNER, builder(36.0, 26)));
    let weeks = [26, 104, 130];
    let trusted = |world: &World| measured(world, "linking_ties");
    let [at_once, after, _] = contrasts_in(&starts, &CORNER, &campaign, weeks, trusted);
    at_once.is_up("M32 trusted professionals, at the end of a campaign of half a year");
    at_once.beyond(&after).is_up("M32 of which lost a year and a half later");
    let [at_once, after, _] = contrasts_in(&starts, &campaign, &slow, weeks, trusted);
    at_once.is_down("M32 trusted professionals after half a year, slow against campaign");
    after.is_up("M32 the same after two years");
    let skill = |world: &World| mean(world, |state| state.way_finding);
    let [at_once, after, gone] = contrasts_in(&starts, &campaign, &slow, weeks, skill);
    at_once.is_down("M32 way-finding after half a year, slow against campaign");
    println!("M32 the same after two years: {:+.5}, t = {:.1}", after.mean(), after.t());
    println!("M32 the same half a year later, without both: {:+.5}, t = {:.1}", gone.mean(), gone.t());
    let faith = |world: &World| mean(world, |state| state.institutional_trust);
    let [_, after, gone] = contrasts_in(&starts, &campaign, &slow, weeks, faith);
    after.is_up("M32 trust in institutions after two years, slow against campaign");
    gone.is_down("M32 the same half a year later: the longer relation is missed the more");

    let hands = with(&CORNER, wants_hands);
    let (slow_asks, many_asks) = (with(&hands, asks(2.0, 104)), with(&hands, asks(8.0, 26)));
    let [at_once, after, gone] = contrasts_in(&starts, &many_asks, &slow_asks, weeks, volunteers);
    at_once.is_down("M32 volunteers after half a year, asks spread over two years against all in one half");
    println!("M32 the same after two years: {:+.3}, t = {:.1}", after.mean(), after.t());
    println!("M32 the same half a year later: {:+.3}, t = {:.1}", gone.mean(), gone.t());

    let [_, without, _] =
        contrasts_in(&starts, &with(&campaign, unlinked), &with(&slow, unlinked), [26, 30, 34], skill);
    without.is_nothing("M32 way-finding without linking");
    let unasked = |plan: &mut Blueprint| plan.mechanisms.asking = false;
    let [without] = contrasts_in(&starts, &with(&many_asks, unasked), &with(&slow_asks, unasked), [52], volunteers);
    without.is_nothing("M32 volunteers where asking does nothing");
}

/// M53.
#[test]
fn who_knows_what_there_is_goes_there() {
    let map = |residents_per_week: f32, professionals_too: bool| {
        move |plan: &mut Blueprint| {
            let measure = PolicyMeasure::SocialMap { residents_per_week, professionals_too };
            plan.policies.push(policy("map", 0, measure));
        }
    };
    let both = |world: &World| [mean(world, |state| state.visits), measured(world, "participates")];
    let [visits, takes_part] = contrasts(&CORNER, &with(&CORNER, map(20.0, false)), 52, both);
    visits.is_up("M53 visits a week to what there was already, by a social map");
    takes_part.is_up("M53 share who take part, by a social map");
    let busy = with(&CORNER, |plan| plan.parameters.linking.contacts_per_hour *= 3.0);
    let [visits, _] = contrasts(&busy, &with(&busy, map(0.0, true)), 52, both);
    visits.is_up("M53 visits a week, where professionals alone use the map");

    let [visits, takes_part] = contrasts(&CORNER, &with(&CORNER, map(0.0, false)), 52, both);
    visits.is_nothing("M53 visits, by a map that nobody gets");
    takes_part.is_nothing("M53 taking part, by a map that nobody gets");
    let heedless = with(&CORNER, |plan| plan.parameters.choosing.heeds_map = 0.0);
    let [visits, takes_part] = contrasts(&heedless, &with(&heedless, map(20.0, false)), 52, both);
    visits.is_nothing("M53 visits, by a map that nobody heeds");
    takes_part.is_nothing("M53 taking part, by a map that nobody heeds");
}
