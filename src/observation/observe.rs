//! One observation of a world: every measure for every group.
//!
//! Residents are interviewed block by block, in parallel; the sums of the blocks are collected in order and added in
//! order, so that the same world gives the same bits for any number of threads.

use std::ops::Range;

use rayon::prelude::*;

use super::dictionary::{GROUPS, MEASURES, Record, measure_index};
use super::districts::ByDistrict;
use super::instruments::{self, WEEKLY, cohesion};
use super::interview::{Interview, View};
use super::structure::{self, Part, Structure};
use crate::model::neighbourhood::initiative::Initiative;
use crate::model::neighbourhood::network::TieOrigin;
use crate::model::neighbourhood::resident::{State, Traits};
use crate::model::neighbourhood::{NONE, Neighbourhood};
use crate::model::quantities::{Cents, Education, Origin, PlaceKind, Sphere, Target};
use crate::model::world::{Happenings, World};

/// Slots in one block: small enough for a street to be a task of its own, large enough to hide the cost of a task.
const BLOCK: usize = 2048;
/// Trust from which a professional is known *and* trusted (assumed: about four contacts).
pub(super) const TRUSTED: f32 = 0.25;
/// Energy from which somebody has some to spare (assumed: an ordinary helping now and then leaves this much).
const RESTED: f32 = 0.95;

/// How much to observe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Everybody together, without the measures of the whole network that need a walk over it.
    Quick,
    /// Every measure for every group.
    Full,
}

/// All measures at one moment. What is not defined (an empty group, a measure left out) is NaN.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Weeks lived since the burn-in: 0 is right after it.
    pub week: i32,
    /// Each district apart, of a full observation of a world that has two or more.
    pub by_district: ByDistrict,
    values: Vec<f64>,
}

impl Observation {
    /// The value of a measure for a group, by their places in [`MEASURES`] and [`GROUPS`].
    #[must_use]
    pub fn value(&self, group: usize, measure: usize) -> f64 {
        self.values[group * MEASURES.len() + measure]
    }
}

/// Observes the world as it is now. Uses the current rayon pool.
#[must_use]
pub fn observe(world: &World, detail: Detail) -> Observation {
    observe_view(&View::of(world), detail)
}

/// The value of one measure for one group, by their keys: what a policy may be tied to. NaN when it is not defined, or when
/// there is no such measure or group.
#[must_use]
pub fn read(world: &World, measure: &str, group: &str) -> f64 {
    let place = measure_index(measure).zip(GROUPS.iter().position(|known| known.key == group));
    let Some((measure, group)) = place else { return f64::NAN };
    let seen = if group == 0 { observe(world, Detail::Quick).value(group, measure) } else { f64::NAN };
    // What needs a walk over the network, or a group, is not in the quick look.
    if seen.is_nan() { observe(world, Detail::Full).value(group, measure) } else { seen }
}

/// Lives `weeks` weeks and observes everybody together after each, as living one week and then [`observe`] would do so many
/// times: each neighbourhood is observed while it is in cache still ([`World::live_weeks`]).
pub fn live_and_observe(world: &mut World, weeks: u32) -> Vec<(Happenings, Observation)> {
    let first = world.week() + 1;
    let view = View::new(first, &[], world.chance(), world.parameters());
    let look = |n: &Neighbourhood, week| Seen::of(&View { week, ..view.clone() }, n, Detail::Quick);
    let mut seen: Vec<_> = world.live_weeks(weeks, look).into_iter().map(Vec::into_iter).collect();
    (first..)
        .take(weeks as usize)
        .map(|week| {
            let (happened, seen): (Vec<Happenings>, Vec<Seen>) = seen.iter_mut().filter_map(Iterator::next).unzip();
            (happened.into_iter().sum(), together(week, &seen, Detail::Quick, Structure::UNSEEN, ByDistrict::NONE))
        })
        .collect()
}

pub(super) fn observe_view(view: &View<'_>, detail: Detail) -> Observation {
    let seen: Vec<Seen> = view.neighbourhoods.par_iter().map(|n| Seen::of(view, n, detail)).collect();
    let (structure, by_district) = match detail {
        Detail::Quick => (Structure::UNSEEN, ByDistrict::NONE),
        Detail::Full => {
            let parts = structure::parts(view);
            (structure::of(&parts), by_district(view, &seen, &parts))
        }
    };
    together(view.week, &seen, detail, structure, by_district)
}

/// All measures from what was seen of every neighbourhood.
fn together(week: i32, seen: &[Seen], detail: Detail, structure: Structure, by_district: ByDistrict) -> Observation {
    let sums = Tallies::sum(seen, detail);
    let whole = Whole { gaps: gaps(seen), ..Whole::sum(seen) };
    let mut values = vec![f64::NAN; GROUPS.len() * MEASURES.len()];
    for (group, (tally, values)) in sums.groups.iter().zip(values.chunks_exact_mut(MEASURES.len())).enumerate() {
        let mut record = tally.measures(&sums, &whole, &structure);
        if group > 0 {
            record.residents = tally.adults;
        }
        for ((value, measured), measure) in values.iter_mut().zip(record.values()).zip(MEASURES) {
            if group == 0 || measure.by_group {
                *value = measured;
            }
        }
    }
    Observation { week, by_district, values }
}

/// All measures of each district apart, out of the same sums over blocks and networks.
fn by_district(view: &View<'_>, seen: &[Seen], networks: &[Part]) -> ByDistrict {
    let mut found = ByDistrict::NONE;
    if view.districts < 2 {
        return found;
    }
    for district in 0..view.districts {
        let here = |neighbourhood: &Neighbourhood| neighbourhood.number as usize % view.districts == district;
        let parts = view.neighbourhoods.iter().zip(seen.iter().zip(networks));
        let parts = parts.filter(|(neighbourhood, _)| here(neighbourhood)).map(|(_, part)| part);
        let sums = Tallies::sum(parts.clone().map(|(seen, _)| seen), Detail::Quick);
        // A gap lies between districts.
        let whole = Whole { gaps: [f64::NAN; 2], ..Whole::sum(parts.clone().map(|(seen, _)| seen)) };
        let structure = structure::of(parts.map(|(_, network)| network));
        let all = &sums.groups[0];
        found.push(&all.measures(&sums, &whole, &structure).values(), all.adults);
    }
    found
}

/// How far neighbourhoods lie apart, the worst from the best, in loneliness and in needs that nobody meets.
fn gaps(seen: &[Seen]) -> [f64; 2] {
    let lived_in = || seen.iter().filter(|seen| !seen.blocks.is_empty());
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    if lived_in().nth(1).is_none() {
        return [f64::NAN; 2];
    }
    for Seen { blocks, .. } in lived_in() {
        let sum = |part: fn(&Tally) -> f64| blocks.iter().map(|block| part(&block.groups[0])).sum::<f64>();
        let lonely = sum(|all| all.sums.lonely) / sum(|all| all.adults);
        let unmet = sum(|all| all.sums.needs_unmet) / sum(|all| all.sums.needs);
        // Where nobody lives nothing is measured, and NaN is neither the least nor the most.
        for (place, share) in [lonely, unmet].into_iter().enumerate() {
            (low[place], high[place]) = (low[place].min(share), high[place].max(share));
        }
    }
    [0, 1].map(|place| if high[place] >= low[place] { high[place] - low[place] } else { f64::NAN })
}

/// What one neighbourhood brings to an observation.
#[derive(Debug, Clone)]
struct Seen {
    /// Blocks of its slots, in order.
    blocks: Vec<Tallies>,
    whole: Whole,
}

impl Seen {
    fn of(view: &View<'_>, neighbourhood: &Neighbourhood, detail: Detail) -> Self {
        let slots = neighbourhood.slots();
        let tally = |block: usize| {
            let from = block * BLOCK;
            Tallies::of(view, neighbourhood, from..slots.min(from + BLOCK), detail)
        };
        let blocks = (0..slots.div_ceil(BLOCK)).into_par_iter().map(tally).collect();
        Self { blocks, whole: Whole::of(neighbourhood, view.week) }
    }
}

/// For each target, the activities of living initiatives that have their money, as a set of interests.
fn served(neighbourhood: &Neighbourhood) -> [u16; Target::ALL.len()] {
    let mut served = [0; Target::ALL.len()];
    for initiative in neighbourhood.initiatives.iter().filter(|initiative| initiative.is_alive() && initiative.paid) {
        served[initiative.target as usize] |= 1 << initiative.activity as u16;
    }
    served
}

/// The groups to which an adult belongs, by their place in [`GROUPS`].
fn groups(traits: &Traits, week: i32, alone: bool) -> [usize; 9] {
    let age = match traits.age(week) {
        ..35 => 1,
        35..65 => 2,
        65.. => 3,
    };
    let origin = match traits.origin {
        Origin::Netherlands => 4,
        Origin::Europe => 5,
        Origin::OutsideEurope => 6,
    };
    let education = match traits.education {
        Education::Low => 7,
        Education::Middle => 8,
        Education::High => 9,
    };
    // Those who lived here before week 0 are the same people in every scenario: that group compares like with like.
    let here = match (traits.moved_in < 0, traits.person.chosen_by_policy()) {
        (true, _) => 19,
        (false, false) => 20,
        (false, true) => 21,
    };
    // Hard to make ends meet, limited, alone, without the language: how far somebody is from the foundation (M4).
    let problems = [traits.income_difficulty, traits.health_limited, alone, !traits.shares_language];
    let problems = match problems.iter().filter(|problem| **problem).count() {
        0 => 16,
        1 => 17,
        _ => 18,
    };
    let first_if = |first: usize, yes: bool| if yes { first } else { first + 1 };
    [
        0,
        age,
        origin,
        education,
        first_if(10, traits.income_difficulty),
        first_if(12, traits.health_limited),
        first_if(14, alone),
        problems,
        here,
    ]
}

/// Whether a resident has the home alone.
pub(super) fn lives_alone(neighbourhood: &Neighbourhood, slot: usize) -> bool {
    let traits = &neighbourhood.traits[slot];
    traits.next_in_home == NONE
        && neighbourhood.homes.get(traits.home as usize).is_some_and(|home| home.first as usize == slot)
}

/// Sums over the adults of one group.
#[derive(Debug, Clone, Copy)]
struct Tally {
    adults: f64,
    /// Ties outside the household: what shares of ties are parts of.
    ties: f64,
    /// Adults of 75 and over or limited by health: of whom staying at home is a question.
    frail: f64,
    /// For each measure the sum of the adults' values, or of what a share is taken of.
    sums: Record,
}

/// Sums over one block of slots, or over the world.
#[derive(Debug, Clone)]
struct Tallies {
    /// One for each group observed, in the order of [`GROUPS`].
    groups: Vec<Tally>,
    /// Residents of all ages.
    residents: f64,
    /// Ties outside the household of residents of all ages, both ends counted.
    ties: f64,
    /// Of which between origin groups.
    across: f64,
    /// Residents of 8 to 17.
    young: f64,
    /// Of whom go somewhere for sport or play at least weekly.
    young_active: f64,
    /// Adults with children under 13 in the home.
    parents: f64,
    /// Acquaintances and friends they came to know at the school gate or a playground.
    parents_known: f64,
}

impl Tallies {
    fn none(detail: Detail) -> Self {
        let groups = match detail {
            Detail::Quick => 1,
            Detail::Full => GROUPS.len(),
        };
        let empty = Tally { adults: 0.0, ties: 0.0, frail: 0.0, sums: Record::filled(0.0) };
        Self {
            groups: vec![empty; groups],
            residents: 0.0,
            ties: 0.0,
            across: 0.0,
            young: 0.0,
            young_active: 0.0,
            parents: 0.0,
            parents_known: 0.0,
        }
    }

    fn of(view: &View<'_>, neighbourhood: &Neighbourhood, slots: Range<usize>, detail: Detail) -> Self {
        let mut linking = [0_u32; BLOCK];
        for professional in &neighbourhood.professionals {
            let from = professional.ties.partition_point(|tie| (tie.resident as usize) < slots.start);
            for tie in professional.ties[from..].iter().take_while(|tie| (tie.resident as usize) < slots.end) {
                linking[tie.resident as usize - slots.start] += u32::from(tie.trust >= TRUSTED);
            }
        }
        let mut tallies = Self::none(detail);
        let served = served(neighbourhood);
        for slot in slots.clone() {
            let traits = &neighbourhood.traits[slot];
            if !traits.lives_here() {
                continue;
            }
            let ties = view.count_ties(neighbourhood, slot);
            tallies.residents += 1.0;
            tallies.ties += f64::from(ties.all);
            tallies.across += f64::from(ties.across);
            if (8..18).contains(&traits.age(view.week)) {
                tallies.young += 1.0;
                let weekly = neighbourhood.state[slot].active_weeks >= WEEKLY;
                tallies.young_active += f64::from(u8::from(weekly));
            }
            if !traits.is_adult(view.week) {
                continue;
            }
            if has_young_children(neighbourhood, slot, view.week) {
                tallies.parents += 1.0;
                tallies.parents_known += f64::from(known_from_children(view, neighbourhood, slot));
            }
            let interview = view.ask(neighbourhood, slot, ties);
            let finds = |target: &Target| {
                served[*target as usize] & traits.interests != 0 && traits.belongs_to(*target, view.week)
            };
            let has_say = has_say(neighbourhood, &neighbourhood.state[slot]);
            let row = Record {
                interests_served: f64::from(u8::from(Target::ALL.iter().any(finds))),
                ..contribution(&interview, &neighbourhood.state[slot], linking[slot - slots.start], has_say)
            };
            let ties = f64::from(ties.all);
            let frail = f64::from(u8::from(interview.can_stay_home.is_some()));
            match detail {
                Detail::Quick => tallies.groups[0].add_adult(ties, frail, &row),
                Detail::Full => {
                    for group in groups(traits, view.week, lives_alone(neighbourhood, slot)) {
                        tallies.groups[group].add_adult(ties, frail, &row);
                    }
                }
            }
        }
        tallies
    }

    /// The sums of all blocks, added in order.
    fn sum<'a>(seen: impl IntoIterator<Item = &'a Seen>, detail: Detail) -> Self {
        let mut sums = Self::none(detail);
        for block in seen.into_iter().flat_map(|seen| &seen.blocks) {
            sums.add(block);
        }
        sums
    }

    fn add(&mut self, other: &Self) {
        for (mine, theirs) in self.groups.iter_mut().zip(&other.groups) {
            mine.adults += theirs.adults;
            mine.ties += theirs.ties;
            mine.frail += theirs.frail;
            mine.sums.add(&theirs.sums);
        }
        self.residents += other.residents;
        self.ties += other.ties;
        self.across += other.across;
        self.young += other.young;
        self.young_active += other.young_active;
        self.parents += other.parents;
        self.parents_known += other.parents_known;
    }
}

/// Whether somebody has children under 13 in the home.
fn has_young_children(neighbourhood: &Neighbourhood, slot: usize, week: i32) -> bool {
    let traits = &neighbourhood.traits[slot];
    let young = |member: usize| neighbourhood.traits[member].child && neighbourhood.traits[member].age(week) < 13;
    !traits.child && neighbourhood.members(traits.home).any(young)
}

/// Acquaintances and friends whom somebody came to know where children are brought.
fn known_from_children(view: &View<'_>, neighbourhood: &Neighbourhood, slot: usize) -> u32 {
    let there = [PlaceKind::SchoolGate, PlaceKind::Playground].map(TieOrigin::place);
    let row = neighbourhood.network.of(slot).iter();
    row.filter(|tie| tie.strength >= view.layers.known && there.contains(&tie.origin)).count() as u32
}

/// Whether somebody runs an initiative, or volunteers where residents give more hours than paid workers.
fn has_say(neighbourhood: &Neighbourhood, state: &State) -> bool {
    let led = |initiative: &Initiative| initiative.is_alive() && initiative.hours > initiative.paid_hours;
    state.organises
        || state.volunteers_here() && neighbourhood.initiatives.get(state.volunteers_with as usize).is_some_and(led)
}

/// What one adult adds to the sums.
#[inline]
fn contribution(interview: &Interview, state: &State, linking: u32, has_say: bool) -> Record {
    let one_if = |yes: bool| f64::from(u8::from(yes));
    let Interview { ties, loneliness, cohesion: sheet, .. } = interview;
    Record {
        lonely: one_if(loneliness.is_lonely()),
        strongly_lonely: one_if(loneliness.is_strongly_lonely()),
        socially_lonely: one_if(loneliness.is_socially_lonely()),
        emotionally_lonely: one_if(loneliness.is_emotionally_lonely()),
        loneliness: f64::from(loneliness.total()),
        lonely_six: one_if(loneliness.is_lonely_on_short_scale()),
        cohesion: f64::from(sheet.score()),
        know_each_other: one_if(sheet.agrees(cohesion::KNOW_EACH_OTHER)),
        at_home: one_if(sheet.agrees(cohesion::AT_HOME)),
        weekly_neighbours: one_if(interview.weekly_neighbours),
        weekly_family: one_if(interview.weekly_family),
        weekly_friends: one_if(interview.weekly_friends),
        volunteers: one_if(interview.volunteered),
        volunteers_here: one_if(state.volunteers_here()),
        volunteer_weeks: f64::from(interview.volunteer_weeks),
        asked: one_if(interview.asked),
        asked_across: one_if(interview.asked_across),
        participates: one_if(interview.participates),
        trust: one_if(interview.trusts),
        belonging: f64::from(state.belonging),
        capability: f64::from(state.capability),
        energy: f64::from(state.energy),
        way_finding: f64::from(state.way_finding),
        attitude: f64::from(state.attitude),
        recognised: f64::from(ties.recognised),
        acquaintances: f64::from(ties.acquaintances),
        friends: f64::from(ties.friends),
        close_ties: f64::from(ties.close),
        bridging_share: f64::from(ties.across),
        linking_ties: f64::from(linking),
        needed: one_if(interview.needed),
        rested: one_if(state.energy >= RESTED),
        gets_out: one_if(state.visits >= instruments::WEEKLY),
        has_say: one_if(has_say),
        good_health: one_if(interview.good_health),
        can_stay_home: one_if(interview.can_stay_home == Some(true)),
        helped: one_if(interview.helped),
        needs: f64::from(state.needs),
        needs_met_informal: f64::from(state.needs_informal),
        needs_met_formal: f64::from(state.needs_formal),
        needs_unmet: f64::from(interview.unmet),
        nuisance: one_if(interview.met_nuisance),
        feels_safe: one_if(interview.feels_safe),
        proud: one_if(interview.is_proud),
        isolates: one_if(ties.is_isolate()),
        // The rest is not of residents but of the neighbourhood as a whole.
        ..Record::filled(0.0)
    }
}

impl Tally {
    #[inline]
    fn add_adult(&mut self, ties: f64, frail: f64, row: &Record) {
        self.adults += 1.0;
        self.frail += frail;
        self.ties += ties;
        self.sums.add(row);
    }

    /// The measures: means over adults, except shares of ties and of needs, and what is of the neighbourhood as a whole.
    fn measures(&self, all: &Tallies, whole: &Whole, structure: &Structure) -> Record {
        let sums = &self.sums;
        let mean = |sum: f64| sum / self.adults;
        Record {
            lonely: mean(sums.lonely),
            strongly_lonely: mean(sums.strongly_lonely),
            socially_lonely: mean(sums.socially_lonely),
            emotionally_lonely: mean(sums.emotionally_lonely),
            loneliness: mean(sums.loneliness),
            lonely_six: mean(sums.lonely_six),
            cohesion: mean(sums.cohesion),
            know_each_other: mean(sums.know_each_other),
            at_home: mean(sums.at_home),
            weekly_neighbours: mean(sums.weekly_neighbours),
            weekly_family: mean(sums.weekly_family),
            weekly_friends: mean(sums.weekly_friends),
            volunteers: mean(sums.volunteers),
            interests_served: mean(sums.interests_served),
            volunteers_here: mean(sums.volunteers_here),
            volunteer_weeks: sums.volunteer_weeks / sums.volunteers_here,
            asked: mean(sums.asked),
            asked_across: mean(sums.asked_across),
            participates: mean(sums.participates),
            youth_active: all.young_active / all.young,
            trust: mean(sums.trust),
            belonging: mean(sums.belonging),
            capability: mean(sums.capability),
            energy: mean(sums.energy),
            way_finding: mean(sums.way_finding),
            attitude: mean(sums.attitude),
            recognised: mean(sums.recognised),
            acquaintances: mean(sums.acquaintances),
            friends: mean(sums.friends),
            close_ties: mean(sums.close_ties),
            bridging_share: sums.bridging_share / self.ties,
            parents_known: all.parents_known / all.parents,
            linking_ties: mean(sums.linking_ties),
            needed: mean(sums.needed),
            rested: mean(sums.rested),
            gets_out: mean(sums.gets_out),
            has_say: mean(sums.has_say),
            good_health: mean(sums.good_health),
            can_stay_home: sums.can_stay_home / self.frail,
            helped: mean(sums.helped),
            needs: mean(sums.needs),
            needs_met_informal: sums.needs_met_informal / sums.needs,
            needs_met_formal: sums.needs_met_formal / sums.needs,
            needs_unmet: sums.needs_unmet / sums.needs,
            nuisance: mean(sums.nuisance),
            feels_safe: mean(sums.feels_safe),
            proud: mean(sums.proud),
            ei_index: (2.0 * all.across - all.ties) / all.ties,
            assortativity: structure.assortativity,
            clustering: structure.clustering,
            isolates: mean(sums.isolates),
            largest_component: structure.largest_component,
            initiatives: whole.initiatives,
            initiative_age: whole.initiative_weeks / whole.initiatives,
            volunteer_hours: whole.volunteer_hours,
            worker_hours: whole.worker_hours,
            hours_lost: whole.hours_lost,
            spent_personal: whole.spent[Sphere::Personal as usize].euros(),
            spent_communal: whole.spent[Sphere::Communal as usize].euros(),
            spent_institutional: whole.spent[Sphere::Institutional as usize].euros(),
            spent_care: whole.spent_care.euros(),
            gap_lonely: whole.gaps[0],
            gap_unmet: whole.gaps[1],
            residents: all.residents,
        }
    }
}

/// Sums over what is not of residents.
#[derive(Debug, Clone, Copy, Default)]
struct Whole {
    initiatives: f64,
    initiative_weeks: f64,
    volunteer_hours: f64,
    worker_hours: f64,
    hours_lost: f64,
    spent: [Cents; 3],
    spent_care: Cents,
    gaps: [f64; 2],
}

impl Whole {
    fn of(neighbourhood: &Neighbourhood, week: i32) -> Self {
        let mut whole = Self::default();
        for initiative in neighbourhood.initiatives.iter().filter(|initiative| initiative.is_alive()) {
            whole.initiatives += 1.0;
            whole.initiative_weeks += f64::from(week - initiative.founded);
            whole.volunteer_hours += f64::from(initiative.hours);
        }
        [whole.worker_hours, whole.hours_lost] = neighbourhood.ledger.hours_a_week().map(f64::from);
        for sphere in Sphere::ALL {
            whole.spent[*sphere as usize] = neighbourhood.ledger.spent_in_year(*sphere);
        }
        whole.spent_care = neighbourhood.ledger.care_in_year();
        whole
    }

    /// The sums of neighbourhoods, added in order; how far they lie apart is not one.
    fn sum<'a>(seen: impl IntoIterator<Item = &'a Seen>) -> Self {
        let mut whole = Self::default();
        for Seen { whole: its, .. } in seen {
            whole.initiatives += its.initiatives;
            whole.initiative_weeks += its.initiative_weeks;
            whole.volunteer_hours += its.volunteer_hours;
            whole.worker_hours += its.worker_hours;
            whole.hours_lost += its.hours_lost;
            for (sum, spent) in whole.spent.iter_mut().zip(its.spent) {
                *sum += spent;
            }
            whole.spent_care += its.spent_care;
        }
        whole
    }
}

#[cfg(test)]
mod tests;
