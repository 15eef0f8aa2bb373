//! 17. Capability (own direction) and way-finding skill grow by use and return to the person's own level.
//!
//! * **Equation** `x' = x + gains + return * (own level - x)`, kept within `0..=1`.
//! * **Reads and changes** capability, way-finding skill.
//! * **Draws** none.
//! * **Source** M14, M22, M35; rates assumed.

use super::enact_policies::Rules;
use crate::model::desk::Desk;
use crate::model::neighbourhood::Neighbourhood;

/// Applies the week's changes of capability and skill.
pub fn grow_capability(n: &mut Neighbourhood, rules: &Rules, desk: &Desk) {
    if !rules.mechanisms.attitudes {
        return;
    }
    let p = &rules.parameters.attitudes;
    for ((state, traits), gains) in n.state.iter_mut().zip(&n.traits).zip(&desk.gains) {
        let capability =
            state.capability + gains.capability + p.capability_return * (traits.own_capability - state.capability);
        state.capability = capability.clamp(0.0, 1.0);
        let skill =
            state.way_finding + gains.way_finding + p.way_finding_fade * (traits.own_way_finding - state.way_finding);
        state.way_finding = skill.clamp(0.0, 1.0);
    }
}
