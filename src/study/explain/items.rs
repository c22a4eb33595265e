//! Reasons of scores, metrics, decisions, ladders, gates and findings.

use super::{Explainer, Explanation, reads};
use crate::assess::assessment::{
    Because, Named, NeedKind, NeedState, ScorePart, ScoreResult, ScoreState, reading_words,
    test_words,
};
use crate::assess::evaluate::{Evaluation, evaluate};
use crate::message;
use crate::rules::VERDICT_COVERAGE;
use crate::rules::condition::{Condition, Truth};
use crate::text::number::rounded;
use crate::text::number::short as number;

impl Explainer<'_> {
    pub(super) fn score(&self, node: usize) -> Option<Explanation> {
        let result = self.0.score(node)?;
        let value = result.value.map(|value| {
            let most = result.possible.map(|one| number(one.high));
            let most = most.map_or_else(String::new, |most| format!(" of {most}"));
            let index = result.index.map(|index| rounded(index, 0));
            let index = index.map_or_else(String::new, |index| format!(" (index {index})"));
            format!("{}{most}{index}", number(value))
        });
        let value = value.unwrap_or_else(|| message!("not-assessed").to_owned());
        let mut reasons = vec![message!(
            "of-parts-of-the-weight-answered",
            format = result.aggregate.properties().name,
            iter = result.parts.iter().filter(|part| part.counts()).count(),
            rounded = rounded(result.coverage * 100.0, 0),
            result = range_words(result)
        )];
        reasons.extend(result.parts.iter().map(|part| {
            let value = match (part.value, part.absent) {
                _ if part.not_called_for => message!("not-called-for-left-out").to_owned(),
                (_, true) => message!("not-applicable-left-out").to_owned(),
                (None, false) => message!("open-left-out").to_owned(),
                (Some(value), false) => number(value),
            };
            let unequal = (part.weight - 1.0).abs() >= f64::EPSILON;
            let weight = unequal.then(|| format!(", weight {}", number(part.weight)));
            let weight = weight.unwrap_or_default();
            let mut questions = self.0.assessment.questions.iter();
            let agreed = questions.any(|one| one.id == part.id && one.agreed.is_some());
            let agreed = if agreed { ", agreed" } else { "" };
            format!("{}: {value}{agreed}{weight}", part.label)
        }));
        if let Some(cap) = &result.capped {
            let parts: Vec<String> = cap.parts.iter().map(Because::sentence).collect();
            let (number, parts) = (number(cap.at), parts.join("; "));
            reasons.push(message!(
                "held-down-to",
                number,
                because = cap.because,
                parts
            ));
        }
        if let Some(claimed) = result.claimed {
            reasons.push(message!("as-claimed-it-would-be", number = number(claimed)));
        }
        reasons.extend(no_verdict(result));
        let more = |evaluation: &Evaluation| {
            let (now, then) = (result.value?, evaluation.readings.get(node)?.value);
            let told = message!("instead-of", number = number(then), number2 = number(now));
            (then > now && number(then) != number(now)).then_some(told)
        };
        self.item(node, value, reasons, more)
    }

    /// A metric with its figures, its inputs and its convention; no answer would lift a result.
    pub(super) fn metric(&self, node: usize, place: usize) -> Option<Explanation> {
        let result = self.0.metric(place)?;
        let asked = self.0.rulebook.item(node)?;
        let own = self.0.figure(node)?;
        let mut reasons = vec![result.convention.clone()];
        let inputs = result.inputs.iter();
        reasons.extend(inputs.map(|input| format!("{}: {}", input.label, input.says)));
        let others = result.figures.iter().filter(|one| one.id != own.id);
        reasons.extend(others.map(|one| format!("{}: {}", one.title, one.in_words())));
        Some(Explanation {
            id: asked.id.clone(),
            title: asked.label.clone(),
            says: own.in_words(),
            reasons,
            changes: Vec::new(),
            see: self.used_by(node),
        })
    }

    pub(super) fn decision(&self, node: usize) -> Option<Explanation> {
        let result = self.0.decision(node)?;
        let item = self.0.rulebook.item(node)?;
        let names = |list: &[Named]| {
            let labels: Vec<&str> = list.iter().map(|one| one.label.as_str()).collect();
            labels.join(", ")
        };
        let says = if result.outcome.is_empty() {
            message!("cannot-be-said-yet").to_owned()
        } else {
            names(&result.outcome)
        };
        let mut reasons: Vec<String> = result.inputs.iter().map(Because::sentence).collect();
        reasons.extend(result.because.as_ref().map(|because| {
            result.rule.as_ref().map_or_else(
                || format!("why: {because}"),
                |rule| message!("the-rule-decides", rule, because),
            )
        }));
        if !result.certain && !result.possible.is_empty() {
            let possible = names(&result.possible);
            reasons.push(message!("open-answers-still-allow", possible));
        }
        let outcome = names(&result.outcome);
        let other = |evaluation: &Evaluation| {
            let reading = evaluation.readings.get(node)?;
            let then = reading_words(item, reading);
            (reading.is_held() && then != outcome).then_some(then)
        };
        self.item(node, says, reasons, other)
    }

    pub(super) fn ladder(&self, node: usize) -> Option<Explanation> {
        let result = self.0.ladder(node)?;
        let item = self.0.rulebook.item(node)?;
        let mut reasons = Vec::new();
        for level in &result.levels {
            reasons.extend(level.needs.iter().map(|need| {
                let (title, state) = (&level.title, need.state.word());
                let now = (need.kind != NeedKind::Gate).then(|| format!(" (now {})", need.actual));
                let now = now.unwrap_or_default();
                message!("asks-for", title, need = need.text, now, state)
            }));
        }
        let level = result.level.as_ref();
        let now = level.and_then(|level| result.levels.iter().position(|one| one.id == level.id));
        let other = |evaluation: &Evaluation| {
            let reading = evaluation.readings.get(node)?;
            let then = usize::try_from(reading.held.trailing_zeros()).ok();
            (reading.is_held() && then > now).then(|| reading_words(item, reading))
        };
        self.item(node, result.sentence.clone(), reasons, other)
    }

    fn item(
        &self,
        node: usize,
        says: String,
        mut reasons: Vec<String>,
        then: impl Fn(&Evaluation) -> Option<String>,
    ) -> Option<Explanation> {
        let item = self.0.rulebook.item(node)?;
        reasons.extend(item.about.clone());
        let below = reads(&self.0.rulebook.program, node);
        let named = (item.id.as_str(), item.label.as_str());
        Some(self.explained(named, says, reasons, &[node], &below, then))
    }

    pub(super) fn gate(&self, place: usize) -> Option<Explanation> {
        let (gate, result) = (self.0.rulebook.gates.get(place)?, self.0.gate(place)?);
        let says = if result.state == NeedState::Unproven {
            message!("unproven-which-counts-as-not").to_owned()
        } else {
            result.says()
        };
        let condition = self.0.rulebook.program.gates.get(place)?;
        let mut reasons: Vec<String> = result.parts.iter().map(Because::sentence).collect();
        reasons.push(gate.because.clone());
        let holds = result.state == NeedState::Met;
        let other = |evaluation: &Evaluation| {
            let then = evaluation.gates.get(place)?.met.is_some_and(Truth::holds);
            let words = if holds { message!("not-met") } else { "met" };
            (then != holds).then(|| words.to_owned())
        };
        let nodes = self.0.rulebook.program.read_in(condition);
        let named = (gate.id.as_str(), gate.title.as_str());
        Some(self.explained(named, says, reasons, &nodes, &nodes, other))
    }

    pub(super) fn finding(&self, place: usize) -> Option<Explanation> {
        let finding = self.0.rulebook.findings.get(place)?;
        let condition = self.0.rulebook.program.findings.get(place)?;
        let mut results = self.0.assessment.findings.iter();
        let result = results.find(|one| one.id == finding.id);
        let mut open = self.0.assessment.open_findings.iter();
        let open = open.any(|id| *id == finding.id);
        let says = match (result, open) {
            (Some(found), _) if found.certain => message!("found-whatever-the-open-answers-turn"),
            (Some(_), _) => message!("found-as-things-stand-open"),
            (None, true) => message!("not-found-as-things-stand"),
            (None, false) => message!("not-found"),
        };
        let mut reasons: Vec<String> = result.map_or_else(
            || self.tests(condition),
            |found| found.because.iter().map(Because::sentence).collect(),
        );
        let guards = result.into_iter().flat_map(|found| &found.guards);
        let guards = guards.map(Because::sentence);
        reasons
            .extend(guards.map(|sentence| message!("which-only-says-where-it-is-found", sentence)));
        reasons.extend(result.map(|found| found.text.clone()));
        let doubts = result.into_iter().flat_map(|found| &found.reservations);
        reasons.extend(doubts.map(|one| one.says.clone()));
        if result.is_some_and(|found| found.severity_by_rule.is_some()) {
            reasons.push(message!("of-medium-severity-here-what-it-rests").to_owned());
        }
        let holds = result.is_some();
        let other = |evaluation: &Evaluation| {
            let then = evaluation.findings.get(place)?.holds;
            let words = if holds {
                message!("no-longer-found")
            } else {
                "found"
            };
            (then.holds() != holds && then != Truth::Unknown).then(|| words.to_owned())
        };
        let nodes = self.0.rulebook.program.read_in(condition);
        let named = (finding.id.as_str(), finding.title.as_str());
        Some(self.explained(named, says.to_owned(), reasons, &nodes, &nodes, other))
    }

    /// Tests of a condition, each with the present reading.
    fn tests(&self, condition: &Condition) -> Vec<String> {
        let readings = evaluate(self.0.rulebook, self.0.answers()).readings;
        let atoms = condition.atoms();
        let tests = atoms.iter().filter_map(|(atom, holding)| {
            let atom = self.0.rulebook.program.atoms.get(*atom)?;
            let (item, reading) = (self.0.rulebook.item(atom.node)?, readings.get(atom.node)?);
            let not = if *holding { "" } else { "not " };
            let words = test_words(&atom.test, item);
            let (label, reading_words) = (&item.label, reading_words(item, reading));
            Some(message!(
                "tested-for-or-not",
                label,
                reading_words,
                not,
                words
            ))
        });
        tests.collect()
    }
}

/// Reasons why a score carries no verdict: the caps that are open, and too few answers.
fn no_verdict(result: &ScoreResult) -> Vec<String> {
    let open = |part: &ScorePart| part.value.is_none() && part.counts();
    let mut reasons: Vec<String> = result.waits().into_iter().collect();
    let few = result.state == ScoreState::Thin && result.coverage < VERDICT_COVERAGE;
    if few && (reasons.is_empty() || result.parts.iter().any(open)) {
        reasons.push(message!("below-answered-it-carries-no-verdict").to_owned());
    }
    reasons
}

/// The range that open answers allow, in words; empty where they allow the value alone.
fn range_words(result: &ScoreResult) -> String {
    let alone = |end: f64| result.value.is_some_and(|value| (end - value).abs() < 1e-9);
    match result.range {
        Some(range) if !(alone(range.low) && alone(range.high)) => {
            let (low, high) = (number(range.low), number(range.high));
            message!("could-be-to", number = low, number2 = high)
        }
        Some(_) | None => String::new(),
    }
}
