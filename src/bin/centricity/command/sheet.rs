//! `sheet`: what a workshop should settle, and the file its consensus goes into.

use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{AssessmentRef, CONSENSUS, Looks, Notes, Packs, Subject, answers_file};
use crate::output::{Output, draft, folder_of, place, print};
use centricity::answers::blank_consensus;
use centricity::assess::assessment::{MatchedResult, assess};
use centricity::report::view::{Sheet as View, to_settle};
use centricity::report::{Layout, sheet_html, sheet_markdown};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

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
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "md")]
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
    looks: Looks,
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
        let subject = self.path.load(&self.packs.rulebooks()?, &mut notes)?;
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
        let result = MatchedResult::new(&subject.rulebook, &result)?;
        if self.consensus {
            return self.begin(&subject, &result, output);
        }
        let Some(look) = self.looks.load(output)? else {
            return Ok(Exit::Invalid);
        };
        let layout = Layout::new(&subject.rulebook);
        let sheet = View::new(&layout, &result, &look.brand, self.most());
        let text = match self.format {
            Format::Md => sheet_markdown(&look.templates, &sheet)?,
            Format::Html => sheet_html(&look.templates, &sheet)?,
        };
        match &self.out {
            None => print(&text)?,
            Some(file) => write(file, &text, "choose another file", output)?,
        }
        Ok(Exit::Done)
    }

    fn most(&self) -> usize {
        if self.all {
            usize::MAX
        } else {
            usize::from(self.most)
        }
    }

    fn begin(&self, subject: &Subject, result: &MatchedResult<'_>, output: Output) -> Outcome {
        let mut open = to_settle(result);
        open.truncate(self.most());
        let text = blank_consensus(&subject.rulebook, &open);
        let file = match &self.out {
            Some(file) => file.clone(),
            None => answers_file(&self.path.path)?.with_file_name(CONSENSUS),
        };
        let help = "`--out FILE` writes what is left to settle, to copy from";
        write(&file, &text, help, output)?;
        Ok(Exit::Done)
    }
}

/// Writes a new file.
fn write(file: &Path, text: &str, help: &str, output: Output) -> Result<(), Failure> {
    if file.exists() {
        return Err(Failure::world(
            format!("`{}` is already there", file.display()),
            format!("{help}; nothing is overwritten"),
        ));
    }
    let folder = folder_of(file);
    place(draft(folder, text.as_bytes())?, file, false)?;
    output.note(&format!("wrote {}\n", file.display()));
    Ok(())
}
