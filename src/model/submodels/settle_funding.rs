//! 2. Grants awarded, renewed, ended; professionals hired or leaving; initiatives paid or not.
//!
//! * **What** every grant receives its weekly part of the yearly budget and pays the contracts that run. A contract that
//!   ends is followed at once with the chance of renewal, and else after the gap; those whom the municipality knows wait
//!   less. An initiative without money applies where what it does may be paid and enough is left; accounts take time, by the
//!   week and by the euro. Professionals change jobs, more so when the contract nears its end, and leave when it is not
//!   renewed; the ties of trust go with them. Policies are paid out of own means.
//! * **Equation** hazard of leaving a week `= job_change / 52 * (1 + ending_contract * [under 26 weeks to go])`; hours of
//!   accounting a week `= accounting_hours + accounting_per_1000 * euros / 1000`.
//! * **Reads and changes** accounts, contracts, posts, presence in places, hours lost; trust in institutions when somebody
//!   leaves.
//! * **Draws** `Grants` per recipient, `Jobs` per post.
//! * **Source** M1, M23, M26-M31, M52; CBS about 2019 for job changes.

mod applying;
mod working_relations;

use super::enact_policies::Rules;
use crate::model::chance::{Chance, Process, Stream, WeekChance};
use crate::model::initialization::places::start_initiative;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::ledger::{Account, Contract};
use crate::model::neighbourhood::professional::Professional;
use crate::model::quantities::{Cents, Sphere};
use applying::{apply, cost, weeks_to_apply};
pub use working_relations::{ORDINARY_RELATION, note_referrals};
use working_relations::{begin_anew, gap_and_renewal, keep_in_touch, lose_a_face, of_employer};

/// Weeks before the end of a contract in which people look for other work.
const LOOKING_AROUND_WEEKS: i32 = 26;

/// Lets money flow for one week.
pub fn settle_funding(n: &mut Neighbourhood, rules: &Rules, chance: Chance, week: i32) {
    let draws = chance.in_week(week);
    n.ledger.begin_week(week);
    for account in &mut n.ledger.accounts {
        let weekly = account.per_year.part_of_year(week);
        account.received += weekly;
        account.balance += weekly;
    }
    for (sphere, cost) in Sphere::ALL.iter().zip(rules.policy_costs) {
        n.ledger.pay_own(*sphere, cost, week);
    }
    keep_in_touch(n, rules);
    for organisation in &rules.new_providers {
        begin_anew(n, rules, *organisation);
    }
    pay_posts(n, rules, draws, week);
    pay_initiatives(n, rules, chance, week);
}

/// What a post costs in a week.
fn wage(post: &Professional, rules: &Rules) -> Cents {
    // Hours on paper, of which the portion takes its part, so that all posts together cost what they would on paper.
    let on_paper = post.hours / rules.portion.times();
    rules.portion.of(Cents::from_euros(f64::from(on_paper * rules.parameters.funding.euros_per_hour)))
}

fn pay_posts(n: &mut Neighbourhood, rules: &Rules, draws: WeekChance, week: i32) {
    let p = &rules.parameters.funding;
    for place in &mut n.places {
        place.presence = 0.0;
    }
    for number in 0..n.professionals.len() {
        let relation = of_employer(n, n.professionals[number].employer);
        let post = &mut n.professionals[number];
        let employer = post.employer;
        post.hours_with_residents = 0.0;
        if !post.period.holds(week) {
            if !post.ties.is_empty() {
                say_goodbye(n, rules, number);
                lose_a_face(n, rules, employer);
            }
            continue;
        }
        let taken_over = rules.new_providers.contains(&employer);
        let mut chance = draws.stream(Process::Jobs, (n.first_home as u64) << 16 | number as u64);
        let mut leaves = false;
        let mut paperwork = 0.0;
        let wage = wage(post, rules);
        if let Some(contract) = &mut post.contract {
            let account = &n.ledger.accounts[contract.grant];
            let terms = gap_and_renewal(&account.regime, relation, rules);
            let mut stream = draws.stream(Process::Grants, key(n.first_home, number, false));
            leaves |= renew(contract, account, terms, &mut stream, week);
            if taken_over {
                (contract.from, contract.until) = (week, week + account.regime.contract_weeks.max(1) as i32);
            }
            paperwork = paperwork_hours(contract, account, rules, wage, week);
        }
        let ends_soon = post.contract.is_some_and(|contract| contract.weeks_left(week) < LOOKING_AROUND_WEEKS);
        let hazard = p.job_change_per_year / 52.0 * if ends_soon { 1.0 + p.ending_contract } else { 1.0 };
        let changes_job = chance.happens(hazard) && post.may_leave && rules.mechanisms.turnover && post.since <= week;
        let replaced = post.replaced_every.is_some_and(|weeks| post.since <= week && week - post.since >= weeks as i32);
        if leaves || changes_job || replaced || taken_over {
            let start =
                if replaced && !leaves && !changes_job && !taken_over { week } else { week + p.vacancy_weeks as i32 };
            post.since = start.max(post.contract.map_or(start, |contract| contract.from));
            post.predecessors += 1;
            say_goodbye(n, rules, number);
            if !taken_over {
                lose_a_face(n, rules, employer);
            }
        }
        let post = &mut n.professionals[number];
        if post.is_at_work(week) {
            let paid = if let Some(contract) = post.contract {
                n.ledger.pay(contract.grant, wage, week)
            } else {
                n.ledger.pay_own(Sphere::Institutional, wage, week);
                true
            };
            if paid {
                let lost = paperwork.min(post.hours);
                post.hours_with_residents = (post.hours - lost - rules.introductions).max(0.0);
                if let Some(place) = post.place.and_then(|place| n.places.get_mut(place)) {
                    let there = post.hours_with_residents * (1.0 - post.outreach) / place.plan.hours.max(1.0);
                    place.presence = (place.presence + there).min(1.0);
                }
                let hours = &mut n.ledger.hours[week.rem_euclid(52) as usize];
                *hours = [hours[0] + post.hours_with_residents, hours[1] + lost];
            }
        }
    }
}

fn pay_initiatives(n: &mut Neighbourhood, rules: &Rules, chance: Chance, week: i32) {
    let draws = chance.in_week(week);
    for number in 0..n.initiatives.len() {
        let initiative = &mut n.initiatives[number];
        if !initiative.started && initiative.ended.is_none() && initiative.period.from.is_some_and(|from| week >= from)
        {
            start_initiative(n, number, &rules.parameters.asking, chance, week);
        }
        let initiative = &mut n.initiatives[number];
        if initiative.is_alive() && initiative.period.until.is_some_and(|until| week >= until) {
            initiative.ended = Some(week);
        }
        initiative.paid = initiative.per_year == Cents(0);
        initiative.paperwork = 0.0;
        apply(n, rules, number, week);
        let initiative = &mut n.initiatives[number];
        let (Some(contract), true) = (initiative.contract.as_mut(), initiative.started && initiative.ended.is_none())
        else {
            continue;
        };
        let account = &n.ledger.accounts[contract.grant];
        let terms = gap_and_renewal(&account.regime, initiative.relation, rules);
        let mut stream = draws.stream(Process::Grants, key(n.first_home, number, true));
        renew(contract, account, terms, &mut stream, week);
        let contract = *contract;
        let mut lost = 0.0;
        if contract.is_paid(week) {
            let cost = cost(initiative, rules).part_of_year(week);
            lost = paperwork_hours(&contract, account, rules, cost, week);
            initiative.paid = n.ledger.pay(contract.grant, cost, week);
        } else if contract.applying {
            lost = account.regime.application_hours / weeks_to_apply(rules) as f32;
        }
        initiative.paperwork = lost * rules.parameters.funding.volunteer_application_share;
        n.ledger.hours[week.rem_euclid(52) as usize][1] += lost;
    }
}

/// One number for each recipient in the world.
fn key(first_home: u32, number: usize, is_initiative: bool) -> u64 {
    (u64::from(first_home) << 16) | ((number as u64) << 1) | u64::from(is_initiative)
}

/// Follows an ended contract by the next, at once or after the gap; true when there is a gap.
///
/// `terms` are the weeks without money and the chance of none, as they are for this recipient.
fn renew(contract: &mut Contract, account: &Account, terms: (i32, f32), chance: &mut Stream, week: i32) -> bool {
    let in_time = chance.happens(terms.1);
    if week < contract.until {
        return false;
    }
    let gap = if in_time { 0 } else { terms.0 };
    contract.from = week + gap;
    contract.until = contract.from + account.regime.contract_weeks.max(1) as i32;
    contract.applying = false;
    gap > 0
}

/// Hours of this week that a recipient spends on accounts, and on the next application.
fn paperwork_hours(contract: &Contract, account: &Account, rules: &Rules, paid: Cents, week: i32) -> f32 {
    let regime = &account.regime;
    let weeks = rules.parameters.funding.application_weeks.max(1.0);
    let applying = contract.weeks_left(week) <= weeks as i32;
    regime.accounting_hours
        + regime.accounting_per_1000 * paid.euros() as f32 / 1000.0
        + if applying { regime.application_hours / weeks } else { 0.0 }
}

/// Cuts the ties of trust with the person who leaves the post.
fn say_goodbye(n: &mut Neighbourhood, rules: &Rules, number: usize) {
    let ties = std::mem::take(&mut n.professionals[number].ties);
    for tie in ties {
        let state = &mut n.state[tie.resident as usize];
        let dip = rules.parameters.linking.departure_dip * tie.trust;
        state.institutional_trust = (state.institutional_trust - dip).max(0.0);
    }
}
