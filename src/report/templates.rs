//! Templates: the ones that travel inside, and a user's, which come first by the same name.

use super::filters::{escaped, lists, words};
use super::markdown::Markup;
use crate::text::{Error, Result};
use include_dir::{Dir, include_dir};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior};
use std::borrow::Cow;
use std::path::Path;
use walkdir::WalkDir;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Steps a report may take by templates of a user's; ours are known to end. One over three packs
/// takes about 40,000.
const FUEL: u64 = 5_000_000;
/// Templates that include or call one another deeper than this do not end.
const DEEPEST: usize = 60;
/// Bytes of a report over two packs, a little more.
const USUAL_LENGTH: usize = 256 * 1024;
/// Escapes what a template for Markdown prints, as HTML is escaped elsewhere.
const MARKDOWN: AutoEscape = AutoEscape::Custom(Cow::Borrowed("md"));
/// A folder of templates with more files is none.
const MOST_FILES: usize = 200;

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
        templates.gather(&TEMPLATES)?;
        Ok(templates)
    }

    /// The templates in the binary, with those of a folder in place of the ones they share a name
    /// with (`report.html`, `parts/cover.html`, `style.css` ...) and beside the others.
    ///
    /// Templates reach nothing outside the two: links in the folder are not followed.
    ///
    /// # Errors
    /// When the folder cannot be read, holds too many files, or a template is not well-formed.
    pub fn with_folder(path: &Path) -> Result<Self> {
        let mut templates = Self::builtin()?;
        templates.environment.set_fuel(Some(FUEL));
        let mut count = 0;
        for entry in WalkDir::new(path).sort_by_file_name() {
            let entry = entry.map_err(|error| Error::read(path, error.into()))?;
            if !entry.file_type().is_file() || !is_template(entry.path()) {
                continue;
            }
            count += 1;
            if count > MOST_FILES {
                return Err(Error::template(format!(
                    "`{}` holds more than {MOST_FILES} templates",
                    path.display()
                )));
            }
            let text = String::from_utf8(crate::text::read_bounded(entry.path())?);
            let text = text.map_err(|_| {
                Error::template(format!("`{}` is not UTF-8 text", entry.path().display()))
            })?;
            let inner = entry.path().strip_prefix(path).unwrap_or(entry.path());
            let parts: Vec<_> = inner.iter().map(|part| part.to_string_lossy()).collect();
            templates.add(parts.join("/"), text)?;
        }
        Ok(templates)
    }

    fn gather(&mut self, dir: &'static Dir<'static>) -> Result<()> {
        for file in dir.files().filter(|file| is_template(file.path())) {
            let name = file.path().to_string_lossy().replace('\\', "/");
            self.add(name, file.contents_utf8().unwrap_or_default().to_owned())?;
        }
        dir.dirs().try_for_each(|inner| self.gather(inner))
    }

    fn add(&mut self, name: String, text: String) -> Result<()> {
        self.environment
            .add_template_owned(name, text)
            .map_err(|error| explained(&error))
    }

    /// The same templates with the entries of a context as names that every template knows, those
    /// that only hold macros too.
    pub(super) fn over(&self, context: &Value) -> Result<Self> {
        let mut templates = self.clone();
        let names = context.try_iter().map_err(|error| explained(&error))?;
        for name in names {
            let entry = context.get_item(&name).map_err(|error| explained(&error))?;
            let name = name.as_str().unwrap_or_default().to_owned();
            templates.environment.add_global(name, entry);
        }
        Ok(templates)
    }

    pub(crate) fn render(&self, name: &str, view: Value) -> Result<String> {
        // Room for most reports, so that a long text is not moved again and again as it grows.
        let mut text = Vec::with_capacity(USUAL_LENGTH);
        let rendered = self
            .environment
            .get_template(name)
            .and_then(|template| template.render_captured_to(view, &mut text));
        rendered.map_err(|error| explained(&error))?;
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
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|name| match name.rsplit_once('.') {
        Some((_, "html" | "svg" | "xml")) => AutoEscape::Html,
        Some((_, "md")) => MARKDOWN,
        _ => AutoEscape::None,
    });
    environment.set_formatter(print);
    environment.set_recursion_limit(DEEPEST);
    lists::add(&mut environment);
    words::add(&mut environment);
    environment.add_filter("markdown", |text: Option<&str>| {
        Value::from_safe_string(Markup::new(text.unwrap_or_default()).html)
    });
    environment
}

/// Writes a value escaped for the format at hand.
fn print(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> std::result::Result<(), minijinja::Error> {
    Ok(out.write_str(&escaped(value, state.auto_escape()))?)
}

/// One sentence about the error: the innermost template, its line and the reason.
fn explained(error: &minijinja::Error) -> Error {
    let mut innermost = error;
    while let Some(source) =
        std::error::Error::source(innermost).and_then(|it| it.downcast_ref::<minijinja::Error>())
    {
        innermost = source;
    }
    let place = |error: &minijinja::Error| {
        error.name().map(|name| {
            format!(
                "template `{name}`{}",
                error
                    .line()
                    .map_or(String::new(), |line| format!(", line {line}"))
            )
        })
    };
    let place = place(innermost)
        .or_else(|| place(error))
        .unwrap_or_else(|| "a template".to_owned());
    let kind = innermost.kind();
    let what = if kind == ErrorKind::OutOfFuel {
        format!("takes more than {FUEL} steps; does it loop?")
    } else {
        let detail = innermost.detail();
        detail.map_or_else(|| kind.to_string(), |detail| format!("{kind}: {detail}"))
    };
    Error::template(format!("{place}: {what}"))
}
