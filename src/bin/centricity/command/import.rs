//! `import`: one response file for each respondent of a table.

use crate::inputs::{ASSESSMENT, PackArgs, RESPONSES, Reader, ResponseFiles, project_around, role};
use crate::output::{Output, create_folder, draft, place_all, print, redraft};
use crate::{Failure, Result, if_valid, world};
use centricity::answers::RespondentNames;
use centricity::answers::file::ResponseFile;
use centricity::collect::import::{self, ImportOptions, MappingFile, file_name};
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::{FormLength, Role};
use centricity::text::diagnostic::{Diagnostic, Severity};
use centricity::text::{self, Error};
use centricity::{message, problem};
use clap::Args;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Take answers from a survey's CSV or XLSX into an assessment
///
/// FILE has one row a respondent and one column a question (with `channels/phone` for a choice of
/// several), or one row an answer under `question` and `value`. Columns and answers of other names
/// are listed, each with the nearest there is; --suggest prints a mapping to fill in. Nothing is
/// guessed, and nothing is written while anything is not understood.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity import survey.csv --into clients/acme --mapping survey.mapping.yaml"
)]
pub(crate) struct Import {
    /// The table, CSV or XLSX, or - for standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The assessment's folder; responses go into its folder `responses`
    #[arg(long, value_name = "FOLDER")]
    into: PathBuf,
    /// Read from here what columns and answers mean, as --suggest prints it
    #[arg(long, value_name = "MAPPING")]
    mapping: Option<PathBuf>,
    /// A pack the table answers, where the folder has no assessment; may be given several times
    #[arg(long = "pack", value_name = "NAME")]
    chosen: Vec<String>,
    /// A column that is left out; may be given several times
    #[arg(long, value_name = "COLUMN")]
    ignore: Vec<String>,
    /// Take all answers as those of one respondent, where the table does not say whose they are
    #[arg(long, value_name = "NAME")]
    respondent: Option<String>,
    /// Take all answers as those of one role, where the table does not say
    #[arg(long, value_name = "ROLE", value_parser = role())]
    role: Option<Role>,
    /// Replace responses of the same respondents
    #[arg(long, alias = "force")]
    replace: bool,
    /// Print a mapping to fill in, and write nothing
    #[arg(long)]
    suggest: bool,
    #[command(flatten)]
    packs: PackArgs,
}

impl Import {
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        let project = project_around(&self.into, output)?;
        self.packs.follow(&project);
        let import = |reader: &mut Reader| self.import(reader, output);
        let mapping = self.packs.reading(output, import)?;
        mapping.map_or(Ok(()), |mapping| print(&mapping))
    }

    /// Writes the responses; or returns a mapping to fill in, where that is asked for.
    fn import(&self, reader: &mut Reader, output: Output) -> Result<Option<String>> {
        let (rulebook, length) = self.rulebook(reader)?;
        let mapping = self.mapping.as_ref();
        let mapping = mapping
            .map(|path| reader.file::<MappingFile>(path))
            .transpose()?;
        let settings = ImportOptions {
            respondent: self.respondent.clone(),
            role: self.role,
            ignore: self.ignore.clone(),
        };
        let (sources, problems) = reader.parts();
        let import = import::Import::new(&rulebook, mapping.as_ref(), settings, problems);
        let import = import.ok_or(Failure::Invalid)?;
        let (name, bytes) = open(&self.file)?;
        let wrap = |error| Error::read(&self.file, error);
        if self.suggest {
            let mapping = import.suggest(&name, bytes).map_err(wrap)?;
            return mapping.map(Some).map_err(|problem| {
                problems.push(*problem);
                Failure::Invalid
            });
        }
        let mut responses = import
            .responses(&name, bytes, sources, problems)
            .map_err(wrap)?
            .filter(|_| !problems.has_errors())
            .ok_or(Failure::Invalid)?;
        let beyond = responses.iter_mut();
        let beyond: usize = beyond.map(|one| one.keep_form(&rulebook, length)).sum();
        if beyond > 0 {
            let problem = problem!(NotCore, "answers-are-not-taken", beyond);
            problems.push(Diagnostic {
                severity: Severity::Warning,
                ..problem
            });
        }
        self.write(&name, &responses, reader)?;
        let (count, into) = (responses.len(), self.into.display());
        let wrote = message!("wrote-responses", count, into);
        output.note(&format!("{wrote}\nnext: centricity check {into}\n"));
        Ok(None)
    }

    /// The packs of the assessment and the length of its form, or the packs that are named.
    fn rulebook(&self, reader: &mut Reader) -> Result<(Arc<Rulebook>, FormLength)> {
        if !self.chosen.is_empty() {
            return Ok((reader.named_packs(&self.chosen)?, FormLength::Full));
        }
        let path = self.into.join(ASSESSMENT);
        if !path.is_file() {
            return Err(world!(
                "there-is-no-in",
                ASSESSMENT,
                display = self.into.display()
            ));
        }
        let (file, rulebook) = reader.assessment(&path)?;
        Ok((rulebook, file.length()))
    }

    /// Writes all responses or none. Respondents who have answered there already are a problem.
    fn write(&self, from: &str, list: &[ResponseFile], reader: &mut Reader) -> Result<()> {
        let folder = self.into.join(RESPONSES);
        let path = |response: &ResponseFile| folder.join(file_name(&response.respondent));
        let responses: BTreeMap<PathBuf, &ResponseFile> =
            list.iter().map(|one| (path(one), one)).collect();
        let mut there = responses.keys().filter(|path| path.exists());
        if let (false, Some(first)) = (self.replace, there.next()) {
            let (first, more) = (first.display(), there.count());
            return Err(world!("is-already-there", first, more));
        }
        check_new(&folder, &responses, reader)?;
        create_folder(&folder)?;
        let name = Path::new(from).file_name().and_then(|name| name.to_str());
        let source = name.unwrap_or(from);
        let mut drafts = Vec::new();
        for (path, response) in responses {
            let text = response.to_yaml(&format!("From {source}"));
            drafts.push(if path.exists() {
                redraft(&path, text.as_bytes())?
            } else {
                (draft(&folder, text.as_bytes())?, path)
            });
        }
        Ok(place_all(drafts, self.replace)?)
    }
}

/// Fails if somebody has answered in a file that is not written now.
fn check_new(
    folder: &Path,
    responses: &BTreeMap<PathBuf, &ResponseFile>,
    reader: &mut Reader,
) -> Result<()> {
    let mut roll = RespondentNames::default();
    for (path, response) in responses {
        // Repeated respondents were refused where they were read.
        let _ = roll.enter(&response.respondent, &path.display().to_string());
    }
    let before = reader.problems.errors();
    let single = ResponseFiles::find(folder)?.single;
    for path in single.iter().filter(|path| !responses.contains_key(*path)) {
        let Some(file) = if_valid(Reader::default().file::<ResponseFile>(path))? else {
            continue;
        };
        if let Err(problem) = roll.enter(&file.respondent, &path.display().to_string()) {
            let again = if_valid(reader.file::<ResponseFile>(path))?;
            let place = again.map(|file| file.respondent.place).unwrap_or_default();
            reader.problems.push(problem.at(place));
        }
    }
    if reader.problems.errors() > before {
        return Err(Failure::Invalid);
    }
    Ok(())
}

/// A table by its name, and its bytes as they come.
fn open(path: &Path) -> Result<(String, Box<dyn Read + Send>)> {
    if path.as_os_str() == "-" {
        return Ok((
            message!("standard-input").to_owned(),
            Box::new(std::io::stdin()),
        ));
    }
    Ok((path.display().to_string(), Box::new(text::open(path)?)))
}
