//! Who gains and who does not: the difference for every group, a column for every alternative.

use super::{MARGIN, WIDTH, heading, message};
use crate::observation::dictionary::{GROUPS, Measure};
use crate::report::data::{Effect, Results};
use crate::report::numbers::{show, tick};
use crate::report::plot::{
    Align, BAND, FAINT, Figure, Frame, GREY, INK, Marker, OVERHANG, Panel, Sheet, Type, colour_of, limits, width_of,
    wrap_at_most,
};
use crate::report::verdict::{Verdict, judge};
use crate::report::words::Words;

/// Alternatives beside each other.
const COLUMNS: usize = 5;
/// Where the names of the groups end, pixels.
const NAMES_END: f64 = 200.0;
/// White between two alternatives, pixels: room for the labels of both axes.
const GAP: f64 = 2.0 * OVERHANG + 4.0;
/// Height of one group, pixels.
const ROW: f64 = 23.0;

/// Draws the differences by group; nothing if no group was measured.
///
/// # Errors
/// What the plotting library says.
pub fn draw(results: &Results, measure: &'static Measure, words: &Words) -> Result<Option<Figure>, String> {
    let groups = results.groups_measured(measure.key);
    if groups.is_empty() {
        return Ok(None);
    }
    let how = show(measure);
    let alternatives = results.alternatives();
    let worthwhile = results.worthwhile(measure) * how.factor;
    let all: Vec<usize> = std::iter::once(0).chain(groups).collect();
    let ends = alternatives.iter().flat_map(|a| all.iter().filter_map(|&g| results.effect(&a.key, measure.key, g)));
    let x = limits(ends.flat_map(Effect::ends).map(|v| v * how.factor).chain([0.0, worthwhile, -worthwhile]));

    let mut sheet = Sheet::new(WIDTH);
    let title = message::for_whom(results, measure, &all[1..], words);
    let mut notes = vec![words.pick(&measure.meaning), words.get(how.unit)];
    notes.extend(words.direction(measure));
    let explained = words.fill_for(
        results.manifest.replications,
        "for_whom_explained",
        &[("measure", &notes.join(" · ")), ("baseline", words.pick(&results.baseline().title))],
    );
    let mut top = heading(&mut sheet, &title, &explained);
    let mut description = vec![explained];
    for (row, part) in alternatives.chunks(COLUMNS).enumerate() {
        let wide = (WIDTH - MARGIN - NAMES_END) / part.len() as f64;
        let names: Vec<Vec<String>> =
            part.iter().map(|a| wrap_at_most(4, words.pick(&a.title), 13.0, true, wide - GAP)).collect();
        let frame_top = top + 18.0 + 17.0 * names.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let bottom = frame_top + ROW * all.len() as f64;
        for (i, &group) in all.iter().enumerate() {
            let at = (NAMES_END - 8.0, frame_top + ROW * (i as f64 + 0.5));
            let style = if group == 0 { Type::bold(12.5, INK) } else { Type::plain(12.5, INK) };
            sheet.words(words.pick(&GROUPS[group].title), at, style.aligned(Align::Right));
        }
        for (column, scenario) in part.iter().enumerate() {
            let place = row * COLUMNS + column;
            let left = NAMES_END + wide * column as f64 + 4.0;
            let frame = Frame { left, right: left + wide - GAP, top: frame_top, bottom };
            for (i, line) in names[column].iter().enumerate() {
                let up = (names[column].len() - 1 - i) as f64 * 17.0;
                sheet.words(line, (left, frame_top - 12.0 - up), Type::bold(13.0, colour_of(place)));
            }
            let panel = Panel::new(frame, x, (0.0, 1.0));
            grid(&mut sheet, &panel, worthwhile, words);
            description.push(format!("{}:", words.pick(&scenario.title)));
            for (i, &group) in all.iter().enumerate() {
                let y = 1.0 - (i as f64 + 0.5) / all.len() as f64;
                let Some(effect) = results.effect(&scenario.key, measure.key, group) else {
                    let text = words.get("nobody");
                    let half = width_of(text, 11.0, false) / 2.0;
                    let middle = panel.x(0.0).clamp(frame.left + half, frame.right - half);
                    sheet.label(text, (middle, panel.y(y)), Type::plain(11.0, GREY).aligned(Align::Middle));
                    continue;
                };
                let at = |value: f64| (value * how.factor, y);
                let verdict = judge(effect, measure.better);
                let open = !matches!(
                    verdict,
                    Verdict::Better | Verdict::Worse | Verdict::ProbablyBetter | Verdict::ProbablyWorse
                );
                if effect.has_intervals() {
                    sheet.line(&panel, &[at(effect.most.low), at(effect.most.high)], 2.0, colour_of(place));
                }
                sheet.marker(&panel, at(effect.difference), Marker::of(place), 5.0, colour_of(place), open);
                description.push(format!(
                    "{} {};",
                    words.pick(&GROUPS[group].title),
                    words.difference(effect, measure)
                ));
            }
        }
        top = bottom + 32.0;
    }
    sheet.finish(&format!("for-whom-{}", measure.key), &title, &description.join(" "), top).map(Some)
}

/// Draws the band of what is not worth having, the grid and the zero line.
fn grid(sheet: &mut Sheet, panel: &Panel, worthwhile: f64, words: &Words) {
    let frame = panel.frame;
    sheet.band(panel, &[(-worthwhile, 0.0), (worthwhile, 0.0)], &[(-worthwhile, 1.0), (worthwhile, 1.0)], BAND, 1.0);
    let ticks = panel.x_ticks(5, 11.5, |value, step| tick(value, step, true, words.language));
    for &value in &ticks.values {
        sheet.line(panel, &[(value, 0.0), (value, 1.0)], 0.8, FAINT);
        sheet.words(
            &tick(value, ticks.step, true, words.language),
            (panel.x(value), frame.bottom + 13.0),
            Type::plain(11.5, GREY).aligned(Align::Middle),
        );
    }
    sheet.line(panel, &[(0.0, 0.0), (0.0, 1.0)], 1.4, GREY);
}
