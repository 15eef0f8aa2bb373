//! The life of one neighbourhood of the population, and everything that is looked at on the way.

use super::hours_to_friendship::HoursToFriendship;
use super::job_change::JobChange;
use super::moving::Moving;
use super::sums::{Sum, Sums};
use super::ties_kept::TiesKept;
use super::{Adjust, Validation, hours_to_friendship, households, ties_kept};
use crate::experiment::run::{Watch, weight};
use crate::model::world::World;
use crate::scenario::targets::{Asked, PopulationPart, Protocol};

/// A neighbourhood with its place in the population.
pub(super) struct Life<'a> {
    pub validation: &'a Validation,
    pub place: usize,
    pub part: &'a PopulationPart,
}

impl Life<'_> {
    /// Lives burn-in, the year before the survey and the years that protocols ask for.
    pub(super) fn live(&self, adjust: &Adjust<'_>, key: u64, watch: &impl Watch) -> Option<Sums> {
        let validation = self.validation;
        let mut blueprint = self.part.scenario.blueprint.clone();
        blueprint.everywhere(|part| adjust(&mut part.parameters));
        let weight = weight(&blueprint);
        let burn_in = self.part.scenario.design.burn_in;
        if watch.stop() {
            return None;
        }
        let mut world = World::grow(&blueprint.for_burn_in(), key, burn_in);
        let mut jobs = JobChange::begin(&world);
        for _ in 0..burn_in {
            if watch.stop() {
                return None;
            }
            world.live_one_week();
            jobs.note(&world);
            watch.worked(weight);
        }
        world.adopt(&blueprint);

        let mut moving = Moving::begin(&world);
        let mut hours = validation.does(Protocol::HoursToFriendship).then(|| HoursToFriendship::begin(&world));
        let kept = validation.does(Protocol::TiesKept).then(|| TiesKept::begin(&world));
        let survey = validation.targets.weeks;
        let mut found: Vec<(Protocol, Vec<Sum>)> = Vec::new();
        let mut asked = None;
        for week in 1..=validation.weeks() {
            if watch.stop() {
                return None;
            }
            world.live_one_week();
            watch.worked(weight);
            if week <= survey {
                moving.note(&world);
                jobs.note(&world);
            }
            if week == survey {
                asked = Some(validation.plan.ask(&world, self.place));
                found.push((Protocol::Households, households::count(&world)));
                found.push((Protocol::Moving, moving.end(&world)));
                found.push((Protocol::JobChange, jobs.end(&world)));
            }
            if let Some(hours) = hours.as_mut().filter(|_| week <= hours_to_friendship::WEEKS) {
                hours.note(&world);
            }
            if let Some(kept) = kept.as_ref().filter(|_| week == ties_kept::WEEKS) {
                found.push((Protocol::TiesKept, kept.end(&world)));
            }
        }
        found.extend(hours.map(|hours| (Protocol::HoursToFriendship, hours.end())));
        let (mut parts, residents) = asked?;
        answered(validation, &found, &mut parts);
        Some(Sums { weight: if residents > 0.0 { self.part.share / residents } else { 0.0 }, parts })
    }
}

/// Puts what protocols found at the parts that ask for it.
pub(super) fn answered(validation: &Validation, found: &[(Protocol, Vec<Sum>)], parts: &mut [Option<Sum>]) {
    let all = validation.targets.targets.iter().flat_map(|target| &target.parts);
    for (part, sum) in all.zip(parts) {
        let Asked::Protocol(wanted, outcome) = &part.asked else { continue };
        let of = found.iter().find(|(protocol, _)| protocol == wanted);
        *sum = of.and_then(|(_, sums)| sums.get(*outcome).copied()).or(*sum);
    }
}
