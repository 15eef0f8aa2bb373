//! Places: M2, M7, M11, M17, M18, M19.

use noaber::model::blueprint::Blueprint;
use noaber::model::neighbourhood::resident::Setting;
use noaber::model::policy::PolicyMeasure;
use noaber::model::schedule::live_one_week;
use noaber::model::world::World;

use crate::common::{measured, policy, share};
use crate::measures::{here, mean, mean_of, per_resident};
use crate::paired::{CORNER, contrast, contrast_of_origins, difference, grown, lived, with};

/// All places behind a referral.
fn with_referral(plan: &mut Blueprint) {
    plan.places.iter_mut().for_each(|place| place.threshold = share(1.0));
}

/// M2.
#[test]
fn a_referral_keeps_out_first_those_who_do_not_know_the_way() {
    let open = with(&CORNER, |plan| plan.places.iter_mut().for_each(|place| place.threshold = share(0.0)));
    let referral = with(&open, with_referral);
    let (open_worlds, referral_worlds) = (grown(&open), grown(&referral));
    let lost = |finds_the_way: bool| {
        let visits = |world: &World| {
            mean_of(world, |traits| (traits.own_way_finding >= 0.5) == finds_the_way, |state| state.visits)
        };
        let before = lived(&open_worlds, &open, 26, visits);
        let after = lived(&referral_worlds, &referral, 26, visits);
        let shares: Vec<f64> = before.iter().zip(&after).map(|(before, after)| 1.0 - after / before).collect();
        difference(&vec![0.0; shares.len()], &shares)
    };
    let (unskilled, skilled) = (lost(false), lost(true));
    unskilled.is_up("M2 visits lost to a referral, of those who do not know the way");
    unskilled.beyond(&skilled).is_up("M2 more than of those who do");

    let indifferent = |plan: &mut Blueprint| plan.parameters.choosing.threshold = 0.0;
    let (open, referral) = (with(&open, indifferent), with(&referral, indifferent));
    contrast_of_origins(&open, &referral, 26, |world| mean(world, |state| state.visits))
        .is_nothing("M2 visits, thresholds without weight");
}

/// The shop corner and the snack bar close.
fn without_commerce(plan: &mut Blueprint) {
    for (number, _) in CORNER.places.iter().enumerate().filter(|(_, place)| place.commercial) {
        plan.policies.push(policy(&format!("close-{number}"), 0, PolicyMeasure::ClosePlace { place: number }));
    }
}

/// M7.
#[test]
fn without_commercial_places_fewer_faces_are_familiar() {
    let faces = |world: &World| per_resident(world, |tie| f32::from(u8::from(tie.strength < 0.03)));
    let closed = with(&CORNER, without_commerce);
    contrast(&CORNER, &closed, 52, faces).is_down("M7 familiar faces, commercial places closed");

    // Nobody goes anywhere, and no professional names a place.
    let nowhere = with(&CORNER, |plan| {
        (plan.mechanisms.places, plan.parameters.linking.show_place) = (false, 0.0);
    });
    contrast(&nowhere, &with(&nowhere, without_commerce), 52, faces).is_nothing("M7 the same where nobody goes out");
}

/// M11.
#[test]
fn inviting_public_space_gives_more_contact_with_neighbours() {
    let inviting = |share_of: f64| {
        move |plan: &mut Blueprint| {
            plan.public_space = share(share_of);
            plan.parameters.choosing.learn_walking_past = 0.0;
        }
    };
    let (bare, lively) = (with(&CORNER, inviting(0.2)), with(&CORNER, inviting(0.8)));
    let neighbours = |world: &World| mean(world, |state| state.neighbour_weeks);
    contrast_of_origins(&bare, &lively, 52, neighbours).is_up("M11 weeks with words with a neighbour");

    let without = |plan: &mut Blueprint| plan.mechanisms.encounters = false;
    contrast_of_origins(&with(&bare, without), &with(&lively, without), 52, neighbours)
        .is_nothing("M11 the same without encounters");
}

/// M17.
#[test]
fn greeting_makes_people_belong_without_making_friends() {
    let busy = |plan: &mut Blueprint| plan.policies.push(policy("busy", 0, PolicyMeasure::Adjust {
        parameter: "encounters.per_week",
        times: 1.5,
    }));
    let silent = with(&CORNER, |plan| plan.mechanisms.light_contact = false);
    let belonging = |world: &World| mean(world, |state| state.belonging);
    let friends = |world: &World| measured(world, "friends") + measured(world, "close_ties");
    contrast(&silent, &CORNER, 52, belonging).is_up("M17 belonging by greeting");
    contrast(&silent, &CORNER, 52, friends).is_level("M17 friends by greeting");
    let with_greeting = contrast(&CORNER, &with(&CORNER, busy), 52, belonging);
    with_greeting.is_up("M17 belonging in livelier streets");
    let without = contrast(&silent, &with(&silent, busy), 52, belonging);
    with_greeting.beyond(&without).is_up("M17 of which by greeting");
    let nothing = |plan: &mut Blueprint| plan.parameters.attitudes.light_contact = 0.0;
    contrast(&with(&silent, nothing), &with(&CORNER, nothing), 52, belonging)
        .is_nothing("M17 a greeting that does nothing");
}

/// Meetings in places and activities for each visit in the week to come.
fn meetings_per_visit(world: &World) -> f64 {
    let (mut n, mut desk) = (here(world).clone(), noaber::model::desk::Desk::default());
    live_one_week(&mut n, world.blueprint(), world.chance(), world.week(), &mut desk);
    let meetings = desk.meetings.iter().filter(|meeting| meeting.setting != Setting::NOWHERE).count();
    meetings as f64 / desk.visits.len().max(1) as f64
}

/// M18.
#[test]
fn formality_leaves_fewer_unplanned_meetings() {
    let formal = |share_of: f64| {
        move |plan: &mut Blueprint| {
            plan.places.iter_mut().for_each(|place| place.formality = share(share_of));
            plan.grants.iter_mut().for_each(|grant| grant.regime.formality = share(share_of));
            plan.parameters.choosing.language = 0.0;
        }
    };
    let (easy, stiff) = (with(&CORNER, formal(0.0)), with(&CORNER, formal(0.8)));
    contrast_of_origins(&easy, &stiff, 26, meetings_per_visit).is_down("M18 meetings for each visit");
    contrast_of_origins(&easy, &stiff, 26, |world| mean(world, |state| state.visits)).is_down("M18 visits");

    let without = |plan: &mut Blueprint| plan.mechanisms.formality = false;
    contrast_of_origins(&with(&easy, without), &with(&stiff, without), 26, meetings_per_visit)
        .is_nothing("M18 the same without formality");
}

/// Strength of ties across groups, for each resident.
fn across(world: &World) -> f64 {
    per_resident(world, |tie| if tie.is_across() { tie.strength } else { 0.0 })
}

/// M19.
#[test]
fn enough_places_and_mixed_tables_make_ties_across_groups() {
    let few = |plan: &mut Blueprint| {
        for number in 1..CORNER.places.len() {
            plan.policies.push(policy(&format!("close-{number}"), 0, PolicyMeasure::ClosePlace { place: number }));
        }
    };
    contrast(&CORNER, &with(&CORNER, few), 78, across).is_down("M19 ties across groups, all places but one closed");
    let apart = |plan: &mut Blueprint| plan.parameters.meeting.mixing = 0.0;
    contrast(&with(&CORNER, apart), &CORNER, 78, |world| measured(world, "bridging_share"))
        .is_up("M19 share of ties across groups, mixed tables");

    let nowhere = with(&CORNER, |plan| {
        (plan.mechanisms.places, plan.parameters.linking.show_place) = (false, 0.0);
    });
    contrast(&nowhere, &with(&nowhere, few), 52, across).is_level("M19 closing where nobody goes out");
    contrast(&nowhere, &with(&nowhere, apart), 52, across).is_nothing("M19 tables where nobody goes out");
}
