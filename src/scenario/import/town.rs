//! Several neighbourhoods that make one town: which of the file they are, which are left out, and how they add up.

use super::columns::Figure;
use super::estimate::{Estimate, estimate};
use super::lived_in::{Empty, lived_in};
use super::regions::{self, Level};
use super::table::{Row, Table};
use crate::scenario::fault::Fault;

/// How far the neighbourhoods may be from adding up to what they lie in, for each is rounded to 5 and small ones are not
/// published: as people, and as a part.
const APART: (f64, f64) = (30.0, 0.05);
/// Codes that are named in one line.
const MOST_NAMED: usize = 5;

/// A region that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    /// Its code.
    pub code: String,
    /// Its name and that of its municipality, or nothing.
    pub names: [String; 2],
    /// Inhabitants and households: of its neighbourhoods together, and as published of itself.
    pub sums: Option<[(f64, Option<f64>); 2]>,
}

/// A neighbourhood that cannot be grown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LeftOut {
    pub code: String,
    pub why: Empty,
}

/// A town.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Town {
    pub asked: Vec<Asked>,
    /// By code.
    pub neighbourhoods: Vec<Estimate>,
    /// By code.
    pub left_out: Vec<LeftOut>,
}

impl Town {
    /// People who are simulated, about.
    pub(super) fn simulated(&self) -> f64 {
        self.neighbourhoods.iter().map(Estimate::simulated).sum()
    }

    /// Households of all neighbourhoods.
    pub(super) fn households(&self) -> f64 {
        self.neighbourhoods.iter().map(|one| one.households).sum()
    }

    /// Inhabitants of all neighbourhoods, in households or not.
    pub(super) fn inhabitants(&self) -> f64 {
        self.neighbourhoods.iter().map(|one| one.inhabitants).sum()
    }
}

/// The neighbourhoods of the regions with these codes, each once.
pub(super) fn of(table: &Table, text: Option<&str>, codes: &[String]) -> Result<Town, Vec<Fault>> {
    let (mut faults, mut asked, mut wanted) = (Vec::new(), Vec::<Asked>::new(), Vec::new());
    for code in codes {
        let upper = code.trim().to_uppercase();
        if asked.iter().any(|known| known.code == upper) {
            continue;
        }
        match within(table, text, code.trim(), &upper) {
            Ok((one, rows)) => {
                asked.push(one);
                wanted.extend(rows.into_iter().map(|row| row.code.as_str()));
            }
            Err(found) => faults.extend(found),
        }
    }
    wanted.sort_unstable();
    wanted.dedup();
    let (mut neighbourhoods, mut left_out) = (Vec::new(), Vec::new());
    for code in wanted {
        let made = regions::find(table, text, code).and_then(|region| match lived_in(&region) {
            // Whoever asks for this one by name wants to know that it cannot be had.
            Err(why) if asked.iter().all(|asked| asked.code != code) => {
                left_out.push(LeftOut { code: code.to_owned(), why });
                Ok(None)
            }
            _ => estimate(table, text, &region).map(Some),
        });
        match made {
            Ok(one) => neighbourhoods.extend(one),
            Err(found) => faults.extend(found),
        }
    }
    if faults.is_empty() {
        faults.extend(asked.iter().filter_map(|asked| nobody(asked, &neighbourhoods, &left_out)));
        faults.extend(asked.iter().filter_map(|asked| not_all(table, text, asked, &left_out)));
    }
    if faults.is_empty() { Ok(Town { asked, neighbourhoods, left_out }) } else { Err(faults) }
}

/// How the codes begin of the neighbourhoods within a region.
fn beginning(code: &str) -> Option<String> {
    let digits = |wanted: usize| code.get(2..).filter(|digits| digits.len() == wanted);
    match Level::of(code)? {
        Level::Neighbourhood => None,
        Level::District => digits(6).map(|digits| format!("BU{digits}")),
        Level::Municipality => digits(4).map(|digits| format!("BU{digits}")),
        Level::Country => Some("BU".to_owned()),
    }
}

/// The neighbourhoods within a region, or it itself if it is one; `typed` is how its code was given.
fn within<'a>(
    table: &'a Table,
    text: Option<&str>,
    typed: &str,
    code: &str,
) -> Result<(Asked, Vec<&'a Row>), Vec<Fault>> {
    let own = table.rows.iter().find(|row| row.code == code);
    let names = own.map(|row| [row.name.clone(), row.municipality.clone()]).unwrap_or_default();
    let Some(beginning) = beginning(code) else {
        let region = regions::find(table, text, typed)?;
        return match Level::of(code) {
            Some(Level::Neighbourhood) => Ok((Asked { code: code.to_owned(), names, sums: None }, vec![region.own])),
            _ => Err(vec![none_within(table, text, region.own)]),
        };
    };
    let rows: Vec<&Row> = table.rows.iter().filter(|row| row.code.starts_with(&beginning)).collect();
    if rows.is_empty() {
        let region = regions::find(table, text, typed)?;
        return Err(vec![none_within(table, text, region.own)]);
    }
    let of = |figure: Figure| {
        let sum = rows.iter().filter_map(|row| row.get(figure)).sum();
        (sum, own.and_then(|own| own.get(figure)))
    };
    let sums = Some([of(Figure::Inhabitants), of(Figure::Households)]);
    Ok((Asked { code: code.to_owned(), names, sums }, rows))
}

fn none_within(table: &Table, text: Option<&str>, own: &Row) -> Fault {
    let title = format!("no neighbourhood of {} is in the file", own.code);
    let fault = table.fault(text, own, None, &title, "there are no codes of BU within it");
    fault.help(
        "download the table with its neighbourhoods, or leave out --by-neighbourhood, which makes one of the whole",
    )
}

/// The fault of a region that has no neighbourhood where somebody can be grown.
fn nobody(asked: &Asked, neighbourhoods: &[Estimate], left_out: &[LeftOut]) -> Option<Fault> {
    let beginning = beginning(&asked.code)?;
    if neighbourhoods.iter().any(|one| one.code.starts_with(&beginning)) {
        return None;
    }
    let within: Vec<&LeftOut> = left_out.iter().filter(|one| one.code.starts_with(&beginning)).collect();
    let why = |one: &&LeftOut| match one.why {
        Empty::Nobody => format!("nobody lives in {}", one.code),
        Empty::Institutions => format!("all of {} live in institutions", one.code),
        Empty::PeopleUnknown => format!("the number of inhabitants of {} is not published", one.code),
        Empty::HouseholdsUnknown => format!("the number of households of {} is not published", one.code),
    };
    let mut told: Vec<String> = within.iter().take(MOST_NAMED).map(why).collect();
    if within.len() > MOST_NAMED {
        told.push(format!("and so on for {} in all", within.len()));
    }
    let fault = Fault::nowhere(format!("no neighbourhood of {} can be grown", asked.code));
    Some(fault.help(told.join("; ")).help("choose another district or municipality"))
}

/// The fault of neighbourhoods that do not add up to what they lie in: a file that was cut off at the end of a line has no other.
fn not_all(table: &Table, text: Option<&str>, asked: &Asked, left_out: &[LeftOut]) -> Option<Fault> {
    let [(sum, published), _] = asked.sums?;
    let whole = published?;
    let beginning = beginning(&asked.code)?;
    // Where some are not published there are fewer in any case; the account says how many.
    let unknown = |one: &LeftOut| one.why == Empty::PeopleUnknown && one.code.starts_with(&beginning);
    if (sum - whole).abs() <= APART.0 + APART.1 * whole || (sum < whole && left_out.iter().any(unknown)) {
        return None;
    }
    let code = &asked.code;
    let title = format!("the neighbourhoods of {code} have {sum} inhabitants together, and {code} has {whole}");
    let own = table.rows.iter().find(|row| row.code == *code)?;
    let label = if sum < whole { "neighbourhoods seem to be missing" } else { "more than there are" };
    let fault = table.fault(text, own, Some(Figure::Inhabitants), &title, label);
    Some(fault.help(
        "the file seems cut off, or of different years; download it again, or name the neighbourhoods (BU) that are meant \
         after --code",
    ))
}
