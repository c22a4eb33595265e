//! Forms: the questions of a rulebook as one page that somebody fills in without a network.
//!
//! A [`Form`] holds the questions one role is asked, worded and in order, and all that the page has
//! to know to hide a question exactly when the engine would call it irrelevant. [`html`] prints it
//! with the templates `form.html`, `form.css` and `form.js`. What the page gives back is a
//! [response](crate::answers::file::ResponseFile) like any other.

mod data;
mod logic;
mod view;

pub use view::{Form, FormChoice, FormPack, FormQuestion, FormSection, Setting};

use crate::report::{Templates, base64};
use crate::text::error::Result;
use minijinja::value::{Serde, Value};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// A form with its script, which alone the page may run.
#[derive(Serialize)]
struct Page<'a> {
    form: &'a Form<'a>,
    /// The script as it stands in the page.
    script_js: &'a str,
    /// Its SHA-256 in base64, for the page's security policy.
    script_hash: String,
}

/// The form as one HTML page that needs nothing beside it.
///
/// # Errors
/// When a template of the user's cannot be rendered; the error names it with its line.
pub fn html(templates: &Templates, form: &Form<'_>) -> Result<String> {
    let script = templates.render("form.js", Value::from(Serde(form)))?;
    let page = Page {
        form,
        script_js: &script,
        script_hash: base64(&Sha256::digest(script.as_bytes())),
    };
    templates.render("form.html", Value::from(Serde(&page)))
}
