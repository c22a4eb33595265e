//! The page of a form that somebody fills in without a network.

use super::Templates;
use super::brand::Brand;
use crate::collect::export::Form;
use crate::text::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::{Serde, Value};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// A form with its script, which alone the page may run.
#[derive(Serialize)]
struct Page<'a> {
    form: &'a Form<'a>,
    /// The one who hands the form out.
    brand: &'a Brand,
    /// The script as it stands in the page.
    script_js: &'a str,
    /// Its SHA-256 in base64, for the page's security policy.
    script_hash: String,
}

/// The form as one HTML page that needs nothing beside it.
///
/// # Errors
/// When a template of the user's cannot be rendered; the error names it with its line.
pub fn form_page(templates: &Templates, form: &Form<'_>, brand: &Brand) -> Result<String> {
    let script = templates.render("form.js", &Value::from(Serde(form)))?;
    let page = Page {
        form,
        brand,
        script_js: &script,
        script_hash: STANDARD.encode(Sha256::digest(script.as_bytes())),
    };
    templates.render("form.html", &Value::from(Serde(&page)))
}
