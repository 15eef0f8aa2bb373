//! Helps with words: the nearest name, the same name with another unit, lists that read well.

/// The name nearest to what was typed, if any is near.
pub(super) fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    names
        .map(|name| (strsim::damerau_levenshtein(&typed, &name.to_lowercase()), name))
        .filter(|(distance, name)| {
            *distance <= (name.chars().count().max(3) / 3).max(2) && *distance < name.chars().count()
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Endings of keys that tell a unit, the longest first.
const UNITS: &[&str] = &[
    "_hours_per_week",
    "_euros_per_visit",
    "_euros_per_year",
    "_euros_per_month",
    "_times_national",
    "_per_month",
    "_per_visit",
    "_per_week",
    "_per_year",
    "_per_day",
    "_minutes",
    "_percent",
    "_metres",
    "_meters",
    "_months",
    "_people",
    "_weeks",
    "_years",
    "_euros",
    "_hours",
    "_share",
    "_times",
    "_week",
    "_days",
    "_km",
    "_m",
];

fn without_unit(key: &str) -> &str {
    UNITS.iter().find_map(|unit| key.strip_suffix(unit)).unwrap_or(key)
}

/// The key that means the same in another unit.
pub(super) fn other_unit<'a>(typed: &str, mut names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let stem = without_unit(typed);
    names.find(|name| without_unit(name) == stem || *name == stem)
}

/// The names one after another, each between backticks.
pub(super) fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    quoted.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_name_finds_the_one_meant() {
        assert_eq!(nearest("relpications", ["weeks", "replications"].into_iter()), Some("replications"));
        assert_eq!(nearest("zebra", ["weeks", "replications"].into_iter()), None);
    }

    #[test]
    fn a_key_in_another_unit_finds_the_unit_wanted() {
        assert_eq!(other_unit("hours_per_week", ["homes", "hours_per_month"].into_iter()), Some("hours_per_month"));
        assert_eq!(other_unit("vacant_percent", ["vacant_share"].into_iter()), Some("vacant_share"));
        assert_eq!(other_unit("hours_per_week", ["homes"].into_iter()), None);
    }
}
