//! Life in a town: who moves between neighbourhoods, who goes to another, and that nobody is lost or doubled on the way.

use std::collections::BTreeMap;

use noaber::experiment::bench::synthetic;
use noaber::model::blueprint::{Blueprint, Composition};
use noaber::model::neighbourhood::Neighbourhood;
use noaber::model::neighbourhood::crossing::Presence;
use noaber::model::quantities::Person;
use noaber::model::world::World;

/// Four neighbourhoods in a row, 600 metres apart; the last one far away.
fn town() -> Blueprint {
    let plan = synthetic(1_200, 1_200);
    let plan = plan.in_districts((0..4).map(|nth| (format!("part-{nth}"), plan.composition)));
    placed(plan, true)
}

fn placed(mut plan: Blueprint, on_the_map: bool) -> Blueprint {
    for (nth, district) in plan.districts.iter_mut().enumerate() {
        let x = if nth == 3 { 9_000.0 } else { 600.0 * nth as f32 };
        district.at = on_the_map.then_some([x, 0.0]);
    }
    plan
}

fn lived(plan: &Blueprint, weeks: u32) -> World {
    let mut world = World::grow(plan, 7, 0);
    for _ in 0..weeks {
        world.live_one_week();
    }
    world
}

/// Where everybody lives.
fn homes(world: &World) -> BTreeMap<Person, u32> {
    let mut all = BTreeMap::new();
    for n in world.neighbourhoods() {
        for slot in n.residents() {
            assert_eq!(all.insert(n.traits[slot].person, n.number), None, "somebody lives in two places");
        }
    }
    all
}

fn visitors(n: &Neighbourhood) -> impl Iterator<Item = usize> + '_ {
    n.everybody().filter(|slot| n.traits[*slot].presence == Presence::Visitor)
}

#[test]
fn every_regular_lives_elsewhere_in_the_town_and_comes_to_one_place_only() {
    let mut world = lived(&town(), 1);
    for week in 1..60 {
        world.live_one_week();
        let homes = homes(&world);
        let mut seen = BTreeMap::new();
        for n in world.neighbourhoods() {
            for slot in visitors(n) {
                let person = n.traits[slot].person;
                assert_eq!(seen.insert(person, n.number), None, "week {week}: a regular of two neighbourhoods");
                assert!(homes.get(&person).is_none_or(|home| *home != n.number), "week {week}: a regular at home");
                assert!(n.homes.iter().all(|home| home.first as usize != slot), "a regular has no home here");
            }
            for slot in 0..n.slots() {
                let here = n.traits[slot].is_somebody();
                assert!(here || n.network.of(slot).is_empty(), "week {week}: ties with nobody");
                for tie in n.network.of(slot).iter() {
                    assert!(n.traits[tie.other as usize].is_somebody(), "week {week}: a tie with nobody");
                    let back = n.network.between(tie.other as usize, slot as u32).expect("both ends");
                    assert_eq!(back.strength.to_bits(), tie.strength.to_bits());
                }
            }
        }
        // Who is told to be a regular elsewhere is one, but for those on their way.
        let elsewhere = world.neighbourhoods().iter().flat_map(|n| {
            n.residents()
                .filter(|slot| n.traits[*slot].presence == Presence::Elsewhere)
                .map(|slot| n.traits[slot].person)
        });
        let away: Vec<Person> = elsewhere.collect();
        let waiting: usize = world.neighbourhoods().iter().map(|n| n.crossing.visitors_coming.len()).sum();
        let missing = away.iter().filter(|person| !seen.contains_key(person)).count();
        assert_eq!(missing, waiting, "week {week}");
        assert!(week < 3 || away.len() > 350, "week {week}: {} regulars", away.len());
    }
}

#[test]
fn households_move_within_the_town_whole_and_sooner_nearby() {
    let mut world = lived(&town(), 4);
    let start = homes(&world);
    for _ in 0..100 {
        world.live_one_week();
    }
    let now = homes(&world);
    let moved: Vec<(Person, u32, u32)> = start
        .iter()
        .filter_map(|(person, was)| Some((*person, *was, *now.get(person)?)))
        .filter(|(_, a, b)| a != b)
        .collect();
    assert!(moved.len() > 60, "{} moved", moved.len());
    let from_near = || moved.iter().filter(|(_, from, _)| *from < 3);
    let far = from_near().filter(|(_, _, to)| *to == 3).count();
    let near = from_near().count() - far;
    // With no pull of distance there would be half as many far as near; homes nearby are soon taken.
    assert!(4 * far < near, "{far} far, {near} near");
    let mut households: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
    for (person, _, to) in &moved {
        households.entry(person.household()).or_default().push(*to);
    }
    assert!(households.values().any(|members| members.len() > 1));
    assert!(households.values().all(|members| members.iter().all(|to| *to == members[0])));
    // They live with each other there, and keep friends where they come from.
    let of = |person: Person, number: u32| {
        let n = &world.neighbourhoods()[number as usize];
        n.slot_of(person).map(|slot| (n, slot))
    };
    let kept = moved.iter().filter(|(person, from, to)| {
        let (n, slot) = of(*person, *to).expect("somebody who lives there");
        let was = &world.neighbourhoods()[*from as usize];
        assert!(n.members(n.traits[slot].home).any(|member| member == slot));
        let there = visitors(was).find(|slot| was.traits[*slot].person == *person);
        there.is_some_and(|slot| !was.network.of(slot).is_empty())
    });
    assert!(kept.count() > 10);
}

#[test]
fn regulars_make_ties_where_they_come_and_count_them_at_home() {
    let world = lived(&town(), 80);
    let (mut ties, mut friends) = (0, 0);
    for n in world.neighbourhoods() {
        ties += visitors(n).map(|slot| n.network.of(slot).len()).sum::<usize>();
        let across = |slot: usize| usize::from(n.state[slot].friends_across) + usize::from(n.state[slot].kin_across);
        friends += n.residents().map(across).sum::<usize>();
        assert!(n.residents().all(|slot| across(slot) == 0 || n.traits[slot].presence == Presence::Elsewhere));
    }
    assert!(ties > 500, "{ties} ties across");
    assert!(friends > 20, "{friends} friends across");
}

#[test]
fn neighbourhoods_off_the_map_live_as_if_alone() {
    let apart = lived(&placed(town(), false), 30);
    for n in apart.neighbourhoods() {
        assert!(!n.crossing.open && visitors(n).next().is_none());
        assert!(n.traits.iter().all(|traits| traits.presence == Presence::Here));
    }
    // With nobody who moves or goes there, being on the map changes nobody's life.
    let mut plan = town();
    plan.everywhere(|part| (part.parameters.town.stays, part.parameters.town.regulars) = (0.0, 0.0));
    let near = lived(&plan, 30);
    for (a, b) in apart.neighbourhoods().iter().zip(near.neighbourhoods()) {
        assert!(a.traits == b.traits && a.state == b.state && a.network == b.network);
    }
}

#[test]
fn a_town_has_the_same_bytes_on_any_number_of_threads() {
    let mut plan = town();
    plan.districts[1].blueprint.composition = Composition { moving: 3.0, ..plan.composition };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| lived(&plan, 40))
    };
    let one = on(1);
    for threads in [2, 8] {
        assert!(on(threads).neighbourhoods() == one.neighbourhoods(), "{threads} threads");
    }
}
