//! The social-base profile of each setting: how far it is what the field calls "rather social base" (M3).
//!
//! Six scores from 0 to 1, most from what happened in the world: who comes (a visitor counts by attachment, which is the
//! memory of recent visits), from where, whom they know there, what they do for others, and whose hours carry it. What
//! cannot be known, as the hours of a place where nobody organises anything, has no score. How scores are put together is
//! assumed; they describe, and nothing in the model reads them.

use rayon::prelude::*;

use super::instruments::HELPED;
use super::tables::ColumnInfo;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::resident::{Habit, Setting};
use crate::model::parameters::Ties;
use crate::model::quantities::metres_between;
use crate::model::world::World;

/// Attachment from which somebody is a visitor, and has not only heard of a setting (assumed).
const VISITOR: f32 = 0.2;
/// Visitors from so far away bind no place to its neighbourhood: metres (assumed).
const FAR_METRES: f32 = 1000.0;
/// A visit at this price leaves about a third of the lowness of a threshold: euros (assumed).
const DEAR_EUROS: f32 = 10.0;

/// The scores, as `settings.csv` and the report call them.
pub const SCORES: [&str; 6] =
    ["connects", "local", "low_threshold", "volunteer_driven", "reciprocal", "not_commercial"];

const fn column(name: &'static str, unit: &'static str, range: &'static str, meaning: &'static str) -> ColumnInfo {
    ColumnInfo { name, unit, range, meaning, source: "model" }
}

/// Columns of the table of settings after `scenario,replication,week`.
pub static SETTING_COLUMNS: &[ColumnInfo] = &[
    column(
        "setting",
        "text",
        "a place or initiative",
        "Name in the scenario; `founded` for all that residents founded",
    ),
    column("kind", "word", "a kind of place or activity", "What sort of place or activity"),
    column("visits", "visits", "0 and up", "Visits in the last week; of a place with those to its activities"),
    column(
        "connects",
        "score",
        "0 to 1",
        "Mean of two: how mixed visitors are by origin against residents, and visitors who know another visitor",
    ),
    column("local", "score", "0 to 1", "How near visitors live: 1 next door, 0 at a kilometre"),
    column(
        "low_threshold",
        "score",
        "0 to 1",
        "Mean of two: no threshold, formality and price; and people with income difficulty among visitors against among residents",
    ),
    column(
        "volunteer_driven",
        "score",
        "0 to 1",
        "Volunteer hours against volunteer and paid hours; empty where none are known",
    ),
    column("reciprocal", "score", "0 to 1", "Adult visitors who volunteer here or helped somebody in the past year"),
    column(
        "not_commercial",
        "score",
        "0 to 1",
        "1 if not run as a business, 0 if it is, half for an initiative within one",
    ),
    column("mean", "score", "0 to 1", "Mean of the scores that are known"),
];

/// One setting; a score that cannot be known is NaN.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Name in the scenario, or `founded`.
    pub setting: String,
    /// Kind of place or activity.
    pub kind: &'static str,
    /// Visits last week.
    pub visits: f64,
    /// In the order of [`SCORES`].
    pub scores: [f64; 6],
}

impl Profile {
    /// Mean of the scores that are known.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let known = self.scores.iter().filter(|score| score.is_finite());
        known.clone().sum::<f64>() / known.count() as f64
    }

    /// As text in the order of [`SETTING_COLUMNS`]; at most four decimals.
    #[must_use]
    pub fn cells(&self) -> Vec<String> {
        let number = |value: f64| {
            if value.is_finite() { ((value * 1e4).round() / 1e4 + 0.0).to_string() } else { String::new() }
        };
        let numbers = std::iter::once(self.visits).chain(self.scores).chain([self.mean()]).map(number);
        [self.setting.clone(), self.kind.to_owned()].into_iter().chain(numbers).collect()
    }
}

/// The profile of every place that is open and every initiative that lives; places alike on paper are one.
#[must_use]
pub fn profiles(world: &World) -> Vec<Profile> {
    let layers = world.parameters().ties;
    let each: Vec<Vec<Profile>> =
        world.neighbourhoods().par_iter().map(|n| of_neighbourhood(n, world.week(), &layers)).collect();
    let mut merged: Vec<(Profile, [f64; 6])> = Vec::new();
    for profile in each.into_iter().flatten() {
        let known = profile.scores.map(|score| if score.is_finite() { 1.0 } else { 0.0 });
        let scores = profile.scores.map(|score| if score.is_finite() { score } else { 0.0 });
        match merged.iter_mut().find(|(one, _)| one.setting == profile.setting && one.kind == profile.kind) {
            Some((sum, counts)) => {
                sum.visits += profile.visits;
                for score in 0..SCORES.len() {
                    sum.scores[score] += scores[score];
                    counts[score] += known[score];
                }
            }
            None => merged.push((Profile { scores, ..profile }, known)),
        }
    }
    let mean = |(sum, counts): (Profile, [f64; 6])| Profile {
        scores: std::array::from_fn(|score| sum.scores[score] / counts[score]),
        ..sum
    };
    merged.into_iter().map(mean).collect()
}

/// Sums over the visitors of one setting, each weighing as much as they are attached.
#[derive(Debug, Clone, Copy, Default)]
struct Visitors {
    all: f64,
    by_origin: [f64; 3],
    near: f64,
    hard_up: f64,
    adults: f64,
    give: f64,
    know_somebody: f64,
}

fn of_neighbourhood(n: &Neighbourhood, week: i32, layers: &Ties) -> Vec<Profile> {
    let places = n.places.len();
    let mut visitors = vec![Visitors::default(); places + n.initiatives.len()];
    let mut residents = Visitors::default();
    for slot in n.residents() {
        let (traits, state) = (&n.traits[slot], &n.state[slot]);
        let home = &n.homes[traits.home as usize];
        let hard_up = f64::from(u8::from(traits.income_difficulty));
        let adult = f64::from(u8::from(traits.is_adult(week)));
        let gives = adult * f64::from(u8::from(state.volunteers_here() || state.helped >= HELPED));
        residents.all += 1.0;
        residents.by_origin[traits.origin as usize] += 1.0;
        residents.hard_up += hard_up;
        let comes = |habit: &&Habit| habit.setting != Setting::NOWHERE && habit.attached() >= VISITOR;
        for habit in state.habits.iter().filter(comes).filter(|habit| n.is_open(habit.setting)) {
            let plan = &n.places[n.place_of(habit.setting)].plan;
            let weight = f64::from(habit.attached());
            let metres = metres_between([home.x, home.y], [plan.x, plan.y]);
            let place = habit.setting.initiative().map_or(habit.setting.place_index(), |number| places + number);
            let sums = &mut visitors[place];
            sums.all += weight;
            sums.by_origin[traits.origin as usize] += weight;
            sums.near += weight * f64::from((1.0 - metres / FAR_METRES).max(0.0));
            sums.hard_up += weight * hard_up;
            sums.adults += weight * adult;
            sums.give += weight * gives;
            if knows_another(n, slot, habit.setting, layers) {
                sums.know_somebody += weight;
            }
        }
    }
    let in_places = (0..places).filter(|number| n.places[*number].open).map(|number| {
        let place = &n.places[number];
        let here = || n.initiatives.iter().filter(|one| one.place == number && one.is_alive());
        let hours = (here().map(|one| one.hours).sum(), here().map(|one| one.paid_hours).sum());
        let carried = if place.plan.commercial { (0.0, 1.0) } else { hours };
        let commercial = if place.plan.commercial { 1.0 } else { 0.0 };
        Profile {
            setting: place.plan.key.clone(),
            kind: place.plan.kind.key(),
            visits: f64::from(place.visits),
            scores: scores(n, number, 0.0, &visitors[number], &residents, carried, commercial),
        }
    });
    let of_initiatives = n.initiatives.iter().enumerate().filter(|(_, one)| one.is_alive()).map(|(number, one)| {
        let commercial = if n.places[one.place].plan.commercial { 0.5 } else { 0.0 };
        let carried = (one.hours, one.paid_hours);
        Profile {
            setting: one.key.clone(),
            kind: one.activity.key(),
            visits: f64::from(one.visits),
            scores: scores(n, one.place, one.formality, &visitors[places + number], &residents, carried, commercial),
        }
    });
    in_places.chain(of_initiatives).collect()
}

/// Whether a visitor knows another visitor of a setting from outside the household.
fn knows_another(n: &Neighbourhood, slot: usize, setting: Setting, layers: &Ties) -> bool {
    let comes = |other: u32| {
        let habits = &n.state[other as usize].habits;
        habits.iter().any(|habit| habit.setting == setting && habit.attached() >= VISITOR)
    };
    n.network.of(slot).iter().any(|tie| !tie.is_household() && tie.strength >= layers.known && comes(tie.other))
}

/// The scores in the order of [`SCORES`]; `carried` are volunteer and paid hours.
fn scores(
    n: &Neighbourhood,
    place: usize,
    formality: f32,
    visitors: &Visitors,
    residents: &Visitors,
    carried: (f32, f32),
    commercial: f64,
) -> [f64; 6] {
    let plan = &n.places[place].plan;
    let variety = |of: &Visitors| 1.0 - of.by_origin.iter().map(|part| (part / of.all).powi(2)).sum::<f64>();
    let among_visitors = |sum: f64| sum / visitors.all;
    let against_residents = |of: f64, all: f64| if all > 0.0 { (of / all).min(1.0) } else { 1.0 };
    let mixed = against_residents(variety(visitors), variety(residents));
    let open = (1.0 - plan.threshold.get())
        * (1.0 - plan.formality.get().max(formality))
        * libm::expf(-plan.cost / DEAR_EUROS);
    let reached = against_residents(among_visitors(visitors.hard_up), residents.hard_up / residents.all);
    [
        f64::midpoint(mixed, among_visitors(visitors.know_somebody)),
        among_visitors(visitors.near),
        f64::midpoint(f64::from(open), reached),
        f64::from(carried.0) / f64::from(carried.0 + carried.1),
        visitors.give / visitors.adults,
        1.0 - commercial,
    ]
}
