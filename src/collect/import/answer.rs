//! The answer to a question, put together from the cells that hold a part of it.

use super::Import;
use super::columns::{Field, Pick};
use super::problems::Problems;
use super::response::Answers;
use super::tools::is_other;
use super::wording::{Cell, UNKNOWN, fold, is_tick, is_unanswered};
use super::words::{Said, Words};
use crate::answers::edit::NewAnswer;
use crate::answers::file::{AnswerDetail, AnswerFile, EvidenceFile, ValueFile};
use crate::answers::warning;
use crate::problem;
use crate::rules::vocabulary::Grade;
use crate::text::diagnostic::{Diagnostic, Place};
use crate::text::table::unguarded;
use crate::text::yaml::{Entries, Located};

impl Import<'_> {
    /// Adds the answer to a question, from the cells that hold its fields.
    pub(super) fn answer(
        &self,
        node: usize,
        cells: &[(Field, Cell<'_>)],
        answers: &mut Answers,
        problems: &mut Problems,
    ) {
        let rules = self.rulebook;
        let (Some(item), Some(words)) = (rules.item(node), self.words.get(node)) else {
            return;
        };
        let Some(pack) = rules.packs.get(item.pack) else {
            return;
        };
        let cells = AnswerCells::new(cells, words);
        let Some(place) = cells.place() else { return };
        let said = match self.said(node, &item.id, &cells, place) {
            Ok(said) => said,
            Err(problem) => return problems.add(*problem),
        };
        let (given, write_in) = said.map_or((None, None), |one| (Some(one.answer), one.write_in));
        if write_in.is_some() {
            let problem = problem!(WriteIn, "a-write-in-is-kept", id = item.id).at(place);
            problems.add(warning(problem));
        }
        let written = |cell: Cell<'_>| unguarded(cell.value).to_owned();
        let notes = [
            cells.comment.map(written),
            cells.other.map(written),
            write_in,
        ];
        let notes: Vec<String> = notes.into_iter().flatten().collect();
        if given.is_none() && notes.is_empty() && cells.evidence.is_none() {
            return;
        }
        let all = (!notes.is_empty()).then(|| notes.join("; "));
        let answer = put_together(given, all, &cells, place);
        let name = |name: &str| Located::new(name.to_owned(), place);
        let entry = (name(item.local_id()), Located::new(answer, place));
        match answers.iter_mut().find(|(one, _)| one.value == pack.id) {
            Some((_, entries)) => entries.0.push(entry),
            None => answers.push((name(&pack.id), Entries::from_iter([entry]))),
        }
    }

    /// The answer in a cell, or in one cell a choice.
    fn said(
        &self,
        node: usize,
        id: &str,
        cells: &AnswerCells<'_>,
        place: Place,
    ) -> Result<Option<Said>, Box<Diagnostic>> {
        let read = |(cell, words): (Cell<'_>, &Words<'_>)| words.read(cell, id);
        let whole = cells
            .value
            .zip(self.words.get(node))
            .map(read)
            .transpose()?;
        let picked = self.picked(node, id, cells)?;
        if let (
            Some(NewAnswer::Value(ValueFile::List(one))),
            Some(NewAnswer::Value(ValueFile::List(two))),
        ) = (whole.as_ref().map(|said| &said.answer), &picked)
            && !alike(one, two)
        {
            let problem = problem!(InvalidValue, "the-columns-of-say-different-things", id);
            return Err(problem.at(place).into());
        }
        let said = whole.or(picked.map(Said::from));
        let answer = said.as_ref().map(|said| &said.answer);
        let problem = match (answer, cells.reason) {
            (Some(NewAnswer::NotApplicable(reason)), None)
                if reason.is_empty()
                    && cells.value.is_some_and(|cell| is_unanswered(cell.value)) =>
            {
                let text = cells.value.map_or("", |cell| cell.value);
                problem!(MissingReason, "perhaps-not-answered", text, id)
            }
            (Some(NewAnswer::NotApplicable(_)), _) | (_, None) => return Ok(said),
            (Some(NewAnswer::Value(_)), Some(_)) => {
                problem!(InvalidValue, "has-a-reason-and-an-answer", id)
            }
            (None, Some(_)) => problem!(InvalidValue, "has-a-reason-and-no-answer", id),
        };
        let place = cells.reason.map_or(place, |reason| reason.place);
        Err(problem.at(place).into())
    }

    /// The choices whose cells say that they are taken.
    fn picked(
        &self,
        node: usize,
        id: &str,
        cells: &AnswerCells<'_>,
    ) -> Result<Option<NewAnswer>, Box<Diagnostic>> {
        let picks = &cells.picks;
        // So says LimeSurvey of choices that were not shown.
        if picks.iter().all(|(_, cell)| fold(cell.value) == "n/a") && cells.reason.is_none() {
            return Ok(None);
        }
        let asked = self.rulebook.asked(node);
        let choices = asked.map_or(&[][..], |asked| &asked.question.choices);
        let mut taken: Vec<&str> = Vec::new();
        let mut asides: Vec<(NewAnswer, Place)> = Vec::new();
        for (pick, cell) in picks {
            let choice = match pick {
                Pick::Choice(at) => choices.get(*at),
                Pick::Unknown | Pick::NotApplicable => None,
            };
            let Some(is_taken) = self.is_taken(cell.value, choice) else {
                let words = self.words.get(node);
                if let Some(aside) = words.and_then(|words| words.aside(cell.value)) {
                    asides.push((aside, cell.place));
                    continue;
                }
                let (place, cell) = (cell.place, cell.value);
                let problem = problem!(InvalidValue, "neither-taken-nor-left", cell, id);
                return Err(problem.at(place).into());
            };
            match pick {
                _ if !is_taken => {}
                Pick::Choice(_) => taken.extend(choice.map(|choice| choice.value.as_str())),
                Pick::Unknown => asides.push((NewAnswer::plain(UNKNOWN), cell.place)),
                Pick::NotApplicable => {
                    asides.push((NewAnswer::NotApplicable(String::new()), cell.place));
                }
            }
        }
        let Some((answer, place)) = asides.first() else {
            return Ok((!picks.is_empty()).then(|| NewAnswer::several(taken)));
        };
        if !taken.is_empty() || asides.iter().any(|(other, _)| other != answer) {
            let problem = problem!(InvalidValue, "is-answered-and-is-not", id);
            return Err(problem.at(*place).into());
        }
        Ok(Some(answer.clone()))
    }
}

impl Import<'_> {
    /// True for a cell that says whether a choice is taken, or that nobody could say.
    pub(super) fn says(&self, node: usize, field: Field, text: &str) -> bool {
        let asked = self.rulebook.asked(node);
        let choice = asked.and_then(|asked| match field {
            Field::Choice(Pick::Choice(at)) => asked.question.choices.get(at),
            Field::Choice(Pick::Unknown | Pick::NotApplicable)
            | Field::Value
            | Field::Comment
            | Field::Other
            | Field::Evidence
            | Field::Reason => None,
        });
        let words = self.words.get(node);
        self.is_taken(text, choice).is_some()
            || words.is_some_and(|words| words.aside(text).is_some())
    }
}

/// The cells that hold an answer's fields, without those that say that nothing was answered.
struct AnswerCells<'t> {
    value: Option<Cell<'t>>,
    picks: Vec<(Pick, Cell<'t>)>,
    comment: Option<Cell<'t>>,
    /// Words beside the choices.
    other: Option<Cell<'t>>,
    evidence: Option<Cell<'t>>,
    reason: Option<Cell<'t>>,
}

impl<'t> AnswerCells<'t> {
    fn new(cells: &[(Field, Cell<'t>)], words: &Words<'_>) -> Self {
        let says = |(_, cell): &&(Field, Cell<'t>)| !words.is_no_answer(cell.value);
        let cells: Vec<&(Field, Cell<'t>)> = cells.iter().filter(says).collect();
        let of = |field: Field| {
            let cell = cells.iter().rev().find(|(one, _)| *one == field);
            cell.map(|(_, cell)| *cell)
        };
        let picks = cells.iter().filter_map(|(field, cell)| match field {
            Field::Choice(choice) => Some((*choice, *cell)),
            Field::Value | Field::Comment | Field::Other | Field::Evidence | Field::Reason => None,
        });
        // Some tools tick a choice "Other", and hold its words in a column of its own.
        let other = of(Field::Other).filter(|cell| !is_tick(cell.value));
        let is_answer = |cell: &Cell<'_>| !is_other(cell.value) || words.has_choice(cell.value);
        Self {
            value: of(Field::Value).filter(|cell| other.is_none() || is_answer(cell)),
            picks: picks.collect(),
            comment: of(Field::Comment),
            other,
            evidence: of(Field::Evidence),
            reason: of(Field::Reason),
        }
    }

    /// The place of the first cell with anything in it.
    fn place(&self) -> Option<Place> {
        let first = self.picks.first().map(|(_, cell)| *cell);
        let all = [
            self.value,
            first,
            self.comment,
            self.other,
            self.evidence,
            self.reason,
        ];
        all.into_iter().flatten().next().map(|cell| cell.place)
    }
}

/// True for the same choices in any order.
fn alike(one: &[Located<String>], other: &[Located<String>]) -> bool {
    let holds = |value: &str| other.iter().any(|two| two.value == value);
    one.len() == other.len() && one.iter().all(|one| holds(&one.value))
}

/// An answer as a response file holds it, with its comment, its evidence, and the reason why it does
/// not apply.
fn put_together(
    given: Option<NewAnswer>,
    note: Option<String>,
    cells: &AnswerCells<'_>,
    place: Place,
) -> AnswerFile {
    let (value, not_applicable) = match given {
        None => (None, None),
        Some(NewAnswer::Value(mut value)) => {
            if let ValueFile::List(list) = &mut value {
                for one in list {
                    one.place = place;
                }
            }
            (Some(value), None)
        }
        Some(NewAnswer::NotApplicable(text)) => {
            let elsewhere = cells.reason.filter(|_| text.is_empty());
            let place = cells.reason.map_or(place, |cell| cell.place);
            let text = elsewhere.map_or(text, |cell| unguarded(cell.value).to_owned());
            (None, Some(Located::new(text, place)))
        }
    };
    let plain = note.is_none() && cells.evidence.is_none();
    match value {
        Some(ValueFile::One(scalar)) if plain => AnswerFile::Value(scalar),
        Some(ValueFile::List(list)) if plain => AnswerFile::List(list),
        value => AnswerFile::Full(Box::new(AnswerDetail {
            value: value.map(|value| Located::new(value, place)),
            not_applicable,
            note,
            evidence: cells
                .evidence
                .map(|cell| evidence_in(unguarded(cell.value))),
            ..AnswerDetail::default()
        })),
    }
}

/// The evidence of an answer: `document: Account charter`, or the words alone.
fn evidence_in(text: &str) -> EvidenceFile {
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
