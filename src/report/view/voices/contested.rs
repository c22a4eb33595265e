//! Questions on which people differ enough for a workshop, those that agree least first.

use crate::answers::statistics::{WORKSHOP, agreement_figure, gap_figure};
use crate::assess::assessment::{Assessment, GroupOutcome, GroupResult, QuestionResult};
use crate::report::view::Text;
use crate::report::view::context::{ReportContext, in_words, opening};
use crate::rules::rulebook::words::number;
use serde::Serialize;
use std::borrow::Cow;

/// Questions that a workshop should settle.
#[derive(Debug, Clone, Serialize)]
pub struct Contested<'a> {
    /// Number of questions, and how many of them are settled.
    pub caption: String,
    /// The twelve on which people agree least, those that agree least first.
    pub rows: Vec<Disputed<'a>>,
}

/// A contested question.
#[derive(Debug, Clone, Serialize)]
pub struct Disputed<'a> {
    /// Short name.
    pub label: Text<'a>,
    /// Question as it was asked.
    pub ask: Text<'a>,
    /// Of the question in the appendix.
    pub anchor: &'a str,
    /// "2.1"; null where no answer can be chosen.
    pub value: Option<String>,
    /// "0: 3, 1: 5, 4: 2"; null where it is hidden.
    pub spread: Option<String>,
    /// "0.34"; null where it is hidden.
    pub agreement: Option<String>,
    /// "1.8" steps of 0 to 4, between the two shown roles that differ most; null where fewer than
    /// two are shown.
    pub gap: Option<String>,
    /// "16", or "16 of the roles shown": how many people the spread is of.
    pub people: Option<String>,
    /// "agreed on 2: saw the log"; null while it is open.
    pub agreed: Option<String>,
}

impl<'a> ReportContext<'a> {
    pub(super) fn contested(&self) -> Contested<'a> {
        let list = disputed_in(self.assessment);
        let settled = list.iter().filter(|(one, _)| one.agreed.is_some()).count();
        Contested {
            caption: says(list.len(), settled),
            rows: list
                .iter()
                .take(WORKSHOP)
                .filter_map(|(question, group)| self.disputed(question, group))
                .collect(),
        }
    }

    fn disputed(&self, question: &'a QuestionResult, group: &GroupResult) -> Option<Disputed<'a>> {
        let agreed = question.agreed.as_ref();
        let split = group.outcome == GroupOutcome::Split;
        let spread = group.spread.as_ref();
        Some(Disputed {
            label: Cow::Borrowed(&question.label),
            ask: Cow::Borrowed(&question.ask),
            anchor: self.anchor(&question.id)?,
            value: agreed
                .and_then(|one| one.raw)
                .or(question.claimed)
                .or(question.value)
                .filter(|_| !split)
                .map(number),
            spread: spread.map(spread_words),
            agreement: spread.and_then(|one| one.agreement).map(agreement_figure),
            gap: group.gap.map(gap_figure),
            people: people_words(group),
            agreed: agreed_words(question),
        })
    }
}

/// The contested questions with their groups, those that agree least first.
fn disputed_in(assessment: &Assessment) -> Vec<(&QuestionResult, &GroupResult)> {
    let list = assessment.contested().into_iter();
    list.filter_map(|one| Some((one, one.group.as_ref()?)))
        .collect()
}

/// "0: 3, 1: 5, 4: 2".
fn spread_words(spread: &crate::assess::assessment::SpreadResult) -> String {
    let counts = spread.counts.iter().filter(|one| one.count > 0);
    let counts: Vec<String> = counts
        .map(|one| format!("{}: {}", one.value, one.count))
        .collect();
    counts.join(", ")
}

/// "16", or "16 of the roles shown" where another role is hidden: how many people a spread is of.
fn people_words(group: &GroupResult) -> Option<String> {
    let people = group.spread.as_ref()?.people;
    let hidden = group.roles.iter().any(|one| one.hidden);
    let whose = if hidden { " of the roles shown" } else { "" };
    Some(format!("{people}{whose}"))
}

/// "0: 3, 1: 5, 4: 2; n 10": how many people took each step.
pub(in crate::report::view) fn counts_words(group: &GroupResult) -> Option<String> {
    let counts = spread_words(group.spread.as_ref()?);
    Some(format!("{counts}; n {}", people_words(group)?))
}

/// "agreed: 2 (saw the log)"; `None` while people have not settled it.
pub(super) fn agreed_words(question: &QuestionResult) -> Option<String> {
    let agreed = question.agreed.as_ref()?;
    let answer = question.answer.join(", ");
    Some(format!("agreed: {answer} ({})", agreed.reason))
}

fn says(count: usize, settled: usize) -> String {
    if count == 0 {
        return "No question is contested.".to_owned();
    }
    let all = opening(count, "question is contested", "questions are contested");
    let shown = if count > WORKSHOP {
        format!(
            " The {} on which people agree least are listed.",
            in_words(WORKSHOP)
        )
    } else {
        String::new()
    };
    match settled {
        0 => format!("{all}; none is settled yet.{shown}"),
        _ => format!("{all}; {settled} of them settled by consensus.{shown}"),
    }
}
