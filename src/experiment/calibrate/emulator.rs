//! An emulator of each output of the model: a second-order polynomial with all interactions, by ridge regression.
//!
//! There are more terms than simulations, so the size of coefficients is restrained. How strongly, and how much more
//! strongly squares and interactions than straight lines, is chosen for each output by leaving out one simulation at a
//! time; the mean squared error of those predictions is the emulator's variance. One decomposition of the matrix of
//! products serves every output and every restraint (Golub, Heath and Wahba 1979).

use nalgebra::{DMatrix, DVector, SymmetricEigen};
use rayon::prelude::*;

/// How much of a straight line's freedom squares and interactions get.
const SECOND_ORDER: [f64; 5] = [0.0, 0.01, 0.04, 0.15, 0.5];
/// The restraints that are tried, in parts of the mean of the matrix' diagonal.
const RESTRAINTS: [f64; 12] = [1e-6, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0, 3.0, 10.0];

/// What one output is, as a function of the parameters.
#[derive(Debug, Clone, PartialEq)]
struct Surface {
    level: f64,
    coefficients: Vec<f64>,
    variance: f64,
}

/// Emulators of all outputs within one part of the space of parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Emulator {
    middle: Vec<f64>,
    width: Vec<f64>,
    surfaces: Vec<Surface>,
    /// Of each output, the share of its variance that left-out simulations confirm; not above 1, and below 0 when the
    /// mean predicts better.
    pub explained: Vec<f64>,
}

impl Emulator {
    /// Learns from simulations: points of the unit cube, and the outputs at each.
    ///
    /// None with fewer than four points.
    #[must_use]
    pub fn learn(points: &[&[f64]], outputs: &[&[f64]]) -> Option<Self> {
        let (n, directions) = (points.len(), points.first()?.len());
        if n < 4 {
            return None;
        }
        let column = |direction: usize| points.iter().map(move |point| point[direction]);
        let middle: Vec<f64> = (0..directions).map(|d| column(d).sum::<f64>() / n as f64).collect();
        let width: Vec<f64> = (0..directions)
            .map(|d| (column(d).map(|at| (at - middle[d]).powi(2)).sum::<f64>() / n as f64).sqrt().max(1e-9))
            .collect();
        let mut emulator = Self { middle, width, surfaces: Vec::new(), explained: Vec::new() };

        let terms: Vec<Vec<f64>> = points.iter().map(|point| emulator.terms(point)).collect();
        let count = terms[0].len();
        let means: Vec<f64> =
            (0..count).map(|term| terms.iter().map(|row| row[term]).sum::<f64>() / n as f64).collect();
        let centred = |row: usize, term: usize| terms[row][term] - means[term];
        // Sums in the order of the terms, so that the bits do not depend on a library's blocks.
        let products = |from: usize, until: usize| {
            DMatrix::from_fn(n, n, |a, b| {
                if a < b { 0.0 } else { (from..until).map(|term| centred(a, term) * centred(b, term)).sum() }
            })
        };
        let (straight, second) = (products(0, directions), products(directions, count));
        let decompositions: Vec<Decomposition> = SECOND_ORDER
            .iter()
            .map(|freedom| {
                let lower = &straight + &second * *freedom;
                let whole = DMatrix::from_fn(n, n, |a, b| lower[(a.max(b), a.min(b))]);
                Decomposition::of(whole, *freedom)
            })
            .collect();

        let surface = |output: usize| {
            let values: Vec<f64> = outputs.iter().map(|row| row[output]).collect();
            let mean = values.iter().sum::<f64>() / n as f64;
            let centred_values = DVector::from_iterator(n, values.iter().map(|value| value - mean));
            let spread = centred_values.norm_squared() / (n - 1) as f64;
            let fits = decompositions.iter().flat_map(|decomposition| decomposition.fits(&centred_values));
            let best = fits.min_by(|a, b| a.error.total_cmp(&b.error))?;
            // The weight of each simulation, carried back to the terms.
            let size = |term: usize| {
                let freedom = if term < directions { 1.0 } else { best.freedom };
                freedom * (0..n).map(|row| centred(row, term) * best.weights[row]).sum::<f64>()
            };
            let coefficients: Vec<f64> = (0..count).map(size).collect();
            let level = mean - coefficients.iter().zip(&means).map(|(size, mean)| size * mean).sum::<f64>();
            let explained = if spread > 0.0 { 1.0 - best.error / spread } else { 1.0 };
            // An output that never changes is known, but for rounding.
            Some((Surface { level, coefficients, variance: best.error.max(1e-18) }, explained))
        };
        let learnt: Vec<(Surface, f64)> =
            (0..outputs.first()?.len()).into_par_iter().map(surface).collect::<Option<_>>()?;
        (emulator.surfaces, emulator.explained) = learnt.into_iter().unzip();
        Some(emulator)
    }

    /// The terms of the polynomial at a point: each direction, then each pair of directions, squares among them.
    fn terms(&self, point: &[f64]) -> Vec<f64> {
        let scaled: Vec<f64> = point
            .iter()
            .zip(&self.middle)
            .zip(&self.width)
            .map(|((at, middle), width)| (at - middle) / width)
            .collect();
        let mut terms = scaled.clone();
        for first in 0..scaled.len() {
            terms.extend((first..scaled.len()).map(|second| scaled[first] * scaled[second]));
        }
        terms
    }

    /// What each output is expected to be at a point.
    #[must_use]
    pub fn predict(&self, point: &[f64]) -> Vec<f64> {
        let terms = self.terms(point);
        let value = |surface: &Surface| {
            surface.level + surface.coefficients.iter().zip(&terms).map(|(size, term)| size * term).sum::<f64>()
        };
        self.surfaces.iter().map(value).collect()
    }

    /// The variance of what an output really is around what is expected.
    #[must_use]
    pub fn variance(&self, output: usize) -> f64 {
        self.surfaces[output].variance
    }
}

/// The matrix of products of the simulations, taken apart.
struct Decomposition {
    directions: DMatrix<f64>,
    sizes: Vec<f64>,
    freedom: f64,
    scale: f64,
}

/// One restraint and what came of it.
struct Fit {
    error: f64,
    weights: Vec<f64>,
    freedom: f64,
}

impl Decomposition {
    fn of(products: DMatrix<f64>, freedom: f64) -> Self {
        let scale = (products.trace() / products.nrows() as f64).max(1e-12);
        let SymmetricEigen { eigenvectors, eigenvalues } = SymmetricEigen::new(products);
        let sizes = eigenvalues.iter().map(|size| size.max(0.0)).collect();
        Self { directions: eigenvectors, sizes, freedom, scale }
    }

    /// The fits by every restraint, each with the mean squared error of leaving out one simulation.
    fn fits<'a>(&'a self, values: &'a DVector<f64>) -> impl Iterator<Item = Fit> + 'a {
        let n = values.len();
        let along = self.directions.tr_mul(values);
        RESTRAINTS.iter().map(move |restraint| {
            let restraint = restraint * self.scale;
            let mut weights = vec![0.0; n];
            let mut error = 0.0;
            for (row, weight) in weights.iter_mut().enumerate() {
                let (mut fitted, mut own) = (0.0, 1.0 / n as f64);
                for (k, size) in self.sizes.iter().enumerate() {
                    let direction = self.directions[(row, k)];
                    let kept = 1.0 / (size + restraint);
                    *weight += direction * along[k] * kept;
                    fitted += direction * along[k] * size * kept;
                    own += direction * direction * size * kept;
                }
                error += ((values[row] - fitted) / (1.0 - own).max(1e-9)).powi(2);
            }
            Fit { error: error / n as f64, weights, freedom: self.freedom }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::draws::{Draws, latin_hypercube};
    use super::*;

    fn learn(points: &[Vec<f64>], truth: impl Fn(&[f64]) -> f64, noise: f64) -> Emulator {
        let mut draws = Draws::of(9, [0; 3]);
        let outputs: Vec<Vec<f64>> = points.iter().map(|point| vec![truth(point) + noise * draws.normal()]).collect();
        let rows: Vec<&[f64]> = points.iter().map(Vec::as_slice).collect();
        let values: Vec<&[f64]> = outputs.iter().map(Vec::as_slice).collect();
        Emulator::learn(&rows, &values).expect("enough points")
    }

    fn curved(at: &[f64]) -> f64 {
        1.0 + 2.0 * at[0] - 3.0 * at[1] * at[2] + at[0] * at[0] + 0.5 * at[3]
    }

    #[test]
    fn a_polynomial_of_second_order_is_found_again() {
        let points = latin_hypercube(80, 5, &mut Draws::of(1, [0; 3]));
        let emulator = learn(&points, curved, 0.0);
        for point in latin_hypercube(50, 5, &mut Draws::of(2, [0; 3])) {
            let error = emulator.predict(&point)[0] - curved(&point);
            assert!(error.abs() < 0.01, "off by {error}");
        }
        assert!(emulator.explained[0] > 0.999);
    }

    #[test]
    fn the_variance_is_that_of_points_never_seen_also_with_more_terms_than_simulations() {
        // Ten directions have 65 terms, and the truth is no polynomial.
        let truth = |at: &[f64]| (3.0 * at[0]).sin() + at[1] * at[2] + (2.0 * at[4]).exp() / 4.0;
        for (points, noise) in [(50, 0.05), (60, 0.0), (150, 0.1)] {
            let ratios: Vec<f64> = (0..6)
                .map(|nth| {
                    let points = latin_hypercube(points, 10, &mut Draws::of(3, [nth, 0, 0]));
                    let emulator = learn(&points, truth, noise);
                    let mut draws = Draws::of(4, [nth, 0, 0]);
                    let fresh = latin_hypercube(400, 10, &mut draws);
                    let error = |point: &Vec<f64>| emulator.predict(point)[0] - truth(point) - noise * draws.normal();
                    let squares: f64 = fresh.iter().map(error).map(|error| error * error).sum();
                    squares / 400.0 / emulator.variance(0)
                })
                .collect();
            let mean = ratios.iter().sum::<f64>() / 6.0;
            assert!((0.7..1.4).contains(&mean), "{points} points: errors are {mean} times the variance");
        }
    }

    #[test]
    fn an_output_that_never_changes_is_known() {
        let emulator = learn(&latin_hypercube(20, 3, &mut Draws::of(6, [0; 3])), |_| 0.25, 0.0);
        assert!((emulator.predict(&[0.1, 0.9, 0.5])[0] - 0.25).abs() < 1e-9);
        assert!(emulator.variance(0) < 1e-12);
    }

    #[test]
    fn three_simulations_are_too_few() {
        let points = [[0.1], [0.5], [0.9]];
        let rows: Vec<&[f64]> = points.iter().map(<[f64; 1]>::as_slice).collect();
        assert_eq!(Emulator::learn(&rows, &rows), None);
    }
}
