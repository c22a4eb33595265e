//! Gates and ladders.

use super::{Linker, Step};
use crate::rules::condition::compile::ids;
use crate::rules::condition::{Atom, Interval, Test};
use crate::rules::pack::file::{EveryFile, LadderFile, LadderMeasure, LevelFile};
use crate::rules::rulebook::{Check, Domain, Gate, ItemKind, LadderLevel, Level, Rungs};
use crate::text::diagnostic::{Code, Diagnostic, nearest, suggestion};
use crate::text::yaml::{Located, Value};

/// More levels than this do not fit a bit mask.
const MOST_LEVELS: usize = 64;

/// What the thresholds of a ladder are read on.
struct Scale {
    /// Places on 0..100 instead of values.
    by_index: bool,
    /// Whether `measure: index` was hinted at already.
    hinted: bool,
}

impl Linker<'_> {
    /// Declares what a ladder is; its checks follow once the gates are compiled.
    pub(super) fn ladder(&mut self, node: usize, file: &LadderFile) {
        let levels = &file.levels.value;
        if levels.len() < 2 || levels.len() > MOST_LEVELS {
            let message = format!("a ladder has 2 to {MOST_LEVELS} levels");
            self.refuse(
                Code::InvalidLadder,
                file.levels.place,
                message,
                "list them, lowest first",
            );
        }
        if let Some(first) = levels.first().filter(|level| asks(level)) {
            let message = format!("the lowest level `{}` asks for something", first.id.value);
            self.refuse(
                Code::InvalidLadder,
                first.id.place,
                message,
                "the lowest level is where everybody begins",
            );
        }
        for (index, level) in levels.iter().enumerate() {
            super::header::check_id(&level.id.value, level.id.place, self.problems);
            if levels
                .iter()
                .take(index)
                .any(|other| other.id.value == level.id.value)
            {
                let message = format!("`{}` is a level twice", level.id.value);
                self.refuse(
                    Code::DuplicateId,
                    level.id.place,
                    message,
                    "rename one of them",
                );
            }
            if index > 0 && !asks(level) {
                let message = format!("the level `{}` asks for nothing", level.id.value);
                self.refuse(
                    Code::InvalidLadder,
                    level.id.place,
                    message,
                    "add `from`, `every`, `gates`, `basis` or `confidence`",
                );
            }
        }
        let names = levels.iter().map(|level| level.id.value.clone()).collect();
        let texts = levels.iter().map(text).collect();
        let by_index = file.measure == Some(LadderMeasure::Index);
        let kind = ItemKind::Ladder {
            levels: texts,
            by_index,
        };
        self.set(
            node,
            Domain::Outcomes {
                names,
                ordered: true,
                several: false,
            },
            kind,
        );
        let checks = self.levels(node, file, by_index);
        self.program.push(Step::Climb {
            node,
            ladder: checks,
        });
    }

    fn levels(&mut self, node: usize, file: &LadderFile, by_index: bool) -> Rungs {
        let mut scale = Scale {
            by_index,
            hinted: false,
        };
        let pack = self.pack_of(node);
        let of = file.of.as_ref().and_then(|id| self.rely_on(pack, id));
        let levels = file
            .levels
            .value
            .iter()
            .map(|level| self.level(pack, of, level, &mut scale))
            .collect();
        Rungs { of, levels }
    }

    fn level(
        &mut self,
        pack: usize,
        of: Option<usize>,
        file: &LevelFile,
        scale: &mut Scale,
    ) -> Level {
        let mut checks = Vec::new();
        if let Some(from) = &file.from {
            match of {
                Some(node) => checks.extend(self.threshold(node, from, scale).map(Check::From)),
                None => self.refuse(
                    Code::InvalidLadder,
                    from.place,
                    "`from` needs a score to read",
                    "add `of: score` to the ladder",
                ),
            }
        }
        if let Some(every) = &file.every {
            checks.extend(self.floors(pack, every, scale));
        }
        checks.extend(
            file.gates
                .iter()
                .filter_map(|gate| self.gate_place(pack, gate).map(Check::Gate)),
        );
        if let Some(basis) = &file.basis {
            if basis.value == crate::rules::vocabulary::Basis::Perception {
                let message = "every assessment is at least on perception";
                self.refuse(
                    Code::InvalidLadder,
                    basis.place,
                    message,
                    "write `basis: evidenced` or leave it out",
                );
            }
            checks.push(Check::Basis);
        }
        if let Some(confidence) = &file.confidence {
            match of {
                Some(node) => checks.push(Check::Confidence(node, confidence.value)),
                None => self.refuse(
                    Code::InvalidLadder,
                    confidence.place,
                    "`confidence` needs a score to be sure of",
                    "add `of: score` to the ladder",
                ),
            }
        }
        Level { checks }
    }

    fn floors(&mut self, pack: usize, every: &EveryFile, scale: &mut Scale) -> Vec<Check> {
        let nodes = self.members(pack, &every.of);
        nodes
            .into_iter()
            .filter_map(|node| {
                self.threshold(node, &every.at_least, scale)
                    .map(Check::Floor)
            })
            .collect()
    }

    /// An atom that asks an item to reach a number.
    fn threshold(&mut self, node: usize, limit: &Located<f64>, scale: &mut Scale) -> Option<usize> {
        if !self.apart_from_metrics(&[node], limit.place) {
            return None;
        }
        let item = self.items.get(node)?;
        let (least, most) = match (&item.domain, scale.by_index) {
            (Domain::Number { least, most, .. }, false) => (*least, *most),
            (Domain::Number { .. } | Domain::Choices { worth: Some(_), .. }, true) => (0.0, 100.0),
            (
                Domain::Choices {
                    worth: Some(worth), ..
                },
                false,
            ) => *worth,
            (Domain::Choices { .. } | Domain::Outcomes { .. } | Domain::Text, _) => {
                let message = format!(
                    "`{}` has no value that could reach a level",
                    item.local_id()
                );
                self.refuse(
                    Code::InvalidLadder,
                    limit.place,
                    message,
                    "name scores or ratings",
                );
                return None;
            }
        };
        if !(least..=most).contains(&limit.value) {
            let message = format!(
                "`{}` lies between {least} and {most} and never reaches {}",
                item.local_id(),
                limit.value
            );
            // Thresholds of a ladder are on one scale: one hint mends them all.
            let as_index = !scale.by_index && (2.0 * most..=100.0).contains(&limit.value);
            if !(as_index && scale.hinted) {
                let help = if as_index {
                    "add `measure: index` to the ladder where thresholds are places on 0..100; else move them into the range"
                } else {
                    "move the threshold into the range"
                };
                self.refuse(Code::ThresholdOutOfRange, limit.place, message, help);
            }
            scale.hinted |= as_index;
        }
        let interval = Interval::at_least(limit.value);
        let test = if scale.by_index {
            Test::Index(interval)
        } else {
            Test::Number(interval)
        };
        self.program.atoms.push(Atom { node, test });
        Some(self.program.atoms.len() - 1)
    }

    /// The place of a gate among those of all packs.
    pub(super) fn gate_place(&mut self, pack: usize, id: &Located<String>) -> Option<usize> {
        let names = self.loaded.get(pack).map(|one| &one.file.gates)?;
        let offset: usize = self
            .loaded
            .iter()
            .take(pack)
            .map(|one| one.file.gates.len())
            .sum();
        if let Some(place) = names.iter().position(|(name, _)| name.value == id.value) {
            return Some(offset + place);
        }
        let near = nearest(&id.value, names.iter().map(|(name, _)| name.value.as_str()));
        let help = suggestion(near, "name one of `gates`");
        self.refuse(
            Code::UnknownId,
            id.place,
            format!("no gate `{}`", id.value),
            &help,
        );
        None
    }

    /// Compiles the gates of all packs, in the order their checks count on.
    pub(super) fn gates(&mut self) {
        for (pack, one) in self.loaded.iter().enumerate() {
            for (id, gate) in &one.file.gates {
                super::header::check_id(&id.value, id.place, self.problems);
                self.own_name(pack, id);
                let Some(when) = self.condition(pack, &gate.when) else {
                    continue;
                };
                let read = self.read_in(&when);
                self.apart_from_metrics(&read, gate.when.place);
                self.program.gates.push(when);
                let without = self.without(pack, &gate.when);
                let advice = self.advice(pack, &gate.advice);
                let gate = Gate {
                    id: self.full_id(pack, &id.value),
                    pack,
                    title: gate.title.clone(),
                    because: gate.because.clone(),
                    without,
                    advice,
                };
                self.gates.push(gate);
            }
        }
    }

    /// The packs a condition reads and the assessment does without.
    fn without(&self, pack: usize, when: &Located<Value>) -> Vec<String> {
        let missing = self.packs.get(pack).map_or(&[][..], |pack| &pack.without);
        let read: Vec<&str> = ids(when)
            .into_iter()
            .filter_map(|id| Some(id.value.split_once('.')?.0))
            .collect();
        let missing = missing.iter().filter(|pack| read.contains(&pack.as_str()));
        missing.cloned().collect()
    }

    /// Gates share one name space with items.
    fn own_name(&mut self, pack: usize, id: &Located<String>) {
        let taken = self.index.get(&self.full_id(pack, &id.value));
        if let Some(item) = taken.and_then(|node| self.items.get(*node)) {
            let message = format!("`{}` is already the id of another item", id.value);
            let problem = Diagnostic::error(Code::DuplicateId, message).at(id.place);
            let problem = problem.relate(item.place, "it stands here first");
            self.problems
                .push(problem.help("gates share one name space with items: rename one"));
        }
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
    LadderLevel {
        id: level.id.value.clone(),
        title: level
            .title
            .clone()
            .unwrap_or_else(|| super::header::words(&level.id.value)),
        text: level.text.clone(),
    }
}
