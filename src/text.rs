//! Text as it comes in, every value with its place.
//!
//! Comes in: bytes of YAML, CSV and XLSX. Goes out: values that know their place, tables of
//! cells, and every problem as a diagnostic. Imports nothing of the other rooms.
//!
//! Sentences for people are asked for by id, with what varies in them; the words are in one file,
//! `messages/en.ftl`, so that another language is another file. A test compares the ids and names in
//! the code with those of the file.

pub mod diagnostic;
mod letters;
pub(crate) mod number;
pub(crate) mod package;
pub(crate) mod table;
pub mod yaml;
pub use letters::*;
pub use number::*;

use crate::message;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Pattern};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::LazyLock;

/// A result with an [`Error`] of the world outside.
pub type Result<T> = std::result::Result<T, Error>;

/// A failure of the world outside: a file that cannot be read or written. A problem *in* a file is a
/// [`Diagnostic`](diagnostic::Diagnostic), never an error.
#[derive(Debug)]
pub struct Error {
    detail: String,
    source: Option<io::Error>,
}

impl Error {
    fn new(detail: String, source: Option<io::Error>) -> Self {
        Self { detail, source }
    }

    /// A file or folder that could not be read.
    #[must_use]
    pub fn read(path: &Path, source: io::Error) -> Self {
        let detail = message!("cannot-read", path = path.display());
        Self::new(detail, Some(source))
    }

    /// A file or folder that could not be written.
    #[must_use]
    pub fn write(path: &Path, source: io::Error) -> Self {
        let detail = message!("cannot-write-path", path = path.display());
        Self::new(detail, Some(source))
    }

    /// A folder with more files than a pack can have.
    pub(crate) fn too_many_files(path: &Path, most: usize) -> Self {
        let path = path.display();
        let detail = message!("holds-more-than-files-is-it-a-pack", path, most);
        Self::new(detail, None)
    }

    /// A workbook that cannot hold what is to be written, and why.
    #[must_use]
    pub fn workbook(why: impl fmt::Display) -> Self {
        let detail = message!("cannot-write-the-workbook", why = why.to_string());
        Self::new(detail, None)
    }

    /// A document that cannot be put together, and why.
    #[must_use]
    pub fn document(why: impl fmt::Display) -> Self {
        let detail = message!("cannot-write-the-document", why = why.to_string());
        Self::new(detail, None)
    }

    /// A template that cannot be rendered, and why.
    #[must_use]
    pub fn template(detail: String) -> Self {
        Self::new(detail, None)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source as _)
    }
}

/// Reads a file, at most one byte beyond the size budget: enough to be refused, never more memory
/// than that.
///
/// # Errors
/// Returns an error if the file cannot be read, or is no regular file.
pub fn read_bounded(path: &Path) -> Result<Vec<u8>> {
    bounded(open(path)?).map_err(|source| Error::read(path, source))
}

/// Opens a regular file, or what a shell hands over by name. A named pipe or a device may keep a
/// reader waiting for ever.
///
/// # Errors
/// Returns an error if the file cannot be opened, or is no regular file.
pub fn open(path: &Path) -> Result<File> {
    let wrap = |source| Error::read(path, source);
    let kind = std::fs::metadata(path).map_err(wrap)?.file_type();
    // Reading a folder fails by itself.
    if kind.is_file() || kind.is_dir() || is_handed_over(path) {
        return File::open(path).map_err(wrap);
    }
    let why = message!("it-is-no-regular-file");
    Err(wrap(io::Error::new(io::ErrorKind::InvalidInput, why)))
}

/// True for a link to a file, but for what a shell hands over.
#[must_use]
pub fn is_link(path: &Path) -> bool {
    path.is_symlink() && !is_handed_over(path)
}

/// True for standard input and process substitutions.
fn is_handed_over(path: &Path) -> bool {
    let places = ["/dev/stdin", "/dev/fd", "/proc/self/fd"];
    places.iter().any(|place| path.starts_with(place))
}

/// Reads what is open already, within the same bound.
///
/// # Errors
/// Returns an error if it cannot be read.
pub fn bounded(from: impl Read) -> io::Result<Vec<u8>> {
    let most = u64::try_from(yaml::Budget::FILE).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    from.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Attributes of an element, with the signs in their values and in the text behind it.
const MOST_ATTRIBUTES: usize = 500;
/// Elements, their ends counted too.
const MOST_ELEMENTS: usize = 200_000;

/// True for XML that has more elements, or one with more attributes, than any program writes: a strict
/// reader keeps some hundred bytes of each element, and compares each attribute with all others.
pub(crate) fn is_crowded(xml: &str) -> bool {
    let tags = || xml.split('<').skip(1);
    tags().nth(MOST_ELEMENTS).is_some()
        || tags().any(|tag| tag.matches('=').count() > MOST_ATTRIBUTES)
}

static SENTENCES: LazyLock<Sentences> = LazyLock::new(Sentences::english);

/// Returns a sentence of `messages/en.ftl` by its id: a `&'static str`, or a `String` where
/// something varies in it.
///
/// Values that vary are given by name: `name = value`, or `name` alone where a variable has that
/// name.
#[macro_export]
macro_rules! message {
    ($id:literal) => {
        $crate::text::fixed($id)
    };
    ($id:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::with_help!($id, $($name $(= $value)?),+).0
    };
    (@ $name:ident) => {
        $crate::text::Argument::argument(&$name)
    };
    (@ $name:ident = $value:expr) => {
        $crate::text::Argument::argument(&$value)
    };
}

/// Returns a [`Diagnostic`](crate::text::diagnostic::Diagnostic): an error of a code, in the words of a
/// sentence of `messages/en.ftl`, with the help that stands there under the sentence.
///
/// Values that vary, in the sentence or in its help, are given as to [`message!`].
#[macro_export]
macro_rules! problem {
    ($code:ident, $($sentence:tt)*) => {
        $crate::text::diagnostic::Diagnostic::named(
            $crate::text::diagnostic::Code::$code,
            $crate::with_help!($($sentence)*),
        )
    };
}

/// Returns a sentence of `messages/en.ftl` and the help that stands there under it. Values that vary,
/// in the one or the other, are given as to [`message!`].
#[macro_export]
macro_rules! with_help {
    ($id:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::text::with_help(
            $id,
            [$((stringify!($name), $crate::message!(@ $name $(= $value)?))),*],
        )
    };
}

/// A sentence in which nothing varies; the id itself where the file lacks it, which a test excludes.
#[doc(hidden)]
#[must_use]
pub fn fixed(id: &'static str) -> &'static str {
    SENTENCES.fixed.get(id).map_or(id, String::as_str)
}

/// A sentence with what varies in it, and the help that stands under it; the id itself where the file
/// lacks it, which a test excludes.
#[doc(hidden)]
#[must_use]
pub fn with_help<'a>(
    id: &str,
    arguments: impl IntoIterator<Item = (&'a str, FluentValue<'a>)>,
) -> (String, Option<String>) {
    let arguments = FluentArgs::from_iter(arguments);
    let message = SENTENCES.bundle.get_message(id);
    let words = |pattern| SENTENCES.pattern(pattern, Some(&arguments));
    let text = message.as_ref().and_then(|one| words(one.value()?));
    let help = message.and_then(|one| words(one.get_attribute("help")?.value()));
    (text.unwrap_or_else(|| id.to_owned()), help)
}

/// A value that can be part of a sentence. Numbers choose plural forms where the file has them.
#[doc(hidden)]
pub trait Argument {
    /// Returns the value as sentences take it.
    fn argument(&self) -> FluentValue<'_>;
}

macro_rules! argument {
    ($($($kind:ty),+: $value:ident => $argument:expr;)*) => {$($(
        impl Argument for $kind {
            fn argument(&self) -> FluentValue<'_> {
                let $value = self;
                $argument
            }
        }
    )+)*};
}

argument! {
    str: text => text.into();
    String: text => text.as_str().into();
    Cow<'_, str>: text => text.as_ref().into();
    u8, u16, u32, i32, u64, usize, i64, f64: number => (*number).into();
    char, i128: one => one.to_string().into();
    std::path::Display<'_>, semver::Version, jiff::civil::Date: one => one.to_string().into();
}

impl<T: Argument + ?Sized> Argument for &T {
    fn argument(&self) -> FluentValue<'_> {
        (**self).argument()
    }
}

/// The sentences of one language.
struct Sentences {
    bundle: FluentBundle<FluentResource>,
    /// Those in which nothing varies.
    fixed: HashMap<String, String>,
}

impl Sentences {
    /// The English ones, which travel inside.
    fn english() -> Self {
        let text = include_str!("../messages/en.ftl").to_owned();
        // What cannot be read is left out, and found missing by the test of all ids.
        let resource = FluentResource::try_new(text).unwrap_or_else(|(read, _)| read);
        let messages = resource.entries().filter_map(|entry| match entry {
            Entry::Message(message) => Some(message.id.name.to_owned()),
            Entry::Term(_)
            | Entry::Comment(_)
            | Entry::GroupComment(_)
            | Entry::ResourceComment(_)
            | Entry::Junk { .. } => None,
        });
        let ids: Vec<String> = messages.collect();
        let mut bundle = FluentBundle::new_concurrent(vec!["en".parse().unwrap_or_default()]);
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        let mut sentences = Self {
            bundle,
            fixed: HashMap::new(),
        };
        let fixed = ids.into_iter().filter_map(|id| {
            let message = sentences.bundle.get_message(&id)?;
            let text = sentences.pattern(message.value()?, None)?;
            Some((id, text))
        });
        sentences.fixed = fixed.collect();
        sentences
    }

    /// The words of a sentence; `None` where it lacks or has more of what varies.
    fn pattern(
        &self,
        pattern: &Pattern<&str>,
        arguments: Option<&FluentArgs<'_>>,
    ) -> Option<String> {
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, arguments, &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }
}
