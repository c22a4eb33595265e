//! Where reports go: names after clients, nothing twice, all files or none.

use super::compared::Compared;
use crate::exit::Failure;
use crate::inputs::{Assessed, AssessmentRef};
use crate::output::{draft, place};
use centricity::text::error::Error;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// A name longer than this is cut.
const LONGEST: usize = 80;

/// The files to be written, in the order of the assessments.
///
/// Two assessments that would write the same file are refused, and so is a file that is there,
/// unless it may be replaced.
pub(super) fn plan(
    out: &Path,
    paths: &[AssessmentRef],
    subjects: &[Compared],
    endings: &[&str],
    replace: bool,
) -> Result<Vec<PathBuf>, Failure> {
    let mut taken = BTreeMap::new();
    let mut files = Vec::new();
    for (path, subject) in paths.iter().zip(subjects) {
        let name = name(&path.path, &subject.subject);
        if let Some(other) = taken.insert(name.clone(), path) {
            return Err(Failure::usage(
                format!("`{other}` and `{path}` would both be written to `{name}`"),
                "give each client a name or unit of its own, or report them into two folders",
            ));
        }
        files.extend(
            endings
                .iter()
                .map(|ending| out.join(format!("{name}.{ending}"))),
        );
    }
    if let Some(file) = files.iter().find(|file| {
        if replace {
            file.is_dir()
        } else {
            file.exists()
        }
    }) {
        let message = format!("`{}` is already there", file.display());
        return Err(Failure::world(
            message,
            "write into another folder, or add `--force` to replace files",
        ));
    }
    Ok(files)
}

/// A file name from the client's name and unit; where they hold no Latin letter, from the path.
fn name(path: &Path, subject: &Assessed) -> String {
    let client = &subject.result.client;
    let slug = slug(&format!(
        "{} {}",
        client.name,
        client.unit.as_deref().unwrap_or_default()
    ));
    if !slug.is_empty() {
        return slug;
    }
    let inner = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .unwrap_or_default();
    match self::slug(inner) {
        slug if slug.is_empty() => "report".to_owned(),
        slug => slug,
    }
}

/// Lower-case letters and digits, everything else one hyphen.
pub(crate) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// A folder that goes again if nothing comes of it.
pub(super) struct Folder<'a> {
    path: &'a Path,
    made: bool,
    kept: bool,
}

impl<'a> Folder<'a> {
    pub(super) fn create(path: &'a Path) -> Result<Self, Failure> {
        let made = !path.exists();
        std::fs::create_dir_all(path).map_err(|error| Error::write(path, error))?;
        Ok(Self {
            path,
            made,
            kept: false,
        })
    }

    pub(super) fn draft(&self, bytes: &[u8]) -> Result<NamedTempFile, Failure> {
        Ok(draft(self.path, bytes)?)
    }

    /// Moves every draft to its place, now that all of them are written.
    pub(super) fn keep(
        mut self,
        drafts: Vec<NamedTempFile>,
        files: Vec<PathBuf>,
        replace: bool,
    ) -> Result<Vec<PathBuf>, Failure> {
        for (draft, file) in drafts.into_iter().zip(&files) {
            place(draft, file, replace)?;
            self.kept = true;
        }
        Ok(files)
    }
}

impl Drop for Folder<'_> {
    fn drop(&mut self) {
        if self.made && !self.kept {
            let _ = std::fs::remove_dir(self.path);
        }
    }
}
