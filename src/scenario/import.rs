//! A neighbourhood from the statistics: from a file of Statistics Netherlands to a neighbourhood file and a baseline.
//!
//! In the order of the work: `table` (with `lines`) reads either published shape, `columns` knows which figure is where,
//! `regions` finds the rows that speak for a neighbourhood, `estimate` (with `lived_in` and `density`) fills what is missing,
//! `buildings` and `social_base` make what the statistics do not have, `write` writes it down with where each figure came from.
//!
//! Of many neighbourhoods one study: `town` finds and adds them up, `positions` or `layout` puts them on the map, `account`
//! tells what was missing.

mod account;
mod buildings;
mod columns;
mod density;
mod estimate;
mod layout;
mod lines;
mod lived_in;
mod national;
mod positions;
mod regions;
mod social_base;
mod table;
mod town;
mod words;
mod write;

use std::path::Path;

pub use words::Words as ImportWords;

use super::fault::{Fault, Faults, Sources};
use table::Table;

/// Name of the file that holds a neighbourhood, beside the baseline that extends it.
pub const NEIGHBOURHOOD_FILE: &str = "neighbourhood.toml";
/// Name of the folder with the neighbourhoods of a town, beside its baseline.
pub const NEIGHBOURHOODS_FOLDER: &str = "neighbourhoods";
/// Name of the file that says what stands in the place of what was missing in a town.
pub const ACCOUNT_FILE: &str = "account.txt";
/// The file of positions among those that faults point at; the table stands before it.
const POSITIONS_SOURCE: usize = 2;

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

/// Many neighbourhoods that were made from the statistics for one study.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedTown {
    /// Codes that were asked for, in capitals, each once.
    pub codes: Vec<String>,
    /// Path of the file of each neighbourhood within the folder of the study, and its content; by code.
    pub neighbourhoods: Vec<(String, String)>,
    /// Content of `baseline.toml`.
    pub baseline: String,
    /// Content of `account.txt`: what was left out, how the sums differ from what is published, and for each figure that was
    /// missing what stands in its place and for which neighbourhoods.
    pub account: String,
    /// The same on one page: numbers for codes where those are many.
    pub page: String,
}

/// Reads Kerncijfers wijken en buurten, as StatLine's CSV or as the yearly workbook, and makes a neighbourhood of each code.
///
/// # Errors
/// Every fault of the file and the codes at once: a file that is none of these or not whole, a code that is not in it,
/// a neighbourhood where nobody lives or of which nothing is published, figures that contradict each other.
pub fn import_cbs(path: &Path, codes: &[String], words: ImportWords) -> Result<Vec<Imported>, Faults> {
    let (text, table) = opened(path);
    let text = text.as_deref();
    let table = table.map_err(|faults| told(path, text, None, faults))?;
    let file = file_name(path);
    let mut faults = twice(&table);
    let mut made: Vec<Imported> = Vec::new();
    for code in codes {
        let estimate = regions::find(&table, text, code).and_then(|region| estimate::estimate(&table, text, &region));
        match estimate {
            Err(found) => faults.extend(found),
            Ok(estimate) if made.iter().any(|one| one.code == estimate.code) => {}
            Ok(estimate) => {
                let mut remarks = of_the_file(&table, words);
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
    if faults.is_empty() { Ok(made) } else { Err(told(path, text, None, faults)) }
}

/// Reads the same files and makes one study of all neighbourhoods within the codes, at the positions in a file, or at assumed ones.
///
/// Neighbourhoods where nobody lives in a household, and those of which nothing is published, are left out.
///
/// # Errors
/// As of [`import_cbs`], and: a code without neighbourhoods, neighbourhoods that do not add up to the region that they lie in,
/// and every fault of the positions.
pub fn import_cbs_town(
    path: &Path,
    codes: &[String],
    positions: Option<&Path>,
    words: ImportWords,
) -> Result<ImportedTown, Faults> {
    let (text, table) = opened(path);
    let text = text.as_deref();
    let (placed, positions_read) = positions.map(|path| positions::read(path, POSITIONS_SOURCE)).unzip();
    let failed = |faults| told(path, text, positions.zip(placed.as_deref()), faults);
    let town = table.and_then(|table| {
        let mut faults = twice(&table);
        let town = town::of(&table, text, codes).map_err(|found| faults.extend(found));
        town.ok().filter(|_| faults.is_empty()).map(|town| (of_the_file(&table, words), town)).ok_or(faults)
    });
    let spots = match (&town, positions_read) {
        (_, Some(Err(faults))) => Err(faults),
        (Ok((_, town)), Some(Ok(positions))) => {
            positions.of(&town.neighbourhoods.iter().map(|one| one.code.as_str()).collect::<Vec<_>>())
        }
        (Ok((_, town)), None) => Ok(layout::assumed(&town.neighbourhoods)),
        // Where the neighbourhoods are not known, neither is which positions are missing.
        (Err(_), _) => Ok(Vec::new()),
    };
    let (remarks, town, spots) = match (town, spots) {
        (Ok((remarks, town)), Ok(spots)) => (remarks, town, layout::around_the_mean(&spots)),
        (town, spots) => {
            return Err(failed([town.err(), spots.err()].into_iter().flatten().flatten().collect()));
        }
    };
    let file = file_name(path);
    let neighbourhood = |one| write::neighbourhood(one, &file, words);
    Ok(ImportedTown {
        codes: town.asked.iter().map(|asked| asked.code.clone()).collect(),
        neighbourhoods: town
            .neighbourhoods
            .iter()
            .map(|one| (write::in_folder(&one.code), neighbourhood(one)))
            .collect(),
        baseline: write::town(&town, &spots, positions.map(file_name).as_deref(), words),
        account: account::whole(&town, &remarks, words),
        page: account::page(&town, &remarks, words),
    })
}

/// The table in a file, if there is a sound one, and its text, if it is text.
fn opened(path: &Path) -> (Option<String>, Result<Table, Vec<Fault>>) {
    let reading = table::read(path);
    let sound = reading.table.and_then(|table| {
        if table.rows.is_empty() {
            let title = format!("`{}` has the columns of Kerncijfers wijken en buurten and no regions", path.display());
            return Err(vec![Fault::nowhere(title).help("the file seems cut off; download it again")]);
        }
        Ok(table)
    });
    (reading.text, sound)
}

/// The faults of columns that hold the same figure.
fn twice(table: &Table) -> Vec<Fault> {
    let fault = |(_, first, second): &(_, usize, usize)| {
        let name = table.header.get(*first).map_or("", |name| name.trim());
        let title = format!("two columns hold the same figure: `{name}` in column {} and {}", first + 1, second + 1);
        Fault::nowhere(title).help("keep the one that is meant")
    };
    table.columns.repeated.iter().map(fault).collect()
}

/// Faults with the texts that they point at: first the table, then the positions.
fn told(path: &Path, text: Option<&str>, positions: Option<(&Path, &str)>, faults: Vec<Fault>) -> Faults {
    let mut sources = Sources::new();
    sources.add(path.display().to_string(), text.unwrap_or_default().to_owned(), true);
    if let Some((path, text)) = positions {
        sources.add(path.display().to_string(), text.to_owned(), true);
    }
    Faults::new(sources, faults)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What there is to say of the file as a whole.
fn of_the_file(table: &Table, words: ImportWords) -> Vec<String> {
    if table.foreign_bytes > 0 { vec![words.encoding()] } else { Vec::new() }
}
