//! Items that can be no reason for a finding, and are given as one.

use super::asks_state;
use crate::rules::condition::Test;
use crate::rules::pack::file::FindingKind;
use crate::rules::rulebook::Rulebook;
use crate::text::diagnostic::{Code, Diagnostic};
use std::collections::BTreeMap;

/// Items that a finding tests for a value, and passes where they are not known too, beside others:
/// they hold it back where they stand otherwise, and bring it up nowhere.
pub(super) fn missing(rulebook: &Rulebook, pack: usize) -> Vec<Diagnostic> {
    let program = rulebook.program();
    let findings = rulebook.findings().iter().zip(&program.findings);
    // What nobody knew is the reason of a finding of kind `unknown`.
    let own = findings
        .filter(|(finding, _)| finding.pack == pack && finding.kind != FindingKind::Unknown);
    let advice = own.filter_map(|(finding, when)| {
        let mut tested: BTreeMap<usize, (bool, bool)> = BTreeMap::new();
        let atoms = when.atoms();
        let atoms = atoms
            .iter()
            .filter_map(|(atom, _)| program.atoms.get(*atom));
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
        let message = format!(
            "`{}` holds whether `{guard}` is known or not, and gives it as a reason",
            finding.local_id()
        );
        let help = format!("add `guards: [{guard}]` where it is none");
        let problem = Diagnostic::warning(Code::MissingGuards, message).at(finding.place);
        Some(problem.help(help))
    });
    advice.collect()
}
