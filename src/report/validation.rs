//! The figure of `noaber validate`: how far the model is from each published figure, in units of its tolerance.

use super::figures::{MARGIN, WIDTH, heading};
use super::numbers::{number, tick};
use super::plot::{Align, BAND, FAINT, Figure, Frame, GREY, INK, Marker, Panel, Sheet, Type, colour_of, shorten};
use super::words::Words;
use super::{Language, ReportError};
use crate::experiment::validate::{PartVerdict, TargetVerdict};
use crate::scenario::targets::{Part, Target, Targets, Unit};

/// Pixels from left: where the names end, where the axis begins and ends, where the numbers begin.
const NAMES_END: f64 = 372.0;
const AXIS: (f64, f64) = (388.0, 710.0);
const NUMBERS: f64 = 726.0;
/// Height of a figure and of the name of a target above it, pixels.
const ROW: f64 = 20.0;
const NAME: f64 = 26.0;
/// What lies further off than so many tolerances is drawn at the edge.
const EDGE: f64 = 5.0;

/// The key of the words for a verdict.
#[must_use]
pub fn is_met(verdict: &TargetVerdict) -> &'static str {
    match (verdict.is_met(), verdict.is_known()) {
        (true, _) => "targets_met",
        (false, true) => "targets_not_met",
        (false, false) => "targets_unknown",
    }
}

/// A value of a part as it is written: `43.2%`, `1.74×`, `52 h`.
#[must_use]
pub fn level(value: f64, part: &Part, language: Language) -> String {
    if !value.is_finite() {
        return "-".to_owned();
    }
    match part.unit() {
        Unit::Share => format!("{}%", number(value * 100.0, 1, language)),
        Unit::Ratio => format!("{}×", number(value, 2, language)),
        Unit::Hours => format!("{} {}", number(value, 0, language), if language == Language::Nl { "uur" } else { "h" }),
        Unit::Plain => number(value, 2, language),
    }
}

/// Draws every figure of every target.
///
/// # Errors
/// If the plotting library fails.
pub fn draw(targets: &Targets, judged: &[TargetVerdict], words: &Words) -> Result<Figure, ReportError> {
    let mut sheet = Sheet::new(WIDTH);
    let met = judged.iter().filter(|verdict| verdict.is_met()).count().to_string();
    let all = judged.len().to_string();
    let title = words.fill("targets_title", &[("met", &met), ("all", &all)]);
    let explained = words.get("targets_figure");
    let top = heading(&mut sheet, &title, explained) + 14.0;
    let rows: usize = targets.targets.iter().map(|target| target.parts.len()).sum();
    let bottom = top + NAME * targets.targets.len() as f64 + ROW * rows as f64 + 6.0;
    let panel =
        Panel::new(Frame { left: AXIS.0, right: AXIS.1, top, bottom }, (-EDGE - 0.5, EDGE + 0.5), (bottom, top));
    axis(&mut sheet, &panel, words);
    let mut down = top + 4.0;
    let mut description = vec![explained.to_owned()];
    for (target, verdict) in targets.targets.iter().zip(judged) {
        let name = format!("{} {}", target.key, words.pick(&target.title));
        let middle = down + NAME * 0.6;
        // Nothing is drawn beside a title before the band of the tolerance.
        let room = panel.x(-1.5) - MARGIN;
        sheet.words(&shorten(&name, 13.0, true, room), (MARGIN, middle), Type::bold(13.0, INK));
        let source = format!("{} ({})", words.get(is_met(verdict)), target.code);
        let colour = if verdict.is_met() { colour_of(2) } else { GREY };
        sheet.words(&shorten(&source, 12.0, true, WIDTH - 4.0 - NUMBERS), (NUMBERS, middle), Type::bold(12.0, colour));
        description.push(format!("{name}: {source}."));
        down += NAME;
        for (part, found) in target.parts.iter().zip(&verdict.parts) {
            row(&mut sheet, &panel, (target, part, found), down + ROW / 2.0, words);
            description.push(format!(
                "{}: {}, {} {}.",
                words.pick(&part.name),
                level(found.simulated, part, words.language),
                words.get("targets_published"),
                level(part.value, part, words.language)
            ));
            down += ROW;
        }
    }
    sheet.finish("targets", &title, &description.join(" "), bottom + 44.0).map_err(|what| ReportError::Draw { what })
}

/// The band of the tolerance, and the ticks in units of it.
fn axis(sheet: &mut Sheet, panel: &Panel, words: &Words) {
    let Frame { top, bottom, .. } = panel.frame;
    sheet.band(panel, &[(-1.0, bottom), (1.0, bottom)], &[(-1.0, top), (1.0, top)], BAND, 1.0);
    for value in [-5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0] {
        let colour = if value == 0.0 { GREY } else { FAINT };
        sheet.line(panel, &[(value, bottom), (value, top)], if value == 0.0 { 1.4 } else { 0.8 }, colour);
        let text = tick(value, 1.0, true, words.language);
        sheet.words(&text, (panel.x(value), bottom + 13.0), Type::plain(12.0, GREY).aligned(Align::Middle));
    }
    let middle = f64::midpoint(AXIS.0, AXIS.1);
    sheet.words(words.get("targets_axis"), (middle, bottom + 30.0), Type::plain(12.5, GREY).aligned(Align::Middle));
}

fn row(sheet: &mut Sheet, panel: &Panel, (target, part, found): (&Target, &Part, &PartVerdict), y: f64, words: &Words) {
    let name = shorten(words.pick(&part.name), 12.0, false, NAMES_END - MARGIN);
    sheet.words(&name, (NAMES_END, y), Type::plain(12.0, INK).aligned(Align::Right));
    let values =
        format!("{} / {}", level(found.simulated, part, words.language), level(part.value, part, words.language));
    sheet.words(&shorten(&values, 12.0, false, WIDTH - MARGIN - NUMBERS), (NUMBERS, y), Type::plain(12.0, INK));
    if !found.is_known() {
        return;
    }
    let colour = colour_of(usize::from(!found.is_met()));
    let at = |off: f64| off.clamp(-EDGE, EDGE);
    let off = |value: f64| at((value - part.value) / part.tolerance);
    if found.interval.exists() {
        sheet.line(panel, &[(off(found.interval.low), y), (off(found.interval.high), y)], 2.4, colour);
    }
    let marker = if found.distance() > EDGE { Marker::Square } else { Marker::Circle };
    sheet.marker(panel, (at(found.off), y), marker, 5.0, colour, target.input);
}
