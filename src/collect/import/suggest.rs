//! A suggested mapping: what is understood of a table, and what is not.
//!
//! Everything that is not understood is a comment in it, with the nearest there is. It is a
//! valid mapping as it is printed, and changes nothing until a person takes a `#` away.

use super::Import;
use super::columns::{ColumnUse, Columns, is_of_tool, may_be_role, tells_apart};
use super::names::{Field, one_line};
use super::read::Problems;
use crate::answers::write::quote;
use crate::message;
use crate::text::diagnostic::{Diagnostic, Place};
use crate::text::grid::{Row, TableError};
use crate::text::yaml::Located;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Read};

/// So many answers of a question that are not understood are listed.
const MOST: usize = 30;

/// The parts of a table that are not understood.
#[derive(Default)]
struct Unmapped {
    columns: Vec<String>,
    of_tools: Vec<String>,
    roles: Vec<String>,
    /// By question.
    values: BTreeMap<usize, Vec<String>>,
    understood: usize,
    respondent: bool,
    role: bool,
    /// The column that may identify respondents, and how likely it is.
    perhaps_respondent: Option<(usize, String)>,
    /// The first column that may hold roles: its place, its name, and its texts.
    perhaps_role: Option<(usize, String, Vec<String>)>,
}

impl Import<'_> {
    /// A mapping for a table, with what is not understood of it as comments.
    ///
    /// # Errors
    /// Returns an error if the bytes cannot be read. The inner result has the problem of bytes that
    /// are no table.
    pub fn suggest(
        &self,
        name: &str,
        from: impl Read + Send,
    ) -> io::Result<Result<String, Box<Diagnostic>>> {
        match self.unmapped(name, from) {
            Ok(unmapped) => Ok(Ok(self.write(name, &unmapped))),
            Err(TableError::Io(error)) => Err(error),
            Err(TableError::Problem(problem)) => Ok(Err(problem)),
        }
    }

    fn unmapped(&self, name: &str, from: impl Read + Send) -> Result<Unmapped, TableError> {
        let mut unmapped = Unmapped::default();
        let mut known: Option<Columns> = None;
        for batch in self.open(name, from)? {
            let batch = batch?;
            let first = known.is_none() || batch.sheet().is_some();
            let mut rows = batch.rows.iter();
            if first && let Some(header) = rows.next() {
                let columns = self.columns(header, &mut Problems::new(0));
                self.collect_header(header, &columns, &mut unmapped);
                known = Some(columns);
            }
            let Some(columns) = &known else { continue };
            for row in rows {
                self.collect_row(row, columns, &mut unmapped);
            }
        }
        Ok(unmapped)
    }

    fn collect_header(&self, header: &Row, columns: &Columns, unmapped: &mut Unmapped) {
        for (place, (name, column)) in header.cells.iter().zip(&columns.list).enumerate() {
            let name = one_line(name);
            if *column == ColumnUse::Unmatched {
                let likely = tells_apart(&name).map(|likely| (likely, name.clone()));
                unmapped.perhaps_respondent = likely.max(unmapped.perhaps_respondent.take());
                if may_be_role(&name) && unmapped.perhaps_role.is_none() {
                    unmapped.perhaps_role = Some((place, name.clone(), Vec::new()));
                }
                let list = if is_of_tool(&name) {
                    &mut unmapped.of_tools
                } else {
                    &mut unmapped.columns
                };
                list.push(name);
            }
        }
        unmapped.understood += columns.questions.len();
        unmapped.respondent |= self.names_respondents(columns);
        unmapped.role |= columns.at(ColumnUse::Role).is_some() || self.common_role().is_some();
    }

    fn collect_row(&self, row: &Row, columns: &Columns, unmapped: &mut Unmapped) {
        let mut asked = None;
        if let Some((place, _, values)) = &mut unmapped.perhaps_role {
            let text = row.cell(*place);
            if !text.is_empty() && self.role(text).is_none() {
                note(values, text);
            }
        }
        for (place, column) in columns.list.iter().enumerate() {
            let text = row.cell(place);
            if text.is_empty() {
                continue;
            }
            if *column == ColumnUse::Role && self.role(text).is_none() {
                note(&mut unmapped.roles, text);
            } else if *column == ColumnUse::Question {
                asked = self.find(text);
                if asked.is_none() {
                    note(&mut unmapped.columns, text);
                }
            } else if *column == ColumnUse::Answer(Field::Value) {
                self.collect_value(asked, text, unmapped);
            } else if let ColumnUse::Of(node, field) = column {
                self.collect_value(Some((*node, *field)), text, unmapped);
            }
        }
    }

    fn collect_value(&self, of: Option<(usize, Field)>, text: &str, unmapped: &mut Unmapped) {
        let Some((node, Field::Value)) = of else {
            return;
        };
        let words = self.words.get(node);
        let cell = Located::new(text, Place::NOWHERE);
        if words.is_some_and(|words| words.read(cell, "").is_err()) {
            note(unmapped.values.entry(node).or_default(), text);
        }
    }

    fn write(&self, name: &str, unmapped: &Unmapped) -> String {
        let mut out = format!(
            "# What the columns and answers of {} mean. Where a line begins with #, nothing is\n\
             # understood yet: take the # away where what it says is true, or write what is.\n\
             format: 1\n",
            one_line(name)
        );
        if self.file.format.place != Place::NOWHERE {
            out.push_str(
                "# This is what is left beside the mapping that was given: add it there.\n",
            );
        }
        write_people(&mut out, unmapped);
        if unmapped.understood > 0 {
            let understood = unmapped.understood;
            let _ = writeln!(
                out,
                "# columns that are understood as they are: {understood}"
            );
        }
        self.write_columns(&mut out, unmapped);
        self.write_values(&mut out, unmapped);
        out
    }

    fn write_columns(&self, out: &mut String, unmapped: &Unmapped) {
        if !unmapped.columns.is_empty() {
            out.push_str("questions:\n");
        }
        for column in &unmapped.columns {
            let near = self.names.nearest(column).unwrap_or("PACK.QUESTION");
            let _ = writeln!(out, "  #{}: {near}", quote(column));
        }
        if unmapped.columns.is_empty() && unmapped.of_tools.is_empty() {
            return;
        }
        out.push_str("ignore:\n");
        for column in &unmapped.columns {
            let _ = writeln!(out, "  #- {}", quote(column));
        }
        for column in &unmapped.of_tools {
            let _ = writeln!(out, "  #- {}    # survey tools add it", quote(column));
        }
    }

    fn write_values(&self, out: &mut String, unmapped: &Unmapped) {
        if !unmapped.values.is_empty() {
            out.push_str("values:\n");
        }
        for (node, values) in &unmapped.values {
            let id = self.rulebook.item(*node).map_or("", |item| &item.id);
            let _ = writeln!(out, "  {id}:");
            for choice in self.question(*node).iter().flat_map(|one| &one.choices) {
                let _ = writeln!(out, "    # {}: {}", choice.value, one_line(&choice.label));
            }
            for value in values {
                let _ = writeln!(out, "    #{}: unknown", quote(value));
            }
        }
    }
}

/// Writes the columns of respondents and roles.
fn write_people(out: &mut String, unmapped: &Unmapped) {
    if !unmapped.respondent {
        let near = unmapped.perhaps_respondent.as_ref();
        let near = near.map_or_else(|| "COLUMN".to_owned(), |(_, name)| quote(name));
        let _ = writeln!(
            out,
            "#respondent: {near}            # or {{ number: r }} to number the rows"
        );
    }
    let value = |role: &String| {
        let role = quote(role);
        message!("frontline-leadership-management-frontline-backoffice", role)
    };
    match &unmapped.perhaps_role {
        Some((_, name, roles)) if !unmapped.role => {
            out.push_str(
                "#role:                         # or { all: frontline } where all have one role\n",
            );
            let _ = writeln!(out, "#  column: {}", quote(name));
            if !roles.is_empty() {
                out.push_str("#  values:\n");
            }
            for role in roles {
                let _ = writeln!(out, "#    {}", value(role));
            }
        }
        None if !unmapped.role => out.push_str(
            "#role: COLUMN                  # or { all: frontline } where all have one role\n",
        ),
        Some(_) | None => {}
    }
    if !unmapped.roles.is_empty() {
        out.push_str("role:\n  #column: COLUMN\n  values:\n");
        for role in &unmapped.roles {
            let _ = writeln!(out, "    #{}", value(role));
        }
    }
}

fn note(list: &mut Vec<String>, text: &str) {
    if list.len() < MOST && !list.iter().any(|one| one == text) {
        list.push(text.to_owned());
    }
}
