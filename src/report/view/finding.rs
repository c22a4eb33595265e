//! Findings by section, contradictions, and what can stop.

mod advice;

pub use advice::{Advice, Told};

use super::Text;
use super::context::ReportContext;
use crate::assess::assessment::{Because as ResultBecause, FindingResult};
use crate::report::markdown::Markup;
use crate::rules::pack::file::{FindingKind, Horizon, Severity, Size};
use serde::Serialize;
use std::borrow::Cow;

/// Kind of finding; the name of its mark.
pub use crate::rules::pack::file::FindingKind as Kind;

/// The findings of a section.
#[derive(Debug, Clone, Serialize)]
pub struct Group<'a> {
    /// `g-organisation-light`.
    pub anchor: &'a str,
    /// "4.2", counted through all packs.
    pub number: String,
    /// The section's title.
    pub title: Text<'a>,
    /// In the pack's order, never empty.
    pub findings: Vec<Finding<'a>>,
}

/// A finding.
#[derive(Debug, Clone, Serialize)]
pub struct Finding<'a> {
    /// `f-organisation-account-manager-in-name-only`.
    pub anchor: &'a str,
    /// "4.2.1".
    pub number: String,
    /// `organisation.account-manager-in-name-only`, for `centricity explain`.
    pub rule: &'a str,
    /// Kind of finding.
    pub kind: Kind,
    /// Sort and severity in words: "contradiction, high".
    pub word: String,
    /// Title.
    pub title: Text<'a>,
    /// Observation and its meaning.
    pub text_html: String,
    /// The same in Markdown.
    pub text_md: String,
    /// The answers that led to it.
    pub because: Vec<Because<'a>>,
    /// Answers it rests on that carry no high severity, a sentence each.
    pub reservations: Vec<&'a str>,
    /// "high": the severity by its rule, where what it rests on carries less.
    pub by_rule: Option<&'static str>,
    /// True if no open question can change it; the template words it.
    pub certain: bool,
    /// Advice on the finding.
    pub advice: Vec<Advice<'a>>,
}

/// One answer that led to a finding.
#[derive(Debug, Clone, Serialize)]
pub struct Because<'a> {
    /// Name of the question, score or decision.
    pub label: Text<'a>,
    /// Its answer, value or outcome in words.
    pub answer: Text<'a>,
    /// Of a question in the appendix; null for scores and decisions.
    pub anchor: Option<&'a str>,
}

/// Two answers that do not go together.
#[derive(Debug, Clone, Serialize)]
pub struct Contradiction<'a> {
    /// Title of the finding.
    pub title: Text<'a>,
    /// Its anchor.
    pub anchor: &'a str,
    /// Its number.
    pub number: String,
    /// The answers.
    pub between: Vec<Because<'a>>,
}

/// Something to stop, which the market does not call for.
#[derive(Debug, Clone, Serialize)]
pub struct Stop<'a> {
    /// Thing to stop.
    pub title: Text<'a>,
    /// Title of the finding that says why.
    pub why: Text<'a>,
    /// Its anchor.
    pub anchor: &'a str,
    /// Its number.
    pub number: String,
}

/// Something that is built and not called for.
#[derive(Debug, Clone, Serialize)]
pub struct Spare<'a> {
    /// Name of the question.
    pub label: Text<'a>,
    /// State today, in words.
    pub says: Text<'a>,
    /// Of the question in the appendix.
    pub anchor: Option<&'a str>,
}

impl<'a> ReportContext<'a> {
    /// The findings of a pack: first those about the whole, then section by section.
    pub(super) fn groups(
        &self,
        pack: usize,
        section: &str,
        position: &mut usize,
    ) -> Vec<Group<'a>> {
        let Some(layout) = self.layout.packs.get(pack) else {
            return Vec::new();
        };
        let mut groups = Vec::new();
        let mut add = |anchor: &'a str, title: Text<'a>, place: Option<usize>| {
            let found: Vec<&FindingResult> = self
                .found(pack)
                .filter(|one| self.section_of(one) == place)
                .collect();
            if !found.is_empty() {
                *position += 1;
                let number = format!("{section}.{position}");
                let findings = found.into_iter().enumerate();
                let findings = findings
                    .map(|(place, one)| self.finding(one, format!("{number}.{}", place + 1)));
                groups.push(Group {
                    anchor,
                    title,
                    findings: findings.collect(),
                    number,
                });
            }
        };
        add(&layout.whole, "The whole picture".into(), None);
        for (place, one) in self
            .rulebook
            .sections
            .iter()
            .enumerate()
            .filter(|(_, one)| one.pack == pack)
        {
            if let Some(layout) = self.layout.sections.get(place) {
                add(&layout.group, Cow::Borrowed(&one.title), Some(place));
            }
        }
        groups
    }

    /// The findings of a pack that are called for; what is not is neither good nor bad.
    pub(super) fn found(&self, pack: usize) -> impl Iterator<Item = &'a FindingResult> {
        let rules = &self.rulebook.findings;
        let own = move |place: usize| rules.get(place).is_some_and(|rule| rule.pack == pack);
        let found = self.result.findings();
        found.filter_map(move |(place, one)| (own(place) && one.called_for).then_some(one))
    }

    fn section_of(&self, finding: &FindingResult) -> Option<usize> {
        self.rule(finding)?.1.section
    }

    fn finding(&self, finding: &'a FindingResult, number: String) -> Finding<'a> {
        let text = Markup::new(&finding.text);
        let rule = self.rule(finding);
        let layout = rule.and_then(|(place, _)| self.layout.findings.get(place));
        let advice = finding.advice.iter();
        let advice = advice.map(|advice| self.advice(finding, advice));
        Finding {
            anchor: layout.map_or("", |layout| &layout.anchor),
            number,
            rule: &finding.id,
            kind: finding.kind,
            word: word(finding),
            title: Cow::Borrowed(&finding.title),
            text_html: text.html,
            text_md: text.md,
            because: self.because(&finding.because),
            reservations: finding
                .reservations
                .iter()
                .map(|one| one.says.as_str())
                .collect(),
            by_rule: finding.severity_by_rule.map(severity_word),
            certain: finding.certain,
            advice: advice.collect(),
        }
    }

    fn because(&self, list: &'a [ResultBecause]) -> Vec<Because<'a>> {
        let one = |one: &'a ResultBecause| Because {
            label: Cow::Borrowed(one.label.trim_end_matches('?')),
            answer: Cow::Borrowed(&one.says),
            anchor: self.anchor(&one.id),
        };
        list.iter().map(one).collect()
    }

    /// Things that are built in a pack and not called for.
    pub(super) fn spare(&self, pack: usize) -> Vec<Spare<'a>> {
        let id = self.rulebook.packs.get(pack).map(|pack| pack.id.as_str());
        let spare = self.assessment.simplify.iter();
        let spare = spare.filter(|one| Some(one.id.pack()) == id);
        spare
            .map(|one| Spare {
                label: Cow::Borrowed(one.label.trim_end_matches('?')),
                says: Cow::Borrowed(&one.says),
                anchor: self.anchor(&one.id),
            })
            .collect()
    }

    /// Work that can stop, in the order of the actions.
    pub(super) fn stop(&self, pack: usize, groups: &[Group<'a>]) -> Vec<Stop<'a>> {
        let id = self.rulebook.packs.get(pack).map(|pack| &pack.id);
        let actions = self.assessment.actions.iter();
        let stops = actions.filter(|one| one.stops && id.is_some_and(|id| one.of.pack() == id));
        let shown = |id: &str| {
            let mut all = groups.iter().flat_map(|group| &group.findings);
            all.find(|one| one.rule == id)
        };
        let stops = stops.filter_map(|one| {
            let finding = shown(&one.of)?;
            Some(Stop {
                title: Cow::Borrowed(one.advice.what.trim_end_matches('.')),
                why: finding.title.clone(),
                anchor: finding.anchor,
                number: finding.number.clone(),
            })
        });
        stops.collect()
    }
}

/// The contradictions among the findings of a pack.
pub(super) fn contradictions<'a>(groups: &[Group<'a>]) -> Vec<Contradiction<'a>> {
    let all = groups.iter().flat_map(|group| &group.findings);
    let contradictions = all
        .filter(|one| one.kind == FindingKind::Contradiction)
        .map(|one| Contradiction {
            title: one.title.clone(),
            anchor: one.anchor,
            number: one.number.clone(),
            between: one.because.clone(),
        });
    contradictions.collect()
}

/// "gap, high"; a strength has no severity.
pub(super) fn word(finding: &FindingResult) -> String {
    word_of(finding.kind, finding.severity)
}

/// The same of a kind and a severity.
pub(in crate::report) fn word_of(kind: FindingKind, severity: Severity) -> String {
    let kind = match kind {
        FindingKind::Strength => "strength",
        FindingKind::Gap => "gap",
        FindingKind::Risk => "risk",
        FindingKind::Contradiction => "contradiction",
        FindingKind::Fit => "fit",
        FindingKind::Unknown => "unknown",
    };
    if severity == Severity::Info {
        return kind.to_owned();
    }
    format!("{kind}, {}", severity_word(severity))
}

fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "for information",
        Severity::Low => "low",
        Severity::Medium => "medium",
        Severity::High => "high",
        Severity::Critical => "critical",
    }
}

pub(super) fn size(size: Size) -> &'static str {
    match size {
        Size::Low => "low",
        Size::Medium => "medium",
        Size::High => "high",
    }
}

pub(super) fn within(horizon: Horizon) -> &'static str {
    match horizon {
        Horizon::Now => "30 days",
        Horizon::Next => "90 days",
        Horizon::Later => "12 months",
    }
}
