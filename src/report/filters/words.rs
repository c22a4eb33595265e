//! Filters that word figures, days and lists for readers.

use crate::report::brand::base64;
use crate::report::markdown::Markup;
use crate::report::view::{counted, date as day, percent as share, short as name};
use crate::text::number::rounded;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind};
use sha2::{Digest as _, Sha256};

/// The longest name of a bookmark that Word takes.
const LONGEST_BOOKMARK: usize = 40;

/// Adds the filters.
pub(in crate::report) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("date", date);
    environment.add_filter("percent", |value: f64| share(value));
    environment.add_filter("index", |value: f64| rounded(value, 0));
    environment.add_filter("between", between);
    environment.add_filter("money", |value: f64| {
        crate::assess::assessment::money(value)
    });
    environment.add_filter("count", counted);
    environment.add_filter("capital", |text: &str| {
        turn_first(text, |one| one.to_uppercase().collect())
    });
    environment.add_filter("uncapital", uncapital);
    environment.add_filter("short", |label: &str| name(label).to_owned());
    environment.add_filter("signed", signed);
    environment.add_filter("plain", plain);
    environment.add_filter("bookmark", bookmark);
    environment.add_filter("sha256", sha256);
    environment.add_filter("prose", prose);
}

/// The digest of a script in base64, as the security policy of a page names it.
fn sha256(text: &str) -> String {
    base64(&Sha256::digest(text.as_bytes()))
}

/// A text of a pack, CommonMark, as Markdown that holds neither HTML nor headings.
fn prose(text: Option<&str>) -> Value {
    Value::from_safe_string(Markup::new(text.unwrap_or_default()).md)
}

/// A text that XML can hold: control characters become spaces.
fn plain(text: &str) -> String {
    text.replace(
        |one: char| one.is_control() || matches!(one, '\u{fffe}' | '\u{ffff}'),
        " ",
    )
}

/// An id as a bookmark of Word: letters, digits and `_`, at most 40 of them.
fn bookmark(id: &str) -> String {
    let clean = |one: char| {
        if one.is_ascii_alphanumeric() {
            one
        } else {
            '_'
        }
    };
    let name: String = format!("b_{id}").chars().map(clean).collect();
    if name.len() <= LONGEST_BOOKMARK {
        return name;
    }
    let digest = Sha256::digest(id.as_bytes());
    let tail = digest
        .iter()
        .take(4)
        .fold(0_u32, |tail, byte| tail << 8 | u32::from(*byte));
    format!("{}_{tail:08x}", name.get(..31).unwrap_or_default())
}

/// `2026-10-31` as `31 October 2026`; what is no day stays as it is.
fn date(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), day)
}

/// `52 to 57`, or one figure where both are the same.
fn between(low: &str, high: &str) -> String {
    if low == high {
        return low.to_owned();
    }
    format!("{low} to {high}")
}

/// Points with one digit and their sign.
fn signed(value: f64) -> Result<Value, Error> {
    if !value.is_finite() {
        return Err(Error::new(ErrorKind::InvalidOperation, "not a number"));
    }
    let sign = if value < 0.0 { "−" } else { "+" };
    Ok(Value::from(format!("{sign}{}", rounded(value.abs(), 1))))
}

/// A text that goes on a sentence: its first letter small, unless more of its first word is in
/// capitals.
fn uncapital(text: &str) -> String {
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    if word.chars().skip(1).any(char::is_uppercase) {
        return text.to_owned();
    }
    turn_first(text, |one| one.to_lowercase().collect())
}

fn turn_first(text: &str, turn: impl Fn(char) -> String) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| turn(first) + chars.as_str())
}
