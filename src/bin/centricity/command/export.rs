//! `export`: the questionnaire for others to fill in, or the answers they gave.

use crate::exit::{Exit, Failure, Result, if_valid};
use crate::inputs::{
    PackArgs, RESPONSES, Reader, ResponseFiles, assessment_file, read_response, reading, role,
};
use crate::output::{Output, already_there, print_bytes, write_file};
use centricity::answers::file::ResponseFile;
use centricity::collect::export;
use centricity::message;
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::Role;
use centricity::text::diagnostic::{Code, Diagnostic};
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
    /// What to write
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
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let is_book = matches!(self.format, ExportFormat::Xlsx | ExportFormat::Xlsform);
        if is_book && self.out.is_none() && std::io::stdout().is_terminal() {
            let message = message!("a-workbook-cannot-be-shown-in-a-terminal");
            return Err(Failure::usage(message, message!("name-a-file-with-out")));
        }
        let bytes = reading(output, |reader| self.bytes(reader))?;
        match &self.out {
            None => print_bytes(&bytes)?,
            Some(path) if path.exists() && !self.replace => {
                return Err(already_there(path, message!("replace-replaces-it")));
            }
            Some(path) => {
                write_file(path, &bytes, self.replace)?;
                output.note(&format!("wrote {}\n", path.display()));
            }
        }
        Ok(Exit::Done)
    }

    /// The content of the file.
    fn bytes(&self, reader: &mut Reader) -> Result<Vec<u8>> {
        let (rulebook, folder) = match &self.path {
            None => (self.packs.rulebook(&self.chosen, reader)?, None),
            Some(path) => {
                let file = assessment_file(path)?;
                let (_, rulebook) = self.packs.rulebooks()?.of_assessment(&file, reader)?;
                let folder = file.parent().unwrap_or(Path::new(""));
                (rulebook, Some(folder.to_owned()))
            }
        };
        Ok(match (self.format, folder) {
            (ExportFormat::Xlsx, _) => export::workbook(&rulebook, self.role)?,
            (ExportFormat::Csv, _) => export::template(&rulebook, self.role).into_bytes(),
            (ExportFormat::Xlsform, _) => export::xlsform(&rulebook)?,
            (ExportFormat::Responses, Some(folder)) => {
                let list = single_responses(&rulebook, &folder, reader)?;
                export::responses(&rulebook, &list).into_bytes()
            }
            (ExportFormat::Responses, None) => {
                let message = message!("packs-alone-hold-no-responses");
                return Err(Failure::usage(
                    message,
                    message!("name-an-assessments-folder"),
                ));
            }
        })
    }
}

/// The responses that lie in files of their own.
fn single_responses(
    rulebook: &Rulebook,
    folder: &Path,
    reader: &mut Reader,
) -> Result<Vec<ResponseFile>> {
    let files = ResponseFiles::find(&folder.join(RESPONSES))?;
    if let Some(first) = files.surveys.first() {
        let message = message!(
            "is-a-table-already-and-is-left-out",
            first = first.display()
        );
        let problem = Diagnostic::warning(Code::UnknownFile, message);
        reader.problems.push(problem);
    }
    let mut list = Vec::new();
    for path in &files.single {
        let response = if_valid(read_response(rulebook, path, reader))?;
        list.extend(response.map(|(file, _)| file));
    }
    if reader.problems.has_errors() {
        return Err(Failure::Invalid);
    }
    Ok(list)
}
