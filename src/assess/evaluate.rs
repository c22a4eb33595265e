//! Answers scored by a rulebook: pure, total, over flat arrays.
//!
//! [`evaluate`] fills one [`Reading`] per item of the rulebook, walking its program in dependency
//! order. It cannot fail: whatever could be wrong was refused when the [`Rulebook`] and the
//! [`Answers`] were checked. The same walk is made a second time over the claimed ratings where
//! evidence caps changed any, and a third time over targets where any are set.

mod aggregate;
mod measure;
mod outcome;
mod score;
mod what_if;

pub(crate) use measure::figures_of;
pub(crate) use what_if::{Sampled, WhatIf, findings_with, samples};

use crate::answers::{Answer, Answers, kept, relevance};
use crate::rules::Reading;
use crate::rules::condition::{Atom, Condition, Truth, TruthRange};
use crate::rules::rulebook::{Program, Requirement, Rulebook, Step};
use crate::rules::vocabulary::{Basis, State};
use outcome::Inputs;

/// Truth of a finding or a cap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// Truth with the current values.
    pub holds: Truth,
    /// Truth whatever the open answers turn out to be.
    pub surely: Truth,
}

/// Truth of a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GateJudgement {
    /// Truth that it is met with the current values; unknown where that is not proven, `None` where
    /// nothing it asks about applies.
    pub met: Option<Truth>,
    /// True if no answer to come can change that.
    pub certain: bool,
}

/// Every number an assessment needs, by index; [`Assessment`](crate::assess::assessment::Assessment) puts
/// words to it.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// One reading per item of the rulebook, questions first.
    pub readings: Vec<Reading>,
    /// The same with every rating as claimed, where evidence caps changed any.
    pub claimed: Option<Vec<Reading>>,
    /// The same with every target reached, where any target is set.
    pub targets: Option<Vec<Reading>>,
    /// One judgement per finding.
    pub findings: Vec<Judgement>,
    /// One judgement per gate.
    pub gates: Vec<GateJudgement>,
    /// For each question, the truth that it is called for, whatever the open answers turn out to be.
    pub called_for: Vec<Truth>,
    /// The judgements on the way; empty unless asked for.
    pub trace: Trace,
}

/// The steps behind an [`Evaluation`], by index into the rulebook's flat arrays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trace {
    /// For each decision rule that was tried: its item, its place in the table, its truth.
    pub rules: Vec<(usize, usize, Truth)>,
    /// For each cap that was tried: its score's item, its place among the caps, its truth.
    pub caps: Vec<(usize, usize, Truth)>,
}

/// Scores the answers and keeps no trace.
#[must_use]
pub fn evaluate(rulebook: &Rulebook, answers: &Answers) -> Evaluation {
    let program = &rulebook.program;
    let readings = imagine(program, answers, |_, answer| *answer);
    let column = |wanted: bool, pick: fn(usize, &Answer) -> Answer| {
        wanted.then(|| imagine(program, answers, pick))
    };
    let facts = Facts::new(program, &readings, answers);
    let findings = program.findings.iter().map(|one| facts.judgement(one));
    let gates = program.gates.iter().map(|one| facts.gate(one));
    let questions = 0..program.questions.len();
    let called_for = questions.map(|node| facts.called_for(node).surely);
    Evaluation {
        claimed: column(answers.any_capped(), |_, answer| answer.as_claimed()),
        targets: column(answers.any_target(), |_, answer| answer.at_target()),
        findings: findings.collect(),
        gates: gates.collect(),
        called_for: called_for.collect(),
        trace: Trace::default(),
        readings,
    }
}

/// Scores the answers and keeps the judgements on the way.
#[must_use]
pub fn evaluate_with_trace(rulebook: &Rulebook, answers: &Answers) -> Evaluation {
    let (program, evaluation) = (&rulebook.program, evaluate(rulebook, answers));
    let facts = Facts::new(program, &evaluation.readings, answers);
    let mut trace = Trace::default();
    for step in &program.steps {
        match step {
            Step::Decide { node, table } => {
                let rules = Inputs::of(facts, table).tried().into_iter();
                let rules = rules.map(|(place, now, _)| (*node, place, now));
                trace.rules.extend(rules);
            }
            Step::Score { node, score } => {
                let caps = score
                    .caps
                    .iter()
                    .enumerate()
                    .map(|(place, cap)| (*node, place, facts.judgement(&cap.when).holds));
                trace.caps.extend(caps);
            }
            Step::Relevance { .. } | Step::Measure { .. } | Step::Climb { .. } => {}
        }
    }
    Evaluation {
        trace,
        ..evaluation
    }
}

/// The readings with each answer changed by a function.
pub(crate) fn imagine(
    program: &Program,
    answers: &Answers,
    change: impl Fn(usize, &Answer) -> Answer,
) -> Vec<Reading> {
    imagine_with(program, answers, change, |_, _| ())
}

/// The readings with each answer changed by a function, and then the readings: of the questions
/// before the first step, and after each step.
fn imagine_with(
    program: &Program,
    answers: &Answers,
    change: impl Fn(usize, &Answer) -> Answer,
    put: impl Fn(&mut [Reading], Option<&Step>),
) -> Vec<Reading> {
    let questions = program.questions.iter().zip(answers.answers()).enumerate();
    let mut readings = Vec::with_capacity(program.items);
    readings.extend(questions.map(|(node, (shape, answer))| change(node, answer).reading(shape)));
    readings.resize(program.items, Reading::EMPTY);
    put(&mut readings, None);
    for step in &program.steps {
        compute(program, &mut readings, answers, step);
        put(&mut readings, Some(step));
    }
    readings
}

/// The readings with some questions open between two worths: all that may come of them, and never
/// less.
pub(crate) fn open_between(
    program: &Program,
    answers: &Answers,
    open: &[(usize, f64, f64)],
) -> Vec<Reading> {
    let put = |readings: &mut [Reading], step: Option<&Step>| {
        for (node, low, high) in open.iter().filter(|_| step.is_none()) {
            if let Some(slot) = readings.get_mut(*node) {
                *slot = slot.between(*low, *high);
            }
        }
    };
    imagine_with(program, answers, |_, answer| *answer, put)
}

/// One step: reads what was written before, writes the readings of its own items.
#[inline]
fn compute(program: &Program, readings: &mut [Reading], answers: &Answers, step: &Step) {
    let facts = Facts::new(program, readings, answers);
    let (node, reading) = match step {
        Step::Relevance { node, when } => (*node, relevance(&program.atoms, readings, *node, when)),
        Step::Score { node, score } => (*node, facts.score(score)),
        Step::Decide { node, table } => (*node, facts.decide(table)),
        Step::Measure { first, metric } => {
            let figures = facts.measure(*first, metric);
            let figures: Vec<Reading> = figures.collect();
            let slots = readings.iter_mut().skip(*first);
            slots.zip(figures).for_each(|(slot, one)| *slot = one);
            return;
        }
        Step::Climb { node, ladder } => (*node, facts.climb(ladder)),
    };
    if let Some(slot) = readings.get_mut(node) {
        *slot = reading;
    }
}

/// Everything that is judged and computed from: the readings so far, with the program that makes
/// them and the answers behind them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) program: &'a Program,
    pub(crate) readings: &'a [Reading],
    pub(crate) answers: &'a Answers,
}

impl<'a> Facts<'a> {
    pub(crate) const fn new(
        program: &'a Program,
        readings: &'a [Reading],
        answers: &'a Answers,
    ) -> Self {
        Self {
            program,
            readings,
            answers,
        }
    }

    /// Truth that a question is called for; one that no condition speaks of always is.
    pub(crate) fn called_for(self, node: usize) -> Judgement {
        let (atoms, readings) = (&self.program.atoms, self.readings);
        let when = self.program.called_for.get(node).and_then(Option::as_ref);
        let judge = |by: &dyn Fn(&Condition) -> Truth| when.map_or(Truth::True, by);
        Judgement {
            holds: judge(&|when| when.holds(atoms, readings)),
            surely: judge(&|when| kept(atoms, readings, when)),
        }
    }

    /// The judgement of a condition; where the outcome is sure, it is also that of the current
    /// values.
    fn judgement(self, condition: &Condition) -> Judgement {
        let (atoms, readings) = (&self.program.atoms, self.readings);
        let surely = condition.range(atoms, readings).surely();
        Judgement {
            holds: if surely == Truth::Unknown {
                condition.holds(atoms, readings)
            } else {
                surely
            },
            surely,
        }
    }

    /// The judgement of a gate without the parts that do not apply.
    pub(crate) fn gate(self, when: &Condition) -> GateJudgement {
        let range = self.gate_range(when);
        let certain = match range.applies {
            Truth::True => range.low == range.high,
            Truth::Unknown => false,
            Truth::False => true,
        };
        let now = when.judge_by(&self.program.atoms, |atom| atom.in_gate(self.readings));
        let now = now.applies.holds().then_some(now.low);
        GateJudgement {
            met: now.map(|now| if certain { range.low } else { now }),
            certain,
        }
    }

    /// Truth that a gate is met by the questions of the assessment, leaving out those of packs that
    /// are not part of it; `None` where nothing is left that applies.
    pub(crate) fn gate_as_asked(self, when: &Condition) -> Option<Truth> {
        let judged = when.judge_by(&self.program.atoms, |atom| {
            if *atom == Atom::NOT_ASKED {
                TruthRange::LEFT_OUT
            } else {
                atom.in_gate(self.readings)
            }
        });
        judged.applies.holds().then_some(judged.low)
    }

    /// The truths of a gate that answers to come can bring about.
    fn gate_range(self, when: &Condition) -> TruthRange {
        when.judge_by(&self.program.atoms, |atom| {
            atom.range_in_gate(self.readings)
        })
    }

    /// The truth of a requirement with the current values; a gate that asks nothing that applies is met.
    pub(crate) fn holds_now(self, requirement: &Requirement) -> Truth {
        let Self {
            program, readings, ..
        } = self;
        match requirement {
            Requirement::From(atom) | Requirement::Floor(atom) => {
                let atom = program.atoms.get(*atom);
                atom.map_or(Truth::Unknown, |atom| {
                    let absent = readings.get(atom.node).is_some_and(Reading::is_absent);
                    // A floor on something that does not apply is no floor.
                    if absent && matches!(requirement, Requirement::Floor(_)) {
                        Truth::True
                    } else {
                        atom.judge(readings)
                    }
                })
            }
            Requirement::Gate(gate) => program.gates.get(*gate).map_or(Truth::Unknown, |gate| {
                self.gate(gate).met.unwrap_or(Truth::True)
            }),
            Requirement::Basis => Truth::from(self.answers.basis == Basis::Evidenced),
            Requirement::Confidence(node, wanted) => {
                Truth::from(self.confidence(*node).grade >= *wanted)
            }
        }
    }

    /// The truth of a requirement whatever the open answers turn out to be.
    pub(crate) fn holds_surely(self, requirement: &Requirement) -> Truth {
        let tested = |atom: &usize| {
            let atom = self.program.atoms.get(*atom)?;
            Some((atom, self.readings.get(atom.node)?))
        };
        match requirement {
            // Where its score does not apply, neither does the ladder.
            Requirement::From(atom) => tested(atom).map_or(Truth::Unknown, |(atom, reading)| {
                atom.test.surely(&reading.returned())
            }),
            Requirement::Floor(atom) => tested(atom).map_or(Truth::Unknown, |(atom, reading)| {
                let truth = atom.test.surely(&reading.returned());
                if reading.is_gone() {
                    Truth::True
                } else if reading.may_leave || reading.is_absent() {
                    // Missed by something that may yet drop out, it may yet be no floor.
                    truth.max(Truth::Unknown)
                } else {
                    truth
                }
            }),
            Requirement::Gate(gate) => {
                let gate = self.program.gates.get(*gate);
                gate.map_or(Truth::Unknown, |gate| {
                    let range = self.gate_range(gate);
                    match range.applies {
                        Truth::True => range.surely(),
                        Truth::Unknown => range.surely().max(Truth::Unknown),
                        Truth::False => Truth::True,
                    }
                })
            }
            // Answers to come may bring it, or take it away.
            Requirement::Confidence(node, _) if !self.is_complete(*node) => Truth::Unknown,
            Requirement::Basis | Requirement::Confidence(..) => self.holds_now(requirement),
        }
    }
}
