//! How many people and households live in a region, or why nobody can be grown there.

use super::columns::Figure;
use super::estimate::{From, from, level};
use super::regions::Region;
use super::table::{Row, Table};
use crate::scenario::fault::Fault;

/// Sorts of household that are counted; together they are all.
pub(super) const SORTS: [Figure; 3] = [Figure::OnePerson, Figure::WithoutChildren, Figure::WithChildren];

/// Why nobody can be grown in a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Empty {
    /// Nobody lives there.
    Nobody,
    /// Its inhabitants live in no private household.
    Institutions,
    /// The number of inhabitants is not published.
    PeopleUnknown,
    /// The number of households is not published, nor how large they are.
    HouseholdsUnknown,
}

/// Inhabitants and households of a region and where the last comes from, or why nobody can be grown there.
pub(super) fn lived_in(region: &Region) -> Result<(f64, f64, From), Empty> {
    let own = region.own;
    let inhabitants = own.get(Figure::Inhabitants).ok_or(Empty::PeopleUnknown)?;
    if inhabitants == 0.0 {
        return Err(Empty::Nobody);
    }
    let summed = SORTS.iter().map(|figure| own.get(*figure)).sum::<Option<f64>>();
    match own.get(Figure::Households).or(summed) {
        Some(0.0) => Err(Empty::Institutions),
        Some(households) => Ok((inhabitants, households, From::Own)),
        // As many as there would be if they were as large as those around.
        None => {
            let (row, size) = size(region).ok_or(Empty::HouseholdsUnknown)?;
            Ok((inhabitants, (inhabitants / size).round().max(1.0), from(own, row)))
        }
    }
}

/// People in a household, from the first row that says so.
pub(super) fn size<'a>(region: &Region<'a>) -> Option<(&'a Row, f64)> {
    region.first(|row| row.get(Figure::HouseholdSize).filter(|size| *size >= 1.0))
}

/// The fault of asking for a region where nobody can be grown.
pub(super) fn refused(table: &Table, text: Option<&str>, region: &Region, empty: Empty) -> Fault {
    let (own, code) = (region.own, &region.own.code);
    let unknown = "missing, and nothing can stand in for it";
    let (figure, title, label) = match empty {
        Empty::Nobody => (Figure::Inhabitants, format!("nobody lives in {code}"), "0 inhabitants"),
        Empty::PeopleUnknown => {
            (Figure::Inhabitants, format!("the number of inhabitants of {code} is not published"), unknown)
        }
        Empty::HouseholdsUnknown => {
            (Figure::Households, format!("the number of households of {code} is not published"), unknown)
        }
        Empty::Institutions => {
            let inhabitants = own.get(Figure::Inhabitants).unwrap_or(0.0);
            let title = format!("{code} has {inhabitants} inhabitants and no household");
            (Figure::Households, title, "0 households: they live in institutions")
        }
    };
    let around = region.around.iter().find(|row| row.get(Figure::Inhabitants).is_some_and(|people| people > 0.0));
    let instead = around.map_or_else(
        || "choose another neighbourhood".to_owned(),
        |row| format!("choose another neighbourhood, or the {} {}", level(row).key(), row.code),
    );
    table.fault(text, own, Some(figure), &title, label).help(instead)
}
