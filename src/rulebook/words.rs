//! What finding texts may say: the functions their templates call, over one evaluation.

use super::{Domain, Item, ItemKind, Pack};
use crate::evaluate::Reading;
use crate::number::rounded;
pub(crate) use crate::number::short as number;
use minijinja::value::{Object, Value};
use minijinja::{Environment, Error, ErrorKind, State, context};
use std::collections::HashMap;
use std::sync::Arc;

/// An item with its reading.
type Found<'w> = (&'w Item, &'w Reading);

/// What is said where nothing is known.
const NOT_KNOWN: &str = "not known";

/// The words for every item of one pack's reach.
#[derive(Debug)]
pub(crate) struct Words {
    own: String,
    /// Packs whose items are not there and not known.
    without: Vec<String>,
    items: Arc<[Item]>,
    index: Arc<HashMap<String, usize>>,
    readings: Arc<[Reading]>,
}

impl Object for Words {}

impl Words {
    pub(crate) fn new(
        pack: &Pack,
        items: Arc<[Item]>,
        index: Arc<HashMap<String, usize>>,
        readings: Arc<[Reading]>,
    ) -> Self {
        Self {
            own: pack.id.clone(),
            without: pack.without.clone(),
            items,
            index,
            readings,
        }
    }

    /// Words over an assessment that knows nothing, to try a text.
    pub(crate) fn blank(pack: &Pack, items: &[Item]) -> Self {
        let index = items
            .iter()
            .enumerate()
            .map(|(node, item)| (item.id.clone(), node))
            .collect();
        let readings = vec![Reading::EMPTY; items.len()];
        Self::new(pack, items.into(), Arc::new(index), readings.into())
    }

    /// An item with its reading; `None` where its pack is not part of the assessment.
    fn find(&self, id: &str) -> Result<Option<Found<'_>>, Error> {
        let full = if id.contains('.') {
            id.to_owned()
        } else {
            format!("{}.{id}", self.own)
        };
        let node = self.index.get(&full);
        let found = node.and_then(|node| Some((self.items.get(*node)?, self.readings.get(*node)?)));
        let left_out = || {
            let pack = id.split_once('.').map_or("", |(pack, _)| pack);
            self.without.iter().any(|one| one == pack)
        };
        if found.is_none() && !left_out() {
            let message = format!("no item `{id}`");
            return Err(Error::new(ErrorKind::InvalidOperation, message));
        }
        Ok(found)
    }

    /// The labels of the children of a score that have the lowest (or highest) value.
    fn extreme(&self, id: &str, (item, _): Found<'_>, lowest: bool) -> Result<String, Error> {
        let ItemKind::Score { children, .. } = &item.kind else {
            return Err(Error::new(
                ErrorKind::InvalidOperation,
                format!("`{id}` is no score"),
            ));
        };
        let rated = children
            .iter()
            .filter_map(|node| Some((self.items.get(*node)?, self.readings.get(*node)?)));
        let rated: Vec<_> = rated.filter(|(_, reading)| reading.is_rated()).collect();
        let better = |a: f64, b: f64| if lowest { a.min(b) } else { a.max(b) };
        let Some(best) = rated
            .iter()
            .map(|(_, reading)| reading.value)
            .reduce(better)
        else {
            return Ok(NOT_KNOWN.to_owned());
        };
        let ties = rated
            .iter()
            .filter(|(_, reading)| reading.value.total_cmp(&best).is_eq());
        let labels: Vec<&str> = ties.map(|(item, _)| item.label.as_str()).collect();
        Ok(list(&labels))
    }
}

fn value(reading: &Reading) -> String {
    if reading.is_rated() {
        number(reading.value)
    } else {
        NOT_KNOWN.to_owned()
    }
}

fn index(reading: &Reading) -> String {
    let index = reading.index(reading.value);
    if reading.is_rated() {
        rounded(index, 0)
    } else {
        NOT_KNOWN.to_owned()
    }
}

/// The outcome or level in words; where it is open, those it could still be.
fn outcome(id: &str, (item, reading): Found<'_>) -> Result<String, Error> {
    let names: Vec<&str> = match &item.kind {
        ItemKind::Decision { outcomes, .. } => {
            outcomes.iter().map(|one| one.label.as_str()).collect()
        }
        ItemKind::Ladder { levels, .. } => levels.iter().map(|one| one.title.as_str()).collect(),
        ItemKind::Question(_) | ItemKind::Score { .. } | ItemKind::Figure { .. } => {
            let message = format!("`{id}` is neither a decision nor a ladder");
            return Err(Error::new(ErrorKind::InvalidOperation, message));
        }
    };
    Ok(
        match (taken(&names, reading.held), taken(&names, reading.possible)) {
            (held, _) if !held.is_empty() => list(&held),
            (_, possible) if !possible.is_empty() => possible.join(" or "),
            (_, _) => NOT_KNOWN.to_owned(),
        },
    )
}

/// The anchors or choices taken, in words.
fn answer(id: &str, (item, reading): Found<'_>) -> Result<String, Error> {
    let ItemKind::Question(question) = &item.kind else {
        return Err(Error::new(
            ErrorKind::InvalidOperation,
            format!("`{id}` is no question"),
        ));
    };
    if question.choices.is_empty() && matches!(item.domain, Domain::Number { .. }) {
        return Ok(value(reading));
    }
    let names: Vec<&str> = question
        .choices
        .iter()
        .map(|choice| choice.label.as_str())
        .collect();
    let words = taken(&names, reading.held);
    Ok(if words.is_empty() {
        NOT_KNOWN.to_owned()
    } else {
        words.join("; ")
    })
}

fn taken<'n>(names: &[&'n str], set: u64) -> Vec<&'n str> {
    let taken = names
        .iter()
        .enumerate()
        .filter(|(place, _)| set & (1 << place) != 0);
    taken.map(|(_, name)| *name).collect()
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The context a text is rendered in.
pub(crate) fn context(words: Value) -> Value {
    context! { words }
}

/// Gives an environment the functions that finding texts call.
pub(super) fn functions(environment: &mut Environment<'static>) {
    type Say = fn(&Words, &str, Found<'_>) -> Result<String, Error>;
    let list: [(&'static str, Say); 7] = [
        ("value", |_, _, (_, reading)| Ok(value(reading))),
        ("index", |_, _, (_, reading)| Ok(index(reading))),
        ("outcome", |_, id, found| outcome(id, found)),
        ("label", |_, _, (item, _)| Ok(item.label.clone())),
        ("answer", |_, id, found| answer(id, found)),
        ("lowest", |words, id, found| words.extreme(id, found, true)),
        ("highest", |words, id, found| {
            words.extreme(id, found, false)
        }),
    ];
    for (name, say) in list {
        environment.add_function(
            name,
            move |state: &State<'_, '_>, id: String| -> Result<String, Error> {
                let words = state.lookup("words");
                let words = words
                    .as_ref()
                    .and_then(|value| value.downcast_object_ref::<Words>());
                let words = words.ok_or_else(|| Error::from(ErrorKind::UndefinedError))?;
                let found = words.find(&id)?;
                found.map_or_else(|| Ok(NOT_KNOWN.to_owned()), |one| say(words, &id, one))
            },
        );
    }
}
