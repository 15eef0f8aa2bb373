//! How marks and words look: colours, markers, frames, type.

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
/// The paper.
pub const WHITE_PAPER: Colour = (0xFF, 0xFF, 0xFF);
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

    /// Corners around the middle for radius 1; a disc has none.
    pub(super) fn corners(self) -> &'static [(f64, f64)] {
        match self {
            Self::Circle => &[],
            Self::Square => &[(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
            Self::Diamond => &[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)],
            Self::Up => &[(0.0, -1.15), (1.1, 0.85), (-1.1, 0.85)],
            Self::Down => &[(0.0, 1.15), (1.1, -0.85), (-1.1, -0.85)],
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
    /// Whether the other lies inside, give or take `slack`.
    pub fn holds(&self, other: &Self, slack: f64) -> bool {
        other.left >= self.left - slack
            && other.right <= self.right + slack
            && other.top >= self.top - slack
            && other.bottom <= self.bottom + slack
    }

    /// Whether the two overlap.
    pub fn meets(&self, other: &Self) -> bool {
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
    #[must_use]
    pub const fn aligned(mut self, align: Align) -> Self {
        self.align = align;
        self
    }
}
