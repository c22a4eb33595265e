//! Files that stand beside assessments: policies of gates, and benchmarks.

use super::many;
use crate::exit::Failure;
use crate::inputs::{Notes, Rulebooks};
use centricity::study::gate::{Policy, PolicyFile};
use centricity::study::portfolio::{Benchmark, BenchmarkFile};
use centricity::text::diagnostic::SourceId;
use centricity::text::yaml::{Document, Located};
use std::path::Path;

/// Checks a policy against every pack there is: an id that none of them has is a problem.
pub(super) fn policy(
    name: &str,
    source: SourceId,
    rulebooks: &Rulebooks,
    notes: &mut Notes,
) -> Result<String, Failure> {
    let file = PolicyFile::read(&notes.sources, source, &mut notes.problems);
    let Some(file) = file else {
        return Ok(String::new());
    };
    let names = rulebooks.library().names()?.into_iter();
    let all: Vec<Located<String>> = names
        .map(|name| Located::new(name, file.format.place))
        .collect();
    let Some(rulebook) = rulebooks.rulebook(&all, Path::new(""), notes)? else {
        return Ok(String::new());
    };
    let valid = Policy::check(&file, &rulebook, &mut notes.problems);
    Ok(valid.map_or_else(String::new, |_| {
        let rules = many(file.rules.value.len(), "rule");
        format!("{name}: a policy of {rules}\n")
    }))
}

pub(super) fn benchmark(name: &str, source: SourceId, notes: &mut Notes) -> String {
    let file = BenchmarkFile::read(&notes.sources, source, &mut notes.problems);
    let valid = file.as_ref().and_then(|file| {
        let valid = Benchmark::check(file, &mut notes.problems);
        valid.map(|_| many(file.groups.len(), "group"))
    });
    valid.map_or_else(String::new, |groups| {
        format!("{name}: a benchmark of {groups}\n")
    })
}
