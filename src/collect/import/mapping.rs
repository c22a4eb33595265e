//! Mapping files, as written and as checked against a rulebook.

use super::cell::{Decimal, Words, written};
use super::names::{Field, Names, fold};
use crate::message;
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::Role;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text::yaml::{Entries, Located, Scalar};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};

/// The meaning of the columns and cells of a table.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "centricity mapping")
)]
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

/// The source of respondents.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(rename = "RespondentFrom", untagged)
)]
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
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(rename = "RoleFrom", untagged)
)]
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

/// A mapping as checked; all names in it are [folded](fold).
#[derive(Debug, Default)]
pub(super) struct Mapping {
    pub(super) file: Option<MappingFile>,
    pub(super) questions: HashMap<String, (usize, Field)>,
    pub(super) roles: HashMap<String, Role>,
    pub(super) ignore: HashSet<String>,
    /// Meanings of answers for every question, as written.
    pub(super) everywhere: HashMap<String, String>,
    /// The words of answers, by question.
    pub(super) words: Vec<Words>,
}

impl Mapping {
    pub(super) fn check(
        rulebook: &Rulebook,
        names: &Names,
        file: Option<&MappingFile>,
        problems: &mut Diagnostics,
    ) -> Self {
        let decimal = file.map_or(Decimal::Point, |file| file.decimal);
        let questions = rulebook
            .items
            .iter()
            .filter_map(|item| item.kind.question());
        let mut mapping = Self {
            file: file.cloned(),
            words: questions.map(|one| Words::new(one, decimal)).collect(),
            ..Self::default()
        };
        let Some(file) = file else { return mapping };
        if file.format.value != 1 {
            let message = message!("format-is-not-known", format = file.format.value);
            let problem = Diagnostic::error(Code::UnknownFormat, message).at(file.format.place);
            problems.push(problem.help("write `format: 1`"));
        }
        for (name, target) in &file.questions {
            match names.find(rulebook, &target.value) {
                Some(found) => drop(mapping.questions.insert(fold(&name.value), found)),
                None => problems.push(unknown(rulebook, target)),
            }
        }
        mapping.take_values(rulebook, names, file, problems);
        if let Some(RoleFrom::Detail(detail)) = &file.role {
            let roles = detail.values.iter();
            let roles = roles.map(|(name, role)| (fold(&name.value), role.value));
            mapping.roles = roles.collect();
        }
        let ignore = file.ignore.iter().flatten();
        mapping.ignore = ignore.map(|one| fold(&one.value)).collect();
        mapping
    }

    /// The text before the numbers of rows, where these identify respondents.
    pub(super) fn number_prefix(&self) -> Option<&str> {
        match self.file.as_ref()?.respondent.as_ref()? {
            RespondentFrom::Number(numbered) => Some(&numbered.number.value),
            RespondentFrom::Column(_) => None,
        }
    }

    /// Takes in what answers mean beyond the values and wordings of choices.
    fn take_values(
        &mut self,
        rulebook: &Rulebook,
        names: &Names,
        file: &MappingFile,
        problems: &mut Diagnostics,
    ) {
        for (text, meaning) in &file.everywhere {
            let meaning = &meaning.value.text;
            self.everywhere.insert(fold(&text.value), meaning.clone());
            for words in &mut self.words {
                // A value that belongs to one question says nothing of the others.
                let _ = words.define(&text.value, &written(meaning));
            }
        }
        for (question, values) in &file.values {
            let found = names.find(rulebook, &question.value);
            let Some((node, Field::Value)) = found else {
                problems.push(unknown(rulebook, question));
                continue;
            };
            let Some(words) = self.words.get_mut(node) else {
                continue;
            };
            for (text, meaning) in values {
                let value = &meaning.value.text;
                if let Err(help) = words.define(&text.value, &written(value)) {
                    let question = &question.value;
                    let message = message!("is-no-answer-to-2", value, question);
                    let problem = Diagnostic::error(Code::UnknownChoice, message);
                    problems.push(problem.at(meaning.place).help(help));
                }
            }
        }
    }
}

fn unknown(rulebook: &Rulebook, name: &Located<String>) -> Diagnostic {
    Names::unknown(rulebook, name.as_ref().map(String::as_str))
}
