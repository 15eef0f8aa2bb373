//! How well organisations know each other: who rings whom.

use crate::model::blueprint::OrganisationPlan;
use crate::model::quantities::OrganisationKind;

/// Working relations between organisations, `0..=1`, the same in both directions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Relations {
    /// Number of organisations.
    size: usize,
    /// Row by row; the diagonal is not used.
    strength: Vec<f32>,
    /// Index of the municipality, which gives money and permits, if there is one.
    pub municipality: Option<usize>,
}

impl Relations {
    /// Ordinary relations between these organisations.
    #[must_use]
    pub fn new(organisations: &[OrganisationPlan]) -> Self {
        let mut relations = Self::default();
        relations.widen(organisations);
        relations
    }

    /// Takes in organisations that came behind those there were; relations that exist stay as they are.
    pub fn widen(&mut self, organisations: &[OrganisationPlan]) {
        let size = organisations.len();
        let mut strength = vec![0.0; size * size];
        for a in 0..size {
            for b in 0..size {
                strength[a * size + b] = if a < self.size && b < self.size {
                    self.strength[a * self.size + b]
                } else {
                    ordinary(organisations, a, b)
                };
            }
        }
        (self.size, self.strength) = (size, strength);
        self.municipality = organisations.iter().position(|plan| plan.kind == OrganisationKind::Municipality);
    }

    /// How well two organisations know each other; colleagues of one organisation know each other fully.
    #[must_use]
    pub fn between(&self, a: usize, b: usize) -> f32 {
        if a == b { 1.0 } else { self.strength[a * self.size + b] }
    }

    /// Changes the relation between two organisations, kept within `0..=1`.
    pub fn change(&mut self, a: usize, b: usize, change: impl Fn(f32) -> f32) {
        if a != b {
            let changed = change(self.between(a, b)).clamp(0.0, 1.0);
            self.strength[a * self.size + b] = changed;
            self.strength[b * self.size + a] = changed;
        }
    }

    /// Changes every relation, given the two organisations.
    pub fn change_all(&mut self, change: impl Fn(usize, usize, f32) -> f32) {
        for a in 0..self.size {
            for b in a + 1..self.size {
                self.change(a, b, |was| change(a, b, was));
            }
        }
    }

    /// Changes the relations of one organisation with all others.
    pub fn change_of(&mut self, organisation: usize, change: impl Fn(usize, f32) -> f32) {
        for other in 0..self.size {
            self.change(organisation, other, |was| change(other, was));
        }
    }
}

/// The relation that the ordinary dealings of two organisations keep up.
#[must_use]
pub fn ordinary(organisations: &[OrganisationPlan], a: usize, b: usize) -> f32 {
    f32::midpoint(organisations[a].knows_others.get(), organisations[b].knows_others.get())
}
