//! The report in each format, from one text.
//!
//! A template of `templates/report` gives the report as Markdown. Markdown prints it without its
//! marks; the other formats read it as a [`Document`] and print its blocks by templates of their own.

use super::document::{Document, Mark};
use super::pdf::Pages;
use super::templates::Templates;
use super::terminal;
use crate::assess::plan::Plan;
use crate::text::Result;
use minijinja::context;
use minijinja::value::{Serde, Value};
use serde::Serialize;

/// A text to be printed: a template over what it is given.
#[derive(Debug)]
pub struct Report {
    templates: Templates,
    /// Name of its template in `templates/report`.
    name: &'static str,
}

impl Report {
    /// The text of the template `report/NAME.md` over a context, whose entries every template knows
    /// by name. It needs `title`, `language`, `engine` and `brand`.
    ///
    /// # Errors
    /// Returns an error if the context is no map, which would be a fault of this library.
    pub fn new(
        templates: &Templates,
        name: &'static str,
        context: &impl Serialize,
    ) -> Result<Self> {
        Self::over(templates, name, &Value::from(Serde(context)))
    }

    /// The same over a context that is a value of templates already.
    pub(super) fn over(templates: &Templates, name: &'static str, context: &Value) -> Result<Self> {
        Ok(Self {
            templates: templates.over(context)?,
            name,
        })
    }

    /// The report by another template, over the same context.
    #[must_use]
    pub fn other(&self, name: &'static str) -> Self {
        Self {
            templates: self.templates.clone(),
            name,
        }
    }

    /// The same report with a way to the next level.
    ///
    /// # Errors
    /// Returns an error if the plan cannot be read, which would be a fault of this library.
    pub fn with_plan(&self, plan: Option<&Plan>) -> Result<Self> {
        let plan = Value::from(Serde(plan));
        Self::over(&self.templates, self.name, &context! { plan })
    }

    pub(super) fn templates(&self) -> &Templates {
        &self.templates
    }

    /// The blocks of the text for a format.
    pub(super) fn document(&self, format: &str) -> Result<Document> {
        Document::parse(&self.text(format)?)
    }

    /// The text that the templates give for a format.
    fn text(&self, format: &str) -> Result<String> {
        let name = format!("report/{}.md", self.name);
        let templates = self
            .templates
            .over(&context! { format, detail => self.name })?;
        templates.render(&name, &context! {})
    }

    /// The report as Markdown.
    ///
    /// # Errors
    /// Returns an error if a template of the user's cannot be rendered; it names the template and
    /// its line.
    pub fn markdown(&self) -> Result<String> {
        Ok(without_marks(&self.text("md")?))
    }

    /// The report as one HTML page that needs nothing beside it.
    ///
    /// # Errors
    /// Returns an error if a template of the user's cannot be rendered; it names the template and
    /// its line.
    pub fn html(&self) -> Result<String> {
        self.page(&self.document("html")?, None)
    }

    /// The text as an HTML page; where it is to be printed, with the pages that headings lie on as
    /// far as they are known.
    pub(super) fn page(&self, document: &Document, pages: Option<&Pages>) -> Result<String> {
        let document = Value::from(Serde(document));
        let templates = self.templates.over(&context! { document, pages })?;
        templates.render("html/report.html", &context! { detail => self.name })
    }

    /// The report in lines of at most 80 columns, for a terminal; `paint` makes strong words bold.
    ///
    /// # Errors
    /// Returns an error if a template of the user's cannot be rendered; it names the template and
    /// its line.
    pub fn terminal(&self, paint: bool) -> Result<String> {
        Ok(terminal::blocks(&self.document("text")?, paint))
    }
}

/// A text without the lines that are marks, and without more than one empty line in a row. What is
/// folded stays so.
fn without_marks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut empty = true;
    for line in text.lines() {
        let line = match Mark::read(line) {
            Some(Mark::Begin { name, title }) if name == "fold" => {
                let title = title.unwrap_or_default();
                format!("<details><summary>{title}</summary>")
            }
            Some(Mark::End { name }) if name == "fold" => "</details>".to_owned(),
            Some(Mark::Begin { .. } | Mark::End { .. } | Mark::Chart { .. }) => continue,
            None => line.trim_end().to_owned(),
        };
        if line.is_empty() && empty {
            continue;
        }
        empty = line.is_empty();
        out.push_str(&line);
        out.push('\n');
    }
    out
}
