//! Lists of places of half-ties, of all that there are: where some stand of which something is asked.

/// Lists the places of what is `kept`, which the lowest bit says of each: 64 at a time, for how many there are of a few
/// cannot be foreseen, and each wrong guess costs the processor as much as listing several.
pub fn list_places(kept: &[u8], places: &mut Vec<u32>) {
    places.clear();
    let (whole, rest) = kept.as_chunks();
    let mut last = [0; 64];
    last[..rest.len()].copy_from_slice(rest);
    for (first, some) in (0..).step_by(64).zip(whole.iter().chain([&last])) {
        let mut left = lowest_bits(some);
        places.extend((0..left.count_ones()).map(|_| {
            let place = first + left.trailing_zeros();
            left &= left - 1;
            place
        }));
    }
}

/// The lowest bits of 64 numbers, the first one's lowest.
#[inline]
fn lowest_bits(numbers: &[u8; 64]) -> u64 {
    // Multiplying moves the lowest bit of each of eight into the highest byte, side by side.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    const LOWEST: u64 = 0x0101_0101_0101_0101;
    let (eights, _) = numbers.as_chunks::<8>();
    let bits = eights.iter().map(|eight| (u64::from_le_bytes(*eight) & LOWEST).wrapping_mul(GATHER) >> 56);
    bits.zip((0..).step_by(8)).fold(0, |all, (bits, first)| all | bits << first)
}

/// The places before the end of a row, of those in order that stand behind what was taken before.
#[must_use]
#[inline]
pub fn places_before<'a>(end: usize, places: &'a [u32], from: &mut usize) -> &'a [u32] {
    let rest = &places[*from..];
    let own = rest.iter().take_while(|place| (**place as usize) < end).count();
    *from += own;
    &rest[..own]
}

#[cfg(test)]
mod tests {
    use super::list_places;

    #[test]
    fn the_places_listed_are_those_kept() {
        let mut places = vec![3];
        for (length, step) in [(0, 1), (7, 1), (64, 1), (65, 2), (200, 3), (1_000, 37), (130, 500)] {
            let kept: Vec<u8> = (0..length).map(|place| if place % step == 0 { 0xf1 } else { 0xfe }).collect();
            list_places(&kept, &mut places);
            assert_eq!(places, (0..length as u32).step_by(step).collect::<Vec<_>>());
        }
    }
}
