//! The texts and meanings of a rulebook: what people read, with indices where code looks.

mod words;

pub use words::{
    Advice, ContextFigure, Exhibit, ExhibitKind, Finding, Gate, LadderLevel, Metric, MetricInput,
    Outcome, Raise, Row,
};

use crate::text::diagnostic::Place;

/// A pack as the report names it.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: semver::Version,
    /// SHA-256 over its files, in hexadecimal.
    pub digest: String,
    /// Whether a built-in pack has its id and version, and other rules.
    pub changed: bool,
    /// Language tag of its texts.
    pub language: String,
    /// Title.
    pub title: String,
    /// What it is about, CommonMark.
    pub about: Option<String>,
    /// Whom its ideas are after.
    pub credit: Option<String>,
    /// The score or ladder that speaks for it, by item.
    pub headline: Option<usize>,
    /// Whether it speaks for all packs of the assessment.
    pub overall: bool,
    /// What says whether what is built fits what is called for.
    pub fit: Option<Fit>,
    /// What the report draws.
    pub exhibits: Vec<Exhibit>,
    /// Published figures with their base.
    pub context: Vec<ContextFigure>,
    /// Terms and what they mean.
    pub glossary: Vec<(String, String)>,
    /// Packs it reads where they are there, and which the assessment does without.
    pub without: Vec<String>,
}

/// What says whether what is built fits what is called for, by item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fit {
    /// The decision that says which form is called for.
    pub called_for: usize,
    /// The ladder that says which form is built.
    pub built: usize,
    /// The decision that compares them.
    pub decision: usize,
}

/// A section of a questionnaire.
#[derive(Debug, Clone)]
pub struct Section {
    /// Place of its pack.
    pub pack: usize,
    /// Id within the pack.
    pub id: String,
    /// Title.
    pub title: String,
    /// What to know before answering, CommonMark.
    pub intro: Option<String>,
    /// Its questions, by item.
    pub questions: Vec<usize>,
    /// The score with the section's id, by item.
    pub score: Option<usize>,
}

/// A question, score, decision, figure or ladder.
#[derive(Debug, Clone)]
pub struct Item {
    /// `pack.item`.
    pub id: String,
    /// Place of its pack.
    pub pack: usize,
    /// Place of its section, for questions and section scores.
    pub section: Option<usize>,
    /// Short name for tables and charts.
    pub label: String,
    /// What it means, CommonMark.
    pub about: Option<String>,
    /// What values it can take.
    pub domain: Domain,
    /// What it is.
    pub kind: ItemKind,
    /// Where it is written.
    pub place: Place,
}

impl Item {
    /// The id without its pack.
    #[must_use]
    pub fn local_id(&self) -> &str {
        self.id
            .split_once('.')
            .map_or(self.id.as_str(), |(_, local)| local)
    }
}

/// What values an item can take.
#[derive(Debug, Clone, PartialEq)]
pub enum Domain {
    /// A number between two limits (possibly infinite), whole or not.
    Number {
        /// Least possible value.
        least: f64,
        /// Most possible value.
        most: f64,
        /// Only whole numbers.
        whole: bool,
    },
    /// One of, or some of, named choices, each with a worth where they are scored.
    Choices {
        /// The names, as answers write them.
        names: Vec<String>,
        /// The worth of each.
        scores: Option<Vec<f64>>,
        /// Several may be chosen.
        several: bool,
        /// Least and most worth.
        worth: Option<(f64, f64)>,
    },
    /// One outcome or level of a list.
    Outcomes {
        /// The names.
        names: Vec<String>,
        /// Their order counts.
        ordered: bool,
        /// Several may come out.
        several: bool,
    },
    /// Free text.
    Text,
}

impl Domain {
    /// The names of a list whose order counts and of which one comes out.
    #[must_use]
    pub fn ranks(&self) -> Option<&[String]> {
        match self {
            Self::Outcomes {
                names,
                ordered: true,
                several: false,
            } => Some(names),
            Self::Outcomes { .. } | Self::Number { .. } | Self::Choices { .. } | Self::Text => None,
        }
    }
}

impl ItemKind {
    /// The question, if it is one.
    #[must_use]
    pub fn question(&self) -> Option<&Question> {
        match self {
            Self::Question(question) => Some(question),
            Self::Score { .. }
            | Self::Decision { .. }
            | Self::Figure { .. }
            | Self::Ladder { .. } => None,
        }
    }

    /// The children of a score, by item; empty for any other item.
    #[must_use]
    pub fn children(&self) -> &[usize] {
        if let Self::Score { children, .. } = self {
            children
        } else {
            &[]
        }
    }

    /// The choices, outcomes or levels whose bits are set, in order, each as its id and its label.
    #[must_use]
    pub fn members(&self, set: u64) -> Vec<(&str, &str)> {
        let all: Vec<(&String, &String)> = match self {
            Self::Question(question) => {
                let choices = question.choices.iter();
                choices.map(|one| (&one.value, &one.label)).collect()
            }
            Self::Decision { outcomes, .. } => {
                outcomes.iter().map(|one| (&one.id, &one.label)).collect()
            }
            Self::Ladder { levels, .. } => levels.iter().map(|one| (&one.id, &one.title)).collect(),
            Self::Score { .. } | Self::Figure { .. } => Vec::new(),
        };
        let places = all.into_iter().enumerate();
        let members = places.filter(|(place, _)| set >> place & 1 == 1);
        members.map(|(_, (id, label))| (&**id, &**label)).collect()
    }

    /// The labels of the choices, outcomes or levels whose bits are set, in order.
    #[must_use]
    pub fn labels(&self, set: u64) -> Vec<&str> {
        let members = self.members(set).into_iter();
        members.map(|(_, label)| label).collect()
    }
}

/// What an item is.
#[derive(Debug, Clone)]
pub enum ItemKind {
    /// A question.
    Question(Box<Question>),
    /// A score.
    Score {
        /// How children become one value.
        aggregate: super::Aggregate,
        /// Its children.
        children: Vec<usize>,
        /// Why each of its caps bites.
        caps: Vec<String>,
        /// Packs with questions for it that are not part of the assessment.
        not_asked: Vec<String>,
    },
    /// A decision.
    Decision {
        /// Outcomes in order.
        outcomes: Vec<Outcome>,
        /// Rules in order.
        rules: Vec<Row>,
    },
    /// A figure of a metric.
    Figure {
        /// The metric, by its place among those of the rulebook.
        metric: usize,
        /// The figure, by its place among those of the metric.
        place: usize,
        /// In what it is given.
        given: crate::rules::metric::kind::Unit,
        /// The same in words.
        unit: Option<String>,
    },
    /// A ladder.
    Ladder {
        /// Levels, lowest first.
        levels: Vec<LadderLevel>,
        /// Whether thresholds read the index rather than the value.
        by_index: bool,
    },
}

/// A question.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the file"
)]
#[derive(Debug, Clone)]
pub struct Question {
    /// Its type.
    pub kind: crate::rules::pack::file::QuestionType,
    /// The common stem, where the question is a row of a matrix.
    pub stem: Option<String>,
    /// What is asked.
    pub ask: String,
    /// One more line for whoever answers.
    pub help: Option<String>,
    /// Why it matters.
    pub why: Option<String>,
    /// What to look at.
    pub evidence: Option<String>,
    /// Who can answer; empty means everybody.
    pub roles: Vec<crate::rules::vocabulary::Role>,
    /// Tags.
    pub tags: Vec<String>,
    /// Anchors or choices, in order.
    pub choices: Vec<Choice>,
    /// Unit of a number.
    pub unit: Option<String>,
    /// The time a number is for.
    pub period: Option<crate::rules::pack::file::Period>,
    /// What an answer must meet beyond its type, and what to say when it does not.
    pub constraint: Option<(crate::rules::condition::Test, String)>,
    /// Whether 0 becomes the most when scored.
    pub reverse: bool,
    /// Whether check asks for an answer.
    pub required: bool,
    /// Whether it may be not applicable.
    pub may_not_apply: bool,
    /// Whether missing evidence holds it down, where the basis asks for evidence.
    pub evidence_caps: bool,
    /// Weight in the scores it enters.
    pub weight: f64,
    /// Most a `select_multiple` is worth.
    pub cap: Option<f64>,
    /// Whether it may become irrelevant.
    pub conditional: bool,
}

impl Question {
    /// The worth of a rating in scores, from its step as said, and the other way round.
    pub(crate) fn turned(&self, worth: f64) -> f64 {
        if !self.reverse {
            return worth;
        }
        let score = |choice: Option<&Choice>| choice.and_then(|one| one.score).unwrap_or(0.0);
        score(self.choices.first()) + score(self.choices.last()) - worth
    }

    /// What a set of choices is worth: the sum of their scores, at most the cap.
    pub(crate) fn worth_of(&self, chosen: u64) -> f64 {
        let taken = self.choices.iter().enumerate();
        let taken = taken.filter(|(place, _)| chosen & (1 << place) != 0);
        let worth: f64 = taken.filter_map(|(_, choice)| choice.score).sum();
        self.cap.map_or(worth, |cap| worth.min(cap))
    }

    /// Whether missing evidence holds its ratings down: caps are made for the house scale of 0 to
    /// 4, and for answers about the firm itself.
    #[must_use]
    pub fn caps_by_evidence(&self) -> bool {
        let values = self.choices.iter().map(|choice| choice.value.as_str());
        self.evidence_caps && values.eq(["0", "1", "2", "3", "4"])
    }
}

/// An anchor or a choice.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// As answers write it.
    pub value: String,
    /// As people read it.
    pub label: String,
    /// Its worth.
    pub score: Option<f64>,
    /// Cannot stand beside others.
    pub exclusive: bool,
}
