//! What is measured: the dictionary of measures and groups, and one observation of a world.
//!
//! ODD 4.11 (Observation). Each measure has a key, a unit, a range, a meaning in two languages and a source; the column
//! dictionary and the report's words come from here.

mod cell;
pub mod diary;
pub mod dictionary;
mod districts;
pub mod instruments;
mod interview;
pub mod margins;
mod observe;
pub mod profile;
mod structure;
mod tables;

pub use cell::Cell;
pub use dictionary::{Better, GROUPS, Group, MEASURES, Measure, Outcome, measure_index};
pub use districts::ByDistrict;
pub use observe::{Detail, Observation, live_and_observe, observe, read};
pub use tables::{ColumnInfo, RESIDENT_COLUMNS, ResidentRow, TIE_COLUMNS, TieRow, answers, residents, ties};
