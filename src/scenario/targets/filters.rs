//! `where` and `relative_to`: which residents a figure is about, resolved to places of columns.

use super::{Filter, Group, Wanted};
use crate::observation::{ColumnInfo, RESIDENT_COLUMNS};
use crate::scenario::document::{Entry, Node, Table, Value};
use crate::scenario::fault::Fault;
use crate::scenario::words::{list, nearest};

/// The residents that a table describes; what is wrong with it goes to the faults.
pub(super) fn group(table: &Table, neighbourhoods: &[String], faults: &mut Vec<Fault>) -> Group {
    let mut group = Group::default();
    for entry in &table.0 {
        if entry.key == "neighbourhood" {
            group.neighbourhoods.extend(places(entry, neighbourhoods, faults));
        } else if let Some(filter) = filter(entry, faults) {
            group.filters.push(filter);
        }
    }
    group
}

/// One value, or each of a list.
fn items(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(items) => items,
        _ => std::slice::from_ref(node),
    }
}

fn places(entry: &Entry, neighbourhoods: &[String], faults: &mut Vec<Fault>) -> Vec<usize> {
    let mut found = Vec::new();
    for item in items(&entry.node) {
        let Value::Text(name) = &item.value else {
            let title = format!("`neighbourhood` is {}", item.value.describe());
            faults.push(Fault::new(item.at, title, "wants the name of a neighbourhood"));
            continue;
        };
        match neighbourhoods.iter().position(|known| known == name) {
            Some(place) => found.push(place),
            None => faults.push(
                Fault::new(item.at, format!("there is no neighbourhood \"{name}\""), "not there")
                    .help(format!("neighbourhoods here: {}", list(neighbourhoods.iter().map(String::as_str)))),
            ),
        }
    }
    found
}

fn filter(entry: &Entry, faults: &mut Vec<Fault>) -> Option<Filter> {
    let column = |name: &str| RESIDENT_COLUMNS.iter().position(|column| column.name == name);
    let with = |ending: &str| entry.key.strip_suffix(ending).and_then(column);
    let (column, wanted) = if let Some(place) = column(&entry.key) {
        (place, equal(entry, &RESIDENT_COLUMNS[place], faults)?)
    } else if let Some(place) = with("_from") {
        (place, Wanted::From(bound(entry, place, faults)?))
    } else if let Some(place) = with("_below") {
        (place, Wanted::Below(bound(entry, place, faults)?))
    } else {
        let name = entry.key.trim_end_matches("_from").trim_end_matches("_below");
        let mut fault =
            Fault::new(entry.key_at, format!("`{}` is no column of the resident table", entry.key), "unknown");
        if let Some(near) = nearest(name, RESIDENT_COLUMNS.iter().map(|column| column.name)) {
            fault = fault.help(format!("did you mean `{near}`?"));
        }
        faults.push(fault.help(
            "a column of residents.csv, with `_from` or `_below` behind its name for a range, or `neighbourhood`",
        ));
        return None;
    };
    Some(Filter { column, wanted })
}

/// The words that may stand in a column; none in a column of numbers.
fn words(column: &ColumnInfo) -> Option<Vec<&'static str>> {
    (column.unit == "word").then(|| column.range.split(", ").collect())
}

fn number(node: &Node) -> Option<f64> {
    match node.value {
        Value::Number(number) => Some(number),
        Value::Whole(number) => Some(number as f64),
        Value::Flag(flag) => Some(f64::from(u8::from(flag))),
        _ => None,
    }
}

fn bound(entry: &Entry, place: usize, faults: &mut Vec<Fault>) -> Option<f64> {
    let column = &RESIDENT_COLUMNS[place];
    let number = if words(column).is_none() { number(&entry.node) } else { None };
    if number.is_none() {
        let title = format!("`{}` is {}", entry.key, entry.node.value.describe());
        let help = format!("`{}`: {}; {}", column.name, column.meaning, column.range);
        faults.push(Fault::new(entry.node.at, title, "a bound wants a number, of a column of numbers").help(help));
    }
    number
}

fn equal(entry: &Entry, column: &ColumnInfo, faults: &mut Vec<Fault>) -> Option<Wanted> {
    let words = words(column);
    let (mut texts, mut numbers) = (Vec::new(), Vec::new());
    let before = faults.len();
    for item in items(&entry.node) {
        match (&item.value, &words) {
            (Value::Text(word), Some(words)) if words.contains(&word.as_str()) => texts.push(word.clone()),
            (_, None) if number(item).is_some() => numbers.extend(number(item)),
            (value, _) => {
                let title = format!("`{}` is {}", entry.key, value.describe());
                let label = if words.is_some() { "no word of this column" } else { "wants a number" };
                let help = format!("`{}`: {}; allowed: {}", column.name, column.meaning, column.range);
                faults.push(Fault::new(item.at, title, label).help(help));
            }
        }
    }
    if faults.len() > before {
        return None;
    }
    Some(if words.is_some() { Wanted::Words(texts) } else { Wanted::Numbers(numbers) })
}
