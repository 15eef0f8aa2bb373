//! `noaber explain`: which mechanisms carry the effect of a scenario.
use super::{ExplainArgs, Failure};
/// Placeholder.
pub fn explain(_: &ExplainArgs) -> Result<(), Failure> { Ok(()) }
