//! Lists of places of half-ties, of all that there are: where some stand of which something is asked.

use std::hint::select_unpredictable as one_of;

use pulp::{Arch, Simd};

/// Half-ties looked for at once.
const SOUGHT_AT_ONCE: usize = 8;
/// Owners written at once: few rows have more that are listed.
const OWNERS_AT_ONCE: usize = 8;

/// Some of the half-ties: where they stand, and in whose rows.
#[derive(Debug, Default)]
pub struct Listed {
    places: Vec<u32>,
    owners: Vec<u32>,
    count: usize,
    /// Which of each 64 half-ties are listed, and how many before them.
    blocks: Vec<(u64, u32)>,
}

impl Listed {
    /// Lists those that are `kept`, which the lowest bit says of each, in rows from a slot on that start here; the last number
    /// says where the last row ends.
    pub fn list(&mut self, kept: &[u8], first_slot: u32, starts: &[u32]) {
        list(self, kept, first_slot, starts);
    }

    /// Where they stand, in order, counted from where the first row starts.
    #[inline]
    #[must_use]
    pub fn places(&self) -> &[u32] {
        &self.places[..self.count]
    }

    /// In whose row each stands.
    #[inline]
    #[must_use]
    pub fn owners(&self) -> &[u32] {
        &self.owners[..self.count]
    }

    /// How many are listed that stand before a place.
    #[inline(always)]
    fn before(&self, place: u32) -> usize {
        let (bits, before) = self.blocks[place as usize / 64];
        (before + (bits & !(u64::MAX << (place % 64))).count_ones()) as usize
    }
}

/// Lists places 64 at a time, for how many there are of a few cannot be foreseen, and each wrong guess costs the processor as
/// much as listing several; for the same reason each row writes its owner over the end of the row, where the next begins.
#[pulp::with_simd(list = Arch::new())]
#[inline(always)]
fn list_wide<'a, S: Simd>(_: S, listed: &'a mut Listed, kept: &'a [u8], first_slot: u32, starts: &'a [u32]) {
    listed.places.resize(kept.len(), 0);
    listed.blocks.clear();
    let (whole, rest) = kept.as_chunks();
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    let mut count = 0;
    for (first, some) in (0..).step_by(64).zip(whole.iter().chain([&last])) {
        let mut left = lowest_bits(some);
        listed.blocks.push((left, count as u32));
        let ones = left.count_ones() as usize;
        for place in &mut listed.places[count..count + ones] {
            *place = first + left.trailing_zeros();
            left &= left - 1;
        }
        count += ones;
    }
    listed.count = count;
    listed.owners.resize(count + 2 * OWNERS_AT_ONCE, 0);
    let Some((first, ends)) = starts.split_first() else { return };
    let mut from = 0;
    for (slot, end) in (first_slot..).zip(ends) {
        let upto = listed.before(*end - *first);
        listed.owners[from..from + OWNERS_AT_ONCE].fill(slot);
        for more in (from + OWNERS_AT_ONCE..upto).step_by(OWNERS_AT_ONCE) {
            listed.owners[more..more + OWNERS_AT_ONCE].fill(slot);
        }
        from = upto;
    }
}

/// Finds where the half-ties stand of slots to others, which are there: several rows are halved at a time, for each half waits
/// only for the one before it in the same row, and without a branch, for which half it is cannot be foreseen.
pub fn find_places(
    (starts, others): (&[u32], &[u32]),
    mut sought: impl Iterator<Item = (u32, u32)>,
    places: &mut Vec<u32>,
) {
    places.clear();
    loop {
        let [mut at, mut left, mut whom] = [[0_u32; SOUGHT_AT_ONCE]; 3];
        let mut count = 0;
        for (slot, other) in sought.by_ref().take(SOUGHT_AT_ONCE) {
            let start = starts[slot as usize];
            (at[count], left[count], whom[count]) = (start, starts[slot as usize + 1] - start, other);
            count += 1;
        }
        let mut most = left.iter().fold(0, |most, left| most.max(*left));
        while most > 1 {
            for ((at, left), whom) in at.iter_mut().zip(&mut left).zip(&whom) {
                let half = *left / 2;
                let middle = *at + half;
                *at = one_of(others[middle as usize] <= *whom, middle, *at);
                *left -= half;
            }
            most -= most / 2;
        }
        places.extend_from_slice(&at[..count]);
        if count < SOUGHT_AT_ONCE {
            return;
        }
    }
}

/// The lowest bits of 64 numbers, the first one's lowest.
#[inline(always)]
#[must_use]
pub fn lowest_bits(numbers: &[u8; 64]) -> u64 {
    // Multiplying moves the lowest bit of each of eight into the highest byte, side by side.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    const LOWEST: u64 = 0x0101_0101_0101_0101;
    let (eights, _) = numbers.as_chunks::<8>();
    let bits = eights.iter().map(|eight| (u64::from_le_bytes(*eight) & LOWEST).wrapping_mul(GATHER) >> 56);
    bits.zip((0..).step_by(8)).fold(0, |all, (bits, first)| all | bits << first)
}

#[cfg(test)]
mod tests {
    use super::{Listed, find_places, list_wide};

    #[test]
    fn the_places_listed_are_those_kept_in_the_rows_where_they_stand() {
        let (mut listed, mut one_by_one) = (Listed::default(), Listed::default());
        for (length, step) in [(0, 1), (7, 1), (64, 1), (65, 2), (200, 3), (1_000, 37), (130, 500)] {
            let kept: Vec<u8> = (0..length).map(|place| if place % step == 0 { 0xf1 } else { 0xfe }).collect();
            // Rows of no, one, two and more half-ties, and a last one of many.
            let mut starts: Vec<u32> = (0..8_u32).map(|row| 5 + (row * row).min(length as u32)).collect();
            starts.push(5 + length as u32);
            listed.list(&kept, 3, &starts);
            list_wide(pulp::Scalar, &mut one_by_one, &kept, 3, &starts);
            for listed in [&listed, &one_by_one] {
                assert_eq!(listed.places(), (0..length as u32).step_by(step).collect::<Vec<_>>());
                for (place, owner) in listed.places().iter().zip(listed.owners()) {
                    let row = *owner as usize - 3;
                    assert!((starts[row]..starts[row + 1]).contains(&(place + 5)), "{place} of {length} in {row}");
                }
            }
        }
    }

    #[test]
    fn half_ties_are_found_where_they_stand() {
        let rows: Vec<Vec<u32>> =
            (0..40_u32).map(|slot| (0..slot * 3 % 41).map(|nth| slot % 5 + 2 * nth).collect()).collect();
        let starts: Vec<u32> = (0..=40).map(|slot| rows[..slot].iter().map(|row| row.len() as u32).sum()).collect();
        let others = rows.concat();
        let sought: Vec<(u32, u32)> =
            (0..40).rev().flat_map(|slot| rows[slot as usize].iter().map(move |other| (slot, *other))).collect();
        let mut places = vec![7; 3];
        for count in [0, 1, 8, 13, sought.len()] {
            find_places((&starts, &others), sought[..count].iter().copied(), &mut places);
            assert_eq!(places.len(), count);
            for ((slot, other), place) in sought.iter().zip(&places) {
                assert!((starts[*slot as usize]..starts[*slot as usize + 1]).contains(place));
                assert_eq!(others[*place as usize], *other);
            }
        }
    }
}
