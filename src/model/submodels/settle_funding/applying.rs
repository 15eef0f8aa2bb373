//! Initiatives without money ask a grant that may pay what they do (M31).

use super::wage;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::initiative::Initiative;
use crate::model::neighbourhood::ledger::Contract;
use crate::model::quantities::Cents;
use crate::model::submodels::ask_and_join::initiatives::FOUNDED_FORMALITY;
use crate::model::submodels::enact_policies::Rules;

/// Ends the contract of an initiative that its grant may not pay any longer, and gives one without contract the first
/// grant that may and has enough left of its year; it is paid when the application is made. What is `left` follows.
///
/// Where no grant fits there is nothing to apply for: the initiative goes on as well as it can.
pub(super) fn apply(n: &mut Neighbourhood, rules: &Rules, left: &mut [Cents], number: usize, week: i32) {
    let initiative = &mut n.initiatives[number];
    if !initiative.is_alive() || initiative.per_year == Cents(0) {
        return;
    }
    let (activity, wanted) = (initiative.activity, cost(initiative, rules));
    let pays = |grant: usize| n.ledger.accounts[grant].regime.pays.has(activity);
    if let Some(contract) = initiative.contract.filter(|contract| week >= contract.until && !pays(contract.grant)) {
        left[contract.grant] += wanted;
        initiative.contract = None;
    }
    if initiative.contract.is_some() {
        return;
    }
    let Some(grant) = (0..left.len()).find(|grant| pays(*grant) && left[*grant] >= wanted) else { return };
    left[grant] -= wanted;
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

/// What each grant has in a year beyond what it is bound to pay.
pub(super) fn left(n: &Neighbourhood, rules: &Rules, week: i32) -> Vec<Cents> {
    let mut left: Vec<Cents> = n.ledger.accounts.iter().map(|account| account.per_year).collect();
    for initiative in n.initiatives.iter().filter(|initiative| initiative.ended.is_none()) {
        if let Some(contract) = initiative.contract {
            left[contract.grant] -= cost(initiative, rules);
        }
    }
    for post in n.professionals.iter().filter(|post| post.period.until.is_none_or(|until| week < until)) {
        if let Some(contract) = post.contract {
            left[contract.grant] -= Cents(52 * wage(post, rules).0);
        }
    }
    left
}
