//! Actions as the report prints them: the next steps, and where each comes from.

use super::exhibit::ExhibitName;
use super::finding::{size, within};
use super::material::{Material, date, short};
use super::pack::Pack;
use super::{Numbers, Text};
use crate::assess::assessment::{
    ActionResult, Added, CauseKind, CauseResult, ItemId, Named, NeedState,
};
use crate::text::number::rounded;
use serde::Serialize;
use std::borrow::Cow;

/// The summary names this many.
const MOST: usize = 3;

/// A next step.
#[derive(Debug, Clone, Serialize)]
pub struct Step<'a> {
    /// Its place, from 1.
    pub place: usize,
    /// What to do.
    pub what: Text<'a>,
    /// The causes of the summary that it answers, as they are worded there; empty for what only
    /// prepares another step.
    pub answers: Vec<Text<'a>>,
    /// The places of the steps that it has to come before.
    pub prepares: Vec<usize>,
    /// What it changes, scored again; the template words it.
    pub changes: Changes<'a>,
    /// "low", "medium" or "high".
    pub effort: &'static str,
    /// "30 days".
    pub within: &'static str,
    /// Who is to do it, where the answers say so; null: to be named.
    pub owner: Option<Text<'a>>,
    /// "31 March 2027", where the answers say so.
    pub due: Option<String>,
    /// The role that the pack suggests.
    pub suggested: Option<Text<'a>>,
    /// The finding that tells it; the roadmap where a gate does.
    pub anchor: &'a str,
    /// Its number.
    pub number: String,
}

/// What an action changes.
#[derive(Debug, Clone, Serialize)]
pub struct Changes<'a> {
    /// Levels that change.
    pub levels: Vec<Climb<'a>>,
    /// Titles of the gates it meets.
    pub gates: Vec<&'a str>,
    /// What it adds to a score, where no level and no gate changes.
    pub points: Option<Gain<'a>>,
    /// Whether it moves any answer.
    pub moves: bool,
    /// Whether it stops what is not called for.
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

impl<'a> Material<'a> {
    /// The causes that the summary names.
    pub(super) fn first_causes(&self) -> impl Iterator<Item = &'a CauseResult> {
        self.assessment.causes.iter().take(MOST)
    }

    /// The actions of the causes that the summary names, each behind what should come before it.
    pub(super) fn next_actions(&self) -> Vec<&'a ActionResult> {
        let mut chosen: Vec<&'a ActionResult> = Vec::new();
        for work in self
            .first_causes()
            .filter_map(|cause| cause.action.as_ref())
        {
            self.behind(work, &mut Vec::new(), &mut chosen);
        }
        chosen
    }

    /// The place of the next step that answers a cause, from 1.
    pub(super) fn step_of(&self, cause: &CauseResult) -> Option<usize> {
        let work = cause.action.as_ref()?;
        let actions = self.next_actions();
        let place = actions.iter().position(|one| one.advice.work == *work)?;
        Some(place + 1)
    }

    fn behind(&self, work: &'a str, above: &mut Vec<&'a str>, chosen: &mut Vec<&'a ActionResult>) {
        let taken = above.contains(&work) || chosen.iter().any(|one| one.advice.work == work);
        let Some(action) = self.action(work).filter(|_| !taken) else {
            return;
        };
        above.push(work);
        for first in &action.advice.after {
            self.behind(first, above, chosen);
        }
        above.pop();
        chosen.push(action);
    }

    /// The action of a work.
    pub(super) fn action(&self, work: &str) -> Option<&'a ActionResult> {
        let mut actions = self.assessment.actions.iter();
        actions.find(|one| one.advice.work == work)
    }

    /// Whether a gate tells it, so that no finding does.
    pub(super) fn meets_gate(&self, action: &ActionResult) -> bool {
        let mut gates = self.assessment.gates.iter();
        gates.any(|gate| gate.id == action.of)
    }

    /// What should come before an action: "After: …".
    pub(super) fn after(&self, action: &ActionResult) -> Option<String> {
        let first = action.advice.after.iter();
        let first = first.filter_map(|work| self.action(work));
        let first: Vec<&str> = first.map(|one| one.advice.what.as_str()).collect();
        (!first.is_empty()).then(|| format!("After: {}", first.join("; ")))
    }

    /// The steps that answer the causes of the summary, with what has to come before them.
    pub(super) fn next_steps(&self, packs: &[Pack<'a>], numbers: &Numbers) -> Vec<Step<'a>> {
        let actions = self.next_actions();
        let steps = actions.iter().enumerate().map(|(place, &one)| {
            let (anchor, number) = if self.meets_gate(one) {
                ("roadmap", numbers.roadmap.clone().unwrap_or_default())
            } else {
                self.comes_from(packs, &one.of)
            };
            let later = actions.iter().enumerate().skip(place + 1);
            let waits = later.filter(|(_, other)| other.advice.after.contains(&one.advice.work));
            Step {
                place: place + 1,
                what: Cow::Borrowed(&one.advice.what),
                answers: self.answered_by(one),
                prepares: waits.map(|(place, _)| place + 1).collect(),
                changes: self.changes(one),
                effort: size(one.advice.effort),
                within: within(one.advice.within),
                owner: one.owner.as_deref().map(Cow::Borrowed),
                due: one.due.as_deref().map(due),
                suggested: one.advice.suggested_owner.as_deref().map(Cow::Borrowed),
                anchor,
                number,
            }
        });
        steps.collect()
    }

    /// The causes of the summary that an action answers.
    fn answered_by(&self, action: &ActionResult) -> Vec<Text<'a>> {
        let work = Some(&action.advice.work);
        let causes = self.first_causes();
        let causes = causes.filter(|cause| cause.action.as_ref() == work);
        causes.map(|cause| self.cause_title(cause)).collect()
    }

    /// A cause in a line.
    pub(super) fn cause_title(&self, cause: &'a CauseResult) -> Text<'a> {
        match cause.kind {
            CauseKind::Gate => {
                let mut gates = self.assessment.gates.iter();
                let unproven =
                    gates.any(|gate| gate.id == cause.id && gate.state == NeedState::Unproven);
                let word = if unproven { "Not proven" } else { "Not met" };
                Cow::Owned(format!("{word}: {}", cause.title))
            }
            CauseKind::Floor | CauseKind::Score | CauseKind::Basis | CauseKind::Confidence => {
                Cow::Borrowed(&cause.text)
            }
            CauseKind::Finding | CauseKind::Fit => Cow::Borrowed(&cause.title),
        }
    }

    /// What an action does to levels and gates, or else to a score that speaks for a pack.
    fn changes(&self, action: &'a ActionResult) -> Changes<'a> {
        let mut changes = Changes {
            levels: Vec::new(),
            gates: Vec::new(),
            points: None,
            moves: action.effect.is_some(),
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
        if changes.levels.is_empty() && changes.gates.is_empty() {
            changes.points = self.gain(action, &effect.points);
        }
        changes
    }

    /// Points on the score it was chosen for, else on the one that speaks for all, else on any.
    fn gain(&self, action: &ActionResult, points: &'a [Added]) -> Option<Gain<'a>> {
        let causes = self.first_causes();
        let causes = causes.filter(|cause| cause.action.as_ref() == Some(&action.advice.work));
        let causes: Vec<&ItemId> = causes.map(|cause| &cause.id).collect();
        let speaks = |score: &ItemId| {
            let packs = self.assessment.packs.iter().filter(|pack| pack.overall);
            let mut headlines = packs.filter_map(|pack| pack.headline.as_ref());
            headlines.any(|one| {
                let ladder = self.node(&one.id).and_then(|node| self.ladder(node));
                ladder.and_then(|ladder| ladder.of.as_ref()) == Some(score)
            })
        };
        let gains = points.iter().filter_map(|one| {
            let points = signed(one.index)?;
            let score = short(&self.item(&one.id)?.label);
            let rank = (!causes.contains(&&one.id), !speaks(&one.id));
            Some((rank, Gain { score, points }))
        });
        Some(gains.min_by_key(|(rank, _)| *rank)?.1)
    }

    /// The finding, or the exhibit of the ladder that asks for the gate, with its number.
    pub(super) fn comes_from(&self, packs: &[Pack<'a>], of: &ItemId) -> (&'a str, String) {
        let findings = packs
            .iter()
            .flat_map(|pack| &pack.groups)
            .flat_map(|group| &group.findings);
        let mut findings = findings.filter(|one| of == one.rule);
        if let Some(finding) = findings.next() {
            return (finding.anchor, finding.number.clone());
        }
        let exhibit = packs.iter().find_map(|pack| {
            let layout = self.layout.packs.get(pack.place)?;
            let asks = |node: usize| {
                let ladder = self.ladder(node);
                let levels = ladder.into_iter().flat_map(|ladder| &ladder.levels);
                let mut needs = levels.flat_map(|level| &level.needs);
                needs.any(|need| need.id == **of)
            };
            let ladder = layout.ladders.iter().find(|one| asks(one.node))?;
            let mut exhibits = pack.profile.iter().chain(&pack.fit).chain(&pack.lenses);
            exhibits.find(|one| {
                one.anchor == ladder.anchor || (ladder.drawn && one.kind == ExhibitName::Steps)
            })
        });
        exhibit.map_or(("", String::new()), |one| (one.anchor, one.number.clone()))
    }
}

/// Points with one digit and their sign; `None` where they round to nothing.
fn signed(points: f64) -> Option<String> {
    let text = rounded(points.abs(), 1);
    let sign = if points < 0.0 { "−" } else { "+" };
    (text != "0.0").then(|| format!("{sign}{text}"))
}

/// A day as the report prints it.
pub(super) fn due(day: &str) -> String {
    day.parse().map_or_else(|_| day.to_owned(), date)
}
