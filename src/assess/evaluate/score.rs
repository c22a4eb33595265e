//! Scores: aggregates over children, with the range the open answers allow, then caps.

mod aggregate;

use super::{Judgement, Reading, State, Trace, called_for, judgement};
use crate::rules::condition::Truth;
use crate::rules::rulebook::{Cap, Program, ScoreRule, Term};
use crate::rules::vocabulary::Aggregate;

/// One child of a score, where it applies.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the child"
)]
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
    /// True if open answers may take it out or bring it in.
    optional: bool,
    /// True if it is in and answers to come may take it out.
    may_leave: bool,
    /// True if ranges have to hold with it and without it.
    loose: bool,
    /// True if it applies with the current values.
    here: bool,
}

/// All children that apply, taken together.
struct Whole {
    /// The least they could come to.
    least: f64,
    /// The most.
    most: f64,
    /// True if open answers may take any of them out or bring more in.
    movable: bool,
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
    trace: &mut Option<Trace>,
) -> Reading {
    let children = || {
        rule.terms
            .iter()
            .filter_map(|term| child(program, readings, rule, term))
    };
    let sums = Sums::of(children());
    let properties = rule.aggregate.properties();
    let enough = properties.fewest;
    if sums.parts + sums.dormant < enough {
        return absent(readings, rule);
    }
    let movable = sums.leaving + sums.dormant > 0;
    let (least, most) = possible(rule, children, &sums);
    let whole = Whole {
        least,
        most,
        movable,
    };
    let Spanned { value, low, high } = aggregate::aggregate(rule, children, &whole, &sums);
    let (value, state) = if value.is_nan() {
        (value, State::Missing)
    } else {
        (value.max(low).min(high), State::Rated)
    };
    let mut reading = Reading {
        value,
        low,
        high,
        least,
        most,
        coverage: sums.coverage(),
        state,
        optional: sums.parts - sums.optional < enough,
        may_leave: sums.parts - sums.leaving < enough,
        ..Reading::EMPTY
    };
    if properties.adds_up && movable {
        let (low, high) = aggregate::index_range(rule, children);
        reading = reading.with_elastic(low, high);
    }
    if sums.parts < enough {
        reading = reading.dormant(absent(readings, rule).state);
    }
    let mut open = Vec::new();
    for (place, cap) in rule.caps.iter().enumerate() {
        let judged = judgement(program, readings, &cap.when, &mut None);
        if let Some(trace) = trace {
            trace.caps.push((node, place, judged.holds));
        }
        reading = capped(reading, cap, judged, u16::try_from(place).ok());
        if judged.holds == Truth::Unknown {
            open.push(cap);
        }
    }
    let waits = |cap: &&&Cap| waits_for_more(program, readings, rule, cap);
    let waiting = open.iter().filter(waits).fold(0.0, |count, _| count + 1.0);
    let parts = f64::from(sums.parts).max(1.0);
    Reading {
        coverage: reading.coverage * parts / (parts + waiting),
        pending: open.iter().any(|cap| reading.value > cap.at),
        ..reading
    }
}

/// A cap that cannot be judged yet counts as one more part, of mean weight, that nobody rated; as
/// none where it waits for the score's own parts alone.
fn waits_for_more(program: &Program, readings: &[Reading], rule: &ScoreRule, cap: &Cap) -> bool {
    let own = |node: &usize| rule.terms.iter().any(|term| term.node == *node);
    let mut read = program.read_in(&cap.when).into_iter();
    read.any(|node| {
        let open = readings
            .get(node)
            .is_some_and(|one| !one.is_gone() && one.coverage < 1.0);
        open && !own(&node)
    })
}

/// The least and most a score could be, over the children that apply.
fn possible<I: Iterator<Item = Child>>(
    rule: &ScoreRule,
    children: impl Fn() -> I,
    sums: &Sums,
) -> (f64, f64) {
    let sum = |end: fn(&Child) -> f64| {
        let here = children().filter(|child| child.here);
        here.fold(0.0, |sum, child| sum + child.weight * end(&child))
    };
    match rule.aggregate {
        _ if sums.parts == 0 => (rule.least, rule.most),
        Aggregate::Sum => (sum(|child| child.least), sum(|child| child.most)),
        Aggregate::Count => (0.0, f64::from(sums.parts)),
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

fn child(program: &Program, readings: &[Reading], rule: &ScoreRule, term: &Term) -> Option<Child> {
    let reading = readings.get(term.node).filter(|one| !one.is_gone())?;
    let wanted = term
        .gathered
        .then(|| called_for(program, readings, term.node));
    if wanted.is_some_and(|one| one.surely == Truth::False) {
        return None;
    }
    let here = !reading.is_absent() && wanted.is_none_or(|one| one.holds.may_hold());
    let in_doubt = wanted.is_some_and(|one| one.surely == Truth::Unknown);
    let child = Child {
        value: if here { reading.value } else { f64::NAN },
        low: reading.low,
        high: reading.high,
        least: reading.least,
        most: reading.most,
        weight: term.weight,
        coverage: reading.coverage,
        rated: reading.is_rated() && here,
        optional: reading.optional || in_doubt,
        may_leave: reading.may_leave || (here && in_doubt),
        loose: reading.optional || reading.may_leave || in_doubt,
        here,
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

/// Sums over all children; weights count wherever a value does.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    weight: f64,
    covered: f64,
    parts: u32,
    optional: u32,
    leaving: u32,
    dormant: u32,
    low: f64,
    high: f64,
    /// The weight of what is rated.
    rated: f64,
    value: f64,
}

impl Sums {
    fn of(children: impl Iterator<Item = Child>) -> Self {
        let mut sums = Self::default();
        for child in children {
            sums.add(&child);
        }
        sums
    }

    fn add(&mut self, child: &Child) {
        if !child.here {
            self.dormant += 1;
            return;
        }
        self.weight += child.weight;
        self.covered += child.weight * child.coverage;
        self.parts += 1;
        self.optional += u32::from(child.optional);
        self.leaving += u32::from(child.may_leave);
        self.low += child.weight * child.low;
        self.high += child.weight * child.high;
        if child.rated {
            self.rated += child.weight;
            self.value += child.weight * child.value;
        }
    }

    /// Rated share of the weight that applies.
    fn coverage(&self) -> f64 {
        if self.weight > 0.0 {
            self.covered / self.weight
        } else {
            0.0
        }
    }

    /// The weighted mean of what is rated; its range takes every open child at its ends.
    fn mean(&self) -> Spanned {
        Spanned {
            value: if self.rated > 0.0 {
                self.value / self.rated
            } else {
                f64::NAN
            },
            low: self.low / self.weight,
            high: self.high / self.weight,
        }
    }
}

/// The reading under a cap.
fn capped(reading: Reading, cap: &Cap, judged: Judgement, place: Option<u16>) -> Reading {
    let Judgement { holds, surely } = judged;
    if surely == Truth::False {
        return reading;
    }
    let bites = holds.holds() && reading.value > cap.at;
    let held = reading.lowered();
    Reading {
        value: if bites { cap.at } else { reading.value },
        low: reading.low.min(cap.at),
        high: if surely.holds() {
            reading.high.min(cap.at)
        } else {
            reading.high
        },
        by: if bites { place } else { reading.by },
        ..held
    }
}
