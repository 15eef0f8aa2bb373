//! The only room that knows plotters and resvg: a sheet to draw on, panels with axes, and a check of what was drawn.
//!
//! plotters rounds every place to whole pixels, so a sheet is drawn eight times too large and its SVG header rewritten.
//! It also clips silently at the limits of an axis, and does not know whether words collide; therefore a sheet remembers
//! where its marks and words are, and [`Figure::faults`] says what is wrong with them.

use std::sync::{Arc, OnceLock};

use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use resvg::{tiny_skia, usvg};

/// How many times too large the sheet is drawn.
const SCALE: f64 = 8.0;
/// The embedded font, and what a browser takes where it is not installed; Verdana has the same widths.
const FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";
const REGULAR: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans.ttf");
const BOLD: &[u8] = include_bytes!("../../assets/fonts/DejaVuSans-Bold.ttf");
/// plotters writes the font size divided by this number into its SVG.
const SIZE_IN_SVG: f64 = 1.24;

/// A colour, red, green and blue.
pub type Colour = (u8, u8, u8);
/// Titles and axis words.
pub const INK: Colour = (0x1A, 0x1A, 0x1A);
/// Lesser words and the baseline; 7 : 1 on white.
pub const GREY: Colour = (0x5A, 0x5A, 0x5A);
/// Grid lines.
pub const FAINT: Colour = (0xDD, 0xDD, 0xDD);
/// The band in which a difference is not worth having.
pub const BAND: Colour = (0xEE, 0xEE, 0xEE);
const WHITE_PAPER: Colour = (0xFF, 0xFF, 0xFF);
/// Colours of the alternatives; each passes as text on white.
const PALETTE: [Colour; 4] = [(0x00, 0x72, 0xB2), (0xA8, 0x4A, 0x00), (0x00, 0x69, 0x4C), (0x88, 0x22, 0x55)];

/// The colour of the alternative with this place in the study.
pub fn colour_of(alternative: usize) -> Colour {
    PALETTE[alternative % PALETTE.len()]
}

/// The shape of a mark: with five shapes and four colours the first twenty alternatives all differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// A disc.
    Circle,
    /// A square.
    Square,
    /// A square on its point.
    Diamond,
    /// Point up.
    Up,
    /// Point down.
    Down,
}

impl Marker {
    /// The marker of the alternative with this place in the study.
    pub fn of(alternative: usize) -> Self {
        [Self::Circle, Self::Square, Self::Diamond, Self::Up, Self::Down][alternative % 5]
    }

    /// Corners around the middle for radius 1; the disc is drawn as a many-sided polygon, as sharp as the others.
    fn corners(self) -> Vec<(f64, f64)> {
        match self {
            Self::Circle => (0..32).map(|i| f64::from(i) * std::f64::consts::TAU / 32.0).map(|a| (libm::cos(a), libm::sin(a))).collect(),
            Self::Square => vec![(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
            Self::Diamond => vec![(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)],
            Self::Up => vec![(0.0, -1.15), (1.1, 0.85), (-1.1, 0.85)],
            Self::Down => vec![(0.0, 1.15), (1.1, -0.85), (-1.1, -0.85)],
        }
    }
}

/// A rectangle in pixels of the figure: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Frame {
    fn holds(&self, other: &Self, slack: f64) -> bool {
        other.left >= self.left - slack && other.right <= self.right + slack && other.top >= self.top - slack && other.bottom <= self.bottom + slack
    }

    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// Where words lie from their point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// They begin there.
    Left,
    /// They are centred there.
    Middle,
    /// They end there.
    Right,
}

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Type {
    /// Font size, pixels.
    pub size: f64,
    /// Bold or not.
    pub bold: bool,
    /// Colour.
    pub colour: Colour,
    /// Alignment.
    pub align: Align,
}

impl Type {
    /// Plain words, aligned to the left.
    pub const fn plain(size: f64, colour: Colour) -> Self {
        Self { size, bold: false, colour, align: Align::Left }
    }

    /// Bold words, aligned to the left.
    pub const fn bold(size: f64, colour: Colour) -> Self {
        Self { size, bold: true, colour, align: Align::Left }
    }

    /// The same, aligned otherwise.
    pub const fn aligned(mut self, align: Align) -> Self {
        self.align = align;
        self
    }
}

enum Shape {
    Line(Vec<(f64, f64)>, f64, Colour),
    Area(Vec<(f64, f64)>, Colour, f64),
    Words(String, (f64, f64), Type),
}

/// Axes on a part of the sheet. The limits of both are chosen by the caller with [`limits`], which leaves room.
#[derive(Clone)]
pub struct Panel {
    /// The part of the sheet.
    pub frame: Frame,
    x: RangedCoordf64,
    y: RangedCoordf64,
}

impl Panel {
    /// Axes from left to right and from bottom to top.
    pub fn new(frame: Frame, x: (f64, f64), y: (f64, f64)) -> Self {
        Self { frame, x: (x.0..x.1).into(), y: (y.0..y.1).into() }
    }

    /// The horizontal place of a value, pixels.
    pub fn x(&self, value: f64) -> f64 {
        f64::from(self.x.map(&value, ((self.frame.left * SCALE) as i32, (self.frame.right * SCALE) as i32))) / SCALE
    }

    /// The vertical place of a value, pixels.
    pub fn y(&self, value: f64) -> f64 {
        f64::from(self.y.map(&value, ((self.frame.bottom * SCALE) as i32, (self.frame.top * SCALE) as i32))) / SCALE
    }

    /// Round values along the horizontal axis, at most `most` of them.
    pub fn x_ticks(&self, most: usize) -> Ticks {
        Ticks::within(self.x.range(), most)
    }

    /// Round values along the vertical axis, at most `most` of them.
    pub fn y_ticks(&self, most: usize) -> Ticks {
        Ticks::within(self.y.range(), most)
    }
}

/// Round values along an axis. plotters has its own, but leaves a short axis with one value or none.
#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    /// From one to the next: 1, 2 or 5 times a power of ten.
    pub step: f64,
    /// In rising order.
    pub values: Vec<f64>,
}

impl Ticks {
    /// As many as fit, at most `most` and at least two where the range allows it.
    fn within(range: std::ops::Range<f64>, most: usize) -> Self {
        let width = range.end - range.start;
        if !(width.is_finite() && width > 0.0) {
            return Self { step: 1.0, values: Vec::new() };
        }
        let least = libm::floor(libm::log10(width)) as i32 - 3;
        let steps = (least..least + 6).flat_map(|power| [1.0, 2.0, 5.0].map(|digit| digit * libm::pow(10.0, f64::from(power))));
        let ends = |step: f64| (libm::ceil(range.start / step) as i64, libm::floor(range.end / step) as i64);
        let fits = |step: &f64| ends(*step).1 - ends(*step).0 < most.max(2) as i64;
        let step = steps.into_iter().find(fits).unwrap_or(width / 2.0);
        let (first, last) = ends(step);
        Self { step, values: (first..=last).map(|i| i as f64 * step).collect() }
    }
}

/// Limits of an axis that holds every finite value with some room at both ends; never empty.
pub fn limits(values: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in values.into_iter().filter(|value| value.is_finite()) {
        low = low.min(value);
        high = high.max(value);
    }
    if low > high {
        return (0.0, 1.0);
    }
    let room = if high > low { (high - low) * 0.06 } else { (high.abs() * 0.1).max(1e-3) };
    (low - room, high + room)
}

/// A sheet that is being drawn.
pub struct Sheet {
    width: f64,
    shapes: Vec<Shape>,
    words: Vec<(String, Frame)>,
    marks: Vec<(Frame, Frame)>,
}

impl Sheet {
    /// An empty sheet of this width in pixels; its height is known when it is finished.
    pub fn new(width: f64) -> Self {
        register_fonts();
        Self { width, shapes: Vec::new(), words: Vec::new(), marks: Vec::new() }
    }

    /// Writes one line of words whose middle height is at `at`.
    pub fn words(&mut self, text: &str, at: (f64, f64), style: Type) {
        let width = width_of(text, style.size, style.bold);
        let left = match style.align {
            Align::Left => at.0,
            Align::Middle => at.0 - width / 2.0,
            Align::Right => at.0 - width,
        };
        let frame = Frame { left, right: left + width, top: at.1 - style.size * 0.58, bottom: at.1 + style.size * 0.52 };
        self.words.push((text.to_owned(), frame));
        self.shapes.push(Shape::Words(text.to_owned(), at, style));
    }

    /// Writes words on a white ground, where they would otherwise lie over a line.
    pub fn label(&mut self, text: &str, at: (f64, f64), style: Type) {
        self.words(text, at, style);
        if let (Some((_, frame)), Some(shape)) = (self.words.last().cloned(), self.shapes.pop()) {
            self.block(frame, WHITE_PAPER);
            self.shapes.push(shape);
        }
    }

    /// Writes words over as many lines as `room` asks for and returns how far down they reach from `at`.
    pub fn paragraph(&mut self, text: &str, at: (f64, f64), style: Type, room: f64) -> f64 {
        let lines = wrap(text, style.size, style.bold, room);
        for (i, line) in lines.iter().enumerate() {
            self.words(line, (at.0, at.1 + i as f64 * style.size * 1.35), style);
        }
        lines.len() as f64 * style.size * 1.35
    }

    /// Draws a line on the sheet itself: an axis, a rule.
    pub fn rule(&mut self, points: &[(f64, f64)], thick: f64, colour: Colour) {
        self.shapes.push(Shape::Line(points.to_vec(), thick, colour));
    }

    /// Draws a filled rectangle on the sheet itself.
    pub fn block(&mut self, frame: Frame, colour: Colour) {
        let Frame { left, top, right, bottom } = frame;
        self.shapes.push(Shape::Area(vec![(left, top), (right, top), (right, bottom), (left, bottom)], colour, 1.0));
    }

    /// Draws a line through values of a panel.
    pub fn line(&mut self, panel: &Panel, values: &[(f64, f64)], thick: f64, colour: Colour) {
        let points = self.place(panel, values, 0.0);
        self.shapes.push(Shape::Line(points, thick, colour));
    }

    /// Draws a dashed line through values of a panel.
    pub fn dashes(&mut self, panel: &Panel, values: &[(f64, f64)], thick: f64, colour: Colour) {
        let points = self.place(panel, values, 0.0);
        for piece in dashed(&points, 5.0, 3.5) {
            self.shapes.push(Shape::Line(piece, thick, colour));
        }
    }

    /// Fills the area between two rows of values of a panel, with the given opacity.
    pub fn band(&mut self, panel: &Panel, low: &[(f64, f64)], high: &[(f64, f64)], colour: Colour, opacity: f64) {
        let mut points = self.place(panel, low, 0.0);
        let mut back = self.place(panel, high, 0.0);
        back.reverse();
        points.append(&mut back);
        self.shapes.push(Shape::Area(points, colour, opacity));
    }

    /// Puts a marker at a value of a panel: filled with its colour, or open.
    pub fn marker(&mut self, panel: &Panel, at: (f64, f64), marker: Marker, radius: f64, colour: Colour, open: bool) {
        let middle = self.place(panel, &[at], 0.0)[0];
        let around = |r: f64| marker.corners().into_iter().map(|(x, y)| (middle.0 + x * r, middle.1 + y * r)).collect();
        self.shapes.push(Shape::Area(around(radius), colour, 1.0));
        if open {
            self.shapes.push(Shape::Area(around(radius * 0.55), WHITE_PAPER, 1.0));
        }
    }

    /// Places values of a panel on the sheet and remembers them as marks.
    fn place(&mut self, panel: &Panel, values: &[(f64, f64)], reach: f64) -> Vec<(f64, f64)> {
        let points: Vec<_> = values.iter().map(|&(x, y)| (panel.x(x), panel.y(y))).collect();
        let mark = points.iter().fold(
            Frame { left: f64::INFINITY, top: f64::INFINITY, right: f64::NEG_INFINITY, bottom: f64::NEG_INFINITY },
            |f, &(x, y)| Frame { left: f.left.min(x - reach), right: f.right.max(x + reach), top: f.top.min(y - reach), bottom: f.bottom.max(y + reach) },
        );
        if !points.is_empty() {
            self.marks.push((panel.frame, mark));
        }
        points
    }

    /// Hands the drawing to plotters and gives it a name, a title and a description for those who cannot see it.
    ///
    /// # Errors
    /// What plotters says; it has no reason to, since the font and the memory are our own.
    pub fn finish(self, key: &str, title: &str, description: &str, height: f64) -> Result<Figure, String> {
        let size = ((self.width * SCALE) as u32, (height * SCALE) as u32);
        let mut drawn = String::new();
        draw(&self.shapes, &mut drawn, size).map_err(|e| format!("plotters could not draw {key}: {e}"))?;
        let body = drawn.find('\n').map_or("", |end| &drawn[end + 1..]);
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{key}-title {key}-desc\">\n\
             <title id=\"{key}-title\">{}</title>\n<desc id=\"{key}-desc\">{}</desc>\n{body}",
            self.width, height, size.0, size.1, escape(title), escape(description)
        );
        Ok(Figure { key: key.to_owned(), title: title.to_owned(), width: self.width, height, svg, words: self.words, marks: self.marks })
    }
}

/// A finished figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Name of its file, without language and ending.
    pub key: String,
    /// The message.
    pub title: String,
    /// Pixels.
    pub width: f64,
    /// Pixels.
    pub height: f64,
    /// The drawing, complete.
    pub svg: String,
    words: Vec<(String, Frame)>,
    marks: Vec<(Frame, Frame)>,
}

impl Figure {
    /// Everything wrong with the layout: words that collide or leave the sheet, marks outside their axes. Empty is good.
    pub fn faults(&self) -> Vec<String> {
        let sheet = Frame { left: 0.0, top: 0.0, right: self.width, bottom: self.height };
        let mut faults = Vec::new();
        for (i, (text, frame)) in self.words.iter().enumerate() {
            if !sheet.holds(frame, 0.0) {
                faults.push(format!("{}: “{text}” leaves the sheet", self.key));
            }
            for (other, at) in &self.words[..i] {
                if frame.meets(at) {
                    faults.push(format!("{}: “{text}” lies over “{other}”", self.key));
                }
            }
        }
        for (panel, mark) in &self.marks {
            if !panel.holds(mark, 0.5) {
                faults.push(format!("{}: a mark {mark:?} lies outside its axes {panel:?}", self.key));
            }
        }
        faults
    }

    /// The same figure as a PNG, twice as many pixels each way, drawn with the embedded font alone.
    ///
    /// # Errors
    /// What resvg says, or that the picture is too large for memory.
    pub fn png(&self) -> Result<Vec<u8>, String> {
        static FONTS: OnceLock<Arc<usvg::fontdb::Database>> = OnceLock::new();
        let fonts = FONTS.get_or_init(|| {
            let mut fonts = usvg::fontdb::Database::new();
            fonts.load_font_data(REGULAR.to_vec());
            fonts.load_font_data(BOLD.to_vec());
            fonts.set_sans_serif_family("DejaVu Sans");
            Arc::new(fonts)
        });
        let options = usvg::Options { fontdb: fonts.clone(), ..usvg::Options::default() };
        let tree = usvg::Tree::from_str(&self.svg, &options).map_err(|e| format!("resvg could not read {}: {e}", self.key))?;
        let (width, height) = ((self.width * 2.0) as u32, (self.height * 2.0) as u32);
        let mut pixels = tiny_skia::Pixmap::new(width, height).ok_or_else(|| format!("{} is too large for a PNG", self.key))?;
        pixels.fill(tiny_skia::Color::WHITE);
        resvg::render(&tree, tiny_skia::Transform::from_scale(2.0, 2.0), &mut pixels.as_mut());
        pixels.encode_png().map_err(|e| format!("{} could not be written as PNG: {e}", self.key))
    }
}

fn draw(shapes: &[Shape], into: &mut String, size: (u32, u32)) -> Result<(), Box<dyn std::error::Error>> {
    let area = SVGBackend::with_string(into, size).into_drawing_area();
    area.fill(&WHITE)?;
    let whole = |points: &[(f64, f64)]| points.iter().map(|&(x, y)| ((x * SCALE).round() as i32, (y * SCALE).round() as i32)).collect::<Vec<_>>();
    let rgb = |(r, g, b): Colour| RGBColor(r, g, b);
    for shape in shapes {
        match shape {
            Shape::Line(points, thick, colour) => {
                let style = rgb(*colour).stroke_width((thick * SCALE) as u32);
                area.draw(&PathElement::new(whole(points), style))?;
            }
            Shape::Area(points, colour, opacity) => area.draw(&Polygon::new(whole(points), rgb(*colour).mix(*opacity)))?,
            Shape::Words(text, at, style) => {
                let h_pos = match style.align {
                    Align::Left => HPos::Left,
                    Align::Middle => HPos::Center,
                    Align::Right => HPos::Right,
                };
                let font = font(style.size * SCALE * SIZE_IN_SVG, style.bold);
                let colour = rgb(style.colour);
                let look = TextStyle::from(font).color(&colour).pos(Pos::new(h_pos, VPos::Center));
                area.draw(&Text::new(text.as_str(), whole(&[*at])[0], look))?;
            }
        }
    }
    area.present()?;
    drop(area);
    Ok(())
}

fn font(size: f64, bold: bool) -> FontDesc<'static> {
    FontDesc::new(FontFamily::Name(FAMILY), size, if bold { FontStyle::Bold } else { FontStyle::Normal })
}

/// The width of words in pixels. plotters measures some six per cent too wide; that is kept, as room for readers whose
/// browser takes another font.
pub fn width_of(text: &str, size: f64, bold: bool) -> f64 {
    register_fonts();
    let measured = font(size * SCALE * SIZE_IN_SVG, bold).layout_box(text);
    measured.map_or(text.chars().count() as f64 * size * 0.7, |(_, (right, _))| f64::from(right) / SCALE)
}

/// Breaks words into lines no wider than `room`; one word that is wider is cut with an ellipsis.
pub fn wrap(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // Spaces that hold a number and its unit together are not places to break.
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        let word = shorten(word, size, bold, room);
        match lines.last_mut() {
            Some(line) if width_of(&format!("{line} {word}"), size, bold) <= room => {
                line.push(' ');
                line.push_str(&word);
            }
            _ => lines.push(word),
        }
    }
    lines
}

/// Breaks words into as few lines as `room` allows and makes those lines about equally long, so that no word is left alone.
pub fn wrap_evenly(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let mut best = wrap(text, size, bold, room);
    let mut narrower = room * 0.97;
    while narrower > room * 0.4 {
        let lines = wrap(text, size, bold, narrower);
        if lines.len() > best.len() || lines.iter().any(|line| line.ends_with('…')) {
            break;
        }
        best = lines;
        narrower *= 0.97;
    }
    best
}

/// The words over at most `most` lines, the last cut with an ellipsis if need be.
pub fn wrap_at_most(most: usize, text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let mut lines = wrap(text, size, bold, room);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(shorten(&rest, size, bold, room));
    }
    lines
}

/// The words, cut with an ellipsis if they are wider than `room`.
pub fn shorten(text: &str, size: f64, bold: bool, room: f64) -> String {
    if width_of(text, size, bold) <= room {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let short = kept.iter().collect::<String>().trim_end().to_owned() + "…";
        if width_of(&short, size, bold) <= room {
            return short;
        }
    }
    "…".to_owned()
}

/// Cuts a line into dashes of the given length and gap, pixels.
fn dashed(points: &[(f64, f64)], dash: f64, gap: f64) -> Vec<Vec<(f64, f64)>> {
    let (mut pieces, mut left, mut on) = (Vec::new(), dash, true);
    let Some(&first) = points.first() else { return pieces };
    let mut piece = vec![first];
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        loop {
            let length = libm::hypot(to.0 - from.0, to.1 - from.1);
            if length <= left {
                left -= length;
                piece.push(to);
                break;
            }
            let part = left / length;
            from = (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part);
            piece.push(from);
            if on {
                pieces.push(std::mem::take(&mut piece));
            }
            piece = vec![from];
            on = !on;
            left = if on { dash } else { gap };
        }
    }
    if on && piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

/// Registers the font with plotters; a second time changes nothing.
fn register_fonts() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        // A broken font would show as a failing test of widths, and words would then be placed by estimate.
        let _ = plotters::style::register_font(FAMILY, FontStyle::Normal, REGULAR);
        let _ = plotters::style::register_font(FAMILY, FontStyle::Bold, BOLD);
    });
}

/// Makes words safe inside XML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_hold_every_finite_value_and_are_never_empty() {
        assert_eq!(limits([f64::NAN]), (0.0, 1.0));
        let (low, high) = limits([-2.0, 7.0, f64::INFINITY]);
        assert!(low < -2.0 && high > 7.0 && high.is_finite());
        let (low, high) = limits([3.0, 3.0]);
        assert!(low < 3.0 && high > 3.0);
    }

    #[test]
    fn bold_words_are_wider_and_the_font_knows_the_signs_of_the_figures() {
        assert!(width_of("Stabiele huur", 13.0, true) > width_of("Stabiele huur", 13.0, false));
        let sign = width_of("−", 100.0, false);
        assert!((80.0..100.0).contains(&sign), "a true minus is as wide as a plus: {sign}");
    }

    #[test]
    fn wrapped_lines_fit_and_keep_every_word() {
        let text = "Een vaste sociaal beheerder op elke galerij van het gebouw";
        let lines = wrap(text, 13.0, true, 150.0);
        assert!(lines.len() > 1);
        assert!(lines.iter().all(|line| width_of(line, 13.0, true) <= 150.0));
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn even_lines_leave_no_word_alone_and_long_names_are_cut_at_the_last_line() {
        let lines = wrap_evenly("one two three four five six seven", 13.0, false, 200.0);
        let widths: Vec<_> = lines.iter().map(|line| width_of(line, 13.0, false)).collect();
        assert!(lines.len() == 2 && widths[1] > widths[0] * 0.6, "{lines:?}");
        let lines = wrap_at_most(2, "one two three four five six seven", 13.0, false, 80.0);
        assert!(lines.len() == 2 && lines[1].ends_with('…'), "{lines:?}");
    }

    #[test]
    fn ticks_are_round_and_lie_inside() {
        assert_eq!(Ticks::within(-2.9..2.9, 7).values, vec![-2.0, -1.0, 0.0, 1.0, 2.0]);
        assert_eq!(Ticks::within(-0.2..9.3, 3).values, vec![0.0, 5.0]);
        for (range, most) in [(-9.0..4.0, 3), (0.0..1e6, 6), (-1e-4..3e-4, 4), (5.0..5.1, 5)] {
            let ticks = Ticks::within(range.clone(), most);
            assert!((2..=most).contains(&ticks.values.len()), "{range:?}: {ticks:?}");
            assert!(ticks.values.iter().all(|tick| range.contains(tick)));
        }
    }

    #[test]
    fn words_that_collide_or_leave_the_sheet_are_faults() {
        let mut sheet = Sheet::new(200.0);
        sheet.words("one", (10.0, 20.0), Type::plain(12.0, INK));
        sheet.words("two", (12.0, 22.0), Type::plain(12.0, INK));
        sheet.words("far out", (180.0, 60.0), Type::plain(12.0, INK));
        let figure = sheet.finish("k", "t", "d", 100.0).expect("draws");
        assert_eq!(figure.faults().len(), 2, "{:?}", figure.faults());
    }

    #[test]
    fn a_mark_outside_its_axes_is_a_fault() {
        let mut sheet = Sheet::new(200.0);
        let panel = Panel::new(Frame { left: 20.0, top: 20.0, right: 180.0, bottom: 80.0 }, (0.0, 1.0), (0.0, 1.0));
        sheet.line(&panel, &[(0.0, 0.5), (1.0, 1.2)], 1.0, INK);
        assert_eq!(sheet.finish("k", "t", "d", 100.0).expect("draws").faults().len(), 1);
    }

    #[test]
    fn a_figure_names_and_describes_itself_and_escapes_what_users_write() {
        let figure = Sheet::new(100.0).finish("k", "a < b & c", "why", 50.0).expect("draws");
        assert!(figure.svg.starts_with("<svg ") && figure.svg.contains("role=\"img\""));
        assert!(figure.svg.contains("<title id=\"k-title\">a &lt; b &amp; c</title>"));
        assert!(figure.svg.contains("viewBox=\"0 0 800 400\"") && figure.svg.contains("width=\"100\""));
        assert!(figure.png().expect("rasterises").starts_with(b"\x89PNG"));
    }

    #[test]
    fn dashes_cover_a_line_in_pieces() {
        let pieces = dashed(&[(0.0, 0.0), (20.0, 0.0)], 5.0, 5.0);
        assert_eq!(pieces, vec![vec![(0.0, 0.0), (5.0, 0.0)], vec![(10.0, 0.0), (15.0, 0.0)]]);
    }
}
