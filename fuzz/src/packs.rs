//! Packs: linked with every problem in words, and what links can be scored.

use super::ours::texts;
use super::problems::linked;
use super::readings::{sound, stored};
use super::{BETWEEN, text};
use centricity::answers::Answers;
use centricity::assess::evaluate;
use centricity::rules::pack::Library;
use centricity::text::diagnostic::{Diagnostics, Sources};

/// The paths of the files of a pack, in the order of an input.
const PATHS: [&str; 4] = ["pack.yaml", "a.yaml", "b.yaml", "cases/a.yaml"];

/// Links a pack of up to four files, and scores the lowest and the highest answers.
pub fn run(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let texts = texts(PATHS.into_iter().zip(text.split(BETWEEN)));
    let loaded = Library::default().load_texts(texts, &mut sources, &mut problems);
    let loaded = loaded.expect("packs in the binary");
    let Some(rulebook) = linked(loaded, &sources, problems) else {
        return;
    };
    let blank = Answers::blank(&rulebook);
    for answers in [&blank, &Answers::best(&rulebook)] {
        sound(&rulebook, &evaluate(&rulebook, answers));
    }
    stored(&rulebook, &blank);
}
