//! A mapping to fill in: what is understood of a table, and what is not.
//!
//! Everything that is not understood stands in it as a comment, with the nearest there is. It is a
//! valid mapping as it is printed, and changes nothing until a person takes a `#` away.

use super::columns::{Columns, Holds};
use super::faults::Faults;
use super::names::{Names, Part};
use super::people::{In, Who};
use super::servers::{is_of_server, may_be_role, tells_apart};
use super::{Import, one_line};
use crate::answers::write::quote;
use crate::text::diagnostic::Diagnostic;
use crate::text::grid::{Raw, Row, Stop};
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
    /// The column that may tell respondents apart, and how likely it is.
    perhaps_respondent: Option<(usize, String)>,
    /// The first column that may hold roles: its place, its name, and what stands in it.
    perhaps_role: Option<(usize, String, Vec<String>)>,
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
        for (place, (name, holds)) in header.cells.iter().zip(&columns.holds).enumerate() {
            let name = one_line(name);
            if *holds == Holds::Unmatched {
                let likely = tells_apart(&name).map(|likely| (likely, name.clone()));
                strange.perhaps_respondent = likely.max(strange.perhaps_respondent.take());
                if may_be_role(&name) && strange.perhaps_role.is_none() {
                    strange.perhaps_role = Some((place, name.clone(), Vec::new()));
                }
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
        if let Some((place, _, values)) = &mut strange.perhaps_role {
            let text = row.cell(*place);
            if !text.is_empty() && self.role(text).is_none() {
                note(values, text);
            }
        }
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
        if self.mapping.file.is_some() {
            out.push_str(
                "# This is what is left beside the mapping that was given: add it there.\n",
            );
        }
        write_people(&mut out, strange);
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
            let _ = writeln!(out, "  #- {}    # survey tools add it", quote(column));
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

/// Who answers, and in which role.
fn write_people(out: &mut String, strange: &Strange) {
    if !strange.respondent {
        let near = strange.perhaps_respondent.as_ref();
        let near = near.map_or_else(|| "COLUMN".to_owned(), |(_, name)| quote(name));
        let _ = writeln!(
            out,
            "#respondent: {near}            # or {{ number: r }} to number the rows"
        );
    }
    let value = |role: &String| {
        let role = quote(role);
        format!("{role}: frontline    # leadership, management, frontline, backoffice or customer")
    };
    match &strange.perhaps_role {
        Some((_, name, roles)) if !strange.role => {
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
        None if !strange.role => out.push_str(
            "#role: COLUMN                  # or { all: frontline } where all have one role\n",
        ),
        Some(_) | None => {}
    }
    if !strange.roles.is_empty() {
        out.push_str("role:\n  #column: COLUMN\n  values:\n");
        for role in &strange.roles {
            let _ = writeln!(out, "    #{}", value(role));
        }
    }
}

fn note(list: &mut Vec<String>, text: &str) {
    if list.len() < MOST && !list.iter().any(|one| one == text) {
        list.push(text.to_owned());
    }
}
