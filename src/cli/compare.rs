//! `noaber compare` and `noaber run`: the main job.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::follow::{Follow, interrupted, listen_for_interruption};
use super::screen::{colour_on_stdout, note, say};
use super::{CompareArgs, Failure, RunArgs, RunFlags, parameters, pool, summary};
use crate::experiment::run::work;
use crate::experiment::{Replication, run};
use crate::model::blueprint::DistrictPlan;
use crate::model::policy::Policy;
use crate::model::rule::Line;
use crate::observation::MEASURES;
use crate::report::{Language, write_report};
use crate::results::error::reason;
use crate::results::folder::hash;
use crate::results::manifest::{DistrictNote, FileNote, Manifest, RuleNote, ScenarioNote, StudyNote};
use crate::results::{Claim, Folder, Settings, machine, read};
use crate::scenario::{Study, read_study_with};

/// The version, and the git revision if the build knows it.
const VERSION: &str = env!("CARGO_PKG_VERSION");
const REVISION: &str = match option_env!("NOABER_REVISION") {
    Some(revision) => revision,
    None => "unknown",
};

/// The program, as the hash of its results knows it.
pub(super) fn version() -> String {
    format!("{VERSION} {REVISION}")
}

/// Runs a baseline and its alternatives, and writes tables and report.
pub fn compare(asked: &CompareArgs, args: &[OsString]) -> Result<(), Failure> {
    let flags = &asked.flags;
    let drawn = parameters::asked(flags)?;
    let study = read_study_with(&asked.study, &flags.design.sets, &flags.design.overrides(), drawn)
        .map_err(|faults| Failure::faults(&faults))?;
    let out = flags.out.clone().unwrap_or_else(|| Path::new("results").join(&study.key));
    live(&study, flags, &out, args)?;
    let shown = if asked.no_report { out.clone() } else { write_the_report(&out, flags)? };
    let manifest = read::manifest(&out)?;
    let rows = read::effects(&out, |row| row.week == manifest.weeks as i32 && row.group == "all" && row.level == 0.9)?;
    let table = summary::of_effects(&manifest, &rows, flags.lang.into(), colour_on_stdout());
    say(&format!("{table}\n{}\n", shown.display()))
}

/// Runs one scenario, and writes its tables.
pub fn run_one(asked: &RunArgs, args: &[OsString]) -> Result<(), Failure> {
    let flags = &asked.flags;
    let only = std::slice::from_ref(&asked.scenario);
    let drawn = parameters::asked(flags)?;
    let study = read_study_with(only, &flags.design.sets, &flags.design.overrides(), drawn)
        .map_err(|faults| Failure::faults(&faults))?;
    let name = study.scenarios.first().map_or_else(|| study.key.clone(), |only| format!("{}-{}", study.key, only.key));
    let out = flags.out.clone().unwrap_or_else(|| Path::new("results").join(name));
    let replications = live(&study, flags, &out, args)?;
    if replications.is_empty() {
        return say(&format!("{}\n", out.display()));
    }
    let table = summary::of_levels(&study, &replications, flags.lang.into());
    say(&format!("{table}\n{}\n", out.display()))
}

/// Both languages, since one run serves both; the path of the one that was asked for.
fn write_the_report(out: &Path, flags: &RunFlags) -> Result<PathBuf, Failure> {
    write_report(out, &[Language::Nl, Language::En])?;
    Ok(out.join(format!("report.{}.html", Language::from(flags.lang).key())))
}

/// Lives what is still to be lived of a study, and writes the tables. Gives back the replications that were in hand:
/// none when the results were finished before.
fn live(study: &Study, flags: &RunFlags, out: &Path, args: &[OsString]) -> Result<Vec<Replication>, Failure> {
    let begun = Instant::now();
    let settings = Settings { hash: hash(study, &version()), residents: flags.residents, ties: flags.ties };
    let (folder, mut replications, dropped) =
        match Folder::claim(out, settings.clone(), study, flags.resume, flags.force)? {
            Claim::Ready { folder, done, dropped } => (folder, done, dropped),
            Claim::Finished => {
                note(&format!("The run in `{}` was finished before; there is nothing to go on with.", out.display()));
                return Ok(Vec::new());
            }
        };
    if dropped > 0 && !flags.quiet {
        note(&format!(
            "Begins again; {dropped} replications of an interrupted run are dropped. (--resume goes on instead.)"
        ));
    }
    let wanted_in_all = study.scenarios.first().map_or(0, |baseline| baseline.design.replications);
    let wanted: Vec<u32> =
        (0..wanted_in_all).filter(|number| replications.iter().all(|done| done.number != *number)).collect();
    if !flags.quiet {
        note(&begin_line(study, &wanted, replications.len()));
        for line in parameters::said(study) {
            note(&line);
        }
    }

    listen_for_interruption()?;
    let pool = pool(flags.threads)?;
    let follow = Follow::new(&folder, study, work(study) * wanted.len() as u64, flags.quiet);
    let ended = pool.install(|| run(study, &wanted, &follow));
    follow.finish();
    let ended = ended.map_err(|error| {
        Failure::running(format!(
            "`{}` cannot be written: {}\nWhat was done is kept. When that is solved, go on with: {}",
            out.display(),
            reason(&error),
            resume_command(args)
        ))
    })?;
    replications.extend(ended.replications);
    replications.sort_by_key(|replication| replication.number);

    let stopped = ended.interrupted && interrupted();
    if !(stopped && replications.is_empty()) {
        let status = if stopped { "interrupted" } else { "finished" };
        let manifest = Manifest {
            noaber: VERSION.to_owned(),
            revision: REVISION.to_owned(),
            status: status.to_owned(),
            command: args.iter().map(|arg| arg.to_string_lossy().into_owned()).collect(),
            study: study_note(study),
            replications: replications.len() as u32,
            weeks: study.scenarios.first().map_or(0, |baseline| baseline.design.weeks),
            burn_in: study.scenarios.first().map_or(0, |baseline| baseline.design.burn_in),
            seed: study.scenarios.first().map_or(0, |baseline| baseline.design.seed),
            hash: settings.hash,
            parameters: parameters::noted(study),
            inputs: inputs(study),
            machine: machine::machine(pool.current_num_threads()),
            wall_seconds: begun.elapsed().as_secs_f64(),
            cpu_seconds: machine::cpu_seconds(),
            peak_rss_bytes: machine::peak_rss_bytes(),
            finished_at: machine::now(),
        };
        pool.install(|| folder.write(study, &replications, &manifest)).map_err(|error| {
            Failure::running(format!(
                "{error}\nWhat was done is kept. When that is solved, go on with: {}",
                resume_command(args)
            ))
        })?;
    }
    if stopped {
        return Err(Failure::Interrupted(format!(
            "Interrupted: {} of {wanted_in_all} replications are done and kept in `{}`.\nTo go on: {}",
            replications.len(),
            out.display(),
            resume_command(args)
        )));
    }
    Ok(replications)
}

fn begin_line(study: &Study, wanted: &[u32], done: usize) -> String {
    let weeks = study.scenarios.first().map_or(0, |baseline| baseline.design.weeks);
    let kept = if done > 0 { format!(", {done} were done before") } else { String::new() };
    let count = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    format!(
        "{}, {}, {}{kept}",
        count(study.scenarios.len(), "scenario", "scenarios"),
        count(wanted.len(), "replication", "replications"),
        count(weeks as usize, "week", "weeks"),
    )
}

/// The command as typed with `--resume`, fit to be pasted in a shell.
pub(super) fn resume_command(args: &[OsString]) -> String {
    let mut words: Vec<String> = args
        .iter()
        .map(|arg| arg.to_string_lossy().into_owned())
        .filter(|arg| arg != "--resume" && arg != "--force")
        .collect();
    if let Some(program) = words.first_mut() {
        "noaber".clone_into(program);
    }
    words.push("--resume".to_owned());
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./=,:+@%".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

fn study_note(study: &Study) -> StudyNote {
    let baseline = study.scenarios.first();
    StudyNote {
        key: study.key.clone(),
        title: study.title.clone(),
        question: study.question.clone(),
        baseline: baseline.map(|baseline| baseline.key.clone()).unwrap_or_default(),
        scenarios: study
            .scenarios
            .iter()
            .map(|scenario| ScenarioNote {
                key: scenario.key.clone(),
                title: scenario.title.clone(),
                description: scenario.description.clone(),
                rules: scenario.blueprint.policies.iter().filter_map(rule_note).collect(),
            })
            .collect(),
        districts: baseline.map_or_else(Vec::new, |baseline| district_notes(&baseline.blueprint.districts)),
        headline: baseline
            .iter()
            .flat_map(|baseline| &baseline.headline)
            .filter_map(|&place| Some(MEASURES.get(place)?.key.to_owned()))
            .collect(),
        worthwhile: baseline
            .iter()
            .flat_map(|baseline| MEASURES.iter().zip(&baseline.worthwhile))
            .map(|(measure, worthwhile)| (measure.key.to_owned(), *worthwhile))
            .collect(),
        association_band: baseline.map_or(0.0, |baseline| f64::from(baseline.blueprint.parameters.health.band)),
    }
}

/// The districts, if there is more than one.
fn district_notes(districts: &[DistrictPlan]) -> Vec<DistrictNote> {
    if districts.len() < 2 {
        return Vec::new();
    }
    districts.iter().map(|district| DistrictNote { key: district.key.clone(), at: district.at }).collect()
}

fn rule_note(policy: &Policy) -> Option<RuleNote> {
    let rule = policy.when?;
    let (side, line) = match rule.line {
        Line::Above(line) => ("above", line),
        Line::Below(line) => ("below", line),
    };
    Some(RuleNote {
        policy: policy.key.clone(),
        measure: rule.gauge.measure.to_owned(),
        group: rule.gauge.group.to_owned(),
        side: side.to_owned(),
        line,
        check_every_weeks: rule.check_every,
    })
}

/// Every file that was read, once.
fn inputs(study: &Study) -> Vec<FileNote> {
    let mut inputs: Vec<FileNote> = Vec::new();
    for input in study.scenarios.iter().flat_map(|scenario| &scenario.inputs) {
        let note = FileNote { path: input.path.clone(), hash: input.hash.clone() };
        if !inputs.contains(&note) {
            inputs.push(note);
        }
    }
    inputs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_to_resume_can_be_pasted() {
        let args: Vec<OsString> =
            ["/usr/bin/noaber", "compare", "my study", "--force", "--set", "a.b=1"].map(OsString::from).into();
        assert_eq!(resume_command(&args), "noaber compare 'my study' --set a.b=1 --resume");
        assert_eq!(quoted("it's"), r"'it'\''s'");
    }
}
