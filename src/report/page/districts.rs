//! The tables of the figures by district.

use super::tables::Table;
use crate::report::data::{FEW_ADULTS, Results};
use crate::report::figures::districts::DistrictFigure;
use crate::report::figures::tiles;
use crate::report::numbers::{number, show, signed};
use crate::report::words::Words;

/// The numbers of a figure by district: levels of the baseline, or differences of the alternatives that it shows.
pub fn table(results: &Results, shown: &DistrictFigure, words: &Words) -> Table {
    let measure = shown.measure;
    let how = show(measure);
    let baseline = words.pick(&results.baseline().title);
    let values = [("measure", words.pick(&measure.title)), ("baseline", baseline)];
    let alternatives: Vec<_> =
        results.alternatives().into_iter().filter(|scenario| shown.alternatives.contains(&scenario.key)).collect();
    let few = || format!("; {}", words.fill("table_few", &[("few", &FEW_ADULTS.to_string())]));
    let few = results.districts().iter().any(|one| results.is_small(&one.key)).then(few).unwrap_or_default();
    let mut table = if alternatives.is_empty() {
        Table::new(words.fill("caption_districts", &values) + &few, 1, [words.get("district"), baseline])
    } else {
        let caption = format!(
            "{} ({}){few}",
            words.fill_for(results.manifest.replications, "caption_districts_change", &values),
            words.get(how.unit)
        );
        let heads = alternatives.iter().map(|scenario| words.pick(&scenario.title));
        Table::new(caption, 1, std::iter::once(words.get("district")).chain(heads))
    };
    for (district, name) in results.districts().iter().zip(tiles::names(results.districts(), words)) {
        let name = if name == district.key { name } else { format!("{name} ({})", district.key) };
        let mut row = vec![if results.is_small(&district.key) { name + "\u{a0}*" } else { name }];
        if alternatives.is_empty() {
            let level = results.district_level(&district.key, measure.key);
            row.push(level.map_or_else(|| "–".to_owned(), |level| words.level(level, measure)));
        }
        for scenario in &alternatives {
            let text = |value: f64| number(value * how.factor, how.decimals, words.language);
            row.push(match results.district_effect(&scenario.key, &district.key, measure.key) {
                Some(effect) => {
                    let middle = signed(effect.difference * how.factor, how.decimals, words.language);
                    let (low, high) = (text(effect.most.low), text(effect.most.high));
                    let interval = format!(" ({low}\u{a0}{}\u{a0}{high})", words.get("to"));
                    if effect.has_interval() { middle + &interval } else { middle }
                }
                None => "–".to_owned(),
            });
        }
        table.rows.push(row);
    }
    table
}
