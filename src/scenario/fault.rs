//! Faults: what is wrong, where it was written, why, and what to do about it.

use std::fmt::{self, Write as _};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// Where a key or value was written: a stretch of bytes in one source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct At {
    /// How late it is laid over the rest: a file lies over the file it extends, `--set` over all files.
    pub layer: u32,
    /// Which source, see [`Sources`].
    pub source: usize,
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

impl At {
    /// Written nowhere: a default.
    pub(super) const DEFAULT: Self = Self { layer: 0, source: 0, start: 0, end: 0 };
    /// The layer of `--set`.
    pub(super) const SET_LAYER: u32 = 1_000_000;
    /// The layer of `--weeks` and its like.
    pub(super) const FLAG_LAYER: u32 = 2_000_000;
}

/// A text that values were read from: a file, or a piece of the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Source {
    /// Path of the file as it is shown, or the flag.
    pub name: String,
    /// All of it.
    pub text: String,
    /// Whether it is a file, so that a line number says something.
    pub is_file: bool,
}

/// All texts read for one study. The first stands for the defaults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sources(Vec<Source>);

impl Sources {
    /// Nothing read yet.
    pub(super) fn new() -> Self {
        Self(vec![Source { name: "default".to_owned(), text: String::new(), is_file: false }])
    }

    /// Keeps a text and gives its number.
    pub(super) fn add(&mut self, name: String, text: String, is_file: bool) -> usize {
        self.0.push(Source { name, text, is_file });
        self.0.len() - 1
    }

    /// All of a source.
    pub(super) fn text(&self, source: usize) -> String {
        self.0.get(source).map(|source| source.text.clone()).unwrap_or_default()
    }

    /// Short name of a place: `baseline.toml:12`, `--set` or `default`.
    pub(super) fn brief(&self, at: At) -> String {
        let Some(source) = self.0.get(at.source) else { return "default".to_owned() };
        if !source.is_file {
            return source.name.clone();
        }
        let file = source.name.rsplit(['/', '\\']).next().unwrap_or(&source.name);
        // The name goes into a comment, which ends with its line.
        let file: String = file.chars().filter(|letter| !letter.is_control()).collect();
        format!("{file}:{}", line_of(&source.text, at.start))
    }
}

fn line_of(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|byte| *byte == b'\n').count() + 1
}

/// One fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// What is wrong, in one line.
    pub title: String,
    /// Where, if it was written somewhere.
    pub at: Option<At>,
    /// Words at the caret.
    pub label: String,
    /// Ways out, and what is allowed.
    pub help: Vec<String>,
}

impl Fault {
    /// A fault at a place.
    pub(super) fn new(at: At, title: impl Into<String>, label: impl Into<String>) -> Self {
        Self { title: title.into(), at: Some(at), label: label.into(), help: Vec::new() }
    }

    /// A fault without a place, such as a file that is not there.
    pub(super) fn nowhere(title: impl Into<String>) -> Self {
        Self { title: title.into(), at: None, label: String::new(), help: Vec::new() }
    }

    /// Adds a way out.
    #[must_use]
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

/// Every fault that was found, in the order of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faults {
    sources: Sources,
    list: Vec<Fault>,
}

impl Faults {
    /// Drops what is said twice: a fault of the baseline is also one of each alternative that extends it.
    pub(super) fn new(sources: Sources, list: Vec<Fault>) -> Self {
        let mut unique: Vec<Fault> = Vec::new();
        for fault in list {
            if !unique.iter().any(|known| known.at == fault.at && known.title == fault.title) {
                unique.push(fault);
            }
        }
        Self { sources, list: unique }
    }

    /// How many there are; never 0 in an error.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Every fault with its lines and a caret, and a last line that counts them; with colours for a terminal or without.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let mut out = String::new();
        for fault in &self.list {
            out.push_str(&renderer.render(&[self.group(fault)]));
            out.push_str("\n\n");
        }
        let noun = if self.list.len() == 1 { "fault" } else { "faults" };
        let _ = writeln!(out, "{} {noun}", self.list.len());
        out
    }

    fn group<'a>(&'a self, fault: &'a Fault) -> Group<'a> {
        let mut group = Group::with_title(Level::ERROR.primary_title(fault.title.as_str()));
        if let Some((at, source)) = fault.at.and_then(|at| Some((at, self.sources.0.get(at.source)?))) {
            let (start, end) = inside(&source.text, at.start, at.end);
            group = group.element(
                Snippet::source(source.text.as_str())
                    .path(source.name.as_str())
                    .annotation(AnnotationKind::Primary.span(start..end).label(fault.label.as_str())),
            );
        }
        for help in &fault.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        group
    }
}

/// A stretch that lies within the text and on the borders of its characters, whatever was asked.
fn inside(text: &str, start: usize, end: usize) -> (usize, usize) {
    let mut start = start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    (start, end)
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Faults {}
