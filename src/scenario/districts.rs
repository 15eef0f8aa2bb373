//! The districts of a town: each is a whole neighbourhood, what it says itself laid over what is said of all.
//!
//! What a later file, `--set` or a flag says of all lies over what an earlier file says of one district.

use super::build;
use super::check;
use super::document::{Entry, Node, Table, Value};
use super::fault::{At, Fault};
use super::keys::{DISTRICTS, is_elements};
use super::plausible;

/// Name of the table.
pub(super) const SECTION: &str = "districts";
/// What a district says of itself alone, and not of the neighbourhood that it is.
const OWN: [&str; 4] = ["x_metres", "y_metres", "title", "description"];

/// A district with its own document, complete.
#[derive(Debug, Clone)]
pub(super) struct District {
    pub key: String,
    /// Dutch, English.
    pub title: Option<[String; 2]>,
    /// Metres to the east and to the north.
    pub at: Option<[f64; 2]>,
    pub document: Table,
}

/// Takes a document apart into whole neighbourhoods and checks each; none when it has no districts.
///
/// What is left in `document` is what all have in common, complete, with what each district has beside it.
pub(super) fn check(document: &mut Table, own: At, faults: &mut Vec<Fault>) -> Vec<District> {
    let Some(mut districts) = document.take(SECTION) else { return Vec::new() };
    let before = faults.len();
    if let Value::Table(all) = &mut districts.node.value {
        leave_out(all, faults);
    }
    let mut made = Vec::new();
    let mut checked = Table::default();
    for entry in taken_apart(&districts) {
        let mut alone = Table(vec![entry]);
        let found = check::check_as(&mut alone, DISTRICTS, own);
        let table = alone.table(SECTION).cloned().unwrap_or_default();
        if found.is_empty() {
            made.extend(table.elements().map(|(entry, said)| district(document, entry, said, own, faults)));
        }
        // What is misspelt is one fault, and not another for what is therefore missing.
        faults.extend(found);
        checked.0.extend(table.0);
    }
    faults.extend(plausible::check_town(&made.iter().map(|district| &district.document).collect::<Vec<_>>()));
    some_on_the_map(&checked, &made, faults);
    let places: Vec<(Entry, Vec<Entry>)> =
        checked.elements().map(|(entry, said)| (entry.clone(), kept(said, &OWN))).collect();
    if faults.len() == before && !made.is_empty() {
        *document = factored(&made, places);
    }
    made
}

/// The table of districts once for each of them.
fn taken_apart(districts: &Entry) -> Vec<Entry> {
    let Value::Table(all) = &districts.node.value else { return vec![districts.clone()] };
    let one = |entry: &Entry| {
        let node = Node { at: districts.node.at, value: Value::Table(Table(vec![entry.clone()])) };
        Entry { node, ..districts.clone() }
    };
    all.0.iter().map(one).collect()
}

/// The whole of one district, checked.
fn district(all: &Table, entry: &Entry, said: &Table, own: At, faults: &mut Vec<Fault>) -> District {
    let mut document = together(all, said);
    let own = At { layer: own.layer, ..entry.key_at };
    faults.extend(check::check_district(&mut document, own, entry.key_at));
    faults.extend(plausible::check_district(&document));
    let [x, y] = ["x_metres", "y_metres"].map(|key| said.number(key));
    if x.is_some() != y.is_some() {
        let title = format!("`districts.{}` is only half on the map", entry.key);
        let fault = Fault::new(entry.key_at, title, "wants x_metres and y_metres");
        faults.push(fault.help("give both, or neither"));
    }
    let title = build::pair(said.table("title"));
    District { key: entry.key.clone(), title, at: x.zip(y).map(|(x, y)| [x, y]), document }
}

/// Takes out the districts that say `enabled = false`.
fn leave_out(districts: &mut Table, faults: &mut Vec<Fault>) {
    districts.0.retain_mut(|entry| {
        let Value::Table(said) = &mut entry.node.value else { return true };
        let Some(switch) = said.take("enabled") else { return true };
        if let Value::Flag(on) = switch.node.value {
            return on;
        }
        let title = format!("`enabled` is {}", switch.node.value.describe());
        faults.push(Fault::new(switch.node.at, title, "true or false"));
        true
    });
}

/// Either all districts have a place on the map or none.
fn some_on_the_map(table: &Table, districts: &[District], faults: &mut Vec<Fault>) {
    if districts.iter().all(|district| district.at.is_none()) {
        return;
    }
    for district in districts.iter().filter(|district| district.at.is_none()) {
        let Some(entry) = table.entry(&district.key) else { continue };
        if let Value::Table(said) = &entry.node.value
            && !kept(said, &OWN[..2]).is_empty()
        {
            continue;
        }
        let title = format!("`districts.{}` is not on the map and others are", district.key);
        let fault = Fault::new(entry.key_at, title, "wants x_metres and y_metres");
        faults.push(fault.help("give every district a place on the map, or none"));
    }
}

/// The entries with one of these keys.
fn kept(table: &Table, keys: &[&str]) -> Vec<Entry> {
    table.0.iter().filter(|entry| keys.contains(&entry.key.as_str())).cloned().collect()
}

/// What is said of all with what is said of one laid over it; what was said later holds, and of what was said in one
/// file that of the one.
fn together(all: &Table, one: &Table) -> Table {
    let mut whole = all.clone();
    for entry in one.0.iter().filter(|entry| !OWN.contains(&entry.key.as_str())) {
        lay_over(&mut whole, entry);
    }
    whole
}

fn lay_over(whole: &mut Table, entry: &Entry) {
    let Some(known) = whole.0.iter_mut().find(|known| known.key == entry.key) else {
        whole.0.push(entry.clone());
        return;
    };
    match (&mut known.node.value, &entry.node.value) {
        (Value::Table(known), Value::Table(more)) => more.0.iter().for_each(|entry| lay_over(known, entry)),
        _ if known.node.at.layer > entry.node.at.layer => {}
        _ => *known = entry.clone(),
    }
}

/// What all have in common, and under `districts` what each has beside it.
fn factored(districts: &[District], places: Vec<(Entry, Vec<Entry>)>) -> Table {
    let Some((first, others)) = districts.split_first() else { return Table::default() };
    let others: Vec<&Table> = others.iter().map(|district| &district.document).collect();
    let mut common = common(&first.document, &others);
    let rest = districts.iter().zip(places).map(|(district, (mut entry, own))| {
        let mut table = Table(own);
        table.0.extend(beside(&district.document, &common).0);
        entry.node.value = Value::Table(table);
        entry
    });
    let rest = Table(rest.collect());
    let at = At::DEFAULT;
    common.0.push(Entry { key: SECTION.to_owned(), key_at: at, node: Node { at, value: Value::Table(rest) } });
    common
}

/// What `first` and all others say alike, whoever said it: values and named elements of a table, and whole sections of places
/// and the like, so that their order stays what it is.
fn common(first: &Table, others: &[&Table]) -> Table {
    let in_all = |entry: &Entry, of: &dyn Fn(&Table) -> Option<Value>| {
        others.iter().all(|other| of(other).is_some_and(|value| alike(&value, &entry.node.value)))
    };
    let shared = |entry: &Entry| {
        let Value::Table(inner) = &entry.node.value else {
            return in_all(entry, &|other| other.value(&entry.key).cloned()).then(|| entry.clone());
        };
        if is_elements(&entry.key) {
            return in_all(entry, &|other| other.value(&entry.key).cloned()).then(|| entry.clone());
        }
        let same = |one: &&Entry| in_all(one, &|other| other.table(&entry.key)?.value(&one.key).cloned());
        let rest = Table(inner.0.iter().filter(same).cloned().collect());
        let node = Node { at: entry.node.at, value: Value::Table(rest) };
        Some(Entry { node, ..entry.clone() })
    };
    Table(first.0.iter().filter_map(shared).collect())
}

/// What a document says beside what is common.
fn beside(document: &Table, common: &Table) -> Table {
    let own = |entry: &Entry| match (&entry.node.value, common.value(&entry.key)) {
        (_, None) => Some(entry.clone()),
        (Value::Table(inner), Some(Value::Table(known))) if !is_elements(&entry.key) => {
            let rest: Vec<Entry> = inner.0.iter().filter(|one| known.entry(&one.key).is_none()).cloned().collect();
            let node = Node { at: entry.node.at, value: Value::Table(Table(rest.clone())) };
            (!rest.is_empty()).then(|| Entry { node, ..entry.clone() })
        }
        _ => None,
    };
    Table(document.0.iter().filter_map(own).collect())
}

/// Whether two values say the same, wherever they were written.
fn alike(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Table(one), Value::Table(other)) => {
            let pairs = || one.0.iter().zip(&other.0);
            one.0.len() == other.0.len() && pairs().all(|(a, b)| a.key == b.key && alike(&a.node.value, &b.node.value))
        }
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| alike(&a.value, &b.value))
        }
        _ => one == other,
    }
}

/// The districts that a document names, with where, whatever it says of them; not those that say `enabled = false`.
pub(super) fn names(document: &Table) -> Vec<(String, At)> {
    let is_left_out = |entry: &Entry| matches!(&entry.node.value, Value::Table(said) if said.value("enabled") == Some(&Value::Flag(false)));
    let all = document.table(SECTION).into_iter().flat_map(|all| &all.0);
    all.filter(|entry| !is_left_out(entry)).map(|entry| (entry.key.clone(), entry.key_at)).collect()
}

/// The faults of scenarios that name other districts than the baseline, which comes first: residents of one would live nowhere
/// in the other.
pub(super) fn unlike(named: &[Vec<(String, At)>]) -> Vec<Fault> {
    let Some((baseline, others)) = named.split_first() else { return Vec::new() };
    let is_among = |name: &str, names: &[(String, At)]| names.iter().any(|(known, _)| known == name);
    let mut faults = Vec::new();
    for found in others {
        if found.iter().map(|(name, _)| name).eq(baseline.iter().map(|(name, _)| name)) {
            continue;
        }
        let other = found.iter().find(|(name, _)| !is_among(name, baseline));
        let missing = baseline.iter().find(|(name, _)| !is_among(name, found));
        let title = match (other, missing) {
            (Some((name, _)), _) => format!("`districts.{name}` is not in the baseline"),
            (None, Some((name, _))) => format!("`districts.{name}` is in the baseline and not here"),
            (None, None) => "the districts stand in another order than in the baseline".to_owned(),
        };
        let fault = other.map_or_else(
            || Fault::nowhere(title.clone()),
            |(_, at)| Fault::new(*at, title.clone(), "must be the same in all scenarios of a study"),
        );
        faults.push(fault.help(
            "scenarios are compared with the same people in the same homes; let the baseline name all districts",
        ));
    }
    faults
}
