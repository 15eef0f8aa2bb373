//! `columns.csv`: what every column, measure, group and parameter of a results folder means.
//!
#![doc = include_str!("columns.md")]

use std::io::{self, Write};

use super::folder;
use super::tables::Csv;
use crate::model::parameters::Parameters;
use crate::observation::profile::SETTING_COLUMNS;
use crate::observation::{ColumnInfo, GROUPS, MEASURES, RESIDENT_COLUMNS, TIE_COLUMNS};

/// The columns of `columns.csv` itself.
pub const COLUMNS: [&str; 6] = ["file", "column", "unit", "range", "meaning", "source"];

const fn column(
    name: &'static str,
    unit: &'static str,
    range: &'static str,
    meaning: &'static str,
    source: &'static str,
) -> ColumnInfo {
    ColumnInfo { name, unit, range, meaning, source }
}

static OPENING: &[ColumnInfo] = &[
    column("scenario", "text", "a scenario of the study", "Name of the scenario's file without its ending", "study"),
    column(
        "replication",
        "number",
        "0 and up",
        "Number of the replication; the same number has the same people and luck in every scenario",
        "design",
    ),
    column("week", "weeks", "0 and up", "Weeks lived since the burn-in; 0 is right after it", "design"),
];

static WEEKLY: &[ColumnInfo] = &[
    column(
        "group",
        "text",
        "see the rows group=...",
        "Group of adults: every week `all`, the others every 13 weeks and at the end",
        "dictionary",
    ),
    column("measure", "text", "see the rows measure=...", "What is measured", "dictionary"),
    column(
        "value",
        "the measure's",
        "the measure's",
        "Value; what is not defined, as for an empty group, has no row",
        "model",
    ),
];

static EFFECTS: &[ColumnInfo] = &[
    column(
        "scenario",
        "text",
        "an alternative of the study",
        "Name of the scenario that is compared with the baseline",
        "study",
    ),
    column("measure", "text", "see the rows measure=... of weekly.csv", "What is measured", "dictionary"),
    column("group", "text", "see the rows group=... of weekly.csv", "Group of adults", "dictionary"),
    column("week", "weeks", "0 and up", "Weeks lived since the burn-in", "design"),
    column(
        "difference",
        "the measure's",
        "",
        "Mean over replications of the scenario minus the baseline of the same replication",
        "model",
    ),
    column(
        "low",
        "the measure's",
        "",
        "Lower end of the interval of the difference; empty with fewer than 2 replications",
        "Student's t, paired",
    ),
    column(
        "high",
        "the measure's",
        "",
        "Upper end of the interval of the difference; empty with fewer than 2 replications",
        "Student's t, paired",
    ),
    column(
        "level",
        "share",
        "0.5, 0.9 or 0.95",
        "Level of the intervals in this row; they tell of chance alone, not of what is unknown about the model",
        "design",
    ),
    column(
        "replications",
        "number",
        "1 and up",
        "Replications in which the measure is defined in both scenarios",
        "design",
    ),
    column(
        "share_better",
        "share",
        "0 to 1",
        "Replications in which the scenario is better; for a measure without a good side, higher",
        "model",
    ),
    column(
        "low_bca",
        "the measure's",
        "",
        "Lower end by the bootstrap, 2000 resamples",
        "Efron 1987, bias-corrected and accelerated",
    ),
    column(
        "high_bca",
        "the measure's",
        "",
        "Upper end by the bootstrap, 2000 resamples",
        "Efron 1987, bias-corrected and accelerated",
    ),
    column("worthwhile", "the measure's", "0 and up", "Smallest difference worth having", "study, else assumed"),
    column("baseline", "the measure's", "the measure's", "Mean of the baseline over the same replications", "model"),
];

static DISTRICTS: &[ColumnInfo] = &[
    column("district", "text", "a district of the scenario", "Name of the district", "study"),
    column("measure", "text", "see the rows measure=... of weekly.csv", "What is measured", "dictionary"),
    column(
        "value",
        "the measure's",
        "the measure's",
        "Value for everybody who lives there, every 13 weeks and at the end, in seven digits; what is not defined has no row",
        "model",
    ),
    column("residents", "people", "0 and up", "Residents of the district of all ages", "model"),
    column(
        "adults",
        "people",
        "0 and up",
        "Adults of the district; weighted by them, shares and means of adults add up to those of `all`",
        "model",
    ),
];

static DISTRICT_EFFECTS: &[ColumnInfo] = &[
    column(
        "scenario",
        "text",
        "an alternative of the study",
        "Name of the scenario that is compared with the baseline",
        "study",
    ),
    column("district", "text", "a district of the baseline", "Name of the district", "study"),
    column("measure", "text", "see the rows measure=... of weekly.csv", "What is measured", "dictionary"),
    column("week", "weeks", "0 and up", "The last week of the baseline, in weeks lived since the burn-in", "design"),
    column(
        "difference",
        "the measure's",
        "",
        "Mean over replications of the scenario minus the baseline of the same replication, in the same district",
        "model",
    ),
    column(
        "low",
        "the measure's",
        "",
        "Lower end of its 90 % interval; empty with fewer than 2 replications",
        "Student's t, paired",
    ),
    column(
        "high",
        "the measure's",
        "",
        "Upper end of its 90 % interval; empty with fewer than 2 replications",
        "Student's t, paired",
    ),
    column(
        "replications",
        "number",
        "1 and up",
        "Replications in which the measure is defined in both scenarios",
        "design",
    ),
    column("baseline", "the measure's", "the measure's", "Mean of the baseline over the same replications", "model"),
];

static RULES: &[ColumnInfo] = &[
    column("scenario", "text", "a scenario of the study", "Name of the scenario's file without its ending", "study"),
    column("replication", "number", "0 and up", "Number of the replication", "design"),
    column("policy", "text", "a policy of the scenario", "Name of the policy whose rule was in force", "study"),
    column(
        "from_week",
        "weeks",
        "0 and up",
        "First week in which it was in force: the look before it found the measure beyond the line",
        "model",
    ),
    column("until_week", "weeks", "0 and up", "First week in which it no longer was; empty when it still was", "model"),
];

static COSTS: &[ColumnInfo] = &[
    column("scenario", "text", "a scenario of the study", "Name of the scenario's file without its ending", "study"),
    column(
        "line",
        "text",
        "personal, communal, institutional, paid-care, volunteers or total",
        "What is paid: out of grants and own means by sphere, paid care, and volunteers if their hours have a price",
        "model",
    ),
    column(
        "sphere",
        "text",
        "personal, communal or institutional",
        "Sphere of the line; empty for paid care, which stands beside the social base, and for the total",
        "model",
    ),
    column("euros_per_year", "euros", "0 and up", "Euros in the last year, mean over replications", "model"),
    column(
        "difference",
        "euros per year",
        "",
        "Mean over replications of the scenario minus the baseline of the same replication; empty for the baseline",
        "model",
    ),
    column("low", "euros per year", "", "Lower end of the 90 % interval of the difference", "Student's t, paired"),
    column("high", "euros per year", "", "Upper end of the 90 % interval of the difference", "Student's t, paired"),
];

static COST_PER_OUTCOME: &[ColumnInfo] = &[
    column(
        "scenario",
        "text",
        "an alternative of the study",
        "Name of the scenario that is compared with the baseline",
        "study",
    ),
    column(
        "measure",
        "text",
        "see the rows measure=... of weekly.csv",
        "A headline measure that has a good side",
        "study",
    ),
    column("extra_euros_per_year", "euros per year", "", "Total of costs.csv beyond the baseline", "model"),
    column("difference", "the measure's", "", "Difference from the baseline in the last week, for everybody", "model"),
    column("low", "the measure's", "", "Lower end of the 90 % interval of the difference", "Student's t, paired"),
    column("high", "the measure's", "", "Upper end of the 90 % interval of the difference", "Student's t, paired"),
    column(
        "euros_per_unit",
        "euros per year per unit of the measure",
        "",
        "Extra euros for each unit that the measure improves; empty unless the interval lies wholly on the good side",
        "model",
    ),
];

static RECOVERY: &[ColumnInfo] = &[
    column(
        "scenario",
        "text",
        "an alternative of the study",
        "Name of the scenario that is compared with the baseline",
        "study",
    ),
    column("measure", "text", "see the rows measure=... of weekly.csv", "What is measured, of everybody", "dictionary"),
    column(
        "difference",
        "the measure's",
        "",
        "Worst mean difference from the baseline of all weeks: the lowest, for a measure that should be low the highest",
        "model",
    ),
    column(
        "low",
        "the measure's",
        "",
        "Lower end of its 90 % interval; empty with fewer than 2 replications",
        "Student's t, paired",
    ),
    column(
        "high",
        "the measure's",
        "",
        "Upper end of its 90 % interval; empty with fewer than 2 replications",
        "Student's t, paired",
    ),
    column("week", "weeks", "0 and up", "The first week of that difference", "model"),
    column("worthwhile", "the measure's", "0 and up", "Smallest difference worth having", "study, else assumed"),
    column(
        "recovered_week",
        "weeks",
        "0 and up",
        "First week, from the worst on, from which the mean difference is never worse any more by what is worth having; empty if that does not come within the run",
        "model",
    ),
    column("recovery_weeks", "weeks", "0 and up", "Weeks from the worst to there; 0 if it was never that bad", "model"),
];

static PARAMETERS: &[ColumnInfo] = &[
    column("replication", "number", "0 and up", "Number of the replication; each two share a parameter set", "design"),
    column("set", "number", "0 and up", "Row of the set in the table that it was drawn from", "noaber calibrate"),
    column("parameter", "text", "see the rows of scenarios/*.resolved.toml", "Name of the parameter", "model"),
    column(
        "value",
        "the parameter's",
        "the parameter's",
        "Value in this replication, in every scenario that gives it none itself",
        "noaber calibrate",
    ),
];

static UNCERTAINTY: &[ColumnInfo] = &[
    column(
        "scenario",
        "text",
        "an alternative of the study",
        "Name of the scenario that is compared with the baseline",
        "study",
    ),
    column("measure", "text", "see the rows measure=... of weekly.csv", "What is measured", "dictionary"),
    column("group", "text", "see the rows group=... of weekly.csv", "Group of adults", "dictionary"),
    column(
        "difference",
        "the measure's",
        "",
        "Mean difference in the last week, each parameter set counted once",
        "model",
    ),
    column(
        "low",
        "the measure's",
        "",
        "Lower end of the 90 % interval of the effect under a plausible parameter set that nobody knows, luck averaged out",
        "Student's t on the means of parameter sets",
    ),
    column("high", "the measure's", "", "Upper end of that interval", "Student's t on the means of parameter sets"),
    column(
        "sd_chance",
        "the measure's",
        "0 and up",
        "Standard deviation of the difference between worlds with the same parameters",
        "one-way analysis of variance, random effects",
    ),
    column(
        "sd_ignorance",
        "the measure's",
        "0 and up",
        "Standard deviation of the difference between parameter sets, luck averaged out",
        "one-way analysis of variance, random effects",
    ),
    column(
        "share_ignorance",
        "share",
        "0 to 1",
        "Part of the variance of one replication's difference that is not knowing the parameters",
        "one-way analysis of variance, random effects",
    ),
];

/// Writes `columns.csv`.
///
/// # Errors
/// Whatever the writer says.
pub fn write(out: &mut dyn Write) -> io::Result<()> {
    let mut table = Csv::to(out);
    table.row(COLUMNS)?;
    let files: [(&str, &[&[ColumnInfo]]); 14] = [
        ("weekly.csv", &[OPENING, WEEKLY]),
        ("effects.csv", &[EFFECTS]),
        ("summary.csv", &[EFFECTS]),
        ("costs.csv", &[COSTS]),
        ("cost_per_outcome.csv", &[COST_PER_OUTCOME]),
        ("recovery.csv", &[RECOVERY]),
        (folder::DISTRICTS, &[OPENING, DISTRICTS]),
        (folder::DISTRICT_EFFECTS, &[DISTRICT_EFFECTS]),
        (folder::PARAMETERS, &[PARAMETERS]),
        (folder::UNCERTAINTY, &[UNCERTAINTY]),
        ("settings.csv", &[OPENING, SETTING_COLUMNS]),
        ("rules.csv", &[RULES]),
        ("residents.csv", &[OPENING, RESIDENT_COLUMNS]),
        ("ties.csv", &[OPENING, TIE_COLUMNS]),
    ];
    for (file, lists) in files {
        for info in lists.iter().copied().flatten() {
            table.row([file, info.name, info.unit, info.range, info.meaning, info.source])?;
        }
    }
    for measure in MEASURES {
        let name = format!("measure={}", measure.key);
        let range = range(measure.low, measure.high);
        table.row(["weekly.csv", &name, measure.unit, &range, measure.meaning[1], measure.source])?;
    }
    for group in GROUPS {
        let name = format!("group={}", group.key);
        table.row(["weekly.csv", &name, "text", "", group.title[1], "dictionary"])?;
    }
    for info in Parameters::TABLE {
        let range = range(f64::from(info.low), f64::from(info.high));
        table.row(["scenarios/*.resolved.toml", &info.key(), info.unit, &range, info.meaning, info.source])?;
    }
    for name in COLUMNS {
        let meaning = match name {
            "file" => "File of the results folder",
            "column" => "Column of the file, or a word that stands in one of its columns, as measure=lonely",
            "unit" => "Unit, or the allowed words",
            "range" => "Smallest and largest possible value",
            "meaning" => "What it says",
            _ => "Instrument or source; model is a quantity that only the model has",
        };
        table.row(["columns.csv", name, "text", "", meaning, ""])?;
    }
    table.end()
}

fn range(low: f64, high: f64) -> String {
    // Through f32 and back a constant such as 0.05 would grow digits that nobody wrote.
    let short =
        |value: f64| if f64::from(value as f32) == value { (value as f32).to_string() } else { value.to_string() };
    if high.is_finite() { format!("{} to {}", short(low), short(high)) } else { format!("{} and up", short(low)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::tables;

    #[test]
    fn every_column_that_is_written_is_explained() {
        let mut bytes = Vec::new();
        write(&mut bytes).expect("written");
        let mut reader = csv::Reader::from_reader(bytes.as_slice());
        let known: Vec<(String, String)> =
            reader.records().map(|row| row.expect("a row")).map(|row| (row[0].to_owned(), row[1].to_owned())).collect();
        let has = |file: &str, column: &str| known.iter().any(|(f, c)| f == file && c == column);
        assert!(tables::WEEKLY.iter().all(|column| has("weekly.csv", column)));
        assert!(tables::EFFECTS.iter().all(|column| has("effects.csv", column) && has("summary.csv", column)));
        assert!(tables::COSTS.iter().all(|column| has("costs.csv", column)));
        assert!(tables::COST_PER_OUTCOME.iter().all(|column| has("cost_per_outcome.csv", column)));
        assert!(tables::RULES.iter().all(|column| has("rules.csv", column)));
        assert!(tables::DISTRICTS.iter().all(|column| has(folder::DISTRICTS, column)));
        assert!(tables::DISTRICT_EFFECTS.iter().all(|column| has(folder::DISTRICT_EFFECTS, column)));
        assert!(tables::RECOVERY.iter().all(|column| has("recovery.csv", column)));
        assert!(tables::PARAMETERS.iter().all(|column| has(folder::PARAMETERS, column)));
        assert!(tables::UNCERTAINTY.iter().all(|column| has(folder::UNCERTAINTY, column)));
        assert!(tables::OPENING.iter().all(|column| has("residents.csv", column) && has("ties.csv", column)));
        assert!(COLUMNS.iter().all(|column| has("columns.csv", column)));
    }

    #[test]
    fn a_range_shows_constants_as_they_were_written() {
        assert_eq!(range(f64::from(0.05_f32), f64::from(0.95_f32)), "0.05 to 0.95");
        assert_eq!(range(0.0, f64::INFINITY), "0 and up");
    }
}
