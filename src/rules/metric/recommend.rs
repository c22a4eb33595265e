//! Willingness to recommend: the Net Promoter Score.
//!
//! 100 · (promoters − detractors) / n, where promoters answered 9 or 10, passives 7 or 8 and
//! detractors 0 to 6, and n counts them all. Standard error: 100 · √((p + d − (p − d)²) / n) over
//! the shares p and d; the margin is 1.96 times that. After F. Reichheld, "The One Number You Need
//! to Grow", Harvard Business Review, December 2003.

use super::refusal::{Refusal, Result};
use super::share::count;

/// Counts of answers by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recommendation {
    /// Answers of 9 or 10.
    pub promoters: usize,
    /// Answers of 7 or 8.
    pub passives: usize,
    /// Answers of 0 to 6.
    pub detractors: usize,
}

/// The 97.5 % point of the normal distribution, for a margin at 95 %.
const TWO_SIDED_95: f64 = 1.96;

impl Recommendation {
    /// Sorts answers of 0 to 10; blanks are left out.
    ///
    /// # Errors
    /// Returns an error if an answer lies outside 0..10 or is not whole.
    pub fn of(answers: impl IntoIterator<Item = Option<f64>>) -> Result<Self> {
        let mut sorted = Self::default();
        for answer in answers.into_iter().flatten() {
            if !(0.0..=10.0).contains(&answer) || answer.fract() != 0.0 {
                return Err(Refusal::NotOnScale);
            }
            if answer >= 9.0 {
                sorted.promoters += 1;
            } else if answer >= 7.0 {
                sorted.passives += 1;
            } else {
                sorted.detractors += 1;
            }
        }
        Ok(sorted)
    }

    /// Number of answers.
    #[must_use]
    pub fn n(&self) -> usize {
        self.promoters + self.passives + self.detractors
    }

    /// The score, -100..100 points.
    ///
    /// # Errors
    /// Returns an error if nobody answered.
    pub fn score(&self) -> Result<f64> {
        let (promoters, detractors) = self.shares()?;
        Ok(100.0 * (promoters - detractors))
    }

    /// Half the width of the 95 % interval around the score, in points.
    ///
    /// # Errors
    /// Returns an error if nobody answered.
    pub fn margin(&self) -> Result<f64> {
        let (p, d) = self.shares()?;
        let variance = p + d - (p - d) * (p - d);
        Ok(TWO_SIDED_95 * 100.0 * (variance.max(0.0) / count(self.n())).sqrt())
    }

    fn shares(&self) -> Result<(f64, f64)> {
        match self.n() {
            0 => Err(Refusal::NoAnswers),
            n => Ok((
                count(self.promoters) / count(n),
                count(self.detractors) / count(n),
            )),
        }
    }
}
