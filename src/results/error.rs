//! What can go wrong with a results folder, in words that say what to do.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why results could not be written or read.
#[derive(Debug)]
pub enum ResultsError {
    /// The folder holds results of another scenario or seed.
    OtherResults(PathBuf),
    /// Something is there that is no results folder.
    NotResults(PathBuf),
    /// Another run is at work in the folder.
    Busy(PathBuf),
    /// There is nothing to go on with.
    NothingToResume(PathBuf),
    /// The interrupted run had other tables in mind.
    OtherTables {
        /// The folder.
        path: PathBuf,
        /// How the interrupted run was started, in words.
        flags: String,
    },
    /// The results were made by another program, which may live another life.
    OtherProgram {
        /// The folder.
        path: PathBuf,
        /// Version and revision that made it.
        made_by: String,
        /// Those of this program.
        here: String,
    },
    /// A file could not be written.
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A file could not be read or understood.
    Read {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
}

impl ResultsError {
    /// For `map_err`: writing `path` failed.
    pub fn write(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Write { path, source }
    }
}

impl fmt::Display for ResultsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherResults(path) => write!(
                f,
                "`{}` holds results of another scenario, design or seed.\nGive another folder with --out, or --force to replace them.",
                path.display()
            ),
            Self::NotResults(path) => write!(
                f,
                "`{}` is no results folder and it is not empty, so nothing is written there.\nGive another folder with --out.",
                path.display()
            ),
            Self::Busy(path) => write!(
                f,
                "another noaber is at work in `{}`.\nWait for it, or give another folder with --out.",
                path.display()
            ),
            Self::NothingToResume(path) => write!(
                f,
                "there is no interrupted run of this scenario, design and seed in `{}`.\nLeave --resume out to begin one.",
                path.display()
            ),
            Self::OtherTables { path, flags } => write!(
                f,
                "the interrupted run in `{}` was started {flags}.\nGo on with the same, or leave --resume out to begin again.",
                path.display()
            ),
            Self::OtherProgram { path, made_by, here } => write!(
                f,
                "`{}` was made by noaber {made_by}, and this is noaber {here}: it might tell another story.\nRun the study again with this one, or use the other.",
                path.display()
            ),
            Self::Write { path, source } => {
                write!(f, "`{}` cannot be written: {}", path.display(), reason(source))
            }
            Self::Read { path, what } => write!(f, "`{}` cannot be read: {what}", path.display()),
        }
    }
}

/// The commonest reasons in plain words.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::PermissionDenied => "you have no permission".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
        _ => error.to_string(),
    }
}

impl std::error::Error for ResultsError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Write { source, .. } => Some(source),
            _ => None,
        }
    }
}
