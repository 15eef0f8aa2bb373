//! Hearing of settings: from ties, and by walking past.

use super::FIRST_ATTACHMENT;
use crate::model::chance::{below, unit};
use crate::model::desk::Desk;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::Setting;
use crate::model::quantities::metres_between;
use crate::model::submodels::enact_policies::Rules;

/// Within this distance people walk past a place, metres.
const WALKING_PAST_METRES: f32 = 500.0;

/// Lists the open settings near each building, as seen from its middle home.
pub(super) fn note_near(n: &Neighbourhood, desk: &mut Desk) {
    // Never shortened: the lists of a larger neighbourhood before this one are used again by the next.
    if desk.near.len() < n.buildings.len() {
        desk.near.resize(n.buildings.len(), Vec::new());
    }
    for (near, building) in desk.near.iter_mut().zip(&n.buildings) {
        near.clear();
        let middle = &n.homes[(building.first + building.homes / 2) as usize];
        let reach = WALKING_PAST_METRES + building.doors_per_floor() as f32 * 3.0;
        let places = (0..n.places.len()).map(Setting::place);
        let settings = places.chain((0..n.initiatives.len()).map(Setting::activity)).zip(&desk.appeals);
        let is_near = |there: [f32; 2]| metres_between([middle.x, middle.y], there) < reach;
        near.extend(settings.filter(|(_, appeal)| appeal.open && is_near(appeal.at)).map(|(setting, _)| setting));
    }
}

/// Hears of a setting from a tie that goes there, or notices one near home.
#[inline]
pub(super) fn hear(
    n: &Neighbourhood,
    rules: &Rules,
    [hears, notices, pick, whom]: [u32; 4],
    slot: usize,
    near: &[Vec<Setting>],
    learnt: &mut Vec<(u32, Setting, f32)>,
) {
    let w = &rules.parameters.choosing;
    let (hears, notices) =
        (unit(hears) < w.learn_from_tie, unit(notices) < w.learn_walking_past * n.public_space * 2.0);
    if !(hears | notices) {
        return;
    }
    let row = n.network.of(slot);
    if hears && !row.is_empty() {
        let other = row.others()[below(whom, row.len() as u32) as usize];
        let habits = &n.state[other as usize].habits;
        let habit = habits[pick as usize % habits.len()];
        if habit.setting != Setting::NOWHERE && habit.attached() > 0.2 {
            learnt.push((slot as u32, habit.setting, FIRST_ATTACHMENT));
        }
    }
    let near = &near[n.homes[n.traits[slot].home as usize].building as usize];
    if notices && !near.is_empty() {
        let setting = near[below(pick, near.len() as u32) as usize];
        learnt.push((slot as u32, setting, FIRST_ATTACHMENT));
    }
}
