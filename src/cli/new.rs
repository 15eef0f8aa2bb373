//! `noaber new` and `noaber schema`: what one needs to write a scenario.

use std::path::Path;

use super::screen::say;
use super::{Failure, NewArgs};
use crate::scenario::{json_schema, new_study};

/// Writes a study to start from.
pub fn new(asked: &NewArgs) -> Result<(), Failure> {
    let folder = asked.name.parent().unwrap_or_else(|| Path::new(""));
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let name = asked.name.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let written = new_study(folder, &name).map_err(|error| Failure::running(error.to_string()))?;
    for path in written {
        say(&format!("{}\n", path.strip_prefix(".").unwrap_or(&path).display()))?;
    }
    say(&format!("\nRun it with: noaber compare {}\n", asked.name.display()))
}

/// Prints the JSON Schema.
pub fn schema() -> Result<(), Failure> {
    say(&format!("{:#}\n", json_schema()))
}
