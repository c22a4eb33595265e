//! From conditions as written to conditions over indices.

use super::linker::Linker;
use super::parse::{TestPlace, parse};
use crate::message;
use crate::rules::condition::{Atom, Condition};
use crate::text::diagnostic::{Code, Place};
use crate::text::yaml::{Located, Value};

/// The ids a condition reads, as far as its shape is known.
pub(super) fn ids(value: &Located<Value>) -> Vec<&Located<String>> {
    let mut list = Vec::new();
    gather(value, &mut list);
    list
}

fn gather<'a>(value: &'a Located<Value>, list: &mut Vec<&'a Located<String>>) {
    match &value.value {
        Value::List(parts) => parts.iter().for_each(|part| gather(part, list)),
        Value::Map(map) => {
            for (key, part) in map {
                match (key.value.as_str(), &part.value) {
                    ("all" | "any" | "not", _) => gather(part, list),
                    ("at_least", Value::Map(map)) => {
                        map.get("of")
                            .into_iter()
                            .for_each(|part| gather(part, list));
                    }
                    ("at_least", _) => {}
                    _ => list.push(key),
                }
            }
        }
        Value::Null | Value::Scalar(_) => {}
    }
}

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
            let help = message!("write-or");
            return self.invalid(value, message!("a-condition-is-a-map"), help);
        };
        let mut entries = map.iter();
        let (Some((key, part)), None) = (entries.next(), entries.next()) else {
            let help = message!("write-all-around-several-tests");
            return self.invalid(value, message!("a-condition-has-exactly-one-key"), help);
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
            Err(problem) => {
                self.problems.push(problem.at(place));
                None
            }
        }
    }

    /// Adds an atom, and returns its index.
    pub(super) fn atom(&mut self, atom: Atom) -> usize {
        self.program.atoms.push(atom);
        self.program.atoms.len() - 1
    }

    fn invalid<T>(&mut self, value: &Located<Value>, message: &str, help: &str) -> Option<T> {
        self.refuse(Code::InvalidCondition, value.place, message, help);
        None
    }

    fn parts(&mut self, pack: usize, value: &Located<Value>) -> Option<Vec<Condition>> {
        let Value::List(parts) = &value.value else {
            let help = "write `[ { id: test }, ... ]`";
            return self.invalid(value, message!("expected-a-list-of-conditions"), help);
        };
        if parts.is_empty() {
            let message = message!("an-empty-list-of-conditions-says-nothing");
            return self.invalid(value, message, message!("add-a-condition"));
        }
        let compiled: Vec<_> = parts.iter().map(|part| self.compiled(pack, part)).collect();
        compiled.into_iter().collect()
    }

    fn at_least(&mut self, pack: usize, value: &Located<Value>) -> Option<Condition> {
        let help = "write `at_least: { n: 2, of: [ ... ] }`";
        let Value::Map(map) = &value.value else {
            return self.invalid(value, message!("expected-a-map-with-n-and-of"), help);
        };
        let (Some(n), Some(of)) = (map.get("n"), map.get("of")) else {
            return self.invalid(value, message!("at-least-needs-n-and-of"), help);
        };
        let is_other = |key: &str| !matches!(key, "n" | "of");
        if let Some((key, _)) = map.iter().find(|(key, _)| is_other(&key.value)) {
            let message = message!("unknown-key", key = key.value);
            self.refuse(Code::UnknownKey, key.place, message, help);
        }
        let parts = self.parts(pack, of)?;
        let number = scalar(&n.value).and_then(|n| n.parse::<usize>().ok());
        if let Some(number) = number.filter(|n| (1..=parts.len()).contains(n)) {
            return Some(Condition::AtLeast(number, parts));
        }
        let message = message!("n-is-a-whole-number-from-to-the-number");
        self.invalid(n, message, help)
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
            let help = message!("write-or-light-medium");
            return self.invalid(value, message!("a-test-is-one-text"), help);
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
