//! Names of the files of reports.

use centricity::assess::Assessment;
use std::collections::HashMap;
use std::path::Path;

/// A name longer than this is cut.
const LONGEST_NAME: usize = 80;

/// A file name from the client's name and unit; where they hold no Latin letter, from the path.
pub(super) fn name(path: &Path, result: &Assessment) -> String {
    let client = &result.client;
    let unit = client.unit.as_deref().unwrap_or_default();
    let stem = path.file_stem().and_then(|stem| stem.to_str());
    let names = [
        format!("{} {unit}", client.name),
        stem.unwrap_or_default().to_owned(),
    ];
    let mut slugs = names.iter().map(|name| slug(name));
    let found = slugs.find(|slug| !slug.is_empty());
    found.unwrap_or_else(|| "report".to_owned())
}

/// The clients by the names of their reports. A name comes from the client's path, so the same folder
/// gives the same names.
#[derive(Default)]
pub(in crate::command) struct ReportNames(HashMap<String, String>);

impl ReportNames {
    /// Gives a client a name that no other has.
    pub(in crate::command) fn add(&mut self, path: &str) -> Option<String> {
        let mut stem = slug(path);
        if stem.is_empty() {
            "client".clone_into(&mut stem);
        }
        let numbered = (2_u64..).map(|number| format!("{stem}-{number}"));
        let mut names = std::iter::once(stem.clone()).chain(numbered);
        let name = names.find(|name| !self.0.contains_key(name))?;
        self.0.insert(name.clone(), path.to_owned());
        Some(name)
    }

    /// The name a client was given.
    pub(in crate::command) fn of(&self, path: &str) -> Option<&str> {
        let mut given = self.0.iter().filter(|(_, one)| *one == path);
        given.next().map(|(name, _)| name.as_str())
    }
}

/// A text as a file name: lower-case letters and digits, everything else one hyphen. The names that
/// Windows keeps for devices, such as `con` and `com1`, get an end.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= LONGEST_NAME {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    let port = slug.trim_end_matches(|one: char| one.is_ascii_digit());
    let is_port = matches!(port, "com" | "lpt") && slug.len() == port.len() + 1;
    if is_port || matches!(slug, "con" | "prn" | "aux" | "nul") {
        return format!("{slug}-report");
    }
    slug.to_owned()
}
