//! Cohesion as the Dutch Veiligheidsmonitor asks it: six statements about the neighbourhood, five answers each.
//!
//! Each resident answers from the own situation: faces known, a neighbour to rely on, weekly words with neighbours,
//! belonging, trust, attitude to others, capability. All weights are assumed: they say what a statement is about, and
//! their sum is scaled so that the situation and the own tendency weigh about one to two. Levels are set so that a
//! typical Dutch population gives the published shares.

use super::Tendency;
use crate::model::submodels::keep_order::ORDINARY_ADDRESSES;

/// What a resident answers from, each by the resident's own state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Situation {
    /// People in the neighbourhood outside the household whom the resident at least recognises.
    pub faces: f32,
    /// Addresses per square kilometre around the home.
    pub addresses: f32,
    /// Whether an acquaintance or friend lives near.
    pub neighbour_to_rely_on: bool,
    /// Part of recent weeks with words with a neighbour, `0..=1`.
    pub neighbour_weeks: f32,
    /// Sense of belonging, `0..=1`.
    pub belonging: f32,
    /// Trust in people, `0..=1`.
    pub trust: f32,
    /// Attitude to other groups, `0..=1`.
    pub attitude: f32,
    /// Capability, `0..=1`.
    pub capability: f32,
}

/// Faces at which knowing people counts for half, at an ordinary density: in dense places more people are about, and who
/// knows as many of them knows a smaller part (assumed, with the square root: most of those about are neighbours anywhere).
const HALF_KNOWN: f32 = 15.0;
/// A typical resident's situation, from which weights count: faces (saturated), neighbour, weeks, belonging, trust, attitude, capability.
const TYPICAL: [f32; 7] = [0.6, 0.6, 0.55, 0.5, 0.6, 0.6, 0.6];

impl Situation {
    fn above_typical(&self) -> [f32; 7] {
        let half = HALF_KNOWN * libm::sqrtf(self.addresses.max(1.0) / ORDINARY_ADDRESSES);
        let known = self.faces / (self.faces + half);
        let neighbour = f32::from(u8::from(self.neighbour_to_rely_on));
        let own = [known, neighbour, self.neighbour_weeks, self.belonging, self.trust, self.attitude, self.capability];
        std::array::from_fn(|place| own[place] - TYPICAL[place])
    }
}

/// One statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Item {
    /// Name of the column with the answer.
    pub key: &'static str,
    /// What the statement says, in short, worded so that agreeing is cohesion.
    pub about: &'static str,
    /// Log-odds of a typical resident to agree (calibrated on the published share).
    pub level: f32,
    /// Log-odds per unit of faces (saturated), neighbour, weeks, belonging, trust, attitude, capability (assumed).
    pub weights: [f32; 7],
}

const fn item(key: &'static str, about: &'static str, level: f32, weights: [f32; 7]) -> Item {
    Item { key, about, level, weights }
}

/// The six statements. The survey words the first the other way round: disagreeing with it is cohesion.
pub const ITEMS: [Item; 6] = [
    item("know_each_other", "people know each other", 0.85, [4.0, 0.4, 1.5, 0.5, 0.0, 0.0, 0.0]),
    item("pleasant", "people get on pleasantly", 0.65, [0.0, 0.0, 0.5, 1.5, 1.5, 1.5, 0.0]),
    item("cosy", "it is cosy here, with much togetherness", -0.2, [1.5, 0.0, 1.0, 2.5, 0.5, 0.5, 0.0]),
    item("at_home", "feels at home with the people here", -0.25, [0.5, 0.0, 0.0, 4.0, 0.5, 1.0, 0.0]),
    item("key_or_watch", "dares to leave a key or have the house watched", 0.5, [0.0, 1.6, 1.0, 0.0, 1.5, 0.0, 0.0]),
    item("address", "dares to address people on what they do", 0.0, [1.5, 0.0, 0.5, 0.5, 0.5, 0.0, 2.0]),
];

/// The weights of [`ITEMS`] by part of the situation.
const WEIGHTS: [[f32; 6]; 7] = {
    let mut weights = [[0.0; 6]; 7];
    let mut place = 0;
    while place < 6 * 7 {
        weights[place % 7][place / 7] = ITEMS[place / 7].weights[place % 7];
        place += 1;
    }
    weights
};

/// Place of "people know each other".
pub const KNOW_EACH_OTHER: usize = 0;
/// Place of "people get on pleasantly".
pub const PLEASANT: usize = 1;
/// Place of "it is cosy here".
pub const COSY: usize = 2;
/// Place of "feels at home".
pub const AT_HOME: usize = 3;
/// Place of "dares to leave a key or have the house watched".
pub const KEY_OR_WATCH: usize = 4;
/// Place of "dares to address people".
pub const ADDRESS: usize = 5;

/// Log-odds below (or above) agreeing at which each of the five answers begins: disagree, neither, agree, fully agree.
const STEPS: [f32; 4] = [-2.2, -1.1, 0.0, 2.6];

/// Six answers, each from 0 (the least cohesive of five answers) to 4 (the most).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sheet(pub [u8; 6]);

impl Sheet {
    /// The scale, 0-10: the mean answer times 2.5.
    #[inline]
    #[must_use]
    pub fn score(self) -> f32 {
        let sum: u8 = self.0.iter().sum();
        f32::from(sum) * (2.5 / 6.0)
    }

    /// Whether an item was answered with (fully) agree, or for the first as the survey words it with (fully) disagree.
    #[inline]
    #[must_use]
    pub fn agrees(self, item: usize) -> bool {
        self.0[item] >= 3
    }
}

/// The answers of somebody in this situation.
#[inline]
#[must_use]
pub fn answers(situation: &Situation, tendency: &Tendency) -> Sheet {
    // All six at a time, one part of the situation after the other.
    let mut felt = [0.0; 6];
    for (weights, above) in WEIGHTS.iter().zip(situation.above_typical()) {
        felt = std::array::from_fn(|item| felt[item] + weights[item] * above);
    }
    let own = tendency.cohesion();
    let pull: [f32; 6] = std::array::from_fn(|item| ITEMS[item].level + felt[item] - own[item]);
    Sheet(pull.map(|pull| STEPS.iter().map(|step| u8::from(pull > *step)).sum()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::chance::{Chance, Process};
    use crate::model::quantities::Person;
    use crate::observation::instruments::Tendencies;

    #[test]
    fn hand_scored_sheets_score_the_same() {
        assert_eq!(Sheet([4; 6]).score(), 10.0);
        assert_eq!(Sheet([0; 6]).score(), 0.0);
        assert_eq!(Sheet([2; 6]).score(), 5.0);
        // The mean of 3, 4, 1, 2, 3 and 2 is 2.5.
        assert_eq!(Sheet([3, 4, 1, 2, 3, 2]).score(), 6.25);
        assert!(Sheet([3, 4, 1, 2, 3, 2]).agrees(0) && !Sheet([3, 4, 1, 2, 3, 2]).agrees(3));
    }

    #[test]
    fn a_typical_population_answers_as_the_veiligheidsmonitor_found() {
        let chance = Chance::new(2).always();
        let tendencies = Tendencies::new(chance);
        let people = 40_000_u64;
        let sheets: Vec<Sheet> = (0..people)
            .map(|who| {
                let mut draw = chance.stream(Process::Traits, who);
                let mut about = |mean: f32, sd: f32| (mean + sd * draw.normal()).clamp(0.0, 1.0);
                let mut situation = Situation {
                    faces: 0.0,
                    addresses: 2000.0,
                    neighbour_to_rely_on: false,
                    neighbour_weeks: about(0.6, 0.35),
                    belonging: about(0.66, 0.13),
                    trust: about(0.6, 0.15),
                    attitude: about(0.6, 0.15),
                    capability: about(0.65, 0.14),
                };
                situation.faces = 20.0 * libm::expf(0.6 * draw.normal());
                situation.neighbour_to_rely_on = draw.happens(0.6);
                answers(&situation, &tendencies.of(Person(who)))
            })
            .collect();
        let mean = sheets.iter().map(|sheet| f64::from(sheet.score())).sum::<f64>() / people as f64;
        let percent = |item| 100.0 * sheets.iter().filter(|sheet| sheet.agrees(item)).count() as f64 / people as f64;
        let found: Vec<f64> = (0..6).map(percent).collect();
        assert!((mean - 6.4).abs() < 0.3, "mean {mean:.2}, shares {found:.1?}");
        // Of the second income fifth: 71.3, 69.5, 56.6 and 59.8 % (Veiligheidsmonitor 2021).
        for (item, published) in [(0, 71.3), (1, 69.5), (2, 56.6), (3, 59.8)] {
            assert!(
                (found[item] - published).abs() < 6.0,
                "{}: {:.1} %, shares {found:.1?}",
                ITEMS[item].key,
                found[item]
            );
        }
    }

    #[test]
    fn every_statement_gains_from_what_it_is_about() {
        let tendencies = Tendencies::new(Chance::new(4).always());
        let poor = Situation {
            faces: 2.0,
            addresses: 2000.0,
            neighbour_to_rely_on: false,
            neighbour_weeks: 0.1,
            belonging: 0.2,
            trust: 0.3,
            attitude: 0.3,
            capability: 0.3,
        };
        let rich = Situation {
            faces: 60.0,
            addresses: 2000.0,
            neighbour_to_rely_on: true,
            neighbour_weeks: 1.0,
            belonging: 0.9,
            trust: 0.9,
            attitude: 0.9,
            capability: 0.9,
        };
        for who in 0..500 {
            let tendency = tendencies.of(Person(who));
            let (before, after) = (answers(&poor, &tendency), answers(&rich, &tendency));
            assert!((0..6).all(|item| after.0[item] >= before.0[item]));
        }
    }
}
