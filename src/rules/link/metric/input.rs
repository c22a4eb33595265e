//! Questions that can be inputs of a metric, and the units of its figures.

use crate::message;
use crate::rules::link::linker::Linker;
use crate::rules::metric::kind::{InputKind, Unit};
use crate::rules::pack::file::{Period, QuestionType};
use crate::rules::rulebook::{MetricInput, Question, Section};
use QuestionType::{Decimal, Integer, Percent};

impl Linker<'_> {
    /// The ratings of a section of the pack; `None` where the id is not that of a section, or of one
    /// without ratings.
    pub(in crate::rules::link) fn ratings_of(&self, pack: usize, id: &str) -> Option<Vec<usize>> {
        let section = self.sections.get(self.section(pack, id)?)?;
        let ratings = self.ratings_in(section);
        (!ratings.is_empty()).then_some(ratings)
    }

    fn ratings_in(&self, section: &Section) -> Vec<usize> {
        let rating = |node: &&usize| {
            let item = self.items.get(**node).and_then(|item| item.kind.question());
            item.is_some_and(|question| question.kind == QuestionType::Rating)
        };
        section.questions.iter().filter(rating).copied().collect()
    }

    /// The section whose ratings the inputs of a metric are, all of them and no others.
    pub(super) fn whole_section(&self, inputs: &[MetricInput]) -> Option<usize> {
        let mut nodes: Vec<usize> = inputs.iter().flat_map(|one| &one.nodes).copied().collect();
        nodes.sort_unstable();
        let mut sections = self.sections.iter();
        sections.position(|section| !nodes.is_empty() && self.ratings_in(section) == nodes)
    }
}

/// The unit of a figure in words.
pub(super) fn unit_words(
    unit: Unit,
    amounts: Option<&String>,
    period: Option<Period>,
) -> Option<String> {
    match unit {
        Unit::Money => amounts.cloned(),
        Unit::Percent => Some("%".to_owned()),
        Unit::Points => Some("points".to_owned()),
        Unit::Periods => Some(match period {
            Some(period) => format!("{}s", period.word()),
            None => "periods".to_owned(),
        }),
        Unit::Times => Some("times".to_owned()),
        Unit::Count | Unit::Number | Unit::Coefficient => None,
    }
}

/// True where a question can be an input of this kind.
pub(super) fn fits(question: &Question, kind: InputKind) -> bool {
    match kind {
        InputKind::Amount | InputKind::Once => matches!(question.kind, Integer | Decimal),
        InputKind::Rate => question.kind == Percent,
        InputKind::Count => question.kind == Integer,
        InputKind::Number => matches!(question.kind, Integer | Decimal | Percent),
        InputKind::Ratings => is_rated(question),
    }
}

/// True where answers have an order in which people can differ.
fn is_rated(question: &Question) -> bool {
    let scored = question.choices.iter().all(|one| one.score.is_some());
    question.kind == QuestionType::Rating || question.kind == QuestionType::SelectOne && scored
}

pub(super) fn wanted(kind: InputKind) -> &'static str {
    match kind {
        InputKind::Amount | InputKind::Once => {
            message!("name-a-question-of-type-decimal-or-integer")
        }
        InputKind::Rate => message!("name-a-question-of-type-percent"),
        InputKind::Count => message!("name-a-question-of-type-integer"),
        InputKind::Number => message!("name-a-number-question"),
        InputKind::Ratings => {
            message!("name-ratings-choices-that-all-have")
        }
    }
}
