//! The context of the guide to a pack: what it asks, what it makes of the answers, and what it says
//! about them, with every rule in words.

mod rule;

use super::brand::Brand;
use crate::assess::assessment::convention;
use crate::rules::pack::file::Period;
use crate::rules::rulebook::{ContextFigure, Item, Metric, Pack, Program, Rulebook, Step};
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
        let guide = Guide { rulebook, place };
        Some(Self {
            title: &pack.title,
            engine: concat!("centricity ", env!("CARGO_PKG_VERSION")),
            language: &pack.language,
            brand,
            pack: head(pack),
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

fn head(pack: &Pack) -> Value {
    json!({
        "id": pack.id,
        "version": pack.version.to_string(),
        "about": pack.about,
        "credit": pack.credit,
        "report": pack.report,
        "glossary": pack.glossary,
    })
}

/// One pack of a rulebook.
struct Guide<'a> {
    rulebook: &'a Rulebook,
    /// Its place among the packs.
    place: usize,
}

impl<'a> Guide<'a> {
    fn program(&self) -> &'a Program {
        &self.rulebook.program
    }

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
        let item = self.rulebook.item(node)?;
        let question = item.kind.question()?;
        let relevant = self.program().steps.iter().find_map(|step| match step {
            Step::Relevance { node: one, when } if *one == node => Some(self.condition(when)),
            Step::Relevance { .. }
            | Step::Score { .. }
            | Step::Decide { .. }
            | Step::Measure { .. }
            | Step::Climb { .. } => None,
        });
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
            "relevant": relevant,
            "choices": choices.collect::<Vec<_>>(),
        }))
    }
}

/// An id in full without its pack.
fn local(id: &str) -> &str {
    id.split_once('.').map_or(id, |(_, local)| local)
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

impl Guide<'_> {
    fn metrics(&self) -> Vec<Value> {
        let metrics = self.rulebook.metrics.iter();
        let own = metrics.filter(|metric| metric.pack == self.place);
        own.filter_map(|metric| self.metric(metric)).collect()
    }

    fn metric(&self, metric: &Metric) -> Option<Value> {
        let rule = self.program().metric(*metric.figures.first()?)?;
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
            "id": local(&metric.id),
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
}
