//! How what is handed over looks: templates and branding.

use super::{Notes, read};
use crate::exit::Failure;
use crate::output::Output;
use centricity::report::Templates;
use centricity::report::brand::BrandFile;
use centricity::report::view::Brand;
use centricity::text::error::read_bounded;
use centricity::text::yaml::Document;
use clap::Args;
use std::path::{Path, PathBuf};

/// Where looks come from.
#[derive(Debug, Clone, Args)]
pub(crate) struct Looks {
    /// A folder whose templates replace the built-in ones of the same name
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// A file that says who hands it over: name, logo, colours
    #[arg(long, value_name = "FILE")]
    brand: Option<PathBuf>,
}

/// How it looks.
pub(crate) struct Look {
    pub(crate) templates: Templates,
    pub(crate) brand: Brand,
}

impl Looks {
    /// Loads them; `None` where the branding is not valid, which is then told.
    pub(crate) fn load(&self, output: Output) -> Result<Option<Look>, Failure> {
        let templates = match &self.templates {
            Some(folder) => Templates::with_folder(folder)?,
            None => Templates::builtin()?,
        };
        let mut notes = Notes::default();
        let brand = match &self.brand {
            Some(file) => brand(file, &mut notes)?,
            None => Some(Brand::default()),
        };
        output.problems(&notes.problems, &notes.sources);
        Ok(brand.map(|brand| Look { templates, brand }))
    }
}

/// Branding with the image it names; `None` where it is not valid, which `notes` then tells.
fn brand(path: &Path, notes: &mut Notes) -> Result<Option<Brand>, Failure> {
    let (name, bytes) = read(path)?;
    let Some(source) = notes.add(name, bytes) else {
        return Ok(None);
    };
    let Some(file) = BrandFile::read(&notes.sources, source, &mut notes.problems) else {
        return Ok(None);
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let logo = file
        .logo
        .as_ref()
        .map(|logo| read_bounded(&folder.join(&logo.value)));
    Ok(Brand::check(
        &file,
        logo.transpose()?.as_deref(),
        &mut notes.problems,
    ))
}
