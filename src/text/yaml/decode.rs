//! Bytes to text: of bounded size, UTF-8, without a byte order mark.

use super::budget::Budget;
use crate::text::diagnostic::{Code, Diagnostic};

/// The text of a file, within the default budget.
///
/// # Errors
/// A file that is too large or not UTF-8; the problem has no place, as there is no text yet, and
/// so names the file and the line.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    decode_with(&Budget::DEFAULT, name, bytes)
}

/// The text of a file, within a budget.
///
/// # Errors
/// As [`decode`].
pub fn decode_with(budget: &Budget, name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    if bytes.len() > budget.file {
        let message = format!(
            "`{name}` is longer than {} bytes, the most that is read",
            budget.file
        );
        return Err(
            Diagnostic::error(Code::FileTooLarge, message).help("split the file into several")
        );
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..good).unwrap_or_default();
        let line = before.split(|it| *it == b'\n').count();
        let message = format!("`{name}` is not UTF-8: bad byte {good}, in line {line}");
        Diagnostic::error(Code::NotUtf8, message).help("save the file as UTF-8")
    })?;
    if text.starts_with('\u{FEFF}') {
        text.remove(0);
    }
    Ok(text)
}
