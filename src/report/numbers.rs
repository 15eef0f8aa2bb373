//! Numbers as readers of Dutch and English write them: decimal comma or point, a true minus, units in words.

use super::Language;
use crate::observation::dictionary::Measure;

/// How the values of a measure are shown: multiplied by `factor`, with this many decimals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Show {
    /// 100 for shares, so that they read as percentages.
    pub factor: f64,
    /// Decimals.
    pub decimals: usize,
    /// The key of the words for a difference, in the translations.
    pub unit: &'static str,
    /// Whether a level is written with a per cent sign.
    pub percent: bool,
    /// Whether a level is written with a euro sign.
    pub euros: bool,
}

/// How a measure is shown.
pub fn show(measure: &Measure) -> Show {
    let plain = |factor, decimals, unit| Show { factor, decimals, unit, percent: false, euros: false };
    match measure.unit {
        "share" => Show { percent: true, ..plain(100.0, 1, "unit_share") },
        "euros per year" => Show { euros: true, ..plain(1.0, 0, "unit_euros") },
        "score 0-1" | "score -1 to 1" => plain(1.0, 3, "unit_score"),
        "ties" => plain(1.0, 2, "unit_ties"),
        "hours per week" => plain(1.0, 1, "unit_hours"),
        "needs per adult per year" => plain(1.0, 2, "unit_needs"),
        "initiatives" => plain(1.0, 1, "unit_initiatives"),
        "weeks" => plain(1.0, 1, "unit_weeks"),
        "people" => plain(1.0, 1, "unit_people"),
        _ => plain(1.0, 2, "unit_score"),
    }
}

/// A number with this many decimals, thousands apart.
pub fn number(value: f64, decimals: usize, language: Language) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let (comma, thousands) = match language {
        Language::Nl => (',', '.'),
        Language::En => ('.', ','),
    };
    let plain = format!("{:.*}", decimals, value.abs());
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::new();
    // What rounds to zero has no sign.
    if value < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        text.push('−');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            text.push(thousands);
        }
        text.push(digit);
    }
    if !part.is_empty() {
        text.push(comma);
        text.push_str(part);
    }
    text
}

/// The same with a plus before what is more than zero.
pub fn signed(value: f64, decimals: usize, language: Language) -> String {
    let text = number(value, decimals, language);
    if value > 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) { format!("+{text}") } else { text }
}

/// A tick of an axis: as many decimals as the step between ticks needs.
pub fn tick(value: f64, step: f64, with_sign: bool, language: Language) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let decimals = if step > 0.0 { (-libm::floor(libm::log10(step) + 1e-9)).clamp(0.0, 6.0) as usize } else { 2 };
    if with_sign { signed(value, decimals, language) } else { number(value, decimals, language) }
}

/// A level in the unit of its measure: `43,2%`, `€ 12.500`, `6,31`.
pub fn level(value: f64, measure: &Measure, language: Language) -> String {
    let how = show(measure);
    let text = number(value * how.factor, how.decimals, language);
    match (how.percent && value.is_finite(), how.euros && value.is_finite(), language) {
        (true, _, _) => format!("{text}%"),
        (_, true, Language::Nl) => format!("€\u{a0}{text}"),
        (_, true, Language::En) => format!("€{text}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::dictionary::{MEASURES, measure_index};

    fn of(key: &str) -> &'static Measure {
        &MEASURES[measure_index(key).expect("in the dictionary")]
    }

    #[test]
    fn dutch_numbers_have_a_comma_and_a_true_minus() {
        assert_eq!(number(-1234.56, 1, Language::Nl), "−1.234,6");
        assert_eq!(number(-1234.56, 1, Language::En), "−1,234.6");
        assert_eq!(number(999_999.6, 0, Language::Nl), "1.000.000");
    }

    #[test]
    fn what_rounds_to_zero_has_no_sign() {
        assert_eq!(signed(-0.001, 1, Language::Nl), "0,0");
        assert_eq!(signed(0.04, 1, Language::En), "0.0");
        assert_eq!(signed(0.06, 1, Language::En), "+0.1");
    }

    #[test]
    fn what_is_not_known_is_a_dash() {
        assert_eq!(level(f64::NAN, of("lonely"), Language::Nl), "–");
    }

    #[test]
    fn levels_carry_their_unit() {
        assert_eq!(level(0.4321, of("lonely"), Language::Nl), "43,2%");
        assert_eq!(level(12500.0, of("spent_communal"), Language::Nl), "€\u{a0}12.500");
        assert_eq!(level(6.314, of("cohesion"), Language::En), "6.31");
    }

    #[test]
    fn ticks_show_the_decimals_that_their_step_needs() {
        assert_eq!(tick(0.3, 0.1, true, Language::Nl), "+0,3");
        assert_eq!(tick(-20.0, 20.0, true, Language::En), "−20");
        assert_eq!(tick(0.25, 0.05, false, Language::En), "0.25");
    }
}
