//! Perceived health and staying at home: associations, never effects (M56).
//!
//! People who meet, who are active, who are helped and who make ends meet call their health good more often, and manage
//! longer at home. What brings about what is not settled, so nothing in the model reads these answers and no money is put
//! on them. They follow from what happened to a resident by an ordered response: log-odds with the coefficients of the
//! parameters' group [`Health`], against a tendency drawn once for each person. Each coefficient may be weaker or stronger by
//! [`Health::band`] of itself. To a first approximation a difference between two worlds is proportional to the coefficients,
//! so the report stretches the interval of such a difference: the end further from zero by `1 + band`, the end nearer to
//! zero by `1 - band`.

use crate::model::neighbourhood::resident::{State, Traits};
use crate::model::parameters::Health;

/// Age from which staying at home is a question for everybody.
const OLD: i32 = 75;
/// Needs a year beyond which one more unmet makes no difference.
const MOST_UNMET: f32 = 4.0;
/// Visits a week beyond which one more makes no difference.
const MOST_VISITS: f32 = 2.0;

/// Needs a year that nobody meets.
fn unmet(state: &State) -> f32 {
    (state.needs - state.needs_informal - state.needs_formal).clamp(0.0, MOST_UNMET)
}

/// Whether somebody calls the own health good; `tendency` is the person's own, in log-odds: high is slow to agree.
#[must_use]
pub fn is_good(h: &Health, traits: &Traits, state: &State, week: i32, tendency: f32) -> bool {
    let one_if = |yes: bool| f32::from(u8::from(yes));
    let log_odds = h.level
        - h.age * (traits.age(week) as f32 - 45.0) / 10.0
        - h.limited * one_if(traits.health_limited)
        - h.money * one_if(state.is_short_of_money(traits))
        - h.unmet * unmet(state)
        + h.activity * state.visits.min(MOST_VISITS)
        + h.meeting * 0.5 * (state.neighbour_weeks + state.friend_weeks);
    log_odds > tendency
}

/// Whether somebody of 75 or over or limited by health can manage at home; nothing for others.
#[must_use]
pub fn can_stay_home(h: &Health, traits: &Traits, state: &State, week: i32, tendency: f32) -> Option<bool> {
    (traits.health_limited || traits.age(week) >= OLD).then(|| {
        let company = state.neighbour_weeks.max(state.family_weeks);
        h.stay_level - h.stay_unmet * unmet(state) + h.stay_company * company > tendency
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tendencies of a thousand people, evenly over chance.
    fn tendency(nth: i32) -> f32 {
        let part = (nth as f32 + 0.5) / 1000.0;
        libm::logf(part / (1.0 - part))
    }

    #[test]
    fn money_worries_and_unmet_needs_go_with_worse_health_and_activity_with_better() {
        let h = Health::default();
        let (traits, state) = (Traits::EMPTY, State::newcomer(&Traits::EMPTY));
        let poor = Traits { income_difficulty: true, ..traits };
        let (active, left) = (State { visits: 1.0, ..state }, State { needs: 3.0, ..state });
        let share = |traits: &Traits, state: &State| {
            (0..1000).filter(|draw| is_good(&h, traits, state, 45 * 52, tendency(*draw))).count()
        };
        let plain = share(&traits, &state);
        assert!(share(&poor, &state) < plain && share(&traits, &left) < plain && plain < share(&traits, &active));
        let cheap = State { cheap_home: true, ..state };
        assert_eq!(share(&poor, &cheap), plain, "a home that leaves money over takes the worry away");
    }

    #[test]
    fn staying_at_home_is_a_question_of_the_old_and_the_limited_alone() {
        let h = Health::default();
        let (traits, state) = (Traits::EMPTY, State::newcomer(&Traits::EMPTY));
        assert_eq!(can_stay_home(&h, &traits, &state, 74 * 52, 0.5), None);
        assert!(can_stay_home(&h, &traits, &state, 75 * 52, 0.5).is_some());
        let limited = Traits { health_limited: true, ..traits };
        let left = State { needs: 4.0, ..state };
        let yes = |state: &State| {
            (0..1000).filter(|draw| can_stay_home(&h, &limited, state, 0, tendency(*draw)) == Some(true)).count()
        };
        assert!(yes(&left) < yes(&state));
    }
}
