//! The exponential of negative numbers, of many at a time: of each what `libm` gives, bit for bit.
//!
//! `libm` chooses between ways by the size of its number, which the processor does one number at a time. Here all ways are
//! one, with a choice of what to multiply by; a test holds the two against each other.

use pulp::Simd;

use super::AT_ONCE;

/// From here to 0 the way is one; below, results have no room for all their digits.
const LEAST: f32 = -87.0;
/// Half the logarithm of 2, and one and a half: where another power of two is nearer.
const HALF: f32 = f32::from_bits(0x3eb1_7218);
const ONE_AND_A_HALF: f32 = f32::from_bits(0x3f85_1592);
/// Up to here, 2^-13, one and the number is exact enough.
const TINY: f32 = f32::from_bits(0x3900_0000);
/// The logarithm of 2 in two parts, and its inverse.
const LN2_HIGH: f32 = f32::from_bits(0x3f31_7200);
const LN2_LOW: f32 = f32::from_bits(0x35bf_be8e);
const INVERSE_LN2: f32 = f32::from_bits(0x3fb8_aa3b);
/// Of the polynomial.
const P1: f32 = f32::from_bits(0x3e2a_aa8f);
const P2: f32 = f32::from_bits(0xbb35_5215);

/// Puts the exponential of each number in its place.
#[inline(always)]
pub(super) fn raise_wide<S: Simd>(_: S, numbers: &mut [f32; AT_ONCE]) {
    let ordinary = numbers.iter().fold(true, |all, number| all & (LEAST <= *number) & (*number <= 0.0));
    if ordinary {
        for number in numbers {
            *number = raised(*number);
        }
    } else {
        for number in numbers {
            *number = libm::expf(*number);
        }
    }
}

/// The exponential of a number from [`LEAST`] to 0.
#[inline(always)]
fn raised(number: f32) -> f32 {
    let size = -number;
    let nearest = (INVERSE_LN2 * number - 0.5) as i32;
    let power = if size > ONE_AND_A_HALF { nearest } else { 0 - i32::from(size > HALF) };
    let high = number - power as f32 * LN2_HIGH;
    let low = power as f32 * LN2_LOW;
    let rest = high - low;
    let square = rest * rest;
    let c = rest - square * (P1 + square * P2);
    let of_rest = 1.0 + (rest * c / (2.0 - c) - low + high);
    let scale = f32::from_bits(((127 + power) << 23) as u32);
    if size > TINY { of_rest * scale } else { 1.0 + number }
}

#[cfg(test)]
mod tests {
    use super::{LEAST, raise_wide};
    use crate::model::submodels::feel_lonely::AT_ONCE;

    #[test]
    fn exponentials_are_those_of_libm() {
        // Numbers a few thousand steps of their last digit apart, from -0 downwards, past where the way is one.
        let mut bits = 0x8000_0000_u32;
        while f32::from_bits(bits) > LEAST - 20.0 {
            let numbers: [f32; AT_ONCE] = std::array::from_fn(|nth| f32::from_bits(bits + 1409 * nth as u32));
            let mut raised = numbers;
            raise_wide(pulp::Scalar, &mut raised);
            assert_eq!(raised.map(f32::to_bits), numbers.map(|number| libm::expf(number).to_bits()), "{bits:x}");
            bits += 1409 * AT_ONCE as u32;
        }
        let mut other = std::array::from_fn(|nth| [1.0, -200.0, f32::NEG_INFINITY, 0.0][nth % 4]);
        raise_wide(pulp::Scalar, &mut other);
        assert_eq!(other[..4], [libm::expf(1.0), 0.0, 0.0, 1.0]);
    }
}
