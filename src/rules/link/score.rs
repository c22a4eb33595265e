//! Scores: weights, tests and caps checked, and the range that follows from those of the children.

use super::{Linker, is_weight};
use crate::rules::condition::{Interval, Test};
use crate::rules::link::condition::{TestPlace, parse};
use crate::rules::pack::file::{CapFile, OneFile, QuestionType, ScoreFile, SectionFile};
use crate::rules::rulebook::{Cap, Domain, Item, ItemKind, ScoreRule, Step, Term};
use crate::rules::vocabulary::{Aggregate, AggregateProperties};
use crate::text::diagnostic::{Code, Diagnostic, Place};
use crate::text::number::{ends, float};
use crate::text::yaml::{Located, OneOrMany};
use crate::{message, problem};

/// The least and most a number can be.
type Range = (f64, f64);

/// The scale of this project's ratings, which a score without any child counts as being on.
const RATING_SCALE: Range = (0.0, 4.0);

impl Linker<'_> {
    /// The score of a section, written as a score over its questions.
    pub(super) fn section_score(
        &self,
        pack: usize,
        id: &Located<String>,
        section: &SectionFile,
    ) -> Option<ScoreFile> {
        let file = section.score.as_ref()?;
        let questions = || {
            let scored = self.scored_questions(pack, &id.value).into_iter();
            OneOrMany(scored.map(|(id, _)| OneFile::Id(id)).collect())
        };
        Some(ScoreFile {
            title: Some(section.title.clone()),
            about: file.about.clone(),
            aggregate: file.aggregate,
            of: file.of.clone().unwrap_or_else(questions),
            weights: file.weights.clone(),
            normalise: file.normalise,
            test: file.test.clone(),
            cap: file.cap.clone(),
            called_for: section.called_for.clone(),
            asked_in: Vec::new(),
        })
    }

    /// Compiles a score.
    pub(super) fn score(&mut self, node: usize, file: &ScoreFile) -> Option<()> {
        let pack = self.pack_of(node);
        let place = file.aggregate.place;
        let children = self.children(pack, &file.of);
        self.check_children(pack, file, &children)?;
        self.apart_from_metrics(&children, place)?;
        let terms = self.terms(pack, file, &children)?;
        let ranges = self.ranges(file, &children)?;
        let test = self.score_test(file, &children)?;
        let aggregate = file.aggregate.value;
        let (least, most) = range_of(aggregate, &ranges, &terms);
        let caps = self.caps(pack, file, (least, most));
        let because = file.caps().iter().map(|cap| cap.because.clone());
        let kind = ItemKind::Score {
            children,
            caps: because.collect(),
            not_asked: self.not_asked(pack, &file.asked_in),
        };
        let whole = aggregate == Aggregate::Count;
        self.set(node, Domain::Number { least, most, whole }, kind);
        if let Some(when) = &file.called_for {
            self.compile_called_for(pack, when);
        }
        let score = ScoreRule {
            aggregate,
            terms,
            normalise: file.normalise,
            test,
            least,
            most,
            caps,
        };
        self.program.push(Step::Score { node, score });
        Some(())
    }

    /// The packs of `asked_in` that the assessment does without.
    fn not_asked(&mut self, pack: usize, asked_in: &[Located<String>]) -> Vec<String> {
        let mut missing = Vec::new();
        for id in asked_in {
            let name = &id.value;
            if self.requirement(pack, name).is_none() {
                let problem = problem!(UnknownId, "asked-in-names-the-pack-which-is-not", name);
                self.refuse(id.place, problem);
            } else if !self.packs.iter().any(|one| one.id == *name) {
                missing.push(name.clone());
            }
        }
        missing
    }

    /// Refuses too few children, or too many, and a test where none belongs.
    fn check_children(&mut self, pack: usize, file: &ScoreFile, children: &[usize]) -> Option<()> {
        let place = file.aggregate.place;
        let open = self.may_lack_children(pack, &file.of);
        let properties = file.aggregate.value.properties();
        let AggregateProperties { name, fewest, .. } = properties;
        let count = u32::try_from(children.len()).unwrap_or(u32::MAX);
        let message = match (properties.exact, open) {
            (true, true) => Some(message!("cannot-rest-on-optional", name)),
            (false, true) => None,
            (true, false) if count != fewest => Some(message!("takes-exactly", name, fewest)),
            _ if count == 0 => Some(message!("a-score-needs-children").to_owned()),
            _ if count < fewest => Some(message!("takes-at-least", name, fewest)),
            _ => None,
        };
        if let Some(message) = message {
            let problem = Diagnostic::error(Code::InvalidScore, message);
            return self.refused(place, problem.help(message!("name-them-in-of")));
        }
        match (properties.tests, &file.test) {
            (true, None) => self.refused(place, problem!(InvalidScore, "needs-a-test", name)),
            (false, Some(test)) => {
                self.refused(test.place, problem!(InvalidScore, "takes-no-test", name))
            }
            (true, Some(_)) | (false, None) => Some(()),
        }
    }

    fn terms(&mut self, pack: usize, file: &ScoreFile, children: &[usize]) -> Option<Vec<Term>> {
        let before = self.problems.errors();
        let gathered = self.sets(pack, &file.of, true);
        let mut replaced = Vec::new();
        for (id, weight) in &file.weights {
            let Some(node) = self.resolve(pack, id) else {
                continue;
            };
            if !children.contains(&node) {
                let problem = problem!(InvalidScore, "weight-of-no-child", id = id.value);
                self.refuse(id.place, problem);
            }
            if !is_weight(weight.value) {
                let problem = problem!(InvalidScore, "a-weight-is-above");
                let help = message!("leave-the-child-out-instead");
                self.refuse(weight.place, problem.help(help));
            }
            replaced.push((node, weight.value));
        }
        let weight = |node: usize| {
            let found = replaced.iter().find(|(one, _)| *one == node);
            let asked = self.question_of(pack, node);
            let own = asked.map_or(1.0, |question| question.weight);
            found.map_or(own, |(_, weight)| *weight)
        };
        let terms = children.iter().map(|node| Term {
            node: *node,
            weight: weight(*node),
            gathered: gathered.contains(node),
        });
        let terms = terms.collect();
        (self.problems.errors() == before).then_some(terms)
    }

    fn caps(&mut self, pack: usize, file: &ScoreFile, (least, most): Range) -> Vec<Cap> {
        let mut caps = Vec::new();
        for cap in file.caps() {
            let at = cap.at.value;
            if !(least..most).contains(&at) {
                let problem = problem!(ThresholdOutOfRange, "cap-never-bites", at, least, most);
                self.refuse(cap.at.place, problem);
            }
            if let Some(when) = self.condition(pack, &cap.when) {
                self.apart_from_metrics(&self.program.read_in(&when), cap.when.place);
                caps.push(Cap { when, at });
            }
        }
        caps
    }

    /// Refuses items that are metrics or rest on one: metrics are never part of maturity.
    pub(super) fn apart_from_metrics(&mut self, nodes: &[usize], place: Place) -> Option<()> {
        let is_figure = |node: &usize| {
            let kind = self.items.get(*node).map(|item| &item.kind);
            matches!(kind, Some(ItemKind::Figure { .. }))
        };
        let rests_on_one = |node: &&usize| {
            let table = self.program.table(**node);
            is_figure(node) || table.is_some_and(|table| table.inputs.iter().any(is_figure))
        };
        let Some(node) = nodes.iter().find(rests_on_one) else {
            return Some(());
        };
        let name = self.items.get(*node).map_or("", Item::local_id);
        let problem = problem!(InvalidMetric, "is-a-metric-or-rests-on-one", name);
        self.refused(place, problem)
    }

    /// The range of each child; children without a worth, and unlike ranges, are problems.
    fn ranges(&mut self, file: &ScoreFile, children: &[usize]) -> Option<Vec<Range>> {
        let place = file.aggregate.place;
        let mut ranges = Vec::new();
        for node in children {
            let item = self.items.get(*node)?;
            let worth = item.domain.worth();
            let Some(range) = worth.filter(|(a, b)| a.is_finite() && b.is_finite()) else {
                let problem = problem!(InvalidScore, "no-worth", local_id = item.local_id());
                return self.refused(place, problem);
            };
            ranges.push(if file.normalise { (0.0, 100.0) } else { range });
        }
        let mut pairs = ranges.windows(2);
        let alike = pairs.all(|pair| matches!(pair, [a, b] if a == b));
        if alike || file.aggregate.value.properties().unlike {
            return Some(ranges);
        }
        let parts = children.iter().zip(&ranges).filter_map(|(node, range)| {
            let id = self.items.get(*node)?.local_id();
            Some(format!("`{id}` {} to {}", range.0, range.1))
        });
        let parts = parts.collect::<Vec<_>>().join(", ");
        let problem = problem!(UnlikeRanges, "children-with-unlike-ranges", parts);
        self.refused(place, problem)
    }

    /// The test of `count` and `share`, checked against the range of every child.
    fn score_test(&mut self, file: &ScoreFile, children: &[usize]) -> Option<Interval> {
        let Some(test) = file.test.as_ref().filter(|_| !children.is_empty()) else {
            return Some(Interval::at_least(0.0));
        };
        let mut interval = None;
        for node in children {
            let mut item = self.items.get(*node)?.clone();
            let (least, most) = if file.normalise {
                (0.0, 100.0)
            } else {
                item.domain.worth()?
            };
            let question = item.kind.question();
            let boolean = question.is_some_and(|one| one.kind == QuestionType::Boolean);
            let wanted = match (test.value.text.trim(), boolean) {
                ("true", true) => most.to_string(),
                ("false", true) => least.to_string(),
                (as_written, _) => as_written.to_owned(),
            };
            let whole = false;
            item.domain = Domain::Number { least, most, whole };
            match parse(&wanted, &item, TestPlace::Constraint) {
                Ok(Test::Number(one)) => interval = Some(one),
                Ok(_) => {}
                Err(problem) => return self.refused(test.place, problem),
            }
        }
        interval
    }
}

impl ScoreFile {
    /// The caps that may hold the score down.
    pub(super) fn caps(&self) -> &[CapFile] {
        self.cap.as_deref().unwrap_or_default()
    }
}

/// The range of an aggregate of these children.
fn range_of(aggregate: Aggregate, ranges: &[Range], terms: &[Term]) -> Range {
    let ranges = if ranges.is_empty() {
        &[RATING_SCALE]
    } else {
        ranges
    };
    let (least, most) = ends(ranges.iter().flat_map(|(low, high)| [*low, *high]));
    let sum = |end: fn(&Range) -> f64| {
        let parts = ranges.iter().zip(terms);
        parts.map(|(range, term)| end(range) * term.weight).sum()
    };
    match aggregate {
        Aggregate::Mean | Aggregate::Geometric | Aggregate::Min | Aggregate::Max => (least, most),
        Aggregate::Sum => (sum(|range| range.0), sum(|range| range.1)),
        Aggregate::Count => (0.0, float(ranges.len())),
        Aggregate::Share => (0.0, 1.0),
        Aggregate::Spread => (0.0, most - least),
        Aggregate::Difference => match ranges {
            [first, second] => (first.0 - second.1, first.1 - second.0),
            _ => (0.0, 0.0),
        },
    }
}
