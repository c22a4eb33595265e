//! `sheet`: the questions a workshop should settle, and the file its consensus goes into.

use crate::exit::{Exit, Failure, Result};
use crate::inputs::{
    AssessmentRef, CONSENSUS, CheckedAnswers, PackArgs, StyleArgs, assessment_file, reading,
};
use crate::output::{Format, Output, already_there, formats, print, write_file};
use centricity::answers::blank_consensus;
use centricity::assess::assessment::{MatchedResult, assess};
use centricity::message;
use centricity::report::view::{Sheet as View, to_settle};
use centricity::report::{Layout, sheet_html, sheet_markdown};
use clap::Args;
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
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let rulebooks = self.packs.rulebooks()?;
        let CheckedAnswers { rulebook, answers } =
            reading(output, |reader| self.path.answers(&rulebooks, reader))?;
        if answers.disclosure().is_none() {
            return Err(Failure::usage(
                message!("nobody-can-disagree-there-are-no"),
                message!("put-one-file-for-each"),
            ));
        }
        let result = assess(&rulebook, &answers);
        let result = MatchedResult::new(&rulebook, &result)?;
        if self.consensus {
            let mut open = to_settle(&result);
            open.truncate(self.most());
            let text = blank_consensus(&rulebook, &open);
            let file = match &self.out {
                Some(file) => file.clone(),
                None => assessment_file(&self.path.path)?.with_file_name(CONSENSUS),
            };
            let help = message!("out-file-writes-what-is-left");
            write_new(&file, &text, help, output)?;
            return Ok(Exit::Done);
        }
        let style = self.style.load(output)?;
        let layout = Layout::new(&rulebook);
        let sheet = View::new(&layout, &result, &style.brand, self.most());
        let text = if self.format == Format::Html {
            sheet_html(&style.templates, &sheet)?
        } else {
            sheet_markdown(&style.templates, &sheet)?
        };
        match &self.out {
            None => print(&text)?,
            Some(file) => {
                let help = message!("choose-another-file-nothing-is-overwritten");
                write_new(file, &text, help, output)?;
            }
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
}

fn write_new(file: &Path, text: &str, help: &str, output: Output) -> Result<()> {
    if file.exists() {
        return Err(already_there(file, help));
    }
    write_file(file, text.as_bytes(), false)?;
    output.note(&format!("wrote {}\n", file.display()));
    Ok(())
}
