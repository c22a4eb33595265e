//! `explain`: the reasons of a number, outcome, level or finding.

use super::assess::TEXT_OR_JSON;
use crate::exit::{Exit, Failure, Result};
use crate::inputs::{AssessmentRef, PackArgs, reading};
use crate::output::{Format, Output, clean, formats, json, print};
use centricity::assess::assessment::{Assessment, ItemId, MatchedResult};
use centricity::message;
use centricity::report::terminal::explanation;
use centricity::study::explain::explain;
use clap::Args;

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
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = formats(&TEXT_OR_JSON))]
    format: Format,
    #[command(flatten)]
    packs: PackArgs,
}

impl Explain {
    pub(crate) fn run(self, output: Output) -> Result<Exit> {
        let rulebooks = self.packs.rulebooks()?;
        let (rulebook, result) = reading(output, |reader| {
            self.path.result_with_rulebook(&rulebooks, reader)
        })?;
        let Some(id) = &self.id else {
            print(&list(&result))?;
            return Ok(Exit::Done);
        };
        let result = MatchedResult::new(&rulebook, &result)?;
        let why = explain(&result, id).map_err(|unknown| {
            if !unknown.several.is_empty() {
                let help = message!("say-which", several = unknown.several.join("`, `"));
                return Failure::usage(message!("is-in-several-packs", id = unknown.id), help);
            }
            let help = unknown.near.map_or_else(
                || {
                    message!(
                        "centricity-explain-lists-what-there",
                        path = self.path.to_string()
                    )
                },
                |near| message!("did-you-mean", near),
            );
            Failure::usage(message!("there-is-no-to-explain", id = unknown.id), help)
        })?;
        print(&if self.format == Format::Json {
            json(&why)?
        } else {
            explanation(&why, output.colors())
        })?;
        Ok(Exit::Done)
    }
}

/// A list of everything that can be explained, with its value or text.
fn list(result: &Assessment) -> String {
    let unknown = || message!("not-known").to_owned();
    let ladders = result.levels.iter().map(|one| {
        let level = one.level.as_ref();
        (
            &one.id,
            level.map_or_else(unknown, |level| level.label.clone()),
        )
    });
    let decisions = result.decisions.iter().map(|one| {
        let outcome: Vec<_> = one.outcome.iter().map(|one| one.label.as_str()).collect();
        let says = Some(outcome.join(", ")).filter(|says| !says.is_empty());
        (&one.id, says.unwrap_or_else(unknown))
    });
    let scores = result.scores.iter().map(|one| (&one.id, one.title.clone()));
    let gates = result.gates.iter().map(|one| (&one.id, one.title.clone()));
    let findings = result
        .findings
        .iter()
        .map(|one| (&one.id, one.title.clone()));
    let questions = result
        .questions
        .iter()
        .map(|one| (&one.id, one.says.clone()));
    let sections = [
        section("Ladders", ladders),
        section("Decisions", decisions),
        section("Scores", scores),
        section("Gates", gates),
        section("Findings", findings),
        section("Questions", questions),
    ];
    let sections: Vec<String> = sections.into_iter().flatten().collect();
    sections.join("\n")
}

fn section<'a>(title: &str, rows: impl Iterator<Item = (&'a ItemId, String)>) -> Option<String> {
    let rows: Vec<_> = rows
        .map(|(id, says)| format!("  {id:44} {}\n", clean(&says)))
        .collect();
    (!rows.is_empty()).then(|| format!("{title}\n{}", rows.concat()))
}
