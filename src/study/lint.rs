//! Advice on packs that are valid: what nothing reads, what can never be, and what is missing for
//! whoever answers or reads.
//!
//! Lint never refuses: everything it says is a warning, each with its own code.

mod reach;

use super::is_weakness;
use crate::answers::warning;
use crate::problem;
use crate::rules::Reading;
use crate::rules::condition::{Condition, Interval, Test};
use crate::rules::pack::file::{FindingKind, QuestionType};
use crate::rules::rulebook::rule::topmost;
use crate::rules::rulebook::{
    Advice, Asked, ExhibitKind, Finding, Gate, Item, Rulebook, Step, local_id,
};
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::number::{float, list};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// One part of a score that outweighs another by more than this hides it.
const MOST_UNEQUAL: f64 = 4.0;
/// Two anchors that share more of their words than this say the same.
const MOST_ALIKE: f64 = 0.7;

/// A lint of a finding with its condition.
type OfFinding = fn(&Scope<'_>, &Finding, &Condition) -> Option<Diagnostic>;

/// Every lint of a question, of a finding, of an item, and of a whole pack.
const QUESTION: [fn(&Scope<'_>, Asked<'_>) -> Option<Diagnostic>; 4] =
    [unused, missing, anchors, hangs_on];
const FINDING: [OfFinding; 4] = [remedy, finding_raises, guards, reach::finding];
const WHOLE: [fn(&Scope<'_>) -> Option<Diagnostic>; 2] = [headline, fit];

/// Advice on one pack of the rulebook, by its place.
#[must_use]
pub fn lint(rulebook: &Rulebook, pack: usize) -> Diagnostics {
    let program = &rulebook.program;
    let scope = &Scope {
        rulebook,
        pack,
        read: everything_read(rulebook),
        anything: reach::anything(rulebook),
    };
    let questions = rulebook.questions().filter(|one| one.item.pack == pack);
    let questions =
        questions.flat_map(|one| QUESTION.iter().filter_map(move |lint| lint(scope, one)));
    let findings = rulebook.findings.iter().zip(&program.findings);
    let findings = findings.filter(|(one, _)| one.pack == pack);
    let findings = findings.flat_map(|(one, when)| {
        FINDING
            .iter()
            .filter_map(move |lint| lint(scope, one, when))
    });
    let gates = rulebook.gates.iter().zip(&program.gates);
    let gates = gates.filter(|(gate, _)| gate.pack == pack);
    let raises = gates
        .clone()
        .filter_map(|(gate, when)| gate_raises(scope, gate, when));
    let whole = WHOLE.iter().filter_map(|lint| lint(scope));
    let advice = questions.chain(findings).chain(raises);
    let advice = advice
        .chain(gates.filter_map(|(gate, _)| bare(gate)))
        .chain(whole);
    let advice = advice.chain(weights(scope)).chain(reach::levels(scope));
    advice.map(warning).collect()
}

/// A pack of a rulebook.
struct Scope<'a> {
    rulebook: &'a Rulebook,
    pack: usize,
    /// The items that anything reads.
    read: HashSet<usize>,
    /// Every item with all values it could have.
    anything: Vec<Reading>,
}

/// A question that nothing reads.
fn unused(scope: &Scope<'_>, asked: Asked<'_>) -> Option<Diagnostic> {
    let Asked { item, question, .. } = asked;
    if scope.read.contains(&asked.node) || question.kind == QuestionType::Text {
        return None;
    }
    let id = item.local_id();
    Some(problem!(UnusedQuestion, "nothing-reads-the-answer-to", id).at(item.place))
}

/// Every item that some score, table, condition, ladder or exhibit reads.
fn everything_read(rulebook: &Rulebook) -> HashSet<usize> {
    let program = &rulebook.program;
    let steps = program.steps.iter().flat_map(|step| step.reads(program));
    let conditions = program.gates.iter().chain(&program.findings);
    let conditions = conditions.chain(program.called_for.iter().flatten());
    let tested = conditions.flat_map(|when| program.read_in(when));
    let exhibits = rulebook.packs.iter().flat_map(|pack| &pack.exhibits);
    let drawn = exhibits.flat_map(|exhibit| exhibit.kind.items());
    steps.chain(tested).chain(drawn).collect()
}

/// A question without what helps to answer it.
fn missing(_: &Scope<'_>, Asked { item, question, .. }: Asked<'_>) -> Option<Diagnostic> {
    let parts = [
        ("`why`", question.why.is_none()),
        ("`evidence`", question.evidence.is_none()),
        ("`roles`", question.roles.is_empty()),
    ];
    let missing = parts.iter().filter(|(_, gone)| *gone);
    let missing: Vec<&str> = missing.map(|(name, _)| *name).collect();
    let (id, list) = (item.local_id(), list(&missing));
    let problem = problem!(IncompleteQuestion, "has-no", id, list).at(item.place);
    (!missing.is_empty()).then_some(problem)
}

/// A rating with neighbouring anchors that share most of their words.
///
/// Numbers count as words, so that bands (`20 to 39 percent`) stay apart.
fn anchors(_: &Scope<'_>, Asked { item, question, .. }: Asked<'_>) -> Option<Diagnostic> {
    let mut pairs = question.choices.windows(2);
    let (one, other) = pairs.find_map(|pair| match pair {
        [one, other] if likeness(&one.label, &other.label) > MOST_ALIKE => Some((one, other)),
        _ => None,
    })?;
    let (one, other, id) = (&one.value, &other.value, item.local_id());
    let problem = problem!(RepeatedAnchor, "anchors-say-the-same", one, other, id);
    (question.kind == QuestionType::Rating).then(|| problem.at(item.place))
}

/// A core question that is relevant by the answer to one that the short form does not ask.
fn hangs_on(scope: &Scope<'_>, asked: Asked<'_>) -> Option<Diagnostic> {
    let program = &scope.rulebook.program;
    let when = program
        .relevance(asked.node)
        .filter(|_| asked.question.core)?;
    let read = program.read_in(when).into_iter();
    let mut read = read.filter_map(|node| scope.rulebook.asked(node));
    let other = &read.find(|one| !one.question.core)?.item.id;
    let id = asked.item.local_id();
    Some(problem!(UnaskedCore, "core-hangs-on", id, other).at(asked.item.place))
}

/// Shared words as a share of all words of both.
fn likeness(one: &str, other: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        let tokens = text.split(|letter: char| !letter.is_alphanumeric());
        let tokens = tokens.filter(|token| !token.is_empty());
        tokens.map(str::to_lowercase).collect()
    };
    let (one, other) = (words(one), words(other));
    let all = float(one.union(&other).count());
    if all > 0.0 {
        float(one.intersection(&other).count()) / all
    } else {
        1.0
    }
}

/// A weakness without a word on what to do.
fn remedy(_: &Scope<'_>, finding: &Finding, _: &Condition) -> Option<Diagnostic> {
    let local_id = finding.local_id();
    let problem = problem!(MissingAdvice, "names-a-weakness-and-no-remedy", local_id);
    let is_bare = is_weakness(finding.kind) && finding.advice.is_empty();
    is_bare.then(|| problem.at(finding.place))
}

/// A weakness that low ratings bring up, where no advice says what it raises. Advice on what nobody
/// knew moves nothing by itself.
fn finding_raises(scope: &Scope<'_>, finding: &Finding, when: &Condition) -> Option<Diagnostic> {
    let problem = no_raises(finding.local_id(), &finding.advice)?.at(finding.place);
    let low = asks_rating(scope.rulebook, when, Interval::is_capped);
    (is_weakness(finding.kind) && low).then_some(problem)
}

/// A gate that asks for high ratings, where no advice says what it raises.
fn gate_raises(scope: &Scope<'_>, gate: &Gate, when: &Condition) -> Option<Diagnostic> {
    let problem = no_raises(local_id(&gate.id), &gate.advice)?;
    asks_rating(scope.rulebook, when, Interval::is_floored).then_some(problem)
}

fn no_raises(id: &str, advice: &[Advice]) -> Option<Diagnostic> {
    let silent = !advice.is_empty() && !advice.iter().any(|one| one.says_raises);
    silent.then(|| problem!(MissingRaises, "no-advice-of-raises", id))
}

/// A gate without a sentence on what is so while it is not met.
fn bare(gate: &Gate) -> Option<Diagnostic> {
    let local = local_id(&gate.id);
    let problem = || problem!(IncompleteGate, "gate-has-no-unmet", local);
    gate.unmet.is_none().then(problem)
}

/// Returns true where a condition tests a rating for an interval of this form, or below a `not` for
/// its opposite.
fn asks_rating(rulebook: &Rulebook, when: &Condition, low: fn(&Interval, bool) -> bool) -> bool {
    when.atoms().into_iter().any(|(atom, holding)| {
        let Some(atom) = rulebook.program.atoms.get(atom) else {
            return false;
        };
        let asked = rulebook.asked(atom.node);
        let rating = asked.is_some_and(|one| one.question.kind == QuestionType::Rating);
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

/// An item that a finding tests together with others, both for a value and for being unknown: it
/// only rules the finding out for its other values, and is never the reason for it.
fn guards(scope: &Scope<'_>, finding: &Finding, when: &Condition) -> Option<Diagnostic> {
    // What nobody knew is the reason of a finding of kind `unknown`.
    if finding.kind == FindingKind::Unknown {
        return None;
    }
    let mut tested: BTreeMap<usize, (bool, bool)> = BTreeMap::new();
    let atoms = when.atoms().into_iter();
    let atoms = atoms.filter_map(|(atom, _)| scope.rulebook.program.atoms.get(atom));
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
    Some(problem!(MissingGuards, "holds-whether-known-or-not", id, guard).at(finding.place))
}

/// Returns true where a test asks for a state no rating has.
fn asks_state(test: &Test) -> bool {
    matches!(test, Test::Unknown | Test::NotApplicable)
}

/// A pack nothing speaks for, because several scores could.
fn headline(scope: &Scope<'_>) -> Option<Diagnostic> {
    let rulebook = scope.rulebook;
    let topmost = topmost(&rulebook.items, &rulebook.program, scope.pack);
    let items = topmost.iter().filter_map(|node| rulebook.item(*node));
    let items: Vec<&Item> = items.collect();
    let [first, _, ..] = items.as_slice() else {
        return None;
    };
    let names = items.iter().map(|item| format!("`{}`", item.local_id()));
    let names: Vec<String> = names.collect();
    let list = list(&names);
    let problem = problem!(MissingHeadline, "no-other-score-reads-and-the-pack", list);
    let is_unsaid = rulebook.packs.get(scope.pack)?.headline.is_none();
    is_unsaid.then(|| problem.at(first.place))
}

/// A pack that draws what is built next to what is called for, and does not say whether it fits.
fn fit(scope: &Scope<'_>) -> Option<Diagnostic> {
    let pack = scope.rulebook.packs.get(scope.pack)?;
    let ladder = pack.exhibits.iter().find_map(|exhibit| {
        let ExhibitKind::Steps { ladder, .. } = exhibit.kind else {
            return None;
        };
        scope.rulebook.item(ladder)
    })?;
    let local_id = ladder.local_id();
    let problem = problem!(MissingFit, "is-drawn-beside-what-is-called-for", local_id);
    pack.fit.is_none().then(|| problem.at(ladder.place))
}

/// Scores in which one child hides another.
fn weights(scope: &Scope<'_>) -> impl Iterator<Item = Diagnostic> {
    scope.rulebook.program.steps.iter().filter_map(|step| {
        let Step::Score { node, score } = step else {
            return None;
        };
        let item = scope.rulebook.item(*node)?;
        let weights = score.terms.iter().map(|term| term.weight);
        let least = weights.clone().fold(f64::INFINITY, f64::min);
        let most = weights.fold(0.0, f64::max) / least;
        let id = item.local_id();
        let problem = problem!(UnequalWeights, "in-one-part-weighs-times-as", id, most);
        (item.pack == scope.pack && most > MOST_UNEQUAL).then(|| problem.at(item.place))
    })
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
