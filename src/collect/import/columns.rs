//! The columns of a table, by the names in its first row.

use super::cell::{fold, form_name};
use super::mapping::{MappingFile, RespondentFrom, RoleFrom};
use super::problems::{Problems, mark};
use super::{Import, Names};
use crate::answers::warning;
use crate::collect::{ANSWER, PERSON, SHOWN};
use crate::rules::rulebook::local_id;
use crate::text::diagnostic::Diagnostic;
use crate::text::table::Row;
use crate::text::yaml::Located;
use crate::{message, problem};
use std::collections::HashMap;

/// A field of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// The answer itself.
    Value,
    /// A choice, taken or not.
    Choice(Pick),
    /// A comment on it.
    Comment,
    /// Its evidence.
    Evidence,
    /// The reason why the question does not apply.
    Reason,
}

/// A choice among several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pick {
    /// By its place among the choices.
    Choice(usize),
    /// Nobody could say.
    Unknown,
    /// The question does not apply.
    NotApplicable,
}

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
    /// Wide tables: question, field and place of each column, in the order of the rulebook.
    pub(super) questions: Vec<(usize, Field, usize)>,
}

impl Columns {
    fn new(is_long: bool, list: Vec<ColumnUse>) -> Self {
        let places = list.iter().enumerate();
        let questions = places.filter_map(|(place, column)| {
            let ColumnUse::Of(node, field) = column else {
                return None;
            };
            Some((*node, *field, place))
        });
        let mut questions: Vec<_> = questions.collect();
        questions.sort_by_key(|(node, _, _)| *node);
        let people = [ColumnUse::Respondent, ColumnUse::Role];
        let layout = if is_long {
            TableLayout::Long
        } else if questions.is_empty() && people.iter().any(|one| list.contains(one)) {
            TableLayout::About
        } else {
            TableLayout::Wide
        };
        Self {
            layout,
            list,
            questions,
        }
    }

    /// The place of a column.
    pub(super) fn at(&self, wanted: ColumnUse) -> Option<usize> {
        self.list.iter().position(|one| *one == wanted)
    }
}

/// The columns with names of their own, by folded name: those of every table, and those of long
/// tables alone.
fn named_columns(file: &MappingFile) -> [HashMap<String, ColumnUse>; 2] {
    let [respondent, role, unit, answered_on] = PERSON;
    let [question, value, comment, evidence] = ANSWER;
    let or = |renamed: Option<&Located<String>>, own: &str| {
        fold(renamed.map_or(own, |name| &name.value))
    };
    let respondent = match &file.respondent {
        Some(RespondentFrom::Column(name)) => Some(or(Some(name), respondent)),
        Some(RespondentFrom::Number(_)) => None,
        None => Some(fold(respondent)),
    };
    let role = match &file.role {
        Some(RoleFrom::Column(name)) => Some(or(Some(name), role)),
        Some(RoleFrom::Detail(detail)) if detail.all.is_some() => None,
        Some(RoleFrom::Detail(detail)) => Some(or(detail.column.as_ref(), role)),
        None => Some(fold(role)),
    };
    let mut every = HashMap::from([
        (or(file.unit.as_ref(), unit), ColumnUse::Unit),
        (
            or(file.answered_on.as_ref(), answered_on),
            ColumnUse::AnsweredOn,
        ),
    ]);
    every.extend(respondent.map(|name| (name, ColumnUse::Respondent)));
    every.extend(role.map(|name| (name, ColumnUse::Role)));
    let answer = ColumnUse::Answer;
    let mut long = HashMap::from([
        (or(file.question.as_ref(), question), ColumnUse::Question),
        (or(file.value.as_ref(), value), answer(Field::Value)),
        (or(file.comment.as_ref(), comment), answer(Field::Comment)),
        (
            or(file.evidence.as_ref(), evidence),
            answer(Field::Evidence),
        ),
    ]);
    // Questionnaires for people repeat these with every question.
    long.extend(SHOWN.map(|name| (name.to_owned(), ColumnUse::Ignored)));
    [every, long]
}

impl Import<'_> {
    /// The columns of a table; what is not understood of them goes to `problems`.
    pub(super) fn columns(&self, header: &Row, problems: &mut Problems) -> Columns {
        let [every, long] = named_columns(&self.file);
        let names: Vec<String> = header.cells.iter().map(fold).collect();
        let has = |wanted: ColumnUse| names.iter().any(|name| long.get(name) == Some(&wanted));
        let is_long = has(ColumnUse::Question) && has(ColumnUse::Answer(Field::Value));
        let column = |name: &String| {
            let mapped = self.questions.get(name).filter(|_| !is_long);
            if name.is_empty() {
                ColumnUse::Unnamed
            } else if self.ignore.contains(name) {
                ColumnUse::Ignored
            } else if let Some((node, field)) = mapped {
                ColumnUse::Of(*node, *field)
            } else if let Some(column) = every.get(name) {
                *column
            } else if is_long {
                long.get(name).copied().unwrap_or(ColumnUse::Unmatched)
            } else if let Some((node, field)) = self.names.find(name) {
                ColumnUse::Of(node, field)
            } else if self.names.is_shown_only(name) {
                ColumnUse::Ignored
            } else {
                ColumnUse::Unmatched
            }
        };
        let columns = Columns::new(is_long, names.iter().map(column).collect());
        self.check_columns(header, &columns, problems);
        columns
    }

    fn check_columns(&self, header: &Row, columns: &Columns, problems: &mut Problems) {
        // Where nothing is understood, the first row may be no header: it is somebody's answers then.
        let nothing = [ColumnUse::Unmatched, ColumnUse::Unnamed, ColumnUse::Ignored];
        if columns.list.iter().all(|column| nothing.contains(column)) {
            let problem = problem!(InvalidTable, "no-column-is-understood");
            problems.add(problem.at(mark(0, 0)));
            return;
        }
        for (place, (name, column)) in header.cells.iter().zip(&columns.list).enumerate() {
            if matches!(column, ColumnUse::Unnamed | ColumnUse::Ignored) {
                continue;
            }
            let before = columns.list.iter().take(place);
            let problem = if *column == ColumnUse::Unmatched {
                self.unmatched(name.trim(), problems.is_full())
            } else {
                let Some(first) = before.rev().position(|one| one == column) else {
                    continue;
                };
                let (first, second) = (header.cell(place - 1 - first), name.trim());
                problem!(DuplicateId, "the-columns-and-hold-the-same", first, second)
            };
            problems.add(problem.at(mark(0, place)));
        }
        let mut named = header.cells.iter().zip(&columns.list).enumerate();
        let earlier = named.find_map(|(place, (name, column))| {
            let mapped = self.questions.contains_key(&fold(name));
            let of = matches!(column, ColumnUse::Of(..)) && !mapped;
            let name = of.then_some(Located::new(name.trim(), mark(0, place)))?;
            self.names.earlier_in_table(name)
        });
        if let Some(one) = earlier {
            problems.add(one);
        }
        if columns.layout != TableLayout::Wide {
            return;
        }
        if columns.questions.is_empty() {
            let problem = problem!(InvalidTable, "no-column-belongs-to-a-question");
            problems.add(problem.at(mark(0, 0)));
        }
        if !self.names_respondents(columns) {
            let problem = problem!(InvalidTable, "no-column-tells-respondents-apart");
            problems.add(problem.at(mark(0, 0)));
        }
    }

    /// The problem of a column that belongs to no question; only one that is shown names the nearest.
    fn unmatched(&self, name: &str, hidden: bool) -> Diagnostic {
        let problem = problem!(UnmatchedColumn, "the-column-belongs-to-no-question", name);
        if hidden {
            return problem;
        }
        match self.names.nearest(name) {
            _ if is_of_tool(name) => {
                problem.help(message!("survey-tools-add-it-leave-it-out", name))
            }
            Some(near) => problem.help(message!("did-you-mean-question", near)),
            None => problem,
        }
    }
}

impl Names<'_> {
    /// The warning of a name that is an earlier id of its question.
    pub(super) fn earlier(&self, name: Located<&str>) -> Option<Diagnostic> {
        let (folded, place) = (fold(name.value), name.place);
        let is = |old: &str| {
            let names = [fold(old), fold(&form_name(old)), fold(local_id(old))];
            let rest = names
                .iter()
                .find_map(|one| folded.strip_prefix(one.as_str()));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', ':', '_']))
        };
        let mut moved = self.rulebook.moved.iter();
        let (old, moved) = moved.find(|(old, _)| is(old))?;
        let (new, more) = (&moved.to, 0);
        let problem = problem!(Moved, "an-earlier-id", old, new, more);
        let found = self.find(name.value)?;
        let same = self.rulebook.find(new) == Some(found.0);
        same.then(|| warning(problem.at(place)))
    }

    /// The same of a name in a table.
    pub(super) fn earlier_in_table(&self, name: Located<&str>) -> Option<Diagnostic> {
        let problem = self.earlier(name)?;
        Some(problem.help(message!("a-table-is-read-on")))
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
