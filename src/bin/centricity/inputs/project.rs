//! The project that an assessment belongs to, found upwards from it.

use super::{PackArgs, Reader};
use crate::output::Output;
use crate::{Failure, Result, usage};
use centricity::report::{Project, ProjectFile};
use centricity::text::Error;
use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

pub(crate) use centricity::rules::pack::PROJECT;

/// The project around a path, with everything it names; one that says nothing where there is none.
pub(crate) fn project_around(path: &Path, output: Output) -> Result<Project> {
    project_of([path], output)
}

/// The project around several paths. Paths of two projects are refused: which one counts nobody can
/// say.
pub(crate) fn project_of<'a>(
    paths: impl IntoIterator<Item = &'a Path>,
    output: Output,
) -> Result<Project> {
    match one_project(paths)? {
        None => Ok(Project::default()),
        Some(file) => Reader::default().shown(output, |reader| read(&file, reader)),
    }
}

/// The file of the one project that paths lie in. Standard input lies where the others do.
pub(crate) fn one_project<'a>(
    paths: impl IntoIterator<Item = &'a Path>,
) -> Result<Option<PathBuf>> {
    let (piped, named): (Vec<_>, Vec<_>) =
        paths.into_iter().partition(|path| *path == Path::new("-"));
    let mut found = BTreeSet::new();
    for path in if named.is_empty() { piped } else { named } {
        found.extend(find_project(path)?);
    }
    let mut found = found.into_iter();
    match (found.next(), found.next()) {
        (Some(one), Some(other)) => {
            let (one, other) = (one.display(), other.display());
            Err(usage!("these-belong-to-two-projects", one, other))
        }
        (first, _) => Ok(first),
    }
}

impl PackArgs {
    /// Takes the folders of a project where none are given.
    pub(crate) fn follow(&mut self, project: &Project) {
        if self.folders.is_empty() {
            self.folders.clone_from(&project.packs);
        }
    }

    /// The folders given.
    pub(crate) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }
}

/// Reads and checks a project file.
pub(crate) fn read(path: &Path, reader: &mut Reader) -> Result<Project> {
    let file: ProjectFile = reader.file(path)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let project = Project::check(&file, folder, &mut reader.problems);
    let project = project.filter(|_| !reader.problems.has_errors());
    project.ok_or(Failure::Invalid)
}

/// The file of the project around a path, which need not be there itself, as seen from the current
/// folder.
///
/// It is looked for as far as the root of the repository; without one, from the path up to the
/// current folder, or where the path lies elsewhere, in its folder and the current one.
pub(crate) fn find_project(path: &Path) -> Result<Option<PathBuf>> {
    let wrap = |error| Error::read(Path::new("."), error);
    let here = std::env::current_dir().map_err(wrap)?;
    let here = here.canonicalize().unwrap_or(here);
    let folder = real_folder(path, &here);
    let above: Vec<&Path> = folder.ancestors().collect();
    let is_root = |folder: &&Path| folder.join(".git").exists();
    let last = above.iter().position(is_root);
    let last = last.or_else(|| above.iter().position(|folder| **folder == *here));
    let searched = match last {
        Some(last) => above.into_iter().take(last + 1).collect(),
        None => vec![folder.as_path(), here.as_path()],
    };
    for folder in searched {
        let file = folder.join(PROJECT);
        match file.symlink_metadata() {
            Ok(_) => return Ok(Some(seen_from(&here, folder).join(PROJECT))),
            Err(error) if is_absent(error.kind()) => {}
            Err(error) => return Err(Error::read(&file, error).into()),
        }
    }
    Ok(None)
}

fn is_absent(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// The folder of a path without links, as far as it is there.
fn real_folder(path: &Path, here: &Path) -> PathBuf {
    if path.as_os_str().is_empty() || path == Path::new("-") {
        return here.to_owned();
    }
    let whole = here.join(path);
    let folder = if whole.is_dir() {
        whole.as_path()
    } else {
        whole.parent().unwrap_or(here)
    };
    // What is not there yet lies in the last folder above it that is.
    let real = folder
        .ancestors()
        .find_map(|folder| folder.canonicalize().ok());
    real.unwrap_or_else(|| here.to_owned())
}

/// A folder as it is named from another: below it, above it, or by its whole path.
fn seen_from(here: &Path, folder: &Path) -> PathBuf {
    if let Ok(below) = folder.strip_prefix(here) {
        return below.to_owned();
    }
    match here.strip_prefix(folder) {
        Ok(steps) => steps.iter().map(|_| Component::ParentDir).collect(),
        Err(_) => folder.to_owned(),
    }
}
