//! The answer to one question, put together from the cells that hold a part of it.

use super::cell::{Cell, Words};
use super::names::{Field, Pick, UNKNOWN, fold};
use super::problems::Problems;
use super::respondent::Answers;
use super::table::Import;
use crate::answers::edit::NewAnswer;
use crate::answers::file::{AnswerDetail, AnswerFile, EvidenceFile, ValueFile};
use crate::message;
use crate::rules::rulebook::{Choice, Item};
use crate::rules::vocabulary::Grade;
use crate::text::diagnostic::{Code, Diagnostic, Place};
use crate::text::grid::csv::unguarded;
use crate::text::yaml::{Entries, Located};

/// The cells of the answer to one question.
#[derive(Debug, Default)]
pub(super) struct AnswerCells<'a> {
    value: Option<Cell<'a>>,
    picks: Vec<(Pick, Cell<'a>)>,
    comment: Option<Cell<'a>>,
    evidence: Option<Cell<'a>>,
    reason: Option<Cell<'a>>,
}

impl<'a> AnswerCells<'a> {
    pub(super) fn put(&mut self, field: Field, cell: Cell<'a>) {
        match field {
            Field::Value => self.value = Some(cell),
            Field::Choice(pick) => self.picks.push((pick, cell)),
            Field::Comment => self.comment = Some(cell),
            Field::Evidence => self.evidence = Some(cell),
            Field::Reason => self.reason = Some(cell),
        }
    }

    /// The place of the answer: that of its first cell.
    fn place(&self) -> Option<Place> {
        let pick = self.picks.first().map(|(_, cell)| *cell);
        let cells = [self.value, pick, self.comment, self.evidence, self.reason];
        cells.into_iter().flatten().next().map(|cell| cell.place)
    }
}

impl Import<'_> {
    /// Adds the answer to a question.
    pub(super) fn answer(
        &self,
        node: usize,
        cells: &AnswerCells<'_>,
        answers: &mut Answers,
        problems: &mut Problems,
    ) {
        let (Some(place), Some(item)) = (cells.place(), self.rulebook.items.get(node)) else {
            return;
        };
        let verdict = match self.verdict(node, item, cells, place) {
            Ok(verdict) => verdict,
            Err(problem) => return problems.add(*problem),
        };
        let Some(pack) = self.rulebook.packs.get(item.pack) else {
            return;
        };
        let name = |name: &str| Located::new(name.to_owned(), place);
        let answer = Located::new(put_together(verdict, cells, place), place);
        let entry = (name(item.local_id()), answer);
        match answers.iter_mut().find(|(one, _)| one.value == pack.id) {
            Some((_, entries)) => entries.extend([entry]),
            None => answers.push((name(&pack.id), Entries::from_iter([entry]))),
        }
    }

    /// The answer in a cell, or in one cell a choice.
    fn verdict(
        &self,
        node: usize,
        item: &Item,
        cells: &AnswerCells<'_>,
        place: Place,
    ) -> Result<Option<NewAnswer>, Box<Diagnostic>> {
        let id = &item.id;
        let words = self.mapping.words.get(node);
        let read = |(cell, words): (Cell<'_>, &Words)| words.read(cell, id);
        let whole = cells.value.zip(words).map(read).transpose()?;
        let picked = self.picked(node, id, &cells.picks)?;
        if let (
            Some(NewAnswer::Value(ValueFile::List(one))),
            Some(NewAnswer::Value(ValueFile::List(two))),
        ) = (&whole, &picked)
            && !alike(one, two)
        {
            let message = message!("the-columns-of-say-different-things", id);
            let help = message!("leave-the-column-of-the-whole-answer-out");
            return refuse(message, place, help);
        }
        let verdict = whole.or(picked);
        if let Some(reason) = cells.reason {
            let (what, help) = match &verdict {
                Some(NewAnswer::NotApplicable(_)) => return Ok(verdict),
                Some(NewAnswer::Value(_)) => {
                    (message!("an-answer"), message!("keep-one-of-the-two"))
                }
                None => (
                    message!("no-answer-that-says-so"),
                    message!("write-n-a-as-its-answer"),
                ),
            };
            let message = message!("has-a-reason-why-it-does-not", id, what);
            return refuse(message, reason.place, help);
        }
        Ok(verdict)
    }

    /// The choices whose cells say that they are taken.
    fn picked(
        &self,
        node: usize,
        id: &str,
        picks: &[(Pick, Cell<'_>)],
    ) -> Result<Option<NewAnswer>, Box<Diagnostic>> {
        let choices = self
            .question(node)
            .map_or(&[][..], |question| &question.choices);
        let mut taken: Vec<&str> = Vec::new();
        let mut aside = None;
        for (pick, cell) in picks {
            let choice = match pick {
                Pick::Choice(at) => choices.get(*at),
                Pick::Unknown | Pick::NotApplicable => None,
            };
            let Some(is_taken) = self.is_taken(cell.value, choice) else {
                let message = message!(
                    "says-neither-that-a-choice-of-is-taken-nor",
                    cell = cell.value,
                    id
                );
                let help = message!("write-or-a-mapping-can-say-under");
                return refuse(message, cell.place, help);
            };
            match pick {
                _ if !is_taken => {}
                Pick::Choice(_) => taken.extend(choice.map(|choice| choice.value.as_str())),
                Pick::Unknown => aside = Some((NewAnswer::plain(UNKNOWN), cell.place)),
                Pick::NotApplicable => {
                    aside = Some((NewAnswer::NotApplicable(String::new()), cell.place));
                }
            }
        }
        match aside {
            Some((_, place)) if !taken.is_empty() => {
                let message = message!("is-answered-and-is-not", id);
                let help = message!("unknown-and-not-applicable-stand-alone");
                refuse(message, place, help)
            }
            Some((verdict, _)) => Ok(Some(verdict)),
            None if picks.is_empty() => Ok(None),
            None => Ok(Some(NewAnswer::several(taken))),
        }
    }

    /// True for a cell that says that a choice is taken: by yes or no, or by repeating the choice.
    fn is_taken(&self, text: &str, choice: Option<&Choice>) -> Option<bool> {
        let text = fold(text);
        let names = |choice: &Choice| [&choice.value, &choice.label].map(|one| fold(one));
        if choice.is_some_and(|choice| names(choice).contains(&text)) {
            return Some(true);
        }
        let meant = self.mapping.everywhere.get(&text).map(|meant| fold(meant));
        let meant = meant.unwrap_or(text);
        let taken = TAKEN.contains(&meant.as_str());
        (taken || LEFT.contains(&meant.as_str())).then_some(taken)
    }
}

/// Cells of survey tools for a choice that is taken, and for one that is not.
const TAKEN: [&str; 7] = ["1", "true", "yes", "y", "x", "checked", "selected"];
const LEFT: [&str; 6] = ["0", "false", "no", "n", "unchecked", "not selected"];

fn refuse<T>(message: String, place: Place, help: &str) -> Result<T, Box<Diagnostic>> {
    let problem = Diagnostic::error(Code::InvalidValue, message).at(place);
    Err(Box::new(problem.help(help)))
}

/// True for the same choices in any order.
fn alike(one: &[Located<String>], other: &[Located<String>]) -> bool {
    let holds = |value: &str| other.iter().any(|two| two.value == value);
    one.len() == other.len() && one.iter().all(|one| holds(&one.value))
}

/// An answer as a response file holds it.
fn put_together(verdict: Option<NewAnswer>, cells: &AnswerCells<'_>, place: Place) -> AnswerFile {
    let (value, not_applicable) = match verdict {
        None => (None, None),
        Some(NewAnswer::Value(ValueFile::List(mut list))) => {
            for one in &mut list {
                one.place = place;
            }
            (Some(ValueFile::List(list)), None)
        }
        Some(NewAnswer::Value(value)) => (Some(value), None),
        Some(NewAnswer::NotApplicable(text)) => {
            let elsewhere = cells.reason.filter(|_| text.is_empty());
            let text = elsewhere.map_or(text, |cell| unguarded(cell.value).to_owned());
            let place = cells.reason.map_or(place, |cell| cell.place);
            (None, Some(Located::new(text, place)))
        }
    };
    let plain = cells.comment.is_none() && cells.evidence.is_none();
    match value {
        Some(ValueFile::One(scalar)) if plain => AnswerFile::Value(scalar),
        Some(ValueFile::List(list)) if plain => AnswerFile::List(list),
        value => AnswerFile::Full(Box::new(AnswerDetail {
            of: None,
            value: value.map(|value| Located::new(value, place)),
            not_applicable,
            note: cells.comment.map(|cell| unguarded(cell.value).to_owned()),
            evidence: cells.evidence.map(|cell| evidence(unguarded(cell.value))),
            target: None,
            owner: None,
            due: None,
            phases: Vec::new(),
            baseline: None,
        })),
    }
}

/// The evidence of an answer: `document: Account charter`, or the words alone.
fn evidence(text: &str) -> EvidenceFile {
    let (head, rest) = text.split_once(':').unwrap_or((text, ""));
    let named = |grade: &Grade| head.trim().eq_ignore_ascii_case(grade.name());
    let grade = Grade::ALL.into_iter().find(named);
    let reference = if grade.is_some() { rest.trim() } else { text };
    EvidenceFile {
        grade: grade.unwrap_or_default(),
        reference: Some(reference.to_owned()).filter(|text| !text.is_empty()),
        link: None,
    }
}
