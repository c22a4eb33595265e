//! `report`: the document to hand over, for one assessment or many.

mod compared;
mod files;
mod progress;

use crate::command::assess::json;
use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{Assessed, AssessmentRef, Look, Looks, Notes, Packs, Rulebooks};
use crate::output::{Output, print};
use centricity::assess::assessment::MatchedResult;
use centricity::report::{Layout, Page, View, html, markdown};
use clap::{Args, ValueEnum};
use compared::Compared;
pub(crate) use files::slug;
use progress::Progress;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Write the report: what was found, why, and what to do
///
/// Files are named after the client. Several assessments are written side by side; when any of
/// them is not valid, or a file is already there, nothing is written at all. Without --out, one
/// report in one format goes to standard output.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity report clients/* --out report --format html,md,json")]
pub(crate) struct Report {
    /// Assessments: files, their folders, - for standard input, REVISION:PATH as git kept it, or
    /// results that `assess --format json` printed
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<AssessmentRef>,
    /// The folder to write into
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// What to write, several separated by commas [default: html,md]
    #[arg(long = "format", value_name = "FORMAT", value_delimiter = ',')]
    formats: Vec<Format>,
    /// Replace files that are already there
    #[arg(long)]
    force: bool,
    /// Set each client beside what others came to; `portfolio --benchmark` writes such a file
    #[arg(long, value_name = "FILE")]
    benchmark: Option<PathBuf>,
    #[command(flatten)]
    looks: Looks,
    #[command(flatten)]
    packs: Packs,
}

/// A form a report can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Format {
    /// One page that needs nothing beside it
    Html,
    /// Markdown with the same figures
    Md,
    /// The result, for programs
    Json,
}

impl Format {
    pub(crate) const fn ending(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Md => "md",
            Self::Json => "json",
        }
    }
}

impl Report {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let formats = self.formats()?;
        let Some(subjects) = self.subjects(output)? else {
            return Ok(Exit::Invalid);
        };
        let Some(look) = self.looks.load(output)? else {
            return Ok(Exit::Invalid);
        };
        let Some(subjects) = Compared::all(subjects, self.benchmark.as_deref(), output)? else {
            return Ok(Exit::Invalid);
        };
        match &self.out {
            Some(out) => self.write(out, &formats, &subjects, &look, output)?,
            None => {
                for (subject, format) in subjects.iter().zip(formats) {
                    print(&rendered(subject, &[format], &look)?.concat())?;
                }
            }
        }
        Ok(Exit::Done)
    }

    /// The formats asked for, each once; without a folder only one report in one format.
    fn formats(&self) -> Result<Vec<Format>, Failure> {
        let asked: BTreeSet<_> = self.formats.iter().copied().collect();
        if self.out.is_none() && (self.paths.len(), asked.len()) != (1, 1) {
            return Err(Failure::usage(
                "there is no folder to write into",
                "add `--out DIR`; or give one PATH and one `--format` to have it on standard output",
            ));
        }
        let default = [Format::Html, Format::Md];
        Ok(if asked.is_empty() {
            default.to_vec()
        } else {
            asked.into_iter().collect()
        })
    }

    /// Every assessment; `None` where one is not valid.
    fn subjects(&self, output: Output) -> Result<Option<Vec<Assessed>>, Failure> {
        let rulebooks = self.packs.rulebooks()?;
        let loaded: Vec<_> = self
            .paths
            .par_iter()
            .map(|path| load(path, &rulebooks, output))
            .collect();
        let mut subjects = Vec::new();
        let mut sound = true;
        for one in loaded {
            let (notes, subject) = one?;
            output.problems(&notes.problems, &notes.sources);
            sound &= subject.is_some();
            subjects.extend(subject);
        }
        Ok(sound.then_some(subjects))
    }

    fn write(
        &self,
        out: &Path,
        formats: &[Format],
        subjects: &[Compared],
        look: &Look,
        output: Output,
    ) -> Result<(), Failure> {
        let endings: Vec<_> = formats.iter().map(|format| format.ending()).collect();
        let plan = files::plan(out, &self.paths, subjects, &endings, self.force)?;
        let folder = files::Folder::create(out)?;
        let progress = Progress::new(subjects.len(), output);
        let drafts: Result<Vec<_>, Failure> = subjects
            .par_iter()
            .map(|subject| {
                let texts = rendered(subject, formats, look)?;
                let drafts = texts
                    .iter()
                    .map(|text| folder.draft(text.as_bytes()))
                    .collect();
                progress.step();
                drafts
            })
            .collect::<Result<Vec<Vec<_>>, Failure>>()
            .map(|drafts| drafts.into_iter().flatten().collect());
        progress.end();
        for path in folder.keep(drafts?, plan, self.force)? {
            output.note(&format!("wrote {}\n", path.display()));
        }
        Ok(())
    }
}

fn load(
    path: &AssessmentRef,
    rulebooks: &Rulebooks,
    output: Output,
) -> Result<(Notes, Option<Assessed>), Failure> {
    let mut notes = Notes::watched(output);
    let subject = Assessed::load(path, rulebooks, &mut notes)?;
    Ok((notes, subject))
}

/// The report in each format.
fn rendered(compared: &Compared, formats: &[Format], look: &Look) -> Result<Vec<String>, Failure> {
    let Assessed { rulebook, result } = &compared.subject;
    let layout = Layout::new(rulebook).beside(compared.period.as_deref(), compared.others.clone());
    let matched = MatchedResult::new(rulebook, result)?;
    let view = View::new(&layout, &matched, &look.brand);
    let page = Page::new(&view);
    let one = |format: &Format| match format {
        Format::Html => Ok(html(&look.templates, &page)?),
        Format::Md => Ok(markdown(&look.templates, &page)?),
        Format::Json => json(result),
    };
    formats.iter().map(one).collect()
}
