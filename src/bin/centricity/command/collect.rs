//! Answers from people elsewhere. `export`: tables and forms for others to fill in, or the answers they
//! gave. `form`: a page that one person fills in, and that gives back a response.

use super::report::StyleArgs;
use crate::inputs::{PackArgs, RESPONSES, Reader, project_around, role, single_responses};
use crate::output::{Output, check_free, create_folder, deliver, folder_of, print, write_file};
use crate::{Failure, Result, if_valid, usage};
use centricity::answers::Client;
use centricity::collect::export;
use centricity::message;
use centricity::report;
use centricity::rules::vocabulary::{FormLength, Role};
use clap::{Args, ValueEnum};
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

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
    /// Only the core questions, as in an assessment with `form: short`
    #[arg(long)]
    short: bool,
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
        let own = assessment.as_ref().map(|(_, file)| file.length());
        let length = FormLength::of(self.short).max(own.unwrap_or_default());
        Ok(match (self.format, assessment) {
            (ExportFormat::Xlsx, _) => export::workbook(&rulebook, self.role, length)?,
            (ExportFormat::Csv, _) => export::template(&rulebook, self.role, length).into_bytes(),
            (ExportFormat::Xlsform, _) => export::xlsform(&rulebook, length)?,
            (ExportFormat::Responses, Some((file, _))) => {
                let folder = file.with_file_name(RESPONSES);
                let list = single_responses(&rulebook, &folder, reader)?;
                export::responses(&rulebook, length, &list).into_bytes()
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
    /// Ask the core questions alone, as in an assessment with `form: short`
    #[arg(long)]
    short: bool,
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
        let own = assessment.as_ref().map(|(_, file)| file.length());
        let length = FormLength::of(self.short).max(own.unwrap_or_default());
        let client = assessment.map(|(_, file)| Client::from(&file.client));
        let asked = (self.role, length);
        let form = export::Form::new(&rulebook, asked, client.as_ref(), self.evidence);
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
        let (name, size, role) = (file.display(), &form.size, form.role_words);
        let wrote = if form.short {
            message!("wrote-a-short-form", name, size, role)
        } else {
            message!("wrote-a-form", name, size, role)
        };
        output.note(&format!("{wrote}\n"));
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
