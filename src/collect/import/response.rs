//! The response of a respondent, put together from the cells that hold a part of it.

use super::Import;
use super::cell::{Cell, UNKNOWN, Words, fold};
use super::columns::{ColumnUse, Columns, Field, Pick};
use super::mapping::{RespondentFrom, RoleFrom};
use super::problems::Problems;
use super::rows::PlacedRow;
use crate::answers::edit::NewAnswer;
use crate::answers::file::{AnswerDetail, AnswerFile, EvidenceFile, ResponseFile, ValueFile};
use crate::problem;
use crate::rules::vocabulary::{Grade, Role};
use crate::text::diagnostic::{Diagnostic, Place};
use crate::text::table::unguarded;
use crate::text::yaml::{Entries, Located};

/// Answers by pack.
pub(super) type Answers = Vec<(Located<String>, Entries<Located<AnswerFile>>)>;

/// A respondent, as far as a row names one.
#[derive(Debug, Clone, Default)]
pub(super) struct Respondent {
    pub(super) name: Option<Located<String>>,
    pub(super) role: Option<Located<Role>>,
    /// True if there is a role that is none, which is a problem already.
    misnamed: bool,
    unit: Option<String>,
    answered_on: Option<Located<String>>,
}

impl Respondent {
    /// The same respondent, with what another row knows where this one does not.
    pub(super) fn or(self, other: &Self) -> Self {
        Self {
            name: self.name.or_else(|| other.name.clone()),
            role: self.role.or(other.role),
            misnamed: self.misnamed || other.misnamed,
            unit: self.unit.or_else(|| other.unit.clone()),
            answered_on: self.answered_on.or_else(|| other.answered_on.clone()),
        }
    }
}

impl Import<'_> {
    /// The text before the numbers of rows, where these identify respondents.
    fn number_prefix(&self) -> Option<&str> {
        match self.file.respondent.as_ref()? {
            RespondentFrom::Number(numbered) => Some(&numbered.number.value),
            RespondentFrom::Column(_) => None,
        }
    }

    /// True if respondents can be identified, by a column, their rows, or as there is but one.
    pub(super) fn names_respondents(&self, columns: &Columns) -> bool {
        columns.at(ColumnUse::Respondent).is_some()
            || self.number_prefix().is_some()
            || self.options.respondent.is_some()
    }

    /// The role of all respondents, where no column holds roles.
    pub(super) fn common_role(&self) -> Option<Role> {
        let all = match &self.file.role {
            Some(RoleFrom::Detail(detail)) => detail.all,
            Some(RoleFrom::Column(_)) | None => None,
        };
        all.or(self.options.role)
    }

    /// The respondent of a row.
    pub(super) fn respondent(&self, row: PlacedRow<'_>, problems: &mut Problems) -> Respondent {
        let columns = row.columns;
        let here = |text: String| Located::new(text, row.mark(0));
        let cell = |column| columns.at(column).and_then(|column| row.cell(column));
        let name = if columns.at(ColumnUse::Respondent).is_some() {
            cell(ColumnUse::Respondent).map(|cell| cell.map(|text| unguarded(text).to_owned()))
        } else if let Some(prefix) = self.number_prefix() {
            Some(here(format!("{prefix}{}", row.row.number)))
        } else {
            self.options.respondent.clone().map(here)
        };
        let mut misnamed = false;
        let role = if columns.at(ColumnUse::Role).is_some() {
            cell(ColumnUse::Role).and_then(|cell| {
                let role = self.role(cell.value);
                if role.is_none() {
                    misnamed = true;
                    let names = Role::ALL.map(Role::name);
                    let (text, roles) = (cell.value, names.join(", "));
                    let problem = problem!(UnknownValue, "is-no-role", text, roles);
                    problems.add(problem.at(cell.place).nearest(text, names));
                }
                role.map(|role| Located::new(role, cell.place))
            })
        } else {
            let role = self.common_role();
            role.map(|role| Located::new(role, row.mark(0)))
        };
        Respondent {
            name,
            role,
            misnamed,
            unit: cell(ColumnUse::Unit).map(|cell| unguarded(cell.value).to_owned()),
            // Servers write the time after the day.
            answered_on: cell(ColumnUse::AnsweredOn).map(|cell| {
                cell.map(|text| text.split(['T', ' ']).next().unwrap_or(text).to_owned())
            }),
        }
    }

    pub(super) fn role(&self, text: &str) -> Option<Role> {
        let text = fold(text);
        let own = Role::ALL.into_iter().find(|role| role.name() == text);
        self.roles.get(&text).copied().or(own)
    }

    /// The response of a respondent; `place` is that of whatever has no place of its own.
    pub(super) fn response(
        &self,
        respondent: Respondent,
        answers: Answers,
        place: Place,
        problems: &mut Problems,
    ) -> Option<ResponseFile> {
        let mut missing = |what: &str| {
            problems.add(problem!(MissingKey, "an-answer-without-a", what).at(place));
        };
        if respondent.name.is_none() {
            missing("respondent");
        }
        if respondent.role.is_none() && !respondent.misnamed {
            missing("role");
        }
        let packs = self.rulebook.packs.iter();
        let packs = packs.map(|pack| format!("{}@{}", pack.id, pack.version));
        Some(ResponseFile {
            format: Located::new(1, place),
            respondent: respondent.name?,
            role: respondent.role?,
            unit: respondent.unit,
            answered_on: respondent.answered_on,
            packs: packs.map(|pack| Located::new(pack, place)).collect(),
            answers: answers.into_iter().collect(),
        })
    }

    /// Adds the answer to a question, from the cells that hold its fields.
    pub(super) fn answer(
        &self,
        node: usize,
        cells: &[(Field, Cell<'_>)],
        answers: &mut Answers,
        problems: &mut Problems,
    ) {
        let rules = self.rulebook;
        let Some(item) = rules.item(node).filter(|_| !cells.is_empty()) else {
            return;
        };
        let Some(pack) = rules.packs.get(item.pack) else {
            return;
        };
        let of = |field: Field| {
            let cell = cells.iter().rev().find(|(one, _)| *one == field);
            cell.map(|(_, cell)| *cell)
        };
        let picks = cells.iter().filter_map(|(field, cell)| match field {
            Field::Choice(choice) => Some((*choice, *cell)),
            Field::Value | Field::Comment | Field::Evidence | Field::Reason => None,
        });
        let picks: Vec<(Pick, Cell<'_>)> = picks.collect();
        let first = picks.first().map(|(_, cell)| *cell);
        let (comment, evidence, reason) =
            (of(Field::Comment), of(Field::Evidence), of(Field::Reason));
        let all = [of(Field::Value), first, comment, evidence, reason];
        let place = all.into_iter().flatten().next().map(|cell| cell.place);
        let place = place.unwrap_or_default();
        let given = match self.given(node, &item.id, of(Field::Value), &picks, reason, place) {
            Ok(given) => given,
            Err(problem) => return problems.add(*problem),
        };
        let answer = put_together(given, [comment, evidence, reason], place);
        let name = |name: &str| Located::new(name.to_owned(), place);
        let entry = (name(item.local_id()), Located::new(answer, place));
        match answers.iter_mut().find(|(one, _)| one.value == pack.id) {
            Some((_, entries)) => entries.0.push(entry),
            None => answers.push((name(&pack.id), Entries::from_iter([entry]))),
        }
    }

    /// The answer in a cell, or in one cell a choice.
    fn given(
        &self,
        node: usize,
        id: &str,
        value: Option<Cell<'_>>,
        picks: &[(Pick, Cell<'_>)],
        reason: Option<Cell<'_>>,
        place: Place,
    ) -> Result<Option<NewAnswer>, Box<Diagnostic>> {
        let read = |(cell, words): (Cell<'_>, &Words<'_>)| words.read(cell, id);
        let whole = value.zip(self.words.get(node)).map(read).transpose()?;
        let picked = self.picked(node, id, picks)?;
        if let (
            Some(NewAnswer::Value(ValueFile::List(one))),
            Some(NewAnswer::Value(ValueFile::List(two))),
        ) = (&whole, &picked)
            && !alike(one, two)
        {
            let problem = problem!(InvalidValue, "the-columns-of-say-different-things", id);
            return Err(problem.at(place).into());
        }
        let given = whole.or(picked);
        let problem = match (&given, reason) {
            (Some(NewAnswer::NotApplicable(_)), _) | (_, None) => return Ok(given),
            (Some(NewAnswer::Value(_)), Some(_)) => {
                problem!(InvalidValue, "has-a-reason-and-an-answer", id)
            }
            (None, Some(_)) => problem!(InvalidValue, "has-a-reason-and-no-answer", id),
        };
        let place = reason.map_or(place, |reason| reason.place);
        Err(problem.at(place).into())
    }

    /// The choices whose cells say that they are taken.
    fn picked(
        &self,
        node: usize,
        id: &str,
        picks: &[(Pick, Cell<'_>)],
    ) -> Result<Option<NewAnswer>, Box<Diagnostic>> {
        let asked = self.rulebook.asked(node);
        let choices = asked.map_or(&[][..], |asked| &asked.question.choices);
        let mut taken: Vec<&str> = Vec::new();
        let mut aside = None;
        for (pick, cell) in picks {
            let choice = match pick {
                Pick::Choice(at) => choices.get(*at),
                Pick::Unknown | Pick::NotApplicable => None,
            };
            let Some(is_taken) = self.is_taken(cell.value, choice) else {
                let (place, cell) = (cell.place, cell.value);
                let problem = problem!(InvalidValue, "neither-taken-nor-left", cell, id);
                return Err(problem.at(place).into());
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
                Err(problem!(InvalidValue, "is-answered-and-is-not", id)
                    .at(place)
                    .into())
            }
            Some((answer, _)) => Ok(Some(answer)),
            None => Ok((!picks.is_empty()).then(|| NewAnswer::several(taken))),
        }
    }
}

/// True for the same choices in any order.
fn alike(one: &[Located<String>], other: &[Located<String>]) -> bool {
    let holds = |value: &str| other.iter().any(|two| two.value == value);
    one.len() == other.len() && one.iter().all(|one| holds(&one.value))
}

/// An answer as a response file holds it, with the cells of its comment, its evidence, and the reason
/// why it does not apply.
fn put_together(
    given: Option<NewAnswer>,
    [comment, evidence, reason]: [Option<Cell<'_>>; 3],
    place: Place,
) -> AnswerFile {
    let written = |cell: Cell<'_>| unguarded(cell.value).to_owned();
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
            let elsewhere = reason.filter(|_| text.is_empty());
            let place = reason.map_or(place, |cell| cell.place);
            let text = elsewhere.map_or(text, written);
            (None, Some(Located::new(text, place)))
        }
    };
    let plain = comment.is_none() && evidence.is_none();
    match value {
        Some(ValueFile::One(scalar)) if plain => AnswerFile::Value(scalar),
        Some(ValueFile::List(list)) if plain => AnswerFile::List(list),
        value => AnswerFile::Full(Box::new(AnswerDetail {
            value: value.map(|value| Located::new(value, place)),
            not_applicable,
            note: comment.map(written),
            evidence: evidence.map(|cell| evidence_in(unguarded(cell.value))),
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
