//! Templates: the ones that travel inside, and a user's, which come first by the same name.

mod bounds;
mod folder;

use super::filters::{self, escaped};
use crate::message;
use crate::text::diagnostic::{nearest, quoted};
use crate::text::{Error, Result};
use include_dir::{Dir, include_dir};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior};
use std::borrow::Cow;
use std::error::Error as _;
use std::panic::resume_unwind;
use std::path::Path;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Steps a report may take by templates of a user's; ours are known to end. One over three packs
/// takes about 40,000.
const FUEL: u64 = 5_000_000;
/// Bytes of stack for templates of a user's: with all its steps one can put lists into one another so
/// often that letting go of them takes a third of this. Only what is used of it takes memory.
const STACK: usize = 1 << 30;
/// Templates that include or call one another deeper than this do not end.
const DEEPEST: usize = 100;
/// Bytes of a report over two packs, a little more.
const USUAL_LENGTH: usize = 256 * 1024;
/// Escapes what a template for Markdown prints, as HTML is escaped elsewhere.
const MARKDOWN: AutoEscape = AutoEscape::Custom(Cow::Borrowed("md"));
/// The same for parts of a Word document.
const XML: AutoEscape = AutoEscape::Custom(Cow::Borrowed("xml"));

/// A template in the binary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuiltinTemplate {
    /// Its name: a path with `/`.
    pub name: String,
    /// Its text.
    pub text: &'static str,
}

impl BuiltinTemplate {
    /// All of them, by name.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        gather(&TEMPLATES, &mut all);
        all.sort_by(|one, other| one.name.cmp(&other.name));
        all
    }

    /// Description: the comment it begins with.
    #[must_use]
    pub fn about(&self) -> &'static str {
        let comment = self
            .text
            .strip_prefix("{#")
            .and_then(|text| text.split_once("#}"));
        comment.map_or("", |(comment, _)| comment.trim())
    }
}

fn gather(dir: &'static Dir<'static>, all: &mut Vec<BuiltinTemplate>) {
    for file in dir.files().filter(|file| is_template(file.path())) {
        all.push(BuiltinTemplate {
            name: file.path().to_string_lossy().replace('\\', "/"),
            text: file.contents_utf8().unwrap_or_default(),
        });
    }
    for inner in dir.dirs() {
        gather(inner, all);
    }
}

/// Templates, compiled once and rendered as often as wanted.
#[derive(Debug, Clone)]
pub struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    /// The templates in the binary.
    ///
    /// # Errors
    /// Never for a binary whose tests pass.
    pub fn builtin() -> Result<Self> {
        let mut templates = Self {
            environment: environment(),
        };
        for one in BuiltinTemplate::all() {
            templates.add(one.name, one.text.to_owned())?;
        }
        Ok(templates)
    }

    fn add(&mut self, name: String, text: String) -> Result<()> {
        let added = self.environment.add_template_owned(name, text);
        added.map_err(|error| self.explained(&error, &Value::UNDEFINED))
    }

    /// The same templates with the entries of a context as names that every template knows, those
    /// that only hold macros too.
    pub(super) fn over(&self, context: &Value) -> Result<Self> {
        let mut templates = self.clone();
        let names = context.try_iter();
        for name in names.map_err(|error| self.explained(&error, context))? {
            let entry = context.get_item(&name);
            let entry = entry.map_err(|error| self.explained(&error, context))?;
            let name = name.as_str().unwrap_or_default().to_owned();
            templates.environment.add_global(name, entry);
        }
        Ok(templates)
    }

    /// True if some are the user's own, which may give anything.
    pub(super) fn are_of_the_user(&self) -> bool {
        self.environment.fuel().is_some()
    }

    /// True if there is a template of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.environment.get_template(name).is_ok()
    }

    pub(crate) fn render(&self, name: &str, context: &Value) -> Result<String> {
        if !self.are_of_the_user() {
            return self.render_here(name, context);
        }
        std::thread::scope(|scope| {
            let own = std::thread::Builder::new().stack_size(STACK);
            let render = own.spawn_scoped(scope, || self.render_here(name, context));
            let ended = render.map_err(|error| {
                let error = error.to_string();
                Error::template(message!("no-room-for-the-template", name, error))
            })?;
            ended.join().unwrap_or_else(|panic| resume_unwind(panic))
        })
    }

    fn render_here(&self, name: &str, context: &Value) -> Result<String> {
        // Room for most reports, so that a long text is not moved again and again as it grows.
        let mut text = Vec::with_capacity(USUAL_LENGTH);
        let rendered = self
            .environment
            .get_template(name)
            .and_then(|template| template.render_captured_to(context.clone(), &mut text));
        rendered.map_err(|error| self.explained(&error, context))?;
        String::from_utf8(text).map_err(|error| Error::template(format!("`{name}`: {error}")))
    }
}

fn is_template(path: &Path) -> bool {
    let readme = path.file_name().is_some_and(|name| name == "README.md");
    let known = path
        .extension()
        .and_then(|end| end.to_str())
        .is_some_and(|end| matches!(end, "html" | "md" | "css" | "js" | "svg" | "xml"));
    known && !readme
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    if let Ok(syntax) = syntax {
        environment.set_syntax(syntax);
    }
    // Errors then say which name is not there.
    environment.set_debug(true);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| match name.rsplit_once('.') {
        Some((_, "html" | "svg")) => AutoEscape::Html,
        Some((_, "md")) => MARKDOWN,
        Some((_, "xml")) => XML,
        _ => AutoEscape::None,
    });
    environment.set_formatter(print);
    environment.set_recursion_limit(DEEPEST);
    filters::add(&mut environment);
    environment
}

/// Writes a value escaped for the format at hand.
fn print(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> std::result::Result<(), minijinja::Error> {
    Ok(out.write_str(&escaped(value, state.auto_escape())?)?)
}

/// The most names that a sentence lists.
const MOST_NAMES: usize = 20;
/// The most letters that a sentence repeats of what a template says.
const MOST_LETTERS: usize = 200;

impl Templates {
    /// One sentence about an error in a template that was given `view`: the innermost template, its
    /// line and the reason.
    fn explained(&self, error: &minijinja::Error, view: &Value) -> Error {
        let sources = std::iter::successors(Some(error), |&one| one.source()?.downcast_ref());
        let innermost = sources.last().unwrap_or(error);
        let place = [innermost, error].into_iter().find_map(|one| {
            let name = bounded(one.name()?);
            Some(match one.line() {
                Some(line) => message!("template-in-line", name, line),
                None => message!("template", name),
            })
        });
        let place = place.unwrap_or_else(|| message!("a-template").to_owned());
        let why = match (innermost.kind(), innermost.detail()) {
            (ErrorKind::OutOfFuel, _) => message!("takes-more-steps-does-it-loop", most = FUEL),
            (kind, Some(detail)) => match self.missing(detail, view) {
                Some(missing) => missing,
                None => format!("{kind}: {}", bounded(detail)),
            },
            (kind, None) => kind.to_string(),
        };
        Error::template(format!("{place}: {why}"))
    }

    /// The sentence about a name that is not there, as ``` `a.b` is undefined ```.
    fn missing(&self, detail: &str, view: &Value) -> Option<String> {
        let (before, _) = detail.split_once("` is undefined")?;
        let (_, path) = before.rsplit_once('`')?;
        let end = path.rfind(['.', '[']).unwrap_or(0);
        let (parent, name) = path.split_at_checked(end)?;
        let name = name.trim_matches(['.', '[', ']', '"']);
        let there = if parent.is_empty() {
            let globals = self.environment.globals().map(|(name, _)| name.to_owned());
            globals.chain(keys(view)).collect()
        } else {
            let value = self.environment.compile_expression_owned(parent.to_owned());
            let value = value.and_then(|parent| parent.eval(view.clone()));
            value.map_or_else(|_| Vec::new(), |value| keys(&value).collect())
        };
        let mut there: Vec<String> = there.iter().map(|one| bounded(one)).collect();
        there.sort_unstable();
        there.dedup();
        let near = nearest(name, there.iter().map(String::as_str));
        let near = near.map_or_else(String::new, |near| message!("or-did-you-mean", near));
        let more = there.len().saturating_sub(MOST_NAMES);
        let names = quoted(there.iter().take(MOST_NAMES).map(String::as_str));
        let said = message!("a-name-is-not-there", path = bounded(path), near);
        Some(match (there.len(), parent, more) {
            (0, ..) => said,
            (_, "", _) => message!("there-are-names", said, names, more),
            _ => message!("it-has-names", said, parent = bounded(parent), names, more),
        })
    }
}

/// The names of the entries of a map.
fn keys(value: &Value) -> impl Iterator<Item = String> {
    let is_map = value.kind() == ValueKind::Map;
    let keys = is_map.then(|| value.try_iter().ok()).flatten();
    keys.into_iter().flatten().map(|key| key.to_string())
}

/// A text of a template on one line, cut where it is long.
fn bounded(text: &str) -> String {
    let letters = text.chars().take(MOST_LETTERS);
    letters
        .map(|one| if one.is_control() { ' ' } else { one })
        .collect()
}
