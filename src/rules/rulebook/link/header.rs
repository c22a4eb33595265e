//! Headers: who a pack is, and which packs it builds on.

use super::{Linker, Pack};
use crate::rules::pack::file::PackFile;
use crate::rules::pack::{Loaded, builtin};
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, nearest, suggestion};
use crate::text::yaml::Located;
use semver::{Version, VersionReq};
use std::collections::HashSet;

impl Linker<'_> {
    pub(super) fn headers(&mut self) {
        for one in self.loaded {
            let pack = self.header(one);
            if self.packs.iter().any(|other| other.id == pack.id) {
                let message = format!("the pack `{}` is asked for twice", pack.id);
                self.refuse(Code::DuplicateId, one.place, message, "name it once");
            }
            self.packs.push(pack);
        }
        for (pack, one) in self.loaded.iter().enumerate() {
            self.uses(pack, &one.file);
        }
        self.use_circles();
    }

    fn header(&mut self, one: &Loaded) -> Pack {
        let file = &one.file;
        self.format(one);
        let id = self.needed(file.id.as_ref(), "id", one.place);
        let version = self.needed(file.version.as_ref(), "version", one.place);
        let title = self.needed(file.title.as_ref(), "title", one.place);
        check_id(&id.value, id.place, self.problems);
        let version = version.value.parse::<Version>().unwrap_or_else(|_| {
            if !version.value.is_empty() {
                let message = format!("`{}` is not a version", version.value);
                self.refuse(
                    Code::InvalidVersion,
                    version.place,
                    message,
                    "write three numbers, as in `1.0.0`",
                );
            }
            Version::new(0, 0, 0)
        });
        Pack {
            changed: builtin::is_changed(&id.value, &version, &one.digest),
            id: id.value,
            version,
            digest: one.digest.clone(),
            language: file
                .language
                .as_ref()
                .map_or_else(|| "en".to_owned(), |one| one.value.clone()),
            title: title.value,
            about: file.about.as_ref().map(|one| one.value.clone()),
            credit: file.credit.as_ref().map(|one| one.value.clone()),
            headline: None,
            overall: false,
            fit: None,
            exhibits: Vec::new(),
            context: Vec::new(),
            glossary: file
                .glossary
                .iter()
                .map(|(term, text)| (term.value.clone(), text.clone()))
                .collect(),
            without: Vec::new(),
        }
    }

    fn format(&mut self, one: &Loaded) {
        match &one.file.format {
            None => self.refuse(
                Code::MissingKey,
                one.place,
                "missing key `format`",
                "begin with `format: 1`",
            ),
            Some(format) if format.value != 1 => {
                let message = format!("format `{}` is not known", format.value);
                self.refuse(
                    Code::UnknownFormat,
                    format.place,
                    message,
                    "write `format: 1`",
                );
            }
            Some(_) => {}
        }
    }

    fn needed(
        &mut self,
        value: Option<&Located<String>>,
        key: &str,
        place: Place,
    ) -> Located<String> {
        if let Some(value) = value.filter(|value| !value.value.trim().is_empty()) {
            return value.clone();
        }
        let help = "every pack has `format`, `id`, `version` and `title` in its pack.yaml";
        self.refuse(
            Code::MissingKey,
            place,
            format!("missing key `{key}`"),
            help,
        );
        Located {
            value: String::new(),
            place,
        }
    }

    /// Packs that use one another in a circle could not be told apart from one pack.
    fn use_circles(&mut self) {
        for one in self.loaded {
            let (mut path, mut seen) = (Vec::new(), HashSet::new());
            if circle(self.loaded, one.id(), one.id(), &mut path, &mut seen) {
                let place = one.file.uses.iter().next().map(|(used, _)| used.place);
                let names: Vec<_> = path.iter().map(|id| format!("`{id}`")).collect();
                let message = format!(
                    "packs use one another in a circle: {} uses `{}`",
                    names.join(" uses "),
                    one.id()
                );
                let help = "take one of them out of the circle";
                self.refuse(Code::Cycle, place.unwrap_or(one.place), message, help);
                return;
            }
        }
    }

    fn uses(&mut self, pack: usize, file: &PackFile) {
        for (id, wanted) in &file.uses {
            let range = wanted.version();
            let Ok(range_wanted) = range.value.parse::<VersionReq>() else {
                let message = format!("`{}` is not a version requirement", range.value);
                self.refuse(
                    Code::InvalidVersion,
                    range.place,
                    message,
                    "write `^1` or `>= 1.2, < 2`",
                );
                continue;
            };
            let found = self.packs.iter().find(|pack| pack.id == id.value);
            let Some(version) = found.map(|pack| pack.version.clone()) else {
                if wanted.is_optional() {
                    if let Some(pack) = self.packs.get_mut(pack) {
                        pack.without.push(id.value.clone());
                    }
                    continue;
                }
                let near = nearest(&id.value, self.packs.iter().map(|pack| pack.id.as_str()));
                let help = suggestion(near, "name it among the assessment's packs");
                let message = format!("the pack `{}` is used and not there", id.value);
                self.refuse(Code::UnknownPack, id.place, message, &help);
                continue;
            };
            if !range_wanted.matches(&version) {
                let message = format!(
                    "`{}` is there in version {version}, not `{}`",
                    id.value, range.value
                );
                self.refuse(
                    Code::VersionMismatch,
                    range.place,
                    message,
                    "change the requirement or the pack",
                );
            }
        }
    }
}

/// A way from a pack through those it uses back to itself.
fn circle<'p>(
    loaded: &'p [Loaded],
    start: &'p str,
    at: &'p str,
    path: &mut Vec<&'p str>,
    seen: &mut HashSet<&'p str>,
) -> bool {
    path.push(at);
    let file = loaded
        .iter()
        .find(|one| one.id() == at)
        .map(|one| &one.file);
    let uses = file.into_iter().flat_map(|file| &file.uses);
    for (used, _) in uses {
        let back = used.value == start;
        if back || (seen.insert(&used.value) && circle(loaded, start, &used.value, path, seen)) {
            return true;
        }
    }
    path.pop();
    false
}

/// Ids are lower-case words joined by `-` or `_`, beginning with a letter.
pub(super) fn check_id(id: &str, place: Place, problems: &mut Diagnostics) {
    const RESERVED: [&str; 6] = ["all", "any", "not", "at_least", "unknown", "true"];
    let mut letters = id.chars();
    let first = letters
        .next()
        .is_some_and(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit());
    let rest = letters.all(|letter| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || "-_".contains(letter)
    });
    if id.is_empty() || (first && rest && !RESERVED.contains(&id)) {
        return;
    }
    let problem = Diagnostic::error(Code::InvalidId, format!("`{id}` cannot be an id"));
    problems.push(
        problem
            .at(place)
            .help("use lower-case words joined by `-` or `_`"),
    );
}

/// An id as words, for want of a label.
pub(super) fn words(id: &str) -> String {
    let text = id.replace(['-', '_'], " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
