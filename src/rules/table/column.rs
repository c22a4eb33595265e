//! The points that stand for all values of one input.

use crate::rules::condition::{Interval, Test};
use crate::rules::rulebook::{Domain, Item};

/// More sets of choices than this make a table too large to be proven.
const MOST_SETS: usize = 1 << 14;

/// One value that stands for a piece of an input's range.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Point {
    pub(crate) number: f64,
    pub(crate) mask: u64,
    /// Whether the input is out here, and has no value.
    pub(crate) out: bool,
    pub(crate) words: String,
}

/// An input of a table, cut into points.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    name: String,
    points: Vec<Point>,
}

impl Column {
    /// Cuts the input's possible values at the limits of these tests.
    pub(crate) fn new<'a>(item: &Item, tests: impl Iterator<Item = &'a Test> + Clone) -> Self {
        let by_name = tests.clone().any(|test| matches!(test, Test::SomeOf(_)));
        let out = tests.clone().any(|test| *test == Test::NotApplicable);
        let mut points = match &item.domain {
            Domain::Number { least, most, whole } => numbers(*least, *most, *whole, tests),
            Domain::Choices { several: true, .. } | Domain::Outcomes { several: true, .. }
                if by_name =>
            {
                subsets(item, tests)
            }
            Domain::Outcomes { several: true, .. } => vec![Point::anything()],
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
                    .unwrap_or(f64::NAN)
            }),
            Domain::Outcomes { names, .. } => named(names, |place| {
                u32::try_from(place).map_or(f64::NAN, f64::from)
            }),
            Domain::Text => Vec::new(),
        };
        points.extend(out.then(Point::out));
        Self {
            name: item.local_id().to_owned(),
            points,
        }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// How many points there are; more than can be tried where not all of them were made.
    pub(crate) fn count(&self) -> usize {
        if self.points.len() > MOST_SETS {
            usize::MAX
        } else {
            self.points.len()
        }
    }

    pub(crate) fn points(&self) -> &[Point] {
        &self.points
    }
}

impl Point {
    fn anything() -> Self {
        Self {
            number: f64::NAN,
            mask: 0,
            out: false,
            words: "anything".to_owned(),
        }
    }

    fn out() -> Self {
        Self {
            out: true,
            words: "`not applicable`".to_owned(),
            ..Self::anything()
        }
    }

    /// Whether a cell lets it pass.
    pub(crate) fn passes(&self, cell: &Test) -> bool {
        if self.out {
            matches!(cell, Test::Any | Test::NotApplicable)
        } else {
            cell.admits(self.number, self.mask)
        }
    }
}

/// Every set of names that can be taken together. Names that no test tells apart stand for one
/// another, unless numbers are tested too.
fn subsets<'a>(item: &Item, tests: impl Iterator<Item = &'a Test>) -> Vec<Point> {
    let (Domain::Choices { names, .. } | Domain::Outcomes { names, .. }) = &item.domain else {
        return Vec::new();
    };
    let question = item.kind.question();
    let tests: Vec<&Test> = tests.collect();
    let counted = tests.iter().any(|test| matches!(test, Test::Number(_)));
    let told_by = |place: usize| -> Vec<bool> {
        let told = |test: &&Test| matches!(test, Test::SomeOf(set) if set & (1 << place) != 0);
        tests.iter().map(told).collect()
    };
    let alone = |place: usize| {
        let choice = question.and_then(|one| one.choices.get(place));
        choice.is_some_and(|choice| choice.exclusive)
    };
    let worth = |mask: u64| {
        let choices = question.map_or(&[][..], |one| one.choices.as_slice());
        let taken = choices
            .iter()
            .enumerate()
            .filter(|(place, _)| mask & (1 << place) != 0);
        let sum: f64 = taken
            .filter_map(|(_, choice)| choice.score)
            .fold(0.0, |sum, one| sum + one);
        question
            .and_then(|one| one.cap)
            .map_or(sum, |cap| sum.min(cap))
    };
    let mut masks = vec![0_u64];
    let mut seen: Vec<Vec<bool>> = Vec::new();
    for place in (0..names.len()).filter(|place| !alone(*place)) {
        if counted || !seen.contains(&told_by(place)) {
            seen.push(told_by(place));
            masks.extend(masks.clone().into_iter().map(|mask| mask | 1 << place));
        }
        if masks.len() > MOST_SETS {
            break;
        }
    }
    masks.extend(
        (0..names.len())
            .filter(|place| alone(*place))
            .map(|place| 1 << place),
    );
    let point = |mask: u64| Point {
        number: worth(mask),
        mask,
        out: false,
        words: words(names, mask),
    };
    masks.into_iter().map(point).collect()
}

/// The names of a set as they are told.
fn words(names: &[String], mask: u64) -> String {
    let taken = names
        .iter()
        .enumerate()
        .filter(|(place, _)| mask & (1 << place) != 0);
    let taken: Vec<String> = taken.map(|(_, name)| format!("`{name}`")).collect();
    if taken.is_empty() {
        return "none chosen".to_owned();
    }
    taken.join(" and ")
}

fn named(names: &[String], worth: impl Fn(usize) -> f64) -> Vec<Point> {
    let point = |(place, name): (usize, &String)| Point {
        number: worth(place),
        mask: 1 << place,
        out: false,
        words: format!("`{name}`"),
    };
    names.iter().enumerate().map(point).collect()
}

fn numbers<'a>(
    least: f64,
    most: f64,
    whole: bool,
    tests: impl Iterator<Item = &'a Test>,
) -> Vec<Point> {
    let limits = tests.filter_map(|test| match test {
        Test::Number(Interval { from, to, .. }) => Some([from.limit(), to.limit()]),
        Test::Any
        | Test::Index(_)
        | Test::OneOf(_)
        | Test::SomeOf(_)
        | Test::Unknown
        | Test::NotApplicable => None,
    });
    let mut cuts: Vec<f64> = limits.flatten().flatten().collect();
    cuts.extend([least, most].into_iter().filter(|end| end.is_finite()));
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    let mut points = cuts.clone();
    points.extend(cuts.windows(2).filter_map(|pair| match pair {
        [a, b] => Some(f64::midpoint(*a, *b)),
        _ => None,
    }));
    points.extend(beyond(least, most, &cuts));
    if whole {
        points = points
            .iter()
            .flat_map(|point| [point.floor(), point.ceil()])
            .collect();
        points.retain(|point| (least..=most).contains(point));
    }
    points.sort_by(f64::total_cmp);
    points.dedup();
    points
        .into_iter()
        .map(|number| Point {
            number,
            mask: 0,
            out: false,
            words: (number + 0.0).to_string(),
        })
        .collect()
}

/// Points beyond the outermost cuts of a range without ends.
fn beyond(least: f64, most: f64, cuts: &[f64]) -> Vec<f64> {
    let (lowest, highest) = (
        cuts.first().copied().unwrap_or(0.0),
        cuts.last().copied().unwrap_or(0.0),
    );
    let below = (!least.is_finite()).then_some(lowest - 1.0);
    let above = (!most.is_finite()).then_some(highest + 1.0);
    below.into_iter().chain(above).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::condition::Bound;

    #[test]
    fn a_range_is_cut_at_limits_with_a_point_between() {
        let tests = [Test::Number(Interval::new(
            Bound::Inclusive(2.0),
            Bound::Open,
        ))];
        let points = numbers(0.0, 4.0, false, tests.iter());
        assert_eq!(
            points.iter().map(|point| point.number).collect::<Vec<_>>(),
            [0.0, 1.0, 2.0, 3.0, 4.0]
        );
    }
}
