//! The targets that come with the program, with every file that they name, so that it needs no folder to read them from.

/// Where they are said to be, in faults and in results.
pub(super) const FOLDER: &str = "netherlands";

/// Name of the file with the targets.
pub(super) const TARGETS: &str = "targets.toml";

/// Name and text of each file, the targets first.
pub(super) const FILES: &[(&str, &str)] = &[
    (TARGETS, include_str!("../../../scenarios/netherlands/targets.toml")),
    ("../../src/scenario/new_study/baseline.toml", include_str!("../new_study/baseline.toml")),
    ("../l-flat/baseline.toml", include_str!("../../../scenarios/l-flat/baseline.toml")),
];
