//! The range of a score, from the ranges of its children.

use crate::message;
use crate::rules::condition::{Interval, Test};
use crate::rules::link::linker::Linker;
use crate::rules::link::parse::{TestPlace, parse};
use crate::rules::pack::file::{QuestionType, ScoreFile};
use crate::rules::rulebook::{Domain, Item, Term};
use crate::rules::vocabulary::Aggregate;
use crate::text::diagnostic::Code;

/// The scale of this project's ratings, which a score without any child counts as being on.
const HOUSE: Range = Range(0.0, 4.0);

/// The least and most a number can be.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Range(pub(super) f64, pub(super) f64);

impl Linker<'_> {
    /// The range of each child; children without a worth, and unlike ranges, are problems.
    pub(super) fn ranges(&mut self, file: &ScoreFile, children: &[usize]) -> Option<Vec<Range>> {
        let place = file.aggregate.place;
        let mut ranges = Vec::new();
        for node in children {
            let item = self.items.get(*node)?;
            let Some((least, most)) = worth(item).filter(|(a, b)| a.is_finite() && b.is_finite())
            else {
                let message = message!(
                    "has-no-worth-that-a-score-could",
                    local_id = item.local_id()
                );
                let help = message!("ratings-scored-selects-numbers-with");
                self.refuse(Code::InvalidScore, place, message, help);
                return None;
            };
            ranges.push(if file.normalise {
                Range(0.0, 100.0)
            } else {
                Range(least, most)
            });
        }
        let mut pairs = ranges.windows(2);
        let alike = pairs.all(|pair| matches!(pair, [a, b] if a == b));
        let free = matches!(
            file.aggregate.value,
            Aggregate::Sum | Aggregate::Count | Aggregate::Share | Aggregate::Difference
        );
        if !alike && !free {
            let parts = children.iter().zip(&ranges).filter_map(|(node, range)| {
                let id = self.items.get(*node)?.local_id();
                Some(format!("`{id}` {} to {}", range.0, range.1))
            });
            let parts = parts.collect::<Vec<_>>().join(", ");
            let message = message!("children-with-unlike-ranges", parts);
            let help = message!("add-normalise-true-to-put-each");
            self.refuse(Code::UnlikeRanges, place, message, help);
            return None;
        }
        Some(ranges)
    }

    /// The test of `count` and `share`, checked against the range of every child.
    pub(super) fn score_test(&mut self, file: &ScoreFile, children: &[usize]) -> Option<Interval> {
        let Some(test) = file.test.as_ref().filter(|_| !children.is_empty()) else {
            return Some(Interval::at_least(0.0));
        };
        let mut interval = None;
        for node in children {
            let mut item = self.items.get(*node)?.clone();
            let (least, most) = if file.normalise {
                (0.0, 100.0)
            } else {
                worth(&item)?
            };
            let wanted = match (test.value.text.trim(), is_boolean(&item)) {
                ("true", true) => most.to_string(),
                ("false", true) => least.to_string(),
                (as_written, _) => as_written.to_owned(),
            };
            item.domain = Domain::Number {
                least,
                most,
                whole: false,
            };
            match parse(&wanted, &item, TestPlace::Constraint) {
                Ok(Test::Number(one)) => interval = Some(one),
                Ok(_) => {}
                Err(problem) => {
                    self.problems.push(problem.at(test.place));
                    return None;
                }
            }
        }
        interval
    }
}

/// True for an item answered yes or no; 1 means `true` and 0 means `false`.
fn is_boolean(item: &Item) -> bool {
    let question = item.kind.question();
    question.is_some_and(|question| question.kind == QuestionType::Boolean)
}

/// The least and the most worth of an item in a score.
pub(super) fn worth(item: &Item) -> Option<(f64, f64)> {
    match &item.domain {
        Domain::Number { least, most, .. } => Some((*least, *most)),
        Domain::Choices { worth, .. } => *worth,
        Domain::Outcomes { .. } | Domain::Text => {
            let last = item.domain.ranks()?.len().saturating_sub(1);
            Some((0.0, f64::from(u32::try_from(last).ok()?)))
        }
    }
}

/// The range of an aggregate of these children.
pub(super) fn possible(aggregate: Aggregate, ranges: &[Range], terms: &[Term]) -> Range {
    let ranges = match ranges {
        [] => &[HOUSE],
        some => some,
    };
    let least = ranges.iter().map(|one| one.0).fold(f64::INFINITY, f64::min);
    let most = ranges
        .iter()
        .map(|one| one.1)
        .fold(f64::NEG_INFINITY, f64::max);
    let sum = |end: fn(&Range) -> f64| {
        let parts = ranges.iter().zip(terms);
        parts.map(|(range, term)| end(range) * term.weight).sum()
    };
    match aggregate {
        Aggregate::Mean | Aggregate::Geometric | Aggregate::Min | Aggregate::Max => {
            Range(least, most)
        }
        Aggregate::Sum => Range(sum(|range| range.0), sum(|range| range.1)),
        Aggregate::Count => Range(0.0, u32::try_from(ranges.len()).map_or(f64::MAX, f64::from)),
        Aggregate::Share => Range(0.0, 1.0),
        Aggregate::Spread => Range(0.0, most - least),
        Aggregate::Difference => match ranges {
            [first, second] => Range(first.0 - second.1, first.1 - second.0),
            _ => Range(0.0, 0.0),
        },
    }
}
