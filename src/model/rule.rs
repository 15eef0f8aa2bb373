//! A policy that waits for what is seen: it holds while a published figure lies beyond a line (M54).
//!
//! The model reads no instrument by itself: a rule brings a [`Gauge`] along, which the scenario layer takes from the
//! observation. A rule acts from week 0 on and is looked at before its week is lived, so that what a council decides this
//! week rests on what was true at the end of the last. The world turns rules into periods of its policies; submodels see
//! periods alone.

use std::fmt;

use super::blueprint::Period;
use super::policy::Policy;
use super::world::World;

/// What is read of the world: one measure of one group, as it is published.
#[derive(Clone, Copy)]
pub struct Gauge {
    /// Key of the measure.
    pub measure: &'static str,
    /// Key of the group.
    pub group: &'static str,
    /// Gives the value of the measure for the group; NaN when it is not defined.
    pub read: fn(&World, &str, &str) -> f64,
}

impl PartialEq for Gauge {
    /// Two gauges are the same when they read the same; where a function lies in memory says nothing.
    fn eq(&self, other: &Self) -> bool {
        (self.measure, self.group) == (other.measure, other.group)
    }
}

impl fmt::Debug for Gauge {
    /// Without the function's address, which differs from one start of the program to the next.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.measure, self.group)
    }
}

/// A line, and the side of it on which something must be done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Line {
    /// Passed by more than this.
    Above(f64),
    /// Passed by less than this.
    Below(f64),
}

impl Line {
    /// Whether a value is beyond the line; what is not defined is not.
    #[must_use]
    pub fn is_passed_by(self, value: f64) -> bool {
        match self {
            Self::Above(line) => value > line,
            Self::Below(line) => value < line,
        }
    }
}

/// When a policy holds, as far as that depends on what is seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// What is looked at.
    pub gauge: Gauge,
    /// The line beyond which the policy holds.
    pub line: Line,
    /// Weeks between two looks, at least 1.
    pub check_every: u32,
    /// Weeks that it holds at least, once the line was passed.
    pub for_weeks: u32,
}

/// A stretch of weeks in which a rule was in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    /// First week.
    pub from: i32,
    /// First week that it was no longer in force, or `None` while it is.
    pub until: Option<i32>,
}

/// Where the rule of one policy stands: part of the state of the world, one for all its neighbourhoods.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Index of the policy in the world's blueprint.
    pub policy: usize,
    /// Within which the rule may act: the policy's own period, from week 0 on.
    pub within: Period,
    /// When it was in force, in order.
    pub spells: Vec<Spell>,
}

impl Standing {
    /// Of the policy with this index, if it has a rule: not in force yet.
    #[must_use]
    pub fn of(number: usize, policy: &Policy) -> Option<Self> {
        policy.when?;
        let within = Period { from: Some(policy.period.from.unwrap_or(0).max(0)), ..policy.period };
        Some(Self { policy: number, within, spells: Vec::new() })
    }

    /// Whether it is in force.
    #[must_use]
    pub fn is_in_force(&self) -> bool {
        self.spells.last().is_some_and(|spell| spell.until.is_none())
    }

    /// Whether its measure is looked at before this week: when the period begins, and every so many weeks within it.
    #[must_use]
    pub fn is_looked_at(&self, rule: &Rule, week: i32) -> bool {
        let weeks = week - self.within.from.unwrap_or(0);
        self.within.holds(week) && weeks % rule.check_every.max(1) as i32 == 0
    }

    /// What a look decides. A rule comes into force when its line is passed. It ends when a later look finds the line no
    /// longer passed, unless it has not held for its shortest time yet.
    pub fn decide(&mut self, rule: &Rule, is_passed: bool, week: i32) {
        match self.spells.last_mut().filter(|spell| spell.until.is_none()) {
            None if is_passed => self.spells.push(Spell { from: week, until: None }),
            Some(spell) if !is_passed && i64::from(week - spell.from) >= i64::from(rule.for_weeks) => {
                spell.until = Some(week);
            }
            _ => {}
        }
    }

    /// The end of the policy's own period ends the rule too.
    pub fn end_in_time(&mut self, week: i32) {
        if self.within.until.is_some_and(|until| week >= until)
            && let Some(spell) = self.spells.last_mut().filter(|spell| spell.until.is_none())
        {
            spell.until = self.within.until;
        }
    }

    /// The period of the policy as its submodels see it: from when the rule first came into force, so that what counts
    /// weeks or homes counts from there; ended while the rule is not in force.
    #[must_use]
    pub fn period(&self, week: i32) -> Period {
        match self.spells.first() {
            None => Period { from: Some(i32::MAX), until: None },
            Some(first) if self.is_in_force() => Period { from: Some(first.from), until: self.within.until },
            Some(first) => Period { from: Some(first.from), until: Some(week) },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::policy::PolicyMeasure;
    use crate::model::quantities::Share;

    fn policy(from: Option<i32>, until: Option<i32>, for_weeks: u32) -> Policy {
        let gauge = Gauge { measure: "lonely", group: "all", read: |_, _, _| f64::NAN };
        let rule = Rule { gauge, line: Line::Above(0.5), check_every: 4, for_weeks };
        let measure = PolicyMeasure::Lockdown { strength: Share::ALL };
        Policy { when: Some(rule), ..Policy::new("p", Period { from, until }, measure) }
    }

    /// Weeks in which the policy holds, and the spells, when the line is passed in the weeks `passed`.
    fn lived(policy: &Policy, weeks: i32, passed: impl Fn(i32) -> bool) -> (Vec<i32>, Vec<(i32, Option<i32>)>) {
        let (rule, mut standing) = (policy.when.expect("a rule"), Standing::of(0, policy).expect("a rule"));
        let mut held = Vec::new();
        for week in -2..weeks {
            if standing.is_looked_at(&rule, week) {
                standing.decide(&rule, passed(week), week);
            }
            standing.end_in_time(week);
            if standing.period(week).holds(week) {
                held.push(week);
            }
        }
        (held, standing.spells.iter().map(|spell| (spell.from, spell.until)).collect())
    }

    #[test]
    fn a_rule_is_in_force_from_a_look_beyond_the_line_until_a_look_before_it() {
        let (held, spells) = lived(&policy(None, None, 0), 24, |week| (3..9).contains(&week) || week > 19);
        assert_eq!(held, [4, 5, 6, 7, 8, 9, 10, 11, 20, 21, 22, 23]);
        assert_eq!(spells, [(4, Some(12)), (20, None)]);
    }

    #[test]
    fn a_rule_holds_for_its_shortest_time() {
        let (_, spells) = lived(&policy(None, None, 10), 40, |week| week == 4);
        assert_eq!(spells, [(4, Some(16))]);
    }

    #[test]
    fn a_rule_acts_within_the_period_of_its_policy_and_from_week_0_on() {
        assert_eq!(lived(&policy(Some(6), Some(9), 0), 20, |_| true), (vec![6, 7, 8], vec![(6, Some(9))]));
        assert_eq!(lived(&policy(Some(-9), Some(2), 0), 20, |_| true), (vec![0, 1], vec![(0, Some(2))]));
        assert_eq!(lived(&policy(None, None, 0), 20, |_| false), (Vec::new(), Vec::new()));
    }

    #[test]
    fn what_is_not_defined_is_beyond_no_line() {
        assert!(!Line::Above(0.0).is_passed_by(f64::NAN) && !Line::Below(1.0).is_passed_by(f64::NAN));
        assert!(Line::Above(0.1).is_passed_by(0.2) && !Line::Below(0.1).is_passed_by(0.1));
    }
}
