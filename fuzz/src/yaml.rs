//! Reading of YAML: whatever the bytes, values and problems have places within the text.

use super::problems::{located, within};
use centricity::answers::file::AssessmentFile;
use centricity::assess::Assessment;
use centricity::rules::pack::file::PackFile;
use centricity::text::diagnostic::{Diagnostics, SourceId, Sources};
use centricity::text::yaml::{self, Document, Located, Value};

/// Reads bytes as any value, and as three kinds of files.
pub fn run(data: &[u8]) {
    let Ok(text) = yaml::decode("input.yaml", data.to_vec()) else {
        return;
    };
    let mut sources = Sources::new();
    let id = sources.add("input.yaml", text);
    let value: Option<Located<Value>> = checked(&sources, id, yaml::read);
    if let Some(value) = value {
        placed(&sources, &value);
    }
    checked(&sources, id, AssessmentFile::read);
    checked(&sources, id, Assessment::read);
    checked(&sources, id, yaml::read::<PackFile>);
    let problem = yaml::json_problem(&sources, id);
    if let Some(place) = problem.and_then(|one| one.place) {
        within(&sources, place, "JSON");
    }
}

fn checked<T>(
    sources: &Sources,
    id: SourceId,
    read: impl Fn(&Sources, SourceId, &mut Diagnostics) -> Option<T>,
) -> Option<T> {
    let mut problems = Diagnostics::new();
    let value = read(sources, id, &mut problems);
    assert!(
        value.is_some() || problems.has_errors(),
        "nothing, and no reason"
    );
    located(sources, &problems);
    value
}

/// Every part of a value has a place within the text.
fn placed(sources: &Sources, value: &Located<Value>) {
    let letters = sources.text(value.place.source).chars().count();
    let is_within =
        |it: &Located<Value>| it.place.start <= it.place.end && it.place.end as usize <= letters;
    assert!(is_within(value), "{value:?} of {letters}");
    match &value.value {
        Value::Null | Value::Scalar(_) => {}
        Value::List(list) => list.iter().for_each(|one| placed(sources, one)),
        Value::Map(entries) => {
            for (key, one) in entries {
                within(sources, key.place, &key.value);
                placed(sources, one);
            }
        }
    }
}
