//! With imitation, asking and encounters off, allocation changes nobody but those it chose: no effect is written in.
//!
//! Who lives in a given home can reach others by encounters around the home; places and activities; help among ties and
//! on request; professionals, whose hours are shared; initiatives, whose hands may be enough without somebody else; and
//! what a newcomer founds, which others then join; and the image that draws or keeps away. All of these rest on meetings of
//! people of different homes, and go with the switch `encounters`. Each is also a channel of its own, which alone carries
//! the policy to others.

use std::collections::{BTreeMap, BTreeSet};

use noaber::model::blueprint::Blueprint;
use noaber::model::neighbourhood::NONE;
use noaber::model::neighbourhood::resident::{State, Traits};
use noaber::model::policy::Spread;
use noaber::model::quantities::Person;
use noaber::model::world::World;

use crate::common::{allocation, grown, with_policy};
use crate::measures::here;
use crate::paired::{CORNER, with};

const WEEKS: u32 = 104;

/// Opens a channel.
type Change = fn(&mut Blueprint);

/// People of different homes do not meet, nor ask or inspire each other.
fn apart(plan: &mut Blueprint) {
    let m = &mut plan.mechanisms;
    (m.encounters, m.asking, m.imitation) = (false, false, false);
}

/// People of different homes may meet, but no channel is open by which they do.
fn quiet(plan: &mut Blueprint) {
    let m = &mut plan.mechanisms;
    (m.doorstep, m.places, m.helping, m.linking, m.asking, m.imitation) = (false, false, false, false, false, false);
    (m.informal_control, m.image) = (false, false);
    plan.initiatives.clear();
    plan.parameters.asking.founding = 0.0;
}

/// What a resident is and how it goes, without the slots of others.
fn residents(world: &World) -> BTreeMap<Person, (Traits, State)> {
    let n = here(world);
    n.residents()
        .map(|slot| {
            let traits = Traits { next_in_home: NONE, partner: NONE, ..n.traits[slot] };
            (traits.person, (traits, n.state[slot]))
        })
        .collect()
}

/// Residents of other homes than those given, who are not the same in both worlds; and how many are.
fn touched_and_untouched(plan: &Blueprint, seed: u64) -> (usize, usize) {
    let mut without = grown(plan, seed, 30);
    let mut with = without.clone();
    without.adopt(plan);
    with.adopt(&with_policy(plan, 0, allocation(12, 26, Spread::Anywhere)));
    let mut given = BTreeSet::new();
    for _ in 0..WEEKS {
        without.live_one_week();
        with.live_one_week();
        given.extend(residents(&with).values().filter(|(t, _)| t.person.chosen_by_policy()).map(|(t, _)| t.home));
    }
    assert!(given.len() >= 6, "{} homes given", given.len());
    let elsewhere = |world: &World| -> BTreeMap<Person, (Traits, State)> {
        residents(world).into_iter().filter(|(_, (traits, _))| !given.contains(&traits.home)).collect()
    };
    let (without, with) = (elsewhere(&without), elsewhere(&with));
    let people: BTreeSet<&Person> = without.keys().chain(with.keys()).collect();
    let untouched = people.iter().filter(|person| without.get(person) == with.get(person)).count();
    (people.len() - untouched, untouched)
}

#[test]
fn without_encounters_asking_and_imitation_allocation_changes_only_the_homes_it_gives() {
    for seed in [1, 2, 3] {
        let (touched, untouched) = touched_and_untouched(&with(&CORNER, apart), seed);
        assert!(untouched > 200, "only {untouched} people in other homes");
        assert_eq!(touched, 0, "people in other homes who are not the same to the bit");
    }
}

#[test]
fn where_all_of_it_works_allocation_changes_others_too() {
    let (touched, _) = touched_and_untouched(&CORNER, 1);
    assert!(touched > 100, "only {touched} people in other homes differ");
}

#[test]
fn each_channel_alone_carries_the_allocation_to_other_homes() {
    let (touched, _) = touched_and_untouched(&with(&CORNER, quiet), 1);
    assert_eq!(touched, 0, "with every channel closed");
    let channels: [(&str, Change); 7] = [
        ("encounters around the home", |plan| plan.mechanisms.doorstep = true),
        ("places", |plan| plan.mechanisms.places = true),
        ("help", |plan| plan.mechanisms.helping = true),
        ("professionals", |plan| plan.mechanisms.linking = true),
        ("the image of the neighbourhood", |plan| plan.mechanisms.image = true),
        ("initiatives", |plan| plan.initiatives = CORNER.initiatives.clone()),
        ("founding", |plan| plan.parameters.asking.founding = 10.0 * CORNER.parameters.asking.founding),
    ];
    for (channel, open) in channels {
        let (touched, untouched) = touched_and_untouched(&with(&with(&CORNER, quiet), open), 1);
        println!("{channel}: {touched} touched, {untouched} untouched");
        assert!(touched > 0, "{channel} carries nothing");
    }
}
