//! Respondents: their names and roles, and their answers as responses.

use super::columns::Columns;
use super::mapping::RoleFrom;
use super::names::fold;
use super::problems::{Problems, mark};
use super::table::Import;
use crate::answers::file::{AnswerFile, ResponseFile};
use crate::message;
use crate::rules::vocabulary::Role;
use crate::text::diagnostic::{Code, Diagnostic, Place, nearest, suggestion};
use crate::text::grid::Row;
use crate::text::yaml::{Entries, Located};

/// Answers by pack.
pub(super) type Answers = Vec<(Located<String>, Entries<Located<AnswerFile>>)>;

/// A respondent, as far as a row names one.
#[derive(Debug, Clone, Default)]
pub(super) struct Respondent {
    pub(super) name: Option<Located<String>>,
    pub(super) role: Option<Located<Role>>,
    /// True if there is a role that is none, which is a problem already.
    misnamed: bool,
    unit: Option<String>,
    answered_on: Option<Located<String>>,
}

impl Respondent {
    /// The same respondent, with what another row knows where this one does not.
    pub(super) fn or(self, other: &Self) -> Self {
        Self {
            name: self.name.or_else(|| other.name.clone()),
            role: self.role.or(other.role),
            misnamed: self.misnamed || other.misnamed,
            unit: self.unit.or_else(|| other.unit.clone()),
            answered_on: self.answered_on.or_else(|| other.answered_on.clone()),
        }
    }
}

impl Import<'_> {
    /// True if respondents can be identified, by a column, their rows, or as there is but one.
    pub(super) fn names_respondents(&self, columns: &Columns) -> bool {
        columns.respondent.is_some()
            || self.mapping.number_prefix().is_some()
            || self.options.respondent.is_some()
    }

    /// The role of all respondents, where no column holds roles.
    pub(super) fn common_role(&self) -> Option<Role> {
        let file = self.mapping.file.as_ref();
        let all = match file.and_then(|file| file.role.as_ref()) {
            Some(RoleFrom::Detail(detail)) => detail.all,
            Some(RoleFrom::Column(_)) | None => None,
        };
        all.or(self.options.role)
    }

    /// The respondent of a row; `nth` is its place in what is being read.
    pub(super) fn respondent(
        &self,
        columns: &Columns,
        nth: usize,
        row: &Row,
        problems: &mut Problems,
    ) -> Respondent {
        let cell = |column: usize| Some(row.cell(column)).filter(|text| !text.is_empty());
        let located = |text: &str, column| Located::new(text.to_owned(), mark(nth, column));
        let name = match (columns.respondent, self.mapping.number_prefix()) {
            (Some(column), _) => cell(column).map(|text| located(text, column)),
            (None, Some(prefix)) => Some(located(&format!("{prefix}{}", row.number), 0)),
            (None, None) => self.options.respondent.as_ref().map(|one| located(one, 0)),
        };
        let mut misnamed = false;
        let role = match columns.role {
            Some(column) => cell(column).and_then(|text| {
                let role = self.role(text);
                if role.is_none() {
                    misnamed = true;
                    problems.add(unknown_role(text, mark(nth, column)));
                }
                role.map(|role| Located::new(role, mark(nth, column)))
            }),
            None => self
                .common_role()
                .map(|role| Located::new(role, mark(nth, 0))),
        };
        Respondent {
            name,
            role,
            misnamed,
            unit: columns.unit.and_then(cell).map(str::to_owned),
            answered_on: columns.answered_on.and_then(|column| {
                let text = cell(column)?;
                // Servers write the time after the day.
                let day = text.split(['T', ' ']).next().unwrap_or(text);
                Some(located(day, column))
            }),
        }
    }

    pub(super) fn role(&self, text: &str) -> Option<Role> {
        let text = fold(text);
        let own = Role::ALL.into_iter().find(|role| role.name() == text);
        self.mapping.roles.get(&text).copied().or(own)
    }

    /// The response of a respondent; `place` is that of whatever has no place of its own.
    pub(super) fn response(
        &self,
        respondent: Respondent,
        answers: Answers,
        place: Place,
        problems: &mut Problems,
    ) -> Option<ResponseFile> {
        let mut missing = |what: &str| {
            let message = message!("an-answer-without-a", what);
            let help = message!("fill-the-cell-or-name-the-column-under", what);
            let problem = Diagnostic::error(Code::MissingKey, message).at(place);
            problems.add(problem.help(help));
        };
        if respondent.name.is_none() {
            missing("respondent");
        }
        if respondent.role.is_none() && !respondent.misnamed {
            missing("role");
        }
        let packs = self.rulebook.packs.iter();
        let packs = packs.map(|pack| format!("{}@{}", pack.id, pack.version));
        Some(ResponseFile {
            format: Located::new(1, place),
            respondent: respondent.name?,
            role: respondent.role?,
            unit: respondent.unit,
            answered_on: respondent.answered_on,
            packs: packs.map(|pack| Located::new(pack, place)).collect(),
            answers: answers.into_iter().collect(),
        })
    }
}

fn unknown_role(text: &str, place: Place) -> Diagnostic {
    let names = Role::ALL.map(Role::name);
    let listed = message!(
        "the-roles-are-a-mapping-can-say-under",
        names = names.join(", ")
    );
    let help = suggestion(nearest(text, names), &listed);
    Diagnostic::error(Code::UnknownValue, message!("is-no-role", text))
        .at(place)
        .help(help)
}
