//! Findings and levels that no answers can bring about, or none can avoid.

use super::asks_state;
use crate::answers::{Answer, Answers};
use crate::assess::evaluate::evaluate;
use crate::message;
use crate::rules::Reading;
use crate::rules::condition::{Condition, Truth, TruthRange};
use crate::rules::rulebook::{Finding, Item, ItemKind, Question, Rulebook};
use crate::rules::vocabulary::State;
use crate::text::diagnostic::{Code, Diagnostic};
use std::collections::BTreeSet;

/// Conditions over more combinations of answers are judged by ranges alone.
const MOST_COMBINATIONS: usize = 20_000;

/// Findings that can never, or must always, be there.
pub(super) fn findings(rulebook: &Rulebook, pack: usize) -> Vec<Diagnostic> {
    let readings = anything(rulebook);
    let pairs = rulebook
        .findings
        .iter()
        .zip(&rulebook.program.findings)
        .filter(|(finding, _)| finding.pack == pack);
    pairs
        .filter_map(|(finding, condition)| {
            let truth = match by_range(rulebook, condition, &readings) {
                Truth::Unknown => by_every_answer(rulebook, condition)?,
                settled @ (Truth::True | Truth::False) => settled,
            };
            problem(finding, truth)
        })
        .collect()
}

/// Every item with all values it could have, also those that do not come from answers: a figure may
/// come from a customer table.
fn anything(rulebook: &Rulebook) -> Vec<Reading> {
    let blank = evaluate(rulebook, &Answers::blank(rulebook)).readings;
    let items = rulebook.items.iter().zip(blank);
    let reading = |(item, reading): (&Item, Reading)| match item.kind {
        ItemKind::Figure { .. } => reading.between(reading.least, reading.most),
        ItemKind::Question(_)
        | ItemKind::Score { .. }
        | ItemKind::Decision { .. }
        | ItemKind::Ladder { .. } => reading,
    };
    items.map(reading).collect()
}

/// Truth of a condition where everything it reads applies.
fn by_range(rulebook: &Rulebook, condition: &Condition, readings: &[Reading]) -> Truth {
    let judged = condition.judge(&mut |atom| {
        let atom = rulebook.program.atoms.get(atom);
        atom.map_or(TruthRange::exact(Truth::Unknown), |atom| {
            atom.range_applying(readings)
        })
    });
    judged.surely()
}

fn problem(finding: &Finding, truth: Truth) -> Option<Diagnostic> {
    let (code, what) = match truth {
        Truth::False => (Code::NeverFires, message!("no-answers-can-bring-up")),
        Truth::True => (Code::AlwaysFires, message!("every-answer-brings-up")),
        Truth::Unknown => return None,
    };
    let message = message!("the-finding", what, local_id = finding.local_id());
    Some(
        Diagnostic::warning(code, message)
            .at(finding.place)
            .help(message!("look-at-the-tests-in-when")),
    )
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
        .map(|node| options(rulebook.item(*node)?.kind.question()?));
    let options: Vec<Vec<Answer>> = options.collect::<Option<_>>()?;
    let count = options
        .iter()
        .map(Vec::len)
        .try_fold(1_usize, usize::checked_mul)?;
    if count == 0 || count > MOST_COMBINATIONS {
        return None;
    }
    let mut readings = vec![Reading::EMPTY; program.items];
    let (mut some, mut all) = (false, true);
    for combination in 0..count {
        let mut rest = combination;
        for (node, options) in nodes.iter().zip(&options) {
            let (shape, given) = (
                program.questions.get(*node)?,
                options.get(rest % options.len())?,
            );
            *readings.get_mut(*node)? = given.reading(shape);
            rest /= options.len();
        }
        let judged = condition.judge(&mut |atom| {
            let atom = program.atoms.get(atom);
            TruthRange::exact(atom.map_or(Truth::Unknown, |atom| atom.judge(&readings)))
        });
        some |= judged.low.holds();
        all &= judged.low.holds();
    }
    Some(match (some, all) {
        (false, _) => Truth::False,
        (_, true) => Truth::True,
        _ => Truth::Unknown,
    })
}

/// Every answer to a question of choices, one taken at a time; `None` for numbers and texts.
fn options(question: &Question) -> Option<Vec<Answer>> {
    let several = question.kind == crate::rules::pack::file::QuestionType::SelectMultiple;
    if several || question.choices.is_empty() {
        return None;
    }
    let given = |(place, choice): (usize, &crate::rules::rulebook::Choice)| {
        Answer::rated(choice.score.unwrap_or(f64::NAN), 1 << place)
    };
    Some(question.choices.iter().enumerate().map(given).collect())
}

/// Ladders whose top the best answers to every question do not reach.
///
/// Levels are cumulative, so a top that is reached shows that every level below can be.
pub(super) fn levels(rulebook: &Rulebook, pack: usize) -> Vec<Diagnostic> {
    let best = evaluate(rulebook, &Answers::best(rulebook)).readings;
    let ladders = rulebook
        .items
        .iter()
        .zip(&best)
        .filter(|(item, _)| item.pack == pack)
        .filter_map(|(item, reading)| match &item.kind {
            ItemKind::Ladder { levels, .. } => Some((item, levels, reading)),
            ItemKind::Question(_)
            | ItemKind::Score { .. }
            | ItemKind::Decision { .. }
            | ItemKind::Figure { .. } => None,
        });
    ladders
        .filter_map(|(item, levels, reading)| {
            let top = levels.len().checked_sub(1)?;
            let reached = reading.state == State::Rated && reading.held >> top & 1 == 1;
            (!reached).then(|| {
                let name = levels.last().map_or("", |level| level.id.as_str());
                let message = message!(
                    "the-best-answers-to-everything-do-not",
                    name,
                    local_id = item.local_id()
                );
                let help = message!("look-at-its-thresholds-floors");
                Diagnostic::warning(Code::UnreachableLevel, message)
                    .at(item.place)
                    .help(help)
            })
        })
        .collect()
}
