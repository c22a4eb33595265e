//! Packs linked: every id an index, every score in its place, every table proven.
//!
//! [`Rulebook::link`] is the only door from packs as written, and gathers every problem. A rulebook
//! has the texts people read ([`Item`], [`Finding`] ...) and the [`Program`] an evaluation walks.

mod advice;
mod item;
mod metric;
mod moved;
mod program;
pub(crate) mod rule;
pub(crate) mod text;

pub use advice::{Advice, OwnerName, Raise, Variant};
pub use item::{Asked, Choice, Domain, Item, ItemKind, Outcome, Question, local_id};
pub use metric::{Metric, MetricInput};
pub use moved::Moved;
pub use program::{Program, Step};
pub use rule::{
    Cap, DecisionRule, LadderRule, Level, MetricRule, Requirement, Rule, ScoreRule, Term,
};

use crate::rules::pack::file::{
    ContextFile, FindingKind, Part, QuestionType, SectionTitles, Severity,
};
use crate::rules::pack::overlay::Overlay;
use crate::text::diagnostic::Place;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// A section with fewer ratings than this is no scale.
pub(crate) const FEWEST_RATINGS: usize = 3;

/// One or more packs, checked and linked.
#[derive(Debug, Clone)]
pub struct Rulebook {
    /// The packs, in the order they were asked for.
    pub packs: Vec<Pack>,
    /// The sections of all packs, in reading order.
    pub sections: Vec<Section>,
    /// Questions first, then scores, decisions, figures and ladders, pack by pack.
    pub items: Arc<[Item]>,
    /// The metrics of all packs.
    pub metrics: Vec<Metric>,
    /// The gates of all packs.
    pub gates: Vec<Gate>,
    /// The findings of all packs, in the order they are written.
    pub findings: Vec<Finding>,
    /// Names of roles that own advice, for some clients.
    pub owners: Vec<OwnerName>,
    /// The program an evaluation runs.
    pub program: Program,
    /// Places of the items by their ids.
    pub(crate) index: Arc<HashMap<String, usize>>,
    /// Places of items by the ids that packs once had for them, in full.
    pub(crate) moved: Arc<BTreeMap<String, Moved>>,
}

impl Rulebook {
    /// The place of the item `pack.item`.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// True where a headline, a ladder or a gate reads a question for its value.
    #[must_use]
    pub fn is_measured(&self, question: usize) -> bool {
        self.program.measured.get(question) == Some(&true)
    }

    /// The place of the pack that speaks for all, where one does.
    #[must_use]
    pub fn overall(&self) -> Option<usize> {
        self.packs.iter().position(|pack| pack.overall)
    }

    /// Texts of a report: of the pack that speaks for all, or the first with a headline, or the first.
    #[must_use]
    pub fn report_texts(&self) -> Option<&ReportTexts> {
        let headed = |pack: &Pack| pack.headline.is_some();
        let place = self.overall();
        let place = place.or_else(|| self.packs.iter().position(headed));
        Some(&self.packs.get(place.unwrap_or(0))?.report)
    }

    /// The id of a section in full, `pack.section`.
    pub(crate) fn section_id(&self, section: &Section) -> String {
        let pack = self.packs.get(section.pack);
        format!("{}.{}", pack.map_or("", |pack| &pack.id), section.id)
    }

    /// Number of items that are questions.
    #[must_use]
    pub fn question_count(&self) -> usize {
        self.program.questions.len()
    }

    /// The item at a place.
    #[must_use]
    pub fn item(&self, node: usize) -> Option<&Item> {
        self.items.get(node)
    }

    /// The question at a place, where the item there is one.
    #[must_use]
    pub fn asked(&self, node: usize) -> Option<Asked<'_>> {
        let item = self.item(node)?;
        let question = item.kind.question()?;
        Some(Asked {
            node,
            item,
            question,
        })
    }

    /// All questions, in the order of the items.
    pub fn questions(&self) -> impl Iterator<Item = Asked<'_>> {
        (0..self.question_count()).filter_map(|node| self.asked(node))
    }

    /// The sections with enough ratings to make a scale, each with these.
    pub(crate) fn scales(&self) -> Vec<(usize, Vec<usize>)> {
        let is_rating = |node: &usize| {
            let asked = self.asked(*node);
            asked.is_some_and(|one| one.question.kind == QuestionType::Rating)
        };
        let ratings = self.sections.iter().map(|section| {
            let all = section.questions.iter().copied();
            all.filter(is_rating).collect::<Vec<usize>>()
        });
        let scales = ratings.enumerate();
        scales
            .filter(|(_, ratings)| ratings.len() >= FEWEST_RATINGS)
            .collect()
    }
}

/// Pack as the report names it.
#[derive(Debug, Clone)]
pub struct Pack {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: semver::Version,
    /// SHA-256 over its files and its overlays, in hexadecimal.
    pub digest: String,
    /// The overlays laid over it, in their order.
    pub overlays: Vec<Overlay>,
    /// Set where a built-in pack has its id and version, and other rules.
    pub changed: bool,
    /// Language tag of its texts.
    pub language: String,
    /// Title.
    pub title: String,
    /// Its subject, CommonMark.
    pub about: Option<String>,
    /// Source of its ideas.
    pub credit: Option<String>,
    /// Texts of a report on it.
    pub report: ReportTexts,
    /// The score or ladder that speaks for it, by item.
    pub headline: Option<usize>,
    /// Set where it speaks for all packs of the assessment.
    pub overall: bool,
    /// Set where it marks questions as core, and so has a short form.
    pub has_short_form: bool,
    /// The items that compare the form built with the form called for.
    pub fit: Option<Fit>,
    /// Exhibits of the report.
    pub exhibits: Vec<Exhibit>,
    /// Published figures with their base.
    pub context: Vec<ContextFigure>,
    /// Terms and what they mean.
    pub glossary: Vec<(String, String)>,
    /// Packs it reads where they are there, and which the assessment does without.
    pub without: Vec<String>,
}

/// Texts of a report on the subject of a pack.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ReportTexts {
    /// Title of the report.
    pub title: String,
    /// The question that the report answers.
    pub question: String,
    /// Label of a badge.
    pub badge: String,
    /// Titles of sections; null: the template's own.
    pub sections: SectionTitles<String>,
}

/// Comparison of the form built with the form called for, by item.
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
    /// Introduction for whoever answers, CommonMark.
    pub intro: Option<String>,
    /// Its questions, by item.
    pub questions: Vec<usize>,
}

/// A named condition that a level may ask for.
#[derive(Debug, Clone)]
pub struct Gate {
    /// `pack.gate`.
    pub id: String,
    /// Place of its pack.
    pub pack: usize,
    /// Its demand, as a statement that is true when met.
    pub title: String,
    /// Reason for its demand.
    pub because: String,
    /// The state of things while it is not met, as a sentence.
    pub unmet: Option<String>,
    /// Packs it could read and the assessment does without.
    pub without: Vec<String>,
    /// Actions to take while it is not met.
    pub advice: Vec<Advice>,
}

/// Finding in the answers.
#[derive(Debug, Clone)]
pub struct Finding {
    /// `pack.finding`.
    pub id: String,
    /// Place of its pack.
    pub pack: usize,
    /// Place of the section it belongs to.
    pub section: Option<usize>,
    /// The score it belongs to, by item.
    pub about: Option<usize>,
    /// Items of its condition that are no reason for it, by place.
    pub guards: Vec<usize>,
    /// Its kind.
    pub kind: FindingKind,
    /// Its severity.
    pub severity: Severity,
    /// Title.
    pub title: String,
    /// Observation and its meaning.
    pub(crate) text: text::Text,
    /// Actions to take.
    pub advice: Vec<Advice>,
    /// Its place in the pack's files.
    pub place: Place,
}

impl Finding {
    /// The id without its pack.
    #[must_use]
    pub fn local_id(&self) -> &str {
        local_id(&self.id)
    }
}

/// A published figure with its base.
#[derive(Debug, Clone)]
pub struct ContextFigure {
    /// Its id.
    pub id: String,
    /// The item it is shown with.
    pub about: Option<usize>,
    /// The figure as written, with its base and source.
    pub file: ContextFile,
}

/// Exhibit of the report.
#[derive(Debug, Clone)]
pub struct Exhibit {
    /// Its id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Explanation, CommonMark.
    pub text: Option<String>,
    /// Its kind, with the items drawn.
    pub kind: ExhibitKind,
    /// Its part of the report.
    pub part: Part,
}

/// Kind of an exhibit, with the items it draws.
#[derive(Debug, Clone)]
pub enum ExhibitKind {
    /// Scores as a sorted dot plot with ranges.
    Dots(Vec<usize>),
    /// Answers to like questions, as steps.
    Bars(Vec<usize>),
    /// The children of a score: radar, sorted dots, spread.
    Star(usize),
    /// A decision drawn over two of its inputs.
    Grid {
        /// The decision.
        decision: usize,
        /// Across, from left to right.
        x: usize,
        /// Up, from bottom to top.
        y: usize,
    },
    /// Decisions as verdicts in words.
    Verdicts(Vec<usize>),
    /// Gates as a checklist, by their places among the gates.
    Checklist(Vec<usize>),
    /// The level required compared with the level built, on one ladder.
    Steps {
        /// The decision that says what is required.
        decision: usize,
        /// The ladder that says what is built.
        ladder: usize,
    },
}
