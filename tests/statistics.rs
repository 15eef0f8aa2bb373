//! The statistics against `SciPy` 1.17 and against what intervals promise.

use noaber::experiment::statistics::{Bootstrap, Interval, mean, share_better, t_interval, t_quantile};

const LEVELS: [f64; 3] = [0.5, 0.9, 0.95];

/// Nearly symmetric.
const EVEN: [f64; 12] = [0.031, -0.012, 0.044, 0.027, 0.008, 0.052, -0.003, 0.019, 0.061, 0.015, 0.038, 0.002];

/// Strongly skewed, so that bias and acceleration matter.
const SKEWED: [f64; 15] = [0.1, 0.2, 0.15, 0.9, 0.05, 0.3, 0.12, 2.4, 0.4, 0.22, 0.18, 0.6, 0.33, 0.08, 1.1];

fn assert_near(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!((found - expected).abs() <= tolerance, "{what}: {found} and not {expected}");
}

/// `scipy.stats.t.ppf((1 + level) / 2, n - 1)`
#[test]
fn quantiles_of_students_t_are_those_of_scipy() {
    let expected = [
        (2, [1.000_000_000_000_000_2, 6.313_751_514_675_037, 12.706_204_736_174_694]),
        (3, [0.816_496_580_927_726_1, 2.919_985_580_353_724_2, 4.302_652_729_749_462]),
        (5, [0.740_697_084_112_682_9, 2.131_846_786_326_649_5, 2.776_445_105_197_793_4]),
        (20, [0.687_621_460_203_960_2, 1.729_132_811_521_368_2, 2.093_024_054_408_308_7]),
        (100, [0.676_975_985_546_153_1, 1.660_391_156_016_990_8, 1.984_216_951_586_417_4]),
    ];
    for (n, quantiles) in expected {
        for (level, quantile) in LEVELS.into_iter().zip(quantiles) {
            assert_near(t_quantile(n, level), quantile, 1e-9 * quantile, &format!("n {n}, level {level}"));
        }
    }
}

/// `scipy.stats.t.interval(level, 11, loc=mean(EVEN), scale=scipy.stats.sem(EVEN))`
#[test]
fn the_t_interval_is_that_of_scipy() {
    let expected = [
        (0.018_926_948_034_783_952, 0.028_073_051_965_216_04),
        (0.011_724_633_136_177_887, 0.035_275_366_863_822_1),
        (0.009_068_446_566_294_854, 0.037_931_553_433_705_14),
    ];
    for (level, (low, high)) in LEVELS.into_iter().zip(expected) {
        let interval = t_interval(&EVEN, t_quantile(EVEN.len(), level));
        assert_near(interval.low, low, 1e-11, "low");
        assert_near(interval.high, high, 1e-11, "high");
    }
}

/// `scipy.stats.bootstrap((sample,), numpy.mean, confidence_level=level, method="BCa", n_resamples=200000)`; the
/// tolerance is four standard deviations of the ends that `SciPy` itself gives over 60 runs of 2000 resamples.
#[test]
fn the_bootstrap_interval_is_that_of_scipy() {
    let even = [(0.01925, 0.02775, 0.0012), (0.01329, 0.03392, 0.0015), (0.01138, 0.03587, 0.0017)];
    let skewed = [(0.3953, 0.6187, 0.039), (0.2927, 0.8657, 0.083), (0.2687, 0.9652, 0.117)];
    for (sample, expected) in [(&EVEN[..], even), (&SKEWED[..], skewed)] {
        let found = Bootstrap::new(sample.len()).intervals(sample, LEVELS);
        for (interval, (low, high, tolerance)) in found.into_iter().zip(expected) {
            assert_near(interval.low, low, tolerance, "low");
            assert_near(interval.high, high, tolerance, "high");
        }
    }
}

#[test]
fn a_skewed_sample_has_a_skewed_bootstrap_interval() {
    let [interval] = Bootstrap::new(SKEWED.len()).intervals(&SKEWED, [0.9]);
    let centre = mean(&SKEWED);
    assert!(interval.high - centre > 1.5 * (centre - interval.low), "{interval:?} around {centre}");
}

#[test]
fn the_same_data_give_the_same_bootstrap_interval() {
    let first = Bootstrap::new(EVEN.len()).intervals(&EVEN, LEVELS);
    assert_eq!(first, Bootstrap::new(EVEN.len()).intervals(&EVEN, LEVELS));
}

#[test]
fn one_value_or_none_gives_no_interval() {
    for sample in [&[][..], &[1.0][..]] {
        assert!(t_quantile(sample.len(), 0.9).is_nan());
        assert!(!t_interval(sample, t_quantile(sample.len(), 0.9)).exists());
        assert!(Bootstrap::new(sample.len()).intervals(sample, LEVELS).iter().all(|interval| !interval.exists()));
    }
    assert!(mean(&[]).is_nan());
}

#[test]
fn equal_values_give_an_interval_of_no_width() {
    let sample = [0.25; 7];
    let point = Interval { low: 0.25, high: 0.25 };
    assert_eq!(t_interval(&sample, t_quantile(7, 0.9)), point);
    assert_eq!(Bootstrap::new(7).intervals(&sample, LEVELS), [point; 3]);
}

#[test]
fn resamples_of_another_size_give_no_interval() {
    assert!(!Bootstrap::new(5).intervals(&EVEN, [0.9])[0].exists());
}

#[test]
fn wider_levels_hold_the_narrower_ones() {
    let [half, most, nearly_all] = Bootstrap::new(SKEWED.len()).intervals(&SKEWED, LEVELS);
    assert!(nearly_all.low <= most.low && most.low <= half.low);
    assert!(half.high <= most.high && most.high <= nearly_all.high);
}

#[test]
fn no_difference_is_not_better() {
    let differences = [-0.2, 0.0, 0.1, 0.3];
    assert_eq!(share_better(&differences, |difference| difference > 0.0), 0.5);
    assert_eq!(share_better(&differences, |difference| difference < 0.0), 0.25);
}

/// A plain generator of normal numbers for the coverage test: `SplitMix64` and Box-Muller.
struct Normals(u64);

impl Normals {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    fn next(&mut self) -> f64 {
        let (radius, angle) = (self.uniform(), self.uniform());
        (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * angle).cos()
    }
}

#[test]
fn intervals_hold_the_truth_as_often_as_they_say() {
    const SAMPLES: usize = 2_000;
    const N: usize = 20;
    let mut normals = Normals(2026);
    let bootstrap = Bootstrap::new(N);
    let quantiles = LEVELS.map(|level| t_quantile(N, level));
    let (mut by_t, mut by_bootstrap) = ([0; 3], [0; 3]);
    for _ in 0..SAMPLES {
        let sample: Vec<f64> = (0..N).map(|_| 3.0 + 2.0 * normals.next()).collect();
        let bca = bootstrap.intervals(&sample, LEVELS);
        for nth in 0..LEVELS.len() {
            let holds = |interval: Interval| usize::from(interval.low <= 3.0 && 3.0 <= interval.high);
            by_t[nth] += holds(t_interval(&sample, quantiles[nth]));
            by_bootstrap[nth] += holds(bca[nth]);
        }
    }
    for (nth, level) in LEVELS.into_iter().enumerate() {
        // Four standard errors of a share of 2000.
        let chance = 4.0 * (level * (1.0 - level) / SAMPLES as f64).sqrt();
        assert_near(by_t[nth] as f64 / SAMPLES as f64, level, chance, "t");
        // The bootstrap is known to be a little short for small samples: about 2 points at n = 20.
        assert_near(by_bootstrap[nth] as f64 / SAMPLES as f64, level - 0.02, chance + 0.02, "bootstrap");
    }
}
