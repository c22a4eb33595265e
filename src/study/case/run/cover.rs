//! Parts of a pack that cases reach: each rule, cap, gate and finding both ways, each level once.

use crate::assess::evaluate::Evaluation;
use crate::message;
use crate::rules::condition::Truth;
use crate::rules::rulebook::{DecisionRule, Item, ItemKind, Rulebook};

/// Parts of a pack that cases reach, in its order.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    goals: Vec<(Goal, bool)>,
}

/// One thing a case can reach: of an item, gate or finding by its id in full, the rule, cap or
/// level at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Goal {
    part: Part,
    /// False where it is to be avoided.
    met: bool,
    id: String,
    place: usize,
    /// Message where no case reaches it.
    words: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Rule,
    Cap,
    Gate,
    Finding,
    Level,
    Metric,
}

impl Part {
    /// Part, and what is missing where cases never reach it, and where they always do.
    fn words(self) -> [&'static str; 3] {
        match self {
            Self::Rule => ["rule", message!("is-never-hit"), message!("is-always-hit")],
            Self::Cap => [
                message!("cap-on"),
                message!("never-applies"),
                message!("always-applies-2"),
            ],
            Self::Gate => ["gate", message!("is-never-met"), message!("is-always-met")],
            Self::Finding => [
                "finding",
                message!("is-never-there"),
                message!("is-always-there"),
            ],
            Self::Level => [
                "level",
                message!("is-never-reached"),
                message!("is-always-reached"),
            ],
            Self::Metric => [
                "metric",
                message!("never-gives-a-result"),
                message!("always-gives-a-result"),
            ],
        }
    }
}

impl Coverage {
    /// Everything the pack's cases should reach.
    pub(super) fn new(rulebook: &Rulebook, pack: &str) -> Self {
        let mut coverage = Self::default();
        let own = |id: &str| id.split('.').next() == Some(pack);
        let items = rulebook.items.iter().enumerate();
        for (node, item) in items.filter(|(_, item)| own(&item.id)) {
            coverage.item(item, rulebook.program.table(node));
        }
        for gate in rulebook.gates.iter().filter(|gate| own(&gate.id)) {
            coverage.both(Part::Gate, &gate.id, 0, "");
        }
        for finding in rulebook.findings.iter().filter(|one| own(&one.id)) {
            coverage.both(Part::Finding, &finding.id, 0, "");
        }
        let goals = &mut coverage.goals;
        goals.sort_by_key(|(goal, _)| (goal.part, !goal.met));
        coverage
    }

    fn item(&mut self, item: &Item, table: Option<&DecisionRule>) {
        match &item.kind {
            ItemKind::Figure { place: 0, .. } => self.both(Part::Metric, &item.id, 0, ""),
            ItemKind::Question(_) | ItemKind::Figure { .. } => {}
            ItemKind::Score { caps, .. } => {
                (0..caps.len()).for_each(|place| self.both(Part::Cap, &item.id, place, ""));
            }
            ItemKind::Decision { .. } => {
                let rules = table.map_or(&[][..], |table| &table.rules);
                for (place, rule) in rules.iter().enumerate() {
                    self.both(Part::Rule, &item.id, place, &rule.id);
                }
            }
            ItemKind::Ladder { levels, .. } => {
                for (place, level) in levels.iter().enumerate() {
                    self.want(Part::Level, true, (&item.id, place), &level.id);
                }
            }
        }
    }

    fn both(&mut self, part: Part, id: &str, place: usize, name: &str) {
        self.want(part, true, (id, place), name);
        self.want(part, false, (id, place), name);
    }

    fn want(&mut self, part: Part, met: bool, (id, place): (&str, usize), name: &str) {
        let local = id.split_once('.').map_or(id, |(_, local)| local);
        let what = match name {
            "" => local.to_owned(),
            name => format!("{local}/{name}"),
        };
        let [of, never, always] = part.words();
        let goal = Goal {
            part,
            met,
            id: id.to_owned(),
            place,
            words: format!("{of} {what} {}", if met { never } else { always }),
        };
        self.goals.push((goal, false));
    }

    fn reach(&mut self, part: Part, met: bool, id: &str, place: usize) {
        let is =
            |goal: &Goal| (goal.part, goal.met, goal.place) == (part, met, place) && goal.id == id;
        if let Some((_, reached)) = self.goals.iter_mut().find(|(goal, _)| is(goal)) {
            *reached = true;
        }
    }

    fn judged(&mut self, part: Part, truth: Truth, id: &str, place: usize) {
        if truth != Truth::Unknown {
            self.reach(part, truth == Truth::True, id, place);
        }
    }

    /// Takes note of what one case reached.
    pub(super) fn see(&mut self, rulebook: &Rulebook, evaluation: &Evaluation) {
        for (node, place, truth) in &evaluation.trace.caps {
            if let Some(item) = rulebook.item(*node) {
                self.judged(Part::Cap, *truth, &item.id, *place);
            }
        }
        for (gate, judged) in rulebook.gates.iter().zip(&evaluation.gates) {
            let met = judged.met.unwrap_or(Truth::Unknown);
            self.judged(Part::Gate, met, &gate.id, 0);
        }
        for (finding, judged) in rulebook.findings.iter().zip(&evaluation.findings) {
            self.judged(Part::Finding, judged.holds, &finding.id, 0);
        }
        let items = rulebook.items.iter().zip(&evaluation.readings);
        for (node, (item, reading)) in items.enumerate() {
            match &item.kind {
                ItemKind::Decision { .. } => {
                    let decided = reading.by.map(usize::from);
                    self.rules(node, &item.id, decided, evaluation);
                }
                ItemKind::Ladder { .. } if reading.held != 0 => {
                    let place = usize::try_from(reading.held.trailing_zeros()).unwrap_or_default();
                    self.reach(Part::Level, true, &item.id, place);
                }
                ItemKind::Figure { place: 0, .. } => {
                    self.reach(Part::Metric, reading.is_rated(), &item.id, 0);
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
                _ if hit => self.reach(Part::Rule, true, id, *place),
                Truth::False => self.reach(Part::Rule, false, id, *place),
                Truth::True | Truth::Unknown => {}
            }
        }
    }

    /// Number of parts to reach.
    #[must_use]
    pub fn total(&self) -> usize {
        self.goals.len()
    }

    /// Number of parts that are reached.
    #[must_use]
    pub fn reached(&self) -> usize {
        self.goals.iter().filter(|(_, reached)| *reached).count()
    }

    /// Parts left untested, one line each.
    #[must_use]
    pub fn missing(&self) -> Vec<&str> {
        self.goals
            .iter()
            .filter(|(_, reached)| !*reached)
            .map(|(goal, _)| goal.words.as_str())
            .collect()
    }
}
