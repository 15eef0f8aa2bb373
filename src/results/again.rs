//! The study of a results folder, read again from what was kept of it.

use std::path::{Path, PathBuf};

use super::folder::hash;
use super::manifest::Manifest;
use super::{ResultsError, read};
use crate::scenario::parameter_sets::Parameters;
use crate::scenario::{Overrides, Study, read_study_with};

/// How the kept copy of a scenario is named after its key.
const RESOLVED: &str = ".resolved";

/// The manifest and the study, when this program of this `version` would get the same results from it.
///
/// # Errors
/// When a file is missing or broken, or when the program or the kept scenarios are not those of the results.
pub fn study(folder: &Path, version: &str) -> Result<(Manifest, Study), ResultsError> {
    let manifest = read::manifest(folder)?;
    let failed = |what: String| ResultsError::Read { path: folder.join("scenarios"), what };
    let file = |key: &str| folder.join("scenarios").join(format!("{key}{RESOLVED}.toml"));
    let files: Vec<PathBuf> = manifest.study.scenarios.iter().map(|scenario| file(&scenario.key)).collect();
    let before =
        manifest.parameters.as_ref().map(|note| read::drawn(folder, note).map(Parameters::Before)).transpose()?;
    let mut study = read_study_with(&files, &[], &Overrides::default(), before)
        .map_err(|faults| failed(format!("\n{}", faults.render(false))))?;
    study.key.clone_from(&manifest.study.key);
    for scenario in &mut study.scenarios {
        if let Some(key) = scenario.key.strip_suffix(RESOLVED) {
            scenario.key = key.to_owned();
        }
    }
    let made_by = format!("{} {}", manifest.noaber, manifest.revision);
    if made_by != version {
        return Err(ResultsError::OtherProgram { path: folder.to_path_buf(), made_by, here: version.to_owned() });
    }
    if hash(&study, version) != manifest.hash {
        return Err(failed("the scenarios kept there are not those of the manifest".to_owned()));
    }
    Ok((manifest, study))
}
