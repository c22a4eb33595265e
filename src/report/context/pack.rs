//! Texts of packs that the result does not repeat, by id.

use crate::assess::assessment::{MatchedResult, ScoreResult};
use crate::report::decision_map::Grid;
use crate::rules::pack::file::{ContextFile, Part};
use crate::rules::rulebook::rule::{market, profile};
use crate::rules::rulebook::{Choice, Exhibit, ExhibitKind, Rulebook};
use serde::Serialize;
use std::collections::BTreeMap;

/// Texts of a pack.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PackTexts<'a> {
    /// Id.
    pub id: &'a str,
    /// Title.
    pub title: &'a str,
    /// Subject, CommonMark.
    pub about: Option<&'a str>,
    /// Source of its ideas.
    pub credit: Option<&'a str>,
    /// Its sections, in reading order.
    pub sections: Vec<SectionTexts<'a>>,
    /// Ids of the scores that show its state side by side.
    pub profile: Vec<&'a str>,
    /// Its exhibits.
    pub exhibits: Vec<ExhibitTexts<'a>>,
    /// Published figures.
    pub context: Vec<&'a ContextFile>,
    /// Terms, each with its meaning.
    pub glossary: &'a [(String, String)],
}

/// A section of a questionnaire.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SectionTexts<'a> {
    /// Id within the pack.
    pub id: &'a str,
    /// Title.
    pub title: &'a str,
    /// Ids of its questions.
    pub questions: Vec<&'a str>,
}

/// Texts of a question.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionTexts<'a> {
    /// Reason why the answer matters.
    pub why: Option<&'a str>,
    /// Evidence to look at.
    pub evidence: Option<&'a str>,
    /// Anchors or choices, in order.
    pub choices: &'a [Choice],
}

/// An exhibit.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExhibitTexts<'a> {
    /// Id within the pack.
    pub id: &'a str,
    /// Title.
    pub title: &'a str,
    /// Explanation, CommonMark.
    pub text: Option<&'a str>,
    /// Kind: `dots`, `bars`, `star`, `grid`, `verdicts`, `checklist` or `steps`.
    pub kind: &'static str,
    /// Part of the report.
    pub part: Part,
    /// Ids of what it shows.
    pub of: Vec<&'a str>,
    /// The map of a decision over two of its inputs; null for other kinds.
    pub grid: Option<Grid<'a>>,
}

/// The texts of every pack.
pub(super) fn packs<'a>(result: &MatchedResult<'a>) -> Vec<PackTexts<'a>> {
    let rulebook = result.rulebook();
    let places = rulebook.packs.iter().enumerate();
    let texts = places.map(|(place, pack)| PackTexts {
        id: &pack.id,
        title: &pack.title,
        about: pack.about.as_deref(),
        credit: pack.credit.as_deref(),
        sections: sections(rulebook, place),
        profile: profile_of(result, place),
        exhibits: pack
            .exhibits
            .iter()
            .map(|one| exhibit(result, one))
            .collect(),
        context: pack.context.iter().map(|figure| &figure.file).collect(),
        glossary: &pack.glossary,
    });
    texts.collect()
}

/// The scores of a pack's profile: the one its ladder reads, then the others, highest first.
fn profile_of<'a>(result: &MatchedResult<'a>, place: usize) -> Vec<&'a str> {
    let rulebook = result.rulebook();
    let Some(pack) = rulebook.packs.get(place) else {
        return Vec::new();
    };
    let head = pack
        .headline
        .and_then(|head| result.ladder(head)?.of.as_ref());
    let nodes = profile(rulebook, place, &market(rulebook, pack)).into_iter();
    let mut scores: Vec<_> = nodes.filter_map(|node| result.score(node)).collect();
    scores.sort_by(|one, other| {
        let is_head = |score: &ScoreResult| head.is_some_and(|head| score.id == **head);
        let index = |score: &ScoreResult| score.index.unwrap_or(-1.0);
        let heads = is_head(other).cmp(&is_head(one));
        heads.then(index(other).total_cmp(&index(one)))
    });
    scores.into_iter().map(|score| score.id.as_str()).collect()
}

fn sections(rulebook: &Rulebook, pack: usize) -> Vec<SectionTexts<'_>> {
    let own = rulebook.sections.iter().filter(|one| one.pack == pack);
    let texts = own.map(|section| SectionTexts {
        id: &section.id,
        title: &section.title,
        questions: ids(rulebook, &section.questions),
    });
    texts.collect()
}

/// The texts of every question, by id.
pub(super) fn questions(rulebook: &Rulebook) -> BTreeMap<&str, QuestionTexts<'_>> {
    let texts = rulebook.items.iter().filter_map(|item| {
        let question = item.kind.question()?;
        let texts = QuestionTexts {
            why: question.why.as_deref(),
            evidence: question.evidence.as_deref(),
            choices: &question.choices,
        };
        Some((item.id.as_str(), texts))
    });
    texts.collect()
}

/// The meaning of every item that has one, CommonMark, by id.
pub(super) fn about(rulebook: &Rulebook) -> BTreeMap<&str, &str> {
    let texts = rulebook.items.iter();
    let texts = texts.filter_map(|item| Some((item.id.as_str(), item.about.as_deref()?)));
    texts.collect()
}

fn ids<'a>(rulebook: &'a Rulebook, nodes: &[usize]) -> Vec<&'a str> {
    let items = nodes.iter().filter_map(|node| rulebook.item(*node));
    items.map(|item| item.id.as_str()).collect()
}

fn exhibit<'a>(result: &MatchedResult<'a>, exhibit: &'a Exhibit) -> ExhibitTexts<'a> {
    let rulebook = result.rulebook();
    let children = |score: usize| {
        rulebook
            .item(score)
            .map_or(&[][..], |one| one.kind.children())
    };
    let (kind, of) = match &exhibit.kind {
        ExhibitKind::Dots(nodes) => ("dots", ids(rulebook, nodes)),
        ExhibitKind::Bars(nodes) => ("bars", ids(rulebook, nodes)),
        ExhibitKind::Verdicts(nodes) => ("verdicts", ids(rulebook, nodes)),
        ExhibitKind::Star(score) => ("star", ids(rulebook, children(*score))),
        ExhibitKind::Grid { decision, .. } => ("grid", ids(rulebook, &[*decision])),
        ExhibitKind::Steps { decision, ladder } => ("steps", ids(rulebook, &[*decision, *ladder])),
        ExhibitKind::Checklist(gates) => {
            let gates = gates.iter().filter_map(|place| rulebook.gates.get(*place));
            ("checklist", gates.map(|gate| gate.id.as_str()).collect())
        }
    };
    let grid = match &exhibit.kind {
        ExhibitKind::Grid { decision, x, y } => Grid::new(result, *decision, *x, *y),
        ExhibitKind::Dots(_)
        | ExhibitKind::Bars(_)
        | ExhibitKind::Star(_)
        | ExhibitKind::Verdicts(_)
        | ExhibitKind::Checklist(_)
        | ExhibitKind::Steps { .. } => None,
    };
    ExhibitTexts {
        id: &exhibit.id,
        title: &exhibit.title,
        text: exhibit.text.as_deref(),
        kind,
        part: exhibit.part,
        of,
        grid,
    }
}
