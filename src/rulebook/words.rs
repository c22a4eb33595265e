//! What finding texts may say: the functions their templates call, over one evaluation.

use super::{Choice, Domain, Item, ItemKind, Pack, Question};
use crate::answers::turn;
use crate::condition::TOLERANCE;
use crate::evaluate::Reading;
pub(crate) use crate::number::short as number;
use crate::number::{round, rounded};
use crate::pack::file::QuestionType;
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
    /// The same as claimed, where evidence holds an answer below that.
    claimed: Option<Arc<[Reading]>>,
}

impl Object for Words {}

impl Words {
    pub(crate) fn new(
        pack: &Pack,
        items: Arc<[Item]>,
        index: Arc<HashMap<String, usize>>,
        readings: Arc<[Reading]>,
        claimed: Option<Arc<[Reading]>>,
    ) -> Self {
        Self {
            own: pack.id.clone(),
            without: pack.without.clone(),
            items,
            index,
            readings,
            claimed,
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
        Self::new(pack, items.into(), Arc::new(index), readings.into(), None)
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
    if let Some(stand) = Stand::of(question, reading.value) {
        return Ok(stand.says(false));
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

/// Where an answer stands on a scale of scored steps.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stand<'q> {
    /// On a step.
    On(&'q Choice),
    /// Between two steps, as the mean of several people's answers can be.
    Between(f64, &'q Choice, &'q Choice),
}

impl<'q> Stand<'q> {
    /// Where an answer worth so much stands; `None` where it is worth nothing, or where steps are not
    /// scored one by one.
    pub(crate) fn of(question: &'q Question, worth: f64) -> Option<Self> {
        let one = matches!(
            question.kind,
            QuestionType::Rating | QuestionType::SelectOne
        );
        let said = turn(question, worth);
        if !one || said.is_nan() || question.choices.iter().any(|step| step.score.is_none()) {
            return None;
        }
        let far = |step: &Choice| step.score.map_or(f64::NAN, |score| score - said);
        let steps = || question.choices.iter();
        if let Some(step) = steps().find(|step| far(step).abs() <= TOLERANCE) {
            return Some(Self::On(step));
        }
        let below = steps().filter(|step| far(step) < 0.0);
        let above = steps().filter(|step| far(step) > 0.0);
        let nearest = |a: &&Choice, b: &&Choice| far(a).abs().total_cmp(&far(b).abs());
        Some(Self::Between(
            said,
            below.min_by(nearest)?,
            above.min_by(nearest)?,
        ))
    }

    /// The number of the place where it stands, "1" or "0.9".
    pub(crate) fn figure(self) -> String {
        let score = |step: &Choice| step.score.unwrap_or_default();
        match self {
            Self::On(step) => number(score(step)),
            Self::Between(said, below, above) => apart(said, &[score(below), score(above)]),
        }
    }

    /// "Some (1)", the number only where that is wanted, or "0.9, between “None” (0) and “Some” (1)".
    pub(crate) fn says(self, numbered: bool) -> String {
        let score = |step: &Choice| number(step.score.unwrap_or_default());
        match self {
            Self::On(step) if numbered => format!("{} ({})", step.label, score(step)),
            Self::On(step) => step.label.clone(),
            Self::Between(_, below, above) => format!(
                "{}, between “{}” ({}) and “{}” ({})",
                self.figure(),
                below.label,
                score(below),
                above.label,
                score(above)
            ),
        }
    }
}

/// A number with as many digits, nine at most, as it takes not to look like one of its limits.
pub(crate) fn apart(value: f64, limits: &[f64]) -> String {
    let shown = |digits: u8| round(value, digits);
    let clear = |digits: &u8| {
        limits
            .iter()
            .all(|limit| (shown(*digits) - limit).abs() > TOLERANCE)
    };
    let digits = (1..=9).find(clear).unwrap_or(9);
    rounded(value, digits)
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
        ("answer", |words, id, found| {
            answer(id, words.claimed(found))
        }),
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
