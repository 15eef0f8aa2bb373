//! Tests of an observation as a whole.

use super::*;
use crate::model::chance::Chance;
use crate::model::neighbourhood::graph::fixture;
use crate::model::neighbourhood::network::{HalfTie, Network, TieOrigin};
use crate::model::neighbourhood::resident::YEAR;
use crate::model::parameters::Parameters;
use crate::model::quantities::Person;
use crate::observation::measure_index;

fn look(neighbourhoods: &[Neighbourhood], detail: Detail) -> Observation {
    observe_view(&View::new(10, neighbourhoods, Chance::new(1), &Parameters::default()), detail)
}

fn villages() -> Vec<Neighbourhood> {
    // One larger than a block, so that a neighbourhood is split.
    vec![fixture::village(1, 0, 5000), fixture::village(1, 1, 150), fixture::village(1, 2, 1)]
}

fn value(observation: &Observation, group: &str, measure: &str) -> f64 {
    let group = GROUPS.iter().position(|known| known.key == group).expect("a group");
    observation.value(group, measure_index(measure).expect("a measure"))
}

#[test]
fn every_value_lies_within_its_measures_range() {
    let seen = look(&villages(), Detail::Full);
    for (place, measure) in MEASURES.iter().enumerate() {
        for (group, known) in GROUPS.iter().enumerate() {
            let value = seen.value(group, place);
            assert!(
                value.is_nan() || (measure.low..=measure.high).contains(&value),
                "{} of {}: {value}",
                measure.key,
                known.key
            );
            // In so large a village every group has somebody, and every measure is defined but the initiatives' age, the
            // weeks of their volunteers and, as everybody there has an own home, what is of parents.
            let undefined = ["initiative_age", "parents_known", "volunteer_weeks"].contains(&measure.key);
            let defined = (group == 0 || measure.by_group) && !undefined;
            assert_eq!(!value.is_nan(), defined, "{} of {}: {value}", measure.key, known.key);
        }
    }
}

#[test]
fn a_quick_look_sees_the_same_of_everybody_as_a_full_one() {
    let villages = villages();
    let (quick, full) = (look(&villages, Detail::Quick), look(&villages, Detail::Full));
    for (place, measure) in MEASURES.iter().enumerate() {
        let left_out = ["assortativity", "clustering", "largest_component"].contains(&measure.key);
        assert_eq!(quick.value(0, place).is_nan(), full.value(0, place).is_nan() || left_out, "{}", measure.key);
        if !quick.value(0, place).is_nan() {
            assert_eq!(quick.value(0, place).to_bits(), full.value(0, place).to_bits(), "{}", measure.key);
        }
        assert!((1..GROUPS.len()).all(|group| quick.value(group, place).is_nan()));
    }
}

#[test]
fn any_number_of_threads_sees_the_same_bits() {
    let villages = villages();
    let bits = |threads| -> Vec<u64> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let seen = pool.install(|| look(&villages, Detail::Full));
        seen.values.iter().map(|value| value.to_bits()).collect()
    };
    let one = bits(1);
    assert_eq!(one, bits(2));
    assert_eq!(one, bits(8));
}

#[test]
fn groups_without_anybody_have_no_values() {
    // Everybody in a hamlet is 40, Dutch, and makes ends meet.
    let seen = look(&[fixture::hamlet(6, &[(0, 1, 0.5)])], Detail::Full);
    for (place, measure) in MEASURES.iter().enumerate() {
        for group in ["age=65+", "origin=europe", "income=difficult", "here=chosen", "household=together"] {
            let value = value(&seen, group, measure.key);
            assert!(value.is_nan() || measure.key == "residents" && value == 0.0, "{} of {group}", measure.key);
        }
        let of_some = ["needs_met_informal", "needs_met_formal", "needs_unmet", "volunteer_weeks", "can_stay_home"];
        if measure.by_group && !of_some.contains(&measure.key) {
            assert!(!seen.value(0, place).is_nan(), "{}", measure.key);
        }
    }
    let nobody = look(&[], Detail::Full);
    assert!(value(&nobody, "all", "lonely").is_nan());
    assert_eq!(value(&nobody, "all", "residents"), 0.0);
}

#[test]
fn groups_add_up_to_everybody() {
    let seen = look(&villages(), Detail::Full);
    let of = |group: &str, measure: &str| value(&seen, group, measure) * value(&seen, group, "residents");
    let families: [&[&str]; 8] = [
        &["age=18-34", "age=35-64", "age=65+"],
        &["origin=netherlands", "origin=europe", "origin=outside-europe"],
        &["education=low", "education=middle", "education=high"],
        &["income=difficult", "income=comfortable"],
        &["health=limited", "health=good"],
        &["household=alone", "household=together"],
        &["problems=none", "problems=one", "problems=several"],
        &["here=from-start", "here=newcomer", "here=chosen"],
    ];
    let adults = |family: &[&str]| family.iter().map(|group| value(&seen, group, "residents")).sum::<f64>();
    for family in families {
        assert_eq!(adults(family), adults(families[0]));
        let lonely = family.iter().map(|group| of(group, "lonely")).sum::<f64>();
        assert!((lonely / adults(family) - value(&seen, "all", "lonely")).abs() < 1e-9, "{family:?}");
    }
    assert!(value(&seen, "all", "residents") > adults(families[0]), "children are residents too");
}

type Change = fn(&mut Neighbourhood);

#[test]
fn groups_are_who_they_say() {
    // Everybody is 40, of Dutch origin, of middle education, healthy, makes ends meet and lives alone, but for one each.
    let changes: [(&str, &str, Change); 13] = [
        ("age=65+", "age=35-64", |hamlet| hamlet.traits[0].born = -70 * YEAR),
        ("age=18-34", "age=35-64", |hamlet| hamlet.traits[0].born = 10 - 35 * YEAR + 1),
        ("origin=europe", "origin=netherlands", |hamlet| hamlet.traits[0].origin = Origin::Europe),
        ("origin=outside-europe", "origin=netherlands", |hamlet| hamlet.traits[0].origin = Origin::OutsideEurope),
        ("education=low", "education=middle", |hamlet| hamlet.traits[0].education = Education::Low),
        ("education=high", "education=middle", |hamlet| hamlet.traits[0].education = Education::High),
        ("income=difficult", "income=comfortable", |hamlet| hamlet.traits[0].income_difficulty = true),
        ("health=limited", "health=good", |hamlet| hamlet.traits[0].health_limited = true),
        ("household=together", "household=alone", |hamlet| {
            // The fourth, a child, comes to live with the first.
            hamlet.traits[3].home = 0;
            hamlet.traits[0].next_in_home = 3;
        }),
        ("problems=several", "problems=one", |hamlet| hamlet.traits[0].income_difficulty = true),
        ("problems=several", "problems=none", |hamlet| {
            hamlet.traits[0].health_limited = true;
            // Who lives together has one problem fewer.
            hamlet.traits[1].home = 2;
            hamlet.traits[2].next_in_home = 1;
        }),
        ("here=chosen", "here=from-start", |hamlet| {
            hamlet.traits[0].person = Person::new(0, 1, true, 0);
            hamlet.traits[0].moved_in = 3;
        }),
        ("age=65+", "age=18-34", |hamlet| hamlet.traits[0].born = -90 * YEAR),
    ];
    for (group, others, change) in changes {
        let mut hamlet = fixture::hamlet(4, &[]);
        hamlet.traits[3].born = -10 * YEAR;
        change(&mut hamlet);
        let seen = look(&[hamlet], Detail::Full);
        let counted = |group| value(&seen, group, "residents");
        assert_eq!((counted("all"), counted(group)), (4.0, 1.0), "{group}");
        assert_eq!(counted(others), if others == "age=18-34" { 0.0 } else { 2.0 }, "{others}");
    }
}

#[test]
fn ties_are_counted_in_their_layer_and_without_the_household() {
    let mut hamlet = fixture::hamlet(5, &[]);
    let tie = |other, strength, flags| (0, HalfTie::new(other, strength, 0, TieOrigin::STREET, flags));
    hamlet.network = Network::from_ties(
        5,
        [tie(1, 0.01, 0), tie(2, 0.1, HalfTie::ACROSS), tie(3, 0.5, 0), tie(4, 1.0, HalfTie::HOUSEHOLD)],
    );
    let seen = look(&[hamlet], Detail::Full);
    let all = |measure| value(&seen, "all", measure);
    // Both ends count, and there are five adults.
    for layer in ["recognised", "acquaintances", "friends"] {
        assert!((all(layer) - 0.4).abs() < 1e-12, "{layer}");
    }
    assert_eq!(all("close_ties"), 0.0);
    assert!((all("bridging_share") - 1.0 / 3.0).abs() < 1e-12 && (all("ei_index") + 1.0 / 3.0).abs() < 1e-12);
    // Slots 1 and 4 have no acquaintance outside the household; slots 0, 2, 3 and 4 hang together.
    assert!((all("isolates") - 0.4).abs() < 1e-12);
    assert!((all("largest_component") - 0.8).abs() < 1e-12);
}

#[test]
fn clustering_and_assortativity_are_those_of_a_network_worked_by_hand() {
    // A triangle 0-1-2 and 3 hanging on 0: slot 0 has three acquaintances of whom one pair in three know each other.
    let mut hamlet = fixture::hamlet(4, &[(0, 1, 0.5), (1, 2, 0.5), (0, 2, 0.5), (0, 3, 0.5)]);
    hamlet.traits[3].origin = Origin::Europe;
    let seen = look(&[hamlet], Detail::Full);
    assert!((value(&seen, "all", "clustering") - (1.0 / 3.0 + 1.0 + 1.0) / 3.0).abs() < 1e-12);
    // Six of eight ends fall within; by chance (7/8)^2 + (1/8)^2 would.
    let expected = 50.0 / 64.0;
    assert!((value(&seen, "all", "assortativity") - (0.75 - expected) / (1.0 - expected)).abs() < 1e-12);
}

#[test]
fn housemates_are_nobodys_acquaintances_but_may_know_the_same_people() {
    // 0 and 1 share a home; 2 knows both; 3 knows 2 only.
    let mut hamlet = fixture::hamlet(4, &[]);
    let tie = |one, other, flags| (one, HalfTie::new(other, 0.5, 0, TieOrigin::STREET, flags));
    hamlet.network = Network::from_ties(4, [tie(0, 1, HalfTie::HOUSEHOLD), tie(0, 2, 0), tie(1, 2, 0), tie(2, 3, 0)]);
    let seen = look(&[hamlet], Detail::Full);
    // Only 2 has two acquaintances or more: three, of whom one pair, the housemates, know each other.
    assert!((value(&seen, "all", "clustering") - 1.0 / 3.0).abs() < 1e-12);
}

#[test]
fn clustering_is_what_counting_every_pair_gives() {
    let village = fixture::village(5, 0, 60);
    let known = Parameters::default().ties.known;
    let knows = |a: u32, b: u32| village.network.between(a as usize, b).is_some_and(|tie| tie.strength >= known);
    let mut shares = Vec::new();
    for slot in village.residents().filter(|slot| village.traits[*slot].is_adult(10)) {
        let row = village.network.of(slot).iter();
        let others: Vec<u32> =
            row.filter(|tie| !tie.is_household() && tie.strength >= known).map(|tie| tie.other).collect();
        let pairs: Vec<(u32, u32)> =
            others.iter().flat_map(|a| others.iter().filter(move |b| a < *b).map(move |b| (*a, *b))).collect();
        if !pairs.is_empty() {
            shares.push(pairs.iter().filter(|(a, b)| knows(*a, *b)).count() as f64 / pairs.len() as f64);
        }
    }
    let expected = shares.iter().sum::<f64>() / shares.len() as f64;
    let seen = look(&[village], Detail::Full);
    assert!(expected > 0.05 && (value(&seen, "all", "clustering") - expected).abs() < 1e-12);
}

#[test]
fn somebody_in_the_same_state_answers_alike_in_a_world_where_others_differ() {
    let here = fixture::village(1, 0, 400);
    let mut there = here.clone();
    for slot in 0..200 {
        there.state[slot].social_deficit += 1.0;
    }
    let parameters = Parameters::default();
    let (this, other) = ([here], [there]);
    let this = View::new(10, &this, Chance::new(1), &parameters);
    let other = View::new(10, &other, Chance::new(1), &parameters);
    let mut moved = 0;
    for slot in 0..400 {
        let (before, after) =
            (this.interview(&this.neighbourhoods[0], slot), other.interview(&other.neighbourhoods[0], slot));
        if slot >= 200 {
            assert_eq!(before, after);
        }
        assert!(after.loneliness.social >= before.loneliness.social);
        moved += usize::from(after.loneliness.social > before.loneliness.social);
    }
    assert!(moved > 50);
}

/// Two districts, of which the first has two neighbourhoods.
fn look_by_district(neighbourhoods: &[Neighbourhood], detail: Detail) -> Observation {
    let view = View::new(10, neighbourhoods, Chance::new(1), &Parameters::default());
    observe_view(&View { districts: 2, ..view }, detail)
}

#[test]
fn districts_add_up_to_everybody() {
    let seen = look_by_district(&villages(), Detail::Full);
    let of = |measure: &str| {
        let place = measure_index(measure).expect("a measure");
        [0, 1].map(|district| f64::from(seen.by_district.value(district, place)))
    };
    assert_eq!(seen.by_district.len(), 2);
    assert_eq!(of("residents"), [5001.0, 150.0]);
    let adults = [0, 1].map(|district| f64::from(seen.by_district.adults(district)));
    let whole = value(&seen, "age=18-34", "residents")
        + value(&seen, "age=35-64", "residents")
        + value(&seen, "age=65+", "residents");
    assert_eq!(adults[0] + adults[1], whole);
    for measure in
        ["lonely", "cohesion", "know_each_other", "volunteers", "participates", "trust", "friends", "isolates"]
    {
        let together = (of(measure)[0] * adults[0] + of(measure)[1] * adults[1]) / whole;
        assert!((together - value(&seen, "all", measure)).abs() < 1e-6, "{measure}: {together}");
    }
    for measure in ["initiatives", "volunteer_hours", "worker_hours", "spent_communal"] {
        assert!((of(measure)[0] + of(measure)[1] - value(&seen, "all", measure)).abs() < 1e-3, "{measure}");
    }
}

#[test]
fn a_district_is_seen_as_it_would_be_alone() {
    let villages = villages();
    let seen = look_by_district(&villages, Detail::Full);
    let alone = look(&villages[1..2], Detail::Full);
    for (place, measure) in MEASURES.iter().enumerate() {
        let (here, there) = (seen.by_district.value(1, place), alone.value(0, place) as f32);
        assert!(here == there || here.is_nan() && there.is_nan(), "{}: {here} and {there}", measure.key);
    }
    let gap = measure_index("gap_lonely").expect("a measure");
    assert!(seen.by_district.value(0, gap).is_nan(), "a gap lies between districts");
}

#[test]
fn districts_are_seen_in_full_observations_of_worlds_that_have_two_or_more() {
    let villages = villages();
    assert!(look_by_district(&villages, Detail::Quick).by_district.is_empty());
    assert!(look(&villages, Detail::Full).by_district.is_empty());
    let bits = |threads| -> Vec<u32> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        let seen = pool.install(|| look_by_district(&villages, Detail::Full));
        seen.by_district.numbers().iter().map(|number| number.to_bits()).collect()
    };
    assert!(bits(1) == bits(2) && bits(1) == bits(8));
}
