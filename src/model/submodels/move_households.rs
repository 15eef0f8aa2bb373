//! 3. Moving.
use crate::model::parameters::Living;
/// Chance a year that a grown child leaves the parental home.
pub const GROWN_LEAVE: f32 = 0.12;
/// How moving depends on age, against the age of 45.
#[must_use]
pub fn moving_by_age(living: &Living, age: f32) -> f32 {
    if age < 45.0 {
        let young = ((45.0 - age) / 20.0).min(1.0);
        1.0 + young * (living.moving_young - 1.0)
    } else {
        let old = ((age - 45.0) / 25.0).min(1.0);
        1.0 + old * (living.moving_old - 1.0)
    }
}
/// Chance of dying in a year at an age: it doubles every seven years.
#[must_use]
pub fn death_by_age(living: &Living, age: f32) -> f32 {
    (living.death_at_70 * libm::exp2f((age - 70.0) / 7.0)).min(1.0)
}
/// stand-in
pub fn move_households(_n: &mut crate::model::neighbourhood::Neighbourhood, _rules: &super::enact_policies::Rules, _chance: crate::model::chance::Chance, _week: i32, _spare: &mut crate::model::neighbourhood::network::Network) {}
