//! Files that stand beside assessments: policies of gates, and benchmarks.

use super::many;
use crate::exit::Failure;
use crate::inputs::{Notes, Rulebooks};
use centricity::gate::{Policy, PolicyFile};
use centricity::portfolio::{Benchmark, BenchmarkFile};
use centricity::yaml::Located;
use std::path::Path;

/// Checks a policy against every pack there is: an id that none of them has is a problem.
pub(super) fn policy(
    path: &Path,
    rulebooks: &Rulebooks,
    notes: &mut Notes,
) -> Result<String, Failure> {
    let Some(file) = notes.file::<PolicyFile>(path)? else {
        return Ok(String::new());
    };
    let names = rulebooks.library().names()?.into_iter();
    let all: Vec<Located<String>> = names
        .map(|name| Located::new(name, file.format.place))
        .collect();
    let folder = path.parent().unwrap_or(Path::new(""));
    let Some(rulebook) = rulebooks.rulebook(&all, folder, notes)? else {
        return Ok(String::new());
    };
    let valid = Policy::check(&file, &rulebook, &mut notes.problems);
    Ok(valid.map_or_else(String::new, |_| {
        let rules = many(file.rules.value.len(), "rule");
        format!("{}: a policy of {rules}\n", path.display())
    }))
}

pub(super) fn benchmark(path: &Path, notes: &mut Notes) -> Result<String, Failure> {
    let Some(file) = notes.file::<BenchmarkFile>(path)? else {
        return Ok(String::new());
    };
    let valid = Benchmark::check(&file, &mut notes.problems);
    Ok(valid.map_or_else(String::new, |_| {
        let groups = many(file.groups.len(), "group");
        format!("{}: a benchmark of {groups}\n", path.display())
    }))
}
