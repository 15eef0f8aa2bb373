//! What is known of a neighbourhood, and what was put in the place of what is not.

use super::columns::Figure;
use super::density::{addresses, urbanity};
use super::lived_in::{SORTS, lived_in, refused, size};
use super::national::{self, National};
use super::regions::{Level, Region};
use super::table::{Row, Table};
use crate::model::initialization::structure::{AT_HOME, Structure};
use crate::scenario::fault::Fault;

/// Share of people who live in no private household from which on it is worth a word.
const MANY_IN_INSTITUTIONS: f64 = 0.05;
/// Homes standing empty where the file does not say (assumed).
const VACANT: f64 = 0.02;
/// The largest mean size of a household that a scenario takes.
const LARGEST: f64 = 8.0;
/// The most that can be made to stand empty: second homes and homes to be pulled down are no part of the neighbourhood.
const MOST_VACANT: f64 = 0.15;
/// The most of the inhabitants who can be children, so that somebody can live with them.
const MOST_CHILDREN: f64 = 0.8;

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum From {
    /// The row of the neighbourhood itself.
    Own,
    /// The row of what it lies in.
    Around(Level, String),
    /// The country, with the table.
    National(&'static str),
    /// The middle of a class of urbanity, and where the class comes from.
    Class(u32, Box<From>),
    /// Nobody published it.
    Assumed,
}

/// Shares of a whole, and where they come from.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sourced<const N: usize> {
    pub shares: [f64; N],
    pub from: From,
    /// The figures as they stand in the file.
    pub given: [f64; N],
}

/// A neighbourhood in figures.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Estimate {
    pub code: String,
    pub name: String,
    pub municipality: String,
    pub inhabitants: f64,
    pub households: f64,
    pub households_from: From,
    /// People in a household, and whether the row itself says so.
    pub size: f64,
    pub size_from: From,
    pub ages: Sourced<5>,
    /// Women, men.
    pub sex: Sourced<2>,
    /// One person, couple, couple with children, single parent.
    pub sorts: Sourced<3>,
    /// Single parents among families, assumed.
    pub single_parents: f64,
    pub origins: Sourced<3>,
    /// Whether origin was western and non-western.
    pub old_origins: bool,
    pub education: Sourced<3>,
    pub low_income: Sourced<1>,
    pub working: Sourced<1>,
    pub vacant: Sourced<1>,
    pub multi_family: Sourced<1>,
    /// Owned, social rent, private rent.
    pub tenure: Sourced<3>,
    /// From 1, very strong, to 5, not urban.
    pub urbanity: u32,
    pub urbanity_from: From,
    /// To a square kilometre, within a kilometre of each address.
    pub addresses: f64,
    pub addresses_from: From,
}

impl Estimate {
    /// People in private households.
    pub(super) fn people(&self) -> f64 {
        self.households * self.size
    }

    /// The mean size of a household that is asked for, if a figure gives it.
    pub(super) fn size_asked(&self) -> Option<f64> {
        (self.size_from != From::Assumed).then_some(self.size.min(LARGEST))
    }

    /// People who are simulated, about: as many as the households can hold. Where these are large it is a little less than
    /// [`Self::people`], for families have only so many children and nobody shares a home with others than family.
    pub(super) fn simulated(&self) -> f64 {
        let types = self.four_sorts().map(|share| share as f32);
        let ages = self.ages.shares.map(|share| share as f32);
        let structure = Structure::with_margins(types, ages, AT_HOME, self.size_asked().map(|size| size as f32));
        (self.households * f64::from(structure.size())).round()
    }

    /// People who live in no private household, if they are many.
    pub(super) fn in_institutions(&self) -> Option<f64> {
        let others = self.inhabitants - self.people();
        (others > MANY_IN_INSTITUTIONS * self.inhabitants).then_some(others)
    }

    /// Homes that give so many households when part stands empty.
    pub(super) fn homes(&self) -> u32 {
        (self.households / (1.0 - self.vacant.shares[0])).round().max(1.0) as u32
    }

    /// Of one person, couple, couple with children, single parent.
    pub(super) fn four_sorts(&self) -> [f64; 4] {
        let [alone, couples, families] = self.sorts.shares;
        [alone, couples, families * (1.0 - self.single_parents), families * self.single_parents]
    }
}

/// Puts all figures together for a region.
pub(super) fn estimate(table: &Table, text: Option<&str>, region: &Region) -> Result<Estimate, Vec<Fault>> {
    let own = region.own;
    let code = own.code.clone();
    let (inhabitants, households, households_from) =
        lived_in(region).map_err(|empty| vec![refused(table, text, region, empty)])?;
    let (size, size_from) = size(region).map_or_else(
        // Without it everybody is taken to live in a household.
        || ((inhabitants / households).max(1.0), From::Assumed),
        |(row, size)| (size, from(own, row)),
    );
    let ages = [Figure::Under15, Figure::From15, Figure::From25, Figure::From45, Figure::From65];
    let education = [Figure::LowEducation, Figure::MiddleEducation, Figure::HighEducation];
    let (origins, old_origins) = origins(region);
    let low_income = percentage(region, Figure::LowIncome, Some(national::LOW_INCOME));
    // Single parents have low incomes more often, so where low incomes are many, they are taken to be as well.
    let single_parents = national::SINGLE_PARENTS * low_income.shares[0] / national::LOW_INCOME.shares[0];
    let (urbanity, urbanity_from) = urbanity(region);
    let (addresses, addresses_from) = addresses(region, urbanity, &urbanity_from);
    let mut vacant = percentage(region, Figure::Unoccupied, None);
    vacant.shares[0] = vacant.shares[0].min(MOST_VACANT);
    let mut estimate = Estimate {
        name: own.name.clone(),
        municipality: own.municipality.clone(),
        inhabitants,
        households,
        households_from,
        size,
        size_from,
        ages: counts(region, ages, national::AGES),
        sex: counts(region, [Figure::Women, Figure::Men], national::SEX),
        sorts: counts(region, SORTS, national::HOUSEHOLDS),
        single_parents: single_parents.clamp(0.1, 0.45),
        origins,
        old_origins,
        education: counts(region, education, national::EDUCATION),
        working: percentage(region, Figure::Working, Some(national::WORKING)),
        low_income,
        vacant,
        multi_family: percentage(region, Figure::MultiFamily, Some(national::MULTI_FAMILY)),
        tenure: tenure(region),
        urbanity,
        urbanity_from,
        addresses,
        addresses_from,
        code,
    };
    make_families_fit(&mut estimate);
    Ok(estimate)
}

/// The level of a row.
pub(super) fn level(row: &Row) -> Level {
    Level::of(&row.code).unwrap_or(Level::Country)
}

/// Where a figure comes from that stands in a row.
pub(super) fn from(own: &Row, row: &Row) -> From {
    if row.code == own.code { From::Own } else { From::Around(level(row), row.code.clone()) }
}

fn national<const N: usize>(national: National<N>) -> Sourced<N> {
    Sourced { shares: national.shares, from: From::National(national.source), given: national.shares }
}

/// Shares from counts that make a whole.
fn counts<const N: usize>(region: &Region, figures: [Figure; N], otherwise: National<N>) -> Sourced<N> {
    let given = |row: &Row| {
        let mut given = [0.0; N];
        for (slot, figure) in given.iter_mut().zip(figures) {
            *slot = row.get(figure)?;
        }
        (given.iter().sum::<f64>() > 0.0).then_some(given)
    };
    region.first(given).map_or_else(|| national(otherwise), |(row, given)| shared(given, from(region.own, row)))
}

fn shared<const N: usize>(given: [f64; N], from: From) -> Sourced<N> {
    let sum: f64 = given.iter().sum();
    Sourced { shares: given.map(|part| part / sum), from, given }
}

/// A share from a percentage.
fn percentage(region: &Region, figure: Figure, otherwise: Option<National<1>>) -> Sourced<1> {
    match (region.first(|row| row.get(figure)), otherwise) {
        (Some((row, given)), _) => Sourced { shares: [given / 100.0], from: from(region.own, row), given: [given] },
        (None, Some(otherwise)) => national(otherwise),
        (None, None) => Sourced { shares: [VACANT], from: From::Assumed, given: [VACANT] },
    }
}

/// Origins of inhabitants, by the division of before or after 2022.
fn origins(region: &Region) -> (Sourced<3>, bool) {
    let new = |row: &Row| {
        let (europe, outside) = (row.get(Figure::Europe)?, row.get(Figure::OutsideEurope)?);
        let here = row.get(Figure::Netherlands).or_else(|| Some(row.get(Figure::Inhabitants)? - europe - outside))?;
        Some(([here.max(0.0), europe, outside], false))
    };
    let old = |row: &Row| {
        let (western, others) = (row.get(Figure::Western)?, row.get(Figure::NonWestern)?);
        Some(([(row.get(Figure::Inhabitants)? - western - others).max(0.0), western, others], true))
    };
    let given = |row: &Row| new(row).or_else(|| old(row)).filter(|(given, _)| given.iter().sum::<f64>() > 0.0);
    match region.first(given) {
        Some((row, (given, old))) => (shared(given, from(region.own, row)), old),
        None => (national(national::ORIGINS), false),
    }
}

/// Owned, social rent, private rent; what is unknown is taken to be like the rest.
fn tenure(region: &Region) -> Sourced<3> {
    let [_, corporation, other] = national::TENURE.shares;
    let given = |row: &Row| {
        let owned = row.get(Figure::Owned)?;
        let social = row.get(Figure::Corporation);
        let rented = row.get(Figure::Rented).or_else(|| Some((100.0 - owned).max(0.0)));
        let social = social.or_else(|| rented.map(|rented| rented * corporation / (corporation + other)))?;
        let private = row.get(Figure::OtherLandlord).or_else(|| rented.map(|rented| (rented - social).max(0.0)))?;
        Some([owned, social, private]).filter(|given| given.iter().sum::<f64>() > 0.0)
    };
    region.first(given).map_or_else(|| national(national::TENURE), |(row, given)| shared(given, from(region.own, row)))
}

/// Figures that are rounded apart may leave children without families: then some households become families.
fn make_families_fit(estimate: &mut Estimate) {
    let children = estimate.ages.shares[0];
    if children > MOST_CHILDREN {
        let rest = (1.0 - MOST_CHILDREN) / (1.0 - children).max(1e-9);
        estimate.ages.shares = estimate.ages.shares.map(|share| share * rest);
        estimate.ages.shares[0] = MOST_CHILDREN;
        if children >= 1.0 {
            estimate.ages.shares[2] = 1.0 - MOST_CHILDREN;
        }
    }
    let [alone, couples, families] = estimate.sorts.shares;
    // Families have two children or so, and are at most all households.
    let least = (estimate.ages.shares[0] * estimate.size / 4.0).min(1.0);
    if families < least {
        let others = (1.0 - least) / (1.0 - families).max(1e-9);
        estimate.sorts.shares = [alone * others, couples * others, least];
    }
}
