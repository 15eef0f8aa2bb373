//! Faults that only show when keys are seen together: nobody lives here, a home without a door, a place out of reach.

mod rules;

use super::document::{Node, Table, Value};
use super::fault::{At, Fault};
use super::keys::{Section, decimal};
use crate::model::parameters::Parameters;
use crate::model::quantities::ActivityKind;

/// Farther than this from every home, nobody goes: metres.
const FARTHEST_METRES: f64 = 5000.0;
/// Homes in one study; the model numbers them with 32 bits and keeps well away from the end.
const MOST_HOMES: f64 = 50_000_000.0;

/// Places, and initiatives, in one neighbourhood; the model numbers them with 15 bits, and residents found more.
const MOST_SETTINGS: usize = 10_000;

/// Checks the completed document of a neighbourhood that stands alone.
pub(super) fn check(document: &Table) -> Vec<Fault> {
    let mut faults = check_district(document);
    priority(document, 1, &mut faults);
    faults
}

/// What is true of districts together: homes in all, and whether there are others to give priority above.
pub(super) fn check_town(districts: &[&Table]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for document in districts {
        priority(document, districts.len(), &mut faults);
        if districts.len() > 1 {
            built_later(document, "there are several districts", &mut faults);
        }
    }
    let homes = |document: &&Table| {
        section(document, "buildings").filter_map(|(_, _, table)| table.number("homes")).sum::<f64>()
    };
    let copies = districts.first().and_then(|first| first.table("neighbourhood")?.number("copies")).unwrap_or(1.0);
    too_many(districts.iter().map(homes).sum::<f64>() * copies, At::DEFAULT, &mut faults);
    faults
}

/// Checks the completed document of one neighbourhood, alone or in a town.
pub(super) fn check_district(document: &Table) -> Vec<Fault> {
    let mut faults = Vec::new();
    periods(document, &mut faults);
    openings(document, &mut faults);
    later_buildings(document, &mut faults);
    residents(document, &mut faults);
    doors(document, &mut faults);
    reach(document, &mut faults);
    policies(document, &mut faults);
    key_figures(document, &mut faults);
    rules::rules(document, &mut faults);
    settings(document, &mut faults);
    silos(document, &mut faults);
    faults
}

/// Priority is given to some districts above others.
fn priority(document: &Table, districts: usize, faults: &mut Vec<Fault>) {
    if districts > 1 {
        return;
    }
    let always = document.table("neighbourhood").and_then(|table| {
        let entry = table.entry("priority_to_need_share")?;
        (table.number(&entry.key)? > 0.0).then_some(entry.node.at)
    });
    let policies = section(document, "policies").filter(|(_, _, table)| table.text("kind") == Some("priority"));
    for at in always.into_iter().chain(policies.map(|(_, at, _)| at)) {
        let fault = Fault::new(at, "there are no districts to give priority to", "wants two districts or more");
        faults.push(fault.help("add a `[districts.NAME]` for each neighbourhood, with its own people"));
    }
}

/// A grant pays what it says it may pay.
fn silos(document: &Table, faults: &mut Vec<Fault>) {
    for (key, at, table) in section(document, "initiatives") {
        let (Some(activity), Some(name)) = (table.text("activity"), table.text("grant")) else { continue };
        let grant = document.table(Section::Grants.key()).and_then(|grants| grants.table(name));
        let Some(Value::List(pays)) = grant.and_then(|grant| grant.value("pays")) else { continue };
        let is_word = |item: &Node| matches!(&item.value, Value::Text(paid) if ActivityKind::from_key(paid).is_some());
        let paid = pays.iter().any(|item| matches!(&item.value, Value::Text(paid) if paid == activity));
        // A word that is none was told already; what it stood for is not known.
        if !paid && pays.iter().all(is_word) {
            let title = format!("`initiatives.{key}` is paid by `grants.{name}`, which may not pay its activity");
            let fault = Fault::new(latest(table, &["grant", "activity"], at), title, "not among what the grant pays");
            faults
                .push(fault.help(format!("add \"{activity}\" to `pays` of `grants.{name}`, or choose another grant")));
        }
    }
}

/// No more settings than can be numbered.
fn settings(document: &Table, faults: &mut Vec<Fault>) {
    for name in ["places", "initiatives"] {
        let count = section(document, name).count();
        if let Some((_, at, _)) = section(document, name).nth(MOST_SETTINGS) {
            let title = format!("{count} {name} are more than can be simulated");
            faults.push(Fault::new(at, title, format!("at most {MOST_SETTINGS} {name}")));
        }
    }
}

/// Where the later of some keys was written, so that the fault points at the change that made it.
fn latest(table: &Table, keys: &[&str], otherwise: At) -> At {
    // Reversed, because of equals the last is taken: the key named first is the one to change.
    let written =
        keys.iter().rev().filter_map(|key| table.entry(key)).map(|entry| entry.node.at).filter(|at| at.source != 0);
    written.max_by_key(|at| at.layer).unwrap_or(otherwise)
}

fn section<'a>(document: &'a Table, name: &str) -> impl Iterator<Item = (&'a str, At, &'a Table)> {
    document
        .table(name)
        .into_iter()
        .flat_map(Table::elements)
        .map(|(entry, table)| (entry.key.as_str(), entry.key_at, table))
}

fn periods(document: &Table, faults: &mut Vec<Fault>) {
    for name in ["buildings", "places", "professionals", "initiatives", "policies"] {
        for (key, at, table) in section(document, name) {
            let (Some(from), Some(until)) = (table.whole("from_week"), table.whole("until_week")) else { continue };
            if from >= until {
                let at = latest(table, &["from_week", "until_week"], at);
                let title = format!("`{name}.{key}` ends in week {until}, before it begins in week {from}");
                let fault = Fault::new(at, title, "from_week must come before until_week");
                faults.push(fault.help("until_week is the first week that it is no longer there"));
            }
        }
    }
}

/// An initiative needs its place from the beginning; a place that ends earlier is a scenario worth running.
fn openings(document: &Table, faults: &mut Vec<Fault>) {
    for (key, at, table) in section(document, "initiatives") {
        let Some(name) = table.text("place") else { continue };
        let Some(place) = document.table(Section::Places.key()).and_then(|places| places.table(name)) else { continue };
        let Some(opens) = place.whole("from_week") else { continue };
        if table.whole("from_week").is_none_or(|begins| begins < opens) {
            let written = table.entry("from_week").or_else(|| place.entry("from_week"));
            let at = written.map_or(at, |entry| entry.node.at);
            let title = format!("`initiatives.{key}` begins before its place `places.{name}` is there");
            let fault = Fault::new(at, title, format!("the place is there in week {opens}"));
            faults.push(fault.help(format!("give `initiatives.{key}` a from_week of {opens} or later")));
        }
    }
}

/// A building that comes later is numbered behind the others, which one copy of the neighbourhood alone has room for; and
/// people live here from the beginning.
fn later_buildings(document: &Table, faults: &mut Vec<Fault>) {
    let copies = document.table("neighbourhood").and_then(|table| table.whole("copies")).unwrap_or(1);
    let later = section(document, "buildings").filter_map(|(_, _, table)| Some(table.entry("from_week")?.node.at));
    let later: Vec<At> = later.collect();
    let Some(at) = later.first().copied() else { return };
    if later.len() == section(document, "buildings").count() {
        let fault = Fault::new(at, "nobody lives here: every building comes later", "no building before week 0");
        faults.push(fault.help("leave out from_week of at least one building: it was then always there"));
    }
    if copies > 1 {
        built_later(document, &format!("there are {copies} copies of the neighbourhood"), faults);
    }
}

/// Refuses buildings that come later where other neighbourhoods are numbered behind this one.
fn built_later(document: &Table, why: &str, faults: &mut Vec<Fault>) {
    let later =
        section(document, "buildings").find_map(|(key, _, table)| Some((key, table.entry("from_week")?.node.at)));
    let Some((key, at)) = later else { return };
    let fault = Fault::new(
        at,
        format!("`buildings.{key}` comes later, and {why}"),
        "a building can come later where there is one neighbourhood",
    );
    faults.push(fault.help("set `neighbourhood.copies` to 1 and leave out `districts`, or leave out from_week"));
}

fn residents(document: &Table, faults: &mut Vec<Fault>) {
    if let Some(entry) = document.entry("buildings")
        && matches!(&entry.node.value, Value::Table(table) if table.0.is_empty())
    {
        let fault = Fault::new(entry.key_at, "nobody lives here: there is no building", "no building");
        faults.push(fault.help("add a `[buildings.NAME]` with homes"));
    }
    let neighbourhood = document.table("neighbourhood");
    if let Some((entry, share)) =
        neighbourhood.and_then(|table| Some((table.entry("vacant_share")?, table.number("vacant_share")?)))
        && share > 0.95
    {
        let fault = Fault::new(entry.node.at, "nobody lives here: the homes stand empty", "almost all homes empty");
        faults.push(fault.help("vacant_share is at most 0.95"));
    }
    let homes: f64 = section(document, "buildings").filter_map(|(_, _, table)| table.number("homes")).sum();
    let copies = neighbourhood.and_then(|table| table.number("copies")).unwrap_or(1.0);
    let at = neighbourhood.map_or(At::DEFAULT, |table| latest(table, &["copies"], At::DEFAULT));
    too_many(homes * copies, at, faults);
    families(document, faults);
}

/// No more homes than can be numbered.
fn too_many(homes: f64, at: At, faults: &mut Vec<Fault>) {
    if homes > MOST_HOMES {
        let title = format!("{homes} homes are more than can be simulated");
        let label = format!("at most {MOST_HOMES} homes in all neighbourhoods together");
        faults.push(Fault::new(at, title, label));
    }
}

/// Children live with somebody, and somebody is grown up.
fn families(document: &Table, faults: &mut Vec<Fault>) {
    let Some(composition) = document.table("composition") else { return };
    let (Some(ages), Some(households)) = (composition.table("ages"), composition.table("households")) else { return };
    let (Some(children), Some(pairs), Some(single)) = (
        ages.number("under_15_share"),
        households.number("couple_with_children_share"),
        households.number("single_parent_share"),
    ) else {
        return;
    };
    if children > 0.8 {
        let at = latest(ages, &["under_15_share"], At::DEFAULT);
        let fault = Fault::new(at, "there are too few adults to live with these children", "too many children");
        faults.push(fault.help("under_15_share is at most 0.8"));
    } else if children > 0.0 && pairs + single == 0.0 {
        let at = latest(households, &["couple_with_children_share", "single_parent_share"], At::DEFAULT);
        let fault = Fault::new(at, "there are children but no household with children", "no household has children");
        faults.push(
            fault.help("give couple_with_children_share or single_parent_share a part, or set under_15_share to 0"),
        );
    }
}

fn doors(document: &Table, faults: &mut Vec<Fault>) {
    for (key, at, table) in section(document, "buildings") {
        let (Some(homes), Some(floors), Some(entrances)) =
            (table.whole("homes"), table.whole("floors"), table.whole("entrances"))
        else {
            continue;
        };
        if table.text("form") == Some("houses") && floors != 1 {
            let at = latest(table, &["floors"], at);
            let fault =
                Fault::new(at, format!("the houses of `buildings.{key}` have {floors} floors"), "houses have 1");
            faults.push(fault.help("leave floors out, or choose form = \"stairwell\" or \"gallery\""));
        } else if floors.saturating_mul(entrances) > homes {
            let at = latest(table, &["homes", "floors", "entrances"], at);
            let title = format!("`buildings.{key}` has floors or entrances without a home");
            let label = format!(
                "{floors} floors x {entrances} entrances need {} homes, there are {homes}",
                floors.saturating_mul(entrances)
            );
            faults.push(Fault::new(at, title, label).help("give it more homes, or fewer floors or entrances"));
        }
    }
}

fn reach(document: &Table, faults: &mut Vec<Fault>) {
    let point = |table: &Table| Some((table.number("x_metres")?, table.number("y_metres")?));
    let homes: Vec<(f64, f64)> = section(document, "buildings").filter_map(|(_, _, table)| point(table)).collect();
    for (key, at, table) in section(document, "places") {
        let distance = point(table).and_then(|(x, y)| {
            homes.iter().map(|(home_x, home_y)| (x - home_x).hypot(y - home_y)).min_by(f64::total_cmp)
        });
        if let Some(distance) = distance
            && distance > FARTHEST_METRES
        {
            let at = latest(table, &["x_metres", "y_metres"], at);
            let title = format!(
                "nobody can reach `places.{key}`: it lies {} metres from the nearest building",
                distance.round()
            );
            let fault = Fault::new(at, title, format!("at most {FARTHEST_METRES} metres"));
            faults.push(fault.help("buildings and places share one map; x and y are metres"));
        }
        if table.number("hours_per_week") == Some(0.0) {
            let at = latest(table, &["hours_per_week"], at);
            let fault = Fault::new(at, format!("nobody can reach `places.{key}`: it never opens"), "no opening hours");
            faults.push(fault.help(
                "leave it out with `enabled = false`, or close it from some week with a policy of kind \"close-place\"",
            ));
        }
        for list in ["welcome_times", "ages_times"] {
            let Some(groups) = table.table(list) else { continue };
            let nobody = !groups.0.is_empty() && groups.0.iter().all(|entry| groups.number(&entry.key) == Some(0.0));
            if nobody {
                let keys: Vec<&str> = groups.0.iter().map(|entry| entry.key.as_str()).collect();
                let at = latest(groups, &keys, at);
                let fault = Fault::new(at, format!("nobody is welcome in `places.{key}`"), "0 for every group");
                faults.push(fault.help(format!("give at least one group of {list} more than 0")));
            }
        }
    }
}

fn policies(document: &Table, faults: &mut Vec<Fault>) {
    let homes_of = |name: Option<&str>| document.table(Section::Buildings.key())?.table(name?)?.whole("homes");
    let all_homes: i64 = section(document, "buildings").filter_map(|(_, _, table)| table.whole("homes")).sum();
    for (key, at, table) in section(document, "policies") {
        match table.text("kind") {
            Some("allocate-homes") => {
                let building = table.text("building");
                if building.is_none() && table.entry("building").is_some() {
                    continue;
                }
                let place = building.and_then(|name| document.table(Section::Buildings.key())?.table(name));
                let there = place.map_or(Some(all_homes), |building| building.whole("homes"));
                let (Some(homes), Some(there)) = (table.whole("homes"), there) else { continue };
                if homes > there {
                    let at = latest(table, &["homes", "building"], at);
                    let whole =
                        building.map_or_else(|| "the neighbourhood".to_owned(), |name| format!("`buildings.{name}`"));
                    let title = format!("`policies.{key}` gives {homes} homes, but {whole} has {there}");
                    faults.push(Fault::new(at, title, format!("at most {there}")));
                }
            }
            Some("organisers-leave") if table.entry("from_week").is_none() => {
                let at = latest(table, &["kind"], at);
                let title = format!("`policies.{key}` does not say when the organisers stop");
                let fault = Fault::new(at, title, "needs `from_week`");
                faults.push(fault.help("they stop once, in the week of from_week"));
            }
            Some("arrivals") => {
                let (Some(name), Some(households)) = (table.text("building"), table.whole("households")) else {
                    continue;
                };
                let Some(homes) = homes_of(Some(name)).filter(|homes| households > *homes) else { continue };
                let at = latest(table, &["households", "building"], at);
                let title = format!(
                    "`policies.{key}` brings {households} households, but `buildings.{name}` has {homes} homes"
                );
                faults.push(Fault::new(at, title, format!("at most {homes}")));
            }
            Some("change-provider") if table.entry("from_week").is_none() => {
                let fault = Fault::new(at, format!("`policies.{key}` does not say when"), "needs `from_week`");
                faults.push(fault.help("add `from_week = 0`, the week in which the new organisation begins"));
            }
            Some("adjust") => adjusts(document, key, at, table, faults),
            Some("care-for-volunteers") => cares(document, key, at, table, faults),
            _ => {}
        }
    }
}

fn adjusts(document: &Table, key: &str, at: At, table: &Table, faults: &mut Vec<Fault>) {
    let (Some(parameter), Some(times)) = (table.text("parameter"), table.number("times")) else { return };
    let Some(info) = Parameters::info(parameter) else { return };
    let set = document.table("parameters").and_then(|groups| groups.table(info.group)?.number(info.name));
    let (low, high) = (decimal(info.low), decimal(info.high));
    let begins = set.unwrap_or(decimal(info.default)) * times;
    // It may grow until the last week, or until it ends.
    let last = document.table("time").and_then(|time| time.number("weeks")).unwrap_or(0.0);
    let last = table.number("until_week").map_or(last, |until| until.min(last));
    let years = (last - table.number("from_week").unwrap_or(0.0)).max(0.0) / 52.0;
    let ends = begins * table.number("times_per_year").unwrap_or(1.0).powf(years);
    if let Some(value) = [begins, ends].into_iter().find(|value| !(low..=high).contains(value)) {
        let at = latest(table, &["parameter", "times", "times_per_year"], at);
        let title = format!("`policies.{key}` makes `{parameter}` {value}, out of range");
        faults.push(Fault::new(at, title, format!("the result must lie between {low} and {high}")));
    }
}

/// Volunteers are cared for in somebody's hours.
fn cares(document: &Table, key: &str, at: At, table: &Table, faults: &mut Vec<Fault>) {
    let takes_hours = table.number("hours_per_volunteer_per_year").is_some_and(|hours| hours > 0.0);
    let builder = section(document, "professionals").any(|(_, _, post)| post.text("role") == Some("community-builder"));
    if takes_hours && !builder {
        let title = format!("nobody can do the work of `policies.{key}`: there is no community builder");
        let fault = Fault::new(at, title, "takes hours of community builders");
        faults.push(fault.help(
            "add a `[professionals.NAME]` with role = \"community-builder\", or set hours_per_volunteer_per_year to 0",
        ));
    }
}

/// A group cannot have more key figures than people.
fn key_figures(document: &Table, faults: &mut Vec<Fault>) {
    let Some(composition) = document.table("composition") else { return };
    let (Some(share), Some(origin), Some(origins)) =
        (composition.number("key_figures_share"), composition.text("key_figures_of"), composition.table("origins"))
    else {
        return;
    };
    let Some(most) = origins.number(&format!("{}_share", origin.replace('-', "_"))) else { return };
    if share > most {
        let at = latest(composition, &["key_figures_share", "key_figures_of"], At::DEFAULT);
        let title = format!("there are more key figures of origin {origin} than people of that origin");
        let fault = Fault::new(at, title, format!("at most {most}, the share of households of that origin"));
        faults.push(fault.help("key_figures_share is a share of all adults"));
    }
}
