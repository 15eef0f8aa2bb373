//! The embedded font: how wide words are, and where to break them.

use std::sync::OnceLock;

use plotters::style::{FontDesc, FontFamily, FontStyle};

use super::SCALE;

/// The embedded font, and what a browser takes where it is not installed; Verdana has the same widths.
pub(super) const FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";
pub(super) const REGULAR: &[u8] = include_bytes!("../fonts/DejaVuSans.ttf");
pub(super) const BOLD: &[u8] = include_bytes!("../fonts/DejaVuSans-Bold.ttf");
/// plotters writes the font size divided by this number into its SVG.
const SIZE_IN_SVG: f64 = 1.24;

/// The font in a size of the finished figure.
pub(super) fn font(size: f64, bold: bool) -> FontDesc<'static> {
    FontDesc::new(
        FontFamily::Name(FAMILY),
        size * SCALE * SIZE_IN_SVG,
        if bold { FontStyle::Bold } else { FontStyle::Normal },
    )
}

/// The width of words in pixels. plotters measures some six per cent too wide; that is kept, as room for readers whose
/// browser takes another font.
pub fn width_of(text: &str, size: f64, bold: bool) -> f64 {
    register_fonts();
    let measured = font(size, bold).layout_box(text);
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

/// Registers the font with plotters; a second time changes nothing.
pub(super) fn register_fonts() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        // A broken font would show as a failing test of widths, and words would then be placed by estimate.
        let _ = plotters::style::register_font(FAMILY, FontStyle::Normal, REGULAR);
        let _ = plotters::style::register_font(FAMILY, FontStyle::Bold, BOLD);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
