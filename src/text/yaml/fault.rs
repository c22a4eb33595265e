//! The error that travels up through serde, and gathers on its way where it happened.

use std::fmt::{self, Display, Write as _};

use serde::de::{self, Expected, Unexpected};

use super::tree::{NodeId, Slot};
use crate::text::diagnostic::Code;

/// One problem on its way up; a pointer wide, so that the happy path stays fast.
#[derive(Debug)]
pub(super) struct Fault(pub(super) Box<Details>);

#[derive(Debug)]
pub(super) struct Details {
    pub(super) what: What,
    /// The node that was being read.
    pub(super) node: Option<NodeId>,
    /// The list element or map value to leave out in the next pass.
    pub(super) slot: Option<Slot>,
    /// The key that node stands under.
    pub(super) key: Option<NodeId>,
}

#[derive(Debug)]
pub(super) enum What {
    /// Already in plain words.
    Problem {
        code: Code,
        message: String,
        help: Option<String>,
    },
    /// A key of a struct is not there.
    Missing(&'static str),
    /// A value is none of the listed ones.
    Unknown {
        found: String,
        listed: &'static [&'static str],
    },
    /// It only follows from a problem already told.
    Follows,
}

impl Fault {
    pub(super) fn new(what: What) -> Self {
        Self(Box::new(Details {
            what,
            node: None,
            slot: None,
            key: None,
        }))
    }

    pub(super) fn problem(code: Code, message: impl Into<String>) -> Self {
        Self::new(What::Problem {
            code,
            message: message.into(),
            help: None,
        })
    }

    pub(super) fn helped(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::new(What::Problem {
            code,
            message: message.into(),
            help: Some(help.into()),
        })
    }

    /// Says which node was being read and under which key, unless known from further in.
    pub(super) fn at(mut self, node: NodeId, key: Option<NodeId>) -> Self {
        if self.0.node.is_none() {
            self.0.node = Some(node);
            self.0.key = key;
        }
        self
    }

    /// Says what to leave out in the next pass, unless known from further in.
    pub(super) fn within(mut self, slot: Slot) -> Self {
        self.0.slot.get_or_insert(slot);
        self
    }
}

impl std::error::Error for Fault {}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.what {
            What::Problem { message, .. } => f.write_str(message),
            What::Missing(key) => write!(f, "missing key `{key}`"),
            What::Unknown { found, .. } => write!(f, "unknown value `{found}`"),
            What::Follows => f.write_str("it follows from another problem"),
        }
    }
}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::problem(Code::InvalidValue, message.to_string())
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let message = format!("expected {expected}, found {}", name(&found));
        Self::problem(Code::WrongType, message)
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        let message = format!("expected {expected}, found {}", name(&found));
        Self::problem(Code::InvalidValue, message)
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        let message = format!("expected {expected}, found a list of {length}");
        Self::problem(Code::InvalidValue, message)
    }

    fn unknown_variant(found: &str, listed: &'static [&'static str]) -> Self {
        Self::new(What::Unknown {
            found: found.to_owned(),
            listed,
        })
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(What::Missing(field))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::problem(
            Code::DuplicateKey,
            format!("the key `{field}` stands twice in this map"),
        )
    }
}

/// What was found, in the words of the format rather than of Rust.
fn name(found: &Unexpected<'_>) -> String {
    match found {
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Bool(it) => format!("`{it}`"),
        Unexpected::Unsigned(it) => format!("`{it}`"),
        Unexpected::Signed(it) => format!("`{it}`"),
        Unexpected::Float(it) => format!("`{it}`"),
        Unexpected::Char(it) => format!("`{it}`"),
        Unexpected::Str(it) => format!("`{}`", shorten(it)),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "a map".to_owned(),
        Unexpected::Bytes(_) | Unexpected::NewtypeStruct | Unexpected::Other(_) => {
            found.to_string()
        }
        Unexpected::Enum
        | Unexpected::UnitVariant
        | Unexpected::NewtypeVariant
        | Unexpected::TupleVariant
        | Unexpected::StructVariant => "a choice".to_owned(),
    }
}

/// At most the first forty characters of what a person wrote, on one line.
pub(super) fn shorten(text: &str) -> String {
    const LONGEST: usize = 40;
    let line = text.lines().next().unwrap_or("");
    let mut short: String = line.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        let _ = short.write_str("...");
    }
    short
}
