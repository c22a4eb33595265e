//! Targets checked against their question: steps of its scale, one after the other, none below the
//! start.

use super::Checker;
use crate::answers::file::{BaselineFile, PhaseFile, TargetFile};
use crate::answers::value::Asked;
use crate::answers::{Answer, AnswerNotes, Baseline, Phase};
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, words};
use crate::text::diagnostic::quoted;
use crate::text::diagnostic::{Code, Diagnostic, Place, nearest, suggestion};
use crate::text::yaml::{Located, Scalar};

impl Checker<'_> {
    /// Sets the targets of a question. They replace those already set, key by key; phases replace
    /// `target` and `due` as a whole. A target never counts for less than the answer.
    pub(in crate::answers) fn aim(
        &mut self,
        asked: Asked<'_>,
        file: &TargetFile,
        answer: Answer,
        mut notes: AnswerNotes,
    ) -> Result<(Answer, AnswerNotes), Diagnostic> {
        notes.owner = file.owner.clone().or(notes.owner);
        if let Some(baseline) = &file.baseline {
            notes.baseline = Some(self.baseline(asked, &baseline.value)?);
        }
        let target = file.target.as_ref().map(|target| target.place);
        let own = target.or(file.due.as_ref().map(|due| due.place));
        match (file.phases.first(), own) {
            (Some(_), Some(place)) => {
                let message = message!("has-phases-and-a-target-or-date-beside");
                return Err(asked.refuse(
                    place,
                    message,
                    message!("make-it-the-last-of-the-phases"),
                ));
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
                return Err(
                    asked.not_later(file.due.as_ref().map_or(Place::NOWHERE, |due| due.place))
                );
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
        let mut phases: Vec<Phase> = Vec::new();
        for file in list.iter().map(|one| &one.value) {
            let due = self.date(&file.due);
            let step = asked.step(&file.target)?;
            let before = phases.last();
            if before.is_some_and(|before| before.due >= due && due.is_some()) {
                return Err(asked.not_later(file.due.place));
            }
            if before.is_some_and(|before| before.worth > step.worth) {
                return Err(asked.refuse(
                    file.target.place,
                    message!("a-phase-of-aims-lower-than-the-one"),
                    message!("each-phase-keeps-or-raises-what"),
                ));
            }
            let name = file.name.clone();
            phases.push(Phase { name, due, ..step });
        }
        Ok(phases)
    }

    fn baseline(&mut self, asked: Asked<'_>, file: &BaselineFile) -> Result<Baseline, Diagnostic> {
        let value = file.value();
        let on = file.on().and_then(|text| self.date(text));
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
        let worths = || asked.question.choices.iter().filter_map(|one| one.score);
        let least = worths().fold(f64::INFINITY, f64::min);
        let most = worths().fold(f64::NEG_INFINITY, f64::max);
        let rating = asked.question.kind == QuestionType::Rating;
        let number = value.value.text.parse().ok().filter(|_| rating);
        let Some(number) = number.filter(|number| (least..=most).contains(number)) else {
            let (id, text) = (asked.item.local_id(), &value.value.text);
            let message = message!("a-baseline-of-lies-on-the-scale-of-its", id, text);
            return Err(Diagnostic::error(Code::OutOfScale, message).at(value.place));
        };
        Ok(Baseline {
            value: number,
            worth: asked.question.turned(number),
            chosen: None,
            says: words::number(number),
            on,
        })
    }
}

impl Asked<'_> {
    /// A step of the scale, or a choice with a score, as a phase without name and date.
    fn step(self, target: &Located<Scalar>) -> Result<Phase, Diagnostic> {
        let question = self.question;
        let rating = question.kind == QuestionType::Rating;
        if !rating && question.kind != QuestionType::SelectOne {
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
        Ok(Phase {
            name: None,
            target: score,
            worth: if rating {
                question.turned(score)
            } else {
                score
            },
            chosen: 1 << place,
            says: if rating {
                words::number(score)
            } else {
                choice.label.clone()
            },
            due: None,
        })
    }

    fn off_scale(self, target: &Located<Scalar>, rating: bool) -> Diagnostic {
        let (id, text) = (self.item.local_id(), &target.value.text);
        if rating {
            let message = message!("a-target-for-is-a-step-of-its-rating", id, text);
            return Diagnostic::error(Code::OutOfScale, message).at(target.place);
        }
        let scored = self.question.choices.iter();
        let scored = scored.filter(|one| one.score.is_some());
        let scored: Vec<&str> = scored.map(|one| one.value.as_str()).collect();
        if scored.is_empty() {
            return self.no_scale(target);
        }
        let message = message!("a-target-for-is-a-choice-with-a-score", id, text);
        let names = || scored.iter().copied();
        let listed = message!("its-choices-with-a-score-are", quoted = quoted(names()));
        Diagnostic::error(Code::OutOfScale, message)
            .at(target.place)
            .help(suggestion(nearest(text, names()), &listed))
    }

    fn no_scale(self, target: &Located<Scalar>) -> Diagnostic {
        let message = message!("has-no-scale-to-aim-on", local_id = self.item.local_id());
        Diagnostic::error(Code::OutOfScale, message)
            .at(target.place)
            .help(message!("ratings-and-a-select-one-with-scores"))
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
        Err(self.refuse(
            place,
            message!("the-target-of-lies-below-its-baseline"),
            message!("a-target-keeps-or-raises-what-there"),
        ))
    }

    fn not_later(self, place: Place) -> Diagnostic {
        let message = message!("a-phase-of-is-not-due-later-than");
        self.refuse(
            place,
            message,
            message!("list-phases-in-the-order-of-their-dates"),
        )
    }

    /// The problem of a target; `?` is replaced by the id of the question.
    fn refuse(self, place: Place, message: &str, help: &str) -> Diagnostic {
        let message = message.replace('?', self.item.local_id());
        Diagnostic::error(Code::InvalidTarget, message)
            .at(place)
            .help(help)
    }
}
