//! What is known beforehand of the parameters that calibration may move: data, no logic but the scale.
//!
//! A parameter is free when no published figure fixes it and a target responds to it. The prior says where its value may
//! lie before any target is looked at; most are wide around the first guess, because that is all a guess is worth.

/// How the values between the two ends of a prior are spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Every value is as likely.
    Uniform,
    /// Every ratio is as likely: for rates and weights whose order of magnitude is what is unknown.
    LogUniform,
}

impl Scale {
    /// The name in tables.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Uniform => "uniform",
            Self::LogUniform => "log-uniform",
        }
    }
}

/// What is known of one free parameter before calibration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// `group.name` of the parameter.
    pub key: &'static str,
    /// Smallest value, in the parameter's unit.
    pub low: f64,
    /// Largest value, in the parameter's unit.
    pub high: f64,
    /// How values between them are spread.
    pub scale: Scale,
    /// Why these ends.
    pub reason: &'static str,
}

impl Prior {
    /// The value below which a share `part` of the prior lies, with four significant digits, so that a table holds it whole.
    #[must_use]
    pub fn value(&self, part: f64) -> f64 {
        let part = part.clamp(0.0, 1.0);
        let value = match self.scale {
            Scale::Uniform => self.low + part * (self.high - self.low),
            Scale::LogUniform => self.low * libm::exp(part * libm::log(self.high / self.low)),
        };
        four_digits(value).clamp(self.low, self.high)
    }

    /// The share of the prior that lies below a value: the inverse of [`value`](Self::value), but for the rounding.
    #[must_use]
    pub fn part(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Uniform => (value - self.low) / (self.high - self.low),
            Scale::LogUniform => libm::log(value / self.low) / libm::log(self.high / self.low),
        }
    }
}

/// A number to four significant digits.
#[must_use]
pub fn four_digits(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

/// The prior of the parameter `group.name`, if it is free.
#[must_use]
pub fn prior(key: &str) -> Option<&'static Prior> {
    PRIORS.iter().find(|prior| prior.key == key)
}

const fn uniform(key: &'static str, low: f64, high: f64, reason: &'static str) -> Prior {
    Prior { key, low, high, scale: Scale::Uniform, reason }
}

const fn ratio(key: &'static str, low: f64, high: f64, reason: &'static str) -> Prior {
    Prior { key, low, high, scale: Scale::LogUniform, reason }
}

/// The free parameters, by process.
pub const PRIORS: &[Prior] = &[
    ratio("encounters.per_week", 1.5, 12.0, "assumed: from hardly once in three days at home to nearly twice a day"),
    ratio("encounters.chat_with_stranger", 0.01, 0.25, "assumed: from one in a hundred to one in four"),
    ratio("encounters.strangers_half", 3000.0, 100_000.0, "assumed: from nearly all strangers in a city to hardly any"),
    uniform(
        "encounters.taste_spread",
        0.3,
        2.2,
        "assumed: from people much alike to one in six with eight times the usual",
    ),
    ratio("meeting.rounds", 1.0, 8.0, "assumed: at least one meeting a visit; the largest value allowed"),
    ratio("meeting.recognise", 0.05, 0.6, "assumed: a face seen once is kept by one in twenty to the most of us"),
    ratio("meeting.appointment", 0.1, 0.9, "Roberts and Dunbar 2011: the closest are met weekly, others monthly; wide"),
    uniform("bridging.openness", 0.0, 1.0, "assumed: nothing known, so all that is possible"),
    ratio("asking.elsewhere", 0.004, 0.06, "assumed: a factor of four on either side of a first guess"),
    uniform(
        "living.moving",
        0.05,
        0.14,
        "CBS 2023: 9.7 % of people move in a year; households at 45 move less than most",
    ),
    ratio(
        "ties.fade_weak",
        0.003,
        0.05,
        "assumed: a tie that nobody feeds halves in a quarter of a year to four years",
    ),
    ratio("ties.fade_strong", 0.0005, 0.01, "Roberts and Dunbar 2015: friendships fall within 18 months; wide"),
    uniform("ties.outside_weekly", 0.08, 0.7, "assumed: kin elsewhere is met or spoken weekly to four times a year"),
    uniform("ties.friends_weekly", 0.08, 0.7, "assumed: as kin elsewhere"),
    uniform("attitudes.belonging_contact", 0.0, 0.5, "Movisie, Voelker: it counts; assumed at most half of the scale"),
    uniform("attitudes.belonging_tenure", 0.0, 0.4, "assumed: at most two fifths of the scale by ten years"),
    uniform("attitudes.belonging_ties", 0.0, 0.5, "assumed: at most half of the scale"),
    uniform(
        "loneliness.social_shortfall",
        0.3,
        3.0,
        "De Jong Gierveld and Van Tilburg 2007: the main source; size assumed",
    ),
    uniform("loneliness.social_trait", 0.1, 1.5, "assumed: present in all panel studies, not above what ties do"),
    uniform("loneliness.emotional_alone", 0.0, 1.5, "CBS: more among people without a partner; size assumed"),
    uniform("loneliness.emotional_confidant", 0.0, 1.5, "assumed: up to that of having no partner"),
    uniform("loneliness.emotional_trait", 0.1, 1.5, "assumed: as for social loneliness"),
    uniform("loneliness.money_stress", 0.0, 1.8, "GGD Kennemerland 2020: about 80 against 46 % lonely; size assumed"),
    uniform("loneliness.health_stress", 0.0, 1.8, "GGD Kennemerland 2020: about 80 against 46 % lonely; size assumed"),
    uniform("loneliness.belonging_relief", 0.0, 1.2, "assumed: some relief, less than ties give"),
    uniform(
        "loneliness.social_level",
        -2.5,
        1.0,
        "assumed: from hardly anybody to most people, were all ties as wanted",
    ),
    uniform(
        "loneliness.emotional_level",
        -3.5,
        0.0,
        "assumed: from hardly anybody to half, with partner and confidant",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parameters::Parameters;

    #[test]
    fn every_prior_is_of_a_parameter_lies_within_its_range_and_holds_its_default() {
        for prior in PRIORS {
            let info = Parameters::info(prior.key).unwrap_or_else(|| panic!("there is no parameter {}", prior.key));
            // Through the text, since 0.6 as f32 is a little more than 0.6.
            let exact = |value: f32| value.to_string().parse::<f64>().expect("a number");
            assert!(exact(info.low) <= prior.low && prior.high <= exact(info.high), "{} leaves its range", prior.key);
            let default = exact(info.default);
            assert!(prior.low < default && default < prior.high, "{} does not hold {default}", prior.key);
            assert!(prior.scale == Scale::Uniform || prior.low > 0.0, "{} has no logarithm", prior.key);
        }
    }

    #[test]
    fn a_parameter_has_one_prior() {
        let place = |prior: &Prior| Parameters::TABLE.iter().position(|info| info.key() == prior.key);
        let mut places: Vec<_> = PRIORS.iter().map(place).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), PRIORS.len(), "a parameter has two priors");
    }

    #[test]
    fn a_part_of_the_prior_and_its_value_are_each_others_inverse() {
        for prior in PRIORS {
            assert_eq!((prior.value(0.0), prior.value(1.0)), (prior.low, prior.high), "{}", prior.key);
            for part in [0.1, 0.5, 0.93] {
                assert!((prior.part(prior.value(part)) - part).abs() < 2e-3, "{} at {part}", prior.key);
            }
        }
        let middle = ratio("a.b", 0.01, 1.0, "").value(0.5);
        assert!((middle - 0.1).abs() < 1e-12, "half of the ratios lie below 0.1, not {middle}");
        assert_eq!(uniform("a.b", 0.0, 1.0, "").value(0.123_456), 0.1235);
    }
}
