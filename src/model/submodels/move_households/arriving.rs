//! Who is born and who comes: which household gets which vacant home.

use super::{Moves, crossing, draw, tie_both};
use crate::model::chance::{Chance, Process, key_of, mix};
use crate::model::initialization::dwelling::{Dwellings, moving_by_type};
use crate::model::initialization::first_ties::{OwnedTie, household_tie, household_ties};
use crate::model::initialization::people::{self, Arrival, Household, Quotas, Source};
use crate::model::initialization::structure::Structure;
use crate::model::initialization::{get_about, settle_in, start_state};
use crate::model::neighbourhood::home::Home;
use crate::model::neighbourhood::resident::YEAR;
use crate::model::neighbourhood::{NONE, Neighbourhood};
use crate::model::policy::{Spread, Tenants};
use crate::model::quantities::{BuildingForm, Origin, Person, Sex, Share};
use crate::model::submodels::enact_policies::{Allocation, Arrivals, Rules};

/// Metres that a floor further counts for (assumed: stairs part more than doors do).
const FLOOR_METRES: f32 = 9.0;
/// Ages of women who may bear a child.
const BEARING: std::ops::Range<i32> = 20..43;

/// Children born this week.
pub(super) fn be_born(
    n: &mut Neighbourhood,
    rules: &Rules,
    (chance, life): (Chance, &[[u32; 4]]),
    week: i32,
    moves: &mut Moves,
    ties: &mut Vec<OwnedTie>,
) {
    for (slot, words) in life.iter().enumerate() {
        let mother = &n.traits[slot];
        let of_age = mother.is_from(BEARING.start, week) & !mother.is_from(BEARING.end, week);
        let bearing = of_age & (mother.sex == Sex::Woman) & (mother.partner != NONE);
        if !bearing || !mother.lives_here() {
            continue;
        }
        let age = (week - mother.born) as f32 / YEAR as f32;
        let around_thirty = (1.0 - (age - 30.0).abs() / 10.0).max(0.0);
        let yearly = rules.parameters.living.births * (1.0 + around_thirty);
        // Who is of age was there when the week's life events were drawn.
        let key = key_of(*words);
        let nth = n.homes[mother.home as usize].members_so_far;
        if draw(key, 2) >= yearly / YEAR as f32 || nth == u8::MAX {
            continue;
        }
        let mother = *mother;
        n.homes[mother.home as usize].members_so_far += 1;
        let father = n.traits[mother.partner as usize];
        let child = people::newborn(&mother, Some(&father), nth, &rules.parameters, chance, week);
        let family: Household<usize> = n.members(mother.home).collect();
        let at = n.free_slots.pop().unwrap_or(n.traits.len() as u32) as usize;
        if at == n.traits.len() {
            n.traits.push(child);
        } else {
            n.traits[at] = child;
        }
        if let Some(last) = family.last() {
            n.traits[*last].next_in_home = at as u32;
        }
        wake(n, at, rules, chance, week);
        for member in family {
            tie_both(ties, member as u32, household_tie(n, member, at, week));
        }
        moves.born += 1;
    }
}

/// Gives somebody new a state and first habits.
fn wake(n: &mut Neighbourhood, slot: usize, rules: &Rules, chance: Chance, week: i32) {
    let traits = n.traits[slot];
    let mut stream = chance.always().stream(Process::Traits, traits.person.0 | 1 << 62);
    let state = start_state::newcomer(&traits, &rules.parameters, week, &mut stream);
    if slot == n.state.len() {
        n.state.push(state);
    } else {
        n.state[slot] = state;
    }
    get_about(n, slot, chance, week, true);
}

/// Fills the homes that were vacant long enough: allocations first, then sudden arrivals, then the ordinary queue.
pub(super) fn fill_homes(
    n: &mut Neighbourhood,
    rules: &Rules,
    chance: Chance,
    week: i32,
    moves: &mut Moves,
    ties: &mut Vec<OwnedTie>,
) {
    let pull = if rules.mechanisms.image { n.repute.pull() } else { 0.0 };
    let wait = (rules.parameters.living.vacancy_weeks as i32) as f32;
    let wait = libm::roundf(wait * (1.0 - rules.parameters.image.vacancy * pull)) as i32;
    let is_there = |home: &Home| n.buildings[home.building as usize].period.holds(week);
    let ready = |home: &Home| home.is_vacant() && week - home.vacant_since >= wait && is_there(home);
    let mut vacant: Vec<u32> = (0..n.homes.len() as u32).filter(|home| ready(&n.homes[*home as usize])).collect();
    if vacant.is_empty() && rules.arrivals.is_empty() {
        n.crossing.coming.clear();
        return;
    }
    let often = moving_by_type(&n.buildings, n.composition.households.map(Share::get), week);
    let structure = Structure::arriving(&n.composition, often).with_more_alone(rules.trends.living_alone);
    let dwellings = Dwellings::arriving(&n.buildings, structure.types, week);
    let mut come = |n: &mut Neighbourhood, home: u32, profile: Arrival| {
        move_in(n, home, profile, &structure, &dwellings, rules, chance, week, moves, ties);
    };
    for allocation in &rules.allocations {
        reach(&mut n.given_homes, allocation.policy);
        while n.given_homes[allocation.policy] < allocation.due {
            let Some(place) = choose_home(n, &vacant, allocation, chance) else { break };
            let hours = allocation.hours_per_month;
            let profile = match allocation.who {
                Tenants::Motivated => Arrival::Chosen { motive: allocation.motive, hours },
                Tenants::Vulnerable => Arrival::Asking { hours },
            };
            come(n, vacant.remove(place), profile);
            n.given_homes[allocation.policy] += 1;
        }
    }
    for arrivals in &rules.arrivals {
        reach(&mut n.arrived, arrivals.policy);
        let left = arrivals.households.saturating_sub(n.arrived[arrivals.policy]) as usize;
        let homes = homes_for(n, arrivals, &vacant, week);
        for home in homes.into_iter().take(left) {
            vacant.retain(|other| *other != home);
            come(n, home, Arrival::Sudden { origin: arrivals.origin });
            n.arrived[arrivals.policy] += 1;
        }
    }
    crossing::move_in(n, &dwellings, &mut vacant, chance, week, moves, ties);
    let mut come = |n: &mut Neighbourhood, home: u32, profile: Arrival| {
        move_in(n, home, profile, &structure, &dwellings, rules, chance, week, moves, ties);
    };
    for home in vacant {
        if is_for_anybody(n, home) {
            come(n, home, Arrival::Newcomer);
        }
    }
}

/// Whether the ordinary queue may have a home: those of a temporary building are for whom a policy brings.
pub(super) fn is_for_anybody(n: &Neighbourhood, home: u32) -> bool {
    !n.buildings[n.homes[home as usize].building as usize].is_temporary()
}

/// Homes for households that arrive at once: those of their building as soon as it is there, or what falls vacant.
fn homes_for(n: &Neighbourhood, arrivals: &Arrivals, vacant: &[u32], week: i32) -> Vec<u32> {
    let Some(building) = arrivals.building else {
        return vacant.iter().copied().filter(|home| is_for_anybody(n, *home)).collect();
    };
    let building = &n.buildings[building];
    let own = building.first..building.first + building.homes;
    own.filter(|home| building.period.holds(week) && n.homes[*home as usize].is_vacant()).collect()
}

/// Makes room for the progress of a policy.
fn reach(progress: &mut Vec<u32>, policy: usize) {
    if progress.len() <= policy {
        progress.resize(policy + 1, 0);
    }
}

/// A household moves into a vacant home.
#[expect(clippy::too_many_arguments, reason = "one call, from the closure above that binds all but two")]
fn move_in(
    n: &mut Neighbourhood,
    home: u32,
    profile: Arrival,
    structure: &Structure,
    dwellings: &Dwellings,
    rules: &Rules,
    chance: Chance,
    week: i32,
    moves: &mut Moves,
    ties: &mut Vec<OwnedTie>,
) {
    let place = &mut n.homes[home as usize];
    place.generation = (place.generation + 1) & 0x7fff;
    let first = Person::new(n.first_home + home, place.generation, profile.is_by_policy(), 0);
    let composition = n.composition;
    let like = group_at_home(n, home, rules.trends.sorting, profile, chance, first);
    let ordinary = rules.mechanisms.image && profile == Arrival::Newcomer;
    let pull = if ordinary { n.repute.pull() } else { 0.0 };
    let parameters = &rules.parameters;
    let dwelling = dwellings.of_home(&n.buildings[n.homes[home as usize].building as usize]);
    let source = Source { composition: &composition, parameters, chance, week, profile, pull, first, like, dwelling };
    let members = people::draw(&source, structure, &mut Quotas::free());
    moves.arrived += members.len() as u32;
    for slot in settle_in(n, home, &members) {
        wake(n, slot as usize, rules, chance, week);
    }
    for (owner, tie) in household_ties(n, home, week) {
        tie_both(ties, owner, tie);
    }
}

/// The origin of a newcomer whom sorting brings: of the group that is more at home on this floor or street than in the
/// neighbourhood as a whole (M6).
fn group_at_home(
    n: &Neighbourhood,
    home: u32,
    sorting: f32,
    profile: Arrival,
    chance: Chance,
    first: Person,
) -> Option<Origin> {
    let sorted = chance.always().of(Process::Sorting, first).happens(sorting);
    if !sorted || profile != Arrival::Newcomer {
        return None;
    }
    let here = &n.homes[home as usize];
    let building = &n.buildings[here.building as usize];
    let in_flat = building.form != BuildingForm::Houses;
    let same_row = |there: &&Home| if in_flat { there.floor == here.floor } else { there.entrance == here.entrance };
    let homes = &n.homes[building.first as usize..(building.first + building.homes) as usize];
    let (mut shares, mut all) = ([0.0_f32; 3], 0.0_f32);
    for there in homes.iter().filter(same_row).filter(|there| !there.is_vacant()) {
        shares[n.traits[there.first as usize].origin as usize] += 1.0;
        all += 1.0;
    }
    let more = |origin: &Origin| shares[*origin as usize] / all - n.composition.origins[*origin as usize].get();
    Origin::ALL.iter().copied().filter(|_| all > 0.0).max_by(|a, b| more(a).total_cmp(&more(b)))
}

/// The place among vacant homes of the one that an allocation takes.
fn choose_home(n: &Neighbourhood, vacant: &[u32], allocation: &Allocation, chance: Chance) -> Option<usize> {
    let allowed = |home: u32| match allocation.building {
        Some(building) => n.homes[home as usize].building as usize == building,
        None => is_for_anybody(n, home),
    };
    let key = chance.always().key(Process::Policies, allocation.policy as u64);
    // Homes given before are known by who lives there; a promise marks motivated tenants.
    let was_given = |home: &&Home| {
        let first = (!home.is_vacant()).then(|| &n.traits[home.first as usize]);
        first.is_some_and(|first| match allocation.who {
            Tenants::Motivated => first.promised_hours > 0.0,
            Tenants::Vulnerable => first.person.chosen_by_policy(),
        })
    };
    let given: Vec<&Home> = n.homes.iter().filter(was_given).collect();
    let cost = |home: u32| match allocation.spread {
        Spread::Anywhere => 0.0,
        Spread::Together => nearest(n, home, &given),
        Spread::Apart => -nearest(n, home, &given),
    };
    (0..vacant.len()).filter(|place| allowed(vacant[*place])).min_by(|a, b| {
        let (a, b) = (vacant[*a], vacant[*b]);
        cost(a).total_cmp(&cost(b)).then(mix(key, u64::from(a)).cmp(&mix(key, u64::from(b))))
    })
}

/// Way to the nearest of other homes, metres; the same for all when there is none.
fn nearest(n: &Neighbourhood, home: u32, others: &[&Home]) -> f32 {
    let here = &n.homes[home as usize];
    let way = |other: &&Home| {
        let floors = f32::from(here.floor.abs_diff(other.floor));
        (here.x - other.x).abs() + (here.y - other.y).abs() + FLOOR_METRES * floors
    };
    others.iter().map(way).fold(f32::INFINITY, f32::min).min(1e6)
}
