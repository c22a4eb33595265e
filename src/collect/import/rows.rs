//! Rows as responses: one row a respondent in wide tables, one row an answer in long ones.

use super::answer::AnswerCells;
use super::cell::Cell;
use super::columns::{ColumnUse, Columns, TableLayout};
use super::names::{Field, Names, fold};
use super::problems::{Problems, mark};
use super::respondent::{Answers, Respondent};
use super::table::Import;
use crate::answers::file::ResponseFile;
use crate::answers::{Response, Tally};
use crate::message;
use crate::rules::rulebook::Rulebook;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text::grid::{Batch, Row};
use crate::text::yaml::Located;
use std::collections::btree_map::{BTreeMap, Entry};
use std::collections::{HashMap, hash_map};

/// Rows of one batch or several, counted through.
#[derive(Debug, Default)]
pub(super) struct Rows(pub(super) Vec<(Batch, Columns)>);

impl Rows {
    /// Every row with its number, its batch and its columns.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, &Batch, &Columns, &Row)> {
        let rows = self.0.iter().flat_map(|(batch, columns)| {
            let rows = batch.rows.iter();
            rows.map(move |row| (batch, columns, row))
        });
        let numbered = rows.enumerate();
        numbered.map(|(nth, (batch, columns, row))| (nth, batch, columns, row))
    }

    fn are_wide(&self) -> bool {
        let mut columns = self.0.iter().map(|(_, columns)| columns);
        columns.all(|columns| columns.layout == TableLayout::Wide)
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|(batch, _)| batch.rows.len()).sum()
    }

    pub(super) fn get(&self, mut nth: usize) -> Option<(&Batch, &Row)> {
        for (batch, _) in &self.0 {
            if let Some(row) = batch.rows.get(nth) {
                return Some((batch, row));
            }
            nth -= batch.rows.len();
        }
        None
    }
}

/// Responses of some rows, or of all rows so far.
pub(super) struct Responses {
    /// True where files are kept, not only counted.
    keeps_files: bool,
    pub(super) files: Vec<ResponseFile>,
    pub(super) tally: Tally,
    /// Names of respondents, each with its place.
    pub(super) respondents: Vec<Located<String>>,
    pub(super) problems: Problems,
}

impl Responses {
    pub(super) fn new(rulebook: &Rulebook, keeps_files: bool, problems: Problems) -> Self {
        Self {
            keeps_files,
            files: Vec::new(),
            tally: Tally::new(rulebook),
            respondents: Vec::new(),
            problems,
        }
    }

    /// Checks a response as every response is checked, and counts it.
    fn add(&mut self, rulebook: &Rulebook, file: ResponseFile) {
        self.respondents.push(file.respondent.clone());
        let mut problems = Diagnostics::new();
        let response = Response::check(rulebook, &file, &mut problems);
        self.problems.extend(problems.into_iter().map(general));
        let Some(response) = response else { return };
        self.tally.add(rulebook, &response);
        if self.keeps_files {
            self.files.push(file);
        }
    }
}

/// A problem in words that fit all of its kind, where a table has them by the thousand.
fn general(problem: Diagnostic) -> Diagnostic {
    if problem.code != Code::NotAsked {
        return problem;
    }
    Diagnostic {
        message: message!("an-answer-to-a-question-that-is-not-asked-of-its").to_owned(),
        help: Some(message!("such-answers-are-kept-and-not-scored").to_owned()),
        ..problem
    }
}

/// The answers of one respondent, row by row.
#[derive(Default)]
struct RespondentAnswers<'a> {
    respondent: Respondent,
    first: usize,
    answers: BTreeMap<usize, AnswerCells<'a>>,
}

/// The answer in a row of a long table.
struct AnswerRow<'a> {
    node: usize,
    field: Field,
    cells: Vec<(Field, Cell<'a>)>,
}

impl Import<'_> {
    /// The responses in some rows: those of wide tables, or else all of the long ones.
    pub(super) fn responses_in(&self, rows: &Rows, keeps_files: bool) -> Responses {
        let mut responses = Responses::new(self.rulebook, keeps_files, Problems::of_part());
        if rows.are_wide() {
            for (nth, batch, columns, row) in rows.all() {
                match misshapen(columns, row, nth, batch) {
                    Some(problem) => responses.problems.add(problem),
                    None => self.wide(columns, nth, row, &mut responses),
                }
            }
            return responses;
        }
        let problems = &mut responses.problems;
        for (nth, batch, columns, row) in rows.all() {
            problems.extend(misshapen(columns, row, nth, batch));
        }
        let mut files = Vec::new();
        for group in self.groups(rows, problems) {
            let mut answers = Answers::new();
            for (node, cells) in &group.answers {
                self.answer(*node, cells, &mut answers, problems);
            }
            let place = mark(group.first, 0);
            files.extend(self.response(group.respondent, answers, place, problems));
        }
        for file in files {
            responses.add(self.rulebook, file);
        }
        responses
    }

    /// Adds the response in a row of a wide table.
    fn wide(&self, columns: &Columns, nth: usize, row: &Row, responses: &mut Responses) {
        let problems = &mut responses.problems;
        let respondent = self.respondent(columns, nth, row, problems);
        let mut answers = Answers::new();
        for group in columns.questions.chunk_by(|one, two| one.0 == two.0) {
            let mut cells = AnswerCells::default();
            for (_, field, column) in group {
                let text = row.cell(*column);
                if !text.is_empty() {
                    cells.put(*field, Located::new(text, mark(nth, *column)));
                }
            }
            let node = group.first().map(|(node, _, _)| *node);
            self.answer(node.unwrap_or_default(), &cells, &mut answers, problems);
        }
        // A missing column is one problem, of the first row.
        if self.names_respondents(columns)
            && let Some(file) = self.response(respondent, answers, mark(nth, 0), problems)
        {
            responses.add(self.rulebook, file);
        }
    }

    /// The answers of everybody in long tables, in the order they appear.
    fn groups<'a>(&self, rows: &'a Rows, problems: &mut Problems) -> Vec<RespondentAnswers<'a>> {
        let about = self.about(rows, problems);
        let mut groups: Vec<RespondentAnswers<'a>> = Vec::new();
        let mut index: HashMap<String, usize> = HashMap::new();
        for (nth, _, columns, row) in rows.all() {
            if columns.layout != TableLayout::Long {
                continue;
            }
            let Some(line) = self.line(columns, nth, row, problems) else {
                continue;
            };
            let own = self.respondent(columns, nth, row, problems);
            let respondent = own.or(&about);
            let name = respondent.name.as_ref().map(|name| fold(&name.value));
            let at = match index.entry(name.unwrap_or_default()) {
                hash_map::Entry::Occupied(known) => *known.get(),
                hash_map::Entry::Vacant(new) => {
                    groups.push(RespondentAnswers {
                        first: nth,
                        ..RespondentAnswers::default()
                    });
                    *new.insert(groups.len() - 1)
                }
            };
            let Some(group) = groups.get_mut(at) else {
                continue;
            };
            problems.extend(two_roles(&group.respondent, &respondent));
            group.respondent = std::mem::take(&mut group.respondent).or(&respondent);
            match group.answers.entry(line.node) {
                Entry::Occupied(_) if !matches!(line.field, Field::Choice(_)) => {
                    let item = self.rulebook.items.get(line.node);
                    let id = item.map_or("", |item| item.id.as_str());
                    let message = message!("somebody-answers-twice", id);
                    let problem = Diagnostic::error(Code::DuplicateId, message).at(mark(nth, 0));
                    problems.add(problem.help(message!("a-column-respondent-tells-people-apart")));
                }
                entry @ (Entry::Vacant(_) | Entry::Occupied(_)) => {
                    let cells = entry.or_default();
                    for (field, cell) in line.cells {
                        cells.put(field, cell);
                    }
                }
            }
        }
        groups
    }

    /// The respondent of all answers, where a sheet of its own names one.
    fn about(&self, rows: &Rows, problems: &mut Problems) -> Respondent {
        let mut about = None;
        for (nth, _, columns, row) in rows.all() {
            if columns.layout != TableLayout::About {
                continue;
            }
            if about.is_some() {
                let message = message!("several-people-are-named-and-no-answer");
                let problem = Diagnostic::error(Code::InvalidTable, message).at(mark(nth, 0));
                problems.add(problem.help(message!("give-the-answers-a-column-respondent")));
            }
            about = Some(self.respondent(columns, nth, row, problems));
        }
        about.unwrap_or_default()
    }

    /// The answer in a row; `None` where there is none.
    fn line<'a>(
        &self,
        columns: &Columns,
        nth: usize,
        row: &'a Row,
        problems: &mut Problems,
    ) -> Option<AnswerRow<'a>> {
        let (mut question, mut cells) = (None, Vec::new());
        for (column, holds) in columns.list.iter().enumerate() {
            let cell = Located::new(row.cell(column), mark(nth, column));
            if cell.value.is_empty() {
                continue;
            }
            if *holds == ColumnUse::Question {
                question = Some(cell);
            } else if let ColumnUse::Answer(field) = holds {
                cells.push((*field, cell));
            }
        }
        if cells.is_empty() {
            return None;
        }
        let Some(question) = question else {
            let problem =
                Diagnostic::error(Code::MissingKey, message!("an-answer-without-a-question"));
            let help = message!("name-its-question-in-the-same-row");
            problems.add(problem.at(mark(nth, 0)).help(help));
            return None;
        };
        let Some((node, field)) = self.find(question.value) else {
            problems.add(Names::unknown(self.rulebook, question));
            return None;
        };
        for (one, _) in &mut cells {
            if *one == Field::Value {
                *one = field;
            }
        }
        Some(AnswerRow { node, field, cells })
    }
}

/// The problem of rows that give one respondent two roles.
fn two_roles(known: &Respondent, more: &Respondent) -> Option<Diagnostic> {
    let (first, second) = (known.role?, more.role?);
    if first.value == second.value {
        return None;
    }
    let (one, two) = (first.value.name(), second.value.name());
    let message = message!("the-same-respondent-has-the-roles-and", one, two);
    let problem = Diagnostic::error(Code::InvalidValue, message).at(second.place);
    Some(problem.help(message!("one-person-has-one-role")))
}

/// The problem of a row with too many or too few cells, or with cells under no name.
fn misshapen(columns: &Columns, row: &Row, nth: usize, batch: &Batch) -> Option<Diagnostic> {
    let (cells, width) = (row.cells.len(), columns.list.len());
    if batch.sheet().is_none() && cells != width {
        let message = message!("a-row-of-cells-under-columns", cells, width);
        let problem = Diagnostic::error(Code::InvalidTable, message).at(mark(nth, 0));
        return Some(problem.help(message!("give-every-row-as-many")));
    }
    let nameless = |column: &usize| {
        let holds = columns.list.get(*column).unwrap_or(&ColumnUse::Unnamed);
        *holds == ColumnUse::Unnamed && !row.cell(*column).is_empty()
    };
    let column = (0..cells).find(nameless)?;
    let problem = Diagnostic::error(
        Code::InvalidTable,
        message!("a-cell-under-a-column-without-a-name"),
    );
    let help = message!("name-the-column-in-the-first-row-or-empty");
    Some(problem.at(mark(nth, column)).help(help))
}
