//! `pack test`: a pack's own cases, and what they leave untested.

use crate::command::check;
use crate::exit::{Exit, Outcome};
use crate::inputs::{Notes, Packs, pack_texts};
use crate::output::{Output, print};
use centricity::study::case::run::Report;
use clap::Args;
use std::fmt::Write as _;

/// Run a pack's own cases
///
/// Shows every case that does not come out as expected, and everything that the cases never
/// reach: rules, caps, gates and findings both ways, and levels.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack test rules/organisation --complete")]
pub(crate) struct Test {
    /// Packs, by name, or by folder or file
    #[arg(value_name = "PACK", required = true)]
    names: Vec<String>,
    /// End with exit code 4 when the cases leave anything untested
    #[arg(long)]
    complete: bool,
    #[command(flatten)]
    packs: Packs,
}

impl Test {
    pub(crate) fn run(self, output: Output) -> Outcome {
        let library = self.packs.library()?;
        let mut notes = Notes::default();
        let (mut text, mut sound, mut complete) = (String::new(), true, true);
        for name in &self.names {
            let tested = check::pack(pack_texts(name, &library)?, &library, &mut notes)?;
            let Some(tested) = tested else { continue };
            sound &= tested.report.failed.is_empty();
            complete &= tested.report.coverage.missing().is_empty();
            let pack = tested.rulebook.packs().first();
            let title = pack.map_or(String::new(), |pack| {
                format!("{} {}", pack.id, pack.version)
            });
            told(&mut text, &title, &tested.report);
        }
        output.problems(&notes.problems, &notes.sources);
        print(&text)?;
        Ok(if notes.problems.has_errors() || !sound {
            Exit::Invalid
        } else if self.complete && !complete {
            Exit::NotMet
        } else {
            Exit::Done
        })
    }
}

fn told(out: &mut String, title: &str, report: &Report) {
    for failure in &report.failed {
        let _ = writeln!(out, "failed: {}", failure.name);
        for difference in &failure.differences {
            let _ = writeln!(out, "  {difference}");
        }
    }
    let missing = report.coverage.missing();
    if !missing.is_empty() {
        let _ = writeln!(out, "not tested by any case:");
    }
    for goal in &missing {
        let _ = writeln!(out, "  {goal}");
    }
    let (passed, failed) = (report.passed.len(), report.failed.len());
    let (reached, total) = (report.coverage.reached(), report.coverage.total());
    let _ = writeln!(
        out,
        "{title}: {passed} of {} cases pass; they reach {reached} of {total} rules, caps, gates, findings and levels",
        passed + failed
    );
}
