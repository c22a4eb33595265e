//! The parts of a pack that its cases reach: each rule, cap, gate and finding both ways, each level
//! once.

use crate::assess::evaluate::Evaluation;
use crate::message;
use crate::rules::condition::Truth;
use crate::rules::rulebook::{DecisionRule, Item, ItemKind, Rulebook, local_id};
use crate::study::owner;

/// Parts of a pack that cases reach, in its order.
#[derive(Debug, Clone, Default)]
pub struct Coverage(Vec<Goal>);

/// One thing a case can reach: of an item, gate or finding by its id in full, the rule, cap or
/// level at a place.
#[derive(Debug, Clone)]
struct Goal {
    part: Part,
    /// False where it is to be avoided.
    met: bool,
    id: String,
    place: usize,
    /// Message where no case reaches it.
    words: String,
    reached: bool,
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

impl Coverage {
    /// Everything the pack's cases should reach.
    pub(super) fn new(rulebook: &Rulebook, pack: &str) -> Self {
        let mut coverage = Self::default();
        let own = |id: &str| owner(id) == pack;
        let items = rulebook.items.iter().enumerate();
        for (node, item) in items.filter(|(_, item)| own(&item.id)) {
            coverage.item(item, rulebook.program.table(node));
        }
        for gate in rulebook.gates.iter().filter(|gate| own(&gate.id)) {
            coverage.want(Part::Gate, &gate.id, 0, "");
        }
        for finding in rulebook.findings.iter().filter(|one| own(&one.id)) {
            coverage.want(Part::Finding, &finding.id, 0, "");
        }
        coverage.0.sort_by_key(|goal| (goal.part, !goal.met));
        coverage
    }

    fn item(&mut self, item: &Item, table: Option<&DecisionRule>) {
        match &item.kind {
            ItemKind::Figure { place: 0, .. } => self.want(Part::Metric, &item.id, 0, ""),
            ItemKind::Question(_) | ItemKind::Figure { .. } => {}
            ItemKind::Score { caps, .. } => {
                (0..caps.len()).for_each(|place| self.want(Part::Cap, &item.id, place, ""));
            }
            ItemKind::Decision { .. } => {
                let rules = table.map_or(&[][..], |table| &table.rules);
                for (place, rule) in rules.iter().enumerate() {
                    self.want(Part::Rule, &item.id, place, &rule.id);
                }
            }
            ItemKind::Ladder { levels } => {
                for (place, level) in levels.iter().enumerate() {
                    self.want(Part::Level, &item.id, place, &level.id);
                }
            }
        }
    }

    /// A part that cases should reach, and but for a level avoid.
    fn want(&mut self, part: Part, id: &str, place: usize, name: &str) {
        let separator = if name.is_empty() { "" } else { "/" };
        let name = format!("{}{separator}{name}", local_id(id));
        let word = format!("{part:?}").to_lowercase();
        let mut want = |met: bool, words: String| {
            self.0.push(Goal {
                part,
                met,
                id: id.to_owned(),
                place,
                words,
                reached: false,
            });
        };
        want(true, message!("never-tested", part = word, name));
        if part != Part::Level {
            want(false, message!("always-tested", part = word, name));
        }
    }

    /// A part was reached, or avoided where it is false.
    fn reach(&mut self, part: Part, truth: Truth, id: &str, place: usize) {
        let met = truth == Truth::True;
        let is = |goal: &&mut Goal| {
            (goal.part, goal.met, goal.place) == (part, met, place) && goal.id == id
        };
        let known = truth != Truth::Unknown;
        if let Some(goal) = self.0.iter_mut().filter(|_| known).find(is) {
            goal.reached = true;
        }
    }

    /// Takes note of what one case reached.
    pub(super) fn see(&mut self, rulebook: &Rulebook, evaluation: &Evaluation) {
        for (node, place, truth) in &evaluation.trace.caps {
            if let Some(item) = rulebook.item(*node) {
                self.reach(Part::Cap, *truth, &item.id, *place);
            }
        }
        for (gate, judged) in rulebook.gates.iter().zip(&evaluation.gates) {
            let met = judged.met.unwrap_or(Truth::Unknown);
            self.reach(Part::Gate, met, &gate.id, 0);
        }
        for (finding, judged) in rulebook.findings.iter().zip(&evaluation.findings) {
            self.reach(Part::Finding, judged.holds, &finding.id, 0);
        }
        // A rule is hit where it decides, or holds in a collecting table; not hit where it fails.
        for (node, place, truth) in &evaluation.trace.rules {
            let (item, reading) = (rulebook.item(*node), evaluation.readings.get(*node));
            let Some((item, reading)) = item.zip(reading) else {
                continue;
            };
            let decided = reading.by.map(usize::from);
            let hit = decided.map_or(*truth == Truth::True, |rule| rule == *place);
            if hit || *truth == Truth::False {
                self.reach(Part::Rule, hit.into(), &item.id, *place);
            }
        }
        for (item, reading) in rulebook.items.iter().zip(&evaluation.readings) {
            if let (ItemKind::Ladder { .. }, true) = (&item.kind, reading.held != 0) {
                let place = usize::try_from(reading.held.trailing_zeros()).unwrap_or_default();
                self.reach(Part::Level, Truth::True, &item.id, place);
            } else if let ItemKind::Figure { place: 0, .. } = item.kind {
                self.reach(Part::Metric, reading.is_rated().into(), &item.id, 0);
            }
        }
    }

    /// Number of parts to reach.
    #[must_use]
    pub fn total(&self) -> usize {
        self.0.len()
    }

    /// Parts left untested, one line each.
    #[must_use]
    pub fn missing(&self) -> Vec<&str> {
        let missing = self.0.iter().filter(|goal| !goal.reached);
        missing.map(|goal| goal.words.as_str()).collect()
    }
}
