//! Where answers are laid beside their questions, pack by pack.

use super::rating::weigh;
use super::refuse::{constrain, not_applicable, unknown, unknown_pack};
use crate::answers::file::{AnswerDetail, AnswerFile, EvidenceFile, ValueFile};
use crate::answers::value::fit;
use crate::answers::{Answer, AnswerNotes};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Item, Question, Rulebook};
use crate::rules::vocabulary::Basis;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::yaml::{Entries, Located};
use jiff::civil::Date;

/// Where answers are laid beside their questions.
pub(in crate::answers) struct Desk<'a> {
    pub(in crate::answers) rulebook: &'a Rulebook,
    pub(in crate::answers) basis: Basis,
    /// Whether an answer may say what it rests on or aims at and leave its value to others.
    pub(in crate::answers) shared: bool,
    /// Whether a note or evidence may stand alone, and the question stay open.
    pub(in crate::answers) noted: bool,
    pub(in crate::answers) problems: &'a mut Diagnostics,
    sound: bool,
    pub(in crate::answers) given: Vec<Answer>,
    pub(in crate::answers) remarks: Vec<AnswerNotes>,
    pub(in crate::answers) places: Vec<Option<Place>>,
}

/// What was laid out without a problem: one entry per question.
pub(in crate::answers) struct Laid {
    pub(in crate::answers) given: Vec<Answer>,
    pub(in crate::answers) remarks: Vec<AnswerNotes>,
    /// Where each answer is written.
    pub(in crate::answers) places: Vec<Option<Place>>,
}

impl<'a> Desk<'a> {
    pub(in crate::answers) fn new(
        rulebook: &'a Rulebook,
        basis: Basis,
        problems: &'a mut Diagnostics,
    ) -> Self {
        let count = rulebook.question_count();
        Self {
            rulebook,
            basis,
            shared: false,
            noted: false,
            problems,
            sound: true,
            given: vec![Answer::MISSING; count],
            remarks: vec![AnswerNotes::default(); count],
            places: vec![None; count],
        }
    }

    /// What is laid out; `None` where anything was refused.
    pub(in crate::answers) fn laid(self) -> Option<Laid> {
        self.sound.then_some(Laid {
            given: self.given,
            remarks: self.remarks,
            places: self.places,
        })
    }

    pub(in crate::answers) fn refuse(&mut self, problem: Diagnostic) {
        self.sound = false;
        self.problems.push(problem);
    }

    pub(in crate::answers) fn format(&mut self, format: &Located<u32>) {
        if format.value != 1 {
            let message = format!("format `{}` is not known", format.value);
            self.refuse(
                Diagnostic::error(Code::UnknownFormat, message)
                    .at(format.place)
                    .help("write `format: 1`"),
            );
        }
    }

    pub(in crate::answers) fn date(&mut self, text: &Located<String>) -> Option<Date> {
        let date = text.value.parse().ok();
        if date.is_none() {
            let message = format!("`{}` is not a date", text.value);
            let help = "write year, month and day, as in `2026-10-31`";
            self.refuse(
                Diagnostic::error(Code::InvalidDate, message)
                    .at(text.place)
                    .help(help),
            );
        }
        date
    }

    pub(in crate::answers) fn pack(
        &mut self,
        pack: &Located<String>,
        answers: &Entries<Located<AnswerFile>>,
    ) {
        self.each(pack, answers, Self::take);
    }

    /// Does something with each entry of a pack that belongs to a question.
    pub(in crate::answers) fn each<T>(
        &mut self,
        pack: &Located<String>,
        entries: &Entries<T>,
        mut take: impl FnMut(&mut Self, &Located<String>, Asked<'a>, &T),
    ) {
        if !self.rulebook.packs.iter().any(|one| one.id == pack.value) {
            return self.refuse(unknown_pack(self.rulebook, pack));
        }
        let mut id = format!("{}.", pack.value);
        let stem = id.len();
        for (name, entry) in entries {
            id.truncate(stem);
            id.push_str(&name.value);
            if let Some(asked) = self.asked(&id, name) {
                take(self, name, asked, entry);
            }
        }
    }

    /// One answer by the id of its question in full.
    pub(super) fn answer(
        &mut self,
        id: &str,
        name: &Located<String>,
        answer: &Located<AnswerFile>,
    ) {
        if let Some(asked) = self.asked(id, name) {
            self.take(name, asked, answer);
        }
    }

    fn asked(&mut self, id: &str, name: &Located<String>) -> Option<Asked<'a>> {
        let rulebook = self.rulebook;
        let found = rulebook
            .find(id)
            .and_then(|node| Some((node, rulebook.items.get(node)?)));
        let asked = found.and_then(|(node, item)| Some((node, item, item.kind.question()?)));
        if asked.is_none() {
            self.refuse(unknown(rulebook, id, name, found.is_some()));
        }
        asked
    }

    fn take(
        &mut self,
        name: &Located<String>,
        (node, item, question): Asked<'a>,
        answer: &Located<AnswerFile>,
    ) {
        match self.read(item, question, answer) {
            Ok((given, remark)) => self.put(node, name.place, given, remark),
            Err(problem) => self.refuse(problem),
        }
    }

    pub(in crate::answers) fn put(
        &mut self,
        node: usize,
        place: Place,
        given: Answer,
        remark: AnswerNotes,
    ) {
        let slots = (
            self.given.get_mut(node),
            self.remarks.get_mut(node),
            self.places.get_mut(node),
        );
        if let (Some(one), Some(two), Some(three)) = slots {
            (*one, *two, *three) = (given, remark, Some(place));
        }
    }

    fn read(
        &mut self,
        item: &Item,
        question: &Question,
        answer: &Located<AnswerFile>,
    ) -> Result<(Answer, AnswerNotes), Diagnostic> {
        match &answer.value {
            AnswerFile::Value(scalar) => self.value(
                item,
                question,
                &ValueFile::One(scalar.clone()),
                answer.place,
                AnswerNotes::default(),
            ),
            AnswerFile::List(list) => self.value(
                item,
                question,
                &ValueFile::List(list.clone()),
                answer.place,
                AnswerNotes::default(),
            ),
            AnswerFile::Full(detail) => self.detail(item, question, detail, answer.place),
        }
    }

    fn value(
        &self,
        item: &Item,
        question: &Question,
        value: &ValueFile,
        place: Place,
        remark: AnswerNotes,
    ) -> Result<(Answer, AnswerNotes), Diagnostic> {
        let fitted = fit(item, question, value, place)?;
        constrain(item, question, &fitted.given, place)?;
        let given = weigh(question, fitted.given, remark.grade, self.basis);
        Ok((
            given,
            AnswerNotes {
                text: fitted.text,
                ..remark
            },
        ))
    }

    fn detail(
        &mut self,
        item: &Item,
        question: &Question,
        detail: &AnswerDetail,
        place: Place,
    ) -> Result<(Answer, AnswerNotes), Diagnostic> {
        let remark = AnswerNotes {
            of: counted(item, question, detail)?,
            ..remark(detail)
        };
        match (&detail.value, &detail.not_applicable) {
            (Some(value), None) => {
                let (given, remark) =
                    self.value(item, question, &value.value, value.place, remark)?;
                self.aim(item, question, &detail.aims(), given, remark)
            }
            (None, Some(reason)) => not_applicable(item, question, reason, remark),
            (Some(_), Some(reason)) => Err(Diagnostic::error(
                Code::InvalidValue,
                format!("`{}` has a value and is not applicable", item.local_id()),
            )
            .at(reason.place)
            .help("keep one of the two")),
            (None, None) if self.shared || (self.noted && is_noted(detail)) => {
                self.aim(item, question, &detail.aims(), Answer::MISSING, remark)
            }
            (None, None) => Err(Diagnostic::error(
                Code::MissingKey,
                format!(
                    "`{}` has neither `value` nor `not_applicable`",
                    item.local_id()
                ),
            )
            .at(place)
            .help("add `value:`, which may be `unknown`")),
        }
    }
}

/// What was said beside an answer, targets apart.
fn remark(detail: &AnswerDetail) -> AnswerNotes {
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

/// How many a share was counted among.
fn counted(
    item: &Item,
    question: &Question,
    detail: &AnswerDetail,
) -> Result<Option<u32>, Diagnostic> {
    let Some(of) = &detail.of else {
        return Ok(None);
    };
    let refuse = |message: String, help: &str| {
        Err(Diagnostic::error(Code::InvalidValue, message)
            .at(of.place)
            .help(help))
    };
    let id = item.local_id();
    match (question.kind, of.value) {
        (QuestionType::Percent, 0) => refuse(
            format!("`{id}` cannot be a share of nobody"),
            "say how many were counted, or leave `of` out",
        ),
        (QuestionType::Percent, count) => Ok(Some(count)),
        (_, _) => refuse(format!("`{id}` is no share in percent"), "leave `of` out"),
    }
}

/// Whether something is said beside an answer that is not there.
fn is_noted(detail: &AnswerDetail) -> bool {
    detail.note.is_some() || detail.evidence.is_some()
}

/// A question that an entry of a file belongs to, with its place in the rulebook.
pub(in crate::answers) type Asked<'a> = (usize, &'a Item, &'a Question);
