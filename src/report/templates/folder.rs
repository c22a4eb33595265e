//! Templates of a user's folder, in place of the built-in ones of the same name.

use super::{BuiltinTemplate, FUEL, Templates, bounds, is_template};
use crate::message;
use crate::text::diagnostic::nearest;
use crate::text::{Error, Result, read_bounded};
use std::ffi::OsStr;
use std::path::Path;
use walkdir::WalkDir;

/// A folder of templates with more files is none.
const MOST_FILES: usize = 200;
/// A folder within that of a user's templates: what lies there replaces nothing, and is there for
/// the others to include.
const OWN: &str = "own/";

impl Templates {
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
