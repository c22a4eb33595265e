//! Effect of an action, in a line.

use super::{ReportContext, short};
use crate::assess::assessment::{ActionResult, Added, ItemId, LadderResult, Named};
use crate::text::number::rounded;
use serde::Serialize;

/// Effect of an action.
#[derive(Debug, Clone, Serialize)]
pub struct Changes<'a> {
    /// Levels that change.
    pub levels: Vec<Climb<'a>>,
    /// The gates it meets, and what else held a next level.
    pub gates: Vec<&'a str>,
    /// Points that it adds to a score, where no level and no gate changes.
    pub points: Option<Gain<'a>>,
    /// Note on how little moves where no printed figure does; null where it moves no answer.
    pub moves: Option<&'static str>,
    /// True if it adds a pack that proves or disproves a gate.
    pub asks: bool,
    /// True if it stops something that is not called for.
    pub stops: bool,
}

/// A level before and after.
#[derive(Debug, Clone, Serialize)]
pub struct Climb<'a> {
    /// Name of the ladder.
    pub ladder: &'a str,
    /// "Attentive"; null where none could be given.
    pub before: Option<&'a str>,
    /// "Structured"; null where none could be given.
    pub after: Option<&'a str>,
}

/// Points of the index.
#[derive(Debug, Clone, Serialize)]
pub struct Gain<'a> {
    /// Name of the score.
    pub score: &'a str,
    /// "+1.4".
    pub points: String,
}

impl<'a> ReportContext<'a> {
    /// Effect of an action on levels and gates, or else on a score that speaks for a pack.
    pub(super) fn changes(&self, action: &'a ActionResult) -> Changes<'a> {
        let mut changes = Changes {
            levels: Vec::new(),
            gates: Vec::new(),
            points: None,
            moves: None,
            asks: self.adds_a_pack(action),
            stops: action.stops,
        };
        let Some(effect) = &action.effect else {
            return changes;
        };
        let name = |level: &'a Option<Named>| level.as_ref().map(|one| short(&one.label));
        let moved = effect.levels.iter().filter(|one| one.before != one.after);
        let moved = moved.filter_map(|one| {
            Some(Climb {
                ladder: &self.item(&one.id)?.label,
                before: name(&one.before),
                after: name(&one.after),
            })
        });
        changes.levels.extend(moved);
        let gates = effect.opens.iter().filter_map(|id| {
            let mut gates = self.assessment.gates.iter();
            Some(gates.find(|gate| gate.id == *id)?.title.as_str())
        });
        changes.gates.extend(gates);
        changes.gates.extend(self.met(action));
        changes.moves = Some(if effect.points.is_empty() {
            "no level, and no score that one is measured by"
        } else {
            "less than 0.1 points of 100, and no level"
        });
        if changes.levels.is_empty() && changes.gates.is_empty() {
            changes.points = self.gain(action, &effect.points);
        }
        changes
    }

    /// Needs of the next level of a ladder that an action meets, in words; none of a ladder whose
    /// level itself rises.
    fn met(&self, action: &'a ActionResult) -> Vec<&'a str> {
        let effect = action.effect.iter();
        let mut met: Vec<&'a str> = Vec::new();
        for effect in effect {
            let rises = |ladder: &ItemId| {
                let mut levels = effect.levels.iter().filter(|one| one.id == *ladder);
                levels.any(|one| one.before != one.after)
            };
            for one in effect.meets.iter().filter(|one| !rises(&one.ladder)) {
                let ladder = self.node(&one.ladder).and_then(|node| self.ladder(node));
                let needs = ladder.map_or_else(Vec::new, LadderResult::blocked_by);
                let need = needs.into_iter().find(|need| *need.id == *one.id);
                let text = need.map(|need| need.text.as_str());
                met.extend(text.filter(|text| !met.contains(text)));
            }
        }
        met
    }

    /// True if an action adds a pack, so that a gate is proven or not.
    fn adds_a_pack(&self, action: &ActionResult) -> bool {
        let mut gates = self.assessment.gates.iter();
        let work = &action.advice.work;
        gates.any(|gate| !gate.unasked.is_empty() && *work == format!("{}.assess", gate.id))
    }

    /// Points on the score it was chosen for, else on the one that speaks for all, else on any.
    fn gain(&self, action: &ActionResult, points: &'a [Added]) -> Option<Gain<'a>> {
        let causes = self.assessment.first_causes();
        let causes = causes.filter(|cause| cause.action.as_ref() == Some(&action.advice.work));
        let causes: Vec<&ItemId> = causes.map(|cause| &cause.id).collect();
        let gains = points.iter().filter_map(|one| {
            let points = signed(one.index)?;
            let score = short(&self.item(&one.id)?.label);
            let (all, own) = (self.heads(&one.id, true), self.heads(&one.id, false));
            let rank = (!causes.contains(&&one.id), !all, !own);
            Some((rank, Gain { score, points }))
        });
        Some(gains.min_by_key(|(rank, _)| *rank)?.1)
    }

    /// True if a score is behind the headline of a pack; with `overall`, of the pack that speaks
    /// for all.
    fn heads(&self, score: &ItemId, overall: bool) -> bool {
        let packs = self.assessment.packs.iter();
        let packs = packs.filter(|pack| pack.overall || !overall);
        let mut headlines = packs.filter_map(|pack| pack.headline.as_ref());
        headlines.any(|one| {
            let ladder = self.node(&one.id).and_then(|node| self.ladder(node));
            let of = ladder.and_then(|ladder| ladder.of.as_ref());
            of.unwrap_or(&one.id) == score
        })
    }
}

/// Points with one digit and their sign; `None` where they round to nothing.
fn signed(points: f64) -> Option<String> {
    let text = rounded(points.abs(), 1);
    let sign = if points < 0.0 { "−" } else { "+" };
    (text != "0.0").then(|| format!("{sign}{text}"))
}
