//! Ladders: the level reached, and every level still possible; confidence in a score, for levels that
//! ask for it.

use super::decide::{ranked, reading_given};
use super::{Reading, gate_range, judge_gate};
use crate::answers::Answers;
use crate::assess::assessment::result::Confidence;
use crate::rules::condition::Truth;
use crate::rules::rulebook::{Check, LadderRule, Level, Program};
use crate::rules::vocabulary::{Basis, Grade};
use crate::text::number::TOLERANCE;

pub(super) fn climb(
    program: &Program,
    readings: &[Reading],
    answers: &Answers,
    ladder: &LadderRule,
) -> Reading {
    let (level, end) = reached(ladder, |check| holds_now(program, readings, answers, check));
    let (sure, highest) = sure_and_highest(ladder, |check| {
        holds_surely(program, readings, answers, check)
    });
    let of = ladder.of.and_then(|node| readings.get(node));
    let outcome = match end {
        // Too little is rated for a verdict, unless the open answers cannot change it.
        End::Refused if of.is_none_or(Reading::is_covered) => Some(level),
        End::Refused | End::NotKnown if sure == highest => Some(sure),
        End::Refused | End::NotKnown => None,
    };
    let count = u32::try_from(ladder.levels.len()).unwrap_or(u32::MAX);
    let possible = (sure..=highest.min(63)).fold(0, |mask, place| mask | 1 << place);
    let reading = ranked(outcome, possible, count, None);
    let checks = ladder.levels.iter().flat_map(|level| &level.checks);
    let read = checks.flat_map(|check| program.read_by(check));
    let read = read.filter_map(|node| readings.get(node));
    reading_given(reading, count, of.as_slice(), read)
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
fn sure_and_highest(ladder: &LadderRule, judge: impl Fn(&Check) -> Truth) -> (u32, u32) {
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
pub(crate) fn holds_now(
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
    let tested = |atom: &usize| {
        let atom = program.atoms.get(*atom)?;
        Some((atom, readings.get(atom.node)?))
    };
    match check {
        // Where its score does not apply, neither does the ladder.
        Check::From(atom) => tested(atom).map_or(Truth::Unknown, |(atom, reading)| {
            atom.test.surely(&reading.returned())
        }),
        Check::Floor(atom) => tested(atom).map_or(Truth::Unknown, |(atom, reading)| {
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
        Check::Basis | Check::Confidence(..) => holds_now(program, readings, answers, check),
    }
}

/// The confidence in a score, with the answers so far.
pub(crate) fn confidence(
    program: &Program,
    readings: &[Reading],
    answers: &Answers,
    score: usize,
) -> Confidence {
    let coverage = readings.get(score).map_or(0.0, |one| one.coverage);
    let evidence = proven(program, readings, answers, score);
    let people = answers.disclosure().map(|panel| panel.grades_of(score));
    Confidence::new(coverage, evidence, people)
}

/// Returns true if no answer to come can change the confidence in a score.
fn is_complete(readings: &[Reading], score: usize) -> bool {
    let complete = |one: &Reading| one.coverage >= 1.0 - TOLERANCE && !one.optional;
    readings.get(score).is_some_and(complete)
}

/// The share of an item's rated weight that a document or better supports, `0..=1`. A decision is
/// as well proven as what it reads, each input alike.
fn proven(program: &Program, readings: &[Reading], answers: &Answers, node: usize) -> f64 {
    if let Some(table) = program.table(node) {
        let rated = |node: &&usize| readings.get(**node).is_some_and(Reading::is_held);
        let inputs = table.inputs.iter().filter(rated);
        let (count, proof) = inputs.fold((0.0, 0.0), |(count, proof), node| {
            (
                count + 1.0,
                proof + proven(program, readings, answers, *node),
            )
        });
        return if count > 0.0 { proof / count } else { 0.0 };
    }
    let Some(rule) = program.score(node) else {
        let notes = answers.notes().get(node);
        return f64::from(u8::from(
            notes.is_some_and(|one| one.grade >= Grade::Document),
        ));
    };
    let (mut rated, mut proof) = (0.0, 0.0);
    for term in &rule.terms {
        if let Some(reading) = readings.get(term.node).filter(|one| one.is_rated()) {
            let weight = term.weight * reading.coverage;
            rated += weight;
            proof += weight * proven(program, readings, answers, term.node);
        }
    }
    if rated > 0.0 { proof / rated } else { 0.0 }
}
