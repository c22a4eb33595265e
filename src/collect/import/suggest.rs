//! The mapping that is suggested for a table.
//!
//! Everything of a table that is not understood is a comment, with the nearest there is. It is a valid
//! mapping as it is printed, and changes nothing until a person takes a `#` away; with every `#` taken
//! away it is valid too.

use super::Import;
use super::columns::{ColumnUse, Columns, Field};
use super::head::Head;
use super::problems::Problems;
use super::tools::{is_of_tool, may_be_role, tells_apart};
use super::wording::{NO_ANSWER, fold, is_unanswered};
use crate::answers::one_line;
use crate::answers::yaml::quote;
use crate::message;
use crate::rules::rulebook::Asked;
use crate::text::diagnostic::{Diagnostic, Place};
use crate::text::table::{Row, TableError};
use crate::text::yaml::Located;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

/// So many answers of a question that are not understood are listed.
const MOST: usize = 30;

/// The parts of a table that are not understood.
#[derive(Default)]
struct Unmapped {
    /// The rows that are likely its head.
    head: Option<Vec<usize>>,
    /// Columns, each with the question that is nearest.
    columns: Vec<(String, Option<String>)>,
    of_tools: Vec<String>,
    roles: Vec<String>,
    /// Answers that are not understood, each with the questions it is given to.
    values: Vec<(String, BTreeSet<usize>)>,
    /// Cells that do not say whether a choice is taken.
    ticks: Vec<String>,
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
            let mut batch = batch?;
            let likely = self.likely_head(&batch.rows);
            if known.is_some() && batch.sheet().is_none() {
                self.skip(&mut batch);
            } else if let Some(head) = self.head(&mut batch, likely.as_deref()) {
                let columns = self.columns(&head, &mut Problems::new(0));
                self.note_head(&head, &columns, &mut unmapped);
                unmapped.head = unmapped.head.or(likely);
                known = Some(columns);
            }
            let Some(columns) = &known else { continue };
            for row in &batch.rows {
                self.note_row(row, columns, &mut unmapped);
            }
        }
        Ok(unmapped)
    }

    fn note_head(&self, head: &Head, columns: &Columns, unmapped: &mut Unmapped) {
        let places = columns.list.iter().enumerate();
        let places = places.filter(|(_, column)| **column == ColumnUse::Unmatched);
        for (place, _) in places {
            let name = one_line(head.row.cell(place));
            let likely = tells_apart(&name).map(|likely| (likely, name.clone()));
            unmapped.perhaps_respondent = likely.max(unmapped.perhaps_respondent.take());
            if may_be_role(&name) && unmapped.perhaps_role.is_none() {
                unmapped.perhaps_role = Some((place, name.clone(), Vec::new()));
            } else if is_of_tool(&name) {
                unmapped.of_tools.push(name);
            } else {
                let near = self.nearest(head, place);
                unmapped.columns.push((name, near));
            }
        }
        unmapped.understood += columns.questions.len();
        unmapped.respondent |= self.names_respondents(columns);
        unmapped.role |= columns.at(ColumnUse::Role).is_some() || self.common_role().is_some();
    }

    fn note_row(&self, row: &Row, columns: &Columns, unmapped: &mut Unmapped) {
        let is_no_role = |text: &str| !text.is_empty() && self.role(text).is_none();
        if let Some((place, _, values)) = &mut unmapped.perhaps_role
            && is_no_role(row.cell(*place))
        {
            note(values, row.cell(*place));
        }
        let mut asked = None;
        for (place, column) in columns.list.iter().enumerate() {
            let (text, mut of) = (row.cell(place), None);
            if text.is_empty() {
                continue;
            }
            if *column == ColumnUse::Role && is_no_role(text) {
                note(&mut unmapped.roles, text);
            } else if *column == ColumnUse::Question {
                asked = self.find(text);
                if asked.is_none() && unmapped.columns.len() < MOST {
                    let near = self.names.nearest(text).map(str::to_owned);
                    let one = (text.to_owned(), near);
                    if !unmapped.columns.contains(&one) {
                        unmapped.columns.push(one);
                    }
                }
            } else if *column == ColumnUse::Answer(Field::Value) {
                of = asked;
            } else if let ColumnUse::Of(node, field) = column {
                of = Some((*node, *field));
            }
            if let Some((node, field)) = of
                && !columns.repeats_choice(place, text)
            {
                self.note_cell(node, field, text, unmapped);
            }
        }
    }

    /// Notes the cell of an answer that is not understood.
    fn note_cell(&self, node: usize, field: Field, text: &str, unmapped: &mut Unmapped) {
        let Some(words) = self
            .words
            .get(node)
            .filter(|words| !words.is_no_answer(text))
        else {
            return;
        };
        match field {
            Field::Value => {
                let said = words.read(Located::new(text, Place::NOWHERE), "");
                let may_be_none = is_unanswered(text) && !words.has_choice(text);
                let parts = if said.is_ok() {
                    Vec::new()
                } else {
                    words.unknown_parts(text)
                };
                for part in parts {
                    note_value(&mut unmapped.values, part, node);
                }
                if may_be_none {
                    note_value(&mut unmapped.values, text, node);
                }
            }
            Field::Choice(_) => {
                let is_said = self.says(node, field, text) || fold(text) == "n/a";
                if !is_said && is_unanswered(text) {
                    note_value(&mut unmapped.values, text, node);
                } else if !is_said {
                    note(&mut unmapped.ticks, text);
                }
            }
            Field::Comment | Field::Other | Field::Evidence | Field::Reason => {}
        }
    }

    fn write(&self, name: &str, unmapped: &Unmapped) -> String {
        let name = one_line(name);
        let given = match self.file.format.place {
            Place::NOWHERE => "",
            _ => "# This is what is left beside the mapping that was given: add it there.\n",
        };
        let understood = match unmapped.understood {
            0 => String::new(),
            count => format!("# columns that are understood as they are: {count}\n"),
        };
        let head = unmapped.head.as_ref().map_or_else(String::new, |rows| {
            let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
            format!(
                "#header: [{}]    # the rows that seem to name the columns\n",
                rows.join(", ")
            )
        });
        let people = people(unmapped);
        let is_person = |column: &String| people.contains(&quote(column));
        let columns = unmapped.columns.iter();
        let columns = columns.filter(|(column, _)| !is_person(column));
        let questions = columns.clone().filter_map(|(column, near)| {
            Some(format!("  #{}: {}\n", quote(column), near.as_ref()?))
        });
        let ignored = columns.filter(|(_, near)| near.is_none());
        let ignored = ignored.map(|(column, _)| format!("  #- {}\n", quote(column)));
        let of_tools = unmapped.of_tools.iter().filter(|column| !is_person(column));
        let of_tools =
            of_tools.map(|column| format!("  #- {}    # survey tools add it\n", quote(column)));
        let everywhere = unmapped
            .values
            .iter()
            .filter(|(text, nodes)| nodes.len() > 1 || is_unanswered(text));
        let everywhere = everywhere.map(|(text, _)| format!("  #{}\n", meant(text)));
        let ticks = unmapped.ticks.iter();
        let ticks =
            ticks.map(|text| format!("  #{}: 1    # taken; 0 where it is not\n", quote(text)));
        format!(
            "# What the columns and answers of {name} mean. Where a line begins with #, nothing is\n\
             # understood yet: take the # away where what it says is true, or write what is.\n\
             format: 1\n{given}{head}{people}{understood}{}{}{}{}",
            below("questions:\n", questions),
            below("ignore:\n", ignored.chain(of_tools)),
            below("everywhere:\n", everywhere.chain(ticks)),
            below("values:\n", self.values(unmapped)),
        )
    }

    /// Answers that one question alone was given, below the choices it has.
    fn values<'u>(&'u self, unmapped: &'u Unmapped) -> impl Iterator<Item = String> + 'u {
        let mut by_question: BTreeMap<usize, Vec<&String>> = BTreeMap::new();
        for (text, nodes) in &unmapped.values {
            if let (Some(node), 1, false) = (nodes.first(), nodes.len(), is_unanswered(text)) {
                by_question.entry(*node).or_default().push(text);
            }
        }
        by_question.into_iter().filter_map(|(node, values)| {
            let Asked { item, question, .. } = self.rulebook.asked(node)?;
            let choices = question.choices.iter();
            let choices =
                choices.map(|one| format!("    # {}: {}\n", one.value, one_line(&one.label)));
            let values = values.into_iter().take(MOST);
            let values = values.map(|value| format!("    #{}\n", meant(value)));
            let rows: String = choices.chain(values).collect();
            Some(format!("  {}:\n{rows}", item.id))
        })
    }
}

/// A text of the table with what it most likely means.
fn meant(text: &str) -> String {
    let meaning = if is_unanswered(text) {
        NO_ANSWER
    } else {
        "unknown"
    };
    format!("{}: {meaning}", quote(text))
}

/// The columns of respondents and roles.
fn people(unmapped: &Unmapped) -> String {
    let respondent = match &unmapped.perhaps_respondent {
        _ if unmapped.respondent => String::new(),
        Some((_, name)) => {
            let name = quote(name);
            format!("#respondent: {name}            # or {{ number: r }} to number the rows\n")
        }
        None => "#respondent: { number: r }     # or the name of a column\n".to_owned(),
    };
    let role = |role: &String| {
        let role = quote(role);
        message!("frontline-leadership-management-frontline-backoffice", role)
    };
    let perhaps = match &unmapped.perhaps_role {
        _ if unmapped.role => String::new(),
        None => "#role: { all: frontline }      # or the name of a column\n".to_owned(),
        Some((_, name, roles)) => {
            let name = quote(name);
            let roles = roles.iter().map(|one| format!("#    {}\n", role(one)));
            let roles = below("#  values:\n", roles);
            let or = "# or { all: frontline } where all have one role";
            format!("#role:                         {or}\n#  column: {name}\n{roles}")
        }
    };
    let roles = unmapped.roles.iter();
    let roles = roles.map(|one| format!("    #{}\n", role(one)));
    let roles = below("role:\n  values:\n", roles);
    format!("{respondent}{perhaps}{roles}")
}

/// Lines below their head; nothing where there are none.
fn below(head: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.collect();
    if lines.is_empty() {
        lines
    } else {
        format!("{head}{lines}")
    }
}

fn note(list: &mut Vec<String>, text: &str) {
    if list.len() < MOST && !list.iter().any(|one| one == text) {
        list.push(text.to_owned());
    }
}

/// Notes an answer of a question, once for all questions it is given to.
fn note_value(list: &mut Vec<(String, BTreeSet<usize>)>, text: &str, node: usize) {
    /// Texts that are compared; a mapping of more is for nobody to fill in.
    const MOST_VALUES: usize = 300;
    let known = list.iter_mut().find(|(one, _)| one == text);
    if let Some((_, nodes)) = known {
        nodes.insert(node);
    } else if list.len() < MOST_VALUES {
        list.push((text.to_owned(), BTreeSet::from([node])));
    }
}
