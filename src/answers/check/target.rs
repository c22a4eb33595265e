//! Targets held to their question: steps of its scale, one after the other, none below the start.

use super::desk::Desk;
use super::rating::turn;
use crate::answers::file::{AimFile, BaselineFile, PhaseFile};
use crate::answers::{Baseline, Given, Phase, Remark};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::pack::file::QuestionType;
use crate::rulebook::{Item, Question};
use crate::yaml::Located;

/// A question that something is aimed at.
#[derive(Clone, Copy)]
struct Aimed<'a> {
    item: &'a Item,
    question: &'a Question,
}

impl Desk<'_> {
    /// Takes up the targets of a rating. What is given here comes before what stood before, key by
    /// key; phases replace `target` and `due` as a whole. A target never counts for less than what
    /// already counts.
    pub(in crate::answers) fn aim(
        &mut self,
        item: &Item,
        question: &Question,
        file: &AimFile<'_>,
        given: Given,
        remark: Remark,
    ) -> Result<(Given, Remark), Diagnostic> {
        let aimed = Aimed { item, question };
        let mut remark = remark;
        remark.owner = file.owner.cloned().or(remark.owner);
        if let Some(baseline) = file.baseline {
            remark.baseline = Some(self.baseline(aimed, &baseline.value)?);
        }
        let own = file.target.map(|target| target.place);
        let own = own.or(file.due.map(|due| due.place));
        match (file.phases.first(), own) {
            (Some(_), Some(place)) => return Err(aimed.both(place)),
            (Some(_), None) => remark.phases = self.phases(aimed, file.phases)?,
            (None, _) => self.single(aimed, file, &mut remark)?,
        }
        let last = remark.phases.last();
        remark.target = last.map(|phase| phase.target);
        remark.due = last.map_or(remark.due, |phase| phase.due);
        aimed.above(file, &remark)?;
        let target = last.map_or(given.target, |phase| phase.worth.max(given.counted));
        Ok((Given { target, ..given }, remark))
    }

    fn single(
        &mut self,
        aimed: Aimed<'_>,
        file: &AimFile<'_>,
        remark: &mut Remark,
    ) -> Result<(), Diagnostic> {
        let due = file.due.and_then(|text| self.date(text));
        if let Some(target) = file.target {
            remark.phases = vec![Phase {
                name: None,
                target: target.value,
                worth: aimed.step(target)?,
                due: due.or(remark.due),
            }];
        } else if let (Some(due), Some(last)) = (due, remark.phases.last_mut()) {
            last.due = Some(due);
            let earlier = remark.phases.iter().rev().nth(1).and_then(|one| one.due);
            if earlier.is_some_and(|earlier| earlier >= due) {
                return Err(aimed.early(file.due.map_or(Place::NOWHERE, |due| due.place)));
            }
        } else {
            remark.due = due.or(remark.due);
        }
        Ok(())
    }

    fn phases(
        &mut self,
        aimed: Aimed<'_>,
        list: &[Located<PhaseFile>],
    ) -> Result<Vec<Phase>, Diagnostic> {
        let mut phases: Vec<Phase> = Vec::with_capacity(list.len());
        for file in list.iter().map(|one| &one.value) {
            let due = self.date(&file.due);
            let worth = aimed.step(&file.target)?;
            let before = phases.last();
            if before.is_some_and(|before| before.due >= due && due.is_some()) {
                return Err(aimed.early(file.due.place));
            }
            if before.is_some_and(|before| before.worth > worth) {
                return Err(aimed.back(file.target.place));
            }
            phases.push(Phase {
                name: file.name.clone(),
                target: file.target.value,
                worth,
                due,
            });
        }
        Ok(phases)
    }

    fn baseline(&mut self, aimed: Aimed<'_>, file: &BaselineFile) -> Result<Baseline, Diagnostic> {
        let value = file.value();
        let on = file.on().and_then(|text| self.date(text));
        let worths = || aimed.question.choices.iter().filter_map(|one| one.score);
        let least = worths().fold(f64::INFINITY, f64::min);
        let most = worths().fold(f64::NEG_INFINITY, f64::max);
        let rating = aimed.question.kind == QuestionType::Rating;
        if !rating || !(least..=most).contains(&value.value) {
            let message = format!(
                "a baseline of `{}` lies on the scale of its rating, not at `{}`",
                aimed.item.local_id(),
                value.value
            );
            return Err(Diagnostic::error(Code::OutOfScale, message).at(value.place));
        }
        Ok(Baseline {
            value: value.value,
            worth: turn(aimed.question, value.value),
            on,
        })
    }
}

impl Aimed<'_> {
    /// What a step of the scale is worth.
    fn step(self, target: &Located<f64>) -> Result<f64, Diagnostic> {
        let is = |score: f64| score.total_cmp(&target.value).is_eq();
        let mut choices = self.question.choices.iter();
        let found = choices.any(|choice| choice.score.is_some_and(is));
        if self.question.kind == QuestionType::Rating && found {
            return Ok(turn(self.question, target.value));
        }
        let message = format!(
            "a target for `{}` is a step of its rating, not `{}`",
            self.item.local_id(),
            target.value
        );
        Err(Diagnostic::error(Code::OutOfScale, message).at(target.place))
    }

    /// Refuses a target below the baseline.
    fn above(self, file: &AimFile<'_>, remark: &Remark) -> Result<(), Diagnostic> {
        let (Some(first), Some(baseline)) = (remark.phases.first(), &remark.baseline) else {
            return Ok(());
        };
        if first.worth >= baseline.worth {
            return Ok(());
        }
        let phase = file.phases.first().map(|one| one.value.target.place);
        let place = file.target.map(|one| one.place).or(phase);
        let place = place.or(file.baseline.map(|one| one.place));
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
