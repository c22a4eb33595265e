//! A pack by itself, as the commands on packs take it.

use super::Reader;
use crate::{Failure, Result};
use centricity::collect::QuestionnaireSize;
use centricity::message;
use centricity::rules::pack::overlay::Overlay;
use centricity::rules::pack::{Library, Texts, is_pack};
use centricity::rules::rulebook::Rulebook;
use centricity::study::case::{Report, run};
use centricity::text::diagnostic::{nearest, suggestion};
use std::path::Path;
use std::sync::Arc;

/// A pack found valid, with the outcome of its cases.
pub(crate) struct CheckedPack {
    pub(crate) rulebook: Rulebook,
    pub(crate) report: Report,
    /// The overlays laid over it.
    pub(crate) overlays: Vec<Overlay>,
    /// Size of what it asks by itself, in full and in its short form where it has one.
    pub(crate) size: (QuestionnaireSize, Option<QuestionnaireSize>),
}

impl CheckedPack {
    /// Checks the pack of a folder, a file or a name.
    pub(crate) fn find(name: &str, reader: &mut Reader) -> Result<Self> {
        Self::check(pack_texts(name, &reader.rulebooks.library)?, reader)
    }

    /// Checks a pack with the packs it uses, and runs its cases.
    pub(crate) fn check(texts: Texts, reader: &mut Reader) -> Result<Self> {
        let rulebooks = Arc::clone(&reader.rulebooks);
        let (library, (sources, problems)) = (&rulebooks.library, reader.parts());
        let pack = library.load_texts(texts, sources, problems)?;
        let pack = pack.ok_or(Failure::Invalid)?;
        let (overlays, size) = (
            pack.overlays.clone(),
            QuestionnaireSize::of_file(&pack.file),
        );
        let mut packs = vec![pack];
        library.add_used(&mut packs, |_| true, sources, problems)?;
        let rulebook = Rulebook::link(&packs, problems).ok_or(Failure::Invalid)?;
        let report = run(&packs, sources, problems);
        Ok(Self {
            rulebook,
            report,
            overlays,
            size,
        })
    }
}

/// The files of a pack given by its folder, its only file, or its name.
pub(crate) fn pack_texts(name: &str, library: &Library) -> Result<Texts> {
    let path = Path::new(name);
    if is_pack(path) {
        return Ok(Texts::read(path)?);
    }
    if let (false, Some(texts)) = (name.contains('/'), library.find(name)?) {
        return Ok(texts);
    }
    let names = library.names()?;
    let near = nearest(name, names.iter().map(String::as_str));
    let help = suggestion(near, message!("centricity-pack-list-shows-the-packs"));
    Err(Failure::world(message!("there-is-no-pack", name), help))
}
