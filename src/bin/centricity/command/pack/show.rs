//! `pack show`: what a pack asks and what it makes of the answers.

use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{CheckedPack, PackArgs, reading};
use crate::output::{Output, print};
use centricity::rules::rulebook::{
    Item, ItemKind, Outcome as RuleOutcome, Question, Row, Rulebook,
};
use centricity::text::diagnostic::nearest;
use clap::Args;
use std::fmt::Write as _;

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
    pub(crate) fn run(self, output: Output) -> Outcome {
        let library = self.packs.library()?;
        let CheckedPack { rulebook, .. } = reading(output, |reader| {
            CheckedPack::find(&self.name, &library, reader)
        })?;
        let text = match &self.id {
            Some(id) => one(&rulebook, id)?,
            None => all(&rulebook),
        };
        print(&text)?;
        Ok(Exit::Done)
    }
}

/// Whether an item is of a sort.
type Is = fn(&ItemKind) -> bool;

fn all(rulebook: &Rulebook) -> String {
    let mut out = String::new();
    let Some(pack) = rulebook.packs().first() else {
        return out;
    };
    let _ = writeln!(out, "{} {}\n{}", pack.id, pack.version, pack.title);
    for text in [&pack.about, &pack.credit].into_iter().flatten() {
        let _ = writeln!(out, "\n{text}");
    }
    for section in rulebook
        .sections()
        .iter()
        .filter(|section| section.pack == 0)
    {
        let _ = writeln!(out, "\n{} ({})", section.title, section.id);
        for item in section
            .questions
            .iter()
            .filter_map(|node| rulebook.item(*node))
        {
            row(&mut out, item.local_id(), &item.label);
        }
    }
    let kinds: [(&str, Is); 4] = [
        ("Scores", |kind| matches!(kind, ItemKind::Score { .. })),
        ("Decisions", |kind| {
            matches!(kind, ItemKind::Decision { .. })
        }),
        ("Metrics", |kind| {
            matches!(kind, ItemKind::Figure { place: 0, .. })
        }),
        ("Ladders", |kind| matches!(kind, ItemKind::Ladder { .. })),
    ];
    for (title, is) in kinds {
        let items = rulebook
            .items()
            .iter()
            .filter(|item| item.pack == 0 && is(&item.kind));
        list(
            &mut out,
            title,
            items.map(|item| (item.local_id(), item.label.as_str())),
        );
    }
    let gates = rulebook.gates().iter().filter(|gate| gate.pack == 0);
    list(
        &mut out,
        "Gates",
        gates.map(|gate| (local(&gate.id), gate.title.as_str())),
    );
    let findings = rulebook
        .findings()
        .iter()
        .filter(|finding| finding.pack == 0);
    list(
        &mut out,
        "Findings",
        findings.map(|finding| (local(&finding.id), finding.title.as_str())),
    );
    out
}

fn local(id: &str) -> &str {
    id.split_once('.').map_or(id, |(_, local)| local)
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

/// Everything about one item.
fn one(rulebook: &Rulebook, id: &str) -> Result<String, Failure> {
    let found = rulebook
        .items()
        .iter()
        .find(|item| item.pack == 0 && (item.local_id() == id || item.id == id));
    let Some(item) = found else {
        let ids = rulebook
            .items()
            .iter()
            .filter(|item| item.pack == 0)
            .map(Item::local_id);
        let help = nearest(id, ids).map_or_else(
            || "without an id, `pack show` lists them all".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(Failure::usage(format!("the pack has no item `{id}`"), help));
    };
    let mut out = format!("{}\n{}\n", item.id, item.label);
    if let Some(about) = &item.about {
        let _ = writeln!(out, "\n{about}");
    }
    match &item.kind {
        ItemKind::Question(question) => asked(&mut out, question),
        ItemKind::Score {
            aggregate,
            children,
            caps,
            not_asked: _,
        } => {
            let _ = writeln!(out, "\nThe {} of:", format!("{aggregate:?}").to_lowercase());
            for child in children.iter().filter_map(|node| rulebook.item(*node)) {
                row(&mut out, child.local_id(), &child.label);
            }
            for cap in caps {
                let _ = writeln!(out, "\nA cap may hold it down: {cap}");
            }
        }
        ItemKind::Decision { outcomes, rules } => {
            decided(&mut out, rulebook, item, outcomes, rules);
        }
        ItemKind::Figure { metric, .. } => measured(&mut out, rulebook, *metric),
        ItemKind::Ladder { levels, .. } => {
            let levels = levels.iter();
            let rows = levels.map(|level| (level.id.as_str(), level.title.as_str()));
            list(&mut out, "Levels, lowest first", rows);
        }
    }
    Ok(out)
}

fn decided(
    out: &mut String,
    rulebook: &Rulebook,
    item: &Item,
    outcomes: &[RuleOutcome],
    rules: &[Row],
) {
    let rows = outcomes.iter();
    let rows = rows.map(|outcome| (outcome.id.as_str(), outcome.label.as_str()));
    list(out, "Outcomes", rows);
    let over = inputs(rulebook, &item.id).join(" | ");
    let _ = writeln!(out, "\nRules over {over}");
    for rule in rules {
        let then = outcomes.get(rule.outcome);
        let then = then.map_or("", |outcome| outcome.id.as_str());
        row(
            out,
            &rule.id,
            &format!("{} -> {then}", rule.cells.join(" | ")),
        );
    }
}

/// A metric: its convention, what it is made from, what it gives.
fn measured(out: &mut String, rulebook: &Rulebook, metric: usize) {
    let Some(metric) = rulebook.metrics().get(metric) else {
        return;
    };
    let spec = metric.kind.spec();
    let _ = writeln!(out, "\n{}", spec.convention);
    let nodes = metric.inputs.iter().flat_map(|input| &input.nodes);
    let asked = nodes.filter_map(|node| rulebook.item(*node));
    let asked = asked.map(|item| (item.local_id(), item.label.as_str()));
    list(out, "Made from", asked);
    let figures = metric.figures.iter().zip(spec.figures);
    let figures =
        figures.filter_map(|(node, figure)| Some((rulebook.item(*node)?.local_id(), figure.title)));
    list(out, "Figures", figures);
}

/// The ids of what a decision reads, in the order of its cells.
fn inputs<'a>(rulebook: &'a Rulebook, id: &str) -> Vec<&'a str> {
    let table = rulebook
        .find(id)
        .and_then(|node| rulebook.program().table(node));
    let inputs = table.into_iter().flat_map(|table| &table.inputs);
    inputs
        .filter_map(|input| rulebook.item(*input))
        .map(Item::local_id)
        .collect()
}

fn asked(out: &mut String, question: &Question) {
    let _ = writeln!(out, "\n{}", question.ask);
    let lines = [
        ("", &question.help),
        ("Why: ", &question.why),
        ("Look at: ", &question.evidence),
    ];
    for (label, text) in lines {
        if let Some(text) = text {
            let _ = writeln!(out, "{label}{text}");
        }
    }
    if !question.choices.is_empty() {
        list(
            out,
            "Answers",
            question
                .choices
                .iter()
                .map(|choice| (choice.value.as_str(), choice.label.as_str())),
        );
    }
}
