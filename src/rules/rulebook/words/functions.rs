//! The functions that texts call.

use super::{Found, NOT_ASKED, Words, number};
use crate::rules::reading::Reading;
use crate::text::number::{grouped, rounded};
use minijinja::value::{Rest, Value};
use minijinja::{Environment, Error, ErrorKind, State, context};

/// The context a text is rendered in.
pub(crate) fn context(words: Value) -> Value {
    context! { words }
}

/// Gives an environment the functions that finding texts call.
pub(crate) fn functions(environment: &mut Environment<'static>) {
    type Say = fn(&Words, &str, Found<'_>) -> Result<String, Error>;
    let list: [(&'static str, Say); 7] = [
        ("value", |words, _, found| {
            Ok(words.value(found, |reading| grouped(&number(reading.value))))
        }),
        ("index", |words, _, found| {
            let index = |reading: &Reading| rounded(reading.index(reading.value), 0);
            Ok(words.value(found, index))
        }),
        ("outcome", Words::outcome),
        ("label", |_, _, (item, _)| Ok(item.label.clone())),
        ("answer", Words::answer),
        ("lowest", |words, id, found| words.extreme(id, found, true)),
        ("highest", |words, id, found| {
            words.extreme(id, found, false)
        }),
    ];
    for (name, say) in list {
        environment.add_function(
            name,
            move |state: &State<'_, '_>, id: String| -> Result<String, Error> {
                with_words(state, |words| {
                    let found = words.find(&id)?;
                    found.map_or_else(|| Ok(NOT_ASKED.to_owned()), |one| say(words, &id, one))
                })
            },
        );
    }
    environment.add_function(
        "known",
        |state: &State<'_, '_>, id: String| -> Result<bool, Error> {
            with_words(state, |words| words.knows(&id))
        },
    );
    environment.add_function(
        "nobody_knew",
        |state: &State<'_, '_>, ids: Rest<String>| -> Result<String, Error> {
            with_words(state, |words| words.nobody_knew(&ids))
        },
    );
}

/// Runs a function of texts on the words a text is rendered with.
fn with_words<T>(
    state: &State<'_, '_>,
    say: impl FnOnce(&Words) -> Result<T, Error>,
) -> Result<T, Error> {
    let words = state.lookup("words");
    let words = words.as_ref();
    let words = words.and_then(|value| value.downcast_object_ref::<Words>());
    say(words.ok_or_else(|| Error::from(ErrorKind::UndefinedError))?)
}
