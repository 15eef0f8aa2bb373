//! The report of a study: figures and one page in each language, made from a results folder alone.
//!
//! Read [`data`] for what is read, [`verdict`] for how sure the words may be, [`figures`] for what is drawn, [`page`] for
//! what is written. [`plot`] is the only room that knows the plotting libraries.

pub mod data;
pub mod figures;
pub mod learnt;
pub mod numbers;
pub mod page;
pub mod plot;
pub mod story;
pub mod validation;
pub mod verdict;
pub mod words;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::results::atomic::write_whole;
use data::Results;
use words::Words;

/// A language of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// Dutch.
    Nl,
    /// English.
    En,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::Nl, Self::En];

    /// `nl` or `en`: in the names of files and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
        }
    }
}

/// Why there is no report.
#[derive(Debug)]
pub enum ReportError {
    /// A file or folder is not there.
    Missing {
        /// Which.
        path: PathBuf,
        /// What to do.
        remedy: &'static str,
    },
    /// A file cannot be understood.
    Broken {
        /// Which.
        path: PathBuf,
        /// Where, if known.
        line: Option<u64>,
        /// What is wrong.
        what: String,
        /// What to do.
        remedy: &'static str,
    },
    /// A file could not be written.
    Write {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A figure or page could not be made: a fault of the program.
    Draw {
        /// What failed.
        what: String,
    },
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { path, remedy } => write!(f, "{} is not there; {remedy}", path.display()),
            Self::Broken { path, line, what, remedy } => {
                write!(f, "{}", path.display())?;
                if let Some(line) = line {
                    write!(f, ", line {line}")?;
                }
                write!(f, ": {what}; {remedy}")
            }
            Self::Write { path, source } => {
                write!(
                    f,
                    "{} could not be written ({source}); check that the folder may be written to and the disk is not full",
                    path.display()
                )
            }
            Self::Draw { what } => {
                write!(f, "the report could not be made: {what}; please report this as a fault of noaber")
            }
        }
    }
}

impl std::error::Error for ReportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Write { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Makes the figures and the page in each of these languages inside a results folder, from its tables alone. Returns the
/// files written, in the order of writing: `figures/*.svg`, `figures/*.png`, `report.*.html`.
///
/// Nothing is written unless everything could be read and drawn, and each file appears whole or not at all.
///
/// # Errors
/// A missing or broken file in the folder, by name and with the remedy; a file that cannot be written.
pub fn write_report(results: &Path, languages: &[Language]) -> Result<Vec<PathBuf>, ReportError> {
    let read = Results::read(results)?;
    let folder = results.join("figures");
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    for &language in languages {
        let words = Words::of(language)?;
        let figures = figures::draw(&read, &words)?;
        for figure in figures.all() {
            let name = format!("{}.{}", figure.key, language.key());
            files.push((folder.join(format!("{name}.svg")), figure.svg.clone().into_bytes()));
            files.push((folder.join(format!("{name}.png")), figure.png().map_err(|what| ReportError::Draw { what })?));
        }
        let page = page::write(&read, &figures, &words)?;
        files.push((results.join(format!("report.{}.html", language.key())), page.into_bytes()));
    }
    std::fs::create_dir_all(&folder).map_err(|source| ReportError::Write { path: folder.clone(), source })?;
    for (path, content) in &files {
        write_whole(path, content).map_err(|source| ReportError::Write { path: path.clone(), source })?;
    }
    Ok(files.into_iter().map(|(path, _)| path).collect())
}
