//! Agreement as a metric: made of what may be shown of the people who answered, and so of nothing
//! that is hidden.

use super::{Figures, Inputs};
use crate::answers::{Disclosure, FEWEST_RATINGS};
use crate::rules::metric::share::count;
use crate::rules::metric::{Refusal, Result};

/// Answers differ from two people on.
const FEWEST_PEOPLE: usize = 2;

impl Inputs<'_> {
    pub(super) fn agreement(&self) -> Result<Figures> {
        let panel = self.answers.disclosure().ok_or(Refusal::OnePerson)?;
        let agreed = self.agreed(panel)?;
        let n = count(agreed.len());
        let lowest = agreed.iter().copied().fold(1.0, f64::min);
        Ok(vec![
            Ok(agreed.iter().sum::<f64>() / n),
            Ok(lowest),
            self.alpha(panel),
            Ok(n),
        ])
    }

    fn ratings(&self) -> &[usize] {
        self.rule.inputs.first().map_or(&[][..], Vec::as_slice)
    }

    /// The agreement on each rating that has one; at least one has.
    fn agreed(&self, panel: &Disclosure) -> Result<Vec<f64>> {
        let voices = || self.ratings().iter().filter_map(|node| panel.answer(*node));
        let spreads = || voices().filter_map(|voice| voice.spread.as_ref());
        let agreed: Vec<f64> = spreads().filter_map(|spread| spread.agreement).collect();
        if !agreed.is_empty() {
            return Ok(agreed);
        }
        Err(if spreads().next().is_some() {
            Refusal::TooFew(FEWEST_PEOPLE)
        } else if voices().any(|voice| voice.people.is_none()) {
            Refusal::Hidden
        } else {
            Refusal::NoAnswers
        })
    }

    fn alpha(&self, panel: &Disclosure) -> Result<f64> {
        let section = self.rule.scale.ok_or(Refusal::LeftOut)?;
        if self.ratings().len() < FEWEST_RATINGS {
            return Err(Refusal::NoScale(FEWEST_RATINGS));
        }
        let mut scales = panel.scales.iter();
        let scale = scales.find(|scale| scale.section == section);
        scale.map(|scale| scale.alpha).ok_or(Refusal::NoSpread)
    }
}
