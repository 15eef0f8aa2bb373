//! What scenarios cost in a year, line by line, and what a unit of an outcome costs beyond the baseline.

use super::record::{Course, Replication};
use super::statistics::{Interval, mean, t_interval, t_quantile};
use crate::model::quantities::Sphere;
use crate::observation::{Better, MEASURES, measure_index};
use crate::scenario::{Study, UnitCosts};

/// Level of the intervals.
const LEVEL: f64 = 0.9;

/// A line of the costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Line {
    /// Name in the table.
    pub key: &'static str,
    /// Under which sphere it falls; none for paid care, which stands beside the social base, and for the total.
    pub sphere: Option<Sphere>,
    /// Measure that counts it, with euros a year for each unit; `None` for the sum of the other lines.
    counted: Option<(usize, f64)>,
}

/// The lines of a study, the sum of all last.
#[must_use]
pub fn lines(unit_costs: UnitCosts) -> Vec<Line> {
    let line = |key, sphere, measure, euros| {
        measure_index(measure).map(|place| Line { key, sphere, counted: Some((place, euros)) })
    };
    let volunteers = |price| line("volunteers", Some(Sphere::Communal), "volunteer_hours", 52.0 * price);
    [
        line("personal", Some(Sphere::Personal), "spent_personal", 1.0),
        line("communal", Some(Sphere::Communal), "spent_communal", 1.0),
        line("institutional", Some(Sphere::Institutional), "spent_institutional", 1.0),
        line("paid-care", None, "spent_care", 1.0),
        unit_costs.volunteer_per_hour.and_then(volunteers),
        Some(Line { key: "total", sphere: None, counted: None }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What a line costs in a scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Cost {
    /// Place of the scenario in the study.
    pub scenario: usize,
    /// The line.
    pub line: Line,
    /// Euros in the last year, mean over replications.
    pub per_year: f64,
    /// Beyond the baseline; NaN for the baseline itself.
    pub difference: f64,
    /// Interval of that, by Student's t, at 90 %.
    pub interval: Interval,
}

/// What a unit of an outcome costs.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeCost {
    /// Place of the scenario in the study; never 0, the baseline.
    pub scenario: usize,
    /// Place of the measure in the dictionary.
    pub measure: usize,
    /// Euros a year beyond the baseline.
    pub extra: f64,
    /// Difference in the measure.
    pub difference: f64,
    /// Interval of that, by Student's t, at 90 %.
    pub interval: Interval,
    /// Euros a year for one unit of the measure in the good direction; NaN unless it clearly went there.
    pub per_unit: f64,
}

/// The value of a measure for everybody in the last week.
fn last(course: &Course, measure: usize) -> f64 {
    course.records.last().map_or(f64::NAN, |record| record.value(0, measure))
}

fn euros(course: &Course, lines: &[Line], line: &Line) -> f64 {
    let of = |(measure, price): (usize, f64)| last(course, measure) * price;
    line.counted.map_or_else(|| lines.iter().filter_map(|line| line.counted).map(of).sum(), of)
}

/// The mean of paired differences and its interval.
fn difference(replications: &[Replication], scenario: usize, value: impl Fn(&Course) -> f64) -> (f64, Interval) {
    let pairs = replications.iter().filter_map(|replication| {
        let of = |place: usize| replication.courses.get(place).map(&value);
        Some(of(scenario)? - of(0)?)
    });
    let differences: Vec<f64> = pairs.filter(|difference| difference.is_finite()).collect();
    (mean(&differences), t_interval(&differences, t_quantile(differences.len(), LEVEL)))
}

/// Every line of every scenario, in that order.
#[must_use]
pub fn costs(study: &Study, replications: &[Replication]) -> Vec<Cost> {
    let lines = lines(study.scenarios.first().map_or_else(UnitCosts::default, |baseline| baseline.unit_costs));
    let cost = |scenario: usize, line: &Line| {
        let of = |course: &Course| euros(course, &lines, line);
        let levels: Vec<f64> =
            replications.iter().filter_map(|replication| replication.courses.get(scenario).map(of)).collect();
        let (difference, interval) =
            if scenario == 0 { (f64::NAN, Interval::NONE) } else { difference(replications, scenario, of) };
        Cost { scenario, line: *line, per_year: mean(&levels), difference, interval }
    };
    let cost = &cost;
    (0..study.scenarios.len()).flat_map(|scenario| lines.iter().map(move |line| cost(scenario, line))).collect()
}

/// For each alternative and headline measure with a good direction: extra euros for each unit of improvement.
#[must_use]
pub fn cost_per_outcome(study: &Study, replications: &[Replication]) -> Vec<OutcomeCost> {
    let Some(baseline) = study.scenarios.first() else { return Vec::new() };
    let totals: Vec<f64> = costs(study, replications)
        .into_iter()
        .filter(|cost| cost.line.counted.is_none())
        .map(|cost| cost.difference)
        .collect();
    let outcome = |scenario: usize, measure: usize| {
        let good = match MEASURES[measure].better {
            Better::Higher => 1.0,
            Better::Lower => -1.0,
            Better::Neither => return None,
        };
        let (difference, interval) = difference(replications, scenario, |course| last(course, measure));
        let clearly_better = if good > 0.0 { interval.low > 0.0 } else { interval.high < 0.0 };
        let extra = totals[scenario];
        let per_unit = if clearly_better { extra / (difference * good) } else { f64::NAN };
        difference.is_finite().then_some(OutcomeCost { scenario, measure, extra, difference, interval, per_unit })
    };
    let outcome = &outcome;
    (1..study.scenarios.len())
        .flat_map(|scenario| baseline.headline.iter().filter_map(move |&measure| outcome(scenario, measure)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_the_sum_of_its_lines_and_volunteers_count_when_they_have_a_price() {
        let plain = lines(UnitCosts::default());
        let priced = lines(UnitCosts { volunteer_per_hour: Some(15.0) });
        assert_eq!(
            plain.iter().map(|line| line.key).collect::<Vec<_>>(),
            ["personal", "communal", "institutional", "paid-care", "total"]
        );
        assert_eq!(priced.len(), plain.len() + 1);
        let mut values = vec![0.0; MEASURES.len()];
        for (key, value) in [("spent_communal", 700.0), ("spent_care", 50.0), ("volunteer_hours", 2.0)] {
            values[measure_index(key).expect("in the dictionary")] = value;
        }
        let record = super::super::Record::from_values(9, values).expect("one group");
        let course = Course { records: vec![record], rules: Vec::new() };
        let total = |lines: &[Line]| euros(&course, lines, lines.last().expect("a total"));
        assert_eq!((total(&plain), total(&priced)), (750.0, 750.0 + 52.0 * 15.0 * 2.0));
    }
}
