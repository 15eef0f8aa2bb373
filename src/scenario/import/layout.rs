//! Where neighbourhoods lie when nobody said so: those of one district together, each on the ground that its homes take.
//!
//! All of it is assumed. It keeps what is near apart from what is far, and nothing else.

use super::density;
use super::estimate::Estimate;

/// How much wider a row is than a square with the same ground, so that what does not fill its row still fits.
const WIDER: f64 = 1.1;

/// A middle, metres to the east and to the north.
pub(super) type Spot = [f64; 2];

/// The middle of each neighbourhood; they stand in the order of their codes.
pub(super) fn assumed(neighbourhoods: &[Estimate]) -> Vec<Spot> {
    let districts: Vec<&[Estimate]> = neighbourhoods.chunk_by(|a, b| district(a) == district(b)).collect();
    let within: Vec<(Vec<Spot>, Spot)> =
        districts.iter().map(|all| in_rows(&all.iter().map(|one| [side(one); 2]).collect::<Vec<_>>())).collect();
    let sizes: Vec<Spot> = within.iter().map(|(_, size)| *size).collect();
    let (middles, _) = in_rows(&sizes);
    let spots = within.iter().zip(middles).flat_map(|((spots, [width, height]), [x, y])| {
        // Within a district they are counted from its upper left corner.
        spots.iter().map(move |spot| [x - width / 2.0 + spot[0], y + height / 2.0 + spot[1]])
    });
    spots.collect()
}

/// All of them counted from their mean, in whole metres.
pub(super) fn around_the_mean(spots: &[Spot]) -> Vec<[i64; 2]> {
    let mean: [f64; 2] =
        std::array::from_fn(|axis| spots.iter().map(|spot| spot[axis]).sum::<f64>() / spots.len().max(1) as f64);
    spots.iter().map(|spot| std::array::from_fn(|axis| (spot[axis] - mean[axis]).round() as i64)).collect()
}

/// Letters of a code that are those of its district.
fn district(estimate: &Estimate) -> &str {
    estimate.code.get(..8).unwrap_or(&estimate.code)
}

/// Metres along a square that has the ground of all homes.
fn side(estimate: &Estimate) -> f64 {
    (f64::from(estimate.homes()) * density::ground(estimate.addresses)).sqrt()
}

/// Puts rectangles beside each other in rows about as long as there are rows: the middle of each, counted from the upper left
/// corner, and the size of the whole.
fn in_rows(sizes: &[Spot]) -> (Vec<Spot>, Spot) {
    let ground: f64 = sizes.iter().map(|[width, height]| width * height).sum();
    let widest = sizes.iter().map(|[width, _]| *width).fold(0.0, f64::max);
    let row = (WIDER * ground.sqrt()).max(widest);
    let (mut x, mut top, mut lowest, mut longest) = (0.0, 0.0, 0.0_f64, 0.0_f64);
    let mut middles = Vec::with_capacity(sizes.len());
    for [width, height] in sizes {
        if x > 0.0 && x + width > row {
            (x, top) = (0.0, lowest);
        }
        middles.push([x + width / 2.0, top - height / 2.0]);
        x += width;
        (lowest, longest) = (lowest.min(top - height), longest.max(x));
    }
    (middles, [longest, -lowest])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nothing_lies_over_anything_else_nor_outside_the_whole(
            sizes in prop::collection::vec([10.0_f64..2000.0, 10.0_f64..2000.0], 1..40),
        ) {
            let (middles, [width, height]) = in_rows(&sizes);
            let apart = |a: usize, b: usize, axis: usize| {
                (middles[a][axis] - middles[b][axis]).abs() >= f64::midpoint(sizes[a][axis], sizes[b][axis]) - 1e-6
            };
            for (one, [x, y]) in middles.iter().enumerate() {
                prop_assert!((0..one).all(|other| apart(one, other, 0) || apart(one, other, 1)));
                prop_assert!(*x >= 0.0 && *x <= width && *y <= 0.0 && -y <= height);
            }
        }

        #[test]
        fn counted_from_their_mean_the_middles_keep_their_distances(
            spots in prop::collection::vec([0.0_f64..280_000.0, 300_000.0_f64..620_000.0], 1..40),
        ) {
            let found = around_the_mean(&spots);
            for axis in 0..2 {
                let sum: i64 = found.iter().map(|spot| spot[axis]).sum();
                prop_assert!(sum.unsigned_abs() as usize <= spots.len());
                for (a, b) in found.iter().zip(&spots) {
                    let moved = (a[axis] - found[0][axis]) as f64 - (b[axis] - spots[0][axis]);
                    prop_assert!(moved.abs() <= 1.0);
                }
            }
        }
    }
}
