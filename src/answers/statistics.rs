//! Figures over the answers of several people: their agreement, the consistency of a scale, and the
//! median of the numbers they gave.
//!
//! All of them are conventions, not tests of significance. They are pure functions of counts, so
//! they cost the same for five answers and for a million.

use crate::rules::pack::file::QuestionType;
use crate::text::number::{float, format_near_all, rounded};
use std::collections::BTreeMap;

/// A question is contested where agreement is below this.
pub(crate) const CONTESTED_AGREEMENT: f64 = 0.5;
/// The fewest answers for which a question is called contested and agreement enters a grade.
pub(crate) const FEWEST: u32 = 3;
/// The least gap between two roles that is reported: one anchor of 0..4.
pub(crate) const GAP: f64 = 1.0;
/// The least gap that is strong: a third of five points, to the hundredth.
pub(crate) const STRONG_GAP: f64 = 1.67;

/// Number of answers.
pub(crate) fn answers(histogram: &[u32]) -> u32 {
    histogram.iter().sum()
}

/// The sample variance (divided by n - 1) of answers counted by step; `None` below two answers.
#[must_use]
pub fn variance(histogram: &[u32]) -> Option<f64> {
    let n = f64::from(answers(histogram));
    let counts = (0_u32..).zip(histogram);
    let (sum, squares) = counts.fold((0.0, 0.0), |(sum, squares), (step, count)| {
        let (step, count) = (f64::from(step), f64::from(*count));
        (sum + step * count, squares + step * step * count)
    });
    (n >= 2.0).then(|| ((squares - sum * sum / n) / (n - 1.0)).max(0.0))
}

/// Agreement within one group: 1 less the variance over that of answers spread evenly over all
/// steps, `0..=1`, floored at 0; `None` below two answers or two steps.
///
/// rwg as in James, Demaree and Wolf (1984), for one item: the even spread over A steps has the
/// variance (A² - 1) / 12. The histogram has one count per step of the scale.
#[must_use]
pub fn rwg(histogram: &[u32]) -> Option<f64> {
    let points = float(histogram.len());
    let even = (points * points - 1.0) / 12.0;
    let variance = variance(histogram).filter(|_| even > 0.0)?;
    Some((1.0 - variance / even).max(0.0))
}

/// Returns true if a workshop should settle the question: of three people or more, an agreement
/// below a half, or a strong gap between two roles, in steps of a scale of 0..4.
#[must_use]
pub fn contested(people: u32, agreement: Option<f64>, gap: Option<f64>) -> bool {
    let split = agreement.is_some_and(|agreed| agreed < CONTESTED_AGREEMENT - 1e-9);
    people >= FEWEST && (split || gap.is_some_and(is_strong))
}

/// Returns true if a gap in steps of a scale of 0..4 is strong.
pub(crate) fn is_strong(gap: f64) -> bool {
    gap.abs() >= STRONG_GAP - 1e-9
}

/// A gap without its sign: "1.7", and "1.667" where two digits would make it strong.
pub(crate) fn gap_figure(gap: f64) -> String {
    format_near_all(gap.abs(), &[GAP, STRONG_GAP], 1)
}

/// An agreement: "0.57", and "0.498" where two digits would hide that it is contested.
pub(crate) fn agreement_figure(agreement: f64) -> String {
    format_near_all(agreement, &[CONTESTED_AGREEMENT], 2)
}

/// The sums that Cronbach's alpha needs of the people who answered every question of a scale.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ScaleSums {
    /// Number of people who answered all of them.
    pub people: u32,
    /// For each question, the sum of its answers and the sum of their squares.
    pub items: Vec<(f64, f64)>,
    /// The same for each person's total.
    pub totals: (f64, f64),
}

impl ScaleSums {
    /// Takes in the answers of one person, one for each question.
    pub fn add(&mut self, answers: &[f64]) {
        self.items.resize(answers.len(), (0.0, 0.0));
        for (sums, answer) in self.items.iter_mut().zip(answers) {
            *sums = plus(*sums, *answer);
        }
        self.totals = plus(self.totals, answers.iter().sum());
        self.people += 1;
    }

    /// Takes in everybody of another part of the same people.
    pub fn absorb(&mut self, other: &Self) {
        self.items
            .resize(self.items.len().max(other.items.len()), (0.0, 0.0));
        for (sums, more) in self.items.iter_mut().zip(&other.items) {
            *sums = (sums.0 + more.0, sums.1 + more.1);
        }
        self.totals.0 += other.totals.0;
        self.totals.1 += other.totals.1;
        self.people += other.people;
    }

    /// Cronbach's alpha, k / (k - 1) · (1 - sum of item variances / variance of totals), at most 1.
    ///
    /// `None` below two people or two questions, or where all totals are alike. Cronbach (1951).
    #[must_use]
    pub fn alpha(&self) -> Option<f64> {
        let people = f64::from(self.people);
        let questions = float(self.items.len());
        let spread = |(sum, squares): (f64, f64)| squares - sum * sum / people;
        let total = spread(self.totals);
        let parts: f64 = self.items.iter().copied().map(spread).sum();
        let defined = people >= 2.0 && questions >= 2.0 && total > 1e-9;
        defined.then(|| questions / (questions - 1.0) * (1.0 - parts / total))
    }
}

fn plus((sum, squares): (f64, f64), value: f64) -> (f64, f64) {
    (sum + value, squares + value * value)
}

/// The most different numbers that are kept as they are; where there are more, all of them are kept
/// to three significant digits, so that memory grows with the digits and not with the people.
const MOST: usize = 1000;
/// Two sums of weights are the same within this share of all weights.
const SAME: f64 = 1e-9;
/// The finest step an answer is rounded to, as a power of ten.
const FINEST: i32 = -9;

/// A finite number with its order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Finite(f64);

impl Finite {
    /// A number; a negative zero is no number of its own.
    pub(crate) fn new(value: f64) -> Self {
        Self(value + 0.0)
    }

    /// The number.
    pub(crate) fn get(self) -> f64 {
        self.0
    }
}

impl PartialEq for Finite {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Finite {}

impl PartialOrd for Finite {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Finite {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

/// Number of people who gave each number.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Numbers {
    counts: BTreeMap<Finite, u32>,
    /// True if numbers are kept to three significant digits.
    coarse: bool,
}

impl Numbers {
    /// Counts a number one more person gave.
    pub fn add(&mut self, value: f64) {
        self.count(value, 1);
        self.coarsen(false);
    }

    /// Counts the numbers of other people.
    pub fn absorb(&mut self, other: &Self) {
        for (value, count) in &other.counts {
            self.count(value.get(), *count);
        }
        self.coarsen(other.coarse);
    }

    fn count(&mut self, value: f64, count: u32) {
        let value = if self.coarse {
            format!("{value:.2e}").parse().unwrap_or(value)
        } else {
            value
        };
        *self.counts.entry(Finite::new(value)).or_default() += count;
    }

    /// Rounds all numbers once there are too many different ones, in whatever order they came.
    fn coarsen(&mut self, wanted: bool) {
        if !self.coarse && (wanted || self.counts.len() > MOST) {
            self.coarse = true;
            for (value, count) in std::mem::take(&mut self.counts) {
                self.count(value.get(), count);
            }
        }
    }

    /// Every number with the number of people who gave it, smallest first.
    pub fn counts(&self) -> impl Iterator<Item = (f64, u32)> {
        let counts = self.counts.iter();
        counts.map(|(value, count)| (value.get(), *count))
    }

    /// Number of people.
    #[must_use]
    pub fn people(&self) -> u32 {
        self.counts.values().sum()
    }
}

/// The number below which this share of all weight lies, as people would say it; `None` of nobody.
/// Each group comes with the weight of all its people together.
///
/// Whole numbers stay whole. A share in percent is whole, and any other number has two significant
/// digits, unless more than half of those who answered were more exact: then the answer has as many
/// digits as more than half of them need.
///
/// Definition 2 of Hyndman and Fan (1996), with weights: the middle of two where the share lies
/// between them.
#[must_use]
pub fn quantile(kind: QuestionType, groups: &[(&Numbers, f64)], share: f64) -> Option<f64> {
    let mut all: BTreeMap<Finite, f64> = BTreeMap::new();
    for (numbers, weight) in groups {
        let people = f64::from(numbers.people());
        for (value, count) in &numbers.counts {
            *all.entry(*value).or_default() += weight * f64::from(*count) / people;
        }
    }
    let total: f64 = all.values().sum();
    let wanted = share * total;
    let mut below = 0.0;
    let mut list = all.iter().peekable();
    while let Some((value, weight)) = list.next() {
        below += weight;
        let next = list.peek().map_or(value, |(next, _)| *next);
        if (below - wanted).abs() <= SAME * total {
            let middle = f64::midpoint(value.get(), next.get());
            return Some(spoken(kind, middle, groups));
        }
        if below > wanted {
            return Some(spoken(kind, value.get(), groups));
        }
    }
    let highest = all.last_key_value()?.0.get();
    Some(spoken(kind, highest, groups))
}

/// A number as people would say it, from the answers of these groups.
fn spoken(kind: QuestionType, value: f64, groups: &[(&Numbers, f64)]) -> f64 {
    let coarsest = match kind {
        QuestionType::Integer => return nearest(value, 0),
        QuestionType::Percent => 0,
        QuestionType::Decimal
        | QuestionType::Rating
        | QuestionType::SelectOne
        | QuestionType::SelectMultiple
        | QuestionType::Boolean
        | QuestionType::Text => exponent(value) - 1,
    };
    let people: u32 = groups.iter().map(|(numbers, _)| numbers.people()).sum();
    let most_on = |step: &i32| {
        let all = groups.iter().flat_map(|(numbers, _)| numbers.counts());
        let on = all.filter(|(value, _)| {
            let far = (nearest(*value, *step) - value).abs();
            far <= value.abs() * SAME
        });
        on.map(|(_, count)| count).sum::<u32>() * 2 > people
    };
    let step = (FINEST..=coarsest).rev().find(most_on);
    step.map_or(value, |step| nearest(value, step))
}

/// The power of ten of the first digit.
fn exponent(value: f64) -> i32 {
    let text = format!("{value:e}");
    let power = text.split_once('e').map(|(_, power)| power.parse());
    power.and_then(Result::ok).unwrap_or(0)
}

/// The value rounded half up to a multiple of a power of ten.
fn nearest(value: f64, power: i32) -> f64 {
    if let Ok(digits) = u8::try_from(-power) {
        return rounded(value, digits).parse().unwrap_or(value);
    }
    let step = 10_f64.powi(power);
    (value / step + 0.5).floor() * step
}
