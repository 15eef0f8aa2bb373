//! A neighbourhood from the statistics: from a file of Statistics Netherlands to a neighbourhood file and a baseline.
//!
//! In the order of the work: `table` reads either published shape, `columns` knows which figure is where, `regions` finds
//! the rows that speak for a neighbourhood, `estimate` (with `density`) fills what is missing, `buildings` and `social_base`
//! make what the statistics do not have, `write` writes it down with where each figure came from.

mod buildings;
mod columns;
mod density;
mod estimate;
mod national;
mod regions;
mod social_base;
mod table;
mod words;
mod write;

use std::path::Path;

pub use words::Words as ImportWords;

use super::fault::{Fault, Faults, Sources};

/// Name of the file that holds a neighbourhood, beside the baseline that extends it.
pub const NEIGHBOURHOOD_FILE: &str = "neighbourhood.toml";

/// A neighbourhood that was made from the statistics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Code of the region, in capitals.
    pub code: String,
    /// Content of `neighbourhood.toml`.
    pub neighbourhood: String,
    /// Content of `baseline.toml`.
    pub baseline: String,
    /// What it is, in one line.
    pub made: String,
    /// What was missing and what stands in its place, a line each.
    pub replaced: Vec<String>,
    /// What else the reader should know.
    pub remarks: Vec<String>,
}

/// Reads Kerncijfers wijken en buurten, as StatLine's CSV or as the yearly workbook, and makes a neighbourhood of each code.
///
/// # Errors
/// Every fault of the file and the codes at once: a file that is none of these or not whole, a code that is not in it,
/// a neighbourhood where nobody lives or of which nothing is published, figures that contradict each other.
pub fn import_cbs(path: &Path, codes: &[String], words: ImportWords) -> Result<Vec<Imported>, Faults> {
    let reading = table::read(path);
    let text = reading.text.as_deref();
    let failed = |faults: Vec<Fault>| {
        let mut sources = Sources::new();
        if let Some(text) = text {
            sources.add(path.display().to_string(), text.to_owned(), true);
        }
        Faults::new(sources, faults)
    };
    let table = match &reading.table {
        Ok(table) => table,
        Err(faults) => return Err(failed(faults.clone())),
    };
    if table.rows.is_empty() {
        let title = format!("`{}` has the columns of Kerncijfers wijken en buurten and no regions", path.display());
        return Err(failed(vec![Fault::nowhere(title).help("the file seems cut off; download it again")]));
    }
    let mut faults: Vec<Fault> = table
        .columns
        .repeated
        .iter()
        .map(|(_, first, second)| {
            let name = table.header.get(*first).map_or("", |name| name.trim());
            let title =
                format!("two columns hold the same figure: `{name}` in column {} and {}", first + 1, second + 1);
            Fault::nowhere(title).help("keep the one that is meant")
        })
        .collect();
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut made: Vec<Imported> = Vec::new();
    for code in codes {
        let estimate = regions::find(table, text, code).and_then(|region| estimate::estimate(table, text, &region));
        match estimate {
            Err(found) => faults.extend(found),
            Ok(estimate) if made.iter().any(|one| one.code == estimate.code) => {}
            Ok(estimate) => {
                let mut remarks = Vec::new();
                if table.foreign_bytes > 0 {
                    remarks.push(words.encoding());
                }
                if let Some(others) = estimate.in_institutions() {
                    remarks.push(words.institutions(others, estimate.people().round()));
                }
                made.push(Imported {
                    neighbourhood: write::neighbourhood(&estimate, &file, words),
                    baseline: write::baseline(&estimate, words),
                    made: words.made(&estimate),
                    replaced: write::replaced(&estimate, words),
                    remarks,
                    code: estimate.code,
                });
            }
        }
    }
    if faults.is_empty() { Ok(made) } else { Err(failed(faults)) }
}
