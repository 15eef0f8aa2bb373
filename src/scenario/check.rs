//! Holds a document against the table of keys: refuses what is unknown, of a wrong type or out of range, and fills in
//! every default, so that what comes out says everything.

mod refusal;

use super::document::{Entry, Table, Value};
use super::fault::{At, Fault};
use super::keys::{Field, Kind, Presence, Scalar, Section, policy_fields, policy_kinds, root};
use super::place_defaults::{default, ordinary};
use super::words::{list, nearest, other_unit};
use crate::model::quantities::PlaceKind;
use refusal::{Refusal, join, not_a_choice, out_of_range, range, wanted};

/// Names that may be referred to, and those that were switched off.
#[derive(Debug, Default)]
struct Names {
    here: Vec<(Section, String)>,
    off: Vec<(Section, String)>,
}

struct Checker {
    names: Names,
    faults: Vec<Fault>,
    own: At,
}

/// Checks a merged document and completes it with every default. `own` is the beginning of the scenario's own file.
pub(super) fn check(document: &mut Table, own: At) -> Vec<Fault> {
    check_district(document, own, At { source: own.source, ..At::DEFAULT })
}

/// The same for one of several neighbourhoods, of which what is missing is told at `place`.
pub(super) fn check_district(document: &mut Table, own: At, place: At) -> Vec<Fault> {
    let mut checker = Checker { names: Names::default(), faults: Vec::new(), own };
    checker.switch_off(document);
    for section in Section::ALL {
        for entry in document.table(section.key()).iter().flat_map(|table| &table.0) {
            checker.names.here.push((section, entry.key.clone()));
        }
    }
    checker.table(document, root(), "", place);
    checker.faults
}

/// Checks a document of another sort against its own keys, and completes it.
pub(super) fn check_as(document: &mut Table, fields: &[Field], own: At) -> Vec<Fault> {
    let mut checker = Checker { names: Names::default(), faults: Vec::new(), own };
    checker.table(document, fields, "", At { source: own.source, ..At::DEFAULT });
    checker.faults
}

impl Checker {
    /// Takes out the elements that say `enabled = false`.
    fn switch_off(&mut self, document: &mut Table) {
        for field in root() {
            let section = Section::ALL.into_iter().find(|section| section.key() == field.name);
            if !matches!(field.kind, Kind::Elements(_) | Kind::Policies) {
                continue;
            }
            let Some(entry) = document.0.iter_mut().find(|entry| entry.key == field.name) else { continue };
            let Value::Table(elements) = &mut entry.node.value else { continue };
            elements.0.retain_mut(|element| {
                let Value::Table(table) = &mut element.node.value else { return true };
                let Some(switch) = table.take("enabled") else { return true };
                let Value::Flag(on) = switch.node.value else {
                    let title = format!("`enabled` is {}", switch.node.value.describe());
                    self.faults.push(Fault::new(switch.node.at, title, "true or false"));
                    return true;
                };
                if let (false, Some(section)) = (on, section) {
                    self.names.off.push((section, element.key.clone()));
                }
                on
            });
        }
    }

    /// Checks and completes a table with fixed keys, and puts them in the order of the fields.
    fn table(&mut self, table: &mut Table, fields: &[Field], path: &str, table_at: At) {
        let faulty = self.unknown_keys(table, fields, path);
        for entry in &mut table.0 {
            if let Some(field) = fields.iter().find(|field| field.name == entry.key) {
                self.value(entry, field, &join(path, field.name));
            }
        }
        for field in fields {
            if table.entry(field.name).is_some() {
                continue;
            }
            match field.presence {
                // A key that was misspelt or in another unit is one fault, not two.
                _ if faulty.contains(&field.name) => {}
                Presence::Required => self.missing(field, path, table_at),
                Presence::Default(scalar) => table.0.push(default(field.name, value_of(scalar))),
                Presence::Optional | Presence::ByKind => self.empty_table(table, field, path),
            }
        }
        table.0.retain(|entry| fields.iter().any(|field| field.name == entry.key));
        table.0.sort_by_key(|entry| fields.iter().position(|field| field.name == entry.key));
    }

    /// A table of defaults that was not written at all is there all the same.
    fn empty_table(&mut self, table: &mut Table, field: &Field, path: &str) {
        let Kind::Table(inner) = field.kind else { return };
        let has_defaults = |field: &Field| match field.kind {
            Kind::Table(fields) => fields.iter().any(|field| matches!(field.presence, Presence::Default(_))),
            _ => matches!(field.presence, Presence::Default(_)),
        };
        // What needs a key that nothing can stand in for is there only when it is written.
        let needs_a_key = inner.iter().any(|field| field.presence == Presence::Required);
        if !needs_a_key && inner.iter().any(has_defaults) {
            let mut own = Table::default();
            self.table(&mut own, inner, &join(path, field.name), At::DEFAULT);
            table.0.push(default(field.name, Value::Table(own)));
        }
    }

    /// Refuses unknown keys; gives back the fields that were probably meant.
    fn unknown_keys(&mut self, table: &Table, fields: &[Field], path: &str) -> Vec<&'static str> {
        let mut meant = Vec::new();
        for entry in &table.0 {
            if fields.iter().any(|field| field.name == entry.key) {
                continue;
            }
            let free = || fields.iter().map(|field| field.name).filter(|name| table.entry(name).is_none());
            let within = if path.is_empty() { String::new() } else { format!(" in `[{path}]`") };
            let fault = if let Some(name) = other_unit(&entry.key, free()) {
                meant.push(name);
                let title = format!("`{}`{within} has another unit than expected", entry.key);
                Fault::new(entry.key_at, title, format!("the unit here is `{name}`"))
                    .help(format!("convert the number and write `{name}`"))
            } else {
                let fault = Fault::new(entry.key_at, format!("unknown key `{}`{within}", entry.key), "unknown key");
                let names = fields.iter().map(|field| field.name);
                match nearest(&entry.key, names) {
                    Some(name) => {
                        meant.push(name);
                        fault.help(format!("did you mean `{name}`?"))
                    }
                    None => fault,
                }
            };
            self.faults.push(fault.help(format!("allowed: {}", list(fields.iter().map(|field| field.name)))));
        }
        meant
    }

    fn missing(&mut self, field: &Field, path: &str, table_at: At) {
        let (title, at) = if path.is_empty() {
            // Titles are each file's own; all else may come from the file it extends.
            let at = if field.name == "title" { At { layer: 0, ..self.own } } else { table_at };
            (format!("`{}` is missing", field.name), at)
        } else {
            (format!("`[{path}]` has no `{}`", field.name), table_at)
        };
        let what = match field.kind {
            Kind::Table(_) | Kind::Shares(_) => format!("add a table `[{}]`", join(path, field.name)),
            Kind::Elements(_) | Kind::Policies => format!("add at least one `[{}.NAME]`", join(path, field.name)),
            _ => format!("add `{} = {}`", field.name, wanted(field.kind)),
        };
        self.faults
            .push(Fault::new(at, title, format!("needs `{}`", field.name)).help(format!("{what}: {}", field.meaning)));
    }

    fn value(&mut self, entry: &mut Entry, field: &Field, path: &str) {
        let Entry { key_at, node, .. } = entry;
        let refusal = match (field.kind, &mut node.value) {
            (Kind::Text, Value::Text(_))
            | (Kind::Flag, Value::Flag(_))
            | (Kind::Open, Value::Table(_))
            | (_, Value::Refused) => None,
            (Kind::Whole(low, high), Value::Whole(number)) => (!(low..=high).contains(number))
                .then(|| out_of_range(path, &number.to_string(), &low.to_string(), &high.to_string())),
            (Kind::Number(low, high), Value::Whole(number)) => range(path, *number as f64, low, high),
            (Kind::Number(low, high), Value::Number(number)) => range(path, *number, low, high),
            (Kind::Choice(choices), Value::Text(text)) => not_a_choice(path, text, &choices()),
            (Kind::Choices(choices), Value::List(items)) => {
                let choices = choices();
                for item in items.iter() {
                    let refusal = match &item.value {
                        Value::Text(text) => not_a_choice(path, text, &choices),
                        other => Some((
                            format!("`{path}` holds {}", other.describe()),
                            "a word in \"quotes\"".to_owned(),
                            Vec::new(),
                        )),
                    };
                    self.refuse(item.at, refusal);
                }
                None
            }
            (Kind::Reference(section), Value::Text(text)) => self.dangling(path, section, text),
            (Kind::Table(fields), Value::Table(table)) => {
                self.table(table, fields, path, *key_at);
                None
            }
            (Kind::Shares(fields), Value::Table(table)) => {
                self.table(table, fields, path, *key_at);
                self.shares(table, fields.len(), path, *key_at);
                None
            }
            (Kind::Elements(fields), Value::Table(table)) => {
                self.elements(table, fields, path);
                None
            }
            (Kind::Policies, Value::Table(table)) => {
                self.policies(table, path);
                None
            }
            (kind, value) => {
                let title = format!("`{path}` is {}", value.describe());
                Some((title, format!("wants {}", wanted(kind)), vec![field.meaning.to_owned()]))
            }
        };
        let refusal = refusal.map(|(title, label, mut help)| {
            if matches!(field.kind, Kind::Whole(..) | Kind::Number(..)) && help.is_empty() {
                help.push(field.meaning.to_owned());
            }
            (title, label, help)
        });
        if refusal.is_some() {
            node.value = Value::Refused;
        }
        let at = if matches!(node.at, At { start: 0, end: 0, .. }) { *key_at } else { node.at };
        self.refuse(at, refusal);
    }

    fn refuse(&mut self, at: At, refusal: Option<Refusal>) {
        if let Some((title, label, help)) = refusal {
            self.faults.push(Fault { title, at: Some(at), label, help });
        }
    }

    fn dangling(&self, path: &str, section: Section, name: &str) -> Option<Refusal> {
        let known = || self.names.here.iter().filter(|(of, _)| *of == section).map(|(_, name)| name.as_str());
        if known().any(|here| here == name) {
            return None;
        }
        let one = section.one();
        let title = format!("`{path}` names the {one} \"{name}\", which is not there");
        let mut help = Vec::new();
        if self.names.off.iter().any(|(of, off)| *of == section && off == name) {
            help.push(format!("the {one} \"{name}\" is switched off by `enabled = false`; switch this one off too"));
        } else if let Some(near) = nearest(name, known()) {
            help.push(format!("did you mean \"{near}\"?"));
        }
        help.push(match list(known()) {
            empty if empty.is_empty() => format!("there is no {one} at all; add `[{}.{name}]`", section.key()),
            names => format!("{} here: {names}", section.key()),
        });
        Some((title, format!("no such {one}"), help))
    }

    /// Shares must add up to one; a deviation by rounding is taken away later.
    fn shares(&mut self, table: &Table, wanted: usize, path: &str, table_at: At) {
        let numbers: Option<Vec<f64>> = table.0.iter().map(|entry| table.number(&entry.key)).collect();
        let Some(numbers) = numbers else { return };
        let sum: f64 = numbers.iter().sum();
        if numbers.len() < wanted || (sum - 1.0).abs() <= 0.005 {
            return;
        }
        let latest = table.0.iter().map(|entry| entry.node.at).max_by_key(|at| at.layer);
        let at = latest.filter(|at| at.layer > table_at.layer).unwrap_or(table_at);
        let members: Vec<String> =
            table.0.iter().zip(&numbers).map(|(entry, number)| format!("{} {number}", entry.key)).collect();
        let sum = (sum * 1e4).round() / 1e4;
        let fault =
            Fault::new(at, format!("the shares of `[{path}]` add up to {sum}, not to 1"), format!("adds up to {sum}"));
        self.faults.push(
            fault
                .help(members.join(" + "))
                .help("change them so that together they are 1; a rounding error up to 0.005 is allowed"),
        );
    }

    fn elements(&mut self, elements: &mut Table, fields: &[Field], path: &str) {
        for entry in &mut elements.0 {
            let Some(inner) = self.element(entry, path) else { continue };
            let Value::Table(table) = &mut entry.node.value else { continue };
            let mut whole = brought_along(path, table);
            let by_kind = !whole.0.is_empty();
            whole.lay_over(std::mem::take(table));
            *table = whole;
            self.table(table, fields, &inner, entry.key_at);
            let kind_is_wrong = table.text("kind").is_none() && table.text("form").is_none();
            if by_kind || kind_is_wrong {
                continue;
            }
            for field in fields.iter().filter(|field| field.presence == Presence::ByKind) {
                if table.entry(field.name).is_none() {
                    self.missing(field, &inner, entry.key_at);
                }
            }
        }
    }

    /// The path of an element, if it is one and its name can be used in tables and files.
    fn element(&mut self, entry: &Entry, path: &str) -> Option<String> {
        let sane = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
        if entry.key.is_empty() || !entry.key.chars().all(sane) {
            let fault =
                Fault::new(entry.key_at, format!("\"{}\" is no name for one of `{path}`", entry.key), "a plain name");
            self.faults.push(fault.help("letters a-z, digits, - and _"));
            return None;
        }
        if !matches!(entry.node.value, Value::Table(_)) {
            let title = format!("`{path}.{}` is {}", entry.key, entry.node.value.describe());
            self.faults
                .push(Fault::new(entry.key_at, title, "wants a table").help(format!("write `[{path}.{}]`", entry.key)));
            return None;
        }
        Some(join(path, &entry.key))
    }

    fn policies(&mut self, policies: &mut Table, path: &str) {
        for entry in &mut policies.0 {
            let Some(inner) = self.element(entry, path) else { continue };
            let Value::Table(table) = &mut entry.node.value else { continue };
            let kind_only = [Field {
                name: "kind",
                kind: Kind::Choice(policy_kinds),
                presence: Presence::Required,
                meaning: "what the policy does",
            }];
            match table.text("kind").and_then(policy_fields) {
                Some(mut fields) => {
                    promise(&mut fields, table);
                    self.table(table, &fields, &inner, entry.key_at);
                }
                None => match table.0.iter_mut().find(|entry| entry.key == "kind") {
                    Some(kind) => self.value(kind, &kind_only[0], &join(&inner, "kind")),
                    None => self.missing(&kind_only[0], &inner, entry.key_at),
                },
            }
        }
    }
}

/// Who is given a home for what they will do promises hours; who is given one for what they need may promise none.
fn promise(fields: &mut [Field], policy: &Table) {
    let motivated = policy.text("kind") == Some("allocate-homes") && policy.text("who") != Some("vulnerable");
    for field in fields.iter_mut().filter(|field| motivated && field.name == "hours_per_month") {
        field.presence = Presence::Required;
    }
}

fn value_of(scalar: Scalar) -> Value {
    match scalar {
        Scalar::Text(text) => Value::Text(text.to_owned()),
        Scalar::Whole(number) => Value::Whole(number),
        Scalar::Number(number) => Value::Number(number),
        Scalar::Flag(flag) => Value::Flag(flag),
    }
}

/// What the kind of an element says about it.
fn brought_along(section: &str, table: &Table) -> Table {
    match section {
        "places" => table.text("kind").and_then(PlaceKind::from_key).and_then(ordinary).unwrap_or_default(),
        "buildings" if table.text("form") == Some("houses") => Table(vec![default("floors", Value::Whole(1))]),
        _ => Table::default(),
    }
}
