//! The page: sentences, tables and figures put into one template, which escapes everything that users wrote.

mod answers;
mod districts;
mod outcomes;
mod tables;

use std::collections::BTreeMap;

use minijinja::{AutoEscape, Environment, UndefinedBehavior, value::Serde};
use serde::Serialize;

use super::ReportError;
use super::data::Results;
use super::figures::{Figures, message};
use super::plot::Figure;
use super::words::Words;
use tables::Table;

const TEMPLATE: &str = include_str!("templates/page.html");
const STYLE: &str = include_str!("templates/style.css");

/// A figure with its table, as the template takes them.
#[derive(Serialize)]
struct Shown<'a> {
    title: &'a str,
    svg: &'a str,
    table: Table,
}

/// Everything that the template shows.
#[derive(Serialize)]
struct Page<'a> {
    lang: &'static str,
    t: &'a BTreeMap<String, String>,
    style: &'static str,
    title: &'a str,
    question: &'a str,
    unfinished: bool,
    message: Option<String>,
    answer_intro: String,
    answers: Vec<String>,
    summary: Option<Table>,
    outcomes_intro: String,
    outcomes: Vec<Table>,
    outcomes_whom: Option<Table>,
    outcomes_groups: Vec<Table>,
    health_intro: String,
    health: Vec<Table>,
    sure: Vec<String>,
    vocabulary: Option<Table>,
    effects: Vec<Shown<'a>>,
    dips: Vec<String>,
    over_time: Vec<Shown<'a>>,
    for_whom: Vec<Shown<'a>>,
    by_district: Vec<Shown<'a>>,
    reached: Vec<String>,
    unknowns: Vec<String>,
    effort_intro: String,
    effort: Option<Table>,
    outcome_costs: Option<Table>,
    profiles: Vec<Table>,
    rules: Vec<String>,
    method: Vec<String>,
    design: Table,
    scenarios: Table,
    measures: Table,
    made: String,
    seeded: String,
    hash: &'a str,
    command: String,
    check: String,
}

/// Writes the page in one language, complete in itself.
///
/// # Errors
/// If the template cannot be filled: a fault of the program.
pub fn write(results: &Results, figures: &Figures, words: &Words) -> Result<String, ReportError> {
    let failed =
        |e: minijinja::Error| ReportError::Draw { what: format!("the page ({}): {e:#}", words.language.key()) };
    let manifest = &results.manifest;
    let alone = results.alternatives().is_empty();
    let page = Page {
        lang: words.language.key(),
        t: words.texts(),
        style: STYLE,
        title: words.pick(&manifest.study.title),
        question: words.pick(&manifest.study.question),
        unfinished: manifest.status != "finished",
        message: (!alone).then(|| message::of_effects(results, &results.headline, words)),
        answer_intro: answers::intro(results, words),
        answers: answers::answers(results, words),
        summary: (!alone).then(|| tables::summary(results, words)),
        outcomes_intro: outcomes::intro(results, words),
        outcomes: outcomes::tables(results, words),
        outcomes_whom: (!alone).then(|| outcomes::for_whom(results, words)),
        outcomes_groups: results.alternatives().into_iter().map(|a| outcomes::by_group(results, a, words)).collect(),
        health_intro: outcomes::health_intro(results, words),
        health: outcomes::health(results, words),
        sure: answers::sure(results, words),
        vocabulary: (!alone).then(|| tables::vocabulary(words)),
        effects: figures.effects.iter().map(|(m, f)| view(f, tables::effects(results, m, words))).collect(),
        dips: answers::dips(results, words),
        over_time: figures.over_time.iter().map(|(m, f)| view(f, tables::over_time(results, m, words))).collect(),
        for_whom: figures.for_whom.iter().map(|(m, f)| view(f, tables::for_whom(results, m, words))).collect(),
        by_district: figures.by_district.iter().map(|s| view(&s.figure, districts::table(results, s, words))).collect(),
        reached: answers::reached(results, figures, words),
        unknowns: answers::unknowns(results, words),
        effort_intro: answers::effort_intro(results, words),
        effort: tables::effort(results, words),
        outcome_costs: tables::outcome_costs(results, words),
        profiles: tables::profiles(results, words),
        rules: answers::rules(results, words),
        method: answers::method(results, words),
        design: tables::design(results, words),
        scenarios: tables::scenarios(results, words),
        measures: tables::measures(results, words),
        made: words.fill(
            "footer_made",
            &[("version", &manifest.noaber), ("revision", &manifest.revision), ("date", &manifest.finished_at)],
        ),
        seeded: words.fill("footer_seed", &[("seed", &manifest.seed.to_string())]),
        hash: &manifest.hash,
        command: manifest.command.join(" "),
        check: format!("noaber reproduce results/{}", manifest.study.key),
    };
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("page.html", TEMPLATE).map_err(failed)?;
    environment.get_template("page.html").and_then(|template| template.render(Serde(&page))).map_err(failed)
}

fn view(figure: &Figure, table: Table) -> Shown<'_> {
    Shown { title: &figure.title, svg: &figure.svg, table }
}
