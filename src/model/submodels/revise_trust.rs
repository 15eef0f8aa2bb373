//! 15. Trust in people, in institutions, and attitude to other groups follow what was met.
//!
//! * **Equation** `x' = x + gains + trust_return * (own level - x)`, kept within `0..=1`.
//! * **Reads and changes** trust, institutional trust, attitude.
//! * **Draws** none.
//! * **Source** M6 (own attitude falls where people grow apart), M17, M25; return rate assumed.

use super::enact_policies::Rules;
use crate::model::desk::Desk;
use crate::model::neighbourhood::Neighbourhood;

/// Attitude to which people return, by their own level of trust (assumed: trusting people are open people).
#[must_use]
pub fn own_attitude(own_trust: f32) -> f32 {
    0.35 + 0.5 * own_trust
}

/// Applies the week's changes of trust and attitude.
pub fn revise_trust(n: &mut Neighbourhood, rules: &Rules, desk: &Desk) {
    if !rules.mechanisms.attitudes {
        return;
    }
    let back = rules.parameters.attitudes.trust_return;
    for ((state, traits), gains) in n.state.iter_mut().zip(&n.traits).zip(&desk.gains) {
        let toward = |value: f32, gain: f32, own: f32| (value + gain + back * (own - value)).clamp(0.0, 1.0);
        state.trust = toward(state.trust, gains.trust, traits.own_trust);
        let own = own_attitude(traits.own_trust) - rules.trends.polarisation;
        state.attitude = toward(state.attitude, gains.attitude, own);
        state.institutional_trust =
            toward(state.institutional_trust, gains.institutional_trust, 0.4 + 0.2 * traits.own_trust);
    }
}
