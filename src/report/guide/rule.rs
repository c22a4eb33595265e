//! Tables, levels, gates and findings for readers.

use super::{
    DecisionGuide, FindingGuide, GateGuide, LadderGuide, LevelGuide, RowGuide, Teller, local, text,
};
use crate::assess::assessment::test_words;
use crate::rules::condition::Condition;
use crate::rules::rulebook::{Check, Item, ItemKind};
use crate::rules::vocabulary::HitPolicy;

impl<'a> Teller<'a> {
    pub(super) fn decision(&self, node: usize, item: &'a Item) -> Option<DecisionGuide<'a>> {
        let ItemKind::Decision { outcomes } = &item.kind else {
            return None;
        };
        let table = self.program().table(node)?;
        let rows = table.rules.iter().map(|rule| RowGuide {
            id: &rule.id,
            cells: rule.cells.iter().map(|cell| self.cell(*cell)).collect(),
            outcome: outcomes
                .get(rule.outcome as usize)
                .map_or("", |outcome| outcome.label.as_str()),
            because: &rule.because,
        });
        Some(DecisionGuide {
            id: item.local_id(),
            title: &item.label,
            about: text(item.about.as_ref()),
            policy: match table.hit_policy {
                HitPolicy::Unique => "Exactly one rule matches.",
                HitPolicy::First => "The first rule that matches decides.",
                HitPolicy::Collect => "Every rule that matches counts.",
            },
            inputs: table.inputs.iter().map(|node| self.label(*node)).collect(),
            rows: rows.collect(),
        })
    }

    pub(super) fn ladder(&self, node: usize, item: &'a Item) -> Option<LadderGuide<'a>> {
        let ItemKind::Ladder { levels, .. } = &item.kind else {
            return None;
        };
        let rungs = self.program().ladder(node)?;
        let levels = levels
            .iter()
            .zip(&rungs.levels)
            .map(|(words, level)| LevelGuide {
                title: &words.title,
                text: text(words.text.as_ref()),
                needs: level.checks.iter().map(|check| self.need(check)).collect(),
            });
        Some(LadderGuide {
            id: item.local_id(),
            title: &item.label,
            about: text(item.about.as_ref()),
            levels: levels.collect(),
        })
    }

    fn need(&self, check: &Check) -> String {
        match check {
            Check::From(atom) | Check::Floor(atom) => self.atom(*atom),
            Check::Gate(gate) => self
                .rulebook
                .gates
                .get(*gate)
                .map_or_else(String::new, |gate| gate.title.clone()),
            Check::Basis => "the assessment is on evidence".to_owned(),
            Check::Confidence(_, wanted) => format!("confidence is {} or more", wanted.word()),
        }
    }

    pub(super) fn gates(&self) -> Vec<GateGuide<'a>> {
        let pairs = self.rulebook.gates.iter().zip(&self.program().gates);
        let own = pairs.filter(|(gate, _)| gate.pack == self.place);
        own.map(|(gate, when)| GateGuide {
            id: local(&gate.id),
            title: &gate.title,
            when: self.condition(when),
            because: &gate.because,
        })
        .collect()
    }

    pub(super) fn findings(&self) -> Vec<FindingGuide<'a>> {
        let pairs = self.rulebook.findings.iter().zip(&self.program().findings);
        let own = pairs.filter(|(finding, _)| finding.pack == self.place);
        own.map(|(finding, when)| FindingGuide {
            id: finding.local_id(),
            title: &finding.title,
            kind: format!("{:?}, {:?}", finding.kind, finding.severity).to_lowercase(),
            when: self.condition(when),
            advice: finding.advice.iter().collect(),
        })
        .collect()
    }

    fn cell(&self, atom: usize) -> String {
        let found = self
            .program()
            .atoms
            .get(atom)
            .and_then(|atom| Some((atom, self.rulebook.item(atom.node)?)));
        found.map_or_else(String::new, |(atom, item)| test_words(&atom.test, item))
    }

    fn atom(&self, atom: usize) -> String {
        let node = self.program().atoms.get(atom).map(|atom| atom.node);
        let label = node.map_or("", |node| self.label(node));
        format!("“{label}” is {}", self.cell(atom))
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
            parts.iter().map(inner).collect::<Vec<_>>().join(word)
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
