//! One outcome by district: a tile for each, coloured by the level of the baseline, and by the difference of each alternative.

use super::tiles::{self, ASPECT, Layout, Order};
use super::{MARGIN, WIDTH, heading, message};
use crate::observation::dictionary::{Better, Measure};
use crate::report::data::{DistrictEffect, FEW_ADULTS, Results};
use crate::report::numbers::{level, number, show, signed, tick};
use crate::report::plot::{
    Align, Colour, FAINT, Figure, Frame, GREY, INK, Panel, Ramp, Sheet, Type, WHITE_PAPER, ink_on, limits, width_of,
    wrap, wrap_at_most,
};
use crate::report::words::Words;
use crate::results::manifest::{DistrictNote, ScenarioNote};

/// A figure by district, and the alternatives whose differences it shows: none where it shows levels.
#[derive(Debug, Clone, PartialEq)]
pub struct DistrictFigure {
    /// The measure.
    pub measure: &'static Measure,
    /// Keys of the alternatives.
    pub alternatives: Vec<String>,
    /// The drawing.
    pub figure: Figure,
}

/// White between panels, pixels.
const GAP: f64 = 30.0;
/// Panels beside each other at most, and how narrow their tiles may be, pixels.
const MOST_ACROSS: usize = 3;
const NARROW: f64 = 62.0;
/// The widest and the highest tile, pixels.
const WIDEST: f64 = 150.0;
const HEIGHT: (f64, f64) = (26.0, 60.0);
/// Height of all panels of one figure: what still fits on a sheet of A4.
const MOST_HEIGHT: f64 = 900.0;
/// White around a tile.
const RIM: f64 = 1.5;

/// Draws the levels of the baseline, and the differences of every alternative over as many figures as fit on paper.
/// Nothing for a study with fewer than two districts.
///
/// # Errors
/// What the plotting library says.
pub fn draw(results: &Results, words: &Words) -> Result<Vec<DistrictFigure>, String> {
    let Some(measure) = results.measured_by_district() else { return Ok(Vec::new()) };
    let map = Map { results, measure, words, layout: tiles::layout(results.districts()) };
    let mut figures = vec![DistrictFigure { measure, alternatives: Vec::new(), figure: levels(&map)? }];
    let alternatives = results.alternatives();
    let across = map.across(alternatives.len());
    let rows = (MOST_HEIGHT / map.panel_height(across)).floor().max(1.0) as usize;
    for (nth, part) in alternatives.chunks(across * rows).enumerate() {
        let key = if nth == 0 { String::new() } else { format!("-{}", nth + 1) };
        let key = format!("districts-change-{}{key}", measure.key);
        let figure = changes(&map, part, across.min(part.len()), &key)?;
        let alternatives = part.iter().map(|scenario| scenario.key.clone()).collect();
        figures.push(DistrictFigure { measure, alternatives, figure });
    }
    Ok(figures)
}

/// What all panels share.
struct Map<'a> {
    results: &'a Results,
    measure: &'static Measure,
    words: &'a Words,
    layout: Layout,
}

/// What one tile shows: a colour with words on it, an open tile with an edge, or that nothing can be said.
enum Look {
    Filled(Colour),
    Open(Colour),
    Unknown,
}

impl Map<'_> {
    /// Width and height of a tile when so many panels stand beside each other.
    fn tile(&self, across: usize) -> (f64, f64) {
        let gaps = (across - 1) as f64 * GAP;
        let wide = ((WIDTH - 2.0 * MARGIN - gaps) / across as f64 / self.layout.columns).min(WIDEST);
        (wide, (wide / ASPECT).clamp(HEIGHT.0, HEIGHT.1))
    }

    fn across(&self, alternatives: usize) -> usize {
        (2..=MOST_ACROSS.min(alternatives)).rev().find(|across| self.tile(*across).0 >= NARROW).unwrap_or(1)
    }

    /// With the name above it and white below.
    fn panel_height(&self, across: usize) -> f64 {
        self.layout.rows * self.tile(across).1 + 64.0
    }

    /// How the tiles of this size are ordered, and what their names leave out.
    fn order(&self, size: (f64, f64)) -> String {
        let order = self.words.get(match self.layout.order {
            Order::Position => "tiles_placed",
            Order::Groups => "tiles_grouped",
            Order::Name => "tiles_named",
        });
        let (_, left_out) = self.names(size);
        if left_out.is_empty() {
            return order.to_owned();
        }
        format!("{order} {}", self.words.fill("tiles_begin", &[("start", left_out)]))
    }

    /// What stands on tiles of this size: titles where they fit, else keys without what all begin with; and that beginning.
    fn names(&self, size: (f64, f64)) -> (Vec<String>, &str) {
        let districts = self.results.districts();
        let (wide, high) = room(size);
        let titles = tiles::names(districts, self.words);
        let titled = districts.iter().all(|district| district.title.is_some());
        if titled && name_size(&titles, (wide, high - 1.25 * value_size(high))).is_some() {
            return (titles, "");
        }
        let beginning = tiles::common_beginning(districts);
        let short = |district: &DistrictNote| district.key[beginning.len()..].replace(['-', '_'], " ");
        (districts.iter().map(short).collect(), beginning)
    }

    /// Draws all tiles from a corner on, each with its look and its value in words.
    fn panel(&self, sheet: &mut Sheet, corner: (f64, f64), (wide, high): (f64, f64), tiles: &[(Look, [String; 2])]) {
        let (names, _) = self.names((wide, high));
        let fit = Fit::of(&names, tiles, room((wide, high)));
        for (((column, row), name), (look, values)) in self.layout.tiles.iter().zip(&names).zip(tiles) {
            let (left, top) = (corner.0 + column * wide + RIM, corner.1 + row * high + RIM);
            let frame = Frame { left, top, right: left + wide - 2.0 * RIM, bottom: top + high - 2.0 * RIM };
            let ink = paint(sheet, frame, look);
            fit.write(sheet, frame, name, values, ink);
        }
    }

    /// Draws the colours with their values from a point on.
    fn legend(&self, sheet: &mut Sheet, ramp: &Ramp, at: (f64, f64), title: &str, with_sign: bool) {
        sheet.words(title, at, Type::plain(12.0, INK));
        let frame = Frame { left: at.0, right: at.0 + 260.0, top: at.1 + 13.0, bottom: at.1 + 27.0 };
        let panel = Panel::new(frame, ramp.limits(), (0.0, 1.0));
        // Even, so that zero lies between two steps.
        let steps = 40;
        for step in 0..steps {
            let (low, high) = ramp.limits();
            let value = low + (high - low) * (f64::from(step) + 0.5) / f64::from(steps);
            let wide = (frame.right - frame.left) / f64::from(steps);
            let left = frame.left + wide * f64::from(step);
            // Over the next one a little, or a browser lets the paper through between them.
            let right = (left + wide + 0.5).min(frame.right);
            sheet.block(Frame { left, right, ..frame }, ramp.colour(value));
        }
        let percent = if show(self.measure).percent && !with_sign { "%" } else { "" };
        let label = |value: f64, step: f64| tick(value, step, with_sign, self.words.language) + percent;
        let ticks = panel.x_ticks(5, 11.5, label);
        for &value in &ticks.values {
            let x = panel.x(value);
            sheet.rule(&[(x, frame.bottom), (x, frame.bottom + 4.0)], 1.0, GREY);
            let style = Type::plain(11.5, GREY).aligned(Align::Middle);
            sheet.words(&label(value, ticks.step), (x, frame.bottom + 13.0), style);
        }
    }

    /// Says below all what it was made from, and returns how far down that reaches.
    fn source(&self, sheet: &mut Sheet, down: f64) -> f64 {
        let manifest = &self.results.manifest;
        let values = [
            ("version", manifest.noaber.as_str()),
            ("study", self.words.pick(&manifest.study.title)),
            ("instrument", self.measure.source),
        ];
        let text = self.words.fill("tiles_source", &values);
        down + sheet.paragraph(&text, (MARGIN, down), Type::plain(11.5, GREY), WIDTH - 2.0 * MARGIN)
    }

    /// The meaning of the measure, and which way is good.
    fn meaning(&self) -> String {
        let mut notes = vec![self.words.pick(&self.measure.meaning)];
        notes.extend(self.words.direction(self.measure));
        notes.join(" · ")
    }
}

/// Shows beside the legend what an open and a grey tile mean, as far as there are any.
fn samples(sheet: &mut Sheet, top: f64, words: &Words, open: bool, unknown: bool) {
    let wanted = [(open, Look::Open(GREY), "tiles_open"), (unknown, Look::Unknown, "tiles_unknown")];
    for (nth, (_, look, text)) in wanted.iter().filter(|(wanted, ..)| *wanted).enumerate() {
        let top = top - 2.0 + 28.0 * nth as f64;
        let frame = Frame { left: MARGIN + 330.0, right: MARGIN + 370.0, top, bottom: top + 22.0 };
        paint(sheet, frame, look);
        let text = words.fill(text, &[("few", &FEW_ADULTS.to_string())]);
        sheet.words(&text, (frame.right + 8.0, top + 11.0), Type::plain(12.0, GREY));
    }
}

/// Paints a tile and returns the colour of the words on it.
fn paint(sheet: &mut Sheet, frame: Frame, look: &Look) -> Colour {
    match look {
        Look::Filled(colour) => {
            sheet.block(frame, *colour);
            ink_on(*colour)
        }
        Look::Open(colour) => {
            let Frame { left, top, right, bottom } = frame;
            let inside = Frame { left: left + 1.0, top: top + 1.0, right: right - 1.0, bottom: bottom - 1.0 };
            sheet.block(frame, *colour);
            sheet.block(inside, WHITE_PAPER);
            GREY
        }
        Look::Unknown => {
            sheet.block(frame, FAINT);
            GREY
        }
    }
}

/// Sizes of the letters of a name, pixels.
const SIZES: [f64; 5] = [13.0, 12.0, 11.0, 10.0, 9.5];

/// What a tile of this size has inside for words.
fn room((wide, high): (f64, f64)) -> (f64, f64) {
    (wide - 2.0 * RIM - 4.0, high - 2.0 * RIM)
}

/// Size of the letters of a value.
fn value_size(high: f64) -> f64 {
    if high >= 34.0 { 12.0 } else { 10.0 }
}

/// How many lines of this size there are room for.
fn lines(size: f64, high: f64) -> usize {
    ((high / (size * 1.2)).floor() as usize).clamp(1, 3)
}

/// The largest size in which every name is whole.
fn name_size(names: &[String], (wide, high): (f64, f64)) -> Option<f64> {
    let whole = |size: &f64| {
        names.iter().all(|name| {
            let found = wrap(name, *size, false, wide);
            found.len() <= lines(*size, high) && found.iter().all(|line| !line.ends_with('…'))
        })
    };
    SIZES.into_iter().find(whole)
}

/// How words are written in tiles: the same in all, so that size says nothing.
struct Fit {
    name: f64,
    lines: usize,
    value: f64,
    /// Which of the forms of a value fits in every tile, the longer first.
    form: Option<usize>,
    room: f64,
}

impl Fit {
    fn of(names: &[String], tiles: &[(Look, [String; 2])], (wide, high): (f64, f64)) -> Self {
        let value = value_size(high);
        let fits = |form: &usize| tiles.iter().all(|(_, values)| width_of(&values[*form], value, true) <= wide);
        let form = (0..2).find(fits);
        let left = high - if form.is_some() { value * 1.25 } else { 0.0 };
        let name = name_size(names, (wide, left)).unwrap_or(SIZES[SIZES.len() - 1]);
        Self { name, lines: lines(name, left), value, form, room: wide }
    }

    /// Writes the name and the value in the middle of a tile.
    fn write(&self, sheet: &mut Sheet, frame: Frame, name: &str, values: &[String; 2], ink: Colour) {
        let names = wrap_at_most(self.lines, name, self.name, false, self.room);
        let under = if self.form.is_some() { self.value * 1.25 } else { 0.0 };
        let all = names.len() as f64 * self.name * 1.2 + under;
        let middle = f64::midpoint(frame.left, frame.right);
        let mut down = f64::midpoint(frame.top, frame.bottom) - all / 2.0 + self.name * 0.6;
        for line in &names {
            sheet.words(line, (middle, down), Type::plain(self.name, ink).aligned(Align::Middle));
            down += self.name * 1.2;
        }
        if let Some(form) = self.form {
            let at = (middle, down - self.name * 0.6 + self.value * 0.62);
            sheet.words(&values[form], at, Type::bold(self.value, ink).aligned(Align::Middle));
        }
    }
}

/// The levels of the baseline.
fn levels(map: &Map<'_>) -> Result<Figure, String> {
    let Map { results, measure, words, .. } = *map;
    let how = show(measure);
    let found: Vec<Option<f64>> =
        results.districts().iter().map(|district| results.district_level(&district.key, measure.key)).collect();
    let is_small = |district: &DistrictNote| results.is_small(&district.key);
    let in_colour = results.districts().iter().zip(&found).filter(|(district, _)| !is_small(district));
    let ramp = Ramp::of_levels(limits(in_colour.filter_map(|(_, value)| *value).map(|value| value * how.factor)));
    let mut sheet = Sheet::new(WIDTH);
    let title = message::of_districts(results, measure, words);
    let weeks = results.last_week().to_string();
    let values = [
        ("measure", map.meaning()),
        ("baseline", words.pick(&results.baseline().title).to_owned()),
        ("weeks", weeks),
        ("order", map.order(map.tile(1))),
    ];
    let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
    let explained = words.fill_for(results.manifest.replications, "tiles_explained", &values);
    let top = heading(&mut sheet, &title, &explained) + 12.0;
    let tiles: Vec<(Look, [String; 2])> = results
        .districts()
        .iter()
        .zip(&found)
        .map(|(district, value)| match value {
            Some(value) => {
                let short = number(value * how.factor, how.decimals.saturating_sub(1), words.language);
                let look =
                    if is_small(district) { Look::Unknown } else { Look::Filled(ramp.colour(value * how.factor)) };
                (look, [level(*value, measure, words.language), short])
            }
            None => (Look::Unknown, ["–", "–"].map(str::to_owned)),
        })
        .collect();
    let size = map.tile(1);
    map.panel(&mut sheet, (MARGIN, top), size, &tiles);
    let down = top + map.layout.rows * size.1 + 24.0;
    let unit = if how.percent || how.unit == "unit_score" { "" } else { words.get(how.unit) };
    let name = [words.pick(&measure.title), unit].join(" ");
    map.legend(&mut sheet, &ramp, (MARGIN + 12.0, down), name.trim(), false);
    let unknown = tiles.iter().any(|(look, _)| matches!(look, Look::Unknown));
    samples(&mut sheet, down, words, false, unknown);
    let end = map.source(&mut sheet, down + 68.0);
    sheet.finish(&format!("districts-{}", measure.key), &title, &explained, end + 4.0)
}

/// The differences of some alternatives, a panel for each.
fn changes(map: &Map<'_>, alternatives: &[&ScenarioNote], across: usize, key: &str) -> Result<Figure, String> {
    let Map { results, measure, words, .. } = *map;
    let how = show(measure);
    let effect =
        |scenario: &ScenarioNote, district: &str| results.district_effect(&scenario.key, district, measure.key);
    // All figures of one measure have the same colours.
    let sizes = results
        .alternatives()
        .into_iter()
        .flat_map(|scenario| results.districts().iter().map(move |district| (scenario, &district.key)))
        .filter(|(_, district)| !results.is_small(district))
        .filter_map(|(scenario, district)| effect(scenario, district));
    let most = sizes.map(|effect| effect.difference.abs()).fold(results.worthwhile(measure), f64::max) * how.factor;
    let ramp = Ramp::of_differences(most.max(f64::MIN_POSITIVE), measure.better == Better::Lower);
    let mut sheet = Sheet::new(WIDTH);
    let title = message::of_district_changes(results, measure, alternatives, words);
    let values = [
        ("measure", map.meaning()),
        ("baseline", words.pick(&results.baseline().title).to_owned()),
        ("order", map.order(map.tile(across))),
    ];
    let values = values.each_ref().map(|(key, value)| (*key, value.as_str()));
    let explained = words.fill_for(results.manifest.replications, "tiles_change_explained", &values);
    let mut top = heading(&mut sheet, &title, &explained) + 12.0;
    let size = map.tile(across);
    let wide = size.0 * map.layout.columns;
    for row in alternatives.chunks(across) {
        let names: Vec<Vec<String>> =
            row.iter().map(|scenario| wrap_at_most(2, words.pick(&scenario.title), 14.0, true, wide)).collect();
        let room = 18.0 * names.iter().map(Vec::len).max().unwrap_or(1) as f64;
        for (column, (scenario, name)) in row.iter().zip(&names).enumerate() {
            let left = MARGIN + column as f64 * (wide + GAP);
            for (line, text) in name.iter().enumerate() {
                let up = (name.len() - line) as f64 * 18.0;
                sheet.words(text, (left + RIM, top + room - up + 8.0), Type::bold(14.0, INK));
            }
            let tiles: Vec<(Look, [String; 2])> = results
                .districts()
                .iter()
                .map(|district| {
                    let is_small = results.is_small(&district.key);
                    look(effect(scenario, &district.key), is_small, &ramp, measure, words)
                })
                .collect();
            map.panel(&mut sheet, (left, top + room + 4.0), size, &tiles);
        }
        top += room + 4.0 + map.layout.rows * size.1 + 18.0;
    }
    let down = top + 6.0;
    let mut notes = vec![words.get(how.unit)];
    notes.extend(words.direction(measure));
    map.legend(
        &mut sheet,
        &ramp,
        (MARGIN + 12.0, down),
        &format!("{}: {}", words.get("difference"), notes.join(", ")),
        true,
    );
    let is_unknown = |district: &str| alternatives.iter().any(|scenario| effect(scenario, district).is_none());
    let unknown = results.districts().iter().any(|one| results.is_small(&one.key) || is_unknown(&one.key));
    // Of one simulation no tile has an interval.
    samples(&mut sheet, down, words, results.manifest.replications > 1, unknown);
    let end = map.source(&mut sheet, down + 68.0);
    sheet.finish(key, &title, &explained, end + 4.0)
}

fn look(
    effect: Option<&DistrictEffect>,
    is_small: bool,
    ramp: &Ramp,
    measure: &Measure,
    words: &Words,
) -> (Look, [String; 2]) {
    let how = show(measure);
    let Some(effect) = effect else { return (Look::Unknown, ["–", "–"].map(str::to_owned)) };
    let shown = effect.difference * how.factor;
    let texts = [how.decimals, how.decimals.saturating_sub(1)].map(|decimals| signed(shown, decimals, words.language));
    if is_small {
        return (Look::Unknown, texts);
    }
    if effect.may_be_chance() {
        // An edge is thin, and needs a colour that shows; what reads as zero has no side.
        let is_zero = !texts[0].bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        let strong = shown.signum() * shown.abs().max(ramp.limits().1 / 2.0);
        return (Look::Open(if is_zero { GREY } else { ramp.colour(strong) }), texts);
    }
    (Look::Filled(ramp.colour(shown)), texts)
}
