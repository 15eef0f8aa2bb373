//! Care for volunteers: hours set aside for it, and tasks that fit.
//!
//! * **What** community builders train, thank and match volunteers in hours that they then do not have for others; for as
//!   many volunteers as there are hours. Training saves energy, recognition keeps people, matching sends who joins to an
//!   initiative of their interest nearby, for no more hours than they carry.
//! * **Equation** hours a week `= hours for each volunteer in a year * volunteers / 52`, at most what is there.
//! * **Source** Movisie on retention; sizes assumed; M38.

use crate::model::desk::Desk;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::initiative::Initiative;
use crate::model::neighbourhood::resident::{Traits, YEAR};
use crate::model::quantities::{Role, metres_between};
use crate::model::submodels::enact_policies::Rules;

/// How far somebody walks to a task, metres (assumed: some seven minutes).
const WALK: f32 = 500.0;

/// Takes the hours that volunteers are cared for off those of the community builders, before they see anybody else.
pub fn set_hours_aside(n: &mut Neighbourhood, rules: &Rules, desk: &mut Desk) {
    desk.cared_for = 1.0;
    if rules.care.hours_per_year <= 0.0 {
        return;
    }
    let volunteers = n.state.iter().filter(|state| state.volunteers_here()).count();
    let needed = rules.care.hours_per_year * volunteers as f32 / YEAR as f32;
    if needed <= 0.0 {
        return;
    }
    let builders = || n.professionals.iter().filter(|post| post.role == Role::CommunityBuilder);
    let there: f32 = builders().map(|post| post.hours_with_residents).sum();
    desk.cared_for = (there / needed).min(1.0);
    let left = 1.0 - (needed / there.max(f32::MIN_POSITIVE)).min(1.0);
    for post in n.professionals.iter_mut().filter(|post| post.role == Role::CommunityBuilder) {
        post.hours_with_residents *= left;
    }
}

/// Hours a week of a task that somebody can carry.
pub(super) fn fitting_hours(traits: &Traits) -> f32 {
    0.25 * traits.free_hours + 0.5
}

/// The nearest initiative that wants hands, of somebody's interest and within walking distance.
pub(super) fn fitting_initiative(n: &Neighbourhood, slot: usize) -> Option<usize> {
    let traits = &n.traits[slot];
    let home = &n.homes[traits.home as usize];
    let way = |initiative: &Initiative| {
        let place = &n.places[initiative.place].plan;
        metres_between([home.x, home.y], [place.x, place.y])
    };
    let fits = |initiative: &Initiative| initiative.is_short() && traits.likes(initiative.activity);
    let near = n.initiatives.iter().enumerate().filter(|(_, initiative)| fits(initiative) && way(initiative) <= WALK);
    near.min_by(|a, b| way(a.1).total_cmp(&way(b.1)).then(a.0.cmp(&b.0))).map(|(number, _)| number)
}
