//! Places, posts, initiatives and accounts: from what is on paper to what runs.

use crate::model::blueprint::{Blueprint, GrantPlan, InitiativePlan, Period, PlacePlan, ProfessionalPlan};
use crate::model::chance::{Chance, Process, Stream, mix, unit};
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::initiative::Initiative;
use crate::model::neighbourhood::ledger::{Account, Contract, Ledger};
use crate::model::neighbourhood::place::Place;
use crate::model::neighbourhood::professional::Professional;
use crate::model::neighbourhood::relations::Relations;
use crate::model::neighbourhood::resident::{HABITS, Setting, Traits};
use crate::model::parameters::{Asking, Funding};
use crate::model::quantities::Cents;
use crate::model::submodels::settle_funding::ORDINARY_RELATION;
use smallvec::SmallVec;

/// Metres over which the pull of a place falls to about a third (assumed).
const REACH: f32 = 350.0;
/// Weeks within which an initiative that exists at the start was founded (assumed).
const OLDEST_INITIATIVE: u32 = 150;
/// Weeks within which somebody in post at the start was hired (assumed).
const LONGEST_IN_POST: u32 = 150;
/// Least motive of those who pull an initiative (assumed).
const LEAST_MOTIVE: f32 = 0.3;

/// Whether something that is set up now was there before, or is new this week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// There before the world began: contracts run already, people are in post.
    Established,
    /// Starts now, or later.
    New,
}

/// The key of the draws of a post or initiative: its neighbourhood and its number there.
#[must_use]
pub fn key(neighbourhood: u32, number: usize) -> u64 {
    (u64::from(neighbourhood) << 32) | number as u64
}

/// A place, open when its period holds and it has hours.
#[must_use]
pub fn new_place(plan: &PlacePlan, week: i32) -> Place {
    let mut place = Place::new(plan.clone());
    place.open = plan.period.holds(week) && plan.hours > 0.0;
    place
}

/// One account for each grant, empty: the money comes in week by week. `received` is always `balance` and `spent` together.
#[must_use]
pub fn new_ledger(grants: &[GrantPlan]) -> Ledger {
    let account = |grant: &GrantPlan| Account {
        sphere: grant.sphere,
        per_year: grant.per_year,
        regime: grant.regime,
        received: Cents(0),
        balance: Cents(0),
        spent: Cents(0),
    };
    Ledger {
        accounts: grants.iter().map(account).collect(),
        year: vec![[Cents(0); 3]; 52],
        care: vec![Cents(0); 52],
        hours: vec![[0.0; 2]; 52],
        ..Ledger::default()
    }
}

/// The first contract with a grant: half-way somewhere when established, else from the first week.
fn contract(
    ledger: &Ledger,
    grant: usize,
    period: Period,
    week: i32,
    standing: Standing,
    stream: &mut Stream,
) -> Contract {
    let weeks = ledger.accounts[grant].regime.contract_weeks.max(1);
    let lived = stream.below(weeks) as i32;
    let from = match (standing, period.from) {
        (_, Some(from)) if from >= week => from,
        (Standing::New, _) => week,
        (Standing::Established, _) => week - lived,
    };
    Contract { grant, from, until: from + weeks as i32, applying: false }
}

/// A post; `key` comes from [`key`].
///
/// An established post is filled, or now and then vacant; a new one is filled from its first week.
#[must_use]
pub fn new_professional(
    plan: &ProfessionalPlan,
    key: u64,
    ledger: &Ledger,
    funding: &Funding,
    chance: Chance,
    week: i32,
    standing: Standing,
) -> Professional {
    let mut stream = chance.always().stream(Process::Jobs, key);
    let (empty, wait, lived) = (stream.uniform(), stream.uniform(), stream.uniform());
    let vacant = funding.job_change_per_year * funding.vacancy_weeks / 52.0;
    let longest = plan.replaced_every.unwrap_or(LONGEST_IN_POST).clamp(1, LONGEST_IN_POST);
    let since = match (standing, plan.period.from) {
        (_, Some(from)) if from >= week => from,
        (Standing::New, _) => week,
        (Standing::Established, _) if plan.may_leave && empty < vacant => {
            week + 1 + (wait * funding.vacancy_weeks) as i32
        }
        (Standing::Established, _) => week - 1 - (lived * longest as f32) as i32,
    };
    Professional {
        key: plan.key.clone(),
        role: plan.role,
        employer: plan.employer,
        contract: plan.grant.map(|grant| contract(ledger, grant, plan.period, week, standing, &mut stream)),
        hours: plan.hours,
        outreach: plan.outreach.get(),
        place: plan.place,
        replaced_every: plan.replaced_every,
        may_leave: plan.may_leave,
        period: plan.period,
        predecessors: 0,
        since,
        hours_with_residents: 0.0,
        ties: Vec::new(),
    }
}

/// An initiative without its people, alive when its period holds; `key` comes from [`key`].
///
/// One whose period starts later waits, with its contract, until [`start_initiative`].
#[must_use]
pub fn open_initiative(
    plan: &InitiativePlan,
    key: u64,
    ledger: &Ledger,
    chance: Chance,
    week: i32,
    standing: Standing,
) -> Initiative {
    let mut stream = chance.always().stream(Process::Founding, key);
    let lived = stream.below(OLDEST_INITIATIVE) as i32;
    let started = plan.period.holds(week);
    let founded = match (standing, plan.period.from) {
        (_, Some(from)) if from >= week => from,
        (Standing::New, _) => week,
        (Standing::Established, Some(from)) => (week - lived).max(from),
        (Standing::Established, None) => week - lived,
    };
    // What the money asks for comes on top of the initiative's own forms.
    let formal_money = plan.grant.map_or(0.0, |grant| ledger.accounts[grant].regime.formality.get());
    Initiative {
        key: plan.key.clone(),
        activity: plan.activity,
        target: plan.target,
        open_to_all: false,
        own_share: 1.0,
        place: plan.place,
        hours_needed: plan.hours_needed,
        sessions: plan.sessions,
        capacity: plan.capacity,
        formality: 1.0 - (1.0 - plan.formality.get()) * (1.0 - formal_money),
        per_year: plan.per_year,
        planned: true,
        scale: 1.0,
        paid_hours: plan.paid_hours,
        period: plan.period,
        contract: plan.grant.map(|grant| contract(ledger, grant, plan.period, week, standing, &mut stream)),
        pullers: plan.organisers,
        residents_lead: plan.residents_lead.get(),
        relation: ORDINARY_RELATION,
        founded,
        ended: None,
        started,
        paid: true,
        paperwork: 0.0,
        organisers: 0,
        volunteers: 0,
        hours: 0.0,
        weeks_short: 0,
        visits: if started && standing == Standing::Established {
            (plan.capacity * plan.sessions * 0.4) as u32
        } else {
            0
        },
        strength: if started { 1.0 } else { 0.0 },
        reputation: 0.5,
    }
}

/// Marks initiative `number` as started in this week and finds its first people.
pub fn start_initiative(n: &mut Neighbourhood, number: usize, asking: &Asking, chance: Chance, week: i32) {
    let initiative = &mut n.initiatives[number];
    (initiative.started, initiative.founded, initiative.strength) = (true, week, 1.0);
    let pullers = initiative.pullers;
    find_first_volunteers(n, number, pullers, asking, chance, week);
}

/// Gives an initiative its first organisers and volunteers: motivated adults nearby, rather with the interest.
///
/// As many as its hours need, and never more than a tenth of the adults beside the organisers.
pub fn find_first_volunteers(
    n: &mut Neighbourhood,
    number: usize,
    organisers: u32,
    asking: &Asking,
    chance: Chance,
    week: i32,
) {
    let initiative = &n.initiatives[number];
    let place = &n.places[initiative.place].plan;
    let key = chance.always().key(Process::Founding, (1 << 63) | key(n.number, number));
    let mut adults = 0;
    // Exponential clocks: who rings first is chosen in proportion to the weights, without replacement.
    let mut clocks: Vec<(f32, usize)> = Vec::new();
    for slot in n.residents() {
        let (traits, state) = (&n.traits[slot], &n.state[slot]);
        if !traits.is_adult(week) {
            continue;
        }
        adults += 1;
        if state.volunteers_here() || traits.motive < LEAST_MOTIVE {
            continue;
        }
        let home = &n.homes[traits.home as usize];
        let weight = traits.motive
            * traits.motive
            * if traits.likes(initiative.activity) { 3.0 } else { 1.0 }
            * if traits.belongs_to(initiative.target, week) { 3.0 } else { 1.0 }
            * nearness(home.x - place.x, home.y - place.y);
        let draw = unit(mix(key, traits.person.0) as u32);
        clocks.push((-libm::logf(1.0 - draw) / weight.max(1e-6), slot));
    }
    clocks.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let hours = (initiative.hours_needed - initiative.paid_hours).max(0.0);
    let needed = (libm::ceilf(hours / asking.hours.max(0.1)) as usize).min(adults / 10);
    let wanted = needed.max(organisers as usize).min(clocks.len());
    for (nth, (_, slot)) in clocks[..wanted].iter().enumerate() {
        let state = &mut n.state[*slot];
        state.volunteers_with = number as u32;
        state.volunteer_hours = asking.hours;
        state.volunteering_since = week;
        state.last_volunteered = week;
        state.volunteers_elsewhere = false;
        state.organises = nth < organisers as usize;
        state.learn(Setting::activity(number), 0.7);
    }
    let initiative = &mut n.initiatives[number];
    initiative.volunteers = wanted as u32;
    initiative.organisers = organisers.min(wanted as u32);
    initiative.hours = wanted as f32 * asking.hours;
    let carried = initiative.hours + initiative.paid_hours;
    initiative.strength =
        if initiative.hours_needed > 0.0 { (carried / initiative.hours_needed).min(1.0) } else { 1.0 };
}

/// How the pull of a place falls with distance, metres.
fn nearness(dx: f32, dy: f32) -> f32 {
    libm::expf(-libm::sqrtf(dx * dx + dy * dy) / REACH)
}

/// Settings that a resident gets to know first: open ones nearby that suit, `number` of them by chance.
pub fn learn_nearby(n: &mut Neighbourhood, slot: usize, number: usize, attachments: (f32, f32), key: u64, week: i32) {
    let traits = &n.traits[slot];
    let places = (0..n.places.len()).filter(|index| n.places[*index].open).map(Setting::place);
    let alive = (0..n.initiatives.len()).filter(|index| n.initiatives[*index].is_alive()).map(Setting::activity);
    let clocks = places.chain(alive).map(|setting| {
        let weight = suits(n, traits, setting, week);
        (-libm::logf(1.0 - unit(mix(key, u64::from(setting.0)) as u32)) / weight.max(1e-9), setting)
    });
    // The first so many, in order.
    let mut first: SmallVec<[(f32, Setting); HABITS + 1]> = SmallVec::new();
    for clock in clocks {
        let place = first.partition_point(|other| other.0.total_cmp(&clock.0).then(other.1.cmp(&clock.1)).is_lt());
        if place < number {
            first.insert(place, clock);
            first.truncate(number);
        }
    }
    let state = &mut n.state[slot];
    for (_, setting) in first {
        let draw = unit((mix(key, u64::from(setting.0)) >> 32) as u32);
        state.learn(setting, attachments.0 + (attachments.1 - attachments.0) * draw);
    }
}

/// How likely a setting is to be known and visited, by age, welcome, cost, threshold and distance.
#[must_use]
pub fn suits(n: &Neighbourhood, traits: &Traits, setting: Setting, week: i32) -> f32 {
    let plan = &n.places[n.place_of(setting)].plan;
    let home = &n.homes[traits.home as usize];
    let cost = if traits.income_difficulty { libm::expf(-plan.cost / 5.0) } else { libm::expf(-plan.cost / 20.0) };
    let place = plan.ages[traits.age_band(week)]
        * plan.welcome[traits.origin as usize]
        * cost
        * (1.0 - 0.8 * plan.threshold.get())
        * nearness(home.x - plan.x, home.y - plan.y);
    match setting.initiative().map(|number| &n.initiatives[number]) {
        None => place,
        Some(initiative) if initiative.admits(traits, week) => {
            place * if traits.likes(initiative.activity) { 1.0 } else { 0.25 }
        }
        Some(_) => 0.0,
    }
}

/// Everything but people, of a neighbourhood at the start: places, posts, initiatives, accounts.
pub(super) fn furnish(n: &mut Neighbourhood, blueprint: &Blueprint, chance: Chance, week: i32) {
    n.places = blueprint.places.iter().map(|plan| new_place(plan, week)).collect();
    n.organisations.clone_from(&blueprint.organisations);
    n.relations = Relations::new(&n.organisations);
    n.ledger = new_ledger(&blueprint.grants);
    let funding = &blueprint.parameters.funding;
    n.professionals = blueprint
        .professionals
        .iter()
        .enumerate()
        .map(|(number, plan)| {
            new_professional(plan, key(n.number, number), &n.ledger, funding, chance, week, Standing::Established)
        })
        .collect();
    n.initiatives = blueprint
        .initiatives
        .iter()
        .enumerate()
        .map(|(number, plan)| {
            open_initiative(plan, key(n.number, number), &n.ledger, chance, week, Standing::Established)
        })
        .collect();
}

/// First people for every initiative that lives.
pub(super) fn people_initiatives(n: &mut Neighbourhood, blueprint: &Blueprint, chance: Chance, week: i32) {
    for (number, plan) in blueprint.initiatives.iter().enumerate() {
        if n.initiatives[number].is_alive() {
            find_first_volunteers(n, number, plan.organisers, &blueprint.parameters.asking, chance, week);
        }
    }
}
