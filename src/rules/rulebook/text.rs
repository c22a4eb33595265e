//! Texts of findings: words, calls that put what is known into words, and choices between texts.
//!
//! A text is all that its pack may say, so it is read once and closed: nothing in it repeats, and what
//! it gives is as long as it is written, and so much more for each call.

use super::item::{Domain, Item, ItemKind};
use crate::message;
use crate::rules::Reading;
use crate::rules::rulebook::rule::{NONE_TAKEN, ScalePosition};
use crate::rules::vocabulary::State;
use crate::text::number::{either_in, grouped, list, rounded, short as number};
use std::collections::BTreeSet;

/// Letters that one call may give; an answer in somebody's own words may be as long as a file.
const MOST_LETTERS: usize = 1_000;

/// Words for an item whose pack is no part of the assessment.
const NOT_ASKED: &str = "not asked";

/// Text of a finding.
pub(crate) type Text = Vec<Piece>;

/// A piece of a text.
#[derive(Debug, Clone)]
pub(crate) enum Piece {
    /// Words as they are written.
    Words(String),
    /// Words on items.
    Call(Call),
    /// The first of these texts whose test holds; one without a test stands for all other cases.
    Choice(Vec<(Option<Test>, Text)>),
}

/// A call of a function on items.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) function: Function,
    /// The items by place; `None` for one whose pack is no part of the assessment.
    pub(crate) items: Vec<Option<usize>>,
}

/// A function that a text may call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    /// The value, with one decimal.
    Value,
    /// The value on the scale of 0 to 100.
    Index,
    /// The outcome or level in words; where it is open, those it could still be.
    Outcome,
    /// The title of an item.
    Label,
    /// The anchors or choices in words, as claimed.
    Answer,
    /// The labels of the children of a score that have the lowest value.
    Lowest,
    /// The labels of the children of a score that have the highest value.
    Highest,
    /// The labels of those questions to which nobody knew an answer.
    NobodyKnew,
}

impl Function {
    /// All of them, as texts name them.
    pub(crate) const ALL: [(&'static str, Self); 8] = [
        ("value", Self::Value),
        ("index", Self::Index),
        ("outcome", Self::Outcome),
        ("label", Self::Label),
        ("answer", Self::Answer),
        ("lowest", Self::Lowest),
        ("highest", Self::Highest),
        ("nobody_knew", Self::NobodyKnew),
    ];
}

/// A test that a choice makes.
#[derive(Debug, Clone)]
pub(crate) struct Test {
    /// True where the choice is made when the question is answered by no.
    pub(crate) negated: bool,
    pub(crate) question: TextQuestion,
}

/// The question of a test.
#[derive(Debug, Clone)]
pub(crate) enum TextQuestion {
    /// Is anything known of an item?
    Known(Option<usize>),
    /// Does a call give any words?
    Any(Call),
    /// Do two calls give the same words?
    Same(Call, Call),
}

/// The state of the items of an assessment, to be put into words by texts.
#[derive(Debug)]
pub(crate) struct TextContext<'a> {
    pub(crate) items: &'a [Item],
    pub(crate) readings: &'a [Reading],
    /// The readings as claimed, where evidence holds an answer below that.
    pub(crate) claimed: Option<&'a [Reading]>,
    /// Texts of the answers, question by question.
    pub(crate) answers: Vec<AnswerText>,
}

/// Text of an answer beyond its reading.
#[derive(Debug, Clone, Default)]
pub(crate) struct AnswerText {
    /// True where too few people of any group answered for it to be counted or shown.
    pub(crate) hidden: bool,
    /// True where it is certainly not called for: scores that gather it leave it out.
    pub(crate) aside: bool,
    /// The answer in words, where its reading does not give them.
    pub(crate) answer: Option<String>,
    /// The reason why it counts as it does, where people or the assessor said something else: a
    /// sentence.
    pub(crate) note: Option<String>,
}

/// An item with its place and its reading.
#[derive(Clone, Copy)]
struct Entry<'t> {
    node: usize,
    item: &'t Item,
    reading: &'t Reading,
}

impl TextContext<'_> {
    /// A text in words, with a sentence on each answer it names that counts as something else than
    /// people said.
    pub(crate) fn render(&self, text: &Text) -> String {
        let (mut words, mut named) = (String::new(), BTreeSet::new());
        self.write(text, &mut words, &mut named);
        words.truncate(words.trim_end().len());
        let answers = named.iter().filter_map(|node| self.answers.get(*node));
        for note in answers.filter_map(|one| one.note.as_deref()) {
            words.push(' ');
            words.push_str(note);
        }
        words
    }

    /// Adds a text to words, and the questions it names to those named.
    fn write(&self, text: &Text, words: &mut String, named: &mut BTreeSet<usize>) {
        for piece in text {
            match piece {
                Piece::Words(written) => words.push_str(written),
                Piece::Call(call) => words.push_str(&self.call(call, named)),
                Piece::Choice(branches) => {
                    let mut branches = branches.iter();
                    let mut holds = |one: &Test| self.holds(one, named);
                    let taken = branches.find(|(test, _)| test.as_ref().is_none_or(&mut holds));
                    if let Some((_, text)) = taken {
                        self.write(text, words, named);
                    }
                }
            }
        }
    }

    fn holds(&self, test: &Test, named: &mut BTreeSet<usize>) -> bool {
        let holds = match &test.question {
            TextQuestion::Known(node) => {
                let reading = node.and_then(|node| self.readings.get(node));
                reading.is_some_and(|one| one.is_rated() || one.is_held())
            }
            TextQuestion::Any(call) => !self.call(call, named).is_empty(),
            TextQuestion::Same(one, other) => self.call(one, named) == self.call(other, named),
        };
        holds != test.negated
    }

    /// The words that a call gives, cut where they are too long.
    fn call(&self, call: &Call, named: &mut BTreeSet<usize>) -> String {
        let mut entries = call.items.iter().map(|node| self.entry((*node)?));
        let mut words = if call.function == Function::NobodyKnew {
            let unknown = entries
                .flatten()
                .filter(|one| one.reading.state == State::Unknown);
            let labels: Vec<&str> = unknown.map(|one| one.item.label.as_str()).collect();
            list(&labels)
        } else {
            let found = entries.next().flatten();
            found.map_or_else(
                || NOT_ASKED.to_owned(),
                |found| self.on_item(call.function, found, named),
            )
        };
        if let Some((end, _)) = words.char_indices().nth(MOST_LETTERS) {
            words.truncate(end);
            words.push('…');
        }
        words
    }

    fn on_item(&self, function: Function, found: Entry<'_>, named: &mut BTreeSet<usize>) -> String {
        match function {
            Function::Value => {
                named.insert(found.node);
                self.number(found, |reading| grouped(&number(reading.value)))
            }
            Function::Index => {
                named.insert(found.node);
                self.number(found, |reading| rounded(reading.index(reading.value), 0))
            }
            Function::Outcome => self.outcome(found),
            Function::Label => found.item.label.clone(),
            Function::Answer => {
                named.insert(found.node);
                self.answer(found)
            }
            Function::Lowest => self.extreme(found, f64::min),
            Function::Highest => self.extreme(found, f64::max),
            // It takes any number of items.
            Function::NobodyKnew => String::new(),
        }
    }

    fn entry(&self, node: usize) -> Option<Entry<'_>> {
        Some(Entry {
            node,
            item: self.items.get(node)?,
            reading: self.readings.get(node)?,
        })
    }

    /// The labels of the children of a score that have the lowest (or highest) value, of those that are
    /// called for where any is.
    fn extreme(&self, found: Entry<'_>, better: fn(f64, f64) -> f64) -> String {
        let ItemKind::Score { children, .. } = &found.item.kind else {
            return self.absent(found);
        };
        let rated = children.iter().filter_map(|node| self.entry(*node));
        let mut rated: Vec<_> = rated.filter(|one| one.reading.is_rated()).collect();
        let is_aside = |node: usize| self.answers.get(node).is_some_and(|one| one.aside);
        if rated.iter().any(|one| !is_aside(one.node)) {
            rated.retain(|one| !is_aside(one.node));
        }
        let Some(best) = rated.iter().map(|one| one.reading.value).reduce(better) else {
            return self.absent(found);
        };
        let ties = rated
            .iter()
            .filter(|one| one.reading.value.total_cmp(&best).is_eq());
        let labels: Vec<&str> = ties.map(|one| one.item.label.as_str()).collect();
        list(&labels)
    }

    /// Words for an item without a value.
    fn absent(&self, found: Entry<'_>) -> String {
        let hidden = self.answers.get(found.node).is_some_and(|one| one.hidden);
        let answered = matches!(
            found.item.kind,
            ItemKind::Question(_) | ItemKind::Score { .. }
        );
        let words = match found.reading.state {
            _ if hidden => "hidden",
            State::NotApplicable | State::Irrelevant => message!("does-not-apply"),
            State::NotAsked | State::NotCore => NOT_ASKED,
            State::Missing if answered => message!("not-answered"),
            State::Missing | State::Unknown | State::Rated => message!("not-known"),
        };
        words.to_owned()
    }

    fn number(&self, found: Entry<'_>, format: fn(&Reading) -> String) -> String {
        if found.reading.is_rated() {
            format(found.reading)
        } else {
            self.absent(found)
        }
    }

    /// The outcome or level in words; where it is open, those it could still be.
    fn outcome(&self, found: Entry<'_>) -> String {
        let kind = &found.item.kind;
        let held = kind.labels(found.reading.held);
        let possible = kind.labels(found.reading.possible);
        match (held.is_empty(), possible.is_empty()) {
            (false, _) => list(&held),
            // Texts put an outcome in quotes, so the quotes inside are single.
            (true, false) => either_in(&possible, ['‘', '’']),
            (true, true) => self.absent(found),
        }
    }

    /// The anchors or choices in words, as claimed.
    fn answer(&self, found: Entry<'_>) -> String {
        let claimed = self.claimed.and_then(|readings| readings.get(found.node));
        let reading = claimed.unwrap_or(found.reading);
        let found = Entry { reading, ..found };
        let ItemKind::Question(question) = &found.item.kind else {
            return self.absent(found);
        };
        let text = self.answers.get(found.node);
        if let Some(words) = text.and_then(|text| text.answer.clone()) {
            return words;
        }
        if question.choices.is_empty() && matches!(found.item.domain, Domain::Number { .. }) {
            return self.number(found, |reading| number(reading.value));
        }
        if let Some(position) = ScalePosition::of(question, reading.value) {
            return position.words(false);
        }
        let words = found.item.kind.labels(reading.held);
        match (words.is_empty(), reading.is_held()) {
            (false, _) => words.join("; "),
            (true, true) => NONE_TAKEN.to_owned(),
            (true, false) => self.absent(found),
        }
    }
}
