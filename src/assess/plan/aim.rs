//! Aims of steps: an anchor or a choice, one more of several choices, or the nearest number that
//! crosses a threshold something on the way asks for.

use super::result::Side;
use super::run::Run;
use crate::answers::Answer;
use crate::rules::condition::{Bound, Condition, Test};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Domain, Program, Question, Requirement, ScoreRule, Step};
use crate::text::number::TOLERANCE;
use std::collections::{BTreeMap, BTreeSet};

/// The answer a step asks for, with the one it leads to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Aim {
    /// The anchor or choice at this place.
    Choice(usize, Answer),
    /// Any of these choices, as bits.
    OneOf(u64, Answer),
    /// One more of these choices, as bits: the one that is made true.
    More(u64, u64),
    /// A number.
    Number(Limit, Answer),
}

/// A limit that a number has to come to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Limit {
    pub(super) side: Side,
    pub(super) value: f64,
}

/// The steps of a number that enters a score: quarters of its scale.
const QUARTERS: [f64; 4] = [0.25, 0.5, 0.75, 1.0];

/// The ends of every interval that a question is tested for, each with whether it is the lower one.
fn ends(tests: &[Test], least: f64, room: f64) -> Vec<(Bound, bool)> {
    let placed = |bound: Bound| {
        let place = |index: f64| least + index / 100.0 * room;
        match bound {
            Bound::Open => Bound::Open,
            Bound::Inclusive(index) => Bound::Inclusive(place(index)),
            Bound::Exclusive(index) => Bound::Exclusive(place(index)),
        }
    };
    let ends = tests.iter().filter_map(|test| match test {
        Test::Number(interval) => Some([interval.from, interval.to]),
        Test::Index(interval) if room.is_finite() => {
            Some([placed(interval.from), placed(interval.to)])
        }
        Test::Index(_)
        | Test::Any
        | Test::OneOf(_)
        | Test::SomeOf(_)
        | Test::Unknown
        | Test::NotApplicable => None,
    });
    ends.flat_map(|[from, to]| [(from, true), (to, false)])
        .collect()
}

impl Limit {
    /// Returns true if a number has to rise to come to it.
    pub(super) fn is_above(self) -> bool {
        matches!(self.side, Side::AtLeast | Side::Above)
    }

    /// The nearest number on the right side.
    fn number(self) -> f64 {
        match self.side {
            Side::AtLeast | Side::AtMost => self.value,
            Side::Above => (self.value + TOLERANCE).next_up(),
            Side::Below => (self.value - TOLERANCE).next_down(),
        }
    }

    /// The same among whole numbers.
    fn whole(self) -> Self {
        let value = self.value;
        let (side, value) = match self.side {
            Side::AtLeast => (Side::AtLeast, (value - TOLERANCE).ceil()),
            Side::Above => (Side::AtLeast, (value + TOLERANCE).floor() + 1.0),
            Side::AtMost => (Side::AtMost, (value + TOLERANCE).floor()),
            Side::Below => (Side::AtMost, (value - TOLERANCE).ceil() - 1.0),
        };
        Self { side, value }
    }
}

impl Run<'_> {
    /// Every limit above a number, then every limit below it, each with the number that just meets it
    /// and the nearest first; all limits where there is no number yet.
    ///
    /// `tests` are the tests of the question; `enters` is true where its worth enters a score.
    pub(super) fn limits(&self, tests: &[Test], enters: bool) -> [Vec<(f64, Limit)>; 2] {
        let now = self.rated_worth();
        let Domain::Number { least, most, whole } = self.item.domain else {
            return [Vec::new(), Vec::new()];
        };
        let ends = ends(tests, least, most - least);
        // On the end of an interval where it is closed on this side, else past it.
        let crossing = |[on, past]: [Side; 2], closed_from: bool| {
            let limits = ends.iter().filter_map(move |(bound, is_from)| {
                let (value, inside) = match *bound {
                    Bound::Open => return None,
                    Bound::Inclusive(value) => (value, *is_from == closed_from),
                    Bound::Exclusive(value) => (value, *is_from != closed_from),
                };
                let side = if inside { on } else { past };
                Some(Limit { side, value })
            });
            limits.collect::<Vec<Limit>>()
        };
        let allowed = |(value, _): &(f64, Limit)| {
            let constraint = self.question.constraint.as_ref();
            (least..=most).contains(value)
                && constraint.is_none_or(|(test, _)| test.admits(*value, 0))
        };
        let numbers = |limits: Vec<Limit>| {
            let limits = limits.into_iter();
            let limits = limits.map(|limit| if whole { limit.whole() } else { limit });
            let numbers = limits.map(|limit| (limit.number(), limit));
            let mut numbers: Vec<(f64, Limit)> = numbers.filter(allowed).collect();
            numbers.sort_by(|one, other| one.0.total_cmp(&other.0));
            numbers.dedup_by(|one, other| (one.0 - other.0).abs() <= TOLERANCE / 2.0);
            numbers
        };
        let mut up = crossing([Side::AtLeast, Side::Above], true);
        if enters && (most - least).is_finite() {
            up.extend(QUARTERS.map(|part| Limit {
                side: Side::AtLeast,
                value: least + part * (most - least),
            }));
        }
        let mut above = numbers(up);
        above.retain(|(value, _)| now.is_none_or(|now| *value > now + TOLERANCE));
        let mut below = numbers(crossing([Side::AtMost, Side::Below], false));
        below.retain(|(value, _)| now.is_none_or(|now| *value < now - TOLERANCE));
        below.reverse();
        [above, below]
    }

    /// Returns true if several choices can be taken together.
    pub(super) fn is_several(&self) -> bool {
        self.question.kind == QuestionType::SelectMultiple
    }

    /// The choices that can still be made true.
    pub(super) fn free(&self) -> u64 {
        !(self.alone() | self.answer.chosen)
    }

    /// The answer once these are true too. Where many answered it is worth at least their mean.
    pub(super) fn with(&self, from: &Answer, added: u64) -> Answer {
        let chosen = (from.chosen & !self.alone()) | added;
        let worth = self.question.worth_of(chosen);
        Answer::rated(self.mean().map_or(worth, |mean| worth.max(mean)), chosen)
    }

    /// Number of choices taken once so many more are.
    pub(super) fn count(&self, added: u32) -> u32 {
        (self.answer.chosen & !self.alone()).count_ones() + added
    }

    /// The worth now, where that is not of the choices taken: a mean of many people.
    fn mean(&self) -> Option<f64> {
        let worth = self.rated_worth()?;
        let plain = (self.question.worth_of(self.answer.chosen) - worth).abs() <= TOLERANCE;
        (!plain).then_some(worth)
    }

    /// The choices that cannot be taken with others.
    fn alone(&self) -> u64 {
        let choices = self.question.choices.iter().enumerate();
        let alone = choices.filter(|(_, one)| one.exclusive);
        alone.fold(0, |set, (place, _)| set | 1 << place)
    }
}

/// The choices among these, as bits, in groups that are worth the same and that no test
/// distinguishes.
pub(super) fn alike(question: &Question, tests: &[Test], among: u64) -> Vec<u64> {
    let mut groups: BTreeMap<(Option<u64>, Vec<bool>), u64> = BTreeMap::new();
    let choices = question.choices.iter().enumerate();
    for (place, choice) in choices.filter(|(place, _)| among >> place & 1 == 1) {
        let told = tests.iter().map(
            |test| matches!(test, Test::OneOf(set) | Test::SomeOf(set) if set >> place & 1 == 1),
        );
        let marks = (choice.score.map(f64::to_bits), told.collect());
        *groups.entry(marks).or_default() |= 1 << place;
    }
    let mut groups: Vec<u64> = groups.into_values().collect();
    groups.sort_by_key(|group| group.trailing_zeros());
    groups
}

/// The questions a ladder reads, through scores, decisions and gates.
///
/// Conditions that only make questions relevant are left out: they read facts about the firm. Figures
/// of metrics are left out too: they are results.
#[derive(Debug, Default)]
pub(super) struct Reads {
    /// Every item read on the way.
    pub(super) items: BTreeSet<usize>,
    /// For each question, every test of it.
    pub(super) tests: BTreeMap<usize, Vec<Test>>,
    /// The questions whose worth enters a score.
    pub(super) entering: BTreeSet<usize>,
    /// The questions that a cap itself asks about.
    pub(super) capping: BTreeSet<usize>,
}

impl Reads {
    pub(super) fn new(program: &Program, ladder: usize) -> Self {
        let mut reads = Self::default();
        reads.items.insert(ladder);
        let atoms = |when: &Condition| when.atoms().into_iter().map(|(atom, _)| atom);
        // A step stands after those that it reads.
        for step in program.steps.iter().rev() {
            if !step.writes().any(|node| reads.items.contains(&node)) {
                continue;
            }
            match step {
                Step::Relevance { when, .. } => {
                    reads.test(program, atoms(when));
                }
                Step::Score { score, .. } => {
                    reads.add_children(score);
                    for cap in &score.caps {
                        let read = reads.test(program, atoms(&cap.when));
                        reads.capping.extend(&read);
                        reads.items.extend(read);
                    }
                }
                Step::Decide { table, .. } => {
                    let cells = table.rules.iter().flat_map(|rule| &rule.cells);
                    reads.test(program, cells.copied());
                    reads.items.extend(&table.inputs);
                }
                Step::Climb { ladder, .. } => {
                    for requirement in ladder.levels.iter().flat_map(|level| &level.requirements) {
                        let gate = |gate: &usize| program.gates.get(*gate).map(atoms);
                        let read = match requirement {
                            Requirement::From(atom) | Requirement::Floor(atom) => {
                                reads.test(program, [*atom])
                            }
                            Requirement::Gate(one) => {
                                reads.test(program, gate(one).into_iter().flatten())
                            }
                            Requirement::Basis | Requirement::Confidence(..) => Vec::new(),
                        };
                        reads.items.extend(read);
                    }
                }
                Step::Measure { .. } => {}
            }
        }
        reads
    }

    /// Takes note of the children of a score.
    fn add_children(&mut self, rule: &ScoreRule) {
        for node in rule.terms.iter().map(|term| term.node) {
            self.items.insert(node);
            if rule.aggregate.properties().tests {
                let test = if rule.normalise {
                    Test::Index(rule.test)
                } else {
                    Test::Number(rule.test)
                };
                self.tests.entry(node).or_default().push(test);
            } else {
                self.entering.insert(node);
            }
        }
    }

    /// Takes note of tests, and returns the items they read.
    fn test(&mut self, program: &Program, atoms: impl IntoIterator<Item = usize>) -> Vec<usize> {
        let mut nodes = Vec::new();
        for atom in atoms.into_iter().filter_map(|atom| program.atoms.get(atom)) {
            let tests = self.tests.entry(atom.node).or_default();
            if !tests.contains(&atom.test) {
                tests.push(atom.test.clone());
            }
            nodes.push(atom.node);
        }
        nodes
    }
}
