//! Scores, tables, levels, gates and findings for readers, and conditions in words.

use super::{Guide, local};
use crate::assess::assessment::test_words;
use crate::rules::condition::{Condition, Test};
use crate::rules::rulebook::{Check, Domain, Item, ItemKind};
use crate::text::number::short as number;
use serde_json::{Value, json};

impl Guide<'_> {
    pub(super) fn score(&self, node: usize, item: &Item) -> Option<Value> {
        let (ItemKind::Score { caps, .. }, rule) = (&item.kind, self.program().score(node)?) else {
            return None;
        };
        let Domain::Number { least, most, .. } = item.domain else {
            return None;
        };
        let caps = caps.iter().zip(&rule.caps).map(|(because, cap)| {
            let when = self.condition(&cap.when);
            json!({ "at": number(cap.at), "when": when, "because": because })
        });
        let parts = rule.terms.iter().map(|term| {
            let even = (term.weight - 1.0).abs() < f64::EPSILON;
            let weight = (!even).then(|| number(term.weight));
            json!({ "label": self.label(term.node), "weight": weight })
        });
        let properties = rule.aggregate.properties();
        let test = Test::Number(rule.test);
        Some(json!({
            "id": item.local_id(),
            "title": item.label,
            "about": item.about,
            "aggregate": properties.title,
            "test": properties.tests.then(|| test_words(&test, item)),
            "normalise": rule.normalise,
            "least": number(least),
            "most": number(most),
            "parts": parts.collect::<Vec<_>>(),
            "caps": caps.collect::<Vec<_>>(),
        }))
    }

    pub(super) fn decision(&self, node: usize, item: &Item) -> Option<Value> {
        let ItemKind::Decision { outcomes } = &item.kind else {
            return None;
        };
        let table = self.program().table(node)?;
        let inputs = table.inputs.iter().map(|node| self.label(*node));
        let rows = table.rules.iter().map(|rule| {
            let cells = rule.cells.iter().map(|cell| self.cell(*cell));
            let outcome = outcomes.get(rule.outcome as usize);
            json!({
                "id": rule.id,
                "cells": cells.collect::<Vec<_>>(),
                "outcome": outcome.map(|outcome| &outcome.label),
                "because": rule.because,
            })
        });
        Some(json!({
            "id": item.local_id(),
            "title": item.label,
            "about": item.about,
            "hit_policy": table.hit_policy,
            "inputs": inputs.collect::<Vec<_>>(),
            "rows": rows.collect::<Vec<_>>(),
        }))
    }

    pub(super) fn ladder(&self, node: usize, item: &Item) -> Option<Value> {
        let ItemKind::Ladder { levels } = &item.kind else {
            return None;
        };
        let rungs = self.program().ladder(node)?;
        let levels = levels.iter().zip(&rungs.levels).map(|(words, level)| {
            let needs = level.checks.iter().map(|check| self.need(check));
            let needs: Vec<_> = needs.collect();
            json!({ "title": words.label, "text": words.text, "needs": needs })
        });
        Some(json!({
            "id": item.local_id(),
            "title": item.label,
            "about": item.about,
            "levels": levels.collect::<Vec<_>>(),
        }))
    }

    /// A demand of a level: a condition in words, a gate, a basis or a grade of confidence.
    fn need(&self, check: &Check) -> Value {
        match check {
            Check::From(atom) | Check::Floor(atom) => json!({ "when": self.atom(*atom) }),
            Check::Gate(gate) => {
                let gate = self.rulebook.gates.get(*gate);
                json!({ "gate": gate.map(|gate| &gate.title) })
            }
            Check::Basis => json!({ "basis": "evidenced" }),
            Check::Confidence(_, wanted) => json!({ "confidence": wanted }),
        }
    }

    pub(super) fn gates(&self) -> Vec<Value> {
        let pairs = self.rulebook.gates.iter().zip(&self.program().gates);
        let own = pairs.filter(|(gate, _)| gate.pack == self.place);
        let gates = own.map(|(gate, when)| {
            json!({
                "id": local(&gate.id),
                "title": gate.title,
                "when": self.condition(when),
                "because": gate.because,
            })
        });
        gates.collect()
    }

    pub(super) fn findings(&self) -> Vec<Value> {
        let pairs = self.rulebook.findings.iter().zip(&self.program().findings);
        let own = pairs.filter(|(finding, _)| finding.pack == self.place);
        let findings = own.map(|(finding, when)| {
            json!({
                "id": finding.local_id(),
                "title": finding.title,
                "kind": finding.kind,
                "severity": finding.severity,
                "when": self.condition(when),
                "advice": finding.advice,
            })
        });
        findings.collect()
    }

    fn cell(&self, atom: usize) -> String {
        let atom = self.program().atoms.get(atom);
        let found = atom.and_then(|atom| Some((atom, self.rulebook.item(atom.node)?)));
        found.map_or_else(String::new, |(atom, item)| test_words(&atom.test, item))
    }

    fn atom(&self, atom: usize) -> String {
        let node = self.program().atoms.get(atom).map(|atom| atom.node);
        let label = node.map_or("", |node| self.label(node));
        let words = self.cell(atom);
        match words.strip_prefix("index ") {
            Some(words) => format!("the index of “{label}” is {words}"),
            None => format!("“{label}” is {words}"),
        }
    }

    /// A condition as a sentence would say it.
    pub(super) fn condition(&self, condition: &Condition) -> String {
        let inner = |part: &Condition| match part {
            Condition::Atom(_) | Condition::Not(_) => self.condition(part),
            Condition::All(_) | Condition::Any(_) | Condition::AtLeast(..) => {
                format!("({})", self.condition(part))
            }
        };
        let joined = |parts: &[Condition], word: &str| {
            let parts: Vec<String> = parts.iter().map(inner).collect();
            parts.join(word)
        };
        match condition {
            Condition::Atom(atom) => self.atom(*atom),
            Condition::All(parts) => joined(parts, " and "),
            Condition::Any(parts) => joined(parts, " or "),
            Condition::Not(part) => format!("not {}", inner(part)),
            Condition::AtLeast(n, parts) => format!("at least {n} of: {}", joined(parts, "; ")),
        }
    }
}
