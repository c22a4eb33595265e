//! Bounds of one template, held before it is parsed: its parser, and what walks the tree that it makes,
//! call themselves for each sign of a tag and each `elif`. It counts brackets and blocks by itself.

use crate::message;

/// Bytes of one tag.
const LONGEST: usize = 8_000;
/// Cases that begin with `elif`.
const MOST_CASES: usize = 500;

/// The first line of a template at which it holds more than it may, and what that is.
pub(super) fn excess(text: &str) -> Option<(usize, String)> {
    let (mut at, mut cases) = (0, 0);
    while let Some(rest) = text.get(at..) {
        let mut braces = rest.match_indices('{');
        let tag = braces.find_map(|(begin, _)| {
            let inner = rest.get(begin + 2..)?;
            let end = match rest.as_bytes().get(begin + 1)? {
                b'{' => "}}",
                b'%' => "%}",
                b'#' => "#}",
                _ => return None,
            };
            Some((at + begin, inner, end))
        });
        let (begin, inner, end) = tag?;
        let length = length(inner, end);
        let words = inner.trim_start_matches(['-', '+']).trim_start();
        cases += usize::from(end == "%}" && words.starts_with("elif"));
        let why = if end != "#}" && length > LONGEST {
            message!("the-tag-is-too-long", most = LONGEST)
        } else if cases > MOST_CASES {
            message!("there-are-too-many-cases", most = MOST_CASES)
        } else {
            at = begin + 2 + length;
            continue;
        };
        let before = text.get(..begin).unwrap_or_default();
        return Some((before.matches('\n').count() + 1, why));
    }
    None
}

/// Bytes of a tag up to its end, which may stand in quotes where it is no comment.
fn length(inner: &str, end: &str) -> usize {
    let comment = end == "#}";
    let (mut quote, mut escaped) = (None, false);
    for (at, letter) in inner.char_indices() {
        let is_end = || inner.get(at..).is_some_and(|rest| rest.starts_with(end));
        match quote {
            None if is_end() => return at,
            None if !comment && matches!(letter, '"' | '\'') => quote = Some(letter),
            Some(open) if letter == open && !escaped => quote = None,
            _ => {}
        }
        escaped = letter == '\\' && !escaped;
    }
    inner.len()
}
