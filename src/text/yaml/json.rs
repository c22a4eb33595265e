//! What is wrong with a text that should be JSON.
//!
//! JSON is read as the YAML it also is; where it is broken, only this stage knows what was meant.

use crate::text::diagnostic::{Code, Diagnostic, Place, SourceId, Sources};
use serde::de::IgnoredAny;
use serde_json::error::Category;

/// Why a source is not JSON, and where; `None` where it is.
#[must_use]
pub fn json_fault(sources: &Sources, source: SourceId) -> Option<Diagnostic> {
    let text = sources.text(source);
    let fault = serde_json::from_str::<IgnoredAny>(text).err()?;
    let lines = text.split_inclusive('\n');
    let before: usize = lines
        .take(fault.line().saturating_sub(1))
        .map(|line| line.chars().count())
        .sum();
    // Columns are counted in bytes, from 1.
    let line = text.lines().nth(fault.line().saturating_sub(1));
    let column = line.and_then(|line| line.get(..fault.column().saturating_sub(1)));
    let column = column.map_or(0, |part| part.chars().count());
    let start = u32::try_from(before + column).unwrap_or(u32::MAX);
    let place = Place {
        source,
        start,
        end: start.saturating_add(1),
    };
    let (message, help) = match fault.classify() {
        Category::Eof => (
            "this JSON ends before it is complete".to_owned(),
            "the file was cut off: make or copy it again",
        ),
        Category::Syntax | Category::Data | Category::Io => {
            let words = fault.to_string();
            let words = words.split(" at line ").next().unwrap_or_default();
            (
                format!("this is not JSON: {words}"),
                "JSON has `:` after each key, `,` between entries, and its texts in double quotes",
            )
        }
    };
    Some(
        Diagnostic::error(Code::JsonSyntax, message)
            .at(place)
            .help(help),
    )
}
