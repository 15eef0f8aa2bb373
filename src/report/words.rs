//! The words of the report in one language, and the phrases that need numbers in them.

use std::collections::BTreeMap;

use super::data::Effect;
use super::numbers::{level, number, show, signed};
use super::verdict::judge;
use super::{Language, ReportError};
use crate::observation::dictionary::{Better, Measure};

const DUTCH: &str = include_str!("texts/nl.toml");
const ENGLISH: &str = include_str!("texts/en.toml");

/// All words of one language.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// Which language.
    pub language: Language,
    texts: BTreeMap<String, String>,
}

impl Words {
    /// The words of a language.
    ///
    /// # Errors
    /// If the translations that come with the program cannot be read.
    pub fn of(language: Language) -> Result<Self, ReportError> {
        let source = match language {
            Language::Nl => DUTCH,
            Language::En => ENGLISH,
        };
        let texts = toml::from_str(source)
            .map_err(|e| ReportError::Draw { what: format!("the translations ({}): {e}", language.key()) })?;
        Ok(Self { language, texts })
    }

    /// All texts by key, for the template.
    pub fn texts(&self) -> &BTreeMap<String, String> {
        &self.texts
    }

    /// The text with this key; the key itself if it is missing, so that it is seen and not fatal.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// The text with `{name}` replaced by what is given for it.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.get(key);
        let mut filled = String::new();
        // In one pass, so that braces in what users wrote stay as they are.
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((name, behind)) = after.split_once('}') else {
                filled.push('{');
                rest = after;
                continue;
            };
            match values.iter().find(|(key, _)| *key == name) {
                Some((_, value)) => filled.push_str(value),
                None => filled.extend(["{", name, "}"]),
            }
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }

    /// [`Self::fill`] for a text about so many simulations, `{n}` in it. A single one has no mean and no interval; what is said
    /// of it stands under the same key and `_once`.
    pub fn fill_for(&self, simulations: u32, key: &str, values: &[(&str, &str)]) -> String {
        if simulations == 1 {
            return self.fill(&format!("{key}_once"), values);
        }
        let many = simulations.to_string();
        self.fill(key, &[values, &[("n", many.as_str())]].concat())
    }

    /// The reader's half of a pair of Dutch and English.
    pub fn pick<'a, T: AsRef<str>>(&self, pair: &'a [T; 2]) -> &'a str {
        match self.language {
            Language::Nl => pair[0].as_ref(),
            Language::En => pair[1].as_ref(),
        }
    }

    /// Several names as a list: `‘a’, ‘b’ en ‘c’`.
    pub fn list(&self, names: &[&str]) -> String {
        let names: Vec<String> = names.iter().map(|name| format!("‘{name}’")).collect();
        match names.as_slice() {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.get("and")),
        }
    }

    /// `−3,1 (−4,9 tot −1,2)`: a difference and its 90 % interval, in the shown unit of the measure.
    pub fn difference(&self, effect: &Effect, measure: &Measure) -> String {
        let how = show(measure);
        let text = |value: f64| number(value * how.factor, how.decimals, self.language);
        let middle = signed(effect.difference * how.factor, how.decimals, self.language);
        if !effect.has_intervals() {
            return middle;
        }
        // The interval is not broken over two lines.
        format!("{middle} ({}\u{a0}{}\u{a0}{})", text(effect.most.low), self.get("to"), text(effect.most.high))
    }

    /// `−3,1 procentpunt`: a difference with its unit.
    pub fn bare_difference(&self, difference: f64, measure: &Measure) -> String {
        let how = show(measure);
        format!("{} {}", signed(difference * how.factor, how.decimals, self.language), self.get(how.unit))
    }

    /// [`Self::difference`] with its unit: `−3,1 procentpunt (−4,9 tot −1,2)`.
    pub fn difference_in_words(&self, effect: &Effect, measure: &Measure) -> String {
        let text = self.difference(effect, measure);
        let unit = self.get(show(measure).unit);
        match text.split_once(' ') {
            Some((number, interval)) => format!("{number} {unit} {interval}"),
            None => format!("{text} {unit}"),
        }
    }

    /// `2,0 procentpunt`: the smallest difference worth having.
    pub fn worthwhile(&self, value: f64, measure: &Measure) -> String {
        let how = show(measure);
        format!("{} {}", number(value * how.factor, how.decimals, self.language), self.get(how.unit))
    }

    /// `beter in 18 van de 20 simulaties`; nothing for a measure without a good direction.
    pub fn share_better(&self, effect: &Effect, measure: &Measure) -> Option<String> {
        if measure.better == Better::Neither || !effect.share_better.is_finite() {
            return None;
        }
        let better = (effect.share_better * f64::from(effect.replications)).round();
        Some(self.fill("better_in", &[("n", &format!("{better}")), ("all", &effect.replications.to_string())]))
    }

    /// A level with its unit, where a bare number would not say what it counts: `43,2%`, `57,8 uur per week`.
    pub fn level(&self, value: f64, measure: &Measure) -> String {
        let text = level(value, measure, self.language);
        match show(measure) {
            how if how.percent || how.euros || how.unit == "unit_score" => text,
            how => format!("{text} {}", self.get(how.unit)),
        }
    }

    /// What may be said of an effect, in a few words.
    pub fn verdict(&self, effect: &Effect, measure: &Measure) -> &str {
        self.get(judge(effect, measure.better).key(measure.better))
    }

    /// `minder is beter`, or nothing.
    pub fn direction(&self, measure: &Measure) -> Option<&str> {
        match measure.better {
            Better::Higher => Some(self.get("more_is_better")),
            Better::Lower => Some(self.get("less_is_better")),
            Better::Neither => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both() -> (Words, Words) {
        (Words::of(Language::Nl).expect("Dutch reads"), Words::of(Language::En).expect("English reads"))
    }

    /// The names in braces of a text, in order of the alphabet.
    fn holes(text: &str) -> Vec<&str> {
        let mut names: Vec<_> =
            text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn both_languages_have_the_same_keys_and_the_same_holes() {
        let (nl, en) = both();
        assert_eq!(nl.texts.keys().collect::<Vec<_>>(), en.texts.keys().collect::<Vec<_>>());
        for (key, text) in &nl.texts {
            assert_eq!(holes(text), holes(en.get(key)), "{key}");
            assert!(!text.trim().is_empty() && !en.get(key).trim().is_empty(), "{key} is empty");
        }
    }

    #[test]
    fn filling_replaces_names_and_leaves_what_users_wrote_alone() {
        let words = both().1;
        assert_eq!(words.fill("better_in", &[("n", "{all}"), ("all", "20")]), "better in {all} of 20 simulations");
    }

    #[test]
    fn what_is_said_of_one_simulation_says_no_more_than_that_of_many() {
        let (nl, en) = both();
        let once: Vec<_> = en.texts.keys().filter_map(|key| key.strip_suffix("_once")).collect();
        assert!(!once.is_empty());
        for key in once {
            for words in [&nl, &en] {
                let values = holes(words.get(key)).into_iter().map(|name| (name, "x")).collect::<Vec<_>>();
                assert!(!words.fill_for(1, key, &values).contains(['{', '}']), "{key}");
                let values = values.into_iter().filter(|(name, _)| *name != "n").collect::<Vec<_>>();
                assert!(!words.fill_for(2, key, &values).contains(['{', '}']), "{key}");
            }
        }
    }

    #[test]
    fn lists_read_as_sentences() {
        let (nl, en) = both();
        assert_eq!(nl.list(&["a", "b", "c"]), "‘a’, ‘b’ en ‘c’");
        assert_eq!(en.list(&["a", "b"]), "‘a’ and ‘b’");
        assert_eq!(en.list(&["a"]), "‘a’");
    }
}
