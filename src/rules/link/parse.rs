//! Tests read from their text, and checked against the values their item can have.

use crate::message;
use crate::rules::condition::{Bound, Interval, Test};
use crate::rules::rulebook::{Domain, Item, ItemKind};
use crate::text::diagnostic::{Code, Diagnostic, nearest, quoted, suggestion};

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
            return Err(invalid(
                message!("tests-nothing"),
                message!("leave-the-test-out"),
            ));
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
        } => choices(text, item, names, *several, *worth),
        Domain::Outcomes {
            names,
            ordered,
            several,
        } => outcomes(text, item, names, *ordered, *several),
        Domain::Text => {
            let message = message!(
                "is-free-text-and-cannot-be-tested",
                local_id = item.local_id()
            );
            Err(Diagnostic::error(Code::InvalidTest, message)
                .help(message!("test-unknown-or-make-it-a-select")))
        }
    }
}

/// The test for an input that does not apply, where that can be.
fn out(item: &Item) -> Result<Test, Diagnostic> {
    let question = item.kind.question();
    if question.is_some_and(|one| !one.may_not_apply && !one.conditional) {
        let message = message!("always-applies", local_id = item.local_id());
        return Err(invalid(&message, message!("leave-the-test-out")));
    }
    Ok(Test::NotApplicable)
}

fn choices(
    text: &str,
    item: &Item,
    names: &[String],
    several: bool,
    worth: Option<(f64, f64)>,
) -> Result<Test, Diagnostic> {
    match (set(text, names), worth, interval(text, number)) {
        (Ok(set), _, _) if several => Ok(Test::SomeOf(set)),
        (Ok(set), _, _) => Ok(Test::OneOf(set)),
        (Err(_), Some((least, most)), Ok(interval)) => {
            check_limits(text, item, &interval, (least, most), false)?;
            Ok(Test::Number(interval))
        }
        (Err(name), _, _) => Err(unknown_name(item, &name, names, message!("a-choice"))),
    }
}

fn outcomes(
    text: &str,
    item: &Item,
    names: &[String],
    ordered: bool,
    several: bool,
) -> Result<Test, Diagnostic> {
    match set(text, names) {
        Ok(set) if several => return Ok(Test::SomeOf(set)),
        Ok(set) => return Ok(Test::OneOf(set)),
        Err(name) if !ordered || several || !text.starts_with(['<', '>', '=', '[', '(']) => {
            return Err(unknown_name(item, &name, names, message!("an-outcome")));
        }
        Err(_) => {}
    }
    let mut missing = None;
    let rank = |word: &str| {
        let place = names.iter().position(|name| name == word);
        missing = place.is_none().then(|| word.to_owned()).or(missing.take());
        place
            .and_then(|place| u32::try_from(place).ok())
            .map(f64::from)
    };
    let interval = match interval(text, rank) {
        Ok(interval) => interval,
        Err(problem) => {
            return Err(missing.map_or(problem, |name| {
                unknown_name(item, &name, names, message!("an-outcome"))
            }));
        }
    };
    let passing = (0_u32..)
        .zip(names)
        .filter(|(rank, _)| interval.contains(f64::from(*rank)));
    let set = passing.fold(0, |set, (rank, _)| set | 1 << rank);
    if set == 0 {
        let help = message!("turn-the-comparison-round");
        return Err(invalid(message!("no-outcome-passes-this-test"), help));
    }
    Ok(Test::OneOf(set))
}

fn unknown_name(item: &Item, name: &str, names: &[String], what: &str) -> Diagnostic {
    let known = || names.iter().map(String::as_str);
    let help = suggestion(
        nearest(name, known()),
        &message!("it-has", quoted = quoted(known())),
    );
    let message = message!("is-not-of-2", name, what, local_id = item.local_id());
    Diagnostic::error(Code::UnknownChoice, message).help(help)
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
    let help = message!("write-or-3");
    let fail = || invalid(&message!("is-not-a-test", text), help);
    let mut end = |rest: &str| value(rest.trim()).ok_or_else(fail);
    let interval = if let Some(rest) = text.strip_prefix(">=") {
        Interval::new(Bound::Inclusive(end(rest)?), Bound::Open)
    } else if let Some(rest) = text.strip_prefix("<=") {
        Interval::new(Bound::Open, Bound::Inclusive(end(rest)?))
    } else if let Some(rest) = text.strip_prefix('>') {
        Interval::new(Bound::Exclusive(end(rest)?), Bound::Open)
    } else if let Some(rest) = text.strip_prefix('<') {
        Interval::new(Bound::Open, Bound::Exclusive(end(rest)?))
    } else if text.starts_with(['[', '(']) {
        brackets(text, end).map_err(|_| fail())?
    } else {
        let limit = end(text.strip_prefix('=').unwrap_or(text))?;
        Interval::new(Bound::Inclusive(limit), Bound::Inclusive(limit))
    };
    if interval.is_empty() {
        let message = message!("nothing-lies-in", text);
        return Err(invalid(&message, message!("put-the-lower-end-first")));
    }
    Ok(interval)
}

fn brackets(
    text: &str,
    mut end: impl FnMut(&str) -> Result<f64, Diagnostic>,
) -> Result<Interval, Diagnostic> {
    let fail = || invalid(message!("a-range-needs-brackets-on-both"), "write `[2..4)`");
    let inner = text
        .strip_prefix(['[', '('])
        .and_then(|rest| rest.strip_suffix([']', ')']))
        .ok_or_else(fail)?;
    let (from, to) = inner.split_once("..").ok_or_else(fail)?;
    let (from, to) = (end(from)?, end(to)?);
    let bound = |limit: f64, inclusive: bool| {
        if inclusive {
            Bound::Inclusive(limit)
        } else {
            Bound::Exclusive(limit)
        }
    };
    let from = bound(from, text.starts_with('['));
    Ok(Interval::new(from, bound(to, text.ends_with(']'))))
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
        let message = message!("lies-outside-what-can-be-to", text, id, least, most);
        let problem = Diagnostic::error(Code::ThresholdOutOfRange, message);
        return Err(problem.help(message!("move-the-threshold-into-the-range")));
    }
    let some_whole = || {
        let first = interval.from.limit().unwrap_or(least).ceil();
        interval.contains(first) || interval.contains(first + 1.0)
    };
    let none = !interval.covers(least, most).possible();
    if none || (whole && least.is_finite() && !some_whole()) {
        let message = message!("no-value-of-passes", id, text);
        let problem = Diagnostic::error(Code::ThresholdOutOfRange, message);
        return Err(problem.help(message!("move-the-threshold")));
    }
    Ok(())
}

fn invalid(message: &str, help: &str) -> Diagnostic {
    Diagnostic::error(Code::InvalidTest, message).help(help)
}
