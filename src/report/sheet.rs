//! The context of the workshop sheet: what is contested and not yet settled, without names and
//! without roles.

use super::brand::Brand;
use crate::assess::assessment::{
    Assessment, ItemId, MatchedResult, QuestionResult, contested_words,
};
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::Question;
use crate::text::number::short as number;
use serde::Serialize;

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
            let question = rulebook.item(node)?.kind.question()?;
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
