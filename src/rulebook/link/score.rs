//! Scores: children resolved, weights and caps checked, possible ranges computed.

use super::{Linker, Step};
use crate::condition::Interval;
use crate::condition::compile::{Where, parse};
use crate::diagnostic::Code;
use crate::pack::file::{CapFile, CapsFile, OfFile, OneFile, ScoreFile, SectionScoreFile, SetFile};
use crate::rulebook::{Aggregate, Cap, Domain, Item, ItemKind, ScoreRule, Term};
use crate::yaml::{Entries, Located, Scalar};

/// A score as written, whether it stands among the scores or in its section.
pub(super) struct ScoreView<'a> {
    pub(super) about: Option<&'a String>,
    pub(super) aggregate: Located<Aggregate>,
    pub(super) of: Option<&'a OfFile>,
    section: Option<&'a str>,
    weights: &'a Entries<Located<f64>>,
    normalise: bool,
    test: Option<&'a Located<Scalar>>,
    cap: Option<&'a CapsFile>,
}

impl<'a> ScoreView<'a> {
    pub(super) fn of_score(file: &'a ScoreFile) -> Self {
        Self {
            about: file.about.as_ref(),
            aggregate: file.aggregate.clone(),
            of: Some(&file.of),
            section: None,
            weights: &file.weights,
            normalise: file.normalise,
            test: file.test.as_ref(),
            cap: file.cap.as_ref(),
        }
    }

    pub(super) fn of_section(_title: &str, id: &'a str, file: &'a SectionScoreFile) -> Self {
        Self {
            about: file.about.as_ref(),
            aggregate: file.aggregate.clone(),
            of: file.of.as_ref(),
            section: Some(id),
            weights: &file.weights,
            normalise: file.normalise,
            test: file.test.as_ref(),
            cap: file.cap.as_ref(),
        }
    }

    pub(super) fn caps(&self) -> &'a [CapFile] {
        match self.cap {
            Some(CapsFile::One(cap)) => std::slice::from_ref(cap),
            Some(CapsFile::List(caps)) => caps,
            None => &[],
        }
    }
}

/// The least and most a number can be.
#[derive(Clone, Copy, PartialEq)]
struct Range(f64, f64);

impl Linker<'_> {
    pub(super) fn score(&mut self, node: usize, view: &ScoreView<'_>) {
        let pack = self.pack_of(node);
        let children = self.children(pack, view);
        if !self.fits(view, &children) {
            return;
        }
        let Some(terms) = self.terms(pack, view, &children) else {
            return;
        };
        let Some(ranges) = self.ranges(view, &children) else {
            return;
        };
        let Some(test) = self.score_test(view, &children) else {
            return;
        };
        let Range(least, most) = possible(view.aggregate.value, &ranges, &terms);
        let whole = view.aggregate.value == Aggregate::Count;
        let caps = self.caps(pack, view, Range(least, most));
        let kind = ItemKind::Score {
            aggregate: view.aggregate.value,
            children,
            caps: view.caps().iter().map(|cap| cap.because.clone()).collect(),
        };
        self.set(node, Domain::Number { least, most, whole }, kind);
        let score = ScoreRule {
            aggregate: view.aggregate.value,
            terms,
            normalise: view.normalise,
            test,
            least,
            most,
            caps,
        };
        self.program.steps.push(Step::Score { node, score });
    }

    pub(super) fn set(&mut self, node: usize, domain: Domain, kind: ItemKind) {
        if let Some(item) = self.items.get_mut(node) {
            item.domain = domain;
            item.kind = kind;
        }
    }

    /// The children in the order they are written, each once.
    fn children(&mut self, pack: usize, view: &ScoreView<'_>) -> Vec<usize> {
        let mut nodes = match view.of {
            Some(of) => self.members(pack, of),
            None => Vec::new(),
        };
        if view.of.is_none() {
            nodes = self.set_members(pack, view);
        }
        let mut seen = std::collections::HashSet::new();
        nodes.retain(|node| seen.insert(*node));
        nodes
    }

    /// The members of an `of:`, in the order they are written.
    pub(super) fn members(&mut self, pack: usize, of: &OfFile) -> Vec<usize> {
        match of {
            OfFile::Id(id) => self.resolve(pack, id).into_iter().collect(),
            OfFile::Set(set) => self.set_of(pack, set),
            OfFile::List(list) => list
                .iter()
                .flat_map(|one| match one {
                    OneFile::Id(id) => self.resolve(pack, id).into_iter().collect(),
                    OneFile::Set(set) => self.set_of(pack, set),
                })
                .collect(),
        }
    }

    /// The questions a score takes in by section or tag.
    pub(super) fn set_members(&mut self, pack: usize, view: &ScoreView<'_>) -> Vec<usize> {
        let sets: Vec<&SetFile> = match view.of {
            Some(OfFile::Set(set)) => vec![set],
            Some(OfFile::List(list)) => list
                .iter()
                .filter_map(|one| match one {
                    OneFile::Set(set) => Some(set),
                    OneFile::Id(_) => None,
                })
                .collect(),
            Some(OfFile::Id(_)) => Vec::new(),
            None => return self.scored_questions(pack, view.section.unwrap_or_default()),
        };
        sets.into_iter()
            .flat_map(|set| self.set_of(pack, set))
            .collect()
    }

    /// The questions of a section that have a worth.
    fn scored_questions(&self, pack: usize, section: &str) -> Vec<usize> {
        let found = self
            .sections
            .iter()
            .find(|one| one.pack == pack && one.id == section);
        let questions = found.map_or(&[][..], |one| one.questions.as_slice());
        let scored = |node: &&usize| self.items.get(**node).and_then(worth).is_some();
        questions.iter().filter(scored).copied().collect()
    }

    fn set_of(&mut self, pack: usize, set: &SetFile) -> Vec<usize> {
        let mut nodes = Vec::new();
        if let Some(section) = &set.section {
            nodes = self.scored_questions(pack, &section.value);
            if nodes.is_empty() {
                let message = format!("no scored question in a section `{}`", section.value);
                self.refuse(
                    Code::UnknownId,
                    section.place,
                    message,
                    "name a section of this pack",
                );
            }
        }
        if let Some(tag) = &set.tag {
            let tagged = |item: &Item| match &item.kind {
                ItemKind::Question(question) => {
                    item.pack == pack && question.tags.contains(&tag.value)
                }
                _ => false,
            };
            let found: Vec<usize> = self
                .items
                .iter()
                .enumerate()
                .filter(|(_, item)| tagged(item) && worth(item).is_some())
                .map(|(node, _)| node)
                .collect();
            if found.is_empty() {
                let message = format!("no scored question has the tag `{}`", tag.value);
                self.refuse(
                    Code::UnknownId,
                    tag.place,
                    message,
                    "name a tag of this pack's questions",
                );
            }
            nodes.extend(found);
        }
        nodes
    }

    fn fits(&mut self, view: &ScoreView<'_>, children: &[usize]) -> bool {
        let place = view.aggregate.place;
        let name = format!("{:?}", view.aggregate.value).to_lowercase();
        let problem = match (view.aggregate.value, children.len()) {
            (_, 0) => Some("a score needs children"),
            (Aggregate::Difference, n) if n != 2 => Some("a difference is between exactly two"),
            (Aggregate::Spread, 1) => Some("a spread is between at least two"),
            _ => None,
        };
        if let Some(problem) = problem {
            self.refuse(Code::InvalidScore, place, problem, "name them in `of`");
            return false;
        }
        let tests = matches!(view.aggregate.value, Aggregate::Count | Aggregate::Share);
        match (tests, view.test) {
            (true, None) => {
                let message = format!("`{name}` needs a test");
                self.refuse(Code::InvalidScore, place, message, "add `test: \">= 3\"`");
                false
            }
            (false, Some(test)) => {
                let message = format!("`{name}` takes no test");
                self.refuse(
                    Code::InvalidScore,
                    test.place,
                    message,
                    "`count` and `share` do",
                );
                false
            }
            _ => true,
        }
    }

    fn terms(
        &mut self,
        pack: usize,
        view: &ScoreView<'_>,
        children: &[usize],
    ) -> Option<Vec<Term>> {
        let before = self.problems.errors();
        let mut replaced = Vec::new();
        for (id, weight) in view.weights.iter() {
            let Some(node) = self.resolve(pack, id) else {
                continue;
            };
            if !children.contains(&node) {
                let message = format!("`{}` has a weight and is no child of this score", id.value);
                self.refuse(
                    Code::InvalidScore,
                    id.place,
                    message,
                    "add it to `of`, or drop the weight",
                );
            }
            if !(weight.value.is_finite() && weight.value > 0.0) {
                self.refuse(
                    Code::InvalidScore,
                    weight.place,
                    "a weight is above 0",
                    "leave the child out instead",
                );
            }
            replaced.push((node, weight.value));
        }
        let own = |node: usize| match self.items.get(node).map(|item| &item.kind) {
            Some(ItemKind::Question(question)) => question.weight,
            _ => 1.0,
        };
        let weight = |node: usize| {
            replaced
                .iter()
                .find(|(one, _)| *one == node)
                .map_or_else(|| own(node), |(_, weight)| *weight)
        };
        let terms = children
            .iter()
            .map(|node| Term {
                node: *node,
                weight: weight(*node),
            })
            .collect();
        (self.problems.errors() == before).then_some(terms)
    }

    /// What each child can be; children without a worth, and unlike ranges, are problems.
    fn ranges(&mut self, view: &ScoreView<'_>, children: &[usize]) -> Option<Vec<Range>> {
        let mut ranges = Vec::new();
        for node in children {
            let item = self.items.get(*node)?;
            let Some((least, most)) = worth(item).filter(|(a, b)| a.is_finite() && b.is_finite())
            else {
                let message = format!("`{}` has no worth that a score could use", item.local_id());
                let help = "ratings, scored selects, numbers with `min` and `max`, scores and ordered outcomes have";
                self.refuse(Code::InvalidScore, view.aggregate.place, message, help);
                return None;
            };
            ranges.push(if view.normalise {
                Range(0.0, 100.0)
            } else {
                Range(least, most)
            });
        }
        let alike = ranges
            .windows(2)
            .all(|pair| matches!(pair, [a, b] if a == b));
        let free = matches!(
            view.aggregate.value,
            Aggregate::Sum | Aggregate::Count | Aggregate::Share | Aggregate::Difference
        );
        if !alike && !free {
            let parts = children.iter().zip(&ranges).filter_map(|(node, range)| {
                Some(format!(
                    "`{}` {} to {}",
                    self.items.get(*node)?.local_id(),
                    range.0,
                    range.1
                ))
            });
            let message = format!(
                "children with unlike ranges: {}",
                parts.collect::<Vec<_>>().join(", ")
            );
            let help = "add `normalise: true` to put each on 0..100 first";
            self.refuse(Code::UnlikeRanges, view.aggregate.place, message, help);
            return None;
        }
        Some(ranges)
    }

    /// The test of `count` and `share`, held to what every child can be.
    fn score_test(&mut self, view: &ScoreView<'_>, children: &[usize]) -> Option<Interval> {
        let Some(test) = view.test else {
            return Some(Interval::at_least(0.0));
        };
        let mut interval = None;
        for node in children {
            let mut item = self.items.get(*node)?.clone();
            let (least, most) = if view.normalise {
                (0.0, 100.0)
            } else {
                worth(&item)?
            };
            item.domain = Domain::Number {
                least,
                most,
                whole: false,
            };
            match parse(&test.value.text, &item, Where::Constraint) {
                Ok(crate::condition::Test::Number(one)) => interval = Some(one),
                Ok(_) => {}
                Err(problem) => {
                    self.problems.push(problem.at(test.place));
                    return None;
                }
            }
        }
        interval
    }

    fn caps(&mut self, pack: usize, view: &ScoreView<'_>, Range(least, most): Range) -> Vec<Cap> {
        let mut caps = Vec::new();
        for cap in view.caps() {
            if !(least..most).contains(&cap.at.value) {
                let message = format!(
                    "a cap at {} never bites: the score lies between {least} and {most}",
                    cap.at.value
                );
                self.refuse(
                    Code::ThresholdOutOfRange,
                    cap.at.place,
                    message,
                    "move it into the range",
                );
            }
            if let Some(when) = self.condition(pack, &cap.when) {
                caps.push(Cap {
                    when,
                    at: cap.at.value,
                });
            }
        }
        caps
    }
}

/// What an item is worth in a score: least and most.
fn worth(item: &Item) -> Option<(f64, f64)> {
    match &item.domain {
        Domain::Number { least, most, .. } => Some((*least, *most)),
        Domain::Choices { worth, .. } => *worth,
        Domain::Outcomes {
            names,
            ordered: true,
            several: false,
        } => Some((
            0.0,
            f64::from(u32::try_from(names.len()).ok()?.saturating_sub(1)),
        )),
        Domain::Outcomes { .. } | Domain::Text => None,
    }
}

fn possible(aggregate: Aggregate, ranges: &[Range], terms: &[Term]) -> Range {
    let least = || {
        ranges
            .iter()
            .map(|range| range.0)
            .fold(f64::INFINITY, f64::min)
    };
    let most = || {
        ranges
            .iter()
            .map(|range| range.1)
            .fold(f64::NEG_INFINITY, f64::max)
    };
    let weighted = |pick: fn(&Range) -> f64| {
        ranges
            .iter()
            .zip(terms)
            .map(|(range, term)| pick(range) * term.weight)
            .sum()
    };
    match aggregate {
        Aggregate::Mean | Aggregate::Geometric | Aggregate::Min | Aggregate::Max => {
            Range(least(), most())
        }
        Aggregate::Sum => Range(weighted(|range| range.0), weighted(|range| range.1)),
        Aggregate::Count => Range(0.0, u32::try_from(ranges.len()).map_or(f64::MAX, f64::from)),
        Aggregate::Share => Range(0.0, 1.0),
        Aggregate::Spread => Range(0.0, most() - least()),
        Aggregate::Difference => match ranges {
            [first, second] => Range(first.0 - second.1, first.1 - second.0),
            _ => Range(0.0, 0.0),
        },
    }
}
