//! The keys of a pack's YAML files.

mod finding;
mod header;
mod rule;

pub use finding::{
    AdviceFile, ContextFile, ExhibitFile, ExhibitType, FindingFile, FindingKind, Horizon, LedTo,
    Part, ReportFile, SectionTitles, Severity, Size,
};
pub use header::{MoveDetail, MoveFile, UseDetail, UseFile};
pub use rule::{
    CapFile, DecisionFile, EveryFile, FitFile, GateFile, LadderFile, LadderMeasure, LevelFile,
    OfFile, OneFile, OutcomesFile, PackScope, RuleFile, ScoreFile, SectionScoreFile, SetFile,
};

use crate::rules::metric::{MetricKind, TableName, Timing};
use crate::rules::vocabulary::Role;
use crate::text::yaml::{Entries, Located, OneOrMany, Scalar, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One file of a pack; the header belongs into `pack.yaml`, everything else wherever it reads best.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity pack"))]
#[serde(default)]
pub struct PackFile {
    /// The format's version: 1.
    pub format: Option<Located<u32>>,
    /// Kebab-case id; answers and other packs refer to it.
    pub id: Option<Located<String>>,
    /// Semantic version.
    pub version: Option<Located<String>>,
    /// Language tag of the texts, `en` where it is not given.
    pub language: Option<Located<String>>,
    /// Subject of the pack, in one line.
    pub title: Option<Located<String>>,
    /// One or two sentences for the reader of a report, CommonMark.
    pub about: Option<Located<String>>,
    /// Source of the ideas the pack follows.
    pub credit: Option<Located<String>>,
    /// The score or ladder that speaks for the pack; where it is not given, its only ladder over a
    /// score, or else the one score that no other reads.
    pub headline: Option<Located<String>>,
    /// The pack speaks for all packs of an assessment; one of them may.
    pub overall: Option<Located<bool>>,
    /// Items that say how much is called for, how much is built, and if that fits.
    pub fit: Option<FitFile>,
    /// Texts of a report on its subject.
    pub report: Option<Located<ReportFile>>,
    /// Packs whose items this one reads, with the versions it accepts.
    pub uses: Entries<UseFile>,
    /// Ids that the pack had, each with the id that an item has now.
    pub moved: Entries<MoveFile>,
    /// Reading order of the sections.
    pub order: Vec<Located<String>>,
    /// Questions, section by section.
    pub sections: Entries<SectionFile>,
    /// Scores over questions and other scores.
    pub scores: Entries<ScoreFile>,
    /// Decision tables.
    pub decisions: Entries<DecisionFile>,
    /// Results of the business, computed by a named convention and never part of a score.
    pub metrics: Entries<MetricFile>,
    /// Named conditions that ladders ask for.
    pub gates: Entries<GateFile>,
    /// Ladders of levels.
    pub ladders: Entries<LadderFile>,
    /// Findings in the answers, with actions to take.
    pub findings: Entries<FindingFile>,
    /// Published figures with their base.
    pub context: Entries<ContextFile>,
    /// Exhibits of the report.
    pub exhibits: Vec<ExhibitFile>,
    /// Terms and what they mean.
    pub glossary: Entries<String>,
}

/// A metric.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MetricFile {
    /// Name for tables; the id in words where it is not given.
    pub title: Option<String>,
    /// Its meaning, in one sentence.
    pub about: Option<String>,
    /// Its kind.
    pub metric: Located<MetricKind>,
    /// The questions it is made from, by the name of the input, one or several: numbers, which are
    /// added up, or for `agreement` ratings or a section of them.
    #[serde(default)]
    pub inputs: Entries<OneOrMany<Located<String>>>,
    /// The table it is made from, given with the answers.
    pub from: Option<Located<TableName>>,
    /// `lifetime_value`, `break_even`: when the first margin comes; after the first renewal where it is not given.
    pub timing: Option<Located<Timing>>,
    /// `lifetime_value`: the value within so many periods is given as well.
    pub periods: Option<Located<u32>>,
}

/// A section of a questionnaire.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SectionFile {
    /// Title.
    pub title: String,
    /// Introduction for whoever answers, CommonMark.
    pub intro: Option<String>,
    /// The section is asked while this condition holds; every question inherits it.
    pub relevant: Option<Located<Value>>,
    /// Condition under which what the section asks for is wanted; otherwise it is no gap, and
    /// where it is there it can be simplified.
    pub called_for: Option<Located<Value>>,
    /// Makes the section a score over its questions, with the section's id.
    pub score: Option<SectionScoreFile>,
    /// Its questions in the order they are asked.
    #[serde(default)]
    pub questions: Entries<QuestionFile>,
}

/// The types of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum QuestionType {
    /// One anchored step of a scale.
    Rating,
    /// One of several choices.
    SelectOne,
    /// Any of several choices.
    SelectMultiple,
    /// A whole number.
    Integer,
    /// A number.
    Decimal,
    /// A percentage, 0 to 100.
    Percent,
    /// True or false.
    Boolean,
    /// Free text; never scored.
    Text,
}

impl QuestionType {
    /// True where an answer is a number.
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Integer | Self::Decimal | Self::Percent)
    }

    /// True where an answer is one step of a scale, or one choice of a list.
    pub(crate) fn takes_one_step(self) -> bool {
        matches!(self, Self::Rating | Self::SelectOne)
    }
}

/// Worth of a `select_multiple`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// The number of choices taken.
    Count,
    /// The sum of their scores.
    Sum,
}

/// A question.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct QuestionFile {
    /// Its type.
    #[serde(rename = "type")]
    pub kind: Located<QuestionType>,
    /// Short name for tables and charts; the id in words where it is not given.
    pub label: Option<String>,
    /// The question itself.
    pub ask: Located<String>,
    /// One more line for whoever answers.
    pub help: Option<String>,
    /// Reason why the answer matters.
    pub why: Option<String>,
    /// Evidence to look at before answering.
    pub evidence: Option<String>,
    /// Roles that can answer; everybody where it is not given.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Ratings: the worded steps, by number.
    pub anchors: Option<Located<BTreeMap<i64, String>>>,
    /// Selects: the choices.
    pub choices: Option<Located<Vec<ChoiceFile>>>,
    /// `select_multiple`: worth by count (the default) or by the sum of scores.
    pub measure: Option<Located<Measure>>,
    /// `select_multiple`: the most it is worth.
    pub cap: Option<Located<f64>>,
    /// Numbers: the least allowed.
    pub min: Option<Located<f64>>,
    /// Numbers: the most allowed.
    pub max: Option<Located<f64>>,
    /// Numbers: the unit; `money` is an amount in the client's own currency.
    pub unit: Option<String>,
    /// Numbers: the time they are for.
    pub period: Option<Located<Period>>,
    /// A test every answer must meet.
    pub constraint: Option<Located<Scalar>>,
    /// The message when it does not.
    pub constraint_message: Option<String>,
    /// Words to find the question by, and to gather it into scores.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Weight in every score it enters; 1 where it is not given.
    pub weight: Option<Located<f64>>,
    /// The lowest answer is worth most.
    #[serde(default)]
    pub reverse: bool,
    /// `check` warns while there is no answer.
    #[serde(default)]
    pub required: bool,
    /// The question is asked while this condition holds.
    pub relevant: Option<Located<Value>>,
    /// `never` forbids "not applicable".
    pub not_applicable: Option<Located<Allowance>>,
    /// Ratings: `never` where the answer describes the market rather than the firm, so that missing
    /// evidence does not hold it down.
    pub evidence_caps: Option<Located<Allowance>>,
    /// Worth keeping whatever is called for: it is never listed as something to stop.
    #[serde(default)]
    pub keep: bool,
    /// A matrix: one question per row, asked as the row's text under the common `ask`.
    pub rows: Option<Entries<RowFile>>,
}

/// The time a number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
}

impl Period {
    /// One of it, in words.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }
}

/// Permission for something to happen to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Allowance {
    /// It may; this is what holds where nothing is said.
    Allowed,
    /// Not at all.
    Never,
}

/// A choice of a select.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ChoiceFile {
    /// Its value in answers.
    pub value: Located<String>,
    /// Its label for readers.
    pub label: String,
    /// Its worth; on all choices or on none.
    pub score: Option<Located<f64>>,
    /// It excludes the other choices.
    #[serde(default)]
    pub exclusive: bool,
}

/// A row of a matrix.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "RowFile", untagged))]
#[serde(rename = "$shape")]
pub enum RowFile {
    /// Its text alone.
    #[serde(rename = "scalar")]
    Ask(String),
    /// Its text with what differs from the stem.
    #[serde(rename = "map")]
    Full(RowDetail),
}

/// A row with texts of its own.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RowDetail {
    /// The question itself.
    pub ask: String,
    /// Short name.
    pub label: Option<String>,
    /// Reason why the answer matters.
    pub why: Option<String>,
    /// Evidence to look at.
    pub evidence: Option<String>,
}
