//! A commented study to start from.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why a new study was not written.
#[derive(Debug)]
pub enum NewStudyError {
    /// The name cannot be the name of a folder everywhere.
    Name(String),
    /// There is something already.
    Exists(PathBuf),
    /// The folder or a file could not be written.
    Write(PathBuf, std::io::Error),
}

impl fmt::Display for NewStudyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => {
                write!(f, "\"{name}\" is no name for a study: use letters a-z, digits, - and _, at most 64")
            }
            Self::Exists(path) => write!(f, "`{}` is there already; choose another name", path.display()),
            Self::Write(path, error) => write!(f, "`{}` cannot be written: {error}", path.display()),
        }
    }
}

impl std::error::Error for NewStudyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Write(_, error) => Some(error),
            Self::Name(_) | Self::Exists(_) => None,
        }
    }
}

/// Writes `README.md`, `baseline.toml` and one alternative in `folder/name`, and gives back what was written.
///
/// # Errors
/// When the name is no plain folder name, when the folder exists, or when it cannot be written.
pub fn new_study(folder: &Path, name: &str) -> Result<Vec<PathBuf>, NewStudyError> {
    let sane = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    if name.is_empty() || name.len() > 64 || name.starts_with('-') || !name.chars().all(sane) {
        return Err(NewStudyError::Name(name.to_owned()));
    }
    let study = folder.join(name);
    std::fs::create_dir_all(folder).map_err(|error| NewStudyError::Write(folder.to_path_buf(), error))?;
    std::fs::create_dir(&study).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => NewStudyError::Exists(study.clone()),
        _ => NewStudyError::Write(study.clone(), error),
    })?;
    let files = [
        ("README.md", include_str!("new_study/README.md")),
        ("baseline.toml", include_str!("new_study/baseline.toml")),
        ("community-builder.toml", include_str!("new_study/community-builder.toml")),
    ];
    let mut written = Vec::new();
    for (file, text) in files {
        let path = study.join(file);
        std::fs::write(&path, text.replace("STUDY", name))
            .map_err(|error| NewStudyError::Write(path.clone(), error))?;
        written.push(path);
    }
    Ok(written)
}
