//! What an answer is to say after an edit, as a value without a text.

use super::{ANSWERS, Change, Edit, Proof, Verdict};
use crate::answers::file::ValueFile;
use crate::text::diagnostic::Place;
use crate::text::yaml::{Located, Scalar, Value};

type Pair = (Located<String>, Located<Value>);

/// The entries of a map; none where it is something else.
pub(super) fn entries(value: &Value) -> &[Pair] {
    match value {
        Value::Map(entries) => entries.iter().as_slice(),
        Value::Null | Value::Scalar(_) | Value::List(_) => &[],
    }
}

/// The value under a key of a map.
pub(super) fn under<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    let found = entries(value).iter().find(|(name, _)| name.value == key);
    found.map(|(_, value)| &value.value)
}

/// What a file says to the question of an edit.
pub(super) fn answer<'a>(file: &'a Value, edit: &Edit) -> Option<&'a Value> {
    let answers = under(file, ANSWERS)?;
    let answer = under(under(answers, &edit.pack)?, &edit.question)?;
    (*answer != Value::Null).then_some(answer)
}

/// The answer with its change. What was there keeps its order, and what is new comes after it.
pub(super) fn wanted(before: Option<&Value>, change: &Change) -> Value {
    let value = match &change.verdict {
        Some(Verdict::Value(value)) => Some(written(value)),
        Some(Verdict::NotApplicable(_)) | None => None,
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
    match (&change.verdict, value) {
        (Some(Verdict::NotApplicable(reason)), _) => {
            put(
                &mut detail,
                ["value", "not_applicable"],
                "not_applicable",
                quoted(reason),
            );
        }
        (_, Some(value)) => put(&mut detail, ["value", "not_applicable"], "value", value),
        (_, None) => {}
    }
    if let Some(note) = &change.note {
        put(&mut detail, ["note"], "note", quoted(note));
    }
    if let Some(proof) = &change.evidence {
        let before = detail.iter().find(|(name, _)| name.value == "evidence");
        let evidence = evidence(before.map(|(_, value)| &value.value), proof);
        put(&mut detail, ["evidence"], "evidence", evidence);
    }
    Value::Map(detail.into_iter().collect())
}

fn evidence(before: Option<&Value>, proof: &Proof) -> Value {
    let mut all = before.map_or_else(Vec::new, |before| entries(before).to_vec());
    put(&mut all, ["grade"], "grade", plain(proof.grade.name()));
    if let Some(reference) = &proof.reference {
        put(&mut all, ["ref"], "ref", quoted(reference));
    }
    Value::Map(all.into_iter().collect())
}

/// Sets a key in the place of the first of the keys it takes the place of, or else at the end.
fn put<const N: usize>(map: &mut Vec<Pair>, places: [&str; N], key: &str, value: Value) {
    let old = map
        .iter_mut()
        .find(|(name, _)| places.contains(&name.value.as_str()));
    match old {
        Some(slot) => *slot = pair(key, value),
        None => map.push(pair(key, value)),
    }
}

fn pair(key: &str, value: Value) -> Pair {
    let key = Located::new(key.to_owned(), Place::NOWHERE);
    (key, Located::new(value, Place::NOWHERE))
}

fn written(value: &ValueFile) -> Value {
    match value {
        ValueFile::One(scalar) => Value::Scalar(scalar.clone()),
        ValueFile::List(list) => {
            let item = |one: &Located<String>| one.as_ref().map(|text| plain(text));
            Value::List(list.iter().map(item).collect())
        }
    }
}

fn plain(text: &str) -> Value {
    let text = text.to_owned();
    Value::Scalar(Scalar { text, plain: true })
}

fn quoted(text: &str) -> Value {
    let text = text.to_owned();
    Value::Scalar(Scalar { text, plain: false })
}
