//! Copied packs of a project: what is recorded of them, what lies there, and both replaced together.

use super::tree::Copied;
use crate::command::check::{FileKind, find};
use crate::inputs::{CheckedPack, PROJECT, Reader, Rulebooks, find_project};
use crate::output::{HiddenFolder, Kind, Output, check_folder};
use crate::output::{create_folder, draft, folder_of, place, write_file};
use crate::{Failure, Result, check_interrupted, if_valid, world};
use centricity::report::{COPIES, Project, ProjectFile, Source, blank_project, inner_path, record};
use centricity::rules::pack::{FIRST, Library, Texts};
use centricity::text::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// The project around the current folder, with the packs that were copied into it.
pub(super) struct Copies {
    /// Its file, as seen from the current folder.
    file: PathBuf,
    /// The text of that; of one that is not there yet, the text it begins with.
    text: String,
    begins: bool,
    /// True if the folder of copies is among the folders of packs.
    listed: bool,
    /// The folder of the project.
    pub(super) folder: PathBuf,
    /// The folders of packs that are there.
    pub(super) folders: Vec<PathBuf>,
    /// The sources of copies, by name.
    pub(super) sources: Vec<(String, Source)>,
}

/// A copy as it lies in the project.
pub(super) struct LocalCopy {
    pub(super) state: CopyState,
    /// SHA-256 over its names and texts; none where it is not there, or holds anything else.
    pub(super) digest: Option<String>,
    pub(super) version: Option<String>,
}

/// Standing of a copy against what is recorded of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CopyState {
    Missing,
    Same,
    Changed,
}

impl Copies {
    /// Reads the project; nothing is written where there is none.
    pub(super) fn open(output: Output) -> Result<Self> {
        let found = find_project(Path::new(""))?;
        let begins = found.is_none();
        let file = found.unwrap_or_else(|| PathBuf::from(PROJECT));
        let check = |reader: &mut Reader| {
            let source = if begins {
                let text = blank_project(&[], &FIRST.map(str::to_owned));
                reader.add(PROJECT.to_owned(), text.into_bytes())?
            } else {
                reader.open(&file)?
            };
            let written: ProjectFile = reader.document(source)?;
            let sources = Project::sources(&written, &mut reader.problems);
            let valid = (!reader.problems.has_errors()).then_some((written, sources));
            let (written, sources) = valid.ok_or(Failure::Invalid)?;
            Ok((written, sources, reader.sources.text(source).to_owned()))
        };
        let (written, sources, text) = Reader::default().shown(output, check)?;
        let folder = file.parent().unwrap_or(Path::new("")).to_owned();
        let own = folder.join(COPIES);
        let is_own = |name: &str| {
            let real = |path: &Path| path.canonicalize().ok();
            inner_path(name).is_ok_and(|name| name == COPIES)
                || (own.exists() && real(&folder.join(name)) == real(&own))
        };
        let listed = written.packs.iter().any(|name| is_own(&name.value));
        let folders = written.packs.iter().map(|name| folder.join(&name.value));
        let folders = folders.chain((!listed).then(|| own.clone()));
        Ok(Self {
            folders: folders.filter(|folder| folder.is_dir()).collect(),
            file,
            text,
            begins,
            listed,
            folder,
            sources,
        })
    }

    /// The place of a copy.
    pub(super) fn place(&self, name: &str) -> PathBuf {
        self.folder.join(COPIES).join(name)
    }

    /// A copy as it lies in the project, held against a digest.
    pub(super) fn local(&self, name: &str, digest: &str) -> Result<LocalCopy> {
        let place = self.place(name);
        let none = |state| LocalCopy {
            state,
            digest: None,
            version: None,
        };
        let Ok(there) = place.symlink_metadata() else {
            return Ok(none(CopyState::Missing));
        };
        if !there.is_dir() {
            return Ok(none(CopyState::Changed));
        }
        let texts = Texts::read(&place)?;
        let own = (!holds_more(&place)).then(|| texts.whole_digest());
        Ok(LocalCopy {
            state: if own.as_deref() == Some(digest) {
                CopyState::Same
            } else {
                CopyState::Changed
            },
            version: texts.version(),
            digest: own,
        })
    }

    /// Writes packs into a folder that goes when it is done with, each under its name.
    pub(super) fn stage(&self, packs: &[(String, Copied)]) -> Result<HiddenFolder> {
        let staging = HiddenFolder::create(folder_of(&self.file), Kind::Folder)?;
        for (name, copied) in packs {
            for text in copied.texts.rules.iter().chain(&copied.texts.cases) {
                let path = staging.path().join(name).join(&text.path);
                create_folder(folder_of(&path))?;
                write_file(&path, &text.bytes, false)?;
            }
        }
        Ok(staging)
    }

    /// Checks packs with those they need, which are looked for among the staged ones first.
    pub(super) fn check(
        &self,
        packs: &[&Copied],
        staging: Option<&Path>,
        output: Output,
    ) -> Result<()> {
        let folders = staging.map(Path::to_owned).into_iter();
        let library = Library {
            folders: folders.chain(self.folders.iter().cloned()).collect(),
        };
        let rulebooks = Rulebooks {
            library,
            ..Rulebooks::default()
        };
        Reader::over(&Arc::new(rulebooks)).shown(output, |reader| {
            for copied in packs {
                if_valid(CheckedPack::check(copied.texts.clone(), reader))?;
            }
            if let Some(staging) = staging {
                let copies = self.folder.join(COPIES).display().to_string();
                reader.rename(&staging.display().to_string(), &copies);
            }
            let sound = !reader.problems.has_errors();
            sound.then_some(()).ok_or(Failure::Invalid)
        })
    }

    /// Checks that what stands on the packs in the project, overlays, packs and assessments, stands on
    /// the staged ones too; what is broken already is left alone.
    pub(super) fn check_dependents(
        &self,
        packs: &[(String, Copied)],
        staging: &Path,
        output: Output,
    ) -> Result<()> {
        let over = |folders: Vec<PathBuf>| {
            Arc::new(Rulebooks {
                library: Library { folders },
                ..Rulebooks::default()
            })
        };
        let staged = [staging.to_owned()].into_iter();
        let later = over(staged.chain(self.folders.iter().cloned()).collect());
        let now = over(self.folders.clone());
        let real = |path: &Path| path.canonicalize().ok();
        let replaced: Vec<_> = packs
            .iter()
            .map(|(name, _)| real(&self.place(name)))
            .collect();
        let mut count = 0;
        for (kind, path) in find(folder_of(&self.file))? {
            let mut reader = Reader::over(&later);
            if replaced.contains(&real(&path))
                || stands(kind, &path, &mut reader)?
                || !stands(kind, &path, &mut Reader::over(&now))?
            {
                continue;
            }
            let copies = self.folder.join(COPIES).display().to_string();
            reader.rename(&staging.display().to_string(), &copies);
            output.problems(&reader.problems, &reader.sources);
            count += 1;
        }
        if count == 0 {
            return Ok(());
        }
        Err(world!("does-not-fit-the-update", count))
    }

    /// Puts staged packs into their places and records their sources: all of it, or nothing.
    pub(super) fn replace(&self, packs: &[(String, Copied)], staging: &Path) -> Result<()> {
        let sources = packs.iter();
        let sources = sources.map(|(name, copied)| (name.clone(), copied.source.clone()));
        let sources: Vec<_> = sources.collect();
        let copies = self.folder.join(COPIES);
        let path = copies.display();
        if copies.symlink_metadata().is_ok_and(|there| !there.is_dir()) {
            return Err(world!("copies-lie-in-no-folder", path));
        }
        let text = record(&self.text, &sources, self.listed);
        let text =
            text.ok_or_else(|| world!("cannot-be-recorded-in-place", file = self.file.display()))?;
        for (name, _) in packs {
            check_folder(&self.place(name))?;
        }
        check_interrupted()?;
        create_folder(&copies)?;
        let aside = HiddenFolder::create(folder_of(&self.file), Kind::Replaced)?;
        let mut moved = Vec::new();
        let outcome = packs.iter().try_for_each(|(name, _)| {
            let old = aside.path().join(name);
            let (place, new) = (self.place(name), staging.join(name));
            let wrap = |error| Error::write(&place, error);
            if place.symlink_metadata().is_ok() {
                fs::rename(&place, &old).map_err(wrap)?;
            }
            moved.push((place.clone(), old));
            fs::rename(&new, &place).map_err(wrap)
        });
        let done = outcome.and_then(|()| self.write(&text));
        if done.is_err() {
            for (place, old) in moved.iter().rev() {
                // The first failure is the one to report.
                let _ = fs::remove_dir_all(place);
                let _ = fs::rename(old, place);
            }
        }
        Ok(done?)
    }

    fn write(&self, text: &str) -> Result<(), Error> {
        if self.begins {
            return write_file(&self.file, text.as_bytes(), false);
        }
        // What a link leads to is rewritten, and the link stays.
        let real = self.file.canonicalize();
        let real = real.map_err(|error| Error::write(&self.file, error))?;
        place(draft(folder_of(&real), text.as_bytes())?, &real, true)
    }

    /// The file of the project, as seen from the current folder.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }
}

/// True for a pack that is valid, an assessment whose packs are, and everything else.
fn stands(kind: FileKind, path: &Path, reader: &mut Reader) -> Result<bool> {
    Ok(match kind {
        FileKind::Pack => if_valid(CheckedPack::check(Texts::read(path)?, reader))?.is_some(),
        FileKind::Answers => if_valid(reader.assessment(path))?.is_some(),
        FileKind::Response
        | FileKind::Cases
        | FileKind::Policy
        | FileKind::Benchmark
        | FileKind::Project => true,
    })
}

/// True for a copy with anything beside YAML in it that is not hidden.
fn holds_more(place: &Path) -> bool {
    let is_hidden = |name: &std::ffi::OsStr| name.as_encoded_bytes().starts_with(b".");
    let entries = WalkDir::new(place).into_iter().filter_map(Result::ok);
    let mut files = entries.filter(|entry| !entry.file_type().is_dir());
    files.any(|file| {
        let is_yaml = file.path().extension().is_some_and(|end| end == "yaml");
        !(is_hidden(file.file_name()) || is_yaml && file.file_type().is_file())
    })
}
