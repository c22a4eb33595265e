//! A pack's own tests: answers, the results they must give, and the parts of the pack they reach:
//! each rule, cap, gate and finding both ways, each level once.

mod differences;
mod run;

pub use run::run;

use super::owner;
use crate::answers::file::{AnswerFile, CurvesFile};
use crate::assess::assessment::NeedState;
use crate::assess::evaluate::Evaluation;
use crate::message;
use crate::rules::condition::Truth;
use crate::rules::rulebook::{DecisionRule, Item, ItemKind, Rulebook, local_id};
use crate::rules::vocabulary::{Basis, Role};
use crate::text::yaml::{Entries, Located};
use serde::Deserialize;

/// A file of cases.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity cases"))]
pub struct CasesFile {
    /// The format's version: 1.
    pub format: Located<u32>,
    /// Optional packs that are there in every case that does not say otherwise.
    #[serde(default)]
    pub with: Vec<Located<String>>,
    /// The cases.
    pub cases: Vec<CaseFile>,
}

crate::text::yaml::document!(CasesFile);

/// One case.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CaseFile {
    /// The point of the case, as a sentence.
    pub name: Located<String>,
    /// Basis on which ratings count.
    #[serde(default)]
    pub basis: Basis,
    /// Optional packs that are there; those of the file where it is not given.
    pub with: Option<Vec<Located<String>>>,
    /// Answers, as in an answers file; another pack's question is `pack.question`.
    #[serde(default)]
    pub answers: Entries<Located<AnswerFile>>,
    /// People who answer for themselves, where several do; what they answer comes before `answers`.
    #[serde(default)]
    pub people: Vec<PersonFile>,
    /// The customer table given with the answers, as CSV.
    pub customers: Option<Located<String>>,
    /// Value curves, as in an answers file.
    #[serde(default)]
    pub curves: CurvesFile,
    /// The answer to every rating that is not listed and has that anchor, of any pack that is
    /// there; none where it is not given.
    pub rest: Option<Located<AnswerFile>>,
    /// Expected results.
    #[serde(default)]
    pub expect: ExpectFile,
}

/// One of several people who answer.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct PersonFile {
    /// Their role.
    pub role: Located<Role>,
    /// Answers of that person; another pack's question is `pack.question`.
    #[serde(default)]
    pub answers: Entries<Located<AnswerFile>>,
}

/// Expected results of a case.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ExpectFile {
    /// Scores, by id.
    pub scores: Entries<Option<ScoreExpectation>>,
    /// Metrics, by id or `metric/figure`; null for none.
    pub metrics: Entries<Option<f64>>,
    /// Scores one of whose caps bites or would bite.
    pub capped: Vec<Located<String>>,
    /// Scores none of whose caps applies.
    pub uncapped: Vec<Located<String>>,
    /// Decisions, by id.
    pub decisions: Entries<DecisionExpectation>,
    /// Ladders, by id.
    pub ladders: Entries<LadderExpectation>,
    /// Gates, by id.
    pub gates: Entries<NeedState>,
    /// Findings.
    pub findings: FindingsExpectation,
}

/// Expected score: its value alone, or more of it.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "ScoreExpectation", untagged))]
#[serde(rename = "$shape")]
pub enum ScoreExpectation {
    /// Its value.
    #[serde(rename = "scalar")]
    Value(f64),
    /// Its parts.
    #[serde(rename = "map")]
    Full(ScoreParts),
}

/// The parts of a score.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct ScoreParts {
    /// Value.
    pub value: Option<f64>,
    /// Index, 0..100.
    pub index: Option<f64>,
    /// Coverage, 0..1.
    pub coverage: Option<f64>,
    /// Lower end of the range.
    pub low: Option<f64>,
    /// Upper end of the range.
    pub high: Option<f64>,
    /// Value as claimed.
    pub claimed: Option<f64>,
}

/// Expected decision; what is not given is not checked.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct DecisionExpectation {
    /// Its outcome; `unknown` for none.
    pub outcome: Option<String>,
    /// The rule that decided.
    pub rule: Option<String>,
    /// Every outcome still possible.
    pub possible: Option<Vec<String>>,
}

/// Expected level; what is not given is not checked.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct LadderExpectation {
    /// Its level; `unknown` for none.
    pub level: Option<String>,
    /// Items and gates that keep it from the next level.
    pub held_by: Option<Vec<String>>,
    /// Every level still possible.
    pub possible: Option<Vec<String>>,
}

/// Findings that must be there, and those that must not.
#[derive(Debug, Clone, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(default)]
pub struct FindingsExpectation {
    /// Must be there.
    #[serde(rename = "in")]
    pub present: Vec<Located<String>>,
    /// Must not.
    pub out: Vec<Located<String>>,
}

/// Id in full of an item, gate or finding that is named within a pack.
fn full_id(pack: &str, id: &str) -> String {
    if id.contains('.') {
        id.to_owned()
    } else {
        format!("{pack}.{id}")
    }
}

/// Outcome of a pack's cases.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Names of the cases that came out as expected.
    pub passed: Vec<String>,
    /// Cases that did not, each with every difference.
    pub failed: Vec<Failure>,
    /// Parts of the pack that the cases reach.
    pub coverage: Coverage,
}

/// A case that did not come out as expected.
#[derive(Debug, Clone)]
pub struct Failure {
    /// The case's name.
    pub name: String,
    /// Differences, one line each.
    pub differences: Vec<String>,
}

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
    fn new(rulebook: &Rulebook, pack: &str) -> Self {
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
    fn see(&mut self, rulebook: &Rulebook, evaluation: &Evaluation) {
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
