//! What commands read: the argument groups they share, each of which knows how to load its subject.

mod assessed;
mod assessment_ref;
pub(crate) mod checkout;
mod folder;
mod look;
mod rulebooks;
mod survey;
mod told;

pub(crate) use assessed::Assessed;
pub(crate) use assessment_ref::{AssessmentRef, assessment};
pub(crate) use folder::{CONSENSUS, Folder, RESPONSES, TARGETS, respond, responses};
pub(crate) use look::{Look, Looks};
pub(crate) use rulebooks::Rulebooks;
pub(crate) use survey::{is_mapping, is_survey};
pub(crate) use told::{Earlier, Told};

use crate::exit::Failure;
use crate::output::Output;
use centricity::answers::Answers;
use centricity::answers::file::AssessmentFile;
use centricity::rules::metric::customers::Customer;
use centricity::rules::pack::Library;
use centricity::rules::pack::find::is_pack;
use centricity::rules::pack::load::Texts;
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::Role;
use centricity::text::diagnostic::{
    Code, Diagnostic, Diagnostics, Place, SourceId, Sources, nearest,
};
use centricity::text::error::{Error, read_bounded};
use centricity::text::yaml::{self, Budget, Document, Located};
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of an assessment's file in its folder.
pub(crate) const ASSESSMENT: &str = "assessment.yaml";

/// Reading so many files takes long enough to be told.
const MANY: usize = 1000;

/// Where packs come from.
#[derive(Debug, Clone, Args)]
pub(crate) struct Packs {
    /// A folder searched for packs before the built-in ones; may be given several times
    #[arg(long = "packs", value_name = "DIR")]
    folders: Vec<PathBuf>,
}

impl Packs {
    pub(crate) fn library(&self) -> Result<Library, Failure> {
        if let Some(folder) = self.folders.iter().find(|folder| !folder.exists()) {
            return Err(Failure::world(
                format!("`{}` is not there", folder.display()),
                "`--packs` takes a folder of packs, or a pack's own folder",
            ));
        }
        Ok(Library {
            folders: self.folders.clone(),
        })
    }

    /// The same with room for what is linked of them.
    pub(crate) fn rulebooks(&self) -> Result<Rulebooks, Failure> {
        self.library().map(Rulebooks::new)
    }

    /// The packs of these names, linked; `None` where they are not valid, which `notes` then tells.
    /// Paths start from the current folder.
    pub(crate) fn rulebook(
        &self,
        names: &[String],
        notes: &mut Notes,
    ) -> Result<Option<Arc<Rulebook>>, Failure> {
        let located = |name: &String| Located::new(name.clone(), Place::NOWHERE);
        let wanted: Vec<_> = names.iter().map(located).collect();
        self.rulebooks()?.rulebook(&wanted, Path::new(""), notes)
    }

    /// The packs of the assessment in a file, linked; `None` where they or the file are not valid,
    /// which `notes` then tells.
    pub(crate) fn of_assessment(
        &self,
        file: &Path,
        notes: &mut Notes,
    ) -> Result<Option<Arc<Rulebook>>, Failure> {
        let Some(assessment) = notes.file::<AssessmentFile>(file)? else {
            return Ok(None);
        };
        let base = file.parent().unwrap_or(Path::new(""));
        self.rulebooks()?.rulebook(&assessment.packs, base, notes)
    }
}

/// A role by its name.
pub(crate) fn role() -> impl TypedValueParser<Value = Role> {
    let named = |name: String| Role::ALL.into_iter().find(|role| role.name() == name);
    PossibleValuesParser::new(Role::ALL.map(Role::name))
        .try_map(move |name| named(name).ok_or("no such role"))
}

/// Everything read so far, and everything found wrong with it.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    pub(crate) sources: Sources,
    pub(crate) problems: Diagnostics,
    /// Whom to tell how far reading has come.
    pub(crate) watcher: Option<Output>,
}

impl Notes {
    /// Nothing read yet, and somebody who may want to know how far it has come.
    pub(crate) fn watched(output: Output) -> Self {
        Self {
            watcher: Some(output),
            ..Self::default()
        }
    }

    /// Reads a document; `None` where it is not valid, which is then among the problems.
    pub(crate) fn file<T: Document>(&mut self, path: &Path) -> Result<Option<T>, Failure> {
        let (name, bytes) = read(path)?;
        let Some(source) = self.add(name, bytes) else {
            return Ok(None);
        };
        Ok(T::read_sound(&self.sources, source, &mut self.problems))
    }

    /// Says how far reading has come, where that takes a while and somebody watches.
    pub(crate) fn progress(&self, done: usize, total: usize, of: &str) {
        let Some(output) = self.watcher.filter(|output| output.watched()) else {
            return;
        };
        if total >= MANY {
            let end = if done == total { "\r\u{1b}[K" } else { "" };
            output.note(&format!("\r{done} of {total} {of}{end}"));
        }
    }

    /// Calls what was read, and what is told of it, by another name.
    pub(crate) fn rename(&mut self, from: &str, to: &str) {
        self.sources.rename(|name| name.replace(from, to));
        self.problems.reword(|text| text.replace(from, to));
    }

    /// Adds a text; `None` where it is none, which is then among the problems.
    pub(crate) fn add(&mut self, name: String, bytes: Vec<u8>) -> Option<SourceId> {
        match yaml::decode(&name, bytes) {
            Ok(text) => Some(self.sources.add(name, text)),
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        }
    }
}

/// An assessment read and found valid.
#[derive(Debug)]
pub(crate) struct Subject {
    pub(crate) rulebook: Arc<Rulebook>,
    pub(crate) answers: Answers,
}

impl Subject {
    /// Loads the assessment at a path; `None` where it is not valid, which `notes` then tells.
    pub(crate) fn load(
        path: &Path,
        rulebooks: &Rulebooks,
        notes: &mut Notes,
    ) -> Result<Option<Self>, Failure> {
        let file = answers_file(path)?;
        let (name, bytes) = read(&file)?;
        let Some(source) = notes.add(name, bytes) else {
            return Ok(None);
        };
        Self::check(&file, source, rulebooks, notes)
    }

    /// Checks an assessment whose text is already among the sources.
    pub(crate) fn check(
        path: &Path,
        source: SourceId,
        rulebooks: &Rulebooks,
        notes: &mut Notes,
    ) -> Result<Option<Self>, Failure> {
        let before = notes.problems.errors();
        let Some((file, rulebook)) = asked(path, source, rulebooks, notes)? else {
            return Ok(None);
        };
        let answers = Folder::around(path)?.merge(&rulebook, &file, notes)?;
        let base = path.parent().unwrap_or(Path::new(""));
        let customers = match &file.customers {
            Some(table) => customers(base, table, notes)?,
            None => None,
        };
        let answers = answers.map(|answers| match customers {
            Some(table) => answers.with_customers(table),
            None => answers,
        });
        let sound = notes.problems.errors() == before;
        Ok(answers
            .filter(|_| sound)
            .map(|answers| Self { rulebook, answers }))
    }
}

/// An assessment as written, with the packs it lists linked; `None` where these are not valid, which
/// `notes` then tells.
pub(crate) fn asked(
    path: &Path,
    source: SourceId,
    rulebooks: &Rulebooks,
    notes: &mut Notes,
) -> Result<Option<(AssessmentFile, Arc<Rulebook>)>, Failure> {
    let file = AssessmentFile::read_sound(&notes.sources, source, &mut notes.problems);
    let Some(file) = file else {
        return Ok(None);
    };
    let base = path.parent().unwrap_or(Path::new(""));
    let rulebook = rulebooks.rulebook(&file.packs, base, notes)?;
    Ok(rulebook.map(|rulebook| (file, rulebook)))
}

/// The customer table an assessment names; `None` where it is not valid.
fn customers(
    base: &Path,
    table: &Located<String>,
    notes: &mut Notes,
) -> Result<Option<Vec<Customer>>, Failure> {
    let Notes {
        sources, problems, ..
    } = notes;
    let inner = Path::new(&table.value);
    let path = base.join(inner);
    if inner.is_absolute() || !path.is_file() {
        let message = format!("no customer table `{}` is to be found", table.value);
        let problem = Diagnostic::error(Code::UnknownFile, message).at(table.place);
        problems.push(problem.help("a path starts from the folder of this file"));
        return Ok(None);
    }
    let (name, bytes) = read(&path)?;
    Ok(match yaml::decode(&name, bytes) {
        Ok(text) => {
            let source = sources.add(name, text);
            centricity::answers::customers::read(sources, source, problems)
        }
        Err(problem) => {
            problems.push(problem);
            None
        }
    })
}

/// The file of an assessment given as a file, a folder, or `-`.
pub(crate) fn answers_file(path: &Path) -> Result<PathBuf, Failure> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let file = path.join(ASSESSMENT);
    if file.is_file() {
        return Ok(file);
    }
    Err(Failure::world(
        format!("there is no {ASSESSMENT} in `{}`", path.display()),
        format!("`centricity init {}` begins one", path.display()),
    ))
}

/// A file's name as it was given, and what it holds; `-` is standard input.
pub(crate) fn read(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    if path.as_os_str() != "-" {
        return Ok((path.display().to_string(), read_bounded(path)?));
    }
    let name = "standard input".to_owned();
    let most = u64::try_from(Budget::default().file).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let read = std::io::stdin()
        .lock()
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes);
    read.map_err(|error| Error::read(Path::new(&name), error))?;
    Ok((name, bytes))
}

/// The files of a pack given by its folder, its only file, or its name.
pub(crate) fn pack_texts(name: &str, library: &Library) -> Result<Texts, Failure> {
    let path = Path::new(name);
    if is_pack(path) {
        return Ok(Texts::read(path)?);
    }
    if let (false, Some(texts)) = (name.contains('/'), library.find(name)?) {
        return Ok(texts);
    }
    let names = library.names()?;
    let near = nearest(name, names.iter().map(String::as_str));
    Err(Failure::world(
        format!("there is no pack `{name}`"),
        near.map_or_else(
            || "`centricity pack list` shows the packs there are; a pack's folder holds a pack.yaml".to_owned(),
            |near| format!("did you mean `{near}`?"),
        ),
    ))
}
