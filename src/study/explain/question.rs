//! Reasons for an answer, and the answers of respondents as far as they may be shown.

use super::{Change, Explainer, Explanation};
use crate::assess::assessment::{
    Assessment, GroupOutcome, QuestionResult, RaiseResult, RoleFigure, contested_words,
};
use crate::message;
use crate::rules::rulebook::Question;
use crate::rules::rulebook::words::number;
use crate::rules::vocabulary::Grade;
use crate::text::number::signed;

impl Explainer<'_> {
    pub(super) fn question(&self, node: usize, question: &Question) -> Option<Explanation> {
        let item = self.rulebook.item(node)?;
        let result = self.result.question(node)?;
        let mut reasons = vec![question.ask.clone()];
        reasons.extend(question.why.clone());
        if let (Some(claimed), Some(value)) = (result.claimed, result.value) {
            reasons.push(message!(
                "claimed-counted-its-evidence-carries",
                number = number(claimed),
                number2 = number(value)
            ));
        }
        let evidence = result.evidence.as_ref();
        reasons.extend(evidence.map(|evidence| format!("evidence: {evidence}")));
        reasons.extend(result.note.as_ref().map(|note| format!("note: {note}")));
        reasons.extend(people(self.assessment, result));
        let step = self.assessment.plan.iter().find(|one| one.id == item.id);
        Some(Explanation {
            id: item.id.clone(),
            title: item.label.clone(),
            says: result.says.clone(),
            reasons,
            changes: step.map(|step| self.step(step)).into_iter().collect(),
            see: self.used_by(node),
        })
    }

    /// One step up, and what it adds to each score above it.
    fn step(&self, step: &RaiseResult) -> Change {
        let title = |id: &str| {
            let score = self.assessment.scores.iter().find(|one| one.id == *id);
            score.map_or_else(|| id.to_owned(), |score| score.title.clone())
        };
        let adds = step.adds.iter();
        let adds = adds.map(|added| format!("{} {}", title(&added.id), signed(added.index)));
        let adds: Vec<String> = adds.collect();
        let proof = step.proof.and_then(Grade::asked);
        let proof = proof.map_or_else(String::new, |what| format!("; bring {what}"));
        Change {
            id: step.id.to_string(),
            label: step.label.clone(),
            answer: format!("{} ({})", step.to_says, number(step.to)),
            then: if adds.is_empty() {
                message!("no-score-changes", proof)
            } else {
                message!("in-points-of-the-index", adds = adds.join(", "), proof)
            },
            distance: 1,
        }
    }
}

/// Sentences about the people behind an answer; none where one assessor gave it.
fn people(assessment: &Assessment, result: &QuestionResult) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(agreed) = &result.agreed {
        let before = agreed.raw.map_or_else(String::new, |raw| {
            message!("before-that", number = number(raw))
        });
        lines.push(format!("agreed: {}{before}", agreed.reason));
    }
    let Some(group) = &result.group else {
        return lines;
    };
    let merged = assessment.respondents.merged.as_ref();
    let least = merged.map_or(0, |one| one.minimum_group);
    let count = group.people;
    lines.extend(count.map(|people| message!("people-answered", people)));
    lines.extend(match group.outcome {
        GroupOutcome::Closed => Some(message!("fewer-than-people-of-a-group-answered", least)),
        GroupOutcome::Split => Some(message!("people-differ-too-much-to-choose").to_owned()),
        GroupOutcome::Merged => None,
    });
    if group.outcome != GroupOutcome::Closed {
        lines.extend(group.roles.iter().map(|one| role(one, least)));
        lines.extend(contested_words(group).map(|why| format!("contested: {why}")));
    }
    lines
}

fn role(figure: &RoleFigure, least: u32) -> String {
    let name = figure.role.name();
    match (figure.value, figure.people) {
        (Some(value), Some(people)) => format!("{name}: {} (n {people})", number(value)),
        _ if figure.hidden => message!("not-shown-n", name, least),
        _ => message!("nobody-rated-it", name),
    }
}
