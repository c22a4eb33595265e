//! From conditions as written to conditions over indices.

mod parse;

pub(crate) use parse::{Where, parse};

use super::{Atom, Condition};
use crate::rules::rulebook::Scope;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::text::yaml::{Located, Scalar, Value};

/// The ids a condition reads, as far as its shape can be told.
pub(crate) fn ids(value: &Located<Value>) -> Vec<&Located<String>> {
    let mut list = Vec::new();
    gather(value, &mut list);
    list
}

fn gather<'a>(value: &'a Located<Value>, list: &mut Vec<&'a Located<String>>) {
    match &value.value {
        Value::List(parts) => parts.iter().for_each(|part| gather(part, list)),
        Value::Map(map) => {
            for (key, part) in map {
                match key.value.as_str() {
                    "all" | "any" | "not" => gather(part, list),
                    "at_least" => at_least_parts(part)
                        .into_iter()
                        .for_each(|part| gather(part, list)),
                    _ => list.push(key),
                }
            }
        }
        Value::Null | Value::Scalar(_) => {}
    }
}

fn at_least_parts(value: &Located<Value>) -> Option<&Located<Value>> {
    match &value.value {
        Value::Map(map) => map.get("of"),
        Value::Null | Value::Scalar(_) | Value::List(_) => None,
    }
}

/// Compiles the conditions of one pack.
pub(crate) struct Compiler<'a> {
    pub(crate) scope: Scope<'a>,
    pub(crate) atoms: &'a mut Vec<Atom>,
    pub(crate) problems: &'a mut Diagnostics,
}

impl Compiler<'_> {
    /// The condition, or `None` once everything wrong with it is among the problems.
    pub(crate) fn condition(&mut self, value: &Located<Value>) -> Option<Condition> {
        let Value::Map(map) = &value.value else {
            return self.refuse(
                value,
                "a condition is a map",
                "write `{ id: \">= 3\" }` or `{ all: [ ... ] }`",
            );
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
    pub(crate) fn cell(
        &mut self,
        node: usize,
        text: &Located<Scalar>,
        place: Where,
    ) -> Option<usize> {
        let item = self.scope.items.get(node)?;
        match parse(&text.value.text, item, place) {
            Ok(held_to) => Some(self.push(Atom {
                node,
                test: held_to,
            })),
            Err(problem) => {
                self.problems.push(problem.at(text.place));
                None
            }
        }
    }

    pub(crate) fn push(&mut self, atom: Atom) -> usize {
        self.atoms.push(atom);
        self.atoms.len() - 1
    }

    fn refuse<T>(&mut self, value: &Located<Value>, message: &str, help: &str) -> Option<T> {
        self.problems.push(
            Diagnostic::error(Code::InvalidCondition, message)
                .at(value.place)
                .help(help),
        );
        None
    }

    fn parts(&mut self, value: &Located<Value>) -> Option<Vec<Condition>> {
        let Value::List(parts) = &value.value else {
            return self.refuse(
                value,
                "expected a list of conditions",
                "write `[ { id: test }, ... ]`",
            );
        };
        if parts.is_empty() {
            return self.refuse(
                value,
                "an empty list of conditions says nothing",
                "add a condition",
            );
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
        if let Some((key, _)) = map
            .iter()
            .find(|(key, _)| !matches!(key.value.as_str(), "n" | "of"))
        {
            let message = format!("unknown key `{}`", key.value);
            self.problems.push(
                Diagnostic::error(Code::UnknownKey, message)
                    .at(key.place)
                    .help(help),
            );
        }
        let parts = self.parts(of)?;
        let number = scalar(&n.value).and_then(|n| n.text.parse::<usize>().ok());
        match number.filter(|n| (1..=parts.len()).contains(n)) {
            Some(n) => Some(Condition::AtLeast(n, parts)),
            None => self.refuse(
                n,
                "`n` is a whole number from 1 to the number of conditions",
                help,
            ),
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
            return self.refuse(
                value,
                "a test is one text",
                "write `\">= 3\"`, `\"[2..4)\"` or `\"light, medium\"`",
            );
        };
        let text = Located {
            value: text.clone(),
            place: value.place,
        };
        self.cell(node, &text, Where::Condition)
            .map(Condition::Atom)
    }
}

fn scalar(value: &Value) -> Option<&Scalar> {
    match value {
        Value::Scalar(scalar) => Some(scalar),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}
