//! `sheet`: what a workshop should settle, and the file its consensus goes into.

use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{CONSENSUS, Notes, Packs, Subject, answers_file};
use crate::output::{Output, draft, place, print};
use centricity::answers::blank_consensus;
use centricity::assessment::{Assessment, assess};
use centricity::report::view::{Brand, Sheet as View, to_settle};
use centricity::report::{Layout, Templates, sheet_html, sheet_markdown};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// Print the workshop sheet: contested questions with their steps and room for what is agreed
///
/// A question is contested where people differ by two steps or more, or agree by less than a half.
/// The sheet shows how answers are spread and never who gave them. With --consensus the
/// consensus.yaml for these questions is begun beside the assessment, each as a comment. Nothing
/// is ever overwritten.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity sheet clients/acme --format html --out workshop.html")]
pub(crate) struct Sheet {
    /// An assessment folder that holds responses
    path: PathBuf,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "md")]
    format: Format,
    /// The file to write instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Begin consensus.yaml instead of printing the sheet
    #[arg(long, conflicts_with_all = ["format", "out"])]
    consensus: bool,
    /// A folder whose templates replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    #[command(flatten)]
    packs: Packs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Markdown
    Md,
    /// One page to print
    Html,
}

impl Sheet {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let mut notes = Notes::watched(output);
        let subject = Subject::load(&self.path, &self.packs.rulebooks()?, &mut notes)?;
        output.problems(&notes.problems, &notes.sources);
        let Some(subject) = subject else {
            return Ok(Exit::Invalid);
        };
        if subject.answers.panel().is_none() {
            return Err(Failure::usage(
                "nobody can disagree: there are no responses beside this assessment",
                "put one file for each respondent into a folder `responses`",
            ));
        }
        let result = assess(&subject.rulebook, &subject.answers);
        if self.consensus {
            return self.begin(&subject, &result, output);
        }
        let text = self.text(&subject, &result)?;
        match &self.out {
            None => print(&text)?,
            Some(file) => write(file, &text, output)?,
        }
        Ok(Exit::Done)
    }

    fn text(&self, subject: &Subject, result: &Assessment) -> Result<String, Failure> {
        let templates = match &self.templates {
            Some(folder) => Templates::with_folder(folder)?,
            None => Templates::builtin()?,
        };
        let (layout, brand) = (Layout::new(&subject.rulebook), Brand::default());
        let sheet = View::new(&layout, &subject.answers, result, &brand);
        Ok(match self.format {
            Format::Md => sheet_markdown(&templates, &sheet)?,
            Format::Html => sheet_html(&templates, &sheet)?,
        })
    }

    fn begin(&self, subject: &Subject, result: &Assessment, output: Output) -> Outcome {
        let text = blank_consensus(&subject.rulebook, &to_settle(result));
        let file = answers_file(&self.path)?.with_file_name(CONSENSUS);
        write(&file, &text, output)?;
        Ok(Exit::Done)
    }
}

/// Writes a new file.
fn write(file: &Path, text: &str, output: Output) -> Result<(), Failure> {
    if file.exists() {
        return Err(Failure::world(
            format!("`{}` is already there", file.display()),
            "choose another file; nothing is overwritten",
        ));
    }
    let folder = match file.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    place(draft(folder, text.as_bytes())?, file, false)?;
    output.note(&format!("wrote {}\n", file.display()));
    Ok(())
}
