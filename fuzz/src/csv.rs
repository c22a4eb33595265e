//! Tables of answers and of customers as CSV.

use super::ours::RULEBOOK;
use super::problems::shown;
use super::text;
use centricity::answers::file::ResponseFile;
use centricity::answers::{RespondentNames, Response, read_customers};
use centricity::collect::export;
use centricity::collect::import::{Import, ImportOptions};
use centricity::rules::vocabulary::{FormLength, Role};
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use centricity::text::yaml::Document;

/// Reads a table as answers of many and as customers.
pub fn run(data: &[u8]) {
    imported(data);
    let Some(text) = text(data) else { return };
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let id = sources.add("customers.csv", text.to_owned());
    let customers = read_customers(&sources, id, &mut problems);
    assert!(
        customers.is_some() || problems.has_errors(),
        "nothing, and no reason"
    );
    shown(&sources, &problems);
}

/// Imports a table in which everybody who has no role is at the front; what can be read can be
/// counted, and written again it reads the same.
pub(crate) fn imported(data: &[u8]) {
    let import = import(Some(Role::Frontline));
    let files = responses(&import, data);
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let mut roll = RespondentNames::default();
    let tally = import.tally(
        "t.csv",
        data,
        &mut roll,
        &mut sources,
        &mut problems,
        &mut |_| {},
    );
    let tally = tally.expect("bytes in memory");
    shown(&sources, &problems);
    // A survey may wait for its first answer; an import that brings none is a mistake.
    let people = tally.map_or(0, |tally| tally.people());
    let count = files.as_ref().map_or(0, Vec::len);
    assert_eq!(count, people as usize, "{:?}", files.err());
    let Ok(files) = files else { return };
    files.iter().for_each(stored);
    written_again(&files);
}

/// The import of tables without a mapping, with a role for all who have none.
pub(crate) fn import(role: Option<Role>) -> Import<'static> {
    let mut problems = Diagnostics::new();
    let options = ImportOptions {
        role,
        ..ImportOptions::default()
    };
    let import = Import::new(&RULEBOOK, None, options, &mut problems);
    import.expect("no mapping, so no problem")
}

/// The responses of a table, or its problems as they are shown.
pub(crate) fn responses(import: &Import<'_>, data: &[u8]) -> Result<Vec<ResponseFile>, String> {
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let files = import.responses("t.csv", data, &mut sources, &mut problems);
    let files = files.expect("bytes in memory");
    assert!(
        files.is_some() || problems.has_errors(),
        "nothing, and no reason"
    );
    shown(&sources, &problems);
    files.ok_or_else(|| render(&problems, &sources, false))
}

/// A response as a file reads as it was.
fn stored(file: &ResponseFile) {
    let yaml = file.to_yaml("from t.csv");
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let id = sources.add("r.yaml", yaml.clone());
    let read = ResponseFile::read(&sources, id, &mut problems);
    let read = read.unwrap_or_else(|| panic!("{problems:?}\n{yaml}"));
    assert_eq!(read.to_yaml("from t.csv"), yaml);
    let response = Response::check(&RULEBOOK, &read, &mut problems);
    assert!(response.is_some(), "{problems:?}\n{yaml}");
}

/// Responses written as a table are the same when the table is read.
pub(crate) fn written_again(files: &[ResponseFile]) {
    if files.is_empty() {
        return;
    }
    let table = export::responses(&RULEBOOK, FormLength::Full, files);
    let again = responses(&import(None), table.as_bytes());
    let again = again.unwrap_or_else(|problems| panic!("{problems}\n{table}"));
    let second = export::responses(&RULEBOOK, FormLength::Full, &again);
    assert_eq!(second, table);
}
