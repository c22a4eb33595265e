//! One input of a grid, cut where the rules of its table cut it.

use crate::rules::condition::Test;
use crate::rules::rulebook::rule::share;
use crate::rules::rulebook::{Choice, Item, ItemKind};
use crate::text::number::short as number;
use crate::text::number::{TOLERANCE, apart};

/// One input of the grid: its scale, its bands, and where the client stands on it.
pub(super) struct Axis<'a> {
    pub(super) item: &'a Item,
    least: f64,
    most: f64,
    tests: Vec<&'a Test>,
    /// Values at which a test may turn, in order, both ends of the scale included.
    cuts: Vec<f64>,
    pub(super) bands: Vec<Band>,
    value: Option<f64>,
    low: f64,
    high: f64,
}

/// Neighbouring values that every rule treats alike.
#[derive(Debug, Clone, Copy)]
pub(super) struct Band {
    /// Its first and last point: even points are cuts, odd ones lie between two of them.
    points: (usize, usize),
    from: f64,
    to: f64,
    /// A value in it.
    pub(super) inside: f64,
}

impl<'a> Axis<'a> {
    /// `standing` is the value, and the least and the most it may still be.
    pub(super) fn new(
        item: &'a Item,
        (least, most): (f64, f64),
        tests: Vec<&'a Test>,
        (value, low, high): (Option<f64>, f64, f64),
    ) -> Self {
        let mut axis = Self {
            item,
            least,
            most,
            tests,
            cuts: Vec::new(),
            bands: Vec::new(),
            value,
            low,
            high,
        };
        axis.cuts = axis.turns();
        axis.bands = axis.alike();
        axis
    }

    /// Values at which a test may turn: the limits of intervals, and where choices are named, the
    /// middle between two of them.
    fn turns(&self) -> Vec<f64> {
        let limits = self.tests.iter().flat_map(|test| match test {
            Test::Number(interval) => [interval.from.limit(), interval.to.limit()],
            Test::Index(interval) => {
                let value = |limit: f64| self.least + (self.most - self.least) * limit / 100.0;
                [interval.from.limit(), interval.to.limit()].map(|limit| limit.map(value))
            }
            Test::Any | Test::OneOf(_) | Test::SomeOf(_) | Test::Unknown | Test::NotApplicable => {
                [None, None]
            }
        });
        let mut cuts: Vec<f64> = limits.flatten().collect();
        if self.names_choices() {
            let mut worths: Vec<f64> = self.worths().collect();
            worths.sort_by(f64::total_cmp);
            let pairs = worths.iter().zip(worths.iter().skip(1));
            cuts.extend(pairs.map(|(one, other)| f64::midpoint(*one, *other)));
        }
        cuts.retain(|cut| (self.least..=self.most).contains(cut));
        cuts.extend([self.least, self.most]);
        cuts.sort_by(f64::total_cmp);
        cuts.dedup_by(|one, other| (*one - *other).abs() <= TOLERANCE);
        cuts
    }

    /// Neighbouring points that pass the same tests, as bands.
    fn alike(&self) -> Vec<Band> {
        let passes = |value: f64| -> Vec<bool> {
            let passed = self.tests.iter().map(|test| self.passes(test, value));
            passed.collect()
        };
        let mut bands: Vec<(Band, Vec<bool>)> = Vec::new();
        for (point, value) in self.points().into_iter().enumerate() {
            let held = passes(value);
            match bands.last_mut() {
                Some((band, same)) if *same == held => {
                    band.points.1 = point;
                    if point % 2 == 1 {
                        band.inside = value;
                    }
                }
                Some(_) | None => bands.push((
                    Band {
                        points: (point, point),
                        from: 0.0,
                        to: 0.0,
                        inside: value,
                    },
                    held,
                )),
            }
        }
        let cut = |place: usize| self.cuts.get(place).copied().unwrap_or(self.most);
        let ends = |(band, _): (Band, Vec<bool>)| Band {
            from: cut(band.points.0 / 2),
            to: cut(band.points.1.div_ceil(2)),
            ..band
        };
        bands.into_iter().map(ends).collect()
    }

    /// Every cut, and the middle between each two.
    fn points(&self) -> Vec<f64> {
        let mut points = Vec::new();
        for (place, cut) in self.cuts.iter().enumerate() {
            points.push(*cut);
            let next = self.cuts.get(place + 1);
            points.extend(next.map(|next| f64::midpoint(*cut, *next)));
        }
        points
    }

    pub(super) fn passes(&self, test: &Test, value: f64) -> bool {
        match test {
            Test::Index(interval) => interval.contains(share(value, self.least, self.most)),
            Test::Any
            | Test::Number(_)
            | Test::OneOf(_)
            | Test::SomeOf(_)
            | Test::Unknown
            | Test::NotApplicable => test.admits(value, self.nearest(value)),
        }
    }

    fn names_choices(&self) -> bool {
        let named = |test: &&&Test| matches!(test, Test::OneOf(_) | Test::SomeOf(_));
        self.tests.iter().any(|test| named(&test))
    }

    /// Worth of each choice or outcome, by place; its place where it is not scored.
    fn worths(&self) -> impl Iterator<Item = f64> {
        let outcomes = match &self.item.kind {
            ItemKind::Decision { outcomes, .. } => outcomes.len(),
            ItemKind::Ladder { levels } => levels.len(),
            ItemKind::Question(_) | ItemKind::Score { .. } | ItemKind::Figure { .. } => 0,
        };
        let scores = self.choices().iter().map(|one| one.score);
        let scores = scores.chain(std::iter::repeat_n(None, outcomes));
        scores
            .zip(0_u32..)
            .map(|(score, place)| score.unwrap_or(f64::from(place)))
    }

    /// The choice or outcome nearest to a value, as a set; between two, the lower one.
    fn nearest(&self, value: f64) -> u64 {
        let far = |worth: f64| (worth - value).abs();
        let best = self.worths().enumerate().reduce(|best, one| {
            let nearer = far(one.1) < far(best.1) - TOLERANCE;
            let lower = far(one.1) < far(best.1) + TOLERANCE && one.1 < best.1;
            if nearer || lower { one } else { best }
        });
        best.map_or(0, |(place, _)| 1 << place)
    }

    pub(super) fn choices(&self) -> &'a [Choice] {
        match &self.item.kind {
            ItemKind::Question(question) => &question.choices,
            ItemKind::Score { .. }
            | ItemKind::Decision { .. }
            | ItemKind::Figure { .. }
            | ItemKind::Ladder { .. } => &[],
        }
    }

    /// The band a value lies in.
    fn band(&self, value: f64) -> Option<usize> {
        let on = |cut: &f64| (value - cut).abs() <= TOLERANCE;
        let point = match self.cuts.iter().position(on) {
            Some(place) => place * 2,
            None => {
                (self.cuts.iter().take_while(|cut| **cut < value).count() * 2).checked_sub(1)?
            }
        };
        let holds = |band: &Band| (band.points.0..=band.points.1).contains(&point);
        self.bands.iter().position(holds)
    }

    /// The client's band.
    pub(super) fn here(&self) -> Option<usize> {
        self.value.and_then(|value| self.band(value))
    }

    /// The client's figure, on the right side of each cut; `None` where bands name choices.
    pub(super) fn figure(&self) -> Option<String> {
        let value = self.value.filter(|_| !self.names_choices());
        value.map(|value| {
            let other = |cut: &&f64| (value - **cut).abs() > TOLERANCE;
            let cuts: Vec<f64> = self.cuts.iter().filter(other).copied().collect();
            apart(value, &cuts)
        })
    }

    /// True if open answers may still lead into a band.
    pub(super) fn may(&self, band: usize) -> bool {
        let ends = self.band(self.low).zip(self.band(self.high));
        ends.is_some_and(|(low, high)| (low..=high).contains(&band))
    }

    /// "below 2", "2 to below 3", "3 and above"; the choices where the rules name them.
    pub(super) fn label(&self, band: &Band) -> String {
        let (first, last) = band.points;
        if self.names_choices() {
            let names = self.names().into_iter().zip(self.worths());
            let own = names.filter(|(_, worth)| {
                let at = self.band(*worth).and_then(|place| self.bands.get(place));
                at.is_some_and(|at| at.points == band.points)
            });
            let own: Vec<&str> = own.map(|(name, _)| name).collect();
            return crate::text::number::either(&own);
        }
        let (from, to) = (number(band.from), number(band.to));
        let (with_from, with_to) = (first % 2 == 0, last % 2 == 0);
        let top = last + 1 == self.cuts.len() * 2 - 1;
        match (first == 0, top) {
            (true, true) => "any".to_owned(),
            (true, false) if with_to => format!("up to {to}"),
            (true, false) => format!("below {to}"),
            (false, true) if with_from => format!("{from} and above"),
            (false, true) => format!("above {from}"),
            (false, false) if first == last && with_from => from,
            (false, false) => {
                let above = if with_from { "" } else { "above " };
                let below = if with_to { "" } else { "below " };
                format!("{above}{from} to {below}{to}")
            }
        }
    }

    fn names(&self) -> Vec<&'a str> {
        match &self.item.kind {
            ItemKind::Question(question) => question
                .choices
                .iter()
                .map(|one| one.label.as_str())
                .collect(),
            ItemKind::Decision { outcomes, .. } => {
                outcomes.iter().map(|one| one.label.as_str()).collect()
            }
            ItemKind::Ladder { levels } => levels.iter().map(|one| one.label.as_str()).collect(),
            ItemKind::Score { .. } | ItemKind::Figure { .. } => Vec::new(),
        }
    }
}
