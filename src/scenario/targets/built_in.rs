//! The targets that come with the program, with every file that they name, so that it needs no folder to read them from.

/// Where they are said to be, in faults and in results.
pub(super) const FOLDER: &str = "netherlands";

/// Name of the file with the targets.
pub(super) const TARGETS: &str = "targets.toml";

/// Name and text of each file, the targets first.
pub(super) const FILES: &[(&str, &str)] = &[
    (TARGETS, include_str!("../../../scenarios/netherlands/targets.toml")),
    ("very-strongly-urban.toml", include_str!("../../../scenarios/netherlands/very-strongly-urban.toml")),
    ("strongly-urban.toml", include_str!("../../../scenarios/netherlands/strongly-urban.toml")),
    ("moderately-urban.toml", include_str!("../../../scenarios/netherlands/moderately-urban.toml")),
    ("hardly-urban.toml", include_str!("../../../scenarios/netherlands/hardly-urban.toml")),
    ("not-urban.toml", include_str!("../../../scenarios/netherlands/not-urban.toml")),
];
