//! What stands in one cell of a table: a number, a word, or nothing.

use std::fmt;

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Not asked, or not defined.
    Empty,
    /// A number; yes is 1 and no is 0.
    Number(f64),
    /// One of the words of its column.
    Word(&'static str),
    /// Any other text, such as a number with too many digits to calculate with.
    Text(String),
}

impl Cell {
    /// Its number, if it holds one.
    #[must_use]
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
            Self::Empty | Self::Word(_) => None,
        }
    }

    /// Its words, if it holds any.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Text(text) => Some(text),
            Self::Empty | Self::Number(_) => None,
        }
    }
}

impl fmt::Display for Cell {
    /// Of a number at most four decimals, and no more than needed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Number(number) => {
                let rounded = (number * 1e4).round() / 1e4;
                // Adding nothing turns a negative zero into a plain one.
                write!(f, "{}", rounded + 0.0)
            }
            Self::Word(word) => f.write_str(word),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl From<&'static str> for Cell {
    fn from(word: &'static str) -> Self {
        Self::Word(word)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<u8> for Cell {
    fn from(number: u8) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<i32> for Cell {
    fn from(number: i32) -> Self {
        Self::Number(f64::from(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let text = |number: f32| Cell::Number(f64::from(number)).to_string();
        assert_eq!(text(0.25), "0.25");
        assert_eq!(text(1.0 / 3.0), "0.3333");
        assert_eq!(text(-0.000_01), "0");
        assert_eq!(text(3.0), "3");
    }

    #[test]
    fn a_number_with_many_digits_keeps_them_all() {
        let person = Cell::from(u64::MAX.to_string());
        assert_eq!(person.to_string(), u64::MAX.to_string());
        assert!(person.number().is_some() && Cell::from("low").number().is_none());
    }
}
