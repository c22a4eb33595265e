//! Texts that were read, and their problems.

use crate::exit::{Failure, Result};
use crate::output::Output;
use centricity::message;
use centricity::text::diagnostic::{Diagnostics, SourceId, Sources};
use centricity::text::yaml::{self, Budget, Document};
use centricity::text::{Error, read_bounded};
use std::io::Read as _;
use std::path::Path;

/// All texts read so far, and all problems in them.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    pub(crate) sources: Sources,
    pub(crate) problems: Diagnostics,
    /// The terminal that progress is shown on.
    pub(crate) output: Option<Output>,
}

/// Reads something and prints the problems in it.
pub(crate) fn reading<T>(output: Output, read: impl FnOnce(&mut Reader) -> Result<T>) -> Result<T> {
    let mut reader = Reader::new(output);
    let result = read(&mut reader);
    if !matches!(result, Err(Failure::Stopped { .. })) {
        output.problems(&reader.problems, &reader.sources);
    }
    result
}

impl Reader {
    /// A reader that shows its progress.
    pub(crate) fn new(output: Output) -> Self {
        Self {
            output: Some(output),
            ..Self::default()
        }
    }

    /// The texts and the problems.
    pub(crate) fn parts(&mut self) -> (&mut Sources, &mut Diagnostics) {
        (&mut self.sources, &mut self.problems)
    }

    /// Reads a document from a file.
    pub(crate) fn file<T: Document>(&mut self, path: &Path) -> Result<T> {
        let source = self.open(path)?;
        self.document(source)
    }

    /// Reads a file as text; `-` is standard input.
    pub(crate) fn open(&mut self, path: &Path) -> Result<SourceId> {
        let (name, bytes) = read_bytes(path)?;
        self.add(name, bytes)
    }

    /// Adds a text; bytes that are none are a problem.
    pub(crate) fn add(&mut self, name: String, bytes: Vec<u8>) -> Result<SourceId> {
        match yaml::decode(&name, bytes) {
            Ok(text) => Ok(self.sources.add(name, text)),
            Err(problem) => {
                self.problems.push(problem);
                Err(Failure::Invalid)
            }
        }
    }

    /// Reads a document from a text.
    pub(crate) fn document<T: Document>(&mut self, source: SourceId) -> Result<T> {
        T::read_sound(&self.sources, source, &mut self.problems).ok_or(Failure::Invalid)
    }

    /// Replaces a part of the names of texts and of what problems say.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        self.sources.rename(|name| name.replace(from, to));
        self.problems.reword(|text| text.replace(from, to));
    }
}

/// The name and the bytes of a file; `-` is standard input.
pub(crate) fn read_bytes(path: &Path) -> Result<(String, Vec<u8>)> {
    if path.as_os_str() != "-" {
        return Ok((path.display().to_string(), read_bounded(path)?));
    }
    let name = message!("standard-input").to_owned();
    let most = u64::try_from(Budget::default().file).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| Error::read(Path::new(&name), error))?;
    Ok((name, bytes))
}
