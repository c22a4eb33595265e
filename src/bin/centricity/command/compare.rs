//! `compare`: the movements from one assessment to another, and their causes.

use super::report::{DocumentArgs, ReportStyle, StyleArgs};
use crate::inputs::{AssessmentRef, LoadedResult, PackArgs, Reader, Rulebooks, project_of};
use crate::output::Output;
use crate::{Exit, Failure, Result, if_valid, usage};
use centricity::answers::{Held, Rounds};
use centricity::report::study;
use centricity::study::{Comparison, PackChange, compare, parted, same_packs};
use centricity::{message, with_help};
use clap::Args;
use std::sync::Arc;

/// Say what moved from one assessment to another, and because of which answers
///
/// A and B are each a file, a folder, REVISION:PATH as git kept it, or a result that
/// `assess --format json` printed. Scores, levels, decisions, gates and metrics are compared with
/// what open answers still allow; a smaller difference is not called a change. Where packs changed
/// too, what they did is told apart from what the answers did.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity compare main:clients/acme clients/acme --format md")]
pub(crate) struct Compare {
    /// The assessment to compare from
    #[arg(value_name = "A")]
    before: AssessmentRef,
    /// The assessment to compare to
    #[arg(value_name = "B")]
    after: AssessmentRef,
    #[command(flatten)]
    document: DocumentArgs,
    #[command(flatten)]
    style: StyleArgs,
    #[command(flatten)]
    packs: PackArgs,
}

impl Compare {
    pub(crate) fn run(mut self, output: Output) -> Result<()> {
        let sides = [&self.after, &self.before].map(|one| one.path.as_path());
        let project = project_of(sides, output)?;
        self.packs.follow(&project);
        self.style.follow(&project);
        if self.before.is_stdin() && self.after.is_stdin() {
            return Err(usage!("standard-input-can-be-read-only"));
        }
        let (before, after) = self.packs.reading(output, |reader| {
            let before = if_valid(self.before.result(reader))?;
            let after = if_valid(self.after.result(reader))?;
            before.zip(after).ok_or(Failure::Invalid)
        })?;
        let comparison = compare_results(&self.before, &before, &after)?;
        let refused = |held| Failure::named(Exit::Usage, held_back(held, &after));
        let comparison = comparison.map_err(refused)?;
        if !comparison.is_comparable() {
            return Err(no_common_pack(&comparison));
        }
        let (before, after) = (self.before.to_string(), self.after.to_string());
        let report = || {
            let ReportStyle { templates, brand } = self.style.load(output)?;
            let names = (before.as_str(), after.as_str());
            Ok(study::comparison(&templates, &comparison, names, &brand)?)
        };
        self.document.write(&comparison, report, output)
    }
}

/// Compares two results; where packs changed, with the earlier answers carried over to the later
/// packs. The earlier answers are read again from `earlier`. Held back where the people of both differ
/// by a few, whose answers would follow from the difference.
pub(super) fn compare_results(
    earlier: &AssessmentRef,
    before: &LoadedResult,
    after: &LoadedResult,
) -> Result<Result<Comparison, Held>> {
    // A stored result that is compared with itself tells nothing more.
    let stored = before.answers().or(after.answers()).is_none();
    let together = stand_together(&[before, after]);
    if let Some(held) = together
        .err()
        .filter(|_| !(stored && before.result == after.result))
    {
        return Ok(Err(held));
    }
    let (from, to) = (before.side(), after.side());
    if same_packs(&before.result, &after.result) {
        let needless = message!("all-packs-are-the-same");
        return Ok(Ok(compare(&from, &to, Err(needless))));
    }
    let carried = carry_over(earlier, before, after)?.and_then(|carried| {
        let together = stand_together(&[before, &carried, after]);
        let held =
            |_| message!("the-earlier-answers-under-the-later-packs-are-held-back").to_owned();
        together.map_err(held).map(|()| carried)
    });
    let carried = carried.as_ref().map(LoadedResult::side);
    Ok(Ok(compare(&from, &to, carried.map_err(String::as_str))))
}

/// Returns an error where more follows from states of the answers of many together than from each.
fn stand_together(states: &[&LoadedResult]) -> Result<(), Held> {
    let mut rounds = Rounds::default();
    let mut states = states.iter();
    states.try_for_each(|state| state.stand_among(&mut rounds))
}

/// Why two states are not shown side by side, and what to do about it.
pub(super) fn held_back(held: Held, state: &LoadedResult) -> (String, Option<String>) {
    let merged = state.result.respondents.merged.as_ref();
    let least = merged.map_or(0, |merged| merged.minimum_group);
    match held {
        Held::Rules => with_help!("the-two-make-one-of-many-answers-by-other-rules"),
        Held::Few => with_help!("the-people-of-the-two-differ-by-a-few", least),
        Held::Stored => with_help!("a-stored-result-cannot-stand-beside-an-open-round"),
    }
}

/// The earlier answers under the later packs, or why that cannot be.
fn carry_over(
    earlier: &AssessmentRef,
    before: &LoadedResult,
    after: &LoadedResult,
) -> Result<Result<LoadedResult, String>> {
    let (Some(_), Some(later)) = (before.answers(), after.answers()) else {
        let why = message!("it-takes-the-answers-of-both-sides-and-one");
        return Ok(Err(why.to_owned()));
    };
    let parted = parted(&before.result, &after.result).join(", ");
    if !parted.is_empty() {
        return Ok(Err(message!("the-major-version-of-is-another-one", parted)));
    }
    if earlier.is_stdin() {
        return Ok(Err(message!("standard-input-can-be-read-only").to_owned()));
    }
    let mut scratch = Reader::over(&Arc::new(Rulebooks {
        only: Some(Arc::clone(&later.rulebook)),
        ..Rulebooks::default()
    }));
    let carried = if_valid(earlier.answers(&mut scratch))?;
    Ok(carried.map(LoadedResult::score).ok_or_else(|| {
        let mut problems = scratch.problems.iter();
        let first = problems.next().map_or("", |first| first.message.as_str());
        message!("the-earlier-answers-do-not-fit", first)
    }))
}

/// The refusal to compare two assessments that have nothing in common.
fn no_common_pack(comparison: &Comparison) -> Failure {
    let list = |pick: fn(&PackChange) -> Option<String>| {
        let packs: Vec<String> = comparison.packs.iter().filter_map(pick).collect();
        packs.join(", ")
    };
    let from = list(|pack| Some(format!("{} {}", pack.id, pack.from.as_ref()?.version)));
    let to = list(|pack| Some(format!("{} {}", pack.id, pack.to.as_ref()?.version)));
    usage!("the-two-have-no-pack-in-common", from, to)
}
