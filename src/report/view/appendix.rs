//! All questions and answers.

mod group;

pub use group::Remark;

use super::Text;
use super::context::ReportContext;
use super::exhibit::bars::state;
use super::method::evidence_word;
use super::route::day;
use crate::answers::Answer;
use crate::assess::assessment::QuestionResult;
use crate::report::filters;
use crate::report::markdown::{Markup, is_safe};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::words::number;
use crate::rules::rulebook::{Choice, Domain, Item, ItemKind, Question as RuleQuestion};
use crate::rules::vocabulary::Grade;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;
use serde::Serialize;
use std::borrow::Cow;

/// A section of the questionnaire.
#[derive(Debug, Clone, Serialize)]
pub struct Section<'a> {
    /// "7.1".
    pub number: String,
    /// `s-organisation-light`.
    pub anchor: &'a str,
    /// Title.
    pub title: Text<'a>,
    /// Introduction to read before answering; empty where there is none.
    pub intro_html: &'a str,
    /// The same in Markdown.
    pub intro_md: &'a str,
    /// Its questions.
    pub questions: Vec<Question<'a>>,
}

/// A question with its answer.
#[derive(Debug, Clone, Serialize)]
pub struct Question<'a> {
    /// `q-organisation-power`.
    pub anchor: &'a str,
    /// `organisation.power`.
    pub id: &'a str,
    /// Short name.
    pub label: Text<'a>,
    /// Question as it was asked.
    pub ask: Text<'a>,
    /// State of the question.
    pub state: QuestionState,
    /// Anchors or choices as list items, the chosen ones marked; empty for numbers and text.
    pub scale_html: String,
    /// The same in Markdown.
    pub scale_md: String,
    /// The answer and what stands behind it.
    pub lines: Vec<Detail<'a>>,
    /// Comments of people of shown roles; data.
    pub comments: Vec<Remark<'a>>,
}

/// A line under a question.
#[derive(Debug, Clone, Serialize)]
pub struct Detail<'a> {
    /// `Answer`, in words, states included; `Counted`, "2 of 4", where it is scored, with the claim
    /// where its evidence holds it below that; `Evidence`, "document: Account charter v2"; `Note`;
    /// `Target`, "3 by 31 March 2027, head of sales"; and what respondents said: `Agreed`, `Before`,
    /// `Merging`, `By role`, `Spread`.
    pub term: &'static str,
    /// Text of the line.
    pub text: Text<'a>,
    /// Link to the evidence, only if that is a page or a letter; else the text has it.
    pub link: Option<&'a str>,
}

/// State of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuestionState {
    /// It has an answer.
    Answered,
    /// Nobody could say.
    Unknown,
    /// Nobody was asked.
    Open,
    /// Too few people answered for it to be counted or shown.
    Hidden,
    /// It does not apply, for a reason.
    NotApplicable,
    /// Other answers make it irrelevant.
    NotRelevant,
}

impl<'a> ReportContext<'a> {
    pub(super) fn sections(
        &self,
        pack: usize,
        number: &str,
        position: &mut usize,
    ) -> Vec<Section<'a>> {
        let own = self
            .rulebook
            .sections
            .iter()
            .zip(&self.layout.sections)
            .filter(|(section, _)| section.pack == pack);
        let sections = own.map(|(section, layout)| {
            *position += 1;
            Section {
                number: format!("{number}.{position}"),
                anchor: &layout.anchor,
                title: Cow::Borrowed(&section.title),
                intro_html: &layout.intro.html,
                intro_md: &layout.intro.md,
                questions: section
                    .questions
                    .iter()
                    .filter_map(|node| self.asked(*node))
                    .collect(),
            }
        });
        sections.collect()
    }

    fn asked(&self, node: usize) -> Option<Question<'a>> {
        let (item, result) = (self.rulebook.item(node)?, self.question(node)?);
        let ItemKind::Question(question) = &item.kind else {
            return None;
        };
        let given = self.result.answers().answers().get(node)?;
        // A mean of many between two choices is neither.
        let one = question.kind == QuestionType::SelectOne;
        let between = one && is_between(question, given);
        let chosen = if between { 0 } else { given.chosen };
        // What no score reads is an answer and no number, but where its evidence holds it lower.
        let held = result.claimed.is_some();
        let read = self.layout.is_read(node) || held;
        let counts = held || (self.layout.is_counted(node) && self.is_called_for(node));
        let scale = scale(question, chosen, if read { mark } else { unmarked });
        Some(Question {
            anchor: self.layout.anchor(node)?,
            id: &item.id,
            label: Cow::Borrowed(&item.label),
            ask: Cow::Borrowed(&question.ask),
            state: match (result.state, state(result)) {
                (State::Irrelevant, _) => QuestionState::NotRelevant,
                (_, "answered") => QuestionState::Answered,
                (_, "unknown") => QuestionState::Unknown,
                (_, "open") => QuestionState::Open,
                (_, "hidden") => QuestionState::Hidden,
                (_, _) => QuestionState::NotApplicable,
            },
            scale_html: scale.html,
            scale_md: scale.md,
            lines: self.details(item, result, counts),
            comments: group::comments(result),
        })
    }

    /// The answer and what stands behind it, line by line.
    fn details(&self, item: &Item, result: &'a QuestionResult, counts: bool) -> Vec<Detail<'a>> {
        let told = |term, text: Option<Text<'a>>| text.map(|text| Detail::new(term, text));
        let counted = counted(item, result).filter(|_| counts).map(|counted| {
            let claimed = result.claimed.map(number);
            claimed.map_or(counted.clone(), |claimed| {
                format!("{counted}, claimed {claimed}: its evidence carries no more")
            })
        });
        let link = result.link.as_deref().filter(|link| is_page(link));
        let mut lines = vec![Detail::new("Answer", Cow::Borrowed(&result.says))];
        lines.extend(told("Counted", counted.map(Cow::Owned)));
        let evidence = told("Evidence", evidence(result).map(Cow::Owned));
        lines.extend(evidence.map(|line| Detail { link, ..line }));
        lines.extend(told("Note", result.note.as_deref().map(Cow::Borrowed)));
        lines.extend(told("Target", target(result).map(Cow::Owned)));
        lines.extend(self.said(result));
        lines
    }
}

fn target(result: &QuestionResult) -> Option<String> {
    let mut text = match (result.phases.last(), &result.owner, &result.due) {
        (None, None, None) => return None,
        (Some(phase), _, _) => phase.says.clone(),
        (None, _, _) => "no rating named".to_owned(),
    };
    if let Some(due) = &result.due {
        text.push_str(" by ");
        text.push_str(&day(due));
    }
    if let Some(owner) = &result.owner {
        text.push_str(", ");
        text.push_str(owner);
    }
    Some(text)
}

impl<'a> Detail<'a> {
    fn new(term: &'static str, text: Text<'a>) -> Self {
        let link = None;
        Self { term, text, link }
    }
}

/// True if an answer counts for a value that no choice has.
fn is_between(question: &RuleQuestion, given: &Answer) -> bool {
    let scores = question.choices.iter().filter_map(|one| one.score);
    let mut off = scores.map(|score| (score - given.counted).abs() > TOLERANCE);
    given.counted.is_finite() && off.all(|off| off)
}

/// The choices as list items. A report holds more of them than of anything else, so they are
/// written here, once for each format, and not by a loop in its template.
fn scale(question: &RuleQuestion, chosen: u64, mark: fn(&Choice) -> Cow<'_, str>) -> Markup {
    let room = || String::with_capacity(question.choices.len() * 96);
    let (mut html, mut md) = (room(), room());
    for (place, choice) in question.choices.iter().enumerate() {
        let (n, text) = (mark(choice), choice.label.as_str());
        let gap = if n.is_empty() { "" } else { " " };
        let (n_html, text_html, text_md) =
            (filters::html(&n), filters::html(text), filters::md(text));
        if chosen & (1 << place) == 0 {
            html.extend(["<li><b>", &n_html, "</b> ", &text_html, "</li>"]);
            md.extend(["- ", &n, gap, &text_md, "\n"]);
        } else {
            html.extend([
                "<li class=\"on\"><b>",
                &n_html,
                "</b> ",
                &text_html,
                " <small>chosen</small></li>",
            ]);
            md.extend(["- **", &n, gap, &text_md, "** (chosen)\n"]);
        }
    }
    md.pop();
    Markup { html, md }
}

/// The number of a choice; empty where choices are not scored.
fn mark(choice: &Choice) -> Cow<'_, str> {
    match choice.score {
        None => Cow::Borrowed(""),
        Some(_) if choice.value.len() == 1 => Cow::Borrowed(choice.value.as_str()),
        Some(score) => Cow::Owned(number(score)),
    }
}

fn unmarked(_: &Choice) -> Cow<'_, str> {
    Cow::Borrowed("")
}

/// "2 of 4", for what scores can use.
fn counted(item: &Item, result: &QuestionResult) -> Option<String> {
    let value = number(result.value?);
    match &item.domain {
        Domain::Number { most, .. }
        | Domain::Choices {
            worth: Some((_, most)),
            ..
        } if most.is_finite() => Some(format!("{value} of {}", number(*most))),
        Domain::Number { .. } | Domain::Choices { .. } | Domain::Outcomes { .. } | Domain::Text => {
            None
        }
    }
}

/// Evidence of the answer, with its reference unless that is a link.
fn evidence(result: &QuestionResult) -> Option<String> {
    let mut text = match (result.grade, &result.evidence) {
        (Grade::None, None) => String::new(),
        (grade, None) => evidence_word(grade).to_owned(),
        (grade, Some(reference)) => format!("{}: {reference}", evidence_word(grade)),
    };
    if let Some(link) = result.link.as_deref() {
        if text.is_empty() {
            text.push_str(evidence_word(result.grade));
        }
        if !is_page(link) {
            text.push_str(", ");
            text.push_str(link);
        }
    }
    (!text.is_empty()).then_some(text)
}

/// True if a link leads to a page on the web or to a letter, and nowhere else.
fn is_page(link: &str) -> bool {
    let scheme = link.split_once(':').map_or("", |(scheme, _)| scheme);
    is_safe(link)
        && ["http", "https", "mailto"]
            .iter()
            .any(|safe| scheme.eq_ignore_ascii_case(safe))
}
