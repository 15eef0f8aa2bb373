//! Colours for values: from light to dark, and from one side of zero to the other. Both tell apart what colour-blind readers
//! see, and stay in order in grey.

use plotters::style::RGBColor;
use plotters::style::colors::colormaps::{ColorMap, DerivedColorMap};

use super::style::{Colour, WHITE_PAPER};

const BLACK: Colour = (0, 0, 0);
const LEVELS: [RGBColor; 3] = [RGBColor(0xDE, 0xEB, 0xF7), RGBColor(0x6B, 0xAE, 0xD6), RGBColor(0x08, 0x45, 0x8A)];
/// From nearly nothing to the most, on the good side and on the other.
const GOOD: [RGBColor; 2] = [RGBColor(0xC9, 0xE0, 0xF0), RGBColor(0x00, 0x4C, 0x80)];
const OTHER: [RGBColor; 2] = [RGBColor(0xF6, 0xDC, 0xC4), RGBColor(0x8A, 0x3A, 0x00)];

/// Colours of the values between two limits.
pub struct Ramp {
    below: DerivedColorMap<RGBColor>,
    above: DerivedColorMap<RGBColor>,
    /// Where the two meet.
    middle: f64,
    /// The lowest and highest value.
    limits: (f64, f64),
}

impl Ramp {
    /// Light for low, dark for high.
    pub fn of_levels(limits: (f64, f64)) -> Self {
        let map = || DerivedColorMap::new(&LEVELS);
        Self { below: map(), above: map(), middle: limits.0, limits }
    }

    /// One colour for each side of zero, as dark as the value is far from it; blue is the side that is wanted.
    pub fn of_differences(most: f64, less_is_better: bool) -> Self {
        let (below, above) = if less_is_better { (GOOD, OTHER) } else { (OTHER, GOOD) };
        Self {
            below: DerivedColorMap::new(&below),
            above: DerivedColorMap::new(&above),
            middle: 0.0,
            limits: (-most, most),
        }
    }

    /// The lowest and highest value.
    pub fn limits(&self) -> (f64, f64) {
        self.limits
    }

    /// The colour of a value; beyond the limits that of the nearest.
    pub fn colour(&self, value: f64) -> Colour {
        let (map, end) = if value < self.middle { (&self.below, self.limits.0) } else { (&self.above, self.limits.1) };
        let part = ((value - self.middle) / (end - self.middle)).clamp(0.0, 1.0);
        // NaN, where all values are equal, has no colour of its own.
        let RGBColor(red, green, blue) = map.get_color(if part.is_finite() { part as f32 } else { 0.0 });
        (red, green, blue)
    }
}

/// Black or white, whichever reads better on this colour: one of the two always has a contrast of 4.5.
pub fn ink_on(ground: Colour) -> Colour {
    if contrast(BLACK, ground) >= contrast(WHITE_PAPER, ground) { BLACK } else { WHITE_PAPER }
}

/// Contrast between two colours as WCAG 2.2 measures it, 1 to 21.
fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance((red, green, blue): Colour) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { libm::pow((part + 0.055) / 1.055, 2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_well_on_every_colour() {
        let ramps = [Ramp::of_levels((0.0, 1.0)), Ramp::of_differences(1.0, true), Ramp::of_differences(1.0, false)];
        for ramp in ramps {
            for step in -100..=100 {
                let ground = ramp.colour(f64::from(step) / 100.0);
                assert!(contrast(ink_on(ground), ground) >= 4.5, "{step}: {ground:?}");
            }
        }
    }

    #[test]
    fn more_is_darker_and_the_wanted_side_is_blue() {
        let levels = Ramp::of_levels((2.0, 4.0));
        let dark: Vec<f64> = [2.0, 2.5, 3.0, 3.5, 4.0].map(|value| luminance(levels.colour(value))).to_vec();
        assert!(dark.is_sorted_by(|a, b| a > b), "{dark:?}");
        let is_blue = |(red, _, blue): Colour| blue > red;
        let fewer = Ramp::of_differences(2.0, true);
        assert!(is_blue(fewer.colour(-0.1)) && !is_blue(fewer.colour(0.1)));
        let more = Ramp::of_differences(2.0, false);
        assert!(is_blue(more.colour(0.1)) && !is_blue(more.colour(-0.1)));
        assert!(luminance(more.colour(2.0)) < luminance(more.colour(0.5)));
        assert_eq!(more.colour(9.0), more.colour(2.0));
    }
}
