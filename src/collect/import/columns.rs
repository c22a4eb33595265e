//! What the columns of a table hold, told from its first row.

use super::faults::{Faults, mark};
use super::mapping::{MappingFile, RespondentFrom, RoleFrom};
use super::names::{Names, Part};
use super::people::{People, Who};
use super::servers::is_of_server;
use super::{Import, fold};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::grid::Row;
use crate::text::yaml::Located;
use std::collections::HashMap;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Nothing: it has no name.
    Nothing,
    /// Nothing that is taken.
    Ignored,
    /// What is not understood.
    Unmatched,
    Respondent,
    Role,
    Unit,
    AnsweredOn,
    /// Long tables: the name of a question.
    Question,
    /// Long tables: a part of the answer to the question of the row.
    Answer(Part),
    /// Wide tables: something of a question, by its place among the names found.
    Of(usize),
}

/// How a table, or a sheet of a workbook, is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// One row a respondent.
    Wide,
    /// One row an answer.
    Long,
    /// Nothing but who answers.
    About,
}

/// The columns of a table.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) layout: Layout,
    pub(super) people: People,
    pub(super) holds: Vec<Holds>,
    /// What `Of` columns hold.
    pub(super) found: Vec<(usize, Part)>,
}

/// The name a column has in the mapping, or else its own.
fn column<'a>(named: Option<&'a Located<String>>, own: &'a str) -> &'a str {
    named.map_or(own, |name| name.value.as_str())
}

/// The names of columns that are not named after questions, folded.
fn own_names(file: Option<&MappingFile>) -> HashMap<String, Holds> {
    let pick = |pick: fn(&MappingFile) -> &Option<Located<String>>| {
        file.and_then(|file| pick(file).as_ref())
    };
    let respondent = match file.and_then(|file| file.respondent.as_ref()) {
        Some(RespondentFrom::Column(name)) => Some(name.value.as_str()),
        Some(RespondentFrom::Number(_)) => None,
        None => Some("respondent"),
    };
    let role = match file.and_then(|file| file.role.as_ref()) {
        Some(RoleFrom::Column(name)) => Some(name.value.as_str()),
        Some(RoleFrom::Detail(detail)) if detail.all.is_some() => None,
        Some(RoleFrom::Detail(detail)) => Some(column(detail.column.as_ref(), "role")),
        None => Some("role"),
    };
    let mut names = vec![
        (column(pick(|file| &file.unit), "unit"), Holds::Unit),
        (
            column(pick(|file| &file.answered_on), "answered_on"),
            Holds::AnsweredOn,
        ),
    ];
    names.extend(respondent.map(|name| (name, Holds::Respondent)));
    names.extend(role.map(|name| (name, Holds::Role)));
    names
        .into_iter()
        .map(|(name, holds)| (fold(name), holds))
        .collect()
}

/// The names of the columns of a long table, folded.
fn long_names(file: Option<&MappingFile>) -> HashMap<String, Holds> {
    let pick = |pick: fn(&MappingFile) -> &Option<Located<String>>, own| {
        fold(column(file.and_then(|file| pick(file).as_ref()), own))
    };
    HashMap::from([
        (pick(|file| &file.question, "question"), Holds::Question),
        (
            pick(|file| &file.value, "value"),
            Holds::Answer(Part::Value),
        ),
        (
            pick(|file| &file.comment, "comment"),
            Holds::Answer(Part::Comment),
        ),
        (
            pick(|file| &file.evidence, "evidence"),
            Holds::Answer(Part::Evidence),
        ),
        // What questionnaires for people say beside the question.
        ("ask".to_owned(), Holds::Ignored),
        ("choices".to_owned(), Holds::Ignored),
    ])
}

impl Import<'_> {
    /// What the columns of a table hold; whatever is not understood goes to `faults`.
    pub(super) fn columns(&self, header: &Row, faults: &mut Faults) -> Columns {
        let file = self.mapping.file.as_ref();
        let (own, long) = (own_names(file), long_names(file));
        let names: Vec<String> = header.cells.iter().map(fold).collect();
        let has = |wanted: Holds| names.iter().any(|name| long.get(name) == Some(&wanted));
        let is_long = has(Holds::Question) && has(Holds::Answer(Part::Value));
        let ignored: Vec<String> = self.settings.ignore.iter().map(|one| fold(one)).collect();
        let mut found = Vec::new();
        let mut holds = |name: &String| {
            if name.is_empty() {
                Holds::Nothing
            } else if self.mapping.ignore.contains(name) || ignored.contains(name) {
                Holds::Ignored
            } else if let Some(one) = self.mapping.questions.get(name).filter(|_| !is_long) {
                found.push(*one);
                Holds::Of(found.len() - 1)
            } else if let Some(holds) = own.get(name) {
                *holds
            } else if is_long {
                long.get(name).copied().unwrap_or(Holds::Unmatched)
            } else if let Some(one) = self.names.find(self.rulebook, name) {
                found.push(one);
                Holds::Of(found.len() - 1)
            } else if self.names.is_shown_only(name) {
                Holds::Ignored
            } else {
                Holds::Unmatched
            }
        };
        let holds: Vec<Holds> = names.iter().map(&mut holds).collect();
        let layout = match (is_long, found.is_empty()) {
            (true, _) => Layout::Long,
            (false, true) if holds.iter().any(|one| is_about_people(*one)) => Layout::About,
            (false, _) => Layout::Wide,
        };
        let columns = Columns {
            layout,
            people: People::new(file, &self.settings, &holds),
            holds,
            found,
        };
        self.complain(header, &columns, faults);
        columns
    }

    fn complain(&self, header: &Row, columns: &Columns, faults: &mut Faults) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (place, (name, holds)) in header.cells.iter().zip(&columns.holds).enumerate() {
            if matches!(holds, Holds::Nothing | Holds::Ignored) {
                continue;
            }
            let problem = if *holds == Holds::Unmatched {
                self.unmatched(name.trim())
            } else {
                let of = if let Holds::Of(at) = holds {
                    columns.found.get(*at)
                } else {
                    None
                };
                let key = of.map_or_else(|| format!("{holds:?}"), |found| format!("{found:?}"));
                let Some(first) = seen.insert(key, place) else {
                    continue;
                };
                twice(name, header.cell(first))
            };
            faults.push(problem.at(mark(0, place)), 1);
        }
        if columns.layout == Layout::Wide && columns.found.is_empty() {
            let message = "no column belongs to a question";
            let problem = Diagnostic::error(Code::InvalidTable, message).at(mark(0, 0));
            let help = "name columns `pack.question`, or the columns of a long table `question` and `value`; `--suggest` prints a mapping to fill in";
            faults.push(problem.help(help), 1);
        }
        if columns.layout == Layout::Wide && columns.people.respondent == Who::Nobody {
            let message = "no column tells respondents apart";
            let problem = Diagnostic::error(Code::InvalidTable, message).at(mark(0, 0));
            let help = "name it under `respondent` in a mapping, or let `respondent: { number: r }` number the rows";
            faults.push(problem.help(help), 1);
        }
    }

    fn unmatched(&self, name: &str) -> Diagnostic {
        let message = format!("the column `{name}` belongs to no question");
        let near = Names::nearest(self.rulebook, name);
        let help = match near {
            _ if is_of_server(name) => format!(
                "survey tools add it: leave it out, with `--ignore \"{name}\"` or under `ignore` in a mapping"
            ),
            Some(near) => {
                format!("did you mean `{near}`? if so, say it under `questions` in a mapping")
            }
            None => {
                "say under `questions` in a mapping what it holds, or leave it out with `--ignore`"
                    .to_owned()
            }
        };
        Diagnostic::error(Code::UnmatchedColumn, message).help(help)
    }
}

fn twice(name: &str, first: &str) -> Diagnostic {
    let message = format!("the columns `{first}` and `{}` hold the same", name.trim());
    Diagnostic::error(Code::DuplicateId, message).help("leave one of them out with `--ignore`")
}

fn is_about_people(holds: Holds) -> bool {
    matches!(holds, Holds::Respondent | Holds::Role)
}
