//! Loneliness as De Jong Gierveld measures it: eleven statements, answered yes, more or less, or no.
//!
//! Five statements are worded positively and tell social loneliness: who does not agree lacks people. Six are worded
//! negatively and tell emotional loneliness: who agrees misses somebody. "More or less" counts as lonely on both.

use super::Tendency;

/// An answer to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Agrees.
    Yes,
    /// Agrees somewhat.
    MoreOrLess,
    /// Does not agree.
    No,
}

/// Which loneliness an item tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Too few ties; the statement is worded positively.
    Social,
    /// Nobody close; the statement is worded negatively.
    Emotional,
}

/// One statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Item {
    /// What the statement says, in short.
    pub about: &'static str,
    /// Which loneliness it tells.
    pub side: Side,
    /// Whether it is one of the six of the short scale.
    pub short: bool,
    /// Deficit at which half give a lonely answer, in standard deviations of the deficit.
    pub threshold: f32,
}

/// How sharply each item tells deficits apart, log-odds per standard deviation (calibrated on how many are strongly lonely).
const DISCRIMINATION: f32 = 3.3;
/// How much larger the deficit must be for the outspoken lonely answer than for "more or less", standard deviations (assumed).
const OUTSPOKEN: f32 = 0.6;
/// Level of the thresholds of the social items (calibrated on 43 % socially lonely).
const SOCIAL_LEVEL: f32 = 0.11;
/// Level of the thresholds of the emotional items (calibrated on 31 % emotionally lonely).
const EMOTIONAL_LEVEL: f32 = 0.05;

const fn social(about: &'static str, short: bool, above_level: f32) -> Item {
    Item { about, side: Side::Social, short, threshold: SOCIAL_LEVEL + above_level }
}

const fn emotional(about: &'static str, short: bool, above_level: f32) -> Item {
    Item { about, side: Side::Emotional, short, threshold: EMOTIONAL_LEVEL + above_level }
}

/// The eleven statements in their order; how items differ in level is assumed.
pub static ITEMS: [Item; 11] = [
    social("somebody to talk to about daily problems", false, 0.25),
    emotional("misses a really good friend", false, 0.0),
    emotional("feels emptiness", true, 0.1),
    social("plenty of people to lean on in trouble", true, 0.05),
    emotional("misses good company", false, -0.15),
    emotional("finds the circle of acquaintances too small", false, -0.25),
    social("many people to trust wholly", true, -0.3),
    social("enough people to feel close to", true, -0.05),
    emotional("misses people around", true, 0.0),
    emotional("often feels rejected", true, 0.3),
    social("friends to call on when needed", false, 0.05),
];

/// Scores of one filled-in sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Score {
    /// Lonely answers to the five social items.
    pub social: u8,
    /// Lonely answers to the six emotional items.
    pub emotional: u8,
    /// Lonely answers to the six items of the short scale.
    pub short: u8,
}

impl Score {
    /// The score on the whole scale, 0-11.
    #[inline]
    #[must_use]
    pub const fn total(self) -> u8 {
        self.social + self.emotional
    }

    /// Lonely: 3 or more of 11.
    #[inline]
    #[must_use]
    pub const fn is_lonely(self) -> bool {
        self.total() >= 3
    }

    /// Strongly or very strongly lonely: 9 or more of 11.
    #[inline]
    #[must_use]
    pub const fn is_strongly_lonely(self) -> bool {
        self.total() >= 9
    }

    /// Very strongly lonely: 11 of 11.
    #[inline]
    #[must_use]
    pub const fn is_very_strongly_lonely(self) -> bool {
        self.total() >= 11
    }

    /// Socially lonely: 2 or more of 5.
    #[inline]
    #[must_use]
    pub const fn is_socially_lonely(self) -> bool {
        self.social >= 2
    }

    /// Emotionally lonely: 2 or more of 6.
    #[inline]
    #[must_use]
    pub const fn is_emotionally_lonely(self) -> bool {
        self.emotional >= 2
    }

    /// Lonely on the short scale: 2 or more of 6.
    #[inline]
    #[must_use]
    pub const fn is_lonely_on_short_scale(self) -> bool {
        self.short >= 2
    }

    /// Strongly lonely on the short scale: 5 or more of 6.
    #[inline]
    #[must_use]
    pub const fn is_strongly_lonely_on_short_scale(self) -> bool {
        self.short >= 5
    }
}

/// The answers of somebody with these deficits, in standard deviations of the trait.
#[inline]
#[must_use]
pub fn answers(social_deficit: f32, emotional_deficit: f32, tendency: &Tendency) -> [Answer; 11] {
    let mut sheet = [Answer::No; 11];
    for ((answer, item), own) in sheet.iter_mut().zip(&ITEMS).zip(tendency.loneliness()) {
        let (deficit, outspoken) = match item.side {
            Side::Social => (social_deficit, Answer::No),
            Side::Emotional => (emotional_deficit, Answer::Yes),
        };
        let pull = DISCRIMINATION * (deficit - item.threshold) - own;
        *answer = if pull > DISCRIMINATION * OUTSPOKEN {
            outspoken
        } else if pull > 0.0 {
            Answer::MoreOrLess
        } else if outspoken == Answer::Yes {
            Answer::No
        } else {
            Answer::Yes
        };
    }
    sheet
}

/// Scores a sheet.
#[inline]
#[must_use]
pub fn score(sheet: &[Answer; 11]) -> Score {
    let mut score = Score::default();
    for (answer, item) in sheet.iter().zip(&ITEMS) {
        let content = match item.side {
            Side::Social => Answer::Yes,
            Side::Emotional => Answer::No,
        };
        let lonely = u8::from(*answer != content);
        match item.side {
            Side::Social => score.social += lonely,
            Side::Emotional => score.emotional += lonely,
        }
        score.short += lonely * u8::from(item.short);
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::chance::{Chance, Process};
    use crate::model::quantities::Person;
    use crate::observation::instruments::Tendencies;
    use Answer::{MoreOrLess, No, Yes};

    #[test]
    fn items_have_the_published_sides_and_short_form() {
        let numbers = |wanted: &dyn Fn(&Item) -> bool| -> Vec<usize> {
            ITEMS.iter().enumerate().filter(|(_, item)| wanted(item)).map(|(place, _)| place + 1).collect()
        };
        assert_eq!(numbers(&|item| item.side == Side::Social), [1, 4, 7, 8, 11]);
        assert_eq!(numbers(&|item| item.side == Side::Emotional), [2, 3, 5, 6, 9, 10]);
        assert_eq!(numbers(&|item| item.short), [3, 4, 7, 8, 9, 10]);
    }

    #[test]
    fn hand_scored_sheets_score_the_same() {
        // Who agrees with everything has people and misses people.
        assert_eq!(score(&[Yes; 11]), Score { social: 0, emotional: 6, short: 3 });
        // Who agrees with nothing lacks people and misses none.
        assert_eq!(score(&[No; 11]), Score { social: 5, emotional: 0, short: 3 });
        assert_eq!(score(&[MoreOrLess; 11]), Score { social: 5, emotional: 6, short: 6 });
        let content = [Yes, No, No, Yes, No, No, Yes, Yes, No, No, Yes];
        assert_eq!(score(&content), Score::default());
        let lonely = [No, Yes, Yes, No, Yes, Yes, No, No, Yes, Yes, No];
        assert!(score(&lonely).is_very_strongly_lonely());
        // Items 1 (no), 2 (more or less), 7 (more or less) and 10 (yes) are lonely answers.
        let mixed = [No, MoreOrLess, No, Yes, No, No, MoreOrLess, Yes, No, Yes, Yes];
        assert_eq!(score(&mixed), Score { social: 2, emotional: 2, short: 2 });
    }

    #[test]
    fn cut_offs_are_the_published_ones() {
        let of = |social, emotional| Score { social, emotional, short: 0 };
        assert!(!of(1, 1).is_lonely() && of(1, 2).is_lonely());
        assert!(!of(4, 4).is_strongly_lonely() && of(5, 4).is_strongly_lonely());
        assert!(!of(5, 5).is_very_strongly_lonely() && of(5, 6).is_very_strongly_lonely());
        assert!(!of(1, 6).is_socially_lonely() && of(2, 0).is_socially_lonely());
        assert!(!of(5, 1).is_emotionally_lonely() && of(0, 2).is_emotionally_lonely());
        let short = |short| Score { social: 0, emotional: 0, short };
        assert!(!short(1).is_lonely_on_short_scale() && short(2).is_lonely_on_short_scale());
        assert!(!short(4).is_strongly_lonely_on_short_scale() && short(5).is_strongly_lonely_on_short_scale());
    }

    #[test]
    fn a_larger_deficit_never_gives_a_less_lonely_sheet() {
        let tendencies = Tendencies::new(Chance::new(3).always());
        for who in 0..500 {
            let tendency = tendencies.of(Person(who));
            let mut before = Score::default();
            for step in -40..40 {
                let deficit = step as f32 * 0.1;
                let now = score(&answers(deficit, deficit, &tendency));
                assert!(now.social >= before.social && now.emotional >= before.emotional && now.short >= before.short);
                before = now;
            }
        }
    }

    #[test]
    fn a_typical_population_is_as_lonely_as_the_health_monitor_found() {
        let chance = Chance::new(11).always();
        let tendencies = Tendencies::new(chance);
        let people = 40_000_u64;
        let scores: Vec<Score> = (0..people)
            .map(|who| {
                let mut draw = chance.stream(Process::Traits, who);
                let shared = draw.normal();
                let social = -0.35 + shared;
                let emotional = -0.85 + 0.6 * shared + 0.8 * draw.normal();
                score(&answers(social, emotional, &tendencies.of(Person(who))))
            })
            .collect();
        let percent = |wanted: fn(Score) -> bool| {
            100.0 * scores.iter().filter(|score| wanted(**score)).count() as f64 / people as f64
        };
        for (name, found, published) in [
            ("socially", percent(Score::is_socially_lonely), 43.0),
            ("emotionally", percent(Score::is_emotionally_lonely), 31.0),
            ("lonely", percent(Score::is_lonely), 43.0),
            ("strongly", percent(Score::is_strongly_lonely), 10.0),
        ] {
            assert!((found - published).abs() < 4.0, "{name}: {found:.1} %, published {published} %");
        }
    }
}
