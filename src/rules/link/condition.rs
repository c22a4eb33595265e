//! Conditions and tests: from what is written to tests of items by index, each checked against the
//! values that its item can have.

use super::Linker;
use super::scope::ids;
use crate::rules::condition::Bound::{Exclusive, Inclusive, Open};
use crate::rules::condition::{Atom, Condition, Interval, Test};
use crate::rules::rulebook::{Domain, Item, ItemKind};
use crate::text::diagnostic::{Diagnostic, Place, quoted};
use crate::text::yaml::{Located, Value};
use crate::{message, problem};

impl Linker<'_> {
    /// Compiles a condition; `None` where it has a problem, or reads an item that has one.
    pub(super) fn condition(&mut self, pack: usize, value: &Located<Value>) -> Option<Condition> {
        let is_broken = |id| {
            let node = self.find(pack, id).ok().flatten();
            node.is_some_and(|node| self.broken.contains(&node))
        };
        if ids(value).into_iter().any(is_broken) {
            return None;
        }
        self.compiled(pack, value)
    }

    fn compiled(&mut self, pack: usize, value: &Located<Value>) -> Option<Condition> {
        let Value::Map(map) = &value.value else {
            return self.refused(value.place, problem!(InvalidCondition, "condition-map"));
        };
        let mut entries = map.iter();
        let (Some((key, part)), None) = (entries.next(), entries.next()) else {
            return self.refused(value.place, problem!(InvalidCondition, "one-key"));
        };
        match key.value.as_str() {
            "all" => self.parts(pack, part).map(Condition::All),
            "any" => self.parts(pack, part).map(Condition::Any),
            "not" => Some(Condition::Not(Box::new(self.compiled(pack, part)?))),
            "at_least" => self.at_least(pack, part),
            _ => self.leaf(pack, key, part).map(Condition::Atom),
        }
    }

    /// One test of one item, as an atom's index.
    pub(super) fn cell(
        &mut self,
        node: usize,
        written: &str,
        place: Place,
        kind: TestPlace,
    ) -> Option<usize> {
        match parse(written, self.items.get(node)?, kind) {
            Ok(test) => Some(self.atom(Atom { node, test })),
            Err(problem) => self.refused(place, problem),
        }
    }

    /// Adds an atom, and returns its index.
    pub(super) fn atom(&mut self, atom: Atom) -> usize {
        self.program.atoms.push(atom);
        self.program.atoms.len() - 1
    }

    fn parts(&mut self, pack: usize, value: &Located<Value>) -> Option<Vec<Condition>> {
        let Value::List(parts) = &value.value else {
            return self.refused(value.place, problem!(InvalidCondition, "list-wanted"));
        };
        if parts.is_empty() {
            return self.refused(value.place, problem!(InvalidCondition, "empty-list"));
        }
        let compiled: Vec<_> = parts.iter().map(|part| self.compiled(pack, part)).collect();
        compiled.into_iter().collect()
    }

    fn at_least(&mut self, pack: usize, value: &Located<Value>) -> Option<Condition> {
        let Value::Map(map) = &value.value else {
            return self.refused(value.place, problem!(InvalidCondition, "n-and-of-map"));
        };
        let (Some(n), Some(of)) = (map.get("n"), map.get("of")) else {
            return self.refused(value.place, problem!(InvalidCondition, "n-and-of-wanted"));
        };
        let is_other = |key: &str| !matches!(key, "n" | "of");
        if let Some((key, _)) = map.iter().find(|(key, _)| is_other(&key.value)) {
            let problem = problem!(UnknownKey, "unknown-key", key = key.value);
            self.refuse(key.place, problem);
        }
        let parts = self.parts(pack, of)?;
        let number = scalar(&n.value).and_then(|n| n.parse::<usize>().ok());
        if let Some(number) = number.filter(|n| (1..=parts.len()).contains(n)) {
            return Some(Condition::AtLeast(number, parts));
        }
        let problem = problem!(InvalidCondition, "n-is-a-whole-number-from-to-the-number");
        self.refused(n.place, problem)
    }

    fn leaf(
        &mut self,
        pack: usize,
        key: &Located<String>,
        value: &Located<Value>,
    ) -> Option<usize> {
        let node = match self.find(pack, key) {
            Ok(Some(node)) => node,
            Ok(None) => return Some(self.atom(Atom::NOT_ASKED)),
            Err(problem) => {
                self.problems.push(problem);
                return None;
            }
        };
        let Some(written) = scalar(&value.value) else {
            let problem = problem!(InvalidCondition, "a-test-is-one-text");
            return self.refused(value.place, problem);
        };
        self.cell(node, written, value.place, TestPlace::Condition)
    }
}

fn scalar(value: &Value) -> Option<&str> {
    let Value::Scalar(scalar) = value else {
        return None;
    };
    Some(&scalar.text)
}

/// Place of a test; each place takes a little more or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TestPlace {
    /// A cell of a decision table: `-` is anything, `not applicable` an input that is out.
    Table,
    /// A leaf of a condition: `unknown` is a test.
    Condition,
    /// A test of what an answer may be.
    Constraint,
}

/// Reads one test of an item.
pub(super) fn parse(text: &str, item: &Item, place: TestPlace) -> Result<Test, Diagnostic> {
    let text = text.trim();
    match (text, place) {
        ("-", TestPlace::Table) => return Ok(Test::Any),
        ("-", _) => {
            return Err(problem!(InvalidTest, "tests-nothing"));
        }
        ("not applicable", TestPlace::Condition) if matches!(item.kind, ItemKind::Question(_)) => {
            return Ok(Test::NotApplicable);
        }
        ("not applicable", TestPlace::Table) => return out(item),
        ("unknown", TestPlace::Condition) if matches!(item.kind, ItemKind::Question(_)) => {
            return Ok(Test::Unknown);
        }
        _ => {}
    }
    match &item.domain {
        Domain::Number { least, most, whole } => {
            let interval = interval(text, number)?;
            check_limits(text, item, &interval, (*least, *most), *whole)?;
            Ok(Test::Number(interval))
        }
        Domain::Choices {
            names,
            several,
            worth,
            ..
        } => match (set(text, names), worth, interval(text, number)) {
            (Ok(set), _, _) => Ok(chosen(set, *several)),
            (Err(_), Some(worth), Ok(interval)) => {
                check_limits(text, item, &interval, *worth, false)?;
                Ok(Test::Number(interval))
            }
            (Err(name), _, _) => Err(unknown_name(item, &name, names, message!("a-choice"))),
        },
        Domain::Outcomes {
            names,
            ordered,
            several,
        } => match set(text, names) {
            Ok(set) => Ok(chosen(set, *several)),
            Err(_) if *ordered && !several && text.starts_with(['<', '>', '=', '[', '(']) => {
                ranks(text, item, names)
            }
            Err(name) => Err(unknown_name(item, &name, names, message!("an-outcome"))),
        },
        Domain::Text => {
            let local_id = item.local_id();
            Err(problem!(InvalidTest, "free-text-is-not-tested", local_id))
        }
    }
}

/// The test for an input that does not apply, where that can be.
fn out(item: &Item) -> Result<Test, Diagnostic> {
    let question = item.kind.question();
    if question.is_some_and(|one| !one.may_not_apply && !one.conditional) {
        let problem = problem!(InvalidTest, "always-applies", local_id = item.local_id());
        return Err(problem);
    }
    Ok(Test::NotApplicable)
}

fn chosen(set: u64, several: bool) -> Test {
    if several {
        Test::SomeOf(set)
    } else {
        Test::OneOf(set)
    }
}

/// A comparison with an outcome of a list whose order counts.
fn ranks(text: &str, item: &Item, names: &[String]) -> Result<Test, Diagnostic> {
    let mut missing = None;
    let rank = |word: &str| {
        let place = names.iter().position(|name| name == word);
        if place.is_none() {
            missing = Some(word.to_owned());
        }
        place
            .and_then(|place| u32::try_from(place).ok())
            .map(f64::from)
    };
    let interval = interval(text, rank);
    let interval = interval.map_err(|problem| match missing {
        Some(name) => unknown_name(item, &name, names, message!("an-outcome")),
        None => problem,
    })?;
    let passing = (0_u32..).zip(names);
    let passing = passing.filter(|(rank, _)| interval.contains(f64::from(*rank)));
    match passing.fold(0, |set, (rank, _)| set | 1 << rank) {
        0 => Err(problem!(InvalidTest, "no-outcome-passes-this-test")),
        set => Ok(Test::OneOf(set)),
    }
}

fn unknown_name(item: &Item, name: &str, names: &[String], what: &str) -> Diagnostic {
    let known = || names.iter().map(String::as_str);
    let (local_id, quoted) = (item.local_id(), quoted(known()));
    problem!(
        UnknownChoice,
        "is-none-of-its-outcomes",
        name,
        what,
        local_id,
        quoted
    )
    .nearest(name, known())
}

/// The names separated by commas as a set, or the first that is none.
fn set(text: &str, names: &[String]) -> Result<u64, String> {
    text.split(',').map(str::trim).try_fold(0, |set, word| {
        let place = names
            .iter()
            .position(|name| name == word)
            .ok_or_else(|| word.to_owned())?;
        Ok(set | 1 << place)
    })
}

fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|value| value.is_finite())
}

/// `3`, `>= 3`, `< 2.5`, `[2..4)`, with ends read by `value`.
fn interval(
    text: &str,
    mut value: impl FnMut(&str) -> Option<f64>,
) -> Result<Interval, Diagnostic> {
    type Sign = (&'static str, fn(f64) -> Interval);
    let signs: [Sign; 4] = [
        (">=", |limit| Interval::new(Inclusive(limit), Open)),
        ("<=", |limit| Interval::new(Open, Inclusive(limit))),
        (">", |limit| Interval::new(Exclusive(limit), Open)),
        ("<", |limit| Interval::new(Open, Exclusive(limit))),
    ];
    let mut end = |rest: &str| value(rest.trim());
    let mut signs = signs.iter();
    let found = match signs.find_map(|(sign, of)| Some((text.strip_prefix(sign)?, of))) {
        Some((rest, of)) => end(rest).map(of),
        None if text.starts_with(['[', '(']) => brackets(text, end),
        None => {
            let limit = end(text.strip_prefix('=').unwrap_or(text));
            limit.map(|limit| Interval::new(Inclusive(limit), Inclusive(limit)))
        }
    };
    let interval = found.ok_or_else(|| problem!(InvalidTest, "is-not-a-test", text))?;
    if interval.is_empty() {
        return Err(problem!(InvalidTest, "nothing-lies-in", text));
    }
    Ok(interval)
}

/// `[2..4)`; `None` where it is not of this form.
fn brackets(text: &str, mut end: impl FnMut(&str) -> Option<f64>) -> Option<Interval> {
    let inner = text.strip_prefix(['[', '('])?.strip_suffix([']', ')'])?;
    let (from, to) = inner.split_once("..")?;
    let bound = |limit, inclusive| {
        if inclusive {
            Inclusive(limit)
        } else {
            Exclusive(limit)
        }
    };
    let from = bound(end(from)?, text.starts_with('['));
    Some(Interval::new(from, bound(end(to)?, text.ends_with(']'))))
}

/// Refuses limits that lie outside the values of the item, and tests that none of these passes.
fn check_limits(
    text: &str,
    item: &Item,
    interval: &Interval,
    (least, most): (f64, f64),
    whole: bool,
) -> Result<(), Diagnostic> {
    let id = item.local_id();
    let outside = |limit: f64| !(least..=most).contains(&limit);
    let limits = [interval.from.limit(), interval.to.limit()];
    if limits.into_iter().flatten().any(outside) {
        let problem = problem!(ThresholdOutOfRange, "outside-range", text, id, least, most);
        return Err(problem);
    }
    let some_whole = || {
        let first = interval.from.limit().unwrap_or(least).ceil();
        interval.contains(first) || interval.contains(first + 1.0)
    };
    let none = !interval.covers(least, most).may_hold();
    if none || (whole && least.is_finite() && !some_whole()) {
        let problem = problem!(ThresholdOutOfRange, "no-value-of-passes", id, text);
        return Err(problem);
    }
    Ok(())
}
