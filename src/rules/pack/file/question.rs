//! Questions of a pack as written: their types, choices and rows.

use crate::rules::vocabulary::Role;
use crate::text::yaml::{Entries, Located, Scalar, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the file"
)]
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
    /// The short form asks it; of a matrix, all its rows.
    #[serde(default)]
    pub core: bool,
    /// The same question of another pack, `pack.question`: where that pack is there, this one is not
    /// asked, and everything that names it reads that one.
    pub asked_as: Option<Located<String>>,
    /// A matrix: one question per row, asked as the row's text under the common `ask`.
    pub rows: Option<Entries<RowFile>>,
}

impl QuestionFile {
    /// The question that a row of this matrix is.
    pub(crate) fn of_row(&self, row: &RowFile) -> Self {
        let mut question = Self {
            label: None,
            rows: None,
            asked_as: None,
            ..self.clone()
        };
        match row {
            RowFile::Ask(ask) => question.ask.value.clone_from(ask),
            RowFile::Full(row) => {
                question.ask.value.clone_from(&row.ask);
                question.label.clone_from(&row.label);
                question.why = row.why.clone().or(question.why);
                question.evidence = row.evidence.clone().or(question.evidence);
                question.core |= row.core;
                question.asked_as.clone_from(&row.asked_as);
            }
        }
        question
    }
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

impl RowFile {
    /// True where the row is marked as core by itself.
    pub(super) fn is_core(&self) -> bool {
        match self {
            Self::Ask(_) => false,
            Self::Full(row) => row.core,
        }
    }
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
    /// The short form asks it, as it does where the whole matrix is core.
    #[serde(default)]
    pub core: bool,
    /// The same question of another pack, as of a question that is no row.
    pub asked_as: Option<Located<String>>,
}
