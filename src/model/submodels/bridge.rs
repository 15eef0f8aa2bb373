//! 7. Bridging: what meeting people unlike oneself does.
//!
//! * **What** mostly light contact: greeting feeds belonging; a pleasant meeting moves attitude and trust up a little, an
//!   unpleasant one down about twice as much. People who are sure of themselves and open go on talking.
//! * **Equation** pleasant with chance `positive + (1 - positive) * (attitude - 0.5)`; attitude `+= up * (1 - attitude)` or
//!   `-= down * attitude`; trust moves `trust_share` of that; closeness `*= 1 - openness * (1 - capability * attitude)`.
//! * **Reads and changes** reads the neighbourhood and the meetings; lowers closeness, adds to `gains`.
//! * **Draws** `Meeting` per pair.
//! * **Source** Pettigrew and Tropp 2006, Paluck et al. 2019 (bounds); Sandstrom and Dunn 2014; M16, M17, M19.

use super::enact_policies::Rules;
use crate::model::chance::{Process, WeekChance, pair_bits, unit};
use crate::model::desk::Desk;
use crate::model::neighbourhood::Neighbourhood;

/// Works out what meetings of unlike people bring, and what any greeting around the home does.
pub fn bridge(n: &Neighbourhood, rules: &Rules, draws: WeekChance, desk: &mut Desk) {
    let p = &rules.parameters.bridging;
    let key = draws.key(Process::Meeting, 2) as u32;
    for meeting in &mut desk.meetings {
        let (a, b) = (meeting.a as usize, meeting.b as usize);
        let around_home = meeting.setting == crate::model::neighbourhood::resident::Setting::NOWHERE;
        for slot in [a, b] {
            let gains = &mut desk.gains[slot];
            gains.neighbour = gains.neighbour.saturating_add(u8::from(around_home && meeting.words));
            if rules.mechanisms.light_contact {
                gains.belonging += rules.parameters.attitudes.light_contact * (1.0 - n.state[slot].belonging);
            }
        }
        // Differences of origin are what attitudes to other groups are about; those of age and education count as unlike.
        let other_origin = n.traits[a].origin != n.traits[b].origin;
        let unlike = other_origin || meeting.similarity < rules.parameters.bonding.similar_from;
        if !rules.mechanisms.bridging || !unlike {
            continue;
        }
        let mean_attitude = 0.5 * (n.state[a].attitude + n.state[b].attitude);
        let bits = pair_bits(key, desk.marks[a], desk.marks[b]);
        let pleasant = unit(bits) < p.positive + (1.0 - p.positive) * (mean_attitude - 0.5);
        let sure = 0.5 * (n.state[a].capability + n.state[b].capability) * mean_attitude;
        meeting.closeness =
            if pleasant { (f32::from(meeting.closeness) * (1.0 - p.openness * (1.0 - sure))) as u16 } else { 0 };
        if !meeting.words {
            continue;
        }
        for slot in [a, b] {
            let (state, gains) = (&n.state[slot], &mut desk.gains[slot]);
            let change =
                if pleasant { p.attitude_up * (1.0 - state.attitude) } else { -p.attitude_down * state.attitude };
            gains.attitude += if other_origin { change } else { 0.0 };
            gains.trust += change * p.trust_share;
            gains.pleasant += u16::from(pleasant);
        }
    }
}
