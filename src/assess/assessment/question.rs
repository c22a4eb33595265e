//! Questions in the result.

use super::build::Build;
use super::say::CLOSED;
use super::{BaselineResult, ItemId, KeptAnswer, PhaseResult, QuestionResult, answer_words};
use crate::answers::panel::{GroupAnswer, GroupOutcome};
use crate::answers::{Answer, AnswerNotes, Baseline, Phase, progress};
use crate::rules::pack::file::QuestionType;
use crate::rules::reading::Reading;
use crate::rules::rulebook::text::AnswerText;
use crate::rules::rulebook::words::number;
use crate::rules::rulebook::{Item, Question};
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;
use crate::text::number::rounded;

impl Build<'_> {
    pub(super) fn question_result(
        &self,
        node: usize,
        item: &Item,
        question: &Question,
        reading: &Reading,
    ) -> Option<QuestionResult> {
        let (given, remark) = (
            self.answers.answers().get(node)?,
            self.answers.notes().get(node)?,
        );
        let aimed = remark.phases.last().filter(|_| reading.is_rated());
        let section = item
            .section
            .and_then(|place| self.rulebook.sections.get(place));
        Some(QuestionResult {
            id: ItemId::from(&item.id),
            section: section.map_or_else(String::new, |section| section.id.clone()),
            label: item.label.clone(),
            ask: question.ask.clone(),
            state: reading.state,
            answer: written(question, given, remark),
            says: self
                .answer_says(node, item, reading)
                .or_else(|| self.closed_says(node, reading))
                .unwrap_or_else(|| says(item, question, given, reading, remark)),
            may_not_apply: reading.state.is_open() && reading.optional,
            value: Some(reading.value).filter(|value| !value.is_nan()),
            of: remark.of,
            claimed: Some(given.claimed)
                .filter(|claimed| reading.is_rated() && claimed.total_cmp(&reading.value).is_ne()),
            kept: kept(given, reading),
            measured: self.rulebook.is_measured(node),
            called_for: self.called_for(node),
            gap: self.is_gap(node, reading),
            grade: remark.grade,
            evidence: remark.evidence.clone(),
            link: remark.link.clone(),
            note: remark.note.clone(),
            reason: remark.reason.clone(),
            target: remark.target,
            owner: remark.owner.clone(),
            due: remark.due.map(|date| date.to_string()),
            phases: remark
                .phases
                .iter()
                .map(|one| phase(one, reading))
                .collect(),
            // The actions say so, once there are any.
            way: None,
            baseline: remark.baseline.as_ref().map(|one| BaselineResult {
                value: one.value,
                says: one.says.clone(),
                on: one.on.map(|date| date.to_string()),
            }),
            progress: aimed
                .and_then(|phase| covered(phase, remark.baseline.as_ref(), reading.value)),
            group: self.group(node, question, reading),
            agreed: self.agreed(node),
        })
    }

    /// A rated answer in words, as it was claimed; `None` for anything else.
    pub(super) fn answer_says(
        &self,
        node: usize,
        item: &Item,
        reading: &Reading,
    ) -> Option<String> {
        let question = item.kind.question().filter(|_| reading.is_rated())?;
        let given = self.answers.answers().get(node)?;
        let claimed = Reading {
            value: given.claimed,
            ..*reading
        };
        let remark = self.answers.notes().get(node)?;
        let words = if self.nothing_shared(node, question, reading) {
            NOTHING_SHARED.to_owned()
        } else {
            answer_words(item, question, &claimed, remark)
        };
        let behind = self.behind(node, question, remark, reading.value);
        Some(behind.map_or(words.clone(), |behind| format!("{words}, {behind}")))
    }

    /// What a question says that people answered, and that is closed to show none of them.
    pub(super) fn closed_says(&self, node: usize, reading: &Reading) -> Option<String> {
        let closed = reading.state.is_open() && self.is_hidden(node);
        closed.then(|| CLOSED.to_owned())
    }

    /// Whether too few people answered a question for it to be counted or shown.
    pub(super) fn is_hidden(&self, node: usize) -> bool {
        let voice = self.answers.panel().and_then(|panel| panel.answer(node));
        voice.is_some_and(|voice| voice.outcome == GroupOutcome::Closed)
    }

    /// What texts say of a question beyond its reading.
    pub(super) fn told(&self, node: usize, item: &Item, reading: &Reading) -> Option<AnswerText> {
        let question = item.kind.question()?;
        let remark = self.answers.notes().get(node)?;
        let held = reading.is_held();
        Some(AnswerText {
            hidden: self.closed_says(node, reading).is_some(),
            answer: if self.nothing_shared(node, question, reading) {
                Some(NOTHING_SHARED.to_owned())
            } else {
                let own = remark.text.clone();
                own.filter(|_| held && question.kind == QuestionType::Text)
            },
            note: self.note(node, item, question, reading),
        })
    }

    /// "counted as 3: no evidence", where evidence holds a rating down.
    pub(super) fn counts_as(&self, node: usize, item: &Item, reading: &Reading) -> Option<String> {
        let question = item.kind.question().filter(|_| reading.is_rated())?;
        let (given, remark) = (
            self.answers.answers().get(node)?,
            self.answers.notes().get(node)?,
        );
        let held = (given.claimed - reading.value).abs() > TOLERANCE;
        let value = number(question.turned(reading.value));
        held.then(|| format!("counted as {value}: {}", remark.grade.holds()))
    }

    /// Why a rating or choice counts as it does, where people or the assessor said something else.
    fn note(
        &self,
        node: usize,
        item: &Item,
        question: &Question,
        reading: &Reading,
    ) -> Option<String> {
        let given = self
            .answers
            .answers()
            .get(node)
            .filter(|_| reading.is_rated())?;
        let said = |worth: f64| number(question.turned(worth));
        let agreed = self.replaces(node).map(|before| {
            let now = said(given.claimed);
            format!("agreed at {now}, in place of {}", number(before))
        });
        let held = self.counts_as(node, item, reading);
        let held = held.map(|held| format!("rated {}, {held}", said(given.claimed)));
        let parts: Vec<String> = agreed.into_iter().chain(held).collect();
        (!parts.is_empty()).then(|| format!("({}: {}.)", item.label, parts.join("; ")))
    }

    /// Whether several people answered and took no choice by more than half.
    fn nothing_shared(&self, node: usize, question: &Question, reading: &Reading) -> bool {
        let heard = self.answers.panel().and_then(|panel| panel.answer(node));
        let remark = self.answers.notes().get(node);
        let settled = remark.is_some_and(|remark| remark.agreed.is_some());
        let several = question.kind == QuestionType::SelectMultiple;
        several && heard.is_some() && !settled && reading.held == 0
    }

    /// What stands behind a number: how many were counted, or who estimated it.
    fn behind(
        &self,
        node: usize,
        question: &Question,
        remark: &AnswerNotes,
        value: f64,
    ) -> Option<String> {
        if let Some(of) = remark.of {
            return Some(format!("{} of {of}", counted(value, of)));
        }
        let voice = self.estimated(node)?;
        let by = voice.people.map_or_else(
            || "an estimate by several people".to_owned(),
            |people| format!("an estimate (n {people})"),
        );
        let unit = if question.kind == QuestionType::Percent {
            " %"
        } else {
            ""
        };
        let middle = voice.estimate.and_then(|one| one.middle);
        let middle =
            middle.map(|(low, high)| format!("; the middle half says {low} to {high}{unit}"));
        Some(format!("{by}{}", middle.unwrap_or_default()))
    }

    /// What may be shown of a number that several people estimated and nobody settled.
    pub(super) fn estimated(&self, node: usize) -> Option<&GroupAnswer> {
        let settled = self.answers.notes().get(node)?.agreed.is_some();
        let voice = self.answers.panel()?.answer(node)?;
        (voice.estimate.is_some() && !settled).then_some(voice)
    }
}

/// What is said where several people took choices, and none by more than half.
const NOTHING_SHARED: &str = "no choice that more than half of the people took";

/// How many of those counted a share in percent is.
pub(super) fn counted(share: f64, of: u32) -> String {
    rounded(share / 100.0 * f64::from(of), 0)
}

/// What is kept of an answer to a question that is not relevant.
fn kept(given: &Answer, reading: &Reading) -> Option<KeptAnswer> {
    let is_kept = reading.state == State::Irrelevant && given.state != State::Missing;
    let value = Some(given.counted).filter(|value| !value.is_nan());
    let differs = given.claimed.total_cmp(&given.counted).is_ne();
    is_kept.then_some(KeptAnswer {
        state: given.state,
        value,
        claimed: differs.then_some(given.claimed),
    })
}

fn phase(phase: &Phase, reading: &Reading) -> PhaseResult {
    PhaseResult {
        name: phase.name.clone(),
        target: phase.target,
        says: phase.says.clone(),
        due: phase.due.map(|date| date.to_string()),
        reached: reading.value >= phase.worth - TOLERANCE,
    }
}

/// Without a baseline, only a target that is reached says how far one has come.
fn covered(phase: &Phase, baseline: Option<&Baseline>, value: f64) -> Option<f64> {
    let from = baseline.map_or(value, |one| one.worth);
    let done = progress(value, from, phase.worth);
    (baseline.is_some() || done >= 1.0).then_some(done)
}

/// The answer as it was written.
fn written(question: &Question, given: &Answer, remark: &AnswerNotes) -> Vec<String> {
    if let Some(text) = &remark.text {
        return vec![text.clone()];
    }
    if question.choices.is_empty() && given.state == State::Rated && given.claimed.is_finite() {
        return vec![given.claimed.to_string()];
    }
    let taken = question
        .choices
        .iter()
        .enumerate()
        .filter(|(place, _)| given.chosen & (1 << place) != 0);
    taken.map(|(_, choice)| choice.value.clone()).collect()
}

/// The answer in words; one that is kept though nobody needs it says so.
fn says(
    item: &Item,
    question: &Question,
    given: &Answer,
    reading: &Reading,
    remark: &AnswerNotes,
) -> String {
    if reading.state != State::Irrelevant || given.state != State::Rated {
        return answer_words(item, question, reading, remark);
    }
    let kept = Reading {
        state: State::Rated,
        value: given.claimed,
        held: given.chosen,
        ..*reading
    };
    format!(
        "kept, not relevant here: {}",
        answer_words(item, question, &kept, remark)
    )
}
