//! What there is already, told to those whom it fits: no new supply, only knowing.
//!
//! * **What** a social map makes some residents a week hear of one open setting that they do not know yet, the sooner the
//!   better it suits them by age, welcome, cost, distance and interest. Whether they go is up to them.
//! * **Draws** `SocialMap` per map and person told.
//! * **Source** M53; sizes assumed.

use super::GOES_OUT_FROM_AGE;
use crate::model::chance::{Process, Stream, WeekChance, mix};
use crate::model::desk::Desk;
use crate::model::initialization::places::suits;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::Setting;
use crate::model::quantities::PlaceKind;
use crate::model::submodels::enact_policies::Rules;

/// Tells this week's residents what there is for them.
pub(super) fn tell(n: &Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    let p = &rules.parameters.choosing;
    for map in &rules.social_maps {
        let who = (u64::from(n.first_home) << 16) | map.policy as u64;
        let told = draws.stream(Process::SocialMap, mix(who, 0)).about(map.residents_per_week);
        for number in 0..told {
            let mut chance = draws.stream(Process::SocialMap, mix(who, u64::from(number) + 1));
            let (slot, heeds) = (chance.below(n.slots() as u32) as usize, chance.happens(p.heeds_map));
            let traits = &n.traits[slot];
            if !heeds || !traits.lives_here() || traits.age(week) < GOES_OUT_FROM_AGE {
                continue;
            }
            let places = (0..n.places.len()).map(Setting::place);
            let all = places.chain((0..n.initiatives.len()).map(Setting::activity));
            let setting = fitting(n, slot, week, all, desk, &mut chance);
            desk.learnt.extend(setting.map(|setting| (slot as u32, setting, p.told_attachment)));
        }
    }
}

/// One of these settings that a resident does not know yet, in proportion to how well each suits; none if none does.
pub(in crate::model::submodels) fn fitting(
    n: &Neighbourhood,
    slot: usize,
    week: i32,
    settings: impl Iterator<Item = Setting>,
    desk: &Desk,
    chance: &mut Stream,
) -> Option<Setting> {
    let (traits, state) = (&n.traits[slot], &n.state[slot]);
    let has_children = traits.age(week) < 15 || desk.homes_with_children[traits.home as usize];
    let (mut chosen, mut total) = (None, 0.0);
    for setting in settings.filter(|setting| n.is_open(*setting) && !state.knows(*setting)) {
        let kind = n.places[n.place_of(setting)].plan.kind;
        let is_for = has_children || !matches!(kind, PlaceKind::SchoolGate | PlaceKind::Playground);
        let weight = if is_for { suits(n, traits, setting, week) } else { 0.0 };
        total += weight;
        // Each takes the place of those before it with its part of the weight so far.
        if weight > 0.0 && chance.uniform() * total < weight {
            chosen = Some(setting);
        }
    }
    chosen
}
