//! From a policy as written to a policy as valid.

mod names;

use super::file::{ForbidFile, PolicyFile, RegressionFile, RuleFile};
use super::policy::{Ask, Policy, Rule};
use crate::message;
use crate::rules::rulebook::{Domain, ItemKind, Rulebook};
use crate::study::{QUARTER_ANCHOR, unknown_format};
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, nearest, quoted, suggestion};
use crate::text::yaml::Located;

const ASKS: &str = "`index`, `value`, `coverage`, `confidence`, `basis`, `level`, `gate`, `forbid`, `regression` or `overdue`";

impl Policy {
    /// Checks a policy against the packs of an assessment.
    ///
    /// Every problem goes to `problems`; `None` where there is an error.
    #[must_use]
    pub fn check(
        file: &PolicyFile,
        rulebook: &Rulebook,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let before = problems.errors();
        problems.extend(unknown_format(&file.format));
        let mut checker = Checker { rulebook, problems };
        if file.rules.value.is_empty() {
            checker.refuse(
                Code::InvalidValue,
                file.rules.place,
                message!("a-policy-without-rules-asks-for"),
                message!("write-at-least-one-rule"),
            );
        }
        let rules = file.rules.value.iter();
        let rules: Vec<Rule> = rules.filter_map(|rule| checker.rule(rule)).collect();
        (problems.errors() == before).then(|| Self {
            against: file.against.clone(),
            rules,
        })
    }
}

struct Checker<'a> {
    rulebook: &'a Rulebook,
    problems: &'a mut Diagnostics,
}

impl Checker<'_> {
    fn refuse(
        &mut self,
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let problem = Diagnostic::error(code, message).at(place);
        self.problems.push(problem.help(help));
    }

    fn rule(&mut self, located: &Located<RuleFile>) -> Option<Rule> {
        let rule = &located.value;
        let asked = [
            rule.index.is_some(),
            rule.value.is_some(),
            rule.coverage.is_some(),
            rule.confidence.is_some(),
            rule.basis.is_some(),
            rule.level.is_some(),
            rule.gate.is_some(),
            rule.forbid.is_some(),
            rule.regression.is_some(),
            rule.overdue.is_some(),
        ];
        let count = asked.into_iter().filter(|asked| *asked).count();
        if count != 1 {
            let count = match count {
                0 => "none".to_owned(),
                count => count.to_string(),
            };
            let message = message!("a-rule-asks-for-one-thing", count);
            let help = message!("give-one-of", ASKS);
            self.refuse(Code::InvalidValue, located.place, message, help);
            return None;
        }
        self.stray(rule, located.place);
        Some(Rule {
            name: rule.name.clone(),
            severity: rule.severity,
            because: rule.because.clone(),
            place: located.place,
            surely: rule.surely,
            ask: self.ask(rule, located.place)?,
        })
    }

    /// Keys that belong to another rule.
    fn stray(&mut self, rule: &RuleFile, place: Place) {
        let reads = rule.index.is_some() || rule.value.is_some();
        let of = reads || rule.coverage.is_some() || rule.confidence.is_some();
        let open =
            reads || rule.level.is_some() || rule.gate.is_some() || rule.regression.is_some();
        let strays = [
            (
                rule.score.is_some() && !of,
                "score",
                "`index`, `value`, `coverage` and `confidence`",
            ),
            (
                rule.surely && !open,
                "surely",
                message!("index-value-level-gate-and-regression"),
            ),
            (
                rule.at_least.is_some() && rule.level.is_none(),
                "at_least",
                "`level`",
            ),
        ];
        for (stray, key, belongs) in strays {
            if stray {
                let message = message!("means-nothing-in-this-rule", key);
                let help = message!("it-belongs-to", belongs);
                self.refuse(Code::UnknownKey, place, message, help);
            }
        }
    }

    fn ask(&mut self, rule: &RuleFile, place: Place) -> Option<Ask> {
        if let Some(least) = &rule.index {
            self.within(least, 0.0, 100.0, message!("an-index-lies-from-to"));
            return self.score(rule, least, true, place);
        }
        if let Some(least) = &rule.value {
            return self.score(rule, least, false, place);
        }
        if let Some(least) = &rule.coverage {
            self.within(least, 0.0, 1.0, message!("a-coverage-lies-from-to-is"));
            let (ids, least) = (self.scores(rule.score.as_ref()), least.value);
            return Some(Ask::Coverage { ids, least });
        }
        if let Some(least) = &rule.confidence {
            let (ids, least) = (self.scores(rule.score.as_ref()), least.value);
            return Some(Ask::Confidence { ids, least });
        }
        if let Some(basis) = &rule.basis {
            return Some(Ask::Basis(basis.value));
        }
        if let Some(ladder) = &rule.level {
            return self.level(ladder, rule.at_least.as_ref());
        }
        if let Some(gates) = &rule.gate {
            return Some(self.gates(gates));
        }
        if let Some(forbid) = &rule.forbid {
            return self.forbid(forbid);
        }
        if let Some(regression) = &rule.regression {
            return Some(self.regression(&regression.value));
        }
        Some(Ask::Overdue)
    }

    fn score(
        &mut self,
        rule: &RuleFile,
        least: &Located<f64>,
        by_index: bool,
        place: Place,
    ) -> Option<Ask> {
        let Some(names) = &rule.score else {
            let message = message!("index-and-value-are-asked-of-a-score-and-none");
            self.refuse(Code::MissingKey, place, message, "add `score: pack.score`");
            return None;
        };
        let ids = self.scores(Some(names));
        if !by_index {
            for id in &ids {
                self.reachable(id, least);
            }
        }
        Some(Ask::Score {
            ids,
            least: least.value,
            by_index,
        })
    }

    /// A threshold lies where the score can be.
    fn reachable(&mut self, id: &str, least: &Located<f64>) {
        let rulebook = self.rulebook;
        let item = rulebook.find(id).and_then(|node| rulebook.item(node));
        if let Some(Domain::Number {
            least: low, most, ..
        }) = item.map(|item| &item.domain)
            && !(*low..=*most).contains(&least.value)
        {
            let message = message!("lies-from-to-never-at", id, low, most, least = least.value);
            let help = message!("give-a-value-it-can-have-or-an-index");
            self.refuse(Code::ThresholdOutOfRange, least.place, message, help);
        }
    }

    fn within(&mut self, value: &Located<f64>, low: f64, high: f64, help: &str) {
        if !(low..=high).contains(&value.value) {
            let message = message!("can-never-be-reached", value = value.value);
            self.refuse(Code::ThresholdOutOfRange, value.place, message, help);
        }
    }

    fn level(&mut self, ladder: &Located<String>, least: Option<&Located<String>>) -> Option<Ask> {
        let items = self.rulebook.items.iter();
        let ladders: Vec<_> = items
            .filter_map(|item| match &item.kind {
                ItemKind::Ladder { levels, .. } => Some((item.id.as_str(), levels)),
                ItemKind::Question(_)
                | ItemKind::Score { .. }
                | ItemKind::Decision { .. }
                | ItemKind::Figure { .. } => None,
            })
            .collect();
        let Some((_, levels)) = ladders.iter().find(|(id, _)| *id == ladder.value) else {
            let ids: Vec<&str> = ladders.iter().map(|(id, _)| *id).collect();
            self.unknown(ladder, &ids, "ladder");
            return None;
        };
        let ids = || levels.iter().map(|level| level.id.as_str());
        let listed = message!("the-levels-are", quoted = quoted(ids()));
        let Some(least) = least else {
            let message = message!("a-rule-on-a-level-says-which");
            let help = format!("add `at_least`; {listed}");
            self.refuse(Code::MissingKey, ladder.place, message, help);
            return None;
        };
        let Some(level) = levels.iter().find(|level| level.id == least.value) else {
            let message = message!(
                "is-not-a-level-of",
                least = least.value,
                ladder = ladder.value
            );
            let help = suggestion(nearest(&least.value, ids()), &listed);
            self.refuse(Code::UnknownChoice, least.place, message, help);
            return None;
        };
        Some(Ask::Level {
            id: ladder.value.clone(),
            level: level.id.clone(),
            label: level.title.clone(),
        })
    }

    fn forbid(&mut self, forbid: &Located<ForbidFile>) -> Option<Ask> {
        let ForbidFile {
            finding,
            kind,
            severity,
        } = &forbid.value;
        if finding.is_none() && kind.is_none() && severity.is_none() {
            let help = message!("give-finding-kind-or-severity");
            self.refuse(
                Code::MissingKey,
                forbid.place,
                message!("nothing-is-forbidden-here"),
                help,
            );
            return None;
        }
        let findings = self.rulebook.findings.iter();
        let all: Vec<&str> = findings.clone().map(|one| one.id.as_str()).collect();
        let named = finding
            .as_ref()
            .map(|names| self.named(names, &all, "finding"));
        let meant = findings.filter(|one| {
            named.as_ref().is_none_or(|ids| ids.contains(&one.id))
                && kind.is_none_or(|kind| one.kind == kind)
                && severity.is_none_or(|severity| one.severity >= severity)
        });
        let meant = meant.map(|one| (one.id.clone(), one.title.clone()));
        Some(Ask::Forbid(meant.collect()))
    }

    fn regression(&mut self, regression: &RegressionFile) -> Ask {
        let tolerance = regression.tolerance.as_ref();
        if let Some(tolerance) = tolerance {
            let help = message!("a-tolerance-lies-from-to-points");
            self.within(tolerance, 0.0, 100.0, help);
        }
        let ids = match &regression.score {
            Some(names) => self.falling(names),
            None => self.rising(),
        };
        Ask::Regression {
            ids,
            all: regression.score.is_none(),
            tolerance: tolerance.map_or(QUARTER_ANCHOR, |tolerance| tolerance.value),
        }
    }
}
