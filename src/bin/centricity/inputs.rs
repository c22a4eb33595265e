//! Files that commands read, and the arguments that name them.
//!
//! A [`Reader`] keeps every text with its problems. [`PackArgs`] leads to [`Rulebooks`], and an
//! [`AssessmentRef`] to [`CheckedAnswers`] or, scored or as it was stored, to a [`LoadedResult`].

mod assessment;
mod assessment_ref;
mod folder;
mod pack;
mod problems;
mod project;
mod states;

pub(crate) use assessment::{CheckedAnswers, LoadedResult};
pub(crate) use assessment_ref::{
    AssessmentRef, Checkout, NamedPaths, find_assessment, most_bytes, paths_read, possible_paths,
};
pub(crate) use centricity::rules::pack::without_version;
pub(crate) use folder::{
    ASSESSMENT, CONSENSUS, RESPONSES, ResponseFiles, TARGETS, assessment_file, check_no_link,
    is_mapping, is_survey, read_response, single_responses,
};
pub(crate) use pack::{CheckedPack, pack_texts};
pub(crate) use project::read as read_project;
pub(crate) use project::{PROJECT, find_project, one_project, project_around, project_of};
pub(crate) use states::{ClientStates, held_back, take_answers};

use crate::output::{Output, one_of};
use crate::{Failure, Result, world};
use centricity::answers::file::AssessmentFile;
use centricity::message;
use centricity::rules::pack::Library;
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::Role;
use centricity::text::diagnostic::{Diagnostics, Place, SourceId, Sources};
use centricity::text::yaml::{self, Document, Located};
use centricity::text::{Error, bounded, is_link, read_bounded};
use clap::{Args, builder::TypedValueParser};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// All texts read so far, and all problems in them.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    /// The packs that answers are checked against.
    pub(crate) rulebooks: Arc<Rulebooks>,
    pub(crate) sources: Sources,
    pub(crate) problems: Diagnostics,
    /// The terminal that progress is shown on.
    pub(crate) output: Option<Output>,
    /// True where warnings of responses are wanted.
    pub(crate) thorough: bool,
    /// Tables of responses that whoever runs the command names: what is wrong with these is told in
    /// full.
    pub(crate) named: Vec<PathBuf>,
}

impl Reader {
    /// A reader of answers to some packs, that shows no progress.
    pub(crate) fn over(rulebooks: &Arc<Rulebooks>) -> Self {
        Self {
            rulebooks: Arc::clone(rulebooks),
            ..Self::default()
        }
    }

    /// Reads something and prints the problems in it.
    pub(crate) fn shown<T>(
        &mut self,
        output: Output,
        read: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<T> {
        let result = read(self);
        if !matches!(result, Err(Failure::Stopped { .. })) {
            output.problems(&self.problems, &self.sources);
        }
        result
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
        let source = self.add(name, bytes)?;
        if is_link(path) {
            self.sources.mark_linked(source);
        }
        Ok(source)
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
    let read = bounded(std::io::stdin().lock());
    let bytes = read.map_err(|error| Error::read(Path::new(&name), error))?;
    Ok((name, bytes))
}

/// Folders of packs.
#[derive(Debug, Clone, Args)]
pub(crate) struct PackArgs {
    /// A folder searched for packs before the built-in ones; may be given several times
    #[arg(long = "packs", value_name = "DIR")]
    folders: Vec<PathBuf>,
}

/// Parser of a role's name.
pub(crate) fn role() -> impl TypedValueParser<Value = Role> {
    one_of(Role::ALL.map(|role| (role.name(), "", role)))
}

impl PackArgs {
    /// The packs there are.
    pub(crate) fn library(&self) -> Result<Library> {
        if let Some(folder) = self.folders.iter().find(|folder| !folder.exists()) {
            return Err(world!("folder-is-not-there", folder = folder.display()));
        }
        Ok(Library {
            folders: self.folders.clone(),
        })
    }

    /// A cache of rulebooks over these packs.
    pub(crate) fn rulebooks(&self) -> Result<Rulebooks> {
        Ok(Rulebooks {
            library: self.library()?,
            ..Rulebooks::default()
        })
    }

    /// A reader of answers to these packs.
    pub(crate) fn reader(&self, output: Output) -> Result<Reader> {
        Ok(Reader {
            output: Some(output),
            ..Reader::over(&Arc::new(self.rulebooks()?))
        })
    }

    /// Reads something with these packs, and prints the problems in it.
    pub(crate) fn reading<T>(
        &self,
        output: Output,
        read: impl FnOnce(&mut Reader) -> Result<T>,
    ) -> Result<T> {
        self.reader(output)?.shown(output, read)
    }
}

/// Packs and the rulebooks linked from them so far, which threads may share.
#[derive(Debug, Default)]
pub(crate) struct Rulebooks {
    /// The packs there are.
    pub(crate) library: Library,
    /// Takes a pack in the version that is there, whichever one is pinned.
    pub(crate) unpinned: bool,
    /// The rulebook of every assessment, whatever packs it lists.
    pub(crate) only: Option<Arc<Rulebook>>,
    /// Those linked so far.
    pub(crate) linked: Mutex<HashMap<Vec<String>, Arc<Rulebook>>>,
}

/// An assessment as it lists its packs, with its file.
pub(crate) type Listed = (PathBuf, AssessmentFile);

impl Reader {
    /// The rulebook of the packs of these names. Paths start from the current folder.
    pub(crate) fn named_packs(&mut self, names: &[String]) -> Result<Arc<Rulebook>> {
        let located = |name: &String| Located::new(name.clone(), Place::NOWHERE);
        let wanted: Vec<_> = names.iter().map(located).collect();
        self.rulebook(&wanted, Path::new(""))
    }

    /// Reads an assessment's file and links the packs it lists.
    pub(crate) fn assessment(&mut self, file: &Path) -> Result<(AssessmentFile, Arc<Rulebook>)> {
        let assessment: AssessmentFile = self.file(file)?;
        let base = file.parent().unwrap_or(Path::new(""));
        let rulebook = self.rulebook(&assessment.packs, base)?;
        Ok((assessment, rulebook))
    }

    /// The rulebook of the packs that an assessment lists, with its file, or of those that are chosen
    /// where there is none.
    pub(crate) fn questionnaire(
        &mut self,
        path: Option<&Path>,
        chosen: &[String],
    ) -> Result<(Arc<Rulebook>, Option<Listed>)> {
        let Some(path) = path else {
            return Ok((self.named_packs(chosen)?, None));
        };
        let file = assessment_file(path)?;
        let (assessment, rulebook) = self.assessment(&file)?;
        Ok((rulebook, Some((file, assessment))))
    }

    /// The rulebook of the packs that a file in the folder `base` lists.
    ///
    /// Nothing is locked while packs are linked: that work is shared out among threads, and one
    /// that waits for it may be handed another assessment over the same packs.
    pub(crate) fn rulebook(
        &mut self,
        wanted: &[Located<String>],
        base: &Path,
    ) -> Result<Arc<Rulebook>> {
        let rulebooks = Arc::clone(&self.rulebooks);
        if let Some(rulebook) = &rulebooks.only {
            return Ok(Arc::clone(rulebook));
        }
        let mut wanted = wanted.to_vec();
        if rulebooks.unpinned {
            for one in &mut wanted {
                let name = without_version(&one.value).to_owned();
                one.value = name;
            }
        }
        let key: Vec<_> = wanted.iter().map(|one| key(&one.value, base)).collect();
        if let Some(rulebook) = rulebooks.linked().get(&key) {
            return Ok(Arc::clone(rulebook));
        }
        let (sources, problems) = self.parts();
        let packs = rulebooks.library.load(&wanted, base, sources, problems)?;
        let rulebook = packs
            .and_then(|packs| Rulebook::link(&packs, problems))
            .ok_or(Failure::Invalid)?;
        let mut linked = rulebooks.linked();
        let linked = linked.entry(key).or_insert_with(|| Arc::new(rulebook));
        Ok(Arc::clone(linked))
    }
}

/// The rulebook of every pack there is.
pub(crate) fn every_pack(reader: &mut Reader) -> Result<Arc<Rulebook>> {
    let names = reader.rulebooks.library.names()?;
    reader.named_packs(&names)
}

impl Rulebooks {
    /// The same packs, to be linked anew.
    pub(crate) fn unlinked(&self) -> Self {
        Self {
            library: self.library.clone(),
            unpinned: self.unpinned,
            ..Self::default()
        }
    }

    /// The map; a thread that panicked left it as it was, since entries are put in whole.
    fn linked(&self) -> MutexGuard<'_, HashMap<Vec<String>, Arc<Rulebook>>> {
        self.linked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The name of a pack in the cache: a path is one place, whichever folder it starts from.
fn key(name: &str, base: &Path) -> String {
    if !name.contains('/') {
        return name.to_owned();
    }
    let path = base.join(name);
    path.canonicalize().unwrap_or(path).display().to_string()
}
