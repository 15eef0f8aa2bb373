//! Who lives in what: families live in houses and people alone in flats, rented homes of corporations go to people with less
//! schooling, work and money, owned homes to those with more. Neighbours in one building therefore resemble each other more
//! than the neighbourhood does, and the make-up of the neighbourhood is what it was.

use crate::model::neighbourhood::home::Building;
use crate::model::parameters::Living;
use crate::model::quantities::{BuildingForm, Tenure};
use crate::model::submodels::move_households::moving_by_tenure;

/// Households of one person, couples, couples with children and single parents, in thousands, in houses owned and rented and
/// in flats owned and rented (CBS table 7410wbo, the Netherlands in 2000; how families are divided over the last two is
/// assumed: of single parents fewer own their home).
const ORDINARY: [[f32; 4]; Sort::NUMBER] = [
    [381.0, 992.0, 1368.0, 110.0],
    [439.0, 445.0, 399.0, 130.0],
    [187.0, 125.0, 55.0, 15.0],
    [996.0, 391.0, 160.0, 115.0],
];
/// Rounds of fitting: the margins are met to a few in a million long before.
const ROUNDS: usize = 40;

/// How often people of low, middle and high education, with work, and with difficulty to make ends meet live in homes of a tenure,
/// against the neighbourhood as a whole.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tilt {
    /// Low, middle, high education.
    pub education: [f32; 3],
    /// With work.
    pub work: f32,
    /// With difficulty to make ends meet, beyond what income says.
    pub money: f32,
}

/// Where all tenures are equally common (assumed; income limits of social rent, mortgages by income).
const fn ordinary(tenure: Tenure) -> Tilt {
    match tenure {
        Tenure::SocialRent => Tilt { education: [1.5, 1.0, 0.5], work: 0.6, money: 1.5 },
        Tenure::PrivateRent => Tilt { education: [0.9, 1.0, 1.2], work: 1.0, money: 1.2 },
        Tenure::Owned => Tilt { education: [0.8, 1.0, 1.2], work: 1.25, money: 0.6 },
    }
}

/// What sort of home it is, as far as it matters to which households live there: the rows of the ordinary table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A house of those who live there.
    OwnedHouse,
    /// A rented house.
    RentedHouse,
    /// A flat of those who live there.
    OwnedFlat,
    /// A rented flat.
    RentedFlat,
}

impl Sort {
    /// How many there are.
    pub const NUMBER: usize = 4;
    /// All, in order.
    pub const ALL: [Self; Self::NUMBER] = [Self::OwnedHouse, Self::RentedHouse, Self::OwnedFlat, Self::RentedFlat];

    /// What it is called in tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::OwnedHouse => "in owned houses",
            Self::RentedHouse => "in rented houses",
            Self::OwnedFlat => "in owned flats",
            Self::RentedFlat => "in rented flats",
        }
    }

    /// The sort of the homes in a building.
    #[must_use]
    pub const fn of(building: &Building) -> Self {
        match (building.form, building.tenure) {
            (BuildingForm::Houses, Tenure::Owned) => Self::OwnedHouse,
            (BuildingForm::Houses, _) => Self::RentedHouse,
            (_, Tenure::Owned) => Self::OwnedFlat,
            (_, _) => Self::RentedFlat,
        }
    }
}

/// Who is likely to live in one home.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dwelling {
    /// What sort of home it is, if that is known.
    pub sort: Option<Sort>,
    /// Shares of the types of household.
    pub types: [f32; 4],
    /// How its tenure chooses among people.
    pub tilt: Tilt,
}

impl Dwelling {
    /// As the neighbourhood.
    #[must_use]
    pub const fn like_any(types: [f32; 4]) -> Self {
        Self { sort: None, types, tilt: Tilt { education: [1.0; 3], work: 1.0, money: 1.0 } }
    }
}

/// How the buildings of a week divide the neighbourhood's households and people among them.
///
/// Buildings that are gone or to come change nobody's choice, nor do those put up for some time: a policy fills them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dwellings {
    /// Shares of the types of household in the whole.
    types: [f32; 4],
    /// What the ordinary shares of each type are multiplied by, wherever it lives.
    factors: [f32; 4],
    /// Mean tilt of all homes; none where there are no homes.
    mean: Option<Tilt>,
}

impl Dwellings {
    /// Of those who sit here: homes count alike.
    #[must_use]
    pub fn sitting(buildings: &[Building], types: [f32; 4], week: i32) -> Self {
        Self::of(buildings, types, week, |_| 1.0)
    }

    /// Of those who come: homes of a tenure that people leave more often take more of them.
    #[must_use]
    pub fn arriving(buildings: &[Building], types: [f32; 4], week: i32) -> Self {
        let living = Living::default();
        Self::of(buildings, types, week, |tenure| moving_by_tenure(&living, tenure))
    }

    fn of(buildings: &[Building], types: [f32; 4], week: i32, often: impl Fn(Tenure) -> f32) -> Self {
        let (mut all, mut mean) = (0.0_f32, Tilt { education: [0.0; 3], work: 0.0, money: 0.0 });
        let mut rows = [0.0_f32; Sort::NUMBER];
        for building in buildings.iter().filter(|building| takes_part(building, week)) {
            let (homes, tilt) = (building.homes as f32, ordinary(building.tenure));
            all += homes;
            for (sum, part) in mean.education.iter_mut().zip(tilt.education) {
                *sum += homes * part;
            }
            mean.work += homes * tilt.work;
            mean.money += homes * tilt.money;
            rows[Sort::of(building) as usize] += homes * often(building.tenure);
        }
        let part = |sum: f32| sum / all;
        let mean = Tilt { education: mean.education.map(part), work: part(mean.work), money: part(mean.money) };
        Self { types, factors: fit(rows, types), mean: (all > 0.0).then_some(mean) }
    }

    /// Who is likely to live in a home of this building.
    #[must_use]
    pub fn of_home(&self, building: &Building) -> Dwelling {
        let Some(mean) = self.mean else { return Dwelling::like_any(self.types) };
        let own = ordinary(building.tenure);
        let tilt = Tilt {
            education: std::array::from_fn(|place| own.education[place] / mean.education[place]),
            work: own.work / mean.work,
            money: own.money / mean.money,
        };
        let sort = Sort::of(building);
        Dwelling { sort: Some(sort), types: self.types(sort), tilt }
    }

    /// Shares of the types of household in homes of this sort.
    #[must_use]
    pub fn types(&self, sort: Sort) -> [f32; 4] {
        shares(sort, self.factors).unwrap_or(self.types)
    }
}

/// How often each type of household moves for the sake of the tenure of its homes, against the national rate; `types` are the
/// shares of the types among those who live here.
#[must_use]
pub fn moving_by_type(buildings: &[Building], types: [f32; 4], week: i32) -> [f32; 4] {
    let (sitting, living) = (Dwellings::sitting(buildings, types, week), Living::default());
    let (mut moving, mut all) = ([0.0_f32; 4], [0.0_f32; 4]);
    for building in buildings.iter().filter(|building| takes_part(building, week)) {
        let often = moving_by_tenure(&living, building.tenure);
        for (kind, share) in sitting.types(Sort::of(building)).into_iter().enumerate() {
            let households = building.homes as f32 * share;
            moving[kind] += households * often;
            all[kind] += households;
        }
    }
    std::array::from_fn(|kind| if all[kind] > 0.0 { moving[kind] / all[kind] } else { 1.0 })
}

/// Whether a building takes part in who lives in what.
fn takes_part(building: &Building, week: i32) -> bool {
    building.period.holds(week) && !building.is_temporary()
}

/// Shares of the types of household in homes of a sort, if any can be there.
fn shares(sort: Sort, factors: [f32; 4]) -> Option<[f32; 4]> {
    let cells: [f32; 4] = std::array::from_fn(|kind| ORDINARY[sort as usize][kind] * factors[kind]);
    let sum: f32 = cells.iter().sum();
    (sum > 0.0).then(|| cells.map(|cell| cell / sum))
}

/// Iterative proportional fitting (Deming and Stephan 1940) of the ordinary table to so many homes in each row and these
/// shares of types: the factors of its columns, for those of the rows follow from them.
fn fit(rows: [f32; Sort::NUMBER], types: [f32; 4]) -> [f32; 4] {
    let homes: f32 = rows.iter().sum();
    let mut factors = types;
    if homes <= 0.0 {
        return factors;
    }
    for _ in 0..ROUNDS {
        let mut found = [0.0_f32; 4];
        for (sort, number) in Sort::ALL.into_iter().zip(rows) {
            for (sum, share) in found.iter_mut().zip(shares(sort, factors).unwrap_or(types)) {
                *sum += number / homes * share;
            }
        }
        for ((factor, found), wanted) in factors.iter_mut().zip(found).zip(types) {
            *factor *= if found > 0.0 { wanted / found } else { 0.0 };
        }
    }
    factors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::blueprint::{BuildingPlan, Period};
    use crate::model::fixture::building;
    use crate::model::initialization::homes::build;

    const TYPES: [f32; 4] = [0.4, 0.28, 0.24, 0.08];

    fn rented_and_owned() -> [BuildingPlan; 2] {
        [
            building(BuildingForm::Gallery, 30),
            BuildingPlan { tenure: Tenure::Owned, ..building(BuildingForm::Houses, 10) },
        ]
    }

    #[test]
    fn where_all_homes_are_alike_nobody_is_chosen() {
        let (alike, _) = build(&[building(BuildingForm::Gallery, 30)], 0);
        let same = Dwellings::sitting(&alike, TYPES, 0).of_home(&alike[0]);
        let tilt = same.tilt;
        assert!(
            tilt.education.iter().chain([&tilt.work, &tilt.money]).all(|times| (times - 1.0).abs() < 1e-6),
            "{same:?}"
        );
        assert!(same.types.iter().zip(TYPES).all(|(share, wanted)| (share - wanted).abs() < 1e-6), "{same:?}");
    }

    #[test]
    fn families_live_in_houses_and_the_whole_is_what_it_was() {
        let (buildings, _) = build(&rented_and_owned(), 0);
        let dwellings = Dwellings::sitting(&buildings, TYPES, 0);
        let [flat, house] = [0, 1].map(|number| dwellings.of_home(&buildings[number]));
        assert!((0.75 * flat.tilt.money + 0.25 * house.tilt.money - 1.0).abs() < 1e-4);
        assert!(flat.tilt.education[0] > 1.0 && house.tilt.education[0] < 1.0);
        for (kind, wanted) in TYPES.into_iter().enumerate() {
            let whole = 0.75 * flat.types[kind] + 0.25 * house.types[kind];
            assert!((whole - wanted).abs() < 1e-4, "{kind}: {whole}");
        }
        // The odds of the table stay: who is a couple with children rather than alone, in a house rather than in a flat.
        let odds = |types: [f32; 4]| types[2] / types[0];
        let ordinary = (1368.0 / 381.0) / (160.0 / 996.0);
        assert!((odds(house.types) / odds(flat.types) / ordinary - 1.0).abs() < 1e-3);
    }

    #[test]
    fn a_type_that_is_not_there_lives_nowhere_and_no_homes_ask_nothing() {
        let (buildings, _) = build(&rented_and_owned(), 0);
        let types = [0.7, 0.3, 0.0, 0.0];
        let dwellings = Dwellings::sitting(&buildings, types, 0);
        for building in &buildings {
            let here = dwellings.of_home(building).types;
            assert!(here[2] == 0.0 && here[3] == 0.0 && (here[0] + here[1] - 1.0).abs() < 1e-6, "{here:?}");
        }
        assert_eq!(Dwellings::sitting(&[], types, 0).of_home(&buildings[0]), Dwelling::like_any(types));
    }

    #[test]
    fn people_alone_live_where_people_move_more() {
        let [rented, owned] = rented_and_owned();
        let rented = BuildingPlan { tenure: Tenure::PrivateRent, ..rented };
        let (buildings, _) = build(&[rented, owned], 0);
        let living = Living::default();
        let [alone, couple, family, parent] = moving_by_type(&buildings, TYPES, 0);
        assert!(alone > parent && parent > couple && couple > family, "{alone} {parent} {couple} {family}");
        assert!(alone < living.moving_private && family > living.moving_owned);
        let mean = 0.75 * living.moving_private + 0.25 * living.moving_owned;
        let all = [alone, couple, family, parent].iter().zip(TYPES).map(|(often, share)| often * share).sum::<f32>();
        assert!((all / mean - 1.0).abs() < 1e-3, "{all} {mean}");
    }

    #[test]
    fn those_who_come_are_divided_by_how_often_homes_fall_vacant() {
        let (buildings, _) = build(&rented_and_owned(), 0);
        let dwellings = Dwellings::arriving(&buildings, TYPES, 0);
        let living = Living::default();
        let flows = [30.0 * living.moving_social, 10.0 * living.moving_owned];
        for (kind, wanted) in TYPES.into_iter().enumerate() {
            let parts = [0, 1].map(|number| flows[number] * dwellings.of_home(&buildings[number]).types[kind]);
            let whole = (parts[0] + parts[1]) / (flows[0] + flows[1]);
            assert!((whole - wanted).abs() < 1e-4, "{kind}: {whole}");
        }
    }

    #[test]
    fn a_building_put_up_for_some_time_or_not_yet_there_leaves_the_others_as_they_were() {
        let [rented, owned] = rented_and_owned();
        let added =
            |from, until| BuildingPlan { period: Period { from, until }, ..building(BuildingForm::Gallery, 60) };
        let those = |plans: &[BuildingPlan], week| {
            let (buildings, _) = build(plans, 0);
            let dwellings = Dwellings::sitting(&buildings, TYPES, week);
            [0, 1].map(|number| dwellings.of_home(&buildings[number]))
        };
        let before = those(&[rented.clone(), owned.clone()], 5);
        assert_eq!(those(&[rented.clone(), owned.clone(), added(Some(0), Some(52))], 5), before);
        let to_come = [rented, owned, added(Some(10), None)];
        assert_eq!(those(&to_come, 5), before);
        assert_ne!(those(&to_come, 10), before);
    }
}
