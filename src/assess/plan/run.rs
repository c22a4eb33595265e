//! Runs: the questions that can be moved, each with every step it can take.
//!
//! A step moves one answer: a rating or a scored choice to the next anchor, yes or no to the other,
//! a number just over the next threshold that something on the way asks for, and of several choices
//! one more is made true. A question without an answer counts as lowest until somebody finds
//! out. A run has steps that are taken one after the other.

use super::advice::{Remedy, USUAL, weight};
use super::aim::{Aim, Reads, alike};
use crate::answers::{Answer, Answers};
use crate::assess::assessment::result::AdviceResult;
use crate::assess::evaluate::Facts;
use crate::rules::Reading;
use crate::rules::condition::{Test, Truth};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Item, Question, Rulebook};
use crate::rules::vocabulary::{Basis, Grade, State};
use crate::text::number::TOLERANCE;

/// Steps of a question that can be moved. Of several choices all runs can be taken together, of
/// other questions one.
#[derive(Debug, Clone)]
pub(super) struct Run<'a> {
    pub(super) node: usize,
    pub(super) item: &'a Item,
    pub(super) question: &'a Question,
    /// The answer today.
    pub(super) answer: Answer,
    /// The grade of its evidence.
    pub(super) grade: Grade,
    /// The next one first.
    pub(super) steps: Vec<StepUp<'a>>,
}

/// One step.
#[derive(Debug, Clone)]
pub(super) struct StepUp<'a> {
    pub(super) aim: Aim,
    /// The grade of evidence after it.
    pub(super) grade: Grade,
    /// True if that grade has to be brought.
    pub(super) proof: bool,
    /// True if the rating is claimed already and only has to be proven.
    pub(super) claimed: bool,
    /// The advice that covers it.
    pub(super) remedy: Option<&'a Remedy<'a>>,
    /// The preparations that come before it.
    pub(super) before: Vec<&'a AdviceResult>,
}

/// Every rating that is a gap, in pack order.
pub(super) fn ratings<'a>(
    rulebook: &'a Rulebook,
    answers: &Answers,
    is_gap: impl Fn(usize) -> bool,
) -> Vec<Run<'a>> {
    let ratings = questions(rulebook, answers)
        .filter(|one| one.question.kind == QuestionType::Rating && is_gap(one.node))
        .map(|one| Run {
            steps: one.anchors(answers.basis),
            ..one
        });
    ratings.filter(|one| !one.steps.is_empty()).collect()
}

/// The runs of every question a ladder reads, in pack order. Questions that other answers make
/// irrelevant are among them: a step may bring them in. Left out are those that do not apply, that
/// are a fact about the market, that are certainly not called for, and that belong to an over-built
/// pack.
pub(super) fn runs<'a>(
    rulebook: &'a Rulebook,
    facts: Facts<'_>,
    reads: &Reads,
    over_built: &[usize],
) -> Vec<Run<'a>> {
    let movable = questions(rulebook, facts.answers).filter(|one| {
        let reading = facts.readings.get(one.node);
        let denied = one.answer.state == State::NotApplicable;
        let out = |one: &Reading| denied || one.is_absent() && one.state != State::Irrelevant;
        let weighed = rulebook.is_measured(one.node) || reads.capping.contains(&one.node);
        let judged = facts.called_for(one.node);
        let wanted = judged.surely != Truth::False && !over_built.contains(&one.item.pack);
        reads.items.contains(&one.node) && weighed && wanted && !reading.is_none_or(out)
    });
    let runs = movable.flat_map(|one| {
        let chains = one.chains(facts.answers.basis, reads).into_iter();
        let chains = chains.filter(|steps| !steps.is_empty());
        let runs = chains.map(|steps| Run {
            steps,
            ..one.clone()
        });
        runs.collect::<Vec<_>>()
    });
    runs.collect()
}

/// Every question with its answer, without steps.
fn questions<'a>(rulebook: &'a Rulebook, answers: &Answers) -> impl Iterator<Item = Run<'a>> {
    let given = answers.answers().iter().zip(answers.notes());
    let rows = rulebook.questions().zip(given);
    rows.map(|(asked, (answer, notes))| Run {
        node: asked.node,
        item: asked.item,
        question: asked.question,
        answer: *answer,
        grade: notes.grade,
        steps: Vec::new(),
    })
}

impl StepUp<'_> {
    /// Effort: low 1, medium 2, high 3.
    pub(super) fn effort(&self) -> u32 {
        weight(self.remedy.map_or(USUAL, |remedy| remedy.advice.effort))
    }

    /// The answer it leads to; `None` for one more of several choices.
    pub(super) fn answer(&self) -> Option<Answer> {
        match self.aim {
            Aim::Choice(_, answer) | Aim::OneOf(_, answer) | Aim::Number(_, answer) => Some(answer),
            Aim::More(..) => None,
        }
    }

    /// The work of the advice that covers it.
    pub(super) fn work(&self) -> Option<&str> {
        self.remedy.map(|remedy| remedy.advice.work.as_str())
    }
}

impl<'a> Run<'a> {
    /// The answer today, with the grade of its evidence.
    pub(super) fn now(&self) -> (Answer, Grade) {
        (self.answer, self.grade)
    }

    /// The answer after some of the steps.
    pub(super) fn after(&self, from: (Answer, Grade), count: usize) -> (Answer, Grade) {
        let taken = self.steps.iter().take(count);
        taken.fold(from, |(answer, grade), step| match step.aim {
            Aim::Choice(_, to) | Aim::OneOf(_, to) | Aim::Number(_, to) => (to, step.grade),
            Aim::More(_, bit) => (self.with(&answer, bit), grade),
        })
    }

    /// Worth of the answer today; the least where there is none.
    pub(super) fn worth(&self) -> f64 {
        self.rated_worth().unwrap_or_else(|| {
            let worths = self.question.choices.iter().filter_map(|one| one.score);
            worths.fold(f64::INFINITY, f64::min)
        })
    }

    /// Worth of the answer today; `None` where there is none.
    pub(super) fn rated_worth(&self) -> Option<f64> {
        (self.answer.state == State::Rated).then_some(self.answer.counted)
    }

    /// Returns true if its choices are in an order, each worth more than the one before.
    pub(super) fn is_ordered(&self) -> bool {
        let kind = self.question.kind;
        kind == QuestionType::Rating || kind == QuestionType::SelectOne
    }

    /// The place of the choice with this worth, where the choices are in an order.
    fn anchor(&self, worth: f64) -> Option<usize> {
        let on = |score: f64| (self.question.reverse_scored(score) - worth).abs() <= TOLERANCE;
        let mut choices = self.question.choices.iter();
        let anchor = choices.position(|one| one.score.is_some_and(on));
        anchor.filter(|_| self.is_ordered())
    }

    /// The anchor of a rating or scored choice with this worth, in words.
    pub(super) fn words(&self, worth: f64) -> Option<String> {
        self.label(self.anchor(worth)?)
    }

    /// The words of a choice.
    pub(super) fn label(&self, place: usize) -> Option<String> {
        let choice = self.question.choices.get(place);
        choice.map(|one| one.label.clone())
    }

    /// The most a rating can count for.
    pub(super) fn top(&self) -> f64 {
        let last = self.steps.last().and_then(StepUp::answer);
        last.map_or_else(|| self.worth(), |answer| answer.counted)
    }

    /// Every chain of steps, each with the next step first.
    fn chains(&self, basis: Basis, reads: &Reads) -> Vec<Vec<StepUp<'a>>> {
        let tests = reads.tests.get(&self.node).map_or(&[][..], Vec::as_slice);
        let scored = self.question.choices.iter().all(|one| one.score.is_some());
        match self.question.kind {
            QuestionType::Rating => vec![self.anchors(basis)],
            QuestionType::SelectOne if scored => vec![self.anchors(basis)],
            QuestionType::SelectOne => self.any_of(tests),
            QuestionType::Boolean => self.yes_or_no(tests),
            QuestionType::SelectMultiple => self.one_more(tests),
            QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
                self.numbers(tests, reads.entering.contains(&self.node))
            }
            QuestionType::Text => Vec::new(),
        }
    }

    /// A step on the evidence there is, before any advice covers it.
    fn step(&self, aim: Aim) -> StepUp<'a> {
        StepUp {
            aim,
            grade: self.grade,
            proof: false,
            claimed: false,
            remedy: None,
            before: Vec::new(),
        }
    }

    /// The answer of one choice.
    fn choice(&self, place: usize) -> Answer {
        let score = self.question.choices.get(place).and_then(|one| one.score);
        Answer::rated(score.unwrap_or(f64::NAN), 1 << place)
    }

    /// Up the anchors of a rating or of a scored choice, one worth after the other.
    fn anchors(&self, basis: Basis) -> Vec<StepUp<'a>> {
        let question = self.question;
        let choices = question.choices.iter().enumerate();
        let mut anchors: Vec<(f64, usize)> = choices
            .filter_map(|(place, choice)| Some((question.reverse_scored(choice.score?), place)))
            .collect();
        anchors.sort_by(|one, other| one.0.total_cmp(&other.0));
        // Of choices worth the same, the first represents all.
        anchors.dedup_by(|one, other| (one.0 - other.0).abs() <= TOLERANCE);
        let now = self.worth();
        let capped = question.kind == QuestionType::Rating
            && basis == Basis::Evidenced
            && question.caps_by_evidence();
        let mut grade = self.grade;
        let above = anchors.into_iter().filter(|one| one.0 > now + TOLERANCE);
        let steps = above.map(|(worth, place)| {
            let before = grade;
            if capped {
                let carries = |one: &Grade| one.carries() >= worth - TOLERANCE;
                let least = Grade::ALL.into_iter().find(carries).unwrap_or(grade);
                grade = grade.max(least);
            }
            let claimed = self.answer.claimed;
            let answer = Answer {
                claimed: worth.max(claimed),
                ..Answer::rated(worth, 1 << place)
            };
            StepUp {
                grade,
                proof: grade > before,
                claimed: self.answer.state == State::Rated && claimed >= worth - TOLERANCE,
                ..self.step(Aim::Choice(place, answer))
            }
        });
        steps.collect()
    }

    /// A choice without worth is a fact: only where it is not known, it may turn out to be one that
    /// is asked for.
    fn any_of(&self, tests: &[Test]) -> Vec<Vec<StepUp<'a>>> {
        if self.answer.state == State::Rated {
            return Vec::new();
        }
        let groups = alike(self.question, tests, u64::MAX).into_iter();
        let chains = groups.filter_map(|group| {
            let first = usize::try_from(group.trailing_zeros()).ok()?;
            Some(vec![self.step(Aim::OneOf(group, self.choice(first)))])
        });
        chains.collect()
    }

    /// To yes; to no as well, where something asks for it.
    fn yes_or_no(&self, tests: &[Test]) -> Vec<Vec<StepUp<'a>>> {
        let places = (0..self.question.choices.len()).rev();
        let wanted = places.filter(|place| {
            let here = self.answer.state == State::Rated && self.answer.chosen >> place & 1 == 1;
            let worth = self.choice(*place).counted;
            let asked = tests.iter().any(|test| test.admits(worth, 1 << place));
            !here && (*place == 1 || asked)
        });
        let aims = wanted.map(|place| Aim::Choice(place, self.choice(place)));
        aims.map(|aim| vec![self.step(aim)]).collect()
    }

    /// One more choice at a time; choices that no test distinguishes count as one.
    fn one_more(&self, tests: &[Test]) -> Vec<Vec<StepUp<'a>>> {
        let groups = alike(self.question, tests, self.free()).into_iter();
        let chains = groups.map(|group| {
            let bits = (0..u64::BITS).map(|place| 1_u64 << place);
            let bits = bits.filter(|bit| group & bit != 0);
            let step = |bit| self.step(Aim::More(group, bit));
            bits.map(step).collect()
        });
        chains.collect()
    }

    fn numbers(&self, tests: &[Test], enters: bool) -> Vec<Vec<StepUp<'a>>> {
        let step = |(value, limit)| self.step(Aim::Number(limit, Answer::rated(value, 0)));
        let chains = self.limits(tests, enters);
        let chains = chains.map(|chain| chain.into_iter().map(step).collect());
        chains.into()
    }
}
