//! Text to located trees to plain structs.
//!
//! [`decode`] turns bytes into text, [`read`] turns text into any type serde can fill. Between
//! the two is a tree of nodes that know their place, so every problem of a file is shown at
//! once and with its place: unknown and missing keys, values of the wrong type, values not listed.
//! [`Located`], [`Entries`], [`Scalar`] and [`Value`] let a model keep places, order, and what
//! was written.
//!
//! Files come from strangers: a [`Budget`] bounds size, depth, values and aliases before any of
//! them costs time or memory. `no`, `on`, `012` and dates are text; booleans are `true` and
//! `false`; one file holds one document.
//!
//! Serde reads flattened structs and tagged or untagged enums through a copy that knows no
//! places and no unknown keys; models do without them. Instead of an untagged enum, name it
//! `$shape` and its newtype variants `scalar`, `list` and `map`: the node's shape chooses.
//!
//! ```
//! use centricity::text::diagnostic::{Diagnostics, Sources};
//! use centricity::text::yaml;
//!
//! #[derive(serde::Deserialize)]
//! struct Client {
//!     name: String,
//! }
//!
//! let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
//! let id = sources.add("client.yaml", "name: Harbour Tools".to_owned());
//! let client: Option<Client> = yaml::read(&sources, id, &mut problems);
//! assert_eq!(client.map(|it| it.name).as_deref(), Some("Harbour Tools"));
//! ```

mod access;
mod budget;
mod build;
mod fault;
mod located;
mod merged;
mod outline;
mod reader;
mod scalar;
mod slips;
mod unprintable;

pub use self::budget::Budget;
pub use self::located::{Entries, Located, One, OneOrMany, Scalar, Value};
pub use self::merged::Branch;
pub(crate) use self::merged::{End, Merged, Spot, ValueShape};
pub(crate) use self::outline::{Entry, Node, Shape};

pub use self::unprintable::unprintable;

use self::build::Tree;
use self::fault::{Pass, Repairs};
use self::reader::NodeReader;

use crate::problem;
use crate::text::diagnostic::{
    Code, Diagnostic, Diagnostics, Place, SourceId, Sources, byte_place,
};
use saphyr_parser::{Event, Parser};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;
use std::borrow::Cow;
use std::cell::RefCell;
use std::path::Path;

/// Returns true for a file of YAML, by the ending of its name.
#[must_use]
pub fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|end| end == "yaml" || end == "yml")
}

/// The text of a file, within the budget.
///
/// # Errors
/// A file that is too large or not UTF-8; the problem has no place, as there is no text yet, and
/// so names the file and the line.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    const MOST: usize = Budget::FILE;
    if bytes.len() > MOST {
        let problem = problem!(FileTooLarge, "file-too-long", name, MOST);
        return Err(problem);
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..good).unwrap_or_default();
        let line = before.split(|it| *it == b'\n').count();
        problem!(NotUtf8, "is-not-utf-bad-byte-in-line", name, good, line)
    })?;
    if text.starts_with('\u{FEFF}') {
        text.remove(0);
    }
    let is_json = Path::new(name).extension().is_some_and(|end| end == "json");
    Ok(if is_json { whole_letters(text) } else { text })
}

/// JSON with each letter that it writes as two escapes, `\ud83d\ude00`, as the letter itself: YAML
/// knows no such pairs.
fn whole_letters(text: String) -> String {
    let mut whole = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find('\\') {
        let (before, escape) = rest.split_at(at);
        let unit = |at: usize| {
            let digits = escape.get(at..at + 6)?.strip_prefix("\\u")?;
            u16::from_str_radix(digits, 16).ok()
        };
        let pair = unit(0).zip(unit(6)).and_then(|(high, low)| {
            let mut letters = char::decode_utf16([high, low]);
            letters.next()?.ok().filter(|letter| *letter > '\u{FFFF}')
        });
        // An escape is its sign and what follows, which may be the sign itself.
        let next = escape.chars().nth(1).map_or(0, char::len_utf8);
        let (taken, letter) = pair.map_or((1 + next, None), |letter| (12, Some(letter)));
        let (escaped, after) = escape.split_at(taken);
        whole.push_str(before);
        match letter {
            Some(letter) => whole.push(letter),
            None => whole.push_str(escaped),
        }
        rest = after;
    }
    if whole.is_empty() {
        return text;
    }
    whole.push_str(rest);
    whole
}

/// The problem of a source that should be JSON; `None` where it is.
///
/// JSON is read as the YAML it also is; where it is broken, only this check knows what was meant.
#[must_use]
pub fn json_problem(sources: &Sources, source: SourceId) -> Option<Diagnostic> {
    let text = sources.text(source);
    let error = serde_json::from_str::<IgnoredAny>(text).err()?;
    let lines = text.split_inclusive('\n');
    // Lines and columns are counted from 1, columns in bytes.
    let before = lines.take(error.line().saturating_sub(1)).map(str::len);
    let at = before.sum::<usize>() + error.column().saturating_sub(1);
    let start = byte_place(text, at..at, source);
    let problem = match error.classify() {
        Category::Eof => problem!(JsonSyntax, "this-json-ends-before-it-is-complete"),
        Category::Syntax | Category::Data | Category::Io => {
            let words = error.to_string();
            let words = words.split(" at line ").next().unwrap_or_default();
            problem!(JsonSyntax, "this-is-not-json", words)
        }
    };
    let end = start.end.saturating_add(1);
    Some(problem.at(Place { end, ..start }))
}

/// The text under a key at the top of a document, empty for a list or a map; read no further than
/// there, so that it costs nothing where the key stands at the top of a long file.
pub(crate) fn top_entry(text: &str, key: &str) -> Option<String> {
    budget::admit(text, Place::NOWHERE.source).ok()?;
    let mut parser = Parser::new_from_str(text);
    let (mut depth, mut children, mut found) = (0_usize, 0_usize, false);
    loop {
        let (event, _) = parser.next_event()?.ok()?;
        let (text, begins) = match event {
            Event::Scalar(text, ..) => (text, false),
            Event::Alias(_) => (Cow::Borrowed(""), false),
            Event::MappingStart(..) => (Cow::Borrowed(""), true),
            Event::SequenceStart(..) if depth > 0 => (Cow::Borrowed(""), true),
            Event::MappingEnd | Event::SequenceEnd => {
                depth = depth.saturating_sub(1);
                continue;
            }
            Event::SequenceStart(..) | Event::DocumentEnd | Event::StreamEnd => return None,
            Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => continue,
        };
        if depth == 1 {
            if found {
                return Some(text.into_owned());
            }
            found = children % 2 == 0 && text == key;
            children += 1;
        }
        depth += usize::from(begins);
    }
}

/// A kind of file that this crate knows: reading it is compiled here once, and not again in every
/// crate that reads one.
pub trait Document: Sized {
    /// As [`read_sound`].
    fn read_sound(sources: &Sources, id: SourceId, problems: &mut Diagnostics) -> Option<Self>;

    /// As [`read`].
    fn read(sources: &Sources, id: SourceId, problems: &mut Diagnostics) -> Option<Self> {
        let before = problems.len();
        Self::read_sound(sources, id, problems).filter(|_| problems.len() == before)
    }
}

/// Makes a type a [`Document`].
macro_rules! document {
    ($kind:ty) => {
        impl $crate::text::yaml::Document for $kind {
            fn read_sound(
                sources: &$crate::text::diagnostic::Sources,
                id: $crate::text::diagnostic::SourceId,
                problems: &mut $crate::text::diagnostic::Diagnostics,
            ) -> Option<Self> {
                $crate::text::yaml::read_sound(sources, id, problems)
            }
        }
    };
}
pub(crate) use document;

document!(Value);

/// Reads one of the sources, within the budget.
///
/// All problems of the text are pushed, each with its place; `None` if there is any.
pub fn read<T: DeserializeOwned>(
    sources: &Sources,
    id: SourceId,
    problems: &mut Diagnostics,
) -> Option<T> {
    let before = problems.len();
    read_sound(sources, id, problems).filter(|_| problems.len() == before)
}

/// Reads one of the sources, within the budget, and gives what is sound of it.
///
/// All problems of the text are pushed, each with its place; what has one is left out of the
/// value, so that the rest can be checked for its meaning in the same run. `None` where a key is
/// missing or the text cannot be read at all.
pub fn read_sound<T: DeserializeOwned>(
    sources: &Sources,
    id: SourceId,
    problems: &mut Diagnostics,
) -> Option<T> {
    let (text, mut found) = (sources.text(id), Vec::new());
    let admitted = budget::admit(text, id);
    let value = match admitted.and_then(|()| build::parse(id, text, &mut found)) {
        Ok(tree) => gather(&tree, &mut found),
        Err(problem) => {
            found = vec![problem];
            None
        }
    };
    let whole = found.iter().all(|problem| problem.code != Code::MissingKey);
    slips::explained(text, id, &mut found);
    problems.extend(found);
    value.filter(|_| whole)
}

/// Reads a tree in passes until no problem is left to find.
///
/// Serde stops at the first problem. So a problem is noted, what it is in is left out (or, for a
/// missing key, anything is put there), and the tree is read again. A file without problems is read
/// once and pays nothing for this; the cost of a bad file is bounded by [`Budget::WORK`].
fn gather<T: DeserializeOwned>(tree: &Tree<'_>, problems: &mut Vec<Diagnostic>) -> Option<T> {
    let mut repairs = Repairs::default();
    let mut work = tree.size;
    loop {
        let pass = Pass {
            tree,
            repairs: &repairs,
            unknown: RefCell::default(),
        };
        let read = T::deserialize(NodeReader::new(&pass, tree.root));
        let unknown = pass.unknown.into_inner();
        repairs.add_unknown(tree, unknown, problems);
        let go_on = match read {
            Ok(value) if problems.len() <= Budget::PROBLEMS => return Some(value),
            Ok(_) => false,
            Err(fault) => repairs.absorb(tree, fault.at(tree.root, None), problems),
        };
        work = work.saturating_add(tree.size);
        if problems.len() > Budget::PROBLEMS || (go_on && work > Budget::WORK) {
            problems.truncate(Budget::PROBLEMS);
            let whole = tree.place(tree.root);
            let start = whole.end;
            let more = problem!(TooManyProblems, "there-may-be-more-problems-in-this");
            problems.push(more.at(Place { start, ..whole }));
            return None;
        }
        if !go_on {
            return None;
        }
    }
}

/// JSON Schemas of our own types, so that models can derive theirs.
#[cfg(test)]
mod schema {
    use super::{Branch, Entries, OneOrMany, Scalar, Value};
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    /// Gives a type a schema that stands wherever the type is used.
    macro_rules! inline {
        ($name:literal, $kind:ty $(, $part:ident)?: $generator:pat => $schema:expr) => {
            impl$(<$part: JsonSchema>)? JsonSchema for $kind {
                fn inline_schema() -> bool {
                    true
                }

                fn schema_name() -> Cow<'static, str> {
                    $name.into()
                }

                fn json_schema($generator: &mut SchemaGenerator) -> Schema {
                    $schema
                }
            }
        };
    }

    inline!("OneOrMany", OneOrMany<T>, T: generator => {
        let one = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": one }] })
    });
    inline!("Entries", Entries<T>, T: generator => json_schema!({
        "type": ["object", "null"],
        "additionalProperties": generator.subschema_for::<T>(),
    }));
    inline!("Scalar", Scalar: _ => json_schema!({ "type": ["string", "number", "boolean"] }));
    inline!("Value", Value: _ => json_schema!(true));
    inline!("Branch", Branch: _ => json_schema!(true));
}
