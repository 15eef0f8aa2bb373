//! Differences with the baseline: an interval for every alternative, a row of panels for every headline measure.

use super::{MARGIN, WIDTH, heading, message};
use crate::observation::dictionary::Measure;
use crate::report::data::Results;
use crate::report::numbers::{number, show, tick};
use crate::report::plot::{
    Align, BAND, FAINT, Figure, Frame, GREY, INK, Marker, Panel, Sheet, Type, colour_of, limits, shorten, wrap,
    wrap_at_most,
};
use crate::report::verdict::{Verdict, judge};
use crate::report::words::Words;

/// Pixels from left: where the names end, where the axis begins and ends, where the numbers begin.
const NAMES_END: f64 = 232.0;
const AXIS: (f64, f64) = (250.0, 600.0);
const NUMBERS: f64 = 618.0;
/// Height of one alternative, pixels.
const ROW: f64 = 44.0;
/// Rows in one figure: what still fits on a sheet of A4.
const MOST_ROWS: usize = 16;

/// Draws the differences of every headline measure, over as many figures as fit on paper.
///
/// # Errors
/// What the plotting library says.
pub fn draw(results: &Results, words: &Words) -> Result<Vec<(Vec<&'static Measure>, Figure)>, String> {
    let alternatives = results.alternatives().len();
    let measured =
        |measure: &&Measure| results.alternatives().iter().any(|a| results.effect(&a.key, measure.key, 0).is_some());
    let measures: Vec<&'static Measure> = results.headline.iter().copied().filter(measured).collect();
    let at_once = (MOST_ROWS / alternatives.max(1)).max(1);
    measures
        .chunks(at_once)
        .enumerate()
        .map(|(i, part)| Ok((part.to_vec(), sheet_of(results, part, i, words)?)))
        .collect()
}

fn sheet_of(results: &Results, measures: &[&'static Measure], place: usize, words: &Words) -> Result<Figure, String> {
    let mut sheet = Sheet::new(WIDTH);
    let title = message::of_effects(results, measures, words);
    let baseline = words.pick(&results.baseline().title);
    let explained = words.fill_for(results.manifest.replications, "effects_explained", &[("baseline", baseline)]);
    let mut down = heading(&mut sheet, &title, &explained);
    let mut description = vec![explained];
    for measure in measures {
        down = measure_panel(&mut sheet, results, measure, down + 24.0, words, &mut description);
    }
    let key = if place == 0 { "effects".to_owned() } else { format!("effects-{}", place + 1) };
    sheet.finish(&key, &title, &description.join(" "), down + 14.0)
}

/// Draws one measure from `top` on and returns how far down it reaches.
fn measure_panel(
    sheet: &mut Sheet,
    results: &Results,
    measure: &Measure,
    top: f64,
    words: &Words,
    description: &mut Vec<String>,
) -> f64 {
    let how = show(measure);
    let worthwhile = results.worthwhile(measure) * how.factor;
    let name = words.pick(&measure.title);
    sheet.words(&shorten(name, 15.0, true, WIDTH - 2.0 * MARGIN), (MARGIN, top), Type::bold(15.0, INK));
    let mut notes = vec![words.pick(&measure.meaning), words.get(how.unit)];
    notes.extend(words.direction(measure));
    let now = results.last_level(&results.baseline().key, measure.key).map(|value| {
        let values = [("baseline", words.pick(&results.baseline().title)), ("level", &words.level(value, measure))];
        words.fill("baseline_level", &values)
    });
    notes.extend(now.as_deref());
    let mut down = top + 19.0;
    down += sheet.paragraph(&notes.join(" · "), (MARGIN, down), Type::plain(12.5, GREY), WIDTH - 2.0 * MARGIN);
    description.push(format!("{name}:"));

    let alternatives = results.alternatives();
    let effects: Vec<_> = alternatives.iter().map(|a| results.effect(&a.key, measure.key, 0)).collect();
    let known = effects.iter().flatten().flat_map(|e| e.ends());
    let x = limits(known.map(|value| value * how.factor).chain([0.0, worthwhile, -worthwhile]));
    let frame = Frame { left: AXIS.0, right: AXIS.1, top: down, bottom: down + ROW * alternatives.len() as f64 };
    let panel = Panel::new(frame, x, (0.0, 1.0));

    sheet.band(&panel, &[(-worthwhile, 0.0), (worthwhile, 0.0)], &[(-worthwhile, 1.0), (worthwhile, 1.0)], BAND, 1.0);
    let ticks = panel.x_ticks(7, 12.0, |value, step| tick(value, step, true, words.language));
    for &value in &ticks.values {
        sheet.line(&panel, &[(value, 0.0), (value, 1.0)], 0.8, FAINT);
        sheet.words(
            &tick(value, ticks.step, true, words.language),
            (panel.x(value), frame.bottom + 13.0),
            Type::plain(12.0, GREY).aligned(Align::Middle),
        );
    }
    for edge in [-worthwhile, worthwhile] {
        sheet.dashes(&panel, &[(edge, 0.0), (edge, 1.0)], 1.0, GREY);
    }
    sheet.line(&panel, &[(0.0, 0.0), (0.0, 1.0)], 1.6, GREY);

    for (i, (scenario, effect)) in alternatives.iter().zip(&effects).enumerate() {
        let (colour, marker) = (colour_of(i), Marker::of(i));
        let y = 1.0 - (i as f64 + 0.5) / alternatives.len() as f64;
        let middle = panel.y(y);
        let title = words.pick(&scenario.title);
        // A long name gets a third line, and smaller letters to fit them in.
        let room = NAMES_END - MARGIN;
        let few = wrap(title, 13.5, true, room);
        let (size, lines) = if few.len() > 2 { (12.0, wrap_at_most(3, title, 12.0, true, room)) } else { (13.5, few) };
        for (line, text) in lines.iter().enumerate() {
            let offset = (line as f64 - (lines.len() as f64 - 1.0) / 2.0) * size * 1.2;
            sheet.words(text, (NAMES_END, middle + offset), Type::bold(size, colour).aligned(Align::Right));
        }
        let Some(effect) = effect else {
            sheet.words(words.get("no_data"), (NUMBERS, middle), Type::plain(12.5, GREY));
            description.push(format!("{title}: {}.", words.get("no_data")));
            continue;
        };
        let at = |value: f64| (value * how.factor, y);
        if effect.has_intervals() {
            sheet.line(&panel, &[at(effect.most.low), at(effect.most.high)], 2.4, colour);
            sheet.line(&panel, &[at(effect.half.low), at(effect.half.high)], 7.0, colour);
        }
        sheet.marker(&panel, at(effect.difference), marker, 7.0, colour, true);
        let verdict = judge(effect, measure.better);
        let second = match verdict {
            // "Better in 20 of 20" would make a tiny difference look large.
            Verdict::TooSmall | Verdict::NoDifference => words.get(verdict.key(measure.better)).to_owned(),
            _ if !effect.has_intervals() => words.verdict(effect, measure).to_owned(),
            _ => words.share_better(effect, measure).unwrap_or_else(|| words.verdict(effect, measure).to_owned()),
        };
        let room = WIDTH - MARGIN - NUMBERS;
        sheet.words(
            &shorten(&words.difference(effect, measure), 13.5, true, room),
            (NUMBERS, middle - 8.5),
            Type::bold(13.5, INK),
        );
        sheet.words(&shorten(&second, 12.5, false, room), (NUMBERS, middle + 9.5), Type::plain(12.5, GREY));
        description.push(format!(
            "{title}: {}; {}.",
            words.difference_in_words(effect, measure),
            words.verdict(effect, measure)
        ));
    }
    let worth = words.fill("band_is", &[("size", &number(worthwhile, how.decimals, words.language))]);
    sheet.words(
        &shorten(&worth, 12.0, false, WIDTH - MARGIN - NUMBERS),
        (NUMBERS, frame.bottom + 13.0),
        Type::plain(12.0, GREY),
    );
    frame.bottom + 26.0
}
