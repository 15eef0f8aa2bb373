//! How sure the report may sound: a small honest vocabulary, decided in one place.
//!
//! A difference is held against two things: chance (its intervals) and size (the smallest difference worth having).
//! "Better in 20 of 20 simulations" says nothing about size, so a difference that is sure but tiny is called too small.

use super::data::Effect;
use crate::observation::dictionary::Better;

/// What may be said of one effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The whole 90 % interval is a loss worth mentioning.
    Worse,
    /// The whole 90 % interval is a loss, perhaps too small to matter.
    ProbablyWorse,
    /// The 90 % interval holds zero; the 50 % interval is a loss.
    LeansWorse,
    /// Chance hides everything: the interval holds zero and reaches beyond what is worth having.
    Unclear,
    /// The whole 90 % interval lies within what is not worth having.
    TooSmall,
    /// Every pair of simulations gave the same.
    NoDifference,
    /// The 90 % interval holds zero; the 50 % interval is a gain.
    LeansBetter,
    /// The whole 90 % interval is a gain, perhaps too small to matter.
    ProbablyBetter,
    /// The whole 90 % interval is a gain worth having.
    Better,
}

impl Verdict {
    /// The key of its words in the translations.
    pub fn key(self, better: Better) -> &'static str {
        let neutral = better == Better::Neither;
        match self {
            Self::Worse if neutral => "verdict_less",
            Self::Worse => "verdict_worse",
            Self::ProbablyWorse if neutral => "verdict_probably_less",
            Self::ProbablyWorse => "verdict_probably_worse",
            Self::LeansWorse if neutral => "verdict_leans_less",
            Self::LeansWorse => "verdict_leans_worse",
            Self::Unclear => "verdict_unclear",
            Self::TooSmall => "verdict_too_small",
            Self::NoDifference => "verdict_no_difference",
            Self::LeansBetter if neutral => "verdict_leans_more",
            Self::LeansBetter => "verdict_leans_better",
            Self::ProbablyBetter if neutral => "verdict_probably_more",
            Self::ProbablyBetter => "verdict_probably_better",
            Self::Better if neutral => "verdict_more",
            Self::Better => "verdict_better",
        }
    }

    /// Whether it is a difference, for good or ill, that is both sure and worth mentioning.
    pub fn is_clear(self) -> bool {
        matches!(self, Self::Better | Self::Worse)
    }
}

/// Judges an effect on a measure that should go `better`; for a measure without a good direction, better means more.
pub fn judge(effect: &Effect, better: Better) -> Verdict {
    let sign = if better == Better::Lower { -1.0 } else { 1.0 };
    let turned = |low: f64, high: f64| if sign < 0.0 { (-high, -low) } else { (low, high) };
    let (low, high) = turned(effect.most.low, effect.most.high);
    let (half_low, half_high) = turned(effect.half.low, effect.half.high);
    let worth = effect.worthwhile;
    if low == 0.0 && high == 0.0 {
        Verdict::NoDifference
    } else if low > 0.0 && low >= worth {
        Verdict::Better
    } else if high < 0.0 && high <= -worth {
        Verdict::Worse
    } else if low > -worth && high < worth {
        Verdict::TooSmall
    } else if low > 0.0 {
        Verdict::ProbablyBetter
    } else if high < 0.0 {
        Verdict::ProbablyWorse
    } else if half_low > 0.0 {
        Verdict::LeansBetter
    } else if half_high < 0.0 {
        Verdict::LeansWorse
    } else {
        Verdict::Unclear
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::data::Interval;

    /// An effect with the given intervals, of which 1 is worth having.
    fn effect(most: (f64, f64), half: (f64, f64)) -> Effect {
        Effect {
            difference: f64::midpoint(most.0, most.1),
            half: Interval { low: half.0, high: half.1 },
            most: Interval { low: most.0, high: most.1 },
            replications: 20,
            share_better: 1.0,
            worthwhile: 1.0,
            week: 104,
        }
    }

    #[test]
    fn a_sure_but_tiny_gain_is_too_small_even_if_every_simulation_is_better() {
        assert_eq!(judge(&effect((0.1, 0.3), (0.15, 0.25)), Better::Higher), Verdict::TooSmall);
    }

    #[test]
    fn a_gain_beyond_what_is_worth_having_is_better_and_for_a_lower_is_better_measure_worse() {
        let gain = effect((1.5, 2.5), (1.8, 2.2));
        assert_eq!(judge(&gain, Better::Higher), Verdict::Better);
        assert_eq!(judge(&gain, Better::Lower), Verdict::Worse);
        assert_eq!(judge(&gain, Better::Neither).key(Better::Neither), "verdict_more");
    }

    #[test]
    fn a_gain_that_may_be_too_small_is_only_probably_better() {
        assert_eq!(judge(&effect((0.4, 2.0), (0.8, 1.6)), Better::Higher), Verdict::ProbablyBetter);
        assert_eq!(judge(&effect((-2.0, -0.4), (-1.6, -0.8)), Better::Higher), Verdict::ProbablyWorse);
    }

    #[test]
    fn an_interval_with_zero_leans_or_is_unclear() {
        assert_eq!(judge(&effect((-0.5, 2.5), (0.4, 1.6)), Better::Higher), Verdict::LeansBetter);
        assert_eq!(judge(&effect((-2.5, 0.5), (-1.6, -0.4)), Better::Higher), Verdict::LeansWorse);
        assert_eq!(judge(&effect((-2.0, 2.0), (-0.5, 0.5)), Better::Higher), Verdict::Unclear);
    }

    #[test]
    fn equal_simulations_show_no_difference_and_one_value_is_judged_by_size() {
        assert_eq!(judge(&effect((0.0, 0.0), (0.0, 0.0)), Better::Higher), Verdict::NoDifference);
        assert_eq!(judge(&effect((2.0, 2.0), (2.0, 2.0)), Better::Higher), Verdict::Better);
    }

    #[test]
    fn with_nothing_stated_as_worth_having_any_sure_gain_counts() {
        let mut sure = effect((0.1, 0.2), (0.12, 0.18));
        sure.worthwhile = 0.0;
        assert_eq!(judge(&sure, Better::Higher), Verdict::Better);
    }
}
