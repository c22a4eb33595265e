//! `compare`: what moved from one assessment to another, and why.

use crate::command::assess::json;
use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{AssessmentRef, Looks, Notes, Packs, Rulebooks, Told};
use crate::output::{Format, Output, Written};
use centricity::report::terminal::comparison;
use centricity::report::view::{Brand, Compared};
use centricity::report::{compared_html, compared_markdown};
use centricity::study::compare::{Carried, Comparison, compare, parted, same_packs};
use clap::Args;
use std::path::Path;
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
    written: Written,
    #[command(flatten)]
    looks: Looks,
    #[command(flatten)]
    packs: Packs,
}

impl Compare {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let pipe = |moment: &AssessmentRef| moment.path == Path::new("-");
        if pipe(&self.before) && pipe(&self.after) {
            return Err(Failure::usage(
                "standard input can be read only once",
                "give a file for A or for B",
            ));
        }
        let rulebooks = self.packs.rulebooks()?;
        let mut notes = Notes::watched(output);
        let before = Told::load(&self.before, &rulebooks, &mut notes)?;
        let after = Told::load(&self.after, &rulebooks, &mut notes)?;
        output.problems(&notes.problems, &notes.sources);
        let (Some(before), Some(after)) = (before, after) else {
            return Ok(Exit::Invalid);
        };
        let comparison = compared(&self.before, &before, &after)?;
        if !comparison.is_comparable() {
            return Err(apart(&comparison));
        }
        let Some(text) = self.text(&comparison, output)? else {
            return Ok(Exit::Invalid);
        };
        self.written.give(&text, output)?;
        Ok(Exit::Done)
    }

    /// The comparison as asked for; `None` where the branding is not valid.
    fn text(&self, comparison: &Comparison, output: Output) -> Result<Option<String>, Failure> {
        if matches!(self.written.format(), Format::Json) {
            return json(comparison).map(Some);
        }
        let Some(look) = self.looks.load(output)? else {
            return Ok(None);
        };
        let names = (self.before.to_string(), self.after.to_string());
        let brand = if matches!(self.written.format(), Format::Text) {
            &Brand::default()
        } else {
            &look.brand
        };
        let view = Compared::new(comparison, (&names.0, &names.1), brand);
        Ok(Some(match self.written.format() {
            Format::Html => compared_html(&look.templates, &view)?,
            Format::Md => compared_markdown(&look.templates, &view)?,
            Format::Text | Format::Json => self::comparison(&view, self.written.colors(output)),
        }))
    }
}

/// Compares two; where packs changed, with the earlier answers carried over to the later packs.
pub(crate) fn compared(
    moment: &AssessmentRef,
    before: &Told,
    after: &Told,
) -> Result<Comparison, Failure> {
    let (from, to) = (before.side(), after.side());
    if same_packs(&before.result, &after.result) {
        let needless = Carried::Not("all packs are the same");
        return Ok(compare(&from, &to, &needless));
    }
    Ok(match carry(moment, before, after)? {
        Ok(carried) => compare(&from, &to, &Carried::Done(carried.side())),
        Err(why) => compare(&from, &to, &Carried::Not(&why)),
    })
}

/// The earlier answers under the later packs, or why that cannot be.
fn carry(
    moment: &AssessmentRef,
    before: &Told,
    after: &Told,
) -> Result<Result<Told, String>, Failure> {
    let (Some(_), Some(later)) = (&before.subject, &after.subject) else {
        return Ok(Err(
            "it takes the answers of both sides, and one is a stored result".to_owned(),
        ));
    };
    let parted = parted(&before.result, &after.result);
    if !parted.is_empty() {
        let parted = parted.join(", ");
        return Ok(Err(format!("the major version of {parted} is another one")));
    }
    if moment.path == Path::new("-") {
        return Ok(Err("standard input can be read only once".to_owned()));
    }
    let mut scratch = Notes::default();
    let rulebooks = Rulebooks::only(Arc::clone(&later.rulebook));
    let carried = moment.load(&rulebooks, &mut scratch)?;
    let problems: Vec<_> = scratch.problems.iter().collect();
    Ok(carried.map(Told::of).ok_or_else(|| {
        let first = problems.first().map_or("", |first| first.message.as_str());
        format!("the earlier answers do not fit the later packs ({first})")
    }))
}

/// Why two assessments have nothing in common.
fn apart(comparison: &Comparison) -> Failure {
    let told = |pick: fn(&centricity::study::compare::PackChange) -> Option<String>| {
        let packs: Vec<String> = comparison.packs.iter().filter_map(pick).collect();
        packs.join(", ")
    };
    let from = told(|pack| Some(format!("{} {}", pack.id, pack.from.as_ref()?.version)));
    let to = told(|pack| Some(format!("{} {}", pack.id, pack.to.as_ref()?.version)));
    Failure::usage(
        format!("the two have no pack in common: A rests on {from}, B on {to}"),
        "only the same pack of the same major version is compared",
    )
}
