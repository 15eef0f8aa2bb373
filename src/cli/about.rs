//! `noaber completions` and `noaber man`: the command line about itself.

use clap::CommandFactory as _;

use super::screen::say;
use super::{Cli, CompletionsArgs, Failure, ManArgs};

/// Prints a completion script.
pub fn completions(asked: &CompletionsArgs) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(asked.shell, &mut Cli::command(), "noaber", &mut script);
    say(&String::from_utf8_lossy(&script))
}

/// Prints the manual page of the program, or writes one for each verb.
pub fn man(asked: &ManArgs) -> Result<(), Failure> {
    if let Some(folder) = &asked.out {
        std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(Cli::command(), folder))
            .map_err(|error| Failure::running(format!("`{}` cannot be written: {error}", folder.display())))
    } else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Cli::command()).render(&mut page)?;
        say(&String::from_utf8_lossy(&page))
    }
}
