//! Items as people read them: questions, scores, decisions, figures and ladders.

use crate::message;
use crate::rules::condition::Test;
use crate::rules::metric::Unit;
use crate::rules::pack::file::{Period, QuestionType};
use crate::rules::vocabulary::Role;
use crate::text::diagnostic::Place;

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
    /// Its meaning, CommonMark.
    pub about: Option<String>,
    /// The values it can take.
    pub domain: Domain,
    /// Its kind.
    pub kind: ItemKind,
    /// Its place in the pack's files.
    pub place: Place,
}

impl Item {
    /// The id without its pack.
    #[must_use]
    pub fn local_id(&self) -> &str {
        local_id(&self.id)
    }
}

/// An id in full without its pack.
#[must_use]
pub fn local_id(id: &str) -> &str {
    id.split_once('.').map_or(id, |(_, local)| local)
}

/// Values an item can take.
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
    /// The least and the most worth in a score; `None` of what has none.
    pub(crate) fn worth(&self) -> Option<(f64, f64)> {
        match self {
            Self::Number { least, most, .. } => Some((*least, *most)),
            Self::Choices { worth, .. } => *worth,
            Self::Outcomes { .. } | Self::Text => {
                let last = self.ranks()?.len().saturating_sub(1);
                Some((0.0, f64::from(u32::try_from(last).ok()?)))
            }
        }
    }

    /// The least and the most number; infinite where any will do, and of what is no number.
    pub(crate) fn limits(&self) -> (f64, f64) {
        let Self::Number { least, most, .. } = self else {
            return (f64::NEG_INFINITY, f64::INFINITY);
        };
        (*least, *most)
    }

    /// The names of a list whose order counts and of which one comes out.
    pub(crate) fn ranks(&self) -> Option<&[String]> {
        let Self::Outcomes {
            names,
            ordered: true,
            several: false,
        } = self
        else {
            return None;
        };
        Some(names)
    }
}

impl ItemKind {
    /// The question, if it is one.
    #[must_use]
    pub fn question(&self) -> Option<&Question> {
        let Self::Question(question) = self else {
            return None;
        };
        Some(question)
    }

    /// The children of a score, by item; empty for any other item.
    pub(crate) fn children(&self) -> &[usize] {
        if let Self::Score { children, .. } = self {
            children
        } else {
            &[]
        }
    }

    /// The choices, outcomes or levels whose bits are set, in order, each as its id and its label.
    pub(crate) fn members(&self, set: u64) -> Vec<(&str, &str)> {
        let all: Vec<(&String, &String)> = match self {
            Self::Question(question) => {
                let choices = question.choices.iter();
                choices.map(|one| (&one.value, &one.label)).collect()
            }
            Self::Decision { outcomes: all } | Self::Ladder { levels: all } => {
                all.iter().map(|one| (&one.id, &one.label)).collect()
            }
            Self::Score { .. } | Self::Figure { .. } => Vec::new(),
        };
        let places = all.into_iter().enumerate();
        let members = places.filter(|(place, _)| set >> place & 1 == 1);
        members.map(|(_, (id, label))| (&**id, &**label)).collect()
    }

    /// The labels of the choices, outcomes or levels whose bits are set, in order.
    pub(crate) fn labels(&self, set: u64) -> Vec<&str> {
        let members = self.members(set).into_iter();
        members.map(|(_, label)| label).collect()
    }
}

/// A question with its item, and the place of both.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The place among the items of the rulebook.
    pub node: usize,
    /// Its part as an item.
    pub item: &'a Item,
    /// Its part as a question.
    pub question: &'a Question,
}

/// Kind of an item.
#[derive(Debug, Clone)]
pub enum ItemKind {
    /// A question.
    Question(Box<Question>),
    /// A score.
    Score {
        /// Its children.
        children: Vec<usize>,
        /// Reason for each of its caps.
        caps: Vec<String>,
        /// Packs with questions for it that are not part of the assessment.
        not_asked: Vec<String>,
    },
    /// A decision.
    Decision {
        /// Outcomes in order.
        outcomes: Vec<Outcome>,
    },
    /// A figure of a metric.
    Figure {
        /// The metric, by its place among those of the rulebook.
        metric: usize,
        /// The figure, by its place among those of the metric.
        place: usize,
        /// Its unit.
        given: Unit,
        /// The same in words.
        unit: Option<String>,
    },
    /// A ladder.
    Ladder {
        /// Levels, lowest first.
        levels: Vec<Outcome>,
    },
}

/// A question.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own in the file"
)]
#[derive(Debug, Clone, serde::Serialize)]
pub struct Question {
    /// Its type.
    pub kind: QuestionType,
    /// The common stem, where the question is a row of a matrix.
    pub stem: Option<String>,
    /// The question itself.
    pub ask: String,
    /// One more line for whoever answers.
    pub help: Option<String>,
    /// Reason why the answer matters.
    pub why: Option<String>,
    /// Evidence to look at.
    pub evidence: Option<String>,
    /// Roles that can answer; empty means everybody.
    pub roles: Vec<Role>,
    /// Tags.
    pub tags: Vec<String>,
    /// Anchors or choices, in order.
    pub choices: Vec<Choice>,
    /// Unit of a number.
    pub unit: Option<String>,
    /// The time a number is for.
    pub period: Option<Period>,
    /// A test every answer must pass, and the message where it does not.
    #[serde(skip)]
    pub constraint: Option<(Test, String)>,
    /// Set where 0 becomes the most when scored.
    pub reverse: bool,
    /// Set where `check` asks for an answer.
    pub required: bool,
    /// Set where it may be not applicable.
    pub may_not_apply: bool,
    /// Set where missing evidence holds it down, if the basis asks for evidence.
    pub evidence_caps: bool,
    /// Set where it is worth keeping whatever is called for.
    pub keep: bool,
    /// Set where the short form asks it: it is core, or its pack marks no question as core.
    pub core: bool,
    /// Weight in the scores it enters.
    pub weight: f64,
    /// Most a `select_multiple` is worth.
    pub cap: Option<f64>,
    /// Set where it may become irrelevant.
    pub conditional: bool,
}

impl Question {
    /// The texts that help to answer it, each after its label: more on it, why it matters, evidence.
    pub fn hints(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let hints = [
            ("", &self.help),
            ("Why: ", &self.why),
            (message!("look-at-first"), &self.evidence),
        ];
        let given = hints.into_iter();
        given.filter_map(|(label, text)| Some((label, text.as_deref()?)))
    }

    /// The worth of a rating where the scale runs backwards: the highest step counts as the lowest. From
    /// the step said to its worth, and from the worth to the step.
    pub(crate) fn reverse_scored(&self, worth: f64) -> f64 {
        if !self.reverse {
            return worth;
        }
        let score = |choice: Option<&Choice>| choice.and_then(|one| one.score).unwrap_or(0.0);
        score(self.choices.first()) + score(self.choices.last()) - worth
    }

    /// The worth of a set of choices: the sum of their scores, at most the cap.
    pub(crate) fn worth_of(&self, chosen: u64) -> f64 {
        let taken = self.choices.iter().enumerate();
        let taken = taken.filter(|(place, _)| chosen & (1 << place) != 0);
        let worth: f64 = taken.filter_map(|(_, choice)| choice.score).sum();
        self.cap.map_or(worth, |cap| worth.min(cap))
    }

    /// True where missing evidence holds its ratings down: caps are made for the house scale of 0 to
    /// 4, and for answers about the firm itself.
    pub(crate) fn caps_by_evidence(&self) -> bool {
        let values = self.choices.iter().map(|choice| choice.value.as_str());
        self.evidence_caps && values.eq(["0", "1", "2", "3", "4"])
    }
}

/// An anchor or a choice.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Choice {
    /// Its value in answers.
    pub value: String,
    /// Its label for readers.
    pub label: String,
    /// Its worth.
    pub score: Option<f64>,
    /// Set where it excludes the others.
    pub exclusive: bool,
}

/// An outcome of a decision, or a level of a ladder.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its name in rules and answers.
    pub id: String,
    /// Its label for readers.
    pub label: String,
    /// Its meaning; decisions give none.
    pub text: Option<String>,
}
