//! The same plain kernel through noaber's model code and in other agent-based frameworks. See the README beside it.

mod compare;
mod hand;
mod kept;
mod kernel;
mod ours;
mod rivals;
mod table;
mod with_ixa;
mod with_krabmaga;

use std::process::ExitCode;

use rivals::{How, RIVALS};

const USAGE: &str = "\
usage: benches/peers/run [--residents N,N] [--runs N] [--only NAME,NAME] [--limit SECONDS] [--processor] [--repast4py] [--again] [--write]

  --residents   numbers of residents, smallest first (10000,100000,1000000)
  --runs        runs of each, of which the median counts (3)
  --only        some programs; a name stands for all that begin with it (noaber, ixa, krabmaga, mesa, starsim, ...)
  --limit       leaves a size out that would take a program longer, going by the size before (100)
  --processor   counts processor time, all threads added, instead of the clock: for a machine that others use too
  --repast4py   takes repast4py along: gigabytes to install, and a C++ compiler
  --again       forgets the runs that are kept; without it a comparison goes on where it was broken off
  --write       writes the table into the README";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = match words.as_slice() {
        // One run, in a process of its own; `compare` starts these.
        ["measure", key, residents] => measure(key, residents),
        ["compare", .., "--help"] => {
            println!("{USAGE}");
            Ok(())
        }
        ["compare", environments, options @ ..] => {
            compare::Plan::read(options).and_then(|plan| plan.carry_out(environments))
        }
        _ => Err(USAGE.to_owned()),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn measure(key: &str, residents: &str) -> Result<(), String> {
    let rival = RIVALS.iter().find(|rival| rival.key == key).ok_or_else(|| format!("nobody is called {key}"))?;
    let residents = residents.parse().map_err(|_| format!("{residents} is no number of residents"))?;
    let How::Rust(run, _) = rival.how else { return Err(format!("{key} is not run by this program")) };
    println!("{}", run(residents));
    Ok(())
}
