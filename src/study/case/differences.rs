//! Comparison of results with what a case expects.

use super::{
    DecisionExpectation, Difference, ExpectFile, FindingsExpectation, LadderExpectation,
    ScoreExpectation, ScoreParts, full_id,
};
use crate::assess::assessment::{Assessment, DecisionResult, LadderResult, ScoreResult};
use crate::assess::evaluate::Evaluation;
use crate::rules::condition::Truth;
use crate::rules::rulebook::Rulebook;
use crate::study::{by_id, ids};
use crate::text::diagnostic::Diagnostics;
use crate::text::yaml::Located;
use crate::{message, problem};

/// Figures in cases are worked by hand to a few digits.
const CLOSE: f64 = 5e-4;

/// A result compared with what a case expects.
pub(super) struct Check<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) pack: &'a str,
    pub(super) assessment: &'a Assessment,
    pub(super) evaluation: &'a Evaluation,
    pub(super) problems: &'a mut Diagnostics,
    /// True where an overlay may have taken away what a case names.
    pub(super) lenient: bool,
    pub(super) found: Vec<Difference>,
}

impl Check<'_> {
    /// Every difference; an id that names nothing is a problem of the case.
    pub(super) fn differences(mut self, expect: &ExpectFile) -> Vec<Difference> {
        let assessment = self.assessment;
        for (id, wanted) in &expect.scores {
            if let Some(score) = self.find(id, by_id(&assessment.scores, |one| &one.id)) {
                self.score(&id.value, wanted.as_ref(), score);
            }
        }
        for (id, wanted) in &expect.metrics {
            let figures = assessment.metrics.iter().flat_map(|one| &one.figures);
            let figures = figures.map(|one| (one.id.as_str(), one));
            if let Some(figure) = self.find(id, figures) {
                self.figure(&id.value, *wanted, figure.value);
            }
        }
        self.caps(expect);
        for (id, wanted) in &expect.decisions {
            if let Some(decision) = self.find(id, by_id(&assessment.decisions, |one| &one.id)) {
                self.decision(&id.value, wanted, decision);
            }
        }
        for (id, wanted) in &expect.ladders {
            if let Some(ladder) = self.find(id, by_id(&assessment.levels, |one| &one.id)) {
                self.ladder(&id.value, wanted, ladder);
            }
        }
        for (id, wanted) in &expect.gates {
            if let Some(gate) = self.find(id, by_id(&assessment.gates, |one| &one.id)) {
                let words = [wanted, &gate.state].map(|one| format!("{one:?}").to_lowercase());
                let [wanted, got] = words;
                self.word(&id.value, "", Some(&wanted), &got);
            }
        }
        self.findings(&expect.findings);
        self.found
    }

    /// The item an id names; where there is none, that is a problem of the case.
    fn find<'n, T>(
        &mut self,
        id: &Located<String>,
        items: impl Iterator<Item = (&'n str, T)> + Clone,
    ) -> Option<T> {
        let full = full_id(self.pack, &id.value);
        let found = items.clone().find(|(name, _)| *name == full);
        if found.is_none() {
            self.unknown(id, items.map(|(name, _)| name));
        }
        found.map(|(_, item)| item)
    }

    fn unknown<'n>(&mut self, id: &Located<String>, names: impl Iterator<Item = &'n str>) {
        let own = format!("{}.", self.pack);
        let names = names.map(|name| name.strip_prefix(own.as_str()).unwrap_or(name));
        let (place, id) = (id.place, &id.value);
        if self.lenient {
            let line = message!("names-what-is-gone", id);
            self.found.push(Difference::new(id, "gone", line));
            return;
        }
        let problem = problem!(UnknownId, "names-nothing-that-could-be-expected-here", id);
        self.problems.push(problem.at(place).nearest(id, names));
    }

    /// Scores one of whose caps applies, and those none of whose does.
    fn caps(&mut self, expect: &ExpectFile) {
        let words = [
            (message!("a-cap-to-apply-got-none"), "not capped"),
            (message!("no-cap-to-apply-got-one"), "capped"),
        ];
        self.flags(&expect.capped, &expect.uncapped, words, |check, id| {
            let Some(node) = check.rulebook.find(&full_id(check.pack, &id.value)) else {
                let scores = check.assessment.scores.iter();
                check.unknown(id, scores.map(|one| one.id.as_str()));
                return None;
            };
            let mut caps = check.evaluation.trace.caps.iter();
            Some(caps.any(|(score, _, truth)| *score == node && *truth == Truth::True))
        });
    }

    /// Findings that are there, and those that are not.
    fn findings(&mut self, expected: &FindingsExpectation) {
        let words = [
            (message!("to-be-found-and-it-is-not"), "not found"),
            (message!("not-to-be-found-and-it-is"), "found"),
        ];
        self.flags(&expected.present, &expected.out, words, |check, id| {
            let finding = check.find(id, by_id(&check.rulebook.findings, |one| &one.id))?;
            let mut found = check.assessment.findings.iter();
            Some(found.any(|one| one.id == finding.id))
        });
    }

    /// Compares what has to be and what must not with what is; the words say what was wanted, true
    /// first, each with what there is instead.
    fn flags(
        &mut self,
        yes: &[Located<String>],
        no: &[Located<String>],
        [wanted, unwanted]: [(&str, &str); 2],
        is: impl Fn(&mut Self, &Located<String>) -> Option<bool>,
    ) {
        let yes = yes.iter().map(|id| (id, true, wanted));
        for (id, must, (words, got)) in yes.chain(no.iter().map(|id| (id, false, unwanted))) {
            if is(self, id).is_some_and(|is| is != must) {
                let line = format!("{}: expected {words}", id.value);
                self.found.push(Difference::new(&id.value, got, line));
            }
        }
    }

    fn score(&mut self, id: &str, wanted: Option<&ScoreExpectation>, score: &ScoreResult) {
        let parts = match wanted {
            None => {
                if let Some(value) = score.value {
                    self.word(id, "", Some(message!("no-value")), &value.to_string());
                }
                return;
            }
            Some(ScoreExpectation::Value(value)) => &ScoreParts {
                value: Some(*value),
                ..ScoreParts::default()
            },
            Some(ScoreExpectation::Full(parts)) => parts,
        };
        let figures = [
            ("value", parts.value, score.value),
            ("index", parts.index, score.index),
            ("coverage", parts.coverage, Some(score.coverage)),
            ("low", parts.low, score.range.map(|range| range.low)),
            ("high", parts.high, score.range.map(|range| range.high)),
            ("claimed", parts.claimed, score.claimed.or(score.value)),
        ];
        for (name, wanted, got) in figures {
            if wanted.is_some() {
                self.figure(&format!("{id} {name}"), wanted, got);
            }
        }
    }

    fn figure(&mut self, what: &str, wanted: Option<f64>, got: Option<f64>) {
        let close = wanted
            .zip(got)
            .map(|(wanted, got)| (got - wanted).abs() <= CLOSE);
        if !close.unwrap_or(wanted.is_none() && got.is_none()) {
            let words = |one: Option<f64>| one.map_or("none".to_owned(), |one| one.to_string());
            let line = message!(
                "expected-got",
                what,
                wanted = words(wanted),
                got = words(got)
            );
            let rounded = got.map(|got| (got * 1e4).round() / 1e4);
            self.found
                .push(Difference::new(what, &words(rounded), line));
        }
    }

    fn decision(&mut self, id: &str, wanted: &DecisionExpectation, decision: &DecisionResult) {
        let outcome = ids(&decision.outcome).join(", ");
        self.word(id, "outcome", wanted.outcome.as_deref(), &outcome);
        let rule = decision.rule.as_deref().unwrap_or_default();
        self.word(id, "rule", wanted.rule.as_deref(), rule);
        let possible = ids(&decision.possible);
        self.list(id, "possible", wanted.possible.as_deref(), possible);
    }

    fn ladder(&mut self, id: &str, wanted: &LadderExpectation, ladder: &LadderResult) {
        let level = ladder.level.as_ref().map_or("", |level| level.id.as_str());
        self.word(id, "level", wanted.level.as_deref(), level);
        let possible = ids(&ladder.possible);
        self.list(id, "possible", wanted.possible.as_deref(), possible);
        let own = format!("{}.", self.pack);
        let held_by = ladder.blocked_by();
        let held_by = held_by.iter().map(|need| need.id.as_str());
        let held_by = held_by.map(|id| id.strip_prefix(&own).unwrap_or(id));
        let wanted = wanted.held_by.as_deref();
        self.list(id, message!("held-by"), wanted, held_by.collect());
    }

    fn word(&mut self, id: &str, part: &str, wanted: Option<&str>, got: &str) {
        let got = if got.is_empty() { "unknown" } else { got };
        if let Some(wanted) = wanted.filter(|wanted| *wanted != got) {
            let what = format!("{id} {part}");
            let what = what.trim_end();
            let line = message!("expected-got", what, wanted, got);
            self.found.push(Difference::new(what, got, line));
        }
    }

    fn list(&mut self, id: &str, part: &str, wanted: Option<&[String]>, mut got: Vec<&str>) {
        let Some(wanted) = wanted else { return };
        let mut wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        wanted.sort_unstable();
        got.sort_unstable();
        if wanted != got {
            let (wanted, got) = (wanted.join(", "), got.join(", "));
            let what = format!("{id} {part}");
            let line = message!("expected-list-got", what, wanted, got);
            self.found.push(Difference::new(&what, &got, line));
        }
    }
}
