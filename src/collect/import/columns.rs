//! The columns of a table, by the names in its first row.

use super::mapping::{MappingFile, RespondentFrom, RoleFrom};
use super::names::{Field, Names, fold};
use super::problems::{Problems, mark};
use super::table::Import;
use crate::message;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::grid::Row;
use crate::text::yaml::Located;
use std::collections::HashMap;

/// The content of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ColumnUse {
    /// Nothing: it has no name.
    Unnamed,
    /// Nothing that is taken.
    Ignored,
    /// Something that is not understood.
    Unmatched,
    Respondent,
    Role,
    Unit,
    AnsweredOn,
    /// Long tables: the name of a question.
    Question,
    /// Long tables: a field of the answer to the question of the row.
    Answer(Field),
    /// Wide tables: a field of the answer to a question.
    Of(usize, Field),
}

/// The layout of a table, or of a sheet of a workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TableLayout {
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
    pub(super) layout: TableLayout,
    pub(super) list: Vec<ColumnUse>,
    /// The places of the columns that say who answers.
    pub(super) respondent: Option<usize>,
    pub(super) role: Option<usize>,
    pub(super) unit: Option<usize>,
    pub(super) answered_on: Option<usize>,
    /// Wide tables: question, field and place of each column, in the order of the rulebook.
    pub(super) questions: Vec<(usize, Field, usize)>,
}

impl Columns {
    fn new(layout: TableLayout, list: Vec<ColumnUse>) -> Self {
        let at = |wanted: ColumnUse| list.iter().position(|one| *one == wanted);
        let mut questions: Vec<_> = list
            .iter()
            .enumerate()
            .filter_map(|(place, column)| {
                let ColumnUse::Of(node, field) = column else {
                    return None;
                };
                Some((*node, *field, place))
            })
            .collect();
        questions.sort_by_key(|(node, _, _)| *node);
        Self {
            layout,
            respondent: at(ColumnUse::Respondent),
            role: at(ColumnUse::Role),
            unit: at(ColumnUse::Unit),
            answered_on: at(ColumnUse::AnsweredOn),
            questions,
            list,
        }
    }
}

/// The name a column has in the mapping, or else its own, folded.
fn name(
    file: Option<&MappingFile>,
    pick: fn(&MappingFile) -> &Option<Located<String>>,
    own: &str,
) -> String {
    let named = file.and_then(|file| pick(file).as_ref());
    fold(named.map_or(own, |name| &name.value))
}

/// The columns with names of their own, of wide and long tables, by folded name.
fn named_columns(file: Option<&MappingFile>) -> HashMap<String, ColumnUse> {
    let respondent = match file.and_then(|file| file.respondent.as_ref()) {
        Some(RespondentFrom::Column(name)) => Some(name.value.as_str()),
        Some(RespondentFrom::Number(_)) => None,
        None => Some("respondent"),
    };
    let role = match file.and_then(|file| file.role.as_ref()) {
        Some(RoleFrom::Column(name)) => Some(name.value.as_str()),
        Some(RoleFrom::Detail(detail)) if detail.all.is_some() => None,
        Some(RoleFrom::Detail(detail)) => {
            let named = detail.column.as_ref();
            Some(named.map_or("role", |name| &name.value))
        }
        None => Some("role"),
    };
    let mut names = HashMap::from([
        (name(file, |file| &file.unit, "unit"), ColumnUse::Unit),
        (
            name(file, |file| &file.answered_on, "answered_on"),
            ColumnUse::AnsweredOn,
        ),
    ]);
    names.extend(respondent.map(|name| (fold(name), ColumnUse::Respondent)));
    names.extend(role.map(|name| (fold(name), ColumnUse::Role)));
    names
}

/// The columns of long tables, by folded name.
fn long_columns(file: Option<&MappingFile>) -> HashMap<String, ColumnUse> {
    HashMap::from([
        (
            name(file, |file| &file.question, "question"),
            ColumnUse::Question,
        ),
        (
            name(file, |file| &file.value, "value"),
            ColumnUse::Answer(Field::Value),
        ),
        (
            name(file, |file| &file.comment, "comment"),
            ColumnUse::Answer(Field::Comment),
        ),
        (
            name(file, |file| &file.evidence, "evidence"),
            ColumnUse::Answer(Field::Evidence),
        ),
        // Questionnaires for people repeat these with every question.
        ("ask".to_owned(), ColumnUse::Ignored),
        ("choices".to_owned(), ColumnUse::Ignored),
    ])
}

impl Import<'_> {
    /// The columns of a table; what is not understood of them goes to `problems`.
    pub(super) fn columns(&self, header: &Row, problems: &mut Problems) -> Columns {
        let file = self.mapping.file.as_ref();
        let (known, long) = (named_columns(file), long_columns(file));
        let names: Vec<String> = header.cells.iter().map(fold).collect();
        let has = |wanted: ColumnUse| names.iter().any(|name| long.get(name) == Some(&wanted));
        let is_long = has(ColumnUse::Question) && has(ColumnUse::Answer(Field::Value));
        let ignored: Vec<String> = self.options.ignore.iter().map(|one| fold(one)).collect();
        let column = |name: &String| {
            let mapped = self.mapping.questions.get(name).filter(|_| !is_long);
            if name.is_empty() {
                ColumnUse::Unnamed
            } else if self.mapping.ignore.contains(name) || ignored.contains(name) {
                ColumnUse::Ignored
            } else if let Some((node, field)) = mapped {
                ColumnUse::Of(*node, *field)
            } else if let Some(column) = known.get(name) {
                *column
            } else if is_long {
                long.get(name).copied().unwrap_or(ColumnUse::Unmatched)
            } else if let Some((node, field)) = self.names.find(self.rulebook, name) {
                ColumnUse::Of(node, field)
            } else if self.names.is_shown_only(name) {
                ColumnUse::Ignored
            } else {
                ColumnUse::Unmatched
            }
        };
        let list: Vec<ColumnUse> = names.iter().map(column).collect();
        let of_people =
            |column: &ColumnUse| matches!(column, ColumnUse::Respondent | ColumnUse::Role);
        let asks = |column: &ColumnUse| matches!(column, ColumnUse::Of(..));
        let layout = if is_long {
            TableLayout::Long
        } else if !list.iter().any(asks) && list.iter().any(of_people) {
            TableLayout::About
        } else {
            TableLayout::Wide
        };
        let columns = Columns::new(layout, list);
        self.check_columns(header, &columns, problems);
        columns
    }

    fn check_columns(&self, header: &Row, columns: &Columns, problems: &mut Problems) {
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (place, (name, column)) in header.cells.iter().zip(&columns.list).enumerate() {
            if matches!(column, ColumnUse::Unnamed | ColumnUse::Ignored) {
                continue;
            }
            let problem = if *column == ColumnUse::Unmatched {
                self.unmatched(name.trim())
            } else {
                let Some(first) = seen.insert(format!("{column:?}"), place) else {
                    continue;
                };
                let (first, second) = (header.cell(first), name.trim());
                let message = message!("the-columns-and-hold-the-same", first, second);
                Diagnostic::error(Code::DuplicateId, message)
                    .help(message!("leave-one-of-them-out-with"))
            };
            problems.add(problem.at(mark(0, place)));
        }
        if columns.layout != TableLayout::Wide {
            return;
        }
        let mut lacks = |message: &str, help: &str| {
            let problem = Diagnostic::error(Code::InvalidTable, message).at(mark(0, 0));
            problems.add(problem.help(help));
        };
        if columns.questions.is_empty() {
            lacks(
                message!("no-column-belongs-to-a-question"),
                message!("name-columns-pack-question-or-the-columns"),
            );
        }
        if !self.names_respondents(columns) {
            lacks(
                message!("no-column-tells-respondents-apart"),
                message!("name-it-under-respondent-in-a-mapping-or-let"),
            );
        }
    }

    fn unmatched(&self, name: &str) -> Diagnostic {
        let message = message!("the-column-belongs-to-no-question", name);
        let near = Names::nearest(self.rulebook, name);
        let help = match near {
            _ if is_of_tool(name) => message!("survey-tools-add-it-leave-it-out", name),
            Some(near) => {
                message!("did-you-mean-if-so-2", near)
            }
            None => message!("say-under-questions-in-a-mapping-what").to_owned(),
        };
        Diagnostic::error(Code::UnmatchedColumn, message).help(help)
    }
}

/// True for a column that a survey tool, not the survey, put there.
pub(super) fn is_of_tool(name: &str) -> bool {
    let name = fold(name);
    name.starts_with('_') || TOOL_COLUMNS.split(", ").any(|one| one == name)
}

/// The likelihood that a column of this name identifies respondents; `None` where it does not.
pub(super) fn tells_apart(name: &str) -> Option<usize> {
    let name = fold(name);
    RESPONDENT_COLUMNS.split(", ").position(|one| one == name)
}

/// True for a column whose name says that it may hold roles.
pub(super) fn may_be_role(name: &str) -> bool {
    let name = fold(name);
    let name = name.strip_prefix("your ").unwrap_or(&name);
    ROLE_COLUMNS.split(", ").any(|one| one == name)
}

/// Names of columns that may identify respondents, likeliest last.
const RESPONDENT_COLUMNS: &str = "name, email, email address, key, instanceid, meta/instanceid, _id, _uuid, person, id, \
    token, responseid, response id, respondent id";

/// Names of columns that may hold roles.
const ROLE_COLUMNS: &str =
    "role, function, job, job title, position, team, group, department, level, area of work";

/// Names of columns that common survey tools and form servers add.
const TOOL_COLUMNS: &str = "access code, attachmentsexpected, attachmentspresent, audit, collector id, \
    completion time, custom data 1, date created, date last action, date modified, \
    date started, date submitted, datestamp, deviceid, distribution channel, \
    distributionchannel, duration (in seconds), edits, email, email address, end, end date, \
    enddate, externalreference, finished, first name, formversion, id, instanceid, \
    instancename, ip address, ipaddr, ipaddress, key, language, last modified time, \
    last name, last page, lastpage, locationlatitude, locationlongitude, meta-instanceid, \
    meta-instancename, meta/deprecatedid, meta/instanceid, meta/instancename, meta/rootuuid, \
    name, phonenumber, progress, recipientemail, recipientfirstname, recipientlastname, \
    recorded date, recordeddate, referrer url, refurl, respondent id, response id, \
    responseid, reviewstate, score, seed, simserial, start, start date, start language, \
    start time, startdate, startlanguage, status, submissiondate, submit-date, submitdate, \
    submitterid, submittername, subscriberid, timestamp, today, token, total time, \
    user language, userlanguage, username";
