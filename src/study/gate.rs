//! A gate: an assessment judged by a policy, for people and for CI.
//!
//! A [`PolicyFile`] is what is written, a [`Policy`] what is valid, and [`Policy::check`] the only
//! door between them. [`gate`] judges a result by it and gives a [`Verdict`]. What is not known
//! counts as not met, and is shown as unproven.

mod check;
mod judge;

pub use judge::{Against, gate, junit};

use super::compare::Banner;
use crate::assess::assessment::{Client, NeedState, PackResult};
use crate::message;
use crate::rules::pack::file::{FindingKind, Severity};
use crate::rules::vocabulary::{Basis, ConfidenceGrade};
use crate::text::diagnostic::Place;
use crate::text::yaml::Located;
use serde::{Deserialize, Serialize};

/// A policy: demands on an assessment.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity gate policy"))]
pub struct PolicyFile {
    /// The format's version: 1.
    pub format: Located<u32>,
    /// The base that regressions are measured from: a branch, tag or commit, `REVISION:PATH`, a file, or a
    /// result that was kept. A path starts from the folder of this file.
    pub against: Option<Located<String>>,
    /// The rules, in the order in which they are shown.
    pub rules: Located<Vec<Located<RuleFile>>>,
}

crate::text::yaml::document!(PolicyFile);

/// A rule. It asks for exactly one thing: `index`, `value`, `coverage`, `confidence`, `basis`,
/// `level`, `gate`, `forbid`, `regression` or `overdue`.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RuleFile {
    /// Name; where none is given, it is named by what it asks for.
    pub name: Option<String>,
    /// Effect on the gate: it fails it or only warns.
    #[serde(default)]
    pub severity: Weight,
    /// Reason for the demand.
    pub because: Option<String>,
    /// The scores that `index`, `value`, `coverage` or `confidence` are asked of: `pack.score`, or
    /// `pack.*` for all of a pack.
    pub score: Option<Names>,
    /// The least index, `0..=100`.
    pub index: Option<Located<f64>>,
    /// The least value, in the score's own unit.
    pub value: Option<Located<f64>>,
    /// True where `index`, `value`, `level`, `gate` or `regression` must hold whatever open answers
    /// turn out to be.
    #[serde(default)]
    pub surely: bool,
    /// The least rated share, `0..=1`: of the scores, else of the whole assessment.
    pub coverage: Option<Located<f64>>,
    /// The least confidence: in the scores, else in the whole assessment.
    pub confidence: Option<Located<ConfidenceGrade>>,
    /// The least that ratings must rest on.
    pub basis: Option<Located<Basis>>,
    /// A ladder, `pack.ladder`; needs `at_least`.
    pub level: Option<Located<String>>,
    /// The least level of the ladder, by its id.
    pub at_least: Option<Located<String>>,
    /// Gates of packs that must be met: `pack.gate`, or `pack.*` for all of a pack.
    pub gate: Option<Names>,
    /// Findings that must not hold.
    pub forbid: Option<Located<ForbidFile>>,
    /// Scores that must not fall.
    pub regression: Option<Located<RegressionFile>>,
    /// Targets whose day has come and that are not reached.
    pub overdue: Option<Located<Overdue>>,
}

/// Findings that must not hold: those that all given keys name.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ForbidFile {
    /// `pack.finding`, or `pack.*` for all of a pack.
    pub finding: Option<Names>,
    /// Of this kind.
    pub kind: Option<FindingKind>,
    /// At least so severe.
    pub severity: Option<Severity>,
}

/// Scores that must not fall.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RegressionFile {
    /// `pack.score`, or `pack.*` for all of a pack; all scores where it is not given.
    pub score: Option<Names>,
    /// The fall of the index that is too much, in points, `0..=100`; 6.25, a quarter anchor, where
    /// it is not given.
    pub tolerance: Option<Located<f64>>,
}

/// Effect of a rule on the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// The gate is not met while the rule is not.
    #[default]
    Fail,
    /// It is shown, and the gate may be met all the same.
    Warn,
}

/// Targets that may be overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Overdue {
    /// None.
    None,
}

/// One name, or a list of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Names", untagged))]
#[serde(rename = "$shape")]
pub enum Names {
    /// One.
    #[serde(rename = "scalar")]
    One(Located<String>),
    /// Several.
    #[serde(rename = "list")]
    Many(Vec<Located<String>>),
}

impl Names {
    /// Each of them.
    #[must_use]
    pub fn as_slice(&self) -> &[Located<String>] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

/// A policy found valid for the packs it was checked against.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The base that regressions are measured from.
    pub against: Option<Located<String>>,
    rules: Vec<Rule>,
}

impl Policy {
    /// Place of the first rule that asks for no regression.
    #[must_use]
    pub fn regression(&self) -> Option<Place> {
        let asks = |rule: &&Rule| matches!(rule.ask, Ask::Regression { .. });
        self.rules.iter().find(asks).map(|rule| rule.place)
    }
}

/// A rule found valid: every id is there, every threshold can be reached.
#[derive(Debug, Clone)]
struct Rule {
    file: RuleFile,
    place: Place,
    ask: Ask,
}

/// Demand of a rule; ids are in full.
#[derive(Debug, Clone)]
enum Ask {
    Score {
        ids: Vec<String>,
        least: f64,
        by_index: bool,
    },
    /// Of the whole assessment where no ids are given.
    Coverage(Vec<String>, f64),
    /// Of the whole assessment where no ids are given.
    Confidence(Vec<String>, ConfidenceGrade),
    Basis(Basis),
    Level {
        id: String,
        level: String,
        label: String,
    },
    /// Gates of packs.
    Gates(Vec<String>),
    /// Findings with their titles.
    Forbid(Vec<(String, String)>),
    Regression {
        ids: Vec<String>,
        /// True where all scores are meant, as far as they can be compared.
        all: bool,
        tolerance: f64,
    },
    Overdue,
}

/// An assessment judged by a policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity verdict"))]
pub struct Verdict {
    /// The version of this document: 1.
    pub format: u32,
    /// Program that made it.
    pub engine: String,
    /// Client that was assessed.
    pub client: Client,
    /// The day the answers speak of, `2026-10-31`.
    pub assessed_on: Option<String>,
    /// The packs it was scored by.
    pub packs: Vec<PackResult>,
    /// The day by which targets were due.
    pub on: Option<String>,
    /// The base that regressions were measured from.
    pub against: Option<String>,
    /// Notes to read before any regression.
    pub banners: Vec<Banner>,
    /// True where the gate is met: no check that fails it is unmet or unproven.
    pub met: bool,
    /// The level of the first ladder called `level` that has one, else of the only ladder.
    pub level: Option<String>,
    /// Every check, rule by rule.
    pub checks: Vec<CheckResult>,
}

/// One thing a rule asks of one item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckResult {
    /// Name of the rule.
    pub rule: String,
    /// Kind of check.
    pub kind: CheckKind,
    /// Effect of the rule: it fails the gate or only warns.
    pub severity: Weight,
    /// The item it is asked of, `pack.item`; null for the whole assessment.
    pub id: Option<String>,
    /// Its name.
    pub title: String,
    /// State; unproven counts as not met.
    pub state: NeedState,
    /// True where open answers cannot change the state; null where answers still to come do not
    /// matter, as with coverage or a day.
    pub certain: Option<bool>,
    /// Demand in words.
    pub wanted: String,
    /// Present state in words.
    pub actual: String,
    /// Reason for the demand.
    pub because: Option<String>,
    /// Questions to look at, or the items a finding rests on; those that matter most first.
    pub questions: Vec<String>,
    /// Place of the rule in its file.
    #[serde(skip)]
    pub place: Place,
}

impl CheckResult {
    /// Returns true where it keeps the gate from being met.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.severity == Weight::Fail && self.state.blocks()
    }

    /// Returns true where it is met, and open answers could still change that.
    pub(crate) fn is_met_for_now(&self) -> bool {
        self.state == NeedState::Met && self.certain == Some(false)
    }

    /// The check as one sentence; its state has words of its own where it is met only for now.
    #[must_use]
    pub fn says(&self) -> String {
        let state = if self.is_met_for_now() {
            message!("met-as-things-stand")
        } else {
            self.state.word()
        };
        format!("{}: {}, {state}: {}", self.title, self.wanted, self.actual)
    }
}

/// Kind of check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum CheckKind {
    /// A least index or value.
    Score,
    /// A least coverage.
    Coverage,
    /// A least confidence.
    Confidence,
    /// A basis.
    Basis,
    /// A least level.
    Level,
    /// A gate of a pack.
    Gate,
    /// A forbidden finding.
    Finding,
    /// No fall.
    Regression,
    /// No overdue target.
    Overdue,
}

impl CheckKind {
    /// The word for it.
    fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// The kind of check that a rule asks for.
    fn of(ask: &Ask) -> Self {
        match ask {
            Ask::Score { .. } => Self::Score,
            Ask::Coverage(..) => Self::Coverage,
            Ask::Confidence(..) => Self::Confidence,
            Ask::Basis(_) => Self::Basis,
            Ask::Level { .. } => Self::Level,
            Ask::Gates(_) => Self::Gate,
            Ask::Forbid(_) => Self::Finding,
            Ask::Regression { .. } => Self::Regression,
            Ask::Overdue => Self::Overdue,
        }
    }
}
