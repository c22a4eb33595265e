//! Answers to a table and back.

use super::csv::{import, responses};
use super::ours::RULEBOOK;
use super::problems::located;
use super::{BETWEEN, text};
use centricity::answers::file::ResponseFile;
use centricity::answers::{RespondentNames, Response};
use centricity::collect::export;
use centricity::rules::vocabulary::FormLength;
use centricity::text::diagnostic::{Diagnostics, Sources};
use centricity::text::yaml::Document;

/// Exports responses as a table, imports it, and compares the answers.
pub fn run(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let mut roll = RespondentNames::default();
    let mut given = Vec::new();
    for file in text.split(BETWEEN) {
        let id = sources.add("r.yaml", file.to_owned());
        let file = ResponseFile::read(&sources, id, &mut problems);
        let checked = file.and_then(|file| {
            let response = Response::check(&RULEBOOK, &file, &mut problems)?;
            Some((file, response))
        });
        assert!(
            checked.is_some() || problems.has_errors(),
            "nothing, and no reason"
        );
        // Nobody answers twice in a table.
        given.extend(checked.filter(|(file, _)| roll.enter(&file.respondent, "r.yaml").is_ok()));
    }
    located(&sources, &problems);
    if given.is_empty() {
        return;
    }
    let table = export::responses(
        &RULEBOOK,
        FormLength::Full,
        given.iter().map(|(file, _)| file),
    );
    let read = responses(&import(None), table.as_bytes());
    let read = read.unwrap_or_else(|problems| panic!("{problems}\n{table}"));
    assert_eq!(read.len(), given.len(), "{table}");
    for ((_, before), file) in given.iter().zip(&read) {
        let after = Response::check(&RULEBOOK, file, &mut Diagnostics::new());
        let after = after.unwrap_or_else(|| panic!("{table}\n{}", file.to_yaml("t.csv")));
        assert_eq!(told(before), told(&after), "{table}");
    }
}

/// What a response says; an answer that is no number is compared as it is shown.
fn told(response: &Response) -> (String, String) {
    let answers = &response.answers;
    let who = format!("{:?} {:?}", response.role, answers.assessed_on);
    let notes = answers
        .notes()
        .iter()
        .map(|one| (one.note.as_deref().map(str::trim), one.grade));
    let notes: Vec<_> = notes.collect();
    (who, format!("{:?} {notes:?}", answers.answers()))
}
