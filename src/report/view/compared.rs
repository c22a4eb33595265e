//! The comparison: what moved from one assessment to another, sorted, rounded and worded.

mod answer;
mod score;
mod verdict;

pub use answer::AnswerRow;
pub use score::{Moved, MovedRow, Part};
pub use verdict::{FindingRow, Turn};

use super::context::opening;
use super::{Brand, Text};
use crate::answers::Status;
use crate::assess::assessment::Named;
use crate::rules::pack::file::FindingKind;
use crate::rules::rulebook::words::list;
use crate::rules::vocabulary::Basis;
use crate::study::compare::{
    Comparison, EffectKind, Movement, PackChange, PackPoint, PackRelation, SideResult,
};
use crate::text::number::rounded;
use serde::Serialize;
use std::borrow::Cow;

/// The whole comparison: the root context of `compare.html` and `compare.md`.
#[derive(Debug, Clone, Serialize)]
pub struct Compared<'a> {
    /// Always `en`.
    pub language: &'static str,
    /// `centricity 0.1.0`.
    pub engine: Text<'a>,
    /// Who hands it over.
    pub brand: &'a Brand,
    /// Whose comparison it is.
    pub client: String,
    /// Assessment that is compared from.
    pub before: End<'a>,
    /// Assessment that is compared to.
    pub after: End<'a>,
    /// Notes to read before any figure.
    pub banners: Vec<Text<'a>>,
    /// Largest changes, in a few sentences.
    pub headline: Vec<String>,
    /// True if nothing moved at all.
    pub still: bool,
    /// Packs that are others than before or than the built-in ones, or that only one side has.
    pub packs: Vec<String>,
    /// Effect of the packs apart from the answers, or why it is not shown; null where all packs are
    /// the same.
    pub effect: Option<String>,
    /// Levels that moved.
    pub levels: Vec<Turn<'a>>,
    /// Decisions that came out differently.
    pub decisions: Vec<Turn<'a>>,
    /// Gates that were met or lost.
    pub gates: Vec<Turn<'a>>,
    /// Scores that moved.
    pub scores: Moved<'a>,
    /// Answers that changed, without those that were opened or closed.
    pub answers: Vec<AnswerRow<'a>>,
    /// Questions that were open and are answered.
    pub answered: Vec<AnswerRow<'a>>,
    /// Questions that were answered and are open, or that nobody can answer any more.
    pub opened: Vec<AnswerRow<'a>>,
    /// Contradictions that are new.
    pub contradictions: Vec<FindingRow<'a>>,
    /// Other findings that are new.
    pub found: Vec<FindingRow<'a>>,
    /// Findings that no longer hold.
    pub closed: Vec<FindingRow<'a>>,
    /// Figures of metrics that moved; results beside maturity.
    pub metrics: Vec<Turn<'a>>,
}

/// One end of the comparison.
#[derive(Debug, Clone, Serialize)]
pub struct End<'a> {
    /// As it was asked for: `main:clients/acme`.
    pub name: &'a str,
    /// "31 October 2026", or what stands in its place; null where no day is given.
    pub date: Option<Text<'a>>,
    /// "evidenced, final, 86 % answered, confidence low".
    pub facts: String,
}

impl<'a> Compared<'a> {
    /// Words a comparison; the names are what the two sides were asked for by.
    #[must_use]
    pub fn new(comparison: &'a Comparison, names: (&'a str, &'a str), brand: &'a Brand) -> Self {
        let finding = |wanted: fn(&FindingRow<'_>) -> bool| {
            let rows = comparison.findings.iter().map(FindingRow::new);
            rows.filter(wanted).collect()
        };
        let (answers, answered, opened) = answer::sorted(&comparison.answers);
        Self {
            language: "en",
            engine: Cow::Borrowed(&comparison.engine),
            brand,
            client: client(&comparison.after),
            before: end(&comparison.before, names.0),
            after: end(&comparison.after, names.1),
            banners: comparison
                .banners
                .iter()
                .map(|banner| Cow::Borrowed(banner.text.as_str()))
                .collect(),
            headline: headline(comparison),
            still: comparison.is_empty(),
            packs: comparison.packs.iter().filter_map(pack).collect(),
            effect: effect(comparison),
            levels: verdict::levels(comparison),
            decisions: verdict::decisions(comparison),
            gates: verdict::gates(comparison),
            scores: score::moved(comparison),
            answers,
            answered,
            opened,
            contradictions: finding(|one| one.opened && one.kind == FindingKind::Contradiction),
            found: finding(|one| one.opened && one.kind != FindingKind::Contradiction),
            closed: finding(|one| !one.opened),
            metrics: verdict::metrics(comparison),
        }
    }
}

fn client(side: &SideResult) -> String {
    let unit = side.client.unit.as_ref();
    let unit = unit.map_or(String::new(), |unit| format!(", {unit}"));
    format!("{}{unit}", side.client.name)
}

fn end<'a>(side: &'a SideResult, name: &'a str) -> End<'a> {
    let date = side.assessed_on.as_deref();
    let mut facts = vec![
        match side.basis {
            Basis::Evidenced => "on evidence".to_owned(),
            Basis::Perception => "a perception".to_owned(),
        },
        match side.status {
            Status::Draft => "draft".to_owned(),
            Status::Final => "final".to_owned(),
        },
    ];
    facts.extend(side.people.map(|people| format!("{people} people")));
    facts.push(format!("{} % answered", rounded(side.coverage * 100.0, 0)));
    facts.push(format!("confidence {}", side.confidence.word()));
    if side.stored {
        facts.push("stored result".to_owned());
    }
    End {
        name,
        date: date.map(day),
        facts: facts.join(", "),
    }
}

fn day(text: &str) -> Text<'_> {
    let date = text.parse().ok().map(super::context::date);
    date.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// A pack that is not the very same on both sides, or that is a changed one.
fn pack(pack: &PackChange) -> Option<String> {
    let version =
        |point: Option<&PackPoint>| point.map_or_else(String::new, |point| point.version.clone());
    let (id, from, to) = (
        &pack.id,
        version(pack.from.as_ref()),
        version(pack.to.as_ref()),
    );
    let relation = match pack.relation {
        PackRelation::Same => None,
        PackRelation::Changed if from == to => {
            Some(format!("{id} {to} has other rules than {id} {from} had."))
        }
        PackRelation::Changed => Some(format!("{id} went from {from} to {to}.")),
        PackRelation::OtherMajor => Some(format!(
            "{id} went from {from} to {to}, another major version, and is not compared."
        )),
        PackRelation::OnlyBefore => Some(format!(
            "{id} {from} is no longer asked, and is not compared."
        )),
        PackRelation::OnlyAfter => Some(format!(
            "{id} {to} was not asked before, and is not compared."
        )),
    };
    let told: Vec<String> = relation.into_iter().chain(changed(pack)).collect();
    (!told.is_empty()).then(|| told.join(" "))
}

/// Which side used a changed pack.
fn changed(pack: &PackChange) -> Option<String> {
    let of = |point: &Option<PackPoint>| point.clone().filter(|point| point.changed);
    let (from, to) = (of(&pack.from), of(&pack.to));
    let side = match (&from, &to) {
        (None, None) => return None,
        (Some(_), Some(_)) => "on both sides",
        (Some(_), None) => "on the earlier side",
        (None, Some(_)) => "on the later side",
    };
    let version = to.or(from)?.version;
    let id = &pack.id;
    Some(format!(
        "{id} {version} is changed {side}: its rules are not those built in under this version."
    ))
}

fn effect(comparison: &Comparison) -> Option<String> {
    match (comparison.effect.kind, &comparison.effect.why) {
        (EffectKind::None, _) => None,
        (EffectKind::Told, _) => Some("The earlier answers were scored by the later packs too: what that moves is what the packs did, and what is left is what the answers did.".to_owned()),
        (EffectKind::Untold, why) => {
            let why = why.as_deref().unwrap_or("that was not asked for");
            Some(format!("What packs did is not told apart from what answers did: {why}."))
        }
    }
}

/// Levels first, then how many scores, gates and findings moved.
fn headline(comparison: &Comparison) -> Vec<String> {
    if comparison.is_empty() {
        return vec!["Nothing moved.".to_owned()];
    }
    let moved = comparison
        .levels
        .iter()
        .filter(|one| one.movement.is_change());
    let mut lines: Vec<String> = moved
        .map(|level| {
            let name =
                |one: Option<&Named>| one.map_or("no level", |one| one.label.as_str()).to_owned();
            let (from, to) = (name(level.from.as_ref()), name(level.to.as_ref()));
            let sure = if level.certain {
                ""
            } else {
                " Open answers could still undo that."
            };
            format!("{}: from {from} to {to}.{sure}", level.title)
        })
        .collect();
    let scores = |wanted: Movement| {
        let all = comparison.scores.iter();
        all.filter(|one| one.movement == wanted).count()
    };
    let mut counts = Vec::new();
    let mut count = |count: usize, one: &str, many: &str| {
        if count > 0 {
            counts.push(format!("{count} {}", if count == 1 { one } else { many }));
        }
    };
    count(scores(Movement::Rose), "score rose", "scores rose");
    count(scores(Movement::Fell), "score fell", "scores fell");
    let apart = scores(Movement::Differs);
    count(
        apart,
        "spread or difference changed",
        "spreads or differences changed",
    );
    let gates = |wanted: Movement| {
        let all = comparison.gates.iter();
        all.filter(|one| one.movement == wanted).count()
    };
    count(gates(Movement::Rose), "gate was met", "gates were met");
    count(gates(Movement::Fell), "gate was lost", "gates were lost");
    let opened = comparison.findings.iter().filter(|one| one.opened).count();
    let closed = comparison.findings.len() - opened;
    count(opened, "finding opened", "findings opened");
    count(closed, "finding closed", "findings closed");
    count(
        comparison.answers.len(),
        "answer changed",
        "answers changed",
    );
    let moved = [Movement::Rose, Movement::Fell, Movement::Differs];
    if moved.into_iter().map(scores).sum::<usize>() == 0 {
        lines.push("No score moved by enough to be called a change.".to_owned());
    }
    if !counts.is_empty() {
        let words: Vec<&str> = counts.iter().map(String::as_str).collect();
        lines.push(format!("{}.", list(&words)));
    }
    lines
}

/// "Three scores did not move."; nothing where all did.
fn still(count: usize) -> Option<String> {
    (count > 0).then(|| opening(count, "score did not move.", "scores did not move."))
}
