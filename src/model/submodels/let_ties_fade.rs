//! 14. Without contact ties lose strength, weak ones fastest, kin hardly.
//!
//! * **What** [`outside`] the neighbourhood circles change; inside, a tie without a minute this week fades; a face under the threshold is forgotten.
//! * **Equation** `s' = s * (1 - rate)`, rate from `fade_weak` to `fade_strong` with the square root of strength.
//! * **Reads and changes** the network; numbers of friends and kin outside.
//! * **Draws** one of `Circle` per resident.
//! * **Source** Roberts and Dunbar 2011, 2015; Mollenhorst: 48 % of named ties survive seven years.

pub mod outside;

use super::enact_policies::Rules;
use crate::model::chance::WeekChance;
use crate::model::neighbourhood::Neighbourhood;

/// Lets ties fade and drops the forgotten ones.
pub fn let_ties_fade(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance, week: i32) {
    outside::change_circles(n, rules, draws, week);
    let p = &rules.parameters.ties;
    n.network.retain(|_, tie| {
        // A square root is exact everywhere, and said this way one instruction.
        let rate =
            if tie.is_kin() { p.fade_kin } else { p.fade_weak + (p.fade_strong - p.fade_weak) * tie.strength.sqrt() };
        let fades = tie.minutes == 0 && !tie.is_household();
        tie.strength *= if fades { 1.0 - rate } else { 1.0 };
        tie.strength >= p.forgotten || tie.is_kin() || tie.is_household()
    });
}
