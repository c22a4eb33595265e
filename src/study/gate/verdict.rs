//! The verdict document, and the same as `JUnit` XML, which CI services show check by check.

use super::{Ask, Weight};
use crate::assess::assessment::{Client, NeedState, PackResult};
use crate::message;
use crate::study::compare::Banner;
use crate::text::diagnostic::Place;
use serde::Serialize;
use std::fmt::Write as _;

/// An assessment judged by a policy.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity verdict"))]
pub struct Verdict {
    /// The version of this document: 1.
    pub format: u32,
    /// Program that made it.
    pub engine: String,
    /// Client that was assessed.
    pub client: Client,
    /// The day the answers speak of, `2026-10-31`.
    pub assessed_on: Option<String>,
    /// The packs it was scored by.
    pub packs: Vec<PackResult>,
    /// The day by which targets were due.
    pub on: Option<String>,
    /// The base that regressions were measured from.
    pub against: Option<String>,
    /// Notes to read before any regression.
    pub banners: Vec<Banner>,
    /// True where the gate is met: no check that fails it is unmet or unproven.
    pub met: bool,
    /// The level of the first ladder called `level` that has one, else of the only ladder.
    pub level: Option<String>,
    /// Every check, rule by rule.
    pub checks: Vec<CheckResult>,
}

impl Verdict {
    /// The checks that fail the gate.
    pub fn failures(&self) -> impl Iterator<Item = &CheckResult> {
        self.checks.iter().filter(|one| one.fails())
    }

    /// The checks that are not met and only warn.
    pub fn warnings(&self) -> impl Iterator<Item = &CheckResult> {
        let warns = |one: &&CheckResult| one.state.blocks() && !one.fails();
        self.checks.iter().filter(warns)
    }
}

/// One thing a rule asks of one item.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct CheckResult {
    /// Name of the rule.
    pub rule: String,
    /// Kind of check.
    pub kind: CheckKind,
    /// Effect of the rule: it fails the gate or only warns.
    pub severity: Weight,
    /// The item it is asked of, `pack.item`; null for the whole assessment.
    pub id: Option<String>,
    /// Its name.
    pub title: String,
    /// State; unproven counts as not met.
    pub state: NeedState,
    /// True where open answers cannot change the state; null where answers still to come do not
    /// matter, as with coverage or a day.
    pub certain: Option<bool>,
    /// Demand in words.
    pub wanted: String,
    /// Present state in words.
    pub actual: String,
    /// Reason for the demand.
    pub because: Option<String>,
    /// Questions to look at, or the items a finding rests on; those that matter most first.
    pub questions: Vec<String>,
    /// Place of the rule in its file.
    #[serde(skip)]
    pub place: Place,
}

impl CheckResult {
    /// Returns true where it keeps the gate from being met.
    #[must_use]
    pub fn fails(&self) -> bool {
        self.severity == Weight::Fail && self.state.blocks()
    }

    /// The state in words; words of its own where it is met only with the answers so far.
    #[must_use]
    pub fn state_word(&self) -> &'static str {
        if self.is_met_for_now() {
            message!("met-as-things-stand")
        } else {
            self.state.word()
        }
    }

    /// Returns true where it is met, and open answers could still change that.
    #[must_use]
    pub fn is_met_for_now(&self) -> bool {
        self.state == NeedState::Met && self.certain == Some(false)
    }

    /// The check as one sentence.
    #[must_use]
    pub fn says(&self) -> String {
        let state = self.state_word();
        format!("{}: {}, {state}: {}", self.title, self.wanted, self.actual)
    }
}

/// Kind of check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum CheckKind {
    /// A least index or value.
    Score,
    /// A least coverage.
    Coverage,
    /// A least confidence.
    Confidence,
    /// A basis.
    Basis,
    /// A least level.
    Level,
    /// A gate of a pack.
    Gate,
    /// A forbidden finding.
    Finding,
    /// No fall.
    Regression,
    /// No overdue target.
    Overdue,
}

impl CheckKind {
    /// The word for it.
    pub(super) fn name(self) -> String {
        format!("{self:?}").to_lowercase()
    }

    /// The kind of check that a rule asks for.
    pub(super) fn of(ask: &Ask) -> Self {
        match ask {
            Ask::Score { .. } => Self::Score,
            Ask::Coverage(..) => Self::Coverage,
            Ask::Confidence(..) => Self::Confidence,
            Ask::Basis(_) => Self::Basis,
            Ask::Level { .. } => Self::Level,
            Ask::Gates(_) => Self::Gate,
            Ask::Forbid(_) => Self::Finding,
            Ask::Regression { .. } => Self::Regression,
            Ask::Overdue => Self::Overdue,
        }
    }
}

/// The verdict as one test suite: a check is a test case, one that fails the gate a failure, one
/// that only warns a note.
#[must_use]
pub fn junit(verdict: &Verdict) -> String {
    let failures = verdict.failures().count();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"{0}\" failures=\"{failures}\">\n\
         <testsuite name=\"centricity gate: {1}\" tests=\"{0}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">\n",
        verdict.checks.len(),
        xml(&verdict.client.name),
    );
    for check in &verdict.checks {
        case(&mut out, check);
    }
    if !verdict.banners.is_empty() {
        let texts = verdict.banners.iter().map(|one| one.text.as_str());
        let texts: Vec<&str> = texts.collect();
        let _ = writeln!(out, "<system-out>{}</system-out>", xml(&texts.join(" ")));
    }
    out.push_str("</testsuite>\n</testsuites>\n");
    out
}

fn case(out: &mut String, check: &CheckResult) {
    let id = check.id.as_deref().unwrap_or("assessment");
    let name = format!("{}: {}", check.title, check.wanted);
    // Writing into a string cannot fail.
    let _ = write!(
        out,
        "<testcase classname=\"{}.{}\" name=\"{}\"",
        xml(&check.kind.name()),
        xml(id),
        xml(&name)
    );
    if check.is_met_for_now() {
        let says = xml(&check.says());
        let _ = writeln!(out, "><system-out>{says}</system-out></testcase>");
        return;
    }
    if !check.state.blocks() {
        out.push_str("/>\n");
        return;
    }
    let because = check.because.as_ref();
    let because = because.map_or(String::new(), |why| format!(" Because: {why}"));
    let says = xml(&format!("{}.{because}", check.says()));
    let _ = match check.severity {
        Weight::Fail => writeln!(
            out,
            "><failure type=\"{}\" message=\"{}\">{says}</failure></testcase>",
            if check.state == NeedState::Unproven {
                "unproven"
            } else {
                "unmet"
            },
            xml(&check.actual)
        ),
        Weight::Warn => writeln!(out, "><system-out>warning: {says}</system-out></testcase>"),
    };
}

/// A text that can be part of XML: signs of markup escaped, letters that XML forbids left out.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
