//! Files that appear whole or not at all: written beside their place, flushed to the disk, then moved there.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

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

/// Makes sure that the names in a folder outlive a crash too.
///
/// # Errors
/// Whatever the system says.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    // Only Unix opens folders as files; elsewhere the move itself has to do.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
