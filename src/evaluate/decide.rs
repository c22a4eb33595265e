//! Decision tables: the outcome as the values stand, and every outcome still possible.

use super::{Listener, Reading, State};
use crate::condition::{Atom, Truth};
use crate::rulebook::{HitPolicy, Program, Rule, Table};

pub(super) fn decide(
    program: &Program,
    readings: &[Reading],
    node: usize,
    table: &Table,
    listener: &mut impl Listener,
) -> Reading {
    let mut tally = Tally::default();
    let first = table.hit_policy == HitPolicy::First;
    for (place, rule) in table.rules.iter().enumerate() {
        let now = cells(program, readings, rule, Atom::judge);
        let surely = cells(program, readings, rule, Atom::judge_applying);
        listener.rule(node, place, now);
        tally.count(place, rule, first, now, surely);
        if first && surely.holds() {
            break;
        }
    }
    let inputs = || table.inputs.iter().filter_map(|input| readings.get(*input));
    let gone = inputs().any(Reading::is_gone) && tally.sure == 0;
    let optional = gone || inputs().any(|one| one.optional);
    tally
        .into_reading(table, inputs_state(readings, table))
        .or_out(optional)
}

impl Reading {
    /// Whether it may yet drop out; where it is out and something may come of it, it may come in.
    pub(super) fn or_out(self, optional: bool) -> Self {
        match (self.is_absent(), self.possible) {
            (false, _) => Self { optional, ..self },
            (true, 0) => self.absent(self.state),
            (true, _) => self.dormant(self.state),
        }
    }
}

fn cells(
    program: &Program,
    readings: &[Reading],
    rule: &Rule,
    judge: fn(&Atom, &[Reading]) -> Truth,
) -> Truth {
    rule.cells.iter().fold(Truth::True, |sum, cell| {
        if sum == Truth::False {
            return sum;
        }
        sum & program
            .atoms
            .get(*cell)
            .map_or(Truth::Unknown, |atom| judge(atom, readings))
    })
}

/// Absent inputs make a decision not applicable once no rule can be reached without them.
fn inputs_state(readings: &[Reading], table: &Table) -> State {
    let absent = table
        .inputs
        .iter()
        .filter_map(|input| readings.get(*input))
        .find(|one| one.is_absent());
    absent.map_or(State::Missing, |_| State::NotApplicable)
}

#[derive(Default)]
struct Tally {
    /// The first rule that holds, and whether a rule before it was open.
    hit: Option<u16>,
    held: u64,
    sure: u64,
    possible: u64,
    /// The only rule that can hold, while there is only one.
    candidates: (usize, Option<u16>),
    blocked: bool,
}

impl Tally {
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

    fn into_reading(self, table: &Table, without: State) -> Reading {
        match table.hit_policy {
            HitPolicy::Collect => self.collected(without),
            HitPolicy::Unique | HitPolicy::First => self.single(table, without),
        }
    }

    fn collected(self, without: State) -> Reading {
        let open = self.possible != self.held;
        let state = if open && self.blocked {
            without
        } else {
            State::Rated
        };
        let Self {
            held,
            sure,
            possible,
            ..
        } = self;
        let coverage = if state == State::Rated { 1.0 } else { 0.0 };
        Reading {
            coverage,
            held,
            sure,
            possible,
            state,
            ..Reading::EMPTY
        }
    }

    fn single(self, table: &Table, without: State) -> Reading {
        let certain = self.possible.is_power_of_two() && without != State::NotApplicable;
        let rule = match (self.hit, self.candidates) {
            (Some(hit), _) => Some(hit),
            (None, (1, only)) if certain => only,
            _ => None,
        };
        let outcome = match rule.and_then(|place| table.rules.get(usize::from(place))) {
            Some(rule) => Some(rule.outcome),
            None if certain => Some(self.possible.trailing_zeros()),
            None => None,
        };
        ranked(outcome, self.possible, table.outcomes, without, rule)
    }
}

/// The reading of anything that comes out as one of an ordered list.
pub(super) fn ranked(
    outcome: Option<u32>,
    possible: u64,
    count: u32,
    without: State,
    by: Option<u16>,
) -> Reading {
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
            without
        },
        ..Reading::EMPTY
    }
}
