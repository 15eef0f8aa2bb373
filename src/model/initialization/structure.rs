//! Which households there are, and how old their adults: from margins to a table, for those who sit and those who come.
//!
//! A composition gives shares of households and shares of ages, not how they go together. Iterative proportional fitting
//! finds the table that is closest to an ordinary one and has these margins. Who comes to live here follows from who
//! leaves, ages, is born and dies, such that the ages of the neighbourhood stay about level.

use crate::model::blueprint::Composition;
use crate::model::parameters::Living;
use crate::model::quantities::Share;
use crate::model::submodels::move_households::{GROWN_LEAVE, death_by_age, moving_by_age};

/// Adults in one person, couple without children, couple with children, single parent.
pub const ADULTS: [f32; 4] = [1.0, 2.0, 2.0, 1.0];

/// The type of a household with so many adults and children: one person, couple without children, couple with children,
/// single parent. Three adults or more count as a couple.
#[must_use]
pub const fn type_of(adults: usize, children: usize) -> usize {
    match (adults, children > 0) {
        (..=1, false) => 0,
        (_, false) => 1,
        (2.., true) => 2,
        (_, true) => 3,
    }
}

/// How ordinary it is to find adults of 18-24, 25-44, 45-64, 65 and over in each type of household (assumed, after the
/// national tables of households by age; nobody over 64 has children under 25 at home).
const ORDINARY: [[f32; 4]; 4] =
    [[1.6, 2.6, 2.4, 3.0], [0.8, 2.2, 3.0, 3.6], [0.1, 5.0, 2.6, 0.0], [0.2, 4.0, 2.8, 0.0]];
/// Share of those of 15-24 who live with their parents, if there are families enough (assumed; CBS: about half at 23).
pub const AT_HOME: f32 = 0.7;
/// Most children that a family has on average.
const MOST_CHILDREN: f32 = 3.2;

/// Households and ages of a population.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Structure {
    /// Shares of the types of household.
    pub types: [f32; 4],
    /// For each type, shares of the age bands of its adults: 18-24, 25-44, 45-64, 65 and over.
    pub bands: [[f32; 4]; 4],
    /// Mean number of children in a family.
    pub children: f32,
    /// Part of the children who are under 15.
    pub young: f32,
    /// Shares of people by age band, as far as the households allow them.
    pub ages: [f32; 5],
}

impl Structure {
    /// The structure with these margins: shares of households, and of people by age.
    ///
    /// Of those of 15-24 the share `at_home` lives with parents, if that gives families a likely number of children; with a mean
    /// `size` of a household it is the share that comes nearest to that.
    #[must_use]
    pub fn with_margins(types: [f32; 4], ages: [f32; 5], at_home: f32, size: Option<f32>) -> Self {
        let adults: f32 = (0..4).map(|kind| types[kind] * ADULTS[kind]).sum();
        let families = types[2] + types[3];
        let children_for = |at_home: f32| {
            let share = (ages[0] + at_home * ages[1]).min(0.8);
            adults * share / (1.0 - share) / families
        };
        let (at_home, children) = if families < 1e-6 {
            (0.0, 0.0)
        } else {
            // Grown children make up for too few or too many families, as far as they can.
            let mut at_home = at_home;
            while children_for(at_home) > 2.2 && at_home > 0.05 {
                at_home -= 0.05;
            }
            while children_for(at_home) < 1.2 && at_home < 0.9 {
                at_home += 0.05;
            }
            if let Some(size) = size {
                at_home = halfway(|at_home| adults + families * children_for(at_home) < size);
            }
            (at_home, children_for(at_home).clamp(1.0, MOST_CHILDREN))
        };
        let people = adults + families * children;
        let child_weights = normalised([ages[0], at_home * ages[1]], [0.65, 0.35]);
        let columns = normalised([(1.0 - at_home) * ages[1], ages[2], ages[3], ages[4]], [0.1, 0.4, 0.3, 0.2]);
        let child = |place: usize| families * children * child_weights[place] / people;
        let adult = |place: usize| adults * columns[place] / people;
        Self {
            types,
            bands: fit(types, adults, columns),
            children,
            young: child_weights[0],
            ages: [child(0), child(1) + adult(0), adult(1), adult(2), adult(3)],
        }
    }

    /// The structure of those who live here at the start.
    #[must_use]
    pub fn sitting(composition: &Composition) -> Self {
        Self::with_margins(
            composition.households.map(Share::get),
            composition.ages.map(Share::get),
            AT_HOME,
            composition.household_size,
        )
    }

    /// The structure of those who come, such that the structure of those who live here stays about level.
    ///
    /// `often` is how often each type of household moves for the sake of the homes it lives in, against the mean
    /// ([`moving_by_type`](super::dwelling::moving_by_type)). All else rests on the ordinary rates of moving, birth and death: a
    /// policy that changes a rate changes how many come, and not who.
    #[must_use]
    pub fn arriving(composition: &Composition, often: [f32; 4]) -> Self {
        let sitting = Self::sitting(composition);
        let living = Living::default();
        let size = sitting.size();
        let homes = |kind: usize, band: usize| sitting.types[kind] * sitting.bands[kind][band] / size;
        // Yearly rates; belonging of about a half keeps part of the movers here.
        let stay = 1.0 - 0.5 * living.belonging_stays;
        let leave =
            [22.0, 35.0, 54.0, 75.0].map(|age| living.moving * composition.moving * stay * moving_by_age(&living, age));
        let die = [22.0, 35.0, 56.0, 78.0].map(|age| death_by_age(&living, age));

        let mut out = [0.0_f32; 5];
        let mut teens_out = 0.0;
        let mut kinds = [0.0_f32; 4];
        for kind in 0..4 {
            let leave = leave.map(|rate| rate * often[kind]);
            for band in 0..4 {
                let households = homes(kind, band);
                out[band + 1] += households * ADULTS[kind] * (leave[band] + die[band]);
                kinds[kind] += households * leave[band];
                if kind >= 2 {
                    let young = [1.0, 0.85, 0.35, 0.0][band];
                    out[0] += households * sitting.children * leave[band] * young;
                    teens_out += households * sitting.children * leave[band] * (1.0 - young);
                }
                // A death leaves one person of a couple, and nobody of one.
                match kind {
                    0 => kinds[0] += households * die[band],
                    1 => {
                        kinds[1] += 2.0 * households * die[band];
                        kinds[0] -= 2.0 * households * die[band];
                    }
                    _ => {}
                }
            }
        }
        let families = (sitting.types[2] + sitting.types[3]) / size;
        let ages = sitting.ages;
        let alone = (0..4).map(|kind| homes(kind, 0) * ADULTS[kind]).sum::<f32>();
        let at_home = (ages[1] - alone).max(0.0);
        // Half of those of 15-24 at home are of age; about a twentieth of them turns 25 there in a year.
        let (grown, late) = (0.5 * at_home * GROWN_LEAVE, at_home / 20.0);
        // Mothers of a first child are nearer to thirty than those of the next.
        let births_to = |kind: usize| {
            let near_thirty = if kind == 1 { 1.6 } else { 1.3 };
            living.births * near_thirty * (0.85 * homes(kind, 1) + 0.7 * homes(kind, 0))
        };
        let births = births_to(1) + births_to(2);
        // Who must come for each age to stay level: those who go or grow out of it, less those who grow into it.
        let teens = (teens_out + grown + late - ages[0] / 15.0).max(0.0);
        let starters = (out[1] + alone / 6.0).max(1e-6);
        let coming = [
            out[0] + ages[0] / 15.0 - births,
            teens + starters,
            out[2] + ages[2] / 20.0 - alone / 6.0 - late,
            out[3] + (ages[3] - ages[2]) / 20.0,
            out[4] - ages[3] / 20.0,
        ];
        kinds[1] += births_to(1);
        kinds[2] -= births_to(1);
        if families > 0.0 {
            // Families become couples and single people when the last child leaves.
            let emptied = (grown + late) / sitting.children;
            let couples = sitting.types[2] / size / families;
            kinds[1] -= emptied * couples;
            kinds[2] += emptied * couples;
            kinds[0] -= emptied * (1.0 - couples);
            kinds[3] += emptied * (1.0 - couples);
        }
        let floor = |flow: f32, share: f32| if share > 0.0 { flow.max(0.002 * share) } else { 0.0 };
        let kinds: [f32; 4] = std::array::from_fn(|kind| floor(kinds[kind], sitting.types[kind]));
        let coming: [f32; 5] = std::array::from_fn(|band| floor(coming[band], ages[band]));
        Self::with_margins(normalised(kinds, sitting.types), normalised(coming, ages), teens / (teens + starters), None)
    }

    /// The same with so much more of all households consisting of one person.
    #[must_use]
    pub fn with_more_alone(mut self, more: f32) -> Self {
        let alone = (self.types[0] + more).min(1.0);
        let others = (1.0 - self.types[0]).max(f32::MIN_POSITIVE);
        if more > 0.0 {
            self.types = self.types.map(|share| share * (1.0 - alone) / others);
            self.types[0] = alone;
        }
        self
    }

    /// Mean number of people in a household.
    #[must_use]
    pub fn size(&self) -> f32 {
        (0..4).map(|kind| self.types[kind] * ADULTS[kind]).sum::<f32>()
            + (self.types[2] + self.types[3]) * self.children
    }
}

/// The share of grown children at home up to which `is_low` holds, by halving.
fn halfway(is_low: impl Fn(f32) -> bool) -> f32 {
    let (mut low, mut high) = (0.05_f32, 0.9_f32);
    for _ in 0..20 {
        let middle = 0.5 * (low + high);
        if is_low(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// Shares that add up to one; `otherwise` when there is nothing to share.
fn normalised<const N: usize>(weights: [f32; N], otherwise: [f32; N]) -> [f32; N] {
    let sum: f32 = weights.iter().sum();
    if sum > 1e-9 { weights.map(|weight| weight / sum) } else { otherwise }
}

/// Iterative proportional fitting (Deming and Stephan 1940) of the ordinary table to margins; gives shares by row.
fn fit(types: [f32; 4], adults: f32, columns: [f32; 4]) -> [[f32; 4]; 4] {
    let mut table = ORDINARY;
    for _ in 0..60 {
        for kind in 0..4 {
            table[kind] =
                normalised(table[kind], [0.0; 4]).map(|cell| cell * types[kind] * ADULTS[kind] / adults.max(1e-9));
        }
        for band in 0..4 {
            let sum: f32 = table.iter().map(|row| row[band]).sum();
            let factor = if sum > 1e-9 { columns[band] / sum } else { 0.0 };
            for row in &mut table {
                row[band] *= factor;
            }
        }
    }
    std::array::from_fn(|kind| normalised(table[kind], normalised(ORDINARY[kind], [0.25; 4])))
}

/// Shares to be kept while people are drawn one by one: what is owed pulls the next draw its way.
///
/// It multiplies the odds, so that differences between people stay; the shares of the whole come out within a few people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quota<const N: usize> {
    target: [f32; N],
    owed: [f32; N],
    pull: f32,
}

impl<const N: usize> Quota<N> {
    /// Keeps these shares.
    #[must_use]
    pub const fn kept(target: [f32; N]) -> Self {
        Self { target, owed: [0.0; N], pull: 0.5 }
    }

    /// Lets chance have its way.
    #[must_use]
    pub const fn free() -> Self {
        Self { target: [0.0; N], owed: [0.0; N], pull: 0.0 }
    }

    /// Weights, pulled towards what is owed.
    #[must_use]
    pub fn pulled(&self, weights: [f32; N]) -> [f32; N] {
        let most = (0..N).filter(|place| weights[*place] > 0.0).map(|place| self.owed[place]).fold(f32::MIN, f32::max);
        std::array::from_fn(|place| {
            if weights[place] > 0.0 {
                weights[place] * libm::expf((self.pull * (self.owed[place] - most)).max(-30.0))
            } else {
                0.0
            }
        })
    }

    /// What is owed to one place, in people; 0 when free.
    #[must_use]
    pub fn owed(&self, place: usize) -> f32 {
        self.owed[place]
    }

    /// Counts `people` in a place.
    pub fn count(&mut self, place: usize, people: f32) {
        if self.pull > 0.0 {
            for (owed, target) in self.owed.iter_mut().zip(self.target) {
                *owed += people * target;
            }
            self.owed[place] -= people;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::{ordinary_composition, share};

    #[test]
    fn the_table_has_the_margins_asked_for() {
        let composition = ordinary_composition();
        let structure = Structure::sitting(&composition);
        for (found, wanted) in structure.ages.iter().zip(composition.ages) {
            assert!((found - wanted.get()).abs() < 1e-3, "{:?}", structure.ages);
        }
        let size = structure.size();
        for band in 1..4 {
            let adults: f32 =
                (0..4).map(|kind| structure.types[kind] * ADULTS[kind] * structure.bands[kind][band] / size).sum();
            assert!((adults - composition.ages[band + 1].get()).abs() < 0.01, "band {band}: {adults}");
        }
        assert!((1.0..3.0).contains(&structure.children), "{}", structure.children);
        assert!((structure.size() - 2.0).abs() < 0.4, "{}", structure.size());
    }

    #[test]
    fn households_are_as_large_as_asked_and_ages_stay() {
        let mut composition = ordinary_composition();
        for size in [1.9, 2.0, 2.05] {
            composition.household_size = Some(size);
            let structure = Structure::sitting(&composition);
            assert!((structure.size() - size).abs() < 0.005, "{} for {size}", structure.size());
            for (found, wanted) in structure.ages.iter().zip(composition.ages) {
                assert!((found - wanted.get()).abs() < 1e-3, "{:?}", structure.ages);
            }
        }
        // More than grown children can make up for is not to be had.
        composition.household_size = Some(5.0);
        assert!(Structure::sitting(&composition).size() < 2.6);
    }

    #[test]
    fn single_households_alone_have_no_children_whatever_the_ages_ask() {
        let mut composition = ordinary_composition();
        composition.households = [1.0, 0.0, 0.0, 0.0].map(share);
        for structure in [Structure::sitting(&composition), Structure::arriving(&composition, [1.0; 4])] {
            assert_eq!(structure.ages[0], 0.0);
            assert!((structure.ages.iter().sum::<f32>() - 1.0).abs() < 1e-4);
            assert_eq!(structure.types[0], 1.0);
        }
    }

    #[test]
    fn those_who_come_are_younger_than_those_who_live_here() {
        let composition = ordinary_composition();
        let (sitting, arriving) = (Structure::sitting(&composition), Structure::arriving(&composition, [1.0; 4]));
        assert!(arriving.ages[1] + arriving.ages[2] > sitting.ages[1] + sitting.ages[2] + 0.1, "{arriving:?}");
        assert!(arriving.ages[4] < sitting.ages[4]);
    }

    #[test]
    fn a_quota_is_kept_within_a_few_people_without_levelling_differences() {
        let mut quota = Quota::kept([0.7, 0.3]);
        let chance = crate::model::chance::Chance::new(3).always();
        let (mut old, mut young) = (0, 0);
        for who in 0..2_000_u64 {
            let odds = if who % 2 == 0 { 4.0 } else { 1.0 };
            let weights = quota.pulled([1.0, odds]);
            let picked = chance.stream(crate::model::chance::Process::Traits, who).pick(&weights);
            quota.count(picked, 1.0);
            *(if who % 2 == 0 { &mut old } else { &mut young }) += picked;
        }
        assert!((old + young).abs_diff(600) < 10, "{old} {young}");
        assert!(old > 2 * young, "{old} {young}");
    }
}
