//! Decision tables proven: neither gap nor overlap, no rule out of reach.
//!
//! Every input's possible values are cut at the limits its cells name. Within one piece no cell
//! changes its mind, so one point per piece stands for all of it, and trying every combination of
//! points proves the table. Rules that a piece has already ruled out are dropped on the way.

mod column;

pub(crate) use column::Column;

use crate::rules::condition::Test;

/// More combinations than this are not tried; such a table is better split in two.
const MOST_POINTS: usize = 2_000_000;

/// What the proof found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Flaw {
    /// A point that no rule matches, in words.
    Gap(String),
    /// A point that two rules match, with their places.
    Overlap(String, usize, usize),
    /// A rule of a `first` table that is never the first to match.
    Unreachable(usize),
    /// Too many combinations to try.
    TooLarge,
}

/// Tries every combination of the columns' points; `rules` holds one test per column.
pub(crate) fn prove(columns: &[Column], rules: &[Vec<&Test>], first: bool) -> Vec<Flaw> {
    let points = columns
        .iter()
        .map(Column::count)
        .try_fold(1_usize, usize::checked_mul);
    if points.is_none_or(|points| points > MOST_POINTS) {
        return vec![Flaw::TooLarge];
    }
    let mut sweep = Sweep {
        columns,
        rules,
        first,
        at: Vec::new(),
        reached: vec![false; rules.len()],
        flaws: Vec::new(),
    };
    sweep.column(&(0..rules.len()).collect::<Vec<_>>());
    sweep.finish()
}

struct Sweep<'a> {
    columns: &'a [Column],
    rules: &'a [Vec<&'a Test>],
    first: bool,
    at: Vec<usize>,
    reached: Vec<bool>,
    flaws: Vec<Flaw>,
}

impl Sweep<'_> {
    fn column(&mut self, rules: &[usize]) {
        let depth = self.at.len();
        let columns = self.columns;
        let Some(column) = columns.get(depth) else {
            return self.point(rules);
        };
        for (place, point) in column.points().iter().enumerate() {
            let all = self.rules;
            let admits = |rule: &usize| {
                let cell = all.get(*rule).and_then(|cells| cells.get(depth));
                cell.is_some_and(|cell| point.passes(cell))
            };
            let left: Vec<usize> = rules.iter().copied().filter(admits).collect();
            self.at.push(place);
            self.column(&left);
            self.at.pop();
        }
    }

    fn point(&mut self, rules: &[usize]) {
        if let Some(reached) = rules.first().and_then(|rule| self.reached.get_mut(*rule)) {
            *reached = true;
        }
        match rules {
            [] if !self.has_gap() => self.flaws.push(Flaw::Gap(self.words())),
            [one, other, ..] if !self.first && !self.has_overlap(*one, *other) => {
                self.flaws.push(Flaw::Overlap(self.words(), *one, *other));
            }
            _ => {}
        }
    }

    fn has_gap(&self) -> bool {
        self.flaws.iter().any(|flaw| matches!(flaw, Flaw::Gap(_)))
    }

    fn has_overlap(&self, one: usize, other: usize) -> bool {
        self.flaws
            .iter()
            .any(|flaw| matches!(flaw, Flaw::Overlap(_, a, b) if (*a, *b) == (one, other)))
    }

    fn words(&self) -> String {
        let parts = self
            .columns
            .iter()
            .zip(&self.at)
            .filter_map(|(column, place)| {
                let point = column.points().get(*place)?;
                Some(format!("`{}` = {}", column.name(), point.words))
            });
        parts.collect::<Vec<_>>().join(", ")
    }

    fn finish(mut self) -> Vec<Flaw> {
        if self.first {
            let never = self
                .reached
                .iter()
                .enumerate()
                .filter(|(_, reached)| !**reached);
            self.flaws
                .extend(never.map(|(rule, _)| Flaw::Unreachable(rule)));
        }
        self.flaws
    }
}
