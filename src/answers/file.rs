//! Answers files as written, key by key.

use crate::rules::vocabulary::{Basis, FormLength, Grade, Role};
use crate::text::diagnostic::Place;
use crate::text::yaml::{Entries, Located, Scalar};
use serde::{Deserialize, Serialize};

/// An assessment: one client, one day, and the answers.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity answers"))]
pub struct AssessmentFile {
    /// The format's version: 1.
    pub format: Located<u32>,
    /// The client.
    pub client: ClientFile,
    /// The day the answers speak of, `2026-10-31`.
    pub assessed_on: Option<Located<String>>,
    /// Built-in packs by name, others by a path that begins with `./` or `../`; `name@1.0.0` pins.
    pub packs: Located<Vec<Located<String>>>,
    /// The customer table, a CSV by its path from this file.
    pub customers: Option<Located<String>>,
    /// Value curves: by type of customer and factor, how much is wanted and how much is delivered.
    #[serde(default)]
    pub curves: CurvesFile,
    /// Short or full; full where it is not given. The short form asks the core of each pack.
    pub form: Option<Located<FormLength>>,
    /// Basis of the ratings; perception where it is not given.
    #[serde(default)]
    pub basis: Basis,
    /// Draft or final; draft where it is not given, and until a round of many is closed.
    #[serde(default)]
    pub status: Status,
    /// The assessor, by role and never by name.
    pub assessor: Option<AssessorFile>,
    /// Rules by which the answers of several people become one, where the folder holds responses.
    pub respondents: Option<RespondentsFile>,
    /// The answers, pack by pack.
    #[serde(default)]
    pub answers: Entries<Entries<Located<AnswerFile>>>,
}

crate::text::yaml::document!(AssessmentFile);

impl AssessmentFile {
    /// Length of the questionnaire.
    #[must_use]
    pub fn length(&self) -> FormLength {
        let form = self.form.as_ref();
        form.map_or(FormLength::Full, |form| form.value)
    }
}

/// The organisation that is assessed.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ClientFile {
    /// The organisation.
    pub name: Located<String>,
    /// The part of it, where only a part was looked at.
    pub unit: Option<Located<String>>,
}

/// The assessor.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AssessorFile {
    /// The role of the one who answered.
    pub role: Role,
}

/// Progress of an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Still being worked on.
    #[default]
    Draft,
    /// Signed off.
    Final,
}

/// One answer: its value alone, or with details.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "AnswerFile", untagged))]
#[serde(rename = "$shape")]
pub enum AnswerFile {
    /// `3`, `packaged`, `true`, `unknown`.
    #[serde(rename = "scalar")]
    Value(Scalar),
    /// The choices of a `select_multiple`.
    #[serde(rename = "list")]
    List(Vec<Located<String>>),
    /// The value with notes, evidence and targets; or the reason it does not apply.
    #[serde(rename = "map")]
    Full(Box<AnswerDetail>),
}

/// An answer with its details.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AnswerDetail {
    /// The value.
    pub value: Option<Located<ValueFile>>,
    /// Number of people counted, where the value is a share of them in percent.
    pub of: Option<Located<u32>>,
    /// Reason why the question does not apply; instead of a value.
    pub not_applicable: Option<Located<String>>,
    /// A note.
    pub note: Option<String>,
    /// Evidence of the answer.
    pub evidence: Option<EvidenceFile>,
    /// The rating aimed at, or the choice of a scored `select_one`.
    pub target: Option<Located<Scalar>>,
    /// The role that is to reach it.
    pub owner: Option<String>,
    /// Due date, `2027-03-31`.
    pub due: Option<Located<String>>,
    /// Several targets, one after the other, instead of `target` and `due`.
    #[serde(default)]
    pub phases: Vec<Located<PhaseFile>>,
    /// Value at the start; progress is measured from there.
    pub baseline: Option<Located<BaselineFile>>,
}

/// The value of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ValueFile", untagged))]
#[serde(rename = "$shape")]
pub enum ValueFile {
    /// One value.
    #[serde(rename = "scalar")]
    One(Scalar),
    /// The choices of a `select_multiple`.
    #[serde(rename = "list")]
    List(Vec<Located<String>>),
}

/// Evidence of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct EvidenceFile {
    /// Grade of the evidence.
    pub grade: Grade,
    /// Reference to the evidence.
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    /// Link to the evidence.
    pub link: Option<String>,
}

/// Value curves as written: factors by type of customer.
pub type CurvesFile = Entries<Entries<FactorFile>>;

/// One thing a type of customer may value, on a scale of 0 to 10.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct FactorFile {
    /// Importance to these customers, `0..=10`.
    pub importance: Located<f64>,
    /// Mark of what they get from you, `0..=10`.
    pub us: Located<f64>,
    /// Mark of what the strongest rival gives, `0..=10`.
    pub rival: Option<Located<f64>>,
}

/// `responses/*.yaml`: the answers of one person. Names never leave the file.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity response"))]
pub struct ResponseFile {
    /// The format's version: 1.
    pub format: Located<u32>,
    /// The respondent: any word that is given once, such as `r07`; never printed.
    pub respondent: Located<String>,
    /// The role of the one who answered.
    pub role: Located<Role>,
    /// The part of the organisation; never printed.
    pub unit: Option<String>,
    /// The day of the answers, `2026-10-12`.
    pub answered_on: Option<Located<String>>,
    /// The packs that were asked, as `organisation@1.0.0`; another major version is refused.
    #[serde(default)]
    pub packs: Vec<Located<String>>,
    /// The answers, pack by pack.
    #[serde(default)]
    pub answers: Entries<Entries<Located<AnswerFile>>>,
}

crate::text::yaml::document!(ResponseFile);

/// `consensus.yaml`: answers agreed in a workshop, item by item.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity consensus"))]
pub struct ConsensusFile {
    /// The format's version: 1.
    pub format: Located<u32>,
    /// Agreed answers, pack by pack.
    #[serde(default)]
    pub consensus: Entries<Entries<AgreedFile>>,
}

crate::text::yaml::document!(ConsensusFile);

/// An agreed answer. It replaces the merged answer, which the report still shows.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AgreedFile {
    /// The answer.
    pub value: Located<ValueFile>,
    /// Reason for this answer.
    pub reason: Located<String>,
    /// The day it was agreed, `2026-11-20`.
    pub date: Option<Located<String>>,
}

/// Rules by which the answers of several people become one.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct RespondentsFile {
    /// Weight of the mean of each role, above 0; 1 where it is not given, and where a role is counted
    /// among others.
    pub weights: Entries<Located<f64>>,
    /// Everybody weighs the same, whatever the role; the weights of roles then mean nothing.
    pub pooled: bool,
    /// The fewest people a group needs to be counted and shown: 3 or more; 5 where it is not given.
    pub minimum_group: Option<Located<u32>>,
    /// Roles that agreed to be shown however few they are.
    pub open_roles: Vec<Located<Role>>,
    /// False where everybody may be shown, however few answer, and those who answer know it; true
    /// where it is not given.
    pub anonymous: Option<bool>,
    /// The day after which nobody answers any more, `2026-11-30`; until it is given, results are
    /// drafts.
    pub closed_on: Option<Located<String>>,
}

/// `targets.yaml`: targets, item by item; the same as `target`, `owner` and `due` of an answer.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity targets"))]
pub struct TargetsFile {
    /// The format's version: 1.
    pub format: Located<u32>,
    /// Targets, pack by pack.
    #[serde(default)]
    pub targets: Entries<Entries<Located<TargetFile>>>,
}

crate::text::yaml::document!(TargetsFile);

/// A target: one `target`, or several `phases` on the way to the last of them.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct TargetFile {
    /// The rating aimed at, or the choice of a scored `select_one`.
    pub target: Option<Located<Scalar>>,
    /// The role that is to reach it.
    pub owner: Option<String>,
    /// Due date, `2027-03-31`.
    pub due: Option<Located<String>>,
    /// Several targets, one after the other, instead of `target` and `due`.
    #[serde(default)]
    pub phases: Vec<Located<PhaseFile>>,
    /// Value at the start; progress is measured from there.
    pub baseline: Option<Located<BaselineFile>>,
}

/// One of several targets.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PhaseFile {
    /// Name of the phase.
    pub name: Option<String>,
    /// The rating or choice aimed at; never worth less than that of the phase before.
    pub target: Located<Scalar>,
    /// Due date, `2027-03-31`; later than that of the phase before.
    pub due: Located<String>,
}

/// Value of an answer at the start: `1`, or `{ value: 1, on: 2025-10-31 }`; a choice for a scored
/// `select_one`.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "BaselineFile", untagged))]
#[serde(rename = "$shape")]
pub enum BaselineFile {
    /// The value alone.
    #[serde(rename = "scalar")]
    Value(Located<Scalar>),
    /// The value with its day.
    #[serde(rename = "map")]
    Dated(DatedFile),
}

/// A value with its day.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct DatedFile {
    /// The value, on the question's own scale.
    pub value: Located<Scalar>,
    /// The day it was so, `2025-10-31`.
    pub on: Option<Located<String>>,
}

impl AnswerFile {
    /// The answer with its details: none where it is a value alone, at this place.
    #[must_use]
    pub fn detail(&self, place: Place) -> AnswerDetail {
        let value = match self {
            Self::Value(scalar) => ValueFile::One(scalar.clone()),
            Self::List(list) => ValueFile::List(list.clone()),
            Self::Full(detail) => return (**detail).clone(),
        };
        AnswerDetail {
            value: Some(Located::new(value, place)),
            ..AnswerDetail::default()
        }
    }
}

impl AnswerDetail {
    /// The targets written with the answer, as a file of targets would give them.
    #[must_use]
    pub fn targets(&self) -> TargetFile {
        TargetFile {
            target: self.target.clone(),
            owner: self.owner.clone(),
            due: self.due.clone(),
            phases: self.phases.clone(),
            baseline: self.baseline.clone(),
        }
    }
}

impl BaselineFile {
    /// The value, and its day.
    #[must_use]
    pub fn parts(&self) -> (&Located<Scalar>, Option<&Located<String>>) {
        match self {
            Self::Value(value) => (value, None),
            Self::Dated(dated) => (&dated.value, dated.on.as_ref()),
        }
    }
}
