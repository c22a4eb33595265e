//! Parts that every report over one rulebook shares: anchors, rendered texts, rules in words.
//!
//! Made once per rulebook, so that a report only has to borrow it.

mod ladder;

use super::markdown::Markup;
use super::view::Term;
use crate::rules::rulebook::rule::{market, profile, thresholds};
use crate::rules::rulebook::{Rulebook, Step};
use ladder::ladders;
pub(super) use ladder::{LadderLayout, floor};
use std::borrow::Cow;
use std::collections::HashSet;

/// The part of a report that does not depend on answers.
#[derive(Debug)]
pub struct Layout<'a> {
    pub(super) rulebook: &'a Rulebook,
    /// Of questions, by item.
    pub(super) anchors: Vec<String>,
    /// True if a score or a table reads a question, by item.
    pub(super) read: Vec<bool>,
    /// True if a score counts the value of a question, by item.
    counted: Vec<bool>,
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
    /// True if ways to the next levels are planned.
    pub(super) planned: bool,
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
    /// Questions that describe the market rather than the firm, by item.
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
            counted: counted(rulebook),
            thresholds: thresholds(rulebook),
            packs: (0..rulebook.packs.len())
                .map(|place| pack(rulebook, place, &mut anchors))
                .collect(),
            sections: sections(rulebook, &mut anchors),
            findings: findings(rulebook, &mut anchors),
            metrics: metrics(rulebook, &mut anchors),
            glossary: glossary(rulebook),
            planned: true,
        }
    }

    /// The same without the ways to the next levels: planning them takes longer than everything else.
    #[must_use]
    pub fn without_ways(mut self) -> Self {
        self.planned = false;
        self
    }

    /// True if a score or a table reads an item.
    pub(super) fn is_read(&self, node: usize) -> bool {
        self.read.get(node).copied().unwrap_or_default()
    }

    /// True if a score counts the value of an item; one that is a difference or a spread only
    /// compares its items.
    pub(super) fn is_counted(&self, node: usize) -> bool {
        self.counted.get(node).copied().unwrap_or_default()
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

fn counted(rulebook: &Rulebook) -> Vec<bool> {
    let mut counted = vec![false; rulebook.items.len()];
    for step in &rulebook.program.steps {
        let Step::Score { score, .. } = step else {
            continue;
        };
        for term in score
            .terms
            .iter()
            .filter(|_| !score.aggregate.properties().distance)
        {
            if let Some(slot) = counted.get_mut(term.node) {
                *slot = true;
            }
        }
    }
    counted
}

fn metrics(rulebook: &Rulebook, anchors: &mut Anchors) -> Vec<MetricLayout> {
    let metric = |metric: &crate::rules::rulebook::Metric| MetricLayout {
        anchor: anchors.take("r", &metric.id),
        about: Markup::of(metric.about.as_ref()),
    };
    rulebook.metrics.iter().map(metric).collect()
}

fn sections(rulebook: &Rulebook, anchors: &mut Anchors) -> Vec<SectionLayout> {
    let section = |section: &crate::rules::rulebook::Section| {
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
