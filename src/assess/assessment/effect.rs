//! What an action does: its answers put in place of today's, and everything scored again.

use super::build::{Build, names, taken};
use super::{Added, Effect, ItemId, LevelChange, MetNeed};
use crate::answers::Answer;
use crate::assess::evaluate::WhatIf;
use crate::rules::condition::Truth;
use crate::rules::pack::file::QuestionType;
use crate::rules::reading::Reading;
use crate::rules::rulebook::{Check, Question, Raise};
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::Grade;
use crate::text::number::TOLERANCE;

/// What actions are measured by, worked out once.
pub(super) struct Effects<'a> {
    build: &'a Build<'a>,
    what_if: WhatIf<'a>,
    /// Every ladder.
    ladders: Vec<usize>,
    /// The ladder that speaks for all, or for a pack where none does.
    speaking: Vec<usize>,
    /// The scores behind the headlines, and those that a level asks for and more may be called for.
    scores: Vec<usize>,
    /// What holds the next level of each ladder and is read from a score, by ladder and score.
    unmet: Vec<(usize, usize, Check)>,
}

impl<'a> Effects<'a> {
    pub(super) fn new(build: &'a Build<'a>) -> Self {
        let (rulebook, program) = (build.rulebook, &build.rulebook.program);
        let ladders = (0..rulebook.items.len()).filter(|node| program.ladder(*node).is_some());
        let headlines = || rulebook.packs.iter().filter_map(|pack| pack.headline);
        let mut scores: Vec<usize> = headlines()
            .filter_map(|node| program.ladder(node).map_or(Some(node), |ladder| ladder.of))
            .collect();
        let asked = ladders.clone().flat_map(|node| build.thresholds(node));
        let asked = asked.map(|(_, score, _)| score);
        scores.extend(asked.filter(|score| build.score_called_for(*score) != Truth::False));
        scores.sort_unstable();
        scores.dedup();
        let next = ladders.clone().flat_map(|node| build.held_by_scores(node));
        Self {
            unmet: next.collect(),
            build,
            what_if: WhatIf::of_all(program, build.answers, &build.evaluation.readings),
            ladders: ladders.collect(),
            speaking: build.speaking(),
            scores,
        }
    }

    /// What the answers do that an action leads to; `None` where it raises nothing.
    pub(super) fn of(&mut self, raises: &[&Raise]) -> Option<Effect> {
        let moved: Vec<(usize, Answer, Grade)> = raises
            .iter()
            .filter_map(|raise| self.build.raised(raise))
            .collect();
        if moved.is_empty() {
            return None;
        }
        let before = self.standing();
        let open = self.gates();
        for (question, given, grade) in &moved {
            self.what_if.put(*question, *given, *grade);
        }
        let (after, opened) = (self.standing(), self.gates());
        let meets = self.met();
        for _ in &moved {
            self.what_if.undo();
        }
        let rulebook = self.build.rulebook;
        let gates = rulebook.gates.iter().zip(open.iter().zip(&opened));
        let opens = gates.filter(|(_, (before, after))| !before.holds() && after.holds());
        Some(Effect {
            levels: self.levels(&before, &after),
            opens: opens.map(|(gate, _)| ItemId::from(&gate.id)).collect(),
            meets,
            points: self.points(&before, &after),
        })
    }

    /// What holds a next level today and now does not.
    fn met(&self) -> Vec<MetNeed> {
        let met = self.unmet.iter();
        let met = met.filter(|(_, _, check)| self.what_if.stands(check).holds());
        let item = |node: usize| Some(ItemId::from(&self.build.rulebook.item(node)?.id));
        met.filter_map(|(ladder, score, _)| {
            Some(MetNeed {
                ladder: item(*ladder)?,
                id: item(*score)?,
            })
        })
        .collect()
    }

    /// How far answers move items of which more may be called for: whether a gate opens, then the points of the
    /// index that items gain; `None` where they move none.
    pub(super) fn moved(
        &mut self,
        raises: &[&Raise],
        items: &[usize],
        gate: Option<usize>,
    ) -> Option<(bool, f64)> {
        let reach = self.build.rulebook.program.reach();
        let moved: Vec<(usize, Answer, Grade)> = raises
            .iter()
            .filter_map(|raise| self.build.raised(raise))
            .filter(|(question, ..)| self.build.more_is_called_for(*question))
            .filter(|(question, ..)| items.iter().any(|item| reach.rests(*item, *question)))
            .collect();
        let points = |what_if: &WhatIf<'_>| -> Vec<f64> {
            let readings = items.iter().map(|item| what_if.reading(*item));
            let index = readings.map(|one| one.is_rated().then(|| one.index(one.value)));
            index
                .map(|one| one.filter(|one| one.is_finite()).unwrap_or(0.0))
                .collect()
        };
        let before = points(&self.what_if);
        for (question, given, grade) in &moved {
            self.what_if.put(*question, *given, *grade);
        }
        let after = points(&self.what_if);
        let opens = gate.is_some_and(|gate| self.what_if.stands(&Check::Gate(gate)).holds());
        for _ in &moved {
            self.what_if.undo();
        }
        let gained: f64 = after
            .iter()
            .zip(&before)
            .map(|(after, before)| after - before)
            .sum();
        (!moved.is_empty() && (opens || gained > TOLERANCE)).then_some((opens, gained))
    }

    fn standing(&self) -> Vec<Reading> {
        let nodes = self.ladders.iter().chain(&self.scores);
        nodes.map(|node| self.what_if.reading(*node)).collect()
    }

    fn gates(&self) -> Vec<Truth> {
        let places = 0..self.build.rulebook.gates.len();
        places
            .map(|place| self.what_if.stands(&Check::Gate(place)))
            .collect()
    }

    fn levels(&self, before: &[Reading], after: &[Reading]) -> Vec<LevelChange> {
        let pairs = self.ladders.iter().zip(before.iter().zip(after));
        let changes = pairs.filter_map(|(node, (before, after))| {
            let changed = before.held != after.held || self.speaking.contains(node);
            let item = self.build.rulebook.item(*node).filter(|_| changed)?;
            let names = names(&item.kind);
            Some(LevelChange {
                id: ItemId::from(&item.id),
                before: taken(&names, before.held).pop(),
                after: taken(&names, after.held).pop(),
            })
        });
        changes.collect()
    }

    fn points(&self, before: &[Reading], after: &[Reading]) -> Vec<Added> {
        let skip = self.ladders.len();
        let pairs = before.iter().zip(after).skip(skip).zip(&self.scores);
        let points = pairs.filter_map(|((before, after), node)| {
            let index = after.index(after.value) - before.index(before.value);
            let item = self.build.rulebook.item(*node)?;
            (index.is_finite() && index.abs() > TOLERANCE).then(|| Added {
                id: ItemId::from(&item.id),
                index,
            })
        });
        points.collect()
    }
}

impl Build<'_> {
    /// What the levels of a ladder ask of scores: the place of the level, the score, the check.
    fn thresholds(&self, ladder: usize) -> Vec<(usize, usize, Check)> {
        let program = &self.rulebook.program;
        let levels = program.ladder(ladder).map_or(&[][..], |one| &one.levels);
        let checks = levels.iter().enumerate();
        let checks =
            checks.flat_map(|(place, level)| level.checks.iter().map(move |one| (place, *one)));
        let read = checks.filter_map(|(place, check)| match check {
            Check::From(atom) | Check::Floor(atom) => {
                Some((place, program.atoms.get(atom)?.node, check))
            }
            Check::Gate(_) | Check::Basis | Check::Confidence(..) => None,
        });
        read.collect()
    }

    /// What holds the next level of a ladder and is read from a score.
    fn held_by_scores(&self, ladder: usize) -> Vec<(usize, usize, Check)> {
        let held = self
            .evaluation
            .readings
            .get(ladder)
            .map_or(0, |one| one.held);
        let pack = self.rulebook.item(ladder).map(|item| item.pack);
        let called = pack.is_some_and(|pack| self.enough_on(ladder, pack).is_none());
        let Some(top) = held.checked_ilog2().filter(|_| called) else {
            return Vec::new();
        };
        let next = self.thresholds(ladder).into_iter();
        let next = next.filter(|(place, ..)| u32::try_from(*place) == Ok(top + 1));
        let unmet = next.filter(|(_, _, check)| self.stands(check).holds_back());
        unmet
            .map(|(_, score, check)| (ladder, score, check))
            .collect()
    }

    /// The headline ladder of the pack that speaks for all; where none does, those of every pack.
    pub(super) fn speaking(&self) -> Vec<usize> {
        let packs = &self.rulebook.packs;
        let ladder = |pack: &crate::rules::rulebook::Pack| {
            let node = pack.headline?;
            self.rulebook.program.ladder(node).map(|_| node)
        };
        match packs.iter().find(|pack| pack.overall) {
            Some(overall) => ladder(overall).into_iter().collect(),
            None => packs.iter().filter_map(ladder).collect(),
        }
    }

    /// The answer that advice leads to, where it lies above today's and applies.
    pub(super) fn raised(&self, raise: &Raise) -> Option<(usize, Answer, Grade)> {
        let node = raise.question;
        let reading = self.evaluation.readings.get(node)?;
        let question = self.rulebook.item(node)?.kind.question()?;
        if reading.is_absent() {
            return None;
        }
        let now = self.answers.answers().get(node)?;
        let given = led_to(question, raise, now)?;
        // Named choices are there or not, whatever the others count for.
        let reached = match raise.choices {
            0 => given.counted <= reading.value + TOLERANCE,
            choices => now.chosen & choices == choices,
        };
        if reading.is_rated() && reached {
            return None;
        }
        let grade = self.answers.notes().get(node)?.grade;
        let capped = self.answers.basis() == Basis::Evidenced && question.caps_by_evidence();
        // A step on evidence counts once it is proven.
        let carries = |one: &Grade| one.carries() >= given.counted - TOLERANCE;
        let least = Grade::ALL.into_iter().find(carries).filter(|_| capped);
        Some((node, given, least.map_or(grade, |least| grade.max(least))))
    }
}

/// The answer that advice leads to.
fn led_to(question: &Question, raise: &Raise, now: &Answer) -> Option<Answer> {
    match question.kind {
        QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean => {
            let mut choices = question.choices.iter();
            let place = choices.position(|one| one.value == raise.answer)?;
            (!raise.worth.is_nan()).then(|| Answer::rated(raise.worth, 1 << place))
        }
        QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
            Some(Answer::rated(raise.worth, 0))
        }
        QuestionType::SelectMultiple => {
            let alone = question.choices.iter().enumerate();
            let alone = alone.filter(|(_, one)| one.exclusive);
            let alone = alone.fold(0_u64, |set, (place, _)| set | 1 << place);
            let wanted: u32 = match raise.choices {
                0 => raise.answer.parse().ok()?,
                _ => 0,
            };
            let mut chosen = match raise.choices {
                0 => now.chosen,
                choices => (now.chosen & !alone) | choices,
            };
            let choices = question.choices.iter().enumerate();
            for (place, _) in choices.filter(|(_, one)| !one.exclusive) {
                if chosen.count_ones() < wanted {
                    chosen |= 1 << place;
                }
            }
            let worth = |(place, one): (usize, &crate::rules::rulebook::Choice)| {
                (chosen & (1 << place) != 0).then(|| one.score.unwrap_or(1.0))
            };
            let sum: f64 = question.choices.iter().enumerate().filter_map(worth).sum();
            let capped = question.cap.map_or(sum, |cap| sum.min(cap));
            Some(Answer::rated(capped, chosen))
        }
        QuestionType::Text => None,
    }
}
