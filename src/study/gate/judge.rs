//! A result judged by a policy; and the verdict as `JUnit` XML, which CI services show check by check.

mod regression;
mod rules;

use super::{Ask, CheckKind, CheckResult, Policy, Rule, Verdict, Weight};
use crate::assess::assessment::{
    Assessment, LadderResult, NeedState, QuestionResult, ScoreResult, ScoreState,
};
use crate::message;
use crate::rules::vocabulary::{ConfidenceGrade, State};
use crate::study::Below;
use crate::study::compare::{BannerKind, Comparison};
use crate::text::is_unprintable;
use crate::text::number::{TOLERANCE, format_near, rounded};
use jiff::civil::Date;
use quick_xml::escape::partial_escape;
use rules::{met_if, plain};
use std::fmt::Write as _;

/// The base that regressions are measured from.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// As it was asked for: `main:clients/acme`.
    pub name: &'a str,
    /// Changes since, or why they are held back; `None` where there was no assessment yet.
    pub comparison: Option<std::result::Result<&'a Comparison, &'a str>>,
}

/// Judges a result by a policy. `against` is the base that regressions are measured from, `on` the
/// day by which targets are due; what a rule needs and is not given is unproven.
#[must_use]
pub fn gate(
    policy: &Policy,
    assessment: &Assessment,
    against: Option<&Against<'_>>,
    on: Option<Date>,
) -> Verdict {
    let judge = Judge {
        assessment,
        below: Below::new(assessment),
        against,
        on,
    };
    let rules = policy.rules.iter();
    let checks: Vec<CheckResult> = rules.flat_map(|rule| judge.rule(rule)).collect();
    let level = main_ladder(&assessment.levels).and_then(|ladder| ladder.level.as_ref());
    let banners = against.and_then(|against| against.comparison?.ok());
    let banners = banners.into_iter().flat_map(|one| &one.banners);
    Verdict {
        format: 1,
        engine: assessment.engine.clone(),
        client: assessment.client.clone(),
        assessed_on: assessment.assessed_on.clone(),
        packs: assessment.packs.clone(),
        on: on.map(|on| on.to_string()),
        against: against.map(|against| against.name.to_owned()),
        // No check needs what a stored result lacks.
        banners: banners
            .filter(|banner| banner.kind != BannerKind::Stored)
            .cloned()
            .collect(),
        met: !checks.iter().any(CheckResult::fails),
        level: level.map(|level| level.label.clone()),
        checks,
    }
}

/// The ladder for the whole: one called `level` that has one, else the only one.
fn main_ladder(ladders: &[LadderResult]) -> Option<&LadderResult> {
    let called = |one: &&LadderResult| one.id.local() == "level" && one.level.is_some();
    let only = match ladders {
        [only] => Some(only),
        _ => None,
    };
    ladders.iter().find(called).or(only)
}

struct Judge<'a> {
    assessment: &'a Assessment,
    below: Below<'a>,
    against: Option<&'a Against<'a>>,
    on: Option<Date>,
}

impl Judge<'_> {
    fn rule(&self, rule: &Rule) -> Vec<CheckResult> {
        let mut checks = match &rule.ask {
            Ask::Score {
                ids,
                least,
                by_index,
            } => {
                let scores = self.named(ids);
                let checks = scores.map(|score| self.score(rule, score, *least, *by_index));
                checks.collect()
            }
            Ask::Coverage(ids, least) => self.coverages(rule, ids, *least),
            Ask::Confidence(ids, least) => self.confidences(rule, ids, *least),
            Ask::Basis(least) => vec![self.basis(rule, *least)],
            Ask::Level { id, level, label } => self.level(rule, id, (level, label)),
            Ask::Gates(ids) => self.gates(rule, ids),
            Ask::Forbid(findings) => self.forbidden(rule, findings),
            Ask::Regression {
                ids,
                all,
                tolerance,
            } => self.regressions(rule, ids, *all, *tolerance),
            Ask::Overdue => self.overdue(rule),
        };
        let surely = message!("whatever-open-answers-bring");
        for check in checks.iter_mut().filter(|_| rule.file.surely) {
            check.wanted.push_str(surely);
        }
        checks
    }

    fn named<'i>(&'i self, ids: &'i [String]) -> impl Iterator<Item = &'i ScoreResult> {
        let scores = self.assessment.scores.iter();
        scores.filter(|score| ids.iter().any(|id| score.id == *id))
    }

    /// A check of each score, or of the whole assessment where no ids are given.
    fn each(
        &self,
        ids: &[String],
        check: impl Fn(Option<&ScoreResult>) -> CheckResult,
    ) -> Vec<CheckResult> {
        if ids.is_empty() {
            return vec![check(None)];
        }
        let scores = self.named(ids);
        let checks = scores.map(|score| check(Some(score)).of(&score.id, &score.title));
        checks.collect()
    }

    fn coverages(&self, rule: &Rule, ids: &[String], least: f64) -> Vec<CheckResult> {
        self.each(ids, |score| {
            let coverage = score.map_or(self.assessment.coverage, |score| score.coverage);
            let met = coverage >= least - TOLERANCE;
            let low = score.filter(|_| !met);
            let percent = format_near(coverage * 100.0, least * 100.0, 0);
            CheckResult {
                state: met_if(met),
                wanted: message!("at-least-answered", plain = plain(least * 100.0)),
                actual: format!("{percent} % answered"),
                questions: low.map_or_else(Vec::new, |score| {
                    self.weakest(&score.id, NeedState::Unproven)
                }),
                ..rule.check()
            }
        })
    }

    fn confidences(&self, rule: &Rule, ids: &[String], least: ConfidenceGrade) -> Vec<CheckResult> {
        self.each(ids, |score| {
            let whole = self.assessment.confidence.grade;
            let grade = score.map_or(whole, |score| score.confidence.grade);
            CheckResult {
                state: met_if(grade >= least),
                wanted: message!("policy-confidence", least = least.word()),
                actual: format!("{} confidence", grade.word()),
                ..rule.check()
            }
        })
    }

    fn score(&self, rule: &Rule, score: &ScoreResult, least: f64, by_index: bool) -> CheckResult {
        let (value, range, word, digits) = if by_index {
            (score.index, score.index_range, "index", 0)
        } else {
            (score.value, score.range, "value", 1)
        };
        let value = value.filter(|_| score.state == ScoreState::Rated);
        let (state, certain, actual) = if let Some(value) = value {
            let reaches = |value: f64| value >= least - TOLERANCE;
            let (low, high) = range.map_or((value, value), |range| (range.low, range.high));
            let met = reaches(value);
            let certain = if met { reaches(low) } else { !reaches(high) };
            let mut says = format!("{word} {}", format_near(value, least, digits));
            if high - low >= TOLERANCE {
                says = format!("{says} ({} to {})", rounded(low, 1), rounded(high, 1));
            }
            (rule.proven(met_if(met), certain), certain, says)
        } else {
            let says = score.waits();
            let says = says.unwrap_or_else(|| no_verdict(score.state).to_owned());
            (NeedState::Unproven, false, says)
        };
        let check = CheckResult {
            questions: self.weakest(&score.id, state),
            state,
            certain: Some(certain),
            wanted: message!("policy-at-least", word, plain = plain(least)),
            actual,
            ..rule.check()
        };
        check.of(&score.id, &score.title)
    }

    /// The questions below a score that hold it down most: open ones where it is unproven, else the
    /// lowest rated; none where it is met.
    fn weakest(&self, id: &str, state: NeedState) -> Vec<String> {
        const MOST: usize = 5;
        if !state.blocks() {
            return Vec::new();
        }
        let below = self.below.questions(id);
        let questions = self.assessment.questions.iter();
        let questions = questions.filter(|one| below.contains(one.id.as_str()));
        let open = |one: &QuestionResult| matches!(one.state, State::Missing | State::Unknown);
        let questions = questions.filter(|one| match state {
            NeedState::Unproven => open(one),
            NeedState::Unmet | NeedState::Met | NeedState::NotApplicable => one.value.is_some(),
        });
        let mut questions: Vec<&QuestionResult> = questions.collect();
        let worth = |one: &QuestionResult| one.value.unwrap_or(0.0);
        questions.sort_by(|a, b| worth(a).total_cmp(&worth(b)));
        let questions = questions.iter().take(MOST);
        questions.map(|one| one.id.to_string()).collect()
    }
}

fn no_verdict(state: ScoreState) -> &'static str {
    match state {
        ScoreState::Rated => "rated",
        ScoreState::Thin => message!("too-little-is-answered-for-a-verdict"),
        ScoreState::NotAssessed => message!("not-assessed"),
        ScoreState::NotApplicable => message!("not-applicable"),
        ScoreState::NotAsked => message!("not-asked"),
    }
}

impl Rule {
    /// A check of the whole assessment that is met; each check of the rule is this one with its own
    /// item, state and words.
    fn check(&self) -> CheckResult {
        let kind = CheckKind::of(&self.ask);
        let name = self.file.name.clone();
        CheckResult {
            rule: name.unwrap_or_else(|| kind.name()),
            kind,
            severity: self.file.severity,
            id: None,
            title: message!("the-whole-assessment").to_owned(),
            state: NeedState::Met,
            certain: None,
            wanted: String::new(),
            actual: String::new(),
            because: self.file.because.clone(),
            questions: Vec::new(),
            place: self.place,
        }
    }

    /// The state; unproven for what is met only with the answers so far and has to be met surely.
    fn proven(&self, state: NeedState, certain: bool) -> NeedState {
        if self.file.surely && !certain && state == NeedState::Met {
            NeedState::Unproven
        } else {
            state
        }
    }
}

impl CheckResult {
    /// The same check of one item.
    fn of(self, id: &str, title: &str) -> Self {
        Self {
            id: Some(id.to_owned()),
            title: title.to_owned(),
            ..self
        }
    }
}

/// The verdict as one test suite: a check is a test case, one that fails the gate a failure, one
/// that only warns a note.
#[must_use]
pub fn junit(verdict: &Verdict) -> String {
    let failures = verdict.checks.iter().filter(|one| one.fails()).count();
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
    let allowed = text
        .chars()
        .filter(|one| !matches!(one, '\u{fffe}' | '\u{ffff}'));
    let plain = allowed.map(|one| if is_unprintable(one) { ' ' } else { one });
    partial_escape(plain.collect::<String>()).replace('"', "&quot;")
}
