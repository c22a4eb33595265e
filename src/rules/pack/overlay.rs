//! Overlays: changes to a pack that are kept apart from it, each with its reason.
//!
//! An overlay is read like a pack, and its changes are made in the tree of the pack's files before
//! that becomes a [`PackFile`](super::file::PackFile). Nothing below knows more of it than its name.

mod apply;
mod places;
mod upstream;

pub(super) use places::blame_path;
pub use places::overlaps;
pub use upstream::{Upstream, UpstreamChange, upstream};

use super::{Loaded, PackText, Texts, add_sources, merged};
use crate::problem;
use crate::rules::rulebook::Pack;
use crate::text::diagnostic::{Diagnostic, Diagnostics, Place, Sources};
use crate::text::yaml::{Branch, Entries, Located, Merged, Node};
use semver::{Version, VersionReq};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An overlay of more changes than this is refused.
const MOST_CHANGES: usize = 2_000;

/// The keys of an overlay that any of its files may have.
const JOINED: [&str; 4] = ["set", "add", "remove", "expect"];

/// The keys of an overlay that stand in its `pack.yaml`.
const HEADER: [&str; 5] = ["format", "id", "title", "version", "extends"];

/// An overlay: changes to a pack, by path. A path is the keys from the top of the pack, joined by
/// dots; elements of lists are named by their `id` or `value`, plain ones by themselves.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "centricity overlay"))]
pub struct OverlayFile {
    /// The format's version: 1.
    pub format: Located<u32>,
    /// Its own name, kebab-case; not the id of its base.
    pub id: Located<String>,
    /// Its name for readers; the id where it is not given.
    pub title: Option<Located<String>>,
    /// Semantic version.
    pub version: Option<Located<String>>,
    /// The pack it changes.
    pub extends: ExtendsFile,
    /// Values that replace others, or stand under a key that was not written.
    #[serde(default)]
    pub set: Entries<SetChangeFile>,
    /// Entries and elements that are new.
    #[serde(default)]
    pub add: Entries<AddChangeFile>,
    /// Entries and elements that go.
    #[serde(default)]
    pub remove: Entries<RemoveChangeFile>,
    /// Results of the base's cases that come out otherwise: by name of the case and by what differs,
    /// the new value. `pack test --accept` writes them.
    #[serde(default)]
    pub expect: Entries<Entries<String>>,
}

crate::text::yaml::document!(OverlayFile);

/// The pack that an overlay changes.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct ExtendsFile {
    /// Its id; that of another overlay to change what comes of it.
    pub pack: Located<String>,
    /// The versions accepted, as in `^1`.
    pub version: Located<String>,
}

/// A value that replaces another.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SetChangeFile {
    /// The new value.
    pub to: Branch,
    /// Reason for the change.
    pub reason: Located<String>,
}

/// Something new.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct AddChangeFile {
    /// The value.
    pub value: Branch,
    /// The entry or element it stands before; at the end where it is not given.
    pub before: Option<Located<String>>,
    /// Reason for the change.
    pub reason: Located<String>,
}

/// Something that goes.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct RemoveChangeFile {
    /// Reason for the change.
    pub reason: Located<String>,
}

/// Kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// A value has become another.
    Set,
    /// Something is new.
    Add,
    /// Something is gone.
    Remove,
}

/// One change that an overlay made.
#[derive(Debug, Clone)]
pub struct Change {
    /// Path to it.
    pub path: String,
    /// Its kind.
    pub kind: ChangeKind,
    /// Its reason.
    pub reason: String,
    /// The value before, on one line; none where there was none.
    pub before: Option<String>,
    /// The value after, on one line; none where it is gone.
    pub after: Option<String>,
    /// The place of its path.
    pub place: Place,
    /// The ids that were given in the value before.
    pub(crate) gone: BTreeSet<String>,
}

/// An overlay that was laid over a pack.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// Its id.
    pub id: String,
    /// Its name for readers.
    pub title: String,
    /// Its version, where it has one.
    pub version: Option<String>,
    /// SHA-256 over paths and texts of its files, in hexadecimal.
    pub digest: String,
    /// Its changes in the order in which they were made.
    pub changes: Vec<Change>,
    /// Results of cases that come out otherwise under it, by case and by what differs.
    pub expect: Entries<Entries<String>>,
    /// Its own cases, not yet read.
    pub cases: Vec<PackText>,
}

/// An overlay that was read, and not yet laid over its base.
pub(super) struct Layer {
    pub(super) file: OverlayFile,
    /// Its own tree, which holds the new values.
    tree: Merged<'static>,
    digest: String,
    cases: Vec<PackText>,
}

impl Layer {
    /// Reads an overlay; what is wrong with it alone goes to `problems`.
    pub(super) fn read(
        texts: Texts,
        sources: &mut Sources,
        problems: &mut Diagnostics,
    ) -> Option<Self> {
        let digest = rules_digest(&texts);
        let parts = add_sources(texts.rules, sources, problems);
        let tree = merged::<OverlayFile>(&parts, (&JOINED, &HEADER), sources, problems)?;
        let file: OverlayFile = tree.read(problems)?;
        problems.extend(faults(&file));
        problems.extend(places::clashes(&file));
        let count = file.set.len() + file.add.len() + file.remove.len();
        if count > MOST_CHANGES {
            let problem = problem!(
                InvalidOverlay,
                "too-many-changes",
                count,
                most = MOST_CHANGES
            );
            problems.push(problem.at(file.id.place));
            return None;
        }
        Some(Self {
            file,
            tree: tree.owned(),
            digest,
            cases: texts.cases,
        })
    }

    /// Its id.
    pub(super) fn id(&self) -> &str {
        &self.file.id.value
    }

    /// The pack that it changes.
    pub(super) fn base(&self) -> &Located<String> {
        &self.file.extends.pack
    }

    /// The problem that what it changes has a version that it does not accept.
    fn mismatch(&self, found: Option<&str>) -> Option<Diagnostic> {
        let Located { value, place } = &self.file.extends.version;
        let (wanted, found) = (value.parse::<VersionReq>().ok()?, found?);
        let version = found.parse::<Version>().ok()?;
        let (name, range_text) = (&self.base().value, value);
        let problem = problem!(VersionMismatch, "other-version", name, version, range_text);
        (!wanted.matches(&version)).then(|| problem.at(*place))
    }

    /// The overlay as it was laid over the pack, with its changes.
    fn laid(self, changes: Vec<Change>) -> Overlay {
        let OverlayFile {
            id,
            title,
            version,
            expect,
            ..
        } = self.file;
        Overlay {
            title: title.map_or_else(|| id.value.clone(), |title| title.value),
            id: id.value,
            version: version.map(|version| version.value),
            digest: self.digest,
            changes,
            expect,
            cases: self.cases,
        }
    }
}

/// SHA-256 over the paths and texts of an overlay's files, without what its cases are expected to give:
/// that is no rule, and listing it makes no other overlay.
fn rules_digest(texts: &Texts) -> String {
    let mut rules = texts.clone();
    for file in &mut rules.rules {
        let text = std::str::from_utf8(&file.bytes).unwrap_or_default();
        let outline = Node::outline(text).filter(|_| text.contains("expect"));
        let entry = outline.as_ref().and_then(|outline| outline.entry("expect"));
        if let Some(entry) = entry {
            file.bytes.drain(entry.key.range.start..entry.end());
        }
        file.bytes.truncate(file.bytes.trim_ascii_end().len());
    }
    rules.digest()
}

/// Lays an overlay over one version of its base; every problem goes to `problems`. `None` where the
/// base cannot be read, or the overlay changes another pack.
pub fn lay_over(
    overlay: Texts,
    base: Texts,
    sources: &mut Sources,
    problems: &mut Diagnostics,
) -> Option<Loaded> {
    let layer = Layer::read(overlay, sources, problems)?;
    if base.id().as_ref() != Some(&layer.base().value) {
        return None;
    }
    Loaded::layered(base, vec![layer], sources, problems)
}

/// The problems of an overlay that show without its base.
fn faults(file: &OverlayFile) -> Vec<Diagnostic> {
    let (mut found, base) = (Vec::new(), &file.extends.pack);
    if file.format.value != 1 {
        let problem = problem!(
            UnknownFormat,
            "format-is-not-known",
            format = file.format.value
        );
        found.push(problem.at(file.format.place));
    }
    for id in [&file.id, base] {
        if !is_id(&id.value) {
            found.push(problem!(InvalidId, "cannot-be-an-id", id = id.value).at(id.place));
        }
    }
    if let Some(Located { value, place }) = &file.version
        && value.parse::<Version>().is_err()
    {
        found.push(problem!(InvalidVersion, "is-not-a-version", version = value).at(*place));
    }
    let Located { value, place } = &file.extends.version;
    if value.parse::<VersionReq>().is_err() {
        found.push(problem!(InvalidVersion, "no-requirement", range = value).at(*place));
    }
    let reasons = file.set.iter().map(|(_, one)| &one.reason);
    let reasons = reasons.chain(file.add.iter().map(|(_, one)| &one.reason));
    let reasons = reasons.chain(file.remove.iter().map(|(_, one)| &one.reason));
    let empty = reasons.filter(|reason| reason.value.trim().is_empty());
    found.extend(
        empty.map(|reason| problem!(MissingReason, "change-without-reason").at(reason.place)),
    );
    found
}

/// True for lower-case words joined by `-` or `_`.
#[must_use]
pub fn is_id(id: &str) -> bool {
    let word = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
    id.starts_with(word)
        && id
            .chars()
            .all(|letter| word(letter) || "-_".contains(letter))
}

impl Pack {
    /// Its id and version, and the overlays laid over it: "organisation 1.0.0 with house".
    #[must_use]
    pub fn label(&self) -> String {
        let names: Vec<_> = self.overlays.iter().map(|one| one.id.as_str()).collect();
        let with = if names.is_empty() { "" } else { " with " };
        format!("{} {}{with}{}", self.id, self.version, names.join(", "))
    }
}
