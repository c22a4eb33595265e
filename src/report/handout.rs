//! Handouts: the page of a form that somebody fills in without a network, and the sheet
//! of a workshop, with what is contested and not yet settled, without names and without roles.

use super::Templates;
use super::brand::Brand;
use crate::assess::assessment::{
    Assessment, ItemId, MatchedResult, QuestionResult, contested_words,
};
use crate::collect::export::Form;
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::Question;
use crate::text::Result;
use crate::text::number::short as number;
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

/// Everything the template `report/sheet.md` is given.
#[derive(Debug, Serialize)]
pub struct SheetContext<'a> {
    /// Title of the document.
    pub title: String,
    /// The program that scored the answers, with its version.
    pub engine: &'a str,
    /// Language tag of the first pack.
    pub language: &'a str,
    /// The one who hands the sheet out.
    pub brand: &'a Brand,
    /// The result document.
    pub result: &'a Assessment,
    /// Number of questions to settle, those beyond the sheet among them.
    pub open: usize,
    /// The questions of the sheet, those on which people agree least first.
    pub items: Vec<SheetItem<'a>>,
}

/// A question to settle.
#[derive(Debug, Serialize)]
pub struct SheetItem<'a> {
    /// The question with its answers.
    pub result: &'a QuestionResult,
    /// The question with its anchors or choices, as its pack has it.
    pub question: &'a Question,
    /// Mean of everybody as text, on the question's scale; null where several choices may be taken,
    /// of which those count that more than half took.
    pub mean: Option<String>,
    /// Reason why it is contested, in words.
    pub reason: Option<String>,
}

impl<'a> SheetContext<'a> {
    /// The sheet of a result, with so many questions at most.
    #[must_use]
    pub fn new(result: &MatchedResult<'a>, brand: &'a Brand, most: usize) -> Self {
        let (rulebook, assessment) = (result.rulebook(), result.assessment());
        let open = &assessment.to_settle;
        let item = |id: &ItemId| {
            let node = result.node_of(id)?;
            let question = rulebook.asked(node)?.question;
            let one = result.question(node)?;
            let several = question.kind == QuestionType::SelectMultiple;
            let mean = one.claimed.or(one.value).filter(|_| !several);
            Some(SheetItem {
                result: one,
                question,
                mean: mean.map(number),
                reason: one.group.as_ref().and_then(contested_words),
            })
        };
        Self {
            title: message!("sheet-title", client = assessment.client.name),
            engine: &assessment.engine,
            language: rulebook.packs.first().map_or("en", |pack| &pack.language),
            brand,
            result: assessment,
            open: open.len(),
            items: open.iter().take(most).filter_map(item).collect(),
        }
    }
}
