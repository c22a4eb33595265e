//! Agreement of people: figures over the answers to one question, or to the questions of a scale.
//!
//! All of them are conventions, not tests of significance. They are pure functions of counts, so
//! they cost the same for five answers and for a million.

use crate::text::number::format_near_all;

/// A question is contested where agreement is below this.
pub(crate) const CONTESTED_AGREEMENT: f64 = 0.5;
/// The fewest answers for which a question is called contested and agreement enters a grade.
pub(crate) const FEWEST: u32 = 3;
/// Number of questions that a workshop settles in an afternoon.
pub(crate) const WORKSHOP: usize = 12;
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
    let points = f64::from(u32::try_from(histogram.len()).ok()?);
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
        let questions = f64::from(u32::try_from(self.items.len()).ok()?);
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
