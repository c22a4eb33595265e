//! Who answers, and in which role.

use super::columns::Holds;
use super::faults::{Faults, mark};
use super::mapping::{MappingFile, RespondentFrom, RoleFrom};
use super::{Import, Settings, fold};
use crate::rules::vocabulary::Role;
use crate::text::diagnostic::{Code, Diagnostic, Place, nearest, suggestion};
use crate::text::grid::Row;
use crate::text::yaml::Located;

/// What tells respondents apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    Column(usize),
    /// The number of the row, after this.
    Row(String),
    /// One person gave all answers.
    One(String),
    /// Nothing does.
    Nobody,
}

/// Where roles come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum In {
    Column(usize),
    /// Everybody has this one.
    One(Role),
    /// Nothing says.
    Nowhere,
}

/// Where a table says who answers.
#[derive(Debug, Clone)]
pub(super) struct People {
    pub(super) respondent: Who,
    pub(super) role: In,
    pub(super) unit: Option<usize>,
    pub(super) answered_on: Option<usize>,
}

/// One of those who answer, as far as a row says.
#[derive(Debug, Clone, Default)]
pub(super) struct Person {
    pub(super) respondent: Option<Located<String>>,
    pub(super) role: Option<Located<Role>>,
    /// Whether there is a role that is none, which has been told.
    pub(super) misnamed: bool,
    pub(super) unit: Option<String>,
    pub(super) answered_on: Option<Located<String>>,
}

impl People {
    pub(super) fn new(file: Option<&MappingFile>, settings: &Settings, holds: &[Holds]) -> Self {
        let at = |wanted: Holds| holds.iter().position(|one| *one == wanted);
        let respondent = match (
            at(Holds::Respondent),
            file.and_then(|file| file.respondent.as_ref()),
        ) {
            (Some(column), _) => Who::Column(column),
            (None, Some(RespondentFrom::Number(numbered))) => {
                Who::Row(numbered.number.value.clone())
            }
            (None, _) => settings.respondent.clone().map_or(Who::Nobody, Who::One),
        };
        let all = match file.and_then(|file| file.role.as_ref()) {
            Some(RoleFrom::Detail(detail)) => detail.all,
            Some(RoleFrom::Column(_)) | None => None,
        };
        let role = match (at(Holds::Role), all.or(settings.role)) {
            (Some(column), _) => In::Column(column),
            (None, Some(role)) => In::One(role),
            (None, None) => In::Nowhere,
        };
        Self {
            respondent,
            role,
            unit: at(Holds::Unit),
            answered_on: at(Holds::AnsweredOn),
        }
    }
}

impl Import<'_> {
    /// What a row says of who answers; `nth` is its place in what is being read.
    pub(super) fn person(
        &self,
        people: &People,
        nth: usize,
        row: &Row,
        faults: &mut Faults,
    ) -> Person {
        let cell = |column: usize| Some(row.cell(column)).filter(|text| !text.is_empty());
        let located = |text: &str, column| Located::new(text.to_owned(), mark(nth, column));
        let respondent = match &people.respondent {
            Who::Column(column) => cell(*column).map(|text| located(text, *column)),
            Who::Row(prefix) => Some(located(&format!("{prefix}{}", row.number), 0)),
            Who::One(name) => Some(located(name, 0)),
            Who::Nobody => None,
        };
        let mut misnamed = false;
        let role = match people.role {
            In::Column(column) => cell(column).and_then(|text| {
                let place = mark(nth, column);
                let role = self.role(text);
                if role.is_none() {
                    misnamed = true;
                    faults.push(no_role(text, place), 1);
                }
                role.map(|role| Located::new(role, place))
            }),
            In::One(role) => Some(Located::new(role, mark(nth, 0))),
            In::Nowhere => None,
        };
        Person {
            respondent,
            role,
            misnamed,
            unit: people.unit.and_then(cell).map(str::to_owned),
            answered_on: people.answered_on.and_then(|column| {
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
}

fn no_role(text: &str, place: Place) -> Diagnostic {
    let names = Role::ALL.map(Role::name);
    let listed = format!(
        "the roles are {}; a mapping can say under `role: {{ values: ... }}` which of them is meant",
        names.join(", ")
    );
    let help = suggestion(nearest(text, names), &listed);
    Diagnostic::error(Code::UnknownValue, format!("`{text}` is no role"))
        .at(place)
        .help(help)
}
