//! Initiatives without money ask a grant that may pay what they do (M31).

use super::wage;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::initiative::Initiative;
use crate::model::neighbourhood::ledger::Contract;
use crate::model::quantities::Cents;
use crate::model::submodels::ask_and_join::initiatives::FOUNDED_FORMALITY;
use crate::model::submodels::enact_policies::Rules;

/// Ends the contract of an initiative that its grant may not pay any longer, and gives one without contract the first
/// grant that may and has enough left of its year; it is paid when the application is made.
///
/// Where no grant fits there is nothing to apply for: the initiative goes on as well as it can.
pub(super) fn apply(n: &mut Neighbourhood, rules: &Rules, number: usize, week: i32) {
    let initiative = &mut n.initiatives[number];
    let activity = initiative.activity;
    let may_not =
        |contract: &Contract| week >= contract.until && !n.ledger.accounts[contract.grant].regime.pays.has(activity);
    if initiative.contract.as_ref().is_some_and(may_not) {
        initiative.contract = None;
    }
    let initiative = &n.initiatives[number];
    if !initiative.is_alive() || initiative.contract.is_some() || initiative.per_year == Cents(0) {
        return;
    }
    let wanted = cost(initiative, rules);
    let fits =
        |grant: &usize| n.ledger.accounts[*grant].regime.pays.has(activity) && left(n, rules, *grant, week) >= wanted;
    let Some(grant) = (0..n.ledger.accounts.len()).find(fits) else { return };
    let regime = &n.ledger.accounts[grant].regime;
    let from = week + weeks_to_apply(rules);
    let contract = Contract { grant, from, until: from + regime.contract_weeks.max(1) as i32, applying: true };
    // What the money asks for comes on top of the residents' own forms.
    let formality = 1.0 - (1.0 - FOUNDED_FORMALITY) * (1.0 - regime.formality.get());
    let initiative = &mut n.initiatives[number];
    initiative.contract = Some(contract);
    if !initiative.planned {
        initiative.formality = formality;
    }
}

/// Weeks that an application takes.
pub(super) fn weeks_to_apply(rules: &Rules) -> i32 {
    rules.parameters.funding.application_weeks.max(1.0) as i32
}

/// What an initiative costs in a year here; what residents found costs the same everywhere.
pub(super) fn cost(initiative: &Initiative, rules: &Rules) -> Cents {
    if initiative.planned { rules.portion.of(initiative.per_year) } else { initiative.per_year }
}

/// What a grant has in a year beyond what it is bound to pay.
fn left(n: &Neighbourhood, rules: &Rules, grant: usize, week: i32) -> Cents {
    let bound = |contract: &Option<Contract>| contract.is_some_and(|contract| contract.grant == grant);
    let initiatives =
        n.initiatives.iter().filter(|initiative| initiative.ended.is_none() && bound(&initiative.contract));
    let posts = n.professionals.iter().filter(|post| bound(&post.contract));
    let posts = posts.filter(|post| post.period.until.is_none_or(|until| week < until));
    let promised: Cents = initiatives
        .map(|initiative| cost(initiative, rules))
        .chain(posts.map(|post| Cents(52 * wage(post, rules).0)))
        .sum();
    n.ledger.accounts[grant].per_year - promised
}
