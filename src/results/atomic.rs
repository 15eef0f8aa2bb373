//! Files that appear whole or not at all: written beside their place, flushed to the disk, then moved there.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// How the names of files begin that are still being written; what a crash leaves behind is known by it.
pub const UNFINISHED: &str = ".noaber-unfinished-";

/// A file that is written completely, and waits to be moved to its place.
#[derive(Debug)]
pub struct Pending {
    file: NamedTempFile,
}

impl Pending {
    /// Writes what `content` writes into a nameless file in `folder`, flushed to the disk.
    ///
    /// # Errors
    /// Whatever the system says; the file is then gone.
    pub fn write(folder: &Path, content: impl FnOnce(&mut BufWriter<&File>) -> io::Result<()>) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(UNFINISHED);
        #[cfg(unix)]
        {
            // A temporary file is private unless told otherwise; results are for whom the user's umask lets read them.
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder)?;
        let mut out = BufWriter::with_capacity(1 << 16, file.as_file());
        content(&mut out)?;
        out.flush()?;
        drop(out);
        file.as_file().sync_all()?;
        Ok(Self { file })
    }

    /// Moves the file to its place, over what was there.
    ///
    /// # Errors
    /// Whatever the system says; the old file then stays.
    pub fn place(self, path: &Path) -> io::Result<()> {
        self.file.persist(path).map(|_| ()).map_err(|error| error.error)
    }
}

/// Writes a whole file at once.
///
/// # Errors
/// Whatever the system says; the old file, if any, then stays.
pub fn write_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    Pending::write(folder, |out| out.write_all(content))?.place(path)
}

/// Writes files in a folder, all or none: each path within it, with its content. They are written beside their places first, and
/// moved in their order, so that whoever reads the last has all others too. The folder, and those within it, are made.
///
/// # Errors
/// The path that it is about, and whatever the system says. Unless it failed while files were moved, what was there is as it was.
pub fn write_all_or_none(folder: &Path, files: &[(PathBuf, &[u8])]) -> Result<(), (PathBuf, io::Error)> {
    let about = |path: &Path| {
        let path = path.to_path_buf();
        move |error: io::Error| (path, error)
    };
    let is_new = !folder.exists();
    std::fs::create_dir_all(folder).map_err(about(folder))?;
    let done = staged(folder, files).map_err(|(path, error)| (folder.join(path), error));
    if done.is_err() && is_new {
        // What is not empty stays, and what stays is whole.
        let _ = std::fs::remove_dir(folder);
    }
    done
}

fn staged(folder: &Path, files: &[(PathBuf, &[u8])]) -> Result<(), (PathBuf, io::Error)> {
    let here = |error| (PathBuf::new(), error);
    let beside = tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(folder).map_err(here)?;
    for (nth, (path, content)) in files.iter().enumerate() {
        let write = || {
            let mut file = File::create(beside.path().join(nth.to_string()))?;
            file.write_all(content)?;
            file.sync_all()
        };
        write().map_err(|error| (path.clone(), error))?;
    }
    for (nth, (path, _)) in files.iter().enumerate() {
        let place = folder.join(path);
        let within = place.parent().unwrap_or(folder);
        std::fs::create_dir_all(within)
            .and_then(|()| std::fs::rename(beside.path().join(nth.to_string()), &place))
            .map_err(|error| (path.clone(), error))?;
    }
    sync_folder(folder).map_err(here)
}

/// Makes sure that the names in a folder outlive a crash too.
///
/// # Errors
/// Whatever the system says.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    // Only Unix opens folders as files; elsewhere the move itself has to do.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").file_name());
        let mut names: Vec<String> = entries.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn many_files_appear_together_with_their_folders_and_nothing_beside() {
        let desk = tempfile::tempdir().expect("a folder");
        let folder = desk.path().join("a/town");
        let files: [(PathBuf, &[u8]); 2] = [("parts/one.txt".into(), b"1"), ("all.txt".into(), b"2")];
        write_all_or_none(&folder, &files).expect("they can be written");
        assert_eq!(names(&folder), ["all.txt", "parts"]);
        assert_eq!(std::fs::read(folder.join("parts/one.txt")).expect("readable"), b"1");
    }

    #[test]
    fn where_one_cannot_be_placed_nothing_is_there_that_was_not() {
        let desk = tempfile::tempdir().expect("a folder");
        let folder = desk.path().join("town");
        std::fs::create_dir(&folder).expect("a folder can be made");
        // Where a folder is wanted there is a file.
        std::fs::write(folder.join("parts"), "in the way").expect("a file can be written");
        let files: [(PathBuf, &[u8]); 2] = [("parts/one.txt".into(), b"1"), ("all.txt".into(), b"2")];
        let (path, _) = write_all_or_none(&folder, &files).expect_err("a file is in the way");
        assert_eq!(path, folder.join("parts/one.txt"));
        assert_eq!(names(&folder), ["parts"]);
    }
}
