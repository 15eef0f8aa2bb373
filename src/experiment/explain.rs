//! Which mechanisms carry an effect: baseline and alternative lived again with each mechanism off in turn.
//!
//! A mechanism is off from week 0 on, in both; the burn-in is lived with all of them, once for each replication. What is
//! compared therefore begins in the same world. Shares need not add up to one: two mechanisms that need each other each
//! take the whole effect along, and two that stand in for each other neither.

use rayon::prelude::*;

use super::run::{Watch, weight};
use super::statistics::{Interval, mean, t_interval, t_quantile};
use super::trace::worlds;
use crate::model::parameters::{MechanismInfo, Mechanisms};
use crate::model::world::World;
use crate::observation::{Detail, observe};
use crate::scenario::Study;

/// Level of the intervals.
pub const LEVEL: f64 = 0.9;

/// A mean over replications with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Mean.
    pub mean: f64,
    /// Interval at [`LEVEL`], by Student's t.
    pub interval: Interval,
}

impl Estimate {
    fn of(sample: &[f64]) -> Self {
        Self { mean: mean(sample), interval: t_interval(sample, t_quantile(sample.len(), LEVEL)) }
    }

    /// Whether chance alone does not explain that it is not zero; of equal values in all replications, whether it is not.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        self.interval.exists() && (self.interval.low > 0.0 || self.interval.high < 0.0)
    }
}

/// What becomes of an effect without one mechanism.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Without {
    /// The mechanism.
    pub mechanism: &'static MechanismInfo,
    /// The effect when it is off in both scenarios.
    pub effect: Estimate,
    /// What goes with it: the effect with all mechanisms minus that without it, replication by replication.
    pub gone: Estimate,
    /// The share of the whole effect that goes; none when the whole effect is not clear.
    pub share: Option<f64>,
}

/// The effect on one measure, and what becomes of it without each mechanism: the one that takes most along first.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// Place of the measure in the dictionary.
    pub measure: usize,
    /// Replications in which it is defined in all worlds.
    pub replications: usize,
    /// The effect with all mechanisms.
    pub whole: Estimate,
    /// Mechanism by mechanism.
    pub without: Vec<Without>,
}

/// The mechanisms that are on in the baseline or the scenario.
fn switches(study: &Study, scenario: usize) -> Vec<&'static MechanismInfo> {
    let on = |info: &&MechanismInfo| {
        [0, scenario].iter().any(|place| study.scenarios[*place].blueprint.mechanisms.get(info.name) == Some(true))
    };
    Mechanisms::TABLE.iter().filter(on).collect()
}

/// All work of one replication, in the unit of [`Watch::worked`].
#[must_use]
pub fn work(study: &Study, scenario: usize) -> u64 {
    let lives = switches(study, scenario).len() as u64 + 1;
    [0, scenario].iter().map(|place| weight(&study.scenarios[*place].blueprint)).sum::<u64>() * lives
}

/// Takes the effect of a scenario at the last week apart, for everybody together. None when the watch stopped it.
///
/// Uses the current rayon pool; one batch of replications, one for each thread, is in memory at a time.
#[must_use]
pub fn explain(study: &Study, scenario: usize, measures: &[usize], watch: &impl Watch) -> Option<Vec<Explained>> {
    let switches = switches(study, scenario);
    let design = study.scenarios.first()?.design;
    // For each replication and measure: the effect with all mechanisms, then without each.
    let mut effects: Vec<Vec<Vec<f64>>> = Vec::new();
    let numbers: Vec<u32> = (0..design.replications).collect();
    for batch in numbers.chunks(rayon::current_num_threads().max(1)) {
        let starts: Vec<Vec<World>> = batch.par_iter().map(|number| worlds(study, &[0, scenario], *number)).collect();
        let lives: Vec<(usize, Option<usize>, usize)> = (0..batch.len())
            .flat_map(|nth| {
                let off = std::iter::once(None).chain((0..switches.len()).map(Some));
                off.flat_map(move |off| [0, 1].map(|side| (nth, off, side)))
            })
            .collect();
        let ends: Vec<Option<Vec<f64>>> = lives
            .par_iter()
            .map(|(nth, off, side)| {
                let off = off.map(|number| switches[number]);
                live(starts[*nth].get(*side)?.clone(), off, design.weeks, measures, watch)
            })
            .collect();
        let ends: Vec<Vec<f64>> = ends.into_iter().collect::<Option<_>>()?;
        for replication in ends.chunks(2 * (switches.len() + 1)) {
            let of =
                |measure: usize| replication.chunks(2).map(move |pair| pair[1][measure] - pair[0][measure]).collect();
            effects.push((0..measures.len()).map(of).collect());
        }
    }
    let explained = |(nth, measure): (usize, &usize)| of_measure(*measure, nth, &effects, &switches);
    Some(measures.iter().enumerate().map(explained).collect())
}

/// A world lived to its end without one mechanism, and the measures there.
fn live(
    mut world: World,
    off: Option<&MechanismInfo>,
    weeks: u32,
    measures: &[usize],
    watch: &impl Watch,
) -> Option<Vec<f64>> {
    if let Some(off) = off {
        world.switch_off(off.name);
    }
    for _ in 0..weeks {
        if watch.stop() {
            return None;
        }
        world.live_one_week();
    }
    watch.worked(weight(world.blueprint()));
    let seen = observe(&world, Detail::Full);
    Some(measures.iter().map(|measure| seen.value(0, *measure)).collect())
}

fn of_measure(measure: usize, nth: usize, effects: &[Vec<Vec<f64>>], switches: &[&'static MechanismInfo]) -> Explained {
    let defined: Vec<&Vec<f64>> =
        effects.iter().map(|replication| &replication[nth]).filter(|row| row.iter().all(|v| v.is_finite())).collect();
    let column = |place: usize| defined.iter().map(|row| row[place]).collect::<Vec<f64>>();
    let whole = Estimate::of(&column(0));
    let without = |(number, mechanism): (usize, &&'static MechanismInfo)| {
        let gone: Vec<f64> = defined.iter().map(|row| row[0] - row[number + 1]).collect();
        let (effect, gone) = (Estimate::of(&column(number + 1)), Estimate::of(&gone));
        Without { mechanism, effect, gone, share: whole.is_clear().then(|| gone.mean / whole.mean) }
    };
    let mut without: Vec<Without> = switches.iter().enumerate().map(without).collect();
    let most = |one: &Without| one.share.unwrap_or(one.gone.mean.abs());
    without.sort_by(|a, b| most(b).total_cmp(&most(a)));
    Explained { measure, replications: defined.len(), whole, without }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::bench::synthetic;
    use crate::model::blueprint::{Blueprint, Period};
    use crate::model::policy::{Policy, PolicyMeasure};
    use crate::observation::measure_index;
    use crate::scenario::{Design, Scenario, UnitCosts};

    struct Silent;
    impl Watch for Silent {}

    fn scenario(key: &str, policies: Vec<Policy>) -> Scenario {
        let words = [key.to_owned(), key.to_owned()];
        Scenario {
            key: key.to_owned(),
            title: words.clone(),
            description: words,
            design: Design { weeks: 12, burn_in: 4, replications: 3, seed: 7 },
            blueprint: Blueprint { policies, ..synthetic(150, 2_000) },
            district_titles: std::collections::BTreeMap::new(),
            headline: Vec::new(),
            worthwhile: Vec::new(),
            unit_costs: UnitCosts::default(),
            resolved: String::new(),
            inputs: Vec::new(),
        }
    }

    #[test]
    fn more_encounters_work_through_encounters() {
        let twice = PolicyMeasure::Adjust { parameter: "encounters.per_week", times: 3.0, times_per_year: 1.0 };
        let busy = Policy::new("busy", Period { from: Some(0), until: None }, twice);
        let study = Study {
            key: "study".to_owned(),
            title: Default::default(),
            question: Default::default(),
            drawn: None,
            scenarios: vec![scenario("baseline", Vec::new()), scenario("busy", vec![busy])],
        };
        let measure = measure_index("weekly_neighbours").expect("a measure");
        let explained = explain(&study, 1, &[measure], &Silent).expect("not stopped");
        let first = &explained[0];
        assert!(first.whole.is_clear() && first.whole.mean > 0.0, "{:?}", first.whole);
        assert_eq!(first.without[0].mechanism.name, "encounters");
        assert_eq!(first.without[0].effect.mean, 0.0, "without encounters there are none to have more of");
        assert_eq!(first.without[0].share, Some(1.0));
        assert_eq!(first.without.len(), Mechanisms::TABLE.len());
    }
}
