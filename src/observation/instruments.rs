//! The field's own scales, answered by each resident from what that resident feels.
//!
//! Answers follow from item-response models: a resident gives the stronger answer when the felt level, times how sharply
//! the item tells levels apart, exceeds the item's threshold plus the resident's own *tendency* on that item. The
//! tendency is drawn once for each person and item and never again. Therefore answers move only when the state moves,
//! and somebody in two worlds in the same state answers alike. Items have the same parameters for everybody:
//! differences between groups come from how the groups fare.

pub mod cohesion;
pub mod health;
pub mod loneliness;

use std::sync::LazyLock;

use crate::model::chance::{Process, WeekChance, mix};
use crate::model::neighbourhood::resident::State;
use crate::model::quantities::Person;

/// Items on which residents have a tendency: 11 of loneliness, 6 of cohesion, 1 each of trust, safety, pride, health and
/// staying at home.
pub const TENDENCIES: usize = TRUST + 5;
/// Places of the last five.
const TRUST: usize = loneliness::ITEMS.len() + cohesion::ITEMS.len();
const SAFE: usize = TRUST + 1;
const PROUD: usize = TRUST + 2;
const WELL: usize = TRUST + 3;
const STAYS: usize = TRUST + 4;
/// Ten random bits choose among this many levels of tendency.
const LEVELS: usize = 1 << 10;
/// Tendencies that one word of 64 random bits serves.
const PER_WORD: usize = 6;

/// How strongly the question about trust tells levels of trust apart (assumed: 26 % say yes at 0.4, 93 % at 0.85).
const TRUST_DISCRIMINATION: f32 = 8.0;
/// Level of trust at which half say that most people can be trusted (assumed: 64 % yes at trust 0.6).
const TRUST_THRESHOLD: f32 = 0.55;

/// Log-odds to feel safe of somebody who met no nuisance, has no words with neighbours and trusts nobody; per incident a
/// year, by words with a neighbour every week, by full trust (assumed, such that about 85 % feel safe: Veiligheidsmonitor
/// 2021, 14 % at times feels unsafe in the neighbourhood).
const SAFE_LEVEL: f32 = 0.9;
const SAFE_WEIGHTS: [f32; 3] = [-0.5, 0.8, 1.6];

/// How strongly the question about pride tells levels of pride apart, and the level at which half are proud (assumed).
const PRIDE_DISCRIMINATION: f32 = 8.0;
const PRIDE_THRESHOLD: f32 = 0.5;

/// Incidents a year, as a fading sum, from which somebody met nuisance "in the past year": see [`HELPED`].
pub const MET_NUISANCE: f32 = 0.367;

/// Weeks of contact out of all recent weeks, from which somebody says "at least weekly": the more usual answer.
pub const WEEKLY: f32 = 0.7;
/// Words with neighbours a week, from which somebody says "(almost) daily": most days (assumed).
pub const DAILY: f32 = 4.0;
/// Upper borders of the first four fifths of comparable household income, hundreds of euros a year: fifths of the model's Dutch
/// mix of neighbourhoods.
pub const INCOME_FIFTHS: [u16; 4] = [206, 272, 339, 425];

/// In which fifth of incomes a household lies, 1 to 5.
#[must_use]
pub fn income_fifth(income: u16) -> usize {
    1 + INCOME_FIFTHS.iter().filter(|border| income >= **border).count()
}
/// Visits a week that make "at least monthly".
pub const MONTHLY: f32 = 0.23;
/// Weeks that the question about volunteering looks back.
pub const VOLUNTEERING_WEEKS: i32 = 52;
/// Helpings a year from which somebody is needed for it (assumed: every other month).
pub const HELPED_OFTEN: f32 = 6.0;
/// Helpings, or asks, a year, as a fading mean, from which somebody helped, or was asked, "in the past year": one helping a year ago has faded
/// to 1/e of itself in a memory of one year.
pub const HELPED: f32 = 0.367;

/// Draws residents' tendencies.
#[derive(Debug, Clone, Copy)]
pub struct Tendencies {
    chance: WeekChance,
    log_odds: &'static [f32; LEVELS],
}

/// Log-odds of the middles of `LEVELS` equal parts of chance: reading is cheaper than a logarithm for each answer.
static LOG_ODDS: LazyLock<[f32; LEVELS]> = LazyLock::new(|| {
    std::array::from_fn(|level| {
        let part = (level as f32 + 0.5) / LEVELS as f32;
        libm::logf(part / (1.0 - part))
    })
});

/// One resident's tendency on each item, in log-odds: high is slow to agree. Logistic over people, independent over items.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tendency(pub [f32; TENDENCIES]);

impl Tendencies {
    /// The tendencies of everybody in a world, from its chance that has no week.
    #[must_use]
    pub fn new(always: WeekChance) -> Self {
        Self { chance: always, log_odds: &LOG_ODDS }
    }

    /// One resident's.
    #[inline]
    #[must_use]
    pub fn of(&self, person: Person) -> Tendency {
        let key = self.chance.key(Process::Answers, person.0);
        let mut tendency = [0.0; TENDENCIES];
        for (number, items) in tendency.chunks_mut(PER_WORD).enumerate() {
            let mut bits = mix(key, number as u64);
            for item in items {
                *item = self.log_odds[bits as usize % LEVELS];
                bits >>= 10;
            }
        }
        Tendency(tendency)
    }
}

impl Tendency {
    /// On the eleven items of loneliness.
    #[inline]
    #[must_use]
    pub fn loneliness(&self) -> &[f32] {
        &self.0[..loneliness::ITEMS.len()]
    }

    /// On the six items of cohesion.
    #[inline]
    #[must_use]
    pub fn cohesion(&self) -> &[f32] {
        &self.0[loneliness::ITEMS.len()..TRUST]
    }

    /// To call the own health good, and to manage at home.
    #[inline]
    #[must_use]
    pub fn health(&self) -> (f32, f32) {
        (self.0[WELL], self.0[STAYS])
    }
}

/// Whether somebody says that most people can be trusted.
#[inline]
#[must_use]
pub fn trusts(trust: f32, tendency: &Tendency) -> bool {
    TRUST_DISCRIMINATION * (trust - TRUST_THRESHOLD) > tendency.0[TRUST]
}

/// Whether somebody feels safe in the neighbourhood.
#[inline]
#[must_use]
pub fn feels_safe(state: &State, tendency: &Tendency) -> bool {
    let [nuisance, neighbours, trust] = SAFE_WEIGHTS;
    let pull = SAFE_LEVEL + nuisance * state.nuisance + neighbours * state.neighbour_weeks + trust * state.trust;
    pull > tendency.0[SAFE]
}

/// Whether somebody is proud of the neighbourhood.
#[inline]
#[must_use]
pub fn is_proud(pride: f32, tendency: &Tendency) -> bool {
    PRIDE_DISCRIMINATION * (pride - PRIDE_THRESHOLD) > tendency.0[PROUD]
}

/// Whether somebody says to have volunteered in the past twelve months.
#[inline]
#[must_use]
pub fn volunteered(state: &State, week: i32) -> bool {
    state.volunteers_here()
        || state.volunteers_elsewhere
        || week.saturating_sub(state.last_volunteered) <= VOLUNTEERING_WEEKS
}

/// Whether somebody is needed here: asked in person or helping often in the past year, or volunteering now.
#[inline]
#[must_use]
pub fn needed(state: &State) -> bool {
    state.volunteers_here() || state.helped >= HELPED_OFTEN || state.asked >= HELPED
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::chance::Chance;

    #[test]
    fn a_person_answers_alike_in_every_world_of_one_seed() {
        let here = Tendencies::new(Chance::new(5).always());
        let there = Tendencies::new(Chance::new(5).always());
        let person = Person::new(12, 3, false, 1);
        assert_eq!(here.of(person), there.of(person));
        assert_ne!(here.of(person), here.of(person.housemate(2)));
        assert_ne!(here.of(person), Tendencies::new(Chance::new(6).always()).of(person));
    }

    #[test]
    fn tendencies_are_logistic_and_independent_of_each_other() {
        let tendencies = Tendencies::new(Chance::new(1).always());
        let people: Vec<Tendency> = (0..20_000).map(|who| tendencies.of(Person(who))).collect();
        let mean = |item: usize| people.iter().map(|t| t.0[item]).sum::<f32>() / 20_000.0;
        for item in 0..TENDENCIES {
            let variance = people.iter().map(|t| t.0[item].powi(2)).sum::<f32>() / 20_000.0;
            // The variance of the logistic distribution is pi squared over three.
            assert!(mean(item).abs() < 0.06 && (variance - 3.29).abs() < 0.2, "item {item}: {} {variance}", mean(item));
            if item > 0 {
                let together = people.iter().map(|t| t.0[item] * t.0[item - 1]).sum::<f32>() / 20_000.0;
                assert!(together.abs() / 3.29 < 0.03, "items {item} and the one before: {together}");
            }
        }
    }

    #[test]
    fn about_as_many_trust_people_as_trust_is_high() {
        let tendencies = Tendencies::new(Chance::new(1).always());
        let share = |trust| {
            let yes = (0..10_000).filter(|who| trusts(trust, &tendencies.of(Person(*who)))).count();
            yes as f32 / 10_000.0
        };
        assert!((share(0.6) - 0.6).abs() < 0.03, "{}", share(0.6));
        assert!(share(0.4) < 0.36 && share(0.85) > 0.83);
    }

    #[test]
    fn somebody_who_never_volunteered_did_not_last_year() {
        use crate::model::neighbourhood::resident::Traits;
        let never = State::newcomer(&Traits::EMPTY);
        assert!(!volunteered(&never, 100));
        assert!(volunteered(&State { last_volunteered: 48, ..never }, 100));
        assert!(!volunteered(&State { last_volunteered: 47, ..never }, 100));
        assert!(volunteered(&State { volunteers_elsewhere: true, ..never }, 100));
        assert!(volunteered(&State { volunteers_with: 0, ..never }, 100));
    }
}
