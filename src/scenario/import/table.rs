//! A published file as a table of regions: StatLine's text or the yearly workbook, whatever the separator or encoding.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader as _, Sheets, open_workbook_auto_from_rs};

use super::columns::{Columns, Figure, Sort};
use super::lines::{bytes_of, cell_at, decoded, end_of_line, lines, records};
use crate::scenario::fault::{At, Fault};

/// Rows above the header that are looked through; some copies have a title there.
const MOST_TITLES: usize = 12;
/// What the geographical editions write for a figure that is not published.
const NOT_PUBLISHED: f64 = -99_990.0;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Missing,
    Number(f64),
    /// Something that cannot be such a figure.
    Wrong(String),
}

/// One region.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// Code such as BU05183617, in capitals.
    pub code: String,
    /// Its name, or nothing.
    pub name: String,
    /// Name of its municipality, or nothing.
    pub municipality: String,
    /// Line of the text, or row of the sheet, from 1.
    pub line: usize,
    start: usize,
    cells: Vec<Cell>,
}

impl Row {
    /// A figure, if it is given.
    pub(super) fn get(&self, figure: Figure) -> Option<f64> {
        match self.cells.get(figure as usize) {
            Some(Cell::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// Cells that hold something else than such a figure.
    pub(super) fn wrong(&self) -> impl Iterator<Item = (Figure, &str)> {
        Figure::ALL.iter().zip(&self.cells).filter_map(|((figure, ..), cell)| match cell {
            Cell::Wrong(text) => Some((*figure, text.as_str())),
            _ => None,
        })
    }
}

/// The whole file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Table {
    /// Names of columns.
    pub header: Vec<String>,
    /// Which holds what.
    pub columns: Columns,
    /// Regions in the order of the file.
    pub rows: Vec<Row>,
    /// How many bytes were no UTF-8 and were read as Windows-1252.
    pub foreign_bytes: usize,
    separator: Option<u8>,
}

/// A file that was read: its table, and its text if it is text.
pub(super) struct Reading {
    pub text: Option<String>,
    pub table: Result<Table, Vec<Fault>>,
}

/// Reads a file of either shape.
pub(super) fn read(path: &Path) -> Reading {
    let shown = path.display();
    let refused = |fault: Fault| Reading { text: None, table: Err(vec![fault]) };
    let bytes = match bytes_of(path) {
        Ok(bytes) => bytes,
        Err(reason) => return refused(Fault::nowhere(format!("`{shown}` cannot be read: {reason}"))),
    };
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return refused(Fault::nowhere(format!("`{shown}` is empty")).help(WHAT_IS_READ));
    }
    let is_archive = bytes.starts_with(b"PK") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    if is_archive {
        return Reading { text: None, table: of_workbook(path, bytes).map_err(|fault| vec![fault]) };
    }
    let Some((text, foreign_bytes)) = decoded(&bytes) else {
        let fault = Fault::nowhere(format!("`{shown}` is no text and no workbook"));
        return refused(fault.help(WHAT_IS_READ));
    };
    let text = text.into_owned();
    let table = of_text(path, &text).map(|table| Table { foreign_bytes, ..table });
    Reading { text: Some(text), table }
}

/// What may be given, for whoever gave something else.
const WHAT_IS_READ: &str = "give the CSV of a StatLine table \"Kerncijfers wijken en buurten\", or the yearly kwb-YYYY.xlsx, \
                            both from www.cbs.nl";

/// Reads text with the separator under which most columns are known.
fn of_text(path: &Path, text: &str) -> Result<Table, Vec<Fault>> {
    let shown = path.display();
    let header_under = |separator: u8| {
        records(text, separator).take(MOST_TITLES).enumerate().find_map(|(nth, record)| {
            let header: Vec<String> = record.ok()?.iter().map(str::to_owned).collect();
            Columns::bind(&header).map(|columns| (separator, nth, header, columns))
        })
    };
    let known = b";,\t|".iter().filter_map(|separator| header_under(*separator));
    let Some((separator, titles, header, columns)) = known.max_by_key(|(.., columns)| columns.found()) else {
        let end = text.lines().next().map_or(0, |line| line.chars().take(80).map(char::len_utf8).sum());
        let at = At { source: 1, end, ..At::DEFAULT };
        let title = format!("`{shown}` is no table of Kerncijfers wijken en buurten");
        let fault = Fault::new(at, title, "no column is known here, such as `Codering_3` or `gwb_code_10`");
        return Err(vec![fault.help(WHAT_IS_READ)]);
    };
    let (mut rows, mut faults, mut odd) = (Vec::new(), Vec::new(), 0);
    for line in lines(text, separator, titles + 1) {
        let (number, start, record) = (line.number, line.start, line.cells);
        if record.len() != header.len() {
            odd += 1;
            if faults.is_empty() {
                let end = end_of_line(text, start);
                let title = format!("line {number} has {} of the {} columns", record.len(), header.len());
                let fault = Fault::new(At { source: 1, start, end, ..At::DEFAULT }, title, "this line is not whole");
                faults.push(fault.help("the file seems cut off or changed; download it again"));
            }
            continue;
        }
        rows.extend(row(&columns, number, start, |column| record.get(column).unwrap_or_default()));
    }
    if let (Some(fault), true) = (faults.first_mut(), odd > 1) {
        fault.help.push(format!("{odd} lines in all are not whole"));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Table { header, columns, rows, foreign_bytes: 0, separator: Some(separator) })
}

/// Reads the sheet of a workbook that holds the figures.
fn of_workbook(path: &Path, bytes: Vec<u8>) -> Result<Table, Fault> {
    let shown = path.display();
    let broken = |what: String| {
        let fault = Fault::nowhere(format!("`{shown}` cannot be read as a workbook: {what}"));
        fault.help("the file seems cut off or is another sort of archive; download it again").help(WHAT_IS_READ)
    };
    let mut book: Sheets<_> =
        open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| broken(error.to_string()))?;
    let names = book.sheet_names();
    let mut seen = Vec::new();
    for name in &names {
        let sheet = book.worksheet_range(name).map_err(|error| broken(error.to_string()))?;
        let first = sheet.start().map_or(0, |(row, _)| row as usize);
        let header = sheet.rows().take(MOST_TITLES).enumerate().find_map(|(nth, cells)| {
            let header: Vec<String> = cells.iter().map(written).collect();
            Columns::bind(&header).map(|columns| (nth, header, columns))
        });
        let Some((nth, header, columns)) = header else {
            let told: Vec<String> = sheet.rows().next().unwrap_or_default().iter().take(3).map(written).collect();
            seen.push(format!("\"{name}\" begins with \"{}\"", told.join("\", \"")));
            continue;
        };
        let rows = sheet.rows().enumerate().skip(nth + 1).filter_map(|(place, cells)| {
            let texts: Vec<String> = cells.iter().map(written).collect();
            row(&columns, first + place + 1, 0, |column| texts.get(column).map_or("", String::as_str))
        });
        let rows = rows.collect();
        return Ok(Table { header, columns, rows, foreign_bytes: 0, separator: None });
    }
    let fault = Fault::nowhere(format!("no sheet of `{shown}` holds Kerncijfers wijken en buurten"));
    let fault =
        fault.help(format!("a sheet with the columns `gwb_code_10`, `a_inw` and so on is wanted; {}", seen.join("; ")));
    Err(fault.help(WHAT_IS_READ))
}

/// What a cell of a sheet says.
fn written(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        other => other.to_string(),
    }
}

/// One region, or nothing for a line without a code.
fn row<'a>(columns: &Columns, line: usize, start: usize, cell: impl Fn(usize) -> &'a str) -> Option<Row> {
    let code = cell(columns.code).trim().to_uppercase();
    if code.is_empty() {
        return None;
    }
    let word = |column: Option<usize>| column.map_or_else(String::new, |column| cell(column).trim().to_owned());
    let cells = Figure::ALL.iter().zip(columns.figures);
    let cells = cells.map(|((_, sort, ..), column)| column.map_or(Cell::Missing, |column| number(cell(column), *sort)));
    let cells = cells.collect();
    // StatLine repeats the code where the workbook has the name.
    let name = Some(word(columns.name)).filter(|name| !name.eq_ignore_ascii_case(&code)).unwrap_or_default();
    Some(Row { name, municipality: word(columns.municipality), line, start, cells, code })
}

/// A figure as it is written: padded, with a point or a comma, and a lone point for what is not published.
fn number(text: &str, sort: Sort) -> Cell {
    let text = text.trim().trim_matches('"').trim();
    if text.is_empty() || text == "." || text == "-" || text.eq_ignore_ascii_case("na") {
        return Cell::Missing;
    }
    match text.replace(',', ".").parse::<f64>() {
        Ok(number) if number <= NOT_PUBLISHED => Cell::Missing,
        Ok(number) if !number.is_finite() || number < 0.0 => Cell::Wrong(text.to_owned()),
        Ok(number) if sort == Sort::Count && (number.fract() != 0.0 || has_thousands(text)) => {
            Cell::Wrong(text.to_owned())
        }
        Ok(number) if sort == Sort::Percentage && number > 100.0 => Cell::Wrong(text.to_owned()),
        Ok(number) => Cell::Number(number),
        Err(_) => Cell::Wrong(text.to_owned()),
    }
}

/// Whether there seems to be a point or comma between thousands: it cannot be told from a decimal, and is not guessed.
fn has_thousands(text: &str) -> bool {
    text.rsplit_once([',', '.']).is_some_and(|(_, behind)| behind.len() == 3)
}

impl Table {
    /// A fault in a cell, or in a whole line: with its line and a caret in a text, in words in a workbook.
    pub(super) fn fault(
        &self,
        text: Option<&str>,
        row: &Row,
        figure: Option<Figure>,
        title: &str,
        label: &str,
    ) -> Fault {
        let column = figure.and_then(|figure| self.columns.of(figure));
        let (Some(text), Some(separator)) = (text, self.separator) else {
            let place = column.and_then(|column| self.header.get(column));
            let place = place.map_or_else(String::new, |name| format!(", column `{name}`"));
            return Fault::nowhere(format!("row {}{place}: {title}", row.line)).help(label);
        };
        let (start, end) = column.map_or_else(
            || (row.start, end_of_line(text, row.start)),
            |column| cell_at(text, row.start, separator, column),
        );
        Fault::new(At { source: 1, start, end, ..At::DEFAULT }, title, label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_is_read_as_it_is_published() {
        for (text, sort, wanted) in [
            ("  8245", Sort::Count, Cell::Number(8245.0)),
            ("     2.1", Sort::Number, Cell::Number(2.1)),
            ("2,1", Sort::Number, Cell::Number(2.1)),
            ("       .", Sort::Count, Cell::Missing),
            ("", Sort::Count, Cell::Missing),
            ("-99997", Sort::Count, Cell::Missing),
            ("0", Sort::Count, Cell::Number(0.0)),
            ("8.245", Sort::Count, Cell::Wrong("8.245".to_owned())),
            ("3.000", Sort::Count, Cell::Wrong("3.000".to_owned())),
            ("3000.0", Sort::Count, Cell::Number(3000.0)),
            ("Wijk", Sort::Count, Cell::Wrong("Wijk".to_owned())),
            ("130", Sort::Percentage, Cell::Wrong("130".to_owned())),
            ("inf", Sort::Number, Cell::Wrong("inf".to_owned())),
        ] {
            assert_eq!(number(text, sort), wanted, "{text}");
        }
    }
}
