//! The rule of a policy, from a completed document.

use super::count;
use crate::model::rule::{Gauge, Line, Rule};
use crate::observation::dictionary::{GROUPS, MEASURES};
use crate::observation::read;
use crate::scenario::document::Table;

/// What must be seen for a policy to hold, if it says so.
pub(super) fn rule(policy: &Table) -> Option<Rule> {
    let when = policy.table("when")?;
    let measure = MEASURES.iter().find(|measure| Some(measure.key) == when.text("measure"))?;
    let group = GROUPS.iter().find(|group| Some(group.key) == when.text("group"))?;
    let above = when.number("above").map(Line::Above);
    Some(Rule {
        gauge: Gauge { measure: measure.key, group: group.key, read },
        line: above.or_else(|| when.number("below").map(Line::Below))?,
        check_every: count(when, "check_every_weeks"),
        for_weeks: count(when, "for_weeks"),
    })
}
