//! Questions in the result, and the actions that lead to each target.

use super::evaluated::{Evaluated, ItemReading};
use super::words::CLOSED;
use super::{
    ActionResult, BaselineResult, ItemId, KeptAnswer, PhaseResult, QuestionResult, TargetPath,
    answer_words,
};
use crate::answers::GroupResult;
use crate::answers::{Answer, AnswerNotes, Baseline, Phase, progress};
use crate::message;
use crate::rules::Reading;
use crate::rules::condition::Truth;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::text::AnswerText;
use crate::rules::rulebook::{Choice, Domain, Item, ItemKind, Question};
use crate::rules::vocabulary::{Range, State};
use crate::text::number::{TOLERANCE, rounded, short as number};

impl Evaluated<'_> {
    pub(super) fn question_result(&self, at: ItemReading<'_>) -> Option<QuestionResult> {
        let (node, item, reading) = at;
        let question = item.kind.question()?;
        let (given, notes) = self.answer(node)?;
        let aimed = notes.phases.last().filter(|_| reading.is_rated());
        let section = item
            .section
            .and_then(|place| self.rulebook.sections.get(place));
        let differs = given.claimed.total_cmp(&reading.value).is_ne();
        Some(QuestionResult {
            id: ItemId::from(&item.id),
            section: section.map_or_else(String::new, |section| section.id.clone()),
            label: item.label.clone(),
            ask: question.ask.clone(),
            state: reading.state,
            answer: written(&item.kind, given, notes),
            says: self
                .answer_says(at)
                .or_else(|| self.closed_says(node, reading))
                .unwrap_or_else(|| says(item, question, given, reading, notes)),
            may_not_apply: reading.state.is_open() && reading.optional,
            value: Some(reading.value).filter(|value| !value.is_nan()),
            of: notes.of,
            claimed: (differs && reading.is_rated()).then_some(given.claimed),
            kept: kept(given, reading),
            measured: self.rulebook.is_measured(node),
            called_for: self.called_for(node),
            gap: self.is_gap(node),
            grade: notes.grade,
            evidence: notes.evidence.clone(),
            link: notes.link.clone(),
            note: notes.note.clone(),
            reason: notes.reason.clone(),
            target: notes.target,
            owner: notes.owner.clone(),
            due: notes.due.map(|date| date.to_string()),
            phases: notes.phases.iter().map(|one| phase(one, reading)).collect(),
            // The actions give it, once there are any.
            way: None,
            baseline: notes.baseline.as_ref().map(|one| BaselineResult {
                value: one.value,
                says: one.says.clone(),
                on: one.on.map(|date| date.to_string()),
            }),
            progress: aimed
                .and_then(|phase| covered(phase, notes.baseline.as_ref(), reading.value)),
            group: self.group(node, reading),
            agreed: self.agreed(node),
        })
    }

    /// The questions with the best answer of at least so many steps; of a list, as many as count.
    pub(super) fn best_answers(&self, questions: &[QuestionResult]) -> Vec<ItemId> {
        const FEWEST_STEPS: usize = 4;
        let best = self
            .rulebook
            .questions()
            .zip(questions)
            .filter(|(asked, one)| {
                let counts =
                    one.measured && one.called_for == Truth::True && one.state == State::Rated;
                let most = match &asked.item.domain {
                    Domain::Number { most, .. } => Some(*most),
                    Domain::Choices { worth, .. } => worth.map(|(_, most)| most),
                    Domain::Outcomes { .. } | Domain::Text => None,
                };
                let is_best = one.value.is_some() && one.value == most;
                counts && is_best && asked.question.choices.len() >= FEWEST_STEPS
            });
        best.map(|(_, one)| one.id.clone()).collect()
    }

    /// A rated answer in words, as it was claimed; `None` for anything else.
    pub(super) fn answer_says(&self, (node, item, reading): ItemReading<'_>) -> Option<String> {
        let question = item.kind.question().filter(|_| reading.is_rated())?;
        let (given, notes) = self.answer(node)?;
        let claimed = Reading {
            value: given.claimed,
            ..*reading
        };
        let words = if self.nothing_shared(node, question, reading) {
            NOTHING_SHARED.to_owned()
        } else {
            answer_words(item, question, &claimed, notes)
        };
        Some(match self.source(node, question, notes, reading.value) {
            Some(source) => format!("{words}, {source}"),
            None => words,
        })
    }

    /// The words for a question of which nothing is counted or shown.
    pub(super) fn closed_says(&self, node: usize, reading: &Reading) -> Option<String> {
        let closed = reading.state.is_open() && self.is_hidden(node);
        closed.then(|| CLOSED.to_owned())
    }

    /// Words of texts on each question, beyond its reading.
    pub(super) fn told(&self) -> Vec<AnswerText> {
        let told = self.questions().filter_map(|at| {
            let (node, item, reading) = at;
            let question = item.kind.question()?;
            let (_, notes) = self.answer(node)?;
            let is_text = question.kind == QuestionType::Text && reading.is_held();
            Some(AnswerText {
                hidden: self.closed_says(node, reading).is_some(),
                aside: self.called_for(node) == Truth::False,
                answer: if self.nothing_shared(node, question, reading) {
                    Some(NOTHING_SHARED.to_owned())
                } else {
                    notes.text.clone().filter(|_| is_text)
                },
                note: self.note(at),
            })
        });
        told.collect()
    }

    /// "counted as 3: no evidence", where evidence holds a rating down.
    pub(super) fn counts_as(&self, (node, item, reading): ItemReading<'_>) -> Option<String> {
        let question = item.kind.question().filter(|_| reading.is_rated())?;
        let (given, notes) = self.answer(node)?;
        let lowered = (given.claimed - reading.value).abs() > TOLERANCE;
        let value = || number(question.reverse_scored(reading.value));
        lowered.then(|| message!("counted-as", value = value(), holds = notes.grade.limits()))
    }

    /// The reason why a rating or choice counts as it does, where people or the assessor said
    /// something else.
    fn note(&self, at: ItemReading<'_>) -> Option<String> {
        let (node, item, reading) = at;
        let question = item.kind.question().filter(|_| reading.is_rated())?;
        let (given, _) = self.answer(node)?;
        let claimed = || number(question.reverse_scored(given.claimed));
        let agreed = self.replaces(node).map(|before| {
            let before = number(before);
            message!(
                "agreed-at-in-place-of",
                claimed = claimed(),
                number = before
            )
        });
        let lowered = self.counts_as(at);
        let lowered = lowered.map(|counted| format!("rated {}, {counted}", claimed()));
        let parts: Vec<String> = agreed.into_iter().chain(lowered).collect();
        (!parts.is_empty()).then(|| format!("({}: {}.)", item.label, parts.join("; ")))
    }

    /// True if several people answered and took no choice by more than half.
    fn nothing_shared(&self, node: usize, question: &Question, reading: &Reading) -> bool {
        let settled = |(_, notes): (_, &AnswerNotes)| notes.agreed.is_some();
        question.kind == QuestionType::SelectMultiple
            && reading.held == 0
            && self.group_answer(node).is_some()
            && !self.answer(node).is_some_and(settled)
    }

    /// The source of a number: how many were counted, or who estimated it.
    fn source(
        &self,
        node: usize,
        question: &Question,
        notes: &AnswerNotes,
        value: f64,
    ) -> Option<String> {
        if let Some(of) = notes.of {
            return Some(format!("{} of {of}", counted(value, of)));
        }
        let group = self.estimated(node)?;
        let by = group.people.map_or_else(
            || message!("an-estimate-by-several-people").to_owned(),
            |people| message!("an-estimate-n", people),
        );
        let percent = question.kind == QuestionType::Percent;
        let unit = if percent { " %" } else { "" };
        let middle = group.estimate.and_then(|one| one.middle);
        Some(middle.map_or(by.clone(), |Range { low, high }| {
            message!("the-middle-half-says-to", by, low, high, unit)
        }))
    }

    /// Gives each target that is not reached the actions that lead to it.
    pub(super) fn lead_to_targets(&self, results: &mut [QuestionResult], actions: &[ActionResult]) {
        for result in results {
            let node = self.rulebook.find(&result.id);
            let question = node.and_then(|node| Some((self.question(node)?, self.answer(node)?)));
            let (Some(aimed), Some((question, (_, notes)))) = (result.aimed(), question) else {
                continue;
            };
            let worth = notes.phases.last().map_or(f64::INFINITY, |one| one.worth);
            let (actions, short) = leading(question, result, worth - TOLERANCE, actions);
            let now = result.value.unwrap_or(f64::NEG_INFINITY);
            let above = worths(question).filter(|(worth, _)| *worth > now + TOLERANCE);
            let next = above.min_by(|one, other| one.0.total_cmp(&other.0));
            result.way = Some(TargetPath {
                actions,
                short,
                next: next.map_or_else(|| aimed.says.clone(), |(_, one)| one.label.clone()),
            });
        }
    }

    /// The answers to a number that several people estimated and nobody settled.
    pub(super) fn estimated(&self, node: usize) -> Option<&GroupResult> {
        let (_, notes) = self.answer(node)?;
        let group = self.group_answer(node)?;
        (group.estimate.is_some() && notes.agreed.is_none()).then_some(group)
    }
}

/// The words where several people took choices, and none by more than half.
const NOTHING_SHARED: &str = "no choice that more than half of the people took";

/// The number of those counted that a share in percent is.
pub(super) fn counted(share: f64, of: u32) -> String {
    rounded(share / 100.0 * f64::from(of), 0)
}

/// The answer that is kept of a question that is not relevant.
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
fn written(kind: &ItemKind, given: &Answer, notes: &AnswerNotes) -> Vec<String> {
    if let Some(text) = &notes.text {
        return vec![text.clone()];
    }
    let free = kind.question().is_some_and(|one| one.choices.is_empty());
    if free && given.state == State::Rated && given.claimed.is_finite() {
        return vec![given.claimed.to_string()];
    }
    let chosen = kind.members(given.chosen).into_iter();
    chosen.map(|(value, _)| value.to_owned()).collect()
}

/// The answer in words; one that is kept though nobody needs it is marked as such.
fn says(
    item: &Item,
    question: &Question,
    given: &Answer,
    reading: &Reading,
    notes: &AnswerNotes,
) -> String {
    if reading.state != State::Irrelevant || given.state != State::Rated {
        return answer_words(item, question, reading, notes);
    }
    let kept = Reading {
        state: State::Rated,
        value: given.claimed,
        held: given.chosen,
        ..*reading
    };
    message!(
        "kept-not-relevant-here",
        answer_words = answer_words(item, question, &kept, notes)
    )
}

/// The works that move a question, in their order, up to the first that reaches its target; and the
/// answer they lead to, where it falls short of that.
fn leading(
    question: &Question,
    result: &QuestionResult,
    aimed: f64,
    actions: &[ActionResult],
) -> (Vec<String>, Option<String>) {
    let led = actions.iter().filter_map(|action| {
        let mut raises = action.advice.raises.iter();
        let raise = raises.find(|raise| raise.id == result.id)?;
        let (worth, _) = worths(question).find(|(_, one)| one.value == raise.to)?;
        Some((&action.advice.work, worth))
    });
    let led: Vec<(&String, f64)> = led.collect();
    let reached = led.iter().position(|(_, worth)| *worth >= aimed);
    let most = led.iter().map(|(_, worth)| *worth);
    let most = most.fold(f64::NEG_INFINITY, f64::max);
    let answer = || {
        let (_, choice) = worths(question).find(|(worth, _)| (worth - most).abs() <= TOLERANCE)?;
        Some(if question.kind == QuestionType::Rating {
            choice.value.clone()
        } else {
            format!("“{}”", choice.label)
        })
    };
    let short = (most < aimed).then(answer).flatten();
    let needed = reached.map_or(led.len(), |place| place + 1);
    let works = led.into_iter().take(needed);
    (works.map(|(work, _)| work.clone()).collect(), short)
}

/// The choices of a question that are scored, each with its worth.
fn worths(question: &Question) -> impl Iterator<Item = (f64, &Choice)> {
    let choices = question.choices.iter();
    choices.filter_map(|one| Some((question.reverse_scored(one.score?), one)))
}
