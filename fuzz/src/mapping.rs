//! Mappings of tables, as written and as suggested.

use super::csv::{import, responses};
use super::ours::RULEBOOK;
use super::problems::shown;
use super::{BETWEEN, text};
use centricity::collect::import::{Import, ImportOptions, MappingFile};
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use centricity::text::yaml::Document;

/// Reads a table by a mapping, and suggests one.
pub fn run(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (mapping, table) = text.split_once(BETWEEN).unwrap_or((text, ""));
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let id = sources.add("m.yaml", mapping.to_owned());
    let file = MappingFile::read(&sources, id, &mut problems);
    let options = ImportOptions::default();
    let import = file.and_then(|file| Import::new(&RULEBOOK, Some(&file), options, &mut problems));
    assert!(
        import.is_some() || problems.has_errors(),
        "nothing, and no reason"
    );
    if let Some(import) = import {
        let read = import.responses("t.csv", table.as_bytes(), &mut sources, &mut problems);
        let read = read.expect("bytes in memory");
        assert!(
            read.is_some() || problems.has_errors(),
            "nothing, and no reason"
        );
        suggested(&import, table);
    }
    shown(&sources, &problems);
    plain(table);
}

/// A suggestion is a mapping.
fn suggested(import: &Import<'_>, table: &str) -> Option<MappingFile> {
    let suggestion = import
        .suggest("t.csv", table.as_bytes())
        .expect("bytes in memory")
        .ok()?;
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let id = sources.add("suggestion.yaml", suggestion);
    let file = MappingFile::read(&sources, id, &mut problems);
    assert!(file.is_some(), "{}", render(&problems, &sources, false));
    let file = file?;
    let import = Import::new(
        &RULEBOOK,
        Some(&file),
        ImportOptions::default(),
        &mut problems,
    );
    assert!(import.is_some(), "{}", render(&problems, &sources, false));
    Some(file)
}

/// A suggestion changes nothing as long as nobody has changed it.
fn plain(table: &str) {
    let import = import(None);
    let Some(file) = suggested(&import, table) else {
        return;
    };
    let (before, mut problems) = (responses(&import, table.as_bytes()), Diagnostics::new());
    let options = ImportOptions::default();
    let import = Import::new(&RULEBOOK, Some(&file), options, &mut problems).expect("a mapping");
    let after = responses(&import, table.as_bytes());
    assert_eq!(
        before.is_ok(),
        after.is_ok(),
        "a suggestion changes what is read"
    );
}
