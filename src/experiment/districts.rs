//! Effects by district: what an alternative does in each neighbourhood of a town against the baseline, paired by replication.

use super::record::Replication;
use super::statistics::{Interval, mean, t_interval, t_quantile};
use crate::model::blueprint::Blueprint;
use crate::observation::{ByDistrict, MEASURES};
use crate::scenario::Study;

/// Level of the intervals.
pub const LEVEL: f64 = 0.9;

/// What one scenario does to one measure in one district in the last week, against the baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistrictEffect {
    /// Place of the scenario in the study; never 0, the baseline.
    pub scenario: usize,
    /// Place of the district in the baseline's blueprint.
    pub district: usize,
    /// Place of the measure in the dictionary.
    pub measure: usize,
    /// Weeks since the burn-in.
    pub week: i32,
    /// Mean over replications of the scenario minus the baseline, in the measure's unit.
    pub difference: f64,
    /// Student's t at [`LEVEL`]; none with fewer than 2 replications.
    pub interval: Interval,
    /// Replications in which the measure is defined in both.
    pub replications: usize,
    /// Mean of the baseline over the same replications.
    pub baseline: f64,
}

/// Whether a world has outcomes by district: with one district there is nothing to tell apart.
#[must_use]
pub fn has_districts(study: &Study) -> bool {
    study.scenarios.iter().any(|scenario| scenario.blueprint.districts.len() > 1)
}

/// Every effect in the last week of the baseline that is defined, in order of scenario, district and measure.
///
/// Districts are the same when they have the same name; one that an alternative does not have is left out.
#[must_use]
pub fn district_effects(study: &Study, replications: &[Replication]) -> Vec<DistrictEffect> {
    let (Some(baseline), Some(first)) = (study.scenarios.first(), replications.first()) else { return Vec::new() };
    let last = first.courses.first().and_then(|course| course.records.last());
    let Some(week) = last.map(|record| record.week) else { return Vec::new() };
    let quantiles: Vec<f64> = (0..=replications.len()).map(|n| t_quantile(n, LEVEL)).collect();
    let mut all = Vec::new();
    for (scenario, alternative) in study.scenarios.iter().enumerate().skip(1) {
        for (district, plan) in baseline.blueprint.districts.iter().enumerate() {
            let Some(there) = place_of(&alternative.blueprint, &plan.key) else { continue };
            let pairs: Vec<(&ByDistrict, &ByDistrict)> = replications
                .iter()
                .filter_map(|replication| {
                    let seen = |course: usize| Some(replication.courses.get(course)?.full_at(week)?.by_district());
                    Some((seen(0)?, seen(scenario)?))
                })
                .collect();
            for measure in 0..MEASURES.len() {
                let known: Vec<(f64, f64)> = pairs
                    .iter()
                    .map(|(before, after)| (before.value(district, measure), after.value(there, measure)))
                    .map(|(before, after)| (f64::from(before), f64::from(after)))
                    .filter(|(before, after)| before.is_finite() && after.is_finite())
                    .collect();
                if known.is_empty() {
                    continue;
                }
                let differences: Vec<f64> = known.iter().map(|(before, after)| after - before).collect();
                all.push(DistrictEffect {
                    scenario,
                    district,
                    measure,
                    week,
                    difference: mean(&differences),
                    interval: t_interval(&differences, quantiles[known.len()]),
                    replications: known.len(),
                    baseline: mean(&known.iter().map(|(before, _)| *before).collect::<Vec<_>>()),
                });
            }
        }
    }
    all
}

fn place_of(blueprint: &Blueprint, key: &str) -> Option<usize> {
    blueprint.districts.iter().position(|district| district.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::bench::synthetic;
    use crate::experiment::{Course, Record};
    use crate::observation::{GROUPS, measure_index};
    use crate::scenario::{Design, Scenario, UnitCosts};

    fn scenario(key: &str, districts: &[&str]) -> Scenario {
        let words = [key.to_owned(), key.to_owned()];
        let whole = synthetic(40, 2_000);
        let blueprint = whole.in_districts(districts.iter().map(|key| ((*key).to_owned(), whole.composition)));
        Scenario {
            key: key.to_owned(),
            title: words.clone(),
            description: words,
            design: Design { weeks: 4, burn_in: 0, replications: 3, seed: 1 },
            blueprint,
            headline: Vec::new(),
            worthwhile: Vec::new(),
            unit_costs: UnitCosts::default(),
            resolved: String::new(),
            inputs: Vec::new(),
        }
    }

    fn study(alternative: &[&str]) -> Study {
        Study {
            key: "study".to_owned(),
            title: Default::default(),
            question: Default::default(),
            drawn: None,
            scenarios: vec![scenario("baseline", &["north", "south"]), scenario("other", alternative)],
        }
    }

    /// A course whose last record, of week 4, has these shares of lonely people by district and nothing else.
    fn course(lonely: [f64; 2]) -> Course {
        let mut districts = ByDistrict::NONE;
        for share in lonely {
            let mut measures = [f64::NAN; MEASURES.len()];
            measures[measure_index("lonely").expect("in the dictionary")] = share;
            districts.push(&measures, 100.0);
        }
        let full = Record::from_values(4, vec![f64::NAN; MEASURES.len() * GROUPS.len()]).expect("all groups");
        Course { records: vec![full.with_districts(districts)], rules: Vec::new() }
    }

    fn replications(pairs: &[([f64; 2], [f64; 2])]) -> Vec<Replication> {
        let replication = |(number, &(before, after)): (usize, &_)| Replication {
            number: number as u32,
            courses: vec![course(before), course(after)],
        };
        pairs.iter().enumerate().map(replication).collect()
    }

    #[test]
    fn differences_are_paired_district_by_district() {
        let lived = replications(&[([0.5, 0.25], [0.25, 0.25]), ([0.75, 0.5], [0.625, 0.75])]);
        let found = district_effects(&study(&["north", "south"]), &lived);
        let told: Vec<_> = found.iter().map(|e| (e.district, e.difference, e.baseline, e.replications)).collect();
        assert_eq!(told, [(0, -0.1875, 0.625, 2), (1, 0.125, 0.375, 2)]);
        // Two values: t with 1 degree of freedom is 6.3138, times half their distance.
        assert!((found[0].interval.low + 0.1875 + 6.3138 * 0.0625).abs() < 1e-4, "{:?}", found[0].interval);
    }

    #[test]
    fn districts_are_known_by_their_name_and_not_by_their_place() {
        let lived = replications(&[([0.5, 0.25], [0.125, 0.375])]);
        let told = |districts: &[&str]| -> Vec<(usize, f64)> {
            district_effects(&study(districts), &lived).iter().map(|e| (e.district, e.difference)).collect()
        };
        assert_eq!(told(&["south", "north"]), [(0, -0.125), (1, -0.125)]);
        assert_eq!(told(&["west", "north"]), [(0, -0.125)], "a district that is gone has no difference");
        assert!(district_effects(&study(&["north", "south"]), &lived).iter().all(|e| !e.interval.exists()));
    }

    #[test]
    fn a_pair_with_an_undefined_half_is_left_out() {
        let lived = replications(&[([0.5, f64::NAN], [0.25, 0.5]), ([0.5, 0.5], [f64::NAN, 0.25])]);
        let found = district_effects(&study(&["north", "south"]), &lived);
        assert_eq!(found.iter().map(|e| (e.replications, e.difference)).collect::<Vec<_>>(), [(1, -0.25), (1, -0.25)]);
        assert!(district_effects(&study(&["north", "south"]), &[]).is_empty());
    }
}
