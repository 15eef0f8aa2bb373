//! Between the weeks: what passes from one neighbourhood of a town to another. Moves, ties and places across.
//!
//! * **What** a part of the households that leave finds a home elsewhere in the town, sooner nearby. Who had friends or kin where
//!   they lived keeps them, as a *regular* there; others become regulars of a neighbourhood nearby by the places there. A
//!   regular stands in both: at home they have what time is left, there they visit, meet and make ties, and what friends
//!   they have there count as friends outside at home.
//! * **Equation** chance of a destination `~ vacant homes * exp(-metres / town.moves_metres)`; of a neighbourhood for a new
//!   regular `~ exp(-metres / town.reach_metres)`; regulars are kept at `town.regulars` of those who live in a neighbourhood.
//! * **Reads and changes** each neighbourhood's [`Crossing`]; regulars' traits and states follow those at home.
//! * **Draws** `Town` by household, by person, and by neighbourhood for who becomes a regular.
//! * **Source** CBS on moves within the municipality; distances and the number of regulars assumed.
//!
//! One thread does it, in order of neighbourhood, and it costs as much as there is to pass on.

use super::blueprint::Blueprint;
use super::chance::{Chance, Process, Stream};
use super::neighbourhood::crossing::{Crossing, Presence, Traveller};
use super::neighbourhood::network::HalfTie;
use super::neighbourhood::resident::{HABITS, Habit, State, Traits};
use super::neighbourhood::{NONE, Neighbourhood};
use super::parameters::{Parameters, Town as Distances};
use super::quantities::{Person, metres_between};
use super::submodels::move_households::KEEPS_TIES_FROM_AGE;

/// Attachment below which a regular no longer comes for a setting (assumed).
const STILL_ATTACHED: f32 = 0.05;
/// Weeks that somebody is a regular at least (assumed: a quarter).
const LEAST_WEEKS: i32 = 13;

/// Who stands in two neighbourhoods, and who is on the way from one to another.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Town {
    regulars: Vec<Regular>,
    moving: Vec<Moving>,
}

/// Somebody who lives in one neighbourhood and comes to another.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Regular {
    person: Person,
    /// Neighbourhood and slot where they live.
    home: (usize, u32),
    /// Neighbourhood and slot where they come; [`NONE`] until they have one.
    host: (usize, u32),
}

/// Somebody who moves house, and the ties they would keep.
#[derive(Debug, Clone, PartialEq)]
struct Moving {
    from: usize,
    to: usize,
    traveller: Traveller,
}

/// Whether the neighbourhoods of a world have to do with each other.
#[must_use]
pub fn is_town(blueprint: &Blueprint) -> bool {
    blueprint.districts.len() > 1 && blueprint.districts.iter().all(|district| district.at.is_some())
}

impl Town {
    /// Passes on what the week just lived has laid ready, for the week after it.
    pub fn pass_on(&mut self, all: &mut [Neighbourhood], blueprint: &Blueprint, chance: Chance, week: i32) {
        let parameters = &blueprint.parameters;
        self.follow_movers(all, parameters);
        self.seat(all);
        self.follow_regulars(all, parameters, week);
        self.send_movers(all, blueprint, chance, week);
        self.more_regulars(all, blueprint, chance, week);
        for n in all {
            n.crossing.begin_week();
        }
    }

    /// Movers who found a home stay regulars where they had ties; who did not has left the town.
    fn follow_movers(&mut self, all: &mut [Neighbourhood], parameters: &Parameters) {
        for n in all.iter_mut() {
            n.crossing.settled.sort_unstable();
        }
        for Moving { from, to, traveller } in std::mem::take(&mut self.moving) {
            let person = traveller.traits.person;
            let settled = &all[to].crossing.settled;
            let slot = settled.binary_search_by_key(&person, |(person, _)| *person).map(|place| settled[place].1);
            if let Ok(slot) = slot {
                self.begin(all, person, (to, slot), from, traveller);
            } else {
                for (other, tie) in &traveller.ties {
                    lose_touch(&mut all[from], *other, tie, parameters);
                }
            }
        }
    }

    /// Makes somebody a regular of another neighbourhood.
    fn begin(&mut self, all: &mut [Neighbourhood], person: Person, home: (usize, u32), host: usize, there: Traveller) {
        all[home.0].traits[home.1 as usize].presence = Presence::Elsewhere;
        all[host].crossing.visitors_coming.push(there);
        self.regulars.push(Regular { person, home, host: (host, NONE) });
    }

    /// Notes the slots that new regulars got.
    fn seat(&mut self, all: &mut [Neighbourhood]) {
        for n in all.iter_mut() {
            n.crossing.seated.sort_unstable();
        }
        for regular in self.regulars.iter_mut().filter(|regular| regular.host.1 == NONE) {
            let seated = &all[regular.host.0].crossing.seated;
            if let Ok(place) = seated.binary_search_by_key(&regular.person, |(person, _)| *person) {
                regular.host.1 = seated[place].1;
            }
        }
    }

    /// Regulars are at home as they are there, and the other way round; some no longer come.
    fn follow_regulars(&mut self, all: &mut [Neighbourhood], parameters: &Parameters, week: i32) {
        for n in all.iter_mut() {
            n.crossing.died.sort_unstable();
        }
        self.regulars.retain(|regular| {
            let Regular { person, home: (home, at), host: (host, there) } = *regular;
            if there == NONE {
                return true;
            }
            let [at, there] = [at, there].map(|slot| slot as usize);
            if all[home].traits[at].person != person {
                let is_dead = all[home].crossing.died.binary_search(&person).is_ok();
                all[host].crossing.visitors_going.push((there as u32, is_dead));
                return false;
            }
            let (traits, state) = (all[home].traits[at], all[home].state[at]);
            let visitor = &mut all[host];
            let was = visitor.traits[there];
            visitor.traits[there] = Traits {
                home: was.home,
                next_in_home: NONE,
                partner: NONE,
                moved_in: was.moved_in,
                presence: Presence::Visitor,
                promised_hours: 0.0,
                ..traits
            };
            // What helping took there is missed at home.
            let energy = state.energy.min(visitor.state[there].energy);
            visitor.state[there] = as_there(state, energy, &visitor.state[there]);
            let row = visitor.network.of(there);
            let kin = row.iter().filter(HalfTie::is_kin).count();
            let friends = row.iter().filter(|tie| !tie.is_kin() && tie.strength >= parameters.ties.friend).count();
            let knows = row.iter().any(|tie| tie.is_kin() || tie.strength >= parameters.ties.known);
            let goes = visitor.state[there].habits.iter().any(|habit| habit.attached() >= STILL_ATTACHED);
            let comes = knows || goes || week - was.moved_in < LEAST_WEEKS;
            let state = &mut all[home].state[at];
            state.energy = energy;
            (state.kin_across, state.friends_across) =
                if comes { (kin.min(255) as u8, friends.min(255) as u8) } else { (0, 0) };
            if !comes {
                all[home].traits[at].presence = Presence::Here;
                all[host].crossing.visitors_going.push((there as u32, false));
            }
            comes
        });
    }

    /// Finds neighbourhoods for those who look for a home in the town.
    fn send_movers(&mut self, all: &mut [Neighbourhood], blueprint: &Blueprint, chance: Chance, week: i32) {
        let wait = blueprint.parameters.living.vacancy_weeks as i32;
        let mut free: Vec<f32> = all.iter().map(|n| vacant(n, week + 1, wait)).collect();
        let reach = blueprint.parameters.town.moves_metres;
        for from in 0..all.len() {
            for movers in std::mem::take(&mut all[from].crossing.departed) {
                let first = movers.members[0].traits.person;
                let mut stream = chance.in_week(week).of(Process::Town, first);
                let to = pick(blueprint, from, all.len(), reach, &mut stream, |to| free[to]);
                let with_ties = movers.members.iter().filter(|member| !member.ties.is_empty()).cloned();
                if let Some(to) = to {
                    free[to] -= 1.0;
                    self.moving.extend(with_ties.map(|traveller| Moving { from, to, traveller }));
                    all[to].crossing.coming.push(movers);
                } else {
                    for (other, tie) in with_ties.flat_map(|member| member.ties) {
                        lose_touch(&mut all[from], other, &tie, &blueprint.parameters);
                    }
                }
            }
        }
    }

    /// Some begin to go to places of another neighbourhood, as many as others stop.
    fn more_regulars(&mut self, all: &mut [Neighbourhood], blueprint: &Blueprint, chance: Chance, week: i32) {
        let Distances { regulars, reach_metres, .. } = blueprint.parameters.town;
        let mut now = vec![0_usize; all.len()];
        for regular in &self.regulars {
            now[regular.home.0] += 1;
        }
        for home in 0..all.len() {
            let wanted = (all[home].residents().count() as f32 * regulars) as usize;
            let mut stream = chance.in_week(week).stream(Process::Town, (1 << 63) | home as u64);
            // As many tries again for those who cannot be.
            for _ in 0..2 * wanted.saturating_sub(now[home]) {
                if now[home] >= wanted {
                    break;
                }
                let slot = stream.below(all[home].slots() as u32) as usize;
                let host = pick(blueprint, home, all.len(), reach_metres, &mut stream, |_| 1.0);
                let traits = all[home].traits[slot];
                let fits =
                    traits.lives_here() && traits.presence == Presence::Here && traits.age(week) >= KEEPS_TIES_FROM_AGE;
                if let Some(host) = host.filter(|_| fits) {
                    now[home] += 1;
                    let state = all[home].state[slot];
                    let state = as_there(state, state.energy, &State { habits: [Habit::EMPTY; HABITS], ..state });
                    let there = Traveller { traits, state, ties: Vec::new() };
                    self.begin(all, traits.person, (home, slot as u32), host, there);
                }
            }
        }
    }
}

/// The state of a regular where they come: what they bring from home, and what is of that neighbourhood.
fn as_there(home: State, energy: f32, there: &State) -> State {
    State {
        energy,
        volunteers_with: NONE,
        volunteer_hours: 0.0,
        organises: false,
        cheap_home: home.cheap_home,
        habits: there.habits,
        visits: there.visits,
        friends_across: 0,
        kin_across: 0,
        ..home
    }
}

/// Who stayed behind has a friend, or kin, outside from now on.
fn lose_touch(n: &mut Neighbourhood, other: Person, tie: &HalfTie, parameters: &Parameters) {
    let slot = tie.other as usize;
    if n.traits[slot].person != other || !n.traits[slot].lives_here() {
        return;
    }
    let state = &mut n.state[slot];
    if tie.is_kin() {
        state.kin_outside = state.kin_outside.saturating_add(1);
    } else if tie.strength >= parameters.ties.friend {
        state.friends_outside = state.friends_outside.saturating_add(1);
    }
}

/// Homes that the ordinary queue would fill in a week.
fn vacant(n: &Neighbourhood, week: i32, wait: i32) -> f32 {
    let free = |home: &&super::neighbourhood::home::Home| {
        let building = &n.buildings[home.building as usize];
        home.is_vacant() && week - home.vacant_since >= wait && building.period.holds(week) && !building.is_temporary()
    };
    n.homes.iter().filter(free).count() as f32
}

/// Another neighbourhood of the town, with a chance that falls with distance and goes with `weight`.
fn pick(
    blueprint: &Blueprint,
    from: usize,
    all: usize,
    reach: f32,
    stream: &mut Stream,
    weight: impl Fn(usize) -> f32,
) -> Option<usize> {
    let districts = &blueprint.districts;
    let at = |number: usize| districts[number % districts.len()].at.unwrap_or_default();
    // Copies of a town have nothing to do with each other.
    let first = from / districts.len() * districts.len();
    let here = at(from);
    let draw = stream.uniform();
    let pull = |to: usize| {
        let metres = metres_between(here, at(to));
        if to == from { 0.0 } else { weight(to).max(0.0) * libm::expf(-metres / reach) }
    };
    let others = first..(first + districts.len()).min(all);
    let sum: f32 = others.clone().map(pull).sum();
    let mut left = draw * sum;
    let mut last = None;
    for to in others {
        let pull = pull(to);
        if pull > 0.0 {
            last = Some(to);
            left -= pull;
            if left < 0.0 {
                break;
            }
        }
    }
    last
}

/// Opens the neighbourhoods to each other.
pub fn open(all: &mut [Neighbourhood]) {
    for n in all {
        n.crossing = Crossing { open: true, ..Crossing::default() };
    }
}
