//! One answer with its notes and targets, and its reading by an evaluation.

use super::{AgreedResult, Answers};
use crate::rules::Reading;
use crate::rules::condition::{Atom, Condition, Truth};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Program, Question, Step};
use crate::rules::vocabulary::{Basis, Grade, State};
use crate::text::number::TOLERANCE;
use jiff::civil::Date;

/// One answer as an evaluation reads it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Answer {
    /// State of the question.
    pub state: State,
    /// Worth as claimed.
    pub claimed: f64,
    /// Worth as counted: the claim, limited by its evidence where the basis asks for evidence.
    pub counted: f64,
    /// Worth once the target is reached; as counted where there is none.
    pub target: f64,
    /// The set of choices.
    pub chosen: u64,
    /// The set of choices once the target is reached; as chosen where there is none.
    pub aimed: u64,
}

impl Answer {
    /// No answer yet.
    pub const MISSING: Self = Self {
        state: State::Missing,
        claimed: f64::NAN,
        counted: f64::NAN,
        target: f64::NAN,
        chosen: 0,
        aimed: 0,
    };

    /// An answer of this worth, with this set of choices.
    #[must_use]
    pub fn rated(worth: f64, chosen: u64) -> Self {
        Self {
            state: State::Rated,
            claimed: worth,
            counted: worth,
            target: worth,
            chosen,
            aimed: chosen,
        }
    }

    /// An answer without a worth.
    #[must_use]
    pub(crate) fn of_state(state: State) -> Self {
        Self {
            state,
            ..Self::MISSING
        }
    }

    /// The same with a target, which never counts for less than what already counts.
    pub(crate) fn aiming_at(self, last: Option<&Phase>) -> Self {
        let (target, aimed) = match last {
            Some(phase) if self.counted >= phase.worth => (self.counted, self.chosen),
            Some(phase) => (phase.worth, phase.chosen),
            None => (self.target, self.aimed),
        };
        Self {
            target,
            aimed,
            ..self
        }
    }

    /// The answer as it counts.
    pub(crate) fn reading(&self, unanswered: &Reading) -> Reading {
        unanswered.answered(self.state, self.chosen, self.counted)
    }

    /// The same as it was claimed.
    pub(crate) fn as_claimed(self) -> Self {
        Self {
            counted: self.claimed,
            ..self
        }
    }

    /// The same once the target is reached.
    pub(crate) fn at_target(self) -> Self {
        Self {
            counted: self.target,
            chosen: self.aimed,
            ..self
        }
    }
}

/// Limits a rating to what its evidence supports, and turns reversed scales.
pub(super) fn weigh(question: &Question, answer: Answer, grade: Grade, basis: Basis) -> Answer {
    if answer.state != State::Rated || question.kind != QuestionType::Rating {
        return answer;
    }
    let limited = basis == Basis::Evidenced && question.caps_by_evidence();
    let counted = match (limited, question.reverse) {
        (false, _) => answer.claimed,
        (true, true) => answer.claimed.max(4.0 - grade.carries()),
        (true, false) => answer.claimed.min(grade.carries()),
    };
    Answer {
        claimed: question.reverse_scored(answer.claimed),
        counted: question.reverse_scored(counted),
        target: question.reverse_scored(counted),
        ..answer
    }
}

/// A rated answer limited by its evidence, with its target.
pub(super) fn with_evidence(
    question: &Question,
    answer: Answer,
    notes: &AnswerNotes,
    basis: Basis,
) -> Answer {
    weigh(question, answer, notes.grade, basis).aiming_at(notes.phases.last())
}

/// Everything written with an answer. All of it is data from whoever typed it, never markup.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct AnswerNotes {
    /// The answer as written, for text and numbers.
    pub text: Option<String>,
    /// Number of people counted, where the answer is a share of them.
    pub of: Option<u32>,
    /// A note.
    pub note: Option<String>,
    /// Reason why the question does not apply.
    pub reason: Option<String>,
    /// Grade of the evidence.
    pub grade: Grade,
    /// The evidence.
    pub evidence: Option<String>,
    /// Link to the evidence.
    pub link: Option<String>,
    /// The rating aimed at, of a choice its score: that of the last phase.
    pub target: Option<f64>,
    /// The role that is to reach it.
    pub owner: Option<String>,
    /// Due date: that of the last phase.
    pub due: Option<Date>,
    /// Every target on the way, in order; one where only one is set.
    pub phases: Vec<Phase>,
    /// Worth at the start.
    pub baseline: Option<Baseline>,
    /// The agreement on it, where there is one.
    pub agreed: Option<Box<AgreedResult>>,
}

/// One of the targets of a question. The last one is the target as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// Name of the phase.
    pub name: Option<String>,
    /// The rating aimed at, as written; of a choice its score.
    pub target: f64,
    /// The same as it counts in scores; differs on reversed scales.
    pub worth: f64,
    /// The same as a set of choices.
    pub chosen: u64,
    /// The same in words: "3", or the choice.
    pub says: String,
    /// Due date.
    pub due: Option<Date>,
}

/// Value of a question at the start.
#[derive(Debug, Clone, PartialEq)]
pub struct Baseline {
    /// As written; of a choice its score.
    pub value: f64,
    /// The same as it counts in scores; differs on reversed scales.
    pub worth: f64,
    /// The choice; `None` for a number, which may lie between two steps.
    pub chosen: Option<u64>,
    /// The same in words: "1", or the choice.
    pub says: String,
    /// The day it was so.
    pub on: Option<Date>,
}

/// Share of the way from the baseline to the target that is done, `0..=1`.
///
/// (value − baseline) / (target − baseline); 1 where the target is reached or lies where the
/// baseline does, 0 where the value has fallen below the baseline.
#[must_use]
pub fn progress(value: f64, baseline: f64, target: f64) -> f64 {
    let way = target - baseline;
    if value >= target - TOLERANCE || way.abs() <= TOLERANCE {
        1.0
    } else {
        ((value - baseline) / way).clamp(0.0, 1.0)
    }
}

/// The most days that are reported one by one.
const MOST_DAYS: usize = 40;

impl Answers {
    /// The days on which a phase of a rated question is due, each once, earliest first.
    ///
    /// Of more than 40, the first 39 and the last.
    #[must_use]
    pub fn dues(&self) -> Vec<Date> {
        let phases = self.rated().flat_map(|(_, notes)| &notes.phases);
        let mut days: Vec<Date> = phases.filter_map(|phase| phase.due).collect();
        days.sort_unstable();
        days.dedup();
        if days.len() > MOST_DAYS {
            days.drain(MOST_DAYS - 1..days.len() - 1);
        }
        days
    }

    /// Returns true if a baseline of any rated question is given.
    pub(crate) fn any_baseline(&self) -> bool {
        let mut rated = self.rated();
        rated.any(|(_, notes)| notes.baseline.is_some())
    }

    /// Returns true if evidence limits any rating to less than its claim.
    pub(crate) fn any_capped(&self) -> bool {
        let mut rated = self.rated();
        rated.any(|(answer, _)| differs(answer.claimed, answer.counted))
    }

    /// Returns true if any target is above what counts.
    #[must_use]
    pub fn any_target(&self) -> bool {
        let mut rated = self.rated();
        rated.any(|(answer, _)| differs(answer.target, answer.counted))
    }

    fn rated(&self) -> impl Iterator<Item = (&Answer, &AnswerNotes)> {
        let all = self.answers.iter().zip(&self.notes);
        all.filter(|(answer, _)| answer.state == State::Rated)
    }

    /// A question once every phase due by this day is reached, at least what it is now.
    pub(crate) fn by(&self, question: usize, answer: &Answer, day: Date) -> Answer {
        let phases = self.notes.get(question).map_or(&[][..], |one| &one.phases);
        let is_due = |one: &&Phase| one.due.is_some_and(|due| due <= day);
        let due = phases.iter().filter(is_due);
        due.fold(*answer, |answer, phase| {
            answer.aiming_at(Some(phase)).at_target()
        })
    }

    /// A question at the start; as it is now where that is not given.
    pub(crate) fn at_first(&self, question: usize, answer: &Answer) -> Answer {
        let notes = self.notes.get(question);
        let baseline = notes.and_then(|one| one.baseline.as_ref());
        baseline.map_or(*answer, |baseline| Answer {
            counted: baseline.worth,
            chosen: baseline.chosen.unwrap_or(answer.chosen),
            ..*answer
        })
    }

    /// One reading per question: its answer, or what it could be, or that it is not relevant.
    pub(crate) fn readings(&self, program: &Program) -> Vec<Reading> {
        let answers = program.questions.iter().zip(self.answers());
        let mut readings: Vec<Reading> = answers.map(|(shape, one)| one.reading(shape)).collect();
        for step in &program.steps {
            if let Step::Relevance { node, when } = step {
                let reading = relevance(&program.atoms, &readings, *node, when);
                if let Some(slot) = readings.get_mut(*node) {
                    *slot = reading;
                }
            }
        }
        readings
    }
}

/// Returns true if two worths are not the very same number.
pub(super) fn differs(one: f64, other: f64) -> bool {
    one.total_cmp(&other).is_ne()
}

/// The reading of a question that is relevant while a condition holds.
pub(crate) fn relevance(
    atoms: &[Atom],
    readings: &[Reading],
    node: usize,
    when: &Condition,
) -> Reading {
    let reading = readings.get(node).copied().unwrap_or(Reading::EMPTY);
    let holds = when.holds(atoms, readings);
    match (holds, kept(atoms, readings, when)) {
        _ if reading.state == State::NotCore => reading,
        (_, Truth::False) => reading.absent(State::Irrelevant),
        _ if reading.is_absent() => reading,
        (_, Truth::True) => reading,
        (Truth::False, Truth::Unknown) => reading.dormant(State::Irrelevant),
        (Truth::Unknown | Truth::True, Truth::Unknown) => Reading {
            optional: true,
            may_leave: true,
            ..reading
        },
    }
}

/// Truth that a condition keeps something in, whatever the open answers turn out to be: only where
/// it fails is that out, so a condition that stays unknown keeps it.
pub(crate) fn kept(atoms: &[Atom], readings: &[Reading], when: &Condition) -> Truth {
    let range = when.range(atoms, readings);
    Truth::between(range.low.may_hold(), range.high.may_hold())
}
