//! Reports as files: each format and length of each client.

use super::{Format, formats};
use crate::browser::Browser;
use crate::inputs::{Reader, read_bytes};
use crate::output::{Draft, Output, ProgressLine, check_free, deliver, draft, json};
use crate::{Failure, Result, check_interrupted, watch};
use centricity::assess::{Assessment, MatchedResult};
use centricity::report::{
    Brand, BrandFile, BrandImages, Others, ReferenceDocument, Report, ReportContext, Templates,
};
use centricity::rules::rulebook::Rulebook;
use centricity::study::portfolio::PeerScore;
use centricity::text::read_bounded;
use centricity::text::yaml::{Document as _, Located};
use centricity::{message, problem};
use clap::Args;
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Reports that take long enough for progress to be shown.
const MANY: usize = 5;

/// The formats of a report.
pub(in crate::command) const FORMATS: [(Format, &str); 7] = [
    (Format::Html, "One page that needs nothing beside it"),
    (Format::Md, "Markdown with the same figures"),
    (Format::Docx, "A Word document"),
    (Format::Pdf, "A PDF; Chromium, Chrome or Edge prints it"),
    (
        Format::Xlsx,
        "A workbook: actions to be tracked, scores, questions, findings",
    ),
    (Format::Json, "The result, for programs"),
    (Format::Context, "What templates are given, as JSON"),
];

/// Length of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::command) enum Detail {
    /// Two pages for those who decide
    Executive,
    /// The report, and its appendix as a file of its own
    Full,
    /// The appendix: all questions, findings and figures
    Appendix,
    /// The report with its appendix, in one file
    All,
}

impl Detail {
    /// The documents: the template of each, and the end of its name.
    fn documents(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Executive => &[("executive", "-executive")],
            Self::Full => &[("full", ""), ("appendix", APPENDIX)],
            Self::Appendix => &[("appendix", APPENDIX)],
            Self::All => &[("all", "")],
        }
    }
}

/// The end of an appendix's name.
const APPENDIX: &str = "-appendix";

/// An assessment to be reported, and the spread of others where there is a benchmark.
pub(super) struct ReportSubject {
    /// Beginning of the names of its files.
    pub(super) name: String,
    pub(super) rulebook: Arc<Rulebook>,
    pub(super) result: Assessment,
    /// The years of the benchmark.
    pub(super) period: Option<String>,
    pub(super) others: Vec<PeerScore>,
}

/// A document: its template, the end of its name, its format.
type DocumentName = (&'static str, &'static str, Format);

/// Reports as files: their style, their formats, and the folder they are written to.
pub(in crate::command) struct ReportFiles<'a> {
    pub(in crate::command) style: &'a ReportStyle,
    /// The document that gives Word documents their looks.
    pub(in crate::command) house: Option<ReferenceDocument>,
    pub(in crate::command) detail: Detail,
    pub(in crate::command) formats: Vec<Format>,
    pub(in crate::command) folder: PathBuf,
    /// The browser that prints, where PDF is asked for.
    pub(in crate::command) browser: Option<Browser>,
}

impl ReportFiles<'_> {
    /// Each document in each format; what holds the result is written once.
    fn documents(&self) -> impl Iterator<Item = DocumentName> {
        let documents = self.detail.documents().iter().enumerate();
        documents.flat_map(|(place, (template, end))| {
            let once = move |format: &&Format| {
                place == 0 || !matches!(format, Format::Json | Format::Xlsx | Format::Context)
            };
            let formats = self.formats.iter().filter(once);
            formats.map(|format| (*template, *end, *format))
        })
    }

    /// The file of each document.
    pub(in crate::command) fn paths(&self, name: &str) -> impl Iterator<Item = PathBuf> {
        self.documents().map(move |(_, end, format)| {
            let file = format!("{name}{end}.{}", format.ending());
            self.folder.join(file)
        })
    }

    /// Each document of a result, whose files begin with `name`.
    pub(in crate::command) fn texts(
        &self,
        name: &str,
        result: &MatchedResult<'_>,
        others: Others<'_>,
    ) -> Result<Vec<Vec<u8>>> {
        let mut context = ReportContext::new(result, &self.style.brand).compared_with(others);
        if self.detail == Detail::Full {
            context.appendix = format!("{name}{APPENDIX}");
        }
        let report = context.report(&self.style.templates, "executive")?;
        let is_whole = |(template, ..): &DocumentName| matches!(*template, "full" | "all");
        let (whole, others): (Vec<_>, Vec<_>) = self.documents().partition(is_whole);
        let render = |report: &Report, context: &ReportContext<'_>, documents: Vec<_>| {
            let documents = documents.into_par_iter();
            let documents = documents.map(|(template, _, format): DocumentName| {
                check_interrupted()?;
                let report = report.other(template);
                Ok(match format {
                    Format::Html => report.html()?.into_bytes(),
                    Format::Json => json(result.assessment())?.into_bytes(),
                    Format::Docx => report.word(self.house.as_ref())?,
                    Format::Pdf => self.pdf(&report, result)?,
                    Format::Context => json(context)?.into_bytes(),
                    Format::Xlsx => context.workbook(&self.style.templates)?,
                    Format::Md | Format::Text => report.markdown()?.into_bytes(),
                })
            });
            documents.collect::<Vec<Result<_>>>()
        };
        // The plan takes longer to find than all else, and the appendix does not give it.
        let find = || (!whole.is_empty()).then(|| context.way(result)).flatten();
        let (plan, others) = rayon::join(find, || render(&report, &context, others));
        let report = report.with_plan(plan.as_ref())?;
        context.plan = plan;
        // Of several errors the first is told, whichever document is done first.
        let whole = render(&report, &context, whole).into_iter();
        whole.chain(others).collect()
    }

    /// A report as PDF, which bears the day of the assessment.
    fn pdf(&self, report: &Report, result: &MatchedResult<'_>) -> Result<Vec<u8>> {
        let day = result.assessment().assessed_on.as_deref();
        match &self.browser {
            Some(browser) => report.pdf(day, |html| browser.print(html)),
            None => report.pdf(day, |html| Browser::find()?.print(html)),
        }
    }

    /// The documents of a subject.
    pub(super) fn render(&self, subject: &ReportSubject) -> Result<Vec<Vec<u8>>> {
        let result = MatchedResult::new(&subject.rulebook, &subject.result)?;
        let others = Others {
            period: subject.period.as_deref(),
            scores: &subject.others,
        };
        self.texts(&subject.name, &result, others)
    }

    /// Every report, written next to its place.
    pub(super) fn drafts(&self, subjects: &[ReportSubject], output: Output) -> Result<Vec<Draft>> {
        let total = subjects.len();
        let progress = ProgressLine::new(Some(output), total >= MANY);
        let done = AtomicUsize::new(0);
        let drafts = subjects.par_iter().map(|subject| {
            let texts = self.render(subject)?;
            let drafts = texts.iter();
            let drafts = drafts.map(|text| Ok(draft(&self.folder, text)?));
            let drafts = drafts.collect();
            let done = done.fetch_add(1, Ordering::Relaxed) + 1;
            progress.show(&message!("of-reports", done, total));
            drafts
        });
        let drafts: Result<Vec<Vec<Draft>>> = drafts.collect();
        Ok(drafts?.into_iter().flatten().collect())
    }
}

/// Folder of templates and file of branding.
#[derive(Debug, Clone, Args)]
pub(in crate::command) struct StyleArgs {
    /// A folder whose templates replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    pub(super) templates: Option<PathBuf>,
    /// A file that says who hands it over: name, logo, colours, fonts
    #[arg(long, value_name = "FILE")]
    pub(super) brand: Option<PathBuf>,
}

/// Templates and branding.
pub(in crate::command) struct ReportStyle {
    pub(in crate::command) templates: Templates,
    pub(in crate::command) brand: Brand,
}

impl StyleArgs {
    /// Loads both, and prints the problems of the branding.
    pub(in crate::command) fn load(&self, output: Output) -> Result<ReportStyle> {
        let templates = watch::templates(self.templates.as_deref(), output)?;
        let mut reader = Reader::default();
        let brand = match &self.brand {
            Some(file) => reader.shown(output, |reader| read_brand(file, reader))?,
            None => Brand::default(),
        };
        Ok(ReportStyle { templates, brand })
    }
}

/// Reads a document of the house, for the looks of Word documents.
pub(super) fn read_house(path: &Path, reader: &mut Reader) -> Result<ReferenceDocument> {
    let (name, bytes) = read_bytes(path)?;
    ReferenceDocument::read(&name, &bytes).map_err(|problem| {
        reader.problems.push(*problem);
        Failure::Invalid
    })
}

/// Branding with the images it names.
fn read_brand(path: &Path, reader: &mut Reader) -> Result<Brand> {
    let source = reader.open(path)?;
    let file =
        BrandFile::read(&reader.sources, source, &mut reader.problems).ok_or(Failure::Invalid)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut read = |path: Option<&Located<String>>| {
        let image = path.map(|path| folder.join(&path.value));
        match (path, image) {
            (Some(path), Some(image)) if !image.is_file() => {
                let problem = problem!(UnknownFile, "no-image-is-to-be-found", path = path.value);
                reader.problems.push(problem.at(path.place));
                Ok(None)
            }
            (_, image) => image.map(|image| read_bounded(&image)).transpose(),
        }
    };
    let (logo, cover) = (read(file.logo.as_ref())?, read(file.cover.as_ref())?);
    let images = BrandImages {
        logo: logo.as_deref(),
        cover: cover.as_deref(),
    };
    let brand = Brand::check(&file, images, &mut reader.problems);
    let brand = brand.filter(|_| !reader.problems.has_errors());
    brand.ok_or(Failure::Invalid)
}

/// Format of a document, and the file it is written to.
#[derive(Debug, Clone, Args)]
pub(in crate::command) struct DocumentArgs {
    /// Print in this format [default: as the name of --out says, else text]
    #[arg(long, value_name = "FORMAT", value_parser = formats(&[
        (Format::Text, "For people, 80 columns wide"),
        (Format::Md, "Markdown, for a pull request"),
        (Format::Html, "One page that needs nothing beside it"),
        (Format::Json, "For programs"),
    ]))]
    format: Option<Format>,
    /// The file to write instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it is already there
    #[arg(long, requires = "out")]
    force: bool,
}

impl DocumentArgs {
    /// The format asked for, or else the one that the name of the file ends in.
    fn format(&self) -> Format {
        let ending = self.out.as_ref().and_then(|path| path.extension());
        self.format
            .unwrap_or(match ending.and_then(|ending| ending.to_str()) {
                Some("html" | "htm") => Format::Html,
                Some("md") => Format::Md,
                Some("json") => Format::Json,
                _ => Format::Text,
            })
    }

    /// Refuses a file that is already there, before there is anything to write.
    pub(in crate::command) fn check_free(&self) -> Result<()> {
        let help = message!("choose-another-file-or-add-force");
        check_free(self.out.as_deref(), self.force, help)
    }

    /// Prints or writes a document: itself as JSON, else the report on it.
    pub(in crate::command) fn write(
        &self,
        document: &impl serde::Serialize,
        report: impl FnOnce() -> Result<Report>,
        output: Output,
    ) -> Result<()> {
        let format = self.format();
        let text = if format == Format::Json {
            json(document)?
        } else {
            format.render(&report()?, self.out.is_none() && output.colors())?
        };
        let help = message!("choose-another-file-or-add-force");
        let out = self.out.as_deref();
        deliver(text.as_bytes(), out, self.force, help, output)
    }
}
