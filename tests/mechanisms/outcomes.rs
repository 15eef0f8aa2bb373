//! Outcomes: M4, M5, M51, M55, M56.

use noaber::model::blueprint::{Blueprint, InitiativePlan, PlacePlan};
use noaber::model::policy::{AskWay, PolicyMeasure};
use noaber::model::quantities::{ActivityKind, Cents, Share, Target};
use noaber::model::world::World;
use noaber::observation::{Detail, GROUPS, MEASURES, Outcome, measure_index, observe};

use crate::common::{at, continued, grown, mark, measured, policy, share};
use crate::measures::mean;
use crate::paired::{CORNER, contrast, contrasts, difference, goes_on, with};
use crate::workers::activity;

/// A measure for a group.
fn of_group(world: &World, measure: &str, group: &str) -> f64 {
    let group = GROUPS.iter().position(|known| known.key == group).expect("a group");
    observe(world, Detail::Full).value(group, measure_index(measure).expect("a measure"))
}

fn no_places(plan: &mut Blueprint) {
    plan.mechanisms.places = false;
}

/// M4.
#[test]
fn an_open_activity_does_something_for_people_without_problems_and_a_targeted_one_does_not() {
    let offered = |target| {
        with(&CORNER, |plan| {
            for kind in [ActivityKind::Talk, ActivityKind::Meal, ActivityKind::Walking] {
                plan.initiatives.push(InitiativePlan { target, ..activity(plan, kind, 8.0) });
            }
        })
    };
    let by_need = |world: &World| {
        ["none", "one", "several"].map(|need| of_group(world, "gets_out", &format!("problems={need}")))
    };
    let [none, _, several] = contrasts(&CORNER, &offered(Target::Open), 78, by_need);
    none.is_up("M4 people without problems who get out, an activity open to all");
    several.is_up("M4 people with several problems who get out, an activity open to all");
    let [none, _, several] = contrasts(&CORNER, &offered(Target::HealthLimited), 78, by_need);
    none.is_level("M4 people without problems who get out, an activity for the limited");
    several.is_up("M4 people with several problems who get out, an activity for the limited");
    let without = contrasts(&with(&CORNER, no_places), &with(&offered(Target::Open), no_places), 52, by_need);
    for without in &without {
        without.is_nothing("M4 where nobody goes anywhere");
    }
}

/// Homes that leave money over, for all; streets as inviting as can be; lessons for all who need them.
const INVESTMENTS: [(&str, PolicyMeasure); 3] = [
    ("homes", PolicyMeasure::ImproveHomes { building: None, households: Share::ALL, per_year: Cents(0) }),
    ("streets", PolicyMeasure::PublicSpace { inviting: Share::ALL, per_year: Cents(0) }),
    ("lessons", PolicyMeasure::Course { places: 200, weeks: 26, per_year: Cents(0) }),
];

fn invested(plan: &Blueprint, which: &[usize]) -> Blueprint {
    with(plan, |plan| {
        for which in which {
            let (key, measure) = &INVESTMENTS[*which];
            plan.policies.push(policy(key, 0, measure.clone()));
        }
    })
}

/// M5.
#[test]
fn two_investments_together_do_something_else_than_the_sum_of_each() {
    let all = |world: &World| {
        [
            mean(world, |state| state.needs - state.needs_informal - state.needs_formal),
            mean(world, |state| state.visits),
            mean(world, |state| state.neighbour_weeks),
            mean(world, |state| state.way_finding),
            mean(world, |state| state.belonging),
            measured(world, "lonely"),
            measured(world, "participates"),
            measured(world, "good_health"),
        ]
    };
    let names = ["unmet", "visits", "neighbours", "way-finding", "belonging", "lonely", "participates", "health"];
    let value = |which: &[usize]| goes_on(&invested(&CORNER, which), 104, all);
    let none = value(&[]);
    let single: Vec<_> = (0..3).map(|one| value(&[one])).collect();
    for one in 0..3 {
        for m in 0..8 {
            let d = difference(&none[m], &single[one][m]);
            println!("{} {}: {:+.5} t {:.1}", INVESTMENTS[one].0, names[m], d.mean(), d.t());
        }
    }
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        let both = value(&[one, other]);
        for m in 0..8 {
            let d = difference(&single[one][m], &both[m]).beyond(&difference(&none[m], &single[other][m]));
            println!("{} x {} {}: {:+.5} t {:.1}", INVESTMENTS[one].0, INVESTMENTS[other].0, names[m], d.mean(), d.t());
        }
    }
}

/// So many living rooms more, spread over the corner.
fn more_places(rooms: usize) -> Blueprint {
    with(&CORNER, |plan| {
        let centre = at(&plan.places, "centre", |place| &place.key);
        for number in 0..rooms {
            let (x, y) = [(0.0, 30.0), (80.0, 90.0), (-100.0, 60.0), (40.0, -60.0), (-60.0, -20.0)][number];
            plan.places.push(PlacePlan {
                key: format!("room-{number}"),
                x,
                y,
                period: noaber::model::blueprint::Period { from: Some(0), until: None },
                ..plan.places[centre].clone()
            });
        }
    })
}

/// M51.
#[test]
fn more_meeting_places_draw_people_and_hardly_move_loneliness() {
    let both = |world: &World| {
        [measured(world, "gets_out"), measured(world, "participates"), measured(world, "lonely"), measured(world, "loneliness")]
    };
    let [out, takes_part, lonely, score] = contrasts(&CORNER, &more_places(5), 104, both);
    out.is_up("M51 people who get out, five places more");
    println!("M51 takes part {:+.5} t {:.1}; lonely {:+.5} t {:.1}; score {:+.5} t {:.1}", takes_part.mean(), takes_part.t(), lonely.mean(), lonely.t(), score.mean(), score.t());
    let worthwhile = MEASURES[measure_index("lonely").expect("a measure")].worthwhile;
    assert!(lonely.mean().abs() < worthwhile, "{}", lonely.mean());
    let without = contrasts(&with(&CORNER, no_places), &with(&more_places(5), no_places), 52, both);
    for without in &without {
        without.is_nothing("M51 where nobody goes anywhere");
    }
}

/// An initiative that residents can make their own, and asks in person for it if wanted.
fn own_initiative(asks_per_week: f32) -> Blueprint {
    with(&CORNER, |plan| {
        let own = activity(plan, ActivityKind::Repair, 12.0);
        plan.initiatives.push(InitiativePlan { hours_needed: 80.0, organisers: 2, ..own });
        let measure =
            PolicyMeasure::AskCampaign { way: AskWay::Personal, asks_per_week, to_unreached: Share::NONE };
        plan.policies.push(policy("campaign", 0, measure));
    })
}

/// M55.
#[test]
fn people_who_are_asked_gain_in_each_outcome_but_rest() {
    let first = |world: &World| {
        let keys = Outcome::ALL.map(|outcome| measured(world, outcome.measures()[0]));
        let [a, b, c, d, e] = keys;
        [a, b, c, d, e, measured(world, "gets_out"), measured(world, "capability"), measured(world, "helped")]
    };
    let (quiet, asking) = (own_initiative(0.0), own_initiative(12.0));
    let found = contrasts(&quiet, &asking, 78, first);
    for (found, name) in found.iter().zip(["belonging", "needed", "informal", "rested", "say", "out", "capability", "helped"]) {
        println!("M55 {name}: {:+.5}, t = {:.1}", found.mean(), found.t());
    }
    let unasked = |plan: &mut Blueprint| plan.mechanisms.asking = false;
    let without = contrasts(&with(&quiet, unasked), &with(&asking, unasked), 52, first);
    for without in &without {
        without.is_nothing("M55 where asking does nothing");
    }
}

/// The same plan with other coefficients of health.
fn health(plan: &Blueprint, times: f32) -> Blueprint {
    with(plan, |plan| {
        let h = &mut plan.parameters.health;
        for coefficient in
            [&mut h.money, &mut h.unmet, &mut h.activity, &mut h.meeting, &mut h.stay_unmet, &mut h.stay_company]
        {
            *coefficient *= times;
        }
    })
}

/// M56.
#[test]
fn health_goes_along_with_activity_help_and_money_and_nothing_goes_along_with_health() {
    let both = |world: &World| [measured(world, "good_health"), measured(world, "can_stay_home")];
    let [active, stays] = contrasts(&CORNER, &more_places(5), 104, both);
    active.is_up("M56 perceived health with more places to go");
    println!("M56 stays at home with more places: {:+.5}, t = {:.1}", stays.mean(), stays.t());
    let [eased, stays] = contrasts(&CORNER, &invested(&CORNER, &[0]), 104, both);
    eased.is_up("M56 perceived health where homes leave money over");
    println!("M56 stays at home with cheap homes: {:+.5}, t = {:.1}", stays.mean(), stays.t());
    let helped = contrast(
        &with(&CORNER, |plan| plan.mechanisms.helping = false),
        &CORNER,
        104,
        |world| measured(world, "can_stay_home"),
    );
    helped.is_up("M56 staying at home where residents help each other");
    for plan in [more_places(5), invested(&CORNER, &[0])] {
        let without = contrasts(&health(&CORNER, 0.0), &health(&plan, 0.0), 52, both);
        for without in &without {
            println!("M56 without associations {:+.5} t {:.1}", without.mean(), without.t());
        }
    }
    // Nothing in the model reads it.
    let start = grown(&CORNER, 5, 20);
    let one = continued(&start, &CORNER, 30);
    let other = continued(&start, &health(&CORNER, 5.0), 30);
    assert!(measured(&one, "good_health") != measured(&other, "good_health"));
    assert_eq!(mark(&one), mark(&other));
    let _ = share(0.5);
}
