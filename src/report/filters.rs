//! What a client typed, made safe to stand in HTML and in Markdown.

use minijinja::HtmlEscape;
use std::borrow::Cow;

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

/// Escapes text so that it can become neither Markdown nor HTML, wherever it stands: in a heading,
/// a list item, a table cell, after a marker or at the start of a line.
///
/// Line breaks and control characters become spaces. A link that a reader might make out of bare
/// text (`https://`, `www.`) is broken by an escape that shows as nothing.
pub(super) fn md(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
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
    Cow::Owned(out)
}

/// Whether [`md`] would leave the text as it is: letters, figures and the commonest signs, with
/// nothing at its start that counts there. Most texts are, and need no copy.
///
/// As in [`html`], all bytes are looked at.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let starts = bytes.first().is_none_or(u8::is_ascii_alphabetic);
    let ends = bytes.last().is_none_or(|last| !last.is_ascii_whitespace());
    let calm = bytes.iter().fold(true, |calm, byte| calm & is_calm(*byte));
    let dotted = bytes
        .iter()
        .zip(bytes.iter().skip(1))
        .fold(false, |dotted, two| {
            dotted | matches!(two, (b'w' | b'W', b'.'))
        });
    starts && ends && calm && !dotted
}

fn is_calm(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        | matches!(byte, b' ' | b'"' | b'%' | b'\''..=b')' | b'+'..=b'/' | b';' | b'=' | b'?')
}

/// Writes what only counts at the start of a line, a list marker or the underline of a heading,
/// and gives the rest.
fn start<'t>(text: &'t str, out: &mut String) -> &'t str {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    out.push_str(number);
    let marker = |text: &str| {
        let mut chars = text.chars();
        let first = chars.next();
        let ends = chars.next().is_none_or(char::is_whitespace);
        match first {
            Some('.' | ')') => digits > 0 && ends,
            Some('-' | '+' | '=') => digits == 0,
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
    use super::{html, is_plain, md};

    #[test]
    fn what_would_be_markup_is_escaped() {
        let cases = [
            ("plain text, 2.5 of 4: fine", "plain text, 2.5 of 4: fine"),
            ("- item", "\\- item"),
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
