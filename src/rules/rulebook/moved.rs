//! Ids that packs once had, and the items that have other ids now.

use super::Rulebook;
use crate::message;
use crate::rules::pack::overlay::{Change, overlaps};
use crate::text::diagnostic::{Code, Diagnostic};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The place of an item that had another id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The id it has now, `pack.item`. Its pack may be one that the assessment does without.
    pub to: String,
    /// The values that earlier values stand for now; empty where they stay as they are.
    pub(crate) values: BTreeMap<String, String>,
}

impl Moved {
    /// The value that an earlier one stands for; `None` where the pack does not say.
    pub(crate) fn value<'a>(&'a self, earlier: &'a str) -> Option<&'a str> {
        match self.values.get(earlier) {
            Some(value) => Some(value),
            None if self.values.is_empty() || earlier == "unknown" => Some(earlier),
            None => None,
        }
    }
}

impl Rulebook {
    /// The item that once had an id, `pack.item`; `None` for an id that no pack gave up.
    #[must_use]
    pub fn moved(&self, earlier: &str) -> Option<&Moved> {
        self.moved.get(earlier)
    }

    /// The ids that items of a pack once had, each with the one it has now, in full.
    pub(crate) fn moved_of(&self, pack: &str) -> impl Iterator<Item = (String, String)> {
        let own = self.moved.iter().filter(move |(id, _)| {
            let rest = id.strip_prefix(pack);
            rest.is_some_and(|rest| rest.starts_with('.'))
        });
        own.map(|(id, moved)| (id.clone(), moved.to.clone()))
    }

    /// The id that an item has now: the same, unless its pack moved it.
    #[must_use]
    pub fn current_id<'a>(&'a self, id: &'a str) -> &'a str {
        self.moved(id).map_or(id, |moved| &moved.to)
    }

    /// Every id that each question goes by or went by, in any pack, by its place.
    pub(crate) fn names(&self) -> HashMap<usize, BTreeSet<String>> {
        let own = self.questions().map(|asked| asked.item.id.as_str());
        let mut names: HashMap<usize, BTreeSet<String>> = HashMap::new();
        for id in own.chain(self.moved.keys().map(String::as_str)) {
            let (mut now, mut left) = (id, self.moved.len());
            while let Some(moved) = self.moved(now).filter(|_| left > 0) {
                (now, left) = (moved.to.as_str(), left - 1);
            }
            if let Some(node) = self.find(now) {
                names.entry(node).or_default().insert(id.to_owned());
            }
        }
        names
    }

    /// The notes that two overlays change one thing, and that an overlay changes the words of a
    /// question that another pack asks.
    #[must_use]
    pub fn overlay_notes(&self) -> Vec<Diagnostic> {
        let laid = self.packs.iter();
        let laid = laid.flat_map(|pack| pack.overlays.iter().map(|one| (pack.id.as_str(), one)));
        let laid: Vec<_> = laid.collect();
        let mut notes = overlaps(&laid);
        for (pack, change) in laid
            .iter()
            .flat_map(|(pack, one)| one.changes.iter().map(move |change| (*pack, change)))
        {
            if let Some((id, moved)) = self.asked_elsewhere(pack, change) {
                let message = message!("a-change-shows-nowhere", id, now = moved.to);
                notes.push(Diagnostic::warning(Code::UnseenChange, message).at(change.place));
            }
        }
        notes
    }

    /// The question whose words a change is about, where another pack asks it in its place.
    fn asked_elsewhere(&self, pack: &str, change: &Change) -> Option<(String, &Moved)> {
        // What its own pack makes of the answer.
        const OWN: [&str; 3] = ["weight", "tags", "asked_as"];
        let (_, rest) = change.path.split_once(".questions.")?;
        let (question, key) = rest.split_once('.')?;
        let id = format!("{pack}.{question}");
        let moved = self.moved(&id).filter(|_| !OWN.contains(&key))?;
        Some((id, moved))
    }

    /// Returns true where a pack is part of the assessment.
    pub(crate) fn has_pack(&self, id: &str) -> bool {
        self.packs.iter().any(|pack| pack.id == id)
    }
}
