//! Bytes to text: of bounded size, UTF-8, without a byte order mark; and what keeps a text from being
//! JSON.

use super::budget::Budget;
use crate::message;
use crate::text::diagnostic::{Code, Diagnostic, Place, SourceId, Sources};
use serde::de::IgnoredAny;
use serde_json::error::Category;

/// The text of a file, within the default budget.
///
/// # Errors
/// A file that is too large or not UTF-8; the problem has no place, as there is no text yet, and
/// so names the file and the line.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    const MOST: usize = Budget::DEFAULT.file;
    if bytes.len() > MOST {
        let message = message!("is-longer-than-bytes-the-most-that-is-read", name, MOST);
        let problem = Diagnostic::error(Code::FileTooLarge, message);
        return Err(problem.help(message!("split-the-file-into-several")));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..good).unwrap_or_default();
        let line = before.split(|it| *it == b'\n').count();
        let message = message!("is-not-utf-bad-byte-in-line", name, good, line);
        Diagnostic::error(Code::NotUtf8, message).help(message!("save-the-file-as-utf"))
    })?;
    if text.starts_with('\u{FEFF}') {
        text.remove(0);
    }
    Ok(text)
}

/// The problem of a source that should be JSON; `None` where it is.
///
/// JSON is read as the YAML it also is; where it is broken, only this check knows what was meant.
#[must_use]
pub fn json_problem(sources: &Sources, source: SourceId) -> Option<Diagnostic> {
    let text = sources.text(source);
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    let lines = text.split_inclusive('\n');
    let before: usize = lines
        .take(error.line().saturating_sub(1))
        .map(|line| line.chars().count())
        .sum();
    // Columns are counted in bytes, from 1.
    let line = text.lines().nth(error.line().saturating_sub(1));
    let column = line.and_then(|line| line.get(..error.column().saturating_sub(1)));
    let column = column.map_or(0, |part| part.chars().count());
    let start = u32::try_from(before + column).unwrap_or(u32::MAX);
    let place = Place {
        source,
        start,
        end: start.saturating_add(1),
    };
    let (message, help) = match error.classify() {
        Category::Eof => (
            message!("this-json-ends-before-it-is-complete").to_owned(),
            message!("the-file-was-cut-off-make"),
        ),
        Category::Syntax | Category::Data | Category::Io => {
            let words = error.to_string();
            let words = words.split(" at line ").next().unwrap_or_default();
            (
                message!("this-is-not-json", words),
                message!("json-has-after-each-key"),
            )
        }
    };
    Some(
        Diagnostic::error(Code::JsonSyntax, message)
            .at(place)
            .help(help),
    )
}
