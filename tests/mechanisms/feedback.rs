//! Policies that act on what is seen: M54.

use noaber::model::blueprint::{Blueprint, Period};
use noaber::model::policy::{AskWay, Policy, PolicyMeasure};
use noaber::model::quantities::Share;
use noaber::model::rule::{Gauge, Line, Rule};
use noaber::model::world::World;
use noaber::observation::read;
use rayon::prelude::*;

use crate::asking::wants_hands;
use crate::common::{continued, mark};
use crate::paired::{CORNER, Contrast, difference, grown, with};

/// Weeks that are lived.
const WEEKS: u32 = 104;
/// Asks a week while the adaptive campaign runs.
const ASKS: f32 = 16.0;

fn rule(line: Line) -> Rule {
    let gauge = Gauge { measure: "volunteers_here", group: "all", read };
    Rule { gauge, line, check_every: 4, for_weeks: 0 }
}

/// A campaign of so many asks a week, under a rule or not.
fn campaign(asks_per_week: f32, when: Option<Rule>) -> impl Fn(&mut Blueprint) {
    move |plan| {
        let measure = PolicyMeasure::AskCampaign { way: AskWay::Personal, asks_per_week, to_unreached: Share::NONE };
        let period = Period { from: Some(0), until: None };
        plan.policies.push(Policy { when, ..Policy::new("campaign", period, measure) });
    }
}

/// Weeks in which the rule was in force.
fn weeks_in_force(world: &World) -> f64 {
    let standing = &world.standings()[0];
    standing.spells.iter().map(|spell| f64::from(spell.until.unwrap_or(world.week()) - spell.from)).sum()
}

/// What one world shows: the mean over its weeks of the share that falls short of a line, the mean, and weeks in force.
fn live(start: &World, plan: &Blueprint, line: f64) -> [f64; 3] {
    let mut world = continued(start, plan, 0);
    let (mut short, mut sum) = (0.0, 0.0);
    for _ in 0..WEEKS {
        world.live_one_week();
        let now = read(&world, "volunteers_here", "all");
        short += (line - now).max(0.0);
        sum += now;
    }
    let in_force = if world.standings().is_empty() { 0.0 } else { weeks_in_force(&world) };
    [short / f64::from(WEEKS), sum / f64::from(WEEKS), in_force]
}

fn all(worlds: &[[f64; 3]], place: usize) -> Vec<f64> {
    worlds.iter().map(|world| world[place]).collect()
}

/// M54.
#[test]
fn asking_when_hands_are_short_spends_its_asks_where_they_are_short() {
    for (shock, line, asks) in [(8.0, 0.11, 24.0), (8.0, 0.13, 24.0), (15.0, 0.12, 40.0), (1.0, 0.14, 24.0)] {
    let plan = with(&CORNER, |plan| {
        wants_hands(plan);
        let period = Period { from: Some(52), until: Some(65) };
        let measure = PolicyMeasure::Adjust { parameter: "asking.leave", times: shock };
        plan.policies.push(Policy::new("shock", period, measure));
    });
    let starts = grown(&plan);
    let nothing: Vec<_> = starts.par_iter().map(|start| live(start, &plan, line)).collect();
    let adaptive = with(&plan, campaign(asks, Some(rule(Line::Below(line)))));
    let adaptive: Vec<_> = starts.par_iter().map(|start| live(start, &adaptive, line)).collect();
    let in_force = all(&adaptive, 2);
    println!("SHOCK {shock} LINE {line} asks {asks} weeks in force {in_force:?}");
    let mean = in_force.iter().sum::<f64>() / in_force.len() as f64;
    let same: Vec<_> = starts.par_iter().map(|start| live(start, &with(&plan, campaign(asks * mean as f32 / WEEKS as f32, None)), line)).collect();
    let own: Vec<_> = starts.par_iter().zip(&in_force).map(|(start, w)| live(start, &with(&plan, campaign(asks * *w as f32 / WEEKS as f32, None)), line)).collect();
    for place in [0, 1] {
        let c = difference(&all(&nothing, place), &all(&adaptive, place));
        println!("{place} adaptive - nothing {} t {}", c.mean(), c.t());
        let c = difference(&all(&same, place), &all(&adaptive, place));
        println!("{place} adaptive - fixed {} t {}", c.mean(), c.t());
        let c = difference(&all(&own, place), &all(&adaptive, place));
        println!("{place} adaptive - own fixed {} t {}", c.mean(), c.t());
        let c = difference(&all(&nothing, place), &all(&same, place));
        println!("{place} fixed - nothing {} t {}", c.mean(), c.t());
    }
    let n = all(&nothing, 1); let m = n.iter().sum::<f64>() / 12.0;
    let beyond = difference(&all(&same, 1), &all(&adaptive, 1));
    let c = Contrast(beyond.0.iter().zip(&n).map(|(b, n)| b * (m - n)).collect());
    println!("cov {} t {}", c.mean(), c.t());
    let spread = |w: &[[f64; 3]]| { let v = all(w, 1); let m = v.iter().sum::<f64>() / 12.0; v.iter().map(|x| (x - m).abs()).collect::<Vec<_>>() };
    let c = difference(&spread(&same), &spread(&adaptive));
    println!("spread same {:?} adaptive {:?} {} t {}", spread(&same), spread(&adaptive), c.mean(), c.t());
    }
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
