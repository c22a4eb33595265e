//! Decision tables proven: neither gap nor overlap, no rule out of reach.
//!
//! Every input's possible values are cut at the limits its cells name. Within one piece no cell
//! changes its mind, so one point per piece represents all of it, and trying every combination of
//! points proves the table. Rules that a piece has already ruled out are dropped on the way.

use crate::rules::condition::{Interval, Test};
use crate::rules::pack::file::DecisionFile;
use crate::rules::rulebook::{Domain, Item};
use crate::rules::vocabulary::HitPolicy;
use crate::text::diagnostic::Diagnostic;
use crate::{message, problem};
use std::collections::BTreeSet;

/// More combinations than this are not tried; such a table is better split in two.
const MOST_POINTS: usize = 2_000_000;
/// Rules up to which so many are tried; of a table with more rules, each combination takes longer.
const FEW_RULES: usize = 50;

/// More sets of choices than this make a table too large to be proven.
const MOST_SETS: usize = 1 << 14;

/// The problems of a table, found by trying every combination of the columns' points; `rules` holds one
/// test per column.
pub(super) fn prove(
    file: &DecisionFile,
    columns: &[Column],
    rules: &[Vec<&Test>],
) -> Vec<Diagnostic> {
    let mut counts = columns.iter().map(|column| column.points.len());
    let points = counts.try_fold(1_usize, |all, count| match count {
        0..=MOST_SETS => all.checked_mul(count),
        _ => None,
    });
    let most = MOST_POINTS * FEW_RULES / rules.len().max(FEW_RULES);
    if points.is_none_or(|points| points > most) {
        let problem = problem!(TableTooLarge, "the-table-has-too-many-combinations");
        return vec![problem.at(file.outcomes.place)];
    }
    let mut sweep = Sweep {
        file,
        columns,
        rules,
        at: Vec::new(),
        reached: vec![false; rules.len()],
        found: BTreeSet::new(),
        problems: Vec::new(),
    };
    sweep.column(&(0..rules.len()).collect::<Vec<_>>());
    let mut problems = sweep.problems;
    if file.hit_policy == HitPolicy::First {
        let never = file.rules.iter().zip(&sweep.reached);
        problems.extend(never.filter(|(_, reached)| !**reached).map(|(rule, _)| {
            problem!(UnreachableRule, "rule-out-of-reach", rule = rule.id.value).at(rule.id.place)
        }));
    }
    problems
}

struct Sweep<'a> {
    file: &'a DecisionFile,
    columns: &'a [Column],
    rules: &'a [Vec<&'a Test>],
    /// The point tried, column by column.
    at: Vec<&'a Point>,
    reached: Vec<bool>,
    /// The rules of each problem found: none of a gap, two of an overlap.
    found: BTreeSet<Vec<usize>>,
    problems: Vec<Diagnostic>,
}

impl Sweep<'_> {
    fn column(&mut self, rules: &[usize]) {
        let (depth, all) = (self.at.len(), self.rules);
        let Some(column) = self.columns.get(depth) else {
            return self.point(rules);
        };
        for point in &column.points {
            let admits = |rule: &usize| {
                let cell = all.get(*rule).and_then(|cells| cells.get(depth));
                cell.is_some_and(|cell| point.passes(cell))
            };
            let left: Vec<usize> = rules.iter().copied().filter(admits).collect();
            self.at.push(point);
            self.column(&left);
            self.at.pop();
        }
    }

    fn point(&mut self, rules: &[usize]) {
        if let Some(reached) = rules.first().and_then(|rule| self.reached.get_mut(*rule)) {
            *reached = true;
        }
        let two = rules.get(..2).unwrap_or(rules);
        let first = self.file.hit_policy == HitPolicy::First;
        if two.len() == 1 || (first && two.len() == 2) || !self.found.insert(two.to_vec()) {
            return;
        }
        let parts = self.columns.iter().zip(&self.at);
        let parts = parts.map(|(column, point)| format!("`{}` = {}", column.name, point.words));
        let point = parts.collect::<Vec<_>>().join(", ");
        let mut ids = two
            .iter()
            .filter_map(|rule| Some(&self.file.rules.get(*rule)?.id));
        self.problems.push(match (ids.next(), ids.next()) {
            (Some(one), Some(other)) => {
                let (a, b) = (&one.value, &other.value);
                problem!(TableOverlap, "rules-overlap", one = a, other = b, point)
                    .at(other.place)
                    .relate(one.place, message!("the-other-rule"))
            }
            _ => problem!(TableGap, "no-rule-matches", point).at(self.file.outcomes.place),
        });
    }
}

/// One value that represents a piece of an input's range.
#[derive(Debug, Clone, PartialEq)]
struct Point {
    number: f64,
    mask: u64,
    /// Set where the input does not apply, and has no value.
    out: bool,
    words: String,
}

impl Point {
    fn new(number: f64, mask: u64, words: String) -> Self {
        let out = false;
        Self {
            number,
            mask,
            out,
            words,
        }
    }

    /// True where a cell admits the point.
    fn passes(&self, cell: &Test) -> bool {
        if self.out {
            matches!(cell, Test::Any | Test::NotApplicable)
        } else {
            cell.admits(self.number, self.mask)
        }
    }
}

/// An input of a table, cut into points.
#[derive(Debug, Clone)]
pub(super) struct Column {
    name: String,
    points: Vec<Point>,
}

impl Column {
    /// Cuts the input's possible values at the limits of these tests.
    pub(super) fn new(item: &Item, tests: &[&Test]) -> Self {
        let by_name = tests.iter().any(|test| matches!(test, Test::SomeOf(_)));
        let mut points = match &item.domain {
            Domain::Number { least, most, whole } => numbers(*least, *most, *whole, tests),
            Domain::Choices {
                names,
                several: true,
                ..
            }
            | Domain::Outcomes {
                names,
                several: true,
                ..
            } if by_name => subsets(item, names, tests),
            Domain::Outcomes { several: true, .. } => {
                vec![Point::new(f64::NAN, 0, "anything".to_owned())]
            }
            Domain::Choices {
                worth: Some((least, most)),
                several: true,
                scores,
                ..
            } => numbers(*least, *most, scores.is_none(), tests),
            Domain::Choices { names, scores, .. } => named(names, |place| {
                scores
                    .as_ref()
                    .and_then(|scores| scores.get(place))
                    .copied()
            }),
            Domain::Outcomes { names, .. } => {
                named(names, |place| u32::try_from(place).ok().map(f64::from))
            }
            Domain::Text => Vec::new(),
        };
        if tests.contains(&&Test::NotApplicable) {
            points.push(Point {
                out: true,
                ..Point::new(f64::NAN, 0, "`not applicable`".to_owned())
            });
        }
        Self {
            name: item.local_id().to_owned(),
            points,
        }
    }
}

/// Every set of names that can be taken together. Of names that no test distinguishes, one
/// represents the others, unless numbers are tested too.
fn subsets(item: &Item, names: &[String], tests: &[&Test]) -> Vec<Point> {
    let question = item.kind.question();
    let counted = tests.iter().any(|test| matches!(test, Test::Number(_)));
    let named_by = |place: usize| -> Vec<bool> {
        let in_set = |test: &&Test| matches!(test, Test::SomeOf(set) if set & (1 << place) != 0);
        tests.iter().map(in_set).collect()
    };
    let exclusive = |place: &usize| {
        let choice = question.and_then(|one| one.choices.get(*place));
        choice.is_some_and(|choice| choice.exclusive)
    };
    let (alone, together): (Vec<usize>, Vec<usize>) = (0..names.len()).partition(exclusive);
    let mut masks = vec![0_u64];
    let mut seen: Vec<Vec<bool>> = Vec::new();
    for place in together {
        if counted || !seen.contains(&named_by(place)) {
            seen.push(named_by(place));
            masks.extend(masks.clone().into_iter().map(|mask| mask | 1 << place));
        }
        if masks.len() > MOST_SETS {
            break;
        }
    }
    masks.extend(alone.into_iter().map(|place| 1 << place));
    let point = |mask: u64| {
        let worth = question.map_or(0.0, |question| question.worth_of(mask));
        let taken = names.iter().enumerate();
        let taken = taken.filter(|(place, _)| mask & (1 << place) != 0);
        let taken: Vec<String> = taken.map(|(_, name)| format!("`{name}`")).collect();
        let words = match mask {
            0 => message!("none-chosen").to_owned(),
            _ => taken.join(" and "),
        };
        Point::new(worth, mask, words)
    };
    masks.into_iter().map(point).collect()
}

fn named(names: &[String], worth: impl Fn(usize) -> Option<f64>) -> Vec<Point> {
    let names = names.iter().enumerate();
    let points = names.map(|(place, name)| {
        let worth = worth(place).unwrap_or(f64::NAN);
        Point::new(worth, 1 << place, format!("`{name}`"))
    });
    points.collect()
}

fn numbers(least: f64, most: f64, whole: bool, tests: &[&Test]) -> Vec<Point> {
    let mut cuts: Vec<f64> = Vec::new();
    for test in tests {
        if let Test::Number(Interval { from, to, .. }) = test {
            cuts.extend([from.limit(), to.limit()].into_iter().flatten());
        }
    }
    cuts.extend([least, most].into_iter().filter(|end| end.is_finite()));
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    let between = cuts.windows(2).filter_map(|pair| match pair {
        [a, b] => Some(f64::midpoint(*a, *b)),
        _ => None,
    });
    let mut points: Vec<f64> = cuts.iter().copied().chain(between).collect();
    if !least.is_finite() {
        points.push(cuts.first().copied().unwrap_or(0.0) - 1.0);
    }
    if !most.is_finite() {
        points.push(cuts.last().copied().unwrap_or(0.0) + 1.0);
    }
    if whole {
        let near = |point: &f64| [point.floor(), point.ceil()];
        points = points.iter().flat_map(near).collect();
        points.retain(|point| (least..=most).contains(point));
    }
    points.sort_by(f64::total_cmp);
    points.dedup();
    let point = |number: f64| Point::new(number, 0, (number + 0.0).to_string());
    points.into_iter().map(point).collect()
}
