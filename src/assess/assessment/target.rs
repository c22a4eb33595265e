//! The actions that lead to each target, and how far they lead.

use super::evaluated::Evaluated;
use super::{ActionResult, ItemId, QuestionResult, TargetPath};
use crate::rules::pack::file::QuestionType;
use crate::text::number::TOLERANCE;

impl Evaluated<'_> {
    /// Gives each target that is not reached the actions that lead to it.
    pub(super) fn lead_to_targets(
        &self,
        questions: &mut [QuestionResult],
        actions: &[ActionResult],
    ) {
        for question in questions {
            let Some(aimed) = question.aimed().cloned() else {
                continue;
            };
            let (actions, short) = self.ways(&question.id, actions);
            question.way = Some(TargetPath {
                actions: actions.iter().map(|one| one.advice.work.clone()).collect(),
                short,
                next: self.next_anchor(question).unwrap_or(aimed.says),
            });
        }
    }

    /// The actions that move a question, in their order, up to the first that reaches its target; and
    /// the answer they lead to, where it falls short of that.
    fn ways<'r>(
        &self,
        id: &ItemId,
        actions: &'r [ActionResult],
    ) -> (Vec<&'r ActionResult>, Option<String>) {
        let led = actions.iter().filter_map(|action| {
            let mut raises = action.advice.raises.iter();
            let raise = raises.find(|raise| raise.id == *id)?;
            Some((action, self.worth(id, &raise.to)?))
        });
        let led: Vec<(&ActionResult, f64)> = led.collect();
        let node = self.rulebook.find(id);
        let notes = node.and_then(|node| self.answers.remarks().get(node));
        let aimed = notes.and_then(|notes| notes.phases.last());
        let aimed = aimed.map_or(f64::INFINITY, |phase| phase.worth - TOLERANCE);
        let reached = led.iter().position(|(_, worth)| *worth >= aimed);
        let most = led.iter().map(|(_, worth)| *worth);
        let most = most.fold(f64::NEG_INFINITY, f64::max);
        let short = (most < aimed).then(|| self.answer_of(id, most)).flatten();
        let needed = reached.map_or(led.len(), |place| place + 1);
        let led = led.into_iter().take(needed);
        (led.map(|(action, _)| action).collect(), short)
    }

    /// The worth of an answer.
    fn worth(&self, id: &ItemId, answer: &str) -> Option<f64> {
        let question = self.question(self.rulebook.find(id)?)?;
        let mut choices = question.choices.iter();
        let choice = choices.find(|one| one.value == answer)?;
        Some(question.turned(choice.score?))
    }

    /// The answer that counts for so much: a rating as its number, a choice as its label.
    fn answer_of(&self, id: &ItemId, worth: f64) -> Option<String> {
        let question = self.question(self.rulebook.find(id)?)?;
        let on = |score: f64| (question.turned(score) - worth).abs() <= TOLERANCE;
        let mut choices = question.choices.iter();
        let choice = choices.find(|one| one.score.is_some_and(on))?;
        Some(if question.kind == QuestionType::Rating {
            choice.value.clone()
        } else {
            format!("“{}”", choice.label)
        })
    }

    /// The first anchor above where a question stands.
    fn next_anchor(&self, result: &QuestionResult) -> Option<String> {
        let question = self.question(self.rulebook.find(&result.id)?)?;
        let now = result.value.unwrap_or(f64::NEG_INFINITY);
        let scored = question.choices.iter();
        let scored = scored.filter_map(|one| Some((question.turned(one.score?), one)));
        let above = scored.filter(|(worth, _)| *worth > now + TOLERANCE);
        let next = above.min_by(|one, other| one.0.total_cmp(&other.0));
        next.map(|(_, choice)| choice.label.clone())
    }
}
