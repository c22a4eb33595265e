//! From conditions as written to conditions over indices.

use super::scope::Scope;
use super::test::{TestPlace, parse};
use crate::rules::condition::{Atom, Condition};
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text::yaml::{Located, Scalar, Value};

/// The ids a condition reads, as far as its shape can be told.
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

/// Compiles the conditions of one pack.
pub(super) struct Compiler<'a> {
    pub(super) scope: Scope<'a>,
    pub(super) atoms: &'a mut Vec<Atom>,
    pub(super) problems: &'a mut Diagnostics,
}

impl Compiler<'_> {
    /// The condition, or `None` once everything wrong with it is among the problems.
    pub(super) fn condition(&mut self, value: &Located<Value>) -> Option<Condition> {
        let Value::Map(map) = &value.value else {
            let help = "write `{ id: \">= 3\" }` or `{ all: [ ... ] }`";
            return self.refuse(value, "a condition is a map", help);
        };
        let mut entries = map.iter();
        let (Some((key, part)), None) = (entries.next(), entries.next()) else {
            let help = "write `all: [ ... ]` around several tests";
            return self.refuse(value, "a condition has exactly one key", help);
        };
        match key.value.as_str() {
            "all" => self.parts(part).map(Condition::All),
            "any" => self.parts(part).map(Condition::Any),
            "not" => self
                .condition(part)
                .map(|part| Condition::Not(Box::new(part))),
            "at_least" => self.at_least(part),
            _ => self.atom(key, part),
        }
    }

    /// One test of one item, as an atom's index.
    pub(super) fn cell(
        &mut self,
        node: usize,
        text: &Located<Scalar>,
        place: TestPlace,
    ) -> Option<usize> {
        let item = self.scope.items.get(node)?;
        match parse(&text.value.text, item, place) {
            Ok(test) => Some(self.push(Atom { node, test })),
            Err(problem) => {
                self.problems.push(problem.at(text.place));
                None
            }
        }
    }

    fn push(&mut self, atom: Atom) -> usize {
        self.atoms.push(atom);
        self.atoms.len() - 1
    }

    fn refuse<T>(&mut self, value: &Located<Value>, message: &str, help: &str) -> Option<T> {
        let problem = Diagnostic::error(Code::InvalidCondition, message);
        self.problems.push(problem.at(value.place).help(help));
        None
    }

    fn parts(&mut self, value: &Located<Value>) -> Option<Vec<Condition>> {
        let Value::List(parts) = &value.value else {
            let help = "write `[ { id: test }, ... ]`";
            return self.refuse(value, "expected a list of conditions", help);
        };
        if parts.is_empty() {
            let message = "an empty list of conditions says nothing";
            return self.refuse(value, message, "add a condition");
        }
        let compiled: Vec<_> = parts.iter().map(|part| self.condition(part)).collect();
        compiled.into_iter().collect()
    }

    fn at_least(&mut self, value: &Located<Value>) -> Option<Condition> {
        let help = "write `at_least: { n: 2, of: [ ... ] }`";
        let Value::Map(map) = &value.value else {
            return self.refuse(value, "expected a map with `n` and `of`", help);
        };
        let (Some(n), Some(of)) = (map.get("n"), map.get("of")) else {
            return self.refuse(value, "`at_least` needs `n` and `of`", help);
        };
        let is_other = |key: &str| !matches!(key, "n" | "of");
        if let Some((key, _)) = map.iter().find(|(key, _)| is_other(&key.value)) {
            let problem =
                Diagnostic::error(Code::UnknownKey, format!("unknown key `{}`", key.value));
            self.problems.push(problem.at(key.place).help(help));
        }
        let parts = self.parts(of)?;
        let number = scalar(&n.value).and_then(|n| n.text.parse::<usize>().ok());
        match number.filter(|n| (1..=parts.len()).contains(n)) {
            Some(n) => Some(Condition::AtLeast(n, parts)),
            None => {
                let message = "`n` is a whole number from 1 to the number of conditions";
                self.refuse(n, message, help)
            }
        }
    }

    fn atom(&mut self, key: &Located<String>, value: &Located<Value>) -> Option<Condition> {
        let node = match self.scope.resolve(key) {
            Ok(Some(node)) => node,
            Ok(None) => return Some(Condition::Atom(self.push(Atom::NOT_ASKED))),
            Err(problem) => {
                self.problems.push(problem);
                return None;
            }
        };
        let Some(text) = scalar(&value.value) else {
            let help = "write `\">= 3\"`, `\"[2..4)\"` or `\"light, medium\"`";
            return self.refuse(value, "a test is one text", help);
        };
        let text = Located {
            value: text.clone(),
            place: value.place,
        };
        self.cell(node, &text, TestPlace::Condition)
            .map(Condition::Atom)
    }
}

fn scalar(value: &Value) -> Option<&Scalar> {
    let Value::Scalar(scalar) = value else {
        return None;
    };
    Some(scalar)
}
