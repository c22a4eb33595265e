//! Values as text on one line.

use super::wanted::entries;
use crate::text::yaml::{Node, Scalar, Value};
use std::fmt::Write as _;

/// How a file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// As people do.
    Yaml,
    /// As programs do, all keys in quotes.
    Json,
}

impl Style {
    pub(super) fn of(text: &str, root: &Node) -> Self {
        let first = root.entries().first().map(|entry| entry.key.range.start);
        let quoted = first
            .and_then(|at| text.get(at..))
            .is_some_and(|key| key.starts_with('"'));
        if root.is_flow() && quoted {
            Self::Json
        } else {
            Self::Yaml
        }
    }

    /// A key with its value.
    pub(super) fn pair(self, key: &str, value: &str) -> String {
        format!("{}: {value}", self.key(key))
    }

    pub(super) fn key(self, key: &str) -> String {
        match self {
            Self::Yaml if is_simple(key) => key.to_owned(),
            Self::Yaml | Self::Json => quote(key),
        }
    }

    /// A value on one line.
    pub(super) fn value(self, value: &Value) -> String {
        match value {
            Value::Null => "null".to_owned(),
            Value::Scalar(scalar) => self.scalar(scalar),
            Value::List(list) => {
                let items: Vec<_> = list.iter().map(|item| self.value(&item.value)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Map(_) => {
                let pair = |(key, value): &(_, _)| self.entry(key, value);
                let pairs: Vec<_> = entries(value).iter().map(pair).collect();
                format!("{{ {} }}", pairs.join(", "))
            }
        }
    }

    fn entry(
        self,
        key: &crate::text::yaml::Located<String>,
        value: &crate::text::yaml::Located<Value>,
    ) -> String {
        self.pair(&key.value, &self.value(&value.value))
    }

    fn scalar(self, scalar: &Scalar) -> String {
        let plain = scalar.plain
            && match self {
                Self::Yaml => is_plain(&scalar.text),
                Self::Json => is_json(&scalar.text),
            };
        if plain {
            scalar.text.clone()
        } else {
            quote(&scalar.text)
        }
    }
}

/// Whether a plain text says the same wherever it stands.
pub(crate) fn is_plain(text: &str) -> bool {
    is_simple(text) || text.strip_prefix('-').is_some_and(is_simple)
}

/// Letters, digits, and what stands between them.
fn is_simple(text: &str) -> bool {
    let inner =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.' | '+');
    text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(inner)
        && text != "null"
}

fn is_json(text: &str) -> bool {
    let value = serde_json::from_str::<serde_json::Value>(text);
    value.is_ok_and(|value| value.is_number() || value.is_boolean())
}

/// Text in double quotes, as YAML and JSON both read it.
pub(crate) fn quote(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ if is_hidden(letter) => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Whether nobody would see it, or a parser would take it for a line's end.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
}
