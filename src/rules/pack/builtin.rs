//! The packs that travel inside: the files of `rules/`, read by the same road as anybody's.

use super::load::{Loaded, PackText, Texts};
use crate::text::diagnostic::{Diagnostics, Sources};
use include_dir::{Dir, File, include_dir};
use semver::Version;

static RULES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The packs a first assessment asks: who the firm is, the form of the organisation, the customers it keeps, and
/// the strategy that carries it. The others look closer at one subject each.
pub const CORE: [&str; 4] = ["profile", "organisation", "retention", "principles"];

/// The names of the built-in packs, in alphabetical order.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let names = RULES.dirs();
    let mut names: Vec<_> = names
        .filter_map(|dir| dir.path().file_name()?.to_str())
        .collect();
    names.sort_unstable();
    names
}

/// The files of a built-in pack.
#[must_use]
pub fn find(name: &str) -> Option<Texts> {
    let dir = RULES.get_dir(name)?;
    let mut files = Vec::new();
    gather(dir, &mut files);
    let texts = files.into_iter().filter_map(|file| {
        let path = file.path().strip_prefix(name).ok()?;
        let path = path.to_str()?.replace('\\', "/");
        Some(PackText {
            name: format!("{name}/{path}"),
            path,
            bytes: file.contents().to_vec(),
        })
    });
    Some(Texts::new(texts.collect()))
}

/// True where a pack has the name and the version of a built-in one and other rules than that.
#[must_use]
pub fn is_changed(name: &str, version: &Version, digest: &str) -> bool {
    let Some(texts) = find(name).filter(|texts| texts.digest() != digest) else {
        return false;
    };
    let own = Loaded::load(texts, &mut Sources::new(), &mut Diagnostics::new());
    let own = own.and_then(|own| own.file.version?.value.parse().ok());
    own.is_some_and(|own: Version| own == *version)
}

fn gather<'a>(dir: &'a Dir<'a>, files: &mut Vec<&'a File<'a>>) {
    let is_yaml = |file: &&File<'_>| file.path().extension().is_some_and(|end| end == "yaml");
    files.extend(dir.files().filter(is_yaml));
    for inner in dir.dirs() {
        gather(inner, files);
    }
}
