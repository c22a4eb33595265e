//! Comparison of results with what a case expects.

use super::{
    CaseFile, DecisionExpectation, ExpectFile, LadderExpectation, ScoreExpectation, ScoreParts,
    full_id,
};
use crate::assess::assessment::{Assessment, DecisionResult, LadderResult, Named, ScoreResult};
use crate::assess::evaluate::Evaluation;
use crate::rules::condition::Truth;
use crate::rules::rulebook::Rulebook;
use crate::study::by_id;
use crate::text::diagnostic::Diagnostics;
use crate::text::yaml::Located;
use crate::{message, problem};

/// Figures in cases are worked by hand to a few digits.
const CLOSE: f64 = 5e-4;

/// Every difference, one line each; an id that names nothing is a problem of the case.
pub(super) fn differences(
    rulebook: &Rulebook,
    pack: &str,
    case: &CaseFile,
    assessment: &Assessment,
    evaluation: &Evaluation,
    problems: &mut Diagnostics,
) -> Vec<String> {
    let mut check = Check {
        pack,
        problems,
        lines: Vec::new(),
    };
    let expect = &case.expect;
    for (id, wanted) in &expect.scores {
        if let Some(score) = check.find(id, by_id(&assessment.scores, |one| &one.id)) {
            check.score(&id.value, wanted.as_ref(), score);
        }
    }
    for (id, wanted) in &expect.metrics {
        let figures = assessment.metrics.iter().flat_map(|one| &one.figures);
        let figures = figures.map(|one| (one.id.as_str(), one));
        if let Some(figure) = check.find(id, figures) {
            check.figure(&id.value, *wanted, figure.value);
        }
    }
    check.caps(expect, rulebook, assessment, evaluation);
    for (id, wanted) in &expect.decisions {
        if let Some(decision) = check.find(id, by_id(&assessment.decisions, |one| &one.id)) {
            check.decision(&id.value, wanted, decision);
        }
    }
    for (id, wanted) in &expect.ladders {
        if let Some(ladder) = check.find(id, by_id(&assessment.levels, |one| &one.id)) {
            check.ladder(&id.value, wanted, ladder);
        }
    }
    for (id, wanted) in &expect.gates {
        if let Some(gate) = check.find(id, by_id(&assessment.gates, |one| &one.id)) {
            let [wanted, got] = [wanted, &gate.state].map(|one| format!("{one:?}").to_lowercase());
            check.word(&id.value, "", Some(&wanted), &got);
        }
    }
    check.findings(expect, rulebook, assessment);
    check.lines
}

struct Check<'a> {
    pack: &'a str,
    problems: &'a mut Diagnostics,
    lines: Vec<String>,
}

impl Check<'_> {
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
        let problem = problem!(UnknownId, "names-nothing-that-could-be-expected-here", id);
        self.problems.push(problem.at(place).nearest(id, names));
    }

    /// Scores one of whose caps applies, and those none of whose does.
    fn caps(
        &mut self,
        expect: &ExpectFile,
        rulebook: &Rulebook,
        assessment: &Assessment,
        evaluation: &Evaluation,
    ) {
        let capped = expect.capped.iter().map(|id| (id, true));
        for (id, wanted) in capped.chain(expect.uncapped.iter().map(|id| (id, false))) {
            let Some(node) = rulebook.find(&full_id(self.pack, &id.value)) else {
                self.unknown(id, assessment.scores.iter().map(|one| one.id.as_str()));
                continue;
            };
            let mut caps = evaluation.trace.caps.iter();
            let applies = caps.any(|(score, _, truth)| *score == node && *truth == Truth::True);
            let words = [
                message!("no-cap-to-apply-got-one"),
                message!("a-cap-to-apply-got-none"),
            ];
            self.flag(id, wanted, applies, words);
        }
    }

    /// Findings that are there, and those that are not.
    fn findings(&mut self, expect: &ExpectFile, rulebook: &Rulebook, assessment: &Assessment) {
        let present = expect.findings.present.iter().map(|id| (id, true));
        let out = expect.findings.out.iter().map(|id| (id, false));
        for (id, wanted) in present.chain(out) {
            if let Some(finding) = self.find(id, by_id(&rulebook.findings, |one| &one.id)) {
                let found = assessment.findings.iter().any(|one| one.id == finding.id);
                let words = [
                    message!("not-to-be-found-and-it-is"),
                    message!("to-be-found-and-it-is-not"),
                ];
                self.flag(id, wanted, found, words);
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
            let [wanted, got] =
                [wanted, got].map(|one| one.map_or("none".to_owned(), |one| one.to_string()));
            self.lines.push(message!("expected-got", what, wanted, got));
        }
    }

    /// Compares something that is or is not; `words` say what was wanted, false first.
    fn flag(&mut self, id: &Located<String>, wanted: bool, is: bool, words: [&str; 2]) {
        let [not, yes] = words;
        if wanted != is {
            let words = if wanted { yes } else { not };
            self.lines.push(format!("{}: expected {words}", id.value));
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
            self.lines.push(message!("expected-got", what, wanted, got));
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
            self.lines
                .push(message!("expected-list-got", what, wanted, got));
        }
    }
}

fn ids(names: &[Named]) -> Vec<&str> {
    names.iter().map(|name| name.id.as_str()).collect()
}
