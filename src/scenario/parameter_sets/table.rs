//! The table of parameter sets: comment lines that say who made it, a line of names, a line for each set.
//!
//! It holds numbers alone, so a cell is what stands between two commas, and a fault can point at it.

use super::{ParameterSet, ParameterSets};
use crate::model::parameters::{ParameterInfo, Parameters};
use crate::scenario::fault::{At, Fault, Faults, Sources};
use crate::scenario::keys::parameter_keys;
use crate::scenario::words::nearest;

/// The line that holds the fingerprint begins so.
const FINGERPRINT: &str = "# fingerprint: ";
/// Faults of one table that are worth telling.
const MOST_FAULTS: usize = 20;
/// Columns that are no parameters: the weight, and what the calibration says of the set.
const WEIGHT: &str = "weight";
const DISTANCE: &str = "distance";

/// What a column of the table is.
enum Column {
    Weight,
    Distance,
    Parameter(&'static ParameterInfo),
    Unknown,
}

/// A piece of a line and where it stands.
struct Cell<'a> {
    text: &'a str,
    at: At,
}

fn cells(line: &str, start: usize, source: usize) -> Vec<Cell<'_>> {
    let mut from = start;
    line.split(',')
        .map(|piece| {
            let lead = piece.len() - piece.trim_start().len();
            let text = piece.trim();
            let at = At { layer: 0, source, start: from + lead, end: from + lead + text.len() };
            from += piece.len() + 1;
            Cell { text, at }
        })
        .collect()
}

/// Reads a table; `may_be_empty` when one without a line of names is no fault.
pub(super) fn read(name: &str, text: &str, may_be_empty: bool) -> Result<ParameterSets, Faults> {
    let mut sources = Sources::new();
    let source = sources.add(name.to_owned(), text.to_owned(), true);
    let mut faults = Vec::new();
    let mut fingerprint = None;
    let mut columns: Option<Vec<Column>> = None;
    let mut sets = Vec::new();
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        if let Some(mark) = line.strip_prefix(FINGERPRINT) {
            fingerprint = Some(mark.trim().to_owned());
        } else if !line.starts_with('#') && !line.trim().is_empty() {
            let cells = cells(line, start, source);
            match &columns {
                None => columns = Some(head(&cells, &mut faults)),
                Some(columns) => sets.extend(set(&cells, columns, &mut faults)),
            }
        }
        start += whole.len();
    }
    if sets.is_empty() && faults.is_empty() && !(may_be_empty && columns.is_none()) {
        let fault = Fault::nowhere(format!("`{name}` has no parameter sets"));
        faults
            .push(fault.help("it needs a line of names, such as weight,encounters.per_week, and a line for each set"));
    }
    if !faults.is_empty() {
        faults.truncate(MOST_FAULTS);
        return Err(Faults::new(sources, faults));
    }
    let parameters = columns.iter().flatten().filter_map(|column| match column {
        Column::Parameter(info) => Some(info.key()),
        _ => None,
    });
    Ok(ParameterSets {
        origin: name.to_owned(),
        hash: blake3::hash(text.as_bytes()).to_hex().to_string(),
        fingerprint,
        keys: parameters.collect(),
        sets,
    })
}

/// The line of names.
fn head(cells: &[Cell<'_>], faults: &mut Vec<Fault>) -> Vec<Column> {
    for (nth, cell) in cells.iter().enumerate() {
        if cells[..nth].iter().any(|before| before.text == cell.text) {
            let title = format!("`{}` is there twice", cell.text);
            faults.push(Fault::new(cell.at, title, "leave one out"));
        }
    }
    let column = |cell: &Cell<'_>| match cell.text {
        WEIGHT => Column::Weight,
        DISTANCE => Column::Distance,
        key => {
            if let Some(info) = Parameters::info(key) {
                return Column::Parameter(info);
            }
            let fault = Fault::new(cell.at, format!("there is no parameter `{key}`"), "not known");
            faults.push(match nearest(key, parameter_keys().into_iter()) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault.help("a column is `weight`, `distance`, or the group and name of a parameter"),
            });
            Column::Unknown
        }
    };
    let columns: Vec<Column> = cells.iter().map(column).collect();
    if !columns.iter().any(|column| matches!(column, Column::Parameter(_) | Column::Unknown))
        && let Some(first) = cells.first()
    {
        faults.push(Fault::new(first.at, "the table has no parameter", "names of parameters are missing here"));
    }
    columns
}

/// A line with a set; none when it has faults.
fn set(cells: &[Cell<'_>], columns: &[Column], faults: &mut Vec<Fault>) -> Option<ParameterSet> {
    let before = faults.len();
    if cells.len() != columns.len() {
        let (first, last) = (cells.first()?, cells.last()?);
        let at = At { end: last.at.end, ..first.at };
        let label = format!("{} values", cells.len());
        faults.push(Fault::new(at, format!("this line should have {} values", columns.len()), label));
        return None;
    }
    let mut set = ParameterSet { weight: 1.0, values: Vec::new() };
    for (cell, column) in cells.iter().zip(columns) {
        let Some(number) = cell.text.parse::<f64>().ok().filter(|number| number.is_finite()) else {
            faults.push(Fault::new(cell.at, format!("`{}` is no number", cell.text), "a number is wanted here"));
            continue;
        };
        match column {
            Column::Weight if number > 0.0 => set.weight = number,
            Column::Weight => {
                faults.push(Fault::new(cell.at, format!("a weight of {number}"), "must be more than 0"));
            }
            Column::Parameter(info) => {
                // 0.6 as f32 is a little more than 0.6, which is allowed all the same.
                let inside = (info.low..=info.high).contains(&(number as f32));
                if !inside {
                    let title = format!("`{}` is {number}", info.key());
                    let label = format!("must lie between {} and {} ({})", info.low, info.high, info.unit);
                    faults.push(Fault::new(cell.at, title, label));
                }
                set.values.push(number.clamp(f64::from(info.low), f64::from(info.high)));
            }
            Column::Distance | Column::Unknown => {}
        }
    }
    (faults.len() == before).then_some(set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_is_read_with_its_weights_and_fingerprint() {
        let text = "# made by somebody\n# fingerprint: 0123abcd\nweight,distance,encounters.per_week,ties.fade_weak\n0.25,1.1,4.5,0.01\n0.75,0.9, 3 ,0.02\n";
        let sets = read("sets.csv", text, false).unwrap_or_else(|faults| panic!("{faults}"));
        assert_eq!(sets.fingerprint.as_deref(), Some("0123abcd"));
        assert_eq!(sets.keys, ["encounters.per_week", "ties.fade_weak"]);
        assert_eq!(sets.sets[1], ParameterSet { weight: 0.75, values: vec![3.0, 0.02] });
    }

    #[test]
    fn every_fault_is_told_at_once_and_where() {
        let text = "weight,encounters.per_wek,ties.fade_weak\n0.5,4.5,0.01\n-1,4.5,2\nmany,4.5,0.01\n1,2\n";
        let faults = read("sets.csv", text, false).expect_err("it is full of faults");
        let shown = faults.to_string();
        for part in [
            "there is no parameter `encounters.per_wek`",
            "did you mean `encounters.per_week`?",
            "a weight of -1",
            "`ties.fade_weak` is 2",
            "`many` is no number",
            "this line should have 3 values",
            "sets.csv:5:1",
        ] {
            assert!(shown.contains(part), "{part:?} is missing in\n{shown}");
        }
        assert_eq!(faults.len(), 5);
    }

    #[test]
    fn a_table_without_sets_is_a_fault_unless_it_is_the_one_still_to_be_made() {
        assert!(read("sets.csv", "weight,encounters.per_week\n", false).is_err());
        assert!(read("sets.csv", "", false).is_err());
        assert!(read("plausible", "# Not calibrated yet.\n", true).expect("allowed").sets.is_empty());
    }
}
