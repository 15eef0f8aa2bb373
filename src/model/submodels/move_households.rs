//! 3. Moving.
use super::enact_policies::Rules;
use crate::model::chance::Chance;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::network::Network;
/// x
pub fn move_households(_n: &mut Neighbourhood, _rules: &Rules, _chance: Chance, _week: i32, _spare: &mut Network) {}
