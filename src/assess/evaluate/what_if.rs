//! Answers and figures tried in another way: one answer after the other, of which only the items it
//! moves are evaluated again; and shares that one or two people could move.

use super::{Facts, Reading, compute, imagine_with};
use crate::answers::{Answer, Answers};
use crate::rules::condition::Truth;
use crate::rules::metric::MetricKind;
use crate::rules::rulebook::{Domain, MetricRule, Program, Requirement, Rulebook, Step};
use crate::rules::vocabulary::Grade;

/// Everything that a change replaced.
#[derive(Debug)]
pub(crate) struct Replaced {
    question: usize,
    /// The answer to the question, with the grade of its evidence.
    answer: Option<(Answer, Grade)>,
    /// Readings by item, in the order they were replaced.
    readings: Vec<(usize, Reading)>,
}

/// The readings of answers that change and change back.
#[derive(Debug, Clone)]
pub(crate) struct WhatIf<'a> {
    program: &'a Program,
    answers: Answers,
    readings: Vec<Reading>,
    /// For each question, the steps it moves, as far as they are wanted.
    moves: &'a [Vec<usize>],
}

impl<'a> WhatIf<'a> {
    /// The readings of all items. As answers change, those are kept up to date that the steps write
    /// which `moves` gives for each question.
    pub(crate) fn new(
        program: &'a Program,
        answers: &Answers,
        readings: &[Reading],
        moves: &'a [Vec<usize>],
    ) -> Self {
        Self {
            program,
            answers: answers.without_notes(),
            readings: readings.to_vec(),
            moves,
        }
    }

    /// The reading of an item.
    pub(crate) fn reading(&self, node: usize) -> Reading {
        self.readings.get(node).copied().unwrap_or(Reading::EMPTY)
    }

    /// The number of items that an answer moves, as far as they are wanted.
    pub(crate) fn moved(&self, question: usize) -> usize {
        self.moves.get(question).map_or(0, Vec::len)
    }

    fn facts(&self) -> Facts<'_> {
        Facts::new(self.program, &self.readings, &self.answers)
    }

    /// The truth of a requirement of a ladder, with the current values.
    pub(crate) fn holds_now(&self, requirement: &Requirement) -> Truth {
        self.facts().holds_now(requirement)
    }

    /// The truth of a requirement of a ladder: true where it holds with the current values, and the open
    /// answers cannot undo it.
    pub(crate) fn holds_for_certain(&self, requirement: &Requirement) -> Truth {
        self.holds_now(requirement)
            .min(self.facts().holds_surely(requirement))
    }

    /// Returns true if a finding, by its place, no longer holds with the current values.
    pub(crate) fn is_gone(&self, finding: usize) -> bool {
        let condition = self.program.findings.get(finding);
        condition.is_some_and(|one| self.facts().judgement(one).holds == Truth::False)
    }

    /// Answers a question in another way, with another grade of evidence; what that replaced can be
    /// put back by [`WhatIf::undo`].
    pub(crate) fn put(&mut self, question: usize, (answer, grade): (Answer, Grade)) -> Replaced {
        let moves = self.moves.get(question).map_or(&[][..], Vec::as_slice);
        let mut replaced = Replaced {
            question,
            answer: self.answers.replace(question, answer, grade),
            readings: Vec::with_capacity(moves.len() + 1),
        };
        replaced.readings.push((question, self.reading(question)));
        self.reset(question);
        for place in moves {
            if let Some(step) = self.program.steps.get(*place) {
                let written = step.writes().map(|node| (node, self.reading(node)));
                replaced.readings.extend(written);
                if let Step::Relevance { node, .. } = step {
                    self.reset(*node);
                }
                compute(self.program, &mut self.readings, &self.answers, step);
            }
        }
        replaced
    }

    /// Takes a change back, the last one first.
    pub(crate) fn undo(&mut self, replaced: Replaced) {
        if let Some((answer, grade)) = replaced.answer {
            self.answers.replace(replaced.question, answer, grade);
        }
        for (node, reading) in replaced.readings.into_iter().rev() {
            if let Some(slot) = self.readings.get_mut(node) {
                *slot = reading;
            }
        }
    }

    /// A question as it is answered, before others make it irrelevant.
    fn reset(&mut self, question: usize) {
        let answer = self.answers.answers().get(question);
        let shape = self.program.questions.get(question);
        if let (Some(shape), Some(answer)) = (shape, answer)
            && let Some(slot) = self.readings.get_mut(question)
        {
            *slot = answer.reading(shape);
        }
    }
}

/// A share with the number of those counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sampled {
    /// The question or figure.
    pub(crate) node: usize,
    /// Number of people counted.
    pub(crate) of: u32,
    /// Change of the share by one of them.
    step: f64,
}

impl Sampled {
    /// The share with so many people fewer and so many more.
    pub(crate) fn moved(&self, readings: &[Reading], people: u32) -> [Reading; 2] {
        let reading = readings.get(self.node).copied().unwrap_or(Reading::EMPTY);
        let step = self.step * f64::from(people);
        [-step, step].map(|step| {
            let value = (reading.value + step).clamp(reading.least, reading.most);
            Reading {
                value,
                low: value,
                high: value,
                ..reading
            }
        })
    }
}

/// Every share of which it is known how many were counted.
pub(crate) fn samples(rulebook: &Rulebook, facts: Facts<'_>) -> Vec<Sampled> {
    let Facts {
        readings, answers, ..
    } = facts;
    let asked = answers.notes().iter().enumerate();
    let asked = asked.filter_map(|(node, notes)| {
        let of = notes.of?;
        Some(Sampled {
            node,
            of,
            step: 100.0 / f64::from(of),
        })
    });
    let measured = rulebook.program.steps.iter().filter_map(|step| {
        let Step::Measure { first, metric } = step else {
            return None;
        };
        let kept = answers.figures.get(first).map(|kept| kept.treated);
        let treated = kept.unwrap_or_else(|| facts.treated(metric));
        Some(figures(rulebook, *first, metric, readings, treated))
    });
    let all = asked.chain(measured.flatten());
    let rated = |one: &Sampled| readings.get(one.node).is_some_and(Reading::is_rated);
    all.filter(rated).collect()
}

/// The figures of a metric that are shares of people counted.
fn figures(
    rulebook: &Rulebook,
    first: usize,
    rule: &MetricRule,
    readings: &[Reading],
    treated: usize,
) -> Vec<Sampled> {
    // The place of the number counted, and of each figure with how many times over one person moves it.
    let (n, shares): (usize, &[(usize, f64)]) = match rule.kind {
        MetricKind::Nps => (2, &[(0, 2.0), (3, 1.0), (4, 1.0)]),
        MetricKind::TopBox => (2, &[(0, 1.0), (1, 1.0)]),
        MetricKind::CustomerValue => (6, &[(1, 1.0), (2, 1.0), (3, 1.0), (4, 1.0), (5, 1.0)]),
        MetricKind::LifetimeValue
        | MetricKind::BreakEven
        | MetricKind::ShareOfCustomer
        | MetricKind::ValueDifference
        | MetricKind::Agreement
        | MetricKind::ValueCurve => return Vec::new(),
        MetricKind::Ratio => return ratio(rulebook, first, rule, readings).into_iter().collect(),
    };
    let counted = readings.get(first + n).filter(|one| one.is_rated());
    let Some(of) = counted.and_then(|one| whole(one.value)) else {
        return Vec::new();
    };
    // The treatments are shares of the customers whose value in reach is known.
    let treated = u32::try_from(treated).unwrap_or(u32::MAX);
    let sampled = |(place, times): &(usize, f64)| {
        let by_reach = rule.kind == MetricKind::CustomerValue && *place > 1;
        let of = if by_reach { treated } else { of };
        (of > 0).then(|| Sampled {
            node: first + place,
            of,
            step: 100.0 * times / f64::from(of),
        })
    };
    shares.iter().filter_map(sampled).collect()
}

/// The ratio of two counts.
fn ratio(
    rulebook: &Rulebook,
    first: usize,
    rule: &MetricRule,
    readings: &[Reading],
) -> Option<Sampled> {
    let counts = |node: &usize| {
        let domain = rulebook.item(*node).map(|item| &item.domain);
        matches!(domain, Some(Domain::Number { whole: true, .. }))
    };
    let [part, all] = rule.inputs.as_slice() else {
        return None;
    };
    if !part.iter().chain(all).all(counts) {
        return None;
    }
    let of: f64 = all
        .iter()
        .filter_map(|node| readings.get(*node))
        .map(|one| one.value)
        .sum();
    Some(Sampled {
        node: first,
        of: whole(of)?,
        step: 1.0 / of,
    })
}

/// A number of people, above 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "within the range, as checked just before"
)]
fn whole(value: f64) -> Option<u32> {
    (value >= 1.0 && value <= f64::from(u32::MAX)).then_some(value as u32)
}

/// The truth of every finding with some readings changed.
pub(crate) fn findings_with(
    program: &Program,
    answers: &Answers,
    changed: &[(usize, Reading)],
) -> Vec<Truth> {
    let questions = program.questions.len();
    let put = |readings: &mut [Reading], step: Option<&Step>| {
        let figures = match step {
            None => false,
            Some(Step::Measure { .. }) => true,
            Some(_) => return,
        };
        let changed = changed.iter();
        for (node, reading) in changed.filter(|(node, _)| (*node >= questions) == figures) {
            if let Some(slot) = readings.get_mut(*node) {
                *slot = *reading;
            }
        }
    };
    let readings = imagine_with(program, answers, |_, answer| *answer, put);
    let facts = Facts::new(program, &readings, answers);
    let findings = program.findings.iter();
    findings.map(|one| facts.judgement(one).holds).collect()
}
