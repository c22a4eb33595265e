//! Packs with the overlays that an assessment lays over them.

use super::overlay::{Layer, is_id};
use super::{Library, Loaded, Texts};
use crate::problem;
use crate::text::Result;
use crate::text::diagnostic::{Diagnostic, Diagnostics, Sources};
use crate::text::yaml::{self, Located};
use semver::Version;

/// The most overlays over one pack.
const MOST_LAYERS: usize = 16;

/// A pack with overlays, in the order in which they are laid over it.
struct Stack {
    /// Files of the pack; none where it is among those listed.
    base: Option<Texts>,
    /// Its id; empty where its header cannot be read, or no overlay asks for it.
    id: String,
    /// The version that has to be there, and the place that says so.
    pin: Option<(Version, Located<String>)>,
    layers: Vec<Layer>,
}

/// The packs and overlays that are listed.
pub(super) struct Stacks<'l> {
    library: &'l Library,
    bases: Vec<Stack>,
    /// Overlays in the order they are listed, each with the number of packs before it.
    overlays: Vec<(Layer, usize)>,
}

impl<'l> Stacks<'l> {
    pub(super) fn new(library: &'l Library) -> Self {
        Self {
            library,
            bases: Vec::new(),
            overlays: Vec::new(),
        }
    }

    /// Adds a pack or an overlay to those listed.
    pub(super) fn list(
        &mut self,
        name: &Located<String>,
        texts: Texts,
        pin: Option<Version>,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) {
        if !texts.is_overlay() {
            self.bases.push(Stack {
                id: String::new(),
                base: Some(texts),
                pin: pin.map(|pin| (pin, name.clone())),
                layers: Vec::new(),
            });
            return;
        }
        let Some(layer) = Layer::read(texts, sources, problems) else {
            return;
        };
        let id = layer.id();
        if self.overlays.iter().any(|(other, _)| other.id() == id) {
            problems.push(problem!(DuplicateId, "the-pack-is-asked-for-twice", id).at(name.place));
            return;
        }
        if let Some(pin) = pin {
            let own = layer.file.version.as_ref().map(|one| one.value.as_str());
            problems.extend(pinned(own.unwrap_or_default(), &pin, name));
        }
        self.overlays.push((layer, self.bases.len()));
    }

    /// Loads every pack with its overlays, in the order in which the first of them is listed.
    pub(super) fn load(
        mut self,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> Result<Vec<Loaded>> {
        if !self.overlays.is_empty() {
            for stack in &mut self.bases {
                stack.id = stack.base.as_ref().and_then(Texts::id).unwrap_or_default();
            }
        }
        let mut added = 0;
        let mut waiting = std::mem::take(&mut self.overlays);
        while !waiting.is_empty() {
            let (layer, before) = waiting.remove(0);
            let Some(chain) = self.chain(layer, &mut waiting, sources, problems)? else {
                continue;
            };
            let known = self.bases.iter().position(|one| one.id == chain.id);
            if let Some(stack) = known.and_then(|place| self.bases.get_mut(place)) {
                for layer in chain.layers {
                    if stack.layers.iter().all(|one| one.id() != layer.id()) {
                        stack.layers.push(layer);
                    }
                }
            } else {
                let place = (before + added).min(self.bases.len());
                self.bases.insert(place, chain);
                added += 1;
            }
        }
        let packs = self.bases.into_iter();
        Ok(packs
            .filter_map(|stack| stack.load(sources, problems))
            .collect())
    }

    /// An overlay with those below it and their base; `None` where there is a problem.
    fn chain(
        &self,
        layer: Layer,
        waiting: &mut Vec<(Layer, usize)>,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> Result<Option<Stack>> {
        let mut layers = vec![layer];
        loop {
            let Some(top) = layers.first() else {
                return Ok(None);
            };
            let wanted = top.base().clone();
            let name = wanted.value.as_str();
            // What is no id was named when the overlay was read, and leads nowhere.
            if !is_id(name) {
                return Ok(None);
            }
            if let Some(problem) = refused(&layers, &wanted) {
                problems.push(problem);
                return Ok(None);
            }
            if let Some(stack) = self.bases.iter().find(|one| one.id == name) {
                return Ok(Some(Stack::over(&stack.id, None, layers)));
            }
            let laid = self
                .bases
                .iter()
                .find(|one| one.layers.iter().any(|it| it.id() == name));
            if let Some(stack) = laid {
                return Ok(Some(Stack::over(&stack.id, None, layers)));
            }
            if let Some(place) = waiting.iter().position(|(one, _)| one.id() == name) {
                layers.insert(0, waiting.remove(place).0);
                continue;
            }
            let Some(texts) = self.library.find(name)? else {
                problems.push(self.library.unknown(name, wanted.place)?);
                return Ok(None);
            };
            if !texts.is_overlay() {
                return Ok(Some(Stack::over(name, Some(texts), layers)));
            }
            match Layer::read(texts, sources, problems) {
                Some(below) => layers.insert(0, below),
                None => return Ok(None),
            }
        }
    }
}

/// The problem that an overlay leads back to itself, or through too many.
fn refused(layers: &[Layer], wanted: &Located<String>) -> Option<Diagnostic> {
    let ids: Vec<&str> = layers.iter().map(Layer::id).collect();
    let problem = if ids.first() == Some(&wanted.value.as_str()) {
        problem!(
            InvalidOverlay,
            "overlay-named-like-its-base",
            id = wanted.value
        )
    } else if ids.contains(&wanted.value.as_str()) {
        let names = ids.iter().rev().map(|id| format!("`{id}`"));
        let names = names.chain([format!("`{}`", wanted.value)]);
        let names = names.collect::<Vec<_>>().join(" extends ");
        problem!(Cycle, "overlays-extend-one-another", names)
    } else if ids.len() > MOST_LAYERS {
        problem!(InvalidOverlay, "too-many-overlays", most = MOST_LAYERS)
    } else {
        return None;
    };
    Some(problem.at(wanted.place))
}

impl Stack {
    fn over(id: &str, base: Option<Texts>, layers: Vec<Layer>) -> Self {
        Self {
            base,
            id: id.to_owned(),
            pin: None,
            layers,
        }
    }

    fn load(self, sources: &mut Sources, problems: &mut Diagnostics) -> Option<Loaded> {
        let pack = Loaded::layered(self.base?, self.layers, sources, problems)?;
        if let (Some((pin, name)), Some(own)) = (&self.pin, &pack.file.version)
            && let Some(problem) = pinned(&own.value, pin, name)
        {
            problems.push(problem);
            return None;
        }
        Some(pack)
    }
}

/// The problem that another version is there than the one pinned.
fn pinned(version: &str, pin: &Version, wanted: &Located<String>) -> Option<Diagnostic> {
    let name = wanted.value.rsplit_once('@').map_or("", |(name, _)| name);
    let problem = || problem!(VersionMismatch, "pinned-version", name, version, pin);
    let is_other = version.parse::<Version>().ok().as_ref() != Some(pin);
    is_other.then(|| problem().at(wanted.place))
}

impl Texts {
    /// True for an overlay: its header says what it extends.
    #[must_use]
    pub fn is_overlay(&self) -> bool {
        // Most headers say nothing of the kind, and are not read for that.
        let may = |bytes: &[u8]| bytes.windows(7).any(|word| word == b"extends");
        let header = self.header().filter(|bytes| may(bytes));
        header.is_some_and(|bytes| header_text(bytes.to_vec(), "extends").is_some())
    }

    /// Its id, where that much of its header can be read.
    #[must_use]
    pub fn id(&self) -> Option<String> {
        header_text(self.header()?.to_vec(), "id").filter(|id| !id.is_empty())
    }

    /// Its version, where that much of its header can be read.
    #[must_use]
    pub fn version(&self) -> Option<String> {
        header_text(self.header()?.to_vec(), "version")
    }

    fn header(&self) -> Option<&[u8]> {
        let header = self.rules.iter().find(|one| one.path == "pack.yaml");
        header.map(|one| one.bytes.as_slice())
    }
}

/// The text under a key of a header, where that much of it can be read; empty for a list or a map.
pub(super) fn header_text(bytes: Vec<u8>, key: &str) -> Option<String> {
    yaml::top_entry(&yaml::decode("", bytes).ok()?, key)
}
