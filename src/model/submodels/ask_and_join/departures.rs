//! Organisers who stop because a policy says so: a founder who leaves after decades.

use super::stop;
use crate::model::chance::{Process, WeekChance};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::submodels::enact_policies::Rules;

/// Lets organisers stop, before this week's hands are counted. They can be asked again, like anybody.
pub(super) fn organisers_leave(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance) {
    for departure in &rules.departures {
        let organises =
            |slot: &usize| n.state[*slot].organises && n.state[*slot].volunteers_with as usize == departure.initiative;
        let mut organisers: Vec<(u32, usize)> = n
            .residents()
            .filter(organises)
            .map(|slot| (draws.of(Process::Departures, n.traits[slot].person).word(), slot))
            .collect();
        organisers.sort_unstable();
        let leaving = libm::roundf(departure.share * organisers.len() as f32) as usize;
        for (_, slot) in organisers.into_iter().take(leaving) {
            stop(&mut n.state[slot]);
        }
    }
}
