//! The pack that answers, tables and mappings are read for.

use centricity::rules::pack::{Loaded, PackText, Texts};
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use std::sync::LazyLock;

/// The pack `ours`, with every type of question.
pub(crate) static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(|| {
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let texts = texts([("pack.yaml", include_str!("ours.yaml"))]);
    let loaded = Loaded::load(texts, &mut sources, &mut problems);
    let rulebook = loaded.and_then(|one| Rulebook::link(&[one], &mut problems));
    rulebook.unwrap_or_else(|| panic!("{}", render(&problems, &sources, false)))
});

/// The files of a pack by their paths.
pub(crate) fn texts<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Texts {
    let files = files.into_iter().map(|(path, text)| PackText {
        name: path.to_owned(),
        path: path.to_owned(),
        bytes: text.as_bytes().to_vec(),
        linked: false,
    });
    Texts::new(files.collect())
}
