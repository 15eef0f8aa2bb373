//! Who lives in what: rented homes of corporations go to people with less schooling, work and money, owned homes to those
//! with more, so that neighbours in one building resemble each other more than the neighbourhood does.

use crate::model::neighbourhood::home::Building;
use crate::model::quantities::Tenure;

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

impl Tilt {
    /// As the neighbourhood.
    pub const NONE: Self = Self { education: [1.0; 3], work: 1.0, money: 1.0 };

    /// The tilt of a home among the buildings of this week: against the mean over all homes, so that the neighbourhood's make-up
    /// holds. Where all homes are alike there is none.
    ///
    /// Buildings that are gone or to come change nobody's choice, nor do those put up for some time: a policy fills them.
    #[must_use]
    pub fn of(buildings: &[Building], home: u32, week: i32) -> Self {
        let mut mean = Self { education: [0.0; 3], work: 0.0, money: 0.0 };
        let counts = |building: &&Building| building.period.holds(week) && !building.is_temporary();
        let all: f32 = buildings.iter().filter(counts).map(|building| building.homes as f32).sum();
        let mut own = Self::NONE;
        for building in buildings {
            let tilt = ordinary(building.tenure);
            let share = if counts(&building) { building.homes as f32 / all } else { 0.0 };
            for (sum, part) in mean.education.iter_mut().zip(tilt.education) {
                *sum += share * part;
            }
            mean.work += share * tilt.work;
            mean.money += share * tilt.money;
            if (building.first..building.first + building.homes).contains(&home) {
                own = tilt;
            }
        }
        if all == 0.0 {
            return Self::NONE;
        }
        Self {
            education: std::array::from_fn(|place| own.education[place] / mean.education[place]),
            work: own.work / mean.work,
            money: own.money / mean.money,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::blueprint::{BuildingPlan, Period};
    use crate::model::fixture::building;
    use crate::model::initialization::homes::build;
    use crate::model::quantities::BuildingForm;

    #[test]
    fn where_all_homes_are_alike_nobody_is_chosen_and_else_the_mean_stays() {
        let rented = building(BuildingForm::Gallery, 30);
        let owned = BuildingPlan { tenure: Tenure::Owned, ..building(BuildingForm::Houses, 10) };
        let (alike, _) = build(std::slice::from_ref(&rented), 0);
        let same = Tilt::of(&alike, 3, 0);
        assert!(
            same.education.iter().chain([&same.work, &same.money]).all(|times| (times - 1.0).abs() < 1e-6),
            "{same:?}"
        );
        let (mixed, _) = build(&[rented, owned], 0);
        let tilts: Vec<Tilt> = (0..40).map(|home| Tilt::of(&mixed, home, 0)).collect();
        assert!((tilts.iter().map(|tilt| tilt.money).sum::<f32>() / 40.0 - 1.0).abs() < 1e-4);
        assert!(tilts[0].education[0] > 1.0 && tilts[39].education[0] < 1.0);
    }

    #[test]
    fn a_building_put_up_for_some_time_or_not_yet_there_leaves_the_others_as_they_were() {
        let rented = building(BuildingForm::Gallery, 30);
        let owned = BuildingPlan { tenure: Tenure::Owned, ..building(BuildingForm::Houses, 10) };
        let added =
            |from, until| BuildingPlan { period: Period { from, until }, ..building(BuildingForm::Gallery, 60) };
        let tilts = |buildings: &[BuildingPlan], week| -> Vec<Tilt> {
            let (buildings, _) = build(buildings, 0);
            (0..40).map(|home| Tilt::of(&buildings, home, week)).collect()
        };
        let before = tilts(&[rented.clone(), owned.clone()], 5);
        assert_eq!(tilts(&[rented.clone(), owned.clone(), added(Some(0), Some(52))], 5), before);
        let to_come = [rented, owned, added(Some(10), None)];
        assert_eq!(tilts(&to_come, 5), before);
        assert_ne!(tilts(&to_come, 10), before);
    }
}
