//! What is kept of a run: observations in a compact form, and nothing of the worlds themselves.

use crate::model::blueprint::Blueprint;
use crate::model::rule::Spell;
use crate::model::world::World;
use crate::observation::{ByDistrict, Detail, GROUPS, MEASURES, Observation};

/// One observation of one world, with only as many groups as were observed.
#[derive(Debug, Clone)]
pub struct Record {
    /// Weeks lived since the burn-in.
    pub week: i32,
    /// Measures of the first group, of the second, and so on; NaN is "not defined".
    values: Vec<f64>,
    by_district: ByDistrict,
}

impl PartialEq for Record {
    /// Equal bit for bit, so that two undefined values are equal too.
    fn eq(&self, other: &Self) -> bool {
        self.week == other.week
            && self.values.len() == other.values.len()
            && self.values.iter().zip(&other.values).all(|(a, b)| a.to_bits() == b.to_bits())
            && self.by_district == other.by_district
    }
}

impl Record {
    /// Keeps what `detail` promises of an observation: everybody together, or every group.
    #[must_use]
    pub fn keep(observation: &Observation, detail: Detail) -> Self {
        let groups = match detail {
            Detail::Quick => 1,
            Detail::Full => GROUPS.len(),
        };
        let values = (0..groups)
            .flat_map(|group| (0..MEASURES.len()).map(move |measure| observation.value(group, measure)))
            .collect();
        let by_district = match detail {
            Detail::Quick => ByDistrict::NONE,
            Detail::Full => observation.by_district.clone(),
        };
        Self { week: observation.week, values, by_district }
    }

    /// A record from its parts, or none if the values do not fill whole groups of the dictionary.
    #[must_use]
    pub fn from_values(week: i32, values: Vec<f64>) -> Option<Self> {
        let whole = values.len() == MEASURES.len() || values.len() == MEASURES.len() * GROUPS.len();
        whole.then_some(Self { week, values, by_district: ByDistrict::NONE })
    }

    /// The same record with what was observed of each district.
    #[must_use]
    pub fn with_districts(self, by_district: ByDistrict) -> Self {
        Self { by_district, ..self }
    }

    /// Each district apart; none where the world has no districts, or not every group was observed.
    #[must_use]
    pub fn by_district(&self) -> &ByDistrict {
        &self.by_district
    }

    /// All values, group by group.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Groups observed.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.values.len() / MEASURES.len()
    }

    /// Whether every group was observed.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.groups() == GROUPS.len()
    }

    /// The value of a measure for a group, by their places in the dictionary; NaN if it was not observed.
    #[must_use]
    pub fn value(&self, group: usize, measure: usize) -> f64 {
        self.values.get(group * MEASURES.len() + measure).copied().unwrap_or(f64::NAN)
    }
}

/// One scenario's life in one replication.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// In order of week, beginning at 0.
    pub records: Vec<Record>,
    /// When the rules of policies were in force, in the order of the scenario's policies and of the weeks.
    pub rules: Vec<InForce>,
}

/// A stretch of weeks in which the rule of a policy was in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InForce {
    /// Place of the policy in the scenario's blueprint.
    pub policy: u32,
    /// First week.
    pub from: i32,
    /// First week that it was no longer in force, or `None` when it still was at the end.
    pub until: Option<i32>,
}

impl InForce {
    /// What the rules of a scenario did in a world; the world may have the policies in another order.
    #[must_use]
    pub fn in_world(world: &World, scenario: &Blueprint) -> Vec<Self> {
        let mut found: Vec<Self> = Vec::new();
        for standing in world.standings() {
            let key = &world.blueprint().policies[standing.policy].key;
            let Some(policy) = scenario.policies.iter().position(|policy| policy.key == *key) else { continue };
            let spell = |spell: &Spell| Self { policy: policy as u32, from: spell.from, until: spell.until };
            found.extend(standing.spells.iter().map(spell));
        }
        found.sort_by_key(|spell| (spell.policy, spell.from));
        found
    }
}

impl Course {
    /// The observation of every group at `week`, if there is one.
    #[must_use]
    pub fn full_at(&self, week: i32) -> Option<&Record> {
        self.records
            .binary_search_by_key(&week, |record| record.week)
            .ok()
            .map(|place| &self.records[place])
            .filter(|record| record.is_full())
    }
}

/// Every scenario of one replication.
#[derive(Debug, Clone, PartialEq)]
pub struct Replication {
    /// Its number, from 0.
    pub number: u32,
    /// In the order of the study: the baseline first.
    pub courses: Vec<Course>,
}
