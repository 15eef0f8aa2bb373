//! Panels with axes: limits that hold everything, and round ticks whose labels keep apart.

use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

use super::SCALE;
use super::font::width_of;
use super::style::Frame;

/// How far the label of a tick may stick out beside its axes, pixels; what stands beside them keeps further away.
pub const OVERHANG: f64 = 12.0;

/// Axes on a part of the sheet. The limits of both are chosen by the caller with [`limits`], which leaves room.
#[derive(Clone)]
pub struct Panel {
    /// The part of the sheet.
    pub frame: Frame,
    x: RangedCoordf64,
    y: RangedCoordf64,
}

impl Panel {
    /// Axes from left to right and from bottom to top.
    pub fn new(frame: Frame, x: (f64, f64), y: (f64, f64)) -> Self {
        Self { frame, x: (x.0..x.1).into(), y: (y.0..y.1).into() }
    }

    /// The horizontal place of a value, pixels.
    pub fn x(&self, value: f64) -> f64 {
        f64::from(self.x.map(&value, ((self.frame.left * SCALE) as i32, (self.frame.right * SCALE) as i32))) / SCALE
    }

    /// The vertical place of a value, pixels.
    pub fn y(&self, value: f64) -> f64 {
        f64::from(self.y.map(&value, ((self.frame.bottom * SCALE) as i32, (self.frame.top * SCALE) as i32))) / SCALE
    }

    /// Round values along the horizontal axis: as many as leave room between their labels, which `label` makes from a
    /// value and the step, in letters of this size; at most `most`.
    pub fn x_ticks(&self, most: usize, size: f64, label: impl Fn(f64, f64) -> String) -> Ticks {
        let apart = |ticks: &Ticks| {
            let half = |value: f64| width_of(&label(value, ticks.step), size, false) / 2.0;
            let inside = |value: &f64| {
                let (x, half) = (self.x(*value), half(*value));
                x - half >= self.frame.left - OVERHANG && x + half <= self.frame.right + OVERHANG
            };
            ticks.values.iter().all(inside)
                && ticks
                    .values
                    .windows(2)
                    .all(|pair| self.x(pair[0]) + half(pair[0]) + 5.0 <= self.x(pair[1]) - half(pair[1]))
        };
        let fitting = (2..=most).rev().map(|most| Ticks::within(self.x.range(), most)).find(apart);
        // Where not even two fit, zero or the first stands alone.
        fitting.unwrap_or_else(|| {
            let Ticks { step, values } = Ticks::within(self.x.range(), 2);
            let alone = values.iter().copied().find(|value| *value == 0.0).or_else(|| values.first().copied());
            Ticks { step, values: alone.into_iter().collect() }
        })
    }

    /// Round values along the vertical axis, at most `most` of them.
    pub fn y_ticks(&self, most: usize) -> Ticks {
        Ticks::within(self.y.range(), most)
    }
}

/// Round values along an axis. plotters has its own, but leaves a short axis with one value or none.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    /// From one to the next: 1, 2 or 5 times a power of ten.
    pub step: f64,
    /// In rising order.
    pub values: Vec<f64>,
}

impl Ticks {
    /// As many as fit, at most `most` and at least two where the range allows it.
    fn within(range: std::ops::Range<f64>, most: usize) -> Self {
        let width = range.end - range.start;
        if !(width.is_finite() && width > 0.0) {
            return Self { step: 1.0, values: Vec::new() };
        }
        let least = libm::floor(libm::log10(width)) as i32 - 3;
        let steps =
            (least..least + 6).flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * libm::pow(10.0, f64::from(power))));
        let ends = |step: f64| (libm::ceil(range.start / step) as i64, libm::floor(range.end / step) as i64);
        let fits = |step: &f64| ends(*step).1 - ends(*step).0 < most.max(2) as i64;
        let step = steps.into_iter().find(fits).unwrap_or(width / 2.0);
        let (first, last) = ends(step);
        Self { step, values: (first..=last).map(|i| i as f64 * step).collect() }
    }
}

/// Limits of an axis that holds every finite value with some room at both ends; never empty.
pub fn limits(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values.into_iter().filter(|value| value.is_finite()) {
        low = low.min(value);
        high = high.max(value);
    }
    if low > high {
        return (0.0, 1.0);
    }
    let room = if high > low { (high - low) * 0.06 } else { (high.abs() * 0.1).max(1e-3) };
    (low - room, high + room)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_hold_every_finite_value_and_are_never_empty() {
        assert_eq!(limits([f64::NAN]), (0.0, 1.0));
        let (low, high) = limits([-2.0, 7.0, f64::INFINITY]);
        assert!(low < -2.0 && high > 7.0 && high.is_finite());
        let (low, high) = limits([3.0, 3.0]);
        assert!(low < 3.0 && high > 3.0);
    }

    #[test]
    fn ticks_are_round_and_lie_inside() {
        assert_eq!(Ticks::within(-2.9..2.9, 7).values, vec![-2.0, -1.0, 0.0, 1.0, 2.0]);
        assert_eq!(Ticks::within(-0.2..9.3, 3).values, vec![0.0, 5.0]);
        for (range, most) in [(-9.0..4.0, 3), (0.0..1e6, 6), (-1e-4..3e-4, 4), (5.0..5.1, 5)] {
            let ticks = Ticks::within(range.clone(), most);
            assert!((2..=most).contains(&ticks.values.len()), "{range:?}: {ticks:?}");
            assert!(ticks.values.iter().all(|tick| (range.start - 1e-9..=range.end + 1e-9).contains(tick)));
        }
    }
}
