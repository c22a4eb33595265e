//! The error that travels up through serde, and gathers on its way where it happened.

use crate::message;
use std::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};

use super::tree::{NodeId, Slot};
use crate::text::diagnostic::{Code, Diagnostic, nearest, quoted, suggestion};

/// One problem on its way up; a pointer wide, as results of serde are copied often.
#[derive(Debug)]
pub(super) struct Fault(pub(super) Box<Details>);

#[derive(Debug)]
pub(super) struct Details {
    pub(super) cause: Cause,
    /// The node that was being read.
    pub(super) node: Option<NodeId>,
    /// The list element or map value to leave out in the next pass.
    pub(super) slot: Option<Slot>,
    /// The key whose value that node is.
    pub(super) key: Option<NodeId>,
}

#[derive(Debug)]
pub(super) enum Cause {
    Problem(Diagnostic),
    /// A key of a struct is not there.
    Missing(&'static str),
    /// It only follows from a problem that is known.
    Follows,
}

impl From<Cause> for Fault {
    fn from(cause: Cause) -> Self {
        Self(Box::new(Details {
            cause,
            node: None,
            slot: None,
            key: None,
        }))
    }
}

impl From<Diagnostic> for Fault {
    fn from(problem: Diagnostic) -> Self {
        Cause::Problem(problem).into()
    }
}

impl Fault {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Diagnostic::error(code, message).into()
    }

    /// The same fault, with the node and its key, unless known from further in.
    pub(super) fn at(mut self, node: NodeId, key: Option<NodeId>) -> Self {
        if self.0.node.is_none() {
            self.0.node = Some(node);
            self.0.key = key;
        }
        self
    }

    /// The same fault, with what to leave out in the next pass, unless known from further in.
    pub(super) fn within(mut self, slot: Slot) -> Self {
        self.0.slot.get_or_insert(slot);
        self
    }
}

impl std::error::Error for Fault {}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.cause {
            Cause::Problem(problem) => f.write_str(&problem.message),
            Cause::Missing(key) => f.write_str(&message!("missing-key", key)),
            Cause::Follows => f.write_str(message!("it-follows-from-another-problem")),
        }
    }
}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(Code::InvalidValue, message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let message = message!(
            "expected-found",
            expected = expected.to_string(),
            name = name(&found)
        );
        Self::new(Code::WrongType, message)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let message = message!(
            "expected-found",
            expected = expected.to_string(),
            name = name(&found)
        );
        Self::new(Code::InvalidValue, message)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        let message = message!(
            "expected-found-a-list-of",
            expected = expected.to_string(),
            length
        );
        Self::new(Code::InvalidValue, message)
    }

    fn unknown_variant(found: &str, listed: &'static [&'static str]) -> Self {
        let message = message!(
            "is-not-one-of-the-values-known-here",
            shorten = shorten(found)
        );
        let help = name_or_list(found, listed);
        Diagnostic::error(Code::UnknownValue, message)
            .help(help)
            .into()
    }

    fn missing_field(field: &'static str) -> Self {
        Cause::Missing(field).into()
    }

    fn duplicate_field(field: &'static str) -> Self {
        let message = message!("the-key-stands-twice-in-this-map-2", field);
        Self::new(Code::DuplicateKey, message)
    }
}

/// The value that was found, in the words of the format rather than of Rust.
fn name(found: &Unexpected<'_>) -> String {
    match found {
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Bool(it) => format!("`{it}`"),
        Unexpected::Unsigned(it) => format!("`{it}`"),
        Unexpected::Signed(it) => format!("`{it}`"),
        Unexpected::Float(it) => format!("`{it}`"),
        Unexpected::Char(it) => format!("`{it}`"),
        Unexpected::Str(it) => format!("`{}`", shorten(it)),
        Unexpected::Seq => message!("a-list").to_owned(),
        Unexpected::Map => message!("a-map").to_owned(),
        Unexpected::Bytes(_) | Unexpected::NewtypeStruct | Unexpected::Other(_) => {
            found.to_string()
        }
        Unexpected::Enum
        | Unexpected::UnitVariant
        | Unexpected::NewtypeVariant
        | Unexpected::TupleVariant
        | Unexpected::StructVariant => message!("a-choice").to_owned(),
    }
}

/// At most the first forty characters of what a person wrote, on one line.
pub(super) fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.lines().next().unwrap_or("");
    let short: String = line.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short + "..."
    } else {
        short
    }
}

/// The help for an unknown name: the nearest of those listed, or all of them.
pub(super) fn name_or_list(found: &str, listed: &[&str]) -> String {
    let all = message!("known-here", quoted = quoted(listed.iter().copied()));
    suggestion(nearest(found, listed.iter().copied()), &all)
}
