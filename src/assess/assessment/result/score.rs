//! Scores of the result, and how far those of two roles lie apart.

use super::{Because, Beyond, Confidence, ItemId, RoleFigure};
use crate::answers::statistics::gap_figure;
use crate::message;
use crate::rules::condition::Truth;
use crate::rules::vocabulary::Aggregate;
pub use crate::rules::vocabulary::Range;
use crate::text::number::{in_words, list, short as number};
use serde::{Deserialize, Serialize};

/// Value of a score once every phase due by a day is reached.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Projection {
    /// The day, `2027-03-31`.
    pub due: String,
    /// Value in the score's own unit.
    pub value: f64,
    /// Its place on 0..100 of what was possible.
    pub index: f64,
}

/// State of a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ScoreState {
    /// Enough is rated for a verdict.
    Rated,
    /// It has a value and too little coverage for a verdict.
    Thin,
    /// Nothing is rated.
    NotAssessed,
    /// Nothing applies.
    NotApplicable,
    /// No pack of the assessment asks about it.
    NotAsked,
}

/// A score.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScoreResult {
    /// `pack.item`.
    pub id: ItemId,
    /// Name.
    pub title: String,
    /// Rule by which its children become one value.
    pub aggregate: Aggregate,
    /// Value in its own unit; null where nothing is rated.
    pub value: Option<f64>,
    /// Its place on 0..100 of what was possible.
    pub index: Option<f64>,
    /// Range that open answers still allow, in its own unit; null where nothing it counts applies.
    pub range: Option<Range>,
    /// The same on 0..100.
    pub index_range: Option<Range>,
    /// Range that was possible; null where nothing it counts applies.
    pub possible: Option<Range>,
    /// Rated share of applicable weight, `0..=1`.
    pub coverage: f64,
    /// Truth of any question it rests on being called for.
    pub called_for: Truth,
    /// State: rated, thin, or without a value.
    pub state: ScoreState,
    /// Value as claimed, where it differs; null on perception.
    pub claimed: Option<f64>,
    /// Index as claimed, where it differs.
    pub claimed_index: Option<f64>,
    /// Value with every target reached, where it differs.
    pub target: Option<f64>,
    /// Index with every target reached, where it differs.
    pub target_index: Option<f64>,
    /// Target less value, never below 0.
    pub gap: Option<f64>,
    /// Value on each day a phase is due; empty where no target changes it.
    pub projected: Vec<Projection>,
    /// Value with every question at its baseline, where that differs.
    pub baseline: Option<f64>,
    /// Index with every question at its baseline, where that differs.
    pub baseline_index: Option<f64>,
    /// Share of the way from the baseline to the target that lies behind, `0..=1`; null where no
    /// baseline or no target changes it, and for spreads and differences.
    pub progress: Option<f64>,
    /// Value of each role; empty where one assessor answered.
    pub roles: Vec<RoleFigure>,
    /// Place of its value outside those of the roles that are shown, with reasons; null where it
    /// lies among them.
    #[serde(default)]
    pub beyond: Option<Beyond>,
    /// Confidence in it.
    pub confidence: Confidence,
    /// Cap that keeps it down.
    pub capped: Option<Capped>,
    /// The caps that would keep it down and cannot be judged yet; while there is one, there is no
    /// verdict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits_for: Vec<OpenCap>,
    /// The answers it rests on, where its pack speaks for all and it gathers questions of others.
    pub base: Option<Base>,
    /// The items it is made of.
    pub parts: Vec<ScorePart>,
}

/// The questions that a score gathers from packs of the assessment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Base {
    /// Questions that count.
    pub applicable: usize,
    /// Those of them that are answered.
    pub rated: usize,
    /// Further ones that do not apply or are not called for.
    #[serde(default)]
    pub left_out: usize,
    /// Packs with questions for it that are not part of the assessment.
    #[serde(default)]
    pub not_asked: Vec<String>,
}

impl Base {
    /// True if so few are answered that the score is not ranked: under five.
    #[must_use]
    pub fn is_few(&self) -> bool {
        self.rated < 5
    }

    /// "rests on three answers; brand-and-offer and personalisation were not asked"; `None` where
    /// there is nothing to add to how many are answered.
    #[must_use]
    pub fn says(&self) -> Option<String> {
        let few = self.is_few().then(|| {
            let in_words = in_words(self.rated);
            message!("rests-on-answers", in_words, count = self.rated)
        });
        let left_out = (self.left_out > 0).then(|| {
            let in_words = in_words(self.left_out);
            message!(
                "more-questions-do-not-apply",
                in_words,
                count = self.left_out
            )
        });
        let packs: Vec<&str> = self.not_asked.iter().map(String::as_str).collect();
        let not_asked = (!packs.is_empty())
            .then(|| message!("were-not-asked", list = list(&packs), count = packs.len()));
        let parts: Vec<String> = [few, left_out, not_asked].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// Order of the parts that are compared: the highest and the lowest. A part that
/// contains another of them is not ranked, nor is one that is not called for or has no value.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RankingResult {
    /// The pack.
    pub pack: String,
    /// The exhibit that sets them side by side; null for the profile.
    pub exhibit: Option<String>,
    /// The highest part, and those that print alike; where fewer than two are ranked, that one or
    /// none. Of differences, those farthest from 0.
    pub highest: Vec<ItemId>,
    /// The lowest part, and those that print alike; empty where fewer than two are ranked, and of
    /// differences.
    pub lowest: Vec<ItemId>,
    /// True if two or more are ranked and all of them print the same index.
    pub level: bool,
    /// True if no open answer can turn the order.
    pub firm: bool,
    /// Those without a verdict.
    pub unranked: Vec<ItemId>,
    /// Those of the pack that speaks for all that gather questions of others, of which fewer than
    /// five are answered.
    pub few: Vec<ItemId>,
    /// Those made of others of them that carry a verdict.
    #[serde(default)]
    pub wholes: Vec<ItemId>,
}

/// A cap that keeps a score down.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Capped {
    /// The most the score can be.
    pub at: f64,
    /// Reason for the cap.
    pub because: String,
    /// The answers and values that made it bite.
    pub parts: Vec<Because>,
}

/// A cap that cannot be judged yet.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OpenCap {
    /// The most the score could be, were it to hold.
    pub at: f64,
    /// Reason for the cap.
    pub because: String,
    /// The open questions that decide it.
    pub questions: Vec<OpenQuestion>,
}

impl OpenCap {
    /// "is open until Role is answered", "cannot be told while Role is hidden".
    fn until(&self) -> String {
        let parts = [false, true].into_iter().filter_map(|hidden| {
            let some = self.questions.iter().filter(|one| one.hidden == hidden);
            let names: Vec<&str> = some.map(|one| one.label.as_str()).collect();
            let (count, names) = (names.len(), list(&names));
            (count > 0).then(|| {
                if hidden {
                    message!("cannot-be-told-while", names, count)
                } else {
                    message!("is-open-until", names, count)
                }
            })
        });
        parts.collect::<Vec<_>>().join(", and ")
    }
}

/// A question that is open.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct OpenQuestion {
    /// `pack.item`.
    pub id: ItemId,
    /// Name.
    pub label: String,
    /// True if too few people of any group answered for it to be counted or shown.
    #[serde(default)]
    pub hidden: bool,
}

impl ScoreResult {
    /// Caps that a verdict waits for, in words; `None` where none is open.
    #[must_use]
    pub fn waits(&self) -> Option<String> {
        let told = self.waits_for.iter().map(|cap| {
            message!(
                "it-may-be-held-at-which",
                number = number(cap.at),
                trim_end_matches = cap.because.trim_end_matches('.'),
                until = cap.until()
            )
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| message!("no-verdict-yet", told = told.join("; ")))
    }
}

/// A child of a score.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ScorePart {
    /// `pack.item`.
    pub id: ItemId,
    /// Name.
    pub label: String,
    /// Its weight.
    pub weight: f64,
    /// Its value; null where it has none and is left out.
    pub value: Option<f64>,
    /// True if it does not apply.
    pub absent: bool,
    /// True if it is left out since nothing calls for it, such as a form beyond that of the offer.
    #[serde(default)]
    pub not_called_for: bool,
}

impl ScorePart {
    /// True if the score counts it, be it open.
    pub(crate) fn counts(&self) -> bool {
        !self.absent && !self.not_called_for
    }
}

/// Difference between two roles on one thing. Not a test of significance.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct GapResult {
    /// The score or question, `pack.item`.
    pub id: ItemId,
    /// Its name.
    pub title: String,
    /// The role that is further from customers.
    pub one: RoleFigure,
    /// The other role; both over the questions that both answered.
    pub other: RoleFigure,
    /// One less other, in steps of a scale of 0 to 4.
    pub gap: f64,
    /// Name for the gap.
    pub kind: GapKind,
    /// True if it is 1.67 steps or more.
    pub strong: bool,
    /// True if it is in the list of those from a step on: the widest as printed, then each that
    /// shares no question with a wider one in the list; of equals scores first. A score of which
    /// both roles answered one question only is left to that question.
    #[serde(default)]
    pub listed: bool,
}

impl GapResult {
    /// "+1.7", "−1.2": with the digits it takes near the limits of a gap; "±0.0" below them.
    #[must_use]
    pub fn steps(&self) -> String {
        let sign = match self.printed() {
            0.0 => "±",
            _ if self.gap < 0.0 => "−",
            _ => "+",
        };
        format!("{sign}{}", gap_figure(self.gap))
    }

    /// Its size as it is printed; what prints alike is alike.
    pub(crate) fn printed(&self) -> f64 {
        let figure = gap_figure(self.gap).parse();
        figure.unwrap_or_else(|_| self.gap.abs())
    }
}

/// Name for a gap: from one step on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GapKind {
    /// The first role rates it a step higher or more.
    BlindSpot,
    /// The first role rates it a step lower or more.
    HiddenStrength,
    /// Less than a step apart.
    Alike,
}
