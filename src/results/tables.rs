//! The tables: tidy CSV, in a fixed order, numbers in the shortest form that reads back as the same number.

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

use crate::experiment::Replication;
use crate::experiment::costs::{cost_per_outcome as all_outcome_costs, costs as all_costs};
use crate::experiment::districts::district_effects as all_district_effects;
use crate::experiment::effects::{Effect, LEVELS, effects as all_effects};
use crate::experiment::recovery::recoveries;
use crate::experiment::uncertainty::{Uncertainty, uncertainties};
use crate::model::quantities::Sphere;
use crate::observation::profile::SETTING_COLUMNS;
use crate::observation::{GROUPS, MEASURES, RESIDENT_COLUMNS, TIE_COLUMNS, measure_index};
use crate::scenario::Study;

/// The columns of `weekly.csv`.
pub const WEEKLY: [&str; 6] = ["scenario", "replication", "week", "group", "measure", "value"];

/// The columns of `effects.csv`.
pub const EFFECTS: [&str; 14] = [
    "scenario",
    "measure",
    "group",
    "week",
    "difference",
    "low",
    "high",
    "level",
    "replications",
    "share_better",
    "low_bca",
    "high_bca",
    "worthwhile",
    "baseline",
];

/// The columns of `rules.csv`.
pub const RULES: [&str; 5] = ["scenario", "replication", "policy", "from_week", "until_week"];

/// The columns of `recovery.csv`.
pub const RECOVERY: [&str; 9] =
    ["scenario", "measure", "difference", "low", "high", "week", "worthwhile", "recovered_week", "recovery_weeks"];

/// The columns with which each row of `settings.csv`, `residents.csv` and `ties.csv` begins.
pub const OPENING: [&str; 3] = ["scenario", "replication", "week"];

/// A CSV table whose errors are those of the file below it, so that a full disk is still known as one.
pub(super) struct Csv<'a>(csv::Writer<&'a mut dyn Write>);

impl<'a> Csv<'a> {
    pub(super) fn to(out: &'a mut dyn Write) -> Self {
        Self(csv::Writer::from_writer(out))
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = impl AsRef<[u8]>>) -> io::Result<()> {
        self.0.write_record(cells).map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        })
    }

    pub(super) fn end(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// `weekly.csv`: every value that is defined.
///
/// # Errors
/// Whatever the writer says.
pub fn weekly(out: &mut dyn Write, study: &Study, replications: &[Replication]) -> io::Result<()> {
    let mut table = Csv::to(out);
    table.row(WEEKLY)?;
    for (place, scenario) in study.scenarios.iter().enumerate() {
        for replication in replications {
            let number = replication.number.to_string();
            for record in &replication.courses[place].records {
                let week = record.week.to_string();
                for (group, group_info) in GROUPS.iter().enumerate().take(record.groups()) {
                    for (measure, measure_info) in MEASURES.iter().enumerate() {
                        let value = record.value(group, measure);
                        if value.is_finite() {
                            let value = value.to_string();
                            table.row([&scenario.key, &number, &week, group_info.key, measure_info.key, &value])?;
                        }
                    }
                }
            }
        }
    }
    table.end()
}

/// `effects.csv`: a row for each effect and each level. Ends of intervals that cannot be given are empty.
///
/// # Errors
/// Whatever the writer says.
pub fn effects(out: &mut dyn Write, study: &Study, replications: &[Replication]) -> io::Result<()> {
    effects_where(out, study, replications, |_, _| true)
}

/// Whether any policy of the study has a rule, so that there is a table of rules.
#[must_use]
pub fn has_rules(study: &Study) -> bool {
    study.scenarios.iter().flat_map(|scenario| &scenario.blueprint.policies).any(|policy| policy.when.is_some())
}

/// `rules.csv`: when the rule of each policy was in force. The end is empty while it still was.
///
/// # Errors
/// Whatever the writer says.
pub fn rules(out: &mut dyn Write, study: &Study, replications: &[Replication]) -> io::Result<()> {
    let mut table = Csv::to(out);
    table.row(RULES)?;
    for (place, scenario) in study.scenarios.iter().enumerate() {
        for replication in replications {
            for rule in &replication.courses[place].rules {
                let policy = scenario.blueprint.policies.get(rule.policy as usize);
                table.row([
                    scenario.key.clone(),
                    replication.number.to_string(),
                    policy.map(|policy| policy.key.clone()).unwrap_or_default(),
                    rule.from.to_string(),
                    rule.until.map(|week| week.to_string()).unwrap_or_default(),
                ])?;
            }
        }
    }
    table.end()
}

/// `summary.csv`: of the effects those that the short table shows. Small enough to keep beside a study.
///
/// # Errors
/// Whatever the writer says.
pub fn summary(out: &mut dyn Write, study: &Study, replications: &[Replication]) -> io::Result<()> {
    let (headline, weeks) =
        study.scenarios.first().map_or((&[][..], 0), |baseline| (&baseline.headline, baseline.design.weeks));
    effects_where(out, study, replications, |effect, level| {
        let shown = headline.contains(&effect.measure) && effect.group == 0;
        shown && i64::from(effect.week) == i64::from(weeks) && level == SUMMARY_LEVEL
    })
}

/// The level of the intervals in the short table.
const SUMMARY_LEVEL: f64 = 0.9;

fn effects_where(
    out: &mut dyn Write,
    study: &Study,
    replications: &[Replication],
    wanted: impl Fn(&Effect, f64) -> bool,
) -> io::Result<()> {
    let mut table = Csv::to(out);
    table.row(EFFECTS)?;
    let worthwhile = &study.scenarios.first().map_or(&[][..], |baseline| &baseline.worthwhile);
    for effect in all_effects(replications) {
        for (nth, level) in LEVELS.iter().enumerate().filter(|(_, level)| wanted(&effect, **level)) {
            let (by_t, by_bootstrap) = (effect.by_t[nth], effect.by_bootstrap[nth]);
            table.row([
                study.scenarios[effect.scenario].key.clone(),
                MEASURES[effect.measure].key.to_owned(),
                GROUPS[effect.group].key.to_owned(),
                effect.week.to_string(),
                number(effect.difference),
                number(by_t.low),
                number(by_t.high),
                level.to_string(),
                effect.replications.to_string(),
                number(effect.share_better),
                number(by_bootstrap.low),
                number(by_bootstrap.high),
                number(worthwhile.get(effect.measure).copied().unwrap_or(f64::NAN)),
                number(effect.baseline),
            ])?;
        }
    }
    table.end()
}

/// The columns of `districts.csv`.
pub const DISTRICTS: [&str; 8] =
    ["scenario", "replication", "week", "district", "measure", "value", "residents", "adults"];

/// `districts.csv`: every value of each district that is defined, at the moments at which all groups are observed.
///
/// # Errors
/// Whatever the writer says.
pub fn districts(out: &mut dyn Write, study: &Study, replications: &[Replication]) -> io::Result<()> {
    let mut table = Csv::to(out);
    table.row(DISTRICTS)?;
    let residents = measure_index("residents").unwrap_or(MEASURES.len());
    for (place, scenario) in study.scenarios.iter().enumerate() {
        for replication in replications {
            let number = replication.number.to_string();
            for record in &replication.courses[place].records {
                let (week, seen) = (record.week.to_string(), record.by_district());
                for (nth, district) in scenario.blueprint.districts.iter().enumerate().take(seen.len()) {
                    let people = [seen.value(nth, residents), seen.adults(nth)].map(|people| people.to_string());
                    for (measure, info) in MEASURES.iter().enumerate() {
                        let value = seen.value(nth, measure);
                        if value.is_finite() {
                            // Adding nothing turns a negative zero into a plain one.
                            let value = (value + 0.0).to_string();
                            let [residents, adults] = &people;
                            let key = &district.key;
                            table.row([&scenario.key, &number, &week, key, info.key, &value, residents, adults])?;
                        }
                    }
                }
            }
        }
    }
    table.end()
}

/// The columns of `district_effects.csv`.
pub const DISTRICT_EFFECTS: [&str; 9] =
    ["scenario", "district", "measure", "week", "difference", "low", "high", "replications", "baseline"];

/// `district_effects.csv`: a row for each effect in each district in the last week.
///
/// # Errors
/// Whatever the writer says.
pub fn district_effects(out: &mut dyn Write, study: &Study, replications: &[Replication]) -> io::Result<()> {
    let mut table = Csv::to(out);
    table.row(DISTRICT_EFFECTS)?;
    let districts = study.scenarios.first().map_or(&[][..], |baseline| &baseline.blueprint.districts);
    for effect in all_district_effects(study, replications) {
        table.row([
            study.scenarios[effect.scenario].key.clone(),
            districts[effect.district].key.clone(),
            MEASURES[effect.measure].key.to_owned(),
            effect.week.to_string(),
            number(effect.difference),
            number(effect.interval.low),
            number(effect.interval.high),
            effect.replications.to_string(),
            number(effect.baseline),
        ])?;
    }
    table.end()
}

/// The columns of `costs.csv`.
pub const COSTS: [&str; 7] = ["scenario", "line", "sphere", "euros_per_year", "difference", "low", "high"];

/// `costs.csv`: what each scenario costs in a year, line by line.
///
/// # Errors
/// Whatever the writer says.
pub fn costs(out: &mut dyn Write, study: &Study, replications: &[Replication]) -> io::Result<()> {
    let mut table = Csv::to(out);
    table.row(COSTS)?;
    for cost in all_costs(study, replications) {
        table.row([
            study.scenarios[cost.scenario].key.clone(),
            cost.line.key.to_owned(),
            cost.line.sphere.map_or("", Sphere::key).to_owned(),
            number(cost.per_year),
            number(cost.difference),
            number(cost.interval.low),
            number(cost.interval.high),
        ])?;
    }
    table.end()
}

/// The columns of `cost_per_outcome.csv`.
pub const COST_PER_OUTCOME: [&str; 7] =
    ["scenario", "measure", "extra_euros_per_year", "difference", "low", "high", "euros_per_unit"];

/// `cost_per_outcome.csv`: extra euros a year for each unit of a headline measure.
///
/// # Errors
/// Whatever the writer says.
pub fn cost_per_outcome(out: &mut dyn Write, study: &Study, replications: &[Replication]) -> io::Result<()> {
    let mut table = Csv::to(out);
    table.row(COST_PER_OUTCOME)?;
    for cost in all_outcome_costs(study, replications) {
        table.row([
            study.scenarios[cost.scenario].key.clone(),
            MEASURES[cost.measure].key.to_owned(),
            number(cost.extra),
            number(cost.difference),
            number(cost.interval.low),
            number(cost.interval.high),
            number(cost.per_unit),
        ])?;
    }
    table.end()
}

/// `recovery.csv`: how far each alternative falls behind at its worst, and when that is over; of everybody together.
///
/// # Errors
/// Whatever the writer says.
pub fn recovery(out: &mut dyn Write, study: &Study, replications: &[Replication]) -> io::Result<()> {
    let mut table = Csv::to(out);
    table.row(RECOVERY)?;
    let worthwhile = study.scenarios.first().map_or(&[][..], |baseline| &baseline.worthwhile);
    for worst in recoveries(replications, worthwhile) {
        let whole = |week: Option<i32>| week.map_or_else(String::new, |week| week.to_string());
        table.row([
            study.scenarios[worst.scenario].key.clone(),
            MEASURES[worst.measure].key.to_owned(),
            number(worst.difference),
            number(worst.interval.low),
            number(worst.interval.high),
            worst.week.to_string(),
            number(worthwhile.get(worst.measure).copied().unwrap_or(f64::NAN)),
            whole(worst.recovered),
            whole(worst.recovered.map(|week| week - worst.week)),
        ])?;
    }
    table.end()
}

/// The columns of `parameters.csv`.
pub const PARAMETERS: [&str; 4] = ["replication", "set", "parameter", "value"];

/// `parameters.csv`: which parameter set each replication lived under.
///
/// # Errors
/// Whatever the writer says.
pub fn parameters(out: &mut dyn Write, study: &Study) -> io::Result<()> {
    let mut table = Csv::to(out);
    table.row(PARAMETERS)?;
    let (Some(drawn), Some(baseline)) = (&study.drawn, study.scenarios.first()) else { return table.end() };
    // Of all replications that were asked for, so that a run that was stopped can be looked into too.
    for replication in 0..baseline.design.replications {
        let Some(draw) = drawn.of(replication) else { continue };
        for (key, value) in drawn.keys.iter().zip(&draw.values) {
            table.row([&replication.to_string(), &draw.set.to_string(), key, &number(*value)])?;
        }
    }
    table.end()
}

/// The columns of `uncertainty.csv`.
pub const UNCERTAINTY: [&str; 9] =
    ["scenario", "measure", "group", "difference", "low", "high", "sd_chance", "sd_ignorance", "share_ignorance"];

/// `uncertainty.csv`: how much of what is unsure about an effect is luck, and how much not knowing the parameters.
///
/// # Errors
/// Whatever the writer says.
pub fn uncertainty(out: &mut dyn Write, study: &Study, replications: &[Replication]) -> io::Result<()> {
    let mut table = Csv::to(out);
    table.row(UNCERTAINTY)?;
    for Uncertainty { scenario, measure, group, spread } in uncertainties(study, replications) {
        table.row([
            study.scenarios[scenario].key.clone(),
            MEASURES[measure].key.to_owned(),
            GROUPS[group].key.to_owned(),
            number(spread.mean),
            number(spread.interval.low),
            number(spread.interval.high),
            number(spread.by_chance),
            number(spread.by_ignorance),
            number(spread.share_ignorance),
        ])?;
    }
    table.end()
}

/// A number, or nothing for what is not defined. Minus zero is zero.
pub(super) fn number(value: f64) -> String {
    if value.is_finite() { (value + 0.0).to_string() } else { String::new() }
}

/// Rows of the table of settings, residents or ties, without a header.
pub(super) fn rows(
    out: &mut dyn Write,
    scenario: &str,
    replication: u32,
    week: i32,
    rows: &[Vec<String>],
) -> io::Result<()> {
    let mut table = Csv::to(out);
    let opening = [scenario.to_owned(), replication.to_string(), week.to_string()];
    for row in rows {
        table.row(opening.iter().chain(row).map(String::as_bytes))?;
    }
    table.end()
}

/// The table of settings, residents or ties: a header, then the parts one after the other.
pub(super) fn joined(out: &mut dyn Write, table: &str, parts: &[PathBuf]) -> io::Result<()> {
    let columns = match table {
        "settings" => SETTING_COLUMNS,
        "residents" => RESIDENT_COLUMNS,
        _ => TIE_COLUMNS,
    };
    let mut header = Csv::to(&mut *out);
    header.row(OPENING.into_iter().chain(columns.iter().map(|column| column.name)))?;
    header.end()?;
    for part in parts {
        io::copy(&mut File::open(part)?, out)?;
    }
    Ok(())
}
