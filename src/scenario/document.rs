//! A TOML document that remembers where every key and value was written, and how one is laid over another.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{At, Fault};

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Text(String),
    Whole(i64),
    Number(f64),
    Flag(bool),
    List(Vec<Node>),
    Table(Table),
    /// Something that no key wants: a date, a number too large to hold.
    Other(&'static str),
    /// A value that was refused; it stays so that its absence is not a fault as well.
    Refused,
    /// A value that each replication draws; only in the resolved copy.
    Drawn,
}

impl Value {
    /// What it is, in words.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Text(text) => format!("the text \"{text}\""),
            Self::Whole(number) => format!("the whole number {number}"),
            Self::Number(number) => format!("the number {number}"),
            Self::Flag(flag) => format!("{flag}"),
            Self::List(_) => "a list".to_owned(),
            Self::Table(_) => "a table".to_owned(),
            Self::Other(what) => (*what).to_owned(),
            Self::Refused => "refused".to_owned(),
            Self::Drawn => "drawn".to_owned(),
        }
    }
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub at: At,
    pub value: Value,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub key: String,
    pub key_at: At,
    pub node: Node,
}

/// Entries in the order in which they were first written: the order of places, buildings and so on in the model.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Table(pub Vec<Entry>);

impl Table {
    /// The entry under a key.
    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.key == key)
    }

    /// The value under a key.
    pub(super) fn value(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.node.value)
    }

    /// The table under a key.
    pub(super) fn table(&self, key: &str) -> Option<&Table> {
        match self.value(key)? {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The text under a key.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        match self.value(key)? {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number under a key, whole or not.
    pub(super) fn number(&self, key: &str) -> Option<f64> {
        match self.value(key)? {
            Value::Number(number) => Some(*number),
            Value::Whole(number) => Some(*number as f64),
            _ => None,
        }
    }

    /// The whole number under a key.
    pub(super) fn whole(&self, key: &str) -> Option<i64> {
        match self.value(key)? {
            Value::Whole(number) => Some(*number),
            _ => None,
        }
    }

    /// The flag under a key.
    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.value(key)? {
            Value::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// Each named element that is a table.
    pub(super) fn elements(&self) -> impl Iterator<Item = (&Entry, &Table)> {
        self.0.iter().filter_map(|entry| match &entry.node.value {
            Value::Table(table) => Some((entry, table)),
            _ => None,
        })
    }

    /// Takes an entry out.
    pub(super) fn take(&mut self, key: &str) -> Option<Entry> {
        let place = self.0.iter().position(|entry| entry.key == key)?;
        Some(self.0.remove(place))
    }

    /// Lays another table over this one: tables merge, any other value replaces.
    pub(super) fn lay_over(&mut self, over: Self) {
        for new in over.0 {
            let Some(old) = self.0.iter_mut().find(|entry| entry.key == new.key) else {
                self.0.push(new);
                continue;
            };
            match (&mut old.node.value, new.node.value) {
                (Value::Table(below), Value::Table(above)) => below.lay_over(above),
                (below, above) => {
                    *below = above;
                    old.node.at = new.node.at;
                    old.key_at = new.key_at;
                }
            }
        }
    }
}

/// How many syntax faults of one file are worth telling: what follows the first few is mostly their echo.
const MOST_SYNTAX_FAULTS: usize = 5;

/// Reads a document; what it cannot read becomes faults and is left out.
pub(super) fn parse(text: &str, source: usize, layer: u32) -> (Table, Vec<Fault>) {
    let (root, errors) = DeTable::parse_recoverable(text);
    let faults = errors.iter().take(MOST_SYNTAX_FAULTS).map(|error| syntax_fault(error, source, layer, 0)).collect();
    (table(root.get_ref(), source, layer, 0), faults)
}

/// Reads one value that begins at `offset` of its source.
pub(super) fn parse_value(text: &str, source: usize, layer: u32, offset: usize) -> Result<Node, Fault> {
    match DeValue::parse(text) {
        Ok(value) => Ok(node(&value, source, layer, offset)),
        Err(error) => Err(syntax_fault(&error, source, layer, offset)),
    }
}

fn syntax_fault(error: &toml::de::Error, source: usize, layer: u32, offset: usize) -> Fault {
    let span = error.span().unwrap_or(0..0);
    let at = At { layer, source, start: span.start + offset, end: span.end + offset };
    let message = error.message().replace('\n', "; ");
    if message.contains("duplicate key") {
        Fault::new(at, "a key is given twice", "this key was given before").help("keep one of the two")
    } else {
        Fault::new(at, format!("this is not TOML: {message}"), message)
            .help("TOML wants `key = value` lines, text in \"double quotes\", and `[tables]` in square brackets")
    }
}

fn table(from: &DeTable<'_>, source: usize, layer: u32, offset: usize) -> Table {
    let entry = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
        let name: &std::borrow::Cow<'_, str> = key.get_ref();
        let at = At { layer, source, start: key.span().start + offset, end: key.span().end + offset };
        Entry { key: name.to_string(), key_at: at, node: node(value, source, layer, offset) }
    };
    Table(from.iter().map(entry).collect())
}

fn node(from: &Spanned<DeValue<'_>>, source: usize, layer: u32, offset: usize) -> Node {
    let value = match from.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Whole(number),
            Err(_) => Value::Other("a whole number too large to hold"),
        },
        DeValue::Float(number) => match number.as_str().parse() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::Other("a number that cannot be read"),
        },
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(_) => Value::Other("a date or time"),
        DeValue::Array(list) => Value::List(list.iter().map(|item| node(item, source, layer, offset)).collect()),
        DeValue::Table(inner) => Value::Table(table(inner, source, layer, offset)),
    };
    let span = from.span();
    Node { at: At { layer, source, start: span.start + offset, end: span.end + offset }, value }
}
