//! The questions on which a verdict hangs: each is tried over the answers it can take, while all
//! others stay as they are. Of the open ones that which would change it most is told; of the
//! answered ones those that contradict others.

use super::effect::Effects;
use super::evaluated::{Evaluated, named};
use super::words::answer_words;
use super::{
    Assessment, ContradictedFinding, ContradictedVerdict, DecidingQuestion, Disputed,
    FindingResult, Gain, ItemId, Named, Standing,
};
use crate::answers::{Answer, AnswerNotes, nearest};
use crate::assess::evaluate::WhatIf;
use crate::rules::condition::Truth;
use crate::rules::pack::file::{FindingKind, QuestionType};
use crate::rules::rulebook::{Domain, Question, Raise};
use crate::text::number::TOLERANCE;

/// A level where none could be given counts as more than any step between two levels.
const FROM_NONE: u32 = u64::BITS;

impl Evaluated<'_> {
    /// The question that decides on a ladder; where none does, that on the fit of a pack.
    pub(super) fn deciding(&self, ladder: Option<&ItemId>) -> Option<DecidingQuestion> {
        let ladder = ladder.and_then(|id| self.rulebook.find(id));
        let mut what_if = self.what_if();
        let mut verdicts = ladder.into_iter().chain(self.fit_decisions());
        verdicts.find_map(|verdict| self.deciding_on(verdict, &mut what_if))
    }

    /// The standing of the client, by what was agreed and without it.
    pub(super) fn standing(&self, figures: &Assessment) -> Option<Standing> {
        let standing = figures.stands()?;
        Some(Standing {
            without_agreed: self.without_agreed(&standing.ladder),
            ..standing
        })
    }

    /// The level of a ladder by what people said, where they agreed on other values; `None` where
    /// they did not, or where it gives no level.
    fn without_agreed(&self, ladder: &ItemId) -> Option<Named> {
        let node = self.rulebook.find(ladder)?;
        let mut what_if = self.what_if();
        let mut differs = false;
        for (question, ..) in self.questions() {
            let replaced = self.replaces(question).zip(self.question(question));
            if let Some((worth, asked)) = replaced {
                let (_, notes) = self.answer(question)?;
                let chosen = nearest(asked, asked.reverse_scored(worth));
                what_if.put(question, (Answer::rated(worth, chosen), notes.grade));
                differs = true;
            }
        }
        let kind = &self.rulebook.item(node)?.kind;
        named(kind, what_if.reading(node).held)
            .pop()
            .filter(|_| differs)
    }

    /// The question whose answers move a verdict furthest; of equals the one that allows most, then
    /// the first.
    fn deciding_on(&self, verdict: usize, what_if: &mut WhatIf<'_>) -> Option<DecidingQuestion> {
        let (item, today) = self.item(verdict)?;
        let mut most = (0, 0);
        let mut found = None;
        for (node, _, reading) in self.questions() {
            if !reading.is_open() || !self.moves(node, verdict) {
                continue;
            }
            let others = self.other_outcomes(node, verdict, what_if);
            let could_be = others.iter().fold(0, |all, (_, held)| all | held);
            let far = others.iter().map(|(_, held)| distance(today.held, *held));
            let size = (far.max().unwrap_or(0), could_be.count_ones());
            if size > most {
                most = size;
                found = Some((node, reading.state, could_be));
            }
        }
        let (node, state, could_be) = found?;
        Some(DecidingQuestion {
            id: self.id(node)?,
            state,
            of: ItemId::from(&item.id),
            could_be: named(&item.kind, could_be),
        })
    }

    /// The levels or outcomes of a verdict that other answers to a question would give, each alone.
    fn other_outcomes(
        &self,
        question: usize,
        verdict: usize,
        what_if: &mut WhatIf<'_>,
    ) -> Vec<(Answer, u64)> {
        let today = self.reading(verdict).map_or(0, |reading| reading.held);
        let mut outcomes = self.tried(question, what_if, |one| one.reading(verdict).held);
        outcomes.retain(|(_, held)| ![0, today].contains(held));
        outcomes
    }

    /// The readings that each answer to a question would give, all others as they are.
    fn tried<T>(
        &self,
        question: usize,
        what_if: &mut WhatIf<'_>,
        read: impl Fn(&WhatIf<'_>) -> T,
    ) -> Vec<(Answer, T)> {
        let Some((asked, (_, notes))) = self.question(question).zip(self.answer(question)) else {
            return Vec::new();
        };
        let answers = self.possible_answers(question).into_iter();
        let tried = answers.map(|answer| {
            let grade = self.proof(asked, answer.counted, notes.grade);
            let replaced = what_if.put(question, (answer, grade));
            let found = read(what_if);
            what_if.undo(replaced);
            (answer, found)
        });
        tried.collect()
    }

    /// The contradictions on which verdicts hang, and whose advice changes nothing but settles which
    /// answer holds. Verdicts are the ladders that stand lowest, where the nearest answer that alone
    /// settles the contradiction gives a higher level, and those on fit, where it gives another.
    pub(super) fn contradicted(
        &self,
        standing: Option<&Standing>,
        findings: &[FindingResult],
        effects: &mut Effects<'_>,
    ) -> Vec<ContradictedFinding> {
        let mut what_if = self.what_if();
        let lowest = standing.into_iter();
        let lowest = lowest.flat_map(|one| one.tied.iter().chain([&one.ladder]));
        let ladders = lowest.filter_map(|id| self.rulebook.find(id));
        let verdicts: Vec<usize> = ladders.chain(self.fit_decisions()).collect();
        let mut only_settles = |finding: &FindingResult| {
            let rule = self.finding_rule(&finding.id);
            let advice = rule.and_then(|rule| rule.advice.first());
            let raises: Option<Vec<&Raise>> = advice.map(|one| one.raises.iter().collect());
            raises.is_some_and(|raises| Gain::of(effects.of(&raises).as_ref()) == Gain::None)
        };
        let found = findings.iter();
        let found = found.filter(|one| one.kind == FindingKind::Contradiction && one.called_for);
        let found = found.filter(|one| only_settles(one));
        let found = found.filter_map(|finding| {
            let questions = self.nodes(&finding.because);
            let place = self.finding_place(&finding.id)?;
            let changed = verdicts.iter().filter_map(|verdict| {
                let mut questions = questions.iter();
                questions.find_map(|node| self.other_verdict(*node, *verdict, place, &mut what_if))
            });
            let verdicts: Vec<_> = changed.collect();
            let id = finding.id.clone();
            (!verdicts.is_empty()).then_some(ContradictedFinding { id, verdicts })
        });
        found.collect()
    }

    /// The nearest answer to a question that alone settles a finding, where it gives a ladder a higher
    /// level, or a decision another outcome.
    fn other_verdict(
        &self,
        question: usize,
        verdict: usize,
        finding: usize,
        what_if: &mut WhatIf<'_>,
    ) -> Option<ContradictedVerdict> {
        let asked = self.question(question)?;
        let (given, _) = self
            .answer(question)
            .filter(|_| self.moves(question, verdict))?;
        let (item, today) = self.item(verdict)?;
        let is_ladder = self.rulebook.program.ladder(verdict).is_some();
        let read = |one: &WhatIf<'_>| (one.is_gone(finding), one.reading(verdict).held);
        let mut settled = self.tried(question, what_if, read);
        settled.retain(|(_, (is_gone, _))| *is_gone);
        let far = |answer: &Answer| (answer.claimed - given.claimed).abs();
        let nearest = settled.iter().map(|(answer, _)| far(answer));
        let nearest = nearest.fold(f64::INFINITY, f64::min);
        let turns =
            |held: u64| held != 0 && held != today.held && (!is_ladder || held > today.held);
        let (answer, (_, held)) = settled
            .into_iter()
            .find(|(answer, (_, held))| far(answer) <= nearest + TOLERANCE && turns(*held))?;
        let shape = self.rulebook.program.questions.get(question)?;
        let reading = answer.reading(shape);
        let item_asked = self.rulebook.item(question)?;
        Some(ContradictedVerdict {
            of: ItemId::from(&item.id),
            question: ItemId::from(&item_asked.id),
            answer: answer_words(item_asked, asked, &reading, &AnswerNotes::default()),
            would_be: named(&item.kind, held).pop()?,
        })
    }

    /// The decision on the fit of each pack.
    fn fit_decisions(&self) -> impl Iterator<Item = usize> {
        let packs = self.rulebook.packs.iter();
        packs.filter_map(|pack| Some(pack.fit?.decision))
    }

    /// True if an answer to a question can move an item.
    fn moves(&self, question: usize, item: usize) -> bool {
        let program = &self.rulebook.program;
        let moves = program.reach().moves.get(question);
        let mut steps = moves.into_iter().flatten();
        steps.any(|place| {
            let step = program.steps.get(*place);
            step.is_some_and(|step| step.writes().contains(&item))
        })
    }

    /// The answers that a question can take: each choice; of several, none, each, and all; of
    /// numbers, the ends and middle of their range, and where a test of them turns.
    fn possible_answers(&self, node: usize) -> Vec<Answer> {
        let Some((item, question)) = self.rulebook.item(node).zip(self.question(node)) else {
            return Vec::new();
        };
        let places = question.choices.iter().enumerate();
        match question.kind {
            QuestionType::Rating | QuestionType::SelectOne | QuestionType::Boolean => places
                .map(|(place, one)| {
                    let worth = one
                        .score
                        .map_or(f64::NAN, |score| question.reverse_scored(score));
                    Answer::rated(worth, 1 << place)
                })
                .collect(),
            QuestionType::SelectMultiple => several(question),
            QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
                self.numbers(node, &item.domain, question)
            }
            QuestionType::Text => Vec::new(),
        }
    }

    fn numbers(&self, node: usize, domain: &Domain, question: &Question) -> Vec<Answer> {
        let Domain::Number { least, most, whole } = *domain else {
            return Vec::new();
        };
        let step = if whole { 1.0 } else { 1e-6 };
        let around = self.limits(node).into_iter();
        let around = around.flat_map(|limit| [limit - step, limit, limit + step]);
        let middle = f64::midpoint(least, most);
        let middle = if whole { middle.round() } else { middle };
        let values = [least, middle, most].into_iter().chain(around);
        let shape = self.rulebook.program.questions.get(node);
        let allowed = |answer: &Answer| {
            let test = question
                .constraint
                .as_ref()
                .map(|(test, _)| test)
                .zip(shape);
            test.is_none_or(|(test, shape)| test.surely(&answer.reading(shape)) == Truth::True)
        };
        values
            .filter(|value| value.is_finite() && (least..=most).contains(value))
            .map(|value| Answer::rated(value, 0))
            .filter(allowed)
            .collect()
    }
}

impl Assessment {
    /// The verdicts that hang on contradictions, each once, and what does not.
    pub(super) fn disputed(&self, contradicted: &[ContradictedFinding]) -> Disputed {
        let verdicts = contradicted.iter().flat_map(|one| &one.verdicts);
        let mut hang: Vec<ItemId> = Vec::new();
        for verdict in verdicts {
            if !hang.contains(&verdict.of) {
                hang.push(verdict.of.clone());
            }
        }
        let lowest = self.standing.iter();
        let lowest = lowest.flat_map(|one| [&one.ladder].into_iter().chain(&one.tied));
        let stay = lowest.filter(|one| !hang.contains(one)).cloned().collect();
        let settles = |finding: &&FindingResult| {
            let advice = finding.advice.first();
            let action = advice.and_then(|advice| self.action(&advice.work));
            action.is_some_and(|action| action.gain == Gain::None)
        };
        let found = self.findings.iter();
        let found = found.filter(|one| one.kind == FindingKind::Contradiction && one.called_for);
        let found = found.filter(|one| contradicted.iter().all(|other| other.id != one.id));
        let harmless = found.filter(settles).map(|one| one.id.clone()).collect();
        Disputed {
            hang,
            stay,
            harmless,
        }
    }
}

/// None of several choices, each of them alone, and all that go together.
fn several(question: &Question) -> Vec<Answer> {
    let places = question.choices.iter().enumerate();
    let all = places.clone().filter(|(_, one)| !one.exclusive);
    let all = all.fold(0_u64, |set, (place, _)| set | 1 << place);
    let sets = places.map(|(place, _)| 1 << place).chain([0, all]);
    sets.map(|set| Answer::rated(question.worth_of(set), set))
        .collect()
}

/// The number of levels or outcomes between two.
fn distance(today: u64, then: u64) -> u32 {
    match (today.checked_ilog2(), then.checked_ilog2()) {
        (Some(today), Some(then)) => today.abs_diff(then),
        _ => FROM_NONE,
    }
}
