//! 1. Which rules hold this week.
//!
//! * **What** policies and shocks set rules, open and close places, change regimes and posts.
//! * **Equation** a parameter's value is its default times every adjustment that holds, `times * times_per_year ^ years`;
//!   a trend has gone `years * its yearly change` since week 0. Budgets, posts and paid initiatives are those on paper times
//!   `1 + priority * (need / mean need - 1)`, where need is the share of households with income difficulty and of adults
//!   limited by their health together.
//! * **Reads and changes** reads the blueprint; changes places, public space, buildings, cheap homes, posts, regimes, budgets,
//!   paid initiatives and whom activities admit.
//! * **Draws** none.
//! * **Source** M1, M2, M5-M7, M10, M15, M18, M23, M24, M26-M32, M34, M36, M38, M41, M43, M45, M47, M49, M50, M52, M53, M57.

use crate::model::blueprint::{Blueprint, Portion, Trends};
use crate::model::neighbourhood::{NONE, Neighbourhood};
use crate::model::parameters::{Mechanisms, Parameters};
use crate::model::policy::{AskWay, AskWords, PolicyMeasure, Spread, Tenants};
use crate::model::quantities::{Cents, Origin};

/// The rules of one week: all that a submodel needs to know of policies.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Constants, adjusted.
    pub parameters: Parameters,
    /// Switches.
    pub mechanisms: Mechanisms,
    /// How strictly people must keep apart, `0..=1`.
    pub lockdown: f32,
    /// Part of the food on offer around school and sport that is healthy, `0..=1`.
    pub healthy_food: f32,
    /// Campaigns that ask people.
    pub campaigns: Vec<Campaign>,
    /// Initiatives whose organisers stop this week.
    pub departures: Vec<Departure>,
    /// How widely stories of the neighbourhood are told outside, `0..=1`.
    pub stories: f32,
    /// Homes to allocate.
    pub allocations: Vec<Allocation>,
    /// Households that arrive at once.
    pub arrivals: Vec<Arrivals>,
    /// Part of paid care that is closed.
    pub care_shifted: f32,
    /// What comes here of what all neighbourhoods have together.
    pub portion: Portion,
    /// What policies cost this week, by sphere.
    pub policy_costs: [Cents; 3],
    /// Care for volunteers.
    pub care: Care,
    /// How far trends have gone.
    pub trends: Trends,
    /// Lessons.
    pub courses: Vec<Course>,
    /// Organisations whose work another takes over this week.
    pub new_providers: Vec<usize>,
    /// Hours a week that each professional meets others to get to know them.
    pub introductions: f32,
    /// What people are told of what there is.
    pub social_maps: Vec<SocialMap>,
}

/// Lessons for residents who find it hard to find their way.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Course {
    /// Number among the courses, for its draws.
    pub number: usize,
    /// People in the class.
    pub places: u32,
    /// Number of the class, counted from the first.
    pub class: u32,
}

/// What there is, told to residents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SocialMap {
    /// Number of the policy, for its draws.
    pub policy: usize,
    /// Residents a week who are told of one setting.
    pub residents_per_week: f32,
    /// Whether professionals use it as well.
    pub professionals_too: bool,
}

/// A campaign that asks people to join.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Campaign {
    /// Number of the policy, for its draws.
    pub policy: usize,
    /// How people are asked.
    pub way: AskWay,
    /// Asks a week.
    pub asks_per_week: f32,
    /// Share of the asks for people who visit nothing.
    pub to_unreached: f32,
    /// In what words.
    pub words: AskWords,
}

/// Care for volunteers: each part as a share of what is possible.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Care {
    /// Training.
    pub training: f32,
    /// Recognition.
    pub recognition: f32,
    /// Matching of those who join to what fits them.
    pub matching: f32,
    /// Hours of community builders that it takes for each volunteer in a year.
    pub hours_per_year: f32,
}

impl Care {
    /// Adds what one policy does; more than everybody cannot be cared for.
    fn add(&mut self, training: f32, recognition: f32, matching: f32, hours_per_year: f32) {
        self.hours_per_year += hours_per_year * (training + recognition + matching) / 3.0;
        self.training = (self.training + training).min(1.0);
        self.recognition = (self.recognition + recognition).min(1.0);
        self.matching = (self.matching + matching).min(1.0);
    }
}

/// Organisers who stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Departure {
    /// Number of the initiative in the neighbourhood.
    pub initiative: usize,
    /// Which part of its organisers.
    pub share: f32,
}

/// Vacant homes for chosen newcomers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Allocation {
    /// To whom.
    pub who: Tenants,
    /// Number of the policy, index in `given_homes`.
    pub policy: usize,
    /// Building, or anywhere.
    pub building: Option<usize>,
    /// Homes that should have been given by the end of this week.
    pub due: u32,
    /// Hours a month that each promises.
    pub hours_per_month: f32,
    /// Motive of those selected.
    pub motive: f32,
    /// Where.
    pub spread: Spread,
}

/// Households that arrive at once.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Arrivals {
    /// Building that is for them, or anywhere.
    pub building: Option<usize>,
    /// Number of the policy, index in `arrived`.
    pub policy: usize,
    /// How many households in all.
    pub households: u32,
    /// Their origin.
    pub origin: Origin,
}

/// Sets the rules of `week`, and what they say of places, buildings, grants and posts.
pub fn enact_policies(n: &mut Neighbourhood, blueprint: &Blueprint, week: i32) -> Rules {
    let (town, number, blueprint) = (blueprint, n.number, blueprint.of(n.number));
    let portion = |priority| town.portion(number, priority);
    let mut rules = Rules {
        parameters: blueprint.parameters,
        mechanisms: blueprint.mechanisms.in_force(),
        lockdown: 0.0,
        healthy_food: blueprint.healthy_food.get(),
        campaigns: Vec::new(),
        departures: Vec::new(),
        stories: 0.0,
        allocations: Vec::new(),
        arrivals: Vec::new(),
        care_shifted: 0.0,
        portion: portion(blueprint.priority_to_need),
        policy_costs: [Cents(0); 3],
        care: Care::default(),
        trends: if blueprint.mechanisms.trends { blueprint.trends.until(week) } else { Trends::default() },
        courses: Vec::new(),
        new_providers: Vec::new(),
        introductions: 0.0,
        social_maps: Vec::new(),
    };
    // First everything as it is without policies, so that a policy that ends leaves nothing behind by itself.
    for place in &mut n.places {
        place.open = place.plan.period.holds(week) && place.plan.hours > 0.0;
    }
    if blueprint.policies.iter().any(|policy| matches!(policy.measure, PolicyMeasure::ImproveHomes { .. })) {
        n.state.iter_mut().for_each(|state| state.cheap_home = false);
    }
    for initiative in &mut n.initiatives {
        initiative.open_to_all = false;
    }
    n.public_space = blueprint.public_space.get();
    for building in &mut n.buildings {
        building.encounters = 1.0;
        building.leaving = 1.0;
    }
    for (account, plan) in n.ledger.accounts.iter_mut().zip(&blueprint.grants) {
        account.regime = plan.regime;
        account.per_year = plan.per_year;
    }
    for professional in &mut n.professionals {
        if let Some(plan) = blueprint.professionals.iter().find(|plan| plan.key == professional.key) {
            professional.hours = plan.hours;
            professional.replaced_every = plan.replaced_every;
            professional.may_leave = plan.may_leave;
        }
    }
    if blueprint.policies.iter().any(|policy| matches!(policy.measure, PolicyMeasure::HandOver { .. })) {
        for initiative in &mut n.initiatives {
            let plan = blueprint.initiatives.iter().find(|plan| plan.key == initiative.key);
            initiative.residents_lead = plan.map_or(1.0, |plan| plan.residents_lead.get());
        }
    }
    for (number, policy) in blueprint.policies.iter().enumerate() {
        // Allocation and arrivals go on after their period until all homes are given: vacancies come when they come.
        let begun = policy.period.from.is_none_or(|from| week >= from);
        let holds = policy.period.holds(week);
        if let Some(cost) = policy.cost.filter(|_| holds) {
            let first = if policy.period.from == Some(week) { cost.once } else { Cents(0) };
            rules.policy_costs[cost.sphere as usize] += first + cost.per_year.part_of_year(week);
        }
        match policy.measure {
            PolicyMeasure::AllocateHomes { who, building, homes, over_weeks, hours_per_month, motive, spread }
                if begun =>
            {
                let weeks = (week - policy.period.from.unwrap_or(week) + 1).max(0) as u32;
                let due = if over_weeks == 0 { homes } else { (homes * weeks.min(over_weeks)).div_ceil(over_weeks) };
                let due = if holds { due } else { n.given_homes.get(number).copied().unwrap_or(0).min(homes) };
                rules.allocations.push(Allocation {
                    who,
                    policy: number,
                    building,
                    due,
                    hours_per_month,
                    motive: motive.get(),
                    spread,
                });
            }
            PolicyMeasure::Arrivals { building, households, origin } if begun => {
                rules.arrivals.push(Arrivals { building, policy: number, households, origin });
            }
            PolicyMeasure::ChangeGrant { grant, regime } if holds => n.ledger.accounts[grant].regime = regime,
            PolicyMeasure::ShiftCare { share } if holds => rules.care_shifted = rules.care_shifted.max(share.get()),
            PolicyMeasure::Priority { share } if holds => rules.portion = portion(share),
            PolicyMeasure::AskCampaign { way, asks_per_week, to_unreached, words } if holds => {
                let to_unreached = to_unreached.get();
                rules.campaigns.push(Campaign { policy: number, way, asks_per_week, to_unreached, words });
            }
            PolicyMeasure::CareForVolunteers { training, recognition, matching, hours_per_year } if holds => {
                rules.care.add(training.get(), recognition.get(), matching.get(), hours_per_year);
            }
            PolicyMeasure::Rebuild { building, encounters, leaving } if holds => {
                n.buildings[building].encounters *= encounters;
                n.buildings[building].leaving *= leaving;
            }
            PolicyMeasure::ImproveHomes { building, households } if holds && rules.mechanisms.cheap_homes => {
                make_homes_cheap(n, building, households.get());
            }
            PolicyMeasure::PublicSpace { inviting } if holds => n.public_space = inviting.get(),
            PolicyMeasure::Course { places, weeks } if holds => {
                let since = policy.period.from.map_or(0, |from| week - from);
                let class = since.max(0) as u32 / weeks.max(1);
                rules.courses.push(Course { number: rules.courses.len(), places, class });
            }
            PolicyMeasure::Lockdown { strength } if holds => rules.lockdown = rules.lockdown.max(strength.get()),
            PolicyMeasure::HealthyFood { share } if holds => rules.healthy_food = share.get(),
            PolicyMeasure::TellStories { strength } if holds => rules.stories = rules.stories.max(strength.get()),
            PolicyMeasure::ClosePlace { place } if holds => n.places[place].open = false,
            PolicyMeasure::OrganisersLeave { initiative, share } if policy.period.from == Some(week) => {
                rules.departures.extend(
                    numbered(n, blueprint, initiative).map(|initiative| Departure { initiative, share: share.get() }),
                );
            }
            PolicyMeasure::OpenToAll { initiative: None } if holds => {
                n.initiatives.iter_mut().for_each(|initiative| initiative.open_to_all = true);
            }
            PolicyMeasure::OpenToAll { initiative: Some(initiative) } if holds => {
                if let Some(number) = numbered(n, blueprint, initiative) {
                    n.initiatives[number].open_to_all = true;
                }
            }
            PolicyMeasure::WorkerTenure { professional, replaced_every, may_leave } if holds => {
                n.professionals[professional].replaced_every = replaced_every;
                n.professionals[professional].may_leave = may_leave;
            }
            PolicyMeasure::Adjust { parameter, times, times_per_year } if holds => {
                let years = (week - policy.period.from.unwrap_or(0)).max(0) as f32 / 52.0;
                rules.parameters.multiply(parameter, times * libm::powf(times_per_year, years));
            }
            PolicyMeasure::ChangeProvider { organisation } if policy.period.from == Some(week) => {
                rules.new_providers.push(organisation);
            }
            PolicyMeasure::Introductions { hours_per_month } if holds => {
                rules.introductions += hours_per_month * 12.0 / 52.0;
            }
            PolicyMeasure::HandOver { initiative, residents_lead } if holds => {
                let which = initiative.map(|number| &blueprint.initiatives[number].key);
                for initiative in n.initiatives.iter_mut().filter(|here| which.is_none_or(|key| *key == here.key)) {
                    initiative.residents_lead = residents_lead.get();
                }
            }
            PolicyMeasure::SocialMap { residents_per_week, professionals_too } if holds => {
                rules.social_maps.push(SocialMap { policy: number, residents_per_week, professionals_too });
            }
            _ => {}
        }
    }
    share_out(n, rules.portion);
    rules
}

/// The number in the neighbourhood of an initiative of the blueprint: what residents founded may stand before it.
fn numbered(n: &Neighbourhood, blueprint: &Blueprint, initiative: usize) -> Option<usize> {
    let key = &blueprint.initiatives.get(initiative)?.key;
    n.initiatives.iter().position(|other| other.key == *key)
}

/// Smallest size, against that on paper, of an initiative in a place without priority: what is nothing cannot grow again.
const LEAST_SCALE: f32 = 0.02;

/// Gives the neighbourhood its part of budgets, posts and paid initiatives.
fn share_out(n: &mut Neighbourhood, portion: Portion) {
    for account in &mut n.ledger.accounts {
        account.per_year = portion.of(account.per_year);
    }
    for post in &mut n.professionals {
        post.hours *= portion.times();
    }
    for initiative in n.initiatives.iter_mut().filter(|initiative| initiative.planned && initiative.per_year > Cents(0))
    {
        // More money is more of the same: paid hours and sessions, which want volunteers too.
        let scale = portion.times().max(LEAST_SCALE);
        let change = scale / initiative.scale;
        initiative.sessions *= change;
        initiative.hours_needed *= change;
        initiative.paid_hours *= change;
        initiative.scale = scale;
    }
}

/// Makes this part of the homes cheap for who lives in them, evenly spread over each building.
fn make_homes_cheap(n: &mut Neighbourhood, building: Option<usize>, share: f32) {
    for (number, plan) in n.buildings.iter().enumerate() {
        if building.is_some_and(|only| only != number) {
            continue;
        }
        // A home is one whose turn makes the number of cheap homes so far go up by one.
        let so_far = |home: u32| (home as f32 * share + 0.5) as u32;
        for home in (0..plan.homes).filter(|home| so_far(home + 1) > so_far(*home)) {
            let mut member = n.homes[(plan.first + home) as usize].first;
            while member != NONE {
                n.state[member as usize].cheap_home = true;
                member = n.traits[member as usize].next_in_home;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::blueprint::Period;
    use crate::model::chance::Chance;
    use crate::model::fixture::small_blueprint;
    use crate::model::initialization::set_up;
    use crate::model::policy::Policy;
    use crate::model::quantities::Share;

    #[test]
    fn what_a_policy_sets_goes_when_it_ends() {
        let plan = small_blueprint();
        let regime = crate::model::blueprint::Regime { contract_weeks: 3, gap_weeks: 9, ..plan.grants[0].regime };
        let mut without = set_up(&plan, Chance::new(5), 0, 0);
        enact_policies(&mut without, &plan, 1);
        for measure in [
            PolicyMeasure::PublicSpace { inviting: Share::ALL },
            PolicyMeasure::Rebuild { building: 0, encounters: 0.1, leaving: 4.0 },
            PolicyMeasure::ImproveHomes { building: None, households: Share::ALL },
            PolicyMeasure::ClosePlace { place: 0 },
            PolicyMeasure::OpenToAll { initiative: None },
            PolicyMeasure::HandOver { initiative: None, residents_lead: Share::NONE },
            PolicyMeasure::ChangeGrant { grant: 0, regime },
            PolicyMeasure::WorkerTenure { professional: 0, replaced_every: Some(4), may_leave: false },
        ] {
            let mut with = plan.clone();
            with.policies.push(Policy::new("for-a-week", Period { from: Some(0), until: Some(1) }, measure.clone()));
            let mut n = set_up(&plan, Chance::new(5), 0, 0);
            let start = n.clone();
            enact_policies(&mut n, &with, 0);
            let mut usual = start;
            enact_policies(&mut usual, &plan, 0);
            assert!(n != usual, "{measure:?} sets nothing");
            enact_policies(&mut n, &with, 1);
            assert!(n == without, "{measure:?} leaves something behind");
        }
    }
}
