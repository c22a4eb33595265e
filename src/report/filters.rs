//! Filters that make text typed by a client safe in HTML and in Markdown.

use crate::message;
use crate::report::chart::{breadth, plot};
use crate::report::markdown::{html, tamed};
use crate::text::is_unprintable;
use crate::text::number::{rounded, short as number, uncapital};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use jiff::civil::Date;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, HtmlEscape};
use sha2::{Digest as _, Sha256};
use std::borrow::Cow;

/// A value as it is printed where a template escapes so; `md` is the only escape of our own.
pub(super) fn escaped<'v>(value: &'v Value, escape: &AutoEscape) -> Result<Cow<'v, str>, Error> {
    Ok(match (value.as_str(), escape) {
        (Some(text), AutoEscape::None) => Cow::Borrowed(text),
        (Some(text), _) if value.is_safe() => Cow::Borrowed(text),
        (Some(text), AutoEscape::Html) => Cow::Owned(plain_html(text)),
        (Some(text), AutoEscape::Custom(name)) if name == "xml" => Cow::Owned(xml(text)),
        (Some(text), _) => Cow::Owned(md(text)),
        (None, AutoEscape::None) => Cow::Owned(printed(value)?),
        (None, _) if value.is_number() => Cow::Owned(value.to_string()),
        (None, AutoEscape::Html) => Cow::Owned(plain_html(&printed(value)?)),
        (None, _) => Cow::Owned(md(&printed(value)?)),
    })
}

/// A value as text. A list or map is none: no report says one, and one that repeats its entries takes no
/// memory until then.
fn printed(value: &Value) -> Result<String, Error> {
    if matches!(
        value.kind(),
        ValueKind::Seq | ValueKind::Iterable | ValueKind::Map
    ) {
        let detail = message!("a-list-or-map-cannot-be-printed");
        return Err(Error::new(ErrorKind::InvalidOperation, detail));
    }
    Ok(value.to_string())
}

/// Escapes text for HTML; letters that cannot be printed become spaces.
fn plain_html(text: &str) -> String {
    HtmlEscape(&text.replace(is_unprintable, " ")).to_string()
}

/// Escapes text for XML; letters that cannot be printed become spaces.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for one in text.chars() {
        match one {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push(' '),
            one if is_unprintable(one) => out.push(' '),
            one => out.push(one),
        }
    }
    out
}

/// Escapes text so that it can become neither Markdown nor HTML, wherever it stands: in a heading,
/// a list item, a table cell, after a marker or at the start of a line.
///
/// Line breaks and letters that cannot be printed become spaces. A link that a reader might make out of bare
/// text (`https://`, `www.`) is broken by an escape that shows as nothing.
pub(super) fn md(text: &str) -> String {
    let text = text.trim_matches(|one: char| one.is_whitespace() || is_unprintable(one));
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = start(text, &mut out);
    while let Some(found) = rest.find(special) {
        let (plain, tail) = rest.split_at(found);
        out.push_str(plain);
        let mut chars = tail.chars();
        let Some(one) = chars.next() else { break };
        rest = chars.as_str();
        escape(one, rest, &mut out);
    }
    out.push_str(rest);
    out
}

/// Writes what only counts at the start of a line, a list marker or the underline of a heading,
/// and gives the rest.
fn start<'t>(text: &'t str, out: &mut String) -> &'t str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    out.push_str(number);
    let marker = |text: &str| {
        let mut chars = text.chars();
        let (first, next) = (chars.next(), chars.next());
        match first {
            Some('.' | ')') => digits > 0 && next.is_none_or(char::is_whitespace),
            Some('-' | '+') => digits == 0 && !next.is_some_and(char::is_alphanumeric),
            Some('=') => digits == 0,
            _ => false,
        }
    };
    if marker(rest) {
        out.push('\\');
        let (one, rest) = rest.split_at(1);
        out.push_str(one);
        return rest;
    }
    rest
}

fn special(one: char) -> bool {
    match one {
        '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '<' | '>' | '&' | ':'
        | '.' | '$' | '\u{2028}' | '\u{2029}' => true,
        _ => is_unprintable(one),
    }
}

fn escape(one: char, rest: &str, out: &mut String) {
    match one {
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '&' => out.push_str("&amp;"),
        ':' if !rest.starts_with("//") => out.push(':'),
        '.' if !begins_a_link(out) => out.push('.'),
        one if one.is_ascii_punctuation() => out.extend(['\\', one]),
        _ => out.push(' '),
    }
}

fn begins_a_link(written: &str) -> bool {
    let last = written.as_bytes().last_chunk::<3>();
    last.is_some_and(|last| last.eq_ignore_ascii_case(b"www"))
}

/// The longest name of a bookmark that Word takes.
const LONGEST_BOOKMARK: usize = 40;

/// Adds the filters.
pub(in crate::report) fn add(environment: &mut Environment<'static>) {
    environment.add_filter("date", date);
    environment.add_filter("percent", |value: f64| {
        format!("{} %", rounded(value * 100.0, 0))
    });
    environment.add_filter("index", |value: f64| rounded(value, 0));
    // The fifth of 0 to 100 in which a figure lies, 0 to 4; none for what is no figure.
    environment.add_filter("fifth", |text: &str| {
        let figure: Option<f64> = text.parse().ok();
        figure.map(|figure| (figure / 20.0).floor().min(4.0))
    });
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

#[cfg(test)]
mod tests {
    use super::md;

    #[test]
    fn what_would_be_markup_is_escaped() {
        let cases = [
            ("plain text, 2.5 of 4: fine", "plain text, 2.5 of 4: fine"),
            ("- item", "\\- item"),
            ("-", "\\-"),
            ("--", "\\--"),
            ("-4 of +5", "-4 of +5"),
            ("+4.0", "+4.0"),
            ("+ four", "\\+ four"),
            ("1. item", "1\\. item"),
            ("12) item", "12\\) item"),
            ("1.0.0", "1.0.0"),
            ("3.", "3\\."),
            ("=====", "\\====="),
            ("\n\n    # head\nnext", "\\# head next"),
            ("a | b", "a \\| b"),
            (
                "<script>alert(1)</script>",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
            ),
            (
                "[x](javascript:y) ![z](q)",
                "\\[x\\](javascript:y) \\!\\[z\\](q)",
            ),
            ("https://a.b www.c.d", "https\\://a.b www\\.c.d"),
            ("`*_~ &amp; \\", "\\`\\*\\_\\~ &amp;amp; \\\\"),
            ("a\u{7}b\u{2028}c\u{202e}d", "a b c d"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(md(text), expected);
        }
    }
}
