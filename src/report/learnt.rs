//! The figure of `noaber calibrate`: for each parameter what was known before, and what is plausible now.

use super::figures::{MARGIN, WIDTH, heading};
use super::numbers::number;
use super::plot::{Align, BAND, FAINT, Figure, Frame, GREY, INK, Marker, Panel, Sheet, Type, colour_of, shorten};
use super::words::Words;
use super::{Language, ReportError};
use crate::experiment::calibrate::diagnose::Learnt;

/// Pixels from left: where the names end, where the axis begins and ends, where the numbers begin.
const NAMES_END: f64 = 262.0;
const AXIS: (f64, f64) = (280.0, 640.0);
const NUMBERS: f64 = 656.0;
/// Height of a parameter, pixels.
const ROW: f64 = 22.0;
/// From here on a parameter counts as learnt.
const HALF: f64 = 0.5;

/// How many parameters were learnt by half or more.
#[must_use]
pub fn by_half(found: &[Learnt]) -> usize {
    found.iter().filter(|learnt| learnt.learnt >= HALF).count()
}

/// Draws every parameter, the best known first. Of too `few` simulations the title claims nothing.
///
/// # Errors
/// If the plotting library fails.
pub fn draw(found: &[Learnt], few: bool, words: &Words) -> Result<Figure, ReportError> {
    let mut sheet = Sheet::new(WIDTH);
    let (known, all) = (by_half(found).to_string(), found.len().to_string());
    let title = words.fill(if few { "learnt_title_few" } else { "learnt_title" }, &[("known", &known), ("all", &all)]);
    let explained = words.get("learnt_figure");
    let top = heading(&mut sheet, &title, explained) + 30.0;
    let bottom = top + ROW * found.len() as f64;
    let panel = Panel::new(Frame { left: AXIS.0, right: AXIS.1, top, bottom }, (0.0, 1.0), (bottom, top));
    let head = |sheet: &mut Sheet, key: &str, at: f64, align: Align| {
        sheet.words(words.get(key), (at, top - 12.0), Type::bold(12.0, GREY).aligned(align));
    };
    head(&mut sheet, "learnt_parameter", NAMES_END, Align::Right);
    head(&mut sheet, "learnt_range", NUMBERS, Align::Left);
    let mut description = vec![explained.to_owned()];
    let mut order: Vec<&Learnt> = found.iter().collect();
    order.sort_by(|a, b| b.learnt.total_cmp(&a.learnt));
    for (nth, learnt) in order.into_iter().enumerate() {
        let y = top + ROW * (nth as f64 + 0.5);
        let part = |value: f64| (learnt.prior.part(value).clamp(0.0, 1.0), y);
        let edges = |y: f64| [(0.0, y), (1.0, y)];
        sheet.band(&panel, &edges(y - 6.0), &edges(y + 6.0), BAND, 1.0);
        let colour = if learnt.learnt >= HALF { colour_of(0) } else { colour_of(1) };
        sheet.line(&panel, &[part(learnt.range[0]), part(learnt.range[1])], 6.0, colour);
        sheet.marker(&panel, part(learnt.median), Marker::Circle, 5.0, colour, true);
        let name = shorten(learnt.prior.key, 12.5, false, NAMES_END - MARGIN);
        sheet.words(&name, (NAMES_END, y), Type::plain(12.5, INK).aligned(Align::Right));
        let value = |value: f64| three_digits(value, words.language);
        let range = format!(
            "{} ({} {} {})",
            value(learnt.median),
            value(learnt.range[0]),
            words.get("to"),
            value(learnt.range[1])
        );
        sheet.words(&shorten(&range, 12.5, false, WIDTH - MARGIN - NUMBERS), (NUMBERS, y), Type::plain(12.5, INK));
        description.push(format!("{}: {range}.", learnt.prior.key));
    }
    for (at, key, align) in
        [(0.0, "learnt_low", Align::Left), (0.5, "learnt_middle", Align::Middle), (1.0, "learnt_high", Align::Right)]
    {
        sheet.rule(&[(panel.x(at), bottom), (panel.x(at), bottom + 5.0)], 1.0, GREY);
        sheet.words(words.get(key), (panel.x(at), bottom + 17.0), Type::plain(12.0, GREY).aligned(align));
    }
    sheet.rule(&[(AXIS.0, bottom), (AXIS.1, bottom)], 1.0, FAINT);
    sheet.finish("learnt", &title, &description.join(" "), bottom + 34.0).map_err(|what| ReportError::Draw { what })
}

/// A number to about three digits.
#[must_use]
pub fn three_digits(value: f64, language: Language) -> String {
    let size = value.abs();
    let decimals = if size < 1e-9 { 0.0 } else { (2.0 - libm::floor(libm::log10(size))).clamp(0.0, 6.0) };
    number(value, decimals as usize, language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parameters::priors::PRIORS;

    #[test]
    fn nothing_collides_or_leaves_its_axes_in_either_language() {
        let learnt = |(nth, prior): (usize, &crate::model::parameters::priors::Prior)| {
            let width = 1.0 / (1.0 + nth as f64);
            let range = [prior.value(0.5 - width / 2.0), prior.value(0.5 + width / 2.0)];
            Learnt { prior: *prior, median: prior.value(0.5), range, learnt: 1.0 - width }
        };
        let found: Vec<Learnt> = PRIORS.iter().enumerate().map(learnt).collect();
        for language in Language::ALL {
            let words = Words::of(language).expect("words");
            let figure = draw(&found, false, &words).expect("draws");
            assert_eq!(figure.faults(), Vec::<String>::new());
            let all = found.len().to_string();
            let few = draw(&found, true, &words).expect("draws");
            assert!(few.faults().is_empty() && !few.title.contains(&by_half(&found).to_string()));
            assert!(figure.title.contains(&by_half(&found).to_string()) && figure.title.contains(&all));
            // For who wants to see it.
            if let Some(folder) = std::env::var_os("NOABER_FIGURES") {
                let path = std::path::Path::new(&folder).join(format!("learnt.{}.png", language.key()));
                std::fs::write(path, figure.png().expect("a picture")).expect("writable");
            }
        }
    }

    #[test]
    fn numbers_have_three_digits_whatever_their_size() {
        let shown = [0.002_345, 0.5, 12.345, -1.6, 0.0].map(|value| three_digits(value, Language::En));
        assert_eq!(shown, ["0.00234", "0.500", "12.3", "−1.60", "0"]);
    }
}
