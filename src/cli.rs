//! The command line: one verb a file, one sort of failure, exit codes that scripts can rely on.
//!
//! 0 is well; 1 failed while running; 2 wrong usage; 3 an invalid scenario or data; 130 interrupted, to be resumed.

mod about;
mod bench;
mod calibrate;
mod check;
mod compare;
mod explain;
mod failure;
mod follow;
mod import;
mod new;
mod parameters;
mod report;
mod screen;
mod summary;
mod trace;
mod validate;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

pub use failure::Failure;

use crate::report::Language;
use crate::scenario::Overrides;

/// Simulate neighbourhood social cohesion: grow the same neighbourhood twice, with the same people and the same luck,
/// and see what a policy does.
#[derive(Debug, Parser)]
#[command(name = "noaber", version, max_term_width = 110, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Compare alternatives with a baseline: tables, figures and a report
    Compare(CompareArgs),
    /// Run one scenario
    Run(RunArgs),
    /// Read scenario files and list every fault in them, without running
    Check(CheckArgs),
    /// Write a commented study to start from
    New(NewArgs),
    /// Print the JSON Schema of a scenario file
    Schema,
    /// Make a neighbourhood from published statistics
    #[command(subcommand)]
    Import(ImportVerb),
    /// Make the figures and pages again from a results folder
    Report(ReportArgs),
    /// Tell the story of one resident, week by week, beside the twin in the other world
    Trace(TraceArgs),
    /// Show which mechanisms carry the effect of a scenario, by switching each off in turn
    Explain(ExplainArgs),
    /// Hold the model against published figures
    Validate(ValidateArgs),
    /// Find the parameters that agree with published figures, and how sure that is
    Calibrate(CalibrateArgs),
    /// Measure speed and memory on synthetic neighbourhoods, with the full model
    Bench(BenchArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write those of all verbs
    Man(ManArgs),
}

#[derive(Debug, Args)]
struct CompareArgs {
    /// The folder of a study, or its files with the baseline first
    #[arg(required = true, value_name = "DIR-or-FILES")]
    study: Vec<PathBuf>,
    /// Write the tables alone; `noaber report` makes figures and pages from them later
    #[arg(long)]
    no_report: bool,
    #[command(flatten)]
    flags: RunFlags,
}

#[derive(Debug, Args)]
struct RunArgs {
    /// The scenario
    #[arg(value_name = "FILE")]
    scenario: PathBuf,
    #[command(flatten)]
    flags: RunFlags,
}

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
struct RunFlags {
    #[command(flatten)]
    design: DesignFlags,
    /// Threads; all cores unless said otherwise. The results are the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Results folder; `results/<study>` unless said otherwise
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Also write residents.csv: every resident at the start and the end
    #[arg(long)]
    residents: bool,
    /// Also write ties.csv: every tie at the start and the end
    #[arg(long)]
    ties: bool,
    /// Draw parameter sets that agree with published figures, one for each two replications: `plausible` for those that
    /// come with the program, or a table that `noaber calibrate` wrote
    #[arg(long, value_name = "plausible|FILE")]
    parameters: Option<PathBuf>,
    /// Go on with an interrupted run in the results folder
    #[arg(long)]
    resume: bool,
    /// Replace results of another scenario, design or seed
    #[arg(long, conflicts_with = "resume")]
    force: bool,
    /// Say nothing but the result
    #[arg(long, short)]
    quiet: bool,
    /// Language of the table and of the report that is named
    #[arg(long, value_enum, default_value_t = Lang::En, value_name = "LANGUAGE")]
    lang: Lang,
}

#[derive(Debug, Args)]
struct DesignFlags {
    /// Replications
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    replications: Option<u32>,
    /// Weeks after the burn-in
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    weeks: Option<u32>,
    /// Weeks of burn-in
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    burn_in: Option<u32>,
    /// Seed of all chance
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Lay another value over every scenario, as `parameters.ties.hours_scale=90`; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE")]
    sets: Vec<String>,
}

impl DesignFlags {
    fn overrides(&self) -> Overrides {
        Overrides { weeks: self.weeks, burn_in: self.burn_in, replications: self.replications, seed: self.seed }
    }
}

#[derive(Debug, Args)]
struct CheckArgs {
    /// Scenario files, or the folder of a study
    #[arg(required = true, value_name = "FILES")]
    files: Vec<PathBuf>,
    /// Lay another value over every scenario
    #[arg(long = "set", value_name = "KEY=VALUE")]
    sets: Vec<String>,
    /// Also draw the residents of the start, and say how far they are those of the composition, margin by margin
    #[arg(long)]
    population: bool,
    /// Say nothing if all is well
    #[arg(long, short)]
    quiet: bool,
}

#[derive(Debug, Args)]
struct NewArgs {
    /// Name of the study, and of its folder
    #[arg(value_name = "NAME")]
    name: PathBuf,
}

#[derive(Debug, Subcommand)]
enum ImportVerb {
    /// From Kerncijfers wijken en buurten of Statistics Netherlands: StatLine's CSV or the yearly kwb-YYYY.xlsx
    Cbs(ImportArgs),
}

#[derive(Debug, Args)]
struct ImportArgs {
    /// The file, as published
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Code of a neighbourhood (BU), district (WK) or municipality (GM); more of them make a folder each
    #[arg(long = "code", required = true, num_args = 1.., value_name = "CODE")]
    codes: Vec<String>,
    /// Folder to write in; named after the code unless said otherwise. Several codes get a folder each within it
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// One study, in one folder, of all neighbourhoods within the codes, each with a file of its own
    #[arg(long)]
    by_neighbourhood: bool,
    /// Where their middles lie: a CSV with the columns code, x_metres and y_metres, such as of the national grid; else assumed
    #[arg(long, value_name = "FILE", requires = "by_neighbourhood")]
    positions: Option<PathBuf>,
    /// Replace a neighbourhood file that is there; a baseline that is there stays
    #[arg(long)]
    force: bool,
    /// Say nothing if all is well
    #[arg(long, short)]
    quiet: bool,
    /// Language of the comments in the files and of what is said
    #[arg(long, value_enum, default_value_t = Lang::En, value_name = "LANGUAGE")]
    lang: Lang,
}

#[derive(Debug, Args)]
struct ReportArgs {
    /// A results folder
    #[arg(value_name = "RESULTS")]
    results: PathBuf,
    /// Only this language [default: both]
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    lang: Option<Lang>,
}

#[derive(Debug, Args)]
struct TraceArgs {
    /// A results folder
    #[arg(value_name = "RESULTS")]
    results: PathBuf,
    /// The resident, by the number in residents.csv and ties.csv; without it, some whose story is worth reading are named
    #[arg(long, value_name = "ID")]
    resident: Option<u64>,
    /// The scenario beside the baseline [default: the first alternative]
    #[arg(long, value_name = "KEY")]
    scenario: Option<String>,
    /// The replication, from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    replication: u32,
    /// First week that is told
    #[arg(long, value_name = "WEEK", default_value_t = 0)]
    from_week: u32,
    /// First week that is not told any more [default: all weeks]
    #[arg(long, value_name = "WEEK")]
    until_week: Option<u32>,
    /// Language
    #[arg(long, value_enum, default_value_t = Lang::En, value_name = "LANGUAGE")]
    lang: Lang,
    /// Write the story in this file instead of on the screen
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Debug, Args)]
struct ExplainArgs {
    /// The folder of a study, or its files with the baseline first
    #[arg(required = true, value_name = "STUDY")]
    study: Vec<PathBuf>,
    /// The alternative whose effect is taken apart
    #[arg(long, value_name = "KEY")]
    scenario: String,
    /// A measure; may be repeated [default: those on the first page]
    #[arg(long = "measure", value_name = "KEY")]
    measures: Vec<String>,
    #[command(flatten)]
    design: DesignFlags,
    /// Threads; all cores unless said otherwise
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Also write the table as CSV
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Say nothing but the result
    #[arg(long, short)]
    quiet: bool,
    /// Language of the table
    #[arg(long, value_enum, default_value_t = Lang::En, value_name = "LANGUAGE")]
    lang: Lang,
}

#[derive(Debug, Args)]
struct ValidateArgs {
    /// A file of targets [default: the Dutch ones that come with the program]
    #[arg(value_name = "FILE")]
    targets: Option<PathBuf>,
    /// Populations that are grown [default: as the file says]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    replications: Option<u32>,
    /// Weeks of burn-in [default: as each neighbourhood says]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    burn_in: Option<u32>,
    /// Seed of all chance
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Lay another value over every neighbourhood, as `parameters.ties.hours_scale=90`; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE")]
    sets: Vec<String>,
    /// Draw a parameter set for every two populations: `plausible`, or a table that `noaber calibrate` wrote
    #[arg(long, value_name = "plausible|FILE")]
    parameters: Option<PathBuf>,
    /// Leave out the experiments that take years more
    #[arg(long)]
    quick: bool,
    /// Threads; all cores unless said otherwise. The results are the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Also write the table as CSV, and the figure, in this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Say nothing but the result
    #[arg(long, short)]
    quiet: bool,
    /// Language of the table and the figure
    #[arg(long, value_enum, default_value_t = Lang::En, value_name = "LANGUAGE")]
    lang: Lang,
}

#[derive(Debug, Args)]
struct CalibrateArgs {
    /// A file of targets [default: the Dutch ones that come with the program]
    #[arg(value_name = "FILE")]
    targets: Option<PathBuf>,
    /// Waves of simulations, each in what the one before found plausible
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=20))]
    waves: u16,
    /// Parameter sets of the first wave
    #[arg(long, value_name = "N", default_value_t = 240, value_parser = clap::value_parser!(u32).range(8..=5_000))]
    first: u32,
    /// Parameter sets of each later wave
    #[arg(long, value_name = "N", default_value_t = 130, value_parser = clap::value_parser!(u32).range(4..=5_000))]
    next: u32,
    /// Plausible parameter sets to find
    #[arg(long, value_name = "N", default_value_t = 260, value_parser = clap::value_parser!(u32).range(4..=5_000))]
    sets: u32,
    /// Populations in which each parameter set lives, the same for all
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=100))]
    worlds: u32,
    /// Instead of the published figures, use those of N parameter sets drawn at random, and see how often each is found
    /// again; costs nearly N times as much
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    truth: Option<u32>,
    /// Weeks of burn-in [default: as each neighbourhood says]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    burn_in: Option<u32>,
    /// Seed of all chance [default: as the file says]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Lay another value over every neighbourhood, as `parameters.ties.hours_scale=90`; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE")]
    values: Vec<String>,
    /// Threads; all cores unless said otherwise. The results are the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Where the tables, the figure and what is needed to go on are kept
    #[arg(long, value_name = "DIR", default_value = "results/calibration")]
    out: PathBuf,
    /// Go on with an interrupted calibration in the folder
    #[arg(long)]
    resume: bool,
    /// Replace a calibration of other targets or of another program
    #[arg(long, conflicts_with = "resume")]
    force: bool,
    /// Say nothing but the result
    #[arg(long, short)]
    quiet: bool,
    /// Language of the table and the figure
    #[arg(long, value_enum, default_value_t = Lang::En, value_name = "LANGUAGE")]
    lang: Lang,
}

#[derive(Debug, Args)]
struct BenchArgs {
    /// Residents of each world, about
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    residents: u64,
    /// Worlds that live side by side, as the replications of a study do
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    worlds: u32,
    /// Weeks that are measured
    #[arg(long, value_name = "N", default_value_t = 52, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    weeks: u32,
    /// Weeks before, measured apart
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    burn_in: u32,
    /// Threads; all cores unless said otherwise
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Residents of each neighbourhood, about
    #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    neighbourhood_size: u32,
    /// Seed of all chance
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// One JSON object on one line
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct CompletionsArgs {
    /// The shell
    shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
struct ManArgs {
    /// Write the pages of all verbs in this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Lang {
    /// Dutch
    Nl,
    /// English
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Nl => Self::Nl,
            Lang::En => Self::En,
        }
    }
}

/// Does what the arguments ask; the first is the name of the program.
///
/// # Errors
/// A [`Failure`] with its message and exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Result<(), Failure> {
    let args: Vec<OsString> = args.into_iter().collect();
    match Cli::try_parse_from(&args) {
        Err(error) => Failure::from_usage(&error),
        Ok(cli) => match cli.verb {
            Verb::Compare(asked) => compare::compare(&asked, &args),
            Verb::Run(asked) => compare::run_one(&asked, &args),
            Verb::Check(asked) => check::check(&asked),
            Verb::New(asked) => new::new(&asked),
            Verb::Schema => new::schema(),
            Verb::Import(ImportVerb::Cbs(asked)) => import::cbs(&asked),
            Verb::Report(asked) => report::report(&asked),
            Verb::Trace(asked) => trace::trace(&asked),
            Verb::Explain(asked) => explain::explain(&asked),
            Verb::Calibrate(asked) => calibrate::calibrate(&asked, &args),
            Verb::Validate(asked) => validate::validate(&asked),
            Verb::Bench(asked) => bench::bench(&asked),
            Verb::Completions(asked) => about::completions(&asked),
            Verb::Man(asked) => about::man(&asked),
        },
    }
}

/// A pool of threads of its own, so that `--threads` holds for all that runs inside.
fn pool(threads: Option<u16>) -> Result<rayon::ThreadPool, Failure> {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads.map_or(0, usize::from))
        .build()
        .map_err(|error| Failure::running(format!("the threads cannot be started: {error}")))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        super::Cli::command().debug_assert();
    }
}
