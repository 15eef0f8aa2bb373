//! How densely built a neighbourhood is: its class of urbanity and its density of addresses, each from the other where only
//! one of them is published.

use super::columns::Figure;
use super::estimate::{From, from};
use super::regions::Region;

/// Addresses to a square kilometre by class of urbanity, from 1 to 5: where the class begins, and its middle.
///
/// The borders are those of Statistics Netherlands since 1992. The first class has no upper border, so its middle is
/// assumed; that of the last is assumed above half its border, for few people live where there is next to nothing.
const CLASSES: [(f64, f64); 5] = [(2500.0, 3500.0), (1500.0, 2000.0), (1000.0, 1250.0), (500.0, 750.0), (0.0, 300.0)];
/// Class of urbanity where the file does not say (assumed; that of the country as a whole).
const URBANITY: u32 = 2;

/// The class of urbanity, as published or by the density of addresses around.
pub(super) fn urbanity(region: &Region) -> (u32, From) {
    let by_density =
        |density: f64| CLASSES.iter().zip(1..).find(|((least, _), _)| density >= *least).map(|(_, nth)| nth);
    let found = region.first(|row| {
        let class = row.get(Figure::Urbanity).map(|class| class as u32);
        class.or_else(|| row.get(Figure::AddressDensity).and_then(by_density))
    });
    found.map_or((URBANITY, From::Assumed), |(row, class)| (class, from(region.own, row)))
}

/// Addresses to a square kilometre, as published or by the class of urbanity.
pub(super) fn addresses(region: &Region, class: u32, class_from: &From) -> (f64, From) {
    if let Some((row, density)) = region.first(|row| row.get(Figure::AddressDensity)) {
        return (density, from(region.own, row));
    }
    let (_, middle) = CLASSES[place(class)];
    match class_from {
        From::Assumed => (middle, From::Assumed),
        published => (middle, From::Class(class, Box::new(published.clone()))),
    }
}

/// Place of a class in a list of all five.
pub(super) fn place(class: u32) -> usize {
    (class as usize).clamp(1, CLASSES.len()) - 1
}

/// Square metres of ground to a home, streets and green included.
///
/// An isolated village has few addresses within a kilometre however close its homes stand together, so below the middle of
/// the last class there is no more ground to a home.
pub(super) fn ground(addresses: f64) -> f64 {
    let [.., (_, fewest)] = CLASSES;
    1e6 / addresses.max(fewest)
}
