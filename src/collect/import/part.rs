//! Some rows of a table turned into responses: what can be done beside one another.

use super::Import;
use super::columns::{Columns, Holds};
use super::faults::{Faults, mark};
use super::read::Wanted;
use super::wide::by_question;
use crate::answers::file::ResponseFile;
use crate::answers::{Response, Tally};
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::grid::{Batch, Row};

/// Rows of one batch or several, counted through.
#[derive(Debug, Default)]
pub(super) struct Rows(pub(super) Vec<Batch>);

impl Rows {
    /// Every row, with its number and that of its batch.
    pub(super) fn all(&self) -> impl Iterator<Item = (usize, usize, &Row)> {
        let rows = self.0.iter().enumerate().flat_map(|(batch, one)| {
            let rows = one.rows.iter();
            rows.map(move |row| (batch, row))
        });
        rows.enumerate()
            .map(|(nth, (batch, row))| (nth, batch, row))
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|batch| batch.rows.len()).sum()
    }

    pub(super) fn get(&self, mut nth: usize) -> Option<(&Batch, &Row)> {
        for batch in &self.0 {
            if let Some(row) = batch.rows.get(nth) {
                return Some((batch, row));
            }
            nth -= batch.rows.len();
        }
        None
    }
}

/// What came of some rows.
pub(super) struct Part {
    pub(super) rows: Rows,
    pub(super) faults: Faults,
    /// Who answers, and where it says so.
    pub(super) people: Vec<(String, Place)>,
    pub(super) done: Done,
}

/// What came of responses.
pub(super) struct Done {
    pub(super) files: Vec<ResponseFile>,
    pub(super) tally: Tally,
}

impl Import<'_> {
    /// What the rows of a wide table come to.
    pub(super) fn wide(&self, batch: Batch, columns: &Columns, wanted: Wanted) -> Part {
        let questions = by_question(columns);
        let mut faults = Faults::of_part();
        let mut files = Vec::new();
        let rows = Rows(vec![batch]);
        let mut part = Part::new(self);
        for (nth, _, row) in rows.all() {
            if let Some(problem) = misshapen(columns, row, nth, rows.0.first()) {
                faults.push(problem, 1);
                continue;
            }
            let file = self.row(columns, &questions, nth, row, &mut faults);
            if let Some(file) = file {
                part.take(self, file, wanted, &mut faults, &mut files);
            }
        }
        Part {
            rows,
            faults,
            ..part
        }
        .with(files)
    }

    /// What the rows of long tables come to; `columns` tells of each batch.
    pub(super) fn long(&self, rows: Rows, columns: &[Columns], wanted: Wanted) -> Part {
        let mut faults = Faults::of_part();
        for (nth, batch, row) in rows.all() {
            let shape = columns.get(batch);
            let problem = shape.and_then(|one| misshapen(one, row, nth, rows.0.get(batch)));
            if let Some(problem) = problem {
                faults.push(problem, 1);
            }
        }
        let found = self.gather(&rows, columns, &mut faults);
        let mut files = Vec::new();
        let mut part = Part::new(self);
        for file in found {
            part.take(self, file, wanted, &mut faults, &mut files);
        }
        Part {
            rows,
            faults,
            ..part
        }
        .with(files)
    }
}

impl Part {
    fn new(import: &Import<'_>) -> Self {
        Self {
            rows: Rows::default(),
            faults: Faults::of_part(),
            people: Vec::new(),
            done: Done {
                files: Vec::new(),
                tally: Tally::new(import.rulebook),
            },
        }
    }

    fn with(mut self, files: Vec<ResponseFile>) -> Self {
        self.done.files = files;
        self
    }

    /// Sends a response through the door of all responses.
    fn take(
        &mut self,
        import: &Import<'_>,
        file: ResponseFile,
        wanted: Wanted,
        faults: &mut Faults,
        files: &mut Vec<ResponseFile>,
    ) {
        let respondent = &file.respondent;
        self.people
            .push((respondent.value.clone(), respondent.place));
        let mut problems = Diagnostics::new();
        let response = Response::check(import.rulebook, &file, &mut problems);
        for problem in problems {
            faults.push(general(problem), 1);
        }
        let Some(response) = response else { return };
        self.done.tally.add(import.rulebook, &response);
        if wanted == Wanted::Files {
            files.push(file);
        }
    }
}

/// A problem in words that fit all of its kind, where a table has them by the thousand.
fn general(problem: Diagnostic) -> Diagnostic {
    if problem.code != Code::NotAsked {
        return problem;
    }
    let message = "an answer to a question that is not asked of its role".to_owned();
    let help = Some("such answers are kept and not scored".to_owned());
    Diagnostic {
        message,
        help,
        ..problem
    }
}

/// What is wrong with the number of cells of a row, or with cells under no name.
fn misshapen(
    columns: &Columns,
    row: &Row,
    nth: usize,
    batch: Option<&Batch>,
) -> Option<Diagnostic> {
    let (cells, width) = (row.cells.len(), columns.holds.len());
    let is_text = batch.is_some_and(|batch| batch.sheet().is_none());
    if is_text && cells != width {
        let message = format!("a row of {cells} cells under {width} columns");
        let problem = Diagnostic::error(Code::InvalidTable, message).at(mark(nth, 0));
        return Some(problem.help(
            "give every row as many cells as the first; quote cells that hold the separator",
        ));
    }
    let nameless = |column: &usize| {
        let holds = columns.holds.get(*column).unwrap_or(&Holds::Nothing);
        *holds == Holds::Nothing && !row.cell(*column).is_empty()
    };
    let column = (0..cells).find(nameless)?;
    let problem = Diagnostic::error(Code::InvalidTable, "a cell under a column without a name");
    Some(
        problem
            .at(mark(nth, column))
            .help("name the column in the first row, or empty the cell"),
    )
}
