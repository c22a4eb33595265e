//! Studies of results: reasons, changes, policies, and comparison of many clients.
//!
//! Comes in: assessments. Goes out: explanations, comparisons, histories, verdicts and portfolios.
//! Imports every room above.
//!
//! `explain` gives the reasons of a figure, `compare` what moved between two assessments, `history` over
//! many, `gate` holds one to a policy, `portfolio` sets many clients side by side; `case` runs the cases
//! of a pack, and `lint` says what could be better in it.

pub mod case;
pub(crate) mod compare;
pub(crate) mod explain;
pub(crate) mod gate;
pub(crate) mod history;
mod lint;
pub mod portfolio;
pub use compare::*;
pub use explain::*;
pub use gate::*;
pub use history::*;

pub use lint::lint;

use crate::assess::assessment::{Assessment, Named};
use crate::rules::pack::file::FindingKind;
use crate::rules::vocabulary::State;
use std::collections::{BTreeMap, BTreeSet};

/// A quarter of the distance between two anchors of a scale of 0 to 4, in points of 0..100. A
/// smaller difference of indices is never called a change.
pub const QUARTER_ANCHOR: f64 = 6.25;

/// An id that names nothing, or several things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownId {
    /// The id as asked for.
    pub id: String,
    /// The nearest that is there.
    pub near: Option<String>,
    /// The ids it could refer to, where there are several.
    pub several: Vec<String>,
}

/// The first number of a version; 0 where it has none.
fn major(version: &str) -> u64 {
    let first = version.split('.').next().unwrap_or_default();
    first.parse().unwrap_or_default()
}

/// The pack of an id.
fn owner(id: &str) -> &str {
    id.split_once('.').map_or(id, |(pack, _)| pack)
}

/// Items with their ids.
fn by_id<T>(items: &[T], id: fn(&T) -> &str) -> impl Iterator<Item = (&str, &T)> + Clone {
    items.iter().map(move |one| (id(one), one))
}

/// The ids of outcomes or levels.
fn ids(named: &[Named]) -> Vec<&str> {
    named.iter().map(|one| one.id.as_str()).collect()
}

/// Returns true for findings that something should be done about.
fn is_weakness(kind: FindingKind) -> bool {
    match kind {
        FindingKind::Gap | FindingKind::Risk | FindingKind::Contradiction => true,
        FindingKind::Strength | FindingKind::Fit | FindingKind::Unknown => false,
    }
}

/// The parts of every score and decision of a document, and its questions.
#[derive(Debug)]
struct Below<'a> {
    parts: BTreeMap<&'a str, Vec<&'a str>>,
    /// Every question with its state.
    questions: BTreeMap<&'a str, State>,
}

impl<'a> Below<'a> {
    fn new(document: &'a Assessment) -> Self {
        let mut parts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for score in &document.scores {
            let own = score.parts.iter().map(|part| part.id.as_str());
            let caps = score.capped.iter().flat_map(|cap| &cap.parts);
            let all = own.chain(caps.map(|part| part.id.as_str()));
            parts.insert(&score.id, all.collect());
        }
        for decision in &document.decisions {
            let inputs = decision.inputs.iter().map(|input| input.id.as_str());
            parts.insert(&decision.id, inputs.collect());
        }
        let questions = document.questions.iter();
        let questions = questions.map(|one| (one.id.as_str(), one.state));
        Self {
            parts,
            questions: questions.collect(),
        }
    }

    /// The questions that an item rests on, directly or through others.
    fn questions(&self, id: &str) -> BTreeSet<&'a str> {
        let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut left: Vec<&'a str> = self.parts.get(id).cloned().unwrap_or_default();
        while let Some(one) = left.pop() {
            if !seen.insert(one) {
                continue;
            }
            if self.questions.contains_key(one) {
                found.insert(one);
            }
            left.extend(self.parts.get(one).into_iter().flatten());
        }
        found
    }

    /// The questions that an item rests on and that are open.
    fn open_below(&self, id: &str) -> BTreeSet<&'a str> {
        let open = self.in_state(State::is_open);
        self.questions(id).intersection(&open).copied().collect()
    }

    /// The questions in a state.
    fn in_state(&self, wanted: impl Fn(State) -> bool) -> BTreeSet<&'a str> {
        let found = self.questions.iter().filter(|(_, state)| wanted(**state));
        found.map(|(id, _)| *id).collect()
    }
}
