//! Mapping files, as they are written.

use crate::rules::vocabulary::Role;
use crate::text::yaml::{Entries, Located, Scalar};
use serde::Deserialize;

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
    /// CSV: its encoding, where no mark at its beginning says it; UTF-8 where it is not given.
    #[serde(default)]
    pub encoding: Encoding,
    /// The rows that name the columns, counted as a spreadsheet shows them; the first one where it is
    /// not given. What stands above them is passed over.
    #[serde(default)]
    pub header: Vec<Located<u32>>,
    /// Rows that are passed over, counted in the same way.
    #[serde(default)]
    pub skip: Vec<Located<u32>>,
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
    /// By question, the meaning of an answer in the table: a value, `unknown`, `n/a: reason`, or
    /// `no-answer`.
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

/// The encoding of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, its lower byte first, without a mark.
    #[serde(rename = "utf-16")]
    Utf16,
    /// Western European Windows; Latin 1 is part of it.
    #[serde(rename = "windows-1252")]
    Windows1252,
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
