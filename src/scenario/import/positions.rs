//! Where neighbourhoods lie, from a file that says so: a table with the columns `code`, `x_metres` and `y_metres`.

use std::path::Path;

use super::layout::Spot;
use super::lines::{Line, bytes_of, cell_at, decoded, end_of_line, lines, records};
use super::regions::Level;
use crate::scenario::fault::{At, Fault};
use crate::scenario::words::nearest;

/// The columns that are wanted; others may be there too.
const COLUMNS: [&str; 3] = ["code", "x_metres", "y_metres"];
/// Faults of one file that are worth telling.
const MOST_FAULTS: usize = 20;
/// Codes that are named in one line.
const MOST_NAMED: usize = 5;
/// The furthest from the mean of all that the map of a scenario goes, metres.
const FURTHEST: f64 = 100_000.0;
/// The least that neighbourhoods of one town lie apart, metres; nearer, they are in degrees or kilometres.
const NEAREST: f64 = 100.0;
/// Metres of the Dutch national grid (Rijksdriehoekscoördinaten): to the east from 0, to the north from 300,000.
const NORTH: f64 = 300_000.0;

/// A file of positions.
pub(super) struct Positions {
    text: String,
    separator: u8,
    /// Place of each wanted column.
    columns: [usize; 3],
    rows: Vec<(String, Line)>,
    /// Number of the file among those that faults point at.
    source: usize,
    shown: String,
}

/// Reads a file of positions. Its text, if it is text, is also given to whoever shows the faults.
pub(super) fn read(path: &Path, source: usize) -> (String, Result<Positions, Vec<Fault>>) {
    let shown = path.display().to_string();
    let refused = |what: &str| {
        let fault = Fault::nowhere(format!("`{shown}` {what}")).help(wanted());
        (String::new(), Err(vec![fault]))
    };
    let bytes = match bytes_of(path) {
        Ok(bytes) => bytes,
        Err(reason) => return refused(&format!("cannot be read: {reason}")),
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return refused("is empty");
    }
    let Some((text, _)) = decoded(&bytes) else { return refused("is no text") };
    let text = text.into_owned();
    let read = of_text(&text, source, shown);
    (text, read)
}

fn wanted() -> String {
    format!("a text is wanted with the columns {} and a line for each neighbourhood", COLUMNS.join(","))
}

/// Finds the columns under the separator under which most are known, and the lines.
fn of_text(text: &str, source: usize, shown: String) -> Result<Positions, Vec<Fault>> {
    let header = |separator: u8| -> Vec<String> {
        let first = records(text, separator).next().and_then(Result::ok);
        first.iter().flatten().map(|name| name.trim().to_lowercase()).collect()
    };
    let known = |separator: &u8| header(*separator).iter().filter(|name| COLUMNS.contains(&name.as_str())).count();
    // Of equals the first, for that is what the columns are asked with.
    let separator = b",;\t|".iter().rev().copied().max_by_key(known).unwrap_or(b',');
    let names = header(separator);
    let at = |start: usize, end: usize| At { source, start, end, ..At::DEFAULT };
    let head = at(0, end_of_line(text, 0));
    let mut faults = Vec::new();
    let columns = COLUMNS.map(|wanted| {
        let found: Vec<usize> = (0..names.len()).filter(|nth| names[*nth] == wanted).collect();
        match found.as_slice() {
            [] => {
                let fault = Fault::new(head, format!("there is no column `{wanted}`"), "names of columns");
                let near = nearest(wanted, names.iter().map(String::as_str));
                faults.push(match near {
                    Some(near) => fault.help(format!("is `{near}` meant?")),
                    None => fault.help(self::wanted()),
                });
            }
            [_] => {}
            [_, again, ..] => {
                let (start, end) = cell_at(text, 0, separator, *again);
                faults.push(Fault::new(at(start, end), format!("two columns are called `{wanted}`"), "leave one out"));
            }
        }
        found.first().copied().unwrap_or(0)
    });
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut rows = Vec::new();
    for line in lines(text, separator, 1) {
        if line.cells.len() == names.len() {
            let code = line.cells.get(columns[0]).unwrap_or_default().trim().to_uppercase();
            rows.push((code, line));
            continue;
        }
        let title = format!("line {} has {} of the {} columns", line.number, line.cells.len(), names.len());
        let fault = Fault::new(at(line.start, end_of_line(text, line.start)), title, "this line is not whole");
        faults.push(fault.help(if line.cells.len() > names.len() {
            "a decimal comma needs semicolons between the columns, or write a point"
        } else {
            "the file seems cut off; give each neighbourhood all columns"
        }));
    }
    if !faults.is_empty() {
        return Err(shortened(faults));
    }
    Ok(Positions { text: text.to_owned(), separator, columns, rows, source, shown })
}

/// As many faults as are worth telling, and how many there are.
fn shortened(mut faults: Vec<Fault>) -> Vec<Fault> {
    let more = faults.len().saturating_sub(MOST_FAULTS);
    faults.truncate(MOST_FAULTS);
    if let (Some(last), true) = (faults.last_mut(), more > 0) {
        last.help.push(format!("and {more} more of such faults"));
    }
    faults
}

impl Positions {
    /// The position of each of these neighbourhoods; lines of others are left alone.
    pub(super) fn of(&self, codes: &[&str]) -> Result<Vec<Spot>, Vec<Fault>> {
        let mut faults: Vec<Fault> = self.rows.iter().filter_map(|(code, line)| self.no_code(code, line)).collect();
        let mut missing = Vec::new();
        let mut found: Vec<(&Line, Spot)> = Vec::new();
        for code in codes {
            let mut lines = self.rows.iter().filter(|(known, _)| known == code).map(|(_, line)| line);
            let Some(line) = lines.next() else {
                missing.push(*code);
                continue;
            };
            for again in lines {
                let title = format!("{code} is there twice, first in line {}", line.number);
                faults.push(self.fault(again, 0, title, "here again").help("keep the one that is right"));
            }
            match (self.number(line, 1), self.number(line, 2)) {
                (Ok(x), Ok(y)) => found.push((line, [x, y])),
                (x, y) => faults.extend([x, y].into_iter().filter_map(Result::err)),
            }
        }
        if !missing.is_empty() {
            let named = missing.iter().take(MOST_NAMED).copied().collect::<Vec<_>>().join(", ");
            let more = missing.len().saturating_sub(MOST_NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let (number, all) = (missing.len(), codes.len());
            let title =
                format!("`{}` has no position of {number} of the {all} neighbourhoods: {named}{more}", self.shown);
            faults
                .push(Fault::nowhere(title).help("add a line for each, or leave out --positions and they are assumed"));
        }
        if faults.is_empty() {
            faults.extend(self.unlikely(&found));
        }
        if faults.is_empty() { Ok(found.into_iter().map(|(_, spot)| spot).collect()) } else { Err(shortened(faults)) }
    }

    /// A line that is of no region at all.
    fn no_code(&self, code: &str, line: &Line) -> Option<Fault> {
        let known = Level::of(code).is_some() && code.bytes().skip(2).all(|byte| byte.is_ascii_digit());
        let fault = || self.fault(line, 0, format!("\"{code}\" is no code of a region"), "BU and 8 digits is wanted");
        (!known).then(|| fault().help("take out lines that are of no neighbourhood"))
    }

    fn number(&self, line: &Line, column: usize) -> Result<f64, Fault> {
        let text = line.cells.get(self.columns[column]).unwrap_or_default().trim();
        let number = text.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
        let Some(number) = number else {
            let fault = self.fault(line, column, format!("\"{text}\" is no number"), "a number of metres is wanted");
            return Err(fault.help("without points between thousands, and not empty"));
        };
        // It cannot be told from a decimal, and is not guessed.
        let halves = text.trim_start_matches(['-', '+']).rsplit_once([',', '.']);
        if halves.is_some_and(|(before, behind)| before.len() <= 3 && behind.len() == 3) {
            let title = format!("\"{text}\" may be thousands of metres or a few");
            return Err(self.fault(line, column, title, "which of the two?").help("write whole metres, as 81234"));
        }
        Ok(number)
    }

    /// Positions that cannot be metres of one town.
    fn unlikely(&self, found: &[(&Line, Spot)]) -> Vec<Fault> {
        let Some((first, _)) = found.first() else { return Vec::new() };
        let values = |axis: usize| found.iter().map(move |(_, spot)| spot[axis]);
        let [x, y] = [0, 1].map(|axis| values(axis).sum::<f64>() / found.len() as f64);
        if (0.0..NORTH).contains(&y) && (NORTH..2.1 * NORTH).contains(&x) {
            let title = "the columns x_metres and y_metres seem to be swapped";
            let fault = self.fault(first, 1, title.to_owned(), "further to the east than the national grid goes");
            return vec![fault.help("x is to the east and y to the north; give each its own name")];
        }
        let widest = [0, 1].map(|axis| values(axis).fold(f64::MIN, f64::max) - values(axis).fold(f64::MAX, f64::min));
        if found.len() > 1 && widest.iter().all(|width| *width < NEAREST) {
            let title = format!("all {} neighbourhoods lie within {NEAREST} metres of each other", found.len());
            let fault = self.fault(first, 1, title, "metres are wanted, and no degrees or kilometres");
            return vec![fault.help("give coordinates of the national grid, or metres from any point")];
        }
        let mut faults = Vec::new();
        for (nth, (line, spot)) in found.iter().enumerate() {
            for (axis, mean) in [x, y].into_iter().enumerate() {
                let away = (spot[axis] - mean).abs().round();
                if away > FURTHEST {
                    let title = format!("this is {away} metres from the mean of all neighbourhoods");
                    let fault = self.fault(line, axis + 1, title, &format!("up to {FURTHEST} is allowed"));
                    faults.push(fault.help("metres are wanted, of neighbourhoods of one town"));
                }
            }
            if let Some((other, _)) = found[..nth].iter().find(|(_, other)| other == spot) {
                let title = format!("this neighbourhood lies where that of line {} lies", other.number);
                faults
                    .push(self.fault(line, 1, title, "the same place").help("give each the middle of its own ground"));
            }
        }
        faults
    }

    fn fault(&self, line: &Line, column: usize, title: String, label: &str) -> Fault {
        let (start, end) = cell_at(&self.text, line.start, self.separator, self.columns[column]);
        // What ends a line is no part of its last cell.
        let end = start + self.text[start..end].trim_end().len();
        Fault::new(At { source: self.source, start, end, ..At::DEFAULT }, title, label)
    }
}
