//! The answers of a file as values: before an edit, as the edit wants them, and after it.

use super::{ANSWERS, Change, Edit, NewAnswer, NewEvidence};
use crate::answers::write::{Pair, entries, is_plain, pair, plain, quoted, value_of};
use crate::text::yaml::{Scalar, Value};

/// The value under a key of a map.
pub(super) fn under<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    let found = entries(value).iter().find(|(name, _)| name.value == key);
    found.map(|(_, value)| &value.value)
}

/// The answer of a file to the question of an edit.
pub(super) fn answer<'a>(file: &'a Value, edit: &Edit) -> Option<&'a Value> {
    let answers = under(file, ANSWERS)?;
    let answer = under(under(answers, &edit.pack)?, &edit.question)?;
    (*answer != Value::Null).then_some(answer)
}

/// The answer with its change. Old entries keep their order, and new ones come after them.
pub(super) fn wanted(before: Option<&Value>, change: &Change) -> Value {
    let value = match &change.answer {
        Some(NewAnswer::Value(value)) => Some(value_of(value)),
        Some(NewAnswer::NotApplicable(_)) | None => None,
    };
    let detailed = matches!(before, Some(Value::Map(_)));
    let alone = change.note.is_none() && change.evidence.is_none();
    if let (Some(value), true, false) = (&value, alone, detailed) {
        return value.clone();
    }
    let mut detail = match before {
        Some(map @ Value::Map(_)) => entries(map).to_vec(),
        Some(value) => vec![pair("value", value.clone())],
        None => Vec::new(),
    };
    let new = match &change.answer {
        Some(NewAnswer::NotApplicable(reason)) => Some(("not_applicable", quoted(reason))),
        Some(NewAnswer::Value(_)) | None => value.map(|value| ("value", value)),
    };
    if let Some((key, value)) = new {
        put(&mut detail, ["value", "not_applicable"], key, value);
    }
    if let Some(note) = &change.note {
        put(&mut detail, ["note"], "note", quoted(note));
    }
    if let Some(new) = &change.evidence {
        let before = detail.iter().find(|(name, _)| name.value == "evidence");
        let evidence = evidence(before.map(|(_, value)| &value.value), new);
        put(&mut detail, ["evidence"], "evidence", evidence);
    }
    Value::Map(detail.into_iter().collect())
}

fn evidence(before: Option<&Value>, new: &NewEvidence) -> Value {
    let mut all = before.map_or_else(Vec::new, |before| entries(before).to_vec());
    put(&mut all, ["grade"], "grade", plain(new.grade.name()));
    if let Some(reference) = &new.reference {
        put(&mut all, ["ref"], "ref", quoted(reference));
    }
    Value::Map(all.into_iter().collect())
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
pub(super) fn is_as_wanted(before: &Value, after: &Value, edit: &Edit, wanted: &Value) -> bool {
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
