//! Agreed values, and targets: steps of a question's scale, one after the other, none below the
//! start.

use super::{Checker, Taken};
use crate::answers::file::{
    AgreedFile, BaselineFile, ConsensusFile, PhaseFile, TargetFile, TargetsFile,
};
use crate::answers::value::{Asked, with_evidence};
use crate::answers::{Agreed, Answer, AnswerNotes, Baseline, Phase};
use crate::problem;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::Choice;
use crate::rules::vocabulary::State;
use crate::text::diagnostic::{Diagnostic, Place, quoted};
use crate::text::number::short;
use crate::text::yaml::{Located, Scalar};

impl Checker<'_> {
    /// Replaces answers by those agreed on.
    pub(in crate::answers) fn consensus(&mut self, file: &ConsensusFile) {
        self.format(&file.format);
        for (pack, entries) in &file.consensus {
            self.each(pack, entries, Self::agree);
        }
    }

    fn agree(
        &mut self,
        node: usize,
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
        if let Some(entry) = self.entries.get_mut(node) {
            let raw = Some(entry.answer.claimed).filter(|raw| !raw.is_nan());
            let notes = &mut entry.notes;
            notes.agreed = Some(Box::new(Agreed {
                reason: agreed.reason.value.clone(),
                on,
                raw: raw.filter(|_| entry.answer.state == State::Rated),
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
    pub(in crate::answers) fn targets(&mut self, file: &TargetsFile) {
        self.format(&file.format);
        for (pack, entries) in &file.targets {
            self.each(pack, entries, |checker, node, asked, _, target| {
                let Some(entry) = checker.entries.get_mut(node) else {
                    return Ok(());
                };
                let (answer, notes) = (entry.answer, std::mem::take(&mut entry.notes));
                let aimed = checker.aim(asked, &target.value, answer, notes)?;
                if let Some(entry) = checker.entries.get_mut(node) {
                    (entry.answer, entry.notes) = aimed;
                }
                Ok(())
            });
        }
    }

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
        let worths = || asked.question.choices.iter().filter_map(|one| one.score);
        let least = worths().fold(f64::INFINITY, f64::min);
        let most = worths().fold(f64::NEG_INFINITY, f64::max);
        let rating = asked.question.kind == QuestionType::Rating;
        let number = value.value.text.parse().ok().filter(|_| rating);
        let Some(number) = number.filter(|number| (least..=most).contains(number)) else {
            let (id, text) = (asked.item.local_id(), &value.value.text);
            let problem = problem!(OutOfScale, "a-baseline-lies-on-the-scale", id, text);
            return Err(problem.at(value.place));
        };
        Ok(Baseline {
            value: number,
            worth: asked.question.turned(number),
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
        let (worth, says) = if rating {
            (question.turned(score), short(score))
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
