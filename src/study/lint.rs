//! Advice on packs that are valid: what nothing reads, what can never be, and what is missing for
//! whoever answers or reads.
//!
//! Lint never refuses: everything it says is a warning, each with its own code.

mod guards;
mod raises;
mod reach;
mod wording;

use crate::rules::condition::{Condition, Test};
use crate::rules::pack::file::{FindingKind, QuestionType};
use crate::rules::rulebook::profile::topmost;
use crate::rules::rulebook::{Check, ExhibitKind, Item, Question, Rulebook, Step};
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use std::collections::HashSet;

/// One part of a score that outweighs another by more than this hides it.
const MOST_UNEQUAL: f64 = 4.0;

/// Advice on one pack of the rulebook, by its place.
#[must_use]
pub fn lint(rulebook: &Rulebook, pack: usize) -> Diagnostics {
    let mut advice = Diagnostics::new();
    let read = everything_read(rulebook);
    let own = |(_, item): &(usize, &Item)| item.pack == pack;
    for (node, item) in rulebook.items().iter().enumerate().filter(own) {
        if let Some(question) = item.kind.question() {
            advice.extend(
                (!read.contains(&node))
                    .then(|| unused(item, question))
                    .flatten(),
            );
            advice.extend(missing(item, question));
            advice.extend(wording::anchors(item, question));
        }
    }
    advice.extend(remedies(rulebook, pack));
    advice.extend(raises::missing(rulebook, pack));
    advice.extend(guards::missing(rulebook, pack));
    advice.extend(headline(rulebook, pack));
    advice.extend(fit(rulebook, pack));
    advice.extend(weights(rulebook, pack));
    advice.extend(reach::findings(rulebook, pack));
    advice.extend(reach::levels(rulebook, pack));
    advice
}

/// Every item that some score, table, condition, ladder or exhibit reads.
fn everything_read(rulebook: &Rulebook) -> HashSet<usize> {
    let program = rulebook.program();
    let mut read = HashSet::new();
    let condition = |one: &Condition, read: &mut HashSet<usize>| {
        let atoms = one.atoms();
        read.extend(
            atoms
                .iter()
                .filter_map(|(atom, _)| program.atoms.get(*atom))
                .map(|atom| atom.node),
        );
    };
    for step in &program.steps {
        match step {
            Step::Relevance { when, .. } => condition(when, &mut read),
            Step::Score { score, .. } => {
                read.extend(score.terms.iter().map(|term| term.node));
                score
                    .caps
                    .iter()
                    .for_each(|cap| condition(&cap.when, &mut read));
            }
            Step::Decide { table, .. } => read.extend(&table.inputs),
            Step::Measure { metric, .. } => read.extend(metric.inputs.iter().flatten()),
            Step::Climb { ladder, .. } => {
                read.extend(ladder.of);
                let checks = ladder.levels.iter().flat_map(|level| &level.checks);
                read.extend(checks.filter_map(|check| match check {
                    Check::From(atom) | Check::Floor(atom) => Some(program.atoms.get(*atom)?.node),
                    Check::Confidence(node, _) => Some(*node),
                    Check::Gate(_) | Check::Basis => None,
                }));
            }
        }
    }
    program
        .gates
        .iter()
        .chain(&program.findings)
        .chain(program.called_for.iter().flatten())
        .for_each(|one| condition(one, &mut read));
    read.extend(
        rulebook
            .packs()
            .iter()
            .flat_map(|pack| &pack.exhibits)
            .flat_map(|exhibit| match &exhibit.kind {
                ExhibitKind::Dots(nodes)
                | ExhibitKind::Bars(nodes)
                | ExhibitKind::Verdicts(nodes) => nodes.clone(),
                ExhibitKind::Star(node) => vec![*node],
                ExhibitKind::Grid { decision, x, y, .. } => vec![*decision, *x, *y],
                ExhibitKind::Steps { decision, ladder } => vec![*decision, *ladder],
                ExhibitKind::Checklist(_) => Vec::new(),
            }),
    );
    read
}

fn unused(item: &Item, question: &Question) -> Option<Diagnostic> {
    let scored = question.kind != QuestionType::Text;
    scored.then(|| {
        let message = format!("nothing reads the answer to `{}`", item.local_id());
        let help = "score it, test it in a finding, show it in an exhibit, or do not ask it";
        Diagnostic::warning(Code::UnusedQuestion, message)
            .at(item.place)
            .help(help)
    })
}

fn missing(item: &Item, question: &Question) -> Option<Diagnostic> {
    let parts = [
        ("`why`", question.why.is_none()),
        ("`evidence`", question.evidence.is_none()),
        ("`roles`", question.roles.is_empty()),
    ];
    let parts: Vec<&str> = parts
        .into_iter()
        .filter(|(_, gone)| *gone)
        .map(|(name, _)| name)
        .collect();
    (!parts.is_empty()).then(|| {
        let message = format!(
            "`{}` has no {}",
            item.local_id(),
            crate::rules::rulebook::words::list(&parts)
        );
        let help = "say why it matters, what to look at, and who can tell";
        Diagnostic::warning(Code::IncompleteQuestion, message)
            .at(item.place)
            .help(help)
    })
}

/// Weaknesses without a word on what to do.
fn remedies(rulebook: &Rulebook, pack: usize) -> impl Iterator<Item = Diagnostic> + '_ {
    let weak = |kind| {
        matches!(
            kind,
            FindingKind::Gap | FindingKind::Risk | FindingKind::Contradiction
        )
    };
    let bare = rulebook
        .findings()
        .iter()
        .filter(move |one| one.pack == pack && weak(one.kind) && one.advice.is_empty());
    bare.map(|finding| {
        let message = format!("`{}` names a weakness and no remedy", finding.local_id());
        Diagnostic::warning(Code::MissingAdvice, message)
            .at(finding.place)
            .help("add `advice`")
    })
}

/// A pack nothing speaks for, because several scores could.
fn headline(rulebook: &Rulebook, pack: usize) -> Option<Diagnostic> {
    let unsaid = rulebook.packs().get(pack)?.headline.is_none();
    let topmost = topmost(rulebook.items(), rulebook.program(), pack);
    let items: Vec<&Item> = topmost
        .iter()
        .filter_map(|node| rulebook.item(*node))
        .collect();
    let first = items.first().filter(|_| unsaid && items.len() > 1)?;
    let names: Vec<String> = items
        .iter()
        .map(|item| format!("`{}`", item.local_id()))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let message = format!(
        "no other score reads {}, and the pack does not say which speaks for it",
        crate::rules::rulebook::words::list(&names)
    );
    let problem = Diagnostic::warning(Code::MissingHeadline, message).at(first.place);
    Some(problem.help("add `headline: <score or ladder>` to pack.yaml"))
}

/// A pack that draws what is built beside what is called for, and does not say whether it fits.
fn fit(rulebook: &Rulebook, pack: usize) -> Option<Diagnostic> {
    let pack = rulebook
        .packs()
        .get(pack)
        .filter(|pack| pack.fit.is_none())?;
    let ladder = pack
        .exhibits
        .iter()
        .find_map(|exhibit| match exhibit.kind {
            ExhibitKind::Steps { ladder, .. } => Some(ladder),
            ExhibitKind::Dots(_)
            | ExhibitKind::Bars(_)
            | ExhibitKind::Star(_)
            | ExhibitKind::Grid { .. }
            | ExhibitKind::Verdicts(_)
            | ExhibitKind::Checklist(_) => None,
        })?;
    let item = rulebook.item(ladder)?;
    let message = format!(
        "`{}` is drawn beside what is called for, and nothing says whether it fits",
        item.local_id()
    );
    let problem = Diagnostic::warning(Code::MissingFit, message).at(item.place);
    Some(problem.help("add `fit: { called_for: ..., built: ..., decision: ... }` to pack.yaml"))
}

/// Scores in which one child hides another.
fn weights(rulebook: &Rulebook, pack: usize) -> impl Iterator<Item = Diagnostic> + '_ {
    rulebook.program().steps.iter().filter_map(move |step| {
        let Step::Score { node, score } = step else {
            return None;
        };
        let item = rulebook.item(*node).filter(|item| item.pack == pack)?;
        let weights = score.terms.iter().map(|term| term.weight);
        let (least, most) = (
            weights.clone().fold(f64::INFINITY, f64::min),
            weights.fold(0.0, f64::max),
        );
        (most / least > MOST_UNEQUAL).then(|| {
            let message = format!(
                "in `{}` one part weighs {} times as much as another",
                item.local_id(),
                most / least
            );
            let help = "the light part can hardly be seen; leave it out or even the weights";
            Diagnostic::warning(Code::UnequalWeights, message)
                .at(item.place)
                .help(help)
        })
    })
}

/// Whether an atom asks for a state no rating has.
fn asks_state(test: &Test) -> bool {
    matches!(test, Test::Unknown | Test::NotApplicable)
}
