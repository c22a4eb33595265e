//! The project around what is checked: its packs are taken, and its file is checked too.

use super::{Check, FileKind};
use crate::inputs::{Reader, Rulebooks, find_project, read_project};
use crate::output::folder_of;
use crate::{Failure, Result, if_valid};
use centricity::problem;
use centricity::report::{COPIES, Project, ProjectFile};
use centricity::rules::pack::{Library, Texts};
use centricity::text::diagnostic::{Diagnostic, Severity, SourceId};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl Check {
    /// Takes the packs of the project, and checks its file too.
    pub(super) fn follow(&mut self, targets: &mut BTreeSet<(FileKind, PathBuf)>) -> Result<()> {
        let mut files = BTreeSet::new();
        for path in &self.paths {
            files.extend(find_project(path)?);
        }
        for file in files {
            let real = |path: &PathBuf| path.canonicalize().ok();
            // What is wrong with it is shown once, among the problems of all.
            if let Some(project) = if_valid(read_project(&file, &mut Reader::default()))? {
                self.packs.follow(&project);
            }
            let mut own = targets.iter();
            if !own.any(|(_, path)| {
                path == &file || (real(path).is_some() && real(path) == real(&file))
            }) {
                targets.insert((FileKind::Project, file));
            }
        }
        Ok(())
    }
}

/// Checks a project: everything it names has to be there, its packs among them.
pub(super) fn check_project(path: &Path, source: SourceId, reader: &mut Reader) -> Result<()> {
    let file: ProjectFile = reader.document(source)?;
    let folder = folder_of(path);
    let project = Project::check(&file, folder, &mut reader.problems).ok_or(Failure::Invalid)?;
    for (name, source) in &file.sources {
        let texts = Texts::read(&folder.join(COPIES).join(&name.value))?;
        if texts.whole_digest() != source.digest.value {
            let problem = problem!(
                ChangedCopy,
                "the-copied-pack-was-changed",
                name = name.value
            );
            reader.problems.push(Diagnostic {
                severity: Severity::Warning,
                ..problem.at(name.place)
            });
        }
    }
    let rulebooks = Arc::new(Rulebooks {
        library: Library {
            folders: project.packs,
        },
        ..Rulebooks::default()
    });
    let packs = &file.defaults.packs;
    if packs.is_empty() {
        return Ok(());
    }
    let own = std::mem::replace(&mut reader.rulebooks, rulebooks);
    let linked = reader.rulebook(packs, folder);
    reader.rulebooks = own;
    linked.map(drop)
}
