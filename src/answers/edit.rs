//! One answer changed in a text that a person wrote, and every other byte left alone.
//!
//! [`edit()`] works on places, not on a document written anew: comments, order, quotes and line
//! ends stay as they are. The new text is read again, and must have all but the one answer as before;
//! otherwise it is refused, as is an edit that would touch an anchor, an
//! alias or a tag. As an edit is one answer and no more, it can be made in a text that somebody
//! else has changed in the meantime.
//!
//! ```
//! use centricity::answers::edit::{Change, Edit, NewAnswer, edit};
//! use centricity::text::diagnostic::Sources;
//!
//! let mut sources = Sources::new();
//! let id = sources.add("r07.yaml", "answers:\n  small:\n    care: 2   # on a good day\n".to_owned());
//! let change = Change { answer: Some(NewAnswer::plain("3")), ..Change::default() };
//! let one = Edit { pack: "small".to_owned(), question: "care".to_owned(), change };
//! let text = edit(&sources, id, &one).expect("a text that can be changed in place");
//! assert_eq!(text, "answers:\n  small:\n    care: 3   # on a good day\n");
//! ```

mod lines;
mod splice;
mod value;

use super::file::ValueFile;
use super::write::Style;
use crate::message;
use crate::rules::vocabulary::Grade;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, SourceId, Sources};
use crate::text::yaml::{self, Located, Outline, Scalar, Value};
use splice::{Obstacle, Splice};
use value::{answer, is_as_wanted, wanted};

/// The key of the answers.
const ANSWERS: &str = "answers";

/// A change of the answer to one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The id of its pack.
    pub pack: String,
    /// The id of the question within the pack.
    pub question: String,
    /// The change.
    pub change: Change,
}

/// Changes of an answer; parts that are `None` stay as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Change {
    /// The answer itself.
    pub answer: Option<NewAnswer>,
    /// The note.
    pub note: Option<String>,
    /// The evidence.
    pub evidence: Option<NewEvidence>,
}

/// The answer itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NewAnswer {
    /// A value, which may be `unknown`.
    Value(ValueFile),
    /// The question does not apply, for this reason.
    NotApplicable(String),
}

impl NewAnswer {
    /// One word or number as files write it: `3`, `packaged`, `unknown`.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self::one(text, true)
    }

    /// Free text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::one(text, false)
    }

    /// The choices of a `select_multiple`.
    #[must_use]
    pub fn several<'a>(values: impl IntoIterator<Item = &'a str>) -> Self {
        let located = |value: &str| Located::new(value.to_owned(), Place::NOWHERE);
        Self::Value(ValueFile::List(values.into_iter().map(located).collect()))
    }

    fn one(text: &str, plain: bool) -> Self {
        let text = text.to_owned();
        Self::Value(ValueFile::One(Scalar { text, plain }))
    }
}

/// New evidence of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvidence {
    /// Its grade.
    pub grade: Grade,
    /// Its reference; `None` keeps the old one.
    pub reference: Option<String>,
}

impl Change {
    /// Returns true if nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The text of a source with one answer replaced, inserted or extended.
///
/// A value replaces the value and keeps its note, evidence and target. An answer that was not
/// there comes after the comments that name its question, or else after the last answer of its
/// pack. Comments inside a list that is replaced move below it.
///
/// # Errors
/// The problem, at its place: a text that cannot be read, or an answer that cannot be changed in
/// place and is to be changed by hand.
pub fn edit(sources: &Sources, id: SourceId, edit: &Edit) -> Result<String, Box<Diagnostic>> {
    let text = sources.text(id);
    let before = read(sources, id)?;
    let hand = |message: &str, place: Place| {
        let message = message!("the-answer-to", question = edit.question, message);
        let problem = Diagnostic::error(Code::NotEditable, message).at(place);
        let line = line(edit, answer(&before, edit));
        Box::new(problem.help(message!("write-it-there-by-hand", line)))
    };
    let whole = Place {
        source: id,
        start: 0,
        end: 0,
    };
    let unclear = || hand(message!("cannot-be-written-into-this-file"), whole);
    let outline = Outline::of(text).ok_or_else(unclear)?;
    let wish = wanted(answer(&before, edit), &edit.change);
    let mut plan = Splice::new(text, Style::of(text, &outline.root));
    match plan.put(&outline.root, &before, edit, &wish) {
        Err(Obstacle::Marked(bytes)) => {
            let chars = |bytes: usize| {
                let before = text.get(..bytes).unwrap_or_default();
                u32::try_from(before.chars().count()).unwrap_or(u32::MAX)
            };
            let place = Place {
                source: id,
                start: chars(bytes.start),
                end: chars(bytes.end),
            };
            return Err(hand(
                message!("stands-at-an-anchor-an-alias-or-a-tag"),
                place,
            ));
        }
        Err(Obstacle::Layout) => return Err(unclear()),
        Ok(()) => {}
    }
    let changed = plan.apply();
    let mut again = Sources::new();
    let id = again.add("", changed.clone());
    let after = yaml::read(&again, id, &mut Diagnostics::new());
    if after.is_some_and(|after: Value| is_as_wanted(&before, &after, edit, &wish)) {
        Ok(changed)
    } else {
        Err(unclear())
    }
}

/// The line somebody could write by hand instead of an edit.
#[must_use]
pub fn yaml_line(edit: &Edit) -> String {
    line(edit, None)
}

fn line(edit: &Edit, before: Option<&Value>) -> String {
    let wish = wanted(before, &edit.change);
    format!("{}: {}", edit.question, Style::Yaml.value(&wish))
}

fn read(sources: &Sources, id: SourceId) -> Result<Value, Box<Diagnostic>> {
    let mut problems = Diagnostics::new();
    let value = yaml::read(sources, id, &mut problems);
    value.ok_or_else(|| {
        let first = problems.iter().next().cloned();
        Box::new(first.unwrap_or_else(|| {
            Diagnostic::error(Code::EmptyFile, message!("the-file-says-nothing"))
        }))
    })
}
