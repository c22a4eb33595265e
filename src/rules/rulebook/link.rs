//! From packs as written to a rulebook: declare every id, order what is computed, compile it.

mod advice;
mod called_for;
mod decision;
mod exhibit;
mod finding;
mod header;
mod headline;
mod ladder;
mod metric;
mod order;
mod question;
mod scope;
mod score;
mod text;

pub(crate) use headline::topmost;
pub(crate) use scope::Scope;

use super::{Item, Pack, Program, Rulebook, Section, Step};
use crate::rules::condition::Condition;
use crate::rules::condition::compile::{Compiler, ids};
use crate::rules::pack::Loaded;
use crate::rules::pack::file::{DecisionFile, LadderFile, MetricFile};
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::text::yaml::{Located, Value};
use score::ScoreView;
use std::collections::{HashMap, HashSet};

impl Rulebook {
    /// Links packs into one rulebook.
    ///
    /// Every problem goes to `problems`; `None` where there is an error among them.
    #[must_use]
    pub fn link(packs: &[Loaded], problems: &mut Diagnostics) -> Option<Self> {
        let before = problems.errors();
        let mut linker = Linker::new(packs, problems);
        linker.headers();
        linker.declare();
        if linker.problems.errors() > before {
            return None;
        }
        linker.compile();
        let rulebook = linker.finish();
        (problems.errors() == before).then_some(rulebook)
    }
}

/// What is to be compiled into an item, as it is written.
enum Draft<'a> {
    /// A question with the conditions it is relevant under.
    Question(Vec<&'a Located<Value>>),
    Score(ScoreView<'a>),
    Decision(&'a DecisionFile),
    /// A metric, by the place of one of its figures.
    Figure(&'a MetricFile, usize),
    Ladder(&'a LadderFile),
}

struct Linker<'a> {
    loaded: &'a [Loaded],
    problems: &'a mut Diagnostics,
    packs: Vec<Pack>,
    sections: Vec<Section>,
    items: Vec<Item>,
    drafts: Vec<Draft<'a>>,
    index: HashMap<String, usize>,
    metrics: Vec<super::Metric>,
    gates: Vec<super::Gate>,
    findings: Vec<super::Finding>,
    program: Program,
    texts: minijinja::Environment<'static>,
    /// What calls for sections and scores, by where it is written.
    called_for: Vec<(Place, Option<Condition>)>,
    /// Items that could not be compiled, and all that read them.
    broken: HashSet<usize>,
}

impl<'a> Linker<'a> {
    fn new(loaded: &'a [Loaded], problems: &'a mut Diagnostics) -> Self {
        Self {
            loaded,
            problems,
            packs: Vec::new(),
            sections: Vec::new(),
            items: Vec::new(),
            drafts: Vec::new(),
            index: HashMap::new(),
            metrics: Vec::new(),
            gates: Vec::new(),
            findings: Vec::new(),
            program: Program::default(),
            texts: text::environment(),
            called_for: Vec::new(),
            broken: HashSet::new(),
        }
    }

    fn declare(&mut self) {
        let loaded = self.loaded;
        for (pack, one) in loaded.iter().enumerate() {
            self.questions(pack, &one.file);
        }
        for (pack, one) in loaded.iter().enumerate() {
            self.computed(pack, one);
        }
    }

    /// Declares scores, decisions and ladders; what they can be is known once they are compiled.
    fn computed(&mut self, pack: usize, one: &'a Loaded) {
        let file = &one.file;
        for (id, section) in &file.sections {
            if let Some(score) = &section.score {
                let view = ScoreView::of_section(section, &id.value, score);
                self.declare_item(
                    pack,
                    id,
                    (Some(&section.title), view.about),
                    Draft::Score(view),
                );
            }
        }
        for (id, score) in &file.scores {
            let view = ScoreView::of_score(score);
            self.declare_item(
                pack,
                id,
                (score.title.as_ref(), view.about),
                Draft::Score(view),
            );
        }
        for (id, decision) in &file.decisions {
            let words = (decision.title.as_ref(), decision.about.as_ref());
            self.declare_item(pack, id, words, Draft::Decision(decision));
        }
        self.metrics(pack, one);
        for (id, ladder) in &file.ladders {
            let words = (ladder.title.as_ref(), ladder.about.as_ref());
            self.declare_item(pack, id, words, Draft::Ladder(ladder));
        }
    }

    /// Gives an item its place and its id; an id that is taken is a problem.
    fn declare_item(
        &mut self,
        pack: usize,
        id: &Located<String>,
        (label, about): (Option<&String>, Option<&String>),
        draft: Draft<'a>,
    ) {
        let item = Item {
            id: self.full_id(pack, &id.value),
            pack,
            section: self
                .sections
                .iter()
                .position(|one| one.pack == pack && one.id == id.value),
            label: label.cloned().unwrap_or_else(|| header::words(&id.value)),
            about: about.cloned(),
            domain: super::Domain::Text,
            kind: super::ItemKind::Score {
                aggregate: super::Aggregate::Mean,
                children: Vec::new(),
                caps: Vec::new(),
                not_asked: Vec::new(),
            },
            place: id.place,
        };
        self.put(item, draft);
    }

    fn put(&mut self, item: Item, draft: Draft<'a>) {
        // The further figures of a metric bear its id with their own after it.
        if !matches!(item.kind, super::ItemKind::Figure { place: 1.., .. }) {
            header::check_id(item.local_id(), item.place, self.problems);
        }
        if let Some(first) = self.index.insert(item.id.clone(), self.items.len()) {
            let place = self.items.get(first).map_or(item.place, |one| one.place);
            let message = format!("`{}` is already the id of another item", item.local_id());
            let problem = Diagnostic::error(Code::DuplicateId, message).at(item.place);
            let help = "questions, scores, decisions and ladders share one name space: rename one";
            self.problems
                .push(problem.relate(place, "it stands here first").help(help));
        }
        self.items.push(item);
        self.drafts.push(draft);
    }

    fn full_id(&self, pack: usize, id: &str) -> String {
        format!(
            "{}.{id}",
            self.packs.get(pack).map_or("", |pack| pack.id.as_str())
        )
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
        let drafts = std::mem::take(&mut self.drafts);
        match drafts.get(node) {
            Some(Draft::Question(conditions)) => {
                if let Some(when) = self.section_called_for(node) {
                    self.compile_called_for(self.pack_of(node), when);
                }
                self.relevance(node, conditions);
            }
            Some(Draft::Score(view)) => self.score(node, view),
            Some(Draft::Decision(file)) => self.decision(node, file),
            Some(Draft::Figure(file, 0)) => self.metric(node, file),
            Some(Draft::Ladder(file)) => self.ladder(node, file),
            Some(Draft::Figure(..)) | None => {}
        }
        self.drafts = drafts;
        self.problems.errors() == before
    }

    fn pack_of(&self, node: usize) -> usize {
        self.items.get(node).map_or(0, |item| item.pack)
    }

    fn compiler(&mut self, pack: usize) -> Compiler<'_> {
        Compiler {
            scope: Scope::new(self.loaded, pack, &self.packs, &self.items, &self.index),
            atoms: &mut self.program.atoms,
            problems: self.problems,
        }
    }

    fn condition(&mut self, pack: usize, value: &Located<Value>) -> Option<Condition> {
        let scope = Scope::new(self.loaded, pack, &self.packs, &self.items, &self.index);
        let read = |id| {
            scope
                .resolve(id)
                .is_ok_and(|node| node.is_some_and(|node| self.broken.contains(&node)))
        };
        if ids(value).into_iter().any(read) {
            return None;
        }
        self.compiler(pack).condition(value)
    }

    /// The item an id names, if it is there; an item of an optional pack may not be.
    fn resolve(&mut self, pack: usize, id: &Located<String>) -> Option<usize> {
        let scope = Scope::new(self.loaded, pack, &self.packs, &self.items, &self.index);
        scope.resolve(id).unwrap_or_else(|problem| {
            self.problems.push(problem);
            None
        })
    }

    /// The item an id names, for what cannot be made without it.
    fn rely_on(&mut self, pack: usize, id: &Located<String>) -> Option<usize> {
        let scope = Scope::new(self.loaded, pack, &self.packs, &self.items, &self.index);
        if scope.is_optional(&id.value) {
            let message = format!("`{}` may not be there: its pack is optional here", id.value);
            let help = "use the pack without `optional`, or read the item in a score or condition";
            self.refuse(Code::InvalidUse, id.place, message, help);
            return None;
        }
        self.resolve(pack, id)
    }

    fn refuse(&mut self, code: Code, place: Place, message: impl Into<String>, help: &str) {
        self.problems
            .push(Diagnostic::error(code, message).at(place).help(help));
    }

    fn finish(self) -> Rulebook {
        Rulebook {
            packs: self.packs,
            sections: self.sections,
            items: self.items.into(),
            metrics: self.metrics,
            gates: self.gates,
            findings: self.findings,
            program: self.program,
            index: std::sync::Arc::new(self.index),
            texts: self.texts,
        }
    }
}

/// The ids that conditions read.
fn read_by<'v>(
    conditions: impl IntoIterator<Item = &'v Located<Value>>,
) -> Vec<&'v Located<String>> {
    conditions.into_iter().flat_map(ids).collect()
}
