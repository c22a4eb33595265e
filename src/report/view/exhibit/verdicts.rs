//! Decisions as verdicts in words, each with what it rests on; and gates as a checklist.

use crate::assess::assessment::{DecisionResult, NeedState, QuestionResult};
use crate::report::view::Text;
use crate::report::view::context::{ReportContext, counted, short};
use crate::rules::rulebook::{ItemKind, words};
use crate::rules::vocabulary::State;
use serde::Serialize;
use std::borrow::Cow;

/// Verdicts in words.
#[derive(Debug, Clone, Serialize)]
pub struct Verdicts<'a> {
    /// One per decision, in the pack's order.
    pub rows: Vec<VerdictRow<'a>>,
}

/// One verdict.
#[derive(Debug, Clone, Serialize)]
pub struct VerdictRow<'a> {
    /// Question that the verdict answers.
    pub question: Text<'a>,
    /// The outcome in words, or that it cannot be said yet.
    pub answer: Text<'a>,
    /// The mark beside it: `met` for the best outcome, `unmet` for the worst, `partly` between,
    /// `unproven` where there is none; `plain` where no outcome is better than another.
    pub mark: &'static str,
    /// Outcomes that open answers still allow; null if that is one outcome only.
    pub could: Option<String>,
    /// Why the rule decides so.
    pub because: Option<Text<'a>>,
    /// The answers it rests on, in short: "Fit (3), Break-even (left open)".
    pub rests: String,
    /// The same answers in words.
    pub evidence: Vec<Proof<'a>>,
}

/// An answer a verdict rests on.
#[derive(Debug, Clone, Serialize)]
pub struct Proof<'a> {
    /// Name of the question.
    pub label: Text<'a>,
    /// Its answer in words.
    pub answer: Text<'a>,
    /// "3", or "unknown".
    pub value: Text<'a>,
    /// Of the question in the appendix.
    pub anchor: &'a str,
}

/// Gates as a list.
#[derive(Debug, Clone, Serialize)]
pub struct Checklist<'a> {
    /// One per gate, in the pack's order.
    pub rows: Vec<CheckRow<'a>>,
}

/// One gate.
#[derive(Debug, Clone, Serialize)]
pub struct CheckRow<'a> {
    /// Condition of the gate, as a statement that is true when met.
    pub title: Text<'a>,
    /// Why.
    pub because: Text<'a>,
    /// `met`, `unmet`, `unproven` or `not-applicable`.
    pub state: &'static str,
    /// True if open answers cannot change that.
    pub certain: bool,
    /// The same in words.
    pub word: Text<'a>,
}

impl<'a> ReportContext<'a> {
    pub(super) fn verdicts(&self, nodes: &[usize]) -> (Verdicts<'a>, String) {
        let rows: Vec<VerdictRow<'a>> = nodes
            .iter()
            .filter(|node| self.applies(**node))
            .filter_map(|node| self.verdict_row(self.decision(*node)?))
            .collect();
        let best = rows.iter().filter(|row| row.mark == "met").count();
        let ranked = rows.iter().filter(|row| row.mark != "plain").count();
        let mut caption = match rows.as_slice() {
            [only] => format!("{}.", only.answer),
            [..] if ranked == 0 => "No answer here is better than another.".to_owned(),
            [..] if best == 0 => format!(
                "None of {} stands at its best answer.",
                counted(ranked, "question", "questions")
            ),
            [..] => format!(
                "At their best answer: {best} of {}.",
                counted(ranked, "question", "questions")
            ),
        };
        if let Some(out) = self.left_out(nodes) {
            caption.extend([" ", &out]);
        }
        (Verdicts { rows }, caption)
    }

    fn verdict_row(&self, result: &'a DecisionResult) -> Option<VerdictRow<'a>> {
        let domain = &self.item(&result.id)?.domain;
        let names = domain.ranks().unwrap_or_default();
        let outcome = result.outcome.first();
        let rank = outcome.and_then(|one| names.iter().position(|name| *name == one.id));
        let possible: Vec<&str> = result
            .possible
            .iter()
            .map(|one| one.label.as_str())
            .collect();
        let brief: Vec<&str> = possible.iter().map(|label| short(label)).collect();
        let alike = |label| brief.iter().filter(|other| *other == label).count() > 1;
        let shown = if brief.iter().any(alike) {
            possible
        } else {
            brief
        };
        let quoted: Vec<String> = shown.iter().map(|label| format!("“{label}”")).collect();
        let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
        let evidence = self.proofs(result);
        let rests = evidence
            .iter()
            .map(|one| format!("{} ({})", one.label, one.value));
        Some(VerdictRow {
            rests: rests.collect::<Vec<_>>().join(", "),
            question: Cow::Borrowed(&result.title),
            answer: outcome.map_or("Cannot be said yet".into(), |one| {
                Cow::Borrowed(one.label.as_str())
            }),
            mark: match rank {
                _ if names.is_empty() => "plain",
                Some(0) => "unmet",
                Some(rank) if rank + 1 == names.len() => "met",
                Some(_) => "partly",
                None => "unproven",
            },
            could: (quoted.len() > 1).then(|| crate::rules::rulebook::words::either(&quoted)),
            because: result.because.as_deref().map(Cow::Borrowed),
            evidence,
        })
    }

    /// The questions a decision reads, through the scores between.
    fn proofs(&self, result: &DecisionResult) -> Vec<Proof<'a>> {
        let inputs = result.inputs.iter().rev();
        let mut open: Vec<usize> = inputs.filter_map(|input| self.node(&input.id)).collect();
        let mut proofs: Vec<Proof<'a>> = Vec::new();
        while let Some(node) = open.pop() {
            if let Some(question) = self.question(node) {
                let anchor = self.layout.anchor(node).unwrap_or_default();
                if proofs.iter().all(|one| one.anchor != anchor) {
                    proofs.push(Proof {
                        label: Cow::Borrowed(&question.label),
                        answer: Cow::Borrowed(&question.says),
                        value: value(question),
                        anchor,
                    });
                }
            } else if let Some(ItemKind::Score { children, .. }) =
                self.rulebook.item(node).map(|item| &item.kind)
            {
                open.extend(children.iter().rev());
            }
        }
        proofs
    }

    pub(super) fn checklist(&self, gates: &[usize]) -> (Checklist<'a>, String) {
        let rows: Vec<CheckRow<'a>> = gates
            .iter()
            .filter_map(|place| self.check_row(*place))
            .collect();
        let named = |state: &str, certain: bool, lead: &str| {
            let rows = rows
                .iter()
                .filter(|row| row.state == state && row.certain == certain);
            let titles: Vec<String> = rows.map(|row| format!("\"{}\"", row.title)).collect();
            let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
            (!titles.is_empty()).then(|| format!("{lead}: {}.", words::list(&titles)))
        };
        let open = [
            named("unmet", true, "Not met"),
            named("unmet", false, "Not met as things stand"),
            named("unproven", false, "Not proven"),
        ];
        let open: Vec<String> = open.into_iter().flatten().collect();
        let out = rows.iter().any(|row| row.state == "not-applicable");
        let caption = match (open.is_empty(), out) {
            (false, _) => open.join(" "),
            (true, true) => "Every point that applies is met.".to_owned(),
            (true, false) => "Every point is met.".to_owned(),
        };
        (Checklist { rows }, caption)
    }

    fn check_row(&self, place: usize) -> Option<CheckRow<'a>> {
        let gate = self.assessment.gates.get(place)?;
        let state = match gate.state {
            NeedState::Met => "met",
            NeedState::Unmet => "unmet",
            NeedState::Unproven => "unproven",
            NeedState::NotApplicable => "not-applicable",
        };
        let word = Cow::Owned(gate.says());
        let (title, because) = (
            Cow::Borrowed(gate.title.as_str()),
            Cow::Borrowed(gate.because.as_str()),
        );
        Some(CheckRow {
            title,
            because,
            state,
            certain: gate.certain && gate.state != NeedState::Unproven,
            word,
        })
    }
}

/// An answer as short as can be.
fn value(question: &QuestionResult) -> Text<'_> {
    match (question.state, question.value) {
        _ if question.is_closed() => "hidden".into(),
        (State::Rated, Some(value)) => Cow::Owned(words::number(value)),
        (State::Rated, None) => Cow::Borrowed(&question.says),
        (State::Unknown, _) => "unknown".into(),
        (State::Missing, _) => "left open".into(),
        (State::NotApplicable, _) => "not applicable".into(),
        (State::Irrelevant, _) => "not relevant".into(),
        (State::NotAsked, _) => "not asked".into(),
    }
}
