//! Questions and scores of the result.

use super::{
    AgreedResult, Because, Beyond, Confidence, GroupOutcome, GroupResult, ItemId, RoleFigure,
};
use crate::rules::condition::Truth;
use crate::rules::rulebook::words::{list, number};
use crate::rules::vocabulary::Aggregate;
use crate::rules::vocabulary::Grade;
use crate::rules::vocabulary::State;
use crate::text::number::{TOLERANCE, in_words};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A question with its answer. Notes, reasons and evidence are data, never markup.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct QuestionResult {
    /// `pack.item`.
    pub id: ItemId,
    /// The section's id.
    pub section: String,
    /// Short name.
    pub label: String,
    /// What was asked.
    pub ask: String,
    /// Where it stands.
    pub state: State,
    /// The answer as written: an anchor's number, choices, a number or a text.
    pub answer: Vec<String>,
    /// The answer in words, for every state.
    pub says: String,
    /// Whether it is open, and other open answers may still make it irrelevant.
    #[serde(default)]
    pub may_not_apply: bool,
    /// What it counts for in scores.
    pub value: Option<f64>,
    /// How many were counted, where the answer is a share of them in percent.
    pub of: Option<u32>,
    /// What was claimed, where evidence holds the value below it.
    pub claimed: Option<f64>,
    /// The answer that is kept though the question is not relevant; null where there is none.
    pub kept: Option<KeptAnswer>,
    /// Whether a headline, a ladder or a gate reads it for its value.
    pub measured: bool,
    /// Whether it is called for, whatever the open answers turn out to be.
    pub called_for: Truth,
    /// Whether it may be a gap: it applies, is measured, is not certainly uncalled for, and stands
    /// below its top or has no answer.
    pub gap: bool,
    /// How well it is proven.
    pub grade: Grade,
    /// What it rests on.
    pub evidence: Option<String>,
    /// Where that is.
    pub link: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// Why it does not apply.
    pub reason: Option<String>,
    /// The rating aimed at, of a choice its score: that of the last phase.
    pub target: Option<f64>,
    /// The role that is to reach it.
    pub owner: Option<String>,
    /// By when: that of the last phase.
    pub due: Option<String>,
    /// Every target on the way, in order; one where only one is set.
    pub phases: Vec<PhaseResult>,
    /// What leads to the last of them; null where nothing is aimed at, and where it is reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub way: Option<WayResult>,
    /// What it counted for at the start; null where that is not given.
    pub baseline: Option<BaselineResult>,
    /// How much of the way from the baseline to the target lies behind, `0..=1`: 1 where the target
    /// is reached, 0 below the baseline; null without a target, without an answer, and where no
    /// baseline is given and the target is not reached.
    pub progress: Option<f64>,
    /// What respondents said; null where none was heard on it.
    pub group: Option<GroupResult>,
    /// Why people agreed on the answer; null where they did not.
    pub agreed: Option<AgreedResult>,
}

/// What leads to a target that is not reached.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct WayResult {
    /// The actions that move the answer, by their work; may be empty.
    pub actions: Vec<String>,
    /// The answer they lead to, in words, where it falls short of the target.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// What must become true next, in words.
    pub next: String,
}

impl QuestionResult {
    /// Whether people answered it, and so few of them that their answer is neither counted nor
    /// shown.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        let group = self.group.as_ref();
        self.state.is_open() && group.is_some_and(|group| group.outcome == GroupOutcome::Closed)
    }
}

/// An answer to a question that is not relevant: it is kept, and no score reads it.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct KeptAnswer {
    /// Where it would stand.
    pub state: State,
    /// What it would count for in scores.
    pub value: Option<f64>,
    /// What was claimed, where evidence would hold the value below it.
    pub claimed: Option<f64>,
}

/// One of the targets of a question.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct PhaseResult {
    /// What it is called.
    pub name: Option<String>,
    /// The rating aimed at, as written; of a choice its score.
    pub target: f64,
    /// The same in words: "3", or the choice.
    pub says: String,
    /// By when.
    pub due: Option<String>,
    /// Whether it is reached.
    pub reached: bool,
}

/// What a question counted for at the start.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct BaselineResult {
    /// As written; of a choice its score.
    pub value: f64,
    /// The same in words: "1", or the choice.
    pub says: String,
    /// The day it was so.
    pub on: Option<String>,
}

/// What a score comes to once every phase due by a day is reached.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct Projection {
    /// The day, `2027-03-31`.
    pub due: String,
    /// Value in the score's own unit.
    pub value: f64,
    /// Its place on 0..100 of what was possible.
    pub index: f64,
}

/// What a score says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
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

/// A lowest and a highest value.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct Range {
    /// Lowest.
    pub low: f64,
    /// Highest.
    pub high: f64,
}

/// A score.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct ScoreResult {
    /// `pack.item`.
    pub id: ItemId,
    /// Name.
    pub title: String,
    /// How its children become one value.
    pub aggregate: Aggregate,
    /// Value in its own unit; null where nothing is rated.
    pub value: Option<f64>,
    /// Its place on 0..100 of what was possible.
    pub index: Option<f64>,
    /// What the open answers still allow, in its own unit; null where nothing it counts applies.
    pub range: Option<Range>,
    /// The same on 0..100.
    pub index_range: Option<Range>,
    /// What was possible; null where nothing it counts applies.
    pub possible: Option<Range>,
    /// Rated share of applicable weight, `0..=1`.
    pub coverage: f64,
    /// Whether any question it rests on is called for.
    pub called_for: Truth,
    /// What it says of itself.
    pub state: Verdict,
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
    /// What it comes to on each day a phase is due; empty where no target changes it.
    pub projected: Vec<Projection>,
    /// Value with every question at its baseline, where that differs.
    pub baseline: Option<f64>,
    /// Index with every question at its baseline, where that differs.
    pub baseline_index: Option<f64>,
    /// How much of the way from the baseline to the target lies behind, `0..=1`; null where no
    /// baseline or no target changes it, and for spreads and differences.
    pub progress: Option<f64>,
    /// What each role comes to; empty where one assessor answered.
    pub roles: Vec<RoleFigure>,
    /// Where its value lies outside those of the roles that are shown, and why; null where it lies
    /// among them.
    #[serde(default)]
    pub beyond: Option<Beyond>,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Why a cap holds it down.
    pub capped: Option<Capped>,
    /// The caps that would hold it down and cannot be judged yet; while there is one, there is no
    /// verdict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waits_for: Vec<OpenCap>,
    /// The answers it rests on, where its pack speaks for all and it gathers questions of others.
    pub base: Option<Base>,
    /// What it is made of.
    pub parts: Vec<Part>,
}

/// The questions that a score gathers from packs of the assessment.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
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
    /// Whether so few are answered that the score is not ranked: under five.
    #[must_use]
    pub fn is_few(&self) -> bool {
        self.rated < 5
    }

    /// "rests on three answers; brand-and-offer and personalisation were not asked"; `None` where
    /// there is nothing to add to how many are answered.
    #[must_use]
    pub fn says(&self) -> Option<String> {
        let few = self.is_few().then(|| match self.rated {
            1 => "rests on one answer".to_owned(),
            more => format!("rests on {} answers", in_words(more)),
        });
        let left_out = match self.left_out {
            0 => None,
            1 => Some("one more question does not apply or is not called for".to_owned()),
            more => Some(format!(
                "{} more questions do not apply or are not called for",
                in_words(more)
            )),
        };
        let packs: Vec<&str> = self.not_asked.iter().map(String::as_str).collect();
        let not_asked = match packs.as_slice() {
            [] => None,
            [one] => Some(format!("{one} was not asked")),
            many => Some(format!("{} were not asked", list(many))),
        };
        let parts: Vec<String> = [few, left_out, not_asked].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    }
}

/// Which of the parts that stand side by side stand highest and lowest. A part that holds another
/// of them is not ranked, nor is one that is not called for or has no value.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct RankingResult {
    /// The pack.
    pub pack: String,
    /// The exhibit that sets them side by side; null for the profile.
    pub exhibit: Option<String>,
    /// Those that stand highest, alike as printed; where fewer than two are ranked, that one or none.
    /// Of differences, those farthest from 0.
    pub highest: Vec<ItemId>,
    /// Those that stand lowest; empty where fewer than two are ranked, and of differences.
    pub lowest: Vec<ItemId>,
    /// Whether two or more are ranked and all of them stand at the same index.
    pub level: bool,
    /// Whether no open answer can turn the order.
    pub firm: bool,
    /// Those without a verdict.
    pub unranked: Vec<ItemId>,
    /// Those of the pack that speaks for all that gather questions of others, of which fewer than
    /// five are answered.
    pub few: Vec<ItemId>,
    /// Those made of others of them that carry a verdict and stand as high as the highest, or as low
    /// as the lowest; all of them where fewer than two are ranked.
    #[serde(default)]
    pub wholes: Vec<ItemId>,
}

/// A cap that holds a score down.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct Capped {
    /// The most the score can be.
    pub at: f64,
    /// Why.
    pub because: String,
    /// What made it bite.
    pub parts: Vec<Because>,
}

/// A cap that cannot be judged yet.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct OpenCap {
    /// The most the score could be, were it to hold.
    pub at: f64,
    /// Why.
    pub because: String,
    /// The open questions that decide it.
    pub questions: Vec<OpenQuestion>,
}

impl OpenCap {
    /// "is open until Role is answered", "cannot be told while Role is hidden".
    fn until(&self) -> String {
        let named = |hidden: bool| -> Vec<&str> {
            let some = self.questions.iter().filter(|one| one.hidden == hidden);
            some.map(|one| one.label.as_str()).collect()
        };
        let be = |names: &[&str]| if names.len() == 1 { "is" } else { "are" };
        let (open, hidden) = (named(false), named(true));
        let open = (!open.is_empty())
            .then(|| format!("is open until {} {} answered", list(&open), be(&open)));
        let hidden = (!hidden.is_empty()).then(|| {
            format!(
                "cannot be told while {} {} hidden, as too few people answered",
                list(&hidden),
                be(&hidden)
            )
        });
        let parts: Vec<String> = open.into_iter().chain(hidden).collect();
        parts.join(", and ")
    }
}

/// A question that is open.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub struct OpenQuestion {
    /// `pack.item`.
    pub id: ItemId,
    /// Name.
    pub label: String,
    /// Whether people answered it, too few to be counted or shown.
    #[serde(default)]
    pub hidden: bool,
}

impl ScoreResult {
    /// Whether no open answer can change its value.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let range = self.range.filter(|_| self.waits_for.is_empty());
        range.is_some_and(|range| (range.high - range.low).abs() <= TOLERANCE)
    }

    /// What a verdict waits for where a cap is open, in words; `None` where none is.
    #[must_use]
    pub fn waits(&self) -> Option<String> {
        let told = self.waits_for.iter().map(|cap| {
            format!(
                "it may be held at {} ({}), which {}",
                number(cap.at),
                cap.because.trim_end_matches('.'),
                cap.until()
            )
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| format!("no verdict yet: {}", told.join("; ")))
    }
}

/// A child of a score.
#[derive(Debug, Clone, PartialEq, Deserialize, Serialize, JsonSchema)]
pub struct Part {
    /// `pack.item`.
    pub id: ItemId,
    /// Name.
    pub label: String,
    /// Its weight.
    pub weight: f64,
    /// Its value; null where it has none and is left out.
    pub value: Option<f64>,
    /// Whether it does not apply.
    pub absent: bool,
}
