//! A verdict: what a policy asks for, and what came of it, worded.

use super::Text;
use crate::assess::assessment::PackResult;
use crate::report::chart::badge;
use crate::study::gate::{CheckResult, Verdict, Weight};
use serde::Serialize;
use std::borrow::Cow;

/// The whole verdict: the root context of `gate.md`.
#[derive(Debug, Clone, Serialize)]
pub struct Judged<'a> {
    /// `centricity 0.1.0`.
    pub engine: Text<'a>,
    /// Whose assessment it is.
    pub client: String,
    /// True if the gate is met.
    pub met: bool,
    /// "The gate is not met: 2 of 14 checks fail, 1 warns."
    pub headline: String,
    /// "Regressions are measured from main. Targets are held to 2026-11-30.", packs that are changed,
    /// and what to know before any regression is read, such as that a perception is compared with
    /// evidence.
    pub notes: Vec<String>,
    /// The checks that fail the gate.
    pub failures: Vec<GateCheck<'a>>,
    /// The checks that are not met and only warn.
    pub warnings: Vec<GateCheck<'a>>,
    /// The checks that are met.
    pub passed: Vec<GateCheck<'a>>,
    /// Those of them that open answers could still break.
    pub as_things_stand: Vec<GateCheck<'a>>,
}

/// A check.
#[derive(Debug, Clone, Serialize)]
pub struct GateCheck<'a> {
    /// Name of the rule.
    pub rule: Text<'a>,
    /// `organisation.light`; null for the whole assessment.
    pub id: Option<&'a str>,
    /// Name of what it is asked of.
    pub title: Text<'a>,
    /// "met", "met as things stand", "not met", "unproven".
    pub state: &'static str,
    /// Value asked for.
    pub wanted: Text<'a>,
    /// Value found.
    pub actual: Text<'a>,
    /// Why it is asked for; null where the policy does not say.
    pub because: Option<Text<'a>>,
    /// The questions to look at.
    pub questions: &'a [String],
}

impl<'a> Judged<'a> {
    /// Words a verdict.
    #[must_use]
    pub fn new(verdict: &'a Verdict) -> Self {
        let rows = |wanted: fn(&CheckResult) -> bool| -> Vec<GateCheck<'a>> {
            let checks = verdict.checks.iter();
            checks.filter(|one| wanted(one)).map(row).collect()
        };
        let against = verdict.against.as_ref();
        let against = against.map(|name| format!("Regressions are measured from {name}."));
        let on = verdict.on.as_ref();
        let on = on.map(|on| format!("Targets are held to {on}."));
        let changed = verdict.packs.iter().filter(|pack| pack.changed);
        let changed = changed.map(|pack| {
            let PackResult { id, version, .. } = pack;
            format!(
                "{id} {version} is changed: its rules are not those built in under this version."
            )
        });
        let banners = verdict.banners.iter().map(|banner| banner.text.clone());
        Self {
            engine: Cow::Borrowed(&verdict.engine),
            client: client(verdict),
            met: verdict.met,
            headline: headline(verdict),
            notes: against
                .into_iter()
                .chain(on)
                .chain(changed)
                .chain(banners)
                .collect(),
            failures: rows(CheckResult::fails),
            warnings: rows(|one| one.severity == Weight::Warn && one.state.blocks()),
            passed: rows(|one| !one.state.blocks()),
            as_things_stand: rows(CheckResult::is_met_for_now),
        }
    }
}

fn row(check: &CheckResult) -> GateCheck<'_> {
    GateCheck {
        rule: Cow::Borrowed(&check.rule),
        id: check.id.as_deref(),
        title: Cow::Borrowed(&check.title),
        state: check.state_word(),
        wanted: Cow::Borrowed(&check.wanted),
        actual: Cow::Borrowed(&check.actual),
        because: check.because.as_deref().map(Cow::Borrowed),
        questions: &check.questions,
    }
}

fn client(verdict: &Verdict) -> String {
    let unit = verdict.client.unit.as_ref();
    let unit = unit.map_or(String::new(), |unit| format!(", {unit}"));
    format!("{}{unit}", verdict.client.name)
}

fn headline(verdict: &Verdict) -> String {
    let (failed, warned) = (verdict.failures().count(), verdict.warnings().count());
    let all = verdict.checks.len();
    let checks = if all == 1 { "check" } else { "checks" };
    let says = |count: usize, one: &str, many: &str| {
        format!("{count} {}", if count == 1 { one } else { many })
    };
    let checked = verdict.checks.iter();
    let open = checked.filter(|one| one.is_met_for_now()).count();
    let holds = says(all, "check holds", "checks hold");
    match (failed, warned) {
        (0, 0) if open == 0 => format!("The gate is met: {holds}."),
        (0, 0) if open == all => format!("The gate is met: {holds}, as things stand."),
        (0, 0) => format!("The gate is met: {holds}, {open} of them as things stand."),
        (0, warned) => format!(
            "The gate is met: {} of {all} {checks}.",
            says(warned, "warning", "warnings")
        ),
        (failed, 0) => format!(
            "The gate is not met: {failed} of {all} {checks} {}.",
            if failed == 1 { "fails" } else { "fail" }
        ),
        (failed, warned) => format!(
            "The gate is not met: {failed} of {all} {checks} {}, {}.",
            if failed == 1 { "fails" } else { "fail" },
            says(warned, "warns", "warn")
        ),
    }
}

/// A badge: the root context of `badge.svg`.
#[derive(Debug, Clone, Serialize)]
pub struct Badge {
    /// Subject of the badge: the left half.
    pub label: String,
    /// Message of the badge: the right half.
    pub message: String,
    /// Both as one sentence, for who does not see it.
    pub title: String,
    /// `met`, `warned` or `unmet`; colour repeats what the message says.
    pub tone: &'static str,
    /// Width of the whole, in pixels.
    pub width: f64,
    /// Width of the line around it.
    pub frame: f64,
    /// Width of its left half.
    pub left: f64,
    /// Width of its right half.
    pub right: f64,
    /// Middle of the text of the left half, in pixels.
    pub label_x: f64,
    /// Its width.
    pub label_width: f64,
    /// Middle of the text of the right half, in pixels.
    pub message_x: f64,
    /// Its width.
    pub message_width: f64,
}

impl Badge {
    /// The badge of a verdict: the subject, the level reached, and whether the gate is met.
    #[must_use]
    pub fn new(verdict: &Verdict, subject: &str) -> Self {
        let (tone, gate) = match (verdict.met, verdict.warnings().count()) {
            (true, 0) => ("met", "gate met"),
            (true, _) => ("warned", "gate met, with warnings"),
            (false, _) => ("unmet", "gate not met"),
        };
        let message = match &verdict.level {
            Some(level) => format!("{level}, {gate}"),
            None => gate.to_owned(),
        };
        let label = subject.to_owned();
        let halves = (badge::half(&label), badge::half(&message));
        Self {
            title: format!("{label}: {message}"),
            tone,
            width: halves.0.width + halves.1.width,
            frame: halves.0.width + halves.1.width - 1.0,
            left: halves.0.width,
            right: halves.1.width,
            label_x: halves.0.width / 2.0,
            label_width: halves.0.text,
            message_x: halves.0.width + halves.1.width / 2.0,
            message_width: halves.1.text,
            label,
            message,
        }
    }
}
