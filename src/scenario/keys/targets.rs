//! Keys of a file of published targets.

use super::Kind::{Choice, Choices, Elements, Flag, Number, Open, Table, Text, Whole};
use super::Presence::{Default, Optional, Required};
use super::people::WORDS;
use super::{Field, MOST_WEEKS, SHARE, Scalar, field};
use crate::observation::RESIDENT_COLUMNS;
use crate::scenario::targets::{Protocol, SURVEY_WEEKS};

/// Sources are read to different depths.
const CODES: &[&str] = &["V1", "V2", "M"];

/// The whole file.
pub(in crate::scenario) const TARGETS: &[Field] = &[
    field("survey", Table(SURVEY), Optional, "When the world is asked, and how often it is grown"),
    field("neighbourhoods", Elements(NEIGHBOURHOOD), Required, "Neighbourhoods that together are the population"),
    field("targets", Elements(TARGET), Required, "What was published"),
];

const SURVEY: &[Field] = &[
    field(
        "weeks",
        Whole(1, MOST_WEEKS),
        Default(Scalar::Whole(SURVEY_WEEKS)),
        "Weeks after the burn-in at whose end residents are asked",
    ),
    field("replications", Whole(1, 100_000), Default(Scalar::Whole(8)), "Populations that are grown"),
    field("seed", Whole(0, i64::MAX), Default(Scalar::Whole(1)), "Seed of all chance"),
];

const NEIGHBOURHOOD: &[Field] = &[
    field("file", Text, Required, "Scenario file of the neighbourhood, from the folder of this file on"),
    field("population_share", SHARE, Required, "Part of the population that lives in such a neighbourhood"),
];

const TARGET: &[Field] = &[
    field("title", Table(WORDS), Required, "What it is about"),
    field("source", Text, Required, "Who published it, and where"),
    field(
        "codes",
        Choices(|| CODES.to_vec()),
        Required,
        "How it was looked up: V1 in the primary source, V2 in a report on it, M not",
    ),
    field("population", Text, Required, "Whom it is about"),
    field("year", Text, Required, "Year or years"),
    field("tolerance_reason", Text, Required, "Why the tolerances are as wide as they are"),
    field("input", Flag, Default(Scalar::Flag(false)), "Whether the world is told it, and need only keep to it"),
    field("parts", Elements(PART), Required, "The figures, each with its tolerance"),
];

const PART: &[Field] = &[
    field("name", Table(WORDS), Required, "Which figure"),
    field("of", Choice(columns), Optional, "Column of the resident table: its mean over the residents who answer"),
    field("at_least", Number(-1e6, 1e6), Optional, "With `of`: the share whose value is at least this"),
    field("where", Open, Optional, "With `of`: only the residents with these values; absent: all who answer"),
    field("relative_to", Open, Optional, "With `of`: the ratio to the same figure among these residents"),
    field("protocol", Choice(protocols), Optional, "A small experiment, instead of `of`"),
    field("outcome", Text, Optional, "With `protocol`: which of its outcomes"),
    field("value", Number(-1e6, 1e6), Required, "What was published; a share as a part of 1"),
    field("tolerance", Number(1e-6, 1e6), Required, "How far the model may be off, in the same unit"),
];

fn columns() -> Vec<&'static str> {
    RESIDENT_COLUMNS.iter().map(|column| column.name).collect()
}

fn protocols() -> Vec<&'static str> {
    Protocol::ALL.iter().map(|protocol| protocol.key()).collect()
}
