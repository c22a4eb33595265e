//! Actions as the report prints them: the next steps, and where each comes from.

mod change;

use super::context::{ReportContext, date, short};
use super::exhibit::ExhibitName;
use super::finding::{size, within};
use super::pack::Pack;
use super::{Numbers, Text};
use crate::assess::assessment::{
    ActionResult, CauseKind, CauseResult, GateResult, ItemId, NeedState,
};
use change::Changes;
use serde::Serialize;
use std::borrow::Cow;

/// A next step.
#[derive(Debug, Clone, Serialize)]
pub struct Step<'a> {
    /// Its place, from 1.
    pub place: usize,
    /// Action to take.
    pub what: Text<'a>,
    /// The causes of the summary that it answers, as they are worded there; empty for what only
    /// prepares another step.
    pub answers: Vec<Text<'a>>,
    /// The places of the steps that it has to come before.
    pub prepares: Vec<usize>,
    /// Changes that it makes, scored again; the template words them.
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

impl<'a> ReportContext<'a> {
    /// The actions to begin with.
    pub(super) fn next_actions(&self) -> impl Iterator<Item = &'a ActionResult> {
        let works = self.assessment.next.iter();
        works.filter_map(|work| self.assessment.action(work))
    }

    /// The place of the next step that answers a cause, from 1.
    pub(super) fn step_of(&self, cause: &CauseResult) -> Option<usize> {
        let work = cause.action.as_ref()?;
        let place = self.assessment.next.iter().position(|next| next == work)?;
        Some(place + 1)
    }

    /// True if an action belongs to a gate, and not to a finding.
    pub(super) fn meets_gate(&self, action: &ActionResult) -> bool {
        let mut gates = self.assessment.gates.iter();
        gates.any(|gate| gate.id == action.of)
    }

    /// Actions that should come first: "After: …"; `None` if there are none.
    pub(super) fn after(&self, action: &ActionResult) -> Option<String> {
        let first = action.advice.after.iter();
        let first = first.filter_map(|work| self.assessment.action(work));
        let first: Vec<&str> = first.map(|one| one.advice.what.as_str()).collect();
        (!first.is_empty()).then(|| format!("After: {}", first.join("; ")))
    }

    /// The steps that answer the causes of the summary, with what has to come before them.
    pub(super) fn next_steps(&self, packs: &[Pack<'a>], numbers: &Numbers) -> Vec<Step<'a>> {
        let actions: Vec<&ActionResult> = self.next_actions().collect();
        let steps = actions.iter().enumerate().map(|(place, &one)| {
            let from = self.comes_from(packs, &one.of);
            let roadmap = || ("roadmap", numbers.roadmap.clone().unwrap_or_default());
            let (anchor, number) = if from.1.is_empty() { roadmap() } else { from };
            let later = actions.iter().enumerate().skip(place + 1);
            let waits = later.filter(|(_, other)| other.advice.after.contains(&one.advice.work));
            let prepares: Vec<usize> = waits.map(|(place, _)| place + 1).collect();
            Step {
                place: place + 1,
                what: Cow::Borrowed(&one.advice.what),
                answers: self.answered_by(one, !prepares.is_empty()),
                prepares,
                changes: self.changes(one),
                effort: size(one.advice.effort),
                within: within(one.advice.within),
                owner: one.owner.as_deref().map(Cow::Borrowed),
                due: one.due.as_deref().map(due),
                suggested: one.suggested().map(Cow::Borrowed),
                anchor,
                number,
            }
        });
        steps.collect()
    }

    /// The causes of the summary that an action answers; where it answers none, and no other step
    /// waits for it, the gate or finding it comes from.
    fn answered_by(&self, action: &ActionResult, waits: bool) -> Vec<Text<'a>> {
        let work = Some(&action.advice.work);
        let causes = self.assessment.first_causes();
        let causes = causes.filter(|cause| cause.action.as_ref() == work);
        let answered: Vec<Text<'a>> = causes.map(|cause| self.cause_title(cause)).collect();
        if waits || !answered.is_empty() {
            return answered;
        }
        let gates = self.assessment.gates.iter();
        let gates = gates.filter(|gate| gate.id == action.of);
        let findings = self.assessment.findings.iter();
        let findings = findings.filter(|one| one.id == action.of);
        gates
            .map(Self::gate_title)
            .chain(findings.map(|one| Cow::Borrowed(one.title.as_str())))
            .collect()
    }

    /// "Not met: …".
    fn gate_title(gate: &GateResult) -> Text<'a> {
        let word = if gate.state == NeedState::Unproven {
            "Not proven"
        } else {
            "Not met"
        };
        Cow::Owned(format!("{word}: {}", gate.title))
    }

    /// A cause in a line.
    pub(super) fn cause_title(&self, cause: &'a CauseResult) -> Text<'a> {
        match cause.kind {
            CauseKind::Gate => {
                let mut gates = self.assessment.gates.iter();
                let gate = gates.find(|gate| gate.id == cause.id);
                gate.map_or(Cow::Borrowed(&cause.title), Self::gate_title)
            }
            CauseKind::Floor | CauseKind::Score | CauseKind::Basis | CauseKind::Confidence => {
                Cow::Borrowed(&cause.text)
            }
            CauseKind::Finding | CauseKind::Fit => Cow::Borrowed(&cause.title),
        }
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

/// A day as the report prints it.
pub(super) fn due(day: &str) -> String {
    day.parse().map_or_else(|_| day.to_owned(), date)
}
