//! Files that commands read, and the arguments that name them.
//!
//! A [`Reader`] keeps every text with its problems. [`PackArgs`] leads to [`Rulebooks`], and an
//! [`AssessmentRef`] to [`CheckedAnswers`] or, scored or as it was stored, to a [`LoadedResult`].

mod assessment;
mod assessment_ref;
mod folder;
mod packs;

pub(crate) use assessment::{CheckedAnswers, LoadedResult};
pub(crate) use assessment_ref::{
    AssessmentRef, Checkout, NamedPaths, find_assessment, most_bytes, paths_read, possible_paths,
};
pub(crate) use folder::{
    ASSESSMENT, CONSENSUS, RESPONSES, ResponseFiles, TARGETS, assessment_file, is_mapping,
    is_survey, read_response,
};
pub(crate) use packs::{CheckedPack, PackArgs, Rulebooks, pack_texts, role, without_version};

use crate::exit::{Failure, Result};
use crate::output::Output;
use centricity::message;
use centricity::report::brand::{Brand, BrandFile, BrandImages};
use centricity::report::{ReferenceDocument, Templates};
use centricity::text::diagnostic::{Diagnostic, Diagnostics, Severity, SourceId, Sources};
use centricity::text::yaml::{self, Budget, Document, Located};
use centricity::text::{Error, read_bounded};
use clap::Args;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// All texts read so far, and all problems in them.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    /// The packs that answers are checked against.
    pub(crate) rulebooks: Arc<Rulebooks>,
    pub(crate) sources: Sources,
    pub(crate) problems: Diagnostics,
    /// The terminal that progress is shown on.
    pub(crate) output: Option<Output>,
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

    /// Reads a document of the house, for the looks of Word documents.
    pub(crate) fn house(&mut self, path: &Path) -> Result<ReferenceDocument> {
        let (name, bytes) = read_bytes(path)?;
        ReferenceDocument::read(&name, &bytes).map_err(|problem| {
            self.problems.push(*problem);
            Failure::Invalid
        })
    }

    /// The first error, with the name of its text and its line.
    pub(crate) fn first_error(&self) -> Option<(&Diagnostic, Option<(&str, usize)>)> {
        let mut sorted = self.problems.sorted().into_iter();
        let first = sorted.find(|one| one.severity == Severity::Error)?;
        let place = first.place.map(|place| {
            let line = self.sources.position(place).line;
            (self.sources.name(place.source), line)
        });
        Some((first, place))
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
    let most = u64::try_from(Budget::DEFAULT.file).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| Error::read(Path::new(&name), error))?;
    Ok((name, bytes))
}

/// Folder of templates and file of branding.
#[derive(Debug, Clone, Args)]
pub(crate) struct StyleArgs {
    /// A folder whose templates replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// A file that says who hands it over: name, logo, colours, fonts
    #[arg(long, value_name = "FILE")]
    brand: Option<PathBuf>,
}

/// Templates and branding.
pub(crate) struct ReportStyle {
    pub(crate) templates: Templates,
    pub(crate) brand: Brand,
}

impl StyleArgs {
    /// Loads both, and prints the problems of the branding.
    pub(crate) fn load(&self, output: Output) -> Result<ReportStyle> {
        let templates = templates(self.templates.as_deref())?;
        let mut reader = Reader::default();
        let brand = match &self.brand {
            Some(file) => reader.shown(output, |reader| read_brand(file, reader))?,
            None => Brand::default(),
        };
        Ok(ReportStyle { templates, brand })
    }
}

/// The templates of a folder over the built-in ones.
pub(crate) fn templates(folder: Option<&Path>) -> Result<Templates, Error> {
    match folder {
        Some(folder) => Templates::with_folder(folder),
        None => Templates::builtin(),
    }
}

/// Branding with the images it names.
fn read_brand(path: &Path, reader: &mut Reader) -> Result<Brand> {
    let source = reader.open(path)?;
    let file =
        BrandFile::read(&reader.sources, source, &mut reader.problems).ok_or(Failure::Invalid)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let read = |path: &Option<Located<String>>| {
        let path = path.as_ref();
        path.map(|path| read_bounded(&folder.join(&path.value)))
            .transpose()
    };
    let (logo, cover) = (read(&file.logo)?, read(&file.cover)?);
    let images = BrandImages {
        logo: logo.as_deref(),
        cover: cover.as_deref(),
    };
    Brand::check(&file, images, &mut reader.problems).ok_or(Failure::Invalid)
}
