//! Policies that act on what is seen: M54.
//!
//! The claim is half borne out. A campaign that is steered by the share of volunteers leaves the neighbourhood less short of
//! them than as many asks by a fixed plan, because it asks after people stopped and not before. It recruits no more: an
//! ask is worth the same in any week, so over all weeks the two come out level.

use noaber::model::blueprint::{Blueprint, Period};
use noaber::model::policy::{AskWay, AskWords, Policy, PolicyMeasure};
use noaber::model::quantities::Share;
use noaber::model::rule::{Gauge, Line, Rule};
use noaber::model::world::World;
use noaber::observation::read;
use rayon::prelude::*;

use crate::asking::wants_hands;
use crate::common::{continued, mark};
use crate::paired::{CORNER, difference, grown, with};

/// Weeks that are lived.
const WEEKS: u32 = 104;
/// Asks a week while the adaptive campaign runs.
const ASKS: f32 = 40.0;
/// Share of volunteers under which it runs.
const LINE: f64 = 0.12;

fn rule(line: Line) -> Rule {
    let gauge = Gauge { measure: "volunteers_here", group: "all", read };
    Rule { gauge, line, check_every: 4, for_weeks: 0 }
}

/// A campaign of so many asks a week, under a rule or not.
fn campaign(asks_per_week: f32, when: Option<Rule>) -> impl Fn(&mut Blueprint) {
    move |plan| {
        let measure = PolicyMeasure::AskCampaign {
            way: AskWay::Personal,
            asks_per_week,
            to_unreached: Share::NONE,
            words: AskWords::Plain,
        };
        let period = Period { from: Some(0), until: None };
        plan.policies.push(Policy { when, ..Policy::new("campaign", period, measure) });
    }
}

/// What one world shows: the mean over its weeks of the share that falls short of the line, the mean share, and the weeks
/// in which a rule was in force.
fn live(start: &World, plan: &Blueprint) -> [f64; 3] {
    let mut world = continued(start, plan, 0);
    let (mut short, mut sum) = (0.0, 0.0);
    for _ in 0..WEEKS {
        world.live_one_week();
        let now = read(&world, "volunteers_here", "all");
        short += (LINE - now).max(0.0);
        sum += now;
    }
    let in_force = world.standings().iter().flat_map(|standing| &standing.spells);
    let in_force = in_force.map(|spell| f64::from(spell.until.unwrap_or(world.week()) - spell.from)).sum();
    [short / f64::from(WEEKS), sum / f64::from(WEEKS), in_force]
}

fn all(worlds: &[[f64; 3]], place: usize) -> Vec<f64> {
    worlds.iter().map(|world| world[place]).collect()
}

/// M54.
#[test]
fn asking_when_hands_are_short_leaves_fewer_weeks_short_and_recruits_no_more() {
    // In the second year many stop at once: a plan made beforehand does not know.
    let plan = with(&CORNER, |plan| {
        wants_hands(plan);
        let period = Period { from: Some(52), until: Some(65) };
        let measure = PolicyMeasure::Adjust { parameter: "asking.leave", times: 15.0, times_per_year: 1.0 };
        plan.policies.push(Policy::new("many-stop", period, measure));
    });
    let starts = grown(&plan);
    let [adaptive, fixed] = side_by_side(&starts, &plan);
    difference(&all(&fixed, 0), &all(&adaptive, 0)).is_down("M54 short of volunteers, steered against spread out");
    difference(&all(&fixed, 1), &all(&adaptive, 1)).is_level("M54 volunteers on average, the same asks in all");

    let unasked = with(&plan, |plan| plan.mechanisms.asking = false);
    let [adaptive, fixed] = side_by_side(&starts, &unasked);
    for place in [0, 1] {
        difference(&all(&fixed, place), &all(&adaptive, place)).is_nothing("M54 where asking does nothing");
    }
}

/// Worlds with an adaptive campaign, and the same worlds with as many asks spread evenly over all weeks.
fn side_by_side(starts: &[World], plan: &Blueprint) -> [Vec<[f64; 3]>; 2] {
    let adaptive = with(plan, campaign(ASKS, Some(rule(Line::Below(LINE)))));
    let adaptive: Vec<[f64; 3]> = starts.par_iter().map(|start| live(start, &adaptive)).collect();
    let fixed = starts.par_iter().zip(&adaptive).map(|(start, [_, _, weeks])| {
        let evenly = ASKS * *weeks as f32 / WEEKS as f32;
        live(start, &with(plan, campaign(evenly, None)))
    });
    let fixed = fixed.collect();
    [adaptive, fixed]
}

#[test]
fn a_rule_whose_line_is_never_passed_is_no_policy_and_one_that_always_is_the_plain_policy() {
    let plan = with(&CORNER, wants_hands);
    for start in &grown(&plan)[..3] {
        let lived = |plan: &Blueprint| mark(&continued(start, plan, 40));
        // The progress of policies is part of the state: no policy is one that does nothing.
        let never = lived(&with(&plan, campaign(ASKS, Some(rule(Line::Below(0.0))))));
        assert_eq!(never, lived(&with(&plan, campaign(0.0, None))));
        let always = lived(&with(&plan, campaign(ASKS, Some(rule(Line::Above(0.0))))));
        assert_eq!(always, lived(&with(&plan, campaign(ASKS, None))));
        assert_ne!(never, always);
    }
}
