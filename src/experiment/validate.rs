//! The model against published figures: populations are grown, asked what the surveys asked, and held to the targets.
//!
//! A population is a few neighbourhoods, each weighing as much as the part of the population that it stands for. All of
//! them live their burn-in and a year more, then residents are asked; protocols, the small experiments, each have a file.
//! [`survey`] does that once; [`validate`] as often as wanted, and [`verdicts`] says how far off the model is.

mod asking;
mod hours_to_friendship;
mod households;
mod job_change;
mod life;
mod moving;
mod proximity;
mod sums;
mod ties_kept;
mod verdict;

use rayon::prelude::*;

pub use asking::Plan;
pub use verdict::{LEVEL, PartVerdict, TargetVerdict, verdicts};

use super::run::{Watch, mix, replication_key, weight};
use crate::model::parameters::Parameters;
use crate::scenario::Targets;
use crate::scenario::parameter_sets::Drawn;
use crate::scenario::targets::{Asked, Protocol};
use life::Life;
use sums::{Sums, pool};

/// How much of a file of targets is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// What residents answer and the protocols that come with it, without those that take years more.
    Quick,
    /// Everything.
    Full,
}

/// A file of targets with all that can be looked up once: which columns are read, for how long each world lives.
#[derive(Debug, Clone)]
pub struct Validation {
    targets: Targets,
    depth: Depth,
    plan: Plan,
}

impl Validation {
    /// Looks everything up.
    #[must_use]
    pub fn new(targets: Targets, depth: Depth) -> Self {
        let plan = Plan::of(&targets);
        Self { targets, depth, plan }
    }

    /// What is held against the model.
    #[must_use]
    pub fn targets(&self) -> &Targets {
        &self.targets
    }

    /// Whether a protocol is done.
    fn does(&self, protocol: Protocol) -> bool {
        let asked = |asked: &Asked| matches!(asked, Asked::Protocol(wanted, _) if *wanted == protocol);
        let wanted = self.targets.targets.iter().flat_map(|target| &target.parts).any(|part| asked(&part.asked));
        wanted && (self.depth == Depth::Full || !protocol.is_slow())
    }

    /// Weeks that each neighbourhood lives after its burn-in.
    fn weeks(&self) -> u32 {
        let kept = if self.does(Protocol::TiesKept) { ties_kept::WEEKS } else { 0 };
        let hours = if self.does(Protocol::HoursToFriendship) { hours_to_friendship::WEEKS } else { 0 };
        self.targets.weeks.max(kept).max(hours)
    }

    /// All work of one survey, in the unit of [`Watch::worked`].
    #[must_use]
    pub fn work(&self) -> u64 {
        let life = |part: &crate::scenario::targets::PopulationPart| {
            weight(&part.scenario.blueprint) * u64::from(part.scenario.design.burn_in + self.weeks())
        };
        let proximity = if self.does(Protocol::Proximity) { proximity::work() } else { 0 };
        self.targets.neighbourhoods.iter().map(life).sum::<u64>() + proximity
    }

    /// The worlds of one survey: the neighbourhoods, and the one of its own.
    fn worlds(&self) -> usize {
        self.targets.neighbourhoods.len() + usize::from(self.does(Protocol::Proximity))
    }

    /// Lives one of them; nothing when the watch stopped it.
    fn live(&self, place: usize, adjust: &Adjust<'_>, key: u64, watch: &impl Watch) -> Option<Sums> {
        // Neighbourhoods of one population share no luck.
        let key = mix(key.wrapping_add(place as u64));
        let Some(part) = self.targets.neighbourhoods.get(place) else {
            return proximity::live(self, adjust, key, watch);
        };
        Life { validation: self, place, part }.live(adjust, key, watch)
    }
}

/// What a survey does to the constants of every neighbourhood before the world is grown.
pub type Adjust<'a> = dyn Fn(&mut Parameters) + Sync + 'a;

/// Leaves the constants as the neighbourhoods have them.
pub fn as_they_are(_: &mut Parameters) {}

struct Unwatched;
impl Watch for Unwatched {}

/// Grows one population and gives one value for each part of each target, in order; NaN for what is not defined or not
/// looked at.
///
/// `adjust` changes the constants of every neighbourhood; `key` is all chance of this population. Uses the current rayon
/// pool over neighbourhoods; the same for any number of threads.
#[must_use]
pub fn survey(validation: &Validation, adjust: &Adjust<'_>, key: u64) -> Vec<f64> {
    let worlds: Option<Vec<Sums>> =
        (0..validation.worlds()).into_par_iter().map(|place| validation.live(place, adjust, key, &Unwatched)).collect();
    worlds.map(|worlds| pool(&worlds)).unwrap_or_default()
}

/// Surveys as many populations as the targets want: for each the values of [`survey`]. None when the watch stopped it.
///
/// Each population lives under the parameters that are drawn for it, if any are, so that intervals are of ignorance too. Uses the current rayon pool over neighbourhoods and populations.
#[must_use]
pub fn validate(validation: &Validation, drawn: Option<&Drawn>, watch: &impl Watch) -> Option<Vec<Vec<f64>>> {
    let (worlds, targets) = (validation.worlds(), validation.targets());
    let lives: Vec<(u32, usize)> =
        (0..targets.replications).flat_map(|number| (0..worlds).map(move |place| (number, place))).collect();
    let sums: Option<Vec<Sums>> = lives
        .into_par_iter()
        .map(|(number, place)| {
            let adjust = |parameters: &mut Parameters| {
                if let Some(drawn) = drawn {
                    drawn.adjust(parameters, 0, number);
                }
            };
            validation.live(place, &adjust, replication_key(targets.seed, number), watch)
        })
        .collect();
    Some(sums?.chunks(worlds.max(1)).map(pool).collect())
}

#[cfg(test)]
mod tests;
