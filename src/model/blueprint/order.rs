//! Which part of a blueprint the burn-in lives, and how a scenario's additions keep the indexes of what was there.

use super::{Blueprint, InitiativePlan, Period, ProfessionalPlan, Trends};
use crate::model::policy::PolicyMeasure;
use crate::model::quantities::OrganisationKind;

impl Blueprint {
    /// The part that the burn-in lives: what starts later left out, and grants and organisations that only that needs.
    /// A grant that pays nobody yet therefore opens in week 0.
    ///
    /// Scenarios whose burn-ins are equal share one.
    #[must_use]
    pub fn for_burn_in(&self) -> Self {
        let buildings: Vec<usize> =
            (0..self.buildings.len()).filter(|number| !self.buildings[*number].period.starts_later()).collect();
        let there = |number: &usize| !self.places[*number].period.starts_later();
        let places: Vec<usize> = (0..self.places.len()).filter(there).collect();
        let initiatives: Vec<usize> = (0..self.initiatives.len())
            .filter(|number| {
                !self.initiatives[*number].period.starts_later() && places.contains(&self.initiatives[*number].place)
            })
            .collect();
        let professionals: Vec<usize> =
            (0..self.professionals.len()).filter(|number| !self.professionals[*number].period.starts_later()).collect();
        let policies: Vec<usize> = (0..self.policies.len())
            .filter(|number| {
                let policy = &self.policies[*number];
                let target_is_there = match policy.measure {
                    PolicyMeasure::ClosePlace { place } => places.contains(&place),
                    PolicyMeasure::OrganisersLeave { initiative, .. }
                    | PolicyMeasure::OpenToAll { initiative: Some(initiative) } => initiatives.contains(&initiative),
                    PolicyMeasure::AllocateHomes { building: Some(building), .. }
                    | PolicyMeasure::Arrivals { building: Some(building), .. }
                    | PolicyMeasure::ImproveHomes { building: Some(building), .. }
                    | PolicyMeasure::Rebuild { building, .. } => buildings.contains(&building),
                    PolicyMeasure::WorkerTenure { professional, .. } => professionals.contains(&professional),
                    PolicyMeasure::HandOver { initiative, .. } => {
                        initiative.is_none_or(|number| initiatives.contains(&number))
                    }
                    _ => true,
                };
                !policy.starts_later() && target_is_there
            })
            .collect();
        let paid_by = |grant: &usize| {
            initiatives.iter().any(|number| self.initiatives[*number].grant == Some(*grant))
                || professionals.iter().any(|number| self.professionals[*number].grant == Some(*grant))
                || policies.iter().any(|number| matches!(self.policies[*number].measure, PolicyMeasure::ChangeGrant { grant: changed, .. } if changed == *grant))
        };
        let grants: Vec<usize> = (0..self.grants.len()).filter(paid_by).collect();
        let employs = |number: &usize| professionals.iter().any(|post| self.professionals[*post].employer == *number);
        // The municipality decides on money and permits, whether it employs somebody here or not.
        let decides = |number: &usize| self.organisations[*number].kind == OrganisationKind::Municipality;
        let organisations: Vec<usize> =
            (0..self.organisations.len()).filter(|number| employs(number) || decides(number)).collect();
        let mut early =
            self.arranged(&Order { buildings, places, organisations, grants, professionals, initiatives, policies });
        // A later end is of no concern either: it must not make two burn-ins differ.
        let forget_end = |period: &mut Period| {
            if period.until.is_some_and(|until| until >= 0) {
                period.until = None;
            }
        };
        early.buildings.iter_mut().for_each(|plan| forget_end(&mut plan.period));
        early.places.iter_mut().for_each(|plan| forget_end(&mut plan.period));
        early.professionals.iter_mut().for_each(|plan| forget_end(&mut plan.period));
        early.initiatives.iter_mut().for_each(|plan| forget_end(&mut plan.period));
        early.policies.iter_mut().for_each(|policy| forget_end(&mut policy.period));
        // Trends begin in week 0.
        early.trends = Trends::default();
        for district in &mut early.districts {
            district.blueprint = district.blueprint.for_burn_in();
        }
        early
    }

    /// The same blueprint with what `earlier` has in `earlier`'s order, and the rest behind it.
    ///
    /// State refers to homes, places, posts and initiatives by their index; a scenario that adds some keeps these indexes.
    #[must_use]
    pub fn in_the_order_of(&self, earlier: &Self) -> Self {
        let mut arranged = self.arranged(&Order {
            buildings: behind(&self.buildings, &earlier.buildings, |plan| &plan.key),
            places: behind(&self.places, &earlier.places, |plan| &plan.key),
            organisations: behind(&self.organisations, &earlier.organisations, |plan| &plan.key),
            grants: behind(&self.grants, &earlier.grants, |plan| &plan.key),
            professionals: behind(&self.professionals, &earlier.professionals, |plan| &plan.key),
            initiatives: behind(&self.initiatives, &earlier.initiatives, |plan| &plan.key),
            policies: behind(&self.policies, &earlier.policies, |policy| &policy.key),
        });
        // A town has the same districts in the same order in all its scenarios.
        for (district, earlier) in arranged.districts.iter_mut().zip(&earlier.districts) {
            district.blueprint = district.blueprint.in_the_order_of(&earlier.blueprint);
        }
        arranged
    }

    /// The blueprint with only the elements of `order`, in that order, and references that follow them.
    fn arranged(&self, order: &Order) -> Self {
        let building = |old: usize| order.buildings.iter().position(|kept| *kept == old);
        let place = |old: usize| order.places.iter().position(|kept| *kept == old);
        let grant = |old: usize| order.grants.iter().position(|kept| *kept == old);
        let organisation = |old: usize| order.organisations.iter().position(|kept| *kept == old);
        let initiative_at = |old: usize| order.initiatives.iter().position(|kept| *kept == old);
        let professional = |old: usize| order.professionals.iter().position(|kept| *kept == old);
        let mut arranged = self.clone();
        arranged.buildings = order.buildings.iter().map(|old| self.buildings[*old].clone()).collect();
        arranged.places = order.places.iter().map(|old| self.places[*old].clone()).collect();
        arranged.organisations = order.organisations.iter().map(|old| self.organisations[*old].clone()).collect();
        arranged.grants = order.grants.iter().map(|old| self.grants[*old].clone()).collect();
        let post = |old: &usize| {
            let plan = &self.professionals[*old];
            Some(ProfessionalPlan {
                employer: organisation(plan.employer)?,
                grant: plan.grant.and_then(grant),
                place: plan.place.and_then(place),
                ..plan.clone()
            })
        };
        arranged.professionals = order.professionals.iter().filter_map(post).collect();
        let initiative = |old: &usize| {
            let plan = &self.initiatives[*old];
            Some(InitiativePlan { place: place(plan.place)?, grant: plan.grant.and_then(grant), ..plan.clone() })
        };
        arranged.initiatives = order.initiatives.iter().filter_map(initiative).collect();
        let policy = |old: &usize| {
            let mut policy = self.policies[*old].clone();
            match &mut policy.measure {
                PolicyMeasure::AllocateHomes { building: Some(target), .. }
                | PolicyMeasure::Arrivals { building: Some(target), .. }
                | PolicyMeasure::ImproveHomes { building: Some(target), .. }
                | PolicyMeasure::Rebuild { building: target, .. } => *target = building(*target)?,
                PolicyMeasure::ClosePlace { place: target } => *target = place(*target)?,
                PolicyMeasure::OrganisersLeave { initiative: target, .. }
                | PolicyMeasure::OpenToAll { initiative: Some(target) } => *target = initiative_at(*target)?,
                PolicyMeasure::ChangeGrant { grant: target, .. } => *target = grant(*target)?,
                PolicyMeasure::WorkerTenure { professional: target, .. } => *target = professional(*target)?,
                PolicyMeasure::ChangeProvider { organisation: target } => *target = organisation(*target)?,
                PolicyMeasure::HandOver { initiative: Some(target), .. } => {
                    *target = order.initiatives.iter().position(|kept| kept == target)?;
                }
                _ => {}
            }
            Some(policy)
        };
        arranged.policies = order.policies.iter().filter_map(policy).collect();
        arranged
    }
}

/// Which elements of a blueprint, in which order, by their index.
struct Order {
    buildings: Vec<usize>,
    places: Vec<usize>,
    organisations: Vec<usize>,
    grants: Vec<usize>,
    professionals: Vec<usize>,
    initiatives: Vec<usize>,
    policies: Vec<usize>,
}

/// Indexes of `list`: first those with a key in `earlier`, in its order, then the others.
fn behind<T>(list: &[T], earlier: &[T], key: impl Fn(&T) -> &String) -> Vec<usize> {
    let mut order: Vec<usize> =
        earlier.iter().filter_map(|before| list.iter().position(|now| key(now) == key(before))).collect();
    order.extend((0..list.len()).filter(|number| !earlier.iter().any(|before| key(before) == key(&list[*number]))));
    order
}

#[cfg(test)]
mod tests {
    use crate::model::fixture::small_blueprint;
    use crate::model::policy::{Policy, PolicyMeasure};
    use crate::model::quantities::Share;

    use super::*;

    /// The small blueprint with a place, an initiative and a grant that come in week 4, put first in their lists.
    fn with_something_new() -> Blueprint {
        let mut more = small_blueprint();
        let later = Period { from: Some(4), until: None };
        let mut place = more.places[0].clone();
        (place.key, place.period) = ("new".to_owned(), later);
        more.places.insert(0, place);
        more.initiatives.iter_mut().for_each(|plan| plan.place += 1);
        let mut grant = more.grants[0].clone();
        grant.key = "new".to_owned();
        more.grants.insert(0, grant);
        more.initiatives.iter_mut().for_each(|plan| plan.grant = plan.grant.map(|grant| grant + 1));
        more.professionals.iter_mut().for_each(|plan| plan.grant = plan.grant.map(|grant| grant + 1));
        let mut block = more.buildings[0].clone();
        (block.key, block.period) = ("new".to_owned(), later);
        more.buildings.insert(0, block);
        let works = PolicyMeasure::Rebuild { building: 0, encounters: 0.5, leaving: 1.0 };
        more.policies.push(Policy::new("works", later, works));
        let mut initiative = more.initiatives[0].clone();
        (initiative.key, initiative.period, initiative.place, initiative.grant) = ("new".to_owned(), later, 0, Some(0));
        more.initiatives.insert(0, initiative);
        more.professionals[0].place = Some(0);
        let leave = PolicyMeasure::OrganisersLeave { initiative: 0, share: Share::ALL };
        more.policies.push(Policy::new("leave", later, leave));
        more.policies.push(Policy::new("close", later, PolicyMeasure::ClosePlace { place: 0 }));
        more
    }

    #[test]
    fn what_comes_later_leaves_the_burn_in_as_it_is() {
        assert_eq!(with_something_new().for_burn_in(), small_blueprint().for_burn_in());
    }

    #[test]
    fn what_was_there_keeps_its_index_and_references_follow() {
        let (before, after) = (small_blueprint().for_burn_in(), with_something_new());
        let arranged = after.in_the_order_of(&before);
        for (number, plan) in before.places.iter().enumerate() {
            assert_eq!(arranged.places[number].key, plan.key);
        }
        assert_eq!(arranged.buildings[..before.buildings.len()], before.buildings);
        let works = arranged.policies.iter().find(|policy| policy.key == "works").expect("the works");
        assert!(matches!(works.measure,
            PolicyMeasure::Rebuild { building, .. } if arranged.buildings[building].key == "new"));
        let new = arranged.initiatives.iter().find(|plan| plan.key == "new").expect("the new initiative");
        assert_eq!(arranged.places[new.place].key, "new");
        assert_eq!(arranged.grants[new.grant.expect("a grant")].key, "new");
        for plan in &before.initiatives {
            let now = arranged.initiatives.iter().find(|now| now.key == plan.key).expect("still there");
            assert_eq!(arranged.places[now.place].key, before.places[plan.place].key);
        }
        let builder = &arranged.professionals[0];
        assert_eq!(builder.place.map(|place| arranged.places[place].key.as_str()), Some("new"));
        let leave = arranged.policies.iter().find(|policy| policy.key == "leave").expect("the organisers");
        assert!(matches!(leave.measure,
            PolicyMeasure::OrganisersLeave { initiative, .. } if arranged.initiatives[initiative].key == "new"));
        assert!(matches!(arranged.policies.last().expect("a policy").measure,
            PolicyMeasure::ClosePlace { place } if arranged.places[place].key == "new"));
    }
}
