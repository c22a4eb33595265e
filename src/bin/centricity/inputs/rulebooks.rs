//! Rulebooks linked so far: assessments over the same packs share one.

use super::Notes;
use crate::exit::Failure;
use centricity::rules::pack::Library;
use centricity::rules::rulebook::Rulebook;
use centricity::text::yaml::Located;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Where packs come from, and what was linked of them; threads may share it.
#[derive(Debug, Default)]
pub(crate) struct Rulebooks {
    library: Library,
    /// Whether a pack is taken in the version that is there, whichever one is pinned.
    unpinned: bool,
    /// One for all, whatever packs are asked for.
    only: Option<Arc<Rulebook>>,
    linked: Mutex<HashMap<Vec<String>, Arc<Rulebook>>>,
}

impl Rulebooks {
    pub(crate) fn new(library: Library) -> Self {
        Self {
            library,
            ..Self::default()
        }
    }

    /// The same, with the versions that assessments pin set aside.
    pub(crate) fn unpinned(self) -> Self {
        Self {
            unpinned: true,
            ..self
        }
    }

    /// Holds every assessment to one rulebook, whatever packs it lists.
    pub(crate) fn only(rulebook: Arc<Rulebook>) -> Self {
        Self {
            only: Some(rulebook),
            ..Self::default()
        }
    }

    /// Where packs come from.
    pub(crate) fn library(&self) -> &Library {
        &self.library
    }

    /// The rulebook of the packs an assessment lists; `None` where they are not valid, which `notes`
    /// then tells.
    ///
    /// Nothing is locked while packs are linked: that work is shared out among threads, and one
    /// that waits for it may be handed another assessment over the same packs.
    pub(crate) fn rulebook(
        &self,
        wanted: &[Located<String>],
        base: &Path,
        notes: &mut Notes,
    ) -> Result<Option<Arc<Rulebook>>, Failure> {
        let free: Vec<Located<String>>;
        let wanted = if self.unpinned {
            free = wanted.iter().map(without_pin).collect();
            free.as_slice()
        } else {
            wanted
        };
        if let Some(rulebook) = &self.only {
            return Ok(Some(Arc::clone(rulebook)));
        }
        let key: Vec<String> = wanted.iter().map(|one| place(&one.value, base)).collect();
        if let Some(rulebook) = self.linked().get(&key) {
            return Ok(Some(Arc::clone(rulebook)));
        }
        let Notes {
            sources, problems, ..
        } = notes;
        let packs = self.library.load(wanted, base, sources, problems)?;
        let rulebook = packs.and_then(|packs| Rulebook::link(&packs, problems));
        Ok(rulebook.map(|rulebook| {
            let mut linked = self.linked();
            Arc::clone(linked.entry(key).or_insert_with(|| Arc::new(rulebook)))
        }))
    }

    /// A thread that came to grief leaves the map as it was: entries are put in whole.
    fn linked(&self) -> std::sync::MutexGuard<'_, HashMap<Vec<String>, Arc<Rulebook>>> {
        self.linked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A pack's name as written, without the version it pins.
fn without_pin(wanted: &Located<String>) -> Located<String> {
    let name = wanted.value.rsplit_once('@');
    let name = name.map_or(wanted.value.as_str(), |(name, _)| name);
    Located::new(name.to_owned(), wanted.place)
}

/// What an assessment's folder makes of the name of a pack: a path leads to one place, whichever
/// folder it starts from.
fn place(name: &str, base: &Path) -> String {
    if !name.contains('/') {
        return name.to_owned();
    }
    let path = base.join(name);
    let path = path.canonicalize().unwrap_or(path);
    path.display().to_string()
}
