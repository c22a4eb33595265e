//! Filters that word figures, days and lists for readers.

use crate::report::chart::badge::breadth;
use crate::report::chart::plot::plot;
use crate::report::markdown::{html, tamed};
use crate::text::number::rounded;
use crate::text::number::{short as number, uncapital};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use jiff::civil::Date;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind};
use sha2::{Digest as _, Sha256};

/// The longest name of a bookmark that Word takes.
const LONGEST_BOOKMARK: usize = 40;

/// Adds the filters.
pub(in crate::report) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("date", date);
    environment.add_filter("percent", |value: f64| {
        format!("{} %", rounded(value * 100.0, 0))
    });
    environment.add_filter("index", |value: f64| rounded(value, 0));
    environment.add_filter("between", between);
    environment.add_filter("money", |value: f64| {
        crate::assess::assessment::money(value)
    });
    environment.add_filter("count", counted);
    environment.add_filter("capital", capital);
    environment.add_filter("uncapital", |text: &str| uncapital(text));
    environment.add_filter("short", |label: &str| short(label).to_owned());
    environment.add_filter("plot", |figures: &Value| plot(figures));
    environment.add_filter("signed", signed);
    environment.add_filter("commonmark", |text: Option<&str>| {
        Value::from_safe_string(tamed(text.unwrap_or_default()))
    });
    environment.add_filter("markdown", |text: Option<&str>| {
        Value::from_safe_string(html(text.unwrap_or_default()))
    });
    environment.add_filter("inline", inline);
    environment.add_filter("tenth", |value: f64| rounded(value, 1));
    environment.add_filter("number", number);
    environment.add_filter("breadth", breadth);
    environment.add_filter("bookmark", bookmark);
    environment.add_filter("css", css);
    environment.add_filter("lighter", lighter);
    environment.add_filter("sha256", sha256);
}

/// The digest of a script in base64, as the security policy of a page names it.
fn sha256(text: &str) -> String {
    BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()))
}

/// CommonMark of a pack in one line, for a cell of a table or an item of a list.
fn inline(text: &str) -> Value {
    let lines = tamed(text);
    let words: Vec<&str> = lines.split_whitespace().collect();
    Value::from_safe_string(words.join(" ").replace('|', "\\|"))
}

/// A text as a string of CSS: everything but letters and digits as escapes, so that it can end neither
/// the string nor the style sheet.
fn css(text: &str) -> String {
    let escaped = |one: char| {
        if one.is_ascii_alphanumeric() {
            one.to_string()
        } else {
            format!("\\{:06x}", u32::from(one))
        }
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
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

/// A colour, `RRGGBB`, half way to white.
fn lighter(colour: &str) -> String {
    let rgb = u32::from_str_radix(colour, 16).unwrap_or_default() & 0x00ff_ffff;
    format!("{:06X}", (rgb >> 1 & 0x007f_7f7f) + 0x0080_8080)
}

/// `2026-10-31` as `31 October 2026`; what is no day stays as it is.
fn date(text: &str) -> String {
    let day = text.parse::<Date>();
    day.map_or_else(
        |_| text.to_owned(),
        |day| day.strftime("%-d %B %Y").to_string(),
    )
}

/// `1 question`, `3 questions`.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// The name that a label begins with: `Light form` of `Light form: people working across units`.
fn short(label: &str) -> &str {
    label.split_once(": ").map_or(label, |(name, _)| name)
}

/// `52 to 57`, or one figure where both are the same.
fn between(low: &str, high: &str) -> String {
    if low == high {
        return low.to_owned();
    }
    format!("{low} to {high}")
}

/// Points with their sign and so many digits; by default whole, and with one digit below 1.
fn signed(value: f64, digits: Option<u8>) -> Result<Value, Error> {
    if !value.is_finite() {
        return Err(Error::new(ErrorKind::InvalidOperation, "not a number"));
    }
    let sign = if value < 0.0 { "−" } else { "+" };
    let digits = digits.unwrap_or_else(|| u8::from(value.abs() < 1.0));
    Ok(Value::from(format!(
        "{sign}{}",
        rounded(value.abs(), digits)
    )))
}

/// A text with its first letter in capitals.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        format!("{}{}", first.to_uppercase(), chars.as_str())
    })
}
