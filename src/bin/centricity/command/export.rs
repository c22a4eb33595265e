//! Questionnaires to fill in. `init`: a new assessment, every question in it as a comment. `form`: a page
//! that one person fills in, and that gives back a response. `export`: tables and forms for others to
//! fill in, or the answers they gave. `sheet`: the questions a workshop should settle, and the file its
//! consensus goes into.

use super::report::StyleArgs;
use crate::inputs::{
    ASSESSMENT, AssessmentRef, CONSENSUS, CheckedAnswers, PackArgs, RESPONSES, Reader,
    assessment_file, role, single_responses,
};
use crate::output::{
    Format, Output, check_free, create_folder, deliver, draft, folder_of, formats, place, print,
    write_file,
};
use crate::{Failure, Result, if_valid, usage};
use centricity::answers::{Client, blank, blank_consensus};
use centricity::assess::{MatchedResult, assess};
use centricity::collect::export;
use centricity::message;
use centricity::report::schema::answers_to;
use centricity::report::{self, Report, SheetContext};
use centricity::rules::pack;
use centricity::rules::vocabulary::Role;
use clap::{Args, ValueEnum};
use std::io::IsTerminal as _;
use std::path::PathBuf;

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
    pub(crate) fn run(self, output: Output) -> Result<()> {
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
    pub(crate) fn run(self, output: Output) -> Result<()> {
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

/// The schema that editors complete an assessment by, next to its file.
const SCHEMA: &str = "answers.schema.json";

/// Begin an assessment: a file with every question as a comment
///
/// DIR gets an assessment.yaml and the schema that lets editors complete and check it. A name that
/// ends in .yaml is taken as the file itself. Filling in means taking the # away before the answers
/// that are true; what stays a comment counts as not yet answered. Nothing is ever overwritten.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity init clients/acme --client \"Acme Pumps\"")]
pub(crate) struct Init {
    /// The folder to begin in, or a file that ends in .yaml
    #[arg(value_name = "DIR")]
    path: PathBuf,
    /// The client's name
    #[arg(long, value_name = "NAME", default_value = "Name of the client")]
    client: String,
    /// A pack to answer, by name; may be given several times [default: organisation, retention and principles]
    #[arg(long = "pack", value_name = "NAME")]
    chosen: Vec<String>,
    #[command(flatten)]
    packs: PackArgs,
}

impl Init {
    pub(crate) fn run(self, output: Output) -> Result<()> {
        let ending = self.path.extension();
        let is_file = ending.is_some_and(|end| end == "yaml" || end == "yml");
        let file = if is_file {
            self.path.clone()
        } else {
            self.path.join(ASSESSMENT)
        };
        let help = message!("choose-another-folder-nothing-is-overwritten");
        check_free(Some(&file), false, help)?;
        let mut names = self.chosen;
        if names.is_empty() {
            names = pack::CORE.map(str::to_owned).to_vec();
        }
        let packs = &self.packs;
        let rulebook = packs.reading(output, |reader| reader.named_packs(&names))?;
        let folder = folder_of(&file);
        create_folder(folder)?;
        let text = blank(&rulebook, &names, &self.client, SCHEMA);
        let assessment = draft(folder, text.as_bytes())?;
        let schema = folder.join(SCHEMA);
        if !schema.exists() {
            let text = format!("{:#}\n", answers_to(&rulebook));
            write_file(&schema, text.as_bytes(), false)?;
        }
        place(assessment, &file, false)?;
        output.note(&format!(
            "wrote {}\nnext: open it, take the # away before the answers that are true, then run\n  centricity check {}\n",
            file.display(),
            self.path.display()
        ));
        Ok(())
    }
}

/// Print the workshop sheet: contested questions with their steps and room for what is agreed
///
/// A question is contested where three people or more agree by less than a half, or where two roles
/// lie 1.67 steps of a scale of 0 to 4 apart. The twelve on which people agree least are printed, as
/// many as a workshop settles in an afternoon; --most and --all ask for others. The sheet shows how
/// answers are spread and never who gave them. With --consensus the consensus.yaml for these
/// questions is begun beside the assessment, each as a comment. Nothing is ever overwritten.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity sheet clients/acme --format html --out workshop.html")]
pub(crate) struct Sheet {
    /// An assessment folder that holds responses, or REVISION:PATH as git kept it
    path: AssessmentRef,
    /// Print in this format
    #[arg(long, value_name = "FORMAT", default_value = "md", value_parser = formats(&[
        (Format::Md, "Markdown"),
        (Format::Html, "One page to print"),
    ]))]
    format: Format,
    /// The file to write instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// So many questions at most: those on which people agree least
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..))]
    most: u16,
    /// Every contested question
    #[arg(long, conflicts_with = "most")]
    all: bool,
    /// Begin consensus.yaml instead of printing the sheet; with --out, a file to copy from
    #[arg(long, conflicts_with = "format")]
    consensus: bool,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    packs: PackArgs,
}

impl Sheet {
    pub(crate) fn run(self, output: Output) -> Result<()> {
        let CheckedAnswers { rulebook, answers } = self
            .packs
            .reading(output, |reader| self.path.answers(reader))?;
        if answers.disclosure().is_none() {
            return Err(usage!("nobody-can-disagree-there-are-no"));
        }
        let result = assess(&rulebook, &answers);
        let result = MatchedResult::new(&rulebook, &result)?;
        let out = self.out.as_deref();
        let most = if self.all {
            usize::MAX
        } else {
            usize::from(self.most)
        };
        if self.consensus {
            let open = result.assessment().to_settle.iter();
            let nodes = open.filter_map(|id| result.node_of(id));
            let open: Vec<_> = nodes.take(most).collect();
            let text = blank_consensus(&rulebook, &open);
            let file = match out {
                Some(out) => out.to_owned(),
                None => assessment_file(&self.path.path)?.with_file_name(CONSENSUS),
            };
            let help = message!("out-file-writes-what-is-left");
            return deliver(text.as_bytes(), Some(&file), false, help, output);
        }
        let style = self.style.load(output)?;
        let sheet = SheetContext::new(&result, &style.brand, most);
        let sheet = Report::new(&style.templates, "sheet", &sheet)?;
        let text = self.format.render(&sheet, false)?;
        let help = message!("choose-another-file-nothing-is-overwritten");
        deliver(text.as_bytes(), out, false, help, output)
    }
}
