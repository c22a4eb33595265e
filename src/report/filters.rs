//! Filters that make text typed by a client safe in HTML and in Markdown.

pub(super) mod words;

use minijinja::value::Value;
use minijinja::{AutoEscape, HtmlEscape};
use std::borrow::Cow;

/// A value as it is printed where a template escapes so; `md` is the only escape of our own.
pub(super) fn escaped<'v>(value: &'v Value, escape: &AutoEscape) -> Cow<'v, str> {
    match (value.as_str(), escape) {
        (Some(text), AutoEscape::None) => Cow::Borrowed(text),
        (Some(text), _) if value.is_safe() => Cow::Borrowed(text),
        (Some(text), AutoEscape::Html) => html(text),
        (Some(text), AutoEscape::Custom(name)) if name == "xml" => xml(text),
        (Some(text), _) => md(text),
        (None, AutoEscape::None) => Cow::Owned(value.to_string()),
        (None, _) if value.is_number() => Cow::Owned(value.to_string()),
        (None, AutoEscape::Html) => Cow::Owned(html(&value.to_string()).into_owned()),
        (None, _) => Cow::Owned(md(&value.to_string()).into_owned()),
    }
}

/// Escapes text for HTML; most texts need it nowhere, and are not copied.
pub(super) fn html(text: &str) -> Cow<'_, str> {
    let special = |byte| matches!(byte, b'<' | b'>' | b'&' | b'"' | b'\'' | b'/');
    // All bytes are looked at, with no early end, because then many are looked at at once.
    if text
        .bytes()
        .fold(false, |found, byte| found | special(byte))
    {
        Cow::Owned(HtmlEscape(text).to_string())
    } else {
        Cow::Borrowed(text)
    }
}

/// Escapes text for XML, which holds no control characters: they become spaces.
fn xml(text: &str) -> Cow<'_, str> {
    let special = |one: char| {
        matches!(one, '<' | '>' | '&' | '"' | '\u{fffe}' | '\u{ffff}') || one.is_control()
    };
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for one in text.chars() {
        match one {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            one if special(one) => out.push(' '),
            one => out.push(one),
        }
    }
    Cow::Owned(out)
}

/// Escapes text so that it can become neither Markdown nor HTML, wherever it stands: in a heading,
/// a list item, a table cell, after a marker or at the start of a line.
///
/// Line breaks and control characters become spaces. A link that a reader might make out of bare
/// text (`https://`, `www.`) is broken by an escape that shows as nothing.
pub(super) fn md(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(rewritten(text))
    }
}

fn rewritten(text: &str) -> String {
    let text = text.trim_matches(|one: char| one.is_whitespace() || one.is_control());
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

/// True if [`md`] would leave the text as it is: letters, figures and the commonest signs, with
/// nothing at its start that counts there. Most texts are, and need no copy; some that are seem not
/// to be, and are copied.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends = bytes.last().is_none_or(u8::is_ascii_graphic);
    let mut before = 0;
    // Most texts are short: a table byte by byte is faster than many bytes at once with their rest.
    let odd = bytes.iter().fold(0, |odd, byte| {
        let class = CLASSES.get(usize::from(*byte)).copied().unwrap_or(ODD);
        let found = (class >> 8) & (before | ODD >> 8);
        before = class & 0xFF;
        odd | found
    });
    odd == 0 && ends && starts_plainly(text)
}

/// A byte that [`md`] may change wherever it stands.
const ODD: u16 = 1 << 15;

/// For each byte, in the upper half, whether it is [`ODD`], and after which bytes it is; in the
/// lower half, which of those it is: a link may begin with `w.` or `:/`, a control character or a
/// separator of lines beyond ASCII with the others.
static CLASSES: [u16; 256] = classes();

const fn classes() -> [u16; 256] {
    let mut classes = [0; 256];
    let mut byte = 0_u8;
    loop {
        let first = match byte {
            b'w' | b'W' => 1,
            b':' => 2,
            0xC2 => 4,
            0x80 => 8,
            _ => 0,
        };
        let second = match byte {
            b'.' => 1,
            b'/' => 2,
            0xA8 | 0xA9 => 8,
            0x80..=0x9F => 4,
            _ => 0,
        };
        let odd = if is_calm(byte) { 0 } else { ODD };
        #[expect(clippy::indexing_slicing, reason = "a byte lies within 256 places")]
        {
            classes[byte as usize] = first | second << 8 | odd;
        }
        if byte == u8::MAX {
            return classes;
        }
        byte += 1;
    }
}

const fn is_calm(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b' ' | b'"' | b'%' | b'=' | b'?'
        | b'\''..=b')' | b'+'..=b'/' | b':' | b';' | 0x80..)
}

/// True if a text begins with a letter, a sign beyond ASCII that is no space, or a number that
/// does not begin a list item.
fn starts_plainly(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    match bytes.get(digits) {
        None => true,
        Some(b'.' | b')' | b'-' | b'+') => {
            bytes.get(digits + 1).is_some_and(u8::is_ascii_alphanumeric)
        }
        Some(next) if next.is_ascii() => digits > 0 || next.is_ascii_alphabetic(),
        Some(_) => {
            let first = text.chars().next();
            first.is_some_and(|first| !first.is_whitespace() && !first.is_control())
        }
    }
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
        _ => one.is_control(),
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
    use super::{html, is_plain, md, rewritten};

    #[test]
    fn what_seems_plain_is() {
        let signs = [
            "a", "w", "W", ".", ":", "/", "1", ")", "-", "+", "=", " ", "#", "|", "\u{85}",
            "\u{a0}", "é", "’", "\u{2028}", "\u{3000}", "\t", "@", "[", "{", "<", "\"",
        ];
        let mut plain = 0;
        for first in signs {
            for second in signs {
                for third in signs {
                    for last in ["", "1", "www.", "://", " x"] {
                        let text = [first, second, third, last].concat();
                        plain += usize::from(is_plain(&text));
                        assert!(!is_plain(&text) || rewritten(&text) == text, "{text:?}");
                    }
                }
            }
        }
        assert!(plain > 1000, "{plain}");
    }

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
            ("a\u{7}b\u{2028}c", "a b c"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(md(text), expected);
            assert!(!is_plain(text) || text == expected, "{text}");
        }
        assert_eq!(html("a: b = c"), "a: b = c");
        assert_eq!(
            html("<a b='\"/&'>"),
            "&lt;a b=&#x27;&quot;&#x2f;&amp;&#x27;&gt;"
        );
    }
}
