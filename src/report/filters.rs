//! Filters that make text typed by a client safe in HTML and in Markdown.

pub(super) mod words;

use crate::text::is_unprintable;
use minijinja::value::Value;
use minijinja::{AutoEscape, HtmlEscape};
use std::borrow::Cow;

/// A value as it is printed where a template escapes so; `md` is the only escape of our own.
pub(super) fn escaped<'v>(value: &'v Value, escape: &AutoEscape) -> Cow<'v, str> {
    match (value.as_str(), escape) {
        (Some(text), AutoEscape::None) => Cow::Borrowed(text),
        (Some(text), _) if value.is_safe() => Cow::Borrowed(text),
        (Some(text), AutoEscape::Html) => Cow::Owned(html(text)),
        (Some(text), AutoEscape::Custom(name)) if name == "xml" => Cow::Owned(xml(text)),
        (Some(text), _) => Cow::Owned(md(text)),
        (None, AutoEscape::None) => Cow::Owned(value.to_string()),
        (None, _) if value.is_number() => Cow::Owned(value.to_string()),
        (None, AutoEscape::Html) => Cow::Owned(html(&value.to_string())),
        (None, _) => Cow::Owned(md(&value.to_string())),
    }
}

/// Escapes text for HTML; letters that cannot be printed become spaces.
fn html(text: &str) -> String {
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
