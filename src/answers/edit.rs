//! One answer changed in a text that a person wrote, and every other byte left alone.
//!
//! [`edit()`] works on places, not on a document written anew: comments, order, quotes and line
//! ends stay as they are. The new text is read again, and must have all but the one answer as before;
//! otherwise it is refused, as is an edit that would touch an anchor, an
//! alias or a tag. As an edit is one answer and no more, it can be made in a text that somebody
//! else has changed in the meantime.
//!
//! ```
//! use centricity::answers::{Change, Edit, NewAnswer, edit};
//! use centricity::text::diagnostic::Sources;
//!
//! let mut sources = Sources::new();
//! let id = sources.add("r07.yaml", "answers:\n  small:\n    care: 2   # on a good day\n".to_owned());
//! let change = Change { answer: Some(NewAnswer::plain("3")), ..Change::default() };
//! let one = Edit { pack: "small".to_owned(), question: "care".to_owned(), change };
//! let text = edit(&sources, id, &one).expect("a text that can be changed in place");
//! assert_eq!(text, "answers:\n  small:\n    care: 3   # on a good day\n");
//! ```

mod migrate;
mod moving;
mod pair;
mod rename;
mod setting;
mod splice;

pub use migrate::{Rewrite, migrate};
pub(crate) use setting::{add_to_list, put_map};

use super::file::{EvidenceFile, ValueFile};
use super::write::value_of;
use super::yaml::{Pair, Style, entries, is_plain, pair, plain, quoted};
use crate::text::diagnostic::{Diagnostic, Diagnostics, Place, SourceId, Sources, byte_place};
use crate::text::yaml::{self, Located, Node, Scalar, Value};
use crate::{message, problem};
use splice::{Obstacle, Splice};
use std::ops::Range;

/// The key of the answers.
const ANSWERS: &str = "answers";

/// A change of the answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The id of its pack.
    pub pack: String,
    /// The id of the question within the pack.
    pub question: String,
    /// The change.
    pub change: Change,
}

/// Changes of an answer; parts that are `None` stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// The answer itself.
    pub answer: Option<NewAnswer>,
    /// The note.
    pub note: Option<String>,
    /// The evidence.
    /// A reference or link that is `None` keeps the old one.
    pub evidence: Option<EvidenceFile>,
}

/// The answer itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewAnswer {
    /// A value, which may be `unknown`.
    Value(ValueFile),
    /// The question does not apply, for this reason.
    NotApplicable(String),
}

impl NewAnswer {
    /// One word or number as files write it: `3`, `packaged`, `unknown`.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self::one(text, true)
    }

    /// Free text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::one(text, false)
    }

    /// The choices of a `select_multiple`.
    #[must_use]
    pub fn several<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        let located = |value: &str| Located::new(value.to_owned(), Place::NOWHERE);
        Self::Value(ValueFile::List(values.into_iter().map(located).collect()))
    }

    fn one(text: &str, plain: bool) -> Self {
        let text = text.to_owned();
        Self::Value(ValueFile::One(Scalar { text, plain }))
    }
}

impl Change {
    /// Returns true if nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The text of a source with one answer replaced, inserted or extended.
///
/// A value replaces the value and keeps its note, evidence and target. An answer that was not
/// there comes after the comments that name its question, or else after the last answer of its
/// pack. Comments inside a list that is replaced move below it.
///
/// # Errors
/// The problem, at its place: a text that cannot be read, or an answer that cannot be changed in
/// place and is to be changed by hand.
pub fn edit(sources: &Sources, id: SourceId, edit: &Edit) -> Result<String, Box<Diagnostic>> {
    let text = sources.text(id);
    let mut problems = Diagnostics::new();
    let before = yaml::read(sources, id, &mut problems).ok_or_else(|| {
        let first = problems.into_iter().next();
        first.unwrap_or_else(|| problem!(EmptyFile, "the-file-says-nothing"))
    })?;
    let hand = |message: &str, bytes: Range<usize>| {
        let line = line(edit, answer(&before, edit));
        let place = byte_place(text, bytes, id);
        let id = &edit.question;
        Box::new(problem!(NotEditable, "the-answer-to", id, message, line).at(place))
    };
    let unclear = || hand(message!("cannot-be-written-into-this-file"), 0..0);
    let outline = Node::outline(text).ok_or_else(unclear)?;
    let wish = wanted(answer(&before, edit), &edit.change);
    let mut plan = Splice::new(text, Style::of(text, &outline));
    let path = [ANSWERS, &edit.pack, &edit.question];
    plan.put(&outline, &before, &path, &wish)
        .map_err(|obstacle| match obstacle {
            Obstacle::Marked(bytes) => {
                hand(message!("stands-at-an-anchor-an-alias-or-a-tag"), bytes)
            }
            Obstacle::Layout => unclear(),
        })?;
    let changed = plan.cuts.apply();
    let mut again = Sources::new();
    let id = again.add("", changed.clone());
    let after = yaml::read(&again, id, &mut Diagnostics::new());
    if after.is_some_and(|after: Value| is_as_wanted(&before, &after, edit, &wish)) {
        Ok(changed)
    } else {
        Err(unclear())
    }
}

/// The line somebody could write by hand instead of an edit.
#[must_use]
pub fn yaml_line(edit: &Edit) -> String {
    line(edit, None)
}

fn line(edit: &Edit, before: Option<&Value>) -> String {
    let wish = wanted(before, &edit.change);
    format!("{}: {}", edit.question, Style::Yaml.value(&wish))
}

/// The value under a key of a map.
fn under<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    let found = entries(value).iter().find(|(name, _)| name.value == key);
    found.map(|(_, value)| &value.value)
}

/// The answer of a file to the question of an edit.
fn answer<'a>(file: &'a Value, edit: &Edit) -> Option<&'a Value> {
    let answers = under(file, ANSWERS)?;
    let answer = under(under(answers, &edit.pack)?, &edit.question)?;
    (*answer != Value::Null).then_some(answer)
}

/// The answer with its change. Old entries keep their order, and new ones come after them.
fn wanted(before: Option<&Value>, change: &Change) -> Value {
    let alone = change.note.is_none() && change.evidence.is_none();
    let new = match &change.answer {
        Some(NewAnswer::Value(value)) if alone && !matches!(before, Some(Value::Map(_))) => {
            return value_of(value);
        }
        Some(NewAnswer::Value(value)) => Some(("value", value_of(value))),
        Some(NewAnswer::NotApplicable(reason)) => Some(("not_applicable", quoted(reason))),
        None => None,
    };
    let mut detail = match before {
        Some(map @ Value::Map(_)) => entries(map).to_vec(),
        Some(value) => vec![pair("value", value.clone())],
        None => Vec::new(),
    };
    if let Some((key, value)) = new {
        put(&mut detail, ["value", "not_applicable"], key, value);
    }
    if let Some(note) = &change.note {
        put(&mut detail, ["note"], "note", quoted(note));
    }
    if let Some(new) = &change.evidence {
        let before = detail.iter().find(|(name, _)| name.value == "evidence");
        let mut all = before.map_or_else(Vec::new, |(_, value)| entries(&value.value).to_vec());
        put(&mut all, ["grade"], "grade", plain(new.grade.name()));
        for (key, text) in [("ref", &new.reference), ("link", &new.link)] {
            if let Some(text) = text {
                put(&mut all, [key], key, quoted(text));
            }
        }
        let all = Value::Map(all.into_iter().collect());
        put(&mut detail, ["evidence"], "evidence", all);
    }
    Value::Map(detail.into_iter().collect())
}

/// Sets a key in the place of the first of the keys it replaces, or else at the end.
fn put<const N: usize>(map: &mut Vec<Pair>, places: [&str; N], key: &str, value: Value) {
    let old = map
        .iter_mut()
        .find(|(name, _)| places.contains(&name.value.as_str()));
    match old {
        Some(slot) => *slot = pair(key, value),
        None => map.push(pair(key, value)),
    }
}

/// Returns true if a file has the wanted answer, and all others as they were before.
fn is_as_wanted(before: &Value, after: &Value, edit: &Edit, wanted: &Value) -> bool {
    let own = answer(after, edit).is_some_and(|own| alike(own, wanted, &is_written));
    let (before, after) = (others(before, edit), others(after, edit));
    let pairs = before.iter().zip(&after);
    let mut same = pairs.map(|(one, other)| one.0 == other.0 && alike(one.1, other.1, &is_same));
    own && before.len() == after.len() && same.all(|same| same)
}

/// Everything in a file but the answer that is edited, each with its key or pack and question.
fn others<'a>(file: &'a Value, edit: &Edit) -> Vec<([&'a str; 2], &'a Value)> {
    let mut all = Vec::new();
    for (key, value) in entries(file) {
        if key.value != ANSWERS {
            all.push(([key.value.as_str(), ""], &value.value));
            continue;
        }
        for (pack, answers) in entries(&value.value) {
            for (name, answer) in entries(&answers.value) {
                if pack.value != edit.pack || name.value != edit.question {
                    all.push(([pack.value.as_str(), &name.value], &answer.value));
                }
            }
        }
    }
    all
}

/// Compares values whatever their places, and their scalars by a function.
fn alike(one: &Value, other: &Value, same: &dyn Fn(&Scalar, &Scalar) -> bool) -> bool {
    match (one, other) {
        (Value::Null, Value::Null) => true,
        (Value::Scalar(one), Value::Scalar(other)) => same(one, other),
        (Value::List(one), Value::List(other)) => {
            let mut pairs = one.iter().zip(other);
            one.len() == other.len()
                && pairs.all(|(one, other)| alike(&one.value, &other.value, same))
        }
        (Value::Map(_), Value::Map(_)) => {
            let (one, other) = (entries(one), entries(other));
            let mut pairs = one.iter().zip(other);
            one.len() == other.len()
                && pairs.all(|((key, one), (other_key, other))| {
                    key.value == other_key.value && alike(&one.value, &other.value, same)
                })
        }
        _ => false,
    }
}

/// Returns true if a scalar is what it was. A text block at the end of a file gains its last line
/// break once a line follows.
fn is_same(one: &Scalar, other: &Scalar) -> bool {
    let text = |scalar: &'_ Scalar| scalar.text.strip_suffix('\n').map(str::len);
    let end = |scalar: &Scalar| text(scalar).unwrap_or(scalar.text.len());
    one.plain == other.plain && one.text.get(..end(one)) == other.text.get(..end(other))
}

/// Returns true if a scalar is the wanted one; a text may have gained its quotes.
fn is_written(one: &Scalar, wanted: &Scalar) -> bool {
    let free = !is_plain(&wanted.text);
    one.text == wanted.text && (one.plain == wanted.plain || free || !one.plain)
}
