//! Levels, decisions, gates, metrics and findings that moved.

use crate::assess::assessment::{Named, NeedState};
use crate::report::view::Text;
use crate::report::view::finding::word_of;
use crate::rules::pack::file::FindingKind;
use crate::study::compare::{Comparison, FindingChange, LevelChange, MetricChange, Movement};
use crate::text::number::Move;
use serde::Serialize;
use std::borrow::Cow;

/// Something that is another than it was.
#[derive(Debug, Clone, Serialize)]
pub struct Turn<'a> {
    /// `maturity.level`.
    pub id: &'a str,
    /// Name.
    pub label: Text<'a>,
    /// As it was, in words.
    pub from: String,
    /// As it is.
    pub to: String,
    /// "rose", "fell", "met", "lost", "+1.2"; empty where the two words say it.
    pub word: String,
    /// Note on the change; empty where there is none.
    pub note: String,
}

/// A finding that opened or closed.
#[derive(Debug, Clone, Serialize)]
pub struct FindingRow<'a> {
    /// `organisation.title-without-power`.
    pub id: &'a str,
    /// Title.
    pub title: Text<'a>,
    /// "gap, high".
    pub word: String,
    /// Kind of finding.
    pub kind: FindingKind,
    /// True if it holds now.
    pub opened: bool,
    /// Answers that led to it.
    pub because: Vec<Text<'a>>,
    /// Note on the change; empty where there is none.
    pub note: String,
}

const UNDONE: &str = "open answers could still undo that";
const PACKS: &str = "by the packs alone";

fn notes(certain: bool, by_pack: Option<bool>) -> String {
    let notes = [(!certain, UNDONE), (by_pack == Some(true), PACKS)];
    let told: Vec<&str> = notes
        .iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, note)| *note)
        .collect();
    told.join("; ")
}

pub(super) fn levels(comparison: &Comparison) -> Vec<Turn<'_>> {
    let moved = comparison.levels.iter();
    let moved = moved.filter(|one| one.movement.is_change());
    let turn = |level: &'static str, one: Option<&Named>| {
        one.map_or_else(|| level.to_owned(), |one| one.label.clone())
    };
    moved
        .map(|level: &LevelChange| Turn {
            id: &level.id,
            label: Cow::Borrowed(&level.title),
            from: turn("no level", level.from.as_ref()),
            to: turn("no level", level.to.as_ref()),
            word: match level.movement {
                Movement::Rose => "rose".to_owned(),
                Movement::Fell => "fell".to_owned(),
                Movement::Same
                | Movement::Slight
                | Movement::Differs
                | Movement::Came
                | Movement::Went => String::new(),
            },
            note: notes(level.certain, level.by_pack),
        })
        .collect()
}

pub(super) fn decisions(comparison: &Comparison) -> Vec<Turn<'_>> {
    let moved = comparison.decisions.iter();
    let moved = moved.filter(|one| one.movement.is_change());
    let labels = |list: &[Named]| {
        if list.is_empty() {
            return "cannot be said".to_owned();
        }
        let labels: Vec<&str> = list.iter().map(|one| one.label.as_str()).collect();
        labels.join(", ")
    };
    moved
        .map(|one| Turn {
            id: &one.id,
            label: Cow::Borrowed(&one.title),
            from: labels(&one.from),
            to: labels(&one.to),
            word: String::new(),
            note: notes(one.certain, one.by_pack),
        })
        .collect()
}

pub(super) fn gates(comparison: &Comparison) -> Vec<Turn<'_>> {
    let moved = comparison.gates.iter();
    let moved = moved.filter(|one| one.movement.is_change());
    let state = |state: NeedState| state.word().to_owned();
    moved
        .map(|gate| Turn {
            id: &gate.id,
            label: Cow::Borrowed(&gate.title),
            from: state(gate.from),
            to: state(gate.to),
            word: match gate.movement {
                Movement::Rose => "met now".to_owned(),
                Movement::Fell => "lost".to_owned(),
                Movement::Same
                | Movement::Slight
                | Movement::Differs
                | Movement::Came
                | Movement::Went => String::new(),
            },
            note: notes(true, gate.by_pack),
        })
        .collect()
}

pub(super) fn metrics(comparison: &Comparison) -> Vec<Turn<'_>> {
    let moved = comparison.metrics.iter();
    let moved = moved.filter(|one| one.movement != Movement::Same);
    moved
        .map(|figure| Turn {
            id: &figure.id,
            label: Cow::Borrowed(&figure.title),
            from: figure.says_from.clone(),
            to: figure.says_to.clone(),
            word: difference(figure).unwrap_or_default(),
            note: String::new(),
        })
        .collect()
}

/// Difference of a figure with its sign, as finely as it is printed; `None` without both values.
fn difference(figure: &MetricChange) -> Option<String> {
    let digits = |text: &str| {
        let fraction = text.split_once('.').map_or("", |(_, fraction)| fraction);
        fraction.bytes().take_while(u8::is_ascii_digit).count()
    };
    let digits = digits(&figure.says_from).max(digits(&figure.says_to));
    let digits = u8::try_from(digits).unwrap_or(1);
    Some(Move::new(figure.from?, figure.to?, &[], digits).by)
}

impl<'a> FindingRow<'a> {
    pub(super) fn new(finding: &'a FindingChange) -> Self {
        let because = finding.because.iter();
        Self {
            id: &finding.id,
            title: Cow::Borrowed(&finding.title),
            word: word_of(finding.kind, finding.severity),
            kind: finding.kind,
            opened: finding.opened,
            because: because.map(|text| Cow::Borrowed(text.as_str())).collect(),
            note: notes(finding.certain, finding.by_pack),
        }
    }
}
