//! The program as its users meet it: what it prints, which files it leaves, how it ends.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const SHORT: [&str; 6] = ["--replications", "3", "--weeks", "4", "--burn-in", "2"];

/// A folder with a study in it, made by the program itself.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().expect("a folder") };
        let made = desk.noaber(&["new", "demo"]);
        assert!(made.status.success(), "{}", stderr(&made));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_noaber"));
        command.args(args).current_dir(self.folder.path());
        command
    }

    fn noaber(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program starts")
    }

    /// Compares the study in few weeks, with more flags. Most tests are not about the report, and figures take time.
    fn compare(&self, flags: &[&str]) -> Output {
        self.noaber(&[&["compare", "demo", "--quiet", "--no-report"], &SHORT[..], flags].concat())
    }

    /// All tables of a results folder; not the manifest, which tells the time.
    fn tables(&self, results: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let folder = self.path(results);
        let mut tables = BTreeMap::new();
        for folder in [folder.clone(), folder.join("scenarios")] {
            for entry in fs::read_dir(folder).expect("a results folder") {
                let path = entry.expect("an entry").path();
                if path.extension().is_some_and(|ending| ending == "csv" || ending == "toml") {
                    let name = path.strip_prefix(self.path(results)).expect("inside").to_path_buf();
                    tables.insert(name, fs::read(path).expect("readable"));
                }
            }
        }
        tables
    }

    fn status(&self, results: &str) -> String {
        let text = fs::read_to_string(self.path(results).join("manifest.json")).expect("a manifest");
        let manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        manifest["status"].as_str().expect("a status").to_owned()
    }
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code, not a signal")
}

/// Everything under a folder, by name.
fn listing(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(listing(&path));
        }
        found.push(path);
    }
    found.sort();
    found
}

#[test]
fn help_names_every_verb() {
    let help = Desk::new().noaber(&["--help"]);
    assert_eq!(code(&help), 0);
    for verb in [
        "compare",
        "run",
        "check",
        "new",
        "import",
        "schema",
        "report",
        "trace",
        "explain",
        "validate",
        "calibrate",
        "bench",
        "completions",
        "man",
    ] {
        assert!(stdout(&help).contains(verb), "{verb}");
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let desk = Desk::new();
    for args in [
        &[][..],
        &["compare"],
        &["compare", "demo", "--weeks", "0"],
        &["compare", "demo", "--resume", "--force"],
        &["fly"],
    ] {
        let output = desk.noaber(args);
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(stdout(&output).is_empty() && !stderr(&output).is_empty(), "{args:?}");
    }
}

#[test]
fn an_unknown_file_ends_with_3_and_is_named() {
    let desk = Desk::new();
    for args in [&["compare", "absent"][..], &["run", "absent.toml"], &["check", "absent.toml"]] {
        let output = desk.noaber(args);
        assert_eq!(code(&output), 3, "{args:?}");
        assert!(stderr(&output).contains("absent"), "{}", stderr(&output));
    }
    assert!(!desk.path("results").exists(), "nothing is written for a study that cannot be read");
}

#[test]
fn a_new_study_is_sound_and_its_name_is_not_taken_twice() {
    let desk = Desk::new();
    assert_eq!(code(&desk.noaber(&["check", "demo"])), 0);
    let again = desk.noaber(&["new", "demo"]);
    assert_eq!(code(&again), 1);
    assert!(stderr(&again).starts_with("error: "));
}

#[test]
fn a_comparison_leaves_every_table_and_no_journal() {
    let desk = Desk::new();
    let output = desk.noaber(&[&["compare", "demo", "-q", "--out", "r", "--residents", "--ties"], &SHORT[..]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stderr(&output).is_empty(), "quiet is quiet: {}", stderr(&output));
    assert!(stdout(&output).contains("report.en.html"));
    for name in [
        "weekly.csv",
        "effects.csv",
        "columns.csv",
        "settings.csv",
        "recovery.csv",
        "columns.csv",
        "residents.csv",
        "ties.csv",
        "scenarios/baseline.resolved.toml",
    ] {
        assert!(desk.path("r").join(name).is_file(), "{name}");
    }
    assert_eq!(desk.status("r"), "finished");
    assert!(!desk.path("r").join("journal").exists());
    let left: Vec<_> = listing(&desk.path("r"))
        .into_iter()
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn results_go_to_a_folder_named_after_the_study() {
    let desk = Desk::new();
    assert_eq!(code(&desk.compare(&[])), 0);
    let folders = fs::read_dir(desk.path("results")).expect("results").count();
    assert_eq!(folders, 1);
}

#[test]
fn one_scenario_runs_alone() {
    let desk = Desk::new();
    let output = desk.noaber(&[&["run", "demo/baseline.toml", "-q", "--out", "r"], &SHORT[..]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert_eq!(desk.status("r"), "finished");
    assert!(desk.path("r/weekly.csv").is_file());
}

#[test]
fn the_tables_are_the_same_for_any_number_of_threads() {
    let desk = Desk::new();
    for threads in ["1", "2", "8"] {
        let output = desk.compare(&["--out", threads, "--threads", threads, "--residents", "--ties"]);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(desk.tables(threads) == desk.tables("1"), "{threads} threads");
    }
}

#[test]
fn the_tables_are_the_same_on_a_processor_without_fused_arithmetic() {
    let desk = Desk::new();
    assert_eq!(code(&desk.compare(&["--out", "with"])), 0);
    let without = desk
        .command(&[&["compare", "demo", "--quiet", "--no-report", "--out", "without"], &SHORT[..]].concat())
        // The C library's mathematics then takes the path of an older processor; ours must not notice.
        .env("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-FMA,-AVX2,-FMA4")
        .output()
        .expect("the program starts");
    assert_eq!(code(&without), 0, "{}", stderr(&without));
    assert_eq!(desk.tables("with"), desk.tables("without"));
}

#[test]
fn other_results_are_kept_unless_forced() {
    let desk = Desk::new();
    assert_eq!(code(&desk.compare(&["--out", "r", "--residents"])), 0);
    let before = desk.tables("r");

    let refused = desk.compare(&["--out", "r", "--seed", "4321"]);
    assert_eq!(code(&refused), 1);
    assert!(stderr(&refused).contains("--force"), "{}", stderr(&refused));
    assert!(desk.tables("r") == before, "a refusal changes nothing");

    assert_eq!(code(&desk.compare(&["--out", "r", "--residents"])), 0, "the same is renewed");
    assert!(desk.tables("r") == before);

    assert_eq!(code(&desk.compare(&["--out", "r", "--seed", "4321", "--force"])), 0);
    assert!(!desk.path("r/residents.csv").exists(), "tables of the old results are gone");
}

#[test]
fn a_folder_with_something_else_in_it_is_refused_even_when_forced() {
    let desk = Desk::new();
    let before = listing(&desk.path("demo"));
    for flags in [&["--out", "demo"][..], &["--out", "demo", "--force"]] {
        let output = desk.compare(flags);
        assert_eq!(code(&output), 1);
        assert!(stderr(&output).contains("no results folder"), "{}", stderr(&output));
    }
    assert_eq!(listing(&desk.path("demo")), before);
}

#[test]
fn a_folder_that_cannot_be_made_is_found_before_the_run() {
    let desk = Desk::new();
    fs::write(desk.path("file"), "text").expect("writable");
    for out in ["file", "file/inside", "file/deep/inside"] {
        let output = desk.noaber(&[&["compare", "demo", "--out", out], &SHORT[..]].concat());
        assert_eq!(code(&output), 1, "{out}");
        // The first line of a run says how much it is going to do; here the error comes before it.
        assert!(stderr(&output).starts_with("error: ") && stderr(&output).contains("file"), "{}", stderr(&output));
    }
    assert_eq!(fs::read_to_string(desk.path("file")).expect("readable"), "text");
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_leaves_nothing_behind() {
    let desk = Desk::new();
    let output = desk.compare(&["--out", "/proc/noaber/results"]);
    assert_eq!(code(&output), 1);
    assert!(
        stderr(&output).contains("/proc/noaber") && stderr(&output).contains("cannot be written"),
        "{}",
        stderr(&output)
    );
}

#[test]
fn a_disk_that_fills_up_leaves_no_file_that_looks_finished() {
    let desk = Desk::new();
    // A limit on the size of files fails a write half-way, as a full disk does: the first before the run, the second
    // in the large tables at its end.
    for kilobytes in [8, 400] {
        let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\"");
        let output = Command::new("bash")
            .args(["-c", &script, env!("CARGO_BIN_EXE_noaber")])
            .args([&["compare", "demo", "--quiet", "--no-report", "--out", "full"], &SHORT[..]].concat())
            .current_dir(desk.folder.path())
            .output()
            .expect("bash starts");
        let said = stderr(&output);
        assert_eq!(code(&output), 1, "{said}");
        assert!(said.contains("full") && said.contains("cannot be written"), "{said}");
        assert_eq!(said.contains("--resume"), kilobytes == 400, "{said}");
        let left = if desk.path("full").exists() { listing(&desk.path("full")) } else { Vec::new() };
        // The journal's own tables belong to replications, not to what is finished.
        let finished = |path: &&PathBuf| {
            let is_table = path.extension().is_some_and(|ending| ending == "csv");
            path.ends_with("manifest.json")
                || is_table && !path.parent().is_some_and(|folder| folder.ends_with("journal"))
        };
        assert_eq!(left.iter().find(finished), None, "{left:#?}");
    }
}

#[test]
fn nothing_to_resume_is_said() {
    let desk = Desk::new();
    let output = desk.compare(&["--out", "r", "--resume"]);
    assert_eq!(code(&output), 1);
    assert!(!desk.path("r").exists());
    assert_eq!(code(&desk.compare(&["--out", "r"])), 0);
    let finished = desk.compare(&["--out", "r", "--resume"]);
    assert_eq!(code(&finished), 0);
    assert!(stderr(&finished).contains("finished before"));
    assert_eq!(code(&desk.compare(&["--out", "r", "--resume", "--seed", "4321"])), 1);
}

/// Starts a comparison, and sends it a signal when a few replications are done. A run that was too fast for the signal
/// is begun again with more replications; gives back their number and how the run ended.
#[cfg(unix)]
fn stopped_by(desk: &Desk, signal: &str, out: &str) -> (String, Output) {
    let mut replications = 16;
    loop {
        let number = replications.to_string();
        let args = [
            "compare",
            "demo",
            "--no-report",
            "--out",
            out,
            "--weeks",
            "4",
            "--burn-in",
            "2",
            "--residents",
            "--replications",
            &number,
        ];
        let child =
            desk.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts");
        let journal = desk.path(out).join("journal");
        let begun = Instant::now();
        while !journal.join("000001.replication").exists() && begun.elapsed() < Duration::from_secs(60) {
            if !journal.exists() && desk.path(out).join("manifest.json").exists() {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        let id = child.id().to_string();
        Command::new("kill").args([signal, &id]).output().expect("kill is there");
        let output = child.wait_with_output().expect("it ends");
        if output.status.success() {
            fs::remove_dir_all(desk.path(out)).expect("removable");
            replications *= 4;
            continue;
        }
        return (number, output);
    }
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_ends_with_130_and_goes_on_to_the_same_bytes() {
    let desk = Desk::new();
    let (replications, stopped) = stopped_by(&desk, "-INT", "r");
    assert_eq!(code(&stopped), 130, "{}", stderr(&stopped));
    assert!(stderr(&stopped).contains("--resume"), "{}", stderr(&stopped));
    assert_eq!(desk.status("r"), "interrupted");
    assert!(desk.path("r/weekly.csv").is_file(), "the tables of what is done are there");

    let same =
        ["compare", "demo", "-q", "--weeks", "4", "--burn-in", "2", "--residents", "--replications", &replications];
    let resumed = desk.noaber(&[&same[..], &["--out", "r", "--resume", "--threads", "1"]].concat());
    assert_eq!(code(&resumed), 0, "{}", stderr(&resumed));
    assert_eq!(desk.status("r"), "finished");
    let whole = desk.noaber(&[&same[..], &["--out", "whole"]].concat());
    assert_eq!(code(&whole), 0, "{}", stderr(&whole));
    assert!(desk.tables("r") == desk.tables("whole"));
}

#[cfg(unix)]
#[test]
fn a_killed_run_looks_unfinished_and_goes_on_to_the_same_bytes() {
    let desk = Desk::new();
    let (replications, killed) = stopped_by(&desk, "-KILL", "r");
    assert_eq!(killed.status.code(), None, "ended by the signal");
    assert!(!desk.path("r/manifest.json").exists(), "it does not look finished");
    assert!(!desk.path("r/weekly.csv").exists());

    let same =
        ["compare", "demo", "-q", "--weeks", "4", "--burn-in", "2", "--residents", "--replications", &replications];
    let other_tables = desk.noaber(&[&same[..], &["--out", "r", "--resume", "--ties"]].concat());
    assert_eq!(code(&other_tables), 1, "a run cannot go on with other tables");
    let resumed = desk.noaber(&[&same[..], &["--out", "r", "--resume"]].concat());
    assert_eq!(code(&resumed), 0, "{}", stderr(&resumed));
    let whole = desk.noaber(&[&same[..], &["--out", "whole"]].concat());
    assert_eq!(code(&whole), 0, "{}", stderr(&whole));
    assert!(desk.tables("r") == desk.tables("whole"));
}

/// Adds a scenario with a campaign that follows a rule to the study.
fn with_a_rule(desk: &Desk, line: &str) {
    let text = format!(
        "extends = \"baseline.toml\"\n[title]\nnl = \"Bijsturen\"\nen = \"Steering\"\n\
         [policies.asks]\nkind = \"ask-campaign\"\nway = \"personal\"\nasks_per_week = 20\n\
         [policies.asks.when]\nmeasure = \"volunteers_here\"\n{line}\ncheck_every_weeks = 2\n"
    );
    fs::write(desk.path("demo/steering.toml"), text).expect("writable");
}

#[test]
fn rules_leave_a_table_and_a_sentence() {
    let desk = Desk::new();
    with_a_rule(&desk, "below = 1");
    let output = desk.noaber(&[&["compare", "demo", "-q", "--out", "r"], &SHORT[..]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    let rules = fs::read_to_string(desk.path("r/rules.csv")).expect("a table of rules");
    assert_eq!(
        rules,
        "scenario,replication,policy,from_week,until_week\n\
         steering,0,asks,0,\nsteering,1,asks,0,\nsteering,2,asks,0,\n"
    );
    let page = fs::read_to_string(desk.path("r/report.en.html")).expect("a report");
    assert!(page.contains("in force in 3 of 3 simulations, on average 4.0 of the 4 weeks"));

    with_a_rule(&desk, "below = 0");
    assert_eq!(code(&desk.noaber(&[&["compare", "demo", "-q", "--out", "never"], &SHORT[..]].concat())), 0);
    let page = fs::read_to_string(desk.path("never/report.en.html")).expect("a report");
    assert!(page.contains("in force in 0 of 3 simulations"));
    fs::remove_file(desk.path("demo/steering.toml")).expect("removable");
    assert_eq!(code(&desk.compare(&["--out", "never", "--force"])), 0);
    assert!(!desk.path("never/rules.csv").exists(), "a study without rules has no table of them");
}

/// Gives the study three districts with people of their own.
fn with_districts(desk: &Desk) {
    let path = desk.path("demo/baseline.toml");
    let text = fs::read_to_string(&path).expect("readable")
        + "\n[districts.north.composition]\nincome_difficulty_share = 0.1\n\n[districts.middle]\n\n\
           [districts.south.composition]\nincome_difficulty_share = 0.5\nhealth_limited_share = 0.5\n";
    fs::write(path, text).expect("writable");
}

#[cfg(unix)]
#[test]
fn outcomes_by_district_are_the_same_bytes_for_any_number_of_threads_and_after_a_stop() {
    let desk = Desk::new();
    with_districts(&desk);
    let (replications, killed) = stopped_by(&desk, "-KILL", "r");
    assert_eq!(killed.status.code(), None, "ended by the signal");
    let same = ["compare", "demo", "-q", "--no-report", "--weeks", "4", "--burn-in", "2", "--residents"];
    let run = |flags: &[&str]| {
        let output = desk.noaber(&[&same[..], &["--replications", &replications], flags].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
    };
    run(&["--out", "r", "--resume", "--threads", "2"]);
    run(&["--out", "whole", "--threads", "1"]);
    assert!(desk.tables("whole").contains_key(Path::new("district_effects.csv")));
    assert!(desk.tables("r") == desk.tables("whole"));
}

#[test]
fn districts_weighted_by_adults_add_up_to_everybody() {
    let desk = Desk::new();
    with_districts(&desk);
    assert_eq!(code(&desk.compare(&["--out", "r"])), 0);
    let rows = |name: &str| -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_path(desk.path("r").join(name)).expect("a table");
        reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
    };
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let mut sums: BTreeMap<Vec<String>, (f64, f64, usize)> = BTreeMap::new();
    for row in rows("districts.csv") {
        let adults = number(&row[7]);
        assert!(adults > 0.0 && adults <= number(&row[6]), "{row:?}");
        let key = [&row[..3], &row[4..5]].concat();
        let sum = sums.entry(key).or_default();
        *sum = (sum.0 + adults * number(&row[5]), sum.1 + adults, sum.2 + 1);
    }
    let of_adults = ["lonely", "know_each_other", "volunteers", "participates", "trust", "helped", "proud"];
    let mut compared = 0;
    for row in rows("weekly.csv").iter().filter(|row| row[3] == "all" && of_adults.contains(&row[4].as_str())) {
        let Some((sum, adults, districts)) = sums.get(&[&row[..3], &row[4..5]].concat()) else { continue };
        assert_eq!(*districts, 3, "{row:?}");
        assert!((sum / adults - number(&row[5])).abs() < 1e-6, "{row:?}");
        compared += 1;
    }
    // In two moments of three replications of two scenarios.
    assert_eq!(compared, of_adults.len() * 2 * 3 * 2);
    let effects = rows("district_effects.csv");
    assert!(effects.iter().all(|row| row[3] == "4" && number(&row[7]) <= 3.0));
    assert!(effects.iter().any(|row| row[1] == "south" && row[2] == "lonely"));
}

#[test]
fn a_town_has_tables_and_figures_by_district_and_one_neighbourhood_has_none() {
    let desk = Desk::new();
    for (study, has) in [("most-vulnerable-first", true), ("l-flat", false)] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(study);
        let folder = folder.to_string_lossy();
        let flags = ["--out", study, "-q", "--replications", "2", "--weeks", "2", "--burn-in", "2"];
        let output = desk.noaber(&[&["compare", folder.as_ref()], &flags[..]].concat());
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        let names: Vec<String> =
            listing(&desk.path(study)).iter().map(|path| path.to_string_lossy().into_owned()).collect();
        for name in
            ["districts.csv", "district_effects.csv", "districts-lonely.nl.png", "districts-change-lonely.en.svg"]
        {
            assert_eq!(names.iter().any(|path| path.ends_with(&format!("/{name}"))), has, "{study}: {name}");
        }
    }
    // Results that had districts and are written again without them keep no tables of them.
    with_districts(&desk);
    assert_eq!(code(&desk.compare(&["--out", "r"])), 0);
    let text = fs::read_to_string(desk.path("demo/baseline.toml")).expect("readable");
    let without = text.split("\n[districts.").next().expect("a beginning");
    fs::write(desk.path("demo/baseline.toml"), without).expect("writable");
    assert_eq!(code(&desk.compare(&["--out", "r", "--force"])), 0);
    assert!(!desk.path("r/districts.csv").exists() && !desk.path("r/district_effects.csv").exists());
}

#[test]
fn a_resident_is_traced_in_two_worlds() {
    let desk = Desk::new();
    assert_eq!(code(&desk.compare(&["--out", "r"])), 0);
    let named = desk.noaber(&["trace", "r"]);
    assert_eq!(code(&named), 0, "{}", stderr(&named));
    let resident = stdout(&named);
    let resident = resident.split("--resident ").nth(1).and_then(|rest| rest.split(' ').next()).expect("somebody");
    let story = desk.noaber(&["trace", "r", "--resident", resident, "--replication", "1", "--lang", "nl"]);
    assert_eq!(code(&story), 0, "{}", stderr(&story));
    assert!(stdout(&story).contains("Week 0") && stdout(&story).contains(" | "), "{}", stdout(&story));
    let again = desk.noaber(&["trace", "r", "--resident", resident, "--replication", "1", "--lang", "nl"]);
    assert_eq!(stdout(&story), stdout(&again));

    let written = desk.noaber(&["trace", "r", "--resident", resident, "--from-week", "2", "--out", "story.md"]);
    assert_eq!(code(&written), 0, "{}", stderr(&written));
    let text = fs::read_to_string(desk.path("story.md")).expect("a story");
    assert!(text.contains("weeks 2 to 3") && !text.contains("Week 1\n"), "{text}");

    for (args, word) in [
        (&["--resident", "5"][..], "nobody with the number 5"),
        (&["--replication", "9"], "no replication 9"),
        (&["--scenario", "absent"], "community-builder"),
    ] {
        let refused = desk.noaber(&[&["trace", "r"], args].concat());
        assert_eq!(code(&refused), 1, "{args:?}");
        assert!(stderr(&refused).contains(word), "{}", stderr(&refused));
    }
    let manifest = fs::read_to_string(desk.path("r/manifest.json")).expect("a manifest");
    fs::write(desk.path("r/manifest.json"), manifest.replace("\"hash\": \"", "\"hash\": \"0")).expect("writable");
    let refused = desk.noaber(&["trace", "r"]);
    assert_eq!(code(&refused), 1);
    assert!(stderr(&refused).contains("not those of the manifest"), "{}", stderr(&refused));
}

#[test]
fn an_effect_is_taken_apart_by_mechanism() {
    let desk = Desk::new();
    let explain = |flags: &[&str]| desk.noaber(&[&["explain", "demo"], &SHORT[..], flags].concat());
    let flags = ["-q", "--scenario", "community-builder", "--measure", "linking_ties", "--measure", "lonely"];
    let output = explain(&[&flags[..], &["--out", "parts.csv"]].concat());
    assert_eq!(code(&output), 0, "{}", stderr(&output));
    assert!(stderr(&output).is_empty(), "{}", stderr(&output));
    assert!(stdout(&output).contains("linking") && stdout(&output).contains("parts.csv"), "{}", stdout(&output));
    let table = fs::read_to_string(desk.path("parts.csv")).expect("a table");
    let linking = table.lines().find(|row| row.starts_with("community-builder,linking_ties,linking,")).expect("a row");
    assert_eq!(
        linking.split(',').nth(12),
        Some("1"),
        "without linking nobody comes to trust a professional: {linking}"
    );
    assert_eq!(explain(&[&flags[..], &["--out", "parts.csv", "--threads", "1"]].concat()).stdout, output.stdout);

    let wrong = explain(&["--scenario", "absent"]);
    assert_eq!(code(&wrong), 3);
    assert!(stderr(&wrong).contains("community-builder"), "{}", stderr(&wrong));
    assert_eq!(code(&explain(&["--scenario", "community-builder", "--measure", "absent"])), 3);
}

#[test]
fn a_reader_who_stops_reading_is_no_failure() {
    let desk = Desk::new();
    let mut child = desk
        .command(&["completions", "bash"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(code(&output), 0);
    assert!(stderr(&output).is_empty(), "{}", stderr(&output));
}

#[test]
fn the_schema_is_json_and_the_manual_is_roff() {
    let desk = Desk::new();
    let schema: serde_json::Value = serde_json::from_str(&stdout(&desk.noaber(&["schema"]))).expect("JSON");
    assert!(schema.is_object());
    assert!(stdout(&desk.noaber(&["man"])).contains(".TH noaber 1"));
    assert_eq!(code(&desk.noaber(&["man", "--out", "pages"])), 0);
    assert!(desk.path("pages/noaber-compare.1").is_file());
}

#[test]
fn a_folder_without_results_has_no_report() {
    let desk = Desk::new();
    let output = desk.noaber(&["report", "demo"]);
    assert_eq!(code(&output), 1);
    assert!(stderr(&output).contains("manifest.json"), "{}", stderr(&output));
}

#[test]
fn the_bench_prints_one_json_object_and_the_same_checksum_for_any_number_of_threads() {
    let desk = Desk::new();
    let bench = |threads: &str, worlds: &str| -> serde_json::Value {
        let args = [
            "bench",
            "--residents",
            "300",
            "--neighbourhood-size",
            "100",
            "--weeks",
            "3",
            "--burn-in",
            "2",
            "--json",
            "--threads",
            threads,
            "--worlds",
            worlds,
        ];
        let output = desk.noaber(&args);
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert_eq!(stdout(&output).lines().count(), 1);
        serde_json::from_str(&stdout(&output)).expect("JSON")
    };
    let (one, two) = (bench("1", "1"), bench("2", "1"));
    for key in [
        "residents",
        "worlds",
        "ties",
        "weeks",
        "threads",
        "build_seconds",
        "run_seconds",
        "resident_weeks_per_second",
        "tie_updates_per_second",
        "bytes_per_resident",
        "peak_rss_bytes",
    ] {
        assert!(one[key].is_number(), "{key}");
    }
    assert_eq!(one["model"], "full");
    assert_eq!(one["checksum"], two["checksum"]);
    assert_eq!(two["threads"], 2);
    // Several worlds are other worlds of the same kind, and the same ones for any number of threads.
    let (three, same) = (bench("1", "3"), bench("2", "3"));
    assert_eq!(three["checksum"], same["checksum"]);
    assert_ne!(three["checksum"], one["checksum"]);
    let residents = |json: &serde_json::Value| json["residents"].as_u64().expect("a number");
    assert!(residents(&three) > 2 * residents(&one) && residents(&three) != 3 * residents(&one));
}
