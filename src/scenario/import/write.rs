//! The files: a neighbourhood that a person can read and edit, with behind each figure where it came from.

use std::fmt::Write as _;

use super::NEIGHBOURHOODS_FOLDER;
use super::buildings::{apportion, blocks};
use super::estimate::{Estimate, From};
use super::social_base::{SocialBase, social_base};
use super::town::Town;
use super::words::{Words, rows_of};
use crate::model::quantities::BuildingForm;
use crate::scenario::keys::{AGES, EDUCATION, HOUSEHOLDS, ORIGINS};

/// Longest line of a comment, without its sign.
const WIDTH: usize = 118;
/// Shares are written in so many parts of one, and add up to it exactly.
const PARTS: u32 = 10_000;

/// `neighbourhood.toml`.
pub(super) fn neighbourhood(estimate: &Estimate, file: &str, words: Words) -> String {
    let blocks = blocks(estimate);
    let base = social_base(estimate, &blocks);
    let mut text = String::new();
    comment(&mut text, &words.head(estimate, file));
    text.push('\n');
    pair(&mut text, "title", [&name(estimate), &name(estimate)]);
    let [nl, en] = Words::description(file);
    pair(&mut text, "description", [&nl, &en]);
    place(&mut text, estimate, words);
    composition(&mut text, estimate, words);
    comment(&mut text, &words.buildings(estimate));
    text.push('\n');
    for block in &blocks {
        let _ = write!(text, "[buildings.{}]\nform = \"{}\"\nhomes = {}\n", block.key, block.form.key(), block.homes);
        if block.form != BuildingForm::Houses {
            let _ = writeln!(text, "floors = {}", block.floors);
        }
        let _ = write!(text, "entrances = {}\nx_metres = {}\ny_metres = {}\n", block.entrances, block.x, block.y);
        let _ = write!(text, "tenure = \"{}\"\n\n", block.tenure.key());
    }
    social(&mut text, &base, words);
    // One line at the end, and not two.
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// `baseline.toml`.
pub(super) fn baseline(estimate: &Estimate, words: Words) -> String {
    let mut text = String::new();
    comment(&mut text, &words.baseline());
    text += "\nextends = \"neighbourhood.toml\"\n\n";
    pair(&mut text, "study.title", [&name(estimate), &name(estimate)]);
    pair(&mut text, "title", ["Zoals het is", "As it is"]);
    pair(&mut text, "description", ["De buurt zonder verandering.", "The neighbourhood without a change."]);
    time(&mut text, words);
    text
}

fn time(out: &mut String, words: Words) {
    let [weeks, burn_in, replications] = words.times();
    let _ = write!(
        out,
        "[time]\nweeks = 104 # {weeks}\nburn_in_weeks = 104 # {burn_in}\nreplications = 20 # {replications}\nseed = 1\n"
    );
}

/// `baseline.toml` of a town: what holds for all, and each neighbourhood with its file and its place.
pub(super) fn town(town: &Town, spots: &[[i64; 2]], positions: Option<&str>, words: Words) -> String {
    let mut text = String::new();
    comment(&mut text, &words.town_baseline());
    text.push('\n');
    let name = words.town(&town.asked);
    pair(&mut text, "study.title", [&name, &name]);
    pair(&mut text, "title", ["Zoals het is", "As it is"]);
    let [nl, en] = Words::town_description(town.neighbourhoods.len());
    pair(&mut text, "description", [&nl, &en]);
    time(&mut text, words);
    text.push('\n');
    comment(&mut text, &words.positions(positions));
    for (one, [x, y]) in town.neighbourhoods.iter().zip(spots) {
        text.push('\n');
        comment(
            &mut text,
            &words.in_town(&called(&[one.name.clone(), one.municipality.clone()], &one.code), one.simulated()),
        );
        let _ = write!(text, "[districts.{}]\nextends = {}\n", one.code, quoted(&in_folder(&one.code)));
        let _ = write!(text, "x_metres = {x}\ny_metres = {y}\n");
    }
    text
}

/// The file of a neighbourhood within the folder of its town.
pub(super) fn in_folder(code: &str) -> String {
    format!("{NEIGHBOURHOODS_FOLDER}/{code}.toml")
}

/// What a region is called, with its code.
pub(super) fn name(estimate: &Estimate) -> String {
    called(&[estimate.name.clone(), estimate.municipality.clone()], &estimate.code)
}

/// What a region with these names is called.
pub(super) fn called(names: &[String; 2], code: &str) -> String {
    let mut words: Vec<&str> = names.iter().map(String::as_str).filter(|word| !word.is_empty()).collect();
    // A municipality is called as its municipality is.
    words.dedup();
    if words.is_empty() { code.to_owned() } else { format!("{} ({code})", words.join(", ")) }
}

/// Adds a comment, broken into lines; an empty line of it stays.
fn comment(out: &mut String, text: &str) {
    wrapped(out, "#", text);
}

/// Adds a text broken into lines that begin alike; an empty line of it stays.
pub(super) fn wrapped(out: &mut String, begin: &str, text: &str) {
    for paragraph in text.split('\n') {
        let mut line = String::from(begin);
        for word in paragraph.split_whitespace() {
            if line.chars().count() + 1 + word.chars().count() > WIDTH {
                *out += &line;
                out.push('\n');
                begin.clone_into(&mut line);
            }
            line.push(' ');
            line += word;
        }
        *out += &line;
        out.push('\n');
    }
}

fn pair(out: &mut String, table: &str, [nl, en]: [&str; 2]) {
    let _ = write!(out, "[{table}]\nnl = {}\nen = {}\n\n", quoted(nl), quoted(en));
}

/// A text of TOML, whatever a name in a file holds.
fn quoted(text: &str) -> String {
    toml::Value::String(text.chars().filter(|letter| !letter.is_control()).collect()).to_string()
}

/// A share, as short as it is exact.
fn share(value: f64) -> String {
    let rounded = (value * f64::from(PARTS)).round() / f64::from(PARTS);
    if rounded.fract() == 0.0 { format!("{rounded:.1}") } else { rounded.to_string() }
}

/// A list of shares under their keys.
fn shares<const N: usize>(out: &mut String, keys: [&str; N], values: [f64; N]) {
    for (key, parts) in keys.into_iter().zip(apportion(values, PARTS)) {
        let _ = writeln!(out, "{key} = {}", share(f64::from(parts) / f64::from(PARTS)));
    }
    out.push('\n');
}

fn place(out: &mut String, estimate: &Estimate, words: Words) {
    let assumed = words.assumed();
    let vacant = words.short(&estimate.vacant.from);
    let _ = write!(
        out,
        "[neighbourhood]\npublic_space_share = 0.5 # {assumed}\nmoving_times_national = 1.0 # {assumed}\n\
         vacant_share = {} # {vacant}\nkin_nearby_share = 0.2 # {assumed}\n",
        share(estimate.vacant.shares[0]),
    );
    comment(out, &words.addresses(estimate));
    let _ = write!(out, "addresses_per_square_kilometre = {}\n\n", estimate.addresses);
}

fn composition(out: &mut String, estimate: &Estimate, words: Words) {
    out.push_str("[composition]\n");
    for (key, value, note) in single_shares(estimate, words) {
        comment(out, &note);
        let _ = writeln!(out, "{key} = {}", share(value));
    }
    if let Some(size) = estimate.size_asked() {
        let _ = writeln!(out, "people_per_household = {size} # {}", words.short(&estimate.size_from));
    }
    out.push('\n');
    let keys = |fields: &[crate::scenario::keys::Field], nth: usize| fields.get(nth).map_or("", |field| field.name);
    comment(out, &words.ages(estimate));
    out.push_str("[composition.ages]\n");
    shares(out, std::array::from_fn::<_, 5, _>(|nth| keys(AGES, nth)), estimate.ages.shares);
    comment(out, &words.sorts(estimate));
    out.push_str("[composition.households]\n");
    shares(out, std::array::from_fn::<_, 4, _>(|nth| keys(HOUSEHOLDS, nth)), estimate.four_sorts());
    comment(out, &words.origins(estimate));
    out.push_str("[composition.origins]\n");
    shares(out, std::array::from_fn::<_, 3, _>(|nth| keys(ORIGINS, nth)), estimate.origins.shares);
    comment(out, &words.education(estimate));
    out.push_str("[composition.education]\n");
    shares(out, std::array::from_fn::<_, 3, _>(|nth| keys(EDUCATION, nth)), estimate.education.shares);
}

/// Households of the two lowest fifths of incomes, and others, that find it hard to make ends meet. The split is assumed; it
/// gives the 12 % of all households that CBS found in 2019 (Materiële welvaart in Nederland 2020).
pub(super) const HARD_UP: [f64; 2] = [0.24, 0.04];
/// Adults of 15-44, 45-64, 65 and over who are limited by their health (assumed, about three in ten of all adults).
pub(super) const LIMITED: [f64; 3] = [0.18, 0.33, 0.47];
/// Paid work of people of 20 to 66, against that of people of 15 to 75 (assumed).
pub(super) const OF_WORKING_AGE: f64 = 1.1;
/// Of adults from elsewhere, those who do not share the language (assumed).
const LANGUAGE_BARRIER: f64 = 0.2;
/// The most that can have paid work.
const MOST_WORKING: f64 = 0.95;

fn single_shares(estimate: &Estimate, words: Words) -> [(&'static str, f64, String); 5] {
    let low = estimate.low_income.shares[0];
    let [_, young, middle, older, old] = estimate.ages.shares;
    let adults = (young + middle + older + old).max(1e-9);
    let limited = ((young + middle) * LIMITED[0] + older * LIMITED[1] + old * LIMITED[2]) / adults;
    let working = (estimate.working.shares[0] * OF_WORKING_AGE).min(MOST_WORKING);
    [
        ("women_share", estimate.sex.shares[0], words.sex(estimate)),
        ("income_difficulty_share", low * HARD_UP[0] + (1.0 - low) * HARD_UP[1], words.low_income(estimate)),
        ("health_limited_share", limited, words.health()),
        ("language_barrier_share", LANGUAGE_BARRIER, words.language()),
        ("employed_share", working, words.working(estimate)),
    ]
}

fn social(out: &mut String, base: &SocialBase, words: Words) {
    comment(out, &words.social_base());
    out.push('\n');
    for place in &base.places {
        let _ = write!(out, "[places.{}]\nkind = \"{}\"\n", place.key, place.kind.key());
        let _ = write!(out, "x_metres = {}\ny_metres = {}\n\n", place.x, place.y);
    }
    for (key, kind) in [
        ("municipality", "municipality"),
        ("corporation", "housing-corporation"),
        ("welfare", "welfare"),
        ("home-care", "care-provider"),
    ] {
        let _ = write!(out, "[organisations.{key}]\nkind = \"{kind}\"\nknows_others_share = 0.5\n\n");
    }
    let grants = [("residents-fund", "communal", base.fund), ("community-work", "institutional", base.posts_grant)];
    for (key, sphere, euros) in grants.into_iter().filter(|(.., euros)| *euros > 0) {
        let _ = write!(out, "[grants.{key}]\nsphere = \"{sphere}\"\neuros_per_year = {euros}\ncontract_weeks = 52\n\n");
    }
    for post in &base.posts {
        let _ = write!(out, "[professionals.{}]\nrole = \"{}\"\n", post.key, post.role.key());
        let _ = writeln!(out, "employer = \"{}\"", post.employer);
        if let Some(grant) = post.grant {
            let _ = writeln!(out, "grant = \"{grant}\"");
        }
        let _ = write!(out, "hours_per_week = {}\noutreach_share = {}\n\n", post.hours, post.outreach);
    }
    for initiative in &base.initiatives {
        let _ = write!(out, "[initiatives.{}]\nactivity = \"{}\"\n", initiative.key, initiative.activity.key());
        if let Some(target) = initiative.target {
            let _ = writeln!(out, "target = \"{target}\"");
        }
        let _ = write!(
            out,
            "place = \"{}\"\nvolunteer_hours_per_week = {}\nsessions_per_week = {}\ncapacity_people = {}\n",
            initiative.place, initiative.hours, initiative.sessions, initiative.capacity
        );
        if initiative.euros > 0 {
            let _ = write!(out, "grant = \"residents-fund\"\neuros_per_year = {}\n", initiative.euros);
        }
        out.push('\n');
    }
}

/// What was missing and what stands in its place, a line for each figure.
pub(super) fn replaced(estimate: &Estimate, words: Words) -> Vec<String> {
    rows_of(estimate)
        .into_iter()
        .filter(|(_, from)| **from != From::Own)
        .map(|(what, from)| words.instead(what, from))
        .collect()
}
