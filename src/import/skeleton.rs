//! A mapping to fill in: what is understood of a table, and what is not.
//!
//! Everything that is not understood stands in it as a comment, with the nearest there is. It is a
//! valid mapping as it is printed, and changes nothing until a person takes a `#` away.

use super::columns::{Columns, Holds, is_of_server};
use super::faults::Faults;
use super::names::{Names, Part};
use super::people::{In, Who};
use super::{Import, one_line};
use crate::answers::edit::quote;
use crate::diagnostic::Diagnostic;
use crate::grid::{Raw, Row, Stop};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Read};

/// So many answers of a question that are not understood are listed.
const MOST: usize = 30;

/// What is not understood.
#[derive(Default)]
struct Strange {
    columns: Vec<String>,
    servers: Vec<String>,
    roles: Vec<String>,
    /// By question.
    values: BTreeMap<usize, Vec<String>>,
    understood: usize,
    respondent: bool,
    role: bool,
}

impl Import<'_> {
    /// A mapping for a table, with what is not understood of it as comments.
    ///
    /// # Errors
    /// When the bytes cannot be read. Inside, the problem of bytes that are no table.
    pub fn skeleton(
        &self,
        name: &str,
        from: impl Read + Send,
    ) -> io::Result<Result<String, Box<Diagnostic>>> {
        let mut strange = Strange::default();
        match self.look(name, from, &mut strange) {
            Ok(()) => Ok(Ok(self.write(name, &strange))),
            Err(Stop::World(error)) => Err(error),
            Err(Stop::Refused(problem)) => Ok(Err(problem)),
        }
    }

    fn look(&self, name: &str, from: impl Read + Send, strange: &mut Strange) -> Result<(), Stop> {
        let mut table = self.open(name, from)?;
        let mut known: Option<Columns> = None;
        while let Some(batch) = table.next()?.map(Raw::split) {
            if !self.is_wanted(&batch) {
                continue;
            }
            let first = known.is_none() || batch.sheet().is_some();
            let mut rows = batch.rows.iter();
            if first && let Some(header) = rows.next() {
                let columns = self.columns(header, &mut Faults::default());
                Self::look_at_header(header, &columns, strange);
                known = Some(columns);
            }
            let Some(columns) = &known else { continue };
            for row in rows {
                self.look_at_row(row, columns, strange);
            }
        }
        Ok(())
    }

    fn look_at_header(header: &Row, columns: &Columns, strange: &mut Strange) {
        for (name, holds) in header.cells.iter().zip(&columns.holds) {
            let name = one_line(name);
            if *holds == Holds::Unmatched {
                let server = is_of_server(&name);
                let list = if server {
                    &mut strange.servers
                } else {
                    &mut strange.columns
                };
                list.push(name);
            } else if let Holds::Of(_) = holds {
                strange.understood += 1;
            }
        }
        strange.respondent |= columns.people.respondent != Who::Nobody;
        strange.role |= columns.people.role != In::Nowhere;
    }

    fn look_at_row(&self, row: &Row, columns: &Columns, strange: &mut Strange) {
        let mut asked = None;
        for (column, holds) in columns.holds.iter().enumerate() {
            let text = row.cell(column);
            if text.is_empty() {
                continue;
            }
            if *holds == Holds::Role && self.role(text).is_none() {
                note(&mut strange.roles, text);
            } else if *holds == Holds::Question {
                let mapped = self.mapping.questions.get(&super::fold(text)).copied();
                asked = mapped.or_else(|| self.names.find(self.rulebook, text));
                if asked.is_none() {
                    note(&mut strange.columns, text);
                }
            } else if *holds == Holds::Answer(Part::Value) {
                self.look_at_value(asked, text, strange);
            } else if let Holds::Of(at) = holds {
                self.look_at_value(columns.found.get(*at).copied(), text, strange);
            }
        }
    }

    fn look_at_value(&self, of: Option<(usize, Part)>, text: &str, strange: &mut Strange) {
        let Some((node, Part::Value)) = of else {
            return;
        };
        let words = self.mapping.words.get(node);
        if words.is_some_and(|words| words.read(text).is_err()) {
            note(strange.values.entry(node).or_default(), text);
        }
    }

    fn write(&self, name: &str, strange: &Strange) -> String {
        let mut out = format!(
            "# What the columns and answers of {} mean. Where a line begins with #, nothing is\n\
             # understood yet: take the # away where what it says is true, or write what is.\n\
             format: 1\n",
            one_line(name)
        );
        if !strange.respondent {
            out.push_str("#respondent: COLUMN            # or { number: r } to number the rows\n");
        }
        if !strange.role {
            out.push_str(
                "#role: COLUMN                  # or { all: frontline } where all have one role\n",
            );
        }
        if !strange.roles.is_empty() {
            out.push_str("role:\n  #column: COLUMN\n  values:\n");
            for role in &strange.roles {
                let _ = writeln!(
                    out,
                    "    #{}: frontline    # leadership, management, frontline, backoffice or customer",
                    quote(role)
                );
            }
        }
        if strange.understood > 0 {
            let _ = writeln!(
                out,
                "# columns that are understood as they are: {}",
                strange.understood
            );
        }
        self.write_columns(&mut out, strange);
        self.write_values(&mut out, strange);
        out
    }

    fn write_columns(&self, out: &mut String, strange: &Strange) {
        if !strange.columns.is_empty() {
            out.push_str("questions:\n");
        }
        for column in &strange.columns {
            let near = Names::nearest(self.rulebook, column);
            let near = near.unwrap_or("PACK.QUESTION");
            let _ = writeln!(out, "  #{}: {near}", quote(column));
        }
        if strange.columns.is_empty() && strange.servers.is_empty() {
            return;
        }
        out.push_str("ignore:\n");
        for column in &strange.columns {
            let _ = writeln!(out, "  #- {}", quote(column));
        }
        for column in &strange.servers {
            let _ = writeln!(out, "  #- {}    # form servers add it", quote(column));
        }
    }

    fn write_values(&self, out: &mut String, strange: &Strange) {
        if !strange.values.is_empty() {
            out.push_str("values:\n");
        }
        for (node, values) in &strange.values {
            let Some(item) = self.rulebook.items.get(*node) else {
                continue;
            };
            let _ = writeln!(out, "  {}:", item.id);
            let choices = item.kind.question().map(|one| one.choices.as_slice());
            for choice in choices.unwrap_or_default() {
                let _ = writeln!(out, "    # {}: {}", choice.value, one_line(&choice.label));
            }
            for value in values {
                let _ = writeln!(out, "    #{}: unknown", quote(value));
            }
        }
    }
}

fn note(list: &mut Vec<String>, text: &str) {
    if list.len() < MOST && !list.iter().any(|one| one == text) {
        list.push(text.to_owned());
    }
}
