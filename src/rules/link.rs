//! Packs linked to a rulebook: every id declared, items put in order, each compiled.

mod advice;
mod called_for;
mod condition;
mod decision;
mod exhibit;
mod finding;
mod header;
mod headline;
mod ladder;
mod linker;
mod metric;
mod order;
mod parse;
mod question;
mod scope;
mod score;
mod table;

use super::pack::Loaded;
use super::rulebook::Rulebook;
use crate::text::diagnostic::Diagnostics;
use linker::{Draft, Linker};

impl Rulebook {
    /// Links packs into one rulebook.
    ///
    /// Every problem goes to `problems`; `None` where there is an error among them.
    #[must_use]
    pub fn link(packs: &[Loaded], problems: &mut Diagnostics) -> Option<Self> {
        let before = problems.errors();
        let mut linker = Linker::new(packs, problems);
        linker.headers();
        for (pack, one) in packs.iter().enumerate() {
            linker.questions(pack, &one.file);
        }
        for (pack, one) in packs.iter().enumerate() {
            linker.computed(pack, one);
        }
        if linker.problems.errors() > before {
            return None;
        }
        linker.compile();
        let rulebook = linker.finish();
        (problems.errors() == before).then_some(rulebook)
    }
}

impl<'a> Linker<'a> {
    /// Declares scores, decisions, metrics and ladders.
    fn computed(&mut self, pack: usize, one: &'a Loaded) {
        let file = &one.file;
        let sections = file.sections.iter();
        let of_sections =
            sections.filter_map(|(id, section)| Some((id, self.section_score(pack, id, section)?)));
        let scores = file.scores.iter().map(|(id, score)| (id, score.clone()));
        for (id, score) in of_sections.chain(scores).collect::<Vec<_>>() {
            let words = (score.title.clone(), score.about.clone());
            self.declare_item(pack, id, words, Draft::Score(Box::new(score)));
        }
        for (id, decision) in &file.decisions {
            let words = (decision.title.clone(), decision.about.clone());
            self.declare_item(pack, id, words, Draft::Decision(decision));
        }
        self.metrics(pack, one);
        for (id, ladder) in &file.ladders {
            let words = (ladder.title.clone(), ladder.about.clone());
            self.declare_item(pack, id, words, Draft::Ladder(ladder));
        }
    }

    fn compile(&mut self) {
        self.program.begin(self.items.len());
        let Some((order, edges)) = self.order() else {
            return;
        };
        for node in order {
            let reads = edges.get(node).map_or(&[][..], Vec::as_slice);
            let rests = reads.iter().any(|read| self.broken.contains(read));
            if rests || self.broken.contains(&node) || !self.compile_item(node) {
                self.broken.insert(node);
            }
        }
        self.gates();
        self.findings();
        if self.broken.is_empty() {
            self.headlines();
            self.called_for();
            self.exhibits();
            self.context();
        }
    }

    /// Compiles one item; what reads an item that failed would only repeat its problem, so it
    /// waits for that to be mended.
    fn compile_item(&mut self, node: usize) -> bool {
        let before = self.problems.errors();
        match self.drafts.get(node).cloned() {
            Some(Draft::Question(conditions)) => {
                if let Some(when) = self.section_called_for(node) {
                    self.compile_called_for(self.pack_of(node), when);
                }
                self.relevance(node, &conditions);
            }
            Some(Draft::Score(file)) => self.score(node, &file),
            Some(Draft::Decision(file)) => self.decision(node, file),
            Some(Draft::Figure(file, 0)) => self.metric(node, file),
            Some(Draft::Ladder(file)) => self.ladder(node, file),
            Some(Draft::Figure(..)) | None => {}
        }
        self.problems.errors() == before
    }
}
