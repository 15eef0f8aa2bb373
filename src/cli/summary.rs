//! The short table at the end of a run: aligned text, the headline measures, everybody together, the last week.

use crate::experiment::Replication;
use crate::observation::{Better, MEASURES, Measure, measure_index};
use crate::report::Language;
use crate::results::manifest::Manifest;
use crate::results::read::EffectRow;
use crate::scenario::Study;

/// The words of the table in one language.
struct Words {
    scenario: &'static str,
    measure: &'static str,
    baseline: &'static str,
    difference: &'static str,
    interval: &'static str,
    better: &'static str,
    mean: &'static str,
    range: &'static str,
    points: &'static str,
    to: &'static str,
    of: &'static str,
    higher: &'static str,
    no_interval: &'static str,
    undefined: &'static str,
    small: &'static str,
    place: usize,
}

static ENGLISH: Words = Words {
    scenario: "scenario",
    measure: "measure",
    baseline: "baseline",
    difference: "difference",
    interval: "90 % interval",
    better: "better in",
    mean: "mean",
    range: "lowest to highest",
    points: "points",
    to: "to",
    of: "of",
    higher: "higher in",
    no_interval: "needs 2 replications",
    undefined: "not defined",
    small: "~ smaller than the smallest difference worth having",
    place: 1,
};

static DUTCH: Words = Words {
    scenario: "scenario",
    measure: "maat",
    baseline: "uitgangspunt",
    difference: "verschil",
    interval: "90 %-interval",
    better: "beter in",
    mean: "gemiddeld",
    range: "laagste tot hoogste",
    points: "punt",
    to: "tot",
    of: "van",
    higher: "hoger in",
    no_interval: "vraagt 2 herhalingen",
    undefined: "niet bepaald",
    small: "~ kleiner dan het kleinste verschil dat de moeite waard is",
    place: 0,
};

fn words(language: Language) -> &'static Words {
    match language {
        Language::Nl => &DUTCH,
        Language::En => &ENGLISH,
    }
}

/// How a value of a measure is written.
struct Form {
    times: f64,
    decimals: usize,
    after_level: &'static str,
    after_difference: String,
}

fn form(measure: &Measure, words: &Words) -> Form {
    let form = |times, decimals, after_level, after_difference: &str| Form {
        times,
        decimals,
        after_level,
        after_difference: after_difference.to_owned(),
    };
    match measure.unit {
        "share" => form(100.0, 1, " %", &format!(" {}", words.points)),
        "euros per year" => form(1.0, 0, " euro", " euro"),
        "people" | "weeks" | "hours per week" | "initiatives" => form(1.0, 1, "", ""),
        "score 0-1" | "score -1 to 1" => form(1.0, 3, "", ""),
        _ => form(1.0, 2, "", ""),
    }
}

impl Form {
    fn level(&self, value: f64, words: &Words) -> String {
        format!("{}{}", self.number(value, false, words), self.after_level)
    }

    fn number(&self, value: f64, signed: bool, words: &Words) -> String {
        let text = format!("{:.*}", self.decimals, value * self.times);
        // What rounds to zero has no sign.
        let zero = !text.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
        let text = if zero { text.trim_start_matches('-').to_owned() } else { text };
        let text = if signed && !zero && value > 0.0 { format!("+{text}") } else { text };
        if words.place == 0 { text.replace('.', ",") } else { text }
    }
}

/// A difference in a measure, as the table writes it, without its unit.
pub(super) fn difference(measure: &Measure, value: f64, language: Language) -> String {
    let words = words(language);
    form(measure, words).number(value, true, words)
}

/// The unit of a difference, as the table writes it.
pub(super) fn points(measure: &Measure, language: Language) -> String {
    let unit = form(measure, words(language)).after_difference;
    if unit.is_empty() { measure.unit.to_owned() } else { unit.trim().to_owned() }
}

/// What a row is about, for its colour.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tone {
    Plain,
    Good,
    Bad,
    Faint,
}

/// What the alternatives do to the headline measures; `rows` are those of the last week, everybody, level 0.9.
pub fn of_effects(manifest: &Manifest, rows: &[EffectRow], language: Language, colour: bool) -> String {
    let words = words(language);
    let mut lines = vec![(
        Tone::Plain,
        [words.scenario, words.measure, words.baseline, words.difference, words.interval, words.better, ""]
            .map(str::to_owned)
            .to_vec(),
    )];
    for scenario in manifest.study.scenarios.iter().filter(|scenario| scenario.key != manifest.study.baseline) {
        let mut name = scenario.key.clone();
        for measure in manifest.study.headline.iter().filter_map(|key| Some(&MEASURES[measure_index(key)?])) {
            let row = rows.iter().find(|row| row.scenario == scenario.key && row.measure == measure.key);
            lines.push(effect_line(std::mem::take(&mut name), measure, row, words));
        }
    }
    let some_small = lines.iter().any(|(_, cells)| cells.last().is_some_and(|mark| mark == "~"));
    let mut text = aligned(&lines, colour);
    if some_small {
        text.push_str(words.small);
        text.push('\n');
    }
    text
}

fn effect_line(name: String, measure: &Measure, row: Option<&EffectRow>, words: &Words) -> (Tone, Vec<String>) {
    let title = measure.title[words.place].to_owned();
    let Some(row) = row else {
        return (Tone::Faint, vec![name, title, words.undefined.to_owned()]);
    };
    let form = form(measure, words);
    let number = |value: f64| form.number(value, true, words);
    let known = row.low.is_finite() && row.high.is_finite();
    let interval = if known {
        format!("{} {} {}", number(row.low), words.to, number(row.high))
    } else {
        words.no_interval.to_owned()
    };
    let better = (row.share_better * f64::from(row.replications)).round();
    let count = format!("{better} {} {}", words.of, row.replications);
    let count = if measure.better == Better::Neither { format!("{} {count}", words.higher) } else { count };
    let small = row.difference.abs() < row.worthwhile;
    let clear = known && (row.low > 0.0 || row.high < 0.0);
    let tone = match measure.better {
        _ if small => Tone::Faint,
        Better::Neither => Tone::Plain,
        _ if !clear => Tone::Plain,
        Better::Higher if row.difference > 0.0 => Tone::Good,
        Better::Lower if row.difference < 0.0 => Tone::Good,
        Better::Higher | Better::Lower => Tone::Bad,
    };
    let cells = vec![
        name,
        title,
        form.level(row.baseline, words),
        format!("{}{}", number(row.difference), form.after_difference),
        interval,
        count,
        if small { "~".to_owned() } else { String::new() },
    ];
    (tone, cells)
}

/// The headline measures of one scenario at its end: the mean over replications, and the lowest and highest.
pub fn of_levels(study: &Study, replications: &[Replication], language: Language) -> String {
    let words = words(language);
    let Some(scenario) = study.scenarios.first() else { return String::new() };
    let mut lines = vec![(Tone::Plain, [words.measure, words.mean, words.range].map(str::to_owned).to_vec())];
    for &place in &scenario.headline {
        let Some(measure) = MEASURES.get(place) else { continue };
        let values: Vec<f64> = replications
            .iter()
            .filter_map(|replication| Some(replication.courses.first()?.records.last()?.value(0, place)))
            .filter(|value| value.is_finite())
            .collect();
        let title = measure.title[words.place].to_owned();
        if values.is_empty() {
            lines.push((Tone::Plain, vec![title, words.undefined.to_owned()]));
            continue;
        }
        let form = form(measure, words);
        let mean = crate::experiment::statistics::mean(&values);
        let lowest = values.iter().copied().fold(f64::INFINITY, f64::min);
        let highest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let range = format!("{} {} {}", form.level(lowest, words), words.to, form.level(highest, words));
        lines.push((Tone::Plain, vec![title, form.level(mean, words), range]));
    }
    aligned(&lines, false)
}

/// Columns two spaces apart. Colours come after the widths, since a terminal does not count them.
fn aligned(lines: &[(Tone, Vec<String>)], colour: bool) -> String {
    let columns = lines.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
    let width = |column: usize| {
        lines.iter().filter_map(|(_, cells)| Some(cells.get(column)?.chars().count())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for (tone, cells) in lines {
        let padded: Vec<String> = cells.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}")).collect();
        let line = padded.join("  ");
        let line = line.trim_end();
        let code = match tone {
            Tone::Good => "32",
            Tone::Bad => "31",
            Tone::Faint => "2",
            Tone::Plain => "",
        };
        if colour && !code.is_empty() {
            text.extend(["\u{1b}[", code, "m", line, "\u{1b}[0m\n"]);
        } else {
            text.extend([line, "\n"]);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(measure: &str, difference: f64, low: f64, high: f64, share_better: f64) -> EffectRow {
        EffectRow {
            scenario: "other".to_owned(),
            measure: measure.to_owned(),
            group: "all".to_owned(),
            week: 52,
            difference,
            low,
            high,
            level: 0.9,
            replications: 20,
            share_better,
            worthwhile: 0.02,
            baseline: 0.431,
        }
    }

    fn line(row: &EffectRow, words: &Words) -> (Tone, String) {
        let measure = &MEASURES[measure_index(&row.measure).expect("in the dictionary")];
        let (tone, cells) = effect_line(row.scenario.clone(), measure, Some(row), words);
        (tone, cells.join("|"))
    }

    #[test]
    fn a_share_is_a_percentage_and_its_difference_points() {
        let (tone, text) = line(&row("lonely", -0.0312, -0.051, -0.0114, 0.9), &ENGLISH);
        assert_eq!(text, "other|Lonely|43.1 %|-3.1 points|-5.1 to -1.1|18 of 20|");
        assert!(tone == Tone::Good, "less loneliness is better");
    }

    #[test]
    fn dutch_has_a_comma() {
        let (_, text) = line(&row("lonely", 0.0312, 0.0114, 0.051, 0.1), &DUTCH);
        assert_eq!(text, "other|Eenzaam|43,1 %|+3,1 punt|+1,1 tot +5,1|2 van 20|");
    }

    #[test]
    fn a_difference_too_small_to_matter_is_marked_however_sure() {
        let (tone, text) = line(&row("lonely", -0.001, -0.0012, -0.0008, 1.0), &ENGLISH);
        assert!(tone == Tone::Faint && text.ends_with("20 of 20|~"), "{text}");
    }

    #[test]
    fn what_rounds_to_nothing_has_no_sign_and_no_interval_is_said() {
        let (_, text) = line(&row("lonely", -0.0001, f64::NAN, f64::NAN, 0.0), &ENGLISH);
        assert_eq!(text, "other|Lonely|43.1 %|0.0 points|needs 2 replications|0 of 20|~");
    }

    #[test]
    fn a_measure_without_a_good_side_is_higher_and_not_better() {
        let (tone, text) = line(&row("needs", 1.0, 0.5, 1.5, 0.95), &ENGLISH);
        assert!(tone == Tone::Plain && text.contains("higher in 19 of 20"), "{text}");
    }

    #[test]
    fn colours_are_only_there_when_asked() {
        let lines = [(Tone::Good, vec!["a".to_owned(), "b".to_owned()]), (Tone::Plain, vec!["long".to_owned()])];
        assert_eq!(aligned(&lines, false), "a     b\nlong\n");
        assert!(aligned(&lines, true).starts_with("\u{1b}[32ma     b\u{1b}[0m\n"));
    }
}
