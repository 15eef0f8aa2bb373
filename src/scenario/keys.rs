//! The table of keys: every key of a scenario file, with its type, range, default and meaning.
//!
//! Validation, the resolved copy and the JSON Schema all read this one table, so they cannot drift apart.

mod basis;
mod model;
mod people;
mod policies;
mod targets;

use std::sync::LazyLock;

pub(super) use basis::{WELCOME, WELCOME_AGES};
pub(super) use model::{decimal, parameter_keys};
pub(super) use people::{AGES, EDUCATION, HOUSEHOLDS, ORIGINS};
pub(super) use policies::{POLICIES, policy_fields, policy_kinds};
pub(super) use targets::TARGETS;

use basis::{GRANT, INITIATIVE, ORGANISATION, PLACE, PROFESSIONAL};
use model::{forever, measure_keys, mechanisms, parameter_groups, worthwhile_fields};
use people::{BUILDING, COMPOSITION, DISTRICT, NEIGHBOURHOOD, STUDY, TIME, TRENDS, UNIT_COSTS, WORDS};

/// A default.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Scalar {
    Text(&'static str),
    Whole(i64),
    Number(f64),
    Flag(bool),
}

/// What holds when a key is absent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Presence {
    /// A fault.
    Required,
    /// Nothing: absence has a meaning of its own, which the key's meaning tells.
    Optional,
    /// This value.
    Default(Scalar),
    /// What the kind of the element brings along; a fault only if that brings nothing.
    ByKind,
}

/// A table of named elements that others may refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Buildings,
    Places,
    Organisations,
    Grants,
    Professionals,
    Initiatives,
}

impl Section {
    /// Every section.
    pub(super) const ALL: [Self; 6] =
        [Self::Buildings, Self::Places, Self::Organisations, Self::Grants, Self::Professionals, Self::Initiatives];

    /// Name of the table.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Buildings => "buildings",
            Self::Places => "places",
            Self::Organisations => "organisations",
            Self::Grants => "grants",
            Self::Professionals => "professionals",
            Self::Initiatives => "initiatives",
        }
    }

    /// One of them, in words.
    pub(super) const fn one(self) -> &'static str {
        match self {
            Self::Buildings => "building",
            Self::Places => "place",
            Self::Organisations => "organisation",
            Self::Grants => "grant",
            Self::Professionals => "professional",
            Self::Initiatives => "initiative",
        }
    }
}

/// What a key holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Text,
    Flag,
    Whole(i64, i64),
    Number(f64, f64),
    /// One of these words.
    Choice(fn() -> Vec<&'static str>),
    /// A list of these words.
    Choices(fn() -> Vec<&'static str>),
    /// The name of an element.
    Reference(Section),
    /// A table with these keys.
    Table(&'static [Field]),
    /// A table of shares that add up to 1.
    Shares(&'static [Field]),
    /// Named tables with these keys.
    Elements(&'static [Field]),
    /// Named tables whose keys depend on their `kind`.
    Policies,
    /// A table whose keys are names from elsewhere; who reads it checks them.
    Open,
}

/// One key.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub name: &'static str,
    pub kind: Kind,
    pub presence: Presence,
    pub meaning: &'static str,
}

const fn field(name: &'static str, kind: Kind, presence: Presence, meaning: &'static str) -> Field {
    Field { name, kind, presence, meaning }
}

use Kind::{Choices, Elements, Flag, Number, Policies, Table, Text, Whole};
use Presence::{Optional, Required};

/// A part of a whole.
const SHARE: Kind = Number(0.0, 1.0);
/// Hours in a week.
const WEEK_HOURS: Kind = Number(0.0, 168.0);
/// A hundred years.
const MOST_WEEKS: i64 = 5200;
const WEEKS: Kind = Whole(1, MOST_WEEKS);
const SOME_WEEK: Kind = Whole(-MOST_WEEKS, MOST_WEEKS);
const CONTRACT_WEEKS: Kind = WEEKS;
const GAP_WEEKS: Kind = Whole(0, 520);
const HOURS: Kind = Number(0.0, 10_000.0);
const HOURS_PER_1000_EUROS: Kind = Number(0.0, 100.0);
const METRES: Kind = Number(-100_000.0, 100_000.0);
const EUROS: Kind = Number(0.0, 1e9);
/// How much more or less than ordinary.
const TIMES: Kind = Number(0.0, 20.0);

const FROM: Field = field(
    "from_week",
    SOME_WEEK,
    Optional,
    "First week that it is there; week 0 is the first after the burn-in. Absent: it was always there",
);
const ENABLED: Field =
    field("enabled", Flag, Optional, "false takes this element out, for an alternative that goes without it");
const UNTIL: Field =
    field("until_week", SOME_WEEK, Optional, "First week that it is no longer there. Absent: it stays for good");

/// Whether a table of the file holds named elements.
pub(super) fn is_elements(name: &str) -> bool {
    root().iter().any(|field| field.name == name && matches!(field.kind, Elements(_) | Policies))
}

/// The whole file.
pub(super) fn root() -> &'static [Field] {
    static ALL: LazyLock<Vec<Field>> = LazyLock::new(|| {
        let mut fields = ROOT.to_vec();
        fields.push(field("parameters", Table(parameter_groups()), Optional, "Constants of the model, by group"));
        fields.push(field("mechanisms", Table(mechanisms()), Optional, "Switches of the mechanisms"));
        let mut report = REPORT.to_vec();
        let worthwhile = "Smallest difference worth having, in the measure's unit";
        report.push(field("worthwhile", Table(worthwhile_fields()), Optional, worthwhile));
        fields.push(field(
            "report",
            Table(forever(report)),
            Optional,
            "What the report shows first; read from the baseline",
        ));
        fields
    });
    &ALL
}

const ROOT: &[Field] = &[
    field(
        "extends",
        Text,
        Optional,
        "Another file of the same folder that this one changes: tables merge, values replace. A baseline may extend \
         `neighbourhood.toml` alone, which is no scenario of the study",
    ),
    field("study", Table(STUDY), Optional, "The question; read from the baseline"),
    field("title", Table(WORDS), Required, "Short name of this scenario, not inherited"),
    field("description", Table(WORDS), Optional, "What this scenario is, not inherited"),
    field("time", Table(TIME), Optional, "How long, how often; the same in all scenarios of a study"),
    field("neighbourhood", Table(NEIGHBOURHOOD), Optional, "The neighbourhood as a whole"),
    field("composition", Table(COMPOSITION), Required, "Who lives here"),
    DISTRICTS[0],
    field("trends", Table(TRENDS), Optional, "What goes on everywhere from week 0 on, whatever the policy"),
    field("buildings", Elements(BUILDING), Required, "Where people live"),
    field("places", Elements(PLACE), Optional, "Meeting places"),
    field("organisations", Elements(ORGANISATION), Optional, "Who employs, hosts and funds"),
    field("grants", Elements(GRANT), Optional, "Budgets with their rules"),
    field("professionals", Elements(PROFESSIONAL), Optional, "Professionals' posts"),
    field("initiatives", Elements(INITIATIVE), Optional, "Initiatives of residents"),
    field("policies", Policies, Optional, "Policies and shocks"),
    field("unit_costs", Table(UNIT_COSTS), Optional, "Prices for the cost of each outcome"),
];

/// The table of districts alone.
pub(super) const DISTRICTS: &[Field] = &[field(
    "districts",
    Elements(DISTRICT),
    Optional,
    "Neighbourhoods of one town, each with what it says itself laid over what is said of all; absent: one neighbourhood",
)];

const REPORT: &[Field] = &[field(
    "headline",
    Choices(measure_keys),
    Optional,
    "Measures that the first page shows; absent: at least one of each of the five outcomes",
)];

fn words<T: Copy>(all: &[T], key: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().copied().map(key).collect()
}
