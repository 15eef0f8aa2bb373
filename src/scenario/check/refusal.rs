//! The words with which a value is refused.

use crate::scenario::keys::Kind;
use crate::scenario::words::{list, nearest};

/// Title, words at the caret, ways out.
pub(super) type Refusal = (String, String, Vec<String>);

pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

pub(super) fn range(path: &str, number: f64, low: f64, high: f64) -> Option<Refusal> {
    if (low..=high).contains(&number) {
        return None;
    }
    let (title, label, mut help) = out_of_range(path, &number.to_string(), &low.to_string(), &high.to_string());
    if (low, high) == (0.0, 1.0) && number > 1.0 && number <= 100.0 {
        help.push(format!("a share is a part of 1: {number} % is {}", number / 100.0));
    }
    Some((title, label, help))
}

pub(super) fn out_of_range(path: &str, number: &str, low: &str, high: &str) -> Refusal {
    (format!("`{path}` is {number}, out of range"), format!("must lie between {low} and {high}"), Vec::new())
}

pub(super) fn not_a_choice(path: &str, text: &str, choices: &[&'static str]) -> Option<Refusal> {
    if choices.contains(&text) {
        return None;
    }
    let mut help = Vec::new();
    if let Some(near) = nearest(text, choices.iter().copied()) {
        help.push(format!("did you mean \"{near}\"?"));
    }
    help.push(format!("allowed: {}", list(choices.iter().copied())));
    Some((format!("`{path}` is \"{text}\", which is not one of the allowed words"), "unknown word".to_owned(), help))
}

/// What a key wants, in words.
pub(super) fn wanted(kind: Kind) -> String {
    match kind {
        Kind::Text => "\"text\"".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Whole(low, high) => format!("a whole number from {low} to {high}"),
        Kind::Number(low, high) => format!("a number from {low} to {high}"),
        Kind::Choice(choices) if choices().len() <= 40 => format!("one of {}", list(choices().into_iter())),
        Kind::Choice(_) => "one of the known words".to_owned(),
        Kind::Choices(_) => "a list of words".to_owned(),
        Kind::Reference(section) => format!("a name from `[{}]`", section.key()),
        Kind::Table(_) | Kind::Shares(_) | Kind::Open => "a table".to_owned(),
        Kind::Elements(_) | Kind::Policies => "named tables".to_owned(),
    }
}
