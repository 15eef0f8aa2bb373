//! ODD 5 (Initialization): from a blueprint and chance to a neighbourhood, in the order of setting up.

use super::blueprint::Blueprint;
use super::chance::Chance;
use super::neighbourhood::Neighbourhood;

/// Grows neighbourhood `number` of the world at `week`, the first week of the burn-in.
#[must_use]
pub fn set_up(_blueprint: &Blueprint, _chance: Chance, _number: u32, _week: i32) -> Neighbourhood {
    unimplemented!()
}

/// x
pub fn adopt(_n: &mut Neighbourhood, _old: &Blueprint, _new: &Blueprint, _chance: Chance, _week: i32) {}
