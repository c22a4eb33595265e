//! Advice on packs that are valid: what nothing reads, what can never be, and what is missing for
//! whoever answers or reads.
//!
//! Lint never refuses: everything it says is a warning, each with its own code.

mod advice;
mod reach;
mod wording;

use crate::message;
use crate::rules::condition::Test;
use crate::rules::pack::file::{FindingKind, QuestionType};
use crate::rules::rulebook::rule::topmost;
use crate::rules::rulebook::words::list;
use crate::rules::rulebook::{ExhibitKind, Item, Question, Rulebook, Step};
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use std::collections::HashSet;

/// One part of a score that outweighs another by more than this hides it.
const MOST_UNEQUAL: f64 = 4.0;

/// Advice on one pack of the rulebook, by its place.
#[must_use]
pub fn lint(rulebook: &Rulebook, pack: usize) -> Diagnostics {
    let mut advice = Diagnostics::new();
    let read = everything_read(rulebook);
    let own = |(_, item): &(usize, &Item)| item.pack == pack;
    for (node, item) in rulebook.items.iter().enumerate().filter(own) {
        if let Some(question) = item.kind.question() {
            if !read.contains(&node) {
                advice.extend(unused(item, question));
            }
            advice.extend(missing(item, question));
            advice.extend(wording::anchors(item, question));
        }
    }
    advice.extend(remedies(rulebook, pack));
    advice.extend(advice::raises(rulebook, pack));
    advice.extend(advice::guards(rulebook, pack));
    advice.extend(headline(rulebook, pack));
    advice.extend(fit(rulebook, pack));
    advice.extend(weights(rulebook, pack));
    advice.extend(reach::findings(rulebook, pack));
    advice.extend(reach::levels(rulebook, pack));
    advice
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

fn warning(code: Code, place: Place, message: String, help: impl Into<String>) -> Diagnostic {
    Diagnostic::warning(code, message).at(place).help(help)
}

fn is_weakness(kind: FindingKind) -> bool {
    matches!(
        kind,
        FindingKind::Gap | FindingKind::Risk | FindingKind::Contradiction
    )
}

fn unused(item: &Item, question: &Question) -> Option<Diagnostic> {
    let scored = question.kind != QuestionType::Text;
    scored.then(|| {
        let message = message!("nothing-reads-the-answer-to", local_id = item.local_id());
        let help = message!("score-it-test-it-in-a-finding-show-it-in-an-exhibit");
        warning(Code::UnusedQuestion, item.place, message, help)
    })
}

fn missing(item: &Item, question: &Question) -> Option<Diagnostic> {
    let parts = [
        ("`why`", question.why.is_none()),
        ("`evidence`", question.evidence.is_none()),
        ("`roles`", question.roles.is_empty()),
    ];
    let missing = parts.iter().filter(|(_, gone)| *gone);
    let missing: Vec<&str> = missing.map(|(name, _)| *name).collect();
    (!missing.is_empty()).then(|| {
        let message = message!("has-no", local_id = item.local_id(), list = list(&missing));
        let help = message!("say-why-it-matters-what-to-look");
        warning(Code::IncompleteQuestion, item.place, message, help)
    })
}

/// Weaknesses without a word on what to do.
fn remedies(rulebook: &Rulebook, pack: usize) -> impl Iterator<Item = Diagnostic> + '_ {
    let own = rulebook.findings.iter().filter(move |one| one.pack == pack);
    let bare = own.filter(|one| is_weakness(one.kind) && one.advice.is_empty());
    bare.map(|finding| {
        let message = message!(
            "names-a-weakness-and-no-remedy",
            local_id = finding.local_id()
        );
        warning(Code::MissingAdvice, finding.place, message, "add `advice`")
    })
}

/// A pack nothing speaks for, because several scores could.
fn headline(rulebook: &Rulebook, pack: usize) -> Option<Diagnostic> {
    let unsaid = rulebook.packs.get(pack)?.headline.is_none();
    let topmost = topmost(&rulebook.items, &rulebook.program, pack);
    let items = topmost.iter().filter_map(|node| rulebook.item(*node));
    let items: Vec<&Item> = items.collect();
    let first = items.first().filter(|_| unsaid && items.len() > 1)?;
    let names = items.iter().map(|item| format!("`{}`", item.local_id()));
    let names: Vec<String> = names.collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let message = message!("no-other-score-reads-and-the-pack", list = list(&names));
    let help = message!("add-headline-score-or-ladder-to-pack");
    Some(warning(Code::MissingHeadline, first.place, message, help))
}

/// A pack that draws what is built next to what is called for, and does not say whether it fits.
fn fit(rulebook: &Rulebook, pack: usize) -> Option<Diagnostic> {
    let pack = rulebook.packs.get(pack)?;
    let mut exhibits = pack.exhibits.iter().filter(|_| pack.fit.is_none());
    let ladder = exhibits.find_map(|exhibit| match exhibit.kind {
        ExhibitKind::Steps { ladder, .. } => Some(ladder),
        ExhibitKind::Dots(_)
        | ExhibitKind::Bars(_)
        | ExhibitKind::Star(_)
        | ExhibitKind::Grid { .. }
        | ExhibitKind::Verdicts(_)
        | ExhibitKind::Checklist(_) => None,
    })?;
    let item = rulebook.item(ladder)?;
    let message = message!(
        "is-drawn-beside-what-is-called-for",
        local_id = item.local_id()
    );
    let help = message!("add-fit-to-pack-yaml");
    Some(warning(Code::MissingFit, item.place, message, help))
}

/// Scores in which one child hides another.
fn weights(rulebook: &Rulebook, pack: usize) -> impl Iterator<Item = Diagnostic> + '_ {
    rulebook.program.steps.iter().filter_map(move |step| {
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
            let message = message!(
                "in-one-part-weighs-times-as",
                local_id = item.local_id(),
                most = most / least
            );
            let help = message!("the-light-part-can-hardly-be-seen");
            warning(Code::UnequalWeights, item.place, message, help)
        })
    })
}

/// Returns true where a test asks for a state no rating has.
fn asks_state(test: &Test) -> bool {
    matches!(test, Test::Unknown | Test::NotApplicable)
}
