//! Neighbourhoods that differ on paper, the row in which their homes stand, and how money is shared out over them.

use super::{Blueprint, Composition};
use crate::model::quantities::{Cents, Share};

/// Weights are whole numbers of this part of an equal share, so that what is shared out adds up exactly.
const UNIT: f64 = 1_000_000.0;

/// The part of one neighbourhood in what all have together.
///
/// Neighbourhoods stand in a row; each gets what falls between the weights before it and its own, rounded down at both
/// ends, so that all parts together are the whole to the cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Portion {
    neighbourhoods: i64,
    before: i64,
    own: i64,
    all: i64,
}

impl Portion {
    /// As much as on paper.
    pub const EVEN: Self = Self { neighbourhoods: 1, before: 0, own: 1, all: 1 };

    /// Times the ordinary part.
    #[must_use]
    pub fn times(self) -> f32 {
        (self.own as f64 * self.neighbourhoods as f64 / self.all as f64) as f32
    }

    /// What comes here, of an amount that each neighbourhood would get if all got the same.
    #[must_use]
    pub fn of(self, amount: Cents) -> Cents {
        let all = i128::from(amount.0) * i128::from(self.neighbourhoods);
        let until = |weight: i64| all * i128::from(weight) / i128::from(self.all);
        // Both lie within the whole amount, which is a sum of amounts that fit.
        Cents((until(self.before + self.own) - until(self.before)) as i64)
    }
}

impl Composition {
    /// How much a neighbourhood needs, by who lives there: money worries and bad health.
    #[must_use]
    pub fn need(&self) -> f32 {
        self.income_difficulty.get() + self.health_limited.get()
    }
}

impl Blueprint {
    /// Neighbourhoods in all.
    #[must_use]
    pub fn neighbourhoods(&self) -> u32 {
        self.copies * self.districts.len().max(1) as u32
    }

    /// What neighbourhood `number` is on paper.
    #[must_use]
    pub fn of(&self, number: u32) -> &Self {
        let district = number as usize % self.districts.len().max(1);
        self.districts.get(district).map_or(self, |district| &district.blueprint)
    }

    /// A town of districts that are as this on paper but for who lives there; none of them is on the map.
    #[must_use]
    pub fn in_districts(&self, who: impl IntoIterator<Item = (String, Composition)>) -> Self {
        let whole = Self { districts: Vec::new(), ..self.clone() };
        let district = |(key, composition)| super::DistrictPlan {
            key,
            at: None,
            blueprint: Self { composition, ..whole.clone() },
        };
        Self { districts: who.into_iter().map(district).collect(), ..whole.clone() }
    }

    /// Changes what is the same everywhere: this, and each district.
    pub fn everywhere(&mut self, mut change: impl FnMut(&mut Self)) {
        for district in &mut self.districts {
            change(&mut district.blueprint);
        }
        change(self);
    }

    /// Homes in the neighbourhoods before neighbourhood `number`: all homes of the world stand in one row.
    #[must_use]
    pub fn homes_before(&self, number: u32) -> u32 {
        if self.districts.is_empty() {
            return number * self.homes();
        }
        let homes = |district: &super::DistrictPlan| district.blueprint.homes();
        let (round, place) = (number / self.districts.len() as u32, number as usize % self.districts.len());
        let one_round: u32 = self.districts.iter().map(homes).sum();
        round * one_round + self.districts[..place].iter().map(homes).sum::<u32>()
    }

    /// Homes in all neighbourhoods together.
    #[must_use]
    pub fn all_homes(&self) -> u64 {
        u64::from(self.homes_before(self.neighbourhoods()))
    }

    /// The part of neighbourhood `number` when `priority` goes to need: `1 + priority * (need / mean need - 1)`.
    #[must_use]
    pub fn portion(&self, number: u32, priority: Share) -> Portion {
        let districts = self.districts.len() as i64;
        let mean = self.districts.iter().map(|district| f64::from(district.blueprint.composition.need())).sum::<f64>()
            / districts.max(1) as f64;
        if priority == Share::NONE || mean <= 0.0 {
            return Portion::EVEN;
        }
        let weight = |district: &super::DistrictPlan| {
            let more = f64::from(district.blueprint.composition.need()) / mean - 1.0;
            (UNIT * (1.0 + f64::from(priority.get()) * more)) as i64
        };
        let weights = || self.districts.iter().map(weight);
        let (round, place) = (i64::from(number) / districts, i64::from(number) % districts);
        let one_round: i64 = weights().sum();
        Portion {
            neighbourhoods: i64::from(self.copies) * districts,
            before: round * one_round + weights().take(place as usize).sum::<i64>(),
            own: weights().nth(place as usize).unwrap_or(0),
            all: i64::from(self.copies) * one_round,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{share, small_blueprint};

    fn three(copies: u32) -> Blueprint {
        let mut plan = small_blueprint();
        plan.copies = copies;
        let who = [0.07, 0.21, 0.43].into_iter().enumerate().map(|(nth, need)| {
            let (income_difficulty, health_limited) = (share(need), share(need / 2.0));
            (format!("district-{nth}"), Composition { income_difficulty, health_limited, ..plan.composition })
        });
        plan.in_districts(who)
    }

    #[test]
    fn all_portions_together_are_the_whole_to_the_cent() {
        for copies in [1, 3] {
            let plan = three(copies);
            for priority in [0.0, 0.3, 1.0] {
                let portions: Vec<Portion> =
                    (0..plan.neighbourhoods()).map(|number| plan.portion(number, share(priority))).collect();
                for amount in [Cents(1), Cents(100_003), Cents(99_999_999_999)] {
                    let sum: Cents = portions.iter().map(|portion| portion.of(amount)).sum();
                    assert_eq!(sum, Cents(amount.0 * i64::from(plan.neighbourhoods())));
                }
            }
        }
    }

    #[test]
    fn in_proportion_to_need_the_neediest_gets_most_and_alike_all_get_the_same() {
        let plan = three(1);
        let times: Vec<f32> = (0..3).map(|number| plan.portion(number, Share::ALL).times()).collect();
        assert!((times[2] / times[0] - 0.43 / 0.07).abs() < 0.01, "{times:?}");
        assert!((times.iter().sum::<f32>() - 3.0).abs() < 1e-4, "{times:?}");
        assert!((0..3).all(|number| plan.portion(number, Share::NONE) == Portion::EVEN));
        assert!(Portion::EVEN.times() == 1.0 && Portion::EVEN.of(Cents(77)) == Cents(77));
    }

    #[test]
    fn homes_of_all_districts_stand_in_one_row() {
        let mut plan = three(2);
        plan.districts[1].blueprint.buildings[0].homes += 5;
        let homes = plan.buildings.iter().map(|building| building.homes).sum::<u32>();
        assert_eq!(
            [0, 1, 2, 3, 4].map(|number| plan.homes_before(number)),
            [0, 1, 2, 3, 4]
                .map(|number| { number * homes + if number > 1 { 5 } else { 0 } + if number > 4 { 5 } else { 0 } })
        );
        assert_eq!(plan.all_homes(), u64::from(6 * homes + 10));
    }
}
