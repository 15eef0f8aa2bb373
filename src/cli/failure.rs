//! What a verb can fail with: a message for people and an exit code for scripts.

use std::fmt;
use std::io;

use crate::report::ReportError;
use crate::results::ResultsError;
use crate::scenario::Faults;

/// Why the program ends otherwise than well.
#[derive(Debug)]
pub enum Failure {
    /// It failed while running.
    Running(String),
    /// It was asked wrongly; the message is on the screen already.
    Usage,
    /// A scenario or data are invalid; the text is complete, with the places of the faults.
    Invalid(String),
    /// The user stopped it.
    Interrupted(String),
}

impl Failure {
    /// A failure while running.
    pub fn running(message: impl Into<String>) -> Self {
        Self::Running(message.into())
    }

    /// Faults in scenario files, shown with colours where the screen has them.
    pub fn faults(faults: &Faults) -> Self {
        Self::Invalid(faults.render(super::screen::colour_on_stderr()))
    }

    /// Shows what clap has to say, which may well be the help that was asked for.
    pub(super) fn from_usage(error: &clap::Error) -> Result<(), Self> {
        // Help for somebody who closed the pipe is help for nobody.
        let _ = error.print();
        if error.use_stderr() { Err(Self::Usage) } else { Ok(()) }
    }

    /// The exit code.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Running(_) => 1,
            Self::Usage => 2,
            Self::Invalid(_) => 3,
            Self::Interrupted(_) => 130,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage => Ok(()),
            Self::Running(message) => writeln!(f, "error: {message}"),
            Self::Invalid(text) => f.write_str(text),
            Self::Interrupted(message) => writeln!(f, "{message}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<ResultsError> for Failure {
    fn from(error: ResultsError) -> Self {
        Self::Running(error.to_string())
    }
}

impl From<ReportError> for Failure {
    fn from(error: ReportError) -> Self {
        Self::Running(error.to_string())
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Running(error.to_string())
    }
}
