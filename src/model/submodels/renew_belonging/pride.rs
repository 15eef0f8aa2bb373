//! Pride of those who live here, and the image that others have of the place (M57).
//!
//! * **Equation** pride `= level + belonging * b + activity * seen - nuisance * incidents a year`; what is seen `= half of
//!   i / (i + 1) and half of v / (v + 1)`, with i living initiatives for each hundred residents and v visits a resident;
//!   image follows `mean pride + stories * strength * seen` in about a year. Stories told outside need something to tell.
//! * **Source** M57; assumed.

use crate::model::desk::Desk;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::State;
use crate::model::parameters::Image;
use crate::model::submodels::enact_policies::Rules;

/// How proud somebody is of the neighbourhood, `0..=1`, where so much activity can be seen.
#[inline]
#[must_use]
pub fn pride(state: &State, activity: f32, p: &Image) -> f32 {
    (p.level + p.belonging * state.belonging + p.activity * activity - p.nuisance * state.nuisance).clamp(0.0, 1.0)
}

/// What there was to see this week.
pub(super) fn note_activity(n: &mut Neighbourhood, desk: &Desk) {
    let residents = (n.slots() - n.free_slots.len()).max(1) as f32;
    let living = n.initiatives.iter().filter(|initiative| initiative.is_alive()).map(|living| living.strength);
    let initiatives = 100.0 * living.sum::<f32>() / residents;
    let visits = desk.visits.iter().filter(|visit| !visit.in_passing).count() as f32 / residents;
    n.repute.activity = 0.5 * initiatives / (initiatives + 1.0) + 0.5 * visits / (visits + 1.0);
}

/// Image follows the mean pride of the adults, and the stories told outside.
pub(super) fn renew_image(n: &mut Neighbourhood, rules: &Rules, mean_pride: f32) {
    let p = &rules.parameters.image;
    if rules.mechanisms.image {
        let told = (mean_pride + p.stories * rules.stories * n.repute.activity).clamp(0.0, 1.0);
        n.repute.image += (told - n.repute.image) / p.weeks;
    }
}
