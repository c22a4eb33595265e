//! The fewest steps that a condition takes, whichever they are.

use super::space::{Run, Space};
use crate::rules::Reading;
use crate::rules::condition::{Atom, Condition, Test};
use crate::text::number::TOLERANCE;
use std::collections::BTreeSet;

impl Space<'_> {
    /// The fewest steps that a condition takes.
    pub(super) fn fewest(&self, when: &Condition) -> usize {
        let each = |parts: &[Condition]| -> Vec<usize> {
            parts.iter().map(|part| self.fewest(part)).collect()
        };
        match when {
            Condition::Atom(atom) => {
                let atom = self.program.atoms.get(*atom);
                atom.map_or(0, |atom| self.fewest_of_atom(atom))
            }
            // Parts may share a question: only the one that takes most is sure.
            Condition::All(parts) if self.are_apart(parts) => each(parts).into_iter().sum(),
            Condition::All(parts) => each(parts).into_iter().max().unwrap_or(0),
            Condition::Any(parts) => each(parts).into_iter().min().unwrap_or(0),
            Condition::AtLeast(n, parts) => {
                let mut parts = each(parts);
                parts.sort_unstable();
                let last = n.checked_sub(1).and_then(|last| parts.get(last));
                last.copied().unwrap_or(0)
            }
            Condition::Not(_) => 0,
        }
    }

    fn fewest_of_atom(&self, atom: &Atom) -> usize {
        // A question that is out may come in as it was answered, or stay out.
        let absent = self.readings.get(atom.node).is_some_and(Reading::is_absent);
        if absent || atom.judge(self.readings).holds() {
            return 0;
        }
        // One that another question may take out falls away with it.
        if self.is_swayed(atom.node) {
            return 1;
        }
        let own: Vec<&Run<'_>> = self
            .runs
            .iter()
            .filter(|run| run.node() == atom.node)
            .collect();
        let single = own.iter().filter_map(|run| {
            (0..=run.steps.len()).find(|count| {
                let (answer, _) = run.after(run.now(), *count);
                atom.test.admits(answer.counted, answer.chosen)
            })
        });
        single.chain(fewest_together(&own, atom)).min().unwrap_or(1)
    }

    /// Returns true if a run of another question bears on this item.
    fn is_swayed(&self, node: usize) -> bool {
        let reach = self.program.reach();
        let mut others = self.runs.iter().filter(|run| run.node() != node);
        others.any(|run| reach.rests(node, run.node()))
    }

    /// Returns true if all parts are tests of different questions, none of which the runs of another
    /// bear on.
    fn are_apart(&self, parts: &[Condition]) -> bool {
        let nodes: Option<BTreeSet<usize>> = parts
            .iter()
            .map(|part| match part {
                Condition::Atom(atom) => {
                    let node = self.program.atoms.get(*atom)?.node;
                    let own = node < self.program.questions.len() && !self.is_swayed(node);
                    own.then_some(node)
                }
                Condition::All(_)
                | Condition::Any(_)
                | Condition::Not(_)
                | Condition::AtLeast(..) => None,
            })
            .collect();
        nodes.is_some_and(|nodes| nodes.len() == parts.len())
    }
}

/// The fewest choices of a question that reach a number together: no fewer than of those worth most.
fn fewest_together(own: &[&Run<'_>], atom: &Atom) -> Option<usize> {
    let Test::Number(interval) = &atom.test else {
        return None;
    };
    let (first, limit) = (own.first()?, interval.from.limit()?);
    let several = own.iter().filter(|run| run.several.is_some());
    let gains = several.flat_map(|run| (0..run.steps.len()).map(|nth| run.gain(nth, 0.0)));
    let mut gains: Vec<f64> = gains.collect();
    gains.sort_by(|one, other| other.total_cmp(one));
    let now = first.now().0.counted;
    let mut worth = if now.is_nan() { 0.0 } else { now };
    let reached = gains.iter().position(|gain| {
        worth += gain;
        worth >= limit - TOLERANCE
    });
    reached.map(|place| place + 1)
}
