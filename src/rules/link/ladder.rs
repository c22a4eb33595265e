//! Gates and ladders.

use super::scope::ids;
use super::{Linker, label_of, repeated, standing};
use crate::rules::condition::{Atom, Interval, Test};
use crate::rules::pack::file::{LadderFile, LadderMeasure, LevelFile};
use crate::rules::rulebook::{Check, Domain, Gate, ItemKind, LadderLevel, LadderRule, Level, Step};
use crate::rules::vocabulary::Basis;
use crate::text::yaml::{Located, Value};
use crate::{message, problem};

/// More levels than this do not fit a bit mask.
const MOST_LEVELS: usize = 64;

impl Linker<'_> {
    /// Compiles a ladder; gates are known by their place, and compiled after all items.
    pub(super) fn ladder(&mut self, node: usize, file: &LadderFile) {
        self.check_levels(file);
        let levels = &file.levels.value;
        let by_index = file.measure == Some(LadderMeasure::Index);
        let domain = Domain::Outcomes {
            names: levels.iter().map(|level| level.id.value.clone()).collect(),
            ordered: true,
            several: false,
        };
        let kind = ItemKind::Ladder {
            levels: levels.iter().map(text).collect(),
            by_index,
        };
        self.set(node, domain, kind);
        let pack = self.pack_of(node);
        let of = file.of.as_ref().and_then(|id| self.rely_on(pack, id));
        // Thresholds of a ladder are on one scale: one hint at `measure: index` mends them all.
        let mut hinted = false;
        let levels = levels.iter();
        let levels = levels.map(|level| self.level(pack, of, level, (by_index, &mut hinted)));
        let ladder = LadderRule {
            of,
            levels: levels.collect(),
        };
        self.program.push(Step::Climb { node, ladder });
    }

    fn check_levels(&mut self, file: &LadderFile) {
        let levels = &file.levels.value;
        if levels.len() < 2 || levels.len() > MOST_LEVELS {
            let problem = problem!(InvalidLadder, "a-ladder-has-to-levels", MOST_LEVELS);
            self.refuse(file.levels.place, problem);
        }
        for (_, level) in repeated(levels, |level| &level.id.value) {
            let problem = problem!(DuplicateId, "is-a-level-twice", id = level.id.value);
            self.refuse(level.id.place, problem);
        }
        for (index, level) in levels.iter().enumerate() {
            let id = &level.id;
            self.check_id(&id.value, id.place);
            if index == 0 && asks(level) {
                let problem = problem!(InvalidLadder, "lowest-level-asks", id = id.value);
                self.refuse(id.place, problem);
            }
            if index > 0 && !asks(level) {
                let problem = problem!(InvalidLadder, "the-level-asks-for-nothing", id = id.value);
                self.refuse(id.place, problem);
            }
        }
    }

    fn level(
        &mut self,
        pack: usize,
        of: Option<usize>,
        file: &LevelFile,
        (by_index, hinted): (bool, &mut bool),
    ) -> Level {
        let mut checks = Vec::new();
        if let Some(from) = &file.from {
            if let Some(node) = of {
                let atom = self.threshold(node, from, (by_index, &mut *hinted));
                checks.extend(atom.map(Check::From));
            } else {
                let problem = problem!(InvalidLadder, "from-needs-a-score-to-read");
                self.refuse(from.place, problem);
            }
        }
        if let Some(every) = &file.every {
            for node in self.members(pack, &every.of) {
                let atom = self.threshold(node, &every.at_least, (by_index, &mut *hinted));
                checks.extend(atom.map(Check::Floor));
            }
        }
        let gates = file.gates.iter();
        checks.extend(gates.filter_map(|gate| self.gate_place(pack, gate).map(Check::Gate)));
        if let Some(basis) = &file.basis {
            if basis.value == Basis::Perception {
                let problem = problem!(InvalidLadder, "every-assessment-is-at-least-on");
                self.refuse(basis.place, problem);
            }
            checks.push(Check::Basis);
        }
        if let Some(confidence) = &file.confidence {
            if let Some(node) = of {
                checks.push(Check::Confidence(node, confidence.value));
            } else {
                let problem = problem!(InvalidLadder, "confidence-needs-a-score-to-be-sure-of");
                self.refuse(confidence.place, problem);
            }
        }
        Level { checks }
    }

    /// An atom that asks an item to reach a number.
    fn threshold(
        &mut self,
        node: usize,
        limit: &Located<f64>,
        (by_index, hinted): (bool, &mut bool),
    ) -> Option<usize> {
        self.apart_from_metrics(&[node], limit.place)?;
        let item = self.items.get(node)?;
        let id = item.local_id();
        let range = match &item.domain {
            Domain::Number { least, most, .. } => Some((*least, *most)),
            Domain::Choices { worth, .. } => *worth,
            Domain::Outcomes { .. } | Domain::Text => None,
        };
        let Some(range) = range else {
            let problem = problem!(InvalidLadder, "has-no-value-that-could-reach", id);
            return self.refused(limit.place, problem);
        };
        let (least, most) = if by_index { (0.0, 100.0) } else { range };
        let value = limit.value;
        if !(least..=most).contains(&value) {
            let out = problem!(ThresholdOutOfRange, "never-reached", id, least, most, value);
            let as_index = !by_index && (2.0 * most..=100.0).contains(&value);
            if !(as_index && *hinted) {
                self.refuse(
                    limit.place,
                    if as_index {
                        out.help(message!("add-measure-index-to-the-ladder-where"))
                    } else {
                        out
                    },
                );
            }
            *hinted |= as_index;
        }
        let interval = Interval::at_least(value);
        let test = if by_index {
            Test::Index(interval)
        } else {
            Test::Number(interval)
        };
        Some(self.atom(Atom { node, test }))
    }

    /// The place of a gate among those of all packs.
    pub(super) fn gate_place(&mut self, pack: usize, id: &Located<String>) -> Option<usize> {
        let names = self.loaded.get(pack).map(|one| &one.file.gates)?;
        let before = self.loaded.iter().take(pack);
        let offset: usize = before.map(|one| one.file.gates.len()).sum();
        if let Some(place) = names.iter().position(|(name, _)| name.value == id.value) {
            return Some(offset + place);
        }
        let known = names.iter().map(|(name, _)| name.value.as_str());
        let problem = problem!(UnknownId, "no-gate", id = id.value);
        self.refused(id.place, problem.nearest(&id.value, known))
    }

    /// Compiles the gates of all packs, in the order their checks count on.
    pub(super) fn gates(&mut self) {
        for (pack, one) in self.loaded.iter().enumerate() {
            for (id, gate) in &one.file.gates {
                self.check_id(&id.value, id.place);
                let full = self.full_id(pack, &id.value);
                let taken = self.index.get(&full).and_then(|node| self.items.get(*node));
                if let Some(item) = taken {
                    let problem = problem!(DuplicateId, "gate-id-taken", id = id.value);
                    self.refuse(id.place, standing(problem, item.place));
                }
                let Some(when) = self.condition(pack, &gate.when) else {
                    continue;
                };
                self.apart_from_metrics(&self.program.read_in(&when), gate.when.place);
                self.program.gates.push(when);
                let gate = Gate {
                    id: full,
                    pack,
                    title: gate.title.clone(),
                    because: gate.because.clone(),
                    unmet: gate.unmet.clone(),
                    without: self.without(pack, &gate.when),
                    advice: self.advice(pack, &gate.advice),
                };
                self.gates.push(gate);
            }
        }
    }

    /// The packs a condition reads and the assessment does without.
    fn without(&self, pack: usize, when: &Located<Value>) -> Vec<String> {
        let missing = self.packs.get(pack).map_or(&[][..], |pack| &pack.without);
        let read = ids(when).into_iter();
        let read: Vec<&str> = read
            .filter_map(|id| Some(id.value.split_once('.')?.0))
            .collect();
        let missing = missing.iter().filter(|pack| read.contains(&pack.as_str()));
        missing.cloned().collect()
    }
}

fn asks(level: &LevelFile) -> bool {
    level.from.is_some()
        || level.every.is_some()
        || !level.gates.is_empty()
        || level.basis.is_some()
        || level.confidence.is_some()
}

fn text(level: &LevelFile) -> LadderLevel {
    let title = level.title.clone();
    LadderLevel {
        id: level.id.value.clone(),
        title: title.unwrap_or_else(|| label_of(&level.id.value)),
        text: level.text.clone(),
    }
}
