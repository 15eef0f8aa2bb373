//! Who lives in a building that goes: rehoused in the neighbourhood ahead of the queue, as far as homes stand empty.

use crate::model::chance::{Chance, Process};
use crate::model::initialization::homes::are_near;
use crate::model::neighbourhood::{NONE, Neighbourhood};

/// Moves households from buildings that are gone to vacant homes; the others leave the neighbourhood with who leaves.
///
/// They stay the people they are and keep their ties; a home's next newcomers are who they would have been.
pub(super) fn rehouse(n: &mut Neighbourhood, chance: Chance, week: i32) {
    if n.buildings.iter().all(|building| building.period.until.is_none_or(|until| week < until)) {
        return;
    }
    let building = |home: u32| &n.buildings[n.homes[home as usize].building as usize];
    let all = || 0..n.homes.len() as u32;
    let mut out: Vec<(u64, u32)> = all()
        .filter(|home| !building(*home).period.holds(week) && !n.homes[*home as usize].is_vacant())
        .map(|home| {
            let first = n.traits[n.homes[home as usize].first as usize].person;
            (chance.always().key(Process::Rehousing, first.household()), home)
        })
        .collect();
    if out.is_empty() {
        return;
    }
    out.sort_unstable();
    let vacant: Vec<u32> = all()
        .filter(|home| {
            let building = building(*home);
            n.homes[*home as usize].is_vacant() && building.period.holds(week) && !building.is_temporary()
        })
        .collect();
    for ((_, from), to) in out.into_iter().zip(vacant) {
        move_over(n, from, to, week);
    }
}

/// Moves a household from one home to another.
fn move_over(n: &mut Neighbourhood, from: u32, to: u32, week: i32) {
    let members: Vec<usize> = n.members(from).collect();
    let old = &mut n.homes[from as usize];
    let (first, so_far) = (old.first, old.members_so_far);
    (old.first, old.vacant_since) = (NONE, week);
    let new = &mut n.homes[to as usize];
    (new.first, new.members_so_far) = (first, so_far);
    for slot in &members {
        n.traits[*slot].home = to;
    }
    // Others are neighbours now.
    let here = n.homes[to as usize];
    for slot in members {
        for place in 0..n.network.of(slot).len() {
            let other = n.network.of(slot).others()[place];
            let there = n.homes[n.traits[other as usize].home as usize];
            let near = n.traits[other as usize].lives_here() && are_near(&n.buildings, &here, &there);
            n.network.set_near(slot, other, near);
        }
    }
}
