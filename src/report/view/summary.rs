//! The summary: one page that stands alone.

mod fact;

pub use fact::Fact;

use super::finding::{Kind, word};
use super::material::{Material, grade_word, holds_back, opening};
use super::order::spread;
use super::pack::Pack;
use super::step::Step;
use super::{Numbers, Text};
use crate::assessment::FindingResult;
use crate::evaluate::State;
use crate::pack::file::FindingKind;
use crate::report::layout::PackLayout;
use fact::{result_facts, results};
use serde::Serialize;
use std::borrow::Cow;
use std::cmp::Reverse;

/// At most so many strengths, gaps and open sentences.
const MOST_POINTS: usize = 3;
const MOST_OPEN: usize = 4;

/// Section 1.
#[derive(Debug, Clone, Serialize)]
pub struct Summary<'a> {
    /// One per pack.
    pub headlines: Vec<Headline<'a>>,
    /// At most three strengths, by severity, then in the pack's order.
    pub strengths: Vec<Point<'a>>,
    /// At most three risks, contradictions and gaps, by severity.
    pub gaps: Vec<Point<'a>>,
    /// At most three, by priority.
    pub steps: Vec<Step<'a>>,
    /// How sure this is.
    pub confidence: Confidence,
    /// What we do not know, at most four sentences.
    pub open: Vec<String>,
    /// "And 3 more that nobody could answer: see section 5."
    pub open_more: Option<String>,
}

/// What a pack comes to.
#[derive(Debug, Clone, Serialize)]
pub struct Headline<'a> {
    /// Title of the pack.
    pub pack: Text<'a>,
    /// The level with what holds the next, or the pack's first score in a sentence.
    pub sentence: Text<'a>,
    /// The verdict on fit, one sentence; null when the pack draws no steps.
    pub verdict: Option<String>,
    /// One to four, such as level, index, form, answered.
    pub facts: Vec<Fact<'a>>,
    /// At most three metrics, of a pack without level and index.
    pub results: Vec<Fact<'a>>,
}

/// A finding in one line.
#[derive(Debug, Clone, Serialize)]
pub struct Point<'a> {
    /// Title.
    pub title: Text<'a>,
    /// What sort it is.
    pub kind: Kind,
    /// "gap, high".
    pub word: String,
    /// Of the finding.
    pub anchor: Option<&'a str>,
    /// Of the finding.
    pub number: String,
}

/// How far the result can be trusted.
#[derive(Debug, Clone, Serialize)]
pub struct Confidence {
    /// "low", "medium" or "high".
    pub grade: &'static str,
    /// From what.
    pub why: String,
}

impl<'a> Material<'a> {
    pub(super) fn summary(&self, packs: &[Pack<'a>], numbers: &Numbers) -> Summary<'a> {
        let (open, open_more) = self.open_sentences(numbers);
        let layouts = self.layout.packs.iter().zip(packs).enumerate();
        Summary {
            headlines: layouts
                .map(|(place, (layout, pack))| self.headline(place, layout, pack))
                .collect(),
            strengths: self.points(packs, |kind| kind == FindingKind::Strength),
            gaps: self.points(packs, holds_back),
            steps: self.next_steps(packs),
            confidence: Confidence {
                grade: grade_word(self.assessment.confidence.grade),
                why: self.confidence_reasons(),
            },
            open,
            open_more,
        }
    }

    fn headline(&self, place: usize, layout: &'a PackLayout<'a>, pack: &Pack<'a>) -> Headline<'a> {
        let title = self
            .rulebook
            .packs
            .get(place)
            .map_or("", |pack| pack.title.as_str());
        let main = layout
            .ladders
            .iter()
            .find(|one| !one.drawn)
            .or(layout.ladders.first());
        let main = main.filter(|ladder| self.applies(ladder.node));
        let main = main.and_then(|ladder| self.ladder(ladder.node));
        let first = || {
            layout
                .profile
                .iter()
                .filter(|node| self.applies(**node))
                .find_map(|node| self.strip(*node))
                .map(|strip| strip.says)
        };
        let sentence = match main {
            // Where too much is built, what the next level would ask for is no advice.
            Some(ladder) => match &ladder.level {
                Some(level) if self.over(place) => {
                    Cow::Owned(format!("{}: {}.", ladder.title, level.label))
                }
                _ => Cow::Borrowed(ladder.sentence.as_str()),
            },
            None => first()
                .or_else(|| self.nothing(place))
                .or_else(|| results(pack))
                .map_or(Cow::Borrowed(title), Cow::Owned),
        };
        let facts = self.facts(place, main, layout);
        Headline {
            pack: Cow::Borrowed(title),
            sentence,
            verdict: self.verdict(place),
            results: if facts.is_empty() {
                result_facts(pack).collect()
            } else {
                Vec::new()
            },
            facts: facts.into_iter().chain(self.answered_fact(place)).collect(),
        }
    }

    fn points(&self, packs: &[Pack<'a>], wanted: fn(FindingKind) -> bool) -> Vec<Point<'a>> {
        let mut found: Vec<&FindingResult> = self
            .assessment
            .findings
            .iter()
            .filter(|one| wanted(one.kind))
            .collect();
        let rules = &self.rulebook.findings;
        let pack = |one: &FindingResult| rules.get(one.place).map(|rule| rule.pack);
        spread(&mut found, |one| (Reverse(one.severity), pack(one)));
        let shown = || {
            packs
                .iter()
                .flat_map(|pack| &pack.groups)
                .flat_map(|group| &group.findings)
        };
        let points = found.into_iter().take(MOST_POINTS).map(|one| {
            let finding = shown().find(|shown| shown.rule == one.id);
            Point {
                title: finding.map_or(Cow::Owned(one.title.clone()), |finding| {
                    finding.title.clone()
                }),
                kind: one.kind,
                word: word(one),
                anchor: finding.map(|finding| finding.anchor),
                number: finding
                    .map(|finding| finding.number.clone())
                    .unwrap_or_default(),
            }
        });
        points.collect()
    }

    /// What nobody could say, and how much was left open.
    fn open_sentences(&self, numbers: &Numbers) -> (Vec<String>, Option<String>) {
        let asked = |state: State| {
            self.assessment
                .questions
                .iter()
                .filter(move |one| one.state == state)
        };
        let missing = asked(State::Missing).count();
        let mut unknown: Vec<_> = asked(State::Unknown).collect();
        spread(&mut unknown, |one| {
            ((), self.rulebook.item(one.node).map(|item| item.pack))
        });
        let mut list: Vec<String> = unknown
            .iter()
            .map(|one| format!("Nobody could say: {}", one.ask))
            .collect();
        let room = if missing > 0 {
            MOST_OPEN - 1
        } else {
            MOST_OPEN
        };
        let more = list.len().saturating_sub(room);
        list.truncate(room);
        if missing > 0 {
            let were = if missing == 1 { "was" } else { "were" };
            list.push(format!(
                "{} {were} left open.",
                opening(missing, "question", "questions")
            ));
        }
        let more = (more > 0).then(|| {
            format!(
                "And {more} more that nobody could answer: see section {}.",
                numbers.unknowns
            )
        });
        let more = more.or_else(|| {
            (missing > 0)
                .then(|| format!("All of them are listed in section {}.", numbers.unknowns))
        });
        (list, more)
    }
}
