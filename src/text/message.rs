//! Sentences for people, by id, from `messages/en.ftl`.
//!
//! Code names a sentence and gives what varies in it; the words are in one file, so that another
//! language is another file. A test compares the ids and names in the code with those of the file.

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use fluent_syntax::ast::{Entry, Pattern};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

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
        $crate::text::varied(
            $id,
            [$((stringify!($name), $crate::message!(@ $name $(= $value)?))),+],
        )
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
    ($code:ident, $id:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::text::diagnostic::Diagnostic::named(
            $crate::text::diagnostic::Code::$code,
            $id,
            &[$((stringify!($name), $crate::message!(@ $name $(= $value)?))),*],
        )
    };
}

/// A sentence in which nothing varies; the id itself where the file lacks it, which a test excludes.
#[must_use]
pub fn fixed(id: &'static str) -> &'static str {
    SENTENCES.fixed.get(id).map_or(id, String::as_str)
}

/// A sentence with what varies in it; the id itself where the file lacks it, which a test excludes.
#[must_use]
pub fn varied<'a>(
    id: &str,
    arguments: impl IntoIterator<Item = (&'a str, FluentValue<'a>)>,
) -> String {
    let arguments = FluentArgs::from_iter(arguments);
    let text = SENTENCES.format(id, Some(&arguments));
    text.unwrap_or_else(|| id.to_owned())
}

/// A sentence with what varies in it, and the help that stands under it.
pub(super) fn with_help(
    id: &str,
    arguments: &[(&str, FluentValue<'_>)],
) -> (String, Option<String>) {
    let arguments: FluentArgs<'_> = arguments.iter().cloned().collect();
    let message = SENTENCES.bundle.get_message(id);
    let help = message.and_then(|one| one.get_attribute("help"));
    let help = help.and_then(|help| SENTENCES.pattern(help.value(), Some(&arguments)));
    let text = SENTENCES.format(id, Some(&arguments));
    (text.unwrap_or_else(|| id.to_owned()), help)
}

/// A value that can be part of a sentence. Numbers choose plural forms where the file has them.
pub trait Argument {
    /// Returns the value as sentences take it.
    fn argument(&self) -> FluentValue<'_>;
}

macro_rules! argument {
    ($($kind:ty: $value:ident => $argument:expr;)*) => {$(
        impl Argument for $kind {
            fn argument(&self) -> FluentValue<'_> {
                let $value = self;
                $argument
            }
        }
    )*};
}

argument! {
    str: text => text.into();
    String: text => text.as_str().into();
    Cow<'_, str>: text => text.as_ref().into();
    char: one => one.to_string().into();
    std::path::Display<'_>: path => path.to_string().into();
    semver::Version: version => version.to_string().into();
    jiff::civil::Date: day => day.to_string().into();
    u8: number => (*number).into();
    u16: number => (*number).into();
    u32: number => (*number).into();
    i32: number => (*number).into();
    i128: number => number.to_string().into();
    u64: number => (*number).into();
    usize: number => (*number).into();
    i64: number => (*number).into();
    f64: number => (*number).into();
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
        let text = include_str!("../../messages/en.ftl").to_owned();
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
            let text = sentences.format(&id, None)?;
            Some((id, text))
        });
        sentences.fixed = fixed.collect();
        sentences
    }

    /// A sentence by its id; `None` where the file lacks it, or lacks or has more of what varies.
    fn format(&self, id: &str, arguments: Option<&FluentArgs<'_>>) -> Option<String> {
        self.pattern(self.bundle.get_message(id)?.value()?, arguments)
    }

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
