//! Parameter sets that agree with the published targets: read from a table, and drawn by weight for each replication.
//!
//! The shipped table is the result of `noaber calibrate`. It belongs to the model that made it, and carries a fingerprint
//! of it; who uses the table compares that with the model at hand.

mod table;

use std::path::Path;

use super::document::{Table, Value};
use super::fault::{At, Fault, Faults, Sources};
use crate::model::blueprint::Blueprint;
use crate::model::parameters::Parameters as Constants;

/// The table that comes with the program.
const SHIPPED: &str = include_str!("parameter_sets/plausible.csv");

/// Replications that share a parameter set: with two, luck and ignorance can be told apart.
pub const WORLDS_PER_SET: u32 = 2;

/// Weighted parameter sets.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterSets {
    /// `plausible`, or the path of the file.
    pub origin: String,
    /// BLAKE3 of the text, hexadecimal.
    pub hash: String,
    /// The fingerprint of the model that made it; none in a table that says nothing of it.
    pub fingerprint: Option<String>,
    /// `group.name` of each parameter that the sets give a value.
    pub keys: Vec<String>,
    /// The sets.
    pub sets: Vec<ParameterSet>,
}

/// One set.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterSet {
    /// How plausible it is beside the others; more than 0.
    pub weight: f64,
    /// A value for each key.
    pub values: Vec<f64>,
}

impl ParameterSets {
    /// The table that comes with the program; without sets when there is none yet.
    ///
    /// # Errors
    /// Its faults; a test holds that there are none.
    pub fn shipped() -> Result<Self, Faults> {
        table::read("plausible", SHIPPED, true)
    }

    /// Reads a table.
    ///
    /// # Errors
    /// Every fault of it at once.
    pub fn read(path: &Path) -> Result<Self, Faults> {
        let name = path.display().to_string();
        match std::fs::read_to_string(path) {
            Ok(text) => table::read(&name, &text, false),
            Err(error) => {
                let fault = Fault::nowhere(format!("`{name}` cannot be read: {error}"))
                    .help("give `plausible`, or a table that `noaber calibrate` wrote");
                Err(Faults::new(Sources::new(), vec![fault]))
            }
        }
    }

    /// The sets for so many replications of anything, by weight; the keys that are `kept` are left as they are.
    #[must_use]
    pub fn for_replications(self, seed: u64, replications: u32, kept: Vec<String>) -> Drawn {
        Parameters::Table(self).drawn(seed, replications, vec![kept])
    }

    /// The sets for so many replications, by weight: one for every [`WORLDS_PER_SET`]. More replications or another
    /// study move none of them.
    fn draw(&self, seed: u64, replications: u32) -> Vec<Draw> {
        let total: f64 = self.sets.iter().map(|set| set.weight).sum();
        let draw = |pair: u32| {
            let mut wanted = chance(seed, pair) * total;
            let drawn = self.sets.iter().position(|set| {
                wanted -= set.weight;
                wanted < 0.0
            });
            // Rounding may leave a little of the total over.
            let set = drawn.unwrap_or(self.sets.len().saturating_sub(1));
            Draw { set: set as u32, values: self.sets.get(set).map(|set| set.values.clone()).unwrap_or_default() }
        };
        (0..replications.div_ceil(WORLDS_PER_SET)).map(draw).collect()
    }
}

/// Between 0 and 1, by seed and number alone.
fn chance(seed: u64, pair: u32) -> f64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(b"noaber parameter set");
    hasher.update(&seed.to_le_bytes());
    hasher.update(&pair.to_le_bytes());
    let bytes = hasher.finalize();
    let number = bytes.as_bytes().iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    (number >> 11) as f64 / (1_u64 << 53) as f64
}

/// The parameter sets of a study, replication by replication.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawn {
    /// Where they come from: `plausible`, or the path of a file.
    pub origin: String,
    /// `group.name` of each parameter that was drawn.
    pub keys: Vec<String>,
    /// The first is that of replications 0 and 1, and so on.
    pub draws: Vec<Draw>,
    /// For each scenario the keys that it, or `--set`, gives a value itself, which stays.
    pub kept: Vec<Vec<String>>,
}

/// One set that was drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Draw {
    /// Its row in the table, from 0.
    pub set: u32,
    /// A value for each key.
    pub values: Vec<f64>,
}

impl Drawn {
    /// Sets drawn before, for scenarios of which each keeps some keys; `kept` is found when the study is read.
    #[must_use]
    pub fn before(origin: String, keys: Vec<String>, draws: Vec<Draw>) -> Self {
        Self { origin, keys, draws, kept: Vec::new() }
    }

    /// The number of the draw that a replication lives under.
    #[must_use]
    pub const fn number(replication: u32) -> u32 {
        replication / WORLDS_PER_SET
    }

    /// The set of a replication.
    #[must_use]
    pub fn of(&self, replication: u32) -> Option<&Draw> {
        self.draws.get(Self::number(replication) as usize)
    }

    /// A scenario's blueprint with the parameters of a replication.
    #[must_use]
    pub fn applied(&self, blueprint: &Blueprint, scenario: usize, replication: u32) -> Blueprint {
        let mut blueprint = blueprint.clone();
        blueprint.everywhere(|part| self.adjust(&mut part.parameters, scenario, replication));
        blueprint
    }

    /// Gives the constants of a scenario the values of a replication.
    pub fn adjust(&self, parameters: &mut Constants, scenario: usize, replication: u32) {
        let kept = self.kept.get(scenario).map_or(&[][..], Vec::as_slice);
        let values = self.of(replication).map_or(&[][..], |draw| draw.values.as_slice());
        for (key, value) in self.keys.iter().zip(values).filter(|(key, _)| !kept.contains(key)) {
            // Each was held against its range when the table was read.
            let _ = parameters.set(key, *value);
        }
    }
}

/// Where the parameter sets of a study come from.
#[derive(Debug, Clone, PartialEq)]
pub enum Parameters {
    /// They are drawn from a table.
    Table(ParameterSets),
    /// They were drawn before, for results that are made again.
    Before(Drawn),
}

impl Parameters {
    pub(super) fn keys(&self) -> &[String] {
        match self {
            Self::Table(sets) => &sets.keys,
            Self::Before(drawn) => &drawn.keys,
        }
    }

    /// The sets of a study with this seed and these replications.
    pub(super) fn drawn(self, seed: u64, replications: u32, kept: Vec<Vec<String>>) -> Drawn {
        match self {
            Self::Table(sets) => {
                let draws = sets.draw(seed, replications);
                Drawn { origin: sets.origin, keys: sets.keys, draws, kept }
            }
            Self::Before(drawn) => Drawn { kept, ..drawn },
        }
    }
}

/// Of these keys those that a completed document gives a value itself.
pub(super) fn own_keys(document: &Table, keys: &[String]) -> Vec<String> {
    let own = |key: &&String| {
        key.split_once('.').is_some_and(|(group, name)| {
            let group = document.table("parameters").and_then(|all| all.table(group));
            group.and_then(|group| group.entry(name)).is_some_and(|entry| entry.node.at != At::DEFAULT)
        })
    };
    keys.iter().filter(own).cloned().collect()
}

/// Marks the values that a drawn set takes the place of, for the resolved copy.
pub(super) fn mark(document: &mut Table, keys: &[String], kept: &[String]) {
    for (group, name) in keys.iter().filter(|key| !kept.contains(key)).filter_map(|key| key.split_once('.')) {
        let Some(all) = document.0.iter_mut().find(|entry| entry.key == "parameters") else { return };
        let Value::Table(all) = &mut all.node.value else { return };
        let Some(group) = all.0.iter_mut().find(|entry| entry.key == group) else { continue };
        let Value::Table(group) = &mut group.node.value else { continue };
        if let Some(entry) = group.0.iter_mut().find(|entry| entry.key == name) {
            entry.node.value = Value::Drawn;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets(weights: &[f64]) -> ParameterSets {
        let set = |(nth, weight): (usize, &f64)| ParameterSet { weight: *weight, values: vec![nth as f64] };
        ParameterSets {
            origin: "test".to_owned(),
            hash: String::new(),
            fingerprint: None,
            keys: vec!["encounters.per_week".to_owned()],
            sets: weights.iter().enumerate().map(set).collect(),
        }
    }

    #[test]
    fn sets_are_drawn_by_weight_two_replications_each_and_more_replications_move_none() {
        let sets = sets(&[1.0, 3.0, 0.5, 0.5]);
        let many = sets.draw(7, 4_000);
        assert_eq!(many.len(), 2_000);
        for (set, share) in [(0, 0.2), (1, 0.6), (2, 0.1)] {
            let seen = many.iter().filter(|draw| draw.set == set).count() as f64 / 2_000.0;
            assert!((seen - share).abs() < 0.035, "set {set} has {seen}");
        }
        assert_eq!(sets.draw(7, 5), many[..3]);
        assert_ne!(sets.draw(8, 40), many[..20]);
        assert_eq!([0, 1, 2, 3].map(Drawn::number), [0, 0, 1, 1]);
    }

    #[test]
    fn the_shipped_table_has_no_faults() {
        let shipped = ParameterSets::shipped().unwrap_or_else(|faults| panic!("{faults}"));
        assert!(SHIPPED.len() < 200_000, "{} bytes", SHIPPED.len());
        assert_eq!(shipped.sets.is_empty(), shipped.fingerprint.is_none());
    }
}
