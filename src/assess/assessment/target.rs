//! The actions that lead to each target, and how far they lead.

use super::evaluated::Evaluated;
use super::{ActionResult, QuestionResult, TargetPath};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, Question};
use crate::text::number::TOLERANCE;

impl Evaluated<'_> {
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
    choices.filter_map(|one| Some((question.turned(one.score?), one)))
}
