//! The answers of one person, and the rules by which those of several become one.

use super::check::{Checker, unknown_pack};
use super::disclosure::{DEFAULT_MINIMUM, LOWEST_MINIMUM};
use super::file::{AnswerFile, RespondentsFile, ResponseFile};
use super::respondents::{Group, MergeResult};
use super::round::Sheet;
use super::{Answers, warning};
use crate::rules::is_weight;
use crate::rules::rulebook::{Question, Rulebook};
use crate::rules::vocabulary::{Basis, Role, State};
use crate::text::diagnostic::{Diagnostic, Diagnostics, Severity, SourceId};
use crate::text::yaml::{Entries, Located};
use crate::{message, problem};
use semver::Version;
use std::collections::{BTreeMap, HashMap};

/// One person's answers, checked against a rulebook.
#[derive(Debug, Clone)]
pub struct Response {
    /// Name of the respondent; distinguishes people and is never printed.
    pub respondent: String,
    /// Role of the respondent.
    pub role: Role,
    /// The answers, those of a single assessor; ratings as given, whatever their evidence.
    pub answers: Answers,
    pub(super) sheet: Sheet,
}

impl Response {
    /// Checks a response against the rulebook.
    ///
    /// Every problem goes to `problems`; answers to questions the role is not asked are warnings.
    /// A note without an answer is kept, and its question stays open.
    /// `None` where there is an error.
    #[must_use]
    pub fn check(
        rulebook: &Rulebook,
        file: &ResponseFile,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let mut checker = Checker::new(rulebook, Basis::Perception, problems);
        checker.notes_alone = true;
        checker.format(&file.format);
        if file.respondent.value.trim().is_empty() {
            let place = file.respondent.place;
            checker.refuse(problem!(MissingKey, "the-respondent-has-no-name").at(place));
        }
        for pack in &file.packs {
            match another_version(rulebook, file, pack) {
                Some(problem) if problem.severity == Severity::Error => checker.refuse(problem),
                warning => checker.problems.extend(warning),
            }
        }
        checker.packs(&file.answers);
        let day = file.answered_on.as_ref();
        let assessed_on = day.and_then(|text| checker.date(text));
        let (name, source) = (&file.respondent.value, file.respondent.place.source);
        let mut response = Self::of(checker, (name, file.role.value), source, Some(file))?;
        response.answers.assessed_on = assessed_on;
        Some(response)
    }

    /// Checks the answers of one of the people of a case, by the full ids of their questions.
    pub(crate) fn check_case(
        rulebook: &Rulebook,
        role: Located<Role>,
        answers: &Entries<Located<AnswerFile>>,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let mut checker = Checker::new(rulebook, Basis::Perception, problems);
        checker.notes_alone = true;
        for (id, answer) in answers {
            checker.answer_by_id(id, answer);
        }
        Self::of(checker, ("", role.value), role.place.source, None)
    }

    fn of(
        mut checker: Checker<'_>,
        (respondent, role): (&str, Role),
        source: SourceId,
        file: Option<&ResponseFile>,
    ) -> Option<Self> {
        checker.warn_of_role(role, source);
        let rulebook = checker.rulebook;
        let (mut answers, _) = checker.finish()?;
        answers.assessor = Some(role);
        Some(Self {
            respondent: respondent.to_owned(),
            role,
            sheet: Sheet::new((&key(respondent), role), file, rulebook, &answers),
            answers,
        })
    }
}

impl Checker<'_> {
    /// Warns of answers the role is not asked for; not in a file with an error, which may be its
    /// role.
    fn warn_of_role(&mut self, role: Role, source: SourceId) {
        let here = |one: &Diagnostic| one.place.is_some_and(|place| place.source == source);
        let wrong = |one: &Diagnostic| here(one) && one.severity == Severity::Error;
        if self.problems.iter().any(wrong) {
            return;
        }
        for (asked, entry) in self.rulebook.questions().zip(&self.entries) {
            let to_others = !is_asked(asked.question, role);
            let answered = to_others && entry.answer.state != State::Missing;
            if let Some(place) = entry.place.filter(|_| answered) {
                let (id, role) = (&asked.item.id, role.name());
                let problem = problem!(NotAsked, "is-not-asked-of-the-role", id, role);
                self.problems.push(warning(problem.at(place)));
            }
        }
    }
}

/// The problem of a response to a pack that is not here, or here in another version.
///
/// Within a major version questions may be added and reworded: as long as every question the
/// response answers is still there it is taken with a warning. Any other version is refused.
fn another_version(
    rulebook: &Rulebook,
    file: &ResponseFile,
    pack: &Located<String>,
) -> Option<Diagnostic> {
    let (name, version) = match pack.value.split_once('@') {
        Some((name, version)) => (name, Some(version)),
        None => (pack.value.as_str(), None),
    };
    let Some(here) = rulebook.packs.iter().find(|one| one.id == name) else {
        let name = Located::new(name.to_owned(), pack.place);
        return Some(unknown_pack(rulebook, &name));
    };
    let version = version.filter(|version| *version != here.version.to_string())?;
    let own = &here.version;
    let problem = problem!(VersionMismatch, "answers-another", name, version, own);
    let problem = problem.at(pack.place);
    let alike = version.parse().is_ok_and(|one| alike(&one, own));
    Some(if alike && still_there(rulebook, file, name) {
        warning(problem).help(message!("every-question-it-answers-is-still-there"))
    } else {
        problem
    })
}

/// Returns true if two versions ask the same questions, as semantic versions promise it: the major version
/// is the same, and below 1.0.0 the minor one too.
fn alike(one: &Version, other: &Version) -> bool {
    one.major == other.major && (one.major > 0 || one.minor == other.minor)
}

/// Returns true if the rulebook has every question of a pack that a response answers.
fn still_there(rulebook: &Rulebook, file: &ResponseFile, pack: &str) -> bool {
    let answered = file.answers.iter().filter(|(name, _)| name.value == pack);
    let mut ids = answered.flat_map(|(_, answers)| answers.iter().map(|(id, _)| &id.value));
    ids.all(|id| {
        let id = format!("{pack}.{id}");
        rulebook.find(&id).is_some() || rulebook.moved(&id).is_some()
    })
}

/// Returns true if a question is put to a role.
pub(crate) fn is_asked(question: &Question, role: Role) -> bool {
    question.roles.is_empty() || question.roles.contains(&role)
}

/// The names of those who have answered so far, to notice who answers twice.
#[derive(Debug, Clone, Default)]
pub struct RespondentNames(HashMap<String, String>);

impl RespondentNames {
    /// Enters a respondent with the name of the file or row of the response.
    ///
    /// # Errors
    /// The problem, without a place, when the respondent is in already.
    pub fn enter(&mut self, respondent: &str, source: &str) -> Result<(), Box<Diagnostic>> {
        if let Some(first) = self.first(respondent) {
            let problem = problem!(DuplicateRespondent, "answers-twice", first);
            return Err(Box::new(problem));
        }
        self.0.insert(key(respondent), source.to_owned());
        Ok(())
    }

    /// The file or row a respondent was entered with.
    #[must_use]
    pub fn first(&self, respondent: &str) -> Option<&str> {
        self.0.get(&key(respondent)).map(String::as_str)
    }
}

/// The name as it is compared: without case and surrounding spaces.
fn key(respondent: &str) -> String {
    respondent.trim().to_lowercase()
}

/// Rules by which the answers of several people become one, with the weight of each role.
pub(super) struct GroupRules {
    pub(super) weights: BTreeMap<Role, f64>,
    pub(super) merged: MergeResult,
}

impl GroupRules {
    /// Weight of the mean of a group, above 0: that of its role, and 1 of others.
    pub(super) fn weight(&self, group: Group) -> f64 {
        let own = group.role().and_then(|role| self.weights.get(&role));
        own.copied().unwrap_or(1.0)
    }

    /// Checks the rules of an assessment; what is refused keeps its default.
    pub(super) fn check(file: &RespondentsFile, checker: &mut Checker<'_>) -> Self {
        let mut weights = BTreeMap::new();
        for (name, weight) in &file.weights {
            match role_weight(name, weight) {
                Ok((role, weight)) => drop(weights.insert(role, weight)),
                Err(problem) => checker.refuse(problem),
            }
        }
        let is_open = |role: &Role| file.open_roles.iter().any(|one| one.value == *role);
        let minimum = file.minimum_group.as_ref();
        if let Some(small) = minimum.filter(|one| one.value < LOWEST_MINIMUM) {
            let (place, small) = (small.place, small.value);
            checker.refuse(problem!(GroupTooSmall, "protects-nobody", small).at(place));
        }
        let closed_on = file.closed_on.as_ref();
        let closed_on = closed_on.and_then(|text| checker.date(text));
        let merged = MergeResult {
            pooled: file.pooled,
            minimum_group: minimum.map_or(DEFAULT_MINIMUM, |one| one.value.max(LOWEST_MINIMUM)),
            anonymous: file.anonymous.unwrap_or(true),
            open_roles: Role::ALL.into_iter().filter(is_open).collect(),
            closed_on: closed_on.map(|day| day.to_string()),
        };
        Self { weights, merged }
    }
}

fn role_weight(name: &Located<String>, weight: &Located<f64>) -> Result<(Role, f64), Diagnostic> {
    let names = || Role::ALL.iter().map(|role| role.name());
    let role = Role::ALL.into_iter().find(|role| role.name() == name.value);
    let role = role.ok_or_else(|| {
        let problem = problem!(UnknownValue, "there-is-no-role", value = name.value);
        problem.at(name.place).nearest(&name.value, names())
    })?;
    if is_weight(weight.value) {
        return Ok((role, weight.value));
    }
    let (place, weight) = (weight.place, weight.value);
    Err(problem!(OutOfRange, "the-weight-of-a-role-is-above-not", weight).at(place))
}
