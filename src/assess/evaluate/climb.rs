//! Ladders: the level reached, and every level still possible.

use super::confidence::{confidence, is_complete};
use super::decide::{mean_coverage, ranked};
use super::{Reading, State, gate_range, judge_gate};
use crate::answers::Answers;
use crate::rules::condition::{Atom, Truth};
use crate::rules::rulebook::{Check, LadderRule, Level, Program};
use crate::rules::vocabulary::Basis;

pub(super) fn climb(
    program: &Program,
    readings: &[Reading],
    answers: &Answers,
    ladder: &LadderRule,
) -> Reading {
    let (level, stop) = reached(ladder, |check| stands(program, readings, answers, check));
    let (low, high) = possible(ladder, |check| {
        holds_surely(program, readings, answers, check)
    });
    let of = ladder.of.and_then(|node| readings.get(node));
    let outcome = match stop {
        // Too little is rated for a verdict, unless the open answers cannot change it.
        Stop::Refused if of.is_none_or(Reading::is_covered) => Some(level),
        Stop::Refused | Stop::NotKnown if low == high => Some(low),
        Stop::Refused | Stop::NotKnown => None,
    };
    let count = u32::try_from(ladder.levels.len()).unwrap_or(u32::MAX);
    let possible = mask_between(low, high);
    if of.is_some_and(Reading::is_gone) {
        return ranked(None, 0, count, State::NotApplicable, None).absent(State::NotApplicable);
    }
    let reading = ranked(outcome, possible, count, State::Missing, None);
    if of.is_some_and(Reading::is_absent) {
        return reading.dormant(State::NotApplicable);
    }
    Reading {
        coverage: if reading.is_held() && !reading.is_settled() {
            let checks = ladder.levels.iter().flat_map(|level| &level.checks);
            let read = checks.flat_map(|check| program.read_by(check));
            mean_coverage(read.filter_map(|node| readings.get(node)))
        } else {
            reading.coverage
        },
        optional: of.is_some_and(|of| of.optional),
        may_leave: of.is_some_and(|of| of.may_leave),
        ..reading
    }
}

fn mask_between(low: u32, high: u32) -> u64 {
    (low..=high.min(63)).fold(0, |mask, place| mask | 1 << place)
}

enum Stop {
    /// The next level is refused by something known, or by a gate nobody proved.
    Refused,
    /// The next level hangs on what is not known.
    NotKnown,
}

/// The highest level all of whose checks hold, and those below; and what stops the climb there.
fn reached(ladder: &LadderRule, mut judge: impl FnMut(&Check) -> (Truth, bool)) -> (u32, Stop) {
    let mut reached = 0;
    for (place, level) in (0..).zip(&ladder.levels) {
        match together(level, &mut judge) {
            (Truth::True, _) => reached = place,
            (_, true) => return (reached, Stop::Refused),
            (_, false) => return (reached, Stop::NotKnown),
        }
    }
    (reached, Stop::Refused)
}

/// The highest level that is sure, and the highest that may be reached if what is not known turns
/// out well.
fn possible(ladder: &LadderRule, mut judge: impl FnMut(&Check) -> (Truth, bool)) -> (u32, u32) {
    let (mut sure, mut highest, mut all_true) = (0, 0, true);
    for (place, level) in (0..).zip(&ladder.levels) {
        let (truth, _) = together(level, &mut judge);
        if truth == Truth::False {
            break;
        }
        all_true &= truth == Truth::True;
        if all_true {
            sure = place;
        }
        highest = place;
    }
    (sure, highest)
}

/// The truth of all checks of a level, and whether it is refused as things stand.
fn together(level: &Level, judge: &mut impl FnMut(&Check) -> (Truth, bool)) -> (Truth, bool) {
    let mut all = (Truth::True, false);
    for check in &level.checks {
        let (truth, refuses) = judge(check);
        all = (all.0.min(truth), all.1 | refuses);
        if truth == Truth::False {
            break;
        }
    }
    all
}

/// The truth of a check as the values stand, and whether it refuses the level: an unproven gate
/// does, a score that carries no verdict leaves the level open.
pub(crate) fn stands(
    program: &Program,
    readings: &[Reading],
    answers: &Answers,
    check: &Check,
) -> (Truth, bool) {
    let truth = match check {
        Check::Floor(atom) if skipped(program, readings, *atom) => Truth::True,
        Check::From(atom) | Check::Floor(atom) => program
            .atoms
            .get(*atom)
            .map_or(Truth::Unknown, |atom| atom.judge(readings)),
        Check::Gate(gate) => program.gates.get(*gate).map_or(Truth::Unknown, |gate| {
            judge_gate(program, readings, gate)
                .met
                .unwrap_or(Truth::True)
        }),
        Check::Basis => Truth::from(answers.basis() == Basis::Evidenced),
        Check::Confidence(node, wanted) => {
            let grade = confidence(program, readings, answers, *node).grade;
            Truth::from(grade >= *wanted)
        }
    };
    let refuses =
        truth == Truth::False || matches!((check, truth), (Check::Gate(_), Truth::Unknown));
    (truth, refuses)
}

/// The truth of a check whatever the open answers turn out to be.
pub(crate) fn holds_surely(
    program: &Program,
    readings: &[Reading],
    answers: &Answers,
    check: &Check,
) -> (Truth, bool) {
    let truth = match check {
        Check::From(atom) => program
            .atoms
            .get(*atom)
            .map_or(Truth::Unknown, |atom| threshold(atom, readings)),
        Check::Floor(atom) => program
            .atoms
            .get(*atom)
            .map_or(Truth::Unknown, |atom| floor_surely(atom, readings)),
        Check::Gate(gate) => program.gates.get(*gate).map_or(Truth::Unknown, |gate| {
            let range = gate_range(program, readings, gate);
            match range.applies {
                Truth::True => range.surely(),
                Truth::Unknown => range.surely().max(Truth::Unknown),
                Truth::False => Truth::True,
            }
        }),
        Check::Basis => Truth::from(answers.basis() == Basis::Evidenced),
        // Answers to come may bring it, or take it away.
        Check::Confidence(node, _) if !is_complete(readings, *node) => Truth::Unknown,
        Check::Confidence(node, wanted) => {
            let grade = confidence(program, readings, answers, *node).grade;
            Truth::from(grade >= *wanted)
        }
    };
    (truth, truth == Truth::False)
}

/// A floor missed by something that may yet drop out may yet be no floor.
fn floor_surely(atom: &Atom, readings: &[Reading]) -> Truth {
    let Some(reading) = readings.get(atom.node) else {
        return Truth::Unknown;
    };
    if reading.is_gone() {
        return Truth::True;
    }
    let truth = atom.test.surely(&reading.returned());
    if reading.may_leave || reading.is_absent() {
        truth.max(Truth::Unknown)
    } else {
        truth
    }
}

/// A threshold, given that its score applies: where that does not, neither does the ladder.
fn threshold(atom: &Atom, readings: &[Reading]) -> Truth {
    let reading = readings.get(atom.node);
    reading.map_or(Truth::Unknown, |one| atom.test.surely(&one.returned()))
}

/// A floor on something that does not apply is no floor.
fn skipped(program: &Program, readings: &[Reading], atom: usize) -> bool {
    program
        .atoms
        .get(atom)
        .and_then(|atom| readings.get(atom.node))
        .is_some_and(Reading::is_absent)
}
