//! Findings and gates whose advice or reasons lack something.

use super::{asks_state, is_weakness, warning};
use crate::message;
use crate::rules::condition::{Condition, Interval, Test};
use crate::rules::pack::file::{FindingKind, QuestionType};
use crate::rules::rulebook::{Advice, Rulebook};
use crate::text::diagnostic::{Code, Diagnostic};
use std::collections::BTreeMap;

/// Weaknesses that low ratings bring up, and gates that ask for high ratings, where no advice says
/// what it raises. Advice on what nobody knew moves nothing by itself.
pub(super) fn raises(rulebook: &Rulebook, pack: usize) -> Vec<Diagnostic> {
    let program = &rulebook.program;
    let findings = rulebook.findings.iter().zip(&program.findings);
    let findings = findings.filter(|(one, _)| one.pack == pack && is_weakness(one.kind));
    let findings = findings.filter_map(|(finding, when)| {
        let silent = is_silent(&finding.advice) && tests(rulebook, when, Interval::is_capped);
        silent.then(|| problem(finding.local_id()).at(finding.place))
    });
    let gates = rulebook.gates.iter().zip(&program.gates);
    let gates = gates.filter(|(gate, _)| gate.pack == pack);
    let gates = gates.filter_map(|(gate, when)| {
        let silent = is_silent(&gate.advice) && tests(rulebook, when, Interval::is_floored);
        let local = gate.id.split_once('.').map_or("", |(_, local)| local);
        silent.then(|| problem(local))
    });
    findings.chain(gates).collect()
}

fn is_silent(advice: &[Advice]) -> bool {
    !advice.is_empty() && advice.iter().all(|one| !one.says_raises)
}

fn problem(id: &str) -> Diagnostic {
    let message = message!("no-advice-of-says-which-answers", id);
    let help = message!("add-raises-to-it-or-raises-where-it-moves");
    Diagnostic::warning(Code::MissingRaises, message).help(help)
}

/// Returns true where a condition tests a rating for an interval of this form, or below a `not` for
/// its opposite.
fn tests(rulebook: &Rulebook, when: &Condition, low: fn(&Interval, bool) -> bool) -> bool {
    when.atoms().into_iter().any(|(atom, holding)| {
        let Some(atom) = rulebook.program.atoms.get(atom) else {
            return false;
        };
        let question = rulebook
            .item(atom.node)
            .and_then(|item| item.kind.question());
        let rating = question.is_some_and(|one| one.kind == QuestionType::Rating);
        match &atom.test {
            Test::Number(interval) | Test::Index(interval) => {
                rating && rulebook.is_measured(atom.node) && low(interval, holding)
            }
            Test::Any | Test::OneOf(_) | Test::SomeOf(_) | Test::Unknown | Test::NotApplicable => {
                false
            }
        }
    })
}

/// Items that a finding tests together with others, both for a value and for being unknown: they
/// only rule it out for their other values, and are never the reason for it.
pub(super) fn guards(rulebook: &Rulebook, pack: usize) -> Vec<Diagnostic> {
    let program = &rulebook.program;
    let findings = rulebook.findings.iter().zip(&program.findings);
    // What nobody knew is the reason of a finding of kind `unknown`.
    let own = findings
        .filter(|(finding, _)| finding.pack == pack && finding.kind != FindingKind::Unknown);
    let advice = own.filter_map(|(finding, when)| {
        let mut tested: BTreeMap<usize, (bool, bool)> = BTreeMap::new();
        let atoms = when.atoms().into_iter();
        let atoms = atoms.filter_map(|(atom, _)| program.atoms.get(atom));
        for atom in atoms.filter(|atom| atom.test != Test::Any) {
            let (state, value) = tested.entry(atom.node).or_default();
            *(if asks_state(&atom.test) { state } else { value }) = true;
        }
        let others = tested.len() > 1;
        let mut tested = tested.into_iter();
        let (node, _) = tested.find(|(node, (state, value))| {
            others && *state && *value && !finding.guards.contains(node)
        })?;
        let guard = rulebook.item(node)?.local_id();
        let message = message!(
            "holds-whether-is-known-or-not-and-gives",
            local_id = finding.local_id(),
            guard
        );
        let help = message!("add-guards-where-it-is-none", guard);
        Some(warning(Code::MissingGuards, finding.place, message, help))
    });
    advice.collect()
}
