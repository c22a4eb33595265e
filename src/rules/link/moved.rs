//! Ids that packs once had, each led to the item that answers to it now.

use super::Linker;
use crate::problem;
use crate::rules::pack::file::{MoveDetail, MoveFile, QuestionType};
use crate::rules::rulebook::{Moved, Question};
use crate::text::yaml::Located;
use std::collections::{BTreeMap, BTreeSet};

/// Ids that one may lead through to that of today.
const MOST_STEPS: usize = 100;

/// An id that a pack had, as it is written.
struct Step<'a> {
    old: &'a Located<String>,
    file: &'a MoveFile,
    /// The id it leads to in full, which may itself have moved.
    to: String,
}

impl Linker<'_> {
    /// Leads every id that packs once had to the item of today.
    pub(super) fn moves(&mut self) {
        let mut steps = BTreeMap::new();
        let loaded = self.loaded;
        for (pack, one) in loaded.iter().enumerate() {
            for (old, file) in &one.file.moved {
                let to = self.target(pack, file.to());
                let id = self.full_id(pack, &old.value);
                self.check_id(&old.value, old.place);
                if self.is_there(&id) {
                    let problem = problem!(InvalidMove, "the-moved-id-is-still-there", id);
                    self.refuse(old.place, problem);
                } else if let Some(to) = to {
                    steps.insert(id, Step { old, file, to });
                }
            }
        }
        for (id, step) in &steps {
            if let Some(moved) = self.lead(id, step, &steps) {
                self.moved.insert(id.clone(), moved);
            }
        }
    }

    /// The new id in full; it is of the pack itself or of one that the pack uses.
    fn target(&mut self, pack: usize, to: &Located<String>) -> Option<String> {
        let Some((owner, _)) = to.value.split_once('.') else {
            return Some(self.full_id(pack, &to.value));
        };
        let one = self.loaded.get(pack)?;
        let uses = || one.file.uses.iter().map(|(id, _)| id.value.as_str());
        if owner == one.id() || uses().any(|id| id == owner) {
            return Some(to.value.clone());
        }
        let problem = problem!(InvalidMove, "moved-to-a-pack-that-is-not-used", owner);
        self.refused(to.place, problem.nearest(owner, uses()))
    }

    fn is_there(&self, id: &str) -> bool {
        self.index.contains_key(id) || self.gates.iter().any(|gate| gate.id == id)
    }

    /// Follows an id to the item of today. Where its pack is not there, nothing more can be known.
    fn lead(
        &mut self,
        id: &str,
        first: &Step<'_>,
        steps: &BTreeMap<String, Step<'_>>,
    ) -> Option<Moved> {
        let (mut last, mut seen) = (first, BTreeSet::from([id]));
        let mut values = values(first.file);
        while let Some((id, step)) = steps.get_key_value(&last.to) {
            if !seen.insert(id) {
                let names = seen.into_iter().collect::<Vec<_>>().join("`, `");
                let problem = problem!(Cycle, "ids-moved-in-a-circle", names);
                return self.refused(first.old.place, problem);
            }
            if seen.len() > MOST_STEPS {
                let most = MOST_STEPS;
                let problem = problem!(
                    InvalidMove,
                    "an-id-moved-too-often",
                    old = first.old.value,
                    most
                );
                return self.refused(first.old.place, problem);
            }
            values = chained(&values, step.file);
            last = step;
        }
        let to = last.to.clone();
        let owner = to.split_once('.').map_or("", |(pack, _)| pack);
        if self.is_there(&to) {
            self.fits(first, &last.to);
        } else if self.packs.iter().any(|pack| pack.id == owner) {
            let problem = problem!(UnknownId, "moved-to-what-is-not-there", to);
            let items = self.items.iter().map(|item| item.id.as_str());
            let problem = problem.nearest(&to, items);
            return self.refused(first.file.to().place, problem);
        }
        // What it leads to may be left to another pack.
        let to = self.moved.get(&to).map_or(to, |tied| tied.to.clone());
        Some(Moved { to, values })
    }

    /// Checks what is written of the earlier question against the one of today.
    fn fits(&mut self, step: &Step<'_>, to: &str) {
        let Some(detail) = step.file.detail() else {
            return;
        };
        // What a question in between took is checked there.
        let direct = step.to == *to;
        let node = self.index.get(to).copied();
        let item = node.and_then(|node| self.items.get(node));
        let Some(question) = item.and_then(|item| item.kind.question()).cloned() else {
            let problem = problem!(InvalidMove, "moved-to-what-is-not-asked", to);
            self.refuse(detail.to.place, problem);
            return;
        };
        if let Some(kind) = &detail.kind
            && kind.value != question.kind
            && detail.values.is_empty()
        {
            let problem = problem!(InvalidMove, "moved-to-another-type", to);
            self.refuse(kind.place, problem);
        }
        for (_, value) in detail.values.iter().filter(|_| direct) {
            let text = value.value.text.as_str();
            if !takes(&question, text) {
                let values = question.choices.iter().map(|one| one.value.as_str());
                let problem = problem!(InvalidMove, "moved-to-a-value-that-is-none", to, text);
                self.refuse(value.place, problem.nearest(text, values));
            }
        }
    }
}

/// Returns true if a question can have an answer, as far as its type and its scale say.
fn takes(question: &Question, text: &str) -> bool {
    if text == "unknown" || question.kind == QuestionType::Text {
        return true;
    }
    if question.kind.is_number() {
        return text.parse::<f64>().is_ok_and(f64::is_finite);
    }
    question.choices.iter().any(|one| one.value == text)
}

fn values(file: &MoveFile) -> BTreeMap<String, String> {
    let all = file.detail().into_iter();
    let all = all.flat_map(|detail: &MoveDetail| &detail.values);
    all.map(|(old, new)| (old.value.clone(), new.value.text.clone()))
        .collect()
}

/// The values after one more step.
fn chained(before: &BTreeMap<String, String>, file: &MoveFile) -> BTreeMap<String, String> {
    let next = values(file);
    if before.is_empty() || next.is_empty() {
        return if next.is_empty() {
            before.clone()
        } else {
            next
        };
    }
    let pairs = before.iter();
    let led = pairs.filter_map(|(old, new)| Some((old.clone(), next.get(new)?.clone())));
    led.collect()
}
