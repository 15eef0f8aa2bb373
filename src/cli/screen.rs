//! The screen: what goes to standard output, what to standard error, and whether there are colours.

use std::io::{self, ErrorKind, IsTerminal as _, Write as _};

use super::Failure;

/// Writes text to standard output. A reader who stopped reading, as `head` does, is no failure.
pub fn say(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::running(format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a line about the work to standard error; nobody needs to read it.
pub fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Whether standard output takes colours.
pub fn colour_on_stdout() -> bool {
    io::stdout().is_terminal() && colours_wanted()
}

/// Whether standard error takes colours.
pub fn colour_on_stderr() -> bool {
    io::stderr().is_terminal() && colours_wanted()
}

fn colours_wanted() -> bool {
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    !dumb && !refused
}
