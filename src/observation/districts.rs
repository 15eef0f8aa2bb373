//! What was observed of each district apart, in a compact form.
//!
//! A town has a hundred districts, a run some hundred moments and worlds: numbers are kept in single precision, which has
//! more digits than any survey.

use super::dictionary::MEASURES;

/// Numbers of one district: all measures, then its adults.
const NUMBERS: usize = MEASURES.len() + 1;

/// All measures of each district at one moment, as of everybody who lives there; NaN where a measure is not defined.
#[derive(Debug, Clone, Default)]
pub struct ByDistrict(Vec<f32>);

impl PartialEq for ByDistrict {
    /// Equal bit for bit, so that two undefined values are equal too.
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().zip(&other.0).all(|(a, b)| a.to_bits() == b.to_bits())
    }
}

impl ByDistrict {
    /// No districts.
    pub const NONE: Self = Self(Vec::new());

    /// The districts whose numbers these are, or none if they are not those of whole districts.
    #[must_use]
    pub fn from_numbers(numbers: Vec<f32>) -> Option<Self> {
        numbers.len().is_multiple_of(NUMBERS).then_some(Self(numbers))
    }

    /// All numbers, district by district.
    #[must_use]
    pub fn numbers(&self) -> &[f32] {
        &self.0
    }

    /// Adds a district: all measures in the order of [`MEASURES`], and its adults.
    pub fn push(&mut self, measures: &[f64; MEASURES.len()], adults: f64) {
        self.0.extend(measures.iter().chain([&adults]).map(|number| *number as f32));
    }

    /// How many districts there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len() / NUMBERS
    }

    /// Whether there are no districts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value of a measure, by the places of the district in the blueprint and of the measure in [`MEASURES`]; NaN where
    /// it is not defined or there is no such district.
    #[must_use]
    pub fn value(&self, district: usize, measure: usize) -> f32 {
        self.number(district, measure)
    }

    /// Adults in a district: by these means over adults weigh.
    #[must_use]
    pub fn adults(&self, district: usize) -> f32 {
        self.number(district, MEASURES.len())
    }

    fn number(&self, district: usize, place: usize) -> f32 {
        self.0.get(district * NUMBERS + place).copied().unwrap_or(f32::NAN)
    }
}
