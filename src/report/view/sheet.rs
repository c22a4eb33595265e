//! The workshop sheet: what is contested and not yet settled, without names and without roles.

use super::Text;
use super::context::{ReportContext, date, opening};
use super::voices::disputed_in;
use super::{Brand, Subject};
use crate::assess::assessment::{
    Assessment, GroupResult, MatchedResult, QuestionResult, contested_words,
};
use crate::report::chart::tenth;
use crate::report::layout::Layout;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::Question;
use crate::rules::rulebook::words::number;
use serde::Serialize;
use std::borrow::Cow;

/// The whole sheet: the root context of `sheet.html` and `sheet.md`.
#[derive(Debug, Clone, Serialize)]
pub struct Sheet<'a> {
    /// Language tag of the first pack.
    pub language: Text<'a>,
    /// `centricity 0.1.0`.
    pub engine: Text<'a>,
    /// Who hands it out.
    pub brand: &'a Brand,
    /// Whose sheet it is.
    pub subject: Subject<'a>,
    /// Number of questions to settle, in a sentence.
    pub caption: String,
    /// Those that agree least first.
    pub items: Vec<Dispute<'a>>,
}

/// A question to settle.
#[derive(Debug, Clone, Serialize)]
pub struct Dispute<'a> {
    /// "1".
    pub number: String,
    /// `organisation.power`.
    pub id: &'a str,
    /// Short name.
    pub label: Text<'a>,
    /// Question as it is asked.
    pub ask: Text<'a>,
    /// Why it matters.
    pub why: Option<Text<'a>>,
    /// Evidence to look at.
    pub evidence: Option<Text<'a>>,
    /// Anchors or choices, with who took them.
    pub steps: Vec<Step<'a>>,
    /// "22 answers, mean 2.1, agreement 0.34", as far as it is shown.
    pub says: String,
    /// True if counts are shown.
    pub counted: bool,
}

/// An anchor or a choice.
#[derive(Debug, Clone, Serialize)]
pub struct Step<'a> {
    /// As `consensus.yaml` writes it.
    pub value: &'a str,
    /// In words.
    pub text: Text<'a>,
    /// Number of people who took it.
    pub count: String,
    /// The same as a share, percent.
    pub share: f64,
    /// The same in signs, one per person.
    pub marks: String,
}

impl<'a> Sheet<'a> {
    /// The sheet of a result of the layout's rulebook, with so many questions at most.
    #[must_use]
    pub fn new(
        layout: &'a Layout<'a>,
        result: &'a MatchedResult<'a>,
        brand: &'a Brand,
        most: usize,
    ) -> Self {
        let material = ReportContext::new(layout, result);
        let assessment = result.assessment();
        let open = open(assessment);
        let items: Vec<_> = open
            .iter()
            .take(most)
            .zip(1..)
            .filter_map(|((question, group), number)| material.dispute(question, group, number))
            .collect();
        let language = layout.rulebook.packs.first();
        Self {
            language: language.map_or("en".into(), |pack| Cow::Borrowed(pack.language.as_str())),
            engine: Cow::Borrowed(&assessment.engine),
            brand,
            subject: Subject {
                client: Cow::Borrowed(&assessment.client.name),
                unit: assessment.client.unit.as_deref().map(Cow::Borrowed),
                facts: Vec::new(),
                date: result.answers().assessed_on.map(date),
                date_iso: assessment.assessed_on.as_deref().map(Cow::Borrowed),
                agreed_later: None,
            },
            caption: says(items.len(), open.len()),
            items,
        }
    }
}

fn says(shown: usize, open: usize) -> String {
    match open {
        0 => "Nothing is left to settle.".to_owned(),
        _ if shown < open => format!(
            "{} to settle, on which people agree least; {open} are contested.",
            opening(shown, "question", "questions")
        ),
        count => opening(
            count,
            "question to settle.",
            "questions to settle, those on which people agree least first.",
        ),
    }
}

/// The questions of a result that a workshop should settle, by item, those that agree least first.
#[must_use]
pub fn to_settle(result: &MatchedResult<'_>) -> Vec<usize> {
    let open = open(result.assessment());
    open.iter()
        .filter_map(|(one, _)| result.node_of(&one.id))
        .collect()
}

fn open(assessment: &Assessment) -> Vec<(&QuestionResult, &GroupResult)> {
    let mut list = disputed_in(assessment);
    list.retain(|(question, _)| question.agreed.is_none());
    list
}

impl<'a> ReportContext<'a> {
    fn dispute(
        &self,
        result: &'a QuestionResult,
        group: &'a GroupResult,
        place: usize,
    ) -> Option<Dispute<'a>> {
        let item = self.item(&result.id)?;
        let question = item.kind.question()?;
        let counts = group.spread.as_ref().map(|one| one.counts.as_slice());
        let people = group.spread.as_ref().map_or(0, |one| one.people);
        let step = |(nth, choice): (usize, &'a crate::rules::rulebook::Choice)| {
            let count = counts
                .and_then(|counts| counts.get(nth))
                .map(|one| one.count);
            let count = count.filter(|count| *count > 0);
            Step {
                value: &choice.value,
                text: Cow::Borrowed(&choice.label),
                count: count.map_or_else(String::new, |count| count.to_string()),
                share: tenth(f64::from(count.unwrap_or(0)) / f64::from(people.max(1)) * 100.0),
                marks: "●".repeat(usize::try_from(count.unwrap_or(0)).unwrap_or(0).min(60)),
            }
        };
        Some(Dispute {
            number: place.to_string(),
            id: &item.id,
            label: Cow::Borrowed(&item.label),
            ask: Cow::Borrowed(&question.ask),
            why: question.why.as_deref().map(Cow::Borrowed),
            evidence: question.evidence.as_deref().map(Cow::Borrowed),
            steps: question.choices.iter().enumerate().map(step).collect(),
            says: spread_says(question, result, group),
            counted: counts.is_some(),
        })
    }
}

/// Number of answers, and how far apart they lie, as far as it is shown. Of several choices those
/// that more than half took count, and no mean.
fn spread_says(question: &Question, result: &QuestionResult, group: &GroupResult) -> String {
    let several = question.kind == QuestionType::SelectMultiple;
    let mean = result
        .claimed
        .or(result.value)
        .filter(|_| !several)
        .map(|value| format!("mean {}", number(value)));
    let Some(spread) = &group.spread else {
        let why = contested_words(group);
        return mean.into_iter().chain(why).collect::<Vec<_>>().join("; ");
    };
    let all = group.people.is_some();
    let parts = [
        Some(format!(
            "{} answers{}",
            spread.people,
            if all {
                ""
            } else {
                " of the groups that are large enough to show"
            }
        )),
        mean.map(|mean| {
            if all {
                mean
            } else {
                format!("{mean} of everybody")
            }
        }),
        contested_words(group),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
