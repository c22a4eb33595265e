//! What cases reach of a pack: each rule, cap, gate and finding both ways, each level once.

use crate::assess::evaluate::Evaluation;
use crate::rules::condition::Truth;
use crate::rules::rulebook::{Item, ItemKind, Rulebook};

/// What the cases reached, in the order of the pack.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    goals: Vec<(Goal, bool)>,
}

/// One thing a case can reach: of an item, gate or finding by its id in full, the rule, cap or
/// level at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Goal {
    kind: Kind,
    id: String,
    place: usize,
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
    MetricGiven,
    MetricRefused,
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
            Self::MetricGiven => format!("metric {what} never gives a result"),
            Self::MetricRefused => format!("metric {what} always gives a result"),
        }
    }
}

impl Coverage {
    /// Everything the pack's cases should reach.
    pub(super) fn new(rulebook: &Rulebook, pack: &str) -> Self {
        let mut coverage = Self::default();
        let own = |id: &str| id.split('.').next() == Some(pack);
        for item in rulebook.items().iter().filter(|item| own(&item.id)) {
            coverage.item(item);
        }
        for gate in rulebook.gates().iter().filter(|gate| own(&gate.id)) {
            coverage.both((Kind::GateMet, Kind::GateUnmet), (&gate.id, 0), "");
        }
        for finding in rulebook.findings().iter().filter(|one| own(&one.id)) {
            coverage.both((Kind::FindingIn, Kind::FindingOut), (&finding.id, 0), "");
        }
        coverage.goals.sort_by_key(|(goal, _)| goal.kind);
        coverage
    }

    fn item(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Question(_) => {}
            ItemKind::Figure { place, .. } => {
                if *place == 0 {
                    self.both((Kind::MetricGiven, Kind::MetricRefused), (&item.id, 0), "");
                }
            }
            ItemKind::Score { caps, .. } => {
                for place in 0..caps.len() {
                    let kinds = (Kind::CapApplies, Kind::CapDoesNot);
                    self.both(kinds, (&item.id, place), "");
                }
            }
            ItemKind::Decision { rules, .. } => {
                for (place, rule) in rules.iter().enumerate() {
                    let kinds = (Kind::RuleHit, Kind::RuleNotHit);
                    self.both(kinds, (&item.id, place), &rule.id);
                }
            }
            ItemKind::Ladder { levels, .. } => {
                for (place, level) in levels.iter().enumerate() {
                    self.want(Kind::LevelReached, (&item.id, place), &level.id);
                }
            }
        }
    }

    fn both(&mut self, (one, other): (Kind, Kind), at: (&str, usize), part: &str) {
        self.want(one, at, part);
        self.want(other, at, part);
    }

    fn want(&mut self, kind: Kind, (id, place): (&str, usize), part: &str) {
        let local = id.split_once('.').map_or(id, |(_, local)| local);
        let what = match part {
            "" => local.to_owned(),
            part => format!("{local}/{part}"),
        };
        let goal = Goal {
            kind,
            id: id.to_owned(),
            place,
            words: kind.words(&what),
        };
        self.goals.push((goal, false));
    }

    fn reach(&mut self, kind: Kind, id: &str, place: usize) {
        let is = |goal: &Goal| goal.kind == kind && goal.place == place && goal.id == id;
        if let Some((_, reached)) = self.goals.iter_mut().find(|(goal, _)| is(goal)) {
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
            let kind = both(*truth, Kind::CapApplies, Kind::CapDoesNot);
            if let (Some(kind), Some(item)) = (kind, rulebook.item(*node)) {
                self.reach(kind, &item.id, *place);
            }
        }
        for (gate, judged) in rulebook.gates().iter().zip(&evaluation.gates) {
            let met = judged.met.unwrap_or(Truth::Unknown);
            if let Some(kind) = both(met, Kind::GateMet, Kind::GateUnmet) {
                self.reach(kind, &gate.id, 0);
            }
        }
        for (finding, judged) in rulebook.findings().iter().zip(&evaluation.findings) {
            if let Some(kind) = both(judged.holds, Kind::FindingIn, Kind::FindingOut) {
                self.reach(kind, &finding.id, 0);
            }
        }
        let items = rulebook.items().iter().zip(&evaluation.readings);
        for (node, (item, reading)) in items.enumerate() {
            match &item.kind {
                ItemKind::Decision { .. } => {
                    let decided = reading.by.map(usize::from);
                    self.rules(node, &item.id, decided, evaluation);
                }
                ItemKind::Ladder { .. } if reading.held != 0 => {
                    let place = usize::try_from(reading.held.trailing_zeros()).unwrap_or_default();
                    self.reach(Kind::LevelReached, &item.id, place);
                }
                ItemKind::Figure { place: 0, .. } => {
                    let given = reading.is_rated();
                    let kind = if given {
                        Kind::MetricGiven
                    } else {
                        Kind::MetricRefused
                    };
                    self.reach(kind, &item.id, 0);
                }
                ItemKind::Ladder { .. }
                | ItemKind::Figure { .. }
                | ItemKind::Question(_)
                | ItemKind::Score { .. } => {}
            }
        }
    }

    /// A rule is hit where it decides, or holds in a collecting table; not hit where it fails.
    fn rules(&mut self, node: usize, id: &str, decided: Option<usize>, evaluation: &Evaluation) {
        let rules = evaluation.trace.rules.iter();
        for (_, place, truth) in rules.filter(|(decision, _, _)| *decision == node) {
            let hit = decided.map_or(*truth == Truth::True, |rule| rule == *place);
            match truth {
                _ if hit => self.reach(Kind::RuleHit, id, *place),
                Truth::False => self.reach(Kind::RuleNotHit, id, *place),
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
        self.goals.iter().filter(|(_, reached)| *reached).count()
    }

    /// What they leave untested, one line each.
    #[must_use]
    pub fn missing(&self) -> Vec<&str> {
        self.goals
            .iter()
            .filter(|(_, reached)| !*reached)
            .map(|(goal, _)| goal.words.as_str())
            .collect()
    }
}
