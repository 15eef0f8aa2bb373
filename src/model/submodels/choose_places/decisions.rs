//! Whether people go to settings of which the utility is worked out: looked at several at a time.

use pulp::{Arch, Simd};

/// Somebody goes, or it takes an exponential to tell; else they stay away.
const GOES: u8 = 1;
const UNCLEAR: u8 = 2;
/// Decisions are looked at by so many: some are made up, for a piece that is not whole would be looked at one by one.
const AT_ONCE: usize = 64;

/// Decisions on settings, each a number drawn, the chance that somebody with an endless pull comes, and the pull.
#[derive(Debug, Default)]
pub struct Decisions {
    draws: Vec<f32>,
    mosts: Vec<f32>,
    pulls: Vec<f32>,
    verdicts: Vec<u8>,
}

impl Decisions {
    /// Forgets the decisions before these.
    pub(super) fn begin(&mut self) {
        self.draws.clear();
        self.mosts.clear();
        self.pulls.clear();
    }

    /// Adds a decision that is left to chance.
    #[inline]
    pub(super) fn add(&mut self, draw: f32, most: f32, pull: f32) {
        self.draws.push(draw);
        self.mosts.push(most);
        self.pulls.push(pull);
    }

    /// Adds one that is taken already.
    #[inline]
    pub(super) fn add_taken(&mut self, goes: bool) {
        self.add(if goes { -1.0 } else { 2.0 }, 1.0, 0.0);
    }

    /// Looks at all that were added.
    pub(super) fn judge(&mut self) {
        let whole = self.pulls.len().next_multiple_of(AT_ONCE);
        for numbers in [&mut self.draws, &mut self.mosts, &mut self.pulls] {
            numbers.resize(whole, 0.0);
        }
        self.verdicts.resize(whole, 0);
        judge(&mut self.verdicts, &self.draws, &self.mosts, &self.pulls);
    }

    /// Whether somebody goes: with the logistic chance of the pull, as far as sessions are held and rules allow.
    #[inline]
    pub(super) fn goes(&self, place: usize) -> bool {
        let verdict = self.verdicts[place];
        if verdict & UNCLEAR != 0 {
            return exactly(self.draws[place], self.mosts[place], self.pulls[place]);
        }
        verdict & GOES != 0
    }
}

/// Judges by an exponential.
fn exactly(draw: f32, most: f32, pull: f32) -> bool {
    pull != f32::NEG_INFINITY && draw < most / (1.0 + libm::expf(-pull))
}

/// Judges nearly all without an exponential, as many at a time as the processor can.
///
/// Between these pulls it is at least this power, and at most one part in a hundred more, since `x - x^2 / 2048 <= 1024 ln(1 +
/// x / 1024) <= x` but for a still smaller part. The margin beside is far more than what rounding can do.
#[pulp::with_simd(judge = Arch::new())]
#[inline(always)]
fn judge_wide<'a, S: Simd>(_: S, verdicts: &'a mut [u8], draws: &'a [f32], mosts: &'a [f32], pulls: &'a [f32]) {
    for ((verdict, draw), (most, pull)) in verdicts.iter_mut().zip(draws).zip(mosts.iter().zip(pulls)) {
        let mut power = 1.0 - pull / 1024.0;
        for _ in 0..10 {
            power *= power;
        }
        let (stays, goes) = (draw * (1.0 + power) > 1.0005 * most, draw * (1.0 + 1.01 * power) < 0.9995 * most);
        // Who cannot be drawn at all stays.
        let is_clear = (pull.abs() < 4.0) & (stays | goes) | (*pull == f32::NEG_INFINITY);
        *verdict = if is_clear { u8::from(goes & (*pull > -4.0)) * GOES } else { UNCLEAR };
    }
}

#[cfg(test)]
mod tests {
    use super::{Decisions, exactly, judge_wide};

    #[test]
    fn what_is_seen_without_an_exponential_is_what_the_exponential_says() {
        let mut decisions = Decisions::default();
        decisions.begin();
        for pull in (-2_000..500).map(|pull| pull as f32 / 100.0).chain([f32::NEG_INFINITY, -1e30]) {
            for most in [0.0, 0.01, 0.4, 1.0] {
                let chance: f32 = if pull == f32::NEG_INFINITY { 0.0 } else { most / (1.0 + libm::expf(-pull)) };
                let close = [0.98, 0.99, 0.995, 0.999, 1.001, 1.005, 1.01, 1.02].map(|part| part * chance);
                let around = [chance.next_down(), chance, chance.next_up()].into_iter().chain(close);
                for draw in (0..100).map(|draw| draw as f32 / 100.0).chain(around).filter(|draw| *draw >= 0.0) {
                    decisions.add(draw, most, pull);
                    assert_eq!(exactly(draw, most, pull), draw < chance);
                }
            }
        }
        let number = decisions.pulls.len();
        decisions.add_taken(true);
        decisions.add_taken(false);
        decisions.judge();
        assert!(decisions.goes(number) && !decisions.goes(number + 1));
        for place in 0..number {
            let [draw, most, pull] =
                [&decisions.draws, &decisions.mosts, &decisions.pulls].map(|numbers| numbers[place]);
            assert_eq!(decisions.goes(place), exactly(draw, most, pull), "draw {draw}, most {most}, pull {pull}");
        }
        let mut one_by_one = vec![9; decisions.verdicts.len()];
        let Decisions { draws, mosts, pulls, verdicts } = &decisions;
        judge_wide(pulp::Scalar, &mut one_by_one, draws, mosts, pulls);
        assert_eq!(verdicts, &one_by_one);
    }
}
