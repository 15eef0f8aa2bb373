//! Scenarios as data: from files to a trusted study, or to a list of every fault in them.
//!
//! ODD 6 (Input data).

mod standin;
pub use standin::*;

use crate::model::blueprint::Blueprint;

/// A question: a baseline and its alternatives.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// Name of the folder.
    pub key: String,
    /// Dutch, English.
    pub title: [String; 2],
    /// The question it answers: Dutch, English.
    pub question: [String; 2],
    /// The baseline first, then the alternatives in alphabetical order of their files.
    pub scenarios: Vec<Scenario>,
}

/// One scenario, ready to live.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// File name without ending; the name in tables.
    pub key: String,
    /// Dutch, English.
    pub title: [String; 2],
    /// Dutch, English.
    pub description: [String; 2],
    /// How long, how often, by which seed.
    pub design: Design,
    /// What lives.
    pub blueprint: Blueprint,
    /// Measures that the short table and the first page show, by their place in the dictionary.
    pub headline: Vec<usize>,
    /// Smallest difference worth having, for each measure of the dictionary, in its unit.
    pub worthwhile: Vec<f64>,
    /// Every value in force with where it came from, as TOML with comments.
    pub resolved: String,
    /// The files read, with the BLAKE3 hash of each.
    pub inputs: Vec<Input>,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// As given or found.
    pub path: String,
    /// BLAKE3, hexadecimal.
    pub hash: String,
}

/// The design of the experiment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Design {
    /// Weeks after the burn-in.
    pub weeks: u32,
    /// Weeks of burn-in.
    pub burn_in: u32,
    /// Replications.
    pub replications: u32,
    /// Seed of all chance; replication r uses its own key made from it.
    pub seed: u64,
}
