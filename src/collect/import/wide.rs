//! Rows as responses: one row a respondent.

use super::Import;
use super::answer::{Answers, Piece, Pieces};
use super::columns::{Columns, Holds};
use super::faults::{Faults, mark};
use super::names::Part;
use super::people::{Person, Who};
use crate::answers::file::ResponseFile;
use crate::text::diagnostic::{Code, Diagnostic, Place};
use crate::text::grid::Row;
use crate::text::yaml::Located;

/// The columns of a wide table by question, in the order of the rulebook.
pub(super) fn by_question(columns: &Columns) -> Vec<(usize, Vec<(Part, usize)>)> {
    let mut list: Vec<(usize, Part, usize)> = Vec::new();
    for (column, holds) in columns.holds.iter().enumerate() {
        if let Holds::Of(at) = holds {
            list.extend(
                columns
                    .found
                    .get(*at)
                    .map(|(node, part)| (*node, *part, column)),
            );
        }
    }
    list.sort_by_key(|(node, _, _)| *node);
    let mut questions: Vec<(usize, Vec<(Part, usize)>)> = Vec::new();
    for (node, part, column) in list {
        match questions.last_mut() {
            Some((same, parts)) if *same == node => parts.push((part, column)),
            _ => questions.push((node, vec![(part, column)])),
        }
    }
    questions
}

impl Import<'_> {
    /// The response in a row of a wide table.
    pub(super) fn row(
        &self,
        columns: &Columns,
        questions: &[(usize, Vec<(Part, usize)>)],
        nth: usize,
        row: &Row,
        faults: &mut Faults,
    ) -> Option<ResponseFile> {
        let person = self.person(&columns.people, nth, row, faults);
        let mut answers = Answers::default();
        for (node, parts) in questions {
            let mut pieces = Pieces::default();
            for (part, column) in parts {
                let text = row.cell(*column);
                if !text.is_empty() {
                    let place = mark(nth, *column);
                    pieces.put(*part, Piece { text, place });
                }
            }
            self.answer(*node, &pieces, &mut answers, faults);
        }
        if columns.people.respondent == Who::Nobody {
            // Told once, of the first row.
            return None;
        }
        self.response(person, answers, mark(nth, 0), faults)
    }

    /// A response of what somebody answers; `place` is where somebody else than known may stand.
    pub(super) fn response(
        &self,
        person: Person,
        answers: Answers,
        place: Place,
        faults: &mut Faults,
    ) -> Option<ResponseFile> {
        let missing = |what: &str, help: &str| {
            let message = format!("an answer without a {what}");
            Diagnostic::error(Code::MissingKey, message)
                .at(place)
                .help(help)
        };
        if person.respondent.is_none() {
            let help = "fill the cell, or name the column under `respondent` in a mapping; `--respondent` speaks for a whole table";
            faults.push(missing("respondent", help), 1);
        }
        if person.role.is_none() && !person.misnamed {
            let help = "fill the cell, or name the column under `role` in a mapping; `--role` speaks for a whole table";
            faults.push(missing("role", help), 1);
        }
        let version = |pack: &crate::rules::rulebook::Pack| {
            Located::new(format!("{}@{}", pack.id, pack.version), place)
        };
        Some(ResponseFile {
            format: Located::new(1, place),
            respondent: person.respondent?,
            role: person.role?,
            unit: person.unit,
            answered_on: person.answered_on,
            packs: self.rulebook.packs.iter().map(version).collect(),
            answers: answers.0.into_iter().collect(),
        })
    }
}
