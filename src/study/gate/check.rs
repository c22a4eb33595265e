//! From a policy as written to a policy as valid.

use super::{Ask, ForbidFile, Names, Policy, PolicyFile, RegressionFile, Rule, RuleFile};
use crate::answers::{unknown_format, warning};
use crate::rules::rulebook::{Domain, Item, ItemKind, Rulebook, local_id};
use crate::study::{QUARTER_ANCHOR, owner};
use crate::text::diagnostic::{Diagnostic, Diagnostics, Place, quoted};
use crate::text::yaml::Located;
use crate::{message, problem};

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
            let problem = problem!(InvalidValue, "a-policy-without-rules-asks-for");
            checker.problems.push(problem.at(file.rules.place));
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
    fn refuse<T>(&mut self, problem: Diagnostic) -> Option<T> {
        self.problems.push(problem);
        None
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
            let count = Some(count).filter(|count| *count > 0);
            let count = count.map_or("none".to_owned(), |count| count.to_string());
            let problem = problem!(InvalidValue, "a-rule-asks-for-one-thing", count, ASKS);
            return self.refuse(problem.at(located.place));
        }
        self.stray(rule, located.place);
        Some(Rule {
            ask: self.ask(rule, located.place)?,
            file: rule.clone(),
            place: located.place,
        })
    }

    /// Keys that belong to another rule.
    fn stray(&mut self, rule: &RuleFile, place: Place) {
        let reads = rule.index.is_some() || rule.value.is_some();
        let of = reads || rule.coverage.is_some() || rule.confidence.is_some();
        let open =
            reads || rule.level.is_some() || rule.gate.is_some() || rule.regression.is_some();
        let scores = "`index`, `value`, `coverage` and `confidence`";
        let surely = message!("index-value-level-gate-and-regression");
        let strays = [
            (rule.score.is_some() && !of, "score", scores),
            (rule.surely && !open, "surely", surely),
            (
                rule.at_least.is_some() && rule.level.is_none(),
                "at_least",
                "`level`",
            ),
        ];
        for (stray, key, belongs) in strays {
            if stray {
                let problem = problem!(UnknownKey, "means-nothing-in-this-rule", key, belongs);
                self.problems.push(problem.at(place));
            }
        }
    }

    fn ask(&mut self, rule: &RuleFile, place: Place) -> Option<Ask> {
        let scores = rule.score.as_ref();
        Some(if let Some(least) = &rule.index {
            self.within(least, 0.0, 100.0, message!("an-index-lies-from-to"));
            self.score(rule, least, true, place)?
        } else if let Some(least) = &rule.value {
            self.score(rule, least, false, place)?
        } else if let Some(least) = &rule.coverage {
            self.within(least, 0.0, 1.0, message!("a-coverage-lies-from-to-is"));
            Ask::Coverage(self.scores(scores), least.value)
        } else if let Some(least) = &rule.confidence {
            Ask::Confidence(self.scores(scores), least.value)
        } else if let Some(basis) = &rule.basis {
            Ask::Basis(basis.value)
        } else if let Some(ladder) = &rule.level {
            self.level(ladder, rule.at_least.as_ref())?
        } else if let Some(names) = &rule.gate {
            let gates = self.rulebook.gates.iter();
            let all: Vec<&str> = gates.map(|one| one.id.as_str()).collect();
            Ask::Gates(self.named(names, &all, "gate"))
        } else if let Some(forbid) = &rule.forbid {
            self.forbid(forbid)?
        } else if let Some(regression) = &rule.regression {
            self.regression(&regression.value)
        } else {
            Ask::Overdue
        })
    }

    fn score(
        &mut self,
        rule: &RuleFile,
        least: &Located<f64>,
        by_index: bool,
        place: Place,
    ) -> Option<Ask> {
        let Some(names) = &rule.score else {
            return self.refuse(problem!(MissingKey, "asked-of-a-score").at(place));
        };
        let ids = self.scores(Some(names));
        for id in ids.iter().filter(|_| !by_index) {
            self.reachable(id, least);
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
        let Some(Domain::Number {
            least: low, most, ..
        }) = item.map(|item| &item.domain)
        else {
            return;
        };
        if !(*low..=*most).contains(&least.value) {
            let (place, least) = (least.place, least.value);
            let problem = problem!(ThresholdOutOfRange, "lies-from-to", id, low, most, least);
            self.problems.push(problem.at(place));
        }
    }

    fn within(&mut self, value: &Located<f64>, low: f64, high: f64, help: &str) {
        if !(low..=high).contains(&value.value) {
            let (place, value) = (value.place, value.value);
            let problem = problem!(ThresholdOutOfRange, "can-never-be-reached", value);
            self.problems.push(problem.at(place).help(help));
        }
    }

    fn level(&mut self, ladder: &Located<String>, least: Option<&Located<String>>) -> Option<Ask> {
        let ladder = &self.current(ladder);
        let ladders = self.rulebook.items.iter().filter_map(|item| {
            let ItemKind::Ladder { levels } = &item.kind else {
                return None;
            };
            Some((item.id.as_str(), levels))
        });
        let ladders: Vec<_> = ladders.collect();
        let Some((_, levels)) = ladders.iter().find(|(id, _)| *id == ladder.value) else {
            let ids: Vec<&str> = ladders.iter().map(|(id, _)| *id).collect();
            self.unknown(ladder, &ids, "ladder");
            return None;
        };
        let ids = || levels.iter().map(|level| level.id.as_str());
        let quoted = quoted(ids());
        let Some(least) = least else {
            let problem = problem!(MissingKey, "a-rule-on-a-level-says-which", quoted);
            return self.refuse(problem.at(ladder.place));
        };
        let place = least.place;
        let Some(level) = levels.iter().find(|level| level.id == least.value) else {
            let (least, ladder) = (&least.value, &ladder.value);
            let problem = problem!(UnknownChoice, "is-not-a-level-of", least, ladder, quoted);
            return self.refuse(problem.at(place).nearest(least, ids()));
        };
        Some(Ask::Level {
            id: ladder.value.clone(),
            level: level.id.clone(),
            label: level.label.clone(),
        })
    }

    fn forbid(&mut self, forbid: &Located<ForbidFile>) -> Option<Ask> {
        let ForbidFile {
            finding,
            kind,
            severity,
        } = &forbid.value;
        if finding.is_none() && kind.is_none() && severity.is_none() {
            return self.refuse(problem!(MissingKey, "nothing-is-forbidden-here").at(forbid.place));
        }
        let findings = self.rulebook.findings.iter();
        let all: Vec<&str> = findings.clone().map(|one| one.id.as_str()).collect();
        let named = finding.as_ref();
        let named = named.map(|names| self.named(names, &all, "finding"));
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

    /// The scores that names refer to; none for no names.
    fn scores(&mut self, names: Option<&Names>) -> Vec<String> {
        let is_score = |item: &&Item| matches!(item.kind, ItemKind::Score { .. });
        let all = self.rulebook.items.iter().filter(is_score);
        let all: Vec<&str> = all.map(|item| item.id.as_str()).collect();
        names.map_or_else(Vec::new, |names| self.named(names, &all, "score"))
    }

    /// The ids that names refer to, each once.
    fn named(&mut self, names: &Names, all: &[&str], what: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for name in names.as_slice() {
            let name = &self.current(name);
            let pack = name.value.strip_suffix(".*");
            let matches = |id: &&&str| match pack {
                Some(pack) => owner(id) == pack,
                None => **id == name.value,
            };
            let matching: Vec<&&str> = all.iter().filter(matches).collect();
            if matching.is_empty() {
                self.unknown(name, all, what);
            }
            for id in matching {
                if !found.iter().any(|one| one == id) {
                    found.push((*id).to_owned());
                }
            }
        }
        found
    }

    /// The id that an item has now; an earlier one is a warning.
    fn current(&mut self, name: &Located<String>) -> Located<String> {
        let Some(moved) = self.rulebook.moved(&name.value) else {
            return name.clone();
        };
        let (old, new, more) = (&name.value, &moved.to, 0);
        let problem = problem!(Moved, "an-earlier-id", old, new, more);
        self.problems.push(warning(problem.at(name.place)));
        name.as_ref().map(|_| moved.to.clone())
    }

    fn unknown(&mut self, name: &Located<String>, all: &[&str], what: &str) {
        let (place, id) = (name.place, &name.value);
        let problem = problem!(UnknownId, "there-is-no-in-these-packs", what, id).at(place);
        self.problems
            .push(match all.iter().find(|one| local_id(one) == id) {
                Some(near) => problem.help(message!("did-you-mean", near)),
                None => problem.nearest(id, all.iter().copied()),
            });
    }

    /// The scores that names refer to and that can fall; one named by itself that cannot is
    /// refused.
    fn falling(&mut self, names: &Names) -> Vec<String> {
        let rising = self.rising();
        let mut ids = self.scores(Some(names));
        for name in names.as_slice() {
            if ids.contains(&name.value) && !rising.contains(&name.value) {
                let (place, id) = (name.place, &name.value);
                let problem = problem!(InvalidValue, "neither-rises-nor-falls-as", id);
                self.problems.push(problem.at(place));
            }
        }
        ids.retain(|id| rising.contains(id));
        ids
    }

    /// The scores of which more is better: all but gaps and spreads.
    fn rising(&self) -> Vec<String> {
        let items = self.rulebook.items.iter().enumerate();
        let rising = items.filter(|(node, _)| {
            let score = self.rulebook.program.score(*node);
            score.is_some_and(|score| !score.aggregate.properties().distance)
        });
        rising.map(|(_, item)| item.id.clone()).collect()
    }
}
