//! The files of an import: all of them or none.

use crate::exit::Failure;
use crate::inputs::{Notes, RESPONSES, responses};
use crate::output::draft;
use centricity::answers::RespondentNames;
use centricity::answers::file::ResponseFile;
use centricity::collect::import::file_name;
use centricity::text::error::Error;
use centricity::text::yaml::Document;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// Writes responses into an assessment's folder; false where somebody among them has answered
/// there already, which `notes` then tells.
pub(super) fn write(
    into: &Path,
    from: &str,
    list: &[ResponseFile],
    replace: bool,
    notes: &mut Notes,
) -> Result<bool, Failure> {
    let folder = into.join(RESPONSES);
    let path = |response: &ResponseFile| folder.join(file_name(&response.respondent));
    let texts: BTreeMap<PathBuf, &ResponseFile> = list
        .iter()
        .map(|response| (path(response), response))
        .collect();
    let there: Vec<&PathBuf> = texts.keys().filter(|path| path.exists()).collect();
    if let (false, Some(first)) = (replace, there.first()) {
        let more = match there.len() {
            1 => String::new(),
            many => format!(", and {} more", many - 1),
        };
        return Err(Failure::world(
            format!("`{}` is already there{more}", first.display()),
            "nothing was written; `--replace` replaces the responses of the same respondents",
        ));
    }
    if elsewhere(&folder, &texts, notes)? {
        return Ok(false);
    }
    std::fs::create_dir_all(&folder).map_err(|error| Error::write(&folder, error))?;
    let own = Path::new(from).file_name().and_then(|name| name.to_str());
    let source = own.unwrap_or(from);
    let mut drafts = Vec::new();
    for (path, response) in texts {
        let text = response.to_yaml(&format!("From {source}"));
        drafts.push((draft(&folder, text.as_bytes())?.into_temp_path(), path));
    }
    place(drafts, replace)?;
    Ok(true)
}

/// Whether somebody has answered in a file that is not written now.
fn elsewhere(
    folder: &Path,
    texts: &BTreeMap<PathBuf, &ResponseFile>,
    notes: &mut Notes,
) -> Result<bool, Failure> {
    let mut roll = RespondentNames::new();
    for (path, response) in texts {
        // They are told apart already, where they were read.
        let _ = roll.enter(&response.respondent, &path.display().to_string());
    }
    let before = notes.problems.errors();
    let (_, single) = responses(folder)?;
    for path in single.iter().filter(|path| !texts.contains_key(*path)) {
        let mut scratch = Notes::default();
        let Some(file) = scratch.file::<ResponseFile>(path)? else {
            continue;
        };
        if let Err(problem) = roll.enter(&file.respondent, &path.display().to_string()) {
            let (name, bytes) = crate::inputs::read(path)?;
            let source = notes.add(name, bytes);
            let again = source.and_then(|source| {
                ResponseFile::read_sound(&notes.sources, source, &mut notes.problems)
            });
            let place = again.map(|file| file.respondent.place).unwrap_or_default();
            notes.problems.push(problem.at(place));
        }
    }
    Ok(notes.problems.errors() > before)
}

/// Moves drafts to their places. Where one cannot be moved, those before it are taken back, unless
/// they replaced what was there.
fn place(drafts: Vec<(TempPath, PathBuf)>, replace: bool) -> Result<(), Failure> {
    let mut placed = Vec::new();
    for (text, path) in drafts {
        let moved = if replace {
            text.persist(&path)
        } else {
            text.persist_noclobber(&path)
        };
        if let Err(error) = moved {
            if !replace {
                for done in &placed {
                    // The first failure is the one to tell.
                    let _ = std::fs::remove_file(done);
                }
            }
            return Err(Error::write(&path, error.error).into());
        }
        placed.push(path);
    }
    Ok(())
}
