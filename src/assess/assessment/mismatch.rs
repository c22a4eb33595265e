//! Errors between a result and the packs it is read with.

use crate::message;
use std::fmt;

/// A difference by which a result and a rulebook do not belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mismatch {
    /// The packs do not have what the result names.
    NotInPacks {
        /// Its id.
        id: String,
    },
    /// The result does not have what is in the packs, or not in its place.
    NotInResult {
        /// Its id.
        id: String,
    },
    /// The result gives a value that the packs do not allow.
    Value {
        /// The id of what it is given for.
        id: String,
        /// The value.
        value: String,
    },
}

impl Mismatch {
    pub(crate) fn not_in_packs(id: &str) -> Self {
        Self::NotInPacks { id: id.to_owned() }
    }

    pub(crate) fn not_in_result(id: &str) -> Self {
        Self::NotInResult { id: id.to_owned() }
    }

    pub(crate) fn value(id: &str, value: &str) -> Self {
        Self::Value {
            id: id.to_owned(),
            value: value.to_owned(),
        }
    }

    /// Advice on what to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        message!("read-it-with-the-very-packs-it-was")
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInPacks { id } => match id.split_once('.') {
                Some((pack, local)) => f.write_str(&message!(
                    "the-result-names-which-is-not-in-the-pack",
                    local,
                    pack
                )),
                None => f.write_str(&message!("the-result-names-which-is-in-none-of-its", id)),
            },
            Self::NotInResult { id } => {
                f.write_str(&message!("the-result-lacks-or-does-not-have", id))
            }
            Self::Value { id, value } => {
                f.write_str(&message!("the-result-gives-for-which-cannot", value, id))
            }
        }
    }
}

impl std::error::Error for Mismatch {}
