//! What a scenario adds to a neighbourhood that has lived its burn-in: buildings, places, accounts, posts, initiatives, policies.

use super::homes::put_up;
use super::places::{Standing, key, new_ledger, new_place, new_professional, open_initiative, start_initiative};
use crate::model::blueprint::Blueprint;
use crate::model::chance::Chance;
use crate::model::neighbourhood::Neighbourhood;

/// Adds what `new` has beyond `old`, and takes over the periods of what both have.
///
/// `new` is in the order of `old` ([`Blueprint::in_the_order_of`]), so indexes in the state stay what they were.
pub fn adopt(n: &mut Neighbourhood, old: &Blueprint, new: &Blueprint, chance: Chance, week: i32) {
    for (building, plan) in n.buildings.iter_mut().zip(&new.buildings) {
        building.period = plan.period;
    }
    put_up(&new.buildings[old.buildings.len()..], week, &mut n.buildings, &mut n.homes);
    for (place, plan) in n.places.iter_mut().zip(&new.places) {
        place.plan.period = plan.period;
    }
    n.places.extend(new.places[old.places.len()..].iter().map(|plan| new_place(plan, week)));
    n.organisations.clone_from(&new.organisations);
    n.relations.widen(&n.organisations);
    n.ledger.accounts.extend(new_ledger(&new.grants[old.grants.len()..]).accounts);
    for (post, plan) in n.professionals.iter_mut().zip(&new.professionals) {
        (post.period, post.place) = (plan.period, plan.place);
    }
    for number in old.professionals.len()..new.professionals.len() {
        let plan = &new.professionals[number];
        let funding = &new.parameters.funding;
        let post = new_professional(plan, key(n.number, number), &n.ledger, funding, chance, week, Standing::New);
        n.professionals.push(post);
    }
    for plan in &new.initiatives[..old.initiatives.len()] {
        if let Some(initiative) = n.initiatives.iter_mut().find(|initiative| initiative.key == plan.key) {
            initiative.period = plan.period;
        }
    }
    for plan in &new.initiatives[old.initiatives.len()..] {
        let number = n.initiatives.len();
        let mut initiative = open_initiative(plan, key(n.number, number), &n.ledger, chance, week, Standing::New);
        let starts = std::mem::take(&mut initiative.started);
        n.initiatives.push(initiative);
        if starts {
            start_initiative(n, number, &new.parameters.asking, chance, week);
        }
    }
    n.given_homes.resize(new.policies.len(), 0);
    n.arrived.resize(new.policies.len(), 0);
}
