//! Effects of actions: their answers put in place of today's, and everything scored again.

use super::evaluated::{Evaluated, named};
use super::{Effect, LadderResult, LevelEffect, MetNeed, NeedKind, PointsEffect};
use crate::answers::Answer;
use crate::assess::evaluate::WhatIf;
use crate::rules::Reading;
use crate::rules::condition::Truth;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Pack, Question, Raise, Requirement};
use crate::rules::vocabulary::{Basis, Grade};
use crate::text::number::TOLERANCE;

/// The question that advice raises, with the answer it leads to and the evidence that this takes.
type Raised = (usize, (Answer, Grade));

/// The measures of actions, worked out once.
pub(super) struct Effects<'a> {
    evaluated: &'a Evaluated<'a>,
    what_if: WhatIf<'a>,
    /// The ladders of which a higher level is called for, and those that speak.
    ladders: Vec<usize>,
    /// The ladder that speaks for all, or for a pack where none does.
    speaking: Vec<usize>,
    /// The scores behind the headlines, and those that a level asks for and more may be called for.
    scores: Vec<usize>,
    /// The needs that block the next level of each ladder, and can be met by answers.
    unmet: Vec<Unmet>,
}

/// A need that blocks the next level of a ladder, with its requirement.
struct Unmet {
    need: MetNeed,
    requirement: Requirement,
    /// Points of the index that a score lacks of it.
    lacks: Option<f64>,
}

impl<'a> Effects<'a> {
    pub(super) fn new(evaluated: &'a Evaluated<'a>, levels: &[LadderResult]) -> Self {
        let (rulebook, program) = (evaluated.rulebook, &evaluated.rulebook.program);
        let headlines = rulebook.packs.iter().filter_map(|pack| pack.headline);
        let mut scores: Vec<usize> = headlines
            .filter_map(|node| program.ladder(node).map_or(Some(node), |ladder| ladder.of))
            .collect();
        let limits = |requirement: &&Requirement| {
            matches!(requirement, Requirement::From(_) | Requirement::Floor(_))
        };
        let asked = program.requirements().filter(limits);
        let asked = asked.flat_map(|requirement| program.read_by(requirement));
        scores.extend(asked.filter(|score| evaluated.score_called_for(*score) != Truth::False));
        scores.sort_unstable();
        scores.dedup();
        let speaking = evaluated.speaking();
        let enough = levels.iter().filter(|one| !one.higher_is_called_for);
        let enough: Vec<usize> = enough.filter_map(|one| rulebook.find(&one.id)).collect();
        let ladders = program.ladders().map(|(node, _)| node);
        let ladders = ladders.filter(|node| speaking.contains(node) || !enough.contains(node));
        Self {
            unmet: evaluated.unmet(levels),
            evaluated,
            what_if: evaluated.what_if(),
            ladders: ladders.collect(),
            speaking,
            scores,
        }
    }

    /// The effect of the answers that an action leads to; `None` where it raises nothing.
    pub(super) fn of(&mut self, raises: &[&Raise]) -> Option<Effect> {
        let mut moves: Vec<Raised> = Vec::new();
        for (node, then) in raises
            .iter()
            .filter_map(|raise| self.evaluated.raised(raise))
        {
            match moves.iter_mut().find(|one| one.0 == node) {
                Some(one) => one.1 = self.evaluated.both(node, one.1, then),
                None => moves.push((node, then)),
            }
        }
        if moves.is_empty() {
            return None;
        }
        let (before, open) = (self.standing(), self.gates());
        let (after, opened, meets) =
            self.with(&moves, |one| (one.standing(), one.gates(), one.met()));
        let gates = self.evaluated.rulebook.gates.iter();
        let gates = gates.zip(open.into_iter().zip(opened));
        let opens = gates.filter(|(_, (before, after))| !before && *after);
        Some(Effect {
            levels: self.levels(&before, &after),
            opens: opens.map(|(gate, _)| (&gate.id).into()).collect(),
            meets,
            points: self.points(&before, &after),
        })
    }

    /// The move of items of which more may be called for: whether a gate opens, then the points of
    /// the index that items gain; `None` where they move none.
    pub(super) fn moved(
        &mut self,
        raises: &[&Raise],
        items: &[usize],
        gate: Option<usize>,
    ) -> Option<(bool, f64)> {
        let evaluated = self.evaluated;
        let reach = evaluated.rulebook.program.reach();
        let moves = raises.iter();
        let moves: Vec<Raised> = moves
            .filter_map(|raise| evaluated.raised(raise))
            .filter(|(question, ..)| evaluated.more_is_called_for(*question))
            .filter(|(question, ..)| items.iter().any(|item| reach.rests(*item, *question)))
            .collect();
        let points = |one: &Self| -> Vec<f64> {
            let readings = items.iter().map(|item| one.what_if.reading(*item));
            let index = readings.map(|one| one.is_rated().then(|| one.index(one.value)));
            index
                .map(|one| one.filter(|one| one.is_finite()).unwrap_or(0.0))
                .collect()
        };
        let before = points(self);
        let (after, opens) = self.with(&moves, |one| {
            let opens = |gate| one.what_if.holds_now(&Requirement::Gate(gate)).holds();
            (points(one), gate.is_some_and(opens))
        });
        let pairs = after.iter().zip(&before);
        let gained: f64 = pairs.map(|(after, before)| after - before).sum();
        (!moves.is_empty() && (opens || gained > TOLERANCE)).then_some((opens, gained))
    }

    /// Reads the scores with some answers in place of today's.
    fn with<T>(&mut self, moves: &[Raised], read: impl FnOnce(&Self) -> T) -> T {
        let moves = moves.iter();
        let today = moves.map(|(question, then)| self.what_if.put(*question, *then));
        let today: Vec<_> = today.collect();
        let result = read(self);
        for replaced in today.into_iter().rev() {
            self.what_if.undo(replaced);
        }
        result
    }

    /// The requirements that block a next level today and now do not.
    fn met(&self) -> Vec<MetNeed> {
        let met = self.unmet.iter();
        let met = met.filter(|one| self.what_if.holds_now(&one.requirement).holds());
        met.map(|one| one.need.clone()).collect()
    }

    fn standing(&self) -> Vec<Reading> {
        let nodes = self.ladders.iter().chain(&self.scores);
        nodes.map(|node| self.what_if.reading(*node)).collect()
    }

    /// State of each gate: true where it is open.
    fn gates(&self) -> Vec<bool> {
        let gates = 0..self.evaluated.rulebook.gates.len();
        let open = gates.map(|gate| self.what_if.holds_now(&Requirement::Gate(gate)).holds());
        open.collect()
    }

    fn levels(&self, before: &[Reading], after: &[Reading]) -> Vec<LevelEffect> {
        let pairs = self.ladders.iter().zip(before.iter().zip(after));
        let changes = pairs.filter_map(|(node, (before, after))| {
            let changed = before.held != after.held || self.speaking.contains(node);
            let item = self.evaluated.rulebook.item(*node).filter(|_| changed)?;
            Some(LevelEffect {
                id: (&item.id).into(),
                before: named(&item.kind, before.held).pop(),
                after: named(&item.kind, after.held).pop(),
            })
        });
        changes.collect()
    }

    fn points(&self, before: &[Reading], after: &[Reading]) -> Vec<PointsEffect> {
        let pairs = before.iter().zip(after).skip(self.ladders.len());
        let points = pairs.zip(&self.scores);
        let points = points.filter_map(|((before, after), node)| {
            let index = after.index(after.value) - before.index(before.value);
            let id = self.evaluated.id(*node)?;
            let mut asked = self.unmet.iter().filter(|one| one.need.id == id);
            let lacks = asked.find_map(|one| one.lacks);
            let moves = index.is_finite() && index.abs() > TOLERANCE;
            moves.then_some(PointsEffect { id, index, lacks })
        });
        points.collect()
    }
}

impl Evaluated<'_> {
    /// The gates, scores and parts that block the next level of each ladder.
    fn unmet(&self, ladders: &[LadderResult]) -> Vec<Unmet> {
        let mut list = Vec::new();
        for ladder in ladders.iter().filter(|one| one.rank.is_some()) {
            let node = self.rulebook.find(&ladder.id);
            let rungs = node.and_then(|node| self.rulebook.program.ladder(node));
            let rungs = rungs.map_or(&[][..], |one| &one.levels);
            for (level, rung) in ladder.levels.iter().zip(rungs) {
                let needs = level.needs.iter().zip(&rung.requirements);
                let needs = needs.filter(|(need, _)| {
                    let is_level = matches!(need.kind, NeedKind::Basis | NeedKind::Confidence);
                    need.blocks && !is_level
                });
                list.extend(needs.map(|(need, requirement)| Unmet {
                    need: MetNeed {
                        ladder: ladder.id.clone(),
                        id: need.id.as_str().into(),
                    },
                    requirement: *requirement,
                    lacks: need.lacks,
                }));
            }
        }
        list
    }

    /// The headline ladder of the pack that speaks for all; where none does, those of every pack.
    pub(super) fn speaking(&self) -> Vec<usize> {
        let packs = &self.rulebook.packs;
        let ladder = |pack: &Pack| {
            let node = pack.headline?;
            self.rulebook.program.ladder(node).map(|_| node)
        };
        match packs.iter().find(|pack| pack.overall) {
            Some(overall) => ladder(overall).into_iter().collect(),
            None => packs.iter().filter_map(ladder).collect(),
        }
    }

    /// The answer that advice leads to, where it lies above today's and applies.
    pub(super) fn raised(&self, raise: &Raise) -> Option<Raised> {
        let node = raise.question;
        let reading = self.reading(node)?;
        let question = self.question(node)?;
        if reading.is_absent() {
            return None;
        }
        let (now, notes) = self.answer(node)?;
        let given = led_to(question, raise, now)?;
        // Named choices are there or not, whatever the others count for.
        let reached = match raise.choices {
            0 => given.counted <= reading.value + TOLERANCE,
            choices => now.chosen & choices == choices,
        };
        if reading.is_rated() && reached {
            return None;
        }
        Some((
            node,
            (given, self.proof(question, given.counted, notes.grade)),
        ))
    }

    /// The answer to a question once two answers to it are reached.
    fn both(
        &self,
        node: usize,
        (one, one_grade): (Answer, Grade),
        (other, other_grade): (Answer, Grade),
    ) -> (Answer, Grade) {
        let several = self.question(node);
        let several = several.filter(|question| question.kind == QuestionType::SelectMultiple);
        let chosen = one.chosen | other.chosen;
        let answer = match several {
            Some(question) => Answer::rated(question.worth_of(chosen), chosen),
            None if other.counted > one.counted => other,
            None => one,
        };
        (answer, one_grade.max(other_grade))
    }

    /// The grade of evidence with which an answer counts: a step on evidence counts once it is
    /// proven.
    pub(super) fn proof(&self, question: &Question, worth: f64, grade: Grade) -> Grade {
        let capped = self.answers.basis == Basis::Evidenced && question.caps_by_evidence();
        let carries = |one: &Grade| one.carries() >= worth - TOLERANCE;
        let least = Grade::ALL.into_iter().find(carries).filter(|_| capped);
        least.map_or(grade, |least| grade.max(least))
    }
}

/// The answer that advice leads to.
fn led_to(question: &Question, raise: &Raise, now: &Answer) -> Option<Answer> {
    let choices = || question.choices.iter().enumerate();
    match question.kind {
        QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean => {
            let (place, _) = choices().find(|(_, one)| one.value == raise.answer)?;
            (!raise.worth.is_nan()).then(|| Answer::rated(raise.worth, 1 << place))
        }
        QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
            Some(Answer::rated(raise.worth, 0))
        }
        QuestionType::SelectMultiple => {
            let chosen = match raise.choices {
                0 => {
                    let wanted: u32 = raise.answer.parse().ok()?;
                    let shared = choices().filter(|(_, one)| !one.exclusive);
                    shared.fold(now.chosen, |set, (place, _)| {
                        let more = set.count_ones() < wanted;
                        set | u64::from(more) << place
                    })
                }
                named => {
                    let alone = choices().filter(|(_, one)| one.exclusive);
                    let alone = alone.fold(0_u64, |set, (place, _)| set | 1 << place);
                    (now.chosen & !alone) | named
                }
            };
            Some(Answer::rated(question.worth_of(chosen), chosen))
        }
        QuestionType::Text => None,
    }
}
