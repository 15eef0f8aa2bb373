//! Stand-in: reading scenario files is written elsewhere and replaces this file.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{Design, Scenario, Study};
use crate::experiment::bench::synthetic;
use crate::observation::MEASURES;

/// What the flags say about the design.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Overrides {
    /// `--weeks`.
    pub weeks: Option<u32>,
    /// `--burn-in`.
    pub burn_in: Option<u32>,
    /// `--replications`.
    pub replications: Option<u32>,
    /// `--seed`.
    pub seed: Option<u64>,
}

/// Faults.
#[derive(Debug)]
pub struct Faults(String);

impl Faults {
    /// How many.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a stand-in")]
    pub fn len(&self) -> usize {
        1
    }

    /// In words.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let _ = colour;
        format!("{}\n", self.0)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Faults {}

/// Builds scenarios in code for the files that exist.
///
/// # Errors
/// When a path does not exist.
pub fn read_study(paths: &[PathBuf], sets: &[String], overrides: &Overrides) -> Result<Study, Faults> {
    if let Some(absent) = paths.iter().find(|path| !path.exists()) {
        return Err(Faults(format!("error: `{}` is not there", absent.display())));
    }
    if let Some(set) = sets.first() {
        return Err(Faults(format!("error: `{set}` cannot be set")));
    }
    let design = Design {
        weeks: overrides.weeks.unwrap_or(52),
        burn_in: overrides.burn_in.unwrap_or(26),
        replications: overrides.replications.unwrap_or(4),
        seed: overrides.seed.unwrap_or(1),
    };
    let words = |text: &str| [text.to_owned(), text.to_owned()];
    let scenarios = ["baseline", "alternative"]
        .map(|key| Scenario {
            key: key.to_owned(),
            title: words(key),
            description: words(key),
            design,
            blueprint: synthetic(200, 2_000),
            headline: vec![0, 6],
            worthwhile: MEASURES.iter().map(|measure| measure.worthwhile).collect(),
            resolved: String::new(),
            inputs: Vec::new(),
        })
        .into();
    Ok(Study { key: "stand-in".to_owned(), title: words("Stand-in"), question: words("None"), scenarios })
}

/// The first scenario alone.
///
/// # Errors
/// As [`read_study`].
pub fn read_scenario(path: &Path, sets: &[String], overrides: &Overrides) -> Result<Study, Faults> {
    let mut study = read_study(&[path.to_path_buf()], sets, overrides)?;
    study.scenarios.truncate(1);
    Ok(study)
}

/// An empty schema.
#[must_use]
pub fn json_schema() -> serde_json::Value {
    serde_json::json!({ "type": "object" })
}

/// Writes an empty baseline.
///
/// # Errors
/// When it cannot be written.
pub fn new_study(folder: &Path, name: &str) -> Result<Vec<PathBuf>, std::io::Error> {
    let study = folder.join(name);
    std::fs::create_dir(&study)?;
    let file = study.join("baseline.toml");
    std::fs::write(&file, "")?;
    Ok(vec![file])
}
