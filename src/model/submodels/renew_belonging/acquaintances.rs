//! How many people outside the household each resident knows, by face or better: counted for all rows at once.
//!
//! Half-ties are noted several at a time, and counted by eight; where a row begins and ends it takes two looks to say how
//! many stand before. So nothing depends on how long a row is, which cannot be foreseen.

use pulp::{Arch, Simd};

use crate::model::neighbourhood::network::{HalfTie, Network};

/// One of each of eight bytes.
const EACH: u64 = 0x0101_0101_0101_0101;
/// A half-tie to somebody outside the household, and to somebody of them who is known; eight of each have room in a byte.
const OUTSIDE: u8 = 1;
const KNOWN: u8 = 16;

/// The half-ties of a neighbourhood, counted.
#[derive(Debug, Default)]
pub struct Acquaintances {
    /// What each half-tie counts for, with some more that count for nothing.
    counting: Vec<u8>,
    /// How many are before each eight: outside the household in the low half, known in the high half.
    before: Vec<u64>,
}

impl Acquaintances {
    /// Counts all half-ties; from this strength on somebody is known.
    pub(super) fn count(&mut self, network: &Network, known_from: f32) {
        let ties = network.half_ties();
        self.counting.clear();
        // One eight more than are full, where the last row ends.
        self.counting.resize((ties.len() / 8 + 1) * 8, 0);
        note(&mut self.counting[..ties.len()], ties.strengths(), ties.flags(), known_from);
        self.before.clear();
        let mut sum = 0;
        self.before.extend(self.counting.as_chunks::<8>().0.iter().map(|eight| {
            let before = sum;
            sum += of_eight(u64::from_le_bytes(*eight));
            before
        }));
    }

    /// How many stand before a place among all half-ties, in both halves.
    #[inline]
    pub(super) fn before(&self, place: usize) -> u64 {
        let eight = u64::from_le_bytes(self.counting.as_chunks::<8>().0[place / 8]);
        self.before[place / 8] + of_eight(eight & !(u64::MAX << (8 * (place % 8))))
    }
}

/// Both counts that are in one number.
#[inline]
pub(super) const fn outside_and_known(both: u64) -> (u16, u16) {
    (both as u16, (both >> 32) as u16)
}

/// Adds eight half-ties up.
#[inline]
const fn of_eight(eight: u64) -> u64 {
    let sums = eight.wrapping_mul(EACH) >> 56;
    (sums % KNOWN as u64) | (sums / KNOWN as u64) << 32
}

/// Notes what half-ties count for, of as many at a time as the processor can.
#[pulp::with_simd(note = Arch::new())]
#[inline(always)]
fn note_wide<'a, S: Simd>(_: S, counting: &'a mut [u8], strengths: &'a [f32], flags: &'a [u8], known_from: f32) {
    for (counting, (strength, flags)) in counting.iter_mut().zip(strengths.iter().zip(flags)) {
        let outside = u8::from(flags & HalfTie::HOUSEHOLD == 0);
        let known = outside & u8::from(*strength >= known_from);
        *counting = (outside * OUTSIDE) | (known * KNOWN);
    }
}

#[cfg(test)]
mod tests {
    use super::{Acquaintances, note, note_wide, outside_and_known};
    use crate::model::neighbourhood::network::{HalfTie, Network, TieOrigin};

    #[test]
    fn rows_counted_at_once_are_those_counted_one_by_one() {
        let tie = |a: u32, b: u32| {
            let flags = if (a + b).is_multiple_of(5) { HalfTie::HOUSEHOLD } else { HalfTie::NEAR };
            (a, HalfTie::new(b, ((a * b) % 10) as f32 / 10.0, 0, TieOrigin::STREET, flags))
        };
        let ties = (0..60).flat_map(|a| (a + 1..60).filter(move |b| (a * 7 + b) % 4 == 0).map(move |b| tie(a, b)));
        let network = Network::from_ties(61, ties);
        let mut all = Acquaintances::default();
        // A used one, too.
        for _ in 0..2 {
            all.count(&network, 0.5);
            for slot in 0..61 {
                let row = network.row(slot);
                let outside = || network.of(slot).iter().filter(|tie| !tie.is_household());
                let known = outside().filter(|tie| tie.strength >= 0.5).count();
                let counted = outside_and_known(all.before(row.end) - all.before(row.start));
                assert_eq!(counted, (outside().count() as u16, known as u16), "{slot}");
            }
        }
        let (rows, mut one_by_one) = (network.half_ties(), vec![7; network.ties() * 2]);
        let mut at_once = one_by_one.clone();
        note_wide(pulp::Scalar, &mut one_by_one, rows.strengths(), rows.flags(), 0.5);
        note(&mut at_once, rows.strengths(), rows.flags(), 0.5);
        assert_eq!(at_once, one_by_one);
    }
}
