//! Places and public space: M2, M7, M11, M17, M18, M19.

use noaber::model::blueprint::Blueprint;
use noaber::model::desk::Desk;
use noaber::model::neighbourhood::resident::Setting;
use noaber::model::policy::PolicyMeasure;
use noaber::model::schedule::live_one_week;
use noaber::model::world::World;

use crate::common::{measured, policy, share};
use crate::measures::{here, mean, mean_of, per_resident};
use crate::paired::{
    CORNER, Contrast, contrast, contrast_of_origins, contrasts, contrasts_of_origins, grown, lived, with,
};

fn visits(world: &World) -> f64 {
    mean(world, |state| state.visits)
}

/// M2.
#[test]
fn a_referral_keeps_out_first_those_who_do_not_know_the_way() {
    let threshold =
        |of: f64| move |plan: &mut Blueprint| plan.places.iter_mut().for_each(|place| place.threshold = share(of));
    let (open, referral) = (with(&CORNER, threshold(0.0)), with(&CORNER, threshold(1.0)));
    let visits_by_skill = |world: &World| {
        [false, true]
            .map(|skilled| mean_of(world, |traits| (traits.own_way_finding >= 0.5) == skilled, |state| state.visits))
    };
    let before = lived(&grown(&open), &open, 26, visits_by_skill);
    let after = lived(&grown(&referral), &referral, 26, visits_by_skill);
    let lost = |skill: usize| {
        Contrast(before[skill].iter().zip(&after[skill]).map(|(before, after)| 1.0 - after / before).collect())
    };
    lost(0).is_up("M2 share of visits lost to a referral, of those who do not know the way");
    lost(0).beyond(&lost(1)).is_up("M2 more than of those who do");

    let indifferent = |plan: &mut Blueprint| plan.parameters.choosing.threshold = 0.0;
    contrast_of_origins(&with(&open, indifferent), &with(&referral, indifferent), 26, visits)
        .is_nothing("M2 visits, thresholds without weight");
}

/// The shop corner and the snack bar close.
fn without_commerce(plan: &mut Blueprint) {
    for (number, _) in CORNER.places.iter().enumerate().filter(|(_, place)| place.commercial) {
        plan.policies.push(policy(&format!("close-{number}"), 0, PolicyMeasure::ClosePlace { place: number }));
    }
}

/// Nobody visits a place, turns to one for help, or founds something in one: closing one is then of no concern.
pub fn nobody_goes_out(plan: &mut Blueprint) {
    (plan.mechanisms.places, plan.mechanisms.helping) = (false, false);
    (plan.parameters.linking.show_place, plan.parameters.asking.founding) = (0.0, 0.0);
}

/// M7.
#[test]
fn without_commercial_places_fewer_faces_are_familiar() {
    let faces = |world: &World| measured(world, "recognised");
    contrast(&CORNER, &with(&CORNER, without_commerce), 52, faces)
        .is_down("M7 familiar faces, commercial places closed");
    let nowhere = with(&CORNER, nobody_goes_out);
    contrast(&nowhere, &with(&nowhere, without_commerce), 52, faces)
        .is_nothing("M7 familiar faces where nobody goes out");
}

/// Words with a neighbour in 0.18 of the weeks more (t = 74).
///
/// M11.
#[test]
fn inviting_public_space_gives_more_contact_with_neighbours() {
    let inviting = |of: f64| {
        move |plan: &mut Blueprint| {
            plan.public_space = share(of);
            // Public space also makes people notice places and takes nuisance away, by which fewer move: not what this is about.
            plan.parameters.choosing.learn_walking_past = 0.0;
            plan.parameters.safety.public_space = 0.0;
        }
    };
    let (bare, lively) = (with(&CORNER, inviting(0.2)), with(&CORNER, inviting(0.8)));
    let neighbours = |world: &World| mean(world, |state| state.neighbour_weeks);
    contrast_of_origins(&bare, &lively, 52, neighbours).is_up("M11 share of weeks with words with a neighbour");

    let without = |plan: &mut Blueprint| plan.mechanisms.doorstep = false;
    contrast_of_origins(&with(&bare, without), &with(&lively, without), 52, neighbours)
        .is_nothing("M11 the same without encounters");
}

/// M17.
#[test]
fn greeting_makes_people_belong_without_making_friends() {
    let busy = |plan: &mut Blueprint| {
        let measure = PolicyMeasure::Adjust { parameter: "encounters.per_week", times: 1.5, times_per_year: 1.0 };
        plan.policies.push(policy("busy", 0, measure));
    };
    let silent = with(&CORNER, |plan| plan.mechanisms.light_contact = false);
    let belonging = |world: &World| mean(world, |state| state.belonging);
    let [belong, friends] = contrasts(&silent, &CORNER, 52, |world| {
        [belonging(world), measured(world, "friends") + measured(world, "close_ties")]
    });
    belong.is_up("M17 belonging by greeting");
    friends.is_level("M17 friends by greeting");
    let greeting = contrast(&CORNER, &with(&CORNER, busy), 52, belonging);
    greeting.is_up("M17 belonging in livelier streets");
    let without = contrast(&silent, &with(&silent, busy), 52, belonging);
    greeting.beyond(&without).is_up("M17 of which by greeting");
    let nothing = |plan: &mut Blueprint| plan.parameters.attitudes.light_contact = 0.0;
    contrast(&with(&silent, nothing), &with(&CORNER, nothing), 52, belonging)
        .is_nothing("M17 belonging by a greeting that does nothing");
}

/// Meetings in places and activities for each visit in the week to come.
fn meetings_per_visit(world: &World) -> f64 {
    let (mut n, mut desk) = (here(world).clone(), Desk::default());
    live_one_week(&mut n, world.blueprint(), world.chance(), world.week(), &mut desk);
    let meetings = desk.meetings.iter().filter(|meeting| meeting.setting != Setting::NOWHERE).count();
    meetings as f64 / desk.visits.len().max(1) as f64
}

/// M18.
#[test]
fn formality_leaves_fewer_unplanned_meetings() {
    let formal = |of: f64| {
        move |plan: &mut Blueprint| {
            plan.places.iter_mut().for_each(|place| place.formality = share(of));
            plan.grants.iter_mut().for_each(|grant| grant.regime.formality = share(of));
            // Who does not share the language feels formality besides.
            plan.parameters.choosing.language = 0.0;
        }
    };
    let both = |world: &World| [meetings_per_visit(world), visits(world)];
    let (easy, stiff) = (with(&CORNER, formal(0.0)), with(&CORNER, formal(0.8)));
    let [meetings, came] = contrasts_of_origins(&easy, &stiff, 26, both);
    meetings.is_down("M18 meetings for each visit");
    came.is_down("M18 visits");

    let without = |plan: &mut Blueprint| plan.mechanisms.formality = false;
    let [meetings, came] = contrasts_of_origins(&with(&easy, without), &with(&stiff, without), 26, both);
    meetings.is_nothing("M18 meetings for each visit without formality");
    came.is_nothing("M18 visits without formality");
}

/// M19.
#[test]
fn enough_places_and_mixed_tables_make_ties_across_groups() {
    let few = |plan: &mut Blueprint| {
        for number in 1..CORNER.places.len() {
            plan.policies.push(policy(&format!("close-{number}"), 0, PolicyMeasure::ClosePlace { place: number }));
        }
    };
    let apart = |plan: &mut Blueprint| plan.parameters.meeting.mixing = 0.0;
    let across = |world: &World| per_resident(world, |tie| if tie.is_across() { tie.strength } else { 0.0 });
    contrast(&CORNER, &with(&CORNER, few), 52, across)
        .is_down("M19 strength of ties across groups, all places but one closed");
    contrast(&with(&CORNER, apart), &CORNER, 52, |world| measured(world, "bridging_share"))
        .is_up("M19 share of ties across groups, mixed tables");

    let nowhere = with(&CORNER, nobody_goes_out);
    contrast(&nowhere, &with(&nowhere, few), 52, across).is_nothing("M19 closing where nobody goes out");
    contrast(&nowhere, &with(&nowhere, apart), 52, across).is_nothing("M19 tables where nobody goes out");
}
