//! Texts of findings: strict templates, and the functions they call over one evaluation.

use super::Pack;
use super::item::{Domain, Item, ItemKind};
use crate::message;
use crate::rules::Reading;
use crate::rules::rulebook::rule::{NONE_TAKEN, ScalePosition};
use crate::rules::vocabulary::State as ItemState;
use crate::text::number::{either_in, grouped, list, rounded, short as number};
use minijinja::value::{Object, Rest, Value};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, State, UndefinedBehavior, context};
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};

/// Steps a text may take; a sentence takes a few dozen.
const FUEL: u64 = 5_000;

/// Words for an item whose pack is no part of the assessment.
const NOT_ASKED: &str = "not asked";

/// An item with its place and its reading.
#[derive(Clone, Copy)]
struct Entry<'t> {
    node: usize,
    item: &'t Item,
    reading: &'t Reading,
}

/// Data that the texts of one pack are rendered with.
#[derive(Debug)]
pub(crate) struct TextContext {
    own: String,
    /// Packs whose items are not there and not known.
    without: Vec<String>,
    told: Arc<Told>,
    /// The questions a text has named since they were last taken.
    named: Mutex<BTreeSet<usize>>,
    /// While a text is tried: answers to its calls of `known`, one bit for each.
    trial: Option<AtomicU32>,
}

/// Everything that the texts of any pack may tell.
#[derive(Debug)]
pub(crate) struct Told {
    pub(crate) items: Arc<[Item]>,
    pub(crate) index: Arc<HashMap<String, usize>>,
    pub(crate) readings: Vec<Reading>,
    /// The readings as claimed, where evidence holds an answer below that.
    pub(crate) claimed: Option<Vec<Reading>>,
    /// Texts of the answers, question by question.
    pub(crate) answers: Vec<AnswerText>,
}

/// Text of an answer beyond its reading.
#[derive(Debug, Clone, Default)]
pub(crate) struct AnswerText {
    /// True where too few people of any group answered for it to be counted or shown.
    pub(crate) hidden: bool,
    /// True where it is certainly not called for: scores that gather it leave it out.
    pub(crate) aside: bool,
    /// The answer in words, where its reading does not give them.
    pub(crate) answer: Option<String>,
    /// The reason why it counts as it does, where people or the assessor said something else: a
    /// sentence.
    pub(crate) note: Option<String>,
}

impl Object for TextContext {}

impl TextContext {
    pub(crate) fn new(pack: &Pack, told: Arc<Told>) -> Self {
        Self {
            own: pack.id.clone(),
            without: pack.without.clone(),
            told,
            named: Mutex::default(),
            trial: None,
        }
    }

    /// A context over an assessment without answers, to try texts.
    pub(crate) fn blank(pack: &Pack, items: &[Item], index: &HashMap<String, usize>) -> Self {
        let told = Told {
            items: items.into(),
            index: Arc::new(index.clone()),
            readings: vec![Reading::EMPTY; items.len()],
            claimed: None,
            answers: Vec::new(),
        };
        Self {
            trial: Some(AtomicU32::new(0)),
            ..Self::new(pack, Arc::new(told))
        }
    }

    /// Sets the answers to the calls of `known` by a text on trial, one bit for each.
    pub(crate) fn set_known(&self, answers: u32) {
        if let Some(trial) = &self.trial {
            trial.store(answers, Ordering::Relaxed);
        }
    }

    /// The context as a value to render a template with.
    pub(crate) fn value(self: &Arc<Self>) -> Value {
        context! { words => Value::from_dyn_object(Arc::clone(self)) }
    }

    /// The notes on the questions that a text has named, which it then forgets.
    pub(crate) fn notes(&self) -> Vec<&str> {
        let named = self.named.lock();
        let named = named.map_or_else(|_| BTreeSet::new(), |mut one| std::mem::take(&mut *one));
        let answers = named
            .into_iter()
            .filter_map(|node| self.told.answers.get(node));
        answers.filter_map(|one| one.note.as_deref()).collect()
    }

    fn entry(&self, node: usize) -> Option<Entry<'_>> {
        Some(Entry {
            node,
            item: self.told.items.get(node)?,
            reading: self.told.readings.get(node)?,
        })
    }

    /// An item with its reading; `None` where its pack is not part of the assessment.
    fn find(&self, id: &str) -> Result<Option<Entry<'_>>, Error> {
        let pack = id.split_once('.').map(|(pack, _)| pack);
        let node = match pack {
            Some(_) => self.told.index.get(id),
            None => self.told.index.get(&format!("{}.{id}", self.own)),
        };
        let found = node.and_then(|node| self.entry(*node));
        let left_out = pack.is_some_and(|pack| self.without.iter().any(|one| one == pack));
        if found.is_none() && !left_out {
            return Err(invalid(message!("no-such-item", id)));
        }
        Ok(found)
    }

    /// The labels of the children of a score that have the lowest (or highest) value, of those that are
    /// called for where any is.
    fn extreme(&self, id: &str, found: Entry<'_>, lowest: bool) -> Result<String, Error> {
        let ItemKind::Score { children, .. } = &found.item.kind else {
            return Err(invalid(message!("is-no-score", id)));
        };
        let rated = children.iter().filter_map(|node| self.entry(*node));
        let mut rated: Vec<_> = rated.filter(|one| one.reading.is_rated()).collect();
        let is_aside = |node: usize| self.told.answers.get(node).is_some_and(|one| one.aside);
        if rated.iter().any(|one| !is_aside(one.node)) {
            rated.retain(|one| !is_aside(one.node));
        }
        let better = |a: f64, b: f64| if lowest { a.min(b) } else { a.max(b) };
        let Some(best) = rated.iter().map(|one| one.reading.value).reduce(better) else {
            return Ok(self.absent(found));
        };
        let ties = rated
            .iter()
            .filter(|one| one.reading.value.total_cmp(&best).is_eq());
        let labels: Vec<&str> = ties.map(|one| one.item.label.as_str()).collect();
        Ok(list(&labels))
    }

    /// True where anything is known of an item; on trial, the next answer set.
    fn known(&self, id: &str) -> Result<bool, Error> {
        let found = self.find(id)?.map(|one| one.reading);
        let Some(trial) = &self.trial else {
            return Ok(found.is_some_and(|one| one.is_rated() || one.is_held()));
        };
        let answers = trial.load(Ordering::Relaxed);
        trial.store(answers >> 1, Ordering::Relaxed);
        Ok(answers & 1 == 1)
    }

    /// The labels of those questions to which nobody knew an answer.
    fn nobody_knew(&self, ids: &[String]) -> Result<String, Error> {
        let mut labels = Vec::new();
        for id in ids {
            let found = self.find(id)?;
            let unknown = found.filter(|one| one.reading.state == ItemState::Unknown);
            labels.extend(unknown.map(|one| one.item.label.as_str()));
        }
        Ok(list(&labels))
    }

    /// Remembers that a text names an item.
    fn name(&self, node: usize) {
        if let Ok(mut named) = self.named.lock() {
            named.insert(node);
        }
    }

    /// Words for an item without a value.
    fn absent(&self, found: Entry<'_>) -> String {
        let hidden = self
            .told
            .answers
            .get(found.node)
            .is_some_and(|one| one.hidden);
        let answered = matches!(
            found.item.kind,
            ItemKind::Question(_) | ItemKind::Score { .. }
        );
        let words = match found.reading.state {
            _ if hidden => "hidden",
            ItemState::NotApplicable | ItemState::Irrelevant => message!("does-not-apply"),
            ItemState::NotAsked | ItemState::NotCore => NOT_ASKED,
            ItemState::Missing if answered => message!("not-answered"),
            ItemState::Missing | ItemState::Unknown | ItemState::Rated => message!("not-known"),
        };
        words.to_owned()
    }

    fn number(&self, found: Entry<'_>, format: fn(&Reading) -> String) -> String {
        self.name(found.node);
        if found.reading.is_rated() {
            format(found.reading)
        } else {
            self.absent(found)
        }
    }

    /// The outcome or level in words; where it is open, those it could still be.
    fn outcome(&self, id: &str, found: Entry<'_>) -> Result<String, Error> {
        let kind = &found.item.kind;
        if !matches!(kind, ItemKind::Decision { .. } | ItemKind::Ladder { .. }) {
            return Err(invalid(message!("is-neither-a-decision-nor-a-ladder", id)));
        }
        let held = kind.labels(found.reading.held);
        let possible = kind.labels(found.reading.possible);
        Ok(match (held.is_empty(), possible.is_empty()) {
            (false, _) => list(&held),
            // Texts put an outcome in quotes, so the quotes inside are single.
            (true, false) => either_in(&possible, ['‘', '’']),
            (true, true) => self.absent(found),
        })
    }

    /// The anchors or choices in words, as claimed.
    fn answer(&self, id: &str, found: Entry<'_>) -> Result<String, Error> {
        let claimed = self.told.claimed.as_ref();
        let claimed = claimed.and_then(|readings| readings.get(found.node));
        let reading = claimed.unwrap_or(found.reading);
        let found = Entry { reading, ..found };
        let ItemKind::Question(question) = &found.item.kind else {
            return Err(invalid(message!("is-no-question", id)));
        };
        self.name(found.node);
        let text = self.told.answers.get(found.node);
        if let Some(words) = text.and_then(|text| text.answer.clone()) {
            return Ok(words);
        }
        if question.choices.is_empty() && matches!(found.item.domain, Domain::Number { .. }) {
            return Ok(self.number(found, |reading| number(reading.value)));
        }
        if let Some(position) = ScalePosition::of(question, reading.value) {
            return Ok(position.words(false));
        }
        let words = found.item.kind.labels(reading.held);
        Ok(match (words.is_empty(), reading.is_held()) {
            (false, _) => words.join("; "),
            (true, true) => NONE_TAKEN.to_owned(),
            (true, false) => self.absent(found),
        })
    }
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, message)
}

/// An environment with the functions that texts call.
pub(crate) fn environment() -> Environment<'static> {
    type Function = fn(&TextContext, &str, Entry<'_>) -> Result<String, Error>;
    let functions: [(&'static str, Function); 7] = [
        ("value", |texts, _, found| {
            Ok(texts.number(found, |reading| grouped(&number(reading.value))))
        }),
        ("index", |texts, _, found| {
            let index = |reading: &Reading| rounded(reading.index(reading.value), 0);
            Ok(texts.number(found, index))
        }),
        ("outcome", TextContext::outcome),
        ("label", |_, _, found| Ok(found.item.label.clone())),
        ("answer", TextContext::answer),
        ("lowest", |texts, id, found| texts.extreme(id, found, true)),
        ("highest", |texts, id, found| {
            texts.extreme(id, found, false)
        }),
    ];
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_fuel(Some(FUEL));
    for (name, function) in functions {
        environment.add_function(
            name,
            move |state: &State<'_, '_>, id: String| -> Result<String, Error> {
                with_context(state, |texts| match texts.find(&id)? {
                    Some(found) => function(texts, &id, found),
                    None => Ok(NOT_ASKED.to_owned()),
                })
            },
        );
    }
    environment.add_function(
        "known",
        |state: &State<'_, '_>, id: String| -> Result<bool, Error> {
            with_context(state, |texts| texts.known(&id))
        },
    );
    environment.add_function(
        "nobody_knew",
        |state: &State<'_, '_>, ids: Rest<String>| -> Result<String, Error> {
            with_context(state, |texts| texts.nobody_knew(&ids))
        },
    );
    environment
}

/// Runs a function on the context that a text is rendered with.
fn with_context<T>(
    state: &State<'_, '_>,
    function: impl FnOnce(&TextContext) -> Result<T, Error>,
) -> Result<T, Error> {
    let words = state.lookup("words");
    let texts = words.as_ref().and_then(Value::downcast_object_ref);
    function(texts.ok_or_else(|| Error::from(ErrorKind::UndefinedError))?)
}
