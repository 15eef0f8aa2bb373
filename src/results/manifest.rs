//! What was run, on what, by which program: the file that makes results reproducible and readable later.

use serde::{Deserialize, Serialize};

/// `manifest.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of noaber.
    pub noaber: String,
    /// Git revision of the program, or "unknown".
    pub revision: String,
    /// "finished" or "interrupted".
    pub status: String,
    /// The command as typed.
    pub command: Vec<String>,
    /// The study.
    pub study: StudyNote,
    /// Replications in the tables.
    pub replications: u32,
    /// Weeks after the burn-in.
    pub weeks: u32,
    /// Weeks of burn-in.
    pub burn_in: u32,
    /// Seed.
    pub seed: u64,
    /// Hash over all that decides the outcome: inputs, settings, seed and version.
    pub hash: String,
    /// Parameter sets that replications drew, if they did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parameters: Option<ParametersNote>,
    /// Files read.
    pub inputs: Vec<FileNote>,
    /// The machine.
    pub machine: MachineNote,
    /// Wall-clock seconds.
    pub wall_seconds: f64,
    /// Processor seconds.
    pub cpu_seconds: f64,
    /// Peak resident memory, bytes.
    pub peak_rss_bytes: u64,
    /// Date and time of the end, UTC, ISO 8601.
    pub finished_at: String,
}

/// Where the parameter sets of replications come from; `parameters.csv` has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParametersNote {
    /// `plausible`, or the path of a file.
    pub origin: String,
    /// How many sets were drawn.
    pub draws: u32,
    /// Parameters that were drawn.
    pub drawn: Vec<String>,
    /// Parameters that a scenario or `--set` gave a value itself, by scenario; only scenarios with any.
    pub kept: std::collections::BTreeMap<String, Vec<String>>,
}

/// The study and its scenarios, with the words a reader sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StudyNote {
    /// Name of the folder.
    pub key: String,
    /// Dutch, English.
    pub title: [String; 2],
    /// Dutch, English.
    pub question: [String; 2],
    /// Key of the baseline.
    pub baseline: String,
    /// Baseline first.
    pub scenarios: Vec<ScenarioNote>,
    /// Districts of the baseline, if it has two or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub districts: Vec<DistrictNote>,
    /// Keys of the measures on the first page.
    pub headline: Vec<String>,
    /// Smallest difference worth having, by key of measure.
    pub worthwhile: std::collections::BTreeMap<String, f64>,
    /// By how much of itself an association may be weaker or stronger; the report widens intervals by it.
    #[serde(default = "ordinary_band")]
    pub association_band: f64,
}

/// The band where a manifest of before it was written says nothing.
fn ordinary_band() -> f64 {
    f64::from(crate::model::parameters::Parameters::default().health.band)
}

/// A district.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DistrictNote {
    /// Name in the tables.
    pub key: String,
    /// Metres to the east and to the north of any one point, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<[f32; 2]>,
}

/// A scenario's words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScenarioNote {
    /// Name in the tables.
    pub key: String,
    /// Dutch, English.
    pub title: [String; 2],
    /// Dutch, English.
    pub description: [String; 2],
    /// Its policies that have a rule.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleNote>,
}

/// The rule of a policy, in keys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleNote {
    /// Name of the policy.
    pub policy: String,
    /// Key of the measure.
    pub measure: String,
    /// Key of the group.
    pub group: String,
    /// "above" or "below".
    pub side: String,
    /// The line, in the measure's unit.
    pub line: f64,
    /// Weeks between two looks.
    pub check_every_weeks: u32,
}

/// A file and its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileNote {
    /// Path as given.
    pub path: String,
    /// BLAKE3, hexadecimal.
    pub hash: String,
}

/// The machine.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MachineNote {
    /// Operating system and architecture.
    pub system: String,
    /// Processor, as the system names it.
    pub processor: String,
    /// Threads used.
    pub threads: usize,
}
