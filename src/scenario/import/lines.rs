//! Text with lines of cells, whatever separates them: where each line and each cell stands, so that a fault can point there.

use std::borrow::Cow;
use std::path::Path;

use csv::StringRecord;

/// The largest file that is read; the whole country takes a tenth of it.
const MOST_BYTES: u64 = 256 << 20;

/// One line.
pub(super) struct Line {
    /// Its number, from 1.
    pub number: usize,
    /// The byte where it begins.
    pub start: usize,
    pub cells: StringRecord,
}

/// The cells of each line that has any, the first `skip` records left out.
pub(super) fn lines(text: &str, separator: u8, skip: usize) -> impl Iterator<Item = Line> + '_ {
    let (mut number, mut counted) = (1, 0);
    // A text that is decoded is valid, so that only its shape can be wrong.
    records(text, separator).skip(skip).filter_map(Result::ok).filter_map(move |cells| {
        // The reader stands before the end of the last line where that has two characters.
        let begin = (cells.position()?.byte() as usize).min(text.len());
        let start = begin + text[begin..].bytes().take_while(u8::is_ascii_whitespace).count();
        number += text[counted..start].bytes().filter(|byte| *byte == b'\n').count();
        counted = start;
        (!cells.iter().all(|cell| cell.trim().is_empty())).then_some(Line { number, start, cells })
    })
}

/// The records of a text, of any number of cells.
pub(super) fn records(text: &str, separator: u8) -> impl Iterator<Item = csv::Result<StringRecord>> + '_ {
    let mut builder = csv::ReaderBuilder::new();
    builder.delimiter(separator).has_headers(false).flexible(true);
    builder.from_reader(text.as_bytes()).into_records()
}

/// Where the `nth` cell of the line at `start` stands.
pub(super) fn cell_at(text: &str, start: usize, separator: u8, nth: usize) -> (usize, usize) {
    let (mut quoted, mut cell, mut from) = (false, 0, start);
    for (place, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => return (from, place),
            _ if byte == separator && !quoted => {
                if cell == nth {
                    return (from, place);
                }
                (cell, from) = (cell + 1, place + 1);
            }
            _ => {}
        }
    }
    (from, text.len())
}

/// Where the line at `start` ends.
pub(super) fn end_of_line(text: &str, start: usize) -> usize {
    start + text[start..].find('\n').unwrap_or(text.len() - start)
}

/// All bytes of a file, or why not.
pub(super) fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    let told = |error: &std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => error.to_string(),
    };
    let about = std::fs::metadata(path).map_err(|error| told(&error))?;
    if about.is_dir() {
        return Err("it is a folder".to_owned());
    }
    if about.len() > MOST_BYTES {
        return Err(format!("it has {} bytes, more than such a file can have", about.len()));
    }
    std::fs::read(path).map_err(|error| told(&error))
}

/// The text in these bytes, and how many of them were no UTF-8; nothing if this is no text.
pub(super) fn decoded(bytes: &[u8]) -> Option<(Cow<'_, str>, usize)> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).ok().map(|text| (Cow::Owned(text), 0))
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => return wide(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => return wide(rest, u16::from_be_bytes),
        _ => {}
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    // Text has line ends and tabs, and no other control characters.
    let controls = bytes.iter().filter(|byte| **byte < 9 || (14..32).contains(*byte)).count();
    if bytes.contains(&0) || controls * 100 > bytes.len() {
        return None;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some((Cow::Borrowed(text), 0));
    }
    let foreign = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    // Names of neighbourhoods have accents; figures do not, so the rest comes out right.
    Some((Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect()), foreign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_in_any_encoding_is_read_and_what_is_no_text_is_not() {
        assert_eq!(decoded(b"\xEF\xBB\xBFa;b").map(|(text, _)| text), Some("a;b".into()));
        assert_eq!(decoded(b"\xFF\xFEa\0;\0").map(|(text, _)| text), Some("a;".into()));
        assert_eq!(decoded(b"caf\xE9;1"), Some(("caf\u{e9};1".into(), 1)));
        assert_eq!(decoded(b"\x7fELF\x02\x01\x00"), None);
    }

    #[test]
    fn the_place_of_a_cell_is_found_behind_quoted_separators() {
        let text = "x;y\n\"a;b\";\" 12\";c\n";
        let (start, end) = cell_at(text, 4, b';', 1);
        assert_eq!(&text[start..end], "\" 12\"");
        let (start, end) = cell_at(text, 4, b';', 2);
        assert_eq!(&text[start..end], "c");
    }

    #[test]
    fn lines_are_numbered_as_an_editor_does_whatever_ends_them_and_however_many_are_empty() {
        let text = "x;y\r\n\r\n1;2\r\n\n;\n3;4";
        let found: Vec<(usize, &str)> =
            lines(text, b';', 1).map(|line| (line.number, &text[line.start..end_of_line(text, line.start)])).collect();
        assert_eq!(found, [(3, "1;2\r"), (6, "3;4")]);
    }
}
