//! `explain`: why a number, outcome, level or finding is what it is.

use crate::command::assess::{Format, json};
use crate::exit::{Exit, Failure, Outcome};
use crate::inputs::{Assessed, AssessmentRef, Notes, Packs};
use crate::output::{Output, clean, print};
use centricity::assess::assessment::{Assessment, ItemId, MatchedResult};
use centricity::report::terminal::explanation;
use centricity::study::explain::explain;
use clap::Args;
use std::fmt::Write as _;

/// Say why a number is what it is, and what would change it
///
/// ID is a question, score, decision, ladder, gate or finding, as the report and `pack show` name
/// it, with or without its pack. Without an ID all of them are listed with what they say.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity explain clients/acme level")]
pub(crate) struct Explain {
    /// An assessment: a file, its folder, - for standard input, REVISION:PATH as git kept it, or a
    /// result that `assess --format json` printed
    path: AssessmentRef,
    /// What to explain
    id: Option<String>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    #[command(flatten)]
    packs: Packs,
}

impl Explain {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let mut notes = Notes::watched(output);
        let assessed = Assessed::load(&self.path, &self.packs.rulebooks()?, &mut notes)?;
        output.problems(&notes.problems, &notes.sources);
        let Some(Assessed { rulebook, result }) = assessed else {
            return Ok(Exit::Invalid);
        };
        let Some(id) = &self.id else {
            print(&list(&result))?;
            return Ok(Exit::Done);
        };
        let result = MatchedResult::new(&rulebook, &result)?;
        let why = explain(&result, id).map_err(|unknown| {
            if !unknown.several.is_empty() {
                let help = format!("say which: `{}`", unknown.several.join("`, `"));
                return Failure::usage(format!("`{}` is in several packs", unknown.id), help);
            }
            let help = unknown.near.map_or_else(
                || format!("`centricity explain {}` lists what there is", self.path),
                |near| format!("did you mean `{near}`?"),
            );
            Failure::usage(format!("there is no `{}` to explain", unknown.id), help)
        })?;
        print(&match self.format {
            Format::Text => explanation(&why, output.colors()),
            Format::Json => json(&why)?,
        })?;
        Ok(Exit::Done)
    }
}

/// Everything that can be explained and came to something.
fn list(result: &Assessment) -> String {
    let mut out = String::new();
    let ladders = result.levels.iter().map(|one| {
        (
            &one.id,
            one.level
                .as_ref()
                .map_or("not known".to_owned(), |level| level.label.clone()),
        )
    });
    section(&mut out, "Ladders", ladders);
    let decisions = result.decisions.iter().map(|one| {
        let outcome: Vec<_> = one.outcome.iter().map(|one| one.label.as_str()).collect();
        (
            &one.id,
            if outcome.is_empty() {
                "not known".to_owned()
            } else {
                outcome.join(", ")
            },
        )
    });
    section(&mut out, "Decisions", decisions);
    section(
        &mut out,
        "Scores",
        result.scores.iter().map(|one| (&one.id, one.title.clone())),
    );
    section(
        &mut out,
        "Gates",
        result.gates.iter().map(|one| (&one.id, one.title.clone())),
    );
    section(
        &mut out,
        "Findings",
        result
            .findings
            .iter()
            .map(|one| (&one.id, one.title.clone())),
    );
    section(
        &mut out,
        "Questions",
        result
            .questions
            .iter()
            .map(|one| (&one.id, one.says.clone())),
    );
    out
}

fn section<'a>(out: &mut String, title: &str, rows: impl Iterator<Item = (&'a ItemId, String)>) {
    let mut rows = rows.peekable();
    if rows.peek().is_some() {
        let gap = if out.is_empty() { "" } else { "\n" };
        let _ = writeln!(out, "{gap}{title}");
    }
    for (id, says) in rows {
        let _ = writeln!(out, "  {id:44} {}", clean(&says));
    }
}
