//! `report`: the document to hand over, for one assessment or many.

mod files;
mod names;
mod project;

pub(super) use files::{Detail, DocumentArgs, FORMATS, ReportFiles, ReportStyle, StyleArgs};
pub(super) use names::ReportNames;

use crate::browser::Browser;
use crate::inputs::{AssessmentRef, ClientStates, LoadedResult, PackArgs, Reader};
use crate::inputs::{held_back, project_of};
use crate::output::{Output, check_free, clean, create_folder, one_of, place_all, print_bytes};
use crate::{Failure, Result, check_interrupted, if_valid, usage, watch_interrupts};
use centricity::message;
use centricity::report::Report as Document;
use centricity::study::portfolio::{Benchmark, BenchmarkFile};
use clap::Args;
use clap::builder::TypedValueParser;
use files::{ReportSubject, read_house};
use names::name;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Write the report: what was found, why, and what to do
///
/// Files are named after the client. Several assessments are written side by side; when any of
/// them is not valid, or a file is already there, nothing is written at all. Without --out, one
/// report in one format goes to standard output, with its appendix.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity report clients/* --out report --format html,md,xlsx")]
pub(crate) struct Report {
    /// Assessments: files, their folders, - for standard input, REVISION:PATH as git kept it, or
    /// results that `assess --format json` printed
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<AssessmentRef>,
    /// The folder to write into
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write these formats, several separated by commas [default: html,md]
    #[arg(long = "format", value_name = "FORMAT", value_delimiter = ',', value_parser = formats(&FORMATS))]
    formats: Vec<Format>,
    /// Write a report of this length [default: full]
    #[arg(long, value_enum)]
    detail: Option<Detail>,
    /// Replace files that are already there
    #[arg(long)]
    force: bool,
    /// Set each client beside what others came to; `portfolio --benchmark` writes such a file
    #[arg(long, value_name = "FILE")]
    benchmark: Option<PathBuf>,
    /// Take styles, page, headers and footers of Word documents from this document of the house
    #[arg(long, value_name = "FILE")]
    reference_docx: Option<PathBuf>,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    packs: PackArgs,
}

impl Report {
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        let paths = self.paths.iter().map(|one| one.path.as_path());
        let project = project_of(paths, output)?;
        self.follow(&project);
        let formats = self.formats()?;
        let is_printed = formats.contains(&Format::Pdf);
        let browser = is_printed.then(Browser::find).transpose()?;
        let mut subjects = self.subjects(output)?;
        let style = self.style.load(output)?;
        if formats.contains(&Format::Docx) && !style.brand.is_shown_by_word() {
            output.note(&format!("{}\n", message!("word-does-not-show-all-images")));
        }
        let house = self.reference_docx.as_deref();
        let house =
            house.map(|path| Reader::default().shown(output, |reader| read_house(path, reader)));
        let house = house.transpose()?;
        if let Some(file) = &self.benchmark {
            Reader::default().shown(output, |reader| {
                add_benchmark(&mut subjects, file, reader, output)
            })?;
        }
        if is_printed || self.out.is_some() {
            // The browser and what is half written go when the run is interrupted from here on; what
            // is read before may be a pipe, at which a run waits until it is ended.
            watch_interrupts();
        }
        let files = ReportFiles {
            style: &style,
            house,
            detail: self.detail(),
            formats,
            folder: self.out.clone().unwrap_or_default(),
            browser,
        };
        if self.out.is_some() {
            return self.write(&files, &subjects, output);
        }
        for subject in &subjects {
            print_bytes(&files.render(subject)?.concat())?;
        }
        Ok(())
    }

    /// The length asked for; without a folder the appendix is part of the one document.
    fn detail(&self) -> Detail {
        match self.detail {
            None | Some(Detail::Full) if self.out.is_none() => Detail::All,
            detail => detail.unwrap_or(Detail::Full),
        }
    }

    /// The formats asked for, each once; without a folder only one report in one format.
    fn formats(&self) -> Result<Vec<Format>> {
        let asked: BTreeSet<_> = self.formats.iter().copied().collect();
        if self.out.is_none() && (self.paths.len(), asked.len()) != (1, 1) {
            return Err(Failure::usage(
                message!("there-is-no-folder-to-write-into"),
                message!("add-out-dir-or-give-one"),
            ));
        }
        if self.reference_docx.is_some() && !asked.contains(&Format::Docx) {
            return Err(usage!("a-reference-document-is-for-word"));
        }
        Ok(if asked.is_empty() {
            vec![Format::Html, Format::Md]
        } else {
            asked.into_iter().collect()
        })
    }

    /// Every assessment; all are read, even if one is not valid.
    fn subjects(&self, output: Output) -> Result<Vec<ReportSubject>> {
        let rulebooks = Arc::new(self.packs.rulebooks()?);
        let read: Vec<_> = self
            .paths
            .par_iter()
            .map(|path| {
                let mut reader = Reader::over(&rulebooks);
                reader.output = Some(output);
                let read = if_valid(path.result(&mut reader));
                (reader, read)
            })
            .collect();
        let mut subjects = Vec::new();
        let mut states = ClientStates::default();
        for (path, (mut reader, read)) in self.paths.iter().zip(read) {
            let subject = match read? {
                Some(read) => {
                    stand_among(&mut states, path, &read)?;
                    if_valid(read.with_rulebook(&mut reader))?
                }
                None => None,
            };
            output.problems(&reader.problems, &reader.sources);
            subjects.extend(subject.map(|(rulebook, result)| ReportSubject {
                name: name(&path.path, &result),
                rulebook,
                result,
                period: None,
                others: Vec::new(),
            }));
        }
        if subjects.len() < self.paths.len() {
            return Err(Failure::Invalid);
        }
        Ok(subjects)
    }

    /// Writes all files or none, and leaves no empty folder behind.
    fn write(
        &self,
        files: &ReportFiles<'_>,
        subjects: &[ReportSubject],
        output: Output,
    ) -> Result<()> {
        let paths = self.paths(files, subjects)?;
        let above = files.folder.ancestors();
        let new: Vec<_> = above.take_while(|folder| !folder.exists()).collect();
        let written = create_folder(&files.folder)
            .map_err(Failure::from)
            .and_then(|()| files.drafts(subjects, output))
            .and_then(|drafts| {
                check_interrupted()?;
                let drafts = drafts.into_iter().zip(paths.iter().cloned());
                Ok(place_all(drafts.collect(), self.force)?)
            });
        if written.is_err() {
            for folder in new {
                let _ = std::fs::remove_dir(folder);
            }
        }
        written?;
        for path in paths {
            output.note(&format!("wrote {}\n", path.display()));
        }
        Ok(())
    }

    /// The files to be written, in the order of the assessments.
    ///
    /// Two assessments that would write the same file are refused, and so is a file that is there,
    /// unless it may be replaced.
    fn paths(&self, files: &ReportFiles<'_>, subjects: &[ReportSubject]) -> Result<Vec<PathBuf>> {
        let mut taken = BTreeMap::new();
        let mut paths = Vec::new();
        for (path, subject) in self.paths.iter().zip(subjects) {
            let name = &subject.name;
            if let Some(other) = taken.insert(name.clone(), path) {
                let (other, path) = (other.to_string(), path.to_string());
                return Err(usage!("and-would-both-be-written-to", other, path, name));
            }
            paths.extend(files.paths(name));
        }
        let help = message!("write-into-another-folder-or-add");
        for path in &paths {
            check_free(Some(path), self.force, help)?;
        }
        Ok(paths)
    }
}

/// Refuses a state of a client that may not be shown beside those before it.
fn stand_among(
    states: &mut ClientStates,
    path: &AssessmentRef,
    state: &LoadedResult,
) -> Result<()> {
    let path = path.to_string();
    let client = &state.result.client.name;
    let stood = states.take(client, &path, |rounds| state.stand_among(rounds));
    stood.map_err(|(held, first)| {
        Failure::usage(
            format!("`{path}` is {}", held_back(held, &first)),
            message!("write-a-report-of-each-by-itself"),
        )
    })
}

/// Adds the spread of others to every assessment. One that was made with other rules of a pack than
/// the benchmark is a problem.
fn add_benchmark(
    subjects: &mut [ReportSubject],
    file: &Path,
    reader: &mut Reader,
    output: Output,
) -> Result<()> {
    let file: BenchmarkFile = reader.file(file)?;
    let benchmark = Benchmark::check(&file, &mut reader.problems);
    let benchmark = benchmark.filter(|_| !reader.problems.has_errors());
    let benchmark = benchmark.ok_or(Failure::Invalid)?;
    for subject in subjects {
        let asked = (subject.result.form, subject.result.basis);
        match benchmark.peers(&subject.rulebook, asked) {
            Ok(others) => {
                if !benchmark.covers(&subject.rulebook, asked) {
                    let name = clean(&subject.result.client.name);
                    let said = message!("benchmark-without-peers", name);
                    output.note(&format!("{said}\n"));
                }
                subject.period = benchmark.period();
                subject.others = others;
            }
            Err(problem) => reader.problems.push(*problem),
        }
    }
    if reader.problems.has_errors() {
        return Err(Failure::Invalid);
    }
    Ok(())
}

/// A format of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Format {
    Html,
    Md,
    Json,
    Text,
    Docx,
    Pdf,
    Xlsx,
    Context,
}

impl Format {
    /// The name on the command line.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Md => "md",
            Self::Json => "json",
            Self::Text => "text",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Xlsx => "xlsx",
            Self::Context => "context",
        }
    }

    /// The ending of a file.
    pub(super) const fn ending(self) -> &'static str {
        if matches!(self, Self::Context) {
            "context.json"
        } else {
            self.name()
        }
    }

    /// A report as a page or as Markdown; for any other format, as text for a terminal.
    pub(super) fn render(self, report: &Document, paint: bool) -> Result<String> {
        Ok(match self {
            Self::Html => report.html()?,
            Self::Md => report.markdown()?,
            Self::Text | Self::Json | Self::Docx | Self::Pdf | Self::Xlsx | Self::Context => {
                report.terminal(paint)?
            }
        })
    }
}

/// Parser of the formats that a command has, each with its help.
pub(super) fn formats(
    all: &'static [(Format, &'static str)],
) -> impl TypedValueParser<Value = Format> {
    one_of(
        all.iter()
            .map(|(format, help)| (format.name(), *help, *format)),
    )
}
