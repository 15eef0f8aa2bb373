//! The plain kernel that all live: its numbers, its start network, its rules and what must come out alike.
//!
//! Each tie is a contact this week with probability equal to its strength; contacted ties move 5 % towards 1, others lose
//! 2 %; loneliness moves 10 % towards the shortfall of contacts.

use std::fmt;
use std::time::Instant;

use cpu_time::ProcessTime;
use serde_json::{Value, json};

/// Weeks lived with the clock running.
pub const WEEKS: i32 = 52;
/// Residents of a neighbourhood; ties do not leave it, since in noaber's model they cannot.
pub const NEIGHBOURHOOD: u64 = 2_000;
/// Ties that each resident gives; as many are received on average, so that the mean degree is twice this.
pub const GIVEN: u64 = 6;
/// The first tie goes to one of the next so many residents, the second to one of the so many after these, and so on.
pub const REACH: u64 = 50;
/// Part of the way to full strength that a contact brings.
pub const GAIN: f32 = 0.05;
/// Part of its strength that a tie loses in a week without contact.
pub const LOSS: f32 = 0.02;
/// Part of the way to the shortfall of contacts that loneliness goes in a week.
pub const STEP: f32 = 0.1;
/// Contacts a week that a resident wants.
pub const WANTED: f32 = 12.0;
/// Loneliness at the start.
pub const LONELY: f32 = 0.5;
/// How far from the middle of all a mean may lie after the last week. At 10,000 residents the standard error of mean strength
/// is 0.0005 and of mean loneliness 0.0006. A gain or loss that is off by a tenth moves both by 0.01 to 0.03; a week more or
/// less, or a step that is off by a tenth, moves loneliness by 0.003 to 0.004.
pub const TOLERANCE: f64 = 0.003;

/// The same numbers for programs in other languages.
pub fn as_json() -> Value {
    json!({
        "weeks": WEEKS, "neighbourhood": NEIGHBOURHOOD, "given": GIVEN, "reach": REACH, "gain": GAIN, "loss": LOSS,
        "step": STEP, "wanted": WANTED, "lonely": LONELY,
    })
}

/// A tie at the start. The lower end of the pair may be either.
#[derive(Debug, Clone, Copy)]
pub struct Tie {
    pub a: u32,
    pub b: u32,
    pub strength: f32,
}

/// The start network: the same ties for all, by a rule that is written in Python too.
///
/// The `nth` tie of resident `a` goes `1 + 50 nth` to `50 + 50 nth` residents further round the neighbourhood; no pair
/// comes twice, since none of these ways is half the way round.
pub fn start(residents: u64) -> impl Iterator<Item = Tie> {
    (0..residents).flat_map(|a| {
        let first = a / NEIGHBOURHOOD * NEIGHBOURHOOD;
        (0..GIVEN).map(move |nth| {
            let bits = mix(a * GIVEN + nth);
            let further = 1 + REACH * nth + (bits >> 40) % REACH;
            let b = first + (a - first + further) % NEIGHBOURHOOD;
            Tie { a: a as u32, b: b as u32, strength: (bits & 0xff_ffff) as f32 / 16_777_216.0 }
        })
    })
}

/// The finalizer of SplitMix64 (Steele et al. 2014).
const fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Strength of a tie after a week.
#[inline]
pub fn after(strength: f32, contact: bool) -> f32 {
    if contact { strength + GAIN * (1.0 - strength) } else { strength - LOSS * strength }
}

/// Loneliness after a week with so many contacts.
#[inline]
pub fn feel(lonely: f32, contacts: u32) -> f32 {
    lonely + STEP * ((1.0 - contacts as f32 / WANTED).max(0.0) - lonely)
}

/// Measures all weeks of a run, building excluded.
pub struct Clock {
    wall: Instant,
    processor: ProcessTime,
}

impl Clock {
    /// Starts it.
    pub fn start() -> Self {
        Self { wall: Instant::now(), processor: ProcessTime::now() }
    }

    /// Stops it.
    pub fn stop(&self) -> Spent {
        Spent { seconds: self.wall.elapsed().as_secs_f64(), processor: self.processor.elapsed().as_secs_f64() }
    }
}

/// Time that a run took.
#[derive(Debug, Clone, Copy)]
pub struct Spent {
    /// Seconds on the clock.
    pub seconds: f64,
    /// Seconds of processor time, those of all threads added.
    pub processor: f64,
}

/// What a run tells.
#[derive(Debug, Clone, Copy)]
pub struct Outcome {
    /// Time for all weeks.
    pub spent: Spent,
    /// Ties, each counted once.
    pub ties: u64,
    /// Mean strength of ties after the last week, or nothing for a run that is not of the plain kernel.
    pub strength: Option<f64>,
    /// Mean loneliness of residents after the last week.
    pub lonely: Option<f64>,
}

impl Outcome {
    /// From the end state of a run of the plain kernel; each tie is given once, or each twice.
    pub fn of(
        spent: Spent,
        strengths: impl Iterator<Item = f32>,
        lonely: impl Iterator<Item = f32>,
        twice: bool,
    ) -> Self {
        let (ties, strength) = mean(strengths);
        let ties = if twice { ties / 2 } else { ties };
        Self { spent, ties, strength: Some(strength), lonely: Some(mean(lonely).1) }
    }
}

fn mean(values: impl Iterator<Item = f32>) -> (u64, f64) {
    let (count, sum) = values.fold((0, 0.0), |(count, sum), value| (count + 1, sum + f64::from(value)));
    (count, sum / count as f64)
}

/// One line, that Python programs print too; what is not of the kernel is a dash.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let or_dash = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
        write!(
            f,
            "outcome {} {} {} {} {}",
            self.spent.seconds,
            self.spent.processor,
            self.ties,
            or_dash(self.strength),
            or_dash(self.lonely)
        )
    }
}

impl Outcome {
    /// Reads such a line, if it is one.
    pub fn read(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix("outcome ")?.split(' ');
        let spent = Spent { seconds: words.next()?.parse().ok()?, processor: words.next()?.parse().ok()? };
        let ties = words.next()?.parse().ok()?;
        let mut mean = || words.next().map(|word| word.parse().ok());
        Some(Self { spent, ties, strength: mean()?, lonely: mean()? })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn all_start_with_twelve_ties_each_on_average_none_twice_and_none_across_neighbourhoods() {
        let residents = 3 * NEIGHBOURHOOD;
        let mut pairs = BTreeSet::new();
        for tie in start(residents) {
            assert_eq!(u64::from(tie.a) / NEIGHBOURHOOD, u64::from(tie.b) / NEIGHBOURHOOD);
            assert!(tie.a != tie.b && (0.0..1.0).contains(&tie.strength), "{tie:?}");
            pairs.insert((tie.a.min(tie.b), tie.a.max(tie.b)));
        }
        assert_eq!(pairs.len() as u64, residents * GIVEN);
    }

    #[test]
    fn what_a_run_prints_is_what_is_read_again() {
        let spent = Spent { seconds: 1.25, processor: 2.0 };
        for strength in [None, Some(0.73)] {
            let line = Outcome { spent, ties: 60_000, strength, lonely: strength }.to_string();
            assert_eq!(Outcome::read(&line).map(|again| again.to_string()), Some(line));
        }
        assert!(Outcome::read("outcome 1.0 2.0 ties").is_none());
    }
}
