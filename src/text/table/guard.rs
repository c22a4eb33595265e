//! Texts of cells that no spreadsheet takes for a formula.

use crate::text::printable_lines;
use std::borrow::Cow;

/// Signs a spreadsheet takes for the beginning of a formula.
const SIGNS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Appends a text in quotes where it needs them, kept from being taken for a formula.
pub(crate) fn push_csv(text: &str, out: &mut String) {
    let text = printable_lines(text);
    let text = guarded(&text);
    if text.contains(['"', ',', ';', '\n', '\r', '\t']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(&text);
    }
}

/// A text as its author wrote it, without the sign that kept it from being taken for a formula.
pub(crate) fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => text,
    }
}

/// A text that no spreadsheet takes for a formula. One that looks guarded already gets one sign more,
/// so that it is another than the text without.
fn guarded(text: &str) -> Cow<'_, str> {
    if is_formula(text) {
        format!("'{text}").into()
    } else {
        text.into()
    }
}

/// True for a text that begins as a formula does, behind any signs that keep it from being one and
/// blanks that a spreadsheet may pass over.
fn is_formula(text: &str) -> bool {
    let begun = text.trim_start_matches('\'');
    begun.starts_with(SIGNS) || begun.trim_start().starts_with(SIGNS)
}
