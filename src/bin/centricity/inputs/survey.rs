//! Surveys among the responses: tables that are counted as they stream by.

use super::Notes;
use crate::exit::Failure;
use centricity::answers::{Roll, Tally};
use centricity::collect::import::{Import, ImportOptions, MappingFile};
use centricity::rules::rulebook::Rulebook;
use centricity::text::error::Error;
use std::fs::File;
use std::path::Path;

/// Whether a file is a table of answers, by its name.
pub(crate) fn is_survey(path: &Path) -> bool {
    let ends = |end: &str| ["csv", "tsv", "xlsx", "xlsm"].contains(&end);
    path.extension()
        .and_then(|end| end.to_str())
        .is_some_and(|end| ends(&end.to_ascii_lowercase()))
}

/// Whether a file says what the columns of a table mean, by its name.
pub(crate) fn is_mapping(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.is_some_and(|name| name.ends_with(".mapping.yaml"))
}

/// Everybody in a survey, counted; `None` where it is not valid, which `notes` then tells.
pub(super) fn count(
    rulebook: &Rulebook,
    path: &Path,
    roll: &mut Roll,
    notes: &mut Notes,
) -> Result<Option<Tally>, Failure> {
    let beside = path.with_extension("mapping.yaml");
    let mapping = if beside.is_file() {
        let Some(mapping) = notes.file::<MappingFile>(&beside)? else {
            return Ok(None);
        };
        Some(mapping)
    } else {
        None
    };
    let settings = ImportOptions::default();
    let import = Import::new(rulebook, mapping.as_ref(), settings, &mut notes.problems);
    let Some(import) = import else {
        return Ok(None);
    };
    let wrap = |error| Error::read(path, error);
    let file = File::open(path).map_err(wrap)?;
    let watcher = notes.watcher;
    let mut progress = |people: u32| {
        if let Some(output) = watcher.filter(|output| output.watched()) {
            output.note(&format!("\r{people} respondents"));
        }
    };
    let Notes {
        sources, problems, ..
    } = notes;
    let name = path.display().to_string();
    let tally = import.tally(&name, file, roll, sources, problems, &mut progress);
    if let Some(output) = watcher.filter(|output| output.watched()) {
        output.note("\r\u{1b}[K");
    }
    Ok(tally.map_err(wrap)?)
}
