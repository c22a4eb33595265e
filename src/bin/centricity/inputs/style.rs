//! Templates and branding of what is handed over.

use super::reader::{Reader, reading};
use crate::exit::{Failure, Result};
use crate::output::Output;
use centricity::report::Templates;
use centricity::report::brand::BrandFile;
use centricity::report::view::Brand;
use centricity::text::yaml::Document;
use centricity::text::{Error, read_bounded};
use clap::Args;
use std::path::{Path, PathBuf};

/// Folder of templates and file of branding.
#[derive(Debug, Clone, Args)]
pub(crate) struct StyleArgs {
    /// A folder whose templates replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// A file that says who hands it over: name, logo, colours
    #[arg(long, value_name = "FILE")]
    brand: Option<PathBuf>,
}

/// Templates and branding.
pub(crate) struct ReportStyle {
    pub(crate) templates: Templates,
    pub(crate) brand: Brand,
}

impl StyleArgs {
    /// Loads both, and prints the problems of the branding.
    pub(crate) fn load(&self, output: Output) -> Result<ReportStyle> {
        let templates = templates(self.templates.as_deref())?;
        let brand = reading(output, |reader| match &self.brand {
            Some(file) => read_brand(file, reader),
            None => Ok(Brand::default()),
        })?;
        Ok(ReportStyle { templates, brand })
    }
}

/// The templates of a folder over the built-in ones.
pub(crate) fn templates(folder: Option<&Path>) -> Result<Templates, Error> {
    match folder {
        Some(folder) => Templates::with_folder(folder),
        None => Templates::builtin(),
    }
}

/// Branding with the image it names.
fn read_brand(path: &Path, reader: &mut Reader) -> Result<Brand> {
    let source = reader.open(path)?;
    let file =
        BrandFile::read(&reader.sources, source, &mut reader.problems).ok_or(Failure::Invalid)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let logo = file.logo.as_ref();
    let logo = logo.map(|logo| read_bounded(&folder.join(&logo.value)));
    Brand::check(&file, logo.transpose()?.as_deref(), &mut reader.problems).ok_or(Failure::Invalid)
}
