//! Conditions judged against readings, with the current values and whatever answers to come turn
//! out to be; gates without the parts that do not apply.

use super::{GateJudgement, Judgement, Reading, Trace};
use crate::rules::condition::{Atom, Condition, Truth, TruthRange};
use crate::rules::rulebook::Program;

/// The judgement of a condition; where the outcome is sure, it is also that of the current values.
pub(super) fn judgement(
    program: &Program,
    readings: &[Reading],
    condition: &Condition,
    trace: &mut Option<Trace>,
) -> Judgement {
    let now = as_it_stands(program, readings, condition, trace);
    let surely = condition.range(&program.atoms, readings).surely();
    Judgement {
        holds: if surely == Truth::Unknown {
            now
        } else {
            surely
        },
        surely,
    }
}

/// The truth of a condition from the values at hand.
pub(super) fn as_it_stands(
    program: &Program,
    readings: &[Reading],
    condition: &Condition,
    trace: &mut Option<Trace>,
) -> Truth {
    condition.holds(&program.atoms, readings, &mut |atom, truth| {
        if let Some(slot) = trace.as_mut().and_then(|trace| trace.atoms.get_mut(atom)) {
            *slot = truth;
        }
    })
}

pub(super) fn judge_gate(
    program: &Program,
    readings: &[Reading],
    when: &Condition,
) -> GateJudgement {
    let range = gate_range(program, readings, when);
    let certain = match range.applies {
        Truth::True => range.low == range.high,
        Truth::Unknown => false,
        Truth::False => true,
    };
    let now = gate_now(program, readings, when);
    GateJudgement {
        met: if certain && now.is_some() {
            Some(range.low)
        } else {
            now
        },
        certain,
    }
}

/// Truth that a gate is met with the current values, from the parts that apply; `None` where none
/// does.
pub(super) fn gate_now(program: &Program, readings: &[Reading], when: &Condition) -> Option<Truth> {
    let judged = when.judge(&mut |index| {
        let atom = program.atoms.get(index);
        atom.map_or(TruthRange::exact(Truth::Unknown), |atom| {
            atom.in_gate(readings)
        })
    });
    judged.applies.holds().then_some(judged.low)
}

/// Truth that a gate is met by the questions of the assessment, leaving out those of packs that are
/// not part of it; `None` where nothing is left that applies.
pub(crate) fn gate_as_asked(
    program: &Program,
    readings: &[Reading],
    when: &Condition,
) -> Option<Truth> {
    let judged = when.judge(&mut |index| match program.atoms.get(index) {
        Some(atom) if *atom != Atom::NOT_ASKED => atom.in_gate(readings),
        Some(_) | None => TruthRange::LEFT_OUT,
    });
    judged.applies.holds().then_some(judged.low)
}

/// The truths of a gate that answers to come can bring about.
pub(super) fn gate_range(program: &Program, readings: &[Reading], when: &Condition) -> TruthRange {
    when.judge(&mut |index| {
        let atom = program.atoms.get(index);
        atom.map_or(TruthRange::exact(Truth::Unknown), |atom| {
            atom.range_in_gate(readings)
        })
    })
}
