//! The resolved copy: every value in force as TOML that can be read again, each line with where it came from.

use std::fmt::Write as _;

use super::document::{Node, Table, Value};
use super::fault::Sources;

/// Writes a completed document.
pub(super) fn write(document: &Table, sources: &Sources) -> String {
    let mut out = String::from("# Every value in force, and where it came from.\n");
    table(document, "", sources, &mut out);
    out
}

fn table(from: &Table, path: &str, sources: &Sources, out: &mut String) {
    let is_table = |node: &Node| matches!(node.value, Value::Table(_));
    for entry in from.0.iter().filter(|entry| !is_table(&entry.node)) {
        if entry.node.value == Value::Drawn {
            let _ = writeln!(out, "# {} is drawn for each replication: see parameters.csv", entry.key);
            continue;
        }
        let origin = sources.brief(entry.node.at);
        let _ = writeln!(out, "{} = {} # {origin}", entry.key, value(&entry.node.value));
    }
    for entry in &from.0 {
        let Value::Table(inner) = &entry.node.value else { continue };
        let path = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", entry.key) };
        // A table that holds only tables is there by its children; an empty one must be named to be there.
        if inner.0.is_empty() || inner.0.iter().any(|entry| !is_table(&entry.node)) {
            let _ = writeln!(out, "\n[{path}]");
        }
        table(inner, &path, sources, out);
    }
}

fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => toml::Value::String(text.clone()).to_string(),
        Value::Whole(number) => number.to_string(),
        // Debug keeps the point, so that 5.0 stays a number with a fraction.
        Value::Number(number) => format!("{number:?}"),
        Value::Flag(flag) => flag.to_string(),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(|item| self::value(&item.value)).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Table(_) | Value::Other(_) | Value::Refused | Value::Drawn => "\"\"".to_owned(),
    }
}
