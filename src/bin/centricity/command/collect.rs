//! Answers from people elsewhere. `export`: tables and forms for others to fill in, or the answers they
//! gave. `form`: a page that one person fills in, and that gives back a response. `import`: one
//! response file for each respondent of a table.

use super::report::StyleArgs;
use crate::inputs::{
    ASSESSMENT, PackArgs, RESPONSES, Reader, ResponseFiles, project_around, role, single_responses,
};
use crate::output::{
    Output, check_free, create_folder, deliver, draft, folder_of, place_all, print, write_file,
};
use crate::{Failure, Result, if_valid, usage, world};
use centricity::answers::file::ResponseFile;
use centricity::answers::{Client, RespondentNames};
use centricity::collect::export;
use centricity::collect::import::{self, ImportOptions, MappingFile, file_name};
use centricity::message;
use centricity::report;
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::Role;
use centricity::text::Error;
use clap::{Args, ValueEnum};
use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Write the questionnaire as a workbook, a form or a template, or answers as a table
///
/// What is filled in comes back through `import`. A workbook has one sheet a section, with answers
/// to choose from; an XLSForm is what KoboToolbox and ODK ask from; the CSV template has one row
/// a question. `responses` is what single people said, for analysis and not for reports.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity export clients/acme --format xlsx --out questions.xlsx"
)]
pub(crate) struct Export {
    /// An assessment: a file or its folder
    #[arg(value_name = "PATH", required_unless_present = "chosen")]
    path: Option<PathBuf>,
    /// A pack to ask, where there is no assessment; may be given several times
    #[arg(long = "pack", value_name = "NAME", conflicts_with = "path")]
    chosen: Vec<String>,
    /// Write in this format
    #[arg(long, value_name = "FORMAT")]
    format: ExportFormat,
    /// Only what this role is asked (xlsx and csv)
    #[arg(long, value_name = "ROLE", value_parser = role())]
    role: Option<Role>,
    /// The file to write; standard output where it is not given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file
    #[arg(long, alias = "force")]
    replace: bool,
    #[command(flatten)]
    packs: PackArgs,
}

/// The content and format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// A workbook for people
    Xlsx,
    /// A template with one row a question
    Csv,
    /// A form for KoboToolbox and ODK
    Xlsform,
    /// Answers as CSV, one row a respondent
    Responses,
}

impl Export {
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        let project = project_around(self.path.as_deref().unwrap_or(Path::new("")), output)?;
        self.packs.follow(&project);
        let is_book = matches!(self.format, ExportFormat::Xlsx | ExportFormat::Xlsform);
        if is_book && self.out.is_none() && std::io::stdout().is_terminal() {
            return Err(usage!("a-workbook-cannot-be-shown-in-a-terminal"));
        }
        let bytes = self.packs.reading(output, |reader| self.bytes(reader))?;
        let help = message!("replace-replaces-it");
        deliver(&bytes, self.out.as_deref(), self.replace, help, output)
    }

    /// The content of the file.
    fn bytes(&self, reader: &mut Reader) -> Result<Vec<u8>> {
        let path = self.path.as_deref();
        let (rulebook, assessment) = reader.questionnaire(path, &self.chosen)?;
        Ok(match (self.format, assessment) {
            (ExportFormat::Xlsx, _) => export::workbook(&rulebook, self.role)?,
            (ExportFormat::Csv, _) => export::template(&rulebook, self.role).into_bytes(),
            (ExportFormat::Xlsform, _) => export::xlsform(&rulebook)?,
            (ExportFormat::Responses, Some((file, _))) => {
                let folder = file.with_file_name(RESPONSES);
                let list = single_responses(&rulebook, &folder, reader)?;
                export::responses(&rulebook, &list).into_bytes()
            }
            (ExportFormat::Responses, None) => {
                return Err(usage!("packs-alone-hold-no-responses"));
            }
        })
    }
}

/// Make a form: one HTML page that a person fills in and hands in as a file
///
/// The page asks one role what the packs of an assessment ask of it, hides what other answers make
/// irrelevant, keeps the answers in the browser and needs no network. The file it gives back goes
/// into the folder `responses` of the assessment.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity form clients/acme --role frontline --out acme-frontline.html"
)]
pub(crate) struct Form {
    /// The assessment whose packs are asked: a file, its folder, or - for standard input
    #[arg(required_unless_present = "chosen", conflicts_with = "chosen")]
    path: Option<PathBuf>,
    /// Ask this role
    #[arg(long, value_parser = role())]
    role: Role,
    /// Without an assessment: a pack to ask, by name; may be given several times
    #[arg(long = "pack", value_name = "NAME")]
    chosen: Vec<String>,
    /// Ask also what each answer rests on
    #[arg(long)]
    evidence: bool,
    /// The file to write; standard output where it is not given
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace a file that is already there
    #[arg(long, alias = "replace")]
    force: bool,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    packs: PackArgs,
}

impl Form {
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        let project = project_around(self.path.as_deref().unwrap_or(Path::new("")), output)?;
        self.packs.follow(&project);
        self.style.follow(&project);
        let help = message!("choose-another-name-or-add-force");
        check_free(self.out.as_deref(), self.force, help)?;
        let path = self.path.as_deref();
        let asked = self
            .packs
            .reading(output, |reader| reader.questionnaire(path, &self.chosen));
        let asked = if_valid(asked)?;
        let style = self.style.load(output)?;
        let (rulebook, assessment) = asked.ok_or(Failure::Invalid)?;
        let client = assessment.map(|(_, file)| Client::from(&file.client));
        let form = export::Form::new(&rulebook, self.role, client.as_ref(), self.evidence);
        if form.questions == 0 {
            let role = self.role.name();
            return Err(usage!("these-packs-ask-nothing-of-the-role", role));
        }
        let page = report::form_page(&style.templates, &form, &style.brand)?;
        let Some(file) = &self.out else {
            return print(&page);
        };
        create_folder(folder_of(file))?;
        write_file(file, page.as_bytes(), self.force)?;
        let (name, count, role) = (file.display(), form.questions, form.role_words);
        output.note(&format!("wrote {name}: {count} questions for {role}\n"));
        if let Some(folder) = path.filter(|path| path.is_dir()) {
            let into = folder.join(RESPONSES);
            let into = into.display();
            output.note(&format!(
                "next: send it, and put what comes back into {into}\n"
            ));
        }
        Ok(())
    }
}

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
        let rulebook = self.rulebook(reader)?;
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
        let responses = import
            .responses(&name, bytes, sources, problems)
            .map_err(wrap)?
            .filter(|_| !problems.has_errors())
            .ok_or(Failure::Invalid)?;
        self.write(&name, &responses, reader)?;
        let (count, into) = (responses.len(), self.into.display());
        let wrote = message!("wrote-responses", count, into);
        output.note(&format!("{wrote}\nnext: centricity check {into}\n"));
        Ok(None)
    }

    /// The packs of the assessment, or those that are named.
    fn rulebook(&self, reader: &mut Reader) -> Result<Arc<Rulebook>> {
        if !self.chosen.is_empty() {
            return reader.named_packs(&self.chosen);
        }
        let path = self.into.join(ASSESSMENT);
        if !path.is_file() {
            return Err(world!(
                "there-is-no-in",
                ASSESSMENT,
                display = self.into.display()
            ));
        }
        Ok(reader.assessment(&path)?.1)
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
            drafts.push((draft(&folder, text.as_bytes())?, path));
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
    let file = std::fs::File::open(path).map_err(|error| Error::read(path, error))?;
    Ok((path.display().to_string(), Box::new(file)))
}
