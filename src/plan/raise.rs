//! Open questions: how far each can be raised, what one step takes, and which advice belongs to it.

use crate::answers::{Answers, Basis, Given, Grade, Remark, turn};
use crate::assessment::{AdviceResult, FindingResult, GateResult, ItemId, NeedState};
use crate::condition::{Condition, Interval, TOLERANCE, Test, Truth};
use crate::evaluate::{Reading, State, called_for};
use crate::pack::file::{FindingKind, QuestionType, Severity, Size};
use crate::rulebook::{Item, Program, Question, Rulebook};
use std::cmp::Reverse;

/// A rating that can be raised, with every step up from where it stands.
///
/// Only ratings are raised: other types are facts about the firm and its market. One without an
/// answer is taken to stand on the lowest anchor until somebody finds out.
#[derive(Debug, Clone)]
pub(crate) struct Open<'a> {
    pub(crate) node: usize,
    pub(crate) item: &'a Item,
    pub(crate) question: &'a Question,
    pub(crate) given: Given,
    pub(crate) grade: Grade,
    /// Each step, the next one first.
    pub(crate) steps: Vec<StepUp>,
}

/// One step up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StepUp {
    /// The answer after it.
    pub(crate) given: Given,
    /// The place of its anchor among the choices.
    pub(crate) place: usize,
    /// The grade of evidence after it.
    pub(crate) grade: Grade,
    /// Whether that grade has to be brought.
    pub(crate) proof: bool,
    /// Whether the rating is claimed already and only has to be proven.
    pub(crate) claimed: bool,
}

impl Open<'_> {
    /// What it counts for now; the least where nothing is answered.
    pub(crate) fn worth(&self) -> f64 {
        if self.given.state == State::Rated {
            self.given.counted
        } else {
            self.least()
        }
    }

    fn least(&self) -> f64 {
        let worths = self.question.choices.iter().filter_map(|one| one.score);
        worths.fold(f64::INFINITY, f64::min)
    }

    /// The most it can count for.
    pub(crate) fn top(&self) -> f64 {
        self.steps
            .last()
            .map_or_else(|| self.worth(), |step| step.given.counted)
    }
}

/// Every rating that applies, is measured, not certainly uncalled for, and stands below its top, in
/// pack order.
pub(crate) fn open<'a>(
    rulebook: &'a Rulebook,
    answers: &Answers,
    readings: &[Reading],
) -> Vec<Open<'a>> {
    let questions = rulebook.items().iter().zip(readings).enumerate();
    let asked = answers.given().iter().zip(answers.remarks());
    let open = questions
        .zip(asked)
        .filter_map(|((node, (item, reading)), (given, remark))| {
            let question = item.kind.question()?;
            let one = Open {
                node,
                item,
                question,
                given: *given,
                grade: remark.grade,
                steps: Vec::new(),
            };
            let rating = question.kind == QuestionType::Rating && !reading.is_absent();
            let wanted = called_for(rulebook.program(), readings, node).surely != Truth::False;
            let gap = rating && wanted && rulebook.is_measured(node);
            let steps = gap.then(|| steps(&one, answers.basis(), remark))?;
            (!steps.is_empty()).then_some(Open { steps, ..one })
        });
    open.collect()
}

fn steps(open: &Open<'_>, basis: Basis, remark: &Remark) -> Vec<StepUp> {
    let question = open.question;
    let places = 0..question.choices.len();
    let worth = |place: usize| {
        let score = question.choices.get(place)?.score?;
        Some(turn(question, score))
    };
    let mut anchors: Vec<(f64, usize)> = places
        .filter_map(|place| Some((worth(place)?, place)))
        .collect();
    anchors.sort_by(|one, other| one.0.total_cmp(&other.0));
    let now = open.worth();
    let mut grade = remark.grade;
    let above = anchors
        .into_iter()
        .filter(|(worth, _)| *worth > now + TOLERANCE);
    let steps = above.map(|(worth, place)| {
        let before = grade;
        if basis == Basis::Evidenced && question.caps_by_evidence() {
            let carries = |one: &Grade| one.carries() >= worth - TOLERANCE;
            let least = Grade::ALL.into_iter().find(carries).unwrap_or(grade);
            grade = grade.max(least);
        }
        StepUp {
            given: Given {
                claimed: worth.max(open.given.claimed),
                ..Given::rated(worth, 1 << place)
            },
            place,
            grade,
            proof: grade > before,
            claimed: open.given.state == State::Rated && open.given.claimed >= worth - TOLERANCE,
        }
    });
    steps.collect()
}

/// Advice that belongs to a question: it comes with a gate that is not met or a finding that holds,
/// and raising the question works towards ending that.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Remedy<'a> {
    pub(crate) advice: &'a AdviceResult,
    /// The gate or finding.
    pub(crate) of: &'a ItemId,
    /// 0 for gates, 1 for contradictions, 2 for the rest.
    pub(crate) tier: u8,
}

/// The remedies of a client, question by question.
#[derive(Debug)]
pub(crate) struct Remedies<'a> {
    /// For each question, its best remedy.
    of: Vec<Option<Remedy<'a>>>,
    /// All advice the client is given, with the gate or finding it comes with.
    given: Vec<(&'a ItemId, &'a AdviceResult)>,
}

impl<'a> Remedies<'a> {
    pub(crate) fn new(
        rulebook: &Rulebook,
        gates: &'a [GateResult],
        findings: &'a [FindingResult],
    ) -> Self {
        let mut remedies = Self {
            of: vec![None; rulebook.question_count()],
            given: Vec::new(),
        };
        let program = rulebook.program();
        let gates = rulebook.gates().iter().zip(gates).zip(&program.gates);
        let mut unmet: Vec<_> = gates
            .filter(|((_, gate), _)| gate.state != NeedState::Met)
            .collect();
        // Gates of a pack that asks nothing of its own hold what all packs come to.
        let asks = |pack: usize| {
            let mut questions = rulebook.items().iter().take(rulebook.question_count());
            questions.any(|item| item.pack == pack)
        };
        unmet.sort_by_key(|((rule, _), _)| asks(rule.pack));
        for ((_, gate), when) in unmet {
            let raised = asked_to_rise(program, when);
            remedies.add(&gate.id, 0, &gate.advice, &raised);
        }
        let mut found: Vec<_> = findings.iter().collect();
        let rank = |kind| u8::from(kind != FindingKind::Contradiction);
        found.sort_by_key(|one| (rank(one.kind), Reverse::<Severity>(one.severity)));
        for one in found {
            let mut rules = rulebook.findings().iter().zip(&program.findings);
            let Some((_, when)) = rules.find(|(rule, _)| one.id == rule.id) else {
                continue;
            };
            let raised = match one.kind {
                FindingKind::Strength | FindingKind::Fit => Vec::new(),
                FindingKind::Gap
                | FindingKind::Risk
                | FindingKind::Contradiction
                | FindingKind::Unknown => held_low(program, when),
            };
            let tier = 1 + rank(one.kind);
            remedies.add(&one.id, tier, &one.advice, &raised);
        }
        remedies
    }

    fn add(&mut self, of: &'a ItemId, tier: u8, advice: &'a [AdviceResult], raised: &[usize]) {
        self.given.extend(advice.iter().map(|one| (of, one)));
        let Some(advice) = advice.first() else { return };
        let remedy = Remedy { advice, of, tier };
        for question in raised {
            if let Some(slot) = self.of.get_mut(*question) {
                slot.get_or_insert(remedy);
            }
        }
    }

    /// The remedy that belongs to a question.
    pub(crate) fn of(&self, question: usize) -> Option<&Remedy<'a>> {
        self.of.get(question)?.as_ref()
    }

    /// Advice of the same pack as a gate or finding, where the client is given it; what is not given
    /// is done, or not needed.
    pub(crate) fn given(&self, of: &ItemId, id: &str) -> Option<&'a AdviceResult> {
        let mut all = self.given.iter();
        let found = all.find(|(own, advice)| own.pack() == of.pack() && advice.id == id);
        found.map(|(_, advice)| *advice)
    }

    /// What advice asks to be done before it and is not done, each once, first things first.
    pub(crate) fn before(&self, remedy: &Remedy<'a>) -> Vec<&'a AdviceResult> {
        let mut list = Vec::new();
        self.collect(
            remedy.of,
            remedy.advice,
            &mut vec![&remedy.advice.id],
            &mut list,
        );
        list
    }

    fn collect(
        &self,
        of: &ItemId,
        advice: &'a AdviceResult,
        above: &mut Vec<&'a String>,
        list: &mut Vec<&'a AdviceResult>,
    ) {
        for first in advice.after.iter().filter_map(|id| self.given(of, id)) {
            let known = list.iter().any(|one| one.id == first.id);
            if !known && !above.contains(&&first.id) {
                above.push(&first.id);
                self.collect(of, first, above, list);
                above.pop();
                list.push(first);
            }
        }
    }
}

/// The questions a gate asks to stand high.
fn asked_to_rise(program: &Program, when: &Condition) -> Vec<usize> {
    tested(program, when, |interval, holding| {
        holding && interval.from.limit().is_some() || !holding && interval.to.limit().is_some()
    })
}

/// The questions that bring a finding up by standing low.
fn held_low(program: &Program, when: &Condition) -> Vec<usize> {
    tested(program, when, |interval, holding| {
        holding && interval.to.limit().is_some() || !holding && interval.from.limit().is_some()
    })
}

fn tested(
    program: &Program,
    when: &Condition,
    wanted: impl Fn(&Interval, bool) -> bool,
) -> Vec<usize> {
    let atoms = when.atoms().into_iter().filter_map(|(atom, holding)| {
        let atom = program.atoms.get(atom)?;
        let (Test::Number(interval) | Test::Index(interval)) = &atom.test else {
            return None;
        };
        let question = atom.node < program.shapes.len();
        (question && wanted(interval, holding)).then_some(atom.node)
    });
    atoms.collect()
}

/// What an effort counts for: low 1, medium 2, high 3.
pub(crate) fn weight(effort: Size) -> u32 {
    match effort {
        Size::Low => 1,
        Size::Medium => 2,
        Size::High => 3,
    }
}

/// What a step of a question takes where no advice says it.
pub(crate) const USUAL: Size = Size::Medium;
