//! 5. Those who are present in a setting are paired at random, with its intensity and mixing rule.
//!
//! * **What** encounters [`around_home`] along gallery, landing, entrance and street; [`circles`] in places and activities,
//!   in which neighbours in the circle's order meet, for as many rounds as the intensity says.
//! * **Equation** chance of d doors along a gallery or street `~ d^-exponent`; rounds `= rounds * intensity *
//!   (1 - formal_loss * formality)`; chance of words rises from stranger to full tie as `s / (s + familiar)`.
//! * **Reads and changes** reads the neighbourhood and the visits; fills `meetings`.
//! * **Draws** `Encounters` per resident, `Circles` per resident and setting, `Meeting` per pair.
//! * **Source** Festinger et al. 1950; Illenberger et al.; M11, M12, M17, M18, M19, M42.

pub mod around_home;
pub mod circles;

use super::enact_policies::Rules;
use crate::model::chance::WeekChance;
use crate::model::desk::{Desk, Face};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::Traits;
use crate::model::parameters::Encounters;

/// Fills the desk with the week's meetings.
pub fn meet(n: &Neighbourhood, rules: &Rules, draws: WeekChance, week: i32, desk: &mut Desk) {
    desk.meetings.clear();
    if !rules.mechanisms.doorstep && desk.visits.is_empty() {
        return;
    }
    note_faces(n, rules, desk);
    if rules.mechanisms.doorstep {
        around_home::run_into_each_other(n, rules, draws, week, desk);
    }
    circles::meet_in_settings(n, rules, draws, desk);
}

/// Notes how others run into everybody.
fn note_faces(n: &Neighbourhood, rules: &Rules, desk: &mut Desk) {
    let presences = presences(&rules.parameters.encounters);
    let Desk { faces, marks, .. } = desk;
    faces.clear();
    faces.extend(n.traits.iter().zip(marks).map(|(traits, mark)| Face {
        presence: presence(traits, &presences),
        neighbourly: traits.neighbourly,
        key_figure: traits.key_figure,
        mark: *mark,
    }));
}

/// Part of the week that somebody is around the home: first without work or school, within each first in good health.
fn presences(e: &Encounters) -> [f32; 4] {
    let of = |away: f32| [away * 1.0, away * (1.0 - e.health)];
    let [[free, free_limited], [away, away_limited]] = [of(1.0), of(1.0 - e.away_by_work)];
    [free, free_limited, away, away_limited]
}

fn presence(traits: &Traits, presences: &[f32; 4]) -> f32 {
    presences[2 * usize::from(traits.occupied) + usize::from(traits.health_limited)]
}
