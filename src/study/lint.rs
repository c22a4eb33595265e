//! Advice on packs that are valid: what nothing reads, what can never be, and what is missing for
//! whoever answers or reads.
//!
//! Lint never refuses: everything it says is a warning, each with its own code.

mod reach;

use super::{is_weakness, local};
use crate::answers::warning;
use crate::problem;
use crate::rules::condition::{Condition, Interval, Test};
use crate::rules::pack::file::{FindingKind, QuestionType};
use crate::rules::rulebook::rule::topmost;
use crate::rules::rulebook::{Advice, ExhibitKind, Finding, Item, Question, Rulebook, Step};
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::number::list;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// One part of a score that outweighs another by more than this hides it.
const MOST_UNEQUAL: f64 = 4.0;
/// Two anchors that share more of their words than this say the same.
const MOST_ALIKE: f64 = 0.7;

/// Every lint, each over one pack.
const LINTS: [fn(&Scope<'_>) -> Vec<Diagnostic>; 12] = [
    unused,
    missing,
    anchors,
    remedies,
    raises,
    gates,
    guards,
    headline,
    fit,
    weights,
    reach::findings,
    reach::levels,
];

/// Advice on one pack of the rulebook, by its place.
#[must_use]
pub fn lint(rulebook: &Rulebook, pack: usize) -> Diagnostics {
    let scope = Scope { rulebook, pack };
    LINTS.iter().flat_map(|lint| lint(&scope)).collect()
}

/// A pack of a rulebook.
struct Scope<'a> {
    rulebook: &'a Rulebook,
    pack: usize,
}

impl<'a> Scope<'a> {
    fn questions(&self) -> impl Iterator<Item = (usize, &'a Item, &'a Question)> {
        let items = self.rulebook.items.iter().enumerate();
        let own = items.filter(|(_, item)| item.pack == self.pack);
        own.filter_map(|(node, item)| Some((node, item, item.kind.question()?)))
    }

    fn findings(&self) -> impl Iterator<Item = (&'a Finding, &'a Condition)> {
        let conditions = &self.rulebook.program.findings;
        let findings = self.rulebook.findings.iter().zip(conditions);
        findings.filter(|(one, _)| one.pack == self.pack)
    }
}

/// Questions that nothing reads.
fn unused(scope: &Scope<'_>) -> Vec<Diagnostic> {
    let read = everything_read(scope.rulebook);
    let unused = scope
        .questions()
        .filter(|(node, _, question)| !read.contains(node) && question.kind != QuestionType::Text);
    let advice = unused.map(|(_, item, _)| {
        let id = item.local_id();
        warning(problem!(UnusedQuestion, "nothing-reads-the-answer-to", id).at(item.place))
    });
    advice.collect()
}

/// Every item that some score, table, condition, ladder or exhibit reads.
fn everything_read(rulebook: &Rulebook) -> HashSet<usize> {
    let program = &rulebook.program;
    let steps = program.steps.iter().flat_map(|step| step.reads(program));
    let conditions = program.gates.iter().chain(&program.findings);
    let conditions = conditions.chain(program.called_for.iter().flatten());
    let tested = conditions.flat_map(|when| program.read_in(when));
    let exhibits = rulebook.packs.iter().flat_map(|pack| &pack.exhibits);
    let drawn = exhibits.flat_map(|exhibit| match &exhibit.kind {
        ExhibitKind::Dots(nodes) | ExhibitKind::Bars(nodes) | ExhibitKind::Verdicts(nodes) => {
            nodes.clone()
        }
        ExhibitKind::Star(node) => vec![*node],
        ExhibitKind::Grid { decision, x, y, .. } => vec![*decision, *x, *y],
        ExhibitKind::Steps { decision, ladder } => vec![*decision, *ladder],
        ExhibitKind::Checklist(_) => Vec::new(),
    });
    steps.chain(tested).chain(drawn).collect()
}

/// Questions without what helps to answer them.
fn missing(scope: &Scope<'_>) -> Vec<Diagnostic> {
    let advice = scope.questions().filter_map(|(_, item, question)| {
        let parts = [
            ("`why`", question.why.is_none()),
            ("`evidence`", question.evidence.is_none()),
            ("`roles`", question.roles.is_empty()),
        ];
        let missing = parts.iter().filter(|(_, gone)| *gone);
        let missing: Vec<&str> = missing.map(|(name, _)| *name).collect();
        let (id, list) = (item.local_id(), list(&missing));
        let problem = problem!(IncompleteQuestion, "has-no", id, list).at(item.place);
        (!missing.is_empty()).then(|| warning(problem))
    });
    advice.collect()
}

/// Ratings with neighbouring anchors that share most of their words.
///
/// Numbers count as words, so that bands (`20 to 39 percent`) stay apart.
fn anchors(scope: &Scope<'_>) -> Vec<Diagnostic> {
    let ratings = scope.questions();
    let ratings = ratings.filter(|(_, _, question)| question.kind == QuestionType::Rating);
    let advice = ratings.filter_map(|(_, item, question)| {
        let mut pairs = question.choices.windows(2);
        let (one, other) = pairs.find_map(|pair| match pair {
            [one, other] if likeness(&one.label, &other.label) > MOST_ALIKE => Some((one, other)),
            _ => None,
        })?;
        let (one, other) = (&one.value, &other.value);
        let id = item.local_id();
        let problem = problem!(RepeatedAnchor, "anchors-say-the-same", one, other, id);
        Some(warning(problem.at(item.place)))
    });
    advice.collect()
}

/// Shared words as a share of all words of both.
fn likeness(one: &str, other: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        let tokens = text.split(|letter: char| !letter.is_alphanumeric());
        let tokens = tokens.filter(|token| !token.is_empty());
        tokens.map(str::to_lowercase).collect()
    };
    let (one, other) = (words(one), words(other));
    let count = |list: usize| u32::try_from(list).map_or(f64::MAX, f64::from);
    let all = count(one.union(&other).count());
    if all > 0.0 {
        count(one.intersection(&other).count()) / all
    } else {
        1.0
    }
}

/// Weaknesses without a word on what to do.
fn remedies(scope: &Scope<'_>) -> Vec<Diagnostic> {
    let bare = scope.findings();
    let bare = bare.filter(|(one, _)| is_weakness(one.kind) && one.advice.is_empty());
    let advice = bare.map(|(finding, _)| {
        let local_id = finding.local_id();
        let problem = problem!(MissingAdvice, "names-a-weakness-and-no-remedy", local_id);
        warning(problem.at(finding.place))
    });
    advice.collect()
}

/// Weaknesses that low ratings bring up, and gates that ask for high ratings, where no advice says
/// what it raises. Advice on what nobody knew moves nothing by itself.
fn raises(scope: &Scope<'_>) -> Vec<Diagnostic> {
    let silent = |advice: &[Advice], when: &Condition, low: fn(&Interval, bool) -> bool| {
        let says = advice.iter().any(|one| one.says_raises);
        !advice.is_empty() && !says && asks_rating(scope.rulebook, when, low)
    };
    let problem = |id: &str| warning(problem!(MissingRaises, "no-advice-of-raises", id));
    let findings = scope.findings().filter(|(one, when)| {
        is_weakness(one.kind) && silent(&one.advice, when, Interval::is_capped)
    });
    let findings = findings.map(|(finding, _)| problem(finding.local_id()).at(finding.place));
    let gates = scope.rulebook.gates.iter();
    let gates = gates.zip(&scope.rulebook.program.gates);
    let gates = gates.filter(|(gate, when)| {
        gate.pack == scope.pack && silent(&gate.advice, when, Interval::is_floored)
    });
    let gates = gates.map(|(gate, _)| problem(local(&gate.id)));
    findings.chain(gates).collect()
}

/// Gates without a sentence on what is so while they are not met.
fn gates(scope: &Scope<'_>) -> Vec<Diagnostic> {
    let gates = scope.rulebook.gates.iter();
    let bare = gates.filter(|gate| gate.pack == scope.pack && gate.unmet.is_none());
    let advice = bare.map(|gate| {
        let local = local(&gate.id);
        warning(problem!(IncompleteGate, "gate-has-no-unmet", local))
    });
    advice.collect()
}

/// Returns true where a condition tests a rating for an interval of this form, or below a `not` for
/// its opposite.
fn asks_rating(rulebook: &Rulebook, when: &Condition, low: fn(&Interval, bool) -> bool) -> bool {
    when.atoms().into_iter().any(|(atom, holding)| {
        let Some(atom) = rulebook.program.atoms.get(atom) else {
            return false;
        };
        let item = rulebook.item(atom.node);
        let question = item.and_then(|item| item.kind.question());
        let rating = question.is_some_and(|one| one.kind == QuestionType::Rating);
        match &atom.test {
            Test::Number(interval) | Test::Index(interval) => {
                rating && rulebook.is_measured(atom.node) && low(interval, holding)
            }
            Test::Any | Test::OneOf(_) | Test::SomeOf(_) | Test::Unknown | Test::NotApplicable => {
                false
            }
        }
    })
}

/// Items that a finding tests together with others, both for a value and for being unknown: they
/// only rule it out for their other values, and are never the reason for it.
fn guards(scope: &Scope<'_>) -> Vec<Diagnostic> {
    let program = &scope.rulebook.program;
    // What nobody knew is the reason of a finding of kind `unknown`.
    let known = scope.findings();
    let known = known.filter(|(finding, _)| finding.kind != FindingKind::Unknown);
    let advice = known.filter_map(|(finding, when)| {
        let mut tested: BTreeMap<usize, (bool, bool)> = BTreeMap::new();
        let atoms = when.atoms().into_iter();
        let atoms = atoms.filter_map(|(atom, _)| program.atoms.get(atom));
        for atom in atoms.filter(|atom| atom.test != Test::Any) {
            let (state, value) = tested.entry(atom.node).or_default();
            *(if asks_state(&atom.test) { state } else { value }) = true;
        }
        let others = tested.len() > 1;
        let mut tested = tested.into_iter();
        let (node, _) = tested.find(|(node, (state, value))| {
            others && *state && *value && !finding.guards.contains(node)
        })?;
        let guard = scope.rulebook.item(node)?.local_id();
        let id = finding.local_id();
        let problem = problem!(MissingGuards, "holds-whether-known-or-not", id, guard);
        Some(warning(problem.at(finding.place)))
    });
    advice.collect()
}

/// Returns true where a test asks for a state no rating has.
fn asks_state(test: &Test) -> bool {
    matches!(test, Test::Unknown | Test::NotApplicable)
}

/// A pack nothing speaks for, because several scores could.
fn headline(scope: &Scope<'_>) -> Vec<Diagnostic> {
    let rulebook = scope.rulebook;
    let pack = rulebook.packs.get(scope.pack);
    let unsaid = pack.is_some_and(|pack| pack.headline.is_none());
    let topmost = topmost(&rulebook.items, &rulebook.program, scope.pack);
    let items = topmost.iter().filter_map(|node| rulebook.item(*node));
    let items: Vec<&Item> = items.collect();
    let first = items.first().filter(|_| unsaid && items.len() > 1);
    let advice = first.map(|first| {
        let names = items.iter().map(|item| format!("`{}`", item.local_id()));
        let names: Vec<String> = names.collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let list = list(&names);
        let problem = problem!(MissingHeadline, "no-other-score-reads-and-the-pack", list);
        warning(problem.at(first.place))
    });
    advice.into_iter().collect()
}

/// A pack that draws what is built next to what is called for, and does not say whether it fits.
fn fit(scope: &Scope<'_>) -> Vec<Diagnostic> {
    let pack = scope.rulebook.packs.get(scope.pack);
    let pack = pack.filter(|pack| pack.fit.is_none());
    let mut exhibits = pack.into_iter().flat_map(|pack| &pack.exhibits);
    let ladder = exhibits.find_map(|exhibit| {
        let ExhibitKind::Steps { ladder, .. } = exhibit.kind else {
            return None;
        };
        scope.rulebook.item(ladder)
    });
    let advice = ladder.map(|item| {
        let local_id = item.local_id();
        warning(problem!(MissingFit, "is-drawn-beside-what-is-called-for", local_id).at(item.place))
    });
    advice.into_iter().collect()
}

/// Scores in which one child hides another.
fn weights(scope: &Scope<'_>) -> Vec<Diagnostic> {
    let rulebook = scope.rulebook;
    let advice = rulebook.program.steps.iter().filter_map(|step| {
        let Step::Score { node, score } = step else {
            return None;
        };
        let item = rulebook
            .item(*node)
            .filter(|item| item.pack == scope.pack)?;
        let weights = score.terms.iter().map(|term| term.weight);
        let least = weights.clone().fold(f64::INFINITY, f64::min);
        let most = weights.fold(0.0, f64::max) / least;
        (most > MOST_UNEQUAL).then(|| {
            let id = item.local_id();
            let problem = problem!(UnequalWeights, "in-one-part-weighs-times-as", id, most);
            warning(problem.at(item.place))
        })
    });
    advice.collect()
}

#[cfg(test)]
mod tests {
    use super::likeness;

    #[test]
    fn bands_differ_and_repeated_ladders_do_not() {
        assert!(likeness("20 to 39 percent", "40 to 59 percent") < 0.7);
        assert!(likeness("used in some main cases", "used in most main cases") > 0.6);
        assert!(likeness("Nobody", "Nobody") > 0.99);
    }
}
