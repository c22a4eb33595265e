//! Findings and levels that no answers can bring about, or none can avoid.

use super::{Scope, asks_state};
use crate::answers::{Answer, Answers};
use crate::assess::evaluate::evaluate;
use crate::problem;
use crate::rules::Reading;
use crate::rules::condition::{Condition, Truth};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, Finding, Item, ItemKind, Question, Rulebook};
use crate::rules::vocabulary::State;
use crate::text::diagnostic::Diagnostic;
use std::collections::BTreeSet;

/// Conditions over more combinations of answers are judged by ranges alone.
const MOST_COMBINATIONS: usize = 20_000;

/// A finding that can never, or must always, be there.
pub(super) fn finding(
    scope: &Scope<'_>,
    finding: &Finding,
    condition: &Condition,
) -> Option<Diagnostic> {
    let truth = match by_range(scope.rulebook, condition, &scope.anything) {
        Truth::Unknown => by_every_answer(scope.rulebook, condition)?,
        settled @ (Truth::True | Truth::False) => settled,
    };
    let id = finding.local_id();
    let problem = match truth {
        Truth::False => problem!(NeverFires, "no-answers-can-bring-up", id),
        Truth::True => problem!(AlwaysFires, "every-answer-brings-up", id),
        Truth::Unknown => return None,
    };
    Some(problem.at(finding.place))
}

/// Every item with all values it could have, also those that do not come from answers: a figure may
/// come from a customer table.
pub(super) fn anything(rulebook: &Rulebook) -> Vec<Reading> {
    let blank = evaluate(rulebook, &Answers::blank(rulebook)).readings;
    let items = rulebook.items.iter().zip(blank);
    let reading = |(item, reading): (&Item, Reading)| {
        if let ItemKind::Figure { .. } = item.kind {
            reading.between(reading.least, reading.most)
        } else {
            reading
        }
    };
    items.map(reading).collect()
}

/// Truth of a condition where everything it reads applies.
fn by_range(rulebook: &Rulebook, condition: &Condition, readings: &[Reading]) -> Truth {
    let atoms = &rulebook.program.atoms;
    let judged = condition.judge_by(atoms, |atom| atom.range_applying(readings));
    judged.surely()
}

/// Tries every combination of answers to the questions a condition reads; `None` where it reads
/// anything else, or too much.
fn by_every_answer(rulebook: &Rulebook, condition: &Condition) -> Option<Truth> {
    let program = &rulebook.program;
    let mut nodes = BTreeSet::new();
    for (atom, _) in condition.atoms() {
        let atom = program.atoms.get(atom)?;
        if asks_state(&atom.test) {
            return None;
        }
        nodes.insert(atom.node);
    }
    let nodes: Vec<usize> = nodes.into_iter().collect();
    let options = nodes
        .iter()
        .map(|node| options(rulebook.asked(*node)?.question));
    let options: Vec<Vec<Answer>> = options.collect::<Option<_>>()?;
    let mut lengths = options.iter().map(Vec::len);
    let count = lengths.try_fold(1_usize, usize::checked_mul)?;
    if count == 0 || count > MOST_COMBINATIONS {
        return None;
    }
    let mut readings = vec![Reading::EMPTY; program.items];
    let (mut some, mut all) = (false, true);
    for combination in 0..count {
        let mut rest = combination;
        for (node, options) in nodes.iter().zip(&options) {
            let given = options.get(rest % options.len())?;
            *readings.get_mut(*node)? = given.reading(program.questions.get(*node)?);
            rest /= options.len();
        }
        let holds = condition.holds(&program.atoms, &readings).holds();
        some |= holds;
        all &= holds;
    }
    Some(match (some, all) {
        (false, _) => Truth::False,
        (_, true) => Truth::True,
        _ => Truth::Unknown,
    })
}

/// Every answer to a question of choices, one taken at a time; `None` for numbers and texts.
fn options(question: &Question) -> Option<Vec<Answer>> {
    let several = question.kind == QuestionType::SelectMultiple;
    let given = |(place, choice): (usize, &Choice)| {
        Answer::rated(choice.score.unwrap_or(f64::NAN), 1 << place)
    };
    let options = question.choices.iter().enumerate().map(given);
    (!several && !question.choices.is_empty()).then(|| options.collect())
}

/// Ladders whose top the best answers to every question do not reach.
///
/// Levels are cumulative, so a top that is reached shows that every level below can be.
pub(super) fn levels(scope: &Scope<'_>) -> impl Iterator<Item = Diagnostic> {
    let best = evaluate(scope.rulebook, &Answers::best(scope.rulebook)).readings;
    let own = scope.rulebook.items.iter().zip(best);
    let own = own.filter(|(item, _)| item.pack == scope.pack);
    own.filter_map(|(item, reading)| {
        let ItemKind::Ladder { levels } = &item.kind else {
            return None;
        };
        let top = levels.len().checked_sub(1)?;
        let (name, id) = (&levels.last()?.id, item.local_id());
        let problem = problem!(UnreachableLevel, "best-answers-fail", name, id);
        let reached = reading.state == State::Rated && reading.held >> top & 1 == 1;
        (!reached).then(|| problem.at(item.place))
    })
}
