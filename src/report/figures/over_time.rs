//! One measure over time: a panel for every alternative, its bands over the replications, the baseline in grey.

use super::{MARGIN, WIDTH, heading, message};
use crate::observation::dictionary::Measure;
use crate::report::data::{Results, Series, mean, quantile};
use crate::report::numbers::{level, show, tick};
use crate::report::plot::{
    Align, FAINT, Figure, Frame, GREY, Panel, Sheet, Type, colour_of, limits, width_of, wrap_at_most,
};
use crate::report::words::Words;
use crate::results::manifest::ScenarioNote;

/// Panels beside each other: as many as make full rows.
fn columns(panels: usize) -> usize {
    match panels {
        0 | 1 => 1,
        2 | 4 => 2,
        _ => 3,
    }
}

/// Size of the letters along the axes, pixels.
const LABEL: f64 = 11.5;
/// Height of the axes, pixels.
const HIGH: f64 = 170.0;
/// Points of a curve among this many panels: more cannot be seen, and only make the page heavy.
fn points(panels: usize) -> usize {
    (800 / panels.max(1)).clamp(60, 160)
}

/// A line with its bands: week with mean, and low and high of 50 and 90 % of the replications, in the shown unit.
struct Curve {
    mean: Vec<(f64, f64)>,
    half: [Vec<(f64, f64)>; 2],
    most: [Vec<(f64, f64)>; 2],
}

impl Curve {
    fn of(series: &Series, factor: f64, most: usize) -> Self {
        let every = series.len().div_ceil(most).max(1);
        let last = series.len().saturating_sub(1);
        let kept: Vec<_> = series
            .iter()
            .enumerate()
            .filter(|(i, _)| (last - i).is_multiple_of(every) || *i == 0)
            .map(|(_, point)| point)
            .collect();
        let line = |of: &dyn Fn(&[f64]) -> f64| {
            kept.iter().map(|&(&week, values)| (f64::from(week), of(values) * factor)).collect::<Vec<_>>()
        };
        let at = |share: f64| line(&|values| quantile(values, share));
        Self { mean: line(&mean), half: [at(0.25), at(0.75)], most: [at(0.05), at(0.95)] }
    }

    fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.mean.iter().chain(self.half.iter().chain(&self.most).flatten()).map(|point| point.1)
    }
}

/// Draws a measure over time; nothing if no scenario has values for it.
///
/// # Errors
/// What the plotting library says.
pub fn draw(results: &Results, measure: &'static Measure, words: &Words) -> Result<Option<Figure>, String> {
    let how = show(measure);
    let alternatives = results.alternatives();
    let shown: Vec<&ScenarioNote> = if alternatives.is_empty() { vec![results.baseline()] } else { alternatives };
    let curve_of = |scenario: &ScenarioNote| {
        let series = results.level(&scenario.key, measure.key)?;
        Some(Curve::of(series, how.factor, points(shown.len())))
    };
    let baseline = curve_of(results.baseline());
    let curves: Vec<_> = shown.iter().map(|scenario| curve_of(scenario)).collect();
    if curves.iter().all(Option::is_none) {
        return Ok(None);
    }
    let y = limits(
        curves.iter().flatten().flat_map(Curve::values).chain(baseline.iter().flat_map(|b| b.mean.iter().map(|p| p.1))),
    );
    let weeks = curves.iter().chain([&baseline]).flatten().flat_map(|c| c.mean.iter().map(|p| p.0));
    let (first, last) = weeks.fold((0.0_f64, 1.0_f64), |(low, high), week| (low.min(week), high.max(week)));

    let mut sheet = Sheet::new(WIDTH);
    let title = message::over_time(results, measure, words);
    let alone = results.alternatives().is_empty();
    let explained = words.fill_for(
        results.manifest.replications,
        if alone { "alone_explained" } else { "over_time_explained" },
        &[("meaning", words.pick(&measure.meaning)), ("baseline", words.pick(&results.baseline().title))],
    );
    let top = heading(&mut sheet, &title, &explained);
    let mut description = vec![explained];

    let columns = columns(shown.len());
    // Which values stand along the axis depends on its limits alone, so any frame will tell how wide they are.
    let any = Panel::new(Frame { left: 0.0, top: 0.0, right: 1.0, bottom: HIGH }, (first, last), y);
    let widest =
        height_labels(&any, measure, words).iter().map(|(_, text)| width_of(text, LABEL, false)).fold(0.0, f64::max);
    let numbers = widest + 16.0;
    let wide = (WIDTH - 2.0 * MARGIN) / columns as f64;
    let names: Vec<Vec<String>> =
        shown.iter().map(|s| wrap_at_most(3, words.pick(&s.title), 13.5, true, wide - numbers - 18.0)).collect();
    let names_room = 6.0 + 17.0 * names.iter().map(Vec::len).max().unwrap_or(1) as f64;
    let block = names_room + HIGH + 58.0;
    for (i, (scenario, curve)) in shown.iter().zip(&curves).enumerate() {
        let left = MARGIN + wide * (i % columns) as f64;
        let above = top + 20.0 + block * (i / columns) as f64;
        let right = left + wide - 18.0;
        let frame = Frame { left: left + numbers, right, top: above + names_room, bottom: above + names_room + HIGH };
        let panel = Panel::new(frame, (first, last), y);
        axes(&mut sheet, &panel, measure, (first, last), words);
        for (line, text) in names[i].iter().enumerate() {
            let up = (names[i].len() - 1 - line) as f64 * 17.0;
            sheet.words(text, (frame.left, frame.top - 13.0 - up), Type::bold(13.5, colour_of(i)));
        }
        if let Some(curve) = curve {
            sheet.band(&panel, &curve.most[0], &curve.most[1], colour_of(i), 0.15);
            sheet.band(&panel, &curve.half[0], &curve.half[1], colour_of(i), 0.28);
            if let (false, Some(baseline)) = (alone, &baseline) {
                sheet.dashes(&panel, &baseline.mean, 1.8, GREY);
            }
            sheet.line(&panel, &curve.mean, 2.4, colour_of(i));
            if let (Some(from), Some(to)) = (curve.mean.first(), curve.mean.last()) {
                let said = |value: f64| level(value / how.factor, measure, words.language);
                let values =
                    [("scenario", words.pick(&scenario.title)), ("from", &said(from.1)), ("until", &said(to.1))];
                description.push(words.fill("from_until", &values));
            }
        } else {
            let at = (f64::midpoint(frame.left, frame.right), f64::midpoint(frame.top, frame.bottom));
            sheet.words(words.get("no_data"), at, Type::plain(12.5, GREY).aligned(Align::Middle));
        }
    }
    let rows = curves.len().div_ceil(columns) as f64;
    sheet
        .finish(&format!("over-time-{}", measure.key), &title, &description.join(" "), top + 20.0 + block * rows)
        .map(Some)
}

/// The values along the vertical axis, with their words.
fn height_labels(panel: &Panel, measure: &Measure, words: &Words) -> Vec<(f64, String)> {
    let ticks = panel.y_ticks(6);
    let percent = if show(measure).percent { "%" } else { "" };
    ticks.values.iter().map(|&value| (value, tick(value, ticks.step, false, words.language) + percent)).collect()
}

/// Draws the grid, the numbers along both axes and the start of the policy.
fn axes(sheet: &mut Sheet, panel: &Panel, measure: &Measure, (first, last): (f64, f64), words: &Words) {
    let frame = panel.frame;
    for (value, text) in height_labels(panel, measure, words) {
        sheet.line(panel, &[(first, value), (last, value)], 0.8, FAINT);
        sheet.words(&text, (frame.left - 7.0, panel.y(value)), Type::plain(LABEL, GREY).aligned(Align::Right));
    }
    sheet.rule(&[(frame.left, frame.bottom), (frame.right, frame.bottom)], 1.0, GREY);
    sheet.rule(&[(panel.x(0.0), frame.top), (panel.x(0.0), frame.bottom)], 1.0, GREY);
    let years = last - first > 156.0;
    let unit = if years { 52.0 } else { 1.0 };
    let most = ((frame.right - frame.left) / 36.0) as usize;
    let every = round_step((last - first) / unit / most.max(1) as f64, years) * unit;
    let mut week = libm::ceil(first / every) * every;
    while week <= last + 1e-9 {
        let x = panel.x(week);
        sheet.rule(&[(x, frame.bottom), (x, frame.bottom + 4.0)], 1.0, GREY);
        let text =
            if week == 0.0 { words.get("start").to_owned() } else { tick(week / unit, 1.0, false, words.language) };
        sheet.words(&text, (x, frame.bottom + 14.0), Type::plain(LABEL, GREY).aligned(Align::Middle));
        week += every;
    }
    let unit = words.get(if years { "axis_years" } else { "axis_weeks" });
    sheet.words(unit, (frame.right, frame.bottom + 31.0), Type::plain(LABEL, GREY).aligned(Align::Right));
}

/// The smallest comfortable step that is at least `wanted`: quarters of a year in weeks, round numbers in years.
fn round_step(wanted: f64, years: bool) -> f64 {
    let steps: &[f64] =
        if years { &[1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0] } else { &[1.0, 2.0, 4.0, 13.0, 26.0, 52.0] };
    steps.iter().copied().find(|step| *step >= wanted).unwrap_or(wanted.ceil())
}
