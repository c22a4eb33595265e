//! The settings of a project for reports, where the command line says nothing.

use super::{Detail, Format, Report, StyleArgs};
use centricity::report::{Project, ReportDetail, ReportFormat};

impl Report {
    /// Takes what a project says where nothing is given.
    pub(super) fn follow(&mut self, project: &Project) {
        self.packs.follow(project);
        self.style.follow(project);
        let benchmark = self.benchmark.take();
        self.benchmark = benchmark.or_else(|| project.benchmark.clone());
        if self.out.is_some() {
            if self.formats.is_empty() {
                let formats = project.defaults.formats.iter().copied();
                self.formats = formats.map(Format::from).collect();
            }
            self.detail = self.detail.or(project.defaults.detail.map(Detail::from));
        }
        if self.formats.contains(&Format::Docx) {
            let house = self.reference_docx.take();
            self.reference_docx = house.or_else(|| project.reference_docx.clone());
        }
    }
}

impl StyleArgs {
    /// Takes the templates and the branding of a project where none are given.
    pub(in crate::command) fn follow(&mut self, project: &Project) {
        let Self { templates, brand } = self;
        *templates = templates.take().or_else(|| project.templates.clone());
        *brand = brand.take().or_else(|| project.brand.clone());
    }
}

impl From<ReportFormat> for Format {
    fn from(format: ReportFormat) -> Self {
        match format {
            ReportFormat::Html => Self::Html,
            ReportFormat::Md => Self::Md,
            ReportFormat::Docx => Self::Docx,
            ReportFormat::Pdf => Self::Pdf,
            ReportFormat::Xlsx => Self::Xlsx,
            ReportFormat::Json => Self::Json,
            ReportFormat::Context => Self::Context,
        }
    }
}

impl From<ReportDetail> for Detail {
    fn from(detail: ReportDetail) -> Self {
        match detail {
            ReportDetail::Executive => Self::Executive,
            ReportDetail::Full => Self::Full,
            ReportDetail::Appendix => Self::Appendix,
            ReportDetail::All => Self::All,
        }
    }
}
