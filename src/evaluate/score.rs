//! Scores: aggregates over children, with the range the open answers allow, then caps.

mod aggregate;
mod optional;

use super::{Listener, Reading, State, judgement};
use crate::condition::Truth;
use crate::rulebook::{Aggregate, Cap, Program, ScoreRule, Term};

/// What a score sees of one child that applies.
#[derive(Debug, Clone, Copy)]
struct Child {
    value: f64,
    low: f64,
    high: f64,
    least: f64,
    most: f64,
    weight: f64,
    coverage: f64,
    rated: bool,
    /// Whether open answers may take it out or bring it in.
    optional: bool,
    /// Whether it applies as things stand.
    here: bool,
}

/// A value with the range around it.
#[derive(Debug, Clone, Copy)]
struct Spanned {
    value: f64,
    low: f64,
    high: f64,
}

pub(super) fn score(
    program: &Program,
    readings: &[Reading],
    node: usize,
    rule: &ScoreRule,
    listener: &mut impl Listener,
) -> Reading {
    let children = || {
        rule.terms
            .iter()
            .filter_map(|term| child(readings, rule, term))
    };
    let mut sums = Sums::default();
    for child in children() {
        sums.add(&child);
    }
    let two = rule.aggregate == Aggregate::Difference;
    let enough = if two { 2.0 } else { 1.0 };
    if sums.parts + sums.dormant < enough {
        return absent(readings, rule);
    }
    let movable = sums.optional + sums.dormant;
    let Spanned { value, low, high } = aggregate::aggregate(rule, children, movable > 0.0, &sums);
    let (least, most) = possible(rule, &sums);
    let value = if value.is_nan() {
        value
    } else {
        value.max(low).min(high)
    };
    let state = if value.is_nan() {
        State::Missing
    } else {
        State::Rated
    };
    let coverage = if sums.weight > 0.0 {
        sums.covered / sums.weight
    } else {
        0.0
    };
    let optional = if two {
        movable > 0.0
    } else {
        sums.optional >= sums.parts
    };
    let mut reading = Reading {
        value,
        low,
        high,
        least,
        most,
        coverage,
        state,
        optional,
        ..Reading::EMPTY
    };
    if movable > 0.0 && matches!(rule.aggregate, Aggregate::Sum | Aggregate::Count) {
        let (low, high) = aggregate::index_range(rule, children);
        reading = reading.with_elastic(low, high);
    }
    if sums.parts < enough {
        reading = reading.dormant(absent(readings, rule).state);
    }
    rule.caps
        .iter()
        .enumerate()
        .fold(reading, |reading, (place, cap)| {
            capped(program, readings, reading, (node, place, cap), listener)
        })
}

/// The least and most a score could be, over the children that apply.
fn possible(rule: &ScoreRule, sums: &Sums) -> (f64, f64) {
    match rule.aggregate {
        _ if sums.parts == 0.0 => (rule.least, rule.most),
        Aggregate::Sum => (sums.least, sums.most),
        Aggregate::Count => (0.0, sums.parts),
        Aggregate::Mean
        | Aggregate::Min
        | Aggregate::Max
        | Aggregate::Share
        | Aggregate::Geometric
        | Aggregate::Spread
        | Aggregate::Difference => (rule.least, rule.most),
    }
}

fn absent(readings: &[Reading], rule: &ScoreRule) -> Reading {
    let applies = |term: &Term| readings.get(term.node).map(|one| one.state);
    let mut states = rule.terms.iter().filter_map(applies);
    let asked = states.clone().any(|state| state != State::NotAsked);
    let irrelevant = states.all(|state| matches!(state, State::Irrelevant | State::NotAsked));
    let state = if !asked {
        State::NotAsked
    } else if irrelevant {
        State::Irrelevant
    } else {
        State::NotApplicable
    };
    Reading {
        least: rule.least,
        most: rule.most,
        ..Reading::EMPTY
    }
    .absent(state)
}

fn child(readings: &[Reading], rule: &ScoreRule, term: &Term) -> Option<Child> {
    let reading = readings.get(term.node).filter(|one| !one.is_gone())?;
    let child = Child {
        value: reading.value,
        low: reading.low,
        high: reading.high,
        least: reading.least,
        most: reading.most,
        weight: term.weight,
        coverage: reading.coverage,
        rated: reading.is_rated(),
        optional: reading.optional,
        here: !reading.is_absent(),
    };
    Some(if rule.normalise {
        normalised(reading, child)
    } else {
        child
    })
}

fn normalised(reading: &Reading, child: Child) -> Child {
    let (low, high) = reading.index_range();
    Child {
        value: reading.index(child.value),
        low,
        high,
        least: 0.0,
        most: 100.0,
        ..child
    }
}

/// What every aggregate needs to know of all children together.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    weight: f64,
    covered: f64,
    parts: f64,
    optional: f64,
    dormant: f64,
    least: f64,
    most: f64,
}

impl Sums {
    fn add(&mut self, child: &Child) {
        if !child.here {
            self.dormant += 1.0;
            return;
        }
        self.weight += child.weight;
        self.covered += child.weight * child.coverage;
        self.parts += 1.0;
        self.optional += f64::from(u8::from(child.optional));
        self.least += child.weight * child.least;
        self.most += child.weight * child.most;
    }
}

fn capped(
    program: &Program,
    readings: &[Reading],
    reading: Reading,
    (node, place, cap): (usize, usize, &Cap),
    listener: &mut impl Listener,
) -> Reading {
    let judged = judgement(program, readings, &cap.when, &mut ());
    let (now, always) = (judged.holds, judged.surely);
    listener.cap(node, place, now);
    let bites = now.holds() && reading.value > cap.at;
    let reading = if always == Truth::False {
        reading
    } else {
        reading.held_down()
    };
    Reading {
        value: if bites { cap.at } else { reading.value },
        low: if always == Truth::False {
            reading.low
        } else {
            reading.low.min(cap.at)
        },
        high: if always.holds() {
            reading.high.min(cap.at)
        } else {
            reading.high
        },
        by: if bites {
            u16::try_from(place).ok()
        } else {
            reading.by
        },
        ..reading
    }
}
