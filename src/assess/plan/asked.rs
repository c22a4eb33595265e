//! How many raises a condition takes at least, whichever they are.

use super::search::Choice;
use crate::rules::condition::{Atom, Condition, Test};
use crate::rules::reading::Reading;
use crate::rules::rulebook::Program;
use crate::text::number::TOLERANCE;
use std::collections::BTreeSet;

/// How many raises a condition takes at least.
pub(super) fn asked(
    program: &Program,
    readings: &[Reading],
    choices: &[Choice],
    when: &Condition,
) -> usize {
    let each = |parts: &[Condition]| -> Vec<usize> {
        let parts = parts.iter();
        parts
            .map(|part| asked(program, readings, choices, part))
            .collect()
    };
    match when {
        Condition::Atom(atom) => {
            let Some(atom) = program.atoms.get(*atom) else {
                return 0;
            };
            if atom.judge(readings).holds() {
                return 0;
            }
            // What is out may come in as it was answered, or stay out.
            if readings.get(atom.node).is_some_and(Reading::is_absent) {
                return 0;
            }
            // What another question may take out falls away with it.
            if is_swayed(program, choices, atom.node) {
                return 1;
            }
            fewest(choices, atom).unwrap_or(1)
        }
        // Parts may share a question: the dearest of them is sure.
        Condition::All(parts) if atoms_apart(program, choices, parts) => {
            each(parts).into_iter().sum()
        }
        Condition::All(parts) => each(parts).into_iter().max().unwrap_or(0),
        Condition::Any(parts) => each(parts).into_iter().min().unwrap_or(0),
        Condition::AtLeast(n, parts) => {
            let mut parts = each(parts);
            parts.sort_unstable();
            n.checked_sub(1)
                .and_then(|last| parts.get(last))
                .copied()
                .unwrap_or(0)
        }
        Condition::Not(_) => 0,
    }
}

/// How many steps of a question make a test of it hold at least; `None` where none do, and where
/// something else is tested.
fn fewest(choices: &[Choice], atom: &Atom) -> Option<usize> {
    let own = || choices.iter().filter(|one| one.node == atom.node);
    let runs = own().filter_map(|choice| {
        (0..=choice.steps.len()).find(|count| {
            let (given, _) = choice.after(choice.now, *count);
            atom.test.admits(given.counted, given.chosen)
        })
    });
    // Several choices add up: no fewer than with the best of them.
    let together = || {
        let Test::Number(interval) = &atom.test else {
            return None;
        };
        let (first, limit) = (own().next()?, interval.from.limit()?);
        let several = own().filter(|one| one.several.is_some());
        let gains = several.flat_map(|one| (0..one.steps.len()).map(|nth| one.gain(nth, 0.0)));
        let mut gains: Vec<f64> = gains.collect();
        gains.sort_by(|one, other| other.total_cmp(one));
        let now = first.now.0.counted;
        let mut worth = if now.is_nan() { 0.0 } else { now };
        let reached = gains.iter().position(|gain| {
            worth += gain;
            worth >= limit - TOLERANCE
        });
        reached.map(|place| place + 1)
    };
    runs.chain(together()).min()
}

/// Whether a choice of another question bears on this item.
fn is_swayed(program: &Program, choices: &[Choice], node: usize) -> bool {
    let reach = program.reach();
    let mut others = choices.iter().filter(|one| one.node != node);
    others.any(|one| reach.rests(node, one.node))
}

/// Whether all parts are tests of different questions, none of which another choice bears on.
fn atoms_apart(program: &Program, choices: &[Choice], parts: &[Condition]) -> bool {
    let nodes: Option<BTreeSet<usize>> = parts
        .iter()
        .map(|part| match part {
            Condition::Atom(atom) => {
                let node = program.atoms.get(*atom)?.node;
                let own = node < program.questions.len() && !is_swayed(program, choices, node);
                own.then_some(node)
            }
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::AtLeast(..) => {
                None
            }
        })
        .collect();
    nodes.is_some_and(|nodes| nodes.len() == parts.len())
}
