//! Problems of files: each with its place and what to do about it.
//!
//! A [`Diagnostic`] is a named fact: a stable [`Code`], a [`Place`], plain words, help. Every
//! stage that reads or checks pushes into one [`Diagnostics`] and goes on, so one run shows all
//! problems. Nothing here prints; [`render()`] and [`to_json`] give the caller text to show.

use crate::message;
use crate::text::readable;
use std::fmt;
use std::ops::{Deref, DerefMut};

mod show;
mod sources;

pub(crate) use self::show::{MOST_SHOWN, quoted};
pub use self::show::{nearest, render, suggestion, to_json, to_sarif};
pub use self::sources::{Place, Position, SheetCell, SourceId, Sources};
pub(crate) use self::sources::{byte_at, byte_place};

/// Severity of a problem.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The file cannot be used as it is.
    Error,
    /// The file can be used, but probably does not say what its author meant.
    Warning,
}

impl Severity {
    /// The word shown: `error` or `warning`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One problem: what, where, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of this kind of problem.
    pub code: Code,
    /// Severity: an error makes the file unusable.
    pub severity: Severity,
    /// One sentence in lower case, without a final period.
    pub message: String,
    /// Its place; `None` when the problem is with no one place.
    pub place: Option<Place>,
    /// Help: what to do about it.
    pub help: Option<String>,
    /// Other places that explain it, each with its own words.
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
    /// A problem that makes the file unusable, in the words of a sentence and with its help; for the
    /// macro [`problem!`](crate::problem).
    #[must_use]
    pub fn named(code: Code, (message, help): (String, Option<String>)) -> Self {
        Self::error(code, message).maybe_help(help)
    }

    /// A problem that makes the file unusable.
    #[must_use]
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: Severity::Error,
            message: readable(message.into()),
            place: None,
            help: None,
            related: Vec::new(),
        }
    }

    /// A problem the file can be used with.
    #[must_use]
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, message)
        }
    }

    /// The same problem, at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same problem, with what to do about it.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(readable(text.into()));
        self
    }

    /// The same problem, with what to do about it where that is known.
    pub(crate) fn maybe_help(self, text: Option<String>) -> Self {
        let help = text.map(readable).or(self.help);
        Self { help, ..self }
    }

    /// The same problem, with the nearest of the known names as its help where one is near.
    #[must_use]
    pub fn nearest<'n>(self, name: &str, known: impl IntoIterator<Item = &'n str>) -> Self {
        match nearest(name, known) {
            Some(near) => self.help(message!("did-you-mean", near)),
            None => self,
        }
    }

    /// The same problem, with another place that explains it.
    #[must_use]
    pub fn relate(mut self, place: Place, text: impl Into<String>) -> Self {
        self.related.push((place, readable(text.into())));
        self
    }
}

/// All problems found so far, in the order they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// No problems yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces every message and help by what `new` makes of it.
    pub fn reword(&mut self, new: impl Fn(&str) -> String) {
        for problem in &mut self.0 {
            problem.message = new(&problem.message);
            problem.help = problem.help.as_deref().map(&new);
        }
    }

    /// True if any of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.errors() > 0
    }

    /// The number of errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        let errors = self.iter().filter(|it| it.severity == Severity::Error);
        errors.count()
    }

    /// The number of warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.len() - self.errors()
    }
}

impl Deref for Diagnostics {
    type Target = Vec<Diagnostic>;

    fn deref(&self) -> &Vec<Diagnostic> {
        &self.0
    }
}

impl DerefMut for Diagnostics {
    fn deref_mut(&mut self) -> &mut Vec<Diagnostic> {
        &mut self.0
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(problems: I) -> Self {
        Self(problems.into_iter().collect())
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Makes a table of codes: one line each, names and texts unique.
macro_rules! codes {
    ($($name:ident $text:literal $about:literal)*) => {
        /// The stable name of a kind of problem, kebab-case wherever it is shown.
        #[derive(Copy, Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = concat!("`", $text, "`: ", $about)] $name,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The code as it is shown and as tools match it; never changed once released.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// The meaning of the code, in a few plain words.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self {
                    $(Self::$name => $about,)*
                }
            }
        }
    };
}

codes! {
    // The file as bytes and text.
    FileTooLarge "file-too-large" "the file is larger than the budget allows"
    NotUtf8 "not-utf8" "the file is not UTF-8 text"
    EmptyFile "empty-file" "the file says nothing"

    // The text as YAML.
    YamlSyntax "yaml-syntax" "the text is not YAML"
    JsonSyntax "json-syntax" "the text should be JSON and is not"
    TabIndentation "tab-indentation" "a tab stands where only spaces may indent"
    SeveralDocuments "several-documents" "the file holds more than one document"
    TooDeep "too-deep" "lists and maps are nested deeper than the budget allows"
    TooManyNodes "too-many-nodes" "the file holds more values than the budget allows"
    TooManyAliases "too-many-aliases" "aliases make the file larger than the budget allows"
    UnknownAlias "unknown-alias" "an alias names no finished anchor"
    UnsupportedTag "unsupported-tag" "a tag is not one of YAML's core types, or does not fit"
    MergeKey "merge-key" "merge keys are not part of the format"
    KeyNotScalar "key-not-scalar" "the key of a map is a list or a map"
    DuplicateKey "duplicate-key" "a key stands twice in one map"

    // The YAML as what was asked for.
    UnknownKey "unknown-key" "a key means nothing here"
    MissingKey "missing-key" "a key that must be here is not"
    UnknownValue "unknown-value" "a value is not one of the listed ones"
    InvalidValue "invalid-value" "a value has the right type but cannot be used"
    WrongType "wrong-type" "a value has another type than asked for"
    OutOfRange "out-of-range" "a number is too small or too large"
    NotFinite "not-finite" "a number is infinite or not a number"
    Unprintable "unprintable" "a text holds a letter that cannot be printed"
    TooManyProblems "too-many-problems" "further problems of the file were left out"

    // The meaning of packs.
    UnknownFormat "unknown-format" "the format's version is not known"
    InvalidId "invalid-id" "an id is not made of lower-case words"
    InvalidVersion "invalid-version" "a version or version requirement cannot be read"
    UnknownPack "unknown-pack" "no pack of that name is to be found"
    VersionMismatch "version-mismatch" "a pack has another version than asked for"
    UnknownId "unknown-id" "an id names nothing that is there"
    DuplicateId "duplicate-id" "an id is used twice"
    InvalidOverlay "invalid-overlay" "an overlay changes its pack in a way that cannot hold"
    InvalidUse "invalid-use" "a pack is used in a way that cannot hold"
    InvalidMove "invalid-move" "an id cannot be moved as it is written"
    MisplacedHeader "misplaced-header" "a header key stands outside pack.yaml"
    Cycle "cycle" "items read one another in a circle"
    InvalidQuestion "invalid-question" "a question's keys do not fit its type"
    InvalidScale "invalid-scale" "anchors or choices do not make a scale"
    InvalidScore "invalid-score" "a score cannot be made as written"
    UnlikeRanges "unlike-ranges" "a score mixes children with unlike ranges"
    InvalidCondition "invalid-condition" "a condition is not of a known form"
    InvalidTest "invalid-test" "a test cannot be read or does not fit its item"
    ThresholdOutOfRange "threshold-out-of-range" "a threshold lies where the item can never be"
    InvalidTable "invalid-table" "a decision table is not of a known form"
    TableGap "table-gap" "a point matches no rule of a table"
    TableOverlap "table-overlap" "a point matches two rules of a unique table"
    UnreachableRule "unreachable-rule" "a rule can never be the first to match"
    TableTooLarge "table-too-large" "a table has too many combinations to be proven"
    InvalidLadder "invalid-ladder" "a ladder is not of a known form"
    InvalidHeadline "invalid-headline" "what should speak for a pack, or for all, cannot"
    InvalidFit "invalid-fit" "what should say whether what is built fits cannot"
    InvalidMetric "invalid-metric" "a metric cannot be made as written"
    MixedUnits "mixed-units" "a metric mixes units or periods"
    InvalidTemplate "invalid-template" "a text's template cannot be used"
    MissingBase "missing-base" "a figure is given without saying of whom"
    InvalidExhibit "invalid-exhibit" "an exhibit cannot be drawn as written"

    // Improvements to a valid pack.
    OverlappingChanges "overlapping-changes" "two overlays change one thing"
    UnseenChange "unseen-change" "an overlay changes a question that another pack asks"
    UnusedQuestion "unused-question" "nothing reads the answer to a question"
    IncompleteQuestion "incomplete-question" "a question lacks its why, its evidence or its roles"
    RepeatedAnchor "repeated-anchor" "two anchors of a rating say nearly the same"
    MissingAdvice "missing-advice" "a weakness is named without a remedy"
    IncompleteGate "incomplete-gate" "a gate does not say what is so while it is not met"
    MissingRaises "missing-raises" "advice does not say which answers it leads to"
    MissingGuards "missing-guards" "a finding gives as a reason what only limits where it is told"
    UnaskedCore "unasked-core" "a core question depends on one that the short form does not ask"
    UnequalWeights "unequal-weights" "one part of a score hides another"
    MissingHeadline "missing-headline" "several scores could speak for a pack"
    MissingFit "missing-fit" "a pack draws what is built and does not say whether it fits"
    NeverFires "never-fires" "no answers can bring up a finding"
    AlwaysFires "always-fires" "every answer brings up a finding"
    UnreachableLevel "unreachable-level" "no answers reach the top of a ladder"

    // The meaning of answers.
    UnknownChoice "unknown-choice" "a choice, outcome or level is not one of the list"
    OutOfScale "out-of-scale" "an answer lies outside its scale"
    MissingReason "missing-reason" "not applicable is said without a reason"
    InvalidDate "invalid-date" "a date cannot be read"
    InvalidTarget "invalid-target" "a target cannot be reached in the way it is written"
    RelevantReads "relevant-reads" "`relevant` reads something other than questions"
    NotRelevant "not-relevant" "an answer to a question that is not relevant"
    UnknownFile "unknown-file" "no file of that name is to be found"
    UnusedColumn "unused-column" "a column of a table is not used"
    MissingAnswer "missing-answer" "a required question has no answer"
    Moved "moved" "an answer stands under an id that its question no longer has"
    NotEditable "not-editable" "an answer cannot be changed in place"

    // Projects.
    InvalidSource "invalid-source" "no pack can be copied from there"
    ChangedCopy "changed-copy" "a copied pack was changed"

    // Policies of an assessment.
    GateUnmet "gate-unmet" "an assessment does not meet its policy"
    GateUnproven "gate-unproven" "too little is known to say that an assessment meets its policy"

    // Answers of several people.
    DuplicateRespondent "duplicate-respondent" "somebody answers twice"
    NotAsked "not-asked" "an answer to a question the role is not asked"
    NotCore "not-core" "an answer to a question that the short form does not ask"
    AnsweredTwice "answered-twice" "the assessor answers what respondents answer too"
    GroupTooSmall "group-too-small" "a minimum group size below what protects anybody"
    TooFewPeople "too-few-people" "an anonymous survey that too few people answered"
    LateResponse "late-response" "somebody answered after the round was closed"
    OpenRound "open-round" "a result that is called final while answers may still come"
    WriteIn "write-in" "words beside the choices of a question are kept as a comment"
    UnmatchedColumn "unmatched-column" "a column of a survey belongs to no question"
    InvalidWorkbook "invalid-workbook" "a workbook cannot be read"
    InvalidDocument "invalid-document" "a document of Word cannot be read"
    MixedApplicability "mixed-applicability" "some say that a question does not apply, and others rate it"
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
