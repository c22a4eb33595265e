//! Decision tables: the outcome with the current values, and every outcome still possible.

use super::{Reading, State};
use crate::rules::condition::{Atom, Test, Truth};
use crate::rules::rulebook::{DecisionRule, Program, Rule};
use crate::rules::vocabulary::HitPolicy;

pub(super) fn decide(program: &Program, readings: &[Reading], table: &DecisionRule) -> Reading {
    let mut hits = Hits::default();
    let ordered = table.hit_policy == HitPolicy::First;
    let inputs = Inputs::of(program, readings, table);
    for (place, now, surely) in inputs.tried(program, table) {
        if let Some(rule) = table.rules.get(place) {
            hits.count(place, rule, ordered, now, surely);
        }
    }
    let reading = hits.into_reading(table);
    let needed = inputs.needed.iter();
    let needed = needed.filter_map(|node| readings.get(*node));
    let read = table.inputs.iter().filter_map(|node| readings.get(*node));
    reading_given(reading, table.outcomes, &needed.collect::<Vec<_>>(), read)
}

/// The reading of an outcome or a level that applies only where some items do. `read` are the items
/// that it is covered by where it is reached before all of them are answered.
pub(super) fn reading_given<'a>(
    reading: Reading,
    count: u32,
    needed: &[&Reading],
    read: impl Iterator<Item = &'a Reading>,
) -> Reading {
    if needed.iter().any(|one| one.is_gone()) {
        return ranked(None, 0, count, None).absent(State::NotApplicable);
    }
    if needed.iter().any(|one| one.is_absent()) {
        return reading.dormant(State::NotApplicable);
    }
    let early = reading.is_held() && reading.possible != reading.sure;
    Reading {
        coverage: if early {
            mean_coverage(read)
        } else {
            reading.coverage
        },
        optional: needed.iter().any(|one| one.optional),
        may_leave: needed.iter().any(|one| one.may_leave),
        ..reading
    }
}

/// The inputs of a table; one that some row tests for `not applicable` need not apply.
pub(super) struct Inputs<'a> {
    readings: &'a [Reading],
    /// The inputs that have to apply for the decision to apply.
    needed: Vec<usize>,
}

impl<'a> Inputs<'a> {
    pub(super) fn of(program: &Program, readings: &'a [Reading], table: &DecisionRule) -> Self {
        let cells = || table.rules.iter().flat_map(|rule| &rule.cells);
        let atoms = || cells().filter_map(|cell| program.atoms.get(*cell));
        let tested =
            |node: usize| atoms().any(|atom| atom.node == node && atom.test == Test::NotApplicable);
        let needed = table.inputs.iter().copied().filter(|node| !tested(*node));
        Self {
            readings,
            needed: needed.collect(),
        }
    }

    /// The rules of the table that are tried, by their places, each with the truth of its cells with
    /// the current values and whatever answers to come turn out to be.
    pub(super) fn tried(
        &self,
        program: &Program,
        table: &DecisionRule,
    ) -> Vec<(usize, Truth, Truth)> {
        let mut tried = Vec::new();
        for (place, rule) in table.rules.iter().enumerate() {
            let now = cells(program, rule, |atom| self.pass(atom));
            let surely = cells(program, rule, |atom| self.admit(atom));
            tried.push((place, now, surely));
            if table.hit_policy == HitPolicy::First && surely.holds() {
                break;
            }
        }
        tried
    }

    /// Truth that a cell lets its input pass, with the current values.
    fn pass(&self, atom: &Atom) -> Truth {
        let reading = self.readings.get(atom.node);
        let out = reading.is_some_and(Reading::is_absent) && !self.needed.contains(&atom.node);
        let of_value = !matches!(atom.test, Test::Any | Test::Unknown | Test::NotApplicable);
        if out && of_value {
            Truth::False
        } else {
            atom.judge(self.readings)
        }
    }

    /// Truth that a cell lets its input pass, whatever answers to come turn out to be, given that
    /// every needed input applies.
    fn admit(&self, atom: &Atom) -> Truth {
        let Some(reading) = self.readings.get(atom.node) else {
            return Truth::Unknown;
        };
        if atom.test == Test::Any {
            return Truth::True;
        }
        if self.needed.contains(&atom.node) {
            return atom.test.surely(&reading.returned());
        }
        let out = atom.test == Test::NotApplicable;
        let inside = if out {
            Truth::False
        } else {
            atom.test.surely(&reading.returned())
        };
        if reading.is_gone() {
            Truth::from(out)
        } else if reading.may_leave || reading.is_absent() {
            Truth::between(inside.holds() && out, inside.may_hold() || out)
        } else {
            inside
        }
    }
}

/// The mean coverage of what applies, `0..=1`.
fn mean_coverage<'a>(readings: impl Iterator<Item = &'a Reading>) -> f64 {
    let (mut sum, mut count) = (0.0, 0_u32);
    for reading in readings.filter(|one| !one.is_absent()) {
        sum += reading.coverage;
        count += 1;
    }
    if count == 0 {
        0.0
    } else {
        sum / f64::from(count)
    }
}

fn cells(program: &Program, rule: &Rule, judge: impl Fn(&Atom) -> Truth) -> Truth {
    rule.cells.iter().fold(Truth::True, |sum, cell| {
        sum.min(program.atoms.get(*cell).map_or(Truth::Unknown, &judge))
    })
}

#[derive(Default)]
struct Hits {
    /// The first rule that holds, and whether a rule before it was open.
    hit: Option<u16>,
    held: u64,
    sure: u64,
    possible: u64,
    /// The only rule that can hold, while there is only one.
    candidates: (usize, Option<u16>),
    blocked: bool,
}

impl Hits {
    fn count(&mut self, place: usize, rule: &Rule, ordered: bool, now: Truth, surely: Truth) {
        let bit = 1 << rule.outcome;
        let place = u16::try_from(place).ok();
        if surely != Truth::False {
            self.possible |= bit;
            self.candidates = (self.candidates.0 + 1, place);
        }
        if surely.holds() {
            self.sure |= bit;
        }
        match now {
            Truth::True if self.hit.is_none() && !(self.blocked && ordered) => {
                self.hit = place;
                self.held |= bit;
            }
            Truth::True => self.held |= bit,
            Truth::Unknown => self.blocked = true,
            Truth::False => {}
        }
    }

    fn into_reading(self, table: &DecisionRule) -> Reading {
        match table.hit_policy {
            HitPolicy::Collect => {}
            HitPolicy::Unique | HitPolicy::First => return self.single(table),
        }
        let open = self.possible != self.held && self.blocked;
        Reading {
            coverage: if open { 0.0 } else { 1.0 },
            held: self.held,
            sure: self.sure,
            possible: self.possible,
            state: if open { State::Missing } else { State::Rated },
            ..Reading::EMPTY
        }
    }

    fn single(self, table: &DecisionRule) -> Reading {
        let certain = self.possible.is_power_of_two();
        let rule = match (self.hit, self.candidates) {
            (Some(hit), _) => Some(hit),
            (None, (1, only)) if certain => only,
            _ => None,
        };
        let hit = rule.and_then(|place| table.rules.get(usize::from(place)));
        let only = certain.then(|| self.possible.trailing_zeros());
        let outcome = hit.map(|rule| rule.outcome).or(only);
        ranked(outcome, self.possible, table.outcomes, rule)
    }
}

/// The reading of anything that comes out as one of an ordered list.
pub(super) fn ranked(outcome: Option<u32>, possible: u64, count: u32, by: Option<u16>) -> Reading {
    Reading {
        value: outcome.map_or(f64::NAN, f64::from),
        low: f64::from(possible.trailing_zeros().min(count)),
        high: f64::from(63_u32.saturating_sub(possible.leading_zeros())),
        least: 0.0,
        most: f64::from(count.saturating_sub(1)),
        coverage: if outcome.is_some() { 1.0 } else { 0.0 },
        held: outcome.map_or(0, |place| 1 << place),
        sure: if possible.is_power_of_two() {
            possible
        } else {
            0
        },
        possible,
        by,
        state: if outcome.is_some() {
            State::Rated
        } else {
            State::Missing
        },
        ..Reading::EMPTY
    }
}
