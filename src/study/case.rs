//! A pack's own tests: answers, the results they must give, and the parts of the pack they reach:
//! each rule, cap, gate and finding both ways, each level once.

mod coverage;
mod differences;
mod listed;
mod run;

pub use coverage::Coverage;
pub use listed::{accept, has_list};
pub use run::run;

use crate::answers::file::{AnswerFile, CurvesFile};
use crate::assess::assessment::NeedState;
use crate::rules::vocabulary::{Basis, Role};
use crate::text::yaml::{Entries, Located};
use serde::Deserialize;

/// A file of cases.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity cases"))]
pub struct CasesFile {
    /// The format's version: 1.
    pub format: Located<u32>,
    /// Optional packs that are there in every case that does not say otherwise.
    #[serde(default)]
    pub with: Vec<Located<String>>,
    /// The cases.
    pub cases: Vec<CaseFile>,
}

crate::text::yaml::document!(CasesFile);

/// One case.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CaseFile {
    /// The point of the case, as a sentence.
    pub name: Located<String>,
    /// Basis on which ratings count.
    #[serde(default)]
    pub basis: Basis,
    /// Optional packs that are there; those of the file where it is not given.
    pub with: Option<Vec<Located<String>>>,
    /// Answers, as in an answers file; another pack's question is `pack.question`.
    #[serde(default)]
    pub answers: Entries<Located<AnswerFile>>,
    /// People who answer for themselves, where several do; what they answer comes before `answers`.
    #[serde(default)]
    pub people: Vec<PersonFile>,
    /// The customer table given with the answers, as CSV.
    pub customers: Option<Located<String>>,
    /// Value curves, as in an answers file.
    #[serde(default)]
    pub curves: CurvesFile,
    /// The answer to every rating that is not listed and has that anchor, of any pack that is
    /// there; none where it is not given.
    pub rest: Option<Located<AnswerFile>>,
    /// Expected results.
    #[serde(default)]
    pub expect: ExpectFile,
}

/// One of several people who answer.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PersonFile {
    /// Their role.
    pub role: Located<Role>,
    /// Answers of that person; another pack's question is `pack.question`.
    #[serde(default)]
    pub answers: Entries<Located<AnswerFile>>,
}

/// Expected results of a case.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ExpectFile {
    /// Scores, by id.
    pub scores: Entries<Option<ScoreExpectation>>,
    /// Metrics, by id or `metric/figure`; null for none.
    pub metrics: Entries<Option<f64>>,
    /// Scores one of whose caps bites or would bite.
    pub capped: Vec<Located<String>>,
    /// Scores none of whose caps applies.
    pub uncapped: Vec<Located<String>>,
    /// Decisions, by id.
    pub decisions: Entries<DecisionExpectation>,
    /// Ladders, by id.
    pub ladders: Entries<LadderExpectation>,
    /// Gates, by id.
    pub gates: Entries<NeedState>,
    /// Findings.
    pub findings: FindingsExpectation,
}

/// Expected score: its value alone, or more of it.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ScoreExpectation", untagged))]
#[serde(rename = "$shape")]
pub enum ScoreExpectation {
    /// Its value.
    #[serde(rename = "scalar")]
    Value(f64),
    /// Its parts.
    #[serde(rename = "map")]
    Full(ScoreParts),
}

/// The parts of a score.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ScoreParts {
    /// Value.
    pub value: Option<f64>,
    /// Index, 0..100.
    pub index: Option<f64>,
    /// Coverage, 0..1.
    pub coverage: Option<f64>,
    /// Lower end of the range.
    pub low: Option<f64>,
    /// Upper end of the range.
    pub high: Option<f64>,
    /// Value as claimed.
    pub claimed: Option<f64>,
}

/// Expected decision; what is not given is not checked.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct DecisionExpectation {
    /// Its outcome; `unknown` for none.
    pub outcome: Option<String>,
    /// The rule that decided.
    pub rule: Option<String>,
    /// Every outcome still possible.
    pub possible: Option<Vec<String>>,
}

/// Expected level; what is not given is not checked.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct LadderExpectation {
    /// Its level; `unknown` for none.
    pub level: Option<String>,
    /// Items and gates that keep it from the next level.
    pub held_by: Option<Vec<String>>,
    /// Every level still possible.
    pub possible: Option<Vec<String>>,
}

/// Findings that must be there, and those that must not.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct FindingsExpectation {
    /// Must be there.
    #[serde(rename = "in")]
    pub present: Vec<Located<String>>,
    /// Must not.
    pub out: Vec<Located<String>>,
}

/// Id in full of an item, gate or finding that is named within a pack.
fn full_id(pack: &str, id: &str) -> String {
    if id.contains('.') {
        id.to_owned()
    } else {
        format!("{pack}.{id}")
    }
}

/// Outcome of a pack's cases.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Names of the cases that came out as expected.
    pub passed: Vec<String>,
    /// Cases that did not, each with every difference.
    pub failed: Vec<Failure>,
    /// Parts of the pack that the cases reach.
    pub coverage: Coverage,
    /// Under an overlay: by case, everything that comes out otherwise than its base expects, whether
    /// or not the overlay lists it.
    pub otherwise: Vec<(String, Vec<Difference>)>,
}

/// A case that did not come out as expected.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The case's name.
    pub name: String,
    /// Differences, one line each.
    pub differences: Vec<String>,
}

/// A result that is another than a case expects.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The id of the item and, where it has several, the part of it.
    pub what: String,
    /// The result, in a word or a number.
    pub got: String,
    /// Both in a line.
    pub line: String,
}

impl Difference {
    fn new(what: &str, got: &str, line: String) -> Self {
        let (what, got) = (what.to_owned(), got.to_owned());
        Self { what, got, line }
    }
}
