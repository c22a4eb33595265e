//! Changes between two versions of a pack, at and below the paths that an overlay touches.

use crate::rules::pack::file::PackFile;
use crate::rules::pack::{HEADER, JOINED, Texts, add_sources, merged};
use crate::text::diagnostic::{Diagnostics, Sources};
use crate::text::yaml::{Branch, End, Merged, ValueShape};
use std::collections::{BTreeMap, BTreeSet};

/// The maps whose entries are shown to readers in the order they are written, as lists are.
const ORDERED: [&str; 5] = ["sections", "questions", "rows", "outcomes", "findings"];

/// A value that is another in a later version of a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UpstreamChange {
    /// Path to it.
    pub path: String,
    /// True where what is in both stands in another order; the values are the names in their order.
    pub order: bool,
    /// The earlier value, on one line; none where there was none.
    pub before: Option<String>,
    /// The later value, on one line; none where it is gone.
    pub after: Option<String>,
}

/// Versions of a pack, compared at some paths.
#[derive(Debug, Clone)]
pub struct Upstream {
    /// Version of the earlier one, as written.
    pub from: String,
    /// Version of the later one, as written.
    pub to: String,
    /// Everything that differs, by path.
    pub changes: Vec<UpstreamChange>,
}

/// Compares two versions of a pack at and below some paths; `None` where one of them cannot be read.
pub fn upstream<'p>(
    [old, new]: [Texts; 2],
    paths: impl IntoIterator<Item = &'p str>,
    sources: &mut Sources,
    problems: &mut Diagnostics,
) -> Option<Upstream> {
    let parts = [old, new].map(|one| add_sources(one.rules, sources, problems));
    let sources = &*sources;
    let keys: (&[&str], &[&str]) = (&JOINED, &HEADER);
    let [old, new] = parts.map(|parts| merged::<PackFile>(&parts, keys, sources, problems));
    let (old, new) = (old?, new?);
    if problems.has_errors() {
        return None;
    }
    let mut compared = Compared {
        old: &old,
        new: &new,
        changes: Vec::new(),
    };
    for path in paths.into_iter().collect::<BTreeSet<_>>() {
        let end = |tree: &Merged<'_>| match tree.follow(path) {
            End::There(spot) => Some(spot.value),
            End::Short(..) => None,
        };
        compared.compare(path, end(&old), end(&new));
    }
    let mut changes = compared.changes;
    changes.sort_by(|one, other| one.path.cmp(&other.path));
    changes.dedup();
    let version = |tree: &Merged<'_>| tree.header("version").unwrap_or_default().to_owned();
    Some(Upstream {
        from: version(&old),
        to: version(&new),
        changes,
    })
}

/// Entries or elements of two values by their names.
type Children<'n> = BTreeMap<&'n str, (Option<Branch>, Option<Branch>)>;

/// Two trees, and what differs in them.
struct Compared<'c, 't> {
    old: &'c Merged<'t>,
    new: &'c Merged<'t>,
    changes: Vec<UpstreamChange>,
}

impl Compared<'_, '_> {
    fn compare(&mut self, path: &str, old: Option<Branch>, new: Option<Branch>) {
        let (trees, shapes) = (
            (self.old, self.new),
            (shape(self.old, old), shape(self.new, new)),
        );
        if let (Some(before), Some(after)) = (old, new) {
            if trees.0.is_same(before, trees.1, after) {
                return;
            }
            if shapes.0 == shapes.1 && matches!(shapes.0, Some(ValueShape::Map | ValueShape::List))
            {
                let mut children = Children::new();
                for (name, child) in trees.0.children(before) {
                    children.entry(name).or_default().0.get_or_insert(child);
                }
                for (name, child) in trees.1.children(after) {
                    children.entry(name).or_default().1.get_or_insert(child);
                }
                self.order(path, [before, after], &children);
                for (name, (before, after)) in children {
                    self.compare(&format!("{path}.{name}"), before, after);
                }
                return;
            }
        }
        if old.is_some() || new.is_some() {
            self.changes.push(UpstreamChange {
                path: path.to_owned(),
                order: false,
                before: old.map(|one| trees.0.text(one)),
                after: new.map(|one| trees.1.text(one)),
            });
        }
    }
}

impl Compared<'_, '_> {
    /// Keeps that what is in both of two values stands in another order, where readers see it.
    fn order(&mut self, path: &str, [before, after]: [Branch; 2], children: &Children<'_>) {
        let own = path.rsplit('.').next().unwrap_or_default();
        if !ORDERED.contains(&own) && self.old.shape(before) == ValueShape::Map {
            return;
        }
        let is_common = |name: &&str| {
            let sides = children.get(name);
            sides.is_some_and(|(one, two)| one.is_some() && two.is_some())
        };
        let names = |tree: &Merged<'_>, value| -> Vec<String> {
            let names = tree.names(value).filter(is_common);
            names.map(str::to_owned).collect()
        };
        let (before, after) = (names(self.old, before), names(self.new, after));
        if before != after {
            self.changes.push(UpstreamChange {
                path: path.to_owned(),
                order: true,
                before: Some(before.join(", ")),
                after: Some(after.join(", ")),
            });
        }
    }
}

fn shape(tree: &Merged<'_>, value: Option<Branch>) -> Option<ValueShape> {
    value.map(|value| tree.shape(value))
}
