//! Shares, ratios and differences; willingness to recommend, the Net Promoter Score; and value curves.
//!
//! Share of customer is what customers spend here, of all they spend in the category. The ratio of
//! sums, the mean of ratios and the median differ where large customers behave unlike small ones; all
//! three are given. After D. Peppers and M. Rogers.
//!
//! The Net Promoter Score is 100 · (promoters − detractors) / n, where promoters answered 9 or 10,
//! passives 7 or 8 and detractors 0 to 6, and n counts them all. Standard error:
//! 100 · √((p + d − (p − d)²) / n) over the shares p and d; the margin is 1.96 times that. After
//! F. Reichheld, "The One Number You Need to Grow", Harvard Business Review, December 2003.
//!
//! Value curves say, factor by factor, how much a type of customer wants and how much it gets, here and
//! from the strongest rival, all on one scale of `0..=10`.
//!
//! The picture is the value curve of W. C. Kim and R. Mauborgne ("Value Innovation: The Strategic
//! Logic of High Growth", Harvard Business Review, 1997). The bands that call a factor a misfit are
//! our own: much is from 7 on, little is up to 3.

use super::{Refusal, Result};
use crate::message;
use crate::text::number::{TOLERANCE, float};
use serde::{Deserialize, Serialize};

/// Shares over several customers, each `0..=1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// All spending here over all spending in the category.
    pub overall: f64,
    /// The mean of the customers' own shares.
    pub mean: f64,
    /// The share that half of the customers stay below.
    pub median: f64,
    /// Number of customers.
    pub n: usize,
}

/// The share of one customer, `0..=1`.
///
/// # Errors
/// Returns an error if an amount is below 0, the wallet is 0, or spending here is larger than the
/// wallet.
pub fn share(spend: f64, wallet: f64) -> Result<f64> {
    if spend < 0.0 {
        return Err(Refusal::Negative("spending"));
    }
    if wallet < 0.0 {
        return Err(Refusal::Negative(message!("the-wallet")));
    }
    if wallet == 0.0 {
        return Err(Refusal::NothingToShare(message!("the-wallet")));
    }
    if spend > wallet {
        return Err(Refusal::PartAboveWhole);
    }
    Ok(spend / wallet)
}

/// The shares of several customers, given as spend and wallet.
///
/// # Errors
/// Returns an error if there is no customer, or one of them has no share.
pub fn shares(customers: &[(f64, f64)]) -> Result<Shares> {
    let own: Result<Vec<f64>> = customers.iter().map(|(a, b)| share(*a, *b)).collect();
    let mut own = own?;
    let n = own.len();
    let median = median(&mut own).ok_or(Refusal::NoAnswers)?;
    let sum = |pick: fn(&(f64, f64)) -> f64| customers.iter().map(pick).sum::<f64>();
    Ok(Shares {
        overall: sum(|one| one.0) / sum(|one| one.1),
        mean: own.iter().sum::<f64>() / float(n),
        median,
        n,
    })
}

/// The middle of the values, or the mean of the two in the middle; `None` of none.
#[must_use]
pub fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    let lower = *values.get(middle.checked_sub(1)?)?;
    Some(f64::midpoint(lower, upper))
}

/// One amount over another.
///
/// # Errors
/// Returns an error if the other is 0.
pub fn ratio(part: f64, whole: f64) -> Result<f64> {
    if whole == 0.0 {
        return Err(Refusal::NothingToShare(message!(
            "what-it-is-measured-against"
        )));
    }
    Ok(part / whole)
}

/// Shares of the most satisfied, `0..=1`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Boxes {
    /// In the best box.
    pub top: f64,
    /// In the best two boxes.
    pub top_two: f64,
}

/// The shares of the best box and the best two, from how many chose each.
///
/// # Errors
/// Returns an error if a count is below 0, or nobody answered.
pub fn boxes(top: f64, second: f64, others: f64) -> Result<Boxes> {
    if top.min(second).min(others) < 0.0 {
        return Err(Refusal::Negative(message!("a-count")));
    }
    let n = top + second + others;
    if n == 0.0 {
        return Err(Refusal::NoAnswers);
    }
    Ok(Boxes {
        top: top / n,
        top_two: (top + second) / n,
    })
}

/// Benefits of customers less their costs, both on one scale.
///
/// Customer perceived value after V. Zeithaml, "Consumer Perceptions of Price, Quality, and Value",
/// Journal of Marketing 52 (1988), as a difference.
#[must_use]
pub fn difference(benefits: &[f64], costs: &[f64]) -> f64 {
    benefits.iter().sum::<f64>() - costs.iter().sum::<f64>()
}

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
        Ok(TWO_SIDED_95 * 100.0 * (variance.max(0.0) / float(self.n())).sqrt())
    }

    fn shares(&self) -> Result<(f64, f64)> {
        match self.n() {
            0 => Err(Refusal::NoAnswers),
            n => Ok((
                float(self.promoters) / float(n),
                float(self.detractors) / float(n),
            )),
        }
    }
}

/// From here on, customers want much of a factor, or get much of it.
pub const MUCH: f64 = 7.0;
/// Up to here, they want or get little of it.
pub const LITTLE: f64 = 3.0;

/// Wants of a type of customer, and what it gets.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "CurveResult"))]
pub struct Curve {
    /// The type of customer.
    pub customers: String,
    /// Its factors.
    pub factors: Vec<Factor>,
}

/// A factor of a value curve, on a scale of `0..=10`.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "FactorResult"))]
pub struct Factor {
    /// Name.
    #[serde(rename = "factor")]
    pub name: String,
    /// Amount that is wanted.
    pub importance: f64,
    /// Amount that is given here.
    pub us: f64,
    /// Amount that the strongest rival gives; `null` where that is not known.
    pub rival: Option<f64>,
    /// Amount given less amount wanted.
    pub gap: f64,
    /// Misfit of the two; `null` where they fit well enough.
    pub misfit: Option<Misfit>,
}

/// Mismatch between what is wanted and what is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Misfit {
    /// Much wanted, little or nothing given.
    Missing,
    /// Little wanted, much given.
    Spare,
}

impl Factor {
    /// A factor with its gap and its misfit.
    #[must_use]
    pub fn new(name: String, importance: f64, us: f64, rival: Option<f64>) -> Self {
        let much = |value: f64| value >= MUCH - TOLERANCE;
        let little = |value: f64| value <= LITTLE + TOLERANCE;
        Self {
            name,
            importance,
            us,
            rival,
            gap: us - importance,
            misfit: match (importance, us) {
                (wanted, given) if much(wanted) && little(given) => Some(Misfit::Missing),
                (wanted, given) if little(wanted) && much(given) => Some(Misfit::Spare),
                _ => None,
            },
        }
    }
}

/// Fit over all curves.
#[derive(Debug, Clone, PartialEq)]
pub struct CurveFit {
    /// Of all that is wanted, how much is given, `0..=1`: what is given beyond what is wanted does
    /// not make up for what is missing elsewhere.
    pub given: f64,
    /// Lead over the strongest rival, on the scale of the factors and weighted by importance,
    /// `-10..=10`; refused where no rival is known.
    pub lead: Result<f64>,
    /// Factors much wanted and little given.
    pub missing: usize,
    /// Factors little wanted and much given.
    pub spare: usize,
    /// All factors of all curves.
    pub factors: usize,
}

impl CurveFit {
    /// Fit over all factors of all curves.
    ///
    /// # Errors
    /// Returns an error if there is no curve, or nothing is wanted at all.
    pub fn of(curves: &[Curve]) -> Result<Self> {
        let factors = || curves.iter().flat_map(|curve| &curve.factors);
        if factors().next().is_none() {
            return Err(Refusal::NoCurves);
        }
        let wanted: f64 = factors().map(|one| one.importance).sum();
        if wanted <= 0.0 {
            return Err(Refusal::NothingToShare(message!("all-that-is-wanted")));
        }
        let given: f64 = factors().map(|one| one.us.min(one.importance)).sum();
        let count = |misfit| factors().filter(|one| one.misfit == Some(misfit)).count();
        Ok(Self {
            given: given / wanted,
            lead: lead(factors()),
            missing: count(Misfit::Missing),
            spare: count(Misfit::Spare),
            factors: factors().count(),
        })
    }
}

fn lead<'a>(factors: impl Iterator<Item = &'a Factor>) -> Result<f64> {
    let (mut ahead, mut weight) = (0.0, 0.0);
    for one in factors {
        if let Some(rival) = one.rival {
            ahead += one.importance * (one.us - rival);
            weight += one.importance;
        }
    }
    if weight > 0.0 {
        Ok(ahead / weight)
    } else {
        Err(Refusal::NoRival)
    }
}
