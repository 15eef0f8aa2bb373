//! `noaber report`: the figures and pages again, from the tables alone.

use super::screen::say;
use super::{Failure, ReportArgs};
use crate::report::{Language, write_report};

/// Writes the report in the language asked for, or in both.
pub fn report(asked: &ReportArgs) -> Result<(), Failure> {
    let languages = asked.lang.map_or(vec![Language::Nl, Language::En], |lang| vec![lang.into()]);
    let written = write_report(&asked.results, &languages)?;
    written.iter().try_for_each(|path| say(&format!("{}\n", path.display())))
}
