//! Answers as written checked against their questions, pack by pack; every problem is gathered.

mod value;

use super::answer::{weigh, with_evidence};
use super::file::{AgreedFile, AnswerDetail, AnswerFile, ConsensusFile, TargetsFile, ValueFile};
use super::{AgreedResult, Answer, AnswerNotes, Answers, moved};
use crate::problem;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Asked, Item, Rulebook};
use crate::rules::vocabulary::{Basis, FormLength, State};
use crate::text::diagnostic::{Diagnostic, Diagnostics, MOST_SHOWN, Place, Severity, quoted};
use crate::text::is_blank;
use crate::text::yaml::{Entries, Located};
use jiff::civil::Date;

/// The answers checked so far: one entry per question.
pub(super) struct Checker<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) basis: Basis,
    /// Length of the questionnaire that is answered.
    pub(super) length: FormLength,
    /// True if an answer may leave its value to respondents.
    pub(super) shared: bool,
    /// True if a note or evidence may be given alone, and the question stay unanswered.
    pub(super) notes_alone: bool,
    pub(super) problems: &'a mut Diagnostics,
    valid: bool,
    pub(super) entries: Vec<Entry>,
}

/// The answer to one question, with the place of its name in the file.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) answer: Answer,
    pub(super) notes: AnswerNotes,
    pub(super) place: Option<Place>,
}

/// Takes in an entry of a file: of a question, with the name it has there.
type Take<'a, T> = fn(&mut Checker<'a>, Asked<'a>, &Located<String>, &T) -> Result<(), Diagnostic>;

/// An answer with its notes, or what is wrong with it.
type Taken = Result<(Answer, AnswerNotes), Diagnostic>;

impl<'a> Checker<'a> {
    pub(super) fn new(rulebook: &'a Rulebook, basis: Basis, problems: &'a mut Diagnostics) -> Self {
        let blank = Entry {
            answer: Answer::MISSING,
            notes: AnswerNotes::default(),
            place: None,
        };
        Self {
            rulebook,
            basis,
            length: FormLength::Full,
            shared: false,
            notes_alone: false,
            problems,
            valid: true,
            entries: vec![blank; rulebook.question_count()],
        }
    }

    /// Returns the answers, with the place of each in its file; `None` where anything was refused.
    pub(super) fn finish(self) -> Option<(Answers, Vec<Option<Place>>)> {
        let entries = self.entries.into_iter();
        let (answers, (notes, places)): (_, (_, Vec<_>)) = entries
            .map(|one| (one.answer, (one.notes, one.place)))
            .unzip();
        let answers = Answers {
            basis: self.basis,
            ..Answers::of(answers, notes)
        };
        self.valid.then_some((answers, places))
    }

    pub(super) fn refuse(&mut self, problem: Diagnostic) {
        self.valid = false;
        self.problems.push(problem);
    }

    pub(super) fn format(&mut self, format: &Located<u32>) {
        if let Some(problem) = unknown_format(format) {
            self.refuse(problem);
        }
    }

    /// Refuses a name that says nothing.
    pub(super) fn name(&mut self, text: &Located<String>) {
        if is_blank(&text.value) {
            self.refuse(problem!(InvalidValue, "is-blank").at(text.place));
        }
    }

    pub(super) fn date(&mut self, text: &Located<String>) -> Option<Date> {
        let date = text.value.parse().ok();
        if date.is_none() {
            self.refuse(problem!(InvalidDate, "is-not-a-date", value = text.value).at(text.place));
        }
        date
    }

    /// Checks the answers to every pack.
    pub(super) fn packs(&mut self, packs: &Entries<Entries<Located<AnswerFile>>>) {
        self.each(packs, Self::answer);
    }

    /// Calls a function with each entry of a file and the question it belongs to.
    fn each<T: moved::Entry>(&mut self, packs: &Entries<Entries<T>>, take: Take<'a, T>) {
        let mut problems = Vec::new();
        let packs = moved::follow(self.rulebook, packs, &mut problems);
        self.valid &= problems.iter().all(|one| one.severity == Severity::Warning);
        self.problems.extend(problems);
        for (pack, entries) in packs.iter() {
            if !self.rulebook.has_pack(&pack.value) {
                self.refuse(unknown_pack(self.rulebook, pack));
                continue;
            }
            for (name, entry) in entries {
                let id = format!("{}.{}", pack.value, name.value);
                self.one(&id, name, entry, take);
            }
        }
    }

    /// Checks one answer by the full id of its question.
    pub(super) fn answer_by_id(&mut self, id: &Located<String>, answer: &Located<AnswerFile>) {
        let local = id.value.split_once('.').map_or("", |(_, local)| local);
        let name = Located::new(local.to_owned(), id.place);
        self.one(&id.value, &name, answer, Self::answer);
    }

    fn one<T>(&mut self, id: &str, name: &Located<String>, entry: &T, take: Take<'a, T>) {
        let rulebook = self.rulebook;
        let node = rulebook.find(id);
        let taken = match node.and_then(|node| rulebook.asked(node)) {
            Some(asked) => take(self, asked, name, entry),
            None => Err(self.unknown_question(id, name, node.is_some())),
        };
        if let Err(problem) = taken {
            self.refuse(problem);
        }
    }

    /// The problem of an id that is no question's, with the nearest while that may be read.
    fn unknown_question(&self, id: &str, name: &Located<String>, known: bool) -> Diagnostic {
        if known {
            let problem = problem!(UnknownId, "is-computed-not-asked", value = name.value);
            return problem.at(name.place);
        }
        let pack = id.split_once('.').map_or("", |(pack, _)| pack);
        let problem = problem!(UnknownId, "no-question-in", value = name.value, pack);
        let problem = problem.at(name.place);
        if self.problems.len() > MOST_SHOWN {
            return problem;
        }
        let items = self.rulebook.questions().map(|asked| asked.item);
        let own = items.filter(|item| item.id.starts_with(pack));
        problem.nearest(&name.value, own.map(Item::local_id))
    }

    fn answer(
        &mut self,
        asked: Asked<'a>,
        name: &Located<String>,
        answer: &Located<AnswerFile>,
    ) -> Result<(), Diagnostic> {
        let detail = answer.value.detail(answer.place);
        let (answer, notes) = self.detail(asked, &detail, answer.place)?;
        if let Some(entry) = self.entries.get_mut(asked.node) {
            let place = Some(name.place);
            *entry = Entry {
                answer,
                notes,
                place,
            };
        }
        Ok(())
    }

    /// Replaces answers by those agreed on.
    pub(super) fn consensus(&mut self, file: &ConsensusFile) {
        self.format(&file.format);
        self.each(&file.consensus, Self::agree);
    }

    fn agree(
        &mut self,
        asked: Asked<'_>,
        name: &Located<String>,
        agreed: &AgreedFile,
    ) -> Result<(), Diagnostic> {
        let id = &name.value;
        let (fitted, text) = asked.fit(&agreed.value.value, agreed.value.place)?;
        if fitted.state != State::Rated {
            let place = agreed.value.place;
            return Err(problem!(InvalidValue, "nothing-is-agreed-on", id).at(place));
        }
        if agreed.reason.value.trim().is_empty() {
            let place = agreed.reason.place;
            return Err(problem!(MissingReason, "is-agreed-without-a-reason", id).at(place));
        }
        let on = agreed.date.as_ref().and_then(|text| self.date(text));
        let basis = self.basis;
        if let Some(entry) = self.entries.get_mut(asked.node) {
            let raw = Some(entry.answer.claimed).filter(|raw| !raw.is_nan());
            let notes = &mut entry.notes;
            notes.agreed = Some(Box::new(AgreedResult {
                reason: agreed.reason.value.clone(),
                date: on.map(|on| on.to_string()),
                raw: raw.filter(|_| entry.answer.state == State::Rated),
                replaces: None,
            }));
            notes.text = text;
            notes.of = None;
            notes.reason = None;
            entry.answer = with_evidence(asked.question, fitted, notes, basis);
        }
        Ok(())
    }

    /// Sets targets; what is given in a file of targets replaces what is given with the answer, key
    /// by key.
    pub(super) fn targets(&mut self, file: &TargetsFile) {
        self.format(&file.format);
        self.each(&file.targets, |checker, asked, _, target| {
            let Some(entry) = checker.entries.get_mut(asked.node) else {
                return Ok(());
            };
            let (answer, notes) = (entry.answer, std::mem::take(&mut entry.notes));
            let aimed = checker.aim(asked, &target.value, answer, notes)?;
            if let Some(entry) = checker.entries.get_mut(asked.node) {
                (entry.answer, entry.notes) = aimed;
            }
            Ok(())
        });
    }

    fn detail(&mut self, asked: Asked<'_>, detail: &AnswerDetail, place: Place) -> Taken {
        let id = asked.item.local_id();
        let notes = notes(asked, detail)?;
        let has_note = detail.note.is_some() || detail.evidence.is_some();
        match (&detail.value, &detail.not_applicable) {
            (Some(value), None) => {
                let (answer, text) = asked.fit(&value.value, value.place)?;
                let answer = weigh(asked.question, answer, notes.grade, self.basis);
                self.aim(
                    asked,
                    &detail.targets(),
                    answer,
                    AnswerNotes { text, ..notes },
                )
            }
            (None, Some(reason)) => not_applicable(asked, reason, notes),
            (Some(_), Some(reason)) => {
                let problem = problem!(InvalidValue, "has-a-value-and-is-not-applicable", id);
                Err(problem.at(reason.place))
            }
            (None, None) if self.shared || (self.notes_alone && has_note) => {
                self.aim(asked, &detail.targets(), Answer::MISSING, notes)
            }
            (None, None) => Err(problem!(MissingKey, "has-neither-value-nor-not", id).at(place)),
        }
    }
}

/// Everything written with an answer but its targets.
fn notes(asked: Asked<'_>, detail: &AnswerDetail) -> Result<AnswerNotes, Diagnostic> {
    let evidence = detail.evidence.as_ref();
    Ok(AnswerNotes {
        of: counted(asked, detail)?,
        note: detail.note.clone(),
        grade: evidence.map(|one| one.grade).unwrap_or_default(),
        evidence: evidence.and_then(|one| one.reference.clone()),
        link: evidence.and_then(|one| one.link.clone()),
        owner: detail.owner.clone(),
        ..AnswerNotes::default()
    })
}

/// The number of people a share was counted among.
fn counted(asked: Asked<'_>, detail: &AnswerDetail) -> Result<Option<u32>, Diagnostic> {
    let Some(of) = &detail.of else {
        return Ok(None);
    };
    let id = asked.item.local_id();
    let problem = match (asked.question.kind, of.value) {
        (QuestionType::Percent, 0) => problem!(InvalidValue, "cannot-be-a-share-of-nobody", id),
        (QuestionType::Percent, count) => return Ok(Some(count)),
        (_, _) => problem!(InvalidValue, "is-no-share-in-percent", id),
    };
    Err(problem.at(of.place))
}

fn not_applicable(asked: Asked<'_>, reason: &Located<String>, notes: AnswerNotes) -> Taken {
    let id = asked.item.local_id();
    if !asked.question.may_not_apply {
        return Err(problem!(InvalidValue, "applies-to-everybody", id).at(reason.place));
    }
    if reason.value.trim().is_empty() {
        let problem = problem!(MissingReason, "is-not-applicable-without-a-reason", id);
        return Err(problem.at(reason.place));
    }
    let reason = Some(reason.value.clone());
    let answer = Answer::of_state(State::NotApplicable);
    Ok((answer, AnswerNotes { reason, ..notes }))
}

/// Checks that a value can be the answer to a question; the problem has no place.
pub(crate) fn check_value(asked: Asked<'_>, value: &ValueFile) -> Result<(), Diagnostic> {
    asked.fit(value, Place::NOWHERE).map(|_| ())
}

/// The error of a file whose format is not 1.
pub(crate) fn unknown_format(format: &Located<u32>) -> Option<Diagnostic> {
    let problem = problem!(UnknownFormat, "format-is-not-known", format = format.value);
    (format.value != 1).then(|| problem.at(format.place))
}

/// The error of a pack that is not in the assessment.
pub(super) fn unknown_pack(rulebook: &Rulebook, pack: &Located<String>) -> Diagnostic {
    let names = || rulebook.packs.iter().map(|one| one.id.as_str());
    let (name, quoted) = (&pack.value, quoted(names()));
    let problem = problem!(UnknownId, "no-pack-in-this-assessment", pack = name, quoted);
    problem.at(pack.place).nearest(name, names())
}
