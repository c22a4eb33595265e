//! The response of a respondent: who answers, and the answers by pack.

use super::Import;
use super::columns::{ColumnUse, Columns};
use super::mapping::{RespondentFrom, RoleFrom};
use super::problems::Problems;
use super::rows::PlacedRow;
use super::wording::fold;
use crate::answers::file::{AnswerFile, ResponseFile};
use crate::problem;
use crate::rules::vocabulary::Role;
use crate::text::diagnostic::Place;
use crate::text::table::unguarded;
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
    /// The text before the numbers of rows, where these identify respondents.
    fn number_prefix(&self) -> Option<&str> {
        match self.file.respondent.as_ref()? {
            RespondentFrom::Number(numbered) => Some(&numbered.number.value),
            RespondentFrom::Column(_) => None,
        }
    }

    /// True if respondents can be identified, by a column, their rows, or as there is but one.
    pub(super) fn names_respondents(&self, columns: &Columns) -> bool {
        columns.at(ColumnUse::Respondent).is_some()
            || self.number_prefix().is_some()
            || self.options.respondent.is_some()
    }

    /// The role of all respondents, where no column holds roles.
    pub(super) fn common_role(&self) -> Option<Role> {
        let all = match &self.file.role {
            Some(RoleFrom::Detail(detail)) => detail.all,
            Some(RoleFrom::Column(_)) | None => None,
        };
        all.or(self.options.role)
    }

    /// The respondent of a row.
    pub(super) fn respondent(&self, row: PlacedRow<'_>, problems: &mut Problems) -> Respondent {
        let columns = row.columns;
        let here = |text: String| Located::new(text, row.mark(0));
        let cell = |column| columns.at(column).and_then(|column| row.cell(column));
        let name = if columns.at(ColumnUse::Respondent).is_some() {
            cell(ColumnUse::Respondent).map(|cell| cell.map(|text| unguarded(text).to_owned()))
        } else if let Some(prefix) = self.number_prefix() {
            Some(here(format!("{prefix}{}", row.row.number)))
        } else {
            self.options.respondent.clone().map(here)
        };
        let mut misnamed = false;
        let role = if columns.at(ColumnUse::Role).is_some() {
            cell(ColumnUse::Role).and_then(|cell| {
                let role = self.role(cell.value);
                if role.is_none() {
                    misnamed = true;
                    let names = Role::ALL.map(Role::name);
                    let (text, roles) = (cell.value, names.join(", "));
                    let problem = problem!(UnknownValue, "is-no-role", text, roles);
                    problems.add(problem.at(cell.place).nearest(text, names));
                }
                role.map(|role| Located::new(role, cell.place))
            })
        } else {
            let role = self.common_role();
            role.map(|role| Located::new(role, row.mark(0)))
        };
        Respondent {
            name,
            role,
            misnamed,
            unit: cell(ColumnUse::Unit).map(|cell| unguarded(cell.value).to_owned()),
            // Servers write the time after the day.
            answered_on: cell(ColumnUse::AnsweredOn).map(|cell| {
                cell.map(|text| text.split(['T', ' ']).next().unwrap_or(text).to_owned())
            }),
        }
    }

    pub(super) fn role(&self, text: &str) -> Option<Role> {
        let text = fold(text);
        let own = Role::ALL.into_iter().find(|role| role.name() == text);
        self.roles.get(&text).copied().or(own)
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
            problems.add(problem!(MissingKey, "an-answer-without-a", what).at(place));
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
