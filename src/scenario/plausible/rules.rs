//! Rules of policies: one line, on a measure that has it, for a group that has the measure, from week 0 on.

use super::{latest, section};
use crate::observation::dictionary::{MEASURES, Measure};
use crate::scenario::document::Table;
use crate::scenario::fault::{At, Fault};

/// Checks every policy that has a rule.
pub(super) fn rules(document: &Table, faults: &mut Vec<Fault>) {
    for (key, _, policy) in section(document, "policies") {
        let Some((entry, when)) = policy.entry("when").zip(policy.table("when")) else { continue };
        faults.extend(weeks(key, policy));
        faults.extend(lines(key, entry.key_at, when));
        let Some(measure) = when.text("measure").and_then(|key| MEASURES.iter().find(|measure| measure.key == key))
        else {
            continue;
        };
        faults.extend(group(key, entry.key_at, when, measure));
        for side in ["above", "below"] {
            faults.extend(range(key, side, when, measure));
        }
    }
}

/// The burn-in is shared by scenarios that do not differ in it, so nobody looks at anything before week 0.
fn weeks(key: &str, policy: &Table) -> Option<Fault> {
    let early = |name: &str, first: i64| policy.whole(name).filter(|week| *week < first);
    let (name, week) = early("from_week", 0)
        .map(|week| ("from_week", week))
        .or(early("until_week", 1).map(|week| ("until_week", week)))?;
    let title = format!("`policies.{key}` has a rule, and `{name}` is {week}: rules act from week 0 on");
    let fault = Fault::new(policy.entry(name)?.node.at, title, "too early for a rule");
    Some(fault.help("give it a from_week of 0 or later, or leave it out: a rule then acts from week 0 on"))
}

fn lines(key: &str, at: At, when: &Table) -> Option<Fault> {
    match (when.entry("above"), when.entry("below")) {
        (Some(_), Some(_)) => {
            let at = latest(when, &["below", "above"], at);
            let title = format!("`policies.{key}.when` has `above` and `below`");
            Some(
                Fault::new(at, title, "one of the two")
                    .help("a policy holds on one side of one line; write two policies"),
            )
        }
        (None, None) => {
            let title = format!("`policies.{key}.when` has no line");
            let fault = Fault::new(at, title, "needs `above` or `below`");
            Some(fault.help("add `above = NUMBER` or `below = NUMBER`, in the unit of the measure"))
        }
        _ => None,
    }
}

fn group(key: &str, at: At, when: &Table, measure: &Measure) -> Option<Fault> {
    let group = when.text("group").filter(|group| !measure.by_group && *group != "all")?;
    let at = latest(when, &["group", "measure"], at);
    let title = format!("`policies.{key}.when` looks at `{}` of \"{group}\", which is not measured", measure.key);
    let fault = Fault::new(at, title, "only for \"all\"");
    Some(fault.help(format!("`{}` is known for the neighbourhood as a whole; leave `group` out", measure.key)))
}

fn range(key: &str, side: &str, when: &Table, measure: &Measure) -> Option<Fault> {
    let line = when.number(side).filter(|line| !(measure.low..=measure.high).contains(line))?;
    let title = format!("`policies.{key}.when.{side}` is {line}, and `{}` never is", measure.key);
    let ends = if measure.high.is_finite() {
        format!("must lie between {} and {}", measure.low, measure.high)
    } else {
        format!("must be {} or more", measure.low)
    };
    let mut fault = Fault::new(when.entry(side)?.node.at, title, ends).help(format!("its unit: {}", measure.unit));
    if measure.unit == "share" && line > 1.0 && line <= 100.0 {
        fault = fault.help(format!("a share is a part of 1: {line} % is {}", line / 100.0));
    }
    Some(fault)
}
