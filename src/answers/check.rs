//! Answers as written checked against their questions, pack by pack; every problem is gathered.

mod problem;
mod target;

use super::file::{AnswerDetail, AnswerFile, EvidenceFile, ValueFile};
use super::value::{Asked, weigh};
use super::{Answer, AnswerNotes};
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::State;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::yaml::{Entries, Located};
use jiff::civil::Date;
pub(super) use problem::unknown_pack;
use problem::unknown_question;

/// The answers checked so far: one entry per question.
pub(super) struct Checker<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) basis: Basis,
    /// True if an answer may leave its value to respondents.
    pub(super) shared: bool,
    /// True if a note or evidence may be given alone, and the question stay unanswered.
    pub(super) notes_alone: bool,
    pub(super) problems: &'a mut Diagnostics,
    valid: bool,
    pub(super) answers: Vec<Answer>,
    pub(super) notes: Vec<AnswerNotes>,
    /// The place of each answer in its file.
    pub(super) places: Vec<Option<Place>>,
}

/// Answers without a problem: one entry per question.
pub(super) struct Checked {
    pub(super) answers: Vec<Answer>,
    pub(super) notes: Vec<AnswerNotes>,
    /// The place of each answer in its file.
    pub(super) places: Vec<Option<Place>>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(rulebook: &'a Rulebook, basis: Basis, problems: &'a mut Diagnostics) -> Self {
        let count = rulebook.question_count();
        Self {
            rulebook,
            basis,
            shared: false,
            notes_alone: false,
            problems,
            valid: true,
            answers: vec![Answer::MISSING; count],
            notes: vec![AnswerNotes::default(); count],
            places: vec![None; count],
        }
    }

    /// Returns the answers; `None` where anything was refused.
    pub(super) fn finish(self) -> Option<Checked> {
        self.valid.then_some(Checked {
            answers: self.answers,
            notes: self.notes,
            places: self.places,
        })
    }

    pub(super) fn refuse(&mut self, problem: Diagnostic) {
        self.valid = false;
        self.problems.push(problem);
    }

    pub(super) fn format(&mut self, format: &Located<u32>) {
        if format.value != 1 {
            let message = message!("format-is-not-known", format = format.value);
            let problem = Diagnostic::error(Code::UnknownFormat, message);
            self.refuse(problem.at(format.place).help("write `format: 1`"));
        }
    }

    pub(super) fn date(&mut self, text: &Located<String>) -> Option<Date> {
        let date = text.value.parse().ok();
        if date.is_none() {
            let message = message!("is-not-a-date", value = text.value);
            let help = message!("write-year-month-and-day-as");
            self.refuse(
                Diagnostic::error(Code::InvalidDate, message)
                    .at(text.place)
                    .help(help),
            );
        }
        date
    }

    /// Checks the answers to every pack.
    pub(super) fn packs(&mut self, packs: &Entries<Entries<Located<AnswerFile>>>) {
        for (pack, answers) in packs {
            self.each(pack, answers, Self::answer);
        }
    }

    /// Calls a function with each entry of a pack and the question it belongs to.
    pub(super) fn each<T>(
        &mut self,
        pack: &Located<String>,
        entries: &Entries<T>,
        mut take: impl FnMut(
            &mut Self,
            usize,
            Asked<'a>,
            &Located<String>,
            &T,
        ) -> Result<(), Diagnostic>,
    ) {
        if !self.rulebook.packs.iter().any(|one| one.id == pack.value) {
            return self.refuse(unknown_pack(self.rulebook, pack));
        }
        for (name, entry) in entries {
            let id = format!("{}.{}", pack.value, name.value);
            let taken = self
                .question(&id, name)
                .and_then(|(node, asked)| take(self, node, asked, name, entry));
            if let Err(problem) = taken {
                self.refuse(problem);
            }
        }
    }

    /// Checks one answer by the full id of its question.
    pub(super) fn answer_by_id(&mut self, id: &Located<String>, answer: &Located<AnswerFile>) {
        let local = id.value.split_once('.').map_or("", |(_, local)| local);
        let name = Located::new(local.to_owned(), id.place);
        let taken = self
            .question(&id.value, &name)
            .and_then(|(node, asked)| self.answer(node, asked, &name, answer));
        if let Err(problem) = taken {
            self.refuse(problem);
        }
    }

    fn question(&self, id: &str, name: &Located<String>) -> Result<(usize, Asked<'a>), Diagnostic> {
        let rulebook = self.rulebook;
        let node = rulebook.find(id);
        let asked = node.and_then(|node| {
            let item = rulebook.items.get(node)?;
            let question = item.kind.question()?;
            Some((node, Asked { item, question }))
        });
        asked.ok_or_else(|| unknown_question(rulebook, id, name, node.is_some()))
    }

    fn answer(
        &mut self,
        node: usize,
        asked: Asked<'a>,
        name: &Located<String>,
        answer: &Located<AnswerFile>,
    ) -> Result<(), Diagnostic> {
        let alone = |value| self.value(asked, &value, answer.place, AnswerNotes::default());
        let (answer, notes) = match &answer.value {
            AnswerFile::Value(scalar) => alone(ValueFile::One(scalar.clone()))?,
            AnswerFile::List(list) => alone(ValueFile::List(list.clone()))?,
            AnswerFile::Full(detail) => self.detail(asked, detail, answer.place)?,
        };
        let slots = (
            self.answers.get_mut(node),
            self.notes.get_mut(node),
            self.places.get_mut(node),
        );
        if let (Some(old), Some(old_notes), Some(place)) = slots {
            (*old, *old_notes, *place) = (answer, notes, Some(name.place));
        }
        Ok(())
    }

    fn value(
        &self,
        asked: Asked<'_>,
        value: &ValueFile,
        place: Place,
        notes: AnswerNotes,
    ) -> Result<(Answer, AnswerNotes), Diagnostic> {
        let fitted = asked.fit(value, place)?;
        let answer = weigh(asked.question, fitted.answer, notes.grade, self.basis);
        let text = fitted.text;
        Ok((answer, AnswerNotes { text, ..notes }))
    }

    fn detail(
        &mut self,
        asked: Asked<'_>,
        detail: &AnswerDetail,
        place: Place,
    ) -> Result<(Answer, AnswerNotes), Diagnostic> {
        let id = asked.item.local_id();
        let notes = AnswerNotes {
            of: counted(asked, detail)?,
            ..notes(detail)
        };
        let has_note = detail.note.is_some() || detail.evidence.is_some();
        match (&detail.value, &detail.not_applicable) {
            (Some(value), None) => {
                let (answer, notes) = self.value(asked, &value.value, value.place, notes)?;
                self.aim(asked, &detail.targets(), answer, notes)
            }
            (None, Some(reason)) => not_applicable(asked, reason, notes),
            (Some(_), Some(reason)) => {
                let message = message!("has-a-value-and-is-not-applicable", id);
                let problem = Diagnostic::error(Code::InvalidValue, message);
                Err(problem
                    .at(reason.place)
                    .help(message!("keep-one-of-the-two")))
            }
            (None, None) if self.shared || (self.notes_alone && has_note) => {
                self.aim(asked, &detail.targets(), Answer::MISSING, notes)
            }
            (None, None) => {
                let message = message!("has-neither-value-nor-not", id);
                let problem = Diagnostic::error(Code::MissingKey, message).at(place);
                Err(problem.help(message!("add-value-which-may-be-unknown")))
            }
        }
    }
}

/// Everything written with an answer but its targets.
fn notes(detail: &AnswerDetail) -> AnswerNotes {
    let evidence = detail.evidence.as_ref();
    let text =
        |pick: fn(&EvidenceFile) -> &Option<String>| evidence.and_then(|one| pick(one).clone());
    AnswerNotes {
        note: detail.note.clone(),
        grade: evidence.map(|one| one.grade).unwrap_or_default(),
        evidence: text(|one| &one.reference),
        link: text(|one| &one.link),
        owner: detail.owner.clone(),
        ..AnswerNotes::default()
    }
}

/// The number of people a share was counted among.
fn counted(asked: Asked<'_>, detail: &AnswerDetail) -> Result<Option<u32>, Diagnostic> {
    let Some(of) = &detail.of else {
        return Ok(None);
    };
    let refuse = |message: String, help: &str| {
        let problem = Diagnostic::error(Code::InvalidValue, message);
        Err(problem.at(of.place).help(help))
    };
    let id = asked.item.local_id();
    match (asked.question.kind, of.value) {
        (QuestionType::Percent, 0) => refuse(
            message!("cannot-be-a-share-of-nobody", id),
            message!("say-how-many-were-counted"),
        ),
        (QuestionType::Percent, count) => Ok(Some(count)),
        (_, _) => refuse(
            message!("is-no-share-in-percent", id),
            message!("leave-of-out"),
        ),
    }
}

fn not_applicable(
    asked: Asked<'_>,
    reason: &Located<String>,
    notes: AnswerNotes,
) -> Result<(Answer, AnswerNotes), Diagnostic> {
    let refuse = |code, message: String, help: &str| {
        Err(Diagnostic::error(code, message).at(reason.place).help(help))
    };
    let id = asked.item.local_id();
    if !asked.question.may_not_apply {
        let message = message!("applies-to-everybody", id);
        return refuse(
            Code::InvalidValue,
            message,
            message!("rate-it-or-write-unknown"),
        );
    }
    if reason.value.trim().is_empty() {
        let message = message!("is-not-applicable-without-a-reason", id);
        return refuse(
            Code::MissingReason,
            message,
            message!("say-why-in-a-few-words"),
        );
    }
    let reason = Some(reason.value.clone());
    Ok((
        Answer::of_state(State::NotApplicable),
        AnswerNotes { reason, ..notes },
    ))
}
