//! The program `noaber`: prints what went wrong, if anything, and sets the exit code.

use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    match noaber::cli::run(std::env::args_os()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // Where nobody reads the message any more, the exit code still tells.
            let _ = write!(std::io::stderr(), "{failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}
