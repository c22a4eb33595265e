//! A pack in one line, where the first page cannot tell each in full.

use super::super::exhibit::Dots;
use super::ReportContext;
use super::fact::{OF_THE_LEVEL, level_fact};
use crate::assess::assessment::LadderResult;
use crate::report::view::Text;
use crate::report::view::pack::Pack;
use crate::rules::rulebook::ExhibitKind;
use serde::Serialize;
use std::borrow::Cow;

/// A pack in one line of a table.
#[derive(Debug, Clone, Serialize)]
pub struct Line<'a> {
    /// Title of the pack.
    pub pack: Text<'a>,
    /// Of its first exhibit; null where it has none.
    pub anchor: Option<&'a str>,
    /// Index of what its level reads, "48"; null where it has none.
    pub value: Option<Text<'a>>,
    /// "47 to 49"; null where it is certain.
    pub range: Option<String>,
    /// "Attentive (2 of 5)"; null where the pack has no levels.
    pub level: Option<String>,
    /// "96 %", where most of the pack is open of what the level reads; null for a pack that asks
    /// nothing, or nothing that applies.
    pub answered: Option<Text<'a>>,
}

impl<'a> ReportContext<'a> {
    /// The ladder that speaks for a pack, where one does and applies.
    pub(in crate::report::view) fn main_ladder(&self, place: usize) -> Option<&'a LadderResult> {
        let headline = self.rulebook.packs.get(place)?.headline?;
        self.applies(headline).then(|| self.ladder(headline))?
    }

    pub(super) fn line(&self, pack: &Pack<'a>) -> Line<'a> {
        let main = self.main_ladder(pack.place);
        let index = self.index_strip(pack.place);
        let (value, range) = index.map_or((None, None), |strip| (strip.value, strip.range));
        let range = range.filter(|range| Some(range) != value.as_ref());
        let level = main.map(level_fact);
        let mut exhibits = pack.profile.iter().chain(&pack.fit).chain(&pack.lenses);
        Line {
            pack: pack.title.clone(),
            anchor: exhibits.next().map(|one| one.anchor),
            value: value.map(Cow::Owned),
            range,
            level: level.map(|level| format!("{} ({})", level.value, level.note)),
            answered: self.answered_fact(pack.place, main).map(|fact| {
                if fact.note.starts_with(OF_THE_LEVEL) {
                    Cow::Owned(format!("{} {OF_THE_LEVEL}", fact.value))
                } else {
                    fact.value
                }
            }),
        }
    }

    /// The parts of the overall pack's score, as its profile shows them.
    pub(super) fn dimensions(&self) -> Option<Dots<'a>> {
        let place = self.overall?;
        let exhibits = self.rulebook.packs.get(place)?.exhibits.iter();
        let mut drawn = exhibits.filter_map(|exhibit| match &exhibit.kind {
            ExhibitKind::Star(node) => self.star(*node, None).map(|(star, _)| star.dots),
            ExhibitKind::Dots(nodes) => self.dots(nodes, None).map(|(dots, _)| dots),
            ExhibitKind::Bars(_)
            | ExhibitKind::Grid { .. }
            | ExhibitKind::Verdicts(_)
            | ExhibitKind::Checklist(_)
            | ExhibitKind::Steps { .. } => None,
        });
        let own = || self.profile_dots(place, self.layout.packs.get(place)?);
        drawn.next().or_else(|| own().map(|(dots, _)| dots))
    }

    /// Items read by the gates that keep a pack from its next level.
    pub(super) fn gate_parts(&self, pack: Option<usize>) -> Vec<usize> {
        let layout = pack.and_then(|pack| self.layout.packs.get(pack));
        let ladders = layout.into_iter().flat_map(|layout| &layout.ladders);
        let results = ladders.filter_map(|one| self.ladder(one.node));
        let needs = results.flat_map(LadderResult::blocked_by);
        let gates = needs.flat_map(|need| {
            let gates = self.assessment.gates.iter();
            gates.filter(move |gate| gate.id == need.id)
        });
        gates
            .flat_map(|gate| gate.parts.iter().filter_map(|part| self.node(&part.id)))
            .collect()
    }
}
