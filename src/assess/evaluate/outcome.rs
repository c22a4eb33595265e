//! Decision tables and ladders: the outcome or level with the current values, and every one that is
//! still possible.

use super::{Facts, Reading, State};
use crate::rules::condition::{Atom, Test, Truth};
use crate::rules::rulebook::{DecisionRule, LadderRule, Program, Requirement, Rule};
use crate::rules::vocabulary::HitPolicy;

impl Facts<'_> {
    /// True for what the short form does not ask.
    fn is_not_core(self, node: usize) -> bool {
        let reading = self.readings.get(node);
        reading.is_some_and(|one| one.state == State::NotCore)
    }

    pub(super) fn decide(self, table: &DecisionRule) -> Reading {
        let mut hits = Hits::default();
        let ordered = table.hit_policy == HitPolicy::First;
        let inputs = Inputs::of(self, table);
        if inputs.asked.is_empty() && !table.inputs.is_empty() {
            return ranked(None, 0, table.outcomes, None).absent(State::NotCore);
        }
        for (place, now, surely) in inputs.tried() {
            if let Some(rule) = table.rules.get(place) {
                hits.count(place, rule, ordered, now, surely);
            }
        }
        let reading = hits.into_reading(table);
        // What the short form does not ask may be what decides.
        let hangs = inputs.asked.len() < table.inputs.len() && reading.state == State::Missing;
        let asked = inputs.asked.iter();
        let mut asked = asked.filter_map(|node| self.readings.get(*node));
        if hangs && asked.all(Reading::is_settled) {
            return reading.absent(State::NotCore);
        }
        let reading = Reading {
            may_leave: hangs,
            ..reading
        };
        let needed = inputs.needed.iter();
        let needed = needed.filter_map(|node| self.readings.get(*node));
        let read = table
            .inputs
            .iter()
            .filter_map(|node| self.readings.get(*node));
        reading_given(reading, table.outcomes, &needed.collect::<Vec<_>>(), read)
    }

    pub(super) fn climb(self, ladder: &LadderRule) -> Reading {
        let (level, refused) = reached(ladder, |requirement| self.holds_now(requirement));
        let (sure, highest) =
            sure_and_highest(ladder, |requirement| self.holds_surely(requirement));
        let of = ladder.of.and_then(|node| self.readings.get(node));
        // Too little is rated for a verdict, unless the open answers cannot change it.
        let outcome = if refused && of.is_none_or(Reading::is_covered) {
            Some(level)
        } else {
            (sure == highest).then_some(sure)
        };
        let count = u32::try_from(ladder.levels.len()).unwrap_or(u32::MAX);
        let possible = (sure..=highest.min(63)).fold(0, |mask, place| mask | 1 << place);
        let reading = ranked(outcome, possible, count, None);
        let requirements = ladder.levels.iter().flat_map(|level| &level.requirements);
        let read = requirements.flat_map(|requirement| self.program.read_by(requirement));
        let read = read.filter_map(|node| self.readings.get(node));
        reading_given(reading, count, of.as_slice(), read)
    }
}

/// The reading of an outcome or a level that applies only where some items do. `read` are the items
/// that it is covered by where it is reached before all of them are answered.
fn reading_given<'a>(
    reading: Reading,
    count: u32,
    needed: &[&Reading],
    read: impl Iterator<Item = &'a Reading>,
) -> Reading {
    if needed.iter().any(|one| one.is_gone()) {
        let short = needed.iter().any(|one| one.state == State::NotCore);
        let state = if short {
            State::NotCore
        } else {
            State::NotApplicable
        };
        return ranked(None, 0, count, None).absent(state);
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
        may_leave: reading.may_leave || needed.iter().any(|one| one.may_leave),
        ..reading
    }
}

/// The inputs of a table; one that some row tests for `not applicable` need not apply. One that the
/// short form does not ask may have any value.
pub(super) struct Inputs<'a> {
    facts: Facts<'a>,
    table: &'a DecisionRule,
    /// The inputs that the form asks.
    asked: Vec<usize>,
    /// The inputs that have to apply for the decision to apply.
    needed: Vec<usize>,
}

impl<'a> Inputs<'a> {
    pub(super) fn of(facts: Facts<'a>, table: &'a DecisionRule) -> Self {
        let cells = || table.rules.iter().flat_map(|rule| &rule.cells);
        let atoms = || cells().filter_map(|cell| facts.program.atoms.get(*cell));
        let tested =
            |node: usize| atoms().any(|atom| atom.node == node && atom.test == Test::NotApplicable);
        let asked = table.inputs.iter().copied();
        let asked: Vec<usize> = asked.filter(|node| !facts.is_not_core(*node)).collect();
        let needed = asked.iter().copied().filter(|node| !tested(*node));
        Self {
            facts,
            table,
            needed: needed.collect(),
            asked,
        }
    }

    /// The rules of the table that are tried, by their places, each with the truth of its cells with
    /// the current values and whatever answers to come turn out to be.
    pub(super) fn tried(&self) -> Vec<(usize, Truth, Truth)> {
        let program = self.facts.program;
        let mut tried = Vec::new();
        for (place, rule) in self.table.rules.iter().enumerate() {
            let now = cells(program, rule, |atom| self.pass(atom));
            let surely = cells(program, rule, |atom| self.admit(atom));
            tried.push((place, now, surely));
            if self.table.hit_policy == HitPolicy::First && surely.holds() {
                break;
            }
        }
        tried
    }

    /// Truth that a cell lets its input pass, with the current values.
    fn pass(&self, atom: &Atom) -> Truth {
        let reading = self.facts.readings.get(atom.node);
        let absent = reading.is_some_and(Reading::is_absent) && self.asked.contains(&atom.node);
        let out = absent && !self.needed.contains(&atom.node);
        let of_value = !matches!(atom.test, Test::Any | Test::Unknown | Test::NotApplicable);
        if out && of_value {
            Truth::False
        } else {
            atom.judge(self.facts.readings)
        }
    }

    /// Truth that a cell lets its input pass, whatever answers to come turn out to be, given that
    /// every needed input applies.
    fn admit(&self, atom: &Atom) -> Truth {
        let Some(reading) = self.facts.readings.get(atom.node) else {
            return Truth::Unknown;
        };
        if atom.test == Test::Any {
            return Truth::True;
        }
        if !self.asked.contains(&atom.node) {
            return atom.test.surely(reading);
        }
        if self.needed.contains(&atom.node) {
            return atom.test.surely(&reading.returned());
        }
        let out = atom.test == Test::NotApplicable;
        let inside = atom.test.surely(&reading.returned());
        let inside = if out { Truth::False } else { inside };
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
    let here = readings.filter(|one| !one.is_absent());
    let (sum, count) = here.fold((0.0, 0.0), |(sum, count), one| {
        (sum + one.coverage, count + 1.0)
    });
    if count > 0.0 { sum / count } else { 0.0 }
}

fn cells(program: &Program, rule: &Rule, judge: impl Fn(&Atom) -> Truth) -> Truth {
    let atoms = rule.cells.iter().map(|cell| program.atoms.get(*cell));
    Truth::all(atoms.map(|atom| atom.map_or(Truth::Unknown, &judge)))
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
fn ranked(outcome: Option<u32>, possible: u64, count: u32, by: Option<u16>) -> Reading {
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

/// The highest level all of whose requirements hold, and those below; and whether the next one is refused by
/// something known or by a gate nobody proved, and does not only rest on what is not known.
fn reached(ladder: &LadderRule, judge: impl Fn(&Requirement) -> Truth) -> (u32, bool) {
    let mut reached = 0;
    for (place, level) in (0..).zip(&ladder.levels) {
        let mut refused = false;
        let all = Truth::all(level.requirements.iter().map(|requirement| {
            let truth = judge(requirement);
            let unproven = matches!((requirement, truth), (Requirement::Gate(_), Truth::Unknown));
            refused |= truth == Truth::False || unproven;
            truth
        }));
        if all != Truth::True {
            return (reached, refused);
        }
        reached = place;
    }
    (reached, true)
}

/// The highest level that is sure, and the highest that may be reached if everything open turns out
/// well.
fn sure_and_highest(ladder: &LadderRule, judge: impl Fn(&Requirement) -> Truth) -> (u32, u32) {
    let (mut sure, mut highest, mut all_true) = (0, 0, true);
    for (place, level) in (0..).zip(&ladder.levels) {
        let truth = Truth::all(level.requirements.iter().map(&judge));
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
