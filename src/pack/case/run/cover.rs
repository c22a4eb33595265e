//! What cases reach of a pack: each rule, cap, gate and finding both ways, each level once.

use crate::condition::Truth;
use crate::evaluate::Evaluation;
use crate::rulebook::{ItemKind, Rulebook};
use std::collections::BTreeMap;

/// What the cases reached.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    goals: BTreeMap<Goal, bool>,
}

/// One thing a case can reach. Ordered by kind, then by place in the pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Goal {
    kind: Kind,
    places: (usize, usize),
    words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    RuleHit,
    RuleNotHit,
    CapApplies,
    CapDoesNot,
    GateMet,
    GateUnmet,
    FindingIn,
    FindingOut,
    LevelReached,
}

impl Kind {
    fn words(self, what: &str) -> String {
        match self {
            Self::RuleHit => format!("rule {what} is never hit"),
            Self::RuleNotHit => format!("rule {what} is always hit"),
            Self::CapApplies => format!("cap on {what} never applies"),
            Self::CapDoesNot => format!("cap on {what} always applies"),
            Self::GateMet => format!("gate {what} is never met"),
            Self::GateUnmet => format!("gate {what} is always met"),
            Self::FindingIn => format!("finding {what} is never there"),
            Self::FindingOut => format!("finding {what} is always there"),
            Self::LevelReached => format!("level {what} is never reached"),
        }
    }
}

impl Coverage {
    /// Everything the pack's cases should reach.
    pub(super) fn new(rulebook: &Rulebook, pack: &str) -> Self {
        let mut coverage = Self::default();
        let own = |id: &str| id.split('.').next() == Some(pack);
        for (node, item) in rulebook
            .items()
            .iter()
            .enumerate()
            .filter(|(_, item)| own(&item.id))
        {
            coverage.item(node, item.local_id(), &item.kind);
        }
        let local = |id: &str| id.split_once('.').map_or(id, |(_, local)| local).to_owned();
        for (place, gate) in rulebook
            .gates()
            .iter()
            .enumerate()
            .filter(|(_, gate)| own(&gate.id))
        {
            coverage.both(
                (Kind::GateMet, Kind::GateUnmet),
                (place, 0),
                &local(&gate.id),
            );
        }
        for (place, finding) in rulebook
            .findings()
            .iter()
            .enumerate()
            .filter(|(_, finding)| own(&finding.id))
        {
            coverage.both(
                (Kind::FindingIn, Kind::FindingOut),
                (place, 0),
                &local(&finding.id),
            );
        }
        coverage
    }

    fn item(&mut self, node: usize, id: &str, kind: &ItemKind) {
        match kind {
            ItemKind::Question(_) => {}
            ItemKind::Score { caps, .. } => {
                for place in 0..caps.len() {
                    self.both((Kind::CapApplies, Kind::CapDoesNot), (node, place), id);
                }
            }
            ItemKind::Decision { rules, .. } => {
                for (place, rule) in rules.iter().enumerate() {
                    self.both(
                        (Kind::RuleHit, Kind::RuleNotHit),
                        (node, place),
                        &format!("{id}/{}", rule.id),
                    );
                }
            }
            ItemKind::Ladder { levels, .. } => {
                for (place, level) in levels.iter().enumerate() {
                    self.want(
                        Kind::LevelReached,
                        (node, place),
                        &format!("{id}/{}", level.id),
                    );
                }
            }
        }
    }

    fn both(&mut self, (one, other): (Kind, Kind), places: (usize, usize), what: &str) {
        self.want(one, places, what);
        self.want(other, places, what);
    }

    fn want(&mut self, kind: Kind, places: (usize, usize), what: &str) {
        self.goals.insert(
            Goal {
                kind,
                places,
                words: kind.words(what),
            },
            false,
        );
    }

    fn reach(&mut self, kind: Kind, places: (usize, usize)) {
        let goal = self
            .goals
            .iter_mut()
            .find(|(goal, _)| goal.kind == kind && goal.places == places);
        if let Some((_, reached)) = goal {
            *reached = true;
        }
    }

    /// Takes note of what one case reached.
    pub(super) fn see(&mut self, rulebook: &Rulebook, evaluation: &Evaluation) {
        let both = |truth: Truth, one, other| match truth {
            Truth::True => Some(one),
            Truth::False => Some(other),
            Truth::Unknown => None,
        };
        for (node, place, truth) in &evaluation.trace.caps {
            if let Some(kind) = both(*truth, Kind::CapApplies, Kind::CapDoesNot) {
                self.reach(kind, (*node, *place));
            }
        }
        for (place, gate) in evaluation.gates.iter().enumerate() {
            if let Some(kind) = both(gate.holds, Kind::GateMet, Kind::GateUnmet) {
                self.reach(kind, (place, 0));
            }
        }
        for (place, finding) in evaluation.findings.iter().enumerate() {
            if let Some(kind) = both(finding.holds, Kind::FindingIn, Kind::FindingOut) {
                self.reach(kind, (place, 0));
            }
        }
        for (node, item) in rulebook.items().iter().enumerate() {
            let Some(reading) = evaluation.readings.get(node) else {
                continue;
            };
            match &item.kind {
                ItemKind::Decision { .. } => {
                    self.rules(node, reading.by.map(usize::from), evaluation);
                }
                ItemKind::Ladder { .. } if reading.held != 0 => {
                    let place = usize::try_from(reading.held.trailing_zeros()).unwrap_or_default();
                    self.reach(Kind::LevelReached, (node, place));
                }
                ItemKind::Ladder { .. } | ItemKind::Question(_) | ItemKind::Score { .. } => {}
            }
        }
    }

    /// A rule is hit where it decides, or holds in a collecting table; not hit where it fails.
    fn rules(&mut self, node: usize, decided: Option<usize>, evaluation: &Evaluation) {
        let tried = evaluation
            .trace
            .rules
            .iter()
            .filter(|(decision, _, _)| *decision == node);
        for (_, place, truth) in tried.copied().collect::<Vec<_>>() {
            let hit = decided.map_or(truth == Truth::True, |rule| rule == place);
            match truth {
                _ if hit => self.reach(Kind::RuleHit, (node, place)),
                Truth::False => self.reach(Kind::RuleNotHit, (node, place)),
                Truth::True | Truth::Unknown => {}
            }
        }
    }

    /// How much there is to reach.
    #[must_use]
    pub fn total(&self) -> usize {
        self.goals.len()
    }

    /// How much of it the cases reach.
    #[must_use]
    pub fn reached(&self) -> usize {
        self.goals.values().filter(|reached| **reached).count()
    }

    /// What they leave untested, one line each.
    #[must_use]
    pub fn missing(&self) -> Vec<&str> {
        self.goals
            .iter()
            .filter(|(_, reached)| !**reached)
            .map(|(goal, _)| goal.words.as_str())
            .collect()
    }
}
