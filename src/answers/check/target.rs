//! Targets held to their question: steps of its scale, one after the other, none below the start.

use super::Checker;
use crate::answers::file::{BaselineFile, PhaseFile, TargetFile};
use crate::answers::value::Asked;
use crate::answers::{Answer, AnswerNotes, Baseline, Phase};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, words};
use crate::text::diagnostic::quoted;
use crate::text::diagnostic::{Code, Diagnostic, Place, nearest, suggestion};
use crate::text::yaml::{Located, Scalar};
use jiff::civil::Date;

impl Checker<'_> {
    /// Takes up the targets of a question. What is given here comes before what stood before, key by
    /// key; phases replace `target` and `due` as a whole. A target never counts for less than what
    /// already counts.
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
            (Some(_), Some(place)) => return Err(asked.both(place)),
            (Some(_), None) => notes.phases = self.phases(asked, &file.phases)?,
            (None, _) => self.single(asked, file, &mut notes)?,
        }
        let last = notes.phases.last();
        notes.target = last.map(|phase| phase.target);
        notes.due = last.map_or(notes.due, |phase| phase.due);
        asked.above(file, &notes)?;
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
            notes.phases = vec![asked.step(target)?.phase(None, due)];
        } else if let (Some(due), Some(last)) = (due, notes.phases.last_mut()) {
            last.due = Some(due);
            let earlier = notes.phases.iter().rev().nth(1).and_then(|one| one.due);
            if earlier.is_some_and(|earlier| earlier >= due) {
                return Err(asked.early(file.due.as_ref().map_or(Place::NOWHERE, |due| due.place)));
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
        let mut phases: Vec<Phase> = Vec::with_capacity(list.len());
        for file in list.iter().map(|one| &one.value) {
            let due = self.date(&file.due);
            let step = asked.step(&file.target)?;
            let before = phases.last();
            if before.is_some_and(|before| before.due >= due && due.is_some()) {
                return Err(asked.early(file.due.place));
            }
            if before.is_some_and(|before| before.worth > step.worth) {
                return Err(asked.back(file.target.place));
            }
            phases.push(step.phase(file.name.clone(), due));
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
        let number = value.value.text.parse().ok();
        let number = number.filter(|number| (least..=most).contains(number));
        let rating = asked.question.kind == QuestionType::Rating;
        let Some(number) = number.filter(|_| rating) else {
            let message = format!(
                "a baseline of `{}` lies on the scale of its rating, not at `{}`",
                asked.item.local_id(),
                value.value.text
            );
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

/// What is aimed at, on the scale of its question.
struct Step {
    target: f64,
    worth: f64,
    chosen: u64,
    says: String,
}

impl Step {
    fn phase(self, name: Option<String>, due: Option<Date>) -> Phase {
        Phase {
            name,
            target: self.target,
            worth: self.worth,
            chosen: self.chosen,
            says: self.says,
            due,
        }
    }
}

impl Asked<'_> {
    /// A step of the scale, or a choice with a score.
    fn step(self, target: &Located<Scalar>) -> Result<Step, Diagnostic> {
        let rating = match self.question.kind {
            QuestionType::Rating => true,
            QuestionType::SelectOne => false,
            QuestionType::SelectMultiple
            | QuestionType::Boolean
            | QuestionType::Integer
            | QuestionType::Decimal
            | QuestionType::Percent
            | QuestionType::Text => return Err(self.aimless(target)),
        };
        let number: Option<f64> = target.value.text.parse().ok().filter(|_| rating);
        let meant = |choice: &Choice| {
            let is = |number: f64| {
                choice
                    .score
                    .is_some_and(|one| one.total_cmp(&number).is_eq())
            };
            choice.value == target.value.text || number.is_some_and(is)
        };
        let choices = || self.question.choices.iter();
        let found = choices().enumerate().find(|(_, choice)| meant(choice));
        let Some((place, choice, score)) =
            found.and_then(|(place, choice)| Some((place, choice, choice.score?)))
        else {
            return Err(self.off_scale(target, rating));
        };
        let (worth, says) = if rating {
            (self.question.turned(score), words::number(score))
        } else {
            (score, choice.label.clone())
        };
        Ok(Step {
            target: score,
            worth,
            chosen: 1 << place,
            says,
        })
    }

    fn off_scale(self, target: &Located<Scalar>, rating: bool) -> Diagnostic {
        let (id, text) = (self.item.local_id(), &target.value.text);
        if rating {
            let message = format!("a target for `{id}` is a step of its rating, not `{text}`");
            return Diagnostic::error(Code::OutOfScale, message).at(target.place);
        }
        let scored = self.question.choices.iter();
        let scored = scored.filter(|one| one.score.is_some());
        let scored: Vec<&str> = scored.map(|one| one.value.as_str()).collect();
        if scored.is_empty() {
            return self.aimless(target);
        }
        let message = format!("a target for `{id}` is a choice with a score, not `{text}`");
        let listed = format!(
            "its choices with a score are {}",
            quoted(scored.iter().copied())
        );
        let help = suggestion(nearest(text, scored.iter().copied()), &listed);
        Diagnostic::error(Code::OutOfScale, message)
            .at(target.place)
            .help(help)
    }

    fn aimless(self, target: &Located<Scalar>) -> Diagnostic {
        let message = format!("`{}` has no scale to aim on", self.item.local_id());
        Diagnostic::error(Code::OutOfScale, message)
            .at(target.place)
            .help("ratings and a `select_one` with scores take a target")
    }

    /// Refuses a target below the baseline.
    fn above(self, file: &TargetFile, notes: &AnswerNotes) -> Result<(), Diagnostic> {
        let (Some(first), Some(baseline)) = (notes.phases.first(), &notes.baseline) else {
            return Ok(());
        };
        if first.worth >= baseline.worth {
            return Ok(());
        }
        let phase = file.phases.first().map(|one| one.value.target.place);
        let target = file.target.as_ref().map(|one| one.place);
        let baseline = file.baseline.as_ref().map(|one| one.place);
        let place = target.or(phase).or(baseline);
        let message = format!(
            "the target of `{}` lies below its baseline",
            self.item.local_id()
        );
        Err(Diagnostic::error(Code::InvalidTarget, message)
            .at(place.unwrap_or(Place::NOWHERE))
            .help("a target keeps or raises what there was at the start"))
    }

    fn both(self, place: Place) -> Diagnostic {
        let message = format!(
            "`{}` has phases, and a target or date beside them",
            self.item.local_id()
        );
        Diagnostic::error(Code::InvalidTarget, message)
            .at(place)
            .help("make it the last of the phases")
    }

    fn early(self, place: Place) -> Diagnostic {
        let message = format!(
            "a phase of `{}` is not due later than the one before",
            self.item.local_id()
        );
        Diagnostic::error(Code::InvalidTarget, message)
            .at(place)
            .help("list phases in the order of their dates")
    }

    fn back(self, place: Place) -> Diagnostic {
        let message = format!(
            "a phase of `{}` aims lower than the one before",
            self.item.local_id()
        );
        Diagnostic::error(Code::InvalidTarget, message)
            .at(place)
            .help("each phase keeps or raises what the one before reached")
    }
}
