//! The answers of one person, checked against a rulebook.

use super::check::{Checked, Checker, unknown_pack};
use super::file::ResponseFile;
use super::{Answer, AnswerNotes, Answers};
use crate::message;
use crate::rules::rulebook::{Question, Rulebook};
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::Role;
use crate::rules::vocabulary::State;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Severity, SourceId};
use crate::text::yaml::Located;
use jiff::civil::Date;
use semver::Version;
use std::collections::HashMap;

/// One person's answers, one per question of the rulebook they were checked against.
#[derive(Debug, Clone)]
pub struct Response {
    /// Name of the respondent; distinguishes people and is never printed.
    pub respondent: String,
    /// Role of the respondent.
    pub role: Role,
    /// The day of the answers.
    pub answered_on: Option<Date>,
    answers: Vec<Answer>,
    notes: Vec<AnswerNotes>,
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
            let problem =
                Diagnostic::error(Code::MissingKey, message!("the-respondent-has-no-name"));
            checker.refuse(
                problem
                    .at(file.respondent.place)
                    .help(message!("any-word-will-do-that-no")),
            );
        }
        for pack in &file.packs {
            match another_version(rulebook, file, pack) {
                Some(problem) if problem.severity == Severity::Error => checker.refuse(problem),
                warning => checker.problems.extend(warning),
            }
        }
        checker.packs(&file.answers);
        let answered_on = file
            .answered_on
            .as_ref()
            .and_then(|text| checker.date(text));
        checker.warn_of_role(file.role.value, file.respondent.place.source);
        let Checked { answers, notes, .. } = checker.finish()?;
        Some(Self {
            respondent: file.respondent.value.clone(),
            role: file.role.value,
            answered_on,
            answers,
            notes,
        })
    }

    /// The same as the answers of a single assessor.
    #[must_use]
    pub fn alone(self, rulebook: &Rulebook) -> Answers {
        Answers {
            assessed_on: self.answered_on,
            assessor: Some(self.role),
            basis: Basis::Perception,
            answers: self.answers,
            notes: self.notes,
            ..Answers::blank(rulebook)
        }
    }

    /// One entry per question, in the rulebook's order; ratings as given, whatever their evidence.
    #[must_use]
    pub fn answers(&self) -> &[Answer] {
        &self.answers
    }

    /// One entry per question, in the rulebook's order.
    #[must_use]
    pub fn notes(&self) -> &[AnswerNotes] {
        &self.notes
    }
}

impl Checker<'_> {
    /// Warns of answers the role is not asked for; not in a file with an error, which may be its
    /// role.
    fn warn_of_role(&mut self, role: Role, source: SourceId) {
        let wrong = |one: &Diagnostic| {
            let here = one.place.is_some_and(|place| place.source == source);
            here && one.severity == Severity::Error
        };
        if self.problems.iter().any(wrong) {
            return;
        }
        let rulebook = self.rulebook;
        let mut warnings = Vec::new();
        let rows = rulebook.items.iter().zip(&self.answers).zip(&self.places);
        for ((item, answer), place) in rows {
            let to_others = item.kind.question().is_some_and(|one| !is_asked(one, role));
            if let (true, Some(place)) = (to_others && answer.state != State::Missing, place) {
                let message =
                    message!("is-not-asked-of-the-role", id = item.id, role = role.name());
                let warning = Diagnostic::warning(Code::NotAsked, message).at(*place);
                warnings.push(warning.help(message!("the-answer-is-kept-and-not-scored")));
            }
        }
        self.problems.extend(warnings);
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
    let message = message!(
        "this-response-answers-and-the-assessment-uses",
        name,
        version,
        version2 = here.version
    );
    let alike = version.parse().is_ok_and(|one| alike(&one, &here.version));
    if alike && still_there(rulebook, file, name) {
        let help = message!("every-question-it-answers-is-still-there");
        let warning = Diagnostic::warning(Code::VersionMismatch, message);
        return Some(warning.at(pack.place).help(help));
    }
    let help = message!(
        "ask-again-with-the-questions-of-or-let",
        version = here.version,
        name,
        version2 = version
    );
    let error = Diagnostic::error(Code::VersionMismatch, message);
    Some(error.at(pack.place).help(help))
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
    ids.all(|id| rulebook.find(&format!("{pack}.{id}")).is_some())
}

/// Returns true if a question is put to a role.
pub(crate) fn is_asked(question: &Question, role: Role) -> bool {
    question.roles.is_empty() || question.roles.contains(&role)
}

/// The names of those who have answered so far, to notice who answers twice.
#[derive(Debug, Clone, Default)]
pub struct RespondentNames(HashMap<String, String>);

impl RespondentNames {
    /// Nobody yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Enters a respondent with the name of the file or row of the response.
    ///
    /// # Errors
    /// The problem, without a place, when the respondent is in already.
    pub fn enter(&mut self, respondent: &str, source: &str) -> Result<(), Box<Diagnostic>> {
        if let Some(first) = self.first(respondent) {
            let message = message!("the-respondent-answers-twice", respondent);
            let help = message!("the-other-response-is-in-rename-one-or-take", first);
            return Err(Box::new(
                Diagnostic::error(Code::DuplicateRespondent, message).help(help),
            ));
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
