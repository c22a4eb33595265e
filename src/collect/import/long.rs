//! Rows as parts of responses: one row an answer, from one sheet or from many.

use super::Import;
use super::answer::{Answers, Piece, Pieces};
use super::columns::{Columns, Holds, Layout};
use super::faults::{Faults, mark};
use super::fold;
use super::names::{Names, Part};
use super::part::Rows;
use super::people::Person;
use crate::answers::file::ResponseFile;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::grid::Row;
use std::collections::HashMap;

/// What one person answers, row by row.
#[derive(Default)]
struct Group<'a> {
    person: Person,
    first: usize,
    answers: Vec<(usize, Pieces<'a>)>,
}

/// Everybody in a long table, in the order they appear.
#[derive(Default)]
struct Groups<'a> {
    list: Vec<Group<'a>>,
    index: HashMap<String, usize>,
}

impl Import<'_> {
    /// The responses in the rows of long tables; `columns` tells of each batch.
    pub(super) fn gather(
        &self,
        rows: &Rows,
        columns: &[Columns],
        faults: &mut Faults,
    ) -> Vec<ResponseFile> {
        let about = self.about(rows, columns, faults);
        let mut groups = Groups::default();
        for (nth, batch, row) in rows.all() {
            let Some(columns) = columns.get(batch).filter(|one| one.layout == Layout::Long) else {
                continue;
            };
            let Some((node, part, row_pieces)) = self.line(columns, nth, row, faults) else {
                continue;
            };
            let own = self.person(&columns.people, nth, row, faults);
            let person = own.or(&about);
            let Some(group) = groups.of(&person, nth, faults) else {
                continue;
            };
            let known = group.answers.iter().position(|(one, _)| *one == node);
            let fresh = known.is_none();
            if fresh {
                group.answers.push((node, Pieces::default()));
            }
            let at = known.unwrap_or(group.answers.len().saturating_sub(1));
            let Some((_, pieces)) = group.answers.get_mut(at) else {
                continue;
            };
            if !fresh && !matches!(part, Part::Choice(_)) {
                let id = self
                    .rulebook
                    .items
                    .get(node)
                    .map_or("", |item| item.id.as_str());
                let message = format!("somebody answers `{id}` twice");
                let problem = Diagnostic::error(Code::DuplicateId, message).at(mark(nth, 0));
                faults.push(problem.help("a column `respondent` tells people apart"), 1);
                continue;
            }
            for (part, piece) in row_pieces {
                pieces.put(part, piece);
            }
        }
        self.responses_of(groups, faults)
    }

    fn responses_of(&self, groups: Groups<'_>, faults: &mut Faults) -> Vec<ResponseFile> {
        let mut responses = Vec::new();
        for group in groups.list {
            let mut answers = Answers::default();
            let mut parts = group.answers;
            parts.sort_by_key(|(node, _)| *node);
            for (node, pieces) in &parts {
                self.answer(*node, pieces, &mut answers, faults);
            }
            responses.extend(self.response(group.person, answers, mark(group.first, 0), faults));
        }
        responses
    }

    /// Who answers, where a sheet of its own says so.
    fn about(&self, rows: &Rows, columns: &[Columns], faults: &mut Faults) -> Person {
        let mut about: Option<Person> = None;
        for (nth, batch, row) in rows.all() {
            let Some(columns) = columns.get(batch).filter(|one| one.layout == Layout::About) else {
                continue;
            };
            if about.is_some() {
                let message = "several people are named, and no answer says whose it is";
                let problem = Diagnostic::error(Code::InvalidTable, message).at(mark(nth, 0));
                faults.push(problem.help("give the answers a column `respondent`"), 1);
            }
            about = Some(self.person(&columns.people, nth, row, faults));
        }
        about.unwrap_or_default()
    }

    /// The question a row is about and what it says; `None` where it says nothing.
    #[expect(
        clippy::type_complexity,
        reason = "one use, and its parts are named there"
    )]
    fn line<'a>(
        &self,
        columns: &Columns,
        nth: usize,
        row: &'a Row,
        faults: &mut Faults,
    ) -> Option<(usize, Part, Vec<(Part, Piece<'a>)>)> {
        let (mut question, mut said) = (None, Vec::new());
        for (column, holds) in columns.holds.iter().enumerate() {
            let text = row.cell(column);
            if text.is_empty() {
                continue;
            }
            let piece = Piece {
                text,
                place: mark(nth, column),
            };
            if *holds == Holds::Question {
                question = Some(piece);
            } else if let Holds::Answer(part) = holds {
                said.push((*part, piece));
            }
        }
        if said.is_empty() {
            return None;
        }
        let Some(question) = question else {
            let problem = Diagnostic::error(Code::MissingKey, "an answer without a question");
            faults.push(
                problem
                    .at(mark(nth, 0))
                    .help("name its question in the same row"),
                1,
            );
            return None;
        };
        let own = || self.names.find(self.rulebook, question.text);
        let mapped = self.mapping.questions.get(&fold(question.text)).copied();
        let Some((node, part)) = mapped.or_else(own) else {
            let name = crate::text::yaml::Located::new(question.text.to_owned(), question.place);
            faults.push(Names::unknown(self.rulebook, &name), 1);
            return None;
        };
        for (one, _) in &mut said {
            if *one == Part::Value {
                *one = part;
            }
        }
        Some((node, part, said))
    }
}

impl<'a> Groups<'a> {
    /// The group of a person; what rows say of one person has to agree.
    fn of(&mut self, person: &Person, nth: usize, faults: &mut Faults) -> Option<&mut Group<'a>> {
        let key = person
            .respondent
            .as_ref()
            .map(|name| fold(&name.value))
            .unwrap_or_default();
        let at = *self.index.entry(key).or_insert_with(|| {
            self.list.push(Group {
                first: nth,
                ..Group::default()
            });
            self.list.len() - 1
        });
        let end = self.list.len().saturating_sub(1);
        let group = self.list.get_mut(at.min(end))?;
        let roles = (&group.person.role, &person.role);
        if let (Some(first), Some(second)) = roles
            && first.value != second.value
        {
            let (one, two) = (first.value.name(), second.value.name());
            let message = format!("the same respondent has the roles {one} and {two}");
            let problem = Diagnostic::error(Code::InvalidValue, message).at(second.place);
            faults.push(problem.help("one person has one role"), 1);
        }
        group.person = std::mem::take(&mut group.person).or(person);
        Some(group)
    }
}

impl Person {
    /// What is known of somebody, with what else is known where it is not.
    fn or(self, other: &Self) -> Self {
        Self {
            respondent: self.respondent.or_else(|| other.respondent.clone()),
            role: self.role.or(other.role),
            misnamed: self.misnamed || other.misnamed,
            unit: self.unit.or_else(|| other.unit.clone()),
            answered_on: self.answered_on.or_else(|| other.answered_on.clone()),
        }
    }
}
