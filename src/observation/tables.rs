//! The resident table and the tie table: one row a person, one row a tie.

use crate::model::world::World;

/// What is known of a column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColumnInfo {
    /// Name in the header.
    pub name: &'static str,
    /// Unit, or the allowed words.
    pub unit: &'static str,
    /// Range or allowed values.
    pub range: &'static str,
    /// What it says.
    pub meaning: &'static str,
    /// Instrument or source.
    pub source: &'static str,
}

/// Columns of the resident table after `scenario,replication,week`.
pub static RESIDENT_COLUMNS: &[ColumnInfo] = &[];
/// Columns of the tie table after `scenario,replication,week`.
pub static TIE_COLUMNS: &[ColumnInfo] = &[];

/// One resident, as text in the order of [`RESIDENT_COLUMNS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResidentRow(pub Vec<String>);

/// One tie, as text in the order of [`TIE_COLUMNS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieRow(pub Vec<String>);

/// Every resident, in order of resident number.
#[must_use]
pub fn residents(world: &World) -> Vec<ResidentRow> {
    let _ = world;
    Vec::new()
}

/// Every tie once, in order of the two resident numbers.
#[must_use]
pub fn ties(world: &World) -> Vec<TieRow> {
    let _ = world;
    Vec::new()
}
