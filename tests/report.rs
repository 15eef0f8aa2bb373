//! The report from a results folder alone: files, figures that collide nowhere, words that claim no more than the data.

mod fixture;

use std::path::Path;

use fixture::{Fixture, SCENARIOS};
use noaber::report::data::Results;
use noaber::report::figures::{Figures, draw};
use noaber::report::words::Words;
use noaber::report::{Language, write_report};

fn made(fixture: Fixture) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fixture::write(folder.path(), fixture);
    folder
}

fn figures(folder: &Path, language: Language) -> Figures {
    let results = Results::read(folder).expect("the folder reads");
    draw(&results, &Words::of(language).expect("the words read")).expect("the figures are drawn")
}

fn page(folder: &Path, language: Language) -> String {
    std::fs::read_to_string(folder.join(format!("report.{}.html", language.key()))).expect("the page is there")
}

fn no_faults(fixture: Fixture) {
    let folder = made(fixture);
    for language in Language::ALL {
        let figures = figures(folder.path(), language);
        assert!(!figures.all().is_empty());
        for figure in figures.all() {
            assert_eq!(figure.faults(), Vec::<String>::new(), "{fixture:?}, {language:?}");
        }
    }
}

#[test]
fn no_words_collide_and_no_mark_leaves_its_axes_for_any_size_of_effect() {
    for size in [0.0, 0.01, 1.0, 30.0, 3000.0] {
        no_faults(Fixture { size, replications: 6, ..Fixture::default() });
    }
}

#[test]
fn no_words_collide_and_no_mark_leaves_its_axes_for_any_number_of_scenarios() {
    for scenarios in [1, 2, 3, 5, 14] {
        no_faults(Fixture { scenarios, replications: 4, ..Fixture::default() });
    }
}

#[test]
fn no_words_collide_and_no_mark_leaves_its_axes_for_any_length_and_number_of_replications() {
    for (weeks, replications) in [(1, 2), (3, 1), (52, 3), (780, 2)] {
        no_faults(Fixture { scenarios: 3, weeks, replications, ..Fixture::default() });
    }
}

#[test]
fn one_pair_of_simulations_gives_differences_and_claims_nothing() {
    let folder = made(Fixture { replications: 1, scenarios: 3, ..Fixture::default() });
    write_report(folder.path(), &[Language::En]).expect("writes");
    let page = page(folder.path(), Language::En);
    assert!(page.contains("we cannot tell whether any alternative helps"));
    assert!(!page.contains("clearly better</td>") && !page.contains("NaN") && !page.contains("– to –"));
}

#[test]
fn a_dip_that_is_clear_and_large_enough_is_told_with_its_end() {
    let folder = made(Fixture { scenarios: 3, ..Fixture::default() });
    let [_, one, other] = [0, 1, 2].map(|place| SCENARIOS[place][0]);
    let table = format!(
        "scenario,measure,difference,low,high,week,worthwhile,recovered_week,recovery_weeks\n\
         {one},lonely,0.05,0.03,0.07,9,0.02,33,24\n\
         {other},lonely,0.04,0.01,0.07,9,0.02,,\n\
         {one},cohesion,-0.4,-0.9,0.1,9,0.15,20,11\n\
         {other},cohesion,-0.1,-0.12,-0.08,9,0.15,9,0\n"
    );
    std::fs::write(folder.path().join("recovery.csv"), table).expect("writes");
    write_report(folder.path(), &Language::ALL).expect("writes");
    let page = page(folder.path(), Language::En);
    assert!(page.contains("in week 9 (+5.0 percentage points); 24 weeks later"), "the dip that ends");
    assert!(page.contains("in week 9 (+4.0 percentage points), and has not recovered"), "the dip that stays");
    assert_eq!(page.matches("in week 9").count(), 2, "neither chance nor what is too small is told");
}

#[test]
fn the_report_has_every_file_and_the_same_bytes_a_second_time() {
    let folder = made(Fixture { scenarios: 3, ..Fixture::default() });
    let files = write_report(folder.path(), &Language::ALL).expect("writes");
    let first: Vec<_> = files.iter().map(|file| std::fs::read(file).expect("is there")).collect();
    let again = write_report(folder.path(), &Language::ALL).expect("writes again");
    assert_eq!(files, again);
    for (file, before) in files.iter().zip(first) {
        assert!(std::fs::read(file).expect("is there") == before, "{} differs", file.display());
    }
    for name in ["figures/effects.nl.svg", "figures/effects.en.png", "report.nl.html", "report.en.html"] {
        assert!(files.contains(&folder.path().join(name)), "{name} is missing");
    }
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).expect("lists").flatten().map(|entry| entry.file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with('.')), "temporary files are left: {left:?}");
}

#[test]
fn a_page_is_one_small_file_that_asks_nothing_from_outside_and_runs_nothing() {
    let folder = made(Fixture::default());
    write_report(folder.path(), &Language::ALL).expect("writes");
    let many = made(Fixture { scenarios: 13, replications: 3, weeks: 520, ..Fixture::default() });
    write_report(many.path(), &[Language::Nl]).expect("writes");
    let large = page(many.path(), Language::Nl).len();
    assert!(large < 1_000_000, "twelve alternatives over ten years make {large} bytes");
    for language in Language::ALL {
        let page = page(folder.path(), language);
        assert!(page.len() < 1_000_000, "{} bytes", page.len());
        assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\""));
        assert!(page.contains(&format!("<html lang=\"{}\">", language.key())));
        for outside in ["<script", "<link", "<iframe", "url(", "@import", "src=\"http", "href=\"http"] {
            assert!(!page.contains(outside), "{outside} in the page");
        }
    }
}

#[test]
fn no_page_shows_the_key_of_a_text_that_is_missing() {
    for scenarios in [1, 3] {
        let folder = made(Fixture { scenarios, ..Fixture::default() });
        write_report(folder.path(), &Language::ALL).expect("writes");
        for language in Language::ALL {
            let (page, words) = (page(folder.path(), language), Words::of(language).expect("the words read"));
            let shown: Vec<_> = words.texts().keys().filter(|key| key.contains('_') && page.contains(*key)).collect();
            assert!(shown.is_empty(), "{shown:?}");
            let open = page.split("</style>").nth(1).is_some_and(|body| body.contains('{'));
            assert!(!open, "a hole is left open");
        }
    }
}

#[test]
fn what_users_write_is_escaped_in_the_page() {
    let folder = made(Fixture { scenarios: 2, ..Fixture::default() });
    write_report(folder.path(), &[Language::En]).expect("writes");
    let page = page(folder.path(), Language::En);
    assert!(!page.contains("<closes>"));
    assert!(page.contains("The living room &lt;closes&gt; &amp; goes"));
}

#[test]
fn every_answer_says_that_it_is_about_this_model() {
    let folder = made(Fixture::default());
    write_report(folder.path(), &Language::ALL).expect("writes");
    for (language, claim) in [(Language::Nl, "in dit model"), (Language::En, "in this model")] {
        let page = page(folder.path(), language);
        let answer = page.split("id=\"answer\"").nth(1).and_then(|rest| rest.split("</ul>").next()).expect("an answer");
        let sentences: Vec<_> = answer.split("<li>").skip(1).collect();
        assert_eq!(sentences.len(), fixture::HEADLINE.len());
        assert!(sentences.iter().all(|sentence| sentence.to_lowercase().contains(claim)), "{sentences:?}");
    }
}

#[test]
fn the_first_page_shows_the_five_outcomes_by_sphere_and_group() {
    use noaber::observation::Outcome;
    let folder = made(Fixture::default());
    write_report(folder.path(), &Language::ALL).expect("writes");
    for (place, (language, spheres, group)) in [
        (Language::Nl, ["persoon", "gemeenschap"], "Meer problemen"),
        (Language::En, ["person", "community"], "Several problems"),
    ]
    .into_iter()
    .enumerate()
    {
        let page = page(folder.path(), language);
        let section = page.split("id=\"outcomes\"").nth(1).and_then(|rest| rest.split("</section>").next());
        let section = section.expect("a section of outcomes");
        for outcome in Outcome::ALL {
            let title = outcome.title()[place];
            // Two measures in each of two tables, in the table for whom, and by group for each of five alternatives.
            assert!(section.matches(title).count() >= 5, "{title}");
        }
        assert!(spheres.iter().all(|sphere| section.contains(sphere)) && section.contains(group));
        // Before anything else but the answer.
        assert!(page.find("id=\"outcomes\"") < page.find("id=\"sure\""));
    }
}

#[test]
fn where_nothing_matters_the_report_says_so_although_simulations_agree() {
    let folder = made(Fixture { size: 0.01, ..Fixture::default() });
    let figures = figures(folder.path(), Language::En);
    assert!(
        figures.effects[0].1.title.contains("no alternative changes these outcomes by enough"),
        "{}",
        figures.effects[0].1.title
    );
    assert!(!figures.effects[0].1.svg.contains("better in 20 of 20"), "agreement makes a tiny difference look large");
    assert!(figures.effects[0].1.svg.contains("too small to matter"));
}

#[test]
fn the_message_names_the_alternative_that_changes_most() {
    let folder = made(Fixture::default());
    let figures = figures(folder.path(), Language::Nl);
    assert!(figures.effects[0].1.title.contains(SCENARIOS[5][1]), "{}", figures.effects[0].1.title);
    assert!(figures.effects[0].1.svg.contains("van de 20 simulaties"));
}

#[test]
fn groups_in_which_nobody_is_are_shown_as_such() {
    let folder = made(Fixture::default());
    let figures = figures(folder.path(), Language::Nl);
    let (_, figure) = &figures.for_whom[0];
    assert!(!figure.svg.contains("nieuwkomers"), "newcomers are other people in each scenario");
    assert!(figure.svg.contains("Herkomst Europa") && figure.svg.contains("niemand"));
}

#[test]
fn a_single_scenario_has_levels_over_time_and_no_comparison() {
    let folder = made(Fixture { scenarios: 1, ..Fixture::default() });
    let files = write_report(folder.path(), &[Language::Nl]).expect("writes");
    assert!(files.iter().any(|file| file.ends_with("figures/over-time-lonely.nl.svg")));
    assert!(!files.iter().any(|file| file.to_string_lossy().contains("effects")));
    assert!(!page(folder.path(), Language::Nl).contains("Open teken"));
}

#[test]
fn a_missing_or_broken_file_is_named_with_what_to_do() {
    let nowhere =
        write_report(Path::new("no/such/folder"), &[Language::En]).expect_err("there is no folder").to_string();
    assert!(nowhere.contains("no/such/folder is not there") && nowhere.contains("noaber compare"), "{nowhere}");
    for (name, content, expected) in [
        ("manifest.json", Some("{"), "manifest.json, line 1"),
        ("weekly.csv", None, "weekly.csv is not there"),
        ("weekly.csv", Some("scenario,week\n"), "no column “group”"),
        ("manifest.json", Some("{}"), "missing field"),
        ("effects.csv", None, "effects.csv is not there"),
        (
            "effects.csv",
            Some(
                "scenario,measure,group,week,difference,low,high,level,replications,share_better\na,lonely,all,104,many,0,0,0.9,20,1\n",
            ),
            "“many” is not a number",
        ),
        (
            "effects.csv",
            Some("scenario,measure,group,week,difference,low,high,level,replications,share_better\n"),
            "no differences",
        ),
    ] {
        let folder = made(Fixture { scenarios: 2, ..Fixture::default() });
        let path = folder.path().join(name);
        match content {
            Some(content) => std::fs::write(&path, content).expect("writes"),
            None => std::fs::remove_file(&path).expect("removes"),
        }
        let message = write_report(folder.path(), &[Language::En]).expect_err("it is broken").to_string();
        assert!(
            message.contains(expected) && message.contains(name) && message.contains("noaber compare"),
            "{message}"
        );
        assert!(!folder.path().join("figures").exists(), "nothing is written from broken results");
    }
}

#[test]
fn no_words_collide_on_the_tiles_of_any_number_of_districts() {
    for (districts, scenarios, placed) in
        [(2, 1, false), (3, 3, false), (3, 3, true), (20, 4, false), (114, 6, false), (114, 3, true), (400, 2, true)]
    {
        no_faults(Fixture { districts, scenarios, placed, replications: 4, weeks: 13, ..Fixture::default() });
    }
    no_faults(Fixture { districts: 20, size: 3000.0, replications: 1, weeks: 13, ..Fixture::default() });
}

#[test]
fn districts_have_figures_and_a_section_and_a_study_without_them_has_neither() {
    let folder = made(Fixture { districts: 3, scenarios: 3, ..Fixture::default() });
    let files = write_report(folder.path(), &Language::ALL).expect("writes");
    for name in ["districts-lonely.nl.svg", "districts-lonely.en.png", "districts-change-lonely.en.svg"] {
        assert!(files.contains(&folder.path().join("figures").join(name)), "{name} is missing");
    }
    for (language, title) in [(Language::Nl, "Per buurt"), (Language::En, "By neighbourhood")] {
        let page = page(folder.path(), language);
        let section = page.split("id=\"districts\"").nth(1).and_then(|rest| rest.split("</section>").next());
        let section = section.expect("a section of districts");
        assert!(section.contains(title) && section.matches("<svg").count() == 2);
        // In the title of the levels, and with its numbers in both tables.
        assert!(section.matches("station-quarter-and-harbour").count() >= 2);
    }
    let without = made(Fixture { scenarios: 3, ..Fixture::default() });
    let files = write_report(without.path(), &Language::ALL).expect("writes");
    assert!(!files.iter().any(|file| file.to_string_lossy().contains("districts")));
    assert!(!page(without.path(), Language::En).contains("By neighbourhood"));
}

#[test]
fn the_message_by_district_names_the_lowest_and_the_highest() {
    let folder = made(Fixture { districts: 3, scenarios: 1, ..Fixture::default() });
    let results = Results::read(folder.path()).expect("the folder reads");
    let level = |district: &str| results.district_level(district, "lonely").expect("a level");
    let mut all = ["garden-town", "station-quarter-and-harbour", "old-village"];
    all.sort_by(|a, b| level(a).total_cmp(&level(b)));
    let drawn = figures(folder.path(), Language::En);
    let title = &drawn.by_district[0].figure.title;
    let said = |district: &str| format!("{:.1}% in {district}", 100.0 * level(district));
    assert_eq!(*title, format!("‘Lonely’: from {} to {}, in this model", said(all[0]), said(all[2])));
    assert_eq!(drawn.by_district.len(), 1, "one scenario has no differences");
}

#[test]
fn a_district_with_few_adults_is_shown_and_gives_no_message_and_no_colour() {
    let folder = made(Fixture { districts: 3, scenarios: 1, ..Fixture::default() });
    let all = ["garden-town", "station-quarter-and-harbour", "old-village"];
    let before = Results::read(folder.path()).expect("the folder reads");
    let level = |district: &str| before.district_level(district, "lonely").expect("a level");
    let lowest = *all.iter().min_by(|a, b| level(a).total_cmp(&level(b))).expect("three districts");
    assert!(all.iter().all(|district| !before.is_small(district)));
    let grey = "fewer than 50 adults";
    assert!(!figures(folder.path(), Language::En).by_district[0].figure.svg.contains(grey));
    let written = || {
        write_report(folder.path(), &[Language::En]).expect("the report is written");
        page(folder.path(), Language::En)
    };
    assert!(!written().contains(grey));
    let path = folder.path().join("districts.csv");
    let table = std::fs::read_to_string(&path).expect("reads");
    let fewer = |line: &str| match line.rsplit_once(',') {
        Some((rest, _)) if line.contains(lowest) => format!("{rest},49\n"),
        _ => format!("{line}\n"),
    };
    std::fs::write(&path, table.lines().map(fewer).collect::<String>()).expect("writes");
    assert!(Results::read(folder.path()).expect("the folder reads").is_small(lowest));
    let drawn = figures(folder.path(), Language::En);
    let figure = &drawn.by_district[0].figure;
    assert!(!figure.title.contains(lowest), "{}", figure.title);
    assert!(figure.svg.contains(grey) && figure.svg.contains(&format!("{:.1}%", 100.0 * level(lowest))));
    // The table marks it, with what the mark means.
    let page = written();
    assert!(page.contains("* fewer than 50 adults"));
    assert!(all.iter().all(|one| page.contains(&format!("{one}\u{a0}*")) == (*one == lowest)), "{page}");
}

#[test]
fn a_missing_table_of_districts_is_named_with_what_to_do() {
    for name in ["districts.csv", "district_effects.csv"] {
        let folder = made(Fixture { districts: 3, scenarios: 2, ..Fixture::default() });
        std::fs::remove_file(folder.path().join(name)).expect("removes");
        let message = write_report(folder.path(), &[Language::En]).expect_err("it is missing").to_string();
        assert!(message.contains(name) && message.contains("noaber compare"), "{message}");
    }
}

#[test]
fn a_page_of_a_town_is_one_small_file() {
    let folder = made(Fixture { districts: 114, placed: true, replications: 3, ..Fixture::default() });
    write_report(folder.path(), &[Language::Nl]).expect("writes");
    let large = page(folder.path(), Language::Nl).len();
    assert!(large < 1_000_000, "five alternatives in 114 districts make {large} bytes");
}
