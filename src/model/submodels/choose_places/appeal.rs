//! What of a setting's utility does not depend on who decides: worked out once a week, not once for each resident who
//! knows it.
//!
//! Terms are kept apart where [`utility`](super) adds them apart: sums of `f32` depend on their order.

use crate::model::desk::Desk;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::place::Place;
use crate::model::neighbourhood::resident::Setting;
use crate::model::parameters::Choosing;
use crate::model::quantities::{ActivityKind, Offers, PlaceKind};
use crate::model::submodels::enact_policies::Rules;

/// Up to so many people at a session put nobody off.
const SMALL_GATHERING: f32 = 8.0;
/// Origin groups, and age bands of a composition.
pub(super) const ORIGINS: usize = 3;
pub(super) const BANDS: usize = 5;

/// What a setting has for anybody this week.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Appeal {
    /// Whether it can be visited.
    pub open: bool,
    /// Whether only children, and those who live with them, go there.
    pub for_families: bool,
    /// Whether people go there to move and play (M49).
    pub sport_or_play: bool,
    /// The place whose hall those who come pass through (M12), if it has several rooms; of a place nowhere.
    pub hall: Setting,
    /// What the place offers.
    pub offers: Offers,
    /// Where the place is, metres.
    pub at: [f32; 2],
    /// Chance that somebody with an endless pull comes: sessions are held, and rules allow it.
    pub most: f32,
    /// How healthy food makes people linger there, or takes them away: those under 18, and others; 0 of an activity.
    pub food: [f32; 2],
    /// How feeling at home there weighs, by origin and age band; minus infinity where nobody is welcome.
    pub welcome: [[f32; BANDS]; ORIGINS],
    /// Being among the own group, by origin.
    pub own_group: [f32; ORIGINS],
    /// Feeling shut out by a closed group, by origin.
    pub shut_out: [f32; ORIGINS],
    /// What is heard of the activity; 0 of a place.
    pub reputation: f32,
    /// Others among those whom the activity is for; 0 of a place.
    pub others: f32,
    /// A large gathering, to somebody without capability.
    pub gathering: f32,
    /// Formality, to somebody without way-finding skill.
    pub formality: f32,
    /// Formality, to somebody who does not share the language.
    pub language: f32,
    /// A threshold, to somebody without way-finding skill.
    pub threshold: f32,
    /// The same threshold, to somebody who is not registered.
    pub unregistered: f32,
    /// What it costs, to somebody short of money.
    pub cost: f32,
    /// How full it is.
    pub crowding: f32,
}

/// Works out the appeal of all places, then of all initiatives.
pub(super) fn note_appeals(n: &Neighbourhood, rules: &Rules, desk: &mut Desk) {
    let places = (0..n.places.len()).map(Setting::place);
    let activities = (0..n.initiatives.len()).map(Setting::activity);
    desk.appeals.clear();
    desk.appeals.extend(places.chain(activities).map(|setting| appeal(n, rules, setting)));
}

/// Where the appeal of a setting stands on the desk.
#[inline]
pub(super) fn place_of(n: &Neighbourhood, setting: Setting) -> usize {
    setting.initiative().map_or(setting.place_index(), |number| n.places.len() + number)
}

fn appeal(n: &Neighbourhood, rules: &Rules, setting: Setting) -> Appeal {
    let w = &rules.parameters.choosing;
    let place = &n.places[n.place_of(setting)];
    let plan = &place.plan;
    let allowed = 1.0 - rules.lockdown * if plan.indoor { 1.0 } else { 0.3 };
    let origins: [usize; ORIGINS] = std::array::from_fn(|origin| origin);
    let mut formality = plan.formality.get();
    let mut full = full(place, w);
    let (mut held, mut reputation, mut others, mut crowd) = (1.0, 0.0, 0.0, 0.0);
    if let Some(number) = setting.initiative() {
        let initiative = &n.initiatives[number];
        formality = formality.max(initiative.formality);
        held = initiative.strength * initiative.sessions.min(1.0);
        reputation = w.interest * (initiative.reputation - 0.5);
        others = w.among_own * (1.0 - initiative.own_share);
        if initiative.gathering() > SMALL_GATHERING {
            // Many people at once put off those who are not sure of themselves (M21).
            crowd = w.large_gathering * libm::log2f(initiative.gathering() / SMALL_GATHERING);
        }
        let seats = initiative.visits as f32 / (initiative.capacity * initiative.sessions).max(1.0);
        full = full.max(longer_hours(seats, w.flexible_hours));
    }
    Appeal {
        open: n.is_open(setting),
        for_families: matches!(plan.kind, PlaceKind::SchoolGate | PlaceKind::Playground),
        sport_or_play: is_sport_or_play(n, setting),
        hall: hall(n, rules, setting),
        offers: plan.offers,
        at: [plan.x, plan.y],
        most: held * allowed,
        food: fed(plan.kind)
            .map(|fed| if setting.initiative().is_some() { 0.0 } else { w.food * rules.healthy_food * fed }),
        welcome: plan.welcome.map(|origin| plan.ages.map(|band| log_welcome(origin) + log_welcome(band))),
        own_group: place.origin_shares.map(|share| w.own_group * (share - 1.0 / 3.0)),
        shut_out: origins.map(|origin| if rules.mechanisms.dominance { shut_out(place, rules, origin) } else { 0.0 }),
        reputation,
        others,
        gathering: crowd,
        formality: w.formality * formality,
        language: w.language * formality,
        threshold: w.threshold * plan.threshold.get(),
        unregistered: w.unregistered * plan.threshold.get(),
        cost: w.cost * plan.cost,
        crowding: w.crowding * (full - 1.0).clamp(0.0, 2.0),
    }
}

fn is_sport_or_play(n: &Neighbourhood, setting: Setting) -> bool {
    match setting.initiative() {
        Some(number) => {
            matches!(n.initiatives[number].activity, ActivityKind::Sport | ActivityKind::ChildrensAfternoon)
        }
        None => matches!(
            n.places[setting.place_index()].plan.kind,
            PlaceKind::Playground | PlaceKind::Court | PlaceKind::SportsClub | PlaceKind::YouthCentre
        ),
    }
}

fn hall(n: &Neighbourhood, rules: &Rules, setting: Setting) -> Setting {
    let place = n.place_of(setting);
    let has_one = n.places[place].plan.rooms > 1 && rules.parameters.meeting.passing > 0.0;
    if setting.initiative().is_some() && has_one { Setting::place(place) } else { Setting::NOWHERE }
}

/// Whether healthy food makes people linger in a place, or takes them away from it: those under 18, and others.
fn fed(kind: PlaceKind) -> [f32; 2] {
    match kind {
        PlaceKind::SchoolGate | PlaceKind::Playground | PlaceKind::Court | PlaceKind::SportsClub => [1.0, 1.0],
        PlaceKind::SnackBar => [-1.0, 0.0],
        _ => [0.0, 0.0],
    }
}

/// How feeling at home weighs in the log-odds: nobody comes where the welcome is 0.
fn log_welcome(welcome: f32) -> f32 {
    if welcome <= 0.0 { f32::NEG_INFINITY } else { libm::logf(welcome) }
}

/// Visits of last week as a part of the room there is.
fn full(place: &Place, w: &Choosing) -> f32 {
    let full = place.visits as f32 / place.room().max(1.0);
    let stays_open = place.plan.commercial || place.plan.kind.is_run_by_volunteers();
    if stays_open { longer_hours(full, w.flexible_hours) } else { full }
}

/// How full it is when who runs it keeps open longer for part of those who do not fit; at most twice as long.
fn longer_hours(full: f32, flexible: f32) -> f32 {
    full / (1.0 + flexible * (full - 1.0).clamp(0.0, 1.0))
}

/// How far a group of origin feels shut out: only those outside the largest group do, and only when that group is closed.
fn shut_out(place: &Place, rules: &Rules, origin: usize) -> f32 {
    let own_share = place.origin_shares[origin];
    let largest = place.origin_shares.iter().copied().fold(0.0, f32::max);
    if own_share >= largest {
        return 0.0;
    }
    let others = 1.0 - own_share;
    let push = rules.parameters.choosing.dominance * place.closedness * (largest - 0.6).max(0.0) / 0.4 * others;
    // Who hosts there, and organises the weak voice, takes part of it away (M16).
    push * (1.0 - rules.parameters.linking.hosting * place.presence)
}
