//! The questions that a score rests on, according to its document.

use crate::assess::assessment::Assessment;
use crate::rules::vocabulary::State;
use std::collections::{BTreeMap, BTreeSet};

/// The parts of every score and decision of a document, and its questions.
#[derive(Debug)]
pub(crate) struct Below<'a> {
    parts: BTreeMap<&'a str, Vec<&'a str>>,
    /// Every question with its state.
    questions: BTreeMap<&'a str, State>,
}

impl<'a> Below<'a> {
    pub(crate) fn new(document: &'a Assessment) -> Self {
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
    pub(crate) fn questions(&self, id: &str) -> BTreeSet<&'a str> {
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

    /// Returns true where a question is rated.
    pub(super) fn is_rated(&self, id: &str) -> bool {
        self.questions.get(id) == Some(&State::Rated)
    }

    /// The questions that an item rests on and that are open.
    pub(super) fn open_below(&self, id: &str) -> BTreeSet<&'a str> {
        let open = self.open();
        let mut below = self.questions(id);
        below.retain(|one| open.contains(one));
        below
    }

    /// The questions that are open.
    pub(super) fn open(&self) -> BTreeSet<&'a str> {
        self.in_state(State::is_open)
    }

    /// The questions that are rated.
    pub(super) fn rated(&self) -> BTreeSet<&'a str> {
        self.in_state(|state| state == State::Rated)
    }

    fn in_state(&self, wanted: impl Fn(State) -> bool) -> BTreeSet<&'a str> {
        let found = self.questions.iter().filter(|(_, state)| wanted(**state));
        found.map(|(id, _)| *id).collect()
    }
}
