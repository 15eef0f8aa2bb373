//! The table of what was measured, in Markdown, and where it stands in the README.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use noaber::results::machine::machine;

use crate::kernel::{GIVEN, Outcome, WEEKS};
use crate::rivals::{How, Rival};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
const BEGIN: &str = "<!-- what `run --write` measured -->\n";
const END: &str = "<!-- until here -->";
const LOCK: &str = include_str!("../Cargo.lock");
/// What is pinned, by environment.
const PYTHON: [(&str, &str); 3] = [
    ("python", include_str!("../python/requirements.txt")),
    ("frames", include_str!("../python/requirements-frames.txt")),
    ("repast", include_str!("../python/requirements-repast.txt")),
];

/// Which time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// That on the clock.
    Clock,
    /// Processor time, all threads added.
    Processor,
}

impl By {
    fn seconds(self, outcome: &Outcome) -> f64 {
        match self {
            Self::Clock => outcome.spent.seconds,
            Self::Processor => outcome.spent.processor,
        }
    }
}

/// What was measured of one program, by number of residents.
pub struct Row {
    pub rival: &'static Rival,
    measured: BTreeMap<u64, Vec<Outcome>>,
}

impl Row {
    /// Nothing yet.
    pub fn new(rival: &'static Rival) -> Self {
        Self { rival, measured: BTreeMap::new() }
    }

    /// One run more.
    pub fn add(&mut self, residents: u64, outcome: Outcome) {
        self.measured.entry(residents).or_default().push(outcome);
    }

    /// The last run with so many residents.
    pub fn last(&self, residents: u64) -> Option<Outcome> {
        self.measured.get(&residents)?.last().copied()
    }

    /// Runs so far.
    pub fn runs(&self, residents: u64) -> usize {
        self.measured.get(&residents).map_or(0, Vec::len)
    }

    /// The median of seconds with so many residents.
    fn seconds(&self, residents: u64, by: By) -> Option<f64> {
        let mut runs: Vec<f64> = self.measured.get(&residents)?.iter().map(|outcome| by.seconds(outcome)).collect();
        runs.sort_by(f64::total_cmp);
        runs.get(runs.len() / 2).copied()
    }

    /// Seconds on the clock that this size would take, in proportion to the largest size so far; none known, none feared.
    pub fn foreseen(&self, residents: u64) -> f64 {
        let Some((&before, _)) = self.measured.range(..residents).next_back() else { return 0.0 };
        self.seconds(before, By::Clock).map_or(0.0, |seconds| seconds * residents as f64 / before as f64)
    }

    /// The largest size that it lived, and the seconds that this took.
    fn largest(&self, by: By) -> Option<(u64, f64)> {
        let &size = self.measured.keys().next_back()?;
        Some((size, self.seconds(size, by)?))
    }

    /// Part of the time on the clock during which a run had a processor.
    fn had_a_processor(&self) -> impl Iterator<Item = f64> {
        self.measured.values().flatten().map(|outcome| outcome.spent.processor / outcome.spent.seconds)
    }
}

/// Seconds by size; tie updates a second at the largest size that a program lived; and how long it takes at the largest size
/// that the full model lived too, against that at its quickest.
pub fn table(rows: &[Row], sizes: &[u64], by: By) -> String {
    let what = match by {
        By::Clock => "seconds for a year of",
        By::Processor => "processor seconds for a year of",
    };
    let mut text = format!("| {what} |");
    for size in sizes {
        let _ = write!(text, " {} residents |", thousands(*size));
    }
    text += " million tie updates a second | times the full model |\n|---|";
    text += &"---:|".repeat(sizes.len() + 2);
    text.push('\n');
    let full = |size| {
        let all = rows.iter().filter(|row| row.rival.is_full_model()).filter_map(|row| row.seconds(size, by));
        all.min_by(f64::total_cmp)
    };
    for row in rows {
        let _ = write!(text, "| {} |", row.rival.name);
        for size in sizes {
            let _ = write!(text, " {} |", cell(row.seconds(*size, by)));
        }
        let largest = row.largest(by);
        let updates = largest
            .filter(|_| !row.rival.is_full_model())
            .map(|(size, seconds)| (size * GIVEN) as f64 * f64::from(WEEKS) / seconds / 1e6);
        let both = sizes.iter().rev().find_map(|size| Some(row.seconds(*size, by)? / full(*size)?));
        let _ = writeln!(text, " {} | {} |", cell(updates), cell(both));
    }
    let note = machine(std::thread::available_parallelism().map_or(1, Into::into));
    let _ = write!(text, "\n{}, {} threads; {}", note.processor, note.threads, versions(rows));
    let one_thread: Vec<f64> =
        rows.iter().filter(|row| row.rival.is_on_one_thread()).flat_map(Row::had_a_processor).collect();
    let had = one_thread.iter().sum::<f64>() / one_thread.len() as f64;
    if had < 0.9 {
        let _ = write!(
            text,
            ". The machine was busy: programs of one thread had a processor for {:.0} % of their time",
            100.0 * had
        );
    }
    text + ".\n"
}

fn cell(value: Option<f64>) -> String {
    value.map_or_else(|| "-".to_owned(), figures)
}

/// Two figures that matter.
fn figures(value: f64) -> String {
    match value {
        ..0.095 => format!("{value:.3}"),
        ..0.95 => format!("{value:.2}"),
        ..9.5 => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    }
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let groups: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(",")
}

/// Of the frameworks that took part and what they calculate with, from the files that pin them.
fn versions(rows: &[Row]) -> String {
    let of_crate = |name: &str| {
        let after = LOCK.split(&format!("name = \"{name}\"\nversion = \"")).nth(1)?;
        Some(format!("{name} {}", after.split('"').next()?))
    };
    let mut all: Vec<String> = ["noaber", "ixa", "krabmaga"].into_iter().filter_map(of_crate).collect();
    for (environment, file) in PYTHON {
        let takes_part = |row: &Row| matches!(row.rival.how, How::Python(own, ..) if own == environment);
        let pinned: Vec<String> =
            file.lines().filter(|line| line.contains("==")).map(|line| line.replace("==", " ")).collect();
        if rows.iter().any(takes_part) {
            all.push(format!("({})", pinned.join(", ")));
        }
    }
    all.join(", ")
}

/// Puts the table between its marks in the README.
pub fn write(table: &str) -> Result<(), String> {
    let readme = fs::read_to_string(README).map_err(|why| format!("{README} cannot be read: {why}"))?;
    let around = readme.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) = around.ok_or_else(|| format!("{README} has no place for the table: {BEGIN}{END}"))?;
    fs::write(README, format!("{before}{BEGIN}\n{table}\n{END}{after}"))
        .map_err(|why| format!("{README} cannot be written: {why}"))
}
