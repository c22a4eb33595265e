//! Mapping files, as they are written, and as they are suggested.
//!
//! In a suggestion, everything of a table that is not understood is a comment, with the nearest there
//! is. It is a valid mapping as it is printed, and changes nothing until a person takes a `#` away.

use super::Import;
use super::columns::{ColumnUse, Columns, Field, is_of_tool, may_be_role, tells_apart};
use super::problems::Problems;
use crate::answers::one_line;
use crate::answers::yaml::quote;
use crate::message;
use crate::rules::rulebook::Asked;
use crate::rules::vocabulary::Role;
use crate::text::diagnostic::{Diagnostic, Place};
use crate::text::table::{Row, TableError};
use crate::text::yaml::{Entries, Located, Scalar};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{self, Read};

/// The meaning of the columns and cells of a table.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity mapping"))]
pub struct MappingFile {
    /// The format's version: 1.
    pub format: Located<u32>,
    /// CSV: the separator of cells; found from the first rows where it is not given.
    pub separator: Option<Separator>,
    /// The separator before fractions; a point where it is not given.
    #[serde(default)]
    pub decimal: Decimal,
    /// Workbooks: the sheets to read; all visible ones where it is not given.
    #[serde(default)]
    pub sheets: Vec<Located<String>>,
    /// The column that identifies respondents, or `{ number: r }` to number the rows.
    pub respondent: Option<RespondentFrom>,
    /// The column that holds roles, or more about them.
    pub role: Option<RoleFrom>,
    /// The column that holds the part of the organisation.
    pub unit: Option<Located<String>>,
    /// The column that holds the day of the answers.
    pub answered_on: Option<Located<String>>,
    /// Long tables: the column that names the question.
    pub question: Option<Located<String>>,
    /// Long tables: the column that holds the answer.
    pub value: Option<Located<String>>,
    /// Long tables: the column that holds comments.
    pub comment: Option<Located<String>>,
    /// Long tables: the column that holds evidence.
    pub evidence: Option<Located<String>>,
    /// The target of a name in the table: `pack.question`, `pack.question/choice`,
    /// `pack.question:comment`, `:evidence` or `:reason`.
    #[serde(default)]
    pub questions: Entries<Located<String>>,
    /// By question, the meaning of an answer in the table: a value, `unknown`, or
    /// `n/a: reason`.
    #[serde(default)]
    pub values: Entries<Entries<Located<Scalar>>>,
    /// The same for answers with one meaning for every question; `1` and `0` say whether a choice
    /// with a column of its own is taken.
    #[serde(default)]
    pub everywhere: Entries<Located<Scalar>>,
    /// Columns that are left out.
    pub ignore: Option<Vec<Located<String>>>,
}

crate::text::yaml::document!(MappingFile);

/// The separator of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Separator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
}

/// The separator before fractions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Decimal {
    /// `2.5`
    #[default]
    Point,
    /// `2,5`
    Comma,
}

/// The source of respondents.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "RespondentFrom", untagged))]
#[serde(rename = "$shape")]
pub enum RespondentFrom {
    /// A column.
    #[serde(rename = "scalar")]
    Column(Located<String>),
    /// Their rows.
    #[serde(rename = "map")]
    Number(Numbered),
}

/// Respondents numbered by their rows.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Numbered {
    /// The text before the number, such as `r`.
    pub number: Located<String>,
}

/// The source of roles.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "RoleFrom", untagged))]
#[serde(rename = "$shape")]
pub enum RoleFrom {
    /// A column.
    #[serde(rename = "scalar")]
    Column(Located<String>),
    /// More about them.
    #[serde(rename = "map")]
    Detail(RoleDetail),
}

/// The source of roles, and their names there.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RoleDetail {
    /// The column; `role` where it is not given.
    pub column: Option<Located<String>>,
    /// The role of everybody, instead of a column.
    pub all: Option<Role>,
    /// Roles by their names in the table.
    #[serde(default)]
    pub values: Entries<Located<Role>>,
}

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
            let mut rows = batch.rows.iter();
            if (known.is_none() || batch.sheet().is_some())
                && let Some(header) = rows.next()
            {
                let columns = self.columns(header, &mut Problems::new(0));
                self.note_header(header, &columns, &mut unmapped);
                known = Some(columns);
            }
            let Some(columns) = &known else { continue };
            for row in rows {
                self.note_row(row, columns, &mut unmapped);
            }
        }
        Ok(unmapped)
    }

    fn note_header(&self, header: &Row, columns: &Columns, unmapped: &mut Unmapped) {
        let named = header.cells.iter().zip(&columns.list).enumerate();
        let named = named.filter(|(_, (_, column))| **column == ColumnUse::Unmatched);
        for (place, (name, _)) in named {
            let name = one_line(name);
            let likely = tells_apart(&name).map(|likely| (likely, name.clone()));
            unmapped.perhaps_respondent = likely.max(unmapped.perhaps_respondent.take());
            if may_be_role(&name) && unmapped.perhaps_role.is_none() {
                unmapped.perhaps_role = Some((place, name.clone(), Vec::new()));
            }
            if is_of_tool(&name) {
                unmapped.of_tools.push(name);
            } else {
                unmapped.columns.push(name);
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
                if asked.is_none() {
                    note(&mut unmapped.columns, text);
                }
            } else if *column == ColumnUse::Answer(Field::Value) {
                of = asked;
            } else if let ColumnUse::Of(node, field) = column {
                of = Some((*node, *field));
            }
            if let Some((node, Field::Value)) = of
                && let Some(words) = self.words.get(node)
                && words.read(Located::new(text, Place::NOWHERE), "").is_err()
            {
                note(unmapped.values.entry(node).or_default(), text);
            }
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
        let columns = unmapped.columns.iter();
        let questions = columns.clone().map(|column| {
            let near = self.names.nearest(column).unwrap_or("PACK.QUESTION");
            format!("  #{}: {near}\n", quote(column))
        });
        let ignored = columns.map(|column| format!("  #- {}\n", quote(column)));
        let of_tools = unmapped.of_tools.iter().map(|column| quote(column));
        let of_tools = of_tools.map(|column| format!("  #- {column}    # survey tools add it\n"));
        let values = unmapped.values.iter().filter_map(|(node, values)| {
            let Asked { item, question, .. } = self.rulebook.asked(*node)?;
            let choices = question.choices.iter();
            let choices =
                choices.map(|one| format!("    # {}: {}\n", one.value, one_line(&one.label)));
            let values = values.iter().map(|value| quote(value));
            let unknown = values.map(|value| format!("    #{value}: unknown\n"));
            let rows: String = choices.chain(unknown).collect();
            Some(format!("  {}:\n{rows}", item.id))
        });
        format!(
            "# What the columns and answers of {name} mean. Where a line begins with #, nothing is\n\
             # understood yet: take the # away where what it says is true, or write what is.\n\
             format: 1\n{given}{}{understood}{}{}{}",
            people(unmapped),
            below("questions:\n", questions),
            below("ignore:\n", ignored.chain(of_tools)),
            below("values:\n", values),
        )
    }
}

/// The columns of respondents and roles.
fn people(unmapped: &Unmapped) -> String {
    let respondent = if unmapped.respondent {
        String::new()
    } else {
        let found = unmapped.perhaps_respondent.as_ref();
        let name = found.map_or_else(|| "COLUMN".to_owned(), |(_, name)| quote(name));
        format!("#respondent: {name}            # or {{ number: r }} to number the rows\n")
    };
    let role = |role: &String| {
        let role = quote(role);
        message!("frontline-leadership-management-frontline-backoffice", role)
    };
    let or = "# or { all: frontline } where all have one role";
    let perhaps = match &unmapped.perhaps_role {
        _ if unmapped.role => String::new(),
        None => format!("#role: COLUMN                  {or}\n"),
        Some((_, name, roles)) => {
            let name = quote(name);
            let roles = roles.iter().map(|one| format!("#    {}\n", role(one)));
            let roles = below("#  values:\n", roles);
            format!("#role:                         {or}\n#  column: {name}\n{roles}")
        }
    };
    let roles = unmapped.roles.iter();
    let roles = roles.map(|one| format!("    #{}\n", role(one)));
    let roles = below("role:\n  #column: COLUMN\n  values:\n", roles);
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
