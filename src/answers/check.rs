//! The door from answers as written to answers as valid; every problem is gathered.

use super::file::{AnswerDetail, AnswerFile, AssessmentFile, EvidenceFile, ValueFile};
use super::value::{fit, quoted};
use super::{Answers, Basis, Client, Given, Remark};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, nearest};
use crate::evaluate::{Reading, State, evaluate};
use crate::pack::file::QuestionType;
use crate::rulebook::{Item, ItemKind, Question, Rulebook};
use crate::yaml::{Entries, Located};
use jiff::civil::Date;

impl Answers {
    /// Checks a file of answers against the rulebook.
    ///
    /// Every problem goes to `problems`; answers to questions that other answers make irrelevant,
    /// and required questions without an answer, are warnings. `None` where there is an error.
    #[must_use]
    pub fn check(
        rulebook: &Rulebook,
        file: &AssessmentFile,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let mut desk = Desk::new(rulebook, file.basis, problems);
        desk.format(&file.format);
        for (pack, answers) in file.answers.iter() {
            desk.pack(pack, answers);
        }
        let assessed_on = file.assessed_on.as_ref().and_then(|text| desk.date(text));
        let Desk {
            sound,
            given,
            remarks,
            places,
            ..
        } = desk;
        let answers = Self {
            client: Client {
                name: file.client.name.clone(),
                unit: file.client.unit.clone(),
            },
            assessed_on,
            standing: file.status,
            assessor: file.assessor.as_ref().map(|assessor| assessor.role),
            basis: file.basis,
            given,
            remarks,
        };
        if !sound {
            return None;
        }
        answers.warn(rulebook, &places, file.packs.place, problems);
        Some(answers)
    }

    /// Checks answers to the questions of one pack, as a case gives them.
    pub(crate) fn check_case(
        rulebook: &Rulebook,
        pack: &Located<String>,
        basis: Basis,
        answers: &Entries<Located<AnswerFile>>,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let mut desk = Desk::new(rulebook, basis, problems);
        desk.pack(pack, answers);
        let Desk {
            sound,
            given,
            remarks,
            ..
        } = desk;
        sound.then(|| Self {
            client: Client::default(),
            assessed_on: None,
            standing: super::Standing::Draft,
            assessor: None,
            basis,
            given,
            remarks,
        })
    }

    /// Warns of answers nobody needed, and of required ones nobody gave.
    fn warn(
        &self,
        rulebook: &Rulebook,
        places: &[Option<Place>],
        packs: Place,
        problems: &mut Diagnostics,
    ) {
        let readings = evaluate(rulebook, self).readings;
        for (((item, reading), given), place) in rulebook
            .items
            .iter()
            .zip(&readings)
            .zip(&self.given)
            .zip(places)
        {
            let ItemKind::Question(question) = &item.kind else {
                break;
            };
            if let Some(warning) = warning(item, question, reading, given) {
                problems.push(warning.at(place.unwrap_or(packs)));
            }
        }
    }
}

fn warning(
    item: &Item,
    question: &Question,
    reading: &Reading,
    given: &Given,
) -> Option<Diagnostic> {
    if reading.state == State::Irrelevant && given.state != State::Missing {
        let message = format!("`{}` is not relevant, given the other answers", item.id);
        let warning = Diagnostic::warning(Code::NotRelevant, message);
        return Some(warning.help("the answer is kept and not scored"));
    }
    let open = reading.state == State::Missing && !reading.optional;
    (question.required && open).then(|| {
        let message = format!("`{}` is required and has no answer", item.id);
        Diagnostic::warning(Code::MissingAnswer, message).help("answer it, or write `unknown`")
    })
}

/// Where answers are laid beside their questions.
struct Desk<'a> {
    rulebook: &'a Rulebook,
    basis: Basis,
    problems: &'a mut Diagnostics,
    sound: bool,
    given: Vec<Given>,
    remarks: Vec<Remark>,
    places: Vec<Option<Place>>,
}

impl<'a> Desk<'a> {
    fn new(rulebook: &'a Rulebook, basis: Basis, problems: &'a mut Diagnostics) -> Self {
        let count = rulebook.question_count();
        Self {
            rulebook,
            basis,
            problems,
            sound: true,
            given: vec![Given::MISSING; count],
            remarks: vec![Remark::default(); count],
            places: vec![None; count],
        }
    }

    fn refuse(&mut self, problem: Diagnostic) {
        self.sound = false;
        self.problems.push(problem);
    }

    fn format(&mut self, format: &Located<u32>) {
        if format.value != 1 {
            let message = format!("format `{}` is not known", format.value);
            self.refuse(
                Diagnostic::error(Code::UnknownFormat, message)
                    .at(format.place)
                    .help("write `format: 1`"),
            );
        }
    }

    fn date(&mut self, text: &Located<String>) -> Option<Date> {
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

    fn pack(&mut self, pack: &Located<String>, answers: &Entries<Located<AnswerFile>>) {
        if !self.rulebook.packs.iter().any(|one| one.id == pack.value) {
            let names = || self.rulebook.packs.iter().map(|one| one.id.as_str());
            let help = match nearest(&pack.value, names()) {
                Some(name) => format!("did you mean `{name}`?"),
                None => format!("the packs of this assessment are {}", quoted(names())),
            };
            let message = format!("no pack `{}` in this assessment", pack.value);
            return self.refuse(
                Diagnostic::error(Code::UnknownId, message)
                    .at(pack.place)
                    .help(help),
            );
        }
        let mut id = format!("{}.", pack.value);
        let stem = id.len();
        for (name, answer) in answers.iter() {
            id.truncate(stem);
            id.push_str(&name.value);
            self.answer(&id, name, answer);
        }
    }

    fn answer(&mut self, id: &str, name: &Located<String>, answer: &Located<AnswerFile>) {
        let rulebook = self.rulebook;
        let found = rulebook
            .find(id)
            .and_then(|node| Some((node, rulebook.items.get(node)?)));
        let Some((node, item, question)) = found.and_then(|(node, item)| match &item.kind {
            ItemKind::Question(question) => Some((node, item, question)),
            _ => None,
        }) else {
            let problem = unknown(rulebook, id, name, found.is_some());
            return self.refuse(problem);
        };
        match self.read(item, question, answer) {
            Ok((given, remark)) => self.put(node, name.place, given, remark),
            Err(problem) => self.refuse(problem),
        }
    }

    fn put(&mut self, node: usize, place: Place, given: Given, remark: Remark) {
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
    ) -> Result<(Given, Remark), Diagnostic> {
        match &answer.value {
            AnswerFile::Value(scalar) => self.value(
                item,
                question,
                &ValueFile::One(scalar.clone()),
                answer.place,
                Remark::default(),
            ),
            AnswerFile::List(list) => self.value(
                item,
                question,
                &ValueFile::List(list.clone()),
                answer.place,
                Remark::default(),
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
        remark: Remark,
    ) -> Result<(Given, Remark), Diagnostic> {
        let fitted = fit(item, question, value, place)?;
        constrain(item, question, &fitted.given, place)?;
        let given = weigh(question, fitted.given, remark.grade, self.basis);
        Ok((
            given,
            Remark {
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
    ) -> Result<(Given, Remark), Diagnostic> {
        let remark = self.remark(detail);
        match (&detail.value, &detail.not_applicable) {
            (Some(value), None) => {
                let (given, remark) =
                    self.value(item, question, &value.value, value.place, remark)?;
                aim(item, question, detail, given, remark)
            }
            (None, Some(reason)) => not_applicable(item, question, reason, remark),
            (Some(_), Some(reason)) => Err(Diagnostic::error(
                Code::InvalidValue,
                format!("`{}` has a value and is not applicable", item.local_id()),
            )
            .at(reason.place)
            .help("keep one of the two")),
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

    fn remark(&mut self, detail: &AnswerDetail) -> Remark {
        let due = detail.due.as_ref().and_then(|text| self.date(text));
        let evidence = detail.evidence.as_ref();
        let text =
            |pick: fn(&EvidenceFile) -> &Option<String>| evidence.and_then(|one| pick(one).clone());
        Remark {
            note: detail.note.clone(),
            grade: evidence.map(|one| one.grade).unwrap_or_default(),
            evidence: text(|one| &one.reference),
            link: text(|one| &one.link),
            owner: detail.owner.clone(),
            due,
            ..Remark::default()
        }
    }
}

fn unknown(rulebook: &Rulebook, id: &str, name: &Located<String>, known: bool) -> Diagnostic {
    if known {
        let message = format!("`{}` is computed, not asked", name.value);
        return Diagnostic::error(Code::UnknownId, message)
            .at(name.place)
            .help("leave it out");
    }
    let pack = id.split_once('.').map_or("", |(pack, _)| pack);
    let questions = rulebook.items.iter().take(rulebook.question_count());
    let near = nearest(
        &name.value,
        questions
            .filter(|item| item.id.starts_with(pack))
            .map(Item::local_id),
    );
    let problem = Diagnostic::error(
        Code::UnknownId,
        format!("no question `{}` in `{pack}`", name.value),
    );
    let help = near.map_or(
        format!("`centricity pack show {pack}` lists the questions"),
        |near| format!("did you mean `{near}`?"),
    );
    problem.at(name.place).help(help)
}

fn constrain(
    item: &Item,
    question: &Question,
    given: &Given,
    place: Place,
) -> Result<(), Diagnostic> {
    let Some((test, message)) = &question.constraint else {
        return Ok(());
    };
    let worth = if question.reverse {
        f64::NAN
    } else {
        given.claimed
    };
    let refused = given.state == State::Rated && !test.admits(worth, given.chosen);
    if refused {
        return Err(Diagnostic::error(
            Code::OutOfScale,
            format!("`{}`: {message}", item.local_id()),
        )
        .at(place));
    }
    Ok(())
}

/// Holds a rating down to what its evidence carries, and turns reversed scales.
fn weigh(question: &Question, given: Given, grade: crate::answers::Grade, basis: Basis) -> Given {
    if given.state != State::Rated || question.kind != QuestionType::Rating {
        return given;
    }
    let counted = if basis == Basis::Evidenced && caps_apply(question) {
        if question.reverse {
            given.claimed.max(4.0 - grade.carries())
        } else {
            given.claimed.min(grade.carries())
        }
    } else {
        given.claimed
    };
    let turn = |worth: f64| {
        if question.reverse {
            turned(question, worth)
        } else {
            worth
        }
    };
    Given {
        claimed: turn(given.claimed),
        counted: turn(counted),
        target: turn(counted),
        ..given
    }
}

/// Evidence caps are made for the house scale of 0 to 4.
fn caps_apply(question: &Question) -> bool {
    let values = question.choices.iter().map(|choice| choice.value.as_str());
    values.eq(["0", "1", "2", "3", "4"])
}

fn turned(question: &Question, worth: f64) -> f64 {
    let score =
        |choice: Option<&crate::rulebook::Choice>| choice.and_then(|one| one.score).unwrap_or(0.0);
    score(question.choices.first()) + score(question.choices.last()) - worth
}

/// Takes up the target of a rating, which is never below what already counts.
fn aim(
    item: &Item,
    question: &Question,
    detail: &AnswerDetail,
    given: Given,
    remark: Remark,
) -> Result<(Given, Remark), Diagnostic> {
    let Some(target) = &detail.target else {
        return Ok((given, remark));
    };
    let worth = |choice: &&crate::rulebook::Choice| {
        choice
            .score
            .is_some_and(|one| one.total_cmp(&target.value).is_eq())
    };
    if question.kind != QuestionType::Rating
        || !question.choices.iter().any(|choice| worth(&choice))
    {
        let message = format!(
            "a target for `{}` is a step of its rating, not `{}`",
            item.local_id(),
            target.value
        );
        return Err(Diagnostic::error(Code::OutOfScale, message).at(target.place));
    }
    let aimed = if question.reverse {
        turned(question, target.value)
    } else {
        target.value
    };
    let given = Given {
        target: aimed.max(given.counted),
        ..given
    };
    Ok((
        given,
        Remark {
            target: Some(target.value),
            ..remark
        },
    ))
}

fn not_applicable(
    item: &Item,
    question: &Question,
    reason: &Located<String>,
    remark: Remark,
) -> Result<(Given, Remark), Diagnostic> {
    let refuse = |code, message: String, help: &str| {
        Err(Diagnostic::error(code, message).at(reason.place).help(help))
    };
    if !question.may_not_apply {
        let message = format!("`{}` applies to everybody", item.local_id());
        return refuse(Code::InvalidValue, message, "rate it, or write `unknown`");
    }
    if reason.value.trim().is_empty() {
        let message = format!("`{}` is not applicable without a reason", item.local_id());
        return refuse(Code::MissingReason, message, "say why in a few words");
    }
    let given = Given {
        state: State::NotApplicable,
        ..Given::MISSING
    };
    Ok((
        given,
        Remark {
            reason: Some(reason.value.clone()),
            ..remark
        },
    ))
}
