//! The people of the start: how near they are to the figures of a scenario, and what `check --population` says of it.

mod common;

use std::process::Command;

use common::{blueprint, share};
use noaber::model::blueprint::Blueprint;
use noaber::model::world::World;
use noaber::observation::margins::{Margin, Unit, household_size, margins};

/// Neighbourhoods of very different people: ages, sorts of household, origins.
const NEIGHBOURHOODS: [([f64; 5], [f64; 4], [f64; 3]); 4] = [
    ([0.21, 0.12, 0.33, 0.23, 0.11], [0.53, 0.15, 0.20, 0.12], [0.25, 0.14, 0.61]),
    ([0.10, 0.08, 0.20, 0.27, 0.35], [0.50, 0.34, 0.11, 0.05], [0.85, 0.09, 0.06]),
    ([0.07, 0.33, 0.40, 0.14, 0.06], [0.66, 0.22, 0.08, 0.04], [0.60, 0.25, 0.15]),
    ([0.25, 0.11, 0.31, 0.24, 0.09], [0.22, 0.22, 0.46, 0.10], [0.45, 0.20, 0.35]),
];

/// The corner with many more homes and these people.
fn town(nth: usize) -> Blueprint {
    let mut plan = blueprint("corner.toml");
    let (ages, households, origins) = NEIGHBOURHOODS[nth];
    plan.composition.women = share([0.5, 0.53, 0.47, 0.51][nth]);
    plan.composition.ages = ages.map(share);
    plan.composition.households = households.map(share);
    plan.composition.origins = origins.map(share);
    for building in &mut plan.buildings {
        building.homes *= 12;
    }
    plan
}

#[test]
fn every_margin_is_met_within_a_few_people() {
    for nth in 0..NEIGHBOURHOODS.len() {
        for seed in [1, 2, 3] {
            let world = World::grow(&town(nth), seed, 0);
            for margin in margins(world.neighbourhoods(), world.week()) {
                // Which homes stand empty is chance; all else is held to.
                let allowed = if ["tenure", "form"].contains(&margin.key) { 0.02 } else { 0.006 };
                assert!(margin.misfit() < allowed, "neighbourhood {nth}, seed {seed}: {margin:?}");
            }
        }
    }
}

#[test]
fn margins_count_everybody_once() {
    let world = World::grow(&town(0), 1, 0);
    let people: usize = world.neighbourhoods().iter().map(|n| n.residents().count()).sum();
    let all = margins(world.neighbourhoods(), world.week());
    let whole = |key: &str| all.iter().find(|margin| margin.key == key).expect("the margin").whole();
    assert_eq!(whole("ages"), people as f64);
    assert_eq!(whole("origins"), people as f64);
    let [wanted, size] = household_size(world.neighbourhoods());
    assert!((wanted - size).abs() < 0.02, "{wanted} wanted, {size}");
    assert!((size - people as f64 / whole("households")).abs() < 1e-9);
    for margin in &all {
        let wanted: f64 = margin.classes.iter().map(|(_, wanted, _)| wanted).sum();
        assert!((wanted - margin.whole()).abs() < 0.01 * margin.whole(), "{margin:?}");
    }
    let in_homes = |margin: &&Margin| margin.unit == Unit::Households && !margin.key.starts_with("in ");
    assert!(all.iter().filter(in_homes).all(|margin| margin.whole() == whole("households")));
    let by_sort: f64 = all.iter().filter(|margin| margin.key.starts_with("in ")).map(Margin::whole).sum();
    assert_eq!(by_sort, whole("households"));
}

#[test]
fn check_prints_the_misfit_of_every_margin() {
    let done = Command::new(env!("CARGO_BIN_EXE_noaber"))
        .args(["check", "--population", "tests/worlds/corner.toml"])
        .output()
        .expect("the program starts");
    assert!(done.status.success());
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    for margin in margins(World::grow(&town(0), 1, 0).neighbourhoods(), 0) {
        assert!(text.contains(&format!("\n  {} ", margin.key)), "{}: {text}", margin.key);
    }
    assert!(text.contains("people in a household") && text.ends_with("Sound: corner.\n"), "{text}");
}
