//! Meaning of scalars: of plain ones YAML's core schema, less what surprises people, and what tags say.
//!
//! Booleans are `true` and `false` and nothing else, nothing is `null`, `~` or no text, numbers
//! are decimal or `0x`/`0o`. A number that begins with a needless zero is text, as people write
//! so for codes and dates.

use crate::message;
use saphyr_parser::Tag;

/// The meaning of a plain scalar.
#[derive(Copy, Clone, Debug, PartialEq)]
pub(super) enum Resolved {
    Null,
    Bool(bool),
    Int(i128),
    /// Infinite if it says so or is too large.
    Float(f64),
    Text,
}

pub(super) fn resolve(text: &str) -> Resolved {
    match text {
        "" | "~" | "null" => Resolved::Null,
        "true" => Resolved::Bool(true),
        "false" => Resolved::Bool(false),
        _ => integer(text)
            .map(Resolved::Int)
            .or_else(|| float(text).map(Resolved::Float))
            .unwrap_or(Resolved::Text),
    }
}

/// A whole number, if the text is one and below 39 digits.
fn integer(text: &str) -> Option<i128> {
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            let signed = digits.starts_with(['+', '-']);
            return i128::from_str_radix(digits, radix).ok().filter(|_| !signed);
        }
    }
    let digits = unsigned(text);
    let canonical = digits == "0" || !digits.starts_with('0');
    canonical.then(|| text.parse().ok())?
}

/// `digits[.digits][e[sign]digits]` with digits before or after the point, or an infinity by name.
fn float(text: &str) -> Option<f64> {
    let bare = unsigned(text);
    match bare {
        ".inf" | ".Inf" | ".INF" if text.starts_with('-') => return Some(f64::NEG_INFINITY),
        ".inf" | ".Inf" | ".INF" => return Some(f64::INFINITY),
        ".nan" | ".NaN" | ".NAN" if bare == text => return Some(f64::NAN),
        _ => {}
    }
    // Rust takes a few words for numbers, and needless zeros; YAML's core schema does not.
    let decimal = bare
        .chars()
        .all(|it| it.is_ascii_digit() || ".eE+-".contains(it));
    let after_zero = bare.strip_prefix('0').unwrap_or_default();
    let needless = after_zero.starts_with(|it: char| it.is_ascii_digit());
    (decimal && !needless).then(|| text.parse().ok())?
}

fn unsigned(text: &str) -> &str {
    text.strip_prefix(['+', '-']).unwrap_or(text)
}

/// The effect of a tag on a scalar: plain (`Some(true)`), text (`Some(false)`) or none; or what is
/// wrong with it.
pub(super) type Tagged = Result<Option<bool>, String>;

/// The effect of a tag on a scalar; tags that do not fit are refused.
pub(super) fn tagged(tag: &Tag, text: &str) -> Tagged {
    let Some(name) = core_name(tag) else {
        return if is_text(tag) {
            Ok(Some(false))
        } else {
            Err(unknown(tag))
        };
    };
    let resolved = resolve(text);
    let fits = match name {
        "str" => return Ok(Some(false)),
        "null" => resolved == Resolved::Null,
        "bool" => matches!(resolved, Resolved::Bool(_)),
        "int" => matches!(resolved, Resolved::Int(_)),
        "float" => matches!(resolved, Resolved::Int(_) | Resolved::Float(_)),
        _ => return Err(unknown(tag)),
    };
    fits.then_some(Some(true))
        .ok_or_else(|| message!("is-not-what-the-tag-says", text, name))
}

/// The effect of a tag on a collection, `seq` or `map`.
pub(super) fn tagged_collection(tag: &Tag, name: &str) -> Tagged {
    if core_name(tag) == Some(name) || is_text(tag) {
        Ok(None)
    } else {
        Err(unknown(tag))
    }
}

fn core_name(tag: &Tag) -> Option<&str> {
    if tag.is_yaml_core_schema() {
        Some(&tag.suffix)
    } else {
        let full = tag.handle.is_empty().then_some(&tag.suffix)?;
        full.strip_prefix("tag:yaml.org,2002:")
    }
}

/// The tag `!` alone: text if a scalar, nothing special if a list or a map.
fn is_text(tag: &Tag) -> bool {
    (tag.handle == "!" && tag.suffix.is_empty()) || (tag.handle.is_empty() && tag.suffix == "!")
}

fn unknown(tag: &Tag) -> String {
    if tag.is_yaml_core_schema() {
        message!("the-tag-does-not-fit-here", suffix = tag.suffix)
    } else {
        let handle = tag.handle.trim_end_matches('!');
        message!("the-tag-is-not-supported", handle, suffix = tag.suffix)
    }
}
