//! Reading back what a run has written.

use std::path::Path;

use super::ResultsError;
use super::folder::PARAMETERS;
use super::manifest::{Manifest, ParametersNote};
use crate::scenario::{Draw, Drawn};

/// A row of `effects.csv`; ends of intervals that cannot be given are NaN.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub struct EffectRow {
    /// Key of the scenario.
    pub scenario: String,
    /// Key of the measure.
    pub measure: String,
    /// Key of the group.
    pub group: String,
    /// Weeks since the burn-in.
    pub week: i32,
    /// Mean paired difference.
    pub difference: f64,
    /// Lower end of the interval.
    #[serde(default, deserialize_with = "number_or_nothing")]
    pub low: f64,
    /// Upper end of the interval.
    #[serde(default, deserialize_with = "number_or_nothing")]
    pub high: f64,
    /// Level of the interval.
    pub level: f64,
    /// Pairs.
    pub replications: u32,
    /// Share of them that are better.
    pub share_better: f64,
    /// Smallest difference worth having.
    #[serde(default, deserialize_with = "number_or_nothing")]
    pub worthwhile: f64,
    /// Mean of the baseline.
    pub baseline: f64,
}

fn number_or_nothing<'de, D: serde::Deserializer<'de>>(cell: D) -> Result<f64, D::Error> {
    let number: Option<f64> = serde::Deserialize::deserialize(cell)?;
    Ok(number.unwrap_or(f64::NAN))
}

/// The manifest of a results folder.
///
/// # Errors
/// When there is none, or it cannot be understood.
pub fn manifest(folder: &Path) -> Result<Manifest, ResultsError> {
    let path = folder.join("manifest.json");
    let failed = |what: String| ResultsError::Read { path: path.clone(), what };
    let text = std::fs::read_to_string(&path).map_err(|error| failed(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| failed(error.to_string()))
}

/// The rows of `effects.csv` for which `wanted` holds, in the order of the file.
///
/// # Errors
/// When there is no such file, or a row cannot be understood.
pub fn effects(folder: &Path, wanted: impl Fn(&EffectRow) -> bool) -> Result<Vec<EffectRow>, ResultsError> {
    let path = folder.join("effects.csv");
    let failed = |error: csv::Error| ResultsError::Read { path: path.clone(), what: error.to_string() };
    let mut rows = Vec::new();
    for row in csv::Reader::from_path(&path).map_err(failed)?.deserialize() {
        let row: EffectRow = row.map_err(failed)?;
        if wanted(&row) {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// The parameter sets that the replications of a results folder lived under.
///
/// # Errors
/// When there is no table of them, or it cannot be understood.
pub fn drawn(folder: &Path, note: &ParametersNote) -> Result<Drawn, ResultsError> {
    let path = folder.join(PARAMETERS);
    let failed = |what: String| ResultsError::Read { path: path.clone(), what };
    let mut draws: Vec<Draw> = Vec::new();
    let mut reader = csv::Reader::from_path(&path).map_err(|error| failed(error.to_string()))?;
    for row in reader.deserialize() {
        let (replication, set, key, value): (u32, u32, String, f64) = row.map_err(|error| failed(error.to_string()))?;
        let number = Drawn::number(replication) as usize;
        if number == draws.len() {
            draws.push(Draw { set, values: Vec::new() });
        }
        // The second replication of a set says the same once more.
        if let Some(draw) = draws.get_mut(number).filter(|draw| draw.values.len() < note.drawn.len()) {
            if note.drawn.get(draw.values.len()) != Some(&key) {
                return Err(failed(format!("`{key}` stands where another parameter should")));
            }
            draw.values.push(value);
        }
    }
    Ok(Drawn::before(note.origin.clone(), note.drawn.clone(), draws))
}
