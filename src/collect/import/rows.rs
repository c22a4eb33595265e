//! Rows as responses: one row a respondent in wide tables, one row an answer in long ones.

use super::Import;
use super::columns::{ColumnUse, Columns, Field, TableLayout};
use super::problems::{Problems, mark};
use super::response::{Answers, Respondent};
use super::wording::{Cell, TAKEN, fold};
use crate::answers::file::ResponseFile;
use crate::answers::{Response, Tally, warning};
use crate::problem;
use crate::rules::rulebook::Rulebook;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::table::{Batch, Row};
use crate::text::yaml::Located;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// Different problems that are kept of some rows, as those shown elsewhere are counted here too.
const MOST_OF_PART: usize = 5_000;

/// Rows of one batch or several, counted through.
#[derive(Debug, Default)]
pub(super) struct Rows(pub(super) Vec<(Batch, Columns)>);

/// A row with its columns, and its place in what is being read.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlacedRow<'a> {
    pub(super) nth: usize,
    pub(super) batch: &'a Batch,
    pub(super) columns: &'a Columns,
    pub(super) row: &'a Row,
}

impl Rows {
    fn all(&self) -> impl Iterator<Item = PlacedRow<'_>> {
        let rows = self.0.iter().flat_map(|(batch, columns)| {
            let rows = batch.rows.iter();
            rows.map(move |row| (batch, columns, row))
        });
        let placed = |(nth, (batch, columns, row))| PlacedRow {
            nth,
            batch,
            columns,
            row,
        };
        rows.enumerate().map(placed)
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

impl<'a> PlacedRow<'a> {
    /// The place of a cell.
    pub(super) fn mark(self, column: usize) -> Place {
        mark(self.nth, column)
    }

    /// A cell with something in it.
    pub(super) fn cell(self, column: usize) -> Option<Cell<'a>> {
        let cell = Located::new(self.row.cell(column), self.mark(column));
        Some(cell).filter(|cell| !cell.value.is_empty())
    }

    /// The problem of a row with more cells than columns, or with cells under no name. Empty cells at
    /// its end may be left away.
    fn misshapen(self) -> Option<Diagnostic> {
        let (cells, width) = (self.row.cells.len(), self.columns.list.len());
        let beyond = || (width..cells).any(|column| self.cell(column).is_some());
        if self.batch.sheet().is_none() && cells > width && beyond() {
            let problem = problem!(InvalidTable, "a-row-of-cells-under-columns", cells, width);
            return Some(problem.at(self.mark(0)));
        }
        let nameless = |column: &usize| {
            let holds = self.columns.list.get(*column);
            *holds.unwrap_or(&ColumnUse::Unnamed) == ColumnUse::Unnamed
        };
        let cell = (0..cells)
            .filter(nameless)
            .find_map(|column| self.cell(column))?;
        Some(problem!(InvalidTable, "a-cell-under-a-column-without-a-name").at(cell.place))
    }
}

/// Responses of some rows, or of all rows so far.
pub(super) struct Responses {
    /// True where files are kept, not only counted.
    pub(super) keeps_files: bool,
    pub(super) files: Vec<ResponseFile>,
    pub(super) tally: Tally,
    /// Names of respondents, each with its place.
    pub(super) respondents: Vec<Located<String>>,
    pub(super) problems: Problems,
}

impl Responses {
    /// None yet; at most so many different problems of them are kept.
    pub(super) fn new(rulebook: &Rulebook, keeps_files: bool, most: usize) -> Self {
        Self {
            keeps_files,
            files: Vec::new(),
            tally: Tally::new(rulebook),
            respondents: Vec::new(),
            problems: Problems::new(most),
        }
    }

    /// Checks a response as every response is checked, and counts it.
    fn add(&mut self, rulebook: &Rulebook, file: ResponseFile) {
        self.respondents.push(file.respondent.clone());
        let mut problems = Diagnostics::new();
        let response = Response::check(rulebook, &file, &mut problems);
        problems
            .into_iter()
            .map(general)
            .for_each(|problem| self.problems.add(problem));
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
        place: problem.place,
        ..warning(problem!(NotAsked, "an-answer-its-role-is-not-asked-for"))
    }
}

/// The answer in a row of a long table: its question, the field that the row names, and its cells.
type AnswerRow<'a> = (usize, Field, Vec<(Field, Cell<'a>)>);

/// The answers of one respondent, row by row.
#[derive(Default)]
struct RespondentAnswers<'a> {
    respondent: Respondent,
    first: usize,
    answers: BTreeMap<usize, Vec<(Field, Cell<'a>)>>,
}

impl Import<'_> {
    /// The responses in some rows: those of wide tables, or else all of the long ones.
    pub(super) fn responses_in(&self, rows: &Rows, keeps_files: bool) -> Responses {
        let mut responses = Responses::new(self.rulebook, keeps_files, MOST_OF_PART);
        let mut long = Vec::new();
        for row in rows.all() {
            let problem = row.misshapen();
            let is_sound = problem.is_none();
            if let Some(problem) = problem {
                responses.problems.add(problem);
            }
            if row.columns.layout != TableLayout::Wide {
                long.push(row);
            } else if is_sound {
                self.wide(row, &mut responses);
            }
        }
        let mut files = Vec::new();
        for group in self.groups(&long, &mut responses.problems) {
            let mut answers = Answers::new();
            let place = mark(group.first, 0);
            let problems = &mut responses.problems;
            for (node, cells) in &group.answers {
                self.answer(*node, cells, &mut answers, problems);
            }
            files.extend(self.response(group.respondent, answers, place, problems));
        }
        for file in files {
            responses.add(self.rulebook, file);
        }
        responses
    }

    /// Adds the response in a row of a wide table.
    fn wide(&self, row: PlacedRow<'_>, responses: &mut Responses) {
        let (columns, problems) = (row.columns, &mut responses.problems);
        let respondent = self.respondent(row, problems);
        let mut answers = Answers::new();
        for group in columns.questions.chunk_by(|one, two| one.0 == two.0) {
            let cells = group.iter().filter_map(|(_, field, column)| {
                let cell = row.cell(*column)?;
                let is_taken = matches!(field, Field::Choice(_))
                    && columns.repeats_choice(*column, cell.value);
                Some((*field, if is_taken { cell.map(|_| TAKEN) } else { cell }))
            });
            let cells: Vec<_> = cells.collect();
            let node = group.first().map(|(node, _, _)| *node);
            self.answer(node.unwrap_or_default(), &cells, &mut answers, problems);
        }
        // A missing column is one problem, of the first row.
        if self.names_respondents(columns)
            && let Some(file) = self.response(respondent, answers, row.mark(0), problems)
        {
            responses.add(self.rulebook, file);
        }
    }

    /// The answers of everybody in long tables, in the order they appear.
    fn groups<'a>(
        &self,
        rows: &[PlacedRow<'a>],
        problems: &mut Problems,
    ) -> Vec<RespondentAnswers<'a>> {
        let about = self.about(rows, problems);
        let mut groups: Vec<RespondentAnswers<'a>> = Vec::new();
        let mut index: HashMap<String, usize> = HashMap::new();
        let long = |row: &&PlacedRow<'_>| row.columns.layout == TableLayout::Long;
        for row in rows.iter().filter(long) {
            let Some((node, field, cells)) = self.line(*row, problems) else {
                continue;
            };
            let respondent = self.respondent(*row, problems).or(&about);
            let name = respondent.name.as_ref().map(|name| fold(&name.value));
            let at = *index
                .entry(name.unwrap_or_default())
                .or_insert(groups.len());
            if at == groups.len() {
                groups.push(RespondentAnswers {
                    first: row.nth,
                    ..RespondentAnswers::default()
                });
            }
            let Some(group) = groups.get_mut(at) else {
                continue;
            };
            if let Some(problem) = two_roles(&group.respondent, &respondent) {
                problems.add(problem);
            }
            group.respondent = std::mem::take(&mut group.respondent).or(&respondent);
            let known = group.answers.entry(node).or_default();
            if known.is_empty() || matches!(field, Field::Choice(_)) {
                known.extend(cells);
            } else {
                let item = self.rulebook.item(node);
                let id = item.map_or("", |item| item.id.as_str());
                problems.add(problem!(DuplicateId, "somebody-answers-twice", id).at(row.mark(0)));
            }
        }
        groups
    }

    /// The respondent of all answers, where a sheet of its own names one.
    fn about(&self, rows: &[PlacedRow<'_>], problems: &mut Problems) -> Respondent {
        let about = |row: &&PlacedRow<'_>| row.columns.layout == TableLayout::About;
        let mut found = None;
        for row in rows.iter().filter(about) {
            if found.is_some() {
                problems.add(
                    problem!(InvalidTable, "several-people-are-named-and-no-answer")
                        .at(row.mark(0)),
                );
            }
            found = Some(self.respondent(*row, problems));
        }
        found.unwrap_or_default()
    }

    /// The answer in a row; `None` where there is none.
    fn line<'a>(&self, row: PlacedRow<'a>, problems: &mut Problems) -> Option<AnswerRow<'a>> {
        let (mut question, mut cells) = (None, Vec::new());
        for (column, holds) in row.columns.list.iter().enumerate() {
            let cell = row.cell(column);
            if *holds == ColumnUse::Question {
                question = cell.or(question);
            } else if let ColumnUse::Answer(field) = holds {
                cells.extend(cell.map(|cell| (*field, cell)));
            }
        }
        if cells.is_empty() {
            return None;
        }
        let Some(question) = question else {
            problems.add(problem!(MissingKey, "an-answer-without-a-question").at(row.mark(0)));
            return None;
        };
        let Some((node, field)) = self.find(question.value) else {
            problems.add(self.names.unknown(question));
            return None;
        };
        if !self.questions.contains_key(&fold(question.value)) {
            let earlier = self.names.earlier_in_table(question).into_iter();
            earlier.for_each(|one| problems.add(one));
        }
        for (one, _) in cells.iter_mut().filter(|(one, _)| *one == Field::Value) {
            *one = field;
        }
        Some((node, field, cells))
    }
}

/// The problem of rows that give one respondent two roles.
fn two_roles(known: &Respondent, more: &Respondent) -> Option<Diagnostic> {
    let (first, second) = (known.role?, more.role?);
    if first.value == second.value {
        return None;
    }
    let (one, two) = (first.value.name(), second.value.name());
    let problem = problem!(InvalidValue, "the-same-respondent-has-two-roles", one, two);
    Some(problem.at(second.place))
}

/// The name of a respondent's file: their own where that is safe on every disk, else made so and
/// distinguished by a few letters of its digest.
#[must_use]
pub fn file_name(respondent: &str) -> String {
    const LONGEST: usize = 80;
    let safe = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    let plain = respondent
        .chars()
        .all(|letter| safe(letter) || letter == '.')
        && !respondent.starts_with(['.', '-'])
        && !respondent.ends_with(".mapping")
        && (1..=LONGEST).contains(&respondent.len());
    if plain {
        return format!("{respondent}.yaml");
    }
    let stem = respondent.chars().take(LONGEST / 2);
    let stem: String = stem
        .map(|letter| if safe(letter) { letter } else { '-' })
        .collect();
    let digest = Sha256::digest(respondent.as_bytes());
    let mark = digest
        .iter()
        .take(8)
        .fold(0, |mark, byte| mark << 8 | u64::from(*byte));
    let stem = stem.trim_matches('-');
    let between = if stem.is_empty() { "" } else { "-" };
    format!("{stem}{between}{mark:016x}.yaml")
}
