//! A report for each client of a portfolio, in a folder of their own.

use super::walk::Found;
use crate::command::assess::json;
use crate::command::report::{Format, slug};
use crate::exit::Failure;
use crate::inputs::Look;
use centricity::assess::assessment::MatchedResult;
use centricity::report::{Layout, Page, View, html, markdown};
use centricity::text::error::Error;
use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::PathBuf;

/// How reports are written, and where.
pub(super) struct Reports<'a> {
    pub(super) look: &'a Look,
    pub(super) formats: Vec<Format>,
    pub(super) folder: PathBuf,
}

/// What was found, with the name its report will have.
pub(super) struct Named {
    pub(super) found: Found,
    pub(super) report: Option<String>,
}

/// Names given so far, by path. A name comes from the client's path, so the same folder gives the
/// same names.
#[derive(Default)]
pub(super) struct Names {
    taken: HashSet<String>,
    given: HashMap<String, String>,
}

impl Names {
    /// A name that no other client has.
    pub(super) fn name(&mut self, found: &Found) -> Option<String> {
        let Found::Client(client) = found else {
            return None;
        };
        let mut stem = slug(&client.path);
        if stem.is_empty() {
            "client".clone_into(&mut stem);
        }
        let numbered = (2_u64..).map(|number| format!("{stem}-{number}"));
        let name = std::iter::once(stem.clone())
            .chain(numbered)
            .find(|name| !self.taken.contains(name))?;
        self.taken.insert(name.clone());
        self.given.insert(client.path.clone(), name.clone());
        Some(name)
    }

    /// The name a client was given.
    pub(super) fn of(&self, path: &str) -> Option<&str> {
        self.given.get(path).map(String::as_str)
    }
}

impl Reports<'_> {
    pub(super) fn write(
        &self,
        name: &str,
        layout: &Layout<'_>,
        result: &MatchedResult<'_>,
    ) -> Result<(), Failure> {
        let view = View::new(layout, result, &self.look.brand);
        let page = Page::new(&view);
        for format in &self.formats {
            let text = match format {
                Format::Html => html(&self.look.templates, &page)?,
                Format::Md => markdown(&self.look.templates, &page)?,
                Format::Json => json(result.assessment())?,
            };
            let file = self.folder.join(format!("{name}.{}", format.ending()));
            fs::write(&file, text).map_err(|error| Error::write(&file, error))?;
        }
        Ok(())
    }
}
