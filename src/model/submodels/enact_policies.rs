//! 1. Which rules hold this week.
//!
//! * **What** policies and shocks set rules, open and close places, change regimes and posts.
//! * **Equation** a parameter's value is its default times every adjustment that holds.
//! * **Reads and changes** reads the blueprint; changes places, buildings, posts and regimes.
//! * **Draws** none.
//! * **Source** M1, M2, M7, M18, M27-M32, M34, M43, M45, M47, M57.

use crate::model::blueprint::Blueprint;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::parameters::{Mechanisms, Parameters};
use crate::model::policy::{AskWay, PolicyMeasure, Spread, Tenants};
use crate::model::quantities::Origin;

/// The rules of one week: all that a submodel needs to know of policies.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// Constants, adjusted.
    pub parameters: Parameters,
    /// Switches.
    pub mechanisms: Mechanisms,
    /// How strictly people must keep apart, `0..=1`.
    pub lockdown: f32,
    /// Campaigns that ask people.
    pub campaigns: Vec<Campaign>,
    /// How widely stories of the neighbourhood are told outside, `0..=1`.
    pub stories: f32,
    /// Homes to allocate.
    pub allocations: Vec<Allocation>,
    /// Households that arrive at once.
    pub arrivals: Vec<Arrivals>,
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
    let mut rules = Rules {
        parameters: blueprint.parameters,
        mechanisms: blueprint.mechanisms,
        lockdown: 0.0,
        campaigns: Vec::new(),
        stories: 0.0,
        allocations: Vec::new(),
        arrivals: Vec::new(),
    };
    // First everything as it is without policies, so that a policy that ends leaves nothing behind by itself.
    for place in &mut n.places {
        place.open = place.plan.period.holds(week) && place.plan.hours > 0.0;
    }
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
            professional.replaced_every = plan.replaced_every;
            professional.may_leave = plan.may_leave;
        }
    }
    for (number, policy) in blueprint.policies.iter().enumerate() {
        // Allocation and arrivals go on after their period until all homes are given: vacancies come when they come.
        let begun = policy.period.from.is_none_or(|from| week >= from);
        let holds = policy.period.holds(week);
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
            PolicyMeasure::AskCampaign { way, asks_per_week, to_unreached } if holds => {
                rules.campaigns.push(Campaign { policy: number, way, asks_per_week, to_unreached: to_unreached.get() });
            }
            PolicyMeasure::Rebuild { building, encounters, leaving } if holds => {
                n.buildings[building].encounters *= encounters;
                n.buildings[building].leaving *= leaving;
            }
            PolicyMeasure::Lockdown { strength } if holds => rules.lockdown = rules.lockdown.max(strength.get()),
            PolicyMeasure::TellStories { strength } if holds => rules.stories = rules.stories.max(strength.get()),
            PolicyMeasure::ClosePlace { place } if holds => n.places[place].open = false,
            PolicyMeasure::WorkerTenure { professional, replaced_every, may_leave } if holds => {
                n.professionals[professional].replaced_every = replaced_every;
                n.professionals[professional].may_leave = may_leave;
            }
            PolicyMeasure::Adjust { parameter, times } if holds => rules.parameters.multiply(parameter, times),
            _ => {}
        }
    }
    rules
}
