//! Outcomes by district, as the report reads them: the headline measures in the last week.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Interval, Results, Table, mean};
use crate::observation::dictionary::{MEASURES, Measure, measure_index};
use crate::report::ReportError;
use crate::results::folder::{DISTRICT_EFFECTS, DISTRICTS};
use crate::results::manifest::{DistrictNote, Manifest};

/// With fewer adults, what is measured of a district is mostly chance (assumed).
pub const FEW_ADULTS: f64 = 50.0;

/// The effect of an alternative in one district.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DistrictEffect {
    /// Mean paired difference, in the unit of the measure.
    pub difference: f64,
    /// 90 % interval.
    pub most: Interval,
}

impl DistrictEffect {
    /// Whether the interval is known.
    pub fn has_interval(&self) -> bool {
        self.most.low.is_finite() && self.most.high.is_finite()
    }

    /// Whether chance alone could have made it: zero lies in the interval, or there is none.
    pub fn may_be_chance(&self) -> bool {
        !self.has_interval() || (self.most.low <= 0.0 && self.most.high >= 0.0)
    }

    /// Whether all of the interval is further from zero than this.
    pub fn is_beyond(&self, worthwhile: f64) -> bool {
        self.has_interval() && !self.may_be_chance() && self.most.low.abs().min(self.most.high.abs()) >= worthwhile
    }
}

/// What is known of the districts of a study.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Districts {
    /// Mean of the baseline, by key of district and place of the measure.
    levels: BTreeMap<(String, usize), f64>,
    /// By keys of scenario and district, and place of the measure.
    effects: BTreeMap<(String, String, usize), DistrictEffect>,
    /// Districts with fewer than [`FEW_ADULTS`].
    small: BTreeSet<String>,
}

impl Districts {
    /// Reads the tables by district; there are none for a study without districts.
    pub fn read(folder: &Path, manifest: &Manifest, headline: &[&Measure]) -> Result<Self, ReportError> {
        if manifest.study.districts.is_empty() {
            return Ok(Self::default());
        }
        let known = read_levels(&folder.join(DISTRICTS), &manifest.study.baseline, headline)?;
        let alone = manifest.study.scenarios.len() < 2;
        let effects =
            if alone { BTreeMap::new() } else { read_effects(&folder.join(DISTRICT_EFFECTS), manifest, headline)? };
        Ok(Self { effects, ..known })
    }
}

/// The place of a measure by its key, if it is on the first page.
fn shown(key: &str, headline: &[&Measure]) -> Option<usize> {
    headline.iter().any(|measure| measure.key == key).then(|| measure_index(key)).flatten()
}

/// Levels by district and measure, and the districts that are small; the latter none if hardly any district is larger.
fn read_levels(path: &Path, baseline: &str, headline: &[&Measure]) -> Result<Districts, ReportError> {
    let mut table = Table::open(path, &["scenario", "week", "district", "measure", "value", "adults"])?;
    let mut last: BTreeMap<(String, usize), (i32, Vec<f64>)> = BTreeMap::new();
    let mut adults: BTreeMap<String, (i32, Vec<f64>)> = BTreeMap::new();
    let mut row = csv::StringRecord::new();
    while table.next(&mut row)? {
        if table.word(&row, 0) != baseline {
            continue;
        }
        let Some(measure) = shown(table.word(&row, 3), headline) else { continue };
        let (week, value) = (table.number(&row, 1)? as i32, table.number(&row, 4)?);
        let district = table.word(&row, 2).to_owned();
        keep_last(adults.entry(district.clone()).or_default(), week, table.number(&row, 5)?);
        keep_last(last.entry((district, measure)).or_default(), week, value);
    }
    let known = last.into_iter().filter(|(_, (_, values))| !values.is_empty());
    let levels = known.map(|(key, (_, values))| (key, mean(&values))).collect();
    let (small, large): (Vec<_>, Vec<_>) = adults.into_iter().partition(|(_, (_, adults))| mean(adults) < FEW_ADULTS);
    let small =
        if large.len() > 1 { small.into_iter().map(|(district, _)| district).collect() } else { BTreeSet::new() };
    Ok(Districts { levels, small, ..Districts::default() })
}

/// Adds a value of the last week so far, or begins anew with a later week.
fn keep_last(kept: &mut (i32, Vec<f64>), week: i32, value: f64) {
    if kept.1.is_empty() || week > kept.0 {
        *kept = (week, Vec::new());
    }
    if week == kept.0 && value.is_finite() {
        kept.1.push(value);
    }
}

fn read_effects(
    path: &Path,
    manifest: &Manifest,
    headline: &[&Measure],
) -> Result<BTreeMap<(String, String, usize), DistrictEffect>, ReportError> {
    let mut table = Table::open(path, &["scenario", "district", "measure", "difference", "low", "high"])?;
    let mut effects = BTreeMap::new();
    let mut row = csv::StringRecord::new();
    while table.next(&mut row)? {
        let Some(measure) = shown(table.word(&row, 2), headline) else { continue };
        let most = Interval { low: table.number(&row, 4)?, high: table.number(&row, 5)? };
        let band = if MEASURES[measure].is_association() { manifest.study.association_band } else { 0.0 };
        let effect = DistrictEffect { difference: table.number(&row, 3)?, most: most.widened(band) };
        if effect.difference.is_finite() {
            effects.insert((table.word(&row, 0).to_owned(), table.word(&row, 1).to_owned(), measure), effect);
        }
    }
    Ok(effects)
}

impl Results {
    /// The districts in the order of the study; none where there are fewer than two.
    pub fn districts(&self) -> &[DistrictNote] {
        &self.manifest.study.districts
    }

    /// The mean over the replications of a measure in a district of the baseline, at the last week.
    pub fn district_level(&self, district: &str, measure: &str) -> Option<f64> {
        self.districts.levels.get(&(district.to_owned(), measure_index(measure)?)).copied()
    }

    /// Whether so few adults live in a district that what is measured of it is mostly chance.
    pub fn is_small(&self, district: &str) -> bool {
        self.districts.small.contains(district)
    }

    /// The last effect of a scenario on a measure in a district.
    pub fn district_effect(&self, scenario: &str, district: &str, measure: &str) -> Option<&DistrictEffect> {
        self.districts.effects.get(&(scenario.to_owned(), district.to_owned(), measure_index(measure)?))
    }

    /// The first headline measure that two districts or more have a value of: the one that is shown by district.
    pub fn measured_by_district(&self) -> Option<&'static Measure> {
        let known = |measure: &&&Measure| {
            self.districts().iter().filter(|district| self.district_level(&district.key, measure.key).is_some()).count()
                > 1
        };
        self.headline.iter().find(known).copied()
    }
}
