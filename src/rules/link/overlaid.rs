//! Problems of packs that overlays bring about: each is also shown where an overlay does so.

use super::Linker;
use crate::rules::pack::Loaded;
use crate::rules::pack::overlay::{Change, Overlay};
use crate::text::diagnostic::{Diagnostic, Place};
use crate::text::yaml::Located;
use std::mem;

impl Linker<'_> {
    /// Adds to every problem that stands in no overlay the change that it most likely comes from: one
    /// of what the problem names, or else of what it stands in.
    pub(super) fn blame_overlays(&mut self) {
        let overlays = || self.loaded.iter().flat_map(|pack| &pack.overlays);
        if overlays().next().is_none() {
            return;
        }
        let mut problems = mem::take(&mut self.problems);
        for problem in problems.iter_mut() {
            let Some(place) = problem.place else { continue };
            if overlays().any(|overlay| overlay.holds(place)) {
                continue;
            }
            let around = around(self.loaded, place);
            let words = words(problem);
            let mut best: Option<(u8, &Overlay, &Change)> = None;
            for pack in self.loaded {
                let own = around.is_some_and(|(own, _)| own.id() == pack.id());
                let within = around.filter(|_| own).map(|(_, name)| name);
                for overlay in &pack.overlays {
                    for change in &overlay.changes {
                        let rank = rank(change, &local(&words, pack.id(), own), within);
                        if rank > 0 && best.is_none_or(|(most, ..)| rank >= most) {
                            best = Some((rank, overlay, change));
                        }
                    }
                }
            }
            if let Some((_, overlay, change)) = best {
                overlay.blame(problem, change);
            }
        }
        self.problems = problems;
    }
}

/// Closeness of a change to a problem, from 0 for none: by the ids of its pack that the problem names,
/// and the id of what it stands in.
fn rank(change: &Change, named: &[&str], within: Option<&str>) -> u8 {
    let mut keys = change.path.split('.');
    let last = change.path.rsplit('.').next().unwrap_or_default();
    if named.contains(&last) || named.iter().any(|name| change.gone.contains(*name)) {
        3
    } else if keys.clone().any(|key| Some(key) == within) {
        2
    } else {
        u8::from(keys.any(|key| named.contains(&key)))
    }
}

/// The words in backticks of a problem.
fn words(problem: &Diagnostic) -> Vec<String> {
    let parts = problem.message.split('`').skip(1).step_by(2);
    parts.map(str::to_owned).collect()
}

/// The ids of a pack among words: those written in full, and the others where the problem is its own or
/// names it.
fn local<'w>(words: &'w [String], pack: &str, own: bool) -> Vec<&'w str> {
    let own = own || words.iter().any(|word| word == pack);
    let id = |word: &'w String| match word.split_once('.') {
        Some((of, id)) => (of == pack).then_some(id),
        None => own.then_some(word.as_str()),
    };
    words.iter().filter_map(id).collect()
}

/// The pack whose file a place is in, and the id of the thing there that begins last before it.
fn around(loaded: &[Loaded], place: Place) -> Option<(&Loaded, &str)> {
    let all = loaded
        .iter()
        .flat_map(|pack| ids(pack).map(move |id| (pack, id)));
    let before =
        all.filter(|(_, id)| id.place.source == place.source && id.place.start <= place.start);
    let last = before.max_by_key(|(_, id)| id.place.start);
    last.map(|(pack, id)| (pack, id.value.as_str()))
}

/// The ids of a pack's sections, questions and rules, and of the pack itself.
fn ids(pack: &Loaded) -> impl Iterator<Item = &Located<String>> {
    let file = &pack.file;
    let questions = file
        .sections
        .iter()
        .flat_map(|(_, section)| &section.questions);
    let sections = file.sections.iter().map(|(id, _)| id);
    let scores = file.scores.iter().map(|(id, _)| id);
    let decisions = file.decisions.iter().map(|(id, _)| id);
    let metrics = file.metrics.iter().map(|(id, _)| id);
    let gates = file.gates.iter().map(|(id, _)| id);
    let ladders = file.ladders.iter().map(|(id, _)| id);
    let findings = file.findings.iter().map(|(id, _)| id);
    let all = sections.chain(questions.map(|(id, _)| id)).chain(scores);
    let all = all
        .chain(decisions)
        .chain(metrics)
        .chain(gates)
        .chain(ladders);
    all.chain(findings).chain(&file.id)
}
