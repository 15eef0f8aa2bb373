//! A results folder as the report reads it: the manifest, the last effects, and the levels the page shows.
//!
//! `weekly.csv` can have millions of rows, so it is read row by row and only the rows of everybody, for the measures
//! that the page shows, are kept.

mod districts;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use super::ReportError;
use crate::observation::dictionary::{ASSOCIATIONS, Better, GROUPS, MEASURES, Measure, Outcome, measure_index};
use crate::observation::profile::SCORES;
use crate::results::folder::UNCERTAINTY;
use crate::results::manifest::{Manifest, ScenarioNote};
use districts::Districts;
pub use districts::{DistrictEffect, FEW_ADULTS};

/// What to do when a folder cannot be read.
const RUN_AGAIN: &str =
    "run the study again with `noaber compare … --out <folder>`, or point to another results folder";

/// Measures of effort and money, shown for every study; spheres in the order person, community, institutions.
pub const EFFORT: [&str; 7] = [
    "volunteer_hours",
    "worker_hours",
    "hours_lost",
    "spent_personal",
    "spent_communal",
    "spent_institutional",
    "spent_care",
];

/// What an outcome costs beyond the baseline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutcomeCost {
    /// Euros a year beyond the baseline.
    pub extra: f64,
    /// Euros a year for each unit of improvement; not finite unless there clearly is one.
    pub per_unit: f64,
}

/// How many measures of each outcome the page shows.
pub const OF_AN_OUTCOME: usize = 2;

/// The measures that speak for an outcome on the page.
pub fn speaking_for(outcome: Outcome) -> impl Iterator<Item = &'static Measure> {
    let keys = outcome.measures().iter().take(OF_AN_OUTCOME);
    keys.filter_map(|key| measure_index(key)).map(|place| &MEASURES[place])
}

/// The lowest and highest value of an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Low end.
    pub low: f64,
    /// High end.
    pub high: f64,
}

/// The effect of an alternative against the baseline at the last week: for one measure and one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Mean paired difference, in the unit of the measure; not finite if there is nobody to measure.
    pub difference: f64,
    /// 50 % interval.
    pub half: Interval,
    /// 90 % interval.
    pub most: Interval,
    /// Pairs of replications.
    pub replications: u32,
    /// Share of the pairs in which the alternative is better, 0 to 1.
    pub share_better: f64,
    /// Smallest difference worth having.
    pub worthwhile: f64,
    /// Weeks since the burn-in.
    pub week: i32,
}

impl Interval {
    /// The interval of a difference that is proportional to an association which may be this part of itself weaker or
    /// stronger: the end further from zero is stretched, the end nearer to zero drawn in.
    fn widened(self, band: f64) -> Self {
        let (less, more) = (1.0 - band, 1.0 + band);
        Self { low: (self.low * less).min(self.low * more), high: (self.high * less).max(self.high * more) }
    }
}

impl Effect {
    /// Whether its intervals are known; they are not if there is a single pair of replications.
    pub fn has_intervals(&self) -> bool {
        [self.half.low, self.half.high, self.most.low, self.most.high].iter().all(|value| value.is_finite())
    }

    /// Every number that a figure must have room for, NaN among them where unknown.
    pub fn ends(&self) -> [f64; 5] {
        [self.difference, self.half.low, self.half.high, self.most.low, self.most.high]
    }
}

/// The worst week of an alternative for one measure of everybody, and the week in which that was over.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dip {
    /// Mean paired difference in that week.
    pub difference: f64,
    /// Its 90 % interval.
    pub most: Interval,
    /// That week.
    pub week: i32,
    /// The week from which it is no longer worse by what is worth having, if that comes.
    pub recovered: Option<i32>,
}

impl Dip {
    /// Whether it is worth mentioning, and more than chance: a fall of a measure that should go `better`.
    pub fn is_clear(&self, better: Better, worthwhile: f64) -> bool {
        let sign = if better == Better::Lower { -1.0 } else { 1.0 };
        let best = if sign < 0.0 { -self.most.low } else { self.most.high };
        sign * self.difference <= -worthwhile && best < 0.0
    }
}

/// Values of a measure for everybody: by week, one per replication.
pub type Series = BTreeMap<i32, Vec<f64>>;

/// The social-base profile of a place or initiative at the last week: means over the replications that have it.
#[derive(Debug, Clone, PartialEq)]
pub struct SettingProfile {
    /// Name in the scenario.
    pub setting: String,
    /// Kind of place or activity.
    pub kind: String,
    /// The scores in the order of [`SCORES`], then their mean; NaN where unknown.
    pub scores: [f64; SCORES.len() + 1],
}

/// A results folder, read and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// What was run.
    pub manifest: Manifest,
    /// The measures on the first page, in the order of the study.
    pub headline: Vec<&'static Measure>,
    /// By key of scenario, place of the measure, place of the group.
    effects: BTreeMap<(String, usize, usize), Effect>,
    /// By key of scenario and place of the measure.
    levels: BTreeMap<(String, usize), Series>,
    /// By key of scenario and place of the measure.
    outcome_costs: BTreeMap<(String, usize), OutcomeCost>,
    /// By key of scenario; empty for results from before there were profiles.
    profiles: BTreeMap<String, Vec<SettingProfile>>,
    /// Weeks in which a rule was in force, by key of scenario and policy: one number for each replication in which it was.
    in_force: BTreeMap<(String, String), Vec<f64>>,
    /// The same.
    dips: BTreeMap<(String, usize), Dip>,
    /// The same, for everybody; empty unless replications drew parameters.
    ignorance: BTreeMap<(String, usize), Ignorance>,
    /// Empty for a study with fewer than two districts.
    districts: Districts,
}

/// What is unsure about an effect when the parameters are not known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ignorance {
    /// Where the effect lies under a plausible parameter set that nobody knows, at 90 %.
    pub ends: Interval,
    /// Part of the variance that is not knowing the parameters; NaN when nothing varies.
    pub share: f64,
}

impl Results {
    /// Reads a results folder.
    ///
    /// # Errors
    /// A missing or broken file, by name and with what to do about it.
    pub fn read(folder: &Path) -> Result<Self, ReportError> {
        if !folder.is_dir() {
            return Err(ReportError::Missing { path: folder.to_owned(), remedy: RUN_AGAIN });
        }
        let manifest = read_manifest(&folder.join("manifest.json"))?;
        let headline = headline(&manifest, &folder.join("manifest.json"))?;
        let outcomes = Outcome::ALL.into_iter().flat_map(speaking_for).map(|measure| measure.key);
        let shown = headline.iter().map(|m| m.key).chain(EFFORT).chain(outcomes).chain(ASSOCIATIONS);
        let shown: Vec<usize> = shown.filter_map(measure_index).collect();
        let levels = read_weekly(&folder.join("weekly.csv"), &shown)?;
        let effects_file = folder.join("effects.csv");
        let alone = manifest.study.scenarios.len() < 2;
        let effects =
            if alone && !effects_file.exists() { BTreeMap::new() } else { read_effects(&effects_file, &manifest)? };
        if !alone && !effects.values().any(|effect| effect.difference.is_finite()) {
            return Err(broken(
                &effects_file,
                None,
                "it holds no differences, although the manifest names several scenarios",
            ));
        }
        // Results of an earlier version have no such tables.
        let costs_file = folder.join("cost_per_outcome.csv");
        let outcome_costs = if costs_file.exists() { read_outcome_costs(&costs_file)? } else { BTreeMap::new() };
        let settings_file = folder.join("settings.csv");
        let profiles = if settings_file.exists() { read_settings(&settings_file)? } else { BTreeMap::new() };
        let rules_file = folder.join("rules.csv");
        let in_force =
            if rules_file.exists() { read_rules(&rules_file, f64::from(manifest.weeks))? } else { BTreeMap::new() };
        let dips_file = folder.join("recovery.csv");
        // Results of a version before it have none.
        let dips = if dips_file.exists() { read_dips(&dips_file)? } else { BTreeMap::new() };
        let ignorance_file = folder.join(UNCERTAINTY);
        let ignorance =
            if manifest.parameters.is_some() { read_uncertainty(&ignorance_file)? } else { BTreeMap::new() };
        let districts = Districts::read(folder, &manifest, &headline)?;
        Ok(Self { manifest, headline, effects, levels, outcome_costs, profiles, in_force, dips, ignorance, districts })
    }

    /// The baseline's words.
    pub fn baseline(&self) -> &ScenarioNote {
        let study = &self.manifest.study;
        study.scenarios.iter().find(|scenario| scenario.key == study.baseline).unwrap_or(&study.scenarios[0])
    }

    /// All scenarios but the baseline, in the order of the study.
    pub fn alternatives(&self) -> Vec<&ScenarioNote> {
        let baseline = &self.baseline().key;
        self.manifest.study.scenarios.iter().filter(|scenario| &scenario.key != baseline).collect()
    }

    /// The last effect of a scenario on a measure for a group (by its place in [`GROUPS`]), if somebody was measured.
    pub fn effect(&self, scenario: &str, measure: &str, group: usize) -> Option<&Effect> {
        let place = measure_index(measure)?;
        self.effects.get(&(scenario.to_owned(), place, group)).filter(|effect| effect.difference.is_finite())
    }

    /// What not knowing the parameters adds to an effect on everybody, if parameters were drawn.
    pub fn ignorance(&self, scenario: &str, measure: &str) -> Option<&Ignorance> {
        self.ignorance.get(&(scenario.to_owned(), measure_index(measure)?))
    }

    /// What a unit of a measure costs with a scenario, if that was calculated.
    pub fn outcome_cost(&self, scenario: &str, measure: &str) -> Option<&OutcomeCost> {
        self.outcome_costs.get(&(scenario.to_owned(), measure_index(measure)?))
    }

    /// Weeks in which the rule of a policy was in force: one number for each replication in which it was at all.
    pub fn weeks_in_force(&self, scenario: &str, policy: &str) -> &[f64] {
        self.in_force.get(&(scenario.to_owned(), policy.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// The worst week of a scenario for a measure of everybody.
    pub fn dip(&self, scenario: &str, measure: &str) -> Option<&Dip> {
        self.dips.get(&(scenario.to_owned(), measure_index(measure)?))
    }

    /// The values of a measure for everybody.
    pub fn level(&self, scenario: &str, measure: &str) -> Option<&Series> {
        self.levels.get(&(scenario.to_owned(), measure_index(measure)?))
    }

    /// The profiles of a scenario's places and initiatives, in the order of its file.
    pub fn profiles(&self, scenario: &str) -> &[SettingProfile] {
        self.profiles.get(scenario).map_or(&[], Vec::as_slice)
    }

    /// The mean over the replications of a measure for everybody, at the last week.
    pub fn last_level(&self, scenario: &str, measure: &str) -> Option<f64> {
        self.level(scenario, measure)?.values().next_back().map(|values| mean(values))
    }

    /// The smallest difference worth having for a measure in this study.
    pub fn worthwhile(&self, measure: &Measure) -> f64 {
        worthwhile(&self.manifest, measure)
    }

    /// The groups (places in [`GROUPS`]) for whom at least one alternative has an effect on the measure: those whose
    /// members are the same people; not everybody together.
    pub fn groups_measured(&self, measure: &str) -> Vec<usize> {
        let alternatives = self.alternatives();
        (1..GROUPS.len())
            .filter(|&group| GROUPS[group].compares_like_with_like())
            .filter(|&group| alternatives.iter().any(|a| self.effect(&a.key, measure, group).is_some()))
            .collect()
    }

    /// The last week in the tables.
    pub fn last_week(&self) -> i32 {
        self.levels
            .values()
            .filter_map(|series| series.keys().next_back())
            .copied()
            .max()
            .unwrap_or(self.manifest.weeks as i32)
    }
}

/// What the study says is worth having; what the dictionary says where the study says nothing sensible.
fn worthwhile(manifest: &Manifest, measure: &Measure) -> f64 {
    let of_study = manifest.study.worthwhile.get(measure.key).copied();
    of_study.filter(|value| value.is_finite() && *value >= 0.0).unwrap_or(measure.worthwhile)
}

fn broken(path: &Path, line: Option<u64>, what: impl Into<String>) -> ReportError {
    ReportError::Broken { path: path.to_owned(), line, what: what.into(), remedy: RUN_AGAIN }
}

fn read_manifest(path: &Path) -> Result<Manifest, ReportError> {
    let text = std::fs::read_to_string(path).map_err(|source| unreadable(path, &source))?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|e| broken(path, Some(e.line() as u64), e.to_string()))?;
    if manifest.study.scenarios.is_empty() {
        return Err(broken(path, None, "it names no scenarios"));
    }
    let baseline = &manifest.study.baseline;
    if !manifest.study.scenarios.iter().any(|scenario| &scenario.key == baseline) {
        return Err(broken(path, None, format!("its baseline “{baseline}” is not among its scenarios")));
    }
    Ok(manifest)
}

fn headline(manifest: &Manifest, path: &Path) -> Result<Vec<&'static Measure>, ReportError> {
    let found = manifest.study.headline.iter().map(|key| {
        let place = measure_index(key).ok_or_else(|| {
            broken(path, None, format!("its headline measure “{key}” is not in the dictionary of this version"))
        })?;
        Ok(&MEASURES[place])
    });
    let headline: Vec<_> = found.collect::<Result<_, ReportError>>()?;
    if headline.is_empty() { Err(broken(path, None, "it names no headline measures")) } else { Ok(headline) }
}

fn unreadable(path: &Path, source: &std::io::Error) -> ReportError {
    if source.kind() == std::io::ErrorKind::NotFound {
        ReportError::Missing { path: path.to_owned(), remedy: RUN_AGAIN }
    } else {
        broken(path, None, source.to_string())
    }
}

/// A table with the places of its columns.
struct Table {
    path: PathBuf,
    rows: csv::Reader<BufReader<File>>,
    columns: Vec<usize>,
}

impl Table {
    fn open(path: &Path, columns: &[&str]) -> Result<Self, ReportError> {
        let file = File::open(path).map_err(|source| unreadable(path, &source))?;
        let mut rows = csv::Reader::from_reader(BufReader::new(file));
        let headers = rows.headers().map_err(|e| broken(path, Some(1), e.to_string()))?.clone();
        let place = |name: &&str| {
            headers
                .iter()
                .position(|header| header == *name)
                .ok_or_else(|| broken(path, Some(1), format!("it has no column “{name}”")))
        };
        let columns = columns.iter().map(place).collect::<Result<_, _>>()?;
        Ok(Self { path: path.to_owned(), rows, columns })
    }

    /// Reads the next row into `row`; `false` at the end.
    fn next(&mut self, row: &mut csv::StringRecord) -> Result<bool, ReportError> {
        self.rows.read_record(row).map_err(|e| broken(&self.path, e.position().map(csv::Position::line), e.to_string()))
    }

    fn word<'row>(&self, row: &'row csv::StringRecord, column: usize) -> &'row str {
        row.get(self.columns[column]).unwrap_or_default()
    }

    /// A number; an empty cell is NaN, as for an empty group.
    fn number(&self, row: &csv::StringRecord, column: usize) -> Result<f64, ReportError> {
        let word = self.word(row, column).trim();
        if word.is_empty() {
            return Ok(f64::NAN);
        }
        word.parse().map_err(|_| {
            broken(&self.path, row.position().map(csv::Position::line), format!("“{word}” is not a number"))
        })
    }
}

fn read_weekly(path: &Path, shown: &[usize]) -> Result<BTreeMap<(String, usize), Series>, ReportError> {
    let mut table = Table::open(path, &["scenario", "week", "group", "measure", "value"])?;
    let mut levels: BTreeMap<(String, usize), Series> = BTreeMap::new();
    let mut row = csv::StringRecord::new();
    while table.next(&mut row)? {
        if table.word(&row, 2) != GROUPS[0].key {
            continue;
        }
        let Some(&measure) = shown.iter().find(|&&place| MEASURES[place].key == table.word(&row, 3)) else { continue };
        let (week, value) = (table.number(&row, 1)? as i32, table.number(&row, 4)?);
        if value.is_finite() {
            let series = levels.entry((table.word(&row, 0).to_owned(), measure)).or_default();
            series.entry(week).or_default().push(value);
        }
    }
    Ok(levels)
}

fn read_settings(path: &Path) -> Result<BTreeMap<String, Vec<SettingProfile>>, ReportError> {
    /// Values of a setting at its last week so far.
    struct Values {
        week: i32,
        scores: [Vec<f64>; SCORES.len() + 1],
    }
    let columns: Vec<&str> =
        ["scenario", "week", "setting", "kind"].into_iter().chain(SCORES).chain(["mean"]).collect();
    let mut table = Table::open(path, &columns)?;
    let mut read: BTreeMap<String, Vec<(String, String, Values)>> = BTreeMap::new();
    let mut row = csv::StringRecord::new();
    while table.next(&mut row)? {
        let week = table.number(&row, 1)? as i32;
        let (setting, kind) = (table.word(&row, 2).to_owned(), table.word(&row, 3).to_owned());
        let of_scenario = read.entry(table.word(&row, 0).to_owned()).or_default();
        let known = of_scenario.iter().position(|(name, sort, _)| *name == setting && *sort == kind);
        let place = known.unwrap_or_else(|| {
            of_scenario.push((setting, kind, Values { week, scores: Default::default() }));
            of_scenario.len() - 1
        });
        let values = &mut of_scenario[place].2;
        if week > values.week {
            *values = Values { week, scores: Default::default() };
        }
        if week == values.week {
            for (nth, scores) in values.scores.iter_mut().enumerate() {
                let value = table.number(&row, 4 + nth)?;
                if value.is_finite() {
                    scores.push(value);
                }
            }
        }
    }
    // What has gone before the end has no profile at the end.
    let profile = |last: i32, all: Vec<(String, String, Values)>| {
        let kept = all.into_iter().filter(|(_, _, values)| values.week == last);
        kept.map(|(setting, kind, values)| SettingProfile { setting, kind, scores: values.scores.map(|of| mean(&of)) })
            .collect()
    };
    let last = read.values().flatten().map(|(_, _, values)| values.week).max().unwrap_or(0);
    Ok(read.into_iter().map(|(scenario, all)| (scenario, profile(last, all))).collect())
}

/// Adds up the stretches of each replication; what has no end lasts until the end of the run.
fn read_rules(path: &Path, weeks: f64) -> Result<BTreeMap<(String, String), Vec<f64>>, ReportError> {
    let mut table = Table::open(path, &["scenario", "replication", "policy", "from_week", "until_week"])?;
    let mut sums: BTreeMap<(String, String), BTreeMap<String, f64>> = BTreeMap::new();
    let mut row = csv::StringRecord::new();
    while table.next(&mut row)? {
        let (from, until) = (table.number(&row, 3)?, table.number(&row, 4)?);
        let key = (table.word(&row, 0).to_owned(), table.word(&row, 2).to_owned());
        let sum = sums.entry(key).or_default().entry(table.word(&row, 1).to_owned()).or_default();
        // The smaller of a number and NaN is the number.
        *sum += until.min(weeks) - from;
    }
    Ok(sums.into_iter().map(|(key, sums)| (key, sums.into_values().collect())).collect())
}

fn read_effects(path: &Path, manifest: &Manifest) -> Result<BTreeMap<(String, usize, usize), Effect>, ReportError> {
    let columns =
        ["scenario", "measure", "group", "week", "difference", "low", "high", "level", "replications", "share_better"];
    let mut table = Table::open(path, &columns)?;
    let mut effects: BTreeMap<(String, usize, usize), Effect> = BTreeMap::new();
    let mut row = csv::StringRecord::new();
    while table.next(&mut row)? {
        // A newer version may know more measures and groups; what this one cannot name it cannot show.
        let Some(measure) = measure_index(table.word(&row, 1)) else { continue };
        let Some(group) = GROUPS.iter().position(|group| group.key == table.word(&row, 2)) else { continue };
        let week = table.number(&row, 3)? as i32;
        let nothing = Interval { low: f64::NAN, high: f64::NAN };
        let fresh = Effect {
            difference: table.number(&row, 4)?,
            half: nothing,
            most: nothing,
            replications: table.number(&row, 8)?.max(0.0) as u32,
            share_better: table.number(&row, 9)?,
            worthwhile: worthwhile(manifest, &MEASURES[measure]),
            week,
        };
        let effect = effects.entry((table.word(&row, 0).to_owned(), measure, group)).or_insert(fresh);
        if week < effect.week {
            continue;
        }
        if week > effect.week {
            *effect = fresh;
        }
        let interval = Interval { low: table.number(&row, 5)?, high: table.number(&row, 6)? };
        let level = table.number(&row, 7)?;
        if (level - 0.5).abs() < 1e-9 {
            effect.half = interval;
        } else if (level - 0.9).abs() < 1e-9 {
            effect.most = interval;
        }
    }
    let band = manifest.study.association_band;
    for ((_, measure, _), effect) in &mut effects {
        if MEASURES[*measure].is_association() {
            (effect.half, effect.most) = (effect.half.widened(band), effect.most.widened(band));
        }
    }
    Ok(effects)
}

fn read_outcome_costs(path: &Path) -> Result<BTreeMap<(String, usize), OutcomeCost>, ReportError> {
    let mut table = Table::open(path, &["scenario", "measure", "extra_euros_per_year", "euros_per_unit"])?;
    let mut costs = BTreeMap::new();
    let mut row = csv::StringRecord::new();
    while table.next(&mut row)? {
        let Some(measure) = measure_index(table.word(&row, 1)) else { continue };
        let cost = OutcomeCost { extra: table.number(&row, 2)?, per_unit: table.number(&row, 3)? };
        costs.insert((table.word(&row, 0).to_owned(), measure), cost);
    }
    Ok(costs)
}

fn read_dips(path: &Path) -> Result<BTreeMap<(String, usize), Dip>, ReportError> {
    let columns = ["scenario", "measure", "difference", "low", "high", "week", "recovered_week"];
    let mut table = Table::open(path, &columns)?;
    let mut dips = BTreeMap::new();
    let mut row = csv::StringRecord::new();
    while table.next(&mut row)? {
        let Some(measure) = measure_index(table.word(&row, 1)) else { continue };
        let recovered = table.number(&row, 6)?;
        let dip = Dip {
            difference: table.number(&row, 2)?,
            most: Interval { low: table.number(&row, 3)?, high: table.number(&row, 4)? },
            week: table.number(&row, 5)? as i32,
            recovered: recovered.is_finite().then_some(recovered as i32),
        };
        dips.insert((table.word(&row, 0).to_owned(), measure), dip);
    }
    Ok(dips)
}

fn read_uncertainty(path: &Path) -> Result<BTreeMap<(String, usize), Ignorance>, ReportError> {
    let mut table = Table::open(path, &["scenario", "measure", "group", "low", "high", "share_ignorance"])?;
    let mut found = BTreeMap::new();
    let mut row = csv::StringRecord::new();
    while table.next(&mut row)? {
        let Some(measure) = measure_index(table.word(&row, 1)).filter(|_| table.word(&row, 2) == GROUPS[0].key) else {
            continue;
        };
        let ends = Interval { low: table.number(&row, 3)?, high: table.number(&row, 4)? };
        found.insert((table.word(&row, 0).to_owned(), measure), Ignorance { ends, share: table.number(&row, 5)? });
    }
    Ok(found)
}

/// The mean; values are summed in order of size, so that the order of rows does not matter.
pub fn mean(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.iter().sum::<f64>() / sorted.len() as f64
}

/// The value below which this share of the values lies, interpolated between neighbours.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    if sorted.is_empty() {
        return f64::NAN;
    }
    let place = share * (sorted.len() - 1) as f64;
    let (below, part) = (place.floor() as usize, place.fract());
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (sorted[above] - sorted[below]) * part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_an_association_is_stretched_on_both_sides() {
        let interval = |low, high| Interval { low, high };
        let near = |a: Interval, b: Interval| (a.low - b.low).abs() < 1e-12 && (a.high - b.high).abs() < 1e-12;
        assert!(near(interval(1.0, 2.0).widened(0.7), interval(0.3, 3.4)));
        assert!(near(interval(-2.0, -1.0).widened(0.7), interval(-3.4, -0.3)));
        assert!(near(interval(-1.0, 2.0).widened(0.7), interval(-1.7, 3.4)));
        assert!(near(interval(1.0, 2.0).widened(0.0), interval(1.0, 2.0)));
    }

    #[test]
    fn quantiles_interpolate_and_do_not_mind_order() {
        assert_eq!(quantile(&[3.0, 1.0, 2.0], 0.5), 2.0);
        assert_eq!(quantile(&[0.0, 10.0], 0.25), 2.5);
        assert_eq!(quantile(&[4.0], 0.95), 4.0);
        assert!(quantile(&[], 0.5).is_nan());
    }

    #[test]
    fn the_mean_does_not_depend_on_the_order_of_rows() {
        assert_eq!(mean(&[0.1, 0.2, 0.3]).to_bits(), mean(&[0.3, 0.1, 0.2]).to_bits());
    }
}
