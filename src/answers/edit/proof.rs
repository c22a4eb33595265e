//! Whether a changed text says what it said before in all but one answer.

use super::wanted::{answer, entries};
use super::write::is_plain;
use super::{ANSWERS, Edit};
use crate::text::diagnostic::{Diagnostics, Sources};
use crate::text::yaml::{self, Value};

/// Whether the changed text says what was wished, and otherwise what the text before it said.
pub(super) fn holds(before: &Value, changed: &str, edit: &Edit, wish: &Value) -> bool {
    let mut sources = Sources::new();
    let id = sources.add("", changed.to_owned());
    let Some(after) = yaml::read::<Value>(&sources, id, &mut Diagnostics::new()) else {
        return false;
    };
    answer(&after, edit).is_some_and(|answer| says(answer, wish))
        && others(before, edit).eq(others(&after, edit))
        && rest(before).eq(rest(&after))
}

/// Everything in a file but its answers.
fn rest(file: &Value) -> impl Iterator<Item = (&str, Said<'_>)> {
    let pairs = entries(file)
        .iter()
        .filter(|(name, _)| name.value != ANSWERS);
    pairs.map(|(name, value)| (name.value.as_str(), Said(&value.value)))
}

/// Every answer but the one that is edited.
fn others<'a>(
    file: &'a Value,
    edit: &'a Edit,
) -> impl Iterator<Item = (&'a str, &'a str, Said<'a>)> {
    let answers = super::wanted::under(file, ANSWERS).unwrap_or(&Value::Null);
    entries(answers).iter().flat_map(move |(pack, inner)| {
        let own = |name: &str| pack.value == edit.pack && name == edit.question;
        let pairs = entries(&inner.value)
            .iter()
            .filter(move |(name, _)| !own(&name.value));
        pairs.map(|(name, value)| (pack.value.as_str(), name.value.as_str(), Said(&value.value)))
    })
}

/// A value compared by what it says, wherever it stands.
struct Said<'a>(&'a Value);

impl PartialEq for Said<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self.0, other.0) {
            (Value::Null, Value::Null) => true,
            // A text block at the end of a file gains its last line break once a line follows.
            (Value::Scalar(one), Value::Scalar(other)) => {
                let end = |text: &str| text.strip_suffix('\n').unwrap_or(text).len();
                one.plain == other.plain
                    && one.text.get(..end(&one.text)) == other.text.get(..end(&other.text))
            }
            (Value::List(one), Value::List(other)) => {
                let said = |list: &'_ [yaml::Located<Value>]| list.len();
                said(one) == said(other)
                    && one
                        .iter()
                        .zip(other)
                        .all(|(one, other)| Said(&one.value) == Said(&other.value))
            }
            (one @ Value::Map(_), other @ Value::Map(_)) => {
                let pairs = |map| {
                    entries(map)
                        .iter()
                        .map(|(name, value)| (name.value.as_str(), Said(&value.value)))
                };
                pairs(one).eq(pairs(other))
            }
            _ => false,
        }
    }
}

/// Whether an answer says what was wished; a text may have gained its quotes.
fn says(answer: &Value, wish: &Value) -> bool {
    match (answer, wish) {
        (Value::Scalar(one), Value::Scalar(other)) => {
            let free = !is_plain(&other.text);
            one.text == other.text && (one.plain == other.plain || free || !one.plain)
        }
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .zip(other)
                    .all(|(one, other)| says(&one.value, &other.value))
        }
        (one @ Value::Map(_), other @ Value::Map(_)) => {
            let (one, other) = (entries(one), entries(other));
            one.len() == other.len()
                && one.iter().zip(other).all(|(one, other)| {
                    one.0.value == other.0.value && says(&one.1.value, &other.1.value)
                })
        }
        _ => false,
    }
}
