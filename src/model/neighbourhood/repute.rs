//! How a neighbourhood is known: what others think of it, what there is to see, and what happens on its streets.

/// How a neighbourhood is known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Repute {
    /// What people elsewhere think of it, `0..=1`; 0.5 draws in and drives out nobody.
    pub image: f32,
    /// Activity that can be seen: initiatives that live, places that people visit, `0..=1`.
    pub activity: f32,
    /// Incidents of nuisance a year, recent sum.
    pub incidents: f32,
    /// Of which somebody addressed.
    pub addressed: f32,
}

impl Repute {
    /// Neither good nor bad, and quiet.
    pub const NEUTRAL: Self = Self { image: 0.5, activity: 0.0, incidents: 0.0, addressed: 0.0 };

    /// How the image draws people in, `-1..=1`: 0 is neutral.
    #[must_use]
    pub fn pull(&self) -> f32 {
        2.0 * self.image - 1.0
    }
}
