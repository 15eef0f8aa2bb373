//! What the command line lays over the files: `--set` and the flags of the design.

use std::collections::BTreeSet;

use super::{Loaded, Loader};
use crate::scenario::Overrides;
use crate::scenario::document::{Entry, Node, Table, Value, parse_value};
use crate::scenario::fault::{At, Fault};
use crate::scenario::keys::is_elements;
use crate::scenario::words::{list, nearest};

/// No key of a scenario has more parts than this; the limit keeps nonsense from nesting without end.
const DEEPEST: usize = 8;

impl Loader {
    /// Lays one `--set` over every scenario.
    pub(in crate::scenario) fn set(&mut self, set: &str, scenarios: &mut [Loaded]) {
        let source = self.sources.add("--set".to_owned(), set.to_owned(), false);
        let all = At { layer: At::SET_LAYER, source, start: 0, end: set.len() };
        let Some((key, value)) = set.split_once('=') else {
            let fault = Fault::new(all, format!("`--set {set}` has no `=`"), "key=value");
            self.faults.push(fault.help("such as --set time.weeks=52"));
            return;
        };
        let start = key.len() + 1;
        let key_at = At { end: key.len(), ..all };
        let keys: Vec<&str> = key.split('.').map(str::trim).collect();
        if keys.len() > DEEPEST || keys.iter().any(|part| part.is_empty()) {
            let fault = Fault::new(key_at, format!("`{key}` is no key"), "names with dots between them");
            self.faults.push(fault.help("such as --set time.weeks=52"));
            return;
        }
        if keys == ["extends"] {
            let fault = Fault::new(key_at, "`extends` cannot be set on the command line", "belongs in a file");
            self.faults.push(fault.help("write it in the scenario's file"));
            return;
        }
        let Some(node) = self.set_value(value, At { start, ..all }) else { return };
        // A key of an element that only some scenarios have, such as a policy, is for those.
        let element = match keys[..] {
            [section, name, _, ..] if is_elements(section) => Some((section, name)),
            _ => None,
        };
        let belongs = |scenario: &Loaded| {
            element.is_none_or(|(section, name)| {
                scenario.document.table(section).is_some_and(|table| table.entry(name).is_some())
            })
        };
        if let Some((section, name)) = element
            && !scenarios.iter().any(belongs)
        {
            let tables = scenarios.iter().filter_map(|scenario| scenario.document.table(section));
            let names: BTreeSet<&str> =
                tables.flat_map(|table| table.0.iter().map(|entry| entry.key.as_str())).collect();
            let fault = Fault::new(key_at, format!("no scenario has `{name}` under `{section}`"), "not there")
                .help(format!("{section} here: {}", list(names.iter().copied())));
            self.faults.push(match nearest(name, names.into_iter()) {
                Some(near) => fault.help(format!("did you mean `{section}.{near}`?")),
                None => fault,
            });
            return;
        }
        for scenario in scenarios.iter_mut() {
            if belongs(scenario) {
                scenario.document.lay_over(nest(&keys, key_at, node.clone()));
            }
        }
    }

    fn set_value(&mut self, value: &str, at: At) -> Option<Node> {
        match parse_value(value.trim(), at.source, at.layer, at.start + (value.len() - value.trim_start().len())) {
            Ok(node) => Some(node),
            // Quotes are a nuisance in a shell, so a bare word is text.
            Err(_) if !value.trim_start().starts_with(['[', '{', '"', '\'']) => {
                Some(Node { at, value: Value::Text(value.trim().to_owned()) })
            }
            Err(fault) => {
                self.faults.push(fault);
                None
            }
        }
    }

    /// Lays `--weeks` and its like over every scenario.
    pub(in crate::scenario) fn flags(&mut self, overrides: &Overrides, scenarios: &mut [Loaded]) {
        let flags = [
            ("--weeks", "weeks", overrides.weeks.map(u64::from)),
            ("--burn-in", "burn_in_weeks", overrides.burn_in.map(u64::from)),
            ("--replications", "replications", overrides.replications.map(u64::from)),
            ("--seed", "seed", overrides.seed),
        ];
        for (flag, key, value) in flags {
            let Some(number) = value else { continue };
            let text = format!("{flag} {number}");
            let at = At { layer: At::FLAG_LAYER, source: 0, start: flag.len() + 1, end: text.len() };
            let at = At { source: self.sources.add(flag.to_owned(), text, false), ..at };
            let value = i64::try_from(number).map_or(Value::Other("a whole number too large to hold"), Value::Whole);
            for scenario in scenarios.iter_mut() {
                scenario.document.lay_over(nest(&["time", key], at, Node { at, value: value.clone() }));
            }
        }
    }
}

/// A document that holds one value under a dotted key.
fn nest(keys: &[&str], at: At, node: Node) -> Table {
    let mut node = node;
    for (depth, key) in keys.iter().enumerate().rev() {
        let table = Table(vec![Entry { key: (*key).to_owned(), key_at: at, node }]);
        if depth == 0 {
            return table;
        }
        node = Node { at, value: Value::Table(table) };
    }
    Table::default()
}
