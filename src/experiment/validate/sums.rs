//! What one world says about each part: sums that are divided only after those of all neighbourhoods are put together.

/// A figure is `total / count`, or that divided by the same of the group it is held against.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Sum {
    pub total: f64,
    pub count: f64,
    /// The group that it is held against, if any.
    pub against: Option<(f64, f64)>,
}

impl Sum {
    /// So many out of so many.
    pub(super) const fn of(total: f64, count: f64) -> Self {
        Self { total, count, against: None }
    }
}

/// What a world says, part by part; nothing of a part that it has no say in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sums {
    /// What each unit of a count in this world weighs in the population.
    pub weight: f64,
    pub parts: Vec<Option<Sum>>,
}

/// The values of all parts, from all worlds of one population.
pub(super) fn pool(worlds: &[Sums]) -> Vec<f64> {
    let parts = worlds.first().map_or(0, |world| world.parts.len());
    (0..parts).map(|part| value(worlds, part)).collect()
}

fn value(worlds: &[Sums], part: usize) -> f64 {
    let (mut sum, mut count) = (0.0, 0.0);
    let mut against: Option<(f64, f64)> = None;
    for world in worlds {
        let Some(Some(own)) = world.parts.get(part) else { continue };
        sum += world.weight * own.total;
        count += world.weight * own.count;
        if let Some((sum, count)) = own.against {
            let (sums, counts) = against.unwrap_or_default();
            against = Some((sums + world.weight * sum, counts + world.weight * count));
        }
    }
    // Nothing out of nothing is not defined, which is what the division says.
    match against {
        Some((sums, counts)) => finite((sum / count) / (sums / counts)),
        None => finite(sum / count),
    }
}

fn finite(value: f64) -> f64 {
    if value.is_finite() { value } else { f64::NAN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbourhoods_weigh_as_much_as_the_part_of_the_population_they_stand_for() {
        // 100 residents stand for a quarter of the population and 10 for the rest.
        let world = |share: f64, residents: f64, yes: f64| Sums {
            weight: share / residents,
            parts: vec![Some(Sum::of(yes, residents))],
        };
        assert_eq!(pool(&[world(0.25, 100.0, 80.0), world(0.75, 10.0, 4.0)]), [0.25 * 0.8 + 0.75 * 0.4]);
    }

    #[test]
    fn a_ratio_is_taken_after_pooling() {
        let world = |sum, against| Sums { weight: 1.0, parts: vec![Some(Sum { total: sum, count: 10.0, against })] };
        let pooled = pool(&[world(2.0, Some((1.0, 10.0))), world(4.0, Some((3.0, 10.0)))]);
        assert!((pooled[0] - 0.3 / 0.2).abs() < 1e-12);
    }

    #[test]
    fn what_nobody_answers_is_not_defined() {
        let nobody = Sums { weight: 1.0, parts: vec![Some(Sum::of(0.0, 0.0)), None] };
        assert!(pool(&[nobody]).iter().all(|value| value.is_nan()));
    }
}
