//! The tags of YAML's core schema: honoured where they fit, all others refused.

use saphyr_parser::Tag;

use super::scalar::{self, Resolved};

/// Whether a scalar is now plain (`Some(true)`), text (`Some(false)`) or as it was; or what is
/// wrong with the tag.
pub(super) type Tagged = Result<Option<bool>, String>;

pub(super) fn of_scalar(tag: &Tag, text: &str) -> Tagged {
    let Some(name) = core_name(tag) else {
        return if is_text(tag) {
            Ok(Some(false))
        } else {
            Err(unknown(tag))
        };
    };
    let resolved = scalar::resolve(text);
    let fits = match name {
        "str" => return Ok(Some(false)),
        "null" => resolved == Resolved::Null,
        "bool" => matches!(resolved, Resolved::Bool(_)),
        "int" => matches!(resolved, Resolved::Int(_)),
        "float" => matches!(resolved, Resolved::Int(_) | Resolved::Float(_)),
        _ => return Err(unknown(tag)),
    };
    fits.then_some(Some(true))
        .ok_or_else(|| format!("`{text}` is not what the tag `!!{name}` says"))
}

/// `name` is `seq` or `map`.
pub(super) fn of_collection(tag: &Tag, name: &str) -> Tagged {
    if core_name(tag) == Some(name) || is_text(tag) {
        Ok(None)
    } else {
        Err(unknown(tag))
    }
}

fn core_name(tag: &Tag) -> Option<&str> {
    if tag.is_yaml_core_schema() {
        Some(&tag.suffix)
    } else {
        let full = tag.handle.is_empty().then_some(&tag.suffix)?;
        full.strip_prefix("tag:yaml.org,2002:")
    }
}

/// The tag `!` alone: text if a scalar, nothing special if a list or a map.
fn is_text(tag: &Tag) -> bool {
    (tag.handle == "!" && tag.suffix.is_empty()) || (tag.handle.is_empty() && tag.suffix == "!")
}

fn unknown(tag: &Tag) -> String {
    if tag.is_yaml_core_schema() {
        format!("the tag `!!{}` does not fit here", tag.suffix)
    } else {
        let handle = tag.handle.trim_end_matches('!');
        format!("the tag `{handle}!{}` is not supported", tag.suffix)
    }
}
