//! How organisations and initiatives get to know each other, and what that is worth with those who give money.
//!
//! * **What** a referral that arrives and each hour of meeting bring two organisations nearer; a professional who leaves takes
//!   part of it along, another provider begins nearly anew; ordinary dealings draw back to the ordinary level. An initiative
//!   has such a relation with the municipality.
//! * **Equation** `r' = r + gain * (1 - r) + upkeep * (ordinary - r)`; gap `= gap_weeks * (1 - gap * (r - 0.5))`; the
//!   log-odds of renewal rise by `renewal * (r - 0.5)`.
//! * **Reads and changes** relations of organisations, and of initiatives with the municipality.
//! * **Draws** none.
//! * **Source** M23, M30; sizes assumed.

use crate::model::blueprint::Regime;
use crate::model::neighbourhood::Neighbourhood;
use crate::model::neighbourhood::relations::ordinary;
use crate::model::submodels::enact_policies::Rules;

/// A relation at which the rules of a grant hold as they are written.
pub const ORDINARY_RELATION: f32 = 0.5;

/// A week of ordinary dealings, and of the meetings that are held to get to know each other.
pub(super) fn keep_in_touch(n: &mut Neighbourhood, rules: &Rules) {
    if !rules.mechanisms.relations {
        return;
    }
    let p = &rules.parameters.relations;
    let gain = 1.0 - libm::expf(-p.meeting * rules.introductions);
    let Neighbourhood { relations, organisations, initiatives, .. } = n;
    let touched = |was: f32, level: f32| was + gain * (1.0 - was) + p.upkeep * (level - was);
    relations.change_all(|a, b, was| touched(was, ordinary(organisations, a, b)));
    for initiative in initiatives.iter_mut().filter(|initiative| initiative.is_alive()) {
        initiative.relation = touched(initiative.relation, ORDINARY_RELATION).clamp(0.0, 1.0);
    }
}

/// Applies the week's referrals that arrived: pairs of organisations.
pub fn note_referrals(n: &mut Neighbourhood, rules: &Rules, referrals: &[(usize, usize)]) {
    for (from, to) in referrals {
        n.relations.change(*from, *to, |was| was + rules.parameters.relations.joint_work * (1.0 - was));
    }
}

/// A professional leaves, and with the face goes part of what this organisation is to others.
pub(super) fn lose_a_face(n: &mut Neighbourhood, rules: &Rules, employer: usize) {
    let posts = n.professionals.iter().filter(|post| post.employer == employer).count().max(1);
    let kept = 1.0 - rules.parameters.relations.departure / posts as f32;
    if !rules.mechanisms.relations {
        return;
    }
    n.relations.change_of(employer, |_, was| was * kept);
    if n.relations.municipality == Some(employer) {
        for initiative in &mut n.initiatives {
            initiative.relation *= kept;
        }
    }
}

/// Another provider takes over: what it is to the others begins nearly anew.
pub(super) fn begin_anew(n: &mut Neighbourhood, rules: &Rules, organisation: usize) {
    if rules.mechanisms.relations {
        let Neighbourhood { relations, organisations, .. } = n;
        let level = |other: usize| rules.parameters.relations.newcomer * ordinary(organisations, organisation, other);
        relations.change_of(organisation, |other, was| was.min(level(other)));
    }
}

/// How well the employer of a post knows the municipality; its own posts, and posts where there is none, are ordinary.
pub(super) fn of_employer(n: &Neighbourhood, employer: usize) -> f32 {
    match n.relations.municipality {
        Some(municipality) if municipality != employer => n.relations.between(municipality, employer),
        _ => ORDINARY_RELATION,
    }
}

/// The weeks without money, and the chance of none, for somebody with this relation to those who decide.
pub(super) fn gap_and_renewal(regime: &Regime, relation: f32, rules: &Rules) -> (i32, f32) {
    let (gap, renewal) = (regime.gap_weeks, regime.renewal.get());
    let p = &rules.parameters.relations;
    let better = if rules.mechanisms.relations { relation - ORDINARY_RELATION } else { 0.0 };
    if better == 0.0 {
        return (gap as i32, renewal);
    }
    let odds = libm::expf(p.renewal * better);
    let shorter = (gap as f32 * (1.0 - p.gap * better)).max(0.0);
    ((shorter + 0.5) as i32, renewal * odds / (1.0 - renewal + renewal * odds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::chance::Chance;
    use crate::model::fixture::small_blueprint;
    use crate::model::initialization::set_up;
    use crate::model::submodels::enact_policies::enact_policies;

    #[test]
    fn an_ordinary_relation_leaves_the_rules_as_they_are_written() {
        let plan = small_blueprint();
        let rules = enact_policies(&mut set_up(&plan, Chance::new(1), 0, 0), &plan, 0);
        let regime = plan.grants[0].regime;
        assert_eq!(gap_and_renewal(&regime, 0.5, &rules), (regime.gap_weeks as i32, regime.renewal.get()));
        let (gap, renewal) = gap_and_renewal(&regime, 1.0, &rules);
        assert!(gap < regime.gap_weeks as i32 && renewal > regime.renewal.get());
        let (gap, renewal) = gap_and_renewal(&regime, 0.0, &rules);
        assert!(gap > regime.gap_weeks as i32 && renewal < regime.renewal.get());
    }
}
