//! The only room that knows plotters and resvg: a sheet to draw on, panels with axes, and a check of what was drawn.
//!
//! plotters rounds every place to whole pixels, so a sheet is drawn eight times too large and its SVG header rewritten.
//! It also clips silently at the limits of an axis, and does not know whether words collide; therefore a sheet remembers
//! where its marks and words are, and [`Figure::faults`] says what is wrong with them.

mod axis;
mod font;
mod ramp;
mod style;

use std::sync::{Arc, OnceLock};

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use resvg::{tiny_skia, usvg};

pub use axis::{OVERHANG, Panel, Ticks, limits};
use font::{BOLD, FAMILY, REGULAR, font, register_fonts};
pub use font::{shorten, width_of, wrap, wrap_at_most, wrap_evenly};
pub use ramp::{Ramp, ink_on};
pub use style::{Align, BAND, Colour, FAINT, Frame, GREY, INK, Marker, Type, WHITE_PAPER, colour_of};

/// How many times too large the sheet is drawn.
const SCALE: f64 = 8.0;
enum Shape {
    Line(Vec<(f64, f64)>, f64, Colour),
    Area(Vec<(f64, f64)>, Colour, f64),
    Disc((f64, f64), f64, Colour),
    Words(String, (f64, f64), Type),
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
        let frame =
            Frame { left, right: left + width, top: at.1 - style.size * 0.58, bottom: at.1 + style.size * 0.52 };
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
        let around = |r: f64, colour: Colour| {
            if marker == Marker::Circle {
                return Shape::Disc(middle, r, colour);
            }
            let corners = marker.corners().iter().map(|(x, y)| (middle.0 + x * r, middle.1 + y * r));
            Shape::Area(corners.collect(), colour, 1.0)
        };
        self.shapes.push(around(radius, colour));
        if open {
            self.shapes.push(around(radius * 0.55, WHITE_PAPER));
        }
    }

    /// Places values of a panel on the sheet and remembers them as marks.
    fn place(&mut self, panel: &Panel, values: &[(f64, f64)], reach: f64) -> Vec<(f64, f64)> {
        let points: Vec<_> = values.iter().map(|&(x, y)| (panel.x(x), panel.y(y))).collect();
        let mark = points.iter().fold(
            Frame { left: f64::INFINITY, top: f64::INFINITY, right: f64::NEG_INFINITY, bottom: f64::NEG_INFINITY },
            |f, &(x, y)| Frame {
                left: f.left.min(x - reach),
                right: f.right.max(x + reach),
                top: f.top.min(y - reach),
                bottom: f.bottom.max(y + reach),
            },
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
        let body = drawn.split_once('\n').map_or("", |(_, body)| body.trim_end().trim_end_matches("</svg>"));
        // What plotters says at every mark is said once, or not at all where it is what a browser takes anyway.
        let said_once = format!(" font-family=\"{FAMILY}\"");
        let body = body.replace(&said_once, "").replace(" opacity=\"1\"", "").replace(" \"/>", "\"/>");
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{key}-title {key}-desc\">\n\
             <title id=\"{key}-title\">{}</title>\n<desc id=\"{key}-desc\">{}</desc>\n<g font-family=\"{FAMILY}\" stroke-linejoin=\"round\">\n{body}</g>\n</svg>\n",
            self.width,
            height,
            size.0,
            size.1,
            escape(title),
            escape(description)
        );
        Ok(Figure {
            key: key.to_owned(),
            title: title.to_owned(),
            width: self.width,
            height,
            svg,
            words: self.words,
            marks: self.marks,
        })
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
        let tree =
            usvg::Tree::from_str(&self.svg, &options).map_err(|e| format!("resvg could not read {}: {e}", self.key))?;
        let (width, height) = ((self.width * 2.0) as u32, (self.height * 2.0) as u32);
        let mut pixels =
            tiny_skia::Pixmap::new(width, height).ok_or_else(|| format!("{} is too large for a PNG", self.key))?;
        pixels.fill(tiny_skia::Color::WHITE);
        resvg::render(&tree, tiny_skia::Transform::from_scale(2.0, 2.0), &mut pixels.as_mut());
        pixels.encode_png().map_err(|e| format!("{} could not be written as PNG: {e}", self.key))
    }
}

fn draw(shapes: &[Shape], into: &mut String, size: (u32, u32)) -> Result<(), Box<dyn std::error::Error>> {
    let area = SVGBackend::with_string(into, size).into_drawing_area();
    area.fill(&WHITE)?;
    let whole = |points: &[(f64, f64)]| {
        points.iter().map(|&(x, y)| ((x * SCALE).round() as i32, (y * SCALE).round() as i32)).collect::<Vec<_>>()
    };
    let rgb = |(r, g, b): Colour| RGBColor(r, g, b);
    for shape in shapes {
        match shape {
            Shape::Line(points, thick, colour) => {
                let style = rgb(*colour).stroke_width((thick * SCALE) as u32);
                area.draw(&PathElement::new(whole(points), style))?;
            }
            Shape::Area(points, colour, opacity) => {
                area.draw(&Polygon::new(whole(points), rgb(*colour).mix(*opacity)))?;
            }
            Shape::Disc(at, radius, colour) => {
                area.draw(&Circle::new(whole(&[*at])[0], radius * SCALE, rgb(*colour).filled()))?;
            }
            Shape::Words(text, at, style) => {
                let h_pos = match style.align {
                    Align::Left => HPos::Left,
                    Align::Middle => HPos::Center,
                    Align::Right => HPos::Right,
                };
                let font = font(style.size, style.bold);
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

/// Makes words safe inside XML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

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
