//! The keys of a pack's YAML files.

mod finding;
mod header;
mod question;
mod rule;

pub use finding::{
    AdviceFile, ContextFile, ExhibitFile, ExhibitType, FindingFile, FindingKind, Horizon, LedTo,
    OwnerFile, Part, ReportFile, SectionTitles, Severity, Size, VariantFile,
};
pub use header::{MoveDetail, MoveFile, UseDetail, UseFile};
pub use question::{
    Allowance, ChoiceFile, Measure, Period, QuestionFile, QuestionType, RowDetail, RowFile,
};
pub use rule::{
    CapFile, DecisionFile, EveryFile, FitFile, GateFile, LadderFile, LadderMeasure, LevelFile,
    OfFile, OneFile, OutcomesFile, PackScope, RuleFile, ScoreFile, SectionScoreFile, SetFile,
};

use crate::rules::metric::{MetricKind, TableName, Timing};
use crate::text::yaml::{Entries, Located, OneOrMany, Value};
use serde::Deserialize;

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
    /// Roles that own advice, of any pack, and who that is at some clients; the first of a role whose
    /// condition holds counts.
    pub owners: Entries<Vec<OwnerFile>>,
    /// Published figures with their base.
    pub context: Entries<ContextFile>,
    /// Exhibits of the report.
    pub exhibits: Vec<ExhibitFile>,
    /// Terms and what they mean.
    pub glossary: Entries<String>,
}

impl PackFile {
    /// Every question with its type, each row of a matrix as one, and whether it is marked as core.
    pub fn questions(&self) -> impl Iterator<Item = (QuestionType, bool)> {
        let questions = self.sections.iter();
        let questions = questions.flat_map(|(_, section)| &section.questions);
        questions.flat_map(|(_, question)| {
            let rows = question.rows.iter().flatten();
            let rows = rows.map(|(_, row)| question.core || row.is_core());
            let alone = question.rows.is_none().then_some(question.core);
            rows.chain(alone).map(|core| (question.kind.value, core))
        })
    }
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
