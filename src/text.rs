//! Text as it comes in, every value with its place.
//!
//! Comes in: bytes of YAML, CSV and XLSX. Goes out: values that know their place, tables of
//! cells, and every problem as a diagnostic. Imports nothing of the other rooms.

pub mod diagnostic;
pub(crate) mod grid;
mod message;
pub mod number;
pub mod yaml;

#[doc(hidden)]
pub use message::{Argument, fixed, varied};

use crate::message;
use std::fmt;
use std::io::{self, Read};
use std::path::Path;

/// A result with an [`Error`] of the world outside.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure of the world outside: a file that cannot be read or written. A problem *in* a file is a
/// [`Diagnostic`](diagnostic::Diagnostic), never an error.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    detail: String,
    source: Option<io::Error>,
}

/// Kinds of failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A file or folder could not be read.
    Read,
    /// A file or folder could not be written.
    Write,
    /// A folder holds more than can be taken.
    TooMuch,
    /// A template of the user's cannot be rendered.
    Template,
    /// A workbook cannot hold what is to be written.
    Workbook,
    /// A document cannot be put together.
    Document,
}

impl Error {
    fn new(kind: ErrorKind, detail: String, source: Option<io::Error>) -> Self {
        Self {
            kind,
            detail,
            source,
        }
    }

    /// The kind of failure.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// A file or folder that could not be read.
    #[must_use]
    pub fn read(path: &Path, source: io::Error) -> Self {
        let detail = message!("cannot-read", path = path.display());
        Self::new(ErrorKind::Read, detail, Some(source))
    }

    /// A file or folder that could not be written.
    #[must_use]
    pub fn write(path: &Path, source: io::Error) -> Self {
        let detail = message!("cannot-write-2", path = path.display());
        Self::new(ErrorKind::Write, detail, Some(source))
    }

    /// A folder with more files than a pack can have.
    #[must_use]
    pub fn too_many_files(path: &Path, most: usize) -> Self {
        let path = path.display();
        let detail = message!("holds-more-than-files-is-it-a-pack", path, most);
        Self::new(ErrorKind::TooMuch, detail, None)
    }

    /// A workbook that cannot hold what is to be written, and why.
    #[must_use]
    pub fn workbook(why: impl fmt::Display) -> Self {
        let detail = message!("cannot-write-the-workbook", why = why.to_string());
        Self::new(ErrorKind::Workbook, detail, None)
    }

    /// A document that cannot be put together, and why.
    #[must_use]
    pub fn document(why: impl fmt::Display) -> Self {
        let detail = message!("cannot-write-the-document", why = why.to_string());
        Self::new(ErrorKind::Document, detail, None)
    }

    /// A template that cannot be rendered, and why.
    #[must_use]
    pub fn template(detail: String) -> Self {
        Self::new(ErrorKind::Template, detail, None)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

/// Reads a file, at most one byte beyond the size budget: enough to be refused, never more memory
/// than that.
///
/// # Errors
/// Returns an error if the file cannot be read.
pub fn read_bounded(path: &Path) -> Result<Vec<u8>> {
    let most = u64::try_from(yaml::Budget::DEFAULT.file).unwrap_or(u64::MAX);
    let wrap = |source| Error::read(path, source);
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(wrap)?;
    file.take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(wrap)?;
    Ok(bytes)
}
