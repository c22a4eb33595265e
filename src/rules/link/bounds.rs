//! Bounds of what one pack holds, far above what people write: what reads all of it with all of it
//! would take long.

use super::Linker;
use crate::problem;
use crate::rules::pack::file::PackFile;

/// The most entries of each kind.
const MOST: usize = 2_000;

impl Linker<'_> {
    /// Refuses packs that hold too much; true where none does.
    pub(super) fn are_bounded(&mut self) -> bool {
        for one in self.loaded {
            let large = counts(&one.file).into_iter();
            for (kind, count) in large.filter(|(_, count)| *count > MOST) {
                let most = MOST;
                let problem = problem!(TooManyNodes, "the-pack-holds-too-many", count, kind, most);
                self.refuse(one.place, problem);
            }
        }
        !self.problems.has_errors()
    }
}

fn counts(file: &PackFile) -> [(&'static str, usize); 3] {
    let questions = file.sections.iter().map(|(_, one)| one.questions.len());
    let maps = [
        file.sections.len(),
        file.scores.len(),
        file.decisions.len(),
        file.metrics.len(),
        file.ladders.len(),
        file.gates.len(),
    ];
    [
        ("questions", questions.sum()),
        ("findings", file.findings.len()),
        (
            "sections, scores, decisions, metrics, ladders and gates",
            maps.iter().sum(),
        ),
    ]
}
