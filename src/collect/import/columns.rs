//! The columns of a table, by the names in its first row.

use super::Import;
use super::head::Head;
use super::mapping::{MappingFile, RespondentFrom, RoleFrom};
use super::names::Names;
use super::problems::{Problems, mark};
use super::tools::is_of_tool;
use super::wording::{fold, form_name};
use crate::answers::warning;
use crate::collect::{ANSWER, PERSON, SHOWN};
use crate::rules::rulebook::local_id;
use crate::text::diagnostic::Diagnostic;
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
    /// What somebody wrote in beside the choices.
    Other,
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
    /// What the head calls the choice of each column, folded: a cell that says the same takes it.
    choices: Vec<String>,
}

impl Columns {
    fn new(is_long: bool, list: Vec<ColumnUse>, choices: Vec<String>) -> Self {
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
            choices,
        }
    }

    /// True for a cell that repeats what the head calls the choice of its column.
    pub(super) fn repeats_choice(&self, place: usize, cell: &str) -> bool {
        let name = self.choices.get(place);
        name.is_some_and(|name| !name.is_empty() && *name == fold(cell))
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
    pub(super) fn columns(&self, head: &Head, problems: &mut Problems) -> Columns {
        let [every, long] = named_columns(&self.file);
        let names = &head.names;
        let has = |wanted: ColumnUse| {
            let mut names = names.iter().flatten();
            names.any(|name| long.get(name) == Some(&wanted))
        };
        let is_long = has(ColumnUse::Question) && has(ColumnUse::Answer(Field::Value));
        let column = |names: &Vec<String>| {
            let known = |find: &dyn Fn(&String) -> Option<ColumnUse>| names.iter().find_map(find);
            let of = |(node, field)| ColumnUse::Of(node, field);
            let ignored = |name: &String| self.ignore.contains(name).then_some(ColumnUse::Ignored);
            let mapped = |name: &String| self.questions.get(name).copied().map(of);
            let asked = |name: &String| self.names.find(name).map(of);
            let shown =
                |name: &String| self.names.is_shown_only(name).then_some(ColumnUse::Ignored);
            if names.iter().all(String::is_empty) {
                return ColumnUse::Unnamed;
            }
            let found = known(&ignored)
                .or_else(|| known(&mapped).filter(|_| !is_long))
                .or_else(|| known(&|name| every.get(name).copied()));
            let found = found.or_else(|| {
                if is_long {
                    known(&|name| long.get(name).copied())
                } else {
                    known(&asked).or_else(|| known(&shown))
                }
            });
            found.unwrap_or(ColumnUse::Unmatched)
        };
        let list = names.iter().map(column).collect();
        let columns = Columns::new(is_long, list, head.choices());
        self.check_columns(head, &columns, problems);
        columns
    }

    fn check_columns(&self, head: &Head, columns: &Columns, problems: &mut Problems) {
        // Where nothing is understood, the first row may be no header: it is somebody's answers then.
        let nothing = [ColumnUse::Unmatched, ColumnUse::Unnamed, ColumnUse::Ignored];
        if columns.list.iter().all(|column| nothing.contains(column)) {
            let problem = problem!(InvalidTable, "no-column-is-understood");
            problems.add(problem.at(mark(0, 0)));
            return;
        }
        let named = |place: usize| head.row.cell(place);
        for (place, column) in columns.list.iter().enumerate() {
            if matches!(column, ColumnUse::Unnamed | ColumnUse::Ignored) {
                continue;
            }
            let before = columns.list.iter().take(place);
            let problem = if *column == ColumnUse::Unmatched {
                self.unmatched(head, place, problems.is_full())
            } else {
                let Some(first) = before.rev().position(|one| one == column) else {
                    continue;
                };
                let (first, second) = (named(place - 1 - first), named(place));
                problem!(DuplicateId, "the-columns-and-hold-the-same", first, second)
            };
            problems.add(problem.at(mark(0, place)));
        }
        let mut places = columns.list.iter().enumerate();
        let earlier = places.find_map(|(place, column)| {
            let mut all = head.names.get(place)?.iter();
            let mapped = all.any(|name| self.questions.contains_key(name));
            let of = matches!(column, ColumnUse::Of(..)) && !mapped;
            let name = of.then_some(Located::new(named(place), mark(0, place)))?;
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
    fn unmatched(&self, head: &Head, place: usize, hidden: bool) -> Diagnostic {
        let name = head.row.cell(place);
        let problem = problem!(UnmatchedColumn, "the-column-belongs-to-no-question", name);
        if hidden {
            return problem;
        }
        match self.nearest(head, place) {
            _ if is_of_tool(name) => {
                problem.help(message!("survey-tools-add-it-leave-it-out", name))
            }
            Some(near) => problem.help(message!("did-you-mean-question", near)),
            None => problem,
        }
    }
}

impl Import<'_> {
    /// The question whose name is nearest to a name of a column.
    pub(super) fn nearest(&self, head: &Head, place: usize) -> Option<String> {
        let names = head.names.get(place)?;
        let question = |name: &String| self.names.nearest(name).map(str::to_owned);
        let near = |name: &String| self.names.nearest_choice(name).or_else(|| question(name));
        names.iter().find_map(near)
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
