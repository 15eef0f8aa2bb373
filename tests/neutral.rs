//! A lever that is set to do nothing does nothing: each kind of policy at its neutral value gives the baseline's results,
//! every measure of every group to the byte.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use noaber::experiment::{Watch, run};
use noaber::scenario::{Overrides, json_schema, read_study};

/// Every kind of policy with the values at which it does nothing in the corner. What has no such value, closing a place or
/// changing the provider, is taken out by `enabled = false`.
const NEUTRAL: [(&str, &str); 25] = [
    ("allocate-homes", "homes = 0\nover_weeks = 26\nhours_per_month = 10"),
    ("change-grant", "grant = \"activities\""),
    ("unsilo-grant", "grant = \"activities\""),
    ("shift-care", "closed_share = 0"),
    ("priority", "to_need_share = 0"),
    ("ask-campaign", "way = \"personal\"\nasks_per_week = 0"),
    ("care-for-volunteers", "hours_per_volunteer_per_year = 6"),
    ("rebuild", "building = \"flat\""),
    ("improve-homes", "households_share = 0"),
    ("public-space", "public_space_share = 0.5"),
    ("course", "places_per_week = 0\nweeks = 10"),
    ("lockdown", "strength_share = 0"),
    ("arrivals", "households = 0\norigin = \"europe\""),
    ("healthy-food", "healthy_food_share = 0"),
    ("tell-stories", "strength_share = 0"),
    ("close-place", "place = \"library\"\nenabled = false"),
    ("organisers-leave", "initiative = \"meal\"\norganisers_share = 0"),
    ("open-to-all", "initiative = \"meal\""),
    ("worker-tenure", "professional = \"caretaker\"\nmay_leave = true"),
    ("change-provider", "organisation = \"welfare\"\nenabled = false"),
    ("introductions", "hours_per_month = 0"),
    ("hand-over", "residents_lead_share = 1"),
    ("social-map", "residents_per_week = 0"),
    ("adjust", "parameter = \"meeting.rounds\"\ntimes = 1\ntimes_per_year = 1"),
    // A rule whose line is never passed keeps any policy from holding.
    ("lockdown", "when = { measure = \"lonely\", above = 1.0 }"),
];

struct Nobody;

impl Watch for Nobody {}

#[test]
fn every_kind_of_policy_at_its_neutral_value_leaves_the_baseline_as_it_is() {
    let schema = json_schema();
    let kinds = &schema["properties"]["policies"]["additionalProperties"]["properties"]["kind"]["enum"];
    let kinds: BTreeSet<&str> = kinds.as_array().expect("the kinds").iter().filter_map(|kind| kind.as_str()).collect();
    assert_eq!(
        NEUTRAL.iter().map(|(kind, _)| *kind).collect::<BTreeSet<_>>(),
        kinds,
        "every kind has its neutral value"
    );

    let folder = tempfile::tempdir().expect("a temporary folder");
    let baseline = folder.path().join("baseline.toml");
    let corner = fs::read_to_string("tests/worlds/corner.toml").expect("the corner is there");
    // A community builder, without whom nobody could care for volunteers, and districts to give priority to.
    let more = "[professionals.builder]\nrole = \"community-builder\"\nemployer = \"welfare\"\nhours_per_week = 8\n\n\
                [districts.east.composition]\nincome_difficulty_share = 0.5\n\n[districts.west.composition]\nincome_difficulty_share = 0.2\n";
    fs::write(&baseline, format!("{corner}\n{more}")).expect("the corner is copied");
    let mut files = vec![baseline];
    for (number, (kind, values)) in NEUTRAL.iter().enumerate() {
        let mut text = String::from("extends = \"baseline.toml\"\ntitle = { nl = \"Niets\", en = \"Nothing\" }\n\n");
        write!(text, "[policies.nothing]\nkind = \"{kind}\"\nfrom_week = 0\n{values}\n").expect("text can be written");
        let file: PathBuf = folder.path().join(format!("{number:02}-{kind}.toml"));
        fs::write(&file, text).expect("a scenario can be written");
        files.push(file);
    }
    let overrides = Overrides { weeks: Some(26), burn_in: Some(8), replications: Some(1), seed: None };
    let study = read_study(&files, &[], &overrides).unwrap_or_else(|faults| panic!("{faults}"));
    let ended = run(&study, &[0], &Nobody).expect("nobody stops it");
    let courses = &ended.replications[0].courses;
    let moved: Vec<&str> = study
        .scenarios
        .iter()
        .zip(courses)
        .filter(|(_, course)| course.records != courses[0].records)
        .map(|(scenario, _)| scenario.key.as_str())
        .collect();
    assert!(moved.is_empty(), "these change something: {moved:?}");
}
