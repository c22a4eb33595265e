//! `pack show`: the questions and rules of a pack. `pack docs`: all of it for readers.

use super::list::size;
use crate::command::report::{Format, StyleArgs, formats};
use crate::inputs::{CheckedPack, PackArgs, project_around};
use crate::output::{Output, print};
use crate::{Failure, Result, usage};
use centricity::message;
use centricity::report::{GuideContext, Report};
use centricity::rules::rulebook::{
    Item, ItemKind, Outcome as RuleOutcome, Question, Rulebook, local_id,
};
use centricity::text::diagnostic::{nearest, suggestion};
use clap::Args;
use std::fmt::Write as _;
use std::path::Path;

/// Print a pack for readers
///
/// Every question with its anchors, every score, table, level, gate and finding with its rule in
/// words, every figure with its base: what one reads instead of the YAML.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: centricity pack docs organisation --format html > organisation.html"
)]
#[group(id = "pack-docs")]
pub(crate) struct Docs {
    /// The pack, by name, or by folder or file
    #[arg(value_name = "PACK")]
    name: String,
    /// Print in this format
    #[arg(long, value_name = "FORMAT", default_value = "md", value_parser = formats(&[
        (Format::Md, "Markdown"),
        (Format::Html, "One page"),
    ]))]
    format: Format,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    packs: PackArgs,
}

impl Docs {
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        let project = project_around(Path::new(""), output)?;
        self.packs.follow(&project);
        self.style.follow(&project);
        let CheckedPack { rulebook, .. } = self
            .packs
            .reading(output, |reader| CheckedPack::find(&self.name, reader))?;
        let style = self.style.load(output)?;
        let id = rulebook.packs.first().map_or("", |pack| pack.id.as_str());
        let Some(guide) = GuideContext::new(&rulebook, id, &style.brand) else {
            return Err(usage!("there-is-no-pack-to-print"));
        };
        let guide = Report::new(&style.templates, "pack", &guide)?;
        print(&self.format.render(&guide, false)?)
    }
}

/// Show what a pack asks and what it makes of the answers
///
/// Without an ID: its sections with their questions, its scores, decisions, ladders, gates and
/// findings. With one: everything about that item.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack show organisation promise")]
pub(crate) struct Show {
    /// The pack, by name, or by folder or file
    #[arg(value_name = "PACK")]
    name: String,
    /// An item of the pack
    id: Option<String>,
    #[command(flatten)]
    packs: PackArgs,
}

impl Show {
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        self.packs.follow(&project_around(Path::new(""), output)?);
        let pack = self
            .packs
            .reading(output, |reader| CheckedPack::find(&self.name, reader))?;
        print(&match &self.id {
            Some(id) => one(&pack.rulebook, id)?,
            None => all(&pack),
        })
    }
}

/// A test for one kind of items.
type IsKind = fn(&ItemKind) -> bool;

/// The items of a pack, by kind.
fn all(checked: &CheckedPack) -> String {
    let rulebook = &checked.rulebook;
    let mut out = String::new();
    let Some(pack) = rulebook.packs.first() else {
        return out;
    };
    let _ = writeln!(out, "{}\n{}", pack.label(), pack.title);
    for text in [&pack.about, &pack.credit].into_iter().flatten() {
        let _ = writeln!(out, "\n{text}");
    }
    let _ = writeln!(out, "\n{}", size(checked.size));
    for section in rulebook.sections.iter().filter(|one| one.pack == 0) {
        let _ = writeln!(out, "\n{} ({})", section.title, section.id);
        for item in items(rulebook, &section.questions) {
            let core = pack.has_short_form && item.kind.question().is_some_and(|one| one.core);
            let mark = if core { message!("core-mark") } else { "" };
            row(&mut out, item.local_id(), &format!("{}{mark}", item.label));
        }
    }
    let kinds: [(&str, IsKind); 4] = [
        ("Scores", |kind| matches!(kind, ItemKind::Score { .. })),
        ("Decisions", |kind| {
            matches!(kind, ItemKind::Decision { .. })
        }),
        ("Metrics", |kind| {
            matches!(kind, ItemKind::Figure { place: 0, .. })
        }),
        ("Ladders", |kind| matches!(kind, ItemKind::Ladder { .. })),
    ];
    for (title, is_kind) in kinds {
        let items = own_items(rulebook).filter(|item| is_kind(&item.kind));
        let rows = items.map(|item| (item.local_id(), item.label.as_str()));
        list(&mut out, title, rows);
    }
    let gates = rulebook.gates.iter().filter(|gate| gate.pack == 0);
    let rows = gates.map(|gate| (local_id(&gate.id), gate.title.as_str()));
    list(&mut out, "Gates", rows);
    let findings = rulebook.findings.iter().filter(|one| one.pack == 0);
    let rows = findings.map(|finding| (finding.local_id(), finding.title.as_str()));
    list(&mut out, "Findings", rows);
    out
}

fn own_items(rulebook: &Rulebook) -> impl Iterator<Item = &Item> {
    rulebook.items.iter().filter(|item| item.pack == 0)
}

fn items<'a>(rulebook: &'a Rulebook, nodes: &'a [usize]) -> impl Iterator<Item = &'a Item> {
    nodes.iter().filter_map(|node| rulebook.item(*node))
}

fn list<'a>(out: &mut String, title: &str, rows: impl Iterator<Item = (&'a str, &'a str)>) {
    let mut rows = rows.peekable();
    if rows.peek().is_some() {
        let _ = writeln!(out, "\n{title}");
        rows.for_each(|(id, says)| row(out, id, says));
    }
}

fn row(out: &mut String, id: &str, says: &str) {
    let _ = writeln!(out, "  {id:28} {says}");
}

/// One item with its rule.
fn one(rulebook: &Rulebook, id: &str) -> Result<String> {
    let mut own = own_items(rulebook);
    let Some(item) = own.find(|item| item.local_id() == id || item.id == id) else {
        let near = nearest(id, own_items(rulebook).map(Item::local_id));
        let help = suggestion(near, message!("without-an-id-pack-show-lists"));
        return Err(Failure::usage(message!("the-pack-has-no-item", id), help));
    };
    let mut out = format!("{}\n{}\n", item.id, item.label);
    if let Some(about) = &item.about {
        let _ = writeln!(out, "\n{about}");
    }
    match &item.kind {
        ItemKind::Question(question) => write_question(&mut out, question),
        ItemKind::Score { children, caps, .. } => {
            let rule = rulebook
                .find(&item.id)
                .and_then(|node| rulebook.program.score(node));
            let name = rule.map_or("", |rule| rule.aggregate.properties().name);
            let _ = writeln!(out, "\nThe {name} of:");
            for child in items(rulebook, children) {
                row(&mut out, child.local_id(), &child.label);
            }
            for cap in caps {
                let _ = writeln!(out, "\n{}", message!("a-cap-may-hold-it-down", cap));
            }
        }
        ItemKind::Decision { outcomes } => write_decision(&mut out, rulebook, item, outcomes),
        ItemKind::Figure { metric, .. } => write_metric(&mut out, rulebook, *metric),
        ItemKind::Ladder { levels } => {
            let levels = levels.iter();
            let rows = levels.map(|level| (level.id.as_str(), level.label.as_str()));
            list(&mut out, message!("levels-lowest-first"), rows);
        }
    }
    Ok(out)
}

/// A decision: its outcomes, and its table over the ids of what it reads, in the order of its cells.
fn write_decision(out: &mut String, rulebook: &Rulebook, item: &Item, outcomes: &[RuleOutcome]) {
    let rows = outcomes.iter();
    let rows = rows.map(|outcome| (outcome.id.as_str(), outcome.label.as_str()));
    list(out, "Outcomes", rows);
    let node = rulebook.find(&item.id);
    let table = node.and_then(|node| rulebook.program.table(node));
    let inputs = table.into_iter().flat_map(|table| &table.inputs);
    let inputs: Vec<_> = inputs
        .filter_map(|input| rulebook.item(*input))
        .map(Item::local_id)
        .collect();
    let _ = writeln!(out, "\nRules over {}", inputs.join(" | "));
    for rule in table.into_iter().flat_map(|table| &table.rules) {
        let then = outcomes.get(rule.outcome as usize);
        let then = then.map_or("", |outcome| outcome.id.as_str());
        let cells = rule.written.join(" | ");
        row(out, &rule.id, &format!("{cells} -> {then}"));
    }
}

/// A metric: its convention, its inputs, its figures.
fn write_metric(out: &mut String, rulebook: &Rulebook, metric: usize) {
    let Some(metric) = rulebook.metrics.get(metric) else {
        return;
    };
    let spec = metric.kind.spec();
    let _ = writeln!(out, "\n{}", spec.convention);
    let inputs = metric.inputs.iter();
    let asked = inputs.flat_map(|input| items(rulebook, &input.nodes));
    let rows = asked.map(|item| (item.local_id(), item.label.as_str()));
    list(out, message!("made-from"), rows);
    let figures = metric.figures.iter().zip(spec.figures);
    let rows =
        figures.filter_map(|(node, figure)| Some((rulebook.item(*node)?.local_id(), figure.title)));
    list(out, "Figures", rows);
}

fn write_question(out: &mut String, question: &Question) {
    let _ = writeln!(out, "\n{}", question.ask);
    for (label, text) in question.hints() {
        let _ = writeln!(out, "{label}{text}");
    }
    let choices = question.choices.iter();
    let rows = choices.map(|choice| (choice.value.as_str(), choice.label.as_str()));
    list(out, "Answers", rows);
}
