//! What finding texts may say: the functions their templates call, over one evaluation.

mod functions;
mod stand;

use super::{Domain, Item, ItemKind, Pack};
use crate::rules::reading::Reading;
use crate::rules::vocabulary::State as Answered;
pub(crate) use crate::text::number::apart;
pub(crate) use crate::text::number::short as number;
pub(crate) use functions::{context, functions};
use minijinja::value::Object;
use minijinja::{Error, ErrorKind};
pub(crate) use stand::Stand;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

/// An item with its reading.
type Found<'w> = (&'w Item, &'w Reading);

/// What is said of an item without a value.
fn absent(item: &Item, reading: &Reading, told: Option<&Told>) -> &'static str {
    match reading.state {
        _ if told.is_some_and(|told| told.hidden) => "hidden",
        Answered::NotApplicable | Answered::Irrelevant => "does not apply",
        Answered::NotAsked => NOT_ASKED,
        Answered::Missing
            if matches!(item.kind, ItemKind::Question(_) | ItemKind::Score { .. }) =>
        {
            "not answered"
        }
        Answered::Missing | Answered::Unknown | Answered::Rated => "not known",
    }
}

/// What is said of an item whose pack is no part of the assessment.
const NOT_ASKED: &str = "not asked";

/// The words for every item of one pack's reach.
#[derive(Debug)]
pub(crate) struct Words {
    own: String,
    /// Packs whose items are not there and not known.
    without: Vec<String>,
    items: Arc<[Item]>,
    index: Arc<HashMap<String, usize>>,
    readings: Arc<[Reading]>,
    /// The same as claimed, where evidence holds an answer below that.
    claimed: Option<Arc<[Reading]>>,
    /// What is said of each question beyond its reading.
    told: Arc<[Told]>,
    /// The questions a text has named since they were last taken.
    named: Mutex<BTreeSet<usize>>,
    /// While a text is tried: what it is given as known, a bit for each time it asks.
    path: Option<AtomicU32>,
}

/// What is said of a question beyond its reading.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    /// Whether so few people answered that their answer is held back.
    pub(crate) hidden: bool,
    /// The answer in words, where its reading does not give them.
    pub(crate) answer: Option<String>,
    /// Why it counts as it does, where people or the assessor said something else: a sentence.
    pub(crate) note: Option<String>,
}

impl Object for Words {}

impl Words {
    pub(crate) fn new(
        pack: &Pack,
        items: Arc<[Item]>,
        index: Arc<HashMap<String, usize>>,
        readings: Arc<[Reading]>,
        claimed: Option<Arc<[Reading]>>,
        told: Arc<[Told]>,
    ) -> Self {
        Self {
            own: pack.id.clone(),
            without: pack.without.clone(),
            items,
            index,
            readings,
            claimed,
            told,
            named: Mutex::default(),
            path: None,
        }
    }

    /// The notes on the questions that a text has named, and forgets which these were.
    pub(crate) fn notes(&self) -> Vec<&str> {
        let named = self
            .named
            .lock()
            .map(|mut named| std::mem::take(&mut *named));
        let named = named.unwrap_or_default();
        let told = named.iter().filter_map(|node| self.told.get(*node));
        told.filter_map(|one| one.note.as_deref()).collect()
    }

    /// Words over an assessment that knows nothing, to try a text.
    pub(crate) fn blank(pack: &Pack, items: &[Item]) -> Self {
        let index = items
            .iter()
            .enumerate()
            .map(|(node, item)| (item.id.clone(), node))
            .collect();
        let readings = vec![Reading::EMPTY; items.len()];
        let (items, index) = (items.into(), Arc::new(index));
        Self {
            path: Some(AtomicU32::new(0)),
            ..Self::new(pack, items, index, readings.into(), None, Arc::default())
        }
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

    /// The reading of an answer as it was claimed.
    fn claimed<'w>(&'w self, (item, reading): Found<'w>) -> Found<'w> {
        let node = self.index.get(&item.id);
        let claimed = self.claimed.as_ref().zip(node);
        let claimed = claimed.and_then(|(readings, node)| readings.get(*node));
        (item, claimed.unwrap_or(reading))
    }

    /// The labels of the children of a score that have the lowest (or highest) value.
    fn extreme(&self, id: &str, found: Found<'_>, lowest: bool) -> Result<String, Error> {
        let (item, _) = found;
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
        let values = rated.iter().map(|(_, reading)| reading.value);
        let Some(best) = values.reduce(better) else {
            return Ok(self.absent(found));
        };
        let ties = rated
            .iter()
            .filter(|(_, reading)| reading.value.total_cmp(&best).is_eq());
        let labels: Vec<&str> = ties.map(|(item, _)| item.label.as_str()).collect();
        Ok(list(&labels))
    }

    /// Whether anything is known of an item; on trial, the next turn of the path.
    fn knows(&self, id: &str) -> Result<bool, Error> {
        let found = self.find(id)?;
        let Some(path) = &self.path else {
            return Ok(found.is_some_and(|(_, one)| one.is_rated() || one.is_held()));
        };
        let turns = path.load(Ordering::Relaxed);
        path.store(turns >> 1, Ordering::Relaxed);
        Ok(turns & 1 == 1)
    }

    /// The labels of those questions to which nobody knew an answer.
    fn nobody_knew(&self, ids: &[String]) -> Result<String, Error> {
        let found: Vec<_> = ids
            .iter()
            .map(|id| self.find(id))
            .collect::<Result<_, _>>()?;
        let unknown = found.into_iter().flatten();
        let unknown = unknown.filter(|(_, reading)| reading.state == Answered::Unknown);
        let labels: Vec<&str> = unknown.map(|(item, _)| item.label.as_str()).collect();
        Ok(list(&labels))
    }

    /// Sets what a text on trial is to be given as known: a bit for each time it asks.
    pub(super) fn take(&self, turns: u32) {
        if let Some(path) = &self.path {
            path.store(turns, Ordering::Relaxed);
        }
    }

    fn told(&self, item: &Item) -> Option<&Told> {
        self.told.get(*self.index.get(&item.id)?)
    }

    /// Takes note that a text says something of an item.
    fn name(&self, item: &Item) {
        if let (Some(node), Ok(mut named)) = (self.index.get(&item.id), self.named.lock()) {
            named.insert(*node);
        }
    }

    fn absent(&self, (item, reading): Found<'_>) -> String {
        absent(item, reading, self.told(item)).to_owned()
    }

    fn value(&self, found: Found<'_>, say: fn(&Reading) -> String) -> String {
        self.name(found.0);
        if found.1.is_rated() {
            say(found.1)
        } else {
            self.absent(found)
        }
    }

    /// The outcome or level in words; where it is open, those it could still be.
    fn outcome(&self, id: &str, found: Found<'_>) -> Result<String, Error> {
        let (item, reading) = found;
        let names: Vec<&str> = match &item.kind {
            ItemKind::Decision { outcomes, .. } => {
                outcomes.iter().map(|one| one.label.as_str()).collect()
            }
            ItemKind::Ladder { levels, .. } => {
                levels.iter().map(|one| one.title.as_str()).collect()
            }
            ItemKind::Question(_) | ItemKind::Score { .. } | ItemKind::Figure { .. } => {
                let message = format!("`{id}` is neither a decision nor a ladder");
                return Err(Error::new(ErrorKind::InvalidOperation, message));
            }
        };
        Ok(
            match (taken(&names, reading.held), taken(&names, reading.possible)) {
                (held, _) if !held.is_empty() => list(&held),
                // Texts put an outcome in quotes, so the quotes inside are single.
                (_, possible) if !possible.is_empty() => either_in(&possible, ['‘', '’']),
                (_, _) => self.absent(found),
            },
        )
    }

    /// The anchors or choices taken, in words.
    fn answer(&self, id: &str, found: Found<'_>) -> Result<String, Error> {
        let (item, reading) = self.claimed(found);
        let ItemKind::Question(question) = &item.kind else {
            return Err(Error::new(
                ErrorKind::InvalidOperation,
                format!("`{id}` is no question"),
            ));
        };
        self.name(item);
        if let Some(words) = self.told(item).and_then(|told| told.answer.clone()) {
            return Ok(words);
        }
        if question.choices.is_empty() && matches!(item.domain, Domain::Number { .. }) {
            return Ok(self.value(found, |reading| number(reading.value)));
        }
        if let Some(stand) = Stand::of(question, reading.value) {
            return Ok(stand.says(false));
        }
        let labels = question.choices.iter().map(|choice| choice.label.as_str());
        let words = taken(&labels.collect::<Vec<_>>(), reading.held);
        Ok(match (words.is_empty(), reading.is_held()) {
            (false, _) => words.join("; "),
            (true, true) => NONE_TAKEN.to_owned(),
            (true, false) => self.absent(found),
        })
    }
}

/// What is said where somebody answered and took no choice.
pub(crate) const NONE_TAKEN: &str = "none of the choices";

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

/// `a`, or where there are several, each in quotes: `“a” or “b”`.
pub(crate) fn either_quoted(words: &[&str]) -> String {
    either_in(words, ['“', '”'])
}

fn either_in(words: &[&str], [open, close]: [char; 2]) -> String {
    let quoted = words.iter().map(|word| format!("{open}{word}{close}"));
    let quoted: Vec<String> = quoted.collect();
    let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
    match words {
        [] | [_] => either(words),
        [_, _, ..] => either(&quoted),
    }
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn either(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => words.concat(),
    }
}
