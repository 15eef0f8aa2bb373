//! Bonding, bridging and help: M14, M20.

use noaber::model::blueprint::{Blueprint, InitiativePlan, Period};
use noaber::model::quantities::{ActivityKind, Cents, NeedKind, Share, Target};
use noaber::model::world::World;

use crate::common::{at, measured, share};
use crate::measures::{mean_of, per_resident};
use crate::paired::{CORNER, contrast, contrast_of_origins, with};

/// An activity from week 0 on, carried by paid hands, for this group.
fn own_activity(target: Target) -> impl Fn(&mut Blueprint) {
    move |plan| {
        let place = at(&plan.places, "centre", |place| &place.key);
        for activity in [ActivityKind::Talk, ActivityKind::Meal, ActivityKind::SelfHelp] {
            plan.initiatives.push(InitiativePlan {
                key: format!("own-{}", activity.key()),
                activity,
                target,
                place,
                organisers: 1,
                hours_needed: 4.0,
                sessions: 2.0,
                capacity: 60.0,
                formality: Share::NONE,
                grant: None,
                per_year: Cents(0),
                paid_hours: 4.0,
                period: Period { from: Some(0), until: None },
            });
        }
    }
}

/// M14.
#[test]
fn a_group_that_meets_by_itself_gains_capability_first_and_bridges_later() {
    let poor = |world: &World| mean_of(world, |traits| traits.income_difficulty, |state| state.capability);
    let others = |world: &World| mean_of(world, |traits| !traits.income_difficulty, |state| state.capability);
    let own = with(&CORNER, own_activity(Target::LowIncome));
    let plain = with(&own, |plan| plan.mechanisms.own_space = false);
    let gained = contrast(&plain, &own, 104, poor);
    gained.is_up("M14 capability of the group");
    gained.beyond(&contrast(&plain, &own, 104, others)).is_up("M14 more than of others");
    for weeks in [104, 208] {
        let bridges = contrast(&plain, &own, weeks, |world| {
            per_resident(world, |tie| if tie.is_across() { tie.strength } else { 0.0 })
        });
        println!("M14 bridges after {weeks}: {:+.5} t {:.1}", bridges.mean(), bridges.t());
        let attitude = contrast(&plain, &own, weeks, |world| mean_of(world, |traits| traits.income_difficulty, |state| state.attitude));
        println!("M14 attitude after {weeks}: {:+.5} t {:.1}", attitude.mean(), attitude.t());
    }
    let open = with(&CORNER, own_activity(Target::Open));
    let against_open = contrast(&open, &own, 104, poor);
    println!("M14 own against open: {:+.5} t {:.1}", against_open.mean(), against_open.t());
    let nothing = |plan: &mut Blueprint| plan.parameters.bonding.own_space = 0.0;
    contrast(&with(&plain, nothing), &with(&own, nothing), 104, poor).is_nothing("M14 capability, no own space");
}

/// M20.
#[test]
fn a_bridge_brings_help_that_the_own_group_cannot_give() {
    let short = with(&CORNER, |plan| plan.mechanisms.bridged_help = false);
    let poor_met = |world: &World| mean_of(world, |traits| traits.income_difficulty, |state| state.needs_informal);
    contrast(&short, &CORNER, 104, poor_met).is_up("M20 needs met a year, by bridges");
    contrast(&short, &CORNER, 104, |world| measured(world, "needs_unmet")).is_down("M20 unmet needs, by bridges");

    // Everybody of one origin: no ties across groups, no bridges.
    let alike = |plan: &mut Blueprint| plan.composition.origins = [share(1.0), share(0.0), share(0.0)];
    contrast_of_origins(&with(&short, alike), &with(&CORNER, alike), 104, poor_met)
        .is_nothing("M20 the same where all are alike");
    let alone = |plan: &mut Blueprint| plan.mechanisms.helping = false;
    contrast(&with(&short, alone), &with(&CORNER, alone), 104, poor_met).is_nothing("M20 the same without help");
    let _ = NeedKind::ALL;
}
