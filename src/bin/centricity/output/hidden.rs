//! Hidden folders: what is unfinished lies there until it is moved to its place, and what is replaced
//! until that is done.
//!
//! The run that makes one keeps it locked. So what a killed run left behind is known by its name and by
//! nobody holding it, and goes when the next run makes one in the same folder. Where the system cannot
//! lock a folder, it stays.

use centricity::text::Error;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tempfile::TempDir;

/// Letters and digits at the end of a name.
const RANDOM: usize = 6;

/// The kind of a hidden folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Files to be moved to their places; nobody else may look into it.
    Files,
    /// A folder in the making, which others will read.
    Folder,
    /// Files and folders that are replaced. A run that is killed meanwhile leaves them to their owner.
    Replaced,
    /// A folder of results in whose place a new one comes. They can be made again, so they go with what a
    /// killed run left behind.
    Outdated,
    /// The work of a program, in the system's folder for such.
    Temporary,
}

impl Kind {
    /// The beginning of its name. Readers pass by what is hidden; some browsers cannot look into it.
    fn prefix(self) -> &'static str {
        match self {
            Self::Files | Self::Folder | Self::Outdated => ".centricity-unfinished-",
            Self::Replaced => ".centricity-replaced-",
            Self::Temporary => "centricity-unfinished-",
        }
    }

    #[cfg(unix)]
    fn mode(self) -> u32 {
        if self == Self::Folder { 0o777 } else { 0o700 }
    }
}

/// A folder that goes when it is done with.
#[derive(Debug)]
pub(crate) struct HiddenFolder {
    folder: TempDir,
    _lock: Option<File>,
}

impl HiddenFolder {
    /// Makes one in a folder, and takes away what killed runs left there.
    pub(crate) fn create(parent: &Path, kind: Kind) -> Result<Self, Error> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(kind.prefix()).rand_bytes(RANDOM);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(kind.mode()));
        loop {
            let folder = builder.tempdir_in(parent);
            let folder = folder.map_err(|error| Error::write(parent, error))?;
            let lock = lock(folder.path());
            let is_taken = matches!(&lock, Err(error) if error.kind() == ErrorKind::WouldBlock);
            // Another run may have taken it for left behind before it was locked.
            if !is_taken && folder.path().is_dir() {
                clear(parent);
                if !matches!(kind, Kind::Replaced | Kind::Outdated) {
                    note_unfinished(folder.path());
                }
                return Ok(Self {
                    folder,
                    _lock: lock.ok(),
                });
            }
        }
    }

    /// Makes one in the system's folder for temporary files.
    pub(crate) fn temporary() -> Result<Self, Error> {
        Self::create(&std::env::temp_dir(), Kind::Temporary)
    }

    /// The one for files in a folder that this run has made already, or else a new one.
    pub(super) fn shared(parent: &Path) -> Result<Arc<Self>, Error> {
        static OPEN: Mutex<Vec<(PathBuf, Weak<HiddenFolder>)>> = Mutex::new(Vec::new());
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|(_, folder)| folder.strong_count() > 0);
        let found = open.iter().find(|(of, _)| of == parent);
        if let Some(folder) = found.and_then(|(_, folder)| folder.upgrade()) {
            return Ok(folder);
        }
        let folder = Arc::new(Self::create(parent, Kind::Files)?);
        open.push((parent.to_owned(), Arc::downgrade(&folder)));
        Ok(folder)
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }
}

/// Takes away what killed runs left in a folder. What cannot be taken away is left to others.
fn clear(parent: &Path) {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    for entry in entries {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder && is_unfinished(&entry.file_name().to_string_lossy()) {
            let path = entry.path();
            // Nobody else takes it, or begins to use it, while it is locked.
            if let Ok(_lock) = lock(&path) {
                let _ = fs::remove_dir_all(&path);
            }
        }
    }
}

/// Folders that are being written, in the order they came.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Notes a folder, to be cleared away where the run ends in the middle.
pub(super) fn note_unfinished(path: &Path) {
    if let Ok(mut paths) = UNFINISHED.lock() {
        paths.push(path.to_owned());
    }
}

/// Removes what is unfinished, for a run that ends in the middle: what has been placed is there under
/// another name, and of folders in their place only those go that are empty.
pub(crate) fn clear_away() {
    let paths = UNFINISHED.lock().map(|paths| paths.clone());
    for path in paths.unwrap_or_default().iter().rev() {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // One that is already gone is no failure.
        let _ = if is_unfinished(&name) {
            fs::remove_dir_all(path)
        } else {
            fs::remove_dir(path)
        };
    }
}

/// True for the name of a folder that is unfinished.
fn is_unfinished(name: &str) -> bool {
    let prefixes = [Kind::Files, Kind::Temporary].map(Kind::prefix);
    let mut ends = prefixes
        .iter()
        .filter_map(|prefix| name.strip_prefix(prefix));
    ends.any(|end| end.len() == RANDOM && end.bytes().all(|one| one.is_ascii_alphanumeric()))
}

/// Locks a folder for as long as it is open; an error where another run has, or the system cannot.
fn lock(folder: &Path) -> io::Result<File> {
    #[cfg(unix)]
    let file = {
        use rustix::fs::{Mode, OFlags, open};
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        File::from(open(folder, flags, Mode::empty())?)
    };
    #[cfg(not(unix))]
    let file = File::open(folder)?;
    file.try_lock()?;
    Ok(file)
}
