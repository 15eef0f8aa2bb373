//! Same seed and scenario, same world: for any number of threads, any desk, any pause; and two scenarios differ only by
//! what their policies do.

mod common;

use std::collections::BTreeMap;

use common::{allocation, bits, blueprint, continued, grown, live, mark, on_threads, with_policy};
use noaber::model::blueprint::Blueprint;
use noaber::model::desk::{Desk, Meeting, Visit};
use noaber::model::neighbourhood::Neighbourhood;
use noaber::model::neighbourhood::network::TieOrigin;
use noaber::model::neighbourhood::resident::Traits;
use noaber::model::policy::{AskWay, AskWords, PolicyMeasure, Spread};
use noaber::model::quantities::Person;
use noaber::model::schedule::live_one_week;
use noaber::model::world::World;
use noaber::observation::{Detail, live_and_observe, observe};

const SEED: u64 = 11;

/// Marks of all state, week by week, and all observations on the way.
fn diary(blueprint: &Blueprint, weeks: u32) -> (Vec<u64>, Vec<Vec<u64>>) {
    let mut world = World::grow(blueprint, SEED, 6);
    let (mut marks, mut observations) = (vec![mark(&world)], Vec::new());
    for week in 0..weeks {
        world.live_one_week();
        marks.push(mark(&world));
        if week % 5 == 4 {
            observations.push(bits(&observe(&world, Detail::Full)));
        }
    }
    (marks, observations)
}

#[test]
fn every_week_is_the_same_to_the_byte_for_one_two_and_eight_threads() {
    let six = with_policy(&blueprint("six-corners.toml"), 2, allocation(4, 10, Spread::Anywhere));
    assert_eq!(six.copies, 6);
    let alone = on_threads(1, || diary(&six, 20));
    for threads in [2, 8] {
        let together = on_threads(threads, || diary(&six, 20));
        let differs = alone.0.iter().zip(&together.0).position(|(one, many)| one != many);
        assert_eq!(differs, None, "with {threads} threads, weeks after the start");
        assert!(alone.1 == together.1, "observations differ with {threads} threads");
    }
}

/// The six corners as a town, a street apart.
fn town(six: &Blueprint) -> Blueprint {
    let mut town = Blueprint { copies: 1, ..six.clone() };
    town = town.in_districts((0..6).map(|nth| (format!("part-{nth}"), six.composition)));
    for (nth, district) in town.districts.iter_mut().enumerate() {
        district.at = Some([300.0 * nth as f32, 0.0]);
    }
    town
}

#[test]
fn weeks_lived_several_at_once_are_the_weeks_one_by_one() {
    let six = blueprint("six-corners.toml");
    // So many that on one thread each lives its weeks in a row.
    let mut many = six.clone();
    many.copies = 32;
    for (plan, is_apart) in [
        (&six, true),
        (&many, true),
        (&blueprint("six-corners-with-rule.toml"), false),
        (&town(&six), false),
        (&blueprint("corner.toml"), false),
    ] {
        let mut world = World::grow(plan, SEED, 0);
        let start = world.clone();
        let one_by_one: Vec<_> =
            (0..9).map(|_| (world.live_one_week(), bits(&observe(&world, Detail::Quick)))).collect();
        for threads in [1, 2, 8] {
            let mut same = start.clone();
            let at_once = on_threads(threads, || {
                assert_eq!(same.weeks_at_once() > 1, is_apart);
                live_and_observe(&mut same, 9)
            });
            let at_once: Vec<_> = at_once.iter().map(|(happened, observed)| (*happened, bits(observed))).collect();
            assert!(at_once == one_by_one, "{threads} threads saw something else");
            assert_eq!(mark(&same), mark(&world), "{threads} threads left another world");
        }
    }
}

#[test]
fn copies_of_a_neighbourhood_are_alike_on_paper_only() {
    let world = World::grow(&blueprint("six-corners.toml"), SEED, 1);
    let [first, second, ..] = world.neighbourhoods() else { panic!("six neighbourhoods") };
    assert_eq!(first.homes.len(), second.homes.len());
    assert_ne!(first.traits, second.traits);
}

#[test]
fn two_scenarios_that_differ_in_nothing_give_the_same_world() {
    let plan = blueprint("corner.toml");
    let start = grown(&plan, SEED, 10);
    let (mut one, mut other) = (continued(&start, &plan, 20), continued(&start, &plan.clone(), 20));
    assert_eq!(mark(&one), mark(&other));
    assert_eq!(bits(&observe(&one, Detail::Full)), bits(&observe(&other, Detail::Full)));
    // Adopting once more what already holds changes nothing either.
    other.adopt(&plan);
    live(&mut one, 5);
    live(&mut other, 5);
    assert_eq!(mark(&one), mark(&other));
}

#[test]
fn a_world_that_was_cloned_and_continued_equals_one_that_never_stopped() {
    let plan = with_policy(&blueprint("corner.toml"), 3, allocation(4, 10, Spread::Anywhere));
    let mut straight = grown(&plan, SEED, 8);
    straight.adopt(&plan);
    let mut kept = None;
    for week in 0..20 {
        if week == 9 {
            kept = Some(straight.clone());
        }
        straight.live_one_week();
    }
    let mut continued = kept.expect("a copy of week 9");
    live(&mut continued, 11);
    assert_eq!(mark(&straight), mark(&continued));
}

#[test]
fn a_desk_that_was_used_elsewhere_leaves_no_trace() {
    let (small, large) = (blueprint("six-corners.toml"), blueprint("corner.toml"));
    let (here, there) = (grown(&small, SEED, 3), grown(&large, SEED + 1, 3));
    let (mut with_fresh, mut with_used) = (here.neighbourhoods()[0].clone(), here.neighbourhoods()[0].clone());
    let mut other = there.neighbourhoods()[0].clone();
    let mut used = Desk::default();
    for week in 0..12 {
        live_one_week(&mut other, &large, there.chance(), week, &mut used);
        live_one_week(&mut with_used, &small, here.chance(), week, &mut used);
        live_one_week(&mut with_fresh, &small, here.chance(), week, &mut Desk::default());
        assert_eq!(with_fresh, with_used, "week {week}");
    }
}

#[test]
fn worlds_that_take_turns_on_one_thread_live_as_they_would_alone() {
    let (small, large) = (blueprint("six-corners.toml"), blueprint("corner.toml"));
    on_threads(1, || {
        let alone = (grown(&small, SEED, 12), grown(&large, SEED, 12));
        let mut turns = (World::grow(&small.for_burn_in(), SEED, 12), World::grow(&large.for_burn_in(), SEED, 12));
        for _ in 0..12 {
            turns.0.live_one_week();
            turns.1.live_one_week();
        }
        assert_eq!(mark(&alone.0), mark(&turns.0));
        assert_eq!(mark(&alone.1), mark(&turns.1));
    });
}

#[test]
fn another_seed_gives_another_world() {
    let plan = blueprint("corner.toml");
    let (one, other) = (World::grow(&plan, SEED, 1), World::grow(&plan, SEED + 1, 1));
    assert_ne!(one.neighbourhoods()[0].traits, other.neighbourhoods()[0].traits);
    assert_ne!(mark(&one), mark(&other));
}

#[test]
fn a_policy_that_comes_at_week_20_leaves_the_weeks_before_it_as_they_were() {
    let plan = blueprint("corner.toml");
    let measures = [
        allocation(4, 10, Spread::Together),
        PolicyMeasure::AskCampaign {
            way: AskWay::Personal,
            asks_per_week: 30.0,
            to_unreached: common::share(0.5),
            words: AskWords::Talents,
        },
        PolicyMeasure::Lockdown { strength: common::share(0.8) },
        PolicyMeasure::Rebuild { building: 0, encounters: 0.5, leaving: 4.0 },
        PolicyMeasure::ClosePlace { place: 0 },
        PolicyMeasure::OrganisersLeave { initiative: 0, share: common::share(1.0) },
        PolicyMeasure::OpenToAll { initiative: None },
        PolicyMeasure::ImproveHomes { building: None, households: common::share(0.5) },
        PolicyMeasure::PublicSpace { inviting: common::share(0.9) },
        PolicyMeasure::Course { places: 12, weeks: 10 },
        PolicyMeasure::Adjust { parameter: "encounters.per_week", times: 2.0, times_per_year: 1.2 },
    ];
    let start = grown(&plan, SEED, 8);
    for measure in measures {
        let told = format!("{measure:?}");
        let mut with = continued(&start, &with_policy(&plan, 20, measure), 0);
        // The progress of policies is part of the state: the other world gets an empty place for it.
        let mut without = continued(&start, &with_policy(&plan, 1000, PolicyMeasure::ClosePlace { place: 0 }), 0);
        for week in 0..20 {
            with.live_one_week();
            without.live_one_week();
            assert_eq!(mark(&with), mark(&without), "{told}, week {week}");
        }
        live(&mut with, 26);
        live(&mut without, 26);
        assert_ne!(mark(&with), mark(&without), "{told} should do something in half a year");
    }
}

/// What a person brings into any world; birthdays, moves and the places of others are left out.
fn born_with(traits: &Traits) -> String {
    let Traits { sex, origin, interests, standard, lonely_trait, own_trust, kin_outside, friends_outside, .. } = traits;
    format!("{sex:?} {origin:?} {interests} {standard} {lonely_trait} {own_trust} {kin_outside} {friends_outside}")
}

fn people(n: &Neighbourhood) -> BTreeMap<Person, Traits> {
    n.residents().map(|slot| (n.traits[slot].person, n.traits[slot])).collect()
}

#[test]
fn everybody_has_a_twin_with_the_same_number_and_traits_in_the_other_world() {
    // A world has some forty newcomers in two years: eight worlds together say what share has a twin. Belonging keeps
    // people from moving, so a policy that works moves some households, and those who come after them; here, with eight
    // of 160 homes given, about one newcomer in twenty.
    let counts: Vec<(usize, usize)> = (SEED..SEED + 8).map(twins).collect();
    let (shared, all) = counts.iter().fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
    assert!(shared * 100 >= all * 90, "{shared} of {all} newcomers are shared");
}

/// Holds everybody of a world against their twin in a world with allocation; ordinary newcomers shared, and all.
fn twins(seed: u64) -> (usize, usize) {
    let mut plan = blueprint("corner.toml");
    // Image chooses other people by the same draws, which is what it is for; without it twins are alike in everything.
    plan.mechanisms.image = false;
    let start = grown(&plan, seed, 10);
    let sitting = people(&start.neighbourhoods()[0]);
    let allocated = with_policy(&plan, 0, allocation(8, 20, Spread::Anywhere));
    let (without, with) = (continued(&start, &plan, 104), continued(&start, &allocated, 104));
    let (without, with) = (people(&without.neighbourhoods()[0]), people(&with.neighbourhoods()[0]));
    let (mut sitting_twins, mut new_twins) = (0, 0);
    for (person, here) in &without {
        let Some(there) = with.get(person) else { continue };
        if sitting.contains_key(person) {
            sitting_twins += 1;
        } else {
            new_twins += 1;
        }
        assert_eq!(here.home, there.home, "{person}");
        assert_eq!(born_with(here), born_with(there), "{person}");
        if here.moved_in == there.moved_in {
            // Arrived in the same week: the same circumstances too.
            assert_eq!(here.born, there.born, "{person}");
            assert_eq!(here.promised_hours, there.promised_hours, "{person}");
        }
    }
    assert!(sitting_twins > 150 && new_twins >= 8, "{sitting_twins} who sat here, {new_twins} newcomers");
    // Who was chosen carries the mark, nobody else does, and only those who applied promised hours.
    assert!(without.keys().all(|person| !person.chosen_by_policy()));
    let chosen: Vec<&Traits> =
        with.iter().filter(|(person, _)| person.chosen_by_policy()).map(|(_, traits)| traits).collect();
    assert!(chosen.len() >= 4, "{} chosen", chosen.len());
    assert!(with.values().all(|traits| traits.promised_hours == 0.0 || traits.person.chosen_by_policy()));
    assert!(chosen.iter().any(|traits| traits.promised_hours == 10.0));
    // Ordinary newcomers share their numbers, but for homes that were given to somebody chosen.
    let given: Vec<u32> = chosen.iter().map(|traits| traits.home).collect();
    let newcomers = |world: &BTreeMap<Person, Traits>| -> Vec<Person> {
        world
            .values()
            .filter(|traits| !sitting.contains_key(&traits.person) && !given.contains(&traits.home))
            .map(|traits| traits.person)
            .collect()
    };
    let (here, there) = (newcomers(&without), newcomers(&with));
    let shared = here.iter().filter(|person| there.contains(person)).count();
    (shared, here.len().max(there.len()))
}

/// One week of a neighbourhood under a blueprint, and the desk after it.
fn one_week(world: &World, blueprint: &Blueprint) -> (Neighbourhood, Desk) {
    let (mut n, mut desk) = (world.neighbourhoods()[0].clone(), Desk::default());
    live_one_week(&mut n, blueprint, world.chance(), world.week(), &mut desk);
    (n, desk)
}

fn is_around_home(meeting: &Meeting) -> bool {
    [TieOrigin::DOORSTEP, TieOrigin::ENTRANCE, TieOrigin::STREET].contains(&meeting.origin)
}

fn meetings(desk: &Desk, wanted: impl Fn(&Meeting) -> bool) -> Vec<(u32, u32, u16, bool)> {
    desk.meetings.iter().filter(|meeting| wanted(meeting)).map(|m| (m.a, m.b, m.minutes, m.recognised)).collect()
}

/// Who asked for what and who volunteers: what help and asking left in the state.
fn needs_and_volunteers(n: &Neighbourhood) -> Vec<(f32, u32, bool)> {
    n.state.iter().map(|state| (state.needs, state.volunteers_with, state.volunteers_elsewhere)).collect()
}

#[test]
fn more_draws_in_one_process_move_no_draw_of_another() {
    let plan = blueprint("corner.toml");
    let start = grown(&plan, SEED, 10);
    let (before, desk) = one_week(&start, &plan);
    let visits = |desk: &Desk| -> Vec<Visit> { desk.visits.clone() };
    assert!(!desk.visits.is_empty() && !meetings(&desk, is_around_home).is_empty());

    // No help: the same visits, appointments and meetings of every other kind, and the same people volunteer.
    let mut helpless = plan.clone();
    for rate in ["small_job", "watch_house", "company", "care", "money_and_papers"] {
        helpless.parameters.set(&format!("help.{rate}"), 0.0).expect("a rate of help");
    }
    let (after, without) = one_week(&start, &helpless);
    let not_help = |meeting: &Meeting| meeting.origin != TieOrigin::HELP;
    assert!(meetings(&desk, |m| !not_help(m)).len() > meetings(&without, |m| !not_help(m)).len());
    assert_eq!(visits(&desk), visits(&without));
    assert_eq!(desk.appointments, without.appointments);
    assert_eq!(meetings(&desk, not_help), meetings(&without, not_help));
    for (one, other) in before.state.iter().zip(&after.state) {
        assert_eq!(
            (one.volunteers_with, one.volunteers_elsewhere, one.family_weeks),
            (other.volunteers_with, other.volunteers_elsewhere, other.family_weeks)
        );
    }

    // Twice the encounters: the same meetings in places, visits, appointments, needs and volunteers.
    let mut busier = plan.clone();
    busier.parameters.encounters.per_week *= 2.0;
    let (after, busy) = one_week(&start, &busier);
    let in_place = |meeting: &Meeting| !is_around_home(meeting);
    assert!(meetings(&busy, is_around_home).len() * 2 > meetings(&desk, is_around_home).len() * 3);
    assert_eq!(visits(&desk), visits(&busy));
    assert_eq!(desk.appointments, busy.appointments);
    assert_eq!(meetings(&desk, in_place), meetings(&busy, in_place));
    assert_eq!(needs_and_volunteers(&before), needs_and_volunteers(&after));
    // And those who met before still meet: one more encounter moves no other.
    let once = meetings(&desk, is_around_home);
    let twice = meetings(&busy, is_around_home);
    let kept = once.iter().filter(|meeting| twice.contains(meeting)).count();
    assert_eq!(kept, once.len());
}
