//! `pack test`: the cases of a pack, and of an overlay over its base.

use super::check_all;
use crate::inputs::{CheckedPack, PackArgs, Reader, pack_texts, project_around};
use crate::output::{Output, place, print, redraft};
use crate::{Exit, Result, if_valid, usage, world};
use centricity::message;
use centricity::rules::pack::{PackText, Texts};
use centricity::rules::rulebook::Pack;
use centricity::study::case::{accept, has_list};
use clap::Args;
use std::fmt::Write as _;
use std::path::Path;

/// Run a pack's own cases
///
/// Shows every case that does not come out as expected, and everything that the cases never
/// reach: rules, caps, gates and findings both ways, and levels. Of an overlay, the cases of its base
/// run too: what comes out otherwise has to be listed under `expect` in its pack.yaml.
#[derive(Debug, Args)]
#[command(after_help = "Example: centricity pack test rules/organisation --complete")]
pub(crate) struct Test {
    /// Packs, by name, or by folder or file
    #[arg(value_name = "PACK", required = true)]
    names: Vec<String>,
    /// End with exit code 4 when the cases leave anything untested
    #[arg(long)]
    complete: bool,
    /// Write what comes out otherwise than in the base into the overlay, and show each
    #[arg(long)]
    accept: bool,
    #[command(flatten)]
    packs: PackArgs,
}

impl Test {
    pub(crate) fn run(mut self, output: Output) -> Result<Exit> {
        self.packs.follow(&project_around(Path::new(""), output)?);
        let mut reader = self.packs.reader(output)?;
        if self.accept {
            for name in &self.names {
                print(&accept_results(name, &reader)?)?;
            }
        }
        let packs = check_all(&self.names, &mut reader)?;
        let text: String = packs.iter().map(describe_cases).collect();
        output.problems(&reader.problems, &reader.sources);
        print(&text)?;
        let sound = packs.iter().all(|pack| pack.report.failed.is_empty());
        let mut coverage = packs.iter().map(|pack| &pack.report.coverage);
        let complete = coverage.all(|one| one.missing().is_empty());
        Ok(if reader.problems.has_errors() || !sound {
            Exit::Invalid
        } else if self.complete && !complete {
            Exit::NotMet
        } else {
            Exit::Done
        })
    }
}

/// The cases of a pack that fail, what none of them reaches, and how many pass.
fn describe_cases(pack: &CheckedPack) -> String {
    let (report, mut out) = (&pack.report, String::new());
    for failure in &report.failed {
        let _ = writeln!(out, "{}", message!("case-failed", name = failure.name));
        for difference in &failure.differences {
            let _ = writeln!(out, "  {difference}");
        }
    }
    let missing = report.coverage.missing();
    if !missing.is_empty() {
        let _ = writeln!(out, "{}", message!("not-tested-by-any-case"));
    }
    for goal in &missing {
        let _ = writeln!(out, "  {goal}");
    }
    let title = pack
        .rulebook
        .packs
        .first()
        .map_or(String::new(), Pack::label);
    let (passed, total) = (report.passed.len(), report.coverage.total());
    let counts = message!(
        "cases-pass-and-reach",
        title,
        passed,
        cases = passed + report.failed.len(),
        reached = total - missing.len(),
        total,
    );
    let _ = writeln!(out, "{counts}");
    out
}

/// Writes into an overlay what comes out otherwise under it; returns what that is, a line each.
fn accept_results(name: &str, reader: &Reader) -> Result<String> {
    let texts = pack_texts(name, &reader.rulebooks.library)?;
    if !texts.is_overlay() {
        return Err(usage!("only-overlays-accept", name));
    }
    // What is wrong with the overlay is shown by the run that follows.
    let mut scratch = Reader::over(&reader.rulebooks);
    let checked = if_valid(CheckedPack::check(texts.clone(), &mut scratch))?;
    let (Some(pack), Some(file)) = (checked, list_file(&texts)?) else {
        return Ok(String::new());
    };
    let path = &file.name;
    let text = String::from_utf8_lossy(&file.bytes);
    let Some(changed) = accept(&text, &pack.report) else {
        return Err(world!("cannot-be-accepted-in", path));
    };
    if changed == text {
        return Ok(message!("nothing-to-accept", path) + "\n");
    }
    let (file, real) = redraft(Path::new(path), changed.as_bytes())?;
    place(file, &real, true)?;
    let mut out = message!("accepted-in", path) + "\n";
    for (case, differences) in &pack.report.otherwise {
        let _ = writeln!(out, "  {case}");
        for one in differences {
            let _ = writeln!(out, "    {}", one.line);
        }
    }
    Ok(out)
}

/// The file of an overlay in which the list stands, or else its header.
fn list_file(texts: &Texts) -> Result<Option<&PackText>> {
    let has_list = |one: &&PackText| has_list(&String::from_utf8_lossy(&one.bytes));
    let mut files = texts.rules.iter().filter(has_list);
    match (files.next(), files.next()) {
        (Some(first), Some(second)) => {
            let (first, second) = (&first.name, &second.name);
            Err(world!("lists-stand-in-two-files", first, second))
        }
        (None, _) => Ok(texts.rules.iter().find(|one| one.path == "pack.yaml")),
        (only, None) => Ok(only),
    }
}
