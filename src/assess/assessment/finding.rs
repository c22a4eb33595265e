//! Findings and gates in the result.

use super::build::Build;
use super::say::either;
use super::{AdviceResult, Because, FindingResult, GateResult, ItemId, NeedState};
use crate::assess::evaluate::{Judgement, gate_as_asked};
use crate::rules::condition::{Condition, Truth};
use crate::rules::pack::file::{Horizon, Size};
use crate::rules::rulebook::text::TextContext;
use crate::rules::rulebook::{Advice, Finding};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Build<'_> {
    /// The findings that hold, and the ids of those that open answers may still bring up.
    pub(super) fn findings(&self) -> (Vec<FindingResult>, Vec<ItemId>) {
        let rulebook = self.rulebook;
        let words = self.words();
        let doubts = self.doubts();
        let (mut found, mut open) = (Vec::new(), Vec::new());
        let judged = rulebook
            .findings
            .iter()
            .zip(&self.evaluation.findings)
            .zip(&rulebook.program.findings);
        for (place, ((finding, judgement), condition)) in judged.enumerate() {
            match judgement {
                Judgement {
                    holds: Truth::True, ..
                } => {
                    let Some(words) = words.get(finding.pack) else {
                        continue;
                    };
                    let reservations = doubts.about(place);
                    let result = self.finding(finding, *judgement, condition, words);
                    found.push(result.reserved(reservations));
                }
                Judgement {
                    surely: Truth::Unknown,
                    ..
                } => open.push(ItemId::from(&finding.id)),
                Judgement { .. } => {}
            }
        }
        (found, open)
    }

    /// What texts of each pack may say.
    fn words(&self) -> Vec<Arc<TextContext>> {
        let readings: Arc<[_]> = self.evaluation.readings.as_slice().into();
        let claimed = self.evaluation.claimed.as_deref().map(Arc::<[_]>::from);
        let told: Arc<[_]> = self.each(Self::told).into();
        let (items, index) = (&self.rulebook.items, &self.rulebook.index);
        let words = |pack: &crate::rules::rulebook::Pack| {
            Arc::new(TextContext::new(
                pack,
                Arc::clone(items),
                Arc::clone(index),
                Arc::clone(&readings),
                claimed.clone(),
                Arc::clone(&told),
            ))
        };
        self.rulebook.packs.iter().map(words).collect()
    }

    /// A text, with a sentence on each answer it names that counts as something else than people said.
    fn render(&self, name: &str, words: &Arc<TextContext>) -> Option<String> {
        let text = self.rulebook.texts.get_template(name).ok()?;
        let text = text.render(words.value());
        let notes = words.notes();
        let parts = std::iter::once(text.ok()?.trim_end().to_owned());
        let parts: Vec<String> = parts.chain(notes.into_iter().map(str::to_owned)).collect();
        Some(parts.join(" "))
    }

    fn finding(
        &self,
        finding: &Finding,
        judgement: Judgement,
        condition: &Condition,
        words: &Arc<TextContext>,
    ) -> FindingResult {
        let section = finding
            .section
            .and_then(|place| self.rulebook.sections.get(place));
        let about = finding.about.and_then(|node| self.rulebook.item(node));
        let text = self.render(&finding.id, words);
        let is_guard = |one: &Because| {
            let node = self.rulebook.find(&one.id);
            node.is_some_and(|node| finding.guards.contains(&node))
        };
        let support = self.support(condition).into_iter();
        let (guards, because): (Vec<_>, Vec<_>) = support.partition(is_guard);
        let called_for = self.finding_called_for(finding.kind, &because);
        FindingResult {
            called_for: called_for.possible(),
            id: ItemId::from(&finding.id),
            section: section.map(|section| section.id.clone()),
            about: about.map(|item| ItemId::from(&item.id)),
            kind: finding.kind,
            severity: finding.severity,
            severity_by_rule: None,
            reservations: Vec::new(),
            title: finding.title.clone(),
            text: text.unwrap_or_else(|| finding.title.clone()),
            certain: judgement.surely.holds() && called_for != Truth::Unknown,
            because,
            guards,
            advice: self.advice(&finding.advice),
        }
    }

    pub(super) fn gates(&self) -> Vec<GateResult> {
        let places = 0..self.rulebook.gates.len();
        places.filter_map(|place| self.gate(place)).collect()
    }

    pub(super) fn gate(&self, place: usize) -> Option<GateResult> {
        let gate = self.rulebook.gates.get(place)?;
        let judgement = self.evaluation.gates.get(place)?;
        let condition = self.rulebook.program.gates.get(place)?;
        let state = judgement.met.map_or(NeedState::NotApplicable, need_state);
        let missing = state == NeedState::Unproven && !gate.without.is_empty();
        let program = self.rulebook.program();
        let as_asked = || gate_as_asked(program, &self.evaluation.readings, condition);
        let as_asked = missing.then(as_asked).flatten().map(need_state);
        let mut advice = self.advice(&gate.advice);
        // Where nobody was asked, or nothing that was is called for, the step is to ask.
        if missing && (as_asked.is_none() || advice.is_empty()) {
            advice = vec![ask(&gate.id, &gate.without)];
        }
        Some(GateResult {
            id: ItemId::from(&gate.id),
            title: gate.title.clone(),
            because: gate.because.clone(),
            state,
            certain: judgement.certain,
            parts: self.read_by(condition),
            unasked: if missing {
                gate.without.clone()
            } else {
                Vec::new()
            },
            as_asked,
            advice,
        })
    }

    /// Advice that raises nothing, or something more of which may be called for.
    fn advice(&self, list: &[Advice]) -> Vec<AdviceResult> {
        let wanted = list.iter().filter(|one| {
            let mut raises = one.raises.iter();
            one.raises.is_empty() || raises.any(|raise| self.more_is_called_for(raise.question))
        });
        let told = wanted.map(|one| AdviceResult::of(self.rulebook, one));
        told.collect()
    }

    /// Tells each work in one way: as its own pack does, where the client is given that advice, else
    /// as the first that is given does.
    pub(super) fn tell_alike(gates: &mut [GateResult], findings: &mut [FindingResult]) {
        let mut told: BTreeMap<String, AdviceResult> = BTreeMap::new();
        let held = gates.iter().filter(|gate| gate.state.holds_back());
        let held = held.flat_map(|gate| gate.advice.iter().map(|one| (&gate.id, one)));
        let found = findings.iter().filter(|one| one.called_for);
        let found = found.flat_map(|found| found.advice.iter().map(|one| (&found.id, one)));
        for (of, advice) in held.chain(found) {
            let own = advice.is_of(of.pack());
            if own || !told.contains_key(&advice.work) {
                told.insert(advice.work.clone(), advice.clone());
            }
        }
        let gates = gates.iter_mut().flat_map(|gate| &mut gate.advice);
        let findings = findings.iter_mut().flat_map(|found| &mut found.advice);
        for advice in gates.chain(findings) {
            if let Some(one) = told.get(&advice.work) {
                advice.what.clone_from(&one.what);
                advice.how.clone_from(&one.how);
                advice.suggested_owner.clone_from(&one.suggested_owner);
                (advice.effort, advice.impact) = (one.effort, one.impact);
                advice.within = one.within;
            }
        }
    }

    /// Every item a condition reads, with what it is held to.
    fn read_by(&self, condition: &Condition) -> Vec<Because> {
        let atoms = condition.atoms();
        let parts = atoms.iter().filter_map(|(index, _)| {
            let atom = self.rulebook.program.atoms.get(*index)?;
            let words = super::test_words(&atom.test, self.rulebook.item(atom.node)?);
            self.because(atom.node, words)
        });
        parts.collect()
    }
}

/// What to do about a gate that only packs could show which are not part of the assessment. A rule
/// of the method, as no pack can advise on packs that are not there: answering one more pack is an
/// hour or two of one assessor, so the least effort, and can begin at once; it shows whether the
/// gate is met and improves nothing by itself, so its impact lies in the middle.
fn ask(gate: &str, packs: &[String]) -> AdviceResult {
    let names: Vec<&str> = packs.iter().map(String::as_str).collect();
    AdviceResult {
        id: "assess".to_owned(),
        what: format!("Assess with the pack {}", either(&names)),
        how: None,
        effort: Size::Low,
        impact: Size::Medium,
        within: Horizon::Now,
        suggested_owner: None,
        after: Vec::new(),
        work: format!("{gate}.assess"),
        raises: Vec::new(),
    }
}

pub(super) fn need_state(truth: Truth) -> NeedState {
    match truth {
        Truth::True => NeedState::Met,
        Truth::False => NeedState::Unmet,
        Truth::Unknown => NeedState::Unproven,
    }
}
