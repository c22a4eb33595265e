//! The context of the guide to a pack: what it asks and makes of the answers, every rule in words.

use super::brand::Brand;
use crate::assess::assessment::{OverlayResult, convention, test_words};
use crate::rules::condition::{Condition, Test};
use crate::rules::pack::file::Period;
use crate::rules::rulebook::{
    Asked, ContextFigure, Domain, Item, ItemKind, Metric, Program, Requirement, Rulebook, local_id,
};
use crate::text::number::{list, rounded, short as number};
use serde::Serialize;
use serde_json::{Value, json};

/// Everything the template `report/pack.md` is given. Lists are in the pack's order.
#[derive(Debug, Serialize)]
pub struct GuideContext<'a> {
    /// Title of the document: that of the pack.
    pub title: &'a str,
    /// The program that wrote the guide, with its version.
    pub engine: &'a str,
    /// Language tag of the pack.
    pub language: &'a str,
    /// The one who hands the guide out.
    pub brand: &'a Brand,
    /// The pack: id, version, what it is about, its source, its glossary.
    pub pack: Value,
    /// Its sections with their questions.
    pub sections: Vec<Value>,
    /// Its scores.
    pub scores: Vec<Value>,
    /// Its decisions, each a table.
    pub decisions: Vec<Value>,
    /// Its metrics.
    pub metrics: Vec<Value>,
    /// Its ladders with their levels.
    pub ladders: Vec<Value>,
    /// Its gates.
    pub gates: Vec<Value>,
    /// Its findings with their advice.
    pub findings: Vec<Value>,
    /// Its figures from elsewhere.
    pub figures: Vec<Value>,
}

impl<'a> GuideContext<'a> {
    /// The guide to a pack of a rulebook, by its id; `None` where there is no such pack.
    #[must_use]
    pub fn new(rulebook: &'a Rulebook, pack: &str, brand: &'a Brand) -> Option<Self> {
        let place = rulebook.packs.iter().position(|one| one.id == pack)?;
        let pack = rulebook.packs.get(place)?;
        let guide = Guide {
            rulebook,
            program: &rulebook.program,
            place,
        };
        Some(Self {
            title: &pack.title,
            engine: concat!("centricity ", env!("CARGO_PKG_VERSION")),
            language: &pack.language,
            brand,
            pack: json!({
                "id": pack.id,
                "version": pack.version.to_string(),
                "about": pack.about,
                "credit": pack.credit,
                "overlays": pack.overlays.iter().map(OverlayResult::new).collect::<Vec<_>>(),
                "report": pack.report,
                "glossary": pack.glossary,
                "has_short_form": pack.has_short_form,
            }),
            sections: guide.sections(),
            scores: guide.each(Guide::score),
            decisions: guide.each(Guide::decision),
            metrics: guide.metrics(),
            ladders: guide.each(Guide::ladder),
            gates: guide.gates(),
            findings: guide.findings(),
            figures: pack.context.iter().map(figure).collect(),
        })
    }
}

/// One pack of a rulebook.
struct Guide<'a> {
    rulebook: &'a Rulebook,
    program: &'a Program,
    /// Its place among the packs.
    place: usize,
}

impl<'a> Guide<'a> {
    /// Each item of the pack as `tell` gives it.
    fn each(&self, tell: fn(&Self, usize, &Item) -> Option<Value>) -> Vec<Value> {
        let items = self.rulebook.items.iter().enumerate();
        let own = items.filter(|(_, item)| item.pack == self.place);
        own.filter_map(|(node, item)| tell(self, node, item))
            .collect()
    }

    fn label(&self, node: usize) -> &'a str {
        self.rulebook.item(node).map_or("", |item| &item.label)
    }

    fn sections(&self) -> Vec<Value> {
        let sections = self.rulebook.sections.iter();
        let own = sections.filter(|section| section.pack == self.place);
        let section = own.map(|section| {
            let questions = section.questions.iter();
            let questions: Vec<_> = questions.filter_map(|node| self.question(*node)).collect();
            json!({ "title": section.title, "intro": section.intro, "questions": questions })
        });
        section.collect()
    }

    fn question(&self, node: usize) -> Option<Value> {
        let Asked { item, question, .. } = self.rulebook.asked(node)?;
        let relevant = self.program.relevance(node);
        let relevant = relevant.map(|when| self.condition(when));
        let roles: Vec<&str> = question.roles.iter().map(|role| role.words()).collect();
        let choices = question.choices.iter().map(|choice| {
            let worth = choice.score.map(number);
            let worth = worth.filter(|worth| *worth != choice.value);
            json!({ "value": choice.value, "label": choice.label, "worth": worth })
        });
        Some(json!({
            "id": item.local_id(),
            "label": item.label,
            "stem": question.stem,
            "ask": question.ask,
            "help": question.help,
            "why": question.why,
            "evidence": question.evidence,
            "roles": list(&roles),
            "core": question.core,
            "relevant": relevant,
            "choices": choices.collect::<Vec<_>>(),
        }))
    }

    fn metrics(&self) -> Vec<Value> {
        let metrics = self.rulebook.metrics.iter();
        let own = metrics.filter(|metric| metric.pack == self.place);
        own.filter_map(|metric| self.metric(metric)).collect()
    }

    fn metric(&self, metric: &Metric) -> Option<Value> {
        let rule = self.program.metric(*metric.figures.first()?)?;
        let spec = metric.kind.spec();
        let figures = metric.figures.iter().zip(spec.figures);
        let figures = figures.filter_map(|(node, figure)| {
            let id = self.rulebook.item(*node)?.local_id();
            Some(json!({ "id": id, "title": figure.title, "unit": figure.unit }))
        });
        let inputs = metric.inputs.iter().filter(|one| !one.nodes.is_empty());
        let inputs = inputs.map(|input| {
            let nodes = input.nodes.iter();
            let items = nodes.filter_map(|node| self.rulebook.item(*node));
            let labels: Vec<&str> = items.clone().map(|item| item.label.as_str()).collect();
            let ids: Vec<&str> = items.map(Item::local_id).collect();
            json!({ "name": input.id.replace('-', " "), "labels": labels, "ids": ids })
        });
        Some(json!({
            "id": local_id(&metric.id),
            "title": metric.title,
            "about": metric.about,
            "kind": metric.kind,
            "name": spec.name,
            "convention": convention(metric, rule),
            "table": rule.table,
            "money": metric.unit,
            "period": metric.period.map(Period::word),
            "inputs": inputs.collect::<Vec<_>>(),
            "figures": figures.collect::<Vec<_>>(),
        }))
    }
    fn score(&self, node: usize, item: &Item) -> Option<Value> {
        let (ItemKind::Score { caps, .. }, rule) = (&item.kind, self.program.score(node)?) else {
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

    fn decision(&self, node: usize, item: &Item) -> Option<Value> {
        let ItemKind::Decision { outcomes } = &item.kind else {
            return None;
        };
        let table = self.program.table(node)?;
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

    fn ladder(&self, node: usize, item: &Item) -> Option<Value> {
        let ItemKind::Ladder { levels } = &item.kind else {
            return None;
        };
        let rungs = self.program.ladder(node)?;
        let levels = levels.iter().zip(&rungs.levels).map(|(words, level)| {
            let needs: Vec<_> = level
                .requirements
                .iter()
                .map(|requirement| self.need(requirement))
                .collect();
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
    fn need(&self, requirement: &Requirement) -> Value {
        match requirement {
            Requirement::From(atom) | Requirement::Floor(atom) => {
                json!({ "when": self.atom(*atom) })
            }
            Requirement::Gate(gate) => {
                let gate = self.rulebook.gates.get(*gate);
                json!({ "gate": gate.map(|gate| &gate.title) })
            }
            Requirement::Basis => json!({ "basis": "evidenced" }),
            Requirement::Confidence(_, wanted) => json!({ "confidence": wanted }),
        }
    }

    fn gates(&self) -> Vec<Value> {
        let pairs = self.rulebook.gates.iter().zip(&self.program.gates);
        let own = pairs.filter(|(gate, _)| gate.pack == self.place);
        let gates = own.map(|(gate, when)| {
            json!({
                "id": local_id(&gate.id),
                "title": gate.title,
                "when": self.condition(when),
                "because": gate.because,
            })
        });
        gates.collect()
    }

    fn findings(&self) -> Vec<Value> {
        let pairs = self.rulebook.findings.iter().zip(&self.program.findings);
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
        let atom = self.program.atoms.get(atom);
        let found = atom.and_then(|atom| Some((atom, self.rulebook.item(atom.node)?)));
        found.map_or_else(String::new, |(atom, item)| test_words(&atom.test, item))
    }

    fn atom(&self, atom: usize) -> String {
        let node = self.program.atoms.get(atom).map(|atom| atom.node);
        let label = node.map_or("", |node| self.label(node));
        let words = self.cell(atom);
        match words.strip_prefix("index ") {
            Some(words) => format!("the index of “{label}” is {words}"),
            None => format!("“{label}” is {words}"),
        }
    }

    /// A condition as a sentence would say it.
    fn condition(&self, condition: &Condition) -> String {
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

/// A figure from elsewhere with its base.
fn figure(figure: &ContextFigure) -> Value {
    let file = &figure.file;
    let number = rounded(file.figure.value, 1);
    json!({
        "figure": number.strip_suffix(".0").unwrap_or(&number),
        "unit": file.unit,
        "says": file.says,
        "base": file.base.value,
        "source": file.source,
        "caveat": file.caveat,
    })
}
