//! The summary: one page that stands alone.

mod aim;
mod fact;
mod table;

pub use fact::Fact;
pub use table::Line;

use super::context::{ReportContext, in_words, opening};
use super::exhibit::Dots;
use super::finding::{Kind, word, word_of};
use super::order::spread;
use super::pack::Pack;
use super::roadmap::Roadmap;
use super::route::Route;
use super::step::Step;
use super::{Numbers, Text};
use crate::assess::assessment::{CauseResult, FindingResult, NeedState};
use crate::rules::pack::file::{FindingKind, Severity};
use crate::rules::rulebook::words::{either, list};
use crate::rules::vocabulary::State;
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
    /// Packs described in full: one headline per pack, or that of the overall pack alone.
    pub headlines: Vec<Headline<'a>>,
    /// The other packs, where one speaks for all or they are too many to be told in full.
    pub table: Vec<Line<'a>>,
    /// The parts of the overall pack's score.
    pub dimensions: Option<Dots<'a>>,
    /// At most three strengths, by severity, then by how much they rest on.
    pub strengths: Vec<Point<'a>>,
    /// The first three causes of the result.
    pub gaps: Vec<Point<'a>>,
    /// Steps that answer them, after those that should come first.
    pub steps: Vec<Step<'a>>,
    /// The targets that are not reached, with where it is told what leads to them.
    pub targets: Option<String>,
    /// Confidence in the result.
    pub confidence: Confidence,
    /// Questions without an answer, at most four sentences.
    pub open: Vec<String>,
    /// The gates that only packs could prove which are not part of the assessment, in a sentence.
    pub unproven: Option<String>,
    /// "Nobody could answer 7 questions, three of them named above: see section 5."
    pub open_more: Option<String>,
}

/// Result of a pack.
#[derive(Debug, Clone, Serialize)]
pub struct Headline<'a> {
    /// Id of the pack.
    pub id: &'a str,
    /// Title of the pack.
    pub pack: Text<'a>,
    /// The level with what holds the next, or the pack's first score in a sentence.
    pub sentence: Text<'a>,
    /// The verdict on fit, one sentence; null when no pack told here draws steps.
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
    /// Kind of finding.
    pub kind: Kind,
    /// "gap, high".
    pub word: String,
    /// Conditions where no advice answers it: "Rewards: One shared customer measure counts".
    pub must: Vec<String>,
    /// The place of the next step that answers it.
    pub step: Option<usize>,
    /// Of the finding.
    pub anchor: Option<&'a str>,
    /// Of the finding.
    pub number: String,
}

/// Confidence in the result.
#[derive(Debug, Clone, Serialize)]
pub struct Confidence {
    /// "low", "medium" or "high".
    pub grade: &'static str,
    /// From what.
    pub why: String,
}

/// The next anchors that must be true where no advice answers a cause.
fn must_be_true(cause: &CauseResult) -> Vec<String> {
    let anchors = cause.must_be_true.iter().take(MOST_POINTS);
    anchors
        .map(|one| format!("{}: {}", one.label.trim_end_matches('?'), one.says))
        .collect()
}

/// Conditions to reach where no advice answers a cause: the steps that serve it on the way to the
/// level it blocks, else the next anchors.
fn must(cause: &CauseResult, routes: &[Route]) -> Vec<String> {
    let holds = |way: &&Route| cause.blocks.as_ref().is_some_and(|one| way.of == **one);
    let ways = routes.iter().filter(|_| !cause.must_be_true.is_empty());
    let steps = ways.filter(holds).flat_map(|way| &way.steps);
    let steps = steps.filter(|step| step.serves.iter().any(|id| *id == *cause.id));
    let briefs: Vec<String> = steps
        .take(MOST_POINTS)
        .map(|step| step.brief.clone())
        .collect();
    if briefs.is_empty() {
        must_be_true(cause)
    } else {
        briefs
    }
}

impl<'a> ReportContext<'a> {
    /// Content of the first page; `roadmap` has the ways to the next levels.
    pub(super) fn summary(
        &self,
        packs: &[Pack<'a>],
        numbers: &Numbers,
        roadmap: Option<&Roadmap<'a>>,
    ) -> Summary<'a> {
        let (open, open_more) = self.open_sentences(numbers);
        let (full, brief): (Vec<_>, Vec<_>) = packs
            .iter()
            .filter(|pack| !self.only_facts(pack.place))
            .partition(|pack| !self.in_a_table() || self.overall == Some(pack.place));
        let headlines = full.into_iter().filter_map(|pack| self.headline(pack));
        let lines = brief.into_iter().map(|pack| self.line(pack));
        Summary {
            headlines: headlines.collect(),
            table: lines.collect(),
            dimensions: self.dimensions(),
            strengths: self.strengths(packs),
            gaps: self.held_back(packs, roadmap.map_or(&[], |one| &one.routes)),
            steps: self.next_steps(packs, numbers),
            targets: self.targets(numbers),
            confidence: Confidence {
                grade: self.assessment.confidence.grade.word(),
                why: self.confidence_reasons(),
            },
            open,
            unproven: self.unproven(),
            open_more,
        }
    }

    /// "Not proven, as packs that ask are not part of this assessment: “…” (asked in feedback)."
    fn unproven(&self) -> Option<String> {
        let gates = self.assessment.gates.iter();
        let gates = gates.filter(|gate| !gate.unasked.is_empty());
        let named: Vec<String> = gates
            .map(|gate| {
                let packs: Vec<&str> = gate.unasked.iter().map(String::as_str).collect();
                let packs = either(&packs);
                let asked = match gate.as_asked {
                    Some(NeedState::Unmet) => "not met by what was asked; the rest is asked in ",
                    Some(NeedState::Met) => "met as far as it was asked; the rest is asked in ",
                    Some(NeedState::Unproven) => {
                        "not shown by what was asked; the rest is asked in "
                    }
                    Some(NeedState::NotApplicable) | None => "",
                };
                format!("“{}” ({asked}{packs})", gate.title)
            })
            .collect();
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        (!named.is_empty()).then(|| {
            format!(
                "Not proven, as packs that ask about it are not part of this assessment: {}.",
                list(&named)
            )
        })
    }

    fn headline(&self, pack: &Pack<'a>) -> Option<Headline<'a>> {
        let place = pack.place;
        let title = self.rulebook.packs.get(place)?.title.as_str();
        let main = self.main_ladder(place);
        let first = || self.index_strip(place).map(|strip| strip.says);
        let sentence = match main {
            // The table beside it names the packs.
            Some(ladder) if self.overall == Some(place) => {
                Cow::Owned(ladder.sentence.replace(&ladder.rests(), ""))
            }
            Some(ladder) => Cow::Borrowed(ladder.sentence.as_str()),
            None => first()
                .or_else(|| self.nothing(place))
                .or_else(|| results(pack))
                .map_or(Cow::Borrowed(title), Cow::Owned),
        };
        let facts = self.facts(place, main);
        let mut fitting = self
            .reading_order()
            .filter(|one| *one == place || self.overall == Some(place));
        Some(Headline {
            id: pack.id,
            pack: Cow::Borrowed(title),
            sentence,
            verdict: fitting.find_map(|one| self.fit_sentence(one)),
            results: if facts.is_empty() {
                result_facts(pack).collect()
            } else {
                Vec::new()
            },
            facts: facts
                .into_iter()
                .chain(self.answered_fact(place, main))
                .collect(),
        })
    }

    /// The first causes.
    fn held_back(&self, packs: &[Pack<'a>], routes: &[Route]) -> Vec<Point<'a>> {
        let causes = self.assessment.first_causes();
        let points = causes.map(|cause| {
            let (anchor, number) = self.comes_from(packs, &cause.id);
            let (kind, word) = match (cause.finding, cause.severity) {
                (Some(kind), severity) => (kind, word_of(kind, severity.unwrap_or(Severity::Info))),
                (None, _) => (FindingKind::Gap, "holds the next level".to_owned()),
            };
            Point {
                title: self.cause_title(cause),
                kind,
                word,
                must: must(cause, routes),
                step: self.step_of(cause),
                anchor: Some(anchor).filter(|anchor| !anchor.is_empty()),
                number,
            }
        });
        points.collect()
    }

    /// The gravest strengths, the first of each pack before the second of any.
    fn strengths(&self, packs: &[Pack<'a>]) -> Vec<Point<'a>> {
        let findings = self.assessment.findings.iter();
        let mut found: Vec<&FindingResult> = findings
            .filter(|one| one.kind == FindingKind::Strength && one.called_for)
            .collect();
        spread(&mut found, |one| (Reverse(one.severity), one.id.pack()));
        let points = found.into_iter().take(MOST_POINTS).map(|one| {
            let (anchor, number) = self.comes_from(packs, &one.id);
            Point {
                title: Cow::Borrowed(&one.title),
                kind: one.kind,
                word: word(one),
                must: Vec::new(),
                step: None,
                anchor: Some(anchor).filter(|anchor| !anchor.is_empty()),
                number,
            }
        });
        points.collect()
    }

    /// Sentences about what nobody could answer, and about how much is not answered.
    fn open_sentences(&self, numbers: &Numbers) -> (Vec<String>, Option<String>) {
        let asked = |state: State| {
            self.assessment
                .questions
                .iter()
                .filter(move |one| one.state == state)
        };
        let closed = asked(State::Missing).filter(|one| one.is_closed()).count();
        let missing = asked(State::Missing).count() - closed;
        let mut unknown: Vec<_> = asked(State::Unknown).collect();
        // What a gate of the overall pack waits for tells most.
        let gates = self.gate_parts(self.overall);
        spread(&mut unknown, |one| {
            let node = self.node(&one.id);
            let pack = self.item(&one.id).map(|item| item.pack);
            (!node.is_some_and(|node| gates.contains(&node)), pack)
        });
        let mut list: Vec<String> = unknown
            .iter()
            .map(|one| format!("Nobody could say: {}", one.ask))
            .collect();
        let room = MOST_OPEN - usize::from(missing > 0) - usize::from(closed > 0);
        let all = list.len();
        list.truncate(room);
        if missing > 0 {
            let were = if missing == 1 { "was" } else { "were" };
            list.push(format!(
                "{} {were} left open.",
                opening(missing, "question", "questions")
            ));
        }
        if closed > 0 {
            let were = if closed == 1 { "was" } else { "were" };
            list.push(format!(
                "{} {were} answered by too few people to be counted or shown.",
                opening(closed, "question", "questions")
            ));
        }
        if self.answered().0 == 0 {
            list.push("No question applies, so nothing was assessed.".to_owned());
        }
        let more = (all > room).then(|| {
            format!(
                "Nobody could answer {all} questions, {} of them named above: see section {}.",
                in_words(room),
                numbers.unknowns
            )
        });
        let more = more.or_else(|| {
            (missing + closed > 0).then(|| match missing + closed + all {
                1 => format!("It is listed in section {}.", numbers.unknowns),
                _ => format!("All of them are listed in section {}.", numbers.unknowns),
            })
        });
        (list, more)
    }
}
