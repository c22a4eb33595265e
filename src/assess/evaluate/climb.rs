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
    let (level, end) = reached(ladder, |check| stands(program, readings, answers, check));
    let (low, high) = possible(ladder, |check| {
        holds_surely(program, readings, answers, check)
    });
    let of = ladder.of.and_then(|node| readings.get(node));
    let outcome = match end {
        // Too little is rated for a verdict, unless the open answers cannot change it.
        End::Refused if of.is_none_or(Reading::is_covered) => Some(level),
        End::Refused | End::NotKnown if low == high => Some(low),
        End::Refused | End::NotKnown => None,
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

/// The reason why the climb ends at a level.
enum End {
    /// The next level is refused by something known, or by a gate nobody proved.
    Refused,
    /// The next level rests on something that is not known.
    NotKnown,
}

/// The highest level all of whose checks hold, and those below; and why the climb ends there.
fn reached(ladder: &LadderRule, judge: impl Fn(&Check) -> Truth) -> (u32, End) {
    let mut reached = 0;
    for (place, level) in (0..).zip(&ladder.levels) {
        let mut refused = false;
        let all = all_checks(level, |check| {
            let truth = judge(check);
            let unproven = matches!((check, truth), (Check::Gate(_), Truth::Unknown));
            refused |= truth == Truth::False || unproven;
            truth
        });
        match (all, refused) {
            (Truth::True, _) => reached = place,
            (_, true) => return (reached, End::Refused),
            (_, false) => return (reached, End::NotKnown),
        }
    }
    (reached, End::Refused)
}

/// The highest level that is sure, and the highest that may be reached if everything open turns out
/// well.
fn possible(ladder: &LadderRule, judge: impl Fn(&Check) -> Truth) -> (u32, u32) {
    let (mut sure, mut highest, mut all_true) = (0, 0, true);
    for (place, level) in (0..).zip(&ladder.levels) {
        let truth = all_checks(level, &judge);
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

/// The truth of all checks of a level; those after one that fails are not judged.
fn all_checks(level: &Level, mut judge: impl FnMut(&Check) -> Truth) -> Truth {
    let mut all = Truth::True;
    for check in &level.checks {
        let truth = judge(check);
        all = all.min(truth);
        if truth == Truth::False {
            break;
        }
    }
    all
}

/// The truth of a check with the current values; a gate that asks nothing that applies is met.
pub(crate) fn stands(
    program: &Program,
    readings: &[Reading],
    answers: &Answers,
    check: &Check,
) -> Truth {
    match check {
        Check::From(atom) | Check::Floor(atom) => {
            let Some(atom) = program.atoms.get(*atom) else {
                return Truth::Unknown;
            };
            // A floor on something that does not apply is no floor.
            let floor = matches!(check, Check::Floor(_));
            let reading = readings.get(atom.node).filter(|_| floor);
            if reading.is_some_and(Reading::is_absent) {
                Truth::True
            } else {
                atom.judge(readings)
            }
        }
        Check::Gate(gate) => program.gates.get(*gate).map_or(Truth::Unknown, |gate| {
            let met = judge_gate(program, readings, gate).met;
            met.unwrap_or(Truth::True)
        }),
        Check::Basis => Truth::from(answers.basis == Basis::Evidenced),
        Check::Confidence(node, wanted) => {
            let grade = confidence(program, readings, answers, *node).grade;
            Truth::from(grade >= *wanted)
        }
    }
}

/// The truth of a check whatever the open answers turn out to be.
pub(crate) fn holds_surely(
    program: &Program,
    readings: &[Reading],
    answers: &Answers,
    check: &Check,
) -> Truth {
    match check {
        Check::From(atom) => {
            let atom = program.atoms.get(*atom);
            atom.map_or(Truth::Unknown, |atom| threshold(atom, readings))
        }
        Check::Floor(atom) => {
            let atom = program.atoms.get(*atom);
            atom.map_or(Truth::Unknown, |atom| floor_surely(atom, readings))
        }
        Check::Gate(gate) => program.gates.get(*gate).map_or(Truth::Unknown, |gate| {
            let range = gate_range(program, readings, gate);
            match range.applies {
                Truth::True => range.surely(),
                Truth::Unknown => range.surely().max(Truth::Unknown),
                Truth::False => Truth::True,
            }
        }),
        // Answers to come may bring it, or take it away.
        Check::Confidence(node, _) if !is_complete(readings, *node) => Truth::Unknown,
        Check::Basis | Check::Confidence(..) => stands(program, readings, answers, check),
    }
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
