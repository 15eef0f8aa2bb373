//! Which rows speak for a neighbourhood: its own, then its district, its municipality and the country; and whether they
//! can be what they say they are.

use super::columns::Figure;
use super::table::{Row, Table};
use crate::scenario::fault::Fault;
use crate::scenario::words::nearest;

/// How far figures that are each rounded to 5 may be from adding up.
const ROUNDING: f64 = 30.0;
/// And how far in proportion, for small parts are left out of the whole of a town.
const PART: f64 = 0.05;
/// The most addresses to a square kilometre that can be believed (assumed; very strongly urban begins at 2,500).
const MOST_ADDRESSES: f64 = 20_000.0;

/// A level of the regional division.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    Neighbourhood,
    District,
    Municipality,
    Country,
}

impl Level {
    /// Of a code.
    pub(super) fn of(code: &str) -> Option<Self> {
        match code.get(..2)? {
            "BU" => Some(Self::Neighbourhood),
            "WK" => Some(Self::District),
            "GM" => Some(Self::Municipality),
            "NL" => Some(Self::Country),
            _ => None,
        }
    }

    /// Its name in the texts.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Neighbourhood => "neighbourhood",
            Self::District => "district",
            Self::Municipality => "municipality",
            Self::Country => "country",
        }
    }
}

/// A region, and those that it lies in, from small to large.
#[derive(Debug, Clone)]
pub(super) struct Region<'a> {
    /// The row asked for.
    pub own: &'a Row,
    /// The rows that stand in for it.
    pub around: Vec<&'a Row>,
}

impl<'a> Region<'a> {
    /// The first row that gives what is asked, and what it gives.
    pub(super) fn first<T>(&self, get: impl Fn(&Row) -> Option<T>) -> Option<(&'a Row, T)> {
        std::iter::once(&self.own).chain(&self.around).find_map(|row| Some((*row, get(row)?)))
    }
}

/// The region with this code.
pub(super) fn find<'a>(table: &'a Table, text: Option<&str>, asked: &str) -> Result<Region<'a>, Vec<Fault>> {
    let code = asked.trim().to_uppercase();
    let rows: Vec<&Row> = table.rows.iter().filter(|row| row.code == code).collect();
    let own = match rows.as_slice() {
        [] => return Err(vec![unknown(table, asked.trim(), &code)]),
        [own] => *own,
        [first, second, ..] => {
            let title = format!("{code} stands in the file twice, first in line {}", first.line);
            let fault = table.fault(text, second, None, &title, "here again");
            return Err(vec![fault.help("give a file of one year")]);
        }
    };
    let digits = code.get(2..).unwrap_or_default();
    let part = |from: &str, length: usize| digits.get(..length).map(|digits| format!("{from}{digits}"));
    let around = match Level::of(&code) {
        Some(Level::Neighbourhood) => vec![part("WK", 6), part("GM", 4)],
        Some(Level::District) => vec![part("GM", 4)],
        _ => Vec::new(),
    };
    let named = |wanted: &String| table.rows.iter().find(|row| row.code == *wanted);
    let country = table.rows.iter().find(|row| Level::of(&row.code) == Some(Level::Country) && row.code != code);
    let around: Vec<&Row> = around.iter().flatten().filter_map(named).chain(country).collect();
    let mut faults = Vec::new();
    for row in std::iter::once(&own).chain(&around) {
        faults.extend(impossible(table, text, row));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(Region { own, around })
}

fn unknown(table: &Table, asked: &str, code: &str) -> Fault {
    let fault = Fault::nowhere(format!("there is no region \"{asked}\" in the file"));
    let by_name: Vec<String> = table
        .rows
        .iter()
        .filter(|row| !row.name.is_empty() && row.name.to_lowercase().contains(&asked.to_lowercase()))
        .take(5)
        .map(|row| format!("{} {}", row.code, row.name))
        .collect();
    if !by_name.is_empty() {
        return fault.help(format!("a region is asked by its code; by that name there is {}", by_name.join(", ")));
    }
    let near = near(table, code);
    let fault = match near.as_slice() {
        [] => fault,
        near => fault.help(format!("did you mean {}?", near.join(" or "))),
    };
    let (first, last) = (table.rows.first(), table.rows.last());
    let Some((first, last)) = first.zip(last) else { return fault.help("the file has no regions at all") };
    fault.help(format!(
        "the file has {} regions, from {} to {}; a code is BU and 8 digits, WK and 6 or GM and 4",
        table.rows.len(),
        first.code,
        last.code
    ))
}

/// Up to three codes like this one: the nearest in spelling, or those of the same district.
fn near(table: &Table, code: &str) -> Vec<String> {
    let codes = || table.rows.iter().map(|row| row.code.as_str());
    let spelt = nearest(code, codes().filter(|near| near.get(..2) == code.get(..2)));
    let one = |near: &&str| strsim::damerau_levenshtein(code, near) <= 1;
    let family: Vec<String> = match code.get(..8).filter(|_| code.len() > 8) {
        Some(district) => codes().filter(|near| near.starts_with(district)).take(3).map(str::to_owned).collect(),
        None => Vec::new(),
    };
    match spelt {
        Some(near) if family.is_empty() || one(&near) => vec![near.to_owned()],
        _ => family,
    }
}

/// What a row says that cannot be: words for numbers, parts that are not of the whole.
fn impossible(table: &Table, text: Option<&str>, row: &Row) -> Vec<Fault> {
    let mut faults: Vec<Fault> = row
        .wrong()
        .map(|(figure, found)| {
            let (_, sort, ..) = Figure::ALL[figure as usize];
            let (title, label, help) = match sort {
                super::columns::Sort::Count => (
                    format!("\"{found}\" is no whole number"),
                    "a number of people, households or addresses is wanted",
                    "write it without points between thousands; if the columns were moved, download the file again",
                ),
                super::columns::Sort::Percentage => (
                    format!("\"{found}\" is no percentage"),
                    "a number from 0 to 100 is wanted",
                    "if the columns were moved, download the file again",
                ),
                super::columns::Sort::Number => (
                    format!("\"{found}\" is no number"),
                    "a number from 0 up is wanted",
                    "if the columns were moved, download the file again",
                ),
            };
            table.fault(text, row, Some(figure), &title, label).help(help)
        })
        .collect();
    let mut refuse = |figure: Figure, title: String, label: &str| {
        let fault = table.fault(text, row, Some(figure), &title, label);
        faults.push(fault.help("columns seem to be swapped or of different years; download the file again"));
    };
    let sum = |figures: &[Figure]| figures.iter().map(|figure| row.get(*figure)).sum::<Option<f64>>();
    let differs = |part: f64, whole: f64| (part - whole).abs() > ROUNDING + PART * whole;
    let exceeds = |part: f64, whole: f64| part > whole + ROUNDING + PART * whole;
    let code = &row.code;
    if let Some(people) = row.get(Figure::Inhabitants) {
        if let Some(ages) = sum(&[Figure::Under15, Figure::From15, Figure::From25, Figure::From45, Figure::From65])
            && differs(ages, people)
        {
            let title = format!("the ages of {code} add up to {ages}, and it has {people} inhabitants");
            refuse(Figure::Under15, title, "the five ages should be all inhabitants");
        }
        let new = sum(&[Figure::Netherlands, Figure::Europe, Figure::OutsideEurope]);
        if let Some(all) = new.filter(|all| differs(*all, people)) {
            let title = format!("the origins of {code} add up to {all}, and it has {people} inhabitants");
            refuse(Figure::Netherlands, title, "the three origins should be all inhabitants");
        }
        let old = sum(&[Figure::Western, Figure::NonWestern]);
        if let Some(elsewhere) = old.filter(|elsewhere| exceeds(*elsewhere, people)) {
            let title = format!("{elsewhere} of the {people} inhabitants of {code} are from elsewhere");
            refuse(Figure::Western, title, "more than there are inhabitants");
        }
        // Education is estimated apart, and in a neighbourhood of institutions it may well be of more people.
        if let Some(learned) = sum(&[Figure::LowEducation, Figure::MiddleEducation, Figure::HighEducation])
            && exceeds(learned, 2.0 * people)
        {
            let title = format!("the education of {learned} people is given, and {code} has {people} inhabitants");
            refuse(Figure::LowEducation, title, "more than there are inhabitants");
        }
        if let Some(households) = row.get(Figure::Households).filter(|households| exceeds(*households, people)) {
            let title = format!("{code} has {households} households and {people} inhabitants");
            refuse(Figure::Households, title, "more households than people");
        }
    }
    if let Some(households) = row.get(Figure::Households)
        && let Some(all) = sum(&[Figure::OnePerson, Figure::WithoutChildren, Figure::WithChildren])
        && differs(all, households)
    {
        let title = format!("the sorts of household of {code} add up to {all}, and it has {households} households");
        refuse(Figure::OnePerson, title, "the three sorts should be all households");
    }
    if let Some(tenure) = sum(&[Figure::Owned, Figure::Corporation, Figure::OtherLandlord]).filter(|sum| *sum > 105.0) {
        let title = format!("the tenures of {code} add up to {tenure} %");
        refuse(Figure::Owned, title, "more than all homes");
    }
    if let Some(size) = row.get(Figure::HouseholdSize).filter(|size| !(*size == 0.0 || (1.0..=10.0).contains(size))) {
        refuse(Figure::HouseholdSize, format!("a household of {code} has {size} people"), "from 1 to 10 is likely");
    }
    if let Some(class) = row.get(Figure::Urbanity).filter(|class| !(1.0..=5.0).contains(class)) {
        refuse(Figure::Urbanity, format!("{class} is no class of urbanity"), "from 1, very strong, to 5, not urban");
    }
    if let Some(density) = row.get(Figure::AddressDensity).filter(|density| *density > MOST_ADDRESSES) {
        let title = format!("{code} has {density} addresses to a square kilometre");
        refuse(Figure::AddressDensity, title, &format!("up to {MOST_ADDRESSES} is likely"));
    }
    faults
}
