//! Packs linked to a rulebook: every id declared, items put in order, each compiled.

mod advice;
mod asked_as;
mod bounds;
mod called_for;
mod condition;
mod decision;
mod finding;
mod header;
mod metric;
mod moved;
mod overlaid;
mod question;
mod scope;
mod score;
mod table;
mod text;

use self::asked_as::Tied;
use super::pack::Loaded;
use super::rulebook::Rulebook;
use crate::rules::condition::Condition;
use crate::rules::pack::file::{DecisionFile, LadderFile, MetricFile, ScoreFile};
use crate::rules::rulebook::{
    Domain, Finding, Gate, Item, ItemKind, Metric, Moved, OwnerName, Pack, Program, Section,
};
use crate::text::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::text::yaml::{Located, Value};
use crate::{message, problem};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

impl Rulebook {
    /// Links packs into one rulebook.
    ///
    /// Every problem goes to `problems`; `None` where there is an error among them.
    #[must_use]
    pub fn link(packs: &[Loaded], problems: &mut Diagnostics) -> Option<Self> {
        let mut linker = Linker {
            loaded: packs,
            ..Linker::default()
        };
        if !linker.are_bounded() {
            problems.extend(linker.problems);
            return None;
        }
        linker.headers();
        for (pack, one) in packs.iter().enumerate() {
            linker.questions(pack, &one.file);
        }
        linker.tie();
        for (pack, one) in packs.iter().enumerate() {
            linker.computed(pack, one);
        }
        if !linker.problems.has_errors() {
            linker.compile();
        }
        let sound = !linker.problems.has_errors();
        if !sound {
            linker.blame_overlays();
        }
        problems.extend(std::mem::take(&mut linker.problems));
        sound.then(|| linker.finish())
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
        self.moves();
        self.findings();
        self.owners();
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
            Some(Draft::Score(file)) => drop(self.score(node, &file)),
            Some(Draft::Decision(file)) => self.decision(node, file),
            Some(Draft::Figure(file, 0)) => self.metric(node, file),
            Some(Draft::Ladder(file)) => self.ladder(node, file),
            Some(Draft::Figure(..)) | None => {}
        }
        self.problems.errors() == before
    }
}

/// An item as it is written, before it is compiled.
#[derive(Clone)]
enum Draft<'a> {
    /// A question with the conditions under which it is relevant.
    Question(Vec<&'a Located<Value>>),
    /// A score, of a section or not.
    Score(Box<ScoreFile>),
    Decision(&'a DecisionFile),
    /// A metric, by the place of one of its figures.
    Figure(&'a MetricFile, usize),
    Ladder(&'a LadderFile),
}

#[derive(Default)]
struct Linker<'a> {
    loaded: &'a [Loaded],
    problems: Diagnostics,
    packs: Vec<Pack>,
    sections: Vec<Section>,
    items: Vec<Item>,
    drafts: Vec<Draft<'a>>,
    index: HashMap<String, usize>,
    metrics: Vec<Metric>,
    moved: BTreeMap<String, Moved>,
    /// Questions left to other packs.
    tied: Vec<Tied>,
    gates: Vec<Gate>,
    findings: Vec<Finding>,
    owners: Vec<OwnerName>,
    program: Program,
    /// Conditions under which sections and scores are called for, by where they are written.
    called_for: Vec<(Place, Option<Condition>)>,
    /// Items that could not be compiled, and all that read them.
    broken: HashSet<usize>,
}

impl<'a> Linker<'a> {
    /// Declares an item whose domain and kind are known once it is compiled.
    fn declare_item(
        &mut self,
        pack: usize,
        id: &Located<String>,
        (label, about): (Option<String>, Option<String>),
        draft: Draft<'a>,
    ) {
        let item = Item {
            id: self.full_id(pack, &id.value),
            pack,
            section: self.section(pack, &id.value),
            label: label.unwrap_or_else(|| label_of(&id.value)),
            about,
            domain: Domain::Text,
            kind: ItemKind::Decision {
                outcomes: Vec::new(),
            },
            place: id.place,
        };
        self.put(item, draft);
    }

    /// Adds an item.
    fn put(&mut self, item: Item, draft: Draft<'a>) {
        // The further figures of a metric bear its id with their own after it.
        if !matches!(item.kind, ItemKind::Figure { place: 1.., .. }) {
            self.check_id(item.local_id(), item.place);
        }
        self.name(&item, self.items.len());
        self.items.push(item);
        self.drafts.push(draft);
    }

    /// Gives the id of an item to a place; an id that is taken is a problem.
    fn name(&mut self, item: &Item, node: usize) {
        if let Some(first) = self.index.insert(item.id.clone(), node) {
            let first = self.items.get(first).map_or(item.place, |one| one.place);
            let local_id = item.local_id();
            let problem = problem!(DuplicateId, "id-of-another-item", local_id);
            self.refuse(item.place, standing(problem, first));
        }
    }

    /// Sets what a declared item turned out to be.
    fn set(&mut self, node: usize, domain: Domain, kind: ItemKind) {
        if let Some(item) = self.items.get_mut(node) {
            item.domain = domain;
            item.kind = kind;
        }
    }

    fn full_id(&self, pack: usize, id: &str) -> String {
        let pack = self.packs.get(pack).map_or("", |pack| pack.id.as_str());
        format!("{pack}.{id}")
    }

    fn pack_of(&self, node: usize) -> usize {
        self.items.get(node).map_or(0, |item| item.pack)
    }

    /// The place of a section of a pack.
    fn section(&self, pack: usize, id: &str) -> Option<usize> {
        let mut sections = self.sections.iter();
        sections.position(|one| one.pack == pack && one.id == id)
    }

    /// Adds a problem at a place.
    fn refuse(&mut self, place: Place, problem: Diagnostic) {
        self.problems.push(problem.at(place));
    }

    /// Adds a problem at a place, for what cannot be made because of it.
    fn refused<T>(&mut self, place: Place, problem: Diagnostic) -> Option<T> {
        self.refuse(place, problem);
        None
    }

    /// Refuses what is no id: ids are lower-case words joined by `-` or `_`.
    fn check_id(&mut self, id: &str, place: Place) {
        const RESERVED: [&str; 6] = ["all", "any", "not", "at_least", "unknown", "true"];
        let word = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
        let letters = id
            .chars()
            .all(|letter| word(letter) || "-_".contains(letter));
        if id.is_empty() || (id.starts_with(word) && letters && !RESERVED.contains(&id)) {
            return;
        }
        self.refuse(place, problem!(InvalidId, "cannot-be-an-id", id));
    }

    fn finish(self) -> Rulebook {
        Rulebook {
            packs: self.packs,
            sections: self.sections,
            items: self.items.into(),
            metrics: self.metrics,
            gates: self.gates,
            findings: self.findings,
            owners: self.owners,
            program: self.program,
            index: Arc::new(self.index),
            moved: Arc::new(self.moved),
        }
    }
}

/// Returns true for a number that can be a weight: sums of such weights stay finite and exact enough.
pub(crate) fn is_weight(weight: f64) -> bool {
    const MOST: f64 = 1e6;
    weight > 0.0 && weight <= MOST
}

/// The problem with an id that is taken, with the place where it stands first.
fn standing(problem: Diagnostic, first: Place) -> Diagnostic {
    problem.relate(first, message!("it-stands-here-first"))
}

/// The entries whose id an earlier entry has, each after that earlier entry.
fn repeated<T>(list: &[T], id: impl Fn(&T) -> &str) -> Vec<(&T, &T)> {
    let entries = list.iter().enumerate();
    let pairs = entries.filter_map(|(place, one)| {
        let mut before = list.iter().take(place);
        Some((before.find(|other| id(other) == id(one))?, one))
    });
    pairs.collect()
}

/// An id in words, for want of a label.
fn label_of(id: &str) -> String {
    let text = id.replace(['-', '_'], " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
