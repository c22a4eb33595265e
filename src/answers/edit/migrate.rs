//! Answers rewritten from the ids their questions had to those they have now, and every other byte
//! left alone.

use super::moving::Plan;
use super::rename::{names, scale_values};
use super::{alike, is_same};
use crate::answers::moved;
use crate::answers::yaml::{Cuts, Style, quote};
use crate::problem;
use crate::rules::rulebook::{Moved, Rulebook};
use crate::text::diagnostic::{Diagnostic, Diagnostics, Place, SourceId, Sources};
use crate::text::yaml::{self, Entry, Node, Value};
use std::collections::BTreeMap;

/// The keys under which files answer questions, pack by pack.
pub(super) const ANSWERED: [&str; 3] = ["answers", "consensus", "targets"];

/// An id that is rewritten in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewrite {
    /// The earlier id.
    pub from: String,
    /// The id of today.
    pub to: String,
    /// The place of the earlier id in the file as it was.
    pub place: Place,
    /// True where the question was answered alike under both ids, so that the earlier one goes.
    pub dropped: bool,
}

/// The text of a file of answers, a mapping or a policy under the ids of today, with what is
/// rewritten in it: nothing where it has no earlier ids.
///
/// A line of answers moves to its new place with its comments; the rest stays as it is. The text is
/// gone through a fixed number of times, however many answers move: values become others, then lines
/// go or get other keys, then they are put in where they belong.
///
/// # Errors
/// The problem, at its place: a text that cannot be read, a question that is answered under both ids
/// and not alike, or an answer that cannot be moved in place and is to be moved by hand.
pub fn migrate(
    rulebook: &Rulebook,
    sources: &Sources,
    id: SourceId,
) -> Result<(String, Vec<Rewrite>), Box<Diagnostic>> {
    let text = sources.text(id);
    let mut problems = Diagnostics::new();
    let read: Option<Value> = yaml::read(sources, id, &mut problems);
    let outline = read.and_then(|_| Node::outline(text));
    let Some(outline) = outline else {
        let first = problems.into_iter().next();
        let empty = || problem!(EmptyFile, "the-file-says-nothing");
        return Err(Box::new(first.unwrap_or_else(empty)));
    };
    let found = earlier(rulebook, &outline);
    let Some(first) = found.first() else {
        return Ok(names(rulebook, sources, &outline, id));
    };
    let place = |one: &Found<'_>| sources.byte_place(id, one.entry.key.range.clone());
    let refused = |nth: usize, stop: Stop| {
        let one = found.get(nth).unwrap_or(first);
        Box::new(one.problem(stop).at(place(one)))
    };
    let text = with_values(text, &outline, &found).map_err(|(nth, stop)| refused(nth, stop))?;
    let obstacle = |()| refused(0, Stop::Obstacle);
    let (before, outline) = (value(&text), Node::outline(&text));
    let (before, outline) = before.zip(outline).ok_or(()).map_err(obstacle)?;
    let moving = earlier(rulebook, &outline);
    let mut plan = Plan::new(&text, &outline, &before);
    for (nth, one) in moving.iter().enumerate() {
        plan.add(one).map_err(|stop| refused(nth, stop))?;
    }
    let dropped = std::mem::take(&mut plan.dropped);
    let text = plan.finish().map_err(obstacle)?;
    let done = found.iter().zip(dropped).map(|(one, dropped)| Rewrite {
        from: one.old.clone(),
        to: one.moved.to.clone(),
        place: place(one),
        dropped,
    });
    Ok((text, done.collect()))
}

/// The reason why an answer is not moved.
pub(super) enum Stop {
    /// The question has another answer under its new id.
    Differs,
    /// The question has the same answer under its new id, and not the same note or evidence.
    OtherNotes,
    /// Nothing says what this value is now.
    Value(String),
    /// It cannot be done safely in place.
    Obstacle,
}

/// An answer under an earlier id.
pub(super) struct Found<'a> {
    /// `answers`, `consensus` or `targets`.
    pub(super) section: &'static str,
    pub(super) pack: &'a Entry,
    pub(super) entry: &'a Entry,
    /// True where an anchor, an alias or a tag on the way to it or in it forbids to touch it.
    marked: bool,
    /// The id in full.
    old: String,
    pub(super) moved: &'a Moved,
}

/// The answers under ids of questions that are asked today under others.
fn earlier<'a>(rulebook: &'a Rulebook, outline: &'a Node) -> Vec<Found<'a>> {
    let sections = ANSWERED.into_iter();
    let sections = sections.filter_map(|name| Some((name, outline.entry(name)?)));
    let mut all = Vec::new();
    for (section, packs) in sections {
        for pack in packs.value.entries() {
            for entry in pack.value.entries() {
                let old = format!("{}.{}", pack.name, entry.name);
                let moved = rulebook.moved(&old);
                let asked = |one: &&Moved| rulebook.find(&one.to).is_some();
                let around = packs.value.marked || pack.value.marked;
                all.extend(moved.filter(asked).map(|moved| Found {
                    section,
                    pack,
                    entry,
                    marked: around || entry.key.marked || entry.value.any_marked(),
                    old,
                    moved,
                }));
            }
        }
    }
    all
}

impl Found<'_> {
    /// The ids of the pack and of the question of today.
    pub(super) fn new_path(&self) -> (&str, &str) {
        self.moved.to.split_once('.').unwrap_or_default()
    }

    fn problem(&self, stop: Stop) -> Diagnostic {
        let (old, new) = (&self.old, &self.moved.to);
        match stop {
            Stop::Differs => problem!(Moved, "answered-under-both-ids", old, new),
            Stop::OtherNotes => problem!(Moved, "answered-alike-with-other-notes", old, new),
            Stop::Value(value) => {
                problem!(Moved, "answer-moved-and-its-value-did-not", old, new, value)
            }
            Stop::Obstacle => problem!(NotEditable, "cannot-be-moved-here", old, new),
        }
    }
}

/// The text with the values that earlier ones stand for; else the number of the answer that stops it.
fn with_values(text: &str, outline: &Node, all: &[Found<'_>]) -> Result<String, (usize, Stop)> {
    let style = Style::of(text, outline);
    let mut cuts = Cuts::new(text);
    for (nth, one) in all.iter().enumerate() {
        if one.marked {
            return Err((nth, Stop::Obstacle));
        }
        if one.moved.values.is_empty() {
            continue;
        }
        for (range, value) in scale_values(text, &one.entry.value) {
            let now = one.moved.value(&value);
            let now = now.ok_or_else(|| (nth, Stop::Value(value.clone())))?;
            if now != value {
                let written = text.get(range.clone());
                let quoted = written.is_some_and(|one| one.starts_with('"'));
                let now = if quoted { quote(now) } else { style.key(now) };
                cuts.cut(range, now);
            }
        }
    }
    Ok(cuts.apply())
}

/// Returns true if an answer has nothing that another has not, or has otherwise.
pub(super) fn says_no_more(old: &Value, new: &Value) -> bool {
    let new = detail(new);
    let mut own = detail(old).into_iter();
    own.all(|(key, value)| new.get(key).is_some_and(|other| is_worth(value, other)))
}

/// Returns true if two answers are one value, whatever their notes, or both say that the question does
/// not apply.
pub(super) fn is_same_answer(old: &Value, new: &Value) -> bool {
    let (old, new) = (detail(old), detail(new));
    let both = |key| old.get(key).zip(new.get(key));
    both("not_applicable").is_some() || both("value").is_some_and(|(one, two)| is_worth(one, two))
}

/// An answer by the keys of its full form.
fn detail(answer: &Value) -> BTreeMap<&str, &Value> {
    match answer {
        Value::Map(own) => own
            .iter()
            .map(|(key, value)| (key.value.as_str(), &value.value))
            .collect(),
        Value::Null | Value::Scalar(_) | Value::List(_) => BTreeMap::from([("value", answer)]),
    }
}

/// Compares two values as answers are: numbers by their worth, choices in any order.
fn is_worth(one: &Value, two: &Value) -> bool {
    let texts = |value: &Value| {
        let mut texts = match value {
            Value::Scalar(scalar) => vec![scalar.text.clone()],
            Value::List(items) => items
                .iter()
                .filter_map(|item| match &item.value {
                    Value::Scalar(scalar) => Some(scalar.text.clone()),
                    Value::Null | Value::List(_) | Value::Map(_) => None,
                })
                .collect(),
            Value::Null | Value::Map(_) => Vec::new(),
        };
        texts.sort_unstable();
        texts
    };
    let (own, other) = (texts(one), texts(two));
    alike(one, two, &is_same) || (!own.is_empty() && moved::alike(&own, &other))
}

pub(super) fn value(text: &str) -> Option<Value> {
    let mut sources = Sources::new();
    let id = sources.add("", text.to_owned());
    yaml::read(&sources, id, &mut Diagnostics::new())
}
