//! Reports as files: each format and length of each client.

use crate::exit::Result;
use crate::inputs::ReportStyle;
use crate::output::{Format, Output, ProgressLine, draft, json};
use centricity::assess::assessment::{Assessment, MatchedResult};
use centricity::message;
use centricity::report::context::ReportContext;
use centricity::report::{Layout, Page, View, html, markdown};
use centricity::rules::rulebook::Rulebook;
use centricity::study::portfolio::PeerScore;
use rayon::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempPath;

/// Reports that take long enough for progress to be shown.
const MANY: usize = 5;

/// The formats of a whole report.
pub(in crate::command) const FORMATS: [(Format, &str); 3] = [
    (Format::Html, "One page that needs nothing beside it"),
    (Format::Md, "Markdown with the same figures"),
    (Format::Json, "The result, for programs"),
];
/// The formats of a report, be it whole or the two pages.
pub(super) const ALL_FORMATS: [(Format, &str); 5] = {
    let [html, md, json] = FORMATS;
    let docx = (Format::Docx, "A Word document, with --detail executive");
    let context = (Format::Context, "What templates are given, as JSON");
    [html, md, docx, json, context]
};

/// Length of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::command) enum Detail {
    /// Two pages for those who decide
    Executive,
    /// Everything
    Full,
}

/// An assessment to be reported, and the spread of others where there is a benchmark.
pub(super) struct ReportSubject {
    pub(super) rulebook: Arc<Rulebook>,
    pub(super) result: Assessment,
    /// The years of the benchmark.
    pub(super) period: Option<String>,
    pub(super) others: Vec<PeerScore>,
}

/// Reports as files: their style, their formats, and the folder they are written to.
pub(in crate::command) struct ReportFiles<'a> {
    pub(in crate::command) style: &'a ReportStyle,
    pub(in crate::command) detail: Detail,
    pub(in crate::command) formats: Vec<Format>,
    pub(in crate::command) folder: PathBuf,
}

impl ReportFiles<'_> {
    /// The file of each format.
    pub(in crate::command) fn paths(&self, name: &str) -> impl Iterator<Item = PathBuf> {
        let name = match self.detail {
            Detail::Executive => format!("{name}-executive"),
            Detail::Full => name.to_owned(),
        };
        let formats = self.formats.iter();
        formats.map(move |format| self.folder.join(format!("{name}.{}", format.ending())))
    }

    /// A report in each format.
    pub(in crate::command) fn texts(
        &self,
        layout: &Layout<'_>,
        result: &MatchedResult<'_>,
    ) -> Result<Vec<Vec<u8>>> {
        if self.detail == Detail::Executive {
            return self.executive(result);
        }
        let view = View::new(layout, result, &self.style.brand);
        let page = Page::new(&view);
        let templates = &self.style.templates;
        let text = |format: &Format| match format {
            Format::Html => Ok(html(templates, &page)?.into_bytes()),
            Format::Json => Ok(json(result.assessment())?.into_bytes()),
            Format::Context => self.context(result),
            Format::Md | Format::Text | Format::Docx => {
                Ok(markdown(templates, &page)?.into_bytes())
            }
        };
        self.formats.iter().map(text).collect()
    }

    /// What a template is given.
    fn context(&self, result: &MatchedResult<'_>) -> Result<Vec<u8>> {
        let context = ReportContext::new(result, &self.style.brand);
        Ok(json(&context)?.into_bytes())
    }

    /// The two pages in each format.
    fn executive(&self, result: &MatchedResult<'_>) -> Result<Vec<Vec<u8>>> {
        let context = ReportContext::new(result, &self.style.brand);
        let report = context.report(&self.style.templates, "executive")?;
        let text = |format: &Format| match format {
            Format::Html => Ok(report.html()?.into_bytes()),
            Format::Json => Ok(json(result.assessment())?.into_bytes()),
            Format::Context => self.context(result),
            Format::Docx => Ok(report.word(result.assessment())?),
            Format::Md | Format::Text => Ok(report.markdown()?.into_bytes()),
        };
        self.formats.iter().map(text).collect()
    }

    /// The report of an assessment in each format.
    pub(super) fn render(&self, subject: &ReportSubject) -> Result<Vec<Vec<u8>>> {
        let period = subject.period.as_deref();
        let layout = Layout::new(&subject.rulebook).beside(period, subject.others.clone());
        let result = MatchedResult::new(&subject.rulebook, &subject.result)?;
        self.texts(&layout, &result)
    }

    /// Every report, written next to its place.
    pub(super) fn drafts(
        &self,
        subjects: &[ReportSubject],
        output: Output,
    ) -> Result<Vec<TempPath>> {
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
        let drafts: Result<Vec<Vec<TempPath>>> = drafts.collect();
        Ok(drafts?.into_iter().flatten().collect())
    }
}
