//! `noaber trace`: the story of one resident, beside the twin in the other world.

use std::fmt::Write as _;
use std::io::IsTerminal as _;

use super::compare::version;
use super::screen::say;
use super::{Failure, TraceArgs};
use crate::experiment::trace::{Lived, diary, who_differ_most, worlds};
use crate::model::quantities::Person;
use crate::observation::diary::Doing;
use crate::report::story::{Column, tell};
use crate::report::words::Words;
use crate::results::{again, atomic::write_whole, error::reason};
use crate::scenario::{Scenario, Study};

/// Columns when nothing says how wide the screen is.
const WIDTH: usize = 110;
/// Residents named when none was asked for.
const MOST_NAMED: usize = 8;

/// Lives the replication again and tells what happened to the resident in both worlds.
pub fn trace(asked: &TraceArgs) -> Result<(), Failure> {
    let (manifest, study) = again::study(&asked.results, &version())?;
    let words = Words::of(asked.lang.into())?;
    if asked.replication >= manifest.replications {
        let last = manifest.replications.saturating_sub(1);
        return Err(Failure::running(format!(
            "there is no replication {}: those of these results are 0 to {last}",
            asked.replication
        )));
    }
    let places = places(&study, asked.scenario.as_deref())?;
    let weeks = asked.until_week.unwrap_or(manifest.weeks).min(manifest.weeks);
    let starts = worlds(&study, &places, asked.replication);
    let Some(resident) = asked.resident else {
        return say(&somebody(&study, asked, &places, manifest.weeks));
    };
    let lived: Vec<Lived> = starts.into_iter().map(|world| diary(world, Person(resident), weeks)).collect();
    let Some(first_seen) = lived.iter().find_map(|lived| lived.first_seen) else {
        let title = format!("nobody with the number {resident} lives here in replication {}", asked.replication);
        return Err(Failure::running(format!("{title}.\n{}", somebody(&study, asked, &places, manifest.weeks))));
    };
    let title =
        |place: &usize| study.scenarios.get(*place).map_or("", |scenario| words.pick(&scenario.title)).to_owned();
    let from = asked.from_week.min(weeks) as usize;
    let columns: Vec<Column> = places
        .iter()
        .zip(lived)
        .map(|(place, lived)| Column { title: title(place), weeks: lived.weeks.into_iter().skip(from).collect() })
        .collect();
    let key = if first_seen.woman { "story_woman" } else { "story_man" };
    let who = words.fill(key, &[("age", &first_seen.age.to_string())]);
    let mut text = words.fill(
        "story_title",
        &[
            ("person", &resident.to_string()),
            ("who", &who),
            ("replication", &asked.replication.to_string()),
            ("from", &from.to_string()),
            ("until", &weeks.saturating_sub(1).to_string()),
        ],
    );
    text.push_str("\n\n");
    text.push_str(&tell(&columns, &words, if asked.out.is_some() { WIDTH } else { width() }));
    let Some(path) = &asked.out else { return say(&text) };
    write_whole(path, text.as_bytes())
        .map_err(|error| Failure::running(format!("`{}` cannot be written: {}", path.display(), reason(&error))))?;
    say(&format!("{}\n", path.display()))
}

/// The width of the screen.
fn width() -> usize {
    let told = || std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = std::io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    seen.map(|(width, _)| usize::from(width.0)).or_else(told).unwrap_or(WIDTH).clamp(50, 400)
}

/// The baseline and the scenario beside it, by their places; the baseline alone when there is nothing beside it.
fn places(study: &Study, wanted: Option<&str>) -> Result<Vec<usize>, Failure> {
    let Some(key) = wanted else { return Ok((0..study.scenarios.len().min(2)).collect()) };
    match study.scenarios.iter().position(|scenario| scenario.key == key) {
        Some(0) => Ok(vec![0]),
        Some(place) => Ok(vec![0, place]),
        None => {
            let names: Vec<&str> = study.scenarios.iter().map(|scenario| scenario.key.as_str()).collect();
            Err(Failure::running(format!(
                "there is no scenario `{key}` in these results; there are: {}",
                names.join(", ")
            )))
        }
    }
}

/// Some residents whose story is worth reading.
fn somebody(study: &Study, asked: &TraceArgs, places: &[usize], weeks: u32) -> String {
    let twins = who_differ_most(worlds(study, places, asked.replication), weeks, MOST_NAMED);
    let key = |place: Option<&usize>| {
        place.and_then(|place| study.scenarios.get(*place)).map_or("", |scenario: &Scenario| scenario.key.as_str())
    };
    let (one, other) = (key(places.first()), key(places.last()));
    let mut text = format!(
        "Of those who live in both worlds at the end of replication {}, these differ most\n(loneliness 0 to 11, and ties, in `{one}` and in `{other}`):\n",
        asked.replication
    );
    for (before, after) in twins {
        let Doing { person, woman, age, loneliness, ties } = before;
        let sex = if woman { "woman" } else { "man" };
        let _ = writeln!(
            text,
            "  --resident {person:<12} {sex} of {age}, loneliness {loneliness} and {}, ties {ties} and {}",
            after.loneliness, after.ties
        );
    }
    text
}
