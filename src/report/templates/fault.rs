//! Errors of templates, in a sentence: where, why, and for a name that is not there the names there are.

use super::{FUEL, Templates};
use crate::message;
use crate::text::Error;
use crate::text::diagnostic::{nearest, quoted};
use minijinja::ErrorKind;
use minijinja::value::{Value, ValueKind};
use std::error::Error as _;

/// The most names that a sentence lists.
const MOST_NAMES: usize = 20;
/// The most letters that a sentence repeats of what a template says.
const MOST_LETTERS: usize = 200;

impl Templates {
    /// One sentence about an error in a template that was given `view`: the innermost template, its
    /// line and the reason.
    pub(super) fn explained(&self, error: &minijinja::Error, view: &Value) -> Error {
        let sources = std::iter::successors(Some(error), |&one| one.source()?.downcast_ref());
        let innermost = sources.last().unwrap_or(error);
        let place = [innermost, error].into_iter().find_map(|one| {
            let name = bounded(one.name()?);
            Some(match one.line() {
                Some(line) => message!("template-in-line", name, line),
                None => message!("template", name),
            })
        });
        let place = place.unwrap_or_else(|| message!("a-template").to_owned());
        let why = match (innermost.kind(), innermost.detail()) {
            (ErrorKind::OutOfFuel, _) => message!("takes-more-steps-does-it-loop", most = FUEL),
            (kind, Some(detail)) => match self.missing(detail, view) {
                Some(missing) => missing,
                None => format!("{kind}: {}", bounded(detail)),
            },
            (kind, None) => kind.to_string(),
        };
        Error::template(format!("{place}: {why}"))
    }

    /// The sentence about a name that is not there, as ``` `a.b` is undefined ```.
    fn missing(&self, detail: &str, view: &Value) -> Option<String> {
        let (before, _) = detail.split_once("` is undefined")?;
        let (_, path) = before.rsplit_once('`')?;
        let end = path.rfind(['.', '[']).unwrap_or(0);
        let (parent, name) = path.split_at_checked(end)?;
        let name = name.trim_matches(['.', '[', ']', '"']);
        let there = if parent.is_empty() {
            let globals = self.environment.globals().map(|(name, _)| name.to_owned());
            globals.chain(keys(view)).collect()
        } else {
            let value = self.environment.compile_expression_owned(parent.to_owned());
            let value = value.and_then(|parent| parent.eval(view.clone()));
            value.map_or_else(|_| Vec::new(), |value| keys(&value).collect())
        };
        let mut there: Vec<String> = there.iter().map(|one| bounded(one)).collect();
        there.sort_unstable();
        there.dedup();
        let near = nearest(name, there.iter().map(String::as_str));
        let near = near.map_or_else(String::new, |near| message!("did-you-mean-2", near));
        let more = there.len().saturating_sub(MOST_NAMES);
        let names = quoted(there.iter().take(MOST_NAMES).map(String::as_str));
        let said = message!("a-name-is-not-there", path = bounded(path), near);
        Some(match (there.len(), parent, more) {
            (0, ..) => said,
            (_, "", _) => message!("there-are-names", said, names, more),
            _ => message!("it-has-names", said, parent = bounded(parent), names, more),
        })
    }
}

/// The names of the entries of a map.
fn keys(value: &Value) -> impl Iterator<Item = String> {
    let is_map = value.kind() == ValueKind::Map;
    let keys = is_map.then(|| value.try_iter().ok()).flatten();
    keys.into_iter().flatten().map(|key| key.to_string())
}

/// A text of a template on one line, cut where it is long.
fn bounded(text: &str) -> String {
    let letters = text.chars().take(MOST_LETTERS);
    letters
        .map(|one| if one.is_control() { ' ' } else { one })
        .collect()
}
