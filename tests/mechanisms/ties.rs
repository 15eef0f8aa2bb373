//! Bonding, bridging and help: M14, M20.

use noaber::model::blueprint::{Blueprint, InitiativePlan};
use noaber::model::quantities::{ActivityKind, Share, Target};
use noaber::model::world::World;

use crate::common::{measured, share};
use crate::measures::{mean_of, per_resident};
use crate::paired::{CORNER, contrast, contrast_of_origins, contrasts, with};
use crate::workers::activity;

/// Three activities of each of three kinds from week 0 on for people with low income, carried by paid hands.
fn own_activities(plan: &mut Blueprint) {
    for kind in [ActivityKind::Talk, ActivityKind::Meal, ActivityKind::SelfHelp] {
        for nth in 0..3 {
            let own = activity(plan, kind, 4.0);
            plan.initiatives.push(InitiativePlan {
                key: format!("{}-{nth}", own.key),
                target: Target::LowIncome,
                formality: Share::NONE,
                ..own
            });
        }
    }
}

/// Nine activities, so that most of the group has one. Capability of the group is 0.05 higher (t = 14), bridges have 0.0032
/// of strength for each resident more (t = 9).
///
/// M14.
#[test]
fn a_group_that_meets_by_itself_gains_capability_first_and_bridges_later() {
    let own = with(&CORNER, |plan| {
        own_activities(plan);
        // As strong as the ranges allow, and a meeting of like people three times: what follows from capability is small.
        plan.parameters.bonding.own_space = 10.0;
        plan.parameters.bridging.openness = 1.0;
        plan.parameters.bonding.capability *= 3.0;
    });
    let shared = with(&own, |plan| plan.mechanisms.own_space = false);
    let capability =
        |world: &World, poor: bool| mean_of(world, |traits| traits.income_difficulty == poor, |state| state.capability);
    let bridges = |world: &World| per_resident(world, |tie| if tie.is_across() { tie.strength } else { 0.0 });
    let all = |world: &World| [capability(world, true), capability(world, false), bridges(world)];
    let [_, _, soon] = contrasts(&shared, &own, 26, all);
    let [group, others, later] = contrasts(&shared, &own, 156, all);
    group.is_up("M14 capability of the group");
    group.beyond(&others).is_up("M14 more than of others");
    later.is_up("M14 strength of ties across groups, after a year and a half");
    later.beyond(&soon).is_up("M14 more than in the first months");
    let nothing = |plan: &mut Blueprint| plan.parameters.bonding.own_space = 0.0;
    let without = contrasts(&with(&shared, nothing), &with(&own, nothing), 52, all);
    for without in &without {
        without.is_nothing("M14 capability and bridges, no gain by own space");
    }
}

/// M20.
#[test]
fn a_bridge_brings_help_that_the_own_group_cannot_give() {
    let narrow = with(&CORNER, |plan| plan.mechanisms.bridged_help = false);
    let met = |world: &World| mean_of(world, |traits| traits.income_difficulty, |state| state.needs_informal);
    let [by_bridges, unmet] = contrasts(&narrow, &CORNER, 104, |world| [met(world), measured(world, "needs_unmet")]);
    by_bridges.is_up("M20 needs met by people in a year, hard to make ends meet");
    unmet.is_down("M20 unmet needs");

    // Everybody of one origin: no ties across groups, no bridges.
    let alike = |plan: &mut Blueprint| plan.composition.origins = [share(1.0), share(0.0), share(0.0)];
    contrast_of_origins(&with(&narrow, alike), &with(&CORNER, alike), 52, met)
        .is_nothing("M20 needs met where all are alike");
    let alone = |plan: &mut Blueprint| plan.mechanisms.helping = false;
    contrast(&with(&narrow, alone), &with(&CORNER, alone), 52, met).is_nothing("M20 needs met without help");
}
