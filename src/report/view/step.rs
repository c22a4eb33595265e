//! Actions as the report prints them: the next steps, and where each comes from.

use super::Text;
use super::exhibit::ExhibitName;
use super::finding::{size, within};
use super::material::{Material, date, short};
use super::pack::Pack;
use crate::assessment::{ActionResult, CauseKind, CauseResult, ItemId, Named, NeedState};
use crate::number::rounded;
use serde::Serialize;
use std::borrow::Cow;

/// The summary names this many.
const MOST: usize = 3;

/// A next step.
#[derive(Debug, Clone, Serialize)]
pub struct Step<'a> {
    /// What to do.
    pub what: Text<'a>,
    /// The cause it answers, as the summary words it; null for what prepares another step.
    pub answers: Option<Text<'a>>,
    /// What it changes, scored again: "Level of the organisation: Attentive to Structured".
    pub changes: String,
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
    /// The finding, or the exhibit of the ladder, it comes from.
    pub anchor: &'a str,
    /// Its number.
    pub number: String,
}

impl<'a> Material<'a> {
    /// The actions of the first causes, each behind what should come before it.
    pub(super) fn next_actions(&self) -> Vec<&'a ActionResult> {
        let mut chosen: Vec<&'a ActionResult> = Vec::new();
        let works = self.assessment.causes.iter();
        for work in works.filter_map(|cause| cause.action.as_ref()) {
            if chosen.len() >= MOST {
                break;
            }
            self.behind(work, &mut Vec::new(), &mut chosen);
        }
        chosen.truncate(MOST);
        chosen
    }

    fn behind(&self, work: &'a str, above: &mut Vec<&'a str>, chosen: &mut Vec<&'a ActionResult>) {
        let taken = above.contains(&work) || chosen.iter().any(|one| one.work == work);
        let Some(action) = self.action(work).filter(|_| !taken) else {
            return;
        };
        above.push(work);
        for first in &action.after {
            self.behind(first, above, chosen);
        }
        above.pop();
        chosen.push(action);
    }

    /// The action of a work.
    pub(super) fn action(&self, work: &str) -> Option<&'a ActionResult> {
        let mut actions = self.assessment.actions.iter();
        actions.find(|one| one.work == work)
    }

    /// What should come before an action: "After: …".
    pub(super) fn after(&self, action: &ActionResult) -> Option<String> {
        let first = action.after.iter().filter_map(|work| self.action(work));
        let first: Vec<&str> = first.map(|one| one.what.as_str()).collect();
        (!first.is_empty()).then(|| format!("After: {}", first.join("; ")))
    }

    /// At most three next steps.
    pub(super) fn next_steps(&self, packs: &[Pack<'a>]) -> Vec<Step<'a>> {
        let actions = self.next_actions().into_iter();
        let steps = actions.map(|one| {
            let (anchor, number) = self.comes_from(packs, &one.of);
            Step {
                what: Cow::Borrowed(&one.what),
                answers: self.answered_by(one),
                changes: self.changes(one),
                effort: size(one.effort),
                within: within(one.within),
                owner: one.owner.as_deref().map(Cow::Borrowed),
                due: one.due.as_deref().map(due),
                suggested: one.suggested_owner.as_deref().map(Cow::Borrowed),
                anchor,
                number,
            }
        });
        steps.collect()
    }

    /// The first cause that an action answers.
    fn answered_by(&self, action: &ActionResult) -> Option<Text<'a>> {
        let mut causes = self.assessment.causes.iter();
        let cause = causes.find(|cause| cause.action.as_ref() == Some(&action.work))?;
        Some(self.cause_title(cause))
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

    /// What an action does to levels and gates, or else to the scores that speak for a pack.
    fn changes(&self, action: &ActionResult) -> String {
        let Some(effect) = &action.effect else {
            let changes = if action.stops {
                "ends what is not called for"
            } else {
                "no answer by itself"
            };
            return changes.to_owned();
        };
        let name = |level: &Option<Named>| match level {
            Some(level) => short(&level.label).to_owned(),
            None => "not known".to_owned(),
        };
        let moved = effect.levels.iter().filter(|one| one.before != one.after);
        let moved = moved.filter_map(|one| {
            let ladder = self.rulebook.item(self.node(&one.id)?)?;
            let (before, after) = (name(&one.before), name(&one.after));
            Some(format!("{}: {before} to {after}", ladder.label))
        });
        let gates = effect.opens.iter().filter_map(|id| {
            let mut gates = self.assessment.gates.iter();
            let gate = gates.find(|gate| gate.id == *id)?;
            Some(format!("meets “{}”", gate.title))
        });
        let points = effect.points.iter().filter_map(|one| {
            let score = self.rulebook.item(self.node(&one.id)?)?;
            let points = signed(one.index);
            (points != "0").then(|| format!("{}: {points} points of 100", short(&score.label)))
        });
        let mut changes: Vec<String> = moved.chain(gates).collect();
        if changes.is_empty() {
            changes.extend(points.take(1));
        }
        if changes.is_empty() {
            return "no level and no headline by itself".to_owned();
        }
        changes.join("; ")
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

/// Points with one digit and their sign, "0" where they round to nothing.
fn signed(points: f64) -> String {
    let text = rounded(points.abs(), 1);
    match text.as_str() {
        "0.0" => "0".to_owned(),
        _ if points < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}

/// A day as the report prints it.
pub(super) fn due(day: &str) -> String {
    day.parse().map_or_else(|_| day.to_owned(), date)
}
