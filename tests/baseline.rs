//! The country without policy and the baselines of the shipped studies are sane worlds: near the levels of Dutch surveys, and without drift.

use noaber::model::world::World;
use noaber::observation::{Detail, Observation, measure_index, observe};
use noaber::scenario::targets::PopulationPart;
use noaber::scenario::{Overrides, read_study, read_targets};

/// Measures with the range in which a sane baseline lies. The published national levels: 43 % lonely and 10 % strongly
/// (health monitor 2016), cohesion 6.4 (Veiligheidsmonitor 2021), 56 % weekly contact with neighbours (CBS 2022) and 49 %
/// volunteering (CBS 2012-19).
type Sane = [(&'static str, f64, f64); 5];

/// The Dutch population, in the five neighbourhoods that stand for it, and a flat that differs little from it in schooling.
const ORDINARY: Sane = [
    ("lonely", 0.35, 0.55),
    ("strongly_lonely", 0.06, 0.16),
    ("cohesion", 5.5, 7.0),
    ("weekly_neighbours", 0.45, 0.65),
    ("volunteers", 0.40, 0.58),
];

/// A poor district in a city, with much less schooling than the country: 31 % of the lower educated volunteer (CBS 2022), and
/// about 80 % of people who can hardly make ends meet are lonely, against 46 % overall (GGD Kennemerland 2020). Around the
/// district, The Hague Southwest has a cohesion of 5.1 and the city one of 5.8 (Veiligheidsmonitor 2021), 48 % of the region
/// is lonely (health monitor of 2018), and in Southwest the district itself is where most are.
const POOR_DISTRICT: Sane = [
    ("lonely", 0.48, 0.65),
    ("strongly_lonely", 0.10, 0.24),
    ("cohesion", 5.1, 5.8),
    ("weekly_neighbours", 0.33, 0.60),
    ("volunteers", 0.30, 0.50),
];

const YEARS: u32 = 5;

/// Observations at the end of the burn-in and of every year after it, of the baseline of a study.
fn years(study: &str, seeds: &[u64]) -> Vec<Vec<Observation>> {
    let study =
        read_study(&[format!("scenarios/{study}").into()], &[], &Overrides::default()).expect("a shipped study");
    let baseline = &study.scenarios[0];
    let live = |seed: &u64| {
        let mut world = World::grow(&baseline.blueprint.for_burn_in(), *seed, baseline.design.burn_in);
        while world.week() < 0 {
            world.live_one_week();
        }
        world.adopt(&baseline.blueprint);
        let mut seen = vec![observe(&world, Detail::Quick)];
        for _ in 0..YEARS {
            for _ in 0..52 {
                world.live_one_week();
            }
            seen.push(observe(&world, Detail::Quick));
        }
        seen
    };
    seeds.iter().map(live).collect()
}

/// The mean over worlds, at the end of each year.
fn mean(worlds: &[Vec<Observation>], key: &str) -> Vec<f64> {
    let measure = measure_index(key).expect("a measure");
    (0..=YEARS as usize)
        .map(|year| worlds.iter().map(|seen| seen[year].value(0, measure)).sum::<f64>() / worlds.len() as f64)
        .collect()
}

fn is_sane_and_level(study: &str, sane: Sane, seeds: &[u64]) {
    let worlds = years(study, seeds);
    let mut faults = Vec::new();
    for (key, low, high) in sane {
        let levels = mean(&worlds, key);
        if levels.iter().any(|level| !(low..=high).contains(level)) {
            faults.push(format!("{key} leaves {low} to {high}: {levels:.3?}"));
        }
        if levels.iter().any(|level| (level / levels[0] - 1.0).abs() > 0.1) {
            faults.push(format!("{key} drifts by more than a tenth: {levels:.3?}"));
        }
    }
    assert!(faults.is_empty(), "{study}: {faults:#?}");
}

#[test]
fn the_l_flat_is_a_sane_world_without_drift_over_five_years() {
    is_sane_and_level("l-flat", ORDINARY, &[1, 2, 3, 4]);
}

#[test]
fn moerwijk_is_a_sane_world_without_drift_over_five_years() {
    is_sane_and_level("moerwijk", POOR_DISTRICT, &[1]);
}

/// The five neighbourhoods that stand for the Dutch, for ten years after their burn-in: the first and the last observation
/// of each, and the number of ties of each resident at the end.
fn ten_years() -> Vec<([Observation; 2], Vec<usize>)> {
    let targets = read_targets(None, &[], &Overrides::default()).expect("the targets that come with the program");
    let live = |(seed, part): (u64, &PopulationPart)| {
        let scenario = &part.scenario;
        let mut world = World::grow(&scenario.blueprint, seed, scenario.design.burn_in);
        while world.week() < 0 {
            world.live_one_week();
        }
        let before = observe(&world, Detail::Full);
        for _ in 0..520 {
            world.live_one_week();
        }
        let n = &world.neighbourhoods()[0];
        let ties = n.residents().map(|slot| n.network.of(slot).len()).collect();
        ([before, observe(&world, Detail::Full)], ties)
    };
    (0..2).flat_map(|seed| targets.neighbourhoods.iter().map(move |part| (seed, part))).map(live).collect()
}

#[test]
fn the_country_without_policy_is_sane_and_keeps_its_levels_and_the_shape_of_its_network_over_ten_years() {
    let worlds = ten_years();
    let level = |key: &str, when: usize| {
        let measure = measure_index(key).expect("a measure");
        worlds.iter().map(|(seen, _)| seen[when].value(0, measure)).sum::<f64>() / worlds.len() as f64
    };
    for (key, low, high) in ORDINARY {
        let levels = [level(key, 0), level(key, 1)];
        assert!(levels.iter().all(|level| (low..=high).contains(level)), "{key} leaves {low} to {high}: {levels:.3?}");
    }
    for key in [
        "lonely",
        "strongly_lonely",
        "cohesion",
        "weekly_neighbours",
        "weekly_family",
        "weekly_friends",
        "volunteers",
        "trust",
    ] {
        let (before, after) = (level(key, 0), level(key, 1));
        assert!((after / before - 1.0).abs() < 0.1, "{key} went from {before:.3} to {after:.3}");
    }
    let named = |when| ["acquaintances", "friends", "close_ties"].map(|key| level(key, when)).iter().sum::<f64>();
    assert!((named(1) / named(0) - 1.0).abs() < 0.15, "{:.2} people were named and {:.2} are", named(0), named(1));
    for (seen, ties) in &worlds {
        let mut ties = ties.clone();
        ties.sort_unstable();
        let (middle, most) = (ties[ties.len() / 2], ties[ties.len() - 1]);
        // A number that most people are near to, and nobody whom hours would not allow.
        assert!((10..40).contains(&middle) && most < 8 * middle, "{middle} ties in the middle, {most} at most");
        let mean = ties.iter().sum::<usize>() as f64 / ties.len() as f64;
        let clustering = seen[1].value(0, measure_index("clustering").expect("a measure"));
        let by_chance = mean / ties.len() as f64;
        assert!(clustering > 5.0 * by_chance, "clustering {clustering:.3}, by chance {by_chance:.3}");
    }
}
