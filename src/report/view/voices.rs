//! Views of the roles: the heat map, the gaps between two roles, and what is contested.
//!
//! There only where many people answered. What is hidden in the assessment has no figure here
//! either; it is marked in words.

mod contested;
mod gaps;
mod heat;

pub(super) use contested::counts_words;
pub use contested::{Contested, Disputed};
pub use gaps::{Dumbbell, Gap, Gaps};
pub use heat::{Heat, HeatCell, HeatRow};

use super::context::ReportContext;
use super::pack::Pack;
use crate::rules::metric::MetricKind;
use serde::Serialize;

/// Views of the roles.
#[derive(Debug, Clone, Serialize)]
pub struct Voices<'a> {
    /// Scores by role; null where no role is shown.
    pub heat: Option<Heat<'a>>,
    /// Differences between two roles; null where fewer than two roles are shown.
    pub gaps: Option<Gaps<'a>>,
    /// Questions that a workshop should settle.
    pub contested: Contested<'a>,
    /// "n<5": the mark in place of a hidden group.
    pub mark: String,
    /// Meaning of that mark, one sentence.
    pub hidden: String,
    /// Sentences about the agreement that packs ask for, and about sections whose ratings make a
    /// scale; may be empty.
    pub scales: Vec<String>,
}

impl<'a> ReportContext<'a> {
    /// The section; `None` where one assessor answered.
    pub(super) fn voices(&self, packs: &[Pack<'a>]) -> Option<Voices<'a>> {
        let merged = self.assessment.respondents.merged.as_ref()?;
        let drawn = packs
            .iter()
            .map(|pack| pack.profile.len() + pack.fit.len() + pack.lenses.len());
        let mut figures: usize = drawn.sum();
        Some(Voices {
            heat: self.heat(&mut figures),
            gaps: self.gaps(&mut figures),
            contested: self.contested(),
            mark: self.hidden_mark(),
            hidden: format!(
                "{} marks a group that is not shown: fewer than {} people, or a group from which such a small one could be worked out. Their answers count in every value all the same, but for questions that so few people answered that not even the value of all is counted.",
                self.hidden_mark(),
                merged.minimum_group
            ),
            scales: self.agreements().chain(self.scales()).collect(),
        })
    }

    /// "n<5".
    pub(super) fn hidden_mark(&self) -> String {
        let merged = self.assessment.respondents.merged.as_ref();
        merged.map_or_else(String::new, |merged| format!("n<{}", merged.minimum_group))
    }

    fn agreements(&self) -> impl Iterator<Item = String> {
        let results = self.assessment.metrics.iter();
        let results = results.filter(|result| result.metric == MetricKind::Agreement);
        results.filter_map(|result| {
            let figure = |place: usize| result.figures.get(place);
            let [mean, lowest] = [figure(0)?, figure(1)?];
            Some(match mean.value {
                None => format!("“{}”: {}.", result.title, mean.in_words()),
                Some(_) => format!(
                    "“{}”: agreement on a rating {} on average, {} where it is lowest. 1 is full agreement, and below 0.5 a workshop should settle it.",
                    result.title, mean.says, lowest.says
                ),
            })
        })
    }

    fn scales(&self) -> impl Iterator<Item = String> {
        let scales = self.assessment.respondents.scales.iter();
        let says = |one: &crate::assess::assessment::ScaleResult| {
            format!(
                "“{}”: Cronbach's alpha {} over {} ratings by {} people: {}.",
                one.title,
                crate::text::number::rounded(one.alpha, 2),
                one.questions,
                one.people,
                one.says()
            )
        };
        scales.map(says)
    }
}
