//! What came out, held to what a case expects.

use super::full;
use crate::assess::assessment::{Assessment, Named, NeedState};
use crate::assess::evaluate::Evaluation;
use crate::rules::condition::Truth;
use crate::rules::rulebook::Rulebook;
use crate::study::case::{
    CaseFile, DecisionExpectation, GateExpectation, LadderExpectation, ScoreExpectation, ScoreParts,
};
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, nearest, suggestion};
use crate::text::yaml::Located;

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
    let mut hold = Hold {
        rulebook,
        pack,
        assessment,
        evaluation,
        problems,
        lines: Vec::new(),
    };
    let expect = &case.expect;
    expect
        .scores
        .iter()
        .for_each(|(id, wanted)| hold.score(id, wanted.as_ref()));
    expect
        .metrics
        .iter()
        .for_each(|(id, wanted)| hold.metric(id, *wanted));
    expect.capped.iter().for_each(|id| hold.cap(id, true));
    expect.uncapped.iter().for_each(|id| hold.cap(id, false));
    expect
        .decisions
        .iter()
        .for_each(|(id, wanted)| hold.decision(id, wanted));
    expect
        .ladders
        .iter()
        .for_each(|(id, wanted)| hold.ladder(id, wanted));
    expect
        .gates
        .iter()
        .for_each(|(id, wanted)| hold.gate(id, *wanted));
    expect
        .findings
        .present
        .iter()
        .for_each(|id| hold.finding(id, true));
    expect
        .findings
        .out
        .iter()
        .for_each(|id| hold.finding(id, false));
    hold.lines
}

struct Hold<'a> {
    rulebook: &'a Rulebook,
    pack: &'a str,
    assessment: &'a Assessment,
    evaluation: &'a Evaluation,
    problems: &'a mut Diagnostics,
    lines: Vec<String>,
}

impl Hold<'_> {
    fn score(&mut self, id: &Located<String>, wanted: Option<&ScoreExpectation>) {
        let full = full(self.pack, &id.value);
        let assessment = self.assessment;
        let Some(score) = assessment.scores.iter().find(|score| score.id == full) else {
            return self.unknown(id, assessment.scores.iter().map(|one| one.id.as_str()));
        };
        let parts = match wanted {
            None => {
                if let Some(value) = score.value {
                    self.lines
                        .push(format!("{}: expected no value, got {value}", id.value));
                }
                return;
            }
            Some(ScoreExpectation::Value(value)) => ScoreParts {
                value: Some(*value),
                ..ScoreParts::default()
            },
            Some(ScoreExpectation::Full(parts)) => parts.clone(),
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
            let Some(wanted) = wanted else { continue };
            if got.is_none_or(|got| (got - wanted).abs() > CLOSE) {
                let got = got.map_or_else(|| "none".to_owned(), |got| got.to_string());
                self.lines
                    .push(format!("{} {name}: expected {wanted}, got {got}", id.value));
            }
        }
    }

    fn metric(&mut self, id: &Located<String>, wanted: Option<f64>) {
        let full = full(self.pack, &id.value);
        let assessment = self.assessment;
        let mut figures = assessment.metrics.iter().flat_map(|one| &one.figures);
        let Some(figure) = figures.find(|one| one.id == full) else {
            let ids = assessment.metrics.iter().flat_map(|one| &one.figures);
            return self.unknown(id, ids.map(|one| one.id.as_str()));
        };
        let fits = match (wanted, figure.value) {
            (None, None) => true,
            (Some(wanted), Some(got)) => (got - wanted).abs() <= CLOSE,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !fits {
            let word = |one: Option<f64>| one.map_or("none".to_owned(), |one| one.to_string());
            let (wanted, got) = (word(wanted), word(figure.value));
            self.lines
                .push(format!("{}: expected {wanted}, got {got}", id.value));
        }
    }

    fn cap(&mut self, id: &Located<String>, wanted: bool) {
        let Some(node) = self.rulebook.find(&full(self.pack, &id.value)) else {
            let assessment = self.assessment;
            return self.unknown(id, assessment.scores.iter().map(|one| one.id.as_str()));
        };
        let caps = self
            .evaluation
            .trace
            .caps
            .iter()
            .filter(|(score, _, _)| *score == node);
        let applies = caps.clone().any(|(_, _, truth)| *truth == Truth::True);
        if applies != wanted {
            let (wanted, got) = if wanted {
                ("a cap", "none")
            } else {
                ("no cap", "one")
            };
            self.lines.push(format!(
                "{}: expected {wanted} to apply, got {got}",
                id.value
            ));
        }
    }

    fn decision(&mut self, id: &Located<String>, wanted: &DecisionExpectation) {
        let full = full(self.pack, &id.value);
        let assessment = self.assessment;
        let Some(decision) = assessment.decisions.iter().find(|one| one.id == full) else {
            return self.unknown(id, assessment.decisions.iter().map(|one| one.id.as_str()));
        };
        self.word(
            id,
            "outcome",
            wanted.outcome.as_deref(),
            &ids(&decision.outcome).join(", "),
        );
        self.word(
            id,
            "rule",
            wanted.rule.as_deref(),
            decision.rule.as_deref().unwrap_or_default(),
        );
        self.list(
            id,
            "possible",
            wanted.possible.as_deref(),
            &ids(&decision.possible),
        );
    }

    fn ladder(&mut self, id: &Located<String>, wanted: &LadderExpectation) {
        let full = full(self.pack, &id.value);
        let assessment = self.assessment;
        let Some(ladder) = assessment.levels.iter().find(|one| one.id == full) else {
            return self.unknown(id, assessment.levels.iter().map(|one| one.id.as_str()));
        };
        let level = ladder.level.as_ref().map_or("", |level| level.id.as_str());
        self.word(id, "level", wanted.level.as_deref(), level);
        self.list(
            id,
            "possible",
            wanted.possible.as_deref(),
            &ids(&ladder.possible),
        );
        let own = format!("{}.", self.pack);
        let held: Vec<&str> = ladder
            .held_by()
            .iter()
            .map(|need| need.id.strip_prefix(&own).unwrap_or(&need.id))
            .collect();
        self.list(id, "held by", wanted.held_by.as_deref(), &held);
    }

    fn gate(&mut self, id: &Located<String>, wanted: GateExpectation) {
        let full = full(self.pack, &id.value);
        let assessment = self.assessment;
        let Some(gate) = assessment.gates.iter().find(|one| one.id == full) else {
            return self.unknown(id, assessment.gates.iter().map(|one| one.id.as_str()));
        };
        let got = match gate.state {
            NeedState::Met => GateExpectation::Met,
            NeedState::Unmet => GateExpectation::Unmet,
            NeedState::Unproven => GateExpectation::Unproven,
            NeedState::NotApplicable => GateExpectation::NotApplicable,
        };
        if got != wanted {
            self.lines
                .push(format!("{}: expected {wanted:?}, got {got:?}", id.value).to_lowercase());
        }
    }

    fn finding(&mut self, id: &Located<String>, wanted: bool) {
        let full = full(self.pack, &id.value);
        let rulebook = self.rulebook;
        if !rulebook.findings().iter().any(|finding| finding.id == full) {
            return self.unknown(id, rulebook.findings().iter().map(|one| one.id.as_str()));
        }
        let got = self
            .assessment
            .findings
            .iter()
            .any(|finding| finding.id == full);
        if got != wanted {
            let (wanted, got) = if wanted {
                ("to be found", "it is not")
            } else {
                ("not to be found", "it is")
            };
            self.lines
                .push(format!("{}: expected {wanted}, and {got}", id.value));
        }
    }

    fn word(&mut self, id: &Located<String>, what: &str, wanted: Option<&str>, got: &str) {
        let Some(wanted) = wanted else { return };
        let got = if got.is_empty() { "unknown" } else { got };
        if wanted != got {
            self.lines
                .push(format!("{} {what}: expected {wanted}, got {got}", id.value));
        }
    }

    fn list(&mut self, id: &Located<String>, what: &str, wanted: Option<&[String]>, got: &[&str]) {
        let Some(wanted) = wanted else { return };
        let mut left: Vec<&str> = wanted.iter().map(String::as_str).collect();
        let mut right = got.to_vec();
        left.sort_unstable();
        right.sort_unstable();
        if left != right {
            self.lines.push(format!(
                "{} {what}: expected [{}], got [{}]",
                id.value,
                left.join(", "),
                right.join(", ")
            ));
        }
    }

    fn unknown<'n>(&mut self, id: &Located<String>, names: impl Iterator<Item = &'n str>) {
        let own = format!("{}.", self.pack);
        let near = nearest(
            &id.value,
            names.map(|name| name.strip_prefix(own.as_str()).unwrap_or(name)),
        );
        let help = suggestion(near, "name something of this pack");
        let message = format!("`{}` names nothing that could be expected here", id.value);
        self.problems.push(
            Diagnostic::error(Code::UnknownId, message)
                .at(id.place)
                .help(help),
        );
    }
}

fn ids(names: &[Named]) -> Vec<&str> {
    names.iter().map(|name| name.id.as_str()).collect()
}
