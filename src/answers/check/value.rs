//! Values and targets, read as their question asks for them: a target is a step of its scale, and
//! those on the way to it come one after the other, none below the start.

use super::{Checker, Taken};
use crate::answers::file::{BaselineFile, PhaseFile, TargetFile, ValueFile};
use crate::answers::{Answer, AnswerNotes, Baseline, Phase};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Asked, Choice};
use crate::rules::vocabulary::State;
use crate::text::diagnostic::{Code, Diagnostic, Place, quoted};
use crate::text::is_blank;
use crate::text::number::{ends, short};
use crate::text::yaml::{Located, Scalar};
use crate::{message, problem};

/// A value that fits its question, with the text to show for it where it is free.
type Fitted = Result<(Answer, Option<String>), Diagnostic>;

impl Asked<'_> {
    /// Reads a value as the question asks for it, and holds it to the question's constraint.
    pub(super) fn fit(self, value: &ValueFile, place: Place) -> Fitted {
        let kind = self.question.kind;
        let answer = match value {
            // JSON knows no text without quotes, and no choice can be named so.
            ValueFile::One(scalar)
                if scalar.text == "unknown" && (scalar.plain || kind != QuestionType::Text) =>
            {
                Answer::of_state(State::Unknown)
            }
            ValueFile::One(scalar) => match kind {
                QuestionType::Rating => self.rating(scalar, place)?,
                QuestionType::SelectOne | QuestionType::Boolean => {
                    self.chosen(self.choice(&scalar.text, place)?)
                }
                QuestionType::SelectMultiple => {
                    self.several(&[Located::new(scalar.text.clone(), place)])?
                }
                QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
                    Answer::rated(self.number(scalar, place)?, 0)
                }
                // A text that shows as nothing says nothing.
                QuestionType::Text if is_blank(&scalar.text) => Answer::MISSING,
                QuestionType::Text => Answer::rated(f64::NAN, 0),
            },
            ValueFile::List(list) if kind == QuestionType::SelectMultiple => self.several(list)?,
            ValueFile::List(_) => {
                let id = self.item.local_id();
                return Err(problem!(WrongType, "takes-one-value-not-a-list", id).at(place));
            }
        };
        self.constrain(&answer, place)?;
        let free = self.question.choices.is_empty() && answer.state == State::Rated;
        let text = match value {
            ValueFile::One(scalar) if free => Some(scalar.text.clone()),
            ValueFile::One(_) | ValueFile::List(_) => None,
        };
        Ok((answer, text))
    }

    fn constrain(self, answer: &Answer, place: Place) -> Result<(), Diagnostic> {
        let Some((test, message)) = &self.question.constraint else {
            return Ok(());
        };
        let turned = self.question.reverse;
        let worth = if turned { f64::NAN } else { answer.claimed };
        if answer.state == State::Rated && !test.admits(worth, answer.chosen) {
            let message = format!("`{}`: {message}", self.item.local_id());
            return Err(Diagnostic::error(Code::OutOfScale, message).at(place));
        }
        Ok(())
    }

    fn rating(self, scalar: &Scalar, place: Place) -> Result<Answer, Diagnostic> {
        let choices = &self.question.choices;
        let chosen = choices.iter().position(|one| one.value == scalar.text);
        chosen.map(|chosen| self.chosen(chosen)).ok_or_else(|| {
            let ends = choices.first().zip(choices.last());
            let scale = ends.map_or_else(String::new, |(first, last)| {
                format!("{} to {}", first.value, last.value)
            });
            let (id, text) = (self.item.local_id(), &scalar.text);
            problem!(OutOfScale, "is-rated-not", id, scale, text).at(place)
        })
    }

    fn chosen(self, place: usize) -> Answer {
        let choice = self.question.choices.get(place);
        let score = choice.and_then(|choice| choice.score);
        Answer::rated(score.unwrap_or(f64::NAN), 1 << place)
    }

    fn number(self, scalar: &Scalar, place: Place) -> Result<f64, Diagnostic> {
        let text = &scalar.text;
        let refuse = |code, wanted: &str| {
            let message = message!("is-not", local_id = self.item.local_id(), wanted, text);
            Err(Diagnostic::error(code, message).at(place))
        };
        let Some(value) = text.parse::<f64>().ok().filter(|_| scalar.plain) else {
            return refuse(Code::WrongType, message!("some-number"));
        };
        if !value.is_finite() {
            return refuse(Code::NotFinite, message!("a-finite-number"));
        }
        if self.question.kind == QuestionType::Integer && value.fract() != 0.0 {
            return refuse(Code::WrongType, message!("some-whole-number"));
        }
        let (least, most) = self.item.domain.limits();
        if !(least..=most).contains(&value) {
            return refuse(Code::OutOfScale, &range(least, most));
        }
        Ok(value)
    }

    fn choice(self, text: &str, place: Place) -> Result<usize, Diagnostic> {
        let names = || self.question.choices.iter().map(|one| one.value.as_str());
        names().position(|name| name == text).ok_or_else(|| {
            let local_id = self.item.local_id();
            let quoted = quoted(names());
            let problem = problem!(UnknownChoice, "is-not-a-choice-of", text, local_id, quoted);
            problem.at(place).nearest(text, names())
        })
    }

    fn several(self, list: &[Located<String>]) -> Result<Answer, Diagnostic> {
        let mut chosen = 0_u64;
        for name in list {
            let bit = 1 << self.choice(&name.value, name.place)?;
            if chosen & bit != 0 {
                let (place, name) = (name.place, &name.value);
                return Err(problem!(InvalidValue, "is-chosen-twice", name).at(place));
            }
            chosen |= bit;
        }
        let mut choices = self.question.choices.iter().enumerate();
        let alone = choices.find(|(place, one)| one.exclusive && chosen & (1 << place) != 0);
        if let (Some((_, alone)), [first, _, ..]) = (alone, list) {
            let alone = &alone.value;
            let problem = problem!(InvalidValue, "cannot-stand-beside-other-choices", alone);
            return Err(problem.at(first.place));
        }
        Ok(Answer::rated(self.question.worth_of(chosen), chosen))
    }
}

fn range(least: f64, most: f64) -> String {
    match (least.is_finite(), most.is_finite()) {
        (true, true) => message!("range-from-to", least, most),
        (true, false) => message!("range-at-least", least),
        (false, true) => message!("range-at-most", most),
        (false, false) => message!("any-number").to_owned(),
    }
}

impl Checker<'_> {
    /// Sets the targets of a question. They replace those already set, key by key; phases replace
    /// `target` and `due` as a whole. A target never counts for less than the answer.
    pub(super) fn aim(
        &mut self,
        asked: Asked<'_>,
        file: &TargetFile,
        answer: Answer,
        mut notes: AnswerNotes,
    ) -> Taken {
        notes.owner = file.owner.clone().or(notes.owner);
        if let Some(baseline) = &file.baseline {
            notes.baseline = Some(self.baseline(asked, &baseline.value)?);
        }
        let target = file.target.as_ref().map(|target| target.place);
        let own = target.or(file.due.as_ref().map(|due| due.place));
        match (file.phases.first(), own) {
            (Some(_), Some(place)) => {
                let id = asked.item.local_id();
                return Err(problem!(InvalidTarget, "has-phases-and-a-target", id).at(place));
            }
            (Some(_), None) => notes.phases = self.phases(asked, &file.phases)?,
            (None, _) => self.single(asked, file, &mut notes)?,
        }
        let last = notes.phases.last();
        notes.target = last.map(|phase| phase.target);
        notes.due = last.map_or(notes.due, |phase| phase.due);
        asked.above_baseline(file, &notes)?;
        Ok((answer.aiming_at(last), notes))
    }

    fn single(
        &mut self,
        asked: Asked<'_>,
        file: &TargetFile,
        notes: &mut AnswerNotes,
    ) -> Result<(), Diagnostic> {
        let due = file.due.as_ref().and_then(|text| self.date(text));
        if let Some(target) = &file.target {
            let due = due.or(notes.due);
            let step = asked.step(target)?;
            notes.phases = vec![Phase { due, ..step }];
        } else if let (Some(due), Some(last)) = (due, notes.phases.last_mut()) {
            last.due = Some(due);
            let earlier = notes.phases.iter().rev().nth(1).and_then(|one| one.due);
            if earlier.is_some_and(|earlier| earlier >= due) {
                let place = file.due.as_ref().map(|due| due.place);
                return Err(asked.not_later(place.unwrap_or(Place::NOWHERE)));
            }
        } else {
            notes.due = due.or(notes.due);
        }
        Ok(())
    }

    fn phases(
        &mut self,
        asked: Asked<'_>,
        list: &[Located<PhaseFile>],
    ) -> Result<Vec<Phase>, Diagnostic> {
        let id = asked.item.local_id();
        let mut phases: Vec<Phase> = Vec::new();
        for file in list.iter().map(|one| &one.value) {
            let due = self.date(&file.due);
            let step = asked.step(&file.target)?;
            let before = phases.last();
            if before.is_some_and(|before| before.due >= due && due.is_some()) {
                return Err(asked.not_later(file.due.place));
            }
            if before.is_some_and(|before| before.worth > step.worth) {
                let problem = problem!(InvalidTarget, "a-phase-of-aims-lower-than-the-one", id);
                return Err(problem.at(file.target.place));
            }
            let name = file.name.clone();
            phases.push(Phase { name, due, ..step });
        }
        Ok(phases)
    }

    fn baseline(&mut self, asked: Asked<'_>, file: &BaselineFile) -> Result<Baseline, Diagnostic> {
        let (value, on) = file.parts();
        let on = on.and_then(|text| self.date(text));
        if asked.question.kind == QuestionType::SelectOne {
            let step = asked.step(value)?;
            return Ok(Baseline {
                value: step.target,
                worth: step.worth,
                chosen: Some(step.chosen),
                says: step.says,
                on,
            });
        }
        let choices = asked.question.choices.iter();
        let (least, most) = ends(choices.filter_map(|one| one.score));
        let rating = asked.question.kind == QuestionType::Rating;
        let number = value.value.text.parse().ok().filter(|_| rating);
        let Some(number) = number.filter(|number| (least..=most).contains(number)) else {
            let (id, text) = (asked.item.local_id(), &value.value.text);
            let problem = problem!(OutOfScale, "a-baseline-lies-on-the-scale", id, text);
            return Err(problem.at(value.place));
        };
        Ok(Baseline {
            value: number,
            worth: asked.question.reverse_scored(number),
            chosen: None,
            says: short(number),
            on,
        })
    }
}

impl Asked<'_> {
    /// A step of the scale, or a choice with a score, as a phase without name and date.
    fn step(self, target: &Located<Scalar>) -> Result<Phase, Diagnostic> {
        let question = self.question;
        let rating = question.kind == QuestionType::Rating;
        if !question.kind.takes_one_step() {
            return Err(self.no_scale(target));
        }
        let text = &target.value.text;
        let number: Option<f64> = text.parse().ok().filter(|_| rating);
        let meant = |choice: &Choice| {
            let is = |(score, number): (f64, f64)| score.total_cmp(&number).is_eq();
            choice.value == *text || choice.score.zip(number).is_some_and(is)
        };
        let mut choices = question.choices.iter().enumerate();
        let found = choices.find(|(_, choice)| meant(choice));
        let scored = found.and_then(|(place, choice)| Some((place, choice, choice.score?)));
        let (place, choice, score) = scored.ok_or_else(|| self.off_scale(target, rating))?;
        let (worth, says) = if rating {
            (question.reverse_scored(score), short(score))
        } else {
            (score, choice.label.clone())
        };
        Ok(Phase {
            name: None,
            target: score,
            worth,
            chosen: 1 << place,
            says,
            due: None,
        })
    }

    fn off_scale(self, target: &Located<Scalar>, rating: bool) -> Diagnostic {
        let (id, text) = (self.item.local_id(), &target.value.text);
        if rating {
            let problem = problem!(OutOfScale, "a-target-for-is-a-step-of-its-rating", id, text);
            return problem.at(target.place);
        }
        let scored = self.question.choices.iter();
        let scored = scored.filter(|one| one.score.is_some());
        let scored: Vec<&str> = scored.map(|one| one.value.as_str()).collect();
        if scored.is_empty() {
            return self.no_scale(target);
        }
        let names = || scored.iter().copied();
        let quoted = quoted(names());
        let problem = problem!(OutOfScale, "a-target-for-is-a-choice", id, text, quoted);
        problem.at(target.place).nearest(text, names())
    }

    fn no_scale(self, target: &Located<Scalar>) -> Diagnostic {
        let id = self.item.local_id();
        problem!(OutOfScale, "has-no-scale-to-aim-on", id).at(target.place)
    }

    /// Refuses a target below the baseline.
    fn above_baseline(self, file: &TargetFile, notes: &AnswerNotes) -> Result<(), Diagnostic> {
        let (Some(first), Some(baseline)) = (notes.phases.first(), &notes.baseline) else {
            return Ok(());
        };
        if first.worth >= baseline.worth {
            return Ok(());
        }
        let phase = file.phases.first().map(|one| one.value.target.place);
        let target = file.target.as_ref().map(|one| one.place);
        let baseline = file.baseline.as_ref().map(|one| one.place);
        let place = target.or(phase).or(baseline).unwrap_or(Place::NOWHERE);
        let id = self.item.local_id();
        Err(problem!(InvalidTarget, "the-target-of-lies-below-its-baseline", id).at(place))
    }

    fn not_later(self, place: Place) -> Diagnostic {
        let id = self.item.local_id();
        problem!(InvalidTarget, "a-phase-of-is-not-due-later-than", id).at(place)
    }
}
