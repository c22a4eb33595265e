//! What every report over one rulebook shares: anchors, rendered pack texts, rules in words.
//!
//! Made once per rulebook, so that a report only has to borrow it.

mod ladder;

use super::markdown::Markup;
use super::view::Term;
use crate::portfolio::Beside;
use crate::rulebook::{Aggregate, ExhibitKind, Item, ItemKind, Rulebook, Step};
pub(super) use ladder::LadderLayout;
use ladder::{ladder_nodes, ladders, thresholds};
use std::borrow::Cow;
use std::collections::HashSet;

/// The part of a report that does not depend on answers.
#[derive(Debug)]
pub struct Layout<'a> {
    pub(super) rulebook: &'a Rulebook,
    /// Of questions, by item.
    pub(super) anchors: Vec<String>,
    /// Whether a score or a table reads a question, by item.
    pub(super) read: Vec<bool>,
    /// Indices at which something depends on an item, by item.
    pub(super) thresholds: Vec<Vec<f64>>,
    pub(super) packs: Vec<PackLayout<'a>>,
    /// By place in the rulebook.
    pub(super) sections: Vec<SectionLayout>,
    /// By place in the rulebook.
    pub(super) findings: Vec<FindingLayout>,
    /// By place in the rulebook.
    pub(super) metrics: Vec<MetricLayout>,
    pub(super) glossary: Vec<Term<'a>>,
    /// What other clients came to.
    pub(super) others: Others,
    /// Whether ways to the next levels are planned.
    pub(super) planned: bool,
}

/// What other clients came to, to stand beside this one.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// The years it speaks of.
    pub(super) period: Option<String>,
    /// Scores, in the rulebook's order.
    pub(super) scores: Vec<Beside>,
}

#[derive(Debug)]
pub(super) struct PackLayout<'a> {
    pub(super) digest: &'a str,
    pub(super) version: String,
    pub(super) about: Markup,
    /// In the pack's order: anchor and text.
    pub(super) exhibits: Vec<(String, Markup)>,
    /// The scores of the profile, by item.
    pub(super) profile: Vec<usize>,
    /// Whether a question describes the market rather than the firm, by item.
    pub(super) market: HashSet<usize>,
    pub(super) ladders: Vec<LadderLayout<'a>>,
    /// Anchor of findings that belong to no section.
    pub(super) whole: String,
    pub(super) scores_anchor: String,
    pub(super) distribution_anchor: String,
}

#[derive(Debug)]
pub(super) struct SectionLayout {
    pub(super) anchor: String,
    pub(super) group: String,
    pub(super) intro: Markup,
}

#[derive(Debug)]
pub(super) struct MetricLayout {
    pub(super) anchor: String,
    pub(super) about: Markup,
}

#[derive(Debug)]
pub(super) struct FindingLayout {
    pub(super) anchor: String,
}

impl<'a> Layout<'a> {
    /// Prepares reports over a rulebook.
    #[must_use]
    pub fn new(rulebook: &'a Rulebook) -> Self {
        let mut anchors = Anchors::default();
        let questions = rulebook.items.iter().take(rulebook.question_count());
        Self {
            rulebook,
            anchors: questions.map(|item| anchors.take("q", &item.id)).collect(),
            read: read(rulebook),
            thresholds: thresholds(rulebook),
            packs: (0..rulebook.packs.len())
                .map(|place| pack(rulebook, place, &mut anchors))
                .collect(),
            sections: sections(rulebook, &mut anchors),
            findings: findings(rulebook, &mut anchors),
            metrics: metrics(rulebook, &mut anchors),
            glossary: glossary(rulebook),
            others: Others::default(),
            planned: true,
        }
    }

    /// The same without the ways to the next levels: planning them takes longer than everything else.
    #[must_use]
    pub fn without_ways(mut self) -> Self {
        self.planned = false;
        self
    }

    /// The same with what other clients came to, of the basis that is reported.
    #[must_use]
    pub fn beside(mut self, period: Option<&str>, scores: Vec<Beside>) -> Self {
        self.others = Others {
            period: period.map(str::to_owned),
            scores,
        };
        self
    }

    /// Whether a score or a table reads an item.
    pub(super) fn is_read(&self, node: usize) -> bool {
        self.read.get(node).copied().unwrap_or_default()
    }

    /// The anchor of a question; `None` for what is computed.
    pub(super) fn anchor(&self, node: usize) -> Option<&str> {
        self.anchors.get(node).map(String::as_str)
    }
}

/// Ids for links, each given once.
#[derive(Default)]
struct Anchors(HashSet<String>);

impl Anchors {
    fn take(&mut self, prefix: &str, id: &str) -> String {
        let plain = |one: char| {
            if one.is_ascii_alphanumeric() {
                one.to_ascii_lowercase()
            } else {
                '-'
            }
        };
        let stem: String = prefix
            .chars()
            .chain(['-'])
            .chain(id.chars())
            .map(plain)
            .collect();
        let mut anchor = stem.clone();
        for number in 2.. {
            if self.0.insert(anchor.clone()) {
                break;
            }
            anchor = format!("{stem}-{number}");
        }
        anchor
    }
}

fn pack<'a>(rulebook: &'a Rulebook, place: usize, anchors: &mut Anchors) -> PackLayout<'a> {
    let Some(pack) = rulebook.packs.get(place) else {
        return PackLayout::empty();
    };
    let market = market(rulebook, pack);
    let mut anchor = |id: &str| anchors.take("x", &format!("{}.{id}", pack.id));
    PackLayout {
        digest: pack.digest.get(..12).unwrap_or(&pack.digest),
        version: pack.version.to_string(),
        about: Markup::of(pack.about.as_ref()),
        exhibits: pack
            .exhibits
            .iter()
            .map(|one| (anchor(&one.id), Markup::of(one.text.as_ref())))
            .collect(),
        profile: profile(rulebook, place, &market),
        scores_anchor: anchor("scores"),
        distribution_anchor: anchor("distribution"),
        ladders: ladders(rulebook, place, &mut anchor),
        whole: anchors.take("g", &format!("{}.whole", pack.id)),
        market,
    }
}

impl PackLayout<'_> {
    fn empty() -> Self {
        Self {
            digest: "",
            version: String::new(),
            about: Markup::default(),
            exhibits: Vec::new(),
            profile: Vec::new(),
            market: HashSet::new(),
            ladders: Vec::new(),
            whole: String::new(),
            scores_anchor: String::new(),
            distribution_anchor: String::new(),
        }
    }
}

/// What describes the market: everything the bars of the fit part show, and everything a grid
/// reads, down to its questions.
fn market(rulebook: &Rulebook, pack: &crate::rulebook::Pack) -> HashSet<usize> {
    let mut open: Vec<usize> = Vec::new();
    for exhibit in &pack.exhibits {
        match &exhibit.kind {
            ExhibitKind::Bars(nodes) if exhibit.part == crate::pack::file::Part::Fit => {
                open.extend(nodes);
            }
            ExhibitKind::Grid { x, y, .. } => open.extend([x, y]),
            ExhibitKind::Bars(_)
            | ExhibitKind::Dots(_)
            | ExhibitKind::Star(_)
            | ExhibitKind::Verdicts(_)
            | ExhibitKind::Checklist(_)
            | ExhibitKind::Steps { .. } => {}
        }
    }
    let mut all = HashSet::new();
    while let Some(node) = open.pop() {
        if all.insert(node) {
            open.extend(children(rulebook.item(node)));
        }
    }
    all
}

fn children(item: Option<&Item>) -> &[usize] {
    match item.map(|item| &item.kind) {
        Some(ItemKind::Score { children, .. }) => children,
        _ => &[],
    }
}

/// The scores that make up the profiles of all packs, by item.
pub(crate) fn profiles(rulebook: &Rulebook) -> impl Iterator<Item = usize> {
    let packs = rulebook.packs.iter().enumerate();
    packs.flat_map(|(place, pack)| profile(rulebook, place, &market(rulebook, pack)))
}

/// The scores that say how far the firm is: what ladders read, and every further average that
/// does not rest on the market.
fn profile(rulebook: &Rulebook, pack: usize, market: &HashSet<usize>) -> Vec<usize> {
    let read = ladder_nodes(rulebook);
    let scores = rulebook
        .items
        .iter()
        .enumerate()
        .filter(|(_, item)| item.pack == pack);
    let kept = scores.filter(|(node, item)| match &item.kind {
        ItemKind::Score {
            aggregate,
            children,
            ..
        } => {
            let average = matches!(
                aggregate,
                Aggregate::Mean | Aggregate::Geometric | Aggregate::Sum
            );
            let own = item.section.is_some()
                && !matches!(aggregate, Aggregate::Spread | Aggregate::Difference);
            let outside = children.iter().any(|child| market.contains(child));
            read.contains(node) || ((average || own) && !outside)
        }
        ItemKind::Question(_)
        | ItemKind::Decision { .. }
        | ItemKind::Figure { .. }
        | ItemKind::Ladder { .. } => false,
    });
    kept.map(|(node, _)| node).collect()
}

fn read(rulebook: &Rulebook) -> Vec<bool> {
    let mut read = vec![false; rulebook.items.len()];
    for step in &rulebook.program.steps {
        let nodes: Vec<usize> = match step {
            Step::Score { score, .. } => score.terms.iter().map(|term| term.node).collect(),
            Step::Decide { table, .. } => table.inputs.clone(),
            Step::Relevance { .. } | Step::Measure { .. } | Step::Climb { .. } => continue,
        };
        for node in nodes {
            if let Some(slot) = read.get_mut(node) {
                *slot = true;
            }
        }
    }
    read
}

fn metrics(rulebook: &Rulebook, anchors: &mut Anchors) -> Vec<MetricLayout> {
    let metric = |metric: &crate::rulebook::Metric| MetricLayout {
        anchor: anchors.take("r", &metric.id),
        about: Markup::of(metric.about.as_ref()),
    };
    rulebook.metrics.iter().map(metric).collect()
}

fn sections(rulebook: &Rulebook, anchors: &mut Anchors) -> Vec<SectionLayout> {
    let section = |section: &crate::rulebook::Section| {
        let pack = rulebook
            .packs
            .get(section.pack)
            .map_or("", |pack| pack.id.as_str());
        let id = format!("{pack}.{}", section.id);
        SectionLayout {
            anchor: anchors.take("s", &id),
            group: anchors.take("g", &id),
            intro: Markup::of(section.intro.as_ref()),
        }
    };
    rulebook.sections.iter().map(section).collect()
}

fn findings(rulebook: &Rulebook, anchors: &mut Anchors) -> Vec<FindingLayout> {
    let findings = rulebook.findings.iter();
    findings
        .map(|one| FindingLayout {
            anchor: anchors.take("f", &one.id),
        })
        .collect()
}

fn glossary(rulebook: &Rulebook) -> Vec<Term<'_>> {
    let all = rulebook.packs.iter().flat_map(|pack| &pack.glossary);
    let mut terms: Vec<Term<'_>> = all
        .map(|(term, meaning)| Term {
            term: Cow::Borrowed(term),
            meaning: Cow::Borrowed(meaning),
        })
        .collect();
    terms.sort_by_cached_key(|term| term.term.to_lowercase());
    terms.dedup_by(|a, b| a.term.eq_ignore_ascii_case(&b.term));
    terms
}
