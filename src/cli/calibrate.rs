//! `noaber calibrate`: which parameters agree with published figures, and how sure that is.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use super::compare::{resume_command, version};
use super::follow::{Progress, interrupted, listen_for_interruption};
use super::screen::{note, say};
use super::{CalibrateArgs, Failure, pool};
use crate::experiment::Watch as _;
use crate::experiment::calibrate::diagnose::{Met, TradeOff, learnt, met, trade_offs};
use crate::experiment::calibrate::truth::{Coverage, coverage};
use crate::experiment::calibrate::{Calibration, Goal, Simulator, Sizes, calibrate as find};
use crate::experiment::fingerprint::fingerprint;
use crate::experiment::validate::{Depth, Validation, survey};
use crate::model::parameters::priors::{PRIORS, Prior};
use crate::report::learnt::{draw, three_digits};
use crate::report::numbers::number;
use crate::report::words::Words;
use crate::results::atomic::write_whole;
use crate::results::calibration::{self, Journal, SETS};
use crate::results::error::reason;
use crate::scenario::targets::{Asked, Targets};
use crate::scenario::{Overrides, read_targets};

/// Points by which the region that is left is known.
const CLOUD: usize = 2_000;
/// Sets of equal weight below which the user is told to simulate more.
const FEW: f64 = 30.0;
/// Trade-offs that are worth a line on the screen, and how strong they are at least.
const MOST_PULLS: usize = 5;
const PULL: f64 = 0.3;

/// Calibrates on the targets, or on known truths.
pub fn calibrate(asked: &CalibrateArgs, args: &[OsString]) -> Result<(), Failure> {
    let overrides = Overrides { burn_in: asked.burn_in, seed: asked.seed, ..Overrides::default() };
    let targets =
        read_targets(asked.targets.as_deref(), &asked.values, &overrides).map_err(|faults| Failure::faults(&faults))?;
    let words = Words::of(asked.lang.into())?;
    let sizes = Sizes {
        waves: usize::from(asked.waves),
        first: asked.first as usize,
        next: asked.next as usize,
        sets: asked.sets as usize,
        worlds: asked.worlds,
        cloud: CLOUD,
    };
    let goals = Goals::of(&targets);
    if goals.all.is_empty() {
        return Err(Failure::Invalid(
            "error: these targets ask nothing that a calibration can look at\n\nhelp: the experiments that take years more \
             are left out; a figure of residents is needed\n"
                .to_owned(),
        ));
    }
    let seed = targets.seed;
    let identity = identity(&targets)?;
    let validation = Validation::new(targets, Depth::Quick);
    let journal = Journal::open(&asked.out, &identity, asked.resume, asked.force)?;
    listen_for_interruption()?;
    let truths = asked.truth.map(|truths| truths as usize);
    let simulations = truths.map_or(sizes.simulations(), |truths| sizes.simulations_of_truths(truths));
    if !asked.quiet {
        note(&begin_line(&goals, simulations, journal.len()));
    }
    let progress = Progress::new(simulations as u64, asked.quiet);
    let model = Model { validation: &validation, places: &goals.places, journal: &journal, progress: &progress };
    let interrupted_or = |error: Option<io::Error>| {
        progress.finish();
        let way = format!("go on with: {}", resume_command(args));
        match error {
            Some(error) => Failure::running(format!(
                "`{}` cannot be written: {}\nWhat was done is kept. When that is solved, {way}",
                journal.path().display(),
                reason(&error)
            )),
            None => Failure::Interrupted(format!("Interrupted; what was simulated is kept. To {way}")),
        }
    };
    let pool = pool(asked.threads)?;
    if let Some(truths) = truths {
        let found = pool.install(|| coverage(PRIORS, &goals.all, sizes, seed, truths, &model));
        let found = found.map_err(|error| interrupted_or(Some(error)))?.ok_or_else(|| interrupted_or(None))?;
        progress.finish();
        write(&asked.out.join("coverage.csv"), covered(&found).as_bytes())?;
        return say(&format!("{}\n\n{}\n", of_coverage(&found, &words), asked.out.display()));
    }
    let found = pool.install(|| find(PRIORS, &goals.all, sizes, seed, &model));
    let found = found.map_err(|error| interrupted_or(Some(error)))?.ok_or_else(|| interrupted_or(None))?;
    progress.finish();
    let made = format!(
        "made by: noaber {}; {} figures of targets {}; seed {seed}, waves {}, first {}, next {}, sets {}, worlds {}",
        version(),
        goals.all.len(),
        &identity[..8],
        sizes.waves,
        sizes.first,
        sizes.next,
        sizes.sets,
        sizes.worlds
    );
    keep(&asked.out, made, &goals, &found, &words)?;
    say(&format!("{}\n{}\n", shown(&goals, &found, &words), asked.out.display()))
}

/// What of the targets a calibration looks at.
struct Goals {
    all: Vec<Goal>,
    /// For each its place among all figures of the targets.
    places: Vec<usize>,
    /// For each the keys of target and part.
    names: Vec<[String; 2]>,
}

impl Goals {
    /// All figures but those of experiments that take years more.
    fn of(targets: &Targets) -> Self {
        let mut goals = Self { all: Vec::new(), places: Vec::new(), names: Vec::new() };
        let parts = targets.targets.iter().enumerate();
        let parts = parts.flat_map(|(number, target)| target.parts.iter().map(move |part| (number, target, part)));
        for (place, (number, target, part)) in parts.enumerate() {
            if matches!(part.asked, Asked::Protocol(protocol, _) if protocol.is_slow()) {
                continue;
            }
            goals.all.push(Goal { value: part.value, tolerance: part.tolerance, target: number });
            goals.places.push(place);
            goals.names.push([target.key.clone(), part.key.clone()]);
        }
        goals
    }

    fn name(&self, goal: usize) -> String {
        self.names[goal].join(" ")
    }
}

/// What is simulated, as one word: the program, the targets with their worlds, and how the model behaves.
fn identity(targets: &Targets) -> Result<String, Failure> {
    let mark = fingerprint(&[]).map_err(|error| Failure::running(error.to_string()))?;
    let keys: Vec<&str> = PRIORS.iter().map(|prior| prior.key).collect();
    let all = format!("{}\0{mark}\0{keys:?}\0{targets:?}", version());
    Ok(blake3::hash(all.as_bytes()).to_hex()[..32].to_owned())
}

/// The model as the calibration sees it: a survey of a population, kept as soon as it is done.
struct Model<'a> {
    validation: &'a Validation,
    places: &'a [usize],
    journal: &'a Journal,
    progress: &'a Progress,
}

impl Simulator for Model<'_> {
    fn simulate(&self, parameters: &[f64], key: u64) -> io::Result<Option<Vec<f64>>> {
        if let Some(known) = self.journal.known(parameters, key) {
            self.progress.worked(1);
            return Ok(Some(known.clone()));
        }
        if interrupted() {
            return Ok(None);
        }
        let adjust = |constants: &mut crate::model::parameters::Parameters| {
            for (prior, value) in PRIORS.iter().zip(parameters) {
                // A prior lies within the range of its parameter; a test holds that.
                let _ = constants.set(prior.key, *value);
            }
        };
        let all = survey(self.validation, &adjust, key);
        let outputs: Vec<f64> = self.places.iter().map(|place| all.get(*place).copied().unwrap_or(f64::NAN)).collect();
        self.journal.keep(parameters, key, &outputs)?;
        self.progress.worked(1);
        Ok(Some(outputs))
    }
}

fn begin_line(goals: &Goals, simulations: usize, known: usize) -> String {
    let before = if known > 0 { format!(", {known} were done before") } else { String::new() };
    format!("{} parameters, {} figures, {simulations} simulations{before}", PRIORS.len(), goals.all.len())
}

fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    write_whole(path, content)
        .map_err(|error| Failure::running(format!("`{}` cannot be written: {}", path.display(), reason(&error))))
}

/// Writes the tables and the figure; the sets last, so that they are there only with what explains them.
fn keep(out: &Path, made: String, goals: &Goals, found: &Calibration, words: &Words) -> Result<(), Failure> {
    let learnt = learnt(PRIORS, found);
    let figure = draw(&learnt, found.raw_effective < FEW, words)?;
    let png = figure.png().map_err(Failure::running)?;
    let name = |ending: &str| format!("{}.{}.{ending}", figure.key, words.language.key());
    let files = [
        ("learnt.csv".to_owned(), calibration::learnt(&learnt).into_bytes()),
        ("fit.csv".to_owned(), calibration::fit(&goals.names, &met(&goals.all, found)).into_bytes()),
        ("trade-offs.csv".to_owned(), {
            calibration::trade_offs(&goals.names, &trade_offs(&goals.all, found)).into_bytes()
        }),
        ("waves.csv".to_owned(), calibration::waves(&found.waves).into_bytes()),
        (name("svg"), figure.svg.clone().into_bytes()),
        (name("png"), png),
        (SETS.to_owned(), calibration::sets(&header(made, found)?, PRIORS, found).into_bytes()),
    ];
    for (name, content) in files {
        write(&out.join(name), &content)?;
    }
    Ok(())
}

/// The comment lines above the sets.
fn header(made: String, found: &Calibration) -> Result<Vec<String>, Failure> {
    let first = found.sets.first().map_or(&[][..], |set| set.parameters.as_slice());
    let free: Vec<(&str, f64)> = PRIORS.iter().map(|prior: &Prior| prior.key).zip(first.iter().copied()).collect();
    let mark = fingerprint(&free).map_err(|error| Failure::running(error.to_string()))?;
    Ok(vec![
        "Parameter sets that agree with published figures, each with its weight.".to_owned(),
        made,
        format!(
            "effective sets: {:.1}; {:.1} before weights were flattened to a steepness of {:.2}",
            found.effective, found.raw_effective, found.steepness
        ),
        format!("fingerprint: {mark}"),
    ])
}

/// What is said on the screen.
fn shown(goals: &Goals, found: &Calibration, words: &Words) -> String {
    let mut text = String::new();
    for (nth, wave) in found.waves.iter().enumerate() {
        let values = [
            ("wave", (nth + 1).to_string()),
            ("simulated", wave.simulated.to_string()),
            ("volume", share(wave.volume)),
            ("explained", number(wave.explained.max(0.0) * 100.0, 0, words.language)),
        ];
        let _ = writeln!(text, "{}", filled(words, "calibrate_wave", &values));
    }
    let mut lines = vec![["learnt_parameter", "learnt_range", "learnt_learnt"].map(|key| words.get(key).to_owned())];
    let mut all = learnt(PRIORS, found);
    all.sort_by(|a, b| b.learnt.total_cmp(&a.learnt));
    for one in &all {
        let value = |value: f64| three_digits(value, words.language);
        let range =
            format!("{} ({} {} {})", value(one.median), value(one.range[0]), words.get("to"), value(one.range[1]));
        lines.push([one.prior.key.to_owned(), range, format!("{:.0} %", one.learnt.max(0.0) * 100.0)]);
    }
    let width = |column: usize| lines.iter().map(|line| line[column].chars().count()).max().unwrap_or(0);
    let widths = [width(0), width(1), width(2)];
    text.push('\n');
    for [name, range, learnt] in &lines {
        let _ = writeln!(text, "{name:0$}  {range:1$}  {learnt:>2$}", widths[0], widths[1], widths[2]);
    }
    let far: Vec<Met> = met(&goals.all, found);
    let reach = far.iter().enumerate().filter(|(_, met)| met.distance.abs() > 3.0);
    let reach: Vec<String> = reach
        .map(|(goal, met)| format!("{} ({})", goals.name(goal), number(met.distance, 1, words.language)))
        .collect();
    if !reach.is_empty() {
        let _ = writeln!(text, "\n{} {}", words.get("calibrate_reach"), reach.join(", "));
    }
    let pulls: Vec<String> = trade_offs(&goals.all, found)
        .iter()
        .take_while(|pull| pull.pull >= PULL)
        .take(MOST_PULLS)
        .map(|TradeOff { goals: [one, other], .. }| format!("{} / {}", goals.name(*one), goals.name(*other)))
        .collect();
    if !pulls.is_empty() {
        let _ = writeln!(text, "\n{} {}", words.get("calibrate_pull"), pulls.join(", "));
    }
    let distance: f64 = found.sets.iter().map(|set| set.weight * set.distance).sum();
    let values = [
        ("sets", found.sets.len().to_string()),
        ("effective", number(found.raw_effective, 0, words.language)),
        ("distance", number(distance, 2, words.language)),
    ];
    let _ = writeln!(text, "\n{}", filled(words, "calibrate_worth", &values));
    if found.raw_effective < FEW {
        let _ = writeln!(text, "{}", words.get("calibrate_few"));
    }
    text
}

/// `0.3 %` or, of what is smaller, `1 in 40,000`.
fn share(volume: f64) -> String {
    if volume >= 1e-3 { format!("{:.1} %", volume * 100.0) } else { format!("1 / {:.0}", 1.0 / volume) }
}

fn filled(words: &Words, key: &str, values: &[(&str, String)]) -> String {
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    words.fill(key, &values)
}

fn of_coverage(found: &Coverage, words: &Words) -> String {
    let percent = |share: f64| number(share * 100.0, 0, words.language);
    let values = [
        ("truths", found.truths.to_string()),
        ("overall", percent(found.overall)),
        ("half", percent(found.by_half)),
        ("learnt", percent(found.learnt)),
        ("effective", number(found.effective, 0, words.language)),
    ];
    filled(words, "calibrate_coverage", &values)
}

fn covered(found: &Coverage) -> String {
    let mut text = "parameter,truths,held\n".to_owned();
    for (prior, held) in PRIORS.iter().zip(&found.by_parameter) {
        let _ = writeln!(text, "{},{},{held}", prior.key, found.truths);
    }
    let _ = writeln!(text, "all,{},{}\nall by half,{},{}", found.truths, found.overall, found.truths, found.by_half);
    text
}
