//! Templates: the ones that travel inside, and a user's, which come first by the same name.

mod bounds;

use super::filters::{self, escaped};
use crate::message;
use crate::text::diagnostic::{nearest, quoted};
use crate::text::{Error, Result, read_bounded};
use include_dir::{Dir, include_dir};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior};
use std::borrow::Cow;
use std::error::Error as _;
use std::ffi::OsStr;
use std::path::Path;
use walkdir::WalkDir;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Steps a report may take by templates of a user's; ours are known to end. One over three packs
/// takes about 40,000.
const FUEL: u64 = 5_000_000;
/// Templates that include or call one another deeper than this do not end.
const DEEPEST: usize = 100;
/// Bytes of a report over two packs, a little more.
const USUAL_LENGTH: usize = 256 * 1024;
/// Escapes what a template for Markdown prints, as HTML is escaped elsewhere.
const MARKDOWN: AutoEscape = AutoEscape::Custom(Cow::Borrowed("md"));
/// The same for parts of a Word document.
const XML: AutoEscape = AutoEscape::Custom(Cow::Borrowed("xml"));
/// A folder of templates with more files is none.
const MOST_FILES: usize = 200;

/// A folder within that of a user's templates: what lies there replaces nothing, and is there for
/// the others to include.
const OWN: &str = "own/";

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

    /// The templates in the binary, with those of a folder in place of the ones they share a name
    /// with (`report/executive.md`, `html/report.css` ...). Templates in its folder `own` replace none
    /// and are there to be included.
    ///
    /// Templates reach nothing outside the two: links in the folder are refused. `README.md` and
    /// files whose names begin with a dot are left alone. Steps are counted; memory is not, nor the time
    /// of one step, so what comes from strangers is rendered in a process that may be ended.
    ///
    /// # Errors
    /// When the folder cannot be read, holds no file, too many, or one that replaces no template, or
    /// a template is not well-formed.
    pub fn with_folder(path: &Path) -> Result<Self> {
        if path.exists() && !path.is_dir() {
            let detail = message!("is-no-folder-of-templates", path = path.display());
            return Err(Error::template(detail));
        }
        let mut templates = Self::builtin()?;
        templates.environment.set_fuel(Some(FUEL));
        let builtin = BuiltinTemplate::all();
        let mut count = 0;
        let hidden = |name: &OsStr| name.to_string_lossy().starts_with('.');
        let entries = WalkDir::new(path).sort_by_file_name().into_iter();
        for entry in entries.filter_entry(|one| one.depth() == 0 || !hidden(one.file_name())) {
            let entry = entry.map_err(|error| Error::read(path, error.into()))?;
            let inner = entry.path().strip_prefix(path).unwrap_or(entry.path());
            let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
            let name = parts.join("/");
            let is_builtin = builtin.iter().any(|one| one.name == name);
            let is_folder = entry.file_type().is_dir() && !is_builtin;
            if is_folder || entry.file_name() == "README.md" {
                continue;
            }
            count += 1;
            let is_own = name.starts_with(OWN) && is_template(entry.path());
            let folder = path.display();
            let refusal = if count > MOST_FILES {
                message!("holds-more-templates-than", folder, most = MOST_FILES)
            } else if !entry.file_type().is_file() {
                message!("is-no-file-of-its-own", folder, name)
            } else if !is_own && !is_builtin {
                replaces_nothing(&name, &builtin)
            } else {
                let text = template_text(entry.path())?;
                if let Some((line, why)) = bounds::excess(&text) {
                    let place = message!("template-in-line", name, line);
                    return Err(Error::template(format!("{place}: {why}")));
                }
                templates.add(name, text)?;
                continue;
            };
            return Err(Error::template(refusal));
        }
        if count == 0 {
            let folder = path.display();
            return Err(Error::template(message!("holds-no-template", folder)));
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

/// The text of a template of the user's.
fn template_text(path: &Path) -> Result<String> {
    let text = String::from_utf8(read_bounded(path)?);
    text.map_err(|_| Error::template(message!("is-not-utf-8-text", file = path.display())))
}

/// The refusal of a file that has no template to replace.
fn replaces_nothing(name: &str, builtin: &[BuiltinTemplate]) -> String {
    let names = builtin.iter().map(|one| one.name.as_str());
    match nearest(name, names) {
        Some(near) => message!("replaces-no-template-near", name, near),
        None => message!("replaces-no-template", name),
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
