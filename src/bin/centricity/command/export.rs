//! `export`: the questionnaire for others to fill in, or the answers they gave.

use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{Notes, Packs, RESPONSES, answers_file, respond, responses, role};
use crate::output::{Output, draft, folder_of, place, print_bytes};
use centricity::answers::file::ResponseFile;
use centricity::collect::export;
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
    format: Format,
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
    packs: Packs,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
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
    pub(crate) fn run(self, output: Output) -> Outcome {
        let is_book = matches!(self.format, Format::Xlsx | Format::Xlsform);
        if is_book && self.out.is_none() && std::io::stdout().is_terminal() {
            let message = "a workbook cannot be shown in a terminal";
            return Err(Failure::usage(message, "name a file with `--out`"));
        }
        let mut notes = Notes::watched(output);
        let bytes = self.bytes(&mut notes)?;
        output.problems(&notes.problems, &notes.sources);
        let Some(bytes) = bytes else {
            return Ok(Exit::Invalid);
        };
        if let Some(path) = &self.out {
            self.save(path, &bytes)?;
            output.note(&format!("wrote {}\n", path.display()));
        } else {
            print_bytes(&bytes)?;
        }
        Ok(Exit::Done)
    }

    fn save(&self, path: &Path, bytes: &[u8]) -> Result<(), Failure> {
        if path.exists() && !self.replace {
            let message = format!("`{}` is already there", path.display());
            return Err(Failure::world(message, "`--replace` replaces it"));
        }
        let folder = folder_of(path);
        Ok(place(draft(folder, bytes)?, path, self.replace)?)
    }

    /// What is to be written; `None` where something is not valid, which `notes` then tells.
    fn bytes(&self, notes: &mut Notes) -> Result<Option<Vec<u8>>, Failure> {
        let (rulebook, folder) = match &self.path {
            None => (self.packs.rulebook(&self.chosen, notes)?, None),
            Some(path) => {
                let file = answers_file(path)?;
                let folder = file.parent().unwrap_or(Path::new("")).to_owned();
                (self.packs.of_assessment(&file, notes)?, Some(folder))
            }
        };
        let Some(rulebook) = rulebook else {
            return Ok(None);
        };
        Ok(match (self.format, folder) {
            (Format::Xlsx, _) => Some(export::workbook(&rulebook, self.role)?),
            (Format::Csv, _) => Some(export::template(&rulebook, self.role).into_bytes()),
            (Format::Xlsform, _) => Some(export::xlsform(&rulebook)?),
            (Format::Responses, Some(folder)) => {
                let list = single(&rulebook, &folder, notes)?;
                list.map(|list| export::responses(&rulebook, &list).into_bytes())
            }
            (Format::Responses, None) => {
                let message = "packs alone hold no responses";
                return Err(Failure::usage(message, "name an assessment's folder"));
            }
        })
    }
}

/// The responses that lie in files of their own.
fn single(
    rulebook: &Rulebook,
    folder: &Path,
    notes: &mut Notes,
) -> Result<Option<Vec<ResponseFile>>, Failure> {
    let (surveys, single) = responses(&folder.join(RESPONSES))?;
    if let Some(first) = surveys.first() {
        let message = format!("`{}` is a table already, and is left out", first.display());
        notes
            .problems
            .push(Diagnostic::warning(Code::UnknownFile, message));
    }
    let mut list = Vec::new();
    for path in &single {
        list.extend(respond(rulebook, path, notes)?.map(|(file, _)| file));
    }
    Ok((!notes.problems.has_errors()).then_some(list))
}
