//! The rulebook in the making, and how ids, names and problems are handled in all of it.

use crate::message;
use crate::rules::condition::Condition;
use crate::rules::pack::Loaded;
use crate::rules::pack::file::{DecisionFile, LadderFile, MetricFile, ScoreFile};
use crate::rules::rulebook::text::environment;
use crate::rules::rulebook::{
    Domain, Finding, Gate, Item, ItemKind, Metric, Pack, Program, Rulebook, Section,
};
use crate::rules::vocabulary::Aggregate;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics, Place, nearest, suggestion};
use crate::text::yaml::{Located, Value};
use minijinja::Environment;
use std::collections::{HashMap, HashSet};

/// An item as it is written, before it is compiled.
#[derive(Clone)]
pub(super) enum Draft<'a> {
    /// A question with the conditions under which it is relevant.
    Question(Vec<&'a Located<Value>>),
    /// A score, of a section or not.
    Score(Box<ScoreFile>),
    Decision(&'a DecisionFile),
    /// A metric, by the place of one of its figures.
    Figure(&'a MetricFile, usize),
    Ladder(&'a LadderFile),
}

pub(super) struct Linker<'a> {
    pub(super) loaded: &'a [Loaded],
    pub(super) problems: &'a mut Diagnostics,
    pub(super) packs: Vec<Pack>,
    pub(super) sections: Vec<Section>,
    pub(super) items: Vec<Item>,
    pub(super) drafts: Vec<Draft<'a>>,
    pub(super) index: HashMap<String, usize>,
    pub(super) metrics: Vec<Metric>,
    pub(super) gates: Vec<Gate>,
    pub(super) findings: Vec<Finding>,
    pub(super) program: Program,
    pub(super) texts: Environment<'static>,
    /// Conditions under which sections and scores are called for, by where they are written.
    pub(super) called_for: Vec<(Place, Option<Condition>)>,
    /// Items that could not be compiled, and all that read them.
    pub(super) broken: HashSet<usize>,
}

impl<'a> Linker<'a> {
    pub(super) fn new(loaded: &'a [Loaded], problems: &'a mut Diagnostics) -> Self {
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
            texts: environment(),
            called_for: Vec::new(),
            broken: HashSet::new(),
        }
    }

    /// Declares an item whose domain and kind are known once it is compiled.
    pub(super) fn declare_item(
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
            kind: ItemKind::Score {
                aggregate: Aggregate::Mean,
                children: Vec::new(),
                caps: Vec::new(),
                not_asked: Vec::new(),
            },
            place: id.place,
        };
        self.put(item, draft);
    }

    /// Adds an item; an id that is taken is a problem.
    pub(super) fn put(&mut self, item: Item, draft: Draft<'a>) {
        // The further figures of a metric bear its id with their own after it.
        if !matches!(item.kind, ItemKind::Figure { place: 1.., .. }) {
            self.check_id(item.local_id(), item.place);
        }
        if let Some(first) = self.index.insert(item.id.clone(), self.items.len()) {
            let first = self.items.get(first).map_or(item.place, |one| one.place);
            let message = message!(
                "is-already-the-id-of-another-item-2",
                local_id = item.local_id()
            );
            let help = message!("questions-scores-decisions-and-ladders-share");
            self.problems
                .push(repeated_id(message, item.place, first).help(help));
        }
        self.items.push(item);
        self.drafts.push(draft);
    }

    /// Sets what a declared item turned out to be.
    pub(super) fn set(&mut self, node: usize, domain: Domain, kind: ItemKind) {
        if let Some(item) = self.items.get_mut(node) {
            item.domain = domain;
            item.kind = kind;
        }
    }

    pub(super) fn full_id(&self, pack: usize, id: &str) -> String {
        let pack = self.packs.get(pack).map_or("", |pack| pack.id.as_str());
        format!("{pack}.{id}")
    }

    pub(super) fn pack_of(&self, node: usize) -> usize {
        self.items.get(node).map_or(0, |item| item.pack)
    }

    /// The place of a section of a pack.
    pub(super) fn section(&self, pack: usize, id: &str) -> Option<usize> {
        let mut sections = self.sections.iter();
        sections.position(|one| one.pack == pack && one.id == id)
    }

    pub(super) fn refuse(
        &mut self,
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems
            .push(Diagnostic::error(code, message).at(place).help(help));
    }

    /// Refuses what is no id: ids are lower-case words joined by `-` or `_`.
    pub(super) fn check_id(&mut self, id: &str, place: Place) {
        const RESERVED: [&str; 6] = ["all", "any", "not", "at_least", "unknown", "true"];
        let word = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit();
        let letters = id
            .chars()
            .all(|letter| word(letter) || "-_".contains(letter));
        if id.is_empty() || (id.starts_with(word) && letters && !RESERVED.contains(&id)) {
            return;
        }
        let message = message!("cannot-be-an-id", id);
        let help = message!("use-lower-case-words-joined");
        self.refuse(Code::InvalidId, place, message, help);
    }

    pub(super) fn finish(self) -> Rulebook {
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

/// The problem with a name that is not there: the nearest that is, or else another help.
pub(super) fn unknown<'n>(
    code: Code,
    (name, place): (&str, Place),
    message: String,
    known: impl IntoIterator<Item = &'n str>,
    otherwise: &str,
) -> Diagnostic {
    let help = suggestion(nearest(name, known), otherwise);
    Diagnostic::error(code, message).at(place).help(help)
}

/// The problem with an id that is taken.
pub(super) fn repeated_id(message: String, place: Place, first: Place) -> Diagnostic {
    let problem = Diagnostic::error(Code::DuplicateId, message).at(place);
    problem.relate(first, message!("it-stands-here-first"))
}

/// The entries whose id an earlier entry has, each after that earlier entry.
pub(super) fn repeated<T>(list: &[T], id: impl Fn(&T) -> &str) -> Vec<(&T, &T)> {
    let entries = list.iter().enumerate();
    let pairs = entries.filter_map(|(place, one)| {
        let mut before = list.iter().take(place);
        Some((before.find(|other| id(other) == id(one))?, one))
    });
    pairs.collect()
}

/// An id in words, for want of a label.
pub(super) fn label_of(id: &str) -> String {
    let text = id.replace(['-', '_'], " ");
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
