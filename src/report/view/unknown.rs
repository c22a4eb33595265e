//! Questions that nobody could answer, that are not answered, are closed or do not apply.

use super::Text;
use super::context::ReportContext;
use crate::assess::assessment::QuestionResult;
use crate::rules::vocabulary::State;
use serde::Serialize;
use std::borrow::Cow;

/// A question without a score.
#[derive(Debug, Clone, Serialize)]
pub struct Open<'a> {
    /// Short name.
    pub label: Text<'a>,
    /// Question as it was asked.
    pub ask: Text<'a>,
    /// Of the question in the appendix.
    pub anchor: &'a str,
    /// Title of its section.
    pub section: Text<'a>,
    /// Other open answers may still make it irrelevant.
    pub may_not_apply: bool,
    /// Note on the answer; data.
    pub note: Option<Text<'a>>,
}

/// The questions of a pack that no score could use, by why.
#[derive(Default)]
pub(super) struct OpenLists<'a> {
    pub(super) nobody_knew: Vec<Open<'a>>,
    pub(super) left_open: Vec<Open<'a>>,
    pub(super) closed: Vec<Open<'a>>,
    pub(super) not_applicable: Vec<Open<'a>>,
    pub(super) not_relevant: Vec<Open<'a>>,
}

impl<'a> ReportContext<'a> {
    pub(super) fn open(&self, pack: usize) -> OpenLists<'a> {
        let mut lists = OpenLists::default();
        for section in self
            .rulebook
            .sections
            .iter()
            .filter(|section| section.pack == pack)
        {
            for question in section
                .questions
                .iter()
                .filter_map(|node| self.question(*node))
            {
                let open = |note: Option<&'a String>| self.one_open(question, &section.title, note);
                match question.state {
                    _ if question.is_closed() => {
                        lists.closed.push(open(question.note.as_ref()));
                    }
                    State::Unknown => lists.nobody_knew.push(open(question.note.as_ref())),
                    State::Missing => lists.left_open.push(open(question.note.as_ref())),
                    State::NotApplicable => {
                        lists.not_applicable.push(open(question.reason.as_ref()));
                    }
                    State::Irrelevant if is_kept(question) => {
                        lists.not_relevant.push(open(Some(&question.says)));
                    }
                    State::Rated | State::Irrelevant | State::NotAsked => {}
                }
            }
        }
        lists
    }

    /// True if any of some items is, or rests on, a question that is open; one that people answered
    /// and that is hidden is not.
    pub(super) fn rests_on_open(&self, nodes: &[usize]) -> bool {
        let reach = self.rulebook.program.reach();
        (0..self.rulebook.question_count()).any(|node| {
            let question = self.question(node);
            question.is_some_and(|one| one.state.is_open() && !one.is_closed())
                && nodes.iter().any(|item| reach.rests(*item, node))
        })
    }

    fn one_open(
        &self,
        question: &'a QuestionResult,
        section: &'a str,
        note: Option<&'a String>,
    ) -> Open<'a> {
        Open {
            label: Cow::Borrowed(&question.label),
            ask: Cow::Borrowed(&question.ask),
            anchor: self.anchor(&question.id).unwrap_or_default(),
            section: Cow::Borrowed(section),
            may_not_apply: question.may_not_apply,
            note: note.map(|note| Cow::Borrowed(note.as_str())),
        }
    }
}

/// True if there is an answer that no score uses.
fn is_kept(question: &QuestionResult) -> bool {
    question.kept.is_some_and(|kept| kept.state == State::Rated)
}
