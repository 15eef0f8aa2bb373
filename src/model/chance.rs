//! ODD 4 (Stochasticity): every draw is a pure function of (seed, week, process, who).
//!
//! The generator is Philox4x32-10 (Salmon et al. 2011): the seed is its key, and its counter names the draw. No state
//! is carried from one draw to the next, so no draw depends on a thread, on the order of calls, or on how often another
//! process drew. A process that needs one more draw takes the next word of its own stream.

use std::convert::Infallible;

use pulp::{Arch, Simd};

use super::quantities::Person;

/// What a draw is for. The numbers are part of the results: never reuse one, add new ones at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Process {
    /// Setting up homes.
    Homes = 1,
    /// Setting up households and their members.
    Households = 2,
    /// A person's traits.
    Traits = 3,
    /// Ties at the start.
    FirstTies = 4,
    /// Encounters around the home.
    Encounters = 5,
    /// Choice of settings.
    Choose = 6,
    /// Hearing of settings.
    Learn = 7,
    /// Circles within a setting.
    Circles = 8,
    /// What a meeting does.
    Meeting = 9,
    /// Appointments of a tie.
    Appointments = 10,
    /// Contact with a professional.
    Linking = 11,
    /// Needs and who meets them.
    Help = 12,
    /// Asking.
    Asking = 13,
    /// Joining.
    Joining = 14,
    /// Stopping.
    Leaving = 15,
    /// Founding.
    Founding = 16,
    /// Grants.
    Grants = 17,
    /// Professionals' jobs.
    Jobs = 18,
    /// Moving out.
    Moving = 19,
    /// Birth and death.
    LifeEvents = 20,
    /// Policies.
    Policies = 21,
    /// Answers to questionnaires.
    Answers = 22,
    /// Ties outside the neighbourhood.
    Outside = 23,
    /// Campaigns.
    Campaign = 24,
    /// Registration of households.
    Papers = 25,
    /// Which organisers leave an initiative.
    Departures = 27,
    /// Care needs that are sent back to the person's own network.
    SentBack = 31,
    /// Who is a key figure, and whom key figures ask.
    KeyFigures = 33,
    /// Whom a newcomer resembles in origin.
    Sorting = 34,
    /// Nuisance around the home.
    Nuisance = 35,
    /// Rehousing when a building goes.
    Rehousing = 36,
    /// Who is in a class, and who comes to a lesson.
    Course = 38,
    /// Schooling in finer steps, income, how bad worries and limitations are, partners before.
    Background = 41,
    /// Friends and kin outside the neighbourhood.
    Circle = 42,
    /// Who is told of what there is, and of what.
    SocialMap = 29,
    /// Moves and visits between neighbourhoods of a town.
    Town = 43,
}

/// All chance of one world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chance {
    seed: u64,
}

impl Chance {
    /// The chance that belongs to a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The chance of one week.
    #[must_use]
    pub const fn in_week(self, week: i32) -> WeekChance {
        WeekChance { seed: self.seed, week: week as u32 }
    }

    /// The chance that has no week: traits of a person, the lay-out of a building.
    #[must_use]
    pub const fn always(self) -> WeekChance {
        WeekChance { seed: self.seed, week: 0x8000_0000 }
    }
}

/// The chance of one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekChance {
    seed: u64,
    week: u32,
}

impl WeekChance {
    /// The stream of `process` for `who`.
    #[inline]
    #[must_use]
    pub const fn stream(self, process: Process, who: u64) -> Stream {
        Stream {
            key: [self.seed as u32, (self.seed >> 32) as u32],
            counter: [who as u32, (who >> 32) as u32, self.week, (process as u32) << 20],
            words: [0; 4],
            used: 4,
        }
    }

    /// The stream of `process` for a person.
    #[inline]
    #[must_use]
    pub const fn of(self, process: Process, person: Person) -> Stream {
        self.stream(process, person.0)
    }

    /// The first four words of a stream: for draws whose number is known beforehand.
    #[inline(never)]
    #[must_use]
    pub const fn four(self, process: Process, who: u64) -> [u32; 4] {
        let Stream { key, counter, .. } = self.stream(process, who);
        philox(counter, key)
    }

    /// Fills a list with the first four words of `process` for each of these people.
    pub fn fours(self, process: Process, people: impl Iterator<Item = Person>, list: &mut Vec<[u32; 4]>) {
        self.blocks(process, people.map(|person| person.0), list);
    }

    /// Fills eight lists with the first words of `process` for each of these, one list for each word.
    pub fn eights<const N: usize>(self, process: Process, who: &[u64; N], lists: &mut [[u32; N]; 8]) {
        let Stream { key, counter: [.., week, process], .. } = self.stream(process, 0);
        let (first, next) = lists.split_at_mut(4);
        for (nth, lists) in (0..).zip([first, next]) {
            philox_by_word(who, [week, process + nth], key, lists);
        }
    }

    /// Fills a list with the first four words of `process` for each of these: many at a time, as the processor can.
    fn blocks(self, process: Process, mut who: impl Iterator<Item = u64>, list: &mut Vec<[u32; 4]>) {
        let Stream { key, counter: [.., week, process], .. } = self.stream(process, 0);
        list.clear();
        let mut some = [0; AT_ONCE];
        loop {
            let mut count = 0;
            for (place, who) in some.iter_mut().zip(&mut who) {
                *place = who;
                count += 1;
            }
            list.extend_from_slice(&philox_of_many(&some, [week, process], key)[..count]);
            if count < AT_ONCE {
                return;
            }
        }
    }

    /// One 64-bit key of `process` for `who`, to be mixed further with [`mix`].
    #[inline]
    #[must_use]
    pub fn key(self, process: Process, who: u64) -> u64 {
        key_of(self.four(process, who))
    }
}

/// The 64-bit key that the first words of a stream make.
#[inline]
#[must_use]
pub const fn key_of([low, high, ..]: [u32; 4]) -> u64 {
    low as u64 | ((high as u64) << 32)
}

/// A short stream of draws. Implements `rand`'s traits, so every distribution of `rand` works on it.
#[derive(Debug, Clone)]
pub struct Stream {
    key: [u32; 2],
    counter: [u32; 4],
    words: [u32; 4],
    used: usize,
}

impl Stream {
    /// The same stream, of which the first four words are known already.
    #[inline]
    #[must_use]
    pub const fn begun(mut self, words: [u32; 4]) -> Self {
        self.words = words;
        self.counter[3] += 1;
        self.used = 0;
        self
    }

    /// The next 32 random bits.
    #[inline]
    pub fn word(&mut self) -> u32 {
        if self.used == 4 {
            self.refill();
        }
        let word = self.words[self.used & 3];
        self.used += 1;
        word
    }

    /// The next four words. Kept out of [`Self::word`], so that the other three of four draws are no call.
    #[inline(never)]
    fn refill(&mut self) {
        self.words = philox(self.counter, self.key);
        self.counter[3] += 1;
        self.used = 0;
    }

    /// A number in `0..1`, on a grid of 2^-24.
    #[inline]
    pub fn uniform(&mut self) -> f32 {
        unit(self.word())
    }

    /// Whether something of probability `p` happens. Always takes one word.
    #[inline]
    pub fn happens(&mut self, p: f32) -> bool {
        self.uniform() < p
    }

    /// A whole number below `n`; 0 when `n` is 0.
    #[inline]
    pub fn below(&mut self, n: u32) -> u32 {
        below(self.word(), n)
    }

    /// A standard normal number (Box and Muller), with pinned functions so that every machine gives the same.
    #[inline]
    pub fn normal(&mut self) -> f32 {
        let radius = libm::sqrtf(-2.0 * libm::logf(1.0 - self.uniform()));
        radius * libm::cosf(std::f32::consts::TAU * self.uniform())
    }

    /// How often something with this mean happens, by one uniform number: the whole part, and one more by chance.
    ///
    /// Less varied than a Poisson number; used for routines, which are.
    #[inline]
    pub fn about(&mut self, mean: f32) -> u32 {
        about(self.word(), mean)
    }

    /// The place in `weights` that chance picks; weights need not add up to one. 0 when all are 0.
    #[inline]
    pub fn pick(&mut self, weights: &[f32]) -> usize {
        let mut left = self.uniform() * weights.iter().sum::<f32>();
        for (place, weight) in weights.iter().enumerate() {
            if left < *weight {
                return place;
            }
            left -= weight;
        }
        weights.iter().rposition(|weight| *weight > 0.0).unwrap_or(0)
    }
}

impl rand::TryRng for Stream {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from(self.word()) | (u64::from(self.word()) << 32))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            chunk.copy_from_slice(&self.word().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// A number in `0..1` from 32 random bits.
#[inline]
#[must_use]
pub fn unit(bits: u32) -> f32 {
    (bits >> 8) as f32 * (1.0 / 16_777_216.0)
}

/// How often something with this mean happens, from 32 random bits: see [`Stream::about`].
#[inline]
#[must_use]
pub fn about(bits: u32, mean: f32) -> u32 {
    (mean + unit(bits)) as u32
}

/// A whole number below `n` from 32 random bits; 0 when `n` is 0.
#[inline]
#[must_use]
pub const fn below(bits: u32, n: u32) -> u32 {
    ((bits as u64 * n as u64) >> 32) as u32
}

/// Mixes a key with a number into 64 fresh bits (finalizer of `SplitMix64`, Steele et al. 2014).
///
/// Where one person needs a draw for each of many settings or ties, one Philox block gives the key and this the draws,
/// so that another setting more or less moves no other draw.
#[inline]
#[must_use]
pub const fn mix(key: u64, number: u64) -> u64 {
    let mut z = key ^ number.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A person's mark, which stands for the person where pairs draw.
///
/// In a neighbourhood of 2,000 two people share a mark once in some 2,000 neighbourhoods, and then only draw alike with a
/// third.
#[inline]
#[must_use]
pub const fn mark(person: Person) -> u32 {
    (mix(0, person.0) >> 32) as u32
}

/// The same 32 bits for the marks (a, b) and (b, a): both ends of a tie draw alike.
///
/// Two rounds of multiplying and shifting (constants of Mueller's and Wellons' 32-bit mixers) in 32 bits throughout, so
/// that a row of ties is drawn several at a time.
#[inline]
#[must_use]
pub const fn pair_bits(key: u32, a: u32, b: u32) -> u32 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    let mut z = key ^ low.wrapping_mul(0x9e37_79b1);
    z = (z ^ (z >> 15)).wrapping_mul(0x85eb_ca6b);
    z = (z ^ (z >> 13)) ^ high.wrapping_mul(0xc2b2_ae35);
    z = (z ^ (z >> 16)).wrapping_mul(0x7feb_352d);
    z = (z ^ (z >> 15)).wrapping_mul(0x846c_a68b);
    z ^ (z >> 16)
}

/// Philox's multipliers, and what its key grows by each round.
const MULTIPLIERS: [u32; 2] = [0xd251_1f53, 0xcd9e_8d57];
const KEY_STEPS: [u32; 2] = [0x9e37_79b9, 0xbb67_ae85];

/// Philox4x32 with ten rounds.
#[inline]
const fn philox(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    let mut round = 0;
    while round < 10 {
        let first = MULTIPLIERS[0] as u64 * counter[0] as u64;
        let second = MULTIPLIERS[1] as u64 * counter[2] as u64;
        counter = [
            (second >> 32) as u32 ^ counter[1] ^ key[0],
            second as u32,
            (first >> 32) as u32 ^ counter[3] ^ key[1],
            first as u32,
        ];
        key = [key[0].wrapping_add(KEY_STEPS[0]), key[1].wrapping_add(KEY_STEPS[1])];
        round += 1;
    }
    counter
}

/// Streams that are drawn from at once.
const AT_ONCE: usize = 16;

/// Philox of many counters with one key, which differ in their first half: as many side by side as the processor can.
#[pulp::with_simd(philox_of_many = Arch::new())]
#[inline(always)]
fn philox_of_many_wide<S: Simd>(_: S, who: &[u64; AT_ONCE], rest: [u32; 2], key: [u32; 2]) -> [[u32; 4]; AT_ONCE] {
    let [a, b, c, d] = rounds(who, rest, key);
    std::array::from_fn(|lane| [a[lane] as u32, b[lane] as u32, c[lane] as u32, d[lane] as u32])
}

/// The same of a longer list, a multiple of as many, to one list for each of the four words.
#[pulp::with_simd(philox_by_word = Arch::new())]
#[inline(always)]
fn philox_by_word_wide<'a, S: Simd, const N: usize>(
    _: S,
    who: &'a [u64; N],
    rest: [u32; 2],
    key: [u32; 2],
    lists: &'a mut [[u32; N]],
) {
    const { assert!(N.is_multiple_of(AT_ONCE)) };
    for (nth, some) in who.as_chunks().0.iter().enumerate() {
        for (list, words) in lists.iter_mut().zip(rounds(some, rest, key)) {
            for (word, drawn) in list.as_chunks_mut::<AT_ONCE>().0[nth].iter_mut().zip(words) {
                *word = drawn as u32;
            }
        }
    }
}

/// Philox's rounds over some counters, word by word.
#[inline(always)]
fn rounds(who: &[u64; AT_ONCE], rest: [u32; 2], key: [u32; 2]) -> [[u64; AT_ONCE]; 4] {
    // A word of each counter in the low half of 64 bits. What comes to stand in the high halves is never read: a product is
    // of low halves.
    const LOW: u64 = u32::MAX as u64;
    let same = |word: u32| [u64::from(word); AT_ONCE];
    let [mut a, mut b, mut c, mut d] = [*who, who.map(|who| who >> 32), same(rest[0]), same(rest[1])];
    let mut key = key;
    for _ in 0..10 {
        for lane in 0..AT_ONCE {
            let first = u64::from(MULTIPLIERS[0]) * (a[lane] & LOW);
            let second = u64::from(MULTIPLIERS[1]) * (c[lane] & LOW);
            a[lane] = (second >> 32) ^ b[lane] ^ u64::from(key[0]);
            b[lane] = second;
            c[lane] = (first >> 32) ^ d[lane] ^ u64::from(key[1]);
            d[lane] = first;
        }
        key = [key[0].wrapping_add(KEY_STEPS[0]), key[1].wrapping_add(KEY_STEPS[1])];
    }
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn philox_gives_the_published_vectors() {
        // The known-answer tests of Random123 for philox4x32 with 10 rounds.
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(philox([u32::MAX; 4], [u32::MAX; 2]), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]);
        assert_eq!(
            philox([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }

    #[test]
    fn streams_drawn_several_at_a_time_are_drawn_as_one_by_one() {
        let who: [u64; AT_ONCE] = std::array::from_fn(|nth| mix(3, nth as u64));
        let [rest, key] = [[7, 8], [0x9234_5678, 0xfedc_ba98]];
        let one_by_one = who.map(|who| philox([who as u32, (who >> 32) as u32, rest[0], rest[1]], key));
        assert_eq!(philox_of_many(&who, rest, key), one_by_one);
        assert_eq!(philox_of_many_wide(pulp::Scalar, &who, rest, key), one_by_one);
    }

    #[test]
    fn a_draw_more_in_one_process_moves_no_other() {
        let week = Chance::new(7).in_week(3);
        let mut helping = week.stream(Process::Help, 42);
        let before = week.stream(Process::Asking, 42).word();
        for _ in 0..100 {
            helping.word();
        }
        assert_eq!(week.stream(Process::Asking, 42).word(), before);
    }

    #[test]
    fn streams_of_other_seeds_weeks_processes_and_people_differ() {
        let draw = |seed, week, process, who| Chance::new(seed).in_week(week).stream(process, who).word();
        let reference = draw(1, 1, Process::Help, 1);
        assert_ne!(reference, draw(2, 1, Process::Help, 1));
        assert_ne!(reference, draw(1, 2, Process::Help, 1));
        assert_ne!(reference, draw(1, 1, Process::Asking, 1));
        assert_ne!(reference, draw(1, 1, Process::Help, 2));
        assert_ne!(reference, draw(1, 1, Process::Help, 1 << 32));
    }

    #[test]
    fn words_taken_at_once_are_those_of_the_stream() {
        let week = Chance::new(7).in_week(-3);
        let mut stream = week.stream(Process::Encounters, 1 << 40);
        let one_by_one: [u32; 8] = std::array::from_fn(|_| stream.word());
        assert_eq!(week.four(Process::Encounters, 1 << 40), one_by_one[..4]);
        let (mut who, mut lists) = ([7; 2 * AT_ONCE], [[9; 2 * AT_ONCE]; 8]);
        who[AT_ONCE + 1] = 1 << 40;
        week.eights(Process::Encounters, &who, &mut lists);
        assert_eq!(lists.map(|list| list[AT_ONCE + 1]), one_by_one);
        for number in [0, 1, 15, 16, 17, 100] {
            let (people, mut list) = ((0..number).map(|who| Person(who << 50)), vec![[9; 4]; 7]);
            week.fours(Process::Help, people.clone(), &mut list);
            assert_eq!(list, people.map(|person| week.four(Process::Help, person.0)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn normal_numbers_have_mean_zero_and_variance_one() {
        let chance = Chance::new(1).always();
        let draws: Vec<f32> = (0..20_000).map(|who| chance.stream(Process::Traits, who).normal()).collect();
        let mean = draws.iter().sum::<f32>() / 20_000.0;
        let variance = draws.iter().map(|x| (x - mean).powi(2)).sum::<f32>() / 20_000.0;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.04, "mean {mean}, variance {variance}");
    }

    #[test]
    fn a_pair_draws_the_same_from_both_ends() {
        assert_eq!(pair_bits(5, 1, 9), pair_bits(5, 9, 1));
        assert_ne!(pair_bits(5, 1, 9), pair_bits(5, 1, 8));
        assert_ne!(pair_bits(5, 1, 9), pair_bits(6, 1, 9));
    }

    #[test]
    fn pairs_draw_evenly_and_apart_from_each_other() {
        // Marks of people in neighbouring homes, and plain small numbers, which a weak mixer would not scatter.
        let homes: Vec<u32> = (0..200).map(|home| mark(Person::new(home, 0, false, 0))).collect();
        for marks in [homes, (0..200).collect()] {
            let mut pairs = Vec::new();
            for (nth, a) in marks.iter().enumerate() {
                pairs.extend(marks[nth + 1..].iter().map(|b| (*a, *b)));
            }
            let draws =
                |key: u32| -> Vec<f32> { pairs.iter().map(|(a, b)| unit(pair_bits(key, *a, *b)) - 0.5).collect() };
            let (this_week, next_week) = (draws(77), draws(78));
            let n = pairs.len() as f32;
            let mean = this_week.iter().sum::<f32>() / n;
            let variance = this_week.iter().map(|x| x * x).sum::<f32>() / n;
            let over_weeks = this_week.iter().zip(&next_week).map(|(x, y)| x * y).sum::<f32>() / n;
            let along = this_week.windows(2).map(|two| two[0] * two[1]).sum::<f32>() / n;
            // A uniform number has variance 1/12; the standard error of each figure is under 0.001.
            assert!(mean.abs() < 0.008 && (variance - 1.0 / 12.0).abs() < 0.003, "{mean} {variance}");
            assert!(over_weeks.abs() < 0.003 && along.abs() < 0.003, "{over_weeks} {along}");
        }
    }

    #[test]
    fn picking_follows_the_weights() {
        let chance = Chance::new(1).always();
        let thirds = (0..9_000).filter(|who| chance.stream(Process::Traits, *who).pick(&[1.0, 0.0, 2.0]) == 0).count();
        assert!((2_800..3_200).contains(&thirds), "{thirds}");
    }
}
