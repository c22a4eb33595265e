//! What the inputs of a metric must be, and in what its figures are given.

use crate::rules::metric::kind::{Sort, Unit};
use crate::rules::pack::file::{Period, QuestionType};
use crate::rules::rulebook::link::Linker;
use crate::rules::rulebook::{MetricInput, Question, Section};
use QuestionType::{Decimal, Integer, Percent};

impl Linker<'_> {
    /// The ratings of a section of the pack; `None` where the id is not that of a section, or of one
    /// without ratings.
    pub(in crate::rules::rulebook::link) fn ratings_of(
        &self,
        pack: usize,
        id: &str,
    ) -> Option<Vec<usize>> {
        let mut sections = self.sections.iter();
        let section = sections.find(|one| one.pack == pack && one.id == id)?;
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

/// In what a figure is given, in words.
pub(super) fn words(
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

/// A title as it continues a sentence.
pub(super) fn lower(title: &str) -> String {
    let mut letters = title.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

/// Whether a question can be an input of this sort.
pub(super) fn fits(question: &Question, sort: Sort) -> bool {
    match sort {
        Sort::Amount | Sort::Once => matches!(question.kind, Integer | Decimal),
        Sort::Rate => question.kind == Percent,
        Sort::Count => question.kind == Integer,
        Sort::Number => matches!(question.kind, Integer | Decimal | Percent),
        Sort::Ratings => is_rated(question),
    }
}

/// Whether answers have an order that people can differ in.
fn is_rated(question: &Question) -> bool {
    let scored = || question.choices.iter().all(|one| one.score.is_some());
    match question.kind {
        QuestionType::Rating => true,
        QuestionType::SelectOne => scored(),
        QuestionType::SelectMultiple
        | QuestionType::Integer
        | QuestionType::Decimal
        | QuestionType::Percent
        | QuestionType::Boolean
        | QuestionType::Text => false,
    }
}

pub(super) fn wanted(sort: Sort) -> &'static str {
    match sort {
        Sort::Amount | Sort::Once => "name a question of type `decimal` or `integer`",
        Sort::Rate => "name a question of type `percent`",
        Sort::Count => "name a question of type `integer`",
        Sort::Number => "name a number question",
        Sort::Ratings => "name ratings, choices that all have a score, or a section of ratings",
    }
}
