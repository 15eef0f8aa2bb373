//! Keys that the model and the dictionary of measures bring along: parameters, mechanisms, measures.

use std::sync::LazyLock;

use super::Kind::{Flag, Number, Table};
use super::Presence::{Default, Optional};
use super::{Field, Scalar, field};
use crate::model::parameters::{MechanismInfo, Mechanisms, ParameterInfo, Parameters};
use crate::observation::dictionary::{GROUPS, MEASURES, Measure};

pub(super) fn measure_keys() -> Vec<&'static str> {
    MEASURES.iter().map(|measure| measure.key).collect()
}

pub(super) fn group_keys() -> Vec<&'static str> {
    GROUPS.iter().map(|group| group.key).collect()
}

static PARAMETER_KEYS: LazyLock<Vec<String>> =
    LazyLock::new(|| Parameters::TABLE.iter().map(ParameterInfo::key).collect());

/// `group.name` of every parameter.
pub(in crate::scenario) fn parameter_keys() -> Vec<&'static str> {
    PARAMETER_KEYS.iter().map(String::as_str).collect()
}

/// The shortest decimal that means this number: 0.54 and not 0.540000021.
pub(in crate::scenario) fn decimal(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(f64::from(number))
}

/// Fields made from a table of the model live as long as the program, like the other fields.
pub(super) fn forever(fields: Vec<Field>) -> &'static [Field] {
    Box::leak(fields.into_boxed_slice())
}

fn with_unit(info: &ParameterInfo) -> &'static str {
    Box::leak(format!("{}; unit: {}", info.meaning, info.unit).into_boxed_str())
}

/// The groups of parameters with their fields, in the order of the model's table.
pub(super) fn parameter_groups() -> &'static [Field] {
    let mut names: Vec<&'static str> = Parameters::TABLE.iter().map(|info| info.group).collect();
    names.dedup();
    let group = |name: &'static str| {
        let own = Parameters::TABLE.iter().filter(|info| info.group == name);
        let fields = own.map(|info| {
            let kind = Number(decimal(info.low), decimal(info.high));
            field(info.name, kind, Default(Scalar::Number(decimal(info.default))), with_unit(info))
        });
        field(name, Table(forever(fields.collect())), Optional, "A group of parameters")
    };
    forever(names.into_iter().map(group).collect())
}

pub(super) fn mechanisms() -> &'static [Field] {
    let switch = |info: &MechanismInfo| field(info.name, Flag, Default(Scalar::Flag(true)), info.meaning);
    forever(Mechanisms::TABLE.iter().map(switch).collect())
}

pub(super) fn worthwhile_fields() -> &'static [Field] {
    let own = |measure: &'static Measure| {
        field(measure.key, Number(0.0, 1e12), Default(Scalar::Number(measure.worthwhile)), measure.meaning[1])
    };
    forever(MEASURES.iter().map(own).collect())
}
