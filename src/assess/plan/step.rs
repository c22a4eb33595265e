//! Open questions: every step each can be moved by.
//!
//! A step moves one answer: a rating or a scored choice to the next anchor, yes or no to the other,
//! a number just over the next threshold that something on the way asks for, and of several choices
//! one more is made true. A question without an answer is taken to stand lowest until somebody finds
//! out. A chain is a run of steps that are taken one after the other.

use super::number::{Edge, Numbers};
use super::reads::Reads;
use super::several::{Several, alike};
use crate::answers::{Answer, AnswerNotes, Answers};
use crate::assess::evaluate::called_for;
use crate::rules::condition::{Test, Truth};
use crate::rules::pack::file::QuestionType;
use crate::rules::reading::Reading;
use crate::rules::rulebook::{Item, Question, Rulebook};
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::Grade;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;

/// A question that can be moved.
#[derive(Debug, Clone)]
pub(crate) struct Open<'a> {
    pub(crate) node: usize,
    pub(crate) item: &'a Item,
    pub(crate) question: &'a Question,
    pub(crate) given: Answer,
    pub(crate) grade: Grade,
    /// Every run of steps, each with the next step first. Of several choices all can be taken
    /// together, of other questions one.
    pub(crate) chains: Vec<Vec<StepUp>>,
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct StepUp {
    pub(crate) change: Change,
    pub(crate) aim: Aim,
    /// The grade of evidence after it.
    pub(crate) grade: Grade,
    /// Whether that grade has to be brought.
    pub(crate) proof: bool,
    /// Whether the rating is claimed already and only has to be proven.
    pub(crate) claimed: bool,
}

/// What a step does to the answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Change {
    /// It becomes this one.
    To(Answer),
    /// These choices, as bits, are made true too.
    Add(u64),
}

/// What a step asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Aim {
    /// The anchor or choice at this place.
    Choice(usize),
    /// Any of these choices, as bits.
    OneOf(u64),
    /// One more of these choices, as bits.
    More(u64),
    /// A number.
    Number(Edge),
}

impl Open<'_> {
    /// The steps of a rating.
    pub(crate) fn steps(&self) -> &[StepUp] {
        self.chains.first().map_or(&[], Vec::as_slice)
    }

    /// What it counts for now; the least where nothing is answered.
    pub(crate) fn worth(&self) -> f64 {
        if self.given.state == State::Rated {
            self.given.counted
        } else {
            let worths = self.question.choices.iter().filter_map(|one| one.score);
            worths.fold(f64::INFINITY, f64::min)
        }
    }

    /// Whether its choices stand in an order, each worth more than the one before.
    pub(crate) fn is_ordered(&self) -> bool {
        matches!(
            self.question.kind,
            QuestionType::Rating | QuestionType::SelectOne
        )
    }

    /// What it counts for, where it is answered.
    fn number(&self) -> Option<f64> {
        (self.given.state == State::Rated).then_some(self.given.counted)
    }

    /// The most a rating can count for.
    pub(crate) fn top(&self) -> f64 {
        match self.steps().last().map(|step| step.change) {
            Some(Change::To(given)) => given.counted,
            Some(Change::Add(_)) | None => self.worth(),
        }
    }
}

/// Every rating that is a gap, in pack order.
pub(crate) fn ratings<'a>(
    rulebook: &'a Rulebook,
    answers: &Answers,
    is_gap: impl Fn(usize) -> bool,
) -> Vec<Open<'a>> {
    let questions = questions(rulebook, answers)
        .filter(|(one, _)| one.question.kind == QuestionType::Rating && is_gap(one.node));
    let open = questions.map(|(one, remark)| Open {
        chains: vec![anchors(&one, answers.basis(), remark.grade)],
        ..one
    });
    open.filter(|one| !one.steps().is_empty()).collect()
}

/// Every question a ladder reads that can be moved, in pack order. What other answers make
/// irrelevant is among them: a step may bring it in. What was said not to apply, what is a fact about
/// the market, what is certainly not called for, and what belongs to an over-built pack, is not.
pub(crate) fn open<'a>(
    rulebook: &'a Rulebook,
    answers: &Answers,
    readings: &[Reading],
    reads: &Reads,
    over_built: &[usize],
) -> Vec<Open<'a>> {
    let questions = questions(rulebook, answers).filter(|(one, _)| {
        let reading = readings.get(one.node);
        let denied = one.given.state == State::NotApplicable;
        let out = |one: &Reading| denied || one.is_absent() && one.state != State::Irrelevant;
        let weighed = rulebook.is_measured(one.node) || reads.caps(one.node);
        let judged = called_for(rulebook.program(), readings, one.node);
        let wanted = judged.surely != Truth::False && !over_built.contains(&one.item.pack);
        reads.reads(one.node) && weighed && wanted && !reading.is_none_or(out)
    });
    let open = questions.map(|(one, remark)| Open {
        chains: chains(&one, answers.basis(), remark.grade, reads),
        ..one
    });
    open.filter(|one| !one.chains.is_empty()).collect()
}

/// Every question with its answer, without steps.
fn questions<'a, 'b>(
    rulebook: &'a Rulebook,
    answers: &'b Answers,
) -> impl Iterator<Item = (Open<'a>, &'b AnswerNotes)> {
    let items = rulebook.items().iter().enumerate();
    let asked = answers.answers().iter().zip(answers.notes());
    items
        .zip(asked)
        .filter_map(|((node, item), (given, remark))| {
            let one = Open {
                node,
                item,
                question: item.kind.question()?,
                given: *given,
                grade: remark.grade,
                chains: Vec::new(),
            };
            Some((one, remark))
        })
}

fn chains(open: &Open<'_>, basis: Basis, grade: Grade, reads: &Reads) -> Vec<Vec<StepUp>> {
    let (question, tests) = (open.question, reads.tests(open.node));
    let scored = question.choices.iter().all(|one| one.score.is_some());
    let mut chains = match question.kind {
        QuestionType::Rating => vec![anchors(open, basis, grade)],
        QuestionType::SelectOne if scored => vec![anchors(open, basis, grade)],
        QuestionType::SelectOne => found_out(open, tests),
        QuestionType::Boolean => yes_or_no(open, tests),
        QuestionType::SelectMultiple => more(open, tests),
        QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
            numbers(open, tests, reads.enters(open.node))
        }
        QuestionType::Text => Vec::new(),
    };
    chains.retain(|steps| !steps.is_empty());
    chains
}

impl StepUp {
    fn new(open: &Open<'_>, change: Change, aim: Aim) -> Self {
        Self {
            change,
            aim,
            grade: open.grade,
            proof: false,
            claimed: false,
        }
    }

    fn choice(open: &Open<'_>, place: usize) -> Self {
        let score = open.question.choices.get(place).and_then(|one| one.score);
        let given = Answer::rated(score.unwrap_or(f64::NAN), 1 << place);
        Self::new(open, Change::To(given), Aim::Choice(place))
    }
}

/// Up the anchors of a rating or of a scored choice, one worth after the other.
fn anchors(open: &Open<'_>, basis: Basis, grade: Grade) -> Vec<StepUp> {
    let question = open.question;
    let choices = question.choices.iter().enumerate();
    let mut anchors: Vec<(f64, usize)> = choices
        .filter_map(|(place, choice)| Some((question.turned(choice.score?), place)))
        .collect();
    anchors.sort_by(|one, other| one.0.total_cmp(&other.0));
    // Of choices worth the same, the first stands for all.
    anchors.dedup_by(|one, other| (one.0 - other.0).abs() <= TOLERANCE);
    let now = open.worth();
    let capped = question.kind == QuestionType::Rating
        && basis == Basis::Evidenced
        && question.caps_by_evidence();
    let mut grade = grade;
    let above = anchors.into_iter().filter(|one| one.0 > now + TOLERANCE);
    let steps = above.map(|(worth, place)| {
        let before = grade;
        if capped {
            let carries = |one: &Grade| one.carries() >= worth - TOLERANCE;
            let least = Grade::ALL.into_iter().find(carries).unwrap_or(grade);
            grade = grade.max(least);
        }
        let given = Answer {
            claimed: worth.max(open.given.claimed),
            ..Answer::rated(worth, 1 << place)
        };
        StepUp {
            grade,
            proof: grade > before,
            claimed: open.given.state == State::Rated && open.given.claimed >= worth - TOLERANCE,
            ..StepUp::new(open, Change::To(given), Aim::Choice(place))
        }
    });
    steps.collect()
}

/// A choice without worth is a fact: only where it is not known it may turn out to be what is asked
/// for.
fn found_out(open: &Open<'_>, tests: &[Test]) -> Vec<Vec<StepUp>> {
    if open.given.state == State::Rated {
        return Vec::new();
    }
    let groups = alike(open.question, tests, u64::MAX).into_iter();
    let chains = groups.filter_map(|group| {
        let first = usize::try_from(group.trailing_zeros()).ok()?;
        let step = StepUp::choice(open, first);
        Some(vec![StepUp {
            aim: Aim::OneOf(group),
            ..step
        }])
    });
    chains.collect()
}

/// To yes; to no as well, where something asks for it.
fn yes_or_no(open: &Open<'_>, tests: &[Test]) -> Vec<Vec<StepUp>> {
    let places = (0..open.question.choices.len()).rev();
    let wanted = places.filter(|place| {
        let here = open.given.state == State::Rated && open.given.chosen >> place & 1 == 1;
        let score = open.question.choices.get(*place).and_then(|one| one.score);
        let worth = score.unwrap_or(f64::NAN);
        let asked = tests.iter().any(|test| test.admits(worth, 1 << place));
        !here && (*place == 1 || asked)
    });
    wanted
        .map(|place| vec![StepUp::choice(open, place)])
        .collect()
}

/// One more choice at a time; what no test tells apart stands for one another.
fn more(open: &Open<'_>, tests: &[Test]) -> Vec<Vec<StepUp>> {
    let several = Several::new(open.question, open.given);
    let groups = alike(open.question, tests, several.free()).into_iter();
    let chains = groups.map(|group| {
        let bits = (0..u64::BITS).map(|place| 1_u64 << place);
        let bits = bits.filter(|bit| group & bit != 0);
        let step = |bit| StepUp::new(open, Change::Add(bit), Aim::More(group));
        bits.map(step).collect()
    });
    chains.collect()
}

fn numbers(open: &Open<'_>, tests: &[Test], enters: bool) -> Vec<Vec<StepUp>> {
    let Some(numbers) = Numbers::new(open.item, open.question, tests, enters) else {
        return Vec::new();
    };
    let now = open.number();
    let chain = |edges: Vec<(f64, Edge)>| -> Vec<StepUp> {
        let step = |(value, edge)| {
            StepUp::new(open, Change::To(Answer::rated(value, 0)), Aim::Number(edge))
        };
        edges.into_iter().map(step).collect()
    };
    vec![chain(numbers.above(now)), chain(numbers.below(now))]
}
